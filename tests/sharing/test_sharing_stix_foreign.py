"""What another program says becomes documents and claims of its own word; nothing else happens."""

import contextlib
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sharing.support_sharing import RECEIVER, SENDER
from tests.sharing.support_stix import items, released

from tawatur.errors import ForeignFileError
from tawatur.model.label import Leave, Tlp
from tawatur.model.reading import Modality, Role, SourceKind, verify_reading
from tawatur.sharing import Item
from tawatur.sharing.stix import ForeignDocument, Imported, bundle, items_of
from tawatur.sharing.stix.bundles import MAX_BYTES, MAX_OBJECTS
from tawatur.sharing.stix.terms import (
    IEP_EXTENSION,
    TAWATUR_EXTENSION,
    TLP_1,
    TLP_2,
    TLP_EXTENSION,
    tlp_marking,
)

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
TIME = "2031-02-20T08:00:00.000Z"
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def stix(type_: str, **fields: Any) -> dict[str, Any]:
    """Return an object of a type; its id follows from its name or words."""
    name = str(fields.get("name") or fields.get("content") or fields)
    id_ = f"{type_}--{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
    return {
        "type": type_,
        "spec_version": "2.1",
        "id": id_,
        "created": TIME,
        "modified": TIME,
        **fields,
    }


def read(*objects: Any, sender: str | None = None) -> Imported:
    """Return what a bundle of these objects holds."""
    return items_of(json.dumps({"type": "bundle", "objects": objects}).encode(), sender=sender)


def only(imported: Imported) -> ForeignDocument:
    """Return the one document, which stands in its text and is refused nothing."""
    (found,) = imported.documents
    assert imported.refused == ()
    verify_reading(found.reading, found.text)
    return found


def claimed(found: ForeignDocument) -> list[str]:
    """Return the words of the claims."""
    return [claim.span.of(found.text) for claim in found.reading.claims]


AGENCY = stix("identity", name="Agence Timersul", identity_class="organization")
TOWN = stix("location", name="Kelmuri", region="western-africa")
GROUP = stix("identity", name="Front du Nord", identity_class="group")
NOTE = stix(
    "note",
    abstract="Toll",
    content="Twelve soldiers died.\n\nThe toll may rise.",
    created_by_ref=AGENCY["id"],
    authors=["A. Reporter"],
    object_refs=[TOWN["id"]],
)
MOVE = stix(
    "relationship", relationship_type="targets", source_ref=GROUP["id"], target_ref=TOWN["id"]
)
REPORT = stix(
    "report",
    name="The attack on Kelmuri",
    description="A barracks was attacked.",
    published="2031-02-21T00:00:00Z",
    lang="en",
    created_by_ref=AGENCY["id"],
    external_references=[{"source_name": "radio", "url": "https://radio.example/1"}],
    object_refs=[NOTE["id"], TOWN["id"], GROUP["id"], MOVE["id"]],
)
ALL = (REPORT, NOTE, MOVE, AGENCY, TOWN, GROUP)


def test_a_report_is_a_document_and_its_notes_are_claims() -> None:
    """By whom they are, and through whom; the date is the one that it states."""
    found = only(read(*ALL, sender="Neighbour"))
    assert found.id == REPORT["id"]
    assert found.text.startswith("The attack on Kelmuri\n")
    assert (found.language, found.published, found.maker) == ("en", "2031-02-21", "Agence Timersul")
    assert claimed(found) == [
        "A barracks was attacked.",
        "Twelve soldiers died.",
        "The toll may rise.",
        "Front du Nord targets Kelmuri",
    ]
    chains = [[link.source_text for link in c.chain] for c in found.reading.claims]
    assert chains[0] == [None, "Agence Timersul", "radio"]
    assert chains[1] == chains[2] == [None, "Agence Timersul", "A. Reporter"]
    assert found.reading.claims[1].chain[-1].kind is SourceKind.PERSON


def test_the_maker_that_hands_it_over_is_no_second_link() -> None:
    """The sender is the document's author already."""
    found = only(read(NOTE, AGENCY, TOWN, sender="Agence Timersul"))
    assert [link.source_text for link in found.reading.claims[0].chain] == [None, "A. Reporter"]


def test_a_relationship_names_who_and_where() -> None:
    """As far as its ends are named."""
    found = only(read(*ALL))
    move = found.reading.claims[-1]
    names = {entity.id: entity.name for entity in found.reading.entities}
    assert [(names[p.entity], p.role) for p in move.who] == [("Front du Nord", Role.ACTOR)]
    assert [names[place] for place in move.where] == ["Kelmuri"]


def test_an_opinion_is_one() -> None:
    """And not a fact."""
    opinion = stix("opinion", opinion="disagree", explanation="No.", object_refs=[REPORT["id"]])
    found = only(read(*ALL, opinion))
    assert found.reading.claims[-1].modality is Modality.OPINION
    assert claimed(found)[-1] == "No."


def test_notes_of_their_own_are_documents_and_the_rest_is_one() -> None:
    """Nothing is lost."""
    other = stix("note", content="Alone.", object_refs=[AGENCY["id"]])
    tool = stix("tool", name="wrench")
    found = read(*ALL, other, tool).documents
    assert [each.title for each in found] == ["The attack on Kelmuri", "Alone.", "STIX bundle"]
    assert found[-1].unknown == ("tool",)
    assert "wrench" in found[-1].text


def test_unknown_types_are_shown_and_kept_as_they_came() -> None:
    """And claim nothing."""
    strange = stix("x-org-thing", name="?", payload={"run": "rm -rf /", "n": [1, 2.5, None]})
    report = {**REPORT, "object_refs": [strange["id"]]}
    found = only(read(report, strange, AGENCY))
    assert found.unknown == ("x-org-thing",)
    assert "x-org-thing: ?" in found.text
    assert strange in json.loads(found.raw)
    assert claimed(found) == ["A barracks was attacked."]


def test_what_was_revoked_claims_nothing() -> None:
    """And says so."""
    found = only(read({**NOTE, "revoked": True}, TOWN))
    assert claimed(found) == []
    assert "\nrevoked\n" in found.text


def test_the_newest_version_counts_and_two_contents_of_one_are_refused() -> None:
    """Whichever came first; nothing else is disturbed."""
    newer = {**NOTE, "content": "Thirteen died.", "modified": "2031-02-22T00:00:00.000Z"}
    for order in ((NOTE, newer), (newer, NOTE)):
        assert claimed(only(read(*order, TOWN))) == ["Thirteen died."]
    other = {**NOTE, "content": "Fourteen died."}
    found = read(NOTE, other, REPORT, AGENCY)
    assert [refused.id for refused in found.refused] == [NOTE["id"]]
    assert "Fourteen" not in found.documents[0].text


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "note",
        {},
        {"type": "note"},
        {**NOTE, "id": "note--1"},
        {**NOTE, "id": REPORT["id"]},
        {**NOTE, "id": NOTE["id"] + "\n"},
        {**NOTE, "type": 7},
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_object_is_refused_and_the_rest_goes_on(broken: Any) -> None:
    """By its id, if it has one, or its place."""
    found = read(broken, *ALL)
    assert len(found.refused) == 1
    assert found.documents == read(*ALL).documents


def test_no_text_does_anything_to_a_terminal() -> None:
    """Control characters are shown as such; what is kept is as it came."""
    note = {**NOTE, "content": "\x1b[31mRed\x00\r\nSecond", "abstract": "a\x07b"}
    found = only(read(note, TOWN))
    assert not set(found.text + found.title) & set("\x1b\x00\x07")
    assert claimed(found) == ["\ufffd[31mRed\ufffd", "Second"]
    assert json.loads(found.raw)[0]["content"] == note["content"]


def test_no_text_outgrows_its_bundle() -> None:
    """A thousand reports on one long object write it out once."""
    long = stix("malware", name="m" * 5000, description="x" * 200_000)
    many = [
        {**REPORT, "id": f"report--{uuid.UUID(int=n)}", "object_refs": [long["id"]]}
        for n in range(1000)
    ]
    found = read(long, *many)
    assert sum(len(each.text) for each in found.documents) < 700_000


# ------------------------------------------------------------ our own


@settings(max_examples=30, deadline=None)
@given(items)
def test_what_we_sealed_comes_back_sealed(item: Item) -> None:
    """The objects beside it say nothing of their own."""
    _, file, objects = released(item)
    found = items_of(bundle(objects))
    assert found.sealed == (file,)
    assert found.documents == ()
    assert found.refused == ()


@settings(max_examples=30, deadline=None)
@given(items)
def test_what_was_stripped_is_the_word_of_whoever_hands_it_over(item: Item) -> None:
    """It is taken as any other's, and stands in its text."""
    _, _, objects = released(item)
    for each in objects:
        each.get("extensions", {}).pop(TAWATUR_EXTENSION, None)
    found = items_of(bundle(objects), sender="Somebody")
    assert found.sealed == ()
    assert len(found.documents) == 1
    only(found)


def test_a_seal_covers_no_object_that_is_not_of_its_item() -> None:
    """A false note beside a sealed release is taken as what it is."""
    _, file, objects = released(Item("o-1", "request", {"by": "A", "to": "B", "what": "boats"}))
    found = read(*objects, NOTE, TOWN)
    assert found.sealed == (file,)
    assert [each.id for each in found.documents] == [NOTE["id"]]


def test_a_broken_seal_is_no_release() -> None:
    """What stands in its place is taken as another's word."""
    _, _, objects = released(Item("o-1", "request", {"by": "A", "to": "B", "what": "boats"}))
    for each in objects:
        if "sealed" in (ours := each.get("extensions", {}).get(TAWATUR_EXTENSION, {})):
            ours["sealed"] = "?"
    found = read(*objects)
    assert found.sealed == ()
    assert "boats" in found.documents[0].text


def test_the_extension_alone_keeps_the_chain() -> None:
    """A platform that drops the signature only leaves who said it through whom."""
    body = {
        "quote": "Twelve died.",
        "language": "en",
        "publisher": "Agence Timersul",
        "published": None,
        "content": {
            "chain": [{"kind": "author"}, {"kind": "official body", "source_text": "The army"}],
            "polarity": "denied",
        },
    }
    _, _, objects = released(Item("o-1", "claim", body))
    for each in objects:
        each.get("extensions", {}).get(TAWATUR_EXTENSION, {}).pop("sealed", None)
    found = only(items_of(bundle(objects), sender="مرصد أزرمال"))
    (claim,) = found.reading.claims
    assert claim.span.of(found.text) == "Twelve died."
    assert claim.polarity.value == "denied"
    assert [link.source_text for link in claim.chain] == [None, "Agence Timersul", "The army"]


# ------------------------------------------------------------ markings


def marked(*markings: str, **fields: Any) -> dict[str, Any]:
    """Return a note under markings."""
    return {**NOTE, "object_marking_refs": list(markings), **fields}


def definition(**fields: Any) -> dict[str, Any]:
    """Return a marking definition of our own making."""
    return stix("marking-definition", name="m", **fields)


def tlp_of(*objects: Mapping[str, Any]) -> Tlp:
    """Return under which word a bundle comes."""
    return only(read(*objects)).handling.tlp


@pytest.mark.parametrize(
    ("marking", "tlp"),
    [*((marking, tlp) for tlp, marking in TLP_2.items()), *TLP_1.items()],
)
def test_both_traffic_lights_are_known_by_id(marking: str, tlp: Tlp) -> None:
    """With and without their definitions."""
    assert tlp_of(marked(marking), TOWN) is tlp
    assert tlp_of(marked(marking), TOWN, tlp_marking(Tlp.CLEAR)) is tlp


def test_what_is_unmarked_is_for_the_holder() -> None:
    """And goes nowhere."""
    terms = only(read(NOTE, TOWN)).handling.terms(SENDER, RECEIVER, NOW)
    assert (terms.tlp, terms.onward) == (Tlp.AMBER_STRICT, Leave.NO)
    assert terms.audience == {RECEIVER}


def test_only_what_says_so_may_go_on() -> None:
    """CLEAR and GREEN go to partner organisations, by their definition."""
    onward = {
        tlp: only(read(marked(TLP_2[tlp]), TOWN)).handling.terms(SENDER, RECEIVER, NOW).onward
        for tlp in Tlp
    }
    assert {tlp for tlp, leave in onward.items() if leave is Leave.YES} == {Tlp.CLEAR, Tlp.GREEN}


@pytest.mark.parametrize(
    "unknown",
    [
        definition(definition_type="tlp", definition={"tlp": "mauve"}),
        definition(definition_type="tlp", definition="white"),
        definition(definition_type="x-own", definition={"level": "low"}),
        definition(extensions={TLP_EXTENSION: {"tlp_2_0": ["clear"]}}),
        definition(extensions={TLP_EXTENSION: None}),
        definition(extensions={"extension-definition--1": {"open": True}}),
        definition(extensions={IEP_EXTENSION: {"tlp": "white", "end_date": "soon"}}),
        definition(),
        {"type": "marking-definition", "id": "?"},
    ],
    ids=lambda value: json.dumps(value)[-60:],
)
def test_a_marking_that_cannot_be_read_is_the_strictest(unknown: dict[str, Any]) -> None:
    """Nobody gains by making one unreadable."""
    note = marked(TLP_2[Tlp.CLEAR], unknown["id"])
    imported = read(note, TOWN, unknown)
    (found,) = imported.documents
    assert found.handling.tlp is Tlp.RED
    assert not found.handling.known


@pytest.mark.parametrize("refs", [None, 7, "x", {"a": 1}, [7], [None], [{}]])
def test_what_stands_in_the_place_of_markings_is_the_strictest(refs: Any) -> None:
    """Likewise."""
    assert tlp_of({**NOTE, "object_marking_refs": refs}, TOWN) is Tlp.RED
    assert tlp_of({**NOTE, "granular_markings": refs}, TOWN) is Tlp.RED


def test_a_part_that_is_marked_marks_the_whole() -> None:
    """Of all markings in a document the strictest holds."""
    granular = [{"marking_ref": TLP_2[Tlp.RED], "selectors": ["content"]}, {"lang": "fr"}]
    assert tlp_of(marked(TLP_2[Tlp.CLEAR], granular_markings=granular), TOWN) is Tlp.RED
    inner = marked(TLP_2[Tlp.RED])
    outer = {**REPORT, "object_marking_refs": [TLP_2[Tlp.GREEN]]}
    assert tlp_of(outer, inner, AGENCY, TOWN, GROUP, MOVE) is Tlp.RED


def test_a_policy_says_until_when() -> None:
    """And its words are shown to people; a copyright line restricts nothing."""
    policy = definition(
        extensions={
            IEP_EXTENSION: {
                "tlp": "green",
                "start_date": "2030-01-01T00:00:00Z",
                "end_date": "2031-12-31T23:00:00+01:00",
                "permitted_actions": "none",
                "description": "For relief only.",
            }
        }
    )
    line = stix(
        "marking-definition", definition_type="statement", definition={"statement": "© Agence"}
    )
    found = only(read(marked(policy["id"], line["id"]), TOWN, policy, line))
    terms = found.handling.terms(SENDER, RECEIVER, NOW)
    assert (terms.tlp, terms.opens) == (Tlp.GREEN, None)
    assert terms.expires == datetime(2031, 12, 31, 22, tzinfo=UTC)
    for words in ("For relief only.", "permitted_actions: none", "© Agence"):
        assert f"marking: {words}" in found.text


@settings(max_examples=200, deadline=None)
@given(json_values, json_values)
def test_no_marking_that_is_added_widens(refs: Any, inside: Any) -> None:
    """Whatever it is."""
    strict = marked(TLP_2[Tlp.AMBER_STRICT])
    more = definition(definition_type="tlp", definition=inside, extensions=refs)
    note = {**strict, "object_marking_refs": [*strict["object_marking_refs"], more["id"]]}
    assert tlp_of(note, TOWN, more).rank >= Tlp.AMBER_STRICT.rank


# ------------------------------------------------------------ bad input


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_is_refused_or_taken(content: bytes) -> None:
    """One error says why; no other leaves."""
    found = Imported()
    with contextlib.suppress(ForeignFileError):
        found = items_of(content)
    for each in found.documents:
        verify_reading(each.reading, each.text)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_field_may_be_anything(data: st.DataObject) -> None:
    """The rest of the bundle is as it was."""
    objects = [dict(each) for each in ALL]
    victim = data.draw(st.sampled_from(objects))
    fields = sorted({*victim, "revoked", "authors", "extensions", "granular_markings", "lang"})
    victim[data.draw(st.sampled_from(fields))] = data.draw(json_values)
    alone = stix("note", content="Alone.", object_refs=["identity--?"])
    found = read(*objects, alone)
    assert any(claimed(each) == ["Alone."] for each in found.documents)
    for each in found.documents:
        verify_reading(each.reading, each.text)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"type": "bundle"', "not JSON"),
        (b'{"type": "bundle"}', "neither"),
        (b'{"type": "bundle", "objects": {}}', "neither"),
        (b"7", "neither"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "levels deep"),
        (b"[" * 100_000 + b"]" * 100_000, "not JSON"),
        (b"[" + b"0," * MAX_OBJECTS + b"0]", "objects"),
        (b" " * (MAX_BYTES + 1), "64 MB"),
        (b'["\\ud800"]', "not JSON"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_is_too_large_too_deep_or_nothing_is_refused(content: bytes, why: str) -> None:
    """With the reason."""
    with pytest.raises(ForeignFileError, match=why):
        items_of(content)


def test_an_empty_bundle_holds_nothing() -> None:
    """And is no error; a TAXII envelope is read like a bundle."""
    assert items_of(b'{"more": false, "objects": []}') == Imported()
    assert items_of(json.dumps({"objects": ALL}).encode()) == read(*ALL)
