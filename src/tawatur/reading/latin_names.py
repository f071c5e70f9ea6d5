"""Where does a French or English text name people, bodies and places?

Runs of capitalised words are names; the gazetteer, head words ("Ministry of",
"groupe") and titles ("General", "Mme") say of what kind. A capital that only
begins a sentence proves nothing: such a word counts when the gazetteer or the
rest of the text knows it.
"""

from functools import cache

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.cues import forms
from tawatur.reading.lexicon import Entry, Lexicon
from tawatur.reading.mention import Mention, without_overlaps
from tawatur.reading.stream import Stream, covered
from tawatur.reading.tables import rows

_LONGEST = 8
_NEAR = 5  # words after a name within which an office or an age may stand
_OFTEN = 50  # times a word was seen in names of people from which it is a given name
_LINKS = {
    "en": frozenset({"of", "for", "and", "the", "in"}),
    "fr": frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "et", "pour", "en", "aux"}),
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
_ADJECTIVE_ENDINGS = ("nale", "nales", "nal", "geres", "ique", "iques", "aire", "aires", "ieure")
_PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION)


@cache
def _stops(language: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows(language, "name_stops"))


def latin_mentions(text: str, folded: Folded, words: Stream, known: Lexicon) -> tuple[Mention, ...]:
    """Return the mentions, in order, none overlapping."""
    finder = _Finder(text, words, known)
    first = finder.listed()
    bodies = finder.bodies()
    taken = without_overlaps(sorted([*bodies, *first], key=lambda m: (m.first - m.last, m.first)))
    runs = finder.runs(taken)
    return finder.learned(without_overlaps([*taken, *runs]))


class _Finder:
    """The state of one reading."""

    def __init__(self, text: str, words: Stream, known: Lexicon) -> None:
        self.text, self.stream, self.known = text, words, known
        self.words = words.words
        self.size = len(words.words)
        self.phrases = {p.first: p for p in covered(words, known)}
        self.stops = _stops(known.language)
        self.links = _LINKS[known.language]
        self.capital = tuple(text[start].isupper() for start in words.starts)
        lower = {w for w, c in zip(self.words, self.capital, strict=True) if not c}
        self.lower = frozenset(lower)
        self.shouted = self._headings()

    def mention(
        self, first: int, last: int, kind: EntityType, entry: Entry | None = None
    ) -> Mention:
        start, end = self.stream.starts[first], self.stream.ends[last - 1]
        if self.text[end : end + 1] == "." and self.text[end - 2 : end - 1] == ".":
            end += 1  # the last stop of "U.S."
        span = Span(start, end)
        key = " ".join(word for word in self.words[first:last] if word[0].isalnum())
        return Mention(first, last, span, kind, key, entry)

    def _headings(self) -> frozenset[int]:
        """Return the words of lines wholly in capitals, where a capital says nothing."""
        found: set[int] = set()
        for first, last in self.stream.sentences():
            line = self.text[self.stream.starts[first] : self.stream.ends[last - 1]]
            if line.isupper() and sum(w[0].isalpha() for w in self.words[first:last]) > 1:
                found.update(range(first, last))
        return frozenset(found)

    def follows(self, i: int) -> bool:
        return i < self.size and not self.stream.opens[i]

    def listed(self) -> list[Mention]:
        """Return the phrases of the gazetteer that begin with a capital."""
        found = []
        for i, phrase in self.phrases.items():
            start = self.stream.starts[i]
            whole = self.text[start : self.stream.ends[phrase.last - 1]]
            short = len(whole.replace(".", "")) < 3
            if not any(c.isupper() for c in whole) or (short and not whole.isupper()):
                continue
            if short and "." not in whole and self.known.language == "en" and whole == "IT":
                continue
            # An ordinary word that is an acronym too: "WHO", but not "Who" nor in a heading.
            ordinary = self.words[i] in self.stops and phrase.last == i + 1
            if ordinary and (not whole.isupper() or i in self.shouted):
                continue
            if phrase.last > i + 1 or not self.after_given_name(i):
                found.append(self.mention(i, phrase.last, phrase.entry.type, phrase.entry))
        return found

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

    def bodies(self) -> list[Mention]:
        """Return the names that a head word opens or closes."""
        found = []
        for i, word in enumerate(self.words):
            head = self.known.heads.get(word)
            if head is None:
                continue
            last = self.opened(i)
            if last > i + 1 and (self.capital[i] or head.needs == "any"):
                found.append(self.mention(self.leading(i), last, head.type))
                continue
            first = self.leading(i)
            if first < i and (self.capital[i] or self.words[first] in self.known.nationalities):
                found.append(self.mention(first, i + 1, head.type))
        return found

    def leading(self, i: int) -> int:
        """Return the first of the capitalised words that stand before word ``i``."""
        first = i
        while first and not self.stream.opens[first]:
            before = self.words[first - 1]
            if not self.capital[first - 1] or before in self.stops or before in self.known.titles:
                break
            if (
                self.stream.opens[first - 1]
                and before not in self.known.nationalities
                and before not in self.known.phrases
            ):
                break
            first -= 1
        return first

    def opened(self, i: int) -> int:
        """Return the end of "Ministry of National Defence", "ministère algérien de la Défense"."""
        last = j = i + 1
        if self.follows(j) and self.words[j] in self.known.nationalities:
            last = j = j + 1
        linked = False
        while self.follows(j) and j < i + _LONGEST:
            word = self.words[j]
            if word in ("and", "et") and not (
                linked and self.follows(j + 1) and j + 1 not in self.phrases
            ):
                break
            if word in self.links:
                linked = True
                j += 1
            elif self.capital[j] and word[0].isalpha() and word not in self.known.titles:
                if not linked and not self.capital[i]:
                    linked = True
                j += 1
                last = j
            elif last == j and (word in self.known.nationalities or self.adjective(j)):
                j += 1
                last = j
            else:
                break
        return last

    def adjective(self, j: int) -> bool:
        """Return whether word ``j`` is an adjective that ends a French name: "… nationale"."""
        return self.known.language == "fr" and self.words[j].endswith(_ADJECTIVE_ENDINGS)

    def runs(self, taken: tuple[Mention, ...]) -> list[Mention]:
        """Return runs of capitalised words that nothing else has taken."""
        used = {i for mention in taken for i in range(mention.first, mention.last)}
        found = []
        i = 0
        while i < self.size:
            if i in used or not self.begins(i):
                i += 1
                continue
            j = i + 1
            while self.follows(j) and j not in used and self.continues(j):
                j += 1
            while j > i + 1 and not self.capital[j - 1]:
                j -= 1
            start = i + 1 if self.portfolio(i) and j > i + 1 else i
            if not (self.follows(j) and self.words[j] in self.known.titles and self.capital[j]):
                found.append((start, j))  # else: "Foreign" of "Foreign Minister"
            i = j
        return [m for first, last in found if (m := self.judged(first, last)) is not None]

    def begins(self, i: int) -> bool:
        """Return whether a name may begin with word ``i``."""
        word = self.words[i]
        if not self.capital[i] or word in self.stops or word in self.known.titles:
            return False
        if i in self.shouted:
            return False
        if word in self.known.nationalities or word in self.known.heads:
            return False
        if self.stream.opens[i]:
            run = (
                self.follows(i + 1) and self.capital[i + 1] and self.words[i + 1] not in self.stops
            )
            return word not in self.lower and (word in self.known.name_words or run)
        return True

    def portfolio(self, i: int) -> bool:
        """Return whether word ``i`` completes an office: "Secretary of State"."""
        return (
            i > 1
            and self.follows(i)
            and self.words[i - 1] in self.links
            and self.words[i - 2] in self.known.titles
        )

    def continues(self, j: int) -> bool:
        word = self.words[j]
        if word in self.known.titles:
            return False
        if self.capital[j]:
            return word not in self.stops or (j + 1 < self.size and self.capital[j + 1])
        return word in _NAME_LINKS and self.follows(j + 1) and self.capital[j + 1]

    def judged(self, first: int, last: int) -> Mention | None:
        """Return the run as a person, a body or a place, or None if nothing tells."""
        words = self.words[first:last]
        whole = self.text[self.stream.starts[first] : self.stream.ends[last - 1]]
        before = self.words[first - 1] if first and not self.stream.opens[first] else ""
        if before in self.known.titles:
            return self.mention(first, last, EntityType.PERSON)
        if last == first + 1 and whole.isupper() and 2 <= len(whole) <= 6:
            return self.mention(first, last, EntityType.ORGANISATION)
        counts = [self.known.name_words.get(word, 0) for word in words if word not in _NAME_LINKS]
        if len(counts) > 1 and self.article(first) and not self.person_beside(first, last):
            return self.mention(first, last, EntityType.ORGANISATION)
        if len(counts) > 1 and len(counts) < 5 and counts[0] > 2:
            return self.mention(first, last, EntityType.PERSON)
        if len(counts) == 1:
            known = words[0] in self.known.name_words
            directions = ("west", "east", "north", "south", "ouest", "est", "nord", "sud")
            if words[0] in directions:
                return None
            if counts[0] > 2 and known and len(words[0]) > 3 and before not in self.places_before():
                return self.mention(first, last, EntityType.PERSON)
            if before in self.places_before():
                return self.mention(first, last, EntityType.COUNTRY_OR_CITY)
            return None
        if len(counts) in (2, 3) and not whole.isupper():
            if any(counts) or self.person_beside(first, last):
                return self.mention(first, last, EntityType.PERSON)
            return None
        return self.mention(first, last, EntityType.ORGANISATION) if len(counts) > 1 else None

    def person_beside(self, first: int, last: int) -> bool:
        """Return whether a verb of saying, an office or an age stands beside a name."""
        says = forms(self.known.language)
        if first and self.follows(first) and self.words[first - 1] in says:
            return True
        near = [self.words[k] for k in range(last, min(last + _NEAR, self.size)) if self.follows(k)]
        auxiliaries = ("has", "had", "a", "avait", "also", "aussi")
        verb = near[1:2] if near[:1] and near[0] in auxiliaries else near[:1]
        if verb and verb[0] in says:
            return True
        return near[:1] == [","] and any(
            word in self.known.titles or word.isdecimal() for word in near[1:]
        )

    def article(self, i: int) -> bool:
        """Return whether an article stands right before word ``i``: teams and sites have one."""
        return bool(i) and self.follows(i) and self.words[i - 1] in ("the", "le", "la", "les", "l")

    def places_before(self) -> frozenset[str]:
        return frozenset(
            {"in", "at", "near", "from"}
            if self.known.language == "en"
            else {"à", "a", "en", "vers", "au"}
        )

    def learned(self, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the mentions and the last names of people where they stand alone."""
        surnames = {
            m.key.split()[-1] for m in mentions if m.type is EntityType.PERSON and len(m.key) > 3
        }
        acronyms = {
            m.key for m in mentions if m.type is EntityType.ORGANISATION and " " not in m.key
        }
        used = {i for m in mentions for i in range(m.first, m.last)}
        more = []
        for i, word in enumerate(self.words):
            if i in used or not self.capital[i]:
                continue
            if word in surnames and word not in self.stops:
                more.append(self.mention(i, i + 1, EntityType.PERSON))
            elif word in acronyms and self.text[self.stream.starts[i] + 1].isupper():
                more.append(self.mention(i, i + 1, EntityType.ORGANISATION))
        return without_overlaps([*mentions, *more])
