"""The tree of who had it from whom: each case, and that it counts as the interval does."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import claim, outlet, person, unnamed

from tawatur.model.claim import Claim
from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy, CopyKind, Passing, Reason
from tawatur.model.reading import Link
from tawatur.weighing.roots import independent_roots, lineage

SPOKESMAN, MINISTER = person("العقيد ديمبا سوقاري"), person("همادي كونتوراي")
AGENCY_NAME, SITE_NAME = "وكالة أزرمال للأنباء", "مرسال مرجاوة"
AGENCY, SITE = outlet(AGENCY_NAME), outlet(SITE_NAME)
WORDS = "أسفر الهجوم عن مقتل 19 جنديا"


def said(document: str, *chain: Link, **more: object) -> Claim:
    """Return a claim on the toll of one attack."""
    return claim(WORDS, document, chain=chain, **more)  # type: ignore[arg-type]  # passed on to the factory


def drawn(*claims: Claim, families: tuple[tuple[DocumentId, ...], ...] = ()) -> list[str]:
    """Return the tree as lines, two spaces a depth."""
    tree = lineage(claims, families).tellers
    return ["  " * each.depth + (" = ".join(each.names) or "?") for each in tree]


def test_whoever_heard_it_stands_below_whom_it_was_heard_from() -> None:
    """The spokesman first, then the agency that quotes him, then the site that quotes it."""
    assert drawn(said("d-1", AGENCY, SPOKESMAN, publisher=SITE_NAME)) == [
        "العقيد ديمبا سوقاري",
        f"  {AGENCY_NAME}",
        f"    {SITE_NAME}",
    ]


def test_two_ways_from_one_root_are_two_branches() -> None:
    """Of one spokesman two outlets have it, each with its own claim."""
    tree = lineage(
        [
            said("d-1", SPOKESMAN, publisher=SITE_NAME),
            said("d-2", SPOKESMAN, publisher=AGENCY_NAME),
        ]
    ).tellers
    assert [(t.depth, t.documents) for t in tree] == [(0, ()), (1, ("d-1",)), (1, ("d-2",))]
    assert all("سوقاري" in str(t.why) for t in tree[1:])


def test_a_copy_stands_below_the_text_that_had_it_first() -> None:
    """With what shows that it is one, where the pair is known."""
    first = said("d-1", SPOKESMAN, publisher=SITE_NAME, published="2021-06-08")
    again = said("d-2", SPOKESMAN, publisher=AGENCY_NAME, published="2021-06-09")
    family = (DocumentId("d-1"), DocumentId("d-2"))
    why = Reason("{0} of the words are the same.", ("98 %",))
    pair = Copy(*family, CopyKind.SAME_TEXT, 0.98, why)
    tree = lineage([again, first], [family], copies=[pair]).tellers
    assert [(t.depth, t.passing, t.names) for t in tree] == [
        (0, Passing.ROOT, ("العقيد ديمبا سوقاري",)),
        (1, Passing.HEARD, (SITE_NAME,)),
        (2, Passing.COPIED, (AGENCY_NAME,)),
    ]
    assert tree[2].why == why


def test_a_translation_is_called_one() -> None:
    """It stands below its original like a copy."""
    first = said("d-1", SPOKESMAN, publisher=SITE_NAME, published="2021-06-08")
    other = claim(
        "L'attaque a tué 19 soldats",
        "d-2",
        chain=(person("le colonel Demba Sogari"),),
        language="fr",
        publisher="Azarmal-Presse",
        published="2021-06-09",
    )
    tree = lineage([first, other], [(DocumentId("d-1"), DocumentId("d-2"))]).tellers
    assert [t.passing for t in tree] == [Passing.ROOT, Passing.HEARD, Passing.TRANSLATED]


def test_outlets_that_only_cite_one_another_are_one_root() -> None:
    """Both names stand on it, and nobody above."""
    circle = drawn(
        said("d-1", SITE, publisher=AGENCY_NAME), said("d-2", AGENCY, publisher=SITE_NAME)
    )
    (one,) = circle
    assert set(one.split(" = ")) == {AGENCY_NAME, SITE_NAME}


def test_what_an_outlet_is_cited_for_hangs_on_its_own_report() -> None:
    """The later site cites the earlier one, whose report names the spokesman."""
    tree = lineage(
        [
            said("d-1", SPOKESMAN, publisher=SITE_NAME),
            said("d-2", SITE, publisher=AGENCY_NAME, published="2021-06-09"),
        ]
    ).tellers
    assert [(t.depth, t.names) for t in tree] == [
        (0, ("العقيد ديمبا سوقاري",)),
        (1, (SITE_NAME,)),
        (2, (AGENCY_NAME,)),
    ]
    assert str(tree[2].why) == f"It cites {SITE_NAME}, whose own report is held."


def test_unnamed_sources_are_possibly_the_same() -> None:
    """Both of them, and the named one surely is himself."""
    tree = lineage(
        [said("d-1", unnamed()), said("d-2", unnamed("مصدر مطلع")), said("d-3", SPOKESMAN)]
    ).tellers
    doubtful = {t.names: t.may_be_another for t in tree if t.depth == 0}
    assert doubtful == {
        ("مصدر أمني",): True,
        ("مصدر مطلع",): True,
        ("العقيد ديمبا سوقاري",): False,
    }


def test_a_shepherd_is_possibly_the_same_as_no_officer() -> None:
    """Their descriptions rule it out."""
    tree = lineage([said("d-1", unnamed("راع من القرية")), said("d-2", unnamed("مسؤول أمني"))])
    assert not any(t.may_be_another for t in tree.tellers if t.depth == 0)
    assert (tree.roots.at_least, tree.roots.at_most) == (2, 2)


def test_a_long_line_of_citations_is_told_to_its_end() -> None:
    """A hundred and twenty outlets, each citing the one before."""
    line = [said("d-0000", SPOKESMAN, publisher="جريدة 0", published="2021-06-08")]
    line += [
        said(f"d-{n:04}", outlet(f"جريدة {n - 1}"), publisher=f"جريدة {n}", published="2021-06-09")
        for n in range(1, 120)
    ]
    assert max(t.depth for t in lineage(line).tellers) == 120


LINKS = st.lists(
    st.sampled_from([SPOKESMAN, MINISTER, AGENCY, SITE, unnamed(), unnamed("راع من القرية")]),
    max_size=3,
)
CLAIMS = st.lists(
    st.tuples(LINKS, st.sampled_from([None, AGENCY_NAME, SITE_NAME]), st.integers(1, 9)), max_size=6
).map(
    lambda drawn: [
        said(f"d-{n}", *chain, publisher=publisher, published=f"2021-06-0{day}")
        for n, (chain, publisher, day) in enumerate(drawn)
    ]
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_tree_counts_as_the_interval_does(claims: list[Claim], shuffle: random.Random) -> None:
    """As many roots as at most, each claim once, in any order; and the interval is the same."""
    whole = lineage(claims)
    assert whole.roots == independent_roots(claims)
    assert sum(t.depth == 0 for t in whole.tellers) == whole.roots.at_most
    told = [each for t in whole.tellers for each in t.claims]
    assert sorted(told) == sorted(c.id for c in claims)
    mixed = list(claims)
    shuffle.shuffle(mixed)
    assert lineage(mixed) == whole


@given(CLAIMS)
def test_nobody_stands_deeper_than_one_below_the_one_before(claims: list[Claim]) -> None:
    """Else it would not be told from whom they had it."""
    depths = [t.depth for t in lineage(claims).tellers]
    assert all(b <= a + 1 for a, b in pairwise(depths))
    assert depths[:1] in ([], [0])


@pytest.mark.parametrize("passing", list(Passing))
def test_only_a_root_has_no_reason(passing: Passing) -> None:
    """Whoever had it from another has what shows that."""
    tree = lineage([said("d-1", AGENCY, SPOKESMAN), said("d-2", SITE, unnamed())]).tellers
    assert all((t.why is None) == (t.passing is Passing.ROOT) for t in tree if t.passing is passing)
