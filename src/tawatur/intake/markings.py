"""Which marking does a document carry: a classification, a word of the traffic light?

A marking stands by itself: a line of its own near the head or the foot of the text,
a part of a running head, a field of a header, or for TLP 2.0 the beginning or the end
of the title. The same words within a sentence are what a report tells, and count for
nothing. The words are those of ``tables/markings.tsv``; each has the level that it
amounts to, after the tables of equal levels that states and bodies publish for one
another. What stands beside them on the line (``NOFORN``, a page's number, a day) is
kept as written and not understood.

Cost: one pass over the first and the last lines and the running heads.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from tawatur.intake.tables import rows
from tawatur.model.document import Level, Marking
from tawatur.model.label import Tlp
from tawatur.model.span import Span
from tawatur.model.text import fold

_HEAD_LINES = 12
_FOOT_LINES = 6
_LENGTH = 160  # code points of a line that carries a marking
_TITLE_WORDS = 24
_WORDS = 10  # of the longest marking, with what stands beside it
_EDGE = " \t\u00a0-–—*=#_•·.:;,<>«»\"“”'/|~"
_BRACKETS = "()[]{}"
_SPACED = re.compile(r"(?<![^\W\d_])[A-ZÀ-Ü](?: [A-ZÀ-Ü])+(?![^\W\d_])")
_PARTS = re.compile(r"[^\t|•·]+?(?=\s+[-–—]\s|\s{3,}|[\t|•·]|$)")
_LABEL = re.compile(
    r"^(?:classification|niveau\s+de\s+(?:protection|classification)|protection|protective\s+marking"
    r"|(?:security\s+)?marking|sensitivity|handling|mention|درجة\s+(?:السرية|التصنيف)"
    r"|مستوى\s+السرية|التصنيف\s+الأمني)\s*[:：]\s*",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"^(?:التصنيف|تصنيف)\s*[:：]\s*")  # of a security officer, or of a web page
_TLP = re.compile(r"\bTLP\s?[:：\-]?\s?(?P<word>CLEAR|WHITE|GREEN|AMBER(?:\s?\+\s?STRICT)?|RED)\b")
_BESIDE = (  # caveats, days, pages: nothing that makes a sentence
    r"(?:noforn|nf|orcon|orcon usgov|propin|sipdis|nodis|exdis|limdis|stadis|fgi|fouo|sbu|les"
    r"|si|tk|hcs|eyes only|[a-z]{2,12} eyes only|rel(?:easable)? to [a-z, ]{2,60}"
    r"|special [a-z]{4,12}"
    r"|(?:ne pas|not for) (?:diffuser|communiquer|distribution|publication|further distribution)"
    r"|medical|personal|personnel|urgent|عاجل|شخصي|وشخصي|وعاجل"
    r"|\d{8}|\d{1,4}|(?:page|p|صفحة) \d{1,4}(?: (?:of|sur|de|من) \d{1,4})?)"
)


def unspaced(text: str) -> str:
    """Return ``text`` with words that are written letter by letter put together."""
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text)


def markings(text: str, lines: Sequence[Span], margins: Iterable[Span] = ()) -> tuple[Marking, ...]:
    """Return the markings that a text carries, in order of place, each level or word once.

    Args:
        text: The rendition.
        lines: Its lines in order, running heads left out.
        margins: Running heads and feet, which may say other things beside the marking.
    """
    edges = {*lines[:_HEAD_LINES], *lines[max(0, len(lines) - _FOOT_LINES) :]}
    found = [mark for line in edges for mark in _of_line(text, line)]
    found += [mark for line in margins for mark in _of_margin(text, line)]
    return distinct(sorted(found, key=_place))


def distinct(found: Iterable[Marking]) -> tuple[Marking, ...]:
    """Return the markings in order of place, without those that say what one given before said."""
    said: dict[tuple[Level | None, Tlp | None], Marking] = {}
    for mark in found:
        said.setdefault((mark.level, mark.tlp), mark)
    return tuple(sorted(said.values(), key=_place))


def _place(mark: Marking) -> int:
    return mark.span.start if mark.span is not None else 0


def marking_of(value: str, found_in: str, span: Span | None = None) -> Marking | None:
    """Return the marking that a field made for one holds, None where it is no known one."""
    told = _TLP.search(value.upper())
    if told is not None:
        return _light(told, value, found_in, span)
    level = _level(value, labelled=True)
    return None if level is None else Marking(value, found_in, span, level)


def _of_line(text: str, line: Span) -> Iterator[Marking]:
    """Yield the marking that a line is, and the word of the traffic light at its ends."""
    said = line.of(text)
    if len(said) > _LENGTH:
        return
    yield from _lights(text, line)
    if len(said.split()) > _WORDS and unspaced(said) == said:
        return
    parts = [part for part in _parts(said) if not _is_light(part[0])]
    levels = [_level(part, labelled=False) for part, _ in parts]
    first = next((level for level in levels if level is not None), None)
    if first is not None and all(
        level is not None or _beside(part) for level, (part, _) in zip(levels, parts, strict=True)
    ):
        label = _LABEL.match(said) or _CATEGORY.match(said)
        span = Span(line.start + (label.end() if label else 0), line.end)
        yield Marking(" ".join(span.of(text).split()), "line", span, first)


def _of_margin(text: str, line: Span) -> Iterator[Marking]:
    """Yield the markings among the parts of a running head."""
    yield from _lights(text, line, "page header")
    for part, at in _parts(line.of(text)):
        level = _level(part, labelled=False)
        if level is not None:
            span = Span(line.start + at, line.start + at + len(part))
            yield Marking(part, "page header", span, level)


def _lights(text: str, line: Span, found_in: str = "line") -> Iterator[Marking]:
    said = line.of(text)
    for told in _TLP.finditer(said):
        before, after = said[: told.start()].strip(), said[told.end() :].strip()
        bare = not before.strip(_EDGE + _BRACKETS) or not after.strip(_EDGE + _BRACKETS)
        sentence = after.endswith((".", "؟", "!")) or len(said.split()) > _TITLE_WORDS
        if found_in != "line" or (bare and not (sentence and after.strip(_EDGE + _BRACKETS))):
            span = Span(line.start + told.start(), line.start + told.end())
            yield _light(told, told.group(), found_in, span)


def _light(told: re.Match[str], value: str, found_in: str, span: Span | None) -> Marking:
    word = "".join(told["word"].split()).replace("WHITE", "CLEAR")  # its name until 2022
    return Marking(value, found_in, span, tlp=Tlp(f"TLP:{word}"))


def _is_light(part: str) -> bool:
    return _TLP.fullmatch(part.strip(_EDGE + _BRACKETS)) is not None


def _parts(said: str) -> list[tuple[str, int]]:
    """Return the parts of a line that stand apart, without what adorns them, and their places."""
    found = []
    for part in _PARTS.finditer(said):
        bare = part.group().strip(_EDGE)
        if bare:
            found.append((bare, part.start() + part.group().index(bare)))
    return found


def _level(part: str, *, labelled: bool) -> Level | None:
    """Return the level that a part of a line states, None if it is anything else."""
    label = _LABEL.match(part)
    category = _CATEGORY.match(part)
    shown = part[label.end() if label else category.end() if category else 0 :]
    bare = unspaced(shown).strip(_EDGE + _BRACKETS)
    labelled = labelled or label is not None
    bracketed = shown[:1] in tuple(_BRACKETS) and shown[-1:] in tuple(_BRACKETS)
    loud = labelled or bracketed or bare == bare.upper()
    for alone, pattern in _patterns():
        if alone == "any" or (labelled if alone == "label" else loud):
            found = pattern.fullmatch(fold(bare).text)
            if found is not None:
                return _levels()[_squeezed(found["mark"])]
    return None


def _beside(part: str) -> bool:
    folded = fold(part.strip(_EDGE + _BRACKETS)).text
    return _caveat().fullmatch(folded) is not None


@cache
def _caveat() -> re.Pattern[str]:
    return re.compile(rf"{_BESIDE}(?:[\s,;/|–—-]+{_BESIDE})*")


@cache
def _levels() -> dict[str, Level]:
    return {
        _squeezed(fold(words).text): Level(row["level"])
        for row in rows("markings")
        for words in row["words"].split("|")
    }


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of the words that stand alone in each way, with what may follow."""
    found = []
    for alone in ("any", "capitals", "label"):
        terms = [
            r"[\s\-:]*".join(map(re.escape, fold(words).text.split()))
            for row in rows("markings")
            if row["alone"] == alone
            for words in row["words"].split("|")
        ]
        terms.sort(key=len, reverse=True)
        body = "|".join(terms)
        found.append((alone, re.compile(rf"(?P<mark>{body})(?:[\s,;/|–—-]+{_BESIDE})*")))
    return tuple(found)


def _squeezed(folded: str) -> str:
    return re.sub(r"[\s\-:]+", "", folded)
