"""A MISP event of another is a document whose attributes are claims, under its traffic light."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.label import Tlp
from tawatur.model.reading import verify_reading
from tawatur.sharing.stix import ForeignDocument, items_of

EVENT = {
    "uuid": "3c0f0a58-6a41-4d0e-a0a5-0d1d94b5f1a1",
    "info": "Attaque d'un convoi près de Kelmuri",
    "date": "2031-02-20",
    "Orgc": {"name": "CERT-Timersul", "uuid": "x"},
    "Org": {"name": "CERT-Other"},
    "distribution": "3",
    "Tag": [{"name": "tlp:amber"}, {"name": 'admiralty-scale:source-reliability="b"'}],
    "Galaxy": [{"GalaxyCluster": [{"type": "threat-actor", "value": "Front du Nord"}]}],
    "Attribute": [
        {
            "type": "text",
            "category": "Other",
            "value": "Douze morts",
            "comment": "bilan provisoire",
        },
        {"type": "phone-number", "category": "Person", "value": "+000 555 0100"},
        {"type": "text", "category": "Other", "value": "rayé", "deleted": True},
    ],
    "Object": [
        {
            "name": "geolocation",
            "Attribute": [
                {
                    "type": "text",
                    "object_relation": "city",
                    "value": "Kelmuri",
                    "first_seen": "2031-02-19T10:00:00Z",
                },
                {"type": "float", "object_relation": "latitude", "value": "17.123456"},
            ],
        }
    ],
    "EventReport": [{"name": "Note", "content": "Le convoi allait vers le nord."}],
    "ShadowAttribute": [{"value": "kept"}],
}
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def changed(**fields: Any) -> dict[str, Any]:
    """Return the event with other fields."""
    return {**copy.deepcopy(EVENT), **fields}


def read(event: Any) -> ForeignDocument:
    """Return the one document of a file with this event."""
    (found,) = items_of(json.dumps({"Event": event}).encode(), sender="Neighbour").documents
    verify_reading(found.reading, found.text)
    return found


def test_an_event_is_a_document_of_who_made_it() -> None:
    """Its attributes and reports are claims; the maker stands behind the sender."""
    found = read(EVENT)
    assert found.title == EVENT["info"]
    assert (found.published, found.maker) == ("2031-02-20", "CERT-Timersul")
    claims = [c.span.of(found.text) for c in found.reading.claims]
    assert claims == [
        "Le convoi allait vers le nord.",
        "text: Douze morts bilan provisoire",
        "city: Kelmuri",
    ]
    for claim in found.reading.claims:
        assert [link.source_text for link in claim.chain] == [None, "CERT-Timersul"]
    assert found.reading.claims[-1].when == "2031-02-19"
    assert "galaxy: threat-actor Front du Nord" in found.text


def test_what_was_deleted_is_not_claimed() -> None:
    """It is kept as it came."""
    assert "rayé" not in read(EVENT).text


def test_no_telephone_and_no_position_is_kept() -> None:
    """Neither in the text nor in what is kept beside it; all else is."""
    found = read(EVENT)
    kept = found.raw.decode()
    for never in ("555 0100", "17.123456"):
        assert never not in found.text
        assert never not in kept
    assert json.loads(kept)[0]["ShadowAttribute"] == [{"value": "kept"}]


@pytest.mark.parametrize(
    ("tags", "tlp"),
    [
        (["tlp:clear"], Tlp.CLEAR),
        (["TLP:WHITE"], Tlp.CLEAR),
        (["tlp:green", "tlp:clear"], Tlp.GREEN),
        (["tlp:amber+strict"], Tlp.AMBER_STRICT),
        (["tlp:red", "tlp:clear"], Tlp.RED),
        (["tlp:ex:chr"], Tlp.RED),
        (["tlp:"], Tlp.RED),
        (["type:OSINT"], Tlp.AMBER_STRICT),
        ([], Tlp.AMBER_STRICT),
    ],
)
def test_the_tags_of_the_traffic_light_decide(tags: list[str], tlp: Tlp) -> None:
    """The strictest of them; one that is unknown is the strictest there is."""
    assert read(changed(Tag=[{"name": tag} for tag in tags])).handling.tlp is tlp


def test_a_tag_on_a_part_marks_the_whole() -> None:
    """Likewise for what may not leave the organisation."""
    part = {"type": "text", "value": "x", "Tag": [{"name": "tlp:red"}]}
    assert read(changed(Attribute=[part])).handling.tlp is Tlp.RED


@pytest.mark.parametrize("distribution", ["0", 0, "1", "4", "9", None, {}])
def test_what_is_for_those_who_hold_it_stays_here(distribution: Any) -> None:
    """Organisation, this community, a sharing group, or what no version knows."""
    event = changed(Tag=[{"name": "tlp:clear"}], distribution=distribution)
    assert read(event).handling.tlp is Tlp.AMBER_STRICT


def test_several_events_come_in_any_of_the_usual_forms() -> None:
    """Each by itself; one that is none is refused and the rest goes on."""
    forms = ({"response": [{"Event": EVENT}] * 2}, [{"Event": EVENT}, {"Event": EVENT}])
    for form in forms:
        assert len(items_of(json.dumps(form).encode()).documents) == 2
    found = items_of(json.dumps({"response": [{"Event": 7}, {"Event": EVENT}]}).encode())
    assert [each.id for each in found.refused] == ["event 1"]
    assert len(found.documents) == 1


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(EVENT)), json_values)
def test_any_field_may_be_anything(field: str, value: Any) -> None:
    """Whatever stands in it, the document stands in its text."""
    read(changed(**{field: value}))


@settings(max_examples=100, deadline=None)
@given(st.lists(json_values, max_size=3))
def test_any_attribute_may_be_anything(values: list[Any]) -> None:
    """Likewise for what attributes and objects hold."""
    read(changed(Attribute=values, Object=[{"name": "o", "Attribute": values}, *values]))
