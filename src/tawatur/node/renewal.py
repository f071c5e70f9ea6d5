"""Does this version's extractor make a newer text of a document than the one held?

A document's bytes are kept, so its text can be made again. That is done when a person
asks for it, and a new rendition is recorded only where the extractor is a later one:
the same would make the same, and an older one than a partner's must not replace it.
"""

from collections.abc import Callable
from dataclasses import replace

from tawatur.errors import IntakeError
from tawatur.intake import Part
from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.node.exchange import EXCERPT
from tawatur.node.work import Refused, ToRead
from tawatur.node.workers import Workers

Extract = Callable[[str, bytes, str | None], Extraction]
"""From a name, bytes and media type to the text; raises IntakeError where it refuses them."""

_BY_CONTAINER = ("feed ", "column ")
"""Beginnings of where a container stated something of a document, which its bytes do not hold."""


def in_worker(workers: Workers) -> Extract:
    """Return this version's extractor; the bytes are parsed in a worker, within its limits."""

    def extract(name: str, content: bytes, media_type: str | None) -> Extraction:
        task = ToRead(Part((name,), content, media_type), alone=False, text_only=True)
        answer = workers.read(task).result()
        if isinstance(answer, Refused):
            raise IntakeError(answer.why.template, *answer.why.args)
        assert answer.extraction is not None  # noqa: S101 - only a container alone has none
        return answer.extraction

    return extract


def renewed(name: str, content: bytes, held: Extraction, extract: Extract) -> Extraction | None:
    """Return the text of a document by a later extractor than the held one, None if it is none.

    Raises:
        IntakeError: The bytes are refused now.
    """
    if held.extractor.name == EXCERPT.name:
        return None  # its bytes are what a partner sent, not a file
    found = extract(name, content, held.media_type)
    if not _later(found.extractor, held.extractor):
        return None
    return replace(
        found,
        publisher=_stated(held.publisher, found.publisher),
        published=_stated(held.published, found.published),
    )


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
