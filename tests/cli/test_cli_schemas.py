"""What commands write with ``--format json`` is what the published schemas say, claims and all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tawatur.cli import event_rows, rows, why
from tawatur.cli.board import explanation_rows, gap_row
from tawatur.cli.entity_rows import entity_row, whole_entity
from tawatur.cli.output import write_rows
from tawatur.cli.shapes import SHAPES
from tawatur.cli.shared import Format
from tawatur.cli.sources import source_row
from tawatur.intake import extract
from tawatur.model.hypothesis import Bears
from tawatur.node import Node
from tawatur.node.labelled import labelled
from tawatur.samples import REPORTS, paths

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
TAKEN = (
    *("02-agency-anzifat-toll.txt", "03-page-battalion.txt", "09-depeche-anzifat.txt"),
    "12-report-civilian-observatory.txt",
)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node that holds three reports of one attack and one with relations.

    A person ruled of two entities, and explains an event.
    """
    folder = tmp_path_factory.mktemp("schemas") / "node"
    with Node.init(folder, command="test") as made:
        made.add([path for path in paths() if path.name in TAKEN])
        event, (first, second, *_) = made.events()[0], made.entities()
        made.who.not_same(first.id, second.id, "two names")
        cause = made.boards.add(event.id, "nobody was there", "no road leads there")
        made.boards.weigh(cause.id, event.claims[0], Bears.AGAINST, "the dead were counted")
        yield made


@pytest.fixture(scope="module")
def written(node: Node, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what each command writes, read back from its JSON."""
    events, conflicts = node.events(), node.conflicts()
    claims = node.cited(c for each in events for c in each.claims)
    traced = [each for event in events[:5] for each in node.roots(event.id)]
    asked = [events[0].id, f"{events[0].id}/1", conflicts[0].id, node.entities()[0].id]
    gaps, (board,) = node.gaps(), node.boards.all()
    leads = next(r for e in node.entities() for r in node.who.view(e.id).relations)
    asked += [leads.id, gaps[0].claim, board.explanations[0].id]
    found: dict[str, list[Any]] = {
        "events": [
            *labelled(node, events, lambda e: event_rows.event(e, claims), lambda e: e.documents)
        ],
        "event": [*labelled(node, traced, event_rows.whole_event, lambda e: e.event.documents)],
        "roots": [
            *labelled(
                node, traced, lambda e: event_rows.roots(e, None), lambda e: e.event.documents
            )
        ],
        "why": [why.row(node.why(each)) for each in asked],
        "conflicts": [
            *labelled(
                node,
                conflicts,
                lambda e: rows.conflict(e, node.cited((e.a, e.b)), None),
                lambda e: (e.a, e.b),
            )
        ],
        "sources": [
            source_row(each, node.cited(each.record.claims)) for each in node.sources.all()
        ],
        "entities": [entity_row(each) for each in node.entities()],
        "entity": [whole_entity(node.who.view(each.id)) for each in node.entities()],
        "gaps": [*labelled(node, gaps, lambda e: gap_row(e, node.cited((e.claim, *e.supposed))))],
        "hypotheses": [*labelled(node, explanation_rows(board, node.cited(board.claims)), dict)],
    }
    return {
        command: _read_back(each, tmp_path_factory.mktemp("out")) for command, each in found.items()
    }


def _read_back(found: list[Any], folder: Path) -> Any:
    with (folder / "out.json").open("w", encoding="utf-8") as out:
        write_rows(found, [], Format.JSON, str, out)
    return json.loads((folder / "out.json").read_text("utf-8"))


@pytest.mark.parametrize("command", SHAPES)
def test_what_is_written_holds_against_its_schema(command: str, written: dict[str, Any]) -> None:
    """And there is something to hold against it."""
    schema = json.loads((SCHEMAS / f"{command}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert written[command]
    assert [e.message for e in Draft202012Validator(schema).iter_errors(written[command])] == []


@pytest.mark.parametrize("command", SHAPES)
def test_no_field_goes_without_a_word_in_the_schema(command: str, written: dict[str, Any]) -> None:
    """Whatever is written is described."""
    schema = json.loads((SCHEMAS / f"{command}.json").read_text("utf-8"))
    row = schema["$defs"][schema["items"]["$ref"].rsplit("/", maxsplit=1)[1]]
    assert {name for each in written[command] for name in each} == set(row["properties"])


def test_a_schema_refuses_what_is_not_so(written: dict[str, Any]) -> None:
    """A claim without its file is none."""
    schema = json.loads((SCHEMAS / "roots.json").read_text("utf-8"))
    broken = json.loads(json.dumps(written["roots"]))
    del broken[0]["cited"][0]["file"]
    assert not Draft202012Validator(schema).is_valid(broken)


@pytest.mark.parametrize("command", [each for each in SHAPES if each != "entities"])
def test_every_claim_can_be_checked_in_its_file(command: str, written: dict[str, Any]) -> None:
    """The characters from start to end of the named file are the quotation."""
    claims = [claim for each in written[command] for claim in each["cited"]]
    assert claims
    for claim in claims:
        text = extract(claim["file"], (REPORTS / claim["file"]).read_bytes()).text
        assert text[claim["start"] : claim["end"]] == claim["quote"]


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("entity", ("by", "about")),
        ("gaps", ("supposed_ids",)),
        ("hypotheses", ("for_ids", "against_ids", "neither_ids")),
    ],
)
def test_every_claim_that_an_id_names_is_cited(
    command: str, fields: tuple[str, ...], written: dict[str, Any]
) -> None:
    """Of an entity those that tie it to others as well."""
    rows = [each for each in written[command] if any(each[field] for field in fields)]
    assert rows
    for row in rows:
        ids = {claim for field in fields for claim in row[field]}
        ids |= {each["claim"] for each in row.get("relations", ())}
        assert ids <= {claim["id"] for claim in row["cited"]}
