"""Which names does the trained tagger find, and where do they truly begin and end?

Of the people it finds some are two, some go on, and some begin or end with ordinary words.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import IN_THE_NAME_OF, OFTEN, SPEAKERS_FOR, words_of
from tawatur.reading.lexicon import bare, stems
from tawatur.reading.mention import Mention

_TAGGED = {
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "LOC": EntityType.COUNTRY_OR_CITY,
}
_MAGHREBI = ("بو", "بل", "بن")  # as last names begin: father of, son of


def tagged(page: Page) -> list[Mention]:
    """Return the names that the trained tagger finds."""
    found = []
    for first, last in page.stream.sentences():
        labels = page.labels[first:last]
        start = -1
        for i, label in enumerate([*labels, "O"]):
            if start >= 0 and not label.startswith("I-"):
                kind = _TAGGED[labels[start][2:]]
                for a, b in _parted(page, first + start, first + i, kind):
                    found.append(_trimmed(page, a, b, kind))
                start = -1
            if label.startswith("B-"):
                start = i
    return [mention for mention in found if mention is not None]


def _parted(page: Page, first: int, last: int, kind: EntityType) -> list[tuple[int, int]]:
    """Return a tagged name of people as one stretch each: "علي وعباس" are two."""
    if kind is not EntityType.PERSON:
        return [(first, last)]
    names = page.known.name_words
    cuts = [first]
    for i in range(first + 1, last):
        word = page.words[i]
        rest = names.get(word[1:], 0) + (word[1:] in page.vocabulary)
        if word[0] == "و" and len(word) > 3 and rest > 2 * names.get(word, 0):
            cuts.append(i)
    parts = list(zip(cuts, [*cuts[1:], last], strict=True))
    return [_widened(page, a, b) for a, b in parts]


def _widened(page: Page, first: int, last: int) -> tuple[int, int]:
    """Return a stretch of a person's name with the given names and particles beside it."""
    while first and page.follows(first) and _joins(page, first - 1):
        first -= 1
    if _given_alone(page, first, last) and _last_name(page, last):
        last += 1
    particles = page.known.particles
    while page.follows(last) and (
        page.words[last - 1] in particles or page.words[last] in ("بن", "ولد")
    ):
        if not page.words[last][0].isalpha():
            break
        last += 1
    return first, last


def _given_alone(page: Page, first: int, last: int) -> bool:
    """Return whether a person's name is a given name alone, be it "عبد العزيز"."""
    if last == first + 2:
        return _servant(page, first)
    seen = page.known.name_words.get(page.words[first], 0)
    return last == first + 1 and seen >= OFTEN and page.words[first] in page.known.habits


def _servant(page: Page, i: int) -> bool:
    """Return whether word ``i`` is the first half of a man's name: "عبد العزيز"."""
    return any(form == "عبد" for _, form in stems(page.words[i]))


def _last_name(page: Page, i: int) -> bool:
    """Return whether word ``i``, after a given name, is hardly anything but a last name."""
    if not page.follows(i) or i in page.phrases:
        return False
    if page.known.habits.get(page.words[i], "").endswith("T"):  # elsewhere after titles
        return not page.common(page.words[i])
    maghrebi = page.words[i].startswith(_MAGHREBI) and len(page.words[i]) > 4
    return page.unknown(i) and (maghrebi or not _verb(page, i))


def _verb(page: Page, i: int) -> bool:
    """Return whether word ``i`` begins as verbs in the imperfect do, or as a joined word."""
    # No verb of which a man is the subject begins with ت or ن.
    letters = "يسوفبلك" if i > 1 and _servant(page, i - 2) else "يتنسوفبلك"
    return page.words[i][0] in letters or page.words[i].endswith("ت")


def _joins(page: Page, i: int) -> bool:
    """Return whether word ``i`` belongs to the name that goes on after it."""
    word = page.words[i]
    short = bare(word)
    if page.conjunction(i) or (page.stream.opens[i] and word in page.known.habits):
        return False
    if i in page.phrases or short in page.known.nationalities or short in page.known.titles:
        return False
    if word.startswith("ال"):
        joined = i and page.follows(i) and page.words[i - 1] in ("عبد", "ابو")
        return bool(joined)
    if short in page.known.heads or word in words_of("name_stops"):
        return False
    often = page.known.name_words.get(word, 0) >= OFTEN and len(word) > 3
    return often or word in ("بن", "ولد", "عبد", "ابو")


def _trimmed(page: Page, first: int, last: int, kind: EntityType) -> Mention | None:
    """Return a tagged name without punctuation at its ends and without a proclitic."""
    while first < last and not page.words[first][0].isalnum():
        first += 1
    while last > first and not page.words[last - 1][0].isalnum():
        last -= 1
    while kind is EntityType.PERSON and last > first + 1 and _is_title(page, first):
        first += 1
    while (
        kind is EntityType.PERSON
        and last > first + 1
        and (page.common(page.words[last - 1]) or page.indefinite(last - 1))
    ):
        last -= 1
    if first == last or not any(word[0].isalpha() for word in page.words[first:last]):
        return None
    while kind is EntityType.PERSON and last > first + 1 and page.conjunction(first):
        first += 1
    if page.words[first] == "فان" and first + 1 < last:  # "so that", as often written
        first += page.words[first + 1] in page.known.habits
    if last == first + 1 and not _tellable(page, page.words[first], kind):
        return None
    if last == first + 1 and page.indefinite(first):
        return None
    if last == first + 1 and kind is EntityType.PERSON and page.common(page.words[first]):
        return None
    if page.words[first] == IN_THE_NAME_OF and _speaks_for(page, first):
        return None
    word = page.words[first]
    skip = 0
    for letters, form in stems(word):
        if letters and _clearer(page, form, word):
            skip = letters
            break
    return page.mention(first, last, skip, kind)


def _speaks_for(page: Page, i: int) -> bool:
    """Return whether "باسم" means in the name of: after a spokesman, or before a definite."""
    before = page.words[i - 1] if i and page.follows(i) else ""
    spokesman = any(bare(form) in SPEAKERS_FOR for _, form in stems(before)) if before else False
    return spokesman or page.definite(i + 1) or page.phrases.get(i + 1) is not None


def _is_title(page: Page, i: int) -> bool:
    """Return whether word ``i`` is a title with the article: "العميد"."""
    return any(
        form.startswith("ال") and form[2:] in page.known.titles for _, form in stems(page.words[i])
    )


def _tellable(page: Page, word: str, kind: EntityType) -> bool:
    """Return whether one word may be a name of this kind: no adjective, title or head."""
    for _, form in stems(word):
        short = bare(form)
        if short in words_of("name_adjectives") or form in words_of("name_stops"):
            return False
        adjective = short in page.known.nationalities or short in page.known.titles
        if kind is EntityType.PERSON and form is not short and adjective:
            return False
    return True


def _clearer(page: Page, form: str, word: str) -> bool:
    """Return whether ``form`` is a name, or stands bare in this text, rather than ``word``."""
    names = page.known.name_words
    if form in page.known.phrases and word not in page.known.phrases:
        return True
    if form in page.vocabulary and names.get(form, 0) >= names.get(word, 0):
        return True
    return form.startswith("ال") or names.get(form, 0) > 3 * names.get(word, 0)
