"""What goes into a brief, and in which order does an analyst want it?

First what several roots say, the best attested first; then what is contradicted; then
what one report says alone, by report; then what was promised and asked; at the end what
is not known. One sentence per root and content: ten copies are one sentence with ten
places. A rejected claim is left out, and so is whatever rests on it alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.briefs.brief import (
    Brief,
    Contradiction,
    Entry,
    Gap,
    Place,
    Section,
    Sentence,
    SourceDocument,
)
from tawatur.briefs.chains import chain_in_words
from tawatur.briefs.words import isolated, marked, moment_in_words, reason_in_words
from tawatur.i18n import translator
from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Commitment, CommitmentStatus, Request, RequestStatus
from tawatur.model.ids import ClaimId, DocumentId
from tawatur.model.label import Label
from tawatur.model.moment import Moment
from tawatur.model.picture import Conflict, Event, RootInterval
from tawatur.model.reading import EntityType, EventType, Modality, Polarity, SourceKind
from tawatur.model.text import fold_words

ALIKE = 0.8
"""Least share of words in common at which two wordings of one root are one sentence."""

_HARMLESS = {
    EventType.STATE,
    EventType.AGREE,
    EventType.AID,
    EventType.CONSULT,
    EventType.COOPERATE,
    EventType.REQUEST,
    EventType.SUPPORT,
}
"""What a body may be named beside in a heading, which has no speaker."""

_COMMITMENTS = {
    CommitmentStatus.OPEN: marked("Not kept yet, as far as is known"),
    CommitmentStatus.KEPT: marked("Kept"),
    CommitmentStatus.BROKEN: marked("Broken"),
    CommitmentStatus.WITHDRAWN: marked("Taken back"),
}
_REQUESTS = {
    RequestStatus.OPEN: marked("Not answered yet, as far as is known"),
    RequestStatus.ANSWERED: marked("Answered"),
    RequestStatus.DECLINED: marked("Declined"),
    RequestStatus.WITHDRAWN: marked("Taken back"),
}


def compose(
    *,
    claims: Iterable[Claim],
    events: Iterable[Event],
    conflicts: Iterable[Conflict],
    documents: Iterable[SourceDocument],
    commitments: Iterable[Commitment] = (),
    requests: Iterable[Request] = (),
    label: Label,
    made: datetime,
    language: str,
    about: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Brief:
    """Return the brief of what is given; choosing by subject and time is the caller's part.

    Equal input in any order gives an equal brief, but for commitments and requests, which
    keep the order given. Claims whose document is not given are left out.

    Args:
        claims: Those to be told; events and conflicts are cut down to them.
        events: With their roots, as weighing gives them.
        conflicts: As weighing gives them.
        documents: At least all that the claims stand in; the cited ones are kept.
        commitments: In the order in which to list them.
        requests: In the order in which to list them.
        label: Of the whole, joined of all parts.
        made: Now, UTC.
        language: Of the brief's own words: ``ar``, ``fr`` or ``en``.
        about: The words by which the claims were chosen, for the title.
        since: EDTF, by which they were chosen, for the title.
        until: EDTF, by which they were chosen, for the title.
    """
    held = {document.id: document for document in documents}
    told = {
        claim.id: claim
        for claim in claims
        if claim.status is not Status.REJECTED and claim.document in held
    }
    teller = _Teller(language, held)
    at_odds = sorted(
        (c for c in conflicts if c.a in told and c.b in told), key=lambda c: (c.kind, c.id)
    )
    sections = _sections(told, events, at_odds, teller)
    cited = _in_order(held, {claim.document for claim in told.values()})
    commitments, requests = tuple(commitments), tuple(requests)
    on_desk = {id_ for promise in commitments for id_ in promise.claims}
    on_desk |= {id_ for request in requests for id_ in request.claims}
    return Brief(
        title=_title(language, about),
        language=language,
        made=made,
        label=label,
        about=about,
        since=since,
        until=until,
        sections=sections,
        contradictions=tuple(
            Contradiction(
                c.id,
                c.kind,
                reason_in_words(c.why, language),
                c.same_root,
                teller.sentence([told[c.a]]),
                teller.sentence([told[c.b]]),
            )
            for c in at_odds
        ),
        commitments=tuple(desk_entry(item, made, language, told) for item in commitments),
        requests=tuple(_request(item, made, language, told) for item in requests),
        voiced=tuple(
            sentence
            for section in sections
            for sentence in section.sentences
            if told[sentence.claim].content.modality in (Modality.PROMISED, Modality.REQUESTED)
            and not on_desk & {sentence.claim, *(place.claim for place in sentence.also)}
        ),
        gaps=_gaps(told, sections, cited, language),
        documents=cited,
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts claims into sentences of one language."""

    language: str
    documents: Mapping[DocumentId, SourceDocument]

    def sentence(self, same: Sequence[Claim]) -> Sentence:
        """Return the sentence of claims that say the same for the same root, first said first."""
        first = same[0]
        return Sentence(
            claim=first.id,
            words=self._words(first),
            quote=first.quote,
            language=first.language,
            status=first.status,
            when=first.content.when,
            place=self._place(first),
            also=tuple(self._place(claim) for claim in same[1:]),
            notes=tuple(
                note
                for note in self.documents[first.document].notes
                if note.span.overlap(first.span)
            ),
        )

    def _place(self, claim: Claim) -> Place:
        words, report = self._words(claim), self.documents[claim.document].report
        return Place(claim.id, claim.document, claim.span, words, claim.published, report)

    def _words(self, claim: Claim) -> str:
        publisher = claim.publisher or self.documents[claim.document].publisher
        return chain_in_words(
            claim.content.chain, claim.content, publisher, self.language, claim.span
        )


def _sections(
    told: Mapping[ClaimId, Claim],
    events: Iterable[Event],
    conflicts: Sequence[Conflict],
    teller: _Teller,
) -> tuple[Section, ...]:
    """Return one section per event that is left, and one per claim without an event."""
    at_odds: dict[ClaimId, list[Conflict]] = {}
    for conflict in conflicts:
        at_odds.setdefault(conflict.a, []).append(conflict)
    grouped: set[ClaimId] = set()
    found: list[Section] = []
    for event in sorted(events, key=lambda e: e.id):
        members = [told[id_] for id_ in event.claims if id_ in told and id_ not in grouped]
        if members:
            grouped.update(claim.id for claim in members)
            found.append(_section(event, members, at_odds, teller))
    for claim in told.values():
        if claim.id not in grouped:
            content = claim.content
            found.append(
                Section(
                    event=None,
                    type=content.event_type,
                    when=content.when,
                    where=tuple(named.name for named in content.where),
                    parties=_parties(claim, content.event_type),
                    roots=None,
                    reasons=(),
                    sentences=(teller.sentence([claim]),),
                )
            )
    return tuple(sorted(found, key=lambda s: _standing(s, told)))


def _section(
    event: Event,
    members: list[Claim],
    at_odds: Mapping[ClaimId, list[Conflict]],
    teller: _Teller,
) -> Section:
    event = _cut_down(event, members)
    head = next((c for c in members if c.quote == event.headline), members[0])
    ids = {claim.id for claim in members}
    groups = _said_once(event, members)
    groups.sort(key=lambda group: head not in group)
    return Section(
        event=event.id,
        type=event.type,
        when=event.when,
        where=event.where,
        parties=_parties(head, event.type),
        roots=event.roots,
        reasons=tuple(reason_in_words(r, teller.language) for r in event.roots.reasons),
        sentences=tuple(teller.sentence(group) for group in groups),
        conflicts=tuple(c.id for claim in members for c in at_odds.get(claim.id, ()) if c.b in ids),
    )


def _cut_down(event: Event, members: Sequence[Claim]) -> Event:
    """Return the event as far as ``members`` tell it, itself if they are all of its claims.

    Nothing that only other claims say may show, since the label of the brief does not join
    theirs. Whether those left share a root cannot be told from here: at least one.
    """
    told = {claim.id: claim for claim in members}
    if told.keys() >= set(event.claims):
        return event
    roots = []
    for root in event.roots.roots:
        left = tuple(id_ for id_ in root.claims if id_ in told)
        names = {told[id_].root.source_text or told[id_].publisher or "" for id_ in left} & set(
            root.sources
        )
        if left:
            roots.append(replace(root, claims=left, sources=tuple(sorted(names))))
    places = {named.name for claim in members for named in claim.content.where}
    times = [claim.content.when for claim in members if claim.content.when]
    return replace(
        event,
        claims=tuple(told),
        when=event.when if event.when in times else next(iter(times), None),
        where=tuple(place for place in event.where if place in places),
        roots=RootInterval(min(1, len(roots)), len(roots), tuple(roots), ()),
    )


def _parties(head: Claim, kind: EventType) -> tuple[str, ...]:
    """Return the bodies and countries that take part, where a heading may name them."""
    if kind not in _HARMLESS:
        return ()
    named = (n.name for n in head.content.who if n.type is not EntityType.PERSON)
    return tuple(dict.fromkeys(named))


def _said_once(event: Event, members: Sequence[Claim]) -> list[list[Claim]]:
    """Return the claims in groups of one root and one content, first said first."""
    root_of = {id_: at for at, root in enumerate(event.roots.roots) for id_ in root.claims}
    groups: list[tuple[tuple[object, ...], frozenset[str], list[Claim]]] = []
    for claim in members:
        content = claim.content
        root: object = root_of.get(claim.id, claim.id)
        figures = frozenset((q.value, q.unit) for q in content.quantities)
        exact = (root, content.polarity, content.modality, figures, claim.language)
        words = frozenset(fold_words(claim.quote).split())
        for known, wording, group in groups:
            if known == exact and _share(words, wording) >= ALIKE:
                group.append(claim)
                break
        else:
            groups.append((exact, words, [claim]))
    return [group for _, _, group in groups]


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _standing(section: Section, told: Mapping[ClaimId, Claim]) -> tuple[object, ...]:
    """Return the sort key of sections: best attested first; those said alone by their place."""
    first = section.sentences[0].place
    start = min(place.span.start for s in section.sentences for place in (s.place, *s.also))
    if not section.several:
        return (1, 0, 0, 0, 0, first.document, start, first.claim)
    roots = section.roots
    return (
        0,
        -(roots.at_least if roots else 1),
        -len(section.documents),
        -(roots.at_most if roots else 1),
        -sum(1 + len(s.also) for s in section.sentences),
        first.document,
        start,
        first.claim,
    )


def _in_order(
    held: Mapping[DocumentId, SourceDocument], cited: set[DocumentId]
) -> tuple[SourceDocument, ...]:
    """Return the cited documents by time of publication, those without one last."""

    def key(document: SourceDocument) -> tuple[str, DocumentId]:
        moment = _moment(document.published)
        known = moment.lower or moment.upper if moment else None
        return (known.isoformat() if known else "9999", document.id)

    return tuple(sorted((held[id_] for id_ in cited), key=key))


def _moment(edtf: str | None) -> Moment | None:
    try:
        return Moment.parse(edtf) if edtf else None
    except ValueError:
        return None


def _title(language: str, about: str | None) -> str:
    say = translator(language)
    return say("Brief on {0}").format(isolated(about)) if about else say("Brief")


def desk_entry(
    item: Commitment, made: datetime, language: str, told: Mapping[ClaimId, Claim]
) -> Entry:
    """Return how a commitment stands, in words; it cites the claims that are ``told``."""
    say = translator(language)
    by, to = isolated(item.by), isolated(item.to or "")
    words = say("{0} promised {1}").format(by, to) if item.to else say("{0} promised").format(by)
    overdue = item.overdue(made.date())
    standing = [say(_COMMITMENTS[item.status])]
    if item.due:
        standing.append(say("due {0}").format(moment_in_words(item.due, language)))
    if overdue:
        upper = Moment.parse(item.due or "").upper
        days = (made.date() - upper).days if upper else 0
        standing.append(say("days overdue: {0}").format(days))
    if item.why and item.status is not CommitmentStatus.OPEN:
        standing.append(isolated(item.why))
    claims = tuple(id_ for id_ in item.claims if id_ in told)
    return Entry(item.id, words, item.what, tuple(standing), overdue, claims)


def _request(item: Request, made: datetime, language: str, told: Mapping[ClaimId, Claim]) -> Entry:
    say = translator(language)
    words = say("{0} asked {1}").format(isolated(item.by), isolated(item.to))
    waiting = item.waiting(made.date())
    standing = [say(_REQUESTS[item.status])]
    if item.since:
        standing.append(say("asked {0}").format(moment_in_words(item.since, language)))
    if waiting is not None:
        standing.append(say("days waiting, at least: {0}").format(waiting))
    late = False
    if item.needed_by:
        standing.append(say("needed {0}").format(moment_in_words(item.needed_by, language)))
        needed = _moment(item.needed_by)
        late = (
            item.status is RequestStatus.OPEN
            and needed is not None
            and needed.upper is not None
            and needed.upper < made.date()
        )
    if item.owed_by:
        standing.append(say("next step with {0}").format(isolated(item.owed_by)))
    if item.why and item.status is not RequestStatus.OPEN:
        standing.append(isolated(item.why))
    claims = tuple(id_ for id_ in item.claims if id_ in told)
    return Entry(item.id, words, item.what, tuple(standing), late, claims)


def _gaps(
    told: Mapping[ClaimId, Claim],
    sections: Sequence[Section],
    cited: Sequence[SourceDocument],
    language: str,
) -> tuple[Gap, ...]:
    """Return what the reports leave open; nothing here is guessed at."""
    say = translator(language)
    found: list[Gap] = []

    def gap(words: str, claims: Sequence[ClaimId] = (), of: Sequence[DocumentId] = ()) -> None:
        if claims or of:
            found.append(Gap(say(words), tuple(claims), tuple(of)))

    lead = [(s, told[s.sentences[0].claim]) for s in sections]
    gap(
        marked("Several reports say it, yet no named source stands behind it"),
        [
            claim.id
            for section, claim in lead
            if section.several and section.roots and not any(r.named for r in section.roots.roots)
        ],
    )
    gap(
        marked("Open questions: put as a question by the source itself"),
        [
            s.claim
            for section in sections
            for s in section.sentences
            if told[s.claim].content.polarity is Polarity.QUESTIONED
        ],
    )
    gap(
        marked("Said not to be known, or not to have been told"),
        [s.claim for section in sections for s in section.sentences if told[s.claim].not_known],
    )
    gap(
        marked("Supposed where the report says that it is not known"),
        [
            s.claim
            for section in sections
            for s in section.sentences
            if told[s.claim].content.gap and not told[s.claim].not_known
        ],
    )
    gap(
        marked("When it happened is not told, though several reports speak of it"),
        [
            claim.id
            for section, claim in lead
            if section.several and section.when is None and section.type is not EventType.STATE
        ],
    )
    gap(
        marked("Rumours: nobody stands for them"),
        [
            s.claim
            for section in sections
            for s in section.sentences
            if told[s.claim].root.kind is SourceKind.RUMOUR
        ],
    )
    gap(
        marked("When these reports were published is not told, or only within bounds"),
        of=[d.id for d in cited if d.published is None or "/" in d.published],
    )
    gap(
        marked("Who published these reports is not known"),
        of=[d.id for d in cited if d.publisher is None],
    )
    unread = sum(claim.status is Status.PROPOSED for claim in told.values())
    if unread:
        words = say("Read by a machine and confirmed by no person yet: {0} of {1} claims")
        found.append(Gap(words.format(unread, len(told))))
    return tuple(found)
