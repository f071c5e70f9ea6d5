"""Is a damaged file ever more than refused or taken?

    python -m benchmarks.damage 10000 [--seed 1] [--messages] [--keep FOLDER]

Damages valid files of every format: flipped bits, cuts, holes, splices of two files,
wrong length fields and numbers, repeated stretches; and, in formats that are
packed, the same inside a member whose packing stays sound. Each is read in a worker
process of bounded memory. Reports how many were taken, how many refused with
one line, and how many were a fault (an error that is no refusal), a crash (the worker
died) or over time. Exit status 1 if any was one of those three. Equal seeds give
equal damage. Pictures are left out: another program reads them, in its own process.
"""

import argparse
import bz2
import gzip
import io
import lzma
import multiprocessing
import random
import re
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path

from tests.intake.support_formats import samples

from tawatur.errors import IntakeError
from tawatur.intake import extract, extract_part, is_container, unpack

LIMIT = 10.0
"""Seconds of a processor for one file: a busy machine makes nobody guilty."""

_WAITING = 12  # times the limit by the clock: then it hangs

_MEMORY = 3 * 1024**3
_WORKERS = 2
_PARTS = 100  # of one container that are read
_NUMBER = re.compile(rb"\d{1,10}")
_EXTREMES = (b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80")
_NUMBERS = (b"0", b"-1", b"4294967295", b"2147483648", b"999999999999", b"65536")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one damaged file."""

    name: str
    damage: str
    result: str  # taken, refused, fault, crash, over time
    message: str
    seconds: float


def damaged(number: int, seed: int, files: dict[str, bytes]) -> tuple[str, str, bytes]:
    """Return name, kind of damage and bytes of the ``number``-th damaged file."""
    source = random.Random(f"{seed}/{number}")
    name = source.choice(sorted(files))
    content = files[name]
    damage = source.choice(sorted(_DAMAGES))
    other = files[source.choice(sorted(files))]
    inside = source.random() < 0.5
    if inside:
        packed = _inside(
            name, content, lambda whole: _DAMAGES[damage](whole, other, source), source
        )
        if packed is not None:
            return name, f"{damage} inside", packed
    return name, damage, _DAMAGES[damage](content, other, source)


def read(name: str, content: bytes) -> tuple[str, str]:
    """Return ``taken`` or ``refused``, and the refusal's line."""
    refused = ""
    try:
        if is_container(name, content):
            for part in islice(unpack(name, content), _PARTS):
                try:
                    extract_part(part)
                except IntakeError as error:
                    refused = refused or str(error)
        if not is_container(name, content) or name.endswith(".eml"):
            extract(name, content)
    except IntakeError as error:
        refused = refused or str(error)
    if "\n" in refused:
        raise ValueError(f"more than one line: {refused}")
    return ("refused" if refused else "taken"), refused


def outcomes(numbers: range, seed: int, *, limit: float = LIMIT) -> Iterator[Outcome]:
    """Yield what came of each damaged file, in the order in which they end."""
    waiting = iter(numbers)
    workers = [_Worker(seed, limit) for _ in range(_WORKERS)]
    try:
        busy = [worker for worker in workers if worker.give(next(waiting, None))]
        while busy:
            ready = wait([worker.pipe for worker in busy], timeout=0.2)
            for worker in list(busy):
                outcome = worker.outcome(ended=worker.pipe in ready)
                if outcome is None:
                    continue
                yield outcome
                if not worker.give(next(waiting, None)):
                    busy.remove(worker)
    finally:
        for worker in workers:
            worker.end()


def main() -> int:
    """Print how the damaged files fared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--messages", action="store_true", help="the commonest refusals")
    parser.add_argument("--keep", type=Path, help="write what was more than refused here")
    args = parser.parse_args()
    results: Counter[str] = Counter()
    messages: Counter[str] = Counter()
    slowest, begun = Outcome("", "", "", "", 0.0), time.monotonic()
    for number, outcome in enumerate(outcomes(range(args.count), args.seed)):
        results[outcome.result] += 1
        messages[re.sub(r"\d+", "#", outcome.message)[:110]] += outcome.result == "refused"
        slowest = max(slowest, outcome, key=lambda o: o.seconds)
        if outcome.result not in ("taken", "refused"):
            print(f"{outcome.result}: {outcome.name} ({outcome.damage}): {outcome.message}")
            if args.keep is not None:
                at = int(outcome.message.partition(" ")[0].strip("#:") or 0)
                name, _, content = damaged(at, args.seed, samples())
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{number}-{name}").write_bytes(content)
    print(f"{args.count} damaged files, seed {args.seed}, {time.monotonic() - begun:.0f} s")
    for result in ("taken", "refused", "fault", "crash", "over time"):
        print(f"  {result:<10} {results[result]}")
    print(f"  slowest    {slowest.seconds:.2f} s ({slowest.name}, {slowest.damage})")
    if args.messages:
        for message, count in messages.most_common(40):
            print(f"{count:6} {message}")
    return int(any(results[bad] for bad in ("fault", "crash", "over time")))


class _Worker:
    """A process that reads one file at a time and is replaced when it dies."""

    def __init__(self, seed: int, limit: float) -> None:
        self.seed, self.limit = seed, limit
        self.number: int | None = None
        self.begun = 0.0
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(
            target=_work, args=(other, self.seed, self.limit), daemon=True
        )
        self.process.start()
        other.close()
        self.pipe.recv()  # ready: loading is not counted

    def give(self, number: int | None) -> bool:
        self.number, self.begun = number, time.monotonic()
        if number is not None:
            self.pipe.send(number)
        return number is not None

    def outcome(self, *, ended: bool) -> Outcome | None:
        seconds = time.monotonic() - self.begun
        if ended:
            try:
                return self.pipe.recv()  # type: ignore[no-any-return]  # what _work sends
            except (EOFError, ConnectionResetError):
                self.process.join()
                late = self.process.exitcode == -signal.SIGPROF
                return self._lost("over time" if late else "crash", seconds)
        return self._lost("over time", seconds) if seconds > _WAITING * self.limit else None

    def _lost(self, result: str, seconds: float) -> Outcome:
        self.end()
        name, damage, _ = damaged(self.number or 0, self.seed, samples())
        said = f"#{self.number} exit status {self.process.exitcode}"
        self._start()
        return Outcome(name, damage, result, said, seconds)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe: Connection, seed: int, limit: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    files = samples()
    for name, content in files.items():  # loads every reader
        read(name, content)
    pipe.send(None)
    while True:
        number = pipe.recv()
        name, damage, content = damaged(number, seed, files)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, limit)  # ends the process, library calls and all
        try:
            result, message = read(name, content)
        except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
            result, message = "fault", f"#{number} {type(error).__name__}: {error}"
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(Outcome(name, damage, result, message, time.process_time() - begun))


# ------------------------------------------------------------ kinds of damage


def _bits(content: bytes, _other: bytes, source: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(source.choice((1, 2, 8, 64))):
        out[source.randrange(len(out))] ^= 1 << source.randrange(8)
    return bytes(out)


def _cut(content: bytes, _other: bytes, source: random.Random) -> bytes:
    return content[: source.randrange(len(content))]


def _hole(content: bytes, _other: bytes, source: random.Random) -> bytes:
    start = source.randrange(len(content))
    return content[:start] + content[start + source.randrange(1, 400) :]


def _splice(content: bytes, other: bytes, source: random.Random) -> bytes:
    at, start = source.randrange(len(content)), source.randrange(len(other))
    piece = other[start : start + source.randrange(1, 2000)]
    return content[:at] + piece + content[at + source.choice((0, len(piece))) :]


def _lengths(content: bytes, _other: bytes, source: random.Random) -> bytes:
    """Overwrite numbers: four bytes anywhere, or digits."""
    numbers = list(_NUMBER.finditer(content))
    if numbers and source.random() < 0.6:
        found = source.choice(numbers)
        return content[: found.start()] + source.choice(_NUMBERS) + content[found.end() :]
    at = source.randrange(max(1, len(content) - 4))
    return content[:at] + source.choice(_EXTREMES) + content[at + 4 :]


def _repeated(content: bytes, _other: bytes, source: random.Random) -> bytes:
    start = source.randrange(len(content))
    piece = content[start : start + source.randrange(1, 200)]
    return content[:start] + piece * source.choice((2, 50, 5000)) + content[start:]


_DAMAGES: dict[str, Callable[[bytes, bytes, random.Random], bytes]] = {
    "bits": _bits,
    "cut": _cut,
    "hole": _hole,
    "lengths": _lengths,
    "repeated": _repeated,
    "splice": _splice,
}


def _inside(
    name: str, content: bytes, damage: Callable[[bytes], bytes], source: random.Random
) -> bytes | None:
    """Return the file with what is packed in it damaged, None if nothing is."""
    if name.endswith(".gz"):
        return gzip.compress(damage(gzip.decompress(content)), mtime=0)
    if name.endswith(".bz2"):
        return bz2.compress(damage(bz2.decompress(content)))
    if name.endswith(".xz"):
        return lzma.compress(damage(lzma.decompress(content)))
    if not content.startswith(b"PK"):
        return None
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = source.choice([n for n in names if old.getinfo(n).file_size])
        for each in names:
            member = old.read(each)
            new.writestr(each, damage(member) if each == chosen else member)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
