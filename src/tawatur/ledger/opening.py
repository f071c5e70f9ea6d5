"""Which database keeps the ledger that a setting names?"""

from importlib.util import find_spec
from pathlib import Path

from tawatur.errors import LedgerError
from tawatur.ledger.database import BUSY_S, Database
from tawatur.ledger.sqlite import SqliteDatabase

SQLITE = "sqlite"
"""The setting for a file of the node's own."""


def database_of(store: str, file: Path, *, busy_s: float = BUSY_S) -> Database:
    """Return the database that ``store`` names; nothing is opened yet.

    Args:
        store: ``sqlite``, or the address of a PostgreSQL database.
        file: Where SQLite's tables are.
        busy_s: Seconds to wait for another process.

    Raises:
        LedgerError: It names neither, or what speaks to PostgreSQL is not installed.
    """
    if store == SQLITE:
        return SqliteDatabase(file, busy_s=busy_s)
    verify_speaks(store)
    from tawatur.ledger.postgres import PostgresDatabase  # noqa: PLC0415 - an extra

    return PostgresDatabase(store, busy_s=busy_s)


def verify_speaks(store: str) -> None:
    """Return if ``store`` is the address of a PostgreSQL database, and one can be spoken to.

    Raises:
        LedgerError: It is none, or what speaks to PostgreSQL is not installed.
    """
    if not store.startswith(("postgresql://", "postgres://")):
        raise LedgerError("a ledger is kept in sqlite or at postgresql://…, not elsewhere")
    if find_spec("psycopg") is None:  # an extra that most do without
        raise LedgerError(
            "PostgreSQL needs a package that is not installed; install {0}", "tawatur[postgres]"
        )


def verify_unused(store: str, file: Path) -> None:
    """Return if a new ledger can be made where ``store`` says.

    Raises:
        LedgerError: There is one already, or the database cannot be asked.
        VerificationError: Something else is there.
    """
    if store == SQLITE:
        return  # its file is made with the node's folder
    database = database_of(store, file)
    try:
        with database.translated():
            if database.version():
                raise LedgerError("{0} holds a ledger already", database.name)
    finally:
        database.close()
