"""Which names stand within other names?

The leader in a government's name, the state in that of its embassy.
"""

from collections.abc import Iterable
from dataclasses import replace

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import EMBASSIES, words_of
from tawatur.reading.lexicon import stems
from tawatur.reading.mention import Mention, without_overlaps


def bearers(page: Page, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions, a body named after a person being one: "حكومة …"."""
    heads = words_of("bearer_heads")
    return without_overlaps(_grown(page, mention, heads) for mention in mentions)


def _grown(page: Page, mention: Mention, heads: frozenset[str]) -> Mention:
    """Return the mention with the head before it or the acronym after it."""
    skip = _head_before(page, mention, heads)
    if skip is not None:
        return page.mention(mention.first - 1, mention.last, skip, EntityType.ORGANISATION)
    if mention.type is EntityType.ORGANISATION and _acronym(page, mention.last):
        return replace(mention, span=_through(page, mention), last=mention.last + 1)
    return mention


def _acronym(page: Page, i: int) -> bool:
    """Return whether word ``i`` is an acronym in Latin capitals that nothing else has taken."""
    if not page.follows(i) or i in page.phrases:
        return False
    shown = page.text[page.stream.starts[i] : page.stream.ends[i]]
    return len(shown) > 2 and shown.isascii() and shown.isupper()


def _through(page: Page, mention: Mention) -> Span:
    """Return the span of a mention and the word after it."""
    return Span(mention.span.start, page.stream.ends[mention.last])


def leaders(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the people whose name makes that of the body they lead: "حكومة …".

    A noun in the genitive has no proclitic: "إدارة بايدن" is that of no "ايدن".
    """
    heads = words_of("bearer_heads") - words_of("namesakes")
    return [
        page.mention(m.first, m.last, 0, EntityType.PERSON)
        for m in mentions
        if _head_before(page, m, heads) is not None
    ]


def _head_before(page: Page, mention: Mention, heads: frozenset[str]) -> int | None:
    """Return how many letters come before the head that a person's name completes, or None."""
    if mention.type is not EntityType.PERSON or not mention.first:
        return None
    if not page.follows(mention.first):
        return None
    before = stems(page.words[mention.first - 1])
    return next((skip for skip, form in before if form in heads), None)


def senders(page: Page, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the states in the names of their embassies and consulates: "سفارة فرنسا"."""
    found = []
    for mention in mentions:
        state = page.place_at(mention.first + 1)
        if state is None or state.entry.key not in page.known.states:
            continue
        head = mention.key.split()[0]
        if head in EMBASSIES and state.last <= mention.last:
            kind = state.entry.type
            found.append(page.mention(state.first, state.last, state.skip, kind, state.entry))
    return found
