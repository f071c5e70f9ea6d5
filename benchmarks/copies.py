"""Are copies found, is what is found a copy, and what does it cost?

    script/bench copies [COUNT] [--sample N]

Makes COUNT documents (100,000 unless told) of which three in ten are edited copies of
others: 15 % of the words changed, another title, the tail cut off. The texts are the news
under TAWATUR_EVAL_DATA, of 40 words or more, or made up where that is not set. All go one by
one into the families of a node's index. Prints how many copies share a family with their
original (recall), how many pairs in one family were made from one text or share half of
their words in order (precision), the cost of one more document at three sizes, documents
per second in bulk, and the same for rensa's sketches alone. ``--sample N`` prints N pairs of
documents that were *not* made from each other and were joined, to be read by a person.
"""

import gzip
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import msgspec
from rapidfuzz.distance import LCSseq
from rensa import RMinHash

from tawatur.ledger import store_of
from tawatur.model.ids import DocumentId
from tawatur.model.picture import Copy
from tawatur.node.indexing.derived import packed
from tawatur.node.indexing.families import TABLES, Families
from tawatur.node.indexing.graph import key_numbers
from tawatur.weighing import families, shingle_keys, text_print

COPIES = 0.3
CHANGED = 0.15
KEPT = (0.6, 0.95)
"""Least and most of an original that a copy keeps."""
LEAST_WORDS = 40
SEED = 2021
_FILES = ("ant_multisource_2018", "saudinewsnet_2015", "ant_jawhara_tunisia")
_ALIKE = 0.5
"""Share of the shorter text's words that stand in the other in order: a copy in the news itself."""
_LAST = 300
_WARM = 2_000


@dataclass(frozen=True, slots=True)
class Made:
    """One document of the archive; ``origin`` is the number of the text it was made from."""

    id: DocumentId
    origin: int
    copy: bool
    title: str
    text: str


def news() -> Iterator[tuple[str, str]]:
    """Yield title and text of each article, or of articles made up."""
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        draw = random.Random(SEED)
        words = [
            "".join(draw.choices("ابتثجحدرزسشصطعغفقكلمنهوي", k=draw.randint(2, 8)))
            for _ in range(30_000)
        ]
        weights = [1 / (rank + 3) for rank in range(len(words))]
        while True:
            told = draw.choices(words, weights, k=draw.randint(60, 500))
            yield " ".join(told[:9]), " ".join(told)
    for name in _FILES:
        with gzip.open(
            Path(data) / "data" / "news" / f"{name}.jsonl.gz", "rt", encoding="utf-8"
        ) as f:
            for line in f:
                article = json.loads(line)
                text = article.get("text") or article.get("content") or ""
                if len(text.split()) >= LEAST_WORDS:
                    yield article["title"], text


def archive(count: int) -> list[Made]:
    """Return ``count`` documents in a mixed order, the same each time."""
    draw = random.Random(SEED)
    wanted = count - int(COPIES * count)
    found, seen = [], set()
    for title, text in news():
        if text not in seen:
            seen.add(text)
            found.append((title, text))
        if len(found) >= 2 * wanted and not os.environ.get("TAWATUR_EVAL_DATA"):
            break
    draw.shuffle(found)
    originals = found[:wanted]
    words = [word for _, text in originals[:2_000] for word in text.split()]
    made = [(n, False, title, text) for n, (title, text) in enumerate(originals)]
    for _ in range(count - len(originals)):
        n = draw.randrange(len(originals))
        title = originals[draw.randrange(len(originals))][0]
        made.append((n, True, title, edited(originals[n][1], words, draw)))
    draw.shuffle(made)
    return [Made(DocumentId(f"d-{i:06}"), *rest) for i, rest in enumerate(made)]


def edited(text: str, words: list[str], draw: random.Random) -> str:
    """Return ``text`` without its tail and with other words here and there."""
    kept = text.split()
    kept = kept[: max(1, round(draw.uniform(*KEPT) * len(kept)))]
    return " ".join(draw.choice(words) if draw.random() < CHANGED else w for w in kept)


class Kept:
    """The families of a node's index, in a database file of their own."""

    def __init__(self, path: Path) -> None:
        self.db = store_of("sqlite", path, "copies")
        self.db.make(TABLES, 1)
        self.families = Families(self.db)

    def add(self, made: Made) -> None:
        """Take one document in."""
        text = packed(text_print(made.id, made.text, made.title))
        self.families.show(made.id, text, key_numbers(shingle_keys(made.text)))
        self.families.rejoined(self.families.texts.join(self.families.texts.compared([made.id])))

    def copies(self) -> list[Copy]:
        """Return every pair found."""
        rows = self.db.execute("SELECT why FROM copies_edges")
        return [msgspec.json.decode(why, type=Copy) for (why,) in rows]


def sketched(text: str) -> object:
    """Return rensa's sketch of a text cut at its spaces: the peer, which folds nothing."""
    sketch = RMinHash(128, SEED)
    sketch.update(text.split())
    return sketch.digest()


def _keys(text: str) -> int:
    return len(shingle_keys(text))


def _alike(a: str, b: str) -> bool:
    """Return whether half of the shorter text's words stand in the other, in order."""
    one, other = a.split(), b.split()
    return bool(LCSseq.similarity(one, other) >= _ALIKE * min(len(one), len(other)))


def _bulk(texts: list[str], cores: int) -> None:
    for what, work in (("keys", _keys), ("rensa's sketches alone", sketched)):
        began, spent = time.perf_counter(), time.process_time()
        for text in texts:
            work(text)
        wall, spent = time.perf_counter() - began, time.process_time() - spent
        print(
            f"{what + ', one core':34}{len(texts) / wall:9,.0f} documents/s, "
            f"{len(texts) / spent:9,.0f} per second of processor time"
        )
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(_keys, texts[:_WARM], chunksize=200))
        began = time.perf_counter()
        list(pool.map(_keys, texts, chunksize=500))
        wall = time.perf_counter() - began
    print(f"{f'keys, {cores} processes':34}{len(texts) / wall:9,.0f} documents/s")


def _added(kept: Kept, documents: list[Made]) -> None:
    """Add all, each in a transaction of its own near the sizes that are told."""
    sizes = sorted({len(documents) // 100, len(documents) // 10, len(documents)})
    times: list[float] = []
    spent = 0.0
    began = time.perf_counter()
    kept.db.execute("BEGIN")
    for at, made in enumerate(documents, 1):
        near = any(size - _LAST < at <= size for size in sizes)
        if near:
            kept.db.execute("COMMIT")
            start, before = time.perf_counter(), time.process_time()
            kept.db.execute("BEGIN")
            kept.add(made)
            kept.db.execute("COMMIT")
            times.append(time.perf_counter() - start)
            spent += time.process_time() - before
            kept.db.execute("BEGIN")
        else:
            kept.add(made)
        if at in sizes:
            times.sort()
            print(
                f"one more document at {at:7,}     mean {1e3 * sum(times) / len(times):5.2f} ms "
                f"({1e3 * spent / len(times):.2f} ms of processor time), "
                f"middle {1e3 * times[len(times) // 2]:5.2f} ms, "
                f"95th {1e3 * times[len(times) * 95 // 100]:5.2f} ms",
                flush=True,
            )
            times, spent = [], 0.0
    kept.db.execute("COMMIT")
    wall = time.perf_counter() - began
    print(f"all added in {wall:.0f} s, {len(documents) / wall:.0f} documents/s")


def _quality(documents: list[Made], copies: list[Copy], sample: int) -> None:
    by_id = {made.id: made for made in documents}
    family = {d: n for n, group in enumerate(families(copies)) for d in group}
    original = {made.origin: made.id for made in documents if not made.copy}
    made_copies = [made for made in documents if made.copy]
    found = sum(
        made.id in family and family[made.id] == family.get(original[made.origin])
        for made in made_copies
    )
    by_length: dict[int, list[bool]] = defaultdict(list)
    for made in made_copies:
        words = min(len(made.text.split()) // 50 * 50, 200)
        hit = made.id in family and family[made.id] == family.get(original[made.origin])
        by_length[words].append(hit)
    print(f"recall: {found} of {len(made_copies)} copies, {found / len(made_copies):.4f}")
    for words, hits in sorted(by_length.items()):
        print(f"  of {words:3} words and more: {sum(hits) / len(hits):.4f} of {len(hits)}")
    groups: dict[int, list[DocumentId]] = defaultdict(list)
    for document, n in family.items():
        groups[n].append(document)
    texts = {made.origin: made.text for made in documents if not made.copy}
    judged: dict[tuple[int, int], bool] = {}
    same = alike = other = 0
    for group in groups.values():
        for a, b in combinations(sorted(group)[:40], 2):
            one, two = sorted((by_id[a].origin, by_id[b].origin))
            if (one, two) not in judged:
                judged[one, two] = one == two or _alike(texts[one], texts[two])
            same += one == two
            alike += one != two and judged[one, two]
            other += not judged[one, two]
    total = same + alike + other
    print(
        f"pairs in one family: {same} made from one text, "
        f"{alike} alike in the news itself, {other} not"
    )
    print(
        f"precision: {(same + alike) / max(1, total):.4f}; "
        f"largest family {max(map(len, groups.values()), default=0)}"
    )
    joined = [
        (c.a, c.b)
        for c in copies
        if by_id[c.a].origin != by_id[c.b].origin and not (by_id[c.a].copy or by_id[c.b].copy)
    ]
    kinds: dict[str, int] = defaultdict(int)
    for copy in copies:
        kinds[copy.kind] += 1
    print("edges: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))
    unlike = [(a, b) for a, b in joined if not _alike(by_id[a].text, by_id[b].text)]
    print(f"edges between different originals: {len(joined)}, {len(unlike)} of them not alike")
    joined = unlike if "--unlike" in sys.argv else joined
    draw = random.Random(SEED)
    why = {(c.a, c.b): c for c in copies}
    for a, b in draw.sample(sorted(joined), min(sample, len(joined))):
        copy = why[a, b]
        print(
            f"\n== {copy.kind} {copy.of_a} {copy.of_b} {copy.why} {[str(e) for e in copy.evidence]}"
        )
        for made in (by_id[a], by_id[b]):
            print(f"-- {made.title}\n   {made.text[:700]}")


def main() -> None:
    """Print the figures, one a line."""
    given = [a for a in sys.argv[1:] if a.isdigit()]
    sample = int(sys.argv[sys.argv.index("--sample") + 1]) if "--sample" in sys.argv else 0
    count = int(given[0]) if given and sys.argv[1].isdigit() else 100_000
    documents = archive(count)
    words = sum(len(made.text.split()) for made in documents) / len(documents)
    print(
        f"{len(documents):,} documents of {words:.0f} words, {len(os.sched_getaffinity(0))} cores",
        flush=True,
    )
    _bulk([made.text for made in documents[:40_000]], len(os.sched_getaffinity(0)))
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder) / "copies.db")
        _added(kept, documents)
        size = (Path(folder) / "copies.db").stat().st_size
        print(f"database {size / 1e6:.0f} MB")
        _quality(documents, kept.copies(), sample)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
