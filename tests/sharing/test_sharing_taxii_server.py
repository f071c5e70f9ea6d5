"""The server answers as TAXII 2.1 asks, and never of what the one who asks may not have."""

import asyncio
import itertools
import json
import tempfile
import uuid
from collections.abc import Iterator, MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sharing.support_taxii import (
    AHMAD,
    BERTA,
    CARLO,
    FOR_BERTA,
    ME,
    MEDIA,
    READ_ONLY,
    SHELF,
    WRITE_ONLY,
    World,
    asked,
    basic,
    for_,
    got,
    parcel,
    posted,
    stix,
)

from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.sharing.shelves import ALL, Query, Shelves
from tawatur.sharing.taxii import Answer, Asked, Doorkeeper, Limits, Server, new_token
from tawatur.sharing.taxii.pace import Pace

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def world() -> World:
    """Four organisations and a clock."""
    return World()


@pytest.fixture
def shelves(world: World, tmp_path: Path) -> Iterator[Shelves]:
    """Empty shelves."""
    held = world.shelves(tmp_path)
    yield held
    held.close()


@pytest.fixture
def server(world: World, shelves: Shelves) -> Server:
    """A server over them."""
    return world.server(shelves)


def answer(server: Server, who: NodeId, method: str, path: str, query: str = "") -> Answer:
    """Return what one is answered."""
    return server.answer(asked(method, path, query), Viewer(who))


# ------------------------------------------------------------ what is there


def test_a_page_says_when_its_lines_came_and_whether_more_follow(server: Server) -> None:
    """Objects as they were written, in the order in which they came."""
    posted(server, AHMAD, *(stix(n) for n in range(3)))
    found = server.answer(asked("GET", f"{SHELF}/objects/", "limit=2"), Viewer(BERTA))
    assert found.headers["x-taxii-date-added-first"] == "2031-03-01T00:00:00.000000Z"
    assert found.headers["x-taxii-date-added-last"] == "2031-03-01T00:00:00.000001Z"
    page = json.loads(found.body)
    assert page["more"]
    assert stix(0) + b"," + stix(1) in found.body
    rest = got(server, BERTA, f"{SHELF}/objects", f"next={page['next']}")
    assert rest == {"more": False, "objects": [json.loads(stix(2))]}


def test_collections_are_found_by_id_and_alias_by_those_who_may_know_of_them(
    server: Server,
) -> None:
    """Each with what that one may do there."""
    listed = server.answer(Asked("GET", "/root/collections/", "", {"accept": MEDIA}), Viewer(AHMAD))
    rights = {c["id"]: (c["can_read"], c["can_write"])
              for c in json.loads(listed.body)["collections"]}  # fmt: skip
    assert rights == {
        SHELF: (True, True), READ_ONLY: (True, False), WRITE_ONLY: (False, True)
    }  # fmt: skip
    assert got(server, AHMAD, "all/")["id"] == SHELF
    assert answer(server, AHMAD, "GET", f"{READ_ONLY}/objects/").body == b"{}"
    assert posted(server, AHMAD, stix(1), to=READ_ONLY).status == 403
    assert answer(server, AHMAD, "GET", f"{WRITE_ONLY}/objects/").status == 403
    assert posted(server, AHMAD, stix(1), to=WRITE_ONLY).status == 202


def test_each_object_of_an_envelope_gets_its_own_answer(world: World, server: Server) -> None:
    """What is held already is a success; what is recorded is what is new, and what is refused."""
    posted(server, AHMAD, stix(1))
    changed = stix(1).replace("هجوم".encode(), b"x")
    told = posted(server, AHMAD, stix(1), stix(2), changed, b'{"type":"note"}', b"17",
                  stix(3).replace(b"note--", b"report--"), stix(4, version=1))  # fmt: skip
    assert told.status == 202
    status = json.loads(told.body)
    assert [s["id"] for s in status["successes"]] == [
        parcel(1).id, parcel(2).id, parcel(4).id
    ]  # fmt: skip
    assert status["successes"][2]["version"] == "2025-01-01T00:00:01.000Z"
    assert [f["id"] for f in status["failures"]] == [parcel(1).id, "", "", ""]
    assert (status["total_count"], status["success_count"], status["failure_count"]) == (7, 3, 4)
    assert [each for each in world.recorded if each[2]] == [(AHMAD, SHELF, 1), (AHMAD, SHELF, 2)]
    assert {why for _, why, count in world.recorded if not count} == {
        "this version of it is held with other content",
        "it is no STIX object with an id and a type",
        "its id is not its type and a UUID",
    }
    kept = Asked("GET", f"/root/status/{status['id']}/", "", {"accept": MEDIA})
    assert json.loads(server.answer(kept, Viewer(AHMAD)).body) == status
    assert server.answer(kept, Viewer(BERTA)).status == 404


def test_what_the_node_cannot_record_is_not_taken(world: World, server: Server) -> None:
    """The sender is told to come again, and finds nothing there."""
    world.accept = lambda *_: 1 / 0  # type: ignore[method-assign, assignment]  # a fault
    with pytest.raises(ZeroDivisionError):
        posted(server, AHMAD, stix(1))
    assert got(server, AHMAD, f"{SHELF}/objects/") == {}


def test_only_an_originator_takes_back(world: World, server: Server) -> None:
    """To all others DELETE finds nothing, whether they see it or not."""
    posted(server, AHMAD, stix(1), stix(1, version=1))
    path = f"{SHELF}/objects/{parcel(1).id}/"
    assert answer(server, BERTA, "DELETE", path).status == 404
    last = "match[version]=last"
    assert answer(server, AHMAD, "DELETE", path, last) == Answer(200)
    assert got(server, BERTA, f"{path}versions/")["versions"] == ["2025-01-01T00:00:00.000Z"]
    assert answer(server, AHMAD, "DELETE", path).status == 200
    assert answer(server, AHMAD, "GET", path).status == 404
    (stub,) = got(server, BERTA, path)["objects"]
    assert stub["revoked"]
    assert world.recorded[1:] == [(AHMAD, parcel(1).id, -1)] * 2


def test_manifest_and_versions_say_the_same_as_the_objects(server: Server) -> None:
    """In the same order, under the same filters."""
    posted(server, AHMAD, *(stix(n, version=n) for n in range(4)), stix(2, version=9, spec=None))
    objects = got(server, BERTA, f"{SHELF}/objects/")["objects"]
    manifest = got(server, BERTA, f"{SHELF}/manifest/")["objects"]
    assert [(m["id"], m["version"]) for m in manifest] == [
        (o["id"], o["modified"]) for o in objects
    ]
    assert {m["media_type"] for m in manifest} == {"application/stix+json;version=2.1"}
    of_older = got(server, BERTA, f"{SHELF}/manifest/", "match[spec_version]=2.0")["objects"]
    assert [m["media_type"] for m in of_older] == ["application/stix+json;version=2.0"]
    path = f"{SHELF}/objects/{parcel(2).id}/versions/"
    assert len(got(server, BERTA, path)["versions"]) == 1
    assert len(got(server, BERTA, path, "match[spec_version]=2.0,2.1")["versions"]) == 2
    late = "added_after=2035-01-01T00:00:00.000000Z"
    assert got(server, BERTA, path, late) == {}


# ------------------------------------------------------------ next


def test_next_outlives_the_process_and_fits_nothing_else(
    world: World, shelves: Shelves, server: Server
) -> None:
    """Another process with the key goes on; other filters, resources and people are refused."""
    posted(server, AHMAD, *(stix(n) for n in range(5)))
    types = "match[type]=note,report"
    after = got(server, AHMAD, f"{SHELF}/objects/", f"{types}&limit=2")["next"]
    other = world.server(shelves)
    rest = got(other, AHMAD, f"{SHELF}/objects/", f"next={after}")
    assert len(rest["objects"]) == 2
    assert rest == got(server, AHMAD, f"{SHELF}/objects/", f"{types}&next={after}")
    assert len(got(server, AHMAD, f"{SHELF}/objects/", f"limit=9&next={after}")["objects"]) == 3
    for who, path, query in (
        (AHMAD, f"{SHELF}/objects/", f"match[type]=note&next={after}"),
        (AHMAD, f"{SHELF}/manifest/", f"next={after}"),
        (AHMAD, f"{READ_ONLY}/objects/", f"next={after}"),
        (BERTA, f"{SHELF}/objects/", f"next={after}"),
        (AHMAD, f"{SHELF}/objects/", f"next={after[:-2]}AA"),
        (AHMAD, f"{SHELF}/objects/", "next="),
        (AHMAD, f"{SHELF}/objects/", "next=%D9%87"),
    ):
        assert answer(server, who, "GET", path, query).status == 400
    keyed = world.server(shelves)
    keyed.key = b"another key of thirty-two bytes."
    assert answer(keyed, AHMAD, "GET", f"{SHELF}/objects/", f"next={after}").status == 400


# ------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "status"),
    [
        ("GET", f"{SHELF}/objects/", "limit=0", {}, 400),
        ("GET", f"{SHELF}/objects/", "limit=-20", {}, 400),
        ("GET", f"{SHELF}/objects/", "limit=٣", {}, 400),
        ("GET", f"{SHELF}/objects/", "limit=1&limit=2", {}, 400),
        ("GET", f"{SHELF}/objects/", "added_after=yesterday", {}, 400),
        ("GET", f"{SHELF}/objects/", "added_after=2021-02-30T00:00:00Z", {}, 400),
        ("GET", f"{SHELF}/objects/", "match[version]=newest", {}, 400),
        ("GET", f"{SHELF}/objects/", "match[colour]=red", {}, 400),
        ("GET", f"{SHELF}/objects/", "match[id]=", {}, 400),
        ("GET", f"{SHELF}/objects/", "match[id]=" + ",".join(map(str, range(101))), {}, 400),
        ("GET", f"{SHELF}/objects/", "%ff%fe", {}, 400),
        ("GET", f"{SHELF}/objects/", "", {"accept": "application/json"}, 406),
        ("GET", f"{SHELF}/objects/", "", {"accept": "application/taxii+json;version=2.0"}, 406),
        ("GET", f"{SHELF}/objects/", "", {"accept": ""}, 406),
        ("PUT", f"{SHELF}/objects/", "", {}, 405),
        ("POST", f"{SHELF}/manifest/", "", {}, 405),
        ("POST", f"{SHELF}/objects/", "", {"content-type": "application/json"}, 415),
        ("POST", f"{SHELF}/objects/", "", {}, 422),
        ("GET", f"{SHELF}/nothing/", "", {}, 404),
        ("GET", f"{SHELF}/objects/x/y/z/", "", {}, 404),
        ("GET", "../../etc/passwd", "", {}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_an_error_object(
    server: Server, method: str, path: str, query: str, headers: dict[str, str], status: int
) -> None:
    """With the status that the specification names."""
    found = server.answer(asked(method, path, query, b"", **headers), Viewer(AHMAD))
    assert found.status == status
    assert json.loads(found.body)["http_status"] == str(status)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"objects":{}}', b'{"objects":[{]}', b'{"objects":[{"a":"\xff"}]}',
     b'{"objects":' + b"[" * 100_000, b'{"objects":[' + b",".join([b"{}"] * 10_001) + b"]}"],
)  # fmt: skip
def test_what_is_no_envelope_is_refused_whole(server: Server, body: bytes) -> None:
    """Nothing of it is taken, however deep it is nested; in the words that programs look for."""
    answer = server.answer(asked("POST", f"{SHELF}/objects/", "", body), Viewer(AHMAD))
    error = json.loads(answer.body)
    opening, _, reason = error["description"].partition(": ")
    assert answer.status == 422
    assert error["title"] == "ProcessingError"
    assert opening == "While processing supplied content, an error occurred"
    assert reason in {"it is no envelope with objects", "it holds more than 10000 objects"}


@settings(max_examples=300, deadline=None)
@given(st.text(), st.text(), st.binary(max_size=60), st.sampled_from(["GET", "POST", "DELETE"]))
def test_nothing_that_is_sent_is_more_than_refused(
    path: str, query: str, body: bytes, method: str
) -> None:
    """Whatever it is."""
    found = _LASTING.answer(asked(method, f"{SHELF}/{path}", query, body), Viewer(AHMAD))
    assert found.status < 500


_FOLDER = tempfile.TemporaryDirectory()
_LASTING = World().server(World().shelves(Path(_FOLDER.name)))


# ------------------------------------------------------------ who asks


def test_names_with_passwords_and_tokens_say_who_asks(world: World) -> None:
    """A wrong one, another's, or one of somebody who is no partner any more says nothing."""
    token, hashed = new_token()
    doors = Doorkeeper({"collector": (BERTA, hashed)}, world.parties.get)

    def who(given: str) -> Viewer | None:
        return doors.who(Asked("GET", "/", headers={"authorization": given}))

    assert who(f"Bearer {token}") == Viewer(BERTA)
    for wrong in (f"Bearer {token[:-1]}x", f"Basic {token}", "Bearer", ""):
        assert who(wrong) is None
    del world.parties[BERTA]
    assert who(f"Bearer {token}") is None


def test_a_password_is_stretched_once(world: World, shelves: Shelves) -> None:
    """And is asked for again after a quarter of an hour."""
    clock = itertools.count(0.0, 400.0)
    server = world.server(shelves)
    doors = server.authority
    assert isinstance(doors, Doorkeeper)
    doors.clock = clock.__next__
    asks = Asked("GET", "/", headers={"authorization": basic(AHMAD)})
    assert doors.who(asks) == Viewer(AHMAD)
    assert doors.who(asks) == Viewer(AHMAD)
    wrong = Asked("GET", "/", headers={"authorization": basic(AHMAD, "Password1")})
    assert doors.who(wrong) is None


def test_a_pace_fills_evenly() -> None:
    """Six a minute: one at once, then one in ten seconds."""
    now = [0.0]
    pace = Pace(6.0, lambda: now[0])
    assert pace.wait("a") == 0.0
    assert pace.wait("a") == pytest.approx(10.0)
    assert pace.wait("b") == 0.0
    now[0] = 10.0
    assert pace.wait("a") == 0.0


def call(
    server: Server, headers: dict[str, str], *parts: bytes, stall: bool = False
) -> tuple[int, dict[str, str]]:
    """Return status and headers that a POST gets over ASGI."""
    scope = {
        "type": "http", "method": "POST", "path": f"/root/collections/{SHELF}/objects/",
        "query_string": b"", "client": ("127.0.0.1", 1),
        "headers": [(n.encode(), v.encode()) for n, v in
                    {"accept": MEDIA, "content-type": MEDIA, **headers}.items()],
    }  # fmt: skip
    sent: list[MutableMapping[str, Any]] = []
    coming = list(parts)

    async def receive() -> MutableMapping[str, Any]:
        if not coming:
            await asyncio.sleep(60)
        body = coming.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(coming) or stall}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(server(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found


def test_size_time_and_number_of_requests_have_limits(world: World, shelves: Shelves) -> None:
    """Whatever the request says of its own size; the connection is not kept."""
    limits = Limits(body=100, seconds=0.05, a_minute=0)
    server = world.server(shelves, limits=limits)
    known = {"authorization": basic(AHMAD)}
    assert call(server, {**known, "content-length": "101"})[0] == 413
    status, headers = call(server, known, b"x" * 60, b"x" * 60)
    assert (status, headers["connection"]) == (413, "close")
    assert call(server, known, b"{", stall=True)[0] == 408
    assert call(server, {}, b"{}")[1]["www-authenticate"].startswith("Basic")
    few = world.server(shelves, limits=Limits(a_minute=10))
    assert [call(few, known, b"{}")[0] for _ in range(3)] == [422, 429, 429]
    assert call(few, {"authorization": basic(BERTA)}, b"{}")[0] == 422
    status, headers = call(few, known, b"{}")
    assert 1 <= int(headers["retry-after"]) <= 6


def test_wrong_passwords_hold_up_nobody_who_is_known(world: World, shelves: Shelves) -> None:
    """Who tries many from one address has to wait; who is known there, or has a token, has not."""
    server = world.server(shelves)
    assert isinstance(server.authority, Doorkeeper)
    server.authority.failures = Pace(60.0, lambda: 0.0)
    known, wrong = ({"authorization": basic(AHMAD, p)} for p in ("Password0", "Password1"))
    assert call(server, known, b"{}")[0] == 422
    assert [call(server, wrong, b"{}")[0] for _ in range(8)] == [401] * 6 + [429] * 2
    assert call(server, known, b"{}")[0] == 422
    assert call(server, {"authorization": "Bearer x"}, b"{}")[0] == 401


# ------------------------------------------------------------ what is hidden


def test_what_one_may_not_see_is_answered_like_what_never_was(server: Server) -> None:
    """Byte for byte: collections, objects, versions, and other people's answers."""
    posted(server, BERTA, stix(1), to=FOR_BERTA)
    told = json.loads(posted(server, BERTA, stix(2)).body)
    server.shelves.put(SHELF, [parcel(3)], for_(BERTA, by=BERTA))
    for below in ("", "objects/", "manifest/", f"objects/{parcel(1).id}/", "objects/x/versions/"):
        for method in ("GET", "POST", "DELETE", "PUT"):
            assert answer(server, AHMAD, method, f"{FOR_BERTA}/{below}") == answer(
                server, AHMAD, method, f"{UNKNOWN}/{below}"
            )
    for below in ("", "versions/"):
        for method in ("GET", "DELETE"):
            hidden, never = (
                answer(server, AHMAD, method, f"{SHELF}/objects/{parcel(n).id}/{below}")
                for n in (3, 4)
            )
            assert hidden == never
    assert answer(server, AHMAD, "GET", f"../status/{told['id']}/") == answer(
        server, AHMAD, "GET", f"../status/{UNKNOWN}/"
    )


PLAIN = ((SHELF, AHMAD), (SHELF, CARLO), (READ_ONLY, AHMAD))
steps = st.one_of(
    st.tuples(st.just("post"), st.integers(0, 3), st.integers(0, 2),
              st.sampled_from([AHMAD, BERTA, CARLO])),
    st.tuples(
        st.just("put"), st.integers(0, 3), st.integers(0, 2), st.sampled_from([AHMAD, CARLO])
    ),
    st.tuples(st.just("delete"), st.integers(0, 3), st.sampled_from([AHMAD, BERTA, CARLO])),
    st.tuples(st.just("widen"), st.integers(0, 3), st.sampled_from([AHMAD, CARLO])),
    st.tuples(st.just("clock"), st.integers(-1, 3)),
)  # fmt: skip
secrets = st.one_of(
    st.tuples(st.just("secret"), st.integers(0, 5), st.integers(0, 2)),
    st.tuples(st.just("forget"), st.integers(0, 5)),
    st.tuples(st.just("settle")),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(steps, st.lists(secrets, max_size=2)), max_size=8))
def test_no_secret_changes_a_byte_for_those_who_may_not_have_it(
    script: list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]],
) -> None:
    """Two nodes, of which one also holds things for Berta alone, under the same ids as others'."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        worlds = World(), World()
        sides = [w.server(w.shelves(Path(f))) for w, f in zip(worlds, (one, other), strict=True)]
        with pytest.MonkeyPatch.context() as patch:
            for step, hidden in script:
                for act in hidden:
                    _secretly(sides[1], act)
                answers = []
                for world, server in zip(worlds, sides, strict=True):
                    patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=7))
                    server.shelves.keep_status = lambda *_: None  # type: ignore[method-assign]
                    answers.append(_openly(world, server, step))
                assert answers[0] == answers[1]
                for shelf, who in PLAIN:
                    assert _all_of(sides[0], shelf, who) == _all_of(sides[1], shelf, who)
        for server in sides:
            server.shelves.close()


def _secretly(server: Server, act: tuple[Any, ...]) -> None:
    """Do what only Berta may know of."""
    match act:
        case ["secret", number, version]:
            hers = [parcel(number, version=version)]
            server.shelves.put(SHELF, hers, for_(by=BERTA), sender=BERTA)
            server.shelves.put(READ_ONLY, [parcel(number + 10)], for_(BERTA))
        case ["forget", number]:
            whole = Query(versions=(ALL,))
            server.shelves.recall(READ_ONLY, parcel(number + 10).id, ME, whole)
        case ["settle"]:
            server.shelves.settle()


def _openly(world: World, server: Server, step: tuple[Any, ...]) -> Answer | None:
    """Do what others may know of; return what they are answered."""
    match step:
        case ["post", number, version, who] if who != BERTA:
            return posted(server, who, stix(number, version=version))
        case ["put", number, version, who]:
            server.shelves.put(READ_ONLY, [parcel(number, version=version)], for_(who, BERTA))
        case ["delete", number, who] if who != BERTA:
            return answer(server, who, "DELETE", f"{SHELF}/objects/{parcel(number).id}/")
        case ["widen", number, who]:
            server.shelves.relabel(READ_ONLY, parcel(number).id, for_(who, BERTA))
        case ["clock", hours]:
            world.now += timedelta(hours=hours)
    return None


def _all_of(server: Server, shelf: str, who: NodeId) -> list[Answer]:
    """Return what one is answered to many questions."""
    every = "match[version]=all&match[spec_version]=2.0,2.1"
    return [
        answer(server, who, "GET", f"{shelf}/{path}", query)
        for path, query in (
            ("", ""),
            ("objects/", every),
            ("objects/", "limit=1"),
            ("manifest/", every),
            (f"objects/{parcel(1).id}/", ""),
            (f"objects/{parcel(1).id}/versions/", ""),
            (f"objects/{parcel(11).id}/", ""),
        )
    ]
