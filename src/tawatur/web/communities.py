"""Who belongs to which community, by whose word, and how new the list is."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.errors import Message
from tawatur.model.community import Change, Standing
from tawatur.model.ids import NodeId
from tawatur.model.label import Tier
from tawatur.node.sharing.communities import Community
from tawatur.web import rows, words
from tawatur.web.contexts import Fact, Pager, Words, shown
from tawatur.web.ports import ShownNode
from tawatur.web.sharing_parts import activities, listed, names, tier
from tawatur.web.visits import Visit, Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """One community in the list."""

    href: str = shown("Its page.")
    name: Words = shown("What people call it.")
    tier: str = shown("How near the person's organisation is to it; empty if not on the list.")
    size: str = shown("How many are on the list; empty for observers.")
    epoch: int = shown("How many changes the list rests on.")
    confirmed: str = shown("When the list was surely whole, in words.")
    state: str = shown("Whether the list may be given by, in words.")
    stale: bool = shown("Whether nothing may be given by it.")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One on the list."""

    name: Words = shown("What it is called.")
    tier: str = shown("How near it is.")
    decides: bool = shown("Whether it may decide now.")
    suspended: str = shown("Why it has nothing for now; empty otherwise.")
    now: str = shown("In what it takes part now.")
    steps: tuple[str, ...] = shown("In what it takes part from which day on, the earliest first.")


@dataclass(frozen=True, slots=True)
class ListChangeRow:
    """One change of the list."""

    when: str = shown("When, in words.")
    act: str = shown("What was done, in a word.")
    party: Words = shown("To whom.")
    tier: str = shown("The tier it gives; empty otherwise.")
    part: str = shown("In what the party takes part, from which day on; empty otherwise.")
    by: str = shown("Who signed it; empty for observers.")
    state: str = shown("Whether it holds, in words.")
    why: str = shown("The reason.")


@dataclass(frozen=True, slots=True)
class CommunitiesPage:
    """The communities."""

    template: ClassVar[str] = "communities.html"
    title: str = shown("Title of the page.")
    rows: tuple[CommunityRow, ...] = shown("Those that the person may know.")


@dataclass(frozen=True, slots=True)
class CommunityPage:
    """One community."""

    template: ClassVar[str] = "community.html"
    title: str = shown("Its name.")
    row: CommunityRow = shown("How it stands.")
    facts: tuple[Fact, ...] = shown("Its charter and its list.")
    alone: bool = shown("Whether the person's organisation observes, and lists nobody else.")
    members: tuple[MemberRow, ...] = shown("Those on the list whom the person may see.")
    changes: tuple[ListChangeRow, ...] = shown("What was changed, last first.")
    pager: Pager = shown("Which of all changes.")


@router.get("/communities")
def communities(visit: Visited) -> Response:
    """List the communities."""
    with visit.node() as node:
        known = map(node.communities.seen, node.communities.all())
        found = tuple(_row(each, node, visit) for each in known)
    return visit.show(CommunitiesPage(visit("Communities"), found))


@router.get("/communities/{key}")
def community(visit: Visited, key: str, page: str = "1") -> Response:
    """Show who belongs to a community, in what each takes part, and what was changed."""
    with visit.node() as node:
        whole = node.communities.one(key)
        found, called = node.communities.seen(whole), names(node)
        alone, today = _observes(whole, node, visit), visit.room.clock().date()
        some, pager = rows.paged(found.changes[::-1], whole_number(page), f"communities/{found.id}")
        decides = found.epoch.in_force(found.charter.deciders)
        context = CommunityPage(
            title=found.charter.name,
            row=_row(found, node, visit),
            facts=_facts(found, called, visit, alone=alone),
            alone=alone,
            members=tuple(
                _member(each, called, today, visit, decides=each.party in decides)
                for each in found.epoch.members
            ),
            changes=tuple(
                _change(found, change, () if alone else by, called, visit) for change, by in some
            ),
            pager=pager,
        )
    return visit.show(context)


def _party(node: ShownNode, visit: Visit) -> NodeId:
    """Return the organisation of whoever asks."""
    return visit.person.organisation if visit.person else node.id


def _observes(each: Community, node: ShownNode, visit: Visit) -> bool:
    return each.epoch.tier_of(_party(node, visit)) is Tier.OBSERVER


def _row(each: Community, node: ShownNode, visit: Visit) -> CommunityRow:
    last = each.confirmed
    return CommunityRow(
        href=rows.address("communities", each.id),
        name=rows.name(each.charter.name),
        tier=tier(each.epoch.tier_of(_party(node, visit)), visit),
        size="" if _observes(each, node, visit) else str(len(each.epoch.members)),
        epoch=each.epoch.number,
        confirmed=visit.speech.day(last) if last else visit("not confirmed yet"),
        state=words.sentence(_condition(each), visit.speech.translate),
        stale=each.too_old,
    )


def _condition(each: Community) -> Message:
    if not each.founded:
        return Message("to be signed")
    if each.confirmed is None:
        return Message("not confirmed yet")
    return Message("too old") if each.too_old else Message("in force")


def _facts(
    found: Community, called: Mapping[str, str], visit: Visit, *, alone: bool
) -> tuple[Fact, ...]:
    charter, own = found.charter, visit.speech.own
    deciders = visit("{0} of {1}").format(charter.needed, len(charter.deciders))
    if charter.confidential:
        for_whom = visit("for those on it alone")
    else:
        for_whom = visit("for all who know the community")
    return (
        Fact(visit("Founded"), own(visit.speech.day(charter.time)), ""),
        Fact(
            visit("Who admits, suspends and removes"),
            own(deciders),
            "" if alone else listed(charter.deciders, called),
        ),
        Fact(visit("A list is too old after, in days"), own(str(charter.days)), ""),
        Fact(visit("The list is"), own(for_whom), ""),
        Fact(visit("Epoch"), own(str(found.epoch.number)), ""),
        Fact(visit("Id"), Words(found.id, "", "ltr"), ""),
    )


def _member(
    each: Standing, called: Mapping[str, str], today: date, visit: Visit, *, decides: bool
) -> MemberRow:
    return MemberRow(
        name=rows.name(called.get(each.party, each.party)),
        tier=tier(each.tier, visit),
        decides=decides,
        suspended=words.sentence(each.suspended, visit.speech.translate) if each.suspended else "",
        now=activities(each.activities(today), visit),
        steps=tuple(
            f"{visit.speech.day(step.since)}: {activities(step.activities, visit)}"
            for step in each.participation
        ),
    )


def _change(
    found: Community,
    change: Change,
    by: tuple[NodeId, ...],
    called: Mapping[str, str],
    visit: Visit,
) -> ListChangeRow:
    since = f"{visit.speech.day(change.since)}: " if change.since else ""
    return ListChangeRow(
        when=visit.speech.day(change.time),
        act=words.label(change.act, visit),
        party=rows.name(called.get(change.party, change.party)),
        tier=tier(change.tier, visit),
        part=f"{since}{activities(change.activities, visit)}",
        by=listed(by, called),
        state=words.sentence(_state(found, change), visit.speech.translate),
        why=change.why,
    )


def _state(found: Community, change: Change) -> Message:
    """Return what became of a change."""
    if change.digest in found.epoch.proposed:
        return Message("to be signed")
    if change.digest in found.epoch.waiting:
        return Message("follows something that is not here")
    return dict(found.epoch.void).get(change.digest, Message("in force"))
