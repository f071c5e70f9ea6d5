"""Sources and their grades, as a node keeps them: somebody's, overruled with a reason, expiring."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.grade import Credibility, Reliability
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.model.reading import EventType, SourceKind
from tawatur.model.ruling import Outcome
from tawatur.node import Node, SourceView
from tawatur.node.judging.asked_sources import AskedSources, SourceOrder
from tawatur.settings import Weighing, load, save

REPORT = (
    "Tarsane, 4 May 2021. Defence minister Karim Dulane said that the army attacked the village "
    "of Wadril on Monday. The Wadril Relief Committee denied that the army attacked the village "
    "of Wadril on Monday."
)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    now = NOW

    def __call__(self) -> datetime:
        """Return the time that was set."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still."""
    return Clock()


@pytest.fixture
def node(tmp_path: Path, clock: Clock) -> Iterator[Node]:
    """Give a node that holds one report with two voices."""
    (tmp_path / "a.txt").write_text(REPORT)
    Node.init(tmp_path / "node").close()
    with Node.open(tmp_path / "node", clock=clock) as made:
        made.add([tmp_path / "a.txt"])
        yield made


def _of(node: Node, kind: SourceKind) -> SourceView:
    return next(view for view in node.sources.all() if view.record.source.kind is kind)


def test_a_body_has_a_letter_and_a_person_none(node: Node) -> None:
    """One case contradicted is too little to judge by."""
    body, person = _of(node, SourceKind.BODY), _of(node, SourceKind.PERSON)
    assert body.line.letter is Reliability.UNJUDGED
    assert len(body.record.cases) == 1
    assert person.line.letter is None
    assert person.record.cases[0].contradicted_by


def test_no_order_ranks_people_and_no_letter_finds_them(node: Node, clock: Clock) -> None:
    """Also a person for whom somebody recorded a letter stands behind, by name."""
    body, person = (_of(node, kind).line.source for kind in (SourceKind.BODY, SourceKind.PERSON))
    until = clock.now + timedelta(days=90)
    for of in (body, person):
        node.sources.grade(
            of.id, Reliability.COMPLETELY, "twenty years", purpose="the review", expires=until
        )
    for order in SourceOrder:
        for reverse in (False, True):
            listed = node.sources.lines(AskedSources(order=order, reverse=reverse))
            if order is not SourceOrder.NAME:
                assert [line.source.id for line in listed] == [body.id, person.id]
    found = node.sources.lines(AskedSources(grade=Reliability.COMPLETELY))
    assert [line.source.id for line in found] == [body.id]


def test_sources_are_found_by_what_they_are_a_root_of(node: Node) -> None:
    """Whoever only passed something on is none."""
    subjects = {view.line.source.id: view.record.cases for view in node.sources.all()}
    for subject in EventType:
        found = {line.source.id for line in node.sources.lines(AskedSources(subject=subject))}
        assert found == {
            id_ for id_, cases in subjects.items() if subject in {case.subject for case in cases}
        }
    assert any(subjects.values())


def test_a_conflict_that_is_dismissed_counts_no_more(node: Node) -> None:
    """Settled or kept open, it does."""
    conflict = node.conflicts()[0]
    node.settling.settle(conflict.id, Outcome.SETTLED, "asked both")
    assert _of(node, SourceKind.BODY).record.cases[0].contradicted_by
    assert node.sources.of_claims()[conflict.a].credibility is Credibility.DOUBTFUL
    assert node.sources.of_claim(conflict.a) == node.sources.of_claims()[conflict.a]
    node.settling.settle(conflict.id, Outcome.DISMISSED, "two villages")
    assert not _of(node, SourceKind.BODY).record.cases[0].contradicted_by
    assert node.sources.of_claims()[conflict.a].credibility is Credibility.UNJUDGED


def test_a_persons_word_takes_the_place_of_the_letter_and_can_be_undone(node: Node) -> None:
    """It outlives a rebuild; the letter worked out stands beside it."""
    body = _of(node, SourceKind.BODY)
    ruling = node.sources.grade(body.record.source.id, Reliability.FAIRLY, "known for years")
    node.rebuild()
    after = node.sources.one(body.record.source.id)
    assert (after.line.letter, after.line.ruling) == (Reliability.FAIRLY, ruling)
    assert after.line.grade == body.line.grade
    node.rulings.withdraw(ruling.id, "its clerk was replaced")
    assert node.sources.one(body.record.source.id) == body


def test_of_a_person_it_needs_a_purpose_and_is_shown_until_it_expires(
    node: Node, clock: Clock
) -> None:
    """Afterwards nothing shows it, and the doctor asks for its erasure."""
    person = _of(node, SourceKind.PERSON).record.source.id
    with pytest.raises(UsageError):
        node.sources.grade(person, Reliability.USUALLY, "an engineer who was there")
    with pytest.raises(UsageError):
        node.sources.grade(person, Reliability.USUALLY, "so", purpose="inquiry", expires=NOW)
    ruling = node.sources.grade(
        person,
        Reliability.USUALLY,
        "an engineer who was there",
        purpose="inquiry of May",
        expires=NOW + timedelta(days=30),
    )
    assert node.sources.one(person).line.letter is Reliability.USUALLY
    assert node.overdue_for_erasure() == ()
    clock.now = NOW + timedelta(days=30)
    assert node.sources.one(person).line.letter is None
    assert node.rulings.lines() == ()
    with pytest.raises(UnknownIdError):
        node.rulings.withdraw(ruling.id, "late")
    assert node.overdue_for_erasure() == (ruling.id,)
    node.erase(ruling.id, why="expired")
    assert node.overdue_for_erasure() == ()


def test_the_settings_turn_all_grades_off(node: Node) -> None:
    """What was recorded is kept and shown no more; records stay."""
    body = _of(node, SourceKind.BODY).record.source.id
    node.sources.grade(body, Reliability.FAIRLY, "known for years")
    save(node.folder, replace(load(node.folder), weighing=Weighing(grades=False)))
    with Node.open(node.folder) as without:
        view = without.sources.one(body)
        assert (view.line.letter, view.line.grade, view.line.ruling) == (None, None, None)
        assert view.record.cases
        assert without.sources.of_claims() == {}
        with pytest.raises(UsageError):
            without.sources.grade(body, Reliability.FAIRLY, "known for years")


def test_who_may_see_nothing_sees_no_source(node: Node) -> None:
    """Another organisation was given no report."""
    stranger = Viewer(NodeId("n-0000000000000000"))
    assert node.sources.all(viewer=stranger) == ()
    assert node.sources.of_claims(viewer=stranger) == {}


def test_a_hidden_report_weighs_nothing_for_its_stranger(tmp_path: Path) -> None:
    """Records, letters and numbers are those of a node that never had it."""
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(REPORT.replace("4 May", "9 May").replace("denied", "said"))
    with Node.init(tmp_path / "a", name="A") as a, Node.init(tmp_path / "b", name="B") as b:
        a.partners.add(b.partners.sealed_card())
        b.partners.add(a.partners.sealed_card())
        a.add([tmp_path / "a.txt"])
        b.incoming.receive(a.outgoing.release(a.documents()[0].id, "B"))
        viewer = Viewer(a.id)
        alone = b.sources.all(), b.sources.of_claims()
        b.add([tmp_path / "b.txt"])
        assert (b.sources.all(), b.sources.of_claims()) != alone
        seen = b.sources.all(viewer=viewer)
        assert seen == alone[0]
        assert b.sources.of_claims(viewer=viewer) == alone[1]


def test_why_of_a_source_names_what_others_made_of_it(node: Node) -> None:
    """Its claims and those that contradict them, the letter's reasons, and names of it."""
    body = _of(node, SourceKind.BODY)
    found = node.why(body.record.source.id)
    (case,) = body.record.cases
    assert body.line.grade is not None
    assert {*case.claims, *case.contradicted_by} <= {each.claim.id for each in found.claims}
    assert {each.claim for each in found.grounds if each.claim} == set(case.contradicted_by)
    assert [each.why for each in found.grounds if each.claim is None] == list(body.line.grade.why)
    assert all(rule.name and rule.version for rule in found.rules)


def test_why_of_a_claim_says_why_it_has_its_number(node: Node) -> None:
    """And by which table, beside the reader that proposed it; where grades are off the reader."""
    claim = node.conflicts()[0].a
    found, grade = node.why(claim), node.sources.of_claim(claim)
    assert grade is not None
    assert [each.why for each in found.grounds] == list(grade.why)
    assert "table credibility.tsv" in {rule.name for rule in found.rules}
    save(node.folder, replace(load(node.folder), weighing=Weighing(grades=False)))
    with Node.open(node.folder) as without:
        assert without.why(claim).grounds == ()
        assert "table credibility.tsv" not in {rule.name for rule in without.why(claim).rules}
