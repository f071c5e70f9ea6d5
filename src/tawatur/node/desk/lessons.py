"""What was learnt of how things were done: notes with labels of their own, shared one by one.

A lesson is an item of the desk that lives by steps. It is learnt on a request, most often a
collection, and holds words of its own, so that it can go further than the request: which one
that was stays on the node. What others' words on the request say of it holds for the lesson too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tawatur.desk import restated, stepped
from tawatur.errors import Message, UsageError
from tawatur.model.desk import Lesson, LessonStatus
from tawatur.model.ids import DeskId
from tawatur.model.label import Label, Viewer
from tawatur.node.desk.desk import Desk
from tawatur.node.given import happened, said, told
from tawatur.node.indexing.books import Wanted
from tawatur.node.indexing.index import undamaged
from tawatur.node.seeing.sight import Sight


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons of one node; `Node.lessons` is where the doors find them."""

    desk: Desk
    sight: Callable[[Viewer | None], Sight]

    @undamaged
    def all(
        self,
        *,
        about: str | None = None,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Lesson, ...]:
        """Return lessons, the earliest first, those that were taken back last.

        Args:
            about: Only those learnt on this request.
            limit: How many at most; all if None.
            viewer: Who asks; the node's own organisation if None.

        Raises:
            UnknownIdError: There is no such request that may be seen.
        """
        sight = self.sight(viewer)
        of = None if about is None else self.desk.request(about, viewer=viewer).id
        wanted = Wanted(Lesson, to=None if of is None else lambda id_: id_ == of)
        return tuple(islice(sight.desk(wanted), limit))

    @undamaged
    def one(self, given: str, *, viewer: Viewer | None = None) -> Lesson:
        """Return one lesson by an unambiguous beginning of its id.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        return self.desk.one(Lesson, given, viewer)

    @undamaged
    def add(
        self, what: str, *, by: str | None = None, about: str | None = None, on: str | None = None
    ) -> Lesson:
        """Record what was learnt and return it.

        Args:
            what: In its own words.
            by: Who learnt it; this node's organisation if None.
            about: The request on which it was learnt.
            on: When, EDTF; today if None.

        Raises:
            UsageError: It has no words, or the date is none or to come.
            UnknownIdError: There is no such request.
        """
        drafter = self.desk.drafter
        today = drafter.now().date()
        of = None if about is None else self.desk.request(about)
        lesson = Lesson(
            id=DeskId(drafter.random_id("p")),
            by=told(by) or self.desk.name_of(drafter.party),
            what=said(what, Message("what was learnt")),
            about=None if of is None else of.id,
            on=happened(on, today) or today.isoformat(),
        )
        terms = () if of is None else self.desk.label(of.id).terms
        others = [each for each in terms if each.originator != drafter.party]
        labels = [Label.of(*others)] if others else []
        return self.desk.first(lesson, Label.by(drafter.party), *labels)

    @undamaged
    def change(self, given: str, *, what: str | None = None, on: str | None = None) -> Lesson:
        """Record a lesson in other words, or of another day, and return it.

        Raises:
            UnknownIdError: There is no such lesson.
            UsageError: Nothing is told, the date is none or to come, or it was taken back.
        """
        day = happened(on, self.desk.drafter.now().date())
        fields: dict[str, Any] = {"what": told(what), "on": day}
        kept = {name: value for name, value in fields.items() if value is not None}
        old = self.one(given)
        if not kept:
            raise UsageError("say what is to change: {0}", given)
        return self.desk.step(old, restated(old, **kept))

    @undamaged
    def withdraw(self, given: str, why: str) -> Lesson:
        """Record that a lesson does not hold, and return it.

        Raises:
            UnknownIdError: There is no such lesson.
            UsageError: It was taken back already, is another's, or no reason is given.
        """
        old = self.one(given)
        status = LessonStatus.WITHDRAWN
        return self.desk.step(old, stepped(old, status, why), status)
