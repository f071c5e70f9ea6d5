"""Briefs: composed of claims and events, words between them, and handed over as files."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.i18n import LANGUAGES
from tawatur.model.claim import Claim
from tawatur.model.reading import EventType
from tawatur.model.ruling import Composition
from tawatur.node.briefs.composing import Line, Recipient
from tawatur.web import rows, words
from tawatur.web.contexts import Choice, Pager, Words, shown
from tawatur.web.labels import labelled
from tawatur.web.late import Late, WordSince, is_late, late, state_of
from tawatur.web.picking import NOTHING, Picking, Wanted, picking
from tawatur.web.ports import ShownNode
from tawatur.web.trees import shortened
from tawatur.web.visits import Field, Fields, Sent, Visit, Visited, whole_number

MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
"""What a brief can be handed over as; the archive holds it as Markdown."""

SHORT = 50
"""Characters of a part by which it is told where more is put in."""

_FORMS = {"zip": "Markdown"}
"""What forms are called where their ending does not say it."""

Chosen = Annotated[tuple[str, ...], Query()]
"""Ids, each a parameter of its own or several with spaces between."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One composed brief in the list."""

    id: str = shown("Its id.")
    href: str = shown("Where it is composed.")
    title: Words = shown("Its title.")
    size: int = shown("How many parts it has.")
    tlp: str = shown("The TLP word of its label; empty where it has none.")


@dataclass(frozen=True, slots=True)
class BriefsPage:
    """The briefs that people compose."""

    template: ClassVar[str] = "briefs.html"
    title: str = shown("Title of the page.")
    rows: tuple[BriefRow, ...] = shown("The briefs, that with the latest change first.")
    pager: Pager = shown("Which of them are shown.")
    adding: tuple[str, ...] = shown("The ids of what is to go into one; mostly empty.")
    choices: tuple[Choice, ...] = shown("The languages a brief can be in.")
    problem: str = shown("Why nothing was recorded; empty where nothing went wrong.")


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a brief."""

    number: int = shown("Its number, from 1.")
    own: str = shown("The author's own words; empty for what is cited.")
    href: str = shown("The claim or event.")
    quote: Words | None = shown("What is cited; None for own words and for what is gone.")
    words: str = shown("Who said it, or of how many roots an event is.")
    was: str = shown("Its words, by which it is known again after a change.")


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A part that was just taken out, as it can be put back."""

    number: int = shown("Which part it was, from 1.")
    words: str = shown("Its words.")
    action: str = shown("Where it is put back.")
    name: str = shown("What the form calls it.")
    value: str = shown("Its own words, or the id of what it cited.")


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """Whether a partner may have the brief."""

    name: Words = shown("The partner.")
    words: str = shown("That it may, or with which parts it may not.")


@dataclass(frozen=True, slots=True)
class BriefPage:
    """The page on which a brief is composed."""

    template: ClassVar[str] = "brief.html"
    title: str = shown("Title of the brief.")
    row: BriefRow = shown("The brief.")
    claims: tuple[PartRow, ...] = shown("Its parts in order.")
    taken_out: TakenOut | None = shown("What was just taken out; None for nothing.")
    parties: tuple[PartnerRow, ...] = shown("The partners and what they may have.")
    files: tuple[Choice, ...] = shown("As which files it can be had.")
    places: tuple[Choice, ...] = shown("Where more can be put in, as forms send it.")
    picking: Picking = shown("What is looked for to be put in, and what was found.")
    seen: str = shown("What changed it last, as forms send it.")
    text: str = shown("Words that were not recorded, to be mended.")
    problem: str = shown("Why nothing was recorded; empty where nothing went wrong.")
    late: Late | None = shown("What was sent on an outdated look; None for nothing.")


@router.get("/briefs")
def briefs(visit: Visited, page: str = "1", add: Chosen = ()) -> Response:
    """List the composed briefs; with ``add`` to choose the one that claims and events go into."""
    return _list(visit, page, tuple(" ".join(add).split()))


@router.post("/briefs")
def start(visit: Sent, *, title: Field = "", language: Field = "en", add: Field = "") -> Response:
    """Begin a brief, with the claims and events in it that are told."""
    made: list[str] = []

    def work(node: ShownNode) -> None:
        made.append(node.compositions.start(title, language).id)
        if add:
            node.compositions.add(made[0], add.split())

    problem = visit.refusal(work)
    if problem:
        return _list(visit, "1", tuple(add.split()), problem)
    return RedirectResponse(rows.address("briefs", made[0]), 303)


@router.get("/briefs/{key}")
def brief(
    visit: Visited,
    *,
    key: str,
    q: str = "",
    since: str = "",
    until: str = "",
    place: str = "",
    type: str = "",  # noqa: A002 - as the address has it
    page: str = "1",
) -> Response:
    """Show one brief with its parts and forms, and what is looked for to be put in."""
    wanted = Wanted(
        words=q.strip(),
        since=since.strip(),
        until=until.strip(),
        place=place.strip(),
        type=next((each for each in EventType if each == type), None),
        page=whole_number(page),
    )
    found: list[Claim] = []
    problem = visit.refusal(lambda node: found.extend(wanted.claims(node)))
    return _shown(visit, key, problem, wanted=wanted, found=found)


@router.post("/briefs/{key}/add")
def add(visit: Sent, *, key: str, items: Fields = (), at: Field = "") -> Response:
    """Put claims and events in."""
    ids = " ".join(items).split()

    def work(node: ShownNode) -> int:
        size = len(node.compositions.add(key, ids, _number(at)).parts)
        return _number(at) or size - len(ids) + 1

    return _changed(visit, key, work)


@router.post("/briefs/{key}/write")
def write(visit: Sent, *, key: str, text: Field = "", at: Field = "") -> Response:
    """Put words of one's own in."""

    def work(node: ShownNode) -> int:
        size = len(node.compositions.write(key, text, _number(at)).parts)
        return _number(at) or size

    return _changed(visit, key, work, text=text)


@router.post("/briefs/{key}/rewrite")
def rewrite(visit: Sent, *, key: str, number: Field = "", text: Field = "") -> Response:
    """Put other words in the place of one's own."""

    def work(node: ShownNode) -> int:
        node.compositions.rewrite(key, whole_number(number, 0), text)
        return whole_number(number)

    return _changed(visit, key, work)


@router.post("/briefs/{key}/move")
def move(visit: Sent, *, key: str, number: Field = "", to: Field = "") -> Response:
    """Move a part."""

    def work(node: ShownNode) -> int:
        node.compositions.move(key, whole_number(number, 0), whole_number(to, 0))
        return whole_number(to)

    return _changed(visit, key, work)


@router.post("/briefs/{key}/drop")
def drop(visit: Sent, *, key: str, number: Field = "") -> Response:
    """Take a part out, and offer to put it back."""
    at, gone = whole_number(number, 0), list[Line]()

    def work(node: ShownNode) -> None:
        lines = node.compositions.lines(key)
        node.compositions.drop(key, at)
        gone.append(lines[at - 1])

    problem = visit.refusal(work, of=key)
    return _shown(visit, key, problem, taken_out=_taken_out(key, at, gone[0]) if gone else None)


@router.get("/briefs/{key}/file/{form}")
def file(visit: Visited, key: str, form: str) -> Response:
    """Hand the brief over as a file."""
    if form not in MEDIA:
        return RedirectResponse(rows.address("briefs", key), 303)
    with visit.node() as node:
        title = node.compositions.one(key).title
        content = node.compositions.file(key, form)
    name = quote(f"{title[:80]}.{form}", safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=MEDIA[form], headers=headers)


def _number(given: str) -> int | None:
    return whole_number(given, 0) or None


def _changed(
    visit: Visit, key: str, work: Callable[[ShownNode], int], *, text: str = ""
) -> Response:
    """Have the node change a brief, and show the part of the number that ``work`` returns."""
    parts: list[int] = []
    problem = visit.refusal(lambda node: parts.append(work(node)), of=key)
    if problem:
        return _shown(visit, key, problem, text)
    return RedirectResponse(f"{rows.address('briefs', key)}#part-{parts[0]}", 303)


def _list(visit: Visit, page: str, adding: tuple[str, ...], problem: str = "") -> Response:
    with visit.node() as node:
        found = node.compositions.all()[::-1]
        some, pager = rows.paged(found, whole_number(page), "briefs", add=" ".join(adding))
        shown_rows = labelled(node, (_row(each, len(each.parts)) for each in some))
    languages = tuple(
        Choice(code, words.LANGUAGE_NAMES[code], code == visit.speech.language)
        for code in LANGUAGES
    )
    context = BriefsPage(visit("Briefs"), shown_rows, pager, adding, languages, problem)
    return visit.show(context, 422 if problem else 200)


def _row(held: Composition, size: int) -> BriefRow:
    return BriefRow(held.id, rows.address("briefs", held.id), rows.name(held.title), size, "")


def _shown(
    visit: Visit,
    key: str,
    problem: str = "",
    text: str = "",
    wanted: Wanted = NOTHING,
    found: Sequence[Claim] = (),
    taken_out: TakenOut | None = None,
) -> Response:
    with visit.node() as node:
        held = node.compositions.one(key)
        lines = node.compositions.lines(key)
        recipients = node.compositions.recipients(key)
        parts = tuple(_part(n, line, node, visit) for n, line in enumerate(lines, 1))
        context = BriefPage(
            title=held.title,
            row=replace(_row(held, len(lines)), tlp=node.compositions.label(key).tlp.value),
            claims=parts,
            taken_out=taken_out,
            parties=tuple(_party(each, visit) for each in recipients),
            files=tuple(
                Choice(
                    rows.address("briefs", held.id, "file", form),
                    _FORMS.get(form, form.upper()),
                    False,
                )
                for form in MEDIA
            ),
            places=_places(parts, visit),
            picking=picking(visit, node, held.id, wanted, found, lines),
            seen=state_of(node, held.id),
            text=text,
            problem=problem,
            late=_late(visit, node, held.id, lines) if is_late(visit, node, held.id) else None,
        )
    return visit.show(context, 422 if problem else 200)


def _late(visit: Visit, node: ShownNode, brief: str, lines: Sequence[Line]) -> Late:
    """Return the change that a form asked for, beside who changed the brief since.

    Numbers count as they were looked at: a part is looked for by its words. Where it stands no
    more, own words are put in anew, and nothing else is offered.
    """
    sent, act = visit.sent, visit.request.url.path.rpartition("/")[2]
    since = [
        WordSince(touch.by, (visit("it stands below as it is now"),), "")
        for touch in node.live.since(brief, sent.one("seen"))
    ]
    put = [_words_of(each, node) for each in " ".join(sent.all("items")).split()]
    yours = (visit(_ACTS[act]), sent.one("was"), sent.one("text"), *put)
    action: str | None = None
    otherwise: dict[str, str] = {}
    if act in ("rewrite", "move", "drop"):
        was = whole_number(sent.one("number"), 0)
        there = [n for n, line in enumerate(lines, 1) if _said(line) == sent.one("was")]
        number = min(there, key=lambda n: abs(n - was), default=0)
        otherwise = {"number": str(number)}
        if act == "move":
            otherwise["to"] = str(number + whole_number(sent.one("to"), 0) - was)
        if not number:
            action = rows.address("briefs", brief, "write") if act == "rewrite" else ""
    return late(visit, state_of(node, brief), yours, since, action=action, **otherwise)


_ACTS = {
    "add": words.marked("Put in"),
    "write": words.marked("Put in"),
    "rewrite": words.marked("Other words for"),
    "move": words.marked("Move"),
    "drop": words.marked("Take out"),
}
"""What forms ask for, by the end of their addresses."""


def _said(line: Line) -> str:
    """Return the words by which a part is known again: its own, or those that it cites."""
    cited = line.event.headline if line.event else line.claim.quote if line.claim else ""
    return " ".join((line.part.text or cited).split())


def _taken_out(brief: str, number: int, line: Line) -> TakenOut | None:
    """Return a part as it can be put back; None where what it cited is gone."""
    to = partial(rows.address, "briefs", brief)
    if line.part.place is None:
        return TakenOut(number, _said(line), to("write"), "text", line.part.text)
    cited = line.event or line.claim
    return TakenOut(number, _said(line), to("add"), "items", cited.id) if cited else None


def _words_of(item: str, node: ShownNode) -> str:
    """Return the words of an event or a claim, by its id."""
    return node.event(item).headline if item.startswith("v-") else node.claim(item).quote


def _places(parts: Sequence[PartRow], visit: Visit) -> tuple[Choice, ...]:
    """Return where something can be put in: at the end unless somebody chooses."""
    told = visit("after part {0}: {1}")
    between = (
        Choice(
            str(part.number + 1),
            told.format(part.number, words.isolate(shortened(part.was or part.words, SHORT))),
            False,
        )
        for part in parts[:-1]
    )
    first = (Choice("1", visit("at the beginning"), False),) if parts else ()
    return (Choice("", visit("at the end"), True), *first, *between)


def _part(number: int, line: Line, node: ShownNode, visit: Visit) -> PartRow:
    was = _said(line)
    if line.part.place is None:
        return PartRow(number, line.part.text, "", None, "", was)
    if line.event is not None:
        told = visit("Claims: {0}").format(len(line.event.claims))
        href = rows.address("events", line.event.id)
        return PartRow(number, "", href, rows.name(line.event.headline), told, was)
    if line.claim is None:
        return PartRow(number, "", "", None, visit("(no claim stands here any more)"), was)
    told = node.in_words(line.claim, visit.speech.language)
    href = rows.address("claims", line.claim.id)
    return PartRow(number, "", href, rows.foreign(line.claim.quote, line.claim.language), told, was)


def _party(each: Recipient, visit: Visit) -> PartnerRow:
    numbers = ", ".join(map(str, each.withheld))
    may_not = visit("may not have it: because of the parts {0}").format(numbers)
    return PartnerRow(rows.name(each.name), may_not if each.withheld else visit("may have it"))
