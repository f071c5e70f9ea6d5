"""Border notices and subjects of a node in memory: one of each, by the node's own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from tawatur import desk
from tawatur.desk import areas
from tawatur.errors import UnknownIdError
from tawatur.model.area import Area, BorderNotice, BorderStatus, Interest, Overlap
from tawatur.model.desk import Step
from tawatur.model.ids import DeskId, NodeId, StepId
from tawatur.model.label import Decision, Leave
from tawatur.model.subject import Look, Subject
from tawatur.node.desk.areas import Noted, Reached

_MADE = datetime(2031, 6, 1, 9, 0, tzinfo=UTC)
_NODE = NodeId("n-0000000000000001")


@dataclass(slots=True)
class SimulatedAreas:
    """What the pages ask of border notices; the first one reaches a partner and overlaps."""

    steps: dict[DeskId, list[Step[BorderNotice]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note one."""
        self.add("دورية ليلية", contact="ضابط الخفر", start="2031-06-14", end="2031-06-16")

    def area(self, places: Sequence[str] = (), geojson: str | bytes | None = None) -> Area:
        """Return a disc, whatever the place."""
        return areas.area_of(geojson) if geojson else areas.disc(20.2, 1.0, 20)

    def notices(self, **wanted: object) -> tuple[BorderNotice, ...]:
        """Return all of them."""
        return tuple(desk.standing(steps) for steps in self.steps.values())

    def notice(self, given: str) -> BorderNotice:
        """Return one by its whole id."""
        return desk.standing(self.history(given))

    def history(self, given: str) -> tuple[Step[BorderNotice], ...]:
        """Return its steps."""
        if DeskId(given) not in self.steps:
            raise UnknownIdError("border-notice", given)
        return tuple(self.steps[DeskId(given)])

    def add(self, what: str, *, contact: str, start: str, **also: Any) -> Noted:
        """Note one."""
        id_ = DeskId(f"f-{len(self.steps):016}")
        where = self.area(also.get("places", ()), also.get("geojson"))
        end = also.get("end") or start
        item = BorderNotice(
            id_, "القيادة الشرقية", what, where, start, end, contact, place="تساليت"
        )
        self.steps[id_] = [Step(StepId("m-0"), (), _NODE, _MADE, item)]
        return Noted(item, (), ())

    def withdraw(self, given: str, why: str) -> BorderNotice:
        """Take the step."""
        item = desk.stepped(self.notice(given), BorderStatus.WITHDRAWN, why)
        held = self.steps[item.id]
        held.append(Step(StepId(f"m-{len(held)}"), (held[-1].id,), _NODE, _MADE, item))
        return item

    def reached(self, given: str) -> tuple[Reached, ...]:
        """Return one partner, who may have nothing."""
        self.notice(given)
        party = NodeId("n-0000000000000002")
        interest = Interest(DeskId("w-0000000000000001"), party, self.area(), "كيدال")
        return (Reached(party, "Neighbour", interest, Decision(Leave.NO, "not in the audience")),)

    def overlaps(self, given: str | None = None) -> tuple[Overlap, ...]:
        """Return one."""
        id_ = next(iter(self.steps))
        day = date(2031, 6, 15)
        return (Overlap((id_,), self.area(), day, day, ("the duty officer",), matched=True),)

    def geojson(self, notices: Sequence[BorderNotice]) -> dict[str, Any]:
        """Return as many features."""
        return {"type": "FeatureCollection", "features": [{"id": each.id} for each in notices]}


@dataclass(slots=True)
class SimulatedSubjects:
    """What the pages ask of saved questions; nothing is on any."""

    found: dict[str, Subject] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Save one."""
        self.add("فدية")

    def all(self) -> tuple[Subject, ...]:
        """Return them."""
        return tuple(self.found.values())

    def add(self, name: str, **told: Sequence[Any]) -> Subject:
        """Save one."""
        kept: Mapping[str, Any] = {key: tuple(value) for key, value in told.items()}
        made = replace(Subject(DeskId(f"u-{len(self.found):016}"), name, (name,)), **kept)
        self.found[made.id] = made
        return made

    def look(self, given: str, *, everything: bool = False, note: bool = True) -> Look:
        """Return that nothing is on it."""
        if given not in self.found:
            raise UnknownIdError("subject", given)
        since = None if everything else self.seen.get(given)
        if note:
            self.seen[given] = _MADE
        return Look(self.found[given], since, _MADE, (), (), (), (), ())

    def remove(self, given: str) -> Subject:
        """Ask one no more."""
        return self.found.pop(given)
