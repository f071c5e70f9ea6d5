"""What somebody may not see changes nothing that they see, at any door."""

from pathlib import Path

import pytest
from benchmarks import noninterference
from benchmarks.noninterference import lived, made

STEPS = 60


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three nodes that know each other, to be copied."""
    return made(tmp_path_factory.mktemp("lives") / "nodes")


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_secret_that_is_otherwise_or_not_there_shows_nowhere(
    nodes: Path, tmp_path: Path, seed: int
) -> None:
    """Two lives with the same draws show the same bytes; longer ones are benched."""
    life = lived(nodes, tmp_path, seed, STEPS)
    assert life.differences == ()
    assert sum(life.looks.values()) > STEPS / 3
    assert sum(life.acts.values()) > STEPS / 5


def test_a_door_that_forgets_who_asks_is_found(
    nodes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If one listing is asked for nobody in particular, the comparison says so."""
    doors = {name: (lambda node, viewer, chance: iter([repr(node.documents())]))
             for name in noninterference.DOORS}  # fmt: skip
    monkeypatch.setattr(noninterference, "DOORS", doors)
    assert lived(nodes, tmp_path, 1, STEPS).differences
