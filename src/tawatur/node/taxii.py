"""What this node shows its partners over TAXII, and what it keeps of what they do there.

Three kinds of collections: for each partner what was released to it, and one to hand something
to this node and nobody else; for each community one whose members and partners post to each
other. What is handed in is recorded in the ledger, one entry for each envelope
with the digest of every object, before its sender is told that it was taken.
"""

import base64
import hashlib
import hmac
import threading
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from tawatur.errors import Message, UsageError
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import Circle, Circumstances, Label, Terms, Tier, Tlp, Viewer, may_receive
from tawatur.node.communities import Communities
from tawatur.node.drafting import Drafter
from tawatur.node.far import Far
from tawatur.node.foreign import Foreign
from tawatur.node.partners import Partners
from tawatur.settings import Network, secret_in, verify_taxii
from tawatur.settings import Taxii as TaxiiSettings
from tawatur.sharing import Release
from tawatur.sharing.parcels import Parcel, parcel_of, stamp
from tawatur.sharing.shelves import Shelves
from tawatur.sharing.stix import release_in, sealed_bytes
from tawatur.sharing.taxii import (
    Client,
    Collection,
    Doorkeeper,
    Limits,
    Posted,
    Pulled,
    Root,
    Server,
    new_token,
    password_hash,
)

ROOT = "tawatur"
"""Path of the API root."""

_MEGABYTE = 1024 * 1024
_REMEMBERED_S = 60
"""Seconds for which the lists are taken as they were, if nothing was recorded meanwhile."""


class _Bundle(msgspec.Struct):
    objects: list[msgspec.Raw]


@dataclass(slots=True)
class Taxii:
    """The shelves of one node; `Node.taxii` is where the doors find them. Safe for threads."""

    drafter: Drafter
    partners: Partners
    communities: Communities
    foreign: Callable[[], Foreign]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    recorded: Callable[[], int]  # how many entries there are
    path: Path
    settings: TaxiiSettings
    network: Network
    _shelves: Shelves | None = field(default=None, repr=False)
    _viewers: tuple[int, float, tuple[Viewer, ...]] = field(default=(-1, 0.0, ()), repr=False)
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

    def server(self) -> Server:
        """Return the server of this node, as an ASGI application.

        Raises:
            UsageError: The settings name nobody who may ask, or cannot be.
        """
        verify_taxii(self.settings)
        accounts = {name: (NodeId(who), hashed) for name, who, hashed in
                    (line.split() for line in self.settings.accounts)}  # fmt: skip
        return Server(
            self.shelves,
            Doorkeeper(accounts, self._partner),
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
        me = self.drafter.node
        with self._node:
            partners = self.partners.all().values()
            communities = self.communities.all()
        found = []
        for card in partners:
            own = Label.of(Terms(me, Tlp.AMBER, frozenset({card.id})))
            found += [
                Collection(self._released(card.id), "Released to you", own, alias="released"),
                Collection(
                    self._uuid("handed in", card.id),
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
        asked again where it goes to a community.

        Raises:
            NotReleasableError: As a release does.
            UnknownIdError: No such item or partner.
        """
        content = self.foreign().export(item, to)
        objects = msgspec.json.decode(content, type=_Bundle).objects
        sealed = sealed_bytes(msgspec.json.decode(content)["objects"])
        if sealed is None:
            raise UsageError("it holds no STIX objects")
        release = release_in(sealed)
        parcels = [p for raw in objects if isinstance(p := parcel_of(bytes(raw)), Parcel)]
        shelf, label = self._released(release.receiver), self._as_given(release)
        whys = self.shelves.put(shelf, parcels, label)
        return sum(why is None for why in whys)

    def pull(self, address: str, partner: str, key_file: Path | None = None) -> Pulled:
        """Bring what is new in a collection of a partner's server to a shelf of its address.

        It is held as the partner's word, for this node alone.

        Args:
            address: Of the collection.
            partner: Whose it is.
            key_file: Holds a token, or a name and a password with ":" between them.

        Raises:
            UsageError: The settings allow no network, or the file cannot be used.
            TawaturError: The server may not be asked, refuses, or does not answer.
        """
        sender = self.partners.one(partner).id
        label = Label.of(Terms(sender, audience=frozenset({self.drafter.node})))
        with closing(Far(self.network)) as far:
            return _client(far, address, key_file).pull(self.shelves, address, label)

    def post(self, content: bytes, address: str, key_file: Path | None = None) -> Posted:
        """Hand the objects of a STIX bundle, or of an envelope, in at somebody's server.

        Raises:
            UsageError: It holds no objects, the settings allow no network, or the file
                cannot be used.
            TawaturError: The server may not be asked, refuses, or does not answer.
        """
        try:
            objects = msgspec.json.decode(content, type=_Bundle).objects
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as cause:
            raise UsageError("it holds no STIX objects") from cause
        with closing(Far(self.network)) as far:
            return _client(far, address, key_file).post([bytes(raw) for raw in objects])

    # ------------------------------------------------------------ `Records`

    def accept(
        self, sender: Viewer, collection: Collection, parcels: Sequence[Parcel]
    ) -> Sequence[Message | None]:
        """Record an envelope, as one entry; refuse nothing."""
        objects = [
            {
                "id": parcel.id,
                "version": stamp(parcel.version),
                "digest": hashlib.sha256(parcel.raw).hexdigest(),
            }
            for parcel in parcels
        ]
        self._record(sender, collection, {"objects": objects})
        return [None] * len(parcels)

    def recalled(self, sender: Viewer, collection: Collection, id: str) -> None:  # noqa: A002
        """Record that a partner took an object back."""
        self._record(sender, collection, {"recalled": id})

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

    def _released(self, partner: NodeId) -> str:
        return self._uuid("released", partner)

    def _as_given(self, release: Release) -> Label:
        """Return a release's label; its receiver not named where it has the item by a circle."""
        named = release.label
        by_circle = Label.of(
            *(
                replace(t, audience=t.audience - {release.receiver}) if t.circles else t
                for t in named.terms
            )
        )
        viewer = self.communities.viewer(release.receiver)
        allowed = may_receive(viewer, by_circle, self._circumstances()).allowed
        return by_circle if allowed else named

    def _audiences(self) -> tuple[Viewer, ...]:
        """Return this node and its partners, as the lists have them."""
        with self._node:
            now, size = self.drafter.now().timestamp(), self.recorded()
            known, until, viewers = self._viewers
            if known != size or now >= until or until - now > _REMEMBERED_S:
                parties = (self.drafter.node, *sorted(self.partners.all()))
                viewers = tuple(map(self.communities.viewer, parties))
                self._viewers = size, now + _REMEMBERED_S, viewers
            return viewers

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


def _client(far: Far, address: str, key_file: Path | None) -> Client:
    """Return the client for a collection, with what the file says of who asks."""
    if key_file is None:
        return Client(far, address)
    secret = secret_in(key_file)
    if ":" in secret:
        coded = base64.b64encode(secret.encode("utf-8")).decode("ascii")
        return Client(far, address, f"Basic {coded}")
    return Client(far, address, f"Bearer {secret}")
