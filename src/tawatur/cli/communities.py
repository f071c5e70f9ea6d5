"""The commands on communities: who belongs to one, what was changed, the files between nodes."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli.output import listing
from tawatur.cli.shared import (
    Form,
    Format,
    Why,
    complain,
    content,
    day,
    names_of,
    opened,
    writing,
)
from tawatur.cli.shared import translate as _
from tawatur.errors import Message
from tawatur.i18n import said
from tawatur.model.community import USUAL_DAYS, Act, Change, Standing
from tawatur.model.ids import NodeId
from tawatur.model.label import Activity, Tier
from tawatur.node import Node
from tawatur.node.sharing.communities import Community
from tawatur.tables import Row


class TierWord(StrEnum):
    """The tiers as they are typed and shown."""

    MEMBER = "member"
    PARTNER = "partner"
    OBSERVER = "observer"

    @classmethod
    def of(cls, tier: Tier | None) -> "TierWord | None":
        """Return the word for a tier."""
        return None if tier is None else cls[tier.name]

    @property
    def tier(self) -> Tier:
        """The tier that it stands for."""
        return Tier[self.name]


Named = Annotated[str, typer.Argument(metavar="COMMUNITY", help=_("The community's name or id."))]
Party = Annotated[
    str, typer.Argument(metavar="PARTY", help=_("A partner's name or id, or this node's."))
]


def communities(form: Form = Format.TABLE) -> None:
    with opened("communities") as node:
        rows = (_line(node, node.communities.seen(each)) for each in node.communities.all())
        listing(rows, ["id", "name", "tier", "members", "epoch", "confirmed", "state"], form)


def found(
    name: Annotated[str, typer.Argument(help=_("What people call it."))],
    member: Annotated[
        list[str] | None,
        typer.Option("--member", help=_("A partner who belongs to it; several times.")),
    ] = None,
    decider: Annotated[
        list[str] | None,
        typer.Option("--decider", help=_("A partner who belongs to it and decides as well.")),
    ] = None,
    needed: Annotated[
        int, typer.Option("--needed", help=_("How many of those who decide a change takes."))
    ] = 1,
    days: Annotated[
        int,
        typer.Option("--days", help=_("After how many days a list is too old to give by.")),
    ] = USUAL_DAYS,
    confidential: Annotated[
        bool, typer.Option("--confidential", help=_("The list is for those on it alone."))
    ] = False,
) -> None:
    with opened("community found") as node:
        founded = node.communities.found(
            name,
            members=[node.partners.one(each).id for each in member or ()],
            deciders=[node.partners.one(each).id for each in decider or ()],
            needed=needed,
            days=days,
            confidential=confidential,
        )
        _tell(node, founded)
        if needed == 1 and len(founded.charter.deciders) > 1:
            complain(
                _(
                    "each of those who decide can admit and remove alone, the others too; "
                    "found another with --needed 2 if that is not meant"
                )
            )


def sign(community: Named) -> None:
    with opened("community sign") as node:
        _tell(node, node.communities.sign(community))


def admit(
    community: Named,
    party: Party,
    why: Why,
    tier: Annotated[TierWord, typer.Option("--as", help=_("How near it is to the community."))],
) -> None:
    _decide("admit", community, Act.ADMIT, party, why, tier.tier)


def tier(
    community: Named,
    party: Party,
    why: Why,
    tier: Annotated[TierWord, typer.Option("--as", help=_("How near it is to the community."))],
) -> None:
    _decide("tier", community, Act.TIER, party, why, tier.tier)


def participation(
    community: Named,
    party: Party,
    why: Why,
    in_: Annotated[
        list[Activity],
        typer.Option("--in", help=_("In what it takes part, and in nothing else; several times.")),
    ],
    since: Annotated[
        str | None, typer.Option("--since", help=_("From which day on; today unless told."))
    ] = None,
) -> None:
    begins = day(since) if since else None
    with opened("community participation") as node:
        whom = node.communities.party(community, party)
        changed = node.communities.decide(
            community, Act.TAKE_PART, whom, why, activities=in_, since=begins and begins.date()
        )
        _tell(node, changed)


def suspend(community: Named, party: Party, why: Why) -> None:
    _decide("suspend", community, Act.SUSPEND, party, why)


def restore(community: Named, party: Party, why: Why) -> None:
    _decide("restore", community, Act.RESTORE, party, why)


def remove(community: Named, party: Party, why: Why) -> None:
    _decide("remove", community, Act.REMOVE, party, why)


def show(community: Named) -> None:
    with opened("community show") as node:
        whole, names = node.communities.one(community), names_of(node)
        shown = _seen(node, whole)
        charter, last = shown.charter, shown.confirmed
        _tell(node, shown)
        who = _(", ").join(sorted(names.get(each, each) for each in charter.deciders))
        typer.echo(_("who admits, suspends and removes: {0} of {1}").format(charter.needed, who))
        typer.echo(
            _("the list was last confirmed {0}, and may be {1} days old: {2}").format(
                last.date().isoformat() if last else _("never"),
                charter.days,
                said(_condition(shown), _),
            )
        )
        able = len(shown.epoch.in_force(charter.deciders))
        # An observer sees none of those who decide, and cannot tell how many can.
        if shown is whole and shown.founded and able < charter.needed:
            typer.echo(
                _("too few of them can decide now ({0}): it stays as it is; found another").format(
                    able
                )
            )
        if charter.confidential:
            typer.echo(_("the list is for those on it alone"))
        for each in shown.epoch.members:
            _show_member(each, names, node.now().date())


def members(community: Named, form: Form = Format.TABLE) -> None:
    with opened("community members") as node:
        shown, names = _seen(node, node.communities.one(community)), names_of(node)
        today = node.now().date()
        rows = (
            {
                "party": names.get(each.party, each.party),
                "id": each.party,
                "tier": TierWord.of(each.tier),
                "decides": each.party in shown.epoch.in_force(shown.charter.deciders),
                "suspended": each.suspended,
                "takes part in": sorted(each.activities(today)),
            }
            for each in shown.epoch.members
        )
        listing(rows, ["party", "id", "tier", "decides", "suspended", "takes part in"], form)


def changes(community: Named, form: Form = Format.TABLE) -> None:
    with opened("community changes") as node:
        shown, names = _seen(node, node.communities.one(community)), names_of(node)
        rows = (
            {
                "time": change.time.isoformat(timespec="seconds"),
                "act": change.act,
                "party": names.get(change.party, change.party),
                "tier": TierWord.of(change.tier),
                "signed by": sorted(names.get(each, each) for each in by),
                "state": _state(shown, change),
                "why": change.why,
                "in": sorted(change.activities),
                "since": change.since and change.since.isoformat(),
                "id": change.digest,
            }
            for change, by in shown.changes
        )
        listing(
            rows,
            ["time", "act", "party", "tier", "signed by", "state", "why", "in", "since"],
            form,
        )


def write(
    community: Named,
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with opened("community write") as node:
        sealed = node.communities.written(community)
        with writing(out):
            out.write_bytes(sealed)
        typer.echo(_("wrote {0}").format(out))


def take(file: Annotated[Path, typer.Argument(help=_("The file."))]) -> None:
    with opened("community take") as node:
        taken, unchecked = node.communities.take(content(file))
        _tell(node, taken)
        for each in sorted(unchecked):
            typer.echo(
                _("what {0} signed is left out: add its card, and take the file again").format(each)
            )


def _decide(
    name: str, community: str, act: Act, party: str, why: str, to: Tier | None = None
) -> None:
    with opened(f"community {name}") as node:
        whom = node.communities.party(community, party)
        _tell(node, node.communities.decide(community, act, whom, why, to))


def _seen(node: Node, community: Community) -> Community:
    """Return a community as whoever asks may list it; an observer is told that it is not whole."""
    seen = node.communities.seen(community)
    if seen is not community:
        complain(_("observers do not list the others of {0}").format(community.charter.name))
    return seen


def _tell(node: Node, community: Community) -> None:
    """Say how things stand, in a line, and one for each thing that waits."""
    name, needed = community.charter.name, community.charter.needed
    line = _("{0} ({1}): {2} on the list, epoch {3}")
    counted = len(community.epoch.members)
    typer.echo(line.format(name, community.id, counted, community.epoch.number))
    if not community.founded:
        typer.echo(_("the charter waits for signatures, {0} in all").format(needed))
    names = names_of(node)
    for change, by in community.proposed:
        proposed = _("proposed: {0} {1}, signed by {2} of {3}")
        whom = names.get(change.party, change.party)
        typer.echo(proposed.format(_(change.act.value), whom, len(by), needed))
        if change.since is not None:
            typer.echo(_from_day(change.since, change.activities))


def _show_member(each: Standing, names: Mapping[NodeId, str], today: date) -> None:
    """Say how near a member is and in what it takes part, with a line for each step of that."""
    listed = _listed(each.activities(today))
    name, tier = names.get(each.party, each.party), _(str(TierWord.of(each.tier)))
    typer.echo(_("{0}, {1}: takes part in {2}").format(name, tier, listed))
    for step in each.participation:
        typer.echo(_from_day(step.since, step.activities))
    if each.suspended is not None:
        typer.echo(_("  suspended: {0}").format(said(each.suspended, _)))


def _from_day(since: date, activities: Iterable[Activity]) -> str:
    return _("  from {0} on: {1}").format(since.isoformat(), _listed(activities))


def _listed(activities: Iterable[Activity]) -> str:
    return _(", ").join(_(each.value) for each in sorted(activities))


def _line(node: Node, community: Community) -> Row:
    last = community.confirmed
    return {
        "id": community.id,
        "name": community.charter.name,
        "tier": TierWord.of(community.epoch.tier_of(node.id)),
        "members": len(community.epoch.members),
        "epoch": community.epoch.number,
        "confirmed": last and last.date().isoformat(),
        "state": _condition(community),
    }


def _condition(community: Community) -> Message:
    if not community.founded:
        return Message("to be signed")
    if community.confirmed is None:
        return Message("not confirmed yet")
    return Message("too old") if community.too_old else Message("in force")


def _state(community: Community, change: Change) -> Message:
    """Return what became of a change."""
    epoch, id_ = community.epoch, change.digest
    if id_ in epoch.proposed:
        return Message("to be signed")
    if id_ in epoch.waiting:
        return Message("follows something that is not here")
    return dict(epoch.void).get(id_, Message("in force"))
