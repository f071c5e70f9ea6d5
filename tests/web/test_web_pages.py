"""The pages show what the node holds, in three languages, and do what their forms say."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import HERE, Person, addresses, person

from tawatur.i18n import LANGUAGES, direction
from tawatur.model.claim import Content, Status
from tawatur.model.ids import ClaimId
from tawatur.model.reading import EventType, Modality, Polarity
from tawatur.node import Node
from tawatur.web import ShownNode
from tawatur.web import documents as web_documents
from tawatur.web import pages as web_pages
from tawatur.web import visits as web_visits


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the text in elements with an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """Return somebody in front of a filled node."""
    return person(filled())


def test_a_node_has_what_the_pages_ask_for() -> None:
    """The type checker looks at this line."""

    def shown(node: Node) -> ShownNode:
        return node

    assert shown.__name__


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_language_and_direction(
    someone: Person[SimulatedNode], language: str
) -> None:
    """And has one heading, a title, a main part and a skip link to it."""
    for address in (*addresses(someone.node), "/nothing", "/claims/c-none"):
        if address.startswith("/search/typed"):
            continue  # a list within a page
        answer = someone.get(address, language)
        page = Tags(answer.text)
        (html,) = page.named("html")
        assert (html["lang"], html["dir"]) == (language, direction(language)), address
        assert len(page.named("h1")) == len(page.named("main")) == 1, address
        assert "<title>" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_names_an_address_outside(someone: Person[SimulatedNode], language: str) -> None:
    """Not in a link, a form, a picture, a style or a script."""
    for address in (*addresses(someone.node), "/nothing"):
        for tag, attributes in Tags(someone.get(address, language).text).tags:
            for key in ("href", "src", "action", "srcset", "poster", "data", "hx-post"):
                value = attributes.get(key)
                if value is not None:
                    assert value.startswith(("/", "#")), (address, tag, value)
                    assert not value.startswith("//")
            assert "style" not in attributes, (address, tag)
            assert not any(key.startswith("on") for key in attributes), (address, tag)
    css = (Path(web_pages.__file__).parent / "static/site.css").read_text("utf-8")
    assert "url(" not in css
    assert "@import" not in css


def test_ids_stand_once_in_a_page(someone: Person[SimulatedNode]) -> None:
    """So that an address with # leads to one place."""
    for address in addresses(someone.node):
        found = [a["id"] for _, a in Tags(someone.get(address).text).tags if a.get("id")]
        assert len(found) == len(set(found)), address


def test_hostile_text_stays_text(someone: Person[SimulatedNode]) -> None:
    """Markup in an Arabic document, its title and its publisher is shown as it was written."""
    for address in addresses(someone.node):
        page = Tags(someone.get(address).text)
        assert not page.named("img"), address
        assert not page.named("b") or address == "/", address
        assert all((s.get("src") or "").startswith("/static/") for s in page.named("script"))
    hostile = list(someone.node.views)[3]
    assert "&lt;img src=x onerror=alert(1)&gt;" in someone.get(f"/documents/{hostile}").text


def test_an_address_lands_on_the_very_characters(someone: Person[SimulatedNode]) -> None:
    """Every character of the claim is lit, no other, and the first carries the id."""
    view = next(iter(someone.node.views.values()))
    for claim in view.claims:
        text = someone.get(f"/documents/{view.line.id}?claim={claim.id}").text
        lit = re.findall(r'<mark[^>]*class="[^"]*\blit\b[^"]*"[^>]*>([^<]*)</mark>', text)
        assert "".join(lit) == claim.quote.replace('"', "&#34;")
        assert f'id="{claim.id}"' in text


def test_asides_are_folded_under_their_name(someone: Person[SimulatedNode]) -> None:
    """A menu and a comment form are no content, and are still there."""
    text = someone.get(f"/documents/{next(iter(someone.node.views))}").text
    assert text.count('<details class="aside"') == 2
    assert "Not content: menu" in text
    assert "اترك تعليقاً" in text


def test_a_place_found_is_lit(someone: Person[SimulatedNode]) -> None:
    """A hit leads to its place in the text, and a place outside the text to the text."""
    search = someone.get("/search?q=%D9%83%D9%84%D9%85%D9%88%D8%B1%D9%8A").text
    (hit,) = {a["href"] for a in Tags(search).named("a") if "place=" in str(a.get("href"))}
    assert 'id="found"' in someone.get(str(hit)).text
    document = next(iter(someone.node.views))
    for place in ("9-1", "x", "999999-9999999", "-", "5-99999999"):
        assert someone.get(f"/documents/{document}?place={place}").status_code == 200


def test_a_long_text_is_shown_in_parts(
    someone: Person[SimulatedNode], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And an address with a claim shows the part that holds it."""
    monkeypatch.setattr(web_documents, "PART", 100)
    view = next(iter(someone.node.views.values()))
    first = someone.get(f"/documents/{view.line.id}").text
    last = view.claims[-1].id
    assert f'id="{last}"' not in first
    assert "page=2" in first
    assert f'id="{last}"' in someone.get(f"/documents/{view.line.id}?claim={last}").text


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "غير موجود"), ("fr", "Introuvable"), ("en", "Not found")]
)
def test_an_unknown_id_is_said_in_the_interface_language(
    someone: Person[SimulatedNode], language: str, said: str
) -> None:
    """With the way back."""
    for address in ("/claims/c-none", "/documents/d-none", "/events/v-none", "/nothing"):
        answer = someone.get(address, language)
        assert answer.status_code == 404
        assert said in answer.text


def test_the_language_is_the_browsers_until_one_is_chosen(someone: Person[SimulatedNode]) -> None:
    """The choice is kept in a cookie; the node's own setting stands between the two."""
    client = someone.client
    wish = {"accept-language": "de, fr;q=0.8, ar;q=0.9, en;q=x"}
    assert 'lang="ar"' in client.get("/", headers=wish).text
    settings = someone.node.settings
    someone.node.settings = replace(settings, language="fr")
    assert '<html lang="fr"' in client.get("/", headers=wish).text
    client.get("/language?to=en&back=/claims", follow_redirects=False)
    assert '<html lang="en"' in client.get("/", headers=wish).text


def test_accept_and_reject_work_as_forms(someone: Person[SimulatedNode]) -> None:
    """Without script the person comes back to the page, at the claim."""
    claim = next(iter(someone.node.all_claims))
    answer = someone.post(f"/claims/{claim}/accept", back="/claims?page=1")
    assert answer.headers["location"] == f"/claims?page=1#item-{claim}"
    assert someone.node.claim(claim).status is Status.ACCEPTED
    someone.post(f"/claims/{claim}/reject")
    assert someone.node.claim(claim).status is Status.REJECTED


def test_a_script_gets_the_row_alone(someone: Person[SimulatedNode]) -> None:
    """With its new status and its number beside the text."""
    claim = next(iter(someone.node.all_claims))
    data = {"csrf": someone.token(), "number": "3"}
    headers = {**HERE, "hx-request": "true"}
    text = someone.client.post(f"/claims/{claim}/accept", data=data, headers=headers).text
    assert text.strip().startswith("<article")
    assert 'data-status="accepted"' in text
    assert 'class="number"' in text


def test_a_correction_keeps_what_was_not_changed(someone: Person[SimulatedNode]) -> None:
    """Only the fields that differ are judged."""
    claim = ClaimId(next(iter(someone.node.all_claims)))
    before = someone.node.claim(claim).content
    answer = someone.post(f"/review/{claim}", **correction(before), polarity="denied")
    assert answer.status_code == 303
    after = someone.node.claim(claim)
    assert after.status is Status.CORRECTED
    assert after.content == replace(before, polarity=Polarity.DENIED, when="2021-07")


def correction(content: Content) -> dict[str, str | list[str]]:
    """Return the form of a claim with another time."""
    return {
        "act": "correct",
        "modality": content.modality,
        "event_type": content.event_type,
        "when": "2021-07",
        "link": [str(n) for n in range(len(content.chain) - 1)],
        "where": [str(n) for n in range(len(content.where))],
    }


@pytest.mark.parametrize("fields", [{"when": "yesterday"}, {"polarity": "maybe"}])
def test_a_correction_that_cannot_be_is_explained(
    someone: Person[SimulatedNode], fields: dict[str, str]
) -> None:
    """And changes nothing."""
    claim = someone.node.claim(next(iter(someone.node.all_claims)))
    given = {**correction(claim.content), "polarity": claim.content.polarity, **fields}
    answer = someone.post(f"/review/{claim.id}", **given)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert someone.node.claim(claim.id).status is Status.PROPOSED


def test_commitments_and_requests_are_noted(someone: Person[SimulatedNode]) -> None:
    """And shown with who owes what."""
    claim = next(iter(someone.node.all_claims))
    assert someone.post(
        "/commitments", by="المجلس", what="إصلاح الجسر", due="2021-09", claims=claim
    )
    someone.post("/requests", by="المجلس", to="القيادة", what="فتح المعبر", since="2021-07-01")
    assert "إصلاح الجسر" in someone.get("/commitments").text
    assert "overdue" in someone.get("/commitments").text
    assert "days waited, at least: 92" in someone.get("/requests").text
    assert "فتح المعبر" in someone.get("/").text


def test_a_conflict_is_settled_by_a_form_and_taken_back(someone: Person[SimulatedNode]) -> None:
    """With the reason beside it; the narrowed list holds it no more."""
    conflict = someone.node.all_conflicts[0].id
    answer = someone.post(
        f"/conflicts/{conflict}", outcome="dismissed", why="<b>عددان</b> ليومين", back="/conflicts"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/conflicts#{conflict}")
    page = someone.get("/conflicts").text
    assert "&lt;b&gt;عددان&lt;/b&gt; ليومين" in page
    assert f'id="{conflict}"' not in someone.get("/conflicts?unsettled=1").text
    ruling = someone.node.settling.held[conflict].id
    assert someone.post(f"/rulings/{ruling}/withdraw", why="سهو").status_code == 303
    assert f'id="{conflict}"' in someone.get("/conflicts?unsettled=1").text


def test_a_source_is_given_a_letter_by_a_form(someone: Person[SimulatedNode]) -> None:
    """A person only with a purpose and an expiry, and what was typed comes back without them."""
    outlet, person = (view.record.source.id for view in someone.node.sources.all())
    assert someone.post(f"/sources/{outlet}", letter="B", why="عشر سنوات").status_code == 303
    page = someone.get(f"/sources/{outlet}").text
    assert "B, usually reliable" in page
    assert "عشر سنوات" in page
    refused = someone.post(f"/sources/{person}", letter="B", why="كان هناك", purpose="تحقيق")
    assert refused.status_code == 422
    assert "كان هناك" in refused.text
    form = {"letter": "B", "why": "كان هناك", "purpose": "تحقيق", "expires": "2999-01-01"}
    assert someone.post(f"/sources/{person}", **form).status_code == 303
    assert "1 January 2999" in someone.get(f"/sources/{person}").text


def test_explanations_are_written_and_claims_weighed(someone: Person[SimulatedNode]) -> None:
    """The page says what bears on which; an empty sentence is explained."""
    event = someone.node.all_events[0]
    address = f"/boards/{event.id}"
    assert someone.post(address, text=" ").status_code == 422
    answer = someone.post(address, text="<b>غارة</b> خاطئة", why="قالها أحد الشهود")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    form = {"claim": event.claims[0], "hypothesis": "j-0000000000000000", "bears": "against"}
    assert someone.post(f"{address}/weigh", **form, why="لم تُرَ طائرة").status_code == 303
    page = someone.get(address).text
    assert "&lt;b&gt;غارة&lt;/b&gt; خاطئة" in page
    assert "<td>against</td>" in page
    assert "said to be forged" in page
    assert "&lt;b&gt;غارة&lt;/b&gt;" in someone.get("/boards").text


def test_of_a_person_nothing_is_counted(someone: Person[SimulatedNode]) -> None:
    """Neither in the list nor on the page."""
    outlet, person = (view.record.source.id for view in someone.node.sources.all())
    listed = someone.get("/sources").text
    rows = {key: re.search(f'<tr id="{key}">.*?</tr>', listed)[0] for key in (outlet, person)}  # type: ignore[index]
    assert '<td class="n">1</td>' in rows[outlet]
    assert rows[person].count('<td class="n"></td>') == 4
    assert "root of" in someone.get(f"/sources/{outlet}").text
    assert "root of 1" not in someone.get(f"/sources/{person}").text


SORTED = re.compile(r'<th scope="col"[^>]*aria-sort="(\w+)"><a href="([^"]*)">([^<]*)</a>')


def test_a_list_of_events_is_sorted_by_its_headings(someone: Person[SimulatedNode]) -> None:
    """The address says by what; the heading in force says which way, and turns it round."""
    (unasked,) = SORTED.findall(someone.get("/events").text)
    assert unasked == ("descending", "/events?sort=documents&amp;reverse=1", "Documents")
    page = someone.get("/events?sort=date&reverse=1&since=2021&type=ASSAULT").text
    (dated,) = SORTED.findall(page)
    assert dated == ("ascending", "/events?since=2021&amp;type=ASSAULT&amp;sort=date", "When")
    for name, value in (("sort", "date"), ("reverse", "1")):  # narrowed again, sorted as before
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert '<option value="ASSAULT" selected>' in page
    (unknown,) = SORTED.findall(someone.get("/events?sort=fame&type=x&contested=x&page=x").text)
    assert unknown == unasked


def test_sources_are_sorted_and_narrowed(someone: Person[SimulatedNode]) -> None:
    """A person has no letter to be found by, and stands by name behind what is counted."""
    outlet, person = (view.record.source.id for view in someone.node.sources.all())

    def listed(query: str) -> list[str]:
        return re.findall(r'<tr id="([^"]*)">', someone.get(f"/sources?{query}").text)

    for order in ("grade", "claims", "root-of", "confirmed", "contradicted"):
        assert listed(f"sort={order}") == listed(f"sort={order}&reverse=1") == [outlet, person]
    assert listed("sort=name") == listed("sort=name&reverse=1")[::-1]
    assert listed("kind=outlet") == listed("grade=F") == [outlet]
    assert listed("kind=named%20person") == [person]
    assert listed("q=selma") == [person]
    assert listed("grade=A") == listed("subject=CRIME") == []
    assert "No source fits." in someone.get("/sources?grade=A").text


def test_what_became_of_them_is_recorded_with_its_reason(
    someone: Person[SimulatedNode],
) -> None:
    """Without a reason, or as something unknown, it stays what it was."""
    promise, wish = someone.node.desk.commitments()[0].id, someone.node.desk.requests()[0].id
    for fields in ({"status": "kept"}, {"status": "lost", "why": "ثبت بالصور"}):
        assert someone.post(f"/commitments/{promise}", **fields).status_code == 422
        assert someone.post(f"/requests/{wish}", **fields).status_code == 422
    assert someone.post(f"/commitments/{promise}", status="kept", why="ثبت بالصور")
    assert someone.post(f"/requests/{wish}", status="declined", why="رسالة القيادة")
    assert someone.node.desk.commitments()[0].status == "kept"
    assert someone.node.desk.requests()[0].status == "declined"
    assert "ثبت بالصور" in someone.get("/commitments").text
    assert someone.post("/requests/q-none", status="open", why="خطأ").status_code == 404


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/commitments", {"by": " ", "what": "إصلاح"}),
        ("/commitments", {"by": "المجلس", "what": "إصلاح", "due": "soon"}),
        ("/requests", {"by": "المجلس", "what": "فتح المعبر"}),
        ("/requests", {"by": "أ", "to": "ب", "what": "ج", "needed_by": "2021-13"}),
    ],
)
def test_a_form_with_a_gap_comes_back_filled(
    someone: Person[SimulatedNode], address: str, fields: dict[str, str]
) -> None:
    """Nothing is recorded, nothing written is lost."""
    before = len(someone.node.desk.steps)
    answer = someone.post(address, **fields)
    assert answer.status_code == 422
    assert fields["what"] in answer.text
    assert len(someone.node.desk.steps) == before


def test_a_whole_ledger_and_a_broken_one_are_told_apart(someone: Person[SimulatedNode]) -> None:
    """With the first thing that is wrong."""
    assert "Whole: every entry" in someone.post("/node/verify").text
    someone.node.broken = True
    assert "entry 7: the payload is not what was signed" in someone.post("/node/verify").text


def test_a_list_of_any_length_is_shown_in_pages(someone: Person[SimulatedNode]) -> None:
    """Ten thousand claims render fifty rows."""
    node = someone.node
    one = next(iter(node.all_claims.values()))
    node.all_claims |= {
        f"c-{n:016d}": replace(one, id=ClaimId(f"c-{n:016d}")) for n in range(10_000)
    }
    text = someone.get("/claims?page=3").text
    assert text.count("<article") == 50
    assert "101 to 150 of 10010" in text
    assert someone.get("/claims?page=999999999999").status_code == 200
    assert someone.get("/claims?page=-1&status=nonsense&since=soon").status_code == 200


def test_the_claims_of_an_event_are_one_click_away_each(someone: Person[SimulatedNode]) -> None:
    """An event of very many is shown a page at a time, by links; who had it from whom stays."""
    node = someone.node
    event, (first, *_) = node.all_events[0], node.all_claims.values()
    many = [ClaimId(f"c-{n:016d}") for n in range(120)]
    node.all_claims |= {each: replace(first, id=each) for each in many}
    node.all_events = (replace(event, claims=(*event.claims, *many)), *node.all_events[1:])
    address: str | None = f"/events/{event.id}"
    told: list[str] = []
    while address:
        page = someone.get(address)
        tags = Tags(page.text).named("article")
        told += [id_ for each in tags if (id_ := each.get("id") or "").startswith("item-")]
        links = Tags(page.text).named("a")
        address = next((a["href"] for a in links if a.get("rel") == "next"), None)
    assert sorted(told) == sorted(f"item-{claim}" for claim in (*event.claims, *many))


def test_pages_work_without_the_built_script(
    someone: Person[SimulatedNode], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They do not even name it."""
    monkeypatch.setattr(web_visits, "STATIC", tmp_path)
    for address in addresses(someone.node):
        answer = someone.get(address)
        assert answer.status_code == 200
        assert "<script" not in answer.text


def test_an_empty_node_has_pages() -> None:
    """They say what to do first."""
    someone = person(SimulatedNode())
    assert "tawatur add" in someone.get("/").text
    for address in ("/documents", "/claims", "/events", "/conflicts", "/commitments", "/requests"):
        assert someone.get(address).status_code == 200


def test_what_a_claim_says_stands_on_its_page(someone: Person[SimulatedNode]) -> None:
    """Polarity, modality, type, chain from the outermost to the root, and four dates."""
    claim = next(iter(someone.node.all_claims.values()))
    text = someone.get(f"/claims/{claim.id}").text
    assert claim.content.event_type is EventType.ASSAULT
    assert claim.content.modality is Modality.FACT
    places = [text.index(w) for w in ("وكالة أنباء السهل", "سمير الحلواني", "مصدر طبي في المشفى")]
    assert places == sorted(places)
    for word in ("assault", "as fact", "asserted", "happened", "said", "published", "learnt"):
        assert word in text


def test_why_shows_rules_reasons_claims_and_what_people_said(
    someone: Person[SimulatedNode],
) -> None:
    """In the reader's language; the list of gaps leads there, a root is asked by its number."""
    (gap, _), event = someone.node.all_gaps, someone.node.all_events[0]
    assert f"/why/{gap.claim}" in someone.get("/gaps").text
    page = someone.get(f"/why/{gap.claim}").text
    for words in (
        "gap",
        "Which sources may be one",
        "roots\u2069, version 2",
        "It names no source.",
        "accepted",
        "read twice",
    ):
        assert words in page
    assert all(f'data-claim="{each}"' in page for each in (gap.claim, *gap.supposed))
    for language, says in (("fr", "Il ne nomme pas sa source."), ("ar", "لا يسمي مصدره.")):
        assert says in someone.get(f"/why/{gap.claim}", language).text
    assert f"{event.id}/1" in someone.get(f"/why/{event.id}?part=1").text
    assert f"/why/{event.id}?part=1" in someone.get(f"/events/{event.id}").text
    assert "?part=1" not in someone.get(f"/events/{event.id}?as_of=2035-01-01").text
    assert someone.get("/why/v-nothing").status_code == 404


def test_a_heading_says_in_words_what_it_is(someone: Person[SimulatedNode]) -> None:
    """Its id stands above, small, to be copied."""
    gap, conflict = someone.node.all_gaps[0], someone.node.all_conflicts[0]
    for address, id_, says in (
        (f"/why/{gap.claim}", gap.claim, someone.node.claim(gap.claim).quote),
        (f"/conflicts/{conflict.id}", conflict.id, "figure"),
    ):
        page = html.unescape(someone.get(address).text)
        heading = re.sub("<[^>]+>", "", page.partition("<h1>")[2].partition("</h1>")[0])
        assert says in heading
        assert id_ not in heading
        assert f'<code class="id" dir="ltr">{id_}</code>' in page


def test_a_gap_stands_with_what_is_supposed_about_it(someone: Person[SimulatedNode]) -> None:
    """Who says that it is not known, and beside it what others suppose; words narrow the list."""
    known, looked_for = someone.node.all_gaps
    page = someone.get("/gaps").text
    assert page.index(known.claim) < page.index(known.supposed[0])
    assert "Supposed about it" in page
    assert "looked for, not found" in page
    assert "No report says" in someone.get("/gaps?q=nothing-holds-these-words").text
    assert looked_for.supposed == ()
