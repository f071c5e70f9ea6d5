"""How is a collection of somebody else's server brought here, and something handed in there?

`pull` reads page after page into a shelf. What a page brought and how far it went are kept
in one transaction, so that a pull that is cut off anywhere goes on without gap or double. It
goes on by the time at which the last object was added there, from just before it: servers
give many objects one time, and some forget a `next` that was asked for, so that `next` is
followed within one run and after an answer only.

The clock there may be ahead, and is set right some day; what is added then has earlier times. A
time that lies ahead of this node's clock therefore holds within one run, and the next one goes on
from a day before this one. Known cost: what has such a time is brought again by each run.

How a question travels is a port (`Send`); nothing here opens a connection. What may pass by
itself is tried again with pauses that double, unless the server names one.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlencode

import msgspec

from tawatur.errors import ForeignFileError, Message, NotNowError, SharingError
from tawatur.model.label import Label
from tawatur.sharing.parcels import Parcel, added_stamp, micros, micros_of, parcel_of
from tawatur.sharing.shelves import Shelves
from tawatur.sharing.taxii.asked import MEDIA
from tawatur.sharing.taxii.pace import pause_before

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 507})
"""What a server answers that may pass by itself."""
PATIENCE = 300.0
"""Seconds that a server may ask to be left alone."""
_BACK = timedelta(days=1)
"""From so long before now a pull goes on if the clock there is ahead: nobody knows how far."""
_USUAL_BODY = 1024 * 1024
_OBJECTS = 1000
_POLLS = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Send(Protocol):
    """Asks one question."""

    def __call__(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Return the answer.

        Raises:
            NotNowError: None came, and one may come later.
            TawaturError: It may not be asked.
        """


@dataclass(frozen=True, slots=True)
class Pulled:
    """How many objects a pull brought, and why others were left."""

    objects: int = 0
    refused: tuple[tuple[str, Message], ...] = ()  # id, "?" of what has none, and why


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of objects that were handed in: how many were taken, and why others not."""

    taken: int = 0
    pending: int = 0
    refused: tuple[tuple[str, str], ...] = ()  # id, and what the server says

    def __add__(self, other: "Posted") -> "Posted":
        return Posted(
            self.taken + other.taken, self.pending + other.pending, self.refused + other.refused
        )


class _Page(msgspec.Struct):
    objects: list[msgspec.Raw] = msgspec.field(default_factory=list)
    more: bool = False
    next: str | None = None


class _Detail(msgspec.Struct):
    id: str = ""
    message: str = ""


class _Status(msgspec.Struct):
    id: str
    status: str
    success_count: int = 0
    failure_count: int = 0
    pending_count: int = 0
    failures: list[_Detail] = msgspec.field(default_factory=list)


class _Root(msgspec.Struct):
    max_content_length: int = _USUAL_BODY


class _CutError(Exception):
    """A page that did not come; ``after`` seconds, where the server names them."""

    def __init__(self, why: Message, after: float | None = None) -> None:
        super().__init__(str(why))
        self.why, self.after = why, after


@dataclass(frozen=True, slots=True)
class Client:
    """One collection of a TAXII 2.1 server, as one account sees it.

    Args:
        send: How a question travels.
        url: Of the collection.
        authorization: The header that says who asks; empty for none.
        limit: Objects on a page.
        tries: How often in a row a question may fail.
        first_pause: Seconds before the second try, about; doubles with each.
        wait: Waits so many seconds.
        chance: Spreads the pauses; gives a number from 0 on, below 1.
        now: This node's clock.
    """

    send: Send
    url: str
    authorization: str = field(default="", repr=False)
    limit: int = 1000
    tries: int = 5
    first_pause: float = 1.0
    wait: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def pull(self, shelves: Shelves, shelf: str, label: Label) -> Pulled:
        """Bring what is new to a shelf and return how much that was.

        Args:
            shelves: Where it is kept, with how far it went.
            shelf: Which.
            label: Under which it is held here.

        Raises:
            ForeignFileError: What the server gives is no page.
            SharingError: It refuses, or gives no page in so many tries.
        """
        brought, refused, failed = 0, list[tuple[str, Message]](), 0
        place = shelves.place(shelf)
        while True:
            try:
                for found, upto in self._pages(place):
                    place = upto  # of what is kept below, and where it goes on after a cut
                    parcels = [each for each in found if isinstance(each, Parcel)]
                    fresh = sum(shelves.fresh(shelf, parcels, label))
                    whys = shelves.put(shelf, parcels, label, place=self._not_ahead(upto))
                    brought += fresh
                    refused += [(p.id, w) for p, w in zip(parcels, whys, strict=True) if w]
                    refused += [("?", each) for each in found if isinstance(each, Message)]
                    failed = 0 if fresh else failed
            except _CutError as cut:
                failed += 1
                self._pause(failed, cut)
            else:
                return Pulled(brought, tuple(refused))

    def post(self, objects: Sequence[bytes]) -> Posted:
        """Hand objects in, and return what became of them.

        Raises:
            SharingError: The server refuses, or gives no answer in so many tries.
        """
        largest = self._largest()
        posted = Posted()
        for body in _envelopes(objects, largest):
            status = self._status(self._asked("POST", f"{self._base}objects/", body))
            for _ in range(_POLLS):
                if status.status == "complete":
                    break
                self.wait(self.first_pause)
                status = self._status(self._asked("GET", f"{self._root}status/{status.id}/"))
            failures = tuple((each.id, each.message) for each in status.failures)
            posted += Posted(status.success_count, status.pending_count, failures)
        return posted

    # ------------------------------------------------------------ within

    @property
    def _base(self) -> str:
        return f"{self.url.rstrip('/')}/"

    @property
    def _root(self) -> str:
        return f"{self._base.rsplit('/collections/', 1)[0]}/"

    def _pages(self, place: str | None) -> Iterator[tuple[list[Parcel | Message], str | None]]:
        """Yield what each page brings, or why it is none, and how far it goes, from a place on."""
        since = None if place is None else _just_before(place)
        after: str | None = None
        while True:
            query = {"limit": str(self.limit), "added_after": since, "next": after}
            given = urlencode({name: value for name, value in query.items() if value is not None})
            reply = self._once("GET", f"{self._base}objects/?{given}")
            try:
                page = msgspec.json.decode(reply.body or b"{}", type=_Page)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as cause:
                raise ForeignFileError("{0} gave a page that is none", self.url) from cause
            last = reply.headers.get("x-taxii-date-added-last")
            place = last if last is not None and micros(last) is not None else place
            yield [parcel_of(bytes(raw)) for raw in page.objects], place
            if not page.more or not page.objects:
                return
            if page.next is None:
                if last is None or since == last:
                    raise ForeignFileError("{0} says that there is more, and not where", self.url)
                since = last
            after = page.next

    def _not_ahead(self, place: str | None) -> str | None:
        """Return a place from which the next run misses nothing, whatever the clock there does."""
        now, at = self.now(), micros(place or "")
        return place if at is None or at <= micros_of(now) else added_stamp(micros_of(now - _BACK))

    def _asked(self, method: str, url: str, body: bytes = b"") -> Reply:
        """Return the answer to a question that may be asked again."""
        failed = 0
        while True:
            try:
                return self._once(method, url, body)
            except _CutError as cut:
                failed += 1
                self._pause(failed, cut)

    def _once(self, method: str, url: str, body: bytes = b"") -> Reply:
        headers = {"accept": MEDIA}
        if body:
            headers["content-type"] = MEDIA
        if self.authorization:
            headers["authorization"] = self.authorization
        try:
            reply = self.send(method, url, headers, body)
        except NotNowError as error:
            raise _CutError(error.message, error.after) from error
        if reply.status in AGAIN or (reply.status in (400, 404) and "next=" in url):
            why = Message("it answered {0}", (str(reply.status),))
            raise _CutError(why, retry_after(reply.headers))
        if reply.status not in (200, 202):
            raise SharingError("{0} answered {1}", self.url, reply.status)
        return reply

    def _pause(self, failed: int, cut: _CutError) -> None:
        """Wait before the next try; raise SharingError after the last."""
        if failed >= self.tries or (cut.after or 0) > PATIENCE:
            raise SharingError("{0} gives no answer: {1}", self.url, cut.why) from cut
        usual = pause_before(failed, self.first_pause, self.chance)
        self.wait(usual if cut.after is None else cut.after)

    def _largest(self) -> int:
        """Return how many bytes the server takes at once."""
        try:
            said = msgspec.json.decode(self._asked("GET", self._root).body, type=_Root)
        except (SharingError, msgspec.MsgspecError):
            return _USUAL_BODY
        return max(said.max_content_length, 1)

    def _status(self, reply: Reply) -> _Status:
        try:
            return msgspec.json.decode(reply.body, type=_Status)
        except (msgspec.MsgspecError, UnicodeDecodeError) as cause:
            raise SharingError("{0} does not say what became of it", self.url) from cause


def _envelopes(objects: Sequence[bytes], largest: int) -> Iterator[bytes]:
    """Yield envelopes of at most so many bytes, one object at least in each."""
    some, size = list[bytes](), 0
    for raw in objects:
        if some and (size + len(raw) + 32 > largest or len(some) == _OBJECTS):
            yield b'{"objects":[' + b",".join(some) + b"]}"
            some, size = [], 0
        some.append(raw)
        size += len(raw) + 1
    if some:
        yield b'{"objects":[' + b",".join(some) + b"]}"


def _just_before(place: str) -> str:
    """Return a time such that all that was added at ``place`` is after it."""
    at = micros(place)
    return place if at is None else added_stamp(at - 1)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After names, None if it names none."""
    given = headers.get("retry-after", "").strip()
    return float(given) if given.isdecimal() else None
