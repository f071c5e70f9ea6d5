"""Damaged files are refused with one line, or taken; `benchmarks.damage` tries more."""

from benchmarks.damage import damaged, outcomes, read
from tests.intake.support_formats import samples

COUNT = 150


def test_damaged_files_are_refused_or_taken_and_nothing_else() -> None:
    """No error but a refusal leaves, no worker dies, none takes longer than the limit."""
    found = list(outcomes(range(COUNT), 20))
    assert len(found) == COUNT
    assert [o for o in found if o.result not in ("taken", "refused")] == []
    assert {o.result for o in found} == {"taken", "refused"}


def test_equal_seeds_give_equal_damage() -> None:
    """A failure that is reported can be made again."""
    files = samples()
    assert [damaged(i, 5, files) for i in range(50)] == [damaged(i, 5, files) for i in range(50)]


def test_undamaged_files_are_taken() -> None:
    """What the damage starts from is valid."""
    assert {name: read(name, content) for name, content in samples().items()} == dict.fromkeys(
        samples(), ("taken", "")
    )
