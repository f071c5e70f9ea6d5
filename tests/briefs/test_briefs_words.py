"""The brief's own words: nothing untranslated, times and counts in words of three languages."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import tawatur
from tawatur.briefs import moment_in_words, reason_in_words, roots_in_words
from tawatur.model.picture import Reason, RootInterval

SRC = Path(tawatur.__file__).parent
PLACES = re.compile(r"\{\d\}")


def _spoken(folder: Path, callers: set[str]) -> set[str]:
    """Return every message that a room passes to one of ``callers``, or its templates to say."""
    found = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            if name in callers and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    for path in folder.glob("templates/*.html"):
        found |= set(re.findall(r'say\("((?:[^"\\]|\\.)*)"', path.read_text("utf-8")))
    return found


def _catalogue(language: str, room: str) -> dict[str, str]:
    with (SRC / "locale" / language / f"{room}.po").open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id and not m.fuzzy}


ROOMS = [
    ("briefs", {"say", "_say", "marked", "gap"}),
    ("weighing", {"Reason"}),
]


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize(("room", "callers"), ROOMS, ids=lambda v: v if isinstance(v, str) else "")
def test_nothing_is_untranslated_and_nothing_is_left_over(
    room: str, callers: set[str], language: str
) -> None:
    """Catalogue and code hold the same messages, each with words and with the same places."""
    spoken, known = _spoken(SRC / room, callers), _catalogue(language, room)
    assert len(spoken) > 5
    assert sorted(spoken - known.keys()) == []
    assert sorted(known.keys() - spoken) == []
    for message, words in known.items():
        assert words.strip(), message
        assert sorted(PLACES.findall(message)) == sorted(PLACES.findall(words)), message
