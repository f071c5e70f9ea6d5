"""What the pages on sharing need of a node; `ports` has the rest.

`tawatur.node.sharing` says what each takes and returns, and who may ask.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from tawatur.model.ids import CommunityId, NodeId, ReleaseId
from tawatur.node import Card, Disclosure, Partner, PartnerState, Piece, Recalled, Waiting
from tawatur.node.sharing.communities import Community


class ShownOutgoing(Protocol):
    """What leaves the node."""

    @property
    def second(self) -> bool:
        """Whether a second person has to agree to each release."""

    def waiting(self, to: NodeId | None = None) -> tuple[Waiting, ...]:
        """Return what would leave, and what is held back."""

    def described(self, waiting: Waiting) -> Waiting:
        """Return what waits with what people call its item, and under which label it goes."""

    def propose(self, item: str, to: str, replaces: ReleaseId | None = None) -> Waiting:
        """Note that an item is to go to a partner."""

    def agree(self, given: str) -> Waiting:
        """Record that a second person agrees to a release."""

    def take_back(self, given: str, why: str) -> Piece:
        """Record that a release that waits is not to leave."""

    def recall(self, item: str, why: str, *, from_: NodeId | None = None) -> Recalled:
        """Recall an item from everybody who has it, or from one party."""


class ShownDisclosures(Protocol):
    """Who has what."""

    def of(self, item: str) -> tuple[Disclosure, ...]:
        """Return to whom an item was given, first given first."""

    def to(
        self, party: NodeId | CommunityId, since: datetime | None = None
    ) -> tuple[Disclosure, ...]:
        """Return what a partner or a community was given, first given first."""

    def called(self, item: str) -> str | None:
        """Return by what people know an item; None of what is erased here or cannot be seen."""


class ShownPartners(Protocol):
    """Whom the node exchanges with."""

    @property
    def card(self) -> Card:
        """This node's own."""

    def known(self) -> Mapping[NodeId, Partner]:
        """Return everybody there is a card of, by id."""

    def all(self) -> Mapping[NodeId, Card]:
        """Return the cards that somebody here has confirmed, by id."""

    def in_force(self) -> Mapping[NodeId, Card]:
        """Return the cards of those that may be given something now, by id."""

    def put(self, given: str, state: PartnerState, why: str) -> Partner:
        """Suspend a partner, or take it back."""

    @staticmethod
    def fingerprint(card: Card) -> str:
        """Return the words that two people compare."""


class ShownCommunities(Protocol):
    """Who belongs to what."""

    def all(self) -> tuple[Community, ...]:
        """Return the communities that whoever asks may know."""

    def one(self, given: str) -> Community:
        """Return one of them by its id, the beginning of it, or its name."""

    def seen(self, community: Community) -> Community:
        """Return a community as whoever asks may list it."""
