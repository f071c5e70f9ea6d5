"""Every sentence that the code refuses or reports with, found by reading the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import tawatur
from tawatur import errors

PACKAGE = Path(tawatur.__file__).parent

ENGLISH = {"VerificationError", "StaleCopyError", "ReadingError"}
"""Errors whose texts stay English, as their docstrings say."""

IDS = {"UnknownIdError", "AmbiguousIdError", "NotANodeError", "NewerNodeError"}
"""Errors that are given what is at fault and hold their sentences themselves."""

SAYING = {"Message", "Reason"} | {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.TawaturError)
} - ENGLISH - IDS


def calls(room: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield file name and first argument of every call that makes an error or a message.

    Args:
        room: A folder of the package, or a file without its suffix.
    """
    inside = PACKAGE / room
    for path in sorted(inside.rglob("*.py")) or [inside.with_suffix(".py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                if name in SAYING:
                    yield f"{room}/{path.name}", node.args[0]


def templates(room: str) -> set[str]:
    """Return the templates that stand in a room's code as they are."""
    return {str(a.value) for _, a in calls(room) if isinstance(a, ast.Constant)}
