"""Search: documents, claims and names that hold some words, as typed or on a page of their own.

Filters stand in the address, so that what was found can be sent to a colleague.
"""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.model.picture import Entity, Name
from tawatur.node.indexing.words import Query
from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import Choice, ClaimRow, HitRow, Words, shown
from tawatur.web.visits import Visit, Visited

FEW = 5
"""Of each kind that are shown while a person types, and on the page of everything."""

MOST = 20
"""Of one kind where only that is asked for."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Who or what has a name that fits."""

    href: str = shown("Its page.")
    type: str = shown("Its kind, in a word.")
    names: tuple[Words, ...] = shown("Its names, the usual one first.")


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What holds the words asked for."""

    template: ClassVar[str] = "search.html"
    title: str = shown("Title of the page.")
    words: str = shown("What was asked.")
    kinds: tuple[Choice, ...] = shown("What is looked for.")
    languages: tuple[Choice, ...] = shown("Languages to choose from.")
    names: tuple[NamedRow, ...] = shown("Who and what is named so.")
    claims: tuple[ClaimRow, ...] = shown("Claims that hold the words.")
    documents: tuple[HitRow, ...] = shown("Documents that hold them.")


@dataclass(frozen=True, slots=True)
class TypedPage:
    """The first of each while a person types: a list below the box."""

    template: ClassVar[str] = "typed.html"
    title: str = shown("What the list is.")
    words: str = shown("What was typed; empty where no word is in it.")
    names: tuple[NamedRow, ...] = shown("Who and what is named so.")
    claims: tuple[ClaimRow, ...] = shown("Claims that hold the words.")
    documents: tuple[HitRow, ...] = shown("Documents that hold them.")
    more: str = shown("Address of the whole search.")


_KINDS = {
    "names": words.marked("Names"),
    "claims": words.marked("Claims"),
    "documents": words.marked("Documents"),
}


@router.get("/search")
def search(visit: Visited, q: str = "", kind: str = "", language: str = "") -> Response:
    """Find documents, claims and names by words."""
    kind = kind if kind in _KINDS else ""
    query = Query.parse(q)
    names, claims, documents = _found(visit, query, kind, language, MOST if kind else FEW)
    kinds = (
        Choice("", visit("Everything"), not kind),
        *(Choice(each, visit(label), each == kind) for each, label in _KINDS.items()),
    )
    languages = (
        Choice("", visit("any language"), not language),
        *(
            Choice(code, rows.language_name(code, visit.speech), code == language)
            for code in words.TEXT_LANGUAGES
        ),
    )
    return visit.show(
        SearchPage(visit("Search"), q.strip(), kinds, languages, names, claims, documents)
    )


@router.get("/search/typed")
def typed(visit: Visited, q: str = "") -> Response:
    """Find the first of each while a person types."""
    query = Query.parse(q, typing=True)
    found = _found(visit, query, "", "", FEW)
    asked = q if query.terms else ""
    return visit.show(TypedPage(visit("Search"), asked, *found, rows.address("search", q=q)))


def _found(
    visit: Visit, query: Query, kind: str, language: str, most: int
) -> tuple[tuple[NamedRow, ...], tuple[ClaimRow, ...], tuple[HitRow, ...]]:
    """Return the names, claims and documents that hold the words; of one kind, or of each."""
    asked = ({kind} if kind else set(_KINDS)) if query.terms else set()
    with visit.node() as node:
        found, only = node.searching, language or None
        names = found.names(query, limit=most) if "names" in asked else ()
        claims = found.claims(query, language=only, limit=most) if "claims" in asked else ()
        hits = found.documents(query, language=only, limit=most) if "documents" in asked else ()
        return (
            tuple(_named_row(entity, visit) for entity in names),
            claim_rows(node, claims, visit.speech),
            tuple(rows.hit_row(hit, visit.speech) for hit in hits),
        )


def _named_row(entity: Entity, visit: Visit) -> NamedRow:
    return NamedRow(
        rows.address("entities", entity.id),
        words.label(entity.type, visit),
        tuple(rows.name(name) for name in _names(entity.name, entity.names)),
    )


def _names(first: str, others: tuple[Name, ...]) -> list[str]:
    """Return the usual name of an entity and three more."""
    return list(dict.fromkeys([first, *(name.text for name in others)]))[:4]
