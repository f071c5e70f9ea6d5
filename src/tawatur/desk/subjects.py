"""Is a text about a subject, and what do the sums in its claims come to?

A word stands for its family: whoever asks for ransom is told of hostages and of kidnappings
too, in three languages (``tables/families.tsv``). A word of no family is found with the
endings of plurals and behind Arabic proclitics. Sums are added within a month and a currency;
each event once, and another currency only by a rate that a person gave.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path

from babel.numbers import list_currencies

from tawatur.errors import UsageError
from tawatur.model.claim import Claim
from tawatur.model.desk import Money
from tawatur.model.ids import ClaimId
from tawatur.model.moment import Moment
from tawatur.model.subject import Amount, Rate, Total
from tawatur.model.text import fold

_FAMILIES = Path(__file__).parent / "tables" / "families.tsv"
_BEFORE = r"\b(?:[وف]?(?:ال|بال|كال|لل|[بلك])?)?"
_AFTER = r"\w{0,3}\b"
_RATE = re.compile(
    r"1\s*(?P<one>[A-Za-z]{3})\s*=\s*(?P<value>[0-9.]+)\s*(?P<into>[A-Za-z]{3})\s*,\s*(?P<day>\S+)"
)


@lru_cache(maxsize=256)
def wording(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what finds one of some words, or of their families, in folded text; None for none."""
    forms = [_family(fold(word).text.strip()) for word in words]
    return re.compile(_BEFORE + "(?:" + "|".join(forms) + ")") if forms else None


def is_about(pattern: re.Pattern[str] | None, *texts: str) -> bool:
    """Return whether one of some texts holds what ``pattern`` finds; None finds everything."""
    return pattern is None or any(pattern.search(fold(text).text) for text in texts)


def rate(given: str) -> Rate:
    """Return the rate that a person wrote as ``1 EUR = 1.08 USD, 2031-06-01``.

    Raises:
        UsageError: It is written otherwise, or there is no such currency or day.
    """
    found = _RATE.fullmatch(given.strip())
    try:
        value = Decimal(found["value"]) if found else Decimal(0)
        day = Moment.parse(found["day"]).edtf if found else ""
    except (InvalidOperation, ValueError):
        found = None
    if found is None or value <= 0:
        raise UsageError(
            "{0} is no rate; write one with its day: 1 EUR = 1.08 USD, 2031-06-01", repr(given)
        )
    for code in (found["one"], found["into"]):
        if code.upper() not in list_currencies():
            raise UsageError("there is no currency {0}; write its ISO 4217 code", repr(code))
    return Rate(found["one"].upper(), found["into"].upper(), value, day)


def amounts(claims: Iterable[Claim]) -> Iterator[Amount]:
    """Yield the sums that claims state, in their order; what is no number is none of them."""
    currencies = list_currencies()
    for claim in claims:
        month = _month(claim.content.when or claim.said or claim.published)
        for quantity in claim.content.quantities:
            if quantity.value is None or quantity.unit not in currencies:
                continue
            low = Decimal(str(quantity.value))
            high = Decimal(str(quantity.high)) if quantity.high is not None else low
            if quantity.bound == "at most":
                low = Decimal(0)
            yield Amount(
                claim.id, quantity.unit, low, None if quantity.bound == "at least" else high, month
            )


def stated(claims: Iterable[Claim]) -> Money | None:
    """Return the one sum that claims state, None where they state none, or several."""
    sums = {(each.low, each.high, each.currency) for each in amounts(claims)}
    if len(sums) != 1:
        return None
    ((low, high, currency),) = sums
    return Money(f"{low.normalize():f}", currency) if low == high else None


def totals(
    found: Iterable[Amount],
    event_of: Callable[[ClaimId], str],
    rates: Sequence[Rate] = (),
) -> tuple[Total, ...]:
    """Return what sums come to by month and currency, in that order.

    Args:
        found: The sums.
        event_of: Gives what the claims about one event have in common.
        rates: By which one currency is added to another, each with its day.
    """
    known = {rate.currency: rate for rate in rates}
    events: dict[tuple[str, str, str], list[Amount]] = defaultdict(list)
    for amount in found:
        events[amount.month, amount.currency, event_of(amount.claim)].append(amount)
    sums: dict[tuple[str, str], list[tuple[list[Amount], Rate | None]]] = defaultdict(list)
    for (month, currency, _), told in events.items():
        by = known.get(currency)
        sums[month, by.into if by else currency].append((told, by))
    return tuple(
        _total(month, currency, parts) for (month, currency), parts in sorted(sums.items())
    )


def _total(
    month: str, currency: str, parts: Sequence[tuple[Sequence[Amount], Rate | None]]
) -> Total:
    low, high = Decimal(0), Decimal(0)
    open_end, claims, used = False, list[ClaimId](), dict[Rate, None]()
    for told, by in parts:
        factor = by.value if by else Decimal(1)
        low += factor * min(each.low for each in told)
        ends = [each.high for each in told if each.high is not None]
        open_end = open_end or len(ends) < len(told)
        high += factor * max(ends, default=Decimal(0))
        claims += [each.claim for each in told]
        used.update({by: None} if by else {})
    return Total(
        month, currency, low, None if open_end else high, tuple(dict.fromkeys(claims)), tuple(used)
    )


def _month(edtf: str | None) -> str:
    """Return the month that a date lies in, its year where it may be several, or nothing."""
    try:
        moment = Moment.parse(edtf) if edtf else None
    except ValueError:
        moment = None  # a duration
    if moment is None or moment.lower is None or moment.upper is None:
        return ""
    if (moment.lower.year, moment.lower.month) == (moment.upper.year, moment.upper.month):
        return f"{moment.lower:%Y-%m}"
    return f"{moment.lower:%Y}" if moment.lower.year == moment.upper.year else ""


def _family(word: str) -> str:
    """Return the pattern of the family that a folded word names or is of, else of the word."""
    of = (forms for names, forms in _families() if word in names or re.match(forms, word))
    return next(of, re.escape(word) + _AFTER)


@cache
def _families() -> tuple[tuple[frozenset[str], str], ...]:
    """Return the folded names of each family, and the pattern of its words."""
    lines = _FAMILIES.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(
        (
            frozenset(fold(name).text for name in names.split("|")),
            "|".join(map(_pattern, forms.split())),
        )
        for names, forms in rows
    )


def _pattern(form: str) -> str:
    whole = form.endswith("$")
    return re.escape(form.rstrip("$").replace("_", " ")) + (r"\b" if whole else "")
