"""A ledger can move to a server and back; no entry is lost, and there is one ledger at a time."""

import contextlib
from pathlib import Path

import pytest
from tests.ledger.support_ledger import (
    HOME,
    NEIGHBOUR,
    SIGNER,
    Place,
    draft,
    drafts,
    entry_id,
    erasing,
)
from tests.ledger.support_postgres import Server

from tawatur.errors import LedgerError, TawaturError, VerificationError
from tawatur.ledger import TableLedger
from tawatur.node import Node


@pytest.fixture
def other(place: Place, server: Server) -> Place:
    """The other kind of database, beside the same blobs."""
    return Place(place.folder, server if place.server is None else None)


def _story(ledger: TableLedger) -> tuple[object, ...]:
    entries = list(ledger.entries())
    blobs = [ledger.blob(d) for e in entries for d in ledger.blobs_of(e.header.id)]
    proofs = ledger.inclusion_proof(0), ledger.release_proof(NEIGHBOUR, 0)
    return entries, blobs, proofs, ledger.checkpoint(), ledger.verify()


def test_a_ledger_moves_there_and_back_entry_for_entry(place: Place, other: Place) -> None:
    """Entries, blobs, erasures, proofs and checkpoints are the same, and it is appended to."""
    ledger = place.open()
    ledger.append([draft(1, blobs=("برقية".encode(),)), draft(2)], [(NEIGHBOUR, bytes(32))])
    ledger.append(drafts(range(3, 1200)))  # more than a chunk of any cursor
    ledger.erase([entry_id(2)], draft=erasing(9999))
    story, told = _story(ledger), list[str]()

    ledger.move(other.database(), lambda: told.append("kept"))
    assert told == ["kept"]
    moved = other.open()
    assert _story(moved) == story
    moved.append([draft(5000)])
    assert list(moved.entries())[:-1] == story[0]

    moved.move(place.database(), lambda: None)
    back = place.open()
    assert back.verify(str(story[3])).size == 1201
    assert list(back.entries())[:-1] == story[0]


def test_what_it_moved_from_is_empty_and_takes_nothing_more(place: Place, other: Place) -> None:
    """A process that has it open still can neither read nor write there; nothing stays of it."""
    ledger, late = place.open(), place.open()
    ledger.append([draft(1, "the witness Zaynab")])
    assert late.size == 1
    ledger.move(other.database(), lambda: None)
    with pytest.raises(TawaturError):
        late.append([draft(2)])
    late.close()
    if place.server is None:
        assert not _files(place.folder)
    else:
        assert b"Zaynab" not in place.server.bytes_of(place.name)
    assert other.open().verify().size == 1


def _files(folder: Path) -> list[Path]:
    return list(folder.glob("ledger.db*"))


def test_a_move_that_fails_leaves_the_ledger_where_it_was(place: Place, other: Place) -> None:
    """The copy goes; another try succeeds."""
    ledger = place.open()
    ledger.append(drafts(range(5)))

    def refused() -> None:
        raise OSError("the settings cannot be written")

    with pytest.raises(LedgerError):
        ledger.move(other.database(), refused)
    with contextlib.closing(other.database()) as gone:
        assert gone.version() == 0
    assert place.open().verify().size == 5
    ledger.move(other.database(), lambda: None)
    assert other.open().verify().size == 5


def test_a_ledger_is_never_written_over(place: Place, other: Place) -> None:
    """Neither another one nor itself."""
    ledger = place.open()
    ledger.append(drafts(range(3)))
    TableLedger(other.database(), place.folder / "others", SIGNER, HOME).append([draft(7)])
    for there in (other, place):
        with pytest.raises(LedgerError, match="holds a ledger already"):
            ledger.move(there.database(), lambda: None)
    assert ledger.verify().size == 3
    assert other.open().size == 1


def test_what_is_damaged_does_not_move(place: Place, other: Place) -> None:
    """It is verified as a copy, before the first one goes."""
    ledger = place.open()
    ledger.append(drafts(range(8)))
    place.do("DELETE FROM hashes WHERE level = 1 AND place = 2")
    with pytest.raises(VerificationError):
        ledger.move(other.database(), lambda: None)
    assert place.open().size == 8


def test_a_node_moves_to_a_server_and_back(server: Server, tmp_path: Path) -> None:
    """Its settings say where; what it shows is the same."""
    place, report = Place(tmp_path, server), tmp_path / "report.txt"
    report.write_text("The ministry said on 3 May 2024 that the bridge was closed.")
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([report])
        shown = node.claims()
        node.move(place.store)
    assert not _files(tmp_path / "node")
    for store in (place.store, "sqlite"):
        with Node.open(tmp_path / "node") as node:
            assert (node.settings.ledger.store, node.claims()) == (store, shown)
            assert all(finding.well for finding in node.doctor())
            if store != "sqlite":
                node.move("sqlite")
    assert _files(tmp_path / "node")
