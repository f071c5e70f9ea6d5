"""A page that lies open is told what came, who has the same open, and that it changed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from tests.simulators.behind import left_behind, nothing_beside
from tests.simulators.clock import Clock
from tests.simulators.node import filled
from tests.web.support_web import HERE, person

from tawatur.model.account import AccountRole, AccountState
from tawatur.model.claim import Claim, Verdict
from tawatur.model.desk import Commitment, CommitmentStatus, Request
from tawatur.node import Node
from tawatur.web import app, live
from tawatur.web.live import Seat, Seats

REPORT = "The army said on Monday that two soldiers were killed near Widril."


class Desk:
    """A node with people before its pages."""

    def __init__(self, node: Node, clock: Clock) -> None:
        """Give it accounts."""
        self.node, self.clock = node, clock
        self.site = app(node, None, clock=clock)
        with Node.init(node.folder.parent / "other", name="Neighbour") as other:
            card = other.partners.sealed_card()
        node.partners.add(card)
        self.passwords = {
            name: node.accounts.add(name, roles=roles, organisation=of)[1]
            for name, roles, of in (
                ("Salma", tuple(AccountRole), None),
                ("Reem", [AccountRole.ANALYST], None),
                ("Guest", [AccountRole.ANALYST], "Neighbour"),
            )
        }

    def of(self, name: str) -> TestClient:
        """Return the browser of somebody who came in."""
        client = TestClient(self.site, base_url="http://127.0.0.1", follow_redirects=False)
        data = {"name": name, "password": self.passwords[name]}
        assert client.post("/login", data=data, headers=HERE).status_code == 303
        return client

    @property
    def claim(self) -> Claim:
        """Return the first claim."""
        return self.node.claims()[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a node with a report and two analysts."""
    clock = Clock()
    (tmp_path / "report.txt").write_text(REPORT)
    Node.init(tmp_path / "node", name="Joint staff").close()
    with Node.open(tmp_path / "node", clock=clock) as node:
        node.add([tmp_path / "report.txt"])
        yield Desk(node, clock)


def form(client: TestClient, claim: Claim, act: str, **more: str) -> dict[str, str]:
    """Return what the form of a claim sends, as it is shown now."""
    page = client.get(f"/review?claim={claim.id}").text
    found = dict(re.findall(r'name="(csrf|here|seen)" value="([^"]*)"', page))
    return {**found, "act": act, **more}


def test_what_is_told_once_ends() -> None:
    """Whoever does not listen for events is not held."""
    answer = person(filled()).get("/live?thing=d-none")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == f"retry: {live.AGAIN}\n\n"


def told(client: TestClient, thing: str, state: str = "") -> str:
    """Return what a page hears at once."""
    answer: Response = client.get(f"/live?thing={thing}&state={state}")
    return answer.text


def test_a_page_hears_that_another_changed_what_it_shows(desk: Desk) -> None:
    """A claim by a judgement; its document by that, too; with the name of whoever did it."""
    salma, reem = desk.of("Salma"), desk.of("Reem")
    claim = desk.claim
    state = re.search(r'data-state="([^"]*)"', reem.get(f"/documents/{claim.document}").text)
    assert state is not None
    assert "changed" not in told(reem, claim.document, state[1])
    assert salma.post(f"/review/{claim.id}", data=form(salma, claim, "accept"), headers=HERE)
    assert "Salma changed this" in told(reem, claim.id).replace("\u2068", "").replace("\u2069", "")
    assert "event: changed" in told(reem, claim.document, state[1])


def test_who_has_the_same_open_is_named_to_their_own_organisation_alone(desk: Desk) -> None:
    """Nobody hears of themselves, nor anybody of people elsewhere: it would tell what they see."""
    people = [desk.node.accounts.person(name) for name in ("Salma", "Reem")]
    salma, reem = (Seat(each, "c-1") for each in people)
    elsewhere = Seat(desk.node.accounts.person("Guest"), "c-1")
    seats = Seats()
    with seats.taken(salma), seats.taken(elsewhere), seats.taken(salma):
        assert seats.names_beside(reem) == ("Salma",)
        assert seats.names_beside(salma) == ()
        assert seats.names_beside(elsewhere) == ()
        assert seats.names_beside(Seat(people[1], "c-2")) == ()
        assert seats.names_beside(Seat(None, "c-1")) == ()
    assert seats.names_beside(reem) == ()


def test_intake_is_told_while_a_page_lies_open(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By somebody who listens; what they may not see is not counted."""
    monkeypatch.setattr(live, "PAUSE", 0.05)
    monkeypatch.setattr(live, "BEATS", 40)
    (tmp_path / "second.txt").write_text(REPORT.replace("two", "nine"))
    client, guest = desk.of("Reem"), desk.of("Guest")
    heard: dict[str, str] = {}

    def listen(name: str, to: TestClient) -> None:
        heard[name] = to.get("/live", headers={"accept": "text/event-stream"}).text

    streams = [Thread(target=listen, args=each) for each in (("in", client), ("out", guest))]
    for stream in streams:
        stream.start()
    while len(desk.site.state.seats._taken) < 2:
        sleep(0.01)
    sleep(0.3)
    with desk.site.state.room.lock:
        desk.node.add([tmp_path / "second.txt"])
    for stream in streams:
        stream.join()
    assert "event: news\ndata: New since this page was made: documents 1" in heard["in"]
    assert "event" not in heard["out"]
    assert desk.site.state.seats._taken == {}


def test_what_a_guest_may_not_see_is_told_like_what_there_is_not(desk: Desk) -> None:
    """Byte for byte, whatever becomes of it."""
    guest, claim = desk.of("Guest"), desk.claim
    for id_ in (claim.id, claim.document):
        before = told(guest, id_)
        desk.node.judge(claim.id, Verdict.ACCEPT)
        assert told(guest, id_) == before == told(guest, f"{id_[:2]}{'0' * 16}")


def test_an_outdated_word_is_refused_and_both_are_shown(desk: Desk) -> None:
    """What was sent can be recorded all the same, once the other's word was seen."""
    salma, reem = desk.of("Salma"), desk.of("Reem")
    claim = desk.claim
    late = form(reem, claim, "reject", why="it is hearsay")
    salma.post(f"/review/{claim.id}", data=form(salma, claim, "accept"), headers=HERE)
    answer = reem.post(f"/review/{claim.id}", data=late, headers=HERE)
    assert answer.status_code == 422
    shown = answer.text.partition('class="both"')[2].partition("</section>")[0]
    for said in ("rejected", "it is hearsay", "Salma", "accepted"):
        assert said in shown, said
    again = dict(re.findall(r'name="([a-z]+)" value="([^"]*)"', shown))
    assert reem.post(f"/review/{claim.id}", data=again, headers=HERE).status_code == 303
    assert desk.node.claim(claim.id).status == "rejected"


def test_a_list_refuses_an_outdated_word_too(desk: Desk) -> None:
    """And what was not looked at is not judged."""
    reem, claim = desk.of("Reem"), desk.claim
    page = reem.get("/claims").text
    fields = dict(re.findall(r'name="(csrf|seen)" value="([^"]*)"', page))
    assert fields["seen"] == "none"
    desk.node.judge(claim.id, Verdict.ACCEPT)
    answer = reem.post(f"/claims/{claim.id}/reject", data=fields, headers=HERE)
    assert answer.status_code == 422
    assert 'class="both"' in answer.text
    assert desk.node.claim(claim.id).status == "accepted"


def test_listening_keeps_no_session_alive(desk: Desk) -> None:
    """Who goes away with a page open is out after the usual while."""
    reem = desk.of("Reem")
    for _ in range(4):
        desk.clock.now += timedelta(minutes=desk.node.settings.web.idle_minutes / 2)
        answer = reem.get("/live")
    assert answer.status_code == 303


def test_who_may_not_come_in_any_more_hears_nothing(desk: Desk) -> None:
    """The stream ends."""
    reem = desk.of("Reem")
    assert told(reem, desk.claim.id)
    desk.node.accounts.change("Reem", state=AccountState.SUSPENDED)
    assert reem.get("/live").status_code == 303


def test_a_page_says_how_much_is_still_being_worked_in(desk: Desk, tmp_path: Path) -> None:
    """In its own language, of what its reader may see; the stream says when it is done."""
    desk.node.answer_at_once()
    nothing_beside(desk.node)
    reem, guest = desk.of("Reem"), desk.of("Guest")
    with Node.open(desk.node.folder, command="add") as adding:
        left_behind(adding, tmp_path / "more", 7)
    assert "Documents still being worked in: 7." in reem.get("/events").text
    for code in ("ar", "fr"):
        reem.cookies.set("tawatur-language", code)
        line = re.search(r'data-kind="coming"><span>([^<]*7[^<]*)', reem.get("/events").text)
        assert line is not None, code
        assert "Documents still" not in line[1]
    assert 'data-kind="coming" hidden' in guest.get("/events").text
    reem.cookies.set("tawatur-language", "en")
    assert "event: coming\ndata: Documents still being worked in: 7." in told(reem, "")
    with Node.open(desk.node.folder, command="events") as other:
        other.overview()
    assert "coming" not in told(reem, "")
    assert "event: coming\ndata: \n" in reem.get("/live?coming=1").text
    assert 'data-kind="coming" hidden' in reem.get("/events").text


def filled_in(page: str, action: str) -> dict[str, str]:
    """Return what the hidden fields of the form with this address hold."""
    form_ = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', form_))


def both_of(page: str) -> str:
    """Return the part of a page that shows what was sent and what was recorded meanwhile."""
    return page.partition('class="both"')[2].partition("</section>")[0]


@pytest.mark.parametrize("book", ["commitments", "requests"])
def test_an_outdated_step_on_the_desk_is_refused_and_both_are_shown(desk: Desk, book: str) -> None:
    """From the item's page and from the list; the one button records it all the same."""
    if book == "commitments":
        item: Commitment | Request = desk.node.desk.commit(by="Widril", what="open the road")
        first, second = ("kept", "broken")
    else:
        item = desk.node.desk.ask(by="Widril", to="Relief", what="water")
        first, second = ("answered", "declined")
    salma, reem, address = desk.of("Salma"), desk.of("Reem"), f"/{book}/{item.id}"
    late = filled_in(reem.get(f"/{book}").text, address)
    early = filled_in(salma.get(address).text, address)
    early |= {"status": first, "why": "it is open by now"}
    assert salma.post(address, data=early, headers=HERE).status_code == 303
    late |= {"status": second, "why": "nobody came", "on": "2021-09"}
    answer = reem.post(address, data=late, headers=HERE)
    assert answer.status_code == 422
    assert "Salma" in answer.text.partition('role="alert"')[2].partition("</p>")[0]
    for said in (second, "nobody came", "2021-09", "Salma", first, "it is open by now"):
        assert said in both_of(answer.text), said
    assert desk.node.desk.item(item.id).status == first
    again = filled_in(both_of(answer.text), address)
    assert reem.post(address, data=again, headers=HERE).status_code in (303, 422)
    assert len(desk.node.desk.history(item.id)) == (3 if book == "commitments" else 2)


def test_who_has_an_item_of_the_desk_open_hears_that_it_changed(desk: Desk) -> None:
    """As of a claim; so does whoever composes a brief."""
    reem = desk.of("Reem")
    item = desk.node.desk.commit(by="Widril", what="open the road")
    brief = desk.node.compositions.start("The road")
    for address in (f"/commitments/{item.id}", f"/briefs/{brief.id}"):
        found = re.search(r'data-thing="([^"]*)" data-state="([^"]*)"', reem.get(address).text)
        assert found is not None
        assert "changed" not in told(reem, *found.groups())
        if brief.id in address:
            desk.node.compositions.write(brief.id, "It is closed.")
        else:
            desk.node.desk.change_commitment(item.id, CommitmentStatus.KEPT, why="it is open")
        assert "event: changed" in told(reem, *found.groups())


def test_an_outdated_change_of_a_brief_finds_its_part_again(desk: Desk) -> None:
    """By its words, wherever it stands by now; what is gone is put in anew, or left out."""
    compositions = desk.node.compositions
    brief = compositions.start("The road").id
    for text in ("First.", "Second.", "Third."):
        compositions.write(brief, text)
    reem, address = desk.of("Reem"), f"/briefs/{brief}"
    page = reem.get(address).text
    rewrite, drop = (
        dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', form_))
        for act in ("rewrite", "drop")
        for form_ in [page.split(f'action="{address}/{act}"')[2].partition("</form>")[0]]
    )
    assert rewrite["number"] == drop["number"] == "2"
    compositions.write(brief, "Before all.", 1)
    answer = reem.post(f"{address}/rewrite", data=rewrite | {"text": "My own."}, headers=HERE)
    assert answer.status_code == 422
    assert "My own." in both_of(answer.text)
    again = filled_in(both_of(answer.text), f"{address}/rewrite")
    assert again["number"] == "3"
    assert reem.post(f"{address}/rewrite", data=again, headers=HERE).status_code == 303
    assert [p.text for p in compositions.one(brief).parts] == [
        *("Before all.", "First.", "My own.", "Third.")
    ]
    answer = reem.post(f"{address}/drop", data=drop, headers=HERE)
    assert "<form" not in both_of(answer.text)
    answer = reem.post(f"{address}/rewrite", data=rewrite | {"text": "Anew."}, headers=HERE)
    again = filled_in(both_of(answer.text), f"{address}/write")
    assert reem.post(f"{address}/write", data=again, headers=HERE).status_code == 303
    assert compositions.one(brief).parts[-1].text == "Anew."


def test_what_nobody_looked_at_is_not_outdated(desk: Desk) -> None:
    """A form without what it was filled in view of counts as it did."""
    reem, item = desk.of("Reem"), desk.node.desk.commit(by="Widril", what="open the road")
    page = reem.get("/commitments").text
    sent = filled_in(page, f"/commitments/{item.id}") | {"status": "kept", "why": "it is open"}
    del sent["seen"]
    desk.node.desk.restate(item.id, due="2022")
    answer = reem.post(f"/commitments/{item.id}", data=sent, headers=HERE)
    assert answer.status_code == 303


def test_a_word_on_another_text_of_a_paper_is_refused(desk: Desk) -> None:
    """Who agreed to what they read has not agreed to what it became."""
    meetings = desk.node.meetings
    held = meetings.add(name="Commission", when="2031-06-14", parties=("Widril", "Relief")).id
    meetings.draft(held, "Communiqué", "The road is open.")
    reem, address = desk.of("Reem"), f"/meetings/{held}"
    page = reem.get(address).text
    sent = filled_in(page, f"{address}/clear") | {"clearance": "agrees"}
    closing = filled_in(page, address) | {"status": "held", "why": "as planned"}
    meetings.draft(held, "Communiqué", "The road is closed.")
    answer = reem.post(f"{address}/clear", data=sent, headers=HERE)
    assert answer.status_code == 422
    assert "agrees" in both_of(answer.text)
    assert "agrees" not in {word.clearance for word in meetings.one(held).papers[0].words}
    answer = reem.post(address, data=closing, headers=HERE)
    assert "as planned" in both_of(answer.text)
    again = filled_in(both_of(answer.text), address)
    assert reem.post(address, data=again, headers=HERE).status_code == 303
    assert meetings.one(held).status == "held"


def test_a_notice_withdrawn_meanwhile_shows_both_words(desk: Desk) -> None:
    """Whoever looked at the open notice sees who withdrew it, and why."""
    found = desk.node.areas.add(
        "a patrol", contact="the duty officer", start="2031-06-15", places=["Kidal, Mali"]
    ).notice
    salma, reem, address = desk.of("Salma"), desk.of("Reem"), f"/border-notices/{found.id}"
    late = filled_in(reem.get(address).text, address) | {"why": "another day"}
    early = filled_in(salma.get(address).text, address) | {"why": "it was put off"}
    assert salma.post(address, data=early, headers=HERE).status_code == 303
    answer = reem.post(address, data=late, headers=HERE)
    assert answer.status_code == 422
    for said in ("another day", "Salma", "it was put off"):
        assert said in both_of(answer.text), said
    assert "<form" not in both_of(answer.text)


def test_a_review_recorded_meanwhile_is_not_recorded_twice_unseen(desk: Desk) -> None:
    """Of two who record the same sitting, the second sees the first's, whatever its day."""
    review = desk.node.followup.plan("the road", weeks=4)
    desk.node.followup.record(review.id, "nothing new", day=date(2031, 2, 20))
    salma, reem, address = desk.of("Salma"), desk.of("Reem"), f"/reviews/{review.id}"
    late = filled_in(reem.get(address).text, address) | {"outcome": "the road is shut"}
    early = filled_in(salma.get(address).text, address)
    early |= {"outcome": "two lorries passed", "day": "2031-02-10"}
    assert salma.post(address, data=early, headers=HERE).status_code == 303
    answer = reem.post(address, data=late, headers=HERE)
    assert answer.status_code == 422
    for said in ("the road is shut", "Salma", "two lorries passed"):
        assert said in both_of(answer.text), said
    assert "nothing new" not in both_of(answer.text)
    assert len(desk.node.followup.sittings(review.id)) == 2
    again = filled_in(both_of(answer.text), address)
    assert reem.post(address, data=again, headers=HERE).status_code == 303
    assert len(desk.node.followup.sittings(review.id)) == 3


def test_a_lesson_in_other_words_meanwhile_shows_both(desk: Desk) -> None:
    """Neither its words nor that it holds are overwritten unseen."""
    lesson = desk.node.lessons.add("ask early")
    salma, reem, address = desk.of("Salma"), desk.of("Reem"), f"/lessons/{lesson.id}"
    page = reem.get("/lessons").text
    late = filled_in(page, address) | {"what": "ask in writing"}
    gone = filled_in(page, f"{address}/withdraw") | {"why": "it was chance"}
    early = filled_in(salma.get("/lessons").text, address) | {"what": "ask a month before"}
    assert salma.post(address, data=early, headers=HERE).status_code == 303
    for to, sent, mine in (
        (address, late, "ask in writing"),
        (f"{address}/withdraw", gone, "it was chance"),
    ):
        answer = reem.post(to, data=sent, headers=HERE)
        assert answer.status_code == 422
        for said in (mine, "Salma", "ask a month before"):
            assert said in both_of(answer.text), said
    assert desk.node.lessons.one(lesson.id).what == "ask a month before"
    again = filled_in(both_of(reem.post(address, data=late, headers=HERE).text), address)
    assert reem.post(address, data=again, headers=HERE).status_code == 303
    assert desk.node.lessons.one(lesson.id).what == "ask in writing"


def test_a_subject_removed_meanwhile_is_said_to_be(desk: Desk) -> None:
    """A second removal says so instead of counting as done."""
    subject = desk.node.subjects.add("ransom")
    reem, address = desk.of("Reem"), f"/subjects/{subject.id}"
    sent = filled_in(reem.get(address).text, address) | {"remove": "1"}
    desk.node.subjects.remove(subject.id)
    answer = reem.post(address, data=sent, headers=HERE)
    assert answer.status_code == 422
    assert "was removed" in answer.text
