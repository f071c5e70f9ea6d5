"""What does each figure of a text count?

A quantity is a figure with what it counts: people, soldiers, money, distances,
percentages; "the fifth round" is an ordinal, "a number of officers" a quantity
without a figure. Like time expressions it is a pattern over the kinds of pieces
(`tawatur.reading.pieces`), and it never stands inside one of those.

In Arabic the counted noun is indefinite after a figure ("5 دول"), or follows "من"
("12 من حراس الحدود"); a definite one after a figure belongs to something else.

Here stand the figures with their noun behind them, shares and ordinals; ranges, figures
without a noun and what Arabic counts without a figure have modules of their own.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from tawatur.model.reading import Quantity, TimeExpression
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.cues import group
from tawatur.reading.pieces import LANGUAGES, Pieces, pieces
from tawatur.reading.quantity_arabic import counted_by_words, definite_counts, duals
from tawatur.reading.quantity_bare import bare_figures, parts_of_wholes, toll_figures
from tawatur.reading.quantity_phrases import (
    BOUNDS,
    SCALES_ALONE,
    Words,
    bound_of,
    is_definite,
    is_label,
    is_of,
    phrase_length,
    rounded,
    unit_of,
    words_of,
)
from tawatur.reading.quantity_ranges import Place, lower_end, ranged

_NUMBER = "[mdzynw]"


# With what may be counted: a figure, then at most one "of", then words that are in no table.
_AMOUNT = re.compile(
    rf"(?P<mod>[GAE]{{0,4}})(?:(?P<pre>\$)(?P<n1>{_NUMBER})(?P<mod2>A?)"
    rf"|(?P<n2>{_NUMBER})(?P<money>p?[$])"
    rf"|(?P<n3>{_NUMBER})(?P<measure>%)"
    rf"|(?P<n4>{_NUMBER})(?:(?P<of>(?:pl?)?)o?(?P<noun>_+))?"
    rf"|(?P<vague>\#)(?:(?P<of2>p?)(?P<noun2>[_%]+))?"
    rf"|(?P<share>@)(?P<noun3>_?)|(?P<times>\*))"
)


_ORDINAL_AFTER = re.compile(r"_o")


_ORDINAL_BEFORE = re.compile(r"o[_H]")


def quantities(
    text: str,
    folded: Folded,
    spans: tuple[Span, ...],
    language: str,
    times: tuple[TimeExpression, ...],
) -> tuple[Quantity, ...]:
    """Return the figures of the main stretches with what they count, in order.

    ``value`` is None where the text gives no figure, of a range its lower end; ``unit`` is an
    ISO 4217 code, a unit of measure, ``ordinal``, ``share``, a singular English noun, or None
    if no table has the noun; ``of`` is the counted phrase as it stands; ``bound`` is about,
    at least, at most.

    Args:
        text: The rendition.
        folded: The same, folded.
        spans: Its main stretches, in order.
        language: ``ar``, ``fr`` or ``en``; any other gives nothing.
        times: Its time expressions, in order; no quantity overlaps one.
    """
    if language not in LANGUAGES:
        return ()
    line, words = pieces(folded, language), words_of(language)
    found = [
        *_amounts(line, words, text, folded, language),
        *parts_of_wholes(line, words, text, folded, language),
        *bare_figures(line, words, text, folded, language),
        *_ordinals(line, folded, language),
        *_several(words, text, folded),
        *toll_figures(line, words, text, folded, language),
    ]
    if language == "ar":
        found += duals(line, words, text, folded)
        found += definite_counts(line, words, text, folded)
        found += counted_by_words(line, words, text, folded)
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    starts = [span.start for span in spans]
    taken = [time.span for time in times]
    at_time = [span.start for span in taken]
    out: list[Quantity] = []
    for quantity in found:
        span = quantity.span
        home = bisect_right(starts, span.start) - 1
        if home < 0 or span.end > spans[home].end or (out and span.start < out[-1].span.end):
            continue
        near = bisect_right(at_time, span.end - 1) - 1
        if near >= 0 and taken[near].end > span.start:
            continue
        if "\n" in span.of(text).strip("\n") and "\n\n" in span.of(text):
            continue
        out.append(quantity)
    return tuple(out)


def _amounts(
    line: Pieces, words: Words, text: str, folded: Folded, language: str
) -> list[Quantity]:
    out = []
    for match in _AMOUNT.finditer(line.kinds):
        place = _place(match, line, words, text, folded, language)
        if place is None:
            continue
        of = None
        if place.noun:
            of = folded.original(line.starts[place.noun[0]], line.ends[place.noun[1]]).of(text)
        span = folded.original(line.starts[place.first], line.ends[place.last])
        out.append(Quantity(span, place.value, place.unit, of, place.bound, place.high))
    return out


def _place(
    match: re.Match[str], line: Pieces, words: Words, text: str, folded: Folded, language: str
) -> Place | None:
    """Return the figure of ``match`` with all that belongs to it; None if it counts nothing."""
    group = next(g for g in ("n1", "n2", "n3", "n4", "vague", "share", "times") if match[g])
    at = match.start(group)
    low = lower_end(line, at)
    if low is None and is_label(line, at, words):
        return None
    value = None if group == "vague" or line.words[at] in SCALES_ALONE else line.values[at]
    bound = bound_of(match["mod"] or "") or rounded(line.words[at])
    place = Place(match.start(), at, at, value, bound=bound)
    if group in ("n1", "n2", "n3"):
        mark = {"n1": match.start("pre"), "n2": match.end("money") - 1, "n3": match.end() - 1}[
            group
        ]
        sense = line.senses[mark]
        if sense is None or (group == "n3" and not _next_to(line, at, mark)):
            return None
        found: Place | None = replace(place, last=max(at, mark), unit=sense.value)
    elif group in ("share", "times"):
        found = _share(match, place, line, language) if group == "share" else place
    else:
        found = _with_noun(match, place, line, words, text, folded, language)
        if found is None:
            found = _alone(place, line, text, folded, language)
    if found is None:
        return None
    found = _behind(found, line, language)
    if language == "en" and line.words[at - 1 : at + 1] == ("not", "one"):
        return replace(found, first=at - 1, value=0.0)
    return ranged(found, low, line) if low is not None else found


def _with_noun(
    match: re.Match[str],
    place: Place,
    line: Pieces,
    words: Words,
    text: str,
    folded: Folded,
    language: str,
) -> Place | None:
    """Return the figure with the words that it counts, None if none of them follow it."""
    if not (match["noun"] or match["noun2"]):
        return None
    at, of = place.at, match["of"] or match["of2"]
    start = match.start("noun" if match["noun"] else "noun2")
    if of and not is_of(line.words[at + 1]):
        return None
    vague = line.kinds[at] == "#" or line.words[at] in SCALES_ALONE
    length = phrase_length(
        line, start, match.end(), of=bool(of), vague=vague, language=language, words=words
    )
    if not length or "\n" in folded.original(line.starts[at], line.ends[start]).of(text):
        return None
    if language == "ar" and (is_definite(line.words[at]) or line.values[at] == 1) and not vague:
        return None  # both stand after what they count
    last = start + length - 1
    unit = unit_of(line, start, words, language)
    return replace(place, last=last, unit=unit, noun=(start, last))


def _share(match: re.Match[str], place: Place, line: Pieces, language: str) -> Place | None:
    """Return a fraction: "a third", "ثلث المسار"; the Arabic word counts only before its whole."""
    if language == "ar":
        if not match["noun3"]:
            return None
        noun = line.words[place.at + 1]
        if not (
            noun.startswith("ال") or noun in ("ذلك", "هذا", "هذه") or _OWNED_BY.fullmatch(noun)
        ):
            return None
        return replace(place, last=place.at + 1, unit="share", noun=(place.at + 1, place.at + 1))
    if line.words[place.at] == "a third" and match["noun3"]:
        last = place.at + 1  # an ordinal: "a third meeting"
        return replace(place, last=last, value=3.0, unit="ordinal", noun=(last, last))
    of_them = line.words[place.at + 1 : place.at + 2] == ("of",) and (
        line.words[place.at + 2 : place.at + 3] in _THEM
    )
    last = place.at + 2 * of_them
    whole = None if of_them else _whole(line, place.at, language)
    if whole:
        return replace(place, last=whole[1], unit="share", noun=whole)
    return replace(place, last=last, unit="share")


_OWNED_BY = re.compile(r"\w{3,}(?:هم|هما|هن|ها|نا|كم|ه)")  # "half of our lorries"


_ARTICLES = frozenset(("the", "its", "his", "her", "their", "our", "all", "those", "these"))


def _whole(line: Pieces, at: int, language: str) -> tuple[int, int] | None:
    """Return the pieces of "of its cost", "the street" after an English share."""
    if language != "en":
        return None
    first = at + 1 + (line.words[at + 1 : at + 2] == ("of",))
    if first < len(line.words) and line.words[first] in _ARTICLES:
        noun = first + 1
        return (first, noun) if line.kinds[noun : noun + 1] == "_" else None
    return None


_THEM = (("them",), ("it",), ("whom",))


_OF_THEM = {
    "ar": frozenset(("منهم", "منها", "منهن", "منهما")),
    "fr": frozenset(("d'entre",)),
    "en": frozenset(("of",)),
}


_COUNTS_BARE = {
    "ar": frozenset(("اصل", "بينهم", "بينها", "بينهن", "منهم", "منها")),
    "fr": frozenset(("dont", "sur", "que")),
    "en": frozenset(("including", "only")),
}


_VERBS = frozenset(
    [
        "sont",
        "ont",
        "etaient",
        "avaient",
        "seraient",
        "auraient",
        "furent",
        "seulement",
        "were",
        "are",
        "have",
        "had",
        "died",
        "was",
        "remain",
        "remained",
        "others",
    ]
)


_MILLION = 1_000_000


def _alone(place: Place, line: Pieces, text: str, folded: Folded, language: str) -> Place | None:
    """Return a figure whose noun was named before: "22 of them", "dont trois", "un millier"."""
    at, word, kind = place.at, line.words[place.at], line.kinds[place.at]
    before = line.words[at - 1] if at else ""
    after = line.words[at + 1 : at + 3]
    if kind == "#":
        return None if language == "ar" and word.startswith("ال") else place
    if after and after[0] in _OF_THEM[language]:
        if language == "ar":
            return replace(place, last=at + 1)
        if language == "en" and after[1:] not in _THEM:
            return None
        return replace(place, last=at + 2) if language == "en" else place
    number = line.values[at]
    if number is None or "\n" in folded.original(line.starts[max(0, at - 1)], line.ends[at]).of(
        text
    ):
        return None
    if language == "ar" and kind == "w" and number >= _MILLION and not is_definite(word):
        return place  # "an increase of two billion"
    rounded = language == "fr" and word.endswith(_ROUND)
    elided = before in _COUNTS_BARE[language] and kind in "mdznw"
    verb = bool(after) and after[0] in _VERBS and kind == "w" and line.kinds[at - 1 : at] != "l"
    if language == "ar" and is_definite(word):
        return None
    return place if rounded or elided or verb else None


_COMPARING = (" من", " عن", " علي", " than", " of", " de", " d'", " d '")


_ROUND = ("aine", "aines", "millier", "milliers")


def _behind(place: Place, line: Pieces, language: str) -> Place:
    """Read the bound behind a figure: "21 people at least", "ten Afghan soldiers at least"."""
    if place.bound is not None:
        return place
    kinds, last = line.kinds, place.last
    behind = last + 1 + (language == "ar" and kinds[last + 1 : last + 3] == "_G")
    if line.words[behind : behind + 1] and line.words[behind].endswith(_COMPARING):
        return place  # "at least" stands behind a figure, "more than" before the next
    if behind > last + 1:
        return replace(place, last=last + 2, bound="at least")  # the adjective stands between
    if kinds[last + 1 : last + 2] in ("G", "A", "E") and _ends(line, last):
        return replace(place, last=last + 1, bound=BOUNDS[kinds[last + 1]])
    return place


def _ends(line: Pieces, last: int) -> bool:
    """Return whether the bound after a figure belongs to it, not to another that follows."""
    return line.kinds[last + 2 : last + 3] not in tuple("mdyznw$")


def _next_to(line: Pieces, one: int, other: int) -> bool:
    return abs(one - other) == 1


_OWNED = re.compile(r"(\w{3,}?)(?:هم|هما|هن|ها|نا|كم)")  # "their fourth summit"


# With an ordinal these name an office or a rank.
_RANKS = frozenset(
    [
        *("ministre", "secretaire", "vice", "president", "adjoint", "rang", "lieu", "plan"),
        *("minister", "lady", "secretary", "deputy", "lieutenant", "sergeant", "class", "name"),
        *("hand", "place", "instance"),
    ]
)


def _ordinals(line: Pieces, folded: Folded, language: str) -> list[Quantity]:
    out = []
    pattern = _ORDINAL_AFTER if language == "ar" else _ORDINAL_BEFORE
    for match in pattern.finditer(line.kinds):
        at = match.start() + (language == "ar")
        value = line.values[at]
        noun = line.words[match.start() if language == "ar" else match.start() + 1]
        if value is None or len(noun) < 3 or (language != "ar" and noun in _RANKS):
            continue
        if (
            language != "ar"
            and value < 2
            and (noun in group(language, "not_counted") or noun[-2:] == "ly")
        ):
            continue
        owned = _OWNED.fullmatch(noun)
        definite = noun.startswith(("ال", "لل")) or owned is not None
        ordinal = line.words[at]
        feminine = ordinal.endswith("ه") or value == 1
        told = owned[1] if owned else noun
        if language == "ar" and (
            ordinal.startswith("ال") != definite or feminine != told.endswith(("ه", "ت"))
        ):
            continue
        span = folded.original(line.starts[match.start()], line.ends[match.end() - 1])
        out.append(Quantity(span, value, "ordinal", None))
    return out


def _several(words: Words, text: str, folded: Folded) -> list[Quantity]:
    out = []
    for match in words.several.finditer(folded.text):
        span = folded.original(match.start(1), match.end(2))
        of = folded.original(match.start(2), match.end(2)).of(text)
        out.append(Quantity(span, None, words.counted.get(match[2]), of))
    return out
