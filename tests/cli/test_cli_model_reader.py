"""The commands with a language model: what they say, what they show, how they end."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulators.model_server import ModelServer, answered, failed, serving

from tawatur.samples import paths

KEY = "sk-very-secret-0123456789"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A server that reads like the rules."""
    with serving() as model:
        yield model


def _run(folder: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run one command in ``folder``; both channels together, the key nowhere in them."""
    done = subprocess.run(
        [sys.executable, "-m", "tawatur", *words],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "LANG": "C.UTF-8", "TAWATUR_NODE": "archive"}
        | {"XDG_CACHE_HOME": str(folder / "cache"), "TAWATUR_LLM_KEY": KEY}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert KEY not in done.stdout
    return done


def _node(folder: Path, server: ModelServer) -> None:
    assert _run(folder, "init", "archive").returncode == 0
    settings = folder / "archive" / "tawatur.toml"
    text = settings.read_text("utf-8")
    for name, value in (
        ("address", f'"{server.address}"'),
        ("model", '"plain-reader"'),
        ("price_in", "2.5"),
        ("price_out", "10.0"),
        ("tries", "1"),
    ):
        line = next(row for row in text.splitlines() if row.startswith(f"{name} = "))
        text = text.replace(line, f"{name} = {value}")
    settings.write_text(text, "utf-8")


def test_add_with_both_readers_says_what_it_took(server: ModelServer, tmp_path: Path) -> None:
    """Counts, tokens and cost; then agreement in each listing that has it."""
    _node(tmp_path, server)
    done = _run(tmp_path, "add", str(paths()[1]), "--reader", "both")
    assert done.returncode == 0, done.stdout
    assert "1 taken, 0 already held, 0 refused" in done.stdout
    assert "plain-reader: 1 requests, 0 answers kept from before, " in done.stdout
    assert "tokens sent" in done.stdout
    assert " USD" in done.stdout
    rows = [
        json.loads(line)
        for line in _run(tmp_path, "claims", "--format", "jsonl").stdout.splitlines()
    ]
    assert {row["agreement"] for row in rows} <= {"agreed", "other root", "one reader only"}
    assert any(row["agreement"] == "agreed" for row in rows)
    both = next(row for row in rows if row["agreement"] == "agreed")
    assert sorted(reader.split("/")[0] for reader in both["readers"]) == ["llm", "rules"]
    assert "agreed" in _run(tmp_path, "chain", both["id"]).stdout
    assert "agreed" in _run(tmp_path, "document", both["document"]).stdout
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_reread_costs_nothing_where_nothing_is_new(server: ModelServer, tmp_path: Path) -> None:
    """Once for the document that was not read by the model, never again."""
    _node(tmp_path, server)
    _run(tmp_path, "add", str(paths()[1]))
    assert _run(tmp_path, "reread").stdout == "0 read again\n"
    assert _run(tmp_path, "reread", "--reader", "llm").stdout.startswith("1 read again\n")
    asked = len(server.asked)
    assert "0 read again\n" in _run(tmp_path, "reread", "--reader", "llm").stdout
    assert "0 requests, " in _run(tmp_path, "reread", "--reader", "llm", "--all").stdout
    assert len(server.asked) == asked


def test_what_the_model_cannot_read_is_named_and_the_rest_goes_on(
    server: ModelServer, tmp_path: Path
) -> None:
    """Status 3, one line for each, in the reader's language; and what was dropped."""
    _node(tmp_path, server)
    server.replies = [failed(500, "out of memory")]
    server.always = answered(
        {"names": [{"name": "X9", "type": "PER", "forms": []}], "times": [], "quantities": []}
        | {"claims": []}
    )
    files = [str(paths()[1]), str(paths()[2])]
    done = _run(tmp_path, "add", *files, "--reader", "llm", TAWATUR_LANG="fr")
    assert done.returncode == 3
    assert "non lu par le modèle de langue" in done.stdout
    assert "500: out of memory" in done.stdout
    assert "écarté, car le texte ne le contient pas" in done.stdout
    listed = _run(tmp_path, "documents", "--format", "jsonl").stdout.splitlines()
    assert len(listed) == 2


def test_read_without_a_node_goes_by_the_environment(server: ModelServer, tmp_path: Path) -> None:
    """The reading format, by the model alone; refused where nothing is named."""
    told = {"TAWATUR_LLM_ADDRESS": server.address, "TAWATUR_LLM_MODEL": "m"}
    words = ("read", str(paths()[1]), "--out", "out", "--reader", "llm")
    refused = _run(tmp_path, *words)
    assert refused.returncode == 2
    assert "no language model is named" in refused.stdout
    assert not (tmp_path / "out").exists()
    done = _run(tmp_path, *words, **told)
    assert done.returncode == 0, done.stdout
    (file,) = (tmp_path / "out").glob("*.json")
    reading = json.loads(file.read_text("utf-8"))
    assert reading["reader"] == "llm/1 m"
    assert reading["claims"]
    assert "second" not in reading
    assert "0 requests, 1 answers kept" in _run(tmp_path, *words, **told).stdout
