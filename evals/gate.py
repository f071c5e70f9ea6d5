"""Does the reader still reach what it reached? Floors, pinned to the data they were measured on.

    tawatur eval                     the table: what was measured, and the floors
    script/eval                      measure, compare with floors.json, exit 1 below a floor
    script/eval --only fr            the same for the sets whose name holds "fr"
    script/eval --update             raise floors to what was measured, less a small margin
    script/eval --update --allow-regression "WHY"      lower them too, with the reason on record

A set of figures belongs to a digest of its data (gold, texts and scorer): other data
have other floors, and are refused until pinned. The data are found by TAWATUR_EVAL_DATA.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypedDict

from evals import (
    attribution,
    cross,
    desk,
    disputes,
    identity,
    names,
    pages,
    reports,
    roots,
    spellings,
    times,
)

FLOORS = Path(__file__).parent / "floors.json"
MARGIN = 0.005
"""A floor lies so much below what was measured: rounding and ties, no more."""


class Pinned(TypedDict):
    """What is kept of one set: digest of its data, what was measured, what must be reached."""

    data: str
    measured: dict[str, float]
    floors: dict[str, float]


class Floors(TypedDict):
    """The file of floors: sets by name, and why any of them ever fell."""

    sets: dict[str, Pinned]
    regressions: list[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 by name of row, on data known by their digest."""

    data: str
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Set:
    """One set of data: the files measured on, how they are measured, and whether it takes long."""

    files: Callable[[Path], list[Path]]
    figures: Callable[[Path], dict[str, float]]
    long: bool = False  # left to script/eval, no part of script/test

    def measure(self, data: Path) -> Measured:
        """Return what is measured on the data under ``data``."""
        return Measured(digest(self.files(data)), self.figures(data))


def _gold(name: str) -> Set:
    return Set(partial(reports.corpus, name=name), partial(reports.figures, name=name))


def _proposed(name: str) -> Set:
    files, figures = partial(desk.corpus, name=name), partial(desk.figures, name=name)
    return Set(files, figures, long=name != "documents")


SETS: dict[str, Set] = {
    "documents (ar)": _gold("documents"),
    **{f"invented reports, open ({tongue})": _gold(tongue) for tongue in reports.LANGUAGES},
    **{
        f"invented reports, held out ({tongue})": _gold(f"{tongue}-{reports.HELD}")
        for tongue in reports.LANGUAGES
    },
    **{
        f"invented pages {numbers} ({tongue})": Set(
            partial(pages.corpus, name=tongue + held), partial(pages.figures, name=tongue + held)
        )
        for numbers, held in (("01-08", ""), ("09-12, held out", f"-{pages.HELD}"))
        for tongue in pages.LANGUAGES
    },
    "invented press, the first cases": Set(roots.corpus, partial(roots.figures, cases=roots.FEW)),
    "invented press": Set(roots.corpus, roots.figures, long=True),
    "ANERcorp, last sixth (ar)": Set(names.corpus, names.figures),
    "TimeBank, public half (fr)": Set(
        partial(times.corpus, name="fr_timebank"), partial(times.figures, name="fr_timebank")
    ),
    "TimeBank and AQUAINT (en)": Set(
        partial(times.corpus, name="tbaq_en"), partial(times.figures, name="tbaq_en")
    ),
    "PolNeAR, development part (en)": Set(attribution.corpus, attribution.figures),
    "Name words in two scripts, development parts": Set(spellings.corpus, spellings.figures),
    "Full names made of them": Set(spellings.corpus, identity.figures),
    "commitments and requests proposed, documents (ar)": _proposed("documents"),
    **{
        f"commitments and requests proposed, {numbers} ({tongue})": _proposed(tongue + held)
        for numbers, held in (("01-08", ""), ("09-12, held out", f"-{reports.HELD}"))
        for tongue in reports.LANGUAGES
    },
    **{
        f"invented disputes, open ({tongue})": Set(
            partial(disputes.corpus, name=tongue), partial(disputes.figures, name=tongue)
        )
        for tongue in disputes.LANGUAGES
    },
    "names across documents (ar)": Set(cross.corpus, cross.figures),
}


def digest(files: list[Path]) -> str:
    """Return a digest of the names and bytes of ``files``, in their order."""
    whole = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def below(measured: Measured, pinned: Pinned) -> list[str]:
    """Return one line per floor that is not reached; empty when all are.

    A floor pinned on other data, or of a row that is no longer measured, is not reached.
    """
    if pinned["data"] != measured.data:
        return ["the data are not those the floors were pinned on; run with --update"]
    return [
        f"{name}: {measured.figures.get(name, 0.0):.3f}, floor {floor:.3f}"
        for name, floor in pinned["floors"].items()
        if measured.figures.get(name, 0.0) < floor
    ]


def updated(measured: Measured, pinned: Pinned | None, *, fall: bool) -> Pinned:
    """Return what to keep after ``measured``; floors fall only where ``fall`` is allowed.

    Other data have floors of their own, which begin with what was measured on them.
    """
    floors = {name: round(max(0.0, f1 - MARGIN), 3) for name, f1 in measured.figures.items()}
    if pinned and not fall and pinned["data"] == measured.data:
        floors = {name: max(f, pinned["floors"].get(name, 0.0)) for name, f in floors.items()}
    return Pinned(data=measured.data, measured=measured.figures, floors=floors)


def load() -> Floors:
    """Return the floors on file; none where there is no file."""
    if not FLOORS.exists():
        return Floors(sets={}, regressions=[])
    floors: Floors = json.loads(FLOORS.read_text("utf-8"))
    return floors


def main() -> int:
    """Measure and compare; see the module."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", metavar="PART", default="", help="sets whose name holds this")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", metavar="WHY")
    given = parser.parse_args()
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("TAWATUR_EVAL_DATA is not set: nothing to measure on", file=sys.stderr)
        return 2
    floors, missed = load(), []
    for name, one in SETS.items():
        if given.only not in name:
            continue
        measured, pinned = one.measure(Path(data)), floors["sets"].get(name)
        print(name)
        for row, f1 in measured.figures.items():
            floor = pinned["floors"].get(row, 0.0) if pinned else 0.0
            print(f"  {row:38}{f1:8.3f}   floor {floor:.3f}", flush=True)
        if given.update:
            fall = given.allow_regression is not None
            floors["sets"][name] = updated(measured, pinned, fall=fall)
        elif pinned is None:
            missed.append(f"{name}: no floor was pinned; run with --update")
        else:
            missed += [f"{name}: {line}" for line in below(measured, pinned)]
    if given.update:
        floors["regressions"] += [given.allow_regression] if given.allow_regression else []
        FLOORS.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return 0
    for line in missed:
        print(f"below its floor: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
