"""What the claims about one event say of its time, place, actors and figures."""

import pytest
from tests.weighing.factory import GPE, ORG, claim, killed

from tawatur.model.claim import Claim
from tawatur.model.picture import AspectKind
from tawatur.model.reading import Quantity
from tawatur.model.span import Span
from tawatur.weighing import aspects


def told(claims: list[Claim], kind: AspectKind) -> list[tuple[bool, dict[str, int]]]:
    """Return of each aspect of a kind whether all agree, and how many claims say what."""
    return [
        (found.agree, {each.value: len(each.claims) for each in found.said})
        for found in aspects(claims)
        if found.kind is kind
    ]


def on(when: str | None, document: str = "d-1") -> Claim:
    """Return a claim on an attack at a time."""
    return claim("أسفر الهجوم عن مقتل جنود", document, when=when)


@pytest.mark.parametrize(
    ("times", "agree"),
    [
        (["2021-06-08", "2021-06"], True),
        (["2021-06-08", "2021-06-08", None], True),
        (["2021-06-08", "2021-06-09"], False),
        (["2021-06", "2021-07-01"], False),
    ],
)
def test_a_vaguer_time_agrees_with_a_narrower_one_within(
    times: list[str | None], agree: bool
) -> None:
    """Another day does not; who tells none is not counted."""
    claims = [on(when, f"d-{at}") for at, when in enumerate(times)]
    assert [found for found, _ in told(claims, AspectKind.TIME)] == [agree]


def test_one_place_in_two_scripts_is_one_value() -> None:
    """Under the spelling that comes first, with as many claims as name it."""
    claims = [
        claim("هجوم", "d-1", where=[("ودريل", GPE)]),
        claim("une attaque", "d-2", where=[("ودريل", GPE)], language="fr"),
        claim("هجوم", "d-3", where=[("كلموري", GPE)]),
    ]
    assert told(claims, AspectKind.PLACE) == [(False, {"ودريل": 2, "كلموري": 1})]


def test_actors_agree_where_one_stands_in_every_claim_that_names_any() -> None:
    """Beside others."""
    army, guard = ("الجيش", ORG), ("الحرس", ORG)
    claims = [claim("a", "d-1", who=[army, guard]), claim("b", "d-2", who=[army]), on(None, "d-3")]
    assert told(claims, AspectKind.ACTOR) == [(True, {"الجيش": 2, "الحرس": 1})]


def test_figures_are_compared_where_they_count_one_thing() -> None:
    """Of "at least 19" and 31 both can be right, of 19 and 31 not; lorries are another thing."""
    lorries = Quantity(Span(0, 2), 4.0, None, "lorries")
    first = claim("قتل 19 جنديا", "d-1", quantities=[killed(19, bound="at least", at=4), lorries])
    second = claim("قتل 31 جنديا", "d-2", quantities=[killed(31, at=4)])
    third = claim("قتل 19 جنديا", "d-3", quantities=[killed(19, at=4)])
    assert told([first, second], AspectKind.FIGURE) == [
        (True, {"19": 1, "31": 1}),
        (True, {"4": 1}),
    ]
    assert told([second, third], AspectKind.FIGURE) == [(False, {"31": 1, "19": 1})]
    (killed_so_many, _) = aspects([first, second])[-2:]
    assert [said.bound for said in killed_so_many.said] == ["at least", None]


def test_what_is_measured_has_its_unit_and_not_in_place_of_what_it_measures() -> None:
    """A counted noun is no unit; who says more of what is counted gives its words."""
    far = Quantity(Span(0, 5), 14.0, "km")
    near = Quantity(Span(0, 4), 9.0, "km", "road")
    (length,) = aspects([claim("a", "d-1", quantities=[far]), claim("b", "d-2", quantities=[far])])
    assert (length.of, [(each.value, each.unit) for each in length.said]) == (None, [("14", "km")])
    (road,) = aspects([claim("c", "d-3", quantities=[near])])
    assert (road.of, road.said[0].unit) == ("road", "km")
    (people,) = aspects([claim("d", "d-4", quantities=[Quantity(Span(0, 2), 9.0, "person")])])
    assert (people.of, people.said[0].unit) == (None, None)


def test_nothing_told_is_no_aspect() -> None:
    """Of a claim without time, place, actor and figure."""
    assert aspects([on(None)]) == ()
