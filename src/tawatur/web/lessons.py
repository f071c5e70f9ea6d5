"""The lessons on the page of the request on which they were learnt."""

from dataclasses import dataclass

from tawatur.model.desk import Lesson
from tawatur.web import words
from tawatur.web.contexts import shown
from tawatur.web.visits import Visit


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson."""

    id: str = shown("Its id, by which it is labelled and released.")
    what: str = shown("What was learnt.")
    by: str = shown("Who learnt it.")
    on: str = shown("When, in words; empty when not told.")
    withdrawn: str = shown("Why it does not hold any more; empty while it does.")


def lesson_row(lesson: Lesson, visit: Visit) -> LessonRow:
    """Return the row of one lesson."""
    gone = f"{words.label(lesson.status, visit)}: {lesson.why}" if lesson.why else ""
    on = visit.speech.when(lesson.on) if lesson.on else ""
    return LessonRow(lesson.id, lesson.what, lesson.by, on, gone)
