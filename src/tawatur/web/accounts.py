"""Who comes in, who I am, and, for an administrator, who else works on this node."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from tawatur.errors import UsageError
from tawatur.model.account import Account, AccountRole, AccountState, Person
from tawatur.model.ids import NodeId
from tawatur.model.text import fold_words
from tawatur.web import rows, words
from tawatur.web.contexts import Choice, Words, shown
from tawatur.web.guard import local
from tawatur.web.ports import ShownAccounts
from tawatur.web.visits import (
    Field,
    Fields,
    Outside,
    Sent,
    Visit,
    Visited,
    scheme_of,
    sent_from_here,
)

router = APIRouter(default_response_class=HTMLResponse)

LONGEST_NAME = 200
"""Characters of a name by which wrong passwords are remembered."""


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The page where people with accounts come in."""

    template: ClassVar[str] = "login.html"
    title: str = shown("Title of the page.")
    back: str = shown("Where the person wanted to go.")
    problem: str = shown("Why they are not in; empty at first.")


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Who I am here."""

    template: ClassVar[str] = "person.html"
    title: str = shown("Title of the page.")
    name: Words = shown("The name by which I come in.")
    organisation: Words = shown("For whom I work.")
    roles: str = shown("What I am trusted with.")
    compartments: tuple[str, ...] = shown("What I am let into.")
    problem: str = shown("Why the password was not changed.")
    changed: bool = shown("Whether the password was changed just now.")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account."""

    id: str = shown("Id of the account.")
    name: Words = shown("The person's name.")
    organisation: Words = shown("For whom they work.")
    roles: str = shown("What they are trusted with.")
    compartments: tuple[str, ...] = shown("What they are let into.")
    until: str = shown("The last day on which it lets them in.")
    state: str = shown("Whether it lets them in.")
    suspended: bool = shown("Whether it is suspended.")
    choices: tuple[Choice, ...] = shown("The roles there are.")
    day: str = shown("The last day as a form sends it.")


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Who works on this node."""

    template: ClassVar[str] = "accounts.html"
    title: str = shown("Title of the page.")
    rows: tuple[AccountRow, ...] = shown("The accounts, by name.")
    organisations: tuple[Choice, ...] = shown("For whom somebody may work.")
    roles: tuple[Choice, ...] = shown("What somebody may be trusted with.")
    problem: str = shown("Why nothing was recorded.")
    person: str = shown("Whose new password is shown.")
    password: str = shown("A new password, shown this once.")
    filled: str = shown("The name that was typed.")


def to_login(visit: Visit) -> Response:
    """Send somebody without a session to the page where they come in."""
    if visit.request.method == "GET":
        return RedirectResponse(rows.address("login", back=local(visit.address)), 303)
    ended = visit("Your session has ended; nothing was changed. Come in again, and repeat it.")
    return visit.show(LoginPage(visit("Log in"), "/", ended), 403)


@router.get("/login")
def login(visit: Outside, back: str = "/") -> Response:
    """Show where people come in."""
    _verify_by_name(visit)
    return visit.show(LoginPage(visit("Log in"), local(back), ""))


@router.post("/login")
def enter(visit: Outside, name: Field = "", password: Field = "", back: Field = "/") -> Response:
    """Let in whoever knows the name and the password."""
    _verify_by_name(visit)
    if not sent_from_here(visit.request):
        raise HTTPException(403)
    room, guard = visit.room, visit.room.guard
    with room.lock:
        person = room.node.accounts.entering(name)
    known_as = person.actor if person else fold_words(name[:LONGEST_NAME])
    with guard.attempts.turn() as mine:
        if not mine or guard.attempts.closed(known_as):
            wait = visit("Too many wrong passwords. Wait {0} minutes, or ask an administrator.")
            minutes = f"{room.node.settings.web.closed_minutes:g}"
            return _not_in(visit, back, wait.format(minutes), 429)
        if not room.node.accounts.opens(person, password) or person is None:
            guard.attempts.failed(known_as)
            wrong = visit("Name and password do not go together, or the account is closed.")
            return _not_in(visit, back, wrong, 403)
        guard.attempts.succeeded(known_as)
    return _in(visit, person, local(back))


@router.post("/logout")
def leave(visit: Sent) -> Response:
    """End the session."""
    guard = visit.room.guard
    guard.leave(visit.session)
    answer = RedirectResponse("/login" if guard.by_name else "/", 303)
    answer.delete_cookie(guard.cookie, httponly=True, samesite="strict")
    return answer


@router.get("/me")
def me(visit: Visited) -> Response:
    """Show who I am, and let me choose a password."""
    return _me(visit)


@router.post("/me")
def choose(visit: Sent, old: Field = "", new: Field = "", again: Field = "") -> Response:
    """Take another password; every other session of mine ends."""
    if new != again:
        return _me(visit, problem=visit("The two new passwords are not the same."))
    problem = visit.refusal(lambda node: node.accounts.choose_password(old, new))
    if problem or visit.person is None:
        return _me(visit, problem=problem)
    visit.room.guard.leave(visit.session)
    return _in(visit, visit.person, "/me?changed=1")


@router.get("/accounts")
def accounts(visit: Visited) -> Response:
    """List who works on this node."""
    return _accounts(visit)


@router.post("/accounts")
def add(
    visit: Sent,
    *,
    name: Field = "",
    organisation: Field = "",
    role: Fields = (),
    compartments: Field = "",
    until: Field = "",
) -> Response:
    """Add an account, and show its password."""

    def work(accounts: ShownAccounts) -> tuple[Account, str]:
        return accounts.add(
            name,
            roles=_roles(role),
            organisation=organisation or None,
            compartments=_several(compartments),
            until=_end_of(until),
        )

    return _given(visit, work, name)


@router.post("/accounts/{key}")
def change(
    visit: Sent, *, key: str, role: Fields = (), compartments: Field = "", until: Field = ""
) -> Response:
    """Record what an account's person may do from now on."""
    return _changed(
        visit,
        lambda held: held.change(
            key,
            roles=frozenset(_roles(role)),
            compartments=_several(compartments),
            until=_end_of(until),
        ),
    )


@router.post("/accounts/{key}/suspend")
def suspend(visit: Sent, key: str) -> Response:
    """Let nobody in by an account."""
    return _changed(visit, lambda held: held.change(key, state=AccountState.SUSPENDED))


@router.post("/accounts/{key}/restore")
def restore(visit: Sent, key: str) -> Response:
    """Let somebody in again."""
    return _changed(visit, lambda held: held.change(key, state=AccountState.ACTIVE))


@router.post("/accounts/{key}/remove")
def remove(visit: Sent, key: str) -> Response:
    """Remove an account for good."""
    return _changed(visit, lambda held: held.change(key, state=AccountState.REMOVED))


@router.post("/accounts/{key}/password")
def password(visit: Sent, key: str) -> Response:
    """Give an account a new password, and show it."""

    def work(accounts: ShownAccounts) -> tuple[Account, str]:
        found = next((each for each in accounts.all() if each.id == key), None)
        if found is None:
            raise UsageError("there is no such account any more")
        return found, accounts.password(key)

    return _given(visit, work, "")


def _in(visit: Visit, person: Person, to: str) -> Response:
    """Open a session for somebody whose password was right, and go on."""
    guard, stamp = visit.room.guard, visit.room.node.accounts.stamp(person.actor)
    answer = RedirectResponse(to, 303)
    answer.set_cookie(
        guard.cookie,
        guard.enter(person.actor, person.name, stamp),
        httponly=True,
        samesite="strict",
        secure=scheme_of(visit.request) == "https",
    )
    return answer


def _not_in(visit: Visit, back: str, problem: str, status: int) -> Response:
    return visit.show(LoginPage(visit("Log in"), local(back), problem), status)


def _verify_by_name(visit: Visit) -> None:
    if not visit.room.guard.by_name:
        raise HTTPException(404)


def _me(visit: Visit, *, problem: str = "") -> Response:
    if visit.person is None:
        raise HTTPException(404)
    person, _ = visit.person, visit.speech.translate
    with visit.node() as node:
        organisation = node.accounts.organisations().get(person.organisation, person.organisation)
    page = PersonPage(
        title=_("My account"),
        name=rows.name(person.name),
        organisation=rows.name(organisation),
        roles=_role_words(visit, person.roles),
        compartments=tuple(sorted(person.compartments or ())),
        problem=problem,
        changed=visit.request.query_params.get("changed") == "1",
    )
    return visit.show(page, 422 if problem else 200)


def _given(
    visit: Visit, work: Callable[[ShownAccounts], tuple[Account, str]], filled: str
) -> Response:
    """Do what gives somebody a password, and show it; or say why it was not done."""
    try:
        with visit.node() as node:
            account, new = work(node.accounts)
    except UsageError as error:
        return _accounts(
            visit, problem=words.sentence(error, visit.speech.translate), filled=filled
        )
    return _accounts(visit, person=account.name, password=new)


def _changed(visit: Visit, work: Callable[[ShownAccounts], object]) -> Response:
    problem = visit.refusal(lambda node: work(node.accounts))
    return _accounts(visit, problem=problem) if problem else RedirectResponse("/accounts", 303)


def _accounts(
    visit: Visit, *, problem: str = "", person: str = "", password: str = "", filled: str = ""
) -> Response:
    with visit.node() as node:
        found, known = node.accounts.all(), node.accounts.organisations()
    page = AccountsPage(
        title=visit("Accounts"),
        rows=tuple(_row(visit, account, known) for account in found),
        organisations=tuple(Choice(id_, name, False) for id_, name in known.items()),
        roles=_choices(visit, {AccountRole.READER} if found else frozenset(AccountRole)),
        problem=problem,
        person=person,
        password=password,
        filled=filled,
    )
    return visit.show(page, 422 if problem else 200)


def _row(visit: Visit, account: Account, organisations: Mapping[NodeId, str]) -> AccountRow:
    until = account.until
    lapsed = account.state is AccountState.ACTIVE and not account.open_at(visit.room.clock())
    return AccountRow(
        id=account.id,
        name=rows.name(account.name),
        organisation=rows.name(organisations.get(account.organisation, account.organisation)),
        roles=_role_words(visit, account.roles),
        compartments=tuple(sorted(account.compartments)),
        until=visit.speech.when(until.date().isoformat()) if until else "",
        state=visit("its last day is past") if lapsed else visit(account.state.value),
        suspended=account.state is AccountState.SUSPENDED,
        choices=_choices(visit, account.roles),
        day=until.date().isoformat() if until else "",
    )


def _role_words(visit: Visit, roles: frozenset[AccountRole]) -> str:
    return " · ".join(visit(role.value) for role in AccountRole if role in roles)


def _choices(visit: Visit, chosen: AbstractSet[AccountRole]) -> tuple[Choice, ...]:
    return tuple(Choice(role.value, visit(role.value), role in chosen) for role in AccountRole)


def _roles(given: Sequence[str]) -> tuple[AccountRole, ...]:
    return tuple(role for role in AccountRole if role in given)


def _several(given: str) -> frozenset[str]:
    """Return what is separated by commas in one field."""
    return frozenset(word for each in given.replace("،", ",").split(",") if (word := each.strip()))


def _end_of(given: str) -> datetime | None:
    """Return the end of a day (UTC) as a browser writes it, None for none."""
    if not given.strip():
        return None
    try:
        day = datetime.strptime(given.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as cause:
        raise UsageError("{0} is no day; write one as 2031-03-31", repr(given.strip())) from cause
    return day + timedelta(days=1, seconds=-1)
