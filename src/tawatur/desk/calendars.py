"""What is on when? Items of the desk as occasions, and occasions as a calendar that others read.

An item without a date has no occasion. Where only a month or an interval is told, a meeting
covers all of it and says that the day is not known; what is due or needed stands on the last
day that it can mean. What is settled is left out; a cancelled meeting stays and says so, so
that it goes from the calendars of those who had it. Written by RFC 5545 with icalendar, times
by the rules of their zone (VTIMEZONE); digests by RFC 4287.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from icalendar import Calendar, Event

from tawatur.days import said_with_days
from tawatur.desk import meetings
from tawatur.errors import Message
from tawatur.i18n import translator
from tawatur.model.calendar import Occasion, OccasionKind
from tawatur.model.desk import Commitment, Due, Request, Review, last_day
from tawatur.model.meeting import MatterStatus, Meeting, MeetingStatus
from tawatur.model.moment import Moment

_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")
"""A day, or a first and a last one: a meeting of several days."""

ATOM = "http://www.w3.org/2005/Atom"


def occasions(
    meets: Iterable[Meeting],
    commitments: Iterable[Commitment],
    requests: Iterable[Request],
    reviews: Iterable[tuple[Review, date]],
) -> tuple[Occasion, ...]:
    """Return what is on when, the earliest first; reviews come with the day they are next held."""
    found = [each for meeting in meets for each in _of_meeting(meeting)]
    found += [each for item in commitments for each in _of_item(item)]
    found += [each for item in requests for each in _of_item(item)]
    found += [
        Occasion(
            review.id,
            OccasionKind.REVIEW,
            review.name,
            day,
            day,
            Message("review on {0}", (day.isoformat(),)),
            weeks=review.weeks,
        )
        for review, day in reviews
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.id)))


def ics(name: str, found: Iterable[Occasion], made: datetime, language: str) -> bytes:
    """Return occasions as an iCalendar file.

    Args:
        name: Of the calendar.
        found: In the order in which they are to stand.
        made: When it is written, UTC.
        language: Of the words around them.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tawatur//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for each in found:
        calendar.add_component(_event(each, made, language))
    calendar.add_missing_timezones()
    file: bytes = calendar.to_ical()
    return file


def atom(name: str, due: Iterable[Due], made: datetime, language: str) -> bytes:
    """Return what needs a person now as an Atom feed: an entry for each line, with why."""
    feed = ET.Element("feed", xmlns=ATOM)
    stamp = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _put(feed, "title", name)
    _put(feed, "id", "urn:tawatur:due")
    _put(feed, "updated", stamp)
    _put(_put(feed, "author"), "name", "Tawatur")
    for line in due:
        why = said_with_days(line.why, language)
        entry = _put(feed, "entry")
        _put(entry, "title", f"{line.what} ({why})")
        # Another reason is another entry: a reader that has shown the first shows the second.
        _put(entry, "id", f"urn:tawatur:due:{line.id}:{_slug(line.why)}")
        _put(entry, "updated", stamp)
        _put(entry, "summary", f"{why}. {line.party or ''}".strip())
    file: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return file


def _put(above: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    """Return a new element under another one."""
    found = ET.SubElement(above, tag)
    found.text = None if text is None else "".join(filter(_allowed, text))
    return found


def _allowed(character: str) -> bool:
    """Return whether XML 1.0 may hold a character."""
    return character in "\t\n\r" or (character >= " " and character not in "\ufffe\uffff")


def _slug(why: Message) -> str:
    words = why.template.partition("{")[0].split()
    return "-".join((*words, *(str(arg) for arg in why.args if "days" not in why.template)))


def _of_meeting(meeting: Meeting) -> Iterator[Occasion]:
    span = _span(meeting)
    if span is not None and meeting.status is not MeetingStatus.PUT_OFF:
        begins, ends = span
        open_ = (each.what for each in meeting.matters if each.status is MatterStatus.OPEN)
        yield Occasion(
            meeting.id,
            OccasionKind.MEETING,
            meeting.title,
            begins,
            ends,
            Message(meeting.status),
            parties=meeting.parties,
            place=meeting.place,
            agenda=tuple(open_),
            sure=begins == ends or _DAYS.fullmatch(meeting.when or "") is not None,
            cancelled=meeting.status is MeetingStatus.CANCELLED,
        )
    day = last_day(meeting.next_review) if meeting.next_review else None
    if day is not None:
        why = Message("review of {0}", (meeting.title,))
        id_ = f"{meeting.id}#review"
        yield Occasion(id_, OccasionKind.REVIEW, meeting.title, day, day, why)


def _span(meeting: Meeting) -> tuple[date, date] | tuple[datetime, datetime] | None:
    begins = meetings.begins(meeting)
    if begins is not None:
        return begins, meetings.ends(meeting) or begins
    moment = Moment.parse(meeting.when) if meeting.when else None
    if moment is None or moment.lower is None or moment.upper is None:
        return None
    return moment.lower, moment.upper


def _of_item(item: Commitment | Request) -> Iterator[Occasion]:
    told = item.due if isinstance(item, Commitment) else item.needed_by
    day = last_day(told) if told else None
    if day is None or item.status != "open":
        return
    if isinstance(item, Commitment):
        kind, why, party = OccasionKind.COMMITMENT, "due by {0}", item.by
    else:
        kind, why, party = OccasionKind.REQUEST, "needed by {0}", item.next_step or item.to
    yield Occasion(
        item.id, kind, item.what, day, day, Message(why, (day.isoformat(),)), party=party
    )


def _event(each: Occasion, made: datetime, language: str) -> Event:
    _ = translator(language)
    event = Event()
    event.add("uid", each.id)
    event.add("dtstamp", made.astimezone(UTC))
    event.add("summary", f"{each.party}: {each.what}" if each.party else each.what)
    event.add("categories", [_(each.kind)])
    event.add("dtstart", each.begins)
    event.add("dtend", _end(each))
    event.add("description", "\n".join(_description(each, language)))
    if each.place:
        event.add("location", each.place)
    if each.weeks:
        event.add("rrule", {"freq": "weekly", "interval": each.weeks})
    if each.cancelled:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED" if each.sure else "TENTATIVE")
    event.add("transp", "OPAQUE" if isinstance(each.begins, datetime) else "TRANSPARENT")
    return event


def _end(each: Occasion) -> Any:
    """Return where an occasion ends as RFC 5545 has it: the day after its last, or its time."""
    if isinstance(each.ends, datetime):
        return each.ends
    return each.ends + timedelta(days=1)


def _description(each: Occasion, language: str) -> Iterator[str]:
    _ = translator(language)
    yield said_with_days(each.why, language)
    if not each.sure:
        yield _("the day is not known")
    if each.parties:
        yield _("Who takes part: {0}").format("; ".join(each.parties))
    for number, matter in enumerate(each.agenda, 1):
        yield f"{number}. {matter}"
