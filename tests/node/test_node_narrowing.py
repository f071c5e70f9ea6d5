"""Claims and events narrowed by words and times are those that a look at each of them finds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import UsageError
from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.moment import Moment
from tawatur.model.reading import EventType
from tawatur.node import Node
from tawatur.node.given import Period
from tawatur.node.indexing.derived import claim_stems
from tawatur.node.indexing.words import Query, stems
from tawatur.node.seeing.spellings import spellings
from tawatur.samples import paths


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node that holds the sample reports."""
    with Node.init(tmp_path_factory.mktemp("narrowing") / "node") as made:
        made.add(paths())
        yield made


def ids(claims: tuple[Claim, ...]) -> list[str]:
    """Return the ids of claims, in order."""
    return [claim.id for claim in claims]


def test_words_find_the_claims_that_hold_them_all(node: Node) -> None:
    """One by one and in twos, in the order in which all claims come; more only by names."""
    every, known = node.claims(), node.entities()
    held = sorted({stem for claim in every for stem in claim_stems(claim)})
    for one, other in zip(held[::7], held[3::7], strict=False):
        for words in (one, f"{one} {other}"):
            may_be = [spellings(each, known) for each in Query.parse(words).each]
            wanted = [
                claim.id
                for claim in every
                if all(any(claim_stems(claim).issuperset(s) for s in word) for word in may_be)
            ]
            found = ids(node.claims(about=words))
            assert found == [id_ for id_ in wanted if id_ in set(found)]
            assert {c.id for c in every if claim_stems(c).issuperset(stems(words))} <= set(found)


def test_events_are_counted_and_cut_without_the_others(node: Node) -> None:
    """By words, times, type and contradiction together: as a look at all of them finds."""
    every, whole = node.events(), node.claims()
    held = sorted({stem for claim in whole for stem in claim_stems(claim)})
    for words in (None, *held[::40]):
        claims = set(ids(node.claims(about=words, since="2021-03")))
        for contested in (None, True, False):
            for type_ in (None, EventType.ASSAULT):
                asked = {"about": words, "since": "2021-03", "type": type_, "contested": contested}
                found = node.events(**asked)  # type: ignore[arg-type]
                wanted = {e.id for e in every if claims & set(e.claims) and type_ in (None, e.type)}
                if contested is None:
                    assert {event.id for event in found} == wanted
                assert node.event_count(**asked) == len(found)  # type: ignore[arg-type]
                part = node.events(**asked, limit=2, offset=1)  # type: ignore[arg-type]
                assert part == found[1:3]


def test_a_name_is_found_however_it_is_spelled(node: Node) -> None:
    """In claims and events, within a document as in all, and together with another word."""
    arabic, latin = ids(node.claims(about="ودريل")), ids(node.claims(about="Widril"))
    assert arabic == latin
    assert {claim.language for claim in node.claims(about="Widril")} == {"ar", "en"}
    assert node.events(about="Widril") == node.events(about="ودريل") != ()
    first = node.claim(latin[0]).document
    within = ids(node.claims(about="Widril", document=first))
    assert within == ids(node.claims(about="ودريل", document=first)) != []
    assert set(ids(node.claims(about="Widril هجوم"))) < set(latin)


@pytest.mark.parametrize(
    ("since", "until"),
    [("2021", None), (None, "2021-03"), ("2021-02", "2021-08-16"), ("2030", None)],
)
def test_a_period_finds_the_claims_that_could_lie_within(
    node: Node, since: str | None, until: str | None
) -> None:
    """With their events, and with words and a status as well."""
    period, every = Period.parse(since, until), node.claims()
    wanted = [c for c in every if period.holds(c.content.when, c.published)]
    assert ids(node.claims(since=since, until=until)) == ids(tuple(wanted))
    events = {event.id for event in node.events(since=since, until=until)}
    assert events == {e.id for e in node.events() if set(ids(tuple(wanted))) & set(e.claims)}
    narrowed = node.claims(about="Widril", since=since, until=until, status=Status.PROPOSED)
    assert set(narrowed) == {c for c in wanted if not {"widril", "دريل"}.isdisjoint(claim_stems(c))}


def test_what_a_person_rejected_is_found_as_that(tmp_path: Path) -> None:
    """And what was erased is found no more."""
    with Node.init(tmp_path / "node") as node:
        node.add(paths()[:1])
        first, *_ = node.claims()
        word = max(claim_stems(first), key=len)
        node.judge(first.id, Verdict.REJECT, why="a slip of the reader")
        assert first.id in ids(node.claims(about=word, status=Status.REJECTED))
        node.erase(first.document, why="a promise to a source")
        assert node.claims(about=word) == ()


def test_what_was_rejected_finds_no_event(tmp_path: Path) -> None:
    """It is found as a claim, and the event of the others does not hold it."""
    with Node.init(tmp_path / "node") as node:
        node.add(paths()[:3])
        event = max(node.events(), key=lambda each: len(each.claims))
        for claim in event.claims:
            node.judge(claim, Verdict.REJECT, why="a slip of the reader")
            words = node.claim(claim).quote
            holding = {c.id for c in node.claims(about=words)}
            wanted = [e for e in node.events() if holding & set(e.claims)]
            assert claim in holding
            assert set(node.events(about=words)) == set(wanted)
            assert node.event_count(about=words) == len(wanted)


def test_no_word_is_refused(node: Node) -> None:
    """A search for nothing would find all."""
    with pytest.raises(UsageError, match="at least one word"):
        node.claims(about="!")


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(str)
EDTF = st.one_of(
    DAYS,
    DAYS.map(lambda day: day[:7]),
    DAYS.map(lambda day: day[:4]),
    DAYS.map("{}/..".format),
    DAYS.map("../{}".format),
    st.just("P3D"),
    st.none(),
)


@given(since=EDTF.filter(lambda v: v != "P3D"), until=EDTF.filter(lambda v: v != "P3D"), when=EDTF)
def test_a_period_holds_what_is_not_surely_outside(
    since: str | None, until: str | None, when: str | None
) -> None:
    """Three-valued: what may lie within is within; what is no place in time is in none."""
    period = Period.parse(since, until)
    if period == Period():
        assert period.holds(when)
    elif when in (None, "P3D"):
        assert not period.holds(when)
        assert period.holds(when, "2021") == period.holds("2021")
    else:
        moment = Moment.parse(str(when))
        early = period.since is not None and moment.before(period.since) is True
        late = period.until is not None and period.until.before(moment) is True
        assert period.holds(when) == (not early and not late)
