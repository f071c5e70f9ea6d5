"""What leaves this node: single items, each released to one partner under its label.

A release is an entry of this node's log and a leaf in the partner's release log; the sealed
file is what is handed over (decision 5). Whether an item may go is the label's decision and,
where it goes to a community, that of a list that is new enough.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tawatur import sharing
from tawatur.errors import Message, NotReleasableError
from tawatur.ledger import Ledger
from tawatur.model.entry import Kind
from tawatur.model.ids import ReleaseId
from tawatur.model.label import Label, may_release
from tawatur.node.communities import Communities, epochs
from tawatur.node.drafting import Drafter
from tawatur.node.index import undamaged
from tawatur.node.partners import Partners


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What one node hands over; `Node.outgoing` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    partners: Partners
    communities: Communities
    item: Callable[[str], tuple[sharing.Item, Label]]
    writing: Callable[[], AbstractContextManager[None]]

    @undamaged
    def release(self, item: str, to: str) -> bytes:
        """Record that one item goes to one partner and return the file to hand over.

        Args:
            item: The id of a document, claim, commitment or request.
            to: A partner's id, or its name where only one has it.

        Raises:
            NotReleasableError: The item's label does not allow it, or gives it to communities
                that the partner is not in, by a list that is new enough.
            UnknownIdError: No such item or partner.
        """
        partner = self.partners.one(to)
        found, label = self.item(item)
        decision = may_release(self.drafter.node, label, self.drafter.now())
        if not decision.allowed:
            raise NotReleasableError("{0} may not be released: {1}", item, Message(decision.reason))
        used = self.communities.admitting(partner.id, label)
        release = sharing.Release(
            id=ReleaseId(self.drafter.random_id("z")),
            sender=self.partners.card,
            receiver=partner.id,
            time=self.drafter.now(),
            label=label.given_to(partner.id),
            item=found,
        )
        salt = self.drafter.entropy(32)
        body = {
            "id": release.id,
            "to": partner.id,
            "item": item,
            "sent_as": found.id,
            "salt": salt.hex(),
            "epochs": epochs(used),
        }
        commitment = sharing.commitment(release, salt)
        with self.writing():
            index = self.ledger.release_size(partner.id)
            entry = self.drafter.entry(Kind.RELEASE, body, label=label)
            self.ledger.append([entry], [(partner.id, commitment)])
            proof = self.ledger.release_proof(partner.id, index)
        told = sharing.LogProof(
            salt.hex(), proof.index, proof.checkpoint, tuple(h.hex() for h in proof.path)
        )
        return sharing.sealed_release(release, told, self.partners.key)
