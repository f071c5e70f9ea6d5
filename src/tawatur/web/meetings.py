"""The pages of meetings: who meets whom, what was decided, who agreed, what was promised there."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.meeting import Clearance, Matter, MatterStatus, Meeting, MeetingStatus, Paper
from tawatur.web import rows, words
from tawatur.web.contexts import Choice, DeskRow, Fact, Pager, Place, shown
from tawatur.web.desk import (
    NOTHING,
    StepRow,
    commitment_row,
    fact_lines,
    laid_to,
    step_row,
)
from tawatur.web.labels import labelled
from tawatur.web.late import Late, is_late, late, state_of, steps_since
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, Visited, chosen, whole_number

router = APIRouter(default_response_class=HTMLResponse)

_FORM = ("name", "when", "hours", "zone", "place", "parties", "series", "agenda", "next_review")


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in a list."""

    id: str = shown("Its id.")
    href: str = shown("Address of its page.")
    name: str = shown("What it is called, with which session of its series it is.")
    when: str = shown("When, in words.")
    hours: str = shown("From when to when, by whose clocks; empty when not told.")
    parties: tuple[str, ...] = shown("Who takes part.")
    status: str = shown("Status code.")
    status_label: str = shown("Status in a word.")
    disputed: str = shown("What steps taken at once say beside the status; empty otherwise.")
    tlp: str = shown("The TLP word of its label; empty where it has none.")


@dataclass(frozen=True, slots=True)
class SummitRow:
    """A meeting or summit where something was promised."""

    href: str = shown("Address of what was promised there.")
    name: str = shown("What it is called.")
    count: int = shown("How many commitments.")


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """The meetings, the next one first."""

    template: ClassVar[str] = "meetings.html"
    title: str = shown("Title of the page.")
    rows: tuple[MeetingRow, ...] = shown("The meetings of this page.")
    pager: Pager = shown("Which of all.")
    summits: tuple[SummitRow, ...] = shown("Where something was promised.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    form: Mapping[str, str] = shown("What was filled in, by the names of the fields.")


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter on an agenda."""

    what: str = shown("The matter.")
    open: bool = shown("Whether it can still be decided or put off.")
    became: str = shown("What became of it, in words; empty while it is open.")
    decision: str = shown("What was decided; empty when nothing was.")
    earlier: Place | None = shown("The meeting that put it off.")
    later: Place | None = shown("The meeting to which it was put off.")


@dataclass(frozen=True, slots=True)
class WordRow:
    """What one party says of a paper."""

    party: str = shown("Who.")
    clearance: str = shown("Code of what it says.")
    label: str = shown("What it says, in words.")
    why: str = shown("The reason; empty when none is told.")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One draft, or minutes."""

    name: str = shown("What it is called.")
    text: str = shown("Its text.")
    words: tuple[WordRow, ...] = shown("What each party says of it.")


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting."""

    template: ClassVar[str] = "meeting.html"
    title: str = shown("Title of the page.")
    row: MeetingRow = shown("What it is and how it stands.")
    facts: tuple[Fact, ...] = shown("What else is told of it.")
    why: str = shown("Reason of the last step; empty where there is none.")
    documents: tuple[Place, ...] = shown("The documents that lie before it.")
    matters: tuple[MatterRow, ...] = shown("Its agenda.")
    papers: tuple[PaperRow, ...] = shown("Drafts and minutes.")
    promised: tuple[DeskRow, ...] = shown("What was promised there, and what became of it.")
    steps: tuple[StepRow, ...] = shown("Its steps, first recorded first.")
    statuses: tuple[Choice, ...] = shown("What may become of it, to choose from.")
    clearances: tuple[Choice, ...] = shown("What a party may say of a paper.")
    others: tuple[Choice, ...] = shown("To which meeting a matter may be put off, the next first.")
    id: str = shown("Its id.")
    seen: str = shown("What changed it last, as forms send it.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")


@dataclass(frozen=True, slots=True)
class PromisedPage:
    """What was promised at one meeting or summit."""

    template: ClassVar[str] = "promised.html"
    title: str = shown("Title of the page.")
    rows: tuple[DeskRow, ...] = shown("The commitments, what is overdue first.")


# ------------------------------------------------------------ lists


@router.get("/meetings")
def meetings(visit: Visited, page: str = "1") -> Response:
    """List the meetings, with a form to add one."""
    return _meetings(visit, page)


@router.post("/meetings")
def add(
    visit: Sent,
    *,
    name: Field = "",
    when: Field = "",
    hours: Field = "",
    zone: Field = "",
    place: Field = "",
    parties: Field = "",
    series: Field = "",
    agenda: Field = "",
    next_review: Field = "",
) -> Response:
    """Record a meeting."""
    given = (name, when, hours, zone, place, parties, series, agenda, next_review)
    made: list[Meeting] = []
    problem = visit.refusal(
        lambda node: made.append(
            node.meetings.add(
                name,
                hours=hours or None,
                zone=zone or "UTC",
                when=when,
                place=place,
                parties=_lines(parties),
                series=series,
                agenda=_lines(agenda),
                next_review=next_review,
            )
        )
    )
    if problem:
        return _meetings(visit, "1", dict(zip(_FORM, given, strict=True)), problem)
    return RedirectResponse(rows.address("meetings", made[0].id), 303)


@router.get("/promised")
def promised(visit: Visited, at: str = "") -> Response:
    """Show what was promised at a meeting or summit, and what became of it."""
    with visit.node() as node:
        found = node.meetings.promised(at) if at.strip() else ()
        shown_ = labelled(node, (commitment_row(each, node, visit) for each in found))
    title = visit("Promised at {0}").format(words.isolate(at)) if at else visit("Commitments")
    return visit.show(PromisedPage(title, shown_))


# ------------------------------------------------------------ one meeting


@router.get("/meetings/{key}")
def meeting(visit: Visited, key: str) -> Response:
    """Show one meeting."""
    return _meeting(visit, key)


@router.post("/meetings/{key}")
def close(
    visit: Sent, *, key: str, status: Field = "", why: Field = "", when: Field = ""
) -> Response:
    """Record what became of a meeting."""
    return _done(
        visit,
        key,
        visit.refusal(
            lambda node: node.meetings.close(
                key, chosen(MeetingStatus, status), why=why, when=when or None
            ),
            of=key,
        ),
    )


@router.post("/meetings/{key}/agenda")
def put(visit: Sent, *, key: str, matter: Field = "") -> Response:
    """Put matters on the agenda, one a line."""
    return _done(
        visit, key, visit.refusal(lambda node: node.meetings.put(key, *(_lines(matter) or ("",))))
    )


@router.post("/meetings/{key}/decide")
def decide(visit: Sent, *, key: str, decision: Field = "", matter: Field = "") -> Response:
    """Record a decision, on a matter of the agenda by its number or on none."""
    return _done(
        visit,
        key,
        visit.refusal(lambda node: node.meetings.decide(key, decision, on=matter or None)),
    )


@router.post("/meetings/{key}/put-off")
def put_off(visit: Sent, *, key: str, matter: Field = "", to: Field = "") -> Response:
    """Put a matter off to a later meeting."""
    return _done(
        visit,
        key,
        visit.refusal(lambda node: node.meetings.put_off(key, matter, to.strip() or None)),
    )


@router.post("/meetings/{key}/papers")
def draft(visit: Sent, *, key: str, name: Field = "", text: Field = "") -> Response:
    """Put a paper, or another text of it, to the parties."""
    written = text.replace("\r\n", "\n")
    return _done(
        visit, key, visit.refusal(lambda node: node.meetings.draft(key, name, written), of=key)
    )


@router.post("/meetings/{key}/clear")
def clear(
    visit: Sent,
    *,
    key: str,
    name: Field = "",
    party: Field = "",
    clearance: Field = "",
    why: Field = "",
) -> Response:
    """Record what a party says of a paper."""
    return _done(
        visit,
        key,
        visit.refusal(
            lambda node: node.meetings.clear(
                key, name, party, chosen(Clearance, clearance), why=why
            ),
            of=key,
        ),
    )


@router.post("/meetings/{key}/promised")
def promise(
    visit: Sent, *, key: str, by: Field = "", to: Field = "", what: Field = "", due: Field = ""
) -> Response:
    """Record what was promised at the meeting."""
    return _done(
        visit,
        key,
        visit.refusal(
            lambda node: node.desk.commit(
                by=by, to=to, what=what, due=due, said_at=node.meetings.one(key).id
            )
        ),
    )


# ------------------------------------------------------------ rows


def meeting_row(found: Meeting, visit: Visit) -> MeetingRow:
    """Return the row of one meeting."""
    rivals = visit.speech.listed(words.label(status, visit) for status in found.rivals)
    return MeetingRow(
        id=found.id,
        href=rows.address("meetings", found.id),
        name=found.title,
        when=visit.speech.when(found.when),
        hours=_hours(found),
        parties=found.parties,
        status=found.status.replace(" ", "-"),
        status_label=words.label(found.status, visit),
        disputed=visit("Written at once, to be settled by a step: {0}").format(rivals)
        if rivals
        else "",
        tlp="",
    )


def _hours(found: Meeting) -> str:
    held = found.hours
    if held is None:
        return ""
    return f"{held.begins}{f'–{held.ends}' if held.ends else ''} {held.zone}"


def _matter_row(found: Matter, names: Mapping[str, str], visit: Visit) -> MatterRow:
    open_ = found.status is MatterStatus.OPEN
    return MatterRow(
        what=found.what,
        open=open_,
        became="" if open_ else words.label(found.status, visit),
        decision=found.decision or "",
        earlier=_other(found.earlier, names),
        later=_other(found.later, names),
    )


def _other(key: str | None, names: Mapping[str, str]) -> Place | None:
    """Return where another meeting is shown, if it may be seen."""
    if key is None or key not in names:
        return None
    return Place(names[key], rows.address("meetings", key), False, "")


def _paper_row(found: Paper, parties: Iterable[str], visit: Visit) -> PaperRow:
    said = tuple(
        WordRow(
            word.party,
            word.clearance.replace(" ", "-"),
            words.label(word.clearance, visit),
            word.why or "",
        )
        for word in map(found.word_of, parties)
    )
    return PaperRow(found.name, found.text, said)


# ------------------------------------------------------------ within


def _done(visit: Visit, key: str, problem: str) -> Response:
    """Go back to the meeting, or show it with what was wrong."""
    if problem:
        return _meeting(visit, key, problem)
    return RedirectResponse(rows.address("meetings", key), 303)


def _lines(given: str) -> tuple[str, ...]:
    """Return the lines that hold anything."""
    return tuple(filter(None, map(str.strip, given.splitlines())))


def _meetings(
    visit: Visit, page: str, form: Mapping[str, str] = NOTHING, problem: str = ""
) -> Response:
    with visit.node() as node:
        start, pager = rows.turned(node.meetings.count(), whole_number(page), "meetings")
        some = node.meetings.all(start=start, limit=rows.ROWS)
        summits = node.meetings.places()
    filled = {name: form.get(name, "") for name in _FORM}
    context = MeetingsPage(
        visit("Meetings"),
        labelled(node, (meeting_row(each, visit) for each in some)),
        pager,
        tuple(SummitRow(rows.address("promised", at=name), name, count) for name, count in summits),
        problem,
        {**filled, "zone": filled["zone"] or "UTC"},
    )
    return visit.show(context, 422 if problem else 200)


def _meeting(visit: Visit, key: str, problem: str = "") -> Response:
    with visit.node() as node:
        found = node.meetings.one(key)
        names = node.meetings.names(found)
        context = MeetingPage(
            title=found.title,
            row=labelled(node, [meeting_row(found, visit)])[0],
            facts=(*_meeting_facts(found, visit), *laid_to(found.id, node, visit)),
            why=found.why or "",
            documents=tuple(_documents(found, node)),
            matters=tuple(_matter_row(each, names, visit) for each in found.matters),
            papers=tuple(_paper_row(each, found.parties, visit) for each in found.papers),
            promised=labelled(
                node,
                (commitment_row(each, node, visit) for each in node.meetings.promised(found)),
            ),
            steps=tuple(step_row(step, node, visit) for step in node.meetings.history(found.id)),
            statuses=tuple(
                Choice(status.value, words.label(status, visit), False)
                for status in node.desk.following(found)
            ),
            clearances=rows.choices(Clearance, Clearance.AGREES, visit.speech),
            others=tuple(_others(found, node, visit)),
            id=found.id,
            seen=state_of(node, found.id),
            problem=problem,
            late=_late(visit, node, found.id) if is_late(visit, node, found.id) else None,
        )
    return visit.show(context, 422 if problem else 200)


def _others(found: Meeting, node: ShownNode, visit: Visit) -> Iterator[Choice]:
    """Yield where a matter of a meeting can be put off to; without a choice in its series."""
    if found.series:
        yield Choice("", visit("the next of the series"), True)
    for each in node.meetings.all(limit=rows.ROWS):
        if each.id != found.id and not each.closed:
            name, day = words.isolate(each.title), visit.speech.when(each.when)
            yield Choice(each.id, visit.speech.listed((name, day)) if each.when else name, False)


def _late(visit: Visit, node: ShownNode, meeting: str) -> Late:
    """Return what a form asked for, beside the steps taken since."""
    sent = visit.sent
    kinds = (*MeetingStatus, *Clearance)
    asked = [
        words.label(each, visit)
        for each in kinds
        if each in (sent.one("status"), sent.one("clearance"))
    ]
    told = (sent.one(name) for name in ("name", "party", "text", "decision", "when", "why"))
    since = steps_since(visit, node, meeting, node.meetings.history(meeting))
    return late(visit, state_of(node, meeting), (*asked, *told), since)


def _meeting_facts(found: Meeting, visit: Visit) -> Iterator[Fact]:
    speech = visit.speech
    yield from fact_lines(
        (visit("When"), speech.when(found.when) if found.when else ""),
        (visit("Hours"), _hours(found)),
        (visit("Where"), found.place),
        (visit("Who takes part"), " · ".join(found.parties)),
        (visit("Series"), found.series),
        (visit("Next review"), speech.when(found.next_review) if found.next_review else ""),
    )


def _documents(found: Meeting, node: ShownNode) -> Iterator[Place]:
    for each in found.documents:
        line = node.document(each).line
        yield Place(line.title or line.name, rows.address("documents", each), False, "")
