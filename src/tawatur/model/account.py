"""Who works on a node, for which organisation, and what may each of them do?

An account belongs to an organisation, the node's own or another one's: liaison officers of
several members work side by side, and every question is decided for the organisation of
whoever asks, and for the compartments that they were let into (`tawatur.model.label`). What
a person does ends in entries; which role makes which kind of entry is said once, in `MAKES`.
What is the node's own business (its post, its partners, its accounts) is for people of its
own organisation, whatever their roles (decision 26).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawatur.errors import Message, RoleNeededError
from tawatur.model.entry import Kind
from tawatur.model.ids import ActorId, NodeId
from tawatur.model.label import Membership, Viewer


class AccountRole(StrEnum):
    """What somebody is trusted with; the roles of one person add up."""

    READER = "reader"
    ANALYST = "analyst"
    RELEASE_OFFICER = "release officer"
    ADMINISTRATOR = "administrator"


class AccountState(StrEnum):
    """Whether an account lets anybody in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"


MAKES: Mapping[AccountRole, frozenset[Kind]] = {
    AccountRole.READER: frozenset(),
    AccountRole.ANALYST: frozenset(
        {
            Kind.ACQUISITION,
            Kind.RENDITION,
            Kind.READING,
            Kind.JUDGEMENT,
            Kind.SIFTING,
            Kind.GLOSS,
            Kind.MARKING,
            Kind.RULING,
            Kind.COMMITMENT,
            Kind.REQUEST,
            Kind.MANDATE,
            Kind.LESSON,
            Kind.MEETING,
            Kind.CALENDAR,
            Kind.REVIEW,
            Kind.BORDER_NOTICE,
            Kind.INTEREST,
            Kind.PROBE,
            Kind.SUBJECT,
            Kind.LABEL,
            Kind.NOTICE,  # what follows a narrower label; a recall asks for the role below
            Kind.CONFIRMATION,
        }
    ),
    AccountRole.RELEASE_OFFICER: frozenset(
        {
            Kind.CALENDAR,
            Kind.PARTNER,
            Kind.INVITATION,
            Kind.REFUSAL,
            Kind.COMMUNITY,
            Kind.LABEL,
            Kind.CONFIRMATION,
            Kind.PROPOSAL,
            Kind.REDACTION,
            Kind.RELEASE,
            Kind.NOTICE,
            Kind.RECEIPT,
            Kind.VOUCHER,
            Kind.ACKNOWLEDGEMENT,
            Kind.HANDOVER,
            Kind.POINTER,
            Kind.BUNDLE,
            Kind.HEADS,
            Kind.DISCLOSURE,
            Kind.ENVELOPE,
            Kind.ERASURE,
            Kind.RENDERING,
            Kind.TRACE,
        }
    ),
    AccountRole.ADMINISTRATOR: frozenset(
        {Kind.NODE, Kind.KEY, Kind.ACTOR, Kind.ACCOUNT, Kind.CALENDAR, Kind.ERASURE}
    ),
}
"""Which kinds of entry each role makes."""

OF_THE_NODE = (MAKES[AccountRole.RELEASE_OFFICER] | MAKES[AccountRole.ADMINISTRATOR]) - (
    MAKES[AccountRole.ANALYST] | {Kind.ERASURE}
)
"""The kinds that only people of the node's own organisation make."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: somebody of an organisation, with roles, let into compartments.

    ``compartments`` is None for whoever has the node's folder and needs no account.
    """

    actor: ActorId
    name: str
    organisation: NodeId
    roles: frozenset[AccountRole]
    compartments: frozenset[str] | None

    @property
    def has_account(self) -> bool:
        """Whether they ask by an account, and not as whoever has the node's folder."""
        return self.compartments is not None

    def viewer(self, memberships: frozenset[Membership] = frozenset()) -> Viewer:
        """Return on whose behalf the label decision is asked."""
        return Viewer(self.organisation, memberships, self.compartments)

    def verify_makes(self, kind: Kind, node: NodeId) -> None:
        """Raise RoleNeededError unless they may make entries of a kind on a node."""
        if self.has_account:
            able = [role for role in AccountRole if kind in MAKES[role]]
            self._verify(able, node if kind in OF_THE_NODE else None)

    def verify_is(self, role: AccountRole, node: NodeId | None = None) -> None:
        """Raise RoleNeededError unless they have a role and, where told, are of that node."""
        if self.has_account:
            self._verify([role], node)

    def is_trusted(self, role: AccountRole, node: NodeId) -> bool:
        """Return whether what takes a role on a node is theirs to do."""
        at_home = role in (AccountRole.READER, AccountRole.ANALYST) or self.organisation == node
        return not self.has_account or (role in self.roles and at_home)

    def _verify(self, able: list[AccountRole], home: NodeId | None) -> None:
        if home is not None and self.organisation != home:
            raise RoleNeededError("this is for people of the node's own organisation")
        if not self.roles.intersection(able):
            needed = Message(able[0]) if able else Message("none")
            raise RoleNeededError("this takes the role {0}", needed)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works on a node; passwords are not here, and not in the ledger."""

    id: ActorId
    name: str
    organisation: NodeId
    roles: frozenset[AccountRole]
    compartments: frozenset[str] = frozenset()
    until: datetime | None = None  # UTC; from then on it lets nobody in
    state: AccountState = AccountState.ACTIVE

    def open_at(self, now: datetime) -> bool:
        """Return whether it lets somebody in at a time, UTC."""
        return self.state is AccountState.ACTIVE and (self.until is None or now < self.until)

    @property
    def person(self) -> Person:
        """Whoever asks by it."""
        return Person(self.id, self.name, self.organisation, self.roles, self.compartments)
