"""A claim: somebody's word at a place in a text, with one id over all readings of it.

Readings propose, people judge. `fold_claims` goes through the readings and
judgements of one rendition in log order and returns the claims in force:

* proposals over the same span (likeness of at least `SAME_CLAIM`), by whichever
  reader or version, are one claim; its id stays that of its first place;
* a newer reading by the same reader replaces what its older one proposed and
  nobody judged;
* the fields that a person judged keep the person's value; what was rejected
  stays rejected and does not come back under a later reading;
* who is named by several readers is one entity: the built-in reader's, where
  mentions of both stand at one place.

Four dates are kept apart: ``content.when`` (when it happened), ``said``,
``published`` and ``learnt``.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from tawatur.model.document import Rendition
from tawatur.model.ids import ActorId, ClaimId, DocumentId, EntryId, RenditionId
from tawatur.model.reading import (
    Authenticity,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Modality,
    Polarity,
    Proposal,
    Quantity,
    Reading,
    Role,
)
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_T = TypeVar("_T")

BUILT_IN = "rules"
"""The family of readers that speaks where several have read a text."""

SAME_CLAIM = 0.5
"""Least likeness of two spans that are one claim; the measure by which readings are scored."""


class Status(StrEnum):
    """What people made of a proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Agreement(StrEnum):
    """What the readers of a text make of one claim, where several have read it."""

    AGREED = "agreed"  # they find it and lay it to the same root
    OTHER_ROOT = "other root"
    ALONE = "one reader only"


class Verdict(StrEnum):
    """A person's word on a claim."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Named:
    """Who or what takes part, or where: a name as the text has it; ``role`` is None for places.

    ``group`` is the id of the document's entity within its reading, empty when made by hand.
    """

    name: str
    type: EntityType
    role: Role | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReportNamed:
    """What a claim says of a report: its word in the text, and by name who made it."""

    verdict: Authenticity
    report: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a claim says and through whom; ``chain`` is outermost first, the root last.

    ``gap`` is the place in the claim's text where it is said that this is not known; a claim
    that has another's place only supposes.
    """

    chain: tuple[Link, ...]
    polarity: Polarity = Polarity.ASSERTED
    modality: Modality = Modality.FACT
    event_type: EventType = EventType.STATE
    when: str | None = None
    where: tuple[Named, ...] = ()
    who: tuple[Named, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    gist: str | None = None
    gap: Span | None = None
    report: ReportNamed | None = None


CONTENT_FIELDS = tuple(f.name for f in fields(Content))


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """A person's judgement: it points to rendition, span and fields, never to a running number.

    ``content`` holds the judged values; only its ``judged`` fields are in force.
    """

    rendition: RenditionId
    span: Span
    verdict: Verdict
    content: Content
    judged: tuple[str, ...]
    by: ActorId
    why: str | None = None
    undoes: EntryId | None = None  # the entry of a judgement that this one only takes back


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim in force, with everything that weighing and the doors need."""

    id: ClaimId
    document: DocumentId
    rendition: RenditionId
    span: Span
    quote: str
    language: str
    content: Content
    status: Status
    readers: tuple[str, ...]
    published: str | None  # EDTF, stated or bounded
    learnt: datetime  # UTC, first acquisition
    said: str | None = None  # EDTF
    publisher: str | None = None
    judgements: tuple[EntryId, ...] = ()
    purpose: str | None = None
    expires: datetime | None = None
    agreement: Agreement | None = None  # None where one reader has read the text

    @property
    def not_known(self) -> bool:
        """Whether the claim says itself that something is not known: a gap, no supposition."""
        return self.content.gap is not None and self.content.gap.overlap(self.span) > 0

    @property
    def root(self) -> Link:
        """The last link of the chain: whose word it is."""
        return self.content.chain[-1]


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What one reader, in one version, proposes for a claim."""

    reader: str
    span: Span
    content: Content


@dataclass(slots=True)
class _Slot:
    """A claim while it is being folded."""

    first: Span
    span: Span
    proposals: dict[str, _Proposed] = field(default_factory=dict)  # by family of reader
    judged: dict[str, object] = field(default_factory=dict)
    status: Status = Status.PROPOSED
    judgements: list[EntryId] = field(default_factory=list)
    content: Content | None = None  # as first judged, should no proposal be left

    def places(self) -> tuple[Span, ...]:
        """Return where a proposal belongs to this claim: where people judged it.

        Before anyone has, where any reader sees it: if one finds it no more, the places of
        the others hold, so that reading the same again finds the same claims.
        """
        if self.judgements:
            return (self.span,)
        return tuple({p.span for p in self.proposals.values()})

    def speaking(self) -> _Proposed | None:
        """Return the proposal in force."""
        return speaking(self.proposals)


def fold_claims(
    rendition: Rendition,
    steps: Iterable[Reading | tuple[EntryId, ClaimJudgement]],
    *,
    id_of: Callable[[Span], ClaimId],
    learnt: datetime,
    purpose: str | None = None,
    expires: datetime | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of one rendition in order of their place, rejected ones included.

    Args:
        rendition: The text that they stand in.
        steps: Its readings, and judgements with the ids of their entries, in log order.
        id_of: The keyed id of a claim first seen at a span. Where an older claim that has
            moved since was first seen there as well, it is asked with the span moved on by
            the length of the text, which no place in it can be.
        learnt: When the document was first taken in, UTC.
        purpose: Why its personal data is held, from the acquisition.
        expires: When it must be erased, from the acquisition.
    """
    slots: list[_Slot] = []
    text = rendition.extraction.text
    published: str | None = None
    newest: dict[str, Reading] = {}
    for step in steps:
        if isinstance(step, Reading):
            published = step.published.value or step.published.bounds or published
            slots = _with_reading(slots, step, len(text))
            newest[family_of(step.reader)] = step
        else:
            _judge(slots, *step, len(text))
    known_as = _known_as(newest)
    publisher = rendition.extraction.publisher
    return tuple(
        Claim(
            id=id_of(slot.first),
            document=rendition.document,
            rendition=rendition.id,
            span=slot.span,
            quote=slot.span.of(text),
            language=rendition.extraction.language,
            content=_in_force(slot, known_as),
            status=slot.status,
            readers=tuple(sorted(p.reader for p in slot.proposals.values())),
            published=published,
            learnt=learnt,
            said=published,
            publisher=publisher.value if publisher else None,
            judgements=tuple(slot.judgements),
            purpose=purpose,
            expires=expires,
            agreement=_agreement(slot, known_as) if len(newest) > 1 else None,
        )
        for slot in sorted(slots, key=lambda s: s.span)
    )


def standing(judgements: Mapping[EntryId, ClaimJudgement]) -> dict[EntryId, ClaimJudgement]:
    """Return the judgements that hold, in the order given: none that was taken back."""
    undone = {judgement.undoes for judgement in judgements.values()}
    return {
        entry: judgement
        for entry, judgement in judgements.items()
        if judgement.undoes is None and entry not in undone
    }


def family_of(reader: str) -> str:
    """Return the family of a reader: its name without the version."""
    return reader.split("/", maxsplit=1)[0]


def speaking(readings: Mapping[str, _T]) -> _T | None:
    """Return what is in force of one thing per family of readers; None of none.

    Of several readers the built-in one speaks. Without it the first by name does, in
    whatever order they read; the others are kept beside it.
    """
    if not readings:
        return None
    return readings.get(BUILT_IN) or readings[min(readings)]


def entities_of(readings: Iterable[Reading]) -> tuple[LocalEntity, ...]:
    """Return who and what several readers name in one text, each once.

    Those of the reader that speaks stand first, as it has them; of the others those that it
    does not name, under ids that hold beside its own.

    Args:
        readings: Of one rendition, in log order; of one family the newest counts.
    """
    newest = {family_of(reading.reader): reading for reading in readings}
    first = speaking(newest)
    if first is None:
        return ()
    known_as = _known_as(newest)
    found = list(first.entities)
    for family in sorted(newest):
        if newest[family] is not first:
            own = {entity.id: known_as[family].get(entity.id) for entity in newest[family].entities}
            found += [
                replace(entity, id=id_)
                for entity in newest[family].entities
                if (id_ := own[entity.id]) is not None and id_.startswith(f"{family}.")
            ]
    return tuple(found)


def same_source(a: Link, b: Link) -> bool:
    """Whether two links of one text name one source: author, entity, place, or one name's words."""
    if a.source_text is None or b.source_text is None:
        return a.source_text is b.source_text and a.kind is b.kind
    if a.entity is not None and a.entity == b.entity:
        return True
    if a.span and b.span and a.span.likeness(b.span) >= SAME_CLAIM:
        return True
    mine, theirs = (frozenset(fold_words(x.source_text or "").split()) for x in (a, b))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def same_claims(one: Reading, other: Reading) -> tuple[tuple[str, str, bool], ...]:
    """Return the claims that two readers of one text both propose, in order of place.

    Returns:
        Local ids in ``one`` and in ``other``, and whether both lay the claim to the same root.
    """
    known_as = _known_as({"": one, "other": other})
    first, second = sorted(one.claims, key=_place), sorted(other.claims, key=_place)
    starts = [claim.span.start for claim in second]
    longest = max((len(claim.span) for claim in second), default=0)
    pairs = sorted(
        (
            (likeness, -i, -j)
            for i, a in enumerate(first)
            for j in range(
                bisect_left(starts, a.span.start - longest), bisect_left(starts, a.span.end)
            )
            if (likeness := a.span.likeness(second[j].span)) >= SAME_CLAIM
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if -i not in matched and -j not in taken:
            matched[-i] = -j
            taken.add(-j)
    found = []
    for i, j in sorted(matched.items()):
        theirs = _renamed(content_of(second[j], other), known_as.get("other", {}))
        root = same_source(first[i].chain[-1], theirs.chain[-1])
        found.append((first[i].id, second[j].id, root))
    return tuple(found)


def _place(proposal: Proposal) -> tuple[Span, str]:
    return proposal.span, proposal.id


def content_of(proposal: Proposal, reading: Reading) -> Content:
    """Return what ``proposal`` says, with names in place of local ids."""
    entities = {entity.id: entity for entity in reading.entities}
    return Content(
        chain=proposal.chain,
        polarity=proposal.polarity,
        modality=proposal.modality,
        event_type=proposal.event_type,
        when=proposal.when,
        where=tuple(_named(entities[e], None) for e in proposal.where),
        who=tuple(_named(entities[p.entity], p.role) for p in proposal.who),
        quantities=tuple(reading.quantities[q] for q in proposal.quantities),
        gist=proposal.gist,
        gap=proposal.gap,
        report=_report(proposal, entities),
    )


def ungrouped(content: Content, ids: Collection[str] | None = None) -> Content:
    """Return the content without ids of entities, which hold within one rendition's readings.

    Args:
        content: A claim's.
        ids: Of which entities; of all if None.
    """

    def gone(id_: str | None) -> bool:
        return bool(id_) and (ids is None or id_ in ids)

    return replace(
        content,
        chain=tuple(replace(x, entity=None) if gone(x.entity) else x for x in content.chain),
        where=tuple(replace(x, group="") if gone(x.group) else x for x in content.where),
        who=tuple(replace(x, group="") if gone(x.group) else x for x in content.who),
    )


def _report(proposal: Proposal, entities: dict[str, LocalEntity]) -> ReportNamed | None:
    about = proposal.report
    if about is None:
        return None
    return ReportNamed(about.verdict, about.words, entities[about.by].name if about.by else None)


def _named(entity: LocalEntity, role: Role | None) -> Named:
    return Named(entity.name, entity.type, role, entity.id)


def _known_as(newest: Mapping[str, Reading]) -> dict[str, dict[str, str]]:
    """Return for each family of readers but the speaking one as what its entities are known.

    One that has a mention where the speaking reader has one is that reader's; another gets
    an id with its family before it, since both count from e1.
    """
    first = speaking(newest)
    if first is None or len(newest) == 1:
        return {}
    at = {mention: entity.id for entity in first.entities for mention in entity.mentions}
    starts = sorted(at)
    known_as: dict[str, dict[str, str]] = {}
    for family, reading in newest.items():
        if reading is first:
            continue
        known_as[family] = {}
        for entity in reading.entities:
            votes = Counter(
                at[other] for mention in entity.mentions for other in _at(mention, starts)
            )
            most = max(sorted(votes), key=lambda id_: votes[id_], default=None)
            known_as[family][entity.id] = most or f"{family}.{entity.id}"
    return known_as


def _at(mention: Span, starts: Sequence[Span]) -> Iterator[Span]:
    """Yield those of the mentions, sorted and never overlapping, that are like ``mention``."""
    first = max(0, bisect_left(starts, mention) - 1)
    for other in starts[first : first + 3]:
        if other.likeness(mention) >= SAME_CLAIM:
            yield other


def _renamed(content: Content, names: Mapping[str, str]) -> Content:
    """Return the content with its entities under the ids that hold for all readers."""
    if not names:
        return content
    return replace(
        content,
        chain=tuple(
            replace(link, entity=names.get(link.entity, link.entity)) if link.entity else link
            for link in content.chain
        ),
        where=tuple(replace(n, group=names.get(n.group, n.group)) for n in content.where),
        who=tuple(replace(n, group=names.get(n.group, n.group)) for n in content.who),
    )


def _agreement(slot: _Slot, known_as: Mapping[str, Mapping[str, str]]) -> Agreement:
    """Return whether the readers of a text agree on a claim."""
    roots = [
        _renamed(proposed.content, known_as.get(family, {})).chain[-1]
        for family, proposed in sorted(slot.proposals.items())
    ]
    if len(roots) < 2:
        return Agreement.ALONE
    same = all(same_source(roots[0], other) for other in roots[1:])
    return Agreement.AGREED if same else Agreement.OTHER_ROOT


def _with_reading(slots: Sequence[_Slot], reading: Reading, length: int) -> list[_Slot]:
    """Return the slots after ``reading`` took the place of its family's older one."""
    family = family_of(reading.reader)
    places = [slot.places() for slot in slots]
    for slot in slots:
        slot.proposals.pop(family, None)
    # Of several proposals at one span the first counts; their order in the reading does not.
    at = {p.span: p for p in reversed(reading.claims)}
    free = dict(enumerate(at[span] for span in sorted(at)))
    pairs = sorted(
        (
            (max(place.likeness(p.span) for place in at_slot), -j, -i)
            for j, at_slot in enumerate(places)
            for i, p in free.items()
            if any(place.overlap(p.span) for place in at_slot)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    for likeness, minus_j, minus_i in pairs:
        if likeness < SAME_CLAIM:
            break
        if -minus_j in taken or -minus_i not in free:
            continue
        taken.add(-minus_j)
        slot, proposal = slots[-minus_j], free.pop(-minus_i)
        content = content_of(proposal, reading)
        slot.proposals[family] = _Proposed(reading.reader, proposal.span, content)
    kept = [s for s in slots if s.proposals or s.judgements]
    for slot in kept:
        heard = slot.speaking()
        if heard is not None and not slot.judgements:
            slot.span = heard.span
    used = {slot.first for slot in kept}  # proposals differ in span from each other
    for p in free.values():
        proposed = _Proposed(reading.reader, p.span, content_of(p, reading))
        kept.append(_Slot(_first(p.span, used, length), p.span, {family: proposed}))
    return kept


def _first(span: Span, used: Collection[Span], length: int) -> Span:
    """Return ``span``, moved on by the text's length as often as another claim has it as first."""
    while span in used:
        span = Span(span.start + length, span.end + length)
    return span


def _judge(slots: list[_Slot], entry: EntryId, judgement: ClaimJudgement, length: int) -> None:
    """Put one judgement on the slot it points to, made for it where a person marked a claim."""
    likest = max(slots, key=lambda s: s.span.likeness(judgement.span), default=None)
    if likest is None or likest.span.likeness(judgement.span) < SAME_CLAIM:
        used = {slot.first for slot in slots}
        likest = _Slot(_first(judgement.span, used, length), judgement.span)
        slots.append(likest)
    likest.span = judgement.span
    likest.judgements.append(entry)
    likest.content = likest.content or judgement.content
    likest.judged |= {name: getattr(judgement.content, name) for name in judgement.judged}
    likest.status = {
        Verdict.ACCEPT: Status.ACCEPTED,
        Verdict.CORRECT: Status.CORRECTED,
        Verdict.REJECT: Status.REJECTED,
    }[judgement.verdict]


def _in_force(slot: _Slot, known_as: Mapping[str, Mapping[str, str]]) -> Content:
    """Return the proposal in force with a person's values over it."""
    proposed = slot.speaking()
    base = slot.content
    if proposed is not None:
        base = _renamed(proposed.content, known_as.get(family_of(proposed.reader), {}))
    assert base is not None  # noqa: S101 - a slot has a proposal or a judgement
    return replace(base, **slot.judged)  # type: ignore[arg-type]  # keys are CONTENT_FIELDS
