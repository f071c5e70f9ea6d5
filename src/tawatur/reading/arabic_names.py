"""Where does an Arabic text name people, bodies and places?

Bodies are built by rule: a head word ("جيش", "وزارة", "تنظيم") and what completes
it by grammar: an adjective of nationality, a definite genitive, a quoted name, a
place. The trained tagger gives people and the names that no rule knows. What one
place of the text settles holds for the whole text: a surname after a full name,
an ordinary word that is a place here.
"""

from dataclasses import replace
from functools import cache, lru_cache

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.cues import forms
from tawatur.reading.lexicon import Entry, Head, Lexicon, bare, lexicon, stems
from tawatur.reading.mention import Mention, without_overlaps
from tawatur.reading.stream import Covered, Stream, covered, phrase_marks
from tawatur.reading.tables import rows
from tawatur.reading.tagger import tags

_OPENING = {"“": "”", "«": "»", '"': '"', "‘": "'", "(": ")", "„": "“", "'": "'"}
_LONGEST_QUOTE = 8
_LONGEST_PLACE = 6  # words of a quoted place, head and marks with it
_LONGEST_TAIL = 6
_LONGEST_PERSON = 5
_PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION)
_TAGGED = {
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "LOC": EntityType.COUNTRY_OR_CITY,
}
_STATE_BODIES = frozenset({"state", "nisba", "portfolio"})
_IN_THE_NAME_OF = "باسم"
_SPEAKERS_FOR = frozenset({"متحدث", "متحدثه", "ناطق", "ناطقه", "تحدث", "يتحدث", "متكلم"})
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


@lru_cache(maxsize=12_000)
def _headed(word: str) -> tuple[tuple[int, str, Head], ...]:
    """Return the heads that a word can be: letters before it, its form, the head."""
    heads = lexicon("ar").heads
    return tuple(
        (skip, form, heads[bare(form)]) for skip, form in stems(word) if bare(form) in heads
    )


def arabic_mentions(
    text: str, folded: Folded, words: Stream, known: Lexicon
) -> tuple[Mention, ...]:
    """Return the mentions, in order, none overlapping."""
    phrases = covered(words, known)
    marks = phrase_marks(words, phrases)
    finder = _Finder(text, folded, words, known, phrases)
    built = finder.built()
    listed = finder.listed()
    tagged = finder.tagged(marks)
    found = [*built, *listed, *finder.introduced(), *tagged]
    longest_first = sorted(found, key=lambda m: (m.first - m.last, m.first))
    return finder.bearers(finder.told_apart(finder.learned(without_overlaps(longest_first))))


class _Finder:
    """The state of one reading: the words and the phrase that begins at each word."""

    def __init__(
        self,
        text: str,
        folded: Folded,
        words: Stream,
        known: Lexicon,
        phrases: tuple[Covered, ...],
    ) -> None:
        self.text, self.folded, self.stream, self.known = text, folded, words, known
        self.words = words.words
        self.phrases = {phrase.first: phrase for phrase in phrases}
        self.size = len(words.words)
        self.vocabulary = frozenset(words.words)

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
                embassy = short in ("سفاره", "قنصليه")
                kind = EntityType.FACILITY if embassy and self.target(i) else head.type
                last = self.seat(last) if embassy else last
                return self.mention(i, last, skip, kind, self.meant(i, last, short))
        return None

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
        if head.needs == "direction":
            return self.direction(i, definite=definite)
        if definite:
            return self.described(i, alone=head.needs in _STATE_BODIES)
        if head.needs == "quoted":
            return self.tail_of(j) if (j := self.quoted(i + 1)) > i + 1 else i
        if head.needs == "place":
            return self.place_name(i)
        if head.needs in _STATE_BODIES:
            return self.state_body(i, direct=head.needs == "state")
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
        if definite:
            return j + 1 if self.nationality(j) else i
        place = self.place_at(j)
        return place.last if place else i

    def described(self, i: int, *, alone: bool) -> int:
        """Return the end of a definite head with its adjectives and complement.

        ``alone`` says that a nationality is enough: "الجيش المصري" is a name, "الشركة المصرية" not.
        """
        j, adjectives, national = i + 1, 0, False
        while j < i + 5 and (self.adjective(j) or self.nationality(j)):
            national = national or self.nationality(j)
            adjectives += alone or not self.nationality(j)
            j += 1
        if not adjectives:
            return i
        if self.follows(j) and self.words[j].startswith("لل") and len(self.words[j]) > 4:
            return self.run_of_definites(j)
        strong = self.words[j - 1][2:] in ("وطني", "وطنيه", "خاصه", "مسلحه", "مركزي")
        return j if national or strong or adjectives > 1 else i

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
        end = self.run_of_definites(i + 1)
        return self.tail_of(end) if end > i + 1 else i

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
        if place:
            return place.last
        j = self.quoted(i + 1)
        return j if i + 1 < j <= i + _LONGEST_PLACE else i

    # ------------------------------------------------------------ people after titles

    def introduced(self) -> list[Mention]:
        """Return the names of people that follow a title: "الجنرال …", "الرئيس الفرنسي …"."""
        found = []
        for i in range(1, self.size):
            if (
                _before_a_name(self.words[i - 1])
                and self.titled(i)
                and self.namelike(i, first=True)
            ):
                last = i + 1
                while last < i + _LONGEST_PERSON and self.namelike(last, first=False):
                    last += 1
                found.append(self.mention(i, last, 0, EntityType.PERSON))
        return found

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
        if self.words[i - 1] in self.known.particles:
            return True
        if not habits:
            return seen > 0 or (
                first and word[:2] not in ("لل", "وا", "فا", "با", "مت", "مح", "ست", "اس")
            )
        if word == _IN_THE_NAME_OF:  # the given name is rarer
            return False
        return seen > _SELDOM and not ("S" in habits and seen < _OFTEN)

    # ------------------------------------------------------------ gazetteer and tagger

    def listed(self) -> list[Mention]:
        """Return the phrases of the gazetteer, ordinary words only where the text settles them."""
        settled = {
            phrase.entry.key
            for phrase in self.phrases.values()
            if phrase.entry.sure or self.settles(phrase)
        }
        return [
            self.mention(phrase.first, phrase.last, phrase.skip, phrase.entry.type, phrase.entry)
            for phrase in self.phrases.values()
            if phrase.entry.sure or (phrase.entry.key in settled and not self.ordinary(phrase))
        ]

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
        cues = _words_of("place_cues")
        return any(form in cues for _, form in stems(before))

    def ordinary(self, phrase: Covered) -> bool:
        """Return whether the word continues a row of adjectives: "لوجستي ومالي"."""
        i = phrase.first
        before = self.words[i - 1] if self.follows(i) and i else ""
        return (
            before.endswith("ي")
            and self.words[i].endswith("ي")
            and before not in ("في", *_words_of("place_cues"))
        )

    def tagged(self, marks: list[str]) -> list[Mention]:
        """Return the names that the trained tagger finds."""
        found = []
        for first, last in self.stream.sentences():
            labels = tags(self.words[first:last], marks[first:last])
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
        particles = self.known.particles
        while self.follows(last) and (
            self.words[last - 1] in particles or self.words[last] in ("بن", "ولد")
        ):
            if not self.words[last][0].isalpha():
                break
            last += 1
        return first, last

    def joins(self, i: int) -> bool:
        """Return whether word ``i`` belongs to the name that goes on after it."""
        word = self.words[i]
        short = bare(word)
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
        while kind is EntityType.PERSON and last > first + 1 and self.common(self.words[last - 1]):
            last -= 1
        if first == last or not any(word[0].isalpha() for word in self.words[first:last]):
            return None
        if last == first + 1 and not self.tellable(self.words[first], kind):
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
        for mention in mentions:
            parts = mention.key.split()
            if mention.type is EntityType.PERSON and self.telling(parts[-1]):
                surnames.setdefault(parts[-1], mention.type)
        taken = {i for mention in mentions for i in range(mention.first, mention.last)}
        more = []
        for i, word in enumerate(self.words):
            if i in taken:
                continue
            for skip, form in stems(word):
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
        i = mention.first - 1
        if mention.type is EntityType.PERSON and i >= 0 and self.follows(mention.first):
            for skip, form in stems(self.words[i]):
                if form in heads:
                    return self.mention(i, mention.last, skip, EntityType.ORGANISATION)
        if mention.type is EntityType.ORGANISATION and self.acronym(mention.last):
            return replace(mention, span=self.through(mention), last=mention.last + 1)
        return mention

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
            and not self.common(word)
            and short not in self.known.nationalities
            and short not in self.known.heads
            and short not in self.known.titles
            and short not in _words_of("name_adjectives")
            and word not in self.known.phrases
        )
