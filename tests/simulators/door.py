"""Three nodes that know each other, the door of one of them, and requests that others make up."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from tests.sharing.support_taxii import listening
from tests.simulators.clock import Clock

from tawatur import settings
from tawatur.node import Node
from tawatur.sharing.wire import Question, Stamp, signed_request

NAMES = ("Observatory", "Harbour", "Hills")


class House:
    """Three nodes that know each other; the first has a door."""

    def __init__(self, folder: Path, **wire: Any) -> None:
        """Make the nodes; their doors are served by `serving`."""
        self.folder, self.clocks = folder, {name: Clock() for name in NAMES}
        for name in NAMES:
            Node.init(folder / name, name=name).close()
            told = settings.load(folder / name)
            network = settings.Network(allowed=True, private=("127.0.0.1",), seconds=5)
            settings.save(folder / name, replace(told, network=network))
        self.nodes = {name: self.opened(name) for name in NAMES}
        for one in self.nodes.values():
            for other in self.nodes.values():
                if one is not other:
                    one.partners.add(other.partners.sealed_card())
        self.wire = wire

    def opened(self, name: str) -> Node:
        """Open a node; it waits for nothing between tries."""
        node = Node.open(self.folder / name, clock=self.clocks[name])
        node.wire.wait = lambda _: None
        return node

    @contextmanager
    def serving(self, name: str = "Observatory", **tls: Any) -> Iterator[str]:
        """Serve the door of a node, and let the others know where it is."""
        node = self.nodes[name]
        with listening(node.wire.door(), log_level="critical", **tls) as url:
            self.tell(name, url, tls.get("ssl_certfile"))
            yield url

    def tell(self, name: str, url: str, certificate: str | None = None) -> None:
        """Hand out a node's card, with where it is asked."""
        self.clocks[name].now += timedelta(seconds=1)
        wire = settings.Wire(
            address=url, certificate=certificate or "", key="x" if certificate else "", **self.wire
        )
        object.__setattr__(self.nodes[name].keys, "wire", wire)
        object.__setattr__(self.nodes[name].keys, "since", self.clocks[name].now)
        for other in self.nodes.values():
            if other is not self.nodes[name]:
                other.partners.add(self.nodes[name].partners.sealed_card())

    def give(self, sender: str, receiver: str, words: str = "send lorries") -> str:
        """Let something wait."""
        node = self.nodes[sender]
        item = node.desk.commit(by=receiver, what=words).id
        node.outgoing.propose(item, receiver)
        return item

    def held(self, name: str) -> list[str]:
        """Return the commitments that a node holds."""
        return sorted(each.what for each in self.nodes[name].desk.commitments())

    def refused(self, name: str = "Observatory") -> list[str]:
        """Return what a node refused, in English, first refused first."""
        return [str(each.why) for each in reversed(self.nodes[name].partners.refused())]


def signed(house: House, by: str, body: bytes = b"", **otherwise: Any) -> httpx.Request:
    """Return a request that a node signs for the Observatory, or says so."""
    node, to = house.nodes[by], house.nodes["Observatory"]
    query = otherwise.get("query", "first=1&taken=")
    at = otherwise.get("at", to.wire.drafter.now())
    stamp = Stamp(node.id, int(at.timestamp()), otherwise.get("nonce", "0" * 32))
    key = otherwise.get("key", node.wire.key)
    headers = signed_request(Question("POST", "/exchange", query, to.id), body, stamp, key)
    url = f"{otherwise['url']}/exchange?{query}"
    return httpx.Request("POST", url, content=body, headers=headers)


def sent(request: httpx.Request) -> httpx.Response:
    """Send a request as it is."""
    with httpx.Client(trust_env=False, verify=False) as client:  # noqa: S501 - plain HTTP
        return client.send(request)


def raw(url: str, request: httpx.Request, body: bytes = b"", *, cut: bool = False) -> bytes:
    """Return what comes back to a head, and so much of a body; nothing where it is then cut."""
    target = request.url.raw_path.decode()
    head = [f"POST {target} HTTP/1.1", *(f"{n}: {v}" for n, v in request.headers.items())]
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=10) as line:
        line.sendall("\r\n".join([*head, "", ""]).encode() + body)
        return b"" if cut else line.recv(65536)
