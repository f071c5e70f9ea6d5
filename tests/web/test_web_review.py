"""The queue of proposals, as forms without script send them, over a real node."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.support_web import Person, person

from tawatur import samples
from tawatur.model.claim import Claim, Status
from tawatur.node import Node


@pytest.fixture
def someone(tmp_path: Path) -> Iterator[Person[Node]]:
    """Return somebody in front of a node that holds some reports."""
    with Node.init(tmp_path / "node", name="مرصد السهل") as node:
        node.add(samples.paths()[6:9])
        yield person(node)


def form(page: str, claim: Claim) -> dict[str, str | list[str]]:
    """Return the fields that a browser sends with a correction that changes nothing."""
    start = page.index('data-act="correct"')
    part = page[start : page.index("</form>", start)]
    fields: dict[str, str | list[str]] = dict(
        re.findall(r'<input(?: type="hidden")? name="(\w+)"(?: value="([^"]*)")?', part)
    )
    for name in ("polarity", "modality", "event_type"):
        fields[name] = str(getattr(claim.content, name))
    fields["link"] = [str(n) for n in range(len(claim.content.chain) - 1)]
    fields["where"] = [str(n) for n in range(len(claim.content.where))]
    return {name: value for name, value in fields.items() if name != "csrf"} | {"act": "correct"}


def first(someone: Person[Node]) -> tuple[Claim, str]:
    """Return the claim that is shown first, and its page."""
    page = someone.get("/review").text
    found = re.search(r'data-claim="(c-\w+)"', page)
    assert found
    return someone.node.claim(found[1]), page


def test_accepting_shows_the_next_and_undo_shows_it_again(someone: Person[Node]) -> None:
    """Three forms, and the claim is as it was."""
    claim, page = first(someone)
    assert claim.quote[:40] in html.unescape(page)
    fields = form(page, claim) | {"act": "accept"}
    answer = someone.post(f"/review/{claim.id}", **fields)
    assert answer.status_code == 303
    after = someone.get(answer.headers["location"]).text
    assert f'data-claim="{claim.id}"' not in after
    entries = re.search(r'name="entries" value="([^"]+)"', after)
    assert entries
    assert someone.node.claim(claim.id).status is Status.ACCEPTED
    back = someone.post("/review/undo", entries=entries[1])
    assert f'data-claim="{claim.id}"' in someone.get(back.headers["location"]).text
    assert someone.node.claim(claim.id).status is Status.PROPOSED


def test_what_is_skipped_comes_back_from_the_beginning(someone: Person[Node]) -> None:
    """The next one does not show it; the queue does."""
    claim, page = first(someone)
    skip = re.search(r'href="([^"]+)" data-act="next"', page)
    assert skip
    assert f'data-claim="{claim.id}"' not in someone.get(html.unescape(skip[1])).text
    assert first(someone)[0] == claim


def test_a_correction_by_words_of_the_text(someone: Person[Node]) -> None:
    """Speaker, place and time are taken from where they stand; dropped links are gone."""
    claim, page = first(someone)
    view = someone.node.document(claim.document)
    entity = next(e for e in view.reading.entities if e.mentions[0].start < claim.span.start)
    time = next(each for each in view.reading.times if each.value)
    text, at = view.extraction.text, entity.mentions[0]
    fields = form(page, claim) | {
        "link": [],
        "where": [],
        "speaker": at.of(text),
        "speaker_at": f"{at.start}-{at.end}",
        "speaker_kind": "outlet",
        "place": at.of(text),
        "when_words": time.span.of(text),
        "when_words_at": f"{time.span.start}-{time.span.end}",
        "polarity": "denied",
        "why": "قرئ النص",
    }
    assert someone.post(f"/review/{claim.id}", **fields).status_code == 303
    content = someone.node.claim(claim.id).content
    assert [link.source_text for link in content.chain[1:]] == [at.of(text)]
    assert (content.chain[1].kind, content.chain[1].span) == ("outlet", at)
    assert [named.group for named in content.where] == [entity.id]
    assert (content.when, content.polarity) == (time.value, "denied")


def test_a_correction_of_nothing_is_explained(someone: Person[Node]) -> None:
    """So are words that do not stand in the text, and a claim that somebody else judged."""
    claim, page = first(someone)
    fields = form(page, claim)
    assert someone.post(f"/review/{claim.id}", **fields).status_code == 422
    wrong = fields | {"speaker": "<b>nobody</b>"}
    answer = someone.post(f"/review/{claim.id}", **wrong)
    assert answer.status_code == 422
    assert "these words do not stand" in answer.text
    assert someone.post(f"/review/{claim.id}", **(fields | {"act": "accept"})).status_code == 303
    answer = someone.post(f"/review/{claim.id}", **(fields | {"act": "reject"}))
    assert "changed this meanwhile" in answer.text
    assert someone.node.claim(claim.id).status is Status.ACCEPTED


def test_a_claim_is_split_and_joined_on_the_page(someone: Person[Node]) -> None:
    """By its words."""
    claim, page = first(someone)
    second = claim.quote.split(maxsplit=3)[-1]
    fields = form(page, claim) | {"act": "split", "cut": second}
    assert someone.post(f"/review/{claim.id}", **fields).status_code == 303
    parts = [
        c
        for c in someone.node.claims(document=claim.document)
        if c.span.overlap(claim.span) and c.status is Status.CORRECTED
    ]
    assert parts[-1].quote == second
    joined = {"act": "join", "other": parts[0].id}
    assert someone.post(f"/review/{parts[-1].id}", **joined).status_code == 303
    assert claim.span in {c.span for c in someone.node.claims(document=claim.document)}


def test_a_queue_can_be_narrowed_by_its_address(someone: Person[Node]) -> None:
    """And stays so behind a judgement; a place that is none counts for nothing."""
    page = someone.get("/review?language=fr&after=nonsense").text
    found = re.search(r'data-claim="(c-\w+)"', page)
    assert found
    claim = someone.node.claim(found[1])
    assert claim.language == "fr"
    fields = form(page, claim) | {"act": "accept", "language": "fr"}
    assert "language=fr" in someone.post(f"/review/{claim.id}", **fields).headers["location"]
    assert "No proposal waits here." in someone.get("/review?language=xx").text


def test_the_share_of_accepted_proposals_is_shown(someone: Person[Node]) -> None:
    """By language and by type."""
    assert "Nobody has judged a proposal yet." in someone.get("/review/shares").text
    claim, page = first(someone)
    someone.post(f"/review/{claim.id}", **(form(page, claim) | {"act": "accept"}))
    assert someone.get("/review/shares").text.count("100 %") == 2
