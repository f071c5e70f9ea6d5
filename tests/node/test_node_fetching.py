"""An address taken in: the document, the evidence beside it, and both erased together."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.simulators.site import Site, leads, page, serving_site
from warcio.archiveiterator import ArchiveIterator

from tawatur.errors import UsageError
from tawatur.node import Incoming, Node, Refusal
from tawatur.settings import FILE, Network, load, save

REPORT = """<!DOCTYPE html><html lang="fr"><head><title>Accrochage à Zakar</title></head><body>
<article><h1>Accrochage à Zakar</h1><p>Le ministre Karim Banzoura a déclaré mardi que douze
personnes avaient été tuées à Zakar le 3 mars 2021, lors d'une attaque près du marché.</p>
</article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with one report."""
    with serving_site({"/news/report.html": page(REPORT)}) as served:
        yield served


def allow(folder: Path, site: Site, *, private: bool = True) -> None:
    """Write settings that let a node fetch from the site."""
    network = Network(allowed=True, private=(site.place,) if private else (), pause=0.0)
    save(folder, replace(load(folder), network=network))


@pytest.fixture
def node(tmp_path: Path, site: Site) -> Iterator[Node]:
    """A node that may fetch from the site."""
    Node.init(tmp_path / "node").close()
    allow(tmp_path / "node", site)
    with Node.open(tmp_path / "node") as opened:
        yield opened


def test_an_address_becomes_a_document_with_its_evidence(node: Node, site: Site) -> None:
    """From where redirects ended, captured when it was fetched; the WARC holds the same bytes."""
    site.pages["/short"] = leads("/news/report.html")
    summary = node.add([node.fetched(site.url("/short"))])
    assert (len(summary.taken), summary.refused) == (1, ())
    view = node.document(summary.taken[0])
    (acquisition,) = view.acquisitions
    assert acquisition.origin == acquisition.address == site.url("/news/report.html")
    assert acquisition.name == "report.html"
    assert acquisition.captured is not None
    assert view.line.language == "fr"
    assert acquisition.evidence is not None
    records = ArchiveIterator(io.BytesIO(node.ledger.blob(acquisition.evidence)))
    answers = {
        record.rec_headers.get_header("WARC-Target-URI"): record.content_stream().read()
        for record in records
        if record.rec_type == "response"
    }
    assert list(answers) == [site.url("/short"), site.url("/news/report.html")]
    assert node.ledger.blob(acquisition.blob) == answers[acquisition.origin] == REPORT.encode()
    node.verify()


def test_the_charset_that_the_server_states_counts(node: Node, site: Site) -> None:
    """A text that could be read in several is read in the one stated."""
    words = "قال الوزير إن اثني عشر شخصا قتلوا في زكار يوم الثلاثاء. " * 5
    site.pages["/note"] = page(
        words.encode("iso8859-6"), Content_Type="text/plain; charset=iso-8859-6"
    )
    (taken,) = node.add([node.fetched(site.url("/note"))]).taken
    extraction = node.document(taken).extraction
    assert extraction.text == words
    assert extraction.encoding is not None
    assert "8859" in extraction.encoding


def test_the_same_page_again_is_held_already(node: Node, site: Site) -> None:
    """Neither document nor acquisition nor evidence comes twice; a changed page is another one."""
    url = site.url("/news/report.html")
    (taken,) = node.add([node.fetched(url)]).taken
    assert node.add([node.fetched(url)]).held == ("report.html",)
    assert len(node.document(taken).acquisitions) == 1
    site.pages["/news/report.html"] = page(REPORT.replace("douze", "treize"))
    assert len(node.add([node.fetched(url)]).taken) == 1


def test_erasing_a_document_erases_its_evidence(node: Node, site: Site) -> None:
    """No file of the node holds what was fetched, or where; the ledger still verifies."""
    (taken,) = node.add([node.fetched(site.url("/news/report.html"))]).taken
    evidence = node.document(taken).acquisitions[0].evidence
    assert evidence is not None
    blob = node.folder / "blobs" / evidence[7:9] / evidence[9:]
    assert blob.exists()
    node.erase(taken, why="taken in by mistake")
    assert not blob.exists()
    left = [p for p in node.folder.rglob("*") if p.is_file() and b"report.html" in p.read_bytes()]
    assert left == []
    node.verify()


def test_the_evidence_of_every_fetch_is_one_file(node: Node, site: Site) -> None:
    """The same page from two addresses is one document that came twice."""
    site.pages["/again"] = page(REPORT)
    taken = node.add([node.fetched(site.url(p)) for p in ("/news/report.html", "/again")]).taken
    asked = [
        record.rec_headers.get_header("WARC-Target-URI")
        for record in ArchiveIterator(io.BytesIO(node.evidence(taken[0][:9])))
        if record.rec_type == "response"
    ]
    assert asked == [site.url("/news/report.html"), site.url("/again")]


def test_what_was_not_fetched_has_no_evidence(node: Node) -> None:
    """A file of the same words is no evidence of a page."""
    text = Incoming("a.txt", "here", content=b"The minister said that twelve were killed.")
    (taken,) = node.add([text]).taken
    with pytest.raises(UsageError, match="not fetched"):
        node.evidence(taken)


def test_evidence_that_is_altered_is_noticed(node: Node, site: Site) -> None:
    """It is as much under the log as the document is."""
    (taken,) = node.add([node.fetched(site.url("/news/report.html"))]).taken
    evidence = node.document(taken).acquisitions[0].evidence
    assert evidence is not None
    (node.folder / "blobs" / evidence[7:9] / evidence[9:]).write_bytes(b"other")
    with pytest.raises(Exception, match="altered"):
        node.verify()


def test_without_leave_nothing_is_asked(tmp_path: Path, site: Site) -> None:
    """The refusal says what to set, and files beside it are taken."""
    with Node.init(tmp_path / "node") as node:
        refused = node.fetched(site.url("/news/report.html"))
        assert isinstance(refused, Refusal)
        assert "allowed = true" in str(refused.why)
        assert FILE in str(refused.why)
        text = Incoming("a.txt", "here", content=b"The minister said that twelve were killed.")
        summary = node.add([refused, text])
        assert (len(summary.taken), summary.refused) == (1, (refused,))
    assert site.asked == []


def test_leave_for_the_network_is_none_for_the_inside(tmp_path: Path, site: Site) -> None:
    """A host of this machine has to be named."""
    Node.init(tmp_path / "node").close()
    allow(tmp_path / "node", site, private=False)
    with Node.open(tmp_path / "node") as node:
        refused = node.fetched(site.url("/news/report.html"))
        assert isinstance(refused, Refusal)
        assert "private" in str(refused.why)
    assert site.asked == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"size_mb": 0},
        {"size_mb": float("nan")},
        {"seconds": -1},
        {"pause": float("inf")},
        {"patience": -0.1},
        {"contact": "a\r\nX: y"},
        {"private": ("http://host/",)},
        {"private": ("",)},
    ],
)
def test_values_that_cannot_be_are_refused(node: Node, wrong: dict[str, object]) -> None:
    """By their name, before anything is asked."""
    network = replace(load(node.folder).network, **wrong)  # type: ignore[arg-type]  # wrong ones
    node.settings = replace(node.settings, network=network)
    refused = node.fetched("https://example.org/")
    assert isinstance(refused, Refusal)
    assert f"network.{next(iter(wrong))}" in str(refused.why)


def test_what_is_refused_names_the_address(node: Node, site: Site) -> None:
    """One line for each."""
    site.pages["/busy"] = page("x", 404)
    refused = node.fetched(site.url("/busy"))
    assert isinstance(refused, Refusal)
    assert refused.name == site.url("/busy")
    assert str(refused.why) == f"{site.place} answered 404"
