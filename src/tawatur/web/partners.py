"""With whom this node exchanges: how each stands, by which key, since when; suspended from here."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.ids import NodeId
from tawatur.node import Partner, PartnerState
from tawatur.web import rows, words
from tawatur.web.contexts import Pager, Words, shown
from tawatur.web.ports import ShownNode
from tawatur.web.sharing_parts import refusal, tier, verify_officer
from tawatur.web.visits import Field, Sent, Visit, Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner."""

    id: str = shown("Id of its node.")
    name: Words = shown("Its name.")
    state: str = shown("How this node stands to it: a code.")
    state_label: str = shown("The same in a word.")
    since: str = shown("Since when, in words; may be empty.")
    why: str = shown("Why; may be empty.")
    tiers: tuple[str, ...] = shown("How near it is to each community that it is in.")
    last: str = shown("When something last went either way, in words.")
    doubtful: str = shown("Since when its key may be in other hands, in words; may be empty.")
    fingerprint: str = shown("The words that two people compare.")
    given: str = shown("What it was given; empty of one to be confirmed.")
    suspends: bool = shown("Whether it can be suspended.")
    resumes: bool = shown("Whether it can be taken back.")


@dataclass(frozen=True, slots=True)
class PartnersPage:
    """The partners."""

    template: ClassVar[str] = "partners.html"
    title: str = shown("Title of the page.")
    rows: tuple[PartnerRow, ...] = shown("The partners, by name.")
    pager: Pager = shown("Which of all.")
    fingerprint: str = shown("This node's own words to compare.")
    problem: str = shown("Why nothing was recorded; empty otherwise.")


@router.get("/partners")
def partners(visit: Visited, page: str = "1") -> Response:
    """List the partners."""
    return _shown(visit, page)


@router.post("/partners/{key}/suspend")
def suspend(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Give a partner nothing more for now."""
    return _put(visit, key, PartnerState.SUSPENDED, why)


@router.post("/partners/{key}/resume")
def resume(visit: Sent, *, key: str, why: Field = "") -> Response:
    """Take back that a partner was suspended."""
    return _put(visit, key, PartnerState.PARTNER, why)


def _put(visit: Visit, key: str, state: PartnerState, why: str) -> Response:
    problem = refusal(visit, lambda node: node.partners.put(key, state, why))
    return _shown(visit, problem=problem) if problem else RedirectResponse("/partners", 303)


def _shown(visit: Visit, page: str = "1", problem: str = "") -> Response:
    with visit.node() as node:
        verify_officer(visit, node)
        known = sorted(node.partners.known().values(), key=lambda each: (each.name, each.id))
        some, pager = rows.paged(known, whole_number(page), "partners")
        tiers, last = _tiers(node, visit), {c.party: c.last for c in node.followup.channels()}
        context = PartnersPage(
            title=visit("Partners"),
            rows=tuple(_row(each, node, tiers, last, visit) for each in some),
            pager=pager,
            fingerprint=node.partners.fingerprint(node.partners.card),
            problem=problem,
        )
    return visit.show(context, 422 if problem else 200)


def _tiers(node: ShownNode, visit: Visit) -> dict[NodeId, tuple[str, ...]]:
    """Return how near parties are to the communities, as far as whoever asks may list them."""
    found: dict[NodeId, tuple[str, ...]] = {}
    for each in map(node.communities.seen, node.communities.all()):
        for member in each.epoch.members:
            said = f"{words.isolate(each.charter.name)}: {tier(member.tier, visit)}"
            found[member.party] = (*found.get(member.party, ()), said)
    return found


def _row(
    each: Partner,
    node: ShownNode,
    tiers: Mapping[NodeId, tuple[str, ...]],
    last: Mapping[NodeId, date | None],
    visit: Visit,
) -> PartnerRow:
    met, speech = last.get(each.id), visit.speech
    return PartnerRow(
        id=each.id,
        name=rows.name(each.name),
        state=each.state.name.lower(),
        state_label=words.label(each.state, visit),
        since=speech.day(each.since) if each.since else "",
        why=each.why or "",
        tiers=tiers.get(each.id, ()),
        last=speech.day(met) if met else visit("nothing yet"),
        doubtful=words.minute(each.doubtful, speech.language) if each.doubtful else "",
        fingerprint=node.partners.fingerprint(each.card),
        given="" if each.state is PartnerState.INVITED else rows.address("disclosures", to=each.id),
        suspends=each.state is PartnerState.PARTNER,
        resumes=each.state in (PartnerState.SUSPENDED, PartnerState.REMOVED),
    )
