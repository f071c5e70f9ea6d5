"""Which patterns of pieces are expressions of time, and of which kind is each?

The same rules serve Arabic, French and English: a rule is a regular expression over the letters
of `tawatur.reading.pieces` and the function that reads it, from a module beside.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.dates import (
    date_meaning,
    day_of_month_meaning,
    dtg_meaning,
    iso_meaning,
    month_meaning,
    numeric_meaning,
    part_of_month_meaning,
    week_of_meaning,
    week_of_month_meaning,
)
from tawatur.reading.times.durations import duration_meaning
from tawatur.reading.times.hours import (
    clock_meaning,
    hour_meaning,
    night_meaning,
    overnight_meaning,
    part_meaning,
)
from tawatur.reading.times.islamic import hijri_date_meaning
from tawatur.reading.times.matched import Build, letters_at, modifier_at
from tawatur.reading.times.occasions import (
    held_season_meaning,
    holiday_meaning,
    occasion_meaning,
    quarter_meaning,
    season_meaning,
)
from tawatur.reading.times.offsets import (
    ago_meaning,
    from_said_meaning,
    hence_meaning,
    since_meaning,
    within_meaning,
)
from tawatur.reading.times.pointing import (
    deixis_meaning,
    relday_meaning,
    same_meaning,
    the_past_meaning,
    then_meaning,
    weekday_meaning,
)
from tawatur.reading.times.recurring import set_meaning
from tawatur.reading.times.units import the_unit_meaning, this_unit_meaning, unit_meaning
from tawatur.reading.times.values import Context, Meaning, Timex
from tawatur.reading.times.years import (
    century_meaning,
    decade_meaning,
    named_year_meaning,
    short_year_meaning,
    year_meaning,
)

_N = "[mdznw!]"
_UNIT = "[JKHU12]"
_PAIR = r"(?P<mon>[MO](?:[/-][MO]|\([MO]\)|[MO](?![a-zA-Z]))?)"
_REL = "(?P<rel>[LXT]?)"
_MOD = "(?P<mod>[GAE]{0,4})"
_FRAME = "(?:l(?=[BIN]))?(?P<frame>(?:[BIN][-]?p?p?l?)?)"
_FRAME_OR_ABOUT = _FRAME.replace("[BIN]", "[BINA]")
_YEAR = r"(?P<y>y)"
_OF_YEAR = r"(?=J?(?P<yrel>[LXT]))(?:[LXT]J|J[LXT])"  # of last year
_WHICH_YEAR = rf"(?:{_OF_YEAR}|J)"  # of the year, of next year

_RULES: tuple[tuple[str, Build], ...] = (
    # days
    (
        rf"(?:l?(?P<part>P)p?)?l?[HR1]?(?:(?P<wd>D),?)?l?[H1]?(?P<d>[mdo])p?K?{_PAIR},?p?l?{_OF_YEAR}",
        date_meaning,
    ),
    (rf"l?K?{_PAIR},?p?l?{_OF_YEAR}", month_meaning),
    (r"l?(?P<d>[mdo])pl?(?P<u>K)(?P<rel>[LXT])", day_of_month_meaning),
    (r"l?(?P<d>o)p(?P<rel>[LXT])(?P<u>K)", day_of_month_meaning),
    (rf"l?(?P<u>U)p?l?(?P<d>[md]){_PAIR}(?:p?J?{_YEAR})?", week_of_meaning),
    (rf"l?(?P<n>o)(?P<u>[@w])pl?K?{_PAIR}(?:p?J?{_YEAR})?", part_of_month_meaning),
    (rf"l?(?P<u>[9@])(?:(?P<n>o)|L)pl?K?{_PAIR}(?:p?J?{_YEAR})?", part_of_month_meaning),
    (rf"l?(?P<n>o)(?P<u>U)p?l?K?{_PAIR}(?:p?J?{_YEAR})?", week_of_month_meaning),
    (rf"l?[L0](?P<u>U)p?l?K?{_PAIR}(?:p?J?{_YEAR})?", week_of_month_meaning),
    (rf"l?(?P<u>U)(?:(?P<n>o)|L(?=p))p?l?K?{_PAIR}(?:p?J?{_YEAR})?", week_of_month_meaning),
    (
        rf"(?:l?(?P<part>P)p?)?l?[HR1T]?(?:(?P<wd>D),?)?l?[H1]?(?P<d>[mdo])(?:Hp)?p?K?{_PAIR}(?:\.?,?p?J?{_YEAR}j?)?{_REL}(?!h)",
        date_meaning,
    ),
    (
        (
            rf"b?(?:l?(?P<part>P)p?)?l?H?D?(?P<d>[mdo])(?:[a,]+l?H?[mdo])*[a-]l?D?(?P<d2>[mdo])p?K?{_PAIR}"
            rf"(?:,?p?J?{_YEAR})?{_REL}"
        ),
        date_meaning,
    ),
    (r"(?P<a>[md])(?P<sep>[/.-])(?P<b>[md])(?P=sep)(?P<y>[ymdz])", numeric_meaning),
    (rf"(?P<d>[md])-{_PAIR}-{_YEAR}(?P<rel>)", date_meaning),
    (r"(?P<y>y)(?P<sep>[/-])(?P<b>m)(?P=sep)(?P<d>[md])", iso_meaning),
    (r"(?P<y>y)[/-](?P<y2>[ymdz])(?P<era>)(?![/.:%$-])", year_meaning),  # "2013-14"
    (
        r"(?:Pp?)?l?[HR1]?(?:D,?)?(?P<d>[mdo])p?K?(?P<mon>c)(?:p?J?(?P<y>[yn])h?)?",
        hijri_date_meaning,
    ),
    (
        r"l?H?(?P<d>[mdo])[a-](?P<d2>[mdo])p?K?(?P<mon>c)p?J?(?P<y>[yn])h?",
        hijri_date_meaning,
    ),
    (r"K(?P<mon>c)(?:p?J?(?P<y>[yn])h?)?(?P<rel>[LXT]?)", hijri_date_meaning),
    (r"l?(?P<mon>c)(?P<rel>[LXT])", hijri_date_meaning),
    (r"(?<=[iufgrbNBI])l?(?P<mon>c)", hijri_date_meaning),
    (r"(?P<mon>c)p?J?(?P<y>[yn])h?", hijri_date_meaning),
    (r"(?P<n>n)W(?P<mon>[MO])(?P<y>[mdzy])", dtg_meaning),
    # months
    (rf"l?K?{_PAIR}\.?,?p?J?{_YEAR}(?P<rel>)", month_meaning),
    (rf"l?K?{_PAIR}(?P<rel>[LXT])", month_meaning),
    (rf"(?P<rel>[LXT]){_PAIR}", month_meaning),
    (rf"(?:(?<=[piruBINb])|(?<=Ma)|(?<=bOa)|K)l?{_PAIR}(?P<y>)(?P<rel>)", month_meaning),
    (r"l?K?(?P<mon>M(?:[/-][MO]|\([MO]\))?)(?P<y>)(?P<rel>)", month_meaning),
    (rf"l?(?P<u>K)(?P<rel>[LXT])\({_PAIR}\)?", unit_meaning),
    (rf"(?P<rel>[LXT])(?P<u>K),?\({_PAIR}\)", unit_meaning),
    # years, decades, centuries
    (r"T(?P<y>y)(?P<era>)", year_meaning),
    (r"l?J(?P<y>w)(?P<era>)", year_meaning),
    (r"l?8p?(?P<y>y)(?P<era>)", year_meaning),
    (r"l?J,?(?P<y>y)(?P<era>h?)(?![JKHU%$])", year_meaning),
    (r"(?P<y>y)(?P<era>h)", year_meaning),
    (r"(?:(?<=[piubarBINvft,(/tGEA8-])|^)(?P<y>y)(?!\s*[JKHU%$:]|[-/][md][-/])", year_meaning),
    (r"(?P<y>y)(?=[),.;:a~-])(?!-[md]-)", year_meaning),
    (r"(?<=[_l!])(?P<y>y)(?=[_pbi=])", named_year_meaning),
    (r"l?(?P<dec>Z)(?:p?C(?P<rel>L)|p?C(?P<cent>o))?", decade_meaning),
    (r"l?2(?P<dec>[yzw])", decade_meaning),
    (r"l?C(?P<n>o)", century_meaning),
    (r"l?(?P<n>o)C", century_meaning),
    (r"C(?P<n>)(?P<rel>[LXT])", century_meaning),
    (r"(?<=[pr])(?P<y>z)(?![a-zA-Z%$_])", short_year_meaning),
    (r"l?(?P<s>S)p?J?(?P<y>y)(?P<rel>)", season_meaning),
    (r"l?(?P<s>S)(?P<y>)(?P<rel>[LXT])", season_meaning),
    (r"(?<=a)(?P<s>S)(?P<y>)(?P<rel>)(?![yLXTpJ])", season_meaning),
    (r"(?P<rel>[LXT])(?P<s>S)(?P<y>)", season_meaning),
    (r"l(?P<s>S)(?P<y>)(?P<rel>)(?![yLXTpJ])", season_meaning),
    # what counts from now, or from what was mentioned
    (r"(?:l?(?P<part>P)p?)?H?(?P<r>R)(?:,?H?(?P<wd>D))?", deixis_meaning),
    (r"(?P<rel>T)(?P<part>P)", part_meaning),
    (r"l?(?P<part>P)p?l?H?(?P<wd>D)[pal-]{0,3}(?P<wd2>D)", night_meaning),
    (r"(?P<part>P)", overnight_meaning),
    (r"H?(?P<r>R)p?(?P<part>P)", deixis_meaning),
    (r"(?:(?P<part>P)p?|(?<![pTetoH0g]))(?P<r>1)(?P<wd>D)?(?![LXTQo_]?[LXTQo])", deixis_meaning),
    (r"l?(?P<same>t)", same_meaning),
    (r"[iu](?=[.,;:~)_])", then_meaning),
    (r"l(?P<rel>L)(?=[_.,;:~)])", the_past_meaning),
    (r"(?P<hold>[iufg])p?l?(?P<s>S)(?P<rel>[XL]?)(?![yLXT])", held_season_meaning),
    (r"(?P<hold>[iufg])p?(?P<on>>)", occasion_meaning),
    (r"l?(?P<n>x)(?P<part>P?)", relday_meaning),
    (rf"(?P<rel>[LXT])l?(?P<u>{_UNIT})", unit_meaning),
    (rf"l(?P<rel>[LX])(?P<u>{_UNIT})", unit_meaning),
    (rf"l?(?P<u>{_UNIT})Q?(?P<rel>[LXT])", unit_meaning),
    (rf"l?[BIN][-]?p?l?(?P<u>{_UNIT})(?P<rel>)(?![yLXTD])", this_unit_meaning),
    (r"l(?P<u>U)(?![a-zA-Z0-9-])", the_unit_meaning),
    (r"l(?P<part>P)", part_meaning),
    (r"l?H?(?P<wd>D)(?P<rel>[LXT]?)(?P<part>P?)", weekday_meaning),
    (r"(?P<rel>[LXT])(?P<wd>D)(?P<part>P?)", weekday_meaning),
    (r"l?(?P<part>P)p?H?(?P<wd>D)(?P<rel>[LXT]?)P?", weekday_meaning),
    (
        (
            rf"g{_MOD}q?(?P<n>{_N}|q)?(?:(?<=w)p)?(?P<u>{_UNIT}|V)(?P<half>&?)"
            r"(?!p?[yLXTDMOc])Q?(?P<mod2>A?)(?=(?P<event>p?))"
        ),
        ago_meaning,
    ),
    (rf"{_MOD}(?P<n>{_N}|q)(?P<half>&?)(?P<u>{_UNIT})g", ago_meaning),
    (rf"{_MOD}(?P<n>!)(?P<u>{_UNIT})B", ago_meaning),
    (r"l?(?P<u>J)-[gB]U?", ago_meaning),
    (rf"{_MOD}(?P<u>{_UNIT})g", ago_meaning),
    (
        (
            rf"f{_MOD}(?P<n>{_N}|q)?(?:(?<=w)p)?(?P<u>{_UNIT}|V)(?P<half>&?)(?!p?[yLXTD])Q?(?P<mod2>A?)"
            r"(?=(?P<event>p?))"
        ),
        hence_meaning,
    ),
    (rf"f{_MOD}(?P<n>V|{_N})v(?P<n2>{_N})(?P<u>{_UNIT})(?=(?P<event>p?))", hence_meaning),
    (rf"{_MOD}(?P<n>{_N}|q)(?P<u>{_UNIT})(?P<way>[56NB]|f(?=[,.;)]))(?P<way2>)", from_said_meaning),
    (r"(?P<mod>)(?P<u>U)(?P<way>[5N])(?P<way2>)", from_said_meaning),  # "hours later"
    (rf"(?P<way>)(?P<way2>[56])p?{_MOD}(?P<n>{_N}|q)?(?P<u>{_UNIT}|V)", from_said_meaning),
    (r"(?<=a)(?P<h>[mdzw])(?P<u>U)", hour_meaning),
    (r"A(?P<h>[mdzw])(?P<u>U)", hour_meaning),
    # lengths
    (rf"r{_MOD}(?P<n>[V]|{_N})v(?P<n2>{_N})(?P<u>{_UNIT})", within_meaning),
    (rf"[rfu]{_MOD}(?P<n>{_N})(?P<u>{_UNIT})", within_meaning),
    (rf"[rfu]{_MOD}(?P<u>V)", within_meaning),
    (
        rf"i{_MOD}q?(?P<n>{_N}|q)?(?:(?<=w)p)?(?P<u>{_UNIT}|V)(?P<half>&?)(?!p?[yLXTDMOc])Q?(?P<mod2>A?)",
        since_meaning,
    ),
    (
        rf"l?T?{_MOD}(?P<rel>[LXo]?)(?P<n>{_N})(?:(?<=w)p(?=[JKHU]))?(?P<half>&?)-?(?P<mid>[LX0]?)(?P<u>{_UNIT})(?P<half2>&?)(?P<mod2>A?)[LX]?",
        duration_meaning,
    ),
    (rf"l?{_MOD}(?P<n>{_N}|V)[va-](?P<n2>{_N})(?P<u>{_UNIT})", duration_meaning),
    (rf"l?0q(?P<u>{_UNIT})", duration_meaning),
    (rf"l?(?P<rel>[LX])q(?P<u>{_UNIT})", unit_meaning),
    (rf"0(?P<n>{_N})(?P<u>{_UNIT})", duration_meaning),
    (rf"{_MOD}q(?P<u>{_UNIT})", duration_meaning),
    (rf"l?(?P<u>{_UNIT})(?P<n>w)(?P<rel>[LX])", duration_meaning),
    (r"(?P<mod>[GAE]{0,4})(?P<u>V)(?P<half>&?)(?P<mod2>A?)[LX]?", duration_meaning),
    (rf"(?P<mod>[GE]|(?<=r))(?P<u>{_UNIT})(?!p?[yLXTD])", duration_meaning),
    # what repeats
    (rf"e(?P<n>{_N})?(?P<u>{_UNIT}|V)", set_meaning),
    (rf"{_N}{_UNIT}[!3](?P<u>{_UNIT})", set_meaning),
    (r"e(?P<wd>D)", set_meaning),
    (r"p(?P<day>1)(?=[a.,;)~])", set_meaning),
    (r"e(?P<part>P)", set_meaning),
    (r"e(?P<mon>[MO])", set_meaning),
    (r"(?P<k>k)", set_meaning),
    (rf"(?<=3)(?P<u>{_UNIT})", set_meaning),
    # clock
    (r"(?P<h>[mdz])(?::(?P<min>[mdz]))?(?P<ap>Y)W?,?p?(?P<wd>D)?", clock_meaning),
    (r"(?P<h>[mdz])s(?P<min>[mdz])?(?:,?(?P<wd>D))?", clock_meaning),
    (r"s(?P<h>[mdz]):(?P<min>[mdz])", clock_meaning),
    (r"(?<=[pa])(?P<h>[mdz]):(?P<min>[mdz])(?![:mdz])W?", clock_meaning),
    (r"s(?P<h>o)P?", clock_meaning),
    (r"(?P<h>7)(?P<y>y?)(?!U)", holiday_meaning),
    (r"(?:(?P<rel>[LXT])|l)?(?P<n>o)-?(?P<u>U)(?:p?l?J?(?P<y>y)h?)?", quarter_meaning),
    (r"l?(?P<n>o)(?P<u>@)p?l?J?(?P<y>y)h?", quarter_meaning),
    (r"l?(?P<rel>[LX])(?P<n>)(?P<u>[U@])p?l?J?(?P<y>y)h?", quarter_meaning),
    (rf"l?(?P<n>o)(?P<rel>)-?(?P<u>U)pl?{_WHICH_YEAR}", quarter_meaning),
    (rf"l?(?P<rel>L)(?P<n>)(?P<u>U)pl?{_WHICH_YEAR}", quarter_meaning),
    (rf"(?P<u>9)(?:(?P<n>o)|(?P<rel>L))p{_WHICH_YEAR}", quarter_meaning),
    (r"(?P<u>9)(?P<n>)(?P<rel>L)p?J?(?P<y>y)h?", quarter_meaning),
    (r"(?P<u>9)(?P<n>o)(?:p?l?J?(?P<y>y)h?)?(?P<rel>[LXT]?)", quarter_meaning),
)

# "October 23" is a day in English alone; elsewhere the figure belongs to what follows.
_MONTH_FIRST_RANGE = (
    rf"l?{_PAIR}\.?(?P<d>[mdo])-(?P<d2>[md])(?![:/.][mdz]|[HKJU%$])(?:,?{_YEAR})?(?P<rel>)"
)
_MONTH_FIRST = (
    rf"(?:l?Pp?)?l?(?:(?P<wd>D),?)?l?(?:(?P<part>P)p?)?{_PAIR}\.?(?P<d>[mdo])"
    rf"(?![:/.][mdz]|[HKJU%$])(?:,?{_YEAR})?(?P<rel>)"
)

# The letters of which an expression of each kind holds at least one: a stretch of text
# without them is not searched. Kinds that may stand in a frame are the first group.
_FRAMED: dict[Build, str] = {
    date_meaning: "MO",
    month_meaning: "MO",
    part_of_month_meaning: "MO",
    day_of_month_meaning: "K",
    week_of_month_meaning: "MO",
    week_of_meaning: "MO",
    numeric_meaning: "/.-",
    iso_meaning: "y",
    hijri_date_meaning: "c",
    year_meaning: "yw",
    named_year_meaning: "y",
    decade_meaning: "Z2",
    century_meaning: "C",
    season_meaning: "S",
    same_meaning: "t",
    relday_meaning: "x",
    unit_meaning: "JKHU12",
    weekday_meaning: "D",
    quarter_meaning: "U9@",
    holiday_meaning: "7",
    short_year_meaning: "z",
}
_UNFRAMED: dict[Build, str] = {
    duration_meaning: "JKHU12V",
    since_meaning: "i",
    ago_meaning: "gB",
    hence_meaning: "f",
    set_meaning: "ke3!1",
    clock_meaning: "Ys:",
    hour_meaning: "U",
    dtg_meaning: "W",
    within_meaning: "rfu",
    deixis_meaning: "R1",
    night_meaning: "P",
    then_meaning: "iu",
    the_past_meaning: "L",
    held_season_meaning: "S",
    occasion_meaning: ">",
    overnight_meaning: "P",
    from_said_meaning: "56NB",
    this_unit_meaning: "BIN",
    the_unit_meaning: "U",
    part_meaning: "P",
}
_MAY_BE_ABOUT = (date_meaning, month_meaning, year_meaning)


@lru_cache(maxsize=4096)
def applicable(
    letters: frozenset[str], language: str
) -> tuple[tuple[int, re.Pattern[str], Build], ...]:
    """Return the rules that a stretch with these letters may hold, with their rank."""
    return tuple(
        (rank, pattern, build)
        for rank, (pattern, needs, build) in enumerate(_grammar(language))
        if not letters.isdisjoint(needs)
    )


@cache
def _grammar(language: str) -> tuple[tuple[re.Pattern[str], frozenset[str], Build], ...]:
    """Return the compiled rules in order of preference among equally long ones."""
    rules = (
        ((_MONTH_FIRST_RANGE, date_meaning), (_MONTH_FIRST, date_meaning), *_RULES)
        if language == "en"
        else _RULES
    )
    out: list[tuple[re.Pattern[str], frozenset[str], Build]] = []
    for pattern, build in rules:
        if build in _FRAMED:
            frame = _FRAME_OR_ABOUT if build in _MAY_BE_ABOUT else _FRAME
            whole = re.compile(rf"{frame}(?:{pattern})")
            out.append((whole, frozenset(_FRAMED[build]), framed(build)))
        else:
            out.append((re.compile(pattern), frozenset(_UNFRAMED[build]), build))
    return tuple(out)


def framed(build: Build) -> Build:
    """Let words for begin, middle and end stand before a date."""

    def framed(match: re.Match[str], line: Pieces) -> Meaning | None:
        inner = build(match, line)
        if inner is None:
            return None
        if not letters_at(match, "frame"):
            return inner
        mod = modifier_at(line, match.start("frame"))

        def meaning(context: Context) -> Timex | None:
            timex = inner(context)
            if timex is None or timex.type in ("DURATION", "SET"):
                return timex
            return replace(timex, mod=mod, whole=build is unit_meaning)

        return meaning

    return framed
