"""What does the header of a cable say, and where do its paragraphs begin?

Three forms: the Arabic translations of the press ("رقم البرقية: … التاريخ
والتوقيت: …", often all on one line), the telegraphic English of the originals
("R 251234Z OCT 09", "FM EMBASSY …", "SUBJECT: …") and French telegrams ("TD
KINSHASA 418", "Origine : …", "Classification : …", "Objet : …"). Dates become ISO
8601: day before month in the Arabic date field, month before day in DECL lines,
which keep the order of the original. Everything else is as the text has it.

Lines that only handled the traffic (routing, page marks, "minimize considered")
are asides of kind ``notice``.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from tawatur.intake.dates import iso_of_numbers, month_of, stated_date
from tawatur.model.document import Aside, CableHeader, NumberedParagraph
from tawatur.model.span import Span

_HEAD = 6000  # code points within which a header ends
_LEAST_FIELDS = 3

# Labels of the Arabic form; the field each one opens. Longest first where one begins another.
_ARABIC_LABELS = (
    ("number", r"رقم\s+(?:ال)?(?:برقية|وثيقة|مرجع)|الرقم\s+المرجعي|رمز\s+البرقية"),
    ("number", r"معرف\s+(?:البرقية|الوثيقة)"),
    ("datetime", r"التاريخ\s+والتوقيت|التاريخ\s+و\s*الوقت"),
    ("datetime", r"تاريخ\s+(?:البرقية|الإنشاء|الإرسال|الوثيقة)|التاريخ"),
    ("source", r"المصدر|الجهة\s+المرسلة|المرسل"),
    ("classification", r"التصنيف|درجة\s+(?:السرية|التصنيف)|مستوى\s+السرية"),
    ("decl", r"E\.?\s?O\.?\s?\d{4,5}\s*:?\s*(?:DECL\s*:?)?|الأمر\s+التنفيذي\s+\d{4,5}\s*:?"),
    ("subject", r"الموضوع|موضوع\s+البرقية"),
    ("tags", r"الوسوم|TAGS"),
    ("ref", r"المرجع|المراجع|REF"),
    ("classified_by", r"تصنيف|صنّ?فها|(?:صنّ?فت?|مصنّ?فة?)\s+من\s+(?:قبل|طرف)"),
)  # fmt: skip
_ENGLISH_LABELS = (
    ("number", r"(?:Identifier|Reference\s+ID|Cable\s+(?:ID|No\.?|Number))"),
    ("datetime", r"(?:Created|Date(?:\s+and\s+time)?)"),
    ("source", r"(?:Origin|FM)"),
    ("to", r"(?:TO|INFO)(?=\s+RUE)"),
    ("classification", r"(?:Classification)"),
    ("decl", r"E\.?\s?O\.?\s?\d{4,5}\s*:?\s*(?:DECL\s*:?)?"),
    ("tags", r"TAGS"),
    ("subject", r"(?:SUBJECT|SUBJ|Subject)"),
    ("ref", r"REF(?:S|\s+[A-Z])?"),
    ("classified_by", r"(?:CLASSIFIED\s+BY|Classified\s+By|Classified\s+by)"),
)
_FRENCH_LABELS = (
    ("number", r"(?:Num[ée]ro|N°|R[ée]f[ée]rence|T[ée]l[ée]gramme\s+n°)"),
    ("datetime", r"Date(?:\s+et\s+heure)?"),
    ("source", r"(?:Origine|Exp[ée]diteur|[ÉE]metteur|Poste)"),
    ("to", r"(?:Destinataires?|Diffusion|Copies?)"),
    ("classification", r"(?:Classification|Protection|Niveau\s+de\s+protection)"),
    ("ref", r"R[ée]f(?:\.|s)"),
    ("drafter", r"(?:R[ée]dacteur|R[ée]dig[ée]\s+par|Signataire)"),
    ("subject", r"Objet"),
)
# What a French post writes above its telegrams: "TD KINSHASA 418", "NDI n° 2011-0123".
_FRENCH_NUMBER = re.compile(
    r"^(?:TD|NDI|Note|T[ée]l[ée]gramme(?:\s+diplomatique)?)\s+[^\n]{0,40}?\d[\w/-]*[ \t\r]*$",
    re.MULTILINE,
)
_LABELS = {"ar": _ARABIC_LABELS, "en": _ENGLISH_LABELS, "fr": _FRENCH_LABELS}
_DATE_TIME_GROUP = re.compile(r"\b[ZOPR]\s+(\d{2})(\d{2})(\d{2})Z\s+([A-Z]{3})\s+(\d{2,4})\b")
_CLASSIFIED_LINE = re.compile(
    r"^(?P<level>(?:S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L"
    r"|U ?N ?C ?L ?A ?S(?: ?S ?I ?F ?I ?E ?D)?)"
    r"(?:\s*//\s*\w+|\s+(?:NOFORN|SBU))*)"
    r"(?:\s+SECTION\s+\d+\s+OF\s+\d+)?\s+(?P<number>[A-Z][A-Z ]+?\s\d{4,9})\b",
    re.MULTILINE,
)
_REASONS = re.compile(
    r"\s*;|\s+(?:Reasons?|REASONS?|for reasons?|FOR REASONS?)\b"
    r"|\s*[،,]?\s*(?:للأسباب|لأسباب|للسبب|الأسباب)(?!\w)"
)
_SLASHED = re.compile(r"(?<!\d)(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2,4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?!\d)")
_PAGE = re.compile(
    r"(?:[A-Z][A-Z]+(?: [A-Z]+){0,2}|(?<=\s)[\u0621-\u064a]+)\s+0{2,}\d{2,8}\s+\d{3}(?:\.\d)?\s+"
    r"(?:OF|of|DE|من)\s+\d{3}"
)
# "X MINIMIZE CONSIDERED": the post was asked to keep traffic low, and this cable was sent
# nevertheless. Translators render it word by word, as if someone's importance were reduced.
_MINIMIZE = re.compile(
    r"(?:(?<![\d.])\d{1,2}\.\s*)?(?:\([A-Z/]+\)\s*)?(?:"  # its number and marking
    r"(?:[A-Z]+\s+){0,3}MINIMIZE\s+(?:[A-Z]+\s+){0,3}CONSIDERED(?:\s+FOR(?:\s+[A-Z]+){1,3})?\.?"
    r"|(?:[A-Z][a-z]+\s+){1,3}minimize considered\.?"
    r")|(?<![\d.])\d{1,2}\.\s*(?:\([A-Z/]+\)\s*)?"  # Arabic: only as a paragraph of its own
    r"(?:(?:تم|جرى)\s+)?(?:الأخذ|أخذ|رُ?وعي|رُ?وعيت|مراعاة)\s+"
    r"(?:(?:بالحسبان|في\s+الحسبان|بالاعتبار|بعين\s+الاعتبار|في\s+الاعتبار)\s+)?"
    r"(?:التقليل|تقليل|التخفيض|التقليص)(?:\s+[\u0621-\u064a]+){0,6}\."
)
_ROUTING = re.compile(
    r"^(?:VZCZC\w*|[OPRZ]{2} RUE\w+.*|DE RUE\w+ #\d+.*|ZN[YR] \w{5} ZZH|BT|NNNN|#\d{4})[ \t\r]*$",
    re.MULTILINE,
)
_NUMBER = re.compile(r"(?<![\w.,/:\-])¶?\s?(\d{1,3})(?:\.(?=\s|\(|$)|\s?[-–)](?=\s))")
_LINE_START = re.compile(r"(?:^|[\r\n])[ \t\u00a0\ufeff]*\Z")
_BREAK = re.compile(r"(?:^|[\r\n]|[.!?؟:؛»”\")])[ \t\u00a0\ufeff\r\n]*\Z")


@dataclass(frozen=True, slots=True)
class Cable:
    """A cable's header as data, its place, and the lines that only handled the traffic."""

    header: CableHeader
    start: int
    end: int
    subject: Span | None
    asides: tuple[Aside, ...]


def cable(text: str) -> Cable | None:
    """Return the cable that ``text`` is, or None if its head is not a cable's."""
    head = text[:_HEAD]
    form = max(_LABELS, key=lambda form: len(_fields(head, form)))
    fields = _fields(head, form)
    if len(fields) < _LEAST_FIELDS or ("subject" not in fields and "decl" not in fields):
        return None
    if form == "fr" and not ("classification" in fields and _FRENCH_NUMBER.search(head)):
        return None  # letters and memoranda have a date, an addressee and a subject as well
    header = _header(head, fields)
    subject = fields.get("subject")
    end = max(span.end for span in fields.values())
    group = _DATE_TIME_GROUP.search(head)
    traffic = _traffic(text)
    starts = [span.start for span in fields.values()]
    starts += [group.start()] if group is not None else []
    starts += [aside.span.start for aside in traffic if aside.span.start < end]
    return Cable(header, min(starts), end, subject, traffic)


def numbered_paragraphs(text: str, start: int, *, inline: bool) -> tuple[NumberedParagraph, ...]:
    """Return the paragraphs numbered 1, 2, 3 … from ``start`` on, in order.

    ``inline`` numbers may stand within a line, as in cables that lost their line
    breaks: behind a full stop, or behind a heading that has none. One number in a
    row may be missing.
    """
    sure: dict[int, list[int]] = {}
    likely: dict[int, list[int]] = {}
    for found in _NUMBER.finditer(text, start):
        before = text[max(0, found.start() - 12) : found.start()]
        if (_BREAK if inline else _LINE_START).search(before):
            sure.setdefault(int(found[1]), []).append(found.start(1))
        elif inline:
            likely.setdefault(int(found[1]), []).append(found.start(1))
    chain: list[NumberedParagraph] = []
    at, number = start - 1, 1
    while True:
        place = _next_number(sure, likely, number, at)
        if place is None and chain:
            number += 1
            place = _next_number(sure, {}, number, at)
        if place is None:
            return tuple(chain) if len(chain) > 1 else ()
        chain.append(NumberedParagraph(number, place))
        at, number = place, number + 1


def _next_number(
    sure: dict[int, list[int]], likely: dict[int, list[int]], number: int, at: int
) -> int | None:
    """Return where paragraph ``number`` begins after ``at``; a likely place yields to a sure one.

    Unless the next number surely comes first: then the sure place is another thing.
    """
    best, second = _after(sure.get(number), at), _after(likely.get(number), at)
    following = _after(sure.get(number + 1), at)
    if best is None or (second is not None and following is not None and second < following < best):
        return second
    return best


def _after(places: list[int] | None, at: int) -> int | None:
    at_or_before = bisect_right(places, at) if places else 0
    return places[at_or_before] if places and at_or_before < len(places) else None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    labels = _LABELS[form]
    closing = r"\s*[:：]\s*" if form == "ar" else r"\s*[:：]\s*|(?<=FM)\s+"
    opening = r"(?<![\w\u0621-\u064a])" if form == "ar" else r"(?m:^)[ \t]*"
    body = "|".join(f"(?P<{name}_{n}>{words})" for n, (name, words) in enumerate(labels))
    return re.compile(f"{opening}(?:{body})(?:{closing}|(?<=:)\\s*)")


def _fields(head: str, form: str) -> dict[str, Span]:
    """Return each labelled value's span, the first of each name."""
    found: dict[str, Span] = {}
    marks = list(_pattern(form).finditer(head))
    for mark, following in zip_longest(marks, marks[1:]):
        name = (mark.lastgroup or "").rpartition("_")[0]
        stop = following.start() if following is not None else len(head)
        span = _value(head, mark.end(), stop, name)
        if span is not None and name not in found:
            found[name] = span
        if name == "classified_by":
            break
    return found


def _value(head: str, start: int, stop: int, name: str) -> Span | None:
    """Return the value's span: up to the next label, the line's end or a page mark."""
    piece = head[start:stop]
    for end in (_line_end(piece, name), _PAGE.search(piece), _first_number(piece)):
        if end is not None:
            piece = piece[: end.start()]
    stripped = piece.strip(" \t\r\n\u00a0،؛;,")
    if not stripped:
        return None
    at = start + piece.index(stripped)
    return Span(at, at + len(stripped))


def _line_end(piece: str, name: str) -> re.Match[str] | None:
    """A subject or "classified by" may run over one line break, never over a blank line."""
    if name in ("subject", "classified_by"):
        return re.search(r"\r?\n\s*\r?\n|\r?\n(?=\s*\d{1,2}\.)|\r?\n(?=[^\n]{120})", piece)
    return re.search(r"\r?\n", piece)


def _first_number(piece: str) -> re.Match[str] | None:
    return re.search(r"(?<!\S)1\.(?=\s|$)(?!\s*\d)", piece)


def _header(head: str, fields: dict[str, Span]) -> CableHeader:
    values = {name: " ".join(span.of(head).split()) for name, span in fields.items()}
    line = _CLASSIFIED_LINE.search(head)
    level = values.get("classification") or (
        re.sub(r"(?<=\b\w) (?=\w\b)", "", line["level"]) if line else None
    )
    authority = re.search(r"E\.?\s?O\.?\s?\d{4,5}|الأمر\s+التنفيذي\s+\d{4,5}", head)
    decl = re.search(r"DECL\s*:?\s*(\d{1,2}/\d{1,2}/\d{2,4})", head)
    classified_by = values.get("classified_by")
    return CableHeader(
        number=values.get("number") or (line["number"] if line else _french_number(head)),
        datetime=_datetime(head, values.get("datetime")),
        source=values.get("source"),
        classification=level,
        authority=authority.group() if authority else None,
        declassify_on=_month_first(decl.group(1)) if decl else None,
        subject=values.get("subject"),
        classified_by=_REASONS.split(classified_by)[0].rstrip(" .,،") if classified_by else None,
    )


def _french_number(head: str) -> str | None:
    found = _FRENCH_NUMBER.search(head)
    return " ".join(found.group().split()) if found else None


def _datetime(head: str, value: str | None) -> str | None:
    group = _DATE_TIME_GROUP.search(head)
    if value is None and group is not None:
        month = month_of(group[4])
        year = int(group[5]) if len(group[5]) == 4 else _century(int(group[5]))
        if month is not None:
            day = iso_of_numbers(int(group[1]), month, year)
            return f"{day}T{group[2]}:{group[3]}Z" if day else None
        return None
    date = _SLASHED.search(value or "")
    if date is None:
        worded = stated_date(value or "", "fr")
        if worded is None:
            return None
        clock = _CLOCK.search(value or "", worded[2])
        return f"{worded[0]}T{int(clock[1]):02}:{clock[2]}" if clock else worded[0]
    first, second, third = (int(part) for part in date.groups())
    day = (
        iso_of_numbers(third, second, first)
        if first > 31
        else iso_of_numbers(first, second, _century(third))
    )
    clock = _CLOCK.search(value or "", date.end())
    if day is None or clock is None:
        return day
    return f"{day}T{int(clock[1]):02}:{clock[2]}"


def _month_first(value: str) -> str | None:
    month, day, year = (int(part) for part in value.split("/"))
    return iso_of_numbers(day, month, _century(year))


def _century(year: int) -> int:
    """Return a full year: cables that count two digits are of 1966 to 2065."""
    return year if year > 99 else 1900 + year if year > 65 else 2000 + year


def _traffic(text: str) -> tuple[Aside, ...]:
    return tuple(
        Aside(Span(*found.span()), "notice")
        for pattern in (_PAGE, _MINIMIZE, _ROUTING)
        for found in pattern.finditer(text)
    )
