"""What reaches this node: letters that partners wrote to it, acted on and answered.

A release is taken in under its label, as what was told about it since stands; a notice is
acted on where its release is held: contents are erased and leave a tombstone with the reason
and whose word it was, or are held under the other label; whoever this node passed them on to
is told the same. Each is answered by a receipt, which waits in the outbox.

Letters come in any order and any number of times: what is done about one follows from all
that are at hand, and a step that was cut off is done when the letter comes again. What is
forged, cut short or for somebody else changes nothing.
"""

import hmac
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import msgspec

from tawatur import sharing
from tawatur.errors import (
    AlteredFileError,
    Message,
    SharingError,
    UnconfirmedPartnerError,
    UnknownIdError,
    UnknownSenderError,
    VerificationError,
)
from tawatur.ledger import Ledger, Proof, release_vkey
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DocumentId, EntryId, NodeId, ReleaseId
from tawatur.model.label import Label, Leave, Terms, Viewer, may_receive
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.post import Piece
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing import exchange
from tawatur.node.sharing.heads import Histories
from tawatur.node.sharing.labelling import Labels
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.node.sharing.partners import Partners
from tawatur.node.sharing.vouching import Vouching, vouchers_beside
from tawatur.node.views import Received
from tawatur.sharing import Identity, ReceiptStatus

# They are kept and sent in English; whoever shows them says them in the reader's words.
_REPLACED = str(Message("recalled, or replaced by a corrected one"))
_EXPIRED = str(Message("expired"))
_CHANGED = str(Message("its label was changed"))
_GONE = str(Message("erased here"))


@dataclass(frozen=True, slots=True)
class Receiving:
    """What one node is handed; `Node.incoming` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    index: Callable[[], Index]
    sight: Callable[[Viewer | None], Sight]
    partners: Partners
    labels: Labels
    outgoing: Outgoing
    vouching: Vouching
    histories: Histories
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    erase: Callable[
        [Callable[[], Sequence[EntryId]], Collection[DocumentId], Mapping[str, object]], object
    ]
    viewer: Viewer  # for whom is asked
    check: Callable[[str], object]  # holds a border notice that came against the others

    @undamaged
    def letters(self, content: bytes) -> tuple[bytes, ...]:
        """Return the letters in a file, each as one of its own: several, or the one that it is.

        Raises:
            SharingError: It holds several and is altered, for another node, or from a stranger.
        """
        if sharing.kind_of(content) != "letters":
            return (content,)
        return sharing.open_bag(content, *self._who())

    def each(self, content: bytes) -> tuple[Received | SharingError, ...]:
        """Take in the letters in a file, and return what came of each, refusals among them.

        Raises:
            SharingError: As `letters` does.
        """
        found: list[Received | SharingError] = []
        for letter in self.letters(content):
            try:
                found.append(self.receive(letter))
            except SharingError as refusal:
                found.append(refusal)
        return tuple(found)

    @undamaged
    def receive(self, content: bytes) -> Received:
        """Take in one letter: a release, a notice or a receipt; return what came of it.

        Raises:
            SharingError: It is altered, for another node, from a stranger, or not given to us.
                That is on record; a refusal of what a partner signed for us is answered.
        """
        with self.partners.on_record(sharing.kind_of(content) or "release", content):
            try:
                return self._received(content)
            except UnknownSenderError as refusal:
                known = self.partners.known().get(NodeId(refusal.sender))
                if known is None:
                    raise
                asked = UnconfirmedPartnerError(known.name).message
                raise UnknownSenderError(asked.template, *asked.args) from refusal

    def _received(self, content: bytes) -> Received:
        try:
            match sharing.kind_of(content):
                case "notice":
                    return self._notice(content)
                case "receipt":
                    return self._receipt(content)
                case "heads":
                    return self.histories.take(content)
                case _:
                    return self._release(content)
        except ValueError as cause:
            raise AlteredFileError(
                "the release does not hold what a release holds: {0}", cause
            ) from cause

    @undamaged
    def sweep(self) -> tuple[Received, ...]:
        """Erase what partners gave until a time that is past, and note what is gone; return that.

        Whoever gave it gets a receipt for each, also for what a person erased here.
        """
        swept, now = [], self.drafter.now()
        for piece in self._taken():
            held, why = self._held(piece), _GONE
            if held:
                label = self.index().label_of(held[0])
                if may_receive(Viewer(self.drafter.node), label, now).reason != "expired":
                    continue
                why = _EXPIRED
                self._remove(piece, why)
            self._answer(_Letter.of(piece), ReceiptStatus.ERASED, why)
            sender = self._name(piece.party)
            swept.append(
                Received(
                    piece.body["kind"], piece.item, sender, False, piece.id,
                    ReceiptStatus.ERASED, why,
                )
            )  # fmt: skip
        return tuple(swept)

    @undamaged
    def doubtful(self, sender: str) -> tuple[Received, ...]:
        """Return what was taken in of a partner on the word of a key that it revoked later.

        That is what was signed since the key may have been in other hands, and came before this
        node heard of it.

        Raises:
            UnknownIdError: There is no such partner.
        """
        partner = self.partners.by_name(sender)
        heard = self.partners.revocations(partner.id)
        return tuple(
            Received(piece.body["kind"], piece.item, partner.name, True, piece.id)
            for piece in self._taken()
            if piece.party == partner.id
            and any(_signed(piece) >= since and piece.time < time for since, time in heard)
        )

    # ------------------------------------------------------------ letters

    def _release(self, content: bytes) -> Received:
        release, leaf = sharing.open_release(content, *self._who(), self._verify_log)
        kind, sender = release.item.kind, release.sender
        self.partners.verify_sending(sender.id)
        letter = _Letter(release.id, leaf.hex(), sender.id, release.replaces)
        came = Received(kind, None, sender.name, False, release.id)
        known = self._known(letter)
        if not known <= {ReceiptStatus.REFUSED}:
            self._replace(letter)
            status = max(known, key=list(ReceiptStatus).index)
            return replace(came, already=True, status=status)
        told = self._standing(release)
        if told is None:
            self._answer(letter, ReceiptStatus.ERASED, _REPLACED)
            self._replace(letter)
            return replace(came, status=ReceiptStatus.ERASED, why=_REPLACED)
        try:
            made, drafts = exchange.drafts(self.drafter.taking_over, replace(release, label=told))
            self.vouching.verify(release)
            signed = self.vouching.terms(release.vouchers)
            strict = sharing.as_signed(told, sender.id, signed)
            sharing.verify_given(replace(release, label=strict), self.drafter.now())
            self._verify_steps(made, drafts, sender.id)
        except SharingError as refusal:
            if not known:
                self._answer(letter, ReceiptStatus.REFUSED, str(refusal))
            refusal.letter = release.id
            raise
        accepted = {
            "item": made,
            "kind": kind,
            "entries": [draft.id for draft in drafts],
            "label": bodies.body_of(release.label),
            "signed": release.time.isoformat(),
            "by_lists": sorted({c.community for t in release.label.terms for c in t.circles}),
        }
        believed = _added(self._told_here(made), signed)
        label = sharing.held_under(strict, sender.id, believed)
        drafts = [_under(label, draft) for draft in drafts]
        if release.vouchers:
            beside = {"id": release.id, "vouchers": sharing.voucher_bodies(release.vouchers)}
            drafts.append(self.drafter.taking_over.entry(Kind.VOUCHER, beside, label=label))
            accepted["voucher"] = drafts[-1].id
        self._answer(letter, ReceiptStatus.ACCEPTED, None, accepted, label, drafts)
        self._replace(letter)
        self._settle(made, came=release.id)
        unproven = tuple(name for _, name in self.unproven(made, release.id))
        if kind == Kind.BORDER_NOTICE:
            self.check(made)
        if kind == "claim":
            with suppress(UnknownIdError):  # hidden until its caveats are acknowledged
                made = next(self.sight(None).claims(document=made)).id
        return replace(came, id=made, status=ReceiptStatus.ACCEPTED, unproven=unproven)

    def _notice(self, content: bytes) -> Received:
        notice, leaf, place = sharing.open_notice(content, *self._who(), self._verify_log)
        sender, post = notice.sender, self.index().post
        came = Received("notice", None, sender.name, False, notice.id)
        letter = _Letter(notice.id, leaf.hex(), sender.id, notice.about)
        known = self._known(letter)
        if known:
            return replace(came, already=True, status=known.pop())
        if any(each.party != sender.id for each in post.of(Kind.RECEIPT, id=notice.about)):
            raise AlteredFileError("it is about what somebody else released")
        told = {
            "id": notice.id,
            "from": sender.id,
            "about": notice.about,
            "label": bodies.body_of(notice.label) if notice.label else None,
            "index": place,
            "vouchers": sharing.voucher_bodies(
                each for each in notice.vouchers if each.originator == sender.id
            ),
        }
        status, item = ReceiptStatus.RELABELLED, None
        for piece in self._taken(notice.about):
            last, item = (piece.id, place, notice.label), piece.item
            if self._told(piece, last) is None:
                self._remove(piece, notice.why)
            else:
                self._settle(item or "", last=last, why=notice.why)
        if notice.label is None:
            status = ReceiptStatus.ERASED
        entry = self.drafter.entry(Kind.NOTICE, told, label=notice.label)
        self._answer(letter, status, notice.why, drafts=[entry])
        return replace(came, id=item, status=status, why=notice.why)

    def _receipt(self, content: bytes) -> Received:
        receipt = sharing.open_receipt(content, *self._who())
        sender, post = receipt.sender, self.index().post
        asked = post.of(Kind.RELEASE, Kind.NOTICE, inward=False, id=receipt.about)
        if not asked or asked[0].party != sender.id:
            raise AlteredFileError("it answers nothing that this node told its sender")
        if not hmac.compare_digest(self.outgoing.leaf(asked[0]), receipt.leaf):
            raise AlteredFileError("it answers another letter than this node wrote")
        body = {
            "id": receipt.about,
            "from": sender.id,
            "about": asked[0].about if asked[0].kind is Kind.NOTICE else None,
            "status": receipt.status,
            "time": receipt.time.isoformat(),
            "why": receipt.why,
            "file": content.decode(),
        }
        known = post.of(Kind.ACKNOWLEDGEMENT, id=receipt.about)
        already = any(each.body["file"] == body["file"] for each in known)
        if not already:
            self.append([self.drafter.entry(Kind.ACKNOWLEDGEMENT, body)])
        return Received(
            "receipt", asked[0].item, sender.name, already, receipt.about,
            receipt.status, receipt.why,
        )  # fmt: skip

    # ------------------------------------------------------------ what follows from them

    def _standing(self, release: sharing.Release) -> Label | None:
        """Return the label under which a release is to be held, None where it is not to be."""
        sender = release.sender.id
        answered = self.index().post.of(Kind.RECEIPT, about=release.id, party=sender)
        if not all(map(_is_notice, answered)):
            return None  # its correction came first
        return sharing.standing(release.label, sender, self._notices(release.id, sender))

    def _told(self, piece: Piece, last: "_Last | None" = None) -> Label | None:
        """Return the label that a release which was taken in stands under by its sender's word.

        Args:
            piece: The release.
            last: One notice more, on this release or another.
        """
        given = msgspec.convert(piece.body["label"], Label)
        known = self._notices(piece.id, piece.party)
        if last is not None and last[0] == piece.id:
            known.append(last[1:])
        return sharing.standing(given, piece.party, known)

    def _notices(self, about: str, sender: NodeId) -> list[tuple[int, Label | None]]:
        """Return the notices on a release, each with its place in its sender's log."""
        found = self.index().post.of(Kind.NOTICE, inward=True, about=about, party=sender)
        labels = (each.body["label"] for each in found)
        return [
            (each.body["index"], None if label is None else msgspec.convert(label, Label))
            for each, label in zip(found, labels, strict=True)
        ]

    def _replace(self, letter: "_Letter") -> None:
        """Remove what a release corrects, where it is held."""
        for piece in self._taken(letter.about) if letter.about else ():
            if piece.party == letter.sender:
                self._remove(piece, _REPLACED)
                self._answer(_Letter.of(piece), ReceiptStatus.ERASED, _REPLACED)

    def _settle(
        self,
        item: str,
        *,
        came: ReleaseId | None = None,
        last: "_Last | None" = None,
        why: str | None = None,
    ) -> None:
        """Hold an item under no wider terms of anybody than that one told or signed itself.

        Whoever passes it on may name who has it from there, and widen nothing: what does so is
        on record when it comes. Terms of whoever is not proven are held as the relay's own.

        Args:
            item: Its id here.
            came: The release that came just now.
            last: A notice that is not recorded yet.
            why: The reason, for those who have it from here.
        """
        here = self._told_here(item, last)
        for piece in self._in_force(self.index().post.of(Kind.RECEIPT, item=item)):
            told, held = self._told(piece, last), self._held(piece)
            if told is None or not held:
                continue
            known = _added(here, self.vouching.terms(self.vouching.of(piece)))
            strict = sharing.as_signed(told, piece.party, known)
            label, reason = sharing.held_under(strict, piece.party, known), why or _CHANGED
            if strict != told:
                whose = {terms.originator for terms in set(strict.terms) - set(told.terms)}
                names = ", ".join(sorted(map(self._name, whose)))
                widened = Message(
                    "it gives more than {0} told this node; that does not count", (names,)
                )
                reason = str(widened)
                if piece.id == came:
                    self.partners.refuse("label", came.encode(), widened, piece.party)
            self._relabel(piece, label, reason)

    def _told_here(self, item: str, last: "_Last | None" = None) -> dict[NodeId, list[Terms]]:
        """Return the terms that originators told this node of an item, each itself.

        None of whoever has a word in what did not come from partners: that is known here.
        """
        index, found = self.index(), dict[NodeId, list[Terms]]()
        document, received = DocumentId(item), index.post.of(Kind.RECEIPT, item=item)
        came = {entry for piece in received for entry in piece.body.get("entries", ())}
        entries = (
            index.texts.taken_in_by(document)
            if item.startswith("d-")
            else index.books.entries(item)
        )
        for entry in (each for each in entries if each not in came):
            found |= {each: [] for each in index.label_of(entry).originators}
        for piece in self._in_force(received):
            told = self._told(piece, last) if self._held(piece) else None
            own = [t for t in told.terms if t.originator == piece.party] if told else []
            if own:
                found.setdefault(piece.party, []).extend(own)
        return found

    @undamaged
    def believe(self, party: NodeId) -> None:
        """Settle what was passed on here as somebody's whose card is confirmed now, or is another.

        What they are proven by counts as theirs from now on; what is forged, or was not the
        sender's to hand over by what they signed, is erased and refused.
        """
        for piece in self._taken():
            vouchers = self.vouching.of(piece)
            if party not in {each.originator for each in vouchers} - {piece.party}:
                continue
            told = self._told(piece)
            if told is None or not self._held(piece):
                continue
            strict = sharing.as_signed(told, piece.party, self.vouching.terms(vouchers))
            try:
                self.vouching.verify_signed(vouchers)
                sharing.verify_passed_on(piece.party, self.drafter.node, strict, self.drafter.now())
            except SharingError as refusal:
                self.partners.refuse("release", piece.id.encode(), refusal.message, piece.party)
                self._remove(piece, str(refusal))
                self._answer(_Letter.of(piece), ReceiptStatus.ERASED, str(refusal))
            else:
                self._settle(piece.item or "")

    @undamaged
    def unproven(self, item: str, release: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return who says of an item that it is somebody else's, which is not proven, and whose.

        Args:
            item: Its id here.
            release: Only what was said with this one.
        """
        here, found, now = self._told_here(item), [], self.drafter.now()
        for piece in self._in_force(self.index().post.of(Kind.RECEIPT, item=item)):
            held = self._held(piece)
            if release not in (None, piece.id) or not held:
                continue
            if may_receive(self.viewer, self.index().label_of(held[0]), now).leave is Leave.NO:
                continue
            known = here.keys() | self.vouching.terms(self.vouching.of(piece)).keys()
            told = msgspec.convert(piece.body["label"], Label).originators
            found += [
                (self._name(piece.party), self._name(each))
                for each in told
                if each not in known and each != piece.party
            ]
        return tuple(dict.fromkeys(found))

    def unproven_among(self, items: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """Return `unproven` of those of some items of which anything is; looked up together."""
        relayed = sorted(self.index().post.relayed(items))
        return {item: told for item in relayed if (told := self.unproven(item))}

    def _verify_steps(self, item: str, drafts: Sequence[Draft], sender: NodeId) -> None:
        """Return unless steps that came rewrite what somebody said, or are this node's and new.

        What somebody else passed on in the sender's name, unproven, makes way for its own word.

        Raises:
            AlteredFileError: They do.
        """
        held = self.index().books.steps(item)
        ids = {step.id for step in held}
        for step in exchange.steps_in(drafts):
            if step.by == self.drafter.node and step.id not in ids:
                raise AlteredFileError("the step {0} is none that this node took", step.id)
        if {step.by for step in exchange.rewritten(drafts, held)} == {sender}:
            for piece in self._in_force(self.index().post.of(Kind.RECEIPT, item=item)):
                names = msgspec.convert(piece.body["label"], Label).originators
                proven = self.vouching.terms(self.vouching.of(piece))
                if piece.party != sender and sender in names and sender not in proven:
                    why = str(Message("{0} says otherwise itself", (self._name(sender),)))
                    self._remove(piece, why)
                    self._answer(_Letter.of(piece), ReceiptStatus.ERASED, why)
            held = self.index().books.steps(item)
        exchange.verify_steps(drafts, held)

    def _relabel(self, piece: Piece, label: Label, why: str) -> None:
        """Hold what came by a release under another label, and tell those who have it from here."""
        item, held = piece.item or "", self._held(piece)
        if held:
            if not item.startswith(("d-", "o-")):  # what became of it since it came
                held = list(dict.fromkeys([*held, *self.sight(None).desk_entries(item)]))
            before = self.outgoing.labels(item)
            self.labels.put(held, label, why)
            self.outgoing.follow(item, before, why=why)

    def _remove(self, piece: Piece, why: str) -> None:
        """Erase what came by a release, and recall it from those who had it from here.

        What this node holds by another way as well stays, and with it who was given that.
        """
        item, held = piece.item or "", self._held(piece)
        if not held:
            return
        label = self.index().label_of(held[0])
        document = DocumentId(item)  # or an item of the desk, which no taking-in is of
        others = not set(self.index().texts.taken_in_by(document)) <= set(held)
        living = item.startswith(("f-", "k-", "mt-", "p-", "q-"))
        steps = self._steps_of(piece, held) if living else held
        for each in self.outgoing.disclosures.released(item):
            shared = each.label and set(each.label.originators) & set(label.originators)
            if each.live and (not others or shared):
                self.outgoing.withdraw(each, why)
        body = {"reason": why, "authority": self._name(piece.party), "release": piece.id}
        vouchers = vouchers_beside([piece], self.ledger)
        if others:
            self.erase(lambda: [*self._without_text(held), *vouchers], (), body)
        elif item.startswith("d-"):
            entries = self.index().texts.entries_of
            self.erase(lambda: [*entries(document), *vouchers], (document,), body)
        else:
            self.erase(lambda: [*steps, *self.index().heads.on(steps), *vouchers], (), body)

    def _steps_of(self, piece: Piece, held: Sequence[EntryId]) -> list[EntryId]:
        """Return the steps of an item of the desk that go with a release of it.

        Those that it brought, and where no other release of it is held what was written here
        in view of them: what this node's own label alone is on stays.
        """
        others = [each for each in self._taken() if each.item == piece.item and each.id != piece.id]
        if any(map(self._held, others)):
            return list(held)
        theirs = set(self.index().label_of(held[0]).originators) - {self.drafter.node}
        written = self.index().books.entries(piece.item or "")
        labels = ((entry, self.index().label_of(entry)) for entry in written)
        return list(
            dict.fromkeys([*held, *(e for e, label in labels if theirs & set(label.originators))])
        )

    def _without_text(self, entries: Sequence[EntryId]) -> list[EntryId]:
        """Return entries of a document but its texts and readings, and the labels on them."""
        text = {Kind.RENDITION, Kind.READING}
        found = [each for each in entries if self.ledger.entry(each).header.kind not in text]
        return [*found, *self.index().heads.on(found)]

    # ------------------------------------------------------------ within

    def _who(self) -> tuple[NodeId, Mapping[NodeId, Identity], datetime]:
        return self.drafter.node, self.partners.identities(), self.drafter.now()

    def _name(self, party: NodeId) -> str:
        card = {**self.partners.all(), self.drafter.node: self.partners.card}.get(party)
        return card.name if card else party

    def _known(self, letter: "_Letter") -> set[ReceiptStatus]:
        """Return what this node has answered to a letter that came.

        Raises:
            AlteredFileError: Another one came under its id before.
        """
        for each in self.index().post.of(Kind.RECEIPT, id=letter.id):
            if (each.party, each.body["leaf"]) != (letter.sender, letter.leaf):
                raise AlteredFileError("another one with the id {0} came before", letter.id)
        return self._answers(letter.id)

    def _answers(self, letter: str) -> set[ReceiptStatus]:
        """Return what this node has answered to a letter."""
        found = self.index().post.of(Kind.RECEIPT, id=letter)
        return {ReceiptStatus(each.body["status"]) for each in found}

    def _taken(self, release: str | None = None) -> list[Piece]:
        """Return what was taken in and not noted as erased since, of one release or of all."""
        post = self.index().post
        return self._in_force(
            post.of(Kind.RECEIPT, id=release) if release else post.of(Kind.RECEIPT)
        )

    def _in_force(self, found: Iterable[Piece]) -> list[Piece]:
        """Return those receipts by which something was taken in that is not noted as erased."""
        post = self.index().post
        return [
            each
            for each in found
            if each.body["status"] == ReceiptStatus.ACCEPTED
            and ReceiptStatus.ERASED not in self._answers(each.id)
            and not any(
                _is_notice(other) and other.body["status"] == ReceiptStatus.ERASED
                for other in post.of(Kind.RECEIPT, about=each.id)
            )
        ]

    def _held(self, piece: Piece) -> list[EntryId]:
        """Return the entries that came by a release and are not erased."""
        entries = (EntryId(each) for each in piece.body["entries"])
        return [each for each in entries if self.ledger.entry(each).payload is not None]

    def _answer(
        self,
        letter: "_Letter",
        status: ReceiptStatus,
        why: str | None,
        more: Mapping[str, object] | None = None,
        label: Label | None = None,
        drafts: Sequence[Draft] = (),
    ) -> None:
        """Record a receipt, with the entries that do what it says."""
        body = {
            "id": letter.id,
            "to": letter.sender,
            "about": letter.about,
            "leaf": letter.leaf,
            "status": status,
            "why": why,
            **(more or {}),
        }
        self.append([self.drafter.entry(Kind.RECEIPT, body, label=label), *drafts])

    def _verify_log(self, sender: Identity, leaf: bytes, told: sharing.LogProof) -> None:
        """Return if a letter stands in its sender's log; the seal vouches for the older keys."""
        proof = Proof(told.index, tuple(map(bytes.fromhex, told.hashes)), told.checkpoint)
        for key in sender.keys:
            with suppress(VerificationError):
                return proof.verify(leaf, release_vkey(key, self.drafter.node))
        raise AlteredFileError("it does not stand in its sender's release log")


_Last = tuple[str, int, Label | None]
"""A notice: the release that it is about, its place in its sender's log, and its label."""


def _under(label: Label, draft: Draft) -> Draft:
    return replace(draft, payload=replace(draft.payload, label=label))


def _added(
    one: Mapping[NodeId, list[Terms]], other: Mapping[NodeId, list[Terms]]
) -> dict[NodeId, list[Terms]]:
    return {
        each: [*one.get(each, ()), *other.get(each, ())] for each in dict.fromkeys([*one, *other])
    }


def _signed(taken: Piece) -> datetime:
    """Return when a release that was taken in says that it was signed."""
    said = taken.body.get("signed")
    return datetime.fromisoformat(said) if said else taken.time


def _is_notice(receipt: Piece) -> bool:
    """Whether what is answered is a notice, and no release."""
    return receipt.id.startswith("t-")


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is answered: a release with the one that it replaces, or a notice with its release."""

    id: str
    leaf: str
    sender: NodeId
    about: str | None

    @classmethod
    def of(cls, piece: Piece) -> Self:
        """Return the letter that a receipt of this node answered."""
        return cls(piece.id, piece.body["leaf"], piece.party, piece.about)
