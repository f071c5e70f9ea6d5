"""Under which label a document is held that nobody labelled: as the settings say, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import TawaturError, UnknownIdError, UsageError
from tawatur.model.label import Label, Leave, Terms, Tlp
from tawatur.node import Incoming, Node
from tawatur.node.folder import Folder
from tawatur.settings import FILE, DefaultLabel, Labels, Settings, load, save, verify_labels

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
PAGE = (
    "<html><head><meta property='og:site_name' content='Kolvar Herald'></head>"
    "<body><article><p>The minister said on Tuesday that the ford was open.</p></article></body>"
)


def _node(folder: Path, name: str, labels: Labels | None = None) -> Node:
    Node.init(folder / name, name=name).close()
    if labels:
        save(folder / name, replace(load(folder / name), labels=labels))
    return Node(Folder(folder / name), load(folder / name), clock=lambda: NOW)


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Node]:
    """A partner."""
    with _node(tmp_path, "Harbour") as node:
        yield node


def _add(node: Node, name: str, text: str) -> str:
    node.add([Incoming(name, f"desk/{name}", content=text.encode())])
    return next(line.id for line in node.documents() if line.name == name)


def test_documents_are_taken_in_as_the_settings_label_them(tmp_path: Path, harbour: Node) -> None:
    """One publisher's under its own label, all else under the node's, with where it came from."""
    labels = Labels(
        DefaultLabel(tlp=Tlp.AMBER, to=("Harbour",), onward=True, days=2, purpose="relief"),
        (DefaultLabel(publisher="KOLVAR herald", tlp=Tlp.RED, caveats=("not for the press",)),),
    )
    with _node(tmp_path, "Observatory") as node:
        node.partners.add(harbour.partners.sealed_card())
    save(tmp_path / "Observatory", replace(load(tmp_path / "Observatory"), labels=labels))
    with Node(
        Folder(tmp_path / "Observatory"), load(tmp_path / "Observatory"), clock=lambda: NOW
    ) as node:
        note, page = _add(node, "note.txt", "The ford is open."), _add(node, "page.html", PAGE)
        (general,), (own,) = node.labels.of(note), node.labels.of(page)
        assert general == Label.of(
            Terms(
                node.id,
                Tlp.AMBER,
                frozenset({harbour.id}),
                onward=Leave.YES,
                expires=datetime(2031, 3, 3, 23, 59, 59, tzinfo=UTC),
                purpose="relief",
            )
        )
        assert own == Label.of(Terms(node.id, Tlp.RED, caveats=frozenset({"not for the press"})))
        assert node.labels.by_settings(note) == ("",)
        assert node.labels.by_settings(page) == ("KOLVAR herald",)
        node.labels.change(note, {"tlp": Tlp.RED})
        assert node.labels.by_settings(note) == ()


def test_what_is_held_is_not_opened_by_coming_once_more(tmp_path: Path, harbour: Node) -> None:
    """A document from a partner keeps that partner's label when somebody adds it here as well."""
    with _node(tmp_path, "Observatory") as node:
        node.partners.add(harbour.partners.sealed_card())
        harbour.partners.add(node.partners.sealed_card())
        sent = _add(harbour, "note.txt", "The ford is open.")
        node.incoming.receive(harbour.outgoing.release(sent, "Observatory"))
    labels = Labels(DefaultLabel(to=("Harbour",)))
    save(tmp_path / "Observatory", replace(load(tmp_path / "Observatory"), labels=labels))
    with Node(
        Folder(tmp_path / "Observatory"), load(tmp_path / "Observatory"), clock=lambda: NOW
    ) as node:
        held = _add(node, "note.txt", "The ford is open.")
        assert Label.by(node.id) in node.labels.of(held)
        assert node.labels.by_settings(held) == ()


def test_nothing_is_taken_in_under_a_label_for_somebody_unknown(tmp_path: Path) -> None:
    """The name is refused before the first document."""
    with _node(tmp_path, "Observatory", Labels(DefaultLabel(to=("Nobody",)))) as node:
        with pytest.raises(UnknownIdError, match="Nobody"):
            _add(node, "note.txt", "The ford is open.")
        assert node.documents() == ()


def test_a_label_names_a_purpose_that_the_settings_list(tmp_path: Path) -> None:
    """Any other is refused with the list, there and in the settings; without a list any goes."""
    with _node(tmp_path, "Observatory", Labels(purposes=("relief", "training"))) as node:
        note = _add(node, "note.txt", "The ford is open.")
        assert node.labels.by_settings(note) == ()
        with pytest.raises(UsageError, match=r"releif is none of the purposes.*relief; training"):
            node.labels.change(note, {"purpose": "releif"})
        node.labels.change(note, {"purpose": "relief"})
        assert node.labels.of(note)[0].purpose == "relief"
        node.labels.change(note, {"purpose": None})
    with pytest.raises(UsageError, match=r"labels\.default\.purpose"):
        verify_labels(Labels(DefaultLabel(purpose="other"), purposes=("relief",)))
    with pytest.raises(UsageError, match=r"labels\.purposes"):
        verify_labels(Labels(purposes=(" ",)))


_VALUES = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
    st.lists(st.text(max_size=5), max_size=2),
)
_WORDS = ["publisher", "tlp", "to", "circles", "onward", "days", "purpose", "caveats", "until"]


@given(
    part=st.sampled_from(["default", "source"]),
    table=st.dictionaries(st.sampled_from(_WORDS), _VALUES),
)
def test_nonsense_is_refused_with_one_line_that_names_the_part(
    tmp_path_factory: pytest.TempPathFactory, part: str, table: dict[str, object]
) -> None:
    """Whatever is written in a label, it is taken as what it can be, or refused by name."""
    folder = tmp_path_factory.mktemp("node")
    lines = "\n".join(
        f"{key} = {_toml(value)}" for key, value in table.items() if value is not None
    )
    heading = "[labels.default]" if part == "default" else "[[labels.source]]"
    text = f'id = "n-0000000000000000"\nname = "Observatory"\n{heading}\n{lines}\n'
    (folder / FILE).write_text(text, "utf-8")
    labels, refused = None, ""
    try:
        labels = load(folder).labels
    except TawaturError as refusal:
        refused = str(refusal)
    if labels is None:
        assert "labels" in refused
        assert "\n" not in refused
    else:
        verify_labels(labels)
        assert "until" not in table


def _toml(value: object) -> str:
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value).lower()


def test_labels_that_are_saved_are_loaded_again(tmp_path: Path) -> None:
    """What is written into the file is what it says; tables can be added below it."""
    labels = Labels(
        DefaultLabel(tlp=Tlp.GREEN, to=("Harbour", "مرصد الميناء")),
        (DefaultLabel(publisher='The "Herald"', days=3),),
    )
    settings = Settings("n-0000000000000000", "Observatory")
    save(tmp_path, replace(settings, labels=labels))
    assert load(tmp_path).labels == labels
    save(tmp_path, settings)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('\n[[labels.source]]\npublisher = "Herald"\ntlp = "TLP:RED"\n')
    assert load(tmp_path).labels.source == (DefaultLabel(publisher="Herald", tlp=Tlp.RED),)
