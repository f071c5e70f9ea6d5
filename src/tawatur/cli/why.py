"""The command that says what something worked out came from."""

from collections.abc import Iterator
from typing import Annotated

import typer

from tawatur.cli.event_rows import cited, one_line
from tawatur.cli.output import listing
from tawatur.cli.shapes import WhyShape
from tawatur.cli.shared import Form, Format, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.i18n import Translate, said
from tawatur.node import Because


def why(
    id: Annotated[
        str,
        typer.Argument(
            help=_(
                "The id of an event, conflict, entity, source, claim, gap or explanation; "
                "of a root, v-8k2m/2; of a relation, e-7k2m/1."
            )
        ),
    ],
    form: Form = Format.TABLE,
) -> None:
    if form is Format.CSV:
        raise UsageError("an answer is no table; give json or jsonl")
    with opened("why") as node:
        found = node.why(id)
        if form is Format.TABLE:
            for line in _lines(found, _):
                typer.echo(line)
        else:
            listing([row(found)], [], form)


def row(found: Because) -> WhyShape:
    """Return what something came from, as data have it."""
    return {
        "id": found.id,
        "kind": found.kind,
        "rules": [{"name": each.name, "version": each.version} for each in found.rules],
        "grounds": [{"why": each.why, "claim": each.claim} for each in found.grounds],
        "judgements": [
            {
                "entry": each.entry,
                "claim": each.claim,
                "verdict": each.verdict,
                "by": each.by,
                "why": each.why,
            }
            for each in found.judgements
        ],
        "rulings": [
            {
                "id": each.ruling.id,
                "by": each.by,
                "ruling": each.ruling.sentence(each.words),
                "why": each.ruling.why,
            }
            for each in found.rulings
        ],
        "cited": [cited(each) for each in found.claims],
    }


def _lines(found: Because, _: Translate) -> Iterator[str]:
    yield f"{found.id}  {_(found.kind.value)}"
    for rule in found.rules:
        yield _("by the rule {0}, version {1}").format(rule.name, rule.version)
    for ground in found.grounds:
        yield "  " + (f"{ground.claim}: " if ground.claim else "") + said(ground.why, _)
    for each in found.judgements:
        reason = f": {each.why}" if each.why else ""
        yield f"{each.claim}: {_(each.verdict.value)} ({each.by}){reason}"
    for ruled in found.rulings:
        sentence = said(ruled.ruling.sentence(ruled.words), _)
        yield f"{ruled.ruling.id}: {sentence} ({ruled.by}): {ruled.ruling.why}"
    for one in found.claims:
        claim = one.claim
        where = f"{one.file}:{claim.span.start}-{claim.span.end}"
        yield f"{claim.id}  {where}  «{one_line(claim.quote)}»"
