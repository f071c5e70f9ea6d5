"""How do French and English say that a thing is planned, promised, supposed or a condition?

Both use nouns and full verbs of mood that say nothing of the statement ("a plan to lease").
French says much by the form of the verb: the conditional is hearsay, or, told by somebody
in the past, a future; what he who speaks will do himself is his promise.
"""

from tawatur.model.reading import EventType, Modality
from tawatur.reading.cues import Naming, Range, group
from tawatur.reading.latin.tenses import Tense, tense_at
from tawatur.reading.latin.words import (
    bare_participles,
    hung_pronoun,
    is_accented,
    is_adverb,
    is_infinitive,
)
from tawatur.reading.text import WORD, Tokens
from tawatur.reading.verbs import verb_at

_MAY = 5
_FUTURE = 3


# Whose compound tenses are made with être: "serait arrivé" is hearsay, "serait fermé" may be due.
_MOTION = frozenset(
    (
        *("venu", "alle", "parti", "entre", "rentre", "sorti", "mort", "ne", "tombe", "passe"),
        *("arrive", "reste", "devenu", "revenu", "retourne", "monte", "descendu", "parvenu"),
    )
)
_JUST = frozenset(("vient", "viennent"))  # vient d'annoncer que
_OWN_WITHIN = 5  # tokens of a statement that tell whose future it is
_OWN = frozenset(("it", "they", "we", "he", "she", "i", "its", "their", "his", "her", "our"))
_WILL = frozenset(("would", "will", "'ll"))
_CUE_WITHIN = 4  # tokens before "que"
_SUBJECT_WITHIN = 3  # tokens after it


class EnglishMoods:
    """The `tawatur.reading.grammar.Moods` of English, which has words where French has forms."""

    promised = frozenset({Modality.HEDGED, Modality.PLANNED})
    condition_closes = False

    __slots__ = ()

    def says_nothing(self, tokens: Tokens, at: int, end: int, claim: Range) -> bool:
        """Return whether a word of mood is a noun here, or passive: what was promised to X."""
        if tokens.words[at] == "may" and at and tokens.text[tokens.starts[at]] == "M":
            return True  # the month
        return _says_nothing(tokens, at, end, claim, "en")

    def of_form(self, tokens: Tokens, at: int, claim: Range) -> tuple[Modality, int] | None:
        """Return None: no ending tells."""
        return None

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
        """Return the modality, but that what he himself will do, or give as aid, is promised."""
        if modality is not Modality.PLANNED:
            return modality
        opening = tokens.words[claim[0] : min(claim[1], claim[0] + _OWN_WITHIN)]
        own = opening[0] in _OWN and not _WILL.isdisjoint(opening)
        return Modality.PROMISED if own or event is EventType.AID else modality


class FrenchMoods:
    """The `tawatur.reading.grammar.Moods` of French."""

    promised = EnglishMoods.promised
    condition_closes = False

    __slots__ = ()

    def says_nothing(self, tokens: Tokens, at: int, end: int, claim: Range) -> bool:
        """Return whether a word of mood is a noun here, passive, or says how much: si peu."""
        return _says_nothing(tokens, at, end, claim, "fr") or _describes(tokens, at, end, claim)

    def of_form(self, tokens: Tokens, at: int, claim: Range) -> tuple[Modality, int] | None:
        """Return what a future or conditional says, and how strongly."""
        if at == claim[0] and _bids(tokens, at):
            return Modality.REQUESTED, _MAY
        tense = tense_at(tokens, at)
        if tense is Tense.CONDITIONAL:
            if tokens.words[at - 1 : at + 1] == ("il", "serait") and _judges(tokens, at, claim):
                return Modality.OPINION, _MAY
            past = not _composed(tokens, at) and _told_in_past(tokens, claim)
            return (Modality.PLANNED, _FUTURE) if past else (Modality.HEDGED, _MAY)
        if tense is None:
            return None
        return (Modality.PROMISED if tense is Tense.OUR_FUTURE else Modality.PLANNED), _FUTURE

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
        """Return what a modality becomes in somebody's mouth.

        What he himself will do is promised, and so is what he assures or whose help he
        foretells; what must be, at no time told, is asked for; what he is said to have said
        is hearsay.
        """
        cue = _cue_before(tokens, claim)
        if modality in (Modality.FACT, Modality.PLANNED) and {"aurait", "auraient"} & {*cue}:
            return Modality.HEDGED
        if modality is not Modality.PLANNED:
            return modality
        dated = not naming.times.isdisjoint(range(*claim))
        if not dated and any(tokens.words[k] in _MUST for k in range(*claim)):
            return Modality.REQUESTED
        own = _of_himself(tokens, claim, cue) or not _ASSURING.isdisjoint(cue)
        return Modality.PROMISED if own or event is EventType.AID else modality


def _says_nothing(tokens: Tokens, at: int, end: int, claim: Range, language: str) -> bool:
    """Return whether a word of mood is a noun here, or a full verb and no auxiliary.

    "A plan to lease" plans nothing in this statement; "compte" plans only before an infinitive.
    """
    word = tokens.words[at]
    before = tokens.words[at - 1] if at else ""
    after = tokens.words[end] if end < claim[1] else ""
    if word in ("si", "s'", "if") and end <= at + 2:
        if before in group(language, "before_questions"):
            return True  # asked if
        named = tokens.text[tokens.starts[at + 1] : tokens.ends[at + 1]].istitle()
        next_ = tokens.words[at + 1] if at + 1 < claim[1] else ""
        return word == "si" and not named and next_ not in group(language, "subjects")
    if word in group(language, "passives") and (
        before in group(language, "participle_auxiliaries") - group(language, "possessing")
        or after in group(language, "after_passives")
    ):
        return True  # what was promised to somebody
    counted = after.isdigit() or after in group(language, "counting")
    if counted and word in group(language, "needing"):
        return True  # il faudra deux ans: it takes so long
    nounable = at > claim[0] and word in group(language, "nounable")
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


def _describes(tokens: Tokens, at: int, end: int, claim: Range) -> bool:
    """Return whether a French participle describes a noun of a clause that tells something else.

    "A rejeté le plan prévu" plans nothing; "le plan est prévu" does, and "réunion prévue lundi".
    """
    ahead = tokens.words[at:end] in _AHEAD and any(
        tokens.words[k] in group("fr", "participle_auxiliaries") and is_accented(tokens, k + 1)
        for k in range(claim[0], at - 1)
    )
    if ahead:
        return True
    if end > at + 1 or not (is_accented(tokens, at) or tokens.words[at] in bare_participles()):
        return False
    here = at
    while here > claim[0] and _between(tokens.words[here - 1]):
        here -= 1
    helps = group("fr", "participle_auxiliaries") | {"etre", "avoir", "ete"}
    before = tokens.words[here - 1] if here > claim[0] else ""
    if before in helps or hung_pronoun(before):
        return False
    return any(verb_at(tokens, k, "fr") for k in range(*claim) if k != at)


def _between(word: str) -> bool:
    """Return whether a word may stand between an auxiliary and its participle."""
    return word in group("fr", "auxiliaries") - group("fr", "participle_auxiliaries") or is_adverb(
        word, "fr"
    )


def _composed(tokens: Tokens, at: int) -> bool:
    """Return whether a conditional is that of the perfect: aurait dit, se serait enfui."""
    word, before = tokens.words[at], tokens.words[at - 1]
    if word in ("aurait", "auraient") or before in ("se", "s'"):
        return True
    if word not in ("serait", "seraient"):
        return False
    after = {w.removesuffix("s") for w in tokens.words[at + 1 : at + 3]}
    return not _MOTION.isdisjoint(after | {w.removesuffix("e") for w in after})


def _cue_before(tokens: Tokens, claim: Range) -> tuple[str, ...]:
    """Return the words right before the "que" that opens a statement; none if none does."""
    that = group("fr", "that")
    opens = claim[0] if tokens.words[claim[0]] in that else claim[0] - 1
    if opens < 1 or tokens.words[opens] not in that:
        return ()
    return tokens.words[max(0, opens - _CUE_WITHIN) : opens]


def _told_in_past(tokens: Tokens, claim: Range) -> bool:
    """Return whether somebody said, in the past, that so it would be."""
    cue = _cue_before(tokens, claim)
    ended = any(word.endswith(("ait", "aient")) or word in _JUST for word in cue)
    return ended or not group("fr", "participle_auxiliaries").isdisjoint(cue)


def _of_himself(tokens: Tokens, claim: Range, cue: tuple[str, ...]) -> bool:
    """Return whether he who says it tells what he, or what is his, will do."""
    if not cue:
        return False
    first = claim[0] + (tokens.words[claim[0]] in group("fr", "that"))
    if tokens.words[first] not in _HIMSELF:
        return False
    return "serait" not in tokens.words[first : first + _SUBJECT_WITHIN]


def _bids(tokens: Tokens, at: int) -> bool:
    """Return whether a sentence opens with an infinitive: "Éviter tout déplacement"."""
    return tokens.text[tokens.starts[at]].isupper() and is_infinitive(tokens.words[at])


def _judges(tokens: Tokens, at: int, claim: Range) -> bool:
    """Return whether "il serait" opens a judgement: il serait naïf de croire."""
    return not {"de", "d'", "que", "qu'"}.isdisjoint(tokens.words[at + 2 : min(claim[1], at + 4)])


_AHEAD = (("prochain",), ("prochaine",), ("a", "venir"))
_MUST = frozenset(("doit", "doivent"))
_ASSURING = frozenset(("assure", "assurent", "assuré", "garanti", "garantit", "garantissent"))
_HIMSELF = frozenset(("il", "elle", "ils", "elles", "son", "sa", "ses", "leur", "leurs"))
