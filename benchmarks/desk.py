"""How long do lists and the digest take over fifty thousand open items?

    python -m benchmarks.desk [ITEMS]

Makes a node with so many commitments and requests, half of each, every tenth of them overdue,
and asks for what people ask for. The promise is 200 ms for a page of a list and for the digest.
Then so many border notices of other parties, all of them live, against which one is held: the
promise is 20 ms.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from tawatur.desk import areas
from tawatur.model.area import BorderNotice
from tawatur.model.desk import Commitment, Request
from tawatur.model.entry import Draft, Entry
from tawatur.model.ids import DeskId, NodeId
from tawatur.model.label import Label, Terms
from tawatur.node import Node

PARTIES = ("Banzura", "Nomara", "Delmassa", "Lusmara", "بنديرة", "كلموري")
PAGE = 100
NOTICES = 10_000
TODAY = date(2031, 6, 15)


def filled(folder: Path, items: int) -> Node:
    """Return a node with so many open items, written in batches."""
    Node.init(folder, name="Observatory").close()
    node = Node.open(folder, clock=lambda: datetime(2031, 6, 15, 12, tzinfo=UTC))
    steps: list[Draft] = []

    def gather(drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        steps.extend(drafts)
        return ()

    gathering = replace(node.desk, append=gather)
    for number in range(items // 2):
        by, to = PARTIES[number % 6], PARTIES[(number + 1) % 6]
        late = timedelta(days=-(number % 900) if number % 10 == 0 else 30 + number % 900)
        gathering.commit(by=by, to=to, what=f"send {number} lorries", due=str(TODAY + late))
        since = str(TODAY - timedelta(days=number % 25 if number % 10 else 40))
        gathering.ask(by=by, to=to, what=f"the list of post {number}", since=since)
    for start in range(0, len(steps), 1000):
        node.desk.append(steps[start : start + 1000])
    return node


def noticed(node: Node, notices: int) -> BorderNotice:
    """Fill a node with live border notices of others, and return one of its own."""
    rng, steps = Random(35), list[Draft]()
    label = Label.of(Terms(NodeId("n-0000000000000001"), audience=frozenset({node.id})))

    def gather(drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        steps.extend(drafts)
        return ()

    gathering = replace(node.desk, append=gather)
    for number in range(notices):
        day = TODAY + timedelta(days=rng.randrange(60))
        place = areas.disc(rng.uniform(12, 26), rng.uniform(-8, 12), rng.choice([5, 20, 60]))
        gathering.first(
            BorderNotice(
                id=DeskId(node.desk.drafter.random_id("f")),
                by="Banzura",
                what=f"patrol {number}",
                area=areas.coarsened(place, areas.DISTRICT),
                start=day.isoformat(),
                end=(day + timedelta(days=rng.randrange(10))).isoformat(),
                contact="the duty officer",
            ),
            label,
        )
    for start in range(0, len(steps), 1000):
        node.desk.append(steps[start : start + 1000])
    own = node.areas.add("a patrol", contact="duty", start=str(TODAY), places=["Kidal, Mali"])
    return own.notice


def timed(name: str, work: Callable[[], object]) -> float:
    """Print and return the middle of five times, in milliseconds."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    middle = sorted(times)[2]
    print(f"{name:44} {middle:8.1f} ms")
    return middle


def main() -> int:
    """Print the times; return 1 where one is over the promise."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder, filled(Path(folder) / "node", items) as node:
        desk = node.desk
        print(f"{desk.count(Commitment)} commitments, {desk.count(Request)} requests")
        took = [
            timed("commitments, first page", lambda: desk.commitments(limit=PAGE)),
            timed("commitments, page 200", lambda: desk.commitments(start=199 * PAGE, limit=PAGE)),
            timed("commitments of one party", lambda: desk.commitments(by="banzura", limit=PAGE)),
            timed("overdue commitments, all", lambda: desk.commitments(overdue=True)),
            timed("requests waiting 30 days, all", lambda: desk.requests(waiting=30)),
            timed("what is due", node.followup.due),
        ]
        timed("occasions of a calendar, all", node.calendars.occasions)
        timed("a calendar as a file, all", node.calendars.ics)
        own = noticed(node, NOTICES)
        rows = node.areas.index().books.border
        found = rows.overlapping(own.id, TODAY)
        print(f"{NOTICES} live border notices, {len(found)} of which overlap one's own")
        check = timed("one held against them", lambda: rows.overlapping(own.id, TODAY))
        timed("one held against them, on record", lambda: node.areas.check(own.id))
        timed("border notices, first page", lambda: node.areas.notices(limit=PAGE))
    return int(max(took) > 200 or check > 20)


if __name__ == "__main__":
    sys.exit(main())
