"""What do lengths of time say, and what is an age?"""

import re
from dataclasses import replace

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.counting import OF_THE_DAY, counted_off, day_off, from_now, until_now
from tawatur.reading.times.matched import count_of, letters_at, modifier
from tawatur.reading.times.values import Context, Meaning, Timex, duration, fixed


def duration_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """A length: "for eight years", "two or three months"."""
    counted = count_of(match, line)
    if letters_at(match, "mid") and not _plural(line, match.start("u")):
        return None  # "33 million last year"
    if counted is None or (counted[2] == "Y" and _is_age(line, match.start(), match.end())):
        return None
    quarter = counted[2] == "Q" and line.words[match.start("u") - 1] == "a"
    if quarter and (modifier(match) or line.words[match.start() - 1] == "by"):
        return None  # "less than a quarter" of something
    way = line.words[match.end() : match.end() + 1]
    if way in _FROM_EVENT:
        shift = (counted[2], _FROM_EVENT[way] * int(counted[0])) if counted[0] else None
        so_long = duration(counted[0], counted[2])
        return fixed(Timex(so_long, "DURATION", anchor="an event", shift=shift))
    if (
        line.words[match.start() : match.end()] in _SOME_DAY
        and line.kinds[match.start() - 1] != "r"
    ):
        return fixed(Timex("FUTURE_REF"))
    end = duration(counted[1], counted[2]) if counted[1] is not None else None
    length = Timex(duration(counted[0], counted[2]), "DURATION", modifier(match), end=end)
    count, unit = counted[0], counted[2]
    past = "L" in letters_at(match, "mid") + letters_at(match, "rel")
    past = past and line.words[match.start()] != "last"  # "expected to last three weeks"
    if past and count is not None and counted[1] is None:
        return lambda context: until_now(count, unit, context)
    if _is_next(match) and count is not None and counted[1] is None:
        return lambda context: from_now(length, count, unit, context)
    ahead = line.words[match.start() - 1 : match.start()] == ("in",)
    if not ahead or count is None or unit in OF_THE_DAY:
        return fixed(length)

    def meaning(context: Context) -> Timex | None:
        if context.tense <= 0 or not context.known:
            return length
        if counted[1] is not None:  # "will leave in two or three weeks"
            first, last = (day_off(context.day, unit, n).isoformat() for n in (count, counted[1]))
            return Timex(first, "DATE", "APPROX", end=last)
        return replace(length, near=counted_off(context.day, count, unit))  # "will end in ten days"

    return meaning


_FROM_EVENT = {("before",): -1, ("after",): 1, ("avant",): -1, ("apres",): 1}
_SOME_DAY = (("un", "jour"), ("one", "day"))


def _is_next(match: re.Match[str]) -> bool:
    """Return whether a length is of what is to come, by a word before its unit or the last."""
    return "X" in letters_at(match, "mid") + letters_at(match, "rel") + match.group()[-1]


def _plural(line: Pieces, at: int) -> bool:
    sense = line.senses[at]
    return sense is not None and (sense.number == "p" or line.words[at] == "mois")


_HAS = (("a",), ("avait",))
_WHO = (("il",), ("elle",), ("qui",))


_AGED = frozenset(("age", "agee", "ages", "agees", "aged", "عمره", "عمرها", "العمر"))


def _is_age(line: Pieces, first: int, end: int) -> bool:
    """Return whether a length in years is somebody's age: "aged 19 years", "Mr X, 87 ans,"."""
    if any(word in _AGED for word in line.words[max(0, first - 2) : first]):
        return True
    told = line.words[max(0, first - 2) : first]
    if told[-1:] in _HAS and told[:-1] in _WHO:
        return True  # "il a 45 ans"
    if line.words[end : end + 1] == ("old",) or line.words[end : end + 2] == ("-", "old"):
        return True
    if line.words[end : end + 2] == ("من", "العمر"):
        return True
    if line.kinds[first - 1 : first] == "(" and line.kinds[end : end + 1] == ")":
        return True
    before, after = line.kinds[first - 1 : first], line.kinds[end : end + 1]
    return before == "," and after in ("", ",", ".", "a", ")")
