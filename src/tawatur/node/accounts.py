"""Who may work on this node: accounts are added, changed, suspended and removed.

Accounts are entries of the node's log, their passwords lie apart (`tawatur.node.passwords`).
The first account is an administrator's, and as long as there are accounts one administrator
is left. Whoever has the node's folder can do all of this without an account.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.account import Account, AccountRole, AccountState, Person
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, NodeId
from tawatur.model.text import fold_words
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.passwords import Passwords
from tawatur.node.sharing.partners import Partners


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one node; `Node.accounts` is where the doors find them."""

    drafter: Drafter
    index: Callable[[], Index]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    partners: Partners
    passwords: Passwords
    writing: Callable[[], AbstractContextManager[None]]

    @undamaged
    def all(self) -> tuple[Account, ...]:
        """Return the accounts that are not removed, by name.

        Raises:
            RoleNeededError: Whoever asks is no administrator.
        """
        self._verify_administrator()
        return self._all()

    @undamaged
    def exist(self) -> bool:
        """Return whether there is any account, so that pages ask for a name and a password."""
        return bool(self._all())

    @undamaged
    def one(self, given: str) -> Account:
        """Return an account by its name or id.

        Raises:
            UnknownIdError: There is none.
        """
        return self._one(given)

    @undamaged
    def person(self, given: str) -> Person:
        """Return who works by an account that lets somebody in now.

        Raises:
            UnknownIdError: There is none.
            UsageError: It is suspended, or ended, or its organisation is no partner any more.
        """
        account = self._one(given)
        at_work = account.organisation in self.organisations()
        if not at_work or not account.open_at(self.drafter.now()):
            raise UsageError("the account {0} lets nobody in now", account.name)
        return account.person

    @undamaged
    def entering(self, name: str) -> Person | None:
        """Return who may come in under a name, if their password is right; None for nobody."""
        try:
            return self.person(name)
        except UsageError:
            return None

    def opens(self, person: Person | None, password: str) -> bool:
        """Return whether a password is right; it takes as long where there is nobody (None).

        It asks no database, and may be asked while others ask the node.
        """
        return self.passwords.right(person.actor if person else None, password)

    def stamp(self, actor: ActorId) -> str:
        """Return what is another one once an account's password is, empty if it has none."""
        return self.passwords.stamp(actor)

    def organisations(self) -> dict[NodeId, str]:
        """Return the organisations for which somebody may work here now, this one first."""
        cards = (self.partners.card, *self.partners.in_force().values())
        return {card.id: card.name for card in cards}

    @undamaged
    def second(self, given: str, role: AccountRole) -> ActorId | None:
        """Return the id of a second person of a role, None while there are no accounts.

        Raises:
            UsageError: Whoever asks has no account, or is that person.
            RoleNeededError: That person has not the role.
        """
        if not self.exist():
            return None
        self.verify_account()
        person = self.person(given)
        if person.actor == self.drafter.author:
            raise UsageError("{0} is whoever asks; it takes a second person", given)
        person.verify_is(role, self.drafter.node)
        return person.actor

    def verify_account(self) -> None:
        """Raise UsageError where there are accounts, and whoever asks does so by none."""
        if not self.drafter.person.has_account and self.exist():
            raise UsageError("this node has accounts; say whose word it is: --as NAME")

    # ------------------------------------------------------------ changes

    @undamaged
    def add(
        self,
        name: str,
        *,
        roles: Collection[AccountRole] = (AccountRole.READER,),
        organisation: str | None = None,
        compartments: Collection[str] = (),
        until: datetime | None = None,
    ) -> tuple[Account, str]:
        """Add an account; return it and its password, which is kept nowhere as it is.

        Args:
            name: By which the person comes in; nobody else's.
            roles: What they are trusted with.
            organisation: The partner they work for, by name or id; this node's own unless told.
            compartments: Those they are let into.
            until: From when on (UTC) it lets nobody in.

        Raises:
            UsageError: The name is taken, its end is past, or it would be the first and no
                administrator's.
            UnknownIdError: There is no such partner.
        """
        self._verify_administrator()
        account = Account(
            id=ActorId(self.drafter.random_id("a")),
            name=" ".join(name.split()),
            organisation=self._organisation(organisation),
            roles=frozenset(roles),
            compartments=frozenset(compartments),
            until=until,
        )
        if not fold_words(account.name):
            raise UsageError("an account has a name")
        held = self._all()
        if not held and AccountRole.ADMINISTRATOR not in account.roles:
            raise UsageError("the first account is an administrator's")
        if any(_same(each, account.name) for each in held):
            raise UsageError("{0} has an account already", account.name)
        if until is not None and until <= self.drafter.now():
            raise UsageError("{0} is past; name a day to come", until.date())
        self._verify_possible(account)
        _verify_administered((*held, account), self.drafter.now())
        who = {"id": account.id, "name": account.name}
        self.append([self.drafter.entry(Kind.ACTOR, who), self._draft(account)])
        return account, self._new_password(account)

    @undamaged
    def change(self, given: str, **changes: Any) -> Account:
        """Record what is otherwise with an account, and return it; sessions follow at once.

        Args:
            given: Its name or id.
            changes: Fields of `Account`, new values; others stay as they are.

        Raises:
            UnknownIdError: There is none.
            UsageError: No administrator would be left, or the roles do not go together.
        """
        self._verify_administrator()
        held = self._one(given)
        account = replace(held, **changes)
        self._verify_possible(account)
        others = [each for each in self._all() if each.id != account.id]
        rest = [] if account.state is AccountState.REMOVED else [account]
        _verify_administered([*others, *rest], self.drafter.now())
        if account != held:
            self.append([self._draft(account)])
        if account.state is AccountState.REMOVED:
            with self.writing():
                self.passwords.forget(account.id)
        return account

    @undamaged
    def password(self, given: str) -> str:
        """Give an account a new password and return it; whoever is in by the old one is out.

        Raises:
            UnknownIdError: There is no such account.
        """
        self._verify_administrator()
        return self._new_password(self._one(given))

    def choose_password(self, old: str, new: str) -> None:
        """Give whoever asks the password that they chose.

        Raises:
            UsageError: The old one is not right, or the new one is too short.
        """
        actor = self.drafter.author
        if not self.passwords.right(actor, old):
            raise UsageError("the old password is not right; nothing was changed")
        with self.writing():
            self.passwords.choose(actor, new)

    # ------------------------------------------------------------ within

    def _all(self) -> tuple[Account, ...]:
        rows = self.index().db.execute("SELECT body FROM accounts").fetchall()
        found = (msgspec.msgpack.decode(body, type=Account) for (body,) in rows)
        kept = (each for each in found if each.state is not AccountState.REMOVED)
        return tuple(sorted(kept, key=lambda each: (each.name, each.id)))

    def _one(self, given: str) -> Account:
        found = [each for each in self._all() if given == each.id or _same(each, given)]
        if not found:
            raise UnknownIdError("account", given)
        if len(found) > 1:
            raise AmbiguousIdError(given, [each.id for each in found])
        return found[0]

    def _organisation(self, given: str | None) -> NodeId:
        me = self.partners.card
        return me.id if given in (None, me.id, me.name) else self.partners.receiving(given or "").id

    def _draft(self, account: Account) -> Draft:
        return self.drafter.entry(Kind.ACCOUNT, bodies.body_of(account))

    def _new_password(self, account: Account) -> str:
        with self.writing():
            return self.passwords.new(account.id)

    def _verify_administrator(self) -> None:
        self.drafter.verify_is(AccountRole.ADMINISTRATOR)

    def _verify_possible(self, account: Account) -> None:
        """Raise UsageError unless an account's roles go with its organisation."""
        if account.organisation != self.drafter.node and AccountRole.ADMINISTRATOR in account.roles:
            raise UsageError("an administrator is of the node's own organisation")
        if not account.roles:
            raise UsageError("an account has a role; a reader's is the least")


def _verify_administered(accounts: Sequence[Account], now: datetime) -> None:
    """Raise UsageError unless an administrator is among the accounts, if there are any."""
    able = (
        each for each in accounts if each.open_at(now) and AccountRole.ADMINISTRATOR in each.roles
    )
    if accounts and not any(each.until is None for each in able):
        raise UsageError("one administrator must be left, whose account has no end")


def _same(account: Account, name: str) -> bool:
    return fold_words(account.name) == fold_words(name)
