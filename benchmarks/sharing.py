"""What sharing costs: the decision on a million items for somebody who was never seen before.

``python -m benchmarks.sharing [ITEMS] [LABELS]``. A label is decided once for whoever asks and
then looked up for each item under it. Floor: a million items with 10,000 distinct labels in
under 5 seconds of one core.
"""

import random
import sys
import time
from datetime import UTC, datetime, timedelta

from tawatur.model.ids import CommunityId, NodeId
from tawatur.model.label import (
    Circle,
    Circumstances,
    Label,
    Leave,
    Membership,
    Terms,
    Tier,
    Viewer,
    may_receive,
)

NOW = datetime(2031, 3, 1, tzinfo=UTC)


def _terms(chance: random.Random) -> Terms:
    return Terms(
        NodeId(f"n-{chance.randrange(40)}"),
        audience=frozenset(NodeId(f"n-{chance.randrange(200)}") for _ in range(5)),
        circles=frozenset(
            Circle(CommunityId(f"m-{chance.randrange(20)}"), chance.choice(list(Tier)))
            for _ in range(chance.randrange(3))
        ),
        gives=chance.choice([Leave.YES, Leave.YES, Leave.EXISTENCE]),
        expires=NOW + timedelta(days=chance.randrange(-30, 600)),
    )


def main() -> None:
    """Print what the decisions took and how many items came out of them."""
    items, distinct = [int(n) for n in (*sys.argv[1:], "1000000", "10000")[:2]]
    chance = random.Random(1)
    labels = [
        Label.of(*(_terms(chance) for _ in range(1 + chance.randrange(3)))) for _ in range(distinct)
    ]
    under = [chance.randrange(distinct) for _ in range(items)]
    held = frozenset(Membership(CommunityId(f"m-{n}"), Tier.PARTNER, 1) for n in range(6))
    viewer, at = Viewer(NodeId("n-unseen"), held), Circumstances(NOW)
    began = time.process_time()
    given = [may_receive(viewer, label, at).allowed for label in labels]
    decided = time.process_time()
    count = sum(map(given.__getitem__, under))
    ended = time.process_time()
    print(f"{distinct} labels decided in {decided - began:.2f} s of processor")
    print(f"{items} items looked up in {ended - decided:.2f} s: {count} may be had")
    print(f"together {ended - began:.2f} s (floor 5 for 1000000 items, 10000 labels)")


if __name__ == "__main__":
    main()
