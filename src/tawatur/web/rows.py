"""Values of the model as rows of a page: pure functions in the language of one person.

A `Speech` knows that language. Rows hold words and addresses only, so that no
template decides anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from typing import TypeVar
from urllib.parse import quote

from tawatur.days import is_day
from tawatur.errors import Message
from tawatur.figures import in_signs, in_words, number
from tawatur.i18n import Translate, said
from tawatur.model.claim import Claim, Named
from tawatur.model.ids import ClaimId
from tawatur.model.picture import (
    Aspect,
    AspectKind,
    Conflict,
    Event,
    NearMiss,
    Passing,
    Reason,
    Said,
    Teller,
)
from tawatur.model.reading import Link, Quantity
from tawatur.model.ruling import Outcome, Settlement
from tawatur.model.span import Span
from tawatur.node.briefs.told import reason_in_words
from tawatur.node.seeing.provenance import part_named
from tawatur.node.views import DocumentLine, DocumentView, Hit, RulingLine, Traced
from tawatur.web import trees, words
from tawatur.web.contexts import (
    Anchor,
    AspectRow,
    Badge,
    Block,
    Choice,
    ClaimRow,
    ConflictRow,
    DocumentRow,
    EventRow,
    HitRow,
    NearMissRow,
    Pager,
    Paragraph,
    PartRow,
    Piece,
    Place,
    RulingRow,
    Step,
    TellerRow,
    TreeRow,
    Words,
)
from tawatur.web.marks import Mark, Run, Stretch, stretches

_ENDS = 8
"""Words shown of either end of a stretch that two texts share."""

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

ROWS = 50
"""Rows of one page of a list."""

_OF_TELLER = 3
"""Claims of one teller that are led to."""
_DEEPEST_TELLER = 9
"""Tellers are moved in up to this depth."""

DEEPEST = 3
"""Claims within claims are told apart by shade down to this depth."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of one person, the function that translates into it, and how dates read."""

    language: str
    translate: Translate
    hijri: bool = False

    def when(self, edtf: str | None) -> str:
        """Return an EDTF value in words."""
        return words.when(edtf, self.language, self.translate, hijri=self.hijri)

    def says(self, reason: Reason) -> str:
        """Return what a reason says, its dates in words."""
        return reason_in_words(reason, self.language)

    def tells(self, message: Message) -> str:
        """Return what a message says, its days in words."""

        def fill(told: str) -> str:
            return self.when(told) if is_day(told) else words.isolate(told)

        return said(message, self.translate, fill)

    def day(self, value: date) -> str:
        """Return a day, or the day of a time, in words."""
        return self.when(f"{value:%Y-%m-%d}")

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts one after the other, with the comma of the language between them."""
        return ("، " if self.language == "ar" else ", ").join(parts)

    def own(self, text: str) -> Words:
        """Return words of the page's own language."""
        return Words(text, self.language, words.text_direction(self.language))


def ruling_row(line: RulingLine, speech: Speech) -> RulingRow:
    """Return what a person ruled, by whom and when."""
    return RulingRow(
        id=line.ruling.id,
        says=words.sentence(line.ruling.sentence(line.words), speech.translate),
        why=line.ruling.why,
        by=speech.listed((line.by, words.minute(line.ruling.time, speech.language))),
    )


def foreign(text: str, language: str = "und") -> Words:
    """Return words in the language of a text, or in one that is not known (names)."""
    known = "" if language == "und" else language
    return Words(text, known, words.text_direction(language))


def name(text: str) -> Words:
    """Return a name: its script tells its direction, nothing its language."""
    return Words(text, "", "auto")


def address(*steps: str, **query: object) -> str:
    """Return a local address; empty values are left out."""
    path = "/" + "/".join(quote(step, safe="") for step in steps)
    asked = "&".join(
        f"{k}={quote(str(v), safe='')}" for k, v in query.items() if v not in {"", None}
    )
    return f"{path}?{asked}" if asked else path


def because(given: str) -> str:
    """Return the address of what something came from; of a part by its whole and number."""
    whole, _, part = given.partition("/")
    return address("why", whole, part=part)


def place_of(document: str, claim: str) -> str:
    """Return the address of a document at the very characters of a claim."""
    return f"{address('documents', document, claim=claim)}#{quote(claim, safe='')}"


def paged(
    items: Sequence[T], page: int, base: str, *, size: int = ROWS, **query: object
) -> tuple[Sequence[T], Pager]:
    """Return the items of page ``page`` (from 1; the nearest there is) and where they stand."""
    start, pager = turned(len(items), page, base, size=size, **query)
    return items[start : start + size], pager


def turned(
    total: int, page: int, base: str, *, size: int = ROWS, **query: object
) -> tuple[int, Pager]:
    """Return the first place, from 0, of page ``page`` of so many items, and where it stands."""
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    start, steps = (page - 1) * size, base.split("/")
    return start, Pager(
        first=start + 1 if total else 0,
        last=min(start + size, total),
        total=total,
        previous=address(*steps, **query, page=page - 1) if page > 1 else "",
        next=address(*steps, **query, page=page + 1) if page < pages else "",
    )


def claim_row(
    claim: Claim, spoken: str, speech: Speech, *, number: int = 0, line: DocumentLine | None = None
) -> ClaimRow:
    """Return the row of one claim; ``spoken`` is its chain in words, ``line`` its document."""
    _, content = speech.translate, claim.content
    badges: tuple[Badge, ...] = (
        Badge("polarity", content.polarity, words.label(content.polarity, _), _("polarity")),
        Badge("modality", content.modality, words.label(content.modality, _), _("modality")),
        Badge("type", content.event_type, words.label(content.event_type, _), _("event type")),
    )
    if content.when:
        badges += (Badge("when", content.when, speech.when(content.when), content.when),)
    if content.gap:
        said = _("not known") if claim.not_known else _("supposed, not known")
        badges += (Badge("gap", "gap", said, _("what is not known")),)
    if content.report:
        verdict = words.label(content.report.verdict, _)
        badges += (Badge("report", content.report.verdict, verdict, content.report.report),)
    return ClaimRow(
        id=claim.id,
        number=number,
        quote=foreign(claim.quote, claim.language),
        words=spoken,
        chain=steps(claim, speech),
        status=claim.status,
        status_label=words.label(claim.status, _),
        badges=badges,
        who=_names(content.who),
        where=_names(content.where),
        figures=tuple(
            words.figure(quantity, written, _)
            for quantity in content.quantities
            if (written := _written(quantity, claim, speech))
        ),
        href=place_of(claim.document, claim.id),
        seen=claim.judgements[-1] if claim.judgements else "",
        own=address("claims", claim.id),
        origin=_origin(claim, line),
        published=speech.when(claim.published),
        tlp=line.label.tlp.value if line else "",
    )


def steps(claim: Claim, speech: Speech) -> tuple[Step, ...]:
    """Return the chain of ``claim``, outermost first."""
    last = len(claim.content.chain) - 1
    return tuple(
        _step(link, claim, speech, root=at == last) for at, link in enumerate(claim.content.chain)
    )


def source_words(link: Link, claim: Claim, speech: Speech) -> Words:
    """Return the source as the text names it, or what stands for the document's own author."""
    if link.source_text:
        return foreign(link.source_text, claim.language)
    if claim.publisher:
        return name(claim.publisher)
    return speech.own(speech.translate("the text itself"))


def document_row(line: DocumentLine, speech: Speech) -> DocumentRow:
    """Return the row of one document."""
    return DocumentRow(
        id=line.id,
        href=address("documents", line.id),
        title=foreign(line.title or line.name, line.language if line.title else "und"),
        publisher=name(line.publisher) if line.publisher else None,
        published=speech.when(line.published),
        learnt=words.minute(line.learnt, speech.language),
        language=language_name(line.language, speech),
        claims=line.claims,
        name=line.name,
        tlp=line.label.tlp.value,
    )


def language_name(code: str, speech: Speech) -> str:
    """Return the name of a text's language."""
    return speech.translate(words.TEXT_LANGUAGES.get(code, code))


def event_row(event: Event, speech: Speech, tlp: str = "") -> EventRow:
    """Return the row of one event; ``tlp`` is the strictest word of its documents."""
    return EventRow(
        id=event.id,
        href=address("events", event.id),
        headline=foreign(event.headline, event.language),
        type=words.label(event.type, speech.translate),
        when=speech.when(event.when),
        where=tuple(map(name, event.where)),
        who=tuple(map(name, event.who)),
        at_least=event.roots.at_least,
        at_most=event.roots.at_most,
        claims=len(event.claims),
        documents=len(event.documents),
        tlp=tlp,
    )


def tree_row(traced: Traced, speech: Speech, *, whys: bool = False) -> TreeRow:
    """Return the tree of who had it from whom behind one event.

    Args:
        traced: The event with its lineage.
        speech: In whose words.
        whys: Whether each root leads to what shows it, which is of today's lineage alone.
    """
    roots = traced.lineage.roots
    numbers = count(1)
    tellers = tuple(
        _teller(
            each,
            traced,
            speech,
            address("why", traced.event.id, part=next(numbers)) if whys and not each.depth else "",
        )
        for each in traced.lineage.tellers
    )
    unnamed = speech.translate("a source that no text names")
    return TreeRow(
        headline=foreign(traced.event.headline, traced.event.language),
        at_least=roots.at_least,
        at_most=roots.at_most,
        tellers=tellers,
        reasons=tuple(map(speech.says, roots.reasons)),
        drawing=trees.drawn(tellers, unnamed, speech.language),
    )


def _teller(found: Teller, traced: Traced, speech: Speech, why: str) -> TellerRow:
    shown = [traced.claims[each] for each in found.claims[:_OF_TELLER]]
    how = [] if found.passing in (Passing.ROOT, Passing.HEARD) else [found.passing]
    return TellerRow(
        names=tuple(map(name, found.names)),
        kind=words.label(found.kind, speech.translate),
        depth=min(found.depth, _DEEPEST_TELLER),
        how=": ".join(
            [
                *(words.label(passing, speech.translate) for passing in how),
                *([speech.says(found.why)] if found.why else []),
            ]
        ),
        doubtful=found.may_be_another,
        why=why,
        places=tuple(
            Place(one.file, place_of(one.claim.document, one.claim.id), current=False, language="")
            for one in shown
        ),
        more=len(found.claims) - len(shown),
    )


def aspect_row(aspect: Aspect, speech: Speech) -> AspectRow:
    """Return what the claims say of one aspect; times are said in words."""
    timed = aspect.kind is AspectKind.TIME
    return AspectRow(
        kind=words.label(aspect.kind, speech.translate),
        of=name(aspect.of) if aspect.of else None,
        agree=aspect.agree,
        said=tuple(
            (
                speech.own(speech.when(each.value)) if timed else _value(each, aspect.kind, speech),
                len(each.claims),
            )
            for each in aspect.said
        ),
    )


def _value(said: Said, kind: AspectKind, speech: Speech) -> Words:
    if kind is not AspectKind.FIGURE:
        return name(said.value)
    figure = in_signs(said.value, said.bound, said.unit)
    return speech.own(in_words(figure, speech.translate))


def conflict_row(
    conflict: Conflict, sides: tuple[ClaimRow, ClaimRow], said: Settlement | None, speech: Speech
) -> ConflictRow:
    """Return the row of one conflict, with what a person said of it."""
    return ConflictRow(
        id=conflict.id,
        kind=words.label(conflict.kind, speech.translate),
        why=speech.says(conflict.why),
        same_root=conflict.same_root,
        sides=sides,
        ruling=said.id if said else "",
        ruled=_ruled(said, speech) if said else "",
        outcomes=choices(Outcome, said.outcome if said else None, speech),
    )


def near_row(miss: NearMiss, sides: tuple[ClaimRow, ClaimRow], speech: Speech) -> NearMissRow:
    """Return the row of two claims that look contradictory and are not."""
    return NearMissRow(
        kind=words.label(miss.kind, speech.translate),
        why=speech.says(miss.why),
        sides=sides,
    )


def _ruled(said: Settlement, speech: Speech) -> str:
    outcome = words.label(said.outcome, speech.translate)
    return f"{outcome}, {speech.day(said.time)}: {words.isolate(said.why)}"


def choices(kind: type[E], chosen: E | None, speech: Speech) -> tuple[Choice, ...]:
    """Return all values of ``kind`` as a list to choose from."""
    return tuple(Choice(v, words.label(v, speech.translate), v is chosen) for v in kind)


def hit_row(hit: Hit, speech: Speech) -> HitRow:
    """Return one document found, its extract cut at the words found."""
    line = hit.document
    marks = [Mark(span, "found") for span in hit.marks]
    pieces = tuple(
        _piece(run, {}, {}, frozenset())
        for stretch in stretches(hit.extract, Span(0, len(hit.extract)), (), marks)
        for paragraph in stretch.paragraphs
        for run in paragraph.runs
    )
    spot = f"{hit.place.start}-{hit.place.end}"
    return HitRow(
        document=document_row(line, speech),
        href=address("documents", line.id, place=spot) + "#found",
        direction=words.text_direction(line.language),
        language="" if line.language == "und" else line.language,
        extract=pieces,
    )


def text_marks(view: DocumentView, found: Span | None) -> tuple[Mark, ...]:
    """Return everything that is marked in a document's text."""
    marks = [Mark(claim.span, "claim", claim.id) for claim in view.claims]
    marks += [
        Mark(span, "name", note=entity.type)
        for entity in view.reading.entities
        for span in entity.mentions
    ]
    marks += [Mark(time.span, "time", note=time.value or "") for time in view.reading.times]
    marks += [Mark(figure.span, "figure") for figure in view.reading.quantities]
    marks += [
        Mark(line.place, "gloss", line.gloss.id, line.gloss.note)
        for line in view.glosses
        if line.place is not None
    ]
    return (*marks, Mark(found, "found", "found")) if found else tuple(marks)


def blocks(
    cut: Iterable[Stretch],
    view: DocumentView,
    claims: Iterable[ClaimRow],
    parts: Sequence[PartRow],
    lit: frozenset[str],
    speech: Speech,
) -> tuple[Block, ...]:
    """Return the stretches as blocks; one that holds what is asked for is unfolded.

    Args:
        cut: The stretches of the part of the text shown.
        view: The document.
        claims: Those beside the text.
        parts: The parts of the whole text, in order.
        lit: Ids of the claims that are asked for.
        speech: The person's language.
    """
    beside = {row.id: row for row in claims}
    numbers: dict[str, int] = {line.gloss.id: n for n, line in enumerate(view.glosses, 1)}
    found = []
    for stretch in cut:
        aside = said(part_named(stretch.kind), speech.translate) if stretch.kind else ""
        held = (
            row
            for row, part in zip(parts, view.parts, strict=True)
            if stretch.kind and part.left_out and part.span.overlap(stretch.span)
        )
        paragraphs = tuple(
            Paragraph(
                f"{paragraph.span.start}-{paragraph.span.end}",
                tuple(_piece(run, beside, numbers, lit) for run in paragraph.runs),
            )
            for paragraph in stretch.paragraphs
        )
        found.append(
            Block(
                aside=aside,
                part=next(held, None),
                open=any(piece.lit for paragraph in paragraphs for piece in paragraph.pieces),
                paragraphs=paragraphs,
            )
        )
    return tuple(found)


def by_speaker(claims: Iterable[Claim], speech: Speech) -> dict[str, list[Claim]]:
    """Return the claims under the name of their root, in order of first appearance."""
    speakers: dict[str, list[Claim]] = {}
    for claim in claims:
        speakers.setdefault(source_words(claim.root, claim, speech).text, []).append(claim)
    return speakers


def ids(given: str) -> tuple[ClaimId, ...]:
    """Return the claim ids of a form field, split at spaces and commas."""
    return tuple(ClaimId(part) for part in given.replace(",", " ").replace("،", " ").split())


def _step(link: Link, claim: Claim, speech: Speech, *, root: bool) -> Step:
    _ = speech.translate
    return Step(
        who=source_words(link, claim, speech),
        kind=words.label(link.kind, _),
        cue=foreign(link.cue, claim.language) if link.cue else None,
        manner=words.label(link.manner, _) if link.manner else "",
        to=foreign(link.to, claim.language) if link.to else None,
        channel=words.label(link.channel, _) if link.channel else "",
        root=root,
    )


def _origin(claim: Claim, line: DocumentLine | None) -> Words:
    if line is None:
        return name(claim.publisher or claim.document)
    return foreign(line.title, line.language) if line.title else name(line.name)


def _names(named: Iterable[Named]) -> tuple[Words, ...]:
    return tuple(map(name, dict.fromkeys(n.name for n in named)))


def _written(quantity: Quantity, claim: Claim, speech: Speech) -> str:
    """Return the figure as the text has it, or its value, if told, where it stands elsewhere."""
    start, end = quantity.span.start - claim.span.start, quantity.span.end - claim.span.start
    if 0 <= start < end <= len(claim.quote):
        return claim.quote[start:end]
    if quantity.value is None:
        return ""
    return in_words(in_signs(number(quantity.value), unit=quantity.unit), speech.translate)


def _piece(
    run: Run, claims: Mapping[str, ClaimRow], notes: Mapping[str, int], lit: frozenset[str]
) -> Piece:
    """Return one run as a piece; the innermost claim, and a note before a name, speak for it."""
    holding = [m for m in run.marks if m.kind == "claim" and m.key in claims]
    begins = [m for m in run.begins if m.kind == "claim" and m.key in claims]
    light = next((m for m in reversed(run.marks) if m.kind == "gloss"), None) or next(
        (m for m in reversed(run.marks) if m.kind in {"name", "time", "figure"}), None
    )
    found = [m for m in run.marks if m.kind == "found"]
    first = [m.key for m in (*(m for m in found if m in run.begins), *begins) if m.key]
    return Piece(
        text=run.text,
        claims=" ".join(m.key for m in holding),
        depth=min(len(holding), DEEPEST),
        status=claims[holding[-1].key].status if holding else "",
        begins=tuple(Anchor(m.key, n) for m in begins if (n := claims[m.key].number)),
        glossed=tuple(Anchor(m.key, notes[m.key]) for m in run.begins if m.kind == "gloss"),
        id=first[0] if first else "",
        kind=light.kind if light else "",
        note=light.note if light else "",
        lit=bool(found) or any(m.key in lit for m in holding),
    )
