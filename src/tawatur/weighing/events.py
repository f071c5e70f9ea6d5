"""What are claims about: which of them speak of one happening?

Keys find candidates, `about_the_same` decides a pair, `cluster` cuts connected
components into events. Three ways lead to an edge:

* *words*: the content stems of the two quotations are alike. The only way for states
  of affairs and opinions, whose names and dates say little;
* *frame*: kinds of happening that fit, shared names, times that meet, and some words
  in common if both are in one language;
* *toll*: both count victims of one fate at one narrow place on one day, in whatever words
  and languages.

A wrong merge is worse than a missed one: it makes strangers into witnesses of one
thing. So places of which none is shared, people of whom none is shared and
days more than a slip apart keep claims apart, and a component is cut where
clusters hang together by less than half of their pairs, which stops chains.

Every claim that is not rejected belongs to exactly one event; a single claim is an
event with one claim. The saying of a claim is no event of its own, only what it says.
Nothing depends on the rest of the archive: no weight is taken from it.

Known cost: in one language about 15 microseconds a pair; keys about 0.1 ms a claim.
Claims in two languages meet by names and dates only.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from operator import itemgetter

from rensa import RMinHash

from tawatur.model.claim import Claim, Named, Status
from tawatur.model.ids import ClaimId
from tawatur.model.moment import Moment
from tawatur.model.picture import Reason
from tawatur.model.reading import EntityType, EventType, Modality, Polarity
from tawatur.model.span import Span
from tawatur.model.text import fold_words
from tawatur.weighing.components import Edge, PlainEdge, components
from tawatur.weighing.names import name_code, name_within, same_name
from tawatur.weighing.stances import Stance, everyday, plainly_so, stance
from tawatur.weighing.tolls import comparable, far_apart, narrow, tolls
from tawatur.weighing.words import content_stems, likeness

VERSION = "1"
"""Stands in every key: keys of another version never meet."""
PERMUTATIONS, ROWS, SEED = 45, 3, 20_211
"""15 bands of 3: claims 0.6 alike in words are candidates in 97 of 100 cases, 0.1 alike in 1.5."""
ALIKE = 0.6
"""Least likeness (cosine) of the stems of two claims that are about one thing by words alone."""
ALIKE_OTHER_KIND = 0.75
"""The same between two kinds of happening: one may only be mentioned in the other."""
ALIKE_LATER, LATER_DAYS = 0.8, 5
"""The same where reports that do not date the happening appeared more than so many days apart."""
ALIKE_LONG_AFTER = 0.95
"""The same where they appeared more than `SLIP_DAYS` apart: what recurs is told in like words."""
LEAST_STEMS = 4
"""Fewer shared stems are a phrase, not a statement."""
LEAST_NAMELESS = 6
"""The same where no name is shared: short sentences without names are stock ("no comment yet")."""
LEAST_BESIDE_NAMES = 2
"""So many of them must stand in no name: names alone say who, not what."""
LEAST_IN_FRAME = 2
"""Shared stems, one of them outside names, that two claims in one language need in any case."""
FRAME_ALIKE = 0.3
"""Least likeness of words beside two shared names and times that meet."""
FRAME_ALIKE_ONE = 0.45
"""The same beside one shared name."""
TOLL_STRENGTH = 0.5
"""Strength of an edge between two counts of victims at one place and day."""
SLIP_DAYS, ALIKE_SLIPPED = 31, 0.8
"""Days by which two datings of one happening may differ if its words are so much alike."""
NEAR_DAYS = 3
"""Days between publications of reports that give no date of the happening."""
CLEAR_DAYS = 31
"""A time of at most so many days places a happening; a longer one does not."""
LINKED = 0.5
"""Least share of linked pairs between two clusters that become one."""
SPEAKERS = 12
"""So many members of a cluster are asked when two clusters are compared."""
TOLL_SLIP_DAYS = 1
"""Days by which two datings of one attack may differ where both count its victims."""
PLACED_DAYS = 3
"""A time of at most so many days places a happening whose victims are counted."""
_MOST_NAMES = 5
MOST_WORDS = 24
"""Words of a claim that takes a side: in a longer one the words of a matter stray."""
_SAID_AS_SO = frozenset({Modality.FACT, Modality.HEDGED})

_FAMILY = {
    EventType.AGREE: "talk", EventType.CONSULT: "talk", EventType.COOPERATE: "talk",
    EventType.SUPPORT: "talk", EventType.AID: "help", EventType.CONCEDE: "help",
    EventType.RETREAT: "force", EventType.MOBILIZE: "force",
    EventType.ASSAULT: "violence", EventType.COERCE: "violence", EventType.CRIME: "violence",
    EventType.THREATEN: "words", EventType.ACCUSE: "words", EventType.REJECT: "words",
    EventType.REQUEST: "words", EventType.PROTEST: "protest", EventType.SANCTION: "sanction",
    EventType.STATE: "state",
}  # fmt: skip
_OF_TOLLS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.CRIME, EventType.STATE})


@dataclass(frozen=True, slots=True)
class ClaimPrint:
    """What the pair test looks at in one claim, worked out once."""

    id: ClaimId
    document: str
    span: Span
    language: str
    type: EventType
    opinion: bool
    stems: frozenset[str]
    names: frozenset[str]  # the stems of who and where
    who: tuple[tuple[str, EntityType, str], ...]  # name, type, coarse code
    where: tuple[tuple[str, EntityType, str], ...]
    when: Moment | None
    published: Moment | None
    sites: tuple[tuple[str, EntityType, str], ...] = ()  # those of ``where`` that are no state
    tolls: frozenset[tuple[str, str, float]] = frozenset()  # fates counted, of whom, how many
    sides: tuple[tuple[str, int], ...] = ()  # the matters that it takes a side on as of a fact


@lru_cache(maxsize=1_000)  # a claim is asked about by all that weighs its text or its event
def claim_print(claim: Claim) -> ClaimPrint:
    """Return what grouping looks at in ``claim``."""
    content = claim.content
    counted = content.modality in _SAID_AS_SO and content.event_type in _OF_TOLLS
    found = tolls(claim.quote, claim.span.start, content.quantities) if counted else ()
    return ClaimPrint(
        id=claim.id,
        document=claim.document,
        span=claim.span,
        language=claim.language,
        type=content.event_type,
        opinion=content.modality is Modality.OPINION,
        stems=content_stems(claim.quote),
        names=content_stems(" ".join(n.name for n in (*content.who, *content.where))),
        who=_coded(content.who),
        where=_coded(content.where),
        when=moment(content.when),
        published=moment(claim.published),
        sites=_coded(tuple(n for n in content.where if narrow(n.name))),
        tolls=frozenset((t.fate, t.who, t.figure.value or 0.0) for t in found),
        sides=_sides(claim),
    )


def claim_stance(claim: Claim) -> Stance:
    """Return how ``claim`` stands to the matters that it speaks of."""
    cues = " ".join(link.cue or "" for link in claim.content.chain)
    return _stance(claim.quote, cues, denied=claim.content.polarity is Polarity.DENIED)


@lru_cache(maxsize=1_000)
def _stance(quote: str, cues: str, *, denied: bool) -> Stance:
    return stance(fold_words(quote).split(), fold_words(cues).split(), denied=denied)


def _sides(claim: Claim) -> tuple[tuple[str, int], ...]:
    """Return the matters on a side of which a brief claim stands, none of everyday."""
    words = fold_words(claim.quote).split()
    if claim.content.modality not in _SAID_AS_SO or len(words) > MOST_WORDS:
        return ()
    if not plainly_so(words):
        return ()
    held = claim_stance(claim).sides
    return tuple(sorted((m, side) for m, side in held.items() if m not in everyday()))


@lru_cache(maxsize=20_000)
def moment(edtf: str | None) -> Moment | None:
    """Return the moment that ``edtf`` writes, None if nothing is told or it cannot be read."""
    try:
        return Moment.parse(edtf) if edtf else None
    except ValueError:
        return None  # a value of a kind that Moment does not hold is no time to compare


def event_keys(claim: Claim) -> frozenset[str]:
    """Return the keys under which claims about one happening meet.

    No key is a name or a word alone: each joins a family of happenings, names and a
    month or day, or is a band over all content stems.
    """
    return print_keys(claim_print(claim))


def print_keys(of: ClaimPrint) -> frozenset[str]:
    """Return the same as `event_keys`."""
    keys: set[str] = set()
    if len(of.stems) >= (LEAST_STEMS if of.who or of.where else LEAST_NAMELESS):
        sketch = RMinHash(PERMUTATIONS, SEED)
        sketch.update(sorted(of.stems))
        digest = array("Q", sketch.digest()).tobytes().hex()
        band = len(digest) * ROWS // PERMUTATIONS
        keys |= {f"t{at} {digest[at : at + band]}" for at in range(0, len(digest), band)}
    if of.type is not EventType.STATE and not of.opinion:
        family = _FAMILY[of.type]
        codes = sorted({code for _, _, code in (*of.who, *of.where)})[:_MOST_NAMES]
        time = of.when or of.published
        if time is not None:
            for pair in combinations(codes, 2):
                keys |= {f"p{family} {pair[0]} {pair[1]} {month}" for month in _months(time)}
            day = _day(time)
            keys |= {f"d{family} {code} {day}" for code in codes if day}
    if of.tolls and of.sites:
        fates = {fate for fate, _, _ in of.tolls}
        codes = sorted({code for _, _, code in of.sites})[:_MOST_NAMES]
        keys |= {f"k{f} {code} {d}" for f in fates for code in codes for d in _toll_days(of)}
    return frozenset(f"e{VERSION} {key}" for key in keys)


def about_the_same(a: Claim, b: Claim) -> Edge | None:
    """Return the edge between two claims about one thing, with its reason, or None."""
    return print_edge(claim_print(a), claim_print(b))


def print_edge(a: ClaimPrint, b: ClaimPrint) -> Edge | None:
    """Return the same as `about_the_same`; equal for ``a, b`` and ``b, a``."""
    if a.id == b.id or (a.document == b.document and a.span.overlap(b.span)):
        return None  # of two claims in one stretch of text, one is part of the other
    a, b = (a, b) if a.id < b.id else (b, a)
    alike = likeness(a.stems, b.stems) if a.language == b.language else 0.0
    found = _by_words(a, b, alike) or _by_frame(a, b, alike) or _by_toll(a, b)
    if found is None:
        return None
    strength, why = found
    return Edge(a.id, b.id, round(strength, 3), why)


def cluster(
    claims: Iterable[ClaimId],
    edges: Iterable[PlainEdge],
    linked: Callable[[ClaimId, ClaimId], bool] = lambda a, b: False,
) -> tuple[tuple[ClaimId, ...], ...]:
    """Return the groups of claims that are one event each, sorted, in order of the first.

    Edges are taken strongest first; two clusters become one if at least `LINKED` of the
    pairs between them are linked (average linkage, decided within the component). Of a
    large cluster its `SPEAKERS` first members stand for all, so that the cost does not
    grow with the square of how often one thing was told.

    Args:
        claims: The claims of whole components.
        edges: The pairs known to be about one thing, each once.
        linked: Whether a pair that is not among them is: not all pairs were compared.
    """
    nodes = set(claims)
    held = sorted(edge for edge in edges if edge[2] and edge[0] in nodes and edge[1] in nodes)
    tied = set(map(itemgetter(0, 1), held))
    known: dict[tuple[ClaimId, ClaimId], bool] = {}
    held.sort(key=itemgetter(2), reverse=True)  # stable: of equal ones the first

    def pair(a: ClaimId, b: ClaimId) -> bool:
        key = (a, b) if a < b else (b, a)
        if key not in tied and key not in known:
            known[key] = linked(*key)
        return key in tied or known[key]

    cluster_of = {node: node for node in nodes}
    members = {node: [node] for node in nodes}
    speakers = {node: [node] for node in nodes}
    refused: set[tuple[ClaimId, int, ClaimId, int]] = set()
    again = True
    while again:
        # A pair of clusters refused at first may hang together once both have grown.
        again = False
        held = [edge for edge in held if cluster_of[edge[0]] != cluster_of[edge[1]]]
        for a, b, _ in held:
            x, y = cluster_of[a], cluster_of[b]
            if x == y:
                continue
            x, y = (x, y) if x < y else (y, x)
            sizes = (x, len(members[x]), y, len(members[y]))
            if sizes in refused:
                continue
            links = sum(pair(one, other) for one in speakers[x] for other in speakers[y])
            if links < LINKED * len(speakers[x]) * len(speakers[y]):
                refused.add(sizes)
                continue
            again = True
            for node in members[y]:
                cluster_of[node] = x
            members[x] += members.pop(y)
            speakers[x] = sorted(speakers[x] + speakers.pop(y))[:SPEAKERS]
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))


def claim_components(
    claims: Iterable[Claim], edges: Iterable[Edge]
) -> tuple[tuple[ClaimId, ...], ...]:
    """Return what must be weighed together: connected components of the claims in force."""
    held = {claim.id for claim in claims if claim.status is not Status.REJECTED}
    return components(held, ((e.a, e.b) for e in edges if e.a in held and e.b in held))


def _coded(named: tuple[Named, ...]) -> tuple[tuple[str, EntityType, str], ...]:
    found = {(n.name, n.type, name_code(n.name, n.type)) for n in named}
    return tuple(sorted(found, key=lambda f: (f[2], f[0], f[1].value)))


def _by_words(a: ClaimPrint, b: ClaimPrint, alike: float) -> tuple[float, Reason] | None:
    """Return strength and reason if the words alone make two claims about one thing."""
    shared = a.stems & b.stems
    if alike < (ALIKE if _FAMILY[a.type] == _FAMILY[b.type] else ALIKE_OTHER_KIND):
        return None
    if len(shared) < LEAST_STEMS or len(shared - a.names - b.names) < LEAST_BESIDE_NAMES:
        return None
    if len(shared) < LEAST_NAMELESS and not _shared((*a.who, *a.where), (*b.who, *b.where)):
        return None
    if not _may_be_one(a, b, alike):
        return None
    return alike, Reason("They share {0} % of the words that carry content.", (_percent(alike),))


def _may_be_one(a: ClaimPrint, b: ClaimPrint, alike: float) -> bool:
    """Return whether neither place, people nor time keeps two claims of like words apart."""
    if a.where and b.where and not _shared(a.where, b.where):
        return False
    if (people := _people(a)) and (others := _people(b)) and not _shared(people, others):
        return False
    if a.when and b.when:
        slip = apart(a.when, b.when)
        return slip == 0 or (slip <= SLIP_DAYS and alike >= ALIKE_SLIPPED)
    if a.when or b.when or a.published is None or b.published is None:
        return True
    days = apart(a.published, b.published)
    if days > SLIP_DAYS:
        return alike >= ALIKE_LONG_AFTER
    return days <= LATER_DAYS or alike >= ALIKE_LATER


def _by_frame(a: ClaimPrint, b: ClaimPrint, alike: float) -> tuple[float, Reason] | None:
    """Return strength and reason if kind, names and time make two claims about one thing."""
    if EventType.STATE in (a.type, b.type) or a.opinion or b.opinion:
        return None
    if _FAMILY[a.type] != _FAMILY[b.type]:
        return None
    if a.where and b.where and not _shared(a.where, b.where):
        return None
    time = _time_fit(a, b)
    if not time:
        return None
    names = _shared((*a.who, *a.where), (*b.who, *b.where))
    if a.language != b.language:
        # One narrow place and one stated day are enough for an attack.
        placed = a.type is EventType.ASSAULT and not (a.tolls or b.tolls)
        placed = placed and bool(_shared(a.sites, b.sites))
        wanted = 2 - placed if time == "one day" else 3
        if a.type is not b.type or len(names) < wanted:
            return None
        strength = 0.4
    else:
        shared = a.stems & b.stems
        if len(shared) < LEAST_IN_FRAME or not shared - a.names - b.names:
            return None
        least = FRAME_ALIKE if len(names) > 1 and time == "one day" else FRAME_ALIKE_ONE
        if not names or alike < least + (0.1 if a.document == b.document else 0.0):
            return None
        strength = alike
    why = Reason("The same kind of thing, at times that meet, with {0} in both.", (names[0],))
    return strength, why


def _by_toll(a: ClaimPrint, b: ClaimPrint) -> tuple[float, Reason] | None:
    """Return strength and reason if both count victims of one fate at one place and day."""
    if not any(
        fate == other and comparable(who, others) and not far_apart(n, m)
        for fate, who, n in a.tolls
        for other, others, m in b.tolls
    ):
        return None
    sites = _shared(a.sites, b.sites)
    if not sites or not _toll_days(a) & _toll_days(b):
        return None
    why = Reason("Both count victims of the same day at {0}.", (sites[0],))
    return TOLL_STRENGTH, why


def _toll_days(of: ClaimPrint) -> frozenset[int]:
    """Return the days, as ordinals, on one of which an attack lies whose victims are counted.

    A day told may be a day early; what a report does not date lies shortly before it.
    """
    time, early, late = (of.when, 0, TOLL_SLIP_DAYS) if of.when else (of.published, NEAR_DAYS, 0)
    if time is None or time.lower is None or time.upper is None:
        return frozenset()
    first, last = time.lower.toordinal(), time.upper.toordinal()
    if last - first > PLACED_DAYS:
        return frozenset()
    return frozenset(range(first - early, last + late + 1))


def _time_fit(a: ClaimPrint, b: ClaimPrint) -> str | None:
    """Return how well two times fit: ``one day``, ``near``, or None if they do not place it."""
    if a.when and b.when:
        if not a.when.meets(b.when) or not (_clear(a.when) and _clear(b.when)):
            return None
        return "one day" if _day(a.when) and _day(a.when) == _day(b.when) else "near"
    first, second = a.when or a.published, b.when or b.published
    if first is None or second is None or not (_clear(first) and _clear(second)):
        return None
    return "near" if first.meets(second) or apart(first, second) <= NEAR_DAYS else None


def _clear(time: Moment) -> bool:
    if time.lower is None or time.upper is None:
        return False
    return (time.upper - time.lower).days <= CLEAR_DAYS


def apart(a: Moment, b: Moment) -> int:
    """Return the days between two times that do not meet, 0 if they may meet."""
    if a.upper and b.lower and a.upper < b.lower:
        return (b.lower - a.upper).days
    if b.upper and a.lower and b.upper < a.lower:
        return (a.lower - b.upper).days
    return 0


def _day(time: Moment) -> date | None:
    return time.lower if time.lower == time.upper else None


def _months(time: Moment) -> tuple[str, ...]:
    """Return the months that a clear time touches, none of another."""
    if not _clear(time) or time.lower is None or time.upper is None:
        return ()
    return tuple(sorted({f"{d.year}-{d.month}" for d in (time.lower, time.upper)}))


_Coded = tuple[str, EntityType, str]


def _people(of: ClaimPrint) -> tuple[_Coded, ...]:
    return tuple(named for named in of.who if named[1] is EntityType.PERSON)


def _shared(a: tuple[_Coded, ...], b: tuple[_Coded, ...]) -> tuple[str, ...]:
    """Return the names of ``a`` that ``b`` holds in some spelling, one for each, sorted."""
    return tuple(
        sorted({one[2]: one[0] for one in a for other in b if _one_name(one, other)}.values())
    )


def _one_name(a: _Coded, b: _Coded) -> bool:
    """Return whether two coded names are one; of people one may be a part of the other."""
    (name, type_, code), (other, other_type, other_code) = a, b
    if code == other_code:
        return same_name(name, other, type_)
    if type_ is not EntityType.PERSON or other_type is not EntityType.PERSON:
        return False
    words, others = set(code.split()), set(other_code.split())
    return (words < others and name_within(name, other)) or (
        others < words and name_within(other, name)
    )


def _percent(share: float) -> str:
    return str(round(100 * share))
