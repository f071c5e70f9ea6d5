"""What does a page show where a form was sent in view of what is no longer so?

Both: what was sent, and what was recorded meanwhile, with one button that records one's own
all the same. `Visit.refusal` refuses such a form; a form says what it was filled in view of
in its field ``seen``, as the page had it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tawatur.model.desk import Step
from tawatur.web import words
from tawatur.web.contexts import shown
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Visit


@dataclass(frozen=True, slots=True)
class SentField:
    """One field of a form that was sent."""

    name: str = shown("The field.")
    value: str = shown("What stood in it.")


@dataclass(frozen=True, slots=True)
class WordSince:
    """What somebody recorded meanwhile."""

    by: str = shown("Whose word it is.")
    says: tuple[str, ...] = shown("What it says, in words.")
    why: str = shown("The reason given; may be empty.")


@dataclass(frozen=True, slots=True)
class Late:
    """A form that came too late, beside what was recorded meanwhile."""

    yours: tuple[str, ...] = shown("What was sent, in words.")
    action: str = shown("Where it is sent again; empty where it cannot be, as it stands.")
    again: tuple[SentField, ...] = shown("The same as it was sent, to be sent again.")
    seen: str = shown("What is recorded last by now, as forms send it.")
    meanwhile: tuple[WordSince, ...] = shown("What people recorded since.")


def is_late(visit: Visit, node: ShownNode, thing: str) -> bool:
    """Return whether the form of this visit was filled in view of what is no longer so."""
    seen = visit.sent.one("seen")
    return bool(seen) and seen != state_of(node, thing)


def state_of(node: ShownNode, thing: str) -> str:
    """Return what changed a thing last, as forms send it in ``seen``; empty for nothing."""
    last = node.live.last(thing)
    return last.entry if last else ""


def late(
    visit: Visit,
    seen: str,
    yours: Sequence[str],
    meanwhile: Sequence[WordSince],
    *,
    action: str | None = None,
    **otherwise: str,
) -> Late:
    """Return both sides of a form that came too late.

    Args:
        visit: That sent it.
        seen: What is recorded last by now.
        yours: What was sent, in words; empty ones are left out.
        meanwhile: What was recorded since.
        action: Where it is sent again: where it was sent, if None.
        otherwise: Fields that are to be sent otherwise.
    """
    fields = [each for each in visit.sent.fields if each[0] not in {"seen", *otherwise}]
    return Late(
        yours=tuple(filter(None, yours)),
        action=visit.request.url.path if action is None else action,
        again=tuple(SentField(*each) for each in [*fields, *otherwise.items()]),
        seen=seen,
        meanwhile=tuple(meanwhile),
    )


def steps_since(
    visit: Visit,
    node: ShownNode,
    item: str,
    steps: Sequence[Step[Any]],
    says: Callable[[Any, Visit], tuple[str, ...]] | None = None,
) -> tuple[WordSince, ...]:
    """Return the steps taken since a form was filled in, each by whom.

    Args:
        visit: That sent the form.
        node: Whose item it is.
        item: Its id.
        steps: All of its steps, first recorded first.
        says: What an item says as a step left it; its status and since when, if None.
    """
    touches = node.live.since(item, visit.sent.one("seen"))[-len(steps) :]
    taken = zip(touches, steps[len(steps) - len(touches) :], strict=True)
    tell = says or _stands
    return tuple(
        WordSince(touch.by, tell(step.item, visit), step.item.why or "") for touch, step in taken
    )


def _stands(now: Any, visit: Visit) -> tuple[str, ...]:
    on = [visit.speech.when(now.on)] if getattr(now, "on", None) else []
    return (words.label(now.status, visit), *on)
