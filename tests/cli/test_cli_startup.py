"""A command starts with what it needs: what others need is not loaded for it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tawatur
from tawatur.cli.program import command_line, commands
from tawatur.samples import paths

HEAVY = {
    "babel.dates": "dates in words",
    "fastapi": "pages",
    "httpx": "a language model",
    "jinja2": "briefs",
    "lxml": "pages to be read",
    "pydantic": "values that are wrong",
    "tawatur.intake": "files",
    "tawatur.reading": "readings",
    "trafilatura": "pages to be read",
}
"""What takes long to load, and what it is for."""

LISTINGS = [
    ["documents"],
    ["claims", "--status", "proposed", "--format", "jsonl"],
    ["status"],
    ["search", "الحدود"],
    ["events"],
    ["conflicts"],
    ["entities"],
    ["commitments"],
    ["partners"],
    ["verify"],
    ["checkpoint"],
]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node that holds two of the samples."""
    folder = tmp_path_factory.mktemp("startup") / "node"
    with tawatur.init(folder) as made:
        made.add(paths()[:2])
    return folder


def _loaded(*words: str, language: str = "en") -> set[str]:
    """Return the modules that a command has loaded when it ends, done."""
    code = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: print('\\n' + json.dumps(sorted(sys.modules))))\n"
        "from tawatur.cli import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "TAWATUR_LANG": language},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", LISTINGS, ids=lambda words: words[0])
def test_a_listing_loads_no_reader(node: Path, words: list[str]) -> None:
    """What only reads the index leaves out what takes documents in, reads and writes them."""
    loaded = _loaded("--node", str(node), *words)
    assert sorted(loaded & set(HEAVY)) == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["commitment", "--help"]], ids=" ".join
)
def test_help_loads_no_room(words: list[str], language: str) -> None:
    """Help and version are there without a node, a value of the model or any command."""
    loaded = _loaded(*words, language=language)
    rooms = {name for name in loaded if name.startswith("tawatur.")}
    own = {
        "cli",
        "cli.helping",
        "cli.program",
        "cli.shared",
        "cli.values",
        "errors",
        "figures",
        "i18n",
    }
    assert rooms == {f"tawatur.{name}" for name in own}
    assert sorted(loaded & {*HEAVY, "babel", "msgspec", "rich"}) == []


def test_what_is_left_out_is_there_when_it_is_needed(tmp_path: Path) -> None:
    """The names looked for are those of modules: a command that needs them loads them."""
    loaded = _loaded("read", str(paths()[0]), "--out", str(tmp_path), "--jobs", "1")
    assert {"tawatur.intake", "tawatur.reading"} <= loaded
    assert "httpx" not in loaded  # the rules ask nobody


def test_every_command_is_found_under_its_words() -> None:
    """The table of commands names functions that are there; help says of each what it does."""
    found = dict(commands())
    assert len(found) > 30
    assert all(command.callback for command in found.values())
    for words, command in found.items():
        known = command_line()
        for word in words.split():
            known = known.commands[word]
        assert known.help == command.help


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["documents", "--format", "xml"], "'xml' is not one of 'table', 'json', 'jsonl', 'csv'"),
        (["search", "x", "--limit", "0"], "greater than or equal to 1"),
        (["add", "x", "--expires", "soon"], "'soon' does not match the formats '%Y-%m-%d'"),
        (["claims", "--status", "odd"], "'odd' is not one of"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_value_that_is_wrong_is_refused_with_the_reason(words: list[str], says: str) -> None:
    """Values that are right are made at once; of the others it is said what is wrong."""
    done = subprocess.run(
        [sys.executable, "-m", "tawatur", *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
