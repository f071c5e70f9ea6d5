"""What one document costs does not grow with the archive that it lies in."""

import sqlite3
from pathlib import Path

from tawatur.model.ids import DocumentId
from tawatur.node import Node
from tawatur.samples import paths

STEPS = 10
"""Instructions of the database between two that are counted."""


def _looked_up(node: Node, document: DocumentId) -> int:
    """Return how many tens of instructions the index takes to work a document out again."""
    db, counted = node._index.db, 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    assert isinstance(db, sqlite3.Connection)
    node._index.texts.derived(document)  # so that its statements are made
    db.set_progress_handler(count, STEPS)
    node._index.texts.derived(document)
    db.set_progress_handler(None, 0)
    return counted


def test_a_document_is_worked_out_without_a_look_at_the_others(tmp_path: Path) -> None:
    """Eleven reports more, each with its readings: the same few rows are read."""
    first, *others = paths()
    with Node.init(tmp_path) as node:
        node.add([first])
        (document,) = (line.id for line in node.documents())
        alone = _looked_up(node, document)
        node.add(others)
        assert _looked_up(node, document) <= alone * 1.1
