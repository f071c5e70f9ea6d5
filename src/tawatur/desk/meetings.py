"""What may be done with a meeting's agenda and papers, and what is written at once comes to?

Matters, documents, papers and words on them are only added to, and each moves on by a table
or a number of its own; so what two parties write at once is gathered, and nothing is lost. Of
two words on the same thing the later edition holds, then the one that stands first in its
table, ties by the words themselves: equal in whatever order they came, and never by a clock.
Where one of them is not in what then holds, the meeting says so until a person settles it
(`tawatur.desk.cycles`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tawatur.errors import UsageError
from tawatur.model.ids import DeskId
from tawatur.model.meeting import (
    Clearance,
    Hours,
    Matter,
    MatterStatus,
    Meeting,
    Paper,
    Word,
)
from tawatur.model.moment import Moment
from tawatur.model.text import fold_words

T = TypeVar("T")

_OPEN = MatterStatus.OPEN
_MATTERS = (MatterStatus.DECIDED, MatterStatus.PUT_OFF, _OPEN)
_WORDS = (Clearance.OBJECTS, Clearance.RESERVES, Clearance.AGREES, Clearance.NOT_ASKED)
"""Of what is written at once the first holds: what is decided stays so, a doubt is not lost."""

MOST = 500
"""Matters of one agenda, and papers of one meeting, at most."""
LONGEST = 100_000
"""Characters of one paper at most."""


# ------------------------------------------------------------ time


def hours(day: str | None, given: str, zone: str) -> Hours:
    """Return the hours that ``10:00-12:30`` or ``10:00`` writes, on a day, by a zone's clocks.

    Raises:
        UsageError: The day is no single day, no such zone or hour is, that hour is skipped on
            that day as clocks are put forward, or the end is not after the start.
    """
    on = _single(day)
    first, _, last = given.replace(" ", "").partition("-")
    found = Hours(_clock(first), _clock(last) if last else None, _zone(zone).key)
    begins = _instant(on, found.begins, found.zone)
    if found.ends is not None and _instant(on, found.ends, found.zone) <= begins:
        raise UsageError("it would end at {0}, not after its start at {1}", last, first)
    return found


def written(found: Hours) -> str:
    """Return hours as `hours` reads them."""
    return f"{found.begins}-{found.ends}" if found.ends else found.begins


def verify(meeting: Meeting) -> None:
    """Refuse a meeting such as nothing here makes.

    Raises:
        UsageError: Its hours cannot be, or it holds more than it may.
    """
    held = meeting.hours
    if held is not None and hours(meeting.when, written(held), held.zone) != held:
        raise UsageError("{0} is no hour; write hours as 10:00 or 10:00-12:30", written(held))
    if len(meeting.matters) > MOST:
        raise UsageError("an agenda has {0} matters at most", MOST)
    if len(meeting.papers) > MOST:
        raise UsageError("a meeting has {0} papers at most", MOST)
    if any(len(paper.text) > LONGEST for paper in meeting.papers):
        raise UsageError("a paper has {0} characters at most", LONGEST)


def begins(meeting: Meeting) -> datetime | None:
    """Return when a meeting begins, with its zone; None where no hour is told."""
    return _edge(meeting, meeting.hours.begins if meeting.hours else None)


def ends(meeting: Meeting) -> datetime | None:
    """Return when a meeting ends, with its zone; None where no hour is told."""
    return _edge(meeting, meeting.hours.ends if meeting.hours else None)


def _edge(meeting: Meeting, at: str | None) -> datetime | None:
    if meeting.hours is None or at is None or meeting.when is None:
        return None
    zone = ZoneInfo(meeting.hours.zone)
    return datetime.combine(_single(meeting.when), time.fromisoformat(at), zone)


def _single(day: str | None) -> date:
    moment = Moment.parse(day) if day else None
    if moment is None or moment.lower is None or moment.lower != moment.upper:
        raise UsageError("hours are told of one day: {0}", day or "?")
    return moment.lower


def _clock(given: str) -> str:
    try:
        return datetime.strptime(given, "%H:%M").strftime("%H:%M")  # noqa: DTZ007 - no day yet
    except ValueError as cause:
        raise UsageError("{0} is no hour; write hours as 10:00 or 10:00-12:30", given) from cause


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise UsageError("there is no time zone {0}; one is Africa/Bamako", repr(name)) from cause


def _instant(day: date, at: str, zone: str) -> datetime:
    """Return when that hour was, UTC.

    Raises:
        UsageError: The day has no such hour there.
    """
    local = datetime.combine(day, time.fromisoformat(at), ZoneInfo(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(local.tzinfo).time() != local.time():
        raise UsageError("{0} has no {1} in {2}: clocks go forward", day.isoformat(), at, zone)
    return instant


# ------------------------------------------------------------ agenda


def matter(meeting: Meeting, given: str) -> Matter:
    """Return a matter by its number on the agenda, from 1, or the beginning of its words.

    Raises:
        UsageError: There is none, or it could be several.
    """
    if given.isascii() and given.isdigit():
        found = meeting.matters[int(given) - 1 : int(given)] if int(given) else ()
    else:
        words = fold_words(given)
        found = tuple(m for m in meeting.matters if fold_words(m.what).startswith(words))
    if len(found) != 1:
        raise UsageError("{0}: no such matter on the agenda of {1}", repr(given), meeting.id)
    return found[0]


def added(meeting: Meeting, *matters: Matter) -> Meeting:
    """Return a meeting with further matters on its agenda; one that stands there stays.

    Raises:
        UsageError: There would be more than `MOST`.
    """
    known = {fold_words(each.what) for each in meeting.matters}
    new = {fold_words(each.what): each for each in matters if fold_words(each.what) not in known}
    return _verified(replace(meeting, matters=(*meeting.matters, *new.values())))


def decided(meeting: Meeting, given: str, decision: str) -> Meeting:
    """Return a meeting where a matter of its agenda is decided.

    Raises:
        UsageError: There is no such matter, or it was put off.
    """
    old = _open(meeting, given)
    return _with(meeting, replace(old, status=MatterStatus.DECIDED, decision=decision))


def resolved(meeting: Meeting, decision: str) -> Meeting:
    """Return a meeting with a decision on what was not on its agenda."""
    return added(meeting, Matter(decision, MatterStatus.DECIDED, decision))


def put_off(meeting: Meeting, given: str, later: DeskId | None) -> tuple[Meeting, Matter]:
    """Return a meeting where a matter is put off, and the matter as it lands on a later agenda.

    Args:
        meeting: Where it is on the agenda.
        given: Which matter.
        later: The meeting to which; None while there is none.

    Raises:
        UsageError: There is no such matter, or it is decided, or on its way already.
    """
    old = matter(meeting, given)
    if old.status is not MatterStatus.PUT_OFF or old.later is not None:
        old = _open(meeting, given)
    gone = replace(old, status=MatterStatus.PUT_OFF, later=later)
    return _with(meeting, gone), Matter(old.what, earlier=meeting.id)


def left_over(sessions: Iterable[Meeting]) -> tuple[tuple[Meeting, Matter], ...]:
    """Return the matters that earlier sessions put off to one that there was not yet."""
    return tuple(
        (session, each)
        for session in sessions
        for each in session.matters
        if each.status is MatterStatus.PUT_OFF and each.later is None
    )


def _open(meeting: Meeting, given: str) -> Matter:
    found = matter(meeting, given)
    if found.status is MatterStatus.PUT_OFF:
        raise UsageError("{0} was put off; it is on the agenda of {1}", found.what, found.later)
    return found


def _with(meeting: Meeting, changed: Matter) -> Meeting:
    matters = (changed if each.what == changed.what else each for each in meeting.matters)
    return replace(meeting, matters=tuple(matters))


# ------------------------------------------------------------ papers


def drafted(meeting: Meeting, name: str, text: str) -> Meeting:
    """Return a meeting with a paper; what was said of another text of it no longer counts.

    Raises:
        UsageError: It is longer than `LONGEST`, or there would be more than `MOST`.
    """
    old = next((each for each in meeting.papers if each.name == name), None)
    if old is not None and old.text == text:
        return meeting
    others = tuple(each for each in meeting.papers if each.name != name)
    new = Paper(name, text, old.edition + 1 if old else 1)
    return _verified(replace(meeting, papers=(*others, new)))


def _verified(meeting: Meeting) -> Meeting:
    verify(meeting)
    return meeting


def cleared(meeting: Meeting, name: str, word: Word) -> Meeting:
    """Return a meeting where a party has said something of a paper.

    Raises:
        UsageError: There is no such paper, or the party does not take part.
    """
    paper = next((each for each in meeting.papers if each.name == name), None)
    if paper is None:
        raise UsageError("{0} has no paper {1}", meeting.id, repr(name))
    if word.party not in meeting.parties:
        named = ", ".join(meeting.parties)
        raise UsageError("{0} does not take part; who does: {1}", word.party, named)
    before = [each.times for each in paper.words if each.party == word.party]
    others = (each for each in paper.words if each.party != word.party)
    said = replace(word, times=sum(before) + 1)
    held = replace(paper, words=(*others, said))
    papers = tuple(held if each.name == name else each for each in meeting.papers)
    return replace(meeting, papers=papers)


# ------------------------------------------------------------ written at once


def gathered(one: Meeting, other: Meeting) -> Meeting:
    """Return the first of two with what the other adds to its agenda and papers."""
    return replace(
        one,
        matters=_each((*one.matters, *other.matters), lambda m: m.what, _first_matter),
        papers=_each((*one.papers, *other.papers), lambda p: p.name, _first_paper),
        documents=tuple(dict.fromkeys((*one.documents, *other.documents))),
    )


def adds_up(whole: Meeting, other: Meeting) -> bool:
    """Return whether a meeting says nothing that does not stand, or has gone on, in another."""
    matters = {each.what: each for each in whole.matters}
    papers = {each.name: each for each in whole.papers}
    return (
        _particulars(whole) == _particulars(other)
        and all(each.status is _OPEN or matters[each.what] == each for each in other.matters)
        and all(_gone_on(each, papers[each.name]) for each in other.papers)
    )


def _particulars(meeting: Meeting) -> Meeting:
    """Return a meeting without what is gathered, and without what tells of its last step."""
    bare = replace(meeting, matters=(), papers=(), documents=(), rivals=())
    return replace(bare, why=None, on=None, evidence=())


def _gone_on(then: Paper, now: Paper) -> bool:
    """Return whether a paper says nothing that a later one passes over."""
    if then.edition < now.edition:
        return True
    told = {word.party: word for word in now.words}
    return then.text == now.text and all(
        told[word.party] == word or told[word.party].times > word.times for word in then.words
    )


def _first_matter(same: Sequence[Matter]) -> Matter:
    return min(same, key=lambda m: (_MATTERS.index(m.status), m.decision or "", m.later or "~"))


def _first_paper(same: Sequence[Paper]) -> Paper:
    """Return the paper of the edition that holds, with each party's word on it."""
    held = min(same, key=lambda p: (-p.edition, p.text))
    alike = (p for p in same if (p.edition, p.text) == (held.edition, held.text))
    words = [word for paper in alike for word in paper.words]
    return replace(held, words=_each(words, lambda w: w.party, _first_word))


def _first_word(same: Sequence[Word]) -> Word:
    return min(same, key=lambda w: (-w.times, _WORDS.index(w.clearance), w.why or "", w.on or ""))


def _each(
    found: Iterable[T], name: Callable[[T], str], holds: Callable[[Sequence[T]], T]
) -> tuple[T, ...]:
    """Return what holds of those of one name, in the order in which the names come first."""
    named: dict[str, list[T]] = {}
    for each in found:
        named.setdefault(name(each), []).append(each)
    return tuple(map(holds, named.values()))
