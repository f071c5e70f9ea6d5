"""What does an RTF document show?

One pass over its control words with a stack of groups kept here, so that no
nesting is too deep. Bytes are read in the code page of the font they are set in
(Arabic fonts have windows-1256), Unicode ones (``u`` and a number) as they are. Hidden and deleted
text, pictures, field codes and the document's tables are not shown; what a field
gives is. Page headers and footers, footnotes and comments are asides.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tawatur.errors import UnreadableFileError
from tawatur.intake.composed import Piece, composed
from tawatur.intake.plain import Properties
from tawatur.intake.properties import finished
from tawatur.model.document import Extraction, Extractor

MEDIA_TYPE = "application/rtf"
_VERSION = "0.2"

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9A-Fa-f]{2})|(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|(?P<symbol>[^A-Za-z]))|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_CHARSETS = {
    0: "cp1252", 2: "symbol", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 179: "cp1256",
    180: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_UNSEEN = frozenset((
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "themedata",
    "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "generator", "revtbl", "pict",
    "objdata", "objclass", "objname", "fldinst", "filetbl", "datafield", "bkmkstart", "bkmkend",
    "operator", "mmathPr", "wgrffmtfilter", "template", "private", "xe", "tc", "atnid", "atnref",
    "atntime", "atndate", "atnparent", "sp", "do", "shpinst", "ftnsep", "ftnsepc", "aftnsep",
    "aftnsepc", "keywords", "subject", "doccomm", "comment", "category", "manager", "hlinkbase",
    "printim", "buptim", "version", "nofpages", "userprops", "passwordhash", "nonshppict",
    "listname", "levelnumbers", "leveltext", "panose", "falt", "fname", "operator",
))  # fmt: skip
_SHOWN_STARRED = frozenset(
    ("shppict", "ud", "footnote", "annotation", "atnauthor", "shptxt", "listtext", "pntext")
)
_NOTES = {
    "header": "page header", "headerl": "page header", "headerr": "page header",
    "headerf": "page header", "footer": "page header", "footerl": "page header",
    "footerr": "page header", "footerf": "page header", "footnote": "footnote",
    "annotation": "comment",
}  # fmt: skip
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "row": "\n",
    "nestrow": "\n", "tab": "\t", "cell": "\t", "nestcell": "\t", "emdash": "\u2014",
    "endash": "\u2013", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "emspace": " ", "enspace": " ", "qmspace": " ",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n",
            b"\r": "\n", b"\t": "\t"}  # fmt: skip
_KEPT = ("title", "creatim", "revtim")
_MAX_GROUPS = 10_000  # open at once; real documents have tens


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and its end undoes."""

    place: str = "text"  # a destination's name; "" for what is not shown
    skip: int = 1  # bytes that stand for a Unicode character in old readers
    font: int = 0
    hidden: bool = False
    starred: bool = False


@dataclass(slots=True)
class _Reader:
    """The text so far, by place, and what is needed to go on."""

    page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    stack: list[_State] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    done: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    info: dict[str, list[str]] = field(default_factory=dict)
    waiting: bytearray = field(default_factory=bytearray)  # bytes of one character or more
    skipping: int = 0
    table_font: int = 0

    def read(self, content: bytes) -> None:
        at = 0
        while at < len(content):
            token = _TOKEN.match(content, at)
            if token is None:  # a backslash at the very end
                break
            at = self._token(token, content, token.end())
        self._flush()

    def _token(self, token: re.Match[bytes], content: bytes, at: int) -> int:
        if token["text"] is not None:
            self._bytes(token["text"].replace(b"\r", b"").replace(b"\n", b""))
        elif token["hex"] is not None:
            self._bytes(bytes([int(token["hex"], 16)]))
        elif token["word"] is not None:
            word = token["word"].decode("ascii")
            number = int(token["number"]) if token["number"] else None
            if word == "bin":
                return min(len(content), at + max(0, number or 0))
            self._word(word, number)
        elif token["symbol"] is not None:
            self._symbol(token["symbol"])
        elif token["brace"] == b"{":
            self._open()
        else:
            self._close()
        return at

    def _open(self) -> None:
        self._flush()
        self.skipping = 0
        if len(self.stack) >= _MAX_GROUPS:
            raise UnreadableFileError("groups are nested deeper than {0}", _MAX_GROUPS)
        self.stack.append(self.state)
        if self.state.starred:
            self.state = replace(self.state, starred=False)

    def _close(self) -> None:
        self._flush()
        self.skipping = 0
        if not self.stack:
            return
        ended, self.state = self.state.place, self.stack.pop()
        if ended in _NOTES and self.state.place != ended:
            self.notes.append((_NOTES[ended], "".join(self.note)))
            self.note.clear()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.state = replace(self.state, starred=True)
        elif symbol in _SYMBOLS:
            self._shown(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        if self.state.starred and word not in _SHOWN_STARRED:
            self.state = replace(self.state, place="", starred=False)
            if word != "fonttbl":
                return
        if self.state.starred:
            self.state = replace(self.state, starred=False)
        if word in _CHARACTERS:
            self._shown(_CHARACTERS[word])
        elif word == "u" and number is not None:
            self._shown(chr(number & 0xFFFF))
            self.skipping = self.state.skip
        elif word == "uc":
            self.state = replace(self.state, skip=max(0, min(number or 0, 8)))
        elif word == "f" and number is not None:
            self.table_font = number
            self.state = replace(self.state, font=number)
        elif word == "fcharset" and self.state.place == "fonttbl":
            self.fonts[self.table_font] = _CHARSETS.get(number or 0, "")
        elif word == "ansicpg":
            self.page = _codec(f"cp{number}") or self.page
        elif word in _PAGES:
            self.page = _PAGES[word]
        elif word in ("v", "deleted"):
            self.state = replace(self.state, hidden=number != 0)
        elif word == "plain":
            self.state = replace(self.state, hidden=False, font=0)
        else:
            self._destination(word, number)

    def _destination(self, word: str, number: int | None) -> None:
        if word in ("yr", "mo", "dy") and self.state.place in _KEPT:
            self.info.setdefault(self.state.place, []).append(f"{number or 0:02}")
        elif word in _NOTES and self.state.place in ("text", *_NOTES):
            self.state = replace(self.state, place=word)
        elif word == "info":
            self.state = replace(self.state, place="info")
        elif word in _KEPT and self.state.place == "info":
            self.state = replace(self.state, place=word)
        elif word == "upr":
            self.state = replace(self.state, place="upr")
        elif word == "ud" and self.state.place == "upr":
            above = next((s.place for s in reversed(self.stack) if s.place != "upr"), "text")
            self.state = replace(self.state, place=above)
        elif word == "fonttbl":
            self.state = replace(self.state, place="fonttbl")
        elif word in _UNSEEN:
            self.state = replace(self.state, place="")

    def _bytes(self, content: bytes) -> None:
        if self.skipping:
            skipped = min(self.skipping, len(content))
            self.skipping -= skipped
            content = content[skipped:]
        self.waiting += content

    def _flush(self) -> None:
        if self.waiting:
            codec = self.fonts.get(self.state.font) or self.page
            if codec != "symbol":
                self._shown(bytes(self.waiting).decode(codec, "replace"), flushed=True)
            self.waiting.clear()

    def _shown(self, text: str, *, flushed: bool = False) -> None:
        if not flushed:
            self._flush()
        if self.state.hidden:
            return
        place = self.state.place
        if place == "text":
            self.words.append(text)
            if "\n" in text:
                self._end_line()
        elif place in _NOTES:
            self.note.append(text)
        elif place in _KEPT:
            self.info.setdefault(place, []).append(text)

    def _end_line(self) -> None:
        """Put the notes that a paragraph called behind it."""
        self.done.append(("", "".join(self.words)))
        self.words.clear()
        self.done += self.notes
        self.notes.clear()

    def pieces(self) -> Iterator[Piece]:
        self._end_line()
        seen: set[str] = set()
        for kind, text in self.done:
            if kind == "page header":
                if text in seen:
                    continue
                seen.add(text)
            yield Piece(text.rstrip("\t"), kind or None)


def read_rtf(name: str, content: bytes) -> Extraction:
    """Return the rendition of an RTF document and its parts.

    Raises:
        EmptyFileError: No letter in it.
        TooLargeError: The text is over its limit.
        UnreadableFileError: Groups within groups without end.
    """
    reader = _Reader()
    reader.read(content)
    return composed(
        name,
        reader.pieces(),
        media_type=MEDIA_TYPE,
        extractor=Extractor("tawatur.rtf", _VERSION),
        properties=Properties(
            title="".join(reader.info.get("title", ())).strip(),
            published=finished(
                "".join(reader.info.get("creatim", ())),
                "".join(reader.info.get("revtim", ())),
                "document properties",
            ),
        ),
    )


def _codec(name: str) -> str | None:
    if name in ("cp65001", "cp0"):
        return "utf-8" if name == "cp65001" else None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
