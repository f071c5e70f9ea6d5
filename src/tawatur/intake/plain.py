"""What are the parts of a plain text: header, title, paragraphs, asides?

The text itself is the decoded characters untouched; everything here is spans of it.
"""

from dataclasses import dataclass

from tawatur.intake.asides import layout, merged, trailing
from tawatur.intake.blocks import blocks
from tawatur.intake.cable import cable, numbered_paragraphs
from tawatur.intake.language import language_of
from tawatur.intake.stated import stated_in_text
from tawatur.model.document import Aside, CableHeader, NumberedParagraph, Stated
from tawatur.model.span import Span


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one text, as spans of it."""

    language: str
    title: Span | None
    asides: tuple[Aside, ...]
    publisher: Stated | None
    published: Stated | None
    header: CableHeader | None
    paragraphs: tuple[NumberedParagraph, ...]


def parts(text: str) -> Parts:
    """Return the parts of ``text``; the language is that of its content."""
    found = blocks(text)
    header = cable(text)
    plan = layout(text, found, has_header=header is not None)
    asides = [
        Aside(block.span, kind)
        for block, kind in zip(found, plan.kinds, strict=True)
        if kind is not None
        # A cable's header is data, and the rules between its parts are the clerk's.
        and not (header is not None and (kind == "widget" or block.span.start < header.end))
    ]
    if header is not None:
        asides += header.asides
    else:
        asides += [
            end
            for place, block in enumerate(found)
            if plan.is_content(place) and (end := trailing(block)) is not None
        ]
    content = "\n".join(b.text for b, kind in zip(found, plan.kinds, strict=True) if kind is None)
    language = language_of(content or text)
    publisher, published = (
        (None, None) if header is not None else stated_in_text(text, found, plan, language)
    )
    title = found[plan.title].span if plan.title is not None else None
    if header is not None and title is not None and title.end > header.start:
        title = header.subject
    return Parts(
        language=language,
        title=title,
        asides=merged(asides, text),
        publisher=publisher,
        published=published,
        header=header.header if header is not None else None,
        paragraphs=numbered_paragraphs(
            text, header.end if header is not None else 0, inline=header is not None
        ),
    )
