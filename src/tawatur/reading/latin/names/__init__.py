"""Where does a French or English text name people, bodies and places?

Runs of capitalised words are names; the gazetteer, head words ("Ministry of",
"groupe"), titles ("General", "Mme") and nouns before them ("le quotidien …", "the
village of …") say of what kind. A capital that only begins a sentence proves
nothing: such a word counts when the gazetteer or the rest of the text knows it. What
one place of the text proves of a name holds for its other places.

Each module answers one question about a `Page`; here their answers are put together.
"""

from tawatur.model.text import Folded
from tawatur.reading.latin.names.bodies import bodies
from tawatur.reading.latin.names.datelines import datelines
from tawatur.reading.latin.names.elsewhere import learned, repeated
from tawatur.reading.latin.names.kinds import named_runs
from tawatur.reading.latin.names.listed import listed
from tawatur.reading.latin.names.page import page_of
from tawatur.reading.latin.names.within import leaders, led, senders
from tawatur.reading.lexicon import Lexicon
from tawatur.reading.mention import Mention, in_order, without_overlaps
from tawatur.reading.stream import Stream

__all__ = ["latin_mentions"]


def latin_mentions(text: str, folded: Folded, words: Stream, known: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions, in order; they overlap only where a name holds another name."""
    page = page_of(text, words, known)
    ruled = [*bodies(page), *datelines(page), *listed(page)]
    taken = without_overlaps(_longest_first(ruled))
    found = [*taken, *named_runs(page, taken)]
    again = repeated(page, found)
    apart = learned(page, without_overlaps(_longest_first([*again, *found]) if again else found))
    return in_order([*apart, *led(page, apart), *leaders(page, apart), *senders(page, apart)])


def _longest_first(mentions: list[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda m: (m.first - m.last, m.first))
