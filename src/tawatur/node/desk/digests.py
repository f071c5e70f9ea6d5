"""A look at a subject as a text, a mail or a feed: every claim with its speaker.

What is not told is said: that nothing is new, that no sum is stated. A mail is a file that any
program for mail opens and sends; nothing is sent here. Ids in a feed stay the same from one to
the next, so that a reader of feeds knows what it has shown.
"""

from collections.abc import Iterator
from decimal import Decimal
from email.message import EmailMessage
from email.utils import format_datetime

from lxml import etree

from tawatur.i18n import Translate
from tawatur.model.claim import Claim
from tawatur.model.subject import Look, Total

_ATOM = "http://www.w3.org/2005/Atom"


def lines(look: Look, _: Translate) -> Iterator[str]:
    """Yield the digest of a look, line by line."""
    if look.since is None:
        yield _("{0}: all that there is, on {1:%Y-%m-%d}").format(look.subject.name, look.time)
    else:
        words = _("{0}: new since {1:%Y-%m-%d %H:%M} UTC")
        yield words.format(look.subject.name, look.since)
    if not look.claims:
        yield _("nothing new")
        return
    for claim in look.claims:
        when = f" ({claim.content.when})" if claim.content.when else ""
        yield f"* {speaker(claim, _)}: «{_one_line(claim.quote)}»{when} [{claim.id}]"
    events = ", ".join(f"{_one_line(each.headline)} [{each.id}]" for each in look.events)
    yield _("events: {0}").format(events)
    if look.actors:
        actors = ", ".join(f"{name} ({count})" for name, count in look.actors)
        yield _("who is named: {0}").format(actors)
    if look.dates:
        yield _("dates: {0}").format(", ".join(date for date, _count in look.dates))
    yield from sums(look, _)


def sums(look: Look, _: Translate) -> Iterator[str]:
    """Yield what the sums come to, a line for each month and currency, or that there are none."""
    if not look.stated:
        yield _("no sum is stated")
    for total in look.totals:
        claims = ", ".join(total.claims)
        line = f"{total.month or _('no date')}: {amount(total, _)} [{claims}]"
        for rate in total.rates:
            by = _("with 1 {0} = {1} {2} of {3}")
            line += "; " + by.format(rate.currency, rate.value, rate.into, rate.day)
        yield line


def amount(total: Total, _: Translate) -> str:
    """Return a sum with its currency: one figure, from one to another, or at least one."""
    low = _figure(total.low)
    if total.high is None:
        return _("at least {0} {1}").format(low, total.currency)
    if total.high == total.low:
        return f"{low} {total.currency}"
    return _("{0} to {1} {2}").format(low, _figure(total.high), total.currency)


def speaker(claim: Claim, _: Translate) -> str:
    """Return whose word a claim is, as its text names them."""
    return claim.root.source_text or claim.publisher or _("an unnamed source")


def written(look: Look, name: str, _: Translate) -> bytes:
    """Return the digest as the ending of a file's name asks: a mail, a feed, or plain text."""
    if name.endswith(".eml"):
        return mail(look, _)
    if name.endswith((".atom", ".xml")):
        return feed(look, _)
    return ("\n".join(lines(look, _)) + "\n").encode()


def mail(look: Look, _: Translate) -> bytes:
    """Return the digest as a mail without a receiver (RFC 5322)."""
    message = EmailMessage()
    first, *rest = lines(look, _)
    message["Subject"] = first
    message["Date"] = format_datetime(look.time)
    message["X-Unsent"] = "1"  # opened as a draft
    message.set_content("\n".join((first, "", *rest)) + "\n")
    return message.as_bytes()


def feed(look: Look, _: Translate) -> bytes:
    """Return the claims of a look as an Atom feed (RFC 4287), first in the order of the look."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]  # the stubs know no default namespace
    _tell(root, "id", f"urn:tawatur:{look.subject.id}")
    _tell(root, "title", look.subject.name)
    _tell(root, "updated", look.time.isoformat())
    _tell(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "Tawatur")
    _tell(root, "subtitle", "; ".join(sums(look, _)) if look.claims else _("nothing new"))
    for claim in look.claims:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _tell(entry, "id", f"urn:tawatur:{claim.id}")
        _tell(entry, "title", f"{speaker(claim, _)}: {_one_line(claim.quote)[:120]}")
        _tell(entry, "updated", claim.learnt.isoformat())
        _tell(etree.SubElement(entry, f"{{{_ATOM}}}author"), "name", speaker(claim, _))
        _tell(entry, "content", _one_line(claim.quote))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _tell(parent: "etree._Element", name: str, text: str) -> None:
    # a text may hold signs that XML cannot
    told = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = told


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _figure(value: Decimal) -> str:
    """Return a figure with its thousands apart, without noughts behind the point."""
    text = f"{value:,.2f}"
    return text.removesuffix(".00")
