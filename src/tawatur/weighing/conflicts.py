"""Which claims about one event cannot both be so, or seem so?

Only the plainest, since a false conflict costs more trust than a missed one:

* *polarity*: one asserts what the other denies, in words that are alike, at times that
  meet, and neither is an opinion, a condition, a plan or a request; or one denies outright
  the attack that the other tells of, at that place and day;
* *figure*: both count the same thing in the same unit, and no number could be what both
  say, "about", "at least" and "at most" allowed for. Victims are compared fate by fate; of
  soldiers and of all dead only the part can be too great. A count that rises from an
  earlier to a later report, or further on in one source's words, is news, not a conflict;
* *date*: two sources date the same thing to times that cannot meet, neither with "about"
  or "perhaps".

Each text counts once: of copies that say the same, the first stands for all. Equal
input in any order gives equal output, sorted by id.

Known limits: places, actors, functions and chronology are not compared yet; a denial
that only points ("denied this figure") finds nothing that it denies.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from tawatur.model.claim import Claim
from tawatur.model.ids import ConflictId, DocumentId, EntityId, keyed_id
from tawatur.model.moment import Moment
from tawatur.model.picture import Conflict, ConflictKind, Reason
from tawatur.model.reading import EventType, Modality, Polarity, Quantity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.events import ClaimPrint, apart, claim_print, moment
from tawatur.weighing.roots import by_publication, root_keys
from tawatur.weighing.tolls import Toll, bounds, differ, far_apart, tolls
from tawatur.weighing.words import content_stems, likeness

ALIKE_DENIED = 0.6
"""Least likeness of words between an assertion and its denial."""
LEAST_SHARED = 3
"""Least stems outside names that an assertion and its denial share."""
ALIKE_DATED = 0.8
"""Least likeness of words between two datings of one thing."""
ALIKE_OWN_WORD = 0.75
"""Least likeness where an outlet would contradict itself: it mostly words two things alike."""
MOST_STANCES = 16
"""Above so many different things said, each is set against the commonest only."""
MOST_SPEAKERS = 12
"""So many claims of one stance are compared, the first said first."""
_DEICTIC = frozenset(
    fold("اليوم امس غدا البارحه today yesterday tomorrow hier aujourd hui demain").text.split()
)
_SAID_AS_SO = {Modality.FACT, Modality.HEDGED}
# What is planned and what has not happened yet do not exclude each other.
_NOT_SAID = set(Modality) - _SAID_AS_SO
# Words that deny outright: others negate a part ("nobody claimed the attack").
_DENIALS = frozenset(
    fold(
        """
        نفي نفت نفوا ينفي تنفي نفيها نفيه كذب كذبت denies denied deny denial
        dement dementi dementit dementent nie niee
        """
    ).text.split()
)


_NEGATIONS = frozenset(
    fold(
        """
        لا لم لن ليس ليست ليسوا غير عدم ne n pas aucun aucune jamais non no not never none
        nobody nothing neither nor without didn t
        """
    ).text.split()
)


@dataclass(frozen=True, slots=True)
class _Side:
    """One claim as conflicts see it."""

    claim: Claim
    of: ClaimPrint
    root: str
    tolls: tuple[Toll, ...] = ()


def conflicts(
    claims: Iterable[Claim],
    key: bytes,
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
) -> tuple[Conflict, ...]:
    """Return the conflicts between the claims of one event, sorted by id.

    ``a`` is the claim that was published first.

    Args:
        claims: What is said of one event.
        key: The node's id key.
        families: The groups of documents that hold one text.
        who: The entity of each document's local entity, as far as names were resolved.
    """
    claims, families = tuple(claims), tuple(families)
    roots = root_keys(claims, families, who)
    sides = _standing(
        [
            _Side(
                c,
                claim_print(c),
                roots[c.id],
                tolls(c.quote, c.span.start, c.content.quantities),
            )
            for c in _once_each(claims, families)
        ]
    )
    found: dict[tuple[object, ...], Conflict] = {}
    for kind, stance, reason in (
        (ConflictKind.POLARITY, _stance_on_polarity, _polarity),
        (ConflictKind.FIGURE, _stance_on_figures, _figure),
        (ConflictKind.DATE, _stance_on_date, _date),
    ):
        for a, b in _opposed(sides, stance):
            why = reason(a, b)
            # What two roots say again and again differs once: where they first said it.
            told = (kind, a.root, b.root, why)
            if why is not None and told not in found:
                ids = sorted((a.claim.id, b.claim.id))
                conflict = ConflictId(keyed_id("x", key, kind.value, *ids))
                same = a.root == b.root
                found[told] = Conflict(conflict, kind, a.claim.id, b.claim.id, why, same)
    return tuple(sorted(found.values(), key=lambda c: c.id))


def _standing(sides: list[_Side]) -> list[_Side]:
    """Return the sides without the counts that their own source raised further on in the text."""
    highest: dict[tuple[str, str, str, str], tuple[int, float]] = {}
    for side in sides:
        for toll in side.tolls:
            key = (side.claim.document, side.root, toll.fate, toll.who)
            at = toll.figure.span.start
            value = toll.figure.value or 0.0
            if key not in highest or value > highest[key][1]:
                highest[key] = (at, value)

    def stands(side: _Side, toll: Toll) -> bool:
        for who in {toll.who, ""}:
            last = highest.get((side.claim.document, side.root, toll.fate, who))
            if last and toll.figure.span.start < last[0] and (toll.figure.value or 0.0) < last[1]:
                return False
        return True

    return [replace(s, tolls=tuple(t for t in s.tolls if stands(s, t))) for s in sides]


def _opposed(
    sides: Iterable[_Side], stance: Callable[[_Side], object]
) -> Iterator[tuple[_Side, _Side]]:
    """Yield the pairs that may differ in one respect, each in order of publication.

    Those who say the same do not differ; where very many say different things, the first
    of each stance are set against those of the stance that most of them share.
    """
    stances: dict[object, list[_Side]] = {}
    for side in sides:
        held = stance(side)
        if held is not None:
            stances.setdefault(held, []).append(side)
    groups = list(stances.values())
    if len(groups) > MOST_STANCES:
        groups.sort(key=len, reverse=True)  # stable: of equal ones the first said
        pairs = [(groups[0], group) for group in groups[1:]]
    else:
        pairs = list(combinations(groups, 2))
    order = {side.claim.id: at for at, side in enumerate(sides)}
    for one, other in pairs:
        for a in one[:MOST_SPEAKERS]:
            for b in other[:MOST_SPEAKERS]:
                yield (a, b) if order[a.claim.id] < order[b.claim.id] else (b, a)


def _stance_on_polarity(side: _Side) -> object:
    return side.claim.content.polarity


def _stance_on_figures(side: _Side) -> object:
    return tuple((q.value, q.unit) for q in side.claim.content.quantities) or None


def _stance_on_date(side: _Side) -> object:
    return side.of.when.edtf if side.of.when is not None else None


def _once_each(
    claims: tuple[Claim, ...], families: tuple[tuple[DocumentId, ...], ...]
) -> list[Claim]:
    """Return the claims in order of publication, the same words of one text once."""
    family = {document: min(group) for group in families for document in group}
    seen: set[tuple[str, str]] = set()
    out: list[Claim] = []
    for claim in sorted(claims, key=by_publication):
        words = (family.get(claim.document, claim.document), fold_words(claim.quote))
        if words not in seen:
            seen.add(words)
            out.append(claim)
    return out


def _alike(a: _Side, b: _Side) -> float:
    return likeness(a.of.stems, b.of.stems) if a.of.language == b.of.language else 0.0


def _least_alike(a: _Side, b: _Side, least: float) -> float:
    """Return how alike two claims must be; more where both are one outlet's own word."""
    own = a.claim.document == b.claim.document or (
        a.root == b.root and a.claim.root.kind is SourceKind.AUTHOR
    )
    return ALIKE_OWN_WORD if own else least


def _meet(a: _Side, b: _Side) -> bool:
    return a.of.when is None or b.of.when is None or a.of.when.meets(b.of.when)


def _polarity(a: _Side, b: _Side) -> Reason | None:
    """Return the reason if one asserts what the other denies."""
    one, other = a.claim.content, b.claim.content
    if {one.polarity, other.polarity} != {Polarity.ASSERTED, Polarity.DENIED}:
        return None
    if {one.modality, other.modality} & _NOT_SAID:
        return None
    if _placed(a, b):
        return Reason("One says that it is so, the other that it is not.")
    if len((a.of.stems & b.of.stems) - a.of.names - b.of.names) < LEAST_SHARED:
        return None
    if _negates(a) == _negates(b):
        return None  # what negates both was read as a denial in one of them only
    if _alike(a, b) < _least_alike(a, b, ALIKE_DENIED) or not _meet(a, b):
        return None
    if any(
        _same_thing(a.claim, x, b.claim, y) and not _admit(x, y)
        for x in one.quantities
        for y in other.quantities
    ):
        return None  # who denies one figure does not deny another
    return Reason("One says that it is so, the other that it is not.")


def _words(side: _Side) -> list[str]:
    return fold_words(side.claim.quote).split()


def _negates(side: _Side) -> bool:
    """Return whether the words negate, or whoever passes them on denies."""
    cues = fold_words(" ".join(link.cue or "" for link in side.claim.content.chain)).split()
    words = _words(side)
    plain = {w[1:] if w[0] in "وف" and len(w) > 2 else w for w in words}
    return bool(plain & _NEGATIONS or {*cues, *words} & _DENIALS)


def _placed(a: _Side, b: _Side) -> bool:
    """Return whether one denies outright the attack that the other tells of, there and then."""
    denial = a if a.claim.content.polarity is Polarity.DENIED else b
    if {a.of.type, b.of.type} != {EventType.ASSAULT} or a.tolls or b.tolls:
        return False
    cues = [link.cue or "" for link in denial.claim.content.chain]
    words = set(fold_words(" ".join([denial.claim.quote, *cues])).split())
    if not words & _DENIALS or a.of.when is None or b.of.when is None or not _meet(a, b):
        return False
    here, there = ({code for _, _, code in side.of.sites} for side in (a, b))
    return bool(here & there)


def _figure(a: _Side, b: _Side) -> Reason | None:
    """Return the reason if both count the same thing and no number could be both."""
    one, other = a.claim.content, b.claim.content
    if {one.polarity, other.polarity} != {Polarity.ASSERTED} or not _meet(a, b):
        return None
    if not {one.modality, other.modality} <= _SAID_AS_SO:
        return None
    if a.claim.document == b.claim.document and a.root == b.root:
        return None  # one voice in one text counts several things, or goes on counting
    for x, y in _differing(a, b):
        if _risen(a.claim, x, b.claim, y) or _agrees_elsewhere(a.claim, x, b.claim, y):
            continue
        return Reason(
            "One counts {0}, the other {1}: {2}.",
            (_written(x), _written(y), x.of or x.unit or ""),
        )
    return None


def _differing(a: _Side, b: _Side) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the pairs of figures that no number could satisfy: victims by fate, then the rest."""
    if _ordinals(a) and _ordinals(b) and _ordinals(a) != _ordinals(b):
        return  # the second and the third of something are two things
    for p in a.tolls:
        for q in b.tolls:
            if differ(p, q) and not far_apart(p.figure.value or 0.0, q.figure.value or 0.0):
                yield p.figure, q.figure
    counted = {toll.figure for toll in (*a.tolls, *b.tolls)}
    for x in a.claim.content.quantities:
        for y in b.claim.content.quantities:
            if {x, y} & counted or not _same_thing(a.claim, x, b.claim, y) or _admit(x, y):
                continue
            if x.of is None and not (_only(a.claim, x) and _only(b.claim, y) and _own_words(a, b)):
                continue  # shares and sums: of what, only the words around them say
            yield x, y


def _ordinals(side: _Side) -> frozenset[float | None]:
    figures = side.claim.content.quantities
    return frozenset(q.value for q in figures if q.unit == "ordinal")


def _only(claim: Claim, figure: Quantity) -> bool:
    return sum(q.unit == figure.unit for q in claim.content.quantities) == 1


def _own_words(a: _Side, b: _Side) -> bool:
    return a.of.language != b.of.language or _alike(a, b) >= ALIKE_OWN_WORD


def _same_thing(a: Claim, x: Quantity, b: Claim, y: Quantity) -> bool:
    """Return whether two figures count one kind of thing to which the same happened."""
    if x.value is None or y.value is None or x.unit != y.unit or not (x.of or x.unit):
        return False
    if (x.of is None) != (y.of is None):
        return False
    return not (x.of and y.of and not content_stems(x.of) & content_stems(y.of))


def _admit(x: Quantity, y: Quantity) -> bool:
    """Return whether some number could be what both say."""
    (low, high), (least, most) = bounds(x), bounds(y)
    return low <= most and least <= high


def _risen(a: Claim, x: Quantity, b: Claim, y: Quantity) -> bool:
    """Return whether the higher count is surely the later one."""
    higher, lower = (a, b) if (x.value or 0) > (y.value or 0) else (b, a)
    first, second = moment(lower.said or lower.published), moment(higher.said or higher.published)
    return first is not None and second is not None and first.before(second) is True


def _agrees_elsewhere(a: Claim, x: Quantity, b: Claim, y: Quantity) -> bool:
    """Return whether either claim holds the other's figure too, as one that counts both does."""
    return any(q.value == y.value for q in a.content.quantities) or any(
        q.value == x.value for q in b.content.quantities
    )


def _date(a: _Side, b: _Side) -> Reason | None:
    """Return the reason if both date one thing to times that cannot meet."""
    one, other = a.of.when, b.of.when
    if one is None or other is None or one.meets(other) or _unsure(one) or _unsure(other):
        return None
    if not {a.claim.content.modality, b.claim.content.modality} <= _SAID_AS_SO:
        return None
    if {a.claim.content.polarity, b.claim.content.polarity} != {Polarity.ASSERTED}:
        return None
    if a.claim.document == b.claim.document or a.root == b.root:
        return None  # one voice tells of two days in like words: "today", "on Monday"
    if _alike(a, b) < ALIKE_DATED:
        return None
    if not all(any(c.isdecimal() for c in side.claim.quote) for side in (a, b)):
        return None  # the day stands elsewhere, and may be that of another thing
    if apart(one, other) <= 1 and any(_DEICTIC & set(_words(side)) for side in (a, b)):
        return None  # "yesterday" is as good as the day that the outlet gives its page
    return Reason("One dates it {0}, the other {1}.", (one.edtf, other.edtf))


def _unsure(time: Moment) -> bool:
    return time.uncertain or time.lower is None or time.upper is None


def _written(figure: Quantity) -> str:
    value = figure.value or 0.0
    return f"{value:g}" if value != int(value) else str(int(value))
