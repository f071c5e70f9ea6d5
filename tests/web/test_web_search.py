"""Search and the first page, over a real node: what is found, and what is new."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from tests.web.support_web import Person, person

from tawatur import samples
from tawatur.node import Node
from tawatur.node.indexing.words import Query, stems
from tawatur.web import app

REPORT = """Vicki Hudlestoun visits Tarmelok
Plain Observer, 3 May 2021

The envoy Vicki Hudlestoun said on Monday that the bridge of Tarmelok is open again.
"""
ARABIC = """فيكي هدلستون تزور ترملوق
وكالة أنباء السهل، 4 أيار 2021

قالت المبعوثة فيكي هدلستون إن جسر ترملوق لم يُفتح بعد أمام القوافل.
"""


@pytest.fixture
def someone(tmp_path: Path) -> Iterator[Person[Node]]:
    """Return somebody in front of a node that holds two small reports and a sample."""
    for name, text in (("one.txt", REPORT), ("two.txt", ARABIC)):
        (tmp_path / name).write_text(text, "utf-8")
    with Node.init(tmp_path / "node", name="مرصد السهل") as node:
        node.add([tmp_path / "one.txt", tmp_path / "two.txt", samples.paths()[6]])
        yield person(node)


def found(someone: Person[Node], **query: str) -> str:
    """Return the page of a search, entities as characters."""
    answer = someone.client.get("/search", params=query)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def test_a_name_is_found_in_the_other_script(someone: Person[Node]) -> None:
    """Typed in Latin letters, spelled in Arabic; and the other way round."""
    assert "هدلستون" in found(someone, q="Huddleston", kind="names")
    assert "Hudlestoun" in found(someone, q="هدلستون", kind="names")


@pytest.mark.parametrize("asked", ["القوافل", "قوافل", "أمام قوافل", '"جسر ترملوق"', "ترملوق جسر"])
def test_words_are_found_folded(someone: Person[Node], asked: str) -> None:
    """Without article and hamza, in any order but within quotation marks."""
    page = found(someone, q=asked, kind="documents")
    assert "<mark class=" in page
    assert "فيكي هدلستون تزور ترملوق" in page


def test_words_in_quotation_marks_stand_in_a_row(someone: Person[Node]) -> None:
    """In another order nothing is found."""
    assert "Nothing holds these words." in found(someone, q='"ترملوق جسر"')
    assert "Nothing holds these words." in found(someone, q="zzzz")


def test_filters_stand_in_the_address(someone: Person[Node]) -> None:
    """Only claims, only one language."""
    page = found(someone, q="ترملوق", kind="claims", language="ar")
    assert 'id="claims"' in page
    assert 'id="documents"' not in page
    assert "Nothing holds these words." in found(someone, q="ترملوق", kind="claims", language="fr")


def test_what_is_typed_so_far_finds_the_beginning_of_words(someone: Person[Node]) -> None:
    """A list without a frame; nothing for nothing."""
    answer = someone.get("/search/typed?q=Tarmel")
    assert "Vicki Hudlestoun visits Tarmelok" in answer.text
    assert "<html" not in answer.text
    assert someone.get("/search/typed?q=%22%20.").text.strip() == ""


@pytest.mark.parametrize(
    "asked", ['"', '" OR *', "a AND NOT b", "words : x", "'; DROP", "\x00", "(", "^a*"]
)
def test_what_is_no_word_is_no_command(someone: Person[Node], asked: str) -> None:
    """Signs of the search engine's own language count for nothing."""
    found(someone, q=asked)


def test_a_query_knows_where_its_words_stand() -> None:
    """The parts of a phrase too; the last word need not be whole while it is typed."""
    query = Query.parse('the "open again" bri', typing=True)
    assert query.open
    text = "The bridge is open again."
    assert [span.of(text) for span in query.places(text)] == ["The", "bridge", "open", "again"]
    assert query.within(text)
    assert not Query.parse('"again open"').within(text)


@pytest.mark.parametrize("word", ["الهجوم", "والهجوم", "بالهجوم", "للمدينة", "وهجوم", "attaques"])
def test_a_word_is_found_while_it_is_typed(word: str) -> None:
    """From the second letter behind the article on, the third behind a conjunction."""
    before = len(word) - len(stems(word)[0])
    for end in range(before + 3, len(word) + 1):
        query = Query.parse(word[:end], typing=True)
        assert query.within(word), word[:end]
        assert query.names


@given(st.text())
def test_whatever_is_typed_is_asked_for_in_words_alone(typed: str) -> None:
    """Letters that fold to nothing, signs of the search engine and all else."""
    query = Query.parse(typed, typing=True)
    assert bool(query.texts) == bool(query.terms)
    assert tuple(each.terms[0] for each in query.each) == query.terms


def test_a_hyphen_that_is_not_seen_parts_no_word() -> None:
    """It folds to nothing, so it is one word with what stands around it."""
    (each,) = Query.parse("Anzi\u00adfat").each
    assert each.terms == (("anzifat",),)


def test_only_what_came_since_the_last_look_is_new(tmp_path: Path) -> None:
    """With the roots of what it tells again, before and after."""
    one, two = samples.paths()[1], samples.paths()[8]  # a toll, by an agency and by a paper
    with Node.init(tmp_path / "node", name="Observer") as node:
        node.add([one])
        now = datetime.now(UTC) + timedelta(seconds=1)
        client = TestClient(app(node, "once", clock=lambda: now), base_url="http://127.0.0.1")
        client.get("/start?token=once")
        seen = re.search(r'href="(/seen[^"]+)"', client.get("/").text)
        assert seen
        assert "Nothing has come since." in client.get(html.unescape(seen[1])).text
        assert client.get("/seen?at=nonsense").status_code == 200
        client.cookies.delete("tawatur-look")
        client.cookies.set("tawatur-look", datetime.now(UTC).isoformat())
        node.add([two])
        page = client.get("/").text
        assert "Told again by what is new" in page
        assert two.name in page
        assert one.name not in page


def test_words_selected_become_a_claim(someone: Person[Node]) -> None:
    """With who says it; words that stand nowhere, or in several places, are explained."""
    node = someone.node
    line = next(each for each in node.documents() if each.name == "one.txt")
    text = node.document(line.id).extraction.text
    at = text.index("Plain Observer")
    fields = {
        "words": "Plain Observer",
        "words_at": f"{at}-{at + 14}",
        "speaker": "Vicki Hudlestoun",
    }
    answer = someone.post(f"/documents/{line.id}/claims", **fields, type="CONSULT")
    assert answer.status_code == 303
    claim = next(c for c in node.claims(document=line.id) if c.quote == "Plain Observer")
    assert (claim.content.event_type, claim.root.source_text) == ("CONSULT", "Vicki Hudlestoun")
    for words in ("nobody", "Tarmelok", ""):
        assert someone.post(f"/documents/{line.id}/claims", words=words).status_code == 422
    page = someone.get(f"/documents/{line.id}?place={at}-{at + 5}").text
    assert 'id="found"' in page
