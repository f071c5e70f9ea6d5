"""The queue of proposals: one at a time beside its text, judged from the keyboard alone.

What was done is one step back: the page after it carries the entries that undo it. Every
act is a form, so that it works without script; words of the text are chosen by selecting
them, or by typing them as they stand there.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, TypeVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from tawatur.errors import OutdatedError, UsageError
from tawatur.model.claim import Claim, Content, Verdict
from tawatur.model.ids import ClaimId, DocumentId
from tawatur.model.reading import EventType, Modality, Polarity, SourceKind
from tawatur.model.span import Span
from tawatur.node.given import edtf
from tawatur.node.indexing.waiting import Turn, Which
from tawatur.node.judging.reviewing import (
    Act,
    Opinion,
    Pressing,
    Share,
    link_at,
    place_at,
    time_at,
)
from tawatur.node.views import DocumentView
from tawatur.web import document_rows, rows, words
from tawatur.web.choosing import chosen_span
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import Block, Choice, ClaimRow, Words, shown
from tawatur.web.late import Late, WordSince, late
from tawatur.web.marks import stretches
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Given, Sent, Visit, Visited, chosen, whole_number

T = TypeVar("T")

AROUND = 600
"""Characters of the text that are shown before and after a claim, up to whole lines."""

NEIGHBOURS = 3
"""Claims before and after one in its text, to be joined with it."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Kept:
    """One value that a correction keeps or drops."""

    number: int = shown("Its number in the claim.")
    words: Words = shown("The value as the text has it.")


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """What one person made of a claim."""

    entry: str = shown("The judgement's entry.")
    by: str = shown("Whose word it is.")
    verdict: str = shown("What it says, in words.")
    otherwise: tuple[str, ...] = shown("What it has otherwise, in words.")
    why: str = shown("The reason given; may be empty.")


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One proposal beside its text, with everything that can be made of it."""

    template: ClassVar[str] = "review.html"
    title: str = shown("Title of the page.")
    left: int = shown("How many proposals wait, of all.")
    languages: tuple[Choice, ...] = shown("Languages to choose from.")
    types: tuple[Choice, ...] = shown("Types to choose from.")
    document: str = shown("Id of the one document asked for; may be empty.")
    row: ClaimRow | None = shown("The proposal; None where none waits.")
    why: tuple[str, ...] = shown("Why it comes so early.")
    heading: Words | None = shown("The document's title.")
    language: str = shown("Language of the text.")
    direction: str = shown("Direction of the text.")
    blocks: tuple[Block, ...] = shown("The text around it.")
    here: str = shown("Its place in the queue, as forms send it.")
    seen: str = shown("The last judgement on it, as forms send it.")
    skip: str = shown("Address of the one behind it.")
    undo: str = shown("Entries that undo what was done last, with spaces between.")
    did: str = shown("What was done last, in words; may be empty.")
    problem: str = shown("Why the form sent was refused; empty otherwise.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")
    correcting: bool = shown("Whether its correction is unfolded.")
    polarities: tuple[Choice, ...] = shown("Polarities to choose from.")
    modalities: tuple[Choice, ...] = shown("Modalities to choose from.")
    kinds: tuple[Choice, ...] = shown("Types that it may be corrected to.")
    when: str = shown("When it happened, as EDTF.")
    links: tuple[Kept, ...] = shown("The links of its chain but the author.")
    wheres: tuple[Kept, ...] = shown("Its places.")
    speakers: tuple[Choice, ...] = shown("Kinds of source to choose from.")
    neighbours: tuple[Choice, ...] = shown("Claims of its text that it may be one with.")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What became of the proposals of one language and type."""

    language: str = shown("The language, in words.")
    type: str = shown("The type, in words.")
    judged: int = shown("How many were judged.")
    accepted: int = shown("How many were accepted.")
    corrected: int = shown("How many were corrected.")
    rejected: int = shown("How many were rejected.")
    share: str = shown("How many of a hundred were accepted as they were.")


@dataclass(frozen=True, slots=True)
class SharesPage:
    """How many proposals people accepted."""

    template: ClassVar[str] = "shares.html"
    title: str = shown("Title of the page.")
    languages: tuple[ShareRow, ...] = shown("By language; the type says that it is any.")
    rows: tuple[ShareRow, ...] = shown("By language and type.")


@dataclass(frozen=True, slots=True)
class DifferingRow:
    """One claim on which the words of several people part."""

    claim: ClaimRow = shown("The claim as it stands.")
    opinions: tuple[OpinionRow, ...] = shown("Each person's last word.")


@dataclass(frozen=True, slots=True)
class DifferingPage:
    """Claims on which the words of several people part."""

    template: ClassVar[str] = "differing.html"
    title: str = shown("Title of the page.")
    rows: tuple[DifferingRow, ...] = shown("The claims.")
    second: str = shown("Address of one that others judged; empty where there is none.")


@router.get("/review")
def review(
    visit: Visited,
    *,
    language: str = "",
    type: str = "",  # noqa: A002 - the model's word
    document: str = "",
    after: str = "",
    claim: str = "",
    correct: str = "",
    undo: str = "",
    did: str = "",
) -> Response:
    """Show the next proposal, or the one asked for, its correction unfolded if that is meant."""
    asked = _Asked(language, type, document)
    with visit.node() as node:
        if claim:
            found: Pressing | None = node.reviewing.at(claim)
        else:
            found = node.reviewing.next(asked.wanted, _turn(after))
        return _shown(visit, node, asked, found, correcting=bool(correct), undo=undo, did=did)


@router.post("/review/undo")
def take_back(visit: Sent, *, entries: Field = "") -> Response:
    """Take back what was done last, and show what it was done to."""
    with visit.node() as node:
        act = node.reviewing.undo(entries.split())
    claim = act.claims[0].id if act.claims else ""
    return RedirectResponse(rows.address("review", claim=claim), 303)


@router.get("/review/shares")
def shares(visit: Visited) -> Response:
    """Show how many proposals were accepted, by language and type."""
    with visit.node() as node:
        found = node.reviewing.shares()
    each = tuple(_share_row(share, words.label(share.type, visit), visit) for share in found)
    together = tuple(
        _share_row(_sum([s for s in found if s.language == language]), visit("any type"), visit)
        for language in dict.fromkeys(share.language for share in found)
    )
    return visit.show(SharesPage(visit("Accepted proposals"), together, each))


@router.get("/review/differing")
def differing(visit: Visited) -> Response:
    """List the claims on which people's words part."""
    with visit.node() as node:
        found = node.reviewing.differing()
        second = node.reviewing.second()
        claims = claim_rows(node, [claim for claim, _ in found], visit.speech)
    shown_rows = tuple(
        DifferingRow(row, tuple(_opinion_row(each, visit, claim) for each in opinions))
        for row, (claim, opinions) in zip(claims, found, strict=True)
    )
    again = rows.address("review", claim=second.claim.id) if second else ""
    return visit.show(DifferingPage(visit("Where reviewers differ"), shown_rows, again))


@router.post("/review/differing/{key}")
def settle(visit: Sent, *, key: str, keep: Field = "", why: Field = "") -> Response:
    """Record whose word on a claim holds."""
    with visit.node() as node:
        node.reviewing.settle(key, keep, why)
    return RedirectResponse("/review/differing", 303)


@router.post("/review/{key}")
def judge(visit: Sent, key: str) -> Response:
    """Record what a person makes of a proposal, and show the next one."""
    given = visit.sent
    asked = _Asked(given.one("language"), given.one("type"), given.one("document"))
    act = given.one("act")
    with visit.node() as node:
        try:
            done = _done(node, node.claim(key), act, given)
        except UsageError as error:
            problem = words.sentence(error, visit.speech.translate)
            found, is_late = node.reviewing.at(key), isinstance(error, OutdatedError)
            return _shown(visit, node, asked, found, problem=problem, is_late=is_late)
    return RedirectResponse(
        asked.address(
            after=given.one("here"),
            undo=" ".join(done.entries),
            did=f"{act}:{done.claims[0].id}" if done.claims else "",
        ),
        303,
    )


def outdated(
    visit: Visit, node: ShownNode, claim: str, verdict: Verdict, error: OutdatedError
) -> Response:
    """Show a claim that was judged since it was looked at, with the word that came too late."""
    token = visit.room.guard.form_token(visit.session)
    sent = Given(FormData([("csrf", token), ("act", verdict.value)]))
    problem = words.sentence(error, visit.speech.translate)
    asked, visit = _Asked("", "", ""), replace(visit, sent=sent)
    return _shown(visit, node, asked, node.reviewing.at(claim), problem=problem, is_late=True)


def _done(node: ShownNode, claim: Claim, act: str, given: Given) -> Act:
    """Do what a form asks for.

    Raises:
        UsageError: It asks for nothing that is known here, or it cannot be done.
    """
    why, seen, text = given.one("why") or None, given.one("seen"), _Text(node, claim)
    match act:
        case "accept" | "reject":
            return node.reviewing.judge(claim.id, Verdict(act), why=why, seen=seen)
        case "join":
            return node.reviewing.join(claim.id, given.one("other"), why=why)
        case "split":
            second = text.span(given, "cut")
            return node.reviewing.split(claim.id, second.start if second else 0, why=why)
        case "correct":
            return node.reviewing.judge(
                claim.id,
                Verdict.CORRECT,
                why=why,
                seen=seen,
                span=text.span(given, "words"),
                corrected=_corrected(claim.content, text, given),
            )
        case _:
            raise UsageError("{0} is none of: {1}", repr(act), ", ".join(_DONE))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which proposals a person goes through."""

    language: str
    type: str
    document: str

    @property
    def wanted(self) -> Which:
        type_ = next((each for each in EventType if each == self.type), None)
        document = DocumentId(self.document) if self.document else None
        return Which(self.language or None, type_, document)

    def address(self, **more: str) -> str:
        """Return the address of the queue, narrowed so."""
        return rows.address(
            "review", language=self.language, type=self.type, document=self.document, **more
        )


class _Text:
    """The text that a claim stands in, in which a person chooses words."""

    def __init__(self, node: ShownNode, claim: Claim) -> None:
        self._node, self._claim = node, claim

    @cached_property
    def view(self) -> DocumentView:
        """The document with the text that the claim was read in."""
        return self._node.document(self._claim.document, rendition=self._claim.rendition)

    def span(self, given: Given, field: str) -> Span | None:
        """Return where the words of a field stand, None where it is empty.

        They stand where the person selected them, else where they are nearest to the claim.

        Raises:
            UsageError: They do not stand in the text.
        """
        typed = given.one(field)
        if not typed:
            return None
        return chosen_span(self.view, typed, given.one(f"{field}_at"), self._claim.span)


def _corrected(content: Content, text: _Text, given: Given) -> dict[str, object]:
    """Return the fields of a claim that a form has otherwise.

    Raises:
        UsageError: Words do not stand in the text, or a time is none.
    """
    time, speaker = text.span(given, "when_words"), text.span(given, "speaker")
    place = text.span(given, "place")
    kind = next((each for each in SourceKind if each == given.one("speaker_kind")), None)
    links = _numbered(content.chain[1:], given.all("link"))
    places = _numbered(content.where, given.all("where"))
    found: dict[str, object] = {
        "polarity": chosen(Polarity, given.one("polarity")),
        "modality": chosen(Modality, given.one("modality")),
        "event_type": chosen(EventType, given.one("event_type")),
        "when": time_at(text.view, time) if time else edtf(given.one("when")),
        "chain": (
            content.chain[0],
            *links,
            *([link_at(text.view, speaker, kind)] if speaker else []),
        ),
        "where": (*places, *([place_at(text.view, place)] if place else [])),
    }
    return {name: value for name, value in found.items() if value != getattr(content, name)}


def _numbered(values: Sequence[T], kept: Sequence[str]) -> list[T]:
    """Return those of ``values`` whose numbers, from 0, are ``kept``."""
    return [value for number, value in enumerate(values) if str(number) in kept]


def _turn(given: str) -> Turn | None:
    """Return the place in the queue that an address names; None for none, or a wrong one."""
    urgency, _, rest = given.partition(".")
    document, _, rest = rest.partition(".")
    start, _, claim = rest.partition(".")
    if not claim or not urgency.isdigit():
        return None
    return Turn(int(urgency), DocumentId(document), whole_number(start, 0), ClaimId(claim))


def _here(turn: Turn) -> str:
    return f"{turn.urgency}.{turn.document}.{turn.start}.{turn.claim}"


_DONE = {
    "accept": words.marked("accepted"),
    "reject": words.marked("rejected"),
    "correct": words.marked("corrected"),
    "join": words.marked("joined"),
    "split": words.marked("split in two"),
}


def _shown(
    visit: Visit,
    node: ShownNode,
    asked: _Asked,
    found: Pressing | None,
    *,
    correcting: bool = False,
    undo: str = "",
    did: str = "",
    problem: str = "",
    is_late: bool = False,
) -> Response:
    """Return the page with one proposal, or that none waits; the form sent may be too late."""
    speech = visit.speech
    claim = found.claim if found else None
    view = node.document(claim.document, rendition=claim.rendition) if claim else None
    what, _, done = did.partition(":")
    page = ReviewPage(
        title=visit("Review"),
        left=node.reviewing.left(),
        languages=_languages(node, asked.language, visit),
        types=_with_any(rows.choices(EventType, asked.wanted.type, speech), visit("any type")),
        document=asked.document,
        row=_row(node, found, view, visit) if found and view else None,
        why=tuple(words.sentence(reason, speech.translate) for reason in found.why)
        if found
        else (),
        heading=rows.foreign(view.line.title or view.line.name, view.extraction.language)
        if view
        else None,
        language=claim.language if claim and claim.language != "und" else "",
        direction=words.text_direction(claim.language) if claim else "auto",
        blocks=_around(claim, view, visit) if claim and view else (),
        here=_here(found.turn) if found else "",
        seen=_seen(claim) if claim else "",
        skip=asked.address(after=_here(found.turn)) if found else "",
        undo=undo,
        did=visit("{0}: {1}").format(visit(_DONE[what]), words.isolate(node.claim(done).quote))
        if done and what in _DONE
        else "",
        problem=problem,
        late=_late(node, found.claim, visit) if found and is_late else None,
        correcting=correcting,
        polarities=rows.choices(Polarity, claim.content.polarity if claim else None, speech),
        modalities=rows.choices(Modality, claim.content.modality if claim else None, speech),
        kinds=rows.choices(EventType, claim.content.event_type if claim else None, speech),
        when=(claim.content.when or "") if claim else "",
        links=_links(claim, visit) if claim else (),
        wheres=tuple(
            Kept(at, rows.name(named.name)) for at, named in enumerate(claim.content.where)
        )
        if claim
        else (),
        speakers=_with_any(rows.choices(SourceKind, None, speech), visit("as the name says")),
        neighbours=_neighbours(claim, view) if claim and view else (),
    )
    answer = visit.show(page, 422 if problem else 200)
    if not problem and visit.request.headers.get("hx-request"):
        answer.headers["HX-Push-Url"] = visit.address
    return answer


def _seen(claim: Claim) -> str:
    """Return the last judgement on a claim, as forms send it."""
    return claim.judgements[-1] if claim.judgements else ""


def _late(node: ShownNode, claim: Claim, visit: Visit) -> Late:
    """Return what a form asked for, beside what people made of the claim since."""
    opinions = (_opinion_row(each, visit, claim) for each in node.reviewing.words_on(claim.id))
    since = [WordSince(o.by, (o.verdict, *o.otherwise), o.why) for o in opinions]
    action = rows.address("review", claim.id)
    return late(visit, _seen(claim), _yours(node, claim, visit), since, action=action)


def _yours(node: ShownNode, claim: Claim, visit: Visit) -> list[str]:
    """Return what a form asked for, in words: its act, and what it has otherwise."""
    sent = visit.sent
    act = sent.one("act")
    lines = [visit(_DONE[act])] if act in _DONE else []
    if act == "correct":
        values = _corrected(claim.content, _Text(node, claim), sent)
        lines += _otherwise(replace(claim.content, **values), values, claim, visit)  # type: ignore[arg-type]  # fields of a content with their values
    return [*lines, sent.one("words"), sent.one("why")]


def _otherwise(content: Content, fields: Iterable[str], claim: Claim, visit: Visit) -> list[str]:
    """Return the values of some fields of a claim's content in words."""
    told = {
        "polarity": lambda: words.label(content.polarity, visit),
        "modality": lambda: words.label(content.modality, visit),
        "event_type": lambda: words.label(content.event_type, visit),
        "when": lambda: visit.speech.when(content.when),
        "chain": lambda: " ← ".join(
            words.isolate(rows.source_words(link, claim, visit.speech).text)
            for link in content.chain
        ),
        "where": lambda: " · ".join(words.isolate(named.name) for named in content.where),
    }
    return [told[name]() for name in fields if name in told]


def _row(node: ShownNode, found: Pressing, view: DocumentView, visit: Visit) -> ClaimRow:
    spoken = node.in_words(found.claim, visit.speech.language)
    return rows.claim_row(found.claim, spoken, visit.speech, line=view.line)


def _around(claim: Claim, view: DocumentView, visit: Visit) -> tuple[Block, ...]:
    """Return the text around a claim, with the claim and what belongs to it marked."""
    text, span = view.extraction.text, claim.span
    start = text.rfind("\n", 0, max(0, span.start - AROUND)) + 1
    end = text.find("\n", min(len(text), span.end + AROUND))
    cut = Span(start, len(text) if end < 0 else end)
    marks = [
        mark for mark in rows.text_marks(view, None) if mark.kind != "claim" or mark.key == claim.id
    ]
    beside = [rows.claim_row(claim, "", visit.speech, number=0)]
    parts = document_rows.parts(view, visit.speech)
    pieces = stretches(text, cut, view.extraction.asides, marks)
    return rows.blocks(pieces, view, beside, parts, frozenset({claim.id}), visit.speech)


def _links(claim: Claim, visit: Visit) -> tuple[Kept, ...]:
    return tuple(
        Kept(at, rows.source_words(link, claim, visit.speech))
        for at, link in enumerate(claim.content.chain[1:])
    )


def _neighbours(claim: Claim, view: DocumentView) -> tuple[Choice, ...]:
    """Return the claims around one in its text; the nearest is chosen."""
    others = [each for each in view.claims if each.id != claim.id]
    near = sorted(others, key=lambda each: abs(each.span.start - claim.span.start))
    return tuple(
        Choice(each.id, each.quote, at == 0) for at, each in enumerate(near[: 2 * NEIGHBOURS])
    )


def _languages(node: ShownNode, asked: str, visit: Visit) -> tuple[Choice, ...]:
    held = node.reviewing.languages()
    each = (Choice(c, rows.language_name(c, visit.speech), c == asked) for c in held)
    return _with_any(tuple(each), visit("any language"))


def _with_any(choices: tuple[Choice, ...], label: str) -> tuple[Choice, ...]:
    return (Choice("", label, not any(each.chosen for each in choices)), *choices)


def _share_row(share: Share, type_: str, visit: Visit) -> ShareRow:
    return ShareRow(
        language=rows.language_name(share.language, visit.speech),
        type=type_,
        judged=share.judged,
        accepted=share.accepted,
        corrected=share.corrected,
        rejected=share.rejected,
        share=f"{100 * share.accepted / share.judged:.0f} %",
    )


def _sum(shares: Sequence[Share]) -> Share:
    return Share(
        shares[0].language,
        shares[0].type,
        sum(share.accepted for share in shares),
        sum(share.corrected for share in shares),
        sum(share.rejected for share in shares),
    )


def _opinion_row(opinion: Opinion, visit: Visit, claim: Claim) -> OpinionRow:
    judged, given = opinion.judged, opinion.judgement
    fields = given.judged if judged.verdict is Verdict.CORRECT else ()
    return OpinionRow(
        entry=judged.entry,
        by=judged.by,
        verdict=words.label(judged.verdict, visit),
        otherwise=tuple(_otherwise(given.content, fields, claim, visit)),
        why=judged.why or "",
    )
