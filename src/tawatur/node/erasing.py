"""Which entries does an id stand for, and how is all of it erased?

An item is changed and erased by its entries. Those that carry its label are the ones by
which it came; those that hold anything of it are more: readings, judgements, labels, and the
words of it in briefs that were given out. People of another organisation than the node's
erase what is that organisation's alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tawatur.errors import Message, NodeError, UnknownIdError, UsageError, system_message
from tawatur.model.entry import Entry, Kind
from tawatur.model.ids import DocumentId, EntryId, RulingId
from tawatur.model.label import Viewer
from tawatur.node.accounts import Accounts
from tawatur.node.desk.desk import Desk
from tawatur.node.drafting import Drafter
from tawatur.node.given import said
from tawatur.node.intake.containers import Containers
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.exchange import Items
from tawatur.node.sharing.tracing import Tracing
from tawatur.node.sharing.vouching import vouchers_beside
from tawatur.node.upkeep import Upkeep
from tawatur.node.views import Erased


@dataclass(frozen=True, slots=True)
class Holdings:
    """The entries behind the ids of one node, as somebody who asks it may know of them."""

    drafter: Drafter
    upkeep: Upkeep
    sight: Callable[[Viewer | None], Sight]
    at_hand: Callable[[Viewer | None], Sight]
    """The same without catching up, for whoever holds the lock."""
    desk: Desk
    items: Items
    tracing: Tracing

    def labelled(self, given: str) -> list[EntryId]:
        """Return the entries that carry the label of an item: those by which it came.

        Raises:
            UnknownIdError: There is no such item that may be seen.
            UsageError: It is no item with a label of its own.
        """
        sight = self.sight(None)
        if given.startswith("d-"):
            return sight.taken_in_by(sight.document(given).line.id)
        if given.startswith("j-"):
            return [sight.decided.entry_of_ruling(sight.decided.ruling(given).id)]
        if given.startswith(("f-", "k-", "l-", "mt-", "p-", "q-")):
            return sight.desk_entries(self.desk.id_of(given))
        if given.startswith("u-"):
            return sight.desk_entries(sight.kept_id(Kind.SUBJECT, given))
        if given.startswith("y-"):
            return [self.items.redaction(given).header.id]
        raise UsageError("{0}: documents, items of the desk and rulings have a label", given)

    def all_of(self, given: str) -> list[EntryId]:
        """Return the entries that hold anything of ``given``, briefs given out among them.

        The caller holds the lock.
        """
        index, sight = self.upkeep.index, self.at_hand(None)
        if given.startswith("c-"):
            claim = sight.claim(given)
            raise UsageError(
                "{0} is words of a document: reject it, or erase the document "
                "{1} with `tawatur erase {1}`",
                given,
                claim.document,
            )
        if given.startswith("d-"):
            document = sight.document(given).line.id
            found = [*index.texts.entries_of(document), *self.tracing.holding(document)]
            return [*found, *self._vouchers(document)]
        if given.startswith("j-"):
            found = self._recording((Kind.RULING,), given)
            if not found:
                raise UnknownIdError("ruling", given)
            return found
        if given.startswith("y-"):
            self.items.redaction(given)
            return self._recording((Kind.REDACTION,), given)
        if given.startswith(("u-", "w-")):
            kind = Kind.SUBJECT if given.startswith("u-") else Kind.INTEREST
            return self._recording((kind,), sight.kept_id(kind, given))
        item = self.desk.id_of(given)
        found = [*self._with_labels(index.books.entries(item)), *self.tracing.holding(item)]
        return [*found, *self._vouchers(item)]

    def own(self, given: str) -> list[EntryId]:
        """Return the entries of an item that may be seen which are of this organisation alone.

        Raises:
            UnknownIdError: There is no such item that may be seen.
            UsageError: A person of another organisation asks, and there are none.
        """
        party, index = self.drafter.party, self.upkeep.index
        found = [
            each for each in self.labelled(given) if index.label_of(each).originators == (party,)
        ]
        if party != self.drafter.node and not found:
            raise UsageError("nothing of {0} is your organisation's alone", given)
        return found

    def guests(self, given: str) -> list[EntryId]:
        """Return what goes where a guest erases an item: all of it unless others brought it too."""
        own = self.own(given)
        if given.startswith("d-"):
            document = self.at_hand(None).document(given).line.id
            if not set(self.upkeep.index.texts.taken_in_by(document)) <= set(own):
                return self._with_labels(own)
        return self.all_of(given)

    def _recording(self, kinds: Sequence[Kind], id: str) -> list[EntryId]:  # noqa: A002
        """Return the entries of some kinds that record what has an id, and what became of it."""
        found = [
            entry.header.id
            for entry in self.upkeep.ledger.entries(kinds=kinds)
            if entry.payload is not None and entry.payload.body["id"] == id
        ]
        return self._with_labels(found)

    def _vouchers(self, item: str) -> list[EntryId]:
        """Return what vouches for an item that came from partners."""
        received = self.upkeep.index.post.of(Kind.RECEIPT, item=item)
        return vouchers_beside(received, self.upkeep.ledger)

    def _with_labels(self, entries: Sequence[EntryId]) -> list[EntryId]:
        """Return entries with the labels put on them."""
        return [*entries, *self.upkeep.index.heads.on(entries)]


@dataclass(frozen=True, slots=True)
class Erasing:
    """The erasures of one node; `Node.erase` is where the doors find them."""

    drafter: Drafter
    upkeep: Upkeep
    sight: Callable[[Viewer | None], Sight]
    accounts: Accounts
    holdings: Holdings
    containers: Path
    """Where it is noted which archives were taken whole."""
    answers: Path
    """Where answers of a language model are kept."""
    then: Callable[[], None]
    """Lets what lies on shelves follow."""

    def erase(self, id: str, *, why: str) -> Erased:  # noqa: A002
        """See `Node.erase`."""
        said(why, Message("the reason"))
        sight, party = self.sight(None), self.drafter.party
        documents = [sight.document(id).line.id] if id.startswith("d-") else []
        own = self.holdings.own(id) if self.drafter.person.has_account else []
        body = {"reason": why, "authority": self.accounts.organisations()[party]}
        if party == self.drafter.node:
            entry, count = self.erased(lambda: self.holdings.all_of(id), documents, body)
        else:  # how much there is in all would tell whether others hold the same
            entry, _ = self.erased(lambda: self.holdings.guests(id), documents, body)
            count = len(own)
        return Erased(entry.header.id, count, why)

    def erased(
        self,
        entries: Callable[[], Sequence[EntryId]],
        documents: Collection[DocumentId],
        body: Mapping[str, object],
    ) -> tuple[Entry, int]:
        """Erase entries, and what else is kept of whole documents; return the erasure, how many.

        Args:
            entries: Says which; asked when nobody else writes.
            documents: Those of which nothing stays.
            body: What the ledger keeps of it: the reason, and on whose authority.
        """
        with self.upkeep.writing():
            found = entries()
            with closing(Containers(self.containers)) as containers:
                containers.forget()
            for document in documents:
                self._forget_answers(document)
            entry = self.upkeep.ledger.erase(found, draft=self.drafter.entry(Kind.ERASURE, body))
            self.upkeep.finish()
            self.upkeep.index.purge()
        self.then()
        return entry, len(found)

    def _forget_answers(self, document: DocumentId) -> None:
        from tawatur.node.intake.answers import Answers  # noqa: PLC0415 - brings the way out with it

        try:
            Answers(self.answers).forget(document)
        except OSError as cause:
            folder = self.answers / document
            raise NodeError("{0} cannot be removed ({1})", folder, system_message(cause)) from cause

    def overdue(self) -> tuple[DocumentId | RulingId, ...]:
        """See `Node.overdue_for_erasure`."""
        sight, now = self.sight(None), self.drafter.now()
        documents = (
            line.id
            for line in sorted(sight.documents(), key=lambda d: d.id)
            if all(a.expires is not None and a.expires <= now for a in sight.acquisitions(line.id))
        )
        rulings = (
            ruling.id
            for _, ruling in self.upkeep.index.rulings()
            if ruling.expires is not None and ruling.expires <= now
        )
        return (*documents, *sorted(rulings))
