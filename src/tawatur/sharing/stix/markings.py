"""A label as STIX markings, and what the markings of others allow.

Going out, TLP 2.0 says what a person may do, and one IEP 2.0 policy for each originator's terms
says what TLP cannot: for whom, from when, until when, whether it may go on. Coming in, the
strictest of all markings on an object holds, and a marking that is unknown or cannot be read is
the strictest there is: nobody gains by making one unreadable.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Leave, Terms, Tlp
from tawatur.sharing.stix.fields import Object, object_in, text_in, time_of
from tawatur.sharing.stix.terms import (
    IEP_COLOURS,
    IEP_EXTENSION,
    SPEC_VERSION,
    TLP_1,
    TLP_2,
    TLP_EXTENSION,
    tlp_marking,
)

UNMARKED = Tlp.AMBER_STRICT
"""Of what carries no marking at all: for the organisation that holds it."""

_MARKED = {marking: tlp for tlp, marking in TLP_2.items()} | TLP_1
_COLOURS = {
    "white": Tlp.CLEAR,
    "clear": Tlp.CLEAR,
    "green": Tlp.GREEN,
    "amber": Tlp.AMBER,
    "amber+strict": Tlp.AMBER_STRICT,
    "red": Tlp.RED,
}
_IEP_WORDS = (
    "encrypt_in_transit",
    "permitted_actions",
    "affected_party_notifications",
    "provider_attribution",
    "unmodified_resale",
)


@dataclass(frozen=True, slots=True)
class Handling:
    """What markings allow.

    ``colour`` is None where they are of no scale, ``said`` are their words for people, and
    ``known`` tells whether all of them could be read. Times are UTC.
    """

    colour: Tlp | None = None
    opens: datetime | None = None
    expires: datetime | None = None
    said: tuple[str, ...] = ()
    known: bool = True

    @property
    def tlp(self) -> Tlp:
        """The strictest word of the traffic light; where none is said, for the holder alone."""
        return self.colour or UNMARKED

    def terms(self, originator: NodeId, holder: NodeId, now: datetime) -> Terms:
        """Return the terms under which ``holder`` has, from ``now`` on, what is marked so.

        TLP 2.0 lets CLEAR and GREEN go to partner organisations; all else stays.
        """
        return Terms(
            originator,
            tlp=self.tlp,
            audience=frozenset({holder}),
            onward=Leave.YES if self.tlp in (Tlp.CLEAR, Tlp.GREEN) else Leave.NO,
            opens=self.opens if self.opens is not None and self.opens > now else None,
            expires=self.expires,
        )


# ------------------------------------------------------------ going out


def markings_of(
    label: Label, ids: Callable[[str], str], created: datetime
) -> tuple[dict[str, Any], ...]:
    """Return the marking definitions for a label: TLP 2.0, then a policy for each of its terms."""
    policies = (
        _policy(terms, f"marking-definition--{ids(f'policy/{n}')}", ids(f"policy/{n}/iep"), created)
        for n, terms in enumerate(label.terms)
    )
    return (tlp_marking(label.tlp), *policies)


def stamp(time: datetime) -> str:
    """Return a UTC time as STIX writes it, to the millisecond."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def _policy(terms: Terms, id_: str, iep_id: str, created: datetime) -> dict[str, Any]:
    onward = terms.onward is not Leave.NO and terms.tlp is not Tlp.RED
    name = f"Terms of {terms.originator}"
    policy = {
        "extension_type": "property-extension",
        "iep_id": iep_id,
        "iep_version": 2.0,
        "policy_name": name,
        "description": _described(terms, onward=onward),
        "start_date": stamp(terms.opens or created),
        "encrypt_in_transit": "may" if terms.tlp is Tlp.CLEAR else "must",
        "permitted_actions": (
            "externally-visible-direct-actions"
            if terms.tlp is Tlp.CLEAR
            else "contact-for-instruction"
        ),
        "affected_party_notifications": "may" if onward else "must-not",
        "tlp": IEP_COLOURS[terms.tlp],
        "tlp_ref": TLP_2[terms.tlp],
        "provider_attribution": "must",
        "unmodified_resale": "must-not",
    }
    if terms.expires is not None:
        policy["end_date"] = stamp(terms.expires)
    return {
        "type": "marking-definition",
        "spec_version": SPEC_VERSION,
        "id": id_,
        "created": stamp(created),
        "name": name,
        "external_references": [{"source_name": "FIRST IEP 2.0", "external_id": iep_id}],
        "extensions": {IEP_EXTENSION: policy},
    }


def _described(terms: Terms, *, onward: bool) -> str:
    """Return what no field of a policy says: to whom, for what, under which conditions."""
    circles = (f"{c.tier.name.lower()}s of {c.community}" for c in terms.circles)
    audience = sorted({*terms.audience, *circles})
    gives = "" if terms.gives is Leave.YES else " (only that it exists)"
    lines = [
        f"Released to: {', '.join(audience) or 'nobody'}{gives}.",
        "It may be passed on to others whom its originator allows."
        if onward
        else "It may not be passed on.",
    ]
    if terms.purpose:
        lines.append(f"Purpose: {terms.purpose}.")
    lines += [f"After: {condition}." for condition in sorted(terms.after)]
    lines += [f"To be acknowledged first: {caveat}." for caveat in sorted(terms.caveats)]
    return " ".join(lines)


# ------------------------------------------------------------ coming in


class Markings:
    """What the markings of one bundle allow; each of them is read once."""

    def __init__(self, definitions: Mapping[str, Object]) -> None:
        """Read nothing yet.

        Args:
            definitions: The objects of the bundle by id, marking definitions among them.
        """
        self._definitions = definitions
        self._known: dict[str, Handling] = {}

    def on(self, marked: Iterable[Object]) -> Handling:
        """Return what the markings on all of these objects allow together: the strictest."""
        return strictest(map(self._of, sorted({ref for each in marked for ref in _refs(each)})))

    def _of(self, ref: str) -> Handling:
        """Return what one marking allows, by its id and by what its definition says."""
        if ref not in self._known:
            known = [Handling(_MARKED[ref], said=(_MARKED[ref].value,))] if ref in _MARKED else []
            if ref in self._definitions:
                known += _read(self._definitions[ref])
            self._known[ref] = strictest(known) if known else _unknown(ref)
        return self._known[ref]


def handling_of_tags(names: Iterable[str]) -> Handling:
    """Return what MISP tags allow; those of other scales restrict nothing."""
    found = []
    for name in names:
        space, _, colour = name.strip().casefold().partition(":")
        if space.strip() == "tlp":
            found.append(_coloured(colour.strip(), name))
    return strictest(found)


def strictest(found: Iterable[Handling]) -> Handling:
    """Return what all of ``found`` allow together."""
    found = list(found)
    return Handling(
        max((h.colour for h in found if h.colour), key=lambda tlp: tlp.rank, default=None),
        max((h.opens for h in found if h.opens), default=None),
        min((h.expires for h in found if h.expires), default=None),
        tuple(dict.fromkeys(word for h in found for word in h.said)),
        all(h.known for h in found),
    )


def _refs(marked: Object) -> list[str]:
    """Return the ids of all markings on an object; what stands in their place is an unknown one."""
    refs, granular = marked.get("object_marking_refs", []), marked.get("granular_markings", [])
    if not isinstance(refs, list) or not isinstance(granular, list):
        return [""]
    parts = [each if isinstance(each, dict) else {} for each in granular]
    # what names a language instead is no marking
    told = [
        each.get("marking_ref") for each in parts if "marking_ref" in each or "lang" not in each
    ]
    return [ref if isinstance(ref, str) else "" for ref in (*refs, *told)]


def _read(definition: Object) -> list[Handling]:
    """Return what a marking definition says; one that says nothing known is the strictest."""
    found = []
    for name in object_in(definition, "extensions"):
        extension = object_in(object_in(definition, "extensions"), name)
        if name == TLP_EXTENSION:
            found.append(_coloured(extension.get("tlp_2_0"), name))
        elif name == IEP_EXTENSION:
            found.append(_policed(extension))
        else:
            found.append(_unknown(name))
    told = object_in(definition, "definition")
    type_ = definition.get("definition_type")
    if type_ == "tlp":
        found.append(_coloured(told.get("tlp"), "tlp"))
    elif type_ == "statement" and text_in(told, "statement"):
        found.append(Handling(said=(text_in(told, "statement"),)))
    elif type_ is not None:
        found.append(_unknown(str(type_)))
    return found or [_unknown(str(definition.get("name") or definition.get("id")))]


def _policed(policy: Object) -> Handling:
    colour = _coloured(policy.get("tlp"), "IEP")
    said = [f"{name}: {word}" for name in _IEP_WORDS if (word := text_in(policy, name))]
    said += filter(None, [text_in(policy, "description")])
    try:
        opens, expires = (time_of(policy.get(name)) for name in ("start_date", "end_date"))
    except ValueError:
        return _unknown("IEP")
    return strictest([colour, Handling(None, opens, expires, tuple(said))])


def _coloured(colour: object, name: str) -> Handling:
    tlp = _COLOURS.get(colour.casefold()) if isinstance(colour, str) else None
    return _unknown(f"{name} {colour}") if tlp is None else Handling(tlp, said=(tlp.value,))


def _unknown(name: str) -> Handling:
    return Handling(Tlp.RED, said=(f"{Tlp.RED.value} (unknown marking {name[:80]})",), known=False)
