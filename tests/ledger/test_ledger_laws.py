"""Whatever is appended, released and erased: databases agree with memory, and verify."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.ledger.support_ledger import (
    NEIGHBOUR,
    Place,
    draft,
    entry_id,
    erasing,
    in_memory,
)
from tests.ledger.support_postgres import Server

from tawatur.ledger import release_vkey, verified_checkpoint, verify_consistency
from tawatur.model.ids import EntryId, NodeId

CONTENTS = [b"", b"one", b"two", "ثلاثة".encode()]
AUDIENCES = [NEIGHBOUR, NodeId("n-0000000000000000")]


class TwoLedgers(RuleBasedStateMachine):
    """The same acts on a ledger in memory and on one in a database."""

    server: Server | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.place = Place(Path(self.folder.name), self.server)
        self.disk = self.place.open()
        self.memory = in_memory(Path(self.folder.name))
        self.count = 0
        self.live: list[EntryId] = []
        self.older = [self.disk.checkpoint()]

    def teardown(self) -> None:
        """Let go of the folder."""
        self.disk.close()
        self.folder.cleanup()

    def fresh(self) -> int:
        """Return a number not used before."""
        self.count += 1
        return self.count

    @rule(
        batch=st.lists(st.lists(st.sampled_from(CONTENTS), max_size=3), min_size=1, max_size=5),
        releases=st.lists(
            st.tuples(st.sampled_from(AUDIENCES), st.binary(min_size=32, max_size=32))
        ),
    )
    def append(self, batch: list[list[bytes]], releases: list[tuple[NodeId, bytes]]) -> None:
        """Append a batch with blobs and commitments."""
        given = [draft(self.fresh(), blobs=tuple(blobs)) for blobs in batch]
        assert self.disk.append(given, releases) == self.memory.append(given, releases)
        self.live += [one.id for one in given]
        self.older.append(self.disk.checkpoint())

    @precondition(lambda self: self.live)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        """Erase some of what is there."""
        gone = data.draw(st.lists(st.sampled_from(self.live), min_size=1, max_size=4))
        one = erasing(self.fresh())
        assert self.disk.erase(gone, draft=one) == self.memory.erase(gone, draft=one)
        self.live = [id_ for id_ in self.live if id_ not in gone]

    @rule()
    def open_again(self) -> None:
        """Close and open the one on the disk."""
        nonces = self.disk._entropy
        self.disk.close()
        self.disk = self.place.open()
        self.disk._entropy = nonces

    @invariant()
    def both_are_whole_and_the_same(self) -> None:
        """Entries, blobs, proofs, checkpoints and what verify finds."""
        found = self.disk.verify(self.older[len(self.older) // 2])
        assert found == self.memory.verify(self.older[-1])
        assert list(self.disk.entries()) == list(self.memory.entries())
        assert self.disk.checkpoint() == self.memory.checkpoint()
        assert self.disk.sweep() == 0
        for id_ in [entry_id(n) for n in range(1, self.count + 1)]:
            blobs = self.disk.blobs_of(id_)
            assert blobs == self.memory.blobs_of(id_)
            assert [self.disk.blob(one) for one in blobs] == [self.memory.blob(b) for b in blobs]
        for audience, size in found.releases:
            note = self.disk.release_checkpoint(audience)
            head = verified_checkpoint(note, release_vkey(self.disk.vkey, audience))
            assert head.size == size
            proof = self.disk.release_proof(audience, size - 1)
            assert proof == self.memory.release_proof(audience, size - 1)
        head = verified_checkpoint(self.disk.checkpoint(), self.disk.vkey)
        for note in self.older:
            old = verified_checkpoint(note, self.disk.vkey)
            path = self.memory.consistency_proof(old.size)
            verify_consistency(old.size, old.root, head.size, head.root, path)


@pytest.mark.parametrize(("kind", "stories"), [("sqlite", 25), ("postgres", 6)])
def test_both_agree_whatever_is_done(
    request: pytest.FixtureRequest, kind: str, stories: int
) -> None:
    """Appends, releases, erasures and openings, in any order."""
    server = None if kind == "sqlite" else request.getfixturevalue("server")
    story = type("Story", (TwoLedgers,), {"server": server})
    run_state_machine_as_test(
        story, settings=settings(max_examples=stories, stateful_step_count=12, deadline=None)
    )
