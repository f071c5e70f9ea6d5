"""What cannot become a document is refused in one line that says what, why and what to do."""

# ruff: noqa: D103 - the tests' names are their claims; sentences of a text stay on one line

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.errors import (
    BinaryFileError,
    EmptyFileError,
    IntakeError,
    TooLargeError,
    UnreadableFileError,
)
from tawatur.intake import MAX_BYTES, MAX_TEXT, check_size, extract


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="no bytes"),
        pytest.param(b" \n\t\r\n ", id="white space"),
        pytest.param("\ufeff".encode(), id="a byte order mark alone"),
        pytest.param("\ufeff\n\u00a0\u3000\n".encode("utf-16-le"), id="UTF-16 white space"),
        pytest.param("\u00a0\u200f\n".encode(), id="non-breaking space and a direction mark"),
        pytest.param(b"\x00" * 20, id="NUL bytes alone"),
    ],
)
def test_a_file_without_text_is_refused_as_empty(content: bytes) -> None:
    with pytest.raises(EmptyFileError, match=r"report\.txt holds"):
        extract("report.txt", content)


def test_a_page_that_shows_no_word_is_refused_as_empty() -> None:
    page = b"<!doctype html><html><body><script>draw()</script><div></div></body></html>"
    with pytest.raises(EmptyFileError, match="save the page as your browser shows it"):
        extract("app.html", page)


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<t/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"7z\xbc\xaf\x27\x1c" + bytes(50), "a 7z archive", id="7z"),
        pytest.param(_zip(), "a spreadsheet, a presentation", id="xlsx"),
        pytest.param(b"RIFF\x10\x00\x00\x00WAVEfmt ", "a WAV recording", id="WAV"),
        pytest.param(b"SQLite format 3\x00" + bytes(90), "an SQLite database", id="SQLite"),
        pytest.param(bytes(range(256)) * 8, "binary data", id="NUL and controls"),
        pytest.param(bytes(range(1, 32)) * 80, "control characters", id="controls"),
    ],
)
def test_a_binary_file_with_the_name_of_a_text_is_refused_by_its_kind(
    content: bytes, kind: str
) -> None:
    with pytest.raises(BinaryFileError, match=kind) as refusal:
        extract("report.txt", content)
    assert "report.txt" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_an_honest_text_that_begins_like_a_bitmap_is_read() -> None:
    taken = extract("report.txt", b"BM shares fell on Monday, the company said in London.")
    assert taken.text.startswith("BM shares")


@pytest.mark.parametrize(
    ("name", "advice"),
    [("a.xlsx", "save what matters"), ("a.doc", "save it as .docx"), ("b.rar", "unpack it first")],
)
def test_a_known_suffix_that_is_not_read_is_refused_by_name(name: str, advice: str) -> None:
    with pytest.raises(BinaryFileError, match=advice):
        extract(name, b"anything")


def test_a_text_of_200_megabytes_is_refused_by_its_size_alone() -> None:
    with pytest.raises(TooLargeError, match=r"200 MB is over the limit of 64 MB"):
        check_size(200 * 1024 * 1024)
    check_size(MAX_BYTES)


def test_a_file_over_the_limit_is_refused_before_it_is_decoded() -> None:
    content = b"\xff" * (MAX_BYTES + 1)  # would be refused as no text, had it been looked at
    with pytest.raises(TooLargeError, match="split it into its reports"):
        extract("report.txt", content)


def test_a_text_of_too_many_characters_is_refused_with_the_limit_named() -> None:
    with pytest.raises(TooLargeError, match="20,000,000"):
        extract("report.txt", b"word " * (MAX_TEXT // 5 + 1))


def test_bytes_that_no_encoding_reads_are_refused() -> None:
    noise = random.Random(7).choices(range(0x80, 0x100), k=4000)
    with pytest.raises((UnreadableFileError, BinaryFileError)):
        extract("noise.txt", bytes(noise))


@given(st.binary(max_size=3000))
@settings(deadline=None)  # libraries are loaded on the way
def test_random_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    for name in ("a.txt", "a.html", "a"):
        try:
            taken = extract(name, content)
        except IntakeError as refusal:
            message = str(refusal)
        else:
            message = ""
            assert taken.text.strip("\ufeff")
        assert "\n" not in message


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "windows-1256"]))
def test_any_text_in_any_encoding_is_read_or_refused(text: str, encoding: str) -> None:
    try:
        taken = extract("a.txt", text.encode(encoding, "ignore"))
    except IntakeError:
        return
    assert taken.text.strip()
