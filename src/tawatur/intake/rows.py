"""Which reports does a file of JSON Lines hold?

One object a line, as archives of news are handed on. The columns are found by the
names that such files use, or told. A row becomes a text of its own: title, blank
line, text. Date, publisher and address come along as the row states them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import IO, Any

from tawatur.errors import Message, UnreadableFileError, UsageError
from tawatur.intake.decode import MAX_BYTES
from tawatur.intake.parts import Budget, Part, label
from tawatur.intake.properties import stated_day
from tawatur.model.document import Stated


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of columns, the likeliest first; case does not matter.

    A name with a dot leads into an object: ``source.name``.
    """

    text: tuple[str, ...] = (
        "text", "content", "body", "article_text", "articletext", "article_body", "articlebody",
        "maintext", "main_text", "full_text", "fulltext", "article", "story", "raw_text", "texte",
        "contenu", "corps", "النص", "نص", "المحتوى", "description",
    )  # fmt: skip
    title: tuple[str, ...] = (
        "title", "headline", "article_title", "titre", "subject", "العنوان", "عنوان",
    )  # fmt: skip
    published: tuple[str, ...] = (
        "published", "published_at", "publishedat", "date_published", "datepublished",
        "publish_date", "published_date", "publication_date", "date_publish", "pubdate", "date",
        "datetime", "time", "timestamp", "date_publication", "التاريخ", "تاريخ",
    )  # fmt: skip
    publisher: tuple[str, ...] = (
        "publisher", "source.name", "source_name", "source", "outlet", "newspaper", "publication",
        "site", "site_name", "sitename", "domain", "source_domain", "journal", "المصدر", "الصحيفة",
    )  # fmt: skip
    address: tuple[str, ...] = (
        "url", "link", "address", "uri", "href", "source_url", "article_url", "lien", "الرابط",
    )  # fmt: skip

    @classmethod
    def told(cls, words: str) -> "Columns":
        """Return the columns that ``text=body,title=headline`` names; others keep their names.

        Raises:
            UsageError: A part is none of the five, or has no name.
        """
        parts = [part.name for part in fields(cls)]
        found: dict[str, tuple[str, ...]] = {}
        for pair in words.split(","):
            part, _, name = (word.strip() for word in pair.partition("="))
            if part not in parts or not name:
                raise UsageError(
                    "{0} names no column; write text=NAME, with any of {1}",
                    repr(pair),
                    ", ".join(parts),
                )
            found[part] = (*found.get(part, ()), name)
        return cls(**found)


DEFAULT = Columns()
_LOOKED_AT = 20  # rows without a text, none before, after which the file has no such column
_MAX_NAMED = 12  # columns named in a message


def of_rows(
    name: str, stream: IO[bytes], budget: Budget, columns: Columns = DEFAULT
) -> Iterator[Part]:
    """Yield the rows in the order of the file.

    Raises:
        UnreadableFileError: No row of the first has a text; the message names the columns.
    """
    found = False
    for number in _numbers(stream):
        line = number[1]
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        path = (f"line {number[0]}",)
        try:
            row = json.loads(line.decode("utf-8-sig", "replace"), strict=False)
        except (ValueError, RecursionError) as error:
            said = str(error)[:80]
            yield Part(path, refused=Message("the line is no JSON object ({0})", (said,)))
            continue
        if not isinstance(row, dict):
            why = Message("the line is no JSON object ({0})", (type(row).__name__,))
            yield Part(path, refused=why)
            continue
        part = _part(path, row, columns)
        if part.refused is not None and not found and number[0] >= _LOOKED_AT:
            raise UnreadableFileError(
                "{0} has no column with a text among {1}; say which it is", name, _named(row)
            )
        found = found or part.refused is None
        budget.bytes(len(part.content))
        yield part


def _numbers(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        yield number, line


def _part(path: tuple[str, ...], row: Mapping[str, Any], columns: Columns) -> Part:
    values = {str(key).strip().lower(): value for key, value in row.items()}
    taken: dict[str, tuple[str, Any]] = {}
    for each in fields(columns):
        for name in getattr(columns, each.name):
            value = _value(values, name.lower())
            if _says(value):
                taken[each.name] = (name, value)
                break
    text = taken.get("text", ("", ""))[1]
    if not isinstance(text, str) or not text.strip():
        why = Message("the row has no text among its columns {0}", (_named(row),))
        return Part(path, refused=why)
    title = " ".join(str(taken.get("title", ("", ""))[1]).split())
    address = str(taken.get("address", ("", ""))[1]).strip()
    written = f"{title}\n\n{text}" if title and not text.lstrip().startswith(title) else text
    date_column, date = taken.get("published", ("", None))
    day = stated_day(date)
    publisher_column, publisher = taken.get("publisher", ("", ""))
    return Part(
        (*path, label(address)) if address else path,
        written.encode("utf-8", "replace"),
        media_type="text/plain; charset=utf-8",
        address=address or None,
        title=title,
        publisher=Stated(str(publisher).strip(), f"column {publisher_column}")
        if publisher
        else None,
        published=Stated(day, f"column {date_column}") if day is not None else None,
    )


def _value(values: Mapping[str, Any], name: str) -> Any:
    if name in values:
        return values[name]
    outer, _, inner = name.partition(".")
    below = values.get(outer) if inner else None
    return below.get(inner) if isinstance(below, dict) else None


def _says(value: Any) -> bool:
    """Whether a value says something here: a list or an object is no title and no text."""
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, int | float) and not isinstance(value, bool)


def _named(row: Mapping[str, Any]) -> str:
    names = [label(str(key))[:40] for key in row]
    return ", ".join(names[:_MAX_NAMED]) + (" …" if len(names) > _MAX_NAMED else "")
