"""How does all that waits for a partner get there over the network, and back, without loss?

Bundles as a memory stick carries them, in turns (`tawatur.sharing.wire`): each side brings one
and says which of the other's it has. A bundle stays on its way until its receiver has it. If
what is in it was recalled, narrowed or erased meanwhile, or its receiver refuses it, it is
written anew, without that. A bundle that never came, by a stick or because a process was
killed between two steps, is made up for in the same way.

The address of a partner is its own word, on its card or invitation; the node calls nobody
else, and nobody at all unless the settings allow the network.
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nacl.signing import SigningKey

from tawatur.errors import (
    Message,
    NotAllowedError,
    NotTakenError,
    SharingError,
    UsageError,
)
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index
from tawatur.node.sharing.bundles import Bundles
from tawatur.node.sharing.far import Far, showing
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.node.sharing.partners import Partners
from tawatur.node.sharing.refusals import Refusals
from tawatur.node.sharing.underway import Lying, Underway
from tawatur.node.views import Received
from tawatur.settings import Network, verify_wire
from tawatur.settings import Wire as WireSettings
from tawatur.sharing import At, Identity
from tawatur.sharing.taxii import Send, Server
from tawatur.sharing.taxii.pace import Pace
from tawatur.sharing.wire import Caller, Door, Guard, Signing, Turn

_FULL = 16 * 1024 * 1024
"""Bytes after which nothing more is put into a bundle: several go one after the other."""

_MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Exchanged:
    """What an exchange came to: bundles that went, and what came, refusals among it."""

    sent: int = 0
    bundles: int = 0
    came: list[Received | SharingError] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)  # names of communities


@dataclass(slots=True)
class Wire:
    """What one node exchanges over the network; `Node.wire` is where the doors find it.

    It is the `tawatur.sharing.wire.Party` behind its own door. Safe for threads.
    """

    drafter: Drafter
    partners: Partners
    bundles: Bundles
    outgoing: Outgoing
    index: Callable[[], Index]
    key: SigningKey = field(repr=False)
    path: Path
    settings: WireSettings
    network: Network
    wait: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random
    # held while the node itself is asked: it has one caller at a time
    _node: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _underway: Underway | None = field(default=None, repr=False)
    _refusals: Refusals | None = field(default=None, repr=False)

    @property
    def underway(self) -> Underway:
        """What is on its way, opened when it is first asked for."""
        with self._node:
            if self._underway is None:
                self._underway = Underway(self.path)
            return self._underway

    @property
    def refusals(self) -> Refusals:
        """Where what is refused is put on record."""
        if self._refusals is None:
            self._refusals = Refusals(self.partners, self.drafter.now, self._node)
        return self._refusals

    def close(self) -> None:
        """Let go of the file."""
        if self._underway is not None:
            self._underway.close()

    def door(self, beside: Server | None = None) -> Door:
        """Return the door at which partners' nodes call, as an ASGI application.

        Args:
            beside: Answers what is no exchange.

        Raises:
            UsageError: The settings cannot be.
        """
        verify_wire(self.settings)
        return Door(
            self,
            self.guard(),
            self.key,
            beside,
            most=int(self.settings.body_mb * _MEGABYTE),
            seconds=self.settings.seconds,
            pace=Pace(self.settings.requests_per_minute),
        )

    def guard(self) -> Guard:
        """Return what knows partners by the signatures on their requests."""
        return Guard(
            self.drafter.node,
            self._identity,
            self.underway,
            self.drafter.now,
            lambda sender, why: self.refuse("request", sender, why),
        )

    # ------------------------------------------------------------ calling

    def exchange(self, partner: str) -> Exchanged:
        """Give a partner all that waits for it, and take in all that waits there for this node.

        Args:
            partner: Its id or name.

        Raises:
            UnknownIdError: There is no such partner.
            UsageError: It has not told where it is asked, or the settings allow no network.
            TawaturError: It may not be asked, does not answer, or refuses.
        """
        party = self.partners.one(partner).id
        at = self.partners.known()[party].at
        if at is None:
            raise UsageError(
                "{0} has not told where it is asked; ask for its card, or carry a bundle",
                partner,
            )
        with closing(self._far(at)) as far:
            return self._exchanged(party, at, self._signing(party, far))

    @contextmanager
    def way_to(self, address: str) -> Iterator[Send]:
        """Yield how an address is asked: signed, where it is one of a partner's own.

        Raises:
            UsageError: The settings allow no network.
        """
        known = self.partners.known()
        for party in self.partners.in_force():
            at = known[party].at
            if at is not None and address.startswith(f"{at.url}/"):
                with closing(self._far(at)) as far:
                    yield self._signing(party, far)
                return
        with closing(Far(self.network)) as far:
            yield far

    def _far(self, at: At) -> Far:
        """Return the way to where a partner is asked, and to the certificate that it told."""
        if at.certificate is None:
            return Far(self.network)
        return Far(self.network, trust=showing(at.certificate))

    def _signing(self, party: NodeId, far: Far) -> Signing:
        me = self.drafter
        return Signing(far, me.node, party, self.key, me.now, me.entropy)

    def _exchanged(self, party: NodeId, at: At, way: Signing) -> Exchanged:
        caller, done = self._caller(party, at, way), Exchanged()
        try:
            with self._node:
                file = self._next(party, first=True)
            first = True
            while True:
                turn = Turn(file or b"", self._taken(party), first=first)
                answer = caller.turn(turn)
                done.sent += file is not None
                with self._node:
                    self._take(party, answer, done)
                    file = self._next(party, first=False, taken=answer.taken)
                if file is None and not answer.bundle:
                    return done
                first = False
        except NotTakenError:
            self._write_anew(party)
            raise
        except NotAllowedError as refusal:  # another certificate is shown, for one
            self.refuse("request", party, refusal.message)
            raise

    def _take(self, party: NodeId, answer: Turn, done: Exchanged) -> None:
        """Take in what a partner gave in its turn."""
        self.underway.arrived(party, answer.taken)
        if answer.bundle:
            taken = self.bundles.receive(answer.bundle)
            done.bundles += 1
            done.came += taken.came
            done.lists += taken.lists

    def _caller(self, party: NodeId, at: At, way: Signing) -> Caller:
        return Caller(
            way,
            at.url,
            lambda: self._known(party),
            self.card,
            self.hear,
            wait=self.wait,
            chance=self.chance,
        )

    # ------------------------------------------------------------ `Party`

    def turn(self, sender: NodeId, turn: Turn) -> Turn:
        """See `tawatur.sharing.wire.Party.turn`."""
        with self._node:
            self.underway.arrived(sender, turn.taken)
            if turn.bundle:
                self.bundles.receive(turn.bundle)
            file = self._next(sender, first=turn.first, taken=turn.taken)
            return Turn(file or b"", self.bundles.taken(sender))

    def card(self) -> bytes:
        """See `tawatur.sharing.wire.Party.card`."""
        with self._node:
            return self.partners.sealed_card()

    def hear(self, card: bytes) -> None:
        """See `tawatur.sharing.wire.Party.hear`."""
        with self._node, self.partners.on_record("card", card):
            self.partners.hear(card)

    def refuse(self, what: str, sender: NodeId | None, why: Message) -> None:
        """See `tawatur.sharing.wire.Party.refuse`; the same reason once a day for each sender."""
        self.refusals.put(what, sender, why)

    # ------------------------------------------------------------ within

    def _taken(self, party: NodeId) -> frozenset[int]:
        with self._node:
            return self.bundles.taken(party)

    def _known(self, party: NodeId) -> Identity:
        with self._node:
            return self.partners.identities()[party]

    def _identity(self, party: NodeId) -> Identity | None:
        with self._node:
            return self.partners.identities().get(party)

    def _next(
        self, party: NodeId, *, first: bool, taken: frozenset[int] | None = None
    ) -> bytes | None:
        """Return the bundle that is to go to a partner next, None where nothing waits.

        Args:
            party: Whose it is.
            first: Whether lists and heads go, also where nothing else waits.
            taken: The numbers that the partner has; None if it has not said so yet.
        """
        with self.underway.alone():
            lying = self.underway.to(party)
            if (
                lying is not None
                and lying.file is not None
                and self._still_holds(party, lying.number)
            ):
                return lying.file
            again = None if lying is None else lying.number
            if again is None and taken is not None:
                given = self.outgoing.bundles(party)
                again = next((number for number in given if number not in taken), None)
            waits = any(each.may for each in self.outgoing.waiting(party))
            if not (first or waits or again is not None):
                return None
            written = self.bundles.write(party, again=again, most=_FULL)
            if written is None:
                return None
            self.underway.put(party, Lying(written.number, written.file))
            return written.file

    def _write_anew(self, party: NodeId) -> None:
        """Note that the bundle on its way was refused, so that the next one is another."""
        with self.underway.alone():
            lying = self.underway.to(party)
            if lying is not None:
                self.underway.put(party, Lying(lying.number, None))

    def _still_holds(self, party: NodeId, number: int) -> bool:
        """Whether what a bundle releases may still go as it was released in it."""
        post = self.index().post
        handed = (
            each
            for each in post.of(Kind.HANDOVER, party=party)
            if each.body.get("bundle") == number
        )
        letters = [entry for each in handed for entry in each.body["letters"]]
        released = [p for entry in letters for p in post.of(Kind.PROPOSAL, entry=entry)]
        return all(
            self.outgoing.admits(each) and not post.of(Kind.NOTICE, inward=False, about=each.id)
            for each in released
        )
