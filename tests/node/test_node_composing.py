"""What somebody composes is as restricted as its parts, and holds what now holds."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.briefs import Passage
from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Verdict
from tawatur.model.ids import NodeId
from tawatur.model.label import Tlp, Viewer, may_receive
from tawatur.model.ruling import Composition
from tawatur.node import Node

FRIEND = NodeId("n-0000000000000001")


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """A node with two reports."""
    (tmp_path / "one.txt").write_text(
        "Tarsane, 4 May 2021. Gunmen attacked the market of Wadril and killed nine, the mayor said."
    )
    (tmp_path / "two.txt").write_text(
        "Bandira, 6 May 2021. The governor said that the road to Wadril stayed closed."
    )
    with Node.init(tmp_path / "node") as made:
        made.add([tmp_path / "one.txt", tmp_path / "two.txt"])
        yield made


def composed(node: Node) -> Composition:
    """Return a brief with a claim of each report and words between."""
    made = node.compositions.start("Wadril", "en")
    claims = [next(iter(node.claims(document=line.id))) for line in node.documents()]
    node.compositions.add(made.id, [claims[0].id])
    node.compositions.write(made.id, "Meanwhile:")
    return node.compositions.add(made.id, [claims[1].id])


def test_a_brief_stands_in_the_order_of_whoever_composed_it(node: Node) -> None:
    """Words and sections follow as they were put, and nothing else stands beside them."""
    brief = node.compositions.brief(composed(node).id)
    kinds = [isinstance(part, Passage) for part in brief.written]
    assert kinds == [False, True, False]
    assert not brief.several
    assert not brief.alone
    assert len(brief.documents) == 2


def test_as_markdown_it_lies_beside_its_documents(node: Node) -> None:
    """Each citation opens at its characters in the page that the archive holds too."""
    made = composed(node)
    with zipfile.ZipFile(io.BytesIO(node.compositions.file(made.id, "zip"))) as archive:
        text, page = (archive.read(name).decode() for name in sorted(archive.namelist())[::-1])
    links = re.findall(r"\(brief\.documents\.html#([^)]+)\)", text)
    assert "Meanwhile" in text
    assert len(set(links)) >= 2
    assert all(f'id="{link}"' in page for link in links)
    with pytest.raises(UsageError):
        node.compositions.file(made.id, "txt")


def test_it_is_as_restricted_as_its_most_restricted_part(node: Node) -> None:
    """With one report that nobody else may have, nobody else may have the brief, or see it."""
    made = composed(node)
    one, two = node.documents()
    node.labels.change(one.id, {"tlp": Tlp.GREEN}, also=[FRIEND], why="for them")
    viewer = Viewer(FRIEND)
    label = node.compositions.brief(made.id).label
    assert may_receive(viewer, label, node.now()).leave == 0
    assert node.compositions.all(viewer=viewer) == ()
    with pytest.raises(UnknownIdError):
        node.compositions.brief(made.id, viewer=viewer)
    del two


def test_a_rejected_claim_leaves_it_and_a_corrected_one_stands_corrected(node: Node) -> None:
    """The brief is worked out when it is asked for."""
    made = composed(node)
    first, _, _ = node.compositions.lines(made.id)
    assert first.claim is not None
    node.judge(first.claim.id, Verdict.REJECT, why="untrue")
    brief = node.compositions.brief(made.id)
    assert first.claim.id not in {sentence.claim for sentence in brief.sentences()}
    assert len(brief.written) == 2


def test_parts_are_moved_rewritten_and_dropped(node: Node) -> None:
    """Numbers count from one; what is somebody's word is not rewritten."""
    made = composed(node)
    node.compositions.move(made.id, 2, 1)
    assert [p.text for p in node.compositions.one(made.id).parts] == ["Meanwhile:", "", ""]
    node.compositions.rewrite(made.id, 1, "At that time:")
    with pytest.raises(UsageError):
        node.compositions.rewrite(made.id, 2, "other words")
    for number in (0, 4):
        with pytest.raises(UsageError):
            node.compositions.drop(made.id, number)
    assert len(node.compositions.drop(made.id, 1).parts) == 2
    assert len(node.compositions.all()) == 1


def test_with_a_report_that_is_erased_the_composition_goes(node: Node) -> None:
    """What rests on it may quote it."""
    made = composed(node)
    node.erase(node.documents()[0].id, why="taken in by mistake")
    with pytest.raises(UnknownIdError):
        node.compositions.one(made.id)
