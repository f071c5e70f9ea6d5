"""What lies at an address, fetched as the settings, the site and good manners allow?

    address → allowed? → robots.txt → pause → machines checked → answer → redirect? → again

Each hop of a redirect is checked like the first, five at most. A host on a private network
is asked only where the settings name it, and only from an address that a person gave or
from a page of such a host: a page elsewhere cannot send this program there. No proxy of
the environment, no cookie, no password goes along. Used by one caller at a time.
"""

import re
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from tawatur.errors import FetchError, NotAllowedError, NotNowError
from tawatur.fetching import robots
from tawatur.fetching.addresses import Address, Resolve, is_public, resolved
from tawatur.fetching.evidence import warc
from tawatur.fetching.robots import Rules
from tawatur.fetching.wire import MEGABYTE, Bounds, Exchange, exchange

REDIRECTS = 5
"""Hops after the first; browsers follow twenty, RFC 9309 asks five of a robots.txt."""

_TRIES = 3
_RULES_LAST = 24 * 3600.0
_FAULT_LASTS = 300.0
"""Seconds for which a robots.txt is kept, and for which one that could not be had is not asked."""

_FOR_EVER = 1e9  # seconds: thirty years

_REDIRECTED = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,*/*;q=0.8",
    "Accept-Encoding": "gzip",
}
_SLASH = re.compile(r"[/\\]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an address may take, and how a site is treated.

    ``size`` is in bytes, unpacked as well; ``seconds`` is for one answer; ``pause`` lies
    between two requests to one host; ``patience`` is how long a site may ask to be left
    alone before that is the answer; all in seconds.
    """

    size: int = 64 * MEGABYTE
    seconds: float = 60.0
    pause: float = 2.0
    patience: float = 60.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said by which it can tell whether something changed."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, from where, when, and the evidence of it; ``evidence`` is a ``.warc.gz``."""

    address: str  # where redirects ended
    time: datetime  # UTC
    content: bytes
    media_type: str | None  # as the server states it, with a charset if it does
    evidence: bytes = field(repr=False)
    validators: Validators = Validators()

    @property
    def name(self) -> str:
        """The last part of the path as a name that can be shown, or the host."""
        address = Address.parse(self.address)
        path = address.target.partition("?")[0].rstrip("/")
        last = _SLASH.sub(" ", unquote(path.rpartition("/")[2]))
        shown = "".join(c if c.isprintable() else " " for c in last).strip()[-150:]
        return shown or address.host


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses; remembers, while it lives, what sites allow and when they were asked.

    Args:
        private: Hosts, or hosts with ports, on private networks that may be asked.
        limits: How much, how long, how often.
        software: The program and its version; the name is the one that a robots.txt speaks to.
        contact: An address at which whoever runs a site can complain; sent along if there is one.
        resolve: Finds the machines behind a name.
        trust: Whose certificates are believed; the machine's own if None.
        wait: Lets seconds pass.
        clock: Gives the time, UTC.
    """

    private: frozenset[str] = frozenset()
    limits: Limits = Limits()
    software: str = robots.AGENT
    contact: str = ""
    resolve: Resolve = resolved
    trust: ssl.SSLContext | None = None
    wait: Callable[[float], object] = time.sleep
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _rules: dict[str, tuple[float, Rules]] = field(default_factory=dict, repr=False)
    _free: dict[str, float] = field(default_factory=dict, repr=False)

    def fetch(
        self, given: str, *, linked_from: str | None = None, known: Validators | None = None
    ) -> Fetched | None:
        """Return what lies at an address, None if it is what the validators stand for.

        Args:
            given: The address.
            linked_from: The page or feed that names it; None if a person does.
            known: What came with it the last time.

        Raises:
            NotAllowedError: The address, its network or its site's robots.txt forbid it.
            NotNowError: It may be there later.
            FetchError: It is not there, or over a limit.
        """
        via = Address.parse(linked_from) if linked_from else None
        hops = self._followed(Address.parse(given), via, _conditions(known or Validators()))
        last = hops[-1]
        if last.status == 304 and known:
            return None
        if last.status in _LATER:
            raise NotNowError("{0} answered {1}", last.address.place, last.status)
        if not 200 <= last.status < 300:
            raise FetchError("{0} answered {1}", last.address.place, last.status)
        if not last.body:
            raise FetchError("{0} answered without a content", last.address.place)
        return Fetched(
            last.address.url,
            last.time,
            last.body,
            last.headers.get("content-type"),
            warc(hops, software=self.software),
            Validators(last.headers.get("etag", ""), last.headers.get("last-modified", "")),
        )

    # ------------------------------------------------------------ within

    def _followed(
        self, address: Address, via: Address | None, conditions: Mapping[str, str]
    ) -> tuple[Exchange, ...]:
        """Return the exchanges from an address to where it leads, all of them allowed."""
        hops: list[Exchange] = []
        while len(hops) <= REDIRECTS:
            rules = self._rules_of(address, via)
            _verify_allowed(rules, address)
            if not hops or hops[-1].address.host != address.host:
                self._keep_pace(address, rules)
            hops.append(self._patiently(address, via, conditions))
            following = _following(hops[-1])
            if following is None:
                return tuple(hops)
            via, address = address, following
        raise FetchError("{0} leads on more than {1} times", address.place, REDIRECTS)

    def _patiently(
        self, address: Address, via: Address | None, conditions: Mapping[str, str]
    ) -> Exchange:
        """Return the answer, asked for again where a site says that it has no time now."""
        bounds = Bounds(self.limits.size, self.limits.seconds)
        pause = max(self.limits.pause, 1.0)
        for left in reversed(range(_TRIES)):
            answer = self._asked(address, via, bounds, conditions)
            if answer.status not in _BUSY:
                return answer
            pause *= 2
            told = _told(answer.headers.get("retry-after", ""), self.clock())
            wanted = pause if told is None else told
            if not left or wanted > self.limits.patience:
                break
            self.wait(wanted)
        raise NotNowError(
            "{0} answered {1} and wants to be left alone for {2} seconds",
            address.place,
            answer.status,
            f"{wanted:.0f}",
            after=wanted,
        )

    def _asked(
        self,
        address: Address,
        via: Address | None,
        bounds: Bounds,
        conditions: Mapping[str, str],
    ) -> Exchange:
        """Return the answer of a machine that may be asked."""
        machines = self._machines(address, via)
        if self.trust is None and address.scheme == "https":
            self.trust = ssl.create_default_context()
        agent = f"{self.software} (+{self.contact})" if self.contact else self.software
        headers = {"User-Agent": agent, **_HEADERS, **conditions}
        now = self.clock()
        return exchange(address, machines, headers, bounds=bounds, trust=self.trust, now=now)

    def _machines(self, address: Address, via: Address | None) -> tuple[str, ...]:
        """Return the machines behind an address, every one of which may be asked.

        Raises:
            NotAllowedError: One may not.
        """
        machines = tuple(self.resolve(address.host, address.port))
        inside = [machine for machine in machines if not is_public(machine)]
        if not inside:
            return machines
        if not address.is_among(self.private):
            raise NotAllowedError(
                "{0} is no machine of the public internet ({1}); to allow it, name it under "
                "private in the [network] part of tawatur.toml",
                address.place,
                inside[0],
            )
        if via is not None and not via.is_among(self.private):
            raise NotAllowedError(
                "{0} is on a private network, to which an address elsewhere ({1}) may not lead",
                address.place,
                via.place,
            )
        return machines

    def _rules_of(self, address: Address, via: Address | None) -> Rules:
        """Return the rules of an address's site, as long as they may be kept."""
        until, rules = self._rules.get(address.origin, (0.0, Rules()))
        if time.monotonic() >= until:
            rules = self._rules_now(address, via)
            lasts = _RULES_LAST if rules.unknown is None else _FAULT_LASTS
            self._rules[address.origin] = (time.monotonic() + lasts, rules)
        return rules

    def _rules_now(self, address: Address, via: Address | None) -> Rules:
        bounds = Bounds(robots.LARGEST, self.limits.seconds, cut=True)
        at = address.joined("/robots.txt")
        for hop in range(REDIRECTS + 1):
            try:
                answer = self._asked(at, via, bounds, {})
                following = _following(answer)
            except FetchError as error:
                if isinstance(error, NotAllowedError) and not hop:
                    raise  # the site itself may not be asked, whatever its rules
                return Rules(unknown=error.message)
            if following is None:
                return robots.rules_of(answer)
            via, at = at, following
        return Rules()  # section 2.3.1.2: as if it were not there

    def _keep_pace(self, address: Address, rules: Rules) -> None:
        """Wait until the host may be asked again."""
        now = time.monotonic()
        free = self._free.get(address.host, now)
        if free > now:
            self.wait(free - now)
        delay = min(rules.delay, self.limits.patience)
        self._free[address.host] = max(now, free) + max(self.limits.pause, delay)


def _verify_allowed(rules: Rules, address: Address) -> None:
    """Return if the site's robots.txt lets an address be fetched."""
    if rules.unknown is not None:
        raise NotNowError(
            "robots.txt of {0} cannot be had, so that it is not known what may be fetched: {1}",
            address.place,
            rules.unknown,
        )
    if not rules.allow(address.url):
        raise NotAllowedError("robots.txt of {0} does not allow it", address.place)


def _conditions(known: Validators) -> dict[str, str]:
    """Return the headers by which a server says that nothing changed."""
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in given.items() if value}


def _following(answer: Exchange) -> Address | None:
    """Return where a redirect leads, None if the answer is none."""
    location = answer.headers.get("location", "")
    if answer.status not in _REDIRECTED or not location:
        return None
    return answer.address.joined(location)


def _told(given: str, now: datetime) -> float | None:
    """Return the seconds that Retry-After names, None if it names none (RFC 9110, 10.2.3)."""
    if given.strip().isdecimal():
        return min(float(given), _FOR_EVER)
    with suppress(ValueError, TypeError, OverflowError):
        at = parsedate_to_datetime(given)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return max(0.0, (at - now).total_seconds())
    return None
