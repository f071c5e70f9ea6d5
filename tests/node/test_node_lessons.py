"""Lessons on nodes: they go further than what they were learnt on, and say nothing of it."""

import pytest
from tests.node.test_node_exchange import House, house

from tawatur.errors import NotReleasableError, UnknownIdError, UsageError
from tawatur.model.desk import LessonStatus, RequestKind
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer

__all__ = ["house"]  # a fixture

WORDS = "ask the host a week before"
STRANGER = Viewer(NodeId("n-0000000000000009"))


def test_a_lesson_is_shared_without_the_collection_and_recalled(house: House) -> None:
    """Its receiver holds the words, not the id of the request; a recall takes it away."""
    here, there = house.partners("Observatory", "Neighbour")
    mission = here.desk.ask(
        by="Observatory", to="Nomara", what="who holds the road", kind=RequestKind.COLLECTION
    )
    lesson = here.lessons.add(WORDS, about=mission.id)
    assert here.lessons.all(about=mission.id) == here.lessons.all() == (lesson,)
    assert here.lessons.all(viewer=STRANGER) == ()
    with pytest.raises(UnknownIdError):
        here.lessons.one(lesson.id, viewer=STRANGER)
    file = here.outgoing.release(lesson.id, there.id)
    assert mission.id.encode() not in file
    there.incoming.receive(file)
    held = there.lessons.one(lesson.id)
    assert (held.what, held.by, held.about) == (WORDS, "Observatory", None)
    with pytest.raises(UsageError, match="only Observatory can say"):
        there.lessons.withdraw(lesson.id, "not here")
    here.lessons.change(lesson.id, what="ask the host two weeks before")
    there.incoming.receive(here.outgoing.release(lesson.id, there.id))
    assert there.lessons.one(lesson.id).what == "ask the host two weeks before"
    assert len(there.desk.history(lesson.id)) == 2
    here.outgoing.recall(lesson.id, "too early")
    for letter in here.outgoing.letters(there.id):
        there.incoming.receive(letter)
    assert there.lessons.all() == ()
    assert here.lessons.one(lesson.id).about == mission.id


def test_what_others_said_of_the_request_holds_for_the_lesson(house: House) -> None:
    """A lesson on what a partner gave goes on only where the partner allows it."""
    here, there = house.partners("Observatory", "Neighbour")
    _, third = house.partners("Neighbour", "Third")
    asked = here.desk.ask(by="Observatory", to="Neighbour", what="the lists")
    there.incoming.receive(here.outgoing.release(asked.id, there.id))
    lesson = there.lessons.add(WORDS, about=asked.id)
    with pytest.raises(NotReleasableError, match="does not allow it"):
        there.outgoing.release(lesson.id, third.id)


def test_a_lesson_that_was_taken_back_says_why(house: House) -> None:
    """And is changed no more; one without words is none."""
    here = house.node("Observatory")
    lesson = here.lessons.add(WORDS, on="2031-02")
    gone = here.lessons.withdraw(lesson.id, "it was the weather")
    assert (gone.status, gone.why, gone.on) == (
        LessonStatus.WITHDRAWN,
        "it was the weather",
        "2031-02",
    )
    with pytest.raises(UsageError, match="open it again"):
        here.lessons.change(lesson.id, what="other words")
    with pytest.raises(UsageError, match="is empty"):
        here.lessons.add("  ")
    with pytest.raises(UsageError, match="not a date"):
        here.lessons.add(WORDS, on="soon")
    here.rebuild()
    assert here.lessons.all() == (gone,)
