"""Who really said what, how many independent sources stand behind it, and what became of it.

From Python::

    import tawatur

    node = tawatur.open("DIR")
    for claim in node.claims(about="ransom"):
        print(node.in_words(claim, "en"), claim.quote)
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tawatur.node import Node

__version__ = "0.1.0"

__all__ = ["__version__", "init", "open"]


def open(path: str | Path) -> "Node":  # noqa: A001 - tawatur.open reads well
    """Return the node in the folder ``path``, open.

    Raises:
        NotANodeError: There is none.
        NewerNodeError: A later version wrote it.
    """
    from tawatur.node import Node  # noqa: PLC0415 - `import tawatur` stays cheap

    return Node.open(Path(path))


def init(path: str | Path, *, name: str | None = None) -> "Node":
    """Make a node in a new or empty folder and return it open.

    Raises:
        UsageError: The folder is not empty.
        NodeError: It cannot be written.
    """
    from tawatur.node import Node  # noqa: PLC0415 - as above

    return Node.init(Path(path), name=name)
