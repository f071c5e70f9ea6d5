"""How does Arabic say that a thing is planned, promised, supposed or somebody's view?

Its futures are written into the verb (سيفعل), and قد before a present says "may". What a
state will do is its promise, and so is what "we" will, or he who is speaking.
"""

from functools import lru_cache
from itertools import pairwise

from tawatur.model.reading import EntityType, EventType, Modality
from tawatur.reading.cues import Naming, Range
from tawatur.reading.text import WORD, Tokens
from tawatur.reading.verbs import arabic_pasts, is_verb, verb_at

_RESUMING = frozenset(
    ("اليها", "اليه", "بها", "به", "فيها", "فيه", "عنها", "عنه", "لها", "له", "منها", "منه")
)
_HE_HIMSELF = frozenset(
    ("انه", "بانه", "وانه", "انها", "بانها", "وانها", "انهم", "بانهم", "انهما", "وبانه")
)
_NO_FUTURE = (
    *("سيار", "سياس", "سياد", "سياق", "سينا", "سيد", "سيول", "سيره", "سيطر", "سينم", "سيف"),
    *("سته", "ستين", "ستار", "ستاير", "ستون", "ستال", "ستود", "ستيف", "ستوك", "سيخ"),
    *("ستره", "سترو", "ستري", "سترات", "ستراس", "ستراد", "ستراف", "ستراك", "سترام", "ستراو"),
)
_SHORT_FUTURE = 4  # letters
_MAY = 5
_FUTURE = 3
_PREDICATE_WITHIN = 8  # words


class ArabicMoods:
    """The `tawatur.reading.grammar.Moods` of Arabic."""

    promised: frozenset[Modality] = frozenset()
    condition_closes = True

    __slots__ = ()

    def says_nothing(self, tokens: Tokens, at: int, end: int, claim: Range) -> bool:
        """Return whether a verb belongs to a noun before it: "a summit she called for"."""
        after = tokens.words[end] if end < claim[1] else ""
        return at > claim[0] and verb_at(tokens, at, "ar") and after in _RESUMING

    def of_form(self, tokens: Tokens, at: int, claim: Range) -> tuple[Modality, int] | None:
        """Return what قد before a present or a future says, and how strongly."""
        if arabic_may(tokens, at, claim[1]):
            return Modality.HEDGED, _MAY
        future = arabic_future(tokens.words[at])
        return (future, _FUTURE) if future else None

    def as_said(
        self,
        tokens: Tokens,
        claim: Range,
        naming: Naming,
        modality: Modality,
        event: EventType,
        *,
        counts: bool,
    ) -> Modality:
        """Return what a modality becomes in somebody's mouth: whose future it is decides."""
        if modality is Modality.PLANNED:
            own = _own_future(tokens, claim, naming)
            return Modality.PROMISED if own else modality
        if modality is Modality.HEDGED and event in (EventType.AID, EventType.SUPPORT):
            return Modality.REQUESTED if _asks_help(tokens, claim) else modality
        if modality is Modality.FACT and event is EventType.STATE and not counts:
            return Modality.OPINION if _only_says_what(tokens, claim) else modality
        return modality


def _own_future(tokens: Tokens, claim: Range, naming: Naming) -> bool:
    """Return whether a statement tells what we, the speaker, or a state will do."""
    if any(
        word.endswith("سوف") and after[:1] in "نا"
        for word, after in pairwise(tokens.words[slice(*claim)])
    ):
        return True
    if tokens.words[claim[0] - 1] in _HE_HIMSELF and arabic_future(tokens.words[claim[0]]):
        return True
    for k in range(*claim):
        if tokens.kinds[k] == WORD and arabic_future(tokens.words[k]):
            actors = (naming.starts.get(j) for j in (k + 1, *range(max(claim[0], k - 3), k)))
            if any(a and a[2] == EntityType.COUNTRY_OR_CITY for a in actors):
                return True
    return False


def _asks_help(tokens: Tokens, claim: Range) -> bool:
    return any(tokens.words[k] in ("يمكن", "ويمكن", "بامكان") for k in range(*claim))


def _only_says_what(tokens: Tokens, claim: Range) -> bool:
    """Return whether the statement is a nominal sentence: X is, or is not, Y."""
    words = [tokens.words[k] for k in range(*claim) if tokens.kinds[k] == WORD]
    if words and words[0] in ("ما", "كل", "لا", "وجود", "لدينا", "لديهم", "هناك", "ثمه"):
        return False  # that there is something, or what all do, is no view
    return any(word in ("ليس", "ليست", "ليسوا", "هو", "هي") for word in words[:_PREDICATE_WITHIN])


@lru_cache(maxsize=40_000)
def arabic_future(word: str) -> Modality | None:
    """Return what an Arabic future form says: a promise in the first person, else a plan."""
    core = word[1:] if word[:1] in "وف" and len(word) > 4 else word
    if core.endswith("ات") or core.startswith(_NO_FUTURE):
        return None  # a noun: cars, politics
    if len(core) > _SHORT_FUTURE and core.startswith("ست"):
        return Modality.PLANNED
    if len(core) > 3 and core[0] == "س" and core[1] in "يتنا" and is_verb(core[1:], "ar"):
        return Modality.PROMISED if core[1] in "نا" else Modality.PLANNED
    if (
        len(core) > 4
        and core.startswith("سن")
        and not core.startswith(("سنو", "سنه", "سند", "سني"))
    ):
        return Modality.PROMISED
    return None


def arabic_may(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether Arabic قد stands before a present tense: it may."""
    after = tokens.words[at + 1] if at + 1 < end else ""
    return (
        tokens.words[at] in ("قد", "وقد", "فقد")
        and after[:1] in ("ي", "ت")
        and (is_verb(after, "ar") or after[:2] in ("تت", "تس"))
        and after not in arabic_pasts()
    )
