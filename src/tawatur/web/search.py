"""Search: documents, claims and names that hold some words, as typed or on a page of their own.

Filters stand in the address, so that what was found can be sent to a colleague.
"""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.model.picture import Name
from tawatur.node.words import Query
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
    more: str = shown("Address of the whole search; of what is typed only.")


@dataclass(frozen=True, slots=True)
class TypedPage(SearchPage):
    """The same while a person types: a list below the box."""

    template: ClassVar[str] = "typed.html"


_KINDS = {
    "names": words.marked("Names"),
    "claims": words.marked("Claims"),
    "documents": words.marked("Documents"),
}


@router.get("/search")
def search(visit: Visited, q: str = "", kind: str = "", language: str = "") -> Response:
    """Find documents, claims and names by words."""
    kind = kind if kind in _KINDS else ""
    most = MOST if kind else FEW
    return visit.show(_found(visit, SearchPage, q.strip(), kind, language, most))


@router.get("/search/typed")
def typed(visit: Visited, q: str = "") -> Response:
    """Find the first of each while a person types."""
    return visit.show(_found(visit, TypedPage, q, "", "", FEW))


def _found(
    visit: Visit, page: type[SearchPage], q: str, kind: str, language: str, most: int
) -> SearchPage:
    query = Query.parse(q, typing=page is TypedPage)
    asked = ({kind} if kind else set(_KINDS)) if query.terms else set()
    with visit.node() as node:
        found, only = node.searching, language or None
        names = found.names(query, limit=most) if "names" in asked else ()
        claims = found.claims(query, language=only, limit=most) if "claims" in asked else ()
        hits = found.documents(query, language=only, limit=most) if "documents" in asked else ()
        return page(
            title=visit("Search"),
            words=q if query.terms or page is SearchPage else "",
            kinds=(
                Choice("", visit("Everything"), not kind),
                *(Choice(each, visit(label), each == kind) for each, label in _KINDS.items()),
            ),
            languages=(
                Choice("", visit("any language"), not language),
                *(
                    Choice(c, rows.language_name(c, visit.speech), c == language)
                    for c in words.TEXT_LANGUAGES
                ),
            ),
            names=tuple(
                NamedRow(
                    rows.address("entities", entity.id),
                    words.label(entity.type, visit),
                    tuple(rows.name(name) for name in _names(entity.name, entity.names)),
                )
                for entity in names
            ),
            claims=claim_rows(node, claims, visit.speech),
            documents=tuple(rows.hit_row(hit, visit.speech) for hit in hits),
            more=rows.address("search", q=q) if page is TypedPage else "",
        )


def _names(first: str, others: tuple[Name, ...]) -> list[str]:
    """Return the usual name of an entity and three more."""
    return list(dict.fromkeys([first, *(name.text for name in others)]))[:4]
