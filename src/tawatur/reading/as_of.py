"""As of when does a count stand?

A toll that rises is no contradiction, so a count carries the moment up to which it was
made, where the text gives one: "as of Tuesday evening", "حتى مساء الثلاثاء", "selon un
bilan arrêté lundi"; "so far" is the day of telling. The moment is the end of a time
expression that stands in the sentence, never one worked out from elsewhere; and a count
is made by the day of publication at the latest, so what lies beyond that says by when
something is due, and a weekday after "until" is the last of its name.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, lru_cache

from tawatur.model.moment import Moment
from tawatur.model.reading import Quantity, TimeExpression, TimeType
from tawatur.reading.cues import Range, bare_forms, phrases, word_set
from tawatur.reading.tables import rows
from tawatur.reading.text import BREAK, COMMA, STOP, Tokens, fold_word

_REACH = 100  # tokens of a sentence looked at on either side of a time
_TOLL_WITHIN = 10  # tokens before a time in which the toll is named that was given then
_WEEK = timedelta(days=7)
_NO_COUNTS = frozenset({"ordinal", "year"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one text: where its dates stand, and where its figures end, by token."""

    tokens: Tokens
    language: str
    dates: tuple[Range, ...]
    figure_ends: frozenset[int]

    def sentence(self, at: int) -> Range:
        """Return the tokens of the sentence around the token at ``at``."""
        kinds = self.tokens.kinds
        first = end = at
        while first > max(0, at - _REACH) and kinds[first - 1] not in (STOP, BREAK):
            first -= 1
        while end < min(len(kinds), at + _REACH) and kinds[end] not in (STOP, BREAK):
            end += 1
        return first, end

    def has(self, part: str, within: Range) -> int | None:
        """Return the first token of a range whose word plays ``part`` in counting."""
        words = self.tokens.words
        return next((k for k in range(*within) if part in _parts(words[k], self.language)), None)

    def governed(self, part: str, time: Range) -> bool:
        """Return whether words of ``part`` stand right before a time, or open it."""
        words = self.tokens.words
        for cue in _cues(self.language, part):
            n = len(cue)
            if cue in (words[max(0, time[0] - n) : time[0]], words[time[0] : time[0] + n]):
                return True
        return False


def as_of(
    figures: tuple[Quantity, ...],
    times: tuple[TimeExpression, ...],
    tokens: Tokens,
    language: str,
    published: Moment | None,
) -> tuple[Quantity, ...]:
    """Return ``figures`` in order, each count with the moment as of which it stands, where told.

    Args:
        figures: The figures of one text, in order.
        times: Its time expressions, in order.
        tokens: Its tokens.
        language: ``ar``, ``fr`` or ``en``.
        published: When the text was published, as far as that is known.
    """
    counts = {
        at: tokens.within(figure.span)
        for at, figure in enumerate(figures)
        if figure.value is not None and figure.unit not in _NO_COUNTS
    }
    dated = [(tokens.within(t.span), t) for t in times if t.value and t.type is TimeType.DATE]
    if not counts or not dated:
        return figures
    ends = frozenset(end for _, end in counts.values())
    said = _Words(tokens, language, tuple(within for within, _ in dated), ends)
    stands = {
        within: moment.edtf
        for within, time in dated
        if (last := _last(time)) and (moment := _made_by(time, last, within, said, published))
    }
    if not stands:
        return figures
    return tuple(
        replace(figure, as_of=_governing(counts[at], stands, said)) if at in counts else figure
        for at, figure in enumerate(figures)
    )


def _last(time: TimeExpression) -> Moment | None:
    """Return the end of a time as the text gives it; None if it is open."""
    try:
        return Moment.parse((time.value or "").rpartition("/")[2])
    except ValueError:
        return None


def _made_by(
    time: TimeExpression, last: Moment, within: Range, said: _Words, published: Moment | None
) -> Moment | None:
    """Return the moment as of which a time says that something was counted; None if it does not.

    ``last`` is the end of the time.
    """
    so_far = time.anchor == "present" and (time.value or "").startswith("../")
    if not (so_far or _tells(within, said)):
        return None
    today = published.upper if published else None
    if today is None or last.upper is None or last.upper <= today:
        return last
    return _weekday_before(last, within, said)


def _tells(time: Range, said: _Words) -> bool:
    """Return whether words around a time make it that of a count."""
    if said.governed("of", time):
        return True
    opens = said.governed("opening", time)
    if opens or said.governed("until", time):
        sentence = said.sentence(time[0])
        counted = any(said.has(part, sentence) is not None for part in ("count", "given"))
        return counted and (not opens or sentence[0] == time[0] - 1)
    return _toll_given(time, said)


def _toll_given(time: Range, said: _Words) -> bool:
    """Return whether a toll was given, or rose, at a time: a toll issued on Monday.

    "The toll of Monday's attack" was not; what is joined by "and" is another matter.
    """
    before = (max(said.sentence(time[0])[0], time[0] - _TOLL_WITHIN), time[0])
    toll = said.has("toll", before)
    if toll is None or said.has("and", (toll, time[0])) is not None:
        return False
    words = said.tokens.words
    head = time[0] - 1
    while head > toll and "light" in _parts(words[head], said.language):
        head -= 1
    if said.has("given", (toll + 1, time[0])) is not None:
        return "holds" not in _parts(words[head], said.language)
    closed = head + 1 in said.figure_ends or said.tokens.kinds[head] == COMMA
    named = head == toll or "count" in _parts(words[head], said.language)
    return (closed or named) and said.has("given", before) is not None


def _weekday_before(day: Moment, within: Range, said: _Words) -> Moment | None:
    """Return a weekday to come as the last of its name, where nothing is yet to be done."""
    words = said.tokens.words[slice(*within)]
    named = not word_set(said.language, "weekdays").isdisjoint(words)
    sentence = said.sentence(within[0])
    if not named or day.lower != day.upper or day.upper is None:
        return None
    if any(word.isdecimal() for word in words) or said.has("ahead", sentence) is not None:
        return None
    return Moment.parse((day.upper - _WEEK).isoformat())


def _governing(count: Range, stands: dict[Range, str], said: _Words) -> str | None:
    """Return the moment in the sentence of a count that is nearest to it, clause by clause.

    What has a date of its own in its clause is not counted as of one in another.
    """
    first, end = said.sentence(count[0])
    kinds = said.tokens.kinds
    best: tuple[tuple[int, bool, int], str] | None = None

    def pauses(other: Range) -> int:
        return kinds[min(count[1], other[1]) : max(count[0], other[0])].count(COMMA)

    dates = said.dates[bisect_left(said.dates, (first, 0)) : bisect_left(said.dates, (end, 0))]
    dated = any(date not in stands and not pauses(date) for date in dates)
    for date in dates:
        if date not in stands or (dated and pauses(date)):
            continue
        rank = (pauses(date), date[0] < count[0], abs(date[0] - count[0]))
        if best is None or rank < best[0]:
            best = (rank, stands[date])
    return best[1] if best else None


@lru_cache(maxsize=10_000)
def _parts(word: str, language: str) -> frozenset[str]:
    """Return what a folded word does in counting, in Arabic without what is joined to it."""
    known = _known(language)
    forms = bare_forms(word) if language == "ar" else (word,)
    return frozenset().union(*(known.get(form, ()) for form in forms))


@cache
def _known(language: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(language, "as_of"):
        found.setdefault(fold_word(row["words"]), set()).add(row["part"])
    return {word: frozenset(parts) for word, parts in found.items()}


@cache
def _cues(language: str, part: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words for words, row in phrases(language, "as_of") if row["part"] == part)
