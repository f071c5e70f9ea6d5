"""The house keeps its own rules: what every module says, what rooms show, what no file holds."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import tawatur

ROOT = Path(__file__).parents[1]
SOURCE = Path(inspect.getfile(tawatur)).parent
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = sorted(p.parent for p in SOURCE.glob("*/__init__.py"))

# Put together from parts, so that this file does not hold what it looks for.
_HOMES = "|".join(("ho" + "me", "Us" + "ers"))
DEVELOPER = re.compile(
    rf"/(?:{_HOMES})/(?!NAME\b|USER\b|\$)[A-Za-z][\w.-]*/|/work/(?:main|shared)\b"
)
_HOSTS = ("py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)")
HOSTS = re.compile(
    "|".join((*_HOSTS, r"(?:index-url|registry)\s*[= ]\s*[\"']?http")), re.IGNORECASE
)
WEIGHED = re.compile(r"\b(?:grade|score|rank|centrality|rating|reliability|credibility)s?\b")


def _name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_opens_with_what_it_answers(path: Path) -> None:
    """A docstring whose first line is a sentence of its own."""
    said = ast.get_docstring(_tree(path))
    assert said
    assert len(said.splitlines()) == 1 or not said.splitlines()[1]


@pytest.mark.parametrize("room", ROOMS, ids=_name)
def test_every_room_lists_what_it_shows(room: Path) -> None:
    """``__all__`` names what is there, each once; the model's modules are its public face."""
    if room.name == "model":
        return  # its nouns are imported from their own modules
    module = importlib.import_module(f"tawatur.{room.name}")
    assert len(set(module.__all__)) == len(module.__all__)
    assert all(hasattr(module, name) and not name.startswith("_") for name in module.__all__)


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield module and name of every import from within the package."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_reaches_for_what_another_keeps_to_itself(path: Path) -> None:
    """Neither names nor modules that begin with an underscore cross a module's border."""
    for module, name in _imports(path):
        if module.split(".")[0] == "tawatur":
            private = [p for p in (*module.split("."), name) if p.startswith("_")]
            assert not [p for p in private if not p.endswith("__")], f"{module} {name}"


def test_every_public_function_and_class_of_the_model_says_what_it_is() -> None:
    """The reference pages are these docstrings."""
    for info in pkgutil.iter_modules([str(SOURCE / "model")]):
        module = importlib.import_module(f"tawatur.model.{info.name}")
        for name, value in vars(module).items():
            own = getattr(value, "__module__", None) == module.__name__
            if own and not name.startswith("_") and (inspect.isclass(value) or callable(value)):
                assert inspect.getdoc(value), f"{info.name}.{name}"


# ------------------------------------------------------------ what no file holds


def _files() -> list[Path]:
    """Return the files of the repository: tracked ones, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a checkout: git cannot list its files")
    return [path for name in listed.stdout.decode().split("\0") if (path := ROOT / name).is_file()]


def test_no_file_names_a_developers_machine_or_a_package_host() -> None:
    """What is built from these files comes from wherever its builder says."""
    found = []
    for path in _files():
        try:
            text = path.read_text("utf-8")
        except (UnicodeDecodeError, OSError):
            continue  # a picture or a font
        found += [
            f"{path.relative_to(ROOT)}: {match.group()}"
            for pattern in (DEVELOPER, HOSTS)
            for match in pattern.finditer(text)
        ]
    assert found == []


# ------------------------------------------------------------ what it must never do

_ABOUT_PEOPLE = {"Entity", "Name", "Named", "LocalEntity", "Participant", "EntityView", "Person"}
_CALLS = ("grade", "score", "rank", "rating", "centrality")


def _classes(room: str) -> Iterator[type]:
    for info in pkgutil.walk_packages([str(SOURCE / room)], f"tawatur.{room}."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if inspect.isclass(value) and value.__module__ == module.__name__:
                yield value


@pytest.mark.parametrize("room", ["model", "weighing", "briefs", "node", "web"])
def test_nothing_about_a_person_has_room_for_a_grade(room: str) -> None:
    """No value that names an entity has a field, and no class a method, that weighs one."""
    for kind in _classes(room):
        names = [n for n in vars(kind) if not n.startswith("__")]
        if dataclasses.is_dataclass(kind):
            names += [f.name for f in dataclasses.fields(kind)]
        weighed = [n for n in names if WEIGHED.search(n.replace("_", " "))]
        about_people = kind.__name__ in _ABOUT_PEOPLE or "entity" in names or "person" in names
        assert not (about_people and weighed), f"{kind.__name__}: {weighed}"


@pytest.mark.parametrize("room", ["model", "weighing", "briefs", "node", "web"])
def test_no_function_takes_a_person_and_gives_a_number(room: str) -> None:
    """No function is named for grading or ranking, and none from an entity to a figure is there."""
    for path in sorted((SOURCE / room).rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            kinds = {ast.unparse(a.annotation) for a in node.args.args if a.annotation}
            returns = ast.unparse(node.returns) if node.returns else ""
            about_people = bool(kinds & {"Entity", "LocalEntity", "Named", "Name"})
            numbers = re.search(r"\b(?:float|Grade|Score)\b", returns) is not None
            assert not (about_people and numbers), f"{_name(path)}: {node.name}"
            called = node.name.strip("_").split("_")
            graded = set(called) & set(_CALLS)
            people = set(called) & {"person", "people", "entity", "entities", "family", "tribe"}
            assert not (graded and people), f"{_name(path)}: {node.name}"


def test_an_entity_is_its_names_and_where_they_stand() -> None:
    """Adding a field to what is kept of a person is a decision, made here as well."""
    from tawatur.model.picture import Entity
    from tawatur.model.reading import LocalEntity

    assert [f.name for f in dataclasses.fields(Entity)] == [
        "id",
        "type",
        "name",
        "names",
        "documents",
        "why",
    ]
    assert [f.name for f in dataclasses.fields(LocalEntity)] == [
        "id",
        "type",
        "name",
        "mentions",
        "names",
    ]
