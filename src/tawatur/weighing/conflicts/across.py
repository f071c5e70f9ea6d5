"""Which claims of several texts about one event cannot both be so, or seem so?

Only the plainest, since a false conflict costs more trust than a missed one:

* *polarity*: one asserts what the other denies, in words that are alike, at times that
  meet, and neither is an opinion, a condition, a plan or a request; or one denies outright
  the attack that the other tells of, at that place and day; what is published after its denial
  is told as said again;
* *figure*: both count the same thing, and no number could be what both say (`figures`);
* *date*: two sources date the same thing to times that cannot meet, neither with "about"
  or "perhaps".

Each text counts once: of copies that say the same, the first stands for all. Equal
input in any order gives equal output, sorted by id.

What one text says in several places is looked at by `within`. Known limits: places, actors,
functions and chronology are not compared from text to text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.moment import Moment
from tawatur.model.picture import Compared, ConflictKind, Reason
from tawatur.model.reading import EventType, Modality, Polarity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.figures import (
    admit,
    differing_figures,
    same_thing,
    standing,
)
from tawatur.weighing.conflicts.found import Found, compared
from tawatur.weighing.conflicts.sides import (
    SAID_AS_SO,
    Side,
    alike,
    both_so,
    dates_itself,
    may_meet,
    side_of,
)
from tawatur.weighing.events import apart, moment
from tawatur.weighing.oppositions import opposed
from tawatur.weighing.tellings import Telling, by_publication, root_keys

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
_NOT_SAID = set(Modality) - SAID_AS_SO
_SAID_AND_DENIED = Reason("One says that it is so, the other that it is not.")
_AGAIN = Reason("It is said again after the other had denied it.")


def conflicts(
    tellings: Sequence[Telling], key: bytes, families: Iterable[tuple[DocumentId, ...]] = ()
) -> Compared:
    """Return the conflicts and near misses between the claims of one event.

    ``a`` is the claim that was published first.

    Args:
        tellings: What is said of one event, and whose word it is.
        key: The node's id key.
        families: The groups of documents that hold one text.
    """
    roots = {telling.claim.id: telling.root.key for telling in tellings}
    claims = _once_each((telling.claim for telling in tellings), tuple(families))
    sides = standing(side_of(claim, roots[claim.id]) for claim in claims)
    told: dict[tuple[object, ...], Found] = {}
    for stance, respect in (
        (_stance_on_polarity, denied_in_like_words),
        (_stance_on_figures, differing_figures),
        (_stance_on_date, differing_dates),
    ):
        for a, b in _opposed(sides, stance):
            found = None if a.claim.document == b.claim.document else respect(a, b)
            if found is not None:
                found = _said_again(found)
                # What two roots say again and again differs once: where they first said it.
                # Of near misses one shows what to think of a claim.
                once = (b.claim.id,) if found.near else (a.root, b.root, found.why)
                told.setdefault((found.kind, found.near, *once), found)
    return compared(told.values(), key, lambda a, b: a.root == b.root)


def conflicts_opposed(
    opposed_claims: Iterable[tuple[Claim, Claim]],
    key: bytes,
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
) -> Compared:
    """Return the conflicts between claims of several texts that stand on two sides of a matter.

    ``a`` is the claim that was published first. What two roots say against each other in one
    matter is told once, and of copies the first stands for all.

    Args:
        opposed_claims: The pairs of claims that are opposed (`oppositions`).
        key: The node's id key.
        families: The groups of documents that hold one text.
        who: The entity of each document's local entity, as far as names were resolved.
    """
    told_of, families = tuple(opposed_claims), tuple(families)
    claims = {claim.id: claim for pair in told_of for claim in pair}
    roots = root_keys(claims.values(), families, who)
    first = _first_said(claims.values(), families)
    sides = {claim.id: side_of(claim, roots[claim.id]) for claim in set(first.values())}
    order = {id_: at for at, id_ in enumerate(dict.fromkeys(c.id for c in first.values()))}
    pairs = {
        tuple(sorted((first[a.id].id, first[b.id].id), key=order.__getitem__)) for a, b in told_of
    }
    told: dict[tuple[object, ...], Found] = {}
    for one, other in sorted(pairs, key=lambda pair: [order[id_] for id_ in pair]):
        a, b = sides[one], sides[other]
        matters = opposed(a.of, b.of)
        if a.claim.document != b.claim.document and a.root != b.root and matters:
            why = Reason("One says “{0}”; the other says the opposite: “{1}”.", (a.gist, b.gist))
            found = Found(ConflictKind.POLARITY, a, b, why)
            told.setdefault((matters, frozenset((a.root, b.root))), found)
    return compared(told.values(), key, lambda a, b: a.root == b.root)


def _said_again(found: Found) -> Found:
    """Return a conflict, told as a repetition where the denial was published first."""
    first, second = found.a.of.published, found.b.of.published
    denied = found.a.claim.content.polarity is Polarity.DENIED
    if found.near or not denied or found.why != _SAID_AND_DENIED or not first or not second:
        return found
    return replace(found, why=_AGAIN) if first.before(second) is True else found


def _opposed(
    sides: Iterable[Side], stance: Callable[[Side], object]
) -> Iterator[tuple[Side, Side]]:
    """Yield the pairs that may differ in one respect, each in order of publication.

    Those who say the same do not differ; where very many say different things, the first
    of each stance are set against those of the stance that most of them share.
    """
    stances: dict[object, list[Side]] = {}
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


def _stance_on_polarity(side: Side) -> object:
    return side.claim.content.polarity


def _stance_on_figures(side: Side) -> object:
    return tuple((q.value, q.unit) for q in side.claim.content.quantities) or None


def _stance_on_date(side: Side) -> object:
    when = moment(side.claim.content.when)
    return when.edtf if when is not None else None


def _once_each(
    claims: Iterable[Claim], families: tuple[tuple[DocumentId, ...], ...]
) -> list[Claim]:
    """Return the claims in order of publication, the same words of one text once."""
    first = _first_said(claims, families)
    return list({claim.id: claim for claim in first.values()}.values())


def _first_said(
    claims: Iterable[Claim], families: tuple[tuple[DocumentId, ...], ...]
) -> dict[ClaimId, Claim]:
    """Return by id, in order of publication, the first claim that has its words in its text."""
    family = {document: group[0] for group in families for document in group}
    told: dict[tuple[str, str], Claim] = {}
    found: dict[ClaimId, Claim] = {}
    for claim in sorted(claims, key=by_publication):
        words = (family.get(claim.document, claim.document), fold_words(claim.quote))
        found[claim.id] = told.setdefault(words, claim)
    return found


def _least_alike(a: Side, b: Side, least: float) -> float:
    """Return how alike two claims must be; more where both are one outlet's own word."""
    own = a.claim.document == b.claim.document or (
        a.root == b.root and a.claim.root.kind is SourceKind.AUTHOR
    )
    return ALIKE_OWN_WORD if own else least


def denied_in_like_words(a: Side, b: Side) -> Found | None:
    """Return what it comes to that one asserts in like words what the other denies."""
    one, other = a.claim.content, b.claim.content
    if {one.polarity, other.polarity} != {Polarity.ASSERTED, Polarity.DENIED}:
        return None
    polarity = ConflictKind.POLARITY
    said = not {one.modality, other.modality} & _NOT_SAID
    if said and _placed(a, b):
        return Found(polarity, a, b, _SAID_AND_DENIED)
    if len((a.of.stems & b.of.stems) - a.of.names - b.of.names) < LEAST_SHARED:
        return None
    if a.negates == b.negates or alike(a, b) < _least_alike(a, b, ALIKE_DENIED):
        return None  # what negates both was read as a denial in one of them only
    denial, said_ = (a, b) if one.polarity is Polarity.DENIED else (b, a)
    if not (denial.denies or denial.focus & said_.of.stems - said_.negated):
        return None  # they share what is not denied
    if any(
        same_thing(a.claim, x, b.claim, y) and not admit(x, y)
        for x in one.quantities
        for y in other.quantities
    ):
        return None  # who denies one figure does not deny another
    why_not = both_so(denial, said_, said=said)
    if why_not is None and not may_meet(a, b):
        return None
    return Found(polarity, a, b, why_not or _SAID_AND_DENIED, near=why_not is not None)


def _placed(a: Side, b: Side) -> bool:
    """Return whether one denies outright the attack that the other tells of, there and then."""
    denial = a if a.claim.content.polarity is Polarity.DENIED else b
    if {a.of.type, b.of.type} != {EventType.ASSAULT} or a.tolls or b.tolls:
        return False
    if not denial.denies or a.of.when is None or b.of.when is None or not may_meet(a, b):
        return False
    here, there = ({code for _, _, code in side.of.sites} for side in (a, b))
    return bool(here & there)


def differing_dates(a: Side, b: Side) -> Found | None:
    """Return the conflict if both date one thing to times that cannot meet."""
    one, other = a.of.when, b.of.when
    if one is None or other is None or one.meets(other) or _unsure(one) or _unsure(other):
        return None
    if not {a.claim.content.modality, b.claim.content.modality} <= SAID_AS_SO:
        return None
    if {a.claim.content.polarity, b.claim.content.polarity} != {Polarity.ASSERTED}:
        return None
    if a.root == b.root:
        return None  # one voice tells of two days in like words: "today", "on Monday"
    if alike(a, b) < ALIKE_DATED:
        return None
    if not (dates_itself(a) and dates_itself(b)):
        return None
    if apart(one, other) <= 1 and any(_DEICTIC & set(side.words) for side in (a, b)):
        return None  # "yesterday" is as good as the day that the outlet gives its page
    why = Reason("One dates it {0}, the other {1}.", (one.edtf, other.edtf))
    return Found(ConflictKind.DATE, a, b, why)


def _unsure(time: Moment) -> bool:
    return time.uncertain or time.lower is None or time.upper is None
