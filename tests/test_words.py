"""Whatever is refused or found is said in the reader's language: Arabic, French or English."""

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from tests.support_words import PACKAGE, calls, templates

from tawatur import errors, intake
from tawatur.errors import (
    AmbiguousIdError,
    BinaryFileError,
    Message,
    NewerNodeError,
    NotANodeError,
    UnconfirmedPartnerError,
    UnknownIdError,
    UsageError,
    VerificationError,
    system_message,
)
from tawatur.i18n import LANGUAGES, catalogue, said, translator
from tawatur.model.area import BorderStatus
from tawatur.model.desk import CommitmentStatus, LessonStatus, RequestStatus
from tawatur.model.meeting import MatterStatus, MeetingStatus
from tawatur.model.picture import Reason
from tawatur.model.reading import EntityType, EventType, Modality, Polarity

OTHERS = [language for language in LANGUAGES if language != "en"]
ROOMS = sorted(
    path.stem
    for path in PACKAGE.iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
    if path.stem not in {"reading", "weighing"}
)
MEANT = {"desk", "errors", "intake", "model", "node", "sharing"}
"""Rooms that also make messages of words held elsewhere; `_held` lists those words."""


_DESK = (BorderStatus, CommitmentStatus, LessonStatus, MatterStatus, MeetingStatus, RequestStatus)


def _held() -> set[str]:
    """Return the sentences that stand in tables, constructors and values of the model."""
    decode = import_module("tawatur.intake.decode")  # its name in the room is the function's
    own = (
        NotANodeError(Path("x")),
        NewerNodeError(Path("x"), 2, 1),
        AmbiguousIdError("x", ["y"]),
        UnconfirmedPartnerError("x"),
    )
    return {
        *errors._NONE_SUCH.values(),
        UnknownIdError("something of a later version", "x").template,
        *(error.template for error in own),
        *intake._REFUSED.values(),
        *(kind for _, kind in decode._MAGIC),
        *decode._RIFF.values(),
        "an MP4 video or a HEIF image",
        "a tar archive; unpack it first",
        "a ring has four corners at least, and ends where it begins",
        "longitudes go from -180 to 180, latitudes from -90 to 90",
        "a ring that goes round a pole: cut it at the antimeridian",
        "expired",
        "not in the audience",
        "not of the compartment",
        "a condition on it is not confirmed yet",
        "its first day has not come",
        "only that it exists",
        "to be acknowledged first",
        "the originator does not allow it to be passed on",
        *(
            "document",
            "claim",
            "commitment",
            "lesson",
            "meeting",
            "request",
            "border-notice",
            "trace",
        ),
        *(s.value for kind in _DESK for s in kind),
        *(s.value for kind in (EntityType, EventType, Modality, Polarity) for s in kind),
        *("Permission denied", "No such file or directory", "No space left on device"),
        "Connection refused",
        *("yes", "no"),
    }


def _places(message: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(message) if name is not None)


def test_the_sentences_are_found() -> None:
    """What the other tests look through is not empty."""
    assert "no such file" in templates("node")
    assert "the disk is full; nothing of the batch was kept" in templates("ledger")
    assert "{0}: no setting is called {1}" in templates("settings")


@pytest.mark.parametrize("room", ROOMS)
def test_every_error_is_raised_with_a_sentence_that_can_be_looked_up(room: str) -> None:
    """A sentence that is put together where it is raised has no translation."""
    composed = [
        f"{file}: {ast.unparse(given)}"
        for file, given in calls(room)
        if not isinstance(given, ast.Constant) and (isinstance(given, ast.JoinedStr | ast.BinOp))
    ]
    computed = [given for _, given in calls(room) if not isinstance(given, ast.Constant)]
    assert composed == []
    assert not computed or room in MEANT, [ast.unparse(given) for given in computed]


@pytest.mark.parametrize("language", OTHERS)
def test_every_refusal_is_translated_with_the_same_places(language: str) -> None:
    """No reader meets an English line, or one that lacks what the English one names."""
    wanted = _held().union(*map(templates, ROOMS))
    known = catalogue(language)
    assert sorted(message for message in wanted if not known.get(message)) == []
    for message in wanted:
        assert set(_places(message)) == set(_places(known[message])), message


@pytest.mark.parametrize("language", OTHERS)
def test_one_message_stands_in_one_catalogue(language: str) -> None:
    """So that a correction of its words is made once; only old rooms share words of the model."""
    rooms: dict[str, list[str]] = {}
    for path in sorted((PACKAGE / "locale" / language).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if message.id:
                    rooms.setdefault(str(message.id), []).append(path.stem)
    new = {"desk", "errors", "intake", "ledger", "node", "settings", "sharing"}
    assert [m for m, held in rooms.items() if len(held) > 1 and new & set(held)] == []


def test_a_claim_has_one_word_in_french() -> None:
    """That of the glossary: "affirmation" would be another thing to whoever reads both."""
    shown = catalogue("fr").values()
    assert [words for words in shown if "affirmation" in words.casefold()] == []


@pytest.mark.parametrize(
    ("error", "language", "line"),
    [
        (UnknownIdError("blob", "b-1"), "en", "no blob 'b-1'"),
        (UnknownIdError("entry", "e-1"), "ar", "لا قيد بالمعرّف 'e-1'"),
        (
            UsageError("{0} is empty", Message("what was promised")),
            "fr",
            "ce qui a été promis\u00a0: vide",
        ),
        (
            BinaryFileError("{0}: {1}", "a.zip", Message("unpack it first")),
            "ar",
            "a.zip: فُكّ ضغطه أولاً",
        ),
        (VerificationError("entry 3", "it is missing"), "ar", "entry 3: it is missing"),
        (Reason("Both texts have the name {0}.", ("Zakar",)), "ar", "يرد الاسم Zakar في النصين."),
        (
            UsageError(
                "{0} cannot be written ({1})",
                "x.md",
                system_message(PermissionError(13, "Permission denied")),
            ),
            "ar",
            "تتعذّر الكتابة في x.md (لا تسمح الأذونات بذلك)",
        ),
    ],
)
def test_a_refusal_is_said_in_the_language_asked_for(
    error: errors.TawaturError | Reason, language: str, line: str
) -> None:
    """Messages within it as well; names and ids stay as they are."""
    assert said(error, translator(language)) == line


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogues_are_read_whole(language: str) -> None:
    """The short way in which they are read finds what babel finds in the same files."""
    found: dict[str, str] = {}
    for path in sorted((PACKAGE / "locale" / language).glob("*.po")):
        with path.open("rb") as stream:
            entries = [m for m in read_po(stream) if m.id and m.string and not m.fuzzy]
        found |= {str(m.id): str(m.string) for m in entries}
    assert catalogue(language) == found


def test_several_who_contradict_are_no_single_person_in_french() -> None:
    """No verb agrees with who spoke: whether that is one or many is not known."""
    told = translator("fr")("The text says “{0}”; {1} says the opposite: “{2}”.")
    assert told.format("non", "deux habitants", "oui") == (
        "Le texte dit «\xa0non\xa0» ; selon deux habitants, au contraire : «\xa0oui\xa0»."
    )


def test_braces_in_names_and_in_plain_lines_are_not_places() -> None:
    """A file may be called {0}, and a foreign line may hold anything."""
    assert str(UsageError("{0} is empty", "{1}")) == "{1} is empty"
    assert str(UsageError('a foreign line: {"a": 1}')) == 'a foreign line: {"a": 1}'
    assert said(Message("{unknown}"), translator("ar")) == "{unknown}"


def test_what_fills_a_place_can_be_set_apart() -> None:
    """A page isolates names in each sentence, the inner one too, and not the sentence."""
    error = UsageError("{0}: {1}", "x", Message("{0} is empty", ("y",)))
    assert said(error, translator("en"), lambda w: f"<{w}>") == "<x>: <y> is empty"


def test_no_french_line_breaks_within_a_guillemet() -> None:
    """None stands alone at the end or the beginning of a line: its space does not break."""
    assert [said for said in catalogue("fr").values() if "« " in said or " »" in said] == []
