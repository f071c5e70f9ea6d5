"""As what is a thing said: as fact, hearsay, plan, promise, request, opinion or condition?

Words of mood weigh by the strength their table gives; the strongest counts, then the
first. Forms of verbs (futures, the French conditional, Arabic qad) weigh as well, and
the verb of saying gives what the statement's own words leave open.
"""

from functools import lru_cache
from itertools import pairwise

from tawatur.model.reading import EntityType, EventType, Modality
from tawatur.reading.clauses import arabic_pasts, is_verb, phrase_at, verb_at
from tawatur.reading.cues import Naming, Range, group, phrase_heads, word_set
from tawatur.reading.polarity import THAT
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Tokens

# What a verb of saying makes of its content where the content's own words say nothing.
_RESUMING = frozenset(
    ("اليها", "اليه", "بها", "به", "فيها", "فيه", "عنها", "عنه", "لها", "له", "منها", "منه")
)
_MODALITY_OF_CUE = {
    "guess": Modality.HEDGED,
    "think": Modality.OPINION,
    "request": Modality.REQUESTED,
    "hope": Modality.OPINION,
    "promise": Modality.PROMISED,
    "ask": Modality.REQUESTED,
    "threat": Modality.PLANNED,
    "warn": Modality.OPINION,
}
_MAY = 5
_IF = 4  # a condition weighs more
_CLOSED_MODALITY_RANK = 3  # a word of this strength outweighs the verb of saying


def modality_of(tokens: Tokens, claim: Range, language: str, cue: str, naming: Naming) -> Modality:
    """Return as what a statement is said, by its own words and the kind of verb of saying."""
    best, strength = Modality.FACT, 0
    k = claim[0]
    relatives = word_set(language, "relatives")
    moods = phrase_heads(language, "modality")
    inside = False
    while k < claim[1]:
        step = k + 1
        if k in naming.starts:
            step = max(step, naming.starts[k][0])  # no word of a name says how a thing is said
        elif tokens.kinds[k] == COMMA:
            inside = False
        elif tokens.kinds[k] == WORD:
            inside = inside or (k > claim[0] and tokens.words[k] in relatives)
            found = None
            if language == "ar" or tokens.words[k] in moods:
                found = phrase_at(tokens, k, claim[1], language, "modality")
            if found and language != "ar" and _no_mood(tokens, k, found[0], claim, language):
                found = None
            if found and language == "ar" and _resumed(tokens, claim, k, found[0]):
                step = found[0]
            elif found:
                weight = int(found[1]["strength"]) - (2 if inside else 0)
                if weight > strength:
                    best, strength = Modality(found[1]["modality"]), weight
                step = found[0]
                if language == "ar" and weight > _IF and best is Modality.CONDITIONAL:
                    break  # what stands in the condition says nothing of the whole
            elif not inside and language != "en":
                if language == "ar" and arabic_may(tokens, k, claim[1]) and strength < _MAY:
                    best, strength = Modality.HEDGED, _MAY
                future = (
                    arabic_future(tokens.words[k])
                    if language == "ar"
                    else _french_future(tokens, k)
                )
                if future and strength < 3:
                    best, strength = future, 3
                if language == "fr" and strength < _MAY:
                    mood = _conditional(tokens, k, claim)
                    if mood:
                        best, strength = mood
        k = step
    if best in (Modality.PLANNED, Modality.PROMISED) and _until(tokens, claim, language):
        return Modality.CONDITIONAL
    of_cue = _MODALITY_OF_CUE.get(cue)
    if of_cue and strength < _CLOSED_MODALITY_RANK:
        return of_cue
    if cue == "promise" and language != "ar" and best in (Modality.HEDGED, Modality.PLANNED):
        return Modality.PROMISED
    if cue == "think" and best is Modality.PLANNED and strength == _CLOSED_MODALITY_RANK:
        return Modality.OPINION  # what somebody thinks will be is nobody's plan
    return best


def _until(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether something will not be before something else is: a condition."""
    bars, untils = group(language, "bars"), group(language, "untils")
    barred = False
    for k in range(*claim):
        barred = barred or tokens.words[k] in bars
        if barred and tokens.words[k] in untils:
            return True
    return False


def _quotes_view(tokens: Tokens, claim: Range) -> bool:
    """Return whether the statement takes a few words out of somebody's mouth: was "a wish"."""
    for k in range(claim[0] + 1, claim[1]):
        if tokens.kinds[k] == OPEN:
            close = next((j for j in range(k, claim[1]) if tokens.kinds[j] == CLOSE), claim[1])
            return 1 < close - k <= _FEW
    return False


_FEW = 9  # tokens


def _no_mood(tokens: Tokens, at: int, end: int, claim: Range, language: str) -> bool:
    """Return whether a word of mood is a noun here, or a full verb and no auxiliary.

    "A plan to lease" plans nothing in this statement; "compte" plans only before an infinitive.
    """
    word = tokens.words[at]
    before = tokens.words[at - 1] if at else ""
    if word in ("si", "s'", "if") and end <= at + 2:
        asked = before in group(language, "before_questions")
        after = tokens.words[at + 1] if at + 1 < claim[1] else ""
        return asked or (
            word == "si"
            and after not in group("fr", "subjects")
            and not tokens.text[tokens.starts[at + 1] : tokens.ends[at + 1]].istitle()
        )
    if word == "may" and before and tokens.text[tokens.starts[at]] == "M":
        return True  # the month
    after = tokens.words[end] if end < claim[1] else ""
    if word in group(language, "passives") and (
        before in group(language, "participle_auxiliaries") - group(language, "possessing")
        or after in group(language, "after_passives")
    ):
        return True  # what was promised to somebody
    before = before if at > claim[0] else ""
    nounable = word in group(language, "nounable")
    if nounable and before in group(language, "before_nouns"):
        return True
    if word in group(language, "before_infinitives") and end == at + 1:
        return not any(
            tokens.kinds[k] == WORD
            and len(tokens.words[k]) > 3
            and tokens.words[k].endswith(("er", "ir", "re"))
            and tokens.words[k] not in group(language, "not_infinitives")
            for k in range(end, min(claim[1], end + 4))
        )
    return False


def _conditional(tokens: Tokens, at: int, claim: Range) -> tuple[Modality, int] | None:
    """Return what a French conditional says, and how surely.

    Of hearsay it says that somebody has it so (aurait quitté la ville); in what somebody said
    would be, after "que", it is only a future seen from the past.
    """
    word = tokens.words[at]
    if len(word) < _SHORTEST_CONDITIONAL or not word.endswith(("rait", "raient")):
        return None
    if not is_verb(word, "fr") or word in ("etait", "etaient") or _imperfect(word):
        return None
    composed = word in ("aurait", "auraient") or tokens.words[at - 1] in ("se", "s'")
    before = tokens.words[claim[0] - 1] if claim[0] else ""
    reported = before in THAT["fr"] or tokens.words[claim[0]] in THAT["fr"]
    if reported and not composed:
        return Modality.PLANNED, _FUTURE
    return Modality.HEDGED, _MAY


def _imperfect(word: str) -> bool:
    """Return whether a form in -rait is the past of a verb in -rer: déclarait."""
    stem = word.removesuffix("aient").removesuffix("ait")
    return is_verb(stem + "ent", "fr") or is_verb(stem + "e", "fr")


_SHORTEST_CONDITIONAL = 6
_FUTURE = 3


def _resumed(tokens: Tokens, claim: Range, at: int, end: int) -> bool:
    """Return whether a verb belongs to a noun before it by a pronoun: "a summit she called for"."""
    after = tokens.words[end] if end < claim[1] else ""
    return at > claim[0] and verb_at(tokens, at, "ar") and after in _RESUMING


def as_said(
    tokens: Tokens,
    claim: Range,
    language: str,
    naming: Naming,
    modality: Modality,
    event: EventType,
    *,
    counts: bool,
) -> Modality:
    """Return what a modality becomes in somebody's mouth.

    A state's own future is a promise; "could help" asks for help; a clause that
    only says what something is gives the speaker's view.
    """
    viewed = modality is Modality.FACT and not counts and event in _VIEWED
    if viewed and _quotes_view(tokens, claim):
        return Modality.OPINION
    if language != "ar":
        obliged = modality is Modality.PLANNED and language == "fr"
        if obliged and any(tokens.words[k] in ("doit", "doivent") for k in range(*claim)):
            return Modality.REQUESTED
        return modality
    if modality is Modality.PLANNED:
        words = pairwise(tokens.words[slice(*claim)])
        if any(word.endswith("سوف") and after[:1] in "نا" for word, after in words):
            return Modality.PROMISED  # we shall
        if tokens.words[claim[0] - 1] in _HE_HIMSELF and arabic_future(tokens.words[claim[0]]):
            return Modality.PROMISED  # he said that he will
        for k in range(*claim):
            if tokens.kinds[k] == WORD and arabic_future(tokens.words[k]):
                actors = (naming.starts.get(j) for j in (k + 1, *range(max(claim[0], k - 3), k)))
                if any(a and a[2] == EntityType.COUNTRY_OR_CITY for a in actors):
                    return Modality.PROMISED
        return modality
    if modality is Modality.HEDGED and event in (EventType.AID, EventType.SUPPORT):
        return Modality.REQUESTED if _asks_help(tokens, claim) else modality
    says_what = event is EventType.STATE and _only_says_what(tokens, claim, language)
    if modality is Modality.FACT and says_what and not counts:
        return Modality.OPINION
    return modality


_VIEWED = frozenset((EventType.STATE, EventType.REJECT, EventType.ACCUSE, EventType.SUPPORT))
_HE_HIMSELF = frozenset(
    ("انه", "بانه", "وانه", "انها", "بانها", "وانها", "انهم", "بانهم", "انهما", "وبانه")
)


def _asks_help(tokens: Tokens, claim: Range) -> bool:
    return any(tokens.words[k] in ("يمكن", "ويمكن", "بامكان") for k in range(*claim))


def _only_says_what(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether the statement is a nominal sentence: X is, or is not, Y."""
    words = [tokens.words[k] for k in range(*claim) if tokens.kinds[k] == WORD]
    if words and words[0] in ("ما", "كل", "لا", "وجود", "لدينا", "لديهم", "هناك", "ثمه"):
        return False  # that there is something, or what all do, is no view
    return any(word in ("ليس", "ليست", "ليسوا", "هو", "هي") for word in words[:8])


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


_NO_FUTURE = (
    *("سيار", "سياس", "سياد", "سياق", "سينا", "سيد", "سيول", "سيره", "سيطر", "سينم", "سيف"),
    *("سته", "ستين", "ستار", "ستاير", "ستون", "ستال", "ستود", "ستيف", "ستوك", "ستر", "سيخ"),
)
_SHORT_FUTURE = 4  # letters


def arabic_may(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether Arabic قد stands before a present tense: it may."""
    after = tokens.words[at + 1] if at + 1 < end else ""
    return (
        tokens.words[at] in ("قد", "وقد", "فقد")
        and after[:1] in ("ي", "ت")
        and (is_verb(after, "ar") or after[:2] in ("تت", "تس"))
        and after not in arabic_pasts()
    )


def _french_future(tokens: Tokens, at: int) -> Modality | None:
    """Return what a French future form says: a promise in the first person, else a plan."""
    word = tokens.words[at]
    if word.endswith(("erons", "irons", "drons", "erai", "irai")) and len(word) > 6:
        return Modality.PROMISED
    if word.endswith(("era", "eront", "ira", "iront", "dra", "dront")) and is_verb(word, "fr"):
        return Modality.PLANNED
    return None
