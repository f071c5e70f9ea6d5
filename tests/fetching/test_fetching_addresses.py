"""Which addresses are asked: those of the public internet, however they are spelt."""

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tawatur.errors import FetchError, NotAllowedError, NotNowError
from tawatur.fetching import Address, Fetcher, is_public, resolved

PRIVATE = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
]
NETWORKS = [ipaddress.IPv4Network(network) for network in PRIVATE]


PRIVATE_V4 = st.one_of(*(st.ip_addresses(v=4, network=network) for network in NETWORKS)).map(
    ipaddress.IPv4Address
)


def _spelt(address: ipaddress.IPv4Address) -> list[str]:
    """Return the ways in which C libraries take an address of IPv4."""
    whole, parts = int(address), address.packed
    a, b, c, d = parts
    return [
        str(address),
        str(whole),
        hex(whole),
        f"0{whole:o}",
        ".".join(f"0{p:o}" for p in parts),
        ".".join(hex(p) for p in parts),
        ".".join(f"{p:03d}" if p < 8 else str(p) for p in parts),
        f"{a}.{int.from_bytes(parts[1:])}",
        f"{a}.{b}.{int.from_bytes(parts[2:])}",
        f"0x{a:x}.{b}.0{c:o}.{d}",
        f"{address}.",
    ]


def _inside(address: ipaddress.IPv4Address) -> list[str]:
    """Return the addresses of IPv6 that carry one of IPv4."""
    whole, (a, b, c, d) = int(address), address.packed
    return [
        f"::ffff:{address}",
        f"::ffff:{whole >> 16:x}:{whole & 0xFFFF:x}",
        f"::{address}",
        f"::ffff:0:{address}",
        f"64:ff9b::{address}",
        f"64:ff9b:1::{address}",
        f"2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1",
        f"2001:0:{whole >> 16:x}:{whole & 0xFFFF:x}::1",
    ]


@given(PRIVATE_V4, st.integers(0, 10))
@example(ipaddress.IPv4Address("127.0.0.1"), 2)
def test_no_spelling_of_a_private_address_passes(address: ipaddress.IPv4Address, way: int) -> None:
    """Decimal, octal, hexadecimal, short or with a dot behind: no machine of it is asked."""
    fetcher = Fetcher(wait=lambda seconds: None)
    with pytest.raises(FetchError) as refused:
        fetcher.fetch(f"http://{_spelt(address)[way]}/")
    assert isinstance(refused.value, NotAllowedError) or "no machine is known" in str(refused.value)


@given(PRIVATE_V4, st.integers(0, 7))
def test_no_private_address_passes_inside_another(address: ipaddress.IPv4Address, way: int) -> None:
    """Mapped, compatible, translated, NAT64, 6to4, Teredo."""
    inside = _inside(address)[way]
    assert not is_public(inside)
    with pytest.raises(NotAllowedError):
        Fetcher(wait=lambda seconds: None).fetch(f"http://[{inside}]/")


@given(st.ip_addresses(v=4))
def test_what_is_public_is_never_called_private_by_the_standard_library(
    address: ipaddress.IPv4Address,
) -> None:
    """Nor the other way round, but for what the library misses."""
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_multicast


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_global_unicast_is_public(address: ipaddress.IPv6Address) -> None:
    """And of that nothing that the standard library calls private."""
    if is_public(str(address)) and address not in ipaddress.IPv6Network("64:ff9b::/96"):
        assert address in ipaddress.IPv6Network("2000::/3")
        assert not address.is_private
        assert address.sixtofour is None
        assert address.teredo is None


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1", "64:ff9b::5db8:d822"],
)
def test_public_machines_are(address: str) -> None:
    """Over NAT64 as well: behind it the whole of IPv4 looks so."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    ["::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1",
     "64:ff9b::7f00:1", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "", "localhost", "1.1.1"],
)  # fmt: skip
def test_other_machines_are_not(address: str) -> None:
    """Loopback, link-local, site-local, unique-local, multicast, documentation, and no address."""
    assert not is_public(address)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("HTTP://Example.ORG:80/a/../b?q=1#part", "http://example.org/b?q=1"),
        ("https://example.org.", "https://example.org/"),
        (" https://example.org:8443/x ", "https://example.org:8443/x"),
        ("https://موقع.مصر/خبر", "https://xn--4gbrim.xn--wgbh1c/%D8%AE%D8%A8%D8%B1"),
        ("http://[2606:4700::1111]:80/", "http://[2606:4700::1111]/"),
    ],
    ids=["normal form", "dot behind", "port kept", "Arabic", "IPv6"],
)
def test_an_address_has_one_form(given: str, url: str) -> None:
    """The form that is checked is the form that is asked for."""
    address = Address.parse(given)
    assert address.url == url
    assert Address.parse(address.url) == address


@pytest.mark.parametrize(
    "given",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "data:text/html,x",
        "example.org",
        "//example.org/",
        "http://",
        "http:///path",
        "http://.example.org/",
        "http://a..b/",
        "http://exa mple.org/",
        "http://ex%61mple.org/",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://[::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[::1/",
        "http://example.org/\r\nHost: other",
        "http://１２７.0.0.1/",
        "http://" + "a" * 300 + "/",
        "http://example.org/" + "a" * 9000,
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(given: str) -> None:
    """Before any name is looked up."""
    with pytest.raises(NotAllowedError):
        Fetcher(resolve=lambda host, port: pytest.fail("looked up")).fetch(given)


@pytest.mark.parametrize(
    "given",
    ["http://name:word@example.org/", "http://name@example.org/", "http://good.org\\@b.org/"],
)
def test_an_address_with_a_name_or_password_is_refused(given: str) -> None:
    """It would stand in the ledger, and hides which host is meant."""
    with pytest.raises(NotAllowedError, match="password"):
        Address.parse(given)


@given(st.text(max_size=60))
def test_no_words_at_all_are_more_than_refused(words: str) -> None:
    """Whatever is given, and wherever a page leads, there is an address or a refusal."""
    for given_ in (words, f"http://{words}", f"http://example.org/{words}"):
        try:
            address = Address.parse(given_)
        except NotAllowedError:
            continue
        assert address.url.isascii()
        assert Address.parse(address.url) == address
    start = Address.parse("https://example.org/a/b?c")
    with suppress(NotAllowedError):
        assert start.joined(words).scheme in ("http", "https")


def test_a_name_that_nobody_has_may_be_known_later() -> None:
    """The error is one that a later try may not meet."""
    with pytest.raises(NotNowError, match="no machine"):
        resolved("name.invalid", 80)
