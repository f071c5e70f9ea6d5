"""A node's settings: ``tawatur.toml`` in its folder, every one with a default.

Written by ``tawatur init`` and edited by people; an unknown key or a wrong type
is refused with the line's name, so that a slip is never silently ignored. No
setting here opens the network: that comes with fetching, and asks for addresses
by name.
"""

import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

import msgspec

from tawatur.errors import NewerNodeError, NotANodeError, UsageError, system_message

FORMAT = 1
"""Version of the node folder; a newer one is refused, nothing in it touched."""

FILE = "tawatur.toml"
_ID = re.compile(r"n-[0-9a-z]{16}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a node may be told; the ``help`` of each field is its documentation."""

    id: str = field(metadata={"help": "The node's id, made by `tawatur init`; never changed."})
    name: str = field(metadata={"help": "The organisation's name, shown to partners."})
    format: int = field(default=FORMAT, metadata={"help": "Version of the folder's layout."})
    language: str = field(
        default="",
        metadata={"help": "Language of briefs, and of pages: ar, fr, en; empty: the person's own."},
    )
    port: int = field(default=8420, metadata={"help": "Port of the pages on the loopback address."})
    workers: int = field(
        default=0,
        metadata={"help": "Processes that read documents; 0 for one per core, four at most."},
    )
    wait: float = field(
        default=30.0, metadata={"help": "Seconds to wait while another command writes to the node."}
    )

    @property
    def processes(self) -> int:
        """How many worker processes reading uses."""
        return self.workers or min(4, os.cpu_count() or 1)


def load(folder: Path) -> Settings:
    """Return the settings of the node in ``folder``.

    Raises:
        NotANodeError: The folder holds no settings.
        NewerNodeError: They were written by a later version.
        UsageError: They cannot be understood.
    """
    path = folder / FILE
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as cause:
        raise NotANodeError(folder) from cause
    except OSError as cause:
        raise UsageError("{0} may not be read ({1})", path, system_message(cause)) from cause
    except ValueError as cause:  # no TOML, bytes that are no text, a NUL in the path
        raise UsageError("{0} is not TOML: {1}", path, cause) from cause
    found = raw.get("format", FORMAT)
    if isinstance(found, int) and found > FORMAT:
        raise NewerNodeError(folder, found, FORMAT)
    unknown = sorted(set(raw) - {f.name for f in fields(Settings)})
    if unknown:
        raise UsageError("{0}: no setting is called {1}", path, repr(unknown[0]))
    if not _ID.fullmatch(str(raw.get("id", ""))):
        raise UsageError("{0}: the id is not one that `tawatur init` made", path)
    try:
        return msgspec.convert(raw, Settings)
    except msgspec.ValidationError as cause:
        raise UsageError(
            "{0}: a setting has a value that it cannot have: {1}", path, cause
        ) from cause


def save(folder: Path, settings: Settings) -> None:
    """Write the settings, each under its help text."""
    lines = []
    for f in fields(Settings):
        value = getattr(settings, f.name)
        text = msgspec.json.encode(value).decode()  # TOML's basic strings and numbers are JSON's
        lines += [f"# {f.metadata['help']}", f"{f.name} = {text}", ""]
    (folder / FILE).write_text("\n".join(lines), "utf-8")
