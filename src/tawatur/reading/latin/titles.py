"""Whom does a role mean in French and English, once the name was given: the minister?

The last person who was called so before. The role stands before the name (Minister X) or
beside it (X, the minister).
"""

from bisect import bisect_left

from tawatur.model.reading import EntityType, Link, SourceKind
from tawatur.reading.cues import PEOPLE, Naming, Range, source_nouns
from tawatur.reading.latin.words import noun_key
from tawatur.reading.memory import words_of
from tawatur.reading.text import COMMA, OTHER, WORD, Tokens
from tawatur.reading.verbs import verb_at

_DEFINITE = frozenset(("the", "le", "la", "l'", "this", "ce", "cette", "cet"))
_AGAIN = ("the", "le", "la", "les", "this", "that", "ce", "cette", "cet", "l")
_THE_LATTER = frozenset(("celui-ci", "celle-ci", "ce dernier", "cette derniere", "the latter"))
_LATTER_WITHIN = 40  # tokens
_ROLE = 5  # words of a role before or after its noun
_ROLE_REACH = 10  # words between a role and the name in apposition to it
_TITLED = 4  # words of "the foreign minister"
_SUBJECT_WITHIN = 16  # tokens
_LONGEST = 3  # words of a noun that points back

_Mention = tuple[int, int, str]


class Roles:
    """The roles of one text, each with the mentions of those who had it."""

    __slots__ = ("_bearers", "_language", "_naming", "_tokens")

    def __init__(self, tokens: Tokens, naming: Naming, language: str) -> None:
        """Take a text; its roles are looked for when first asked about."""
        self._tokens, self._naming, self._language = tokens, naming, language
        self._bearers: dict[str, list[_Mention]] | None = None

    def named(self, phrase: Range) -> Range:
        """Return the mention of whom "the minister" means, or the phrase itself."""
        tokens = self._tokens
        words = [tokens.words[k] for k in range(*phrase) if tokens.kinds[k] == WORD]
        if 2 <= len(words) <= _TITLED and all(len(word) == 1 for word in words):
            return self._of_initials(phrase, words)
        if " ".join(words) in _THE_LATTER:
            return self._mentioned_before(phrase)
        if not 2 <= len(words) <= _TITLED or words[0] not in _DEFINITE:
            return phrase
        if self._naming.first_in(phrase, PEOPLE):
            return phrase
        role = words[-1] if self._language == "en" else words[1]
        if not self._is_role(role):
            return phrase
        if self._bearers is None:
            self._bearers = self._all_bearers()
        mentions = self._bearers.get(role, [])
        before = bisect_left(mentions, (phrase[0], 0, ""))
        return mentions[before - 1][:2] if before else phrase

    def _of_initials(self, phrase: Range, letters: list[str]) -> Range:
        """Return the name written out before whose words begin so: M. S. for Mariama Sylla."""
        words, size = self._tokens.words, len(letters)
        for k in range(phrase[0] - size):
            named = all(words[k + i][:1] == letters[i] for i in range(size))
            if named and all(self._is_name_word(j) for j in range(k, k + size)):
                return k, k + size
        return phrase

    def _mentioned_before(self, phrase: Range) -> Range:
        """Return the last person named, by name or role, before "celui-ci" and "ce dernier"."""
        for k in range(phrase[0] - 1, max(0, phrase[0] - _LATTER_WITHIN), -1):
            named = self._naming.starts.get(k)
            if named and named[2] in PEOPLE:
                return k, named[0]
            if self._is_role(self._tokens.words[k]) and self._tokens.words[k - 1] in _DEFINITE:
                return k - 1, k + 1
        return phrase

    def _is_name_word(self, at: int) -> bool:
        """Return whether a word has a capital and is longer than an initial."""
        tokens = self._tokens
        titled = tokens.kinds[at] == WORD and tokens.text[tokens.starts[at]].isupper()
        return titled and len(tokens.words[at]) > 1

    def role_in(self, sentence: Range) -> Link | None:
        """Return the person whom the subject of a sentence names by a role: the ambassador."""
        tokens, nouns = self._tokens, source_nouns(self._language)
        first, end = sentence
        for k in range(first, min(end, first + _SUBJECT_WITHIN)):
            if verb_at(tokens, k, self._language):
                return None
            key = noun_key(tokens.words[k], self._language)
            if key and nouns[key] in ("named person", "anonymous source"):
                start = k
                while start > first and tokens.kinds[start - 1] == WORD and k - start < _ROLE:
                    start -= 1
                span = tokens.span(start, k + 1)
                return Link(SourceKind(nouns[key]), span.of(tokens.text), span)
        return None

    def _is_role(self, word: str) -> bool:
        key = noun_key(word, self._language)
        return bool(key) and source_nouns(self._language)[key] == "named person"

    def _all_bearers(self) -> dict[str, list[_Mention]]:
        """Return each person's mentions by the role nouns that stand beside them, in order."""
        found: dict[str, list[_Mention]] = {}
        words = self._tokens.words
        for k, (end, entity, kind) in sorted(self._naming.starts.items()):
            if kind != EntityType.PERSON:
                continue
            for near in (self._before_name(k), self._after_name(end)):
                for j in near:
                    if self._is_role(words[j]):
                        found.setdefault(words[j], []).append((k, end, entity))
        return found

    def _before_name(self, at: int) -> range:
        first, commas = at, 0
        while first > 0 and at - first < _ROLE_REACH:
            kind = self._tokens.kinds[first - 1]
            commas += kind == COMMA
            if kind not in (WORD, COMMA, OTHER) or commas > 1:
                break
            if verb_at(self._tokens, first - 1, self._language):
                break
            first -= 1
        return range(first, at)

    def _after_name(self, end: int) -> range:
        tokens = self._tokens
        if end + 1 >= len(tokens) or tokens.kinds[end] != COMMA:
            return range(end, end)
        stop = end + 1
        while stop < len(tokens) and stop - end < _ROLE and tokens.kinds[stop] == WORD:
            if verb_at(tokens, stop, self._language):
                break
            stop += 1
        return range(end + 1, stop)


def names_again(link: Link, known: Link) -> bool:
    """Return whether ``link`` only names ``known`` again by a noun with article: the source."""
    if not link.source_text or not known.source_text:
        return False
    words = words_of(link.source_text)
    if not words or len(words) > _LONGEST or words[0] not in _AGAIN:
        return False
    told = words_of(known.source_text)
    return words[-1] in told and len(told) >= len(words)


def means_document(link: Link) -> bool:
    """Return whether a link only points to a document told of before: the text, the statement."""
    if link.kind is not SourceKind.DOCUMENT:
        return False
    words = words_of(link.source_text or "")
    return len(words) == 2 and words[0] in _DEFINITE
