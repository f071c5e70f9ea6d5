"""How the Hijri date stands beside a day in a table, where the settings of the node say so."""

from tawatur.cli.shared import LANGUAGE, translate
from tawatur.hijri import in_words
from tawatur.i18n import said
from tawatur.model.moment import Moment
from tawatur.tables import Row

_COLUMNS = ("due", "from", "needed_by", "next", "on", "published", "since", "until", "when")
"""Those that tell a day, a month or a time between; who owes a next step is no date, and stays."""


def with_hijri(row: Row) -> Row:
    """Return a row of a table with the Hijri date beside each date, in Ramadan with its week."""
    told = {name: _both(row[name]) for name in _COLUMNS if isinstance(row.get(name), str)}
    return {**row, **told}


def _both(edtf: object) -> object:
    try:
        moment = Moment.parse(str(edtf))
    except ValueError:
        return edtf
    if moment.lower is None or moment.upper is None:
        return edtf
    beside = in_words(moment.lower, moment.upper, LANGUAGE)
    return edtf if beside is None else f"{edtf} ({said(beside, translate)})"
