"""Does the reader still reach what it reached? Floors, pinned to the corpus they were measured on.

    script/eval                      measure, compare with floors.json, exit 1 below a floor
    script/eval --update             raise floors to what was measured, less a small margin
    script/eval --update --allow-regression "WHY"      lower them too, with the reason on record

A floor belongs to a digest of its corpus (gold, texts and scorer): another corpus is
another floor, and is refused until pinned. The corpus is found by TAWATUR_EVAL_DATA.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
MARGIN = 0.005
"""A floor lies so much below what was measured: rounding and ties, no more."""


@dataclass(frozen=True, slots=True)
class Measured:
    """F1 by name of row, on a corpus known by its digest."""

    corpus: str
    figures: dict[str, float]


def measure(data: Path) -> Measured:
    """Read the documents under ``data`` and return what the scorer makes of it."""
    gold, texts = data / "gold", data / "documents"
    scorer = data / "measure" / "score.py"
    with tempfile.TemporaryDirectory() as out:
        reports = sorted(str(p) for p in texts.glob("*.txt"))
        read = [sys.executable, "-m", "tawatur", "read", *reports, "--out", out, "--weigh"]
        subprocess.run(read, check=True, stdout=subprocess.DEVNULL)
        score = [sys.executable, str(scorer), str(gold), str(texts), out, "--json"]
        said = subprocess.run(score, check=True, capture_output=True, text=True).stdout
    figures = {name: row["f1"] for name, row in json.loads(said)["figures"].items()}
    files = [*sorted(gold.glob("0*.json")), *sorted(texts.glob("*.txt")), scorer]
    return Measured(digest(files), figures)


def digest(files: list[Path]) -> str:
    """Return a digest of the names and bytes of ``files``, in their order."""
    whole = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        whole.update(f"{path.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def below(measured: Measured, floors: dict[str, object]) -> list[str]:
    """Return one line per floor that is not reached; empty when all are.

    Raises:
        ValueError: The floors were pinned on another corpus, or hold a row that is gone.
    """
    if floors["corpus"] != measured.corpus:
        raise ValueError("the corpus is not the one the floors were pinned on; run with --update")
    pinned: dict[str, float] = floors["figures"]  # type: ignore[assignment]  # JSON
    gone = sorted(set(pinned) - set(measured.figures))
    if gone:
        raise ValueError(f"the scorer no longer gives {', '.join(gone)}")
    return [
        f"{name}: {measured.figures[name]:.3f}, floor {floor:.3f}"
        for name, floor in pinned.items()
        if measured.figures[name] < floor
    ]


def updated(
    measured: Measured, floors: dict[str, object], regression: str | None
) -> dict[str, object]:
    """Return the floors after ``measured``; they fall only where a ``regression`` is explained."""
    old: dict[str, float] = floors.get("figures", {})  # type: ignore[assignment]  # JSON
    new = {name: round(max(0.0, f1 - MARGIN), 3) for name, f1 in measured.figures.items()}
    if regression is None:
        new = {name: max(value, old.get(name, 0.0)) for name, value in new.items()}
    reasons = list(floors.get("regressions", []))  # type: ignore[call-overload]  # JSON
    reasons += [regression] if regression else []
    return {"corpus": measured.corpus, "figures": new, "regressions": reasons}


def main() -> int:
    """Measure and compare; see the module."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--allow-regression", metavar="WHY")
    given = parser.parse_args()
    data = os.environ.get("TAWATUR_EVAL_DATA")
    if not data:
        print("TAWATUR_EVAL_DATA is not set: nothing to measure on")
        return 2
    floors: dict[str, object] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    measured = measure(Path(data))
    for name, f1 in measured.figures.items():
        pinned: dict[str, float] = floors.get("figures", {})  # type: ignore[assignment]  # JSON
        print(f"{name:24}{f1:8.3f}   floor {pinned.get(name, 0.0):.3f}")
    if given.update:
        made = updated(measured, floors, given.allow_regression)
        FLOORS.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return 0
    missed = below(measured, floors)
    for line in missed:
        print(f"below its floor: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
