"""A sum with its currency, as a person writes it."""

from decimal import Decimal, InvalidOperation

from babel.numbers import list_currencies

from tawatur.errors import UsageError
from tawatur.model.desk import Money


def money(given: str) -> Money:
    """Return the sum that a person wrote as ``50000 USD``.

    Raises:
        UsageError: There is no such currency, or it is no sum.
    """
    amount, _space, currency = given.strip().rpartition(" ")
    code = currency.upper()
    try:
        value = Decimal(amount.replace(" ", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise UsageError("{0} is no sum; write one as 50000 USD", repr(given.strip()))
    if code not in list_currencies():
        raise UsageError("there is no currency {0}; write its ISO 4217 code", repr(currency))
    return Money(f"{value:f}", code)
