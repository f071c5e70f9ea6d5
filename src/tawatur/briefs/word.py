"""A brief for a word processor: DOCX, each paragraph and run in its own direction and language.

Citations are links to bookmarks in the reports at the end, as on the page. The marking stands
above and below every page. Equal briefs give equal files but for the order of their parts.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from tawatur.briefs.brief import Brief
from tawatur.briefs.outline import (
    Block,
    Cites,
    Heading,
    Items,
    Line,
    Quote,
    Words,
    blocks,
    direction_of,
)

_ISOLATES = re.compile("[\u2066-\u2069]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ARABIC_LETTER = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_LATIN_LETTER = "A-Za-z\u00c0-\u024f"
_ARABIC = re.compile(f"([{_ARABIC_LETTER}](?:[^{_LATIN_LETTER}]*[{_ARABIC_LETTER}])?)")
_LATIN = re.compile(f"([{_LATIN_LETTER}](?:[^{_ARABIC_LETTER}]*[{_LATIN_LETTER}])?)")
_QUOTES = {"ar": ("«", "»"), "fr": ("«\u00a0", "\u00a0»")}
_FONT, _ARABIC_FONT = "Noto Sans", "Amiri"
_LOCALES = {"ar": "ar-SA", "fr": "fr-FR", "en": "en-GB"}
_LATIN_LOCALE = "en-GB"  # of Latin names in an Arabic line, the language of which is not told


def docx(brief: Brief) -> bytes:
    """Return the whole brief as a file of Word 2007 and later (ISO/IEC 29500)."""
    return _Writer(brief).written()


class _Writer:
    """Writes one brief."""

    def __init__(self, brief: Brief) -> None:
        from docx import Document  # noqa: PLC0415 - few commands need it

        self._brief = brief
        self._file: Any = Document()
        self._bookmarks = 0
        for name in ("Quote", "Title"):  # Arabic has no slanted hand
            style = self._file.styles[name]
            style.font.italic = style.font.cs_italic = False

    def written(self) -> bytes:
        brief = self._brief
        core = self._file.core_properties
        core.title, core.author = _plain(brief.title)[:250], ""
        core.created = core.modified = brief.made.replace(tzinfo=None)
        core.language = _LOCALES[brief.language]
        for section in self._file.sections:
            for part in (section.header, section.footer):
                self._run(part.paragraphs[0], brief.label.tlp.value, "en", bold=True)
        for block in blocks(brief):
            self._put(block)
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    def _put(self, block: Block) -> None:
        match block:
            case Heading(level, words, language):
                style = "Title" if level == 1 else f"Heading {level - 1}"
                self._run(self._paragraph(language, style), words, language)
            case Words(words, language, kind):
                paragraph = self._paragraph(language)
                self._run(paragraph, words, language, soft=kind not in ("fact", "own"))
            case Items(items, language):
                for item in items:
                    self._run(self._paragraph(language, "List Bullet"), item, language)
            case Quote(words, language, bare):
                before, after = ("", "") if bare else _QUOTES.get(language, ("“", "”"))
                paragraph = self._paragraph(language, "Quote")
                self._run(paragraph, before + words + after, language)
            case Cites(places, facts, language):
                paragraph = self._paragraph(language)
                for at, fact in enumerate(facts):
                    self._run(paragraph, (" · " if at else "") + fact, language, soft=True)
                for at, (words, anchor) in enumerate(places):
                    self._run(paragraph, " · " if at or facts else "", language)
                    self._link(paragraph, words, anchor, language)
            case Line(pieces, language):
                paragraph = self._paragraph(language)
                for piece in pieces:
                    for anchor in piece.anchors:
                        self._bookmark(paragraph, anchor)
                    self._run(paragraph, piece.words, language, soft=piece.aside, cited=piece.cited)

    def _paragraph(self, language: str, style: str | None = None) -> Any:
        paragraph = self._file.add_paragraph(style=style)
        if direction_of(language) == "rtl":
            paragraph._p.get_or_add_pPr().append(_element("w:bidi"))  # noqa: SLF001 - no public way
        return paragraph

    def _run(
        self,
        paragraph: Any,
        words: str,
        language: str,
        *,
        bold: bool = False,
        soft: bool = False,
        cited: bool = False,
    ) -> None:
        """Add words, Arabic and other scripts in runs of their own."""
        from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415 - as above
        from docx.shared import RGBColor  # noqa: PLC0415 - as above

        for part, arabic in _by_script(_plain(words), language):
            run = paragraph.add_run(part)
            run.bold = bold or None
            if soft:
                run.font.color.rgb = RGBColor(0x5B, 0x66, 0x70)
            if cited:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            _set(run, "ar" if arabic else language, arabic=arabic)

    def _link(self, paragraph: Any, words: str, anchor: str, language: str) -> None:
        """Add words that lead to a bookmark."""
        link = _element("w:hyperlink", anchor=_bookmark_of(anchor))
        before = len(paragraph.runs)
        self._run(paragraph, words, language)
        for run in paragraph.runs[before:]:
            run.font.underline = True
            link.append(run._r)  # noqa: SLF001 - no public way to move a run
        paragraph._p.append(link)  # noqa: SLF001 - likewise

    def _bookmark(self, paragraph: Any, anchor: str) -> None:
        self._bookmarks += 1
        number = str(self._bookmarks)
        start = _element("w:bookmarkStart", id=number, name=_bookmark_of(anchor))
        paragraph._p.append(start)  # noqa: SLF001 - no public way
        paragraph._p.append(_element("w:bookmarkEnd", id=number))  # noqa: SLF001 - likewise


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _set(run: Any, language: str, *, arabic: bool) -> None:
    """Say of a run in which language and direction it is; the order is the schema's."""
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 - no public way
    fonts = _element("w:rFonts", ascii=_FONT, hAnsi=_FONT, cs=_ARABIC_FONT)
    properties.insert(0, fonts)
    if arabic:
        properties.append(_element("w:rtl"))
        properties.append(_element("w:lang", bidi=_LOCALES["ar"]))
    else:
        known = language != "ar" and _LOCALES.get(language)
        properties.append(_element("w:lang", val=known or _LATIN_LOCALE))


def _by_script(words: str, language: str) -> Iterator[tuple[str, bool]]:
    """Yield stretches of words, and whether each runs from the right.

    Signs and digits go with the language of the paragraph: a bracket that closes an Arabic line
    would stand the wrong way round in a run from the left.
    """
    rtl = direction_of(language) == "rtl"
    for at, part in enumerate((_LATIN if rtl else _ARABIC).split(words)):
        if part:
            yield part, rtl == (at % 2 == 0)


def _bookmark_of(anchor: str) -> str:
    """Return the name of a bookmark: letters, digits and underscores, forty at most."""
    return anchor.replace("-", "_")[:40]


def _plain(words: str) -> str:
    """Return words as XML can hold them; runs and paragraphs say their direction."""
    return _NOT_XML.sub("\ufffd", _ISOLATES.sub("", words))
