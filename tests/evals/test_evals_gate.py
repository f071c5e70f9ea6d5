"""The gate of the evals is itself tested: floors rise alone, and fall only with a reason."""

from pathlib import Path

import pytest

from evals import gate


def _pinned(**floors: float) -> gate.Pinned:
    return gate.Pinned(data="x", measured=dict(floors), floors=dict(floors))


def test_a_figure_below_its_floor_is_named() -> None:
    """What falls is said, with both figures; what holds is not."""
    measured = gate.Measured("x", {"times": 0.79, "claims": 0.71})
    assert gate.below(measured, _pinned(times=0.8, claims=0.7)) == ["times: 0.790, floor 0.800"]


def test_other_data_are_not_compared() -> None:
    """Floors of one set of data say nothing about another."""
    assert gate.below(gate.Measured("y", {}), _pinned()) != []


def test_a_row_that_is_gone_is_no_success() -> None:
    """A floor whose figure is no longer measured is not reached."""
    missed = gate.below(gate.Measured("x", {"times": 0.9}), _pinned(claims=0.7))
    assert missed == ["claims: 0.000, floor 0.700"]


def test_floors_rise_alone_and_fall_only_where_it_is_allowed() -> None:
    """An update keeps the higher of old and new, unless a fall is allowed."""
    measured = gate.Measured("x", {"a": 0.7, "b": 0.4})
    pinned = _pinned(a=0.5, b=0.5)
    assert gate.updated(measured, pinned, fall=False)["floors"] == {"a": 0.695, "b": 0.5}
    assert gate.updated(measured, pinned, fall=True)["floors"] == {"a": 0.695, "b": 0.395}


@pytest.mark.parametrize("name", [name for name, one in gate.SETS.items() if not one.long])
def test_the_reader_reaches_its_floors(name: str, eval_data: Path) -> None:
    """Measured on each set, nothing lies below the floor that was pinned for it."""
    measured, pinned = gate.SETS[name].measure(eval_data), gate.load()["sets"][name]
    if measured.data != pinned["data"]:
        pytest.skip("TAWATUR_EVAL_DATA holds other data; pin them: script/eval --update")
    assert gate.below(measured, pinned) == []
