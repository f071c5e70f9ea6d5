"""Which names stand within other names?

The leader in a government's name, the state in that of its embassy.
"""

from collections.abc import Iterable

from tawatur.model.reading import EntityType
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.vocabulary import ARTICLES, EMBASSIES, FEW, OF, words_of
from tawatur.reading.mention import Mention

_LONGEST_LEADER = 3  # words of a person's name within that of a body


def led(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the bodies that have their name from the person who leads them.

    "the Maliki government", "l'administration Trump", "le régime de …".
    """
    heads = words_of(page.known.language, "bearer_heads")
    found = []
    for m in mentions:
        if m.type is not EntityType.PERSON:
            continue
        head = m.first - 1
        if head > 0 and page.words[head] in OF:
            head -= 1
        joined = not any(page.opens[head + 1 : m.first + 1])
        if head >= 0 and joined and page.words[head] in heads:
            found.append(page.mention(head, m.last, EntityType.ORGANISATION))
            continue
        head = m.last + (page.follows(m.last) and page.words[m.last] == "s")
        if page.known.language == "en" and page.follows(head) and page.words[head] in heads:
            found.append(page.mention(m.first, head + 1, EntityType.ORGANISATION))
    return found


def leaders(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the people in the names of the bodies they lead: "gouvernement Sarkozy"."""
    heads = words_of(page.known.language, "bearer_heads")
    found = []
    for m in mentions:
        if m.type is not EntityType.ORGANISATION or page.words[m.first] not in heads:
            continue
        first = m.first + 1
        first += first < m.last and page.words[first] in OF
        names = range(first, m.last)
        seen = page.known.name_words.get(page.words[first], 0) if names else 0
        plain = all(page.capital[i] and page.plain(i) for i in names)
        if seen > FEW and plain and len(names) <= _LONGEST_LEADER:
            found.append(page.mention(first, m.last, EntityType.PERSON))
    return found


def senders(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the states in the names of their embassies: "ambassade de France".

    In a heading in capitals it is the embassy alone that is named.
    """
    found = []
    for m in mentions:
        if page.words[m.first] not in EMBASSIES or m.first in page.shouted:
            continue
        i = m.first + 1
        if i == m.last or page.words[i] not in OF:
            continue
        i += 1
        while i < m.last and page.words[i] in ARTICLES:
            i += 1
        state = page.phrases.get(i)
        if state is not None and state.last <= m.last and state.entry.key in page.known.states:
            kind = state.entry.type
            found.append(page.mention(i, state.last, kind, state.entry))
    return found
