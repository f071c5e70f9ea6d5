"""Who and what reports name: the list, one entry, and what a person rules of two.

An entry shows names, functions and relations, each where a text says so, and claims with
their chains. Of a person nothing is counted, and no list ranks anybody.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Claim
from tawatur.model.desk import Commitment, Request
from tawatur.model.picture import Entity, Name
from tawatur.model.reading import EntityType
from tawatur.node.indexing.words import stems
from tawatur.node.judging.entities import EntityView, RelationLine
from tawatur.node.views import DocumentLine
from tawatur.web import rows, words
from tawatur.web.candidates import CandidatesPage, candidates
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import (
    Choice,
    ClaimRow,
    DeskRow,
    DocumentRow,
    EntitiesPage,
    EntityRow,
    FunctionRow,
    NameRow,
    Place,
    RelationRow,
    RulingRow,
    ThroughRow,
    shown,
)
from tawatur.web.desk import commitment_row, request_row
from tawatur.web.labels import labelled
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Field, Sent, Visit, Visited, whole_number

SHOWN = 100
"""Claims by an entity, and about it, that are shown at once."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class EntityPage:
    """One entity: names, functions, relations, claims, and what people ruled of it."""

    template: ClassVar[str] = "entity.html"
    title: str = shown("Title of the page.")
    row: EntityRow = shown("The entity.")
    charts: tuple[Place, ...] = shown("Where it is drawn: the time line and the network.")
    names: tuple[NameRow, ...] = shown("All forms of its name.")
    why: tuple[str, ...] = shown("Why these names are one.")
    functions: tuple[FunctionRow, ...] = shown("What texts call it; of people only.")
    relations: tuple[RelationRow, ...] = shown("What claims say that ties it to others.")
    through: tuple[ThroughRow, ...] = shown("What others did that counts as its own, and why.")
    desk: tuple[DeskRow, ...] = shown("What it promised or asked, or was promised or asked for.")
    by: tuple[ClaimRow, ...] = shown("Claims that it made or passed on.")
    about: tuple[ClaimRow, ...] = shown("Claims in which it takes part, or which are set there.")
    more: int = shown("How many claims are not shown.")
    documents: tuple[DocumentRow, ...] = shown("The documents that name it.")
    unseen: int = shown("How many of them were not looked into.")
    rulings: tuple[RulingRow, ...] = shown("What people ruled of its names.")
    places: tuple[Choice, ...] = shown("Its documents, to part it by.")
    problem: str = shown("What was wrong with the form; empty where nothing was.")
    alike: CandidatesPage = shown("Who else fits what was typed, to rule on.")


@router.get("/entities")
def entities(visit: Visited, *, q: str = "", kind: str = "", page: str = "1") -> Response:
    """List who and what is named, by name."""
    wanted = next((each for each in EntityType if each == kind), None)
    with visit.node() as node:
        found = node.who.all(type=wanted, about=q.strip() or None)
    some, pager = rows.paged(found, whole_number(page), "entities", q=q, kind=wanted or "")
    kinds = (
        Choice("", visit("any kind"), wanted is None),
        *rows.choices(EntityType, wanted, visit.speech),
    )
    shown = tuple(_row(entity, visit) for entity in some)
    return visit.show(EntitiesPage(visit("Who and what is named"), q, kinds, shown, pager))


@router.get("/entities/{key}")
def entity(visit: Visited, key: str, like: str = "") -> Response:
    """Show one entry, with those whose names are like what was typed."""
    return _shown(visit, key, like=like)


@router.post("/entities/{key}/rule")
def rule(
    visit: Sent,
    *,
    key: str,
    verdict: Field = "",
    other: Field = "",
    mine: Field = "",
    theirs: Field = "",
    why: Field = "",
) -> Response:
    """Record that this entity and another are one, or are not, or that this one is two."""
    second = other.strip() or key
    problem = None
    with visit.node() as node:
        judge = node.who.same if verdict == "same" else node.who.not_same
        try:
            ruling = judge(_as_named(key, mine), _as_named(second, theirs), why)
        except UsageError as error:
            if isinstance(error, UnknownIdError) and error.given == key:
                raise
            problem = error
        else:
            now = node.who.at(ruling.a).id  # of two that are one, one has no entry any more
            return RedirectResponse(f"{rows.address('entities', now)}#rulings", 303)
    return _shown(visit, key, problem=problem, like=other, why=why)


def _as_named(entity: str, document: str) -> str:
    return f"{entity}@{document}" if document else entity


def _row(found: Entity, visit: Visit) -> EntityRow:
    """Return the row of one entity; how often a person is named is counted nowhere."""
    person = found.type is EntityType.PERSON
    spelled: dict[str, Name] = {}
    for each in found.names:
        spelled.setdefault(each.text, each)  # once, in the language that most documents have it in
    return EntityRow(
        id=found.id,
        href=rows.address("entities", found.id),
        type=words.label(found.type, visit),
        names=tuple(rows.foreign(each.text, each.language) for each in spelled.values()),
        documents="" if person else str(len(found.documents)),
    )


def _shown(
    visit: Visit, key: str, *, problem: UsageError | None = None, like: str = "", why: str = ""
) -> Response:
    """Return the page of one entity, with the form as it was sent where something was wrong."""
    with visit.node() as node:
        view = node.who.view(key)
        others = [claim for claim in view.about if claim not in view.by]
        by = _claim_rows(node, view, view.by[:SHOWN], visit)
        about = _claim_rows(node, view, others[:SHOWN], visit)
        through = tuple(_through(node, view, visit))
        desk = labelled(node, _desk(node, view, visit))
        alike = candidates(node, view.entity.id, visit, like, other=like, reason=why)
    row, speech = _row(view.entity, visit), visit.speech
    page = EntityPage(
        title=view.entity.name,
        row=row,
        charts=tuple(
            Place(label, rows.address(page, actor=view.entity.id), current=False, language="")
            for label, page in ((visit("Time line"), "timeline"), (visit("Network"), "actors"))
        ),
        names=tuple(_names(view, visit)),
        why=tuple(words.sentence(reason, visit) for reason in view.entity.why),
        functions=tuple(_functions(view, visit)),
        relations=tuple(_relation(each, view.entity, visit) for each in view.relations),
        through=through,
        desk=desk,
        by=by,
        about=about,
        more=max(0, len(view.by) - SHOWN) + max(0, len(others) - SHOWN),
        documents=tuple(rows.document_row(line, speech) for line in view.documents),
        unseen=view.unseen,
        rulings=tuple(rows.ruling_row(line, speech) for line in view.rulings),
        places=_places(view, speech),
        problem=words.sentence(problem, visit) if problem else "",
        alike=alike,
    )
    return visit.show(page, 422 if problem else 200)


def _places(view: EntityView, speech: rows.Speech) -> tuple[Choice, ...]:
    """Return the documents to choose from by title and day, by id as well where two are alike."""
    called = [_called(line, speech) for line in view.documents]
    alike = Counter(called)
    return tuple(
        Choice(line.id, name if alike[name] == 1 else f"{name} ({line.id})", False)
        for line, name in zip(view.documents, called, strict=True)
    )


def _called(line: DocumentLine, speech: rows.Speech) -> str:
    title = words.isolate(line.title or line.name)
    return speech.listed((title, speech.when(line.published))) if line.published else title


def _desk(node: ShownNode, view: EntityView, visit: Visit) -> Iterable[DeskRow]:
    """Yield what one of its names promised or asked, or was promised or asked for."""
    mine = {stems(name.text) for name in view.names}

    def concerns(item: Commitment | Request) -> bool:
        return not mine.isdisjoint(stems(party) for party in (item.by, item.to) if party)

    for promise in filter(concerns, node.desk.commitments()):
        yield commitment_row(promise, node, visit)
    for wish in filter(concerns, node.desk.requests()):
        yield request_row(wish, node, visit)


def _names(view: EntityView, visit: Visit) -> Iterable[NameRow]:
    for name in view.names:
        yield NameRow(
            name=rows.foreign(name.text, name.language),
            script=visit.speech.translate(name.script),
            language=rows.language_name(name.language, visit.speech),
            first=visit.speech.when(name.first),
            last=visit.speech.when(name.last),
        )


def _functions(view: EntityView, visit: Visit) -> Iterable[FunctionRow]:
    languages = {line.id: line.language for line in view.documents}
    for function in view.functions:
        span = function.place.span
        yield FunctionRow(
            words=rows.foreign(function.words, languages[function.document]),
            when=visit.speech.when(function.when),
            href=rows.address("documents", function.document, place=f"{span.start}-{span.end}"),
        )


def _relation(line: RelationLine, entity: Entity, visit: Visit) -> RelationRow:
    a, b = (
        Place(other.name, rows.address("entities", other.id), other.id == entity.id, "")
        for other in (line.a, line.b)
    )
    return RelationRow(
        a=a,
        kind=words.label(line.kind, visit),
        b=b,
        when=visit.speech.when(line.claim.content.when or line.claim.published),
        status=words.label(line.claim.content.polarity, visit),
        claim=rows.place_of(line.claim.document, line.claim.id),
        because=rows.because(line.id),
    )


def _through(node: ShownNode, view: EntityView, visit: Visit) -> Iterable[ThroughRow]:
    """Yield what others did that counts as done by the entity, the first of it."""
    for each in view.through:
        relation = _relation(each.relation, view.entity, visit)
        deeds = [cited.claim for cited in each.deeds[:SHOWN]]
        yield ThroughRow(relation, claim_rows(node, deeds, visit.speech))


def _claim_rows(
    node: ShownNode, view: EntityView, claims: Sequence[Claim], visit: Visit
) -> tuple[ClaimRow, ...]:
    lines = {line.id: line for line in view.documents}
    return tuple(
        rows.claim_row(
            claim,
            node.in_words(claim, visit.speech.language),
            visit.speech,
            line=lines[claim.document],
        )
        for claim in claims
    )
