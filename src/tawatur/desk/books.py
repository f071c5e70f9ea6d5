"""The two books of the desk: changes that are allowed, and listings that put the urgent first.

A closed item can be opened again (people err), with a reason; an open one is
closed with a reason. Everything else about an item may be restated while it is
open. The history stays in the ledger: each change is one more entry.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tawatur.errors import Message, UsageError
from tawatur.model.desk import Commitment, CommitmentStatus, Request, RequestStatus
from tawatur.model.moment import Moment


def changed_commitment(item: Commitment, status: CommitmentStatus, why: str) -> Commitment:
    """Return ``item`` with another status.

    Raises:
        UsageError: It has that status already, or no reason is given.
    """
    _verify_change(item.id, item.status, status, why)
    return replace(item, status=status, why=why)


def changed_request(item: Request, status: RequestStatus, why: str) -> Request:
    """Return ``item`` with another status.

    Raises:
        UsageError: It has that status already, or no reason is given.
    """
    _verify_change(item.id, item.status, status, why)
    return replace(item, status=status, why=why)


def commitments(items: Iterable[Commitment], today: date) -> tuple[Commitment, ...]:
    """Return overdue ones first, then open ones by due date, then the rest, by id within."""

    def urgency(item: Commitment) -> tuple[bool, bool, date, str]:
        due = Moment.parse(item.due).upper if item.due else None
        still_open = item.status is CommitmentStatus.OPEN
        return not item.overdue(today), not still_open, due or date.max, item.id

    return tuple(sorted(items, key=urgency))


def requests(items: Iterable[Request], today: date) -> tuple[Request, ...]:
    """Return open ones first, the longest waiting before the rest, by id within."""

    def urgency(item: Request) -> tuple[bool, int, str]:
        return item.status is not RequestStatus.OPEN, -(item.waiting(today) or 0), item.id

    return tuple(sorted(items, key=urgency))


def _verify_change(item: str, old: str, new: str, why: str) -> None:
    if not why.strip():
        raise UsageError("{0}: say why with --why", item)
    if old == new:
        raise UsageError("{0} is {1} already", item, Message(old))
