"""Whatever a line does to an exchange, in the end nothing is lost, doubled or with the wrong node.

`script/bench wire` plays five hundred of these stories.
"""

from collections import Counter
from pathlib import Path

import pytest
from tests.simulators.exchanging import circle
from tests.simulators.proxy import Fault


@pytest.mark.slow
def test_lines_that_do_not_hold_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Three nodes, two of which can be called; every kind of fault happens, and kills do."""
    with circle(tmp_path) as played:
        for seed in range(20):
            played.run(seed, steps=2)
    happened: Counter[Fault] = Counter()
    for line in played.lines.values():
        happened += line.faults
    assert set(happened) == set(Fault)
    assert played.kills
