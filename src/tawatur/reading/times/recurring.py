"""What do times say that come again: daily, every Friday, twice a year?"""

import re

from tawatur.reading.pieces import Pieces
from tawatur.reading.times.matched import count_of, letters_at, months_of, number_at, sense_at
from tawatur.reading.times.values import Meaning, Timex, duration, fixed

_PAPERS = frozenset(("quotidien", "hebdomadaire", "mensuel"))


def set_meaning(match: re.Match[str], line: Pieces) -> Meaning | None:
    """What repeats: every Monday, yearly."""
    code = sense_at(match, line, "k")
    if line.words[match.start()] in _PAPERS and line.kinds[match.start() - 1 : match.start()] in (
        "l", "!", "p",
    ):  # fmt: skip
        return None  # "le quotidien El Watan"
    if code:
        return fixed(Timex(None if code == "X" else code, "SET"))
    if "day" in match.re.groupindex:  # "five tankers a day"
        told = re.search("[mdznw#]", line.kinds[max(0, match.start() - 3) : match.start()])
        return fixed(Timex("P1D", "SET")) if told else None
    if letters_at(match, "wd"):
        return fixed(Timex(f"XXXX-WXX-{number_at(match, line, 'wd')}", "SET"))
    if letters_at(match, "mon"):
        return fixed(Timex(f"XXXX-{months_of(match, line)[0]:02}", "SET"))
    if letters_at(match, "part"):
        return fixed(Timex("P1D", "SET"))
    counted = count_of(match, line)
    if counted is None:
        return None
    return fixed(Timex(duration(counted[0] or 1.0, counted[2]), "SET"))
