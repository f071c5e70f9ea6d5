"""Where the ledgers of these tests are kept: on each kind of database there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.support_ledger import Place
from tests.ledger.support_postgres import ABSENT, Server, programs, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, one for all tests of a process."""
    if programs() is None:
        pytest.skip(ABSENT)
    with serving() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a ledger can be made, on each kind of database."""
    if request.param == "sqlite":
        return Place(tmp_path)
    return Place(tmp_path, request.getfixturevalue("server"))
