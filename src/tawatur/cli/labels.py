"""The command that shows under which label an item is held, and puts other terms on it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from tawatur.cli.output import listing
from tawatur.cli.post_rows import unproven_lines
from tawatur.cli.shared import Form, Format, Why, complain, day, names_of, opened, words_of
from tawatur.cli.shared import translate as _
from tawatur.model.ids import NodeId
from tawatur.model.label import Circle, Label, Leave, Terms, Tlp
from tawatur.node import Node
from tawatur.tables import Row


class Word(StrEnum):
    """The words of TLP 2.0 as they are typed."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


def label(
    item: Annotated[
        str, typer.Argument(help=_("The id of a document, of an item of the desk or of a ruling."))
    ],
    tlp: Annotated[
        Word | None, typer.Option("--tlp", help=_("What a person may do with it (TLP 2.0)."))
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help=_("A partner who may have it; may be given several times.")),
    ] = None,
    not_to: Annotated[
        list[str] | None,
        typer.Option("--not-to", help=_("A partner who may not have it any more.")),
    ] = None,
    circle: Annotated[
        list[str] | None,
        typer.Option(
            "--circle", help=_("A community that may have it, or its nearer tiers: NAME:partner.")
        ),
    ] = None,
    not_circle: Annotated[
        list[str] | None,
        typer.Option("--not-circle", help=_("A circle that may not have it any more.")),
    ] = None,
    onward: Annotated[
        bool | None,
        typer.Option("--onward/--not-onward", help=_("Whether they may pass it on.")),
    ] = None,
    onward_existence: Annotated[
        bool,
        typer.Option("--onward-existence", help=_("They may tell others only that it exists.")),
    ] = False,
    existence: Annotated[
        bool | None,
        typer.Option(
            "--existence/--whole",
            help=_("Whether they learn only that it exists, and whom to ask."),
        ),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option("--subject", help=_("On what it is, for those who learn that it exists.")),
    ] = None,
    opens: Annotated[
        str | None, typer.Option("--from", help=_("The day from which others have it, or never."))
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", help=_("The last day on which others have it, or never.")),
    ] = None,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help=_("For what it may be used."))
    ] = None,
    caveat: Annotated[
        list[str] | None,
        typer.Option("--caveat", help=_("Words to be acknowledged before it is opened.")),
    ] = None,
    after: Annotated[
        list[str] | None,
        typer.Option(
            "--after", help=_("What must be confirmed first: words, or the id of an event.")
        ),
    ] = None,
    compartment: Annotated[
        list[str] | None,
        typer.Option(
            "--compartment",
            help=_("Only for people let into this compartment; may be given several times."),
        ),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("label") as node:
        said: dict[str, Any] = {}
        if tlp is not None:
            said["tlp"] = Tlp[tlp.name]
        if onward is not None:
            said["onward"] = Leave.YES if onward else Leave.NO
        if onward_existence:
            said["onward"] = Leave.EXISTENCE
        if existence is not None:
            said["gives"] = Leave.EXISTENCE if existence else Leave.YES
        if subject is not None:
            said["subject"] = subject.strip() or None
        if opens is not None:
            said["opens"] = day(opens)
        if until is not None:
            said["expires"] = day(until, end=True)
        if purpose is not None:
            said["purpose"] = purpose.strip() or None
        if caveat is not None:
            said["caveats"] = words_of(caveat)
        if after is not None:
            said["after"] = words_of(after)
        if compartment is not None:
            said["compartments"] = words_of(compartment)
        also, no_more = _named(node, to, circle), _named(node, not_to, not_circle)
        if said or also or no_more:
            node.labels.change(item, said, also=also, no_more=no_more, why=why)
        found = node.labels.of(item)
        rows = [row for each in found for row in _rows(node, each)]
        listing(rows, ["originator", "tlp", "to", "onward", "from", "until", "purpose"], form)
        for publisher in node.labels.by_settings(item):
            complain(
                _("as the settings label what {0} publishes").format(publisher)
                if publisher
                else _("as the settings label what is taken in")
            )
        for terms in (terms for each in found for terms in each.terms):
            if terms.gives is Leave.EXISTENCE:
                complain(
                    _("others learn only that it exists; on what: {0}").format(_subject(terms))
                )
            if terms.onward is Leave.EXISTENCE:
                complain(
                    _("they tell others only that it exists; on what: {0}").format(_subject(terms))
                )
            for words in sorted(terms.caveats):
                complain(_("to be acknowledged first: {0}").format(words))
            for words in sorted(terms.after):
                complain(_("only after: {0}").format(words))
            for words in sorted(terms.compartments):
                complain(_("only for people let into: {0}").format(words))
        for line in unproven_lines(node, item):
            complain(line)


def confirm(
    condition: Annotated[
        str,
        typer.Argument(help=_("The condition, as labels name it: words, or the id of an event.")),
    ],
    why: Why,
) -> None:
    with opened("confirm") as node:
        waited_for = node.labels.conditions()
        met = node.labels.confirm(condition, why)
        typer.echo(_("recorded as met: {0}").format(met))
        if met not in waited_for:
            named = "; ".join(sorted(waited_for))
            complain(_("no label here names it; conditions named: {0}").format(named or "-"))


def acknowledge(
    item: Annotated[
        str, typer.Argument(help=_("The id under which it came, or that of a pointer."))
    ],
) -> None:
    with opened("acknowledge") as node:
        said = node.pointers.acknowledge(item)
        for words in said:
            typer.echo(_("acknowledged: {0}").format(words))
        if not said:
            typer.echo(_("nothing of it is to be acknowledged"))


def _rows(node: Node, label: Label) -> Iterator[Row]:
    """Yield a row for each originator's terms."""
    names: dict[str, str] = dict(names_of(node).items())
    names |= {each.id: each.charter.name for each in node.communities.all()}
    for terms in label.terms:
        yield {
            "originator": names.get(terms.originator, terms.originator),
            "tlp": terms.tlp,
            "to": _audience(terms, names),
            "onward": terms.onward is Leave.YES,
            "from": terms.opens and terms.opens.date().isoformat(),
            "until": terms.expires and terms.expires.isoformat(timespec="seconds"),
            "purpose": terms.purpose,
            "existence": terms.gives is Leave.EXISTENCE,
            "onward existence": terms.onward is Leave.EXISTENCE,
            "subject": terms.subject,
            "caveats": sorted(terms.caveats),
            "after": sorted(terms.after),
            "compartments": sorted(terms.compartments),
        }


def _subject(terms: Terms) -> str:
    return terms.subject or _("not told")


def _audience(terms: Terms, names: Mapping[str, str]) -> list[str]:
    """Return who may have it, circles as they are typed."""
    circles = (
        f"{names.get(each.community, each.community)}:{each.tier.name.lower()}"
        for each in terms.circles
    )
    return sorted([*(names.get(party, party) for party in terms.audience), *circles])


def _named(
    node: Node, parties: list[str] | None, circles: list[str] | None
) -> list[NodeId | Circle]:
    """Return organisations by name, and circles typed ``COMMUNITY`` or ``COMMUNITY:tier``."""
    found: list[NodeId | Circle] = [node.partners.party(each) for each in parties or ()]
    return [*found, *map(node.communities.circle, circles or ())]
