"""Where something near a border is planned or was seen, when, and whom to call about it.

A border notice says what, in which area, from which day to which, and a contact. District and
day are as fine as it gets unless a person chooses finer. It has no field for who is there:
nothing here follows anybody. Like what was promised and asked it lives by steps
(`tawatur.model.desk.Step`), under labels.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawatur.model.ids import ClaimId, DeskId, NodeId
from tawatur.model.moment import Moment

Ring = tuple[tuple[float, float], ...]
"""Corners in degrees, longitude first, the first one again as the last."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the earth's surface: polygons, each its outline and then its holes.

    As GeoJSON (RFC 7946) has a MultiPolygon: longitudes from -180 to 180, what crosses the
    antimeridian is cut there, and edges are straight in degrees.
    """

    polygons: tuple[tuple[Ring, ...], ...]


class Sighting(StrEnum):
    """Whether a border notice tells of what is to be, or of what was seen."""

    PLANNED = "planned"
    SEEN = "seen"


class BorderStatus(StrEnum):
    """Where a border notice stands; that its days are over is worked out, never stored."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class BorderNotice:
    """What is planned or was seen near a border, where, when, and whom to call.

    ``start`` and ``end`` are days, or times in UTC where a person chose finer (``fine``). Of one
    of which only the existence was given (``existence``) area and days are coarse, and what it
    is about is not told.
    """

    id: DeskId
    by: str
    what: str
    area: Area
    start: str  # 2031-06-15, or 2031-06-15T04:30Z
    end: str
    contact: str
    sighting: Sighting = Sighting.PLANNED
    place: str | None = None  # the names by which the area was given
    fine: bool = False
    existence: bool = False
    matcher: NodeId | None = None  # the secretariat that may tell of overlaps that nobody else may
    status: BorderStatus = BorderStatus.OPEN
    why: str | None = None  # of the last step
    on: str | None = None  # EDTF: when what the last step tells happened
    evidence: tuple[ClaimId, ...] = ()  # claims that tell of it
    rivals: tuple[BorderStatus, ...] = ()  # worked out: what steps taken at once say

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return date.fromisoformat(self.start[:10]), date.fromisoformat(self.end[:10])

    def over(self, today: date) -> bool:
        """Return whether its last day lies before ``today``."""
        return self.days[1] < today

    def meets(self, moment: Moment) -> bool:
        """Return whether one of its days could be one of ``moment``."""
        first, last = self.days
        begun = moment.upper is None or first <= moment.upper
        return begun and (moment.lower is None or moment.lower <= last)


@dataclass(frozen=True, slots=True)
class Interest:
    """An area that concerns a partner: notices that touch it are for them, if labels allow."""

    id: DeskId
    party: NodeId
    area: Area
    place: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """That a border notice was held against the others, with those that it overlaps.

    On record whatever anybody was told of it. ``over`` says that its party had looked too often
    that day, so that nothing was compared.
    """

    notice: DeskId
    party: NodeId
    day: date
    found: tuple[DeskId, ...] = ()
    over: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """That there is something else in an area at a time, and whom to call; nothing more of it.

    ``contacts`` is that of the other notice, or of both for the secretariat that matched them
    (``notices`` has the ids that whoever is told may know).
    """

    notices: tuple[DeskId, ...]
    area: Area
    first: date
    last: date
    contacts: tuple[str, ...]
    matched: bool = False  # told to the secretariat that both chose
