"""Where does an Arabic text name people, bodies and places?

Bodies are built by rule: a head word ("جيش", "وزارة", "تنظيم") and what completes
it by grammar: an adjective of nationality, a definite genitive, a quoted name, a
place. The trained tagger gives people and the names that no rule knows. What one
place of the text settles holds for the whole text: a surname after a full name,
an ordinary word that is a place here.

Each module answers one question about a `Page`; here their answers are put together.
"""

from tawatur.model.text import Folded
from tawatur.reading.arabic.names.bodies import bodies
from tawatur.reading.arabic.names.elsewhere import learned, short_forms, told_apart
from tawatur.reading.arabic.names.introduced import introduced
from tawatur.reading.arabic.names.listed import listed
from tawatur.reading.arabic.names.outlets import outlets
from tawatur.reading.arabic.names.page import page_of
from tawatur.reading.arabic.names.places import numbered_roads, villages
from tawatur.reading.arabic.names.tagged import tagged
from tawatur.reading.arabic.names.within import bearers, leaders, senders
from tawatur.reading.lexicon import Lexicon
from tawatur.reading.mention import Mention, in_order, without_overlaps
from tawatur.reading.stream import Stream

__all__ = ["arabic_mentions"]


def arabic_mentions(
    text: str, folded: Folded, words: Stream, known: Lexicon
) -> tuple[Mention, ...]:
    """Return the mentions, in order; they overlap only where a name holds another name."""
    page = page_of(text, folded, words, known)
    built = bodies(page)
    found = [*built, *listed(page), *introduced(page), *outlets(page), *numbered_roads(page)]
    found += [*villages(page, built), *short_forms(page, built), *tagged(page)]
    longest_first = sorted(found, key=lambda m: (m.first - m.last, m.first))
    apart = told_apart(page, learned(page, without_overlaps(longest_first)))
    whole = bearers(page, apart)
    return in_order([*whole, *leaders(page, apart), *senders(page, whole)])
