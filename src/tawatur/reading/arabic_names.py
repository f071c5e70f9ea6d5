"""Where does an Arabic text name people, bodies and places?

Bodies are built by rule: a head word ("جيش", "وزارة", "تنظيم") and what completes
it by grammar: an adjective of nationality, a definite genitive, a quoted name, a
place. The trained tagger gives people and the names that no rule knows. What one
place of the text settles holds for the whole text: a surname after a full name,
an ordinary word that is a place here.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.cues import forms, sided_heads
from tawatur.reading.lexicon import Entry, Head, Lexicon, bare, lexicon, stems
from tawatur.reading.mention import Mention, in_order, without_overlaps
from tawatur.reading.stream import Covered, Stream, covered, phrase_marks, spelled
from tawatur.reading.tables import rows
from tawatur.reading.tagger import tags

_OPENING = {"“": "”", "«": "»", '"': '"', "‘": "'", "(": ")", "„": "“", "'": "'"}
_LONGEST_QUOTE = 8
_LONGEST_PLACE = 6  # words of a quoted place, head and marks with it
_LONGEST_TAIL = 6
_LONGEST_PERSON = 5
_LONGEST_OUTLET = 3  # words of an outlet's name
_SAID_WITHIN = 8
_PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION)
_TAGGED = {
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "LOC": EntityType.COUNTRY_OR_CITY,
}
_STATE_BODIES = frozenset({"state", "nisba", "portfolio"})
_IN_THE_NAME_OF = "باسم"
_SPEAKERS_FOR = frozenset({"متحدث", "متحدثه", "ناطق", "ناطقه", "تحدث", "يتحدث", "متكلم"})
_TEAM = "فريق"
_ROAD = "طريق"
_NUMBER = "رقم"
_BUSINESS = frozenset({"الاعمال", "الدين"})
_MEN_OF = frozenset({"رجل", "سيده"})
_GENERAL_BODIES = frozenset({"نيابه", "امانه"})  # "النيابة العامة" is a name by itself
_GENERAL = "العامه"
_STATES = frozenset({"دول", "بلدان"})
_EMBASSIES = frozenset({"سفاره", "سفارات", "قنصليه"})
_SEATS_OF_PLACES = frozenset({"مجلس", "دائره", "مديريه", "محكمه"})
_MAGHREBI = ("بو", "بل", "بن")  # as last names begin: father of, son of
_SELDOM = 3  # times up to which an ordinary word may turn up in names of people by mistake
_OFTEN = 20  # times a word was seen in names of people from which it joins what stands beside it


@cache
def _words_of(table: str) -> frozenset[str]:
    return frozenset(next(iter(row.values())) for row in rows("ar", table))


@lru_cache(maxsize=12_000)
def _before_a_name(word: str) -> bool:
    """Return whether a word is a title with the article or an adjective that may end one."""
    known = lexicon("ar")
    return any(
        (form.startswith("ال") and (form[2:] in known.titles or form[2:] in known.nationalities))
        or form in _words_of("name_stops")
        for _, form in stems(word)
    )


@lru_cache(maxsize=24_000)
def _may_be(word: str, table: str) -> bool:
    """Return whether a word, with or without its clitics, stands in a table."""
    return any(form in _words_of(table) for _, form in stems(word))


@lru_cache(maxsize=12_000)
def _calls(word: str) -> bool:
    """Return whether a word may stand right before the name of a person introduced by it."""
    return word in _BUSINESS or word in _words_of("name_namers")


@lru_cache(maxsize=12_000)
def _headed(word: str) -> tuple[tuple[int, str, Head], ...]:
    """Return the heads that a word can be: letters before it, its form, the head."""
    heads = _heads()
    return tuple(
        (skip, form, heads[bare(form)]) for skip, form in stems(word) if bare(form) in heads
    )


@cache
def _heads() -> dict[str, Head]:
    """Return the heads, with those that the tagger was not trained to see."""
    more = {
        row["head"]: Head(EntityType(row["type"]), row["needs"])
        for row in rows("ar", "name_more_heads")
    }
    return more | lexicon("ar").heads


def arabic_mentions(
    text: str, folded: Folded, words: Stream, known: Lexicon
) -> tuple[Mention, ...]:
    """Return the mentions, in order; they overlap only where a name holds another name."""
    phrases = covered(words, known)
    marks = phrase_marks(words, phrases)
    finder = _Finder(text, folded, words, known, (p for p in phrases if not p.entry.hint))
    finder.tag(marks)
    built = finder.built()
    listed = finder.listed()
    tagged = finder.tagged()
    found = [*built, *listed, *finder.introduced(), *finder.outlets(), *finder.numbered_roads()]
    found += [*finder.villages(built), *finder.short_forms(built), *tagged]
    longest_first = sorted(found, key=lambda m: (m.first - m.last, m.first))
    apart = finder.told_apart(finder.learned(without_overlaps(longest_first)))
    bodies = finder.bearers(apart)
    return in_order([*bodies, *finder.leaders(apart), *finder.senders(bodies)])


class _Finder:
    """The state of one reading: the words and the phrase that begins at each word."""

    def __init__(
        self,
        text: str,
        folded: Folded,
        words: Stream,
        known: Lexicon,
        phrases: Iterable[Covered],
    ) -> None:
        self.text, self.folded, self.stream, self.known = text, folded, words, known
        self.words = words.words
        self.spelled = spelled(text, words)
        self.phrases = {phrase.first: phrase for phrase in phrases}
        self.size = len(words.words)
        self.vocabulary = frozenset(words.words)
        self.labels: list[str] = []

    def tag(self, marks: list[str]) -> None:
        """Have the trained tagger label every word."""
        parts = self.stream.sentences()
        given = tags([(self.spelled[a:b], marks[a:b]) for a, b in parts])
        self.labels = [label for labels in given for label in labels]

    # ------------------------------------------------------------ small questions

    def mention(
        self, first: int, last: int, skip: int, kind: EntityType, entry: Entry | None = None
    ) -> Mention:
        start = self.folded.at(self.stream.at[first] + skip)
        head = self.words[first][skip:]
        if head.startswith("لل"):
            head = "ال" + head[2:]
        key = " ".join((head, *self.words[first + 1 : last]))
        return Mention(first, last, Span(start, self.stream.ends[last - 1]), kind, key, entry)

    def follows(self, i: int) -> bool:
        """Return whether word ``i`` is there and nothing but a space lies before it."""
        return i < self.size and not self.stream.opens[i]

    def place_at(self, i: int) -> Covered | None:
        """Return the place of the gazetteer that begins at word ``i``."""
        phrase = self.phrases.get(i) if self.follows(i) else None
        return phrase if phrase and phrase.entry.type in _PLACES else None

    def nationality(self, i: int) -> bool:
        """Return whether word ``i`` is an adjective of nationality with the article."""
        word = self.words[i] if self.follows(i) else ""
        return word.startswith("ال") and word[2:] in self.known.nationalities

    def adjective(self, i: int) -> bool:
        """Return whether word ``i`` is a definite adjective of the kind bodies carry."""
        word = self.words[i] if self.follows(i) else ""
        return word.startswith("ال") and word[2:] in _words_of("name_adjectives")

    def definite(self, i: int) -> bool:
        """Return whether word ``i`` is a definite noun or adjective that may complete a name."""
        if not self.follows(i):
            return False
        word = self.words[i]
        core = word[1:] if word.startswith("وال") and len(word) > 5 else word
        if not (
            (core.startswith("ال") and len(core) > 4) or (word.startswith("لل") and len(word) > 4)
        ):
            return False
        if core in _words_of("name_stops") or core[2:] in self.known.titles:
            return False
        return not (core is not word and core[2:] in self.known.heads)

    def quoted(self, i: int) -> int:
        """Return the word after a quotation that opens at word ``i``, or ``i`` if none does."""
        if not self.follows(i) or self.words[i] not in _OPENING:
            return i
        start, end = self.stream.starts[i], self.stream.ends[i]
        before = self.text[start - 1 : start]
        glued = bool(before) and (before.isalnum() or before in ".!؟?،")
        if self.text[start] == '"' and glued and not self.text[end : end + 1].isalnum():
            return i  # one that closes
        closing = _OPENING[self.words[i]]
        for j in range(i + 2, min(i + 2 + _LONGEST_QUOTE, self.size)):
            if self.words[j] == closing:
                return j + 1
        return i

    def office(self, i: int) -> bool:
        """Return whether the word before word ``i`` is an office: "وزير", "قائد"."""
        before = self.words[i - 1] if i and self.follows(i) else ""
        return any(form in self.known.titles for _, form in stems(before)) if before else False

    def target(self, i: int) -> bool:
        """Return whether a building is attacked, entered or stood before rather than speaking."""
        cues = _words_of("attack_cues")
        before = self.words[max(0, i - 2) : i]
        return any(form in cues for word in before for _, form in stems(word))

    def seat(self, last: int) -> int:
        """Return the end of an embassy's name with the city where it is: "في باماكو"."""
        if self.follows(last) and self.words[last] == "في":
            place = self.place_at(last + 1)
            if place:
                return place.last
            inner = self.headed(last + 1) if self.follows(last + 1) else None
            if inner and inner.type in _PLACES:
                return inner.last
        return last

    # ------------------------------------------------------------ bodies and places by rule

    def built(self) -> list[Mention]:
        """Return the names that a head word opens."""
        found = []
        i = 0
        while i < self.size:
            mention = self.headed(i)
            if mention is not None:
                found.append(mention)
                i = mention.last
            else:
                i += 1
        return found

    def headed(self, i: int) -> Mention | None:
        """Return the name that the head at word ``i`` opens, or None."""
        for skip, form, head in _headed(self.words[i]):
            short = bare(form)
            if head.needs == "portfolio" and self.office(i):
                return None
            last = self.completed(i, head, definite=form is not short)
            if last > i:
                known = self.phrases.get(i)
                if known is not None and (known.last >= last or not self.belongs(known.last, last)):
                    return None
                embassy = short in _EMBASSIES
                alone = self.by_itself(i, last, short)
                if alone is not None:
                    return alone
                kind = EntityType.FACILITY if embassy and self.target(i) else head.type
                last = self.seat(last) if embassy else last
                return self.mention(i, last, skip, kind, self.meant(i, last, short))
        return None

    def by_itself(self, i: int, last: int, short: str) -> Mention | None:
        """Return the name after a head that only says what it is: "شركة مايكروسوفت".

        A name that is shorter than its head keeps it: alone it would be another word as often.
        """
        inner = self.phrases.get(i + 1)
        if (
            inner is None
            or inner.last != last
            or not inner.entry.sure
            or short not in _words_of("bare_heads")
        ):
            return None
        name = self.mention(inner.first, last, inner.skip, inner.entry.type, inner.entry)
        return name if len(name.span) > self.stream.ends[i] - self.stream.starts[i] else None

    def meant(self, i: int, last: int, short: str) -> Entry | None:
        """Return what a place with its head is: "مدينة غاو", "العاصمة الليبية"."""
        if short in ("عاصمه", "دوله", "اراضي", "جمهوريه") and last == i + 2:
            state = self.known.nationalities.get(self.words[i + 1].removeprefix("ال"), "")
            whole = self.known.capitals if short == "عاصمه" else self.known.states
            if state in whole:
                return whole[state]
        inner = self.phrases.get(i + 1)
        if inner is not None and inner.last == last and short in _words_of("transparent_heads"):
            return inner.entry
        return None

    def belongs(self, first: int, last: int) -> bool:
        """Return whether words after a known name still belong to it: "… الأمريكية في أفريقيا"."""
        if self.nationality(first) or self.adjective(first) or self.words[first] == "في":
            return True
        return self.words[first].startswith(("لل", "وال"))

    def completed(self, i: int, head: Head, *, definite: bool) -> int:
        """Return the word after the name that a head at word ``i`` opens, or ``i``."""
        if definite and (side := self.sided(i)) > i:
            return side
        if head.needs == "direction":
            return self.direction(i, definite=definite)
        if head.needs == "region":
            return i if definite else self.force(i)
        if definite:
            return self.described(i, alone=head.needs in _STATE_BODIES)
        if head.needs == "quoted":
            return self.tail_of(j) if (j := self.quoted(i + 1)) > i + 1 else i
        if head.needs == "place":
            return self.place_name(i)
        if head.needs in _STATE_BODIES:
            return self.state_body(i, direct=head.needs == "state")
        if head.needs == "chain":
            return self.chain(i)
        return self.genitive(i)

    def direction(self, i: int, *, definite: bool) -> int:
        """Return the end of "شمال مالي", "شمال وغرب أفريقيا", "أقصى الجنوب الجزائري"."""
        j = i + 1
        while self.follows(j) and j < i + 4:
            core = self.words[j].removeprefix("و")
            head = self.known.heads.get(bare(core))
            if head is None or head.needs != "direction":
                break
            definite = core.startswith("ال")
            j += 1
        if any(word in _words_of("distances") for word in self.words[max(0, i - 2) : i]):
            return i
        if definite:
            return j + 1 if self.nationality(j) else i
        place = self.place_at(j)
        return place.last if place else i

    def sided(self, i: int) -> int:
        """Return the end of a body with its side of the world, "الجبهة الشمالية", or ``i``."""
        core = next((bare(f) for _, f in stems(self.words[i]) if bare(f) in sided_heads("ar")), "")
        if not core or (i and self.words[i - 1] in sided_heads("ar")[core]):
            return i
        j = i + 1
        while self.adjective(j):
            j += 1
        side = self.words[j] if self.follows(j) else ""
        if not side.startswith("ال") or side[2:] not in _words_of("sides"):
            return i
        j += 1
        while self.adjective(j) or self.nationality(j):
            j += 1
        return j

    def force(self, i: int) -> int:
        """Return the end of "قوة الساحل المشتركة", "قوة «…»", or ``i``.

        Of a state the same word means its strength.
        """
        j = self.quoted(i + 1)
        place = self.place_at(i + 1)
        if place is not None and place.entry.type is EntityType.LOCATION:
            j = place.last
        if j == i + 1:
            return i
        while self.adjective(j):
            j += 1
        return j

    def described(self, i: int, *, alone: bool) -> int:
        """Return the end of a definite head with its adjectives and complement.

        ``alone`` says that a nationality is enough: "الجيش المصري" is a name, "الشركة المصرية" not.
        """
        j, adjectives, national = i + 1, 0, False
        while j < i + 5 and (self.adjective(j) or self.nationality(j)):
            national = national or self.nationality(j)
            adjectives += alone or not self.nationality(j)
            j += 1
        k = j
        while (
            k < i + 4
            and self.follows(k)
            and self.words[k].startswith("ال")
            and self.described_by(k)
        ):
            k += 1
        if not alone and k > i + 1 and self.follows(k) and self.words[k] != "(":
            end = self.quoted(k)
            if k < end <= k + _LONGEST_OUTLET + 2:
                return end
        if j > i + 1 and self.follows(j) and self.words[j][0] == "ل" and len(self.words[j]) > 4:
            if self.words[j].startswith("لل"):
                return self.run_of_definites(j)
            if national and (end := self.run_of_definites(j + 1)) > j + 1:
                return end  # "الجمعية المغربية لحقوق الإنسان"
        if bare(self.words[i]) in _GENERAL_BODIES and self.words[i + 1] == _GENERAL:
            return j
        if not adjectives:
            return i
        strong = self.words[j - 1][2:] in ("وطني", "وطنيه", "خاصه", "مسلحه", "مركزي")
        return j if national or strong or adjectives > 1 else i

    def described_by(self, i: int) -> bool:
        """Return whether word ``i`` ends as definite adjectives do."""
        return self.adjective(i) or self.words[i].endswith(("ي", "يه", "ه"))

    def state_body(self, i: int, *, direct: bool) -> int:
        """Return the end of "قوات الأمن الجزائرية", "قيادة أركان جيش مالي", "جيش مالي"."""
        j = i + 1
        while j < i + 4 and self.follows(j):
            if self.nationality(j):
                return j + 1 if j > i + 1 else i
            place = self.place_at(j)
            if place and place.entry.sure | direct:
                return place.last if direct or j > i + 1 else i
            short = bare(self.words[j])
            if not (short in self.known.heads or self.definite(j)):
                return i
            direct = direct or (short in self.known.heads and short is self.words[j])
            j += 1
        return j if j > i + 1 and self.words[j - 1] in ("الجيش", "الامن") else i

    def genitive(self, i: int) -> int:
        """Return the end of "وزارة الدفاع الجزائرية", "كتيبة «…»", "بنك باماكو"."""
        j = self.quoted(i + 1)
        if j > i + 1:
            return self.tail_of(j)
        place = self.phrases.get(i + 1) if self.follows(i + 1) else None
        if place and place.entry.sure:
            return self.tail_of(place.last)
        if self.follows(i + 1) and self.words[i + 1].startswith(("لل", "وال")):
            return i  # "شركة للعلاقات العامة", "تحالف والحصول"
        end = self.run_of_definites(i + 1)
        return self.tail_of(end) if end > i + 1 else self.chain(i)

    def chain(self, i: int) -> int:
        """Return the end of "لجنة أهالي المخيم" or "هيئة سند للإغاثة", or ``i``."""
        if not self.follows(i + 1) or not self.follows(i + 2) or not self.inner_noun(i + 1):
            return i
        heads = [form for _, form, _ in _headed(self.words[i])]
        chained = any(form in _words_of("name_chain_heads") for form in heads)
        if self.words[i + 2].startswith("لل") and not self.agrees(i):
            named = chained or any(form in _words_of("bare_heads") for form in heads)
            return max(self.run_of_definites(i + 2), i + 3) if named else i
        if not chained:
            return i
        inner = _heads().get(self.words[i + 1])
        if inner is not None:
            seat = inner.needs == "place" and (
                any(form in _SEATS_OF_PLACES for form in heads) or self.words[i + 1] in _STATES
            )
            end = self.place_name(i + 1) if seat else i + 1
            return end if end > i + 1 else i
        noun = set(self.known.habits.get(self.words[i + 1], "")) & set("Aabc")
        if not noun and not self.unknown(i + 1):
            return i
        place = self.place_at(i + 2)
        if place is not None and place.entry.sure and not place.skip:
            return place.last
        end = self.run_of_definites(i + 2)
        return self.tail_of(end) if end > i + 2 else i

    def inner_noun(self, i: int) -> bool:
        """Return whether word ``i`` may be a noun without article within a body's name."""
        word = self.words[i]
        return (
            word[0].isalpha()
            and len(word) > 2
            and not word.startswith(("ال", "لل", "وال"))
            and word not in _words_of("name_stops")
            and word not in _words_of("name_adjectives")
            and word not in self.known.titles
            and word not in forms("ar")
        )

    def agrees(self, i: int) -> bool:
        """Return whether the word after a head may be its participle: "شركة تابعة لل…"."""
        word = self.words[i + 1]
        if word not in self.known.habits:
            return False
        return word[0] == "م" or word[1] == "ا" or word.endswith("ه")

    def run_of_definites(self, j: int) -> int:
        """Return the end of a run of definite words that begins at word ``j``."""
        end = j
        while end < j + _LONGEST_TAIL and self.definite(end):
            national = self.nationality(end)
            end += 1
            if national:
                break
        return end

    def tail_of(self, j: int) -> int:
        """Return the end with a nationality or a place that the name names after it."""
        if self.nationality(j):
            return j + 1
        if self.follows(j) and self.words[j] == "في" and (place := self.place_at(j + 1)):
            longer = place.entry.type is EntityType.LOCATION
            return place.last if longer else j
        return j

    def place_name(self, i: int) -> int:
        """Return the end of "مدينة غاو", "ولاية تيارت", "منطقة «…»"."""
        word = self.text[self.stream.starts[i] : self.stream.ends[i]]
        if word.endswith("ه"):  # "his town", which folding makes a head
            return i
        place = self.place_at(i + 1)
        if place and not (place.last == i + 2 and self.opened(i + 1) and self.unknown(i + 2)):
            return place.last
        j = self.quoted(i + 1)
        if i + 1 < j <= i + _LONGEST_PLACE:
            return j
        small = bare(self.words[i]) in _words_of("small_places") or self.opened(i + 1)
        if not self.nationality(i + 1) and small:
            return self.run_of_unknown(i + 1)
        return i

    def run_of_unknown(self, j: int) -> int:
        """Return the end of the words from word ``j`` that no table knows: a village's name."""
        end = j
        if self.follows(j) and self.words[j] in _words_of("place_openers") and self.follows(j + 1):
            end += 1 + self.words[j + 1][0].isalpha()
        while end < j + 2 and self.unknown(end):
            end += 1
        return end if end > j else j - 1

    def opened(self, i: int) -> bool:
        """Return whether a place's name of two words begins at word ``i``: "عين …"."""
        if not self.follows(i) or self.words[i] not in _words_of("place_openers"):
            return False
        return self.follows(i + 1) and (self.definite(i + 1) or self.unknown(i + 1))

    def villages(self, built: list[Mention]) -> list[Mention]:
        """Return the names of places that no gazetteer knows and that stand without a head.

        They follow "ناحيتي … و…" or stand elsewhere in the text after a head.
        """
        found = []
        names: set[tuple[str, ...]] = set()
        for mention in built:
            i = mention.first + 1
            if mention.type is EntityType.ORGANISATION or i >= mention.last:
                continue
            if i in self.phrases and self.phrases[i].last >= mention.last:
                continue
            if self.opened(i) or (mention.last == i + 1 and self.unknown(i)):
                names.add(self.words[i : mention.last])
        for i, word in enumerate(self.words):
            if not _may_be(word, "place_pairs"):
                continue
            j, skip = i + 1, 0
            while self.follows(j) and len(self.words[j]) > skip:
                name = self.words[j][skip:]
                if self.place_at(j) is not None:
                    last = self.phrases[j].last
                elif name in _words_of("place_openers") and self.follows(j + 1):
                    last = j + 2
                elif self.unknown(j):
                    last = j + 1
                else:
                    break
                if j not in self.phrases:
                    found.append(self.mention(j, last, skip, EntityType.COUNTRY_OR_CITY))
                    names.add((name, *self.words[j + 1 : last]))
                j, skip = last, 1
                if j < self.size and not self.words[j].startswith("و"):
                    break
        return found + self.again(names, EntityType.COUNTRY_OR_CITY)

    def again(self, names: set[tuple[str, ...]], kind: EntityType) -> list[Mention]:
        """Return every place where one of the names stands, its clitics taken off."""
        by_last: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(names):
            by_last.setdefault(name[-1], []).append(name)
        found = []
        for i, word in enumerate(self.words if names else ()):
            for skip, form in stems(word):
                for name in by_last.get(word, ()) if skip == 0 else ():
                    first = i - len(name) + 1
                    if len(name) > 1 and first >= 0 and self.words[first + 1 : i] == name[1:-1]:
                        for letters, head in stems(self.words[first]):
                            if head == name[0]:
                                found.append(self.mention(first, i + 1, letters, kind))
                                break
                if (form,) in names:
                    found.append(self.mention(i, i + 1, skip, kind))
                    break
        return found

    def short_forms(self, built: list[Mention]) -> list[Mention]:
        """Return the quoted names of bodies where they stand alone in quotation marks.

        The first word is enough: "المنارة" for "شركة «المنارة للطيران»".
        """
        short: set[str] = set()
        for mention in built:
            if mention.type is EntityType.ORGANISATION:
                for i in range(mention.first + 1, mention.last - 1):
                    if self.words[i] in _OPENING and self.words[i + 1][0].isalpha():
                        short.add(self.words[i + 1])
        return [
            self.mention(i + 1, i + 2, 0, EntityType.ORGANISATION)
            for i, word in enumerate(self.words[:-2] if short else ())
            if word in _OPENING
            and self.words[i + 1] in short
            and self.words[i + 2] == _OPENING[word]
        ]

    def numbered_roads(self) -> list[Mention]:
        """Return roads known by a number: "الطريق الوطنية رقم 5"."""
        found = []
        for i, word in enumerate(self.words):
            if word != _NUMBER or not self.follows(i + 1) or not self.words[i + 1].isdigit():
                continue
            for j in range(i - 1, max(-1, i - 4), -1):
                skips = [skip for skip, form in stems(self.words[j]) if bare(form) == _ROAD]
                if skips:
                    found.append(self.mention(j, i + 2, skips[0], EntityType.FACILITY))
                if skips or self.stream.opens[j]:
                    break
        return found

    def unknown(self, i: int) -> bool:
        """Return whether word ``i`` is neither an ordinary word nor anything the tables know."""
        if not self.follows(i) or not self.words[i][0].isalpha() or len(self.words[i]) < 3:
            return False
        habits = self.known.habits
        return not any(
            form in habits
            or bare(form) in habits
            or bare(form) in self.known.nationalities
            or bare(form) in self.known.heads
            or bare(form) in self.known.titles
            or form in _words_of("name_stops")
            for _, form in stems(self.words[i])
        )

    # ------------------------------------------------------------ people after titles

    def introduced(self) -> list[Mention]:
        """Return the names of people that follow a title: "الجنرال …", "الرئيس الفرنسي …"."""
        found = []
        for i in range(1, self.size):
            cue = _calls(self.words[i - 1]) or self.words[i - 2] == _IN_THE_NAME_OF
            called = cue and self.called(i)
            titled = called or (_before_a_name(self.words[i - 1]) and self.titled(i))
            if titled and (self.namelike(i, first=True) or (called and self.given(i))):
                last = i + 1
                while last < i + _LONGEST_PERSON and self.namelike(last, first=False):
                    last += 1
                if last == i + 1 and self.surname(last, called=called):
                    last += 1
                found.append(self.mention(i, last, 0, EntityType.PERSON))
        return found

    def called(self, i: int) -> bool:
        """Return whether the words before say that a person's name begins: "رجل الأعمال"."""
        if not self.follows(i):
            return False
        before = self.words[i - 1]
        if before in _words_of("name_namers"):
            return True
        if i < 3 or not self.follows(i - 1):
            return False
        if before in _BUSINESS:
            return any(bare(form) in _MEN_OF for _, form in stems(self.words[i - 2]))
        speaker = self.words[i - 2] == _IN_THE_NAME_OF and self.definite(i - 1)
        return speaker and any(bare(form) in _SPEAKERS_FOR for _, form in stems(self.words[i - 3]))

    def given(self, i: int) -> bool:
        """Return whether word ``i`` is a given name with the article: "الطيب"."""
        word = self.words[i]
        names = self.known.name_words
        known = len(word) > 3 and max(names.get(word, 0), names.get(bare(word), 0)) > _SELDOM
        return known and self.adjective(i) is self.nationality(i) is False

    def surname(self, i: int, *, called: bool) -> bool:
        """Return whether word ``i`` is a definite word in -i that is seldom anything else.

        Or, after somebody is called by name, any word that is seen in names of people.
        """
        names = self.known.name_words
        given = max(names.get(form, 0) for form in (self.words[i - 1], bare(self.words[i - 1])))
        if not self.follows(i) or given <= _SELDOM:
            return False
        word = self.words[i]
        if called and names.get(word, 0):
            return True
        seldom = self.known.habits.get(word, "") < "f2"
        plain = not (self.nationality(i) or self.adjective(i) or self.stopped(i))
        return word.startswith("ال") and word.endswith("ي") and seldom and plain

    def titled(self, i: int) -> bool:
        """Return whether a title ends right before word ``i``, with its adjectives if any."""
        j = i - 1
        if not self.follows(i):
            return False
        while j and j > i - 4 and self.follows(j) and (self.nationality(j) or self.stopped(j)):
            j -= 1
        definite = any(
            form.startswith("ال") and form[2:] in self.known.titles
            for _, form in stems(self.words[j])
        )
        if definite or j == i - 1:
            return definite
        # "وزير الخارجية الجزائري …": the office and its portfolio, then the adjective
        before = self.words[j - 1] if j and self.follows(j) else ""
        return bool(before) and self.definite(j) and self.office(j)

    def conjunction(self, i: int) -> bool:
        """Return whether word ``i`` is "فإن", which folding makes the particle of Dutch names."""
        return self.words[i] == "فان" and "إ" in self.shown(i)

    def indefinite(self, i: int) -> bool:
        """Return whether word ``i`` ends as an indefinite accusative does: no name, as a rule."""
        if "\u064b" in self.shown(i)[-2:]:
            return True
        word = self.words[i]
        ordinary = word.endswith("ا") and word[:-1] in self.known.habits
        return ordinary and self.known.name_words.get(word, 0) <= _SELDOM

    def shown(self, i: int) -> str:
        """Return word ``i`` as it stands in the text, with the mark after its last letter."""
        return self.text[self.stream.starts[i] : self.stream.ends[i] + 1]

    def stopped(self, j: int) -> bool:
        """Return whether word ``j`` is an adjective of order or time: "السابق"."""
        return self.words[j] in _words_of("name_stops") and self.words[j].startswith("ال")

    def namelike(self, i: int, *, first: bool) -> bool:
        """Return whether word ``i`` may be part of a person's name."""
        if not self.follows(i) or not self.words[i][0].isalpha():
            return False
        word = self.words[i]
        short = bare(word)
        if word in self.known.particles:
            return self.follows(i + 1) and self.words[i + 1][0].isalpha()
        if (
            len(word) < 3
            or short in self.known.nationalities
            or short in self.known.titles
            or short in self.known.heads
            or short in _words_of("name_adjectives")
            or word in _words_of("name_stops")
            or (first and (short is not word or i in self.phrases))
        ):
            return False
        if self.text[self.stream.ends[i] - 1] == "ى" and word in ("علي", "الي", "حتي"):
            return False  # the preposition, which folding makes a name
        seen = self.known.name_words.get(word, 0)
        habits = self.known.habits.get(word, "")
        if self.conjunction(i) or self.indefinite(i):
            return False
        if self.words[i - 1] in self.known.particles:
            return True
        if first and bare(self.words[i - 1]) == _TEAM and seen <= _OFTEN:
            return False  # a rank, but a team more often
        if habits > "f6" and "T" not in habits:
            return False
        if not habits:
            inner = any(letters and form in self.known.habits for letters, form in stems(word))
            if inner and seen <= _SELDOM:
                return False
            return seen > 0 or (
                first and word[:2] not in ("لل", "وا", "فا", "با", "مت", "مح", "ست", "اس")
            )
        if word == _IN_THE_NAME_OF:  # the given name is rarer
            return False
        return seen > _SELDOM and not ("S" in habits and seen < _OFTEN)

    # ------------------------------------------------------------ outlets by what stands around

    def outlets(self) -> list[Mention]:
        """Return the names of outlets that the words around give away: "قال ل«…»", "علمت «…»"."""
        found = []
        names: set[tuple[str, ...]] = set()
        for i in range(1, self.size):
            first, last = self.outlet(i)
            if last == first:
                letters = self.outlet_opened(i)
                if letters >= 0:
                    found.append(self.mention(i, i + 2, letters, EntityType.ORGANISATION))
                    names.add((self.words[i][letters:], self.words[i + 1]))
            if last > first:
                skip = int(first < i and self.words[first][0] in "لب")  # "لصدى نيوز"
                found.append(self.mention(first, last, skip, EntityType.ORGANISATION))
                names.add((self.words[first][skip:], *self.words[first + 1 : last]))
        for name in names:  # and wherever it stands again
            for i, word in enumerate(self.words[: self.size - len(name) + 1]):
                if word == name[0] and self.words[i : i + len(name)] == name:
                    found.append(self.mention(i, i + len(name), 0, EntityType.ORGANISATION))
                elif len(name) > 1 and self.words[i + 1 : i + len(name)] == name[1:]:
                    for skip, form in stems(word):
                        if form == name[0]:
                            last = i + len(name)
                            found.append(self.mention(i, last, skip, EntityType.ORGANISATION))
                            break
        return found

    def outlet(self, i: int) -> tuple[int, int]:
        """Return the first word of an outlet's name and the one after it, before which ``i`` is."""
        word = self.words[i]
        nothing = (0, 0)
        j = self.quoted(i + 1) if i + 1 < self.size else i + 1
        if j > i + 2:
            told = word == "ل" and self.spoken(i)
            if (told or self.learns(i)) and j - i <= _LONGEST_OUTLET + 3:
                return i + 2, j - 1
        if word in _words_of("media_words") and self.follows(i) and i > 1:
            before = self.words[i - 1]
            if i - 1 not in self.phrases and bare(before) not in self.known.heads:
                joined = before[:1] in "لب" and len(before) > 3
                return (i - 1, i + 1) if joined or self.unknown(i - 1) else nothing
        return nothing

    def outlet_opened(self, i: int) -> int:
        """Return how many letters come before an outlet's name of two words at ``i``, or -1.

        It stands before a date at the head of a text, or after "ل" and a verb of saying.
        """
        if not _may_be(self.words[i], "name_outlet_openers") or not self.definite(i + 1):
            return -1
        for skip, form in stems(self.words[i]):
            if form in _words_of("name_outlet_openers"):
                if skip:
                    return skip if self.words[i][skip - 1] == "ل" and self.spoken(i) else -1
                after = self.words[i + 2] if self.follows(i + 2) else ""
                dated = after.isdigit() or after in _words_of("weekdays")
                return 0 if self.stream.opens[i] and dated else -1
        return -1

    def spoken(self, i: int) -> bool:
        """Return whether a verb or noun of saying stands up to eight words before word ``i``."""
        known = forms("ar")
        said = _words_of("saying_nouns")
        for k in range(i - 1, max(-1, i - 1 - _SAID_WITHIN), -1):
            if any(form in known or bare(form) in said for _, form in stems(self.words[k])):
                return True
            if self.stream.opens[k]:
                return False
        return False

    def learns(self, i: int) -> bool:
        """Return whether word ``i`` is a verb of learning whose subject is an outlet."""
        return any(
            form in _words_of("learning_verbs") for form in (self.words[i], self.words[i][1:])
        )

    # ------------------------------------------------------------ gazetteer and tagger

    def listed(self) -> list[Mention]:
        """Return the phrases of the gazetteer, ordinary words only where the text settles them."""
        settled = {
            phrase.entry.key
            for phrase in self.phrases.values()
            if (phrase.entry.sure and not self.doubtful(phrase)) or self.settles(phrase)
        }
        return [
            self.mention(phrase.first, phrase.last, phrase.skip, self.kind(phrase), phrase.entry)
            for phrase in self.phrases.values()
            if (phrase.entry.sure and not self.doubtful(phrase))
            or (phrase.entry.key in settled and not self.ordinary(phrase))
        ]

    def doubtful(self, phrase: Covered) -> bool:
        """Return whether a name of one word is of a far town and the tagger does not take it."""
        far = phrase.entry.key.startswith("towns:") and phrase.last == phrase.first + 1
        return far and self.labels[phrase.first] == "O"

    def kind(self, phrase: Covered) -> EntityType:
        """Return the type of a phrase, a city for which a team stands being a body."""
        city = phrase.entry.key.startswith(("cities:", "towns:"))
        after = self.labels[phrase.last] if phrase.last < self.size else "O"
        team = self.labels[phrase.first] == "B-ORG" and after != "I-ORG"
        return EntityType.ORGANISATION if city and team else phrase.entry.type

    def settles(self, phrase: Covered) -> bool:
        """Return whether an ordinary word stands where only a name of a place stands."""
        i = phrase.first
        if not i or self.stream.opens[i]:
            return False
        before = self.words[i - 1]
        if phrase.entry.type is EntityType.ORGANISATION:
            return any(
                bare(form) in self.known.heads or bare(form) in self.known.titles
                for _, form in stems(before)
            )
        if self.ordinary(phrase):
            return False
        cues = _words_of("place_cues")
        return any(form in cues for _, form in stems(before))

    def ordinary(self, phrase: Covered) -> bool:
        """Return whether the word continues a row of adjectives: "لوجستي ومالي"."""
        i = phrase.first
        before = self.words[i - 1] if self.follows(i) and i else ""
        adjectives = (
            before.endswith("ي")
            and self.words[i].endswith("ي")
            and before not in ("في", *_words_of("place_cues"))
        )
        if adjectives or self.indefinite(i):
            return True
        after = self.words[phrase.last] if self.follows(phrase.last) else ""
        return (
            self.words[i].startswith("ال")
            and after.startswith("ال")
            and after.endswith(("ي", "يه"))
            and after[2:] not in self.known.nationalities
        )  # "القصر الرئاسي"

    def tagged(self) -> list[Mention]:
        """Return the names that the trained tagger finds."""
        found = []
        for first, last in self.stream.sentences():
            labels = self.labels[first:last]
            start = -1
            for i, label in enumerate([*labels, "O"]):
                if start >= 0 and not label.startswith("I-"):
                    kind = _TAGGED[labels[start][2:]]
                    for a, b in self.parted(first + start, first + i, kind):
                        found.append(self.trimmed(a, b, kind))
                    start = -1
                if label.startswith("B-"):
                    start = i
        return [mention for mention in found if mention is not None]

    def parted(self, first: int, last: int, kind: EntityType) -> list[tuple[int, int]]:
        """Return a tagged name of people as one stretch each: "علي وعباس" are two."""
        if kind is not EntityType.PERSON:
            return [(first, last)]
        names = self.known.name_words
        cuts = [first]
        for i in range(first + 1, last):
            word = self.words[i]
            rest = names.get(word[1:], 0) + (word[1:] in self.vocabulary)
            if word[0] == "و" and len(word) > 3 and rest > 2 * names.get(word, 0):
                cuts.append(i)
        parts = list(zip(cuts, [*cuts[1:], last], strict=True))
        return [self.widened(a, b) for a, b in parts]

    def widened(self, first: int, last: int) -> tuple[int, int]:
        """Return a stretch of a person's name with the given names and particles beside it."""
        while first and self.follows(first) and self.joins(first - 1):
            first -= 1
        if self.given_alone(first, last) and self.last_name(last):
            last += 1
        particles = self.known.particles
        while self.follows(last) and (
            self.words[last - 1] in particles or self.words[last] in ("بن", "ولد")
        ):
            if not self.words[last][0].isalpha():
                break
            last += 1
        return first, last

    def given_alone(self, first: int, last: int) -> bool:
        """Return whether a person's name is a given name alone, be it "عبد العزيز"."""
        if last == first + 2:
            return self.servant(first)
        seen = self.known.name_words.get(self.words[first], 0)
        return last == first + 1 and seen >= _OFTEN and self.words[first] in self.known.habits

    def servant(self, i: int) -> bool:
        """Return whether word ``i`` is the first half of a man's name: "عبد العزيز"."""
        return any(form == "عبد" for _, form in stems(self.words[i]))

    def last_name(self, i: int) -> bool:
        """Return whether word ``i``, after a given name, is hardly anything but a last name."""
        if not self.follows(i) or i in self.phrases:
            return False
        if self.known.habits.get(self.words[i], "").endswith("T"):  # elsewhere after titles
            return not self.common(self.words[i])
        maghrebi = self.words[i].startswith(_MAGHREBI) and len(self.words[i]) > 4
        return self.unknown(i) and (maghrebi or not self.verb(i))

    def verb(self, i: int) -> bool:
        """Return whether word ``i`` begins as verbs in the imperfect do, or as a joined word."""
        # No verb of which a man is the subject begins with ت or ن.
        letters = "يسوفبلك" if i > 1 and self.servant(i - 2) else "يتنسوفبلك"
        return self.words[i][0] in letters or self.words[i].endswith("ت")

    def joins(self, i: int) -> bool:
        """Return whether word ``i`` belongs to the name that goes on after it."""
        word = self.words[i]
        short = bare(word)
        if self.conjunction(i) or (self.stream.opens[i] and word in self.known.habits):
            return False
        if i in self.phrases or short in self.known.nationalities or short in self.known.titles:
            return False
        if word.startswith("ال"):
            joined = i and self.follows(i) and self.words[i - 1] in ("عبد", "ابو")
            return bool(joined)
        if short in self.known.heads or word in _words_of("name_stops"):
            return False
        often = self.known.name_words.get(word, 0) >= _OFTEN and len(word) > 3
        return often or word in ("بن", "ولد", "عبد", "ابو")

    def trimmed(self, first: int, last: int, kind: EntityType) -> Mention | None:
        """Return a tagged name without punctuation at its ends and without a proclitic."""
        while first < last and not self.words[first][0].isalnum():
            first += 1
        while last > first and not self.words[last - 1][0].isalnum():
            last -= 1
        while kind is EntityType.PERSON and last > first + 1 and self.is_title(first):
            first += 1
        while (
            kind is EntityType.PERSON
            and last > first + 1
            and (self.common(self.words[last - 1]) or self.indefinite(last - 1))
        ):
            last -= 1
        if first == last or not any(word[0].isalpha() for word in self.words[first:last]):
            return None
        while kind is EntityType.PERSON and last > first + 1 and self.conjunction(first):
            first += 1
        if self.words[first] == "فان" and first + 1 < last:  # "so that", as often written
            first += self.words[first + 1] in self.known.habits
        if last == first + 1 and not self.tellable(self.words[first], kind):
            return None
        if last == first + 1 and self.indefinite(first):
            return None
        if last == first + 1 and kind is EntityType.PERSON and self.common(self.words[first]):
            return None
        if self.words[first] == _IN_THE_NAME_OF and self.speaks_for(first):
            return None
        word = self.words[first]
        skip = 0
        for letters, form in stems(word):
            if letters and self.clearer(form, word):
                skip = letters
                break
        return self.mention(first, last, skip, kind)

    def speaks_for(self, i: int) -> bool:
        """Return whether "باسم" means in the name of: after a spokesman, or before a definite."""
        before = self.words[i - 1] if i and self.follows(i) else ""
        spokesman = (
            any(bare(form) in _SPEAKERS_FOR for _, form in stems(before)) if before else False
        )
        return spokesman or self.definite(i + 1) or self.phrases.get(i + 1) is not None

    def is_title(self, i: int) -> bool:
        """Return whether word ``i`` is a title with the article: "العميد"."""
        return any(
            form.startswith("ال") and form[2:] in self.known.titles
            for _, form in stems(self.words[i])
        )

    def common(self, word: str) -> bool:
        """Return whether a word is an ordinary one of running text and no known name."""
        if word in _words_of("name_stops"):
            return True
        if word.startswith("ال") or word in self.known.particles:
            return False
        if self.known.name_words.get(word, 0) > _SELDOM:
            return False
        habits = self.known.habits.get(word, "")
        return "A" in habits or "S" in habits

    def tellable(self, word: str, kind: EntityType) -> bool:
        """Return whether one word may be a name of this kind: no adjective, title or head."""
        for _, form in stems(word):
            short = bare(form)
            if short in _words_of("name_adjectives") or form in _words_of("name_stops"):
                return False
            adjective = short in self.known.nationalities or short in self.known.titles
            if kind is EntityType.PERSON and form is not short and adjective:
                return False
        return True

    def clearer(self, form: str, word: str) -> bool:
        """Return whether ``form`` is a name, or stands bare in this text, rather than ``word``."""
        names = self.known.name_words
        if form in self.known.phrases and word not in self.known.phrases:
            return True
        if form in self.vocabulary and names.get(form, 0) >= names.get(word, 0):
            return True
        return form.startswith("ال") or names.get(form, 0) > 3 * names.get(word, 0)

    # ------------------------------------------------------------ what the text teaches

    def learned(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions and those of names that the text has taught elsewhere."""
        surnames: dict[str, EntityType] = {}
        patronyms: set[tuple[str, str]] = set()
        for mention in mentions:
            parts = mention.key.split()
            if mention.type is not EntityType.PERSON:
                continue
            if len(parts) > 2 and parts[-2] in self.known.particles:
                patronyms.add((parts[-2], parts[-1]))
            elif not (len(parts) == 2 and parts[0] in self.known.particles) and self.telling(
                parts[-1]
            ):
                surnames.setdefault(parts[-1], mention.type)
        taken = {i for mention in mentions for i in range(mention.first, mention.last)}
        more = []
        for i, word in enumerate(self.words):
            if i in taken:
                continue
            for skip, form in stems(word):
                after = self.words[i + 1] if self.follows(i + 1) and i + 1 not in taken else ""
                if (form, after) in patronyms:
                    more.append(self.mention(i, i + 2, skip, EntityType.PERSON))
                    break
                if form in surnames:
                    more.append(self.mention(i, i + 1, skip, surnames[form]))
                    break
        return without_overlaps([*mentions, *more])

    def told_apart(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions, two people after a verb of telling as two: "أخبرت X Y".

        They are two if the text names the first and the second apart from each other.
        """
        last_of: dict[str, set[str]] = {}  # the names that end in a word
        for mention in mentions:
            if mention.type is EntityType.PERSON:
                last_of.setdefault(mention.key.split()[-1], set()).add(mention.key)
        found = []
        for mention in mentions:
            words = self.words[mention.first : mention.last]
            two = mention.type is EntityType.PERSON and len(words) == 2
            if (
                two
                and self.tells(mention.first - 1)
                and all(last_of.get(word, set()) - {mention.key} for word in words)
            ):
                middle = mention.first + 1
                skip = mention.span.start - self.stream.starts[mention.first]
                found += [
                    self.mention(mention.first, middle, skip, EntityType.PERSON),
                    self.mention(middle, mention.last, 0, EntityType.PERSON),
                ]
                continue
            found.append(mention)
        return tuple(found)

    def tells(self, i: int) -> bool:
        """Return whether word ``i`` is a verb that has an addressee as its object."""
        if i < 0 or not self.follows(i + 1):
            return False
        known = forms("ar")
        word = self.words[i]
        return any(form in known and known[form].kind == "tell" for form in (word, word[1:]))

    def bearers(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions, a body named after a person being one: "حكومة …"."""
        heads = _words_of("bearer_heads")
        return without_overlaps(self.grown(mention, heads) for mention in mentions)

    def grown(self, mention: Mention, heads: frozenset[str]) -> Mention:
        """Return the mention with the head before it or the acronym after it."""
        skip = self.head_before(mention, heads)
        if skip is not None:
            return self.mention(mention.first - 1, mention.last, skip, EntityType.ORGANISATION)
        if mention.type is EntityType.ORGANISATION and self.acronym(mention.last):
            return replace(mention, span=self.through(mention), last=mention.last + 1)
        return mention

    def head_before(self, mention: Mention, heads: frozenset[str]) -> int | None:
        """Return how many letters come before the head that a person's name completes, or None."""
        if mention.type is not EntityType.PERSON or not mention.first:
            return None
        if not self.follows(mention.first):
            return None
        before = stems(self.words[mention.first - 1])
        return next((skip for skip, form in before if form in heads), None)

    def leaders(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the people whose name makes that of the body they lead: "حكومة …".

        A noun in the genitive has no proclitic: "إدارة بايدن" is that of no "ايدن".
        """
        heads = _words_of("bearer_heads") - _words_of("namesakes")
        return [
            self.mention(m.first, m.last, 0, EntityType.PERSON)
            for m in mentions
            if self.head_before(m, heads) is not None
        ]

    def senders(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the states in the names of their embassies and consulates: "سفارة فرنسا"."""
        found = []
        for mention in mentions:
            state = self.place_at(mention.first + 1)
            if state is None or state.entry.key not in self.known.states:
                continue
            head = mention.key.split()[0]
            if head in _EMBASSIES and state.last <= mention.last:
                kind = state.entry.type
                found.append(self.mention(state.first, state.last, state.skip, kind, state.entry))
        return found

    def acronym(self, i: int) -> bool:
        """Return whether word ``i`` is an acronym in Latin capitals that nothing else has taken."""
        if not self.follows(i) or i in self.phrases:
            return False
        shown = self.text[self.stream.starts[i] : self.stream.ends[i]]
        return len(shown) > 2 and shown.isascii() and shown.isupper()

    def through(self, mention: Mention) -> Span:
        """Return the span of a mention and the word after it."""
        return Span(mention.span.start, self.stream.ends[mention.last])

    def telling(self, word: str) -> bool:
        """Return whether a last name is rare enough to stand for its bearer alone."""
        short = bare(word)
        return (
            len(word) > 3
            and word not in _words_of("name_ends")
            and self.known.habits.get(word, "") < "f6"
            and not self.common(word)
            and short not in self.known.nationalities
            and short not in self.known.heads
            and short not in self.known.titles
            and short not in _words_of("name_adjectives")
            and word not in self.known.phrases
        )
