"""Markup, script, marks of direction and enormous words, in every field, on every page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.support_browser import addresses, served, site_of, wider
from tests.browser.test_browser_pages import browser

from tawatur.model.hypothesis import Bears
from tawatur.model.ruling import Outcome
from tawatur.node import Node

__all__ = ["browser"]  # a fixture, found by its name

ATTACK = (
    "<script>window.taken=1</script><img src=x onerror='window.taken=2'>"
    "\"'><svg onload=window.taken=3> javascript:window.taken=4 {{ 7*7 }}"
    "<style>*{display:none}</style>\u202eevil\u202c\u2066\u2067 " + "W" * 4000
)
REPORT = """<html><head><title>&lt;script&gt;window.taken=5&lt;/script&gt; \u202enews</title>
<meta property="og:site_name" content="&lt;b onclick=window.taken=6&gt;Wire\u202e&lt;/b&gt;"></head>
<body><article><h1>&lt;script&gt;window.taken=5&lt;/script&gt;</h1>
<p>Colonel Idris Qazzumbar said on Monday that 350 soldiers of &lt;i&gt;Banzura&lt;/i&gt; were sent
to Anzifat&lt;img src=x onerror=window.taken=7&gt;. The ministry denied on Tuesday that any soldier
was sent to Anzifat. Idris Qazzumbar promised to send \u202e400\u202c soldiers to Anzifat before
September 2021. It is not known who gave the order {word}.</p></article></body></html>"""
WIDTH = 360
_SEARCH = "?q=%3Cscript%3Ewindow.taken%3D9%3C%2Fscript%3E"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node in which every field that takes words holds an attack."""
    folder = tmp_path_factory.mktemp("hostile")
    report = folder / "<b>report.html"
    report.write_text(REPORT.replace("{word}", "W" * 4000), "utf-8")
    with Node.init(folder / "node", name="<script>window.taken=8</script>") as node:
        node.add([report])
        document = node.documents()[0].id
        claims = [claim.id for claim in node.claims()]
        event = node.events()[0].id
        node.gloss(document, "Monday", ATTACK)
        node.desk.commit(by=ATTACK[:200], what=ATTACK, claims=claims[:1])
        node.desk.ask(by=ATTACK[:200], to=ATTACK[:300], what=ATTACK, claims=claims[:1])
        explanation = node.boards.add(event, ATTACK, ATTACK)
        node.boards.weigh(explanation.id, claims[0], Bears.FOR, ATTACK)
        brief = node.compositions.start(ATTACK).id
        node.compositions.add(brief, claims[:1])
        node.compositions.write(brief, ATTACK)
        for conflict in node.conflicts():
            node.settling.settle(conflict.id, Outcome.SETTLED, ATTACK)
        yield node


@pytest.mark.slow
def test_nothing_in_any_field_does_anything(attacked: Node, browser: Browser) -> None:
    """No script runs, no other host is asked, no page grows wider, in a phone's width."""
    link = served(attacked)
    with browser.new_context(viewport={"width": WIDTH, "height": 700}) as context:
        page, out, dialogs = context.new_page(), [], []
        page.on("request", lambda request: out.append(request.url))
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.goto(link)
        found = [
            each
            for address in addresses(attacked)
            for search in ([""] if "-" in address else ["", _SEARCH])
            for each in _seen(page, link, address + search)
        ]
    assert [each for each in found if each[1]] == []
    assert len(found) > 8, "pages that show the attack as words"
    assert dialogs == []
    assert [url for url in out if not url.startswith((site_of(link), "data:"))] == []


def _seen(page: Page, link: str, address: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a page, and nothing being wrong where it shows the attack."""
    answer = page.goto(site_of(link) + address)
    assert answer is not None
    if answer.status >= 500:
        yield address, str(answer.status)
    if answer.status == 404 or "html" not in answer.headers["content-type"]:
        return
    if page.evaluate("window.taken"):
        yield address, "a script ran"
    if page.locator("main script, main style, main img, main [onerror], main [onclick]").count():
        yield address, "markup"
    if over := wider(page):
        yield address, f"{over} too wide"
    if "49" in page.title():
        yield address, "a template was filled"
    if "<script>window.taken=1" in page.locator("body").inner_text():
        yield address, ""
