"""The commands on what is not known: gaps, and the board of explanations that compete."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from tawatur.cli.event_rows import cited, one_line
from tawatur.cli.output import listing
from tawatur.cli.shapes import ExplanationShape, GapShape
from tawatur.cli.shared import LANGUAGE, About, Form, Format, Why, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.model.hypothesis import Bears, Board
from tawatur.model.ids import ClaimId
from tawatur.model.picture import Gap
from tawatur.node import Cited, Node
from tawatur.node.labelled import labelled

Subject = Annotated[
    str, typer.Argument(help=_("The id of an event or a document, or the beginning of it."))
]


def gaps(about: About = None, form: Form = Format.TABLE) -> None:
    with opened("gaps") as node:
        found = node.gaps(about=about)
        claims = node.cited(id_ for gap in found for id_ in (gap.claim, *gap.supposed))
        listing(
            labelled(
                node,
                found,
                lambda gap: gap_row(gap, claims),
                lambda gap: (gap.claim, *gap.supposed),
            ),
            ["id", "label", "what", "source", "quote", "supposed"],
            form,
        )


def hypotheses(form: Form = Format.TABLE) -> None:
    with opened("hypotheses") as node:
        boards = node.boards.all()
        claims = node.cited(each.claim for board in boards for each in board.evidence)
        told = (row for board in boards for row in explanation_rows(board, claims))
        listing(
            labelled(node, told, dict, _rests_on),
            ["about", "id", "label", "contradicted", "against", "for", "explanation"],
            form,
        )


def _rests_on(found: ExplanationShape) -> Iterator[str]:
    """Yield an explanation and the claims that were weighed for it."""
    yield found["id"]
    yield from (each["id"] for each in found["cited"])


def board(about: Subject) -> None:
    with opened("hypothesis") as node:
        for line in _board_lines(node, node.boards.of(about)):
            typer.echo(line)


def add(
    about: Subject,
    text: Annotated[str, typer.Argument(help=_("The explanation, in a sentence."))],
    why: Annotated[str, typer.Option("--why", help=_("The reason to consider it."))] = "",
) -> None:
    with opened("hypothesis") as node:
        typer.echo(node.boards.add(about, text, why).id)


def weigh(
    hypothesis: Annotated[
        str, typer.Argument(help=_("The explanation's id, or the beginning of it."))
    ],
    claim: Annotated[str, typer.Argument(help=_("The claim's id, or the beginning of it."))],
    why: Why,
    speaks_for: Annotated[bool, typer.Option("--for", help=_("It speaks for it."))] = False,
    against: Annotated[bool, typer.Option("--against", help=_("It speaks against it."))] = False,
    neither: Annotated[
        bool, typer.Option("--neither", help=_("It speaks neither for nor against it."))
    ] = False,
) -> None:
    given = {Bears.FOR: speaks_for, Bears.AGAINST: against, Bears.NEITHER: neither}
    chosen = [bears for bears, is_given in given.items() if is_given]
    if len(chosen) != 1:
        raise UsageError("say one of --for, --against, --neither")
    with opened("hypothesis") as node:
        ruling = node.boards.weigh(hypothesis, claim, chosen[0], why)
        typer.echo(f"{ruling.id}: {_(chosen[0].value)}")


def gap_row(gap: Gap, claims: Mapping[ClaimId, Cited]) -> GapShape:
    """Return the row of one gap; ``claims`` are its own and those that suppose something."""
    found = claims[gap.claim].claim
    return {
        "id": found.id,
        "document": found.document,
        "start": found.span.start,
        "end": found.span.end,
        "what": gap.kind,
        "source": found.root.source_text or found.publisher,
        "quote": one_line(found.quote),
        "supposed": [one_line(claims[each].claim.quote) for each in gap.supposed],
        "supposed_ids": list(gap.supposed),
        "cited": [cited(claims[each]) for each in (gap.claim, *gap.supposed)],
    }


def explanation_rows(board: Board, claims: Mapping[ClaimId, Cited]) -> Iterator[ExplanationShape]:
    """Yield the rows of the explanations of one board; ``claims`` are those weighed."""
    for each in board.explanations:
        yield {
            "about": board.about,
            "id": each.id,
            "contradicted": each.contradicted,
            "contradicted_why": list(each.reasons),
            "against": len(each.speak_against),
            "for": len(each.speak_for),
            "against_ids": list(each.speak_against),
            "for_ids": list(each.speak_for),
            "neither_ids": list(each.neither),
            "explanation": each.text,
            "why": each.why,
            "cited": [cited(claims[claim]) for _bears, claim in each.weighed],
        }


def _board_lines(node: Node, board: Board) -> Iterator[str]:
    """Yield the explanations, the least contradicted first, the claims, and what texts offer."""
    yield f"{board.about}  {' '.join(board.headline.split())}"
    for number, each in enumerate(board.explanations, 1):
        yield f"{number}. {each.id}  {each.text}"
        yield _("   independent roots against it, at least: {0}").format(each.contradicted)
    if board.evidence:
        yield ""
    for each_claim in board.evidence:
        id_ = each_claim.claim
        sides = [
            f"{number} {_(bears.value)}"
            for number, each in enumerate(board.explanations, 1)
            for bears, claim in each.weighed
            if claim == id_
        ]
        tells = _("tells apart") if each_claim.tells_apart else _("does not tell apart")
        yield f"{id_}  {', '.join(sides)} ({tells})"
        yield f"   {_spoken(node, id_)}"
    if board.offers:
        yield ""
        yield _("explanations that the texts give:")
    for offer in board.offers:
        by = _(" by {0}").format(offer.by) if offer.by else ""
        yield f"{offer.claim}  {offer.report}: {_(offer.verdict.value)}{by}"
        yield f"   {_spoken(node, offer.claim)}"


def _spoken(node: Node, claim: str) -> str:
    found = node.claim(claim)
    return f"{node.in_words(found, LANGUAGE)} «{' '.join(found.quote.split())}»"
