"""Whom does a text name as its own outlet, or as the body that issues it?

An outlet says who it is in what is no sentence: the page's data, a heading, the lines
around the text. Whoever tells that outlet tells the author. The issuer of a cable stands
in its header, that of a bulletin opens its first line; where it is said to speak, the
author speaks of himself.
"""

from dataclasses import dataclass

from tawatur.model.document import Extraction
from tawatur.reading.cues import word_set
from tawatur.reading.text import Sentence, Tokens, fold_words

_ARTICLES = ("ال", "لل")
_WORDS_OF_GRAMMAR = frozenset({"the", "le", "la", "les", "l", "this", "our", "notre"})
_JOINED = ("", "و", "ل", "ب")  # letters before an Arabic name
_HEAD = 3  # lines in which a bulletin says that it is one
_LONGEST_HEAD = 12  # words of a line that only says what the text is
_SHORTEST = 4  # letters of a word that names an issuer


@dataclass(frozen=True, slots=True)
class Masthead:
    """The folded words in which a text names its own outlet, and those that name its issuer."""

    own: str = ""
    issuer: frozenset[str] = frozenset()

    def is_own_outlet(self, name: str) -> bool:
        """Return whether a name as written is that of the text's own outlet."""
        said = " ".join(_bare_words(name))
        return bool(said) and any(f" {letter}{said} " in self.own for letter in _JOINED)

    def is_issuer(self, name: str) -> bool:
        """Return whether a name as written, with nothing more, is that of the text's issuer."""
        words = [_without_article(word) for word in _bare_words(name)]
        long = [word for word in words if len(word) >= _SHORTEST]
        return bool(long) and all(w in self.issuer for w in words)


def masthead(extraction: Extraction, cut_text: Tokens, found: tuple[Sentence, ...]) -> Masthead:
    """Return whom a text names as its own, by all in it that is no sentence."""
    text, at = extraction.text, 0
    parts = [extraction.publisher.value] if extraction.publisher else []
    for sentence in found:
        if not sentence.heading:
            span = cut_text.span(sentence.first, sentence.end)
            parts.append(text[at : max(at, span.start)])
            at = max(at, span.end)
    own = fold_words("\n".join((*parts, text[at:])))
    return Masthead(f" {own} ", _issuer(extraction))


def _issuer(extraction: Extraction) -> frozenset[str]:
    """Return the words that name the issuer of a cable or a bulletin, without articles."""
    posts = word_set(extraction.language, "posts")
    if extraction.header is not None:
        source = fold_words(extraction.header.source or "").split()
        posted = {post for post in posts for word in source if word.endswith(post)}
        return posts if posted else frozenset()
    lines = [line for line in extraction.text.splitlines()[: 2 * _HEAD] if line.strip()][:_HEAD]
    heads = [_without_article(word) for line in lines for word in fold_words(line).split()]
    issued = [line for line in lines if _opens_communique(line, extraction.language)]
    if not lines or not (issued or word_set(extraction.language, "bulletins") & {*heads}):
        return frozenset()
    naming = fold_words(" ".join((lines[0], *issued))).split()
    return frozenset(map(_without_article, naming))


def _opens_communique(line: str, language: str) -> bool:
    """Return whether a line at the head says that a communiqué follows: Communiqué du parti."""
    words = fold_words(line).split()
    named = bool(words) and words[0] in word_set(language, "communiques")
    return named and len(words) <= _LONGEST_HEAD


def _bare_words(name: str) -> list[str]:
    return [word for word in fold_words(name).split() if word not in _WORDS_OF_GRAMMAR]


def _without_article(word: str) -> str:
    return word[2:] if word.startswith(_ARTICLES) and len(word) > _SHORTEST else word
