"""Where does what a French or English verb of saying announces begin?

At a conjunction, a quotation mark or a colon; an English clause and a French infinitive
may follow the verb directly; or the words stand before it.
"""

from tawatur.reading.cues import Cue, Naming, Range, forms, group
from tawatur.reading.latin.words import after_insertion, is_accented, is_infinitive
from tawatur.reading.text import BREAK, CLOSE, COLON, COMMA, OPEN, OTHER, STOP, WORD, Tokens
from tawatur.reading.verbs import verb_at

_FURTHEST = 22
BARE_KINDS = ("say", "think", "claim", "guess", "add")
_BARE_REACH = 24  # words within which a clause without conjunction shows its verb
_LONG_QUOTATION = 20  # tokens
_BARE_START = 12
_STARTING = frozenset({"his", "her", "their", "its", "the", "a", "an", "there"})
_BEFORE_INFINITIVE = frozenset({"ne", "n'", "pas", "plus", "rien", "jamais", "l'", "se", "s'", "y"})
_HOW = frozenset({"comment", "combien", "pourquoi", "how", "why"})  # a raconté comment
_PARTIAL = 6

Opening = tuple[int, str, Range | None]  # where a content begins, by what, and to whom it is said


def quotes_all(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether the content is a quotation: its mark closes at a pause or not here."""
    if tokens.kinds[at] != OPEN:
        return False
    close = next((k for k in range(at + 1, end) if tokens.kinds[k] == CLOSE), None)
    if close is None or close - at > _LONG_QUOTATION or close + 1 >= end:
        return True
    return tokens.kinds[close + 1] != WORD or tokens.kinds[close - 1] in (COMMA, STOP)


def resumption(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return the comma before the main verb that follows a relative clause, or the end."""
    for k in range(at + 1, end - 1):
        if tokens.kinds[k] == COMMA and (
            tokens.words[k + 1] in group(language, "finite") or verb_at(tokens, k + 1, language)
        ):
            return k
    return end


def around_parenthesis(
    tokens: Tokens, at: int, spoken: Range, end: int, language: str
) -> Range | None:
    """Return the sentence around "…, he said, …" if only both sides together are one.

    They are where the first side has no verb of its own, or opens with "if".
    """
    after = at + 1
    if after + 1 >= end or tokens.kinds[after] != COMMA or tokens.kinds[after + 1] != WORD:
        return None
    cue = forms(language).get(tokens.words[after + 1])
    if (cue and cue.participle) or tokens.words[after + 1] in group(language, "that"):
        return None
    if CLOSE in (tokens.kinds[spoken[1] - 1], tokens.kinds[spoken[1]]):
        return None
    opener = tokens.words[spoken[0]]
    if opener not in group(language, "conditions") and any(
        verb_at(tokens, k, language) for k in range(*spoken)
    ):
        return None
    stop = after + 1
    while stop < end and tokens.kinds[stop] not in (STOP, BREAK):
        stop += 1
    return spoken[0], stop


def has_object(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> bool:
    """Return whether a noun phrase follows the verb, what is inserted between commas apart."""
    at = after_insertion(tokens, at, end, language)
    while at < end and at in naming.times:
        at += 1
    if at >= end or tokens.kinds[at] not in (WORD, OPEN):
        return False
    if tokens.words[at] == "que":
        return True  # il n'en reconnaît que dix
    return tokens.words[at] not in group(language, "after_subject") or tokens.words[at] in (
        "that", "this", "a", "ce", "cette", "en",
    )  # fmt: skip


def clause_after(
    tokens: Tokens, at: int, end: int, cue: Cue, naming: Naming, language: str
) -> int | None:
    """Return where a clause that follows the verb without conjunction begins, if one does.

    In French an infinitive does (affirme n'avoir rien reçu); in English a clause, perhaps
    after whom it is told to, a day or a place (told the paper he would go).
    """
    after = at + 1
    if language == "fr":
        return after if cue.kind in BARE_KINDS and _infinitive(tokens, after, end, naming) else None
    if cue.kind in ("claim", "guess") and after < end and tokens.words[after] == "to":
        return after
    if cue.kind not in (*BARE_KINDS, "tell", "warn"):
        return None
    if cue.kind != "tell" and _bare_content(tokens, after, end):
        return after
    limit = min(end, after + _BARE_START)
    if cue.kind == "tell" and after in naming.starts:
        named = naming.starts[after][0]
        if named < end and _bare_content(tokens, named, end):
            return named
    if cue.kind == "tell" and after < end and tokens.words[after] in group("en", "tell_whom"):
        return after + 1 if _bare_content(tokens, after + 1, end) else None
    for k in range(after + 1, limit):
        if tokens.kinds[k] not in (WORD, OTHER):
            return None
        if tokens.words[k] in group("en", "subjects") and any(
            j < end and verb_at(tokens, j, "en") for j in range(k, k + 4)
        ):
            return k
        if (
            cue.kind == "tell"
            and tokens.words[k] in _STARTING
            and tokens.text[tokens.starts[k - 1]].isupper()
            and _bare_content(tokens, k, end)
        ):
            return k
        if verb_at(tokens, k, "en"):
            return None
    return None


def _infinitive(tokens: Tokens, at: int, end: int, naming: Naming) -> bool:
    """Return whether a French infinitive stands at ``at``, its negation and clitics apart."""
    here = at
    while here < end and here - at < 4 and tokens.words[here] in _BEFORE_INFINITIVE:
        here += 1
    if here >= end or tokens.kinds[here] != WORD or here in naming.starts or here in naming.times:
        return False
    return is_infinitive(tokens.words[here])


def opening_after(
    tokens: Tokens, at: int, end: int, cue: Cue, naming: Naming, language: str
) -> Opening | None:
    """Return where the content begins, by what it is opened, and the addressee."""
    commas, here = 0, at
    limit = min(end, at + _FURTHEST)
    that, cues = group(language, "that"), forms(language)
    before_nouns = group(language, "before_nouns")
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if kind == WORD:
            if word in that and (
                here == at or tokens.words[here - 1] not in group(language, "conjunction_with_that")
            ):
                if language == "en" and here > at and tokens.words[here - 1] in ("and", "but"):
                    return None  # he said X and that Y
                to = (at, here) if cue.kind == "tell" and 0 < here - at <= 8 else None
                return here + 1, "that", to
            if cue.kind == "ask" and word in group(language, "asking"):
                return here, "question", None
            if here == at and cue.kind in ("say", "tell", "add") and word in _HOW:
                return here, "that", None
            if cue.kind in ("request", "promise", "threat", "warn") and (
                here == at or _to_infinitive(tokens, here, language)
            ):
                if here == at and word not in ("to", "de", "d'", "for", "on", "a", "au", "aux"):
                    here += 1
                    continue
                return here, "whole", None
            if (
                here > at
                and cue.kind != "tell"
                and word in cues
                and here not in naming.starts
                and tokens.words[here - 1] not in before_nouns
                and not (
                    word in group(language, "nounable") and tokens.words[here - 2] in before_nouns
                )
                and (language != "fr" or not is_accented(tokens, here))
            ):
                return None
        elif kind == OPEN:
            if here - at > 14 or _partial(tokens, here, at, end, language):
                return None
            object_first = here > at + 1 and tokens.kinds[here - 1] == WORD
            if object_first and cue.kind in ("promise", "request", "threat"):
                return None  # a promis un recensement « dans les règles »
            return here, "quote", None
        elif kind == COLON:
            return here + 1, "colon", None
        elif kind in (STOP, BREAK, CLOSE):
            return None
        elif kind == COMMA:
            commas += 1
            if commas > 3:
                return None
        here += 1
    return None


def _partial(tokens: Tokens, at: int, verb_end: int, end: int, language: str) -> bool:
    """Return whether the quotation that opens at ``at`` is only some words of a sentence."""
    if at == verb_end or tokens.kinds[at - 1] != WORD:
        return False
    if tokens.words[at - 1] in group(language, "before_nouns"):
        return True
    if any(verb_at(tokens, k, language) for k in range(verb_end, at)):
        return True
    words = 0
    for k in range(at + 1, end):
        if tokens.kinds[k] == CLOSE:
            break
        words += tokens.kinds[k] == WORD
        if tokens.kinds[k] == WORD and verb_at(tokens, k, language):
            return False
    return words < _PARTIAL


def _to_infinitive(tokens: Tokens, at: int, language: str) -> bool:
    return tokens.words[at] in (
        ("to", "for", "on") if language == "en" else ("de", "d'", "a", "au", "aux")
    )


def words_before(tokens: Tokens, start: int, within: Range) -> Range | None:
    """Return the words that stand before a comma or closing mark at ``start``."""
    if start <= within[0] or tokens.kinds[start - 1] not in (COMMA, CLOSE):
        return None
    first = within[0]
    end = start - 1 if tokens.kinds[start - 1] == COMMA else start
    if not any(tokens.kinds[k] == WORD for k in range(first, end)):
        return None
    return first, end


def ends_clause(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> bool:
    """Return whether the verb has no content after it: a pause, an end, or circumstances only."""
    if at >= end:
        return True
    return (
        tokens.kinds[at] in (COMMA, STOP, BREAK, COLON)
        or at in naming.times
        or tokens.words[at] in group(language, "after_subject")
    )


def _bare_content(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether an English clause follows the verb without conjunction."""
    if at + 2 >= end or tokens.kinds[at] != WORD or tokens.words[at] in group("en", "not_content"):
        return False
    first = at if "'" in tokens.words[at] or "’" in tokens.words[at] else at + 1
    for k in range(first, min(end, at + _BARE_REACH)):
        if tokens.kinds[k] in (STOP, BREAK):
            return False
        if tokens.kinds[k] == WORD and verb_at(tokens, k, "en"):
            return True
    return False
