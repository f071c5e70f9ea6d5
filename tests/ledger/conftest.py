"""Where the ledgers of these tests are kept: on each kind of database there is."""

from pathlib import Path

import pytest
from tests.ledger.support_ledger import Place
from tests.ledger.support_postgres import server

__all__ = ["server"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a ledger can be made, on each kind of database."""
    if request.param == "sqlite":
        return Place(tmp_path)
    return Place(tmp_path, request.getfixturevalue("server"))
