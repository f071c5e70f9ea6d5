"""The collector passes over what has lived long, and still finds cycles nobody refers to."""

import gc
import weakref

import pytest

from tawatur.web import pauses
from tawatur.web.pauses import short_pauses


class Cycle:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.own = self


def test_what_lived_through_a_look_is_not_looked_at_again() -> None:
    """So a look costs what was made since the last, however much is kept; then all is as it was."""
    with short_pauses():
        kept = [Cycle() for _ in range(1000)]
        gc.collect()
        assert not any(isinstance(each, Cycle) for each in gc.get_objects())
        assert len(kept) == 1000
    assert gc.get_freeze_count() == 0
    assert sum(isinstance(each, Cycle) for each in gc.get_objects()) >= 1000


def test_a_new_cycle_is_found_as_ever() -> None:
    """Nothing of an answer is left behind."""
    with short_pauses():
        gone = weakref.ref(Cycle())
        gc.collect()
        assert gone() is None


def test_an_old_cycle_is_found_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that lived through a look, and was let go then."""
    with short_pauses():
        cycle: Cycle | None = Cycle()
        old = weakref.ref(cycle)
        gc.collect()
        cycle = None
        gc.collect()
        assert old() is not None
        monkeypatch.setattr(pauses, "_EVERYTHING_AGAIN_S", 0.0)
        gc.collect()
        assert old() is None
