"""Which words of a text are a name, or tell a time, though no reader found them, or are none?

A *marking* is a person's word on that. It stays on the rendition that it was made on and
holds for a newer text wherever the same words stand (`tawatur.model.carrying`); from there
on it counts like what a reader found: names of documents meet by it, claims speak through it.
What a person says is no name or no time is none, whatever reads the text again. Proposed
claims lose it; what people judged keeps its words.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tawatur.model.claim import Claim, Status, ungrouped
from tawatur.model.ids import ActorId, MarkingId, RenditionId
from tawatur.model.reading import EntityType, Link, LocalEntity, Reading, TimeExpression
from tawatur.model.span import Span
from tawatur.model.text import fold_words

SAME_WORDS = 0.5
"""Likeness from which words that a reader finds are those of which a person said that they are
none, where it finds none at the very place; as `tawatur.model.claim.SAME_CLAIM`."""


class MarkedAs(StrEnum):
    """As what a reader takes words."""

    NAME = "name"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """Words that are a name (``type``), tell a time (``when``, EDTF), or are ``no`` such thing.

    One of the three. ``like`` is where the same text names the same one in other words.
    ``everywhere`` says that the same words are none in any place of the text. A withdrawal is
    one more entry with the same id.
    """

    id: MarkingId
    rendition: RenditionId
    span: Span
    by: ActorId
    time: datetime  # UTC
    type: EntityType | None = None
    when: str | None = None
    like: Span | None = None
    no: MarkedAs | None = None
    everywhere: bool = False
    withdrawn: bool = False
    why: str | None = None

    @property
    def marked_as(self) -> MarkedAs | None:
        """As what it marks words; None where it says that they are none."""
        if self.no is not None:
            return None
        return MarkedAs.NAME if self.type is not None else MarkedAs.TIME


def with_marked(reading: Reading, text: str, markings: Sequence[Marking]) -> Reading:
    """Return what a reader found in a text together with what people marked there.

    Args:
        reading: Of that text.
        text: The text.
        markings: Those that hold, with their places in it, oldest first.
    """
    if not markings:
        return reading
    return replace(
        reading,
        entities=_with_names(reading.entities, text, markings),
        times=_with_times(reading.times, text, markings),
    )


def without_unmarked(claims: Iterable[Claim], read: Reading, marked: Reading) -> tuple[Claim, ...]:
    """Return the claims of a text without the names and times that people say are none.

    A proposed claim is without them. One that somebody judged stays as they left it, and its
    words lead to no name any more.

    Args:
        claims: Of that text.
        read: What the readers found in it.
        marked: The same with what people marked, as `with_marked` returns it.
    """
    names = _lost(
        {entity.id: entity.mentions for entity in read.entities},
        {entity.id: entity.mentions for entity in marked.entities},
    )
    times = _lost(_by_value(read.times), _by_value(marked.times))
    return tuple(_without(claim, names, times) for claim in claims)


@dataclass(frozen=True, slots=True)
class _Loss:
    """The places of one name or time: those that a person took from it, and those left."""

    taken: frozenset[Span]
    left: frozenset[Span]

    def touches(self, claim: Span) -> bool:
        """Return whether a claim there has it no more: its own words count before others."""
        here = {span for span in self.taken | self.left if claim.overlap(span)}
        return not here & self.left if here else not self.left


def _lost(
    before: Mapping[str, Collection[Span]], after: Mapping[str, Collection[Span]]
) -> dict[str, _Loss]:
    """Return by its id or value whatever has lost places."""
    found = {
        key: _Loss(frozenset(places) - set(after.get(key, ())), frozenset(after.get(key, ())))
        for key, places in before.items()
    }
    return {key: loss for key, loss in found.items() if loss.taken}


def _by_value(times: Iterable[TimeExpression]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for time in times:
        found.setdefault(time.value or "", []).append(time.span)
    return found


def _without(claim: Claim, names: Mapping[str, _Loss], times: Mapping[str, _Loss]) -> Claim:
    """Return a claim without the names, by id, and the times, by value, that it has lost."""
    lost = {id_ for id_, loss in names.items() if loss.touches(claim.span)}
    content = ungrouped(claim.content, lost)
    content = replace(content, chain=tuple(_unlinked(link, names) for link in content.chain))
    if claim.status is not Status.PROPOSED:
        return replace(claim, content=content)
    when = times.get(content.when or "")
    return replace(
        claim,
        content=replace(
            content,
            when=None if when and when.touches(claim.span) else content.when,
            where=tuple(each for each in claim.content.where if each.group not in lost),
            who=tuple(each for each in claim.content.who if each.group not in lost),
        ),
    )


def _unlinked(link: Link, names: Mapping[str, _Loss]) -> Link:
    """Return a link that leads to no name where its own words are none."""
    loss, at = names.get(link.entity or ""), link.span
    gone = loss is not None and at is not None and any(map(at.overlap, loss.taken))
    return replace(link, entity=None) if gone else link


def _with_names(
    named: Iterable[LocalEntity], text: str, markings: Iterable[Marking]
) -> tuple[LocalEntity, ...]:
    """Return the named things of a text with those that people marked behind them.

    Words marked as the same as others, or that are the name of something of the same kind, are
    one more mention of it; any others are a named thing under the marking's id. The later word
    counts.
    """
    found = {entity.id: entity for entity in named}
    for marking in markings:
        if marking.no is MarkedAs.NAME:
            found = _unnamed(found, text, marking)
        elif marking.type is not None:
            name = " ".join(marking.span.of(text).split())
            known = _known(found.values(), marking, name)
            new = LocalEntity(marking.id, marking.type, name, ())
            one = known or new
            found[one.id] = replace(one, mentions=tuple(sorted({*one.mentions, marking.span})))
    return tuple(found.values())


def _known(named: Iterable[LocalEntity], marking: Marking, name: str) -> LocalEntity | None:
    """Return the named thing that a marking names again, None where it is another one."""
    like = marking.like
    for entity in named:
        if like is not None and any(mention.overlap(like) for mention in entity.mentions):
            return entity
        if entity.type is marking.type and fold_words(entity.name) == fold_words(name):
            return entity
    return None


def _unnamed(
    named: Mapping[str, LocalEntity], text: str, marking: Marking
) -> dict[str, LocalEntity]:
    """Return the named things of a text without the mentions that are no name."""
    taken = _meant(marking, [span for each in named.values() for span in each.mentions], text)
    kept = ((each, tuple(s for s in each.mentions if s not in taken)) for each in named.values())
    return {
        each.id: _renamed(each, left, text) if len(left) < len(each.mentions) else each
        for each, left in kept
        if left
    }


def _renamed(entity: LocalEntity, left: tuple[Span, ...], text: str) -> LocalEntity:
    """Return a named thing with the mentions left, by one of these if its name was another's."""
    words = [" ".join(span.of(text).split()) for span in left]
    taken = [s.of(text) for s in entity.mentions if s not in left]
    name = fold_words(entity.name)
    if name in map(fold_words, words) or name not in map(fold_words, taken):
        return replace(entity, mentions=left)
    return replace(entity, mentions=left, name=max(words, key=len), names=())


def _with_times(
    times: Iterable[TimeExpression], text: str, markings: Iterable[Marking]
) -> tuple[TimeExpression, ...]:
    """Return the times of a text by place; a person's word stands for a reader's on the same."""
    found = {time.span: time for time in times}
    for marking in markings:
        if marking.no is MarkedAs.TIME:
            taken = _meant(marking, found, text)
            found = {span: time for span, time in found.items() if span not in taken}
        elif marking.when is not None:
            found[marking.span] = TimeExpression(marking.span, marking.when)
    return tuple(found[span] for span in sorted(found))


def _meant(marking: Marking, spans: Collection[Span], text: str) -> frozenset[Span]:
    """Return which of the places found a marking says to be none."""
    if marking.everywhere:
        words = fold_words(marking.span.of(text))
        return frozenset(span for span in spans if fold_words(span.of(text)) == words)
    if marking.span in spans:
        return frozenset({marking.span})
    return frozenset(span for span in spans if span.likeness(marking.span) >= SAME_WORDS)
