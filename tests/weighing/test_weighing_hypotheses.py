"""The explanation against which least speaks leads, and what fits all tells nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.factory import claim, outlet, person

from tawatur.model.claim import ReportNamed, Status
from tawatur.model.hypothesis import Bears, Evidence, Explanation, Offer
from tawatur.model.ids import ClaimId, DocumentId, RulingId
from tawatur.model.reading import Authenticity
from tawatur.weighing import evidence, explanations, offers

A, B = RulingId("j-a"), RulingId("j-b")
HYPOTHESES = [Explanation(A, "a clerk wrote it"), Explanation(B, "the mayor wrote it")]
CLAIMS = {
    each.id: each
    for each in (
        claim("the mayor left on Monday", "d-1", publisher="Plain Observer"),
        claim("the mayor was gone", "d-2", publisher="Le Courrier"),
        claim("a clerk saw him go", "d-3", chain=[person("Selma Berrak", "e-1")]),
        claim("a clerk saw him leave", "d-4", chain=[outlet("Plain Observer")]),
    )
}
ONE, TWO, THREE, FOUR = CLAIMS


def test_the_least_contradicted_leads_whatever_speaks_for_the_others() -> None:
    """What speaks for an explanation moves nothing."""
    weighed = {(A, ONE): Bears.AGAINST, (A, TWO): Bears.FOR, (A, THREE): Bears.FOR}
    first, second = explanations(HYPOTHESES, weighed, CLAIMS)
    assert (first.id, first.contradicted) == (B, 0)
    assert (second.id, second.contradicted, second.speak_for) == (A, 1, (TWO, THREE))


def test_copies_and_one_root_speak_once() -> None:
    """Two reports of one text, and a report that has it from one of them."""
    weighed = {(A, ONE): Bears.AGAINST, (A, TWO): Bears.AGAINST, (A, FOUR): Bears.AGAINST}
    apart = {each.id: each for each in explanations(HYPOTHESES, weighed, CLAIMS)}
    assert apart[A].contradicted == 2
    family = [(DocumentId("d-1"), DocumentId("d-2"))]
    folded = {each.id: each for each in explanations(HYPOTHESES, weighed, CLAIMS, family)}
    assert folded[A].contradicted == 1


def test_a_claim_tells_apart_if_it_is_against_some_and_not_all() -> None:
    """Those that do stand first."""
    weighed = {
        (A, ONE): Bears.AGAINST,
        (B, ONE): Bears.AGAINST,
        (A, TWO): Bears.FOR,
        (B, TWO): Bears.AGAINST,
        (A, THREE): Bears.FOR,
        (B, THREE): Bears.NEITHER,
    }
    assert evidence([A, B], weighed) == (
        Evidence(TWO, tells_apart=True),
        Evidence(ONE, tells_apart=False),
        Evidence(THREE, tells_apart=False),
    )
    assert evidence([A], weighed)[0].tells_apart is False


def test_a_text_offers_what_it_says_of_a_report() -> None:
    """Unless a person found that it does not say so."""
    said = claim("the ministry planted the letter", "d-5")
    named = ReportNamed(Authenticity.PLANTED, "letter", "the ministry")
    said = replace(said, content=replace(said.content, report=named))
    assert offers([said]) == (Offer(said.id, "letter", Authenticity.PLANTED, "the ministry"),)
    assert offers([replace(said, status=Status.REJECTED)]) == ()


weighings = st.dictionaries(
    st.tuples(st.sampled_from([A, B]), st.sampled_from(sorted(CLAIMS))), st.sampled_from(Bears)
)


@given(weighings, st.randoms(use_true_random=False))
def test_the_order_in_which_claims_were_weighed_never_matters(
    weighed: dict[tuple[RulingId, ClaimId], Bears], random: object
) -> None:
    """Neither for the order of explanations nor for that of claims."""
    shuffled = list(weighed.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    again = dict(shuffled)
    assert explanations(HYPOTHESES, weighed, CLAIMS) == explanations(HYPOTHESES, again, CLAIMS)
    assert evidence([A, B], weighed) == evidence([A, B], again)


@given(weighings, st.sampled_from(sorted(CLAIMS)))
def test_what_speaks_against_an_explanation_never_moves_it_forward(
    weighed: dict[tuple[RulingId, ClaimId], Bears], claim_id: ClaimId
) -> None:
    """Nor does it bring down how contradicted it is, where the sources are named apart."""
    before = [e.id for e in explanations(HYPOTHESES, {**weighed, (A, claim_id): Bears.FOR}, CLAIMS)]
    more = {**weighed, (A, claim_id): Bears.AGAINST}
    after = [e.id for e in explanations(HYPOTHESES, more, CLAIMS)]
    assert after.index(A) >= before.index(A)
