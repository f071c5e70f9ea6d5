"""Where the index is kept changes nothing that anybody sees."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.ledger.support_postgres import Server

from tawatur import settings
from tawatur.errors import LedgerError, NodeError
from tawatur.node import Node
from tawatur.node.indexing import abreast
from tawatur.node.indexing.words import Query
from tawatur.samples import paths
from tawatur.settings import IndexPlace


def _shown(node: Node) -> tuple[object, ...]:
    found = (
        node.searching.documents(Query.parse(words)) for words in ("الهجوم", '"the camp"', "ال")
    )
    typed = Query.parse("الهج", typing=True)
    names = node.searching.names(Query.parse("min", typing=True))
    return (
        node.overview(),
        node.documents(),
        node.claims(),
        sorted(node.events(), key=lambda event: event.id),
        node.conflicts(),
        node.entities(),
        tuple(found),
        node.searching.documents(typed),
        names,
    )


def _keep(folder: Path, store: str) -> None:
    settings.save(folder, replace(settings.load(folder), index=IndexPlace(store)))


def test_an_index_can_move_to_a_server_and_back(server: Server, tmp_path: Path) -> None:
    """The setting is all there is to change; what is shown is the same, byte for byte."""
    folder, address = tmp_path / "node", server.address(server.made())
    with Node.init(folder, name="Observatory") as node:
        for report in paths():
            node.add([report])
        shown = _shown(node)
    for store in (address, "sqlite", address):
        _keep(folder, store)
        with Node.open(folder) as node:
            assert _shown(node) == shown
            assert all(finding.well for finding in node.doctor())


def test_a_node_on_a_server_alone_leaves_nothing_erased(server: Server, tmp_path: Path) -> None:
    """Ledger and index beside each other: words that were erased are in no file of either."""
    database, report = server.made(), tmp_path / "report.txt"
    store = server.address(database)
    report.write_text("Zaynab Anzifat said on 3 May 2024 that the bridge at Korvat was closed.")
    with Node.init(tmp_path / "node", name="Observatory", ledger=store) as node:
        pass
    _keep(tmp_path / "node", store)
    with Node.open(tmp_path / "node") as node:
        (taken,) = node.add([report]).taken
        assert len(node.searching.documents(Query.parse("Korvat"))) == 1
        assert b"korvat" in server.bytes_of(database)
        node.erase(taken, why="taken in by mistake")
        assert node.searching.documents(Query.parse("Korvat")) == ()
    held = server.bytes_of(database).lower()
    assert b"korvat" not in held
    assert b"anzifat" not in held
    assert not (tmp_path / "node" / "index.db").exists()


def test_several_processes_work_at_one_index(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each by a connection of its own; what they give is what one gives."""
    with Node.init(tmp_path / "node", name="Observatory"):
        pass
    _keep(tmp_path / "node", server.address(server.made()))
    with Node.open(tmp_path / "node") as node:
        node.add(paths())
        shown = _shown(node)
        monkeypatch.setattr(abreast, "_MANY", 2)
        node.rebuild()
        assert _shown(node) == shown


def test_two_nodes_share_a_database_and_nothing_else(server: Server, tmp_path: Path) -> None:
    """Each has a schema of its own."""
    store = server.address(server.made())
    for number, name in enumerate(("Observatory", "Neighbour")):
        with Node.init(tmp_path / name, name=name) as node:
            pass
        _keep(tmp_path / name, store)
        with Node.open(tmp_path / name) as node:
            node.add(paths()[number : number + 1])
    for name in ("Observatory", "Neighbour"):
        with Node.open(tmp_path / name) as node:
            assert len(node.documents()) == 1


@pytest.mark.parametrize("store", ["mysql://host/index", "postgresql:///index?host=/nowhere"])
def test_an_index_that_cannot_be_reached_is_told(tmp_path: Path, store: str) -> None:
    """What is signed is untouched."""
    with Node.init(tmp_path / "node", name="Observatory"):
        pass
    _keep(tmp_path / "node", store)
    with Node.open(tmp_path / "node") as node:
        with pytest.raises((LedgerError, NodeError)):
            node.documents()
        node.verify()
