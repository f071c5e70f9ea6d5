"""In a real browser: the start-up link, a claim in its text, the keyboard, and no way out."""

import os
import queue
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright
from tests.simulators.node import SimulatedNode, filled

import tawatur.web
from tawatur.model.claim import Status
from tawatur.web import serve

VENDOR = Path(tawatur.web.__file__).parent / "static/vendor"
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; nothing is downloaded."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("there is no Chromium on this system to look at the pages with")
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses root
    with sync_playwright() as play:
        try:
            opened = play.chromium.launch(
                executable_path=path, args=["--no-sandbox"] if root else []
            )
        except Error as error:
            pytest.skip(f"Chromium does not start here: {error.message.splitlines()[0]}")
        yield opened
        opened.close()


@dataclass(slots=True)
class Sitting:
    """A page in front of a served node, and all that the browser asked for or complained of."""

    node: SimulatedNode
    page: Page
    link: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The site's address."""
        return self.link.split("/start")[0]


@pytest.fixture
def sitting(browser: Browser) -> Iterator[Sitting]:
    """Open the start-up link of a fresh node, in Arabic; nothing else is ever asked for."""
    node, links = filled(), queue.Queue[str]()
    threading.Thread(
        target=serve, args=(node,), kwargs={"port": 0, "announce": links.put}, daemon=True
    ).start()
    with browser.new_context(locale="ar", viewport={"width": 1280, "height": 800}) as context:
        sitting = Sitting(node, context.new_page(), links.get(timeout=20))
        sitting.page.on("request", lambda request: sitting.asked.append(request.url))
        sitting.page.on("console", lambda message: sitting.complaints.append(message.text))
        sitting.page.on("pageerror", lambda error: sitting.complaints.append(str(error)))
        sitting.page.goto(sitting.link)
        yield sitting
        assert [url for url in sitting.asked if not url.startswith(sitting.base + "/")] == []
        assert sitting.complaints == []


def built() -> None:
    """Skip where the script is not built."""
    if not (VENDOR / "keys.js").is_file():
        pytest.skip("the pages' script is not built: run web/build")


def test_the_start_up_link_opens_the_overview_in_arabic(sitting: Sitting) -> None:
    """From right to left, and the address bar no longer holds the token."""
    assert sitting.page.url == sitting.base + "/"
    assert sitting.page.locator("html").get_attribute("dir") == "rtl"
    assert sitting.page.locator("h1").inner_text() == "نظرة عامة"


def test_a_reader_goes_from_the_list_into_an_arabic_text(sitting: Sitting) -> None:
    """Menus are folded away and come back at a click."""
    sitting.page.click("nav.places a[href='/documents']")
    sitting.page.click("tbody a >> nth=0")
    assert sitting.page.locator(".prose").get_attribute("dir") == "rtl"
    menu = sitting.page.locator(".prose").get_by_text("الرئيسية | أخبار")
    assert not menu.is_visible()
    sitting.page.click("details.aside summary >> nth=0")
    assert menu.is_visible()


def test_a_citation_lands_on_the_highlighted_characters(sitting: Sitting) -> None:
    """In sight, and coloured otherwise than what is beside them."""
    document, view = next(iter(sitting.node.views.items()))
    claim = view.claims[2]
    sitting.page.goto(f"{sitting.base}/documents/{document}?claim={claim.id}#{claim.id}")
    lit = sitting.page.locator("mark.lit")
    assert "".join(lit.all_inner_texts()) == claim.quote
    sitting.page.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }",
        arg=claim.id,
    )
    colour = "e => getComputedStyle(e).backgroundColor"
    other = sitting.page.locator("mark:not(.lit)").first
    assert lit.first.evaluate(colour) != other.evaluate(colour)


@pytest.mark.parametrize("layout", ["latin", "arabic"])
def test_claims_are_judged_by_keyboard(sitting: Sitting, layout: str) -> None:
    """J goes to the first claim, a accepts it, the row alone changes and keeps the focus."""
    built()
    document, view = next(iter(sitting.node.views.items()))
    claim = view.claims[0].id
    sitting.page.goto(f"{sitting.base}/documents/{document}")
    press(sitting.page, "j", layout)
    assert sitting.page.evaluate("document.activeElement.dataset.claim") == claim
    press(sitting.page, "a", layout)
    row = sitting.page.locator(f"#item-{claim}[data-status=accepted]")
    row.wait_for()
    assert sitting.node.claim(claim).status is Status.ACCEPTED
    assert sitting.page.evaluate("document.activeElement.dataset.claim") == claim
    assert (
        sitting.page.locator(f"mark[data-claims='{claim}']").first.get_attribute("data-status")
        == "accepted"
    )
    press(sitting.page, "j", layout)
    press(sitting.page, "r", layout)
    second = view.claims[1].id
    sitting.page.locator(f"#item-{second}[data-status=rejected]").wait_for()


def press(page: Page, letter: str, layout: str) -> None:
    """Press the key on which ``letter`` stands, on a Latin or an Arabic keyboard."""
    if layout == "latin":
        page.keyboard.press(letter)
        return
    key = {"j": "ت", "a": "ش", "r": "ق"}[letter]
    code = f"Key{letter.upper()}"
    page.evaluate(
        "([key, code]) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
        [key, code],
    )


def test_letters_stay_letters_where_a_person_writes(sitting: Sitting) -> None:
    """And with the keys turned off, everywhere."""
    built()
    sitting.page.goto(sitting.base + "/claims")
    sitting.page.keyboard.press("/")
    sitting.page.keyboard.type("jar")
    assert sitting.page.locator("#site-search").input_value() == "jar"
    sitting.page.click(".keys a")
    sitting.page.keyboard.press("j")
    assert sitting.page.evaluate("document.activeElement.dataset.claim") is None


def test_everything_is_there_without_script(sitting: Sitting, browser: Browser) -> None:
    """A person who lets no script run accepts with a button and comes back to the claim."""
    cookies = sitting.page.context.cookies()
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(
            [{"name": c["name"], "value": c["value"], "url": sitting.base} for c in cookies]
        )
        page = context.new_page()
        page.goto(sitting.base + "/claims")
        claim = next(iter(sitting.node.all_claims))
        page.click(f"#item-{claim} button.accept")
        assert page.url.endswith(f"/claims#item-{claim}")
    assert sitting.node.claim(claim).status is Status.ACCEPTED


def test_paragraphs_are_left_out_without_script(sitting: Sitting, browser: Browser) -> None:
    """Boxes stand beside the paragraphs once the form is open, and not before."""
    cookies = sitting.page.context.cookies()
    document = next(iter(sitting.node.views))
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(
            [{"name": c["name"], "value": c["value"], "url": sitting.base} for c in cookies]
        )
        page = context.new_page()
        page.goto(f"{sitting.base}/documents/{document}")
        boxes = page.locator(".tick")
        assert not boxes.first.is_visible()
        page.click(".leave-out summary")
        boxes.first.check()
        start, end = map(int, (boxes.first.get_attribute("value") or "").split("-"))
        page.click(".leave-out button")
        assert page.url.endswith(f"/documents/{document}#parts")
    part = next(p for p in sitting.node.document(document).parts if p.span.start == start)
    assert (part.span.end, part.left_out) == (end, True)


def test_who_is_meant_is_picked_by_keyboard(sitting: Sitting) -> None:
    """Typed, found, chosen with the arrows, and ruled on, without an id or a mouse."""
    built()
    page, (one, other) = sitting.page, list(sitting.node.who.found)[:2]
    page.goto(f"{sitting.base}/entities/{one}")
    page.locator('[name="like"]').focus()
    page.keyboard.type(sitting.node.who.view(other).entity.name.split()[0])
    page.locator('#candidates [type="radio"]').first.wait_for()
    assert "like=" not in page.url
    assert page.locator('[name="like"]').evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")  # the button that looks without script
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(f'[type="radio"][value="{other}"]').is_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("one office")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".ruled").wait_for()
    assert "one office" in page.locator(".ruled").inner_text()
