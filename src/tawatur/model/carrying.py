"""Where do the words of one rendition stand in another, and what of a judgement goes along?

A newer extractor makes another text of the same bytes: a menu less, lines joined,
a page's head moved. A judgement, sifting or gloss points to a span of the text it
was made on and stays there. It holds for another text wherever the same words stand,
whatever white space lies between them; if they stand in several places, where most of
the text around them is the same. Words that stand nowhere carry nothing (decision 14).

What a reader proposed goes along in the same way, where that reader cannot be asked again
for nothing; that it has not seen all of the new text, its name then tells.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tawatur.model.claim import ClaimJudgement, Content, ungrouped
from tawatur.model.document import Rendition
from tawatur.model.reading import Link, Proposal, Reading
from tawatur.model.span import Span

AROUND = 80
"""Code points on either side by which places of the same words are told apart: a sentence."""

IN_PART = " (in part)"
"""Ends the name of a reader that has not seen all of the content that its reading is held on."""


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
        return self._nearest(span, self._places(span))

    def _places(self, span: Span) -> tuple[Span, ...]:
        before, after = self.old.extraction.text, self.new.extraction.text
        return (span,) if before == after else places_of(span.of(before), after)

    def _nearest(self, span: Span, places: Iterable[Span]) -> Span | None:
        """Return that of several places around which most is as it is around ``span``."""
        before, after = self.old.extraction.text, self.new.extraction.text
        shift = span.start / len(before)
        return max(
            places,
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

    def reading(self, reading: Reading) -> Reading:
        """Return what a reader proposed about the old text, as far as it holds for the new one.

        A claim does where its words, and those that name each of its sources, stand in what is
        content there; names, times and figures do where theirs do. Where the new content
        holds what the old did not, the reader's name says that it read it in part.
        """
        mentions = {
            entity.id: tuple(sorted({p for m in entity.mentions if (p := self._content_place(m))}))
            for entity in reading.entities
        }
        times = ((time, self._content_place(time.span)) for time in reading.times)
        counted = [(each, self._content_place(each.span)) for each in reading.quantities]
        held = [number for number, (_, place) in enumerate(counted) if place]
        kept = _Kept(
            frozenset(id_ for id_, places in mentions.items() if places),
            {old: new for new, old in enumerate(held)},
        )
        found = (self._proposal(claim, kept) for claim in reading.claims)
        claims = {claim.id: claim for claim in found if claim}
        in_part = not reading.reader.endswith(IN_PART) and not self._all_seen()
        return replace(
            reading,
            reader=reading.reader + IN_PART if in_part else reading.reader,
            entities=tuple(
                replace(e, mentions=mentions[e.id]) for e in reading.entities if e.id in kept.named
            ),
            times=tuple(replace(time, span=place) for time, place in times if place),
            quantities=tuple(replace(each, span=place) for each, place in counted if place),
            claims=tuple(claims.values()),
            commitments=tuple(
                replace(promise, by=kept.entity(promise.by), to=kept.entity(promise.to))
                for promise in reading.commitments
                if promise.claim in claims
            ),
            requests=tuple(
                replace(ask, by=kept.entity(ask.by), to=kept.entity(ask.to))
                for ask in reading.requests
                if ask.claim in claims
            ),
        )

    def _proposal(self, claim: Proposal, kept: "_Kept") -> Proposal | None:
        """Return a claim as it holds for the new text, None if it or one of its sources is gone."""
        place = self._content_place(claim.span)
        chain = [self._link(link, kept) for link in claim.chain]
        if place is None or None in chain:
            return None
        report, text = claim.report, self.new.extraction.text
        named = self._content_place(report.span) if report else None
        return replace(
            claim,
            span=place,
            chain=tuple(link for link in chain if link),
            where=tuple(id_ for id_ in claim.where if id_ in kept.named),
            who=tuple(each for each in claim.who if each.entity in kept.named),
            quantities=tuple(kept.counted[n] for n in claim.quantities if n in kept.counted),
            gap=self._content_place(claim.gap) if claim.gap else None,
            report=replace(report, words=named.of(text), span=named, by=kept.entity(report.by))
            if report and named
            else None,
        )

    def _link(self, link: Link, kept: "_Kept") -> Link | None:
        """Return a link as the new text has it, None where its source is not named there."""
        text = self.new.extraction.text
        place = self._content_place(link.span) if link.span else None
        if link.span and place is None:
            return None  # without it, the claim would be another's word
        cue = self._content_place(link.cue_span) if link.cue_span else None
        return replace(
            link,
            source_text=place.of(text) if place else link.source_text,
            span=place,
            entity=kept.entity(link.entity),
            cue=cue.of(text) if cue else None,
            cue_span=cue,
        )

    def _content_place(self, span: Span) -> Span | None:
        """Return where words of the old text stand in what is content in the new one."""
        asides = self.new.extraction.asides
        places = self._places(span)
        return self._nearest(
            span, [place for place in places if not any(a.span.overlap(place) for a in asides)]
        )

    def _all_seen(self) -> bool:
        """Whether all that is content in the new text was content in the old one."""
        old, new = self.old.extraction, self.new.extraction
        seen = " ".join(_plain(span.of(old.text)) for span in old.main())
        return all(_plain(span.of(new.text)) in seen for span in new.main())


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a reading stands in another text: entities by id, figures by old and new number."""

    named: frozenset[str]
    counted: Mapping[int, int]

    def entity(self, id_: str | None) -> str | None:
        return id_ if id_ in self.named else None


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
