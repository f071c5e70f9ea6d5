"""The commands of the desk: what was promised, what is asked for, what became of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli import desk_rows as rows
from tawatur.cli.output import listing
from tawatur.cli.post_rows import unproven_lines
from tawatur.cli.shared import Form, Format, Why, day, names_of, opened, write
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.i18n import preferred
from tawatur.model.desk import CommitmentStatus, Effects, Priority, RequestKind, RequestStatus
from tawatur.node import Node
from tawatur.node.desk import listed
from tawatur.node.labelled import labelled

Id = Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))]
By = Annotated[str | None, typer.Option("--by", help=_("Only those of this party."))]
To = Annotated[str | None, typer.Option("--to", help=_("Only those to this party."))]
Proposed = Annotated[
    bool, typer.Option("--proposed", help=_("What reports tell of and nobody has confirmed yet."))
]
Limit = Annotated[int | None, typer.Option("--limit", help=_("How many at most."))]
Claims = Annotated[
    list[str] | None,
    typer.Option("--claim", help=_("A claim that says so; may be repeated.")),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", help=_("A claim that tells of it; may be repeated.")),
]
On = Annotated[str | None, typer.Option("--on", help=_("When it happened, as a date."))]
Condition = Annotated[
    str | None,
    typer.Option("--condition", help=_("On what it depends: words, or the id of an event.")),
]
SaidAt = Annotated[
    str | None, typer.Option("--said-at", help=_("The meeting or summit where it was made."))
]
Due = Annotated[str | None, typer.Option("--due", help=_("By when, as a date."))]
What = Annotated[str | None, typer.Option("--what", help=_("In other words than before."))]

NeededBy = Annotated[str | None, typer.Option("--needed-by", help=_("By when it is needed."))]
NextStep = Annotated[str | None, typer.Option("--next", help=_("Who owes the next step."))]
OfKind = Annotated[RequestKind | None, typer.Option("--kind", help=_("For what kind of thing."))]
Serves = Annotated[
    str | None, typer.Option("--serves", help=_("The decision that it is to serve."))
]
Estimate = Annotated[str | None, typer.Option("--estimate", help=_("What it may cost: 50000 USD."))]
Proposal = Annotated[str, typer.Argument(help=_("The claim by which it is proposed."))]

# ------------------------------------------------------------ commitments


def commitments(
    by: By = None,
    to: To = None,
    said_at: SaidAt = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=_("Only those past their last day."))
    ] = False,
    proposed: Proposed = False,
    limit: Limit = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("commitments") as node:
        today = datetime.now(UTC).date()
        if proposed:
            found = node.desk.proposed_commitments(by=by, to=to, limit=limit)
        else:
            found = node.desk.commitments(
                by=by, to=to, said_at=said_at, overdue=overdue, limit=limit
            )
        listing(
            labelled(node, found, lambda each: listed.commitment(each, today)),
            listed.COMMITMENTS,
            form,
        )


def commitment_add(
    what: Annotated[str, typer.Argument(help=_("What was promised."))],
    by: Annotated[str, typer.Option("--by", help=_("Who promised."))],
    to: Annotated[str | None, typer.Option("--to", help=_("To whom."))] = None,
    due: Due = None,
    claim: Claims = None,
    said_at: SaidAt = None,
    condition: Condition = None,
) -> None:
    with opened("commitment add") as node:
        made = node.desk.commit(
            by=by,
            what=what,
            to=to,
            due=due,
            claims=claim or (),
            said_at=said_at,
            condition=condition,
        )
        typer.echo(made.id)


def commitment_confirm(
    id: Proposal,
    by: Annotated[str | None, typer.Option("--by", help=_("Who promised, if not as read."))] = None,
    to: Annotated[str | None, typer.Option("--to", help=_("To whom, if not as read."))] = None,
    due: Due = None,
    what: What = None,
    said_at: SaidAt = None,
) -> None:
    with opened("commitment confirm") as node:
        made = node.desk.confirm_commitment(id, by=by, to=to, due=due, what=what, said_at=said_at)
        typer.echo(made.id)


def reject(id: Proposal, why: Why) -> None:
    with opened("reject") as node:
        typer.echo(node.desk.reject(id, why).id)


def commitment_close(
    id: Id,
    as_: Annotated[CommitmentStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
    on: On = None,
    evidence: Evidence = None,
) -> None:
    with opened("commitment close") as node:
        changed = node.desk.change_commitment(id, as_, why=why, on=on, evidence=evidence or ())
        typer.echo(f"{changed.id}: {_(changed.status)}")


def commitment_change(
    id: Id,
    by: Annotated[str | None, typer.Option("--by", help=_("Who promised."))] = None,
    to: Annotated[str | None, typer.Option("--to", help=_("To whom."))] = None,
    due: Due = None,
    what: What = None,
    claim: Claims = None,
    said_at: SaidAt = None,
    condition: Condition = None,
) -> None:
    with opened("commitment change") as node:
        changed = node.desk.restate(
            id,
            by=by,
            to=to,
            due=due,
            what=what,
            claims=tuple(claim or ()),
            said_at=said_at,
            condition=condition,
        )
        typer.echo(changed.id)


def commitment_show(id: Id) -> None:
    with opened("commitment show") as node:
        item = node.desk.commitment(id)
        item = replace(item, said_at=node.meetings.name_of(item.said_at))
        for line in (*rows.commitment_lines(item, _), *_told(node, item.id, item.claims)):
            typer.echo(line)


# ------------------------------------------------------------ requests


def requests(
    by: By = None,
    to: To = None,
    waiting: Annotated[
        str | None, typer.Option("--waiting", help=_("Only those open so long: 90d, 12w."))
    ] = None,
    kind: Annotated[
        RequestKind | None, typer.Option("--kind", help=_("Only those for this kind of thing."))
    ] = None,
    proposed: Proposed = False,
    limit: Limit = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("requests") as node:
        today = datetime.now(UTC).date()
        if proposed:
            found = node.desk.proposed_requests(by=by, to=to, limit=limit)
        else:
            days = None if waiting is None else _days(waiting)
            found = node.desk.requests(by=by, to=to, waiting=days, kind=kind, limit=limit)
        listing(
            labelled(node, found, lambda each: listed.request(each, today)),
            listed.REQUESTS,
            form,
        )


def request_add(
    what: Annotated[str, typer.Argument(help=_("What is asked for."))],
    by: Annotated[str, typer.Option("--by", help=_("Who asks."))],
    to: Annotated[str, typer.Option("--to", help=_("Who is asked: a party, or a community."))],
    since: Annotated[
        str | None, typer.Option("--since", help=_("Since when; today unless told."))
    ] = None,
    needed_by: NeededBy = None,
    next_step: NextStep = None,
    claim: Claims = None,
    kind: OfKind = None,
    priority: Annotated[
        Priority, typer.Option("--priority", help=_("How pressing it is."))
    ] = Priority.ROUTINE,
    serves: Serves = None,
    estimate: Estimate = None,
    condition: Condition = None,
    through: Annotated[
        str | None,
        typer.Option("--through", help=_("Who asks for you in their own name; for them alone.")),
    ] = None,
    then: Annotated[
        list[str] | None, typer.Option("--then", help=_("Who is asked next; may be repeated."))
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help=_("Though one much like it is open."))
    ] = False,
) -> None:
    with opened("request add") as node:
        if not again:
            _verify_new(node, what, to)
        made = node.desk.ask(
            by=by,
            to=to,
            what=what,
            since=since,
            needed_by=needed_by,
            next_step=next_step,
            claims=tuple(claim or ()),
            kind=kind,
            priority=priority,
            serves=serves,
            estimate=estimate,
            condition=condition,
            through=through,
            then=tuple(then or ()),
        )
        typer.echo(made.id)


def request_confirm(
    id: Proposal,
    by: Annotated[str | None, typer.Option("--by", help=_("Who asks, if not as read."))] = None,
    to: Annotated[str | None, typer.Option("--to", help=_("Who is asked, if not as read."))] = None,
    since: Annotated[
        str | None, typer.Option("--since", help=_("Since when, if not as read."))
    ] = None,
    needed_by: NeededBy = None,
    what: What = None,
    kind: OfKind = None,
) -> None:
    with opened("request confirm") as node:
        made = node.desk.confirm_request(
            id, by=by, to=to, since=since, needed_by=needed_by, what=what, kind=kind
        )
        typer.echo(made.id)


def request_close(
    id: Id,
    as_: Annotated[RequestStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
    on: On = None,
    evidence: Evidence = None,
    answer: Annotated[
        list[str] | None,
        typer.Option("--with", help=_("The id of an item that answers it; may be repeated.")),
    ] = None,
    terms: Annotated[
        str | None, typer.Option("--terms", help=_("Terms of use of what was given."))
    ] = None,
    cost: Annotated[
        str | None, typer.Option("--cost", help=_("What it did cost: 50000 USD."))
    ] = None,
    given_back: Annotated[
        str | None, typer.Option("--given-back", help=_("What was given back to the host."))
    ] = None,
    harm: Annotated[str | None, typer.Option("--harm", help=_("What harm it did."))] = None,
    objections: Annotated[
        str | None, typer.Option("--objections", help=_("Who objected, and to what."))
    ] = None,
) -> None:
    with opened("request close") as node:
        changed = node.desk.change_request(
            id,
            as_,
            why=why,
            on=on,
            evidence=tuple(evidence or ()),
            answers=tuple(answer or ()),
            terms=terms,
            cost=cost,
            effects=Effects(given_back, harm, objections)
            if given_back or harm or objections
            else None,
        )
        typer.echo(f"{changed.id}: {_(changed.status)}")


def request_change(
    id: Id,
    to: Annotated[str | None, typer.Option("--to", help=_("Who is asked."))] = None,
    what: What = None,
    needed_by: NeededBy = None,
    next_step: NextStep = None,
    kind: OfKind = None,
    priority: Annotated[
        Priority | None, typer.Option("--priority", help=_("How pressing it is."))
    ] = None,
    serves: Serves = None,
    estimate: Estimate = None,
    condition: Condition = None,
    claim: Claims = None,
) -> None:
    with opened("request change") as node:
        changed = node.desk.restate(
            id,
            to=to,
            what=what,
            needed_by=needed_by,
            next_step=next_step,
            kind=kind,
            priority=priority,
            serves=serves,
            estimate=estimate,
            condition=condition,
            claims=tuple(claim or ()),
        )
        typer.echo(changed.id)


def request_pass_on(
    id: Id,
    to: Annotated[str, typer.Option("--to", help=_("Who is asked now."))],
    why: Annotated[str, typer.Option("--consent", help=_("Who consented, and when."))],
) -> None:
    with opened("request pass-on") as node:
        typer.echo(node.desk.pass_on(id, to, why=why).id)


def request_renew(
    id: Id,
    to: Annotated[str | None, typer.Option("--to", help=_("Who is asked now."))] = None,
) -> None:
    with opened("request renew") as node:
        typer.echo(node.desk.renew(id, to).id)


def request_cost(
    id: Id,
    claim: Annotated[str, typer.Argument(help=_("The claim that states the sum."))],
    actual: Annotated[
        bool, typer.Option("--actual", help=_("It is what it did cost, not what it may."))
    ] = False,
) -> None:
    with opened("request cost") as node:
        changed = node.collecting.take_over(id, claim, actual=actual)
        typer.echo(f"{changed.id}: {changed.cost if actual else changed.estimate}")


def request_take_up(
    id: Id,
    to: Annotated[str | None, typer.Option("--to", help=_("Who is asked, if not as told."))] = None,
    what: What = None,
) -> None:
    with opened("request take-up") as node:
        typer.echo(node.secretariat.take_up(id, to=to, what=what).id)


def request_report_back(id: Id) -> None:
    with opened("request report-back") as node:
        told = node.secretariat.report_back(id)
        typer.echo(f"{told.id}: {_(told.status)}")


def request_show(id: Id) -> None:
    with opened("request show") as node:
        item = node.desk.request(id)
        lines = rows.request_lines(item, datetime.now(UTC).date(), _)
        children = [_("renewed or passed on as {0}").format(c.id) for c in node.desk.children(item)]
        own = node.secretariat.taken_up_as(item.id)
        if own is not None:
            children.append(_("asked in our own name as {0}: {1}").format(own.id, _(own.status)))
        for line in (*lines, *children, *_told(node, item.id, item.claims)):
            typer.echo(line)


def collections(
    sums: Annotated[
        bool, typer.Option("--sums", help=_("Sums in reports that may be what they cost."))
    ] = False,
    form: Form = Format.TABLE,
) -> None:
    with opened("collections") as node:
        if sums:
            told = labelled(
                node,
                node.collecting.sums(),
                listed.told_sum,
                lambda each: (each.collection.id, each.claim.id),
            )
            listing(told, ["id", "label", "sum", "claim", "source", "quote"], form)
            return
        found = node.desk.requests(kind=RequestKind.COLLECTION)
        listing(
            labelled(node, found, listed.collection),
            listed.COLLECTIONS,
            form,
        )


# ------------------------------------------------------------ follow-up


def due(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=_("A file for it: .ics or .atom."))
    ] = None,
    mail: Annotated[
        bool, typer.Option("--mail", help=_("Send it by the mail server of the settings."))
    ] = False,
    form: Form = Format.TABLE,
) -> None:
    with opened("due") as node:
        if mail:
            language = preferred(given=node.settings.language)
            calendar = node.calendars.due("ics", language=language)
            sent = node.mailing.send(node.followup.due(), calendar, language)
            typer.echo(_("sent to {0}").format(", ".join(sent)) if sent else _("Nothing is due."))
            return
        if out is not None:
            if out.suffix not in (".ics", ".atom"):
                raise UsageError("{0}: what is due is written as .ics or .atom", out)
            language = preferred(given=node.settings.language)
            write(out, node.calendars.due(out.suffix[1:], language=language))
            return
        found = labelled(node, node.followup.due(), listed.due)
        listing(found, listed.DUE, form)


def balance(
    partner: Annotated[str, typer.Argument(help=_("A partner's name or id."))],
    form: Form = Format.TABLE,
) -> None:
    with opened("balance") as node:
        found = (
            {
                "month": each.month,
                "kind": each.kind,
                "given": each.given,
                "received": each.received,
                "owed_here": each.owed_here,
                "owed_there": each.owed_there,
            }
            for each in node.followup.balance(partner)
        )
        listing(found, ["month", "kind", "given", "received", "owed_here", "owed_there"], form)


def state() -> None:
    with opened("state") as node:
        for line in rows.state_lines(node.followup.state(), _):
            typer.echo(line)


def review_add(
    name: Annotated[str, typer.Argument(help=_("What the review is called."))],
    every: Annotated[int, typer.Option("--every", help=_("Weeks from one time to the next."))],
    start: Annotated[
        str | None, typer.Option("--start", help=_("The first day; today unless told."))
    ] = None,
    subject: Annotated[
        list[str] | None,
        typer.Option("--subject", help=_("Words of conflicts and events; may be repeated.")),
    ] = None,
) -> None:
    with opened("review add") as node:
        first = _day(start)
        made = node.followup.plan(name, weeks=every, start=first, subjects=subject or ())
        typer.echo(made.id)


def review_confirm(
    id: Proposal,
    every: Annotated[int, typer.Option("--every", help=_("Weeks from one time to the next."))],
    name: Annotated[
        str | None, typer.Option("--name", help=_("What the review is called, if not as read."))
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", help=_("The first day, if not as read."))
    ] = None,
) -> None:
    with opened("review confirm") as node:
        made = node.followup.confirm_review(id, weeks=every, name=name, start=_day(start))
        typer.echo(made.id)


def reviews(proposed: Proposed = False, form: Form = Format.TABLE) -> None:
    with opened("reviews") as node:
        if proposed:
            told = labelled(node, node.followup.proposed_reviews(), listed.proposed_review)
            listing(told, ["id", "label", "when", "by", "what"], form)
            return
        found = labelled(node, node.followup.reviews(), listed.review)
        listing(found, listed.REVIEWS, form)


def review_show(id: Id) -> None:
    with opened("review show") as node:
        for line in rows.agenda_lines(node.followup.agenda(id), _):
            typer.echo(line)


def review_record(
    id: Id,
    outcome: Annotated[str, typer.Argument(help=_("What came of it."))],
    on: Annotated[str | None, typer.Option("--on", help=_("The day; today unless told."))] = None,
) -> None:
    with opened("review record") as node:
        sitting = node.followup.record(id, outcome, day=_day(on))
        typer.echo(f"{sitting.review}: {sitting.day.isoformat()}")


# ------------------------------------------------------------ within


def _told(node: Node, item: str, claims: tuple[str, ...]) -> Iterator[str]:
    """Yield the claims that say so, and what became of an item, step by step."""
    for claim in claims:
        found = node.claim(claim)
        yield _("said by {0}: «{1}» ({2})").format(
            found.root.source_text or found.publisher or "?", " ".join(found.quote.split()), claim
        )
    names = names_of(node)
    for step in node.desk.history(item):
        yield rows.step_line(step, names.get(step.by, step.by), _)
    yield from unproven_lines(node, item)


def _verify_new(node: Node, what: str, to: str) -> None:
    """Refuse a request while one much like it is open."""
    alike = node.desk.alike(what, to=to)
    if alike:
        raise UsageError(
            "{0} asks for much the same: {1}; ask with --again, or wait",
            alike[0].id,
            " ".join(alike[0].what.split()),
        )


def _day(given: str | None) -> date | None:
    found = None if given is None else day(given)
    return found.date() if found else None


def _days(given: str) -> int:
    """Return the days that a length of time names."""
    found = re.fullmatch(r"(\d{1,5})([dwmy]?)", given.strip())
    if found is None:
        raise UsageError("{0} is no length of time; write one as 90d or 12w", repr(given))
    return int(found[1]) * {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}[found[2]]
