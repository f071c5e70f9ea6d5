"""One request of a person with a session: who asks, in which language, and how they are answered.

What the pages share: the node is lent to one request at a time, a page is put into
its frame, and a form counts only if it was sent from one of these pages.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from tawatur.errors import UsageError
from tawatur.i18n import LANGUAGES, direction, translator
from tawatur.model.account import AccountRole, Person
from tawatur.model.span import Span
from tawatur.web import rows, words
from tawatur.web.contexts import Page, Place, Site
from tawatur.web.guard import Guard, Session, from_here, local
from tawatur.web.ports import ShownNode
from tawatur.web.refill import refilled
from tawatur.web.words import marked

E = TypeVar("E", bound=StrEnum)

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
"""Style, icon and scripts."""

LIVE = "/live"
"""Where a page that lies open asks what is new."""

UNPROCESSABLE = 422
"""Status of a page that says why a form was refused."""

_SCRIPTS = ("htmx.min.js", "keys.js")

PLACES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        marked("Read"),
        (
            (marked("Overview"), "/"),
            (marked("Documents"), "/documents"),
            (marked("Review"), "/review"),
            (marked("Search"), "/search"),
        ),
    ),
    (
        marked("Weigh"),
        (
            (marked("Claims"), "/claims"),
            (marked("Events"), "/events"),
            (marked("Time line"), "/timeline"),
            (marked("Map"), "/map"),
            (marked("Network"), "/actors"),
            (marked("Names"), "/entities"),
            (marked("Sources"), "/sources"),
            (marked("Conflicts"), "/conflicts"),
            (marked("Gaps"), "/gaps"),
            (marked("Explanations"), "/boards"),
            (marked("Briefs"), "/briefs"),
        ),
    ),
    (
        marked("Desk"),
        (
            (marked("Commitments"), "/commitments"),
            (marked("Requests"), "/requests"),
            (marked("Lessons"), "/lessons"),
            (marked("Known to exist"), "/pointers"),
            (marked("Border notices"), "/border-notices"),
            (marked("Subjects"), "/subjects"),
            (marked("Meetings"), "/meetings"),
            (marked("Reviews"), "/reviews"),
            (marked("Calendar"), "/calendar"),
            (marked("State of the mechanism"), "/state"),
        ),
    ),
    (
        marked("Share"),
        (
            (marked("Outbox"), "/outbox"),
            (marked("Who has what"), "/disclosures"),
            (marked("Partners"), "/partners"),
            (marked("Communities"), "/communities"),
        ),
    ),
    (marked("This node"), ((marked("This node"), "/node"), (marked("Accounts"), "/accounts"))),
)
"""The navigation: groups in the order of the work, each with its pages; the first opens it."""

ROLE_OF_PLACE = {
    "/outbox": AccountRole.RELEASE_OFFICER,
    "/disclosures": AccountRole.RELEASE_OFFICER,
    "/partners": AccountRole.RELEASE_OFFICER,
    "/accounts": AccountRole.ADMINISTRATOR,
}
"""The pages of the navigation that take a role; the others are for everybody who came in."""

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Room:
    """What all requests of one `serve` share."""

    node: ShownNode
    guard: Guard
    clock: Callable[[], datetime]
    lock: threading.Lock

    def person(self, session: Session | None) -> Person | None:
        """Return who came in by name and password; None for whoever opened the start-up link.

        Raises:
            HTTPException: 401, their account lets nobody in any more, or has another password.
        """
        with self.lock:
            return self.person_held(session)

    def person_held(self, session: Session | None) -> Person | None:
        """Return the same to whoever holds the lock."""
        if session is None or session.actor is None:
            return None
        accounts = self.node.accounts
        person = accounts.entering(session.actor)
        if person is None or accounts.stamp(session.actor) != session.stamp:
            raise HTTPException(401)
        return person


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of a form that was sent."""

    data: FormData

    def one(self, name: str) -> str:
        """Return a field's value, empty where it was not sent."""
        value = self.data.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def all(self, name: str) -> list[str]:
        """Return all values sent under one name."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Every field that holds words, by name."""
        return [(name, value) for name, value in self.data.multi_items() if isinstance(value, str)]


NOTHING_SENT = Given(FormData())
"""Of what is no form."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a person with a session: the node, their language, their forms' token.

    ``person`` is who came in by an account; None for whoever started the pages. From outside,
    without a session, the node is not to be asked. ``sent`` is the form, empty without one.
    """

    request: Request
    room: Room
    speech: rows.Speech
    person: Person | None = None
    inside: bool = False
    sent: Given = NOTHING_SENT

    def __call__(self, message: str) -> str:
        """Return ``message`` in the person's language."""
        return self.speech.translate(message)

    @contextmanager
    def node(self) -> Iterator[ShownNode]:
        """Lend the node as the person may ask it; held while one request does."""
        if not self.inside:
            raise HTTPException(403)
        with self.room.lock:
            node = self.room.node
            node = node if self.person is None else node.asked_by(self.person)
            with node.still():
                self.request.state.coming = node.live.coming()
                yield node

    def refusal(self, work: Callable[[ShownNode], object], of: str = "") -> str:
        """Have the node do something; return why it was not done, in words, or nothing.

        Args:
            work: What it is to do.
            of: The id of what the form changes; what the form was filled in view of (``seen``)
                must still be so.
        """
        with self.node() as node:
            try:
                if of:
                    node.live.verify_seen(of, self.sent.one("seen") or None)
                work(node)
            except UsageError as error:
                return words.sentence(error, self.speech.translate)
        return ""

    @property
    def session(self) -> str:
        """The session's cookie."""
        return self.request.cookies.get(self.room.guard.cookie, "")

    @property
    def address(self) -> str:
        """The path and query of this request."""
        query = self.request.url.query
        return self.request.url.path + (f"?{query}" if query else "")

    def show(self, page: Page, status: int = 200) -> HTMLResponse:
        """Return ``page`` in its frame, where it refuses a form (422) with that filled in again."""
        html = self.render(page)
        if status == UNPROCESSABLE:
            html = refilled(html, self.request.url.path, self.sent.fields)
        return HTMLResponse(html, status)

    def render(self, page: Page) -> str:
        """Return the HTML of ``page``."""
        return _ENVIRONMENT.get_template(page.template).render(
            page=page, site=_site(self), _=self.speech.translate
        )


def outside(request: Request) -> Visit:
    """Return the request with the language of whoever asks, and nobody's right to anything."""
    room: Room = request.app.state.room
    language = _language(request, room.node.settings.language)
    return Visit(
        request, room, rows.Speech(language, translator(language), room.node.settings.hijri)
    )


def visit_of(request: Request) -> Visit:
    """Return the request of somebody with a session, and who it is."""
    visit = outside(request)
    session = session_of(request)
    return replace(visit, person=visit.room.person(session), inside=session is not None)


def session_of(request: Request) -> Session | None:
    """Return the session of a request; what a page asks by itself keeps none alive."""
    guard: Guard = request.app.state.room.guard
    cookie = request.cookies.get(guard.cookie)
    return guard.lasting(cookie) if request.url.path == LIVE else guard.session(cookie)


async def _given(request: Request) -> Given:
    return Given(await request.form())


def _form(
    request: Request,
    sent: Annotated[Given, Depends(_given)],
    csrf: Annotated[str, Form()] = "",
) -> Visit:
    """Return the visit of a form that was sent from one of these pages by this session."""
    visit = visit_of(request)
    if not sent_from_here(request) or not visit.room.guard.from_form(visit.session, csrf):
        raise HTTPException(403, "form")
    return replace(visit, sent=sent)


def sent_from_here(request: Request) -> bool:
    """Return whether a form was sent from one of these pages."""
    return from_here(request.headers, scheme_of(request))


def scheme_of(request: Request) -> str:
    """Return how the browser asks: under a named host over https, on this machine over http."""
    guard: Guard = request.app.state.room.guard
    return "https" if guard.is_named(request.headers.get("host")) else "http"


Outside = Annotated[Visit, Depends(outside)]
Visited = Annotated[Visit, Depends(visit_of)]
Sent = Annotated[Visit, Depends(_form)]
Field = Annotated[str, Form()]
Fields = Annotated[Sequence[str], Form()]


def chosen(kind: type[E], given: str) -> E:
    """Return the member of an enumeration that a form names.

    Raises:
        UsageError: It names none; a form of these pages always names one.
    """
    found = next((each for each in kind if each.value == given), None)
    if found is None:
        raise UsageError("{0} is none of: {1}", repr(given), ", ".join(e.value for e in kind))
    return found


def _language(request: Request, default: str) -> str:
    """Return the language chosen here, else the node's, else the browser's first known one."""
    wishes = [request.cookies.get("tawatur-language", ""), default]
    accepted = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        accepted.append((-_weight(weight), tag[:2].lower()))
    wishes += [tag for _, tag in sorted(accepted, key=lambda pair: pair[0])]
    return next((wish for wish in wishes if wish in LANGUAGES), "en")


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def _roles(visit: Visit) -> tuple[str, ...]:
    """Return what the person is trusted with on this node: all, where they need no account."""
    person = visit.person
    if person is None or not person.has_account:
        return tuple(AccountRole)
    return tuple(role for role in AccountRole if person.is_trusted(role, visit.room.node.id))


def _site(visit: Visit) -> Site:
    """Return the frame of a page."""
    language, path = visit.speech.language, visit.request.url.path
    here = local(visit.address) if visit.request.method == "GET" else "/"
    roles = _roles(visit)
    groups = tuple(
        tuple(
            Place(visit(label), to, _within(path, to), "")
            for label, to in pages
            if ROLE_OF_PLACE.get(to, AccountRole.READER) in (AccountRole.READER, *roles)
        )
        for _, pages in PLACES
    )
    keys = visit.request.cookies.get("tawatur-keys") != "off"
    session = visit.room.guard.session(visit.session)
    coming = getattr(visit.request.state, "coming", 0)  # where the page asked the node
    return Site(
        language=language,
        direction=direction(language),
        node=visit.room.node.name,
        groups=tuple(
            Place(visit(label), pages[0].href, any(page.current for page in pages), "")
            for (label, _), pages in zip(PLACES, groups, strict=True)
        ),
        places=next((pages for pages in groups if any(page.current for page in pages)), ()),
        languages=tuple(
            Place(
                words.LANGUAGE_NAMES[code],
                rows.address("language", to=code, back=here),
                code == language,
                code,
            )
            for code in LANGUAGES
        ),
        person=session.name if session else "",
        roles=roles,
        coming=words.coming(coming, visit),
        csrf=visit.room.guard.form_token(visit.session),
        back=here,
        comfort=all((STATIC / "vendor" / script).is_file() for script in _SCRIPTS),
        keys=keys,
        keys_switch=rows.address("keys", to="off" if keys else "on", back=here),
        query=visit.request.query_params.get("q", "") if path == "/search" else "",
    )


def _within(path: str, place: str) -> bool:
    """Return whether a page belongs to a place of the navigation."""
    return path == place or (place != "/" and path.startswith(place + "/"))


def span_of(given: str, length: int) -> Span | None:
    """Return the span that ``120-180`` writes, within a text of ``length``; None for none."""
    start, _, end = given.partition("-")
    span = (whole_number(start, length), min(whole_number(end, 0), length))
    return Span(*span) if span[0] < span[1] else None


def whole_number(given: str, default: int = 1) -> int:
    """Return the number written in an address; anything else counts as ``default``."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else default
