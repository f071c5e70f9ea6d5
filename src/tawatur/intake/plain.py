"""What are the parts of a text: header, title, paragraphs, markings, asides?

The text itself stays untouched; everything here is spans of it. What a format says of
its lines (a running head, a footnote, the title) comes first and stands; what the
words say is found in the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tawatur.intake.asides import layout, merged
from tawatur.intake.blocks import Block, blocks
from tawatur.intake.cable import Cable, cable
from tawatur.intake.language import language_of
from tawatur.intake.lines import trailing
from tawatur.intake.markings import distinct, markings
from tawatur.intake.paragraphs import numbered_paragraphs, signature
from tawatur.intake.stated import stated_in_text
from tawatur.model.document import Aside, Extraction, Extractor, Marking, Stated
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_TITLE_AMONG = 12  # content lines from the head among which the properties' title is looked for


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document states about itself beside its text."""

    title: str = ""
    publisher: Stated | None = None
    published: Stated | None = None
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a format says of its lines: the kind of each that is no main text, which is the title.

    ``menus`` says whether it may be a copy of a web page, menus and all.
    """

    lines: Sequence[Block]
    kinds: Sequence[str | None]
    title: Span | None = None
    menus: bool = True


def plain(text: str, *, media_type: str, encoding: str, extractor: Extractor) -> Extraction:
    """Return a text with its parts; the language is that of its content."""
    found = blocks(text)
    given = Given(found, [None] * len(found))
    return parted(text, given, Properties(), media_type, encoding, extractor)


def parted(
    text: str,
    given: Given,
    properties: Properties,
    media_type: str,
    encoding: str | None,
    extractor: Extractor,
) -> Extraction:
    """Return a text with its parts: those that its format gives, and those that its words show.

    Where both the text and the properties state a publisher or a day, the text's holds.
    """
    header = cable(text)
    marked = _markings(text, given, header)
    kinds = _kinds(text, given, marked)
    content = [i for i, kind in enumerate(kinds) if kind is None]
    main = [given.lines[i] for i in content]
    plan = layout(text, main, has_header=header is not None or not given.menus)
    for place, kind in zip(content, plan.kinds, strict=True):
        kinds[place] = kind
    kept = [b for b, kind in zip(given.lines, kinds, strict=True) if kind is None]
    copied = kept if given.menus and header is None else ()
    ends = [end for block in copied if (end := trailing(block)) is not None]
    asides = merged([*_asides(given.lines, kinds, header), *ends], text)
    language = language_of("\n".join(block.text for block in kept) or text)
    publisher, published = None, None
    if header is None:
        publisher, published = stated_in_text(text, main, plan, language)
        publisher = publisher or properties.publisher
        published = published or properties.published
    title = given.title or _named(kept, properties.title)
    if title is None and plan.title is not None:
        title = main[plan.title].span
    if header is not None and (title is None or title.end > header.start):
        title = header.subject
    paragraphs = numbered_paragraphs(
        text, header.end if header is not None else 0, inline=header is not None
    )
    found = Extraction(
        text=text,
        media_type=media_type,
        encoding=encoding,
        extractor=extractor,
        language=language,
        title=title,
        asides=asides,
        publisher=publisher,
        published=published,
        header=header.header if header is not None else None,
        paragraphs=paragraphs,
        markings=distinct((*marked, properties.marking) if properties.marking else marked),
    )
    return _signed(found)


def _signed(found: Extraction) -> Extraction:
    """Return the text with its signature, where a cable's header has none of its own."""
    if found.header is None or found.header.signature is not None:
        return found
    last = found.paragraphs[-1].start if found.paragraphs else 0
    signed = signature(found.main(), found.text, last)
    return replace(found, header=replace(found.header, signature=signed))


def _markings(text: str, given: Given, header: Cable | None) -> tuple[Marking, ...]:
    """Return the markings of a text; a cable's own comes before those around it."""
    both = list(zip(given.lines, given.kinds, strict=True))
    found = markings(
        text,
        [line.span for line, kind in both if kind is None],
        [line.span for line, kind in both if kind == "page header"],
    )
    if header is not None and header.marking is not None:
        return distinct((header.marking, *found))
    return found


def _kinds(text: str, given: Given, marked: Sequence[Marking]) -> list[str | None]:
    """Return the kinds of the lines as given; lines that say a marking alone are notices."""
    said = {mark.value for mark in marked}
    said |= {mark.span.of(text) for mark in marked if mark.span is not None}
    return [
        "notice" if kind is None and line.text in said else kind
        for line, kind in zip(given.lines, given.kinds, strict=True)
    ]


def _asides(
    lines: Sequence[Block], kinds: Sequence[str | None], header: Cable | None
) -> list[Aside]:
    found = [Aside(b.span, kind) for b, kind in zip(lines, kinds, strict=True) if kind is not None]
    if header is None:
        return found
    # A cable's header is data, and the rules between its parts are the clerk's.
    outside = [a for a in found if a.kind != "widget" and a.span.start >= header.end]
    return [*outside, *header.asides]


def _named(kept: Sequence[Block], title: str) -> Span | None:
    """Return the line that the properties name as title."""
    wanted = fold_words(title)
    same = (b.span for b in kept[:_TITLE_AMONG] if wanted and fold_words(b.text) == wanted)
    return next(same, None)
