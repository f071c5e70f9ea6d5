"""The reading format is plain data that names what it promises to name."""

import json

from tawatur.model.document import Aside, CableHeader, Extraction, Extractor, Stated
from tawatur.model.reading import AUTHOR, Link, Proposal, Publication, Reading, SourceKind
from tawatur.model.span import Span
from tawatur.reading import read, reading_format

TEXT = "خبر عاجل\nقال مصدر أمني إن القوات غادرت المدينة فجرا.\nأضف تعليقا"


def extraction() -> Extraction:
    """Return an extraction with every part that the format can show."""
    return Extraction(
        TEXT,
        "text/plain",
        "utf-8",
        Extractor("test", "0"),
        "ar",
        title=Span(0, 8),
        asides=(Aside(Span(TEXT.index("أضف"), len(TEXT)), "comment form"),),
        publisher=Stated("وكالة", "meta"),
        published=Stated("2021-01-11", "meta"),
        header=CableHeader(number="09X1", classification="SECRET"),
    )


def test_the_format_holds_every_key_of_the_description_and_is_json() -> None:
    """The format holds every key of the description and is json."""
    taken = extraction()
    made = reading_format(taken, read(taken), "a.txt", "00")
    assert json.loads(json.dumps(made, ensure_ascii=False)) == made
    assert list(made) == [
        "doc",
        "sha256",
        "lang",
        "reader",
        "limit",
        "title",
        "publisher",
        "published",
        "header",
        "markings",
        "boilerplate",
        "entities",
        "times",
        "quantities",
        "claims",
        "commitments",
        "requests",
    ]
    assert made["title"] == {"start": 0, "end": 8}
    assert made["header"]["number"] == "09X1"
    assert made["boilerplate"] == [[TEXT.index("أضف"), len(TEXT)]]


def test_a_claims_offsets_and_links_stand_in_the_text() -> None:
    """A claims offsets and links stand in the text."""
    taken = extraction()
    claim = reading_format(taken, read(taken), "a.txt", "00")["claims"][0]
    assert "غادرت" in TEXT[claim["start"] : claim["end"]]
    link = claim["chain"][1]
    assert TEXT[link["start"] : link["end"]] == link["source_text"] == "مصدر أمني"
    assert claim["chain"][0] == {
        "source_text": None,
        "kind": "author",
        "entity": None,
        "cue": None,
        "manner": None,
    }


def test_a_link_without_a_place_in_the_text_has_no_offsets() -> None:
    """A link without a place in the text has no offsets."""
    chain = (AUTHOR, Link(SourceKind.PERSON, "سالم"))
    reading = Reading(
        "r", "ar", Publication(None, None), claims=(Proposal("c1", Span(0, 3), chain),)
    )
    link = reading_format(extraction(), reading, "a.txt", "00")["claims"][0]["chain"][1]
    assert "start" not in link
    assert link["source_text"] == "سالم"


def test_conflicts_are_there_only_when_something_was_weighed() -> None:
    """Conflicts are there only when something was weighed."""
    taken = extraction()
    reading = read(taken)
    conflict = {"a": "c1", "b": "c2", "kind": "date", "why": "x"}
    assert reading_format(taken, reading, "a.txt", "00", [conflict])["conflicts"] == [conflict]
    assert reading_format(taken, reading, "a.txt", "00", [])["conflicts"] == []
    assert "conflicts" not in reading_format(taken, reading, "a.txt", "00")
