"""A TAXII 2.1 server over `Shelves`, as a plain ASGI application.

    request ─▶ who? ─▶ how often? ─▶ which resource, as that organisation sees it ─▶ answer

`Server.answer` is the whole of it but for bytes on the line: from a request and on whose
behalf to an answer. What the one who asks may not see does not exist: the answer is, byte for
byte, that for an id nobody ever had. Pages are written by joining objects as they came.

Two ports are the node's: `Authority`, who asks, and `Records`, which keeps for good what was
taken in and taken back before anybody is told that it was. TAXII 2.1 section by section:
4.1 to 4.3 discovery, roots, status; 5.1 to 5.8 collections, manifests, objects, versions.
"""

import asyncio
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

import msgspec

from tawatur.errors import Message, StorageFullError, TawaturError
from tawatur.model.ids import NodeId
from tawatur.model.label import Circumstances, Label, Viewer, may_receive
from tawatur.sharing.parcels import Parcel, added_stamp, micros_of, parcel_of, stamp
from tawatur.sharing.shelves import ALL, LAST, Line, Page, Query, Shelves
from tawatur.sharing.taxii.asked import (
    MEDIA,
    Asked,
    Filters,
    Refused,
    filters_of,
    verify_accepts,
    verify_content,
)
from tawatur.sharing.taxii.authority import Authority
from tawatur.sharing.taxii.cursors import cursor, followed
from tawatur.sharing.taxii.line import (
    Answer,
    Receive,
    Scope,
    Send,
    asked_of,
    lifespan,
    sent,
    whole_of,
)
from tawatur.sharing.taxii.openapi import OPENAPI_MEDIA, openapi
from tawatur.sharing.taxii.pace import Pace, verify_pace

T = TypeVar("T")

STIX = "application/stix+json;version=2.1"

_THREADS = 8
_MANY = 10_000
"""Objects in one envelope at most."""
_ON_RECORD = frozenset({400, 403, 405, 406, 408, 413, 415, 422})
"""Answers to what cannot be asked so, or is too much; not to what is not here, or too often."""
_OPENINGS = {422: "While processing supplied content, an error occurred: "}
"""The specification leaves the words of a description open; programs look for medallion's."""
_NOT_HERE = Message("there is no such resource here")
_ENCODE = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Collection:
    """A shelf as TAXII shows it, to those whom its label lets know of it.

    ``writers`` says who may post. What somebody posts is under that one's own word, for this
    node and all who may post.
    """

    id: str  # a UUID
    title: str
    label: Label
    description: str = ""
    alias: str = ""
    can_read: bool = True
    writers: Label | None = None

    def can_write(self, who: Viewer, at: Circumstances) -> bool:
        """Return whether somebody may post to it."""
        return self.writers is not None and may_receive(who, self.writers, at).allowed

    def label_by(self, sender: NodeId) -> Label:
        """Return the label of what ``sender`` posts."""
        return Label.of(
            *(
                replace(terms, originator=sender, audience=terms.audience | {terms.originator})
                for terms in (self.writers or self.label).terms
            )
        )


@dataclass(frozen=True, slots=True)
class Root:
    """An API root: where it stands, and its collections in order."""

    path: str
    title: str
    collections: Callable[[], Sequence[Collection]]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take, and how many there may be."""

    body: int = 10 * 1024 * 1024  # bytes
    seconds: float = 60.0  # until the last byte of a body
    page: int = 1000  # objects
    a_minute: float = 60_000.0  # requests of one organisation
    at_once: int = 32  # requests of one organisation
    bodies: int = 8  # requests of one organisation that hand something in, of those


class Records(Protocol):
    """Where the node keeps what others did at this door. Used by one thread at a time."""

    def accept(
        self, sender: Viewer, collection: Collection, parcels: Sequence[Parcel]
    ) -> Sequence[Message | None]:
        """Record that objects were handed in; return why each is refused, None where it is not.

        What is recorded is durable when this returns.
        """

    def recalled(self, sender: Viewer, collection: Collection, id: str) -> None:  # noqa: A002
        """Record that an originator took an object back."""

    def refused(self, sender: Viewer, why: Message) -> None:
        """Record that somebody is refused something. Used by several threads at a time."""


class _Envelope(msgspec.Struct):
    objects: list[msgspec.Raw]


_ENVELOPES = msgspec.json.Decoder(_Envelope)


@dataclass(slots=True)
class Server:
    """The server of one node; called as an ASGI application, or by `answer`.

    Args:
        shelves: What there is.
        authority: Who asks.
        records: Where it is kept who handed in what.
        roots: The API roots; the first is the default.
        circumstances: What is so now.
        key: Secret of the node, for `next`.
        title: Of the server.
        base: Address under which others reach it; as they asked where it is empty.
        limits: Of one request and of all.
    """

    shelves: Shelves
    authority: Authority
    records: Records
    roots: Sequence[Root]
    circumstances: Callable[[], Circumstances]
    key: bytes = field(repr=False)
    title: str = "Tawatur"
    base: str = ""
    limits: Limits = Limits()
    _pace: Pace = field(init=False, repr=False)
    _busy: Counter[tuple[NodeId, bool]] = field(  # the event loop's alone
        default_factory=Counter, init=False, repr=False
    )
    _threads: ThreadPoolExecutor = field(init=False, repr=False)
    _recording: threading.Lock = field(init=False, repr=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._pace = Pace(self.limits.a_minute)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="taxii")

    # ------------------------------------------------------------ bytes on the line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3)."""
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        asked = asked_of(scope)
        try:
            who = await self._in_thread(lambda: self._who(asked))
            with self._among_few(who.party, hands_in=asked.method == "POST"):
                answer = await self._recorded(asked, receive, who)
        except Refused as refused:
            answer = _error(refused)
        await sent(answer, send, head=asked.method == "HEAD")

    async def _recorded(self, asked: Asked, receive: Receive, who: Viewer) -> Answer:
        """Return the answer to somebody; that a request cannot be is on record."""
        try:
            whole = await whole_of(asked, receive, self.limits.body, self.limits.seconds)
            return await self._in_thread(lambda: self._answered(whole, who))
        except Refused as refused:
            if refused.status in _ON_RECORD:
                why = refused.why
                await self._in_thread(lambda: self.records.refused(who, why))
            raise

    @contextmanager
    def _among_few(self, party: NodeId, *, hands_in: bool) -> Iterator[None]:
        """Hold one of the requests that an organisation may have at once."""
        mine, most = (party, hands_in), self.limits.bodies if hands_in else self.limits.at_once
        if self._busy[mine] >= most:
            raise Refused(429, Message("too many requests"), retry_after="1")
        self._busy[mine] += 1
        try:
            yield
        finally:
            self._busy[mine] -= 1

    async def _in_thread(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act)

    def _who(self, asked: Asked) -> Viewer:
        """Return on whose behalf a request is answered."""
        who = self.authority.who(asked)
        if who is None:
            challenge = {"www_authenticate": self.authority.challenge}
            raise Refused(401, Message("say who you are"), **challenge)
        verify_pace(self._pace.wait(who.party))
        return who

    # ------------------------------------------------------------ resources

    def answer(self, asked: Asked, who: Viewer) -> Answer:
        """Return the answer to a request that is made on behalf of ``who``."""
        try:
            return self._answered(asked, who)
        except Refused as refused:
            return _error(refused)

    def _answered(self, asked: Asked, who: Viewer) -> Answer:
        try:
            return self._found(asked, who)
        except StorageFullError as cause:
            raise Refused(507, Message("the disk is full; nothing was kept")) from cause
        except TawaturError as cause:
            why = Message("it cannot be answered now")
            raise Refused(503, why, retry_after="5") from cause

    def _found(self, asked: Asked, who: Viewer) -> Answer:
        method = "GET" if asked.method == "HEAD" else asked.method
        match asked.path.strip("/").split("/"):
            case ["taxii2"]:
                return self._got(asked, method, lambda: self._discovery(asked))
            case ["taxii2", "openapi"]:
                _verify_method(method, "GET")
                text = openapi(self.title, [root.path for root in self.roots], self.limits.body)
                return Answer(200, _ENCODE(text), media=OPENAPI_MEDIA)
            case [path, *rest]:
                for root in self.roots:
                    if root.path == path:
                        return self._in_root(root, rest, asked, method, who)
        raise Refused(404, _NOT_HERE)

    def _in_root(
        self, root: Root, rest: list[str], asked: Asked, method: str, who: Viewer
    ) -> Answer:
        match rest:
            case []:
                return self._got(asked, method, lambda: self._root(root))
            case ["status", id_]:
                return self._got(asked, method, lambda: self._status(id_, who))
            case ["collections"]:
                found = self._visible(root, who)
                shown = [self._shown(collection, who) for collection in found]
                return self._got(asked, method, lambda: {"collections": shown} if shown else {})
            case ["collections", id_, *below]:
                for collection in self._visible(root, who):
                    if id_ in {collection.id, collection.alias} - {""}:
                        return self._in_collection(collection, below, asked, method, who)
        raise Refused(404, _NOT_HERE)

    def _in_collection(
        self, collection: Collection, below: list[str], asked: Asked, method: str, who: Viewer
    ) -> Answer:
        match below:
            case []:
                return self._got(asked, method, lambda: self._shown(collection, who))
            case ["manifest"]:
                _verify_method(method, "GET")
                return self._lines(collection, asked, who, "manifest", None)
            case ["objects"] if method == "POST":
                return self._take(collection, asked, who)
            case ["objects"]:
                _verify_method(method, "GET", "POST")
                return self._lines(collection, asked, who, "objects", None)
            case ["objects", id_] if method == "DELETE":
                return self._recall(collection, asked, who, id_)
            case ["objects", id_]:
                _verify_method(method, "GET", "DELETE")
                return self._lines(collection, asked, who, "objects", id_)
            case ["objects", id_, "versions"]:
                _verify_method(method, "GET")
                return self._lines(collection, asked, who, "versions", id_)
        raise Refused(404, _NOT_HERE)

    def _got(self, asked: Asked, method: str, content: Callable[[], Any]) -> Answer:
        """Return a resource without filters."""
        _verify_method(method, "GET")
        verify_accepts(asked.headers)
        found = content()
        return Answer(200, found if isinstance(found, bytes) else _ENCODE(found))

    def _discovery(self, asked: Asked) -> dict[str, Any]:
        base = self.base or f"{asked.headers.get('x-scheme')}://{asked.headers.get('host', '')}/"
        roots = [f"{base}{root.path}/" for root in self.roots]
        found: dict[str, Any] = {"title": self.title, "api_roots": roots}
        return {**found, "default": roots[0]} if roots else found

    def _root(self, root: Root) -> dict[str, Any]:
        return {
            "title": root.title,
            **({"description": root.description} if root.description else {}),
            "versions": [MEDIA],
            "max_content_length": self.limits.body,
        }

    def _status(self, id_: str, who: Viewer) -> bytes:
        found = self.shelves.status(id_, who.party)
        if found is None:
            raise Refused(404, _NOT_HERE)
        return found

    def _visible(self, root: Root, who: Viewer) -> list[Collection]:
        at = self.circumstances()
        return [c for c in root.collections() if may_receive(who, c.label, at).allowed]

    def _shown(self, collection: Collection, who: Viewer) -> dict[str, Any]:
        return {
            "id": collection.id,
            "title": collection.title,
            **({"description": collection.description} if collection.description else {}),
            **({"alias": collection.alias} if collection.alias else {}),
            "can_read": collection.can_read,
            "can_write": collection.can_write(who, self.circumstances()),
            "media_types": [STIX],
        }

    # ------------------------------------------------------------ objects

    def _lines(
        self, collection: Collection, asked: Asked, who: Viewer, what: str, id_: str | None
    ) -> Answer:
        """Return a page of objects, of manifest records or of versions."""
        if not collection.can_read:
            raise Refused(403, Message("this collection is not read"))
        verify_accepts(asked.headers)
        allowed = ("id", "type", "version", "spec_version") if id_ is None else (
            ("spec_version",) if what == "versions" else ("version", "spec_version")
        )  # fmt: skip
        usual = (ALL,) if what == "versions" else (LAST,)
        filters = filters_of(asked.query, allowed, largest=self.limits.page, usual=usual)
        bound = (who.party, collection.id, what, id_ or "")
        filters = followed(self.key, bound, filters, Query(versions=usual))
        filters = replace(filters, limit=filters.limit or self.limits.page)
        query = filters.query if id_ is None else replace(filters.query, ids=(id_,))
        page = self.shelves.page(
            collection.id, who, query,
            after=filters.after, limit=filters.limit, raw=what == "objects",
        )  # fmt: skip
        if not page.lines:
            if id_ is not None and not self.shelves.has(collection.id, who, id_):
                raise Refused(404, _NOT_HERE)
            return Answer(200, b"{}")
        return self._page(page, filters, bound, what)

    def _page(self, page: Page, filters: Filters, bound: tuple[str, ...], what: str) -> Answer:
        first, last = page.lines[0].added, page.lines[-1].added
        more: dict[str, object] = {"more": page.more}
        if page.more:
            more["next"] = cursor(self.key, bound, filters, last)
        name = "versions" if what == "versions" else "objects"
        body = b"".join(
            (_ENCODE(more)[:-1], b',"', name.encode(), b'":[', _WRITTEN[what](page.lines), b"]}")
        )
        headers = {
            "x-taxii-date-added-first": added_stamp(first),
            "x-taxii-date-added-last": added_stamp(last),
        }
        return Answer(200, body, headers)

    def _take(self, collection: Collection, asked: Asked, who: Viewer) -> Answer:
        """Take objects in and return the status of each (section 5.5)."""
        if not collection.can_write(who, self.circumstances()):
            raise Refused(403, Message("nothing may be added to this collection"))
        verify_accepts(asked.headers)
        verify_content(asked.headers)
        label = collection.label_by(who.party)
        found = [parcel_of(bytes(raw)) for raw in _objects(asked.body)]
        parcels = [each for each in found if isinstance(each, Parcel)]
        kept = self._kept(collection, parcels, label, who)
        told = [(p.id, p.version, why) for p, why in zip(parcels, kept, strict=True)]
        told += [("", 0, each) for each in found if isinstance(each, Message)]
        for reason in {why.template: why for _, _, why in told if why is not None}.values():
            self.records.refused(who, reason)
        successes, failures = list[dict[str, str]](), list[dict[str, str]]()
        for id_, version, why in told:
            detail = {"id": id_, "version": stamp(version)}
            if why is None:
                successes.append(detail)
            else:
                failures.append({**detail, "message": str(why)})
        status = {
            "id": str(uuid.uuid4()),
            "status": "complete",
            "request_timestamp": added_stamp(micros_of(self.circumstances().now)),
            "total_count": len(found),
            "success_count": len(successes),
            **({"successes": successes} if successes else {}),
            "failure_count": len(failures),
            **({"failures": failures} if failures else {}),
            "pending_count": 0,
        }
        body = _ENCODE(status)
        self.shelves.keep_status(str(status["id"]), who.party, body)
        return Answer(202, body)

    def _kept(
        self, collection: Collection, parcels: Sequence[Parcel], label: Label, who: Viewer
    ) -> list[Message | None]:
        """Put objects on the shelf, those that are new after they were recorded."""
        fresh = self.shelves.fresh(collection.id, parcels, label)
        new = [parcel for parcel, is_new in zip(parcels, fresh, strict=True) if is_new]
        with self._recording:
            answers = iter(self.records.accept(who, collection, new) if new else ())
        refused = [next(answers) if is_new else None for is_new in fresh]
        taken = [p for p, why in zip(parcels, refused, strict=True) if why is None]
        put = iter(self.shelves.put(collection.id, taken, label, sender=who.party))
        return [next(put) if why is None else why for why in refused]

    def _recall(self, collection: Collection, asked: Asked, who: Viewer, id_: str) -> Answer:
        """Take an object back, for its originator; to anybody else it is not there."""
        if not (collection.can_read and collection.can_write(who, self.circumstances())):
            raise Refused(403, Message("nothing may be taken out of this collection"))
        verify_accepts(asked.headers)
        allowed = ("version", "spec_version")
        filters = filters_of(asked.query, allowed, largest=self.limits.page, usual=(ALL,))
        if not self.shelves.recall(collection.id, id_, who.party, filters.query):
            raise Refused(404, _NOT_HERE)
        with self._recording:
            self.records.recalled(who, collection, id_)
        return Answer(200)


def _written_objects(lines: Iterable[Line]) -> bytes:
    return b",".join([line.raw for line in lines])


def _written_manifest(lines: Iterable[Line]) -> bytes:
    # All words in it were checked on the way in: none needs an escape.
    return ",".join(
        f'{{"id":"{line.id}","date_added":"{added_stamp(line.added)}",'
        f'"version":"{stamp(line.version)}",'
        f'"media_type":"application/stix+json;version=2.{line.spec - 20}"}}'
        for line in lines
    ).encode()


def _written_versions(lines: Iterable[Line]) -> bytes:
    return ",".join(f'"{stamp(line.version)}"' for line in lines).encode()


_WRITTEN: Mapping[str, Callable[[Iterable[Line]], bytes]] = {
    "objects": _written_objects,
    "manifest": _written_manifest,
    "versions": _written_versions,
}


def _objects(body: bytes) -> list[msgspec.Raw]:
    """Return the objects of an envelope (section 3.7), each as it was written."""
    try:
        body.decode("utf-8")
        found = _ENVELOPES.decode(body).objects
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as cause:
        raise Refused(422, Message("it is no envelope with objects")) from cause
    if len(found) > _MANY:
        raise Refused(422, Message("it holds more than {0} objects", (str(_MANY),)))
    return found


def _verify_method(method: str, *allowed: str) -> None:
    if method not in allowed:
        names = ", ".join(("HEAD", *allowed) if "GET" in allowed else allowed)
        raise Refused(405, Message("this resource does not do that"), allow=names)


def _error(refused: Refused) -> Answer:
    """Return an error object (section 3.6.1)."""
    body = {
        "title": "ProcessingError",
        "description": _OPENINGS.get(refused.status, "") + str(refused.why),
        "http_status": str(refused.status),
    }
    return Answer(refused.status, _ENCODE(body), refused.headers)
