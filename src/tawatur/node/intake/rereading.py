"""What is read again of documents that are held, by which reader, and from which text?

A document whose newest reading by a reader is of this version is left alone, and so is one
of which nothing new was read. People's judgements stay in force whatever is read, and
readings of other readers stay beside the new ones. A text is made again only where the
extractor is a later one (`tawatur.node.intake.renewal`), and read at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from tawatur.errors import Message, UnknownIdError
from tawatur.model.claim import family_of
from tawatur.model.document import Extraction, Rendition, Sifting
from tawatur.model.entry import Kind
from tawatur.model.ids import DocumentId, blob_digest
from tawatur.model.label import Viewer, may_release
from tawatur.model.reading import Reading, verify_reading
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import undamaged
from tawatur.node.seeing.sight import Sight
from tawatur.node.upkeep import Upkeep
from tawatur.node.views import (
    DocumentLine,
    DocumentView,
    Progress,
    Readers,
    Refusal,
    Renewed,
    RereadSummary,
    Spending,
)
from tawatur.settings import Settings

if TYPE_CHECKING:
    from tawatur.node.intake.asking import Asking
    from tawatur.node.intake.renewal import Extract


@dataclass(frozen=True, slots=True)
class Rereading:
    """How documents of one node are read again; `Node.reread` is where the doors find it."""

    drafter: Drafter
    upkeep: Upkeep
    sight: Callable[[Viewer | None], Sight]
    at_hand: Callable[[Viewer | None], Sight]
    """The same without catching up, for whoever holds the lock."""
    settings: Settings
    asking: "Callable[[Readers], AbstractContextManager[Asking | None]]"
    """Gives the language model that is to read, if one is."""

    def by(self, reader: Callable[[Extraction], Reading], documents: Sequence[str] | None) -> int:
        """See `Node.read_again`."""
        lines = self.sight(None).documents()
        some = (line for line in lines if documents is None or line.id in documents)
        return sum(self._with_reading(view, reader(view.extraction)) for view in self._views(some))

    def reread(
        self,
        readers: Readers,
        *,
        documents: Sequence[str] | None,
        everything: bool,
        extract: bool,
        processes: int | None,
        progress: Progress | None,
        spending: Spending | None,
    ) -> RereadSummary:
        """See `Node.reread`."""
        lines = self._lines(documents)
        known, counted = len(lines) * (2 if extract else 1), count(1)

        def done(name: str) -> None:
            if progress:
                progress(next(counted), known, name)

        renewal = self._extracted(lines, None, processes, done) if extract else Renewed()
        again = set(renewal.documents)
        with self.asking(readers) as asking:
            turn = _Turn(self.upkeep, asking, self._may_leave, readers, everything=everything)
            for view, readings in turn.readings(self._views(lines)):
                for reading in readings:
                    if self._with_reading(view, reading):
                        again.add(view.line.id)
                done(view.line.name)
                if spending and asking:
                    spending(asking.spent)
        return RereadSummary(len(again), len(lines), tuple(turn.unread), renewal)

    def extract_again(
        self,
        extractor: "Extract | None",
        *,
        documents: Sequence[str] | None,
        processes: int | None,
    ) -> Renewed:
        """See `Node.extract_again`."""
        return self._extracted(self._lines(documents), extractor, processes)

    def _extracted(
        self,
        lines: Sequence[DocumentLine],
        extractor: "Extract | None",
        processes: int | None,
        done: Callable[[str], None] = lambda name: None,
    ) -> Renewed:
        from tawatur.node.intake.renewal import texts  # noqa: PLC0415 - listings make no text
        from tawatur.node.intake.work import Limits  # noqa: PLC0415 - likewise
        from tawatur.node.intake.workers import Workers  # noqa: PLC0415 - likewise

        def original(view: DocumentView) -> bytes:
            return self.upkeep.ledger.blob(view.acquisitions[0].blob)

        found: list[DocumentId] = []
        refused: list[Refusal] = []
        limits = Limits.of(self.settings.intake)
        with Workers(processes or self.settings.processes, limits) as workers:
            for view, text in texts(self._views(lines), original, workers, extractor):
                if isinstance(text, Message):
                    refused.append(Refusal(view.line.name, text))
                elif text is not None and self._with_rendition(view, text):
                    found.append(view.line.id)
                done(view.line.name)
        return Renewed(tuple(found), tuple(refused))

    def sifted(self, view: DocumentView, siftings: Sequence[Sifting]) -> None:
        """Append words on what is content, and what is read in what is content then."""
        from tawatur.node.intake.renewal import read_anew  # noqa: PLC0415 - listings read nothing

        if not siftings:
            return
        index = self.upkeep.index
        bare = index.texts.bare(view.rendition)
        all_siftings = (*index.texts.siftings(bare), *siftings)
        new = replace(bare, extraction=bare.extraction.sifted(all_siftings))
        readings = read_anew(view, new, index.texts.readings(new.id))
        label = view.acquisitions[0].label
        said = [
            self.drafter.entry(Kind.SIFTING, bodies.body_of(each), label=label) for each in siftings
        ]
        read_so = [self.drafter.reading(new.id, each, label=label) for each in readings]
        self.upkeep.append([*said, *read_so])

    # ------------------------------------------------------------ within

    def _lines(self, documents: Sequence[str] | None) -> list[DocumentLine]:
        """Return the lines of some documents, by id or the beginning of it, of all for None."""
        sight = self.sight(None)
        only = None if documents is None else {sight.document(each).line.id for each in documents}
        return [line for line in sight.documents() if only is None or line.id in only]

    def _views(self, lines: Iterable[DocumentLine]) -> Iterator[DocumentView]:
        """Yield documents as they are when their turn comes, without those erased since."""
        for line in lines:
            with suppress(UnknownIdError):
                yield self.sight(None).document(line.id)

    @undamaged
    def _with_rendition(self, view: DocumentView, extraction: Extraction) -> bool:
        """Append a newer text of a document and what is read in it; False where it was erased."""
        from tawatur.node.intake.renewal import read_anew  # noqa: PLC0415 - listings read nothing

        index = self.upkeep.index
        label, document = view.acquisitions[0].label, view.line.id
        id_, entry = self.drafter.rendition(document, extraction, label=label)
        bare = Rendition(id_, document, blob_digest(b""), extraction)
        new = replace(bare, extraction=extraction.sifted(index.texts.siftings(bare)))
        readings = read_anew(view, new, index.texts.readings(view.rendition))
        drafts = [self.drafter.reading(id_, reading, label=label) for reading in readings]
        with self.upkeep.in_step():
            if not self.at_hand(None).may_see(document):
                return False
            self.upkeep.ledger.append([entry, *drafts])
        self.upkeep.catch_up()
        return True

    def _with_reading(self, view: DocumentView, reading: Reading) -> bool:
        """Append a reading of a document; return False where it says nothing new."""
        verify_reading(reading, view.extraction.text)
        with self.upkeep.in_step():
            held = self.upkeep.index.texts.readings(view.rendition)
            known = reading == held.get(family_of(reading.reader))
            if known or not self.at_hand(None).may_see(view.line.id):
                return False
            label = view.acquisitions[0].label
            self.upkeep.ledger.append([self.drafter.reading(view.rendition, reading, label=label)])
        self.upkeep.catch_up()
        return True

    def _may_leave(self, view: DocumentView) -> bool:
        """Whether the text of a document may be sent to another machine."""
        return any(
            may_release(self.drafter.node, acquisition.label, self.drafter.now()).allowed
            for acquisition in view.acquisitions
        )


@dataclass(frozen=True, slots=True)
class _Turn:
    """Documents read once by the rules, by a language model or by both."""

    upkeep: Upkeep
    asking: "Asking | None"
    may_leave: Callable[[DocumentView], bool]
    readers: Readers
    everything: bool
    """Also what this version of the reader has read."""
    unread: list[Refusal] = field(default_factory=list)
    """Filled as documents come: what the language model could not read, or may not be given."""

    def readings(
        self, views: Iterable[DocumentView]
    ) -> Iterator[tuple[DocumentView, list[Reading]]]:
        """Yield each document with its readings, the rules' first."""
        found: Iterable[tuple[DocumentView, Reading | Message | None]]
        if self.asking is None:
            found = ((view, None) for view in views)
        else:
            found = self.asking.readings(views, self._asked)
        for view, result in found:
            made = [self._by_rules(view)] if self.readers is not Readers.LLM else []
            if isinstance(result, Message):
                self.unread.append(Refusal(view.line.name, result))
            elif result is not None:
                made.append(result)
            yield view, made

    def _by_rules(self, view: DocumentView) -> Reading:
        from tawatur.reading import READER, read  # noqa: PLC0415 - listings read nothing

        return self._held(view, READER) or read(view.extraction)

    def _held(self, view: DocumentView, reader: str) -> Reading | None:
        """Return what this very reader read before, if it need not read again."""
        held = self.upkeep.index.texts.readings(view.rendition).get(family_of(reader))
        return held if held and held.reader == reader and not self.everything else None

    def _asked(self, view: DocumentView) -> tuple[str, Extraction, Reading] | None:
        """Return what a language model is asked about a document, None for nothing."""
        assert self.asking is not None  # noqa: S101 - asked only where there is one
        if self._held(view, self.asking.reader):
            return None
        if self.asking.leaves and not self.may_leave(view):
            why = Message("whoever released it does not allow it to leave this machine")
            self.unread.append(Refusal(view.line.name, why))
            return None
        return view.line.id, view.extraction, self._by_rules(view)
