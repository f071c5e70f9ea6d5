"""What the tests of STIX share: items of every kind, the ids of one audience, a sealed release."""

from typing import Any

import msgspec
from hypothesis import strategies as st
from tests.sharing.support_sharing import CARD, LABEL, NOW, RECEIVER, release, sealed

from tawatur.model.claim import Content, Named
from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.model.label import Label
from tawatur.model.reading import (
    AUTHOR,
    Channel,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Manner,
    Modality,
    Participant,
    Polarity,
    Proposal,
    Publication,
    Quantity,
    Reading,
    Role,
    SourceKind,
)
from tawatur.model.span import Span
from tawatur.sharing import Item, Release
from tawatur.sharing.stix import keyed_ids, objects_of

IDS = keyed_ids(b"a node's secret", RECEIVER, "d-0000000000000001")
SENTENCES = (
    "قال مصدر أمني مطلع إن الهجوم على ثكنة أنزيفات أسفر عن مقتل 12 جنديا.",
    "Le ministre a affirmé que 350 hommes seraient envoyés à la frontière.",
    "Observers think that the coalition has renewed its request.",
    "لا يُعرف من يقف وراء الاختطاف.",
)
NAMES = ("وكالة أنزيفات", "Edouard Zoumbari", "Joint staff", "Mali", "مالي", "Anzifat", "a — b")

names = st.sampled_from(NAMES)
optional = st.none() | names
dates = st.sampled_from((None, "2031", "2031-03", "2031-03-01", "2030/2031", "[..2031-03-01]"))
links = st.builds(
    Link,
    st.sampled_from([kind for kind in SourceKind if kind is not SourceKind.AUTHOR]),
    names,
    cue=optional,
    manner=st.none() | st.sampled_from(Manner),
    to=optional,
    channel=st.none() | st.sampled_from(Channel),
)
chains = st.lists(links, max_size=3).map(lambda found: (AUTHOR, *found))


@st.composite
def claim_bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Give a single claim as it travels."""
    quote = draw(st.sampled_from(SENTENCES))
    content = Content(
        chain=draw(chains),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        event_type=draw(st.sampled_from(EventType)),
        when=draw(dates),
        where=tuple(Named(n, EntityType.LOCATION) for n in draw(st.lists(names, max_size=2))),
        who=tuple(
            Named(n, draw(st.sampled_from(EntityType)), draw(st.sampled_from(Role)))
            for n in draw(st.lists(names, max_size=2))
        ),
        quantities=(Quantity(Span(0, 1), 12.0, "soldiers", "dead", "at least", 14.0),),
        gap=draw(st.none() | st.just(Span(0, len(quote)))),
    )
    return {
        "quote": quote,
        "language": draw(st.sampled_from(("ar", "fr", "en", "und"))),
        "publisher": draw(optional),
        "published": draw(dates),
        "content": msgspec.to_builtins(content),
    }


@st.composite
def document_bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Give a document as it travels: its sentences are claims, some of them judged."""
    text = "\n".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    named = draw(st.lists(names, max_size=3, unique=True))
    entities = tuple(
        LocalEntity(f"e{n}", EntityType.PERSON, name, ()) for n, name in enumerate(named)
    )
    claims = tuple(
        Proposal(
            f"c{n}",
            span,
            draw(chains),
            where=tuple(e.id for e in entities[:1]),
            who=tuple(Participant(e.id, Role.ACTOR) for e in entities[1:]),
        )
        for n, span in enumerate(spans)
    )
    publisher, published = draw(optional), draw(dates)
    extraction = Extraction(
        text,
        "text/plain",
        "utf-8",
        Extractor("tawatur.plain", "1"),
        draw(st.sampled_from(("ar", "fr", "en", "und"))),
        title=draw(st.none() | st.just(Span(0, 10))),
        publisher=Stated(publisher, "meta") if publisher else None,
    )
    reading = Reading("rules/1", "ar", Publication(published, None), entities, claims=claims)
    judged = draw(st.lists(st.sampled_from(spans), max_size=2, unique=True))
    return {
        "name": "report.txt",
        "bytes": "",
        "extraction": msgspec.to_builtins(extraction),
        "reading": msgspec.to_builtins(reading),
        "judgements": [
            {
                "span": msgspec.to_builtins(span),
                "verdict": verdict,
                "content": msgspec.to_builtins(Content((AUTHOR,), when="2031")),
                "judged": ["when"] if verdict == "correct" else [],
            }
            for span in judged
            for verdict in [draw(st.sampled_from(("accept", "correct", "reject")))]
        ],
    }


@st.composite
def event_bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Give an exported event."""
    return {
        "type": draw(st.sampled_from([kind.value for kind in EventType])),
        "headline": draw(st.sampled_from(SENTENCES)),
        "language": "ar",
        "when": draw(dates),
        "roots": {"at_least": 1, "at_most": 3, "reasons": ["Two may be one."]},
        "claims": draw(st.lists(claim_bodies(), min_size=1, max_size=3)),
    }


@st.composite
def desk_bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Give a commitment or request."""
    return {
        "id": "",
        "by": draw(names),
        "to": draw(names),
        "what": draw(st.sampled_from(SENTENCES)),
        "due": draw(dates),
        "since": draw(dates),
        "needed_by": draw(dates),
        "claims": [],
        "status": "open",
        "why": None,
    }


bodies = {
    "document": document_bodies(),
    "claim": claim_bodies(),
    "event": event_bodies(),
    "commitment": desk_bodies(),
    "lesson": desk_bodies(),
    "request": desk_bodies(),
}
items = st.sampled_from(sorted(bodies)).flatmap(
    lambda kind: bodies[kind].map(lambda body: Item("o-0000000000000001", kind, body))
)


def released(item: Item, *, label: Label = LABEL) -> tuple[Release, bytes, list[dict[str, Any]]]:
    """Return a release of an item, its sealed file, and what others get in STIX."""
    as_sent = Item(item.id, item.kind, msgspec.json.decode(msgspec.json.encode(item.body)))
    given = release(item=as_sent, label=label)
    file = sealed(given)
    return given, file, list(objects_of(given, file, IDS))


__all__ = ["CARD", "IDS", "LABEL", "NOW", "items", "released"]
