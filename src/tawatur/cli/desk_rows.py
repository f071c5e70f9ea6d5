"""Rows and lines of the desk's items, for the commands that list and show them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tawatur.cli.shared import Row
from tawatur.errors import Message
from tawatur.i18n import Translate
from tawatur.model.desk import Commitment, Request, Step

COMMITMENTS = ["id", "status", "due", "by", "to", "what"]
REQUESTS = ["id", "status", "waiting", "by", "to", "next", "what"]
COLLECTIONS = ["id", "status", "what", "serves", "estimate", "cost", "answers", "harm"]


def commitment(found: Commitment, today: date) -> Row:
    """Return the row of one commitment; an open one past its day is overdue."""
    return {
        "id": found.id,
        "status": Message("overdue") if found.overdue(today) else found.status,
        "due": found.due,
        "by": found.by,
        "to": found.to,
        "said_at": found.said_at,
        "condition": found.condition,
        "claims": list(found.claims),
        "evidence": list(found.evidence),
        "on": found.on,
        "why": found.why,
        "disputed": [status.value for status in found.rivals],
        "what": found.what,
    }


def request(found: Request, today: date) -> Row:
    """Return the row of one request, with how many days it has waited at least."""
    return {
        "id": found.id,
        "status": found.status,
        "since": found.since,
        "waiting": found.waiting(today),
        "by": found.by,
        "to": found.to,
        "next": found.next_step,
        "needed_by": found.needed_by,
        "kind": found.kind,
        "priority": found.priority,
        "serves": found.serves,
        "estimate": _sum(found.estimate),
        "cost": _sum(found.cost),
        "condition": found.condition,
        "parent": found.parent,
        "answers": list(found.answers),
        "terms": found.terms,
        "claims": list(found.claims),
        "evidence": list(found.evidence),
        "on": found.on,
        "why": found.why,
        "disputed": [status.value for status in found.rivals],
        "what": found.what,
    }


def collection(found: Request) -> Row:
    """Return what a collection cost, set against what came of it."""
    effects = found.effects
    return {
        "id": found.id,
        "status": found.status,
        "what": found.what,
        "serves": found.serves,
        "estimate": _sum(found.estimate),
        "cost": _sum(found.cost),
        "answers": list(found.answers),
        "given_back": effects.given_back if effects else None,
        "harm": effects.harm if effects else None,
        "objections": effects.objections if effects else None,
    }


def commitment_lines(found: Commitment, _: Translate) -> Iterator[str]:
    """Yield what a commitment says, a line for each thing that is told."""
    yield f"{found.id}  {_(found.status)}  {found.what}"
    yield from _facts(
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
    yield from _facts(
        _,
        (Message("by"), found.by),
        (Message("to"), found.to),
        (Message("since"), found.since),
        (Message("days waiting"), waiting),
        (Message("next"), found.next_step),
        (Message("needed by"), found.needed_by),
        (Message("kind"), found.kind and _(found.kind)),
        (Message("priority"), _(found.priority)),
        (Message("serves"), found.serves),
        (Message("estimate"), _sum(found.estimate)),
        (Message("cost"), _sum(found.cost)),
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
    said = f"{step.time:%Y-%m-%d}  {who}: {_(item.status)}"
    said += f" ({item.on})" if item.on else ""
    said += f" - {item.why}" if item.why else ""
    return said + (f" [{', '.join(item.evidence)}]" if item.evidence else "")


def _facts(_: Translate, *facts: tuple[Message, object]) -> Iterator[str]:
    yield from (f"{_(name.template)}: {value}" for name, value in facts if value or value == 0)


def _disputed(found: Commitment | Request, _: Translate) -> Iterator[str]:
    if found.rivals:
        others = ", ".join(_(status.value) for status in found.rivals)
        yield _("written at once, to be settled by a step: {0}").format(others)


def _sum(money: object) -> str | None:
    return None if money is None else str(money)
