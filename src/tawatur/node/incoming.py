"""What reaches this node: items that partners released to it, taken in under their label."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tawatur import sharing
from tawatur.errors import AlteredFileError, VerificationError
from tawatur.ledger import Proof, release_vkey
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.label import Viewer
from tawatur.node import exchange
from tawatur.node.drafting import Drafter
from tawatur.node.index import undamaged
from tawatur.node.partners import Partners
from tawatur.node.sight import Sight
from tawatur.node.views import Received


@dataclass(frozen=True, slots=True)
class Receiving:
    """What one node is handed; `Node.incoming` is where the doors find it."""

    drafter: Drafter
    partners: Partners
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    @undamaged
    def receive(self, content: bytes) -> Received:
        """Take in an item that a partner released to this node, under the partner's label.

        Raises:
            SharingError: It is altered, for another node, from a stranger, or not given to us.
        """
        try:
            release = sharing.open_release(
                content,
                self.drafter.node,
                self.partners.all(),
                self.drafter.now(),
                self._verify_log,
            )
        except ValueError as cause:
            raise AlteredFileError(
                "the release does not hold what a release holds: {0}", cause
            ) from cause
        kind, sender = release.item.kind, release.sender
        if self.partners.index().received(release.id):
            return Received(kind, None, sender.name, already=True)
        made, drafts = exchange.drafts(self.drafter, release)
        receipt = {"release": release.id, "from": sender.id, "item": made}
        self.append([self.drafter.entry(Kind.RECEIPT, receipt, label=release.label), *drafts])
        if kind == "claim":
            made = next(self.sight(None).claims(document=made)).id
        return Received(kind, made, sender.name, already=False)

    def _verify_log(self, card: sharing.Card, leaf: bytes, told: sharing.LogProof) -> None:
        path = tuple(bytes.fromhex(h) for h in told.hashes)
        try:
            key = release_vkey(card.key, self.drafter.node)
            Proof(told.index, path, told.checkpoint).verify(leaf, key)
        except VerificationError as cause:
            raise AlteredFileError("it does not stand in its sender's release log") from cause
