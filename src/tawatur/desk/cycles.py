"""Which step may follow which, whose it is, and what steps taken at once come to.

The tables here are all there is to the life of an item. A step names those that it
was taken in view of (`Step.replaces`); what no other names are the *heads*. Of several
heads the one that stands first in the table of precedence holds, ties by the id of the
step and never by a clock, so that two who hold the same steps hold the same item, in
whatever order these came. Until a person takes a step in view of all of them the item
says so (``rivals``). Whoever may not see one of the heads has what the others come to.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Literal

from tawatur.desk.meetings import adds_up, gathered
from tawatur.errors import Message, UsageError
from tawatur.model.area import BorderNotice, BorderStatus
from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Lesson,
    LessonStatus,
    Living,
    Request,
    RequestStatus,
    Step,
)
from tawatur.model.ids import NodeId
from tawatur.model.meeting import Meeting, MeetingStatus

Status = CommitmentStatus | LessonStatus | RequestStatus | BorderStatus | MeetingStatus


@dataclass(frozen=True, slots=True)
class _Cycle:
    """The life of one kind of item.

    ``follows`` says what may come after each status; people err, so that most of what is closed
    can be opened again. Of steps taken at once the first of ``precedence`` holds. Particulars
    change while it stands as one of ``changes``. ``whose`` says which party takes a step, where
    that party has a node of its own; any other is anybody's.
    """

    follows: Mapping[Status, tuple[Status, ...]]
    precedence: tuple[Status, ...]
    changes: frozenset[Status]
    whose: Mapping[Status, Literal["by", "to"]]


def _commitments() -> _Cycle:
    now = CommitmentStatus
    return _Cycle(
        follows={
            now.OPEN: (now.KEPT, now.BROKEN, now.WITHDRAWN),
            now.KEPT: (now.OPEN, now.BROKEN),
            now.BROKEN: (now.OPEN, now.KEPT),
            now.WITHDRAWN: (now.OPEN,),
        },
        precedence=(now.WITHDRAWN, now.BROKEN, now.KEPT, now.OPEN),
        changes=frozenset({now.OPEN}),
        whose={now.WITHDRAWN: "by"},
    )


def _requests() -> _Cycle:
    now = RequestStatus
    return _Cycle(
        follows={
            now.OPEN: (now.ANSWERED, now.DECLINED, now.PASSED_ON, now.WITHDRAWN),
            now.ANSWERED: (now.OPEN,),
            now.DECLINED: (now.OPEN, now.WITHDRAWN),
            now.PASSED_ON: (now.OPEN, now.ANSWERED, now.WITHDRAWN),
            now.WITHDRAWN: (),
        },
        precedence=(now.WITHDRAWN, now.DECLINED, now.ANSWERED, now.PASSED_ON, now.OPEN),
        changes=frozenset({now.OPEN}),
        whose={
            now.WITHDRAWN: "by",
            now.ANSWERED: "to",
            now.DECLINED: "to",
            now.PASSED_ON: "to",
        },
    )


def _meetings() -> _Cycle:
    now = MeetingStatus
    return _Cycle(
        follows={
            now.PLANNED: (now.HELD, now.PUT_OFF, now.CANCELLED),
            now.PUT_OFF: (now.PLANNED, now.HELD, now.CANCELLED),
            now.HELD: (now.PLANNED,),
            now.CANCELLED: (now.PLANNED,),
        },
        precedence=(now.HELD, now.CANCELLED, now.PUT_OFF, now.PLANNED),
        changes=frozenset({now.PLANNED, now.PUT_OFF, now.HELD}),
        whose={},
    )


def _border_notices() -> _Cycle:
    now = BorderStatus
    return _Cycle(
        follows={now.OPEN: (now.WITHDRAWN,), now.WITHDRAWN: (now.OPEN,)},
        precedence=(now.WITHDRAWN, now.OPEN),
        changes=frozenset({now.OPEN}),
        whose={now.WITHDRAWN: "by"},
    )


def _lessons() -> _Cycle:
    now = LessonStatus
    return _Cycle(
        follows={now.NOTED: (now.WITHDRAWN,), now.WITHDRAWN: (now.NOTED,)},
        precedence=(now.WITHDRAWN, now.NOTED),
        changes=frozenset({now.NOTED}),
        whose={now.WITHDRAWN: "by"},
    )


_CYCLES = {
    CommitmentStatus: _commitments(),
    RequestStatus: _requests(),
    LessonStatus: _lessons(),
    BorderStatus: _border_notices(),
    MeetingStatus: _meetings(),
}


def heads(steps: Collection[Step[Living]]) -> tuple[Step[Living], ...]:
    """Return the steps that no other was taken in view of, the one that holds first.

    Args:
        steps: All of one item that may be seen, in any order; one may stand there twice.
    """
    known = {step.id: step for step in steps}
    replaced = {old for step in known.values() for old in step.replaces}
    left = [step for step in known.values() if step.id not in replaced]
    # Only forged steps name one another in a circle; none of them is above the others then.
    return tuple(sorted(left or known.values(), key=_precedence))


def standing(steps: Collection[Step[Living]]) -> Living:
    """Return what all steps of one item come to, with what the other heads say.

    What other heads add to a meeting, its matters, papers and words on them, is gathered; a head
    that only adds is no rival.
    """
    first, *others = heads(steps)
    item, rivals = first.item, tuple(step.item for step in others)
    if isinstance(item, Meeting):
        item, rivals = _gathered(item, rivals)
    return _with(item, rivals=tuple(rival.status for rival in rivals))


def stepped(item: Living, status: Status, why: str, **also: Any) -> Living:
    """Return ``item`` after a step, or as it is settled where it has rivals.

    Args:
        item: As it stands.
        status: What it comes to; the same as before only where that settles rivals.
        why: The reason, for the record.
        also: Other fields that change with it.

    Raises:
        UsageError: No reason is given, or the step does not follow on this status; says which do.
    """
    if not why.strip():
        raise UsageError("{0}: say why with --why", item.id)
    settles = item.rivals and status in {item.status, *item.rivals}
    if not settles:
        _verify_step(item.id, item.status, status)
    return _with(item, status=status, why=why.strip(), rivals=(), **also)


def restated(item: Living, **fields: Any) -> Living:
    """Return an item with other particulars.

    Raises:
        UsageError: It is closed.
    """
    if item.status not in _CYCLES[type(item.status)].changes:
        raise UsageError(
            "{0} is {1}; open it again before changing it", item.id, Message(item.status)
        )
    return _with(item, rivals=(), **fields)


def following(status: Status) -> tuple[Status, ...]:
    """Return what may follow on a status."""
    return _CYCLES[type(status)].follows[status]


def verify_whose(
    item: Commitment | Lesson | Request | BorderNotice | Meeting,
    status: Status,
    taker: NodeId,
    nodes: Mapping[str, NodeId],
) -> None:
    """Refuse a step that is another party's.

    Args:
        item: On which the step is taken.
        status: What it would come to.
        taker: Whose node takes it.
        nodes: The nodes that are known here, by the names of their organisations.

    Raises:
        UsageError: Another's node has this step.
    """
    side = _CYCLES[type(status)].whose.get(status)
    party: str = getattr(item, side) if side else ""
    if side == "to" and isinstance(item, Request):
        party = item.through or party  # nobody behind it holds the item
    if party in nodes and nodes[party] != taker:
        raise UsageError("{0}: only {1} can say that it is {2}", item.id, party, Message(status))


def _gathered(item: Any, others: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Return a meeting with what others add to it, and those of all that say otherwise."""
    whole = reduce(gathered, others, item)
    return whole, tuple(each for each in (item, *others) if not adds_up(whole, each))


def _verify_step(id: str, old: Status, new: Status) -> None:  # noqa: A002 - the field's word
    if old == new:
        raise UsageError("{0} is {1} already", id, Message(old))
    legal = _CYCLES[type(old)].follows[old]
    if not legal:
        raise UsageError("{0} is {1}, and stays so; renew it as a new one", id, Message(old))
    if new not in legal:
        raise UsageError(
            "{0} is {1}; what may follow: {2}", id, Message(old), ", ".join(s.value for s in legal)
        )


def _with(item: Living, **fields: Any) -> Living:
    # the same type as it came; dataclasses.replace does not know which of the two that is
    return replace(item, **fields)


def _precedence(step: Step[Any]) -> tuple[int, str]:
    status = step.item.status
    return _CYCLES[type(status)].precedence.index(status), step.id
