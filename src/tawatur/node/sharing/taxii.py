"""What this node shows its partners over TAXII, and what it keeps of what they do there.

Three kinds of collections: for each partner what was released to it, and one to hand something
to this node and nobody else; for each community one whose members and partners post to each
other. What is handed in is recorded in the ledger, one entry for each envelope
with the digest of every object, before its sender is told that it was taken.

What lies on a partner's shelf follows what is told of its release (`Outgoing`): the ledger
says what was laid where, and `follow` takes back, relabels and lays the notice beside, so that
a partner that only pulls hears of it. Letters in what comes are taken in like any others.
"""

import base64
import hashlib
import hmac
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from tawatur.errors import (
    ForeignFileError,
    Message,
    NotAllowedError,
    SharingError,
    UnknownIdError,
    UsageError,
)
from tawatur.ledger import Ledger
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import NodeId, NoticeId, ReleaseId
from tawatur.model.label import (
    Activity,
    Circle,
    Circumstances,
    Label,
    Terms,
    Tier,
    Tlp,
    Viewer,
    may_receive,
)
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.post import Piece
from tawatur.node.sharing.communities import Communities
from tawatur.node.sharing.foreign import Foreign, HandedOver
from tawatur.node.sharing.partners import Partners
from tawatur.node.sharing.refusals import Refusals
from tawatur.settings import Taxii as TaxiiSettings
from tawatur.settings import secret_in, verify_taxii
from tawatur.sharing import Notice, kind_of
from tawatur.sharing.parcels import Parcel, parcel_of, stamp
from tawatur.sharing.shelves import ALL, Line, Query, Shelves
from tawatur.sharing.stix import keyed_ids, letter_object, release_in, sealed_bytes, sender_id
from tawatur.sharing.taxii import (
    Client,
    Collection,
    Doorkeeper,
    Limits,
    Posted,
    Root,
    Send,
    Server,
    new_token,
    password_hash,
)
from tawatur.sharing.wire import Guard, Signers

ROOT = "tawatur"
"""Path of the API root."""

_FOLLOWED = "followed"
"""Name of the place up to which shelves follow the ledger."""
_TAKEN_IN = "taken in from "
"""Before a collection's address: name of the place up to which what was pulled is taken in."""
_AT_ONCE = 10_000
"""Objects that are read together, so that those of one item are."""

_MEGABYTE = 1024 * 1024
_REMEMBERED_S = 60
"""Seconds for which the lists are taken as they were, if nothing was recorded meanwhile."""


class _Bundle(msgspec.Struct):
    objects: list[msgspec.Raw]


class _Revocable(msgspec.Struct):
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a pull brought.

    ``objects`` were new, ``taken`` says what came of them, ``revoked`` are ids of those that
    are taken back there; ``refused`` are those that were left, and why.
    """

    objects: int
    taken: tuple[HandedOver, ...]
    revoked: tuple[str, ...]
    refused: tuple[tuple[str, Message], ...]


@dataclass(slots=True)
class Taxii:
    """The shelves of one node; `Node.taxii` is where the doors find them. Safe for threads."""

    drafter: Drafter
    partners: Partners
    communities: Communities
    foreign: Callable[[], Foreign]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    ledger: Ledger
    index: Callable[[], Index]
    path: Path
    settings: TaxiiSettings
    way_to: Callable[[str], AbstractContextManager[Send]]
    _shelves: Shelves | None = field(default=None, repr=False)
    _followed: int = field(default=-1, repr=False)  # entries
    _viewers: tuple[int, float, tuple[Viewer, ...]] = field(default=(-1, 0.0, ()), repr=False)
    _refused: Refusals | None = field(default=None, repr=False)
    # held while the node itself is asked: it has one caller at a time
    _node: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @property
    def shelves(self) -> Shelves:
        """The shelves, opened when they are first asked for."""
        with self._node:
            if self._shelves is None:
                self._shelves = Shelves(self.path, self._audiences, self._circumstances)
            return self._shelves

    def close(self) -> None:
        """Let go of the file."""
        if self._shelves is not None:
            self._shelves.close()

    def server(self, nodes: Guard | None = None) -> Server:
        """Return the server of this node, as an ASGI application.

        Args:
            nodes: Knows partners' nodes, which then need no accounts.

        Raises:
            UsageError: The settings name nobody who may ask, or cannot be.
        """
        verify_taxii(self.settings, accounts=nodes is None)
        accounts = {name: (NodeId(who), hashed) for name, who, hashed in
                    (line.split() for line in self.settings.accounts)}  # fmt: skip
        programs = Doorkeeper(accounts, self._partner)
        return Server(
            self.shelves,
            programs if nodes is None else Signers(nodes, self._partner, programs),
            self,
            (Root(ROOT, self.partners.card.name, self.collections),),
            self._circumstances,
            self._secret("next"),
            title=self.partners.card.name,
            base=self.settings.address,
            limits=Limits(
                body=int(self.settings.body_mb * _MEGABYTE),
                page=self.settings.page,
                a_minute=self.settings.requests_per_minute,
            ),
        )

    def account(self, name: str, partner: str, *, password: bool = False) -> tuple[str, str]:
        """Return a new secret for a program of a partner, and the line for the settings.

        Args:
            name: What the program calls itself.
            partner: Whose it is.
            password: Whether it knows only names and passwords.

        Raises:
            UsageError: The name is not one word.
            UnknownIdError: There is no such partner.
        """
        if not name or not name.isascii() or not name.isalnum():
            raise UsageError("a name of letters and digits")
        secret, hashed = new_token()
        held = password_hash(secret) if password else hashed
        return secret, f"{name} {self.partners.one(partner).id} {held}"

    def collections(self) -> tuple[Collection, ...]:
        """Return every collection there is; each says to whom it is shown."""
        self.follow()
        me = self.drafter.node
        with self._node:
            partners = self.partners.in_force().values()
            communities = self.communities.all()
        found = []
        for card in partners:
            own = self._own(card.id)
            found += [
                Collection(self._released(card.id), "Released to you", own, alias="released"),
                Collection(
                    self._inbox(card.id),
                    "From you to us",
                    own,
                    alias="inbox",
                    writers=own,
                ),
            ]
        for each in communities:
            seen, posts = (
                Label.of(Terms(me, Tlp.AMBER, circles=frozenset({Circle(each.id, tier)})))
                for tier in (Tier.OBSERVER, Tier.PARTNER)
            )
            name = each.charter.name
            found.append(Collection(self._uuid(each.id), name, seen, writers=posts))
        return tuple(found)

    def offer(self, item: str, to: str) -> int:
        """Release one item to one partner and lay it ready; return how many objects that is.

        They are there as long as the item's label gives it to the partner, whose membership is
        asked again where it goes to a community. What lay there of the same item makes way.

        Raises:
            NotReleasableError: As a release does.
            UnknownIdError: No such item or partner.
        """
        party, item = self.partners.one(to).id, self.foreign().outgoing.items.id_of(item)
        content = self.foreign().export(item, to, self._lying(item, party))
        sealed = sealed_bytes(msgspec.json.decode(content)["objects"])
        if sealed is None:
            raise UsageError("it holds no STIX objects")
        release = release_in(sealed)
        shelf, label = self._released(party), self._as_given(release.label, party)
        parcels = _parcels(content)
        beside = [each for each in parcels if self._is_beside(each)]
        ours = [each for each in parcels if each not in beside]
        body = {
            "id": self.drafter.random_id("h"),
            "to": party,
            "about": release.id,
            "letters": [p.entry for p in self.index().post.of(Kind.RELEASE, id=release.id)],
            "objects": [{"id": each.id, "version": each.version} for each in ours],
            "label": bodies.body_of(label),
        }
        self.append([self.drafter.entry(Kind.HANDOVER, body)])
        whys = [
            *self.shelves.put(shelf, beside, self._own(party)),
            *self.shelves.put(shelf, ours, label),
            *self._show(party),
        ]
        self.follow()
        return sum(why is None for why in whys)

    @undamaged
    def follow(self) -> None:
        """Make shelves follow what was told of releases since they last did.

        What was recalled, erased here, or replaced by a corrected one is taken back and erased
        from the shelf; what has another label is held under that. The notice lies beside. It
        costs as much as was told, however much lies there; an erasure asks for every item.
        """
        with self._node:
            size = self.ledger.size
            if size == self._followed:
                return
            since = int(self.shelves.place(_FOLLOWED) or 0)
            kinds = (Kind.NOTICE, Kind.RELEASE, Kind.ERASURE)
            told = [(e.header.kind, e.payload) for e in self.ledger.entries(since, size, kinds)]
            for kind, payload in told:
                if payload is not None and kind != Kind.ERASURE and "to" in payload.body:
                    for lying in self._laid(payload.body["about"]):
                        self._tell(lying, payload.body)
            if any(kind == Kind.ERASURE for kind, _ in told):
                self._take_back_erased()
            if told:
                self._note(_FOLLOWED, size)
            self._followed = size

    def pull(self, address: str, partner: str, key_file: Path | None = None) -> Fetched:
        """Bring what is new in a collection of a partner's server here, and take it in.

        Letters of nodes are verified and taken in as such; the rest is the partner's word,
        unsigned, for this node alone. What is taken back there is erased from what was pulled.
        What is no page or no object, too much, or other than what is held under the same version
        is left, and on record.

        Args:
            address: Of the collection.
            partner: Whose it is.
            key_file: Holds a token, or a name and a password with ":" between them; a partner's
                own address needs neither.

        Raises:
            UsageError: The settings allow no network, or the file cannot be used.
            TawaturError: The server may not be asked, refuses, or does not answer.
        """
        sender = self.partners.receiving(partner).id
        label = Label.of(Terms(sender, audience=frozenset({self.drafter.node})))
        try:
            with self.way_to(address) as send:
                client = replace(_client(send, address, key_file), now=self.drafter.now)
                pulled = client.pull(self.shelves, address, label)
        except (NotAllowedError, ForeignFileError) as refusal:  # another certificate, for one
            self._left(sender, refusal.message)
            raise
        for reason in {why.template: why for _, why in pulled.refused}.values():
            self._left(sender, reason)
        found = self._taken_in(address, sender)
        return replace(found, objects=pulled.objects, refused=pulled.refused)

    def take(self, partner: str) -> Fetched:
        """Take in what a partner handed in at this node's server, which lies there until then.

        As `pull` does: letters were opened when they came, the rest is the partner's word.

        Args:
            partner: Who handed it in.

        Raises:
            UnknownIdError: There is no such partner.
            NotReleasableError: It is suspended or removed.
        """
        sender = self.partners.receiving(partner).id
        return self._taken_in(self._inbox(sender), sender)

    def post(self, content: bytes, address: str, key_file: Path | None = None) -> Posted:
        """Hand objects in at somebody's server: of a STIX bundle, an envelope, or one of letters.

        Raises:
            UsageError: It holds no objects, the settings allow no network, or the file
                cannot be used.
            TawaturError: The server may not be asked, refuses, or does not answer.
        """
        kind = kind_of(content)
        if kind is not None:
            name = hashlib.sha256(content).hexdigest()
            content = _envelope([self._enclosed(content, kind, name)])
        objects = _objects(content)
        with self.way_to(address) as send:
            return _client(send, address, key_file).post(objects)

    # ------------------------------------------------------------ `Records`

    def accept(
        self, sender: Viewer, collection: Collection, parcels: Sequence[Parcel]
    ) -> Sequence[Message | None]:
        """Record an envelope, as one entry, and take in the letters that its sender gave us.

        Refused is what carries a letter that is.
        """
        objects = [
            {
                "id": parcel.id,
                "version": stamp(parcel.version),
                "digest": hashlib.sha256(parcel.raw).hexdigest(),
            }
            for parcel in parcels
        ]
        self._record(sender, collection, {"objects": objects})
        if collection.id != self._inbox(sender.party):
            return [None] * len(parcels)
        with self._node:
            return [self._opened(parcel) for parcel in parcels]

    def recalled(self, sender: Viewer, collection: Collection, id: str) -> None:  # noqa: A002
        """Record that a partner took an object back."""
        self._record(sender, collection, {"recalled": id})

    def refused(self, sender: Viewer, why: Message) -> None:
        """Record that something is refused to a partner, once a day for each reason."""
        self._refusals().put("request", sender.party, Message("over TAXII: {0}", (why,)))

    def _record(self, sender: Viewer, collection: Collection, what: dict[str, object]) -> None:
        body = {
            "id": self.drafter.random_id("z"),
            "from": sender.party,
            "collection": collection.id,
            **what,
        }
        label = collection.label_by(sender.party)
        with self._node:
            self.append([self.drafter.entry(Kind.ENVELOPE, body, label=label)])

    # ------------------------------------------------------------ within

    def _left(self, sender: NodeId, why: Message) -> None:
        """Record why something that a partner's server gave was left, once a day."""
        self._refusals().put("file", sender, Message("over TAXII: {0}", (why,)))

    def _refusals(self) -> Refusals:
        with self._node:
            if self._refused is None:
                self._refused = Refusals(self.partners, self.drafter.now, self._node)
            return self._refused

    def _tell(self, lying: Piece, told: Mapping[str, Any]) -> None:
        """Do to what lies on a shelf what a notice on its release, or its correction, says."""
        party, shelf = lying.party, self._released(lying.party)
        label = None if told.get("label") is None else msgspec.convert(told["label"], Label)
        # A relay that adds terms of its own would be another originator of the same object.
        if label is not None and label.originators == _label_of(lying).originators:
            for each in lying.body["objects"]:
                self.shelves.relabel(shelf, each["id"], self._as_given(label, party))
        else:
            self._take_back(lying)
        if "notice" in told:
            notice = msgspec.convert(told["notice"], Notice)
            letter = self.foreign().outgoing.notice(NoticeId(notice.id))
            parcel = parcel_of(self._enclosed(letter, "notice", notice.id, notice.time))
            if isinstance(parcel, Parcel):
                self.shelves.put(shelf, [parcel], self._own(party))

    def _show(self, party: NodeId) -> Sequence[Message | None]:
        """Lay out what a partner is shown of the logs of communities, while it is in them."""
        histories = self.foreign().incoming.histories
        letter, shared = histories.letter(party), sorted(histories.shared(party))
        if letter is None:
            return []
        id_ = keyed_ids(self.drafter.key, "heads", party)("letter")
        (begun,) = (entry.header.time for entry in self.ledger.entries(0, 1))
        now, card = self.drafter.now(), self.partners.card
        shown = letter_object(letter, "heads", card, id_, now, first=begun)
        parcel = parcel_of(msgspec.json.encode(shown))
        circles = (frozenset({Circle(each, Tier.OBSERVER)}) for each in shared)
        label = Label.of(*(Terms(self.drafter.node, Tlp.AMBER, circles=each) for each in circles))
        parcels = [parcel] if isinstance(parcel, Parcel) else []
        return self.shelves.put(self._released(party), parcels, label)

    def _take_back(self, lying: Piece) -> None:
        """Erase what lies on a shelf; who had it finds it revoked."""
        shelf, by = self._released(lying.party), _label_of(lying).originators[0]
        for each in lying.body["objects"]:
            version = Query((each["id"],), (), (each["version"],))
            self.shelves.recall(shelf, each["id"], by, version)

    def _take_back_erased(self) -> None:
        """Take back what lies on shelves of items that are not held here any more."""
        post = self.index().post
        for lying in post.of(Kind.HANDOVER):
            if "objects" in lying.body:
                (released,) = post.of(Kind.RELEASE, id=lying.about)
                try:
                    self.foreign().outgoing.items.id_of(released.item or "")
                except UnknownIdError:
                    self._take_back(lying)

    def _laid(self, release: str | None) -> list[Piece]:
        """Return what was laid on a shelf of a release, if anything was."""
        if release is None:
            return []
        found = self.index().post.of(Kind.HANDOVER, about=release)
        return [each for each in found if "objects" in each.body]

    def _lying(self, item: str, party: NodeId) -> ReleaseId | None:
        """Return the release of an item that lies ready for a partner, if one does."""
        given = self.foreign().outgoing.disclosures.released(item)
        own = [g.id for g in given if g.item == item and g.to == party and g.live]
        return next((ReleaseId(each) for each in reversed(own) if self._laid(each)), None)

    def _enclosed(self, letter: bytes, kind: str, name: str, time: datetime | None = None) -> bytes:
        """Return a letter of this node as a STIX object; equal names have equal ids."""
        id_ = keyed_ids(self.drafter.key, kind, name)("letter")
        time = time or self.drafter.now()
        return msgspec.json.encode(letter_object(letter, kind, self.partners.card, id_, time))

    def _opened(self, parcel: Parcel) -> Message | None:
        """Take in the letters that an object carries; return why they are refused, if they are."""
        incoming = self.foreign().incoming
        try:
            sealed = sealed_bytes([msgspec.json.decode(parcel.raw)])
            for letter in incoming.letters(sealed) if sealed else ():
                incoming.receive(letter)
        except SharingError as refusal:
            return refusal.message
        return None

    def _taken_in(self, address: str, sender: NodeId) -> Fetched:
        """Take in what lies on a shelf since this was done last, as somebody's word."""
        objects, taken, revoked = 0, list[HandedOver](), list[str]()
        while lines := self._new(address):
            gone = {each.id for each in lines if _is_revoked(each)}
            kept = [each.raw for each in lines if each.id not in gone]
            if kept:
                taken.append(self.foreign().receive(_envelope(kept), sender))
            for id_ in sorted(gone):
                self._forget(address, id_, sender)
            objects += len(lines)
            revoked += sorted(gone)
            self._note(_TAKEN_IN + address, lines[-1].added)
        return Fetched(objects, tuple(taken), tuple(revoked), ())

    def _new(self, address: str) -> tuple[Line, ...]:
        """Return some of what lies on a shelf and was not taken in."""
        after = self.shelves.place(_TAKEN_IN + address)
        since = None if after is None else int(after)
        me = Viewer(self.drafter.node)
        query = Query(versions=(ALL,))
        return self.shelves.page(address, me, query, after=since, limit=_AT_ONCE).lines

    def _forget(self, address: str, id: str, sender: NodeId) -> None:  # noqa: A002 - STIX's word
        """Erase what was pulled of an object before it was taken back."""
        me, every = Viewer(self.drafter.node), Query((id,), (), (ALL,))
        lines = self.shelves.page(address, me, every, limit=_AT_ONCE).lines
        last = max(each.version for each in lines)
        older = tuple(each.version for each in lines if each.version < last)
        if older:
            self.shelves.recall(address, id, sender, Query((id,), (), older))

    def _is_beside(self, parcel: Parcel) -> bool:
        """Whether an object says nothing of an item: this node's own, and markings."""
        return parcel.type == "marking-definition" or parcel.id == sender_id(self.drafter.node)

    def _note(self, name: str, place: int) -> None:
        self.shelves.put(name, (), Label.by(self.drafter.node), place=str(place))

    def _released(self, partner: NodeId) -> str:
        return self._uuid("released", partner)

    def _inbox(self, partner: NodeId) -> str:
        return self._uuid("handed in", partner)

    def _own(self, partner: NodeId) -> Label:
        """Return the label of what is between this node and a partner, whatever is released."""
        return Label.of(Terms(self.drafter.node, Tlp.AMBER, frozenset({partner})))

    def _as_given(self, named: Label, party: NodeId) -> Label:
        """Return a release's label; its receiver not named where it has the item by a circle."""
        by_circle = Label.of(
            *(replace(t, audience=t.audience - {party}) if t.circles else t for t in named.terms)
        )
        allowed = may_receive(self._viewer(party), by_circle, self._circumstances()).allowed
        return by_circle if allowed else named

    def _audiences(self) -> tuple[Viewer, ...]:
        """Return this node and its partners, as the lists have them."""
        with self._node:
            now, size = self.drafter.now().timestamp(), self.ledger.size
            known, until, viewers = self._viewers
            if known != size or now >= until or until - now > _REMEMBERED_S:
                parties = (self.drafter.node, *sorted(self.partners.in_force()))
                viewers = tuple(map(self._viewer, parties))
                self._viewers = size, now + _REMEMBERED_S, viewers
            return viewers

    def _viewer(self, party: NodeId) -> Viewer:
        """Return an organisation as one of the circles whose reports it is given."""
        return self.communities.viewer(party).taking_part(Activity.REPORTS)

    def _partner(self, party: NodeId) -> Viewer | None:
        return next((viewer for viewer in self._audiences() if viewer.party == party), None)

    def _circumstances(self) -> Circumstances:
        return Circumstances(self.drafter.now())

    def _secret(self, purpose: str) -> bytes:
        return hmac.digest(self.drafter.key, f"taxii {purpose}".encode(), "sha256")

    def _uuid(self, *parts: str) -> str:
        """Return an id that is the same tomorrow and that nobody else can work out."""
        raw = hmac.digest(self._secret("collection"), "\0".join(parts).encode(), "sha256")
        return str(uuid.UUID(bytes=raw[:16], version=4))


def _label_of(lying: Piece) -> Label:
    """Return the label under which something was laid on a shelf."""
    return msgspec.convert(lying.body["label"], Label)


def _objects(content: bytes) -> list[bytes]:
    """Return the objects of a bundle or an envelope."""
    try:
        found = msgspec.json.decode(content, type=_Bundle).objects
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as cause:
        raise UsageError("it holds no STIX objects") from cause
    return [bytes(raw) for raw in found]


def _envelope(objects: Sequence[bytes]) -> bytes:
    return b'{"objects":[' + b",".join(objects) + b"]}"


def _parcels(content: bytes) -> list[Parcel]:
    found = map(parcel_of, _objects(content))
    return [each for each in found if isinstance(each, Parcel)]


def _is_revoked(line: Line) -> bool:
    return msgspec.json.decode(line.raw, type=_Revocable).revoked


def _client(send: Send, address: str, key_file: Path | None) -> Client:
    """Return the client for a collection, with what the file says of who asks."""
    if key_file is None:
        return Client(send, address)
    secret = secret_in(key_file)
    if ":" in secret:
        coded = base64.b64encode(secret.encode("utf-8")).decode("ascii")
        return Client(send, address, f"Basic {coded}")
    return Client(send, address, f"Bearer {secret}")
