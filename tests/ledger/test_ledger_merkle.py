"""The tree is RFC 9162's: known answers, and proofs of what is there only."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import VerificationError
from tawatur.ledger.merkle import (
    EMPTY_ROOT,
    Edge,
    Read,
    consistency,
    inclusion,
    leaf_hash,
    node_count,
    node_hash,
    root_at,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that implementations of RFC 6962 test each other with.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(count: int) -> tuple[Edge, Read]:
    """Return a tree of ``count`` leaves and the reader of its hashes."""
    edge, held = Edge(), {}
    for number in range(count):
        for node in edge.add(leaf_hash(b"%d" % number)):
            held[node.level, node.index] = node.hash
    assert len(held) == node_count(count)
    return edge, lambda level, index: held[level, index]


def definition(leaves: list[bytes]) -> bytes:
    """Return the root as RFC 9162, section 2.1.1, defines it."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(definition(leaves[:half]), definition(leaves[half:]))


def test_the_empty_tree_has_the_known_root() -> None:
    """SHA-256 of nothing."""
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Edge().root == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, 9), ids=lambda size: f"{size}-leaves")
def test_known_leaves_have_the_known_roots(size: int) -> None:
    """The vectors of RFC 6962's implementations."""
    edge = Edge()
    for leaf in LEAVES[:size]:
        edge.add(leaf_hash(leaf))
    assert edge.root.hex() == ROOTS[size - 1]


@given(st.integers(0, 70))
def test_the_growing_root_is_the_defined_one(size: int) -> None:
    """Appending one by one gives what the definition gives over all."""
    edge, read = grown(size)
    expected = definition([b"%d" % number for number in range(size)])
    assert edge.root == expected == root_at(size, read)


def test_every_leaf_of_every_small_tree_is_proven_and_no_other() -> None:
    """The right leaf passes; another leaf, index, size, root or path does not."""
    for size in range(1, 34):
        edge, read = grown(size)
        for index in range(size):
            path, leaf = inclusion(index, size, read), leaf_hash(b"%d" % index)
            verify_inclusion(leaf, index, size, path, edge.root)
            wrong = [
                (leaf_hash(b"x"), index, size, path, edge.root),
                (leaf, index, size, path, EMPTY_ROOT),
                (leaf, index, size, (*path, EMPTY_ROOT), edge.root),
                (leaf, size, size, path, edge.root),
                *([(leaf, index ^ 1, size, path, edge.root)] if size > 1 else []),
                *([(leaf, index, size, path[:-1], edge.root)] if path else []),
            ]
            for case in wrong:
                with pytest.raises(VerificationError):
                    verify_inclusion(*case)


def test_every_small_tree_continues_all_before_it_and_no_other() -> None:
    """The right older root passes; another root, size or path does not."""
    for size in range(34):
        edge, read = grown(size)
        for older in range(size + 1):
            path, before = consistency(older, size, read), root_at(older, read)
            verify_consistency(older, before, size, edge.root, path)
            other = leaf_hash(b"another history")
            with pytest.raises(VerificationError):
                verify_consistency(older, other, size, edge.root, path)
            with pytest.raises(VerificationError):
                verify_consistency(older, before, size, edge.root, (*path, other))
            if older not in {0, size}:
                with pytest.raises(VerificationError):
                    verify_consistency(older, before, size, other, path)
                with pytest.raises(VerificationError):
                    verify_consistency(older, before, size, edge.root, path[:-1])


def test_proofs_of_what_is_not_there_are_refused() -> None:
    """Asking for a leaf or a size beyond the tree is an error of the caller."""
    _, read = grown(5)
    for index in (-1, 5):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion(index, 5, read)
    for older in (-1, 6):
        with pytest.raises(ValueError, match="continues none"):
            consistency(older, 5, read)
    with pytest.raises(VerificationError):
        verify_consistency(6, EMPTY_ROOT, 5, EMPTY_ROOT, ())


def test_appending_reads_only_the_right_edge() -> None:
    """A log of a million leaves costs at most twenty reads to continue."""
    seen: list[tuple[int, int]] = []

    def read(level: int, index: int) -> bytes:
        seen.append((level, index))
        return leaf_hash(b"")

    edge = Edge.at(999_999, read)
    assert len(seen) == (999_999).bit_count() <= 20
    assert len(edge.add(leaf_hash(b"next"))) <= 21
