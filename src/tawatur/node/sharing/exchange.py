"""Items as they travel: from what this node holds to a release, and back into entries.

A document travels with its bytes, text, reading and judgements, and without the
place it came from. A claim travels as an excerpt: its words and its chain,
anonymous sources coarsened to a general word, and never the document around
it. Desk items travel with their steps, and without the ids of claims.
A redacted version of a claim is an entry of its own, out of which the claim travels.
Judgements travel with their document, each under its own label, without who
made them and why: what a partner judged stays here unless it may go on.
A trace of a brief is the one entry that is an item itself.

What comes in is checked as if a reader had proposed it: a place outside the
text, an empty chain or a date that is none would stand in the ledger for good.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import rfc8785

from tawatur import sharing
from tawatur.desk import meetings, standing
from tawatur.errors import (
    AlteredFileError,
    Message,
    NotReleasableError,
    ReadingError,
    UnknownIdError,
    UsageError,
)
from tawatur.i18n import translator
from tawatur.ledger import Ledger
from tawatur.model.area import BorderNotice
from tawatur.model.claim import CONTENT_FIELDS, Claim, ClaimJudgement, Content, Status, Verdict
from tawatur.model.desk import Commitment, Lesson, Request, Step
from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, DeskId, NodeId
from tawatur.model.label import Label, Leave, Viewer, join, may_release
from tawatur.model.meeting import Meeting
from tawatur.model.moment import Moment
from tawatur.model.reading import (
    LocalEntity,
    Participant,
    Proposal,
    Publication,
    Quantity,
    Reading,
    verify_reading,
)
from tawatur.model.span import Span
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.books import KINDS
from tawatur.node.indexing.index import Index
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import EXCERPT, REDACTED, DocumentView, Incoming

_DESK = {
    "f-": Kind.BORDER_NOTICE,
    "k-": Kind.COMMITMENT,
    "mt": Kind.MEETING,
    "p-": Kind.LESSON,
    "q-": Kind.REQUEST,
}
"""By the letter of their ids, the items of the desk that can be released."""

FOREIGN = Extractor("tawatur.stix", "1")
"""Of the text that stands for what another program wrote in STIX or MISP."""


@dataclass(frozen=True, slots=True)
class Items:
    """What one node holds that can be handed over."""

    drafter: Drafter
    ledger: Ledger
    sight: Callable[[Viewer | None], Sight]
    index: Callable[[], Index]

    def of(self, given: str) -> tuple[sharing.Item, Label]:
        """Return what ``given``, a whole id, names as it travels, under a random id, and its label.

        Raises:
            UnknownIdError: There is no such item.
            NotReleasableError: It is a claim that was rejected.
        """
        self.verify_stands(given)
        sent_as, sight, label = self.drafter.random_id("o"), self.sight(None), self.label(given)
        match given[:2]:
            case "d-":
                view = sight.document(given)
                judged = self._judgements(view)
                came = None if judged else self._as_it_came(view)
                if came is not None:
                    return sharing.Item(sent_as, "claim", came), label
                original = self.ledger.blob(view.acquisitions[0].blob)
                return sharing.Item(
                    sent_as, "document", document_body(view, original, judged)
                ), label
            case "c-":
                return sharing.Item(sent_as, "claim", self._claim_body(sight.claim(given))), label
            case "y-":
                body = _body(self.redaction(given))["body"]
                return sharing.Item(sent_as, "claim", body), label
            case "i-":
                return sharing.Item(sent_as, "trace", _trace_body(self.trace(given))), label
            case _:
                steps = sight.steps(DeskId(given))
                if given.startswith("f-") and label.gives is Leave.EXISTENCE:
                    steps, label = _existence(steps, label), travelling(given, label)
                kind, body = desk_body(steps)
                return sharing.Item(sent_as, kind, body), label

    def _claim_body(self, claim: Claim) -> Mapping[str, Any]:
        """Return a claim as it travels: as it came, if it came so and was not judged here."""
        view = self.sight(None).document(claim.document)
        came = None if claim.judgements else self._as_it_came(view)
        redacted = view.extraction.extractor == REDACTED
        return came or claim_body(claim, redacted=redacted)

    def _as_it_came(self, view: DocumentView) -> Mapping[str, Any] | None:
        """Return what a claim that a partner gave says, as that one signed it; else None."""
        if view.extraction.extractor not in (EXCERPT, REDACTED):
            return None
        came: Mapping[str, Any] = json.loads(self.ledger.blob(view.acquisitions[0].blob))
        return came

    def label(self, given: str) -> Label:
        """Return the label of what ``given`` names, by its whole id.

        Raises:
            UnknownIdError: There is no such item.
        """
        sight = self.sight(None)
        if given.startswith("d-"):
            return sight.document(given).acquisitions[0].label
        if given.startswith("c-"):
            return self._claim_label(sight.claim(given))
        if given.startswith("y-"):
            return self._redaction_label(self.redaction(given))
        if given.startswith("i-"):
            return self.index().label_of(self.trace(given).header.id)
        return sight.desk_label(given)

    def id_of(self, given: str) -> str:
        """Return the whole id of an item by the beginning of it.

        Raises:
            UnknownIdError: There is no such item.
            UsageError: It is nothing that is handed over.
        """
        sight = self.sight(None)
        match given[:2]:
            case "d-":
                return sight.document(given).line.id
            case "c-":
                return sight.claim(given).id
            case "f-" | "k-" | "mt" | "p-" | "q-" as letter:
                return sight.desk_id(_DESK[letter].value, given)
            case "y-":
                return str(_body(self.redaction(given))["id"])
            case "i-":
                return self.trace(given).header.id
        raise UsageError("{0}: documents, claims and items of the desk can be released", given)

    def verify_stands(self, given: str) -> None:
        """Refuse a claim that was rejected here.

        Raises:
            UnknownIdError: There is no such claim.
            NotReleasableError: It was.
        """
        if given.startswith("c-") and self.sight(None).claim(given).status is Status.REJECTED:
            raise NotReleasableError("{0} was rejected here; it is nobody's claim any more", given)

    def verify_between(self, given: str, party: NodeId, name: str) -> None:
        """Refuse a request that goes through somebody to all but those between whom it goes.

        And a trace to all but whom it names.

        Args:
            given: Its whole id, or that of any other item.
            party: Who is to have it.
            name: What they are called.

        Raises:
            NotReleasableError: They are neither of the two.
        """
        if given.startswith("i-") and _body(self.trace(given))["accused"] != party:
            raise NotReleasableError("only whom a trace names is told of it")
        if not given.startswith("q-"):
            return
        item = standing(self.sight(None).steps(DeskId(given)))
        if item.through is None or party in self.label(given).originators:
            return
        if name not in (item.through, item.by):
            raise NotReleasableError(
                "{0} says who asks, and goes through {1} alone; they ask in their own name",
                given,
                item.through,
            )

    def whole(self, given: str) -> str:
        """Return the id of the document that holds an item that there is, or of the item itself."""
        match given[:2]:
            case "c-":
                return self.sight(None).claim(given).document
            case "y-":
                return str(_body(self.redaction(given))["document"])
        return given

    def called(self, given: str) -> str:
        """Return by what people know an item: a title, a name, the words of a claim.

        Raises:
            UnknownIdError: There is no such item.
        """
        sight = self.sight(None)
        match given[:2]:
            case "d-":
                line = sight.document(given).line
                return line.title or line.name or given
            case "c-":
                return sight.claim(given).quote
            case "y-":
                return str(_body(self.redaction(given))["body"]["quote"])
            case "i-":
                return str(_body(self.trace(given))["why"])
        steps = sight.steps(DeskId(given))
        if not steps:
            raise UnknownIdError("item", given)
        item = standing(steps)
        return str(item.name if isinstance(item, Meeting) else item.what)

    def redaction(self, given: str) -> Entry:
        """Return the entry of a redacted version by its id.

        Raises:
            UnknownIdError: There is none.
        """
        for entry in self.ledger.entries(kinds=[Kind.REDACTION]):
            if entry.payload is not None and entry.payload.body["id"] == given:
                return entry
        raise UnknownIdError("redacted version", given)

    def trace(self, given: str) -> Entry:
        """Return the entry of a trace in which this node named somebody, by its whole id.

        Raises:
            UnknownIdError: There is none.
        """
        for entry in self.ledger.entries(kinds=[Kind.TRACE]):
            if entry.header.id == given and _body(entry).get("accused"):
                return entry
        raise UnknownIdError("trace", given)

    def versions(self, given: str) -> tuple[str, ...]:
        """Return the ids of the redacted versions of a claim, none of anything else."""
        if not given.startswith("c-"):
            return ()
        return tuple(
            str(entry.payload.body["id"])
            for entry in self.ledger.entries(kinds=[Kind.REDACTION])
            if entry.payload is not None and entry.payload.body["claim"] == given
        )

    def redacted(self, given: str, cuts: sharing.Cuts, why: str | None) -> tuple[Draft, Claim]:
        """Return the entry of a redacted version of a claim, under its label, and what it says.

        Raises:
            UnknownIdError: There is no such claim.
            NotReleasableError: It was rejected.
            UsageError: It is no claim, or what is to be left out cannot be.
        """
        if not given.startswith("c-"):
            raise UsageError("{0}: only claims can be redacted", given)
        sight = self.sight(None)
        self.verify_stands(given)
        claim = sight.claim(given)
        label = self._claim_label(claim)
        view = sight.document(claim.document)
        if cuts.chain is not None and not 1 <= cuts.chain < len(claim.content.chain):
            raise UsageError(
                "the chain of {0} has {1} links; keep fewer, and at least one",
                given,
                len(claim.content.chain),
            )
        if cuts.originator and label.originators != (self.drafter.node,):
            raise UsageError("others label {0}, and their terms, which name them, stay", given)
        word = translator(claim.language)("an unnamed source")
        made = sharing.redacted(claim, view.reading, view.extraction.text, cuts, word)
        made = replace(made, content=sharing.coarsened(made.content, word))
        body = {
            "id": self.drafter.random_id("y"),
            "rendition": claim.rendition,
            "document": claim.document,
            "claim": claim.id,
            "why": why,
            "body": claim_body(made, redacted=True),
        }
        return self.drafter.entry(Kind.REDACTION, body, label=label), made

    def _judgements(self, view: DocumentView) -> list[ClaimJudgement]:
        """Return the judgements on a document that this node may hand over, in log order."""
        index, found = self.index(), [j for claim in view.claims for j in claim.judgements]
        held_here = index.texts.judgements(view.rendition)
        return [
            held_here[entry.header.id]
            for entry in sorted(map(self.ledger.entry, found), key=lambda entry: entry.seq)
            if entry.payload is not None
            and may_release(
                self.drafter.node, index.label_of(entry.header.id), self.drafter.now()
            ).allowed
        ]

    def _redaction_label(self, entry: Entry) -> Label:
        """Return the label of a redacted version, joined with what others say of its claim now."""
        me, body = self.drafter.node, _body(entry)
        of_claim = self._claim_label(self.sight(None).claim(body["claim"]))
        theirs = [terms for terms in of_claim.terms if terms.originator != me]
        own = self.index().label_of(entry.header.id)
        return join(me, (own, Label.of(*theirs))) if theirs else own

    def _claim_label(self, claim: Claim) -> Label:
        """Return a claim's label: its document's, joined with those of what was judged on it."""
        index = self.index()
        document = self.sight(None).acquisitions(claim.document)[0].label
        entries = map(self.ledger.entry, claim.judgements)
        judged = [index.label_of(e.header.id) for e in entries if e.payload is not None]
        labels = (document, *judged)
        return document if len(set(labels)) == 1 else join(self.drafter.node, labels)


def _body(entry: Entry) -> Mapping[str, Any]:
    """Return what an entry says that is not erased."""
    return entry.payload.body if entry.payload else {}


def drafts(drafter: Drafter, release: sharing.Release) -> tuple[str, list[Draft]]:
    """Return the id here of what was received, and the entries that take it in.

    Raises:
        AlteredFileError: The item does not hold what such an item holds.
    """
    body, label = release.item.body, release.label
    origin = f"release {release.id} from {release.sender.id}"
    try:
        match release.item.kind:
            case "document":
                return _document_drafts(drafter, body, label, origin, by=release.sender.id)
            case "claim":
                return _claim_drafts(drafter, body, label, origin, release.item.id)
            case "pointer":
                pointer = sharing.pointer_body(sharing.pointer_of(body))
                made = pointer_id(release.item.id)
                told = {"id": made, "sender": release.sender.id, **pointer}
                return made, [drafter.entry(Kind.POINTER, told, label=label)]
            case "trace":
                return _trace_drafts(drafter, body, release)
            case "border-notice" | "commitment" | "lesson" | "meeting" | "request":
                return _desk_drafts(drafter, Kind(release.item.kind), body, release)
    except (KeyError, TypeError, ValueError, RecursionError, ReadingError) as cause:
        what = Message(release.item.kind)
        raise AlteredFileError("the {0} in it cannot be read: {1}", what, cause) from cause
    raise AlteredFileError("items of kind {0} are of a later version", repr(release.item.kind))


def pointer_id(sent_as: str) -> str:
    """Return the id of a pointer, which its sender and its receiver share.

    Raises:
        ValueError: It was sent under no id of an item.
    """
    if not sent_as.startswith("o-"):
        raise ValueError("it has no id")
    return sent_as


# ------------------------------------------------------------ traces


def _trace_body(entry: Entry) -> dict[str, Any]:
    """Return what whoever a trace names is told of it."""
    body = _body(entry)
    return sharing.naming_body(sharing.Naming(entry.header.time, body["why"], body["wrongly"]))


def _trace_drafts(
    drafter: Drafter, body: Mapping[str, Any], release: sharing.Release
) -> tuple[str, list[Draft]]:
    told = sharing.naming_body(sharing.naming_of(body))
    if release.label.originators != (release.sender.id,):
        raise ValueError("whoever traced a text says so itself")
    entry = drafter.entry(Kind.TRACE, {"from": release.sender.id, **told}, label=release.label)
    return entry.id, [entry]


# ------------------------------------------------------------ documents


def document_body(
    view: DocumentView, original: bytes, judgements: Iterable[ClaimJudgement]
) -> dict[str, Any]:
    """Return a document as it travels.

    Args:
        view: The document.
        original: Its bytes.
        judgements: Those on it that may travel, without who made them and why.
    """
    return {
        "name": view.acquisitions[0].name,
        "bytes": base64.b64encode(original).decode(),
        "extraction": bodies.body_of(view.extraction),
        "reading": bodies.body_of(view.reading),
        "judgements": [
            {
                "span": bodies.body_of(each.span),
                "verdict": each.verdict.value,
                "content": bodies.body_of(each.content),
                "judged": list(each.judged),
            }
            for each in judgements
        ],
    }


def _document_drafts(
    drafter: Drafter, body: Mapping[str, Any], label: Label, origin: str, *, by: NodeId
) -> tuple[str, list[Draft]]:
    content = base64.b64decode(body["bytes"], validate=True)
    extraction = msgspec.convert(body["extraction"], Extraction)
    reading = msgspec.convert(body["reading"], Reading)
    verify_reading(reading, extraction.text)
    _verify_extraction(extraction)
    _verify_dates(reading.published.value, reading.published.bounds)
    document = drafter.document_id(content)
    rendition, text = drafter.rendition(document, extraction, label=label)
    judged = [
        ClaimJudgement(
            rendition=rendition,
            span=msgspec.convert(each["span"], Span),
            verdict=Verdict(each["verdict"]),
            content=msgspec.convert(each["content"], Content),
            judged=msgspec.convert(each["judged"], tuple[str, ...]),
            by=ActorId(by),
        )
        for each in body["judgements"]
    ]
    for judgement in judged:
        _verify_judgement(judgement, len(extraction.text))
    taking = drafter.acquisition(Incoming(str(body["name"]), origin), content, label=label)
    words = [drafter.entry(Kind.JUDGEMENT, bodies.body_of(j), label=label) for j in judged]
    return document, [taking, text, drafter.reading(rendition, reading, label=label), *words]


def _verify_extraction(extraction: Extraction) -> None:
    """Raise ValueError if a part of ``extraction`` lies outside its text, or a date is none."""
    stated = (extraction.publisher, extraction.published, *extraction.markings)
    spans = [extraction.title, *(a.span for a in extraction.asides)]
    spans += [s.span for s in stated if s is not None]
    starts = [p.start for p in extraction.paragraphs]
    length = len(extraction.text)
    if any(s is not None and s.end > length for s in spans):
        raise ValueError("a part of the document lies outside its text")
    if any(not 0 <= start <= length for start in starts):
        raise ValueError("a paragraph lies outside the text")
    if extraction.published is not None:
        _verify_dates(extraction.published.value)


def _verify_judgement(judgement: ClaimJudgement, length: int) -> None:
    """Raise ValueError unless ``judgement`` could have been made on a text of ``length``."""
    if judgement.span.end > length:
        raise ValueError("a judgement lies outside the text")
    if not set(judgement.judged) <= set(CONTENT_FIELDS):
        raise ValueError("a judgement on fields that a claim does not have")
    if not judgement.content.chain:
        raise ValueError("a judged claim is nobody's word")


def _verify_dates(*values: str | None) -> None:
    """Raise ValueError if one of ``values`` is not EDTF."""
    for value in values:
        if value is not None:
            Moment.parse(value)


# ------------------------------------------------------------ claims


def claim_body(claim: Claim, *, redacted: bool = False) -> dict[str, Any]:
    """Return a claim as it travels: its words and chain, unnamed sources coarsened.

    One of which words were left out says so, and not what it is a version of.
    """
    word = translator(claim.language)("an unnamed source")
    content = sharing.coarsened(claim.content, word)
    inside = tuple(
        replace(q, span=Span(q.span.start - claim.span.start, q.span.end - claim.span.start))
        for q in content.quantities
        if claim.span.holds(q.span)
    )
    # A supposition travels without the claim it rests on, whose place would mean nothing there.
    gap = Span(0, len(claim.span)) if claim.not_known else None
    return {
        "quote": claim.quote,
        "language": claim.language,
        "publisher": claim.publisher,
        "published": claim.published,
        "content": bodies.body_of(replace(content, quantities=inside, gap=gap)),
        **({"redacted": True} if redacted else {}),
    }


def _claim_drafts(
    drafter: Drafter, body: Mapping[str, Any], label: Label, origin: str, sent_as: str
) -> tuple[str, list[Draft]]:
    text, content = str(body["quote"]), msgspec.convert(body["content"], Content)
    raw = rfc8785.dumps(dict(body))
    publisher, published = body["publisher"], body["published"]
    extraction = Extraction(
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        extractor=REDACTED if body.get("redacted") else EXCERPT,
        language=str(body["language"]),
        publisher=Stated(str(publisher), "release") if publisher else None,
        published=Stated(str(published), "release") if published else None,
    )
    _verify_extraction(extraction)
    reading = _excerpt_reading(text, content, extraction.language, published)
    verify_reading(reading, text)
    document = drafter.document_id(raw)
    taking = drafter.acquisition(Incoming(f"{sent_as}.txt", origin), raw, label=label)
    rendition, words = drafter.rendition(document, extraction, label=label)
    return document, [taking, words, drafter.reading(rendition, reading, label=label)]


def _excerpt_reading(text: str, content: Content, language: str, published: str | None) -> Reading:
    """Return the reading that says of an excerpt what its sender's did."""
    named = {n.name: n for n in (*content.who, *content.where)}
    ids = {name: f"e{i}" for i, name in enumerate(named, 1)}
    quantities: tuple[Quantity, ...] = content.quantities
    return Reading(
        reader="released/1",
        language=language,
        published=Publication(published, None, ("as its sender had it",)),
        entities=tuple(
            LocalEntity(ids[name], n.type, name, _mentions(text, name)) for name, n in named.items()
        ),
        quantities=quantities,
        claims=(
            Proposal(
                id="c1",
                span=Span(0, len(text)),
                chain=content.chain,
                polarity=content.polarity,
                modality=content.modality,
                event_type=content.event_type,
                when=content.when,
                where=tuple(ids[n.name] for n in content.where),
                who=tuple(Participant(ids[n.name], n.role) for n in content.who if n.role),
                quantities=tuple(range(len(quantities))),
                gist=content.gist,
                gap=Span(0, len(text)) if content.gap else None,
            ),
        ),
    )


def _mentions(text: str, name: str) -> tuple[Span, ...]:
    at = text.find(name)
    return (Span(at, at + len(name)),) if name and at >= 0 else ()


# ------------------------------------------------------------ the desk


def desk_body(steps: Sequence[Step[Any]]) -> tuple[str, dict[str, Any]]:
    """Return of which kind an item is, and how it travels: as it stands, and its steps.

    Its id and those of its steps are random, and go along: two who hold it hold one item. The
    ids of claims and documents are this node's own and stay.
    """
    item = standing(steps)
    sent = [_sent(step) for step in steps]
    body = {**bodies.body_of(standing(sent)), "steps": [bodies.step_body(step) for step in sent]}
    return KINDS[type(item)].value, body


def travelling(item: str, label: Label) -> Label:
    """Return the label of what travels of an item: of a border notice that only exists, its cells.

    They say no more than that there is something on these days, and whom to call; so those for
    whom the notice only exists have them whole.
    """
    if not item.startswith("f-"):
        return label
    return Label.of(*(replace(terms, gives=Leave.YES) for terms in label.terms))


def _existence(steps: Sequence[Step[BorderNotice]], label: Label) -> tuple[Step[BorderNotice], ...]:
    """Return the steps of a border notice of which only the existence is given."""
    from tawatur.desk import areas  # noqa: PLC0415 - geometry, where there are notices

    cell = areas.cell_of(label)
    return tuple(replace(step, item=areas.only_existence(step.item, cell)) for step in steps)


def _sent(step: Step[Any]) -> Step[Any]:
    item = replace(step.item, evidence=())
    if isinstance(item, Meeting):
        item = replace(item, documents=())
    if isinstance(item, Lesson):
        item = replace(item, about=None)
    if isinstance(item, Commitment | Request):
        item = replace(item, claims=())
    if isinstance(item, Request):
        item = replace(item, answers=())
    return replace(step, item=item)


def _desk_drafts(
    drafter: Drafter, kind: Kind, body: Mapping[str, Any], release: sharing.Release
) -> tuple[str, list[Draft]]:
    steps = [bodies.step(kind, each) for each in body["steps"]]
    told = {name: value for name, value in body.items() if name != "steps"}
    stands = bodies.item(kind, told)
    known = {release.sender.id, *release.label.originators}
    for step in steps:
        item = step.item
        _verify_item(item)
        if item.id != stands.id:
            raise ValueError("a step of another item")
        if step.by not in known:
            raise ValueError("a step by somebody who has no word in it")
    if standing(steps) != stands:
        raise ValueError("it does not stand as its steps say")
    label = release.label
    return stands.id, [drafter.entry(kind, bodies.step_body(step), label=label) for step in steps]


def verify_steps(drafts: Iterable[Draft], held: Iterable[Step[Any]]) -> None:
    """Return unless steps that came rewrite others under their ids: what was said stays.

    Args:
        drafts: The entries that take in what came, of the desk or not.
        held: The steps of that item that are here.

    Raises:
        AlteredFileError: A step is held with other content.
    """
    for step in rewritten(drafts, held):
        raise AlteredFileError("the step {0} of it came before with other content", step.id)


def rewritten(drafts: Iterable[Draft], held: Iterable[Step[Any]]) -> Iterator[Step[Any]]:
    """Yield the steps that came with other content than is held under their ids."""
    known = {step.id: _sent(step) for step in held}
    for came in map(_sent, steps_in(drafts)) if known else ():
        before = known.get(came.id, came)
        # Of one that was only known to exist the whole may come.
        if before != came and not (isinstance(before.item, BorderNotice) and before.item.existence):
            yield came


def steps_in(drafts: Iterable[Draft]) -> Iterator[Step[Any]]:
    """Yield the steps that entries take in, none where they are not of the desk."""
    desk = set(_DESK.values())
    yield from (bodies.step(d.kind, d.payload.body) for d in drafts if d.kind in desk)


def _verify_item(item: Commitment | Lesson | Request | BorderNotice | Meeting) -> None:
    """Raise ValueError if a date of an item is none, or its area or hours cannot be."""
    if isinstance(item, BorderNotice):
        from tawatur.desk import areas  # noqa: PLC0415 - geometry, where there are notices

        areas.verify(item.area)
        _verify_dates(item.on, item.start, item.end)
        if item.days[1] < item.days[0]:
            raise ValueError("it ends before it starts")
        return
    if isinstance(item, Meeting):
        try:
            meetings.verify(item)
        except UsageError as cause:
            raise ValueError(str(cause)) from cause
        said = (word.on for paper in item.papers for word in paper.words)
        _verify_dates(item.on, item.when, item.next_review, *said)
        return
    match item:
        case Lesson():
            _verify_dates(item.on)
        case Commitment():
            _verify_dates(item.on, item.due)
        case _:
            _verify_dates(item.on, item.since, item.needed_by)
