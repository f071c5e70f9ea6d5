"""What a person says of a document's text: this part is content, that one is not, a note here.

From the document as it is shown to the value that goes into the ledger, recorded. The text
itself is never touched, and every word of a person stays on the rendition that it
was said of (`tawatur.model.carrying` tells where it holds in another one).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.errors import UsageError
from tawatur.model.carrying import places_of
from tawatur.model.document import BY_HAND, Gloss, Part, Sifting
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, GlossId
from tawatur.model.label import Label, Viewer, join
from tawatur.model.span import Span
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import DocumentView, GlossLine

_LISTED = 6
"""Places named where words stand in several."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What people say of the texts of one node; `Node.gloss` is where the doors find it."""

    drafter: Drafter
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    sifted: Callable[[DocumentView, Sequence[Sifting]], None]
    """Records what is content, and what is read in that."""

    def restore(
        self, document: str, parts: Sequence[int], why: str | None, *, undo: bool
    ) -> DocumentView:
        """See `Node.restore`."""
        view = self.sight(None).document(document)
        by = self.drafter.author
        self.sifted(view, sifted_again(view, parts, by, why, content=not undo))
        return self.sight(None).document(view.line.id)

    def leave_out(self, document: str, start: int, end: int, why: str | None) -> DocumentView:
        """See `Node.leave_out`."""
        view = self.sight(None).document(document)
        self.sifted(view, [left_out(view, start, end, self.drafter.author, why)])
        return self.sight(None).document(view.line.id)

    def gloss(self, document: str, words: str, note: str, *, at: int | None) -> GlossLine:
        """See `Node.gloss`."""
        view, drafter = self.sight(None).document(document), self.drafter
        id_ = GlossId(drafter.random_id("g"))
        gloss = glossed(view, words, note, at=at, id=id_, by=drafter.author, time=drafter.now())
        # This node's word on a text that may be another's: it goes nowhere by itself.
        label = join(drafter.node, (view.acquisitions[0].label, Label.by(drafter.party)))
        self.append([drafter.entry(Kind.GLOSS, bodies.body_of(gloss), label=label)])
        return self.sight(None).gloss(gloss.id)

    def withdraw(self, id: str, why: str | None) -> GlossLine:  # noqa: A002
        """See `Node.withdraw_gloss`."""
        line, drafter = self.sight(None).gloss(id), self.drafter
        body = bodies.body_of(
            replace(line.gloss, by=drafter.author, time=drafter.now(), withdrawn=True, why=why)
        )
        self.append([drafter.entry(Kind.GLOSS, body, label=line.label)])
        return line


def sifted_again(
    view: DocumentView, numbers: Sequence[int], by: ActorId, why: str | None, *, content: bool
) -> tuple[Sifting, ...]:
    """Return a person's word that numbered parts are content, or that they are none after all.

    Parts of which that is so already are passed over.

    Raises:
        UsageError: A part with such a number is not there.
    """
    return tuple(
        Sifting(view.rendition, part.span, content, by, part.kind, why)
        for number in dict.fromkeys(numbers)
        for part in (_part(view, number),)
        if part.left_out == content
    )


def _part(view: DocumentView, number: int) -> Part:
    if not 1 <= number <= len(view.parts):
        raise UsageError(
            "no part {0} is left out of {1}; `tawatur document {1}` lists those that are",
            number,
            view.line.id,
        )
    return view.parts[number - 1]


def left_out(view: DocumentView, start: int, end: int, by: ActorId, why: str | None) -> Sifting:
    """Return a person's word that characters ``start`` to ``end`` of the text are no content.

    Raises:
        UsageError: There are no such characters.
    """
    length = len(view.extraction.text)
    if not 0 <= start < end <= length:
        raise UsageError(
            "the text has characters 0 to {0}; {1} to {2} is no stretch of it", length, start, end
        )
    return Sifting(view.rendition, Span(start, end), content=False, by=by, kind=BY_HAND, why=why)


def glossed(
    view: DocumentView,
    words: str,
    note: str,
    *,
    at: int | None,
    id: GlossId,  # noqa: A002 - the model's word
    by: ActorId,
    time: datetime,
) -> Gloss:
    """Return a person's note beside the very words of a text.

    Args:
        view: The document.
        words: As they stand there; white space may differ.
        note: What is to be read beside them.
        at: The character at which they begin, where they stand in several places.
        id: The note's.
        by: Whose it is.
        time: Now, UTC.

    Raises:
        UsageError: The words do not stand there, or in several places and ``at`` names none.
    """
    if not note.strip():
        raise UsageError("a note has words of its own")
    return Gloss(id, view.rendition, place_in(view, words, at), note.strip(), by, time)


def place_in(
    view: DocumentView, words: str, at: int | None = None, *, any_of_them: bool = False
) -> Span:
    """Return where words stand in a text.

    Args:
        view: The document.
        words: As they stand there; white space may differ.
        at: The character at which they begin, where they stand in several places.
        any_of_them: Whether any of several places will do.

    Raises:
        UsageError: They do not stand there, or in several places and ``at`` names none.
    """
    found = places_of(words, view.extraction.text)
    if not found:
        raise UsageError("these words do not stand in {0}: {1}", view.line.id, words)
    here = [place for place in found if at is None or place.start == at]
    if len(here) != 1 and not (here and any_of_them):
        starts = ", ".join(str(place.start) for place in found[:_LISTED])
        raise UsageError(
            "these words stand in several places, from the characters {0} on; say from which",
            starts,
        )
    return here[0]
