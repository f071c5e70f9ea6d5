"""What do the words beside a run of capitals say that it names?

A noun before it ("the radio …"), an office, an age or a verb of saying beside it, its own
article, what is said of it after a comma.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.cues import forms
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.vocabulary import ARTICLES, DIRECTIONS, OF, PLACES

_NEAR = 5  # words after a name within which an office or an age may stand
_PAPERS = frozenset({"courier", "herald", "tribune", "chronicle", "guardian", "mirror"}) | {
    *("telegraph", "observer", "sentinel", "gazette", "examiner", "ledger", "courrier", "echo"),
}
_A_OR_AN = {"en": frozenset({"a", "an"}), "fr": frozenset({"un", "une"})}
_NAMED = frozenset({"called", "named", "dubbed", "nomme", "nommee", "appele", "appelee"}) | {
    *("baptise", "baptisee", "denomme", "denommee", "intitule", "intitulee", "dit", "dite")
}


def cue_before(page: Page, first: int) -> EntityType | None:
    """Return what the noun before a run says that it is: "la radio privée …"."""
    if not first or not page.follows(first):
        return None
    i = first - 1
    word = page.words[i]
    if word in ('"', "«", "“", ",") and i and page.follows(i):
        i -= 1
        named = word != ","
        word = page.words[i]
    else:
        named = True
    if word in _NAMED and i and page.follows(i):
        i -= 1
    elif word in OF and i and page.follows(i) and not page.capital[i]:
        kind = page.cues.get(page.words[i - 1])
        confrere = page.words[i - 1] in ("confreres", "confrere")
        if page.words[i - 1] in DIRECTIONS:
            return EntityType.COUNTRY_OR_CITY
        return kind if kind in PLACES or confrere else None
    if i > 1 and page.words[i - 1] == "d" and page.follows(i) and not page.capital[i]:
        i -= 2  # "le site d'information …"
    for j in range(i, max(-1, i - 3), -1):
        if page.capital[j] and not page.opens[j]:
            return None
        kind = page.cues.get(page.words[j])
        if kind is not None:
            person = not named and (_office_before(page, first) or page.says(first + 1))
            return kind if named or (kind is EntityType.ORGANISATION and not person) else None
        if not page.follows(j) or page.known.language == "en" or not page.adjective(j):
            return None
    return None


def called_a_body(page: Page, last: int) -> bool:
    """Return whether the words after a run call it a body: "…, a private company"."""
    if not page.follows(last) or page.words[last] != ",":
        return False
    if not page.follows(last + 1) or page.words[last + 1] not in _A_OR_AN[page.known.language]:
        return False
    for j in range(last + 2, min(last + 5, page.size)):
        if not page.follows(j) or page.words[j] in page.known.titles:
            return False
        if page.cues.get(page.words[j]) is EntityType.ORGANISATION:
            return True
    return False


def person_beside(page: Page, first: int, last: int, *, said: bool = True) -> bool:
    """Return whether a verb of saying, an office or an age stands beside a name."""
    says = forms(page.known.language)
    if said and first and page.follows(first) and page.words[first - 1] in says:
        return True
    near = [page.words[k] for k in range(last, min(last + _NEAR, page.size)) if page.follows(k)]
    auxiliaries = ("has", "had", "a", "avait", "also", "aussi")
    verb = near[1:2] if near[:1] and near[0] in auxiliaries else near[:1]
    if said and verb and verb[0] in says:
        return True
    if near[:1] == [","] and (
        any(word in page.known.titles for word in near[1:])
        or (near[1:2] > [""] and near[1].isdecimal())
    ):
        return True
    return _office_before(page, first)


def _office_before(page: Page, first: int) -> bool:
    """Return whether an office and a comma stand before a name: "le maire de …, …"."""
    i = first - 1
    if i < 1 or not page.follows(first) or page.words[i] != ",":
        return False
    for j in range(i - 1, max(-1, i - 2 - _NEAR), -1):
        if page.words[j] in page.known.titles:
            return True
        if page.opens[j] or page.words[j] in (",", ";", "("):
            return False
    return False


def with_article(page: Page, first: int) -> int:
    """Return where a name with its own article begins: "Le Courrier du Fleuve"."""
    i = first - 1
    if first and page.follows(first) and is_paper(page, first, first + 1):
        return i
    own = (
        i > 0
        and page.follows(first)
        and page.words[i] in ARTICLES
        and page.capital[i]
        and not page.opens[i]
        and page.words[i - 1] not in ('"', "«", "“", ":")
        and i not in page.headline
        and i not in page.shouted
    )
    return i if own else first


def is_paper(page: Page, first: int, last: int) -> bool:
    """Return whether a run is a paper's one word after "The", as in "The Courier"."""
    before = first and page.capital[first - 1] and page.words[first - 1] in ARTICLES
    return bool(before) and last == first + 1 and page.words[first] in _PAPERS
