"""The commands between neighbours: what is handed over, what comes, who has what."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from tawatur.cli import foreign
from tawatur.cli.output import listing
from tawatur.cli.post_rows import came_line, disclosure_row, what_waits
from tawatur.cli.rows import redacted_lines
from tawatur.cli.shared import (
    LANGUAGE,
    SOME_REFUSED,
    WRONG,
    Form,
    Format,
    Out,
    Why,
    complain,
    content,
    day,
    names_of,
    opened,
    write,
)
from tawatur.cli.shared import translate as _
from tawatur.errors import SharingError, TawaturError, UnknownIdError, UsageError
from tawatur.i18n import said
from tawatur.model.ids import CommunityId, NodeId
from tawatur.node import Cuts, Node, Piece, Received, Waiting
from tawatur.node.labelled import label_object

Partner = Annotated[str | None, typer.Option("--to", help=_("The partner's name or id."))]


def release(
    item: Annotated[
        str | None, typer.Argument(help=_("A document, claim, commitment or request."))
    ] = None,
    to: Partner = None,
    out: Out = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help=_("Hand over all that waits for the partner."))
    ] = False,
    agree: Annotated[
        str | None,
        typer.Option("--agree", help=_("Agree, as the second person, to a release that waits.")),
    ] = None,
    correct: Annotated[
        bool,
        typer.Option("--correct", help=_("For everybody who has it, in place of what they have.")),
    ] = False,
    take_back: Annotated[
        str | None,
        typer.Option("--take-back", help=_("Take back a release that waits; give --why.")),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    with opened("release") as node:
        if take_back:
            _show_taken_back(node, node.outgoing.take_back(take_back, why or ""))
        elif agree:
            _show_waiting(node, node.outgoing.agree(agree))
        elif item and correct:
            for each in node.outgoing.correct(item):
                _show_waiting(node, each)
        elif waiting and to and out:
            letters = node.outgoing.letters(to)
            if letters:
                write(out, node.outgoing.bag(letters, to))
            _show_held_back(node, to, went=bool(letters))
        elif item and to and out:
            write(out, node.outgoing.release(item, to))
        elif item and to:
            _show_waiting(node, node.outgoing.propose(item, to))
        else:
            raise UsageError("say what goes and to whom: ITEM --to, or --waiting --to --out")


def redact(
    item: Annotated[str, typer.Argument(help=_("The id of a claim."))],
    originator: Annotated[
        bool, typer.Option("--originator", help=_("Leave out who published it."))
    ] = False,
    chain: Annotated[
        int | None,
        typer.Option(
            "--chain",
            help=_("How many links of its chain stay, outermost first, the author among them."),
        ),
    ] = None,
    sources: Annotated[
        bool,
        typer.Option("--sources/--no-sources", help=_("Leave out how unnamed sources are called.")),
    ] = True,
    place: Annotated[
        str | None,
        typer.Option("--place", help=_("What stands for every place, as a region.")),
    ] = None,
    date: Annotated[bool, typer.Option("--date", help=_("Months in place of days."))] = False,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help=_("Other words to leave out; may be given several times.")),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    with opened("redact") as node:
        cuts = Cuts(originator, chain, sources, place, date, tuple(without or ()))
        made, claim = node.outgoing.redact(item, cuts, why=why)
        typer.echo(_("{0} is a redacted version of {1}; it reads:").format(made, item))
        for line in redacted_lines(node, claim, LANGUAGE, _):
            typer.echo(line)
        if originator and node.claim(item).publisher is None:
            complain(_("who published it is not known here; name them by --without"))


def receive(
    file: Annotated[Path, typer.Argument(help=_("The file."))],
    receipt: Annotated[
        Path | None,
        typer.Option("--receipt", help=_("Where to write the receipt, to be handed back.")),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option(
            "--from",
            help=_("Who handed it over, if another program wrote it in STIX or MISP."),
        ),
    ] = None,
) -> None:
    with opened("receive") as node:
        if sender is not None:
            foreign.take(node, content(file), sender)
            return
        handed = content(file, most=node.bundles.largest)
        if foreign.is_foreign(handed):
            raise UsageError(
                "another program wrote {0}, in STIX or MISP; say who handed it over: --from", file
            )
        if node.bundles.is_bundle(handed):
            came = _bundle(node, handed)
        else:
            came = node.incoming.each(handed)
        answered: list[str] = []
        refusals: list[SharingError] = []
        for each in came:
            if isinstance(each, SharingError):
                refusals.append(each)
                answered += [each.letter] if each.letter else []
                if len(came) > 1:
                    complain(_("refused: {0}").format(said(each, _)))
            else:
                answered += [each.letter] if each.kind not in ("receipt", "heads") else []
                typer.echo(came_line(each))
        if receipt and answered:
            write(receipt, node.outgoing.receipts(answered))
        if refusals and len(came) == 1:
            raise refusals[0]
        if refusals:
            raise typer.Exit(SOME_REFUSED)


def bundle(
    partner: Annotated[str, typer.Argument(help=_("The partner's name or id."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
    again: Annotated[
        int | None,
        typer.Option(
            "--again",
            help=_("The number of a bundle that was lost: what was in it goes once more."),
        ),
    ] = None,
) -> None:
    with opened("bundle") as node:
        written = node.bundles.write(partner, again=again)
        if written is None:
            _show_held_back(node, partner, went=False)
            return
        write(out, written.file)
        typer.echo(
            _("bundle {0} for {1}; files in it: {2}").format(
                written.number, partner, written.enclosed
            )
        )
        _show_held_back(node, partner, went=True)


def exchange(
    partner: Annotated[
        str | None,
        typer.Argument(help=_("The partner's name or id; all who have told where, unless given.")),
    ] = None,
) -> None:
    with opened("exchange") as node:
        known = node.partners.in_force()
        named = [partner] if partner else [p for p in known if node.partners.known()[p].at]
        failed = False
        for each in named:
            try:
                _exchanged(node, each)
            except TawaturError as error:
                if partner:
                    raise
                complain(_("{0}: {1}").format(known[NodeId(each)].name, said(error, _)))
                failed = True
        if failed:
            raise typer.Exit(WRONG)


def _exchanged(node: Node, partner: str) -> None:
    """Exchange with one partner, and say what went and what came."""
    done = node.wire.exchange(partner)
    name = node.partners.one(partner).name
    typer.echo(_("{0}: bundles sent: {1}, received: {2}").format(name, done.sent, done.bundles))
    for listed in done.lists:
        typer.echo(_("the list of {0}").format(listed))
    for each in done.came:
        if isinstance(each, SharingError):
            complain(_("refused: {0}").format(said(each, _)))
        else:
            typer.echo(came_line(each))


def _bundle(node: Node, content: bytes) -> Sequence[Received | SharingError]:
    """Take in a bundle, and say which it was and what is missing."""
    taken = node.bundles.receive(content)
    head = _("bundle {0} from {1}").format(taken.number, taken.sender.name)
    typer.echo(_("{0}, taken in before").format(head) if taken.before else head)
    for name in taken.lists:
        typer.echo(_("the list of {0}").format(name))
    if taken.missing:
        numbers = ", ".join(map(str, taken.missing))
        complain(
            _("missing from {0}: {1}; ask for `tawatur bundle … --again NUMBER`").format(
                taken.sender.name, numbers
            )
        )
    return taken.came


def outbox(to: Partner = None, form: Form = Format.TABLE) -> None:
    with opened("outbox") as node:
        node.incoming.sweep()
        names = names_of(node)
        party = node.partners.one(to).id if to else None
        found = (
            {
                "id": each.piece.id,
                "what": what_waits(each),
                "to": names.get(each.piece.party, each.piece.party),
                "item": each.piece.item,
                "may": _("yes") if each.may else _("no"),
                "why": said(each.why, _),
                "label": label_object(each.label),
                "words": each.called,
            }
            for each in map(node.outgoing.described, node.outgoing.waiting(party))
        )
        listing(found, ["id", "what", "to", "item", "may", "why", "label", "words"], form)


def recall(
    item: Annotated[str, typer.Argument(help=_("A document, claim, commitment or request."))],
    why: Why,
    from_: Annotated[
        str | None, typer.Option("--from", help=_("Only from this partner; from all unless told."))
    ] = None,
) -> None:
    with opened("recall") as node:
        party = node.partners.one(from_).id if from_ else None
        recalled = node.outgoing.recall(item, why, from_=party)
        names: dict[str, str] = dict(names_of(node).items())
        for piece in recalled.taken_back:
            _show_taken_back(node, piece)
        for each in recalled.told:
            if each.told and not each.heard:
                typer.echo(_("a notice waits for {0}").format(names.get(each.to, each.to)))
            elif each.told:
                typer.echo(_("{0} has acknowledged it").format(names.get(each.to, each.to)))
        for each, reason in recalled.unreached:
            known = names.get(each.to, each.to)
            typer.echo(
                _("{0} has a copy since {1}: {2}").format(
                    known, each.time.date().isoformat(), said(reason, _)
                )
            )


def disclosures(
    item: Annotated[
        str | None, typer.Argument(help=_("A document, claim, commitment or request."))
    ] = None,
    to: Partner = None,
    since: Annotated[
        str | None, typer.Option("--since", help=_("Only from this day on: 2031-03-31."))
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    with opened("disclosures") as node:
        if item:
            found = node.disclosures.of(item)
        elif to:
            found = node.disclosures.to(_given_to(node, to), day(since) if since else None)
        else:
            raise UsageError("say of what, or to whom: ITEM or --to")
        names: dict[str, str] = dict(names_of(node).items())
        names.update((each.id, each.charter.name) for each in node.communities.all())
        listing(
            (disclosure_row(each, names) for each in found),
            [
                "to",
                "item",
                "when",
                "label",
                "until",
                "receipt",
                "receipt time",
                "since then",
                "what",
            ],
            form,
        )


def _given_to(node: Node, given: str) -> NodeId | CommunityId:
    """Return the partner, the community or the person that a name or an id means."""
    try:
        return node.partners.by_name(given).id  # who has to be confirmed again was given something
    except UnknownIdError:
        with suppress(UnknownIdError):
            return node.communities.one(given).id
        if any(each.to == given for each in node.tracing.given()):
            return NodeId(given)  # somebody without a node, who was handed a brief
        raise


def sweep() -> None:
    with opened("sweep") as node:
        for each in node.incoming.sweep():
            typer.echo(_("{0} from {1}: {2}").format(each.id, each.sender, _(each.why or "")))


def _show_held_back(node: Node, to: str, *, went: bool) -> None:
    """Say what does not go to a partner and why; that nothing waits, if nothing does or went."""
    card = node.partners.one(to)
    held = [each for each in node.outgoing.waiting(card.id) if not each.may]
    for each in held:
        typer.echo(
            _("{0} ({1}) is held back from {2}: {3}").format(
                each.piece.id, each.piece.item or what_waits(each), card.name, said(each.why, _)
            )
        )
    if not held and not went:
        typer.echo(_("nothing waits for {0}").format(to))


def _show_waiting(node: Node, each: Waiting) -> None:
    to = names_of(node).get(each.piece.party, each.piece.party)
    typer.echo(_("{0} waits for {1}: {2}").format(each.piece.id, to, said(each.why, _)))


def _show_taken_back(node: Node, each: Piece) -> None:
    to = names_of(node).get(each.party, each.party)
    typer.echo(_("{0} does not go to {1}: taken back").format(each.id, to))
