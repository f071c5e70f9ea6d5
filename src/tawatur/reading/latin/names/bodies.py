"""Which names does a head word open or close?

"Ministry of National Defence" begins with its head, "the Zambian finance ministry" ends with
it; "the Sahel force" has its name from a region.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.cues import sided_heads
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.surroundings import with_article
from tawatur.reading.latin.names.vocabulary import ARTICLES, EMBASSIES, FEW, OF, PLACES, words_of
from tawatur.reading.mention import Mention

_LONGEST = 10  # words of a name from its head on
_MEMBERS = frozenset(
    {"people", "women", "workers", "farmers", "teachers", "students", "children"}
) | {
    *("men", "miners", "fishers", "citizens", "lawyers", "traders"),
}
_LONGEST_REGION = 3  # words of a region's name
_BODY_MODIFIERS = 2  # words between a nationality and its body: "the Zambian finance ministry"
_PLACE_MODIFIERS = frozenset(
    {"news", "military", "international", "central", "air", "naval", "state", "national", "main"}
)
_SEATED = EMBASSIES | {"mission", "delegation"}
_FORCE = "force"
_JOINT = frozenset(
    {"joint", "multinational", "regional", "standby", "conjointe", "mixte", "commune"}
)


def bodies(page: Page) -> list[Mention]:
    """Return the names that a head word opens or closes."""
    found = []
    for i, word in enumerate(page.words):
        if word == _FORCE and (force := _force(page, i)) is not None:
            found.append(force)
            continue
        head = page.known.heads.get(word)
        if head is None or _headless(page, i):
            continue
        last = _opened(page, i)
        if head.needs == "after" and page.follows(i + 1) and page.words[i + 1] not in OF:
            last = i  # "Desert Gold Ltd" is no desert
        if last > i + 1 and (page.capital[i] or head.needs == "any"):
            begin = _leading(page, i)
            begin = with_article(page, begin) if page.capital[begin] else begin
            outlet = last == i + 2 and page.capital[i] and page.ending(last)
            kind = EntityType.ORGANISATION if outlet else head.type
            found.append(page.mention(begin, _seat(page, i, last), kind))
            continue
        first = _leading(page, i)
        national = page.words[first] in page.known.nationalities
        if first < i and (page.capital[i] or national):
            found.append(page.mention(first, i + 1, head.type))
        elif head.needs == "after" or head.type is EntityType.ORGANISATION:
            first = _modified(page, i, place=head.needs == "after")
            if first < i:
                found.append(page.mention(first, i + 1, head.type))
    return found


def _headless(page: Page, i: int) -> bool:
    """Return whether a head word is a part of another word, or of a compound."""
    if i in page.shouted and page.known.heads[page.words[i]].type is not EntityType.ORGANISATION:
        return True
    if i + 1 < page.size and page.words[i + 1] == "&":
        return True
    return page.hyphen(i) or (page.hyphen(i + 1) and not page.capital[i + 1])


def _opened(page: Page, i: int) -> int:
    """Return the end of "Ministry of National Defence", "ministère algérien de la Défense"."""
    last = j = i + 1
    web = page.words[i] == "site" and page.known.language == "fr"
    if web and (not page.follows(j) or page.words[j] not in OF):
        return j  # "le site Abidjan Actu" is one of the web
    if page.follows(j) and page.words[j] in page.known.nationalities:
        last = j = j + 1
    linked = False
    adjectives = 0
    while page.follows(j) and j < i + _LONGEST:
        word = page.words[j]
        if word in ("and", "et") and not (
            linked and page.follows(j + 1) and j + 1 not in page.phrases
        ):
            break
        if word in page.links:
            if word in ("in", "en") and (j + 1 not in page.phrases or not page.capital[i]):
                break
            instead = page.words[i] == "place" and not page.capital[i] and j == i + 1
            if (
                instead
                and word in ("de", "d")
                and page.words[j + 1 : j + 2] not in (("la",), ("l",))
            ):
                break  # "à la place de …"
            linked = True
            j += 1
        elif i in page.shouted and page.says(j):
            break
        elif (
            page.capital[j]
            and word[0].isalpha()
            and word not in page.known.titles
            and word not in page.times
        ):
            if not linked and not page.capital[i]:
                linked = True
            j = page.phrases[j].last if j in page.phrases else j + 1
            last = j
        elif last == j and (word in page.known.nationalities or page.adjective(j)):
            adjectives += 1
            j += 1
            last = j
        elif linked and _complement(page, i, j):
            j += 1
            last = j
        else:
            break
    return i + 1 if last == i + 1 + adjectives and not _telling(page, i, last) else last


def _complement(page: Page, i: int, j: int) -> bool:
    """Return whether word ``j`` is a noun of a French name: "Syndicat des boulangers"."""
    return (
        page.known.language == "fr"
        and page.capital[i]
        and not page.opens[i]
        and i not in page.shouted
        and page.words[j][0].isalpha()
        and page.words[j] not in page.stops
        and (
            page.words[j - 1] in OF
            or (page.words[j - 1] in ARTICLES and page.words[j - 2] in ("de", "pour", "a"))
        )
    )


def _telling(page: Page, i: int, last: int) -> bool:
    """Return whether a head with adjectives alone is a name: a capital or a nationality."""
    return page.capital[i] or any(
        page.words[j] in page.known.nationalities and page.words[i] != "delegation"
        for j in range(i + 1, last)
    )


def _seat(page: Page, i: int, last: int) -> int:
    """Return the end of a mission's name with the city where it is: "à Niamey"."""
    if page.words[i] in _SEATED and page.follows(last) and page.words[last] in ("a", "in"):
        phrase = page.phrases.get(last + 1)
        if phrase and page.follows(last + 1) and phrase.entry.type in PLACES:
            return phrase.last
    return last


def _leading(page: Page, i: int) -> int:
    """Return the first of the capitalised words that stand before word ``i``."""
    first = i
    while first and not page.opens[first]:
        before = page.words[first - 1]
        sided = _sided(page, first - 1, i)
        if not page.capital[first - 1] or (
            not sided and (before in page.stops or before in page.known.titles)
        ):
            if first - 2 in range(page.size) and _possessive(page, first - 1):
                first -= 2
                continue
            if first < i and before == "and" and _joined(page, first - 2, i):
                first -= 2
                continue
            break
        if len(before) == 1 and first - 1 in page.shouted:
            break
        if (
            page.opens[first - 1]
            and not sided
            and before not in page.known.nationalities
            and before not in page.known.phrases
        ):
            break
        first -= 1
    return first


def _sided(page: Page, i: int, head: int) -> bool:
    """Return whether a side of the world names the body at ``head``: "the Northern Front"."""
    not_after = sided_heads(page.known.language).get(page.words[head])
    if not_after is None or page.words[i] not in words_of(page.known.language, "sides"):
        return False
    article = i > 0 and page.follows(i) and page.words[i - 1] in ARTICLES
    before = page.words[max(0, i - 1 - article)] if i > article and not page.opens[i] else ""
    return page.capital[head] and head not in page.shouted and before not in not_after


def _possessive(page: Page, i: int) -> bool:
    """Return whether word ``i`` ends the genitive of a body's members: "Fishers' Union"."""
    owner = page.words[i - 1]
    if page.opens[i] or not page.capital[i - 1] or i - 1 in page.phrases:
        return False
    if page.words[i] == "s":
        return owner in _MEMBERS
    return page.words[i] in ("'", "’") and owner.endswith("s")


def _joined(page: Page, i: int, head: int) -> bool:
    """Return whether word ``i`` begins a body's name that goes on after "and"."""
    known = page.known.heads.get(page.words[head])  # none: the first word of "Azel valley"
    body = known is not None and known.type is EntityType.ORGANISATION
    plain = i > 0 and page.capital[i] and not page.opens[i + 1] and page.plain(i)
    return body and plain and page.known.name_words.get(page.words[i], 0) <= FEW


def _modified(page: Page, i: int, *, place: bool) -> int:
    """Return the first word of "Zambian finance ministry", "Azel valley", or ``i``."""
    if page.known.language != "en" or page.capital[i]:
        return i
    j = i - 1
    while j > i - 1 - _BODY_MODIFIERS and j > 0 and page.follows(j + 1):
        word = page.words[j]
        if page.capital[j] or word in page.links:
            break
        if word in page.stops and word not in _PLACE_MODIFIERS:
            break
        j -= 1
    if j < 0 or not page.follows(j + 1) or not page.capital[j]:
        return i
    if page.words[j] in page.known.nationalities:
        return i if page.known.heads[page.words[i]].type is EntityType.FACILITY else j
    if any(word not in _PLACE_MODIFIERS for word in page.words[j + 1 : i]):
        return i
    if not place or page.words[j] in page.stops or page.words[j] in page.known.titles:
        return i
    return _leading(page, j) if not page.opens[j] or j in page.phrases else i


def _force(page: Page, i: int) -> Mention | None:
    """Return the force at word ``i`` if it has its name from a region: "the Sahel force".

    Of a state the same word may mean its strength.
    """
    first = _region_before(page, i)
    last = i + 1 if first < i else _region_after(page, i + 1)
    named = (first < i or last > i + 1) and not page.hyphen(i + 1)
    return page.mention(first, last, EntityType.ORGANISATION) if named else None


def _region_before(page: Page, i: int) -> int:
    """Return where the region of "Sahel joint force" begins, ``i`` being the force."""
    end = i
    while page.follows(end) and page.words[end - 1] in _JOINT:
        end -= 1
    starts = range(max(0, end - _LONGEST_REGION), end if page.follows(end) else 0)
    return next((j for j in starts if _region(page, j) == end), i)


def _region_after(page: Page, i: int) -> int:
    """Return where "force conjointe du Sahel" ends, ``i`` being the word after the force."""
    j = i
    while page.follows(j) and (page.words[j] in _JOINT or page.adjective(j)):
        j += 1
    if not page.follows(j) or page.words[j] not in OF:
        return i
    j += 1
    while page.follows(j) and page.words[j] in ARTICLES:
        j += 1
    return (_region(page, j) if page.follows(j) else 0) or i


def _region(page: Page, i: int) -> int:
    """Return the end of the region of the gazetteer that begins at word ``i``, or 0."""
    phrase = page.phrases.get(i)
    known = phrase is not None and phrase.entry.type is EntityType.LOCATION
    return phrase.last if phrase and known and page.capital[i] else 0
