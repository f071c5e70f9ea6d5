"""A feed is followed: each entry once, whatever happens in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.node.test_node_fetching import allow
from tests.simulators.site import Site, in_turn, kept, leads, page, serving_site

from tawatur.errors import FetchError, NodeBusyError, NotNowError, UnreadableFileError, UsageError
from tawatur.node import Node
from tawatur.node.intake.watching import TRIES, Came, Watch


def _rss(*items: tuple[str, str]) -> str:
    entries = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><link>{link}</link></item>"
        for guid, link in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{entries}</channel></rss>"


def _report(words: str) -> str:
    return (
        f"<html><head><title>{words}</title></head><body><article><h1>{words}</h1>"
        f"<p>The minister said on Tuesday that {words} near the market of Zakar.</p>"
        "</article></body></html>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of two reports."""
    pages = {
        "/feed": page(_rss(("1", "/1"), ("2", "/2")), Content_Type="application/rss+xml"),
        "/1": page(_report("twelve people were killed")),
        "/2": page(_report("the border was closed")),
    }
    with serving_site(pages) as served:
        yield served


class _Clock:
    """A clock that a test sets on."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    """The node's clock."""
    return _Clock()


@pytest.fixture
def node(tmp_path: Path, site: Site, clock: _Clock) -> Iterator[Node]:
    """A node that may fetch from the site."""
    Node.init(tmp_path / "node").close()
    allow(tmp_path / "node", site)
    with Node.open(tmp_path / "node", clock=clock) as opened:
        yield opened


def _round(node: Node, site: Site, path: str = "/feed") -> list[Came]:
    """Return what one round gives to a command that begins anew."""
    return list(node.watch(site.url(path)).round())


def test_every_entry_is_taken_in_once(node: Node, site: Site) -> None:
    """By address and by id, also when the command begins anew or the feed turns round."""
    came = _round(node, site)
    assert [c.address for c in came] == [site.url("/1"), site.url("/2")]
    assert all(c.documents and c.why is None for c in came)
    assert _round(node, site) == []
    site.pages["/3"] = page(_report("talks had begun"))
    items = [("3", "/3"), ("2", "/2-moved"), ("other", "/1")]
    site.pages["/feed"] = page(_rss(*items), Content_Type="application/rss+xml")
    assert [c.address for c in _round(node, site)] == [site.url("/3")]
    assert len(node.documents()) == 3
    assert node.document(came[0].documents[0]).acquisitions[0].evidence


def test_a_feed_that_did_not_change_costs_one_question(node: Node, site: Site) -> None:
    """Its validators are remembered, once all of its entries were dealt with."""
    feed = _rss(("1", "/1"))
    site.pages["/feed"] = kept(feed, '"v1"')
    assert len(_round(node, site)) == 1
    site.asked.clear()
    assert _round(node, site) == []
    assert site.headers[-1]["if-none-match"] == '"v1"'
    assert site.asked == ["/feed"]


def test_a_command_cut_off_goes_on_where_it_was(node: Node, site: Site) -> None:
    """What was dealt with is remembered at once; the feed comes again for the rest."""
    site.pages["/feed"] = kept(_rss(("1", "/1"), ("2", "/2")), '"v1"')
    rounds = node.watch(site.url("/feed")).round()
    assert next(rounds).documents
    rounds.close()  # type: ignore[attr-defined]  # a generator
    assert [c.address for c in _round(node, site)] == [site.url("/2")]


def test_what_is_forgotten_is_recognised(node: Node, site: Site) -> None:
    """The folder of what was seen may be deleted."""
    _round(node, site)
    for path in (node.folder / "feeds").iterdir():
        path.unlink()
    assert [(c.documents, c.why) for c in _round(node, site)] == [((), None)] * 2
    assert len(node.documents()) == 2
    assert all(len(node.document(d.id).acquisitions) == 1 for d in node.documents())


def test_what_was_erased_does_not_come_again_and_is_not_named(node: Node, site: Site) -> None:
    """What is remembered holds no address and no id of an entry."""
    (first, _) = _round(node, site)
    node.erase(first.documents[0], why="taken in by mistake")
    assert _round(node, site) == []
    remembered = b"".join(p.read_bytes() for p in (node.folder / "feeds").iterdir() if p.is_file())
    assert site.url("/1").encode() not in remembered
    assert len(node.documents()) == 1


def test_a_refusal_is_said_once(node: Node, site: Site) -> None:
    """What is not there, not allowed or not read is not asked for again."""
    items = [("1", "/gone"), ("2", "/closed"), ("3", "http://10.0.0.1/"), ("4", "/empty"),
             ("5", "mailto:x"), ("6", ""), ("7", "/2")]  # fmt: skip
    site.pages |= {
        "/feed": page(_rss(*items), Content_Type="text/xml"),
        "/robots.txt": page("User-agent: *\nDisallow: /closed"),
        "/empty": page("<html><body></body></html>"),
    }
    came = _round(node, site)
    assert [c.why is None for c in came] == [False] * 6 + [True]
    assert all(c.again is None for c in came)
    site.asked.clear()
    assert _round(node, site) == []
    assert site.asked == ["/feed"]


def test_what_may_pass_is_tried_again_with_longer_pauses(
    node: Node, site: Site, clock: _Clock
) -> None:
    """Five times in all, though the feed itself does not change; then it is given up."""
    site.pages |= {"/feed": kept(_rss(("1", "/1")), '"v1"'), "/1": page("x", 500)}
    pauses = []
    for _ in range(TRIES - 1):
        (came,) = _round(node, site)
        assert came.again is not None
        assert _round(node, site) == []  # not before its time
        pauses.append(came.again - clock.now)
        clock.now = came.again
    assert pauses == [timedelta(minutes=15 * 4**n) for n in range(3)] + [timedelta(hours=16)]
    (last,) = _round(node, site)
    assert last.why is not None
    assert last.again is None
    clock.now += timedelta(days=9)
    assert _round(node, site) == []


def test_a_page_that_comes_later_is_taken_then(node: Node, site: Site, clock: _Clock) -> None:
    """A fault that passed is forgotten."""
    site.pages["/1"] = in_turn(page("x", 502), site.pages["/1"])
    first, second = _round(node, site)
    assert first.again is not None
    assert second.documents
    clock.now = first.again
    (came,) = _round(node, site)
    assert came.documents
    assert _round(node, site) == []


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="alternate" type="application/rss+xml" href="/feed">',
        '<link rel="alternate" type="application/atom+xml" href="feed">',
    ],
)
def test_a_page_leads_to_its_feed(node: Node, site: Site, head: str) -> None:
    """An address that a person knows is enough."""
    site.pages["/"] = page(f"<html><head>{head}</head><body>news</body></html>")
    assert len(_round(node, site, "/")) == 2
    assert _round(node, site, "/") == []


def test_relative_addresses_are_those_of_the_feed(node: Node, site: Site) -> None:
    """Where it was found in the end, after redirects."""
    site.pages |= {
        "/old": leads("/new/feed.xml"),
        "/new/feed.xml": page(_rss(("1", "a.html")), Content_Type="application/xml"),
        "/new/a.html": page(_report("talks had begun")),
    }
    assert [c.address for c in _round(node, site, "/old")] == [site.url("/new/a.html")]


def test_what_is_no_feed_is_refused(node: Node, site: Site) -> None:
    """A page that names none, and a feed that is not there."""
    with pytest.raises(UnreadableFileError, match="no feed"):
        _round(node, site, "/1")
    with pytest.raises(FetchError, match="404"):
        _round(node, site, "/nothing")
    site.pages["/broken"] = page("x", 500)
    with pytest.raises(NotNowError):
        _round(node, site, "/broken")


def test_one_command_follows_a_feed_at_a_time(node: Node, site: Site) -> None:
    """The next one in a crontab says so, and leaves it."""
    rounds = node.watch(site.url("/feed")).round()
    next(rounds)
    with pytest.raises(NodeBusyError):
        _round(node, site)
    list(rounds)
    assert _round(node, site) == []


def test_a_damaged_memory_is_none(node: Node, site: Site) -> None:
    """It costs questions, and nothing else."""
    _round(node, site)
    (path,) = (node.folder / "feeds").glob("*.json")
    path.write_bytes(b"{")
    assert len(_round(node, site)) == 2
    assert len(node.documents()) == 2


def test_without_leave_no_feed_is_followed(tmp_path: Path) -> None:
    """The refusal says what to set."""
    with Node.init(tmp_path / "other") as other, pytest.raises(UsageError, match="allowed = true"):
        other.watch("https://example.org/feed")


def test_a_watch_knows_no_secret_in_its_representation(node: Node, site: Site) -> None:
    """The node's key is not shown."""
    assert isinstance(watch := node.watch(site.url("/feed")), Watch)
    assert watch.key.hex() not in repr(watch)
    assert repr(watch.key) not in repr(watch)
