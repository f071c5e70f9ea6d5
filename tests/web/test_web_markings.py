"""Words are marked as a claim, a name or a time by a form, without script, and taken back."""

import pytest
from tests.simulators.node import filled
from tests.web.support_web import person

from tawatur.i18n import LANGUAGES

WORDS = "المشفى الميداني"


def test_a_name_is_marked_shown_and_taken_back() -> None:
    """The answer leads to the very words; the list beside the text undoes it."""
    someone = person(filled())
    document = next(iter(someone.node.views))
    answer = someone.post(f"/documents/{document}/names", words=WORDS, type="FAC")
    assert answer.status_code == 303
    view = someone.node.document(document)
    (marking,) = view.markings
    assert marking.span.of(view.extraction.text) == WORDS
    page = someone.get(answer.headers["location"]).text
    undo = f"/documents/{document}/markings/{marking.id}/withdraw"
    assert undo in page
    assert 'id="found"' in page
    assert someone.post(undo).status_code == 303
    assert someone.node.document(document).markings == ()


def test_a_time_is_marked_with_its_edtf() -> None:
    """Said by the person, since no reader could tell it."""
    someone = person(filled())
    document = next(iter(someone.node.views))
    someone.post(f"/documents/{document}/times", words="باعة وزبائن", when="2021-07")
    (marking,) = someone.node.document(document).markings
    assert marking.when == "2021-07"


def test_of_the_same_words_in_several_places_the_selected_are_marked() -> None:
    """Their place goes with the form."""
    someone = person(filled())
    document = next(iter(someone.node.views))
    text = someone.node.document(document).extraction.text
    start = text.rindex("السوق")
    fields = {"words": "السوق", "words_at": f"{start}-{start + 5}", "type": "FAC"}
    assert someone.post(f"/documents/{document}/names", **fields).status_code == 303
    assert someone.node.document(document).markings[0].span.start == start


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("where", "fields"),
    [
        ("names", {"words": "no such words", "type": "PER"}),
        ("names", {"words": "ودريل", "type": "PER"}),
        ("names", {"words": WORDS, "type": "nothing"}),
        ("times", {"words": "no such words", "when": "2021"}),
        ("times", {"words": WORDS, "when": "some day"}),
    ],
)
def test_what_cannot_be_marked_comes_back_as_it_was_written(
    language: str, where: str, fields: dict[str, str]
) -> None:
    """In the same form, open, with the reason."""
    someone = person(filled())
    document = next(iter(someone.node.views))
    someone.client.cookies.set("tawatur-language", language)
    answer = someone.post(f"/documents/{document}/{where}", **fields)
    assert answer.status_code == 422
    assert f'id="mark-{where[:-1]}" open' in answer.text
    assert f'value="{fields["words"]}"' in answer.text
    assert someone.node.document(document).markings == ()


def test_what_is_no_name_is_shown_as_such_and_taken_back() -> None:
    """The text has no mark there; the list beside it undoes it."""
    someone = person(filled())
    document = next(iter(someone.node.views))
    before = someone.node.document(document).reading.entities
    fields = {"words": "ودريل", "everywhere": "1", "why": "a ford, no town"}
    assert someone.post(f"/documents/{document}/unmark", **fields).status_code == 303
    view = someone.node.document(document)
    assert "ودريل" not in {entity.name for entity in view.reading.entities}
    page = someone.get(f"/documents/{document}").text
    assert "no name, anywhere in the text" in page
    undo = f"/documents/{document}/markings/{view.markings[0].id}/withdraw"
    assert undo in page
    assert before


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "fields",
    [
        {"words": "no such words"},
        {"words": WORDS},
        {"words": "ودريل", "found": "place", "everywhere": "1"},
    ],
)
def test_what_is_not_marked_cannot_be_unmarked(language: str, fields: dict[str, str]) -> None:
    """The form comes back open, with the words and the reason."""
    someone = person(filled())
    document = next(iter(someone.node.views))
    someone.client.cookies.set("tawatur-language", language)
    answer = someone.post(f"/documents/{document}/unmark", **fields)
    assert answer.status_code == 422
    assert 'id="mark-none" open' in answer.text
    assert f'value="{fields["words"]}"' in answer.text
    assert someone.node.document(document).markings == ()
