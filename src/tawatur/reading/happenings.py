"""What does a statement claim: of what kind, when, where, by whom, and as what is it said?

Polarity, modality and event type follow from tables of words and from where they
stand: a negation counts before the statement's own verb, a noun of action counts
where it leads the statement or stands with a verb that only carries it. The verb
of saying gives what the statement's own words leave open (a denial, a request).
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from tawatur.model.reading import (
    EntityType,
    EventType,
    Modality,
    Participant,
    Polarity,
    Quantity,
    Role,
    TimeExpression,
    TimeType,
)
from tawatur.model.span import Span
from tawatur.reading.clauses import is_verb, names_action, phrase_at, verb_at
from tawatur.reading.cues import (
    Naming,
    Range,
    arabic_past,
    arabic_present,
    forms,
    group,
    phrase_heads,
    phrases,
    word_set,
)
from tawatur.reading.tables import rows
from tawatur.reading.text import BREAK, DASH, STOP, WORD, Tokens, fold_word

_PREFIXES = (
    *("وال", "فال", "بال", "كال", "لل", "ال", "وس", "فس"),
    *("وب", "ول", "س", "و", "ف", "ب", "ل"),
)
_PRONOUNS = {"هما", "هم", "ها", "نا", "ه"}  # what may be joined to a noun in ta marbuta
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
_EVENT_OF_CUE = {
    "request": EventType.REQUEST,
    "threat": EventType.THREATEN,
    "agree": EventType.AGREE,
}
_ATTACK = EventType.ASSAULT
_MAY = 5
_IF = 4  # a condition weighs more
_DENIAL_WITHIN = 7  # words
_DENIALS = {
    "ar": frozenset(("نفيها", "نفيه", "نفيهم", "نفيا")),
    "fr": frozenset(("dementi", "dementis")),
    "en": frozenset(("denial", "denials")),
}
_ASYNDETIC = 7  # words
_PRESENT = {  # of the commonest verbs: what a record gives in the present holds on that day
    "en": frozenset(("is", "are", "has", "have", "needs", "need", "wants", "want", "does", "do")),
    "fr": frozenset(("est", "sont", "ont", "reste", "restent", "doit", "doivent", "peut")),
}
_THAT = {
    "ar": frozenset(("ان", "وان", "انه", "وانه", "انها", "وانها", "انهم", "بان", "وبان", "او")),
    "fr": frozenset(("que", "qu'")),
    "en": frozenset(("that", "or")),
}
_DATELINE = 16  # tokens
_CLOSED_MODALITY_RANK = 3  # a word of this strength outweighs the verb of saying


@dataclass(frozen=True, slots=True)
class Happening:
    """What one statement claims."""

    polarity: Polarity
    modality: Modality
    event_type: EventType
    when: str | None
    where: tuple[str, ...]
    who: tuple[Participant, ...]
    quantities: tuple[int, ...]


@cache
def _events(language: str) -> tuple[dict[str, EventType], dict[str, EventType]]:
    """Return folded verb forms and folded nouns with their types."""
    verbs: dict[str, EventType] = {}
    nouns: dict[str, EventType] = {}
    for row in rows(language, "events"):
        kind = EventType(row["type"])
        if language == "ar":
            if row["part"] == "noun":
                nouns.setdefault(fold_word(row["word"]), kind)
                continue
            made = set(arabic_past(row["word"]))
            if row["present"] != "-":
                made |= set(arabic_present(row["present"]))
        else:
            made = {fold_word(word) for word in row["forms"].split("|")}
            if row["part"] == "noun":
                for form in made:
                    nouns.setdefault(form, kind)
                continue
        for form in made:
            verbs.setdefault(form, kind)
    return verbs, nouns


@cache
def arabic_pasts() -> frozenset[str]:
    """Return the past forms of all verbs in the tables: قد before them says that it was so."""
    found: set[str] = set()
    for table, column in (("events", "word"), ("verbs", "past"), ("cues", "past")):
        for row in rows("ar", table):
            if row[column] != "-" and row.get("part") != "noun":
                found |= arabic_past(row[column]).keys()
    return frozenset(found)


@lru_cache(maxsize=40_000)
def _event_of(word: str, language: str) -> tuple[EventType, bool] | None:
    """Return the type of one folded word and whether it is a verb."""
    verbs, nouns = _events(language)
    if language != "ar":
        if word in nouns:
            return nouns[word], False
        if word in verbs:
            return verbs[word], True
        return None
    for candidate in _arabic_candidates(word):
        noun = nouns.get(candidate)
        if noun is not None:
            return noun, False
        if candidate in verbs:
            return verbs[candidate], True
    return None


def _arabic_candidates(word: str) -> list[str]:
    """Return a folded word and what is left of it without what may be joined to it."""
    found = [word]
    found += [
        word.removeprefix(prefix)
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 3
    ]
    for candidate in tuple(found):
        for suffix in ("هما", "هم", "ها", "نا", "ه", "ين", "ان", "ات", "ا"):
            if candidate.endswith(suffix) and len(candidate) - len(suffix) >= 3:
                rest = candidate.removesuffix(suffix)
                found.append(rest)
                if suffix in _PRONOUNS and rest.endswith("ت"):
                    found.append(rest[:-1] + "ه")
                if suffix in ("ات", "ين", "ان"):
                    found.append(rest + "ه")
    return found


def happening(
    tokens: Tokens,
    claim: Range,
    language: str,
    naming: Naming,
    times: tuple[TimeExpression, ...],
    quantities: tuple[Quantity, ...],
    kinds: tuple[str, ...],
    *,
    whole: bool = False,
    first: bool = True,
    attributed: bool = False,
) -> Happening:
    """Return what the statement in ``claim`` says happened.

    Args:
        tokens: The whole text's tokens.
        claim: The statement's tokens.
        language: ``ar``, ``fr`` or ``en``.
        naming: Names by token.
        times: All time expressions of the text.
        quantities: All quantities of the text.
        kinds: Kinds of the verbs of saying above it, outermost first.
        whole: Whether the statement's own verb is the last of these.
        first: Whether it is the first statement of that verb.
        attributed: Whether somebody other than the author says it.
    """
    span = tokens.span(*claim)
    cue = kinds[-1] if kinds else ""
    polarity = _polarity(tokens, claim, language, cue, whole=whole, first=first)
    event = _event(tokens, claim, language, cue, whole=whole)
    modality = _modality(tokens, claim, language, cue, naming)
    held = [quantities[i] for i in _held(span, quantities)]
    if attributed:
        counts = any(q.bound or q.unit == "person" for q in held)
        modality = _as_said(tokens, claim, language, naming, modality, event, counts=counts)
    return Happening(
        polarity,
        modality,
        event,
        _when(_without_dateline(tokens, claim), times),
        _where(tokens, claim, language, naming),
        _who(tokens, claim, language, naming),
        _held(span, quantities),
    )


def attacks(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether a verb of the statement tells of an attack."""
    return any(
        verb_at(tokens, k, language) and _event_of(tokens.words[k], language) == (_ATTACK, True)
        for k in range(*claim)
    )


def tells_past(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether the first verb of a statement is in the past, or negated in it."""
    for k in range(*claim):
        if language == "ar":
            word = tokens.words[k]
            if word in ("لم", "ولم", "كان", "كانت", "وكان", "وكانت", "كانوا"):
                return True
            if verb_at(tokens, k, "ar"):
                return word in arabic_pasts() or (word[0] in "وف" and word[1:] in arabic_pasts())
        elif tokens.words[k] in _PRESENT[language]:
            return False
    return language != "ar"


def has_past(tokens: Tokens, claim: Range) -> bool:
    """Return whether an Arabic statement holds a verb in the past, or negated in it."""
    pasts = arabic_pasts()
    return any(
        tokens.kinds[k] == WORD
        and (bare_word(tokens.words[k]) in pasts or bare_word(tokens.words[k]) == "لم")
        for k in range(*claim)
    )


def tells_future(tokens: Tokens, claim: Range) -> bool:
    """Return whether an Arabic statement has a verb of the future, or a present after قد."""
    return any(
        tokens.kinds[k] == WORD
        and (
            _future(tokens.words[k]) is not None
            or tokens.words[k] in ("سوف", "لن", "ولن")
            or _stem(tokens.words[k]) in group("ar", "ready")
            or _may(tokens, k, claim[1])
        )
        for k in range(*claim)
    )


def _first_verb(tokens: Tokens, claim: Range, language: str) -> int | None:
    return next((k for k in range(*claim) if verb_at(tokens, k, language)), None)


def _denial(tokens: Tokens, claim: Range, language: str) -> int | None:
    """Return the noun by which the statement renews or issues a denial: "its denial of"."""
    for k in range(claim[0], min(claim[1], claim[0] + _DENIAL_WITHIN)):
        if tokens.words[k] in _DENIALS[language]:
            return k
    return None


def _after_that(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether the conjunction that carries a denial on stands before the statement."""
    before = tokens.words[claim[0] - 1] if claim[0] else ""
    return before in _THAT[language] or tokens.words[claim[0]] in _THAT[language]


def _polarity(
    tokens: Tokens, claim: Range, language: str, cue: str, *, whole: bool, first: bool
) -> Polarity:
    if _denial(tokens, claim, language) is not None:
        return Polarity.DENIED
    denied = cue == "deny" and (whole or first or _after_that(tokens, claim, language))
    if language == "ar" and cue == "promise" and "بعدم" in tokens.words[claim[0] : claim[1]]:
        return Polarity.DENIED  # he promised not to
    verb = _first_verb(tokens, claim, language)
    reach = (verb + (2 if language == "ar" else 4)) if verb is not None else claim[0] + 7
    relatives = word_set(language, "relatives")
    heads = None if language == "ar" else _negating(language)
    for k in range(claim[0], min(claim[1], reach)):
        if tokens.kinds[k] != WORD:
            continue
        if tokens.words[k] in relatives and k > claim[0]:
            denied = denied != (language == "ar" and _is_not(tokens, (k, claim[1])))
            break
        if heads is not None and tokens.words[k] not in heads:
            continue
        if phrase_at(tokens, k, claim[1], language, "not_negations"):
            break
        if phrase_at(tokens, k, claim[1], language, "negation"):
            if language == "fr" and _restricts(tokens, k, claim[1]):
                break
            if language == "ar" and _no_negation(tokens, k, claim):
                break
            if language == "ar" and k - claim[0] > _ASYNDETIC and k + 1 == verb:
                break  # so late, without a verb before it, it opens a relative clause
            if language == "ar" and tokens.words[k - 1 : k] in (("ما",), ("بما",), ("مما",)):
                break  # "what we cannot ..." is something, and there is
            denied = not denied
            break
    if cue == "ask" or _asks(tokens, claim):
        return Polarity.QUESTIONED
    for k in range(claim[0], min(claim[1], claim[0] + 4)):
        if tokens.kinds[k] == WORD and phrase_at(tokens, k, claim[1], language, "questioning"):
            return Polarity.QUESTIONED
    return Polarity.DENIED if denied else Polarity.ASSERTED


def _is_not(tokens: Tokens, within: Range) -> bool:
    """Return whether "is not" is the predicate of a subject that a relative clause describes."""
    return any(tokens.words[k] in ("ليس", "ليست", "ليسوا") for k in range(*within))


def _no_negation(tokens: Tokens, at: int, claim: Range) -> bool:
    """Return whether an Arabic negation denies nothing of the statement itself.

    So it is in "only" (لا … سوى), in "not Y" after what holds (X لا Y), and in a clause
    that describes what a noun of action names.
    """
    word = tokens.words[at]
    if bare_word(word) not in ("لا", "لم", "لن", "ما", "ليس", "ليست"):
        return False
    after = tokens.words[at + 1 : min(claim[1], at + _ONLY_WITHIN)]
    if "سوي" in after or any(w == "الا" and n not in _UNLESS for w, n in pairwise(after)):
        return True
    if word == "لا" and after and after[0].startswith("ال") and at > claim[0]:
        return True
    return at - claim[0] > 2 and names_action(tokens.words[claim[0]], "ar")


def bare_word(word: str) -> str:
    """Return a folded Arabic word without a joined conjunction."""
    return word[1:] if len(word) > 2 and word[0] in "وف" else word


_ONLY_WITHIN = 7  # words
_UNLESS = frozenset(("ان", "انه", "انها", "اذا", "بعد"))  # "except that", "unless": no "only"


@cache
def _negating(language: str) -> frozenset[str]:
    """Return the first words of what negates, and of what only seems to."""
    return frozenset(phrase_heads(language, "negation")) | frozenset(
        phrase_heads(language, "not_negations")
    )


def _restricts(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a French negation only restricts: il n'en reconnaît que 900."""
    if tokens.words[at] not in ("ne", "n'"):
        return False
    for k in range(at + 1, min(end, at + _RESTRICTION)):
        if tokens.words[k] in ("pas", "plus", "jamais", "rien", "aucun", "aucune", "ni", "pu"):
            return False
        if tokens.words[k] in ("que", "qu'"):
            return True
    return False


_RESTRICTION = 7  # tokens


def _asks(tokens: Tokens, claim: Range) -> bool:
    after = claim[1]
    return after < len(tokens) and tokens.kinds[after] == STOP and tokens.words[after] in "?؟"


def _modality(tokens: Tokens, claim: Range, language: str, cue: str, naming: Naming) -> Modality:
    best, strength = Modality.FACT, 0
    k = claim[0]
    relatives = word_set(language, "relatives")
    moods = phrase_heads(language, "modality")
    inside = False
    while k < claim[1]:
        step = k + 1
        if k in naming.starts:
            step = max(step, naming.starts[k][0])  # no word of a name says how a thing is said
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
                if language == "ar" and _may(tokens, k, claim[1]) and strength < _MAY:
                    best, strength = Modality.HEDGED, _MAY
                future = _future(tokens.words[k]) if language == "ar" else _french_future(tokens, k)
                if future and strength < 3:
                    best, strength = future, 3
                if language == "fr" and strength < _MAY:
                    mood = _conditional(tokens, k, claim)
                    if mood:
                        best, strength = mood
        k = step
    of_cue = _MODALITY_OF_CUE.get(cue)
    if of_cue and strength < _CLOSED_MODALITY_RANK:
        return of_cue
    if cue == "promise" and language != "ar" and best in (Modality.HEDGED, Modality.PLANNED):
        return Modality.PROMISED
    if cue == "think" and best is Modality.PLANNED and strength == _CLOSED_MODALITY_RANK:
        return Modality.OPINION  # what somebody thinks will be is nobody's plan
    return best


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
    composed = word in ("aurait", "auraient")
    before = tokens.words[claim[0] - 1] if claim[0] else ""
    reported = before in _THAT["fr"] or tokens.words[claim[0]] in _THAT["fr"]
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


def _as_said(
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
    if language != "ar":
        obliged = modality is Modality.PLANNED and language == "fr"
        if obliged and any(tokens.words[k] in ("doit", "doivent") for k in range(*claim)):
            return Modality.REQUESTED
        return modality
    if modality is Modality.PLANNED:
        if tokens.words[claim[0] - 1] in _HE_HIMSELF and _future(tokens.words[claim[0]]):
            return Modality.PROMISED  # he said that he will
        for k in range(*claim):
            if tokens.kinds[k] == WORD and _future(tokens.words[k]):
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
def _future(word: str) -> Modality | None:
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


def _may(tokens: Tokens, at: int, end: int) -> bool:
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


@cache
def _carriers(language: str) -> frozenset[str]:
    """Return the forms of verbs that only carry a noun: to give support, donner son accord."""
    return group(language, "light")


def _latin_event(tokens: Tokens, claim: Range, language: str, cue: str) -> EventType:
    """Return the type of a French or English statement.

    Its main verb tells it, unless that only carries a noun; then what is done in the
    infinitive or by a noun of action, whichever stands first.
    """
    verbs, nouns = _events(language)
    relatives = word_set(language, "relatives")
    light, helpers = _carriers(language), group(language, "participle_auxiliaries")
    denial = _denial(tokens, claim, language)
    spoken = forms(language)
    first: EventType | None = None
    carried: EventType | None = None
    plain = False  # whether a verb without a type has stood before
    words = 0
    for k in range(claim[0] if denial is None else denial + 1, claim[1]):
        if tokens.kinds[k] != WORD:
            continue
        word = tokens.words[k]
        if word in relatives and words and (first or carried):
            break
        words += 1
        verb, noun = verbs.get(word), nouns.get(word)
        if verb is None and noun is None:
            plain = plain or (
                verb_at(tokens, k, language)
                and word not in light
                and word not in helpers
                and word not in group(language, "finite")
                and word not in spoken
            )
            continue
        before = tokens.words[max(claim[0], k - 3) : k]
        main = verb is not None and (
            verb_at(tokens, k, language) or any(w in helpers for w in before)
        )
        if main and noun is not None and before and before[-1] in group(language, "before_nouns"):
            main = False
        if main and verb is not None:
            if word in light:
                carried = carried or verb
                continue
            return verb
        if plain:
            continue  # what an ordinary verb acts on is not what happens
        adjective = noun is None and (
            bool(before) and before[-1] in group(language, "before_nouns") - {"to", "de", "d'"}
        )
        if adjective or (noun is None and _apposed_participle(tokens, k, language)):
            continue
        kind = noun if noun is not None else verb
        if first is None and kind and not _fought(tokens, k, claim[0], language):
            first = kind
    return first or carried or _EVENT_OF_CUE.get(cue, EventType.STATE)


def _apposed_participle(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether a French participle only qualifies what stands before: "arrivés la nuit"."""
    end = tokens.text[tokens.starts[at] : tokens.ends[at]]
    return language == "fr" and end.endswith(("é", "ée", "és", "ées"))


def _event(tokens: Tokens, claim: Range, language: str, cue: str, *, whole: bool) -> EventType:
    if language == "ar":
        return _arabic_event(tokens, claim, cue, whole=whole)
    return _latin_event(tokens, claim, language, cue)


@cache
def _light() -> dict[str, str]:
    """Return the forms of Arabic verbs that leave the type to a noun, and how each does."""
    found: dict[str, str] = {}
    for row in rows("ar", "light_verbs"):
        for column, derive in (("past", arabic_past), ("present", arabic_present)):
            if row[column] != "-":
                found = dict.fromkeys(derive(row[column]), row["how"]) | found
    return found


@cache
def _hedging() -> frozenset[str]:
    """Return the words, conjunctions joined or not, with which a phrase of hedging begins."""
    found = {
        words[0]
        for words, row in phrases("ar", "modality")
        if row["modality"] == "hedged" and len(words) > 1
    }
    return frozenset(letter + word for word in found for letter in ("", "و", "ف"))


@lru_cache(maxsize=40_000)
def _stem(word: str) -> str:
    """Return an adjective without conjunction, article and the endings of gender and number."""
    for prefix in ("وال", "ال", "و", "ف", "ل", "ب"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            word = word[len(prefix) :]
            break
    for ending in ("ون", "ين", "ه", "ا"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=40_000)
def _lightness(word: str) -> str:
    light = _light()
    for prefix in ("", "و", "ف", "س", "وس", "فس"):
        if word.startswith(prefix) and word[len(prefix) :] in light:
            return light[word[len(prefix) :]]
    return ""


_NOUN_WITHIN = 6  # words between a light verb and the noun that says what happened
_SUBJECT_HEAD = 3  # words in which the head of a sentence without verb stands


def _arabic_event(tokens: Tokens, claim: Range, cue: str, *, whole: bool) -> EventType:
    """Return the type of an Arabic statement: that of its predicate, else of its head noun.

    What stands after a relative pronoun, or after a verb that is the predicate already,
    says nothing of the type. What is denied has the type of the thing denied.
    """
    denial = _denial(tokens, claim, "ar")
    first = claim[0] if denial is None else denial + 1
    relatives = word_set("ar", "relatives")
    hedging, ready = _hedging(), group("ar", "ready")
    nouns: list[tuple[int, EventType]] = []
    words = 0
    how = ""  # what the verb before leaves open
    own: EventType | None = None  # the type of a light verb itself
    since = 0
    k = first
    while k < claim[1]:
        if tokens.kinds[k] != WORD:
            since += _NOUN_WITHIN * (tokens.kinds[k] in (STOP, BREAK))
            k += 1
            continue
        word = tokens.words[k]
        hedge = phrase_at(tokens, k, claim[1], "ar", "modality") if word in hedging else None
        if hedge and hedge[1]["modality"] == "hedged" and hedge[0] > k + 1:
            k, words = hedge[0], words + 1
            continue
        if word in relatives and words:
            break
        words += 1
        since += 1
        found = _event_of(word, "ar")
        if found and not found[1]:
            if denial is not None:
                return found[0]
            if not _fought(tokens, k, first, "ar"):
                nouns.append((words, found[0]))
                if how in ("light", "aspect") and since <= _NOUN_WITHIN:
                    return found[0]
                near = since <= _OBJECT_WITHIN
                if how in ("other", "copula") and near and tokens.words[k - 1] not in _CIRCUMSTANCE:
                    return found[0]
        elif _stem(word) in ready:
            how, since = "aspect", 0
        elif verb_at(tokens, k, "ar") and not (k > first and word in group("ar", "nouns_too")):
            light = _lightness(word)
            if (
                not light
                and not found
                and not how
                and (word in forms("ar") or word[1:] in forms("ar"))
            ):
                light = "aspect"  # to vow, to deny: what it is that is vowed
            if cue == "deny" and whole and words <= 2:
                how, since = "aspect", 0
            elif how == "light" and own is not None:
                return own
            elif light in ("light", "happens"):
                before = [kind for at, kind in nouns if at <= _SUBJECT_HEAD + 2]
                if light == "happens" and before:
                    return before[-1]
                how, since = "light", 0
                own = found[0] if found else None
            elif light in ("aspect", "copula"):
                how, since = light, 0
            elif found:
                return found[0]
            elif not how and not _governed(tokens, k, first):
                how, since = "other", 0
        k += 1
    if own is not None:
        return own
    if any(kind is EventType.CRIME for _, kind in nouns):
        return EventType.CRIME  # trafficking is what it is about, whatever is said of it
    if nouns and (how not in ("copula", "other") or nouns[0][0] <= _HEADS[how]):
        return nouns[0][1]
    return _EVENT_OF_CUE.get(cue, EventType.STATE)


_HEADS = {"copula": _SUBJECT_HEAD, "other": 0}
_OBJECT_WITHIN = 3  # words between an untyped verb and its object
_CIRCUMSTANCE = frozenset(("بعد", "قبل", "عقب", "اثر", "خلال", "منذ", "مع", "من", "رغم", "بسبب"))


def _governed(tokens: Tokens, at: int, first: int) -> bool:
    """Return whether a preposition stands before a word, which then is no verb."""
    return at > first and tokens.words[at - 1] in ("من", "في", "الي", "علي", "عن", "بعد", "قبل")


def _fought(tokens: Tokens, at: int, first: int, language: str) -> bool:
    """Return whether the noun is only what somebody works against or on: the fight against X."""
    against = word_set(language, "against")
    return at > first and tokens.words[at - 1] in against


def _held(span: Span, quantities: tuple[Quantity, ...]) -> tuple[int, ...]:
    """Return the indexes of the quantities within the span; they are in text order."""
    first = bisect_left(quantities, span.start, key=lambda q: q.span.start)
    end = bisect_left(quantities, span.end, key=lambda q: q.span.start)
    return tuple(i for i in range(first, end) if span.holds(quantities[i].span))


def _without_dateline(tokens: Tokens, claim: Range) -> Span:
    """Return the statement without the place and date of filing that may open it, up to a dash."""
    for k in range(claim[0] + 1, min(claim[0] + _DATELINE, claim[1] - 1)):
        if tokens.kinds[k] == DASH and tokens.ends[k - 1] < tokens.starts[k]:
            return tokens.span(k + 1, claim[1])
        if tokens.kinds[k] == STOP:
            break
    return tokens.span(*claim)


def _when(span: Span, times: tuple[TimeExpression, ...]) -> str | None:
    for at in range(bisect_left(times, span.start, key=lambda t: t.span.start), len(times)):
        time = times[at]
        if time.span.start >= span.end:
            return None
        dated = time.value and (time.type is TimeType.DATE or "/" in time.value)
        if dated and span.holds(time.span):
            return time.value
    return None


def _where(tokens: Tokens, claim: Range, language: str, naming: Naming) -> tuple[str, ...]:
    """Return the places that stand after a preposition of place, in order."""
    places = word_set(language, "place_prepositions")
    kinds = {EntityType.COUNTRY_OR_CITY, EntityType.LOCATION, EntityType.FACILITY}
    found: list[str] = []
    for k in range(*claim):
        mention = naming.starts.get(k)
        if not mention or mention[2] not in kinds or mention[1] in found:
            continue
        before = [tokens.words[j] for j in range(max(claim[0], k - 3), k)]
        joined = language == "ar" and tokens.words[k][:1] == "ب"
        if joined or any(word in places for word in before) or _struck(before, language):
            found.append(mention[1])
    return tuple(found)


@cache
def _scene_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nouns of attacks, and the words after which only a place stands."""
    table = rows(language, "scenes")
    return (
        frozenset(fold_word(row["word"]) for row in table if row["part"] == "event"),
        frozenset(fold_word(row["word"]) for row in table if row["part"] in ("site", "near")),
    )


def _struck(before: list[str], language: str) -> bool:
    """Return whether a place after these words is where an attack struck: "the attack on X"."""
    events, sites = _scene_words(language)
    plain = [
        next((w for w in _arabic_candidates(word) if w in events or w in sites), word)
        if language == "ar"
        else word
        for word in before
    ]
    if any(word in sites for word in plain[-2:]):
        return True
    near = plain[-1:] if language == "ar" else plain[-2:]
    if any(word in events for word in near):
        return True
    return language == "ar" and len(plain) > 1 and plain[-1] == "علي" and plain[-2] in events


def _who(tokens: Tokens, claim: Range, language: str, naming: Naming) -> tuple[Participant, ...]:
    """Return the named who take part: the first is the actor, the next the recipient."""
    kinds = {EntityType.PERSON, EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY}
    places = set(_where(tokens, claim, language, naming))
    found: list[Participant] = []
    for k in range(*claim):
        mention = naming.starts.get(k)
        if (
            mention
            and mention[2] in kinds
            and mention[1] not in places
            and all(p.entity != mention[1] for p in found)
        ):
            found.append(Participant(mention[1], Role.RECIPIENT if found else Role.ACTOR))
    return tuple(found[:4])
