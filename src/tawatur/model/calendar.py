"""What stands in a calendar, and to whom an address of one was given."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tawatur.errors import Message
from tawatur.model.ids import ActorId, CommunityId
from tawatur.model.label import Tier


class OccasionKind(StrEnum):
    """What an occasion is of."""

    MEETING = "meeting"
    COMMITMENT = "commitment"
    REQUEST = "request"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing on a day, or within a time of which the day is not known.

    ``begins`` and ``ends`` are days, the last one included, or times with their zone.
    """

    id: str  # of the item; another one for what else there is of the same item
    kind: OccasionKind
    what: str
    begins: date | datetime
    ends: date | datetime
    why: Message  # why it stands here
    party: str | None = None  # who owes it
    parties: tuple[str, ...] = ()
    place: str | None = None
    agenda: tuple[str, ...] = ()
    sure: bool = True  # whether the day is known
    cancelled: bool = False
    weeks: int | None = None  # held again after so many

    @property
    def item(self) -> str:
        """The id of the item."""
        return self.id.partition("#")[0]

    @property
    def day(self) -> date:
        """The first day."""
        return self.begins.date() if isinstance(self.begins, datetime) else self.begins


@dataclass(frozen=True, slots=True)
class CalendarAddress:
    """An address under which a calendar is read without a session, as it was given or revoked."""

    id: str
    of: ActorId | CommunityId  # with whose right it is read
    name: str
    tier: Tier | None  # of the community
    digest: str  # SHA-256 of what stands in the address; it is kept nowhere as it is
    revoked: str | None = None  # the reason
