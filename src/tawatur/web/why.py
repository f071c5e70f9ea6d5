"""What anything worked out came from: rules with their versions, reasons, claims, people's words.

One page for an event, a root, a contradiction, an entity, a relation, a source, a claim, a gap,
an explanation and the weighing of a claim; other pages lead to it.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.node.views import Because, WorkedOut
from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import ClaimRow, RulingRow, Words, shown
from tawatur.web.visits import Visit, Visited

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class GroundRow:
    """One reason."""

    says: str = shown("The reason, in a sentence.")
    claim: ClaimRow | None = shown("The claim that it is about; None where it is about none.")


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, reader or table by which something was worked out."""

    says: str = shown("What it decides, in words.")
    name: str = shown("Its name and version.")


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A person's judgement on one of the claims."""

    claim: ClaimRow = shown("The claim.")
    verdict: str = shown("What they said, in a word.")
    by: str = shown("Who.")
    why: str = shown("The reason; may be empty.")


@dataclass(frozen=True, slots=True)
class WhyPage:
    """What one thing worked out came from."""

    template: ClassVar[str] = "why.html"
    title: str = shown("What it is a page of.")
    id: str = shown("The id that was asked; of a root or relation with its number.")
    kind: str = shown("What it is, in a word.")
    of: Words = shown("Its name, its words, or the sentence that explains it.")
    href: str = shown("Its page; empty where it has none.")
    rules: tuple[RuleRow, ...] = shown("The rules, readers and tables, each with its version.")
    grounds: tuple[GroundRow, ...] = shown("The reasons.")
    judgements: tuple[JudgedRow, ...] = shown("What people said of the claims.")
    rulings: tuple[RulingRow, ...] = shown("What people ruled of them, or of the names.")
    claims: tuple[ClaimRow, ...] = shown("The claims that it rests on.")


_RULES = {
    "conflicts": words.marked("What cannot be true of one matter at once"),
    "copies": words.marked("Which texts are copies of another"),
    "events": words.marked("Which claims are about one event"),
    "gaps": words.marked("What is still missing"),
    "hypotheses": words.marked("How claims are weighed against explanations"),
    "names": words.marked("Which names are of one and the same"),
    "relations": words.marked("Who is tied to whom"),
    "roots": words.marked("Which sources may be one and the same"),
    "sources": words.marked("How reliable a source has been"),
    "translations": words.marked("Which texts are translations of another"),
    "table credibility.tsv": words.marked("Numbers of credibility, 1 to 6"),
    "table grades.tsv": words.marked("Letters of reliability, A to F"),
    "table not_found.tsv": words.marked("Words that say that something was not found"),
    "table opposites.txt": words.marked("Words of opposite meaning"),
    "table relations.tsv": words.marked("Words that tie one name to another"),
    "table spellings.tsv": words.marked("Spellings of names across scripts"),
    "table stations.txt": words.marked("Words for the station of an unnamed source"),
    "table wide_places.txt": words.marked("Places too wide to tell events apart"),
}
"""What rules and tables decide, by their names up to the comma; whatever else is a reader."""


_READER = words.marked("The reader that proposed the claim")


_PAGES = {
    WorkedOut.EVENT: "events",
    WorkedOut.ROOT: "events",
    WorkedOut.CONFLICT: "conflicts",
    WorkedOut.ENTITY: "entities",
    WorkedOut.RELATION: "entities",
    WorkedOut.SOURCE: "sources",
    WorkedOut.CLAIM: "claims",
    WorkedOut.GAP: "claims",
}
"""Where things have pages of their own; parts are on that of the whole."""


@router.get("/why/{key}")
def why(visit: Visited, key: str, part: str = "") -> Response:
    """Show what one thing came from; ``part`` is the number of a root or a relation."""
    with visit.node() as node:
        found = node.why(f"{key}/{part}" if part else key)
        claims = [each.claim for each in found.claims]
        shown_ = dict(
            zip((c.id for c in claims), claim_rows(node, claims, visit.speech), strict=True)
        )
    rule = visit("by the rule {0}, version {1}")
    page = WhyPage(
        title=visit("What it comes from"),
        id=found.id,
        kind=words.label(found.kind, visit),
        of=_of(found, visit),
        href=rows.address(_PAGES[found.kind], found.id.partition("/")[0])
        if found.kind in _PAGES
        else "",
        rules=tuple(
            RuleRow(
                visit(_RULES.get(each.name.partition(",")[0], _READER)),
                rule.format(words.isolate(each.name), each.version),
            )
            for each in found.rules
        ),
        grounds=tuple(
            GroundRow(visit.speech.says(each.why), shown_.get(each.claim) if each.claim else None)
            for each in found.grounds
        ),
        judgements=tuple(
            JudgedRow(shown_[each.claim], words.label(each.verdict, visit), each.by, each.why or "")
            for each in found.judgements
        ),
        rulings=tuple(rows.ruling_row(each, visit.speech) for each in found.rulings),
        claims=tuple(shown_.values()),
    )
    return visit.show(page)


def _of(found: Because, visit: Visit) -> Words:
    """Return what a thing is called or says; of a contradiction, the sentence that explains it."""
    if found.of:
        return rows.name(" ".join(found.of.split()))
    explained = [visit.speech.says(each.why) for each in found.grounds[:1]]
    return visit.speech.own(*explained or [words.label(found.kind, visit)])
