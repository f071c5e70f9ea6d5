"""Where do the words of one rendition stand in another, and what of a judgement goes along?

A newer extractor makes another text of the same bytes: a menu less, lines joined,
a page's head moved. A judgement, sifting or gloss points to a span of the text it
was made on and stays there. It holds for another text wherever the same words stand,
whatever white space lies between them; if they stand in several places, where most of
the text around them is the same. Words that stand nowhere carry nothing (decision 14).
"""

import re
from dataclasses import dataclass, replace

from tawatur.model.claim import ClaimJudgement, Content
from tawatur.model.document import Rendition
from tawatur.model.reading import Link
from tawatur.model.span import Span

AROUND = 80
"""Code points on either side by which places of the same words are told apart: a sentence."""


def places_of(words: str, text: str) -> tuple[Span, ...]:
    """Return where ``words`` stand in ``text``, in order, whatever white space parts them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return tuple(Span(*found.span()) for found in re.finditer(pattern, text) if pattern)


@dataclass(frozen=True, slots=True)
class Carrier:
    """The way from the text of one rendition of a document to that of another."""

    old: Rendition
    new: Rendition

    def place(self, span: Span) -> Span | None:
        """Return where the words at ``span`` of the old text stand in the new one, if they do."""
        before, after = self.old.extraction.text, self.new.extraction.text
        if self.old.id == self.new.id:
            return span
        found = places_of(span.of(before), after)
        shift = span.start / len(before)
        return max(
            found,
            key=lambda place: (
                _alike(before, span, after, place),
                -abs(place.start / len(after) - shift),
            ),
            default=None,
        )

    def judgement(self, judgement: ClaimJudgement) -> ClaimJudgement | None:
        """Return a judgement on the old text as it holds for the new one, None if it does not."""
        place = self.place(judgement.span)
        if place is None or self.old.id == self.new.id:
            return judgement if place else None
        content = self._content(judgement.content)
        return replace(judgement, rendition=self.new.id, span=place, content=content)

    def _content(self, content: Content) -> Content:
        """Return the content with its places in the new text, those that do not stand left out."""
        counted = ((quantity, self.place(quantity.span)) for quantity in content.quantities)
        return replace(
            ungrouped(content),
            chain=tuple(
                replace(
                    link,
                    entity=None,
                    span=self.place(link.span) if link.span else None,
                    cue_span=self.place(link.cue_span) if link.cue_span else None,
                )
                for link in content.chain
            ),
            quantities=tuple(replace(q, span=place) for q, place in counted if place),
            gap=self.place(content.gap) if content.gap else None,
        )


def ungrouped(content: Content) -> Content:
    """Return the content without ids of entities, which hold within one rendition's readings."""
    return replace(
        content,
        chain=tuple(_by_name(link) for link in content.chain),
        where=tuple(replace(named, group="") for named in content.where),
        who=tuple(replace(named, group="") for named in content.who),
    )


def _by_name(link: Link) -> Link:
    return replace(link, entity=None) if link.entity else link


def _alike(before: str, span: Span, after: str, place: Span) -> int:
    """Return how many characters next to two places are the same, white space aside."""
    both = (before, span), (after, place)
    left = [_plain(text[max(0, s.start - AROUND) : s.start])[::-1] for text, s in both]
    right = [_plain(text[s.end : s.end + AROUND]) for text, s in both]
    return _common(*left) + _common(*right)


def _common(a: str, b: str) -> int:
    """Return how many characters two texts have in common from their beginning on."""
    pairs = enumerate(zip(a, b, strict=False))  # the shorter one ends it
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


def _plain(text: str) -> str:
    return " ".join(text.split())
