"""Two histories are found by whoever is shown both, and nobody can make up one for another."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulators.clock import Clock

from tawatur.errors import AlteredFileError, SharingError
from tawatur.ledger import leaf_hash, roots_at
from tawatur.ledger.merkle import Edge
from tawatur.model.ids import NodeId
from tawatur.model.label import Circle, Tier
from tawatur.node import Node
from tawatur.node.folder import Folder
from tawatur.settings import load
from tawatur.sharing import Head, Heads, Shown, open_heads, sealed_heads

CLOCK = Clock()


def _opened(path: Path) -> Node:
    return Node(Folder(path), load(path), clock=CLOCK)


@pytest.fixture
def members(tmp_path: Path) -> Iterator[list[Node]]:
    """Three members of one community, each with the cards of the others."""
    made = []
    for name in ("Observatory", "Harbour", "Hills"):
        Node.init(tmp_path / name, name=name).close()
        made.append(_opened(tmp_path / name))
    for one in made:
        for other in made:
            if one is not other:
                one.partners.add(other.partners.sealed_card())
    made[0].communities.found("Relief", members=[each.id for each in made[1:]])
    for other in made[1:]:
        other.communities.take(made[0].communities.written("Relief"))
    yield made
    for node in made:
        node.verify()
        node.close()


def _give(sender: Node, what: str, *receivers: Node) -> None:
    """Release an item by the community's list."""
    item = sender.desk.commit(what=what, by="Harbour").id
    circle = Circle(sender.communities.one("Relief").id, Tier.MEMBER)
    sender.labels.change(item, {}, also=[circle])
    for each in receivers:
        each.incoming.receive(sender.outgoing.release(item, each.id))


def _show(sender: Node, receiver: Node) -> None:
    letter = sender.histories.letter(receiver.id)
    assert letter is not None
    receiver.incoming.receive(letter)


def test_one_history_explains_whatever_order_it_is_shown_in(members: list[Node]) -> None:
    """Heads of every size, shown to members at different times."""
    one, harbour, hills = members
    for n in range(5):
        _give(one, f"send lorry {n}", harbour, *([hills] if n % 2 else []))
        _show(one, hills if n % 2 else harbour)
    for reader, teller in ((hills, harbour), (harbour, hills)):
        _show(teller, reader)
        (found,) = reader.histories.compared("Observatory")
        assert (found.split, found.unlogged, found.heads > 3) == (None, (), True)
    assert [n.histories.compared("Observatory")[0].later for n in (harbour, hills)] == [0, 1]


def test_a_head_that_is_further_than_what_was_shown_is_said(members: list[Node]) -> None:
    """It is neither proof nor silence."""
    one, harbour, hills = members
    _give(one, "send lorries", harbour, hills)
    _show(one, harbour)
    _give(one, "send boats", harbour, hills)
    _show(one, hills)
    _show(hills, harbour)
    (found,) = harbour.histories.compared("Observatory")
    assert (found.later, found.split) == (1, None)


@pytest.mark.parametrize("more", [0, 1, 3])
def test_two_histories_are_found_whatever_their_lengths(members: list[Node], more: int) -> None:
    """The proof is two notes that the partner signed itself."""
    one, harbour, hills = members
    _give(one, "send lorries", harbour, hills)
    one.close()
    copy = one.folder.parent / "copy"
    shutil.copytree(one.folder, copy)
    members[0] = one = _opened(one.folder)
    other = _opened(copy)
    _give(one, "send boats", harbour)
    for n in range(more + 1):
        _give(other, f"send bread {n}", hills)
    _show(one, harbour)
    _show(other, hills)
    other.close()
    _show(harbour, hills)
    _show(hills, harbour)
    (found,) = hills.histories.compared("Observatory")
    assert found.split is not None
    identity = hills.partners.identities()[one.id]
    community = hills.communities.one("Relief").id
    roots = {Head(one.id, community, note).checked(identity).root for note in found.split}
    assert len(roots) == 2
    # Whoever was shown the shorter one finds it as soon as lengths are equal.
    assert (harbour.histories.compared("Observatory")[0].split is not None) == (more == 0)


def test_an_item_that_is_left_out_of_what_is_shown_is_found(members: list[Node]) -> None:
    """Given by the community's list, and in no history of it."""
    one, harbour, _hills = members
    one.close()
    copy = one.folder.parent / "copy"
    shutil.copytree(one.folder, copy)
    members[0] = one = _opened(one.folder)
    other = _opened(copy)
    _give(other, "send boats", harbour)
    other.close()
    _give(one, "send lorries", harbour)
    _show(one, harbour)
    (found,) = harbour.histories.compared("Observatory")
    (item,) = found.unlogged
    assert harbour.desk.commitment(item).what == "send boats"


def test_nobody_makes_up_a_history_for_another(members: list[Node]) -> None:
    """Heads that their owner did not sign are left out, own ones that do not fit refused."""
    one, harbour, hills = members
    _give(one, "send lorries", harbour, hills)
    _show(one, harbour)
    community = one.communities.one("Relief").id
    log = harbour.ledger.release_checkpoint(NodeId(community))
    forged = Head(one.id, community, log.replace(harbour.id, one.id))
    now, key = CLOCK(), harbour.partners.key
    heads = Heads(harbour.card, hills.id, now, (), (forged,))
    opened = open_heads(sealed_heads(heads, key), hills.id, hills.partners.identities(), now)
    assert opened.seen == ()
    own = Head(one.id, community, one.ledger.release_checkpoint(NodeId(community)))
    for shown in (Shown(own, ()), Shown(replace(own, owner=harbour.id), ("00" * 32,))):
        given_ = replace(heads, sender=one.card, own=(shown,), seen=())
        with pytest.raises(AlteredFileError):
            hills.incoming.receive(sealed_heads(given_, one.partners.key))
    assert hills.histories.compared("Observatory")[0].heads == 0


def test_what_is_shown_twice_is_recorded_once(members: list[Node]) -> None:
    """And a stranger to the community is shown nothing."""
    one, harbour, hills = members
    _give(one, "send lorries", harbour)
    _show(one, harbour)
    size = harbour.ledger.size
    _show(one, harbour)
    assert harbour.ledger.size == size
    assert harbour.histories.letter(NodeId("n-0000000000000000")) is None
    with pytest.raises(SharingError):
        hills.incoming.receive(one.histories.letter(harbour.id) or b"")


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=20))
def test_roots_at_are_those_of_a_growing_tree(leaves: list[bytes]) -> None:
    """At every size, and at none that is not reached."""
    edge, wanted = Edge(), {0: Edge().root}
    for leaf in leaves:
        edge.add(leaf_hash(leaf))
        wanted[edge.size] = edge.root
    assert roots_at(leaves, range(40)) == wanted
