"""The pages of a real node on the loopback address, for a browser."""

import queue
import threading

from tawatur.node import Node
from tawatur.web import serve


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
