"""Over TAXII each partner finds its own, and what is handed in is recorded before it is told so."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sharing.support_taxii import MEDIA, listening, parcel, stix

from tawatur import settings
from tawatur.errors import NotAllowedError, SharingError, UsageError
from tawatur.model.community import Act
from tawatur.model.entry import Kind
from tawatur.model.label import Circle, Tier, Viewer
from tawatur.node import Node
from tawatur.node.sharing.taxii import Fetched
from tawatur.sharing import ReceiptStatus
from tawatur.sharing.shelves import Query
from tawatur.sharing.stix import sealed_bytes
from tawatur.sharing.taxii import Answer, Asked, Server

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)


class Clock:
    """The time of all nodes."""

    now = NOW

    def __call__(self) -> datetime:
        """Return it."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Noon."""
    return Clock()


@pytest.fixture
def nodes(tmp_path: Path, clock: Clock) -> Iterator[dict[str, Node]]:
    """Three nodes: the first knows the others, and has an account for each."""
    cards, tokens, lines = {}, {}, []
    for name in ("Ours", "Neighbour", "Third"):
        with Node.init(tmp_path / name, name=name) as node:
            cards[name] = node.partners.sealed_card()
    with Node.open(tmp_path / "Ours") as ours:
        for name in ("Neighbour", "Third"):
            ours.partners.add(cards[name])
            tokens[name], line = ours.taxii.account(name, name)
            lines.append(line)
        told = replace(ours.settings, taxii=settings.Taxii(accounts=tuple(lines)))
    settings.save(tmp_path / "Ours", told)
    for name, token in tokens.items():
        with Node.open(tmp_path / name) as node:
            node.partners.add(cards["Ours"])
        (tmp_path / name / "token").write_text(token)
        (tmp_path / name / "token").chmod(0o600)
    found = {name: Node.open(tmp_path / name, clock=clock) for name in cards}
    yield found
    for node in found.values():
        node.close()


def ask(
    server: Server, who: Node, method: str, path: str, *objects: bytes, query: str = ""
) -> Answer:
    """Return what a node's program is answered below the collections."""
    body = b'{"objects":[' + b",".join(objects) + b"]}" if objects else b""
    headers = {"accept": MEDIA, "content-type": MEDIA}
    viewer = next(v for v in server.shelves._audiences() if v.party == who.id)
    return server.answer(
        Asked(method, f"/tawatur/collections/{path}", query, headers, "", body), viewer
    )


def listed(server: Server, who: Node) -> dict[str, tuple[str, bool]]:
    """Return id and right to post of the collections that somebody finds, by title."""
    found = json.loads(ask(server, who, "GET", "").body)["collections"]
    return {each["title"]: (each["id"], each["can_write"]) for each in found}


def test_each_partner_finds_its_own_inbox(nodes: dict[str, Node]) -> None:
    """What one hands in, the other does not find; this node does."""
    ours, neighbour, third = nodes.values()
    server = ours.taxii.server()
    (inbox, may), (others, _) = (listed(server, n)["From you to us"] for n in (neighbour, third))
    assert may
    assert inbox != others
    assert ask(server, neighbour, "POST", f"{inbox}/objects/", stix(1)).status == 202
    assert ask(server, third, "GET", f"{inbox}/objects/").status == 404
    assert len(ours.taxii.shelves.page(inbox, Viewer(ours.id), Query(), limit=9).lines) == 1


def test_what_is_handed_in_is_an_entry_of_the_ledger(nodes: dict[str, Node]) -> None:
    """One for each envelope, under the sender's label, with the digest of what is new in it."""
    ours, neighbour, _ = nodes.values()
    server = ours.taxii.server()
    inbox, _ = listed(server, neighbour)["From you to us"]
    for objects in ((stix(1), stix(2)), (stix(2), stix(3)), (stix(3),)):
        ask(server, neighbour, "POST", f"{inbox}/objects/", *objects)
    ask(server, neighbour, "DELETE", f"{inbox}/objects/{parcel(1).id}/")
    payloads = [entry.payload for entry in ours.ledger.entries(kinds=[Kind.ENVELOPE])]
    bodies = [payload.body for payload in payloads if payload]
    assert [[o["digest"] for o in b.get("objects", ())] for b in bodies] == [
        [hashlib.sha256(stix(n)).hexdigest() for n in numbers] for numbers in ((1, 2), (3,), ())
    ]
    assert bodies[2]["recalled"] == parcel(1).id
    assert {payload.label.originators for payload in payloads if payload} == {(neighbour.id,)}
    ours.verify()


def test_a_community_has_a_collection_for_as_long_as_its_list_holds(
    nodes: dict[str, Node], clock: Clock
) -> None:
    """Partners of it post to each other; who takes no part, or is removed, finds nothing."""
    ours, neighbour, third = nodes.values()
    ours.communities.found("Relief", members={neighbour.id})
    ours.communities.decide("Relief", Act.ADMIT, third.id, "asked for", Tier.OBSERVER)
    server = ours.taxii.server()
    shelf, may_post = listed(server, neighbour)["Relief"]
    assert may_post
    assert "Relief" not in listed(server, third)
    assert ask(server, neighbour, "POST", f"{shelf}/objects/", stix(1)).status == 202
    assert ask(server, third, "POST", f"{shelf}/objects/", stix(2)).status == 404
    assert ask(server, third, "GET", f"{shelf}/objects/").status == 404
    ours.communities.decide("Relief", Act.TIER, third.id, "came nearer", Tier.PARTNER)
    assert stix(1) in ask(server, third, "GET", f"{shelf}/objects/").body
    ours.communities.decide("Relief", Act.REMOVE, third.id, "left")
    assert "Relief" not in listed(server, third)
    assert ask(server, third, "GET", f"{shelf}/objects/").status == 404
    clock.now += timedelta(days=400)  # one who decides alone is always up to date
    assert "Relief" in listed(server, neighbour)


def test_one_node_pulls_from_another_and_hands_in(nodes: dict[str, Node], tmp_path: Path) -> None:
    """Over HTTP, by token, where the settings allow it and name the host; once, however often."""
    ours, neighbour, _ = nodes.values()
    server = ours.taxii.server()
    inbox, _ = listed(server, neighbour)["From you to us"]
    released, _ = listed(server, neighbour)["Released to you"]
    taxii, token = neighbour.taxii, tmp_path / "Neighbour" / "token"
    bundle = b'{"type":"bundle","objects":[' + stix(1) + b"," + stix(2) + b"]}"
    with listening(server) as url:
        address = f"{url}/tawatur/collections/{inbox}/"
        with pytest.raises(UsageError):
            taxii.post(bundle, address, token)
        neighbour.wire.network = settings.Network(allowed=True)
        with pytest.raises(NotAllowedError):
            taxii.post(bundle, address, token)
        neighbour.wire.network = settings.Network(allowed=True, private=("127.0.0.1",))
        with pytest.raises(SharingError, match="401"):
            taxii.post(bundle, address)
        assert [taxii.post(bundle, address, token).taken for _ in range(2)] == [2, 2]
        assert [taxii.pull(address, "Ours", token).objects for _ in range(2)] == [2, 0]
        assert taxii.pull(f"{url}/tawatur/collections/{released}/", "Ours", token).objects == 0
    found = neighbour.taxii.shelves.page(address, Viewer(neighbour.id), Query(), limit=9).lines
    assert [line.raw for line in found] == [stix(1), stix(2)]


def test_nobody_is_answered_before_an_account_is_named(nodes: dict[str, Node]) -> None:
    """Nor with settings that cannot be."""
    with pytest.raises(UsageError, match="nobody"):
        nodes["Third"].taxii.server()
    ours = nodes["Ours"].taxii
    for wrong in ({"accounts": ("x",)}, {"page": 0}, {"address": "ftp://x/"}, {"body_mb": 0.0}):
        ours.settings = replace(nodes["Ours"].settings.taxii, **wrong)
        with pytest.raises(UsageError, match=next(iter(wrong))):
            ours.server()
    with pytest.raises(UsageError):
        ours.account("two words", "Third")


def test_what_is_offered_is_a_release_that_its_receiver_takes_in(nodes: dict[str, Node]) -> None:
    """Logged like any release; found by that partner alone; the sealed file is in it."""
    ours, neighbour, third = nodes.values()
    request = ours.desk.ask(by="Ours", to="Neighbour", what="the lists of those who crossed")
    assert ours.taxii.offer(request.id, "Neighbour") > 1
    assert ours.ledger.release_size(neighbour.id) == 1
    server = ours.taxii.server()
    shelf, may_post = listed(server, neighbour)["Released to you"]
    assert not may_post
    page = ask(server, neighbour, "GET", f"{shelf}/objects/")
    assert ask(server, third, "GET", f"{shelf}/objects/").status == 404
    handed = neighbour.foreign.receive(page.body, "Ours")
    assert [each.kind for each in handed.received] == ["request"]


@contextmanager
def fetching(ours: Node, other: Node) -> Iterator[Callable[[str], Fetched]]:
    """Serve one node; give what lets another pull from one of its collections, by alias."""
    other.wire.network = settings.Network(allowed=True, private=("127.0.0.1",))
    with listening(ours.taxii.server()) as url:
        yield lambda alias: other.taxii.pull(
            f"{url}/tawatur/collections/{alias}/", "Ours", other.folder / "token"
        )


def requests(node: Node) -> list[str]:
    """Return what is asked on a node's desk."""
    return [each.what for each in node.desk.requests()]


def held(node: Node, words: str) -> bool:
    """Return whether a node's shelves hold words, plain or in a sealed release."""
    log = node.folder / "shelves.db"
    found = [*sqlite3.connect(log).execute("SELECT raw FROM objects")]
    return any(
        words.encode() in raw or words.encode() in (sealed_bytes([json.loads(raw)]) or b"")
        for (raw,) in found
    )


WORDS = "the lists of those who crossed"


def test_a_recall_reaches_a_partner_that_only_pulls(nodes: dict[str, Node]) -> None:
    """It takes the release in, and erases it; its receipts go back by a post; no copy is left."""
    ours, neighbour, _ = nodes.values()
    request = ours.desk.ask(by="Ours", to="Neighbour", what=WORDS)
    other = ours.desk.ask(by="Ours", to="Neighbour", what="names of the drivers")
    for item in (request, other):
        ours.taxii.offer(item.id, "Neighbour")
    with fetching(ours, neighbour) as pull:
        assert [r.kind for t in pull("released").taken for r in t.received] == ["request"] * 2
        assert pull("released") == Fetched(0, (), (), ())
        assert sorted(requests(neighbour)) == ["names of the drivers", WORDS]
        ours.outgoing.recall(request.id, "named a source")
        assert not held(ours, WORDS)
        fetched = pull("released")
        assert fetched.revoked
        assert [r.kind for t in fetched.taken for r in t.received] == ["notice"]
        assert requests(neighbour) == ["names of the drivers"]
        assert not held(neighbour, WORDS)
        assert held(neighbour, "names of the drivers")
        receipts = neighbour.outgoing.bag(neighbour.outgoing.letters("Ours"), "Ours")
    token = neighbour.folder / "token"
    with listening(ours.taxii.server()) as url:
        address = f"{url}/tawatur/collections/inbox/"
        assert neighbour.taxii.post(receipts, address, token).taken == 1
    (given,) = ours.disclosures.of(request.id)
    assert (given.receipt, given.heard) == (ReceiptStatus.ERASED, True)
    assert not ours.outgoing.waiting(neighbour.id)
    neighbour.verify()


def test_what_is_erased_here_lies_on_no_shelf(nodes: dict[str, Node]) -> None:
    """Whoever had it finds it revoked, and keeps what was taken in: that is for a recall."""
    ours, neighbour, _ = nodes.values()
    items = [ours.desk.ask(by="Ours", to="Neighbour", what=what) for what in (WORDS, "the drivers")]
    for each in items:
        ours.taxii.offer(each.id, "Neighbour")
    with fetching(ours, neighbour) as pull:
        pull("released")
        ours.erase(items[0].id, why="asked by the person")
        assert not held(ours, WORDS)
        assert held(ours, "the drivers")
        assert pull("released").revoked
    assert not held(neighbour, WORDS)
    assert sorted(requests(neighbour)) == ["the drivers", WORDS]


def test_a_shelf_follows_what_another_process_told(nodes: dict[str, Node], tmp_path: Path) -> None:
    """A server that runs finds the recall in the ledger; who never had it finds nothing of it."""
    ours, neighbour, third = nodes.values()
    request = ours.desk.ask(by="Ours", to="Neighbour", what=WORDS)
    ours.taxii.offer(request.id, "Neighbour")
    server = ours.taxii.server()
    shelf, _ = listed(server, neighbour)["Released to you"]
    assert WORDS.encode() in ask(server, neighbour, "GET", f"{shelf}/objects/").body
    with Node.open(tmp_path / "Ours", clock=lambda: NOW) as beside:
        replace(beside.outgoing, told=lambda: None).recall(request.id, "named a source")
    page = ask(server, neighbour, "GET", f"{shelf}/objects/").body
    assert WORDS.encode() not in page
    assert b'"revoked":true' in page
    assert ask(server, third, "GET", "released/objects/").body == b"{}"


def test_what_is_offered_again_is_replaced(nodes: dict[str, Node]) -> None:
    """By what it is now: one release lives, and its receiver has it once."""
    ours, neighbour, _ = nodes.values()
    request = ours.desk.ask(by="Ours", to="Neighbour", what=WORDS)
    with fetching(ours, neighbour) as pull:
        ours.taxii.offer(request.id, "Neighbour")
        pull("released")
        ours.taxii.offer(request.id, "Neighbour")
        pull("released")
    assert [each.live for each in ours.disclosures.of(request.id)] == [False, True]
    assert requests(neighbour) == [WORDS]


def test_who_is_removed_from_a_community_finds_nothing_more(nodes: dict[str, Node]) -> None:
    """What lay there by membership leaves with it, a suspended one as well."""
    ours, neighbour, third = nodes.values()
    relief = ours.communities.found("Relief", members={neighbour.id, third.id})
    request = ours.desk.ask(by="Ours", to="Neighbour", what=WORDS)
    ours.labels.change(request.id, {}, also={Circle(relief.id, Tier.MEMBER)})
    server = ours.taxii.server()
    for name, act in (("Neighbour", Act.REMOVE), ("Third", Act.SUSPEND)):
        ours.taxii.offer(request.id, name)
        assert WORDS.encode() in ask(server, nodes[name], "GET", "released/objects/").body
        ours.communities.decide("Relief", act, nodes[name].id, "left")
        page = ask(server, nodes[name], "GET", "released/objects/").body
        assert WORDS.encode() not in page
        assert b"sealed" not in page


def test_what_a_member_is_shown_of_logs_lies_on_its_shelf(
    nodes: dict[str, Node], clock: Clock
) -> None:
    """So that members who only pull can compare as well."""
    ours, neighbour, _ = nodes.values()
    relief = ours.communities.found("Relief", members={neighbour.id})
    with fetching(ours, neighbour) as pull:
        neighbour.communities.take(ours.communities.written("Relief"))
        for what in (WORDS, f"{WORDS}, and more"):
            request = ours.desk.ask(by="Ours", to="Neighbour", what=what)
            ours.labels.change(request.id, {}, also={Circle(relief.id, Tier.MEMBER)})
            ours.taxii.offer(request.id, "Neighbour")
            pull("released")
            clock.now += timedelta(minutes=1)
    (found,) = neighbour.histories.compared("Ours")
    assert (found.heads, found.split, found.unlogged) == (2, None, ())


def test_what_is_narrowed_ends_on_the_shelf_too(nodes: dict[str, Node], clock: Clock) -> None:
    """At the end that its new label names, also if nobody asks; the notice lies beside."""
    ours, neighbour, _ = nodes.values()
    request = ours.desk.ask(by="Ours", to="Neighbour", what=WORDS)
    ours.labels.change(request.id, {}, also={neighbour.id})
    ours.taxii.offer(request.id, "Neighbour")
    ours.labels.change(request.id, {"expires": NOW + timedelta(days=1)})
    server = ours.taxii.server()
    assert WORDS.encode() in ask(server, neighbour, "GET", "released/objects/").body
    with fetching(ours, neighbour) as pull:
        received = [r.kind for t in pull("released").taken for r in t.received]
        assert sorted(received) == ["notice", "request"]
    clock.now += timedelta(days=2)
    assert WORDS.encode() not in ask(server, neighbour, "GET", "released/objects/").body
    ours.taxii.shelves.settle()
    assert not held(ours, WORDS)
