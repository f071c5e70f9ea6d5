"""The commands of meetings and calendars: who meets whom, what came of it, what is on when."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from tawatur.cli.desk import Claims, Evidence, Id, Limit, On
from tawatur.cli.desk_rows import facts, step_line
from tawatur.cli.options import with_options
from tawatur.cli.output import listing
from tawatur.cli.post_rows import unproven_lines
from tawatur.cli.shared import Form, Format, Out, Why, content, names_of, opened, write
from tawatur.cli.shared import translate as _
from tawatur.errors import Message, UsageError
from tawatur.i18n import preferred
from tawatur.model.calendar import CalendarAddress
from tawatur.model.meeting import Clearance, Matter, Meeting, MeetingStatus, Paper
from tawatur.node import Node
from tawatur.node.briefs import brief_files
from tawatur.node.desk import listed
from tawatur.node.labelled import labelled
from tawatur.tables import Row

When = Annotated[str | None, typer.Option("--when", help=_("Its day, days or month: 2031-06-14."))]
Hours = Annotated[
    str | None, typer.Option("--hours", help=_("From when to when on its day: 10:00-12:30."))
]
Zone = Annotated[
    str, typer.Option("--zone", help=_("By the clocks of which place: Africa/Bamako."))
]
Place = Annotated[str | None, typer.Option("--place", help=_("Where it is held."))]
Parties = Annotated[
    list[str] | None,
    typer.Option("--with", help=_("An organisation or office that takes part; may be repeated.")),
]
Series = Annotated[
    str | None, typer.Option("--series", help=_("The series that it is a session of."))
]
Number = Annotated[int | None, typer.Option("--number", help=_("Which session of the series."))]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", help=_("A document that lies before it; may be repeated.")),
]
NextReview = Annotated[
    str | None, typer.Option("--next-review", help=_("When its results are looked at again."))
]
For = Annotated[
    str | None,
    typer.Option("--for", help=_("Whose calendar: a person or a community; yours unless told.")),
]
PaperName = Annotated[str, typer.Argument(help=_("What the paper is called: minutes."))]


# ------------------------------------------------------------ meetings


def meetings(
    series: Annotated[
        str | None, typer.Option("--series", help=_("Only those of this series or name."))
    ] = None,
    ahead: Annotated[bool, typer.Option("--ahead", help=_("Only those still to be held."))] = False,
    limit: Limit = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("meetings") as node:
        found = node.meetings.all(series=series, ahead=ahead, limit=limit)
        listing(
            labelled(node, found, listed.meeting),
            listed.MEETINGS,
            form,
        )


def _details(
    when: When = None,
    hours: Hours = None,
    zone: Zone = "UTC",
    place: Place = None,
    parties: Parties = None,
    series: Series = None,
    number: Number = None,
    document: Documents = None,
    next_review: NextReview = None,
) -> Mapping[str, Any]:
    """Return what describes a meeting, as the node is told it."""
    return {
        "when": when,
        "hours": hours,
        "zone": zone,
        "place": place,
        "parties": tuple(parties or ()),
        "series": series,
        "number": number,
        "documents": tuple(document or ()),
        "next_review": next_review,
    }


@with_options(_details)
def add(
    name: Annotated[str, typer.Argument(help=_("What the meeting is called."))],
    told: Mapping[str, Any],
    agenda: Annotated[
        list[str] | None,
        typer.Option("--agenda", help=_("A matter on its agenda; may be repeated.")),
    ] = None,
    claim: Claims = None,
) -> None:
    with opened("meeting add") as node:
        made = node.meetings.add(
            name, agenda=tuple(agenda or ()), evidence=tuple(claim or ()), **told
        )
        typer.echo(made.id)


@with_options(_details)
def change(
    id: Id,
    told: Mapping[str, Any],
    name: Annotated[
        str | None, typer.Option("--name", help=_("In other words than before."))
    ] = None,
) -> None:
    with opened("meeting change") as node:
        typer.echo(node.meetings.change(id, name=name, **told).id)


def close(
    id: Id,
    as_: Annotated[MeetingStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
    on: On = None,
    when: Annotated[str | None, typer.Option("--when", help=_("Its new date, if any."))] = None,
    evidence: Evidence = None,
) -> None:
    with opened("meeting close") as node:
        changed = node.meetings.close(
            id, as_, why=why, on=on, when=when, evidence=tuple(evidence or ())
        )
        typer.echo(f"{changed.id}: {_(changed.status)}")


def agenda(
    id: Id,
    matter: Annotated[list[str], typer.Argument(help=_("What is to be talked about."))],
) -> None:
    with opened("meeting agenda") as node:
        _show_agenda(node, node.meetings.put(id, *matter))


def decide(
    id: Id,
    decision: Annotated[str, typer.Argument(help=_("What was decided."))],
    on: Annotated[
        str | None,
        typer.Option("--on", help=_("On which matter: its number or its first words.")),
    ] = None,
) -> None:
    with opened("meeting decide") as node:
        _show_agenda(node, node.meetings.decide(id, decision, on=on))


def put_off(
    id: Id,
    matter: Annotated[str, typer.Argument(help=_("Which matter: its number or first words."))],
    to: Annotated[
        str | None,
        typer.Option("--to", help=_("The later meeting; unless told the next of the series.")),
    ] = None,
) -> None:
    with opened("meeting put-off") as node:
        _old, later = node.meetings.put_off(id, matter, to)
        if later is None:
            typer.echo(_("it waits for the next session"))
        else:
            typer.echo(_("on the agenda of {0}, {1}").format(later.id, later.title))


def draft(
    id: Id,
    name: PaperName,
    file: Annotated[Path, typer.Argument(help=_("The file with its text, UTF-8."))],
) -> None:
    with opened("meeting draft") as node:
        try:
            text = content(file).decode("utf-8")
        except UnicodeDecodeError as cause:
            raise UsageError("{0} is no UTF-8 text", file) from cause
        changed = node.meetings.draft(id, name, text)
        for line in _papers(changed):
            typer.echo(line)


def clear(
    id: Id,
    name: PaperName,
    party: Annotated[str, typer.Option("--party", help=_("Who says so: one who takes part."))],
    as_: Annotated[Clearance, typer.Option("--as", help=_("What it says."))],
    why: Annotated[
        str | None, typer.Option("--why", help=_("Why it does not agree, for the record."))
    ] = None,
    on: On = None,
) -> None:
    with opened("meeting clear") as node:
        changed = node.meetings.clear(id, name, party, as_, why=why, on=on)
        for line in _papers(changed):
            typer.echo(line)


def show(id: Id) -> None:
    with opened("meeting show") as node:
        for line in _lines(node, node.meetings.one(id)):
            typer.echo(line)


def minutes(
    id: Id,
    out: Annotated[
        Path, typer.Option("--out", "-o", help=_("The file: .html, .pdf, .docx or .md."))
    ],
    language: Annotated[
        str | None, typer.Option("--language", help=_("ar, fr or en; yours unless told."))
    ] = None,
) -> None:
    with opened("meeting minutes") as node:
        spoken = preferred(given=language or node.settings.language)
        for path in brief_files.write_brief(node.meetings.minutes(id, spoken), out):
            typer.echo(_("wrote {0}").format(path))


def promised(
    at: Annotated[
        str, typer.Argument(help=_("A meeting's id, or words of the name of a meeting or summit."))
    ],
    form: Form = Format.TABLE,
) -> None:
    with opened("promised") as node:
        meeting = node.meetings.one(at) if at.startswith("mt-") else None
        today = node.now().date()
        found = node.meetings.promised(meeting or at)
        listing(
            labelled(node, found, lambda each: listed.commitment(each, today)),
            ["id", "label", "status", "due", "by", "to", "what", "why"],
            form,
        )


# ------------------------------------------------------------ calendars


def calendar(
    whose: For = None,
    out: Out = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("calendar") as node:
        if out is not None:
            language = preferred(given=node.settings.language)
            write(out, node.calendars.ics(whose, language=language))
            return
        found = node.calendars.occasions(whose)
        listing(
            labelled(node, found, listed.occasion),
            listed.OCCASIONS,
            form,
        )


def address_add(whose: For = None) -> None:
    with opened("calendar-address add") as node:
        address, word = node.calendars.give(whose)
        typer.echo(f"{address.id}: {address.name}")
        typer.echo(f"/calendar/{word}.ics")
        typer.echo(_("Whoever has this address reads the calendar; it is shown this once."))


def address_list(form: Form = Format.TABLE) -> None:
    with opened("calendar-address list") as node:
        listing(map(_address, node.calendars.given()), ["id", "of", "state", "why"], form)


def address_revoke(id: Id, why: Why) -> None:
    with opened("calendar-address revoke") as node:
        address = node.calendars.revoke(id, why)
        typer.echo(_("{0}: revoked").format(address.id))


# ------------------------------------------------------------ rows


def _address(found: CalendarAddress) -> Row:
    state = Message("revoked") if found.revoked is not None else Message("open")
    return {"id": found.id, "of": found.name, "state": state, "why": found.revoked}


# ------------------------------------------------------------ lines


def _lines(node: Node, found: Meeting) -> Iterator[str]:
    yield f"{found.id}  {_(found.status)}  {found.title}"
    yield from facts(
        _,
        (Message("when"), " ".join(filter(None, (found.when, listed.hours_of(found))))),
        (Message("where"), found.place),
        (Message("with"), ", ".join(found.parties)),
        (Message("next review"), found.next_review),
        (Message("documents"), ", ".join(found.documents)),
    )
    if found.rivals:
        others = ", ".join(_(status.value) for status in found.rivals)
        yield _("written at once, to be settled by a step: {0}").format(others)
    yield from _agenda(node, found)
    yield from _papers(found)
    today = node.now().date()
    for each in node.meetings.promised(found):
        status = _("overdue") if each.overdue(today) else _(each.status)
        yield _("promised: {0}  {1}  {2}: {3}").format(each.id, status, each.by, each.what)
    names = names_of(node)
    for step in node.meetings.history(found.id):
        yield step_line(step, names.get(step.by, step.by), _)
    yield from unproven_lines(node, found.id)


def _show_agenda(node: Node, found: Meeting) -> None:
    for line in _agenda(node, found):
        typer.echo(line)


def _agenda(node: Node, found: Meeting) -> Iterator[str]:
    names = node.meetings.names(found)
    for number, each in enumerate(found.matters, 1):
        yield f"{number}. {each.what}{''.join(_became(each, names))}"


def _became(matter: Matter, names: dict[str, str]) -> Iterator[str]:
    """Yield what is told of a matter behind its words."""
    if matter.earlier in names:
        yield _(" (put off at {0})").format(names[matter.earlier])
    if matter.decision is not None:
        yield _(" - decided: {0}").format(matter.decision)
    elif matter.later in names:
        yield _(" - put off to {0}").format(names[matter.later])
    elif matter.status == "put off":
        yield _(" - put off")


def _papers(found: Meeting) -> Iterator[str]:
    for paper in found.papers:
        yield _("paper {0}: {1}").format(paper.name, "; ".join(_words(paper, found.parties)))


def _words(paper: Paper, parties: tuple[str, ...]) -> Iterator[str]:
    for word in map(paper.word_of, parties):
        why = f" ({word.why})" if word.why else ""
        yield f"{word.party} {_(word.clearance)}{why}"
