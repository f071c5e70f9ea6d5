"""Which tables does the index have?

Those of one thing that the index works out stand here; what a part of its own keeps (labels,
books, families, names, …) stands in that part's module, and is gathered here.

Ids lie all over. What is long stands under a number, in the order in which it came, so that of
many things that come together only the short entries of an index lie on a page each.
"""

from tawatur.node.indexing import (
    books,
    border_rows,
    families,
    identity,
    keeping,
    labels,
    lists,
    orders,
    post,
    standings,
    waiting,
)
from tawatur.node.indexing.graph import schema

FORMAT = 28
"""Version of the tables and of what stands in them; another one is built again."""

TABLES = (
    """
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE labels(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE acquisitions(entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, document TEXT NOT NULL,
                          label INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX acquisitions_by_document ON acquisitions(document, seq, label);
CREATE INDEX acquisitions_by_label ON acquisitions(label, document, seq);
CREATE TABLE documents(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
                       title TEXT NOT NULL DEFAULT '',
                       language TEXT NOT NULL DEFAULT 'und', publisher TEXT, published TEXT,
                       characters INTEGER NOT NULL DEFAULT 0, claims INTEGER NOT NULL DEFAULT 0)
    STRICT;
CREATE INDEX documents_by_language ON documents(language, id);
CREATE TABLE renditions(id TEXT PRIMARY KEY, entry TEXT NOT NULL, seq INTEGER NOT NULL,
                        document TEXT NOT NULL) STRICT;
CREATE INDEX renditions_by_document ON renditions(document, seq);
CREATE TABLE steps(entry TEXT PRIMARY KEY, seq INTEGER NOT NULL, rendition TEXT NOT NULL,
                   kind TEXT NOT NULL, author TEXT NOT NULL) STRICT;
CREATE INDEX steps_by_rendition ON steps(rendition, seq);
CREATE INDEX steps_by_kind ON steps(kind, rendition, author);
CREATE TABLE claims(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
                    document TEXT NOT NULL, start INTEGER NOT NULL, status TEXT NOT NULL,
                    type TEXT NOT NULL, read INTEGER NOT NULL, urgency INTEGER NOT NULL,
                    missing INTEGER NOT NULL, first INTEGER, last INTEGER,
                    component TEXT, body BLOB NOT NULL) STRICT;
CREATE INDEX claims_missing ON claims(document, start, id) WHERE missing = 1;
CREATE INDEX claims_by_status ON claims(status, type, document);
CREATE TABLE claim_prints(number INTEGER PRIMARY KEY, print BLOB NOT NULL) STRICT;
CREATE INDEX claims_by_document ON claims(document, start);
CREATE INDEX claims_by_component ON claims(component);
CREATE INDEX claims_by_day ON claims(first, last);
CREATE TABLE former(id TEXT PRIMARY KEY, document TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX former_by_document ON former(document);
CREATE TABLE conflicts(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX conflicts_by_component ON conflicts(component);
CREATE TABLE near(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE INDEX near_by_component ON near(component);
CREATE TABLE bars(id TEXT PRIMARY KEY, component TEXT NOT NULL, body BLOB NOT NULL,
                  worked INTEGER NOT NULL) STRICT;
CREATE INDEX bars_by_component ON bars(component);
CREATE INDEX bars_by_worked ON bars(worked, id, component);
CREATE TABLE stale(document TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE pressing(document TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE moved(document TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE unsettled(number INTEGER PRIMARY KEY) STRICT;
CREATE TABLE rulings(id TEXT PRIMARY KEY, kind TEXT NOT NULL, seq INTEGER NOT NULL,
                     label INTEGER NOT NULL, entry TEXT NOT NULL) STRICT;
CREATE TABLE ruled(entry TEXT NOT NULL, document TEXT NOT NULL, seq INTEGER NOT NULL,
                   PRIMARY KEY(entry, document)) STRICT, WITHOUT ROWID;
CREATE INDEX ruled_by_document ON ruled(document);
CREATE TABLE partners(id TEXT PRIMARY KEY, entry TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE accounts(id TEXT PRIMARY KEY, entry TEXT NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE actors(id TEXT PRIMARY KEY, entry TEXT NOT NULL, name TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE words USING fts5(document UNINDEXED, title, body,
                                      tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE claim_words USING fts5(stems, tokenize="unicode61 remove_diacritics 0")
"""
    + orders.TABLES
    + families.TABLES
    + labels.TABLES
    + lists.TABLES
    + post.TABLES
    + waiting.TABLES
    + books.TABLES
    + border_rows.TABLES
    + keeping.TABLES
    + identity.TABLES
    + standings.TABLES
    + schema("events_of")
)
