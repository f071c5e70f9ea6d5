"""Who did what to whom, as claims say it: the network, its table, and one tie with its claims.

Every line of the drawing is what somebody said; it opens those claims, with who said so, how
many independent roots that makes at least and at most, and who denies it. Names stand in two
columns in the order of the alphabet, all of one size: no place and no size says how much is
told of anybody.
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from tawatur.errors import UnknownIdError
from tawatur.model.claim import Claim
from tawatur.model.ids import EntityId
from tawatur.model.picture import Entity
from tawatur.node.seeing.charts import Narrowed, Tie, TieKind, TieView, window
from tawatur.web import rows, words
from tawatur.web.claim_rows import claim_rows
from tawatur.web.contexts import Choice, ClaimRow, Filter, Pager, Place, Words, shown
from tawatur.web.trees import shortened, written
from tawatur.web.visits import Visit, Visited, whole_number

TIES = 80
"""Ties on one page, in the drawing and in the table."""
WIDTH, ROW, EDGE, LABEL = 1000, 26, 20, 30
"""Pixels of the drawing, of a row, around it; letters of a name."""
SIDE = 250
"""Pixels that names take on either side."""
SPEAKERS = 3
"""Speakers named in one line."""

router = APIRouter(default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class DrawnActor:
    """One actor in the drawing, as large as every other."""

    id: str = shown("The entity's id.")
    href: str = shown("Its page.")
    kind: str = shown("What kind of entity, for style.")
    x: float = shown("Where it stands.")
    y: float = shown("How high.")
    label: Words = shown("Its name, cut short.")
    label_x: float = shown("Where the name begins or ends.")
    anchor: str = shown("start or end.")
    title: str = shown("Its whole name and kind.")


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """One tie in the drawing."""

    href: str = shown("Its claims.")
    kind: str = shown("What was done, for style.")
    a: str = shown("Who did it.")
    b: str = shown("To whom.")
    path: str = shown("Its line in SVG.")
    bend: float = shown("By how much the line is bent, so that several between two stand apart.")
    title: str = shown("Who says that who did what to whom, how well attested, who denies it.")


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie in the table."""

    href: str = shown("Its claims.")
    a: Place = shown("Who did it.")
    kind: str = shown("What, in a word.")
    b: Place = shown("To whom.")
    speakers: tuple[Words, ...] = shown("Whose word it is, the first few.")
    more: int = shown("How many speakers beside those.")
    at_least: int = shown("Least number of independent roots; 0 where all there is denies it.")
    at_most: int = shown("Greatest number of independent roots.")
    deniers: tuple[Words, ...] = shown("Who denies it, the first few.")


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """Who did what to whom."""

    template: ClassVar[str] = "actors.html"
    title: str = shown("The page's title.")
    problem: str = shown("What is wrong with the filter; empty where nothing is.")
    filter: Filter = shown("Words and times that narrow it.")
    actor: str = shown("Who one of the two must be.")
    place: str = shown("Where it must be.")
    kinds: tuple[Choice, ...] = shown("What was done, to choose from.")
    height: float = shown("The drawing's height.")
    actors: tuple[DrawnActor, ...] = shown("Who takes part, by name.")
    ties: tuple[DrawnTie, ...] = shown("What claims say that they did.")
    rows: tuple[TieRow, ...] = shown("The same as a table.")
    pager: Pager = shown("Which ties these are.")


@dataclass(frozen=True, slots=True)
class TiePage:
    """What claims say that one did to another, and who denies it."""

    template: ClassVar[str] = "tie.html"
    title: str = shown("Who did what to whom.")
    row: TieRow = shown("The tie.")
    reasons: tuple[str, ...] = shown("Why so many roots and no more.")
    claims: tuple[ClaimRow, ...] = shown("The claims that say so.")
    denied: tuple[ClaimRow, ...] = shown("The claims that deny it.")


@router.get("/actors")
def actors(
    visit: Visited,
    *,
    q: str = "",
    actor: str = "",
    place: str = "",
    kind: str = "",
    since: str = "",
    until: str = "",
    page: str = "1",
) -> Response:
    """Show who did what to whom."""
    by = Narrowed(
        words=q.strip(),
        actor=actor.strip(),
        place=place.strip(),
        since=since.strip(),
        until=until.strip(),
    )
    wanted = next((each for each in TieKind if each == kind), None)
    problem = visit.refusal(lambda _: window(by))
    with visit.node() as node:
        ties = node.charts.ties(replace(by, since="", until="") if problem else by)
        ties = tuple(tie for tie in ties if wanted in (None, tie.kind))
        some, pager = rows.paged(
            ties,
            whole_number(page),
            "actors",
            size=TIES,
            q=by.words,
            actor=by.actor,
            place=by.place,
            kind=wanted or "",
            since=by.since,
            until=by.until,
        )
        views = node.charts.shown(some)
    placed = _placed(views, visit)
    shown_page = ActorsPage(
        title=visit("Who did what to whom"),
        problem=problem,
        filter=Filter(by.words, by.since, by.until, ()),
        actor=by.actor,
        place=by.place,
        kinds=(
            Choice("", visit("anything"), wanted is None),
            *rows.choices(TieKind, wanted, visit.speech),
        ),
        height=max((each.y for each in placed.values()), default=0) + EDGE,
        actors=tuple(placed.values()),
        ties=tuple(_drawn(views, placed, visit)),
        rows=tuple(_row(view, visit) for view in views),
        pager=pager,
    )
    return visit.show(shown_page, 422 if problem else 200)


@router.get("/actors/tie")
def tie(visit: Visited, a: str = "", b: str = "", kind: str = "") -> Response:
    """Show what claims say that one did to another."""
    with visit.node() as node:
        found = (
            t for t in node.charts.ties(Narrowed(actor=a)) if (t.a, t.b, t.kind) == (a, b, kind)
        )
        one = next(found, None)
        if one is None:
            raise UnknownIdError("entity", a)
        (view,) = node.charts.shown((one,))
        claims = claim_rows(node, view.claims, visit.speech)
        denied = claim_rows(node, view.denied, visit.speech)
    reasons = view.roots.reasons if view.roots else ()
    row = _row(view, visit)
    return visit.show(
        TiePage(
            title=f"{view.a.name} · {row.kind} · {view.b.name}",
            row=row,
            reasons=tuple(words.sentence(reason, visit) for reason in reasons),
            claims=claims,
            denied=denied,
        )
    )


def _row(view: TieView, visit: Visit) -> TieRow:
    speakers = _speakers(view.claims, visit)
    return TieRow(
        href=_href(view.tie),
        a=_place(view.a),
        kind=words.label(view.tie.kind, visit),
        b=_place(view.b),
        speakers=speakers[:SPEAKERS],
        more=max(0, len(speakers) - SPEAKERS),
        at_least=view.roots.at_least if view.roots else 0,
        at_most=view.roots.at_most if view.roots else 0,
        deniers=_speakers(view.denied, visit)[:SPEAKERS],
    )


def _href(tie: Tie) -> str:
    return rows.address("actors", "tie", a=tie.a, b=tie.b, kind=tie.kind)


def _place(entity: Entity) -> Place:
    return Place(entity.name, rows.address("entities", entity.id), current=False, language="")


def _speakers(claims: Iterable[Claim], visit: Visit) -> tuple[Words, ...]:
    """Return whose word claims are, each once."""
    found = (rows.source_words(claim.root, claim, visit.speech) for claim in claims)
    return tuple({each.text: each for each in found}.values())


def _placed(views: Sequence[TieView], visit: Visit) -> dict[EntityId, DrawnActor]:
    """Return everybody by name, in two columns: the first half where the page begins."""
    found = {entity.id: entity for view in views for entity in (view.a, view.b)}
    everyone = sorted(found.values(), key=lambda entity: (entity.name, entity.id))
    half = -(-len(everyone) // 2)
    back = words.text_direction(visit.speech.language) == "rtl"
    placed = {}
    for at, entity in enumerate(everyone):
        left = (at >= half) == back
        direction = written(entity.name)
        x = SIDE if left else WIDTH - SIDE
        placed[entity.id] = DrawnActor(
            id=entity.id,
            href=rows.address("entities", entity.id),
            kind=entity.type,
            x=x,
            y=EDGE + at % half * ROW,
            label=replace(rows.name(shortened(entity.name, LABEL)), direction=direction),
            label_x=x - 12 if left else x + 12,
            anchor="start" if left == (direction == "rtl") else "end",
            title=f"{words.isolate(entity.name)} · {words.label(entity.type, visit)}",
        )
    return placed


def _drawn(
    views: Sequence[TieView], placed: dict[EntityId, DrawnActor], visit: Visit
) -> Iterable[DrawnTie]:
    """Yield the ties as lines; of several between the same two each is bent more."""
    between: Counter[frozenset[EntityId]] = Counter()
    for view in views:
        if not view.claims:  # nobody says so: it stands in the table, with who denies it
            continue
        a, b = placed[view.tie.a], placed[view.tie.b]
        pair = frozenset((view.tie.a, view.tie.b))
        between[pair] += 1
        bend = 0.18 * between[pair]
        inward = 1 if a.x < WIDTH / 2 else -1
        if a.x == b.x:
            via = f"{a.x + inward * (60 + abs(a.y - b.y) * bend * 2):.1f}"
            path = f"M{a.x} {a.y}C{via} {a.y} {via} {b.y} {b.x} {b.y}"
        else:
            reach = inward * (WIDTH / 2 - SIDE) * (0.6 + bend)
            path = f"M{a.x} {a.y}C{a.x + reach:.1f} {a.y} {b.x - reach:.1f} {b.y} {b.x} {b.y}"
        yield DrawnTie(
            href=_href(view.tie),
            kind=view.tie.kind,
            a=view.tie.a,
            b=view.tie.b,
            path=path,
            bend=bend,
            title=_said(view, visit),
        )


def _said(view: TieView, visit: Visit) -> str:
    """Return a tie in one line; never without who says so, and who denies it."""
    row = _row(view, visit)
    who, whom = (words.isolate(each.label) for each in (row.a, row.b))
    parts = [f"{who} · {row.kind} · {whom}"]
    if row.speakers:
        named = visit.speech.listed(words.isolate(each.text) for each in row.speakers)
        parts.append(visit("said by {0}").format(named))
        interval = visit("at least {0}, at most {1}").format(row.at_least, row.at_most)
        parts.append(f"{visit('Independent roots:')} {interval}")
    if row.deniers:
        named = visit.speech.listed(words.isolate(each.text) for each in row.deniers)
        parts.append(visit("denied by {0}").format(named))
    return ("؛ " if visit.speech.language == "ar" else "; ").join(parts)
