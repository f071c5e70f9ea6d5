"""Which attack or accident does a statement point to that the text introduced before?

A report says once where and when something happened; from then on it only points:
"the attack", "the toll", "nineteen dead". Such a statement takes place and time from
the nearest earlier statement, title or heading that introduced an event of the kind;
its own place and time win. A text that tells of two events changes the scene where it
introduces the second, and one introduced without a place leaves nothing to take.

Where a kind of place stands before a name ("the barracks of X", "near X"), the name is
a place although no gazetteer knows it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tawatur.model.reading import (
    EntityType,
    EventType,
    LocalEntity,
    Modality,
    Proposal,
    Quantity,
    TimeExpression,
    TimeType,
)
from tawatur.model.span import Span
from tawatur.reading.cues import Naming, Range, phrases
from tawatur.reading.happenings import attacks
from tawatur.reading.tables import rows
from tawatur.reading.telling import Telling
from tawatur.reading.text import WORD, Sentence, Tokens, fold_word
from tawatur.reading.verbs import is_verb

PLACES = frozenset({EntityType.COUNTRY_OR_CITY, EntityType.LOCATION, EntityType.FACILITY})
_JOINED = ("وال", "بال", "فال", "كال", "لل", "ال")
_LETTERS = ("و", "ف", "ب", "ل", "ك")
_SUBJECT_WITHIN = 4  # words: an event that stands later is not what the statement is about
_ASIDE_WITHIN = 2
_SECTION = -1  # in place of a paragraph: the scene of a heading holds until the next one
_LEAST = 3  # letters of a name
# Types that give way to a count of victims: the reader's last resort, or a bystander's deed.
_VAGUE = frozenset({EventType.STATE, EventType.MOBILIZE, EventType.CONSULT, EventType.CONCEDE})


@dataclass(frozen=True, slots=True)
class _Scene:
    """One event as far as it was introduced."""

    where: tuple[str, ...]
    when: str | None
    paragraph: int


@cache
def _part(language: str, part: str) -> frozenset[str]:
    return frozenset(
        " ".join(words) for words, row in phrases(language, "scenes") if row["part"] == part
    )


@cache
def _ordinary(language: str) -> frozenset[str]:
    """Return words that news texts often hold: none of them is an unknown name."""
    return frozenset(fold_word(row["word"]) for row in rows(language, "word_habits"))


@lru_cache(maxsize=20_000)
def _cores(word: str, language: str) -> tuple[tuple[str, bool], ...]:
    """Return what a folded word can be without what is joined to it, and whether definite."""
    if language != "ar":
        return ((word, False),)
    found = [(word, False)]
    found += [
        (word[len(p) :], True) for p in _JOINED if word.startswith(p) and len(word) > len(p) + 2
    ]
    found += [(word[1:], False)] if word[0] in _LETTERS and len(word) > _LEAST else []
    return tuple(found)


@lru_cache(maxsize=40_000)
def _is(word: str, language: str, part: str) -> bool:
    known = _part(language, part)
    return any(core in known for core, _ in _cores(word, language))


def _definite(tokens: Tokens, at: int, language: str) -> bool:
    if language == "ar":
        known = _part("ar", "event") | _part("ar", "toll")
        return any(definite and core in known for core, definite in _cores(tokens.words[at], "ar"))
    articles = _part(language, "definite")
    return any(tokens.words[k] in articles for k in range(max(0, at - 2), at))


# ---------------------------------------------------------------- names of places


def with_sites(
    tokens: Tokens, entities: tuple[LocalEntity, ...], spans: tuple[Span, ...], language: str
) -> tuple[LocalEntity, ...]:
    """Return ``entities`` with the places that only their surroundings show, in order.

    A name of one word taken for a person that stands right after "near" is a place; a word
    that no table knows after "the barracks of" becomes one, with all its mentions.
    """
    covered: dict[int, LocalEntity] = {}
    for entity in entities:
        for mention in entity.mentions:
            first, end = tokens.within(mention)
            if first and tokens.ends[first - 1] > mention.start:
                first -= 1
            covered |= dict.fromkeys(range(first, end), entity)
    turned: set[str] = set()
    fresh: dict[str, str] = {}
    for at in range(len(tokens)):
        if tokens.kinds[at] != WORD:
            continue
        slot = _slot(tokens, at, language)
        if slot is None:
            continue
        name, near = slot
        named = covered.get(name)
        if named is not None:
            if near and " " not in named.name and named.type is EntityType.PERSON:
                turned.add(named.id)
        elif _unknown_name(tokens, name, language):
            fresh.setdefault(
                tokens.words[name], tokens.text[tokens.starts[name] : tokens.ends[name]]
            )
    if not turned and not fresh:
        return entities
    found = [replace(e, type=EntityType.COUNTRY_OR_CITY) if e.id in turned else e for e in entities]
    places = _places_of(tokens, fresh, covered, language)
    for word, written in fresh.items():
        mentions = tuple(_mentions(tokens, word, places[word], spans))
        if mentions:
            found.append(LocalEntity("", EntityType.COUNTRY_OR_CITY, written, mentions))
    found.sort(key=lambda e: e.mentions[0])
    return tuple(replace(e, id=f"e{number}") for number, e in enumerate(found, 1))


def _slot(tokens: Tokens, at: int, language: str) -> tuple[int, bool] | None:
    """Return the token at which the word at ``at`` wants a place, and if "near" says so."""
    word = tokens.words[at]
    if word in _part(language, "near"):
        after = at + 1
        while after < len(tokens) and tokens.words[after] in ("de", "d'", "of"):
            after += 1
        return (after, True) if after < len(tokens) and tokens.kinds[after] == WORD else None
    if language == "ar":
        if at + 1 >= len(tokens) or tokens.kinds[at + 1] != WORD:
            return None
        sited = any(
            not definite and core in _part("ar", "site") for core, definite in _cores(word, "ar")
        )
        return (at + 1, False) if sited else None
    if word not in _part(language, "site"):
        return None
    if language == "en":
        return (at - 1, False) if at and tokens.kinds[at - 1] == WORD else None
    if at + 2 < len(tokens) and tokens.words[at + 1] in ("de", "d'"):
        return at + 2, False
    return None


def _unknown_name(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether a word is in no table and may be a name."""
    word = tokens.words[at]
    if tokens.kinds[at] != WORD or len(word) <= _LEAST or not word.isalpha():
        return False
    if language == "ar":
        if word.startswith(("ال", "لل")) or is_verb(word, "ar"):
            return False
        cores = {core for core, _ in _cores(word, "ar")}
        return not cores & _part("ar", "generic") and not cores & _ordinary("ar")
    return tokens.text[tokens.starts[at]].isupper() and not _opens(tokens, at)


def _opens(tokens: Tokens, at: int) -> bool:
    return at == 0 or tokens.kinds[at - 1] != WORD


def _places_of(
    tokens: Tokens, names: Iterable[str], covered: dict[int, LocalEntity], language: str
) -> dict[str, list[int]]:
    """Return the tokens that are each of ``names``, a letter joined to its front apart."""
    found: dict[str, list[int]] = {name: [] for name in names}
    for at, word in enumerate(tokens.words):
        if at in covered or tokens.kinds[at] != WORD:
            continue
        if language != "ar" and not tokens.text[tokens.starts[at]].isupper():
            continue
        if word in found:
            found[word].append(at)
        if language == "ar" and word[0] in _LETTERS and word[1:] in found:
            found[word[1:]].append(at)
    return found


def _mentions(
    tokens: Tokens, word: str, places: Sequence[int], spans: tuple[Span, ...]
) -> Iterable[Span]:
    """Yield the stretches of content in which the name stands."""
    starts = [span.start for span in spans]
    for at in places:
        span = Span(tokens.starts[at] + (tokens.words[at] != word), tokens.ends[at])
        home = bisect_right(starts, span.start) - 1
        if home >= 0 and spans[home].holds(span):
            yield span


# ---------------------------------------------------------------- what is pointed to


def staged(
    claims: tuple[Proposal, ...],
    tokens: Tokens,
    found: tuple[Sentence, ...],
    title: Span | None,
    told: Telling,
    naming: Naming,
    times: tuple[TimeExpression, ...],
    quantities: tuple[Quantity, ...],
) -> tuple[Proposal, ...]:
    """Return the claims with place, time and type of the event that they only point to.

    Args:
        claims: In text order, already dated.
        tokens: The whole text's tokens.
        found: Its sentences.
        title: Where its title stands.
        told: In which language the text tells, and from which day.
        naming: Names by token.
        times: All time expressions.
        quantities: All quantities, as the claims number them.
    """
    language = told.language
    paragraph_of = {t: s.paragraph for s in found for t in range(s.first, s.end)}
    openings = [tokens.within(title)] if title else []
    openings += [(s.first, s.end) for s in found if s.heading]
    waiting = sorted(openings, reverse=True)
    # A heading may name a place in a form that only the text around it shows to be one.
    places = {
        tokens.words[k]: m[1] for k, m in naming.starts.items() if m[2] in PLACES and m[0] == k + 1
    }
    scene: _Scene | None = None
    out: list[Proposal] = []
    struck = not _of_nature(tokens, language)
    if language != "ar":
        claims = _together(claims, tokens, found)
    for plain in claims:
        within = tokens.within(plain.span)
        while waiting and waiting[-1][0] <= within[0]:
            scene = _opened(waiting.pop(), tokens, told, places, times) or scene
        paragraph = paragraph_of.get(within[0], -1)
        event, toll = _pointers(tokens, within, language)
        counted = _counted(plain, tokens, within, quantities, language)
        claim = _typed(plain) if counted and struck else plain
        if plain.where:
            if event is not None or counted or attacks(tokens, within, language):
                if scene is None or not set(scene.where) & set(plain.where):
                    scene = _Scene(plain.where, plain.when, paragraph)
                scene = replace(scene, when=scene.when or plain.when)
                claim = replace(claim, when=plain.when or scene.when)
            out.append(claim)
            continue
        definite = event is not None and _definite(tokens, event, language)
        if event is not None and not definite and not counted:
            # An event without a place of its own: what follows may point to it.
            leads = language == "ar" or event - within[0] < _SUBJECT_WITHIN
            if leads and scene is not None and scene.paragraph not in (paragraph, _SECTION):
                scene = None
        elif scene is None and event is not None and plain.when:
            scene = _Scene((), plain.when, paragraph)
        about = definite and event is not None and event - within[0] < _SUBJECT_WITHIN
        if scene is not None and (about or counted or toll):
            if _another(tokens, within, language):
                scene, claim = None, plain
            else:
                # "Known until March as X, it claimed 46": that time is not the victims'.
                lasting = _part(language, "lasting") & set(tokens.words[within[0] : within[1]])
                when = scene.when if counted and lasting else plain.when
                claim = replace(claim, where=scene.where, when=when or plain.when or scene.when)
        elif scene is None:
            claim = plain
        elif language != "ar" and _attacked(plain) and scene.when:
            claim = replace(claim, when=plain.when or scene.when)
        out.append(claim)
    return tuple(out)


def _of_nature(tokens: Tokens, language: str) -> bool:
    """Return whether a text tells more of floods, diseases or accidents than of attacks."""
    disasters = sum(_is(word, language, "calamity") for word in tokens.words)
    attacks_ = sum(
        _is(word, language, "event") and not _is(word, language, "calamity")
        for word in tokens.words
    )
    return disasters > attacks_


def _attacked(claim: Proposal) -> bool:
    """Return whether a claim tells of violence as of something that was."""
    return (
        claim.event_type is EventType.ASSAULT
        and claim.modality is Modality.FACT
        and claim.when is None
    )


def _together(
    claims: tuple[Proposal, ...], tokens: Tokens, found: tuple[Sentence, ...]
) -> tuple[Proposal, ...]:
    """Return the claims, those of one attack within a sentence all with the time it names."""
    ends = [tokens.ends[s.end - 1] for s in found]
    told: dict[int, str] = {}  # by sentence
    for claim in claims:
        violent = claim.event_type is EventType.ASSAULT and claim.modality is Modality.FACT
        if violent and claim.when:
            told.setdefault(bisect_left(ends, claim.span.end), claim.when)
    return tuple(
        replace(claim, when=told.get(bisect_left(ends, claim.span.end)))
        if _attacked(claim)
        else claim
        for claim in claims
    )


def _counted(
    claim: Proposal,
    tokens: Tokens,
    within: Range,
    quantities: tuple[Quantity, ...],
    language: str,
) -> bool:
    """Return whether the statement gives a figure and says what befell people."""
    figures = [quantities[q] for q in claim.quantities if quantities[q].value is not None]
    return bool(figures) and (
        _told(tokens.words[within[0] : within[1]], language)
        or any(_told(map(fold_word, (q.of or "").split()), language) for q in figures)
    )


def _opened(
    within: Range,
    tokens: Tokens,
    told: Telling,
    places: dict[str, str],
    times: tuple[TimeExpression, ...],
) -> _Scene | None:
    """Return the scene that a title or heading sets: it names a place, with an event or a day.

    A day to come, on which a court will decide, is that of no scene.
    """
    if within[1] <= within[0]:
        return None
    where = tuple(
        dict.fromkeys(places[tokens.words[k]] for k in range(*within) if tokens.words[k] in places)
    )
    span = tokens.span(*within)
    first = bisect_left(times, span.start, key=lambda t: t.span.start)
    inside = times[first : bisect_left(times, span.end, key=lambda t: t.span.start)]
    days = (t.value for t in inside if t.type is TimeType.DATE and t.value and span.holds(t.span))
    when = next((day for day in days if not told.to_come(day)), None)
    event, _ = _pointers(tokens, within, told.language)
    if not where or len(where) > 1 or (event is None and when is None):
        return None
    return _Scene(where, when, _SECTION)


def _pointers(tokens: Tokens, within: Range, language: str) -> tuple[int | None, bool]:
    """Return the first event that is more than a point in time, and whether a toll is named."""
    event: int | None = None
    toll = False
    asides = _part(language, "aside")
    for k in range(*within):
        if tokens.kinds[k] != WORD:
            continue
        word = tokens.words[k]
        if event is None and _is(word, language, "event"):
            before = tokens.words[max(within[0], k - _ASIDE_WITHIN - (language != "ar")) : k]
            if not any(w in asides for w in before):
                event = k
        toll = toll or (_is(word, language, "toll") and _definite(tokens, k, language))
    return event, toll


def _told(words: Iterable[str], language: str) -> bool:
    """Return whether one of the folded words says what befell people."""
    return any(_is(word, language, "fate") or _is(word, language, "toll") for word in words if word)


def _another(tokens: Tokens, within: Range, language: str) -> bool:
    """Return whether the statement tells of one more event: "another attack"."""
    others = _part(language, "other")
    for k in range(*within):
        if _is(tokens.words[k], language, "event"):
            near = tokens.words[max(within[0], k - 2) : min(within[1], k + 3)]
            if any(word in others for word in near):
                return True
    return False


def _typed(claim: Proposal) -> Proposal:
    """Return the claim as one of violence, unless its own words say something plainer."""
    return replace(claim, event_type=EventType.ASSAULT) if claim.event_type in _VAGUE else claim
