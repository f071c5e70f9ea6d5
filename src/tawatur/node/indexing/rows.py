"""One value, or the rows of some ids, out of the tables of the index."""

import json
from collections.abc import Iterable
from typing import Any

from tawatur.ledger import Store


def value(db: Store, query: str, *parameters: Any) -> Any:
    """Return the first column of the first row that a query finds, None where it finds none."""
    row = db.execute(query, parameters).fetchone()
    return row[0] if row else None


def rows_of(db: Store, query: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
    """Return the rows of ``query``, which ends in a column, for those ``ids`` in it."""
    wanted = json.dumps(sorted(ids))
    found = db.execute(f"{query} IN (SELECT value FROM json_each(?))", (wanted,))
    rows: list[tuple[Any, ...]] = found.fetchall()
    return rows
