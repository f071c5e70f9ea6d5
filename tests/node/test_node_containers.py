"""What comes out of archives, mails and feeds into a node, and what taking them again costs."""

# ruff: noqa: D103 - the tests' names are their claims

import io
import os
import signal
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.intake import support_formats as make

from tawatur.model.document import Acquisition
from tawatur.node import Incoming, Node
from tawatur.node.intake.files import read_files, write_reading
from tawatur.node.intake.workers import Workers
from tawatur.node.views import Refusal

PAGE = "<!DOCTYPE html><html><body><article><p>{0}</p></article></body></html>"


def report(number: int) -> str:
    return f"Le ministre a déclaré lundi que {number} soldats avaient été tués près de la ville.\n"


def acquired(node: Node) -> list[Acquisition]:
    """Return how each document came, oldest first."""
    return [a for line in reversed(node.documents()) for a in node.document(line.id).acquisitions]


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_what_an_archive_holds_comes_in_its_place_and_says_where_it_lay(
    node: Node, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    put(folder, "a.txt", report(1).encode())
    inner = make.zipped({"deep.txt": report(3)})
    put(folder, "b.zip", make.zipped({"x/y.txt": report(2), "in.zip": inner, "z.html": PAGE}))
    put(folder, "c.txt", report(4).encode())
    seen: list[tuple[int, int, str]] = []
    summary = node.add([folder], progress=lambda *told: seen.append(told))
    assert len(summary.taken) == 5
    assert summary.refused == ()
    at = str(folder)
    assert [a.origin for a in acquired(node)] == [
        f"{at}/a.txt",
        f"{at}/b.zip » x/y.txt",
        f"{at}/b.zip » in.zip » deep.txt",
        f"{at}/b.zip » z.html",
        f"{at}/c.txt",
    ]
    assert [a.name for a in acquired(node)] == ["a.txt", "x/y.txt", "deep.txt", "z.html", "c.txt"]
    assert [a.container is not None for a in acquired(node)] == [False, True, True, True, False]
    assert [done for done, _, _ in seen] == [1, 2, 3, 4, 5]
    assert seen[-1][:2] == (5, 5)
    node.verify()


def test_a_web_archive_tells_address_and_capture_apart_from_publication(
    node: Node, tmp_path: Path
) -> None:
    page = PAGE.format(report(1)).replace(
        "<body>", '<head><meta property="article:published_time" content="2021-02-27"></head><body>'
    )
    node.add([put(tmp_path, "w.warc.gz", make.warc({"https://example.org/1": page.encode()}))])
    (acquisition,) = acquired(node)
    assert acquisition.address == "https://example.org/1"
    assert acquisition.captured == "2021-03-04T07:15:00Z"
    assert node.documents()[0].published == "2021-02-27"


def test_what_a_fetched_archive_held_keeps_the_address_and_the_evidence(node: Node) -> None:
    content = make.zipped({"a.txt": report(1), "b.txt": report(2)})
    address, when = "https://example.org/news.zip", "2021-03-04T07:15:00Z"
    node.add(
        [Incoming("news.zip", address, content=content, address=address, captured=when,
                  evidence=b"WARC/1.1 ...")]
    )  # fmt: skip
    found = acquired(node)
    assert [a.origin for a in found] == [f"{address} » a.txt", f"{address} » b.txt"]
    assert {(a.address, a.captured) for a in found} == {(address, when)}
    assert all(a.evidence and node.ledger.blob(a.evidence) == b"WARC/1.1 ..." for a in found)
    node.verify()


def test_a_mail_is_a_document_and_what_is_attached_to_it_comes_after_it(
    node: Node, tmp_path: Path
) -> None:
    attached = {"one.txt": report(1).encode(), "two.rtf": make.rtf(make.FRENCH)}
    path = put(tmp_path, "m.eml", make.eml("Voir les pièces jointes.\n", attachments=attached))
    summary = node.add([path])
    assert len(summary.taken) == 3
    assert [a.name for a in acquired(node)] == ["m.eml", "one.txt", "two.rtf"]
    size = node.ledger.size
    again = node.add([path])
    assert (again.taken, again.held, node.ledger.size) == ((), ("m.eml",), size)


SHEET = b"\xd0\xcf\x11\xe0"


def test_a_mail_of_which_an_attachment_may_be_read_later_is_tried_again(
    node: Node, tmp_path: Path
) -> None:
    """A damaged file, or one over a limit: other settings or programs may read it."""
    attached = {"p.pdf": b"%PDF-1.7 and no more"}
    path = put(tmp_path, "m.eml", make.eml("Voir.\n", attachments=attached))
    first, second = node.add([path]), node.add([path])
    assert (len(first.taken), len(first.refused)) == (1, 1)
    assert (second.taken, second.held, second.refused) == ((), ("m.eml",), first.refused)
    assert first.refused[0].name == "m.eml » p.pdf"


def test_a_mail_of_which_an_attachment_was_refused_for_good_costs_its_hash(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker is started until another version, which may read more, meets it."""
    path = put(tmp_path, "m.eml", make.eml("Voir.\n", attachments={"s.xls": SHEET}))
    first = node.add([path])
    assert [refusal.name for refusal in first.refused] == ["m.eml » s.xls"]
    monkeypatch.setattr(Workers, "_started", _fails)
    second = node.add([path])
    assert (second.taken, second.held, second.refused) == ((), ("m.eml",), ())


def test_what_was_refused_for_good_is_refused_unread_in_another_mail(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason; under another name, or by another version, it is read again."""
    sheet = put(tmp_path, "s.xls", SHEET)
    (why,) = node.add([sheet]).refused
    monkeypatch.setattr("tawatur.node.intake.work.extract_part", _fails)
    assert node.add([sheet]).refused == (why,)
    renamed = put(tmp_path, "s.txt", SHEET + b"\n")
    assert node.add([renamed]).refused[0].why != why.why
    monkeypatch.setattr("tawatur.node.intake.adding.__version__", "99")
    assert "please report it" in str(node.add([sheet]).refused[0].why)


def _fails(of: object) -> None:
    raise AssertionError("it was read")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return put(tmp_path, "news.zip", make.zipped({f"{n}.txt": report(n) for n in range(12)}))


def test_an_archive_taken_whole_costs_its_hash(
    node: Node, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker is started."""
    node.add([archive])
    size = node.ledger.size
    monkeypatch.setattr(Workers, "_started", _fails)
    again = node.add([archive])
    assert (again.taken, again.held, again.refused) == ((), ("news.zip",), ())
    assert node.ledger.size == size


def test_without_the_note_that_it_was_taken_an_archive_is_found_to_be_held(
    node: Node, archive: Path
) -> None:
    node.add([archive])
    size = node.ledger.size
    (node.folder / "containers.db").unlink()
    again = node.add([archive])
    assert (again.taken, len(again.held), node.ledger.size) == ((), 12, size)


def test_a_damaged_note_costs_no_more_than_a_missing_one(node: Node, archive: Path) -> None:
    (node.folder / "containers.db").write_bytes(b"no database at all" * 300)
    assert len(node.add([archive]).taken) == 12
    assert len(node.add([archive]).held) == 12
    node.erase(node.documents()[0].id, why="taken in by mistake")
    assert not (node.folder / "containers.db").exists()
    assert len(node.add([archive]).taken) == 1


def test_of_an_archive_that_grew_only_the_new_is_taken(node: Node, archive: Path) -> None:
    node.add([archive])
    archive.write_bytes(make.zipped({f"{n}.txt": report(n) for n in range(14)}))
    again = node.add([archive])
    assert (len(again.taken), len(again.held)) == (2, 12)
    assert {a.name for a in acquired(node)} == {f"{n}.txt" for n in range(14)}


def test_from_another_place_an_archive_adds_how_its_documents_came(
    node: Node, archive: Path
) -> None:
    node.add([archive])
    moved = archive.rename(archive.with_name("moved.zip"))
    again = node.add([moved])
    assert (len(again.taken), len(again.held)) == (0, 12)
    origins = [a.origin for a in node.document(node.documents()[0].id).acquisitions]
    assert [Path(o).name.partition(" ")[0] for o in origins] == ["news.zip", "moved.zip"]


def test_what_was_erased_comes_again_with_its_archive(node: Node, archive: Path) -> None:
    node.add([archive])
    gone = node.documents()[3].id
    node.erase(gone, why="taken in by mistake")
    assert gone.encode() not in (node.folder / "containers.db").read_bytes()
    again = node.add([archive])
    assert (again.taken, len(again.held)) == ((gone,), 11)


@pytest.mark.parametrize("name", ["news.zip", "folder"])
def test_an_add_that_was_killed_has_taken_what_it_told_and_run_again_takes_the_rest(
    name: str, tmp_path: Path
) -> None:
    count = 80
    Node.init(tmp_path / "node").close()
    texts = {f"{n:03}.txt": report(n) for n in range(count)}
    if name == "folder":
        for each, text in texts.items():
            put(tmp_path / "folder", each, text.encode())
    else:
        put(tmp_path, name, make.zipped(texts))
    program = (
        "import sys\nfrom pathlib import Path\nfrom tawatur.node import Node\n"
        "with Node.open(Path('node')) as node:\n"
        f"    node.add([Path({name!r})], progress=lambda done, *_: print(done, flush=True))\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    told = 0
    while told < 30:
        told = int(running.stdout.readline())
    running.send_signal(signal.SIGKILL)
    running.wait()
    with Node.open(tmp_path / "node") as node:
        node.verify()
        held = len(node.documents())
        assert told - 8 <= held < count  # a batch that was not full is not told as taken
        os.chdir(tmp_path)
        summary = node.add([Path(name)])
        assert (len(summary.taken), len(summary.held)) == (count - held, held)
        assert sorted(a.name for a in acquired(node)) == sorted(texts)
        node.verify()


HOSTILE = (
    "../../outside.txt", "/outside.txt", "CON", "a\\..\\b.txt", "..", "x/", "-rf", "a\nb",
    "ا" * 300 + ".txt", "node/ledger.db", "~/.profile", "$(touch made).txt",
)  # fmt: skip


def test_no_name_in_an_archive_is_written_to(node: Node, tmp_path: Path) -> None:
    """Nor by `read`, whose files are named for the archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as made:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            link = tarfile.TarInfo("link")
            link.type, link.linkname = kind, str(tmp_path)
            made.addfile(link)
        for number, name in enumerate((*HOSTILE, "link/inside.txt")):
            content = report(number).encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            made.addfile(entry, io.BytesIO(content))
    inside, out = tmp_path / "in", tmp_path / "out"
    path = put(inside, "hostile.tar", buffer.getvalue())
    out.mkdir()
    summary = node.add([path])
    assert len(summary.taken) >= len(HOSTILE) - 1
    for read in read_files([path]):
        assert not isinstance(read, Refusal)
        assert write_reading(read, out).parent == out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "node", "out"]
    assert all(p.name.startswith("hostile.tar-") for p in out.iterdir())
    assert len(list(out.iterdir())) == len(summary.taken)
    assert {p.name for p in node.folder.iterdir()} <= {
        "tawatur.toml", "keys", "ledger.db", "ledger.db-wal", "ledger.db-shm", "blobs",
        "index.db", "index.db-wal", "index.db-shm", "containers.db", "write.lock",
    }  # fmt: skip


def test_rows_are_read_by_the_columns_that_are_told(node: Node, tmp_path: Path) -> None:
    rows = make.rows([{"headline": "Titre", "what": report(1), "day": "2021-03-04", "body": "x"}])
    summary = node.add([put(tmp_path, "r.jsonl", rows)], columns="text=what,published=day")
    view = node.document(summary.taken[0])
    assert view.extraction.text == f"Titre\n\n{report(1)}"
    assert view.line.published == "2021-03-04"


def test_an_archive_over_the_limit_is_refused_before_it_is_read(node: Node, tmp_path: Path) -> None:
    path = tmp_path / "huge.zip"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(3 * 1024**3)
    (refusal,) = node.add([path]).refused
    assert "2,048 MB that intake.archive_mb allows" in str(refusal.why)


def test_an_archive_larger_than_a_document_may_be_is_taken(node: Node, tmp_path: Path) -> None:
    path = tmp_path / "large.tar"
    with tarfile.open(path, mode="w") as made:
        for number in range(3):
            padding = tarfile.TarInfo(f"{number}.bin")
            padding.size = 30_000_000
            made.addfile(padding, io.BytesIO(bytes(padding.size)))
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(report(1).encode())
        made.addfile(entry, io.BytesIO(report(1).encode()))
    summary = node.add([path])
    assert (len(summary.taken), len(summary.refused)) == (1, 3)
