"""The pages of a real node on the loopback address, for a browser."""

import queue
import re
import threading
from collections.abc import Iterator

from playwright.sync_api import Page
from tests.web.support_web import paths

from tawatur.node import Node
from tawatur.web import serve

_NO_PAGES = {"/start", "/login", "/language", "/keys", "/calendar.ics"}


def served(node: Node) -> str:
    """Serve the pages of a node until the process ends; return the link that opens them."""
    links: queue.Queue[str] = queue.Queue()
    threading.Thread(
        target=serve, args=(node,), kwargs={"port": 0, "announce": links.put}, daemon=True
    ).start()
    return links.get(timeout=20)


def site_of(link: str) -> str:
    """Return the address of the site that a link opens."""
    return link.split("/start", maxsplit=1)[0]


def addresses(node: Node) -> Iterator[str]:
    """Yield the address of every page, with the ids of what there is; not all of them are there."""
    keys = [
        *(each.id for each in node.documents()),
        *(each.id for each in node.claims()[:2]),
        *(each.id for each in node.events()[:2]),
        *(each.id for each in node.entities()[:3]),
        *(each.id for each in node.conflicts()[:2]),
        *(each.id for each in node.desk.commitments()),
        *(each.id for each in node.desk.requests()),
        *(each.id for each in node.compositions.all()),
    ]
    for path in paths("GET"):
        if path in _NO_PAGES or path.startswith("/static") or path.endswith(".csv"):
            continue
        if "{" not in path:
            yield path
        elif "/file/" not in path:
            yield from (re.sub(r"\{\w+\}", key, path) for key in keys)


def wider(page: Page) -> int:
    """Return by how many pixels a page is wider than its window, 0 if it is not."""
    return max(0, int(page.evaluate("document.documentElement.scrollWidth - innerWidth")))
