"""Rows and lines of the desk's items, for the commands that list and show them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tawatur.errors import Message
from tawatur.i18n import Translate, said
from tawatur.model.area import BorderNotice
from tawatur.model.desk import Commitment, Request, Step
from tawatur.model.ids import NodeId
from tawatur.node.desk import listed
from tawatur.node.desk.followup import Agenda, State


def border_lines(
    found: BorderNotice, today: date, names: Mapping[NodeId, str], _: Translate
) -> Iterator[str]:
    """Yield what a border notice says, a line for each thing that is told."""
    row = listed.border_notice(found, today)
    what = row["what"]
    words = said(what, _) if isinstance(what, Message) else what
    yield f"{found.id}  {_('over') if listed.past(found, today) else _(found.status)}  {words}"
    yield from facts(
        _,
        (Message("by"), found.by),
        (Message("as"), _(found.sighting)),
        (Message("from"), found.start),
        (Message("until"), found.end),
        (Message("place"), found.place),
        (Message("contact"), found.contact),
        (Message("matcher"), found.matcher and names.get(found.matcher, found.matcher)),
        (Message("claims"), ", ".join(found.evidence)),
    )
    yield from _disputed(found, _)


def commitment_lines(found: Commitment, _: Translate) -> Iterator[str]:
    """Yield what a commitment says, a line for each thing that is told."""
    yield f"{found.id}  {_(found.status)}  {found.what}"
    yield from facts(
        _,
        (Message("by"), found.by),
        (Message("to"), found.to),
        (Message("due"), found.due),
        (Message("said at"), found.said_at),
        (Message("condition"), found.condition),
    )
    yield from _disputed(found, _)


def request_lines(found: Request, today: date, _: Translate) -> Iterator[str]:
    """Yield what a request says, a line for each thing that is told."""
    waiting, effects = found.waiting(today), found.effects
    yield f"{found.id}  {_(found.status)}  {found.what}"
    yield from facts(
        _,
        (Message("by"), found.by),
        (Message("to"), found.to),
        (Message("since"), found.since),
        (Message("days waiting"), waiting),
        (Message("next"), found.owed_by),
        (Message("needed by"), found.needed_by),
        (Message("kind"), found.kind and _(found.kind)),
        (Message("priority"), _(found.priority)),
        (Message("serves"), found.serves),
        (Message("estimate"), found.estimate),
        (Message("cost"), found.cost),
        (Message("condition"), found.condition),
        (Message("asked next"), ", ".join(found.then)),
        (Message("through"), found.through),
        (Message("answers"), ", ".join(found.answers)),
        (Message("terms"), found.terms),
        (Message("given back"), effects and effects.given_back),
        (Message("harm"), effects and effects.harm),
        (Message("objections"), effects and effects.objections),
        (Message("renews"), found.parent),
    )
    yield from _disputed(found, _)


def step_line(step: Step[Any], who: str, _: Translate) -> str:
    """Return one step as a line: when it was written, by whom, what it came to, and why."""
    item = step.item
    line = f"{step.time:%Y-%m-%d}  {who}: {_(item.status)}"
    line += f" ({item.on})" if item.on else ""
    line += f" - {item.why}" if item.why else ""
    return line + (f" [{', '.join(item.evidence)}]" if item.evidence else "")


def agenda_lines(agenda: Agenda, _: Translate) -> Iterator[str]:
    """Yield what a review goes through, and how things stood the times before."""
    review = agenda.review
    yield _("{0}: {1}, next on {2}").format(review.id, review.name, agenda.day.isoformat())
    yield _("overdue commitments: {0}").format(len(agenda.overdue))
    yield from (f"  {each.id}  {each.due}  {each.by}: {each.what}" for each in agenda.overdue)
    yield _("waiting requests: {0}").format(len(agenda.waiting))
    yield from (f"  {each.id}  {each.since}  {each.to}: {each.what}" for each in agenda.waiting)
    yield _("open conflicts: {0}").format(len(agenda.conflicts))
    yield from (f"  {each.id}  {said(each.why, _)}" for each in agenda.conflicts)
    yield _("events whose independent roots changed: {0}").format(len(agenda.changed))
    for event, before in agenda.changed:
        now = f"{event.roots.at_least}-{event.roots.at_most}"
        was = "" if before is None else f"{before[0]}-{before[1]} → "
        yield f"  {event.id}  {was}{now}  {' '.join(event.headline.split())}"
    for held in agenda.sittings:
        yield _("held on {0}: overdue {1}, waiting {2}, open conflicts {3}. {4}").format(
            held.day.isoformat(), held.overdue, held.waiting, held.conflicts, held.outcome
        )


def state_lines(state: State, _: Translate) -> Iterator[str]:
    """Yield how the mechanism stands."""
    if state.next_review is not None:
        review, next_day = state.next_review
        yield _("next review: {0}, {1}").format(next_day.isoformat(), review.name)
    yield _("overdue commitments: {0}").format(state.overdue)
    yield _("waiting requests: {0}").format(state.waiting)
    if state.disputed:
        yield _("items of which different things were written at once: {0}").format(state.disputed)
    for community, party, tier, suspended in state.members:
        place = _("suspended") if suspended else _(tier.name.lower())
        yield f"{community}: {party}, {place}"
    for channel in state.channels:
        last = channel.last.isoformat() if channel.last else _("never")
        words = _("{0}: given {1}, received {2}, last {3}").format(
            channel.name, channel.given, channel.received, last
        )
        yield f"{words}, {_('dormant')}" if channel.dormant else words


def facts(_: Translate, *told: tuple[Message, object]) -> Iterator[str]:
    """Yield a line for each thing that is told."""
    yield from (f"{_(name.template)}: {value}" for name, value in told if value or value == 0)


def _disputed(found: Commitment | Request | BorderNotice, _: Translate) -> Iterator[str]:
    if found.rivals:
        others = ", ".join(_(status.value) for status in found.rivals)
        yield _("written at once, to be settled by a step: {0}").format(others)
