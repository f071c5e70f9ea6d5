"""Does a partner show this node the history that it shows the others?

Members of a community tell each other which heads of a partner's log they were shown, and
each partner shows what its own log holds (`tawatur.sharing.heads`). What came is an entry;
`compared` works out from all of them whether one history explains every head. Two that no
one history explains are proof, since the partner signed both.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from tawatur import sharing
from tawatur.errors import VerificationError
from tawatur.ledger import Checkpoint, Ledger, roots_at
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import CommunityId, NodeId
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.sharing.communities import Communities
from tawatur.node.sharing.partners import Partners
from tawatur.node.views import Received
from tawatur.sharing import Head, Heads, ReceiptStatus, Shown


@dataclass(frozen=True, slots=True)
class Compared:
    """What the heads of a partner's log for one community come to.

    ``split`` are two heads that no one history explains, ``unlogged`` releases that came from
    the partner by the community's list and stand in none of the histories it has shown.
    """

    community: str  # its name
    heads: int
    by: tuple[str, ...]  # names of those who were shown them
    later: int  # heads that nothing here reaches yet
    split: tuple[str, str] | None
    unlogged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Histories:
    """What partners have shown; `Node.histories` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    partners: Partners
    communities: Communities
    index: Callable[[], Index]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    def shared(self, party: NodeId) -> frozenset[CommunityId]:
        """Return the communities that a partner is in, by the lists that are known here."""
        if party not in self.partners.in_force():
            return frozenset()
        lists = self.communities.all()
        return frozenset(each.id for each in lists if each.standing(party) is not None)

    def letter(self, party: NodeId) -> bytes | None:
        """Return what a member is shown of the communities that it is in; None if nothing is."""
        shared = self.shared(party)
        own = tuple(self._shown(each) for each in sorted(shared) if self._size(each))
        seen = {
            head: None
            for _by, heads in self._came()
            for head in (*(shown.head for shown in heads.own), *heads.seen)
            if head.community in shared and head.owner != self.drafter.node
        }
        if not (own or seen):
            return None
        card, now = self.partners.card, self.drafter.now()
        return sharing.sealed_heads(Heads(card, party, now, own, tuple(seen)), self.partners.key)

    @undamaged
    def take(self, content: bytes) -> Received:
        """Keep what a partner shows, and return that.

        Raises:
            SharingError: It is altered, for another node, or from a stranger.
        """
        me, now = self.drafter.node, self.drafter.now()
        heads = sharing.open_heads(content, me, self.partners.identities(), now)
        body = {"own": bodies.body_of(heads.own), "seen": bodies.body_of(heads.seen)}
        known = any(by == heads.sender.id and _told(each) == body for by, each in self._came())
        if not known:
            more = {"id": self.drafter.random_id("b"), "from": heads.sender.id}
            self.append([self.drafter.entry(Kind.HEADS, {**more, **body})])
        return Received("heads", None, heads.sender.name, known, "", ReceiptStatus.ACCEPTED)

    @undamaged
    def compared(self, partner: str) -> tuple[Compared, ...]:
        """Return what a partner has shown, to this node and to others, community by community.

        Raises:
            UnknownIdError: There is no such partner.
        """
        owner = self.partners.by_name(partner).id
        return tuple(
            self._compared(owner, each.id, each.charter.name)
            for each in self.communities.all()
            if each.standing(owner) is not None
        )

    # ------------------------------------------------------------ within

    def _compared(self, owner: NodeId, community: CommunityId, name: str) -> Compared:
        """Work out whether one history explains all heads of one log."""
        heads: dict[Head, set[NodeId]] = {}
        histories: dict[Head, list[bytes]] = {}
        for by, told in self._came():
            for shown in told.own:
                if (shown.head.owner, shown.head.community) == (owner, community):
                    heads.setdefault(shown.head, set()).add(self.drafter.node)
                    histories[shown.head] = [bytes.fromhex(each) for each in shown.leaves]
            for head in told.seen:
                if (head.owner, head.community) == (owner, community):
                    heads.setdefault(head, set()).add(by)
        checked = {head: c for head in heads if (c := self._checked(head)) is not None}
        reached = max(map(len, histories.values()), default=0)
        logged = {leaf.hex() for leaves in histories.values() for leaf in leaves}
        names = {card.id: card.name for card in self.partners.all().values()}
        names[self.drafter.node] = self.partners.card.name
        by_name = sorted({names.get(each, each) for head in checked for each in heads[head]})
        return Compared(
            community=name,
            heads=len(checked),
            by=tuple(by_name),
            later=sum(each.size > reached for each in checked.values()),
            split=_split(checked, histories),
            unlogged=tuple(self._unlogged(owner, community, logged)) if histories else (),
        )

    def _checked(self, head: Head) -> Checkpoint | None:
        try:
            return head.checked(self.partners.identities()[head.owner])
        except (KeyError, VerificationError):
            return None

    def _unlogged(self, owner: NodeId, community: CommunityId, logged: set[str]) -> Iterator[str]:
        """Yield releases taken in by a community's list that are in no history shown."""
        for piece in self.index().post.of(Kind.RECEIPT, party=owner):
            by = piece.body.get("by_lists", ())
            if community in by and piece.body["leaf"] not in logged:
                yield piece.item or piece.id

    def _came(self) -> list[tuple[NodeId, Heads]]:
        """Return what partners showed so far, first come first."""
        found = []
        for entry in self.ledger.entries(kinds=(Kind.HEADS,)):
            if entry.payload is not None:
                body = entry.payload.body
                own = msgspec.convert(body["own"], tuple[Shown, ...])
                seen = msgspec.convert(body["seen"], tuple[Head, ...])
                sender = self.partners.card  # whose it was stands beside
                told = Heads(sender, self.drafter.node, entry.header.time, own, seen)
                found.append((NodeId(body["from"]), told))
        return found

    def _size(self, community: CommunityId) -> int:
        return self.ledger.release_size(NodeId(community))

    def _shown(self, community: CommunityId) -> Shown:
        """Return this node's own log for a community."""
        log = NodeId(community)
        leaves = tuple(each.hex() for each in self.ledger.release_leaves(log))
        head = Head(self.drafter.node, community, self.ledger.release_checkpoint(log))
        return Shown(head, leaves)


def _told(heads: Heads) -> dict[str, object]:
    return {"own": bodies.body_of(heads.own), "seen": bodies.body_of(heads.seen)}


def _split(
    heads: dict[Head, Checkpoint], histories: dict[Head, list[bytes]]
) -> tuple[str, str] | None:
    """Return two heads that no one history explains, if there are."""
    by_size: dict[int, Head] = {}
    for head, said in heads.items():
        other = by_size.setdefault(said.size, head)
        if heads[other].root != said.root:
            return other.note, head.note
    for own, leaves in histories.items():
        sizes = {said.size for said in heads.values() if said.size <= len(leaves)}
        roots = roots_at(leaves, sizes)
        for head, said in heads.items():
            if said.size in roots and roots[said.size] != said.root:
                return own.note, head.note
    return None
