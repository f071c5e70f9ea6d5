"""Names and times that people mark in a text, or say to be none, and take back.

A marking is an entry under the label of its document, like a judgement: whoever may see the
document sees it. From the next answer on it counts like what a reader found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DocumentId, MarkingId
from tawatur.model.label import Label, Viewer
from tawatur.model.marking import MarkedAs, Marking
from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import fold_words
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.given import edtf
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import DocumentView


@dataclass(frozen=True, slots=True)
class Markings:
    """The markings of one node; `Node.markings` is where the doors find it."""

    drafter: Drafter
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    label_of: Callable[[DocumentId], Label]

    def name(
        self,
        document: str,
        span: Span,
        type: EntityType,  # noqa: A002 - the model's word
        *,
        like: Span | None = None,
    ) -> Marking:
        """Record that words of a document are a name, and return the marking.

        Args:
            document: Its id.
            span: The words, in its newest text.
            type: Of what kind it is.
            like: Where the text names the same one in other words; what this is marked as then
                goes by that.

        Raises:
            UsageError: There are no such words, they are a name already, or nothing is named
                at ``like``.
        """
        view = self.sight(None).document(document)
        named = [(mention, e) for e in view.reading.entities for mention in e.mentions]
        if any(mention == span for mention, _ in named):
            raise UsageError("these words are a name already: {0}", _words(view, span))
        if like is not None and not any(mention.overlap(like) for mention, _ in named):
            raise UsageError("nothing is named at the characters {0} to {1}", like.start, like.end)
        return self._record(view, span, type=type, like=like)

    def time(self, document: str, span: Span, when: str = "") -> Marking:
        """Record that words of a document tell a time, and return the marking.

        Args:
            document: Its id.
            span: The words, in its newest text.
            when: The time, EDTF; the words themselves unless told.

        Raises:
            UsageError: There are no such words, they tell that time already, or it is no EDTF.
        """
        view = self.sight(None).document(document)
        value = edtf(when.strip() or _words(view, span))
        if any(time.span == span and time.value == value for time in view.reading.times):
            raise UsageError("these words tell this time already: {0}", _words(view, span))
        return self._record(view, span, when=value)

    def unmark(
        self,
        document: str,
        span: Span,
        *,
        marked_as: MarkedAs | None = None,
        everywhere: bool = False,
        why: str | None = None,
    ) -> Marking:
        """Record that words which are marked in a document are no name or no time.

        What a person marked there is taken back; what a reader found is none from now on,
        whatever reads the text again.

        Args:
            document: Its id.
            span: The words, in its newest text, or some of them; with ``everywhere`` any place
                where the same ones stand.
            marked_as: As what they are marked; whichever fits best if None.
            everywhere: Whether the same words are none in any place of the text.
            why: The reason, for the record.

        Returns:
            The marking that says so, or that was taken back.

        Raises:
            UsageError: There are no such words, or nothing is marked there.
        """
        view = self.sight(None).document(document)
        words = _words(view, span)
        marks = [(MarkedAs.NAME, at) for each in view.reading.entities for at in each.mentions]
        marks += [(MarkedAs.TIME, time.span) for time in view.reading.times]
        text = view.extraction.text

        def fits(at: Span) -> tuple[bool, float]:
            same = everywhere and fold_words(at.of(text)) == fold_words(words)
            return same, at.likeness(span)

        there = [(kind, at) for kind, at in marks if any(fits(at)) and marked_as in (None, kind)]
        if not there:
            raise UsageError("no name or time is marked at these words: {0}", words)
        kind, place = max(there, key=lambda mark: fits(mark[1]))
        by_hand = next((m for m in view.markings if m.span == place and m.marked_as is kind), None)
        if by_hand is not None and not everywhere:
            return self.withdraw(document, by_hand.id, why=why)
        return self._record(view, place, no=kind, everywhere=everywhere, why=why)

    def withdraw(self, document: str, given: str, *, why: str | None = None) -> Marking:
        """Record that a marking is taken back, and return it as it was.

        Raises:
            UnknownIdError: There is none of that id in the document that holds.
        """
        view = self.sight(None).document(document)
        found = next((each for each in view.markings if each.id == given), None)
        if found is None:
            raise UnknownIdError("marking", given)
        self._append(view, replace(found, by=self.drafter.author, withdrawn=True, why=why))
        return found

    def _record(
        self,
        view: DocumentView,
        span: Span,
        *,
        type: EntityType | None = None,  # noqa: A002 - the model's word
        when: str | None = None,
        like: Span | None = None,
        no: MarkedAs | None = None,
        everywhere: bool = False,
        why: str | None = None,
    ) -> Marking:
        _words(view, span)
        marking = Marking(
            id=MarkingId(self.drafter.random_id("m")),
            rendition=view.rendition,
            span=span,
            by=self.drafter.author,
            time=self.drafter.now(),
            type=type,
            when=when,
            like=like,
            no=no,
            everywhere=everywhere,
            why=why,
        )
        self._append(view, marking)
        return marking

    def _append(self, view: DocumentView, marking: Marking) -> None:
        label = self.label_of(view.line.id)
        self.append([self.drafter.entry(Kind.MARKING, bodies.body_of(marking), label=label)])


def _words(view: DocumentView, span: Span) -> str:
    """Return the words at a place of the text shown.

    Raises:
        UsageError: There are none.
    """
    text = view.extraction.text
    words = span.of(text).strip() if span.end <= len(text) else ""
    if not words:
        raise UsageError(
            "the text has characters 0 to {0}; {1} to {2} is no stretch of it",
            len(text),
            span.start,
            span.end,
        )
    return words
