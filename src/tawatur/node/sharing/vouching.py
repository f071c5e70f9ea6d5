"""Whose word is proven of what partners hand over, and what this node vouches for itself.

A release carries its sender's voucher, and those of others that came with the item and hold
for it as it goes on (`tawatur.sharing.vouchers`). What came with an item is an entry beside it,
which goes when the item is erased. Whether a voucher counts is asked of the keys that are known
now: an originator is proven as soon as its card is confirmed here (decision 39).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from nacl.signing import SigningKey

from tawatur import sharing
from tawatur.errors import AlteredFileError
from tawatur.ledger import Ledger
from tawatur.model.entry import Kind
from tawatur.model.ids import EntryId, NodeId
from tawatur.model.label import Label, Terms
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index
from tawatur.node.indexing.post import Piece
from tawatur.node.sharing.partners import Partners
from tawatur.sharing import Identity, Item, Release, Voucher
from tawatur.sharing.vouchers import MOST_VOUCHERS

_SALT = 32
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Vouching:
    """The vouchers of one node, its own and those that came."""

    drafter: Drafter
    ledger: Ledger
    index: Callable[[], Index]
    partners: Partners
    key: SigningKey

    # ------------------------------------------------------------ what goes

    def going(self, item: Item, label: Label, whole: str) -> tuple[Voucher, ...]:
        """Return what vouches for an item that is released: this node, and whoever else does.

        Args:
            item: As it travels.
            label: Under which it goes.
            whole: The id of what it is of here.
        """
        salt = self.drafter.entropy(_SALT)
        leaf = sharing.vouched(item.kind, item.body, self.drafter.node, salt)
        own = self._own(leaf.hex(), label)
        # A voucher of whoever is not in the label would tell who gave an own copy's twin.
        others = set(label.originators) - {self.drafter.node}
        last = {
            each.originator: each
            for each in self._came(whole)
            if each.originator in others and covers(each, item)
        }
        found = (*(replace(each, salt=salt.hex()) for each in own), *last.values())
        return found[:MOST_VOUCHERS]

    def again(self, vouchers: Iterable[Voucher], label: Label) -> tuple[Voucher, ...]:
        """Return what vouches for an item under another label of this node's, once released."""
        mine = [each for each in vouchers if each.originator == self.drafter.node]
        return self._own(mine[0].leaf, label) if mine else ()

    def _own(self, leaf: str, label: Label) -> tuple[Voucher, ...]:
        """Return this node's voucher, none where a label holds no word of its own."""
        me, now = self.drafter.node, self.drafter.now()
        own = [terms for terms in label.terms if terms.originator == me]
        bare = [Voucher(me, now, leaf, Label.of(*own))] if own else []
        return tuple(sharing.signed_voucher(each, self.key) for each in bare)

    def _came(self, whole: str) -> list[Voucher]:
        """Return the vouchers that came with an item, the latest of each originator last."""
        pieces = self.index().post.of(Kind.RECEIPT, item=whole)
        return sorted((v for piece in pieces for v in self.of(piece)), key=lambda each: each.time)

    # ------------------------------------------------------------ what came

    def verify(self, release: Release) -> None:
        """Return if what comes as vouched for is what was signed, as far as keys are known.

        Raises:
            AlteredFileError: It is other content, or nobody's signature.
        """
        for each in release.vouchers:
            if not covers(each, release.item):
                raise AlteredFileError("it is not what {0} signed", self._name(each.originator))
        self.verify_signed(release.vouchers)

    def verify_signed(self, vouchers: Iterable[Voucher]) -> None:
        """Return unless one is signed by no key of its originator, where that is known.

        Raises:
            AlteredFileError: One is forged.
        """
        for each in vouchers:
            identity = self._identity(each.originator)
            if identity is not None and each.is_forged(identity):
                name = self._name(each.originator)
                raise AlteredFileError("the signature of {0} that came with it is forged", name)

    def terms(self, vouchers: Iterable[Voucher]) -> dict[NodeId, list[Terms]]:
        """Return the terms of everybody who is proven by one of these vouchers."""
        found = {}
        for each in vouchers:
            identity = self._identity(each.originator)
            if identity is not None and each.holds(identity):
                found[each.originator] = list(each.label.terms)
        return found

    def of(self, piece: Piece) -> list[Voucher]:
        """Return the vouchers that came with a release, under the last terms told since."""
        beside = vouchers_beside([piece], self.ledger)
        payload = self.ledger.entry(beside[0]).payload if beside else None
        if payload is None:
            return []
        told = self.index().post.of(Kind.NOTICE, inward=True, about=piece.id, party=piece.party)
        later = [v for n in told for v in sharing.vouchers_of(n.body.get("vouchers", []))]
        return [_latest(v, later) for v in sharing.vouchers_of(payload.body["vouchers"])]

    def _identity(self, party: NodeId) -> Identity | None:
        if party == self.drafter.node:
            return self.partners.own()
        return self.partners.identities().get(party)

    def _name(self, party: NodeId) -> str:
        card = self.partners.all().get(party)
        return card.name if card else party


def vouchers_beside(received: Iterable[Piece], ledger: Ledger) -> list[EntryId]:
    """Return the entries that hold what vouches for releases that came, without those erased."""
    entries = (EntryId(p.body["voucher"]) for p in received if p.body.get("voucher"))
    return [each for each in entries if ledger.entry(each).payload is not None]


def covers(voucher: Voucher, item: Item) -> bool:
    """Whether a voucher was signed for an item as it travels here."""
    try:
        return voucher.covers(item.kind, item.body)
    except (KeyError, TypeError, ValueError):  # it holds no steps, of which there should be some
        return False


def _latest(voucher: Voucher, later: Iterable[Voucher]) -> Voucher:
    """Return a voucher under the last terms that its originator signed for the same content."""
    same = [v for v in later if (v.originator, v.leaf) == (voucher.originator, voucher.leaf)]
    last = max(reversed([voucher, *same]), key=lambda each: each.time)
    return replace(last, salt=voucher.salt)
