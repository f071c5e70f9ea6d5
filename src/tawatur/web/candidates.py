"""Who else may be meant: names that fit what a person types, to rule that two are one or not.

The list stands on the entity's page; while a person types it alone is asked for. It is one form
of radio buttons, so that keyboard and screen reader have it as any other. Who was ruled not to
be the same is listed with that ruling, and cannot be chosen while it holds.
"""

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.model.reading import EntityType
from tawatur.node.judging.entities import Candidate
from tawatur.web import rows, words
from tawatur.web.contexts import RulingRow, Words, shown
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Visit, Visited

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One who may be meant."""

    id: str = shown("The entity's id.")
    href: str = shown("Its page.")
    type: str = shown("Its kind, in a word.")
    names: tuple[Words, ...] = shown("Its names, the usual one first.")
    scripts: str = shown("The scripts and languages of its names.")
    functions: tuple[Words, ...] = shown("What the latest texts call it.")
    documents: str = shown("How many documents name it; empty of a person, who is not counted.")
    chosen: bool = shown("Whether it is chosen.")
    apart: tuple[RulingRow, ...] = shown("The ruling that the two are not one; empty without.")


@dataclass(frozen=True, slots=True)
class CandidatesPage:
    """Those whom what was typed fits, as a form that rules on one of them."""

    template: ClassVar[str] = "candidates.html"
    title: str = shown("What the list is.")
    action: str = shown("Where the form is sent.")
    typed: str = shown("What was typed; empty where nothing was.")
    open: tuple[CandidateRow, ...] = shown("Those who can be chosen.")
    refused: tuple[CandidateRow, ...] = shown("Those who were ruled not to be the same.")
    reason: str = shown("The reason given before.")


@router.get("/entities/{key}/candidates")
def typed(visit: Visited, key: str, like: str = "") -> Response:
    """List who is meant while a person types."""
    with visit.node() as node:
        return visit.show(candidates(node, key, visit, like))


def candidates(
    node: ShownNode, key: str, visit: Visit, like: str, *, other: str = "", reason: str = ""
) -> CandidatesPage:
    """Return who else fits what was typed.

    Args:
        node: The node.
        key: The entity's id.
        visit: Whose.
        like: What was typed.
        other: The id of the one that was chosen before.
        reason: The reason given before.
    """
    found = node.who.candidates(key, like)
    all_ = [_row(each, visit, chosen=each.entity.id == other) for each in found]
    return CandidatesPage(
        title=visit("Who is meant"),
        action=rows.address("entities", key, "rule"),
        typed=like.strip(),
        open=tuple(row for row in all_ if not row.apart),
        refused=tuple(row for row in all_ if row.apart),
        reason=reason,
    )


def _row(found: Candidate, visit: Visit, *, chosen: bool) -> CandidateRow:
    entity = found.entity
    languages = dict.fromkeys(name.language for name in entity.names)
    scripts = (visit.speech.translate(each) for each in found.scripts)
    named = (rows.language_name(each, visit.speech) for each in languages)
    return CandidateRow(
        id=entity.id,
        href=rows.address("entities", entity.id),
        type=words.label(entity.type, visit),
        names=tuple(map(rows.name, dict.fromkeys(n.text for n in entity.names))),
        scripts=" · ".join(dict.fromkeys([*scripts, *named])),
        functions=tuple(map(rows.name, found.functions)),
        documents="" if entity.type is EntityType.PERSON else str(len(entity.documents)),
        chosen=chosen,
        apart=(rows.ruling_row(found.apart, visit.speech),) if found.apart else (),
    )
