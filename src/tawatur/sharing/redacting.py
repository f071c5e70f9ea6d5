"""What can be said of a claim when some of it must not be: a version with words left out.

What is left out is a set of names and words; each of them, and every other form in which its
text names the same, is taken out of all that the claim says, in the folded form in which names
are compared. Rather too much goes than too little: a part of a word as well, and every link,
name or figure that holds one of them. What was paraphrased (the gist) goes whole.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tawatur.errors import UsageError
from tawatur.model.claim import Claim, Content, Named
from tawatur.model.moment import Moment
from tawatur.model.reading import EntityType, Link, LocalEntity, Quantity, Reading, SourceKind
from tawatur.model.span import Span
from tawatur.model.text import fold

LEFT_OUT = "[…]"
"""Stands where words were."""

_PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION, EntityType.FACILITY)
_DAY = re.compile(r"([\dX]{4}-[\dX]{2})-[\dX]{2}(?:T[0-9:Z+-]+)?")
_SHORTEST = 2
"""Characters of words that can be left out: one letter stands everywhere."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What is left out.

    ``originator`` is who published it. ``chain`` says how many links stay, outermost first; an
    unnamed source stands for the rest. ``sources`` are the descriptions of unnamed ones.
    ``place`` is what stands for every place, as a region; with ``date`` days become months.
    ``words`` go as well: what no reader recognised as a name, say.
    """

    originator: bool = False
    chain: int | None = None
    sources: bool = True
    place: str | None = None
    date: bool = False
    words: tuple[str, ...] = ()


def redacted(claim: Claim, reading: Reading, text: str, cuts: Cuts, word: str) -> Claim:
    """Return a claim without what ``cuts`` names, as if its words were a text of their own.

    Args:
        claim: As it is held.
        reading: Of the text that it stands in.
        text: That text.
        cuts: What is left out.
        word: For an unnamed source, in the language of the claim.

    Raises:
        UsageError: Words are too short to be left out, or what is to stand for places is no
            name or one of what is left out.
    """
    for words in (*cuts.words, *(() if cuts.place is None else (cuts.place,))):
        if len(_key(words)) < _SHORTEST:
            raise UsageError("{0} is too short to say what is left out", repr(words))
    knife = _Knife(_left_out(claim, reading, text, cuts))
    if cuts.place is not None and knife.touches(cuts.place):
        raise UsageError("{0} names what is left out", repr(cuts.place))
    quote, moved = knife.cut(claim.quote)
    content = _content(claim, cuts, knife, word)
    span = Span(0, len(quote))
    figures = (_figure(q, claim.span.start, moved, cuts, knife) for q in content.quantities)
    content = replace(
        content,
        quantities=tuple(each for each in figures if each),
        gap=span if claim.not_known else None,
    )
    publisher = None if cuts.originator else claim.publisher
    return replace(
        claim,
        quote=quote,
        span=span,
        content=content,
        publisher=None if publisher and knife.touches(publisher) else publisher,
        published=_month(claim.published) if cuts.date else claim.published,
    )


def _left_out(claim: Claim, reading: Reading, text: str, cuts: Cuts) -> dict[str, str]:
    """Return the words to leave out, each with what stands there."""
    chain = claim.content.chain
    links = list(chain[cuts.chain :]) if cuts.chain is not None else []
    if cuts.sources:
        links += [link for link in chain if link.kind is SourceKind.ANONYMOUS]
    names = {*cuts.words, *(link.source_text for link in links if link.source_text)}
    if cuts.originator and claim.publisher:
        names.add(claim.publisher)
    ids = {link.entity for link in links if link.entity}
    words = dict.fromkeys((*names, *_forms(names, ids, reading.entities, text)), LEFT_OUT)
    if cuts.place is not None:
        named = {n.name for n in (*claim.content.where, *claim.content.who) if n.type in _PLACES}
        places = {entity.id for entity in reading.entities if entity.type in _PLACES}
        forms = (*named, *_forms(named, places, reading.entities, text))
        words |= dict.fromkeys(forms, f"[{cuts.place}]")
    if cuts.date:
        # Of another text of the document the places are others, and the words the same.
        told = (t for t in reading.times if claim.span.overlap(t.span) or claim.quote not in text)
        words |= {t.span.of(text): f"[{_month(t.value) or '…'}]" for t in told}
    return {
        folded: stands for said, stands in words.items() if len(folded := _key(said)) >= _SHORTEST
    }


def _forms(
    names: Iterable[str], ids: Iterable[str], entities: Iterable[LocalEntity], text: str
) -> Iterator[str]:
    """Yield every form in which a text names those of some names or local ids."""
    keys, known = {_key(name) for name in names}, set(ids)
    for entity in entities:
        forms = {entity.name, *(m.of(text) for m in entity.mentions), *(n for _, n in entity.names)}
        if entity.id in known or keys & {_key(form) for form in forms}:
            yield from forms


class _Knife:
    """Takes words, folded, out of any text, and puts what stands for them there."""

    def __init__(self, words: dict[str, str]) -> None:
        longest_first = sorted(words, key=lambda each: (-len(each), each))
        self._words = words
        self._any = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def cut(self, text: str) -> tuple[str, Callable[[Span], Span | None]]:
        """Return a text without them, and what moves a span along, None where it is touched."""
        folded = fold(text)
        found = [
            (folded.at(m.start()), folded.at(m.end() - 1) + 1, self._words[m.group()])
            for m in self._any.finditer(folded.text)
        ]
        parts, end = [], 0
        for start, stop, stands in found:
            parts += [text[end:start], stands]
            end = stop

        def moved(span: Span) -> Span | None:
            if any(start < span.end and span.start < stop for start, stop, _ in found):
                return None
            by = sum(len(s) - (stop - start) for start, stop, s in found if stop <= span.start)
            return Span(span.start + by, span.end + by)

        return "".join((*parts, text[end:])), moved

    def touches(self, text: str) -> bool:
        """Return whether one of them stands in a text."""
        return bool(self._any.search(fold(text).text))

    def without(self, text: str | None) -> str | None:
        """Return a text that has none of them, None in place of one that has."""
        return None if text is None or self.touches(text) else text


def _content(claim: Claim, cuts: Cuts, knife: _Knife, word: str) -> Content:
    content = claim.content
    stranger = Link(SourceKind.ANONYMOUS, word)

    def link(old: Link) -> Link:
        if old.source_text and knife.touches(old.source_text):
            return replace(stranger, manner=old.manner, channel=old.channel)
        bare = replace(old, span=None, cue_span=None, entity=None)
        return replace(bare, cue=knife.without(old.cue), to=knife.without(old.to))

    chain = tuple(map(link, content.chain[: cuts.chain]))
    if len(chain) < len(content.chain):
        chain = (*chain, stranger)
    where = tuple(_named(content.where, knife))
    if cuts.place is not None and content.where:
        where = (Named(cuts.place, EntityType.LOCATION),)
    return replace(
        content,
        chain=chain,
        when=_month(content.when) if cuts.date else content.when,
        where=where,
        who=tuple(_named(content.who, knife)),
        gist=None,
        report=None,
    )


def _named(names: Iterable[Named], knife: _Knife) -> Iterator[Named]:
    return (replace(each, group="") for each in names if not knife.touches(each.name))


def _figure(
    figure: Quantity,
    start: int,
    moved: Callable[[Span], Span | None],
    cuts: Cuts,
    knife: _Knife,
) -> Quantity | None:
    """Return a figure where it stands now, None if it is left out or stands elsewhere."""
    if figure.span.start < start:
        return None
    span = moved(Span(figure.span.start - start, figure.span.end - start))
    if span is None:
        return None
    as_of = _month(figure.as_of) if cuts.date else figure.as_of
    unit, of = knife.without(figure.unit), knife.without(figure.of)
    return replace(figure, span=span, unit=unit, of=of, as_of=as_of)


def _month(edtf: str | None) -> str | None:
    """Return a time with months in place of days, None where that is none."""
    if edtf is None:
        return None
    bare = _DAY.sub(r"\1", edtf)
    try:
        return Moment.parse(bare).edtf
    except ValueError:  # a duration, or a day of any month
        return None


def _key(words: str) -> str:
    return fold(words).text.strip()
