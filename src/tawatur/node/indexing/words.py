"""Words for finding: folded, without Arabic proclitics and article, without plural endings.

Light on purpose: a search for الهجوم finds هجوم, بالهجوم and وهجوم, and one for
"attaques" finds "attaque"; it does not try to know roots.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.weighing import name_sounds

_WORD = re.compile(r"\w+")
_PROCLITICS = re.compile(r"(?:[وف]?(?:ال|بال|كال|فال|لل)|[وف](?=\w{4}))(?=\w{3})")
_BEFORE_MORE = re.compile(r"(?:[وف]?(?:ال|بال|كال|فال|لل))(?=\w{2})|[وف](?=\w{3})")
"""Proclitics of a word that is not whole yet; less behind them may be anything."""
_LATIN = re.compile(r"[a-z]")
_QUOTED = re.compile('["“”«»„](.*?)["“”«»„]')


def stem(word: str) -> str:
    """Return the form under which a folded word is found."""
    if _LATIN.match(word):
        return word[:-1] if len(word) > 4 and word[-1] in "sx" else word
    return _PROCLITICS.sub("", word, count=1) if len(word) > 3 else word


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of ``text`` in order."""
    return tuple(stem(word) for word in _WORD.findall(fold(text).text))


def beginnings(word: str) -> tuple[str, ...]:
    """Return how the stem of a word may begin of which only the beginning ``word`` is known.

    What looks like the article or a conjunction is one if the word goes on for long enough.
    """
    known = stems(word)
    bare = (_BEFORE_MORE.sub("", stem, count=1) for stem in known)
    return tuple(dict.fromkeys((*known, *bare)))


@dataclass(frozen=True, slots=True)
class Query:
    """Words to be found: each term is the stems of one word, or of words that stand in a row.

    ``open`` are the beginnings of one of which the last of them is, where it need not be whole.
    """

    terms: tuple[tuple[str, ...], ...]
    spoken: tuple[str, ...]  # the words as they were given
    open: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str, *, typing: bool = False) -> "Query":
        """Return what a person asks for; words in quotation marks stand in a row.

        Args:
            text: As it was typed; anything but words counts for nothing.
            typing: Whether more may be typed: then the last word need not be whole.
        """
        quoted = [stems(phrase) for phrase in _QUOTED.findall(text)]
        rest = _QUOTED.sub(" ", text)
        terms = (*quoted, *((stem,) for stem in stems(rest)))
        ends_in_word = bool(rest) and rest[-1].isalnum()
        whole = tuple(_WORD.findall(text))
        begun = beginnings(whole[-1]) if typing and ends_in_word else ()
        return cls(tuple(filter(None, terms)), whole, begun)

    @property
    def each(self) -> "tuple[Query, ...]":
        """One query for each term."""
        spoken = {stem: word for word in self.spoken for stem in stems(word)}
        # What folds to nothing within a word makes two words of it here, and one in the terms.
        return tuple(
            Query((term,), tuple(spoken.get(stem, stem) for stem in term)) for term in self.terms
        )

    @property
    def texts(self) -> str:
        """What full-text search is asked for."""
        found = [f'"{" ".join(term)}"' for term in self.terms]
        if self.open and found:
            found[-1] = "(" + " OR ".join(f'"{begun}"*' for begun in self.open) + ")"
        return " AND ".join(found)

    @property
    def names(self) -> str:
        """What the search of names is asked for: each word, its beginning, or its sound."""
        return " AND ".join(
            "("
            + " OR ".join(
                [f'words : "{begun}"*' for begun in beginnings(word)]
                + [f'sounds : "{sound}"' for sound in sorted(name_sounds(word))]
            )
            + ")"
            for word in self.spoken
            if stems(word)
        )

    def within(self, *texts: str) -> bool:
        """Return whether some texts, taken together, hold all terms, each in a row."""
        return self.among([stems(text) for text in texts])

    def among(self, held: Sequence[Sequence[str]]) -> bool:
        """Return the same for the stems of texts."""
        return all(
            any(self._stands(term, words, number) for words in held)
            for number, term in enumerate(self.terms, 1)
        )

    def _stands(self, term: tuple[str, ...], words: Sequence[str], number: int) -> bool:
        if self.open and number == len(self.terms):
            return any(word.startswith(self.open) for word in words)
        size = len(term)
        return any(tuple(words[at : at + size]) == term for at in range(len(words) - size + 1))

    def places(self, text: str) -> Iterator[Span]:
        """Yield where in ``text`` words of the terms stand, in order."""
        wanted = {stem for term in self.terms for stem in term}
        folded = fold(text)
        for match in _WORD.finditer(folded.text):
            found = stem(match.group())
            if found in wanted or found.startswith(self.open):
                yield folded.original(*match.span())
