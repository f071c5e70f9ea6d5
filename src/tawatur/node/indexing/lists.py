"""What is at hand of each community, as the index keeps it.

Each entry (kind ``community``) holds the charter and whatever was new with it: changes,
signatures, when a decider was heard. All of them together are the community's papers, in
whichever order they came (`tawatur.model.community`).
"""

import msgspec

from tawatur.ledger import Store
from tawatur.model.entry import Entry, Payload
from tawatur.model.ids import CommunityId
from tawatur.sharing import Papers, joined, papers_of

TABLES = """
CREATE TABLE papers(entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, community TEXT NOT NULL,
                    body BLOB NOT NULL) STRICT;
CREATE INDEX papers_by_community ON papers(community, seq);
"""


class Lists:
    """The papers of the communities that this node knows."""

    def __init__(self, db: Store) -> None:
        """Nothing is read yet; the tables are the index's."""
        self._db = db

    def take(self, entry: Entry, payload: Payload) -> None:
        """Work an entry in."""
        community = papers_of(payload.body).charter.id
        row = (entry.header.id, entry.seq, community, msgspec.msgpack.encode(payload.body))
        self._db.execute("INSERT OR REPLACE INTO papers VALUES (?, ?, ?, ?)", row)

    def communities(self) -> tuple[CommunityId, ...]:
        """Return the communities, first heard of first."""
        rows = self._db.execute("SELECT community FROM papers GROUP BY community ORDER BY min(seq)")
        return tuple(CommunityId(row[0]) for row in rows)

    def of(self, community: CommunityId) -> Papers:
        """Return all that is at hand of a community that there is."""
        rows = self._db.execute(
            "SELECT body FROM papers WHERE community = ? ORDER BY seq", (community,)
        )
        return joined(papers_of(msgspec.msgpack.decode(body)) for (body,) in rows)
