"""What function does a text give a person, in the words right before or after the name?

"The deputy assistant secretary of defence Vicki Huddleston", "Mr X, minister of the
interior,", «وزير الدفاع فلان»: from the first title before the name on, within one clause,
or the apposition after it that begins with one. Forms of address alone are no function.

Known cost: titles are those of the readers' own tables; a function without any is not seen.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tawatur.model.span import Span
from tawatur.model.text import fold_words
from tawatur.reading.tables import rows

MOST_WORDS = 8
"""Words of a function; whatever is longer has run into the sentence around it."""

_BREAK = re.compile(r"[.!?؟:;؛،,\n\"«»“”()\[\]]")
_COMMA = re.compile(r"\s?[,،]\s+")
_PARTICLES = ("", "و", "ف", "ب", "ل", "لل", "ول", "وب", "ولل")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_NO_FUNCTION = frozenset(["honorific", "description"])
_ARTICLES = frozenset(["the", "a", "an", "le", "la", "un", "une", "l", "then", "former", "ancien"])
# Words that part a function from what stands before it in the clause.
_STOPS = frozenset(
    fold_words(
        "ان أن إن انه بان الى إلى مع على عن بعد قبل بين حيث ثم او قال وقال قالت كان هو هي "
        "quant lui to with that after before and said says told by than when while as "
        "que avec après avant et dit par quand selon à"
    ).split()
)


def functions(text: str, language: str, name: Span, people: Iterable[Span]) -> Iterator[Span]:
    """Yield where a text says what a person is, right before a name and right after it.

    Args:
        text: The whole text.
        language: Whose tables of titles are asked.
        name: The place of the name.
        people: The places of all names of people, which a function never goes across.
    """
    others = tuple(people)
    left = max((span.end for span in others if span.end <= name.start), default=0)
    before = _BREAK.split(text[left : name.start])[-1]
    at = _title_in(before, language)
    if at is not None:
        start = name.start - len(before) + at
        yield Span(start, start + len(text[start : name.start].rstrip()))
    after = _COMMA.match(text, name.end)
    if after is not None:
        stop = _BREAK.search(text, after.end())
        apposition = Span(after.end(), stop.start() if stop else len(text))
        alone = not any(apposition.overlap(span) for span in others)
        if alone and _opens_with_title(apposition.of(text), language):
            yield apposition


def _title_in(words: str, language: str) -> int | None:
    """Return where the first title stands that nothing parts from the end of ``words``."""
    found = None
    for number, match in enumerate(reversed(list(_WORD.finditer(words)))):
        if number >= MOST_WORDS or fold_words(match.group()) in _STOPS:
            break
        titled = _before_title(match.group(), language)
        found = found if titled is None else match.start() + titled
    return found


def _opens_with_title(words: str, language: str) -> bool:
    """Return whether an apposition begins with a title, after an article."""
    found = _WORD.findall(words)
    own = [word for word in found if fold_words(word) not in _ARTICLES]
    if not own or len(found) > MOST_WORDS or _STOPS & {fold_words(word) for word in found}:
        return False
    return _before_title(own[0], language) == 0


def _before_title(word: str, language: str) -> int | None:
    """Return how many letters of a word are particles written into a title, None if it is none."""
    for particles in _PARTICLES if language == "ar" else ("",):
        if word.startswith(particles):
            bare = fold_words(word[len(particles) :])
            if {bare, bare.removeprefix("ال")} & _titles(language):
                return len(particles)
    return None


@cache
def _titles(language: str) -> frozenset[str]:
    return frozenset(
        fold_words(row["title"])
        for row in rows(language, "person_titles")
        if row["kind"] not in _NO_FUNCTION
    )
