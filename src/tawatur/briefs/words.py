"""How times, counts and reasons read in the language of the brief.

English is the source; `tawatur.i18n` holds the other two. A name that goes into a
sentence of another direction stands between Unicode isolates, so that neither
disturbs the order of the other.
"""

import re
from datetime import date

from tawatur.days import day_in_words, month_in_words
from tawatur.figures import in_words
from tawatur.i18n import Translate, translator
from tawatur.model.moment import Moment
from tawatur.model.picture import Reason, RootInterval
from tawatur.model.reading import EventType

_OPEN = {"", ".."}
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURELY_A_DATE = re.compile(r"\d{4}(?:-\d\d|[~?%]|/|$)|\d\d[\dX]X|\.\./|\[\.\.")
_UP_TO = re.compile(r"\[\.\.(.+)\]")
_YEARS = re.compile(r"(\d\d[\dX]X)([~?%]?)")


def marked(message: str) -> str:
    """Return ``message``; the name says that it is translated where it is shown."""
    return message


_QUALIFIERS = {
    "~": marked("around {0}"),
    "?": marked("maybe {0}"),
    "%": marked("maybe around {0}"),
}
_SEASONS = {
    "21": marked("spring {0}"),
    "22": marked("summer {0}"),
    "23": marked("autumn {0}"),
    "24": marked("winter {0}"),
}
EVENT_WORDS = {
    EventType.AGREE: marked("An agreement"),
    EventType.CONSULT: marked("Talks"),
    EventType.SUPPORT: marked("Support"),
    EventType.CONCEDE: marked("A concession"),
    EventType.COOPERATE: marked("Cooperation"),
    EventType.AID: marked("Aid"),
    EventType.RETREAT: marked("A retreat"),
    EventType.REQUEST: marked("A request"),
    EventType.ACCUSE: marked("An accusation"),
    EventType.REJECT: marked("A refusal"),
    EventType.THREATEN: marked("A threat"),
    EventType.PROTEST: marked("A protest"),
    EventType.SANCTION: marked("Sanctions"),
    EventType.MOBILIZE: marked("Mobilisation"),
    EventType.COERCE: marked("Coercion"),
    EventType.ASSAULT: marked("An attack"),
    EventType.STATE: marked("A situation"),
    EventType.CRIME: marked("Crime"),
}
"""What claims are about, in words that accuse nobody."""


def isolated(words: str) -> str:
    """Return ``words`` on one line between first-strong isolate and its end (UAX 9).

    Direction marks of the words' own are left out: unbalanced, they would turn the rest.
    """
    return f"\u2068{' '.join(_CONTROLS.sub('', words).split())}\u2069"


def listed(parts: list[str], language: str) -> str:
    """Return the parts with the comma of the language between them."""
    return ("، " if language == "ar" else ", ").join(parts)


def moment_in_words(edtf: str, language: str) -> str:
    """Return an EDTF time as a sentence says it: ``in April 2012``, ``between 2010 and 2014``.

    What is not EDTF, or says nothing, is returned as it stands, isolated.
    """
    say = translator(language)
    try:
        Moment.parse(edtf)
        if up_to := _UP_TO.fullmatch(edtf):
            return say("not after {0}").format(_inner(up_to[1], language, say))
        if years := _YEARS.fullmatch(edtf):
            return _years(years[1], say)
        if "XXXX" in edtf:
            return isolated(edtf)
        edtf = edtf.replace("-XX", "")
        first, slash, last = edtf.partition("/")
        if not slash:
            words = _one(edtf, language, say)
            bare = edtf[-1] not in _QUALIFIERS and edtf[5:7] not in _SEASONS
            return say(_preposition(edtf)).format(words) if bare else words
        if first in _OPEN and last in _OPEN:
            return isolated(edtf)
        if first in _OPEN:
            return say("not after {0}").format(_inner(last, language, say))
        if last in _OPEN:
            return say("not before {0}").format(_inner(first, language, say))
        return say("between {0} and {1}").format(
            _inner(first, language, say), _inner(last, language, say)
        )
    except ValueError:
        return isolated(edtf)


def reason_in_words(reason: Reason, language: str) -> str:
    """Return the reason, its template translated, times in it in words."""
    say = translator(language)
    return say(reason.template).format(*(_argument(arg, language) for arg in reason.args))


def roots_in_words(roots: RootInterval, language: str) -> str:
    """Return the interval of independent roots as one phrase."""
    say = translator(language)
    if roots.at_least == roots.at_most:
        return say("Independent roots: {0}").format(roots.at_least)
    return say("Independent roots: at least {0}, at most {1}").format(roots.at_least, roots.at_most)


def _years(edtf: str, say: Translate) -> str:
    """Return a year of which not all digits are told as the years it may be."""
    first, last = edtf.replace("X", "0"), edtf.replace("X", "9")
    return say("in one of the years from {0} to {1}").format(first, last)


def _argument(arg: str, language: str) -> str:
    if re.fullmatch(r"[\d.,]+", arg):
        return arg
    if _SURELY_A_DATE.match(arg):
        return moment_in_words(arg, language)
    return in_words(arg, translator(language), isolated)


def _preposition(edtf: str) -> str:
    """Return the message that puts one date into a sentence, by its precision."""
    length = len(edtf.partition("T")[0])
    if length == len("2021"):
        return marked("in the year {0}")
    return marked("in {0}") if length == len("2021-06") else marked("on {0}")


def _inner(edtf: str, language: str, say: Translate) -> str:
    """Return one end of an interval; French gives days their article."""
    words = _one(edtf, language, say)
    is_day = len(edtf.partition("T")[0].rstrip("~?%")) == len("2021-06-08")
    return f"le {words}" if language == "fr" and is_day and edtf[-1] not in _QUALIFIERS else words


def _one(edtf: str, language: str, say: Translate) -> str:
    """Return one date without preposition."""
    bare = edtf.rstrip("~?%")
    day, _, time = bare.partition("T")
    year, _, rest = day.partition("-")
    if not rest:
        words = year
    elif rest in _SEASONS:
        words = say(_SEASONS[rest]).format(year)
    elif len(rest) == len("06"):
        words = f"{month_in_words(date(int(year), int(rest), 1), language)} {year}"
    else:
        words = day_in_words(date.fromisoformat(day), language)
    if clock := re.match(r"\d\d:\d\d", time):
        words += f" {clock.group()}"
    qualifier = _QUALIFIERS.get(edtf[len(bare) :])
    return say(qualifier).format(words) if qualifier else words
