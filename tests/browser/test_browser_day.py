"""A working day on a real node, in a real browser: a hundred reports in, a brief handed over."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from time import perf_counter

import docx
import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.support_browser import served, site_of
from tests.browser.test_browser_pages import browser, built

from evals import press
from tawatur import samples
from tawatur.i18n import LANGUAGES
from tawatur.model.claim import Status
from tawatur.node import Node

__all__ = ["browser"]  # a fixture, found by its name

REPORTS = 100
JUDGED = 12
"""Proposals judged before noon here; a person judges more."""
TITLE = {"ar": "ثكنة أنزيفات", "fr": "La caserne d’Anzifat", "en": "The Anzifat barracks"}
OWN = {"ar": "ما لم يتضح بعد:", "fr": "Ce qui n’est pas encore clair :", "en": "Not yet clear:"}


@dataclass(frozen=True)
class Desk:
    """A node with its pages, and one day's post that it has not taken in."""

    node: Node
    link: str
    post: tuple[Path, ...]

    @property
    def base(self) -> str:
        """The site's address."""
        return site_of(self.link)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a node that holds a few reports from before, with its pages served."""
    folder = tmp_path_factory.mktemp("day")
    before = samples.paths()[:2]
    pages = chain.from_iterable(press.case(number).reports for number in count())
    post = [*samples.paths()[2:]]
    for number, report in enumerate(islice(pages, REPORTS - len(post))):
        path = folder / f"{number:03}.html"
        path.write_bytes(report.page())
        post.append(path)
    with Node.init(folder / "node", name="مرصد السهل") as node:
        node.add(before)
        yield Desk(node, served(node), tuple(post))


@pytest.fixture(scope="module")
def room(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """Open the start-up link once; nothing is ever asked of another host, nothing complains."""
    out, said = [], []
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.on("request", lambda request: out.append(request.url))
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        context.new_page().goto(desk.link)
        yield context
        assert [url for url in out if not url.startswith(desk.base + "/")] == []
        assert said == []


@pytest.mark.slow
def test_a_working_day_in_arabic(desk: Desk, room: BrowserContext) -> None:
    """From a hundred reports in the morning to a brief handed over in the afternoon."""
    built()
    page = room.new_page()
    page.goto(f"{desk.base}/language?to=ar")
    _morning(desk, page)
    _judged(desk, page)
    _conflict_settled(desk, page)
    _brief(desk, page, "ar")


@pytest.mark.slow
@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "ar"])
def test_a_brief_is_handed_over_in_the_other_languages(
    desk: Desk, room: BrowserContext, language: str
) -> None:
    """The afternoon alone; the morning is the same by keys."""
    page = room.new_page()
    page.goto(f"{desk.base}/language?to={language}")
    _brief(desk, page, language)


def _morning(desk: Desk, page: Page) -> None:
    """See what came: all that was there is marked as seen, and a hundred reports arrive."""
    page.goto(desk.base + "/")
    page.click("main a[href*='seen']")
    expect(page.locator("section[aria-labelledby=latest] tbody tr")).to_have_count(0)
    took = desk.node.add(desk.post)
    assert len(took.taken) == REPORTS
    page.reload()
    expect(page.locator("#latest .total")).to_have_text(str(REPORTS))
    expect(page.locator("section[aria-labelledby=retold] li").first).to_be_visible()


def _judged(desk: Desk, page: Page) -> None:
    """Judge proposals by keyboard alone; correct the speaker of one; take the last one back."""
    page.goto(desk.base + "/review")
    shown = page.locator("#review [data-claim]")
    waited = []
    for number in range(JUDGED):
        claim = shown.get_attribute("data-claim") or ""
        key = "r" if number % 4 == 3 else "a"
        begun = perf_counter()
        page.keyboard.press(key)
        page.locator(f"#review [data-claim]:not([data-claim='{claim}'])").wait_for()
        waited.append(perf_counter() - begun)
        assert desk.node.claim(claim).status is (Status.REJECTED if key == "r" else Status.ACCEPTED)
    assert sorted(waited)[JUDGED // 2] < 2, "seconds until the next proposal, on a busy machine"
    page.keyboard.press("u")
    page.locator(f"#review [data-claim='{claim}']").wait_for()
    assert desk.node.claim(claim).status is Status.PROPOSED


def _conflict_settled(desk: Desk, page: Page) -> None:
    """Open a contradiction, read both sides and the roots, settle it with a reason."""
    page.goto(desk.base + "/conflicts?open=1")
    page.click("main a[href^='/conflicts/'] >> nth=0")
    expect(page.locator(".sides mark.lit")).to_have_count(2)
    expect(page.locator("section[aria-labelledby=roots] svg").first).to_be_visible()
    before = len(desk.node.rulings.lines())
    settling = page.locator("section[aria-labelledby=comes-to]")
    settling.locator("summary").click()
    settling.locator("input[name=why]").fill("الوزارة صححت الرقم")
    settling.locator("button").last.click()
    expect(page.locator(".ruled").first).to_contain_text("الوزارة صححت الرقم")
    assert len(desk.node.rulings.lines()) == before + 1


def _brief(desk: Desk, page: Page, language: str) -> None:
    """Choose claims from a list and an event by its page, write between, hand it over."""
    page.goto(desk.base + "/claims?q=أنزيفات")
    for at in range(2):
        page.locator("input[name=add]").nth(at).check()
    chosen = [page.locator("input[name=add]").nth(at).get_attribute("value") for at in range(2)]
    page.click("#choosing button")
    page.fill("input[name=title]", TITLE[language])
    page.select_option("select[name=language]", language)
    page.click("section[aria-labelledby=begin] button")
    expect(page.locator(".composed > li")).to_have_count(2)
    brief = page.url
    page.goto(desk.base + "/events?q=أنزيفات")
    page.click("main table tbody th a >> nth=0")
    page.click("main a[href^='/briefs?add=']")
    page.click(f"form[action='{brief.removeprefix(desk.base)}/add'] button")
    expect(page.locator(".composed > li")).to_have_count(3)
    page.locator("section[aria-labelledby=more] textarea").fill(OWN[language])
    own = page.locator(f"form[action='{brief.removeprefix(desk.base)}/write']")
    own.locator("select[name=at]").select_option("3")
    own.locator("button").click()
    expect(page.locator("#part-3 textarea")).to_have_value(OWN[language])
    quote = desk.node.claim(chosen[0] or "").quote
    written = {}
    for form in ("pdf", "docx"):
        with page.expect_download() as handed:
            page.click(f"a[href$='/file/{form}']")
        written[form] = Path(handed.value.path()).read_bytes()
    pdf = pypdfium2.PdfDocument(written["pdf"])
    paper = "".join(page.get_textpage().get_text_range() for page in pdf)
    paragraphs = [each.text for each in docx.Document(io.BytesIO(written["docx"])).paragraphs]
    assert any(quote in each for each in paragraphs)
    assert OWN[language] in paragraphs
    assert " ".join(OWN[language].split()) in " ".join(paper.split())
