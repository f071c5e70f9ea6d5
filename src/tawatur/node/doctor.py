"""Is this node well? What was looked at, and what to do about what is not."""

import shutil
from pathlib import Path
from typing import Protocol

from tawatur.errors import Message, TawaturError
from tawatur.ledger import Verified
from tawatur.model.ids import DocumentId, RulingId
from tawatur.node.views import Finding

_LITTLE = 500 * 1024 * 1024


class Examined(Protocol):
    """What is looked at: a node."""

    folder: Path

    @property
    def behind(self) -> int:
        """How many ledger entries the index has still to work in."""
        ...

    def verify(self) -> Verified:
        """Recompute everything that is signed."""
        ...

    def overdue_for_erasure(self) -> tuple[DocumentId | RulingId, ...]:
        """Return the documents and rulings that are past the day they may be held."""
        ...

    def sweep(self) -> int:
        """Remove leftovers; return how many files."""
        ...


def examined(node: Examined) -> tuple[Finding, ...]:
    """Return one finding per thing looked at, in a fixed order; repairs what needs no decision."""
    return (
        _ledger(node),
        _index(node),
        _expired(node),
        _leftovers(node),
        _permissions(node),
        _disk(node),
    )


def _ledger(node: Examined) -> Finding:
    what = Message("ledger")
    try:
        verified = node.verify()
    except TawaturError as error:
        say = Message(
            "{0}; keep this folder as it is and restore a copy beside it", (error.message,)
        )
        return Finding(what, well=False, say=say)
    say = Message("{0} entries, every signature holds", (str(verified.size),))
    return Finding(what, well=True, say=say)


def _index(node: Examined) -> Finding:
    what = Message("index")
    try:
        behind = node.behind
    except TawaturError as error:
        return Finding(what, well=False, say=error.message)
    if behind:
        say = Message("{0} entries behind; the next command catches up", (str(behind),))
        return Finding(what, well=True, say=say)
    return Finding(what, well=True, say=Message("up to date"))


def _expired(node: Examined) -> Finding:
    what = Message("expiry")
    try:
        expired = node.overdue_for_erasure()
    except TawaturError as error:
        return Finding(what, well=False, say=error.message)
    if expired:
        say = Message(
            "past the day they may be held, {0} in all; erase them: {1}",
            (str(len(expired)), " ".join(expired)),
        )
        return Finding(what, well=False, say=say)
    return Finding(what, well=True, say=Message("nothing is past the day it may be held"))


def _leftovers(node: Examined) -> Finding:
    what, swept = Message("leftovers"), node.sweep()
    if swept:
        say = Message("removed {0} files of a command that was cut off", (str(swept),))
        return Finding(what, well=True, say=say)
    return Finding(what, well=True, say=Message("none"))


def _permissions(node: Examined) -> Finding:
    what = Message("permissions")
    if node.folder.stat().st_mode & 0o077:
        say = Message(
            "others on this machine may look into it; run `chmod 700 {0}`", (str(node.folder),)
        )
        return Finding(what, well=False, say=say)
    return Finding(what, well=True, say=Message("the folder is its owner's alone"))


def _disk(node: Examined) -> Finding:
    free = shutil.disk_usage(node.folder).free
    say = Message("{0} MiB free", (str(free // 1024**2),))
    return Finding(Message("disk"), well=free > _LITTLE, say=say)
