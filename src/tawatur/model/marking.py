"""Which words of a text are a name, or tell a time, though no reader found them there?

A *marking* is a person's word on that. It stays on the rendition that it was made on and
holds for a newer text wherever the same words stand (`tawatur.model.carrying`); from there
on it counts like what a reader found: names of documents meet by it, claims speak through it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.model.ids import ActorId, MarkingId, RenditionId
from tawatur.model.reading import EntityType, LocalEntity, Reading, TimeExpression
from tawatur.model.span import Span
from tawatur.model.text import fold_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """Words that are a name (``type``) or tell a time (``when``, EDTF): one of the two.

    ``like`` is where the same text names the same one in other words. A withdrawal is one
    more entry with the same id.
    """

    id: MarkingId
    rendition: RenditionId
    span: Span
    by: ActorId
    time: datetime  # UTC
    type: EntityType | None = None
    when: str | None = None
    like: Span | None = None
    withdrawn: bool = False
    why: str | None = None


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
        times=_with_times(reading.times, markings),
    )


def _with_names(
    named: Iterable[LocalEntity], text: str, markings: Iterable[Marking]
) -> tuple[LocalEntity, ...]:
    """Return the named things of a text with those that people marked behind them.

    Words marked as the same as others, or that are the name of something of the same kind, are
    one more mention of it; any others are a named thing under the marking's id.
    """
    found = {entity.id: entity for entity in named}
    for marking in markings:
        if marking.type is not None:
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


def _with_times(
    times: Iterable[TimeExpression], markings: Iterable[Marking]
) -> tuple[TimeExpression, ...]:
    """Return the times of a text by place; a person's word stands for a reader's on the same."""
    found = {time.span: time for time in times}
    found |= {m.span: TimeExpression(m.span, m.when) for m in markings if m.when is not None}
    return tuple(found[span] for span in sorted(found))
