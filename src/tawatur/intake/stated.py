"""Who does a document say published it, and when?

For plain text: the line below the title ("نشر في … يوم 11 - 01 - 2021", "Publié
le …", "Published …"), the site's name behind the page title, and an agency that
opens the first paragraph. For pages: what the page's own data state. Only what
is stated; bounds from the content are the reading room's.
"""

import re
from collections.abc import Sequence

from tawatur.intake.asides import Layout
from tawatur.intake.blocks import Block
from tawatur.intake.dates import stated_date
from tawatur.model.document import Stated
from tawatur.model.span import Span

_LINES = 8  # content lines looked at from the head, and a few from the tail
_TAIL = 3
_HEAD_LINES = 5  # content lines from the head among which one may name the outlet alone
_OUTLET_WORDS = 5
_LINE_LENGTH = 160  # code points of a line that states a date
_PUBLISHED = re.compile(
    r"\b(?:نُ?شر(?:ت)?|تاريخ\s+النشر|أضيف|أُضيف|تم\s+النشر|كُ?تب\s+يوم|صدر|حُرّر|"
    r"publié|mis\s+en\s+ligne|posté|paru|"
    r"published|posted|first\s+published|date|le|on|التاريخ|بتاريخ|يوم|في)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:آخر\s+تحديث|تحديث|حُدّث|mis\s+à\s+jour|modifié|updated|modified)\b", re.IGNORECASE
)
_WEEKDAY_OR_CLOCK = re.compile(
    r"[\d٠-٩]{1,2}\s?[:hH]\s?[\d٠-٩]{2}(?:\s?[صم]\b)?|\b(?:GMT|UTC|AM|PM|am|pm|بتوقيت غرينتش)\b|"
    r"\b(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_OUTLET_BEFORE_DATE = re.compile(
    r"(?:نُ?شر(?:ت)?\s+في|publié\s+(?:dans|par)|published\s+(?:in|by)|paru\s+dans)\s+(?P<name>\S.{0,39}?)\s*"
    r"(?:يوم|بتاريخ|في|le|on|,|،|\||\d|$)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[\s\u00a0(]*(?P<name>[^\n:.«»\"“”؟،,]{2,60}?)\s*\)?\s*(?:[-–—:/]|ـ+)[\s\u00a0]"
)
_WIRE = re.compile(r"^[^\n()«»\"“”.]{2,60}?\((?P<name>[^()\n]{2,40})\)\s*[-–—]")
# "NAIROBI, 9 May 2023 - …", "Niamey, le 14 mars 2022. …": a place, then a date and nothing more.
_DATED_OPENING = re.compile(
    r"^[\s\u00a0]*[^\W\d_][^\n,،:.«»\"“”()]{1,40}[,،]\s+(?P<date>[^\n«»\"“”()]{6,50}?)\s*"
    r"(?:\([^()\n]{2,40}\)\s*)?(?:[-–—:](?=\s)|\.(?=\s))"
)
_PLACE_WORDS = 4
_OUTLET_WORD = re.compile(
    r"(?:^|[\s(/])(?P<outlet>(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|موقع|قنا[ةه]|إذاع[ةه]|شبك[ةه])\s[^()/\-–—]{2,40}"
    r"|[^()/\-–—]{0,20}(?:أنباء|انباء|نيوز|أنفو|انفو|برس|بريس|ميديا)(?:\s[^\s()/\-–—]+)?"
    r"|أ\s?[.]?\s?ف\s?[.]?\s?ب|ا\s?ف\s?ب|رويترز|واج|وأج|د\s?ب\s?أ|الأناضول|سبوتنيك|وكالات|واس|سانا|وفا"
    r"|[^()/–—]{0,30}\b(?:Agence|Agency|Presse|Press|News|Newswire|Times|Post|Herald|Tribune|Journal|Gazette|Courrier)\b"
    r"[^()/–—]{0,30}"
    r"|AFP|Reuters|REUTERS|AP|APS|MAP|TAP|Anadolu|Xinhua|Sputnik|ANSA|EFE|DPA|dpa|Agences?)\s*$"
)


def stated_in_text(
    text: str, found: Sequence[Block], layout: Layout, language: str
) -> tuple[Stated | None, Stated | None]:
    """Return the publisher and the date of publication that a plain text states."""
    content = [i for i in range(len(found)) if layout.is_content(i)]
    publisher, published = None, None
    if layout.site is not None:
        publisher = Stated(layout.site.of(text), "title", layout.site)
    for place in [*content[:_LINES], *content[_LINES:][-_TAIL:]]:
        block = found[place]
        if len(block.text) > _LINE_LENGTH or place == layout.title or block.is_prose:
            continue
        published = published or _date_line(block, language)
        publisher = publisher or _outlet(block)
        if publisher is None and place in content[:_HEAD_LINES]:
            publisher = _outlet_line(block)
    head = range(layout.title or 0)
    publisher = publisher or next(filter(None, (_outlet_line(found[i]) for i in head)), None)
    first = next((found[i] for i in content if found[i].is_prose), None)
    if first is not None:
        publisher = publisher or _agency(first)
        published = published or _wire_date(first, language)
    return publisher, published


def _outlet_line(block: Block) -> Stated | None:
    """Return the outlet that a short line names: alone, or beside a place and a date."""
    for part in re.finditer(r"[^–—|\n]+?(?=\s[-–—|]\s|[–—|]|$)", block.text):
        named = part.group().strip(" -\u00a0")
        whole = _OUTLET_WORD.search(named)
        if (
            whole is not None
            and len(named.split()) <= _OUTLET_WORDS
            and whole["outlet"].strip() == named
        ):
            start = block.span.start + part.start() + part.group().index(named)
            return Stated(named, "head", Span(start, start + len(named)))
    return None


def _wire_date(block: Block, language: str) -> Stated | None:
    """Return the date of an opening: "PLACE, 9 June 2021 (Agency) - …", "PLACE, 9 June. …"."""
    opening = _WIRE.match(block.text[:120])
    read = stated_date(opening.group(), language) if opening is not None else None
    if read is None:
        dated = _DATED_OPENING.match(block.text[:160])
        read = stated_date(dated.group(), language) if dated else None
        if dated is None or read is None:
            return None
        start, end = dated.span("date")
        outside = dated["date"][: max(0, read[1] - start)] + dated["date"][read[2] - start :]
        place = dated.group()[:start].split()
        if read[1] < start or len(place) > _PLACE_WORDS or len(_plain_words(outside)) > 1:
            return None
    value, start, end = read
    return Stated(value, "opening", Span(block.span.start + start, block.span.start + end))


def _plain_words(text: str) -> list[str]:
    """Return the words of ``text`` that are no weekday and no time of day."""
    return re.findall(r"[^\W\d_]+", _WEEKDAY_OR_CLOCK.sub(" ", text))


def _date_line(block: Block, language: str) -> Stated | None:
    """Return the date of a line that says little else."""
    read = stated_date(block.text, language)
    if read is None:
        return None
    value, start, end = read
    rest = block.text[:start] + " " + block.text[end:]
    told = _PUBLISHED.search(rest) is not None and _UPDATED.search(block.text[:start]) is None
    others = len(_plain_words(rest))
    if others > 12 or (not told and others > 4) or _UPDATED.search(block.text[:start]):
        return None
    return Stated(value, "dateline", Span(block.span.start + start, block.span.start + end))


def _outlet(block: Block) -> Stated | None:
    told = _OUTLET_BEFORE_DATE.search(block.text)
    if told is None:
        return None
    start = block.span.start + told.start("name")
    return Stated(told["name"], "dateline", Span(start, start + len(told["name"])))


def _agency(block: Block) -> Stated | None:
    """Return an outlet or agency that opens the report: "Place (agency) - …"."""
    wire = _WIRE.match(block.text[:120])
    if (
        wire is not None
        and len(wire["name"].split()) <= _OUTLET_WORDS
        and not re.search(r"\d", wire["name"])
    ):
        start = block.span.start + wire.start("name")
        return Stated(wire["name"], "opening", Span(start, start + len(wire["name"])))
    opening = _DATELINE.match(block.text[:90])
    if opening is None:
        return None
    named = _OUTLET_WORD.search(opening["name"].rstrip(" )"))
    if named is None:
        return None
    start = block.span.start + opening.start("name") + named.start("outlet")
    value = named["outlet"]
    start += len(value) - len(value.lstrip())
    value = value.strip()
    return Stated(value, "opening", Span(start, start + len(value)))
