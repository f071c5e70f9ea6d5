"""Which outlets do the words around give away: "قال ل«…»", "علمت «…»"?"""

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import LONGEST_OUTLET, may_be, words_of
from tawatur.reading.cues import forms
from tawatur.reading.lexicon import bare, stems
from tawatur.reading.mention import Mention

_SAID_WITHIN = 8  # words


def outlets(page: Page) -> list[Mention]:
    """Return the names of outlets that the words around give away: "قال ل«…»", "علمت «…»"."""
    found = []
    names: set[tuple[str, ...]] = set()
    for i in range(1, page.size):
        first, last = _outlet(page, i)
        if last == first:
            letters = _outlet_opened(page, i)
            if letters >= 0:
                found.append(page.mention(i, i + 2, letters, EntityType.ORGANISATION))
                names.add((page.words[i][letters:], page.words[i + 1]))
        if last > first:
            skip = int(first < i and page.words[first][0] in "لب")  # "لصدى نيوز"
            found.append(page.mention(first, last, skip, EntityType.ORGANISATION))
            names.add((page.words[first][skip:], *page.words[first + 1 : last]))
    for name in names:  # and wherever it stands again
        for i, word in enumerate(page.words[: page.size - len(name) + 1]):
            if word == name[0] and page.words[i : i + len(name)] == name:
                found.append(page.mention(i, i + len(name), 0, EntityType.ORGANISATION))
            elif len(name) > 1 and page.words[i + 1 : i + len(name)] == name[1:]:
                for skip, form in stems(word):
                    if form == name[0]:
                        last = i + len(name)
                        found.append(page.mention(i, last, skip, EntityType.ORGANISATION))
                        break
    return found


def _outlet(page: Page, i: int) -> tuple[int, int]:
    """Return the first word of an outlet's name and the one after it, before which ``i`` is."""
    word = page.words[i]
    nothing = (0, 0)
    j = page.quoted(i + 1) if i + 1 < page.size else i + 1
    if j > i + 2:
        told = word == "ل" and _spoken(page, i)
        if (told or _learns(page, i)) and j - i <= LONGEST_OUTLET + 3:
            return i + 2, j - 1
    if word in words_of("media_words") and page.follows(i) and i > 1:
        before = page.words[i - 1]
        if i - 1 not in page.phrases and bare(before) not in page.known.heads:
            joined = before[:1] in "لب" and len(before) > 3
            return (i - 1, i + 1) if joined or page.unknown(i - 1) else nothing
    return nothing


def _outlet_opened(page: Page, i: int) -> int:
    """Return how many letters come before an outlet's name of two words at ``i``, or -1.

    It stands before a date at the head of a text, or after "ل" and a verb of saying.
    """
    if not may_be(page.words[i], "name_outlet_openers") or not page.definite(i + 1):
        return -1
    for skip, form in stems(page.words[i]):
        if form in words_of("name_outlet_openers"):
            if skip:
                return skip if page.words[i][skip - 1] == "ل" and _spoken(page, i) else -1
            after = page.words[i + 2] if page.follows(i + 2) else ""
            dated = after.isdigit() or after in words_of("weekdays")
            return 0 if page.stream.opens[i] and dated else -1
    return -1


def _spoken(page: Page, i: int) -> bool:
    """Return whether a verb or noun of saying stands up to eight words before word ``i``."""
    known = forms("ar")
    said = words_of("saying_nouns")
    for k in range(i - 1, max(-1, i - 1 - _SAID_WITHIN), -1):
        if any(form in known or bare(form) in said for _, form in stems(page.words[k])):
            return True
        if page.stream.opens[k]:
            return False
    return False


def _learns(page: Page, i: int) -> bool:
    """Return whether word ``i`` is a verb of learning whose subject is an outlet."""
    return any(form in words_of("learning_verbs") for form in (page.words[i], page.words[i][1:]))
