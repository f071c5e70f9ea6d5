"""What came out of a container, and how much may come out of one?

A part's path is made of labels: what an archive calls its members. A label is shown
and searched, and never opened, whatever it says ("../", "/etc/passwd", "CON").
"""

import re
from dataclasses import dataclass

from tawatur.errors import Message, TooLargeError
from tawatur.model.document import Stated

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_MAX_LABEL = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One document out of a container.

    ``path`` holds labels, outermost first. ``captured`` is when a web archive fetched
    it, in UTC. What ``refused`` says stands against reading it; it then has no content.
    """

    path: tuple[str, ...]
    content: bytes = b""
    media_type: str | None = None
    address: str | None = None
    captured: str | None = None
    title: str = ""
    publisher: Stated | None = None
    published: Stated | None = None
    refused: Message | None = None

    @property
    def name(self) -> str:
        """The innermost label."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class Limits:
    """What may come out of one container, all that is in it included.

    Args:
        parts: Documents, those refused or passed over among them.
        size: Bytes unpacked, those of containers within counted at each level.
        ratio: Bytes unpacked for one that came in; looked at from ``free`` bytes on.
        free: Bytes that may be unpacked whatever their ratio.
        depth: Containers within one another; ``.tar.gz`` is one.
    """

    parts: int = 200_000
    size: int = 4 * 1024**3
    ratio: int = 250
    free: int = 32 * 1024**2
    depth: int = 6


DEFAULT = Limits()


class Budget:
    """Counts what comes out of one container against its limits."""

    def __init__(self, name: str, limits: Limits, size: int) -> None:
        self.name, self.limits = name, limits
        self.parts, self.size, self.packed = 0, 0, max(1, size)

    def part(self) -> None:
        """Count one part.

        Raises:
            TooLargeError: Too many.
        """
        self.parts += 1
        if self.parts > self.limits.parts:
            raise TooLargeError(
                "{0} holds more than {1} documents, the limit for one container; unpack it "
                "and take in its parts",
                self.name,
                f"{self.limits.parts:,}",
            )

    def bytes(self, count: int) -> None:
        """Count bytes unpacked.

        Raises:
            TooLargeError: Too many, or too many for what came in.
        """
        self.size += count
        if self.size > self.limits.size:
            raise TooLargeError(
                "{0} unpacks to more than {1} MB, the limit for one container; unpack it "
                "and take in its parts",
                self.name,
                f"{self.limits.size // 1024**2:,}",
            )
        if self.size > self.limits.free and self.size > self.limits.ratio * self.packed:
            raise TooLargeError(
                "{0} unpacks to more than {1} times its size, as archives made to fill a disk do; "
                "it was left out",
                self.name,
                self.limits.ratio,
            )

    def level(self, depth: int) -> None:
        """Check how deep containers lie within one another.

        Raises:
            TooLargeError: Deeper than the limit.
        """
        if depth > self.limits.depth:
            raise TooLargeError(
                "{0} holds archives within archives, more than {1} deep; it was left out",
                self.name,
                self.limits.depth,
            )


def label(name: str) -> str:
    """Return a member's name as one line that can be shown and stored."""
    if any("\udc80" <= c <= "\udcff" for c in name):  # bytes that tar could not decode
        name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _CONTROL.sub(" ", name).strip()[-_MAX_LABEL:] or "?"
