"""On paper and for a word processor: every word, in its direction, with its places linked."""

import io
import re
import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.briefs.factory import DOCUMENTS, brief, claim
from tests.briefs.test_briefs_pages import whole

from tawatur.briefs import SourceDocument, docx, pdf
from tawatur.briefs.outline import Cites, Line, blocks
from tawatur.intake import extract
from tawatur.model.ids import DocumentId
from tawatur.model.reading import Link, SourceKind

LANGUAGES = ("ar", "fr", "en")


def pages(content: bytes) -> Iterator[str]:
    """Yield the text of each page, as a reader of PDFs puts it."""
    for page in pypdfium2.PdfDocument(content):
        yield page.get_textpage().get_text_range()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printed_brief_reads_back_in_logical_order(language: str) -> None:
    """Arabic words stand in their order, figures too, and the marking is on every page."""
    found = list(pages(pdf(whole(language))))
    text = " ".join(" ".join(found).split())
    assert "عدد القتلى بلغ 31 جنديا" in text
    assert "Le ministre a promis d’envoyer une enquête" in text
    assert all("TLP:AMBER" in page for page in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_of_direction_are_not_among_the_words_on_paper(language: str) -> None:
    """A name that is copied from a page comes without isolates and embeddings around it."""
    text = "".join(pages(pdf(whole(language))))
    assert not re.findall("[\u2066-\u2069\u202a-\u202e]", text)


def test_latin_names_on_an_arabic_line_stand_in_its_order() -> None:
    """The name that is said first stands further right, though both are Latin."""
    page = pypdfium2.PdfDocument(pdf(whole("ar")))[0]
    text = page.get_textpage()
    heading = text.get_text_range().index("Enquête")
    first = text.search("Toulbara", index=heading - 20).get_next()
    right, left = (text.get_charbox(at)[0] for at in (first[0], heading))
    assert right > left


def test_the_fonts_of_a_printed_brief_are_in_it() -> None:
    """Arabic and Latin fonts are embedded, so that it looks the same everywhere."""
    fonts = set(re.findall(rb"/FontName */([A-Z]{6}\+[A-Za-z-]+)", pdf(whole("ar"))))
    assert any(b"Amiri" in name for name in fonts)
    assert any(b"NotoSans" in name for name in fonts)


def test_a_citation_on_paper_leads_to_the_report() -> None:
    """Links within the file go to a page of it."""
    made = whole("en")
    cited = sum(len(b.places) for b in blocks(made) if isinstance(b, Cites))
    document = pypdfium2.PdfDocument(pdf(made))
    links = 0
    for page in document:
        raw, at = page.raw, pypdfium2.raw.c_int(0)
        link = pypdfium2.raw.FPDF_LINK()
        while pypdfium2.raw.FPDFLink_Enumerate(raw, at, link):
            links += bool(pypdfium2.raw.FPDFLink_GetDest(document.raw, link))
    assert links >= cited > 0


def test_equal_briefs_print_alike() -> None:
    """Nothing of the clock or the machine is in the file."""
    assert pdf(whole("fr")) == pdf(whole("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_for_a_word_processor_reads_back(language: str) -> None:
    """What our own intake reads in it holds every quotation; Arabic paragraphs run from right."""
    made = whole(language)
    content = docx(made)
    text = extract("brief.docx", content).text
    for sentence in made.sentences():
        assert sentence.quote in text
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "<w:bidi/>" in xml
    assert "<w:rtl/>" in xml
    names = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert set(re.findall(r'w:hyperlink w:anchor="([^"]+)"', xml)) <= names


def test_signs_of_an_arabic_line_run_from_the_right_in_a_word_processor() -> None:
    """Brackets and stops are in Arabic runs; Latin names alone are not, nor are they Arabic."""
    xml = zipfile.ZipFile(io.BytesIO(docx(whole("ar")))).read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml)
    (line,) = {p for p in paragraphs if "لم يُذكر الاسم" in p and "المتحدث" not in p}
    runs = re.findall(r"<w:r>.*?</w:r>", line)
    assert "<w:rtl/>" in runs[-1]
    assert "):" in runs[-1]
    assert 'w:lang w:val="ar' not in xml
    latin = [run for p in paragraphs for run in re.findall(r"<w:r>.*?</w:r>", p) if "Toul" in run]
    assert latin
    assert not any("<w:rtl/>" in run for run in latin)


def test_a_brief_for_a_word_processor_has_headings_and_its_marking_on_every_page() -> None:
    """Headings are styles, of one size in either script, and the label is above and below."""
    made = whole("ar")
    archive = zipfile.ZipFile(io.BytesIO(docx(made)))
    xml = archive.read("word/document.xml").decode()
    assert {"Title", "Heading1", "Heading2"} <= set(re.findall(r'w:pStyle w:val="(\w+)"', xml))
    styles = archive.read("word/styles.xml").decode()
    for name in ("Title", "Heading1", "Heading2"):
        style = re.search(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', styles, re.DOTALL)
        assert style
        assert re.findall(r'<w:sz w:val="(\d+)"', style[0]) == re.findall(
            r'<w:szCs w:val="(\d+)"', style[0]
        )
    for part in ("word/header1.xml", "word/footer1.xml"):
        assert made.label.tlp.value in archive.read(part).decode()


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80).filter(lambda t: t.strip() and "\r" not in t))
def test_any_words_can_be_printed(words: str) -> None:
    """Markup, control characters and broken directions of a report stay words."""
    document = SourceDocument(DocumentId("d-any"), words, words, None, "en", f"#x {words} \\y")
    cited = claim(document, words, Link(SourceKind.BODY, words))
    made = brief([cited], documents=[document])
    assert pdf(made).startswith(b"%PDF")
    assert zipfile.ZipFile(io.BytesIO(docx(made))).testzip() is None


def test_the_lines_of_a_report_are_its_words() -> None:
    """Cut at the ends of cited places, and put together again, no character is lost."""
    for document in DOCUMENTS:
        made = [b for b in blocks(whole("en")) if isinstance(b, Line)]
        put = ["".join(piece.words for piece in line.pieces) for line in made]
        assert all(line in put for line in document.text.splitlines() if line.strip())
