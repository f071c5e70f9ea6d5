"""Meetings: what is written at once is gathered, agendas hand on, papers are agreed to by text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.desk import heads, restated, standing, stepped
from tawatur.desk.meetings import (
    added,
    begins,
    cleared,
    decided,
    drafted,
    ends,
    gathered,
    hours,
    put_off,
    resolved,
    verify,
)
from tawatur.errors import UsageError
from tawatur.model.desk import Step
from tawatur.model.ids import DeskId, NodeId, StepId
from tawatur.model.meeting import (
    Clearance,
    Hours,
    Matter,
    MatterStatus,
    Meeting,
    MeetingStatus,
    Word,
)

MADE = datetime(2031, 6, 1, 9, 0, tzinfo=UTC)
DIALOGUE = Meeting(
    DeskId("mt-0000000000000001"),
    "الحوار الاستراتيجي",
    "2031-06-14",
    parties=("نومارة", "Banzura, chief of staff"),
    matters=(Matter("أجهزة التشويش"), Matter("fuel")),
)
LATER = DeskId("mt-0000000000000002")


def _step(number: int, item: Meeting, *replaces: int) -> Step[Meeting]:
    old = tuple(StepId(str(each)) for each in replaces)
    return Step(StepId(str(number)), old, NodeId("n-1"), MADE, item)


def _changes() -> st.SearchStrategy[Meeting]:
    """Return meetings that went on from one and the same, each in its own way."""
    ways = (
        lambda m: decided(m, "1", "ask Lusmara again"),
        lambda m: decided(m, "1", "ask nobody"),
        lambda m: put_off(m, "fuel", LATER)[0],
        lambda m: put_off(m, "fuel", None)[0],
        lambda m: resolved(m, "meet in June"),
        lambda m: added(m, Matter("water")),
        lambda m: drafted(m, "minutes", "both agree"),
        lambda m: drafted(drafted(m, "minutes", "both agree"), "minutes", "both will ask"),
        lambda m: cleared(
            drafted(m, "minutes", "both agree"),
            "minutes",
            Word("نومارة", Clearance.OBJECTS, "the first line"),
        ),
        lambda m: cleared(
            drafted(m, "minutes", "both agree"), "minutes", Word("نومارة", Clearance.AGREES)
        ),
        lambda m: replace(m, when="2031-06-15"),
        lambda m: stepped(m, MeetingStatus.CANCELLED, "the road is closed"),
    )
    return st.sampled_from(ways).map(lambda way: way(DIALOGUE))


# ------------------------------------------------------------ written at once


@given(st.lists(_changes(), min_size=1, max_size=5), st.data())
def test_any_order_and_any_split_of_delivery_comes_to_the_same(
    changes: list[Meeting], data: st.DataObject
) -> None:
    """What each of several parties wrote in view of the same step is delivered as it likes."""
    steps = [_step(0, DIALOGUE), *(_step(n, each, 0) for n, each in enumerate(changes, 1))]
    shuffled = data.draw(st.permutations(steps))
    again = data.draw(st.lists(st.sampled_from(steps), max_size=3))
    assert standing([*shuffled, *again]) == standing(steps)


@given(_changes(), _changes(), _changes())
def test_gathering_is_associative_and_idempotent(a: Meeting, b: Meeting, c: Meeting) -> None:
    """What several add does not hang on in which pairs it is put together."""
    assert gathered(gathered(a, b), c) == gathered(a, gathered(b, c))
    assert gathered(a, a) == a


@given(_changes(), _changes())
def test_nothing_that_somebody_added_is_lost(a: Meeting, b: Meeting) -> None:
    """Every matter, paper and document of both is there."""
    whole = standing([_step(0, DIALOGUE), _step(1, a, 0), _step(2, b, 0)])
    for each in (a, b):
        assert {m.what for m in each.matters} <= {m.what for m in whole.matters}
        assert {p.name for p in each.papers} <= {p.name for p in whole.papers}


@given(st.lists(_changes(), min_size=2, max_size=4))
def test_who_sees_fewer_steps_has_what_those_come_to(changes: list[Meeting]) -> None:
    """The state is that of one's own view, and hangs on nothing hidden."""
    steps = [_step(0, DIALOGUE), *(_step(n, each, 0) for n, each in enumerate(changes, 1))]
    assert standing(steps[:-1]) == standing(steps[-2::-1])


def test_two_who_agree_at_once_are_both_heard_and_nothing_is_in_doubt() -> None:
    """Each party's word stands; there is nothing to settle."""
    put = drafted(DIALOGUE, "minutes", "both agree")
    one = cleared(put, "minutes", Word("نومارة", Clearance.AGREES))
    other = cleared(put, "minutes", Word("Banzura, chief of staff", Clearance.AGREES))
    whole = standing([_step(0, put), _step(1, one, 0), _step(2, other, 0)])
    assert {word.clearance for word in whole.papers[0].words} == {Clearance.AGREES}
    assert len(whole.papers[0].words) == 2
    assert whole.rivals == ()


def test_what_differs_stays_marked_until_a_step_in_view_of_both() -> None:
    """Two decisions on one matter: one holds, the other is told, a person settles it."""
    one, other = decided(DIALOGUE, "1", "ask again"), decided(DIALOGUE, "1", "ask nobody")
    steps = [_step(0, DIALOGUE), _step(1, one, 0), _step(2, other, 0)]
    disputed = standing(steps)
    assert disputed.matters[0].decision == "ask again"
    assert disputed.rivals == (MeetingStatus.PLANNED,)
    settled = _step(3, replace(disputed, rivals=()), *(int(head.id) for head in heads(steps)))
    assert standing([*steps, settled]).rivals == ()


def test_a_later_edition_holds_and_words_on_the_earlier_one_do_not_count() -> None:
    """Whoever agreed to the first text has not agreed to the second."""
    first = drafted(DIALOGUE, "minutes", "both agree")
    agreed = cleared(first, "minutes", Word("نومارة", Clearance.AGREES))
    second = drafted(first, "minutes", "a text that sorts last: ي")
    whole = standing([_step(0, first), _step(1, agreed, 0), _step(2, second, 0)])
    assert whole.papers[0].text == "a text that sorts last: ي"
    assert whole.papers[0].word_of("نومارة").clearance is Clearance.NOT_ASKED


def test_a_word_that_a_party_took_back_does_not_come_back_with_an_older_head() -> None:
    """It objected, then agreed, while another head still holds the objection."""
    put = drafted(DIALOGUE, "minutes", "both agree")
    objects = cleared(put, "minutes", Word("نومارة", Clearance.OBJECTS, "a word"))
    agrees = cleared(objects, "minutes", Word("نومارة", Clearance.AGREES))
    elsewhere = added(objects, Matter("water"))
    whole = standing([_step(0, objects), _step(1, agrees, 0), _step(2, elsewhere, 0)])
    assert whole.papers[0].word_of("نومارة").clearance is Clearance.AGREES
    assert whole.rivals == ()


def test_held_comes_before_cancelled_before_put_off_before_planned() -> None:
    """What took place cannot be called off; never by a clock."""
    held = stepped(DIALOGUE, MeetingStatus.HELD, "all came")
    off = stepped(DIALOGUE, MeetingStatus.CANCELLED, "the road is closed")
    later = stepped(DIALOGUE, MeetingStatus.PUT_OFF, "Ramadan")
    start = _step(0, DIALOGUE)
    assert standing([start, _step(1, off, 0), _step(2, held, 0)]).status is MeetingStatus.HELD
    assert standing([start, _step(1, later, 0), _step(2, off, 0)]).status is off.status
    assert standing([start, _step(1, DIALOGUE, 0), _step(2, later, 0)]).status is later.status


# ------------------------------------------------------------ agenda and papers


def test_a_matter_lands_on_the_later_agenda_and_says_where_it_comes_from() -> None:
    """And cannot be decided any more where it was put off."""
    gone, landed = put_off(DIALOGUE, "fuel", LATER)
    assert gone.matters[1] == Matter("fuel", MatterStatus.PUT_OFF, later=LATER)
    assert landed == Matter("fuel", earlier=DIALOGUE.id)
    with pytest.raises(UsageError, match=LATER):
        decided(gone, "fuel", "none")
    with pytest.raises(UsageError, match="no such matter"):
        decided(gone, "3", "none")
    with pytest.raises(UsageError, match="no such matter"):
        decided(gone, "0", "none")


def test_a_paper_is_cleared_by_those_who_take_part() -> None:
    """Nobody else, and no paper that there is not."""
    put = drafted(DIALOGUE, "minutes", "both agree")
    with pytest.raises(UsageError, match="does not take part"):
        cleared(put, "minutes", Word("Lusmara", Clearance.AGREES))
    with pytest.raises(UsageError, match="no paper"):
        cleared(put, "statement", Word("نومارة", Clearance.AGREES))


def test_a_cancelled_meeting_changes_no_more_and_a_held_one_does() -> None:
    """Minutes are written after it."""
    with pytest.raises(UsageError, match="cancelled"):
        restated(stepped(DIALOGUE, MeetingStatus.CANCELLED, "the road"), place="Kolvar")
    assert restated(stepped(DIALOGUE, MeetingStatus.HELD, "all came"), place="Kolvar").place


# ------------------------------------------------------------ hours


@pytest.mark.parametrize(
    ("day", "zone", "utc"),
    [
        ("2031-03-29", "Europe/Paris", "09:00"),
        ("2031-03-30", "Europe/Paris", "08:00"),
        ("2031-10-26", "Europe/Paris", "09:00"),
        ("2031-03-30", "Africa/Algiers", "09:00"),
        ("2031-07-01", "Africa/Algiers", "09:00"),
        ("2031-07-01", "Africa/Bamako", "10:00"),
        ("2031-07-01", "Asia/Kolkata", "04:30"),
    ],
)
def test_hours_are_by_the_clocks_of_the_place_on_that_day(day: str, zone: str, utc: str) -> None:
    """Before and after clocks change, and where they never do."""
    meeting = replace(DIALOGUE, when=day, hours=hours(day, "10:00-12:30", zone))
    start, end = begins(meeting), ends(meeting)
    assert start is not None
    assert end is not None
    assert f"{start.astimezone(UTC):%H:%M}" == utc
    assert (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() == 2.5 * 3600


def test_an_hour_that_a_day_skips_is_refused_and_one_it_has_twice_is_the_first() -> None:
    """Clocks go forward in March, and back in October."""
    with pytest.raises(UsageError, match="02:30"):
        hours("2031-03-30", "02:30", "Europe/Paris")
    twice = replace(DIALOGUE, when="2031-10-26", hours=hours("2031-10-26", "02:30", "Europe/Paris"))
    first = begins(twice)
    assert first is not None
    assert first.astimezone(UTC) == datetime(2031, 10, 26, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "found",
    [Hours("25:00", None, "UTC"), Hours("10:00", "09:00", "UTC"), Hours("9:00", None, "UTC")],
)
def test_hours_such_as_nothing_here_writes_are_refused(found: Hours) -> None:
    """However they came."""
    with pytest.raises(UsageError):
        verify(replace(DIALOGUE, hours=found))
