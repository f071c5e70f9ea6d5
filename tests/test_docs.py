"""The documentation says what the program does: nothing missing, nothing stale, no dead link."""

import enum
import importlib.util
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import tawatur
from tawatur.cli.program import commands
from tawatur.errors import TawaturError
from tawatur.i18n import catalogue
from tawatur.model.entry import Kind
from tawatur.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = [ROOT / name for name in ("README.md", "README.ar.md", "README.fr.md")]
PAGES = [*READMES, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _section(page: str, heading: str) -> str:
    """Return what stands below a heading, up to the next of its rank or above."""
    start = page.index(f"{heading}\n") + len(heading)
    rank = heading.index(" ")
    rest = re.split(rf"^#{{1,{rank}}} ", page[start:], maxsplit=1, flags=re.MULTILINE)
    return rest[0]


def test_generated_pages_are_current() -> None:
    """What script/lib/docs would write is what lies there, whatever the language and width."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "script/lib/docs"), "--check"],
        env={**os.environ, "LANG": "fr_FR.UTF-8", "COLUMNS": "40"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_and_option_is_documented() -> None:
    """The page of commands has each of them, with all of its options and choices."""
    page = (DOCS / "reference/cli.md").read_text("utf-8")
    for name, command in commands():
        section = _section(page, f"## tawatur {name}")
        for parameter in command.params:
            if parameter.name == "help":
                continue
            shown = parameter.opts if parameter.param_type_name == "option" else []
            for option in shown:
                assert f"`{option}`" in section, f"{name} {option}"
            kind = parameter.type_descriptor.annotation
            if isinstance(kind, type) and issubclass(kind, enum.Enum):
                for choice in kind:
                    assert f"`{choice.value}`" in section, f"{name}: {choice.value}"


def test_every_command_has_help() -> None:
    """A command without help text is not done."""
    assert [name for name, command in commands() if not command.help] == []


def test_every_command_has_an_example_of_itself() -> None:
    """Its help shows how it is asked, with options that it has."""
    for name, command in commands():
        _told, _, example = (command.help or "").partition("\n\nExample")
        asked = re.findall(rf"tawatur {name}\b([^;\n]*)", example)
        assert asked, name
        options = {each for p in command.params for each in (*p.opts, *p.secondary_opts)}
        given = {word for words in asked for word in shlex.split(words) if word[0] == "-"}
        assert given - {"-"} <= options, name


def test_every_setting_is_documented() -> None:
    """The page of settings has each with its help."""
    page = (DOCS / "reference/settings.md").read_text("utf-8")
    for field in fields(Settings):
        assert f"| `{field.name}` |" in page
        assert field.metadata["help"] in page


def test_every_kind_of_entry_is_documented() -> None:
    """The page of entries has every kind that the log can hold."""
    page = (DOCS / "reference/entries.md").read_text("utf-8")
    assert [kind for kind in Kind if f"| `{kind.value}` |" not in page] == []


def test_the_index_of_decisions_is_whole() -> None:
    """Every record stands in the index under its number and title, and nothing else does."""
    index = (DOCS / "decisions/index.md").read_text("utf-8")
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", index, re.MULTILINE)
    records = sorted(p for p in (DOCS / "decisions").glob("*.md") if p.name != "index.md")
    found = []
    for record in records:
        number, _, title = record.read_text("utf-8").splitlines()[0][2:].partition(". ")
        assert record.name.startswith(f"{int(number):04}-"), record.name
        found.append((number, title, record.name))
    assert listed == found


def test_every_decision_says_what_it_costs() -> None:
    """Context, options, choice and cost: a record without one of them is not one."""
    for record in (DOCS / "decisions").glob("0*.md"):
        headings = re.findall(r"^## (.+)$", record.read_text("utf-8"), re.MULTILINE)
        wanted = ["Context", "Options", "Choice", "What it costs us"]
        assert [h for h in headings if h in wanted] == wanted, record.name


def test_every_library_has_its_reason() -> None:
    """The record of libraries names each direct dependency, those for development too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [each for group in project["dependency-groups"].values() for each in group]
    wanted = project["project"]["dependencies"] + [g for g in groups if isinstance(g, str)]
    names = [re.split(r"[<>=\[ ]", each, maxsplit=1)[0] for each in wanted]
    record = (DOCS / "decisions/0009-libraries.md").read_text("utf-8")
    assert [name for name in names if f"`{name}`" not in record] == []
    listed = re.findall(r"^\| `([^`]+)` \|", record, re.MULTILINE)
    run_time = [re.split(r"[<>=\[ ]", d, maxsplit=1)[0] for d in project["project"]["dependencies"]]
    assert sorted(listed) == sorted(run_time)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_lands(page: Path) -> None:
    """A relative link leads to a file of the repository, and to a heading where it names one."""
    for target in LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, f"{page.name}: {target}"


def test_every_page_can_be_found() -> None:
    """A page that nothing links to is not there for a reader."""
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text("utf-8"))
        if not re.match(r"[a-z]+:|#", target)
    }
    assert [p for p in DOCS.rglob("*.md") if p != DOCS / "index.md" and p not in linked] == []


def test_the_readmes_say_the_same() -> None:
    """Arabic, French and English have the same headings, lists, links, pictures and commands."""
    shapes = []
    for readme in READMES:
        text = readme.read_text("utf-8")
        heads = [line.split()[0] for line in text.splitlines() if re.match(r"#+ \S", line)]
        heads = [h for h in heads if h in {"#", "##", "###"}]
        blocks = [body for _, body in BLOCK.findall(text)]
        links = sorted(t for t in LINK.findall(text) if not t.startswith("README"))
        shapes.append((_without_blocks(heads, blocks), text.count("\n* "), blocks, links))
    assert shapes[1] == shapes[0]
    assert shapes[2] == shapes[0]


def _without_blocks(heads: list[str], blocks: list[str]) -> int:
    return len(heads) - sum(line.startswith("# ") for body in blocks for line in body.splitlines())


def test_the_readmes_open_with_the_two_commands() -> None:
    """The first block of each is script/demo and script/test, and both are there."""
    for readme in READMES:
        first = BLOCK.search(readme.read_text("utf-8"))
        assert first is not None
        commands = [line.split()[0] for line in first[2].splitlines()]
        assert commands == ["script/demo", "script/test"]
        assert all(os.access(ROOT / command, os.X_OK) for command in commands)


def test_the_changelog_has_this_version() -> None:
    """The newest entry is that of the version in the code, which the package has too."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    first = re.search(r"^## (\S+)", text, re.MULTILINE)
    assert first is not None
    assert first[1] == tawatur.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == tawatur.__version__


def _script_of(page: Path, folder: Path) -> Path:
    """Write the console blocks of a page as one script of commands, in order."""
    blocks = [body for kind, body in BLOCK.findall(page.read_text("utf-8")) if kind == "console"]
    assert blocks, f"{page.name} has nothing to run"
    script = folder / f"{page.stem}.txt"
    script.write_text("".join(blocks), "utf-8")
    return script


RUNNABLE = [page for page in PAGES if "```console\n" in page.read_text("utf-8")]


@pytest.mark.parametrize("page", RUNNABLE, ids=lambda p: p.stem)
def test_the_commands_on_the_page_run(page: Path, tmp_path: Path) -> None:
    """Typed one after the other they print what the page says."""
    runner = _module("test_cli_scripts", ROOT / "tests/cli/test_cli_scripts.py")
    work = tmp_path / "work"
    work.mkdir()
    runner.test_commands_do_what_the_script_says(_script_of(page, tmp_path), work)


def test_the_tutorial_is_among_them() -> None:
    """The test above has the tutorial and the guides to run."""
    names = {page.stem for page in RUNNABLE}
    assert {"tutorial", "take-in-and-erase", "share-one-item", "back-up-and-verify"} <= names


def test_python_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of the Python guide run, one after the other, and print what they say."""
    (tmp_path / "samples").symlink_to(_module_path("tawatur.samples") / "reports")
    monkeypatch.chdir(tmp_path)
    page = DOCS / "guides/python.md"
    blocks = [body for kind, body in BLOCK.findall(page.read_text("utf-8")) if kind == "python"]
    scope: dict[str, Any] = {}
    for body in blocks:
        exec(compile(body, str(page), "exec"), scope)  # noqa: S102 - our own page
    scope["node"].close()


def test_the_glossary_has_the_words_of_the_interface() -> None:
    """Where a term is shown to people, the glossary gives the words that they are shown."""
    page = (DOCS / "glossary.md").read_text("utf-8")
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE
    )
    terms = {term: (arabic, french) for term, arabic, french in rows if term != "Term"}
    arabic, french = catalogue("ar"), catalogue("fr")
    shown = [term for term in terms if term in arabic]
    assert len(shown) > 20
    assert {t: terms[t] for t in shown} == {t: (arabic[t], french[t]) for t in shown}


def test_every_error_is_in_the_tree() -> None:
    """The tree at the top of errors.py, to which the docs point, draws every error there is."""
    kinds: list[type[TawaturError]] = [TawaturError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    drawn = sys.modules["tawatur.errors"].__doc__ or ""
    own = [kind for kind in kinds if kind.__module__ == "tawatur.errors"]
    assert [kind.__name__ for kind in own if not re.search(rf"\b{kind.__name__}\b", drawn)] == []


def _module(name: str, path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _module_path(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
