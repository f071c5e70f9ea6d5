"""When was the event from which an expression counts, if the text has told its day?

"Since the attack" and "two days after the summit" have the date that the text gave to an
attack or a summit before. What names an event is a noun of action; those of violence are
one event, the first that was dated, as reports call one attack by many names. The word of
a feast or of an election that no date was told of stays without a value.

Cost: a few words around each date, one look-up per expression that counts from an event.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from tawatur.reading.event_types import arabic_candidates, event_of
from tawatur.reading.pieces import Pieces, Sense
from tawatur.reading.tables import rows
from tawatur.reading.text import fold_word
from tawatur.reading.times.values import Timex, finer, grain, moved

_AROUND = 12  # pieces on either side of a date in which a noun is dated by it
_HEAD = 3  # pieces behind the words that count from an event, in which its noun stands
_VIOLENCE = "violence"
_DAY = len("2018-02-01")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?:T|$)")


@dataclass(slots=True)
class Events:
    """The dates of events by the nouns that name them, as far as a text was read."""

    language: str
    folded: str  # the text that the pieces are of
    told: dict[str, Timex] = field(default_factory=dict)

    def remember(self, line: Pieces, first: int, last: int, timex: Timex) -> None:
        """Keep the date of the pieces ``first`` to ``last`` for the nouns of its sentence."""
        if timex.type not in ("DATE", "TIME") or timex.open or not _DATE.match(timex.value or ""):
            return
        for side in (range(first - 1, first - _AROUND, -1), range(last + 1, last + _AROUND)):
            for at in side:
                if not 0 <= at < len(line.kinds) or self._parted(line, at, first):
                    break
                if noun := self._noun(line, at):
                    self.told.setdefault(noun, timex)

    def _parted(self, line: Pieces, at: int, other: int) -> bool:
        """Return whether a stop or the end of a line, of a header or a list, parts two pieces."""
        first, last = sorted((line.starts[at], line.starts[other]))
        return line.kinds[at] == "." or "\n" in self.folded[first:last]

    def _noun(self, line: Pieces, at: int) -> str:
        """Return the noun of an event at ``at``, unless it is one that a date lies off."""
        if line.kinds[at] != "_" or any(map(_lies_off, line.senses[max(0, at - 2) : at])):
            return ""
        return event_noun(line.words[at], self.language)

    def dated(self, line: Pieces, first: int, last: int, timex: Timex) -> tuple[Timex, int]:
        """Return what counts from an event with its date, and its last piece; else unchanged."""
        for at in range(first + 1, min(last + _HEAD + 1, len(line.kinds))):
            if line.kinds[at] in ".,;":
                break
            noun = event_noun(line.words[at], self.language) if line.kinds[at] == "_" else ""
            if noun and "X" in line.kinds[first : last + 1]:
                self.told[noun] = Timex("FUTURE_REF")  # "before the coming summit"
            if noun in self.told:
                found = _from(self.told[noun], timex, line.kinds[first])
                return (timex, last) if found is None else (found, max(at, last))
        return timex, last


def _lies_off(sense: Sense | None) -> bool:
    """Return whether a word says that a date lies before or after what follows."""
    return sense is not None and (sense.letter in "iu5" or sense.value in ("after", "deadline"))


def _from(event: Timex, timex: Timex, opening: str) -> Timex | None:
    """Return the date of an expression from that of its event."""
    coming = event.value == "FUTURE_REF"
    if coming or timex.value == "BEFORE":
        return event if coming and timex.value == "BEFORE" else None
    value, end = (event.value or "").split("T")[0], (event.end or "").split("T")[0] or None
    if timex.value == "OCCASION":
        return Timex(value, open="since" if opening in "if" else "deadline", end=end)
    if timex.shift is None:
        return None
    unit, count = timex.shift
    if len(value) < _DAY and unit not in ("M", "Y"):
        return None
    try:
        day = date.fromisoformat(value if len(value) == _DAY else f"{value}-01")
    except ValueError:
        return None  # no month has that day
    near = grain(moved(day, unit, count), "M" if unit == "Y" else finer(unit))
    if timex.mod == "MORE_THAN":
        return Timex(near, open="until" if count < 0 else "since")
    return Timex(near, mod=timex.mod if timex.mod == "APPROX" else None)


@lru_cache(maxsize=20_000)
def event_noun(word: str, language: str) -> str:
    """Return under which noun a folded word is kept, if it names an event."""
    forms = arabic_candidates(word) if language == "ar" else [word]
    if not _violence(language).isdisjoint(forms):
        return _VIOLENCE
    named = event_of(word, language)
    if named is None or named[1]:
        return ""
    return min((form for form in forms if event_of(form, language)), key=len).removesuffix("s")


@cache
def _violence(language: str) -> frozenset[str]:
    """Return the folded nouns of attacks and accidents."""
    table = rows(language, "scenes")
    return frozenset(fold_word(row["word"]) for row in table if row["part"] == "event")
