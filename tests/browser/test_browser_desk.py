"""The desk as people use it, on a real node, by keyboard: each page one short story."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.support_browser import served, site_of
from tests.browser.test_browser_pages import browser, built

from tawatur import samples
from tawatur.i18n import LANGUAGES
from tawatur.model.account import AccountRole
from tawatur.model.desk import CommitmentStatus, RequestStatus
from tawatur.model.meeting import Clearance, MeetingStatus
from tawatur.node import Node

__all__ = ["browser"]  # a fixture, found by its name

PHONE, SCREEN = 360, 1280


@dataclass(frozen=True)
class Desk:
    """A node with its pages, in front of somebody who opened the start-up link."""

    node: Node
    base: str
    room: BrowserContext

    def page(self, language: str, width: int = SCREEN) -> Page:
        """Return a page in a language and width, on which nothing may be wider than itself."""
        page = self.room.new_page()
        for other in self.room.pages[:-1]:
            other.close()  # each that is shown holds one of the few connections to a host
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{self.base}/language?to={language}&back=/")
        return page


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a node with one report; nothing is asked of another host, nothing complains."""
    out, said = [], []
    folder = tmp_path_factory.mktemp("desk")
    with Node.init(folder / "node", name="مرصد السهل") as node:
        node.add(samples.paths()[:1])
        link = served(node)
        with browser.new_context() as context:
            context.on("request", lambda request: out.append(request.url))
            context.on("console", lambda message: said.append(message.text))
            context.on("weberror", lambda error: said.append(str(error.error)))
            context.new_page().goto(link)
            yield Desk(node, site_of(link), context)
        assert [url for url in out if not url.startswith(site_of(link) + "/")] == []
        assert [line for line in said if "422" not in line] == []


def go(page: Page, desk: Desk, path: str) -> None:
    """Open a page; it fits into the window, whatever its width."""
    page.goto(desk.base + path)
    fits(page)


def fits(page: Page) -> None:
    """Hold that nothing sticks out sideways; one pixel is rounding."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 1, f"{page.url} is {wide} pixels too wide"


def form(page: Page, action: str, nth: int = 0) -> Locator:
    """Return the form of an address; what folds it away is unfolded by the keyboard."""
    found = page.locator(f"form[method=post][action='{action}']").nth(nth)
    fold = page.locator("details", has=found).last
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.press("Enter")
    return found


def send(page: Page, found: Locator, **values: str) -> None:
    """Fill a form in and send it, by the keyboard alone."""
    for name, value in values.items():
        field = found.locator(f"[name='{name}']")
        field.focus()
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            page.keyboard.insert_text(value)
    found.locator("button").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fits(page)


@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_a_commitment_is_noted_broken_and_opened_again_in_arabic(desk: Desk, width: int) -> None:
    """From the list to its own page; each step stands there with its reason."""
    page, what = desk.page("ar", width), f"فتح الطريق أمام القوافل {width}"
    go(page, desk, "/commitments")
    send(page, form(page, "/commitments"), what=what, by="وزارة الدفاع", to="المجلس", due="2031-06")
    item = next(each for each in desk.node.desk.commitments() if each.what == what)
    page.locator("tbody a", has_text=what).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/commitments/{item.id}")
    for status, why in (("broken", "لم يفتح الطريق"), ("open", "أُجّل الموعد")):
        action = f"/commitments/{item.id}"
        send(page, form(page, action), status=status, why=why)
        expect(page.locator("#steps ~ ol")).to_contain_text(why)
    assert desk.node.desk.commitment(item.id).status is CommitmentStatus.OPEN


def test_a_request_is_asked_answered_declined_and_passed_on_in_french(desk: Desk) -> None:
    """A like one is shown first; who is asked next has a request of their own."""
    page, words = desk.page("fr"), {"by": "Observatoire", "to": "Commandement de l’Est"}
    go(page, desk, "/requests")
    for what in ("les cartes des mines", "du carburant pour deux pompes", "un interprète"):
        send(page, form(page, "/requests"), what=what, **words)
    send(page, form(page, "/requests"), what="cartes des mines", **words)
    expect(page.locator("[role=alert]")).to_be_visible()
    assert len(desk.node.desk.requests()) == 3
    asked = {each.what: each.id for each in desk.node.desk.requests()}
    first, second, third = (
        asked[what]
        for what in ("les cartes des mines", "du carburant pour deux pompes", "un interprète")
    )
    for item, values in (
        (first, {"status": "answered", "why": "remises le 3 mai", "on": "2021-05-03"}),
        (second, {"status": "declined", "why": "il n’y en a pas"}),
    ):
        go(page, desk, f"/requests/{item}")
        send(page, form(page, f"/requests/{item}"), **values)
        expect(page.locator("#steps ~ ol")).to_contain_text(values["why"])
    go(page, desk, f"/requests/{third}")
    send(page, form(page, f"/requests/{third}"), status="passed on", why="avec leur accord")
    expect(page.locator("[role=alert]")).to_be_visible()  # to whom?
    send(
        page,
        form(page, f"/requests/{third}"),
        status="passed on",
        why="avec leur accord",
        to="Croissant Rouge",
    )
    (child,) = desk.node.desk.children(desk.node.desk.request(third))
    page.wait_for_url(f"**/requests/{child.id}")
    assert child.to == "Croissant Rouge"
    assert [desk.node.desk.request(each).status for each in (first, second, third)] == [
        RequestStatus.ANSWERED,
        RequestStatus.DECLINED,
        RequestStatus.PASSED_ON,
    ]


def test_two_people_at_one_commitment_see_both_words(desk: Desk) -> None:
    """The page says that it changed; the word that came too late is recorded by one button."""
    built()
    page = desk.page("en")
    item = desk.node.desk.commit(by="Widril", what="a list of detainees")
    go(page, desk, f"/commitments/{item.id}")
    action = f"/commitments/{item.id}"
    found = form(page, action)
    page.wait_for_timeout(1500)  # the page listens by now
    desk.node.desk.change_commitment(item.id, CommitmentStatus.KEPT, why="it came on Monday")
    page.locator("#live [data-kind=changed]").wait_for()
    send(page, found, status="broken", why="half of it came")
    both = page.locator("section.both")
    expect(both).to_contain_text("half of it came")
    expect(both).to_contain_text("it came on Monday")
    assert desk.node.desk.commitment(item.id).status is CommitmentStatus.KEPT
    both.locator("button").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert desk.node.desk.commitment(item.id).why == "half of it came"


def test_a_meeting_is_held_with_papers_and_clearances_in_english(desk: Desk) -> None:
    """Agenda, decision, a draft that one party reserves on, a promise, and what became of it."""
    page = desk.page("en", PHONE)
    go(page, desk, "/meetings")
    send(
        page,
        form(page, "/meetings"),
        name="Border commission",
        when="2031-06-14",
        hours="10:00-12:30",
        parties="Observatory\nEastern command",
        agenda="Open the road",
    )
    (held,) = desk.node.meetings.all()
    address = f"/meetings/{held.id}"
    page.wait_for_url(f"**{address}")
    send(page, form(page, f"{address}/decide"), decision="It opens on Friday.")
    send(page, form(page, f"{address}/papers"), name="Communiqué", text="The road is open.")
    send(page, form(page, f"{address}/clear", 1), clearance="reserves", why="on the date")
    send(page, form(page, f"{address}/promised"), what="an escort", by="Eastern command")
    send(page, form(page, address), status="held", why="as planned")
    now = desk.node.meetings.one(held.id)
    assert now.status is MeetingStatus.HELD
    assert now.matters[0].decision == "It opens on Friday."
    assert now.papers[0].word_of("Eastern command").clearance is Clearance.RESERVES
    expect(page.locator("main")).to_contain_text("an escort")


def test_a_border_notice_is_drawn_whole_on_the_map_in_arabic(desk: Desk) -> None:
    """The area, on land to the last pixel, at both widths; then it is withdrawn."""
    page = desk.page("ar")
    go(page, desk, "/border-notices")
    send(
        page,
        form(page, "/border-notices"),
        what="قافلة إغاثة",
        places="Gao, Mali",
        start="2031-12-01",
        contact="ضابط الارتباط",
    )
    (notice,) = desk.node.areas.notices()
    for width in (SCREEN, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        go(page, desk, f"/border-notices/{notice.id}")
        window, area = page.locator(".map svg"), page.locator(".map .outline path")
        outer, inner = window.bounding_box(), area.bounding_box()
        assert outer is not None
        assert inner is not None
        assert outer["x"] <= inner["x"] < inner["x"] + inner["width"] <= outer["x"] + outer["width"]
        assert outer["x"] + outer["width"] <= width
    image = page.locator(".map image")
    if image.count():  # built with the pages' script
        assert re.search(r"svgView\(viewBox\(", image.get_attribute("href") or "")
        assert image.get_attribute("width") == page.locator(".map svg").get_attribute("width")
    send(page, form(page, f"/border-notices/{notice.id}"), why="أُلغيت القافلة")
    assert desk.node.areas.notice(notice.id).status.value == "withdrawn"


def test_a_review_is_planned_and_recorded_in_french(desk: Desk) -> None:
    """Its agenda holds what is overdue; what came of it stands in its trend."""
    page = desk.page("fr")
    late = desk.node.desk.commit(by="Ministère", what="la route ouverte", due="2021-01")
    go(page, desk, "/reviews")
    send(page, form(page, "/reviews"), name="Suivi mensuel", subjects="route")
    page.locator("tbody a", has_text="Suivi mensuel").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(late.what)
    address = re.sub(r"^https?://[^/]+", "", page.url)
    send(page, form(page, address), outcome="on relance le ministère")
    expect(page.locator("main")).to_contain_text("on relance le ministère")


def test_a_question_is_saved_looked_at_and_dropped_in_arabic(desk: Desk) -> None:
    """What is seen is not told again."""
    page = desk.page("ar")
    go(page, desk, "/subjects")
    send(page, form(page, "/subjects"), name="السوق")
    page.locator("main ul a", has_text="السوق").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/subjects/u-*")
    address = re.sub(r"^https?://[^/]+", "", page.url)
    send(page, form(page, address))
    assert desk.node.subjects.all()
    page.goto(desk.base + address)
    page.locator("button[name=remove]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert desk.node.subjects.all() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_address_is_made_read_and_revoked(desk: Desk, language: str) -> None:
    """Shown once; after it is revoked it tells nothing."""
    page = desk.page(language, PHONE)
    if not desk.node.accounts.exist():
        desk.node.accounts.add("Rim", roles=[AccountRole.ADMINISTRATOR])
    go(page, desk, "/calendar")
    send(page, form(page, "/calendar"), whose="Rim")
    address = page.locator("[role=status] code").inner_text()
    assert page.request.get(address).ok
    last = page.locator("form[action$='/revoke']").last
    send(page, last, why="nobody reads it")
    assert not page.request.get(address).ok
