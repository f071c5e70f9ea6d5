"""Which people are introduced by a title, or by a word that says a name follows?

"الجنرال …", "الرئيس الفرنسي …", "رجل الأعمال …".
"""

from functools import lru_cache

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.vocabulary import (
    IN_THE_NAME_OF,
    OFTEN,
    SELDOM,
    SPEAKERS_FOR,
    words_of,
)
from tawatur.reading.lexicon import bare, lexicon, stems
from tawatur.reading.mention import Mention

_LONGEST_PERSON = 5  # words
_TEAM = "فريق"
_BUSINESS = frozenset({"الاعمال", "الدين"})
_MEN_OF = frozenset({"رجل", "سيده"})


def introduced(page: Page) -> list[Mention]:
    """Return the names of people that follow a title: "الجنرال …", "الرئيس الفرنسي …"."""
    found = []
    for i in range(1, page.size):
        cue = _calls(page.words[i - 1]) or page.words[i - 2] == IN_THE_NAME_OF
        called = cue and _called(page, i)
        titled = called or (_before_a_name(page.words[i - 1]) and _titled(page, i))
        if titled and (_namelike(page, i, first=True) or (called and _given(page, i))):
            last = i + 1
            while last < i + _LONGEST_PERSON and _namelike(page, last, first=False):
                last += 1
            if last == i + 1 and _surname(page, last, called=called):
                last += 1
            found.append(page.mention(i, last, 0, EntityType.PERSON))
    return found


def _called(page: Page, i: int) -> bool:
    """Return whether the words before say that a person's name begins: "رجل الأعمال"."""
    if not page.follows(i):
        return False
    before = page.words[i - 1]
    if before in words_of("name_namers"):
        return True
    if i < 3 or not page.follows(i - 1):
        return False
    if before in _BUSINESS:
        return any(bare(form) in _MEN_OF for _, form in stems(page.words[i - 2]))
    speaker = page.words[i - 2] == IN_THE_NAME_OF and page.definite(i - 1)
    return speaker and any(bare(form) in SPEAKERS_FOR for _, form in stems(page.words[i - 3]))


def _titled(page: Page, i: int) -> bool:
    """Return whether a title ends right before word ``i``, with its adjectives if any."""
    j = i - 1
    if not page.follows(i):
        return False
    while j and j > i - 4 and page.follows(j) and (page.nationality(j) or _stopped(page, j)):
        j -= 1
    definite = any(
        form.startswith("ال") and form[2:] in page.known.titles for _, form in stems(page.words[j])
    )
    if definite or j == i - 1:
        return definite
    # "وزير الخارجية الجزائري …": the office and its portfolio, then the adjective
    before = page.words[j - 1] if j and page.follows(j) else ""
    return bool(before) and page.definite(j) and page.office(j)


def _stopped(page: Page, j: int) -> bool:
    """Return whether word ``j`` is an adjective of order or time: "السابق"."""
    return page.words[j] in words_of("name_stops") and page.words[j].startswith("ال")


def _namelike(page: Page, i: int, *, first: bool) -> bool:
    """Return whether word ``i`` may be part of a person's name."""
    if not page.follows(i) or not page.words[i][0].isalpha():
        return False
    word = page.words[i]
    short = bare(word)
    if word in page.known.particles:
        return page.follows(i + 1) and page.words[i + 1][0].isalpha()
    if (
        len(word) < 3
        or short in page.known.nationalities
        or short in page.known.titles
        or short in page.known.heads
        or short in words_of("name_adjectives")
        or word in words_of("name_stops")
        or (first and (short is not word or i in page.phrases))
    ):
        return False
    if page.text[page.stream.ends[i] - 1] == "ى" and word in ("علي", "الي", "حتي"):
        return False  # the preposition, which folding makes a name
    seen = page.known.name_words.get(word, 0)
    habits = page.known.habits.get(word, "")
    if page.conjunction(i) or page.indefinite(i):
        return False
    if page.words[i - 1] in page.known.particles:
        return True
    if first and bare(page.words[i - 1]) == _TEAM and seen <= OFTEN:
        return False  # a rank, but a team more often
    if habits > "f6" and "T" not in habits:
        return False
    if not habits:
        inner = any(letters and form in page.known.habits for letters, form in stems(word))
        if inner and seen <= SELDOM:
            return False
        return seen > 0 or (
            first and word[:2] not in ("لل", "وا", "فا", "با", "مت", "مح", "ست", "اس")
        )
    if word == IN_THE_NAME_OF:  # the given name is rarer
        return False
    return seen > SELDOM and not ("S" in habits and seen < OFTEN)


def _given(page: Page, i: int) -> bool:
    """Return whether word ``i`` is a given name with the article: "الطيب"."""
    word = page.words[i]
    names = page.known.name_words
    known = len(word) > 3 and max(names.get(word, 0), names.get(bare(word), 0)) > SELDOM
    return known and page.adjective(i) is page.nationality(i) is False


def _surname(page: Page, i: int, *, called: bool) -> bool:
    """Return whether word ``i`` is a definite word in -i that is seldom anything else.

    Or, after somebody is called by name, any word that is seen in names of people.
    """
    names = page.known.name_words
    given = max(names.get(form, 0) for form in (page.words[i - 1], bare(page.words[i - 1])))
    if not page.follows(i) or given <= SELDOM:
        return False
    word = page.words[i]
    if called and names.get(word, 0):
        return True
    seldom = page.known.habits.get(word, "") < "f2"
    plain = not (page.nationality(i) or page.adjective(i) or _stopped(page, i))
    return word.startswith("ال") and word.endswith("ي") and seldom and plain


@lru_cache(maxsize=12_000)
def _before_a_name(word: str) -> bool:
    """Return whether a word is a title with the article or an adjective that may end one."""
    known = lexicon("ar")
    return any(
        (form.startswith("ال") and (form[2:] in known.titles or form[2:] in known.nationalities))
        or form in words_of("name_stops")
        for _, form in stems(word)
    )


@lru_cache(maxsize=12_000)
def _calls(word: str) -> bool:
    """Return whether a word may stand right before the name of a person introduced by it."""
    return word in _BUSINESS or word in words_of("name_namers")
