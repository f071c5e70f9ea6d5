"""What completes the name of a place, and which places does no gazetteer know?

A village stands after "قرية", in a row after "ناحيتي … و…", or where the text names it again.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import may_be, words_of
from tawatur.reading.lexicon import bare, stems
from tawatur.reading.mention import Mention

_LONGEST_PLACE = 6  # words of a quoted place, head and marks with it
_ROAD = "طريق"
_NUMBER = "رقم"


def place_name(page: Page, i: int) -> int:
    """Return the end of "مدينة غاو", "ولاية تيارت", "منطقة «…»"."""
    word = page.text[page.stream.starts[i] : page.stream.ends[i]]
    if word.endswith("ه"):  # "his town", which folding makes a head
        return i
    place = page.place_at(i + 1)
    if place and not (place.last == i + 2 and _opens_place(page, i + 1) and page.unknown(i + 2)):
        return place.last
    j = page.quoted(i + 1)
    if i + 1 < j <= i + _LONGEST_PLACE:
        return j
    small = bare(page.words[i]) in words_of("small_places") or _opens_place(page, i + 1)
    if not page.nationality(i + 1) and small:
        return _run_of_unknown(page, i + 1)
    return i


def _run_of_unknown(page: Page, j: int) -> int:
    """Return the end of the words from word ``j`` that no table knows: a village's name."""
    end = j
    if page.follows(j) and page.words[j] in words_of("place_openers") and page.follows(j + 1):
        end += 1 + page.words[j + 1][0].isalpha()
    while end < j + 2 and page.unknown(end):
        end += 1
    return end if end > j else j - 1


def _opens_place(page: Page, i: int) -> bool:
    """Return whether a place's name of two words begins at word ``i``: "عين …"."""
    if not page.follows(i) or page.words[i] not in words_of("place_openers"):
        return False
    return page.follows(i + 1) and (page.definite(i + 1) or page.unknown(i + 1))


def villages(page: Page, built: list[Mention]) -> list[Mention]:
    """Return the names of places that no gazetteer knows and that stand without a head.

    They follow "ناحيتي … و…" or stand elsewhere in the text after a head.
    """
    found = []
    names: set[tuple[str, ...]] = set()
    for mention in built:
        i = mention.first + 1
        if mention.type is EntityType.ORGANISATION or i >= mention.last:
            continue
        if i in page.phrases and page.phrases[i].last >= mention.last:
            continue
        if _opens_place(page, i) or (mention.last == i + 1 and page.unknown(i)):
            names.add(page.words[i : mention.last])
    for i, word in enumerate(page.words):
        if not may_be(word, "place_pairs"):
            continue
        j, skip = i + 1, 0
        while page.follows(j) and len(page.words[j]) > skip:
            name = page.words[j][skip:]
            if page.place_at(j) is not None:
                last = page.phrases[j].last
            elif name in words_of("place_openers") and page.follows(j + 1):
                last = j + 2
            elif page.unknown(j):
                last = j + 1
            else:
                break
            if j not in page.phrases:
                found.append(page.mention(j, last, skip, EntityType.COUNTRY_OR_CITY))
                names.add((name, *page.words[j + 1 : last]))
            j, skip = last, 1
            if j < page.size and not page.words[j].startswith("و"):
                break
    return found + _again(page, names, EntityType.COUNTRY_OR_CITY)


def _again(page: Page, names: set[tuple[str, ...]], kind: EntityType) -> list[Mention]:
    """Return every place where one of the names stands, its clitics taken off."""
    by_last: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names):
        by_last.setdefault(name[-1], []).append(name)
    found = []
    for i, word in enumerate(page.words if names else ()):
        for skip, form in stems(word):
            for name in by_last.get(word, ()) if skip == 0 else ():
                first = i - len(name) + 1
                if len(name) > 1 and first >= 0 and page.words[first + 1 : i] == name[1:-1]:
                    for letters, head in stems(page.words[first]):
                        if head == name[0]:
                            found.append(page.mention(first, i + 1, letters, kind))
                            break
            if (form,) in names:
                found.append(page.mention(i, i + 1, skip, kind))
                break
    return found


def numbered_roads(page: Page) -> list[Mention]:
    """Return roads known by a number: "الطريق الوطنية رقم 5"."""
    found = []
    for i, word in enumerate(page.words):
        if word != _NUMBER or not page.follows(i + 1) or not page.words[i + 1].isdigit():
            continue
        for j in range(i - 1, max(-1, i - 4), -1):
            skips = [skip for skip, form in stems(page.words[j]) if bare(form) == _ROAD]
            if skips:
                found.append(page.mention(j, i + 2, skips[0], EntityType.FACILITY))
            if skips or page.stream.opens[j]:
                break
    return found
