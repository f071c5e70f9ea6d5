"""Briefs given out: who has a copy, whose copy a leak is, and what is kept of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.errors import (
    AlteredFileError,
    NotReleasableError,
    SharingError,
    UnknownIdError,
    UsageError,
)
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Leave, Terms, Viewer, may_receive
from tawatur.node import Node
from tawatur.node.briefs.brief_files import brief_text
from tawatur.node.sharing.exchange import Items
from tawatur.node.sharing.partners import PartnerState
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


# ------------------------------------------------------------ who is named hears of it


def _named(observatory: Node, harbour: Node, why: str = "published on 3 May") -> str:
    """Let a copy of Harbour's get out and be traced; return the trace."""
    observatory.partners.add(harbour.partners.sealed_card())
    harbour.partners.add(observatory.partners.sealed_card())
    observatory.add([REPORTS / "05-agency-diplomatic-channels.txt"])
    found = observatory.tracing.trace(
        _given(observatory, "Harbour"), why=why, second="Salma Idrissi"
    )
    assert [each.organisation for each in found.accused] == [harbour.id]
    return found.entries[0]


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Node]:
    """An organisation with a node of its own."""
    with Node.init(tmp_path / "harbour", name="Harbour") as made:
        yield made


def test_whoever_a_trace_names_is_told_on_its_own_node(node: Node, harbour: Node) -> None:
    """When, by whom, why and how surely: not what got out, who else has it, or the officers."""
    trace = _named(node, harbour)
    (waiting,) = node.outgoing.waiting()
    assert (waiting.piece.item, waiting.may) == (trace, True)
    assert node.outgoing.described(waiting).called == "published on 3 May"
    (letter,) = node.outgoing.letters("Harbour")
    for kept in ("Salma", "operator", "copies", "marks", "accused"):
        assert kept not in letter.decode()
    came = harbour.incoming.receive(letter)
    assert (came.kind, came.sender) == ("trace", node.card.name)
    (mine,), (theirs,) = node.tracing.traces(), harbour.tracing.traces()
    assert theirs == replace(mine, officers=())
    assert (theirs.by, theirs.accused) == (node.id, harbour.id)
    assert mine.officers[1] == "Salma Idrissi"
    assert harbour.incoming.receive(letter).already
    assert len(harbour.tracing.traces()) == 1
    node.incoming.receive(harbour.outgoing.letters(node.id)[0])
    (given,) = node.disclosures.of(trace)
    assert given.receipt == "accepted"
    harbour.rebuild()
    assert harbour.tracing.traces() == (theirs,)


def test_a_third_node_hears_nothing_of_a_trace(node: Node, harbour: Node, tmp_path: Path) -> None:
    """Neither from whoever traced nor from whoever was named, who may not pass it on."""
    trace = _named(node, harbour)
    with Node.init(tmp_path / "third", name="Hills") as hills:
        for each in (node, harbour):
            each.partners.add(hills.partners.sealed_card())
        with pytest.raises(NotReleasableError):
            node.outgoing.release(trace, "Hills")
        came = harbour.incoming.receive(node.outgoing.letters("Harbour")[0])
        assert came.id is not None
        with pytest.raises(UnknownIdError):
            harbour.outgoing.release(came.id, "Hills")
        assert node.outgoing.letters("Hills") == harbour.outgoing.letters("Hills") == ()


def test_what_whoever_is_named_was_told_is_not_taken_back(node: Node, harbour: Node) -> None:
    """Neither while it waits nor afterwards; a trace that named nobody is no item."""
    trace = _named(node, harbour)
    (waiting,) = node.outgoing.waiting()
    with pytest.raises(UsageError, match="is told of it"):
        node.outgoing.take_back(waiting.piece.id, "an inquiry goes on")
    harbour.incoming.receive(node.outgoing.letters("Harbour")[0])
    with pytest.raises(UsageError, match="is told of it"):
        node.outgoing.recall(trace, "an inquiry goes on")
    nobody = node.tracing.trace("words of somebody else", why="asked", second="Salma Idrissi")
    with pytest.raises(UnknownIdError):
        node.outgoing.release(nobody.entries[0], "Harbour")


def test_a_trace_waits_for_a_partner_that_is_none_for_now(node: Node, harbour: Node) -> None:
    """It is on record here at once, and goes when letters may go there again."""
    node.partners.add(harbour.partners.sealed_card())
    node.add([REPORTS / "05-agency-diplomatic-channels.txt"])
    copy = _given(node, "Harbour")
    node.partners.put("Harbour", PartnerState.SUSPENDED, "its key was seen elsewhere")
    node.tracing.trace(copy, why="published on 3 May", second="Salma Idrissi")
    (waiting,) = node.outgoing.waiting()
    assert not waiting.may
    node.partners.put("Harbour", PartnerState.PARTNER, "it was not")
    (waiting,) = node.outgoing.waiting()
    assert waiting.may


def test_a_trace_needs_no_third_person_where_two_agree_to_releases(
    node: Node, harbour: Node
) -> None:
    """Two officers agreed to it already."""
    _named(node, harbour)
    strict = replace(node.outgoing, second=True)
    (waiting,) = strict.waiting()
    assert waiting.may
    assert len(strict.letters("Harbour")) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"time": "2026-05-03T00:00:00", "why": "published", "wrongly": 0.0001},
        {"time": "2026-05-03T00:00:00+00:00", "why": " ", "wrongly": 0.0001},
        {"time": "2026-05-03T00:00:00+00:00", "why": "x" * 2001, "wrongly": 0.0001},
        {"time": "2026-05-03T00:00:00+00:00", "why": "published", "wrongly": 0.5},
        {"time": "2026-05-03T00:00:00+00:00", "why": "published", "wrongly": -1},
        {"time": "2026-05-03T00:00:00+00:00", "why": "published", "wrongly": "much"},
        {"time": "2026-05-03T00:00:00+00:00", "why": 7, "wrongly": 0.0001},
    ],
)
def test_a_trace_that_says_nothing_of_a_trace_is_refused(
    node: Node, harbour: Node, monkeypatch: pytest.MonkeyPatch, body: dict[str, object]
) -> None:
    """And nothing of it is kept."""
    _named(node, harbour)
    monkeypatch.setattr("tawatur.node.sharing.exchange._trace_body", lambda _: body)
    with pytest.raises(AlteredFileError, match="trace"):
        harbour.incoming.receive(node.outgoing.letters("Harbour")[0])
    assert harbour.tracing.traces() == ()


def test_nobody_traces_in_the_name_of_somebody_else(
    node: Node, harbour: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who passes on that another one named somebody is not believed, and answered so."""
    _named(node, harbour)
    other = Node.init(tmp_path / "other", name="Hills")
    forged = Label.of(Terms(other.id, audience=frozenset({harbour.id, node.id}), onward=Leave.YES))
    other.close()
    real = Items.label
    monkeypatch.setattr(
        Items, "label", lambda self, given: forged if given.startswith("i-") else real(self, given)
    )
    with pytest.raises(SharingError):
        harbour.incoming.receive(node.outgoing.letters("Harbour")[0])
    assert harbour.tracing.traces() == ()
