"""What does a site allow programs to fetch (RFC 9309)?

Protego reads the rules: groups, longest match, wildcards, in time that grows with the
length of both. What the standard says about answers is said here: rules that are not
there (4xx) allow everything, those that cannot be had now (5xx, silence) nothing.
"""

import math
from dataclasses import dataclass, field

from protego import Protego

from tawatur.errors import Message
from tawatur.fetching.wire import Exchange

AGENT = "Tawatur"
"""The name under which a robots.txt may speak to this program."""

LARGEST = 500 * 1024
"""Bytes of a robots.txt that are read; what stands behind them is passed over."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site; without a file everything is allowed, unless it could not be had."""

    file: Protego | None = field(default=None, repr=False)
    unknown: Message | None = None  # why they could not be had

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be fetched."""
        if self.file is None:
            return self.unknown is None
        return self.file.can_fetch(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests, 0 if it names none."""
        told = self.file.crawl_delay(AGENT) if self.file else None
        return told if told is not None and math.isfinite(told) and told > 0 else 0.0


def rules_of(answer: Exchange) -> Rules:
    """Return the rules that a site gave in answer to a question for its robots.txt."""
    if 200 <= answer.status < 300:
        return Rules(Protego.parse(answer.body.decode("utf-8-sig", "replace")))
    if 400 <= answer.status < 500 and answer.status != 429:  # 429: not now
        return Rules()
    return Rules(unknown=answered(answer))


def answered(answer: Exchange) -> Message:
    """Return what a status that is no success says."""
    return Message("{0} answered {1}", (answer.address.place, str(answer.status)))
