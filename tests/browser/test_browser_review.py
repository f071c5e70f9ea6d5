"""A working day in a real browser: proposals judged by keyboard, words selected, no barrier."""

from pathlib import Path

import pytest
from tests.browser.test_browser_pages import Sitting, browser, built, sitting
from tests.web.support_web import addresses

from tawatur.i18n import LANGUAGES
from tawatur.model.claim import Status, Verdict

__all__ = ["browser", "sitting"]  # fixtures, found by their names

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SELECT = """word => {
  const walker = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(word);
    if (at < 0 || !walker.currentNode.parentElement.closest('[data-from]')) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + word.length);
    return true;
  }
  return false;
}"""


def test_proposals_are_judged_from_the_keyboard_alone(sitting: Sitting) -> None:
    """Accept, later, reject: each shows the next, and the address is that of the next."""
    built()
    page, node = sitting.page, sitting.node
    page.goto(sitting.base + "/review")
    shown = page.locator("#review [data-claim]")
    seen = []
    for key, status in (("a", Status.ACCEPTED), ("n", Status.PROPOSED), ("r", Status.REJECTED)):
        claim = shown.get_attribute("data-claim") or ""
        seen.append(claim)
        page.keyboard.press(key)
        page.locator(f"#review [data-claim]:not([data-claim='{claim}'])").wait_for()
        assert node.claim(claim).status is status
        page.wait_for_url(f"**after=**{claim}**")
    assert len(set(seen)) == 3
    page.locator("#the-claim:focus").wait_for()


def test_words_selected_go_into_the_correction(sitting: Sitting) -> None:
    """By the key beside a field, with where they stand; Arabic counts in code points."""
    built()
    page = sitting.page
    page.goto(sitting.base + "/review?language=ar")
    text = page.locator("#review .prose [data-from]").first.inner_text()
    word = max(text.split(), key=len)
    assert page.evaluate(SELECT, word)
    page.keyboard.press("s")
    field = page.locator("#review input[name=speaker]")
    assert field.input_value() == word
    start, end = map(int, page.locator("input[name=speaker_at]").input_value().split("-"))
    claim = page.locator("#review [data-claim]").get_attribute("data-claim") or ""
    view = sitting.node.document(sitting.node.claim(claim).document)
    assert view.extraction.text[start:end] == word


def test_a_refused_correction_is_mended_where_it_was_typed(sitting: Sitting) -> None:
    """By keyboard alone: the reason is shown, the focus is in the form, nothing is typed twice."""
    built()
    page = sitting.page
    page.goto(sitting.base + "/review?language=ar")
    claim = page.locator("#review [data-claim]").get_attribute("data-claim") or ""
    page.keyboard.press("e")
    page.locator("#review input[name=when]").fill("soon")
    page.locator("#review input[name=why]").fill("يقولها الوزير")
    page.keyboard.press("Enter")
    page.locator(".problem").wait_for()
    assert page.locator("#review [data-act=correct] select").first.evaluate(
        "field => field === document.activeElement"
    )
    when = page.locator("#review input[name=when]")
    assert when.input_value() == "soon"
    assert page.locator("#review input[name=why]").input_value() == "يقولها الوزير"
    # The browser notes every refusal, and that the focus was given before it gave it itself.
    assert [c for c in sitting.complaints if "422" not in c and "Autofocus" not in c] == []
    sitting.complaints.clear()
    when.fill("2021-06-01")
    page.keyboard.press("Enter")
    page.locator(f"#review [data-claim]:not([data-claim='{claim}'])").wait_for()
    assert sitting.node.claim(claim).content.when == "2021-06-01"


def test_escape_leaves_the_correction_and_letters_are_keys_again(sitting: Sitting) -> None:
    """From any of its fields; what is folded away is closed, and its heading has the focus."""
    built()
    page = sitting.page
    page.goto(sitting.base + "/review")
    shown = page.locator("#review [data-claim]")
    claim = shown.get_attribute("data-claim") or ""
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "polarity"
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator("#review details[open]").count() == 0
    assert page.evaluate("document.activeElement.matches('[data-act=correct] > summary')")
    page.keyboard.press("a")
    page.locator(f"#review [data-claim]:not([data-claim='{claim}'])").wait_for()
    assert sitting.node.claim(claim).status is Status.ACCEPTED


def test_a_claim_of_the_reading_room_is_corrected_by_one_key(sitting: Sitting) -> None:
    """The review opens with its correction unfolded, and the focus in the first field."""
    built()
    page = sitting.page
    page.goto(f"{sitting.base}/documents/{next(iter(sitting.node.documents())).id}")
    page.keyboard.press("j")
    claim = page.evaluate("document.activeElement.dataset.claim")
    page.keyboard.press("e")
    page.wait_for_url(f"**/review?claim={claim}**")
    page.locator("[data-act=correct][open] select[name=polarity]:focus").wait_for()


def test_a_proposal_stays_in_sight_on_a_phone(sitting: Sitting) -> None:
    """Where the text stands below it, the page is not turned to the words in the text."""
    built()
    page = sitting.page
    page.set_viewport_size({"width": 320, "height": 480})
    page.goto(sitting.base + "/review")
    page.locator("#review .lit").first.wait_for()
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("n")
    page.wait_for_url("**after=**")
    heading = page.locator("#the-claim").bounding_box()
    assert heading is not None
    assert 0 <= heading["y"] < 480


def test_words_selected_in_the_reading_room_have_an_address(sitting: Sitting) -> None:
    """Which lands on these characters; kinds of marks are switched off without script."""
    built()
    page = sitting.page
    document = next(iter(sitting.node.views))
    page.goto(f"{sitting.base}/documents/{document}")
    word = "المتحدث"
    assert page.evaluate(SELECT, word)
    link = page.locator("#chosen a")
    link.wait_for()
    page.goto(sitting.base + (link.get_attribute("href") or ""))
    assert page.locator("#found").inner_text() == word
    decoration = "e => getComputedStyle(e).textDecorationLine"
    name = page.locator(".prose .time").first
    assert name.evaluate(decoration) == "underline"
    page.locator("input.show-time").uncheck()
    assert name.evaluate(decoration) == "none"


@pytest.mark.parametrize(
    ("way", "form"), [("n", "name"), ("t", "time"), ("x", "none"), ("c", "claim")]
)
def test_words_selected_are_marked_by_keyboard_and_by_mouse(
    sitting: Sitting, way: str, form: str
) -> None:
    """The form opens with the words and their place; the button does what the key does."""
    built()
    page = sitting.page
    document, word = next(iter(sitting.node.views)), "المشفى"

    def by_key() -> None:
        page.keyboard.press(way)

    def by_button() -> None:
        page.click(f"[data-take={way}]")

    for press in (by_key, by_button):
        page.goto(f"{sitting.base}/documents/{document}")
        assert page.evaluate(SELECT, word)
        page.locator("#chosen a[href*=place]").wait_for()
        press()
        assert page.locator(f"#mark-{form}[open] input[name=words]").input_value() == word
        assert page.locator(f"#mark-{form} input[name=words_at]").input_value()


def test_a_name_marked_by_hand_stands_in_the_text_until_undone(sitting: Sitting) -> None:
    """From the selection to the list beside the text and back."""
    built()
    page, document = sitting.page, next(iter(sitting.node.views))
    page.goto(f"{sitting.base}/documents/{document}")
    assert page.evaluate(SELECT, "المشفى")
    page.locator("#chosen a[href*=place]").wait_for()
    page.keyboard.press("n")
    page.select_option("#mark-name select[name=type]", "FAC")
    page.click("#mark-name button")
    assert page.locator("#found").inner_text() == "المشفى"
    assert page.locator("#marked li").count() == 1
    page.click("#marked button")
    page.locator("#marked").wait_for(state="detached")
    assert sitting.node.views[document].markings == ()


def test_what_is_no_name_loses_its_mark_by_key_and_has_it_back(sitting: Sitting) -> None:
    """One word of a name is enough to say which; the list beside the text undoes it."""
    built()
    page, document = sitting.page, next(iter(sitting.node.views))
    page.goto(f"{sitting.base}/documents/{document}")
    marks = page.locator(".prose .name")
    before = marks.count()
    assert page.evaluate(SELECT, "ودريل")
    page.locator("#chosen a[href*=place]").wait_for()
    page.keyboard.press("x")
    page.locator("#mark-none[open] input[name=words]").wait_for()
    page.keyboard.press("Enter")
    page.locator("#marked li").wait_for()
    assert marks.count() < before
    page.locator("#marked button").press("Enter")
    page.locator("#marked").wait_for(state="detached")
    assert sitting.node.views[document].markings == ()


def test_a_page_that_lies_open_says_that_it_changed(sitting: Sitting) -> None:
    """By whom, with a link to how it is now; what came meanwhile is told as well."""
    built()
    page, node = sitting.page, sitting.node
    page.goto(sitting.base + "/review")
    page.wait_for_timeout(1500)
    assert not page.locator("#live p").first.is_visible()
    node.judge(page.locator("#review").get_attribute("data-thing") or "", Verdict.ACCEPT)
    line = page.locator("#live [data-kind=changed]")
    line.wait_for()
    assert "ليلى" in line.inner_text()
    node.views["d-new"] = next(iter(node.views.values()))
    page.locator("#live [data-kind=news]").wait_for()
    line.locator("a").click()
    page.wait_for_timeout(1500)
    assert not page.locator("#live [data-kind=changed]").is_visible()


def test_results_come_while_typing(sitting: Sitting) -> None:
    """Below the box, and lead into the text."""
    built()
    sitting.page.goto(sitting.base + "/")
    sitting.page.fill("#site-search", "")
    sitting.page.type("#site-search", "ودريل")
    sitting.page.locator("#typed li a").first.wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_barrier(sitting: Sitting, language: str) -> None:
    """Axe finds nothing on any page: WCAG 2.2 AA and its own best practice."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run web/build")
    page, script = sitting.page, AXE.read_text("utf-8")
    page.goto(f"{sitting.base}/language?to={language}")
    found = []
    for address in addresses(sitting.node):
        if address.startswith("/search/typed"):
            continue  # no page
        page.goto(sitting.base + address)
        page.evaluate(script)
        results = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        found += [
            (address, each["id"], each["nodes"][0]["html"][:200]) for each in results["violations"]
        ]
    sitting.complaints.clear()  # what does not exist is among the addresses
    assert found == []


@pytest.mark.parametrize("width", [320, 640])
def test_the_pages_of_the_day_fit_a_phone_and_twofold_zoom(sitting: Sitting, width: int) -> None:
    """1280 pixels at 200 % are 640; nothing runs over the side."""
    sitting.page.set_viewport_size({"width": width, "height": 640})
    for address in ("/", "/review", "/review/shares", "/review/differing", "/search?q=ودريل"):
        sitting.page.goto(sitting.base + address)
        over = sitting.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, address
