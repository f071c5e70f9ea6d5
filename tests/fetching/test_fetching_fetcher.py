"""One address is fetched: every hop checked, nothing without end, manners kept."""

import gzip
import io
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

import hypothesis
import pytest
import trustme
from hypothesis import example, given
from hypothesis import strategies as st
from tests.simulators.site import (
    Reply,
    Site,
    chunked,
    dripping,
    endless,
    in_turn,
    kept,
    leads,
    page,
    serving_site,
)
from warcio.archiveiterator import ArchiveIterator

import tawatur.fetching.fetcher as fetcher_module
from tawatur.errors import FetchError, NotAllowedError, NotNowError
from tawatur.fetching import Address, Exchange, Fetched, Fetcher, Limits, Validators
from tawatur.fetching.robots import rules_of

REPORT = "<html><title>تقرير</title><p>Clashes near Zakar.</p></html>"
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with one page."""
    with serving_site({"/report": page(REPORT)}) as served:
        yield served


def _fetcher(*sites: Site, waited: list[float] | None = None, **given: Any) -> Fetcher:
    """Return a fetcher that may ask these sites, in a hurry; waits are noted, not waited."""
    limits = Limits(**({"seconds": 5.0, "pause": 2.0} | given.pop("limits", {})))
    note = waited if waited is not None else []
    private = frozenset(site.place for site in sites)
    return Fetcher(private, limits, wait=note.append, clock=lambda: NOW, **given)


def _got(fetcher: Fetcher, url: str, **given: Any) -> Fetched:
    got = fetcher.fetch(url, **given)
    assert got is not None
    return got


def test_a_page_comes_whole_with_what_the_server_says_of_it(site: Site) -> None:
    """Bytes, media type with its charset, time and address."""
    site.pages["/report"] = page(
        "خبر".encode("cp1256"), Content_Type="text/html; charset=windows-1256", ETag='"1"'
    )
    got = _got(_fetcher(site), site.url("/report"))
    assert got.content == "خبر".encode("cp1256")
    assert got.media_type == "text/html; charset=windows-1256"
    assert (got.address, got.time, got.name) == (site.url("/report"), NOW, "report")
    assert got.validators == Validators('"1"')


def test_what_is_asked_says_who_asks_and_carries_nothing_else(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No cookie, no proxy or password of the environment; a contact where one is set."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.pages["/report"] = in_turn(
        page("one", Set_Cookie="a=b"), page("two", Set_Cookie="a=b"), page("three")
    )
    contact = "https://observatory.example/contact"
    fetcher = _fetcher(site, software="Tawatur/1.2", contact=contact)
    for _ in range(3):
        fetcher.fetch(site.url("/report"))
    assert all(
        set(headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        for headers in site.headers
    )
    assert site.headers[-1]["user-agent"] == f"Tawatur/1.2 (+{contact})"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/report.pdf?x=1", "report.pdf"),
        ("/", "127.0.0.1"),
        ("/%D8%AE%D8%A8%D8%B1.html", "خبر.html"),
        ("/a%2F..%2Fpasswd", "a .. passwd"),
        ("/a%0Ab%E2%80%AEc", "a b c"),
    ],
    ids=["file", "host", "Arabic", "no path", "no control"],
)
def test_the_name_is_the_last_part_of_the_path(site: Site, path: str, name: str) -> None:
    """One line without control characters, and no path."""
    site.pages[path] = page("x")
    assert _got(_fetcher(site), site.url(path)).name == name


# ------------------------------------------------------------ where it goes


def test_a_private_machine_is_asked_only_where_it_is_named(site: Site) -> None:
    """By host, or by host and port; another port of it is another place."""
    for named in ({"127.0.0.1"}, {site.place}):
        assert Fetcher(frozenset(named), wait=lambda s: None).fetch(site.url("/report"))
    asked = len(site.asked)
    for named in (set(), {"127.0.0.1:1"}, {"localhost"}, {"127.0.0.2"}):
        with pytest.raises(NotAllowedError, match=r"\[network\]"):
            Fetcher(frozenset(named)).fetch(site.url("/report"))
    assert len(site.asked) == asked


def test_redirects_are_followed_five_times_and_no_more(site: Site) -> None:
    """What they lead to is where it came from; a loop ends."""
    for n in range(7):
        site.pages[f"/{n}"] = leads(f"/{n - 1}")
    site.pages["/0"] = page("there")
    got = _got(_fetcher(site), site.url("/5"))
    assert (got.content, got.address) == (b"there", site.url("/0"))
    with pytest.raises(FetchError, match="more than 5 times"):
        _fetcher(site).fetch(site.url("/6"))
    site.pages["/loop"] = leads("/loop")
    with pytest.raises(FetchError, match="more than 5 times"):
        _fetcher(site).fetch(site.url("/loop"))


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/",
     "file:///etc/passwd", "ftp://example.org/", "http://name:word@127.0.0.1/", "http://0/",
     "//127.1/"],
)  # fmt: skip
def test_a_redirect_is_checked_like_the_first_address(site: Site, location: str) -> None:
    """No hop leads inside, nor out of the web."""
    site.pages["/report"] = leads(location)
    with pytest.raises(NotAllowedError):
        _fetcher(site).fetch(site.url("/report"))


def test_a_page_elsewhere_cannot_send_to_a_private_host_that_is_named(site: Site) -> None:
    """Not even its robots.txt is asked for; from a page of such a host it may."""
    fetcher = _fetcher(site)
    with pytest.raises(NotAllowedError, match="may not lead"):
        fetcher.fetch(site.url("/report"), linked_from="https://example.org/feed")
    assert site.asked == []
    assert fetcher.fetch(site.url("/report"), linked_from=site.url("/feed"))


def test_every_answer_of_the_resolver_must_be_public() -> None:
    """One private machine among public ones is enough to refuse."""
    fetcher = Fetcher(resolve=lambda host, port: ("93.184.216.34", "127.0.0.1"))
    with pytest.raises(NotAllowedError, match=r"127\.0\.0\.1"):
        fetcher.fetch("http://example.org/")


class _Rebinding:
    """A resolver that names one machine after the other, the last ever after."""

    def __init__(self, *machines: str) -> None:
        self.left, self.calls = list(machines), 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.calls += 1
        return (self.left.pop(0) if len(self.left) > 1 else self.left[0],)


def test_a_name_that_leads_inside_between_two_questions_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question is checked anew: robots.txt is answered, the page is not asked for."""
    monkeypatch.setattr(fetcher_module, "is_public", lambda machine: machine == "127.0.0.1")
    resolve = _Rebinding("127.0.0.1", "127.0.0.2")
    with pytest.raises(NotAllowedError, match=r"127\.0\.0\.2"):
        _fetcher(resolve=resolve).fetch(f"http://rebinding.example:{site.port}/report")
    assert site.asked == ["/robots.txt"]


def test_the_connection_goes_to_the_machine_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One question resolves a name once; what it is by then another name for does not matter."""
    monkeypatch.setattr(fetcher_module, "is_public", lambda machine: machine == "127.0.0.1")
    resolve = _Rebinding("127.0.0.1", "127.0.0.1", "127.0.0.2")
    place = f"rebinding.example:{site.port}"
    got = _got(_fetcher(resolve=resolve), f"http://{place}/report")
    assert got.content == REPORT.encode()
    assert resolve.calls == len(site.asked) == 2  # robots.txt and the page
    assert site.headers[-1]["host"] == place


def test_a_silent_machine_leaves_time_for_the_next(site: Site) -> None:
    """Of several machines behind a name the first that takes the connection is asked."""
    place = f"several.example:{site.port}"
    fetcher = Fetcher(
        frozenset({place}), resolve=lambda h, p: ("::1", "127.0.0.1"), wait=lambda s: None
    )
    assert _got(fetcher, f"http://{place}/report").content == REPORT.encode()


# ------------------------------------------------------------ certificates


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority of the tests' own."""
    return trustme.CA()


def _tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def _trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_certificate_must_hold_the_name_that_was_asked_for(authority: trustme.CA) -> None:
    """Though the connection goes to a number: the right name passes, another does not."""
    trust = _trusting(authority)
    with serving_site({"/": page("x")}, _tls(authority, "right.example")) as site:
        for name, passes in (("right.example", True), ("wrong.example", False)):
            place = f"{name}:{site.port}"
            fetcher = Fetcher(
                frozenset({place}),
                trust=trust,
                resolve=lambda host, port: ("127.0.0.1",),
                wait=lambda s: None,
            )
            if passes:
                assert _got(fetcher, f"https://{place}/").content == b"x"
            else:
                with pytest.raises(NotNowError):  # its robots.txt cannot be had
                    fetcher.fetch(f"https://{place}/")
        assert len(site.asked) == 2


def test_a_certificate_of_nobody_is_refused(authority: trustme.CA) -> None:
    """The machine's own authorities are the only ones."""
    with serving_site({"/": page("x")}, _tls(authority, "127.0.0.1")) as site:
        with pytest.raises(FetchError):
            _fetcher(site).fetch(site.url())
        assert site.asked == []


# ------------------------------------------------------------ how much, how long


def test_a_huge_answer_ends_at_the_limit(site: Site) -> None:
    """Whether it says its length, says none, or comes in chunks."""
    fetcher = _fetcher(site, limits={"size": 100_000})
    site.pages["/long"] = page(b"x" * 100_001)
    site.pages["/endless"] = endless()
    site.pages["/chunks"] = chunked(*[b"x" * 999] * 101)
    for path in ("/long", "/endless", "/chunks"):
        with pytest.raises(FetchError, match="the limit in the settings"):
            fetcher.fetch(site.url(path))
    site.pages["/fits"] = page(b"x" * 100_000)
    assert len(_got(fetcher, site.url("/fits")).content) == 100_000


def test_an_endless_head_ends_at_the_limit(site: Site) -> None:
    """A head without an end is not read for ever."""

    def reply(asked: Any) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(1_000_000):
            asked.wfile.write(b"X-%d: y\r\n" % n)

    site.pages["/head"] = reply
    with pytest.raises(FetchError):
        _fetcher(site).fetch(site.url("/head"))


def test_interim_answers_without_end_end_at_the_limit(site: Site) -> None:
    """Each is small and complete; all of them together are counted."""

    def reply(asked: Any) -> None:
        for _ in range(10_000):
            asked.wfile.write(b"HTTP/1.1 102 Processing\r\nX: " + b"y" * 1000 + b"\r\n\r\n")

    site.pages["/interim"] = reply
    with pytest.raises(FetchError, match="the limit in the settings"):
        _fetcher(site, limits={"size": 1000}).fetch(site.url("/interim"))


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_ends_at_the_limit(site: Site, packing: str) -> None:
    """Fifty megabytes of zeros in fifty kilobytes are never in memory."""
    zeros = bytes(50_000_000)
    bomb = gzip.compress(zeros) if packing == "gzip" else zlib.compress(zeros)
    site.pages["/bomb"] = page(bomb, Content_Encoding=packing)
    del zeros
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="1 MB, the limit"):
            _fetcher(site, limits={"size": 1024 * 1024}).fetch(site.url("/bomb"))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def _raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("packed", "packing"),
    [
        (gzip.compress(b"a report"), "gzip"),
        (gzip.compress(b"a ") + gzip.compress(b"report"), "x-gzip"),
        (gzip.compress(b"a report") + b"garbage", "gzip"),
        (zlib.compress(b"a report"), "deflate"),
        (_raw_deflate(b"a report"), "deflate"),
        (b"a report", "identity"),
    ],
    ids=["gzip", "two members", "garbage behind", "zlib", "bare deflate", "none"],
)
def test_an_answer_is_unpacked(site: Site, packed: bytes, packing: str) -> None:
    """As servers pack them."""
    site.pages["/packed"] = page(packed, Content_Encoding=packing)
    assert _got(_fetcher(site), site.url("/packed")).content == b"a report"


@pytest.mark.parametrize(
    ("packed", "packing"),
    [
        (gzip.compress(b"a report" * 1000)[:-20], "gzip"),
        (b"no gzip", "gzip"),
        (b"x", "br"),
        (b"x", "zstd"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip"),
    ],
    ids=["cut short", "damaged", "Brotli", "Zstandard", "twice"],
)
def test_a_damaged_or_unknown_packing_is_refused(site: Site, packed: bytes, packing: str) -> None:
    """A part of a report is not the report."""
    site.pages["/packed"] = page(packed, Content_Encoding=packing)
    with pytest.raises(FetchError):
        _fetcher(site).fetch(site.url("/packed"))


def test_an_answer_that_breaks_off_is_refused(site: Site) -> None:
    """Less than the length that the server said is no document."""

    def reply(asked: Any) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "100")
        asked.end_headers()
        asked.wfile.write(b"half")

    site.pages["/half"] = reply
    with pytest.raises(NotNowError):
        _fetcher(site).fetch(site.url("/half"))


_PIECES = st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 301 Moved\r\n", b"HTTP/2 999\r\n", b"ICY 200 OK\r\n",
     b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: 5, 6\r\n",
     b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"Location: \xff://\r\n",
     b"Location: http://[\r\n", b"Content-Encoding: deflate\r\n", b" folded\r\n", b"No colon\r\n",
     b"\r\n", b"5\r\nhello\r\n", b"0\r\n\r\n", b"hello", b"\x1f\x8b\x08\x00", b"x\x9c", b"\x00"]
)  # fmt: skip


@hypothesis.settings(
    max_examples=150, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@given(st.lists(_PIECES | st.binary(max_size=20), max_size=8))
def test_whatever_is_answered_nothing_foreign_escapes(site: Site, pieces: list[bytes]) -> None:
    """A page, or a refusal of our own."""

    def reply(asked: Any) -> None:
        asked.wfile.write(b"".join(pieces))

    site.pages["/report"] = reply
    with suppress(FetchError):
        assert _got(_fetcher(site), site.url("/report")).evidence


def test_a_slow_answer_ends_with_the_time(site: Site) -> None:
    """A byte now and then keeps no connection open, in head or body."""

    def slow_head(asked: Any) -> None:
        for _ in range(100):
            asked.wfile.write(b"H")
            time.sleep(0.05)

    site.pages["/body"] = dripping(0.05)
    site.pages["/head"] = slow_head
    fetcher = _fetcher(site, limits={"seconds": 0.4})
    for path in ("/body", "/head"):
        start = time.monotonic()
        with pytest.raises(NotNowError, match=r"0\.4 seconds"):
            fetcher.fetch(site.url(path))
        assert time.monotonic() - start < 2


# ------------------------------------------------------------ robots.txt


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /report", False),
        ("User-agent: *\nDisallow: /rep*t$", False),
        ("User-agent: *\nDisallow: /other", True),
        ("User-agent: *\nDisallow: /\nAllow: /report", True),
        ("User-agent: *\nDisallow: /rep\nAllow: /r", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: tawatur\nDisallow:", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: Tawatur\nDisallow: /", False),
        ("User-agent: tawaturish\nDisallow: /", True),
        ("User-agent: a\nUser-agent: Tawatur\nDisallow: /", False),
        ("User-agent: Tawatur\nDisallow: /x\nUser-agent: Tawatur\nDisallow: /report", False),
        ("User-agent: *\nDisallow: /REPORT", True),
        ("User-agent: *\nDisallow: /%72eport", False),
        ("\ufeffUser-agent: *\r\nDisallow: /report # why\r\n", False),
        ("<html>nothing here</html>", True),
        ("", True),
    ],
)
def test_what_robots_txt_says_is_kept(site: Site, rules: str, allowed: bool) -> None:
    """Groups, the longest match, wildcards, our own name before all others'."""
    site.pages["/robots.txt"] = page(rules, Content_Type="text/plain")
    if allowed:
        assert _fetcher(site).fetch(site.url("/report"))
    else:
        with pytest.raises(NotAllowedError, match=r"robots\.txt"):
            _fetcher(site).fetch(site.url("/report"))
        assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("reply", "allowed"),
    [
        (page("x", 404), True),
        (page("x", 403), True),
        (page("x", 410), True),
        (page("x", 500), False),
        (page("x", 503), False),
        (page("x", 429), False),
        (leads("/robots.txt"), True),
        (leads("/rules-5"), False),
        (leads("http://10.0.0.1/robots.txt"), False),
        (dripping(0.05), False),
        (page(b"x" * 600_000 + b"\nUser-agent: *\nDisallow: /"), True),
        (page(b"User-agent: *\nDisallow: /\n" + b"#" * 600_000), False),
        (page(gzip.compress(b"User-agent: *\nDisallow: /"), Content_Encoding="gzip"), False),
        (page(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"), True),
    ],
    ids=["none", "closed", "gone", "fault", "busy", "too many", "loop", "five hops", "inside",
         "slow", "behind the limit", "before the limit", "packed", "bomb"],
)  # fmt: skip
def test_how_robots_txt_is_answered_decides(site: Site, reply: Reply, allowed: bool) -> None:
    """What is not there forbids nothing; what cannot be had forbids everything for now."""
    site.pages |= {f"/rules-{n}": leads(f"/rules-{n - 1}") for n in range(2, 6)}
    site.pages |= {"/robots.txt": reply, "/rules-1": page("User-agent: *\nDisallow: /report")}
    fetcher = _fetcher(site, limits={"seconds": 1.0})
    if allowed:
        assert fetcher.fetch(site.url("/report"))
    else:
        with pytest.raises((NotAllowedError, NotNowError), match=r"robots\.txt"):
            fetcher.fetch(site.url("/report"))


def test_robots_txt_is_asked_for_once(site: Site) -> None:
    """For all pages of a site, and for each site that a redirect leads to."""
    with serving_site({"/there": page("x")}) as other:
        site.pages["/away"] = leads(other.url("/there"))
        fetcher = _fetcher(site, other)
        for path in ("/report", "/report", "/away"):
            fetcher.fetch(site.url(path))
        assert site.asked.count("/robots.txt") == 1
        assert other.asked == ["/robots.txt", "/there"]
        other.pages["/robots.txt"] = page("User-agent: *\nDisallow: /there")
        with pytest.raises(NotAllowedError, match=r"robots\.txt"):
            _fetcher(site, other).fetch(site.url("/away"))


def test_rules_written_to_be_slow_are_not(site: Site) -> None:
    """Wildcards without number over an address made for them take no time to speak of."""
    stars = "User-agent: *\n" + "Disallow: /" + "*a" * 200 + "*b$\n"
    path = "/" + "a" * 5000
    site.pages |= {"/robots.txt": page(stars * 20), path: page("x")}
    start = time.monotonic()
    assert _fetcher(site).fetch(site.url(path))
    assert time.monotonic() - start < 2


# ------------------------------------------------------------ pace


def test_a_host_is_asked_with_pauses(site: Site) -> None:
    """The settings' pause, or the longer one of its robots.txt, but no longer than patience."""
    for rules, pause in (("", 2.0), ("5", 5.0), ("0.1", 2.0), ("9999", 60.0), ("nan", 2.0)):
        site.pages["/robots.txt"] = page(f"User-agent: *\nCrawl-delay: {rules}\nDisallow: /x")
        waited: list[float] = []
        fetcher = _fetcher(site, waited=waited)
        fetcher.fetch(site.url("/report"))
        assert waited == []
        fetcher.fetch(site.url("/report"))
        assert waited == [pytest.approx(pause, abs=0.5)]


def test_a_busy_site_is_left_alone_as_long_as_it_says(site: Site) -> None:
    """And then asked again, three times in all."""
    in_seven = format_datetime(NOW + timedelta(seconds=7), usegmt=True)
    site.pages["/report"] = in_turn(
        page("x", 429, Retry_After="3"), page("x", 503, Retry_After=in_seven), page("there")
    )
    waited: list[float] = []
    assert _got(_fetcher(site, waited=waited), site.url("/report")).content == b"there"
    assert waited == [3.0, 7.0]


def test_a_site_that_stays_busy_is_given_up(site: Site) -> None:
    """With pauses that double, or at once where it asks for more than patience."""
    site.pages["/report"] = page("x", 503)
    waited: list[float] = []
    with pytest.raises(NotNowError) as refused:
        _fetcher(site, waited=waited).fetch(site.url("/report"))
    assert (waited, refused.value.after) == ([4.0, 8.0], 16.0)
    site.pages["/report"] = page("x", 429, Retry_After="3600")
    waited.clear()
    with pytest.raises(NotNowError, match="3600 seconds") as refused:
        _fetcher(site, waited=waited).fetch(site.url("/report"))
    assert (waited, refused.value.after) == ([], 3600.0)


@pytest.mark.parametrize(
    ("told", "after"),
    [("9" * 400, 1e9), ("-5", 4.0), ("soon", 4.0), ("", 4.0), ("Fri, 32 Foo 99999", 4.0),
     ("Sun, 06 Nov 9994 08:49:37 +99999999999999", 4.0)],
)  # fmt: skip
def test_what_a_busy_site_says_is_read_with_care(site: Site, told: str, after: float) -> None:
    """Too long a time is no time, and what is none is as if nothing were said."""
    site.pages["/report"] = page("x", 429, Retry_After=told)
    with pytest.raises(NotNowError) as refused:
        _fetcher(site, limits={"patience": 1.0}).fetch(site.url("/report"))
    assert refused.value.after == after


@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.binary(max_size=200))
@example("User-agent: *\nCrawl-delay: 1e999\nDisallow: *$*$%zz")
def test_no_robots_txt_is_more_than_read(words: str | bytes) -> None:
    """Whatever stands in it, there is an answer."""
    body = words if isinstance(words, bytes) else b"User-agent: *\n" + words.encode()
    address = Address.parse("https://example.org/report?a=%D8%AE")
    rules = rules_of(Exchange(address, NOW, "192.0.2.1", b"", b"", 200, {}, body))
    assert rules.allow(address.url) in (True, False)
    assert rules.delay >= 0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_what_is_not_there_is_not_asked_for_later(site: Site, status: int) -> None:
    """The refusal says the status."""
    site.pages["/report"] = page("x", status)
    with pytest.raises(FetchError, match=str(status)) as refused:
        _fetcher(site).fetch(site.url("/report"))
    assert not isinstance(refused.value, NotNowError)


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_fault_may_pass(site: Site, status: int) -> None:
    """It is told apart from what is not there."""
    site.pages["/report"] = page("x", status)
    with pytest.raises(NotNowError, match=str(status)):
        _fetcher(site).fetch(site.url("/report"))


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    """By its ETag; a 304 that nobody asked for is an error."""
    site.pages["/report"] = kept(REPORT, '"v1"')
    fetcher = _fetcher(site)
    first = _got(fetcher, site.url("/report"))
    assert fetcher.fetch(site.url("/report"), known=first.validators) is None
    assert _got(fetcher, site.url("/report"), known=Validators('"v0"')).content
    site.pages["/report"] = page(b"", 304)
    with pytest.raises(FetchError, match="304"):
        fetcher.fetch(site.url("/report"))


def test_nothing_is_not_a_document(site: Site) -> None:
    """An empty answer is refused."""
    site.pages["/report"] = page(b"", 204)
    with pytest.raises(FetchError, match="without a content"):
        _fetcher(site).fetch(site.url("/report"))


# ------------------------------------------------------------ evidence


def _records(evidence: bytes) -> list[tuple[str, Any, bytes]]:
    """Return type, record and content of each record, digests checked."""
    found = []
    for record in ArchiveIterator(io.BytesIO(evidence), check_digests="raise"):
        content = record.raw_stream.read()
        if record.rec_type != "warcinfo":
            assert record.digest_checker.passed, record.digest_checker.problems
        found.append((record.rec_type, record, content))
    return found


def test_the_evidence_is_what_went_over_the_line(site: Site) -> None:
    """An independent reader of archives finds question and answer, byte for byte."""
    packed = gzip.compress(REPORT.encode())
    site.pages["/report"] = page(packed, Content_Encoding="gzip", X_Odd="Kept As-Is")
    got = _got(_fetcher(site), site.url("/report"))
    info, answer, question = _records(got.evidence)
    assert [info[0], answer[0], question[0]] == ["warcinfo", "response", "request"]
    headers = answer[1].rec_headers
    assert headers.get_header("WARC-Target-URI") == site.url("/report")
    assert headers.get_header("WARC-Date") == "2026-03-04T05:06:07Z"
    assert headers.get_header("WARC-IP-Address") == "127.0.0.1"
    assert headers.get_header("WARC-Payload-Digest") == f"sha256:{sha256(packed).hexdigest()}"
    assert answer[1].http_headers.get_header("X-Odd") == "Kept As-Is"
    assert answer[2] == packed
    assert gzip.decompress(answer[2]) == got.content
    assert question[1].rec_headers.get_header("WARC-Concurrent-To") == headers.get_header(
        "WARC-Record-ID"
    )
    assert question[1].http_headers.get_header("Host") == site.place


def test_the_evidence_holds_every_hop(site: Site) -> None:
    """And chunks as they came."""
    site.pages |= {"/a": leads("/b", 301), "/b": leads("/c", 307), "/c": chunked(b"one ", b"two")}
    got = _got(_fetcher(site), site.url("/a"))
    answers = [record for kind, record, _ in _records(got.evidence) if kind == "response"]
    paths = [r.rec_headers.get_header("WARC-Target-URI") for r in answers]
    assert paths == [site.url(path) for path in ("/a", "/b", "/c")]
    assert [r.http_headers.get_statuscode() for r in answers] == ["301", "307", "200"]
    assert got.content == b"one two"
    assert _records(got.evidence)[-2][2] == b"4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n"


def test_interim_answers_are_no_part_of_the_record(site: Site) -> None:
    """A record holds one answer, the last."""

    def reply(asked: Any) -> None:
        asked.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        page("x")(asked)

    site.pages["/hinted"] = reply
    got = _got(_fetcher(site), site.url("/hinted"))
    assert _records(got.evidence)[1][1].http_headers.get_statuscode() == "200"
