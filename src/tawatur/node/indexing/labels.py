"""Which labels hold for an entry now?

A label is changed by an entry of its own (kind ``label``): its label is the new one, its
body names the entries that it is on and the label entries that it replaces. What holds is
the join of all that no other replaces, so that changes made at once, on two nodes, come to
the stricter of both in whichever order they arrive (decision 17).
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from tawatur.ledger import Store
from tawatur.model.entry import Entry, Payload
from tawatur.model.ids import EntryId, NodeId
from tawatur.model.label import Circumstances, Label
from tawatur.node import bodies

TABLES = """
CREATE TABLE labelled(entry TEXT NOT NULL, target TEXT NOT NULL, seq INTEGER NOT NULL,
                      replaced INTEGER NOT NULL DEFAULT 0, text TEXT NOT NULL,
                      PRIMARY KEY(target, entry)) STRICT, WITHOUT ROWID;
CREATE INDEX labelled_by_entry ON labelled(entry);
CREATE TABLE met(entry TEXT PRIMARY KEY, party TEXT NOT NULL, kind TEXT NOT NULL,
                 words TEXT NOT NULL) STRICT;
"""


class Heads:
    """The label entries on each entry, as the index keeps them."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the tables are the index's."""
        self._db = db

    def take(self, entry: Entry, payload: Payload) -> tuple[EntryId, ...]:
        """Work a label entry in; return the entries whose label may be another one now."""
        targets = tuple(EntryId(target) for target in payload.body["targets"])
        text = bodies.label_text(payload.label)
        self._db.executemany(
            "INSERT OR REPLACE INTO labelled VALUES (?, ?, ?, 0, ?)",
            [(entry.header.id, target, entry.seq, text) for target in targets],
        )
        self._db.executemany(
            "UPDATE labelled SET replaced = 1 WHERE target = ? AND entry = ?",
            [(target, old) for target in targets for old in payload.body["replaces"]],
        )
        return targets

    def confirm(self, entry: Entry, payload: Payload) -> None:
        """Work in that a condition is met, or a caveat acknowledged."""
        for kind in ("condition", "caveat"):
            if kind in payload.body:
                party = payload.body.get("party", entry.header.originator)
                row = (entry.header.id, party, kind, payload.body[kind])
                self._db.execute("INSERT OR REPLACE INTO met VALUES (?, ?, ?, ?)", row)

    def circumstances(self, party: NodeId, now: datetime) -> Circumstances:
        """Return what is so at a time: what is recorded as met, and what a party acknowledged."""
        rows = self._db.execute("SELECT party, kind, words FROM met").fetchall()
        return Circumstances(
            now,
            frozenset(words for _, kind, words in rows if kind == "condition"),
            frozenset(words for by, kind, words in rows if kind == "caveat" and by == party),
        )

    def of(self, target: EntryId) -> dict[EntryId, Label]:
        """Return the labels that hold for an entry, by the label entry, none if it has its own."""
        rows = self._db.execute(
            "SELECT entry, text FROM labelled WHERE target = ? AND replaced = 0 ORDER BY entry",
            (target,),
        )
        return {EntryId(entry): msgspec.json.decode(text, type=Label) for entry, text in rows}

    def on(self, targets: Sequence[EntryId]) -> list[EntryId]:
        """Return every label entry that was ever put on one of ``targets``, in log order."""
        marks = ",".join("?" * len(targets))
        rows = self._db.execute(
            f"SELECT DISTINCT entry, seq FROM labelled WHERE target IN ({marks}) ORDER BY seq",
            targets,
        )
        return [EntryId(row[0]) for row in rows]

    def forget(self, entries: Sequence[str]) -> None:
        """Forget label entries that are erased, and those on what is."""
        gone = [(entry,) for entry in entries]
        self._db.executemany("DELETE FROM labelled WHERE entry = ?", gone)
        self._db.executemany("DELETE FROM labelled WHERE target = ?", gone)
