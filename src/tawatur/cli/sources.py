"""The commands on sources: what each said, what became of it, and which letter it is given."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated

import typer

from tawatur.cli.event_rows import cited
from tawatur.cli.shapes import SourceShape
from tawatur.cli.shared import LANGUAGE, Form, Format, Why, listing, opened
from tawatur.cli.shared import translate as _
from tawatur.i18n import said
from tawatur.model.grade import GRADED, Case, Reliability
from tawatur.model.ids import ClaimId
from tawatur.node import Cited, Node, SourceView

SourceId = Annotated[str, typer.Argument(help=_("The source's id, or the beginning of it."))]


def sources(form: Form = Format.TABLE) -> None:
    with opened("sources") as node:
        found = node.sources.all()
        told = {claim for view in found for claim in view.record.claims}
        claims = node.cited(told) if form is not Format.TABLE else {}
        listing(
            (source_row(view, claims) for view in found),
            ["id", "kind", "grade", "claims", "root_of", "confirmed", "contradicted", "name"],
            form,
        )


def source(source: SourceId) -> None:
    with opened("source") as node:
        for line in _lines(node, node.sources.one(source)):
            typer.echo(line)


def grade(
    source: SourceId,
    letter: Annotated[Reliability, typer.Argument(help=_("A to F, of the Admiralty code."))],
    why: Why,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help=_("Of a person: why it is held."))
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help=_("Of a person: until when.")),
    ] = None,
) -> None:
    until = expires.replace(tzinfo=UTC) if expires else None
    with opened("grade") as node:
        ruling = node.sources.grade(source, letter, why, purpose=purpose, expires=until)
        typer.echo(f"{ruling.id}: {said(ruling.sentence(()), _)}")


def source_row(view: SourceView, claims: Mapping[ClaimId, Cited]) -> SourceShape:
    """Return the row of one source; of a person nothing is counted that could be sorted by.

    Args:
        view: The source.
        claims: Those that data cite, none for a table.
    """
    record = view.record
    confirmed, contradicted = _confirmed(record.cases), _contradicted(record.cases)
    counted = record.source.kind in GRADED
    subjects = Counter(case.subject for case in record.cases)
    return {
        "id": record.source.id,
        "kind": record.source.kind,
        "grade": view.letter,
        "grade_why": list(view.grade.why) if view.grade else [],
        "grade_table": view.grade.table if view.grade else None,
        "ruling": view.ruling.id if view.ruling else None,
        "ruling_why": view.ruling.why if view.ruling else None,
        "claims": len(record.claims) if counted else None,
        "root_of": len(record.cases) if counted else None,
        "confirmed": len(confirmed) if counted else None,
        "contradicted": len(contradicted) if counted else None,
        "subjects": {s.value: subjects[s] for s in sorted(subjects)} if counted else None,
        "claim_ids": list(record.claims),
        "confirmed_ids": [id_ for case in confirmed for id_ in case.claims],
        "contradicted_ids": [id_ for case in contradicted for id_ in case.claims],
        "names": list(record.source.names),
        "name": record.source.name,
        "cited": [cited(claims[each]) for each in record.claims if each in claims],
    }


def _lines(node: Node, view: SourceView) -> Iterator[str]:
    """Yield what is known of one source: its letter, then what it said and what became of it."""
    record = view.record
    yield f"{record.source.id}  {record.source.name} ({_(record.source.kind.value)})"
    yield from _grade_lines(view)
    for case in record.cases:
        yield ""
        yield f"{case.event}  {_(case.subject.value)}"
        yield from _claim_lines(node, case.claims)
        yield from _under(node, _("confirmed by"), case.confirmed_by)
        yield from _under(node, _("contradicted by"), case.contradicted_by)
    own = {id_ for case in record.cases for id_ in case.claims}
    yield from _under(node, _("passed on"), [id_ for id_ in record.claims if id_ not in own])


def _grade_lines(view: SourceView) -> Iterator[str]:
    if view.ruling is not None:
        letter = view.ruling.letter
        yield _("{0}, {1}: {2}").format(letter.value, _(letter.meaning), view.ruling.why)
        if view.ruling.expires is not None:
            yield _("held for {0}, until {1}").format(
                view.ruling.purpose, view.ruling.expires.date().isoformat()
            )
    if view.grade is not None:
        letter = view.grade.reliability
        yield _("worked out by {0}: {1}, {2}").format(
            view.grade.table, letter.value, _(letter.meaning)
        )
        yield from ("  " + said(reason, _) for reason in view.grade.why)


def _under(node: Node, head: str, claims: Iterable[ClaimId]) -> Iterator[str]:
    lines = list(_claim_lines(node, claims))
    if lines:
        yield f"  {head}"
        yield from (f"  {line}" for line in lines)


def _claim_lines(node: Node, claims: Iterable[ClaimId]) -> Iterator[str]:
    for id_ in claims:
        claim = node.claim(id_)
        quote = " ".join(claim.quote.split())
        yield f"  {id_}  {node.in_words(claim, LANGUAGE)} «{quote}»"


def _confirmed(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.confirmed_by]


def _contradicted(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.contradicted_by]
