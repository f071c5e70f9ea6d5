"""Where does the French or English noun phrase that names a source begin and end?

It reaches to the first person's name, else to a pause; brackets, dependent phrases and
appositions that say who it is belong to it.
"""

from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Naming,
    Range,
    group,
    phrase_heads,
    source_nouns,
    word_set,
)
from tawatur.reading.latin.words import PRONOUNS, noun_key
from tawatur.reading.text import (
    BREAK,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    END_PAREN,
    OPEN,
    OTHER,
    PAREN,
    STOP,
    WORD,
    Tokens,
)
from tawatur.reading.verbs import verb_at

LONGEST_SOURCE = 14
_DEPENDENT = 5  # words
_APPOSED = 14  # words
_APPOSITION = frozenset(
    ("the", "a", "an", "who", "president", "director", "chairman", "head", "chief", "spokesman",
     "spokeswoman", "professor", "executive", "senior", "editor", "founder", "co-founder",
     "including", "le", "la", "l'", "un", "une", "president", "directeur", "directrice", "chef",
     "porte-parole", "professeur", "chercheur", "chercheuse", "responsable", "secretaire")
)  # fmt: skip
_LONGEST_NAME = 6
_AND = frozenset({"and", "et", "but", "mais"})
_ANOTHER = 8  # tokens: "and as many as 31 people according to"
_RESERVE = 9  # tokens
_HEAD_WITHIN = 5  # tokens of a source phrase
_ISSUED_WITHIN = 6  # tokens: issued on Sunday 3 March by
_NAME_OF_OUTLET = 2  # words
_WITHIN_NAMES = frozenset({"of", "the", "de", "du", "des", "d'", "la", "le", "les", "l'", "et"})


def end_of_phrase(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return where a noun phrase at ``at`` ends at the latest: a mark, a relative, "that"."""
    here = at
    while here < end and here - at < 16:
        kind = tokens.kinds[here]
        if kind in (COMMA, STOP, BREAK, COLON, DASH, PAREN, END_PAREN, OPEN, CLOSE):
            break
        if here > at and (
            tokens.words[here] in group(language, "persons_relative")
            or tokens.words[here] in group(language, "that")
            or (tokens.words[here] in _AND and _another_figure(tokens, here + 1, end, language))
        ):
            break
        here += 1
    return here


def _another_figure(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether a figure and its own source begin: selon A et 31 selon B."""
    rest = range(at, min(end, at + _ANOTHER))
    cue = next((k for k in rest if tokens.words[k] in phrase_heads(language, "adverbial_cues")), at)
    return any(word[0].isdecimal() for word in tokens.words[at:cue])


def source_in(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> Range | None:
    """Return the part of a phrase that names its source."""
    first, end = phrase
    while (
        first < end
        and (
            tokens.kinds[first] != WORD
            or tokens.words[first] in group(language, "leading")
            or first in naming.times
        )
        and first not in naming.starts
    ):
        first += 1
    person = naming.first_in((first, min(end, first + LONGEST_SOURCE)), PEOPLE)
    if person and not (person[1] < end and tokens.words[person[1] - 1].endswith("'s")):
        return first, person[1]
    here = first
    while here < end and here - first < LONGEST_SOURCE:
        kind = tokens.kinds[here]
        if kind in (COMMA, PAREN, COLON, DASH, OPEN) or tokens.words[here] in group(
            language, "persons_relative"
        ):
            break
        if here > first and here in naming.times and not noun_key(tokens.words[here], language):
            break
        here += 1
    if here == end and here > first and tokens.words[here - 1].endswith("'s"):
        return None  # a genitive: what follows is a noun
    return (first, here) if here > first else None


def can_speak(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> bool:
    """Return whether the phrase names somebody or something that can be a source."""
    if naming.first_in(phrase, SPEAKERS):
        return True
    if looks_like_a_name(tokens, phrase, language):
        return True
    return any(
        tokens.kinds[k] == WORD and noun_key(tokens.words[k], language)
        for k in range(phrase[0], min(phrase[1], phrase[0] + 7))
    )


def looks_like_a_name(tokens: Tokens, phrase: Range, language: str) -> bool:
    """Return whether every word has a capital and none is a word of grammar, but within it."""
    return all(
        (phrase[0] < k < phrase[1] - 1 and tokens.words[k] in _WITHIN_NAMES)
        or (tokens.kinds[k] == OTHER and k > phrase[0])
        or (
            tokens.kinds[k] == WORD
            and tokens.text[tokens.starts[k]].isupper()
            and tokens.words[k] not in group(language, "determiners")
            and tokens.words[k] not in group(language, "first_person")
            and tokens.words[k] not in PRONOUNS
        )
        for k in range(*phrase)
    )


def head_kind(tokens: Tokens, phrase: Range, language: str) -> str | None:
    """Return the kind of source that the head of a phrase makes.

    An English head stands last before a preposition (state television), a French one first;
    a word such as Herald in a name makes an outlet.
    """
    if _names_outlet(tokens, phrase, language):
        return "outlet"
    ends, nouns = group(language, "head_ends"), source_nouns(language)
    found: str | None = None
    for word in tokens.words[phrase[0] : min(phrase[1], phrase[0] + _HEAD_WITHIN)]:
        if found and word in ends:
            break
        key = noun_key(word, language)
        if key:
            found = nouns[key]
            if language == "fr":
                break
    return found


def _names_outlet(tokens: Tokens, phrase: Range, language: str) -> bool:
    """Return whether a phrase is a name that ends, in French also begins, as those of outlets."""
    first, end = phrase
    if tokens.words[first] in ("the", "le", "la", "l'", "les"):
        first += 1
    if end - first < _NAME_OF_OUTLET or not looks_like_a_name(tokens, (first, end), language):
        return False
    words = word_set(language, "outlet_words")
    ends = tokens.words[end - 1].removesuffix("'s")
    return ends in words or (language == "fr" and tokens.words[first] in words)


def is_document(tokens: Tokens, source: Range, language: str) -> bool:
    """Return whether a subject is something written or counted: a poll shows people content."""
    nouns = source_nouns(language)
    return any(
        nouns.get(noun_key(tokens.words[k], language)) == "document"
        for k in range(source[0], min(source[1], source[0] + 7))
    )


def in_full(tokens: Tokens, source: Range, stop: int, language: str) -> Range:
    """Return a source with what tells who it is: (R-Ky.), of Showtime, the chief of police.

    Brackets, a phrase that depends on it, and an apposition of some words without a verb.
    """
    end = _issued_by(tokens, source, stop, language)
    if end + 1 < stop and tokens.kinds[end] == PAREN:
        close = next(
            (k for k in range(end, min(stop, end + 8)) if tokens.kinds[k] == END_PAREN), end - 1
        )
        end = close + 1
    if end + 1 < stop and tokens.words[end] in ("of", "from", "de", "du", "d'"):
        here = end + 1
        while here < stop and here - end <= _DEPENDENT and tokens.kinds[here] == WORD:
            if tokens.words[here] in group(language, "after_subject") or verb_at(
                tokens, here, language
            ):
                break
            here += 1
        end = here
    if end + 1 < stop and tokens.kinds[end] == COMMA:
        here = end + 1
        while here < stop and here - end <= _APPOSED and tokens.kinds[here] in (WORD, OTHER):
            if verb_at(tokens, here, language):
                return source[0], end
            here += 1
        closed = here >= stop or tokens.kinds[here] in (COMMA, STOP, BREAK)
        first = tokens.words[end + 1] if end + 1 < here else ""
        if closed and here - end > 2 and first in _APPOSITION:
            return source[0], here
    return source[0], end


def _issued_by(tokens: Tokens, source: Range, stop: int, language: str) -> int:
    """Return where a document's name ends, its issuer included: issued on Sunday by the army."""
    if not is_document(tokens, source, language):
        return source[1]
    for k in range(source[1], min(stop, source[1] + _ISSUED_WITHIN)):
        if tokens.kinds[k] != WORD:
            break
        if tokens.words[k] in ("by", "par"):
            return min(stop, end_of_phrase(tokens, k + 1, stop, language))
    return source[1]


def with_reserve(tokens: Tokens, source: Range, stop: int, language: str) -> Range:
    """Return a source with the clause by which it hides its name: who asked not to be named."""
    end = source[1]
    if end >= stop or tokens.words[end] not in group(language, "persons_relative"):
        return source
    for k in range(end + 1, min(stop, end + _RESERVE)):
        if tokens.kinds[k] != WORD:
            break
        if tokens.words[k] in group(language, "anonymity"):
            return source[0], k + 1
    return source


def with_name(
    tokens: Tokens, source: Range, end: int, stop: int, naming: Naming, language: str
) -> Range:
    """Return a source with the name in apposition to it: said the mayor, X."""
    if naming.first_in(source, PEOPLE) or end + 1 >= stop or tokens.kinds[end] != COMMA:
        return source
    named = naming.first_in((end + 1, min(stop, end + 4)), PEOPLE)
    if named:
        apposed = named[1] >= stop or tokens.kinds[named[1]] != WORD
        cites = tokens.words[end + 1] in group(language, "citing")
        return (source[0], named[1]) if apposed and not cites else source
    return source[0], capitalised(tokens, end + 1, stop) or source[1]


def capitalised(tokens: Tokens, at: int, stop: int) -> int:
    """Return the token after two to four capitalised words at ``at``, or 0."""
    here = at
    while here < stop and here - at < _LONGEST_NAME:
        if (
            (tokens.kinds[here] == WORD and tokens.text[tokens.starts[here]].isupper())
            or (tokens.kinds[here] == OTHER and here > at and tokens.words[here] == ".")
            or (tokens.words[here] in ("al", "el", "ag", "ould", "de", "ben", "bin") and here > at)
        ):
            here += 1
        else:
            break
    pause = here >= stop or tokens.kinds[here] != WORD
    return here if pause and here - at >= 2 else 0


def end_of_clause(tokens: Tokens, at: int, end: int) -> int:
    """Return the next pause: what stands up to it belongs to the frame."""
    here = at
    while here < end and tokens.kinds[here] not in (COMMA, STOP, BREAK, OPEN, COLON):
        here += 1
    return here
