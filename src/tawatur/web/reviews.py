"""The pages of reviews held every so many weeks: the agenda as it is now, and the trend."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UsageError
from tawatur.model.desk import Sitting
from tawatur.node.desk.followup import Agenda
from tawatur.web import rows
from tawatur.web.claim_rows import conflict_rows
from tawatur.web.contexts import ConflictRow, DeskRow, shown
from tawatur.web.desk import FEW, commitment_row, request_row
from tawatur.web.labels import labelled
from tawatur.web.late import Late, WordSince, is_late, late, state_of
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, Visited

router = APIRouter(default_response_class=HTMLResponse)

MOST = 50
"""Lines of one part of an agenda that a page shows."""

_WIDE, _HIGH, _LEFT, _TOP = 720, 200, 40, 12
"""The drawing, its margin for numbers, and that above the highest point."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review in the list."""

    id: str = shown("Its id.")
    href: str = shown("Address of its page.")
    name: str = shown("What it is called.")
    next: str = shown("When it is held next, in words.")
    weeks: int = shown("Weeks from one time to the next.")
    subjects: tuple[str, ...] = shown("Words of its subjects.")
    tlp: str = shown("The TLP word of its label; empty where it has none.")


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """A review that a report proposes."""

    claim: str = shown("The claim that proposes it.")
    href: str = shown("Address of that claim.")
    words: str = shown("Its words.")
    by: str = shown("Who proposes it; empty when not told.")
    when: str = shown("When, in words.")


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """The reviews, the next one first."""

    template: ClassVar[str] = "reviews.html"
    title: str = shown("Title of the page.")
    rows: tuple[ReviewRow, ...] = shown("The reviews.")
    proposed: tuple[ProposedRow, ...] = shown("What reports propose; nobody has decided on it.")
    look: str = shown("Address at which claims are looked through; empty where they were.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """An event whose number of independent roots changed since the last time."""

    href: str = shown("Address of its page.")
    headline: str = shown("The words of the claim that stands for it.")
    before: str = shown("Its roots as they were; empty where it is new.")
    now: str = shown("Its roots as they are.")


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One time a review was held."""

    day: str = shown("When, in words.")
    overdue: int = shown("Overdue commitments then.")
    waiting: int = shown("Requests that waited then.")
    conflicts: int = shown("Open conflicts then.")
    outcome: str = shown("What came of it.")


@dataclass(frozen=True, slots=True)
class Point:
    """What was counted on one day."""

    x: float = shown("Place across.")
    y: float = shown("Place down.")
    title: str = shown("What was counted, in words.")


@dataclass(frozen=True, slots=True)
class Trend:
    """How one number went from review to review."""

    kind: str = shown("Code: overdue, waiting, conflicts.")
    label: str = shown("What is counted, in words.")
    path: str = shown("SVG path through its points.")
    points: tuple[Point, ...] = shown("One for each time it was held, and the last for today.")


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review."""

    template: ClassVar[str] = "held_review.html"
    title: str = shown("Title of the page.")
    id: str = shown("Its id.")
    day: str = shown("When it is held next, in words.")
    overdue: tuple[DeskRow, ...] = shown("Overdue commitments.")
    waiting: tuple[DeskRow, ...] = shown("Requests that wait.")
    conflicts: tuple[ConflictRow, ...] = shown("Open conflicts on its subjects.")
    changed: tuple[ChangedRow, ...] = shown("Events whose independent roots changed.")
    more: int = shown("Lines of the agenda that are not shown.")
    sittings: tuple[SittingRow, ...] = shown("The times it was held, first held first.")
    trends: tuple[Trend, ...] = shown("How the numbers went; empty before it was held once.")
    most: int = shown("The highest number drawn.")
    width: int = shown("Width of the drawing.")
    height: int = shown("Height of the drawing.")
    seen: str = shown("What was recorded of it last, as forms send it.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")


@router.get("/reviews")
def reviews(visit: Visited, proposed: str = "") -> Response:
    """List the reviews, with a form to plan one."""
    return _reviews(visit, proposals=bool(proposed))


@router.post("/reviews")
def plan(
    visit: Sent, *, name: Field = "", weeks: Field = "", start: Field = "", subjects: Field = ""
) -> Response:
    """Plan a review."""
    problem = visit.refusal(
        lambda node: node.followup.plan(
            name,
            weeks=_weeks(weeks),
            start=_day(start),
            subjects=tuple(filter(None, map(str.strip, subjects.splitlines()))),
        )
    )
    return _reviews(visit, problem) if problem else RedirectResponse("/reviews", 303)


@router.get("/reviews/{key}")
def review(visit: Visited, key: str) -> Response:
    """Show what a review goes through, worked out now, and how things went."""
    return _review(visit, key)


@router.post("/reviews/{key}/confirm")
def confirm(visit: Sent, *, key: str, weeks: Field = "") -> Response:
    """Plan a review that a report proposes."""
    problem = visit.refusal(lambda node: node.followup.confirm_review(key, weeks=_weeks(weeks)))
    return _reviews(visit, problem) if problem else RedirectResponse("/reviews", 303)


@router.post("/reviews/{key}")
def record(visit: Sent, *, key: str, outcome: Field = "", day: Field = "") -> Response:
    """Record that a review was held, and what came of it."""
    problem = visit.refusal(lambda node: node.followup.record(key, outcome, day=_day(day)), key)
    return _review(visit, key, problem) if problem else RedirectResponse(f"/reviews/{key}", 303)


def _weeks(given: str) -> int:
    """Return how many weeks a form names, 0 where it names no number."""
    return int(given) if given.isascii() and given.isdigit() else 0


def _day(given: str) -> date | None:
    """Return the day that a form names, None for none.

    Raises:
        UsageError: It is no day.
    """
    try:
        return date.fromisoformat(given.strip()) if given.strip() else None
    except ValueError as cause:
        raise UsageError("{0} is no day; write one as 2031-03-31, or never", repr(given)) from cause


def _reviews(visit: Visit, problem: str = "", *, proposals: bool = False) -> Response:
    with visit.node() as node:
        looked = proposals or node.claim_count() <= FEW
        proposed = tuple(
            ProposedRow(
                each.claim,
                rows.address("claims", each.claim),
                each.words,
                each.by or "",
                visit.speech.when(each.when),
            )
            for each in (node.followup.proposed_reviews() if looked else ())[:MOST]
        )
        found = labelled(
            node,
            (
                ReviewRow(
                    review.id,
                    rows.address("reviews", review.id),
                    review.name,
                    visit.speech.when(day.isoformat()),
                    review.weeks,
                    review.subjects,
                    "",
                )
                for review, day in node.followup.reviews()
            ),
        )
    look = "" if looked else rows.address("reviews", proposed=1)
    context = ReviewsPage(visit("Reviews"), found, proposed, look, problem)
    return visit.show(context, 422 if problem else 200)


def _review(visit: Visit, key: str, problem: str = "") -> Response:
    with visit.node() as node:
        agenda = node.followup.agenda(key)
        context = _page(agenda, node, visit, problem)
    return visit.show(context, 422 if problem else 200)


def _page(agenda: Agenda, node: ShownNode, visit: Visit, problem: str) -> ReviewPage:
    parts = (agenda.overdue, agenda.waiting, agenda.conflicts, agenda.changed)
    trends, most = _trends(agenda, visit)
    return ReviewPage(
        title=agenda.review.name,
        id=agenda.review.id,
        day=visit.speech.when(agenda.day.isoformat()),
        overdue=labelled(
            node, (commitment_row(each, node, visit) for each in agenda.overdue[:MOST])
        ),
        waiting=labelled(node, (request_row(each, node, visit) for each in agenda.waiting[:MOST])),
        conflicts=conflict_rows(node, agenda.conflicts[:MOST], visit.speech),
        changed=tuple(
            ChangedRow(
                rows.address("events", event.id),
                " ".join(event.headline.split()),
                "" if before is None else f"{before[0]}–{before[1]}",
                f"{event.roots.at_least}–{event.roots.at_most}",
            )
            for event, before in agenda.changed[:MOST]
        ),
        more=sum(max(0, len(part) - MOST) for part in parts),
        sittings=tuple(
            SittingRow(
                visit.speech.when(held.day.isoformat()),
                held.overdue,
                held.waiting,
                held.conflicts,
                held.outcome,
            )
            for held in agenda.sittings
        ),
        trends=trends,
        most=most,
        width=_WIDE,
        height=_HIGH,
        seen=state_of(node, agenda.review.id),
        late=_late(visit, node, agenda) if is_late(visit, node, agenda.review.id) else None,
        problem=problem,
    )


def _late(visit: Visit, node: ShownNode, agenda: Agenda) -> Late:
    """Return the outcome that was sent, beside those recorded since."""
    review = agenda.review.id
    touches = node.live.since(review, visit.sent.one("seen"))
    held = node.followup.sittings(review)[-len(touches) :]
    since = tuple(
        WordSince(touch.by, (visit.speech.when(sitting.day.isoformat()), sitting.outcome), "")
        for touch, sitting in zip(touches[-len(held) :], held, strict=True)
    )
    yours = (visit.sent.one("day"), visit.sent.one("outcome"))
    return late(visit, state_of(node, review), yours, since)


# ------------------------------------------------------------ the drawing


def _trends(agenda: Agenda, visit: Visit) -> tuple[tuple[Trend, ...], int]:
    """Return how the numbers went, today last, and the highest of them."""
    if not agenda.sittings:
        return (), 0
    today = visit.room.clock().date()
    now = (len(agenda.overdue), len(agenda.waiting), len(agenda.conflicts))
    held = [(each.day, _counts(each)) for each in agenda.sittings]
    told = [*held, (max(today, held[-1][0]), now)]
    most = max(1, *(count for _, counts in told for count in counts))
    labels = (visit("Overdue commitments"), visit("Requests that wait"), visit("Open conflicts"))
    kinds = ("overdue", "waiting", "conflicts")
    return tuple(
        _trend(kind, label, [(day, counts[at]) for day, counts in told], most, visit)
        for at, (kind, label) in enumerate(zip(kinds, labels, strict=True))
    ), most


def _counts(held: Sitting) -> tuple[int, int, int]:
    return held.overdue, held.waiting, held.conflicts


def _trend(
    kind: str, label: str, told: Sequence[tuple[date, int]], most: int, visit: Visit
) -> Trend:
    first, last = told[0][0].toordinal(), told[-1][0].toordinal()
    across = (_WIDE - 2 * _LEFT) / max(1, last - first)
    down = (_HIGH - 2 * _TOP) / most
    points = tuple(
        Point(
            round(_LEFT + (day.toordinal() - first) * across, 1),
            round(_HIGH - _TOP - count * down, 1),
            visit.speech.listed((f"{label}: {count}", visit.speech.when(day.isoformat()))),
        )
        for day, count in told
    )
    path = "M" + " L".join(f"{point.x} {point.y}" for point in points)
    return Trend(kind, label, path, points)
