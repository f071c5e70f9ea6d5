"""The pages of the desk: every item has one, a wrong step says what is legal, nothing is lost."""

import pytest
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import Person, person


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """A person at the pages of a node with a commitment and a request."""
    return person(filled())


def test_an_item_shows_what_it_says_who_says_so_and_every_step(
    someone: Person[SimulatedNode],
) -> None:
    """After a step the page tells it with its reason."""
    promise = someone.node.desk.commitments()[0]
    page = someone.get(f"/commitments/{promise.id}").text
    assert promise.what in page
    assert promise.claims[0] in page
    step = someone.post(
        f"/commitments/{promise.id}", status="broken", why="لم يفتح الطريق", on="2021-09"
    )
    assert step.status_code == 303
    assert "لم يفتح الطريق" in someone.get(f"/commitments/{promise.id}").text


def test_an_illegal_step_is_refused_on_the_page_and_says_what_may_follow(
    someone: Person[SimulatedNode],
) -> None:
    """The page stays, with the refusal."""
    wish = someone.node.desk.requests()[0].id
    assert someone.post(f"/requests/{wish}", status="withdrawn", why="no need").status_code == 303
    refused = someone.post(f"/requests/{wish}", status="answered", why="late")
    assert refused.status_code == 422
    assert wish in refused.text
    assert someone.post(f"/requests/{wish}", status="perhaps", why="?").status_code == 422
    assert someone.get("/requests/q-none").status_code == 404


def test_a_request_much_like_an_open_one_is_noted_only_when_asked_for_again(
    someone: Person[SimulatedNode],
) -> None:
    """The open one is shown first."""
    held = someone.node.desk.requests()
    words = {"by": "Widril town council", "to": "eastern command", "what": held[0].what}
    shown = someone.post("/requests", **words)
    assert shown.status_code == 422
    assert f"/requests/{held[0].id}" in shown.text
    assert someone.node.desk.requests() == held
    assert someone.post("/requests", **words, again="1").status_code == 303
    assert len(someone.node.desk.requests()) == len(held) + 1


def test_the_state_of_the_mechanism_is_one_page(someone: Person[SimulatedNode]) -> None:
    """What is due with its reason, partners with what is owed, members, the next review."""
    page = someone.get("/state").text
    for words in ("متابعة", "Widril", "Relief", "2031"):
        assert words in page


def test_a_request_is_passed_on_to_somebody(someone: Person[SimulatedNode]) -> None:
    """Who is asked now has a request of their own; without a name nothing is recorded."""
    wish = someone.node.desk.requests()[0]
    sent = {"status": "passed on", "why": "with their consent"}
    assert someone.post(f"/requests/{wish.id}", **sent).status_code == 422
    assert someone.node.desk.request(wish.id).status == wish.status
    answer = someone.post(f"/requests/{wish.id}", **sent, to="Relief committee")
    child = someone.node.desk.request(answer.headers["location"].rpartition("/")[2])
    assert (child.to, child.parent) == ("Relief committee", wish.id)
