"""As what is a thing said: as fact, hearsay, plan, promise, request, opinion or condition?

Words of mood weigh by the strength their table gives; the strongest counts, then the
first. Forms of verbs (futures, the French conditional, Arabic qad) weigh as well, and
the verb of saying gives what the statement's own words leave open. Which forms there are,
and where a word of mood says nothing, is for each language to tell
(`tawatur.reading.grammar.Moods`).
"""

from tawatur.model.reading import EventType, Modality
from tawatur.reading.arabic.moods import ArabicMoods
from tawatur.reading.clauses import phrase_at
from tawatur.reading.cues import Naming, Range, group, word_set
from tawatur.reading.grammar import Moods
from tawatur.reading.latin.moods import EnglishMoods, FrenchMoods
from tawatur.reading.text import COMMA, WORD, Tokens

_MOODS: dict[str, Moods] = {"ar": ArabicMoods(), "fr": FrenchMoods(), "en": EnglishMoods()}
# What a verb of saying makes of its content where the content's own words say nothing.
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
_OF_THE_FUTURE = ("think", "guess", "hope")
_IN_RELATIVE = 2  # by so much less a word weighs that describes a noun of the statement
_CLOSED_MODALITY_RANK = 3  # a word of this strength outweighs the verb of saying
_IF = 4  # a condition that weighs more closes what it stands in


def modality_of(tokens: Tokens, claim: Range, language: str, cue: str, naming: Naming) -> Modality:
    """Return as what a statement is said, by its own words and the kind of verb of saying."""
    best, strength = _strongest(tokens, claim, language, naming)
    ahead = best in (Modality.PLANNED, Modality.PROMISED)
    if ahead and (_until(tokens, claim, language, naming) or _supposes(tokens, claim, language)):
        return Modality.CONDITIONAL
    of_cue = _MODALITY_OF_CUE.get(cue)
    if of_cue and strength < _CLOSED_MODALITY_RANK:
        return of_cue
    if cue == "promise" and best in _MOODS[language].promised:
        return Modality.PROMISED
    foreseen = best is Modality.PLANNED and strength == _CLOSED_MODALITY_RANK
    if of_cue and cue in _OF_THE_FUTURE and foreseen:
        return of_cue  # what somebody thinks, hopes or fears will be is nobody's plan
    return best


def _strongest(tokens: Tokens, claim: Range, language: str, naming: Naming) -> tuple[Modality, int]:
    """Return what the strongest word or form of mood in a statement says, and how strong it is."""
    moods = _MOODS[language]
    relatives = word_set(language, "relatives")
    best, strength = Modality.FACT, 0
    inside = False  # a relative clause
    k = claim[0]
    while k < claim[1]:
        if k in naming.starts:  # no word of a name says how a thing is said
            k = max(k + 1, naming.starts[k][0])
            continue
        if tokens.kinds[k] == COMMA:
            inside = False
        if tokens.kinds[k] != WORD:
            k += 1
            continue
        inside = inside or (k > claim[0] and tokens.words[k] in relatives)
        step, found = k + 1, None
        phrase = phrase_at(tokens, k, claim[1], language, "modality")
        if phrase and not moods.says_nothing(tokens, k, phrase[0], claim):
            step = phrase[0]
            found = Modality(phrase[1]["modality"]), int(phrase[1]["strength"])
        if found is None and not inside:
            found = moods.of_form(tokens, k, claim)
        if found:
            weight = found[1] - _IN_RELATIVE * inside
            if weight > strength:
                best, strength = found[0], weight
            if moods.condition_closes and best is Modality.CONDITIONAL and weight > _IF:
                break  # what stands in the condition says nothing of the whole
        k = step
    return best, strength


def _until(tokens: Tokens, claim: Range, language: str, naming: Naming) -> bool:
    """Return whether something will not be before something else is: a condition.

    "Not before June" only dates it.
    """
    bars, untils = group(language, "bars"), group(language, "untils")
    barred = False
    for k in range(*claim):
        barred = barred or tokens.words[k] in bars
        if barred and tokens.words[k] in untils and naming.times.isdisjoint((k, k + 1)):
            return True
    return False


def _supposes(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether a statement opens with what it hangs on: "without aid, …"."""
    return tokens.words[claim[0]] in group(language, "supposing")


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
    return _MOODS[language].as_said(tokens, claim, naming, modality, event, counts=counts)
