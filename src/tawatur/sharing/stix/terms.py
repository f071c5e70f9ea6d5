"""The fixed words and ids of STIX 2.1 and its official extensions, and Tawatur's own few.

Ids of marking and extension definitions are those that OASIS publishes among the STIX common
objects; TLP 1 is what the STIX 2.1 specification itself defines, and is only read. What
Tawatur defines has ids that were drawn once and stand here for good.
"""

from typing import Any

from tawatur.model.label import Tlp

SPEC_VERSION = "2.1"
CONSTANT = "2026-11-22T00:00:00.000Z"
"""When the objects that are the same for everybody were made."""

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
IEP_EXTENSION = "extension-definition--762e2e97-ee51-43e5-a9ea-165fbb862c4a"
INCIDENT_EXTENSION = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
TAWATUR_EXTENSION = "extension-definition--e73485fa-3257-44dc-86c0-d8e10b584ad2"
TAWATUR = "identity--bf732681-659f-4543-8448-33c180b99dac"
NODES = "f88ef044-475f-436d-b050-5dfb9e296e12"
"""Namespace of the identities of nodes: a node's own id is known to whoever has its card."""

TLP_2 = {
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
TLP_1 = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": Tlp.CLEAR,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": Tlp.GREEN,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": Tlp.AMBER,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Tlp.RED,
}
IEP_COLOURS = {
    Tlp.CLEAR: "white",
    Tlp.GREEN: "green",
    Tlp.AMBER: "amber",
    Tlp.AMBER_STRICT: "amber",  # IEP 2.0 knows four; the TLP marking beside it says the rest
    Tlp.RED: "red",
}

DEFINITIONS: tuple[dict[str, Any], ...] = (
    {
        "type": "identity",
        "spec_version": SPEC_VERSION,
        "id": TAWATUR,
        "created": CONSTANT,
        "modified": CONSTANT,
        "name": "Tawatur",
        "identity_class": "system",
    },
    {
        "type": "extension-definition",
        "spec_version": SPEC_VERSION,
        "id": TAWATUR_EXTENSION,
        "created_by_ref": TAWATUR,
        "created": CONSTANT,
        "modified": CONSTANT,
        "name": "Tawatur claim, chain and release",
        "description": (
            "What STIX has no words for: a claim with the chain of those who passed it on, the "
            "number of its independent roots as an interval, times in EDTF, and, on one object "
            "of each item, the release as its sender signed it."
        ),
        "schema": "docs/reference/schemas/stix-extension.json in the source of Tawatur",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    },
)
"""Who defines the extension, and its definition, as published.

They do not go with every item: a definition has a ``version`` of its own, and a common TAXII
server takes that for the version of the object and fails on every page that holds one.
"""


def tlp_marking(tlp: Tlp) -> dict[str, Any]:
    """Return the marking definition of TLP 2.0 as OASIS publishes it."""
    return {
        "type": "marking-definition",
        "spec_version": SPEC_VERSION,
        "id": TLP_2[tlp],
        "created": "2022-10-01T00:00:00.000Z",
        "name": tlp.value,
        "extensions": {
            TLP_EXTENSION: {
                "extension_type": "property-extension",
                "tlp_2_0": tlp.value.removeprefix("TLP:").lower(),
            }
        },
    }
