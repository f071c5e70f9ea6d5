"""Which names of the gazetteer stand on a page?

Ordinary words that are places too count only where the text settles them.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import words_of
from tawatur.reading.lexicon import bare, stems
from tawatur.reading.mention import Mention
from tawatur.reading.stream import Covered


def listed(page: Page) -> list[Mention]:
    """Return the phrases of the gazetteer, ordinary words only where the text settles them."""
    settled = {
        phrase.entry.key
        for phrase in page.phrases.values()
        if (phrase.entry.sure and not _doubtful(page, phrase)) or _settles(page, phrase)
    }
    return [
        page.mention(phrase.first, phrase.last, phrase.skip, _kind(page, phrase), phrase.entry)
        for phrase in page.phrases.values()
        if (phrase.entry.sure and not _doubtful(page, phrase))
        or (phrase.entry.key in settled and not _ordinary(page, phrase))
    ]


def _doubtful(page: Page, phrase: Covered) -> bool:
    """Return whether a name of one word is of a far town and the tagger does not take it."""
    far = phrase.entry.key.startswith("towns:") and phrase.last == phrase.first + 1
    return far and page.labels[phrase.first] == "O"


def _kind(page: Page, phrase: Covered) -> EntityType:
    """Return the type of a phrase, a city for which a team stands being a body."""
    city = phrase.entry.key.startswith(("cities:", "towns:"))
    after = page.labels[phrase.last] if phrase.last < page.size else "O"
    team = page.labels[phrase.first] == "B-ORG" and after != "I-ORG"
    return EntityType.ORGANISATION if city and team else phrase.entry.type


def _settles(page: Page, phrase: Covered) -> bool:
    """Return whether an ordinary word stands where only a name of a place stands."""
    i = phrase.first
    if not i or page.stream.opens[i]:
        return False
    before = page.words[i - 1]
    if phrase.entry.type is EntityType.ORGANISATION:
        return any(
            bare(form) in page.known.heads or bare(form) in page.known.titles
            for _, form in stems(before)
        )
    if _ordinary(page, phrase):
        return False
    cues = words_of("place_cues")
    return any(form in cues for _, form in stems(before))


def _ordinary(page: Page, phrase: Covered) -> bool:
    """Return whether the word continues a row of adjectives: "لوجستي ومالي"."""
    i = phrase.first
    before = page.words[i - 1] if page.follows(i) and i else ""
    adjectives = (
        before.endswith("ي")
        and page.words[i].endswith("ي")
        and before not in ("في", *words_of("place_cues"))
    )
    if adjectives or page.indefinite(i):
        return True
    after = page.words[phrase.last] if page.follows(phrase.last) else ""
    return (
        page.words[i].startswith("ال")
        and after.startswith("ال")
        and after.endswith(("ي", "يه"))
        and after[2:] not in page.known.nationalities
    )  # "القصر الرئاسي"
