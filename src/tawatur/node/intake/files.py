"""Files → the reading format, without a node: what ``tawatur read`` writes.

One JSON object per file, named after it, or after the container it came out of and its number
in there; for anything but plain text the rendition is written beside it, since the offsets
count in it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tawatur.errors import Message, UsageError
from tawatur.intake import Columns
from tawatur.model.claim import Claim, fold_claims
from tawatur.model.document import Rendition
from tawatur.model.ids import ClaimId, DocumentId, RenditionId, blob_digest
from tawatur.node.intake.asking import Asking, with_model
from tawatur.node.intake.taking import WITHIN, Outcome, Taken, Taking, incoming
from tawatur.node.intake.work import Limits
from tawatur.node.intake.workers import Workers
from tawatur.node.views import Incoming, Readers, Refusal
from tawatur.reading.format import reading_format
from tawatur.settings import Intake, key_of, llm_of_environment
from tawatur.weighing import conflicts_within

_NO_KEY = bytes(32)
"""Ids that hold within one file need no secret."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file read: its name, the reading format, and the text where it was worked out.

    ``stem`` begins the names of what is written of it. ``unread`` says why the language model
    asked for did not read it.
    """

    name: str
    stem: str
    reading: dict[str, Any]
    text: str | None
    unread: Message | None = None


def model_of(environment: Mapping[str, str]) -> Asking:
    """Return the language model that the environment names; the caller closes it.

    Its answers are kept in the person's own cache folder.

    Raises:
        UsageError: It names none, or one that may not be asked.
    """
    llm = llm_of_environment(environment)
    cache = environment.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Asking(llm, key_of(llm, environment), Path(cache) / "tawatur" / "answers")


def read_files(
    paths: Iterable[Path],
    *,
    weighed: bool = False,
    processes: int = 1,
    readers: Readers = Readers.RULES,
    asking: Asking | None = None,
    columns: str | None = None,
) -> Iterator[ReadFile | Refusal]:
    """Yield what was read of each file, and of each document in a container, in order.

    Args:
        paths: Files, or folders, which are walked.
        weighed: Whether to weigh the claims of each document for conflicts as well.
        processes: Worker processes at most.
        readers: Who reads; of both the rules' reading is the first.
        asking: The language model that reads.
        columns: Of rows of JSON Lines, as ``text=body``; None for the names that such files use.

    Raises:
        UsageError: Two files would be written to one name; or the columns are not named so.
    """
    told = Columns.told(columns) if columns else None
    things = list(incoming(paths))
    names = Counter(Path(thing.name).stem for thing in things if isinstance(thing, Incoming))
    for name, count in names.items():
        if count > 1:
            raise UsageError(
                "{0} files would be written to {1}.json; read them into two folders",
                str(count),
                name,
            )
    with Workers(processes, Limits.of(Intake())) as workers:
        outcomes: Iterable[Outcome] = Taking(things, workers, columns=told)
        if asking:
            outcomes = with_model(outcomes, asking, readers, _folder_of)
        yield from _read(outcomes, weighed=weighed)


def _read(outcomes: Iterable[Outcome], *, weighed: bool) -> Iterator[ReadFile | Refusal]:
    numbers: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, Refusal):
            yield outcome
        elif isinstance(outcome, Taken):
            extraction, name = outcome.extraction, outcome.incoming.name
            reading = reading_format(
                extraction,
                outcome.reading,
                name,
                hashlib.sha256(outcome.content).hexdigest(),
                _conflicts(outcome) if weighed else None,
                also=outcome.also,
            )
            plain = extraction.media_type == "text/plain"
            stem = Path(name).stem
            if outcome.incoming.container is not None:
                # Labels of an archive are not names of files: some are paths, some are not unique.
                holder = Path(outcome.incoming.origin.partition(WITHIN)[0]).name
                numbers[outcome.incoming.container] += 1
                stem = f"{holder}-{numbers[outcome.incoming.container]}"
            text = None if plain else extraction.text
            yield ReadFile(name, stem, reading, text, outcome.unread)


def _folder_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def write_reading(read: ReadFile, folder: Path) -> Path:
    """Write one reading, and its text where needed, into ``folder``; return the JSON's path."""
    path = folder / f"{read.stem}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(read.reading), indent=1) + b"\n")
    if read.text is not None:
        (folder / f"{read.stem}.txt").write_bytes(read.text.encode("utf-8"))
    return path


def _conflicts(outcome: Taken) -> list[dict[str, str]]:
    """Return the conflicts within one document, claims by their ids in its reading."""
    document = DocumentId("d-alone")
    rendition = Rendition(RenditionId("r-alone"), document, blob_digest(b""), outcome.extraction)
    local = {claim.span: claim.id for claim in outcome.reading.claims}
    claims: tuple[Claim, ...] = fold_claims(
        rendition,
        [outcome.reading],
        id_of=lambda span: ClaimId(local[span]),
        learnt=datetime.fromtimestamp(0, UTC),
    )
    return [
        {"a": str(c.a), "b": str(c.b), "kind": str(c.kind), "why": str(c.why)}
        for c in conflicts_within(claims, _NO_KEY).conflicts
    ]
