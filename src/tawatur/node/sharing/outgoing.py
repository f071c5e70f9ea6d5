"""What leaves this node: items under their labels, what is told of them afterwards, receipts.

A release is an entry of this node's log and a leaf in the partner's release log; the sealed
file is what is handed over (decision 5). Whether an item may go is the label's decision and,
where it goes to a community, that of a list that is new enough. What somebody was given
follows its label: where that is narrowed, or the item recalled, a notice waits for everybody
who has it until they acknowledge it (decision 25).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from tawatur import sharing
from tawatur.errors import Message, NotReleasableError, TawaturError, UnknownIdError, UsageError
from tawatur.ledger import Ledger, Proof
from tawatur.model.account import AccountRole
from tawatur.model.claim import Claim
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, CommunityId, NodeId, NoticeId, ReleaseId
from tawatur.model.label import (
    Circle,
    Label,
)
from tawatur.node import bodies
from tawatur.node.accounts import Accounts
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.post import Piece
from tawatur.node.sharing.admission import Admission
from tawatur.node.sharing.communities import epochs
from tawatur.node.sharing.disclosures import Disclosure, Disclosures
from tawatur.node.sharing.exchange import Items, travelling
from tawatur.node.sharing.partners import Partners
from tawatur.node.sharing.vouching import Vouching
from tawatur.sharing import Card, Notice, Receipt, ReceiptStatus, Voucher

_RECALLED = Message("they have it, and it is recalled")
_RELABELLED = Message("they have it, and its label is another now")
# It is kept and sent in English; whoever shows it says it in the reader's words.
_CHANGED = str(Message("its label was changed"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One piece of post that may leave, or may not, and why: a proposal, notice or receipt.

    ``agrees`` says whether whoever asks may be the second person who has to agree to it.
    """

    piece: Piece
    may: bool
    why: Message
    agrees: bool = False
    called: str | None = None  # by what people know the item, and its label, where it is here
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a recall reaches, and the copies that it cannot reach, each with the reason."""

    told: tuple[Disclosure, ...]
    unreached: tuple[tuple[Disclosure, Message], ...]
    taken_back: tuple[Piece, ...] = ()  # releases that waited, and do not leave any more


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What one node hands over; `Node.outgoing` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    index: Callable[[], Index]
    partners: Partners
    disclosures: Disclosures
    items: Items
    admission: Admission
    vouching: Vouching
    writing: Callable[[], AbstractContextManager[None]]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    accounts: Accounts
    hiding: Callable[[], Callable[[str], bool]]  # what of this node's is not for whoever asks
    second: bool = False
    told: Callable[[], object] = lambda: None  # hears that there is a notice more

    # ------------------------------------------------------------ releases

    @undamaged
    def release(self, item: str, to: str, replaces: ReleaseId | None = None) -> bytes:
        """Record that one item goes to one partner and return the file to hand over.

        Args:
            item: The id of a document, claim, commitment or request.
            to: A partner's id, or its name where only one has it.
            replaces: The release to this partner in whose place it comes.

        Raises:
            NotReleasableError: The item's label does not allow it, or gives it to communities
                that the partner is not in, by a list that is new enough; or a second person
                has to agree first (`propose`).
            UnknownIdError: No such item or partner.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        partner, item = self.partners.one(to), self.items.id_of(item)
        agreed = self._agreed(item, partner) if self.second else None
        id_ = agreed or ReleaseId(self.drafter.random_id("z"))
        return self._released(id_, item, partner, replaces)

    @undamaged
    def propose(self, item: str, to: str, replaces: ReleaseId | None = None) -> Waiting:
        """Note that one item is to go to one partner with the next hand-over, and return that.

        What waits already is not noted again.

        Raises:
            NotReleasableError: It may not go now.
            UsageError: Two people have to agree, and whoever asks has none of the accounts.
            UnknownIdError: No such item or partner.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        self._verify_answerable()
        partner, item = self.partners.one(to), self.items.id_of(item)
        label = self.items.label(item)
        self.admission.admitted(item, partner.id, label, replaces)
        said = self.index().post.of(Kind.PROPOSAL, item=item, party=partner.id)
        for each in self._open(said):
            if each.about == replaces:
                return self._proposed(each)
        body = {
            "id": self.drafter.random_id("z"),
            "to": partner.id,
            "item": item,
            "about": replaces,
        }
        self.append([self.drafter.entry(Kind.PROPOSAL, body, label=label)])
        return self._proposed(self.index().post.of(Kind.PROPOSAL, id=str(body["id"]))[0])

    @undamaged
    def agree(self, given: str) -> Waiting:
        """Record that a second person agrees to a release, and return it.

        Raises:
            UnknownIdError: No such release waits.
            UsageError: It was this very person who proposed it, or whoever asks has none of
                the accounts.
        """
        self._verify_answerable()
        found = self._proposal(given)
        if self.ledger.entry(found.entry).header.author == self.drafter.author:
            raise UsageError("whoever proposed it cannot be the second person")
        label = self.items.label(found.item or "")
        self.append([self.drafter.entry(Kind.PROPOSAL, found.body, label=label)])
        return self._proposed(found)

    @undamaged
    def take_back(self, given: str, why: str) -> Piece:
        """Record that a release that waits is not to leave, and return it.

        Raises:
            UnknownIdError: No such release waits.
            UsageError: No reason is given, or it tells whoever a trace named.
            RoleNeededError: Whoever asks is no release officer of this node.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        if not why.strip():
            raise UsageError("give a reason, for the record")
        found = self._proposal(given)
        _verify_no_trace(found.item or "")
        self._take_back(found, why.strip())
        return found

    @undamaged
    def redact(self, item: str, cuts: sharing.Cuts, *, why: str | None = None) -> tuple[str, Claim]:
        """Record a version of a claim with words left out; return its id and what it says.

        It is an item with a label of its own, at first the claim's; what others say of the claim
        holds for it too. It is erased with the document.

        Args:
            item: The id of a claim.
            cuts: What is left out.
            why: The reason, for the record.

        Raises:
            UnknownIdError: There is no such claim.
            NotReleasableError: It was rejected.
            UsageError: It is no claim, or cannot be redacted so.
        """
        draft, made = self.items.redacted(self.items.id_of(item), cuts, why)
        self.append([draft])
        return draft.payload.body["id"], made

    @undamaged
    def correct(self, item: str) -> tuple[Waiting, ...]:
        """Propose that everybody who has an item gets it as it is now, in place of what they have.

        Raises:
            UsageError: Nobody has it.
            NotReleasableError: One of them may not have it now.
        """
        held = [each for each in self.disclosures.released(item) if each.live]
        if not held:
            raise UsageError("nobody has {0}", item)
        return tuple(self.propose(each.item, each.to, ReleaseId(each.id)) for each in held)

    # ------------------------------------------------------------ what is told afterwards

    @undamaged
    def follow(
        self,
        item: str,
        before: Mapping[str, Label],
        *,
        no_more: Collection[NodeId | Circle] = (),
        why: str | None = None,
    ) -> tuple[Disclosure, ...]:
        """Tell everybody who has an item what its label is now, and return those who are told.

        It is recalled from whom it is no longer for: who was named and is not any more, who is
        told so in person, or by whoever may not pass it on.

        Args:
            item: What was labelled.
            before: The labels of the item, and of what was released of it, before (`labels`).
            no_more: Parties whom the change names as those who may not have it any more.
            why: The reason, for those who have it.
        """
        told = []
        for each in self.disclosures.released(item):
            party = NodeId(each.to)
            if not each.live:
                continue
            label = self._label(each.item)
            given = (
                self.admission.as_given(label, party, existence=each.existence) if label else None
            )
            if label and (
                party in no_more
                or not self.admission.stays(each, before.get(each.item, label), label)
            ):
                given = None
            if given != each.label:
                self._tell(each, given, why or _CHANGED)
                told.append(self.disclosures.release(each.id))
        return tuple(told)

    def labels(self, item: str) -> dict[str, Label]:
        """Return the labels of what was released of an item, as far as it is held here."""
        held = {each.item: self._label(each.item) for each in self.disclosures.released(item)}
        return {each: label for each, label in held.items() if label is not None}

    @undamaged
    def recall(self, item: str, why: str, *, from_: NodeId | None = None) -> Recalled:
        """Recall an item from everybody who has it, or from one party, and return who is told.

        What of it waits for them does not leave any more. Of a claim its redacted versions are
        recalled too; who has the whole document keeps that, and is named.

        Args:
            item: Its id; it may be erased here.
            why: The reason, which they keep.
            from_: Only from this one.

        Raises:
            UsageError: No reason is given, nobody has it and nobody is to have it, or it tells
                whoever a trace named.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        if not why.strip():
            raise UsageError("give a reason, for the record")
        _verify_no_trace(item)
        given = [d for d in self.disclosures.of(item) if from_ is None or d.to == from_]
        waiting = [p for p in self._proposed_of(item) if from_ in (None, p.party)]
        if not given and not waiting:
            raise UsageError("nobody has {0}", item)
        for piece in waiting:
            self._take_back(piece, why.strip())
        wider = [each for each in given if item.startswith("c-") and each.item.startswith("d-")]
        held = [each for each in given if each not in wider]
        for each in held:
            if each.live:
                self.withdraw(each, why.strip())
        letters = (each for each in held if not (each.person or each.calendar))
        told = tuple(self.disclosures.release(each.id) for each in letters)
        unreached = [
            *self._unreached(held),
            *(
                (each, Message("in the whole document; recall that: {0}", (each.item,)))
                for each in wider
                if each.live
            ),
        ]
        return Recalled(told, tuple(unreached), tuple(waiting))

    def withdraw(self, given: Disclosure, why: str) -> None:
        """Recall what somebody was given."""
        self._tell(given, None, why)

    def _unreached(self, given: Sequence[Disclosure]) -> list[tuple[Disclosure, Message]]:
        """Return the copies that no notice reaches, or of which nothing was ever heard."""
        found, partners = [], self.partners.all()
        for each in given:
            if each.calendar:
                found.append((each, Message("in a calendar; gone from it when it is next asked")))
            elif each.person:
                found.append((each, Message("in a brief, which no notice reaches; ask for it")))
            elif NodeId(each.to) not in partners:
                found.append((each, Message("no partner any more")))
            elif each.receipt is None:
                found.append((each, Message("no receipt; it may never have been taken in")))
        return found

    def _label(self, item: str) -> Label | None:
        """Return the label of an item, None where it is not held here any more."""
        try:
            return travelling(item, self.items.label(item))
        except UnknownIdError:
            return None

    def _tell(self, about: Disclosure, label: Label | None, why: str) -> None:
        """Record a notice about a release; it waits until it is acknowledged."""
        notice = sharing.Notice(
            id=NoticeId(self.drafter.random_id("t")),
            sender=self.partners.card,
            receiver=NodeId(about.to),
            time=self.drafter.now(),
            about=ReleaseId(about.id),
            label=label,
            why=why,
            vouchers=self._vouched_again(about, label),
        )
        salt = self.drafter.entropy(32)
        body = {
            "id": notice.id,
            "to": notice.receiver,
            "about": about.id,
            "item": about.item,
            "label": bodies.body_of(label) if label else None,
            "notice": bodies.body_of(notice),
            "salt": salt.hex(),
        }
        self._logged(Kind.NOTICE, body, label, sharing.notice_leaf(notice, salt))
        self.told()

    def _vouched_again(self, about: Disclosure, label: Label | None) -> tuple[Voucher, ...]:
        """Return what vouches for a release under another label of this node's."""
        released = self.index().post.of(Kind.RELEASE, id=about.id)
        if label is None or not released:
            return ()
        came = sharing.vouchers_of(released[0].body.get("vouchers", []))
        return self.vouching.again(came, label)

    # ------------------------------------------------------------ handing over

    @undamaged
    def waiting(self, to: NodeId | None = None) -> tuple[Waiting, ...]:
        """Return what would leave with the next hand-over, and what is held back.

        Without what is about items that whoever asks may not see.

        Args:
            to: Only what is for this party.

        Raises:
            RoleNeededError: Whoever asks is no release officer of this node.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        post = self.index().post
        handed = {entry for each in post.of(Kind.HANDOVER) for entry in each.body["letters"]}
        found = [
            *(self._proposed(each) for each in self._proposals()),
            *(
                self._noticed(each)
                for each in post.of(Kind.NOTICE, inward=False)
                if not post.of(Kind.ACKNOWLEDGEMENT, id=each.id)
            ),
            *(
                self._to_partner(each, Message("their letter arrived"))
                for each in post.of(Kind.RECEIPT)
                if each.entry not in handed
            ),
        ]
        hides = self.hiding()
        return tuple(
            each
            for each in found
            if to in (None, each.piece.party) and not (each.piece.item and hides(each.piece.item))
        )

    @undamaged
    def described(self, waiting: Waiting) -> Waiting:
        """Return what waits with what people call its item, and under which label it goes."""
        item, body = waiting.piece.item, waiting.piece.body
        called = self.disclosures.called(item) if item else None
        if item is None or called is None:
            return waiting
        if waiting.piece.kind is Kind.NOTICE:
            label = msgspec.convert(body["label"], Label) if body["label"] else None
        else:
            label = self._label(item)
        return replace(waiting, called=called, label=label)

    @undamaged
    def letters(
        self,
        to: str,
        *,
        bundle: int | None = None,
        most: int | None = None,
        lost: int | None = None,
    ) -> tuple[bytes, ...]:
        """Record that all that waits for a partner and may go is handed over; return the files.

        Releases and receipts go once, notices with every hand-over until they are acknowledged.

        Args:
            to: The partner's id or name.
            bundle: The number of the bundle that they go in.
            most: Bytes after which the rest waits for the next time; all goes if None.
            lost: A bundle that did not arrive: what is not acknowledged of it goes once more.

        Raises:
            UnknownIdError: No such partner.
        """
        partner = self.partners.one(to)
        again = self._lost(partner.id, lost) if lost is not None else []
        ready = (each.piece for each in self.waiting(partner.id) if each.may)
        return self._handed_over(partner.id, [*again, *ready], bundle, most)

    def admits(self, released: Piece) -> bool:
        """Return whether what was released to a party may go to it now as well."""
        item = released.item or ""
        try:
            self.admission.admitted(item, released.party, self.items.label(item), released.id)
        except TawaturError:
            return False
        return True

    def bundles(self, to: NodeId) -> tuple[int, ...]:
        """Return the numbers of the bundles that a partner was given."""
        found = self.index().post.of(Kind.HANDOVER, party=to)
        return tuple(each.body["bundle"] for each in found if each.body.get("bundle"))

    @undamaged
    def notice(self, given: NoticeId) -> bytes:
        """Return the file of one notice of this node; nothing is recorded.

        Raises:
            UnknownIdError: There is none of that id.
        """
        found = self.index().post.of(Kind.NOTICE, inward=False, id=given)
        if not found:
            raise UnknownIdError("notice", given)
        return self._sealed(found[0])

    @undamaged
    def receipts(self, letters: Collection[str]) -> bytes:
        """Record that the receipts on letters of one partner are handed over; return the file."""
        post = self.index().post
        pieces = [piece for each in letters for piece in post.of(Kind.RECEIPT, id=each)]
        return self.bag(self._handed_over(pieces[0].party, pieces), pieces[0].party)

    def bag(self, letters: Sequence[bytes], to: str) -> bytes:
        """Return letters to one partner, at least one, as one file."""
        if len(letters) == 1:
            return letters[0]
        card, now = self.partners.card, self.drafter.now()
        return sharing.sealed_bag(letters, card, self.partners.one(to).id, now, self.partners.key)

    def _handed_over(
        self,
        to: NodeId,
        pieces: Sequence[Piece],
        bundle: int | None = None,
        most: int | None = None,
    ) -> tuple[bytes, ...]:
        found: list[bytes] = []
        for piece in pieces:
            if most is not None and sum(map(len, found)) >= most:
                break
            found.append(self._sealed(piece))
        if found or bundle is not None:
            entries = [piece.entry for piece in pieces[: len(found)]]
            body = {"id": self.drafter.random_id("h"), "to": to, "letters": entries}
            numbered = {} if bundle is None else {"bundle": bundle}
            self.append([self.drafter.entry(Kind.HANDOVER, {**body, **numbered})])
        return tuple(found)

    def _lost(self, to: NodeId, bundle: int) -> list[Piece]:
        """Return what of a lost bundle goes again: receipts, and releases, proposed anew."""
        post = self.index().post
        (handed,) = (
            each for each in post.of(Kind.HANDOVER, party=to) if each.body.get("bundle") == bundle
        )
        found = []
        for entry in handed.body["letters"]:
            found += post.of(Kind.RECEIPT, entry=entry)
            for proposed in post.of(Kind.PROPOSAL, entry=entry):
                if not post.of(Kind.ACKNOWLEDGEMENT, id=proposed.id):
                    notices = post.of(Kind.NOTICE, inward=False, about=proposed.id)
                    if any(notice.body["label"] is None for notice in notices):
                        continue  # recalled: its notice waits by itself
                    # what was erased, or narrowed meanwhile, does not go again
                    with suppress(UnknownIdError, NotReleasableError):
                        self.propose(proposed.item or "", to, ReleaseId(proposed.id))
        return found

    @staticmethod
    def leaf(piece: Piece) -> str:
        """Return the leaf of a release or notice of this node, hexadecimal."""
        return str(piece.body["leaf"])

    def _sealed(self, piece: Piece) -> bytes:
        """Return a piece of post as the file that is handed over; a proposal is released by it."""
        if piece.kind is Kind.NOTICE:
            notice = msgspec.convert(piece.body["notice"], Notice)
            proof = self.ledger.release_proof(piece.party, piece.body["index"])
            told = _told(proof, piece.body["salt"])
            return sharing.sealed_notice(notice, told, self.partners.key)
        if piece.kind is Kind.PROPOSAL:
            replaces = ReleaseId(piece.about) if piece.about else None
            partner = self.partners.one(piece.party)
            return self._released(ReleaseId(piece.id), piece.item or "", partner, replaces)
        receipt = Receipt(
            about=piece.id,
            leaf=piece.body["leaf"],
            sender=self.partners.card,
            receiver=piece.party,
            time=piece.time,
            status=ReceiptStatus(piece.body["status"]),
            why=piece.body["why"],
        )
        return sharing.sealed_receipt(receipt, self.partners.key)

    # ------------------------------------------------------------ within

    def _verify_answerable(self) -> None:
        """Raise UsageError where a second person is wanted and this one cannot be told apart."""
        if self.second:
            self.accounts.verify_account()

    def _proposals(self) -> list[Piece]:
        """Return what is proposed and neither released nor taken back, once each."""
        return self._open(self.index().post.of(Kind.PROPOSAL))

    def _open(self, said: list[Piece]) -> list[Piece]:
        """Return what waits of all that was said of some proposals, once each."""
        post = self.index().post
        back = {each.id for each in said if each.body.get("taken back")}
        found = {each.id: each for each in reversed(said) if each.id not in back}
        return [each for each in reversed(found.values()) if not post.of(Kind.RELEASE, id=each.id)]

    def _proposal(self, given: str) -> Piece:
        """Return the release of an id that waits, if whoever asks may see its item."""
        found = self._open(self.index().post.of(Kind.PROPOSAL, id=given))
        if not found or (found[0].item and self.hiding()(found[0].item)):
            raise UnknownIdError("release", given)
        return found[0]

    def _agreed(self, item: str, partner: Card) -> ReleaseId:
        """Return the id of the release of an item to a partner on which two people agreed."""
        for each in self._open(self.index().post.of(Kind.PROPOSAL, item=item, party=partner.id)):
            if len(self._said_by(each)) > 1:
                return ReleaseId(each.id)
        raise NotReleasableError(
            "a second person has to agree first: `tawatur release {0} --to {1}`, and then "
            "somebody else `tawatur release --agree …`",
            item,
            partner.name,
        )

    def _said_by(self, proposed: Piece) -> set[ActorId]:
        """Return who proposed a release, and who agreed to it."""
        said = self.index().post.of(Kind.PROPOSAL, id=proposed.id)
        return {self.ledger.entry(each.entry).header.author for each in said}

    def _proposed_of(self, item: str) -> list[Piece]:
        """Return the releases that wait of an item, or of what is in it; it may be erased here."""
        with suppress(UnknownIdError):
            item = self.items.id_of(item)
        items = {item, *self.items.versions(item)}
        return [each for each in self._proposals() if items & {each.item, self._whole(each)}]

    def _whole(self, proposed: Piece) -> str | None:
        """Return the document that holds what is proposed, or the item itself."""
        try:
            return self.items.whole(proposed.item or "")
        except UnknownIdError:
            return None

    def _take_back(self, proposed: Piece, why: str) -> None:
        """Record that a release that waits is not to leave."""
        body = {**proposed.body, "taken back": True, "why": why}
        self.append(
            [self.drafter.entry(Kind.PROPOSAL, body, label=self._label(proposed.item or ""))]
        )

    def _proposed(self, piece: Piece) -> Waiting:
        """Return whether a release that is proposed may leave now."""
        authors = self._said_by(piece)
        if self.second and len(authors) < 2 and not _is_trace(piece.item or ""):
            why = Message("a second person has to agree")
            return Waiting(piece, may=False, why=why, agrees=self.drafter.author not in authors)
        try:
            label = self.items.label(piece.item or "")
            used, pointer = self.admission.admitted(
                piece.item or "", piece.party, label, piece.about
            )
        except TawaturError as refusal:
            return Waiting(piece, may=False, why=refusal.message)
        if pointer is not None:
            return _ready(piece, Message("only that there is something, and whom to ask"))
        if used:
            names = ", ".join(each.charter.name for each in used)
            return _ready(piece, Message("its label gives it to {0}", (names,)))
        if label.originators == (self.drafter.node,):
            return _ready(piece, Message("this node decides who has it"))
        return _ready(piece, Message("its originator allows it to be passed on"))

    def _noticed(self, piece: Piece) -> Waiting:
        """Return whether a notice may leave now; a recall only takes away, and always may."""
        if piece.body["label"] is None:
            return _ready(piece, _RECALLED)
        return self._to_partner(piece, _RELABELLED)

    def _to_partner(self, piece: Piece, why: Message) -> Waiting:
        """Return a piece that may leave if its receiver is a partner now."""
        try:
            self.partners.verify_receiving(piece.party)
        except NotReleasableError as refusal:
            return Waiting(piece, may=False, why=refusal.message)
        return _ready(piece, why)

    def _released(
        self, id_: ReleaseId, item: str, partner: Card, replaces: ReleaseId | None = None
    ) -> bytes:
        """Record a release and return its file."""
        label = self.items.label(item)
        used, pointer = self.admission.admitted(item, partner.id, label, replaces)
        if pointer is None:
            found, label = self.items.of(item)
        else:
            body = sharing.pointer_body(pointer)
            found = sharing.Item(self.drafter.random_id("o"), "pointer", body)
        whole = self.items.whole(item)
        given = self.admission.as_given(label, partner.id, existence=pointer is not None)
        release = sharing.Release(
            id=id_,
            sender=self.partners.card,
            receiver=partner.id,
            time=self.drafter.now(),
            label=given,
            item=found,
            replaces=replaces,
            vouchers=self.vouching.going(found, given, whole),
        )
        salt = self.drafter.entropy(32)
        told = {
            "id": id_,
            "to": partner.id,
            "about": replaces,
            "item": item,
            "whole": whole,
            "sent_as": found.id,
            "salt": salt.hex(),
            "vouchers": sharing.voucher_bodies(
                each for each in release.vouchers if each.originator == self.drafter.node
            ),
            "epochs": epochs(used),
            **({} if pointer is None else {"pointer": found.body}),
        }
        leaf = sharing.commitment(release, salt)
        proof = self._logged(Kind.RELEASE, told, label, leaf, [each.id for each in used])
        return sharing.sealed_release(release, _told(proof, salt.hex()), self.partners.key)

    def _logged(
        self,
        kind: Kind,
        body: Mapping[str, Any],
        label: Label | None,
        leaf: bytes,
        communities: Collection[CommunityId] = (),
    ) -> Proof:
        """Append an entry with its leaf in the release log of its receiver; return the proof.

        What goes by the lists of communities stands in their logs too, which all members see.
        """
        party = NodeId(body["to"])
        with self.writing():
            index = self.ledger.release_size(party)
            told = {**body, "index": index, "leaf": leaf.hex()}
            entry = self.drafter.entry(kind, told, label=label)
            logs = (party, *map(NodeId, communities))
            self.ledger.append([entry], [(log, leaf) for log in logs])
            return self.ledger.release_proof(party, index)


def _is_trace(item: str) -> bool:
    """Whether an item is a trace: two officers agreed to it, and whoever it names hears of it."""
    return item.startswith("i-")


def _verify_no_trace(item: str) -> None:
    if _is_trace(item):
        raise UsageError("whoever a trace names is told of it: {0} stays", item)


def _ready(piece: Piece, why: Message) -> Waiting:
    return Waiting(piece, may=True, why=why)


def _told(proof: Proof, salt: str) -> sharing.LogProof:
    return sharing.LogProof(salt, proof.index, proof.checkpoint, tuple(h.hex() for h in proof.path))
