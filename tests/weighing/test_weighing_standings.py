"""What one root says is set beside what the others say, and no short way counts otherwise."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.factory import body, claim, outlet, person, unnamed

from tawatur.model.claim import Claim
from tawatur.model.ids import DocumentId, EventId
from tawatur.model.picture import Event, Standing, Told
from tawatur.model.reading import EventType, Link
from tawatur.weighing import independent_roots, standings
from tawatur.weighing.roots import surely_two
from tawatur.weighing.standings import SHOWN
from tawatur.weighing.tellings import tellings

PUBLISHERS = ("Plain Observer", "Le Courrier", "وكالة السهل", None)
LINKS: Sequence[Link] = (
    person("Karim Dulane", "e-1"),
    person("Dulane"),
    body("وزارة الدفاع", "e-7"),
    outlet("Plain Observer"),
    outlet("Radio Tarsane"),
    unnamed("a security official"),
    unnamed("an army officer"),
    unnamed("a shepherd"),
    unnamed(),
)
WHO = {(DocumentId(f"d-{n}"), entity): entity for n in range(40) for entity in ("e-1", "e-7")}

tales = st.tuples(
    st.sampled_from(PUBLISHERS),
    st.lists(st.sampled_from(LINKS), max_size=2),
    st.integers(1, 28),
    st.sampled_from(["the army shelled the village of Wadril", "army posts near Wadril were hit"]),
)
Tale = tuple[str | None, list[Link], int, str]


def _claims(told: Sequence[Tale]) -> list[Claim]:
    return [
        claim(
            words,
            f"d-{n}",
            id=f"c-{n:02}",
            chain=links,
            publisher=publisher,
            published=f"2021-06-{day:02}",
            language="en",
        )
        for n, (publisher, links, day, words) in enumerate(told)
    ]


@given(tales, tales, st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_two_claims_are_surely_two_as_all_roots_are_counted(
    one: Tale, other: Tale, together: bool, quoting: bool
) -> None:
    """Whoever is not named, whatever joins their texts."""
    a, b = _claims([one, other])
    families = [(DocumentId("d-0"), DocumentId("d-1"))] if together else []
    quotes = [(DocumentId("d-0"), DocumentId("d-1"))] if quoting else []
    counted = independent_roots([a, b], families, WHO, quotes)  # type: ignore[arg-type]  # plain ids
    assert surely_two(a, b, families, WHO, quotes) == (counted.at_least > 1)  # type: ignore[arg-type]  # likewise


def _standings(claims: Sequence[Claim], quotes: Sequence[tuple[str, str]] = ()) -> list[Standing]:
    pairs = [(DocumentId(a), DocumentId(b)) for a, b in quotes]
    interval = independent_roots(claims, quotes=pairs)
    event = Event(
        EventId("v-1"), EventType.ASSAULT, "so", "en", (), (), None, (), (), roots=interval
    )
    return list(standings(event, tellings(claims, (), {}), quotes=pairs))


def test_of_many_who_confirm_a_few_are_named_the_first_first() -> None:
    """One of each root, and none that was there before."""
    words = ("of the bridge", "by night", "at dawn", "near the mill", "in the hills", "twice", "")
    claims = [
        claim(
            f"army posts were shelled {each}",
            f"d-{n}",
            id=f"c-{n}",
            publisher=f"{chr(65 + n) * 5} Herald",
            published=f"2021-06-{n + 10}",
            language="en",
        )
        for n, each in enumerate(words)
    ]
    by_claim = {standing.claims[0]: standing for standing in _standings(claims)}
    first, last = by_claim[claims[0].id], by_claim[claims[-1].id]
    assert first.later == tuple(each.id for each in claims[1 : SHOWN + 1])
    assert (last.told, last.by, last.later) == (Told.YES, claims[0].id, ())


def test_who_quotes_a_report_at_length_confirms_nothing_of_it() -> None:
    """It is the report's own word again, though under another name."""
    claims = [
        claim("the army shelled Wadril", "d-1", id="c-1", publisher="Plain Observer"),
        claim("the army shelled Wadril", "d-2", id="c-2", publisher="Radio Tarsane"),
    ]
    assert {standing.told for standing in _standings(claims)} == {Told.YES}
    quoted = _standings(claims, [("d-1", "d-2")])
    assert {standing.told for standing in quoted} == {Told.PERHAPS}
