"""Who has what of this node: every release, what was told about it since, what came back.

Worked out from the pieces of post at hand (`tawatur.node.indexing.post`), in whichever order they
came. A brief that was given to somebody (`tawatur.node.sharing.tracing`) is a disclosure as well,
and so is what the calendar of a community told; no notice reaches them.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import msgspec

from tawatur.errors import TawaturError, UnknownIdError
from tawatur.ledger import Ledger
from tawatur.model.account import AccountRole
from tawatur.model.entry import Kind
from tawatur.model.ids import CommunityId, NodeId
from tawatur.model.label import Label
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.post import Piece
from tawatur.node.sharing.exchange import Items
from tawatur.sharing import ReceiptStatus, pointing

_LAST = (ReceiptStatus.REFUSED, ReceiptStatus.ACCEPTED, ReceiptStatus.ERASED)
"""What a release comes to where several receipts came, the strongest last."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """That somebody was given an item of this node.

    ``label`` is the one that they were told last, None of what was handed to a person;
    ``told`` names the last notice, ``heard`` whether they acknowledged it. With ``existence``
    they were given a pointer: that there is something, and whom to ask. With ``calendar`` it stands
    in the calendar of a community, whose id ``to`` is.
    """

    id: str
    item: str
    to: str
    time: datetime  # UTC
    label: Label | None
    receipt: ReceiptStatus | None = None
    answered: datetime | None = None
    told: str | None = None
    heard: bool = False
    recalled: bool = False
    replaced: bool = False
    person: bool = False
    existence: bool = False
    calendar: bool = False

    @property
    def live(self) -> bool:
        """Whether they may still hold it, as far as anything that was written here says."""
        gone = self.recalled or self.replaced or self.receipt is ReceiptStatus.ERASED
        return not (gone or self.person or self.calendar or self.receipt is ReceiptStatus.REFUSED)


@dataclass(frozen=True, slots=True)
class Disclosures:
    """What one node gave; `Node.disclosures` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    index: Callable[[], Index]
    items: Items
    hiding: Callable[[], Callable[[str], bool]]  # what of this node's is not for whoever asks

    @undamaged
    def of(self, item: str) -> tuple[Disclosure, ...]:
        """Return to whom an item, or anything in it, was given, first given first.

        Of a claim its redacted versions too, and the document that holds its words.

        Args:
            item: The id of a document, claim or item of the desk, or the beginning of it; of what
                is erased here the whole id.

        Raises:
            UnknownIdError: Nothing of that id was ever given or is held, or it may not be seen.
            AmbiguousIdError: It is short for several.
            RoleNeededError: Whoever asks is no release officer of this node.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        item = self._known(item)
        if self.hiding()(item):
            raise UnknownIdError("item", item)
        post, holders = self.index().post, {item}
        pieces = [
            piece for each in (item, *self.items.versions(item)) for piece in post.holding(each)
        ]
        if item.startswith("c-"):
            with suppress(UnknownIdError):  # erased here
                whole = self.items.whole(item)
                holders.add(whole)
                pieces += post.of(Kind.RELEASE, item=whole)
        briefs = (
            _on_paper(piece, item)
            for piece in post.of(Kind.DISCLOSURE)
            if holders.intersection(piece.body["holds"])
        )
        found = (*map(self._released, pieces), *briefs)
        return tuple(sorted(found, key=lambda each: each.time))

    def _known(self, given: str) -> str:
        """Return the whole id of an item that is held, or was given before it was erased."""
        try:
            return self.items.id_of(given)
        except UnknownIdError:
            post = self.index().post
            was_given = post.about(given) or any(
                given in piece.body["holds"] for piece in post.of(Kind.DISCLOSURE)
            )
            # What is hidden is answered like what never was.
            if self.hiding()(given) or not was_given:
                raise
            return given

    @undamaged
    def released(self, item: str) -> tuple[Disclosure, ...]:
        """Return the releases of an item and of what is in it, first given first."""
        return tuple(map(self._released, self.index().post.holding(item)))

    @undamaged
    def to(
        self, party: NodeId | CommunityId, since: datetime | None = None
    ) -> tuple[Disclosure, ...]:
        """Return what a partner was given, from a time (UTC) on, first given first.

        Of a community what its calendar told.

        Without items that whoever asks may not see.

        Raises:
            RoleNeededError: Whoever asks is no release officer of this node.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        post, hides = self.index().post, self.hiding()
        found = (
            *map(self._released, post.of(Kind.RELEASE, party=party)),
            *(
                _on_paper(p, ", ".join(p.body["holds"]))
                for p in post.of(Kind.DISCLOSURE, party=party)
                if not any(map(hides, p.body["holds"]))
            ),
        )
        kept = (
            each for each in found if (since is None or each.time >= since) and not hides(each.item)
        )
        return tuple(sorted(kept, key=lambda each: each.time))

    @undamaged
    def called(self, item: str) -> str | None:
        """Return by what people know an item; None of what is erased here or cannot be seen."""
        try:
            return self.items.called(item)
        except TawaturError:
            return None

    @undamaged
    def release(self, given: str) -> Disclosure:
        """Return what became of one release of this node.

        Raises:
            UnknownIdError: There is none of that id.
        """
        found = self.index().post.of(Kind.RELEASE, id=given)
        if not found:
            raise UnknownIdError("release", given)
        return self._released(found[0])

    def _released(self, piece: Piece) -> Disclosure:
        post = self.index().post
        notices = post.of(Kind.NOTICE, inward=False, about=piece.id)
        answers = [
            *post.of(Kind.ACKNOWLEDGEMENT, id=piece.id),
            *post.of(Kind.ACKNOWLEDGEMENT, about=piece.id),
        ]
        known = [a for a in answers if a.body["status"] in _LAST]
        last = max(known, key=lambda a: _LAST.index(a.body["status"]), default=None)
        told = notices[-1] if notices else None
        return Disclosure(
            id=piece.id,
            item=piece.item or "",
            to=piece.party,
            time=piece.time,
            label=self._label(piece, notices),
            receipt=ReceiptStatus(last.body["status"]) if last else None,
            answered=datetime.fromisoformat(last.body["time"]) if last else None,
            told=told.id if told else None,
            heard=told is not None and any(a.id == told.id for a in answers),
            recalled=any(n.body["label"] is None for n in notices),
            replaced=bool(post.of(Kind.RELEASE, about=piece.id)),
            existence="pointer" in piece.body,
        )

    def _label(self, piece: Piece, notices: Sequence[Piece]) -> Label | None:
        """Return the label that came with the last notice that had one, or with the release."""
        told = [each.body["label"] for each in notices if each.body["label"] is not None]
        if told:
            return msgspec.convert(told[-1], Label)
        payload = self.ledger.entry(piece.entry).payload
        if payload is None:
            return None
        if "pointer" in piece.body:
            return pointing(payload.label, self.drafter.node, piece.party)
        return payload.label.given_to(piece.party)


def _on_paper(piece: Piece, item: str) -> Disclosure:
    calendar = "calendar" in piece.body
    return Disclosure(
        piece.id, item, piece.party, piece.time, None, person=not calendar, calendar=calendar
    )
