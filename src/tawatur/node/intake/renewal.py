"""Does this version's extractor make a newer text of a document than the one held?

A document's bytes are kept, so its text can be made again. That is done when a person
asks for it, and a new rendition is recorded only where the extractor is a later one:
the same would make the same, and an older one than a partner's must not replace it.

    documents → bytes, to workers → the text of each, in their order → later than the held one?

Rules read a new text, and one that people sifted anew, at once. What another reader
proposed about the text before goes along as far as it stands (`tawatur.model.carrying`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from tawatur.errors import IntakeError, Message
from tawatur.intake import Part
from tawatur.model.carrying import Carrier
from tawatur.model.claim import BUILT_IN
from tawatur.model.document import Extraction, Extractor, Rendition, Stated
from tawatur.model.reading import Reading, verify_reading
from tawatur.node.intake.work import Refused, ToRead
from tawatur.node.intake.workers import Workers
from tawatur.node.sharing.exchange import FOREIGN
from tawatur.node.views import EXCERPT, DocumentView
from tawatur.reading import read

Extract = Callable[[str, bytes, str | None], Extraction]
"""From a name, bytes and media type to the text; raises IntakeError where it refuses them."""

_BY_CONTAINER = ("feed ", "column ")
"""Beginnings of where a container stated something of a document, which its bytes do not hold."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document whose text is being made: from so many bytes; None where it is made of none."""

    view: DocumentView
    size: int
    text: Callable[[], Extraction] | None


def texts(
    views: Iterable[DocumentView],
    original: Callable[[DocumentView], bytes],
    workers: Workers,
    extract: Extract | None = None,
) -> Iterator[tuple[DocumentView, Extraction | Message | None]]:
    """Yield each document with its text by a later extractor, None if that is none, in order.

    In place of a text that is refused now stands the reason.

    Args:
        views: The documents, each asked for a little before its turn.
        original: Gives the bytes of one.
        workers: Who parses them, several at once.
        extract: Makes the texts in their place.
    """

    def begun(view: DocumentView) -> _Begun:
        held = view.extraction
        if held.extractor.name in (EXCERPT.name, FOREIGN.name):
            return _Begun(view, 0, None)  # its bytes are what somebody sent, not a file
        content = original(view)
        if extract:
            return _Begun(view, 0, partial(extract, view.line.name, content, held.media_type))
        return _Begun(
            view, len(content), extracted(workers, view.line.name, content, held.media_type)
        )

    for each in workers.ahead(map(begun, views), lambda each: each.size):
        yield each.view, _later_text(each)


def extracted(
    workers: Workers, name: str, content: bytes, media_type: str | None
) -> Callable[[], Extraction]:
    """Begin to make a text in a worker; return what waits for it, and raises as `Extract` does."""
    task = ToRead(Part((name,), content, media_type), alone=False, text_only=True)
    answer = workers.read(task)

    def text() -> Extraction:
        found = answer.result()
        if isinstance(found, Refused):
            raise IntakeError(found.why.template, *found.why.args)
        assert found.extraction is not None  # noqa: S101 - only a container alone has none
        return found.extraction

    return text


def _later_text(begun: _Begun) -> Extraction | Message | None:
    if begun.text is None:
        return None
    try:
        return renewed(begun.view.extraction, begun.text())
    except IntakeError as error:
        return error.message


def renewed(held: Extraction, found: Extraction) -> Extraction | None:
    """Return the text found in place of the held one, None unless its extractor is a later one."""
    if not _later(found.extractor, held.extractor):
        return None
    return replace(
        found,
        publisher=_stated(held.publisher, found.publisher),
        published=_stated(held.published, found.published),
    )


def read_anew(
    view: DocumentView, new: Rendition, held: Mapping[str, Reading]
) -> tuple[Reading, ...]:
    """Return what is read in a text that takes the place of the one shown, the rules' first.

    Args:
        view: The document as it is shown now.
        new: Its newer text, or the same with other parts left out.
        held: What was read in the text shown, by each family of readers.
    """
    carrier = Carrier(replace(new, id=view.rendition, extraction=view.extraction), new)
    others = (carrier.reading(each) for family, each in held.items() if family != BUILT_IN)
    carried = (each for each in others if each not in held.values())
    readings = (read(new.extraction), *carried)
    for reading in readings:
        verify_reading(reading, new.extraction.text)
    return readings


def _stated(held: Stated | None, found: Stated | None) -> Stated | None:
    """Return what is stated of a document: its container's word stays."""
    return held if held is not None and held.found_in.startswith(_BY_CONTAINER) else found


def _later(found: Extractor, held: Extractor) -> bool:
    if found.name != held.name:
        return True  # the bytes are read as another format now
    if _version(found) == _version(held):
        return found.settings != held.settings
    return _version(found) > _version(held)


def _version(extractor: Extractor) -> tuple[int, ...]:
    """Return a version as numbers, so that 0.10 is later than 0.9; what is no number counts 0."""
    parts = extractor.version.split(".")
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)
