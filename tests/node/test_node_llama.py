"""Against a real server program with constrained decoding, not a stub: llama.cpp's.

Its model has random weights, so that nothing it says is true; yet every answer is in the
form asked for, and every reading made of it holds words of the text and nothing else.
"""

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.simulators import llama

from tawatur.endpoint import Address, Endpoint, Pace
from tawatur.intake import extract
from tawatur.model.reading import verify_reading
from tawatur.node import Node, Readers, Spent
from tawatur.reading import read
from tawatur.reading.llm import question, verify_answer
from tawatur.reading.llm.schema import KINDS
from tawatur.samples import paths
from tawatur.settings import Llm, save

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("xllamacpp") is None,
    reason="xllamacpp is not installed: no server program with constrained decoding",
)

WORDS = "قال العقيد Issa Merdan يوم الأحد إن 12 جندياً قُتلوا قرب Wadril."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server."""
    with llama.serving(tmp_path_factory.mktemp("llama")) as at:
        yield at


def test_the_grammar_holds_even_a_random_model_to_the_schema(address: str) -> None:
    """Every answer has the four lists, and every item in them is in form."""
    endpoint = Endpoint(Address.parse(address), None, Pace(timeout=120))
    items = 0
    for seed in range(5):
        asked = question(WORDS, "tiny", bounded=True, most_tokens=16000, temperature=1.0)
        answer = endpoint.ask({**asked, "seed": seed})
        assert answer.finish == "stop", answer
        verify_answer(answer.content)
        whole = json.loads(answer.content)
        assert list(whole) == list(KINDS)
        items += sum(map(len, whole.values()))
        for name, kind in KINDS.items():
            for item in whole[name]:
                msgspec.convert(item, kind)
        assert answer.tokens_in > 0
        assert answer.tokens_out > 0
    assert items
    endpoint.close()


def test_an_answer_that_has_no_room_breaks_off(address: str) -> None:
    """The server says so, and the program sees it."""
    endpoint = Endpoint(Address.parse(address), None, Pace(timeout=60))
    asked = question(WORDS, "tiny", bounded=True, most_tokens=5, temperature=0.0)
    assert endpoint.ask(asked).finish == "length"
    endpoint.close()


def test_a_node_reads_with_it_and_the_second_time_costs_nothing(
    address: str, tmp_path: Path
) -> None:
    """Taken in by both readers; read again from what is kept, without one request."""
    with Node.init(tmp_path / "node") as node:
        llm = Llm(address=address, model="tiny", bounded=True, temperature=1.0)
        save(node.folder, replace(node.settings, llm=llm))
    spent: list[Spent] = []
    with Node.open(tmp_path / "node") as node:
        summary = node.add(paths()[:3], readers=Readers.BOTH, spending=spent.append)
        assert summary.unread == ()
        assert spent[-1].requests >= 3
        for line in node.documents():
            view = node.document(line.id)
            assert view.reading == read(view.extraction)
            verify_reading(view.reading, view.extraction.text)
        node.verify()
        again = node.reread(Readers.LLM, everything=True, spending=spent.append)
        assert (again.read, again.unread) == (0, ())
        assert spent[-1].requests == 0
        assert spent[-1].kept >= 3


def test_the_samples_are_what_was_read() -> None:
    """The texts given to the server hold claims, so that the test above is about something."""
    assert all(read(extract(p.name, p.read_bytes())).claims for p in paths()[:3])
