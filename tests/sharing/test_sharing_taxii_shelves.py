"""A door shows what its partner may have, in the order in which it came to be so; nothing else."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import stix2
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sharing.support_taxii import (
    AHMAD,
    BERTA,
    CARLO,
    EVERYBODY,
    ME,
    NOW,
    World,
    for_,
    parcel,
    stix,
)

from tawatur.errors import LedgerError
from tawatur.ledger import Format
from tawatur.model.ids import CommunityId, NodeId
from tawatur.model.label import Circle, Label, Membership, Terms, Tier, Viewer, may_receive
from tawatur.sharing.parcels import Parcel, parcel_of, stub_of
from tawatur.sharing.shelves import ALL, FIRST, LAST, Line, Query, Shelves

LABELS = (
    for_(AHMAD),
    for_(BERTA),
    for_(AHMAD, BERTA, CARLO),
    for_(),
    for_(AHMAD, expires=NOW + timedelta(days=2)),
    for_(BERTA, AHMAD, opens=NOW + timedelta(days=1)),
    Label.of(Terms(ME, circles=frozenset({Circle(CommunityId("m-1"), Tier.PARTNER)}))),
)
WHOLE = Query(versions=(ALL,), specs=("2.0", "2.1"))


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


def lines(
    shelves: Shelves, who: NodeId, query: Query = WHOLE, *, limit: int = 1000, shelf: str = "x"
) -> list[Line]:
    """Return all that one sees, page by page."""
    found: list[Line] = []
    after = None
    while True:
        page = shelves.page(shelf, Viewer(who), query, after=after, limit=limit)
        found += page.lines
        if not page.more:
            return found
        after = page.lines[-1].added


def revoked(line: Line) -> bool:
    """Return whether a line is a stub."""
    return bool(msgspec.json.decode(line.raw).get("revoked"))


# ------------------------------------------------------------ one thing after another


def test_objects_are_served_byte_for_byte(shelves: Shelves) -> None:
    """Odd spacing and key order of what came are those of what goes."""
    raw = stix(1).replace(b'", "', b'"  ,\n"')
    found = parcel_of(raw)
    assert isinstance(found, Parcel)
    shelves.put("x", [found], for_(AHMAD))
    assert [line.raw for line in lines(shelves, AHMAD)] == [raw]


def test_what_is_held_is_a_success_and_not_held_twice(shelves: Shelves) -> None:
    """However it is written; with other content it is refused with a reason."""
    assert shelves.put("x", [parcel(1), parcel(1)], for_(AHMAD)) == (None, None)
    spaced = parcel_of(parcel(1).raw.replace(b'", "', b'" , "'))
    assert isinstance(spaced, Parcel)
    assert shelves.put("x", [spaced], for_(AHMAD)) == (None,)
    changed = parcel_of(parcel(1).raw.replace("هجوم".encode(), b"x"))
    assert isinstance(changed, Parcel)
    (why,) = shelves.put("x", [changed], for_(AHMAD))
    assert "other content" in str(why)
    assert len(lines(shelves, AHMAD)) == 1


def test_a_recall_leaves_a_stub_where_it_was_and_nothing_where_it_was_not(
    shelves: Shelves,
) -> None:
    """The stub is revoked, later than all versions, and holds none of the words."""
    shelves.put("x", [parcel(1), parcel(1, version=5)], for_(AHMAD, BERTA, by=AHMAD))
    assert shelves.recall("x", parcel(1).id, BERTA, Query(versions=(ALL,))) == 0
    assert shelves.recall("x", parcel(1).id, AHMAD, Query(versions=(ALL,))) == 2
    assert lines(shelves, AHMAD) == []
    assert lines(shelves, CARLO) == []
    (stub,) = lines(shelves, BERTA)
    content = msgspec.json.decode(stub.raw)
    assert content["revoked"]
    assert content["object_refs"]
    assert stub.version > parcel(1, version=5).version
    assert "هجوم" not in stub.raw.decode()


def test_what_stands_for_a_place_that_was_taken_back_is_a_place() -> None:
    """Libraries refuse a location that says nothing of where it is."""
    place = {
        "type": "location",
        "spec_version": "2.1",
        "id": "location--a932fcc6-e032-476c-826f-cb970a5a1ade",
        "created": "2030-01-01T00:00:00.000Z",
        "modified": "2030-01-01T00:00:00.000Z",
        "name": "Kelmuri",
        "latitude": 12.5,
        "longitude": 30.5,
    }
    stub = stub_of(json.dumps(place).encode(), NOW)
    assert stub is not None
    assert stix2.parse(stub.raw.decode()).revoked
    assert "Kelmuri" not in stub.raw.decode()


def test_narrowing_takes_back_and_widening_gives_anew(shelves: Shelves) -> None:
    """Who loses it finds a stub, who gains it finds it as new, who keeps it notices nothing."""
    shelves.put("x", [parcel(1), parcel(2)], for_(AHMAD, BERTA))
    before = {who: lines(shelves, who) for who in EVERYBODY}
    shelves.relabel("x", parcel(1).id, for_(BERTA, CARLO))
    assert [revoked(line) for line in lines(shelves, AHMAD)] == [False, True]
    assert lines(shelves, BERTA) == before[BERTA]
    assert [line.id for line in lines(shelves, CARLO)] == [parcel(1).id]
    shelves.relabel("x", parcel(1).id, for_(AHMAD, BERTA, CARLO))
    back = lines(shelves, AHMAD)[-1]
    assert (back.raw, revoked(back)) == (parcel(1).raw, False)
    assert back.added > max(line.added for line in before[AHMAD])


def test_times_that_come_need_nobodys_act(world: World, shelves: Shelves) -> None:
    """What opens becomes available then, what expires is gone then."""
    shelves.put("x", [parcel(1)], LABELS[5])
    shelves.put("x", [parcel(2)], LABELS[4])
    assert [line.id for line in lines(shelves, AHMAD)] == [parcel(2).id]
    world.now += timedelta(days=1)
    assert [line.id for line in lines(shelves, AHMAD)] == [parcel(2).id, parcel(1).id]
    world.now += timedelta(days=1)
    assert [(x.id, revoked(x)) for x in lines(shelves, AHMAD)] == [
        (parcel(1).id, False),
        (parcel(2).id, True),
    ]


def test_what_has_expired_is_erased(world: World, shelves: Shelves, tmp_path: Path) -> None:
    """Its originator does not find it either; nothing is put under such a label any more."""
    shelves.put("x", [parcel(1), parcel(2)], LABELS[4])
    shelves.put("x", [parcel(3)], LABELS[0])
    world.now += timedelta(days=2)
    assert shelves.settle()
    assert [line.id for line in lines(shelves, ME)] == [parcel(3).id]
    assert {line.id for line in lines(shelves, AHMAD) if revoked(line)} == {
        parcel(1).id, parcel(2).id
    }  # fmt: skip
    assert str(shelves.put("x", [parcel(4)], LABELS[4])[0]) == "its label has expired"
    shelves.recall("x", parcel(3).id, ME, Query(versions=(ALL,)))
    left = b"".join(path.read_bytes() for path in tmp_path.glob("shelves.db*"))
    assert "هجوم".encode() not in left


def test_who_leaves_a_community_has_nothing_of_it_any_more(world: World, shelves: Shelves) -> None:
    """From the next question on; what is put under its label meanwhile leaves no trace."""
    member = Viewer(AHMAD, frozenset({Membership(CommunityId("m-1"), Tier.MEMBER, 1)}))
    world.parties[AHMAD] = member
    shelves.put("x", [parcel(n) for n in range(20)], LABELS[6])
    assert len(shelves.page("x", member, WHOLE, limit=50).lines) == 20
    world.parties[AHMAD] = Viewer(AHMAD)
    shelves.put("x", [parcel(n) for n in range(20, 30)], LABELS[6])
    found = lines(shelves, AHMAD)
    assert {line.id for line in found} == {parcel(n).id for n in range(20)}
    assert all(map(revoked, found))


def test_an_id_is_the_word_of_whoever_first_stood_with_it(shelves: Shelves) -> None:
    """Nobody changes what another told by a later version, neither here nor at a third door."""
    shelves.put("x", [parcel(1)], for_(BERTA, CARLO, by=AHMAD), sender=AHMAD)
    forged = [parcel(1, version=9)]
    (why,) = shelves.put("x", forged, for_(AHMAD, CARLO, by=BERTA), sender=BERTA)
    assert "another originator" in str(why)
    # ME does not see Ahmad's: a refusal would say that there is something
    assert shelves.put("x", forged, for_(CARLO), sender=ME) == (None,)
    assert [line.version for line in lines(shelves, CARLO)] == [parcel(1).version]
    shelves.recall("x", parcel(1).id, AHMAD, Query(versions=(ALL,)))
    assert [line.raw for line in lines(shelves, CARLO)] == [forged[0].raw]


def test_filters_name_versions_types_and_specifications(shelves: Shelves) -> None:
    """Without any, an object is its last version in its newest specification."""
    of_one = [parcel(1, version=v) for v in (3, 1, 2)]
    older = parcel(1, version=9, spec=None)
    shelves.put("x", [*of_one, older, parcel(2, kind="grouping")], for_(AHMAD))

    def found(query: Query) -> list[tuple[str, int]]:
        return [(line.id, line.version) for line in lines(shelves, AHMAD, query, limit=2)]

    by_version = {p.version: (p.id, p.version) for p in of_one}
    first, second, third = (by_version[v] for v in sorted(by_version))
    other = (parcel(2, kind="grouping").id, parcel(2, kind="grouping").version)
    assert found(Query()) == [third, other]
    assert found(Query(versions=(ALL,))) == [third, first, second, other]
    assert found(Query(versions=(FIRST,))) == [first, other]
    assert found(Query(versions=(FIRST, LAST))) == [third, first, other]
    assert found(Query(versions=(second[1],))) == [second]
    assert found(Query(types=("grouping", "none"))) == [other]
    assert found(Query(types=("note", "grouping"))) == [third, other]
    assert found(Query(ids=(third[0],))) == [third]
    assert found(Query(ids=(third[0],), types=("grouping",))) == []
    assert found(Query(specs=("2.0",))) == [(older.id, older.version)]
    assert found(Query(specs=("2.0", "2.1"))) == [(older.id, older.version), other]
    assert found(Query(specs=("3.0",))) == []


def test_what_was_put_is_there_after_a_restart(world: World, tmp_path: Path) -> None:
    """With the same times; and another process sees what this one puts."""
    one, other = world.shelves(tmp_path), world.shelves(tmp_path)
    one.put("x", [parcel(1)], for_(AHMAD))
    assert lines(other, AHMAD) == lines(one, AHMAD) != []
    other.put("x", [parcel(2)], for_(AHMAD))
    held = lines(one, AHMAD)
    one.close()
    other.close()
    assert lines(world.shelves(tmp_path), AHMAD) == held


def test_what_fails_leaves_nothing(
    world: World, shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A label that was numbered in vain gives its number, and no rights, to another."""
    monkeypatch.setattr(shelves, "_insert", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        shelves.put("x", [parcel(1)], for_(AHMAD, BERTA))
    monkeypatch.undo()
    shelves.put("x", [parcel(1)], for_(BERTA))
    assert (lines(shelves, AHMAD), len(lines(shelves, BERTA))) == ([], 1)


# ------------------------------------------------------------ laws

numbers = st.integers(0, 5)
acts = st.one_of(
    st.tuples(st.just("put"), numbers, st.integers(0, 3), st.sampled_from(LABELS)),
    st.tuples(st.just("relabel"), numbers, st.sampled_from(LABELS)),
    st.tuples(st.just("recall"), numbers, st.sampled_from([ALL, LAST, FIRST])),
    st.tuples(st.just("clock"), st.sampled_from([0, 0, 1, 20, 30, -3])),
    st.tuples(st.just("join"), st.sampled_from([AHMAD, BERTA])),
    st.tuples(st.just("leave"), st.sampled_from([AHMAD, BERTA])),
    st.tuples(st.just("settle"), st.integers(1, 2)),
)


@dataclass
class Told:
    """What was done so far, in the simplest words: each object's versions and its label."""

    world: World
    shelves: Shelves
    held: dict[int, tuple[set[int], Label]]

    def act(self, act: tuple[object, ...]) -> None:
        """Do it on the shelves and here."""
        match act:
            case ["put", int(number), int(version), Label() as label]:
                known = self.held.get(number)
                label = label if known is None else known[1]
                self.shelves.put("x", [parcel(number, version=version)], label)
                self.held[number] = ((known[0] if known else set()) | {version}, label)
            case ["relabel", int(number), Label() as label] if number in self.held:
                self.shelves.relabel("x", parcel(number).id, label)
                self.held[number] = (self.held[number][0], label)
            case ["recall", int(number), str(which)] if number in self.held:
                self.shelves.recall("x", parcel(number).id, ME, Query(versions=(which,)))
                versions = self.held[number][0]
                gone = {ALL: versions, LAST: {max(versions)}, FIRST: {min(versions)}}[which]
                left = versions - gone
                self.held[number] = (left, self.held[number][1])
                if not left:
                    del self.held[number]
            case ["clock", int(hours)]:
                self.world.now += timedelta(hours=hours)
            case ["join", str(who)]:
                inside = Membership(CommunityId("m-1"), Tier.MEMBER, 1)
                self.world.parties[NodeId(who)] = Viewer(NodeId(who), frozenset({inside}))
            case ["leave", str(who)]:
                self.world.parties[NodeId(who)] = Viewer(NodeId(who))
            case ["settle", int(slices)]:
                self.shelves.settle(slices)

    def due(self, who: NodeId) -> set[tuple[str, int]]:
        """Return what one should have now."""
        viewer = self.world.parties[who]
        return {
            (parcel(n).id, parcel(n, version=v).version)
            for n, (versions, label) in self.held.items()
            for v in versions
            if may_receive(viewer, label, self.world.at()).allowed
            and (label.expires is None or label.expires > self.world.now)
        }


@settings(max_examples=60, deadline=None)
@given(st.lists(acts, max_size=25))
def test_doors_follow_whatever_happens(steps: list[tuple[object, ...]]) -> None:
    """Each shows what its partner may have now and stubs of what it had; times only grow."""
    with tempfile.TemporaryDirectory() as folder:
        world = World()
        shelves = world.shelves(Path(folder))
        told, seen = Told(world, shelves, {}), {who: set[int]() for who in EVERYBODY}
        had = {who: set[str]() for who in EVERYBODY}
        for step in steps:
            told.act(step)
            shelves.settle()
            for who in EVERYBODY:
                page = shelves.page("x", world.parties[who], WHOLE, limit=100)
                live = [line for line in page.lines if not revoked(line)]
                stubs = {line.id for line in page.lines if revoked(line)}
                due = told.due(who)
                assert {(x.id, x.version) for x in live} <= due
                # A clock that goes back brings nothing back; else all that is due is there.
                if step[0] != "clock" or world.now >= NOW:
                    assert stubs <= had[who]
                new = {line.added for line in page.lines} - seen[who]
                assert not new or not seen[who] or min(new) > max(seen[who])
                seen[who] |= new
                had[who] |= {line.id for line in live}
                assert [x.added for x in page.lines] == sorted({x.added for x in page.lines})
        world.now += timedelta(days=30)
        shelves.settle()
        for who in EVERYBODY:
            page = shelves.page("x", world.parties[who], WHOLE, limit=100)
            assert {(x.id, x.version) for x in page.lines if not revoked(x)} == told.due(who)
        shelves.close()


queries = st.builds(
    Query,
    ids=st.lists(numbers.map(lambda n: parcel(n).id), max_size=2).map(tuple),
    types=st.sampled_from([(), ("note",), ("note", "grouping"), ("other",)]),
    versions=st.sampled_from([(LAST,), (FIRST,), (ALL,), (FIRST, LAST), (parcel(0).version,)]),
    specs=st.sampled_from([(), ("2.1",), ("2.0",), ("2.0", "2.1")]),
)
kinds = st.tuples(numbers, st.integers(0, 3), st.sampled_from(["note", "grouping"]),
                  st.sampled_from(["2.1", None]))  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(queries, st.integers(1, 4), st.lists(kinds, max_size=14), st.lists(kinds, max_size=14))
def test_pages_have_no_gap_and_nothing_twice(
    query: Query,
    limit: int,
    first: list[tuple[int, int, str, str | None]],
    then: list[tuple[int, int, str, str | None]],
) -> None:
    """Under any filters, while objects are added between pages, with hidden ones among them."""
    with tempfile.TemporaryDirectory() as folder:
        shelves = World().shelves(Path(folder))

        def put(one: tuple[int, int, str, str | None]) -> None:
            number, version, kind, spec = one
            label = for_(BERTA) if number == 5 else for_(AHMAD)
            shelves.put("x", [parcel(number, version=version, kind=kind, spec=spec)], label)

        for one in first:
            put(one)
        found: list[Line] = []
        after, coming = None, list(then)
        while True:
            page = shelves.page("x", Viewer(AHMAD), query, after=after, limit=limit)
            found += page.lines
            assert len(page.lines) <= limit
            if not page.more:
                break
            after = page.lines[-1].added
            if coming:
                put(coming.pop())
        whole = set(lines(shelves, AHMAD, query))
        assert len({line.added for line in found}) == len(found)
        assert {line.added for line in whole} <= {line.added for line in found}
        shelves.close()


def test_a_later_format_comes_and_goes_and_no_object_with_it(world: World, tmp_path: Path) -> None:
    """Forward when a later version opens the file; the earlier one refuses it until it is back."""

    class Later(Shelves):
        formats = (
            *Shelves.formats,
            Format(
                ("ALTER TABLE objects ADD COLUMN note TEXT", "CREATE INDEX notes ON objects(note)"),
                ("DROP INDEX notes", "ALTER TABLE objects DROP COLUMN note"),
            ),
        )

    first = world.shelves(tmp_path)
    first.put("x", [parcel(n) for n in range(5)], for_(AHMAD))
    before = lines(first, AHMAD)
    first.close()

    later = Later(tmp_path / "shelves.db", world.viewers, world.at)
    assert lines(later, AHMAD) == before
    with pytest.raises(LedgerError, match="newer"):
        world.shelves(tmp_path)
    later.migrate(1)

    again = world.shelves(tmp_path)
    assert lines(again, AHMAD) == before
    again.put("x", [parcel(9)], for_(AHMAD))
    assert len(lines(again, AHMAD)) == 6
    again.close()


def test_shelves_of_before_formats_were_written_down_are_the_first(
    world: World, tmp_path: Path
) -> None:
    """They are opened as they are."""
    first = world.shelves(tmp_path)
    first.put("x", [parcel(1)], for_(AHMAD))
    before = lines(first, AHMAD)
    first.close()
    with closing(sqlite3.connect(tmp_path / "shelves.db")) as other:
        other.execute("PRAGMA user_version = 0")
    again = world.shelves(tmp_path)
    assert lines(again, AHMAD) == before
    again.close()
