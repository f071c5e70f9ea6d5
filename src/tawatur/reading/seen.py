"""What of a text is seen? Reading goes by that, and its places are those of the text itself.

Soft hyphens, zero-width characters and marks of direction are never seen, and an accent
may be written as a character of its own. Systems put both into texts that a person reads
as if they were not there. So a text that holds any is read without them, each letter one
with its accent, and every span of the reading is then moved to where it stands in the
text as it is.

Cost: one search where there is nothing of the kind; else one pass over the text.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from tawatur.model.document import Extraction
from tawatur.model.reading import Link, LocalEntity, Proposal, Reading
from tawatur.model.span import Span
from tawatur.model.text import UNSEEN

_ODD = re.compile(rf"[{UNSEEN}]+|[^\W\d_][\u0300-\u036f\u0653-\u0655]+")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each character of the text as seen begins and ends in the text as it is."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def seen(self, offset: int) -> int:
        """Return the place, in the text as seen, of an offset of the text as it is."""
        return bisect_left(self.starts, offset)

    def original(self, span: Span) -> Span:
        """Return where a span of the text as seen stands in the text as it is."""
        return Span(self.starts[span.start], self.ends[span.end - 1])


def read_as_seen(extraction: Extraction, read: Callable[[Extraction], Reading]) -> Reading:
    """Return what ``read`` proposes about the text as it is seen, placed in the text as it is."""
    if _ODD.search(extraction.text) is None:
        return read(extraction)
    text, places = _seen(extraction.text)
    if not text.strip():
        return read(extraction)

    def moved(span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = places.seen(span.start), places.seen(span.end)
        return Span(start, end) if start < end else None

    asides = ((aside, moved(aside.span)) for aside in extraction.asides)
    stated = (extraction.publisher, extraction.published)
    publisher, published = (s and replace(s, span=moved(s.span)) for s in stated)
    shown = replace(
        extraction,
        text=text,
        title=moved(extraction.title),
        asides=tuple(replace(aside, span=span) for aside, span in asides if span),
        publisher=publisher,
        published=published,
        paragraphs=tuple(replace(p, start=places.seen(p.start)) for p in extraction.paragraphs),
    )
    return _placed(read(shown), extraction.text, places.original)


def _seen(text: str) -> tuple[str, _Places]:
    """Return the text as it is seen, and where its characters stand."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for odd in _ODD.finditer(text):
        start, end = odd.span()
        parts.append(text[at:start])
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        at = end
        if odd.group()[0] in UNSEEN:
            continue
        letter = unicodedata.normalize("NFC", odd.group())
        if len(letter) == 1:
            parts.append(letter)
            starts.append(start)
            ends.append(end)
        else:
            at = start + 1
            parts.append(text[start:at])
            starts.append(start)
            ends.append(at)
    parts.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return "".join(parts), _Places(tuple(starts), tuple(ends))


def _placed(reading: Reading, text: str, original: Callable[[Span], Span]) -> Reading:
    """Return the reading with every span where it stands in ``text``."""

    def link(one: Link) -> Link:
        span = original(one.span) if one.span else None
        cue = original(one.cue_span) if one.cue_span else None
        return replace(
            one,
            span=span,
            source_text=span.of(text) if span else one.source_text,
            cue_span=cue,
            cue=cue.of(text) if cue else one.cue,
        )

    def claim(one: Proposal) -> Proposal:
        about = one.report
        if about:
            span = original(about.span)
            about = replace(about, span=span, words=span.of(text))
        return replace(
            one,
            span=original(one.span),
            chain=tuple(map(link, one.chain)),
            gap=original(one.gap) if one.gap else None,
            report=about,
        )

    def entity(one: LocalEntity) -> LocalEntity:
        return replace(one, mentions=tuple(map(original, one.mentions)))

    return replace(
        reading,
        entities=tuple(map(entity, reading.entities)),
        times=tuple(replace(t, span=original(t.span)) for t in reading.times),
        quantities=tuple(replace(q, span=original(q.span)) for q in reading.quantities),
        claims=tuple(map(claim, reading.claims)),
    )
