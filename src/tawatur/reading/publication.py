"""When was a text published, or between which days, and why?

A stated date wins. Where there is none, the text itself sets bounds: it is not
older than the past it tells of, and "last month (February)" says in which month it
was written. Dates that the text may place in the future set no lower bound. Every
bound comes with its reason as a sentence.

Bounds from content assume that news is dated from within a year of the latest past
event it dates; the reason says so where a year was worked out in that way.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from tawatur.model.document import Extraction
from tawatur.model.moment import Moment
from tawatur.model.reading import Publication, TimeExpression, TimeType
from tawatur.model.span import Span
from tawatur.model.text import Folded, fold
from tawatur.reading.pieces import LANGUAGES, Pieces, pieces
from tawatur.reading.times.values import full_year


@dataclass(frozen=True, slots=True)
class _Clue:
    """What one expression tells: the month of writing, or a month that lies ahead."""

    span: Span
    month: int
    ahead: bool


def publication(extraction: Extraction, times: tuple[TimeExpression, ...]) -> Publication:
    """Return the publication date as stated, else its bounds from the content.

    ``value`` is EDTF and only ever what the document states; ``bounds`` is an EDTF value
    or interval, open where nothing is known; None where nothing is known at all. Call it
    with no times first; what relative expressions mean may depend on the answer.
    """
    stated = _stated(extraction)
    if stated is not None:
        return stated
    month = _issued_in(extraction)
    if month is not None:
        return month
    text = extraction.text
    latest = _latest_past(extraction, times)
    clues = _clues(extraction)
    reasons: list[str] = []
    lower: date | None = None
    if latest is not None and latest[0].lower is not None:
        lower = latest[0].lower
        reasons.append(f"not before the latest past date in the text, {_shown(latest[0])}")
    written = next((clue for clue in clues if not clue.ahead), None)
    ahead = next((clue for clue in clues if clue.ahead), None)
    counted = _counted_back(extraction, lower)
    if counted is not None:
        reasons.append(
            f"{_quoted(counted.span, text)} says how many years lie between, so the year is "
            f"{counted.year}"
        )
        if written is None:
            return Publication(None, f"{counted.year:04}", tuple(reasons))
        reasons.append(f"{_quoted(written.span, text)} gives the month")
        return Publication(None, f"{counted.year:04}-{written.month:02}", tuple(reasons))
    if written is not None:
        quoted = _quoted(written.span, text)
        year = _year_of(written, latest[0]) if latest else None
        if year is not None:
            reasons.append(f"{quoted} gives the month, and that date its year")
            if ahead is not None:
                reasons.append(f"before {_quoted(ahead.span, text)}")
            return Publication(None, f"{year:04}-{written.month:02}", tuple(reasons))
        reasons.append(f"{quoted} gives the month, but no date in the text gives the year")
    if lower is None:
        return Publication(None, None, tuple(reasons))
    start = latest[0].edtf.split("/")[0].rstrip("~?%") if latest else lower.isoformat()
    told = latest is not None and len(_shown(latest[0])) >= len("2018-02")
    if ahead is not None and told:  # a bare year is too coarse to say which June is meant
        year = lower.year + (ahead.month <= lower.month)
        end = _month_before(year, ahead.month)
        if end >= lower:
            reasons.append(
                f"before {_quoted(ahead.span, text)}, the first one after "
                f"{_shown(latest[0]) if latest else lower}"
            )
            return Publication(None, f"{start}/{end.isoformat()}", tuple(reasons))
    return Publication(None, f"{start}/..", tuple(reasons))


_COUNTRY_DOMAIN = re.compile(r"\.([a-z]{2})(?:/\S*)?$")
_AMERICAN_DOMAIN = re.compile(r"\.(?:gov|mil)(?:/\S*)?$")


def outlet_country(extraction: Extraction) -> str | None:
    """Return the country of the outlet (ISO 3166-1 alpha-2) as its address tells, else None."""
    if extraction.publisher is None:
        return None
    address = extraction.publisher.value.strip().lower()
    if _AMERICAN_DOMAIN.search(address):
        return "US"
    found = _COUNTRY_DOMAIN.search(address)
    if found is None:
        return None
    return {"UK": "GB"}.get(found[1].upper(), found[1].upper())


def _year_of(written: _Clue, latest: Moment) -> int | None:
    """Return the year of the month of writing, if the latest date in the text tells it.

    It does where it is of that month or of the one before. A text that names an older date
    last may have been written in any later year.
    """
    if latest.lower is None or len(_shown(latest)) < len("2018-02"):
        return None
    year = latest.lower.year + (written.month < latest.lower.month)
    months = (year - latest.lower.year) * 12 + written.month - latest.lower.month
    return year if months in (0, 1) else None


def _stated(extraction: Extraction) -> Publication | None:
    """Return what the document states of itself: when it was issued, its own date, its header's.

    "Issued on" beside a date decides over any other date at the head: that may be a period.
    """
    issued = _issued(extraction) if extraction.header is None else None
    if issued is not None and issued[2]:
        return _as_stated(issued, extraction)
    if extraction.published is not None and _is_moment(extraction.published.value):
        stated = extraction.published
        where = f"stated in {stated.found_in}"
        if stated.span is not None:
            where = f"stated as {_quoted(stated.span, extraction.text)}"
        return Publication(_day(stated.value), None, (where,))
    header = extraction.header
    if header is not None and header.datetime and _is_moment(header.datetime):
        return Publication(_day(header.datetime), None, ("stated in the header of the cable",))
    return _as_stated(issued, extraction) if issued is not None else None


def _as_stated(issued: tuple[str, Span, bool], extraction: Extraction) -> Publication:
    return Publication(issued[0], None, (f"stated as {_quoted(issued[1], extraction.text)}",))


_ISSUED = frozenset(
    fold(word).text
    for word in (
        *("issued", "published", "released", "posted", "updated", "filed", "diffusé", "publié"),
        *("émis", "paru", "diffusée", "publiée", "émise", "parue", "صدر", "صدرت", "صادر"),
        *("صادرة", "نشر", "نشرت", "حرر", "حررت", "الإصدار", "النشر", "تحديث", "نشره"),
        *("edition", "édition", "jour"),  # mis à jour
    )
)
# Before a date these say that it is that of something else.
_OF_ELSE = frozenset(
    fold(word).text
    for word in (
        *("period", "covering", "covers", "to", "ref", "subject", "re", "période", "couverte"),
        *("couvrant", "objet", "réf", "الفترة", "فترة", "تغطي", "إلى", "المرجع", "الموضوع"),
    )
)
_FROM = frozenset(fold(word).text for word in ("du", "from", "من"))
_UP_TO = frozenset(fold(word).text for word in ("au", "to", "et", "and", "-", "إلى"))
_HEAD_LINES = 6  # in which a text says when it was issued
_DATELINE = 70  # characters of a line within which its date stands, after place and weekday
_DAY_FIRST = re.compile(r"(?P<d>m)(?P<s>[/-])(?P<m>m)(?P=s)(?P<y>[ymdz])")
_ISSUE_DATES = (
    re.compile(r"(?P<d>[mdo])p?K?(?P<m>[MO])(?:[/-][MO]|\([MO]\))?\.?,?p?J?(?P<y>y)"),
    re.compile(r"(?P<m>[MO])\.?(?P<d>[mdo]),?(?P<y>y)"),
    re.compile(r"(?P<y>y)-(?P<m>m)-(?P<d>[md])"),
    re.compile(r"(?P<d>d)(?P<s>[./-])(?P<m>m)(?P=s)(?P<y>[ymdz])"),
    re.compile(r"(?P<d>m)\.(?P<m>m)\.(?P<y>y)"),
    _DAY_FIRST,
)
_ISSUE_MONTH = re.compile(r"(?P<m>[MO])(?:[/-][MO]|\([MO]\))?,?p?J?(?P<y>y)")
_MONTH_LINES = 4  # at the head, in which a month alone says when a text was issued
_MONTH_PIECES = 8
_HEADING = 120  # characters: a longer line is no heading
_PLACE = 3  # pieces before a date: a place, a comma, an article
_PLACED = frozenset((",", "le", "the", "في"))
_ISSUE_GAP = 6  # pieces between "issued" and the date: "in Lilongwe on Saturday"


def _issued(extraction: Extraction) -> tuple[str, Span, bool] | None:
    """Return the complete date in the first lines that says when the text was issued.

    Either a word says so on the same line, or, failing that, the date stands at the head of
    a line as in a dateline, and no sentence goes on after it; the third item is whether a
    word says so.
    """
    if extraction.language not in LANGUAGES:
        return None
    head = _head(extraction)
    if not head:
        return None
    folded = _folded(extraction.text)
    line = pieces(folded, extraction.language)
    end = bisect_left(line.starts, head[-1].end)  # folding rarely lengthens a text
    found: list[tuple[bool, int, str, Span]] = []
    for match in (m for dates in _ISSUE_DATES for m in dates.finditer(line.kinds, 0, end)):
        span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
        row = next((row for row in head if row.holds(span)), None)
        value = _value(match, line)
        if row is None or value is None or span.start - row.start > _DATELINE:
            continue
        if match.re is _DAY_FIRST and extraction.language == "en" and value[5:7] != value[8:]:
            continue  # 3 April or 4 March
        before = []
        for at in range(match.start() - 1, max(-1, match.start() - _ISSUE_GAP - 1), -1):
            if folded.at(line.starts[at]) < row.start or line.words[at] in ("|", "(", "•"):
                break
            before.append(line.words[at])
        says = any(word in _ISSUED for word in before)
        span_of_days = not _FROM.isdisjoint(before) and not _UP_TO.isdisjoint(before)
        if not says and (span_of_days or not _OF_ELSE.isdisjoint(before)):
            continue
        rest = extraction.text[span.end : row.end].strip()
        tells = len(before) >= _ISSUE_GAP and not _set_off(extraction, row, line, match.start())
        # "Kandera le 12 mars 2024 au moins …": a text without stops goes on after its dateline.
        opens = row is head[0] and 1 < len(before) <= _PLACE and _PLACED.issuperset(before[:-1])
        if not says and (tells or (rest and not opens and not _goes_on(rest))):
            continue
        found.append((not says, span.start, value, span))
    if not found:
        return None
    says_not, _, value, span = min(found)
    return value, span, not says_not


def _goes_on(rest: str) -> bool:
    """Return whether what follows a date on its line is a mark, an hour or a place, no sentence."""
    return bool(
        re.match(r"[()|\[–—•:/-]|[T,]?\s*(?:à|at)?\s*\d{1,2}\s?[:hH.]\s?\d\d", rest)
        or re.fullmatch(r",(?: [A-ZÀ-Þ][\w'’-]+){1,3}", rest)
    )


def _set_off(extraction: Extraction, row: Span, line: Pieces, at: int) -> bool:
    """Return whether a date is set off by a mark in a heading: a line that ends without a stop."""
    written = row.of(extraction.text).strip()
    if len(written) > _HEADING or written.endswith((".", "!", "?", "؟", ";", "؛")):
        return False
    while at and line.kinds[at - 1] in "Dlp":
        at -= 1
    return at == 0 or line.kinds[at - 1] in ",-(:~" or line.starts[at] <= row.start


def _issued_in(extraction: Extraction) -> Publication | None:
    """Return the month with which a heading says when the text was issued, as its bounds."""
    if extraction.language not in LANGUAGES or extraction.header is not None:
        return None
    folded = _folded(extraction.text)
    line = pieces(folded, extraction.language)
    for row in _head(extraction)[:_MONTH_LINES]:
        written = row.of(extraction.text).rstrip(" \n)")
        end = bisect_left(line.starts, row.start + len(written))
        match = _ISSUE_MONTH.search(line.kinds, max(0, end - _MONTH_PIECES), end)
        if match is None or match.end() < end:
            continue
        span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
        before = line.words[max(0, match.start() - _ISSUE_GAP) : match.start()]
        sense, year = line.senses[match.start("m")], line.values[match.start("y")]
        if sense is None or year is None or not _OF_ELSE.isdisjoint(before):
            continue
        if not row.holds(span) or not _set_off(extraction, row, line, match.start()):
            continue
        reason = f"stated as {_quoted(span, extraction.text)}"
        return Publication(None, f"{int(year):04}-{int(sense.value):02}", (reason,))
    return None


def _value(match: re.Match[str], line: Pieces) -> str | None:
    """Return the day that a complete date names; None if there is no such day."""
    at = match.start("m")
    sense, figure = line.senses[at], line.values[at]
    day, year = line.values[match.start("d")], line.values[match.start("y")]
    month = int(sense.value) if sense is not None else int(figure or 0)
    if day is None or year is None:
        return None
    value = f"{full_year(int(year)):04}-{month:02}-{int(day):02}"
    return value if _is_moment(value) else None


def _head(extraction: Extraction) -> list[Span]:
    """Return the first lines of the content that are not empty."""
    out, at, seen = [], 0, 0
    main = extraction.main()
    for row in extraction.text.splitlines(keepends=True):
        span = Span(at, at + len(row))
        at = span.end
        if not row.strip() or not any(m.start < span.end and span.start < m.end for m in main):
            continue
        seen += 1
        if seen > _HEAD_LINES:
            break
        out.append(span)
    return out


def _day(value: str) -> str:
    return value.split("T", maxsplit=1)[0]


def _is_moment(value: str) -> bool:
    try:
        Moment.parse(value)
    except ValueError:
        return False
    return True


def _latest_past(
    extraction: Extraction, times: tuple[TimeExpression, ...]
) -> tuple[Moment, Span] | None:
    """Return the latest date that the content names outright, with where it stands."""
    main = extraction.main()
    found: list[tuple[date, Moment, Span]] = []
    for time in times:
        if time.type is not TimeType.DATE or not time.value or time.anchor is not None:
            continue
        if not _FOUR_DIGITS.search(time.span.of(extraction.text)):
            continue  # its year was worked out, not told
        if not any(span.holds(time.span) for span in main) or _ahead(extraction.text, time.span):
            continue
        parts = [part for part in time.value.split("/") if part not in ("", "..")]
        if not parts or not _is_moment(parts[-1]):
            continue
        moment = Moment.parse(parts[-1])
        if moment.lower is not None:
            found.append((moment.lower, moment, time.span))
    if not found:
        return None
    _, moment, span = max(found, key=lambda f: (f[0], -f[2].start))
    return moment, span


_FOUR_DIGITS = re.compile(r"\d{4}")  # of any script
_AHEAD = re.compile(
    r"(?:حتي|بحلول|لغايه|الي غايه|افاق|المتوقع\w*|المقرر\w*|المرتقب\w*|المزمع\w*|\bس[يت]\w{3,}"
    r"|d'ici|jusqu\w*|horizon|prevue?s?|\bby|until|due|expected|scheduled|will)\W+(?:\w+\W+){0,4}$"
)
_LOOK_BACK = 60  # characters before a date in which a word may say that it lies ahead


def _ahead(text: str, span: Span) -> bool:
    """Return whether the words before a date place it in the future."""
    before = re.split(r"[.؟?!;\n]", text[max(0, span.start - _LOOK_BACK) : span.start])[-1]
    return bool(before and _AHEAD.search(fold(before).text))


_LAST_MONTH = re.compile(r"(?:KL|LK),?\(?(?P<m>[MO])(?:/[MO])?\)?")
_THIS_MONTH = re.compile(r"(?P<m>[MO])(?P<t>T)|KT\((?P<n>[MO])\)")
_NEXT_MONTH = re.compile(r"(?P<m>[MO])(?:/[MO]|\([MO]\))?X|KX\((?P<n>[MO])\)")


@lru_cache(maxsize=1)  # one text is asked several times in turn
def _folded(text: str) -> Folded:
    return fold(text)


def _clues(extraction: Extraction) -> tuple[_Clue, ...]:
    """Return what relative months tell: "last month (February)", "next June"."""
    if extraction.language not in LANGUAGES:
        return ()
    folded = _folded(extraction.text)
    line = pieces(folded, extraction.language)
    main = extraction.main()
    out: list[_Clue] = []
    for pattern, shift in ((_LAST_MONTH, 1), (_THIS_MONTH, 0), (_NEXT_MONTH, None)):
        for match in pattern.finditer(line.kinds):
            groups = match.groupdict()
            at = match.start("m") if groups.get("m") else match.start("n")
            sense = line.senses[at]
            span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
            if sense is None or not any(stretch.holds(span) for stretch in main):
                continue
            month = int(sense.value)
            counted = shift is None and not groups.get("n")
            if shift is not None:
                month = (month + shift - 1) % 12 + 1
            elif not counted:
                month = (month - 2) % 12 + 1
            out.append(_Clue(span, month, counted))
    return tuple(sorted(out, key=lambda clue: clue.span))


@dataclass(frozen=True, slots=True)
class _Counted:
    """A date with the years since then beside it, and the year of writing that follows."""

    span: Span
    year: int


_A_DATE = r"(?:[MO](?:[/(][MO]\)?)?)?y"
_YEARS_AGO = {
    "ar": r"g(?:V|(?P<n>[mdwz])?J)",
    "fr": r"g(?P<n>[mdwz!])J",
    "en": r"(?P<n>[mdwz!])Jg",
}
_BETWEEN = r"[,(=_p-]{0,3}"


_COUNTED_FROM_ELSEWHERE = (("من",), ("before",), ("avant",))  # two years before the vote


@cache
def _counting(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of "in July 2019, two years ago" and "two years ago, in July 2019"."""
    ago, dated = _YEARS_AGO[language], f"(?P<date>{_A_DATE})"
    return re.compile(dated + _BETWEEN + ago), re.compile(ago + _BETWEEN + dated)


def _counted_back(extraction: Extraction, lower: date | None) -> _Counted | None:
    """Return the year of writing that a date with "two years ago" beside it gives, if any.

    A year before the latest past date of the text is left out: then the count is from
    some other day than that of writing.
    """
    if extraction.language not in LANGUAGES:
        return None
    folded = _folded(extraction.text)
    line = pieces(folded, extraction.language)
    main = extraction.main()
    for pattern in _counting(extraction.language):
        for match in pattern.finditer(line.kinds):
            ago = range(match.start(), match.end())
            units = [line.senses[k] for k in ago if line.kinds[k] in "JV"]
            if not units or units[0] is None or units[0].value != "Y":
                continue
            number = line.values[match.start("n")] if match.groupdict().get("n") else None
            years = 2 if "V" in line.kinds[match.start() : match.end()] else int(number or 1)
            told = line.values[match.end("date") - 1]
            span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
            following = line.words[match.end() : match.end() + 1]
            within = line.words[match.start() : match.end()]
            if following in _COUNTED_FROM_ELSEWHERE or "earlier" in within:
                continue
            if told is None or not any(stretch.holds(span) for stretch in main):
                continue
            year = int(told) + years
            if lower is None or year >= lower.year:
                return _Counted(span, year)
    return None


def _month_before(year: int, month: int) -> date:
    year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, monthrange(year, month)[1])


def _shown(moment: Moment) -> str:
    return moment.edtf.rstrip("~?%")


def _quoted(span: Span, text: str) -> str:
    return "«" + " ".join(span.of(text).split()) + "»"
