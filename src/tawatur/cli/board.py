"""The commands on what is not known: gaps, and the board of explanations that compete."""

from tawatur.cli.shared import About, Form, Format, Row, listing, opened
from tawatur.model.picture import Gap
from tawatur.node import Node


def gaps(about: About = None, form: Form = Format.TABLE) -> None:
    with opened("gaps") as node:
        listing(
            (_gap_row(node, gap) for gap in node.gaps(about=about)),
            ["id", "what", "source", "quote", "supposed"],
            form,
        )


def _gap_row(node: Node, gap: Gap) -> Row:
    claim = node.claim(gap.claim)
    supposed = [node.claim(id_) for id_ in gap.supposed]
    return {
        "id": claim.id,
        "document": claim.document,
        "start": claim.span.start,
        "end": claim.span.end,
        "what": gap.kind,
        "source": claim.root.source_text or claim.publisher,
        "quote": " ".join(claim.quote.split()),
        "supposed": [" ".join(each.quote.split()) for each in supposed],
        "supposed_ids": list(gap.supposed),
    }
