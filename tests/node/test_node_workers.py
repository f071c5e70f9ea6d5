"""What hostile bytes may take of this machine, and what they may not do to it."""

# ruff: noqa: D103 - the tests' names are their claims

import gzip
import io
import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake import support_formats as make

from tawatur.intake import extract
from tawatur.intake.ocr import missing
from tawatur.node.intake.taking import Emptied, Known, Outcome, Taken, TakenBefore, Taking
from tawatur.node.intake.work import Limits
from tawatur.node.intake.workers import Workers
from tawatur.node.views import Incoming, Refusal
from tawatur.samples import paths
from tawatur.settings import Intake

SENTENCE = "Le ministre a déclaré lundi que {0} soldats avaient été tués près de la ville.\n"
LONG = "\n".join(extract(path.name, path.read_bytes()).text for path in paths()).encode() * 20
"""Takes many seconds to read, and hundreds of megabytes."""


def thing(name: str, content: bytes) -> Incoming:
    return Incoming(name, f"somewhere/{name}", content=content)


SHORT = [thing(f"{n}.txt", SENTENCE.format(n).encode()) for n in range(8)]


def taken(things: list[Incoming], processes: int = 2, **limits: int) -> list[Outcome]:
    with Workers(processes, Limits.of(Intake(**limits))) as workers:
        return list(Taking(things, workers))


def told(outcome: Outcome) -> str:
    """Return an outcome as one word and a name."""
    match outcome:
        case Refusal():
            return f"refused {outcome.name}"
        case Taken() | Known() | TakenBefore() | Emptied():
            return f"{type(outcome).__name__} {outcome.incoming.origin}"


def among_others(hostile: Incoming, **limits: int) -> Outcome:
    """Return what came of one thing; all others around it were taken, in their order."""
    outcomes = taken([*SHORT[:3], hostile, *SHORT[3:]], **limits)
    others = [o for o in outcomes if isinstance(o, Taken) and o.incoming in SHORT]
    assert [o.incoming for o in others] == SHORT
    (at,) = [i for i, o in enumerate(outcomes) if o not in others]
    assert at == 3
    return outcomes[at]


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        pytest.param(
            {"seconds": 1}, "1 seconds of a processor, the limit intake.seconds", id="cpu"
        ),
        pytest.param({"wall_seconds": 1}, "1 seconds, the limit intake.wall_seconds", id="clock"),
        # Compiled code that is refused memory may end the process before Python says so.
        pytest.param(
            {"memory_mb": 24},
            r"24 MB of memory, the limit intake.memory_mb|ended the worker process \(SIG",
            id="memory",
        ),
        pytest.param({"characters": 5000}, "more than the 5,000 that intake.", id="characters"),
    ],
)
def test_a_document_over_a_limit_is_refused_by_name_and_the_rest_goes_on(
    limits: dict[str, int], why: str
) -> None:
    outcome = among_others(thing("long.txt", LONG), **limits)
    assert isinstance(outcome, Refusal)
    assert re.search(why, str(outcome.why))


def test_a_document_that_kills_its_worker_is_refused_and_the_rest_goes_on() -> None:
    def kill() -> None:
        while not (workers := multiprocessing.active_children()):
            time.sleep(0.05)
        time.sleep(0.5)
        for worker in workers:  # the others wait for something to do, or are replaced
            os.kill(worker.pid or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with Workers(1, Limits.of(Intake())) as workers:
        outcomes = list(Taking([thing("long.txt", LONG), *SHORT], workers))
    killer.join()
    assert isinstance(outcomes[0], Refusal)
    assert "SIGKILL" in str(outcomes[0].why)
    assert all(isinstance(o, Taken) for o in outcomes[1:])


@pytest.mark.parametrize("name", sorted(make.samples()))
def test_only_short_texts_and_pages_are_read_in_the_process_of_the_command(name: str) -> None:
    """And a process is started for whatever else."""
    with Workers(1, Limits.of(Intake())) as workers:
        next(iter(Taking([thing(name, make.samples()[name])], workers)))
        here = not multiprocessing.active_children()
    assert here == name.endswith((".txt", ".html"))


def test_no_worker_is_left_behind() -> None:
    taken([*SHORT, thing("long.txt", LONG)], wall_seconds=1)
    assert multiprocessing.active_children() == []


def test_whoever_stops_listening_leaves_no_worker_at_work() -> None:
    with Workers(2, Limits.of(Intake())) as workers:
        outcomes = iter(Taking([*SHORT, thing("long.txt", LONG)], workers))
        next(outcomes)
    assert multiprocessing.active_children() == []


# ------------------------------------------------------------ bombs


def zeros(count: int) -> bytes:
    return make.zipped({"zeros.txt": bytes(count)})


def entities(wrap: str) -> bytes:
    """Return XML whose entities stand for a thousand million words."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "word">{levels}]>{wrap}'.encode()


def office_bomb() -> bytes:
    plain = make.odt(make.odt_paragraphs(["x"]))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["content.xml"] = entities("<office>&e9;</office>")
    return make.zipped(members)


def nested(depth: int) -> bytes:
    content = b"words"
    for level in range(depth):
        content = make.zipped({f"{level}.zip" if level else "a.txt": content})
    return content


def mail_in_mail(depth: int) -> bytes:
    head = b"From: a@b.c\nTo: a@b.c\nSubject: s\nDate: Thu, 4 Mar 2021 08:15:00 +0000\n"
    part = b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n'
    return head + b"".join(part % (n, n) for n in range(depth))


def part_bomb() -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    return make.zipped({"mimetype": kind, "content.xml": bytes(300_000_000)})


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros.zip": lambda: zeros(400_000_000),
    "zeros.gz": lambda: gzip.compress(bytes(400_000_000)),
    "many.zip": lambda: make.zipped(
        dict.fromkeys((f"{n}.zip" for n in range(20)), zeros(60_000_000))
    ),
    "nested.zip": lambda: nested(40),
    "entities.xml": lambda: entities("<rss><channel><item>&e9;</item></channel></rss>"),
    "entities.odt": office_bomb,
    "part.odt": part_bomb,
    "nested.jsonl": lambda: b'{"text":' + b"[" * 3_000_000 + b"\n",
    "nested.rtf": lambda: b"{\\rtf1 " + b"{" * 3_000_000,
    "nested.eml": lambda: mail_in_mail(5000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_the_limits(name: str) -> None:
    """Each would fill the memory or the time of this machine; the limits here are small."""
    begun = time.monotonic()
    outcomes = taken([thing(name, BOMBS[name]()), SHORT[0]], memory_mb=256, seconds=20)
    refused = [o for o in outcomes if isinstance(o, Refusal)]
    assert len(refused) >= 1, [told(o) for o in outcomes]
    assert isinstance(outcomes[-1], Taken)
    assert time.monotonic() - begun < 120


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("deep.html", b"<html><body>" + b"<div>" * 300_000 + b"Words.", id="html"),
        pytest.param("wide.pdf", make.pdf(["Report"], objects=1_000_000), id="pdf"),
    ],
)
def test_what_is_merely_vast_is_taken_or_refused_within_the_limits(
    name: str, content: bytes
) -> None:
    outcome = among_others(thing(name, content), memory_mb=768, seconds=30)
    assert isinstance(outcome, Refusal | Taken)


# ------------------------------------------------------------ what a worker may not do


@pytest.fixture
def listening() -> Iterator[tuple[int, list[object]]]:
    """A server on the loopback address, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def accept() -> None:
            while not over.is_set():
                try:
                    came.append(server.accept())
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            over.set()
            thread.join()


FORBIDDEN = (
    "socket.create_connection(('127.0.0.1', PORT))",
    "socket.socket()",
    "socket.getaddrinfo('localhost', 80)",
    "urllib.request.urlopen(f'http://127.0.0.1:{PORT}/')",
    "subprocess.run(['sh', '-c', 'touch made'])",
    "os.system('touch made')",
    "os.posix_spawn('/bin/touch', ['touch', 'made'], {})",
    "os.fork()",
    "open('made', 'w')",
    "os.open('made', os.O_CREAT | os.O_WRONLY)",
    "pathlib.Path('../made').write_text('words')",
    "os.mkdir('made')",
    "os.symlink('kept', 'made')",
    "os.remove('kept')",
    "os.rename('kept', 'made')",
    "os.truncate('kept', 0)",
    "shutil.rmtree('.')",
)


def test_a_worker_can_do_nothing_but_read(
    tmp_path: Path, listening: tuple[int, list[object]]
) -> None:
    """Each act is refused before it happens, whoever tries it."""
    port, came = listening
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "kept").write_text("words")
    tries = "".join(
        f"try:\n    {act}\nexcept OSError as error:\n    print(error)\nelse:\n    print('done')\n"
        for act in FORBIDDEN
    )
    program = (
        "import os, pathlib, shutil, socket, subprocess, urllib.request\n"
        f"from tawatur.node.intake.work import confine\nPORT = {port}\nconfine()\n{tries}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
    said = dict(zip(FORBIDDEN, done.stdout.splitlines(), strict=True))
    assert [a for a, line in said.items() if "a worker was about to" not in line] == []
    assert [p.name for p in folder.iterdir()] == ["kept"]
    assert (folder / "kept").read_text() == "words"
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
    assert came == []


def test_what_programs_of_a_worker_would_write_is_refused_by_the_system(tmp_path: Path) -> None:
    """The limit is inherited, and holds for what is not written in Python."""
    held_open = (
        "import os; from tawatur.node.intake.work import confine\n"
        "file = os.open('made', os.O_CREAT | os.O_WRONLY); confine(); os.write(file, b'words')"
    )
    done = subprocess.run(
        [sys.executable, "-c", held_open], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "File too large" in done.stderr
    assert (tmp_path / "made").read_bytes() == b""


def test_no_parser_asks_anybody_for_anything(listening: tuple[int, list[object]]) -> None:
    port, came = listening
    there = f"http://127.0.0.1:{port}"
    outside = f'<!DOCTYPE x SYSTEM "{there}/x.dtd" [<!ENTITY e SYSTEM "{there}/e">]>'
    body = f"<p>{SENTENCE.format(3)}</p>"
    page = (
        f'<html><head><base href="{there}/"><link rel="stylesheet" href="{there}/s.css">'
        f'<script src="{there}/s.js"></script></head><body><img src="{there}/i.png">'
        f'<iframe src="{there}/f"></iframe>{body}</body></html>'
    )
    things = [
        thing("a.html", page.encode()),
        thing("b.xhtml", (outside + page).encode()),
        thing("c.xml", f"{outside}<rss><channel><item><link>{there}</link>&e;{body}</item>"
              "</channel></rss>".encode()),
        thing("d.docx", make.docx(make.word_paragraph(SENTENCE.format(4)),
                                  {"header": f"{outside}<w>&e;</w>"})),
        thing("e.mht", make.mhtml(page)),
        thing("f.rtf", f'{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDETEXT "{there}"}}}} x}}'.encode()),
    ]  # fmt: skip
    outcomes = taken(things)
    assert sum(isinstance(o, Taken) for o in outcomes) >= 3
    assert came == []


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
def test_a_program_that_a_worker_started_is_ended_with_it() -> None:
    if missing() is not None:
        pytest.skip("no pictures can be read here")

    before = _pictures_being_read()
    outcome = among_others(thing("spots.png", make.png(1200, 1700, noise=True)), wall_seconds=3)
    assert isinstance(outcome, Refusal)
    assert "intake.wall_seconds" in str(outcome.why)
    ends = time.monotonic() + 10
    while _pictures_being_read() - before and time.monotonic() < ends:
        time.sleep(0.1)  # a process that was killed gives its memory back first
    assert _pictures_being_read() <= before


def _pictures_being_read() -> set[str]:
    """Return the numbers of processes of Tesseract that have not ended."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            name, _, state = (process / "stat").read_text().partition("(")[2].rpartition(") ")
            if name == "tesseract" and not state.startswith(("Z", "X")):
                found.add(process.name)
    return found


# ------------------------------------------------------------ order


ANYTHING = {**make.samples(), "empty.txt": b"", "binary.bin": bytes(range(256))}


@settings(max_examples=5)
@given(st.lists(st.sampled_from(sorted(ANYTHING)), min_size=8, max_size=16))
def test_order_and_outcome_do_not_depend_on_the_number_of_workers(names: list[str]) -> None:
    things = [thing(f"{n}-{name}", ANYTHING[name]) for n, name in enumerate(names)]
    alone, many = taken(things, 1), taken(things, 3)
    assert list(map(told, alone)) == list(map(told, many))
    for a, b in zip(alone, many, strict=True):
        assert a == b


@pytest.mark.skipif(missing() is not None, reason=f"no pictures can be read here: {missing()}")
def test_a_picture_is_read_in_a_worker_although_it_may_start_nothing_else() -> None:
    words = "The ministry announced on Tuesday that two convoys had left."
    drawn = pypdfium2.PdfDocument(make.pdf([words]))[0].render(scale=200 / 72, grayscale=True)
    buffer = io.BytesIO()
    drawn.to_pil().save(buffer, "PNG")
    (outcome,) = taken([thing("a.png", buffer.getvalue())])
    assert isinstance(outcome, Taken)
    assert "announced on Tuesday that two convoys" in outcome.extraction.text
