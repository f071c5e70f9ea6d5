"""What was promised and what was asked: the desk's two first nouns.

Both are confirmed or entered by a person; a change is one more entry with the
same id, so that the history stays. Neither has a field for a person's position,
phone or movement.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawatur.model.ids import ClaimId, DeskId
from tawatur.model.moment import Moment


class CommitmentStatus(StrEnum):
    """Where a commitment stands; ``overdue`` is worked out, never stored."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class RequestStatus(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who promised what to whom by when, and the claims that say so."""

    id: DeskId
    by: str
    what: str
    to: str | None = None
    due: str | None = None  # EDTF
    claims: tuple[ClaimId, ...] = ()
    status: CommitmentStatus = CommitmentStatus.OPEN
    why: str | None = None  # of the last change

    def overdue(self, today: date) -> bool:
        """Return whether it is open and the last day it could be due lies before ``today``."""
        if self.status is not CommitmentStatus.OPEN or self.due is None:
            return False
        upper = Moment.parse(self.due).upper
        return upper is not None and upper < today


@dataclass(frozen=True, slots=True)
class Request:
    """Who asked whom for what, since when, and who owes the next step."""

    id: DeskId
    by: str
    to: str
    what: str
    since: str | None = None  # EDTF
    needed_by: str | None = None  # EDTF
    next_step: str | None = None  # the party that owes it
    claims: tuple[ClaimId, ...] = ()
    status: RequestStatus = RequestStatus.OPEN
    why: str | None = None  # of the last change

    def waiting(self, today: date) -> int | None:
        """Return for how many days at least it has been open, None if closed or not told."""
        if self.status is not RequestStatus.OPEN or self.since is None:
            return None
        upper = Moment.parse(self.since).upper
        return max(0, (today - upper).days) if upper else None
