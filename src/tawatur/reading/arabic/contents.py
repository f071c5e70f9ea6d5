"""Where does what an Arabic verb of saying announces begin?

At a complementiser, a quotation mark, a colon, or the verb's own preposition; a noun
of action may be the whole of it.
"""

from functools import lru_cache

from tawatur.reading.arabic.beside import STANDS_IN
from tawatur.reading.arabic.phrases import ON_THE_OCCASION, closing_mark
from tawatur.reading.arabic.words import bare, cue_at, is_complementiser
from tawatur.reading.cues import Cue, Naming, Range, arabic_noun_key, group, source_nouns
from tawatur.reading.text import BREAK, CLOSE, COLON, COMMA, OPEN, PAREN, STOP, WORD, Tokens
from tawatur.reading.verbs import names_action, verb_at

# Words between a verb and its complementiser, appositions included.
FURTHEST = {"tell": 48, "say": 40, "warn": 30, "deny": 30, "claim": 30, "think": 30, "add": 36}
_FURTHEST_ELSE = 22
_ANNOUNCED_WITHIN = 6  # words between a speaker and the noun of action it announces
_COMMENTING = frozenset({"علق", "تحدث", "عقب"})  # he said, commenting on Y, that
_CLAUSE = 5  # tokens
_NAMED_WITHIN = 4
_NAME = 7  # tokens of a name in quotation marks
_REPORT = 12  # tokens between a report that is denied and what it is about
_WHAT = frozenset({"ما", "لما", "مما", "بما"})
_ABOUT = frozenset({"عن", "حول", "بشان", "بخصوص", "من"})
_TURNS = frozenset({"الا", "غير", "بيد"})  # but
_BEFORE_OCCASION = frozenset({"في", "خلال", "عبر", "عقب", "بعد", "قبل", "علي", "من"})


def object_before(tokens: Tokens, at: int, upto: int, naming: Naming) -> int | None:
    """Return the noun before a preposition with which the content begins: claimed its part in.

    It is a noun of action, or one with a joined pronoun, after a closed subject.
    """
    for k in range(at + 2, upto - 1):
        word, before = tokens.words[k], tokens.words[k - 1]
        if tokens.kinds[k] != WORD or tokens.kinds[k - 1] != WORD or k in naming.starts:
            continue
        ends_name = any(k - j <= 6 and naming.starts.get(j, (0,))[0] == k for j in range(at, k))
        if not (before.startswith("ال") or ends_name) or word.startswith(("ال", "و", "ل", "ب")):
            continue
        owned = word.endswith(("ته", "تها", "تهم")) and not arabic_noun_key(word)
        if names_action(word, "ar") or owned or word in group("ar", "objects"):
            return k
    return None


def first_pause(tokens: Tokens, at: int, end: int) -> int:
    """Return the first comma after a clause of some length; evidence says one thing only."""
    return next((k for k in range(at + _CLAUSE, end) if tokens.kinds[k] == COMMA), end)


def opening_after(tokens: Tokens, at: int, end: int, cue: Cue) -> tuple[int, int, str] | None:
    """Return where the subject ends, where the content begins, and by what it is opened."""
    limit, commas, here = min(end, at + FURTHEST.get(cue.kind, _FURTHEST_ELSE)), 0, at
    bare_phrase: tuple[int, int, str] | None = None
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if kind == WORD:
            if is_complementiser(word) and word[0] not in "وف":
                if turns_before(tokens, here):
                    return bare_phrase
                if bare_phrase and bare_phrase[1] < here - 3 and cue.kind != "tell":
                    return bare_phrase
                subject_end = here
                if here > at and tokens.words[here - 1] in ("الي", "علي", "عن", "من", "في"):
                    subject_end = here - 1
                keep = word not in ("ان", "بان", "انه", "بانه", "انها", "بانها")
                return subject_end, here if keep else here + 1, "clause"
            if cue.kind == "act" and word in ("ما", "بما", "لما"):
                return bare_phrase
            if cue.kind == "ask" and (word in group("ar", "questions") or word == "ما"):
                return here, here, "question"
            if (
                bare_phrase is None
                and cue.preposition
                and _introduces(word, cue.preposition)
                and (word != "علي" or tokens.text[tokens.ends[here] - 1] != "ي")  # the name
                and tokens.words[here + 1 : here + 2] != ("لسان",)
                and tokens.words[here : here + 2] not in ON_THE_OCCASION
                and tokens.words[here : here + 2] != ("بما", "يلي")
            ):
                joined = cue.preposition == "ب"
                bare_phrase = (here, here if joined else here + 1, "preposition")
            other = cue_at(tokens, here)
            if other and other[1] and not bare_phrase:
                return None
            if other and other[0].participle and here > at and other[0].lemma not in _COMMENTING:
                return bare_phrase
        elif kind == OPEN:
            closing = closing_mark(tokens, here, min(end, here + 7))
            if (
                closing is not None
                and not bare_phrase
                and (
                    _goes_on(tokens, closing, end)
                    or _names_subject(tokens, at, here, limit, cue.preposition)
                )
            ):
                here = closing + 1
                continue
            if bare_phrase and here - bare_phrase[1] > 2:
                return bare_phrase
            return (bare_phrase[0] if bare_phrase else here), here, "quote"
        elif kind == COLON:
            return (bare_phrase or (here, here + 1, "colon")) if here - at < 25 else None
        elif kind == PAREN:
            closing = closing_mark(tokens, here, end)
            if closing is None:
                return bare_phrase
            here = closing
        elif kind in (STOP, BREAK):
            return bare_phrase
        elif kind == COMMA:
            commas += 1
            if commas > 5 or bare_phrase:
                return bare_phrase
        here += 1
    return bare_phrase


def turns_before(tokens: Tokens, at: int) -> bool:
    """Return whether a complementiser belongs to what stands before it: إلا أن، غير أن."""
    return at > 0 and bare(tokens.words[at - 1]) in _TURNS


def reported_object(tokens: Tokens, at: int, end: int) -> tuple[int, int, str] | None:
    """Return the opening, as `opening_after` does, of what is denied as others told it.

    نفى ما تردد عن إغلاق المستشفى، نفى صحة الأنباء التي تحدثت عن استقالته: what is denied stands
    behind the preposition, or the complementiser, after the report.
    """
    limit = min(end, at + FURTHEST["deny"])
    for here in range(at, limit - 1):
        word = tokens.words[here]
        if tokens.kinds[here] == OPEN and closing_mark(tokens, here, here + _NAME) is None:
            return None
        if tokens.kinds[here] in (STOP, BREAK, COLON) or is_complementiser(word):
            return None
        told = bare(word) in _WHAT and _tells(tokens, here + 1)
        if tokens.kinds[here] != WORD or not (told or word in group("ar", "reported")):
            continue
        begins = _told_about(tokens, here + 1, min(end, here + _REPORT))
        if begins is None:
            return None
        sure = here > at and tokens.words[here - 1] == "صحه"
        return here - sure, begins, "object"
    return None


def _tells(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return word in STANDS_IN or word in group("ar", "rumours") or verb_at(tokens, at, "ar")


def _told_about(tokens: Tokens, first: int, end: int) -> int | None:
    """Return where that begins which a report is about."""
    for k in range(first, end - 1):
        word = tokens.words[k]
        if tokens.kinds[k] not in (WORD, OPEN, CLOSE) or tokens.kinds[k + 1] == BREAK:
            return None
        if is_complementiser(word):
            return k + 1 if word in ("ان", "بان") else k
        if word in _ABOUT:
            return k + 2 if is_complementiser(tokens.words[k + 1]) else k + 1
    return None


def _introduces(word: str, preposition: str) -> bool:
    if preposition == "ب":
        return word[0] == "ب" and len(word) > 3 and not _office(word)
    return word == preposition


@lru_cache(maxsize=20_000)
def _office(word: str) -> bool:
    """Return whether ب opens where somebody works: a source at the ministry."""
    key = arabic_noun_key(word)
    return key != word and source_nouns("ar").get(key) == "official body"


def _goes_on(tokens: Tokens, closing: int, end: int) -> bool:
    """Return whether a short quotation is a name inside the subject: more words follow it."""
    after = closing + 1
    return after < end and tokens.kinds[after] == WORD and tokens.words[after][0] != "و"


def _names_subject(
    tokens: Tokens, at: int, opening: int, limit: int, preposition: str = ""
) -> bool:
    """Return whether a quotation of a few words is a name in the subject: the content is to come.

    It follows the noun that it names (the paper "X", …, that), and no pause stands before it.
    """
    before = tokens.words[opening - 1]
    if opening == at or not (
        arabic_noun_key(before) or before == "ل" or (preposition and before.startswith("ال"))
    ):
        return False
    closing = closing_mark(tokens, opening, limit)
    if closing is None or closing - opening > _NAMED_WITHIN + 1:
        return False
    named = tokens.kinds[closing + 1 : closing + 2] == (COMMA,)
    return any(
        tokens.kinds[k] == WORD
        and (
            (is_complementiser(tokens.words[k]) and tokens.words[k][0] not in "وف")
            or (named and bool(preposition) and tokens.words[k] == preposition)
        )
        for k in range(closing, limit)
    )


def object_follows(tokens: Tokens, at: int, within: Range) -> bool:
    """Return whether a noun of action or of content stands right after a verb, times apart."""
    for k in range(at + 1, min(within[1] - 1, at + 5)):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            return False
        if names_action(word, "ar") or word in group("ar", "objects"):
            return True
        if word not in group("ar", "circumstances") and word[:2] != "ال":
            return False
    return False


def opens_speech(tokens: Tokens, at: int) -> bool:
    """Return whether a clause begins at ``at``, so that "he went on" goes on speaking."""
    word = tokens.words[at]
    return tokens.kinds[at] == WORD and (
        word in group("ar", "negations") - {"دون", "غير"} or word in group("ar", "speech_opens")
    )


def announced_action(tokens: Tokens, at: int, end: int) -> int | None:
    """Return the noun of action that a speaker announces, as in: announced the death of."""
    for k in range(at, min(end, at + _ANNOUNCED_WITHIN)):
        if tokens.kinds[k] in (STOP, BREAK, COLON):
            return None
        word = tokens.words[k]
        if word in group("ar", "objects") or (
            names_action(word, "ar") and tokens.words[k - 1] not in _BEFORE_OCCASION
        ):
            return k
    return None
