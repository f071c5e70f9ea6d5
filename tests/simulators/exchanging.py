"""Three nodes that exchange over lines that do not hold, and what each has in the end.

`Circle.run` plays one story drawn by a seed: items are released, recalled and narrowed while
the nodes call each other; lines lose, cut, double and reorder, and processes are killed
between two steps. Then the faults end, and everybody has exactly what it should.
"""

import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.sharing.support_taxii import listening
from tests.simulators.proxy import Line, faulty_line

from tawatur import settings
from tawatur.errors import TawaturError
from tawatur.model.ids import NodeId
from tawatur.node import Node
from tawatur.node.sharing.underway import Lying, Underway

NAMES = ("Observatory", "Harbour", "Hills")
DOORS = NAMES[:2]
"""Those who can be called; the third only calls."""


class KilledError(Exception):
    """The process ended here."""


class Mortal(Underway):
    """What is underway, of a process that is killed at one step of it."""

    steps = 0

    def to(self, party: NodeId) -> Lying | None:
        """See `Underway.to`."""
        self._step()
        return super().to(party)

    def put(self, party: NodeId, lying: Lying) -> None:
        """See `Underway.put`."""
        self._step()
        super().put(party, lying)
        self._step()

    def arrived(self, party: NodeId, taken: frozenset[int]) -> None:
        """See `Underway.arrived`."""
        self._step()
        super().arrived(party, taken)
        self._step()

    def _step(self) -> None:
        self.steps -= 1
        if self.steps == 0:
            raise KilledError


@dataclass
class Story:
    """What was given to whom, and what of it was taken back."""

    given: dict[str, tuple[str, str]] = field(default_factory=dict)  # words to from, to
    items: dict[str, str] = field(default_factory=dict)  # words to the item's id
    recalled: set[str] = field(default_factory=set)  # words


@dataclass
class Circle:
    """Nodes, each of which knows the others, and the lines to those that have a door."""

    nodes: Mapping[str, Node]
    lines: Mapping[str, Line]
    story: Story = field(default_factory=Story)
    runs: int = 0
    kills: int = 0

    def run(self, seed: int, steps: int = 6) -> None:
        """Play one story and check how it ends.

        Raises:
            AssertionError: Somebody has not what it should.
        """
        chance = random.Random(seed)
        self.runs += 1
        for name, line in self.lines.items():
            line.calm, line.chance = False, random.Random(f"{seed} {name}")
        for step in range(steps):
            self._happens(chance, f"{seed}-{step}")
            self._all_call(chance)
        for line in self.lines.values():
            line.calm = True
        for _ in range(2):
            for name in NAMES:
                self._call(name, chance, killing=0.0)
        self._verify()

    # ------------------------------------------------------------ what happens

    def _happens(self, chance: random.Random, words: str) -> None:
        """Release something new, or take something back."""
        live = [each for each in self.story.given if each not in self.story.recalled]
        if live and chance.random() < 0.3:
            gone = chance.choice(live)
            sender, _ = self.story.given[gone]
            with self._alone(sender) as node:
                if node.disclosures.of(self.story.items[gone]):
                    node.outgoing.recall(self.story.items[gone], "by mistake")
                    self.story.recalled.add(gone)
            return
        sender, receiver = chance.sample(NAMES, 2)
        with self._alone(sender) as node:
            words = f"send {words} lorries"
            made = node.desk.commit(by=receiver, what=words).id
            node.outgoing.propose(made, receiver)
        self.story.given[words], self.story.items[words] = (sender, receiver), made

    def _all_call(self, chance: random.Random) -> None:
        """Let some call at once."""
        callers = chance.sample(NAMES, chance.randint(1, 3))
        seeds = [random.Random(chance.random()) for _ in callers]
        threads = [
            threading.Thread(target=self._call, args=(name, seed, 0.3))
            for name, seed in zip(callers, seeds, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _call(self, name: str, chance: random.Random, killing: float) -> None:
        """Let one call everybody who has a door; it may be killed on the way."""
        node = self.nodes[name]
        for to in self.lines:
            if to == name:
                continue
            try:
                with self._killing(node, chance if chance.random() < killing else None):
                    node.wire.exchange(to)
            except KilledError:
                self.kills += 1
            except TawaturError:
                if self.lines[to].calm:
                    raise

    @contextmanager
    def _killing(self, node: Node, chance: random.Random | None) -> Iterator[None]:
        """Kill the process at one step of what is underway, once."""
        if chance is None:
            yield
            return
        mortal = Mortal(node.wire.path)
        mortal.steps = chance.randrange(1, 8)
        with node.wire._node:
            node.wire._underway = mortal
        try:
            yield
        finally:
            with node.wire._node:
                mortal.close()
                node.wire._underway = None

    @contextmanager
    def _alone(self, name: str) -> Iterator[Node]:
        """Ask a node while nobody else does."""
        node = self.nodes[name]
        with node.wire._node:
            yield node

    # ------------------------------------------------------------ how it ends

    def _verify(self) -> None:
        """Return if everybody has what it was given and was not taken back, once, and no more."""
        for name, node in self.nodes.items():
            with self._alone(name):
                held = Counter(
                    each.what for each in node.desk.commitments() if each.what in self.story.given
                )
                due = {
                    words
                    for words, (sender, receiver) in self.story.given.items()
                    if sender == name or (receiver == name and words not in self.story.recalled)
                }
                assert set(held) == due, (name, set(held) ^ due)
                assert set(held.values()) <= {1}, (name, held)
                waiting = node.outgoing.waiting()
                assert not waiting, (name, waiting)
        self._verify_receipts()

    def _verify_receipts(self) -> None:
        """Return if everybody knows what became of what it gave, and of nothing else."""
        for words, (sender, _) in self.story.given.items():
            with self._alone(sender) as node:
                told = node.disclosures.of(self.story.items[words])
            known = [each.receipt for each in told]
            if words not in self.story.recalled:
                assert "accepted" in known, (words, known)
            else:
                assert all(each in ("erased", None) for each in known), (words, known)


@contextmanager
def circle(folder: Path) -> Iterator[Circle]:
    """Yield three nodes that know each other, made in a folder, two of them behind lines."""
    for name in NAMES:
        Node.init(folder / name, name=name).close()
    network = settings.Network(allowed=True, private=("127.0.0.1",))
    with ExitStack() as stack:
        lines: dict[str, Line] = {}
        for name in NAMES:
            told = replace(settings.load(folder / name), network=network)
            if name in DOORS:
                lines[name] = stack.enter_context(faulty_line(0))
                wire = settings.Wire(address=lines[name].url, requests_per_minute=0, seconds=5)
                told = replace(told, wire=wire)
            settings.save(folder / name, told)
        nodes = {name: stack.enter_context(Node.open(folder / name)) for name in NAMES}
        for one in nodes.values():
            one.wire.wait = lambda _: None
            for other in nodes.values():
                if one is not other:
                    one.partners.add(other.partners.sealed_card())
        for name, line in lines.items():
            served = stack.enter_context(listening(nodes[name].wire.door(), log_level="critical"))
            line.target = int(served.rpartition(":")[2])
        yield Circle(nodes, lines)
        for node in nodes.values():
            node.verify()
