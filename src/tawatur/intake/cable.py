"""What does the header of a cable say, and which of its lines only handled the traffic?

Three forms, of any year: telegraphic English ("R 251234Z OCT 09", "FM AMEMBASSY …",
"TO", "INFO", "TAGS", "REF", "SUBJECT"), French telegrams ("TD KINSHASA 418", "Origine :
…", "Objet : …") and translations into Arabic ("رقم البرقية: … التاريخ والتوقيت: …",
often all on one line); translations into French keep their words. Dates become ISO
8601: a date-time group is turned to UTC by its zone's letter; day before month in
labelled fields, month before day in the declassification line, which translators keep
as it is. Everything else is as the text has it.

Lines that only handled the traffic (routing, distribution, page marks, an archive's
stamp, "minimize considered") are asides of kind ``notice``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import zip_longest

from tawatur.intake.dates import iso_of_numbers, month_of, stated_date
from tawatur.intake.markings import marking_of, markings, unspaced
from tawatur.model.document import Aside, CableHeader, Marking
from tawatur.model.span import Span

_HEAD = 6000  # code points within which a header ends
_LEAST_FIELDS = 3
_ONE_OF = ("subject", "decl")  # fields of which a header has one; most texts have neither label
_LONGEST_WORD = 40  # code points of what stands in place of a day of declassification

_ORDER = r"E\.?\s?O\.?\s?\d{4,5}|(?:الأمر\s+التنفيذي|(?:[Dd]écret|DECRET|DÉCRET))\s+\d{4,5}"
_DECLASSIFICATION = rf"(?:{_ORDER})\s*:?\s*(?:DECL\s*:?)?"
# Labels of the Arabic form; the field each one opens. Longest first where one begins another.
_ARABIC_LABELS = (
    ("number", r"رقم\s+(?:ال)?(?:برقية|وثيقة|مرجع)|الرقم\s+المرجعي|رمز\s+البرقية"),
    ("number", r"معرف\s+(?:البرقية|الوثيقة)"),
    ("datetime", r"التاريخ\s+والتوقيت|التاريخ\s+و\s*الوقت"),
    ("datetime", r"تاريخ\s+(?:البرقية|الإنشاء|الإرسال|الوثيقة)|التاريخ"),
    ("source", r"المصدر|الجهة\s+المرسلة|المرسل|من"),
    ("to", r"إلى|المرسل\s+إليه(?:م)?|الجهة\s+المرسل\s+إليها|الوجهة"),
    ("info", r"(?:نسخة|صورة)\s+(?:إلى|للعلم)|للعلم|للإطلاع|للاطلاع"),
    ("classification", r"التصنيف|درجة\s+(?:السرية|التصنيف)|مستوى\s+السرية"),
    ("decl", _DECLASSIFICATION),
    ("declassify", r"(?:تاريخ\s+)?(?:رفع|إلغاء)\s+(?:السرية|التصنيف)(?:\s+في)?|ترفع\s+السرية\s+في"),
    ("subject", r"الموضوع|موضوع\s+البرقية"),
    ("tags", r"الوسوم|الكلمات\s+المفتاحية|TAGS"),
    ("ref", r"المرجع|المراجع|مراجع|REF"),
    ("classified_by", r"تصنيف|صنّ?فها|(?:صنّ?فت?|مصنّ?فة?)\s+من\s+(?:قبل|طرف)"),
    ("reason", r"(?:سبب|أسباب)\s+التصنيف|السبب|الأسباب"),
)
_ENGLISH_LABELS = (
    ("number", r"Identifier|(?:Reference|Canonical)\s+ID|Cable\s+(?:ID|No\.?|Number)"),
    ("datetime", r"Created|Date(?:\s+and\s+time)?"),
    ("source", r"Origin|FM"),
    ("to", r"TO"),
    ("info", r"INFO(?!\s+[A-Z]+-\d\d)"),
    ("classification", r"(?:Original\s+)?Classification"),
    ("decl", _DECLASSIFICATION),
    ("tags", r"TAGS"),
    ("subject", r"SUBJECT|SUBJ|Subject"),
    ("ref", r"REF(?:S|TELS?|\s+[A-Z])?"),
    ("classified_by", r"CLASSIFIED\s+BY|Classified\s+[Bb]y"),
    ("reason", r"REASONS?|Reasons?"),
)
_FRENCH_LABELS = (
    ("number", r"Num[ée]ro|N°|T[ée]l[ée]gramme\s+n°|Num[ée]ro\s+du\s+t[ée]l[ée]gramme"),
    ("datetime", r"Date(?:\s+et\s+heure)?"),
    ("source", r"Origine|Exp[ée]diteur|[ÉE]metteur|Poste|Source"),
    ("to", r"Destinataires?|Diffusion"),
    ("info", r"Copies?|(?:Pour\s+)?Info(?:rmation)?"),
    ("classification", r"Classification|Protection|Niveau\s+de\s+protection"),
    ("decl", _DECLASSIFICATION),
    ("tags", r"Mots[- ]cl[ée]s|TAGS"),
    ("ref", r"R[ée]f(?:\.|s|[ée]rences?)?"),
    ("drafter", r"R[ée]dacteur|R[ée]dig[ée]\s+par"),
    ("signature", r"Signataire"),
    ("subject", r"Objet|Sujet"),
    ("classified_by", r"Classifi[ée]\s+par"),
    ("reason", r"Motifs?(?:\s+de\s+classification)?"),
)
# What a French post writes above its telegrams: "TD KINSHASA 418", "NDI n° 2011-0123".
_FRENCH_NUMBER = re.compile(
    r"^(?:TD|NDI|Note|T[ée]l[ée]gramme(?:\s+diplomatique)?)\s+[^\n]{0,40}?\d[\w/-]*[ \t\r]*$",
    re.MULTILINE,
)
_LABELS = {"ar": _ARABIC_LABELS, "en": _ENGLISH_LABELS, "fr": _FRENCH_LABELS}
# Day, hour, minute, the zone's letter, month, year; J is the local time of whoever reads.
_DATE_TIME_GROUP = re.compile(
    r"(?<![\w/])(?:(?:[ZOPRFM]\s)*[ZOPRFM]\s+|DTG\s*:?\s*)?"
    r"(?P<day>\d{2})(?P<hour>\d{2})(?P<minute>\d{2})(?P<zone>[A-IK-Z])\s*"
    r"(?P<month>[A-Z]{3,4}|[A-Z][a-z]{2,3})\.?\s*(?P<year>\d{4}|\d{2})(?!\w)"
)
_ZONES = {
    **{letter: hours for hours, letter in enumerate("ABCDEFGHIKLM", 1)},
    **{letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", 1)},
    "Z": 0,
}
_SECTION = re.compile(
    r"(?:SECTION|PARTIE|القسم|الجزء)\s+(?P<at>\d{1,2})\s*(?:OF|DE|SUR|/|من)\s*(?P<all>\d{1,2})(?!\d)"
)
_CLASSIFIED_LINE = re.compile(
    r"^(?P<level>(?:(?:T ?O ?P )?S ?E ?C ?R ?E ?T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L"
    r"|L ?I ?M ?I ?T ?E ?D {1,3}O ?F ?F ?I ?C ?I ?A ?L {1,3}U ?S ?E"
    r"|U ?N ?C ?L ?A ?S(?: ?S ?I ?F ?I ?E ?D)?)"
    r"(?:\s*//?\s*\w+|[ \t]+(?:NOFORN|SBU|NODIS|EXDIS|LIMDIS|STADIS|E F T O))*)"
    r"(?:\s+SECTION\s+\d+\s+OF\s+\d+)?[ \t]+(?!SECTION)(?P<number>[A-Z][A-Z '.-]+?\s\d{2,9})\b",
    re.MULTILINE,
)
_CAPTIONS = re.compile(
    r"(?<![\w])(?:SIPDIS|NOFORN|EXDIS|NODIS|LIMDIS|STADIS|TERREP|ORCON|NOCONTRACT|CHEROKEE"
    r"|ROGER CHANNEL|EYES ONLY)(?!\w)|^(?:SENSITIVE|EUR DISTRIBUTION)(?=[ \t\r]*$)",
    re.MULTILINE,
)
_REASONS = re.compile(
    r"\s*;|\s*[,(]?\s*(?:Reasons?|REASONS?|for reasons?|FOR REASONS?"
    r"|pour (?:le motif|les motifs))\b"
    r"|\s*[،,]?\s*(?:للأسباب|لأسباب|للسبب|الأسباب)(?!\w)"
)
_REASON = re.compile(r"\d\.\d[^\d.؛;]*(?:[,،]\s*\d\.\d[^\d.؛;]*)*")
_SLASHED = re.compile(r"(?<!\d)(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2,4})(?!\d)")
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2})[:hH](\d{2})(?!\d)"
    r"(?P<utc>\s*(?:Z\b|UTC|GMT|TU\b|ت\.?\s?غ|(?:ب?توقيت\s+)?غرينتش|ب?التوقيت\s+العالمي))?"
)
_ROUTE = re.compile(r"^R[A-Z]{4,6}/")
_SENT = re.compile(r"(?:\s+(?:NIACT|FLASH|IMMEDIATE|PRIORITY|ROUTINE))*(?:\s+\d{1,5})?$")
_TAG = re.compile(r"(?<![^\W\d_])[A-Z]{2,4}(?![^\W\d_])(?:\s*\([^()\n]{2,60}\))?")
_COMMA = re.compile(r"\s*[;؛\n]\s*|\s*[,،]\s*(?![^(]*\))")
_ITEM = re.compile(r"(?:^|(?<=[\s;,،.]))(?:\(?[A-Za-z]\)|[A-Z]\.|\(?[أابجده][).])\s+")
_ITEM_LINE = re.compile(r"[ \t]*(?:\(?[A-Za-z]\)|[A-Z]\.|\(?[أابجده][).])\s+\S|[ \t]{2,}\S")
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
    r"^(?:VZCZC\w*|[OPRZ]{2} RUE\w+.*|DE RUE\w+ #\d+.*|ZN[YR] \w{5} ZZH|BT|NNNN|#\d{4}"
    r"|PAGE\s+\d\d\s+[A-Z ]+\d{3,6}.*|(?:ACTION|INFO)\s+[A-Z]+-\d\d.*|-{6,}\s*\d*"
    r"|(?:[A-Z][\w. ]{2,40}\s)?Declassified/Released US Department of State EO Systematic Review"
    r" \d\d [A-Z]{3} \d{4}"
    r")[ \t\r]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Cable:
    """A cable's header as data, its place, and the lines that only handled the traffic."""

    header: CableHeader
    start: int
    end: int
    subject: Span | None
    marking: Marking | None
    asides: tuple[Aside, ...]


def cable(text: str) -> Cable | None:
    """Return the cable that ``text`` is, or None if its head is not a cable's."""
    head = text[:_HEAD]
    form, fields = max(
        ((form, _fields(head, form)) for form in _LABELS if _pattern(form, _ONE_OF).search(head)),
        key=lambda found: len(found[1]),
        default=("", {}),
    )
    if len(fields) < _LEAST_FIELDS or fields.keys().isdisjoint(_ONE_OF):
        return None
    end = max(span.end for span in fields.values())
    line = _CLASSIFIED_LINE.search(head)
    marking = _marking(head, fields, line)
    if form == "fr" and not (marking and ("number" in fields or _FRENCH_NUMBER.search(head))):
        return None  # letters and memoranda have a date, an addressee and a subject as well
    header = _header(head, end, fields, line, marking)
    group = _DATE_TIME_GROUP.search(head)
    traffic = _traffic(text)
    starts = [span.start for span in fields.values()]
    starts += [group.start()] if group is not None else []
    starts += [aside.span.start for aside in traffic if aside.span.start < end]
    return Cable(header, min(starts), end, fields.get("subject"), marking, traffic)


# ------------------------------------------------------------ fields and their values


@cache
def _pattern(form: str, names: Sequence[str] | None = None) -> re.Pattern[str]:
    """Return what finds the labels of a form, those of ``names`` alone where they are given."""
    labels = [label for label in _LABELS[form] if names is None or label[0] in names]
    closing = r"\s*[:：]\s*"
    if form == "en":
        closing += r"|(?:(?<=FM)|(?<=TO)|(?<=INFO))[ \t]+(?=[A-Z]{2})"
    opening = r"(?<![\w\u0621-\u064a])" if form == "ar" else r"(?m:^)[ \t]*"
    case = "i" if form == "fr" else ""
    body = "|".join(f"(?P<{name}_{n}>{words})" for n, (name, words) in enumerate(labels))
    return re.compile(f"{opening}(?{case}:{body})(?:{closing}|(?<=:)\\s*)")


def _fields(head: str, form: str) -> dict[str, Span]:
    """Return each labelled value's span, the first of each name."""
    found: dict[str, Span] = {}
    marks = list(_pattern(form).finditer(head))
    for mark, following in zip_longest(marks, marks[1:]):
        name = (mark.lastgroup or "").rpartition("_")[0]
        if "classified_by" in found and name != "reason":
            break
        stop = following.start() if following is not None else len(head)
        span = _value(head, mark.end(), stop, name)
        if span is not None and name not in found:
            found[name] = span
    return found


def _value(head: str, start: int, stop: int, name: str) -> Span | None:
    """Return the value's span: up to the next label, the line's end or a page mark."""
    piece = head[start:stop]
    ends = (_PAGE.search(piece), _SECTION.search(piece), _first_number(piece))
    for end in (_line_end(piece, name), *ends):
        if end is not None:
            piece = piece[: end.start()]
    stripped = piece.strip(" \t\r\n\u00a0،؛;,")
    if not stripped:
        return None
    at = start + piece.index(stripped)
    return Span(at, at + len(stripped))


def _line_end(piece: str, name: str) -> re.Match[str] | None:
    """Return where a value ends; some run over line breaks, none over a blank line."""
    if name in ("subject", "classified_by"):
        return re.search(r"\r?\n\s*\r?\n|\r?\n(?=\s*\d{1,2}\.)|\r?\n(?=[^\n]{120})", piece)
    if name in ("to", "info"):
        following = rf"\s*\r?\n|[ \t]*(?:BT\b|SIPDIS|{_CLASSIFIED_LINE.pattern[1:]})"
        return re.search(rf"\r?\n(?={following}|[^\n]*[a-z])", piece)
    if name == "ref":
        return re.search(rf"\r?\n(?!{_ITEM_LINE.pattern})", piece)
    return re.search(r"(?<![,،])\r?\n", piece) if name == "tags" else re.search(r"\r?\n", piece)


def _first_number(piece: str) -> re.Match[str] | None:
    return re.search(r"(?<!\S)¶?1\.(?=\s|$|\()(?!\s*\d)", piece)


def _header(
    head: str,
    end: int,
    fields: dict[str, Span],
    line: re.Match[str] | None,
    marking: Marking | None,
) -> CableHeader:
    raw = {name: span.of(head) for name, span in fields.items()}
    values = {name: " ".join(value.split()) for name, value in raw.items()}
    authority = re.search(_ORDER, head[:end])
    section = _SECTION.search(head)
    classified_by = values.get("classified_by", "")
    return CableHeader(
        number=values.get("number") or (line["number"] if line else _french_number(head)),
        datetime=_datetime(head, values.get("datetime")),
        source=_addressee(values["source"]) if "source" in values else None,
        classification=values.get("classification") or (marking.value if marking else None),
        authority=authority.group() if authority else None,
        declassify_on=_declassified(values),
        subject=values.get("subject"),
        classified_by=_REASONS.split(classified_by)[0].rstrip(" .,،") or None,
        reason=_reason(values.get("reason") or classified_by),
        to=_addressees(raw.get("to", "")),
        info=_addressees(raw.get("info", "")),
        tags=_tags(values.get("tags", "")),
        references=_references(raw.get("ref", "")),
        captions=tuple(dict.fromkeys(found.group() for found in _CAPTIONS.finditer(head[:end]))),
        section=int(section["at"]) if section else None,
        sections=int(section["all"]) if section else None,
        signature=values.get("signature"),
    )


def _marking(head: str, fields: dict[str, Span], line: re.Match[str] | None) -> Marking | None:
    """Return the classification that the header states: in its field, before its number, alone."""
    span = fields.get("classification")
    if span is not None:
        value = " ".join(span.of(head).split())
        return marking_of(value, "cable header", span) or Marking(value, "cable header", span)
    if line is not None:
        value = unspaced(" ".join(line["level"].split()))
        span = Span(*line.span("level"))
        return marking_of(value, "cable header", span) or Marking(value, "cable header", span)
    end = max(span.end for span in fields.values())
    lines = [Span(*found.span()) for found in re.finditer(r"\S[^\n]*\S", head[:end])]
    return next(iter(markings(head, lines)), None)


def _french_number(head: str) -> str | None:
    found = _FRENCH_NUMBER.search(head)
    return " ".join(found.group().split()) if found else None


def _addressees(value: str) -> tuple[str, ...]:
    """Return who a cable went to, without routing, precedence and number."""
    parts = value.splitlines() if "\n" in value else _COMMA.split(value)
    return tuple(found for part in parts if (found := _addressee(part)))


def _addressee(part: str) -> str:
    return _SENT.sub("", _ROUTE.sub("", " ".join(part.split()))).strip(" ,،.")


def _tags(value: str) -> tuple[str, ...]:
    codes = [" ".join(found.group().split()) for found in _TAG.finditer(value)]
    return tuple(dict.fromkeys(codes or [part for part in _COMMA.split(value) if part]))


def _references(value: str) -> tuple[str, ...]:
    parts = _ITEM.split(value) if _ITEM.match(value) else _COMMA.split(value)
    found = (" ".join(part.split()).strip(" ;,،") for part in parts)
    return tuple(part for part in found if part)


def _reason(value: str) -> str | None:
    found = _REASON.search(value)
    return found.group().strip(" .,،") if found else None


# ------------------------------------------------------------ dates


def _datetime(head: str, value: str | None) -> str | None:
    group = _DATE_TIME_GROUP.search(head if value is None else value)
    if group is not None:
        return _of_group(group)
    date, worded = _SLASHED.search(value or ""), stated_date(value or "", "fr")
    if date is not None:
        day, end = _day_first(date), date.end()
    elif worded is not None:
        day, end = worded[0], worded[2]
    else:
        return None
    clock = _CLOCK.search(value or "", end)
    if day is None or clock is None:
        return day
    return f"{day}T{int(clock[1]):02}:{clock[2]}{'Z' if clock['utc'] else ''}"


def _of_group(group: re.Match[str]) -> str | None:
    """Return a date-time group in UTC, None if there is no such time."""
    month = month_of(group["month"])
    try:
        local = datetime(  # noqa: DTZ001 - the zone is the group's letter, taken off below
            _century(int(group["year"])),
            month or 0,
            int(group["day"]),
            int(group["hour"]),
            int(group["minute"]),
        )
    except ValueError:
        return None
    utc = local - timedelta(hours=_ZONES[group["zone"]])
    return f"{utc:%Y-%m-%dT%H:%M}Z"


def _day_first(date: re.Match[str]) -> str | None:
    first, second, third = (int(part) for part in date.groups())
    if first > 31:
        return iso_of_numbers(third, second, first)
    return iso_of_numbers(first, second, _century(third))


def _declassified(values: dict[str, str]) -> str | None:
    """Return the day on which a cable is declassified, or the word that stands in its place."""
    labelled = _datetime("", values.get("declassify", ""))
    value = values.get("decl", "").strip(" :.")
    date = _SLASHED.search(value)
    if date is not None and int(date[1]) <= 12:
        return iso_of_numbers(int(date[2]), int(date[1]), _century(int(date[3]))) or labelled
    if date is not None or labelled is not None:
        return (_day_first(date) if date is not None else None) or labelled
    word = value.split("(")[0].strip()
    return word if 0 < len(word) <= _LONGEST_WORD and word not in ("N/A", "NA") else None


def _century(year: int) -> int:
    """Return a full year: cables that count two digits are of 1966 to 2065."""
    return year if year > 99 else 1900 + year if year > 65 else 2000 + year


# ------------------------------------------------------------ traffic


def _traffic(text: str) -> tuple[Aside, ...]:
    return tuple(
        Aside(Span(*found.span()), "notice")
        for pattern in (_PAGE, _MINIMIZE, _ROUTING)
        for found in pattern.finditer(text)
    )
