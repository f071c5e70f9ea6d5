"""What is new in a feed: the page of every entry is taken in, once.

    feed, if it changed → entries not seen yet → page fetched → taken in → remembered

What was seen is remembered in the node's folder as keyed digests of the entries' ids and
addresses: they say nothing without the node's key, also about what was erased since, and
keep it from coming in again. The file may be deleted; then the feed's present entries are
asked for once more, and what is held already is recognised. Each entry is remembered when
it was dealt with, and the feed's validators only after all were, so that a command that
is cut off goes on where it was.

What may pass by itself is tried again after a pause that grows, five times in all; any
other refusal is said once. Feeds are read in this process, so they may be small only.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from tawatur.errors import (
    FetchError,
    Message,
    NodeError,
    NotAllowedError,
    NotNowError,
    TooLargeError,
    UnreadableFileError,
    system_message,
)
from tawatur.fetching import Address, Fetched, Fetcher, Validators
from tawatur.intake.feeds import entries, linked_feed
from tawatur.model.ids import DocumentId, keyed_id
from tawatur.node.intake.fetched import incoming_of
from tawatur.node.lock import held
from tawatur.node.views import AddSummary, Incoming

TRIES = 5
"""How often a page is asked for before it is given up."""

_FIRST_PAUSE, _GROWTH = timedelta(minutes=15), 4
_LONGEST_PAUSE = timedelta(days=1)
_LARGEST = 8 * 1024 * 1024
_REMEMBERED = 50_000
"""Digests kept of entries that the feed lists no more."""


@dataclass(frozen=True, slots=True)
class Came:
    """What became of one entry of a feed.

    It was taken in as ``documents``, or was held before, or ``why`` says what is against
    it; ``again`` is then when it will be tried next, None for never.
    """

    address: str
    documents: tuple[DocumentId, ...] = ()
    why: Message | None = None
    again: datetime | None = None


class _Waiting(msgspec.Struct, frozen=True):
    """An entry that could not be had: how often, and until when it is left alone."""

    tries: int
    after: datetime


class _Memory(msgspec.Struct):
    """What is remembered of one feed; entries by their digests, the first seen first."""

    asked: str = ""  # the address that the validators are of
    validators: Validators = Validators()
    seen: list[str] = []
    waiting: dict[str, _Waiting] = {}


@dataclass(frozen=True, slots=True)
class _Listed:
    """An entry with where it leads, and the digests by which it is known."""

    address: str  # or what it has in place of one
    keys: tuple[str, ...]  # of its id and its address


@dataclass(slots=True)
class Watch:
    """One feed being followed. Each round asks for it once.

    Args:
        feed: Its address, or that of a page which names it.
        fetcher: Fetches it and what it leads to.
        take: Takes in what was fetched.
        folder: Where it is remembered what was seen.
        key: The node's, for digests.
        clock: Gives the time, UTC.
    """

    feed: str
    fetcher: Fetcher
    take: Callable[[Incoming], AddSummary]
    folder: Path
    key: bytes = field(repr=False)
    clock: Callable[[], datetime]
    _named: str = ""  # the feed that the page at ``feed`` names

    def round(self) -> Iterator[Came]:
        """Yield what became of each new entry, in the feed's order, as it is dealt with.

        Raises:
            NodeBusyError: Another command follows this feed just now.
            FetchError: The feed cannot be had; a NotNowError if it may be later.
            IntakeError: It is no feed.
            NodeError: What was seen cannot be remembered.
        """
        _make(self.folder)
        with held(self._path.with_suffix(".lock"), "watch", wait=0.0):
            memory = self._remembered()
            got = self._feed(memory)
            if got is None:
                return
            listed = self._listed(got)
            for entry in listed:
                if self._is_due(entry, memory):
                    came = self._came(entry, got.address, memory)
                    self._remember(memory)
                    yield came
            present = {key for entry in listed for key in entry.keys}
            memory.waiting = {k: w for k, w in memory.waiting.items() if k in present}
            past = [key for key in memory.seen if key not in present][-_REMEMBERED:]
            memory.seen = past + [key for key in memory.seen if key in present]
            memory.asked, memory.validators = got.address, got.validators
            self._remember(memory)

    # ------------------------------------------------------------ the feed

    def _feed(self, memory: _Memory) -> Fetched | None:
        """Return the feed, None if it did not change; a page's own feed where it is a page."""
        address = self._named or self.feed
        got = self._fetched(address, memory, linked_from=self.feed if self._named else None)
        if got is None or self._named or _is_feed(got):
            return got
        link = linked_feed(got.content)
        if link is None:
            raise UnreadableFileError("{0} is no feed, and names none", self.feed)
        self._named = Address.parse(got.address).joined(link).url
        return self._fetched(self._named, memory, linked_from=got.address)

    def _fetched(self, address: str, memory: _Memory, *, linked_from: str | None) -> Fetched | None:
        # while something waits the feed must come again, to say where that is
        known = memory.validators if memory.asked == address and not memory.waiting else None
        got = self.fetcher.fetch(address, linked_from=linked_from, known=known)
        if got is not None and len(got.content) > _LARGEST:
            raise TooLargeError(
                "{0} is larger than {1} MB, too large for a feed", address, _LARGEST // 1024**2
            )
        return got

    def _listed(self, got: Fetched) -> tuple[_Listed, ...]:
        """Return what a feed lists, addresses whole."""
        base, found = Address.parse(got.address), []
        for entry in entries(got.address, got.content):
            address = entry.address or entry.id
            with suppress(NotAllowedError):  # said when it is fetched
                address = base.joined(entry.address).url if entry.address else address
            names = dict.fromkeys(name for name in (entry.id, address) if name)
            keys = tuple(keyed_id("w", self.key, self.feed, name) for name in names)
            if keys:
                found.append(_Listed(address, keys))
        return tuple(found)

    # ------------------------------------------------------------ an entry

    def _is_due(self, entry: _Listed, memory: _Memory) -> bool:
        if not set(entry.keys).isdisjoint(memory.seen):
            return False
        waiting = memory.waiting.get(entry.keys[0])
        return waiting is None or waiting.after <= self.clock()

    def _came(self, entry: _Listed, feed: str, memory: _Memory) -> Came:
        """Fetch the page of an entry and take it in; note what became of it."""
        waiting = memory.waiting.pop(entry.keys[0], None)
        try:
            got = self.fetcher.fetch(entry.address, linked_from=feed)
        except NotNowError as error:
            tries = waiting.tries + 1 if waiting else 1
            if tries < TRIES:
                pause = max(
                    _FIRST_PAUSE * _GROWTH ** (tries - 1), timedelta(seconds=error.after or 0)
                )
                again = self.clock() + min(pause, _LONGEST_PAUSE)
                memory.waiting[entry.keys[0]] = _Waiting(tries, again)
                return Came(entry.address, why=error.message, again=again)
            memory.seen += entry.keys
            return Came(entry.address, why=error.message)
        except FetchError as error:
            memory.seen += entry.keys
            return Came(entry.address, why=error.message)
        assert got is not None  # noqa: S101 - nothing was known before
        summary = self.take(incoming_of(got))
        memory.seen += entry.keys
        why = summary.refused[0].why if summary.refused and not summary.taken else None
        return Came(got.address, summary.taken, why)

    # ------------------------------------------------------------ what is remembered

    @property
    def _path(self) -> Path:
        return self.folder / f"{keyed_id('w', self.key, self.feed)}.json"

    def _remembered(self) -> _Memory:
        """Return what is remembered; what cannot be read is as if nothing were."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Memory)
        except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
            return _Memory()

    def _remember(self, memory: _Memory) -> None:
        new = self._path.with_suffix(".new")
        try:
            new.write_bytes(msgspec.json.encode(memory))
            new.replace(self._path)
        except OSError as cause:
            raise NodeError("{0} cannot be written ({1})", new, system_message(cause)) from cause


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as cause:
        raise NodeError("{0} cannot be written ({1})", folder, system_message(cause)) from cause


def _is_feed(got: Fetched) -> bool:
    try:
        entries(got.address, got.content)
    except UnreadableFileError:
        return False
    return True
