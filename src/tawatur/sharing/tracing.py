"""To which organisation was this copy given? A fingerprinting code, and what it accuses.

A marked copy has a number of places that each have one of two forms. Which form stands where
is a word of the code of G. Tardos ("Optimal probabilistic fingerprint codes", 2003) with the
two biases that K. Nuida and others found best against three or four colluders ("An improvement
of discrete Tardos fingerprinting codes", 2009): in each place one form is the rarer one, and
every organisation has it with the same probability, by a draw of its own. The draws come from
a secret key, the rendering's id and the organisation's id, so that nothing else is kept.

Whoever compares copies sees only the places in which they differ, and cannot tell there which
form is the rarer. The accusation is the symmetric one of B. Škorić, S. Katzenbeisser and
M. Celik (2008). With two biases that mirror each other it comes to how many forms of the leak
are those of the organisation's copy. How often chance gives so many is worked out exactly: the
forms of an organisation that did not leak are independent of the leak, whoever made it and
however. That holds for each alone, and for texts that nobody marked.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from math import exp, lgamma, log, log1p
from operator import eq, lt
from struct import unpack
from typing import Any

import msgspec

from tawatur.model.ids import NodeId

RARE = 0.5 - 12**-0.5
"""Probability of the rarer form in a place: a node of the Gauss-Legendre rule of degree two."""
LIMIT = 0.001
"""Up to this probability of accusing somebody wrongly, an organisation is named."""
LONGEST_WHY = 2_000
"""Characters of the reason for a trace that are taken in."""
_RANGE = 1 << 32
"""A draw is a number of 32 bits."""

Forms = tuple[int, ...]
"""By place, which of its two forms stands there: 0 or 1."""
Seen = tuple[int | None, ...]
"""By place, which form a leak has there; None where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """An organisation whose copy a leak agrees with, and the probability of accusing it wrongly.

    The probability is that of naming anybody at all although none of those compared leaked,
    with so much agreement: chance, times the number of copies compared.
    """

    organisation: NodeId
    wrongly: float


@dataclass(frozen=True, slots=True)
class Naming:
    """What an organisation is told of a trace that names it: when it was, why, and how surely.

    Neither the text that got out, nor who else has a copy, nor the officers' names.
    """

    time: datetime  # UTC
    why: str
    wrongly: float


def naming_body(naming: Naming) -> dict[str, Any]:
    """Return what an organisation is told of a trace, as it travels."""
    time = naming.time.astimezone(UTC).isoformat()
    return {"time": time, "why": naming.why, "wrongly": naming.wrongly}


def naming_of(body: Mapping[str, Any]) -> Naming:
    """Return what ``body`` tells of a trace.

    Raises:
        ValueError: It holds something else, or too much, or names nobody with such a probability.
    """
    found = msgspec.convert(dict(body), Naming)
    if found.time.tzinfo is None or not found.why.strip() or len(found.why) > LONGEST_WHY:
        raise ValueError("a trace has a time and a reason, in few words")
    if not 0 <= found.wrongly <= LIMIT:
        raise ValueError("it names nobody")
    return found


@dataclass(frozen=True, slots=True)
class Code:
    """The code of one rendering: ``key`` is secret, ``rendering`` its id, ``places`` how many."""

    key: bytes
    rendering: str
    places: int

    def words(self, organisations: Iterable[NodeId]) -> dict[NodeId, Forms]:
        """Return the forms of the copy for each organisation; equal whenever they are asked."""
        least = [bias * _RANGE for bias in self._biases()]
        return {
            each: tuple(map(int, map(lt, self._draws("copy", each), least)))
            for each in organisations
        }

    def chances(self, seen: Seen, words: Mapping[NodeId, Forms]) -> dict[NodeId, float]:
        """Return, for each organisation, how probable it is that chance gives its agreement.

        Args:
            seen: What a leak has in each place.
            words: The forms of each organisation's copy.
        """
        told = [
            (form, bias)
            for form, bias in zip(seen, self._biases(), strict=True)
            if form is not None
        ]
        rare = sum((bias == RARE) == bool(form) for form, bias in told)
        at_least = _tail(rare, len(told) - rare)
        return {
            # what cannot be told is None, and agrees with no form
            organisation: at_least[sum(map(eq, word, seen))]
            for organisation, word in words.items()
        }

    def _biases(self) -> list[float]:
        """Return how probable form 1 is, by place."""
        return [RARE if 2 * draw < _RANGE else 1 - RARE for draw in self._draws("bias", "")]

    def _draws(self, what: str, whose: str) -> tuple[int, ...]:
        """Return a number below `_RANGE` for each place."""
        about = f"{what}\0{self.rendering}\0{whose}".encode()
        seed = hmac.digest(self.key, about, "sha256")
        return unpack(f"<{self.places}I", hashlib.shake_256(seed).digest(4 * self.places))


def accused(compared: Iterable[Mapping[NodeId, float]]) -> tuple[Accusation, ...]:
    """Return whom a leak accuses, the surest first; nobody where that cannot be told.

    Args:
        compared: What `Code.chances` gave for each rendering that the leak was compared with.
    """
    chances = [pair for each in compared for pair in each.items()]
    found: dict[NodeId, float] = {}
    for organisation, chance in chances:
        wrongly = chance * len(chances)
        if wrongly <= LIMIT:
            found[organisation] = min(wrongly, found.get(organisation, wrongly))
    return tuple(Accusation(o, w) for o, w in sorted(found.items(), key=lambda e: (e[1], e[0])))


def _tail(rare: int, common: int) -> list[float]:
    """Return how probable it is to agree in at least 0, 1, … of the places that are told.

    Args:
        rare: In how many of them the leak has the rarer form.
        common: In how many the other.
    """
    first, second = _binomial(rare, RARE), _binomial(common, 1 - RARE)
    whole = [0.0] * (rare + common + 1)
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            whole[i + j] += one * other
    return [min(1.0, each) for each in list(accumulate(reversed(whole)))[::-1]]


def _binomial(trials: int, chance: float) -> list[float]:
    """Return how probable each number of hits is; by logarithms, as there may be thousands."""
    return [
        exp(
            lgamma(trials + 1)
            - lgamma(hits + 1)
            - lgamma(trials - hits + 1)
            + hits * log(chance)
            + (trials - hits) * log1p(-chance)
        )
        for hits in range(trials + 1)
    ]
