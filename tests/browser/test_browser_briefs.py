"""A brief gets its parts on its own page, by the keyboard alone: looked for, chosen, moved."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect
from tests.browser.support_browser import served, site_of, wider
from tests.browser.test_browser_pages import browser
from tests.browser.test_browser_review import AXE, RULES

from tawatur import samples
from tawatur.i18n import LANGUAGES
from tawatur.node import Node

__all__ = ["browser"]  # a fixture, found by its name


@dataclass(frozen=True)
class Desk:
    """A node with the sample reports and its pages, before which somebody sits."""

    node: Node
    base: str
    session: StorageState


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give one, with the session of whoever opened the start-up link."""
    with Node.init(tmp_path_factory.mktemp("briefs") / "node", name="مرصد السهل") as node:
        node.add(samples.paths()[:6])
        link = served(node)
        with browser.new_context() as context:
            context.new_page().goto(link)
            session = context.storage_state()
        yield Desk(node, site_of(link), session)


def tab_to(page: Page, selector: str, *, most: int = 80) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"{selector} is not reached by the keyboard from {page.url}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_parts_are_looked_for_put_in_and_moved_by_keyboard(
    browser: Browser, desk: Desk, script: bool
) -> None:
    """With script and without; what is found comes next, and a moved part stays at hand."""
    with browser.new_context(java_script_enabled=script, storage_state=desk.session) as room:
        _composed(desk, room.new_page())


def landed(page: Page, place: str) -> None:
    """Wait until the page whose address ends in a place is there, and the next Tab begins there."""
    page.wait_for_url(f"**{place}")  # which waits for the page as well
    page.locator(f"{place}:target").wait_for()


def _composed(desk: Desk, page: Page) -> None:
    brief = desk.node.compositions.start("أنزيفات", "ar").id
    desk.node.compositions.write(brief, "Own words.")
    page.goto(f"{desk.base}/briefs/{brief}")
    tab_to(page, "main input[name=q]")
    page.keyboard.insert_text("أنزيفات")
    page.keyboard.press("Enter")
    landed(page, "#found")
    assert "q=" in page.url
    tab_to(page, "#found input[name=items]", most=1)
    page.keyboard.press("Space")
    tab_to(page, "#found .picks > ul > li:nth-child(2) input[name=items]")
    page.keyboard.press("Space")
    tab_to(page, "#found select[name=at]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#found button", most=1)
    page.keyboard.press("Enter")
    items = page.locator(".composed > li")
    expect(items).to_have_count(3)
    expect(items.last).to_contain_text("Own words.")
    first = items.first.locator("p").inner_text()
    page.goto(f"{desk.base}/briefs/{brief}")
    tab_to(page, "#part-1 .moves button")
    page.keyboard.press("Enter")
    landed(page, "#part-2")
    assert page.locator("#part-2 p").inner_text() == first
    tab_to(page, "#part-2 form[action$='/drop'] button", most=6)
    page.keyboard.press("Enter")
    gone = page.locator(".composed .gone")
    expect(gone).to_contain_text(first.split(" · ")[0][:20])
    expect(gone.locator("button")).to_be_focused()
    page.keyboard.press("Enter")
    landed(page, "#part-2")
    assert page.locator("#part-2 p").inner_text() == first


def barriers(page: Page) -> list[tuple[str, str]]:
    """Return what axe finds on a page, each rule with a place."""
    page.evaluate(AXE.read_text("utf-8"))
    results = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [(each["id"], each["nodes"][0]["html"]) for each in results["violations"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_has_no_barrier_and_fits_a_phone(
    browser: Browser, desk: Desk, language: str
) -> None:
    """Axe finds nothing on it, and nothing sticks out."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run web/build")
    brief = desk.node.compositions.start("Anzifat", "en").id
    desk.node.compositions.add(brief, [desk.node.events(about="أنزيفات")[0].id])
    with browser.new_context(storage_state=desk.session) as room:
        page = room.new_page()
        page.goto(f"{desk.base}/language?to={language}&back=/")
        page.goto(f"{desk.base}/briefs/{brief}?q=Anzifat")
        assert page.locator("#found input[name=items]").count() > 3
        assert page.locator("#found a[href='#part-1']").count() == 1
        assert barriers(page) == []
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert wider(page) == 0
        page.click("#part-1 form[action$='/drop'] button")
        page.locator(".composed .gone").wait_for()
        assert barriers(page) == []
