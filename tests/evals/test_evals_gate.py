"""The gate of the evals is itself tested: floors rise alone, and fall only with a reason."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", ROOT / "evals" / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module
    spec.loader.exec_module(module)
    return module


GATE = _gate()


def test_a_figure_below_its_floor_is_named() -> None:
    """What falls is said, with both figures; what holds is not."""
    floors = {"corpus": "x", "figures": {"times (value)": 0.8, "claims found": 0.7}}
    measured = GATE.Measured("x", {"times (value)": 0.79, "claims found": 0.71})
    assert GATE.below(measured, floors) == ["times (value): 0.790, floor 0.800"]


def test_another_corpus_is_not_compared() -> None:
    """Floors of one corpus say nothing about another."""
    with pytest.raises(ValueError, match="corpus"):
        GATE.below(GATE.Measured("y", {}), {"corpus": "x", "figures": {}})


def test_floors_rise_alone_and_fall_only_with_a_reason() -> None:
    """An update keeps the higher of old and new, unless a regression is explained."""
    floors = {"corpus": "x", "figures": {"a": 0.5, "b": 0.5}}
    measured = GATE.Measured("x", {"a": 0.7, "b": 0.4})
    assert GATE.updated(measured, floors, None)["figures"] == {"a": 0.695, "b": 0.5}
    lowered = GATE.updated(measured, floors, "the gold was corrected")
    assert lowered["figures"] == {"a": 0.695, "b": 0.395}
    assert lowered["regressions"] == ["the gold was corrected"]


def test_the_reader_reaches_its_floors(eval_data: Path) -> None:
    """Measured on the gold, nothing lies below the floor that was pinned for it."""
    floors = json.loads((ROOT / "evals" / "floors.json").read_text("utf-8"))
    measured = GATE.measure(eval_data)
    if measured.corpus != floors["corpus"]:
        pytest.skip("TAWATUR_EVAL_DATA holds another corpus; pin it: script/eval --update")
    assert GATE.below(measured, floors) == []
