"""Pages of border notices and subjects: entered, drawn, withdrawn; a look changes nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import Person, person

from tawatur.model.reading import EventType
from tawatur.node import Incoming, Node
from tawatur.web import areas

REPORT = "The minister said on 3 May 2031 that kidnappers had asked for 5 million euros.\n"


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """A person at the pages of a node in memory."""
    return person(filled())


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Person[Node]]:
    """A person at the pages of a node with a report."""
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([Incoming("one.txt", "test", content=REPORT.encode())])
        yield person(node)


def test_a_notice_is_listed_drawn_and_told_with_whom_it_reaches(
    someone: Person[SimulatedNode],
) -> None:
    """And that something else is there."""
    page = someone.get("/border-notices").text
    assert "دورية ليلية" in page
    assert '<path d="M' in page
    assert "the duty officer" in page
    one = someone.get(f"/border-notices/{someone.node.areas.notices()[0].id}").text
    assert "Neighbour" in one
    assert "not in the audience" in one


def test_a_notice_is_entered_by_a_form_found_exported_and_withdrawn(real: Person[Node]) -> None:
    """What is wrong is said, with the form as it was filled in."""
    fields = {"what": "a patrol by night", "contact": "duty", "sighting": "planned"}
    wrong = real.post("/border-notices", **fields, places="Xanaduville", start="2031-06-14")
    assert wrong.status_code == 422
    assert "it cannot be told where" in wrong.text
    assert "a patrol by night" in wrong.text
    placed = {**fields, "places": "Tessalit, Mali", "start": "2031-06-14"}
    assert real.post("/border-notices", **placed).status_code == 303
    (item,) = real.node.areas.notices()
    assert "a patrol by night" in real.get("/border-notices?near=Kidal, Mali&at=2031-06").text
    assert "a patrol by night" not in real.get("/border-notices?at=2032").text
    assert real.get("/border-notices?at=soon").status_code == 422
    shown = json.loads(real.get("/border-notices/export").text)
    assert [each["id"] for each in shown["features"]] == [item.id]
    assert real.post(f"/border-notices/{item.id}", why=" ").status_code == 422
    assert real.post(f"/border-notices/{item.id}", why="put off").status_code == 303
    assert "put off" in real.get(f"/border-notices/{item.id}").text
    assert real.get("/border-notices/f-none").status_code == 404


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_files_hold_all_notices_where_the_page_lists_the_first(
    real: Person[Node], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the page says so, where there are more than it lists."""
    for day in (14, 15, 16):
        place = ["Tessalit, Mali"]
        real.node.areas.add("a patrol", contact="duty", start=f"2931-06-{day}", places=place)
    monkeypatch.setattr(areas, "SHOWN", 3)
    assert "3+" not in real.get("/border-notices", language).text
    monkeypatch.setattr(areas, "SHOWN", 2)
    page = real.get("/border-notices", language).text
    assert (page.count('<tr id="f-'), "2+" in page) == (2, True)
    for filters in ("", "?near=Kidal, Mali"):
        drawn = json.loads(real.get(f"/border-notices/export{filters}").text)
        assert len(drawn["features"]) == 3
        assert len(real.get(f"/border-notices.csv{filters}").text.splitlines()) == 4


def test_a_finer_notice_is_shown_with_its_hours(real: Person[Node]) -> None:
    """On one day, and over several."""
    add = real.node.areas.add
    for start, end, said in (
        (
            "2031-06-15T06:30+01:00",
            "2031-06-15T09:00+01:00",
            "15 juin 2031, \u206805:30–08:00 UTC",
        ),
        (
            "2031-06-15T05:30Z",
            "2031-06-16T08:00Z",
            "15 juin 2031, 05:30 UTC à 16 juin 2031, 08:00 UTC",
        ),
    ):
        noted = add("a flight", places=["Gao, Mali"], start=start, end=end, contact="1", fine=True)
        assert said in real.get(f"/border-notices/{noted.notice.id}", "fr").text


def test_a_look_at_a_subject_leaves_it_new_until_it_is_said_to_be_seen(
    real: Person[Node],
) -> None:
    """On the page and in the feed; in three languages."""
    assert real.post("/subjects", name="rançon").status_code == 303
    (subject,) = real.node.subjects.all()
    address = f"/subjects/{subject.id}"
    for language in ("en", "ar", "fr"):
        page = real.get(address, language).text
        assert "kidnappers had asked" in page
        assert "5,000,000 EUR" in page
    assert "<entry>" in real.get(f"{address}/feed").text
    assert real.post(address).status_code == 303
    assert "kidnappers had asked" not in real.get(address).text
    assert "kidnappers had asked" in real.get(f"{address}?everything=1").text
    assert real.post(address, remove="1").status_code == 303
    assert real.node.subjects.all() == ()
    assert real.post("/subjects", name=" ").status_code == 422


def test_a_subject_says_what_it_asks_in_the_words_of_the_page(real: Person[Node]) -> None:
    """Each kind of thing by its name; a type is no code."""
    real.node.subjects.add("attacks", places=["Gao"], types=[EventType.ASSAULT])
    page = real.get("/subjects", "fr").text
    said = re.sub(r"<[^>]+>", "", page[page.index('<ul class="plain">') :]).split("\n")
    assert any("Où\u00a0: Gao · Type\u00a0: attaque" in line for line in said)
