"""What goes to partners, on pages: the same decisions and refusals as on the command line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.simulators.clock import Clock
from tests.web.support_web import HERE
from tests.web.test_web_accounts import post

from tawatur.model.account import AccountRole
from tawatur.model.community import Act
from tawatur.model.desk import Commitment
from tawatur.model.label import Activity, Tier, Tlp
from tawatur.node import Node
from tawatur.node.sharing.partners import PartnerState
from tawatur.settings import Release
from tawatur.web import app

REPORT = "The army said on Monday that two soldiers were killed near Widril.\n"
PAGES = ("/outbox", "/disclosures", "/partners")
OFFICER = AccountRole.RELEASE_OFFICER


@dataclass
class Desk:
    """A node with a partner, an observer, and five people before its pages."""

    node: Node
    partner: Node
    promise: Commitment
    passwords: dict[str, str]

    def of(self, name: str) -> TestClient:
        """Return the browser of somebody who came in."""
        client = TestClient(
            app(self.node, None), base_url="http://127.0.0.1", follow_redirects=False
        )
        data = {"name": name, "password": self.passwords[name]}
        assert client.post("/login", data=data, headers=HERE).status_code == 303
        return client

    def waiting(self) -> str:
        """Return the id of the one release that waits."""
        (one,) = self.node.outgoing.waiting()
        return one.piece.id


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give it; what waits takes two people, and a promise lies in the compartment north."""
    clock = Clock()
    (tmp_path / "report.txt").write_text(REPORT)
    cards = {}
    for name in ("Harbour", "Hills"):
        with Node.init(tmp_path / name, name=name) as other:
            cards[name] = other.partners.sealed_card()
    Node.init(tmp_path / "node", name="Joint staff").close()
    with (
        Node.open(tmp_path / "Harbour", clock=clock) as partner,
        Node.open(tmp_path / "node", clock=clock) as node,
    ):
        partner.partners.add(node.partners.sealed_card())
        for card in cards.values():
            node.partners.add(card)
        node.settings = replace(node.settings, release=Release(second=True))
        node.add([tmp_path / "report.txt"])
        promise = node.desk.commit(by="Harbour", what="send lorries")
        hidden = node.desk.commit(by="Harbour", what="open the ford")
        node.labels.change(hidden.id, {"compartments": frozenset({"north"})})
        passwords = {
            name: node.accounts.add(name, roles=roles, organisation=of, compartments=rooms)[1]
            for name, roles, of, rooms in (
                ("Salma", [AccountRole.ADMINISTRATOR], None, ()),
                ("ريم", [OFFICER], None, ()),
                ("Hadi", [OFFICER], None, ("north",)),
                ("Nur", [AccountRole.READER, AccountRole.ANALYST], None, ()),
                ("Omar", [AccountRole.READER], "Hills", ()),
            )
        }
        yield Desk(node, partner, promise, passwords)


def refused(answer: Response) -> str:
    """Return the words of a page that refuses."""
    assert answer.status_code == 422
    return str(answer.text)


def test_who_is_no_release_officer_of_the_node_is_told_nothing_and_changes_nothing(
    desk: Desk,
) -> None:
    """Neither in the navigation, nor by the address; what is there is refused as what is not."""
    size = desk.node.ledger.size
    for name in ("Nur", "Salma", "Omar"):
        client = desk.of(name)
        shown = client.get("/communities").text
        for address in PAGES:
            assert f'href="{address}"' not in shown
            assert client.get(address).status_code == 403
        for item in (desk.promise.id, "k-0000000000000000"):
            answer = client.get(f"/disclosures/{item}")
            assert answer.status_code == 403
            assert "lorries" not in answer.text
        for address, fields in (
            (f"/disclosures/{desk.promise.id}/release", {"to": "Harbour"}),
            (f"/disclosures/{desk.promise.id}/recall", {"why": "wrong"}),
            ("/partners/Harbour/suspend", {"why": "a leak"}),
            ("/outbox/z-0/agree", {}),
            ("/outbox/z-0/take-back", {"why": "wrong"}),
        ):
            assert post(client, address, **fields).status_code == 403, (name, address)
        assert "/disclosures/" not in client.get("/commitments").text
    assert desk.node.ledger.size == size


def test_a_release_waits_until_a_second_person_agrees_and_is_taken_back(desk: Desk) -> None:
    """Whoever proposed it is offered no such button; what leaves stands with its label and why."""
    item, rim, hadi = desk.promise.id, desk.of("ريم"), desk.of("Hadi")
    to = desk.node.partners.one("Harbour").id
    answer = post(rim, f"/disclosures/{item}/release", to=to)
    assert (answer.status_code, answer.headers["location"]) == (303, "/outbox")
    agreeing = f"/outbox/{desk.waiting()}/agree"
    mine, other = rim.get("/outbox").text, hadi.get("/outbox").text
    for page in (mine, other):
        for words in (
            "send lorries",
            "Harbour",
            "TLP:AMBER+STRICT",
            "a second person has to agree",
        ):
            assert words in page
    assert agreeing not in mine
    assert agreeing in other
    assert "cannot be the second person" in refused(post(rim, agreeing))
    assert post(hadi, agreeing).status_code == 303
    assert "this node decides who has it" in rim.get("/outbox").text
    back = f"/outbox/{desk.waiting()}/take-back"
    assert "give a reason" in refused(post(rim, back, why=" "))
    assert post(rim, back, why="an error").status_code == 303
    assert desk.node.outgoing.waiting() == ()
    assert "Nothing waits." in rim.get("/outbox").text


def test_what_waits_of_a_compartment_is_not_there_for_who_is_not_let_in(desk: Desk) -> None:
    """Its item answers as one that is not, and so does the id of what waits."""
    hidden = next(c for c in desk.node.desk.commitments() if c.what == "open the ford")
    hadi, rim = desk.of("Hadi"), desk.of("ريم")
    to = desk.node.partners.one("Harbour").id
    assert post(hadi, f"/disclosures/{hidden.id}/release", to=to).status_code == 303
    waiting = desk.waiting()
    assert "open the ford" in hadi.get("/outbox").text
    page = rim.get("/outbox").text
    assert hidden.id not in page
    assert '<span class="total">0</span>' in page
    nothing = f"{hidden.id[:2]}{'0' * 16}"
    there, nowhere = (rim.get(f"/disclosures/{each}") for each in (hidden.id, nothing))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text.replace(hidden.id, "") == nowhere.text.replace(nothing, "")
    size = desk.node.ledger.size
    for what in ("agree", "take-back"):
        kept, none = (
            post(rim, f"/outbox/{each}/{what}", why="wrong") for each in (waiting, "z-" + "0" * 16)
        )
        assert (kept.status_code, none.status_code) == (422, 422)
        assert kept.text.replace(waiting, "") == none.text.replace("z-" + "0" * 16, "")
    assert desk.node.ledger.size == size


def test_an_item_that_was_never_given_answers_for_itself_and_one_that_is_not_does_not(
    desk: Desk,
) -> None:
    """A claim and a report as well as what is on the desk; the beginning of an id will do."""
    claim, report = desk.node.claims()[0].id, desk.node.documents()[0].id
    rim = desk.of("ريم")
    for item in (claim, report, report[:8], desk.promise.id):
        assert "Nobody was given it." in rim.get(f"/disclosures/{item}").text
    for item in ("c-0000000000000000", "d-0000000000000000", "k-0000000000000000"):
        assert rim.get(f"/disclosures/{item}").status_code == 404


def test_who_has_an_item_is_shown_with_receipts_and_recalls_that_nobody_acknowledged(
    desk: Desk,
) -> None:
    """Of the item and of the partner; a recall names the copies that it may not reach."""
    node, item, rim = desk.node, desk.promise.id, desk.of("ريم")
    (came,) = desk.partner.incoming.each(node.outgoing.release(item, "Harbour"))
    assert "none yet" in rim.get(f"/disclosures/{item}").text
    node.incoming.each(desk.partner.outgoing.receipts([came.letter or ""]))
    shown = rim.get(f"/disclosures/{item}").text
    assert "taken in, 1 March 2031" in shown
    assert "not acknowledged" not in shown
    node.outgoing.release(item, "Hills")
    assert "give a reason" in refused(post(rim, f"/disclosures/{item}/recall", why=""))
    recalled = post(rim, f"/disclosures/{item}/recall", why="given by mistake").text
    assert "Hills</dt><dd>" in recalled.replace("\n", "")
    assert "no receipt; it may never have been taken in" in recalled
    shown = rim.get(f"/disclosures/{item}").text
    assert shown.count("not acknowledged") == 2
    harbour = node.partners.one("Harbour").id
    listed = rim.get(f"/disclosures?to={harbour}").text
    assert f'<a href="/disclosures/{item}"><bdi dir="auto">send lorries</bdi></a>' in listed
    assert item not in listed.replace(f"/{item}", ""), "an id stands where its name should"
    assert f'<a href="/commitments/{item}"><bdi dir="auto">send lorries</bdi></a>' in shown
    assert item not in rim.get(f"/disclosures?to={harbour}&since=2031-03-02").text
    assert "This is no day" in refused(rim.get(f"/disclosures?to={harbour}&since=tomorrow"))
    assert "Harbour" in rim.get("/outbox").text


def test_a_partner_is_suspended_and_taken_back_with_a_reason(desk: Desk) -> None:
    """Nothing waits for it meanwhile; how near it is to a community stands beside it."""
    node, rim = desk.node, desk.of("ريم")
    harbour = node.partners.one("Harbour").id
    node.communities.found("Relief", members=[harbour])
    page = rim.get("/partners").text
    for words in (node.partners.fingerprint(node.partners.one("Harbour")), "Relief\u2069: member"):
        assert words in page
    assert "give a reason" in refused(post(rim, f"/partners/{harbour}/suspend", why=""))
    assert post(rim, f"/partners/{harbour}/suspend", why="a leak").status_code == 303
    assert node.partners.state(harbour) is PartnerState.SUSPENDED
    assert "a leak" in rim.get("/partners").text
    answer = post(rim, f"/disclosures/{desk.promise.id}/release", to=harbour)
    assert "nothing goes to" in refused(answer)
    assert post(rim, f"/partners/{harbour}/resume", why="mended").status_code == 303
    assert node.partners.state(harbour) is PartnerState.PARTNER


def test_observers_list_nobody_but_themselves_and_a_confidential_list_is_not_there(
    desk: Desk,
) -> None:
    """Neither members, nor who decides or signed; of the other not even that there is one."""
    node, omar, nur = desk.node, desk.of("Omar"), desk.of("Nur")
    harbour, hills = (node.partners.one(name).id for name in ("Harbour", "Hills"))
    relief = node.communities.found("Relief", members=[harbour])
    node.communities.decide(relief.id, Act.ADMIT, hills, "asked for in May", Tier.OBSERVER)
    node.communities.decide(
        relief.id, Act.TAKE_PART, harbour, "agreed", activities=[Activity.REQUESTS]
    )
    quiet = node.communities.found("Quiet", members=[harbour], confidential=True)
    whole = nur.get(f"/communities/{relief.id}").text
    for words in ("Harbour", "Hills", "observer", "1 March 2031: requests", "in force"):
        assert words in whole
    told = omar.get(f"/communities/{relief.id}").text
    assert "Hills" in told
    assert "Observers do not see who else is on the list." in told
    for text in (told, omar.get("/communities").text):
        assert "Harbour" not in text
    assert told.count("Joint staff") == omar.get("/communities").text.count("Joint staff")
    assert "Quiet" in nur.get("/communities").text
    assert "Quiet" not in omar.get("/communities").text
    nothing = "m-0000000000000000"
    there, nowhere = (omar.get(f"/communities/{each}") for each in (quiet.id, nothing))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text.replace(quiet.id, "") == nowhere.text.replace(nothing, "")


def test_a_list_that_is_too_old_says_so(desk: Desk) -> None:
    """And that nothing goes by it."""
    relief = desk.node.communities.found(
        "Relief", deciders=[desk.node.partners.one("Harbour").id], needed=1
    )
    page = desk.of("Nur").get(f"/communities/{relief.id}").text
    assert "By this list nothing may be given" in page


def test_every_list_and_page_of_items_shows_the_label(desk: Desk) -> None:
    """Of a document, what is in it and of it; of an item on the desk; of a brief the strictest."""
    node, nur = desk.node, desk.of("Nur")
    document, claim, event = node.documents()[0].id, node.claims()[0].id, node.events()[0].id
    brief = node.compositions.start("On the ford").id
    node.compositions.add(brief, [claim])
    node.labels.change(document, {"tlp": Tlp.RED})
    of_report = ("/documents", f"/documents/{document}", "/claims", f"/claims/{claim}", "/events",
        f"/events/{event}", "/search?q=soldiers", "/search/typed?q=soldiers")  # fmt: skip
    for address in of_report:
        assert 'data-tlp="TLP:RED"' in nur.get(address).text, address
    for address in ("/commitments", f"/commitments/{desk.promise.id}"):
        assert 'data-tlp="TLP:AMBER+STRICT"' in nur.get(address).text, address
    for address in ("/briefs", f"/briefs/{brief}"):
        assert 'class="tlp"' in nur.get(address).text, address
    assert f'href="/disclosures/{document}"' in desk.of("ريم").get(f"/documents/{document}").text


def test_what_was_given_of_a_compartment_is_not_heard_of_after_it_is_erased(desk: Desk) -> None:
    """By whoever was not let in; whoever was sees who still has it, and what they are told."""
    node, north = desk.node, {"compartments": frozenset({"north"})}
    report = node.documents()[0].id
    node.labels.change(report, north, also=[node.partners.one("Harbour").id])
    node.outgoing.release(report, "Harbour")
    node.outgoing.release(desk.promise.id, "Harbour")
    for item in (report, desk.promise.id):
        node.outgoing.recall(item, "given by mistake")
    node.erase(report, why="not ours to hold")
    hadi, rim, nothing = desk.of("Hadi"), desk.of("ريم"), "d-0000000000000000"
    assert "not acknowledged" in hadi.get(f"/disclosures/{report}").text
    assert report in hadi.get("/outbox").text
    there, nowhere = (rim.get(f"/disclosures/{each}") for each in (report, nothing))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text.replace(report, "") == nowhere.text.replace(nothing, "")
    listed = rim.get(f"/disclosures?to={node.partners.one('Harbour').id}").text
    for page in (rim.get("/outbox").text, listed):
        assert report not in page
        assert desk.promise.id in page
