"""What components come to of which something is hidden, kept while a node is open.

A picture is kept under a digest of everything that it was made of. So those of whom the same
is hidden share it, and nobody can be given what was made of anything that they may not see.
What was asked for is kept as well, until anything is worked in: to ask again costs no question of
the tables.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TypeAlias

from tawatur.node.indexing.derived import packed
from tawatur.node.indexing.identity import Veil
from tawatur.node.indexing.material import Material, Rows

_MOST = 50_000
"""Pictures kept, some kilobytes each; those that were asked for last."""

Claims = frozenset[str]
Otherwise: TypeAlias = Mapping[str, Claims]
"""Components that a viewer sees otherwise, in one order, each with its claims that they may see."""


class Veils:
    """The pictures that one open index has made for viewers from whom something is hidden."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._pictures: dict[bytes, Mapping[str, Rows]] = {}
        self._digests: dict[Veil, dict[Claims, bytes]] = {}
        self._otherwise: dict[Veil, Otherwise] = {}
        self._state, self._erased = (0, 0), 0

    def renew(self, state: tuple[int, int], erased: int) -> None:
        """Forget what no longer holds.

        Args:
            state: How far the index is: with another one all may be made of else.
            erased: Which erasure was the last: nothing keeps what was erased.
        """
        if state != self._state:
            self._digests, self._otherwise, self._state = {}, {}, state
        if erased != self._erased:
            self._pictures, self._erased = {}, erased

    def otherwise(self, veil: Veil, find: Callable[[], Otherwise]) -> Otherwise:
        """Return what is seen otherwise behind ``veil``, found the first time it is asked."""
        if veil not in self._otherwise:
            self._otherwise[veil] = find()
        return self._otherwise[veil]

    def pictures(
        self,
        components: Iterable[Claims],
        veil: Veil,
        material: Callable[[Claims], Material],
        weigh: Callable[[list[Material]], Iterable[Mapping[str, Rows]]],
    ) -> Iterator[Mapping[str, Rows]]:
        """Yield the picture of each of ``components``, packed.

        Args:
            components: Their claims that may be seen.
            veil: What may not.
            material: Gives what the picture of some claims is made of.
            weigh: Makes pictures of materials, in their order.
        """
        known = self._digests.setdefault(veil, {})
        new: dict[bytes, Material] = {}
        asked = list(components)
        for claims in asked:
            if known.get(claims) not in self._pictures:
                made_of = material(claims)
                known[claims] = digest = blake2b(packed(made_of)).digest()
                if digest not in self._pictures:
                    new[digest] = made_of
        self._pictures |= zip(new, weigh(list(new.values())), strict=True)
        for claims in asked:
            digest = known[claims]
            self._pictures[digest] = rows = self._pictures.pop(digest)  # the last asked for
            yield rows
        for digest in list(self._pictures)[: max(0, len(self._pictures) - _MOST)]:
            del self._pictures[digest]
