"""In a real browser: time line, map and network by hand and by keyboard, and without script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.support_browser import served, site_of
from tests.browser.test_browser_pages import Sitting, browser, built, sitting

from tawatur.node import Node
from tawatur.web import visits

__all__ = ["browser", "sitting"]  # fixtures of the other pages' tests

CHARTS = ("/timeline", "/map", "/actors")


def settled(page: Page, pattern: str) -> None:
    """Wait until the address fits; script that puts a chart in place does not navigate."""
    page.wait_for_function("p => new RegExp(p).test(location.href)", arg=pattern, timeout=10_000)


@pytest.fixture
def plain(sitting: Sitting, browser: Browser) -> Iterator[Page]:
    """Return a page of the same person in which no script runs."""
    cookies = sitting.page.context.cookies()
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(
            [{"name": c["name"], "value": c["value"], "url": sitting.base} for c in cookies]
        )
        yield context.new_page()


def test_time_runs_from_right_to_left_in_arabic(sitting: Sitting) -> None:
    """The later tick stands further left; in French further right."""
    for language, later_is_left in (("ar", True), ("fr", False)):
        sitting.page.goto(
            f"{sitting.base}/language?to={language}&back=/timeline?since=2020%26until=2022"
        )
        ticks = sitting.page.locator(".ticks line").evaluate_all(
            "all => all.map(e => Number(e.getAttribute('x1')))"
        )
        assert len(ticks) > 1
        assert (ticks == sorted(ticks, reverse=True)) is later_is_left


def test_a_drag_moves_the_window_and_the_address(sitting: Sitting) -> None:
    """Script shifts the drawing at once; the list below follows; a click is no drag."""
    built()
    page = sitting.page
    page.goto(f"{sitting.base}/timeline?since=2021-07-01&until=2021-07-31")
    box = page.locator(".timeline.live").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 40, steps=8)
    page.mouse.up()
    page.wait_for_function("() => !location.search.includes('since=2021-07-01')")
    assert page.locator(".moved[transform]").count() == 0
    assert page.locator('.filter [name="since"]').input_value() != "2021-07-01"


def test_the_time_line_is_zoomed_by_keyboard(sitting: Sitting) -> None:
    """From years to hours; 0 shows all again, and the focus stays."""
    built()
    page = sitting.page
    page.goto(f"{sitting.base}/timeline?since=2021-07-01&until=2021-07-08")
    page.locator(".timeline.live").focus()
    for _ in range(8):
        before = page.url
        page.keyboard.press("+")
        page.wait_for_function("before => location.href !== before", arg=before)
        if re.search(r"since=\d{4}-\d\d-\d\dT", page.url):
            break
    else:
        pytest.fail("no hours were reached")
    assert page.evaluate("document.activeElement.classList.contains('timeline')")
    page.keyboard.press("0")
    page.wait_for_function("() => !location.search.includes('since')")


def test_the_map_moves_by_keyboard(sitting: Sitting) -> None:
    """Each window is an address."""
    built()
    page = sitting.page
    page.goto(f"{sitting.base}/map?at=30.000,20.000,4.00")
    page.locator(".map.live").focus()
    page.keyboard.press("ArrowRight")
    settled(page, r"at=30\.\d+%2C(2[1-9]|[3-9]\d)")
    page.keyboard.press("+")
    settled(page, r"%2C5\.00")


def test_the_map_slides_through_periods_above_it(browser: Browser, tmp_path: Path) -> None:
    """What the slider says and the heading counts is what is on the map."""
    built()
    (tmp_path / "attacks.txt").write_text(
        "Two soldiers were killed near Gao on 17 March 2021, the army of Mali said. "
        "Gunmen attacked a market near Kidal on 5 June 2022, the governor said.\n"
    )
    with Node.init(tmp_path / "node", name="Observatory") as node:
        node.add([tmp_path / "attacks.txt"])
        link = served(node)
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(link)
            page.goto(f"{site_of(link)}/map")
            slider, said = page.locator("#period input"), page.locator("#period output")
            drawing, handle = page.locator(".map.live").bounding_box(), slider.bounding_box()
            assert drawing
            assert handle
            assert handle["y"] < drawing["y"], "the slider lies behind the list"
            counted = page.locator("h1 .total")
            expect(said).to_have_text("all times")
            expect(counted).to_have_text("2")
            slider.focus()
            page.keyboard.press("ArrowRight")
            settled(page, r"since=2021")
            expect(said).not_to_have_text("all times")
            expect(counted).to_have_text("1")


def test_the_world_is_a_picture_of_our_own(sitting: Sitting) -> None:
    """It is fetched from here, and the fixture lets no other address be asked for."""
    built()
    sitting.page.goto(f"{sitting.base}/map")
    picture = sitting.page.locator(".map image")
    assert (picture.get_attribute("href") or "").startswith("/static/vendor/world-")
    assert any("world-" in url for url in sitting.asked)


def test_names_are_arranged_when_asked_and_all_of_one_size(sitting: Sitting) -> None:
    """The network stands still until then, and no circle is larger than another."""
    built()
    page = sitting.page
    page.goto(f"{sitting.base}/actors")
    before = page.locator(".actor circle").evaluate_all("all => all.map(e => e.getAttribute('cx'))")
    page.click("#arrange")
    after = page.locator(".actor circle").evaluate_all("all => all.map(e => e.getAttribute('cx'))")
    assert before != after
    sizes = page.locator(".actor circle").evaluate_all("all => all.map(e => e.getAttribute('r'))")
    assert len(set(sizes)) == 1


def test_a_line_of_the_network_opens_its_claims(sitting: Sitting) -> None:
    """With the keyboard alone: who says so and who denies it stand there."""
    page = sitting.page
    page.goto(f"{sitting.base}/actors")
    page.locator(".tie").first.focus()
    page.keyboard.press("Enter")
    settled(page, r"/actors/tie\?")
    assert page.locator("#denied").count() == 1
    assert page.locator("article.claim").count() > 0


def test_charts_work_without_script(plain: Page, sitting: Sitting) -> None:
    """Their links lead to narrower windows, and a list says the same."""
    plain.goto(f"{sitting.base}/timeline")
    plain.locator(".moves a").nth(2).click()
    assert "since=" in plain.url
    assert plain.locator("table tbody tr, p.empty").count() > 0
    plain.goto(f"{sitting.base}/map?at=36,37,4")
    plain.locator(".moves a").first.click()
    assert "5.00" in plain.url
    plain.goto(f"{sitting.base}/actors")
    assert plain.locator("#arrange").is_visible() is False
    assert plain.locator("a.tie").count() == plain.locator("table tbody tr").count()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_chart_is_wider_than_its_window(sitting: Sitting, width: int) -> None:
    """On a small screen as on a large one."""
    sitting.page.set_viewport_size({"width": width, "height": 800})
    conflict = sitting.node.all_conflicts[0].id
    for address in (*CHARTS, f"/conflicts/{conflict}", f"/events/{sitting.node.all_events[0].id}"):
        sitting.page.goto(sitting.base + address)
        sitting.page.wait_for_timeout(300)
        over = sitting.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, address


def test_hostile_names_stay_text(sitting: Sitting) -> None:
    """Markup in a place or a name is drawn as it was written, and the fixture saw no complaint."""
    for address in CHARTS:
        sitting.page.goto(sitting.base + address)
        sitting.page.wait_for_timeout(200)
        assert sitting.page.locator("svg script, svg foreignObject, main b, main i").count() == 0


def test_the_script_of_a_page_is_small() -> None:
    """Under the measure of 350 kB, by far, before it is compressed."""
    built()
    vendor = Path(visits.__file__).parent / "static/vendor"
    assert sum(path.stat().st_size for path in vendor.glob("*.js")) < 350_000
