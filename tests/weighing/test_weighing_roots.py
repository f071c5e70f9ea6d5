"""Roots: named cases, and the laws of the two ends."""

import random
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import body, claim, outlet, person, unnamed

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.reading import Link, SourceKind
from tawatur.model.span import Span
from tawatur.weighing.roots import independent_roots
from tawatur.weighing.tellings import root_keys

SPOKESMAN = person("العقيد ديمبا سوقاري")
MINISTER = person("همادي كونتوراي")
AGENCY_NAME, SITE_NAME = "وكالة أزرمال للأنباء", "مرسال مرجاوة"
AGENCY, SITE = outlet(AGENCY_NAME), outlet(SITE_NAME)


WORDS = ("أسفر الهجوم عن مقتل 19 جنديا", "سقط عشرات الجنود قتلى وجرحى في ثكنة أنزيفات")


def said(document: str, *chain: Link, start: int = 0, words: int = 0, **more: object) -> Claim:
    """Return a claim on the toll of one attack, in one of two wordings."""
    return claim(WORDS[words], document, chain=chain, start=start, **more)  # type: ignore[arg-type]  # passed on to the factory


def _later(*chain: Link) -> Claim:
    """Return a claim of another paper, a day after the others."""
    return said("d-9", *chain, publisher="منارة ودريل", published="2021-06-09")


CASES = [
    pytest.param([], (0, 0), id="nothing said"),
    pytest.param([said("d-1", SPOKESMAN)], (1, 1), id="one spokesman"),
    pytest.param(
        [said(f"d-{i}", SPOKESMAN) for i in range(10)], (1, 1), id="ten reports, one spokesman"
    ),
    pytest.param(
        [said("d-1", AGENCY, SPOKESMAN), said("d-2", SITE, SPOKESMAN), said("d-3", SPOKESMAN)],
        (1, 1),
        id="one spokesman through agencies",
    ),
    pytest.param([said("d-1", SPOKESMAN), said("d-2", MINISTER)], (2, 2), id="two officials"),
    pytest.param([said("d-1", unnamed()), said("d-2", unnamed())], (1, 2), id="two unnamed"),
    pytest.param(
        [said("d-1", unnamed()), said("d-1", unnamed(), start=200)],
        (1, 1),
        id="one unnamed source speaks twice in one text",
    ),
    pytest.param([said("d-1", SPOKESMAN), said("d-2", unnamed())], (1, 2), id="named and unnamed"),
    pytest.param(
        [said("d-1", AGENCY, SITE), said("d-2", SITE, AGENCY)], (1, 1), id="circular citing"
    ),
    pytest.param(
        [said("d-1", SITE, publisher=SITE_NAME)], (1, 1), id="an outlet that cites itself"
    ),
    pytest.param(
        [said("d-1", SITE, publisher=AGENCY_NAME), said("d-2", AGENCY, publisher=SITE_NAME)],
        (1, 1),
        id="two outlets, each with the other's word",
    ),
    pytest.param(
        [said("d-1", SPOKESMAN, publisher=SITE_NAME), _later(SITE)],
        (1, 1),
        id="an outlet is cited, and its report names whom it heard",
    ),
    pytest.param(
        [said("d-1", unnamed(), publisher=SITE_NAME), _later(SITE, unnamed())],
        (1, 1),
        id="an outlet's unnamed source is cited with it",
    ),
    pytest.param(
        [said("d-1", unnamed("مصدر طبي"), publisher=SITE_NAME), _later(SITE, unnamed())],
        (1, 2),
        id="an outlet is cited with another unnamed source than its report has",
    ),
    pytest.param(
        [said("d-1", SITE, unnamed()), said("d-2", SITE, unnamed())],
        (1, 1),
        id="two have one outlet's unnamed source",
    ),
    pytest.param(
        [said("d-1", SPOKESMAN, publisher=SITE_NAME), _later(person(SITE_NAME))],
        (1, 1),
        id="an outlet that a reader took for a person",
    ),
    pytest.param(
        [said("d-1", publisher="مرسال مرجاوة"), said("d-2", SITE, SPOKESMAN)],
        (1, 2),
        id="an outlet that elsewhere names whom it heard",
    ),
    pytest.param(
        [said("d-1", publisher="مرسال مرجاوة"), said("d-2", publisher="مرسال مرجاوة")],
        (1, 1),
        id="one publisher, two texts",
    ),
    pytest.param([said("d-1"), said("d-2")], (2, 2), id="two texts of unknown publishers"),
    pytest.param([said("d-1", person("سوقاري")), said("d-2", SPOKESMAN)], (1, 2), id="a surname"),
    pytest.param(
        [said("d-1", body("وزارة الدفاع")), said("d-2", body("وزارة الدفاع"))],
        (1, 2),
        id="a ministry of a country not told",
    ),
    pytest.param(
        [said("d-1", Link(SourceKind.RUMOUR, "أنباء")), said("d-2", unnamed("شهود"))],
        (1, 2),
        id="rumour and witnesses",
    ),
]


@pytest.mark.parametrize(("claims", "ends"), CASES)
def test_roots_are_counted_as_an_interval(claims: list[Claim], ends: tuple[int, int]) -> None:
    """At least and at most, case by case."""
    interval = independent_roots(claims)
    assert (interval.at_least, interval.at_most) == ends
    assert len(interval.roots) == interval.at_most
    assert sorted(c for root in interval.roots for c in root.claims) == sorted(c.id for c in claims)


def test_copies_of_one_text_are_one_root() -> None:
    """An uncredited reprint adds nothing, nor does its unnamed source; the reason says so."""
    claims = [
        said("d-1", published="2021-06-08", publisher="وكالة أزرمال للأنباء"),
        said("d-2", published="2021-06-09", publisher="مرسال مرجاوة"),
        said("d-1", unnamed(), start=300, publisher="وكالة أزرمال للأنباء"),
        said("d-2", unnamed(), start=310, publisher="مرسال مرجاوة", published="2021-06-09"),
    ]
    apart, copies = (
        independent_roots(claims),
        independent_roots(claims, [(DocumentId("d-1"), DocumentId("d-2"))]),
    )
    assert (apart.at_least, apart.at_most) == (1, 4)
    assert (copies.at_least, copies.at_most) == (1, 2)
    assert "2 reports hold one text and count as one." in map(str, copies.reasons)


def test_a_body_in_a_copy_is_that_of_its_original() -> None:
    """A ministry that names did not resolve across texts is one in two copies of a text."""
    claims = [said("d-1", body("وزارة الدفاع", "e1")), _later(body("وزارة الدفاع", "e1"))]
    who = {(c.document, "e1"): EntityId(f"n-{c.document}") for c in claims}
    assert independent_roots(claims, (), who).at_most == 2
    assert independent_roots(claims, [(DocumentId("d-1"), DocumentId("d-9"))], who).at_most == 1


def test_what_an_edited_copy_adds_is_its_own() -> None:
    """A site takes over an agency text and adds an official of its own: one root more at most."""
    agency = [said("d-1", unnamed("مصدر أمني مطلع لوكالة أزرمال"), publisher="وكالة أزرمال")]
    taken = said("d-2", unnamed("مصدر أمني"), published="2021-06-09", publisher="منارة ودريل")
    added = claim(
        "لم تستشر جلمادة في الموضوع",
        "d-2",
        start=900,
        chain=[unnamed("مسؤول في وزارة الدفاع")],
        published="2021-06-09",
        publisher="منارة ودريل",
    )
    family = [(DocumentId("d-1"), DocumentId("d-2"))]
    assert independent_roots([*agency, taken], family).at_most == 1
    assert independent_roots([*agency, taken, added], family).at_most == 2


def test_a_resolved_source_is_one_under_all_its_names() -> None:
    """Once names are resolved, the spokesman in Arabic and in French is one at both ends."""
    claims = [
        said("d-1", person("سوقاري", "e1")),
        said("d-2", person("Demba Soukari", "e4")),
    ]
    who = {
        (DocumentId("d-1"), "e1"): EntityId("n-1"),
        (DocumentId("d-2"), "e4"): EntityId("n-1"),
    }
    assert independent_roots(claims, (), who).at_most == 1
    assert independent_roots(claims).at_most == 2


def test_no_reason_names_an_unnamed_source() -> None:
    """Nothing is said of who an unnamed source could be."""
    reasons = independent_roots([said("d-1", unnamed()), said("d-2", SPOKESMAN)]).reasons
    assert [str(r) for r in reasons] == ["The unnamed source may be one of the others, or may not."]


LINKS = st.sampled_from(
    [
        SPOKESMAN,
        MINISTER,
        AGENCY,
        SITE,
        person("سوقاري"),
        person("Demba Soukari"),
        body("وزارة الدفاع"),
        unnamed("مصدر أمني"),
        unnamed("مصدر طبي"),
        unnamed("مصادر"),
    ]
)
DOCUMENTS = ["d-1", "d-2", "d-3", "d-4", "d-5"]
PUBLISHER = {
    "d-1": "وكالة أزرمال للأنباء",
    "d-2": "مرسال مرجاوة",
    "d-3": None,
    "d-4": "مرسال مرجاوة",
    "d-5": None,
}
DAY = {"d-1": "2021-06-08", "d-2": "2021-06-09", "d-3": "2021-06", "d-4": None, "d-5": "2021-06-10"}


@st.composite
def bundles(draw: st.DrawFn, most: int = 7) -> list[Claim]:
    """Draw claims with chains of any links in five documents."""
    count = draw(st.integers(1, most))
    out = []
    for at in range(count):
        document = draw(st.sampled_from(DOCUMENTS))
        chain = draw(st.lists(LINKS, max_size=3))
        out.append(
            said(
                document,
                *chain,
                start=at * 100,
                words=draw(st.integers(0, 1)),
                publisher=PUBLISHER[document],
                published=DAY[document],
            )
        )
    return out


FAMILIES = st.sampled_from([(), (("d-1", "d-2"),), (("d-1", "d-3", "d-5"), ("d-2", "d-4"))])


@given(bundles(), FAMILIES, st.integers(0, 99))
def test_order_never_matters(claims: list[Claim], families: tuple, seed: int) -> None:  # type: ignore[type-arg]  # of tuples of ids
    """Equal claims in any order give an equal interval, reasons and roots included."""
    shuffled = random.Random(seed).sample(claims, len(claims))
    assert independent_roots(claims, families) == independent_roots(shuffled, families)


@given(bundles(), FAMILIES)
def test_at_least_is_never_more_than_at_most(claims: list[Claim], families: tuple) -> None:  # type: ignore[type-arg]  # of tuples of ids
    """And where anything is said, somebody said it."""
    interval = independent_roots(claims, families)
    assert 1 <= interval.at_least <= interval.at_most <= len(claims)


@given(bundles(), FAMILIES, st.integers(0, 6))
def test_repetition_never_adds_a_root(claims: list[Claim], families: tuple, at: int) -> None:  # type: ignore[type-arg]  # of tuples of ids
    """The same chain in the same text once more changes neither end."""
    again = claims[at % len(claims)]
    chain = again.content.chain[1:]
    more = said(
        again.document,
        *chain,
        start=5_000,
        words=WORDS.index(again.quote),
        publisher=again.publisher,
        published=again.published,
    )
    one, two = independent_roots(claims, families), independent_roots([*claims, more], families)
    assert (one.at_least, one.at_most) == (two.at_least, two.at_most)


@given(bundles(), st.sampled_from(DOCUMENTS), st.sampled_from([None, "صحيفة أخرى", "مرسال مرجاوة"]))
def test_a_later_copy_changes_neither_end(
    claims: list[Claim], copied: str, publisher: str | None
) -> None:
    """A reprint, by whomever, of a text that is held adds and takes away nothing."""
    copy = [
        said(
            "d-9",
            *c.content.chain[1:],
            start=c.span.start,
            words=WORDS.index(c.quote),
            publisher=publisher,
            published="2021-07-20",
        )
        for c in claims
        if c.document == copied
    ]
    day = {"d-4": "2021-06-11"}
    claims = [
        said(
            c.document,
            *c.content.chain[1:],
            start=c.span.start,
            words=WORDS.index(c.quote),
            publisher=c.publisher,
            published=c.published or day[c.document],
        )
        for c in claims
    ]
    one = independent_roots(claims)
    two = independent_roots([*claims, *copy], [(DocumentId(copied), DocumentId("d-9"))])
    assert (one.at_least, one.at_most) == (two.at_least, two.at_most)


@given(bundles(), FAMILIES)
def test_a_claim_adds_at_most_one_to_each_end(claims: list[Claim], families: tuple) -> None:  # type: ignore[type-arg]  # of tuples of ids
    """However long its chain."""
    one, two = independent_roots(claims[:-1], families), independent_roots(claims, families)
    assert two.at_least <= one.at_least + 1
    assert two.at_most <= one.at_most + 1


@given(bundles(), st.lists(LINKS, max_size=1))
def test_at_most_never_falls_when_a_claim_is_added(claims: list[Claim], chain: list[Link]) -> None:
    """One that passes on no outlet's word, of an author whom nobody cites, takes no root away."""
    more = [*claims, said("d-9", *chain, start=5_000)]
    assert independent_roots(claims).at_most <= independent_roots(more).at_most


def test_at_most_falls_when_it_is_seen_where_a_cited_outlet_had_it() -> None:
    """Two roots, as far as is known; then the report turns up that the second one cites."""
    held = [said("d-1", SPOKESMAN), _later(SITE)]
    assert independent_roots(held).at_most == 2
    found = independent_roots([*held, said("d-2", SPOKESMAN, publisher=SITE_NAME)])
    assert found.at_most == 1
    assert any("from an outlet" in str(reason) for reason in found.reasons)


def test_a_report_that_came_out_later_is_not_the_one_cited() -> None:
    """What an outlet wrote the day after is not what others had from it."""
    later = said("d-2", SPOKESMAN, publisher=SITE_NAME, published="2021-06-10")
    assert independent_roots([_later(SITE), later]).at_most == 2


@given(bundles(), bundles(), FAMILIES)
def test_splitting_and_joining_is_the_same(
    some: list[Claim], others: list[Claim], families: tuple[tuple[DocumentId, ...], ...]
) -> None:
    """Joined in either order the parts give one interval, of no more roots than they had."""
    others = [
        replace(c, id=ClaimId(f"{c.id}-2"), span=Span(c.span.start + 9_000, c.span.end + 9_000))
        for c in others
    ]
    one, two = independent_roots(some, families), independent_roots(others, families)
    joined = independent_roots([*some, *others], families)
    assert joined == independent_roots([*others, *some], families)
    assert joined.at_least <= one.at_least + two.at_least
    assert joined.at_most <= one.at_most + two.at_most


@given(bundles(), st.sets(st.sampled_from(["e1", "e2", "e3"]), min_size=2))
def test_a_merge_undone_leaves_no_trace(claims: list[Claim], merged: set[str]) -> None:
    """Two entities made one and set apart again give what they gave before."""
    officials = [
        said("d-6", person(f"سوقاري {e}", e), start=n) for n, e in enumerate(["e1", "e2", "e3"])
    ]
    held = [*claims, *officials]
    apart = {(DocumentId("d-6"), e): EntityId(f"n-{e}") for e in ("e1", "e2", "e3")}
    one = apart | {(DocumentId("d-6"), e): EntityId("n-one") for e in merged}
    before, during = independent_roots(held, (), apart), independent_roots(held, (), one)
    assert during.at_most == before.at_most - len(merged) + 1
    undone = one | {place: apart[place] for place in one if one[place] != apart[place]}
    assert independent_roots(held, (), undone) == before


@given(st.integers(1, 40), st.integers(0, 40))
def test_a_circle_of_citations_ends_and_is_one_root(outlets: int, at: int) -> None:
    """However long, and in whatever order its reports came out; an outlet alone cites itself."""
    ring = [f"صحيفة المدينة {letter}" for letter in map(chr, range(0x628, 0x628 + 2 * outlets, 2))]
    ring = [f"{name} {n}" for n, name in enumerate(ring)]
    claims = [
        said(f"d-{n}", outlet(ring[(n + 1) % outlets]), publisher=name)
        for n, name in enumerate(ring)
    ]
    found = independent_roots([*claims[at:], *claims[:at]])
    assert (found.at_least, found.at_most) == (1, 1)


def test_ten_thousand_copies_are_counted_in_seconds() -> None:
    """One agency text in as many papers is one root, and soon told."""
    claims = [
        said(f"d-{n:05}", SPOKESMAN, publisher=f"صحيفة {n}", published="2021-06-09")
        for n in range(10_000)
    ]
    began = process_time()
    found = independent_roots(claims, [tuple(claim.document for claim in claims)])
    assert (found.at_least, found.at_most) == (1, 1)
    assert process_time() - began < 10


def test_at_least_may_fall_when_a_chain_is_added() -> None:
    """Two outlets vouch for it; then one is seen to have it from the other."""
    own = [said("d-1", publisher="وكالة أزرمال للأنباء"), said("d-2", publisher="مرسال مرجاوة")]
    assert independent_roots(own).at_least == 2
    assert independent_roots([*own, said("d-3", SITE, AGENCY)]).at_least == 1


def test_equal_keys_are_one_root() -> None:
    """The keys by which conflicts know that one source contradicts itself."""
    one, two, other = said("d-1", SPOKESMAN), said("d-2", SPOKESMAN), said("d-3", unnamed())
    keys = root_keys([one, two, other])
    assert keys[one.id] == keys[two.id] != keys[other.id]


@given(bundles(), st.lists(st.sampled_from(["ar", "fr"]), min_size=8, max_size=8), FAMILIES)
def test_a_claim_adds_at_most_one_among_translations_too(
    claims: list[Claim],
    languages: list[str],
    families: tuple,  # type: ignore[type-arg]  # of tuples of ids
) -> None:
    """The law holds where a family has texts in two languages."""
    spoken = dict(zip(DOCUMENTS, languages, strict=False))
    claims = [replace(c, language=spoken[c.document]) for c in claims]
    one, two = independent_roots(claims[:-1], families), independent_roots(claims, families)
    assert two.at_least <= one.at_least + 1
    assert two.at_most <= one.at_most + 1


def _in_french(told: Claim) -> Claim:
    """Return what a translation says: other words, another day, another outlet."""
    return replace(
        told,
        id=ClaimId(f"{told.id}-fr"),
        document=DocumentId("d-9"),
        language="fr",
        quote="L'attaque de la caserne a tué dix-neuf soldats",
        published="2021-06-12",
        publisher="Le Courrier de Toulbara",
    )


def test_a_translation_adds_no_root() -> None:
    """An agency text and its translation elsewhere: the same sources, one text, with the reason."""
    text = [said("d-1", publisher="وكالة أزرمال للأنباء"), said("d-1", unnamed(), start=300)]
    both = [*text, *map(_in_french, text)]
    family = [(DocumentId("d-1"), DocumentId("d-9"))]
    alone, apart, one = (
        independent_roots(text),
        independent_roots(both),
        independent_roots(both, family),
    )
    assert apart.at_most == 2 * alone.at_most
    assert (one.at_least, one.at_most) == (alone.at_least, alone.at_most)
    assert "2 reports hold one text, some in translation, and count as one." in map(
        str, one.reasons
    )


def test_a_source_of_a_translation_that_does_not_match_may_be_the_original_s() -> None:
    """An outlet in the original, a spokesman in its translation: at least one, at most two."""
    both = [said("d-1", AGENCY), _in_french(said("d-1", SPOKESMAN)), said("d-2", MINISTER)]
    found = independent_roots(both, [(DocumentId("d-1"), DocumentId("d-9"))])
    assert (found.at_least, found.at_most) == (2, 3)


def test_what_a_text_quotes_at_length_counts_once() -> None:
    """A paper holds a long stretch of an agency's text: what it took over is the agency's."""
    agency = said("d-1", unnamed(), publisher="وكالة أزرمال للأنباء", published="2021-06-08")
    paper = said("d-2", unnamed(), publisher="مرسال مرجاوة", published="2021-06-09")
    quotes = [(DocumentId("d-1"), DocumentId("d-2"))]
    assert independent_roots([agency, paper]).at_most == 2
    found = independent_roots([agency, paper], quotes=quotes)
    assert found.at_most == 1
    assert any("quote at length" in str(reason) for reason in found.reasons)
    own = said("d-2", SPOKESMAN, start=900, words=1, publisher="مرسال مرجاوة")
    assert independent_roots([agency, paper, own], quotes=quotes).at_most == 2
