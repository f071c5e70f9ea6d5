"""What does a name found in one place of a page prove for its other places?

The whole name again, in capitals or not; a last name, an acronym or a first word alone.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.vocabulary import ARTICLES, FEW, OF, PLACES
from tawatur.reading.mention import Mention, without_overlaps

_BEFORE_SHORT = ARTICLES | {"du", "au", "aux", "des", "this", "that", "cette", "cet", "ce"}
_CIVIC = frozenset({"court", "council", "university", "police", "college", "cour", "universite"})
_STATE = frozenset({"government", "gouvernement", "state"})


def repeated(page: Page, mentions: list[Mention]) -> list[Mention]:
    """Return the other places where names of several words stand, in capitals or not."""
    names: dict[tuple[str, ...], EntityType] = {}
    firsts: set[str] = set()
    for m in sorted(mentions, key=lambda m: m.first):
        words = page.words[m.first : m.last]
        if len(words) > 1 and m.type is not EntityType.PERSON and m.entry is None:
            names.setdefault(words, m.type)
            firsts.add(words[0])
    had = {(m.first, m.last) for m in mentions}
    lengths = sorted({len(name) for name in names}, reverse=True)
    found = []
    for i, word in enumerate(page.words):
        if word not in firsts:
            continue
        for length in lengths:
            words = page.words[i : i + length]  # fewer at the end of the text
            kind = names.get(words)
            if kind is None:
                continue
            last = i + len(words)
            if (i, last) not in had and any(page.capital[i:last]):
                found.append(page.mention(i, last, kind))
            break
    return found


def learned(page: Page, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions and the last names of people where they stand alone.

    So are acronyms of bodies, and the place that a port, a bridge or a valley is named after.
    """
    surnames = {
        m.key.split()[-1] for m in mentions if m.type is EntityType.PERSON and len(m.key) > 3
    }
    acronyms = {m.key for m in mentions if m.type is EntityType.ORGANISATION and " " not in m.key}
    tails = {
        page.words[m.last - 1]
        for m in mentions
        if m.type in (*PLACES, EntityType.FACILITY)
        and m.last > m.first + 2
        and page.words[m.last - 2] in OF
        and page.capital[m.last - 1]
    }
    bodies = [m for m in mentions if m.type is EntityType.ORGANISATION and m.last > m.first + 1]
    heads = {
        word
        for m in bodies
        for i in range(m.first, m.last)
        if page.capital[i]
        and (word := page.words[i]) in page.known.heads
        and page.known.heads[word].type is EntityType.ORGANISATION
        and word not in _STATE
    }
    tails |= {
        page.words[m.first]
        for m in bodies
        if page.words[m.last - 1] in _CIVIC and m.entry is None and _stands_for(page, m.first)
    }
    firsts = {
        page.words[m.first]
        for m in bodies
        if m.entry is None and page.words[m.last - 1] not in _CIVIC and _stands_for(page, m.first)
    }
    used = {i for m in mentions for i in range(m.first, m.last)}
    more = []
    for i, word in enumerate(page.words):
        if i in used or not page.capital[i]:
            continue
        if i in page.shouted or i in page.headline:
            pass
        elif word in heads and i and page.words[i - 1] in _BEFORE_SHORT and page.follows(i):
            following = page.follows(i + 1) and page.capital[i + 1]
            if not following and not page.hyphen(i + 1):
                more.append(page.mention(i, i + 1, EntityType.ORGANISATION))
                continue
        elif word in firsts and word not in surnames:
            more.append(page.mention(i, i + 1, EntityType.ORGANISATION))
            continue
        if word in tails and i not in page.shouted:
            more.append(page.mention(i, i + 1, EntityType.COUNTRY_OR_CITY))
        elif word in surnames and word not in page.stops:
            more.append(page.mention(*_compound(page, i), EntityType.PERSON))
        elif word in acronyms and page.text[page.stream.starts[i] + 1].isupper():
            more.append(page.mention(i, i + 1, EntityType.ORGANISATION))
    return without_overlaps([*mentions, *more])


def _stands_for(page: Page, i: int) -> bool:
    """Return whether word ``i``, the first of a body's name, may stand for it alone."""
    word = page.words[i]
    known = page.known.name_words.get(word, 0) > FEW or word in page.times
    return (
        page.capital[i] and page.plain(i) and not known and len(word) > 4 and word not in page.lower
    )


def _compound(page: Page, i: int) -> tuple[int, int]:
    """Return the first word of the last name with hyphens at word ``i``, and the one after."""
    first, last = i, i + 1
    while page.hyphen(first) and page.capital[first - 1]:
        first -= 1
    while page.follows(last) and page.hyphen(last) and page.capital[last]:
        last += 1
    return first, last
