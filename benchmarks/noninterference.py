"""Does anybody see a byte otherwise because of what they may not see?

    script/bench noninterference [STEPS] [--seed N] [--steps-each N] [--processes N]

Two worlds live the same life: three nodes, of which one takes in reports, labels them, judges,
rules, promises, releases, recalls and erases, one is let into its secrets and passes on what it
may, and one is not. Clock, keys and random stream are the same in both. In the second world one
report that is not for the observers reads otherwise, or was never there; whatever is done with
it is done in both where it can be. After every step that shows something, each observer looks
through a door: listings, searches, counts, briefs, errors, TAXII, what is handed over, and a
whole node that lives on what it was given. The observers are a partner, a member of a community
at a far tier, and somebody of the own house without the compartment. Two people with accounts,
a guest of the partner's and one of the own house, look through every page and at what else is
asked by name. In every third life the observers may know of what is secret that it exists: on
what, and whom to ask, which is the same in both worlds.

STEPS (100,000 unless told) are divided among worlds of 150 steps. Prints how often each door
was looked through, how many steps were taken with the secret, and whatever differed with the
seed that shows it again; the exit status is 1 if anything did.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.press import Press, Report
from fastapi.testclient import TestClient

from tawatur import settings
from tawatur.briefs import html, markdown
from tawatur.errors import TawaturError
from tawatur.model.account import AccountRole
from tawatur.model.claim import Claim, Verdict
from tawatur.model.entry import Draft
from tawatur.model.grade import Reliability
from tawatur.model.ids import CommunityId, NodeId
from tawatur.model.label import Circle, Label, Leave, Membership, Terms, Tier, Viewer
from tawatur.model.reading import Polarity
from tawatur.model.ruling import Grading, Outcome, Place, Sameness, Settlement
from tawatur.node import Node
from tawatur.node.views import Incoming
from tawatur.sharing.taxii import Asked
from tawatur.web import app

STEPS = 100_000
EACH = 150
_START = datetime(2031, 3, 1, 12, tzinfo=UTC)
_CIRCLE = CommunityId("c-0000000000000000")
_ROOM = "night"
"""The compartment of the secret."""
_MEDIA = "application/taxii+json;version=2.1"
_NAMES = ("Ours", "Confidant", "Neighbour")
_PEOPLE = {"Omar": ("Neighbour", {_ROOM}), "Rim": (None, set[str]())}
"""Those with accounts: for whom they work, and what they are let into."""
_SUBJECT = "the night desk"
"""What is told of what is secret, where anything is."""
_PAGES = (
    "/", "/documents", "/claims", "/events", "/timeline", "/map", "/actors", "/entities", "/gaps",
    "/conflicts", "/boards", "/briefs", "/sources", "/commitments", "/requests", "/state", "/node",
    "/pointers", "/review", "/review/shares", "/review/differing", "/accounts", "/me",
    "/outbox", "/disclosures", "/partners", "/communities",
    "/search?q={0}", "/search?q={0}&kind=claims", "/search/typed?q={0}", "/documents?q={0}",
)  # fmt: skip
_OF_ONE = (
    "documents", "claims", "events", "entities", "commitments", "requests", "boards",
    "disclosures",
)  # fmt: skip
_SECRET_STEPS = 0.2
_PRESSES = 8
_REPORTS = 40
_TOLD = 20
"""Lives after which it is told how far it is."""
"""Reports among which a world draws: few, so that they tell the same happenings."""


@dataclass(slots=True)
class Stream:
    """Time and randomness as every step begins with them, whatever was drawn before."""

    step: int = 0
    seed: int = 0
    _chance: random.Random = field(default_factory=random.Random)

    def begin(self, step: int, before: str = "") -> None:
        """Begin a step, or what is done before it."""
        self.step = step
        self._chance = random.Random(f"{self.seed} {step}{before}")

    def now(self) -> datetime:
        """Return the time of the step."""
        return _START + timedelta(minutes=37 * self.step)

    def entropy(self, count: int) -> bytes:
        """Return random bytes of the step."""
        return self._chance.randbytes(count)


class World:
    """Three nodes that know each other, and what was done with them so far."""

    def __init__(self, template: Path, folder: Path, seed: int) -> None:
        """Open the nodes, copied from ``template``."""
        shutil.copytree(template, folder)
        self.stream = Stream(seed=seed)
        self.nodes = {
            name: Node.open(folder / name, clock=self.stream.now, entropy=self.stream.entropy)
            for name in _NAMES
        }
        self.ours, self.confidant, self.neighbour = self.nodes.values()
        self.public: list[str] = []  # documents that the observers may at times see
        self.secret: list[str] = []
        far = frozenset({Membership(_CIRCLE, Tier.OBSERVER, 1)})
        self.observers = {
            "partner": Viewer(self.neighbour.id),
            "observer": Viewer(NodeId("n-observer"), far),
            "staff": Viewer(self.ours.id, compartments=frozenset()),
        }
        self.server = self.ours.taxii.server()
        self.site = app(self.ours, None, clock=self.stream.now)
        client = TestClient(self.site, base_url="http://127.0.0.1", follow_redirects=False)
        self.open = ExitStack()
        self.browser = self.open.enter_context(client)

    def close(self) -> None:
        """Let go of everything."""
        self.open.close()
        for node in self.nodes.values():
            node.close()

    def page(self, address: str, name: str) -> str:
        """Return what somebody with an account is answered, less what is of their session."""
        guard, person = self.site.state.room.guard, self.ours.accounts.person(name)
        cookie = guard.enter(person.actor, name, self.ours.accounts.stamp(person.actor))
        self.browser.cookies.set(guard.cookie, cookie)
        answer = self.browser.get(address)
        return f"{answer.status_code} {answer.text}".replace(guard.form_token(cookie), "")

    def take(self, report: Report, label: Label) -> str:
        """Take one report in at the first node, as a reader gave it; return the document's id."""
        drafter = self.ours._drafter  # noqa: SLF001 - a reading without a reader
        content = report.extraction.text.encode()
        document = drafter.document_id(content)
        rendition, text = drafter.rendition(document, report.extraction)
        drafts: list[Draft] = [
            drafter.acquisition(Incoming("report.txt", "the press"), content, label=label),
            text,
            drafter.reading(rendition, report.reading),
        ]
        self.ours.ledger.append(drafts)
        return document

    def confide(self) -> None:
        """Carry what waits for the confidant, as what was done with a secret may, and the receipts.

        The ids of what goes out after it are then drawn alike in both worlds.
        """
        self.stream.begin(self.stream.step, " before")
        _carry(self.ours, self.confidant)
        _carry(self.confidant, self.ours)
        self.stream.begin(self.stream.step)

    def hand_over(self) -> None:
        """Carry to every node what waits for it, and back what they answer."""
        for one, other in ((self.ours, self.confidant), (self.confidant, self.neighbour),
                           (self.ours, self.neighbour), (self.neighbour, self.ours)):  # fmt: skip
            _carry(one, other)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done, drawn from its own number."""

    number: int
    seed: int
    name: str
    secret: bool

    def chance(self) -> random.Random:
        """Return the draws of this step, the same in both worlds."""
        return random.Random(f"{self.seed} {self.number} {self.name}")


def _carry(one: Node, other: Node) -> None:
    for letter in one.outgoing.letters(other.id):
        told(other.incoming.receive, letter)


def told(work: Callable[..., object], *given: object, **more: object) -> str:
    """Return what somebody is told: the answer, or why there is none."""
    try:
        return repr(work(*given, **more))
    except (TawaturError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


# ---------------------------------------------------------------- what is done


def _public_label(world: World, chance: random.Random) -> Label:
    us, partner, friend = world.ours.id, world.neighbour.id, world.confidant.id
    kind = chance.random()
    return Label.of(
        Terms(
            us,
            audience=frozenset({partner, friend} if kind < 0.6 else {friend}),
            circles=frozenset({Circle(_CIRCLE, Tier.OBSERVER)} if kind > 0.3 else ()),
            onward=Leave.YES if chance.random() < 0.5 else Leave.NO,
            gives=Leave.EXISTENCE if kind > 0.9 else Leave.YES,
            expires=_START + timedelta(days=chance.randint(1, 5)) if kind < 0.15 else None,
            caveats=frozenset({"read it aloud"} if 0.2 < kind < 0.25 else ()),
        )
    )


def secret_label(world: World, *, exists: bool) -> Label:
    """Return the label of what no observer may have; of which they may know that it ``exists``."""
    if exists:
        told_to = frozenset({world.confidant.id, world.neighbour.id})
        return Label.of(
            Terms(
                world.ours.id,
                audience=told_to,
                compartments=frozenset({_ROOM}),
                gives=Leave.EXISTENCE,
                subject=_SUBJECT,
            )
        )
    return Label.of(
        Terms(
            world.ours.id,
            audience=frozenset({world.confidant.id}),
            compartments=frozenset({_ROOM}),
        )
    )


def _document(world: World, step: Step) -> str:
    held = world.secret if step.secret else world.public
    return step.chance().choice(held)


def _claims(world: World, step: Step) -> list[Claim]:
    return list(world.ours.claims(document=_document(world, step)))


def _eyes(world: World, step: Step) -> Viewer | None:
    """Return whose picture a person acts on: only with the secret on one that shows it."""
    return None if step.secret else world.observers["staff"]


def judge(world: World, step: Step) -> None:
    """Accept, correct or reject a claim."""
    chance, found = step.chance(), _claims(world, step)
    claim = found[chance.randrange(len(found))]
    verdict = chance.choice(list(Verdict))
    given: dict[str, Any] = {}
    if verdict is Verdict.CORRECT:
        given = {"polarity": chance.choice([Polarity.ASSERTED, Polarity.DENIED])}
    world.ours.judge(claim.id, verdict, why="looked into", **given)


def relabel(world: World, step: Step) -> None:
    """Change who may have a document; a secret one stays one."""
    chance, document = step.chance(), _document(world, step)
    if step.secret:
        world.ours.labels.change(document, {"purpose": chance.choice(["drill", "visit"])})
    else:
        _give(world, document, chance)


def _give(world: World, item: str, chance: random.Random) -> None:
    """Label an item for the partners and circles that are drawn, and for nobody else."""
    (terms,) = _public_label(world, chance).terms
    circle = Circle(_CIRCLE, Tier.OBSERVER)
    everybody: set[NodeId | Circle] = {world.neighbour.id, world.confidant.id, circle}
    named: set[NodeId | Circle] = {*terms.audience, *terms.circles}
    world.ours.labels.change(
        item, {"onward": terms.onward}, also=named, no_more=everybody - named, why="it changed"
    )


def unite(world: World, step: Step) -> None:
    """Rule that two names are one, or are not."""
    chance, document = step.chance(), _document(world, step)
    places = []
    for each in (document, chance.choice(world.public)):
        view = world.ours.document(each)
        entity = chance.choice(view.reading.entities)
        places.append(Place(view.rendition, entity.mentions[0]))
    same = chance.random() < 0.5
    world.ours.rulings.record(Sameness, "asked them", same=same, a=places[0], b=places[1])


def settle(world: World, step: Step) -> None:
    """Say what a contradiction comes to."""
    chance, on = step.chance(), {claim.id: claim for claim in _claims(world, step)}
    seen = world.ours.conflicts(viewer=_eyes(world, step))
    conflict = chance.choice([c for c in seen if on.keys() & {c.a, c.b}])
    a, b = (Place.of(world.ours.claim(side)) for side in (conflict.a, conflict.b))
    outcome = chance.choice(list(Outcome))
    world.ours.rulings.record(
        Settlement, "looked into", a=a, b=b, kind=conflict.kind, outcome=outcome
    )


def grade(world: World, step: Step) -> None:
    """Give a paper a letter where it speaks."""
    chance, claim = step.chance(), _claims(world, step)[0]
    letter, paper = chance.choice(list(Reliability)), claim.publisher or "the press"
    world.ours.rulings.record(Grading, "known", place=Place.of(claim), source=paper, letter=letter)


def explain(world: World, step: Step) -> None:
    """Put an explanation of a document's origin on its board."""
    world.ours.boards.add(_document(world, step), f"planted, says {step.number}")


def annotate(world: World, step: Step) -> None:
    """Put a note beside the first words of a document."""
    document = _document(world, step)
    text = world.ours.document(document).extraction.text
    world.ours.gloss(document, text[:12], "first words", at=0)


def promise(world: World, step: Step) -> None:
    """Record a commitment or a request that rests on a claim."""
    chance, found = step.chance(), _claims(world, step)
    claim = found[chance.randrange(len(found))]
    what = f"{'the night' if step.secret else 'the day'} column goes home {step.number}"
    if chance.random() < 0.5:
        item: Any = world.ours.desk.commit(by="Ours", to="Neighbour", what=what, claims=[claim.id])
    else:
        item = world.ours.desk.ask(by="Ours", to="Neighbour", what=what, claims=[claim.id])
    if not step.secret:
        _give(world, item.id, chance)


def release(world: World, step: Step) -> None:
    """Release a document or a claim, by letter or over TAXII, and carry what waits."""
    chance, document = step.chance(), _document(world, step)
    found = [document, *(claim.id for claim in world.ours.claims(document=document))]
    item = found[chance.randrange(2) % len(found)]
    to = "Confidant" if step.secret or chance.random() < 0.4 else "Neighbour"
    if chance.random() < 0.5:
        world.ours.outgoing.propose(item, to)
    else:
        world.ours.taxii.offer(item, to)
    world.hand_over()


def pass_on(world: World, step: Step) -> None:
    """Have the confidant pass on what it may."""
    chance, document = step.chance(), _document(world, step)
    text = world.ours.document(document).extraction.text
    found = [
        line.id for line in world.confidant.documents()
        if world.confidant.document(line.id).extraction.text == text
    ]  # fmt: skip
    world.confidant.outgoing.propose(chance.choice(found), "Neighbour")
    world.hand_over()


def recall(world: World, step: Step) -> None:
    """Recall a document from everybody."""
    world.ours.outgoing.recall(_document(world, step), "it was a slip")
    world.hand_over()


def erase(world: World, step: Step) -> None:
    """Erase a document."""
    document = _document(world, step)
    (world.secret if step.secret else world.public).remove(document)
    world.ours.erase(document, why="taken in by mistake")


ACTS: dict[str, Callable[[World, Step], None]] = {
    act.__name__: act
    for act in (
        *(judge, relabel, unite, settle, grade, explain, annotate, promise),
        *(release, pass_on, recall, erase),
    )
}


# ---------------------------------------------------------------- what is seen


def _listings(node: Node, viewer: Viewer | None, chance: random.Random) -> Iterator[str]:
    """Yield what one door after another of a node shows."""
    words = chance.choice(_WORDS)
    yield told(node.overview, viewer=viewer)
    yield told(node.documents, viewer=viewer)
    yield told(node.claims, viewer=viewer)
    yield told(node.search, words, viewer=viewer)
    yield told(node.desk.commitments, viewer=viewer)
    yield told(node.desk.requests, viewer=viewer)


def _weighed(node: Node, viewer: Viewer | None, chance: random.Random) -> Iterator[str]:
    yield told(node.events, viewer=viewer)
    yield told(node.conflicts, viewer=viewer)
    yield told(node.near_misses, viewer=viewer)
    yield told(node.gaps, viewer=viewer)
    yield told(node.events, about=chance.choice(_WORDS), viewer=viewer)


def _named(node: Node, viewer: Viewer | None, chance: random.Random) -> Iterator[str]:
    found = node.who.all(viewer=viewer)
    yield repr(found)
    if found:
        yield told(node.who.view, chance.choice(found).id, viewer=viewer)
    yield told(node.rulings.lines, viewer=viewer)
    yield told(node.boards.all, viewer=viewer)


def _graded(node: Node, viewer: Viewer | None, chance: random.Random) -> Iterator[str]:
    del chance
    yield told(node.sources.all, viewer=viewer)
    yield told(node.sources.of_claims, viewer=viewer)


def _single(node: Node, viewer: Viewer | None, chance: random.Random) -> Iterator[str]:
    for line in chance.sample(documents := node.documents(viewer=viewer), min(2, len(documents))):
        yield told(node.document, line.id, viewer=viewer)
    events = node.events(viewer=viewer)
    for event in chance.sample(events, min(2, len(events))):
        yield told(node.event, event.id, viewer=viewer)
        yield told(node.roots, event.id, viewer=viewer)
        yield told(node.why, event.id, viewer=viewer)


def _written(node: Node, viewer: Viewer | None, chance: random.Random) -> Iterator[str]:
    language = chance.choice(["ar", "fr", "en"])
    whole = node.brief(language=language, viewer=viewer)
    yield markdown(whole, "documents.html")
    yield html(node.brief(about=chance.choice(_WORDS), viewer=viewer))


DOORS: dict[str, Callable[[Node, Viewer | None, random.Random], Iterator[str]]] = {
    "listings": _listings,
    "events and conflicts": _weighed,
    "names and rulings": _named,
    "sources and grades": _graded,
    "one by one": _single,
    "briefs": _written,
}


def asked_for(world: World, ids: list[str]) -> Iterator[str]:
    """Yield what the observers are told who ask for the ids of what is not for them."""
    node = world.ours
    for viewer in world.observers.values():
        for id_ in ids:
            for question in (node.document, node.claim, node.event, node.why, node.roots):
                yield told(question, id_, viewer=viewer)
            yield told(node.who.view, id_, viewer=viewer)
            yield told(node.boards.of, id_, viewer=viewer)


def by_name(world: World, ids: list[str], chance: random.Random) -> Iterator[str]:
    """Yield what people with accounts are shown: pages, and what else is asked by name."""
    for name in _PEOPLE:
        node = world.ours.asked_by(world.ours.accounts.person(name))
        yield told(node.pointers.all)
        yield told(node.communities.all)
        yield told(node.overview)
        for id_ in (*ids, "o-0000000000000000"):
            yield told(node.pointers.acknowledge, id_)
            yield told(node.labels.of, id_)
            yield told(node.disclosures.of, id_)
        for address in chance.sample(_PAGES, 4):
            yield world.page(address.format(chance.choice(_WORDS)), name)
        for kind in chance.sample(_OF_ONE, 2):
            for id_ in ids:
                yield world.page(f"/{kind}/{id_}", name).replace(id_, "")


def over_taxii(world: World, ids: list[str]) -> Iterator[str]:
    """Yield what the neighbour's program is answered, address by address."""
    partner = world.observers["partner"]

    def ask(path: str, query: str = "", method: str = "GET") -> bytes:
        headers = {"accept": _MEDIA, "content-type": _MEDIA}
        answer = world.server.answer(Asked(method, path, query, headers, "", b""), partner)
        return repr((answer.status, sorted(answer.headers.items()), answer.body)).encode()

    def body(path: str) -> Any:
        headers = {"accept": _MEDIA}
        answer = world.server.answer(Asked("GET", path, "", headers, "", b""), partner)
        return json.loads(answer.body)

    yield ask("/taxii2/").decode()
    yield ask("/tawatur/").decode()
    yield ask("/tawatur/collections/").decode()
    for each in body("/tawatur/collections/").get("collections", ()):
        base = f"/tawatur/collections/{each['id']}"
        for path, query in (("", ""), ("/objects/", "limit=3"), ("/objects/", "match[version]=all"),
                            ("/manifest/", "")):  # fmt: skip
            yield ask(f"{base}{path or '/'}", query).decode()
        for id_ in ids:
            yield ask(f"{base}/objects/{id_}/").decode()
            yield ask(f"{base}/objects/{id_}/", method="DELETE").decode()


# ---------------------------------------------------------------- one life, twice

_WORDS = ("Ara", "killed", "soldiers", "Council", "the", "night column")


@dataclass(frozen=True, slots=True)
class Lived:
    """What two worlds showed: looks by door, acts with and without the secret, differences."""

    looks: Counter[str]
    acts: Counter[str]
    differences: tuple[str, ...]


@cache
def _reports(seed: int) -> tuple[Report, ...]:
    return tuple(islice(Press(seed).reports(), _REPORTS))


def lived(template: Path, folder: Path, seed: int, steps: int) -> Lived:
    """Live one life twice, the secret otherwise the second time, and compare what is seen."""
    chance = random.Random(seed)
    reports = _reports(seed % _PRESSES)
    worlds = tuple(World(template, folder / side, seed) for side in "ab")
    looks: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    differences: list[str] = []
    gone: list[str] = []  # ids of what was secret in either world
    exists = seed % 3 == 0
    absent = seed % 2 == 0 and not exists
    with ExitStack() as stack:
        for world in worlds:
            stack.callback(world.close)
        for number in range(steps):
            for world in worlds:
                world.stream.begin(number)
            kind = chance.random()
            if number < 4 or kind < 0.08:
                acts["reports"] += 1
                report = reports[chance.randrange(_REPORTS)]
                for world in worlds:
                    document = world.take(
                        report, _public_label(world, random.Random(f"{seed} {number}"))
                    )
                    if document not in world.public:
                        world.public.append(document)
            elif number == 4 or kind < 0.1:
                acts["secret reports"] += 1
                one, other = (reports[-1 - chance.randrange(9)], reports[-10 - number % 9])
                for world, report in zip(worlds, (one, other), strict=True):
                    told_otherwise = _otherwise(report, number, world is worlds[0])
                    if world is worlds[1] and absent:
                        continue
                    label = secret_label(world, exists=exists)
                    world.secret.append(world.take(told_otherwise, label))
                    gone.append(world.secret[-1])
            elif kind < 0.45:
                name = chance.choice(list(ACTS))
                secret = chance.random() < _SECRET_STEPS
                step = Step(number, seed, name, secret)
                acts[f"{name}, secret" if secret else name] += 1
                _done(worlds, step, gone)
            else:
                differences += _compared(worlds, seed, number, chance, looks, gone[-3:])
            if len(differences) > 3:
                break
    return Lived(looks, acts, tuple(differences))


def _done(worlds: tuple[World, ...], step: Step, gone: list[str]) -> None:
    """Do one thing in both worlds; the secret is dealt with where there is one."""
    held = [world.secret if step.secret else world.public for world in worlds]
    if step.name == "erase" and not step.secret and len(held[0]) < 6:
        return
    for world, documents in zip(worlds, held, strict=True):
        if not documents:
            continue
        if not step.secret:
            world.confide()
        try:
            ACTS[step.name](world, step)
        except (TawaturError, IndexError, ValueError):
            continue  # it cannot be done, as with a document of which there is no contradiction
        gone += [c.id for d in world.secret[-1:] for c in world.ours.claims(document=d)][:1]


def _compared(
    worlds: tuple[World, ...],
    seed: int,
    number: int,
    chance: random.Random,
    looks: Counter[str],
    ids: list[str],
) -> list[str]:
    """Look through one door in both worlds; return what was otherwise."""
    more = ("secret ids", "TAXII", "the neighbour's node", "by name", "by name")
    door = chance.choice([*DOORS, *DOORS, *more])
    who = chance.choice(list(worlds[0].observers))
    draw = chance.random()

    def seen(world: World) -> list[str]:
        look = random.Random(draw)
        match door:
            case "secret ids":
                return list(asked_for(world, ids))
            case "by name":
                return list(by_name(world, ids, look))
            case "TAXII":
                return list(over_taxii(world, ids))
            case "the neighbour's node":
                shown = DOORS[look.choice(list(DOORS))]
                known = told(world.neighbour.pointers.all)
                return [known, *shown(world.neighbour, None, look)]
        return list(DOORS[door](world.ours, world.observers[who], look))

    looks[door] += 1
    one, other = map(seen, worlds)
    if one == other:
        return []
    where = _first(one, other)
    a, b = one[where], other[where]
    near = slice(max(0, _first(a, b) - 200), _first(a, b) + 200)
    return [f"seed {seed}, step {number}, {door}, {who}, answer {where}:\n  {a[near]}\n  {b[near]}"]


def _first(one: Sequence[object], other: Sequence[object]) -> int:
    """Return where two sequences begin to differ, the last place of both if one is longer."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)) - 1)


def _otherwise(report: Report, number: int, first: bool) -> Report:
    """Return a report whose text is like no public one: the same text is the same document."""
    more = f"\nNight desk {number}{'' if first else ' of another house'}."
    extraction = replace(report.extraction, text=report.extraction.text + more)
    return replace(report, extraction=extraction)


def made(folder: Path) -> Path:
    """Make the three nodes of every world, who have exchanged cards; return their folder."""
    folder.mkdir()
    cards = {}
    for name in _NAMES:
        with Node.init(folder / name, name=name) as node:
            cards[name] = node.partners.sealed_card()
    for name in _NAMES:
        with Node.open(folder / name) as node:
            for other in _NAMES:
                if other != name:
                    node.partners.add(cards[other])
            if name == "Ours":
                lines = tuple(node.taxii.account(each, each)[1] for each in _NAMES[1:])
                node.accounts.add("Salma", roles=[AccountRole.ADMINISTRATOR])
                for person, (of, rooms) in _PEOPLE.items():
                    at_home = [] if of else [AccountRole.RELEASE_OFFICER]
                    roles = [AccountRole.ANALYST, *at_home]
                    node.accounts.add(person, roles=roles, organisation=of, compartments=rooms)
                taxii = settings.Taxii(accounts=lines, requests_per_minute=0)
                settings.save(node.folder, replace(node.settings, taxii=taxii))
    return folder


def _life(given: tuple[str, int, int]) -> Lived:
    template, seed, steps = given
    with tempfile.TemporaryDirectory() as folder:
        return lived(Path(template), Path(folder), seed, steps)


def main() -> int:
    """Live many lives and print what was seen; see the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("steps", type=int, nargs="?", default=STEPS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps-each", type=int, default=EACH)
    parser.add_argument("--processes", type=int, default=4)
    given = parser.parse_args()
    began, looks, acts = time.monotonic(), Counter[str](), Counter[str]()
    differences: list[str] = []
    seeds = range(given.seed, given.seed + -(-given.steps // given.steps_each))
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(given.processes) as pool:
        template = str(made(Path(folder) / "nodes"))
        lives = pool.map(_life, [(template, seed, given.steps_each) for seed in seeds])
        for number, life in enumerate(lives, 1):
            looks += life.looks
            acts += life.acts
            differences += life.differences
            for each in life.differences:
                print(each, file=sys.stderr, flush=True)
            if number % _TOLD == 0:
                passed = time.monotonic() - began
                line = f"{number:,} lives of {len(seeds):,}, {passed:.0f} s"
                print(f"{line}, differences: {len(differences)}", file=sys.stderr, flush=True)
    print(f"{len(seeds):,} lives of {given.steps_each} steps, {time.monotonic() - began:.0f} s\n")
    for title, counted in (("looked through", looks), ("done", acts)):
        print(f"{title}: " + ", ".join(f"{k} {v:,}" for k, v in counted.most_common()))
    print(f"differences: {len(differences)}")
    for each in differences[:10]:
        print(each)
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main())
