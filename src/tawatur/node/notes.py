"""What a person says of a document's text: this part is content, that one is not, a note here.

From the document as it is shown to the value that goes into the ledger. The text
itself is never touched, and every word of a person stays on the rendition that it
was said of (`tawatur.model.carrying` tells where it holds in another one).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tawatur.errors import UsageError
from tawatur.model.carrying import places_of
from tawatur.model.document import BY_HAND, Gloss, Part, Sifting
from tawatur.model.ids import ActorId, GlossId
from tawatur.model.span import Span
from tawatur.node.views import DocumentView

_LISTED = 6
"""Places named where words stand in several."""


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


def withdrawn(gloss: Gloss, by: ActorId, time: datetime, why: str | None) -> Gloss:
    """Return the entry that takes a note back."""
    return replace(gloss, by=by, time=time, withdrawn=True, why=why)
