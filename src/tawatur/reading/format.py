"""What does `tawatur read` write about one text? The reading format, as plain data for JSON.

Keys and order are those of the format's description; keys may be added there,
never renamed. Offsets are code points of the rendition, ``end`` exclusive.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tawatur.model.claim import same_claims
from tawatur.model.document import CableHeader, Extraction, Marking
from tawatur.model.reading import Link, Proposal, Reading
from tawatur.model.span import Span
from tawatur.reading.other_languages import limit


def reading_format(
    extraction: Extraction,
    reading: Reading,
    name: str,
    sha256: str,
    conflicts: Sequence[dict[str, str]] | None = None,
    also: Reading | None = None,
) -> dict[str, Any]:
    """Return the reading as one object of the reading format.

    Args:
        extraction: What intake made of the bytes.
        reading: What a reader proposes about it.
        name: The input's file name.
        sha256: Hexadecimal digest of the input's bytes.
        conflicts: As weighing names them (``a``, ``b``, ``kind``, ``why``); None where nothing
            was weighed, and then the key is left out.
        also: What a second reader proposes, to stand beside it, each claim with the other
            reader's claim of the same words and whether both lay it to the same root; None
            where there is none, and then the keys are left out.
    """
    published = reading.published
    made: dict[str, Any] = {
        "doc": name,
        "sha256": sha256,
        "lang": reading.language,
        "reader": reading.reader,
        "limit": limit(reading),
        "title": _span(extraction.title) if extraction.title else None,
        "publisher": extraction.publisher.value if extraction.publisher else None,
        "published": {
            "value": published.value,
            "from": "; ".join(published.reasons) or None,
            "bounds": published.bounds,
        },
        "header": _header(extraction.header),
        "markings": [_marking(marking) for marking in extraction.markings],
        "boilerplate": [[aside.span.start, aside.span.end] for aside in extraction.asides],
        **_proposed(reading),
    }
    if conflicts is not None:
        made["conflicts"] = [dict(conflict) for conflict in conflicts]
    if also is not None:
        made["second"] = {"reader": also.reader, **_proposed(also)}
        same = same_claims(reading, also)
        _mark(made["claims"], {a: (b, root) for a, b, root in same})
        _mark(made["second"]["claims"], {b: (a, root) for a, b, root in same})
    return made


def _mark(claims: list[dict[str, Any]], same: Mapping[str, tuple[str, bool]]) -> None:
    for claim in claims:
        other = same.get(claim["id"])
        claim["agreement"] = {"claim": other[0], "root": other[1]} if other else None


def _proposed(reading: Reading) -> dict[str, Any]:
    """Return what a reader proposes, in lists."""
    return {
        "entities": [
            {
                "id": entity.id,
                "type": str(entity.type),
                "name": entity.name,
                "names": dict(entity.names),
                "mentions": [_span(mention) for mention in entity.mentions],
            }
            for entity in reading.entities
        ],
        "times": [
            {
                **_span(time.span),
                "value": time.value,
                "type": str(time.type),
                "anchor": time.anchor,
            }
            for time in reading.times
        ],
        "quantities": [
            {
                **_span(quantity.span),
                "value": quantity.value
                if quantity.high is None
                else [quantity.value, quantity.high],
                "unit": quantity.unit,
                "of": quantity.of,
                "bound": quantity.bound,
                "as_of": quantity.as_of,
            }
            for quantity in reading.quantities
        ],
        "claims": [_claim(claim) for claim in reading.claims],
        "commitments": [
            {"claim": c.claim, "by": c.by, "to": c.to, "due": c.due} for c in reading.commitments
        ],
        "requests": [
            {"claim": r.claim, "by": r.by, "to": r.to, "for": r.what, "since": r.since}
            for r in reading.requests
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _header(header: CableHeader | None) -> dict[str, Any] | None:
    """Return a cable's header under the names of its fields, lists for what may be several."""
    if header is None:
        return None
    values = {name: getattr(header, name) for name in header.__slots__}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _marking(marking: Marking) -> dict[str, Any]:
    return {
        "value": marking.value,
        "level": marking.level or marking.tlp,
        "found_in": marking.found_in,
        **(_span(marking.span) if marking.span else {"start": None, "end": None}),
    }


def _claim(claim: Proposal) -> dict[str, Any]:
    return {
        "id": claim.id,
        **_span(claim.span),
        "chain": [_link(link) for link in claim.chain],
        "polarity": str(claim.polarity),
        "modality": str(claim.modality),
        "event_type": str(claim.event_type),
        "when": claim.when,
        "where": list(claim.where),
        "who": [{"entity": p.entity, "role": str(p.role)} for p in claim.who],
        "quantities": list(claim.quantities),
        "gist": claim.gist,
        "gap": _span(claim.gap) if claim.gap else None,
        "report": {
            "verdict": str(claim.report.verdict),
            **_span(claim.report.span),
            "by": claim.report.by,
        }
        if claim.report
        else None,
    }


def _link(link: Link) -> dict[str, Any]:
    made: dict[str, Any] = {
        "source_text": link.source_text,
        "kind": str(link.kind),
        "entity": link.entity,
        "cue": link.cue,
        "manner": str(link.manner) if link.manner else None,
    }
    if link.span is not None:
        made |= _span(link.span)
    if link.source_text is not None:
        made |= {"to": link.to, "channel": str(link.channel) if link.channel else None}
    if link.cue_span is not None:
        made |= {"cue_start": link.cue_span.start, "cue_end": link.cue_span.end}
    return made
