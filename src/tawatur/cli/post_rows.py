"""What the command line tells of post: what waits, who was given what, what came."""

from collections.abc import Iterator

from tawatur.cli.shared import translate as _
from tawatur.model.entry import Kind
from tawatur.node import Disclosure, Node, Received, Waiting
from tawatur.node.labelled import label_object
from tawatur.tables import Row

_WORDS = {
    "accepted": _("accepted"),
    "relabelled": _("relabelled"),
    "refused": _("refused"),
    "erased": _("erased"),
}
"""What was done about a letter."""


def what_waits(each: Waiting) -> str:
    """Return what kind of letter waits."""
    if each.piece.kind is Kind.NOTICE:
        return _("new label") if each.piece.body["label"] else _("recall")
    return _("release") if each.piece.kind is Kind.PROPOSAL else _("receipt")


def disclosure_row(given: Disclosure, names: dict[str, str]) -> Row:
    """Return what somebody was given, and what they said to it, as a row of a listing."""
    if given.recalled:
        then = _("recalled")
    elif given.replaced:
        then = _("replaced")
    else:
        then = _WORDS["relabelled"] if given.told else ""
    if given.told and not given.heard:
        then = _("{0}, not acknowledged").format(then)
    return {
        "to": names.get(given.to, given.to),
        "item": given.item,
        "when": given.time.isoformat(timespec="seconds"),
        "label": label_object(given.label),
        "until": _until(given),
        "receipt": _WORDS[given.receipt] if given.receipt else None,
        "receipt time": given.answered and given.answered.isoformat(timespec="seconds"),
        "since then": then or None,
        "what": _what(given),
    }


def _what(given: Disclosure) -> str:
    if given.calendar:
        return _("in its calendar")
    if given.person:
        return _("in a brief")
    return _("pointer") if given.existence else _("item")


def _until(given: Disclosure) -> str | None:
    until = given.label.expires if given.label else None
    return until.isoformat(timespec="seconds") if until else None


def came_line(came: Received) -> str:
    """Return what a letter was, in one line."""
    if came.kind == "receipt" and came.status:
        return _("receipt from {0}: {1} {2}").format(came.sender, came.letter, _WORDS[came.status])
    if came.kind == "heads":
        return _("what {0} shows of its logs, and was shown").format(came.sender)
    if came.already:
        return _("held already, from {0}").format(came.sender)
    if came.kind == "notice" and came.status:
        return _("notice from {0}: {1} {2} ({3})").format(
            came.sender, came.id or came.letter, _WORDS[came.status], _(came.why or "")
        )
    if came.id is None:
        return _("{0} from {1} is not taken in: {2}").format(
            _(came.kind), came.sender, _(came.why or "")
        )
    line = _("{0} {1} from {2}").format(_(came.kind), came.id, came.sender)
    laid = (unproven_line(came.sender, each) for each in came.unproven)
    return "; ".join([line, *laid])


def unproven_lines(node: Node, item: str) -> Iterator[str]:
    """Yield who says without proof whose an item is."""
    for sender, originator in node.incoming.unproven(item):
        yield unproven_line(sender, originator)


def unproven_line(sender: str, originator: str) -> str:
    """Return that somebody says whose an item is, and that nothing proves it."""
    return _("{0} says that it is from {1}, which is not proven").format(sender, originator)
