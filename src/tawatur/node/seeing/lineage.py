"""Who had it from whom, for one event or for the one that holds a claim, today or as of a day?

As of a day only the documents count that were out by its end: published by then, or taken in.
Everything is worked out again from those, the grouping into events first, so that one event of
today may have been several, or none.
"""

from tawatur.errors import UsageError
from tawatur.model.picture import Event
from tawatur.node.given import Period
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import Traced
from tawatur.weighing import aspects


def traced(sight: Sight, given: str, as_of: str | None = None) -> tuple[Traced, ...]:
    """Return the tree behind an event, or behind that of a claim; several only as of a day.

    Args:
        sight: What may be seen.
        given: The id of an event or of a claim, or the beginning of it.
        as_of: An EDTF date; without it all that is held counts.

    Raises:
        UnknownIdError: None that may be seen.
        AmbiguousIdError: Several begin so.
        UsageError: The date is none, the claim was rejected, or nothing was out by then.
    """
    day = Period.parse(None, as_of).until
    pictures = sight.pictures
    events: tuple[Event, ...] = (pictures.like(Event, given),) if given.startswith("v-") else ()
    claims = [c for each in events for c in each.claims] or [sight.claim(given).id]
    if day is not None:
        sight = sight.as_of(day)
    if day is not None or not events:
        events = sight.pictures.events_of(claims)
    if not events and day is None:
        raise UsageError("{0} was rejected; it counts for no event", given)
    if not events:
        raise UsageError("nothing of {0} was out by {1}", given, as_of)
    return tuple(_traced(sight, event) for event in events)


def _traced(sight: Sight, event: Event) -> Traced:
    cited = sight.cited(event.claims)
    told = aspects(cited[each].claim for each in event.claims)
    return Traced(event, sight.pictures.lineage(event), told, cited)
