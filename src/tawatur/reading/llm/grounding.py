"""What of a model's answers stands in the text? Answers → a Reading, and what was dropped.

An item stays if its words stand in its window, character for character; else it is
dropped and counted. Of several places the one that ``nth`` names is meant, else the next in
order; of a source, a cue, a time the one nearest to the claim. A claim one of whose sources
is not found goes whole: without that link it would be laid in somebody else's mouth.

Values are the rules': a time or a figure that a model points to means what the rules make
of those words, nothing if they make nothing of them. Names are the same one's where a
model says so, where their forms are equal, or where the rules group them. Claims that two
windows share are one, as seen in the window in which it lies further from the edge.

Invariants: every span lies in a window; the same answers in any order of windows give the
same reading; nothing an answer holds reaches the reading but spans and labels.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from tawatur.model.claim import SAME_CLAIM
from tawatur.model.document import Extraction
from tawatur.model.reading import (
    AUTHOR,
    Ask,
    EntityType,
    Link,
    LocalEntity,
    Modality,
    Participant,
    Promise,
    Proposal,
    Quantity,
    Reading,
    SourceKind,
    TimeExpression,
    TimeType,
)
from tawatur.model.span import Span
from tawatur.model.text import Folded, fold
from tawatur.reading import quantities as figures
from tawatur.reading.llm.schema import KINDS, NamedThing, Said, Source
from tawatur.reading.llm.windows import Window

MOST = 2000
"""Items of one kind looked at in one answer; no text that fits a window holds as many."""

_CLITICS = "وفبلك"  # may stand before a name, joined to it
_T = TypeVar("_T", bound=msgspec.Struct)


class Dropped(StrEnum):
    """What was dropped, by what was wrong with it."""

    QUOTATION = "quotations"
    NAME = "names"
    SOURCE = "sources"
    CUE = "words of saying"
    TIME = "times"
    QUANTITY = "quantities"
    FORM = "items out of form"


class Malformed(ValueError):  # noqa: N818 - said of an answer, caught where answers are asked for
    """An answer is not what the schema asks for."""


@dataclass(slots=True)
class _Claim:
    """A claim of one window while its names and figures are still words."""

    span: Span
    window: Window
    said: Said
    chain: tuple[Link, ...]


@dataclass(slots=True)
class _Found:
    """What stands in the text of all answers so far."""

    text: str
    dropped: Counter[Dropped] = field(default_factory=Counter)
    names: list[tuple[EntityType, tuple[str, ...]]] = field(default_factory=list)
    times: dict[Span, TimeType] = field(default_factory=dict)
    quantities: set[Span] = field(default_factory=set)
    claims: list[_Claim] = field(default_factory=list)


def grounded(
    extraction: Extraction,
    answers: Sequence[tuple[Window, str]],
    base: Reading,
    reader: str,
) -> tuple[Reading, Mapping[Dropped, int]]:
    """Return what of the answers stands in the text as a reading, and how much does not.

    Args:
        extraction: The text.
        answers: Each window with the answer to it, JSON by `answer_schema`.
        base: What the rules read: their values for times and figures, their grouping of
            names, their date of publication.
        reader: The name of the reader.

    Raises:
        Malformed: An answer is no JSON, or no object with the four lists.
    """
    found = _Found(extraction.text)
    for window, content in answers:
        _take(found, window, _parsed(content, found))
    entities, at = _entities(found, extraction, base)
    times = _times(found, base)
    quantities = _quantities(found, extraction, base)
    speakers = _speakers(entities)
    claims = tuple(
        _proposal(f"c{number}", claim, found, speakers, at, times, quantities)
        for number, claim in enumerate(_merged(found.claims), 1)
    )
    made = Reading(
        reader,
        base.language,
        base.published,
        entities,
        times,
        quantities,
        claims,
        tuple(_promise(c) for c in claims if c.modality is Modality.PROMISED),
        tuple(_ask(c, extraction.text) for c in claims if c.modality is Modality.REQUESTED),
    )
    return made, dict(sorted(found.dropped.items()))


# ------------------------------------------------------------ one answer


def verify_answer(content: str) -> None:
    """Return if an answer is an object with the four lists.

    Raises:
        Malformed: It is not.
    """
    _parsed(content, _Found(""))


def _parsed(content: str, found: _Found) -> dict[str, list[Any]]:
    """Return the items of an answer that are in form, by kind; the others are counted."""
    try:
        whole = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as cause:
        raise Malformed("it is not JSON") from cause
    if not isinstance(whole, dict) or not all(isinstance(whole.get(k), list) for k in KINDS):
        raise Malformed("it has not the four lists")
    made: dict[str, list[Any]] = {}
    for name, kind in KINDS.items():
        given = whole[name]
        items = [each for item in given[:MOST] if (each := _converted(item, kind)) is not None]
        found.dropped[Dropped.FORM] += len(given) - len(items)
        made[name] = items
    found.dropped += Counter()  # leaves out what is none
    return made


def _converted(item: object, kind: type[_T]) -> _T | None:
    try:
        return msgspec.convert(item, kind)
    except (msgspec.ValidationError, RecursionError):
        return None


def _take(found: _Found, window: Window, answer: Mapping[str, list[Any]]) -> None:
    """Put what stands in the window of one answer beside what was found before."""
    for thing in answer["names"]:
        _take_name(found, window, thing)
    order = _Order(found.text, window)
    for time in answer["times"]:
        span = order.meant(time.words, time.nth)
        if span is None:
            found.dropped[Dropped.TIME] += 1
        else:
            found.times.setdefault(span, time.type)
    order = _Order(found.text, window)
    for quantity in answer["quantities"]:
        span = order.meant(quantity.words, quantity.nth)
        if span is None:
            found.dropped[Dropped.QUANTITY] += 1
        else:
            found.quantities.add(span)
    order = _Order(found.text, window)
    for said in answer["claims"]:
        span = order.meant(said.quote, said.nth)
        if span is None:
            found.dropped[Dropped.QUOTATION] += 1
            continue
        chain = _chain(found, window, span, said.chain)
        if chain is not None:
            found.claims.append(_Claim(span, window, said, chain))


@dataclass(slots=True)
class _Order:
    """The places of one list of an answer, in the order in which they are named."""

    text: str
    window: Window
    last: int = 0
    used: set[Span] = field(default_factory=set)

    def meant(self, words: str, nth: int) -> Span | None:
        """Return the place of the words that is meant, None if there is none.

        Of several the ``nth``. Models say 1 where they do not count: then the next that no
        item before has, else the first such, else the first.
        """
        places = self.window.places(self.text, words.strip())
        if not places:
            return None
        if 1 < nth <= len(places):
            span = places[nth - 1]
        else:
            free = [place for place in places if place not in self.used] or [places[0]]
            span = next((place for place in free if place.start >= self.last), free[0])
        self.used.add(span)
        self.last = span.start
        return span


def _take_name(found: _Found, window: Window, thing: NamedThing) -> None:
    """Note the forms of a name that stand in the window as words of their own."""
    given = dict.fromkeys(form.strip() for form in (thing.name, *thing.forms))
    forms = tuple(form for form in given if _name_places(found.text, window, form))
    found.dropped[Dropped.NAME] += len(given) - len(forms)
    if not found.dropped[Dropped.NAME]:
        del found.dropped[Dropped.NAME]
    if forms:
        found.names.append((thing.type, forms))


def _name_places(text: str, window: Window, form: str) -> tuple[Span, ...]:
    """Return where a name stands as a word: nothing joined but what Arabic joins before it."""
    if not any(letter.isalpha() for letter in form):
        return ()
    return tuple(span for span in window.places(text, form) if _whole_words(text, span))


def _whole_words(text: str, span: Span) -> bool:
    if span.end < len(text) and text[span.end].isalnum():
        return False
    at = span.start
    while at and text[at - 1] in _CLITICS and span.start - at < 2:
        at -= 1
    return not (at and text[at - 1].isalnum())


def _nearest(places: Iterable[Span], *to: Span) -> Span | None:
    return min(places, key=lambda p: (sum(_apart(p, each) for each in to), p), default=None)


def _apart(a: Span, b: Span) -> int:
    """Return how many characters lie between two places, 0 where they meet."""
    return max(0, a.start - b.end, b.start - a.end)


def _chain(
    found: _Found, window: Window, claim: Span, given: tuple[Source, ...]
) -> tuple[Link, ...] | None:
    """Return the chain, None if one of its sources does not stand in the window."""
    links = [AUTHOR]
    for source in given:
        words = source.source.strip()
        span = _nearest(window.places(found.text, words), claim)
        if span is None or source.kind is SourceKind.AUTHOR:
            found.dropped[Dropped.SOURCE] += 1
            return None
        cue_span = None
        if source.cue and source.cue.strip():
            cue_span = _nearest(window.places(found.text, source.cue.strip()), span, claim)
            found.dropped[Dropped.CUE] += cue_span is None
        to = source.to.strip() if source.to else None
        if to and not window.places(found.text, to):
            found.dropped[Dropped.SOURCE] += 1
            to = None
        links.append(
            Link(
                kind=source.kind,
                source_text=words,
                span=span,
                cue=cue_span.of(found.text) if cue_span else None,
                cue_span=cue_span,
                manner=source.manner,
                to=to or None,
                channel=source.channel,
            )
        )
    found.dropped += Counter()
    return tuple(links)


# ------------------------------------------------------------ all answers


def _merged(claims: list[_Claim]) -> list[_Claim]:
    """Return the claims in order of place, those that two windows share once."""
    # Best seen first: a claim at the edge of a window may have lost its speaker.
    best = sorted(claims, key=lambda c: (-c.window.margin(c.span), c.span, c.window.pieces))
    kept: list[_Claim] = []
    near: dict[int, list[_Claim]] = {}
    for claim in best:
        blocks = range(claim.span.start // _BLOCK, claim.span.end // _BLOCK + 1)
        others = (other for block in blocks for other in near.get(block, ()))
        if any(
            other.span == claim.span
            or (other.window != claim.window and other.span.likeness(claim.span) >= SAME_CLAIM)
            for other in others
        ):
            continue
        kept.append(claim)
        for block in blocks:
            near.setdefault(block, []).append(claim)
    return sorted(kept, key=lambda c: c.span)


_BLOCK = 512
"""Characters of a stretch within which claims are compared with each other."""


def _times(found: _Found, base: Reading) -> tuple[TimeExpression, ...]:
    """Return the times in order, with the values that the rules give to those words."""
    made = []
    for span in _apart_from_each_other(found.times):
        same = _likest(span, base.times)
        made.append(
            replace(same, span=span)
            if same is not None
            else TimeExpression(span, None, found.times[span])
        )
    return tuple(made)


def _quantities(found: _Found, extraction: Extraction, base: Reading) -> tuple[Quantity, ...]:
    """Return the figures in order, with the values that the rules give to those words."""
    made = []
    folded: Folded | None = None
    for span in _apart_from_each_other(found.quantities):
        same = _likest(span, base.quantities)
        if same is None:
            folded = folded or fold(extraction.text)
            alone = figures.quantities(extraction.text, folded, (span,), extraction.language, ())
            same = alone[0] if alone else Quantity(span, None)
        made.append(replace(same, span=span))
    return tuple(made)


def _apart_from_each_other(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, of two that overlap the longer."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if kept and kept[-1].overlap(span):
            kept[-1] = max(kept[-1], span, key=len)
        else:
            kept.append(span)
    return kept


_Valued = TypeVar("_Valued", TimeExpression, Quantity)


def _likest(span: Span, items: tuple[_Valued, ...]) -> _Valued | None:
    """Return the item of about the same words, the likest: much alike, or one within the other."""
    best = max(items, key=lambda i: i.span.likeness(span), default=None)
    if best is None or not best.span.overlap(span):
        return None
    within = best.span.holds(span) or span.holds(best.span)
    return best if within or best.span.likeness(span) >= SAME_CLAIM else None


# ------------------------------------------------------------ names


def _entities(
    found: _Found, extraction: Extraction, base: Reading
) -> tuple[tuple[LocalEntity, ...], dict[str, str]]:
    """Return the named things of the text, and the entity of each form of a name."""
    groups = _Groups()
    for type_, forms in found.names:
        groups.join([_key(type_, form) for form in forms])
    text = extraction.text
    whole = Window(extraction.main())
    by_form: dict[str, Counter[EntityType]] = {}
    for type_, forms in found.names:
        for form in forms:
            by_form.setdefault(form, Counter())[type_] += 1
    mentions: dict[Span, tuple[EntityType, str]] = {}
    taken: set[int] = set()
    for form in sorted(by_form, key=lambda f: (-len(f), f)):
        kinds = by_form[form]
        type_ = max(sorted(kinds), key=lambda t: kinds[t])
        groups.join([_key(each, form) for each in kinds])
        for span in _name_places(text, whole, form):
            if taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                mentions[span] = (type_, form)
    # The rules know spellings, last names and acronyms of one thing.
    for entity in base.entities:
        same = [m for m in entity.mentions if m in mentions and mentions[m][0] is entity.type]
        groups.join([_key(*mentions[m]) for m in same])
    named = {m: e.names for e in base.entities for m in e.mentions}
    members: dict[str, list[Span]] = {}
    for span in sorted(mentions):
        members.setdefault(groups.root(_key(*mentions[span])), []).append(span)
    made, at = [], {}
    for number, (root, spans) in enumerate(members.items(), 1):
        forms_here = [mentions[span][1] for span in spans]
        kinds_here = Counter(mentions[span][0] for span in spans)
        name = max(forms_here, key=lambda f: (len(f.split()), len(f)))
        known = next((named[s] for s in spans if named.get(s)), ())
        made.append(
            LocalEntity(f"e{number}", kinds_here.most_common(1)[0][0], name, tuple(spans), known)
        )
        at[root] = f"e{number}"
    forms_at = {
        form: at[root]
        for form, kinds in by_form.items()
        for kind in kinds
        if (root := groups.root(_key(kind, form))) in at
    }
    return tuple(made), forms_at


def _key(type_: EntityType, form: str) -> str:
    side = "place" if type_ in _PLACES else type_.value
    return f"{side}:{fold(form).text}"


_PLACES = frozenset({EntityType.COUNTRY_OR_CITY, EntityType.LOCATION, EntityType.FACILITY})


class _Groups:
    """Keys that belong together, by what was joined."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, key: str) -> str:
        """Return the key that stands for all that were joined with ``key``."""
        while (above := self._above.setdefault(key, key)) != key:
            self._above[key] = key = self._above.setdefault(above, above)
        return key

    def join(self, keys: Sequence[str]) -> None:
        """Put keys together; the least of them stands for all."""
        roots = sorted({self.root(key) for key in keys})
        for root in roots[1:]:
            self._above[root] = roots[0]


# ------------------------------------------------------------ one claim


def _proposal(
    id_: str,
    claim: _Claim,
    found: _Found,
    speakers: "_Speakers",
    at: Mapping[str, str],
    times: tuple[TimeExpression, ...],
    quantities: tuple[Quantity, ...],
) -> Proposal:
    said, window = claim.said, claim.window
    when = None
    if said.when and said.when.strip():
        span = _nearest(window.places(found.text, said.when.strip()), claim.span)
        if span is None:
            found.dropped[Dropped.TIME] += 1
        else:
            touched = [t for t in times if t.span.overlap(span) and t.type is TimeType.DATE]
            when = next((t.value for t in touched if t.value), None)
    indexes = []
    for words in said.quantities:
        span = _nearest(window.places(found.text, words.strip()), claim.span)
        index = next((i for i, q in enumerate(quantities) if span and q.span.overlap(span)), None)
        if index is None:
            found.dropped[Dropped.QUANTITY] += 1
        elif index not in indexes:
            indexes.append(index)
    who, seen = [], set()
    for part in said.who:
        entity = at.get(part.name.strip())
        if entity is None:
            found.dropped[Dropped.NAME] += 1
        elif entity not in seen:
            seen.add(entity)
            who.append(Participant(entity, part.role))
    where = []
    for name in said.where:
        entity = at.get(name.strip())
        if entity is None:
            found.dropped[Dropped.NAME] += 1
        elif entity not in where:
            where.append(entity)
    return Proposal(
        id_,
        claim.span,
        tuple(_with_entity(link, speakers) for link in claim.chain),
        said.polarity,
        said.modality,
        said.event_type,
        when,
        tuple(where),
        tuple(who),
        tuple(indexes),
    )


@dataclass(frozen=True, slots=True)
class _Speakers:
    """Mentions of persons and bodies in order, each with its entity."""

    mentions: tuple[tuple[Span, str], ...]
    longest: int


def _speakers(entities: tuple[LocalEntity, ...]) -> _Speakers:
    mentions = sorted(
        (mention, entity.id)
        for entity in entities
        if entity.type in (EntityType.PERSON, EntityType.ORGANISATION)
        for mention in entity.mentions
    )
    return _Speakers(tuple(mentions), max((len(m) for m, _ in mentions), default=0))


def _with_entity(link: Link, speakers: _Speakers) -> Link:
    """Return the link with the entity that it names; an unnamed source is nobody's name."""
    span = link.span
    if span is None or link.kind in (SourceKind.ANONYMOUS, SourceKind.RUMOUR):
        return link
    first = bisect_left(speakers.mentions, span.start - speakers.longest, key=lambda m: m[0].start)
    end = bisect_left(speakers.mentions, span.end, key=lambda m: m[0].start)
    inside = [
        (len(mention), -mention.start, entity)
        for mention, entity in speakers.mentions[first:end]
        if span.holds(mention) or mention.holds(span)
    ]
    return replace(link, entity=max(inside)[2]) if inside else link


def _promise(claim: Proposal) -> Promise:
    """Return the commitment of a claim: by its actor, or else by whoever says it."""
    by = claim.who[0].entity if claim.who else claim.chain[-1].entity
    to = claim.who[1].entity if len(claim.who) > 1 else None
    return Promise(claim.id, by, to, claim.when)


def _ask(claim: Proposal, text: str) -> Ask:
    """Return the request of a claim: by whoever says it, to the first other who is named."""
    by = claim.chain[-1].entity
    to = next((p.entity for p in claim.who if p.entity != by), None)
    return Ask(claim.id, by, to, claim.span.of(text))
