"""Archives, mailboxes, web archives, feeds and rows give up their documents, and no more."""

# ruff: noqa: D103, E501 - the tests' names are their claims; sentences of a text stay on one line

import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable

import brotli
import pytest
import zstandard
from tests.intake import support_formats as make
from tests.intake.support_formats import ARABIC, FRENCH, TITLE

from tawatur.errors import (
    BinaryFileError,
    EmptyFileError,
    IntakeError,
    TooLargeError,
    UnreadableFileError,
    UsageError,
)
from tawatur.intake import (
    MAX_BYTES,
    Columns,
    Limits,
    Part,
    extract,
    extract_part,
    is_container,
    unpack,
)

PAGE = "<!DOCTYPE html><html><body>" + "".join(f"<p>{t}</p>" for t in FRENCH) + "</body></html>"


def opened(name: str, content: bytes, **limits: int) -> list[Part]:
    return list(unpack(name, content, limits=Limits(**limits)))


def test_an_archive_gives_its_documents_in_order_and_passes_over_what_systems_leave() -> None:
    content = make.zipped(
        {
            "b/2.txt": ARABIC[0],
            "a.rtf": make.rtf(ARABIC),
            "__MACOSX/._a": "x",
            ".hidden": "x",
            "c/": "",
        }
    )
    parts = opened("o.zip", content)
    assert [p.path for p in parts] == [("b/2.txt",), ("a.rtf",)]
    assert extract_part(parts[1]).text.split("\n") == list(ARABIC)


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(lambda c: ("x.tar", c), id="tar"),
        pytest.param(lambda c: ("x.tar.gz", gzip.compress(c)), id="tar.gz"),
        pytest.param(lambda c: ("x.tgz", gzip.compress(c)), id="tgz"),
        pytest.param(lambda c: ("x.tar.xz", lzma.compress(c)), id="tar.xz"),
    ],
)
def test_a_tar_is_read_under_any_compression(pack: Callable[[bytes], tuple[str, bytes]]) -> None:
    name, content = pack(make.tarred({"b.txt": ARABIC[0].encode()}))
    assert [(p.path, p.content.decode()) for p in opened(name, content)] == [
        (("b.txt",), ARABIC[0])
    ]


def test_names_are_labels_and_links_and_devices_are_passed_over() -> None:
    def info(name: str, kind: bytes) -> tarfile.TarInfo:
        made = tarfile.TarInfo(name)
        made.type, made.linkname = kind, "/etc/passwd"
        return made

    extra = [
        info("l", tarfile.SYMTYPE),
        info("h", tarfile.LNKTYPE),
        info("d", tarfile.CHRTYPE),
        info("f", tarfile.FIFOTYPE),
    ]
    names = ["/etc/passwd", "../../x.txt", "CON", "a\nb.txt"]
    parts = opened("o.tar", make.tarred(dict.fromkeys(names, b"words"), extra))
    assert [p.name for p in parts] == ["/etc/passwd", "../../x.txt", "CON", "a b.txt"]
    assert all(p.content == b"words" for p in parts)


def test_what_lies_deeper_comes_in_its_place_with_its_whole_path() -> None:
    inner = make.zipped({"m.eml": make.eml("Bonjour.", attachments={"n.rtf": make.rtf(FRENCH)})})
    parts = opened("o.zip", make.zipped({"1.txt": "a", "in.zip": inner, "2.txt": "b"}))
    assert [p.path for p in parts] == [
        ("1.txt",),
        ("in.zip", "m.eml"),
        ("in.zip", "m.eml", "n.rtf"),
        ("2.txt",),
    ]


def test_one_damaged_or_locked_member_leaves_the_others() -> None:
    content = bytearray(make.zipped({"a.txt": "word " * 500, "b.txt": "fine words"}))
    content[60] ^= 0xFF  # within the first member's packed bytes
    locked = bytearray(make.zipped({"a.txt": "x", "b.txt": "fine words"}))
    directory = locked.index(b"PK\x01\x02")
    locked[directory + 8] |= 1
    for archive, why in ((bytes(content), "damaged"), (bytes(locked), "password")):
        first, second = opened("o.zip", archive)
        assert why in str(first.refused)
        with pytest.raises(UnreadableFileError, match=why):
            extract_part(first)
        assert second.content == b"fine words"


def test_a_damaged_container_within_another_is_one_refused_part() -> None:
    broken = gzip.compress(make.tarred({"a.txt": random.Random(1).randbytes(3000)}))[:-900]
    parts = opened("o.zip", make.zipped({"in.tar.gz": broken, "b.txt": "fine"}))
    assert parts[-1].content == b"fine"
    assert all(p.refused is not None for p in parts[:-1])


@pytest.mark.parametrize(
    ("content", "limits", "said"),
    [
        pytest.param(make.zipped({"a.txt": b"\0" * 40_000_000}), {}, "250 times", id="ratio"),
        pytest.param(make.zipped({"a.txt": b"ab" * 5_000}), {"size": 5_000}, "MB", id="size"),
        pytest.param(
            make.zipped({f"{i}": "a" for i in range(30)}),
            {"parts": 20},
            "more than 20",
            id="number",
        ),
        pytest.param(
            make.zipped({f".{i}": "a" for i in range(30)}),
            {"parts": 20},
            "more than 20",
            id="number of hidden ones",
        ),
    ],
)
def test_a_bomb_is_refused_with_its_limit_named(
    content: bytes, limits: dict[str, int], said: str
) -> None:
    with pytest.raises(TooLargeError, match=said):
        opened("o.zip", content, **limits)


def test_archives_within_archives_end_at_the_limit() -> None:
    content = make.zipped({"x.txt": "x"})
    for _ in range(7):
        content = make.zipped({"a.zip": content})
    with pytest.raises(TooLargeError, match="6 deep"):
        opened("o.zip", content)


@pytest.mark.parametrize("name", ["b.gz", "b.jsonl.gz", "b.tar.gz"])
def test_a_stream_that_unpacks_without_end_is_refused(name: str) -> None:
    packed = gzip.compress(b'{"text": "' + b"a" * 90_000_000)
    try:
        parts = opened(name, packed)
    except IntakeError:
        return
    assert all(p.refused is not None for p in parts)


def test_names_of_old_archives_are_read_in_their_code_page() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("X" * len("تقرير الوزارة".encode("cp720")) + ".txt", "words")
    raw = buffer.getvalue().replace(b"X" * 13, "تقرير الوزارة".encode("cp720"))
    assert opened("o.zip", raw)[0].name == "تقرير الوزارة.txt"


def test_a_mailbox_gives_each_mail_and_its_attachments() -> None:
    content = make.mbox(
        [
            make.eml("Un.\n>From là.", attachments={"a.txt": b"words"}),
            make.eml("Deux.", subject="Deux"),
        ]
    )
    parts = opened("x.mbox", content)
    assert [p.path[-1] for p in parts] == ["message 1.eml", "a.txt", "message 2.eml"]
    assert extract_part(parts[2]).title is not None


def test_a_mail_gives_its_attachments_and_is_a_document_itself() -> None:
    content = make.eml("Bonjour.", attachments={"r.rtf": make.rtf(FRENCH)})
    assert is_container("a.eml", content)
    assert [p.name for p in opened("a.eml", content)] == ["r.rtf"]
    assert opened("a.eml", make.eml("Rien de joint.")) == []


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.wacz"])
def test_a_web_archive_states_address_and_time(name: str) -> None:
    (part,) = opened(name, make.samples()[name])
    assert (part.address, part.captured) == ("https://example.org/a", "2021-03-04T07:15:00Z")
    assert FRENCH[0] in extract_part(part).text


def test_answers_are_unchunked_and_unpacked_and_errors_passed_over() -> None:
    record = make.warc_record
    packed = gzip.compress(PAGE.encode())
    chunked = b"%x\r\n%s\r\n5\r\n%s\r\n0\r\n\r\n" % (len(packed) - 5, packed[:-5], packed[-5:])
    html = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    content = (
        record(
            "https://e.org/404",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x</p>",
        )
        + record("https://e.org/p.png", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx")
        + record(
            "https://e.org/dcb",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: dcb\r\n\r\nx",
        )
        + record("https://e.org/a", html + chunked)
    )
    parts = opened("a.warc", content + content[:300])
    assert [p.address for p in parts] == [None, "https://e.org/a", None]
    assert "dcb" in str(parts[0].refused)
    assert parts[1].content == PAGE.encode()
    assert "cut short" in str(parts[2].refused)


def _answer(packing: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {packing}\r\n\r\n"
    return make.warc_record("https://e.org/a", head.encode() + body)


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        pytest.param("br", brotli.compress(PAGE.encode()), id="Brotli"),
        pytest.param("gzip, br", brotli.compress(gzip.compress(PAGE.encode())), id="both"),
        pytest.param("br", PAGE.encode(), id="unpacked by whoever wrote the archive"),
        pytest.param("zstd", zstandard.compress(PAGE.encode()), id="Zstandard"),
        pytest.param("zstd", PAGE.encode(), id="unpacked, said to be Zstandard"),
        pytest.param("identity", PAGE.encode(), id="none"),
    ],
)
def test_what_http_packed_is_unpacked(packing: str, body: bytes) -> None:
    (part,) = opened("a.warc", _answer(packing, body))
    assert part.content == PAGE.encode()


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("br", brotli.compress(b" " * (MAX_BYTES + 1), quality=1)),
        ("zstd", zstandard.compress(b" " * (MAX_BYTES + 1))),
    ],
    ids=["Brotli", "Zstandard"],
)
def test_an_answer_that_unpacks_without_end_is_refused(packing: str, body: bytes) -> None:
    bomb = _answer(packing, body)
    with pytest.raises(TooLargeError):
        opened("a.warc", bomb)
    (part,) = opened("a.warc", bomb, ratio=1_000_000)
    assert part.refused is not None


def test_a_page_saved_as_mhtml_is_a_page() -> None:
    (part,) = opened("a.mhtml", make.mhtml(PAGE))
    assert (part.address, part.captured) == ("https://example.org/a", "2021-03-04T07:15:00+00:00")
    assert extract_part(part).media_type == "text/html"


def test_entries_of_a_feed_state_title_publisher_day_and_address() -> None:
    parts = opened(
        "f.xml", make.rss([(TITLE, ARABIC[0]), ("Deux &amp; trois", f"<p>{FRENCH[0]}</p>")])
    )
    found = [extract_part(p) for p in parts]
    assert [f.text.split("\n") for f in found] == [[TITLE, ARABIC[0]], ["Deux & trois", FRENCH[0]]]
    assert [p.address for p in parts] == ["https://example.org/0", "https://example.org/1"]
    for each in found:
        assert each.title is not None
        assert each.publisher is not None
        assert (each.publisher.value, each.publisher.found_in) == ("وكالة الأنباء", "feed title")
        assert each.published is not None
        assert each.published.value == "2021-03-04"


def test_atom_is_a_feed_as_well() -> None:
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Courrier</title><entry><title>{TITLE}</title>'
        '<link rel="alternate" href="https://example.org/1"/><published>2021-03-04T08:15:00Z</published>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{ARABIC[0]}</p></div></content></entry></feed>'
    )
    (part,) = opened("f.atom", atom.encode())
    assert extract_part(part).text.split("\n") == [TITLE, ARABIC[0]]
    assert part.address == "https://example.org/1"


def test_entities_of_a_feeds_own_making_are_not_expanded() -> None:
    head = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    content = make.rss([("T", ARABIC[0])], head).replace(b"<title>T", b"<title>T&a;&f;")
    (part,) = opened("f.xml", content)
    assert b"aaaaaaaaaa" not in part.content
    assert b"root:" not in part.content


def test_columns_of_rows_are_found_by_their_names() -> None:
    content = make.rows(
        [
            {
                "Title": TITLE,
                "content": ARABIC[0],
                "date": "Sun, 18 Feb 2018 21:35:43 +0400",
                "source": {"name": "وكالة"},
                "URL": "https://e.org/1",
            },
            {
                "headline": "Deux",
                "body": FRENCH[0],
                "published_at": 1614845700,
                "publisher": "Le Courrier",
            },
            [1, 2],
        ]
    )
    first, second, third = opened("news.jsonl", content + b"")
    assert first.content.decode() == f"{TITLE}\n\n{ARABIC[0]}"
    assert (first.title, first.address, first.path) == (
        TITLE,
        "https://e.org/1",
        ("line 1", "https://e.org/1"),
    )
    assert first.publisher is not None
    assert (first.publisher.value, first.publisher.found_in) == ("وكالة", "column source.name")
    assert first.published is not None
    assert first.published.value == "2018-02-18"
    assert second.published is not None
    assert second.published.value == "2021-03-04"
    assert third.refused is not None
    found = extract_part(first)
    assert found.title is not None
    assert found.title.of(found.text) == TITLE
    assert (found.publisher, found.published) == (first.publisher, first.published)


def test_columns_of_rows_may_be_told() -> None:
    content = make.rows([{"text": "wrong", "mine": "the right words", "jour": "2021-03-04"}])
    (part,) = unpack("x.jsonl", content, columns=Columns(text=("mine",), published=("jour",)))
    assert part.content == b"the right words"
    assert part.published is not None


def test_rows_without_a_text_are_refused_with_their_columns_named() -> None:
    with pytest.raises(UnreadableFileError, match="id, label"):
        opened("x.jsonl", make.rows([{"id": i, "label": "a"} for i in range(40)]))


def test_a_container_is_no_document_and_a_document_no_container() -> None:
    with pytest.raises(BinaryFileError, match="one by one"):
        extract("o.zip", make.zipped({"a.txt": "x"}))
    with pytest.raises(BinaryFileError, match="no archive"):
        opened("a.txt", b"words")
    with pytest.raises(EmptyFileError):
        opened("o.zip", make.zipped({}))


def test_a_spreadsheet_is_no_archive_of_documents() -> None:
    content = make.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"})
    with pytest.raises(BinaryFileError, match="spreadsheet"):
        extract("report", content)
    assert not is_container("a.xlsx", content)


def test_every_format_is_taken_and_the_same_twice() -> None:
    for name, content in make.samples().items():
        if is_container(name, content):
            parts = opened(name, content)
            assert parts, name
            assert parts == opened(name, content)
            for part in parts:
                assert extract_part(part) == extract_part(part)
        else:
            assert extract(name, content) == extract(name, content)


def test_columns_are_told_by_part_and_the_others_keep_their_names() -> None:
    columns = Columns.told("text = what, title=headline,title=kicker")
    assert (columns.text, columns.title) == (("what",), ("headline", "kicker"))
    assert columns.address == Columns().address


@pytest.mark.parametrize("words", ["", "text", "text=", "=what", "body=what", "text=a,,title=b"])
def test_what_names_no_column_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="names no column"):
        Columns.told(words)
