"""The pages over a real node, made from the sample reports."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.web.support_web import Person, person

from tawatur import samples
from tawatur.i18n import LANGUAGES
from tawatur.intake import extract
from tawatur.model.claim import Status, Verdict
from tawatur.model.document import Extraction
from tawatur.node import Node


@pytest.fixture(scope="module")
def someone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person[Node]]:
    """Return somebody in front of a node that holds the first reports."""
    folder: Path = tmp_path_factory.mktemp("node") / "node"
    with Node.init(folder, name="مرصد السهل") as node:
        node.add(samples.paths()[:5])
        yield person(node)


def later(name: str, content: bytes, media_type: str | None) -> Extraction:
    """Return what a later extractor could make of bytes: one line more at the head."""
    found = extract(name, content, media_type=media_type)
    again = extract("later.txt", ("LATER\n\n" + found.text).encode())
    return replace(again, extractor=replace(again.extractor, version="99"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_real_node_is_shown(someone: Person[Node], language: str) -> None:
    """Documents, claims, events and lists, in each language."""
    node = someone.node
    assert node.documents()
    assert node.claims()
    lists = (
        "",
        "documents",
        "claims",
        "events",
        "conflicts",
        "sources",
        "commitments",
        "requests",
        "node",
    )
    addresses = [f"/{name}" for name in lists]
    addresses += [f"/documents/{line.id}" for line in node.documents()]
    addresses += [f"/claims/{claim.id}" for claim in node.claims()[:3]]
    addresses += [f"/events/{event.id}" for event in node.events()[:3]]
    addresses += [f"/sources/{view.record.source.id}" for view in node.sources.all()[:3]]
    addresses += [f"/boards/{node.events()[0].id}", f"/boards/{node.documents()[0].id}", "/boards"]
    for address in addresses:
        assert someone.get(address, language).status_code == 200, address


def test_every_claim_of_a_document_stands_in_its_text(someone: Person[Node]) -> None:
    """Each has its place, and a row beside it."""
    for line in someone.node.documents():
        text = someone.get(f"/documents/{line.id}").text
        for claim in someone.node.claims(document=line.id):
            assert f'id="{claim.id}"' in text
            assert f'id="item-{claim.id}"' in text


def test_a_judgement_on_a_page_is_an_entry_of_the_ledger(someone: Person[Node]) -> None:
    """And the ledger stays whole."""
    claim = someone.node.claims(status=Status.PROPOSED)[0]
    assert someone.post(f"/claims/{claim.id}/accept").status_code == 303
    judged = someone.node.claim(claim.id)
    assert (judged.status, len(judged.judgements)) == (Status.ACCEPTED, 1)
    assert someone.node.judge(claim.id, Verdict.ACCEPT).status is Status.ACCEPTED
    assert "Whole: every entry" in someone.post("/node/verify").text


def test_the_node_names_the_commands_for_what_goes_to_partners(someone: Person[Node]) -> None:
    """What has no page is done on the command line, and the page says how."""
    page = someone.get("/node").text
    for command in ("label", "release", "exchange", "bundle", "partner invite", "community admit"):
        assert f"tawatur {command}" in page
    for address in ("/outbox", "/disclosures", "/partners", "/communities"):
        assert f'href="{address}"' in page


def test_words_found_lead_into_the_text(someone: Person[Node]) -> None:
    """A search for a name that the samples hold."""
    word = someone.node.claims()[0].quote.split()[0]
    assert "#found" in someone.client.get("/search", params={"q": word}).text


def test_notes_are_kept_by_the_node(someone: Person[Node]) -> None:
    """With the claim that says so."""
    claim = someone.node.claims()[0].id
    answer = someone.post(
        "/commitments", by="المجلس", what="إصلاح الجسر", due="2021-09", claims=claim
    )
    assert answer.status_code == 303
    assert someone.node.desk.commitments()[-1].claims == (claim,)
    assert (
        someone.post("/requests", by="المجلس", to="القيادة", what="فتح المعبر").status_code == 303
    )
    assert someone.node.desk.requests()[-1].what == "فتح المعبر"
    refused = someone.post("/commitments", by="المجلس", what="شيء", claims="c-none")
    assert refused.status_code == 422


def test_a_part_comes_back_and_goes_again(someone: Person[Node]) -> None:
    """By the button beside it; the page says whose word it is."""
    node = someone.node
    view = next(v for line in node.documents() if (v := node.document(line.id)).parts)
    address = f"/documents/{view.line.id}"
    answer = someone.post(f"{address}/parts", part="1", why="شهادة")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#parts")
    assert not node.document(view.line.id).parts[0].left_out
    page = someone.get(address).text
    assert "brought back" in page
    assert "شهادة" in page
    assert someone.post(f"{address}/parts", part="1", undo="1").status_code == 303
    assert node.document(view.line.id).parts[0].left_out
    assert someone.post(f"{address}/parts", part="99").status_code == 400


def test_ticked_paragraphs_are_left_out_and_come_back(someone: Person[Node]) -> None:
    """Neighbours as one stretch; nothing is recorded for a text that is no longer the newest."""
    node = someone.node
    line = node.documents()[-1]
    address = f"/documents/{line.id}"
    before = node.document(line.id)
    page = someone.get(address).text
    places = re.findall(r'name="paragraph" value="(\d+-\d+)"', page)
    ticked, newest = [places[2], places[-1], places[1]], before.rendition
    send = partial(someone.post, f"{address}/left-out", why="قائمة")
    assert send(paragraph=ticked, rendition="r-0").status_code == 422
    assert send(rendition=newest).status_code == 422
    assert node.document(line.id).parts == before.parts
    answer = send(paragraph=ticked, rendition=newest)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#parts")
    parts = node.document(line.id).parts
    new = [part for part in parts if part.sifting and part.sifting.why == "قائمة"]
    neighbours = f"{places[1].split('-')[0]}-{places[2].split('-')[1]}"
    assert [f"{part.span.start}-{part.span.end}" for part in new] == [neighbours, places[-1]]
    assert all(part.left_out for part in new)
    number = parts.index(new[0]) + 1
    assert someone.post(f"{address}/parts", part=str(number)).status_code == 303
    left_out = [part.span for part in node.document(line.id).parts if part.left_out]
    assert new[0].span not in left_out
    assert new[1].span in left_out


def test_a_note_stands_beside_the_text(someone: Person[Node]) -> None:
    """At its words; a form that fits several places comes back with what was typed."""
    node = someone.node
    claim = node.claims()[0]
    address = f"/documents/{claim.document}"
    words = " ".join(claim.quote.split()[:4])
    answer = someone.post(f"{address}/notes", words=words, note="<b>ترجمة</b> خاطئة")
    assert answer.status_code == 303
    (line,) = node.document(claim.document).glosses
    page = someone.get(address).text
    assert f'id="note-{line.gloss.id}"' in page
    assert f'href="#note-{line.gloss.id}"' in page
    assert "&lt;b&gt;ترجمة&lt;/b&gt; خاطئة" in page
    refused = someone.post(f"{address}/notes", words="لا وجود لهذه الكلمات", note="شيء")
    assert refused.status_code == 422
    assert "لا وجود لهذه الكلمات" in refused.text
    assert someone.post(f"/notes/{line.gloss.id}/withdraw", back=address).status_code == 303
    assert node.document(claim.document).glosses == ()


def test_a_citation_of_an_older_text_opens_there(someone: Person[Node]) -> None:
    """The page says that it is an older text, lights the words, and leads to the newest."""
    node = someone.node
    line = node.documents()[-1]
    claim = node.claims(document=line.id)[0]
    node.extract_again(later, documents=[line.id])
    address = f"/documents/{line.id}"
    old = someone.get(f"{address}?claim={claim.id}").text
    assert "This is an older text of the document" in old
    lit = re.findall(r"<mark[^>]*\blit\b[^>]*>([^<]*)</mark>", old)
    assert "".join(lit).split() == html.escape(claim.quote).replace("&#x27;", "&#39;").split()
    newest = someone.get(address).text
    assert "This is an older text of the document" not in newest
    assert f"rendition={claim.rendition}" in newest
    assert someone.get(f"{address}?rendition={claim.rendition}").status_code == 200
    assert someone.get(f"{address}?rendition=r-none").status_code == 404
