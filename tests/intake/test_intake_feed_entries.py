"""To which pages does a feed lead, and which feed does a page name?"""

import pytest

from tawatur.errors import UnreadableFileError
from tawatur.intake.feeds import Entry, entries, linked_feed


def test_entries_have_their_id_and_address() -> None:
    """By guid or id where there is one, else by the address; relative ones stay as they are."""
    rss = b"""<rss><channel><title>t</title>
      <item><link>https://a.example/1</link><guid isPermaLink="false">g1</guid></item>
      <item><guid>https://a.example/2</guid></item><item><link> /3 </link></item>
      <item><title>no address</title></item></channel></rss>"""
    assert entries("feed", rss) == (
        Entry("g1", "https://a.example/1"),
        Entry("https://a.example/2", "https://a.example/2"),
        Entry("/3", "/3"),
        Entry("", ""),
    )
    atom = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>f</id>
      <entry><id>urn:1</id><link rel="self" href="s"/><link href="../1"/></entry></feed>"""
    assert entries("feed", atom) == (Entry("urn:1", "../1"),)


def test_a_feed_without_entries_is_one() -> None:
    """Nothing has come yet."""
    assert entries("feed", b"<rss><channel/></rss>") == ()


@pytest.mark.parametrize(
    "content", [b"", b"<html><p>x</p></html>", b"words", b"\x00\xff", b"<urlset/>"]
)
def test_what_is_no_feed_is_refused(content: bytes) -> None:
    """With its name."""
    with pytest.raises(UnreadableFileError, match="page"):
        entries("page", content)


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed">', "/feed"),
        ('<link href=f.atom type="Application/Atom+XML" rel="home alternate">', "f.atom"),
        ('<link rel="alternate" hreflang="ar" href="/ar"><link rel=alternate>', None),
        ('<link rel="stylesheet" type="application/rss+xml" href="/x">', None),
        ("", None),
    ],
)
def test_a_page_names_its_feed(head: str, address: str | None) -> None:
    """The first of them; other languages and styles are no feeds."""
    assert linked_feed(f"<html><head>{head}</head><body>x</body></html>".encode()) == address


@pytest.mark.parametrize("content", [b"", b"\x00", "<p>é".encode("utf-16")])
def test_what_is_no_page_names_none(content: bytes) -> None:
    """Whatever the bytes."""
    assert linked_feed(content) is None
