"""What does a page say about itself in its head and its structured data?

Titles as the page gives them, the publisher, and the day of publication, each
with the place it was found in. The first place that states a readable value
wins, in this order: JSON-LD, meta elements, microdata, a ``time`` element.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree

from tawatur.intake.dates import stated_date
from tawatur.model.document import Stated

_DATE_METAS = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "date.issued", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date",
    "dc.date.created",
    "publish-date", "publish_date", "publication_date", "pubdate", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_SITE_METAS = ("og:site_name", "dc.publisher", "publisher", "application-name")
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "title")
_MAX_JSON = 500_000  # characters; a page's data about one article has a few thousand
_MAX_VALUES = 5_000
_ISO_DAY = re.compile(r"^\s*((?:19|20)\d\d-\d\d-\d\d)(?=$|[T\s])")


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says about itself."""

    titles: tuple[str, ...] = ()
    publisher: Stated | None = None
    published: Stated | None = None


def page_data(tree: lxml.etree._Element) -> PageData:
    """Return what the page's own data state."""
    metas = _metas(tree)
    values = list(_linked_data(tree))
    titles = [metas[name] for name in _TITLE_METAS if name in metas]
    titles += [" ".join((e.text or "").split()) for e in tree.iter("title")]
    return PageData(
        titles=tuple(title for title in titles if title),
        publisher=_publisher(values, metas),
        published=_published(tree, values, metas),
    )


def _publisher(values: list[dict[str, Any]], metas: dict[str, str]) -> Stated | None:
    for name in _SITE_METAS:
        if metas.get(name):
            return Stated(metas[name], f"meta {name}")
    for value in values:
        publisher = value.get("publisher")
        named = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(named, str) and named.strip():
            return Stated(" ".join(named.split()), "json-ld publisher")
    return None


def _published(
    tree: lxml.etree._Element, values: list[dict[str, Any]], metas: dict[str, str]
) -> Stated | None:
    for value in values:
        day = _day(value.get("datePublished"))
        if day is not None:
            return Stated(day, "json-ld datePublished")
    for name in _DATE_METAS:
        day = _day(metas.get(name))
        if day is not None:
            return Stated(day, f"meta {name}")
    for element in tree.iter():
        if element.get("itemprop") == "datePublished":
            day = _day(element.get("datetime") or element.get("content") or element.text)
            if day is not None:
                return Stated(day, "itemprop datePublished")
    days = {_day(element.get("datetime")) for element in tree.iter("time")} - {None}
    if len(days) == 1:  # several are those of other articles as well
        return Stated(str(days.pop()), "time element")
    return None


def _day(value: object) -> str | None:
    """Return the day as EDTF; the time of day is left out, since it varies with the zone."""
    if not isinstance(value, str):
        return None
    iso = _ISO_DAY.match(value)
    found = stated_date(iso[1] if iso else value[:60], "en")
    return found[0] if found is not None else None


def _metas(tree: lxml.etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked_data(tree: lxml.etree._Element) -> Iterator[dict[str, Any]]:
    """Yield every object of the page's JSON-LD, outer ones first."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "") or not element.text:
            continue
        if len(element.text) > _MAX_JSON:
            continue
        try:
            todo: list[Any] = [json.loads(element.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(_MAX_VALUES):
            if not todo:
                break
            value = todo.pop(0)
            if isinstance(value, dict):
                yield value
                todo += value.values()
            elif isinstance(value, list):
                todo += value
