"""Who a node's partners are, how they became so, and who of them may be given something now.

Nothing is trusted on first use. A card that a person adds after comparing fingerprints makes
a partner at once; an invitation makes one that is *to be confirmed* until somebody enters
the fingerprint as they heard it. A partner that is *suspended* or *removed* is given nothing
more; what it gave stays under its originators' terms, so that its notices and receipts are
still heard, and recalls still reach it. Another key is believed where the one before signed
it (`tawatur.sharing.keys`), else refused. What was refused is on record (decision 27).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec
from nacl.signing import SigningKey

from tawatur import sharing
from tawatur.errors import (
    AlteredFileError,
    AmbiguousIdError,
    Message,
    NotReleasableError,
    SharingError,
    UnconfirmedPartnerError,
    UnknownIdError,
    UnknownSenderError,
    UsageError,
)
from tawatur.ledger import Ledger
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import NodeId
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.sharing import At, Card, Identity, Invitation, Succession

if TYPE_CHECKING:
    from collections.abc import Iterator


_GROUPS = 8
"""Of four characters each, in a fingerprint."""


class PartnerState(StrEnum):
    """How this node stands to another."""

    INVITED = "to be confirmed"
    PARTNER = "partner"
    SUSPENDED = "suspended"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Partner:
    """A node as this one knows it, and how it stands to it since when, and why."""

    id: NodeId
    name: str
    key: str
    recipient: str | None = None
    chain: tuple[Succession, ...] = ()  # of its keys
    state: PartnerState = PartnerState.PARTNER
    since: datetime | None = None  # UTC
    why: str | None = None
    invitation: str | None = None  # code
    at: At | None = None  # where it is asked
    suspended: bool = False  # once it is confirmed again

    @property
    def card(self) -> Card:
        """Its card."""
        return Card(self.id, self.name, self.key)

    @property
    def identity(self) -> Identity:
        """Its card with the keys before, and where to encrypt to and to ask."""
        return Identity(self.card, self.chain, self.recipient, self.at)

    @property
    def doubtful(self) -> datetime | None:
        """Since when, at the earliest, a key of it that was revoked may be in other hands."""
        return min((each.revoked for each in self.chain if each.revoked), default=None)

    def known_as(self, identity: Identity) -> "Partner":
        """Return the same partner by another identity."""
        card = identity.card
        return replace(
            self,
            name=card.name,
            key=card.key,
            chain=identity.chain,
            recipient=identity.recipient or self.recipient,
            at=sharing.later(self.at, identity.at),
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """What was refused: what it was, from whom if that is known, when and why."""

    what: str
    sender: str | None
    time: datetime  # UTC
    why: Message


@dataclass(frozen=True, slots=True)
class Partners:
    """The partners of one node; `Node.partners` is where the doors find them."""

    drafter: Drafter
    own: Callable[[], Identity]
    card: Card
    key: SigningKey
    ledger: Ledger
    index: Callable[[], Index]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    believed: Callable[[NodeId], object] = lambda _: None
    """Hears whose card is confirmed, or is another one now."""

    # ------------------------------------------------------------ who they are

    @undamaged
    def known(self) -> dict[NodeId, Partner]:
        """Return everybody there is a card of, by id."""
        rows = self.index().db.execute("SELECT body FROM partners ORDER BY id").fetchall()
        found = (msgspec.msgpack.decode(body, type=Partner) for (body,) in rows)
        return {each.id: each for each in found}

    def confirmed(self) -> dict[NodeId, Partner]:
        """Return whose card somebody here has confirmed, by id; also who is suspended since."""
        known = self.known().items()
        return {id_: each for id_, each in known if each.state is not PartnerState.INVITED}

    def all(self) -> dict[NodeId, Card]:
        """Return the cards that somebody here has confirmed, by id."""
        return {id_: each.card for id_, each in self.confirmed().items()}

    def identities(self) -> dict[NodeId, Identity]:
        """Return by which keys those sign whose cards were confirmed."""
        return {id_: each.identity for id_, each in self.confirmed().items()}

    def one(self, given: str) -> Card:
        """Return a partner by its id, or its name where only one has it.

        Raises:
            UnknownIdError: There is none, or one who has to be confirmed first.
            AmbiguousIdError: Several have that name.
        """
        try:
            return _one(given, self.confirmed()).card
        except UnknownIdError:
            if any(given in (each.id, each.name) for each in self.known().values()):
                raise UnconfirmedPartnerError(given) from None
            raise

    def party(self, given: str) -> NodeId:
        """Return the organisation of an id or a name: this node's own, or a partner's as `one`."""
        return self.card.id if given in (self.card.id, self.card.name) else self.one(given).id

    def by_name(self, given: str) -> Partner:
        """Return anybody there is a card of, by id or name; raises as `one` does."""
        return _one(given, self.known())

    def revocations(self, party: NodeId) -> tuple[tuple[datetime, datetime], ...]:
        """Return since when keys of a partner may be in other hands, and when that was heard."""
        found: dict[datetime, datetime] = {}
        for entry in self.ledger.entries(kinds=(Kind.PARTNER,)):
            if entry.payload is not None and entry.payload.body["id"] == party:
                for each in msgspec.convert(entry.payload.body, Partner).chain:
                    if each.revoked is not None:
                        found.setdefault(each.revoked, entry.header.time)
        return tuple(found.items())

    def receiving(self, given: str) -> Card:
        """Return a partner that may be given something now, by its id or name.

        Raises:
            UnknownIdError: There is none.
            NotReleasableError: It is suspended or removed.
        """
        card = self.one(given)
        self.verify_receiving(card.id)
        return card

    @undamaged
    def state(self, party: NodeId) -> PartnerState | None:
        """Return how this node stands to another now, None to one of whom there is no card."""
        row = self.index().db.execute("SELECT body FROM partners WHERE id = ?", (party,)).fetchone()
        return msgspec.msgpack.decode(row[0], type=Partner).state if row else None

    def in_force(self) -> dict[NodeId, Card]:
        """Return the cards of those that may be given something now, by id."""
        known = self.known().items()
        return {id_: each.card for id_, each in known if each.state is PartnerState.PARTNER}

    def verify_receiving(self, party: NodeId) -> None:
        """Return if a partner may be given something now.

        Raises:
            NotReleasableError: It is suspended, removed, to be confirmed, or no partner.
        """
        state = self.state(party)
        if state is not PartnerState.PARTNER:
            said = Message(state.value if state else "no partner any more")
            known = self.known().get(party)
            raise NotReleasableError(
                "nothing goes to {0}: {1}", known.name if known else party, said
            )

    def verify_sending(self, party: NodeId) -> None:
        """Return if something new may be taken from a partner now.

        Raises:
            UnknownSenderError: It is suspended, removed, to be confirmed, or no partner.
        """
        state = self.state(party)
        if state is not PartnerState.PARTNER:
            said = Message(state.value if state else "no partner any more")
            raise UnknownSenderError("nothing new is taken from {0}: {1}", party, said)

    # ------------------------------------------------------------ how they become so

    def add(self, content: bytes) -> Partner:
        """Record the partner whose card this is and return it; another key by its chain alone.

        Whoever is suspended stays so, and an older card changes nothing. Where its chain says
        that a key was revoked, it is to be confirmed anew.

        Raises:
            SharingError: It is no card, or was altered; or it has another key for a partner
                there is, which the one before did not sign.
            UsageError: It is this node's own.
        """
        with self.on_record("card", content):
            identity = sharing.open_identity(content)
            known = self._verified_next(identity)
        if known is not None and len(identity.chain) < len(known.chain):
            return known
        if known is not None and known.state in (PartnerState.PARTNER, PartnerState.SUSPENDED):
            return self._newer(known, identity)
        begun = known or Partner(identity.card.id, identity.card.name, identity.card.key)
        new = self._in(begun.known_as(identity), PartnerState.PARTNER, None)
        self._record(new)
        return new

    def hear(self, content: bytes) -> None:
        """Take the newer card of somebody who is known here; a stranger's changes nothing.

        Raises:
            SharingError: As `add` does.
        """
        identity = sharing.open_identity(content)
        known = self._verified_next(identity)
        if known is not None:
            self._newer(known, identity)

    def invite(self, for_: str | None = None) -> tuple[bytes, str]:
        """Record an invitation, and return it as a file and as lines to read aloud.

        It counts once, until fourteen days from now.

        Args:
            for_: Whom it is meant for, for the record.
        """
        until = (self.drafter.now() + timedelta(days=Invitation.DAYS)).date()
        code = self.drafter.entropy(Invitation.CODE_BYTES).hex()
        body = {"id": code, "for": for_, "until": until.isoformat()}
        self.append([self.drafter.entry(Kind.INVITATION, body)])
        return self._written(code, until, answers=False)

    def accept(self, content: bytes) -> tuple[Partner, tuple[bytes, str] | None]:
        """Take an invitation, or the answer to one of this node; return who it is from.

        With an invitation comes what answers it, as a file and as lines. Whoever it is from is
        to be confirmed (`confirm`).

        Raises:
            SharingError: It is altered, its time is past, it was answered before, or this node
                knows another key of who it is from.
        """
        with self.on_record("invitation", content):
            invitation = sharing.open_invitation(content)
            if self.drafter.now().date() > invitation.until:
                raise SharingError(
                    "the invitation ended on {0}; ask for another", invitation.until.isoformat()
                )
            identity = Identity(invitation.card, (), invitation.recipient, invitation.at)
            known = self._verified_next(identity, by_card=False)
            if invitation.answers:
                self._verify_answer(invitation)
        begun = known or Partner(identity.card.id, identity.card.name, identity.card.key)
        at = sharing.later(begun.at, identity.at)
        new = replace(begun, name=identity.card.name, recipient=identity.recipient, at=at)
        if known is None or known.state is PartnerState.REMOVED:
            new = replace(self._in(new, PartnerState.INVITED, None), invitation=invitation.code)
        if new != known:
            self._record(new)
        if invitation.answers:
            return new, None
        return new, self._written(invitation.code, invitation.until, answers=True)

    def confirm(self, given: str, heard: str, card: bytes | None = None) -> Partner:
        """Record that the fingerprint of a partner is the one that was heard, and return it.

        Args:
            given: Its id or name.
            heard: The fingerprint as it came over another channel.
            card: Its new card, where it lost the key before.

        Raises:
            UnknownIdError: There is nobody of that name.
            UsageError: Nothing is to be confirmed.
            AlteredFileError: What was heard is another one, or was mistyped.
        """
        known = new = self.by_name(given)
        with self.on_record("card", card or known.key.encode()):
            if card is not None:
                new = known.known_as(sharing.open_identity(card))
            differ = _differing(heard, sharing.fingerprint(new.card))
            if differ:
                # Which they are tells nobody more than the card, and the person what to ask again.
                raise AlteredFileError(
                    "what was entered is not the fingerprint of {0}; other groups: {1} of {2}. If "
                    "it was mistyped, enter it again; if it was heard so, do not trust this card",
                    new.id,
                    ", ".join(map(str, differ)),
                    _GROUPS,
                )
            if new.id != known.id:
                raise AlteredFileError("the card is that of {0}, not of {1}", new.id, known.id)
        if new == known and known.state is not PartnerState.INVITED:
            raise UsageError("{0} is confirmed already", known.name)
        if known.state is PartnerState.INVITED and known.suspended:
            new = self._in(replace(new, suspended=False), PartnerState.SUSPENDED, known.why)
        elif known.state is PartnerState.INVITED:
            new = self._in(new, PartnerState.PARTNER, None)
        self._record(new)
        return new

    def put(self, given: str, state: PartnerState, why: str) -> Partner:
        """Suspend, remove or take back a partner, or its confirmation, and return it.

        One that is to be confirmed again is given nothing, and nothing more is taken from it;
        what it gave stays, and what it vouched for is proven by nobody any more. One that was
        suspended is so again once it is confirmed.

        Raises:
            UnknownIdError: There is no such partner.
            UsageError: No reason is given, or it stands so already.
        """
        known = self.by_name(given)
        if not why.strip():
            raise UsageError("give a reason, for the record")
        if known.state is state:
            raise UsageError("{0} stands so already: {1}", known.name, Message(state.value))
        if known.state is PartnerState.INVITED and state is not PartnerState.REMOVED:
            raise UsageError("{0} has to be confirmed first", known.name)
        suspended = state is PartnerState.INVITED and known.state is PartnerState.SUSPENDED
        new = self._in(replace(known, suspended=suspended), state, why.strip())
        self._record(new)
        return new

    # ------------------------------------------------------------ this node's own

    def sealed_card(self) -> bytes:
        """Return this node's own card as a file to hand over."""
        return sharing.sealed_identity(self.own(), self.key)

    @staticmethod
    def fingerprint(card: Card) -> str:
        """Return the words that two people compare before they trust a card."""
        return sharing.fingerprint(card)

    # ------------------------------------------------------------ what was refused

    def refused(self) -> tuple[Refused, ...]:
        """Return what was refused of cards, invitations and bundles, last first."""
        found = [
            Refused(
                entry.payload.body["what"],
                entry.payload.body["from"],
                entry.header.time,
                _message(entry.payload.body),
            )
            for entry in self.ledger.entries(kinds=(Kind.REFUSAL,))
            if entry.payload is not None
        ]
        return tuple(reversed(found))

    def refuse(self, what: str, content: bytes, why: Message, sender: NodeId | None = None) -> None:
        """Put on record that a file is refused; the same file for the same reason once."""
        digest, kind = hashlib.sha256(content).hexdigest(), kind_of(why)
        for entry in self.ledger.entries(kinds=(Kind.REFUSAL,)):
            known = entry.payload.body if entry.payload else {}
            if known.get("digest") == digest and kind_of(_message(known)) == kind:
                return
        body = {
            "id": self.drafter.random_id("x"),
            "what": what,
            "digest": digest,
            "from": sender,
            **_told(why),
        }
        self.append([self.drafter.entry(Kind.REFUSAL, body)])

    @contextmanager
    def on_record(
        self, what: str, content: bytes, sender: NodeId | None = None
    ) -> "Iterator[None]":
        """Put on record what is refused within."""
        try:
            yield
        except SharingError as refusal:
            self.refuse(what, content, refusal.message, sender)
            raise

    # ------------------------------------------------------------ within

    def _verified_next(self, identity: Identity, *, by_card: bool = True) -> Partner | None:
        """Return who is known here by an id, None for nobody, if its keys go on as they should.

        Raises:
            UsageError: It is this node.
            SharingError: The key known here did not sign the one given.
        """
        if identity.card.id == self.card.id:
            raise UsageError("this is the card of this very node")
        known = self.known().get(identity.card.id)
        if known is None:
            return None
        held = known.identity
        same = identity.card.key == known.key and not by_card
        if not (same or identity.continues(held) or held.continues(identity)):
            raise SharingError(
                "{0} is known here by another key, which did not sign this one; ask them whether "
                "they lost it, and for their fingerprint; then: "
                "tawatur partner confirm {1} … --card …",
                known.name,
                known.id,
            )
        return known

    def _newer(self, known: Partner, identity: Identity) -> Partner:
        """Record a newer card and return its partner, to be confirmed if a key was revoked.

        One that is older than what is known changes nothing.
        """
        if len(identity.chain) < len(known.chain):
            return known
        new = known.known_as(identity)
        if known.state is PartnerState.PARTNER and _is_revoked_since(identity, known):
            new = self._in(new, PartnerState.INVITED, None)
        if new != known:
            self._record(new)
        return new

    def _verify_answer(self, answer: Invitation) -> None:
        """Return if an answer bears the code of an invitation that this node made and nobody used.

        Raises:
            SharingError: It does not.
        """
        made = [
            entry.payload.body
            for entry in self.ledger.entries(kinds=(Kind.INVITATION,))
            if entry.payload is not None and entry.payload.body["id"] == answer.code
        ]
        if not made:
            raise SharingError("it answers no invitation of this node")
        if self.drafter.now().date() > date.fromisoformat(made[0]["until"]):
            raise SharingError("the invitation ended on {0}; ask for another", made[0]["until"])
        used = [each for each in self.known().values() if each.invitation == answer.code]
        if any(each.id != answer.card.id for each in used):
            raise SharingError("the invitation was answered before, by {0}", used[0].name)

    def _written(self, code: str, until: date, *, answers: bool) -> tuple[bytes, str]:
        own = self.own()
        invitation = Invitation(self.card, own.recipient or "", code, until, answers, own.at)
        written = sharing.sealed_invitation(invitation, self.key)
        return written, sharing.spoken(invitation, self.key)

    def _in(self, partner: Partner, state: PartnerState, why: str | None) -> Partner:
        return replace(partner, state=state, since=self.drafter.now().astimezone(UTC), why=why)

    def _record(self, partner: Partner) -> None:
        self.append([self.drafter.entry(Kind.PARTNER, bodies.body_of(partner))])
        self.believed(partner.id)


def kind_of(why: Message) -> str:
    """Return which reason it is, whatever fills it: one of few."""
    within = (kind_of(each) for each in why.args if isinstance(each, Message))
    return " ".join((why.template, *within))


def _one(given: str, among: Mapping[NodeId, Partner]) -> Partner:
    found = [each for each in among.values() if given in (each.id, each.name)]
    if not found:
        raise UnknownIdError("partner", given)
    if len(found) > 1:
        raise AmbiguousIdError(given, [each.id for each in found])
    return found[0]


def _is_revoked_since(identity: Identity, known: Partner) -> bool:
    """Whether the chain has a key revoked that was not when it was last seen here."""
    return any(each.revoked for each in identity.chain[len(known.chain) :])


def _differing(heard: str, fingerprint: str) -> list[int]:
    """Return the numbers, from 1, of the groups of four that are others than in a fingerprint."""
    given, right = ("".join(each.split()).lower() for each in (heard, fingerprint))
    ends = range(0, len(right), 4)
    found = [at // 4 + 1 for at in ends if given[at : at + 4] != right[at : at + 4]]
    return found or ([_GROUPS] if given != right else [])  # something stands behind the last


def _told(why: Message) -> dict[str, Any]:
    """Return a reason as an entry holds it, reasons within it too, so that each is translated."""
    filled = [_told(each) if isinstance(each, Message) else each for each in why.args]
    return {"why": why.template, "with": filled}


def _message(told: Mapping[str, Any]) -> Message:
    """Return the reason that `_told` wrote."""
    filled = (each if isinstance(each, str) else _message(each) for each in told["with"])
    return Message(told["why"], tuple(filled))
