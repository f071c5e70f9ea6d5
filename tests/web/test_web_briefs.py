"""Parts of a brief are looked for, chosen, ordered and taken out on its own page."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.web.support_web import HERE, Person, person

from tawatur.model.account import AccountRole
from tawatur.model.label import Tlp
from tawatur.node import Node
from tawatur.web import app

ENGLISH = "Tarsane, 4 May 2021. Vicki Hudlestoun said that gunmen attacked the market in Wadril."
ARABIC = """وكالة أنباء السهل، 6 حزيران 2021
قالت المبعوثة فيكي هدلستون إن جسر ترملوق لم يُفتح بعد أمام القوافل.
"""
MARKET, BRIDGE = "attacked the market", "جسر ترملوق"


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node with a report in English and a later one in Arabic."""
    for name, text in (("one.txt", ENGLISH), ("two.txt", ARABIC)):
        (tmp_path / name).write_text(text, "utf-8")
    Node.init(tmp_path / "node", name="Joint staff").close()
    with Node.open(tmp_path / "node") as made:
        made.add([tmp_path / "one.txt", tmp_path / "two.txt"])
        yield made


def section(answer: Response, name: str) -> str:
    """Return what stands below a heading, entities as characters; empty where it is not there."""
    page = html.unescape(answer.text)
    return page.partition(f'id="{name}"')[2].partition("</section>")[0]


def offered(answer: Response) -> list[str]:
    """Return the ids beside which there is a box."""
    return re.findall(r'name="items" value="([^"]+)"', section(answer, "found"))


def parts(node: Node, brief: str) -> list[str]:
    """Return what a brief says, part by part."""
    lines = node.compositions.lines(brief)
    cited = [
        line.event.headline if line.event else line.claim.quote for line in lines if line.claim
    ]
    told = iter(cited)
    return [line.part.text or next(told) for line in lines]


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("q=gunmen", MARKET, BRIDGE),
        ("q=هدلستون", MARKET, "empty"),
        ("q=Hudlestoun", BRIDGE, "empty"),
        ("since=2021-06", BRIDGE, MARKET),
        ("until=2021-05", MARKET, BRIDGE),
        ("place=ودريل", MARKET, BRIDGE),
        ("type=ASSAULT", MARKET, BRIDGE),
        ("q=gun", "empty", MARKET),
        ("q=...", "empty", MARKET),
    ],
)
def test_parts_are_found_by_words_time_place_and_type(
    node: Node, asked: str, there: str, not_there: str
) -> None:
    """By an address that can be sent to somebody."""
    someone, brief = person(node), node.compositions.start("The road").id
    answer = someone.get(f"/briefs/{brief}?{asked}")
    assert answer.status_code == 200
    assert there in section(answer, "found")
    assert not_there not in section(answer, "found")


def test_nothing_is_listed_before_something_is_asked_for(node: Node) -> None:
    """Nor for a date that cannot be read, which is said."""
    someone, brief = person(node), node.compositions.start("The road").id
    assert section(someone.get(f"/briefs/{brief}"), "found") == ""
    answer = someone.get(f"/briefs/{brief}?since=yesterday")
    assert answer.status_code == 422
    assert "yesterday" in html.unescape(answer.text)


def test_each_is_offered_with_label_and_roots_until_it_is_in(node: Node) -> None:
    """The event, and below it the claim; what is in it leads to its part."""
    someone, brief = person(node), node.compositions.start("The road").id
    answer = someone.get(f"/briefs/{brief}?q=gunmen")
    event, claim = offered(answer)
    assert (event[:2], claim[:2]) == ("v-", "c-")
    assert section(answer, "found").count('data-tlp="TLP:') == 2
    assert "at least 1, at most 1" in section(answer, "found")
    put = someone.post(f"/briefs/{brief}/add", items=[claim])
    assert put.headers["location"] == f"/briefs/{brief}#part-1"
    answer = someone.get(f"/briefs/{brief}?q=gunmen")
    assert offered(answer) == [event]
    assert "in it: part 1" in section(answer, "found")


def test_the_only_claim_of_an_event_does_not_say_its_words_again(node: Node) -> None:
    """They stand with the event; the claim says whose it is, and both boxes have their own name."""
    someone, brief = person(node), node.compositions.start("The road").id
    found = section(someone.get(f"/briefs/{brief}?q=gunmen"), "found")
    assert len(re.findall(rf">[^<]*{MARKET}", found)) == 1
    names = re.findall(r'aria-label="(Choose: [^"]+)"', found)
    assert len(set(names)) == 2


def test_what_is_chosen_goes_where_it_is_told(node: Node) -> None:
    """In the order of the list: at the end, at the beginning, or after a part."""
    someone, brief = person(node), node.compositions.start("The road").id
    for text in ("First.", "Last."):
        someone.post(f"/briefs/{brief}/write", text=text)
    answer = someone.get(f"/briefs/{brief}?q=Hudlestoun")
    places = re.findall(r'<option value="(\d*)"[^>]*>([^<]*)<', section(answer, "found"))
    assert [value for value, _ in places] == ["", "1", "2"]
    assert "First." in places[2][1]
    claims = [each for each in offered(answer) if each.startswith("c-")]
    put = someone.post(f"/briefs/{brief}/add", items=claims, at="2")
    assert put.headers["location"].endswith("#part-2")
    told = parts(node, brief)
    assert (told[0], told[-1], len(told)) == ("First.", "Last.", 4)
    assert BRIDGE in told[1]
    refused = someone.post(f"/briefs/{brief}/add", at="1")
    assert refused.status_code == 422
    assert "choose what is to be put in" in refused.text


def test_a_part_is_moved_and_taken_out_by_its_buttons(node: Node) -> None:
    """The page comes back at the part, so that it can be moved on."""
    someone, brief = person(node), node.compositions.start("The road").id
    for text in ("First.", "Second.", "Third."):
        someone.post(f"/briefs/{brief}/write", text=text)
    page = someone.get(f"/briefs/{brief}").text
    assert 'aria-label="Move part 3 up"' in page
    moved = someone.post(f"/briefs/{brief}/move", number="3", to="2")
    assert moved.headers["location"].endswith("#part-2")
    assert parts(node, brief) == ["First.", "Third.", "Second."]
    assert someone.post(f"/briefs/{brief}/move", number="3", to="4").status_code == 422


def test_what_was_taken_out_can_be_put_back(node: Node) -> None:
    """Where it stood: own words, an event and a claim."""
    someone, brief = person(node), node.compositions.start("The road").id
    answer = someone.get(f"/briefs/{brief}?q=gunmen")
    node.compositions.add(brief, offered(answer))
    node.compositions.write(brief, "Between <both>.", 2)
    held = node.compositions.one(brief).parts
    for number in ("1", "2", "3"):
        out = someone.post(f"/briefs/{brief}/drop", number=number)
        assert (out.status_code, len(node.compositions.one(brief).parts)) == (200, 2)
        form = out.text.partition('<li class="gone"')[2].partition("</form>")[0]
        (action,) = re.findall('action="([^"]+)"', form)
        fields = {
            n: html.unescape(v) for n, v in re.findall('name="([a-z]+)" value="([^"]*)"', form)
        }
        assert someone.post(action, **fields).headers["location"].endswith(f"#part-{number}")
        assert node.compositions.one(brief).parts == held
    assert someone.post(f"/briefs/{brief}/drop", number="9").status_code == 422


def test_what_came_too_late_is_told_in_words(node: Node) -> None:
    """Not by ids; and it can be put in all the same."""
    someone, brief = person(node), node.compositions.start("The road").id
    answer = someone.get(f"/briefs/{brief}?q=gunmen")
    found = re.search(r'name="seen" value="([^"]+)"', answer.text)
    assert found
    node.compositions.write(brief, "Meanwhile.")
    event, claim = offered(answer)
    late = someone.post(f"/briefs/{brief}/add", items=[event, claim], seen=found[1])
    assert late.status_code == 422
    assert section(late, "both").count(MARKET) == 2
    again = re.findall(r'name="(\w+)" value="([^"]*)"', section(late, "both"))
    fields = {name: [v for n, v in again if n == name] for name, _ in again}
    assert someone.post(f"/briefs/{brief}/add", **fields).status_code == 303
    assert len(parts(node, brief)) == 3


def guest(node: Node) -> Person[Node]:
    """Return the browser of an analyst of another organisation."""
    with Node.init(node.folder.parent / "other", name="Neighbour") as other:
        card = other.partners.sealed_card()
    node.partners.add(card)
    node.accounts.add("Salma", roles=tuple(AccountRole))
    _, password = node.accounts.add("Omar", roles=[AccountRole.ANALYST], organisation="Neighbour")
    client = TestClient(app(node, None), base_url="http://127.0.0.1")
    client.post("/login", data={"name": "Omar", "password": password}, headers=HERE)
    return Person(node, client)


def test_nobody_finds_or_puts_in_what_he_may_not_see(node: Node) -> None:
    """Whatever he looks for, and by whichever id."""
    one = next(line for line in node.documents() if line.language == "en")
    omar = guest(node)
    node.labels.change(
        one.id, {"tlp": Tlp.GREEN}, also=[node.partners.one("Neighbour").id], why="for them"
    )
    hidden = next(claim.id for claim in node.claims() if claim.language == "ar")
    begun = omar.post("/briefs", title="The road", language="en")
    brief = begun.headers["location"].rpartition("/")[2]
    for words in ("Hudlestoun", "هدلستون", "قوافل"):
        answer = omar.get(f"/briefs/{brief}?q={words}")
        assert BRIDGE not in answer.text
        assert hidden not in offered(answer)
    answer = omar.get(f"/briefs/{brief}?q=Hudlestoun")
    assert MARKET in section(answer, "found")
    assert omar.post(f"/briefs/{brief}/add", items=[hidden]).status_code == 422
    his = node.asked_by(node.accounts.person("Omar"))
    assert parts(his, brief) == []
    assert omar.post(f"/briefs/{brief}/add", items=offered(answer)[:1]).status_code == 303
    assert MARKET in parts(his, brief)[0]
