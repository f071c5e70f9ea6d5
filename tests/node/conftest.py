"""Where the indexes of some of these tests are kept: on each kind of database there is."""

import hashlib
from pathlib import Path

import pytest
from tests.ledger.support_postgres import Server, server

import tawatur.node.indexing.index
from tawatur.ledger import Store, store_of

__all__ = ["server"]


@pytest.fixture(params=["sqlite", "postgres"])
def each_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every node's index in its folder, or on a server: one schema for each folder there."""
    if request.param == "sqlite":
        return
    running: Server = request.getfixturevalue("server")
    address = running.address(running.made())

    def there(_setting: str, file: Path, _name: str) -> Store:
        # By its folder: a copied one has the keys of the first, and would share its schema.
        return store_of(address, file, hashlib.sha256(str(file).encode()).hexdigest()[:12])

    monkeypatch.setattr(tawatur.node.indexing.index, "store_of", there)
