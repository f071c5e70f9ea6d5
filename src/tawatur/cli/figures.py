"""How well does this version read? The figures measured before it was released.

They are kept beside the evals in a checkout, and go into the package when it is built.
"""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from tawatur.errors import UsageError
from tawatur.tables import Row

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]
DATA = "TAWATUR_EVAL_DATA"


class _Set(msgspec.Struct):
    measured: dict[str, float]
    floors: dict[str, float]


class _Recorded(msgspec.Struct):
    sets: dict[str, _Set]


def recorded() -> list[Row]:
    """Return one row per figure: set of data, what is measured, F1, and the floor it must keep."""
    files = (_PACKAGE / "figures.json", _CHECKOUT / "evals" / "floors.json")
    content = next(path.read_bytes() for path in files if path.exists())
    sets = msgspec.json.decode(content, type=_Recorded).sets
    return [
        {"set": name, "measure": row, "f1": f1, "floor": one.floors[row]}
        for name, one in sets.items()
        for row, f1 in one.measured.items()
    ]


def measured_anew(only: str) -> int:
    """Measure the sets whose name holds ``only``, print the table, return the exit status.

    Raises:
        UsageError: This is not a checkout of the source, or no data are told.
    """
    if not (_CHECKOUT / "evals" / "gate.py").exists():
        raise UsageError("measuring needs a checkout of the source, with its evals")
    if not os.environ.get(DATA):
        raise UsageError("set {0} to the folder of annotated data", DATA)
    gate = [sys.executable, "-m", "evals.gate", "--only", only]
    return subprocess.run(gate, cwd=_CHECKOUT, check=False).returncode
