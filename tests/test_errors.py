"""Errors are one tree, one line each, and nothing foreign escapes an edge."""

import inspect
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur import errors
from tawatur.errors import TawaturError
from tawatur.node import Incoming, Node
from tawatur.samples import paths

CLASSES = {
    name: kind
    for name, kind in vars(errors).items()
    if inspect.isclass(kind) and issubclass(kind, TawaturError)
}
MADE_OF: dict[str, tuple[Any, ...]] = {
    "UnknownIdError": ("document", "d-\nd\x1b[2J"),
    "AmbiguousIdError": ("d-1", ["d-1a", "d-1b"]),
    "VerificationError": ("entry 3", "its digest is another"),
    "StaleCopyError": ("checkpoint", "the ledger is shorter"),
    "NotANodeError": (Path("/nowhere"),),
    "NewerNodeError": (Path("/nowhere"), 9, 1),
}
FILES = ("tawatur.toml", "ledger.db", "index.db", "keys/signing", "keys/ids", "write.lock")
slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _drawn() -> dict[str, str]:
    """Return the tree at the top of ``errors.py`` as name → name of its parent."""
    parents, path = {}, list[str]()
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r" {4}([│ ├└─]*)(\w+Error)\b", line)
        if match:
            depth = len(match[1]) // 4
            path[depth:] = [match[2]]
            parents[match[2]] = path[depth - 1] if depth else "Exception"
    return parents


def test_the_tree_drawn_is_the_tree_there_is() -> None:
    """Every class stands under the one it is derived from, none is missing and none made up."""
    assert _drawn() == {name: kind.__bases__[0].__name__ for name, kind in CLASSES.items()}
    assert all(len(kind.__bases__) == 1 for kind in CLASSES.values())


@pytest.mark.parametrize("name", CLASSES)
def test_an_error_says_on_one_line_what_is_wrong(name: str) -> None:
    """Its class says what such errors are, and its text names what was found."""
    kind = CLASSES[name]
    assert inspect.getdoc(kind)
    error = kind(*MADE_OF.get(name, ("what was found",)))
    assert len(str(error).splitlines()) == 1
    assert str(error).isprintable()


def test_errors_carry_what_is_at_fault() -> None:
    """As attributes, for doors that show it in their own words."""
    unknown = errors.UnknownIdError("claim", "c-1")
    assert (unknown.kind, unknown.given) == ("claim", "c-1")
    assert "`tawatur claims`" in str(unknown)
    assert errors.AmbiguousIdError("c-1", ["c-1a", "c-1b"]).found == ("c-1a", "c-1b")
    assert errors.VerificationError("entry 3", "x", seq=3).seq == 3
    assert errors.NewerNodeError(Path("n"), 9, 1).found == 9


# ------------------------------------------------------------ nothing foreign escapes


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small node to damage copies of."""
    folder = tmp_path_factory.mktemp("errors") / "node"
    with Node.init(folder, name="Observatory") as node:
        node.add([paths()[1]])
        node.desk.commit(by="Banzura", what="send a battalion")
    return folder


@pytest.fixture
def damaged(template: Path) -> Iterator[Callable[[], Path]]:
    """Return a fresh copy of the node each time it is asked."""
    with tempfile.TemporaryDirectory() as folder:
        count = iter(range(10_000))

        def copy() -> Path:
            return Path(shutil.copytree(template, Path(folder) / str(next(count))))

        yield copy


def _use(folder: Path) -> None:
    """Open the node in ``folder`` and ask it everything; let only Tawatur's errors pass."""
    try:
        node = Node.open(folder)
    except TawaturError as refusal:
        _verify_line(refusal)
        return
    asked: list[Callable[[], object]] = [
        node.overview,
        node.documents,
        node.claims,
        node.events,
        node.desk.commitments,
        node.partners.all,
        lambda: node.search("الهجوم"),
        node.verify,
        node.doctor,
        lambda: node.add([Incoming("a.txt", "test", content="قال مصدر إن".encode())]),
        lambda: node.desk.commit(by="A", what="b"),
        node.rebuild,
    ]
    for ask in asked:
        try:
            ask()
        except TawaturError as refusal:
            _verify_line(refusal)
    node.close()


def _verify_line(refusal: TawaturError) -> None:
    assert str(refusal)
    assert len(str(refusal).splitlines()) == 1


noise = st.binary(max_size=200) | st.binary(min_size=4096, max_size=4200)


@pytest.mark.parametrize("name", FILES)
@slow
@given(content=noise)
def test_a_file_of_noise_is_refused_by_name(
    damaged: Callable[[], Path], name: str, content: bytes
) -> None:
    """Whatever stands in place of settings, keys, ledger, index or lock."""
    folder = damaged()
    (folder / name).write_bytes(content)
    for left in (f"{name}-wal", f"{name}-shm"):
        (folder / left).unlink(missing_ok=True)
    _use(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", FILES)
@slow
@given(data=st.data())
def test_a_file_damaged_within_is_refused_or_does_no_harm(
    damaged: Callable[[], Path], name: str, data: st.DataObject
) -> None:
    """Cut short, or with a few bytes overwritten anywhere."""
    folder = damaged()
    whole = (folder / name).read_bytes()
    at = data.draw(st.integers(0, max(0, len(whole) - 1)))
    if data.draw(st.booleans()):
        (folder / name).write_bytes(whole[:at])
    else:
        patch = data.draw(st.binary(min_size=1, max_size=64))
        (folder / name).write_bytes(whole[:at] + patch + whole[at + len(patch) :])
    _use(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", [*FILES, "blobs", "keys"])
@pytest.mark.parametrize("how", ["gone", "a folder", "a file", "closed", "a loop"])
def test_what_is_missing_or_of_another_kind_is_refused(
    damaged: Callable[[], Path], name: str, how: str
) -> None:
    """Files gone, folders in their place, links to themselves, permissions taken away."""
    folder = damaged()
    path = folder / name
    if how == "closed":
        path.chmod(0)
    else:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        match how:
            case "a folder":
                path.mkdir()
            case "a file":
                path.write_bytes(b"")
            case "a loop":
                path.symlink_to(path)
    _use(folder)
    if path.exists() and how == "closed":
        path.chmod(0o700)


@pytest.mark.parametrize(
    "settings_text",
    ["", "id = 3", "id = 'n-\\n'", "format = 99", "id = ''\nname = ''", "id = 'a b'\nname = 'x'",
     "id = 'a+b'\nname = 'x'", "[id]", "workers = 'many'", 'id = "n-\\u000a"\nname = "x"',
     "id = 'n-other'\nname = 'x'\nwait = -1.0\nworkers = -3", "format = 'one'", "name = true"],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(
    damaged: Callable[[], Path], settings_text: str
) -> None:
    """Wrong types, ids that are none, and a later format."""
    folder = damaged()
    (folder / "tawatur.toml").write_text(settings_text, "utf-8")
    _use(folder)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
nonsense = st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode())


@slow
@given(content=nonsense)
def test_nonsense_handed_over_is_refused(template: Path, content: bytes) -> None:
    """As a release and as a card; nothing is taken in, though a refusal may be noted."""
    with Node.open(template) as node:
        held = node.documents(), node.partners.all(), node.desk.commitments()
        for door in (node.incoming.receive, node.partners.add):
            with pytest.raises(errors.SharingError) as refusal:
                door(content)
            _verify_line(refusal.value)
        assert (node.documents(), node.partners.all(), node.desk.commitments()) == held


@pytest.mark.parametrize("path", ["no-such-folder", ".", "a\nb", "x" * 300, "a\x00b"], ids=range(5))
def test_a_folder_that_is_no_node_is_refused(tmp_path: Path, path: str) -> None:
    """Missing, empty, oddly named, too long a name."""
    with pytest.raises(TawaturError) as refusal:
        Node.open(tmp_path / path)
    _verify_line(refusal.value)
