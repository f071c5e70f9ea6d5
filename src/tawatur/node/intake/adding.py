"""What came of things taken in → entries in the ledger, a batch at a time.

A batch is appended whole or not at all, in the order in which its things came, and is
durable before it is reported; so an `add` that was cut off has taken what it reported, and
run again takes the rest. Whether a thing is held is asked twice: before it is read, and
again under the lock, when another command may have taken or erased it meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tawatur import __version__
from tawatur.errors import Message
from tawatur.intake import Columns
from tawatur.ledger import TableLedger
from tawatur.model.document import Extraction
from tawatur.model.entry import Draft
from tawatur.model.ids import DocumentId, keyed_id
from tawatur.node.drafting import Drafter, HeldFor
from tawatur.node.indexing.index import Index
from tawatur.node.intake.containers import Containers
from tawatur.node.intake.taking import (
    Emptied,
    Held,
    Known,
    Outcome,
    Taken,
    TakenBefore,
    Taking,
    incoming,
)
from tawatur.node.intake.work import Limits
from tawatur.node.intake.workers import Workers
from tawatur.node.sharing.labelling import Given
from tawatur.node.views import AddSummary, Incoming, Refusal
from tawatur.settings import Intake

BATCH = 8
"""Documents appended at once at most: a lock held for a tenth of a second or two."""


@dataclass(slots=True)
class _Summary:
    """What came of the things so far."""

    taken: list[DocumentId] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    unread: list[Refusal] = field(default_factory=list)

    def frozen(self) -> AddSummary:
        return AddSummary(
            tuple(self.taken), tuple(self.held), tuple(self.refused), tuple(self.unread)
        )


class Adding:
    """One `add`: knows what the node holds, and appends what it does not."""

    def __init__(
        self,
        ledger: TableLedger,
        index: Index,
        containers: Containers,
        drafter: Drafter,
        *,
        in_step: Callable[[], AbstractContextManager[None]],
        may_see: Callable[[DocumentId], bool],
        held_for: HeldFor,
        label_for: Callable[[str | None], Given],
    ) -> None:
        """Begin; nothing is written yet.

        Args:
            ledger: What is appended to.
            index: Says how documents came.
            containers: Which archives were taken whole.
            drafter: Makes the entries.
            in_step: Holds the lock at a moment at which the index has every entry.
            may_see: Whether a document is held, and may be seen.
            held_for: Why, and until when, what comes now is held.
            label_for: The label of what a publisher, None if it is not told, wrote.
        """
        self._ledger, self._index, self._containers = ledger, index, containers
        self._drafter, self._in_step, self._may_see = drafter, in_step, may_see
        self._held_for, self._label_for = held_for, label_for
        self._came = _Summary()
        self._alone: tuple[Incoming, DocumentId] | None = None  # the last out of no container
        self._inside: list[DocumentId] = []

    @property
    def _held(self) -> Held:
        """What is not to be read again."""
        drafter, containers = self._drafter, self._containers
        return Held(
            document=lambda digest: self._may_see(drafter.document_id_of(digest)),
            container=lambda digest, origin: containers.is_whole(
                self._container_id(digest, origin), self._may_see
            ),
            refusal=lambda digest, thing: containers.refusal(self._named(digest, thing)),
            note_refusal=lambda digest, thing, why: containers.refuse(
                self._named(digest, thing), why
            ),
        )

    def _container_id(self, digest: bytes, origin: str) -> str:
        """Return the id of a container from one place, as this version unpacks it."""
        apart = self._drafter.apart
        return keyed_id("x", self._drafter.key, __version__, *apart, digest, origin)

    def _named(self, digest: bytes, thing: Incoming) -> str:
        """Return the id of bytes under one name, as this version reads them."""
        of = (digest, thing.name, thing.media_type or "")
        return keyed_id("x", self._drafter.key, __version__, *of)

    def add(
        self,
        paths: Iterable[Path | Incoming | Refusal],
        *,
        processes: int,
        limits: Intake,
        columns: str | None = None,
        also: Callable[[Iterable[Outcome]], Iterable[Outcome]] = lambda outcomes: outcomes,
        progress: Callable[[int, int, str], None] = lambda done, known, name: None,
    ) -> AddSummary:
        """Take in what is at ``paths``, and return what came of it.

        Args:
            paths: Files, folders (walked), or things already in hand; a refusal stays one.
            processes: Worker processes at most.
            limits: What one document may take.
            columns: Of rows of JSON Lines, as ``text=body,title=headline``.
            also: Has what was read by rules read by another reader as well.
            progress: Told after each thing how many are done, of how many known so far, its name.
        """
        things = [
            each
            for path in paths
            for each in ([path] if isinstance(path, Incoming | Refusal) else incoming([Path(path)]))
        ]
        with Workers(processes, Limits.of(limits)) as workers:
            taking = Taking(things, workers, self._held, Columns.told(columns) if columns else None)
            for done, name in enumerate(self._record(also(taking)), 1):
                progress(done, taking.known, name)
        return self._came.frozen()

    def _record(self, outcomes: Iterable[Outcome]) -> Iterator[str]:
        """Append what came; yield the name of each thing as it comes."""
        batch: list[Taken | Known] = []
        for outcome in outcomes:
            if isinstance(outcome, Taken | Known):
                batch.append(outcome)
                if isinstance(outcome, Taken) and outcome.unread:
                    self._came.unread.append(Refusal(outcome.incoming.name, outcome.unread))
            if len(batch) >= BATCH or isinstance(outcome, Emptied):
                self._append(batch)
                batch = []
            if isinstance(outcome, Emptied):
                self._note(outcome)
            elif isinstance(outcome, Refusal):
                self._came.refused.append(outcome)
                yield outcome.name
            else:
                if isinstance(outcome, TakenBefore):
                    self._came.held.append(outcome.incoming.name)
                yield outcome.incoming.name
        self._append(batch)

    def _append(self, batch: Sequence[Taken | Known]) -> None:
        """Append a batch in one step, then say what was taken."""
        if not batch:
            return
        new: list[DocumentId] = []
        old: list[str] = []
        with self._in_step():
            drafts: list[Draft] = []
            for each in batch:
                document = self._drafter.document_id(each.content)
                self._remember(each.incoming, document)
                is_held = document in new or self._may_see(document)
                if isinstance(each, Known) and not is_held:
                    why = Message("it was erased here in this very moment; add it again")
                    self._came.refused.append(Refusal(each.incoming.name, why))
                    continue
                drafts += self._drafts(each, document, is_held=is_held)
                if is_held:
                    old.append(each.incoming.name)
                else:
                    new.append(document)
            if drafts:
                self._ledger.append(drafts)
        self._came.taken += new
        self._came.held += old

    def _drafts(
        self, each: Taken | Known, document: DocumentId, *, is_held: bool
    ) -> Iterator[Draft]:
        """Yield the entries of one thing: how it came, unless from there before; and what it is."""
        new = None if is_held or isinstance(each, Known) else each
        # What is held has its label, perhaps another's, and is not opened by coming once more.
        given = self._label_for(_publisher(new.extraction)) if new else Given()
        # What somebody else brought from there, and this person may not see, is as if it were not.
        if not (is_held and self._acquired_so(document, each.incoming.origin)):
            yield self._drafter.acquisition(
                each.incoming,
                each.content,
                held_for=self._held_for,
                label=given.label,
                label_by=given.by,
            )
        if new:
            rendition, entry = self._drafter.rendition(document, new.extraction, label=given.label)
            yield entry
            for reading in (new.reading, new.also):
                if reading:
                    yield self._drafter.reading(rendition, reading, label=given.label)

    def _acquired_so(self, document: DocumentId, origin: str) -> bool:
        """Whether these bytes were taken in from this very place before."""
        return any(a.origin == origin for _, a in self._index.texts.acquisitions(document))

    def _remember(self, thing: Incoming, document: DocumentId) -> None:
        if thing.container is None:
            self._alone = thing, document
        else:
            self._inside.append(document)

    def _note(self, emptied: Emptied) -> None:
        """Note a container that was taken whole, with what came out of it."""
        if self._alone and self._alone[0] is emptied.incoming:
            self._inside.append(self._alone[1])  # a mail is a document itself
        if emptied.whole:
            container = self._container_id(emptied.digest, emptied.incoming.origin)
            self._containers.note(container, self._inside)
        self._inside = []


def _publisher(extraction: Extraction) -> str | None:
    return extraction.publisher.value if extraction.publisher else None
