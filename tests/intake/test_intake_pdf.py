"""A PDF is read in the order in which a person reads it, whatever program printed it."""

# ruff: noqa: D103, E501, PT017 - either outcome is right, and a refusal has one line; the tests' names are their claims; sentences of a text stay on one line

import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake import support_formats as make
from tests.intake.support_formats import ARABIC, FRENCH, TITLE
from tests.intake.support_printed import HARD, HEAD, PAGES, PRODUCERS, paragraphs

from tawatur.errors import EmptyFileError, IntakeError, TooLargeError, UnreadableFileError
from tawatur.intake import extract
from tawatur.intake.ocr import missing
from tawatur.intake.visual import Glyph, in_reading_order, ligature, shaped
from tawatur.model.document import Extraction


@pytest.fixture(scope="module", params=sorted(PRODUCERS))
def printed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Extraction]:
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, extract("page.pdf", PRODUCERS[request.param](folder))


def test_every_paragraph_comes_back_whole_and_in_logical_order(
    printed: tuple[str, Extraction],
) -> None:
    producer, found = printed
    lines = found.text.split("\n")
    wanted = paragraphs()
    lost = [text for text in wanted if text not in lines]
    assert lost == [], producer
    places = [lines.index(text) for text in wanted]
    assert places == sorted(places)


def test_lines_of_both_scripts_come_back_as_they_were_typed(
    printed: tuple[str, Extraction],
) -> None:
    producer, found = printed
    lines = {normalize("NFC", line) for line in found.text.split("\n")}
    lost = [text for _, text in HARD if normalize("NFC", shaped(text)) not in lines]
    assert lost == [], producer


def test_a_table_is_read_by_row_and_a_notes_number_stays_in_its_line(
    printed: tuple[str, Extraction],
) -> None:
    producer, found = printed
    lines = found.text.split("\n")
    assert "مالي (الشمال)\t1,204\tACLED" in lines, producer
    assert "النيجر\t٣٥\tأ.ف.ب" in lines, producer
    assert "يأتي النص هنا1 وبعده جدول." in lines, producer
    assert lines.index("1. حاشية توضح المصدر (الوكالة).") > lines.index("النيجر\t٣٥\tأ.ف.ب")


def test_the_running_head_and_page_numbers_are_asides(printed: tuple[str, Extraction]) -> None:
    producer, found = printed
    if producer == "LibreOffice":  # prints no margin boxes
        assert found.asides == ()
        return
    kinds = [aside.kind for aside in found.asides]
    assert kinds.count("page header") >= PAGES
    assert kinds.count("page number") >= PAGES
    content = "\n".join(span.of(found.text) for span in found.main())
    assert HEAD not in content
    assert "صفحة" not in content


def test_the_largest_line_of_the_first_page_is_the_title(printed: tuple[str, Extraction]) -> None:
    _, found = printed
    assert found.title is not None
    assert found.title.of(found.text) == TITLE


def test_a_browsers_print_states_no_day_of_publication(printed: tuple[str, Extraction]) -> None:
    producer, found = printed
    if producer == "Chromium":
        assert found.published is None


# ------------------------------------------------------------ one line


def line(shown: str, *, rtl: bool = True) -> str:
    """Return the reading order of characters that stand side by side, left to right, as given."""
    glyphs = [Glyph(c, float(i), i + 1.0) for i, c in enumerate(shown)]
    return in_reading_order(glyphs, right_to_left=rtl, space=0.2).text


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        pytest.param("قال 25% من", "نم %25 لاق", id="a percent sign stands left of its number"),
        pytest.param(
            "في 12/03/2021 أن", "نأ 12/03/2021 يف", id="a date with slashes holds together"
        ),
        pytest.param("عام 2019-2021 هنا", "انه 2021-2019 ماع", id="a span of years comes apart"),
        pytest.param("وكالة Reuters للأنباء", "ءابنألل Reuters ةلاكو", id="a Latin name"),
        pytest.param(
            "بحسب Le Monde (Paris) أمس", "سمأ Le Monde (Paris) بسحب", id="Latin words and brackets"
        ),
        pytest.param("الوزير (علي) قال", "لاق (يلع) ريزولا", id="brackets named by character"),
        pytest.param("الوزير (علي) قال", "لاق )يلع( ريزولا", id="brackets named by glyph"),
        pytest.param("«نعم» قال", "لاق «معن»", id="quotation marks"),
        pytest.param(
            "بلغ (Brent) و (WTI) غدا",
            "ادغ )WTI) و )Brent) غلب",
            id="brackets whose font has one name for both",
        ),
        pytest.param(
            "شركة Sonatrach (SH) عن",
            "نع Sonatrach )SH) ةكرش",
            id="the same within a stretch of Latin words",
        ),
        pytest.param("والدرجة 25°C اليوم", "مويلا C°25 ةجردلاو", id="a number and its scale"),
        pytest.param("بلغ 3.5 و14 معا", "اعم 14و 3.5 غلب", id="two numbers"),
    ],
)
def test_a_line_of_arabic_is_read_from_the_right(read: str, shown: str) -> None:
    assert line(shown) == read


def test_arabic_in_a_french_line_is_turned_alone() -> None:
    assert line("Le mot (ةمق) dit", rtl=False) == "Le mot (قمة) dit"


@given(st.permutations(range(12)))
def test_the_order_in_which_a_file_draws_says_nothing(order: list[int]) -> None:
    shown = "لاق )يلع( 12"
    glyphs = [Glyph(shown[i], float(i), i + 1.0) for i in order]
    assert in_reading_order(glyphs, right_to_left=True, space=0.2).text == line(shown)


def test_gaps_part_words_and_strokes_that_fill_a_line_do_not() -> None:
    glyphs = [Glyph("م", 0, 1), Glyph("", 1, 3), Glyph("ق", 3, 4), Glyph("و", 5, 6)]
    assert in_reading_order(glyphs, right_to_left=True, space=0.5).text == "و قم"


def test_marks_stand_behind_their_letter_and_shapes_become_letters() -> None:
    glyphs = [
        Glyph("ﻢ", 0, 2),
        Glyph("\u0650", 0.6, 1.2),
        Glyph("ﻗ", 2, 4),
        Glyph("\u064e", 2.5, 3),
    ]
    assert in_reading_order(glyphs, right_to_left=True, space=0.5).text == "قَمِ"


def test_lam_and_alef_join_in_one_order_only() -> None:
    assert {ligature(t, reversed_=r) for t in ("لا", "ال") for r in (True, False)} == {"لا"}
    assert ligature("هلل", reversed_=False) == "لله"
    assert ligature("يف", reversed_=True) == "في"


# ------------------------------------------------------------ paragraphs, properties, refusals


def drawn(*lines: tuple[int, int, str]) -> bytes:
    return make.pdf_of(
        "\n".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines).encode(
            "cp1252"
        )
    )


def test_lines_become_paragraphs_and_broken_words_whole() -> None:
    content = drawn(
        (72, 700, "The ministry announced on Tuesday that the summit had been post-"),
        (72, 684, "poned; its well-known spokesman gave no reason for the decision at"),
        (72, 668, "the press conference."),
        (72, 652, "A second paragraph begins here and goes on for the whole of a line"),
        (72, 636, "and a little more; the well-"),
        (72, 600, "Far below."),
    )
    assert extract("a.pdf", content).text.split("\n") == [
        "The ministry announced on Tuesday that the summit had been postponed; its well-known spokesman gave no reason for the decision at the press conference.",
        "A second paragraph begins here and goes on for the whole of a line and a little more; the well-",
        "Far below.",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [(72, 700 - 16 * i, f"left column line number {i} here") for i in range(4)]
    right = [(320, 700 - 16 * i, f"right column line number {i} here") for i in range(4)]
    text = extract("a.pdf", drawn(*left, *right)).text
    assert text.index("left column line number 3") < text.index("right column line number 0")


def test_properties_state_the_day() -> None:
    published = extract("a.pdf", make.pdf([FRENCH[0][:60]])).published
    assert published is not None
    assert (published.value, published.found_in) == ("2021-03-04", "document properties")


def test_a_locked_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    pypdf = pytest.importorskip(
        "pypdf", reason="pypdf is not installed: nothing here can lock a PDF"
    )
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    path = tmp_path / "a.pdf"
    writer.write(path)
    with pytest.raises(UnreadableFileError, match="password"):
        extract("a.pdf", path.read_bytes())


def test_a_pdf_without_a_word_is_refused_as_empty() -> None:
    with pytest.raises(EmptyFileError):
        extract("a.pdf", make.pdf([]))


def test_a_pdf_cut_short_is_taken_or_refused_in_one_line() -> None:
    content = make.pdf([FRENCH[0][:60]] * 20)
    for share in range(1, 20):
        try:
            extract("a.pdf", content[: len(content) * share // 20])
        except IntakeError as refusal:
            assert "\n" not in str(refusal)


def test_many_drawn_lines_are_passed_over_and_too_many_characters_refused() -> None:
    assert (
        extract("a.pdf", make.pdf(["Some words of a report"], objects=100_000)).text
        == "Some words of a report"
    )
    with pytest.raises(TooLargeError, match="page 1"):
        extract("a.pdf", make.pdf(["word " * 1000] * 120))


@pytest.mark.parametrize("align", ["left", "right", "center"])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_paragraphs_are_whole_at_whichever_edge_their_lines_are_flush(
    align: str, language: str
) -> None:
    """Arabic is often set from the left by a program that was not told its direction."""
    weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError)
    texts = [f"{text} {text}" for text in (ARABIC[:2] if language == "ar" else FRENCH)]
    body = "".join(f"<p>{text}</p>" for text in texts)
    way = "rtl" if language == "ar" else "ltr"
    content = weasyprint.HTML(
        string=f"<html lang={language} dir={way}><style>@page {{ size: A5 }}"
        f"p {{ text-align: {align}; font: 12pt 'Noto Naskh Arabic', 'DejaVu Serif' }}</style>{body}"
    ).write_pdf()
    assert extract("a.pdf", content).text.split("\n") == texts


# ------------------------------------------------------------ pictures


def test_a_picture_is_refused_with_what_to_install_where_nothing_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableFileError, match="tesseract-ocr-ara"):
        extract("scan.png", make.png())


def _pictures(content: bytes) -> tuple[bytes, bytes]:
    """Return a page as PNG, and a PDF that holds nothing but its picture."""
    import pypdfium2

    image = pytest.importorskip(
        "PIL.Image", reason="Pillow is not installed: no picture can be made"
    )
    assert image
    drawing = pypdfium2.PdfDocument(content)[0].render(scale=200 / 72, grayscale=True).to_pil()
    found = []
    for kind in ("PNG", "PDF"):
        import io

        buffer = io.BytesIO()
        drawing.save(buffer, kind)
        found.append(buffer.getvalue())
    return found[0], found[1]


@pytest.mark.slow
@pytest.mark.skipif(missing() is not None, reason=f"no pictures can be read here: {missing()}")
def test_pictures_of_a_text_are_read() -> None:
    lines = [
        "The ministry announced on Tuesday that the",
        "summit had been postponed to the spring.",
    ]
    png, scan = _pictures(make.pdf(lines))
    for name, content in (("a.png", png), ("a.pdf", scan)):
        found = extract(name, content)
        assert "announced on Tuesday that the summit had been postponed" in found.text
        assert "tesseract" in found.extractor.settings


def _page(number: int, *sentences: str) -> bytes:
    """Return a page with a running head and a foot."""
    body = [(72, 700 - 40 * place, sentence) for place, sentence in enumerate(sentences)]
    return drawn((72, 800, "Ministry bulletin"), *body, (290, 40, f"Page {number}"))


@pytest.mark.slow
@pytest.mark.skipif(missing() is not None, reason=f"no pictures can be read here: {missing()}")
def test_a_scanned_page_among_others_is_read_in_its_place() -> None:
    import io

    import pypdfium2

    sentences = [
        ("The summit was postponed on Tuesday.", "No reason was given."),
        ("Two convoys left the harbour on Monday.", "Their destination is not known."),
        ("The minister thanked the ambassador.", "He will travel again in March."),
    ]
    pages = [_page(number, *said) for number, said in enumerate(sentences, 1)]
    pages[1] = _pictures(pages[1])[1]
    joined = pypdfium2.PdfDocument.new()
    for page in pages:
        joined.import_pages(pypdfium2.PdfDocument(page))
    buffer = io.BytesIO()
    joined.save(buffer)
    found = extract("a.pdf", buffer.getvalue())
    content = [line for span in found.main() for line in span.of(found.text).split("\n") if line]
    assert content == [sentence for said in sentences for sentence in said]
    assert [aside.kind for aside in found.asides].count("page header") >= 2
    assert "tesseract" in found.extractor.settings


@pytest.mark.skipif(missing() is not None, reason=f"no pictures can be read here: {missing()}")
def test_a_damaged_picture_is_refused() -> None:
    with pytest.raises(IntakeError, match="damaged"):
        extract("a.png", make.png()[:40])


@pytest.mark.skipif(missing() is not None, reason=f"no pictures can be read here: {missing()}")
def test_a_picture_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawatur.intake.ocr.SECONDS", 0.001)
    with pytest.raises(UnreadableFileError, match="longer than"):
        extract("a.png", make.png(2000, 2000))


def test_no_program_is_started_for_a_text_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object, **__: object) -> None:
        raise AssertionError("a program was started")

    monkeypatch.setattr(subprocess, "Popen", started)
    assert extract("a.pdf", make.pdf([FRENCH[0][:60]])).text
