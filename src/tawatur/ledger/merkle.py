"""How does one short hash stand for a whole log, and how is that shown to others?

The tree is that of RFC 9162, section 2.1 (the same as RFC 6962): a leaf is
SHA-256 over 0x00 and the entry's header, an inner node SHA-256 over 0x01 and
its two children. Hashes of complete subtrees never change once they are there;
they are addressed by level (0 for leaves) and index, and whoever holds them
passes a function that reads them. `Edge` is what appending needs: one hash per
set bit of the size, so that a longer log costs no more.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tawatur.errors import VerificationError

EMPTY_ROOT = sha256(b"").digest()

Read = Callable[[int, int], bytes]
"""Level and index of a complete subtree in, its hash out."""


@dataclass(frozen=True, slots=True)
class Node:
    """A complete subtree: its level (0 for a leaf), its index there, its hash."""

    level: int
    index: int
    hash: bytes


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of one leaf's bytes."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node over its children's."""
    return sha256(b"\x01" + left + right).digest()


class Edge:
    """The right edge of a growing tree: all that is needed to append and to know the root."""

    __slots__ = ("_peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)  # largest complete subtree first

    @classmethod
    def at(cls, size: int, read: Read) -> "Edge":
        """Return the edge of a tree of ``size`` leaves whose hashes ``read`` gives."""
        levels = [level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1]
        return cls(size, (read(level, (size >> level) - 1) for level in levels))

    def add(self, leaf: bytes) -> list[Node]:
        """Append one leaf hash; return the subtrees it completes, itself first."""
        level, index, top = 0, self.size, leaf
        done = [Node(0, index, leaf)]
        while index & 1:
            level, index, top = level + 1, index >> 1, node_hash(self._peaks.pop(), top)
            done.append(Node(level, index, top))
        self._peaks.append(top)
        self.size += 1
        return done

    @property
    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        top = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            top = node_hash(peak, top)
        return top


def node_count(size: int) -> int:
    """Return how many complete subtrees a tree of ``size`` leaves has, leaves included."""
    return 2 * size - size.bit_count()


def root_at(size: int, read: Read) -> bytes:
    """Return the root over the first ``size`` leaves."""
    return Edge.at(size, read).root


def roots_at(commitments: Iterable[bytes], sizes: Collection[int]) -> dict[int, bytes]:
    """Return the roots over the first commitments of a log, at those ``sizes`` that it reaches."""
    edge = Edge()
    found = {0: edge.root} if 0 in sizes else {}
    for leaf in commitments:
        edge.add(leaf_hash(leaf))
        if edge.size in sizes:
            found[edge.size] = edge.root
    return found


def inclusion(index: int, size: int, read: Read) -> tuple[bytes, ...]:
    """Return the audit path for one leaf in a tree of ``size`` (RFC 9162, 2.1.3.1).

    Raises:
        ValueError: There is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    return tuple(_path(index, 0, size, read))


def consistency(older: int, size: int, read: Read) -> tuple[bytes, ...]:
    """Return the proof that a tree of ``size`` continues that of ``older`` (RFC 9162, 2.1.4.1).

    Raises:
        ValueError: ``older`` is larger than ``size``, or negative.
    """
    if not 0 <= older <= size:
        raise ValueError(f"a tree of {size} continues none of {older}")
    if older in {0, size}:
        return ()  # nothing to prove: the empty tree, or the very same
    return tuple(_continuation(older, 0, size, read, whole=True))


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Check an audit path for a leaf hash (RFC 9162, 2.1.3.2).

    Raises:
        VerificationError: The path does not lead from this leaf to this root.
    """
    wrong = VerificationError(f"leaf {index}", "its proof does not lead to the root", seq=index)
    if not 0 <= index < size:
        raise wrong
    fn, sn, top = index, size - 1, leaf
    for step in path:
        if sn == 0:
            raise wrong
        if fn & 1 or fn == sn:
            top = node_hash(step, top)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            top = node_hash(top, step)
        fn, sn = fn >> 1, sn >> 1
    if sn or top != root:
        raise wrong


def verify_consistency(
    older: int, older_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> None:
    """Check that the tree of ``size`` continues that of ``older`` (RFC 9162, 2.1.4.2).

    Raises:
        VerificationError: It does not: the log was rewritten, or shortened.
    """
    wrong = VerificationError(f"tree of {size}", f"it does not continue the tree of {older}")
    if older > size or older < 0 or (older in {0, size} and path):
        raise wrong
    if older in {0, size}:
        if older_root != (root if older == size else EMPTY_ROOT):
            raise wrong
        return
    steps = [older_root, *path] if older & (older - 1) == 0 else list(path)
    if not steps:
        raise wrong
    fn, sn = older - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if sn == 0:
            raise wrong
        if fn & 1 or fn == sn:
            old, new = node_hash(step, old), node_hash(step, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node_hash(new, step)
        fn, sn = fn >> 1, sn >> 1
    if sn or old != older_root or new != root:
        raise wrong


def _split(width: int) -> int:
    """Return the largest power of two below ``width``."""
    return 1 << (width - 1).bit_length() - 1


def _range(start: int, end: int, read: Read) -> bytes:
    """Return the hash over the leaves from ``start`` up to ``end``."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split(width)
    return node_hash(_range(start, middle, read), _range(middle, end, read))


def _path(index: int, start: int, end: int, read: Read) -> list[bytes]:
    """Return the audit path of leaf ``index`` within the leaves from ``start`` to ``end``."""
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, read), _range(middle, end, read)]
    return [*_path(index, middle, end, read), _range(start, middle, read)]


def _continuation(older: int, start: int, end: int, read: Read, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF of the RFC; ``whole`` while the older root is known to the checker."""
    if older == end:
        return [] if whole else [_range(start, end, read)]
    middle = start + _split(end - start)
    if older <= middle:
        left = _continuation(older, start, middle, read, whole=whole)
        return [*left, _range(middle, end, read)]
    right = _continuation(older, middle, end, read, whole=False)
    return [*right, _range(start, middle, read)]
