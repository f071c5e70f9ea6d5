"""Which names of bodies and places does a head word open, and where do they end?

A head ("جيش", "وزارة", "تنظيم") is completed by grammar: an adjective of nationality, a
definite genitive, a quoted name, a place. The heads' table says which of them each needs.
"""

from tawatur.model.reading import EntityType
from tawatur.reading.arabic.names.page import Page
from tawatur.reading.arabic.names.places import place_name
from tawatur.reading.arabic.names.vocabulary import (
    EMBASSIES,
    LONGEST_OUTLET,
    PLACES,
    heads_at,
    known_heads,
    words_of,
)
from tawatur.reading.cues import forms, sided_heads
from tawatur.reading.lexicon import Entry, Head, bare, stems
from tawatur.reading.mention import Mention

_LONGEST_TAIL = 6  # definite words that complete a name
_STATE_BODIES = frozenset({"state", "nisba", "portfolio"})
_GENERAL_BODIES = frozenset({"نيابه", "امانه"})  # "النيابة العامة" is a name by itself
_GENERAL = "العامه"
_STATES = frozenset({"دول", "بلدان"})
_SEATS_OF_PLACES = frozenset({"مجلس", "دائره", "مديريه", "محكمه"})


def bodies(page: Page) -> list[Mention]:
    """Return the names that a head word opens."""
    found = []
    i = 0
    while i < page.size:
        mention = _name_at(page, i)
        if mention is not None:
            found.append(mention)
            i = mention.last
        else:
            i += 1
    return found


def _name_at(page: Page, i: int) -> Mention | None:
    """Return the name that the head at word ``i`` opens, or None."""
    for skip, form, head in heads_at(page.words[i]):
        short = bare(form)
        if head.needs == "portfolio" and page.office(i):
            return None
        last = _completed(page, i, head, definite=form is not short)
        if last > i:
            known = page.phrases.get(i)
            if known is not None and (known.last >= last or not _belongs(page, known.last)):
                return None
            embassy = short in EMBASSIES
            alone = _by_itself(page, i, last, short)
            if alone is not None:
                return alone
            kind = EntityType.FACILITY if embassy and _target(page, i) else head.type
            last = _seat(page, last) if embassy else last
            return page.mention(i, last, skip, kind, _meant(page, i, last, short))
    return None


def _by_itself(page: Page, i: int, last: int, short: str) -> Mention | None:
    """Return the name after a head that only says what it is: "شركة مايكروسوفت".

    A name that is shorter than its head keeps it: alone it would be another word as often.
    """
    inner = page.phrases.get(i + 1)
    if (
        inner is None
        or inner.last != last
        or not inner.entry.sure
        or short not in words_of("bare_heads")
    ):
        return None
    name = page.mention(inner.first, last, inner.skip, inner.entry.type, inner.entry)
    return name if len(name.span) > page.stream.ends[i] - page.stream.starts[i] else None


def _meant(page: Page, i: int, last: int, short: str) -> Entry | None:
    """Return what a place with its head is: "مدينة غاو", "العاصمة الليبية"."""
    if short in ("عاصمه", "دوله", "اراضي", "جمهوريه") and last == i + 2:
        state = page.known.nationalities.get(page.words[i + 1].removeprefix("ال"), "")
        whole = page.known.capitals if short == "عاصمه" else page.known.states
        if state in whole:
            return whole[state]
    inner = page.phrases.get(i + 1)
    if inner is not None and inner.last == last and short in words_of("transparent_heads"):
        return inner.entry
    return None


def _belongs(page: Page, first: int) -> bool:
    """Return whether words after a known name still belong to it: "… الأمريكية في أفريقيا"."""
    if page.nationality(first) or page.adjective(first) or page.words[first] == "في":
        return True
    return page.words[first].startswith(("لل", "وال"))


def _target(page: Page, i: int) -> bool:
    """Return whether a building is attacked, entered or stood before rather than speaking."""
    cues = words_of("attack_cues")
    before = page.words[max(0, i - 2) : i]
    return any(form in cues for word in before for _, form in stems(word))


def _seat(page: Page, last: int) -> int:
    """Return the end of an embassy's name with the city where it is: "في باماكو"."""
    if page.follows(last) and page.words[last] == "في":
        place = page.place_at(last + 1)
        if place:
            return place.last
        inner = _name_at(page, last + 1) if page.follows(last + 1) else None
        if inner and inner.type in PLACES:
            return inner.last
    return last


def _completed(page: Page, i: int, head: Head, *, definite: bool) -> int:
    """Return the word after the name that a head at word ``i`` opens, or ``i``."""
    if definite and (side := _sided(page, i)) > i:
        return side
    if head.needs == "direction":
        return _direction(page, i, definite=definite)
    if head.needs == "region":
        return i if definite else _force(page, i)
    if definite:
        return _described(page, i, alone=head.needs in _STATE_BODIES)
    if head.needs == "quoted":
        return _tail_of(page, j) if (j := page.quoted(i + 1)) > i + 1 else i
    if head.needs == "place":
        return place_name(page, i)
    if head.needs in _STATE_BODIES:
        return _state_body(page, i, direct=head.needs == "state")
    if head.needs == "chain":
        return _chain(page, i)
    return _genitive(page, i)


def _direction(page: Page, i: int, *, definite: bool) -> int:
    """Return the end of "شمال مالي", "شمال وغرب أفريقيا", "أقصى الجنوب الجزائري"."""
    j = i + 1
    while page.follows(j) and j < i + 4:
        core = page.words[j].removeprefix("و")
        head = page.known.heads.get(bare(core))
        if head is None or head.needs != "direction":
            break
        definite = core.startswith("ال")
        j += 1
    if any(word in words_of("distances") for word in page.words[max(0, i - 2) : i]):
        return i
    if definite:
        return j + 1 if page.nationality(j) else i
    place = page.place_at(j)
    return place.last if place else i


def _sided(page: Page, i: int) -> int:
    """Return the end of a body with its side of the world, "الجبهة الشمالية", or ``i``."""
    core = next((bare(f) for _, f in stems(page.words[i]) if bare(f) in sided_heads("ar")), "")
    if not core or (i and page.words[i - 1] in sided_heads("ar")[core]):
        return i
    j = i + 1
    while page.adjective(j):
        j += 1
    side = page.words[j] if page.follows(j) else ""
    if not side.startswith("ال") or side[2:] not in words_of("sides"):
        return i
    j += 1
    while page.adjective(j) or page.nationality(j):
        j += 1
    return j


def _force(page: Page, i: int) -> int:
    """Return the end of "قوة الساحل المشتركة", "قوة «…»", or ``i``.

    Of a state the same word means its strength.
    """
    j = page.quoted(i + 1)
    place = page.place_at(i + 1)
    if place is not None and place.entry.type is EntityType.LOCATION:
        j = place.last
    if j == i + 1:
        return i
    while page.adjective(j):
        j += 1
    return j


def _described(page: Page, i: int, *, alone: bool) -> int:
    """Return the end of a definite head with its adjectives and complement.

    ``alone`` says that a nationality is enough: "الجيش المصري" is a name, "الشركة المصرية" not.
    """
    j, adjectives, national = i + 1, 0, False
    while j < i + 5 and (page.adjective(j) or page.nationality(j)):
        national = national or page.nationality(j)
        adjectives += alone or not page.nationality(j)
        j += 1
    k = j
    while (
        k < i + 4 and page.follows(k) and page.words[k].startswith("ال") and _described_by(page, k)
    ):
        k += 1
    if not alone and k > i + 1 and page.follows(k) and page.words[k] != "(":
        end = page.quoted(k)
        if k < end <= k + LONGEST_OUTLET + 2:
            return end
    if j > i + 1 and page.follows(j) and page.words[j][0] == "ل" and len(page.words[j]) > 4:
        if page.words[j].startswith("لل"):
            return _run_of_definites(page, j)
        if national and (end := _run_of_definites(page, j + 1)) > j + 1:
            return end  # "الجمعية المغربية لحقوق الإنسان"
    if bare(page.words[i]) in _GENERAL_BODIES and page.words[i + 1 : i + 2] == (_GENERAL,):
        return j
    if not adjectives:
        return i
    strong = page.words[j - 1][2:] in ("وطني", "وطنيه", "خاصه", "مسلحه", "مركزي")
    return j if national or strong or adjectives > 1 else i


def _described_by(page: Page, i: int) -> bool:
    """Return whether word ``i`` ends as definite adjectives do."""
    return page.adjective(i) or page.words[i].endswith(("ي", "يه", "ه"))


def _state_body(page: Page, i: int, *, direct: bool) -> int:
    """Return the end of "قوات الأمن الجزائرية", "قيادة أركان جيش مالي", "جيش مالي"."""
    j = i + 1
    while j < i + 4 and page.follows(j):
        if page.nationality(j):
            return j + 1 if j > i + 1 else i
        place = page.place_at(j)
        if place and place.entry.sure | direct:
            return place.last if direct or j > i + 1 else i
        short = bare(page.words[j])
        if not (short in page.known.heads or page.definite(j)):
            return i
        direct = direct or (short in page.known.heads and short is page.words[j])
        j += 1
    return j if j > i + 1 and page.words[j - 1] in ("الجيش", "الامن") else i


def _genitive(page: Page, i: int) -> int:
    """Return the end of "وزارة الدفاع الجزائرية", "كتيبة «…»", "بنك باماكو"."""
    j = page.quoted(i + 1)
    if j > i + 1:
        return _tail_of(page, j)
    place = page.phrases.get(i + 1) if page.follows(i + 1) else None
    if place and place.entry.sure:
        return _tail_of(page, place.last)
    if page.follows(i + 1) and page.words[i + 1].startswith(("لل", "وال")):
        return i  # "شركة للعلاقات العامة", "تحالف والحصول"
    end = _run_of_definites(page, i + 1)
    return _tail_of(page, end) if end > i + 1 else _chain(page, i)


def _chain(page: Page, i: int) -> int:
    """Return the end of "لجنة أهالي المخيم" or "هيئة سند للإغاثة", or ``i``."""
    if not page.follows(i + 1) or not page.follows(i + 2) or not _inner_noun(page, i + 1):
        return i
    heads = [form for _, form, _ in heads_at(page.words[i])]
    chained = any(form in words_of("name_chain_heads") for form in heads)
    if page.words[i + 2].startswith("لل") and not _agrees(page, i):
        named = chained or any(form in words_of("bare_heads") for form in heads)
        return max(_run_of_definites(page, i + 2), i + 3) if named else i
    if not chained:
        return i
    inner = known_heads().get(page.words[i + 1])
    if inner is not None:
        seat = inner.needs == "place" and (
            any(form in _SEATS_OF_PLACES for form in heads) or page.words[i + 1] in _STATES
        )
        end = place_name(page, i + 1) if seat else i + 1
        return end if end > i + 1 else i
    noun = set(page.known.habits.get(page.words[i + 1], "")) & set("Aabc")
    if not noun and not page.unknown(i + 1):
        return i
    place = page.place_at(i + 2)
    if place is not None and place.entry.sure and not place.skip:
        return place.last
    end = _run_of_definites(page, i + 2)
    return _tail_of(page, end) if end > i + 2 else i


def _inner_noun(page: Page, i: int) -> bool:
    """Return whether word ``i`` may be a noun without article within a body's name."""
    word = page.words[i]
    return (
        word[0].isalpha()
        and len(word) > 2
        and not word.startswith(("ال", "لل", "وال"))
        and word not in words_of("name_stops")
        and word not in words_of("name_adjectives")
        and word not in page.known.titles
        and word not in forms("ar")
    )


def _agrees(page: Page, i: int) -> bool:
    """Return whether the word after a head may be its participle: "شركة تابعة لل…"."""
    word = page.words[i + 1]
    if word not in page.known.habits:
        return False
    return word[0] == "م" or word[1] == "ا" or word.endswith("ه")


def _run_of_definites(page: Page, j: int) -> int:
    """Return the end of a run of definite words that begins at word ``j``."""
    end = j
    while end < j + _LONGEST_TAIL and page.definite(end):
        national = page.nationality(end)
        end += 1
        if national:
            break
    return end


def _tail_of(page: Page, j: int) -> int:
    """Return the end with a nationality or a place that the name names after it."""
    if page.nationality(j):
        return j + 1
    if page.follows(j) and page.words[j] == "في" and (place := page.place_at(j + 1)):
        longer = place.entry.type is EntityType.LOCATION
        return place.last if longer else j
    return j
