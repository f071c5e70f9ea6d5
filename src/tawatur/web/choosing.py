"""Where do the words stand that a person chose in a text: by selecting them, or by writing them?"""

from tawatur.errors import UsageError
from tawatur.model.carrying import places_of
from tawatur.model.span import Span
from tawatur.node.views import DocumentView
from tawatur.web.visits import span_of

_LISTED = 6
"""Places named where words stand in several."""


def chosen_span(view: DocumentView, typed: str, at: str, near: Span | None = None) -> Span:
    """Return where words of a document stand.

    Args:
        view: The document.
        typed: The words, as they were selected or written.
        at: Where they were selected, as a form sends it (``120-180``); may be empty or outdated.
        near: Of several places that nearest to this one counts.

    Raises:
        UsageError: They do not stand in the text, or in several places and none is nearest.
    """
    text, words = view.extraction.text, typed.strip()
    found = span_of(at, len(text))
    if found is not None and found.of(text).strip() == words:
        return found
    places = places_of(words, text) if words else ()
    if not places:
        raise UsageError("these words do not stand in {0}: {1}", view.line.id, typed)
    if near is None and len(places) > 1:
        starts = ", ".join(str(place.start) for place in places[:_LISTED])
        raise UsageError(
            "these words stand in several places, from the characters {0} on; say from which",
            starts,
        )
    here = near or places[0]
    return min(places, key=lambda place: (-place.overlap(here), abs(place.start - here.start)))
