"""Where does one statement end and the next begin within a stretch of content?

A statement is a clause with its own verb. Lists and appositions stay together;
a joined conjunction before a verb, a relative pronoun after a pause, or a word
such as "whereas" opens the next. A piece too short to state anything goes with
its neighbour.

Known cost: without a tagger, a verb is what a table holds or what begins like one.
"""

from functools import cache, lru_cache

from tawatur.model.text import without_marks
from tawatur.reading.cues import (
    Range,
    arabic_noun_key,
    arabic_past,
    arabic_present,
    forms,
    group,
    phrase_heads,
    word_set,
)
from tawatur.reading.tables import rows
from tawatur.reading.text import (
    BREAK,
    CLOSE,
    COMMA,
    DASH,
    END_PAREN,
    OPEN,
    PAREN,
    STOP,
    WORD,
    Tokens,
    fold_word,
)

_SHORTEST = 4  # words: less states nothing of its own
_VERB_ENDINGS = {"en": ("ed",), "fr": ("aient", "erent", "irent", "eront", "iront", "ait")}
_SHORTEST_VERBLESS = 6
_SHORTEST_AFTER_THAT = 3
_LONG = 8  # words: a relative clause without a pause is cut off only from as long a clause


@cache
def verbs(language: str) -> frozenset[str]:
    """Return the folded forms that are surely verbs: those of the tables that are no nouns too."""
    found: set[str] = set()
    nouns: set[str] = set()
    if language == "ar":
        for row in rows("ar", "events"):
            if row["part"] == "noun":
                nouns.add(fold_word(row["word"]))
                continue
            found |= arabic_past(row["word"]).keys()
            if row["present"] != "-":
                found |= arabic_present(row["present"]).keys()
        for row in rows("ar", "verbs"):
            if row["past"] != "-":
                found |= arabic_past(row["past"]).keys()
            if row["present"] != "-":
                found |= arabic_present(row["present"]).keys()
        found |= {form for form, cue in forms("ar").items() if not cue.participle}
    else:
        for row in rows(language, "events"):
            words = {fold_word(word) for word in row["forms"].split("|")}
            if row["part"] == "noun":
                nouns |= words
            else:
                found |= words
        for row in rows(language, "verbs"):
            found |= {fold_word(word) for word in row["forms"].split("|")}
        found |= forms(language).keys()
    return frozenset(found - nouns)


@cache
def _actions(language: str) -> frozenset[str]:
    return frozenset(
        fold_word(word)
        for row in rows(language, "events")
        if row["part"] == "noun"
        for word in (row["word"].split("|") if language == "ar" else row["forms"].split("|"))
    )


def names_action(word: str, language: str) -> bool:
    """Return whether the folded word is a noun of action, a joined pronoun apart."""
    actions = _actions(language)
    return word in actions or any(
        word.removesuffix(suffix) in actions for suffix in ("ها", "هم", "ه") if language == "ar"
    )


@lru_cache(maxsize=40_000)
def is_verb(word: str, language: str) -> bool:
    """Return whether a folded word is taken for a finite verb."""
    known = verbs(language)
    if language == "ar" and (word in word_set("ar", "not_verbs") or arabic_noun_key(word)):
        return False
    if word in known:
        return True
    if language != "ar":
        return len(word) > 5 and word.endswith(_VERB_ENDINGS.get(language, ()))
    for prefix in ("و", "ف", "س", "وس", "فس"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2 and word[len(prefix) :] in known:
            return True
    core = word
    for prefix in ("وس", "فس", "و", "ف", "س"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            core = word[len(prefix) :]
            break
    if core in known:
        return True
    for suffix in ("هما", "هم", "ها", "نا", "ني", "ه"):
        if core.endswith(suffix):
            rest = core.removesuffix(suffix)
            if rest in known or (rest.endswith("ا") and rest[:-1] + "ي" in known):
                return True
    return len(core) > 3 and core[0] == "ي" and core not in word_set("ar", "not_verbs")


def verb_at(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether the token at ``at`` is taken for a finite verb."""
    if tokens.kinds[at] != WORD or not is_verb(tokens.words[at], language):
        return False
    if language != "ar":
        return True
    # Only nouns end in ta marbuta or in the tanwin of the accusative.
    return (
        not without_marks(tokens.text[tokens.starts[at] : tokens.ends[at]]).endswith("ة")
        and "\u064b" not in tokens.text[tokens.starts[at] : tokens.ends[at]]
    )


def _joined_verb_at(tokens: Tokens, at: int) -> bool:
    """Return whether a conjunction joined to a verb opens the word at ``at``."""
    word = tokens.words[at]
    return (
        len(word) > 3 and word[0] in "وف" and word not in verbs("ar") and verb_at(tokens, at, "ar")
    )


def phrase_at(
    tokens: Tokens, at: int, end: int, language: str, table: str
) -> tuple[int, dict[str, str]] | None:
    """Return the token after the longest phrase of a table at ``at``, and its entry."""
    heads = phrase_heads(language, table)
    word = tokens.words[at]
    entries = heads.get(word)
    stripped = heads.get(word[1:]) if language == "ar" and word[0] in "وف" else None
    if entries is None and stripped is None:
        return None
    for candidates in (entries, stripped):
        for words, row in candidates or ():
            stop = at + len(words)
            if stop <= end and tokens.words[at + 1 : stop] == words[1:]:
                return stop, row
    return None


def cut(tokens: Tokens, region: Range, language: str, *, opened: bool = True) -> tuple[Range, ...]:
    """Return the statements of a region as token ranges in order, without what only joins them.

    ``opened`` says that a verb of saying opened the region, so that its first words
    state something even without a verb that the tables know.
    """
    bounds = _bounds(tokens, region, language)
    pieces = _merged(tokens, bounds, language)
    if len(pieces) == 1 or opened:
        least = 2 if opened else _SHORTEST_LEFTOVER
        if (
            not opened
            and not has_verb(tokens, pieces[0], language)
            and word_count(tokens, pieces[0]) < least
        ):
            return ()
    elif (
        not has_verb(tokens, pieces[0], language)
        and word_count(tokens, pieces[0]) < _SHORTEST_LEFTOVER
    ):
        pieces = pieces[1:]
    found = (_trimmed(tokens, piece, language) for piece in pieces)
    return tuple(
        piece
        for piece in found
        if piece and word_count(tokens, piece) >= 2 and not _is_fragment(tokens, piece, language)
    )


_LONGEST_FRAGMENT = 3


def _is_fragment(tokens: Tokens, piece: Range, language: str) -> bool:
    """Return whether a few Arabic words state nothing.

    So do a copula with its subject alone, a verb with nothing but a pronoun, and a noun
    with definite words only (the end of the summary), which is a phrase and no sentence.
    """
    if language != "ar":
        return False
    words = [tokens.words[k] for k in range(*piece) if tokens.kinds[k] == WORD]
    if len(words) > _LONGEST_FRAGMENT:
        return False
    if len(words) == 2:
        first = words[0].removeprefix("و")
        if first in group("ar", "copulas") or words[1] in group("ar", "bare_pronouns"):
            return True
    definite = all(word.startswith(("ال", "لل")) for word in words[1:])
    return (
        definite
        and not has_verb(tokens, piece, language)
        and words[0] not in group("ar", "negations")
        and not names_action(words[0], language)
    )


_SHORTEST_LEFTOVER = 6


def word_count(tokens: Tokens, piece: Range) -> int:
    """Return how many words a range holds."""
    return tokens.kinds[piece[0] : piece[1]].count(WORD)


def has_verb(tokens: Tokens, piece: Range, language: str) -> bool:
    """Return whether a range holds what is taken for a verb."""
    return any(verb_at(tokens, k, language) for k in range(*piece))


def _bounds(tokens: Tokens, region: Range, language: str) -> list[Range]:
    """Return the pieces between which a cut is grammatical."""
    first, end = region
    pieces: list[Range] = []
    start, depth = first, 0
    for at in range(first, end):
        kind = tokens.kinds[at]
        if kind == PAREN:
            depth += 1
        elif kind == END_PAREN:
            depth = max(0, depth - 1)
        if depth or at <= start:
            continue
        if _cuts_before(tokens, at, (start, end), language):
            pieces.append((start, at))
            start = at
    pieces.append((start, end))
    return pieces


def _cuts_before(tokens: Tokens, at: int, region: Range, language: str) -> bool:
    start, end = region
    kind = tokens.kinds[at]
    if kind in (STOP, BREAK):
        return True
    if kind != WORD:
        return False
    previous = tokens.kinds[at - 1]
    if previous == STOP:
        return True
    paused = previous in (COMMA, DASH) or (
        previous == CLOSE and at - 2 >= start and tokens.kinds[at - 2] == COMMA
    )
    if language == "ar" and tokens.words[at] in word_set("ar", "relatives") and not paused:
        return (
            word_count(tokens, (start, at)) >= _LONG
            and has_verb(tokens, (start, at), language)
            and _words_to_pause(tokens, at, end) >= _LONG
        )
    opener = phrase_at(tokens, at, end, language, "clause_openers")
    if opener:
        how = opener[1]["how"]
        if how == "action":
            return paused and opener[0] < end and names_action(tokens.words[opener[0]], language)
        if how == "any" or (how == "pause" and paused):
            return (
                has_verb(tokens, (start, at), language)
                or word_count(tokens, (start, at)) >= _SHORTEST_VERBLESS
                or (paused and has_verb(tokens, (at, min(end, at + 4)), language))
            )
        if how == "verb":
            return (
                opener[0] < end
                and (
                    verb_at(tokens, opener[0], language)
                    or (opener[0] + 1 < end and verb_at(tokens, opener[0] + 1, language))
                )
                and has_verb(tokens, (start, at), language)
            )
        return False
    if language == "ar" and _joined_verb_at(tokens, at):
        return has_verb(tokens, (start, at), language) or paused
    if paused:
        if tokens.words[at] == "قد":
            return False
        if language == "ar" and verb_at(tokens, at, language):
            return has_verb(tokens, (start, at), language)
        return _independent(tokens, at, end, language) and has_verb(tokens, (start, at), language)
    return False


def ends_nested(tokens: Tokens, at: int, region: Range, language: str) -> bool:
    """Return whether the content of a nested speaker ends before ``at``."""
    opener = phrase_at(tokens, at, region[1], language, "clause_openers")
    word = tokens.words[at]
    if language == "ar" and word.startswith("وان") and len(word) <= 6:
        return False
    if opener and opener[1]["how"] == "any":
        return True
    return tokens.kinds[at - 1] == COMMA and _cuts_before(tokens, at, region, language)


def last_clause(tokens: Tokens, region: Range, language: str) -> int:
    """Return the token at which the last clause of a region begins."""
    return _bounds(tokens, region, language)[-1][0]


def _words_to_pause(tokens: Tokens, at: int, end: int) -> int:
    """Return how many words stand before the next pause."""
    words = 0
    for k in range(at, end):
        if tokens.kinds[k] in (COMMA, STOP, BREAK):
            break
        words += tokens.kinds[k] == WORD
    return words


def _independent(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether what follows a pause, up to the next, is a clause with a verb of its own."""
    words = 0
    for k in range(at, end):
        if tokens.kinds[k] in (COMMA, STOP, BREAK):
            break
        if tokens.kinds[k] != WORD:
            continue
        words += 1
        if words > 1 and verb_at(tokens, k, language):
            if phrase_at(tokens, k - 1, end, language, "relatives"):
                return False
            return not _after_relative(tokens, at, k, language)
    return False


def _after_relative(tokens: Tokens, at: int, verb: int, language: str) -> bool:
    heads = phrase_heads(language, "relatives")
    return any(tokens.words[k] in heads for k in range(at, verb))


def _merged(tokens: Tokens, pieces: list[Range], language: str) -> list[Range]:
    """Return the pieces with those too short to state anything joined to a neighbour."""
    found: list[Range] = []
    for piece in pieces:
        words = word_count(tokens, piece)
        verb = has_verb(tokens, piece, language)
        least = _SHORTEST if verb else _SHORTEST_VERBLESS
        if language == "ar" and tokens.words[piece[0]].startswith("وان"):
            least = _SHORTEST_AFTER_THAT  # "and that": a statement however short
        if found and (words < least or word_count(tokens, found[-1]) < _SHORTEST_AFTER_THAT):
            found[-1] = (found[-1][0], piece[1])
        else:
            found.append(piece)
    return found


def _trimmed(tokens: Tokens, piece: Range, language: str) -> Range | None:
    """Return the piece without marks at its ends and without what only joins it."""
    first, end = piece
    joiners = word_set(language, "joiners")
    while first < end and (
        tokens.kinds[first] not in (WORD, OPEN, PAREN) or tokens.words[first] in joiners
    ):
        first += 1
    trailing = joiners | group(language, "trailing")
    while end > first and (
        tokens.kinds[end - 1] in (COMMA, STOP, BREAK, DASH, OPEN, PAREN)
        or tokens.words[end - 1] in trailing
    ):
        end -= 1
    while (
        end > first
        and tokens.kinds[end - 1] in (CLOSE, END_PAREN)
        and not _opened(tokens, (first, end), tokens.kinds[end - 1])
    ):
        end -= 1
    while end > first and tokens.kinds[end - 1] in (COMMA, STOP, BREAK, DASH):
        end -= 1
    while first < end and tokens.kinds[first] == OPEN and CLOSE not in tokens.kinds[first:end]:
        first += 1
    return (first, end) if first < end else None


def _opened(tokens: Tokens, piece: Range, close: int) -> bool:
    """Return whether the closing mark at the end has its opening one in the piece."""
    opening = OPEN if close == CLOSE else PAREN
    depth = 0
    for k in range(*piece):
        depth += (tokens.kinds[k] == opening) - (tokens.kinds[k] == close)
    return depth >= 0
