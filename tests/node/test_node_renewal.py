"""A text is made again by a later extractor, by no other, and within the limits of a worker."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tawatur.errors import IntakeError
from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.node import DocumentView, Incoming, Node
from tawatur.node.intake.renewal import extracted, renewed, texts
from tawatur.node.intake.work import Limits
from tawatur.node.intake.workers import Workers
from tawatur.reading import read
from tawatur.settings import Intake

HELD = Extraction("text", "text/plain", "utf-8", Extractor("tawatur.plain", "0.9"), "en")


def by(name: str, version: str, settings: str = "") -> Extraction:
    """Return a text as this extractor would make it."""
    return replace(HELD, extractor=Extractor(name, version, settings))


@pytest.mark.parametrize(
    ("found", "later"),
    [
        (by("tawatur.plain", "0.10"), True),
        (by("tawatur.plain", "1"), True),
        (by("tawatur.plain", "0.9", "damaged bytes replaced"), True),
        (by("tawatur.page", "0.1"), True),
        (by("tawatur.plain", "0.9"), False),
        (by("tawatur.plain", "0.8.7"), False),
        (by("tawatur.plain", "0.8", "damaged bytes replaced"), False),
    ],
    ids=[
        "0.10 after 0.9",
        "1 after 0.9",
        "other settings",
        "other format",
        "same",
        "older",
        "both",
    ],
)
def test_only_a_later_extractor_makes_another_text(found: Extraction, later: bool) -> None:
    """Versions count as numbers."""
    assert (renewed(HELD, found) is not None) is later


def test_what_a_container_stated_stays() -> None:
    """The bytes of a feed's entry do not say whose feed it was."""
    held = replace(HELD, publisher=Stated("Plain Observer", "feed title"))
    found = renewed(held, by("tawatur.plain", "9"))
    assert found is not None
    assert found.publisher == held.publisher
    held = replace(HELD, publisher=Stated("Plain Observer", "head"))
    found = renewed(held, by("tawatur.plain", "9"))
    assert found is not None
    assert found.publisher is None


def test_the_bytes_are_parsed_in_a_worker() -> None:
    """Which refuses what this version refuses."""
    with Workers(1, Limits.of(Intake())) as workers:
        made = extracted(workers, "a.txt", b"The council met on 3 March 2021.", "text/plain")
        damaged = extracted(workers, "a.pdf", b"%PDF-1.7 and no more", "application/pdf")
        assert made().text == "The council met on 3 March 2021."
        with pytest.raises(IntakeError):
            damaged()


def _held_by_an_older_version(node: Node, files: dict[str, bytes]) -> None:
    """Take files in as a version would have that could read all of them, and worse."""
    drafts = []
    for number, (name, content) in enumerate(files.items()):
        older = Extractor("tawatur.plain", "0.0.1")
        text = replace(HELD, text=f"Report {number}. MENU", extractor=older)
        thing = Incoming(name, f"folder/{name}")
        drafter = node._drafter
        id_, rendition = drafter.rendition(drafter.document_id(content), text)
        drafts += [drafter.acquisition(thing, content), rendition, drafter.reading(id_, read(text))]
    node._append(drafts)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Long and short texts, and one that is refused now."""
    said = "The mayor of Wadril said on {0} March 2021 that {0} houses had burnt down.\n"
    texts = {f"{n}.txt": said.format(n).encode() * (40 if n % 3 else 1) for n in range(1, 12)}
    return {**texts, "damaged.pdf": b"%PDF-1.7 and no more", "last.txt": b"Nobody said anything."}


def _made_again(folder: Path, files: dict[str, bytes], processes: int) -> tuple[Any, ...]:
    told: list[tuple[int, int, str]] = []
    with Node.init(folder / f"node-{processes}") as node:
        _held_by_an_older_version(node, files)
        summary = node.reread(
            extract=True, processes=processes, progress=lambda *each: told.append(each)
        )
        names = [node.document(id_).line.name for id_ in summary.renewed.documents]
        texts = [node.document(line.id).extraction for line in node.documents()]
        node.verify()
    return told, names, summary.renewed.refused, summary.read, texts


def test_texts_are_made_again_in_one_order_however_many_workers(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    """What is told on the way and what comes of it are the same; a refusal stops nothing."""
    alone = _made_again(tmp_path, files, 1)
    assert _made_again(tmp_path, files, 3) == alone
    told, names, refused, read_again, _ = alone
    assert [done for done, _, _ in told] == list(range(1, 2 * len(files) + 1))
    assert {known for _, known, _ in told} == {2 * len(files)}
    assert names == [name for name in reversed(files) if name != "damaged.pdf"]
    assert [refusal.name for refusal in refused] == ["damaged.pdf"]
    assert read_again == len(files) - 1


def test_the_words_of_a_claim_alone_are_no_file(node: Node) -> None:
    """What came as an excerpt is never parsed."""
    _held_by_an_older_version(node, {"o.txt": b"{}"})
    (line,) = node.documents()
    view = node.document(line.id)
    excerpt = replace(view.extraction, extractor=Extractor("tawatur.excerpt", "1"))
    views = [replace(view, extraction=excerpt)]
    with Workers(1, Limits.of(Intake())) as workers:
        assert list(texts(views, _fails, workers)) == [(views[0], None)]


def _fails(view: DocumentView) -> bytes:
    raise AssertionError("its bytes were asked for")
