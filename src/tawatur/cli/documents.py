"""The commands on one document: show it, bring parts of it back, say what its words are."""

import json
from typing import Annotated

import typer

from tawatur.cli.document_rows import document_lines, document_object
from tawatur.cli.post_rows import unproven_line
from tawatur.cli.shared import Form, Format, opened
from tawatur.cli.shared import translate as _
from tawatur.errors import UsageError
from tawatur.model.marking import MarkedAs
from tawatur.model.reading import EntityType
from tawatur.node.judging.notes import place_in

DocumentId = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help=_("The document's id, or the beginning of it."))
]
WhyNot = Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))]
Words = Annotated[
    str | None, typer.Argument(metavar="WORDS", help=_("The very words of the text."))
]
At = Annotated[
    int | None,
    typer.Option(
        "--at",
        min=0,
        help=_("The character at which they begin, where they stand in several places."),
    ),
]


def document(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    rendition: Annotated[
        str | None,
        typer.Option("--text", help=_("The id of one of its older texts, to show that one.")),
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    if form is Format.CSV:
        raise UsageError("one document is no table; give json or jsonl")
    with opened("document") as node:
        view = node.document(id, rendition=rendition)
        unproven = node.incoming.unproven(view.line.id)
        if form is Format.TABLE:
            for line in document_lines(view, _):
                typer.echo(line)
            for sender, originator in unproven:
                typer.echo(unproven_line(sender, originator))
        else:
            indent = 1 if form is Format.JSON else None
            typer.echo(
                json.dumps(document_object(view, unproven), ensure_ascii=False, indent=indent)
            )


def restore(
    document: DocumentId,
    parts: Annotated[list[int], typer.Argument(metavar="N...", min=1, help=_("Their numbers."))],
    undo: Annotated[
        bool, typer.Option("--undo", help=_("Leave them out again: they are no content."))
    ] = False,
    why: WhyNot = None,
) -> None:
    with opened("restore") as node:
        view = node.restore(document, parts, why=why, undo=undo)
        shown = _("{0}: {1} parts left out, {2} claims")
        left_out = sum(part.left_out for part in view.parts)
        typer.echo(shown.format(view.line.id, left_out, len(view.claims)))


def leave_out(
    document: DocumentId,
    start: Annotated[
        int, typer.Argument(metavar="FROM", min=0, help=_("The first character, from 0."))
    ],
    end: Annotated[
        int, typer.Argument(metavar="TO", min=1, help=_("The character behind the last."))
    ],
    why: WhyNot = None,
) -> None:
    with opened("leave-out") as node:
        view = node.leave_out(document, start, end, why=why)
        words = " ".join(view.extraction.text[start:end].split())
        typer.echo(_("{0}: left out: {1}").format(view.line.id, words))


def gloss(
    document: Annotated[
        str | None,
        typer.Argument(metavar="DOCUMENT", help=_("The document's id, or the beginning of it.")),
    ] = None,
    words: Words = None,
    note: Annotated[
        str | None, typer.Option("--note", help=_("What is to be read beside them."))
    ] = None,
    at: At = None,
    withdraw: Annotated[
        str | None, typer.Option("--withdraw", help=_("The id of a note, to take it back."))
    ] = None,
    why: WhyNot = None,
) -> None:
    if withdraw is not None:
        with opened("gloss") as node:
            line = node.withdraw_gloss(withdraw, why=why)
        typer.echo(_("{0}: withdrawn").format(line.gloss.id))
        return
    if document is None or words is None or note is None:
        raise UsageError("give a document, words of it and --note, or a note to --withdraw")
    with opened("gloss") as node:
        line = node.gloss(document, words, note, at=at)
    shown = _("{0}: on characters {1} to {2}")
    typer.echo(shown.format(line.gloss.id, line.gloss.span.start, line.gloss.span.end))


def mark(
    document: DocumentId,
    words: Words = None,
    type: Annotated[
        EntityType | None, typer.Option("--type", help=_("They are a name of this kind."))
    ] = None,
    like: Annotated[
        str | None,
        typer.Option("--same-as", help=_("Other words of the text that name the same one.")),
    ] = None,
    when: Annotated[
        str | None, typer.Option("--when", help=_("They tell this time, EDTF."))
    ] = None,
    at: At = None,
    withdraw: Annotated[
        str | None,
        typer.Option("--withdraw", help=_("The id of a mark, or of an unmark, to take it back.")),
    ] = None,
    why: WhyNot = None,
) -> None:
    with opened("mark") as node:
        if withdraw is not None:
            node.markings.withdraw(document, withdraw, why=why)
            typer.echo(_("{0}: withdrawn").format(withdraw))
            return
        if words is None or (type is None) is (when is None):
            raise UsageError("give words of the document and either --type or --when")
        view = node.document(document)
        span = place_in(view, words, at)
        if type is None:
            made = node.markings.time(view.line.id, span, when or "")
        else:
            same = place_in(view, like) if like is not None else None
            made = node.markings.name(view.line.id, span, type, like=same)
    shown = _("{0}: on characters {1} to {2}")
    typer.echo(shown.format(made.id, made.span.start, made.span.end))


def unmark(
    document: DocumentId,
    words: Annotated[str, typer.Argument(metavar="WORDS", help=_("The very words of the text."))],
    marked_as: Annotated[
        MarkedAs | None, typer.Option("--as", help=_("As what they are marked."))
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help=_("Wherever the same words stand in the text."))
    ] = False,
    at: At = None,
    why: WhyNot = None,
) -> None:
    with opened("unmark") as node:
        view = node.document(document)
        span = place_in(view, words, at, any_of_them=everywhere)
        made = node.markings.unmark(
            view.line.id, span, marked_as=marked_as, everywhere=everywhere, why=why
        )
    shown = _("{0}: on characters {1} to {2}")
    typer.echo(shown.format(made.id, made.span.start, made.span.end))
