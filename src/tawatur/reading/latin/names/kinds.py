"""Does a run of capitals name a person, a body or a place?

What the words around it prove in one place holds for its other places; where nothing is
proved the run's own words are weighed.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.runs import opens_place, runs
from tawatur.reading.latin.names.surroundings import (
    called_a_body,
    cue_before,
    is_paper,
    person_beside,
    with_article,
)
from tawatur.reading.latin.names.vocabulary import (
    ACTS,
    ARTICLES,
    DIRECTIONS,
    FEW,
    NAME_LINKS,
    OF,
    OFTEN,
    PLACES,
    SANS,
    words_of,
)
from tawatur.reading.mention import Mention

_KIN = {
    "en": frozenset(
        {"daughter", "son", "wife", "husband", "brother", "sister", "mother", "father", "widow"}
        | {"cousin", "uncle", "nephew", "niece", "grandson", "granddaughter", "grandmother"}
    ),
    "fr": frozenset(
        {"fille", "fils", "epouse", "epoux", "mari", "frere", "soeur", "mere", "pere", "veuve"}
        | {"cousin", "cousine", "oncle", "tante", "neveu", "niece"}
    ),
}
_BETWEEN = frozenset({"between", "entre"})
_AND = frozenset({"and", "et"})
_TO = frozenset({"to", "at", "into", "via", "through", "a", "vers", "en"})


def named_runs(page: Page, taken: tuple[Mention, ...]) -> list[Mention]:
    """Return the names among the runs of capitals that nothing in ``taken`` covers.

    What one place proves of a name holds for the others.
    """
    used = {i for mention in taken for i in range(mention.first, mention.last)}
    place_ends = frozenset(m.last for m in taken if m.type in PLACES)
    found = [(*run, _proved(page, *run, place_ends)) for run in runs(page, used)]
    proved: dict[tuple[str, ...], EntityType] = {}
    for first, last, kind in found:
        if kind is not None:
            proved.setdefault(page.words[first:last], kind)
    mentions = []
    for first, last, kind in found:
        told = kind or proved.get(page.words[first:last])
        if told is not None:
            mentions.append(page.mention(with_article(page, first), last, told))
        elif (mention := _judged(page, first, last)) is not None:
            mentions.append(mention)
    return mentions


def _proved(page: Page, first: int, last: int, place_ends: frozenset[int]) -> EntityType | None:
    """Return what the words around a run say that it is, or None if they say nothing."""
    before = page.words[first - 1] if first and page.follows(first) else ""
    if before in page.known.titles:
        whole = page.text[page.stream.starts[first] : page.stream.ends[last - 1]]
        quiet = first not in page.shouted and last == first + 1
        acronym = quiet and whole.isupper() and 2 < len(whole) < 6
        return EntityType.ORGANISATION if acronym else EntityType.PERSON
    if before in _KIN[page.known.language]:
        return EntityType.PERSON
    if _placed(page, first, last, before, place_ends):
        return EntityType.COUNTRY_OR_CITY
    cue = cue_before(page, first)
    if cue is not None:
        return cue
    if page.hyphen(last) and page.words[last] == "based":
        return EntityType.COUNTRY_OR_CITY
    if any(page.initial(i) for i in range(first, last - 1)):
        return EntityType.PERSON
    if is_paper(page, first, last):
        return EntityType.ORGANISATION
    own = page.words[first] in ARTICLES and last > first + 1 and not page.opens[first]
    if (own or with_article(page, first) < first) and first not in page.headline:
        return EntityType.ORGANISATION
    if called_a_body(page, last):
        return EntityType.ORGANISATION
    size = last - first
    byline = before in ("by", "par") and page.opens[first - 1] and 1 < size < 4
    return EntityType.PERSON if byline else None


def _placed(page: Page, first: int, last: int, before: str, place_ends: frozenset[int]) -> bool:
    """Return whether the words around a run, or its first word, make it a place."""
    size = last - first
    if any(page.tied(i) for i in range(first + 1, last)):
        return True
    known = page.known.name_words.get(page.words[first], 0) > FEW
    if size > 2 + (page.words[first + 1 : last].count("-")) or page.ending(last):
        return False
    if size == 2 and opens_place(page, first) and first not in page.headline:
        return True
    if page.hyphen(last - 1) and page.words[last - 1] in DIRECTIONS:
        return True
    if before in OF and first > 1 and page.words[first - 2] == ",":
        return size < 3 and page.follows(last) and page.words[last] in (",", ".")
    if before in OF and first > 1 and not page.capital[first - 2]:
        cues = words_of(page.known.language, "name_place_cues")
        if page.follows(first - 1) and page.words[first - 2] in cues:
            return True
    if known or person_beside(page, first, last):
        return False
    if page.opens[first] and page.follows(last) and page.words[last] == ",":
        after = page.words[last + 1] if page.follows(last + 1) else ""
        return (size == 1 or page.hyphen(first + 1)) and (
            after.isdecimal() or after in page.times or after in ("le", "les")
        )
    if page.follows(last) and page.words[last] == "," and page.follows(last + 1):
        place = page.phrases.get(last + 1)
        if place is not None and place.entry.sure and place.entry.type in PLACES:
            return ":" not in place.entry.key and first not in page.headline
    if size > 1 and not page.hyphen(first + 1):
        return before in ("in", "near") and not page.opens[first]
    if before in words_of(page.known.language, "name_place_verbs"):
        return True
    if before in _AND and first - 1 in place_ends and size == 1:
        return True
    if before in _BETWEEN and page.follows(last) and page.words[last] in _AND:
        return page.follows(last + 1) and page.capital[last + 1]
    if before in _AND and first > 2 and page.capital[first - 2]:
        third = page.words[first - 3]
        verbs = words_of(page.known.language, "name_place_verbs")
        return third in _BETWEEN or third in page.places_before or third in verbs
    return False


def _judged(page: Page, first: int, last: int) -> Mention | None:
    """Return the run as a person, a body or a place, or None if nothing tells."""
    words = page.words[first:last]
    whole = page.text[page.stream.starts[first] : page.stream.ends[last - 1]]
    before = page.words[first - 1] if first and not page.opens[first] else ""
    if last == first + 1 and whole.isupper() and 2 <= len(whole) <= 6:
        return page.mention(first, last, EntityType.ORGANISATION)
    counts = [page.known.name_words.get(word, 0) for word in words if word not in NAME_LINKS]
    beside = person_beside(page, first, last)
    if words[-1] in ACTS:
        return None
    person = counts[:1] > [OFTEN] or person_beside(page, first, last, said=False)
    if len(words) > 1 and page.ending(last) and not person:
        return page.mention(first, last, EntityType.ORGANISATION)
    if "&" in words or SANS in words:
        return page.mention(first, last, EntityType.ORGANISATION)
    if _named_after(page, first, last) and counts[0] <= OFTEN:
        return page.mention(first, last, EntityType.ORGANISATION)
    if len(counts) > 1 and page.article(first) and not beside:
        return page.mention(first, last, EntityType.ORGANISATION)
    if _opens_with_place(page, first, last) and not beside and len(counts) > 1:
        return page.mention(first, last, EntityType.ORGANISATION)
    if len(counts) > 1 and len(counts) < 5 and counts[0] > 2:
        return page.mention(first, last, EntityType.PERSON)
    hyphened = any(page.hyphen(i) for i in range(first + 1, last))
    if len(counts) == 1 or (hyphened and last == first + 2 and not beside):
        return _single(page, first, last, before, counts[0])
    if len(counts) in (2, 3) and not whole.isupper():
        alone = first not in page.headline and not page.hyphen(first + 1)
        if any(counts) or beside or (alone and _stands_apart(page, first, last)):
            return page.mention(first, last, EntityType.PERSON)
        return None
    return page.mention(first, last, EntityType.ORGANISATION) if len(counts) > 1 else None


def _single(page: Page, first: int, last: int, before: str, count: int) -> Mention | None:
    """Return a run of one word as a person or a place, or None if nothing tells."""
    word = page.words[first]
    if word in DIRECTIONS and last == first + 1:
        return None
    if before in page.places_before:
        return page.mention(first, last, EntityType.COUNTRY_OR_CITY)
    if count > 2 and len(word) > 3:
        return page.mention(first, last, EntityType.PERSON)
    return None


def _stands_apart(page: Page, first: int, last: int) -> bool:
    """Return whether a run of unknown words stands as people do: no article, a comma after."""
    if page.opens[first]:
        return page.follows(last) and page.words[last] == "," and not page.hyphen(last)
    if first and page.words[first - 1] in _TO:
        return False
    return not page.article(first) and all(
        page.plain(i) or page.words[i] in NAME_LINKS for i in range(first, last)
    )


def _named_after(page: Page, first: int, last: int) -> bool:
    """Return whether a run is a noun with its own complement: "Électricité du Liban"."""
    words = page.words[first:last]
    return (
        page.known.language == "fr"
        and last > first + 2
        and words[1] in ("du", "des", "de", "d")
        and not page.opens[first]
    )


def _opens_with_place(page: Page, first: int, last: int) -> bool:
    """Return whether a place of the gazetteer begins the run and does not end it."""
    phrase = page.phrases.get(first)
    return phrase is not None and phrase.last < last and phrase.entry.type in PLACES
