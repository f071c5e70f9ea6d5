"""What does a statement claim: of what kind, when, where, by whom, and as what is it said?

Polarity, modality and event type follow from tables of words and from where they
stand: a negation counts before the statement's own verb, a noun of action counts
where it leads the statement or stands with a verb that only carries it. The verb
of saying gives what the statement's own words leave open (a denial, a request).
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

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
from tawatur.reading.clauses import is_verb, phrase_at, verb_at
from tawatur.reading.cues import Naming, Range, arabic_past, arabic_present, word_set
from tawatur.reading.tables import rows
from tawatur.reading.text import DASH, STOP, WORD, Tokens, fold_word

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
            forms = set(arabic_past(row["word"]))
            if row["present"] != "-":
                forms |= set(arabic_present(row["present"]))
        else:
            forms = {fold_word(word) for word in row["forms"].split("|")}
            if row["part"] == "noun":
                for form in forms:
                    nouns.setdefault(form, kind)
                continue
        for form in forms:
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
        if word in nouns and word not in verbs:
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
    verb = _first_verb(tokens, claim, language)
    reach = (verb + 2) if verb is not None else claim[0] + 7
    relatives = word_set(language, "relatives")
    for k in range(claim[0], min(claim[1], reach)):
        if tokens.kinds[k] != WORD:
            continue
        if tokens.words[k] in relatives and k > claim[0]:
            break
        if phrase_at(tokens, k, claim[1], language, "not_negations"):
            break
        if phrase_at(tokens, k, claim[1], language, "negation"):
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


def _asks(tokens: Tokens, claim: Range) -> bool:
    after = claim[1]
    return after < len(tokens) and tokens.kinds[after] == STOP and tokens.words[after] in "?؟"


def _modality(tokens: Tokens, claim: Range, language: str, cue: str, naming: Naming) -> Modality:
    best, strength = Modality.FACT, 0
    k = claim[0]
    relatives = word_set(language, "relatives")
    inside = False
    while k < claim[1]:
        step = k + 1
        if k in naming.starts:
            step = max(step, naming.starts[k][0])  # no word of a name says how a thing is said
        elif tokens.kinds[k] == WORD:
            inside = inside or (k > claim[0] and tokens.words[k] in relatives)
            found = phrase_at(tokens, k, claim[1], language, "modality")
            if found and language == "ar" and _resumed(tokens, claim, k, found[0]):
                step = found[0]
            elif found:
                weight = int(found[1]["strength"]) - (2 if inside else 0)
                if weight > strength:
                    best, strength = Modality(found[1]["modality"]), weight
                step = found[0]
            elif not inside and language != "en":
                if language == "ar" and _may(tokens, k, claim[1]) and strength < _MAY:
                    best, strength = Modality.HEDGED, _MAY
                future = _future(tokens.words[k]) if language == "ar" else _french_future(tokens, k)
                if future and strength < 3:
                    best, strength = future, 3
        k = step
    of_cue = _MODALITY_OF_CUE.get(cue)
    if of_cue and strength < _CLOSED_MODALITY_RANK:
        return of_cue
    if cue == "think" and best is Modality.PLANNED and strength == _CLOSED_MODALITY_RANK:
        return Modality.OPINION  # what somebody thinks will be is nobody's plan
    return best


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
        return modality
    if modality is Modality.PLANNED:
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


def _asks_help(tokens: Tokens, claim: Range) -> bool:
    return any(tokens.words[k] in ("يمكن", "ويمكن", "بامكان") for k in range(*claim))


def _only_says_what(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether the statement is a nominal sentence: X is, or is not, Y."""
    words = [tokens.words[k] for k in range(*claim) if tokens.kinds[k] == WORD]
    if any(word in ("ليس", "ليست", "ليسوا", "هو", "هي") for word in words[:8]):
        return True
    return len(words) >= 3 and not any(verb_at(tokens, k, language) for k in range(*claim))


def _future(word: str) -> Modality | None:
    """Return what an Arabic future form says: a promise in the first person, else a plan."""
    core = word[1:] if word[:1] in "وف" and len(word) > 4 else word
    if len(core) > 3 and core[0] == "س" and core[1] in "يتنا" and is_verb(core[1:], "ar"):
        return Modality.PROMISED if core[1] in "نا" else Modality.PLANNED
    if (
        len(core) > 4
        and core.startswith("سن")
        and not core.startswith(("سنو", "سنه", "سند", "سني"))
    ):
        return Modality.PROMISED
    return None


def _may(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether Arabic قد stands before a present tense: it may."""
    after = tokens.words[at + 1] if at + 1 < end else ""
    return (
        tokens.words[at] in ("قد", "وقد", "فقد")
        and after[:1] in ("ي", "ت")
        and (is_verb(after, "ar"))
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


def _event(tokens: Tokens, claim: Range, language: str, cue: str, *, whole: bool) -> EventType:
    relatives = word_set(language, "relatives")
    words = 0
    noun: EventType | None = None
    denial = _denial(tokens, claim, language)
    for k in range(claim[0] if denial is None else denial + 1, claim[1]):
        if tokens.kinds[k] != WORD:
            continue
        word = tokens.words[k]
        if denial is not None and (found := _event_of(word, language)) and not found[1]:
            return found[0]  # the type is that of the thing denied
        if word in relatives and words:
            break
        words += 1
        found = _event_of(word, language)
        if found and found[1] and verb_at(tokens, k, language):
            return found[0]
        if found and not found[1] and noun is None and not _fought(tokens, k, claim[0], language):
            noun = found[0]
    if noun is not None:
        return noun
    return _EVENT_OF_CUE.get(cue, EventType.STATE)


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
        if time.type is TimeType.DATE and time.value and span.holds(time.span):
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
