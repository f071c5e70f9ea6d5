"""How does a figure read in a sentence of each language: its bound and its unit?

Reasons hold a figure in signs, ``≥ 14 km``, and whoever says them says it in words: where one
reads from right to left, a sign beside a figure says the opposite of what it means.
"""

import re
from collections.abc import Callable

_SIGNS = {"about": "≈", "at least": "≥", "at most": "≤"}
_BOUNDS = {"≈": "roughly {0}", "≥": "at least {0}", "≤": "at most {0}"}
_UNITS = {
    "%": "{0}%",
    "GW": "{0} GW",
    "MW": "{0} MW",
    "acre": "{0} acres",
    "barrel": "{0} barrels",
    "cm": "{0} cm",
    "degree": "{0} degrees",
    "feddan": "{0} feddans",
    "foot": "{0} feet",
    "g": "{0} g",
    "gallon": "{0} gallons",
    "hectare": "{0} ha",
    "inch": "{0} inches",
    "kV": "{0} kV",
    "kg": "{0} kg",
    "km": "{0} km",
    "km2": "{0} km²",
    "litre": "{0} litres",
    "m": "{0} m",
    "m2": "{0} m²",
    "m3": "{0} m³",
    "mile": "{0} miles",
    "mile2": "{0} square miles",
    "mm": "{0} mm",
    "nautical mile": "{0} nautical miles",
    "per mille": "{0}‰",
    "quintal": "{0} quintals",
    "tonne": "{0} tonnes",
    "CNY": "{0} yuan",
    "DZD": "{0} Algerian dinars",
    "EGP": "{0} Egyptian pounds",
    "ETB": "{0} birr",
    "EUR": "{0} euros",
    "FRF": "{0} French francs",
    "GBP": "{0} pounds sterling",
    "GHS": "{0} cedis",
    "ILS": "{0} shekels",
    "INR": "{0} Indian rupees",
    "JPY": "{0} yen",
    "LKR": "{0} Sri Lankan rupees",
    "LYD": "{0} Libyan dinars",
    "MAD": "{0} Moroccan dirhams",
    "MRU": "{0} ouguiyas",
    "NGN": "{0} naira",
    "PKR": "{0} Pakistani rupees",
    "RUB": "{0} roubles",
    "SAR": "{0} Saudi riyals",
    "TND": "{0} Tunisian dinars",
    "USD": "{0} US dollars",
    "XOF": "{0} CFA francs",
    "ZAR": "{0} rand",
    "cent": "{0} cents",
    "dinar": "{0} dinars",
    "dirham": "{0} dirhams",
    "franc": "{0} francs",
    "kwacha": "{0} kwacha",
    "lira": "{0} lira",
    "millime": "{0} millimes",
    "pound": "{0} pounds",
    "rial": "{0} rials",
    "riyal": "{0} riyals",
    "rupee": "{0} rupees",
    "shilling": "{0} shillings",
}
"""The units of measure and of money that the reader gives; a counted noun is none of them."""
_LONG = re.compile(r"(?<![0-9.])[1-9][0-9]{4,}")
_FIGURE = re.compile(r"(?:(?P<sign>[≈≥≤]) )?(?P<number>[0-9][0-9.-]*)(?: (?P<unit>.+))?")


def measure(unit: str | None) -> str | None:
    """Return a unit of measure or of money, None for a counted noun or for none."""
    return unit if unit in _UNITS else None


def number(value: float) -> str:
    """Return a number as figures hold it, without a power of ten: ``14``, ``0.5``, ``20000000``."""
    return f"{value:.15g}"


def grouped(number: str) -> str:
    """Return a number with its thousands apart, from ten thousand on, as it is shown anywhere."""
    # A narrow space that does not break: comma and point mean the one here and the other there.
    return _LONG.sub(
        lambda digits: f"{int(digits[0]):,}".replace(",", "\N{NARROW NO-BREAK SPACE}"), number
    )


def in_signs(value: str, bound: str | None = None, unit: str | None = None) -> str:
    """Return a figure as reasons hold it: ``14``, ``≥ 14``, ``≈ 14 km``.

    Args:
        value: Its number, of a range both, ``300-400``.
        bound: ``about``, ``at least``, ``at most`` or None.
        unit: As `tawatur.model.reading.Quantity` has it; one that is a counted noun is left out.
    """
    return " ".join(part for part in (_SIGNS.get(bound or ""), value, measure(unit)) if part)


def in_words(
    words: str, translate: Callable[[str], str], fill: Callable[[str], str] = lambda words: words
) -> str:
    """Return what fills a place of a sentence, with the bound and unit of a figure in words.

    Args:
        words: A figure in signs, or anything else, which is returned as ``fill`` has it.
        translate: As `tawatur.i18n.translator` makes it.
        fill: What becomes of the number; a page isolates its direction.
    """
    found = _FIGURE.fullmatch(words)
    if found is None or found["unit"] not in {None, *_UNITS}:
        return fill(words)
    number = fill(grouped(found["number"]))
    measured = translate(_UNITS[found["unit"]]).format(number) if found["unit"] else number
    return bounded(measured, found["sign"], translate)


def bounded(figure: str, bound: str | None, translate: Callable[[str], str]) -> str:
    """Return a figure with whether it is about, at least or at most that.

    Args:
        figure: As it is to be shown.
        bound: Its sign or its word.
        translate: As `tawatur.i18n.translator` makes it.
    """
    words = _BOUNDS.get(_SIGNS.get(bound or "", bound or ""))
    return translate(words).format(figure) if words else figure
