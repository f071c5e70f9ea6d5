"""What a brief may cite is found by words, by names in any script, by time, place and type."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tawatur.errors import UsageError
from tawatur.model.claim import Verdict
from tawatur.model.ids import NodeId
from tawatur.model.label import Tlp, Viewer
from tawatur.model.reading import EventType
from tawatur.node import Node
from tawatur.node.indexing import identity
from tawatur.node.indexing.words import Query

FRIEND = NodeId("n-0000000000000001")
ENGLISH = "Tarsane, 4 May 2021. Vicki Hudlestoun said that gunmen attacked the market in Wadril."
ARABIC = """وكالة أنباء السهل، 6 حزيران 2021
قالت المبعوثة فيكي هدلستون إن جسر ترملوق لم يُفتح بعد أمام القوافل.
"""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """A node with a report in English, of May, and a later one in Arabic, of June."""
    with Node.init(tmp_path / "node") as made:
        for name, text in (("one.txt", ENGLISH), ("two.txt", ARABIC)):
            (tmp_path / name).write_text(text, "utf-8")
            made.add([tmp_path / name])
        yield made


def found(node: Node, words: str, **narrowed: str) -> list[str]:
    """Return the languages of what is found, each once, in order."""
    claims = node.searching.citable(words, **narrowed)  # type: ignore[arg-type]
    return list(dict.fromkeys(claim.language for claim in claims))


@pytest.mark.parametrize(
    ("words", "languages"),
    [
        ("Hudlestoun", ["ar", "en"]),
        ("هدلستون", ["ar", "en"]),
        ('"Vicki Hudlestoun"', ["ar", "en"]),
        ("Hudlestoun market", ["en"]),
        ("هدلستون market", ["en"]),
        ("قوافل", ["ar"]),
        ("gunmen", ["en"]),
        ("gun", []),
        ('"market in Wadril"', ["en"]),
        ('"Wadril in market"', []),
        ("", ["ar", "en"]),
    ],
)
def test_all_words_are_held_and_names_in_any_script(
    node: Node, words: str, languages: list[str]
) -> None:
    """Whole words, folded; in quotation marks in a row; a name however it is spelled."""
    assert found(node, words) == languages


def test_time_place_and_type_narrow_it(node: Node) -> None:
    """Each by itself, without words as well."""
    assert found(node, "", since="2021-06") == ["ar"]
    assert found(node, "", until="2021-05") == ["en"]
    assert found(node, "", place="ودريل") == found(node, "", place="Wadril") == ["en"]
    assert found(node, "Hudlestoun", place="Wadril") == ["en"]
    attacks = node.searching.citable("", type=EventType.ASSAULT)
    assert {claim.content.event_type for claim in attacks} == {EventType.ASSAULT}
    with pytest.raises(UsageError):
        found(node, "", since="yesterday")


def test_what_was_rejected_is_not_offered(node: Node) -> None:
    """A brief would leave it out."""
    (claim,) = node.searching.citable("gunmen")
    node.judge(claim.id, Verdict.REJECT, why="a headline")
    assert node.searching.citable("gunmen") == ()


def test_nobody_is_offered_what_he_may_not_see(node: Node) -> None:
    """Neither a claim nor, by its spelling, a name that only a hidden report has."""
    one = next(line for line in node.documents() if line.language == "en")
    node.labels.change(one.id, {"tlp": Tlp.GREEN}, also=[FRIEND], why="for them")
    viewer = Viewer(FRIEND)
    for words in ("", "Hudlestoun", "هدلستون", "قوافل"):
        claims = node.searching.citable(words, viewer=viewer)
        assert {claim.document for claim in claims} <= {one.id}
    assert node.searching.citable("هدلستون", viewer=viewer)


def test_hidden_names_take_no_place_of_those_that_may_be_seen(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search looks at the first names that fit, of those that the viewer may see."""
    monkeypatch.setattr(identity, "_MOST_FOUND", 1)
    (tmp_path / "three.txt").write_text("Tarsane, 7 July 2021. Paul Hudlestoun resigned.", "utf-8")
    node.add([tmp_path / "three.txt"])
    last = next(line for line in node.documents() if line.name == "three.txt")
    node.labels.change(last.id, {"tlp": Tlp.GREEN}, also=[FRIEND], why="for them")
    (known,) = node.searching.names(Query.parse("Hudlestoun"), viewer=Viewer(FRIEND))
    assert known.documents == (last.id,)
