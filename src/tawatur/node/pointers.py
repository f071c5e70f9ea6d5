"""Of what does somebody learn no more than that it exists, and whom can they ask?

Partners hand over pointers (`tawatur.sharing.pointers`); and who works on this node for another
organisation learns of what is here, as far as its label says so. What is here is told by subject
and by whose it is, never item by item: how many there are is not to be known. Behind caveats an
item is told of until they are acknowledged by name, and is there then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.account import AccountRole
from tawatur.model.desk import Request
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import EntryId, NodeId, keyed_id
from tawatur.model.label import Decision, Label, Viewer, may_receive
from tawatur.node.desk.desk import Desk
from tawatur.node.drafting import Drafter
from tawatur.node.given import begins
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.labelling import Labels
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.sharing import Pointer, Whom, pointer_of


@dataclass(frozen=True, slots=True)
class Pointed:
    """One pointer: on what there is something, whom to ask, and by whom it came, None from here.

    ``caveats`` are words that open the item once they are acknowledged.
    """

    id: str
    pointer: Pointer
    sender: NodeId | None
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointers:
    """What one node knows to exist; `Node.pointers` is where the doors find it."""

    drafter: Drafter
    index: Callable[[], Index]
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    viewer: Viewer
    outgoing: Outgoing
    labels: Labels
    desk: Desk

    @undamaged
    def all(self) -> tuple[Pointed, ...]:
        """Return what whoever asks may know to exist, by subject, what is named last."""
        found = {*self._here(), *self._handed_over()}
        return tuple(
            sorted(found, key=lambda each: (each.pointer.subject or "\U0010ffff", each.id))
        )

    def one(self, given: str) -> Pointed:
        """Return a pointer by its id, or the beginning of it.

        Raises:
            UnknownIdError: There is none that may be known.
            AmbiguousIdError: Several begin so.
        """
        found = [each for each in self.all() if begins(each.id, given)]
        if not found:
            raise UnknownIdError("pointer", given)
        if len(found) > 1:
            raise AmbiguousIdError(given, [each.id for each in found])
        return found[0]

    def ask(self, given: str, what: str) -> Request:
        """Record a request to those whom a pointer names, let it wait for them, and return it.

        Where none of them is a partner it goes to whoever pointed.

        Args:
            given: The pointer's id.
            what: What is asked, in words.

        Raises:
            UnknownIdError: There is no such pointer.
            UsageError: Only caveats are in the way.
            RoleNeededError: Whoever asks is no release officer: another organisation is told.
        """
        self.drafter.person.verify_is(AccountRole.RELEASE_OFFICER)
        pointed, me = self.one(given), self.drafter.node
        if pointed.caveats:
            raise UsageError("acknowledge what is to be acknowledged: {0}", given)
        partners = self.outgoing.partners.in_force()
        asked = next((each for each in pointed.pointer.ask if each.id in partners), None)
        to = (asked.id if asked else pointed.sender) if pointed.sender else me
        if to not in {me, *partners}:
            raise UsageError("none of those who can be asked is a partner here")
        own = self.outgoing.accounts.organisations()[self.drafter.party]
        named = asked or pointed.pointer.ask[0]
        request = self.desk.ask(by=own, to=named.name, what=what)
        self.labels.change(request.id, {}, also=[to])
        if to != me:
            self.outgoing.propose(request.id, to)
        return request

    @undamaged
    def acknowledge(self, given: str) -> tuple[str, ...]:
        """Record that caveats are read, for whoever asks and their organisation; return them.

        Args:
            given: The id of a pointer, or that under which an item came, not shown before.

        Raises:
            UnknownIdError: There is nothing of that id to acknowledge.
        """
        unread = self.one(given).caveats if given.startswith("o-") else self._unread(given)
        said = ({"caveat": each, "party": self.drafter.party} for each in unread)
        self.append([self.drafter.entry(Kind.CONFIRMATION, body) for body in said])
        return unread

    # ------------------------------------------------------------ within

    def _here(self) -> list[Pointed]:
        """Return what is on this node of which whoever asks knows no more than that it exists."""
        return [
            self._pointed(self.outgoing.admission.to_ask(label), decision)
            for label, decision in self.sight(None).allowed.existing()
        ]

    def _pointed(self, ask: tuple[Whom, ...], decision: Decision) -> Pointed:
        parts = (*(whom.id for whom in ask), decision.subject or "", *decision.acknowledge)
        id_ = keyed_id("o", self.drafter.key, self.drafter.party, *parts)
        return Pointed(id_, Pointer(decision.subject, ask), None, decision.acknowledge)

    def _handed_over(self) -> list[Pointed]:
        """Return what partners pointed to, as far as whoever asks may know of it."""
        index, found = self.index(), []
        for piece in index.post.taken_in("o"):
            for entry in map(EntryId, piece.body["entries"]):
                payload = self.outgoing.ledger.entry(entry).payload
                if payload is not None and self._decided(index.label_of(entry)).allowed:
                    pointer = pointer_of(payload.body)
                    found.append(Pointed(payload.body["id"], pointer, payload.body["sender"]))
        return found

    def _decided(self, label: Label) -> Decision:
        party, now = self.drafter.party, self.drafter.now()
        return may_receive(self.viewer, label, self.index().heads.circumstances(party, now))

    def _unread(self, item: str) -> tuple[str, ...]:
        """Return the caveats on an item that came from a partner and may be known to exist."""
        index = self.index()
        held = (
            EntryId(each)
            for piece in index.post.of(Kind.RECEIPT, item=item)
            for each in piece.body.get("entries", ())
        )
        known = [
            decision
            for entry in held
            if self.outgoing.ledger.entry(entry).payload is not None
            and ((decision := self._decided(index.label_of(entry))).allowed or decision.acknowledge)
        ]
        if not known:
            raise UnknownIdError("document", item)
        return tuple(sorted({caveat for decision in known for caveat in decision.acknowledge}))
