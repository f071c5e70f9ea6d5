"""Killed at any moment, a process loses nothing it reported and leaves nothing half there."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.ledger.support_ledger import Place, draft, entry_id

ROOT = Path(__file__).resolve().parents[2]
KILLS = 100 if os.environ.get("TAWATUR_LONG") else 25

# Appends batches of three, erases one of each fourth batch, and reports what returned.
STORY = """
import os, sys
from pathlib import Path
from tests.ledger.support_ledger import HOME, SIGNER, draft, entry_id, erasing
from tawatur.ledger import TableLedger, database_of
folder, store, start = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ledger = TableLedger(database_of(store, folder / "ledger.db"), folder / "blobs", SIGNER, HOME)
batches = int(sys.argv[4])
print("ready", flush=True)
for n in range(start, start + 10 * batches, 10):
    words = "x" * (n % 7 * 900)
    ledger.append([draft(n + i, words, blobs=(b"%d" % (n + i), b"shared")) for i in range(3)])
    print(n, flush=True)
    if n // 10 % 4 == 3:
        ledger.erase([entry_id(n + 1)], draft=erasing(n + 5))
        print(n + 5, flush=True)
"""


def storyteller(place: Place, start: int, batches: int) -> subprocess.Popen[str]:
    """Return a process that appends."""
    return subprocess.Popen(
        [sys.executable, "-c", STORY, place.folder, place.store, str(start), str(batches)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def check(place: Place, reported: set[int]) -> None:
    """Check that what was reported is there, whole batches only, and that all verifies."""
    ledger = place.open()
    ledger.sweep()
    found = ledger.verify()
    ids = {entry.header.id: entry for entry in ledger.entries()}
    for number in reported:
        assert entry_id(number) in ids
        if number % 10 == 0:
            assert entry_id(number + 2) in ids
    erased = {erasure.entry for erasure in found.erased}
    assert {entry_id(n - 4) for n in reported if n % 10 == 5} <= erased
    assert found.size == len(ids)
    assert (found.size - len({e.erasure for e in found.erased})) % 3 == 0
    ledger.close()


def test_killed_at_random_moments(place: Place) -> None:
    """One folder, many lives; each begins where the last was cut off."""
    chance, reported = random.Random(7), set[int]()
    lives = KILLS if place.server is None else KILLS // 2
    for life in range(lives):
        process = storyteller(place, life * 100_000, 10_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        output = "".join(process.stdout.readline() for _ in range(chance.randrange(4)))
        time.sleep(chance.random() * 0.06)
        os.kill(process.pid, signal.SIGKILL)
        output += process.communicate()[0]
        # The last line may be cut off: then it was not reported.
        reported |= {int(line) for line in output.split("\n")[:-1] if line}
        if life % 5 == 4 or life == lives - 1:
            check(place, reported)
    assert len(reported) > lives


def test_a_forked_process_uses_the_ledger_it_was_given(place: Place) -> None:
    """It opens its own connection; the parent's goes on working."""
    ledger = place.open()
    ledger.append([draft(1)])
    child = os.fork()
    if child == 0:
        try:
            ledger.append([draft(2)])
            ledger.close()
        finally:
            os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    ledger.append([draft(3)])
    assert [entry.header.id for entry in ledger.entries()] == [entry_id(n) for n in (1, 2, 3)]
    ledger.verify()


def test_two_processes_append_to_one_log(place: Place) -> None:
    """Neither loses a batch, and the log is one."""
    both = [storyteller(place, start, 20) for start in (0, 100_000)]
    reported = set[int]()
    for process in both:
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        reported |= {int(line) for line in output.split("\n")[1:-1]}
    assert len(reported) == 2 * 25
    check(place, reported)
