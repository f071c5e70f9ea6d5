"""What does a statement claim: of what kind, when, where, by whom, and as what is it said?

Polarity, modality and event type follow from tables of words and from where they
stand: a negation counts before the statement's own verb, a noun of action counts
where it leads the statement or stands with a verb that only carries it. The verb
of saying gives what the statement's own words leave open (a denial, a request).
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from tawatur.model.moment import Moment
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
from tawatur.reading.arabic.moods import arabic_future, arabic_may
from tawatur.reading.cues import Naming, Range, group, word_set
from tawatur.reading.event_types import adjective_stem, arabic_candidates, event_of, event_type
from tawatur.reading.moods import as_said, modality_of
from tawatur.reading.polarity import polarity_of
from tawatur.reading.tables import rows
from tawatur.reading.text import COMMA, DASH, STOP, WORD, Tokens, fold_word
from tawatur.reading.verbs import arabic_pasts, bare_word, verb_at

_ATTACK = EventType.ASSAULT
_PRESENT = {  # of the commonest verbs: what a record gives in the present holds on that day
    "en": frozenset(("is", "are", "has", "have", "needs", "need", "wants", "want", "does", "do")),
    "fr": frozenset(("est", "sont", "ont", "reste", "restent", "doit", "doivent", "peut")),
}
_DATELINE = 16  # tokens


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
    polarity = polarity_of(tokens, claim, language, cue, whole=whole, first=first)
    event = event_type(tokens, claim, language, cue, whole=whole)
    modality = modality_of(tokens, claim, language, cue, naming)
    if modality is Modality.REQUESTED:
        event = EventType.REQUEST  # whatever it is that somebody asks for
    held = [quantities[i] for i in _held(span, quantities)]
    if attributed:
        counts = any(q.bound or q.unit == "person" for q in held)
        modality = as_said(tokens, claim, language, naming, modality, event, counts=counts)
    return Happening(
        polarity,
        modality,
        event,
        _when(tokens, claim, times, language),
        _where(tokens, claim, language, naming),
        _who(tokens, claim, language, naming),
        _held(span, quantities),
    )


def attacks(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether a verb of the statement tells of an attack."""
    return any(
        verb_at(tokens, k, language) and event_of(tokens.words[k], language) == (_ATTACK, True)
        for k in range(*claim)
    )


def tells_past(tokens: Tokens, claim: Range, language: str) -> bool:
    """Return whether the first verb of a statement is in the past, or negated in it."""
    for k in range(*claim):
        if language == "ar":
            word = tokens.words[k]
            if word in ("لم", "ولم", "كان", "كانت", "وكان", "وكانت", "كانوا"):
                return True
            if bare_word(word) in group("ar", "present"):
                return False  # "is not", "is still" have the form of a past
            if bare_word(word) in _SHALL_HAVE and _done(tokens, k, claim[1]):
                return True  # "that they should have taken", "that it be they who did it"
            if verb_at(tokens, k, "ar"):
                return _is_past(word)
        elif tokens.words[k] in _PRESENT[language]:
            return False
    return language != "ar"


def has_past(tokens: Tokens, claim: Range) -> bool:
    """Return whether an Arabic statement holds a verb in the past, or negated in it."""
    return any(
        tokens.kinds[k] == WORD
        and (_is_past(tokens.words[k]) or bare_word(tokens.words[k]) == "لم")
        for k in range(*claim)
    )


def _done(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a form of "to be" goes on with قد or a relative and a past: a perfect."""
    return any(
        tokens.words[k - 1] in _BEFORE_PERFECT and _is_past(tokens.words[k])
        for k in range(at + 1, min(at + _PERFECT_WITHIN, end))
    )


@lru_cache(maxsize=40_000)
def _is_past(word: str) -> bool:
    """Return whether a folded Arabic word is a known past, conjunction or object joined or not."""
    pasts = arabic_pasts()
    forms = (word, bare_word(word))
    objects = (form.removesuffix(end) for form in forms for end in _OBJECTS if form.endswith(end))
    return any(form in pasts for form in (*forms, *objects))


_SHALL_HAVE = frozenset(("يكون", "تكون", "يكونوا", "نكون"))
_BEFORE_PERFECT = frozenset(("قد", "الذي", "التي", "الذين"))
_PERFECT_WITHIN = 9  # words; the subject stands between
_OBJECTS = ("ها", "هم", "ه")


def tells_future(tokens: Tokens, claim: Range) -> bool:
    """Return whether an Arabic statement has a verb of the future, or a present after قد."""
    return any(
        tokens.kinds[k] == WORD
        and (
            arabic_future(tokens.words[k]) is not None
            or tokens.words[k] in ("سوف", "لن", "ولن")
            or adjective_stem(tokens.words[k]) in group("ar", "ready")
            or arabic_may(tokens, k, claim[1])
        )
        for k in range(*claim)
    )


def _held(span: Span, quantities: tuple[Quantity, ...]) -> tuple[int, ...]:
    """Return the indexes of the quantities within the span; they are in text order."""
    first = bisect_left(quantities, span.start, key=lambda q: q.span.start)
    end = bisect_left(quantities, span.end, key=lambda q: q.span.start)
    return tuple(i for i in range(first, end) if span.holds(quantities[i].span))


def _without_dateline(tokens: Tokens, claim: Range) -> Span:
    """Return the statement without the place and date of filing that may open it, up to a dash."""
    for k in range(claim[0] + 1, min(claim[0] + _DATELINE, claim[1] - 1)):
        if tokens.kinds[k] == DASH and tokens.ends[k - 1] < tokens.starts[k]:
            filed = not tokens.words[claim[0]][0].isdecimal()  # "8 March - …" dates what follows
            return tokens.span(k + 1 if filed else claim[0], claim[1])
        if tokens.kinds[k] == STOP:
            break
    return tokens.span(*claim)


def _when(
    tokens: Tokens, claim: Range, times: tuple[TimeExpression, ...], language: str
) -> str | None:
    """Return the first date of the statement that is not only one of a thing in it."""
    span = _without_dateline(tokens, claim)
    first = bisect_left(times, span.start, key=lambda t: t.span.start)
    end = bisect_left(times, span.end, key=lambda t: t.span.start)
    # "The past days" is a length of which the text tells when it was.
    dated = [
        time
        for time in times[first:end]
        if span.holds(time.span)
        and time.value
        and time.type is not TimeType.SET
        and time.value[0] != "P"
        and (language == "ar" or not _of_a_thing(tokens, claim, time, language))
    ]
    aside = language != "ar" and len(dated) > 1 and _aside(tokens, claim, dated[0], language)
    if aside and dated[1].anchor != "present":  # "…, planned for Monday, is now in doubt"
        dated = dated[1:]
    if len(dated) > 1 and _listed(tokens, dated[0], dated[1]):
        return f"{dated[0].value}/{dated[1].value}"
    return dated[0].value if dated else None


def _aside(tokens: Tokens, claim: Range, time: TimeExpression, language: str) -> bool:
    """Return whether a date ends what a participle says between commas: "prévue le 20 mars,"."""
    first, end = tokens.within(time.span)
    if end >= claim[1] or tokens.kinds[end] != COMMA:
        return False
    opened = next((k for k in range(first - 1, claim[0], -1) if tokens.kinds[k] == COMMA), claim[0])
    return opened > claim[0] and any(
        _participle(tokens, k, language)
        for k in range(opened + 1, min(opened + _ASIDE_WITHIN, first))
    )


def _listed(tokens: Tokens, one: TimeExpression, other: TimeExpression) -> bool:
    """Return whether the one date follows on the other: "on Saturday and Sunday"."""
    if tokens.text[one.span.end : other.span.start].strip() not in _AND:
        return False
    first, second = Moment.parse(one.value or ""), Moment.parse(other.value or "")
    return first.upper is not None and first.upper + timedelta(days=1) == second.lower


_AND = ("and", "and on", "et", "et le", "et en", "و")


def _of_a_thing(tokens: Tokens, claim: Range, time: TimeExpression, language: str) -> bool:
    """Return whether a date only tells which thing is meant: "the sum promised in May".

    A participle right behind a noun says so where no verb stands between it and the date
    and the statement has a verb of its own; in English, where the past has the same form,
    before it.
    """
    at = tokens.within(time.span)[0]
    for k in range(at - 1, max(claim[0], at - _THING_WITHIN), -1):
        if tokens.kinds[k] != WORD:
            return False
        if _qualifies(tokens, k, language):
            own = range(claim[0], claim[1] if language == "fr" else k - 1)
            return any(verb_at(tokens, j, language) for j in own)
        if verb_at(tokens, k, language):
            return False
    return False


def _qualifies(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether the word at ``at`` is a participle right behind a noun."""
    before = tokens.words[at - 1]
    return (
        _participle(tokens, at, language)
        and tokens.kinds[at - 1] == WORD
        and before not in group(language, "participle_auxiliaries")
        and before not in group(language, "before_nouns")
        and before not in _JOINING
        and not verb_at(tokens, at - 1, language)
        and group(language, "participle_auxiliaries").isdisjoint(
            tokens.words[max(0, at - _AUXILIARY_WITHIN) : at]
        )
    )


def _participle(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether a word has the form of a past participle."""
    if language == "en":
        return tokens.words[at].endswith("ed") and verb_at(tokens, at, "en")
    written = tokens.text[tokens.starts[at] : tokens.ends[at]]
    accented = written.endswith(_ACCENTED) and not written.endswith("ité")
    return accented or tokens.words[at] in group("fr", "participles")


_ASIDE_WITHIN = 3  # words: "initialement prévue"
_THING_WITHIN = 9  # words between a participle and its date: where, by whom
_AUXILIARY_WITHIN = 4  # words: "ont été bien reçus"
_ACCENTED = ("é", "ée", "és", "ées")
_JOINING = frozenset(
    ("and", "or", "but", "who", "that", "which", "not", "et", "ou", "mais", "qui", "en", "aient")
)


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
        next((w for w in arabic_candidates(word) if w in events or w in sites), word)
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
