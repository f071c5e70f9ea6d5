"""Briefs given out: who has a copy, whose copy a leak is, and what is kept of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.errors import NotReleasableError, UnknownIdError, UsageError
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Viewer, may_receive
from tawatur.node import Node
from tawatur.node.briefs.brief_files import brief_text
from tawatur.samples import REPORTS

OUT = Path("brief.md")


def _with_partners(node: Node, tmp_path: Path, *names: str) -> list[NodeId]:
    node.add(
        [REPORTS / "05-agency-diplomatic-channels.txt", REPORTS / "02-agency-anzifat-toll.txt"]
    )
    return [_partner(node, tmp_path, name) for name in names]


def _partner(node: Node, tmp_path: Path, name: str) -> NodeId:
    with Node.init(tmp_path / name, name=name) as other:
        return node.partners.add(other.partners.sealed_card()).id


def _given(node: Node, to: str) -> str:
    brief = replace(node.brief(), marked=True)
    return node.tracing.marked(brief, brief_text(brief, OUT), to)


def test_a_leak_is_traced_to_whoever_had_that_copy(node: Node, tmp_path: Path) -> None:
    """And the trace is an entry that this organisation may see, and the other may not."""
    harbour, hills = _with_partners(node, tmp_path, "Harbour", "Hills")
    copies = [_given(node, name) for name in ("Harbour", "Hills")]
    assert copies[0] != copies[1]
    found = node.tracing.trace(copies[1], why="published on 3 May", second="Salma Idrissi")
    assert [each.organisation for each in found.accused] == [hills]
    entry = node.ledger.entry(found.entries[0])
    assert entry.payload is not None
    assert entry.payload.body["why"] == "published on 3 May"
    assert entry.payload.body["second"] != entry.payload.body["by"]
    may = {p: may_receive(Viewer(p), entry.payload.label, node.now()) for p in (harbour, hills)}
    assert may[hills].allowed
    assert not may[harbour].allowed


def test_one_brief_for_several_is_one_rendering(node: Node, tmp_path: Path) -> None:
    """Whatever its file is called; and giving it twice to one gives the same copy."""
    _with_partners(node, tmp_path, "Harbour", "Hills")
    brief = replace(node.brief(), marked=True)
    for name, file in (("Harbour", "a.md"), ("Hills", "b.md"), ("Hills", "c.md")):
        node.tracing.marked(brief, brief_text(brief, Path(file)), name)
    given = node.tracing.given()
    assert len({each.rendering for each in given}) == 1
    assert [each.to for each in given].count(given[1].to) == 2
    assert len(list(node.ledger.entries(kinds=[Kind.RENDERING]))) == 1
    assert _given(node, "Hills") == _given(node, "Hills")


def test_where_it_cannot_be_told_nobody_is_named_and_it_is_recorded(
    node: Node, tmp_path: Path
) -> None:
    """A text of somebody else's, and a brief that nobody was given."""
    _with_partners(node, tmp_path, "Harbour")
    _given(node, "Harbour")
    own = brief_text(node.brief(), OUT)
    for leak in ("words of somebody else", own):
        found = node.tracing.trace(leak, why="asked", second="Salma Idrissi")
        assert found.accused == ()
        entry = node.ledger.entry(found.entries[0])
        assert entry.payload is not None
        assert entry.payload.label == Label.by(node.id)
        assert entry.payload.body["accused"] is None


@pytest.mark.parametrize(
    ("leak", "why", "second"),
    [
        (" ", "asked", "Salma"),
        ("text", " ", "Salma"),
        ("text", "asked", " "),
        ("text", "asked", "operator"),
    ],
    ids=["no text", "no reason", "no second officer", "the same officer twice"],
)
def test_a_trace_takes_a_text_a_reason_and_two_officers(
    node: Node, leak: str, why: str, second: str
) -> None:
    """Otherwise nothing is compared, and nothing recorded."""
    before = node.ledger.size
    with pytest.raises(UsageError):
        node.tracing.trace(leak, why=why, second=second)
    assert node.ledger.size == before


def test_what_is_given_unmarked_is_recorded_with_its_reason(node: Node, tmp_path: Path) -> None:
    """To a partner or to somebody without a node; no trace compares it."""
    (harbour,) = _with_partners(node, tmp_path, "Harbour")
    brief = node.brief()
    node.tracing.unmarked(brief, "Harbour", "an inquiry asked for it")
    node.tracing.unmarked(brief, "Court of Accounts", "ordered on 3 May")
    told = [(each.to, each.why, each.rendering) for each in node.tracing.given()]
    assert told == [
        (harbour, "an inquiry asked for it", None),
        ("Court of Accounts", "ordered on 3 May", None),
    ]
    with pytest.raises(UsageError):
        node.tracing.unmarked(brief, "Court of Accounts", " ")
    assert node.tracing.trace(brief_text(brief, OUT), why="w", second="S").copies == 0


def test_a_marked_copy_goes_to_partners_only(node: Node, tmp_path: Path) -> None:
    """Whoever else gets one gets it unmarked."""
    _with_partners(node, tmp_path, "Harbour")
    with pytest.raises(UnknownIdError):
        _given(node, "A newspaper")


def test_what_may_not_go_on_is_given_to_nobody(node: Node, tmp_path: Path) -> None:
    """A brief is as restricted as the most restricted of its parts."""
    with Node.init(tmp_path / "Harbour", name="Harbour") as harbour:
        harbour.partners.add(node.partners.sealed_card())
        node.partners.add(harbour.partners.sealed_card())
        harbour.add([REPORTS / "05-agency-diplomatic-channels.txt"])
        node.incoming.receive(harbour.outgoing.release(harbour.documents()[0].id, node.name))
    _partner(node, tmp_path, "Hills")
    before = node.ledger.size
    with pytest.raises(NotReleasableError):
        _given(node, "Hills")
    with pytest.raises(NotReleasableError):
        node.tracing.unmarked(node.brief(), "A newspaper", "asked")
    assert node.ledger.size == before


def test_a_brief_takes_a_second_person_where_the_settings_ask(node: Node, tmp_path: Path) -> None:
    """Marked or not, as any release does; who it was is on record."""
    _with_partners(node, tmp_path, "Harbour")
    asking = replace(node.tracing, two=True)
    brief = replace(node.brief(), marked=True)
    text = brief_text(brief, OUT)
    for give in (
        lambda who: asking.marked(brief, text, "Harbour", second=who),
        lambda who: asking.unmarked(brief, "Court of Accounts", "ordered", second=who),
    ):
        before = len(node.tracing.given())
        with pytest.raises(NotReleasableError, match="--second"):
            give(None)
        with pytest.raises(UsageError, match="whoever asks"):
            give("operator")
        assert len(node.tracing.given()) == before
        give("Salma Idrissi")
        assert len(node.tracing.given()) == before + 1
    officers = {
        entry.payload.body["second"]
        for entry in node.ledger.entries(kinds=[Kind.DISCLOSURE])
        if entry.payload is not None
    }
    assert len(officers) == 1


def test_erasing_a_report_erases_the_renderings_that_quote_it(node: Node, tmp_path: Path) -> None:
    """That a copy was given stays known; what stood in it is gone, and cannot be traced."""
    (harbour,) = _with_partners(node, tmp_path, "Harbour")
    copy = _given(node, "Harbour")
    (kept,) = node.ledger.entries(kinds=[Kind.RENDERING])
    assert kept.payload is not None
    blob = kept.payload.body["text"]
    node.erase(node.documents()[0].id, why="taken in by mistake")
    assert not node.ledger.has_blob(blob)
    assert [each.to for each in node.tracing.given()] == [harbour]
    assert node.tracing.trace(copy, why="published", second="Salma").copies == 0
    node.verify()


def test_marks_bear_what_is_said_before_a_copy_goes_out(node: Node, tmp_path: Path) -> None:
    """A short text bears nothing, the samples bear three who mix."""
    empty = node.brief()
    assert node.tracing.bearing(empty, brief_text(empty, OUT)).words is None
    node.add([REPORTS])
    whole = node.brief()
    bearing = node.tracing.bearing(whole, brief_text(whole, OUT))
    assert bearing.together
    assert bearing.words is not None
    assert 100 < bearing.words < 400
