"""The page of a brief: each sentence has a chain and lands on its very characters."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.briefs.factory import AGENCY, DOCUMENTS, MADE, brief, claim, conflict, event

from tawatur.briefs import Brief, SourceDocument, documents_page, html, markdown
from tawatur.briefs.appendix import Mark, marked_text
from tawatur.model.claim import Content, Named, Status
from tawatur.model.desk import Commitment, Request
from tawatur.model.document import Aside
from tawatur.model.ids import ClaimId, DeskId, DocumentId
from tawatur.model.reading import EntityType, Link, Modality, Polarity, Role, SourceKind
from tawatur.model.span import Span

SITE, COPY, FRENCH, ENGLISH = DOCUMENTS
SOURCE = Link(SourceKind.ANONYMOUS, "مصدر أمني", cue="قال")
SPOKESMAN = Link(SourceKind.BODY, "المتحدث باسم الجيش", cue="ونفى")
DENIED = Content((), polarity=Polarity.DENIED)
TOLL = claim(SITE, "عدد القتلى بلغ 31 جنديا", SOURCE)
TOLL_AGAIN = claim(COPY, "عدد القتلى بلغ 31 جنديا", SOURCE)
NO_TOLL = claim(SITE, "يكون العدد 31 جنديا", SPOKESMAN, said_as=DENIED)
PROMISE = claim(
    FRENCH,
    "envoyer une enquête avant la fin du mois",
    Link(SourceKind.PERSON, "Le ministre", cue="a promis"),
    said_as=Content((), modality=Modality.PROMISED, when="2021-07~"),
)
CLOSED = claim(
    ENGLISH, 'the road stayed closed" <b>& nobody</b>', Link(SourceKind.BODY, "The observatory")
)
CLAIMS = (TOLL, TOLL_AGAIN, NO_TOLL, PROMISE, CLOSED)
EVENTS = (
    event(TOLL, TOLL_AGAIN, NO_TOLL, roots=[(TOLL, TOLL_AGAIN), (NO_TOLL,)]),
    event(PROMISE, roots=[(PROMISE,)], named=True),
    event(CLOSED, roots=[(CLOSED,)], named=True),
)


def whole(language: str) -> Brief:
    """Return a brief with something in every part."""
    return brief(
        CLAIMS,
        events=EVENTS,
        conflicts=[conflict(TOLL, NO_TOLL)],
        language=language,
        commitments=[
            Commitment(DeskId("k-1"), "الوزير", "تحقيق", due="2021-07", claims=(PROMISE.id,))
        ],
        requests=[
            Request(DeskId("q-1"), "The observatory", "the army", "the road", since="2021-06")
        ],
    )


class Page(HTMLParser):
    """A page as a browser sees it: what text each id holds, and who links where."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: dict[str, str] = {}
        self.pieces: dict[str, str] = {}
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.sentences: list[dict[str, str]] = []
        self.documents: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {k: v or "" for k, v in attrs}
        self.tags.append((tag, given))
        if "id" in given:
            assert given["id"] not in self.text
            self.text[given["id"]] = ""
        if given.get("class") == "sentence":
            self.sentences.append({"words": "", "quote": "", "href": ""})
        if given.get("class") == "text":
            self.documents.append("")
        if given.get("class") == "cite" and self.sentences and not self.sentences[-1]["href"]:
            self.sentences[-1]["href"] = given["href"]
        if "href" in given:
            self.links.append(given["href"])
        if tag not in {"meta", "br", "link", "img", "input"}:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        """Close the one that is open."""
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Give text to everything that holds it."""
        for tag, has in self._open:
            if "id" in has:
                self.text[has["id"]] += data
                if tag == "mark":
                    self.pieces[has["id"]] = self.pieces.get(has["id"], "") + data
            if "data-of" in has:
                self.pieces[has["data-of"]] += data
            if has.get("class") == "text":
                self.documents[-1] += data
            if has.get("class") == "words" and self._in("sentence"):
                self.sentences[-1]["words"] += data
            if tag == "blockquote":
                self.sentences[-1]["quote"] += data

    def _in(self, name: str) -> bool:
        return any(has.get("class") == name for _, has in self._open)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_sentence_has_a_speaker_and_lands_on_its_quotation(language: str) -> None:
    """Its first citation opens a mark whose characters are the quotation, nothing more."""
    page = Page(html(whole(language)))
    assert len(page.sentences) >= len(CLAIMS) - 1
    for sentence in page.sentences:
        assert sentence["words"].strip(" :\u00a0")
        assert sentence["href"].startswith("#c-")
        assert page.pieces[sentence["href"][1:]] == sentence["quote"]


def test_every_link_leads_somewhere_within_the_file() -> None:
    """Citations, links back, contents, gaps: no link is dead, none leaves the file."""
    page = Page(html(whole("en")))
    assert len(page.links) > 20
    for link in page.links:
        assert link.startswith("#")
        assert link[1:] in page.text, link


def test_nothing_outside_is_asked_for_and_no_script_runs() -> None:
    """No element that could load anything, no handler, and a policy that forbids both."""
    source = html(whole("en"))
    page = Page(source)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "link", "iframe", "form"})
    assert not any(name.startswith("on") or name == "style" for _, a in page.tags for name in a)
    assert not re.search(r"https?:|url\(|@import", source)
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv"))
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("write", [html, documents_page])
def test_hostile_text_stays_text(write: Callable[[Brief], str]) -> None:
    """Markup in titles, names, publishers, ids and texts is shown as it stands."""
    evil = "</div></mark><script>alert(1)</script><img src=x onerror=a()>\"'&amp;"
    document = SourceDocument(
        DocumentId('d-"><b>'), evil, evil, evil, 'x" dir="', f"a {evil} b\r\n\0"
    )
    made = claim(
        document,
        evil,
        Link(SourceKind.PERSON, evil, cue=evil),
        id=ClaimId('c-"><script>'),
        publisher=evil,
    )
    made_brief = brief([made], documents=[document], about=evil)
    page = Page(write(made_brief))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    assert page.documents == [document.text.replace("\0", "\ufffd")]
    assert not any("onerror" in a for _, a in page.tags)


def test_hostile_text_stays_text_in_markdown() -> None:
    """No heading, link, image or HTML of the report's own."""
    evil = "# Title\n\n[x](javascript:a) ![y](z) <script>a</script> `c` | d"
    document = replace(ENGLISH, text=evil, title=evil)
    written = markdown(brief([claim(document, evil)], documents=[document]), "b.documents.html")
    assert "\n# Title" not in written
    assert not re.search(r"(?<!\\)<script", written)
    assert not re.search(r"(?<!\\)\]\(javascript", written)
    assert "\n> \\# Title" in written


def test_markdown_cites_the_page_of_the_reports() -> None:
    """Every link leads to an anchor of the page that is written beside it."""
    made = whole("fr")
    page = Page(documents_page(made))
    links = re.findall(r"(?<!\\)\]\(([^)]*)\)", markdown(made, "my brief.documents.html"))
    assert len(links) > 10
    for link in links:
        file, _, place = link.partition("#")
        assert file == "my%20brief.documents.html"
        assert place in page.text


def test_markdown_holds_every_sentence_with_its_speaker() -> None:
    """Each quotation stands right below its chain in words."""
    made = whole("ar")
    lines = [line.replace("\\", "") for line in markdown(made, "x.html").splitlines()]
    for sentence in made.sentences():
        at = lines.index(f"> {sentence.quote}")
        assert lines[at - 2] == f"{sentence.words}:"


def test_copies_are_one_sentence_with_every_place() -> None:
    """Ten copies of one word are one sentence with ten citations."""
    copies = [replace(COPY, id=DocumentId(f"d-copy{n}")) for n in range(9)]
    again = [claim(copy, TOLL.quote, SOURCE) for copy in copies]
    made = brief(
        [TOLL, *again],
        events=[event(TOLL, *again, roots=[(TOLL, *again)])],
        documents=[SITE, *copies],
    )
    (sentence,) = made.sentences()
    assert sentence.claim == TOLL.id
    assert len(sentence.also) == 9
    page = Page(html(made))
    assert sum(link.startswith("#c-") for link in page.links) == 10


def test_what_several_roots_say_comes_first_and_alone_is_by_report() -> None:
    """Events with more than one report or root stand above single claims."""
    made = whole("en")
    assert [section.several for section in made.sections] == [True, False, False]
    assert [document.id for document, _ in made.alone] == [FRENCH.id, ENGLISH.id]


def test_the_order_of_what_is_given_does_not_matter() -> None:
    """Equal input in any order gives an equal page."""
    one = brief(CLAIMS, events=EVENTS, conflicts=[conflict(TOLL, NO_TOLL)])
    other = brief(
        CLAIMS[::-1],
        events=EVENTS[::-1],
        conflicts=[conflict(TOLL, NO_TOLL)],
        documents=DOCUMENTS[::-1],
    )
    assert html(one) == html(other)


def test_what_only_untold_claims_say_does_not_show() -> None:
    """A brief on part of an event counts and names the roots of that part alone."""
    made = brief([NO_TOLL], events=EVENTS)
    (section,) = made.sections
    assert section.roots is not None
    assert (section.roots.at_least, section.roots.at_most) == (1, 1)
    assert section.roots.roots[0].sources == ("المتحدث باسم الجيش",)
    assert (section.when, section.where, section.reasons) == (None, (), ())
    assert "مصدر أمني" not in re.sub(r'<div class="text".*?</div>', "", html(made), flags=re.DOTALL)


def test_a_rejected_claim_is_nowhere_as_a_sentence() -> None:
    """What a person rejected is not told, not even as one side of a contradiction."""
    rejected = replace(NO_TOLL, status=Status.REJECTED)
    made = brief([TOLL, rejected], events=EVENTS, conflicts=[conflict(TOLL, NO_TOLL)])
    assert [s.claim for s in made.sentences()] == [TOLL.id]
    assert made.contradictions == ()


def test_an_accusation_never_stands_without_its_speaker() -> None:
    """A person's name next to a crime is only found inside a sentence or the report itself."""
    person = "يوسفو آغ دملي"
    text = f"قالت الوزارة إن {person} هرب السلاح."
    document = SourceDocument(DocumentId("d-1"), "خبر", "موقع", None, "ar", text)
    who = (Named(person, EntityType.PERSON, Role.ACTOR), Named("جبهة", EntityType.ORGANISATION))
    accused = claim(
        document,
        f"{person} هرب السلاح",
        Link(SourceKind.BODY, "الوزارة", cue="قالت"),
        said_as=Content((), who=who),
    )
    other = claim(document, f"{person} هرب السلاح.", Link(SourceKind.BODY, "الوزارة", cue="قالت"))
    other = replace(other, id=ClaimId("c-other"))
    made = brief(
        [accused, other],
        events=[replace(event(accused, other, roots=[(accused,), (other,)]), who=(person,))],
        conflicts=[conflict(accused, other)],
        documents=[document],
    )
    source = html(made)
    body = re.sub(r'<div class="text".*?</div>', "", source, flags=re.DOTALL)
    assert person in body
    spoken = (
        r'<p class="words">(?:(?!</p>).)+</p>\s*<blockquote.*?</blockquote>|<a class="gap".*?</a>'
    )
    assert person not in re.sub(spoken, "", body, flags=re.DOTALL)
    assert "جبهة" not in body


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_no_grade_score_or_rank_is_shown(language: str) -> None:
    """The brief weighs roots, never people."""
    words = html(whole(language)).casefold()
    assert not re.search(r"\b(grade|score|rank|rating|centrality|reliability)\b", words)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_empty_brief_says_what_to_do(language: str) -> None:
    """No claims: the command that takes reports in is named."""
    made = brief([], language=language)
    assert "tawatur add" in html(made)
    assert "tawatur add" in markdown(made, "x.html")


def test_direction_follows_the_text_and_words_follow_the_language() -> None:
    """Arabic passages run right to left in an English brief; an Arabic brief runs so itself."""
    page = Page(html(whole("en")))
    quotes = [a for tag, a in page.tags if tag == "blockquote"]
    assert {(a["lang"], a["dir"]) for a in quotes} == {("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")}
    assert ("html", {"lang": "ar", "dir": "rtl"}) in Page(html(whole("ar"))).tags


def test_the_label_stands_on_top() -> None:
    """The first thing in the body is the TLP word of the whole."""
    source = html(whole("en"))
    assert re.search(r'<body>\s*<p class="tlp amber"><span dir="ltr">TLP:AMBER</span>', source)
    assert markdown(whole("en"), "x").startswith("**TLP\\:AMBER**")


def test_desk_items_show_their_age() -> None:
    """An overdue commitment and a request long unanswered say for how many days."""
    made = whole("en")
    assert made.commitments[0].urgent
    assert f"days overdue: {(MADE.date() - MADE.date().replace(2021, 7, 31)).days}" in html(made)
    assert "days waiting, at least: 1970" in html(made)


def test_what_is_not_known_is_listed_and_nothing_is_guessed() -> None:
    """Reports without date or publisher, and machine readings nobody has confirmed."""
    gaps = {gap.words: gap for gap in whole("en").gaps}
    dates = gaps["When these reports were published is not told, or only within bounds"]
    assert set(dates.documents) == {COPY.id, ENGLISH.id}
    assert set(gaps["Who published these reports is not known"].documents) == {COPY.id, ENGLISH.id}
    assert any(words.endswith("5 of 5 claims") for words in gaps)


def test_asides_are_shown_dimmed_and_never_left_out() -> None:
    """The menu is still in the appendix, as an aside."""
    source = html(whole("en"))
    assert '<span class="aside" data-kind="menu">القائمة' in source
    assert AGENCY in Page(source).documents


spans = st.tuples(st.integers(0, 30), st.integers(1, 31)).filter(lambda p: p[0] < p[1])


@given(
    text=st.text(alphabet="abع <>&\"'\r\n\t\u202e", min_size=31, max_size=40),
    places=st.lists(spans, max_size=8),
    aside=st.lists(spans, max_size=2),
)
def test_overlapping_marks_leave_the_text_as_it_is(
    text: str, places: list[tuple[int, int]], aside: list[tuple[int, int]]
) -> None:
    """However marks nest and cross, text and pieces are the document's own characters."""
    marks = [Mark(Span(*p), f"c-{n}", "s-1") for n, p in enumerate(places)]
    markup, cut = marked_text(text, marks, [Aside(Span(*a), "menu") for a in aside], "back")
    page = Page(f'<div class="text">{markup}</div>')
    assert page.documents == [text]
    for mark in marks:
        assert page.pieces[mark.anchor] == mark.span.of(text)
        assert (page.text[mark.anchor] != mark.span.of(text)) <= (mark.anchor in cut)
