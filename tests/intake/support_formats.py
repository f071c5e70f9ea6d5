"""Small valid files of every format, written by the tests themselves.

Each function returns the bytes of one file whose text it is given, so that a test
knows what must come back.
"""

# ruff: noqa: E501 - sentences of a text stay on one line

import base64
import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from random import Random
from xml.sax.saxutils import escape

ARABIC = (
    "أعلنت وزارة الخارجية يوم الثلاثاء تأجيل القمة المقررة في العاصمة، مشيرة إلى أن 14 دولة من أصل 22 وافقت على الموعد الجديد.",
    "وأضاف المتحدث باسم الوزارة (أحمد بن علي) في مؤتمر صحفي عقده في 12/03/2021 أن الخسائر بلغت 3.5 مليون دولار أي بنسبة 25% من الميزانية، بحسب وكالة Reuters للأنباء.",
    "لا إله إلا الله، قال السفير، وأكد أن اللاجئين في الأراضي المجاورة يحتاجون إلى المساعدات.",
)
FRENCH = (
    "Le ministre des Affaires étrangères a annoncé mardi le report du sommet prévu dans la capitale, en indiquant que les consultations entre les États membres n'étaient pas achevées.",
    "Il a ajouté, lors d'une conférence de presse, qu'une nouvelle date serait fixée après consultation des chefs d'État, sans donner la raison de ce report.",
)
TITLE = "تأجيل القمة إلى الربيع"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes], extra: Sequence[tarfile.TarInfo] = ()) -> bytes:
    """Return a tar archive; ``extra`` are members without content, such as links."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for info in extra:
            archive.addfile(info)
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def word_paragraph(text: str, style: str = "", before: str = "") -> str:
    """Return a paragraph's XML."""
    properties = f'<w:pPr>{before}<w:pStyle w:val="{style}"/></w:pPr>' if style or before else ""
    runs = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p>{properties}{runs}</w:p>"


def docx(body: str, parts: Mapping[str, str] | None = None, properties: str = "") -> bytes:
    """Return a Word document: ``body`` is XML, ``parts`` more parts by their kind."""
    links, members = "", {}
    for number, (kind, xml) in enumerate((parts or {}).items()):
        links += f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        members[f"word/{kind}.xml"] = xml.replace("<w:X", f'<w:X xmlns:w="{_W}"')
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
            "_rels/.rels": f'{relations}<Relationship Id="a" Type="{_OFFICE}/officeDocument" '
            f'Target="word/document.xml"/><Relationship Id="b" Type="{_PACKAGE}/relationships/'
            'metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f"{relations}{links}</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dcterms="urn:d" '
            f'xmlns:dc="urn:dc">{properties}</cp:coreProperties>',
            **members,
        }
    )


def odt(body: str, meta: str = "", styles: str = "") -> bytes:
    """Return an OpenDocument text; ``body`` is XML with the usual prefixes."""
    names = (
        " ".join(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
            for prefix in ("office", "text", "table", "style", "meta", "draw")
        )
        + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {names}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
            "styles.xml": f"<office:document-styles {names}>{styles}</office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def odt_paragraphs(texts: Sequence[str]) -> str:
    """Return paragraphs' XML."""
    return "".join(f"<text:p>{escape(text)}</text:p>" for text in texts)


def rtf(paragraphs: Sequence[str], *, pages: bool = False) -> bytes:
    """Return an RTF document; ``pages`` writes Arabic in windows-1256 as old programs did."""
    written = []
    for text in paragraphs:
        if pages:
            words = "".join(
                f"\\'{byte:02x}" if byte > 127 or byte in b"\\{}" else chr(byte)
                for byte in text.encode("cp1256")
            )
            written.append(f"{{\\f1 {words}}}\\par\n")
            continue
        codes = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
        words = "".join(
            chr(code) if 31 < code < 128 and chr(code) not in "\\{}" else f"\\u{code}?"
            for code in codes
        )
        written.append(f"{words}\\par\n")
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset178 Arial;}}"
        + "".join(written)
        + "}"
    ).encode("ascii")


def eml(
    body: str,
    *,
    subject: str = TITLE,
    sender: str = "وكالة الأنباء <desk@example.org>",
    html: str | None = None,
    attachments: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a mail."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "b@example.net", subject
    message["Date"] = "Thu, 04 Mar 2021 08:15:00 +0100"
    message.set_content(body)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, content in (attachments or {}).items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"boundary-{number}")  # else a random one
    return message.as_bytes()


def mbox(messages: Sequence[bytes]) -> bytes:
    """Return a mailbox."""
    return b"\n".join(b"From a@example.org Thu Mar  4 08:15:00 2021\n" + m for m in messages)


def epub(chapters: Sequence[str], title: str = TITLE) -> bytes:
    """Return a book."""
    items = "".join(f'<item id="c{i}" href="c{i}.xhtml"/>' for i in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="O/c.opf"/>'
            "</rootfiles></container>",
            "O/c.opf": f'<package xmlns:dc="urn:dc"><metadata><dc:title>{title}</dc:title>'
            "<dc:publisher>دار الكتب</dc:publisher><dc:date>2019-05-01</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{
                f"O/c{i}.xhtml": f"<html><head><title>x</title></head><body><p>{c}</p></body></html>"
                for i, c in enumerate(chapters)
            },
        }
    )


def pdf(lines: Sequence[str], *, objects: int = 0) -> bytes:
    """Return an uncompressed PDF of Latin lines, one below the other, and lines drawn."""
    drawn = "".join(
        f"BT /F1 12 Tf 72 {760 - 16 * i} Td ({line}) Tj ET\n" for i, line in enumerate(lines)
    )
    drawn += "0 0 m 9 9 l S\n" * objects
    return pdf_of(drawn.encode("cp1252"))


def pdf_of(stream: bytes, info: str = "/Title (Report) /CreationDate (D:20210304081500Z)") -> bytes:
    """Return a PDF of one page with this content stream."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("ascii"),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table, len(parts) + 1, len(out))
    )


def warc(pages: Mapping[str, bytes], *, packed: bool = True) -> bytes:
    """Return a WARC of answers by address, each record packed by itself."""
    records = [warc_record("", b"software: test\r\n", "warcinfo")]
    html = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    for address, content in pages.items():
        records.append(warc_record(address, b"GET / HTTP/1.1\r\n\r\n", "request"))
        records.append(warc_record(address, html + content))
    return b"".join(gzip.compress(each, mtime=0) if packed else each for each in records)


def warc_record(address: str, content: bytes, kind: str = "response") -> bytes:
    """Return one record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2021-03-04T07:15:00Z\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def rss(entries: Sequence[tuple[str, str]], head: str = "") -> bytes:
    """Return a feed of titles and texts."""
    items = "".join(
        f"<item><title>{escape(t)}</title><link>https://example.org/{i}</link>"
        f"<pubDate>Thu, 04 Mar 2021 08:15:00 GMT</pubDate><description>{escape(x)}</description></item>"
        for i, (t, x) in enumerate(entries)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel>'
        f"<title>وكالة الأنباء</title>{items}</channel></rss>"
    ).encode()


def rows(objects: Sequence[object]) -> bytes:
    """Return JSON Lines."""
    return b"".join(json.dumps(o, ensure_ascii=False).encode() + b"\n" for o in objects)


def mhtml(page: str) -> bytes:
    """Return a page as browsers save it in one file."""
    body = base64.encodebytes(page.encode()).decode()
    return (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/a\n"
        "Subject: page\nDate: Thu, 4 Mar 2021 07:15:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n'
        "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n"
        f"Content-Location: https://example.org/a\n\n{body}\n--b--\n"
    ).encode()


def png(width: int = 40, height: int = 20, *, noise: bool = False) -> bytes:
    """Return a white picture, or one of spots that nobody can read and Tesseract long tries to."""
    dots = Random(1).randbytes(width * height) if noise else b"\xff" * (width * height)
    rows = (b"\x00" + dots[at : at + width] for at in range(0, len(dots), width))

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
    )


def samples() -> dict[str, bytes]:
    """Return one valid file of every format by its name, pictures left out."""
    body = "".join(map(word_paragraph, (*ARABIC, *FRENCH)))
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Mali</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    notes = '<w:X><w:footnote w:id="2"><w:p><w:r><w:t>Note.</w:t></w:r></w:p></w:footnote></w:X>'
    page = "<!DOCTYPE html><html><body>" + "".join(f"<p>{t}</p>" for t in FRENCH) + "</body></html>"
    mail = eml("\n".join(ARABIC), html=page, attachments={"a.rtf": rtf(FRENCH)})
    word = docx(body + table, {"footnotes": notes})
    row_lines = rows([{"title": TITLE, "text": t, "date": "2021-03-04"} for t in ARABIC])
    makers: dict[str, Callable[[], bytes]] = {
        "a.txt": lambda: "\n".join(ARABIC).encode(),
        "a.html": page.encode,
        "a.pdf": lambda: pdf([t[:80].replace("(", "").replace(")", "") for t in FRENCH] * 5),
        "a.docx": lambda: word,
        "a.odt": lambda: odt(odt_paragraphs((*ARABIC, *FRENCH))),
        "a.rtf": lambda: rtf((*ARABIC, *FRENCH)),
        "b.rtf": lambda: rtf(ARABIC, pages=True),
        "a.eml": lambda: mail,
        "a.epub": lambda: epub(ARABIC),
        "a.mbox": lambda: mbox([mail, eml("Bonjour.", subject="Deux")]),
        "a.zip": lambda: zipped({"x/a.docx": word, "b.txt": ARABIC[0], "m.eml": mail}),
        "a.tar": lambda: tarred({"a.rtf": rtf(ARABIC), "b.txt": ARABIC[0].encode()}),
        "a.tar.gz": lambda: gzip.compress(tarred({"b.txt": ARABIC[0].encode()}), mtime=0),
        "a.txt.bz2": lambda: bz2.compress("\n".join(ARABIC).encode()),
        "a.jsonl.xz": lambda: lzma.compress(row_lines),
        "a.jsonl": lambda: row_lines,
        "a.warc.gz": lambda: warc({"https://example.org/a": page.encode()}),
        "a.warc": lambda: warc({"https://example.org/a": page.encode()}, packed=False),
        "a.wacz": lambda: zipped(
            {
                "archive/d.warc.gz": warc({"https://example.org/a": page.encode()}),
                "indexes/index.cdx.gz": gzip.compress(b'org,example)/a 20210304 {"offset": 0}\n'),
                "pages/pages.jsonl": '{"format": "json-pages-1.0"}\n{"url": "https://example.org/a", "text": "La page."}\n',
                "datapackage.json": '{"profile": "data-package"}',
            }
        ),
        "a.rss": lambda: rss([(TITLE, t) for t in ARABIC]),
        "a.mhtml": lambda: mhtml(page),
    }
    return {name: make() for name, make in makers.items()}
