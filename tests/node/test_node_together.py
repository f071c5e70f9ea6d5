"""Several commands on one node at once, and commands that are cut off."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tawatur.errors import Message, NodeBusyError
from tawatur.model.claim import Verdict
from tawatur.node import Node
from tawatur.samples import paths

SECONDS = 60
KILLS, NODES = 25, 4  # a hundred kills in all, side by side

_ADDER = """
import sys, time
from pathlib import Path
from tawatur.node import Node, Incoming
folder, until, who = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
count = 0
while time.time() < until:
    with Node.open(folder, command="add") as node:
        text = f"قال مصدر أمني رقم {who}{count} إن الهجوم أسفر عن مقتل {count} جنديا أمس."
        node.add([Incoming(f"{who}-{count}.txt", "test", content=text.encode())])
        count += 1
print(count)
"""

_JUDGE = """
import sys, time, random
from pathlib import Path
from tawatur.node import Node
from tawatur.model.claim import Verdict
folder, until = Path(sys.argv[1]), float(sys.argv[2])
chance, count = random.Random(7), 0
with Node.open(folder, command="accept") as node:
    while time.time() < until:
        claims = node.claims()
        if claims:
            node.judge(chance.choice(claims).id, chance.choice([Verdict.ACCEPT, Verdict.REJECT]))
            count += 1
print(count)
"""

_READER = """
import sys, time
from pathlib import Path
from tawatur.node import Node
folder, until = Path(sys.argv[1]), float(sys.argv[2])
count = 0
with Node.open(folder, command="events") as node:
    while time.time() < until:
        seen = node.overview()
        assert seen.documents <= len(node.documents())
        node.search("الهجوم"); node.conflicts(); node.events()
        count += 1
print(count)
"""


def test_four_processes_add_judge_and_read_together(tmp_path: Path) -> None:
    """For a while four processes use one node; nothing is lost and everything verifies."""
    folder = tmp_path / "node"
    Node.init(folder).close()
    until = time.time() + SECONDS
    scripts = [(_ADDER, "a"), (_ADDER, "b"), (_JUDGE, ""), (_READER, "")]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(folder), str(until), who],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for script, who in scripts
    ]
    ended = [process.communicate(timeout=SECONDS + 240) for process in running]
    assert all(p.returncode == 0 for p in running), [err for _, err in ended]
    first, second, judged, read = (int(out) for out, _ in ended)
    assert min(first, second, judged, read) > 0
    with Node.open(folder) as node:
        node.verify()
        assert len(node.documents()) == first + second
        assert sum(len(c.judgements) for c in node.claims()) == judged
        kept = node.overview()
        node.rebuild()
        assert node.overview() == kept


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(NODES))
def test_add_cut_off_at_any_moment_loses_and_doubles_nothing(tmp_path: Path, seed: int) -> None:
    """Killed at random moments and run again, `add` ends with each report exactly once."""
    folder, reports = tmp_path / "node", tmp_path / "reports"
    reports.mkdir()
    count = 40
    source = paths()[1].read_text("utf-8")
    for number in range(count):
        (reports / f"{number:03}.txt").write_text(f"{source}\nرقم {number}\n", "utf-8")
    Node.init(folder).close()
    chance = random.Random(seed)
    command = [sys.executable, "-m", "tawatur", "--node", str(folder), "add", str(reports)]
    held = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(chance.uniform(0.3, 3.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with Node.open(folder) as node:
            node.verify()
            documents = node.documents()
            assert len(documents) >= held, "a report that was taken is gone"
            held = len(documents)
            for line in documents:
                assert node.document(line.id).reading.claims, "a report was taken by half"
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with Node.open(folder) as node:
        names = [line.name for line in node.documents()]
        assert sorted(names) == [f"{n:03}.txt" for n in range(count)]
        assert {a for d in node.documents() for a in [len(node.document(d.id).acquisitions)]} == {1}
        node.verify()


def test_a_waiting_command_says_for_whom_and_gives_up(tmp_path: Path) -> None:
    """A held lock is waited for, named, and after the limit refused."""
    with Node.init(tmp_path / "node") as node:
        path = tmp_path / "node" / "tawatur.toml"
        path.write_text(path.read_text("utf-8").replace("wait = 30.0", "wait = 1.5"), "utf-8")
        said: list[Message] = []
        with (
            node._writing(),
            Node.open(tmp_path / "node", command="accept", say=said.append) as second,
            pytest.raises(NodeBusyError, match="`tawatur init`"),
        ):
            second.desk.commit(by="Banzura", what="send a battalion")
        assert list(map(str, said)) == [f"waiting for `tawatur init` (process {os.getpid()})"]


def test_only_a_second_serve_is_refused(node: Node) -> None:
    """Two commands may not serve the pages at once; everything else goes on meanwhile."""
    with Node.open(node.folder) as second, node.serving():
        with pytest.raises(NodeBusyError), second.serving():
            pass
        second.add([paths()[1]])
        second.judge(second.claims()[0].id, Verdict.ACCEPT)


def test_the_write_lock_is_held_for_less_than_half_a_second(node: Node) -> None:
    """While forty reports are taken in, another command never waits long."""
    from threading import Event, Thread

    waits: list[float] = []
    stop = Event()

    def ask() -> None:
        while not stop.is_set():
            began = time.monotonic()
            with Node.open(node.folder, command="accept") as other, other._writing():
                waits.append(time.monotonic() - began)
            time.sleep(0.05)

    asking = Thread(target=ask)
    asking.start()
    try:
        node.add(paths())
    finally:
        stop.set()
        asking.join()
    assert waits
    assert max(waits) < 2.0  # 0.5 s by design, with room for a busy machine
