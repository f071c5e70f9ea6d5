"""Which mentions name the same thing?

Mentions are taken in order of place, each joining an entity that is already
there or beginning a new one:

* the gazetteer settles the names it knows, in all spellings and languages; a
  capital that stands where a government acts counts as its state, if the text
  names the state as well; one long word a letter away from a place that the gazetteer
  knows and the text names is that place, misspelt;
* bodies are compared without quotation marks and group words ("تنظيم", "شركة"),
  adjectives of nationality as states, synonyms as one; a body without its
  nationality joins the only body it can be;
* people are compared word by word, in any order, one letter or a vowel apart
  (``alike``); a part of a name joins the latest person who bears it;
* a name in parentheses is another name of what stands before it.

Doubt keeps apart: a wrong merge is harder to see than a wrong split.

People and bodies are looked up by what every name that can be the same shares with it,
so that a list of thousands of names costs no comparison of each with all.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from tawatur.model.reading import EntityType, LocalEntity
from tawatur.model.span import Span
from tawatur.reading.lexicon import Lexicon, bare, lexicon, stems
from tawatur.reading.mention import Mention
from tawatur.reading.stream import Stream
from tawatur.reading.tables import rows

_PLACES = frozenset({EntityType.COUNTRY_OR_CITY, EntityType.LOCATION, EntityType.FACILITY})
_LONG_ENOUGH = 5  # letters from which one letter's difference is spelling
_LONG_PLACE = 8  # letters from which a place that no gazetteer knows is one misspelt
_TOO_LONG = 40  # letters from which a "word" is no name, and is only ever itself
_VOWELS = str.maketrans("", "", "اويئءؤaeiouyh'")
_PARTICLES = frozenset(
    {"ال", "بن", "ابن", "بنت", "ولد", "de", "al", "el", "ben", "bin", "ibn", "van", "von", "ould"}
)
_SYNONYMS = {"استخبارات": "مخابرات", "مستشفي": "مشفي"}
_NEUTRAL = frozenset(
    {"و", "في", "of", "the", "de", "la", "du", "des", "et", "and", "l", "d", "le", "les", "in"}
)


@dataclass(slots=True)
class _Group:
    """One entity while mentions are still being added."""

    type: EntityType
    number: int  # in the order in which groups began
    mentions: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of the mentions, sorted


def grouped(
    text: str, language: str, words: Stream, mentions: tuple[Mention, ...]
) -> tuple[LocalEntity, ...]:
    """Return the entities, in order of first mention, with ids e1, e2 and so on."""
    known = lexicon(language)
    states = {m.entry.key for m in mentions if m.entry and not m.entry.capital}
    groups: list[_Group] = []
    by_key: dict[str, _Group] = {}
    misspelt = _misspelt(mentions, language)
    people, bodies = _People(), _Bodies()
    full = _with_full_names_first(mentions)
    for mention in full:
        keys = _keys(mention, known, words, states)
        if mention.key in misspelt and mention.type in _PLACES:
            keys = (f"entry:{misspelt[mention.key]}", *keys)
        group = next((by_key[key] for key in keys if key in by_key), None)
        if group is None and mention.type is EntityType.PERSON:
            group = people.who(mention)
        if group is None and mention.type is EntityType.ORGANISATION:
            group = bodies.which(keys[-1])
        if group is None:
            group = _Group(mention.type, len(groups))
            groups.append(group)
        for key in keys:
            by_key.setdefault(key, group)
        if group.type is EntityType.ORGANISATION:
            bodies.add(keys, group)
        elif group.type is EntityType.PERSON:
            people.add(_name_words(mention.key), group)
        group.mentions.append(mention)
        insort(group.starts, mention.span.start)
    for group in groups:
        group.mentions.sort(key=lambda m: m.span.start)
    groups.sort(key=lambda g: g.mentions[0].span.start)
    return tuple(_entity(f"e{n}", group, text) for n, group in enumerate(groups, 1))


def _with_full_names_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Return mentions in order, but names of people of one word after those of several."""
    return sorted(
        mentions,
        key=lambda m: (
            m.type is EntityType.PERSON and " " not in m.key,
            m.span.start,
        ),
    )


def _entity(ident: str, group: _Group, text: str) -> LocalEntity:
    # A state's capital may stand for it, but does not name it.
    entries = [m.entry for m in group.mentions if m.entry]
    entry = min(entries, key=lambda e: bool(e.capital), default=None)
    naming = group.mentions
    if entry is not None and entry.type in _PLACES:
        naming = [m for m in naming if m.entry and m.entry.key == entry.key]
    fullest = max(naming, key=lambda m: (len(m.key.split()), -m.span.start))
    spans: tuple[Span, ...] = tuple(m.span for m in group.mentions)
    name = _plain_name(group, fullest, text)
    kinds = [m.type for m in group.mentions]
    kind = max(dict.fromkeys(kinds), key=kinds.count)
    return LocalEntity(ident, kind, name, spans, entry.names if entry else ())


def _plain_name(group: _Group, fullest: Mention, text: str) -> str:
    """Return the fullest name as the text has it, without a preposition written into it.

    The Arabic ل swallows the alef of the article, so that a mention such as "للنيجر" holds
    it. A mention that stands free says how the name goes; else the article comes back.
    """
    name = " ".join(fullest.span.of(text).split())
    if not (name.startswith("لل") and fullest.key.startswith("ال")):
        return name
    words = len(fullest.key.split())
    for mention in group.mentions:
        shown = " ".join(mention.span.of(text).split())
        if len(mention.key.split()) == words and not shown.startswith("لل"):
            return shown
    if fullest.entry is not None:
        plain = dict(fullest.entry.names).get("ar", "")
        if plain and len(plain.split()) == words and not plain.startswith("ال"):
            return plain  # a name that itself begins with lam
    return "ال" + name[2:]


# ------------------------------------------------------------ keys


def _misspelt(mentions: Iterable[Mention], language: str) -> dict[str, str]:
    """Return the key of the gazetteer for each long word that misspells a place of the text."""
    listed: dict[str, str] = {}
    unlisted: set[str] = set()
    for mention in mentions:
        if mention.type in _PLACES and mention.entry is not None:
            listed.setdefault("".join(mention.key.split()), mention.entry.key)
        elif mention.type in _PLACES and " " not in mention.key:
            unlisted.add(mention.key)
    by_trace: dict[str, list[str]] = {}
    for name in listed if unlisted else ():
        for trace in traces(name) if len(name) >= _LONG_PLACE else ():
            by_trace.setdefault(trace, []).append(name)
    found = {}
    for key in sorted(unlisted):
        for _, form in stems(key) if language == "ar" else ((0, key),):
            near = {name for trace in traces(form) for name in by_trace.get(trace, ())}
            meant = {listed[name] for name in near if alike(form, name)}
            if len(form) >= _LONG_PLACE and len(meant) == 1:
                found[key] = meant.pop()
    return found


def _keys(mention: Mention, known: Lexicon, words: Stream, states: set[str]) -> tuple[str, ...]:
    """Return the keys under which the mention is the same as another, the loosest last."""
    place = mention.type in _PLACES
    side = "place" if place else mention.type.value
    if mention.alias_of:
        known_as = (f"entry:{mention.entry.key}",) if mention.entry else ()
        return (f"{side}:{mention.alias_of}", *known_as, f"{side}:{mention.key}")
    keys = [f"{side}:{mention.key}"]
    if mention.entry is not None:
        capital = mention.entry.capital
        if capital and capital in states and _acts(mention, words, known.language):
            return (f"entry:{capital}",)
        return (f"entry:{mention.entry.key}", keys[0])
    if mention.type is not EntityType.PERSON:
        keys.append(f"{side}:{normal(mention.key, known, place=place)}")
    return tuple(keys)


def _acts(mention: Mention, words: Stream, language: str) -> bool:
    """Return whether a capital stands for its government: no word of place before it."""
    if language != "ar":
        return False
    first = mention.first
    if words.starts[first] < mention.span.start and words.words[first][0] == "ب":
        return False
    if not first or words.opens[first]:
        return True
    cues = _words_of("city_cues")
    before = words.words[first - 1]
    return before != "(" and not any(form in cues for _, form in stems(before))


@cache
def _optional_words(side: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("names", "optional_words") if row["side"] == side)


@cache
def _words_of(table: str) -> frozenset[str]:
    return frozenset(next(iter(row.values())) for row in rows("ar", table))


def normal(key: str, known: Lexicon, *, place: bool = False) -> str:
    """Return a key without what varies: marks, group words, articles, order, states' spellings."""
    words = [word for word in key.split() if word[0].isalnum()]
    heads = _optional_words("place" if place else "group")
    while len(words) > 1 and words[0] in heads:
        words = words[1:]
    found = []
    for word in words:
        short = bare(word) if known.language == "ar" else word
        short = known.nationalities.get(short) or _SYNONYMS.get(short, short)
        if short not in _NEUTRAL:
            found.append(short)
    return " ".join(sorted(found))


# ------------------------------------------------------------ bodies


class _Bodies:
    """The bodies so far, by the words of their names with and without a state's."""

    def __init__(self) -> None:
        self.whole: dict[frozenset[str], dict[int, _Group]] = {}
        self.less: dict[frozenset[str], dict[int, _Group]] = {}

    def add(self, keys: Iterable[str], group: _Group) -> None:
        for key in keys:
            words = _key_words(key)
            self.whole.setdefault(words, {})[group.number] = group
            for word in filter(_names_state, words):
                self.less.setdefault(words - {word}, {})[group.number] = group

    def which(self, key: str) -> _Group | None:
        """Return the only body whose name is this but for one state's name more or less."""
        words = _key_words(key)
        found = dict(self.less.get(words, {})) if len(words) > 1 else {}
        for word in filter(_names_state, words):
            if len(words) > 2:
                found |= self.whole.get(words - {word}, {})
        return next(iter(found.values())) if len(found) == 1 else None


def _key_words(key: str) -> frozenset[str]:
    return frozenset(key.partition(":")[2].split())


def _names_state(word: str) -> bool:
    """Return whether the word only says whose a body is: a state's key."""
    return len(word) == 2 and word.isascii()


# ------------------------------------------------------------ people


def _name_words(key: str) -> tuple[str, ...]:
    """Return the words of a person's name; "عبد" and the word after it are one."""
    found: list[str] = []
    for word in key.split():
        if found and found[-1] in ("عبد", "ابو", "abu", "abd", "ابي"):
            found[-1] += bare(word)
        elif word[0].isalnum() and word not in _PARTICLES:
            found.append(word.replace("عبدال", "عبد") if word.startswith("عبدال") else bare(word))
    return tuple(found)


class _People:
    """The people so far, by their names, and their names by the words in them.

    Known cost: a new word is filed under each of its traces, about ten.
    """

    def __init__(self) -> None:
        self.bearers: dict[tuple[str, ...], dict[int, _Group]] = {}
        self.spelt: dict[str, list[str]] = {}  # by trace: the words met
        self.with_word: dict[str, list[tuple[str, ...]]] = {}
        self.with_rarest: dict[str, list[tuple[str, ...]]] = {}

    def add(self, name: tuple[str, ...], group: _Group) -> None:
        if name in self.bearers:
            self.bearers[name][group.number] = group
        elif name:
            self.bearers[name] = {group.number: group}
            self.with_rarest.setdefault(self._rarest(name), []).append(name)
            for word in dict.fromkeys(name):
                if word not in self.with_word:
                    self.with_word[word] = []
                    for trace in traces(word):
                        self.spelt.setdefault(trace, []).append(word)
                self.with_word[word].append(name)

    def _rarest(self, name: tuple[str, ...]) -> str:
        """Return the word of a name that the fewest names have, the last of several."""
        return min(reversed(name), key=lambda word: len(self.with_word.get(word, ())))

    def _like(self, word: str) -> set[str]:
        """Return the words met that are like ``word``, and perhaps some that are not."""
        return {like for trace in traces(word) for like in self.spelt.get(trace, ())}

    def who(self, mention: Mention) -> _Group | None:
        """Return the latest person who can bear the name."""
        mine = _name_words(mention.key)
        if not mine:
            return None
        # All words of the shorter name have their like in the longer one: so has its rarest,
        # be the shorter one this name or the one on file.
        names = {n for like in self._like(self._rarest(mine)) for n in self.with_word[like]}
        for word in mine:
            names.update(n for like in self._like(word) for n in self.with_rarest.get(like, ()))
        best: tuple[int, int, int] = (0, 0, 0)
        found = None
        for name in names:
            rank = _likeness(mine, name)
            if not rank:
                continue
            for group in self.bearers[name].values():
                at = bisect_left(group.starts, mention.span.start)
                before = group.starts[at - 1] if at else -1
                # Of two equally near, the one that the text named first.
                if (rank, before, -group.number) > best:
                    best, found = (rank, before, -group.number), group
        return found


@lru_cache(maxsize=20_000)
def traces(word: str) -> tuple[str, ...]:
    """Return strings of which two words share one if they are alike: a law of `alike`.

    The word itself, and for a long one its skeleton without vowels and what is left without
    any one of its letters.
    """
    if not _LONG_ENOUGH <= len(word) < _TOO_LONG:
        return (word,)
    without = (word[:i] + word[i + 1 :] for i in range(1, len(word)))
    return tuple(dict.fromkeys((word, *without, word[0] + " " + word.translate(_VOWELS))))


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return 3 for the same words in any order, 2 for a last name, 1 for another part, else 0."""
    few, many = sorted((one, other), key=len)
    if not few:
        return 0
    if not all(any(alike(word, their) for their in many) for word in few):
        return 0
    if len(few) == len(many):
        return 3
    if len(few) > 1:
        return 2 if alike(few[-1], many[-1]) or alike(few[0], many[0]) else 0
    return 2 if alike(few[0], many[-1]) else 1


@lru_cache(maxsize=20_000)
def alike(one: str, other: str) -> bool:
    """Return whether two words can be one name in two spellings."""
    if one == other:
        return True
    shortest = min(len(one), len(other))
    longest = max(len(one), len(other))
    if shortest < _LONG_ENOUGH or longest >= _TOO_LONG or one[0] != other[0]:
        return False
    if one.translate(_VOWELS) == other.translate(_VOWELS) and len(one.translate(_VOWELS)) > 2:
        return abs(len(one) - len(other)) < 3
    return Levenshtein.distance(one, other, score_cutoff=1) <= 1
