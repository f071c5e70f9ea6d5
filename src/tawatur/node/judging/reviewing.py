"""What people make of proposals: accept, correct, reject, mark, join, split, and take it back.

A judgement names words of a text (rendition and span), never a running number; what the
claim comes to is folded from all of them (`tawatur.model.claim`). To take one back is one
more judgement, which has no other force: both stay in the ledger. Joining and splitting are
judgements too, so that a later reader's proposals fall to the claim that a person made.

Where two people judge one claim the later word is in force. `differing` lists where their
words part; `settle` takes one of the two back. A node that asks for it (``[review] blind``)
shows nobody another's word on a claim in the queue before they gave their own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from tawatur.errors import UsageError
from tawatur.model.claim import (
    CONTENT_FIELDS,
    SAME_CLAIM,
    Claim,
    ClaimJudgement,
    Content,
    Named,
    Status,
    Verdict,
)
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, DocumentId, EntryId
from tawatur.model.label import Label, Viewer
from tawatur.model.picture import Conflict, Event, Reason
from tawatur.model.reading import (
    AUTHOR,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Manner,
    SourceKind,
)
from tawatur.model.span import Span
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.given import edtf
from tawatur.node.indexing.waiting import EVERYTHING, Turn, Which, doubtful, harmful
from tawatur.node.seeing.live import verify_seen
from tawatur.node.seeing.sight import Sight, Touch
from tawatur.node.views import DocumentView, Judged

_SPEAKS = {
    EntityType.PERSON: SourceKind.PERSON,
    EntityType.ORGANISATION: SourceKind.BODY,
}
"""As what a name speaks where a person says only that it does."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """One claim with what makes it pressing, for whoever reviews it; ``turn`` is its place."""

    turn: Turn
    claim: Claim
    event: Event | None
    conflicts: tuple[Conflict, ...]

    @property
    def why(self) -> tuple[Reason, ...]:
        """Why it comes so early, the weightiest first."""
        found = []
        if self.conflicts:
            found.append(Reason("it is contradicted: {0}", (str(len(self.conflicts)),)))
        if self.event is not None and self.event.roots.at_least < FEW_ROOTS:
            at_least = str(self.event.roots.at_least)
            found.append(Reason("independent roots, at least: {0}", (at_least,)))
        if harmful(self.claim):
            found.append(Reason("what it tells of harms people"))
        if doubtful(self.claim):
            found.append(Reason("readers of the text disagree about it"))
        return tuple(found)


FEW_ROOTS = 3
"""Roots from which on their number says no more that a claim is pressing."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did: the claims as they stand now, and the entries that would undo it."""

    claims: tuple[Claim, ...]
    entries: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What became of the proposals of one language and type that people judged."""

    language: str
    type: EventType
    accepted: int
    corrected: int
    rejected: int

    @property
    def judged(self) -> int:
        """How many were judged."""
        return self.accepted + self.corrected + self.rejected


@dataclass(frozen=True, slots=True)
class Opinion:
    """The last word of one person on a claim."""

    judged: Judged
    judgement: ClaimJudgement


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The reviews of one node; `Node.reviewing` is where the doors find it."""

    drafter: Drafter
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    label_of: Callable[[DocumentId], Label]
    blind: bool = False

    # ------------------------------------------------------------ the queue

    def next(
        self,
        wanted: Which = EVERYTHING,
        after: Turn | None = None,
        *,
        viewer: Viewer | None = None,
    ) -> Pressing | None:
        """Return the most pressing proposal that waits behind ``after``, None if none does."""
        sight = self.sight(viewer)
        turn = next(sight.waiting(wanted, after), None)
        return self._pressing(sight, turn) if turn else None

    def languages(self, *, viewer: Viewer | None = None) -> tuple[str, ...]:
        """Return the languages of the documents, that of most first."""
        return tuple(code for code, _ in self.sight(viewer).languages())

    def left(self, *, viewer: Viewer | None = None) -> int:
        """Return how many proposals nobody judged yet."""
        return self.sight(viewer).claim_count(Status.PROPOSED)

    def at(self, claim: str, *, viewer: Viewer | None = None) -> Pressing:
        """Return one claim as the queue shows it, judged or not, by its id or the beginning."""
        sight = self.sight(viewer)
        return self._pressing(sight, _turn(sight.claim(claim)))

    def second(
        self, wanted: Which = EVERYTHING, *, viewer: Viewer | None = None
    ) -> Pressing | None:
        """Return a claim that others judged and whoever asks did not, None if there is none."""
        sight, me = self.sight(viewer), self.drafter.author
        judged = (
            claim
            for claim in sight.judged(wanted, by_others_than=me)
            if me not in {each.judgement.by for each in self._opinions(sight, claim)}
        )
        claim = next(judged, None)
        return self._pressing(sight, _turn(claim)) if claim else None

    def _pressing(self, sight: Sight, turn: Turn) -> Pressing:
        """Return a claim in its turn, as read alone where another's word on it is kept back."""
        claim = sight.claim(turn.claim)
        if self.blind and claim.judgements and not self._shown_on(sight, claim):
            return Pressing(turn, sight.decided.as_read(claim), None, ())
        event, conflicts = sight.pictures.beside(turn.claim)
        return Pressing(turn, claim, event, conflicts)

    def shares(self, *, viewer: Viewer | None = None) -> tuple[Share, ...]:
        """Return what became of judged proposals, by language and type, in order of these."""
        counted: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for language, type_, status, count in self.sight(viewer).decided.judged_counts():
            counted[language, type_][status] = count
        return tuple(
            Share(
                language,
                EventType(type_),
                *(of.get(s, 0) for s in (Status.ACCEPTED, Status.CORRECTED, Status.REJECTED)),
            )
            for (language, type_), of in sorted(counted.items())
        )

    # ------------------------------------------------------------ judgements

    def judge(
        self,
        claim: str,
        verdict: Verdict,
        *,
        why: str | None = None,
        seen: str | None = None,
        span: Span | None = None,
        corrected: Mapping[str, object] | None = None,
    ) -> Act:
        """Record a person's judgement on a claim.

        Args:
            claim: Its id.
            verdict: Accept, correct or reject.
            why: The reason, for the record.
            seen: The last judgement on it that was looked at; what came since refuses this
                one. Empty for none, None where that does not matter.
            span: With ``correct``: the words that are the claim, where they are others.
            corrected: With ``correct``: the fields of `Content` that are otherwise, new
                values; ``source`` names the root of the chain.

        Raises:
            UsageError: A correction of nothing, of an unknown field, or to what cannot be; or
                somebody judged the claim since.
        """
        sight = self.sight(None)
        held = sight.claim(claim)
        self._verify_seen(sight, held, seen)
        span = span or held.span
        if (verdict is Verdict.CORRECT) != (bool(corrected) or span != held.span):
            raise UsageError("a correction, and nothing else, says what is otherwise")
        content, fields = corrected_content(held.content, corrected or {})
        if span.likeness(held.span) < SAME_CLAIM:
            moved = self._judgement(held, span, Verdict.CORRECT, content, CONTENT_FIELDS, why)
            return self._act(held.document, [self._rejected(held, why), moved], (span,))
        judged = fields if verdict is Verdict.CORRECT else CONTENT_FIELDS
        made = self._judgement(held, span, verdict, content, judged, why)
        entries = self._append(held.document, [made])
        return Act((self.sight(None).claim(held.id),), entries)

    def mark(
        self,
        document: str,
        span: Span,
        chain: Sequence[Link] = (AUTHOR,),
        *,
        type: EventType = EventType.STATE,  # noqa: A002 - the model's word
        why: str | None = None,
    ) -> Act:
        """Record that words of a document are a claim, which no reader proposed.

        Raises:
            UsageError: The text has no such words, or they are a claim already.
        """
        view = self.sight(None).document(document)
        text = view.extraction.text
        if not 0 <= span.start < span.end <= len(text) or not span.of(text).strip():
            raise UsageError(
                "the text has characters 0 to {0}; {1} to {2} is no stretch of it",
                len(text),
                span.start,
                span.end,
            )
        known = next((c for c in view.claims if c.span.likeness(span) >= SAME_CLAIM), None)
        if known is not None:
            raise UsageError("these words are a claim already: {0}", known.id)
        content = Content(chain=tuple(chain), event_type=type)
        made = ClaimJudgement(
            view.rendition,
            span,
            Verdict.ACCEPT,
            content,
            CONTENT_FIELDS,
            self.drafter.author,
            why,
        )
        return self._act(view.line.id, [made], (span,))

    def join(self, claim: str, other: str, *, why: str | None = None) -> Act:
        """Record that two claims of one text are one: what ``other`` says, in the words of both.

        Raises:
            UsageError: They stand in two texts, or are one already.
        """
        sight = self.sight(None)
        one, into = sight.claim(claim), sight.claim(other)
        if one.rendition != into.rendition or one.id == into.id:
            raise UsageError("two claims of one text can be joined")
        whole = Span(min(one.span.start, into.span.start), max(one.span.end, into.span.end))
        gone = [c for c in (one, into) if c.span.likeness(whole) < SAME_CLAIM]
        if not gone:
            gone = [one]
        made = self._judgement(into, whole, Verdict.CORRECT, into.content, CONTENT_FIELDS, why)
        rejected = [self._rejected(c, why) for c in gone]
        return self._act(into.document, [*rejected, made], (whole,))

    def split(self, claim: str, at: int, *, why: str | None = None) -> Act:
        """Record that a claim is two, of which the second begins at character ``at`` of the text.

        Raises:
            UsageError: It does not lie within the claim.
        """
        held = self.sight(None).claim(claim)
        cut = at - held.span.start
        parts = [
            _trimmed(held.quote[:cut], held.span.start),
            _trimmed(held.quote[max(0, cut) :], held.span.start + cut),
        ]
        if not 0 < cut < len(held.quote) or not all(parts):
            raise UsageError(
                "a claim is split between its characters {0} and {1}",
                held.span.start,
                held.span.end,
            )
        spans = tuple(part for part in parts if part)
        made = [
            self._judgement(held, span, Verdict.CORRECT, held.content, CONTENT_FIELDS, why)
            for span in spans
        ]
        if all(span.likeness(held.span) < SAME_CLAIM for span in spans):
            made.insert(0, self._rejected(held, why))
        return self._act(held.document, made, spans)

    def undo(self, entries: Iterable[str], *, why: str | None = None) -> Act:
        """Take judgements back, all in one step; what they were on stands as before them.

        Raises:
            UsageError: One of them is none that holds, or none of this person's.
        """
        sight = self.sight(None)
        found = [sight.decided.judgement(EntryId(entry)) for entry in entries]
        if not found or any(j is None or j[1].by != self.drafter.author for j in found):
            raise UsageError("only a judgement of one's own that holds can be taken back")
        return self._taken_back(sight, [each for each in found if each], why)

    def _taken_back(
        self,
        sight: Sight,
        found: Sequence[tuple[EntryId, ClaimJudgement]],
        why: str | None,
    ) -> Act:
        back = [
            replace(
                judgement,
                content=Content((AUTHOR,)),
                judged=(),
                by=self.drafter.author,
                why=why,
                undoes=entry,
            )
            for entry, judgement in found
        ]
        document = sight.decided.document_of(found[0][1].rendition)
        spans = [judgement.span for _, judgement in found]
        act = self._act(document, back, spans)
        if act.claims:
            return act
        # Of a claim that was split in two neither part is there any more: it stands around them.
        held = self.sight(None).claims(document=document)
        around = (claim for claim in held if any(claim.span.holds(span) for span in spans))
        return replace(act, claims=tuple(around))

    # ------------------------------------------------------------ two people

    def differing(
        self, *, viewer: Viewer | None = None
    ) -> tuple[tuple[Claim, tuple[Opinion, ...]], ...]:
        """Return the claims on which people's last words part, by document and place.

        Where the node shows nobody another's word first, only those on which whoever asks
        gave theirs.
        """
        sight, found = self.sight(viewer), []
        for claim in sight.decided.judged_by_several():
            opinions = self._shown_on(sight, claim)
            if _part(opinions):
                found.append((claim, opinions))
        return tuple(found)

    def settle(self, claim: str, keep: str, why: str) -> Act:
        """Record that one of the words on a claim holds: take the others back, with a reason.

        Args:
            claim: Its id.
            keep: The entry of the judgement that holds.
            why: The reason, for the record.

        Raises:
            UsageError: No reason is given, or the judgement is none on this claim.
        """
        sight = self.sight(None)
        opinions = self._opinions(sight, sight.claim(claim))
        if keep not in {each.judged.entry for each in opinions}:
            raise UsageError("{0} is no judgement on {1}", keep, claim)
        if not why.strip():
            raise UsageError("give a reason, for the record")
        others = [(o.judged.entry, o.judgement) for o in opinions if o.judged.entry != keep]
        return self._taken_back(sight, others, why.strip())

    def words_on(self, claim: str, *, viewer: Viewer | None = None) -> tuple[Opinion, ...]:
        """Return the last word of each person on a claim, the latest last.

        Where nobody is shown another's word first, none before they gave their own.
        """
        sight = self.sight(viewer)
        return self._shown_on(sight, sight.claim(claim))

    def _shown_on(self, sight: Sight, claim: Claim) -> tuple[Opinion, ...]:
        found = self._opinions(sight, claim)
        mine = self.drafter.author in {each.judgement.by for each in found}
        return found if mine or not self.blind else ()

    def _opinions(self, sight: Sight, claim: Claim) -> tuple[Opinion, ...]:
        """Return the last word of each person on a claim, in the order of the ledger."""
        last: dict[ActorId, Opinion] = {}
        for judged, judgement in sight.decided.judgements_with(claim):
            last.pop(judgement.by, None)
            last[judgement.by] = Opinion(judged, judgement)
        return tuple(last.values())

    # ------------------------------------------------------------ within

    def _verify_seen(self, sight: Sight, claim: Claim, seen: str | None) -> None:
        judged = [each.judged for each in self._shown_on(sight, claim)]
        verify_seen(Touch(judged[-1].entry, judged[-1].by) if judged else None, seen)

    def _judgement(
        self,
        claim: Claim,
        span: Span,
        verdict: Verdict,
        content: Content,
        judged: tuple[str, ...],
        why: str | None,
    ) -> ClaimJudgement:
        by = self.drafter.author
        return ClaimJudgement(claim.rendition, span, verdict, content, judged, by, why)

    def _rejected(self, claim: Claim, why: str | None) -> ClaimJudgement:
        return self._judgement(
            claim, claim.span, Verdict.REJECT, claim.content, CONTENT_FIELDS, why
        )

    def _act(
        self, document: DocumentId, made: Sequence[ClaimJudgement], spans: Iterable[Span]
    ) -> Act:
        """Append judgements; return them with the claims at ``spans`` as they stand then."""
        entries = self._append(document, made)
        held = {claim.span: claim for claim in self.sight(None).claims(document=document)}
        return Act(tuple(held[span] for span in spans if span in held), entries)

    def _append(self, document: DocumentId, made: Sequence[ClaimJudgement]) -> tuple[EntryId, ...]:
        """Append judgements in one step; return their entries."""
        label = self.label_of(document)
        drafts = [
            self.drafter.entry(Kind.JUDGEMENT, bodies.body_of(judgement), label=label)
            for judgement in made
        ]
        self.append(drafts)
        return tuple(draft.id for draft in drafts)


# ------------------------------------------------------------ choosing in the text


def link_at(view: DocumentView, span: Span, kind: SourceKind | None = None) -> Link:
    """Return who speaks at words of a text, as a link of a chain.

    Args:
        view: The document.
        span: The words that name the source.
        kind: What kind of source; that of the name there unless told.
    """
    named = _named_at(view, span)
    known = _SPEAKS.get(named.type, SourceKind.GROUP) if named else SourceKind.ANONYMOUS
    words = span.of(view.extraction.text)
    return Link(
        kind or known, words, span, entity=named.id if named else None, manner=Manner.INDIRECT
    )


def place_at(view: DocumentView, span: Span) -> Named:
    """Return the place that words of a text name."""
    named = _named_at(view, span)
    if named is not None:
        return Named(named.name, named.type, None, named.id)
    return Named(span.of(view.extraction.text), EntityType.COUNTRY_OR_CITY)


def time_at(view: DocumentView, span: Span) -> str:
    """Return the time, EDTF, that words of a text tell.

    Raises:
        UsageError: No reader found one there, and the words are none themselves.
    """
    found = max(view.reading.times, key=lambda time: time.span.overlap(span), default=None)
    if found is not None and found.span.overlap(span) and found.value:
        return found.value
    told = edtf(span.of(view.extraction.text))
    assert told is not None  # noqa: S101 - words are not empty
    return told


def _named_at(view: DocumentView, span: Span) -> LocalEntity | None:
    """Return whose name stands at words of a text, None where no reader found one."""
    found = (
        (mention.overlap(span), entity)
        for entity in view.reading.entities
        for mention in entity.mentions
    )
    overlap, entity = max(found, key=lambda each: each[0], default=(0, None))
    return entity if overlap else None


def corrected_content(
    content: Content, corrected: Mapping[str, object]
) -> tuple[Content, tuple[str, ...]]:
    """Return the content with the corrections in it, and the fields they are in.

    ``source`` names the root of the chain; the other names are the fields of `Content`.

    Raises:
        UsageError: There is no such field, or it cannot have that value.
    """
    changes = dict(corrected)
    source = changes.pop("source", None)
    if source is not None:
        if not isinstance(source, str) or not source.strip():
            raise UsageError("a source is a name")
        root = content.chain[-1]
        named = Link(
            SourceKind.PERSON if root.kind is SourceKind.AUTHOR else root.kind, source.strip()
        )
        before = content.chain if root.kind is SourceKind.AUTHOR else content.chain[:-1]
        changes["chain"] = (*before, named)
    unknown = sorted(set(changes) - set(CONTENT_FIELDS))
    if unknown:
        raise UsageError(
            "a claim has no field {0}; fields: {1}", repr(unknown[0]), ", ".join(CONTENT_FIELDS)
        )
    if isinstance(when := changes.get("when"), str):
        changes["when"] = edtf(when)
    try:
        whole = msgspec.convert(
            {**bodies.body_of(content), **msgspec.to_builtins(changes)}, Content
        )
    except msgspec.ValidationError as cause:
        raise UsageError("that cannot be a claim's: {0}", cause) from cause
    return whole, tuple(sorted(changes))


def _turn(claim: Claim) -> Turn:
    """Return the place of a claim that does not wait: behind all that do."""
    return Turn(0, claim.document, claim.span.start, claim.id)


def _trimmed(words: str, start: int) -> Span | None:
    """Return where ``words``, which begin at ``start``, stand without what only parts them."""
    inner = words.strip(" \t\n\u00a0,;:،؛")
    at = start + words.find(inner)
    return Span(at, at + len(inner)) if inner else None


def _part(opinions: Sequence[Opinion]) -> bool:
    """Return whether the words of several people on one claim are not the same."""
    return len({_said(opinion.judgement) for opinion in opinions}) > 1


def _said(judgement: ClaimJudgement) -> tuple[object, ...]:
    """Return what a judgement comes to: what it corrects, and nothing else where it does not."""
    if judgement.verdict is not Verdict.CORRECT:
        return (judgement.verdict,)
    values = ((name, getattr(judgement.content, name)) for name in judgement.judged)
    return (judgement.verdict, judgement.span, *values)
