"""What is walked, what is refused and why, and how much is held in memory meanwhile."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from tawatur.node import Node
from tawatur.node.intake.taking import Outcome, Taken, Taking, incoming
from tawatur.node.intake.work import Limits
from tawatur.node.intake.workers import Workers
from tawatur.node.views import Incoming, Refusal
from tawatur.samples import REPORTS, paths
from tawatur.settings import Intake

NOBODY = 65_534


def _taken(things: Iterable[Incoming | Refusal], processes: int = 1) -> list[Outcome]:
    with Workers(processes, Limits.of(Intake())) as workers:
        return list(Taking(things, workers))


def test_a_folder_that_may_not_be_read_is_one_refusal(tmp_path: Path) -> None:
    """The rest of what was named is still walked."""
    closed, open_ = tmp_path / "closed", tmp_path / "open"
    closed.mkdir()
    open_.mkdir()
    (closed / "a.txt").write_text("نص", "utf-8")
    (open_ / "b.txt").write_text("نص", "utf-8")
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if os.geteuid() == 0:
            parent.chmod(parent.stat().st_mode | 0o055)
        if parent.name.startswith("pytest-of"):
            break
    closed.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)  # root may read everything
    try:
        found = list(incoming([closed, open_]))
    finally:
        if root:
            os.seteuid(0)
        closed.chmod(0o700)
    assert [type(f) for f in found] == [Refusal, Incoming]
    assert "may not be read" in str(found[0].why)  # type: ignore[union-attr]  # a refusal, as said


def test_folders_are_walked_in_name_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    """The order does not depend on the disk."""
    for name in ("b/2.txt", "a/1.txt", ".hidden/x.txt", "c.txt", ".DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("نص", "utf-8")
    assert [thing.name for thing in incoming([tmp_path])] == ["1.txt", "2.txt", "c.txt"]


@pytest.mark.parametrize("processes", [1, 3])
def test_outcomes_come_in_the_order_of_the_files(tmp_path: Path, processes: int) -> None:
    """Whichever worker is first, refusals included."""
    nowhere = tmp_path / "nowhere.txt"
    things = [*incoming([REPORTS]), *incoming([nowhere]), *incoming([REPORTS])]
    outcomes = _taken(things, processes)
    names = [Path(o.name if isinstance(o, Refusal) else o.incoming.name).name for o in outcomes]
    assert names == [*(p.name for p in paths()), "nowhere.txt", *(p.name for p in paths())]
    assert all(isinstance(o, Taken) for o in outcomes if not isinstance(o, Refusal))


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A text of 200 MB costs no memory: the limit is named instead."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(200_000_000)
    (outcome,) = _taken(incoming([huge]))
    assert isinstance(outcome, Refusal)
    assert "MB" in str(outcome.why)


def test_a_file_whose_name_is_no_text_is_taken_all_the_same(node: Node, tmp_path: Path) -> None:
    """Old archives hold names in other encodings; the bytes of the name are shown as escapes."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "again").symlink_to(folder)  # and a link that leads back is not followed
    path = folder / os.fsdecode(b"b\xe3d.txt")
    try:
        path.write_bytes(paths()[1].read_bytes())
    except OSError:
        pytest.skip("this disk holds names in UTF-8 only")
    summary = node.add([folder])
    assert len(summary.taken) == 1
    assert [line.name for line in node.documents()] == ["b\\xe3d.txt"]
    node.verify()
