"""The picture: every claim in one event, ids that last, and piecemeal equals whole."""

import random
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.factory import GPE, KEY, LOC, PERSON, body, claim, killed, person, unnamed

from tawatur.model.claim import Claim, Status
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Compared, Copy, Event, Picture
from tawatur.model.reading import EventType, Polarity
from tawatur.weighing import (
    Edge,
    LocalName,
    TextPrint,
    claim_components,
    claim_print,
    components,
    conflicts_within,
    entity_ids,
    entity_keys,
    families,
    same_entity,
    same_text,
    shingle_keys,
    text_print,
    weigh,
    weigh_all,
)
from tawatur.weighing.oppositions import link_keys, print_link

_PLACES = [("أنزيفات", LOC), ("تيمرسول", LOC), ("وادي سغلوف", LOC)]
_DAYS = ["2021-06-08", "2021-06-09", "2021-07-20", "2021-06", None]
_CHAINS = [
    (),
    (person("ديمبا سوقاري", "e1"),),
    (person("سوقاري", "e2"),),
    (body("وزارة الدفاع"),),
    (unnamed(),),
]
_WORDS = [
    "مقتل {} جنديا في هجوم مسلحين على ثكنة {}",
    "هجوم مسلحين على ثكنة {1} ومقتل {0} جنديا من الجيش",
    "سقوط {} قتيلا من الجيش في هجوم قرب {}",
    "لم تقع خسائر غير {} جنود في هجوم مسلحين على ثكنة {}",
    "وقعت نومارة ودلماسة اتفاقا",
    "لم توقع نومارة ودلماسة أي اتفاق",
]
_STATES = [("نومارة", GPE), ("دلماسة", GPE)]


@st.composite
def archives(draw: st.DrawFn) -> list[tuple[str, tuple[Claim, ...], tuple[LocalName, ...]]]:
    """Draw documents: text, claims and names; some of them reprints of an earlier one."""
    documents: list[tuple[str, tuple[Claim, ...], tuple[LocalName, ...]]] = []
    for number in range(draw(st.integers(1, 6))):
        document = f"d-{number}"
        specs = draw(
            st.lists(
                st.tuples(
                    st.sampled_from(_WORDS),
                    st.sampled_from(_PLACES),
                    st.sampled_from([11, 19, 31]),
                    st.sampled_from(_DAYS),
                    st.sampled_from(_CHAINS),
                    st.sampled_from([Status.PROPOSED, Status.ACCEPTED, Status.REJECTED]),
                ),
                max_size=4,
            )
        )
        day = draw(st.sampled_from(_DAYS))
        claims = tuple(
            claim(
                words.format(figure, place[0]),
                document,
                start=at * 200,
                when=when,
                where=_STATES if "دلماسة" in words else [place],
                chain=chain,
                status=status,
                published=day,
                quantities=[killed(figure, at=at * 200 + 5)],
                polarity=Polarity.DENIED if words.startswith("لم") else Polarity.ASSERTED,
                type=EventType.ASSAULT,
            )
            for at, (words, place, figure, when, chain, status) in enumerate(specs)
        )
        seed = draw(st.integers(0, 3))  # equal seeds make copies
        text = " ".join(f"كلمة{random.Random(f'{seed}.{i}').randrange(500)}" for i in range(60))
        names = (
            LocalName(DocumentId(document), "e1", PERSON, "ديمبا سوقاري", "ar"),
            LocalName(DocumentId(document), "e2", PERSON, "سوقاري", "ar"),
        )
        documents.append((text, claims, names))
    return documents


class Piecemeal:
    """A picture kept up to date document by document, as a node keeps it."""

    def __init__(self) -> None:
        self.claims: dict[ClaimId, Claim] = {}
        self.claims_with: dict[str, set[ClaimId]] = defaultdict(set)
        self.edges: dict[tuple[ClaimId, ClaimId], Edge] = {}
        self.prints: dict[DocumentId, TextPrint] = {}
        self.texts_with: dict[str, set[DocumentId]] = defaultdict(set)
        self.copies: list[Copy] = []
        self.locals: list[LocalName] = []
        self.locals_with: dict[str, list[LocalName]] = defaultdict(list)
        self.same: list[tuple[LocalName, LocalName, object]] = []
        self.families: tuple[tuple[DocumentId, ...], ...] = ()
        self.who: dict[tuple[DocumentId, str], EntityId] = {}
        self.results: dict[tuple[ClaimId, ...], Picture] = {}

    def add(
        self,
        document: DocumentId,
        text: str,
        claims: tuple[Claim, ...],
        names: tuple[LocalName, ...],
    ) -> None:
        """Take in one document and weigh again what it touches."""
        touched = {c.id for c in claims}
        changed = {document}
        self.prints[document] = text_print(document, text)
        for other in {d for k in shingle_keys(text) for d in self.texts_with[k]}:
            copy = same_text(self.prints[document], self.prints[other])
            if copy is not None:
                self.copies.append(copy)
        for key in shingle_keys(text):
            self.texts_with[key].add(document)
        self.families = families(self.copies)
        changed |= {d for group in self.families if document in group for d in group}
        changed |= self._name(names)
        for new in claims:
            if new.status is not Status.REJECTED:
                touched |= self._link(new)
        self._weigh(touched | {c.id for c in self.claims.values() if c.document in changed})

    def _name(self, names: tuple[LocalName, ...]) -> set[DocumentId]:
        """Add names; return the documents whose entities have another id now."""
        for local in names:
            found = {o.place: o for k in entity_keys(local) for o in self.locals_with[k]}
            for other in found.values():
                why = same_entity(local, other)
                if why is not None:
                    self.same.append((local, other, why))
            for key in entity_keys(local):
                self.locals_with[key].append(local)
            self.locals.append(local)
        before, self.who = self.who, entity_ids(self.locals, self.same, KEY)  # type: ignore[arg-type]  # reasons kept as objects
        return {place[0] for place, id_ in self.who.items() if before.get(place) != id_}

    def _link(self, new: Claim) -> set[ClaimId]:
        """Add one claim; return the claims that it is linked to, itself included."""
        linked = {new.id}
        seen = claim_print(new)
        for other in {c for k in link_keys(seen) for c in self.claims_with[k]}:
            edge = print_link(seen, claim_print(self.claims[other]))
            if edge is not None:
                self.edges[edge.a, edge.b] = edge
                linked.add(other)
        for key in link_keys(seen):
            self.claims_with[key].add(new.id)
        self.claims[new.id] = new
        return linked

    def _weigh(self, touched: set[ClaimId]) -> None:
        """Weigh the components that hold a touched claim, and no other."""
        for ids in claim_components(self.claims.values(), self.edges.values()):
            if not touched & set(ids):
                continue
            for old in [k for k in self.results if set(k) & set(ids)]:
                del self.results[old]
            self.results[ids] = weigh(
                [self.claims[i] for i in ids],
                [(edge.a, edge.b, edge.strength) for edge in self.edges.values()],
                self.families,
                self.who,
                key=KEY,
            )

    def picture(self) -> Picture:
        """Return all of it in the promised order."""
        events: list[Event] = [e for p in self.results.values() for e in p.events]
        found: list[Picture | Compared] = list(self.results.values())
        found += [
            conflicts_within([c for c in self.claims.values() if c.document == document], KEY)
            for document in {c.document for c in self.claims.values()}
        ]
        return Picture(
            tuple(sorted(events, key=lambda e: e.id)),
            tuple(sorted((c for f in found for c in f.conflicts), key=lambda c: c.id)),
            tuple(sorted((n for f in found for n in f.near), key=lambda n: n.id)),
            tuple(
                sorted(
                    (s for p in self.results.values() for s in p.standings),
                    key=lambda s: (s.event, s.root),
                )
            ),
        )


@settings(max_examples=60)
@given(archives(), st.integers(0, 9_999))
def test_piecemeal_in_any_order_equals_the_rebuild(
    archive: list[tuple[str, tuple[Claim, ...], tuple[LocalName, ...]]], seed: int
) -> None:
    """What is kept document by document, in any order of arrival, is what a rebuild gives."""
    kept = Piecemeal()
    for number in random.Random(seed).sample(range(len(archive)), len(archive)):
        kept.add(DocumentId(f"d-{number}"), *archive[number])
    whole = weigh_all(
        {DocumentId(f"d-{n}"): text for n, (text, _, _) in enumerate(archive)},
        [c for _, claims, _ in archive for c in claims],
        [x for _, _, names in archive for x in names],
        key=KEY,
    )
    assert kept.picture() == whole.picture


@settings(max_examples=40)
@given(archives(), st.integers(0, 9_999))
def test_every_claim_in_force_is_in_exactly_one_event(
    archive: list[tuple[str, tuple[Claim, ...], tuple[LocalName, ...]]], seed: int
) -> None:
    """Rejected claims are in none; the order of claims never matters."""
    claims = [c for _, held, _ in archive for c in held]
    whole = weigh_all({}, claims, key=KEY)
    assert sorted(i for e in whole.picture.events for i in e.claims) == sorted(
        c.id for c in claims if c.status is not Status.REJECTED
    )
    assert whole == weigh_all({}, random.Random(seed).sample(claims, len(claims)), key=KEY)


@settings(max_examples=40)
@given(archives())
def test_unrelated_claims_change_no_event(
    archive: list[tuple[str, tuple[Claim, ...], tuple[LocalName, ...]]],
) -> None:
    """Ids, events and conflicts stay as they are when something else is taken in."""
    claims = [c for _, held, _ in archive for c in held]
    other = claim(
        "وقعت شركة المناجم عقدا لتوريد الشاحنات", "d-99", id="a-first", type=EventType.AGREE
    )
    before = weigh_all({}, claims, key=KEY).picture
    after = weigh_all({}, [*claims, other], key=KEY).picture
    assert set(before.events) <= set(after.events)
    assert before.conflicts == after.conflicts


def test_an_event_tells_what_when_where_and_who_said_it_first() -> None:
    """First said first; the headline is a claim's own words; the commonest time wins."""
    late = claim("مقتل 19 جنديا في هجوم مسلحين على ثكنة أنزيفات", "d-1", where=[_PLACES[0]],
                 when="2021-06-08", published="2021-06-10")  # fmt: skip
    first = claim("مقتل 11 جنديا في هجوم مسلحين على ثكنة أنزيفات", "d-2", where=[_PLACES[0]],
                  when="2021-06-08", published="2021-06-08")  # fmt: skip
    (event,) = weigh_all({}, [late, first], key=KEY).picture.events
    assert event.claims == (first.id, late.id)
    assert event.headline == first.quote
    assert (event.when, event.where, event.type) == ("2021-06-08", ("أنزيفات",), EventType.ASSAULT)
    assert event.id.startswith("v-")


def test_components_hold_what_hangs_together() -> None:
    """Nodes alone are components of one; order of edges never matters."""
    assert components("abcd", [("c", "a"), ("a", "b")]) == (("a", "b", "c"), ("d",))
