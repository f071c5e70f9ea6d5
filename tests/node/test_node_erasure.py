"""Erased words are in no file of the node: not in blobs, payloads, indexes or free pages."""

from pathlib import Path

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Verdict
from tawatur.node import Incoming, Node
from tawatur.samples import paths

pytestmark = pytest.mark.usefixtures("each_store")

WORD = "زعفرانستان"
TEXT = f"قال وزير دفاع {WORD} إن بلاده أرسلت 77 جنديا إلى {WORD} أمس. ونفى مصدر أمني ذلك."


def _holds(folder: Path, word: str) -> list[str]:
    forms = [word.encode("utf-8"), word.encode("utf-16-le"), word.encode("utf-16-be")]
    forms.append(word.encode("ascii", "backslashreplace"))
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [path.name] if any(form in content for form in forms) else []
    return found


def test_nothing_of_an_erased_document_is_left(node: Node) -> None:
    """A document taken in, judged, searched and then erased cannot be found in the folder."""
    node.add(paths()[:2])
    node.add([Incoming(f"{WORD}.txt", f"mail about {WORD}", content=TEXT.encode())])
    line = next(d for d in node.documents() if WORD in d.name)
    claim = node.claims(document=line.id)[0]
    node.judge(claim.id, Verdict.CORRECT, source=WORD, why=f"about {WORD}")
    assert node.search(WORD)
    assert _holds(node.folder, WORD)
    node.erase(line.id, why="taken in by mistake")
    assert _holds(node.folder, WORD) == []
    assert node.search(WORD) == ()
    erased = node.verify().erased
    assert {e.reason for e in erased} == {"taken in by mistake"}
    assert {e.kind for e in erased} == {"acquisition", "rendition", "reading", "judgement"}
    node.rebuild()
    assert _holds(node.folder, WORD) == []
    assert len(node.documents()) == 2


def test_an_erased_commitment_goes_with_its_history(node: Node) -> None:
    """Every entry of a desk item is erased, the changes too."""
    from tawatur.model.desk import CommitmentStatus

    item = node.desk.commit(by=WORD, what=f"send {WORD}")
    node.desk.change_commitment(item.id, CommitmentStatus.KEPT, why=f"seen in {WORD}")
    node.erase(item.id, why="asked for by the person named")
    assert _holds(node.folder, WORD) == []
    assert node.desk.commitments() == ()


def test_a_claim_is_erased_with_its_document_only(node: Node) -> None:
    """A claim is words of a document; erasing it alone is refused, with what to do."""
    node.add(paths()[1:2])
    claim = node.claims()[0]
    with pytest.raises(UsageError, match=claim.document):
        node.erase(claim.id, why="wrong")
    with pytest.raises(UnknownIdError):
        node.erase("d-0000000000000000", why="wrong")
    with pytest.raises(UsageError):
        node.erase(claim.document, why="  ")


def test_what_was_erased_can_be_taken_in_again(node: Node) -> None:
    """Erasing is of what was held; a later taking-in is a new one."""
    node.add([Incoming("a.txt", "mail", content=TEXT.encode())])
    (line,) = node.documents()
    node.erase(line.id, why="taken in by mistake")
    summary = node.add([Incoming("a.txt", "mail", content=TEXT.encode())])
    assert summary.taken == (line.id,)
    assert node.claims()
    node.verify()
