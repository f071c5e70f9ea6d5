"""What does a page show before anything on it is taken for a name?

Its words, the capitals among them, where lines and sentences begin, which lines are
headings or shouted (there a capital says nothing), and which phrases the gazetteer knows.
A page never changes: the rules ask it about words by their number and answer with
stretches of words, the first included, the last not.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import fold_words
from tawatur.reading.cues import forms
from tawatur.reading.latin.names.vocabulary import ARTICLES, FEW, OF, OFTEN, words_of
from tawatur.reading.lexicon import Entry, Lexicon
from tawatur.reading.mention import Mention
from tawatur.reading.stream import Covered, Stream, covered
from tawatur.reading.tables import rows

_LINKS = {
    "en": frozenset({"of", "for", "and", "the", "in", "al", "el"}),
    "fr": frozenset(
        {"de", "du", "des", "la", "le", "les", "l", "d", "et", "pour", "en", "aux", "al", "el"}
    ),
}
_ADJECTIVE_ENDINGS = (
    *("al", "ale", "ales", "aux", "ier", "iers", "iere", "ieres", "ique", "iques", "aire", "aires"),
    *("geres", "ieur", "ieure", "ieures", "ien", "ienne", "iens", "iennes", "if", "ive", "ifs"),
)
_TIES = frozenset(
    {"la", "le", "les", "sur", "sous", "en", "de", "du", "des", "aux", "lez", "upon"}
) | {
    *("l", "d", "on", "in", "the", "es"),
}
_SHORT = 4  # letters from which a name is looked for in a text without capitals
_ENOUGH = 150  # characters from which a text is called one without capitals
_CASELESS = 0.004  # share of capitals below which it is
_ENDINGS = ("name_endings", "outlet_words")
_TIMES = ("months", "weekdays")
_SHOUTED = 0.85  # share of capitals among the letters of a line that is shouted
_HEADLINE = 0.7  # share of capitals among the longer words of a line that is a heading


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what is plain to see of each of its words; words go by their number."""

    text: str
    stream: Stream
    known: Lexicon
    words: tuple[str, ...]
    size: int  # words
    phrases: dict[int, Covered]  # of the gazetteer, by the word with which they begin
    stops: frozenset[str]
    times: frozenset[str]  # months and days
    cues: dict[str, EntityType]  # nouns that say what is named after them
    links: frozenset[str]
    places_before: frozenset[str]  # words that stand before a place
    caseless: bool  # the text has hardly a capital
    capital: tuple[bool, ...]
    lower: frozenset[str]  # words that stand somewhere without a capital
    opens: tuple[bool, ...]  # where lines and sentences begin
    shouted: frozenset[int]  # words of lines wholly in capitals
    headline: frozenset[int]  # words of lines with a capital on most words

    def mention(
        self, first: int, last: int, kind: EntityType, entry: Entry | None = None
    ) -> Mention:
        """Return words ``first`` to ``last`` (exclusive) as a mention."""
        start, end = self.stream.starts[first], self.stream.ends[last - 1]
        if self.text[end : end + 1] == "." and self.text[end - 2 : end - 1] == ".":
            end += 1  # the last stop of "U.S."
        span = Span(start, end)
        key = " ".join(word for word in self.words[first:last] if word[0].isalnum())
        return Mention(first, last, span, kind, key, entry)

    def follows(self, i: int) -> bool:
        """Return whether word ``i`` is there and goes on with the line and sentence before it."""
        return i < self.size and not self.opens[i]

    def hyphen(self, i: int) -> bool:
        """Return whether a hyphen alone parts word ``i`` from the word before it."""
        return 0 < i < self.size and (
            self.text[self.stream.ends[i - 1] : self.stream.starts[i]] in ("-", "\u2010", "\u2011")
        )

    def article(self, i: int) -> bool:
        """Return whether an article stands right before word ``i``: teams and sites have one."""
        return bool(i) and self.follows(i) and self.words[i - 1] in ARTICLES

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

    def tied(self, i: int) -> bool:
        """Return whether word ``i`` is a link between hyphens: "Saint-Rémy-la-Lande"."""
        return (
            self.words[i] in _TIES
            and not self.capital[i]
            and self.hyphen(i)
            and (self.hyphen(i + 1) or self.words[i] in ("l", "d"))
        )

    def adjective(self, j: int) -> bool:
        """Return whether word ``j`` is an adjective that ends a French name: "… nationale"."""
        word = self.words[j]
        return (
            self.known.language == "fr"
            and len(word) > 4
            and not self.capital[j]
            and word.endswith(_ADJECTIVE_ENDINGS)
        )

    def says(self, i: int) -> bool:
        """Return whether word ``i`` is a verb of saying."""
        return self.follows(i) and self.words[i] in forms(self.known.language)

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

    def ending(self, last: int) -> bool:
        """Return whether a name before word ``last`` ends as companies, outlets and bodies do."""
        word, head = self.words[last - 1], self.known.heads.get(self.words[last - 1])
        return any(word in words_of(self.known.language, table) for table in _ENDINGS) or (
            head is not None and head.type is EntityType.ORGANISATION
        )


def page_of(text: str, words: Stream, known: Lexicon) -> Page:
    """Return the page on which ``words`` stand.

    Args:
        text: The rendition.
        words: Its words, within the content.
        known: What is known of names in the language of the text.
    """
    phrases = {p.first: p for p in covered(words, known) if not p.entry.hint}
    stops, times = _stops(known.language), _times(known.language)
    places_before = _PLACES_BEFORE[known.language]
    capital = tuple(text[start].isupper() for start in words.starts)
    caseless = _caseless(text)
    if caseless:
        capital = _supposed(words, known, phrases)
    opens = _openings(text, words)
    shouted, headline = _headings(text, words, capital, opens)
    return Page(
        text=text,
        stream=words,
        known=known,
        words=words.words,
        size=len(words.words),
        phrases=phrases,
        stops=stops,
        times=times,
        cues=_cues(known.language),
        links=_LINKS[known.language],
        places_before=places_before,
        caseless=caseless,
        capital=capital,
        lower=frozenset(w for w, c in zip(words.words, capital, strict=True) if not c),
        opens=opens,
        shouted=shouted,
        headline=headline,
    )


def _caseless(text: str) -> bool:
    """Return whether a text has hardly a capital, so that capitals tell nothing."""
    capitals = sum(map(str.isupper, text))
    return len(text) >= _ENOUGH and capitals < _CASELESS * len(text)


def _supposed(words: Stream, known: Lexicon, phrases: dict[int, Covered]) -> tuple[bool, ...]:
    """Return for a text without capitals which words would have one."""
    stops, times = _stops(known.language), _times(known.language)
    capital = [False] * len(words.words)
    for i, phrase in phrases.items():
        long = words.ends[phrase.last - 1] - words.starts[i] > _SHORT
        placed = i > 0 and words.words[i - 1] in _PLACES_BEFORE[known.language]
        if (phrase.entry.sure or placed) and long and words.words[i] not in stops:
            capital[i : phrase.last] = [True] * (phrase.last - i)
    for i, word in enumerate(words.words):
        ordinary = word in stops or word in known.titles or word in known.heads
        if ordinary or len(word) < _SHORT or not word.isalpha() or word in times:
            continue
        joined = i > 0 and not words.opens[i]
        before = words.words[i - 1] if joined else ""
        seen = known.name_words.get(word, 0)
        titled = before in known.titles and seen > 0
        after = joined and capital[i - 1] and i - 1 not in phrases
        beside = words.words[i + 1] if i + 1 < len(words.words) else ""
        both = seen > FEW and known.name_words.get(beside, 0) > FEW
        given = (seen > OFTEN or both) and before not in ARTICLES and before not in OF
        capital[i] = capital[i] or titled or given or (after and word not in forms(known.language))
    return tuple(capital)


def _openings(text: str, words: Stream) -> tuple[bool, ...]:
    """Return where lines and sentences begin, a paragraph's number apart: "9. The summit …"."""
    opens = list(words.opens)
    for i in range(1, len(opens)):
        if opens[i - 1] and words.words[i - 1].isdecimal() and not opens[i]:
            between = text[words.ends[i - 1] : words.starts[i]]
            opens[i] = between[:1] in (".", ")") and between[1:].isspace()
    return tuple(opens)


def _headings(
    text: str, stream: Stream, capital: tuple[bool, ...], opens: tuple[bool, ...]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the words of lines wholly in capitals, and of those with a capital on most words.

    There a capital says nothing.
    """
    words = stream.words
    found: set[int] = set()
    titled: set[int] = set()
    cuts = [i for i, new in enumerate(opens) if new]
    for first, last in pairwise([*cuts, len(words)]):
        line = text[stream.starts[first] : stream.ends[last - 1]]
        letters = [i for i in range(first, last) if words[i][0].isalpha()]
        upper = sum(map(str.isupper, line))
        mostly = upper >= _SHOUTED * sum(map(str.isalpha, line))
        heading = len(letters) == 1 and len(words[letters[0]]) > 4
        if (line.isupper() and (len(letters) > 1 or heading)) or (len(letters) > 2 and mostly):
            found.update(range(first, last))
        long = [i for i in letters if len(words[i]) > 3]
        closed = words[last - 1] == "."
        if len(long) > 3 and not closed:
            capitals = sum(capital[i] for i in long)
            if capitals >= _HEADLINE * len(long):
                titled.update(range(first, last))
    return frozenset(found), frozenset(titled)


@cache
def _stops(language: str) -> frozenset[str]:
    """Return the words that are no name though they have a capital."""
    return words_of(language, "name_stops")


@cache
def _times(language: str) -> frozenset[str]:
    """Return the names of months and days, folded."""
    found = {next(iter(row.values())) for table in _TIMES for row in rows(language, table)}
    return frozenset(fold_words(word) for word in found)


@cache
def _cues(language: str) -> dict[str, EntityType]:
    """Return the nouns that say of what kind the name after them is."""
    return {row["word"]: EntityType(row["type"]) for row in rows(language, "name_cues")}


_PLACES_BEFORE = {
    "en": frozenset({"in", "at", "near", "from"}),
    "fr": frozenset({"à", "a", "en", "vers", "au"}),
}
