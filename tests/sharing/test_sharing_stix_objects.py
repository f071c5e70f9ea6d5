"""An item in STIX is valid, reads in its own words, and carries the signed release whole."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import stix2
import stix2validator
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from medallion.backends.memory_backend import MemoryBackend
from tests.sharing.support_sharing import (
    CARD,
    NOW,
    RECEIVER,
    SENDER,
    THIRD,
    opened,
    release,
    sealed,
)
from tests.sharing.support_stix import IDS, claim_bodies, document_bodies, items, released

from tawatur.errors import AlteredFileError
from tawatur.model.ids import CommunityId
from tawatur.model.label import Circle, Label, Leave, Terms, Tlp
from tawatur.sharing import Item
from tawatur.sharing.stix import (
    bundle,
    extension_definition,
    extension_schema,
    keyed_ids,
    objects_of,
    sealed_bytes,
)
from tawatur.sharing.stix.terms import IEP_EXTENSION, TAWATUR_EXTENSION, TLP_2

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "schemas" / "stix-extension.json"
REFERENCE = re.compile(r"[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ARABIC = {
    "quote": "قُتل 12 جنديا في أنزيفات.",
    "language": "ar",
    "publisher": "وكالة أنزيفات",
    "published": "2031-03",
    "content": {
        "chain": [
            {"kind": "author"},
            {"kind": "official body", "source_text": "وزارة الدفاع"},
            {"kind": "named person", "source_text": "إدوار زومباري"},
        ],
        "when": "2031-02~",
        "where": [{"name": "مالي", "type": "GPE"}, {"name": "أنزيفات", "type": "LOC"}],
    },
}


def typed(objects: Iterable[Mapping[str, Any]], type_: str) -> list[Mapping[str, Any]]:
    """Return the objects of a type."""
    return [each for each in objects if each["type"] == type_]


@settings(max_examples=60, deadline=None)
@given(items)
def test_every_item_is_valid_stix(item: Item) -> None:
    """By the library and by the validator of OASIS; what should be is missed by names only."""
    _, _, objects = released(item)
    file = bundle(objects)
    stix2.parse(file, allow_custom=True)
    found = stix2validator.validate_string(
        file.decode(), stix2validator.ValidationOptions(version="2.1")
    )
    assert found.is_valid, [str(error) for error in found.errors]
    # The ids of bundle and sender follow from others (103), places are named as the text has
    # them (111, 223), and that an incident is at a place is the extension's word (202).
    missed = {str(each).split("{")[-1][:3] for each in found.warnings or ()}
    assert missed <= {"103", "111", "202", "223"}, found.warnings


@settings(max_examples=40, deadline=None)
@given(items)
def test_no_object_refers_to_what_is_not_there(item: Item) -> None:
    """Whoever takes them one by one finds all of it."""
    _, _, objects = released(item)
    text = json.dumps([{**each, "extensions": {}} for each in objects])
    assert set(REFERENCE.findall(text)) <= {each["id"] for each in objects}
    assert max(Counter(each["id"] for each in objects).values()) == 1


@settings(max_examples=40, deadline=None)
@given(items)
def test_the_signed_release_comes_back_through_another_program(item: Item) -> None:
    """And opens at its receiver: parsed and written by stix2, all bytes are the sender's."""
    given, file, objects = released(item)
    parsed = stix2.parse(bundle(objects), allow_custom=True)
    again = json.loads(parsed.serialize())["objects"]
    assert sealed_bytes(again) == file
    assert opened(file) == given
    assert sum("sealed" in _ours(each) for each in objects) == 1


def test_the_signed_release_comes_back_through_a_taxii_server() -> None:
    """One that keeps what it is given."""
    _, file, objects = released(Item("o-1", "claim", ARABIC))
    store = MemoryBackend()
    store.data = {
        "root": {
            "information": {"max_content_length": 10**9},
            "collections": [_collection()],
            "status": [],
        }
    }
    status = store.add_objects("root", "c", {"objects": objects}, NOW)
    assert status["failure_count"] == 0
    found, _ = store.get_objects("root", "c", {"match[version]": "all"}, {"version"}, 100)
    held = json.loads(json.dumps(found["objects"], default=str))
    assert {each["id"] for each in held} == {each["id"] for each in objects}
    assert sealed_bytes(held) == file


def test_what_is_stripped_is_unsigned() -> None:
    """Without the extension there is nothing to verify, and that can be told."""
    _, _, objects = released(Item("o-1", "claim", ARABIC))
    assert sealed_bytes({k: v for k, v in o.items() if k != "extensions"} for o in objects) is None


def test_two_releases_are_not_one() -> None:
    """The objects of two items are not mistaken for those of one."""
    _, _, one = released(Item("o-1", "claim", ARABIC))
    other = release(item=Item("o-2", "claim", ARABIC))
    two = objects_of(other, sealed(other), keyed_ids(b"k", RECEIVER, "c-2"))
    with pytest.raises(AlteredFileError, match="2 releases"):
        sealed_bytes([*one, *two])


def test_a_program_that_knows_only_stix_sees_who_says_what() -> None:
    """In the item's language: heading, words, chain, time and place."""
    _, _, objects = released(Item("o-1", "claim", ARABIC))
    (note,) = typed(objects, "note")
    assert note["lang"] == "ar"
    assert note["abstract"] == "إدوار زومباري: قُتل 12 جنديا في أنزيفات."
    assert "«قُتل 12 جنديا في أنزيفات.»" in note["content"]
    assert "وكالة أنزيفات ← وزارة الدفاع ← إدوار زومباري" in note["content"]
    assert "متى: 2031-02~" in note["content"]
    classes = {each["name"]: each["identity_class"] for each in typed(objects, "identity")}
    assert classes["وكالة أنزيفات"] == classes["وزارة الدفاع"] == "organization"
    assert classes["إدوار زومباري"] == "individual"
    places = {each["name"]: each for each in typed(objects, "location")}
    assert places["مالي"]["country"] == "ML"
    assert places["أنزيفات"]["region"] == "أنزيفات"
    passed = {each["description"] for each in typed(objects, "relationship")}
    assert passed == {
        "ينقل وكالة أنزيفات ما قاله وزارة الدفاع.",
        "ينقل وزارة الدفاع ما قاله إدوار زومباري.",
    }


def test_an_anonymous_source_is_nobody() -> None:
    """No identity is made of a description."""
    content = {"chain": [{"kind": "author"}, {"kind": "anonymous source", "source_text": "مصدر"}]}
    _, _, objects = released(Item("o-1", "claim", {**ARABIC, "content": content}))
    assert "مصدر" not in {each["name"] for each in typed(objects, "identity")}


def test_a_person_is_a_name_and_nothing_else() -> None:
    """No roles, sectors, contacts or places of a person are told."""
    _, _, objects = released(Item("o-1", "claim", ARABIC))
    (person,) = [o for o in typed(objects, "identity") if o["identity_class"] == "individual"]
    own = set(person) - {"type", "spec_version", "id", "created", "modified", "created_by_ref"}
    assert own == {"name", "identity_class", "object_marking_refs", "extensions"}


@settings(max_examples=40, deadline=None)
@given(document_bodies())
def test_a_document_is_a_report_with_its_claims(body: dict[str, Any]) -> None:
    """Those in force; a rejected one is nobody's."""
    _, _, objects = released(Item("o-1", "document", body))
    (report,) = typed(objects, "report")
    rejected = sum(each["verdict"] == "reject" for each in body["judgements"])
    judged = len(body["judgements"]) - rejected
    notes = typed(objects, "note")
    assert len(notes) == len(body["reading"]["claims"]) - rejected
    assert len(typed(objects, "opinion")) == judged
    assert {note["id"] for note in notes} <= set(report["object_refs"])
    assert report["description"] == body["extraction"]["text"]


def test_times_of_stix_are_instants_and_the_extension_has_what_was_told() -> None:
    """A month begins on its first day for those who know no months."""
    body = _document(published="2031-03")
    _, _, objects = released(Item("o-1", "document", body))
    (report,) = typed(objects, "report")
    assert report["published"] == "2031-03-01T00:00:00.000Z"
    assert _ours(report)["published"] == "2031-03"


def test_an_event_is_an_incident_that_nobody_confirmed() -> None:
    """With its roots as an interval, in words and in the extension."""
    body = {
        "type": "ASSAULT",
        "headline": ARABIC["quote"],
        "language": "ar",
        "roots": {"at_least": 2, "at_most": 4},
        "claims": [ARABIC],
    }
    _, _, objects = released(Item("o-1", "event", body))
    (incident,) = typed(objects, "incident")
    core = incident["extensions"]["extension-definition--ef765651-680c-498d-9894-99799f2fa126"]
    assert core["determination"] == "suspected"
    assert core["incident_types"] == ["assault"]
    assert "2 على الأقل، 4 على الأكثر" in incident["description"]
    assert _ours(incident)["event"]["roots"] == {"at_least": 2, "at_most": 4}


@given(items)
@settings(max_examples=40, deadline=None)
def test_the_extension_holds_against_its_published_schema(item: Item) -> None:
    """As published, and as made."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert schema == json.loads(json.dumps(extension_schema()))
    Draft202012Validator.check_schema(schema)
    _, _, objects = released(item)
    held = [_ours(each) for each in objects if _ours(each)]
    assert held
    for each in held:
        assert [e.message for e in Draft202012Validator(schema).iter_errors(each)] == []


def test_the_extension_is_defined_in_stix() -> None:
    """As published: by whom, where its schema stands, and valid."""
    published = (SCHEMA.parents[1] / "stix-extension-definition.json").read_text("utf-8")
    assert json.loads(published)["objects"] == extension_definition()
    options = stix2validator.ValidationOptions(version="2.1")
    assert stix2validator.validate_string(published, options).is_valid
    stix2.parse(published)


def test_ids_are_of_the_item_and_its_audience() -> None:
    """Released again it is a later version of the same; another audience cannot tell."""
    first = release(item=Item("o-1", "claim", ARABIC))
    later = replace(first, time=NOW + timedelta(days=1), item=Item("o-2", "claim", ARABIC))
    again = objects_of(later, sealed(later), IDS, created=first.time)
    whole = objects_of(first, sealed(first), IDS)
    assert [each["id"] for each in again] == [each["id"] for each in whole]
    assert [o["created"] for o in again] == [o["created"] for o in whole]
    assert typed(again, "note")[0]["modified"] > typed(whole, "note")[0]["modified"]
    other = objects_of(first, sealed(first), keyed_ids(b"a node's secret", THIRD, "d-1"))
    shared = {each["id"] for each in other} & {each["id"] for each in whole}
    assert {REFERENCE.fullmatch(id_) is not None for id_ in shared} == {True}
    assert {id_.split("--")[0] for id_ in shared} == {"identity", "marking-definition"}


@given(st.binary(min_size=1, max_size=32), st.text(max_size=20), st.text(max_size=20))
def test_ids_do_not_run_into_each_other(key: bytes, one: str, other: str) -> None:
    """Whatever the parts are called, each has its own id under every key."""
    ids = keyed_ids(key, "a", one + other)
    assert (ids(one) == ids(other)) == (one == other)
    assert keyed_ids(key, "a" + one, other)("x") == keyed_ids(key, "a", one + other)("x") or one
    assert ids(one) != keyed_ids(key + b"\1", "a", one + other)(one)


def test_what_tlp_cannot_say_stands_in_a_policy() -> None:
    """For whom, until when, for what, on which condition, and whether it may go on."""
    terms = Terms(
        SENDER,
        tlp=Tlp.AMBER_STRICT,
        audience=frozenset({RECEIVER}),
        circles=frozenset({Circle(CommunityId("y-1"))}),
        expires=NOW + timedelta(days=30),
        purpose="relief",
        caveats=frozenset({"not for the press"}),
    )
    other = Terms(THIRD, tlp=Tlp.GREEN, audience=frozenset({RECEIVER, SENDER}), onward=Leave.YES)
    label = Label.of(terms, other)
    _, _, objects = released(Item("o-1", "claim", ARABIC), label=label)
    tlp, *policies = typed(objects, "marking-definition")
    assert tlp["id"] == TLP_2[Tlp.AMBER_STRICT]
    said = {each["name"]: each["extensions"][IEP_EXTENSION] for each in policies}
    mine, theirs = said[f"Terms of {SENDER}"], said[f"Terms of {THIRD}"]
    assert mine["end_date"] == "2031-03-31T12:00:00.000Z"
    assert mine["description"] == (
        f"Released to: members of y-1, {RECEIVER}. It may not be passed on. "
        "Purpose: relief. To be acknowledged first: not for the press."
    )
    assert mine["affected_party_notifications"] == "must-not"
    assert (theirs["tlp"], theirs["affected_party_notifications"]) == ("green", "may")
    marked = [each for each in objects if "object_marking_refs" in each]
    assert {len(each["object_marking_refs"]) for each in marked} == {3}
    assert {each["id"] for each in objects} - {each["id"] for each in marked} == {
        *(each["id"] for each in typed(objects, "marking-definition")),
        *(each["id"] for each in objects if each.get("name") == CARD.name),
    }


def test_an_item_of_a_later_version_travels_sealed() -> None:
    """What this version has no words for is carried, and named."""
    _, file, objects = released(Item("o-1", "notice of tomorrow", {"x": 1}))
    (note,) = typed(objects, "note")
    assert "notice of tomorrow" in note["content"]
    assert sealed_bytes(objects) == file


@pytest.mark.parametrize("kind", ["document", "claim", "event", "commitment", "request"])
def test_an_item_that_is_not_what_it_says_is_refused(kind: str) -> None:
    """Rather than shown as something else."""
    with pytest.raises(AlteredFileError, match=kind):
        released(Item("o-1", kind, {"by": 1}))


@given(claim_bodies())
@settings(max_examples=20, deadline=None)
def test_equal_items_give_equal_bytes(body: dict[str, Any]) -> None:
    """So that nothing but the item is told."""
    item = Item("o-1", "claim", body)
    assert bundle(released(item)[2]) == bundle(released(item)[2])


def _ours(each: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = each.get("extensions", {}).get(TAWATUR_EXTENSION, {})
    return found


def _collection() -> dict[str, Any]:
    return {
        "id": "c",
        "title": "c",
        "can_read": True,
        "can_write": True,
        "media_types": ["application/stix+json;version=2.1"],
        "objects": [],
        "manifest": [],
    }


def _document(published: str) -> dict[str, Any]:
    return {
        "name": "report.txt",
        "bytes": "",
        "extraction": {
            "text": "نص.",
            "media_type": "text/plain",
            "encoding": None,
            "extractor": {"name": "x", "version": "1"},
            "language": "ar",
        },
        "reading": {
            "reader": "rules/1",
            "language": "ar",
            "published": {"value": published, "bounds": None},
        },
        "judgements": [],
    }
