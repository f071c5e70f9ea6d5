"""Who had it from whom, as a node tells it: of what may be seen, as of a day, and why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Verdict
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.model.picture import Event, Passing
from tawatur.node import Node, Traced
from tawatur.samples import paths

STRANGER = Viewer(NodeId("n-0000000000000000"))
TAKEN = ("02-agency-anzifat-toll.txt", "03-page-battalion.txt", "09-depeche-anzifat.txt")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three reports of one attack, and one of them again in full, by name."""
    found = {path.name: path for path in paths() if path.name in TAKEN}
    again = tmp_path_factory.mktemp("files") / "copy.txt"
    again.write_bytes(found[TAKEN[0]].read_bytes() + b"\n\nread by nobody else\n")
    return {**found, again.name: again}


@pytest.fixture(scope="module")
def node(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node that holds them."""
    with Node.init(tmp_path_factory.mktemp("lineage") / "node", command="test") as made:
        made.add(files.values())
        yield made


@pytest.fixture(scope="module")
def attack(node: Node) -> Event:
    """Return the event in most documents."""
    return node.events()[0]


def _names(traced: Traced) -> list[tuple[int, tuple[str, ...]]]:
    return [(each.depth, each.names) for each in traced.lineage.tellers]


def test_the_tree_counts_as_the_event_does(node: Node) -> None:
    """For every event that the node holds."""
    for event in node.events():
        (traced,) = node.roots(event.id)
        assert traced.event == event
        assert traced.lineage.roots == event.roots
        assert set(traced.claims) == set(event.claims)


def test_a_copy_is_folded_under_what_it_copies(node: Node, attack: Event) -> None:
    """With the share of the text that shows it."""
    (traced,) = node.roots(attack.id)
    copies = [each for each in traced.lineage.tellers if each.passing is Passing.COPIED]
    assert copies
    assert all("stands in the other" in str(each.why) for each in copies)


def test_a_claim_leads_to_the_tree_of_its_event(node: Node, attack: Event) -> None:
    """The same one."""
    assert node.roots(attack.claims[-1]) == node.roots(attack.id)


def test_as_of_a_day_equals_a_node_that_never_took_in_the_rest(
    node: Node, files: dict[str, Path], attack: Event, tmp_path: Path
) -> None:
    """What came out later counts for nothing, not even as a copy or a name."""
    earlier = node.roots(attack.id, as_of="2021-06-08")
    held = {claim.file for traced in earlier for claim in traced.claims.values()}
    assert held
    assert held < {c.file for each in node.roots(attack.id) for c in each.claims.values()}
    with Node.init(tmp_path / "alone", command="test") as alone:
        alone.add([files[name] for name in held])
        (traced,) = alone.roots(alone.events()[0].id)
    assert [_names(each) for each in earlier] == [_names(traced)]
    assert [each.lineage.roots.reasons for each in earlier] == [traced.lineage.roots.reasons]


def test_what_was_taken_in_by_a_day_was_out_by_then(node: Node, attack: Event) -> None:
    """Whenever it says that it was published."""
    assert node.roots(attack.id, as_of=str(node.now().date())) == node.roots(attack.id)


def test_before_anything_was_out_there_is_no_tree(node: Node, attack: Event) -> None:
    """And the day is named; what is no day is refused."""
    with pytest.raises(UsageError, match="was out by 1999"):
        node.roots(attack.id, as_of="1999")
    with pytest.raises(UsageError, match="not a date"):
        node.roots(attack.id, as_of="long ago")


def test_a_stranger_is_told_nothing(node: Node, attack: Event) -> None:
    """Neither the tree nor that there is one, nor why."""
    for ask in (node.roots, node.why):
        with pytest.raises(UnknownIdError):
            ask(attack.id, viewer=STRANGER)
    assert node.cited(attack.claims, viewer=STRANGER) == {}


def test_the_order_of_taking_in_changes_nothing(
    node: Node, files: dict[str, Path], attack: Event, tmp_path: Path
) -> None:
    """The tree of a node that took the same in one by one, in another order."""
    with Node.init(tmp_path / "other", command="test") as other:
        for path in sorted(files.values(), reverse=True):
            other.add([path])
        (traced,) = other.roots(other.events()[0].id)
    (first,) = node.roots(attack.id)
    assert _names(traced) == _names(first)


def test_a_report_is_no_event(tmp_path: Path) -> None:
    """That somebody said, announced or reported it is not counted beside what happened."""
    told = (
        "The ministry announced that 19 soldiers were killed in Talmest on 8 June 2021.",
        "Colonel Soukari told reporters that 19 soldiers were killed in Talmest on 8 June 2021.",
    )
    for at, words in enumerate(told):
        (tmp_path / f"{at}.txt").write_text(words + "\n")
    with Node.init(tmp_path / "node", command="test") as node:
        node.add([tmp_path / "0.txt", tmp_path / "1.txt"])
        (event,) = node.events()
    assert len(event.documents) == 2


def test_an_event_is_found_by_its_place_in_any_script(node: Node, attack: Event) -> None:
    """And not under another place."""
    assert attack in node.events(place="Anzifat")
    assert attack in node.events(place="أنزيفات")
    assert attack not in node.events(place="Talmest")


def test_why_names_claims_rules_and_reasons(node: Node, attack: Event) -> None:
    """Of an event each claim but the first is joined by something."""
    found = node.why(attack.id)
    assert [each.claim.id for each in found.claims] == list(attack.claims)
    assert {each.claim for each in found.grounds} == set(attack.claims[1:])
    assert all(rule.name and rule.version for rule in found.rules)


def test_why_of_all_roots_together_names_every_claim_once(node: Node, attack: Event) -> None:
    """And there is no root beyond the last."""
    most = attack.roots.at_most
    found = [node.why(f"{attack.id}/{number}") for number in range(1, most + 1)]
    told = [each.claim.id for one in found for each in one.claims]
    assert sorted(told) == sorted(attack.claims)
    for number in ("0", str(most + 1), "one", ""):
        with pytest.raises(UnknownIdError):
            node.why(f"{attack.id}/{number}")


def test_why_of_a_conflict_and_of_an_entity(node: Node) -> None:
    """Both sides, and the claims that name it."""
    conflict = node.conflicts()[0]
    found = node.why(conflict.id)
    assert {each.claim.id for each in found.claims} == {conflict.a, conflict.b}
    assert [each.why for each in found.grounds] == [conflict.why]
    entity = next(each for each in node.entities() if each.name == "أنزيفات")
    assert node.why(entity.id).claims


def test_why_shows_what_people_said_of_a_claim(node: Node, attack: Event) -> None:
    """By whom, and why."""
    claim = node.judge(attack.claims[0], Verdict.ACCEPT, why="the text says so")
    (judged,) = node.why(claim.id).judgements
    assert (judged.claim, judged.verdict, judged.by) == (claim.id, Verdict.ACCEPT, "operator")
    assert judged.why == "the text says so"


def test_what_is_not_worked_out_is_not_asked_why(node: Node) -> None:
    """A document was taken in."""
    with pytest.raises(UsageError, match="is not worked out"):
        node.why(node.documents()[0].id)
