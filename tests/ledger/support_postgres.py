"""A PostgreSQL server of the tests' own, from the system's programs, on a socket in a folder."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

ABSENT = "PostgreSQL's server is not installed"
_NUMBERS = count()


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path

    def address(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql:///{database}?host={self.folder}&user=tests"

    def made(self) -> str:
        """Make an empty database and return its name."""
        name = f"ledger_{next(_NUMBERS)}"
        self.do("postgres", f"CREATE DATABASE {name}")
        return name

    def do(self, database: str, statement: str) -> list[tuple[object, ...]]:
        """Run a statement behind everybody's back and return the rows it finds."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def bytes_of(self, database: str) -> bytes:
        """Return every byte of a database's files, as they are on the disk."""
        self.do("postgres", "CHECKPOINT")
        found = self.do(database, "SELECT oid FROM pg_database WHERE datname = current_database()")
        folder = self.folder / "data" / "base" / str(found[0][0])
        return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def programs() -> Path | None:
    """Return the folder of the server's programs, where Debian and others put them."""
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    every = [Path(found).resolve().parent] if found else []
    return next((p for p in every + places if (p / "pg_ctl").exists()), None)


@contextlib.contextmanager
def serving(*, durable: bool = False) -> Iterator[Server]:
    """Run a server, as somebody else where this is root, which PostgreSQL refuses to be.

    One that is not ``durable`` answers before what it was given is on the disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="tawatur-pg-"))
    user = "nobody" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    found = programs()
    assert found is not None

    def run(name: str, *arguments: str) -> None:
        command = [str(found / name), "-D", str(folder / "data"), *arguments]
        with (folder / "said").open("a") as said:
            subprocess.run(command, check=True, user=user, stdout=said, stderr=said, cwd="/")

    settings = f"-k {folder} -c listen_addresses= -c max_connections=60"
    settings += "" if durable else " -c fsync=off"
    try:
        run("initdb", "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, one for all tests of a process."""
    if programs() is None:
        pytest.skip(ABSENT)
    with serving() as running:
        yield running
