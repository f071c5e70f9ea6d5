"""How fast does the rules reader read, beside a neural tagger and a date parser?

    script/bench reading [COUNT]

Repeats the documents under TAWATUR_EVAL_DATA to COUNT (500 unless told), or the samples
where that is not set. Prints documents and characters per second on one core and on all,
peak memory, start-up of the command; and in the same run, on the same texts, a token
classifier of BERT-base's shape (random weights, 8-bit) and dateparser, which finds dates
alone. A document that stands a hundred times in the row is read a hundred times: nothing is
kept from one reading to the next but the tables.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from benchmarks.bert import Tagger, write
from dateparser.search import search_dates

from tawatur.intake import extract
from tawatur.model.document import Extraction
from tawatur.reading import read
from tawatur.samples import paths

_CHUNK = 8
"""Documents that a worker is given at a time."""


def documents() -> list[Extraction]:
    """Return the texts to repeat."""
    data = os.environ.get("TAWATUR_EVAL_DATA")
    found = sorted((Path(data) / "documents").glob("*.txt")) if data else list(paths())
    return [extract(path.name, path.read_bytes()) for path in found]


def _claims(extraction: Extraction) -> int:
    return len(read(extraction).claims)


def _timed(work: Callable[[Extraction], object], given: Iterable[Extraction]) -> float:
    """Return the characters per second with which ``work`` goes through ``given``."""
    characters, began = 0, time.perf_counter()
    for extraction in given:
        work(extraction)
        characters += len(extraction.text)
    return characters / (time.perf_counter() - began)


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1e3


def main() -> None:
    """Print the figures, one a line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    texts, cores = documents(), os.cpu_count() or 1
    repeated = list(islice(cycle(texts), count))
    characters = sum(len(e.text) for e in repeated)
    mean = characters / count

    def say(what: str, per_second: float, more: str = "") -> None:
        print(
            f"{what:44}{per_second / mean:9.2f} documents/s {per_second:12,.0f} characters/s{more}"
        )

    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tawatur", "--version"], check=True, capture_output=True)
    print(f"{count} documents, {characters:,} characters, {cores} cores")
    print(f"{'start-up of the command':44}{time.perf_counter() - began:9.2f} s")
    for text in texts:
        read(text)  # tables are loaded once
    print(f"{'peak memory of a reading process':44}{_megabytes(resource.RUSAGE_SELF):9.0f} MB")
    one = _timed(read, repeated)
    say("rules, one core", one)
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(_claims, texts * cores))  # every worker has its tables
        began = time.perf_counter()
        list(pool.map(_claims, repeated, chunksize=_CHUNK))
        every = characters / (time.perf_counter() - began)
    say("rules, all cores", every)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tagger.onnx"
        write(path)
        for threads, ours, where in ((1, one, "one core"), (cores, every, "all cores")):
            tagger = Tagger(path, [e.text for e in texts], threads)
            tagger.tag(texts[0].text)
            theirs = _timed(lambda e, t=tagger: t.tag(e.text), texts)  # type: ignore[misc]  # bound now
            say(f"BERT-base shape, int8, {where}", theirs, f"   rules {ours / theirs:.0f} times")
    dates = _timed(lambda e: search_dates(e.text, languages=[e.language]), texts)
    say("dateparser (dates alone), one core", dates, f"   rules {one / dates:.1f} times")


if __name__ == "__main__":
    main()
