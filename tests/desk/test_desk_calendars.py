"""Calendars: what others read says the same as what was recorded, in every zone."""

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tawatur.desk.calendars import ATOM, atom, ics, occasions
from tawatur.desk.meetings import hours
from tawatur.errors import Message
from tawatur.model.desk import Commitment, CommitmentStatus, Due, Request, Review
from tawatur.model.ids import DeskId
from tawatur.model.meeting import Matter, Meeting, MeetingStatus

MADE = datetime(2031, 6, 1, 9, 0, tzinfo=UTC)
EN = "en"
MEETING = Meeting(
    DeskId("mt-0000000000000001"),
    "الحوار، الدورة الخامسة; 5",
    "2031-07-14",
    place="Kolvar, hall 2",
    parties=("نومارة", "Banzura"),
    matters=(Matter("fuel"),),
)
PROMISE = Commitment(DeskId("k-0000000000000001"), "Nomara", "send fuel", due="2031-07")
WISH = Request(DeskId("q-0000000000000001"), "A", "B", "lists", needed_by="2031-07-03")
REVIEW = Review(DeskId("l-0000000000000001"), "متابعة", 4, date(2031, 6, 15))


def _read(file: bytes) -> list[dict[str, object]]:
    found = Calendar.from_ical(file)
    return [dict(event) for event in found.walk("VEVENT")]


def test_everything_with_a_day_stands_in_the_calendar_earliest_first() -> None:
    """Meetings, due days, days by which something is needed, reviews; nothing that is settled."""
    kept = replace(PROMISE, id=DeskId("k-2"), status=CommitmentStatus.KEPT)
    undated = replace(PROMISE, id=DeskId("k-3"), due=None)
    found = occasions([MEETING], [PROMISE, kept, undated], [WISH], [(REVIEW, date(2031, 6, 15))])
    assert [each.id for each in found] == [REVIEW.id, WISH.id, MEETING.id, PROMISE.id]
    assert [each.day.isoformat() for each in found][-1] == "2031-07-31"


@pytest.mark.parametrize("zone", ["Europe/Paris", "Africa/Algiers", "Africa/Bamako", "Asia/Amman"])
@pytest.mark.parametrize("day", ["2031-01-14", "2031-07-14"])
def test_a_reader_finds_the_same_instant(zone: str, day: str) -> None:
    """Whether clocks change there or not; the rules of the zone come along."""
    held = replace(MEETING, when=day, hours=hours(day, "10:00-12:30", zone))
    (made,) = occasions([held], (), (), ())
    file = ics("x", [made], MADE, EN)
    (event,) = _read(file)
    begins, ends = event["DTSTART"].dt, event["DTEND"].dt  # type: ignore[attr-defined]  # a date of icalendar's
    assert isinstance(made.begins, datetime)
    assert begins.astimezone(UTC) == made.begins.astimezone(UTC)
    assert (ends - begins).total_seconds() == 2.5 * 3600
    assert (b"BEGIN:VTIMEZONE" in file) == (b"TZID=" in file)


def test_words_of_any_script_and_any_sign_come_back_as_they_were() -> None:
    """Commas, semicolons, lines and long Arabic are folded and escaped."""
    odd = replace(MEETING, name="قمة، سلام; a,b\\n\n" + "طويل " * 60)
    (event,) = _read(ics("x", occasions([odd], (), (), ()), MADE, EN))
    assert str(event["SUMMARY"]).replace("\r", "") == odd.title
    assert str(event["LOCATION"]) == "Kolvar, hall 2"
    assert "1. fuel" in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("when", "begins", "ends", "status"),
    [
        ("2031-06-14", "2031-06-14", "2031-06-15", "CONFIRMED"),
        ("2031-06-14/2031-06-16", "2031-06-14", "2031-06-17", "CONFIRMED"),
        ("2031-08/2031-09", "2031-08-01", "2031-10-01", "TENTATIVE"),
        ("2031-06", "2031-06-01", "2031-07-01", "TENTATIVE"),
    ],
)
def test_a_day_that_is_not_known_is_not_made_up(
    when: str, begins: str, ends: str, status: str
) -> None:
    """A month covers all of it, and says so; the end is the day after the last."""
    (event,) = _read(ics("x", occasions([replace(MEETING, when=when)], (), (), ()), MADE, EN))
    assert event["DTSTART"].dt.isoformat() == begins  # type: ignore[attr-defined]  # likewise
    assert event["DTEND"].dt.isoformat() == ends  # type: ignore[attr-defined]  # likewise
    assert str(event["STATUS"]) == status


def test_a_cancelled_meeting_says_so_and_one_put_off_is_gone() -> None:
    """So that it goes from the calendars of those who had it."""
    off = replace(MEETING, status=MeetingStatus.CANCELLED)
    (event,) = _read(ics("x", occasions([off], (), (), ()), MADE, EN))
    assert str(event["STATUS"]) == "CANCELLED"
    assert occasions([replace(MEETING, status=MeetingStatus.PUT_OFF)], (), (), ()) == ()


def test_a_review_comes_again_every_so_many_weeks() -> None:
    """As a rule that calendar programs work out."""
    (event,) = _read(ics("x", occasions((), (), (), [(REVIEW, REVIEW.start)]), MADE, EN))
    assert event["RRULE"] == {"FREQ": ["WEEKLY"], "INTERVAL": [4]}


@given(st.text(), st.text(min_size=1))
def test_any_words_make_a_feed_that_can_be_read(what: str, why: str) -> None:
    """Of a foreign item too; characters that XML cannot hold are left out."""
    line = Due("k-1", Message("overdue since {0}", (why,)), what, None)
    root = ET.fromstring(atom("x", [line], MADE, EN))  # noqa: S314 - written here
    assert len(root.findall(f"{{{ATOM}}}entry")) == 1


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "overdue since 1 August 2021"),
        ("fr", "en retard depuis le 1er août 2021"),
        ("ar", "فات موعده منذ 1 آب/أغسطس 2021"),
    ],
)
def test_a_feed_says_its_days_in_words(language: str, told: str) -> None:
    """The id of an entry stays the same in every language."""
    line = Due("k-1", Message("overdue since {0}", ("2021-08-01",)), "fuel", None)
    root = ET.fromstring(atom("x", [line], MADE, language))  # noqa: S314 - written here
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == f"fuel ({told})"
    assert (root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}id") or "").endswith("since-2021-08-01")


def test_a_promise_for_a_month_is_due_by_its_last_day() -> None:
    """On that day it stands in a calendar, and that day it names."""
    promise = Commitment(DeskId("k-1"), by="Nomara", what="fuel", due="2021-03")
    (event,) = _read(ics("x", occasions((), [promise], (), ()), MADE, "fr"))
    assert event["DESCRIPTION"] == "à tenir au plus tard le 31 mars 2021"
    assert (
        "DTSTART;VALUE=DATE:20210331"
        in ics("x", occasions((), [promise], (), ()), MADE, EN).decode()
    )
