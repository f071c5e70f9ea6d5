"""Who has what of this node: of one item, or by one partner; given, and recalled, from here."""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tawatur.model.ids import CommunityId, NodeId
from tawatur.node import Disclosure, Recalled
from tawatur.web import rows, words
from tawatur.web.contexts import Choice, Fact, Pager, Words, shown
from tawatur.web.ports import ShownNode
from tawatur.web.sharing_parts import names, page_of, parties, refusal, verify_officer
from tawatur.web.visits import Field, Sent, Visit, Visited, whole_number

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class GivenItem:
    """One item that was given."""

    what: Words = shown("What people call it; its id where it is erased or cannot be seen.")
    href: str = shown("Who else has it.")


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """That somebody was given something."""

    to: Words = shown("Who was given it.")
    items: tuple[GivenItem, ...] = shown("What was given; several when they went in one brief.")
    when: str = shown("When, in words.")
    what: str = shown("Whether the item itself, a pointer to it, or in a brief, in words.")
    tlp: str = shown("The TLP word they were told last; empty of what was recalled.")
    until: str = shown("Until when they may have it, in words; may be empty.")
    receipt: str = shown("What they said to it, and when; empty where nothing was heard.")
    then: str = shown("What was told of it since, in words; may be empty.")
    unheard: bool = shown("Whether they have not acknowledged what was told since.")


@dataclass(frozen=True, slots=True)
class DisclosuresPage:
    """What one partner was given."""

    template: ClassVar[str] = "disclosures.html"
    title: str = shown("Title of the page.")
    parties: tuple[Choice, ...] = shown("Partners and communities to choose from.")
    since: str = shown("From which day on; may be empty.")
    asked: bool = shown("Whether somebody was chosen.")
    rows: tuple[DisclosureRow, ...] = shown("What they were given, first given first.")
    pager: Pager = shown("Which of all.")
    problem: str = shown("What was wrong with what was asked; empty otherwise.")


@dataclass(frozen=True, slots=True)
class DisclosurePage:
    """To whom one item was given."""

    template: ClassVar[str] = "disclosure.html"
    title: str = shown("Title of the page.")
    id: str = shown("Id of the item.")
    what: Words = shown("What people call it; its id where it is erased or cannot be seen.")
    above: str = shown("The page of the item; empty where it has none.")
    rows: tuple[DisclosureRow, ...] = shown("Who was given it, first given first.")
    parties: tuple[Choice, ...] = shown("The partners it can be let wait for.")
    recalled: bool = shown("Whether it was recalled just now.")
    unreached: tuple[Fact, ...] = shown("The copies that a recall cannot reach, with the reason.")
    problem: str = shown("Why nothing was recorded; empty otherwise.")
    why: str = shown("Form: the reason.")


@router.get("/disclosures")
def disclosures(visit: Visited, to: str = "", since: str = "", page: str = "1") -> Response:
    """List what one partner, or the calendar of a community, was given."""
    first, problem = _day(visit, since)
    with visit.node() as node:
        verify_officer(visit, node)
        called = names(node)
        known = {party: name for party, name in called.items() if party != node.id}
        asked = to in known and not problem
        found = node.disclosures.to(_party(to), first) if asked else ()
        some, pager = rows.paged(found, whole_number(page), "disclosures", to=to, since=since)
        listed = tuple(_row(each, node, called, visit) for each in some)
    by_name = sorted(known.items(), key=lambda each: (each[1], each[0]))
    context = DisclosuresPage(
        title=visit("Who has what"),
        parties=tuple(Choice(party, name, party == to) for party, name in by_name),
        since=since,
        asked=asked,
        rows=listed,
        pager=pager,
        problem=problem,
    )
    return visit.show(context, 422 if problem else 200)


@router.get("/disclosures/{key}")
def disclosure(visit: Visited, key: str) -> Response:
    """Show to whom one item was given, and what they said."""
    return _shown(visit, key)


@router.post("/disclosures/{key}/release")
def release(visit: Sent, *, key: str, to: Field = "") -> Response:
    """Let an item wait for a partner."""
    problem = refusal(visit, lambda node: node.outgoing.propose(key, to))
    return _shown(visit, key, problem) if problem else RedirectResponse("/outbox", 303)


@router.post("/disclosures/{key}/recall")
def recall(visit: Sent, *, key: str, to: Field = "", why: Field = "") -> Response:
    """Recall an item from everybody who has it, or from one."""
    done: list[Recalled] = []

    def work(node: ShownNode) -> None:
        node.disclosures.of(key)  # or refuse what may not be seen
        done.append(node.outgoing.recall(key, why, from_=NodeId(to) if to else None))

    problem = refusal(visit, work)
    return _shown(visit, key, problem, done=done, why=why if problem else "")


def _shown(
    visit: Visit, key: str, problem: str = "", *, done: Sequence[Recalled] = (), why: str = ""
) -> Response:
    with visit.node() as node:
        verify_officer(visit, node)
        found, called = node.disclosures.of(key), names(node)
        context = DisclosurePage(
            title=visit("Who has it"),
            id=key,
            what=_named(node, key),
            above=page_of(key),
            rows=tuple(_row(each, node, called, visit, of=key) for each in found),
            parties=parties(node, ""),
            recalled=bool(done),
            unreached=tuple(
                Fact(
                    called.get(each.to, each.to),
                    visit.speech.own(words.sentence(reason, visit.speech.translate)),
                    "",
                )
                for recalled in done
                for each, reason in recalled.unreached
            ),
            problem=problem,
            why=why,
        )
    return visit.show(context, 422 if problem else 200)


def _row(
    given: Disclosure, node: ShownNode, called: Mapping[str, str], visit: Visit, *, of: str = ""
) -> DisclosureRow:
    label, language = given.label, visit.speech.language
    expires = label.expires if label else None
    return DisclosureRow(
        to=rows.name(called.get(given.to, given.to)),
        items=tuple(
            GivenItem(_named(node, each), rows.address("disclosures", each))
            for each in given.item.split(", ")
            if each != of
        ),
        when=words.minute(given.time, language),
        what=_what(given, visit),
        tlp=label.tlp.value if label else "",
        until=words.minute(expires, language) if expires else "",
        receipt=_receipt(given, visit),
        then=_then(given, visit),
        unheard=given.told is not None and not given.heard,
    )


def _named(node: ShownNode, item: str) -> Words:
    return rows.name(node.disclosures.called(item) or item)


def _what(given: Disclosure, visit: Visit) -> str:
    if given.calendar:
        return visit("in its calendar")
    if given.person:
        return visit("in a brief")
    return visit("pointer") if given.existence else visit("item")


def _receipt(given: Disclosure, visit: Visit) -> str:
    if given.receipt is None:
        return ""
    said = words.label(given.receipt, visit)
    if given.answered is None:
        return said
    return visit.speech.listed((said, words.minute(given.answered, visit.speech.language)))


def _then(given: Disclosure, visit: Visit) -> str:
    if given.recalled:
        return visit("recalled")
    if given.replaced:
        return visit("replaced")
    return visit("relabelled") if given.told else ""


def _party(given: str) -> NodeId | CommunityId:
    return CommunityId(given) if given.startswith("m-") else NodeId(given)


def _day(visit: Visit, given: str) -> tuple[datetime | None, str]:
    """Return where a day begins (UTC), or what is wrong with it."""
    if not given.strip():
        return None, ""
    try:
        return datetime.strptime(given.strip(), "%Y-%m-%d").replace(tzinfo=UTC), ""
    except ValueError:
        return None, visit("This is no day; write one as 2031-03-31.")
