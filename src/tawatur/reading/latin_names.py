"""Where does a French or English text name people, bodies and places?

Runs of capitalised words are names; the gazetteer, head words ("Ministry of",
"groupe"), titles ("General", "Mme") and nouns before them ("le quotidien …", "the
village of …") say of what kind. A capital that only begins a sentence proves
nothing: such a word counts when the gazetteer or the rest of the text knows it. What
one place of the text proves of a name holds for its other places.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import Folded, fold_words
from tawatur.reading.cues import forms, sided_heads
from tawatur.reading.lexicon import Entry, Lexicon
from tawatur.reading.mention import Mention, in_order, without_overlaps
from tawatur.reading.stream import Stream, covered
from tawatur.reading.tables import rows

_LONGEST = 10
_NEAR = 5  # words after a name within which an office or an age may stand
_FEW = 2  # times up to which a word was seen there that is no name as a rule
_OFTEN = 50  # times a word was seen in names of people from which it is a given name
_LINKS = {
    "en": frozenset({"of", "for", "and", "the", "in", "al", "el"}),
    "fr": frozenset(
        {"de", "du", "des", "la", "le", "les", "l", "d", "et", "pour", "en", "aux", "al", "el"}
    ),
}
_NAME_LINKS = frozenset(
    {
        "de",
        "al",
        "el",
        "ben",
        "bin",
        "ibn",
        "van",
        "von",
        "der",
        "ould",
        "da",
        "du",
        "la",
        "abu",
        "abou",
        "d",
    }
)
_ADJECTIVE_ENDINGS = (
    *("al", "ale", "ales", "aux", "ier", "iers", "iere", "ieres", "ique", "iques", "aire", "aires"),
    *("geres", "ieur", "ieure", "ieures", "ien", "ienne", "iens", "iennes", "if", "ive", "ifs"),
)
_PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION)
_ARTICLES = frozenset({"the", "le", "la", "les", "l"})
_BEFORE_SHORT = _ARTICLES | {"du", "au", "aux", "des", "this", "that", "cette", "cet", "ce"}
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
_PLACE_OPENERS = {
    "en": frozenset({"port", "fort", "mount", "saint", "st", "san", "santa", "lower", "upper"})
    | {"greater", "deir", "beit", "kafr", "ain", "tell", "umm", "little"},
    "fr": frozenset({"port", "fort", "saint", "sainte", "mont", "grand", "petit", "haut", "bas"})
    | {"haute", "basse", "ain", "beni", "sidi", "oued", "ouled", "bir", "ksar"},
}
_ACTS = frozenset({"declaration", "agreement", "accord", "accords", "treaty", "protocol"}) | {
    *("process", "summit", "statement", "communique", "charter", "pact", "plan", "talks"),
    *("convention", "roadmap", "principles", "sommet", "traite", "processus", "protocole"),
}
_BETWEEN = frozenset({"between", "entre"})
_AND = frozenset({"and", "et"})
_PAPERS = frozenset({"courier", "herald", "tribune", "chronicle", "guardian", "mirror"}) | {
    *("telegraph", "observer", "sentinel", "gazette", "examiner", "ledger", "courrier", "echo"),
}
_A_OR_AN = {"en": frozenset({"a", "an"}), "fr": frozenset({"un", "une"})}
_MEMBERS = frozenset(
    {"people", "women", "workers", "farmers", "teachers", "students", "children"}
) | {
    *("men", "miners", "fishers", "citizens", "lawyers", "traders"),
}
_TIES = frozenset(
    {"la", "le", "les", "sur", "sous", "en", "de", "du", "des", "aux", "lez", "upon"}
) | {
    *("l", "d", "on", "in", "the", "es"),
}
_SHORT = 4  # letters from which a name is looked for in a text without capitals
_ENOUGH = 150  # characters from which a text is called one without capitals
_CASELESS = 0.004  # share of capitals below which it is
_TO = frozenset({"to", "at", "into", "via", "through", "a", "vers", "en"})
_SYLLABLE = 5  # letters up to which a small letter after a hyphen goes on with a name: "Ji-hoon"
_COMPOUNDS = frozenset({"based", "led", "born", "run", "era", "style", "made", "held", "wide"}) | {
    *("owned", "area", "class", "like", "bound", "is", "la", "ci", "mere", "et", "ne", "nee"),
}
_CIVIC = frozenset({"court", "council", "university", "police", "college", "cour", "universite"})
_STATE = frozenset({"government", "gouvernement", "state"})
_SANS = "sans"
_DATELINE = re.compile(r"[ ]*(?:\([^()\n]{2,30}\)[ ]*)?(?:--|—|–|-)[ ]")
_LONGEST_DATELINE = 3
_LONGEST_REGION = 3  # words of a region's name
_LONGEST_LEADER = 3  # words of a person's name within that of a body
_NAMED = frozenset({"called", "named", "dubbed", "nomme", "nommee", "appele", "appelee"}) | {
    *("baptise", "baptisee", "denomme", "denommee", "intitule", "intitulee", "dit", "dite")
}
_OF = frozenset({"of", "de", "d", "du", "des"})
_ENDINGS = ("name_endings", "outlet_words")
_TIMES = ("months", "weekdays")
_PLACE_OPENERS_ALL = _PLACE_OPENERS["en"] | _PLACE_OPENERS["fr"]
_DIRECTIONS = frozenset({"west", "east", "north", "south", "ouest", "est", "nord", "sud"})
_BODY_MODIFIERS = 2  # words between a nationality and its body: "the Zambian finance ministry"
_PLACE_MODIFIERS = frozenset(
    {"news", "military", "international", "central", "air", "naval", "state", "national", "main"}
)
_EMBASSIES = frozenset({"ambassade", "consulat", "embassy", "consulate"})
_SEATED = _EMBASSIES | {"mission", "delegation"}
_FORCE = "force"
_JOINT = frozenset(
    {"joint", "multinational", "regional", "standby", "conjointe", "mixte", "commune"}
)
_SHOUTED = 0.85  # share of capitals among the letters of a line that is shouted
_HEADLINE = 0.7  # share of capitals among the longer words of a line that is a heading


@cache
def _stops(language: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows(language, "name_stops"))


@cache
def _times(language: str) -> frozenset[str]:
    found = {next(iter(row.values())) for table in _TIMES for row in rows(language, table)}
    return frozenset(fold_words(word) for word in found)


@cache
def _cues(language: str) -> dict[str, EntityType]:
    return {row["word"]: EntityType(row["type"]) for row in rows(language, "name_cues")}


@cache
def _words_of(language: str, table: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows(language, table))


def _caseless(text: str) -> bool:
    """Return whether a text has hardly a capital, so that capitals tell nothing."""
    capitals = sum(map(str.isupper, text))
    return len(text) >= _ENOUGH and capitals < _CASELESS * len(text)


def latin_mentions(text: str, folded: Folded, words: Stream, known: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions, in order; they overlap only where a name holds another name."""
    finder = _Finder(text, words, known)
    first = finder.listed()
    bodies = [*finder.bodies(), *finder.datelines()]
    taken = without_overlaps(sorted([*bodies, *first], key=lambda m: (m.first - m.last, m.first)))
    runs = finder.runs(taken)
    found = [*taken, *runs]
    repeated = finder.repeated(found)
    longest = sorted([*repeated, *found], key=lambda m: (m.first - m.last, m.first))
    apart = finder.learned(without_overlaps(longest if repeated else found))
    return in_order([*apart, *finder.led(apart), *finder.leaders(apart), *finder.senders(apart)])


class _Finder:
    """The state of one reading."""

    def __init__(self, text: str, words: Stream, known: Lexicon) -> None:
        self.text, self.stream, self.known = text, words, known
        self.words = words.words
        self.size = len(words.words)
        self.phrases = {p.first: p for p in covered(words, known) if not p.entry.hint}
        self.stops = _stops(known.language)
        self.times = _times(known.language)
        self.cues = _cues(known.language)
        self.links = _LINKS[known.language]
        self.capital = tuple(text[start].isupper() for start in words.starts)
        self.caseless = _caseless(text)
        if self.caseless:
            self.capital = self._supposed()
        lower = {w for w, c in zip(self.words, self.capital, strict=True) if not c}
        self.lower = frozenset(lower)
        self.opens = self._openings()
        self.place_ends: frozenset[int] = frozenset()
        self.shouted, self.headline = self._headings()

    def _supposed(self) -> tuple[bool, ...]:
        """Return for a text without capitals which words would have one."""
        capital = [False] * self.size
        for i, phrase in self.phrases.items():
            long = self.stream.ends[phrase.last - 1] - self.stream.starts[i] > _SHORT
            told = phrase.entry.sure or (i > 0 and self.words[i - 1] in self.places_before())
            if told and long and self.words[i] not in self.stops:
                capital[i : phrase.last] = [True] * (phrase.last - i)
        for i, word in enumerate(self.words):
            ordinary = word in self.stops or word in self.known.titles or word in self.known.heads
            if ordinary or len(word) < _SHORT or not word.isalpha() or word in self.times:
                continue
            before = self.words[i - 1] if i and not self.stream.opens[i] else ""
            seen = self.known.name_words.get(word, 0)
            titled = before in self.known.titles and seen > 0
            after = (
                i > 0 and capital[i - 1] and not self.stream.opens[i] and i - 1 not in self.phrases
            )
            beside = self.words[i + 1] if i + 1 < self.size else ""
            both = seen > _FEW and self.known.name_words.get(beside, 0) > _FEW
            given = (seen > _OFTEN or both) and before not in _ARTICLES and before not in _OF
            capital[i] = (
                capital[i] or titled or given or (after and word not in forms(self.known.language))
            )
        return tuple(capital)

    def _openings(self) -> tuple[bool, ...]:
        """Return where lines and sentences begin, a paragraph's number apart: "9. The summit …"."""
        opens = list(self.stream.opens)
        for i in range(1, self.size):
            if opens[i - 1] and self.words[i - 1].isdecimal() and not opens[i]:
                between = self.text[self.stream.ends[i - 1] : self.stream.starts[i]]
                opens[i] = between[:1] in (".", ")") and between[1:].isspace()
        return tuple(opens)

    def mention(
        self, first: int, last: int, kind: EntityType, entry: Entry | None = None
    ) -> Mention:
        start, end = self.stream.starts[first], self.stream.ends[last - 1]
        if self.text[end : end + 1] == "." and self.text[end - 2 : end - 1] == ".":
            end += 1  # the last stop of "U.S."
        span = Span(start, end)
        key = " ".join(word for word in self.words[first:last] if word[0].isalnum())
        return Mention(first, last, span, kind, key, entry)

    def _headings(self) -> tuple[frozenset[int], frozenset[int]]:
        """Return the words of lines wholly in capitals, and of those with a capital on most words.

        There a capital says nothing.
        """
        found: set[int] = set()
        titled: set[int] = set()
        cuts = [i for i, opens in enumerate(self.opens) if opens]
        for first, last in pairwise([*cuts, self.size]):
            line = self.text[self.stream.starts[first] : self.stream.ends[last - 1]]
            letters = [i for i in range(first, last) if self.words[i][0].isalpha()]
            upper = sum(map(str.isupper, line))
            mostly = upper >= _SHOUTED * sum(map(str.isalpha, line))
            heading = len(letters) == 1 and len(self.words[letters[0]]) > 4
            if (line.isupper() and (len(letters) > 1 or heading)) or (len(letters) > 2 and mostly):
                found.update(range(first, last))
            long = [i for i in letters if len(self.words[i]) > 3]
            closed = self.words[last - 1] == "."
            if len(long) > 3 and not closed:
                capitals = sum(self.capital[i] for i in long)
                if capitals >= _HEADLINE * len(long):
                    titled.update(range(first, last))
        return frozenset(found), frozenset(titled)

    def follows(self, i: int) -> bool:
        return i < self.size and not self.opens[i]

    def hyphen(self, i: int) -> bool:
        """Return whether a hyphen alone parts word ``i`` from the word before it."""
        return 0 < i < self.size and (
            self.text[self.stream.ends[i - 1] : self.stream.starts[i]] in ("-", "\u2010", "\u2011")
        )

    def listed(self) -> list[Mention]:
        """Return the phrases of the gazetteer that begin with a capital."""
        found = []
        for i, phrase in self.phrases.items():
            start = self.stream.starts[i]
            whole = self.text[start : self.stream.ends[phrase.last - 1]]
            short = len(whole.replace(".", "")) < 3
            if self.caseless and self.capital[i]:
                whole = whole.title()
            if not any(c.isupper() for c in whole) or (short and not whole.isupper()):
                continue
            if short and "." not in whole and self.known.language == "en" and whole == "IT":
                continue
            # An ordinary word that is an acronym too: "WHO", but not "Who" nor in a heading.
            ordinary = self.words[i] in self.stops and phrase.last == i + 1
            if ordinary and (not whole.isupper() or i in self.shouted):
                continue
            if not phrase.entry.sure and not self.settles(i, phrase.entry):
                continue
            inside = phrase.entry.type in _PLACES and self.inside(i, phrase.last)
            if not inside and (phrase.last > i + 1 or not self.after_given_name(i)):
                found.append(self.mention(i, phrase.last, phrase.entry.type, phrase.entry))
        return found

    def settles(self, i: int, entry: Entry) -> bool:
        """Return whether a name that may be another word stands where only such a name does."""
        if not i or self.opens[i] or not self.capital[i]:
            return False
        before = self.words[i - 1]
        if entry.type is EntityType.ORGANISATION:
            return self.cues.get(before) is EntityType.ORGANISATION
        if before in _OF and i > 1:
            return self.cues.get(self.words[i - 2]) in _PLACES
        return before in self.places_before()

    def inside(self, first: int, last: int) -> bool:
        """Return whether a place's name is a part of a longer one: "Levant Power"."""
        if first in self.headline or first in self.shouted:
            return False
        if self.hyphen(first) and self.capital[first - 1]:
            return True
        if self.hyphen(last) and (self.capital[last] or self.tied(last)):
            return True
        link = first - 1
        while link > first - 3 and link > 0 and self.words[link] in ("la", "l"):
            link -= 1
        if (
            link > 0
            and self.follows(link + 1)
            and self.follows(first)
            and self.words[link] in _OF
            and self.capital[link - 1]
            and self.plain(link - 1)
            and self.known.name_words.get(self.words[link - 1], 0) <= _FEW
            and not self.opens[link - 1]
            and self.begins(link - 1)
        ):
            return True
        if self.follows(last) and self.words[last] in _ACTS:
            return False
        after = self.follows(last) and self.capital[last] and self.plain(last)
        if after and not self.opens[first]:
            return True
        return (
            bool(first)
            and self.follows(first)
            and self.capital[first - 1]
            and self.plain(first - 1)
            and not self.opens[first - 1]
        )

    def tied(self, i: int) -> bool:
        """Return whether word ``i`` is a link between hyphens: "Saint-Rémy-la-Lande"."""
        return (
            self.words[i] in _TIES
            and not self.capital[i]
            and self.hyphen(i)
            and (self.hyphen(i + 1) or self.words[i] in ("l", "d"))
        )

    def plain(self, i: int) -> bool:
        """Return whether nothing is known of the capitalised word ``i``."""
        word = self.words[i]
        return (
            word[0].isalpha()
            and word not in self.stops
            and word not in self.known.titles
            and word not in self.known.nationalities
            and word not in self.known.heads
            and i not in self.phrases
            and len(word) > 2
        )

    def after_given_name(self, i: int) -> bool:
        """Return whether a given name stands right before word ``i``: "Allan Houston"."""
        before = self.words[i - 1] if i and self.follows(i) else ""
        return (
            self.known.name_words.get(before, 0) > _OFTEN
            and self.capital[i - 1]
            and i - 1 not in self.phrases
            and before not in self.stops
            and before not in self.known.titles
            and before not in self.known.heads
            and before not in self.known.nationalities
        )

    # ------------------------------------------------------------ names with a head word

    def bodies(self) -> list[Mention]:
        """Return the names that a head word opens or closes."""
        found = []
        for i, word in enumerate(self.words):
            if word == _FORCE and (force := self.force(i)) is not None:
                found.append(force)
                continue
            head = self.known.heads.get(word)
            if head is None or self.headless(i):
                continue
            last = self.opened(i)
            if head.needs == "after" and self.follows(i + 1) and self.words[i + 1] not in _OF:
                last = i  # "Desert Gold Ltd" is no desert
            if last > i + 1 and (self.capital[i] or head.needs == "any"):
                begin = self.leading(i)
                begin = self.with_article(begin) if self.capital[begin] else begin
                outlet = last == i + 2 and self.capital[i] and self.ending(last)
                kind = EntityType.ORGANISATION if outlet else head.type
                found.append(self.mention(begin, self.seat(i, last), kind))
                continue
            first = self.leading(i)
            national = self.words[first] in self.known.nationalities
            if first < i and (self.capital[i] or national):
                found.append(self.mention(first, i + 1, head.type))
            elif head.needs == "after" or head.type is EntityType.ORGANISATION:
                first = self.modified(i, place=head.needs == "after")
                if first < i:
                    found.append(self.mention(first, i + 1, head.type))
        return found

    def force(self, i: int) -> Mention | None:
        """Return the force at word ``i`` if it has its name from a region: "the Sahel force".

        Of a state the same word may mean its strength.
        """
        first = self.region_before(i)
        last = i + 1 if first < i else self.region_after(i + 1)
        named = (first < i or last > i + 1) and not self.hyphen(i + 1)
        return self.mention(first, last, EntityType.ORGANISATION) if named else None

    def region_before(self, i: int) -> int:
        """Return where the region of "Sahel joint force" begins, ``i`` being the force."""
        end = i
        while self.follows(end) and self.words[end - 1] in _JOINT:
            end -= 1
        starts = range(max(0, end - _LONGEST_REGION), end if self.follows(end) else 0)
        return next((j for j in starts if self.region(j) == end), i)

    def region_after(self, i: int) -> int:
        """Return where "force conjointe du Sahel" ends, ``i`` being the word after the force."""
        j = i
        while self.follows(j) and (self.words[j] in _JOINT or self.adjective(j)):
            j += 1
        if not self.follows(j) or self.words[j] not in _OF:
            return i
        j += 1
        while self.follows(j) and self.words[j] in _ARTICLES:
            j += 1
        return (self.region(j) if self.follows(j) else 0) or i

    def region(self, i: int) -> int:
        """Return the end of the region of the gazetteer that begins at word ``i``, or 0."""
        phrase = self.phrases.get(i)
        known = phrase is not None and phrase.entry.type is EntityType.LOCATION
        return phrase.last if phrase and known and self.capital[i] else 0

    def ending(self, last: int) -> bool:
        """Return whether a name before word ``last`` ends as companies, outlets and bodies do."""
        word, head = self.words[last - 1], self.known.heads.get(self.words[last - 1])
        return any(word in _words_of(self.known.language, table) for table in _ENDINGS) or (
            head is not None and head.type is EntityType.ORGANISATION
        )

    def datelines(self) -> list[Mention]:
        """Return the places in capitals that open a report: "PORT ALLARD -- …"."""
        found = []
        for i in range(self.size):
            if not self.opens[i] or not self.text[self.stream.starts[i]].isupper():
                continue
            j = i
            while j < self.size and j < i + _LONGEST_DATELINE and (j == i or self.follows(j)):
                if not self.text[self.stream.starts[j] : self.stream.ends[j]].isupper():
                    break
                j += 1
            words = self.words[i:j]
            if not words or len(words[0]) < 3 or any(word in self.stops for word in words):
                continue
            line = self.text.rfind("\n", 0, self.stream.starts[i]) + 1
            opening = not self.text[line : self.stream.starts[i]].strip(" []*")
            own = _DATELINE.match(self.text, self.stream.ends[j - 1]) or self.text.startswith(
                "]", self.stream.ends[j - 1]
            )
            heads = any(
                word in self.known.heads and word not in _PLACE_OPENERS_ALL for word in words
            )
            if opening and own and not heads and not self.ending(j):
                found.append(self.mention(i, j, EntityType.COUNTRY_OR_CITY))
        return found

    def repeated(self, mentions: list[Mention]) -> list[Mention]:
        """Return the other places where names of several words stand, in capitals or not."""
        names: dict[tuple[str, ...], EntityType] = {}
        firsts: set[str] = set()
        for m in sorted(mentions, key=lambda m: m.first):
            words = self.words[m.first : m.last]
            if len(words) > 1 and m.type is not EntityType.PERSON and m.entry is None:
                names.setdefault(words, m.type)
                firsts.add(words[0])
        had = {(m.first, m.last) for m in mentions}
        lengths = sorted({len(name) for name in names}, reverse=True)
        found = []
        for i, word in enumerate(self.words):
            if word not in firsts:
                continue
            for length in lengths:
                words = self.words[i : i + length]  # fewer at the end of the text
                kind = names.get(words)
                if kind is None:
                    continue
                last = i + len(words)
                if (i, last) not in had and any(self.capital[i:last]):
                    found.append(self.mention(i, last, kind))
                break
        return found

    def headless(self, i: int) -> bool:
        """Return whether a head word is a part of another word, or of a compound."""
        if (
            i in self.shouted
            and self.known.heads[self.words[i]].type is not EntityType.ORGANISATION
        ):
            return True
        if i + 1 < self.size and self.words[i + 1] == "&":
            return True
        return self.hyphen(i) or (self.hyphen(i + 1) and not self.capital[i + 1])

    def modified(self, i: int, *, place: bool) -> int:
        """Return the first word of "Zambian finance ministry", "Azel valley", or ``i``."""
        if self.known.language != "en" or self.capital[i]:
            return i
        j = i - 1
        while j > i - 1 - _BODY_MODIFIERS and j > 0 and self.follows(j + 1):
            word = self.words[j]
            if self.capital[j] or word in self.links:
                break
            if word in self.stops and word not in _PLACE_MODIFIERS:
                break
            j -= 1
        if j < 0 or not self.follows(j + 1) or not self.capital[j]:
            return i
        if self.words[j] in self.known.nationalities:
            return i if self.known.heads[self.words[i]].type is EntityType.FACILITY else j
        if any(word not in _PLACE_MODIFIERS for word in self.words[j + 1 : i]):
            return i
        if not place or self.words[j] in self.stops or self.words[j] in self.known.titles:
            return i
        return self.leading(j) if not self.opens[j] or j in self.phrases else i

    def leading(self, i: int) -> int:
        """Return the first of the capitalised words that stand before word ``i``."""
        first = i
        while first and not self.opens[first]:
            before = self.words[first - 1]
            sided = self.sided(first - 1, i)
            if not self.capital[first - 1] or (
                not sided and (before in self.stops or before in self.known.titles)
            ):
                if first - 2 in range(self.size) and self.possessive(first - 1):
                    first -= 2
                    continue
                if first < i and before == "and" and self.joined(first - 2, i):
                    first -= 2
                    continue
                break
            if len(before) == 1 and first - 1 in self.shouted:
                break
            if (
                self.opens[first - 1]
                and not sided
                and before not in self.known.nationalities
                and before not in self.known.phrases
            ):
                break
            first -= 1
        return first

    def sided(self, i: int, head: int) -> bool:
        """Return whether a side of the world names the body at ``head``: "the Northern Front"."""
        not_after = sided_heads(self.known.language).get(self.words[head])
        if not_after is None or self.words[i] not in _words_of(self.known.language, "sides"):
            return False
        article = i > 0 and self.follows(i) and self.words[i - 1] in _ARTICLES
        before = self.words[max(0, i - 1 - article)] if i > article and not self.opens[i] else ""
        return self.capital[head] and head not in self.shouted and before not in not_after

    def possessive(self, i: int) -> bool:
        """Return whether word ``i`` ends the genitive of a body's members: "Fishers' Union"."""
        owner = self.words[i - 1]
        if self.opens[i] or not self.capital[i - 1] or i - 1 in self.phrases:
            return False
        if self.words[i] == "s":
            return owner in _MEMBERS
        return self.words[i] in ("'", "’") and owner.endswith("s")

    def joined(self, i: int, head: int) -> bool:
        """Return whether word ``i`` begins a body's name that goes on after "and"."""
        body = self.known.heads[self.words[head]].type is EntityType.ORGANISATION
        plain = i > 0 and self.capital[i] and not self.opens[i + 1] and self.plain(i)
        return body and plain and self.known.name_words.get(self.words[i], 0) <= _FEW

    def opened(self, i: int) -> int:
        """Return the end of "Ministry of National Defence", "ministère algérien de la Défense"."""
        last = j = i + 1
        web = self.words[i] == "site" and self.known.language == "fr"
        if web and (not self.follows(j) or self.words[j] not in _OF):
            return j  # "le site Abidjan Actu" is one of the web
        if self.follows(j) and self.words[j] in self.known.nationalities:
            last = j = j + 1
        linked = False
        adjectives = 0
        while self.follows(j) and j < i + _LONGEST:
            word = self.words[j]
            if word in ("and", "et") and not (
                linked and self.follows(j + 1) and j + 1 not in self.phrases
            ):
                break
            if word in self.links:
                if word in ("in", "en") and (j + 1 not in self.phrases or not self.capital[i]):
                    break
                instead = self.words[i] == "place" and not self.capital[i] and j == i + 1
                if instead and word in ("de", "d") and self.words[j + 1] not in ("la", "l"):
                    break  # "à la place de …"
                linked = True
                j += 1
            elif i in self.shouted and self.says(j):
                break
            elif (
                self.capital[j]
                and word[0].isalpha()
                and word not in self.known.titles
                and word not in self.times
            ):
                if not linked and not self.capital[i]:
                    linked = True
                j = self.phrases[j].last if j in self.phrases else j + 1
                last = j
            elif last == j and (word in self.known.nationalities or self.adjective(j)):
                adjectives += 1
                j += 1
                last = j
            elif linked and self.complement(i, j):
                j += 1
                last = j
            else:
                break
        return i + 1 if last == i + 1 + adjectives and not self.telling(i, last) else last

    def complement(self, i: int, j: int) -> bool:
        """Return whether word ``j`` is a noun of a French name: "Syndicat des boulangers"."""
        return (
            self.known.language == "fr"
            and self.capital[i]
            and not self.opens[i]
            and i not in self.shouted
            and self.words[j][0].isalpha()
            and self.words[j] not in self.stops
            and (
                self.words[j - 1] in _OF
                or (self.words[j - 1] in _ARTICLES and self.words[j - 2] in ("de", "pour", "a"))
            )
        )

    def telling(self, i: int, last: int) -> bool:
        """Return whether a head with adjectives alone is a name: a capital or a nationality."""
        return self.capital[i] or any(
            self.words[j] in self.known.nationalities and self.words[i] != "delegation"
            for j in range(i + 1, last)
        )

    def seat(self, i: int, last: int) -> int:
        """Return the end of a mission's name with the city where it is: "à Niamey"."""
        if self.words[i] in _SEATED and self.follows(last) and self.words[last] in ("a", "in"):
            phrase = self.phrases.get(last + 1)
            if phrase and self.follows(last + 1) and phrase.entry.type in _PLACES:
                return phrase.last
        return last

    def adjective(self, j: int) -> bool:
        """Return whether word ``j`` is an adjective that ends a French name: "… nationale"."""
        word = self.words[j]
        return (
            self.known.language == "fr"
            and len(word) > 4
            and not self.capital[j]
            and word.endswith(_ADJECTIVE_ENDINGS)
        )

    # ------------------------------------------------------------ runs of capitals

    def runs(self, taken: tuple[Mention, ...]) -> list[Mention]:
        """Return runs of capitalised words that nothing else has taken."""
        used = {i for mention in taken for i in range(mention.first, mention.last)}
        self.place_ends = frozenset(m.last for m in taken if m.type in _PLACES)
        found = []
        i = 0
        while i < self.size:
            if i in used or not self.begins(i):
                i += 1
                continue
            j = i + 1
            while self.follows(j) and j not in used:
                if self.continues(j):
                    j += 1
                elif (further := self.bridged(i, j)) > j and further not in used:
                    j = further
                else:
                    break
            while j > i + 1 and not self.capital[j - 1] and not self.hyphen(j - 1):
                j -= 1
            office = self.portfolio(i) and j > i + 1 and "&" not in self.words[i:j]
            start = i + 1 if office and not self.ending(j) else i
            start = self.past_acronym(start, j)
            if not (self.follows(j) and self.words[j] in self.known.titles and self.capital[j]):
                found.append((start, j))  # else: "Foreign" of "Foreign Minister"
            i = j
        return self.settled(found)

    def settled(self, found: list[tuple[int, int]]) -> list[Mention]:
        """Return the runs as mentions; what one place proves of a name holds for the others."""
        proved: dict[tuple[str, ...], EntityType] = {}
        for first, last in found:
            kind = self.proved(first, last)
            if kind is not None:
                proved.setdefault(self.words[first:last], kind)
        mentions = []
        for first, last in found:
            told = self.proved(first, last) or proved.get(self.words[first:last])
            if told is not None:
                mentions.append(self.mention(self.with_article(first), last, told))
            elif (mention := self.judged(first, last)) is not None:
                mentions.append(mention)
        return mentions

    def begins(self, i: int) -> bool:
        """Return whether a name may begin with word ``i``."""
        word = self.words[i]
        if not self.capital[i] or word in self.known.titles:
            return self.initial(i)
        if word in self.stops:
            called = not self.opens[i] and self.follows(i + 1) and len(word) > 1
            return self.initial(i) or (called and self.cue(i) is EntityType.ORGANISATION)
        if i in self.shouted:
            office = i > 0 and self.follows(i) and self.words[i - 1] in self.known.titles
            ordinary = word in self.known.heads or word in self.known.nationalities
            ordinary = ordinary or self.says(i) or word.endswith(("s", "ed", "ing"))
            return office and not ordinary and word.isalpha() and len(word) > 2
        if word in _PLACE_OPENERS[self.known.language] and self.opener(i):
            return True
        head = self.known.heads.get(word)
        if word in self.known.nationalities or (
            head and not (head.needs == "after" and self.follows(i + 1) and self.capital[i + 1])
        ):
            return False
        if self.opens[i]:
            run = (
                self.follows(i + 1) and self.capital[i + 1] and self.words[i + 1] not in self.stops
            ) or (self.follows(i + 2) and self.words[i + 1] == _SANS and self.capital[i + 2])
            return word not in self.lower and (word in self.known.name_words or run)
        return True

    def opener(self, i: int) -> bool:
        """Return whether word ``i`` opens a place's name of two words: "Port Allard"."""
        return (
            self.follows(i + 1)
            and self.capital[i + 1]
            and i not in self.shouted
            and self.plain(i + 1)
            and self.words[i] in _PLACE_OPENERS[self.known.language]
        )

    def initial(self, i: int) -> bool:
        """Return whether word ``i`` is an initial: "É. Vandamme", "M. K. Selvanathan"."""
        if len(self.words[i]) > 1 or not self.capital[i] or i in self.shouted:
            return False
        if self.text[self.stream.ends[i] : self.stream.ends[i] + 1] != "." or not self.follows(
            i + 1
        ):
            return False
        if self.known.language == "fr" and self.words[i] == "m" and not self.initial(i + 1):
            return False  # "M. Dupont"
        return self.capital[i + 1] and (len(self.words[i + 1]) > 2 or self.initial(i + 1))

    def portfolio(self, i: int) -> bool:
        """Return whether word ``i`` completes an office: "Secretary of State"."""
        return (
            i > 1
            and self.follows(i)
            and self.words[i - 1] in self.links
            and self.words[i - 2] in self.known.titles
        )

    def past_acronym(self, first: int, last: int) -> int:
        """Return where a name begins that stands after an acronym: "CEO Ellen Tarrant"."""
        if last < first + 3:
            return first
        shown = self.text[self.stream.starts[first] : self.stream.ends[first]]
        nexts = self.text[self.stream.starts[first + 1] : self.stream.ends[first + 1]]
        return first + 1 if len(shown) > 1 and shown.isupper() and not nexts.isupper() else first

    def continues(self, j: int) -> bool:
        word = self.words[j]
        if word in self.known.titles:
            return self.initial(j)
        if word in self.times:
            return False
        if j in self.shouted:
            known = self.known.name_words.get(word, 0) > 0 and word not in self.stops
            given = self.known.name_words.get(self.words[j - 1], 0) > _OFTEN
            known = known or (given and not word.endswith(("s", "ed", "ing")) and word.isalpha())
            return self.hyphen(j) or (known and word not in self.stops and not self.says(j))
        if self.capital[j]:
            if self.hyphen(j) and word in _DIRECTIONS:
                return True
            return word not in self.stops or (j + 1 < self.size and self.capital[j + 1])
        if self.tied(j):
            return True
        if self.hyphen(j) and word.isalpha() and len(word) <= _SYLLABLE:
            return word not in _COMPOUNDS and self.known.name_words.get(self.words[j - 2], 0) > _FEW
        return (word in _NAME_LINKS or word == "&") and self.follows(j + 1) and self.capital[j + 1]

    def bridged(self, first: int, j: int) -> int:
        """Return the capital to which links lead from word ``j`` of a body's name, or ``j``."""
        if self.words[j] == _SANS and self.follows(j + 1) and self.capital[j + 1]:
            return j + 1
        if self.words[j] not in self.links or self.words[j] in ("and", "et", "in", "en"):
            return j
        k = j
        while k < j + 2 and self.follows(k) and self.words[k] in self.links and not self.capital[k]:
            k += 1
        if not self.follows(k) or not self.capital[k] or self.words[k] in self.known.titles:
            return j
        if self.cue(first) is EntityType.ORGANISATION:
            return k
        place = self.phrases.get(k)
        unlike = self.known.name_words.get(self.words[first], 0) <= _FEW
        inner = place is not None and place.entry.type in _PLACES
        return k if inner and unlike and not self.opens[first] else j

    def proved(self, first: int, last: int) -> EntityType | None:
        """Return what the words around a run say that it is, or None if they say nothing."""
        before = self.words[first - 1] if first and self.follows(first) else ""
        if before in self.known.titles:
            whole = self.text[self.stream.starts[first] : self.stream.ends[last - 1]]
            quiet = first not in self.shouted and last == first + 1
            acronym = quiet and whole.isupper() and 2 < len(whole) < 6
            return EntityType.ORGANISATION if acronym else EntityType.PERSON
        if before in _KIN[self.known.language]:
            return EntityType.PERSON
        if self.placed(first, last, before):
            return EntityType.COUNTRY_OR_CITY
        cue = self.cue(first)
        if cue is not None:
            return cue
        if self.hyphen(last) and self.words[last] == "based":
            return EntityType.COUNTRY_OR_CITY
        if any(self.initial(i) for i in range(first, last - 1)):
            return EntityType.PERSON
        if self.paper(first, last):
            return EntityType.ORGANISATION
        own = self.words[first] in _ARTICLES and last > first + 1 and not self.opens[first]
        if (own or self.with_article(first) < first) and first not in self.headline:
            return EntityType.ORGANISATION
        if self.described(last):
            return EntityType.ORGANISATION
        size = last - first
        byline = before in ("by", "par") and self.opens[first - 1] and 1 < size < 4
        return EntityType.PERSON if byline else None

    def placed(self, first: int, last: int, before: str) -> bool:
        """Return whether the words around a run, or its first word, make it a place."""
        size = last - first
        if any(self.tied(i) for i in range(first + 1, last)):
            return True
        known = self.known.name_words.get(self.words[first], 0) > _FEW
        if size > 2 + (self.words[first + 1 : last].count("-")) or self.ending(last):
            return False
        if size == 2 and self.opener(first) and first not in self.headline:
            return True
        if self.hyphen(last - 1) and self.words[last - 1] in _DIRECTIONS:
            return True
        if before in _OF and first > 1 and self.words[first - 2] == ",":
            return size < 3 and self.follows(last) and self.words[last] in (",", ".")
        if before in _OF and first > 1 and not self.capital[first - 2]:
            cues = _words_of(self.known.language, "name_place_cues")
            if self.follows(first - 1) and self.words[first - 2] in cues:
                return True
        if known or self.person_beside(first, last):
            return False
        if self.opens[first] and self.follows(last) and self.words[last] == ",":
            after = self.words[last + 1] if self.follows(last + 1) else ""
            return (size == 1 or self.hyphen(first + 1)) and (
                after.isdecimal() or after in self.times or after in ("le", "les")
            )
        if self.follows(last) and self.words[last] == "," and self.follows(last + 1):
            place = self.phrases.get(last + 1)
            if place is not None and place.entry.sure and place.entry.type in _PLACES:
                return ":" not in place.entry.key and first not in self.headline
        if size > 1 and not self.hyphen(first + 1):
            return before in ("in", "near") and not self.opens[first]
        if before in _words_of(self.known.language, "name_place_verbs"):
            return True
        if before in _AND and first - 1 in self.place_ends and size == 1:
            return True
        if before in _BETWEEN and self.follows(last) and self.words[last] in _AND:
            return self.follows(last + 1) and self.capital[last + 1]
        if before in _AND and first > 2 and self.capital[first - 2]:
            third = self.words[first - 3]
            verbs = _words_of(self.known.language, "name_place_verbs")
            return third in _BETWEEN or third in self.places_before() or third in verbs
        return False

    def cue(self, first: int) -> EntityType | None:
        """Return what the noun before a run says that it is: "la radio privée …"."""
        if not first or not self.follows(first):
            return None
        i = first - 1
        word = self.words[i]
        if word in ('"', "«", "“", ",") and i and self.follows(i):
            i -= 1
            named = word != ","
            word = self.words[i]
        else:
            named = True
        if word in _NAMED and i and self.follows(i):
            i -= 1
        elif word in _OF and i and self.follows(i) and not self.capital[i]:
            kind = self.cues.get(self.words[i - 1])
            confrere = self.words[i - 1] in ("confreres", "confrere")
            if self.words[i - 1] in _DIRECTIONS:
                return EntityType.COUNTRY_OR_CITY
            return kind if kind in _PLACES or confrere else None
        if i > 1 and self.words[i - 1] == "d" and self.follows(i) and not self.capital[i]:
            i -= 2  # "le site d'information …"
        for j in range(i, max(-1, i - 3), -1):
            if self.capital[j] and not self.opens[j]:
                return None
            kind = self.cues.get(self.words[j])
            if kind is not None:
                person = not named and (self.office_before(first) or self.says(first + 1))
                return kind if named or (kind is EntityType.ORGANISATION and not person) else None
            if not self.follows(j) or self.known.language == "en" or not self.adjective(j):
                return None
        return None

    def says(self, i: int) -> bool:
        """Return whether word ``i`` is a verb of saying."""
        return self.follows(i) and self.words[i] in forms(self.known.language)

    def described(self, last: int) -> bool:
        """Return whether the words after a run call it a body: "…, a private company"."""
        if not self.follows(last) or self.words[last] != ",":
            return False
        if not self.follows(last + 1) or self.words[last + 1] not in _A_OR_AN[self.known.language]:
            return False
        for j in range(last + 2, min(last + 5, self.size)):
            if not self.follows(j) or self.words[j] in self.known.titles:
                return False
            if self.cues.get(self.words[j]) is EntityType.ORGANISATION:
                return True
        return False

    def paper(self, first: int, last: int) -> bool:
        """Return whether a run is a paper's one word after "The", as in "The Courier"."""
        before = first and self.capital[first - 1] and self.words[first - 1] in _ARTICLES
        return bool(before) and last == first + 1 and self.words[first] in _PAPERS

    def with_article(self, first: int) -> int:
        """Return where a name with its own article begins: "Le Courrier du Fleuve"."""
        i = first - 1
        if first and self.follows(first) and self.paper(first, first + 1):
            return i
        own = (
            i > 0
            and self.follows(first)
            and self.words[i] in _ARTICLES
            and self.capital[i]
            and not self.opens[i]
            and self.words[i - 1] not in ('"', "«", "“", ":")
            and i not in self.headline
            and i not in self.shouted
        )
        return i if own else first

    def judged(self, first: int, last: int) -> Mention | None:
        """Return the run as a person, a body or a place, or None if nothing tells."""
        words = self.words[first:last]
        whole = self.text[self.stream.starts[first] : self.stream.ends[last - 1]]
        before = self.words[first - 1] if first and not self.opens[first] else ""
        if last == first + 1 and whole.isupper() and 2 <= len(whole) <= 6:
            return self.mention(first, last, EntityType.ORGANISATION)
        counts = [self.known.name_words.get(word, 0) for word in words if word not in _NAME_LINKS]
        beside = self.person_beside(first, last)
        if words[-1] in _ACTS:
            return None
        person = counts[:1] > [_OFTEN] or self.person_beside(first, last, said=False)
        if len(words) > 1 and self.ending(last) and not person:
            return self.mention(first, last, EntityType.ORGANISATION)
        if "&" in words or _SANS in words:
            return self.mention(first, last, EntityType.ORGANISATION)
        if self.named_after(first, last) and counts[0] <= _OFTEN:
            return self.mention(first, last, EntityType.ORGANISATION)
        if len(counts) > 1 and self.article(first) and not beside:
            return self.mention(first, last, EntityType.ORGANISATION)
        if self.opens_with_place(first, last) and not beside and len(counts) > 1:
            return self.mention(first, last, EntityType.ORGANISATION)
        if len(counts) > 1 and len(counts) < 5 and counts[0] > 2:
            return self.mention(first, last, EntityType.PERSON)
        hyphened = any(self.hyphen(i) for i in range(first + 1, last))
        if len(counts) == 1 or (hyphened and last == first + 2 and not beside):
            return self.single(first, last, before, counts[0])
        if len(counts) in (2, 3) and not whole.isupper():
            alone = first not in self.headline and not self.hyphen(first + 1)
            if any(counts) or beside or (alone and self.stands_apart(first, last)):
                return self.mention(first, last, EntityType.PERSON)
            return None
        return self.mention(first, last, EntityType.ORGANISATION) if len(counts) > 1 else None

    def stands_apart(self, first: int, last: int) -> bool:
        """Return whether a run of unknown words stands as people do: no article, a comma after."""
        if self.opens[first]:
            return self.follows(last) and self.words[last] == "," and not self.hyphen(last)
        if first and self.words[first - 1] in _TO:
            return False
        return not self.article(first) and all(
            self.plain(i) or self.words[i] in _NAME_LINKS for i in range(first, last)
        )

    def single(self, first: int, last: int, before: str, count: int) -> Mention | None:
        """Return a run of one word as a person or a place, or None if nothing tells."""
        word = self.words[first]
        if word in _DIRECTIONS and last == first + 1:
            return None
        if before in self.places_before():
            return self.mention(first, last, EntityType.COUNTRY_OR_CITY)
        if count > 2 and len(word) > 3:
            return self.mention(first, last, EntityType.PERSON)
        return None

    def named_after(self, first: int, last: int) -> bool:
        """Return whether a run is a noun with its own complement: "Électricité du Liban"."""
        words = self.words[first:last]
        return (
            self.known.language == "fr"
            and last > first + 2
            and words[1] in ("du", "des", "de", "d")
            and not self.opens[first]
        )

    def opens_with_place(self, first: int, last: int) -> bool:
        """Return whether a place of the gazetteer begins the run and does not end it."""
        phrase = self.phrases.get(first)
        return phrase is not None and phrase.last < last and phrase.entry.type in _PLACES

    def person_beside(self, first: int, last: int, *, said: bool = True) -> bool:
        """Return whether a verb of saying, an office or an age stands beside a name."""
        says = forms(self.known.language)
        if said and first and self.follows(first) and self.words[first - 1] in says:
            return True
        near = [self.words[k] for k in range(last, min(last + _NEAR, self.size)) if self.follows(k)]
        auxiliaries = ("has", "had", "a", "avait", "also", "aussi")
        verb = near[1:2] if near[:1] and near[0] in auxiliaries else near[:1]
        if said and verb and verb[0] in says:
            return True
        if near[:1] == [","] and (
            any(word in self.known.titles for word in near[1:])
            or (near[1:2] > [""] and near[1].isdecimal())
        ):
            return True
        return self.office_before(first)

    def office_before(self, first: int) -> bool:
        """Return whether an office and a comma stand before a name: "le maire de …, …"."""
        i = first - 1
        if i < 1 or not self.follows(first) or self.words[i] != ",":
            return False
        for j in range(i - 1, max(-1, i - 2 - _NEAR), -1):
            if self.words[j] in self.known.titles:
                return True
            if self.opens[j] or self.words[j] in (",", ";", "("):
                return False
        return False

    def article(self, i: int) -> bool:
        """Return whether an article stands right before word ``i``: teams and sites have one."""
        return bool(i) and self.follows(i) and self.words[i - 1] in _ARTICLES

    def places_before(self) -> frozenset[str]:
        return frozenset(
            {"in", "at", "near", "from"}
            if self.known.language == "en"
            else {"à", "a", "en", "vers", "au"}
        )

    def compound(self, i: int) -> tuple[int, int]:
        """Return the first word of the last name with hyphens at word ``i``, and the one after."""
        first, last = i, i + 1
        while self.hyphen(first) and self.capital[first - 1]:
            first -= 1
        while self.follows(last) and self.hyphen(last) and self.capital[last]:
            last += 1
        return first, last

    def stands_for(self, i: int) -> bool:
        """Return whether word ``i``, the first of a body's name, may stand for it alone."""
        word = self.words[i]
        known = self.known.name_words.get(word, 0) > _FEW or word in self.times
        return (
            self.capital[i]
            and self.plain(i)
            and not known
            and len(word) > 4
            and word not in self.lower
        )

    def learned(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions and the last names of people where they stand alone.

        So are acronyms of bodies, and the place that a port, a bridge or a valley is named after.
        """
        surnames = {
            m.key.split()[-1] for m in mentions if m.type is EntityType.PERSON and len(m.key) > 3
        }
        acronyms = {
            m.key for m in mentions if m.type is EntityType.ORGANISATION and " " not in m.key
        }
        tails = {
            self.words[m.last - 1]
            for m in mentions
            if m.type in (*_PLACES, EntityType.FACILITY)
            and m.last > m.first + 2
            and self.words[m.last - 2] in _OF
            and self.capital[m.last - 1]
        }
        bodies = [m for m in mentions if m.type is EntityType.ORGANISATION and m.last > m.first + 1]
        heads = {
            word
            for m in bodies
            for i in range(m.first, m.last)
            if self.capital[i]
            and (word := self.words[i]) in self.known.heads
            and self.known.heads[word].type is EntityType.ORGANISATION
            and word not in _STATE
        }
        tails |= {
            self.words[m.first]
            for m in bodies
            if self.words[m.last - 1] in _CIVIC and m.entry is None and self.stands_for(m.first)
        }
        firsts = {
            self.words[m.first]
            for m in bodies
            if m.entry is None and self.words[m.last - 1] not in _CIVIC and self.stands_for(m.first)
        }
        used = {i for m in mentions for i in range(m.first, m.last)}
        more = []
        for i, word in enumerate(self.words):
            if i in used or not self.capital[i]:
                continue
            if i in self.shouted or i in self.headline:
                pass
            elif word in heads and i and self.words[i - 1] in _BEFORE_SHORT and self.follows(i):
                following = self.follows(i + 1) and self.capital[i + 1]
                if not following and not self.hyphen(i + 1):
                    more.append(self.mention(i, i + 1, EntityType.ORGANISATION))
                    continue
            elif word in firsts and word not in surnames:
                more.append(self.mention(i, i + 1, EntityType.ORGANISATION))
                continue
            if word in tails and i not in self.shouted:
                more.append(self.mention(i, i + 1, EntityType.COUNTRY_OR_CITY))
            elif word in surnames and word not in self.stops:
                more.append(self.mention(*self.compound(i), EntityType.PERSON))
            elif word in acronyms and self.text[self.stream.starts[i] + 1].isupper():
                more.append(self.mention(i, i + 1, EntityType.ORGANISATION))
        return without_overlaps([*mentions, *more])

    # ------------------------------------------------------------ names within names

    def led(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the bodies that have their name from the person who leads them.

        "the Maliki government", "l'administration Trump", "le régime de …".
        """
        heads = _words_of(self.known.language, "bearer_heads")
        found = []
        for m in mentions:
            if m.type is not EntityType.PERSON:
                continue
            head = m.first - 1
            if head > 0 and self.words[head] in _OF:
                head -= 1
            joined = not any(self.opens[head + 1 : m.first + 1])
            if head >= 0 and joined and self.words[head] in heads:
                found.append(self.mention(head, m.last, EntityType.ORGANISATION))
                continue
            head = m.last + (self.follows(m.last) and self.words[m.last] == "s")
            if self.known.language == "en" and self.follows(head) and self.words[head] in heads:
                found.append(self.mention(m.first, head + 1, EntityType.ORGANISATION))
        return found

    def leaders(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the people in the names of the bodies they lead: "gouvernement Sarkozy"."""
        heads = _words_of(self.known.language, "bearer_heads")
        found = []
        for m in mentions:
            if m.type is not EntityType.ORGANISATION or self.words[m.first] not in heads:
                continue
            first = m.first + 1
            first += first < m.last and self.words[first] in _OF
            names = range(first, m.last)
            seen = self.known.name_words.get(self.words[first], 0) if names else 0
            plain = all(self.capital[i] and self.plain(i) for i in names)
            if seen > _FEW and plain and len(names) <= _LONGEST_LEADER:
                found.append(self.mention(first, m.last, EntityType.PERSON))
        return found

    def senders(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the states in the names of their embassies: "ambassade de France".

        In a heading in capitals it is the embassy alone that is named.
        """
        found = []
        for m in mentions:
            if self.words[m.first] not in _EMBASSIES or m.first in self.shouted:
                continue
            i = m.first + 1
            if i == m.last or self.words[i] not in _OF:
                continue
            i += 1
            while i < m.last and self.words[i] in _ARTICLES:
                i += 1
            state = self.phrases.get(i)
            if state is not None and state.last <= m.last and state.entry.key in self.known.states:
                kind = state.entry.type
                found.append(self.mention(i, state.last, kind, state.entry))
        return found
