"""Whole commands as text files that anyone can read: ``tests/cli/*.txt``.

    # a comment, or what the story is about
    $ tawatur init archive --name Observatory
    made the node Observatory (n-…) in archive
    $ tawatur add nowhere.txt
    refused nowhere.txt: no such file
    0 taken, 0 already held, 1 refused
    [3]
    > note.txt = Some text that a file shall hold.

A line after ``$`` is run by a shell in a folder of its own, where ``samples`` holds the sample
reports. The lines below it are what it prints on both channels; ``…`` stands for
anything within a line, a line of ``...`` for any lines. ``[3]`` is the exit status if
it is not 0. ``NAME=$(command)`` keeps what a command prints for the lines after.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tawatur.samples import REPORTS

SCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.stem)
def test_commands_do_what_the_script_says(script: Path, tmp_path: Path) -> None:
    """Every command of the script prints what stands below it."""
    (tmp_path / "samples").symlink_to(REPORTS)
    bin_ = tmp_path / ".bin"
    bin_.mkdir()
    (bin_ / "tawatur").write_text(f'#!/bin/sh\nexec {sys.executable} -m tawatur "$@"\n')
    (bin_ / "tawatur").chmod(0o755)
    environment = {
        "PATH": f"{bin_}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "TAWATUR_NODE": "archive",
    }
    kept: dict[str, str] = {}
    for number, command, expected, status in _steps(script.read_text("utf-8")):
        made = re.fullmatch(r"> (\S+) = (.*)", command)
        if made:
            (tmp_path / made[1]).write_text(made[2].replace("\\n", "\n"), "utf-8")
            continue
        keep = re.fullmatch(r"([A-Z]+)=\$\((.*)\)", command)
        done = subprocess.run(
            ["sh", "-c", keep[2] if keep else command],
            cwd=tmp_path,
            env=environment | kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        where = f"{script.name}:{number}: {command}\n{done.stdout}"
        assert done.returncode == status, where
        if keep:
            kept[keep[1]] = done.stdout.strip()
        else:
            pattern = _pattern(expected, kept)
            assert re.fullmatch(pattern, done.stdout), f"{where}\nexpected\n{expected}"


def _steps(text: str) -> list[tuple[int, str, str, int]]:
    """Return line number, command, expected output and exit status of every step."""
    steps: list[tuple[int, str, str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# ") or not line.strip():
            continue
        if line.startswith("$ "):
            steps.append((number, line[2:], "", 0))
        elif line.startswith("> "):
            steps.append((number, line, "", 0))
        elif re.fullmatch(r"\[\d+\]", line):
            at, command, expected, _ = steps.pop()
            steps.append((at, command, expected, int(line[1:-1])))
        else:
            at, command, expected, status = steps.pop()
            steps.append((at, command, expected + line + "\n", status))
    return steps


def _pattern(expected: str, kept: dict[str, str]) -> str:
    for name, value in kept.items():
        expected = expected.replace(f"${name}", value)
    lines = []
    for line in expected.splitlines(keepends=True):
        if line == "...\n":
            lines.append("(?:.*\n)*?")
        else:
            lines.append(re.escape(line).replace("…", "[^\n]*?"))
    return "".join(lines)
