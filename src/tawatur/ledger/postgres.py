"""How do a ledger's tables lie on a PostgreSQL server?

In one schema of a database, the first on the search path. Writers take turns by
an advisory lock that ends with the transaction, so that one that dies holds up
nobody; a transaction is durable when it ends (synchronous_commit on).

PostgreSQL keeps an overwritten row in its page until VACUUM, and its bytes even
then. So the tables that held what was erased are written anew, in one
transaction that no reader's snapshot overlaps: the old files are gone when it
ends. Known costs: that takes time by the size of the archive, and readers wait
for it; the write-ahead log, what archives or follows it, and dumps keep what
was written until they are recycled, which is for the server's keepers to do.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from tawatur.errors import LedgerError, StorageFullError, VerificationError
from tawatur.ledger.database import APPLICATION_ID, BUSY_S, Database, Format

_FIRST = Format(
    (
        "CREATE TABLE ledger (version INTEGER NOT NULL)",
        (
            'CREATE TABLE entries (seq BIGINT PRIMARY KEY, id TEXT COLLATE "C" NOT NULL UNIQUE,'
            ' kind TEXT COLLATE "C" NOT NULL, header BYTEA NOT NULL)'
        ),
        "CREATE INDEX entries_kind ON entries (kind, seq)",
        (
            "CREATE TABLE payloads (seq BIGINT PRIMARY KEY, nonce BYTEA NOT NULL,"
            " payload BYTEA NOT NULL)"
        ),
        (
            "CREATE TABLE blobs (blob BIGINT PRIMARY KEY, digest BYTEA NOT NULL,"
            " bucket INTEGER NOT NULL)"
        ),
        # ANALYZE would keep samples of contents, which outlive them.
        "ALTER TABLE payloads ALTER nonce SET STATISTICS 0, ALTER payload SET STATISTICS 0",
        "ALTER TABLE blobs ALTER digest SET STATISTICS 0",
        "CREATE INDEX blobs_bucket ON blobs (bucket)",
        (
            "CREATE TABLE entry_blobs (seq BIGINT NOT NULL, position INTEGER NOT NULL,"
            " blob BIGINT NOT NULL, PRIMARY KEY (seq, position))"
        ),
        "CREATE INDEX entry_blobs_blob ON entry_blobs (blob, seq)",
        (
            'CREATE TABLE hashes (log TEXT COLLATE "C" NOT NULL, level INTEGER NOT NULL,'
            " place BIGINT NOT NULL, hash BYTEA NOT NULL, PRIMARY KEY (log, level, place))"
        ),
        (
            'CREATE TABLE checkpoints (log TEXT COLLATE "C" NOT NULL, size BIGINT NOT NULL,'
            " note TEXT NOT NULL, PRIMARY KEY (log, size))"
        ),
        (
            'CREATE TABLE releases (log TEXT COLLATE "C" NOT NULL, place BIGINT NOT NULL,'
            " commitment BYTEA NOT NULL, PRIMARY KEY (log, place))"
        ),
        # Erasures that are signed and stored, but whose traces may not all be wiped yet.
        "CREATE TABLE erasing (seq BIGINT PRIMARY KEY)",
    )
)
_HELD_CONTENTS = ("payloads", "blobs")
# Not by to_regclass, which goes on believing that a table is not there.
_FOUND = (
    "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE nspname = current_schema() AND relname = ?)"
)
# Columns, indexes, triggers and rules of the tables in the schema, after each table's name.
_LISTING = """
WITH held AS (
    SELECT c.oid, t.relname AS whose, c.relname, indisunique::text || indkey::text AS keys
    FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE nspname = current_schema() AND c.relkind IN ('r', 'i')
)
SELECT whose, relname, attname::text, concat(format_type(atttypid, atttypmod), attnotnull, keys)
    FROM held JOIN pg_attribute ON attrelid = oid WHERE NOT attisdropped AND attnum > 0
UNION ALL SELECT whose, tgname, 'trigger', '' FROM held JOIN pg_trigger t ON tgrelid = held.oid
UNION ALL SELECT whose, rulename, 'rule', '' FROM held JOIN pg_rewrite r ON ev_class = held.oid
ORDER BY 1, 2, 3, 4
"""
_DAMAGE = (
    psycopg.IntegrityError,
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.DataCorrupted,
    errors.IndexCorrupted,
)


class _Connection(psycopg.Connection[Any]):
    """A connection that remembers which process opened it."""

    pid = 0

    def __del__(self, *_: Any) -> None:
        if self.pid == os.getpid():
            self.close()  # a thread's goes with it


class PostgresDatabase(Database):
    """A ledger's tables in one schema of a PostgreSQL database."""

    formats = (_FIRST,)

    def __init__(self, address: str, *, busy_s: float = BUSY_S) -> None:
        """Name the database by its address, as libpq reads it: ``postgresql://host/name?…``.

        Raises:
            LedgerError: It is no address.
        """
        try:
            parts = conninfo_to_dict(address)
        except psycopg.ProgrammingError:
            # Neither said nor chained: the message quotes the address, password and all.
            raise LedgerError("the address of the ledger's database cannot be read") from None
        where = ":".join(str(parts[key]) for key in ("host", "port") if parts.get(key))
        super().__init__(f"postgresql://{where}/{parts.get('dbname') or ''}", busy_s)
        self._address, self._secret = address, str(parts.get("password") or "")
        self._cursors = count()

    def connect(self) -> _Connection:
        """See `Database.connect`."""
        connection = _Connection.connect(
            self._address, autocommit=True, client_encoding="UTF8", application_name="tawatur"
        )
        connection.pid = os.getpid()
        connection.execute(f"SET lock_timeout = {round(self._busy_s * 1000)}")
        connection.execute("SET synchronous_commit = on")
        return connection

    def begin(self, *, write: bool) -> None:
        """See `Database.begin`."""
        if write:
            self.execute("BEGIN")
            sql = (
                "SELECT pg_advisory_xact_lock(? + oid::bigint) FROM pg_namespace"
                " WHERE nspname = current_schema()"
            )
            self.execute(sql, APPLICATION_ID << 32)  # a lock for each schema
        else:
            self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # Before the snapshot: `settle` must not write these anew beneath it.
            self.execute(f"LOCK TABLE {', '.join(_HELD_CONTENTS)} IN ACCESS SHARE MODE")

    def rollback(self) -> None:
        """See `Database.rollback`."""
        with contextlib.suppress(psycopg.Error):
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                self.execute("ROLLBACK")

    def run(self, connection: Any, sql: str, values: Sequence[Any]) -> Any:
        """See `Database.run`."""
        return connection.execute(sql.replace("?", "%s"), values or None)

    def many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See `Database.many`."""
        with self.connection.cursor() as cursor:
            cursor.executemany(sql.replace("?", "%s"), rows)

    def stream(self, sql: str, *values: Any) -> Iterator[Any]:
        """See `Database.stream`."""
        with self.connection.cursor(f"stream_{next(self._cursors)}") as cursor:
            cursor.itersize = 1000
            yield from self.run(cursor, sql, values)

    def version(self) -> int:
        """See `Database.version`."""
        self._verify_fit()
        if self.one(_FOUND, "entries") != (True,):
            return 0
        if self.one(_FOUND, "ledger") != (True,):
            raise VerificationError(self.name, "it is not a ledger")
        found = self.all("SELECT version FROM ledger")
        if len(found) != 1 or found[0][0] < 1:
            raise VerificationError(self.name, "it is not a ledger")
        return int(found[0][0])

    def _verify_fit(self) -> None:
        """Check that the database can hold a ledger.

        Raises:
            LedgerError: It holds other text than UTF-8, or the search path leads nowhere.
        """
        encoding, schema = self.one(
            "SELECT current_setting('server_encoding'), current_schema()::text"
        )
        if encoding != "UTF8":
            raise LedgerError("{0} holds text in {1}; a ledger needs UTF8", self.name, encoding)
        if schema is None:
            raise LedgerError("{0} has no schema on its search path", self.name)

    def set_version(self, version: int) -> None:
        """See `Database.set_version`."""
        self.execute("DELETE FROM ledger")
        self.execute("INSERT INTO ledger VALUES (?)", version)

    def remove(self) -> None:
        """See `Database.remove`."""
        self.execute("DROP TABLE ledger")
        super().remove()

    def settle(self) -> bool:
        """See `Database.settle`; the tables that held contents are written anew."""
        try:
            self.begin(write=True)
            self.execute(f"LOCK TABLE {', '.join(_HELD_CONTENTS)} IN ACCESS EXCLUSIVE MODE")
            for table in _HELD_CONTENTS:
                self.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM {table}")
                self.execute(f"TRUNCATE {table}")
                self.execute(f"INSERT INTO {table} SELECT * FROM kept")
                self.execute("DROP TABLE kept")
            self.commit()
        except errors.LockNotAvailable:
            return False
        finally:
            self.rollback()
        return True

    def check(self) -> None:
        """See `Database.check`; damage of pages is found by the server's own checksums."""
        with contextlib.closing(self.connect()) as model:
            model.execute("SET search_path = pg_temp")
            for statement in self.made_of():
                model.execute(statement)
            expected = model.execute(_LISTING).fetchall()
        tables = {table for table, *_ in expected}  # a schema may hold others
        if [row for row in self.all(_LISTING) if row[0] in tables] != expected:
            raise VerificationError(self.name, "its tables are not those of a ledger")

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """See `Database.translated`; the password is in no message."""
        try:
            yield
        except errors.DiskFull as error:
            raise StorageFullError("the disk is full; nothing of the batch was kept") from error
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            raise LedgerError(
                "another process held the ledger for more than {0} s", f"{self._busy_s:g}"
            ) from error
        except psycopg.Error as error:
            said = error.diag.message_primary or str(error).partition("\n")[0]
            if self._secret:
                said = said.replace(self._secret, "…")
            if isinstance(error, _DAMAGE):
                raise VerificationError(self.name, f"damaged: {said}") from error
            raise LedgerError("the storage refused: {0}", f"{self.name}: {said}") from error
