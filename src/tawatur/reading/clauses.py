"""Where does one statement end and the next begin within a stretch of content?

A statement is a clause with its own verb. Lists and appositions stay together;
a joined conjunction before a verb, a relative pronoun after a pause, or a word
such as "whereas" opens the next. A piece too short to state anything goes with
its neighbour.
"""

from dataclasses import replace
from functools import cache
from itertools import pairwise

from tawatur.reading.cues import (
    Range,
    arabic_past,
    arabic_present,
    group,
    phrase_heads,
    word_set,
)
from tawatur.reading.tables import rows
from tawatur.reading.text import (
    BREAK,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    END_PAREN,
    OPEN,
    PAREN,
    PAUSES,
    STOP,
    WORD,
    Sentence,
    Tokens,
)
from tawatur.reading.verbs import names_action, verb_at, verbs

_PARTING = PAUSES | {DASH}
_NOT_AT_END = _PARTING | {OPEN, PAREN}
_SUBJECT_ENDS = PAUSES | {OPEN}
_SHORTEST = 4  # words: less states nothing of its own
_SHORTEST_VERBLESS = 6
_SHORTEST_AFTER_THAT = 3
_LONG = 8  # words: a relative clause without a pause is cut off only from as long a clause


def _joined_verb_at(tokens: Tokens, at: int) -> bool:
    """Return whether a conjunction joined to a verb opens the word at ``at``."""
    word = tokens.words[at]
    if at and tokens.words[at - 1] == "و":
        return verb_at(tokens, at, "ar")
    return (
        len(word) > 3 and word[0] in "وف" and word not in verbs("ar") and verb_at(tokens, at, "ar")
    )


def phrase_at(
    tokens: Tokens, at: int, end: int, language: str, table: str
) -> tuple[int, dict[str, str]] | None:
    """Return the token after the longest phrase of a table at ``at``, and its entry."""
    heads = phrase_heads(language, table)
    word = tokens.words[at]
    if language == "ar" and word == "و" and at + 1 < end:  # written apart from its word
        at += 1
        word += tokens.words[at]
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


def unlabelled(tokens: Tokens, sentence: Sentence) -> Sentence:
    """Return an Arabic sentence without what stands before it in a report: mark, label, dateline.

    A classification mark is one letter or two in brackets, a label a word such as "summary"
    and a colon; a dateline names place and date of filing up to a dash.
    """
    first, end = sentence.first, sentence.end
    while first + 3 < end:
        kinds = tokens.kinds[first : first + 3]
        if kinds == (PAREN, WORD, END_PAREN) and len(tokens.words[first + 1]) <= _MARK:
            first += 3
        elif kinds[:2] == (WORD, COLON) and tokens.words[first] in group("ar", "labels"):
            first += 2
        else:
            break
    for k in range(first + 1, min(first + _DATELINE, end - 1)):
        if tokens.kinds[k] == STOP or (tokens.kinds[k] == WORD and verb_at(tokens, k, "ar")):
            break
        if tokens.kinds[k] == DASH:
            if not any(tokens.words[j] in _NEVER_FILED for j in range(first, k)):
                first = k + 1
            break
    return sentence if first == sentence.first else replace(sentence, first=first)


_MARK = 2  # letters of a classification mark
_DATELINE = 16  # tokens
_NEVER_FILED = frozenset({"ان", "التي", "الذي", "هو", "هي", "هذا", "هذه"})


def cut(tokens: Tokens, region: Range, language: str, *, opened: bool = True) -> tuple[Range, ...]:
    """Return the statements of a region as token ranges in order, without what only joins them.

    ``opened`` says that a verb of saying opened the region, so that its first words
    state something even without a verb that the tables know.
    """
    bounds = _bounds(tokens, region, language)
    if language != "ar":
        bounds = _resumed(tokens, bounds, language)
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


def _resumed(tokens: Tokens, pieces: list[Range], language: str) -> list[Range]:
    """Return the pieces with a subject joined again to its verb over a relative clause.

    "The envoy, who came alone, left": the first piece has no verb, and the clause between
    commas is followed by one.
    """
    found: list[Range] = []
    for piece in pieces:
        before = found[-1] if found else None
        if (
            before
            and tokens.kinds[piece[0] - 1] == COMMA
            and not has_verb(tokens, before, language)
            and tokens.words[piece[0]] in phrase_heads(language, "relatives")
            and any(tokens.kinds[k] == COMMA for k in range(piece[0], piece[1] - 1))
        ):
            found[-1] = (before[0], piece[1])
        else:
            found.append(piece)
    return found


def _is_fragment(tokens: Tokens, piece: Range, language: str) -> bool:
    """Return whether a few Arabic words state nothing.

    So do a copula with its subject alone, a verb with nothing but a pronoun, and a noun
    with definite words only (the end of the summary), which is a phrase and no sentence.
    """
    if language != "ar":
        return _is_latin_fragment(tokens, piece, language)
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
        and words[0] not in group("ar", "objects")
        and not has_verb(tokens, piece, language)
        and words[0] not in group("ar", "negations")
        and not names_action(words[0], language)
    )


def _is_latin_fragment(tokens: Tokens, piece: Range, language: str) -> bool:
    """Return whether a French or English piece states nothing: who hides his name, "end note"."""
    words = [tokens.words[k] for k in range(*piece) if tokens.kinds[k] == WORD]
    if tokens.words[piece[0] : piece[1]].count("|") >= 2:
        return True  # a line of the page: by whom, when, how many comments
    if len(words) <= _ANONYMITY and set(words) & group(language, "anonymity"):
        return True
    aside = words[0] in group(language, "aside_openers") and words[1:2] not in _BOUNDED
    circumstance = (aside or _is_only_when(words)) and len(words) <= _CIRCUMSTANCE
    if circumstance and not has_verb(tokens, piece, language):
        return not names_action(words[-1], language)
    return len(words) <= _LONGEST_FRAGMENT and words[0] in ("end", "fin", "begin")


def _is_only_when(words: list[str]) -> bool:
    """Return whether words only say when: a few months before the attack."""
    return any(a in _SPANS and b in _TIMED_FROM for a, b in pairwise(words[:_CIRCUMSTANCE]))


_SPANS = frozenset(
    ("minutes", "hours", "days", "weeks", "months", "years", "hour", "day", "week", "month", "year",
     "heures", "jours", "semaines", "mois", "ans", "heure", "jour", "semaine", "an")
)  # fmt: skip
_TIMED_FROM = frozenset(("before", "after", "avant", "apres"))
_ANONYMITY = 14  # words
_BOUNDED = (["least"], ["most"])  # "at least 31" is a figure
_CIRCUMSTANCE = 8  # words: "in a letter to the council" alone states nothing
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
    if language == "ar" and _even(tokens, at, end):
        return word_count(tokens, (start, at)) >= _SHORTEST_AFTER_THAT
    opener = phrase_at(tokens, at, end, language, "clause_openers")
    if opener:
        how = opener[1]["how"]
        if how == "action":
            return paused and opener[0] < end and names_action(tokens.words[opener[0]], language)
        if how == "pause" and language != "ar" and not paused:
            if tokens.words[at - 1] in group(language, "before_questions"):
                return False  # did not say when
            return (
                opener[1].get("bare", "") == "yes"
                and _own_clause(tokens, opener[0], end, language)
                and has_verb(tokens, (start, at), language)
            )
        if (
            how == "pause"
            and language != "ar"
            and not _has_verb_up_to_pause(tokens, at, end, language)
        ):
            return False
        if how == "any" or (how == "pause" and paused):
            return (
                has_verb(tokens, (start, at), language)
                or word_count(tokens, (start, at)) >= _SHORTEST_VERBLESS
                or (paused and has_verb(tokens, (at, min(end, at + 4)), language))
            )
        if how == "verb":
            if language == "ar" and paused and _negated_present(tokens, at, opener[0], end):
                return has_verb(tokens, (start, at), language)
            return (
                opener[0] < end
                and (
                    verb_at(tokens, opener[0], language)
                    or (opener[0] + 1 < end and verb_at(tokens, opener[0] + 1, language))
                )
                and has_verb(tokens, (start, at), language)
            ) or (
                language != "ar"
                and _own_clause(tokens, opener[0], end, language)
                and has_verb(tokens, (start, at), language)
            )
        return False
    if language == "ar" and _joined_verb_at(tokens, at):
        return has_verb(tokens, (start, at), language) or paused
    if paused:
        if tokens.words[at] == "قد":
            return False
        if language == "ar" and (
            tokens.words[at] in phrase_heads("ar", "adverbial_cues")
            or _after_aside(tokens, start, at)
        ):
            return False
        if language == "ar" and verb_at(tokens, at, language):
            if _after_aside(tokens, start, at):
                return False
            return has_verb(tokens, (start, at), language)
        return _independent(tokens, at, end, language) and has_verb(tokens, (start, at), language)
    return False


def _even(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether Arabic "and even" opens a clause: بل ومن غير الممكن أن."""
    return tokens.words[at] == "بل" and at + 1 < end and tokens.words[at + 1][0] == "و"


def _negated_present(tokens: Tokens, at: int, after: int, end: int) -> bool:
    """Return whether Arabic "and not" stands before what only a verb in the present begins like."""
    word = tokens.words[after] if after < end else ""
    return tokens.words[at] == "ولا" and word[:1] in ("ي", "ت", "ن") and len(word) > _IF


def _after_aside(tokens: Tokens, start: int, at: int) -> bool:
    """Return whether the comma before ``at`` closes an aside that names a source."""
    heads = phrase_heads("ar", "adverbial_cues")
    pause = next((k for k in range(at - 2, start, -1) if tokens.kinds[k] == COMMA), None)
    return pause is not None and at - pause < _ASIDE and tokens.words[pause + 1] in heads


_ASIDE = 8  # tokens


def _own_clause(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether a subject of a few words with its finite verb begins at ``at``."""
    relatives = phrase_heads(language, "relatives")
    for k in range(at, min(end, at + _SUBJECT_WORDS)):
        if tokens.kinds[k] in _SUBJECT_ENDS or tokens.words[k] in relatives:
            return False
        if tokens.words[k] in ("and", "et", "or", "ou", "to", "de", "d'") and k == at:
            return False
        if k > at and tokens.kinds[k] == WORD and verb_at(tokens, k, language):
            return True
    return False


_SUBJECT_WORDS = 8


def _has_verb_up_to_pause(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether a finite verb stands between an opener and the next pause."""
    for k in range(at + 1, end):
        if tokens.kinds[k] in PAUSES:
            return False
        if tokens.kinds[k] == WORD and verb_at(tokens, k, language):
            return True
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
    """Return the token at which the last clause of a region begins, its condition included."""
    *_, before, last = (region, *_bounds(tokens, region, language))
    return before[0] if _joins(tokens, before, last, language) else last[0]


def _words_to_pause(tokens: Tokens, at: int, end: int) -> int:
    """Return how many words stand before the next pause."""
    words = 0
    for k in range(at, end):
        if tokens.kinds[k] in PAUSES:
            break
        words += tokens.kinds[k] == WORD
    return words


def _independent(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether what follows a pause, up to the next, is a clause with a verb of its own."""
    words = 0
    for k in range(at, end):
        if tokens.kinds[k] in PAUSES:
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
        if found and _joins(tokens, found[-1], piece, language):
            found[-1] = (found[-1][0], piece[1])
            continue
        least = _SHORTEST if verb else _SHORTEST_VERBLESS
        if language == "ar" and tokens.words[piece[0]].startswith(_ALWAYS_STATES):
            least = _SHORTEST_AFTER_THAT  # "and that": a statement however short
        if found and (words < least or word_count(tokens, found[-1]) < _SHORTEST_AFTER_THAT):
            found[-1] = (found[-1][0], piece[1])
        else:
            found.append(piece)
    return found


# "And that", "but", "and may", "and will", "and did not" state something however shortly.
_ALWAYS_STATES = ("وان", "لكن", "وقد", "وسوف", "ولم", "ولن", "بعدما")


def _joins(tokens: Tokens, before: Range, piece: Range, language: str) -> bool:
    """Return whether two pieces are one statement: a condition, and what hangs on it."""
    hangs = _answers if language == "ar" else _hangs_on
    return before != piece and hangs(tokens, before, piece)


def _answers(tokens: Tokens, before: Range, piece: Range) -> bool:
    """Return whether a piece in ف answers the condition that the one before states."""
    opening = tokens.words[before[0]]
    opening = opening[1:] if opening[:1] in ("و", "ف") and len(opening) > _IF else opening
    first = next((tokens.words[k] for k in range(*piece) if tokens.kinds[k] == WORD), "")
    return opening in ("اذا", "لو", "ان") and first[:1] == "ف" and len(first) > 2


def _hangs_on(tokens: Tokens, before: Range, piece: Range) -> bool:
    """Return whether a piece is what would be if the one before it were: if X, Y."""
    if_clause = not _IFS.isdisjoint(tokens.words[before[0] : before[0] + 2])
    pauses = [k for k in range(*before) if tokens.kinds[k] == COMMA]
    return if_clause and pauses == [piece[0] - 1]


_IFS = frozenset({"si", "s'", "if", "unless", "contrairement", "contrary"})
_IF = 3  # letters: a longer word may begin with a conjunction


def _trimmed(tokens: Tokens, piece: Range, language: str) -> Range | None:
    """Return the piece without marks at its ends and without what only joins it."""
    first, end = piece
    joiners = word_set(language, "joiners")
    while first < end and (
        tokens.kinds[first] not in (WORD, OPEN, PAREN) or tokens.words[first] in joiners
    ):
        if language == "ar" and _may_be(tokens, first, end):
            break
        first += 1
    if language != "ar":
        first = _after_question(tokens, (first, end), language)
    trailing = joiners | group(language, "trailing")
    while end > first and (
        tokens.kinds[end - 1] in _NOT_AT_END or tokens.words[end - 1] in trailing
    ):
        end -= 1
    while (
        end > first
        and tokens.kinds[end - 1] in (CLOSE, END_PAREN)
        and not _opened(tokens, (first, end), tokens.kinds[end - 1])
    ):
        end -= 1
    while end > first and tokens.kinds[end - 1] in _PARTING:
        end -= 1
    while first < end and tokens.kinds[first] == OPEN and CLOSE not in tokens.kinds[first:end]:
        first += 1
    return (first, end) if first < end else None


@cache
def _presents() -> frozenset[str]:
    """Return the present forms of the Arabic verbs in the tables that are no past forms too."""
    present: set[str] = set()
    past: set[str] = set()
    for table, column in (("events", "word"), ("verbs", "past"), ("cues", "past")):
        for row in rows("ar", table):
            if row.get("part") == "noun":
                continue
            present |= arabic_present(row["present"]).keys() if row["present"] != "-" else set()
            past |= arabic_past(row[column]).keys() if row[column] != "-" else set()
    return frozenset(present - past)


def _may_be(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether قد stands before a present, so that it says "may" and stays in the claim."""
    if tokens.words[at] not in ("قد", "وقد", "فقد") or at + 1 >= end:
        return False
    after = tokens.words[at + 1]
    present = after[0] == "ي" or after[:2] in ("تت", "تس") or after in _presents()
    return present and tokens.kinds[at + 1] == WORD


def _after_question(tokens: Tokens, piece: Range, language: str) -> int:
    """Return where a statement begins after "Asked about the ships," or "Joint par téléphone,"."""
    first, end = piece
    if first >= end or tokens.words[first] not in group(language, "asked"):
        return first
    pause = next((k for k in range(first, end) if tokens.kinds[k] == COMMA), end)
    rest = (pause + 1, end)
    return pause + 1 if pause + 1 < end and has_verb(tokens, rest, language) else first


def _opened(tokens: Tokens, piece: Range, close: int) -> bool:
    """Return whether the closing mark at the end has its opening one in the piece."""
    opening = OPEN if close == CLOSE else PAREN
    depth = 0
    for k in range(*piece):
        depth += (tokens.kinds[k] == opening) - (tokens.kinds[k] == close)
    return depth >= 0
