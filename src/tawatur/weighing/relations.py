"""What ties one body to another, or to who leads it, by which claim?

A split, a change of name, a merger, "leads", "pledged to" and "part of" are somebody's word
like all else: a relation is found in one claim, between two names that stand in it, and
holds as far as that claim does. What one of two did counts as done by the other only through
such a claim (`acts_for`), and nowhere else: no root, conflict or count rests on it.

The words that say so, and which of the names does what to which, stand in
``tables/relations.tsv``. Between them and either name there are few words.

Known cost: pronouns and names that the reader did not find have no relation.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId
from tawatur.model.picture import RelationKind
from tawatur.model.reading import EntityType, LocalEntity
from tawatur.model.span import Span
from tawatur.model.text import fold_words

NEAR = 2
"""Words between a name and what ties it; farther off the name belongs to something else."""
BETWEEN = 5
"""Words between two names that both follow the verb."""

_WORD = re.compile(r"\w+")
_PARTICLES = re.compile(r"^(?:[وف]?[بل]?)(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Relation:
    """One name's tie to another within a document: local ids, and the claim that says so."""

    kind: RelationKind
    a: str
    b: str
    claim: ClaimId
    words: Span  # that say so, in the claim's rendition


def acts_for(kind: RelationKind) -> tuple[bool, bool]:
    """Return whether what ``a`` does counts for ``b`` by such a relation, and the other way round.

    A part, a leader and one who pledged allegiance act for the whole; two names of one body, and
    those who became one, for each other; who split off for nobody.
    """
    both = kind in {RelationKind.RENAMED, RelationKind.MERGED}
    return both or kind in {RelationKind.PART, RelationKind.LEADS, RelationKind.PLEDGED}, both


class _Way(StrEnum):
    """How two names stand around the words that tie them; the table says what each means."""

    ON = "ab"
    BACK = "ba"
    TITLE = "of"
    VERB = "vb"


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that tie names."""

    kind: RelationKind
    words: tuple[str, ...]
    way: _Way


_BODIES = frozenset([EntityType.ORGANISATION])
_WHO = _BODIES | {EntityType.PERSON}
_LEADERS = frozenset([EntityType.PERSON, EntityType.COUNTRY_OR_CITY])
_ENDS: Mapping[RelationKind, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    RelationKind.SPLIT: (_WHO, _BODIES),
    RelationKind.RENAMED: (_BODIES, _BODIES),
    RelationKind.MERGED: (_BODIES, _BODIES),
    RelationKind.LEADS: (_LEADERS, _BODIES),
    RelationKind.PLEDGED: (_WHO, _WHO),
    RelationKind.PART: (_BODIES, _BODIES),
}
"""Who can be what to whom: that one body leads another is mostly sport."""


def relations(claim: Claim, entities: Iterable[LocalEntity]) -> tuple[Relation, ...]:
    """Return the relations that one claim states, in order of the words that say so.

    Args:
        claim: In whichever polarity and modality: they are the claim's, and hold for it.
        entities: The named things of its text.
    """
    named = sorted(
        (mention, entity)
        for entity in entities
        if entity.type in _WHO | _LEADERS
        for mention in entity.mentions
        if claim.span.start <= mention.start and mention.end <= claim.span.end
    )
    found: dict[tuple[RelationKind, str, str], Relation] = {}
    for cue, words in _cues(claim):
        pair = _pair(claim, cue, words, named)
        if pair is not None:
            a, b = pair
            may_a, may_b = _ENDS[cue.kind]
            if a.id != b.id and a.type in may_a and b.type in may_b:
                relation = Relation(cue.kind, a.id, b.id, claim.id, words)
                found.setdefault((cue.kind, a.id, b.id), relation)
    return tuple(sorted(found.values(), key=lambda each: (each.words, each.a, each.b)))


def _cues(claim: Claim) -> Iterator[tuple[_Cue, Span]]:
    """Yield what ties names in a claim, with its place; of what overlaps the longest alone."""
    places = [Span(*match.span()) for match in _WORD.finditer(claim.quote)]
    forms = [_forms(place.of(claim.quote), claim.language) for place in places]
    found = [
        (cue, range(at, at + len(cue.words)))
        for cue in _table(claim.language)
        for at in range(len(places) - len(cue.words) + 1)
        if all(map(_is, cue.words, forms[at : at + len(cue.words)]))
    ]
    found.sort(key=lambda each: (-len(each[1]), each[1].start))
    taken: set[int] = set()
    for cue, held in found:
        if taken.isdisjoint(held):
            taken.update(held)
            start, end = places[held[0]].start, places[held[-1]].end
            yield cue, Span(claim.span.start + start, claim.span.start + end)


def _forms(word: str, language: str) -> tuple[str, ...]:
    folded = fold_words(word)
    return (folded, _PARTICLES.sub("", folded)) if language == "ar" else (folded,)


def _is(wanted: str, forms: Iterable[str]) -> bool:
    if wanted.endswith("*"):
        return any(form.startswith(wanted[:-1]) for form in forms)
    return wanted in forms


def _pair(
    claim: Claim, cue: _Cue, words: Span, named: Iterable[tuple[Span, LocalEntity]]
) -> tuple[LocalEntity, LocalEntity] | None:
    """Return the two names that ``words`` tie, as they stand around them: who does it first."""
    held = tuple(named)
    after = [(place, entity) for place, entity in held if place.start >= words.end]
    before = [(place, entity) for place, entity in held if place.end <= words.start]
    if not after or _words(claim, words.end, after[0][0].start) > NEAR:
        return None
    body = after[0]
    next_ = after[1] if len(after) > 1 else None
    if cue.way is _Way.TITLE and next_ and not _words(claim, body[0].end, next_[0].start):
        return next_[1], body[1]
    near = 0 if cue.way is _Way.TITLE else NEAR
    if before and _words(claim, before[-1][0].end, words.start) <= near:
        first = _outside_inset(claim, before)
        return (body[1], first) if cue.way is _Way.BACK else (first, body[1])
    if cue.way is _Way.VERB and next_ and _words(claim, body[0].end, next_[0].start) <= BETWEEN:
        return body[1], next_[1]
    return None


def _outside_inset(claim: Claim, before: Sequence[tuple[Span, LocalEntity]]) -> LocalEntity:
    """Return the last name, or the one before the inset that it ends: "X, led by Y, split"."""
    closed = [
        entity
        for place, entity in before
        if claim.quote[place.end - claim.span.start :].lstrip().startswith((",", "،"))
    ]
    last = before[-1][1]
    return closed[-2] if closed[1:] and closed[-1] is last else last


def _words(claim: Claim, start: int, end: int) -> int:
    """Return how many words lie between two places, a great many where a sentence ends there."""
    between = claim.quote[start - claim.span.start : end - claim.span.start]
    parted = re.search(r"[.!?؟;؛\n]", between)
    return 2 * NEAR if parted else len(_WORD.findall(between))


@cache
def _table(language: str) -> tuple[_Cue, ...]:
    """Return the words that tie names in a language."""
    table = files("tawatur.weighing").joinpath("tables/relations.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return tuple(
        _Cue(RelationKind(kind), tuple(words.split()), _Way(way))
        for of, kind, way, words in lines[1:]
        if of == language
    )
