"""A saved question, and what of it is worked out: sums in each currency, never across.

A subject holds words, places, actors and kinds of happening; a claim is on it that has one of
each kind that is told. "Dozens" is no number and adds nothing; sums in two currencies are one
only by a rate of a day that a person gives.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tawatur.model.claim import Claim
from tawatur.model.ids import ActorId, ClaimId, DeskId
from tawatur.model.picture import Event
from tawatur.model.reading import EventType


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody wants to be told of; each of the four kinds that is told must be met."""

    id: DeskId
    name: str
    words: tuple[str, ...] = ()  # any of them, in any form of its family
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[EventType, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """That somebody looked at a subject; what comes after it is new to them."""

    subject: DeskId
    by: ActorId
    time: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency was in another on a day, in a person's word."""

    currency: str  # ISO 4217
    into: str
    value: Decimal
    day: str  # EDTF


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that a claim states; ``high`` is None where it says "at least"."""

    claim: ClaimId
    currency: str
    low: Decimal
    high: Decimal | None
    month: str  # YYYY-MM, or YYYY, or empty: when what it is about happened, or was published


@dataclass(frozen=True, slots=True)
class Total:
    """What the sums of one month come to in one currency, each event counted once.

    What several claims say of one event is one sum, from the least of them to the greatest.
    """

    month: str
    currency: str
    low: Decimal
    high: Decimal | None
    claims: tuple[ClaimId, ...]
    rates: tuple[Rate, ...] = ()  # by which other currencies were added


@dataclass(frozen=True, slots=True)
class Look:
    """What is on a subject since a time, or at all: claims by place, and what is made of them."""

    subject: Subject
    since: datetime | None  # UTC
    time: datetime  # UTC; of this look
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    actors: tuple[tuple[str, int], ...]  # in how many claims, most first
    dates: tuple[tuple[str, int], ...]  # EDTF, in order
    totals: tuple[Total, ...]

    @property
    def stated(self) -> bool:
        """Whether any claim states a sum."""
        return bool(self.totals)
