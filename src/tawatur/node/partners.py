"""Who a node's partners are: cards that a person here has added, and this node's own to hand out.

Nothing is trusted on first use: two people compare fingerprints before a card is added.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
from nacl.signing import SigningKey

from tawatur import sharing
from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import NodeId
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.index import Index, undamaged
from tawatur.sharing import Card


@dataclass(frozen=True, slots=True)
class Partners:
    """The partners of one node; `Node.partners` is where the doors find them."""

    drafter: Drafter
    card: Card
    key: SigningKey
    index: Callable[[], Index]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    @undamaged
    def all(self) -> dict[NodeId, Card]:
        """Return the partners by id."""
        rows = self.index().db.execute("SELECT body FROM partners ORDER BY id").fetchall()
        cards = (msgspec.msgpack.decode(body, type=Card) for (body,) in rows)
        return {card.id: card for card in cards}

    def one(self, given: str) -> Card:
        """Return a partner by its id, or its name where only one has it.

        Raises:
            UnknownIdError: There is none.
            AmbiguousIdError: Several have that name.
        """
        found = [card for card in self.all().values() if given in (card.id, card.name)]
        if not found:
            raise UnknownIdError("partner", given)
        if len(found) > 1:
            raise AmbiguousIdError(given, [card.id for card in found])
        return found[0]

    def add(self, content: bytes) -> Card:
        """Record the partner whose card this is and return it.

        Raises:
            AlteredFileError: It is no card, or was altered.
            UsageError: It is this node's own, or another key for a partner there is.
        """
        card = sharing.open_card(content)
        if card.id == self.card.id:
            raise UsageError("this is the card of this very node")
        held = self.all().get(card.id)
        if held is not None and held.key != card.key:
            raise UsageError(
                "{0} is a partner with another key; ask them, and compare fingerprints", card.id
            )
        if held != card:
            self.append([self.drafter.entry(Kind.PARTNER, bodies.body_of(card))])
        return card

    def sealed_card(self) -> bytes:
        """Return this node's own card as a file to hand over."""
        return sharing.sealed_card(self.card, self.key)

    @staticmethod
    def fingerprint(card: Card) -> str:
        """Return the words that two people compare before they trust a card."""
        return sharing.fingerprint(card)
