"""The command line speaks Arabic and French: no message, head or shown value is left in English."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.support_words import templates

import tawatur
from tawatur.cli.communities import TierWord
from tawatur.i18n import LANGUAGES, catalogue
from tawatur.model.account import AccountRole, AccountState
from tawatur.model.area import BorderStatus, Sighting
from tawatur.model.calendar import OccasionKind
from tawatur.model.claim import Agreement, Status, Verdict
from tawatur.model.community import Act
from tawatur.model.desk import CommitmentStatus, LessonStatus, Priority, RequestKind, RequestStatus
from tawatur.model.entry import Kind
from tawatur.model.hypothesis import Bears
from tawatur.model.label import Activity
from tawatur.model.meeting import Clearance, MeetingStatus
from tawatur.model.picture import AspectKind, ConflictKind, CopyKind, Missing, Passing, RelationKind
from tawatur.model.reading import (
    Authenticity,
    Channel,
    EntityType,
    EventType,
    Manner,
    Modality,
    Polarity,
    SourceKind,
)
from tawatur.model.ruling import Outcome
from tawatur.node.desk import listed
from tawatur.node.views import WorkedOut
from tawatur.reading.llm import Dropped

PACKAGE = Path(tawatur.__file__).parent
OTHERS = [language for language in LANGUAGES if language != "en"]
ROOMS = ("cli", "node")

# What the doors pass through the translator by value.
SHOWN: tuple[type[StrEnum], ...] = (
    Status, CommitmentStatus, RequestStatus, SourceKind, Manner, Channel, ConflictKind, CopyKind,
    RequestKind, LessonStatus, Priority, BorderStatus, Sighting, MeetingStatus, Clearance,
    OccasionKind, Kind, EntityType, EventType, Modality, Polarity, Agreement, Dropped, AspectKind,
    Passing, Verdict, WorkedOut, Outcome, Missing, Authenticity, Bears,
    RelationKind, Act, TierWord, Activity, AccountRole, AccountState,
)  # fmt: skip


def _messages(room: str) -> Iterator[str]:
    """Yield every literal message of a room: ``_("…")``, ``translator(language)("…")``, errors."""
    yield from templates(room)
    for path in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            named = isinstance(node.func, ast.Name) and node.func.id == "_"
            made = (
                isinstance(node.func, ast.Call)
                and isinstance(node.func.func, ast.Name)
                and node.func.func.id == "translator"
            )
            if not (named or made):
                continue
            if isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def _heads() -> Iterator[str]:
    """Yield the heads of the listings: the columns handed to ``listing``."""
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "listing"
            ):
                heads = node.args[1]
                if isinstance(heads, ast.Attribute):
                    yield from getattr(listed, heads.attr)
                    continue
                assert isinstance(heads, ast.List), ast.unparse(node)
                yield from (str(ast.literal_eval(head)) for head in heads.elts)


def _placeholders(message: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", message))


def test_the_messages_are_found() -> None:
    """What the other tests look through is not empty."""
    assert "wrote {0}" in set(_messages("cli"))
    assert "an unnamed source" in set(_messages("node"))
    assert {"id", "quote", "headline"} <= set(_heads())


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language: str) -> None:
    """Messages in the code, heads of listings and words of shown values have a translation."""
    wanted = {m for room in ROOMS for m in _messages(room)} | set(_heads())
    wanted |= {str(value.value) for kind in SHOWN for value in kind}
    assert sorted(wanted - set(catalogue(language))) == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("room", ROOMS)
def test_placeholders_agree(language: str, room: str) -> None:
    """A translation fills in what its message fills in, no less and no more."""
    with (PACKAGE / "locale" / language / f"{room}.po").open("rb") as stream:
        for message in read_po(stream):
            told, said = str(message.id), str(message.string)
            assert _placeholders(told) == _placeholders(said), told


@pytest.mark.parametrize("language", OTHERS)
def test_examples_in_help_keep_their_command(language: str) -> None:
    """An example in a translated help text calls the same command with the same options."""
    words = re.compile(r"tawatur \w+|(?<=\s)--?[a-z-]+")
    for message in _messages("cli"):
        if "Example: " in message:
            said = catalogue(language)[message]
            assert words.findall(said) == words.findall(message), said


@pytest.mark.parametrize("language", OTHERS)
def test_rooms_do_not_contradict_each_other(language: str) -> None:
    """Catalogues are read together, so no message has two translations."""
    seen: dict[str, tuple[str, str]] = {}
    for path in sorted((PACKAGE / "locale" / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if not (message.id and message.string):
                    continue
                told, said = str(message.id), str(message.string)
                room, before = seen.setdefault(told, (path.stem, said))
                if path.stem in ROOMS or room in ROOMS:
                    assert said == before, f"{told!r} in {room} and {path.stem}"


@pytest.mark.parametrize("room", ROOMS)
def test_no_translation_is_left_over(room: str) -> None:
    """A catalogue of these rooms holds nothing that the program no longer says."""
    wanted = set(_messages(room)) | set(_heads())
    wanted |= {str(value.value) for kind in SHOWN for value in kind}
    wanted |= {"claim", "headlines", "widget"}  # kinds that are plain words in the model
    wanted |= {"what was promised", "what is asked for"}  # parts of a form, within a refusal
    wanted |= {"what was learnt", "what is planned or was seen", "the contact"}  # likewise
    wanted |= {"a word", "a place", "an actor"}  # likewise
    wanted |= {"yes", "no"}
    for language in OTHERS:
        with (PACKAGE / "locale" / language / f"{room}.po").open("rb") as stream:
            held = {str(message.id) for message in read_po(stream) if message.id}
        assert sorted(held - wanted) == []
