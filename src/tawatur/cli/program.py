"""The commands of ``tawatur``: translate between people and a node, and hold no rules.

Exit status: 0 done; 1 refused or wrong, one line says why; 2 not asked rightly;
3 some files were refused, or not read by the language model asked for; the rest was taken.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tawatur import __version__
from tawatur.cli import figures, rows, watching
from tawatur.cli.output import Format, Row, write_rows
from tawatur.errors import Message, TawaturError, UsageError, system_message
from tawatur.i18n import preferred, said, translator
from tawatur.model.claim import Status, Verdict
from tawatur.model.desk import CommitmentStatus, RequestStatus
from tawatur.model.reading import EventType, Modality, Polarity
from tawatur.node import Incoming, Node, Readers, Refusal, Spent, brief_files, files

DONE, WRONG, USAGE, SOME_REFUSED = 0, 1, 2, 3

_LANGUAGE = preferred()
_ = translator(_LANGUAGE)

app = typer.Typer(
    help=_(
        "Who really said what, how many independent sources stand behind it, and what became of it."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)
commitment_app = typer.Typer(
    help=_("Note a commitment, or what became of one."), no_args_is_help=True
)
request_app = typer.Typer(help=_("Note a request, or what became of one."), no_args_is_help=True)
partner_app = typer.Typer(
    help=_("Partners: exchange cards and compare fingerprints."), no_args_is_help=True
)
app.add_typer(commitment_app, name="commitment")
app.add_typer(request_app, name="request")
app.add_typer(partner_app, name="partner")


class _State:
    """What the options before the command said."""

    node: Path = Path()


Form = Annotated[Format, typer.Option("--format", "-f", help=_("How the listing is written."))]
About = Annotated[str | None, typer.Option("--about", help=_("Words that it must hold."))]
Since = Annotated[
    str | None,
    typer.Option("--since", help=_("From this date on: 2021, 2021-03 or 2021-03-31.")),
]
Until = Annotated[str | None, typer.Option("--until", help=_("Up to this date."))]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=0, max=256, help=_("Processes that read; 0 for as many as usual.")
    ),
]
ReadBy = Annotated[
    Readers,
    typer.Option(
        "--reader",
        help=_("Who reads: the built-in rules, the language model in the settings, or both."),
    ),
]
Why = Annotated[str, typer.Option("--why", help=_("The reason, for the record."))]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    node: Annotated[
        Path,
        typer.Option(
            "--node",
            "-n",
            envvar="TAWATUR_NODE",
            help=_("The node's folder; the current one unless told."),
        ),
    ] = Path(),
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=_("Show the version and end.")
        ),
    ] = False,
) -> None:
    _State.node = node


# ------------------------------------------------------------ a node, and what goes in


@app.command(
    help=_(
        "Make a node in a new or empty folder.\n\nExample: tawatur init archive --name 'Joint committee'"
    )
)
def init(
    folder: Annotated[Path, typer.Argument(help=_("The folder to make."))],
    name: Annotated[str | None, typer.Option("--name", help=_("The organisation's name."))] = None,
) -> None:
    with Node.init(folder, name=name) as node:
        typer.echo(_("made the node {0} ({1}) in {2}").format(node.name, node.id, folder))


@app.command(
    help=_(
        "Take in reports: files, folders, addresses, or - for standard input.\n\nExample: tawatur add reports/ page.html --purpose 'border incidents' --expires 2030-12-31\n\nAddresses (https://…) are fetched where the settings allow the network."
    )
)
def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help=_("Files, folders or addresses, or -."))
    ],
    purpose: Annotated[
        str | None, typer.Option("--purpose", help=_("Why the personal data in them is held."))
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help=_("When it must be erased.")),
    ] = None,
    reader: ReadBy = Readers.RULES,
    jobs: Jobs = 0,
) -> None:
    until = expires.replace(tzinfo=UTC) if expires else None
    with _node("add") as node, _bar(_("taking in")) as bar:
        summary = node.add(
            _things(paths, node),
            purpose=purpose,
            expires=until,
            readers=reader,
            processes=jobs or None,
            progress=bar.done,
            spending=bar.spent,
        )
    for refusal in summary.refused:
        _complain(_("refused {0}: {1}").format(refusal.name, said(refusal.why, _)))
    counts = (len(summary.taken), len(summary.held), len(summary.refused))
    typer.echo(_("{0} taken, {1} already held, {2} refused").format(*counts))
    _account(bar.last, summary.unread)
    if summary.refused or summary.unread:
        raise typer.Exit(SOME_REFUSED)


@app.command(
    help=_(
        "Follow a feed (RSS, Atom): the page of every new entry is fetched and taken in.\n\nExamples: tawatur watch https://news.example/feed --every 30m; in a crontab: tawatur watch https://news.example/ --once\n\nThe settings must allow the network. Ctrl-C ends it."
    )
)
def watch(
    feed: Annotated[
        str,
        typer.Argument(
            metavar="FEED", help=_("Address of the feed, or of a page that names its feed.")
        ),
    ],
    every: Annotated[
        str, typer.Option("--every", help=_("Pause between two looks: 90s, 15m, 2h, 1d."))
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help=_("Look once and end."))] = False,
    purpose: Annotated[
        str | None, typer.Option("--purpose", help=_("Why the personal data in them is held."))
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help=_("When it must be erased.")),
    ] = None,
) -> None:
    pause, until = watching.pause_of(every), expires.replace(tzinfo=UTC) if expires else None
    with _node("watch") as node:
        followed = node.watch(feed, purpose=purpose, expires=until)
        if not once:
            watching.follow(followed, pause, typer.echo, _complain, _)
        elif not watching.one_round(followed, typer.echo, _complain, _):
            raise typer.Exit(SOME_REFUSED)


@app.command(
    help=_(
        "Read files without a node and write the reading format.\n\nExample: tawatur read *.txt --out readings\n\nA language model is named by TAWATUR_LLM_ADDRESS and TAWATUR_LLM_MODEL."
    )
)
def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=_("Files or folders."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The folder to write to."))],
    weigh: Annotated[
        bool, typer.Option("--weigh", help=_("Look for conflicts within each document."))
    ] = False,
    reader: ReadBy = Readers.RULES,
    jobs: Jobs = 0,
) -> None:
    count, refused, unread = 0, 0, list[Refusal]()
    with ExitStack() as stack:
        asking = None
        if reader is not Readers.RULES:
            asking = stack.enter_context(closing(files.model_of(os.environ)))
        with _writing(out):
            out.mkdir(parents=True, exist_ok=True)
        bar = stack.enter_context(_bar(_("reading")))
        processes = jobs or min(4, os.cpu_count() or 1)
        for outcome in files.read_files(
            paths, weighed=weigh, processes=processes, readers=reader, asking=asking
        ):
            if isinstance(outcome, Refusal):
                refused += 1
                _complain(_("refused {0}: {1}").format(outcome.name, said(outcome.why, _)))
            else:
                with _writing(out):
                    files.write_reading(outcome, out)
                count += 1
                if outcome.unread:
                    unread.append(Refusal(outcome.name, outcome.unread))
            bar.done(count + refused, None, outcome.name)
            if asking:
                bar.spent(asking.spent)
    typer.echo(_("{0} read, {1} refused").format(count, refused))
    _account(bar.last, unread)
    if refused or unread:
        raise typer.Exit(SOME_REFUSED)


# ------------------------------------------------------------ listings


@app.command(help=_("How much the node holds, and what waits."))
def status(form: Form = Format.TABLE) -> None:
    with _node("status") as node:
        _list(rows.overview(node), ["what", "count"], form)


@app.command(help=_("List the documents, last taken in first."))
def documents(form: Form = Format.TABLE) -> None:
    with _node("documents") as node:
        _list(
            map(rows.document, node.documents()),
            ["id", "language", "published", "claims", "title"],
            form,
        )


@app.command(help=_("Show one document: how it came, what it is, what was left out."))
def document(id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))]) -> None:
    with _node("document") as node:
        for line in rows.document_lines(node.document(id), _):
            typer.echo(line)


@app.command(
    help=_(
        "List claims: what is said, by whom.\n\nExample: tawatur claims --about ransom --format jsonl"
    )
)
def claims(
    about: About = None,
    document: Annotated[
        str | None, typer.Option("--document", help=_("Only of this document."))
    ] = None,
    status: Annotated[
        Status | None, typer.Option("--status", help=_("Only of this status."))
    ] = None,
    since: Since = None,
    until: Until = None,
    form: Form = Format.TABLE,
) -> None:
    with _node("claims") as node:
        found = node.claims(about=about, document=document, status=status, since=since, until=until)
        _list(
            map(rows.claim, found),
            ["id", "status", "polarity", "modality", "type", "when", "source", "quote"],
            form,
        )


@app.command(
    help=_(
        "Show through whom a claim came, link by link, and where it stands.\n\nExample: tawatur chain c-4r1k"
    )
)
def chain(
    claim: Annotated[str, typer.Argument(help=_("The claim's id, or the beginning of it."))],
) -> None:
    with _node("chain") as node:
        for line in rows.chain_lines(node, node.claim(claim), _LANGUAGE, _):
            typer.echo(line)


@app.command(help=_("List events with how many independent roots stand behind each."))
def events(
    about: About = None, since: Since = None, until: Until = None, form: Form = Format.TABLE
) -> None:
    with _node("events") as node:
        found = node.events(about=about, since=since, until=until)
        _list(
            map(rows.event, found),
            ["id", "type", "when", "roots", "documents", "claims", "headline"],
            form,
        )


@app.command(help=_("List the independent roots behind one event, with the reasons."))
def event(id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))]) -> None:
    with _node("event") as node:
        for line in rows.event_lines(node, node.event(id), _LANGUAGE, _):
            typer.echo(line)


@app.command(help=_("List claims that contradict each other, each pair with the reason."))
def conflicts(about: About = None, form: Form = Format.TABLE) -> None:
    with _node("conflicts") as node:
        _list(
            (rows.conflict(node, c) for c in node.conflicts(about=about)),
            ["id", "kind", "a", "b", "why"],
            form,
        )


@app.command(help=_("List who and what is named, by name."))
def entities(form: Form = Format.TABLE) -> None:
    with _node("entities") as node:
        _list(map(rows.entity, node.entities()), ["id", "type", "documents", "names"], form)


@app.command(
    help=_("Find documents that hold all the words.\n\nExample: tawatur search الحدود المشتركة")
)
def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORD...", help=_("Words; article and plural do not matter.")),
    ],
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=_("So many documents at most."))
    ] = 50,
    form: Form = Format.TABLE,
) -> None:
    with _node("search") as node:
        found = node.search(" ".join(words), limit=limit)
        _list(map(rows.hit, found), ["document", "title", "extract"], form)


@app.command(
    help=_(
        "Write a brief: what is told, by whom, through whom, with a link to the very words.\n\nExample: tawatur brief --about ransom --since 2021 -o brief.html"
    )
)
def brief(
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file: .html or .md."))],
    about: About = None,
    since: Since = None,
    until: Until = None,
    language: Annotated[
        str | None, typer.Option("--language", help=_("ar, fr or en; yours unless told."))
    ] = None,
) -> None:
    with _node("brief") as node:
        made = node.brief(
            about=about,
            since=since,
            until=until,
            language=preferred(given=language or node.settings.language),
        )
        for path in brief_files.write_brief(made, out):
            typer.echo(_("wrote {0}").format(path))


# ------------------------------------------------------------ what people decide

ClaimId = Annotated[str, typer.Argument(help=_("The claim's id, or the beginning of it."))]


@app.command(help=_("Accept a claim as it was read."))
def accept(
    claim: ClaimId,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    with _node("accept") as node:
        _judged(node.judge(claim, Verdict.ACCEPT, why=why).id, Status.ACCEPTED)


@app.command(help=_("Reject a claim: it is not what the text says."))
def reject(
    claim: ClaimId,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    with _node("reject") as node:
        _judged(node.judge(claim, Verdict.REJECT, why=why).id, Status.REJECTED)


@app.command(
    help=_(
        "Correct what was read of a claim.\n\nExample: tawatur correct c-4r1k --polarity denied --when 2021-03"
    )
)
def correct(
    claim: ClaimId,
    source: Annotated[
        str | None, typer.Option("--source", help=_("Whose word it is, as the text names it."))
    ] = None,
    polarity: Annotated[
        Polarity | None,
        typer.Option("--polarity", help=_("Whether the text says that it is so.")),
    ] = None,
    modality: Annotated[
        Modality | None, typer.Option("--modality", help=_("As what it is said."))
    ] = None,
    event_type: Annotated[
        EventType | None, typer.Option("--type", help=_("What kind of thing happened."))
    ] = None,
    when: Annotated[
        str | None, typer.Option("--when", help=_("When it happened, as a date."))
    ] = None,
    gist: Annotated[
        str | None, typer.Option("--gist", help=_("What it says, in a sentence of yours."))
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help=_("The reason, for the record."))] = None,
) -> None:
    given = {
        "source": source,
        "polarity": polarity,
        "modality": modality,
        "event_type": event_type,
        "when": when,
        "gist": gist,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise UsageError("say what is otherwise, for example --polarity denied")
    with _node("correct") as node:
        _judged(node.judge(claim, Verdict.CORRECT, why=why, **changes).id, Status.CORRECTED)


def _judged(claim: str, status: Status) -> None:
    typer.echo(f"{claim}: {_(status)}")


# ------------------------------------------------------------ the desk


@commitment_app.command(
    "add",
    help=_(
        "Note who promised what.\n\nExample: tawatur commitment add 'send a battalion' --by Banzura --due 2021-03"
    ),
)
def commitment_add(
    what: Annotated[str, typer.Argument(help=_("What was promised."))],
    by: Annotated[str, typer.Option("--by", help=_("Who promised."))],
    to: Annotated[str | None, typer.Option("--to", help=_("To whom."))] = None,
    due: Annotated[str | None, typer.Option("--due", help=_("By when, as a date."))] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option("--claim", help=_("A claim that says so; may be repeated.")),
    ] = None,
) -> None:
    with _node("commitment add") as node:
        typer.echo(node.commit(by=by, what=what, to=to, due=due, claims=claim or ()).id)


@commitment_app.command(
    "close",
    help=_(
        "Record what became of a commitment.\n\nExample: tawatur commitment close k-7d2m --as kept --why 'seen in the report of May'"
    ),
)
def commitment_close(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    as_: Annotated[CommitmentStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
) -> None:
    with _node("commitment close") as node:
        changed = node.change_commitment(id, as_, why=why)
        typer.echo(f"{changed.id}: {_(changed.status)}")


@app.command(help=_("List commitments, overdue ones first."))
def commitments(form: Form = Format.TABLE) -> None:
    with _node("commitments") as node:
        today = datetime.now(UTC).date()
        found = (rows.commitment(c, today) for c in node.commitments())
        _list(found, ["id", "status", "due", "by", "to", "what"], form)


@request_app.command(
    "add",
    help=_(
        "Note who asked whom for what.\n\nExample: tawatur request add 'jamming devices' --by Delmassa --to Lusmara --since 2019-09"
    ),
)
def request_add(
    what: Annotated[str, typer.Argument(help=_("What is asked for."))],
    by: Annotated[str, typer.Option("--by", help=_("Who asks."))],
    to: Annotated[str, typer.Option("--to", help=_("Who is asked."))],
    since: Annotated[
        str | None, typer.Option("--since", help=_("Since when; today unless told."))
    ] = None,
    needed_by: Annotated[
        str | None, typer.Option("--needed-by", help=_("By when it is needed."))
    ] = None,
    next_step: Annotated[
        str | None, typer.Option("--next", help=_("Who owes the next step."))
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option("--claim", help=_("A claim that says so; may be repeated.")),
    ] = None,
) -> None:
    with _node("request add") as node:
        made = node.ask(
            by=by,
            to=to,
            what=what,
            since=since,
            needed_by=needed_by,
            next_step=next_step,
            claims=claim or (),
        )
        typer.echo(made.id)


@request_app.command("close", help=_("Record what became of a request."))
def request_close(
    id: Annotated[str, typer.Argument(help=_("Its id, or the beginning of it."))],
    as_: Annotated[RequestStatus, typer.Option("--as", help=_("What became of it."))],
    why: Why,
) -> None:
    with _node("request close") as node:
        changed = node.change_request(id, as_, why=why)
        typer.echo(f"{changed.id}: {_(changed.status)}")


@app.command(help=_("List requests, the longest waiting first."))
def requests(form: Form = Format.TABLE) -> None:
    with _node("requests") as node:
        today = datetime.now(UTC).date()
        found = (rows.request(r, today) for r in node.requests())
        _list(found, ["id", "status", "waiting", "by", "to", "next", "what"], form)


# ------------------------------------------------------------ neighbours


@partner_app.command(
    "card",
    help=_(
        "Write this node's card, to hand to a partner.\n\nExample: tawatur partner card -o ours.card"
    ),
)
def partner_card(
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with _node("partner card") as node:
        with _writing(out):
            out.write_bytes(node.sealed_card())
        typer.echo(_("wrote {0}").format(out))
        typer.echo(
            _("fingerprint, to compare over another channel: {0}").format(
                node.fingerprint(node.card)
            )
        )


@partner_app.command(
    "add", help=_("Add the partner whose card this is, after comparing fingerprints.")
)
def partner_add(card: Annotated[Path, typer.Argument(help=_("The card's file."))]) -> None:
    with _node("partner add") as node:
        added = node.add_partner(_bytes(card))
        typer.echo(_("{0} ({1}) is a partner now").format(added.name, added.id))
        typer.echo(
            _("fingerprint, to compare over another channel: {0}").format(node.fingerprint(added))
        )


@app.command(help=_("List the partners."))
def partners(form: Form = Format.TABLE) -> None:
    with _node("partners") as node:
        found = (
            {"id": c.id, "name": c.name, "fingerprint": node.fingerprint(c)}
            for c in node.partners().values()
        )
        _list(found, ["id", "name", "fingerprint"], form)


@app.command(
    help=_(
        "Hand one item to one partner, as a signed file.\n\nExample: tawatur release d-9x2k --to 'Joint staff' -o item.release"
    )
)
def release(
    item: Annotated[str, typer.Argument(help=_("A document, claim, commitment or request."))],
    to: Annotated[str, typer.Option("--to", help=_("The partner's name or id."))],
    out: Annotated[Path, typer.Option("--out", "-o", help=_("The file to write."))],
) -> None:
    with _node("release") as node:
        sealed = node.release(item, to)
        with _writing(out):
            out.write_bytes(sealed)
        typer.echo(_("wrote {0}").format(out))


@app.command(help=_("Take in an item that a partner released to this node."))
def receive(file: Annotated[Path, typer.Argument(help=_("The file."))]) -> None:
    with _node("receive") as node:
        received = node.receive(_bytes(file))
        if received.already:
            typer.echo(_("held already, from {0}").format(received.sender))
        else:
            typer.echo(_("{0} {1} from {2}").format(_(received.kind), received.id, received.sender))


# ------------------------------------------------------------ care


@app.command(
    help=_(
        "Erase a document or an item of the desk, everywhere in this node.\n\nExample: tawatur erase d-9x2k --why 'taken in by mistake'"
    )
)
def erase(
    id: Annotated[str, typer.Argument(help=_("Its id."))],
    why: Why,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> None:
    if not yes and sys.stdin.isatty():
        typer.confirm(_("Erase {0} for good?").format(id), abort=True)
    with _node("erase") as node:
        erased = node.erase(id, why=why)
        typer.echo(_("erased {0} entries, recorded as {1}").format(erased.entries, erased.entry))


@app.command(
    help=_(
        "Recompute everything that is signed.\n\nExample: tawatur verify --against checkpoint.txt"
    )
)
def verify(
    against: Annotated[
        Path | None, typer.Option("--against", help=_("A checkpoint noted earlier."))
    ] = None,
) -> None:
    with _node("verify") as node:
        note = _bytes(against).decode("utf-8", "replace") if against else None
        verified = node.verify(against=note)
        typer.echo(_("{0} entries, {1} contents: whole").format(verified.size, verified.blobs))
        for line in rows.erased_lines(node, verified, _):
            typer.echo(line)


@app.command(help=_("Print the log's latest signed checkpoint, to be kept elsewhere."))
def checkpoint() -> None:
    with _node("checkpoint") as node:
        typer.echo(node.ledger.checkpoint(), nl=False)


@app.command(help=_("Throw everything derived away and work it out again."))
def rebuild() -> None:
    with _node("rebuild") as node, _bar(_("rebuilding")) as bar:
        node.rebuild(progress=bar.done)
    typer.echo(_("rebuilt"))


@app.command(
    help=_(
        "Read again what this version of a reader has not read; judgements stay.\n\nExample: tawatur reread --reader both"
    )
)
def reread(
    reader: ReadBy = Readers.RULES,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", help=_("Only this document; may be repeated.")),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help=_("Also what this version has read already.")),
    ] = False,
) -> None:
    with _node("reread") as node, _bar(_("reading")) as bar:
        summary = node.reread(
            reader,
            documents=document or None,
            everything=everything,
            progress=bar.done,
            spending=bar.spent,
        )
    typer.echo(_("{0} read again").format(summary.read))
    _account(bar.last, summary.unread)
    if summary.unread:
        raise typer.Exit(SOME_REFUSED)


@app.command(help=_("Look whether the node is well."))
def doctor(form: Form = Format.TABLE) -> None:
    with _node("doctor") as node:
        findings = node.doctor()
    _list(map(rows.finding, findings), ["what", "well", "say"], form)
    if not all(finding.well for finding in findings):
        raise typer.Exit(WRONG)


@app.command(
    "eval",
    help=_(
        "Show how well this version reads, on annotated data.\n\nExamples: tawatur eval; in a checkout, with the data: tawatur eval --measure --only fr"
    ),
)
def evaluate(
    measure: Annotated[
        bool,
        typer.Option("--measure", help=_("Measure now, on the data under TAWATUR_EVAL_DATA.")),
    ] = False,
    only: Annotated[
        str, typer.Option("--only", help=_("Only sets of data whose name holds this."))
    ] = "",
    form: Form = Format.TABLE,
) -> None:
    if measure:
        raise typer.Exit(figures.measured_anew(only))
    found = (row for row in figures.recorded() if only in str(row["set"]))
    _list(found, ["set", "measure", "f1", "floor"], form)


@app.command(help=_("Serve the pages on this machine's loopback address."))
def serve(
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=_("The port; 0 for any free one.")),
    ] = None,
) -> None:
    from tawatur.web import serve as serve_pages  # noqa: PLC0415 - only this command needs it

    with _node("serve") as node, node.serving():
        serve_pages(node, port=port, announce=typer.echo)


# ------------------------------------------------------------ within


@contextmanager
def _node(command: str) -> Iterator[Node]:
    with Node.open(_State.node, command=command, say=_wait) as node:
        yield node


class _Bar:
    """Progress on a terminal, nothing in a pipe; remembers what a language model took."""

    def __init__(self, show: Callable[..., None] = lambda **fields: None) -> None:
        self._show = show
        self.last: Spent | None = None

    def done(self, done: int, total: int | None, name: str) -> None:
        """Show how many are done and the name of the last."""
        self._show(completed=done, total=total, name=name)

    def spent(self, spent: Spent) -> None:
        """Show what a language model took so far."""
        self.last = spent
        self._show(spent="  ".join(rows.tokens(spent, _)))


@contextmanager
def _bar(what: str) -> Iterator[_Bar]:
    if not sys.stderr.isatty():
        yield _Bar()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}"),
        TextColumn("{task.fields[spent]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, name="", spent="")
        yield _Bar(lambda **fields: bar.update(task, **fields))


def _account(spent: Spent | None, unread: Iterable[Refusal]) -> None:
    """Say what a language model took, what was dropped of its answers, and what it did not read."""
    for refusal in unread:
        why = said(refusal.why, _)
        _complain(_("not read by the language model: {0} ({1})").format(refusal.name, why))
    if spent:
        for line in rows.spent_lines(spent, _):
            typer.echo(line)


def _things(paths: Iterable[str], node: Node) -> Iterator[Path | Incoming | Refusal]:
    for path in paths:
        if path.lower().startswith(("http://", "https://")):
            yield node.fetched(path)
        elif path == "-":
            yield Incoming("stdin.txt", "standard input", content=sys.stdin.buffer.read())
        else:
            yield Path(path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise UsageError("{0}: {1}", path, system_message(cause)) from cause


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise UsageError("{0} cannot be written ({1})", path, system_message(cause)) from cause


def _list(found: Iterable[Row], columns: list[str], form: Format) -> None:
    write_rows(found, columns, form, _)


def _complain(line: str) -> None:
    typer.echo(line, err=True)


def _wait(why: Message) -> None:
    _complain(said(why, _))


def main() -> NoReturn:
    """Run the command line; every refusal is one line on standard error."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `tawatur claims | head` ends quietly
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # text streams
    try:
        app()
    except UsageError as error:
        _complain(_("tawatur: {0}").format(said(error, _)))
        sys.exit(USAGE)
    except TawaturError as error:
        _complain(_("tawatur: {0}").format(said(error, _)))
        sys.exit(WRONG)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(DONE)
