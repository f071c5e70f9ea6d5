"""A log goes on under another key, and an older key does not come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.ledger.support_ledger import HOME, NEIGHBOUR, draft

from tawatur.errors import VerificationError
from tawatur.ledger import Signer, TableLedger, database_of

ORIGIN = "node.example/anzifat"
SEEDS = [bytes([n]) * 32 for n in (1, 2)]
OLD, NEW = (Signer.from_seed(ORIGIN, seed).vkey for seed in SEEDS)


@contextmanager
def _ledger(folder: Path, seed: bytes, *former: str) -> Iterator[TableLedger]:
    signer = Signer.from_seed(ORIGIN, seed, former)
    opened = TableLedger(database_of("sqlite", folder / "l.db"), folder / "blobs", signer, HOME)
    try:
        yield opened
    finally:
        opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a ledger is whose first entries the old key signed, and the last the new one."""
    with _ledger(tmp_path, SEEDS[0]) as ledger:
        ledger.append([draft(1)], [(NEIGHBOUR, bytes(32))])
    with _ledger(tmp_path, SEEDS[1], OLD) as ledger:
        ledger.append([draft(2)])
    return tmp_path


def test_what_both_keys_signed_is_whole(folder: Path) -> None:
    """Release logs among it, whose heads the old key signed, go on under the new one."""
    with _ledger(folder, SEEDS[1], OLD) as ledger:
        ledger.append([draft(3)], [(NEIGHBOUR, bytes([3]) * 32)])
        assert ledger.verify().size == 3
        assert ledger.verify(against=ledger.checkpoint()).releases == ((NEIGHBOUR, 2),)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_knows_one_key_alone_neither_verifies_nor_goes_on(folder: Path, seed: bytes) -> None:
    """Whichever it is: the old one has the head against it, the new one what came before."""
    with _ledger(folder, seed) as ledger, pytest.raises(VerificationError):
        ledger.verify()
    if seed == SEEDS[0]:
        with _ledger(folder, seed) as ledger, pytest.raises(VerificationError):
            ledger.append([draft(3)])


def test_an_older_key_after_a_newer_one_is_found(folder: Path) -> None:
    """Though every signature by itself holds."""
    with _ledger(folder, SEEDS[0], NEW) as thief:
        thief.append([draft(3)])
    with (
        _ledger(folder, SEEDS[1], OLD) as ledger,
        pytest.raises(VerificationError, match="given up"),
    ):
        ledger.verify()
