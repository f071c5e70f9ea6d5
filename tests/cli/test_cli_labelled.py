"""Every listing of items says under which label each is held, and looks all of them up at once."""

import ast
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import tawatur
from tawatur.cli import listings
from tawatur.cli.listings import claims, conflicts, documents, events, search
from tawatur.cli.output import write_rows
from tawatur.cli.shared import Before, Format
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Tlp
from tawatur.node import Node
from tawatur.node.desk import listed as columns_of
from tawatur.node.labelled import joined, label_object, labelled
from tawatur.samples import paths
from tawatur.tables import Row

COMMANDS = Path(tawatur.__file__).parent / "cli"
TAKEN = (
    "02-agency-anzifat-toll.txt",
    "09-depeche-anzifat.txt",
    "12-report-civilian-observatory.txt",
)
Listed = Callable[..., list[list[str]]]

WITHOUT = {
    ("accounts.py", "name"),
    ("areas.py", "id", "partner"),  # areas of interest: settings, as accounts are
    ("communities.py", "id"),
    ("communities.py", "party"),
    ("communities.py", "time"),
    ("desk.py", "month"),
    ("entities.py", "id"),  # of all that may be seen, whatever its labels
    ("labels.py", "originator"),
    ("listings.py", "what"),
    ("meetings.py", "id", "of"),  # addresses of calendars
    ("partners.py", "id"),
    ("partners.py", "when"),
    ("pointers.py", "id"),  # of what is not here
    ("care.py", "what"),
    ("care.py", "set"),
    ("sources.py", "id"),  # as entities
    ("taxii.py", "id"),
    ("tracing.py", "organisation"),
    ("tracing.py", "time"),
}
"""The listings of what has no label: their file, and the first columns."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node that holds three reports, the first of them under TLP:RED."""
    folder = tmp_path_factory.mktemp("labelled") / "node"
    with Node.init(folder, command="test") as made:
        made.add([path for path in paths() if path.name in TAKEN])
        made.labels.change(_named(made, "02-agency"), {"tlp": Tlp.RED})
        made.desk.commit(by="Banzura", what="send a battalion of 350")
        made.subjects.add("ransom")
        yield made


def _named(node: Node, start: str) -> str:
    return next(line.id for line in node.documents() if line.name.startswith(start))


@pytest.fixture
def listed(node: Node, monkeypatch: pytest.MonkeyPatch) -> Listed:
    """Give what returns the lines of the table that a command writes, in columns."""
    out = io.StringIO()
    Before.node = node.folder

    def listing(found: Iterable[Row], columns: list[str], form: Format) -> None:
        write_rows(found, columns, form, str, out)

    def lines(command: Callable[..., None], *asked: object) -> list[list[str]]:
        monkeypatch.setattr(listings, "listing", listing)
        command(*asked)
        return [re.split(r"\s{2,}", line) for line in out.getvalue().splitlines()]

    return lines


def _columns(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the columns of every listing that a module of commands writes as a table."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "listing":
            given = call.args[1]
            if isinstance(given, ast.Attribute):
                columns = tuple(getattr(columns_of, given.attr))
            else:
                columns = tuple(ast.literal_eval(given))
            if columns:
                yield columns


def test_no_listing_of_items_leaves_the_label_out() -> None:
    """A new listing shows it, or is written down here as one of what has none."""
    bare = [
        (path.name, *columns)
        for path in sorted(COMMANDS.glob("*.py"))
        for columns in _columns(path)
        if "label" not in columns
    ]
    assert [each for each in bare if not WITHOUT & {each[:2], each[:3]}] == []


@pytest.mark.parametrize("command", [documents, claims, events, conflicts])
def test_it_stands_behind_the_id(listed: Listed, command: Callable[..., None]) -> None:
    """In full as FIRST writes it, on every line."""
    head, *lines = listed(command)
    assert head[1] == "label"
    assert lines
    assert {line[1] for line in lines} == {"TLP:RED", "TLP:AMBER+STRICT"}


def test_a_find_says_it_too(listed: Listed) -> None:
    """Before a person opens what was found."""
    head, *lines = listed(search, ["Anzifat"])
    assert head[:2] == ["document", "label"]
    assert {line[1] for line in lines} <= {"TLP:RED", "TLP:AMBER+STRICT"}


def test_what_several_reports_tell_is_as_strict_as_the_strictest(node: Node) -> None:
    """An event of two reports, one of them TLP:RED, is TLP:RED; of others it is not."""
    red = _named(node, "02-agency")
    told = {str(event.id): event for event in node.events()}
    rows = labelled(node, told.values(), lambda e: {"id": e.id}, lambda e: e.documents)
    both = 0
    for row in rows:
        label: Any = row["label"]
        held = told[str(row["id"])].documents
        assert label["tlp"] == (Tlp.RED if red in held else Tlp.AMBER_STRICT)
        both += red in held and len(held) > 1
    assert both


def test_every_kind_of_item_has_the_label_that_it_is_held_under(node: Node) -> None:
    """Documents, claims, items of the desk and subjects, whatever is asked for together."""
    claim, commitment = node.claims()[0], node.desk.commitments()[0].id
    items = [claim.document, claim.id, commitment, node.subjects.all()[0].id, "c-none"]
    found = node.labels_of(items)
    assert set(found) == set(items[:-1])
    assert found[claim.id] == found[claim.document] == node.label_of(claim.document)
    assert found[commitment] == node.label_of(commitment)


def test_a_claim_has_the_label_of_its_own_document(node: Node) -> None:
    """Of which one is TLP:RED and the others are not."""
    found = node.labels_of(claim.id for claim in node.claims())
    red = _named(node, "02-agency")
    for claim in node.claims():
        assert (found[claim.id].tlp is Tlp.RED) is (claim.document == red)


def test_no_line_asks_for_itself(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many statements for all claims as for one."""
    asked: list[str] = []
    db = node._index.db
    ask = type(db).execute

    def counted(self: Any, sql: str, *values: Any) -> Any:
        asked.append(sql)
        return ask(self, sql, *values)

    monkeypatch.setattr(type(db), "execute", counted)

    def statements(some: Sequence[Any]) -> int:
        asked.clear()
        rows = list(labelled(node, some, lambda claim: {"id": claim.id}))
        assert len(rows) == len(some)
        return len(asked)

    every = node.claims()
    assert len(every) > 50
    assert statements(every) == statements(every[:1]) > 0


def test_what_has_no_label_yet_is_empty_and_is_no_error(node: Node) -> None:
    """What was erased between two look-ups, for example."""
    (row,) = labelled(node, ["d-none"], lambda each: {"id": each})
    assert row["label"] is None
    assert joined(node, [], {}) is None


@pytest.mark.parametrize(
    ("form", "cell"),
    [(Format.CSV, "TLP:AMBER+STRICT, not proven"), (Format.TABLE, "TLP:AMBER+STRICT, non prouvé")],
)
def test_a_cell_says_that_nothing_proves_it(form: Format, cell: str) -> None:
    """Beside the word; data in English, tables in the reader's language."""
    label = label_object(Label.by(NodeId("n-0000000000000001")), [("Harbour", "Hills")])
    out = io.StringIO()
    translate = {"{0}, not proven": "{0}, non prouvé"}
    write_rows([{"label": label}], ["label"], form, lambda m: translate.get(m, m), out)
    assert cell in out.getvalue()
