"""One mention of a name, before it is known which mentions are of the same thing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.reading.lexicon import Entry
from tawatur.reading.stream import Stream


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``first`` to ``last`` (exclusive) as a name; ``key`` is folded, without proclitic."""

    first: int
    last: int
    span: Span
    type: EntityType
    key: str
    entry: Entry | None = None
    alias_of: str = ""  # the key of the name that this one stands beside in parentheses


def without_overlaps(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in order of place; of two that overlap the earlier given stays."""
    taken: set[int] = set()
    kept = []
    for mention in mentions:
        words = range(mention.first, mention.last)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(mention)
    return in_order(kept)


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in order of place, one that holds another before it."""
    return tuple(sorted(mentions, key=lambda m: (m.span.start, -m.span.end)))


def with_aliases(text: str, words: Stream, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions with what stands in parentheses after a name as its other name.

    "Name (Other)" joins the two where both are of one type; an acronym in capitals after a
    body is its other name even if nothing else knows it.
    """
    size = len(words.words)
    opening = {m.first: m for m in reversed(mentions)}  # of two the one that holds the other
    found = {(m.first, m.last): m for m in mentions}
    for mention in mentions:
        i = mention.last
        if i + 2 >= size or words.words[i] != "(" or mention.type not in _ALIASED:
            continue
        other = opening.get(i + 1)
        if other is not None:
            if other.last < size and words.words[other.last] == ")" and other.type is mention.type:
                found[other.first, other.last] = replace(other, alias_of=mention.key)
            continue
        span = Span(words.starts[i + 1], words.ends[i + 1])
        shouted = span.of(text).isupper() and len(span) > 1
        if words.words[i + 2] == ")" and shouted and mention.type is EntityType.ORGANISATION:
            found[i + 1, i + 2] = Mention(
                i + 1, i + 2, span, mention.type, words.words[i + 1], alias_of=mention.key
            )
    return in_order(found.values())


_ALIASED = (EntityType.PERSON, EntityType.ORGANISATION)
