"""The pages of the desk: what was promised, what was asked, and how each came to stand so."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Due,
    Lesson,
    Priority,
    Request,
    RequestKind,
    RequestStatus,
    Step,
)
from tawatur.model.label import Tier
from tawatur.model.moment import Moment
from tawatur.node.desk.followup import Channel, Exchanged
from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import Choice, ClaimRow, DeskRow, Fact, Pager, Words, shown
from tawatur.web.costs import Costs, costs
from tawatur.web.labels import labelled
from tawatur.web.late import Late, is_late, late, state_of, steps_since
from tawatur.web.lessons import LessonRow, lesson_row
from tawatur.web.ports import ShownNode
from tawatur.web.secretariat import Taking, taking
from tawatur.web.visits import Field, Sent, Visit, Visited, chosen, whole_number

FEW = 500
"""Claims that are looked through for proposals unasked: a tenth of a second."""

PROPOSED = 50
"""Proposals that a page shows."""

_PLACES = {
    "f-": "border-notices",
    "k-": "commitments",
    "l-": "reviews",
    "q-": "requests",
}
"""Where what has an id on the desk has its page."""

NOTHING: Mapping[str, str] = {}
"""A form that nobody has filled in."""

_TIERS = {
    Tier.OBSERVER: words.marked("observer"),
    Tier.PARTNER: words.marked("partner"),
    Tier.MEMBER: words.marked("member"),
}

router = APIRouter(default_response_class=HTMLResponse)

# ------------------------------------------------------------ contexts


@dataclass(frozen=True, slots=True)
class CommitmentsPage:
    """What was promised."""

    template: ClassVar[str] = "commitments.html"
    title: str = shown("Title of the page.")
    rows: tuple[DeskRow, ...] = shown("The commitments of this page.")
    proposed: tuple[DeskRow, ...] = shown("What reports tell of and nobody has confirmed.")
    pager: Pager = shown("Which of all.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    by: str = shown("Form: who promised.")
    to: str = shown("Form: to whom.")
    what: str = shown("Form: what.")
    due: str = shown("Form: by when, EDTF.")
    said_at: str = shown("Form: the meeting where it was made.")
    claims: str = shown("Form: ids of claims, with spaces between.")


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """What was asked."""

    template: ClassVar[str] = "requests.html"
    title: str = shown("Title of the page.")
    rows: tuple[DeskRow, ...] = shown("The requests of this page.")
    proposed: tuple[DeskRow, ...] = shown("What reports tell of and nobody has confirmed.")
    pager: Pager = shown("Which of all.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    alike: tuple[DeskRow, ...] = shown("Open requests for much the same, to look at first.")
    kinds: tuple[Choice, ...] = shown("Kinds of thing, to choose from.")
    priorities: tuple[Choice, ...] = shown("How pressing it is, to choose from.")
    by: str = shown("Form: who asks.")
    to: str = shown("Form: whom.")
    what: str = shown("Form: for what.")
    since: str = shown("Form: since when, EDTF.")
    needed_by: str = shown("Form: needed by when, EDTF.")
    next_step: str = shown("Form: who owes the next step.")
    through: str = shown("Form: who asks for whoever asks.")
    claims: str = shown("Form: ids of claims, with spaces between.")


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the life of an item."""

    day: str = shown("When it was written.")
    who: str = shown("Whose node wrote it.")
    status: str = shown("What it came to, in a word.")
    on: str = shown("When it happened, in words; empty when not told.")
    why: str = shown("The reason; empty where there is none.")
    evidence: tuple[str, ...] = shown("Ids of the claims that tell of it.")


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One commitment or request."""

    template: ClassVar[str] = "desk_item.html"
    title: str = shown("Title of the page.")
    row: DeskRow = shown("What it says and how it stands.")
    facts: tuple[Fact, ...] = shown("What else is told of it.")
    sayings: tuple[ClaimRow, ...] = shown("The claims that say so, one for each saying.")
    steps: tuple[StepRow, ...] = shown("Its steps, first recorded first.")
    above: str = shown("Address of the list.")
    taking: Taking | None = shown("What it offers if it goes through this node.")
    costs: Costs | None = shown("Sums in reports; None where it is no collection.")
    learns: str = shown("Address to which a lesson on it is sent; empty on a commitment.")
    lessons: tuple[LessonRow, ...] = shown("What was learnt on it.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")


@dataclass(frozen=True, slots=True)
class DueRow:
    """What needs a person now."""

    href: str = shown("Address of the item; empty where it has no page.")
    what: str = shown("What was promised, asked or is to be reviewed.")
    why: str = shown("Why it stands here.")
    party: str = shown("Who owes the next step; empty when not told.")


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """What went between this node and one partner."""

    name: str = shown("The partner.")
    given: int = shown("Items given.")
    received: int = shown("Items received.")
    last: str = shown("The last day on which anything went, in words.")
    dormant: bool = shown("Whether nothing went for long.")
    owed_here: int = shown("Answers and commitments owed here.")
    owed_there: int = shown("Answers and commitments owed there.")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member of a community."""

    community: str = shown("The community.")
    party: str = shown("Who.")
    tier: str = shown("How far it takes part.")


@dataclass(frozen=True, slots=True)
class StatePage:
    """How the mechanism stands."""

    template: ClassVar[str] = "state.html"
    title: str = shown("Title of the page.")
    facts: tuple[Fact, ...] = shown("Counts, and the next review.")
    due: tuple[DueRow, ...] = shown("What needs a person now, and why.")
    channels: tuple[ChannelRow, ...] = shown("The partners, with what went either way.")
    members: tuple[MemberRow, ...] = shown("The members of communities.")


# ------------------------------------------------------------ state


@router.get("/state")
def state(visit: Visited) -> Response:
    """Show how the mechanism stands."""
    with visit.node() as node:
        stands, due = node.followup.state(), node.followup.due()[:PROPOSED]
        owed = {each.party: node.followup.balance(each.party) for each in stands.channels}
    review, speech = stands.next_review, visit.speech
    facts = fact_lines(
        (
            visit("Next review"),
            review and speech.listed((speech.when(review[1].isoformat()), review[0].name)),
        ),
        (visit("Overdue commitments"), str(stands.overdue)),
        (visit("Requests that wait"), str(stands.waiting)),
        (visit("Written at once, to be settled"), str(stands.disputed)),
    )
    return visit.show(
        StatePage(
            title=visit("State of the mechanism"),
            facts=tuple(facts),
            due=tuple(_due_row(line, visit) for line in due),
            channels=tuple(_channel_row(each, owed[each.party], visit) for each in stands.channels),
            members=tuple(
                MemberRow(
                    community, party, visit("suspended") if suspended else visit(_TIERS[tier])
                )
                for community, party, tier, suspended in stands.members
            ),
        )
    )


# ------------------------------------------------------------ commitments


@router.get("/commitments")
def commitments(visit: Visited, page: str = "1", claim: str = "", proposed: str = "") -> Response:
    """List what was promised, with a form to add to it."""
    by, what, due = _from_claim(visit, claim)
    filled = {"by": by, "what": what, "due": due, "claims": claim}
    return _commitments(visit, page, filled, proposals=bool(proposed))


@router.post("/commitments")
def commit(
    visit: Sent,
    *,
    by: Field = "",
    to: Field = "",
    what: Field = "",
    due: Field = "",
    said_at: Field = "",
    claims: Field = "",
) -> Response:
    """Record a commitment."""
    given = {"by": by, "to": to, "what": what, "due": due, "said_at": said_at}
    problem = _missing(visit, by, what) or _not_edtf(visit, due)
    if not problem:
        problem = visit.refusal(lambda node: node.desk.commit(claims=rows.ids(claims), **given))
    if problem:
        return _commitments(visit, "1", {**given, "claims": claims}, problem=problem)
    return RedirectResponse("/commitments", 303)


@router.get("/commitments/{key}")
def commitment(visit: Visited, key: str) -> Response:
    """Show one commitment with its sayings and steps."""
    return _item(visit, key, "/commitments")


@router.post("/commitments/{key}")
def change_commitment(
    visit: Sent, *, key: str, status: Field = "", why: Field = "", on: Field = ""
) -> Response:
    """Record what became of a commitment."""
    problem = _not_edtf(visit, on) or visit.refusal(
        lambda node: node.desk.change_commitment(
            key, chosen(CommitmentStatus, status), why=why, on=on or None
        ),
        of=key,
    )
    if problem:
        return _item(visit, key, "/commitments", problem)
    return RedirectResponse(rows.address("commitments", key), 303)


@router.post("/commitments/{key}/confirm")
def confirm_commitment(visit: Sent, *, key: str) -> Response:
    """Record a commitment that a report tells of."""
    problem = visit.refusal(lambda node: node.desk.confirm_commitment(key))
    return _decided(visit, _commitments, problem, "/commitments")


@router.post("/commitments/{key}/reject")
def reject_commitment(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Record that a claim promises nothing."""
    problem = visit.refusal(lambda node: node.desk.reject(key, why))
    return _decided(visit, _commitments, problem, "/commitments?proposed=1#proposed")


# ------------------------------------------------------------ requests


@router.get("/requests")
def requests(visit: Visited, page: str = "1", claim: str = "", proposed: str = "") -> Response:
    """List what was asked, with a form to add to it."""
    by, what, _when = _from_claim(visit, claim)
    filled = {"by": by, "what": what, "claims": claim}
    return _requests(visit, page, filled, proposals=bool(proposed))


@router.post("/requests")
def ask(
    visit: Sent,
    *,
    by: Field = "",
    to: Field = "",
    what: Field = "",
    since: Field = "",
    needed_by: Field = "",
    next_step: Field = "",
    through: Field = "",
    kind: Field = "",
    priority: Field = "",
    claims: Field = "",
    again: Field = "",
) -> Response:
    """Record a request, after those open for much the same were shown."""
    given = {"by": by, "to": to, "what": what, "since": since, "needed_by": needed_by}
    given |= {"next_step": next_step, "through": through, "claims": claims}
    problem = _missing(visit, by, to, what) or _not_edtf(visit, since, needed_by)
    if not problem and not again:
        with visit.node() as node:
            alike = node.desk.alike(what, to=to)
        if alike:
            problem = visit("Requests for much the same are open; look at them first.")
            return _requests(visit, "1", given, problem=problem, alike=alike)
    if not problem:
        more: dict[str, Any] = {"claims": rows.ids(claims)}
        more |= {"kind": RequestKind(kind)} if kind in set(RequestKind) else {}
        more |= {"priority": Priority(priority)} if priority in set(Priority) else {}
        problem = visit.refusal(lambda node: node.desk.ask(**{**given, **more}))
    if problem:
        return _requests(visit, "1", given, problem=problem)
    return RedirectResponse("/requests", 303)


@router.get("/requests/{key}")
def request(visit: Visited, key: str, sums: str = "") -> Response:
    """Show one request with its sayings and steps."""
    return _item(visit, key, "/requests", sums=bool(sums))


@router.post("/requests/{key}")
def change_request(
    visit: Sent, *, key: str, status: Field = "", why: Field = "", on: Field = "", to: Field = ""
) -> Response:
    """Record what became of a request; one that was passed on goes on as another."""
    passed_on = status == RequestStatus.PASSED_ON
    became = [key]

    def work(node: ShownNode) -> None:
        if passed_on:
            became.append(node.desk.pass_on(key, to, why=why).id)
        else:
            step = chosen(RequestStatus, status)
            node.desk.change_request(key, step, why=why, on=on or None)

    problem = _not_edtf(visit, on) or (_missing(visit, to) if passed_on else "")
    problem = problem or visit.refusal(work, of=key)
    if problem:
        return _item(visit, key, "/requests", problem)
    return RedirectResponse(rows.address("requests", became[-1]), 303)


@router.post("/requests/{key}/take-up")
def take_up(visit: Sent, *, key: str, to: Field = "", what: Field = "") -> Response:
    """Ask in this node's own name what somebody asks through it."""
    problem = visit.refusal(
        lambda node: node.secretariat.take_up(key, to=to or None, what=what or None)
    )
    if problem:
        return _item(visit, key, "/requests", problem)
    return RedirectResponse(rows.address("requests", key), 303)


@router.post("/requests/{key}/report-back")
def report_back(visit: Sent, *, key: str) -> Response:
    """Tell whoever asks through this node what became of it."""
    problem = visit.refusal(lambda node: node.secretariat.report_back(key))
    if problem:
        return _item(visit, key, "/requests", problem)
    return RedirectResponse(rows.address("requests", key), 303)


@router.post("/requests/{key}/cost")
def take_cost(visit: Sent, *, key: str, claim: Field = "", actual: Field = "") -> Response:
    """Take over a sum that a claim states as what a collection may cost, or did."""
    problem = visit.refusal(lambda node: node.collecting.take_over(key, claim, actual=bool(actual)))
    if problem:
        return _item(visit, key, "/requests", problem)
    return RedirectResponse(rows.address("requests", key), 303)


@router.post("/requests/{key}/lessons")
def learn(visit: Sent, *, key: str, what: Field = "") -> Response:
    """Record what was learnt on a request."""
    problem = visit.refusal(lambda node: node.lessons.add(what, about=key))
    if problem:
        return _item(visit, key, "/requests", problem)
    return RedirectResponse(rows.address("requests", key), 303)


@router.post("/requests/{key}/confirm")
def confirm_request(visit: Sent, *, key: str) -> Response:
    """Record a request that a report tells of."""
    problem = visit.refusal(lambda node: node.desk.confirm_request(key))
    return _decided(visit, _requests, problem, "/requests")


@router.post("/requests/{key}/reject")
def reject_request(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Record that a claim asks for nothing."""
    problem = visit.refusal(lambda node: node.desk.reject(key, why))
    return _decided(visit, _requests, problem, "/requests?proposed=1#proposed")


# ------------------------------------------------------------ rows


def commitment_row(commitment: Commitment, node: ShownNode, visit: Visit) -> DeskRow:
    """Return the row of one commitment; past its due date it is overdue."""
    late, speech = commitment.overdue(visit.room.clock().date()), visit.speech
    return DeskRow(
        id=commitment.id,
        by=commitment.by,
        to=commitment.to or "",
        what=commitment.what,
        status="overdue" if late else commitment.status,
        status_label=visit("overdue") if late else words.label(commitment.status, visit),
        due=speech.when(commitment.due) if commitment.due else "",
        since="",
        waiting="",
        next_step="",
        claims=commitment.claims,
        why=commitment.why or "",
        href=rows.address("commitments", commitment.id),
        disputed=_disputed(commitment, visit),
        statuses=_statuses(commitment, node, visit),
        seen=state_of(node, commitment.id),
        tlp="",
    )


def request_row(request: Request, node: ShownNode, visit: Visit) -> DeskRow:
    """Return the row of one request, with how long it has waited at least."""
    days, speech = request.waiting(visit.room.clock().date()), visit.speech
    return DeskRow(
        id=request.id,
        by=request.by,
        to=request.to,
        what=request.what,
        status=request.status.replace(" ", "-"),
        status_label=words.label(request.status, visit),
        due=speech.when(request.needed_by) if request.needed_by else "",
        since=speech.when(request.since) if request.since else "",
        waiting="" if days is None else visit("days waited, at least: {0}").format(days),
        next_step=request.owed_by or "",
        claims=request.claims,
        why=request.why or "",
        href=rows.address("requests", request.id),
        disputed=_disputed(request, visit),
        statuses=_statuses(request, node, visit),
        seen=state_of(node, request.id),
        tlp="",
    )


def _due_row(line: Due, visit: Visit) -> DueRow:
    place = _PLACES.get(line.id[:2])
    return DueRow(
        href=rows.address(place, line.id) if place else "",
        what=line.what,
        why=visit.speech.tells(line.why),
        party=line.party or "",
    )


def _channel_row(channel: Channel, owed: Sequence[Exchanged], visit: Visit) -> ChannelRow:
    last = channel.last
    return ChannelRow(
        name=channel.name,
        given=channel.given,
        received=channel.received,
        last=visit.speech.when(last.isoformat()) if last else visit("never"),
        dormant=channel.dormant,
        owed_here=sum(each.owed_here for each in owed),
        owed_there=sum(each.owed_there for each in owed),
    )


def _statuses(item: Commitment | Request, node: ShownNode, visit: Visit) -> tuple[Choice, ...]:
    return tuple(
        Choice(status.value, words.label(status, visit), False)
        for status in node.desk.following(item)
    )


def _disputed(item: Commitment | Request, visit: Visit) -> str:
    if not item.rivals:
        return ""
    others = visit.speech.listed(words.label(status, visit) for status in item.rivals)
    return visit("Written at once, to be settled by a step: {0}").format(others)


# ------------------------------------------------------------ within


def _decided(
    visit: Visit, listed: Callable[..., Response], problem: str, next_page: str
) -> Response:
    """Go on after a proposal was decided on, or show the proposals again and why it was not."""
    if problem:
        return listed(visit, "1", proposals=True, problem=problem)
    return RedirectResponse(next_page, 303)


def _commitments(
    visit: Visit,
    page: str,
    form: Mapping[str, str] = NOTHING,
    *,
    proposals: bool = False,
    problem: str = "",
) -> Response:
    with visit.node() as node:
        total = node.desk.count(Commitment)
        start, pager = rows.turned(total, whole_number(page), "commitments")
        some = node.desk.commitments(start=start, limit=rows.ROWS)
        looked = proposals or node.claim_count() <= FEW
        proposed = node.desk.proposed_commitments(limit=PROPOSED) if looked else ()
        context = CommitmentsPage(
            visit("Commitments"),
            labelled(node, (commitment_row(each, node, visit) for each in some)),
            tuple(commitment_row(each, node, visit) for each in proposed),
            pager,
            problem,
            *(form.get(name, "") for name in ("by", "to", "what", "due", "said_at", "claims")),
        )
    return visit.show(context, 422 if problem else 200)


def _requests(
    visit: Visit,
    page: str,
    form: Mapping[str, str] = NOTHING,
    *,
    proposals: bool = False,
    problem: str = "",
    alike: Sequence[Request] = (),
) -> Response:
    with visit.node() as node:
        total = node.desk.count(Request)
        start, pager = rows.turned(total, whole_number(page), "requests")
        some = node.desk.requests(start=start, limit=rows.ROWS)
        looked = proposals or node.claim_count() <= FEW
        proposed = node.desk.proposed_requests(limit=PROPOSED) if looked else ()
        context = RequestsPage(
            visit("Requests"),
            labelled(node, (request_row(each, node, visit) for each in some)),
            tuple(request_row(each, node, visit) for each in proposed),
            pager,
            problem,
            labelled(node, (request_row(each, node, visit) for each in alike)),
            rows.choices(RequestKind, None, visit.speech),
            rows.choices(Priority, Priority.ROUTINE, visit.speech),
            *(form.get(name, "") for name in ("by", "to", "what", "since", "needed_by")),
            *(form.get(name, "") for name in ("next_step", "through", "claims")),
        )
    return visit.show(context, 422 if problem else 200)


def _item(visit: Visit, key: str, above: str, problem: str = "", *, sums: bool = False) -> Response:
    lessons: tuple[Lesson, ...] = ()
    with visit.node() as node:
        if above == "/commitments":
            promise = node.desk.commitment(key)
            promise = replace(promise, said_at=node.meetings.name_of(promise.said_at))
            row, claims = commitment_row(promise, node, visit), promise.claims
            facts, title = _commitment_facts(promise, visit), visit("Commitment")
            offered, learns, told = None, "", None
        else:
            wish = node.desk.request(key)
            row, claims = request_row(wish, node, visit), wish.claims
            facts, title = _request_facts(wish, visit), visit("Request")
            offered, lessons = taking(wish, node), node.lessons.all(about=wish.id)
            learns = rows.address("requests", wish.id, "lessons")
            told = costs(wish, node, looked=sums or node.claim_count() <= FEW)
        context = DeskPage(
            title=title,
            row=labelled(node, [row])[0],
            facts=(*facts, *laid_to(row.id, node, visit)),
            sayings=claim_rows(node, [node.claim(claim) for claim in claims], visit.speech),
            steps=tuple(step_row(step, node, visit) for step in node.desk.history(row.id)),
            above=above,
            taking=offered,
            costs=told,
            learns=learns,
            lessons=labelled(node, (lesson_row(each, node, visit) for each in lessons)),
            problem=problem,
            late=_late(visit, node, row.id) if is_late(visit, node, row.id) else None,
        )
    return visit.show(context, 422 if problem else 200)


def _late(visit: Visit, node: ShownNode, item: str) -> Late:
    """Return the step that a form asked for, beside those taken since."""
    sent = visit.sent
    kind = CommitmentStatus if item.startswith("k-") else RequestStatus
    asked = [words.label(each, visit) for each in kind if each == sent.one("status")]
    yours = (*asked, sent.one("to"), sent.one("on"), sent.one("why"))
    since = steps_since(visit, node, item, node.desk.history(item))
    return late(visit, state_of(node, item), yours, since)


def _commitment_facts(item: Commitment, visit: Visit) -> Iterator[Fact]:
    yield from fact_lines(
        (visit("By"), item.by),
        (visit("To"), item.to),
        (visit("Due"), visit.speech.when(item.due) if item.due else ""),
        (visit("Said at"), item.said_at),
        (visit("On condition"), item.condition),
    )


def _request_facts(item: Request, visit: Visit) -> Iterator[Fact]:
    effects, speech = item.effects, visit.speech
    yield from fact_lines(
        (visit("By"), item.by),
        (visit("To"), item.to),
        (visit("Since"), speech.when(item.since) if item.since else ""),
        (visit("Needed by"), speech.when(item.needed_by) if item.needed_by else ""),
        (visit("Next step"), item.owed_by),
        (visit("For"), words.label(item.kind, visit) if item.kind else ""),
        (visit("Priority"), words.label(item.priority, visit)),
        (visit("Decision that it serves"), item.serves),
        (visit("Cost, estimated"), item.estimate),
        (visit("Cost"), item.cost),
        (visit("On condition"), item.condition),
        (visit("Through"), item.through),
        (visit("Asked next"), visit.speech.listed(item.then)),
        (visit("Answered by"), visit.speech.listed(item.answers)),
        (visit("Terms of use"), item.terms),
        (visit("Given back to the host"), effects and effects.given_back),
        (visit("Harm"), effects and effects.harm),
        (visit("Objections"), effects and effects.objections),
        (visit("Renews"), item.parent),
    )


def fact_lines(*told: tuple[str, object]) -> Iterator[Fact]:
    """Yield a line for each thing that is told."""
    yield from (Fact(name, Words(str(value), "", "auto"), "") for name, value in told if value)


def laid_to(item: str, node: ShownNode, visit: Visit) -> Iterator[Fact]:
    """Yield whose an item is said to be by whoever handed it over, where nothing proves it."""
    for sender, originator in node.incoming.unproven(item):
        said = visit("{0} says that it is from {1}").format(
            words.isolate(sender), words.isolate(originator)
        )
        yield from fact_lines((visit("Not proven"), said))


def step_row(step: Step[Any], node: ShownNode, visit: Visit) -> StepRow:
    """Return the row of one step in the life of an item."""
    speech, item = visit.speech, step.item
    return StepRow(
        day=speech.day(step.time),
        who=node.name if step.by == node.id else step.by,
        status=words.label(item.status, visit),
        on=speech.when(item.on) if item.on else "",
        why=item.why or "",
        evidence=item.evidence,
    )


def _from_claim(visit: Visit, given: str) -> tuple[str, str, str]:
    """Return root, words and time of a claim, to fill a form with; a person looks them over."""
    if not given:
        return "", "", ""
    with visit.node() as node:
        claim = node.claim(given)
    return (
        rows.source_words(claim.root, claim, visit.speech).text,
        claim.quote,
        claim.content.when or "",
    )


def _missing(visit: Visit, *needed: str) -> str:
    if all(value.strip() for value in needed):
        return ""
    return visit("Fill in the fields marked as needed; nothing was recorded.")


def _not_edtf(visit: Visit, *given: str) -> str:
    try:
        for value in filter(None, map(str.strip, given)):
            Moment.parse(value)
    except ValueError:
        return visit(
            "A time cannot be read: write 2021, 2021-07 or 2021-07-14; nothing was recorded."
        )
    return ""
