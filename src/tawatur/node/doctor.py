"""Is this node well? What was looked at, and what to do about what is not."""

import shutil
from typing import TYPE_CHECKING

from tawatur.errors import TawaturError
from tawatur.node.views import Finding

if TYPE_CHECKING:
    from tawatur.node.node import Node

_LITTLE = 500 * 1024 * 1024


def examined(node: "Node") -> tuple[Finding, ...]:
    """Return one finding per thing looked at, in a fixed order; repairs what needs no decision."""
    return (_ledger(node), _index(node), _leftovers(node), _permissions(node), _disk(node))


def _ledger(node: "Node") -> Finding:
    try:
        verified = node.verify()
    except TawaturError as error:
        say = f"{error}; keep this folder as it is and restore a copy beside it"
        return Finding("ledger", well=False, say=say)
    return Finding("ledger", well=True, say=f"{verified.size} entries, every signature holds")


def _index(node: "Node") -> Finding:
    behind = node.behind
    if behind:
        return Finding(
            "index", well=True, say=f"{behind} entries behind; the next command catches up"
        )
    return Finding("index", well=True, say="up to date")


def _leftovers(node: "Node") -> Finding:
    swept = node.sweep()
    if swept:
        return Finding(
            "leftovers", well=True, say=f"removed {swept} files of a command that was cut off"
        )
    return Finding("leftovers", well=True, say="none")


def _permissions(node: "Node") -> Finding:
    if node.folder.stat().st_mode & 0o077:
        say = f"others on this machine may look into it; run `chmod 700 {node.folder}`"
        return Finding("permissions", well=False, say=say)
    return Finding("permissions", well=True, say="the folder is its owner's alone")


def _disk(node: "Node") -> Finding:
    free = shutil.disk_usage(node.folder).free
    return Finding("disk", well=free > _LITTLE, say=f"{free // 1024**2} MiB free")
