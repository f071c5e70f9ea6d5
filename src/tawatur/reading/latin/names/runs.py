"""Where does a run of capitals that may be a name begin and end?

A capital that only begins a sentence proves nothing: such a word counts when the gazetteer
or the rest of the text knows it.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.surroundings import cue_before
from tawatur.reading.latin.names.vocabulary import (
    DIRECTIONS,
    FEW,
    NAME_LINKS,
    OFTEN,
    PLACE_OPENERS,
    PLACES,
    SANS,
)

_SYLLABLE = 5  # letters up to which a small letter after a hyphen goes on with a name: "Ji-hoon"
_COMPOUNDS = frozenset({"based", "led", "born", "run", "era", "style", "made", "held", "wide"}) | {
    *("owned", "area", "class", "like", "bound", "is", "la", "ci", "mere", "et", "ne", "nee"),
}


def runs(page: Page, used: set[int]) -> list[tuple[int, int]]:
    """Return the runs of capitalised words apart from those in ``used``, in order."""
    found = []
    i = 0
    while i < page.size:
        if i in used or not begins(page, i):
            i += 1
            continue
        j = i + 1
        while page.follows(j) and j not in used:
            if _continues(page, j):
                j += 1
            elif (further := _bridged(page, i, j)) > j and further not in used:
                j = further
            else:
                break
        while j > i + 1 and not page.capital[j - 1] and not page.hyphen(j - 1):
            j -= 1
        office = _portfolio(page, i) and j > i + 1 and "&" not in page.words[i:j]
        start = i + 1 if office and not page.ending(j) else i
        start = _past_acronym(page, start, j)
        if not (page.follows(j) and page.words[j] in page.known.titles and page.capital[j]):
            found.append((start, j))  # else: "Foreign" of "Foreign Minister"
        i = j
    return found


def begins(page: Page, i: int) -> bool:
    """Return whether a name may begin with word ``i``."""
    word = page.words[i]
    if not page.capital[i] or word in page.known.titles:
        return page.initial(i)
    if word in page.stops:
        called = not page.opens[i] and page.follows(i + 1) and len(word) > 1
        return page.initial(i) or (called and cue_before(page, i) is EntityType.ORGANISATION)
    if i in page.shouted:
        office = i > 0 and page.follows(i) and page.words[i - 1] in page.known.titles
        ordinary = word in page.known.heads or word in page.known.nationalities
        ordinary = ordinary or page.says(i) or word.endswith(("s", "ed", "ing"))
        return office and not ordinary and word.isalpha() and len(word) > 2
    if word in PLACE_OPENERS[page.known.language] and opens_place(page, i):
        return True
    head = page.known.heads.get(word)
    if word in page.known.nationalities or (
        head and not (head.needs == "after" and page.follows(i + 1) and page.capital[i + 1])
    ):
        return False
    if page.opens[i]:
        run = (
            page.follows(i + 1) and page.capital[i + 1] and page.words[i + 1] not in page.stops
        ) or (page.follows(i + 2) and page.words[i + 1] == SANS and page.capital[i + 2])
        return word not in page.lower and (word in page.known.name_words or run)
    return True


def opens_place(page: Page, i: int) -> bool:
    """Return whether word ``i`` opens a place's name of two words: "Port Allard"."""
    return (
        page.follows(i + 1)
        and page.capital[i + 1]
        and i not in page.shouted
        and page.plain(i + 1)
        and page.words[i] in PLACE_OPENERS[page.known.language]
    )


def _continues(page: Page, j: int) -> bool:
    """Return whether a run of capitals goes on with word ``j``."""
    word = page.words[j]
    if word in page.known.titles:
        return page.initial(j)
    if word in page.times:
        return False
    if j in page.shouted:
        known = page.known.name_words.get(word, 0) > 0 and word not in page.stops
        given = page.known.name_words.get(page.words[j - 1], 0) > OFTEN
        known = known or (given and not word.endswith(("s", "ed", "ing")) and word.isalpha())
        return page.hyphen(j) or (known and word not in page.stops and not page.says(j))
    if page.capital[j]:
        if page.hyphen(j) and word in DIRECTIONS:
            return True
        return word not in page.stops or (j + 1 < page.size and page.capital[j + 1])
    if page.tied(j):
        return True
    if page.hyphen(j) and word.isalpha() and len(word) <= _SYLLABLE:
        return word not in _COMPOUNDS and page.known.name_words.get(page.words[j - 2], 0) > FEW
    return (word in NAME_LINKS or word == "&") and page.follows(j + 1) and page.capital[j + 1]


def _bridged(page: Page, first: int, j: int) -> int:
    """Return the capital to which links lead from word ``j`` of a body's name, or ``j``."""
    if page.words[j] == SANS and page.follows(j + 1) and page.capital[j + 1]:
        return j + 1
    if page.words[j] not in page.links or page.words[j] in ("and", "et", "in", "en"):
        return j
    k = j
    while k < j + 2 and page.follows(k) and page.words[k] in page.links and not page.capital[k]:
        k += 1
    if not page.follows(k) or not page.capital[k] or page.words[k] in page.known.titles:
        return j
    if cue_before(page, first) is EntityType.ORGANISATION:
        return k
    place = page.phrases.get(k)
    unlike = page.known.name_words.get(page.words[first], 0) <= FEW
    inner = place is not None and place.entry.type in PLACES
    return k if inner and unlike and not page.opens[first] else j


def _portfolio(page: Page, i: int) -> bool:
    """Return whether word ``i`` completes an office: "Secretary of State"."""
    return (
        i > 1
        and page.follows(i)
        and page.words[i - 1] in page.links
        and page.words[i - 2] in page.known.titles
    )


def _past_acronym(page: Page, first: int, last: int) -> int:
    """Return where a name begins that stands after an acronym: "CEO Ellen Tarrant"."""
    if last < first + 3:
        return first
    shown = page.text[page.stream.starts[first] : page.stream.ends[first]]
    nexts = page.text[page.stream.starts[first + 1] : page.stream.ends[first + 1]]
    return first + 1 if len(shown) > 1 and shown.isupper() and not nexts.isupper() else first
