"""No page is wider than its window, in any language: what is wide scrolls by itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.support_browser import addresses, served, site_of, wider
from tests.browser.test_browser_pages import browser

from tawatur import samples
from tawatur.i18n import LANGUAGES
from tawatur.node import Node

__all__ = ["browser"]  # a fixture, found by its name

WIDTHS = (320, 640, 1280)
"""Of a small phone; of a screen of 1,280 at 200 %; of that screen."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node with the sample reports and something of each kind on the desk."""
    with Node.init(tmp_path_factory.mktemp("widths") / "node", name="Observatory") as made:
        made.add(samples.paths()[:6])
        claims = [claim.id for claim in made.claims()[:2]]
        made.desk.commit(by="Banzura", what="send lorries to the ford", claims=claims)
        made.desk.ask(by="Lusmara", to="the ministry of Banzura", what="a list of the wounded")
        brief = made.compositions.start("Anzifat").id
        made.compositions.add(brief, claims)
        made.compositions.write(brief, "Not yet clear:")
        yield made


@pytest.fixture(scope="module")
def shown(node: Node, browser: Browser) -> tuple[str, ...]:
    """Return the addresses at which there is a page."""
    link = served(node)
    with browser.new_context() as context:
        context.request.get(link)
        asked = [(each, context.request.get(site_of(link) + each)) for each in addresses(node)]
        return tuple(
            each
            for each, answer in asked
            if answer.status == 200 and "html" in answer.headers["content-type"]
        )


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_its_window(
    node: Node, browser: Browser, shown: tuple[str, ...], language: str
) -> None:
    """On a phone, at twice the size, and as it is."""
    link, wide = served(node), list[tuple[str, int, int]]()
    with browser.new_context(locale=language) as context:
        page = context.new_page()
        page.goto(link)
        for address in shown:
            page.goto(site_of(link) + address)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                wide += [(address, width, over)] if (over := wider(page)) else []
    assert wide == []
    assert len(shown) > 50
