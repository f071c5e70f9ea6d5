"""What does a name found in one place of a page prove for its other places?

A surname after a full name, the short name of a body, two people told apart.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import OPENING, words_of
from tawatur.reading.cues import forms
from tawatur.reading.lexicon import bare, stems
from tawatur.reading.mention import Mention, without_overlaps


def short_forms(page: Page, built: list[Mention]) -> list[Mention]:
    """Return the quoted names of bodies where they stand alone in quotation marks.

    The first word is enough: "المنارة" for "شركة «المنارة للطيران»".
    """
    short: set[str] = set()
    for mention in built:
        if mention.type is EntityType.ORGANISATION:
            for i in range(mention.first + 1, mention.last - 1):
                if page.words[i] in OPENING and page.words[i + 1][0].isalpha():
                    short.add(page.words[i + 1])
    return [
        page.mention(i + 1, i + 2, 0, EntityType.ORGANISATION)
        for i, word in enumerate(page.words[:-2] if short else ())
        if word in OPENING and page.words[i + 1] in short and page.words[i + 2] == OPENING[word]
    ]


def learned(page: Page, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions and those of names that the text has taught elsewhere."""
    surnames: dict[str, EntityType] = {}
    patronyms: set[tuple[str, str]] = set()
    for mention in mentions:
        parts = mention.key.split()
        if mention.type is not EntityType.PERSON:
            continue
        if len(parts) > 2 and parts[-2] in page.known.particles:
            patronyms.add((parts[-2], parts[-1]))
        elif not (len(parts) == 2 and parts[0] in page.known.particles) and _telling(
            page, parts[-1]
        ):
            surnames.setdefault(parts[-1], mention.type)
    taken = {i for mention in mentions for i in range(mention.first, mention.last)}
    more = []
    for i, word in enumerate(page.words):
        if i in taken:
            continue
        for skip, form in stems(word):
            after = page.words[i + 1] if page.follows(i + 1) and i + 1 not in taken else ""
            if (form, after) in patronyms:
                more.append(page.mention(i, i + 2, skip, EntityType.PERSON))
                break
            if form in surnames:
                more.append(page.mention(i, i + 1, skip, surnames[form]))
                break
    return without_overlaps([*mentions, *more])


def _telling(page: Page, word: str) -> bool:
    """Return whether a last name is rare enough to stand for its bearer alone."""
    short = bare(word)
    return (
        len(word) > 3
        and word not in words_of("name_ends")
        and page.known.habits.get(word, "") < "f6"
        and not page.common(word)
        and short not in page.known.nationalities
        and short not in page.known.heads
        and short not in page.known.titles
        and short not in words_of("name_adjectives")
        and word not in page.known.phrases
    )


def told_apart(page: Page, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions, two people after a verb of telling as two: "أخبرت X Y".

    They are two if the text names the first and the second apart from each other.
    """
    last_of: dict[str, set[str]] = {}  # the names that end in a word
    for mention in mentions:
        if mention.type is EntityType.PERSON:
            last_of.setdefault(mention.key.split()[-1], set()).add(mention.key)
    found = []
    for mention in mentions:
        words = page.words[mention.first : mention.last]
        two = mention.type is EntityType.PERSON and len(words) == 2
        if (
            two
            and _tells(page, mention.first - 1)
            and all(last_of.get(word, set()) - {mention.key} for word in words)
        ):
            middle = mention.first + 1
            skip = mention.span.start - page.stream.starts[mention.first]
            found += [
                page.mention(mention.first, middle, skip, EntityType.PERSON),
                page.mention(middle, mention.last, 0, EntityType.PERSON),
            ]
            continue
        found.append(mention)
    return tuple(found)


def _tells(page: Page, i: int) -> bool:
    """Return whether word ``i`` is a verb that has an addressee as its object."""
    if i < 0 or not page.follows(i + 1):
        return False
    known = forms("ar")
    word = page.words[i]
    return any(form in known and known[form].kind == "tell" for form in (word, word[1:]))
