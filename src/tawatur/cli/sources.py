"""The commands on sources: what each said, what became of it, and which letter it is given."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated

import typer

from tawatur.cli.event_rows import cited
from tawatur.cli.output import listing
from tawatur.cli.shapes import SourceShape, TallyShape
from tawatur.cli.shared import LANGUAGE, Form, Format, Reverse, Why, opened
from tawatur.cli.shared import translate as _
from tawatur.i18n import said
from tawatur.model.grade import GRADED, Reliability
from tawatur.model.ids import ClaimId
from tawatur.model.reading import EventType, SourceKind
from tawatur.node import Cited, Node, SourceLine, SourceView
from tawatur.node.judging.asked_sources import AskedSources, SourceOrder

SourceId = Annotated[str, typer.Argument(help=_("The source's id, or the beginning of it."))]


def sources(
    about: Annotated[str, typer.Option("--about", help=_("Words that its name must hold."))] = "",
    kind: Annotated[
        SourceKind | None, typer.Option("--kind", help=_("Only those of this kind."))
    ] = None,
    subject: Annotated[
        EventType | None,
        typer.Option("--subject", help=_("Only those that an event of this type goes back to.")),
    ] = None,
    grade: Annotated[
        Reliability | None,
        typer.Option("--grade", help=_("Only outlets, bodies and documents with this letter.")),
    ] = None,
    sort: Annotated[
        SourceOrder,
        typer.Option(
            "--sort",
            help=_(
                "By what they are sorted: numbers from the greatest down; people behind, by name."
            ),
        ),
    ] = SourceOrder.NAME,
    reverse: Reverse = False,
    form: Form = Format.TABLE,
) -> None:
    asked = AskedSources(about, kind, subject, grade, sort, reverse)
    with opened("sources") as node:
        found = _table(node, asked) if form is Format.TABLE else _data(node, asked)
        listing(
            found,
            ["id", "kind", "grade", "claims", "root_of", "confirmed", "contradicted", "name"],
            form,
        )


def _table(node: Node, asked: AskedSources) -> Iterable[TallyShape]:
    return map(_table_row, node.sources.lines(asked))


def _data(node: Node, asked: AskedSources) -> Iterable[SourceShape]:
    found = node.sources.all(asked)
    claims = node.cited({claim for view in found for claim in view.record.claims})
    return (source_row(view, claims) for view in found)


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


def _table_row(line: SourceLine) -> TallyShape:
    """Return a source in a table; of a person nothing is counted that could be sorted by."""
    source, tally = line.source, line.tally
    counted = source.kind in GRADED
    return {
        "id": source.id,
        "kind": source.kind,
        "grade": line.letter,
        "claims": tally.claims if counted else None,
        "root_of": tally.cases if counted else None,
        "confirmed": tally.confirmed if counted else None,
        "contradicted": tally.contradicted if counted else None,
        "name": source.name,
    }


def source_row(view: SourceView, claims: Mapping[ClaimId, Cited]) -> SourceShape:
    """Return the row of one source in data, with the ``claims`` that it cites."""
    record, line = view.record, view.line
    subjects = Counter(case.subject for case in record.cases)
    return {
        **_table_row(line),
        "grade_why": list(line.grade.why) if line.grade else [],
        "grade_table": line.grade.table if line.grade else None,
        "ruling": line.ruling.id if line.ruling else None,
        "ruling_why": line.ruling.why if line.ruling else None,
        "subjects": {s.value: subjects[s] for s in sorted(subjects)}
        if record.source.kind in GRADED
        else None,
        "claim_ids": list(record.claims),
        "confirmed_ids": [id_ for case in record.cases if case.confirmed_by for id_ in case.claims],
        "contradicted_ids": [
            id_ for case in record.cases if case.contradicted_by for id_ in case.claims
        ],
        "names": list(record.source.names),
        "cited": [cited(claims[each]) for each in record.claims if each in claims],
    }


def _lines(node: Node, view: SourceView) -> Iterator[str]:
    """Yield what is known of one source: its letter, then what it said and what became of it."""
    record = view.record
    yield f"{record.source.id}  {record.source.name} ({_(record.source.kind.value)})"
    yield from _grade_lines(view.line)
    for case in record.cases:
        yield ""
        yield f"{case.event}  {_(case.subject.value)}"
        yield from _claim_lines(node, case.claims)
        yield from _under(node, _("confirmed by"), case.confirmed_by)
        yield from _under(node, _("contradicted by"), case.contradicted_by)
    own = {id_ for case in record.cases for id_ in case.claims}
    others = [id_ for id_ in record.claims if id_ not in own]
    yield from _under(node, _("passed on from others"), others)


def _grade_lines(line: SourceLine) -> Iterator[str]:
    if line.ruling is not None:
        letter = line.ruling.letter
        yield _("{0}, {1}: {2}").format(letter.value, _(letter.meaning), line.ruling.why)
        if line.ruling.expires is not None:
            yield _("held for {0}, until {1}").format(
                line.ruling.purpose, line.ruling.expires.date().isoformat()
            )
    if line.grade is not None:
        letter = line.grade.reliability
        yield _("worked out by {0}: {1}, {2}").format(
            line.grade.table, letter.value, _(letter.meaning)
        )
        yield from ("  " + said(reason, _) for reason in line.grade.why)


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
