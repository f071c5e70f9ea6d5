"""Which names of the gazetteer stand on a page?

One that may be another word counts only where such a name alone stands, and a place's name
not where it is a part of a longer name.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.runs import begins
from tawatur.reading.latin.names.vocabulary import ACTS, FEW, OF, OFTEN, PLACES
from tawatur.reading.lexicon import Entry
from tawatur.reading.mention import Mention


def listed(page: Page) -> list[Mention]:
    """Return the phrases of the gazetteer that begin with a capital."""
    found = []
    for i, phrase in page.phrases.items():
        start = page.stream.starts[i]
        whole = page.text[start : page.stream.ends[phrase.last - 1]]
        short = len(whole.replace(".", "")) < 3
        if page.caseless and page.capital[i]:
            whole = whole.title()
        if not any(c.isupper() for c in whole) or (short and not whole.isupper()):
            continue
        if short and "." not in whole and page.known.language == "en" and whole == "IT":
            continue
        # An ordinary word that is an acronym too: "WHO", but not "Who" nor in a heading.
        ordinary = page.words[i] in page.stops and phrase.last == i + 1
        if ordinary and (not whole.isupper() or i in page.shouted):
            continue
        if not phrase.entry.sure and not _settles(page, i, phrase.entry):
            continue
        inside = phrase.entry.type in PLACES and _inside(page, i, phrase.last)
        if not inside and (phrase.last > i + 1 or not _after_given_name(page, i)):
            found.append(page.mention(i, phrase.last, phrase.entry.type, phrase.entry))
    return found


def _settles(page: Page, i: int, entry: Entry) -> bool:
    """Return whether a name that may be another word stands where only such a name does."""
    if not i or page.opens[i] or not page.capital[i]:
        return False
    before = page.words[i - 1]
    if entry.type is EntityType.ORGANISATION:
        return page.cues.get(before) is EntityType.ORGANISATION
    if before in OF and i > 1:
        return page.cues.get(page.words[i - 2]) in PLACES
    return before in page.places_before


def _inside(page: Page, first: int, last: int) -> bool:
    """Return whether a place's name is a part of a longer one: "Levant Power"."""
    if first in page.headline or first in page.shouted:
        return False
    if page.hyphen(first) and page.capital[first - 1]:
        return True
    if page.hyphen(last) and (page.capital[last] or page.tied(last)):
        return True
    link = first - 1
    while link > first - 3 and link > 0 and page.words[link] in ("la", "l"):
        link -= 1
    if (
        link > 0
        and page.follows(link + 1)
        and page.follows(first)
        and page.words[link] in OF
        and page.capital[link - 1]
        and page.plain(link - 1)
        and page.known.name_words.get(page.words[link - 1], 0) <= FEW
        and not page.opens[link - 1]
        and begins(page, link - 1)
    ):
        return True
    if page.follows(last) and page.words[last] in ACTS:
        return False
    after = page.follows(last) and page.capital[last] and page.plain(last)
    if after and not page.opens[first]:
        return True
    return (
        bool(first)
        and page.follows(first)
        and page.capital[first - 1]
        and page.plain(first - 1)
        and not page.opens[first - 1]
    )


def _after_given_name(page: Page, i: int) -> bool:
    """Return whether a given name stands right before word ``i``: "Allan Houston"."""
    before = page.words[i - 1] if i and page.follows(i) else ""
    return (
        page.known.name_words.get(before, 0) > OFTEN
        and page.capital[i - 1]
        and i - 1 not in page.phrases
        and before not in page.stops
        and before not in page.known.titles
        and before not in page.known.heads
        and before not in page.known.nationalities
    )
