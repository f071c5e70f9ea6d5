"""How does a ledger come from one database into another, without losing an entry?

Its rows are copied as they are, while nobody else can append; what was copied is checked
before what it was copied from goes, and if anything fails the copy goes. Blobs stay in
their folder. Whoever still has the former tables open finds none, and can write to none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from tawatur.errors import LedgerError
from tawatur.ledger.database import TABLES, Database


@contextmanager
def copied(source: Database, target: Database) -> Iterator[None]:
    """Copy a ledger's tables to ``target``; those of ``source`` go when the block ends.

    The block is where the copy is checked, and where it is told which one holds from now on.

    Raises:
        LedgerError: There is a ledger in ``target`` already.
    """
    if target.version():
        raise LedgerError("{0} holds a ledger already", target.name)
    source.begin(write=True)
    try:
        with _filled(source, target):
            yield
    except BaseException:
        source.rollback()
        raise
    source.remove()


@contextmanager
def _filled(source: Database, target: Database) -> Iterator[None]:
    """Make the tables of ``target`` those of ``source``; they go again if the block fails."""
    target.begin(write=True)
    try:
        target.migrate(source.version())
        for table in TABLES:
            _copy(table, source, target)
        target.commit()
    except BaseException:
        target.rollback()
        raise
    try:
        yield
    except BaseException:
        target.begin(write=True)
        target.remove()
        raise


def _copy(table: str, source: Database, target: Database) -> None:
    rows = source.stream(f"SELECT * FROM {table}")
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        target.many(f"INSERT INTO {table} VALUES ({marks})", chain([first], rows))
