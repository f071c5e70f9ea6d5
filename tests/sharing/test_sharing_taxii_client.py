"""A pull that is cut off anywhere goes on without gap or double; what is handed in arrives once."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sharing.support_taxii import (
    AHMAD,
    BERTA,
    MEDIA,
    NOW,
    SHELF,
    World,
    for_,
    parcel,
    posted,
    stix,
)

from tawatur.errors import NotNowError, SharingError
from tawatur.model.label import Viewer
from tawatur.sharing.parcels import added_stamp, micros_of
from tawatur.sharing.shelves import Query, Shelves
from tawatur.sharing.taxii import Asked, Client, Posted, Reply, Server

URL = f"https://neighbour.example/root/collections/{SHELF}/"
LABEL = for_(AHMAD, by=BERTA)
LATER = NOW + timedelta(days=1)


class Line:
    """A line to a server that does not hold: each fault is what becomes of one question."""

    def __init__(self, server: Server, faults: list[str]) -> None:
        self.server, self.faults, self.asked = server, faults, list[str]()

    def __call__(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Ask, and lose what the faults say."""
        self.asked.append(url)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost":
            raise NotNowError("{0} is too slow", "neighbour.example")
        if fault == "busy":
            return Reply(503, {"retry-after": "2"}, b"")
        parts = urlsplit(url)
        given = {"content-type": MEDIA, **headers, "host": "x"}
        question = Asked(method, parts.path, parts.query, given, "", body)
        answer = self.server.answer(question, Viewer(BERTA))
        if fault == "answer lost":
            raise NotNowError("{0} is too slow", "neighbour.example")
        return Reply(answer.status, answer.headers, answer.body)


@pytest.fixture
def near(tmp_path: Path) -> Iterator[Shelves]:
    """The shelves to which it is brought."""
    (tmp_path / "near").mkdir()
    held = World().shelves(tmp_path / "near")
    yield held
    held.close()


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Server]:
    """A neighbour's server."""
    (tmp_path / "far").mkdir()
    world = World()
    held = world.shelves(tmp_path / "far")
    yield world.server(held)
    held.close()


def held(shelves: Shelves) -> list[bytes]:
    """Return what was brought."""
    page = shelves.page("x", Viewer(AHMAD), Query(versions=("all",)), limit=1000)
    return [line.raw for line in page.lines]


def client(line: Line, *, limit: int = 2, tries: int = 5) -> Client:
    """Return a client that waits for nothing."""
    return Client(line, URL, limit=limit, tries=tries, wait=lambda _: None, now=lambda: LATER)


def test_a_pull_brings_what_is_new(near: Shelves, far: Server) -> None:
    """Whole at first, then from where it was; nothing where there is nothing."""
    posted(far, BERTA, *(stix(n) for n in range(5)))
    assert client(Line(far, [])).pull(near, "x", LABEL).objects == 5
    assert held(near) == [stix(n) for n in range(5)]
    posted(far, BERTA, stix(5))
    line = Line(far, [])
    assert client(line).pull(near, "x", LABEL).objects == 1
    assert len(line.asked) == 1
    assert "added_after" in parse_qs(urlsplit(line.asked[0]).query)


class KilledError(Exception):
    """The power went."""


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 12),
    st.integers(1, 4),
    st.lists(st.sampled_from(["", "lost", "answer lost", "busy"]), max_size=8),
    st.lists(st.integers(0, 3), max_size=4),
)
def test_faults_and_kills_make_no_gap_and_no_double(
    tmp_path_factory: pytest.TempPathFactory,
    count: int,
    limit: int,
    faults: list[str],
    kills: list[int],
) -> None:
    """Each kill comes after so many pages, before or after they were kept; objects go on coming."""
    folder = tmp_path_factory.mktemp("pull")
    (folder / "far").mkdir()
    server = World().server(World().shelves(folder / "far"))
    near = World().shelves(folder)
    posted(server, BERTA, *(stix(n) for n in range(count)))
    line = Line(server, faults)
    puller = client(line, limit=limit, tries=20)
    put = near.put
    for number, pages in enumerate(kills):
        left = [pages]

        def killed(*given: object, left: list[int] = left, **more: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                raise KilledError  # before it was kept
            kept = put(*given, **more)  # type: ignore[arg-type]  # as they were given
            if left[0] < 0:
                raise KilledError  # after
            return kept

        near.put = killed  # type: ignore[method-assign, assignment]  # a fault, not a stand-in
        with suppress(KilledError):
            puller.pull(near, "x", LABEL)
        posted(server, BERTA, stix(100 + number))
    near.put = put  # type: ignore[method-assign]
    puller.pull(near, "x", LABEL)
    whole = [stix(n) for n in range(count)] + [stix(100 + n) for n in range(len(kills))]
    assert held(near) == whole
    near.close()
    server.shelves.close()


def test_objects_of_one_time_are_all_brought(near: Shelves) -> None:
    """Servers of today give a whole envelope one time; a page may end among them."""
    same = added_stamp(micros_of(NOW))
    served: list[str] = []

    def send(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        query = {n: v[0] for n, v in parse_qs(urlsplit(url).query).items()}
        served.append(query.get("next", "first"))
        if len(served) == 2:
            raise NotNowError("{0} is too slow", "neighbour.example")
        start = int(query.get("next", "0"))
        if query.get("added_after", "") >= same:
            return Reply(200, {}, b"{}")
        page = {"objects": [json.loads(stix(n)) for n in range(start, min(start + 2, 5))],
                "more": start + 2 < 5, "next": str(start + 2)}  # fmt: skip
        return Reply(200, {"x-taxii-date-added-last": same}, json.dumps(page).encode())

    pulled = Client(send, URL, limit=2, wait=lambda _: None).pull(near, "x", LABEL)
    assert (pulled.objects, len(held(near))) == (5, 5)
    assert served == ["first", "2", "first", "2", "4"]


def test_a_clock_that_was_a_year_ahead_and_is_set_right_makes_no_gap(near: Shelves) -> None:
    """What is added once it is right is brought, though what was brought before seems later."""
    added = [(NOW + timedelta(days=365, seconds=n), stix(n)) for n in range(3)]
    asked = list[str]()

    def send(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        since = parse_qs(urlsplit(url).query).get("added_after", [""])[0]
        asked.append(since)
        if len(asked) == 2:
            raise NotNowError("{0} is too slow", "neighbour.example")
        given = [(when, raw) for when, raw in sorted(added) if added_stamp(micros_of(when)) > since]
        page = {"objects": [json.loads(raw) for _, raw in given[:2]], "more": len(given) > 2}
        last = {"x-taxii-date-added-last": added_stamp(micros_of(given[:2][-1][0]))}
        return Reply(200, last, json.dumps(page).encode())

    puller = Client(send, URL, limit=2, wait=lambda _: None, now=lambda: NOW)
    assert puller.pull(near, "x", LABEL).objects == 3
    assert asked[2] == "2032-02-29T00:00:00.999999Z"  # cut off: on from there within one run
    added.append((NOW + timedelta(minutes=1), stix(9)))
    puller = Client(send, URL, limit=2, wait=lambda _: None, now=lambda: LATER)
    assert puller.pull(near, "x", LABEL).objects == 1
    assert len(held(near)) == 4


def test_what_is_handed_in_is_told_one_by_one(far: Server) -> None:
    """In envelopes that the server takes; an answer that was lost is asked for again."""
    changed = stix(1).replace("هجوم".encode(), b"x")
    objects = [stix(n) for n in range(1500)]
    line = Line(far, ["", "answer lost", "busy"])
    told = client(line).post([*objects, changed])
    assert told == Posted(
        1500, 0, ((parcel(1).id, "this version of it is held with other content"),)
    )
    assert len(line.asked) == 5


@pytest.mark.parametrize("faults", [["lost"] * 3, ["busy"] * 3])
def test_a_server_that_does_not_answer_is_given_up(
    near: Shelves, far: Server, faults: list[str]
) -> None:
    """After so many tries, with one line that says why."""
    with pytest.raises(SharingError, match="gives no answer"):
        client(Line(far, faults), tries=3).pull(near, "x", LABEL)


@pytest.mark.parametrize(
    "reply",
    [Reply(401, {}, b""), Reply(302, {"location": "https://x.example"}, b""),
     Reply(200, {}, b"<html>"), Reply(200, {}, b'{"objects":[{"id":1}],"more":true}')],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(near: Shelves, reply: Reply) -> None:
    """Nothing is kept, and no redirect is followed."""
    with pytest.raises(SharingError):
        Client(lambda *_: reply, URL, wait=lambda _: None).pull(near, "x", LABEL)
    assert held(near) == []


def test_objects_that_are_none_are_left_with_the_reason(near: Shelves) -> None:
    """The rest of the page is brought, and so is what comes behind it; nothing of them is held."""
    other = stix(2).replace("هجوم".encode(), b"x")
    pages = iter((
        b'{"more":true,"next":"b","objects":[17,' + stix(1) + b"," + stix(2) + b"]}",
        b'{"objects":[{"type":"note"},' + other + b"," + stix(3) + b"]}",
    ))  # fmt: skip
    pulled = Client(lambda *_: Reply(200, {}, next(pages)), URL).pull(near, "x", LABEL)
    assert pulled.objects == 3
    assert [(id_, str(why)) for id_, why in pulled.refused] == [
        ("?", "it is no STIX object with an id and a type"),
        (parcel(2).id, "this version of it is held with other content"),
        ("?", "it is no STIX object with an id and a type"),
    ]
    assert held(near) == [stix(1), stix(2), stix(3)]
