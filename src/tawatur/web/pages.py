"""The pages: what each address answers, as a context that its template shows.

They translate between a person and the node and hold no rules of their own. The
node is asked by one request at a time; a page that lists shows at most
`rows.ROWS` rows, whatever the node holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint

from tawatur.errors import (
    AmbiguousIdError,
    NodeBusyError,
    OutdatedError,
    RoleNeededError,
    TawaturError,
    UnknownIdError,
    UsageError,
    VerificationError,
)
from tawatur.i18n import LANGUAGES
from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.moment import Moment
from tawatur.model.picture import Conflict, Event
from tawatur.model.reading import EventType
from tawatur.model.ruling import Outcome
from tawatur.node.indexing.orders import EventOrder
from tawatur.node.views import Traced
from tawatur.web import (
    accounts,
    actors,
    areas,
    boards,
    briefs,
    calendars,
    candidates,
    columns,
    communities,
    desk,
    disclosures,
    documents,
    entities,
    gaps,
    lessons,
    live,
    markings,
    meetings,
    outbox,
    overview,
    partners,
    pointers,
    review,
    reviews,
    rows,
    search,
    sources,
    subjects,
    tables,
    timeline,
    why,
    words,
)
from tawatur.web import conflicts as conflict_page
from tawatur.web import map as map_page
from tawatur.web.claim_rows import claim_rows, conflict_rows, near_rows
from tawatur.web.columns import Column, Sorting
from tawatur.web.contexts import Choice as ChoiceOf
from tawatur.web.contexts import (
    ClaimPage,
    ClaimsPage,
    ClosedPage,
    ConflictsPage,
    DocumentsPage,
    EventPage,
    EventsPage,
    Fact,
    Filter,
    NodePage,
    Pager,
    Place,
    ProblemPage,
    RowPage,
    Speaker,
    Words,
)
from tawatur.web.guard import HEADERS, is_loopback, local
from tawatur.web.labels import event_rows
from tawatur.web.ports import ShownNode
from tawatur.web.visits import (
    STATIC,
    Field,
    Outside,
    Room,
    Sent,
    Visit,
    Visited,
    chosen,
    outside,
    session_of,
    whole_number,
)

CONFLICTS = 20
"""Conflicts of one page, each with both texts."""

MOST_NEAR = 20
"""Near misses that the page of conflicts shows."""

FORM_LIMIT = 1_000_000
"""Bytes of a form; more is refused."""

YEAR = 365 * 24 * 3600
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}

router = APIRouter(default_response_class=HTMLResponse)


def install(site: FastAPI, room: Room) -> None:
    """Put guard, pages and refusals on ``site``."""
    site.state.room, site.state.seats = room, live.Seats()
    site.include_router(router)
    for pages in (
        *(
            overview,
            documents,
            markings,
            entities,
            candidates,
            review,
            search,
            sources,
            boards,
            desk,
            accounts,
        ),
        *(timeline, map_page, actors, conflict_page, briefs, gaps, live),
        *(meetings, pointers, reviews, calendars, areas, subjects, lessons, tables, why),
        *(outbox, disclosures, partners, communities),
    ):
        site.include_router(pages.router)
    site.middleware("http")(_guarded)
    site.add_exception_handler(HTTPException, _refused)
    site.add_exception_handler(TawaturError, _failed)


async def _guarded(request: Request, go_on: RequestResponseEndpoint) -> Response:
    """Let through who may ask, and put the headers on every answer."""
    room: Room = request.app.state.room
    host, guard = request.headers.get("host"), room.guard
    if not is_loopback(host) and not guard.is_named(host):
        answer: Response = PlainTextResponse("wrong host", 421)
    elif guard.is_named(host) and request.headers.get("x-forwarded-proto") != "https":
        answer = PlainTextResponse("over https only", 421)
    elif not guard.is_open(request.url.path) and not session_of(request):
        answer = _closed(request)
    elif request.method == "POST" and not _short(request):
        answer = PlainTextResponse("too large", 413)
    else:
        answer = await go_on(request)
    for key, value in HEADERS.items():
        answer.headers[key] = value
    return answer


def _short(request: Request) -> bool:
    """Return whether the body says its length, and it is one of a form."""
    length = request.headers.get("content-length", "")
    return length.isdigit() and int(length) <= FORM_LIMIT


def _closed(request: Request) -> Response:
    visit = outside(request)
    if visit.room.guard.by_name:
        return accounts.to_login(visit)
    # A link from elsewhere does not bring the session along, one from this page does.
    again = local(visit.address) if request.method == "GET" else ""
    return visit.show(ClosedPage(title=visit("Closed"), again=again), 403)


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what no page answers: unknown addresses, forms from elsewhere."""
    visit = outside(request)
    status = error.status_code if isinstance(error, HTTPException) else 500
    guard = visit.room.guard
    if status == 401 or (guard.by_name and guard.session(visit.session) is None):
        guard.leave(visit.session)
        return accounts.to_login(visit)
    if status == 404:
        say = visit("There is no such page. The navigation leads to those there are.")
        return visit.show(ProblemPage(visit("Not found"), say, None), 404)
    if status == 403:
        say = visit(
            "This form was not sent from the page it belongs to, or the session has ended. "
            "Open the page again and repeat it; nothing was changed."
        )
        return visit.show(ProblemPage(visit("Refused"), say, None), 403)
    say = visit("This address does not answer such a request.")
    return visit.show(ProblemPage(visit("Refused"), say, None), status)


async def _failed(request: Request, error: Exception) -> Response:
    """Answer what the node refused, in a page that says what to do."""
    visit = outside(request)
    if isinstance(error, UnknownIdError):
        say = visit("Nothing is kept under this id, or nothing that may be seen here.")
        return visit.show(ProblemPage(visit("Not found"), say, None), 404)
    if isinstance(error, AmbiguousIdError):
        say = visit("This shortened id fits several things; give more of it.")
        ids = Words(", ".join(error.found[:4]), "", "ltr")
        return visit.show(ProblemPage(visit("Not found"), say, ids), 404)
    if isinstance(error, RoleNeededError):
        say = visit("Your account may not do this. An administrator changes what it may.")
        return visit.show(ProblemPage(visit("Refused"), say, _own_words(visit, error)), 403)
    if isinstance(error, NodeBusyError):
        say = visit(
            "Another command is writing to the node. Try again when it ends; nothing was changed."
        )
        return visit.show(
            ProblemPage(visit("The node is busy"), say, _own_words(visit, error)), 503
        )
    say = visit("The node refused this. Its own words are below.")
    return visit.show(ProblemPage(visit("Refused"), say, _own_words(visit, error)), 400)


def _own_words(visit: Visit, error: Exception) -> Words:
    """Return what the node said, in the person's language where it is a sentence for them."""
    if isinstance(error, TawaturError) and not isinstance(error, VerificationError):
        return visit.speech.own(words.sentence(error, visit.speech.translate))
    return Words(str(error), "en", "ltr")


@router.get("/start")
def start(visit: Outside, token: str = "") -> Response:
    """Give a session for the one-time token and go to the first page."""
    guard = visit.room.guard
    session = guard.start(token)
    if session is None and not guard.session(visit.session):
        return visit.show(ClosedPage(title=visit("Closed"), again=""), 403)
    answer = RedirectResponse("/", 303)
    if session is not None:
        answer.set_cookie(guard.cookie, session, httponly=True, samesite="strict")
    return answer


@router.get("/healthz")
def healthz() -> Response:
    """Say that the process answers, and nothing else."""
    return PlainTextResponse("ok")


@router.get("/static/{path:path}")
def static(path: str) -> Response:
    """Return one of our own files."""
    file = (STATIC / path).resolve()
    kind = _TYPES.get(file.suffix)
    if kind is None or not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, media_type=kind)


@router.get("/language")
def language(visit: Outside, to: str = "", back: str = "/") -> Response:
    """Keep the language chosen and return."""
    return _kept("tawatur-language", to, LANGUAGES, back)


@router.get("/keys")
def keys(visit: Outside, to: str = "", back: str = "/") -> Response:
    """Keep whether single-key shortcuts are on and return."""
    return _kept("tawatur-keys", to, ("on", "off"), back)


@router.get("/documents")
def all_documents(visit: Visited, page: str = "1") -> Response:
    """List all documents."""
    with visit.node() as node:
        start, pager = rows.turned(node.overview().documents, whole_number(page), "documents")
        some = node.documents(limit=rows.ROWS, offset=start)
    shown = tuple(rows.document_row(line, visit.speech) for line in some)
    return visit.show(DocumentsPage(visit("Documents"), shown, pager))


@router.get("/claims")
def claims(
    visit: Visited,
    *,
    q: str = "",
    status: str = "",
    since: str = "",
    until: str = "",
    page: str = "1",
) -> Response:
    """List claims by status, words and time."""
    wanted = next((s for s in Status if s == status), None)
    narrow = _narrowed(visit, q, since, until)
    with visit.node() as node:
        asked = {"q": q, "status": wanted or "", "since": since, "until": until}
        some, pager = _some_claims(node, wanted, narrow, whole_number(page), asked)
        shown = claim_rows(node, some, visit.speech)
    statuses = (
        ChoiceOf("", visit("any status"), wanted is None),
        *rows.choices(Status, wanted, visit.speech),
    )
    narrow = Filter(narrow.words, narrow.since, narrow.until, statuses)
    return visit.show(ClaimsPage(visit("Claims"), narrow, shown, pager))


def _some_claims(
    node: ShownNode, status: Status | None, narrow: Filter, page: int, asked: Mapping[str, Any]
) -> tuple[Sequence[Claim], Pager]:
    """Return the claims of one page; none behind it are unpacked."""
    about, since, until = narrow.words or None, narrow.since or None, narrow.until or None
    count = node.claim_count(status, about=about, since=since, until=until)
    start, pager = rows.turned(count, page, "claims", **asked)
    some = node.claims(
        about=about, status=status, since=since, until=until, limit=rows.ROWS, offset=start
    )
    return some, pager


@router.get("/claims/{key}")
def claim(visit: Visited, key: str) -> Response:
    """Show one claim with what is known of it."""
    _ = visit.speech.translate
    with visit.node() as node:
        claim = node.claim(key)
        row = claim_rows(node, (claim,), visit.speech)[0]
        grade = node.sources.of_claim(claim.id)
        redacted = node.document(claim.document).redacted
    content, speech = claim.content, visit.speech
    facts: tuple[Fact, ...] = (
        Fact(_("happened"), speech.own(speech.when(content.when)), ""),
        Fact(_("said"), speech.own(speech.when(claim.said)), ""),
        Fact(_("published"), speech.own(speech.when(claim.published)), ""),
        Fact(_("learnt"), speech.own(words.minute(claim.learnt, speech.language)), ""),
        Fact(_("read by"), Words(", ".join(claim.readers), "en", "ltr"), ""),
        Fact(_("judgements"), Words(", ".join(claim.judgements) or _("none"), "", "auto"), ""),
        Fact(_("claim id"), Words(claim.id, "", "ltr"), ""),
    )
    if redacted:
        facts += (Fact(_("redacted"), speech.own(_("words were left out before it came")), ""),)
    if grade is not None:
        number = f"{grade.credibility}, {_(grade.credibility.meaning)}"
        reasons = " ".join(words.sentence(reason, _) for reason in grade.why)
        facts += (Fact(_("credibility"), speech.own(number), reasons),)
    page = ClaimPage(
        title=_("Claim"),
        row=row,
        facts=facts,
        commitment=rows.address("commitments", claim=claim.id) + "#add",
        request=rows.address("requests", claim=claim.id) + "#add",
    )
    return visit.show(page)


@router.post("/claims/{key}/accept")
def accept(
    visit: Sent, key: str, back: Field = "/claims", number: Field = "0", seen: Field = ""
) -> Response:
    """Record that a person found the claim rightly read."""
    return _judged(visit, key, Verdict.ACCEPT, back, number, seen)


@router.post("/claims/{key}/reject")
def reject(
    visit: Sent, key: str, back: Field = "/claims", number: Field = "0", seen: Field = ""
) -> Response:
    """Record that a person found no such claim in the text."""
    return _judged(visit, key, Verdict.REJECT, back, number, seen)


@router.get("/events")
def events(
    visit: Visited,
    *,
    q: str = "",
    since: str = "",
    until: str = "",
    type: str = "",  # noqa: A002 - as the address has it
    contested: str = "",
    sort: str = "",
    reverse: str = "",
    page: str = "1",
) -> Response:
    """List events by words, time and type, those contested or the others, sorted by a column."""
    narrow = _narrowed(visit, q, since, until)
    only = _Only(columns.given(EventType, type), _CONTESTED.get(contested))
    asked = {
        "q": narrow.words,
        "since": narrow.since,
        "until": narrow.until,
        "type": only.type or "",
        "contested": contested if only.contested is not None else "",
    }
    order = columns.given(EventOrder, sort) or EventOrder.DOCUMENTS
    sorting = columns.Sorting("events", asked, order, bool(reverse))
    with visit.node() as node:
        some, pager = _some_events(node, narrow, only, sorting, whole_number(page))
        shown = event_rows(node, some, visit.speech)
    narrow = replace(
        narrow,
        picks=(
            columns.pick(
                "type",
                visit("Type"),
                visit("any type"),
                ((each.value, words.label(each, visit)) for each in EventType),
                asked["type"],
            ),
            columns.pick(
                "contested",
                visit("Conflicts"),
                visit("with or without"),
                (("yes", visit("with open ones")), ("no", visit("without open ones"))),
                asked["contested"],
            ),
        ),
        hidden=sorting.hidden,
        picked=bool(asked["type"] or asked["contested"]),
    )
    headings = sorting.headings(
        (
            Column(visit("What")),
            Column(visit("Type")),
            Column(visit("When"), EventOrder.DATE),
            Column(visit("Where"), EventOrder.PLACE),
            Column(visit("Independent roots"), EventOrder.ROOTS),
            Column(visit("Claims"), EventOrder.CLAIMS, numeric=True),
            Column(visit("Documents"), EventOrder.DOCUMENTS, numeric=True),
        )
    )
    return visit.show(EventsPage(visit("Events"), narrow, headings, shown, pager))


_CONTESTED = {"yes": True, "no": False}
"""What an address says of whether events are contested."""


class _Only(NamedTuple):
    """What events are narrowed to besides words and times."""

    type: EventType | None
    contested: bool | None


def _some_events(
    node: ShownNode, narrow: Filter, only: _Only, sorting: Sorting[EventOrder], page: int
) -> tuple[Sequence[Event], Pager]:
    """Return the events of one page; no others are unpacked."""
    about, since, until = (value or None for value in (narrow.words, narrow.since, narrow.until))
    total = node.event_count(
        about=about, since=since, until=until, type=only.type, contested=only.contested
    )
    start, pager = rows.turned(total, page, "events", **sorting.address)
    some = node.events(
        about=about,
        since=since,
        until=until,
        type=only.type,
        contested=only.contested,
        order=sorting.order,
        reverse=sorting.reverse,
        limit=rows.ROWS,
        offset=start,
    )
    return some, pager


@router.get("/events/{key}")
def event(visit: Visited, key: str, as_of: str = "", page: str = "1") -> Response:
    """Show one event: who had it from whom, and who says what of it."""
    with visit.node() as node:
        found = node.event(key)
        base, day = f"events/{found.id}", as_of.strip()
        trees, problem = _trees(node, found, day, visit)
        some, pager = rows.paged(found.claims, whole_number(page), base, as_of=day)
        told = node.cited({found.claims[0], *some})
        claims = [told[claim].claim for claim in some]
        first, *each = claim_rows(node, [told[found.claims[0]].claim, *claims], visit.speech)
        row_of = dict(zip(some, each, strict=True))
        row = event_rows(node, [found], visit.speech)[0]
        speakers = []
        for speaker, said in rows.by_speaker(claims, visit.speech).items():
            root = said[0].root
            name = rows.source_words(root, said[0], visit.speech)
            speakers.append(
                Speaker(
                    Words(speaker, name.language, name.direction),
                    words.label(root.kind, visit),
                    tuple(row_of[claim.id] for claim in said),
                )
            )
    answer = EventPage(
        title=found.headline,
        row=row,
        first=first,
        aspects=tuple(rows.aspect_row(each, visit.speech) for each in trees[0].aspects)
        if trees
        else (),
        trees=tuple(rows.tree_row(each, visit.speech, whys=not day) for each in trees),
        as_of=day,
        problem=problem,
        speakers=tuple(speakers),
        pager=pager,
    )
    return visit.show(answer)


@router.get("/conflicts")
def conflicts(visit: Visited, q: str = "", page: str = "1", unsettled: str = "") -> Response:
    """List conflicts, both texts side by side."""
    with visit.node() as node:
        some, pager = _some_conflicts(node, q, whole_number(page), unsettled)
        shown = conflict_rows(node, some, visit.speech)
        about = q.strip()
        misses = node.near_misses(about=about or None, limit=None if about else MOST_NEAR)
        near = near_rows(node, misses[:MOST_NEAR], visit.speech)
        near_count = len(misses) if about else node.pair_counts()[1]
    other = Place(
        visit("Show all") if unsettled else visit("Show only those that nobody settled"),
        rows.address("conflicts", q=q, unsettled="" if unsettled else "1"),
        False,
        "",
    )
    narrowed = Filter(q, "", "", ())
    return visit.show(
        ConflictsPage(visit("Conflicts"), narrowed, other, shown, pager, near, near_count)
    )


def _some_conflicts(
    node: ShownNode, q: str, page: int, unsettled: str
) -> tuple[Sequence[Conflict], Pager]:
    """Return the conflicts of one page; unless they are narrowed none but those are looked at."""
    if not (q.strip() or unsettled):
        start, pager = rows.turned(node.pair_counts()[0], page, "conflicts", size=CONFLICTS)
        return node.conflicts(limit=CONFLICTS, offset=start), pager
    found = node.conflicts(about=q.strip() or None)
    if unsettled:
        found = node.settling.unsettled(found)
    return rows.paged(found, page, "conflicts", size=CONFLICTS, q=q, unsettled=unsettled)


@router.post("/conflicts/{key}")
def settle(
    visit: Sent, *, key: str, outcome: Field = "", why: Field = "", back: Field = "/conflicts"
) -> Response:
    """Record what a conflict comes to."""
    with visit.node() as node:
        node.settling.settle(key, chosen(Outcome, outcome), why)
    return RedirectResponse(f"{local(back, '/conflicts')}#{quote(key)}", 303)


@router.post("/rulings/{key}/withdraw")
def withdraw(visit: Sent, *, key: str, why: Field = "", back: Field = "/") -> Response:
    """Take a ruling back."""
    with visit.node() as node:
        node.rulings.withdraw(key, why)
    return RedirectResponse(local(back), 303)


@router.get("/node")
def about_node(visit: Visited) -> Response:
    """Show what this node is."""
    return visit.show(NodePage(visit("This node"), _node_facts(visit), False, False, ()))


@router.post("/node/verify")
def verify(visit: Sent) -> Response:
    """Recompute the whole ledger and say what was found."""
    _ = visit.speech.translate
    with visit.node() as node:
        try:
            whole = node.verify()
        except VerificationError as error:
            wrong = Fact(_("wrong"), _own_words(visit, error), "")
            return visit.show(NodePage(visit("This node"), (), True, False, (wrong,)))
    result = [
        Fact(_("entries"), visit.speech.own(str(whole.size)), ""),
        Fact(_("checkpoint: root of the log"), Words(whole.root.hex(), "", "ltr"), ""),
        Fact(_("signed checkpoints checked"), visit.speech.own(str(whole.checkpoints)), ""),
        Fact(_("contents checked"), visit.speech.own(str(whole.blobs)), ""),
        Fact(_("contents erased"), visit.speech.own(str(len(whole.erased))), ""),
    ]
    if visit.person is None:  # reasons may tell of what somebody with an account may not see
        result += [
            Fact(_("erased"), Words(gone.entry, "", "ltr"), visit(gone.reason))
            for gone in whole.erased[: rows.ROWS]
        ]
    return visit.show(NodePage(visit("This node"), _node_facts(visit), True, True, tuple(result)))


def _judged(
    visit: Visit, given: str, verdict: Verdict, back: str, number: str, seen: str
) -> Response:
    """Record a verdict; answer a script with the row alone, a person with their page.

    ``seen`` is the last judgement that was looked at, or ``none``.
    """
    looked_at = "" if seen == "none" else seen or None
    with visit.node() as node:
        claim = node.claim(given)
        try:
            (claim,) = node.reviewing.judge(claim.id, verdict, seen=looked_at).claims
        except OutdatedError as error:
            return review.outdated(visit, node, claim.id, verdict, error)
        if visit.request.headers.get("hx-request") != "true":
            return RedirectResponse(f"{local(back, '/claims')}#item-{claim.id}", 303)
        row = claim_rows(node, (claim,), visit.speech)[0]
    row = replace(row, number=whole_number(number, 0))
    return visit.show(RowPage("", row))


def _node_facts(visit: Visit) -> tuple[Fact, ...]:
    _ = visit.speech.translate
    with visit.node() as node:
        counts = node.overview()
        return (
            Fact(_("name"), rows.name(node.name), ""),
            Fact(_("node id"), Words(node.id, "", "ltr"), ""),
            Fact(_("documents"), visit.speech.own(str(counts.documents)), ""),
            Fact(_("claims"), visit.speech.own(str(counts.claims)), ""),
        )


def _trees(
    node: ShownNode, event: Event, as_of: str, visit: Visit
) -> tuple[tuple[Traced, ...], str]:
    """Return the trees behind an event as of a day, or why there is none."""
    try:
        return node.roots(event.id, as_of=as_of or None), ""
    except UsageError as error:
        return (), words.sentence(error, visit.speech.translate)


def _narrowed(visit: Visit, q: str, since: str, until: str) -> Filter:
    """Return the filter that was asked for; what is no EDTF date narrows nothing."""
    return Filter(q.strip(), _edtf(since), _edtf(until), ())


def _edtf(given: str) -> str:
    try:
        return Moment.parse(given.strip()).edtf if given.strip() else ""
    except ValueError:
        return ""


def _kept(key: str, value: str, allowed: Sequence[str], back: str) -> Response:
    """Return to ``back``, with a setting of this browser kept for a year."""
    answer = RedirectResponse(local(back), 303)
    if value in allowed:
        answer.set_cookie(key, value, max_age=YEAR, httponly=True, samesite="strict")
    return answer
