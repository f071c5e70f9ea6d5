"""What stands of each thing of the desk in a listing: the same columns at every door.

Commands, pages and Python write them; the names are English and stay as they are. What has no
value is None, and a list stays one until it is written (`tawatur.tables`).
"""

from datetime import date

from tawatur.errors import Message
from tawatur.model.area import BorderNotice, BorderStatus
from tawatur.model.calendar import Occasion
from tawatur.model.desk import Commitment, Due, Lesson, ProposedReview, Request, Review
from tawatur.model.meeting import Meeting
from tawatur.model.subject import Subject
from tawatur.node.desk.collecting import ToldSum
from tawatur.tables import Row

COMMITMENTS = ("id", "label", "status", "due", "by", "to", "what")
REQUESTS = ("id", "label", "status", "waiting", "by", "to", "next", "what")
LESSONS = ("id", "label", "status", "on", "by", "about", "what")
BORDER_NOTICES = ("id", "label", "status", "from", "until", "place", "by", "contact", "what")
MEETINGS = ("id", "label", "status", "when", "hours", "name", "with")
REVIEWS = ("id", "label", "next", "weeks", "name", "subjects")
OCCASIONS = ("when", "kind", "what", "party", "id", "label")
SUBJECTS = ("id", "label", "name", "words", "places", "actors", "types")
DUE = ("id", "label", "why", "party", "what")
COLLECTIONS = ("id", "label", "status", "what", "serves", "estimate", "cost", "answers", "harm")


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
        "next": found.owed_by,
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


def told_sum(found: ToldSum) -> Row:
    """Return a sum that may be the cost of a collection, with who says so."""
    return {
        "id": found.collection.id,
        "sum": str(found.money),
        "claim": found.claim.id,
        "source": found.claim.root.source_text or found.claim.publisher,
        "quote": " ".join(found.claim.quote.split()),
    }


def due(found: Due) -> Row:
    """Return the row of what needs a person now."""
    return {"id": found.id, "why": found.why, "party": found.party, "what": found.what}


def review(found: tuple[Review, date]) -> Row:
    """Return the row of a review and the day on which it is next held."""
    planned, day = found
    return {
        "id": planned.id,
        "next": day.isoformat(),
        "weeks": planned.weeks,
        "name": planned.name,
        "subjects": list(planned.subjects),
    }


def proposed_review(found: ProposedReview) -> Row:
    """Return the row of a review that a report proposes."""
    return {"id": found.claim, "when": found.when, "by": found.by, "what": found.words}


def border_notice(found: BorderNotice, today: date) -> Row:
    """Return the row of one border notice; an open one past its last day is over."""
    return {
        "id": found.id,
        "status": Message("over") if past(found, today) else found.status,
        "from": found.start,
        "until": found.end,
        "place": found.place,
        "by": found.by,
        "contact": found.contact,
        "as": found.sighting,
        "finer": found.fine,
        "existence": found.existence,
        "matcher": found.matcher,
        "evidence": list(found.evidence),
        "why": found.why,
        "disputed": [status.value for status in found.rivals],
        "what": Message("there is something; call the contact") if found.existence else found.what,
    }


def lesson(found: Lesson) -> Row:
    """Return the row of one lesson."""
    return {
        "id": found.id,
        "status": found.status,
        "on": found.on,
        "by": found.by,
        "about": found.about,
        "why": found.why,
        "disputed": [status.value for status in found.rivals],
        "what": found.what,
    }


def meeting(found: Meeting) -> Row:
    """Return the row of one meeting."""
    return {
        "id": found.id,
        "status": found.status,
        "when": found.when,
        "hours": hours_of(found),
        "place": found.place,
        "with": list(found.parties),
        "series": found.series,
        "number": found.number,
        "agenda": [each.what for each in found.matters],
        "decisions": [each.decision for each in found.matters if each.decision],
        "papers": [each.name for each in found.papers],
        "documents": list(found.documents),
        "next_review": found.next_review,
        "why": found.why,
        "disputed": [status.value for status in found.rivals],
        "name": found.name,
    }


def occasion(found: Occasion) -> Row:
    """Return the row of what is on some day."""
    return {
        "when": found.begins.isoformat(),
        "until": found.ends.isoformat(),
        "kind": found.kind,
        "what": found.what,
        "party": found.party,
        "with": list(found.parties),
        "place": found.place,
        "why": found.why,
        "sure": found.sure,
        "cancelled": found.cancelled,
        "id": found.item,
    }


def hours_of(found: Meeting) -> str | None:
    """Return from when to when a meeting is held, by whose clocks."""
    held = found.hours
    if held is None:
        return None
    return f"{held.begins}{f'-{held.ends}' if held.ends else ''} {held.zone}"


def subject(found: Subject) -> Row:
    """Return the row of one subject."""
    return {
        "id": found.id,
        "name": found.name,
        "words": list(found.words),
        "places": list(found.places),
        "actors": list(found.actors),
        "types": [type_.value for type_ in found.types],
    }


def past(found: BorderNotice, today: date) -> bool:
    """Return whether an open border notice is past its last day."""
    return found.status is BorderStatus.OPEN and found.over(today)


def _sum(money: object) -> str | None:
    return None if money is None else str(money)
