"""Who is who across documents: two names of one person, body or place.

Keys find candidates, a pair test decides, connected components become entities.
A name is compared in three forms, each under its kind (a person is never a
place):

* folded, without titles and articles;
* for persons the same with words in any order, since registers and the press
  differ in which name comes first, and without the words that say "son of";
* a *consonant skeleton*, equal for Arabic and Latin spellings: vowels, semivowels
  and doubling go, letters that render one another fall into one class, and letters
  with two renderings (ذ as dh or z, ج as j or g) give two skeletons.

Every word of one name has to answer one word of the other: in one script as variants, in
two as `tawatur.weighing.spellings` weighs them. A word left over makes two names.

Invariants: a person's name of one word merges with nothing across documents, nor does a
body that is named by what it is alone (a ministry of defence, of whichever state); two
entities that one text keeps apart are never a pair. What is found depends on the
two names alone.

A body's abbreviation is one with its full name in whatever text, where some text gives it beside
the name: "Front national (FN)".

A body may be named with or without a word for its kind (Mouvement, جماعة). A shorter name is
never taken for a longer one otherwise: through it all branches of a body would be one.

Known cost: names that are translated rather than spelled (most bodies) merge only
where a gazetteer gives both the same English name. Between scripts names that differ in
a vowel alone (Salim, Salem) may be one. Two people of one full name
are one until a person says otherwise.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from tawatur.model.ids import DocumentId
from tawatur.model.picture import Reason
from tawatur.model.reading import EntityType, LocalEntity, Reading
from tawatur.model.span import Span
from tawatur.model.text import fold, fold_words
from tawatur.weighing.spellings import spelling

SAME_SCRIPT_LIKENESS = 80.0
"""Least rapidfuzz ratio of two spellings in one script whose skeletons are equal."""
LEAST_CONSONANTS = {"p": 4, "o": 5, "l": 4}
"""Shortest skeleton that may merge two spellings, by kind; shorter ones meet by chance."""
LEAST_IN_CONTEXT = {"p": 3, "o": 3, "l": 2}
"""The same between names that stand in claims which share more than the name."""
SPELLS, AGREE = -4.0, 4.0
"""Least weight (`spelling`) of two words in two scripts that are one name, in nats; and how
much less is enough where their consonants agree and their long vowels do, or more is asked for
where only the consonants do. Of the pairs tried, the best for the names that `evals.identity`
makes of the training parts: F1 0.883 there."""
MOST_WORDS = 8
"""Words of a person's name that are tried in any order; the ways grow with their factorial."""
LONG_WORD = 6
"""Letters of an Arabic word in which a vowel more or less makes no other name."""
_MOST_SKELETONS = 16

_GAZETTEER = "The gazetteer gives both the name {0}."
_ONE_NAME = "Both texts have the name {0}."
_OTHER_ORDER = "{0} and {1} are one name, its words in another order."
_KIND_OF_BODY = "{0} and {1} differ only in a word for the kind of body."
_SPELLINGS = "{0} and {1} are spellings of one name."
ABBREVIATION = "{0} is short for {1} in one of the texts."
RULES = (_GAZETTEER, _ONE_NAME, _OTHER_ORDER, _KIND_OF_BODY, _SPELLINGS, ABBREVIATION)
"""What can make two names one, the surest first: the sentences that say so."""

_KINDS = {
    EntityType.PERSON: "p",
    EntityType.ORGANISATION: "o",
    EntityType.COUNTRY_OR_CITY: "l",
    EntityType.LOCATION: "l",
    EntityType.FACILITY: "l",
}
_TITLES = frozenset(
    fold(
        """
        الرئيس الوزير وزير الجنرال جنرال اللواء لواء الفريق العميد عميد العقيد عقيد المقدم
        الرائد النقيب الملازم السيد السيده الدكتور دكتور الاستاذ الشيخ الامير الملك الملكه
        السفير سفير النائب القاضي المستشار الامين القائد قائد المدعو president general
        colonel commandant capitaine captain lieutenant major brigadier admiral amiral
        minister ministre premier ambassador ambassadeur senator senateur mr mrs ms dr
        prof sir lord king prince sheikh cheikh monsieur madame mme sergeant رئيس
        """
    ).text.split()
)
# Words of which alone no one body's name consists: every state has a ministry of defence.
_INSTITUTIONS = frozenset(
    fold(
        """
        وزارة دفاع داخلية خارجية عدل مالية صحة اعلام تعليم جيش قوات مسلحة امن وطني شرطة
        درك حرس حدود حكومة رئاسة جمهورية برلمان مجلس نواب امة شيوخ وزراء سفارة قنصلية
        استخبارات مخابرات محكمة نيابة عامة دولة اركان قيادة لجنة مشتركة بلدية ولاية محافظة
        جامعة مستشفى بنك مركزي ministere ministry defense defence interieur interior
        affaires etrangeres foreign affairs justice finances finance sante health armee
        army forces armed armees police gendarmerie gouvernement government presidence
        presidency parlement parliament assemblee nationale national senat senate
        ambassade embassy consulat consulate tribunal court conseil council etat major
        general staff commission committee joint comite university universite hospital
        hopital central bank banque
        """
    ).text.split()
)
# Words for a kind of body that one text puts before or after its name and another leaves out.
_BODIES = frozenset(
    fold(
        "تنظيم جماعة حركة منظمة group groupe movement mouvement organisation organization"
    ).text.split()
)
_LEAST_SHORT = 3
_CAPITALS = re.compile(rf"(?:[A-ZÀ-Þ]\.?){{{_LEAST_SHORT},8}}")
"""An abbreviation of a body's name; shorter ones are anything."""
_OF = frozenset(["de", "of", "des", "du", "d"])
LEAST_OWN = 6
"""Letters of what is left of a body's name without such a word; shorter ones are any word."""
_LATIN_ARTICLES = frozenset(["the", "le", "la", "les", "l", "el", "al"])
_FRONT, _BACK = frozenset("ieyj"), frozenset("ouwv")
_LONG_VOWEL = re.compile("[aeo][iy]|ee|oo|ou")
_CHILD_OF = frozenset(fold("بن ابن ولد بنت منت ben bin ibn bint bent ould mint").text.split())
_FATHER_OF = {"ابو": "ابو", "ابا": "ابو", "ابي": "ابو", "abu": "abou", "abou": "abou"}
_OF_FAITH = frozenset(["دين", "الدين", "din", "dine", "eddine", "eddin", "uddin", "addin"])
"""Second halves of a first name that writers part from the first (nour eddine)."""
_SERVANT = re.compile(r"^(?:(عبد)ال|(abd)[aeou](?:l|(?=(.)\3)))(?=..)")
"""The servant-of names with their article, which is not heard before a letter of the teeth."""

_ARABIC = {
    "ب": "B", "پ": "B", "ت": "T", "ط": "T", "ث": "TS", "ج": "JG", "چ": "C", "ح": "H", "ه": "H",
    "خ": "K", "د": "D", "ض": "D", "ذ": "DZ", "ظ": "ZD", "ر": "R", "ز": "Z", "ژ": "J", "س": "S",
    "ص": "S", "ش": "C", "غ": "G", "ڤ": "F", "ف": "F", "ق": "KG", "ك": "K", "گ": "G", "ل": "L",
    "م": "M", "ن": "N", "ڨ": "G",
}  # fmt: skip
_LATIN = {
    "b": "B", "c": "K", "d": "D", "f": "F", "g": "G", "h": "H", "j": "J", "k": "K", "l": "L",
    "m": "M", "n": "N", "p": "B", "q": "K", "r": "R", "s": "S", "t": "T", "v": "F", "z": "Z",
}  # fmt: skip
_LATIN_GROUPS = (
    ("tsch", "C"), ("sch", "C"), ("tch", "C"), ("dj", "J"), ("dg", "J"), ("kh", "K"), ("gh", "G"),
    ("ph", "F"), ("sh", "C"), ("ch", "CK"), ("th", "T"), ("dh", "D"), ("ck", "K"), ("gu", "G"),
    ("qu", "K"), ("x", "KS"),
)  # fmt: skip
_COARSE = str.maketrans("JGKZDSTC", "KKKDDDDK", "AH")
_CLASSES = {
    "B": "B", "C": "DK", "D": "D", "G": "K", "J": "DK", "K": "K", "L": "L", "M": "M", "N": "N",
    "R": "R", "S": "D", "T": "D", "Z": "D",
}  # fmt: skip
_OPENING = 3
"""Classes of the keys of people, A, F and H left out, and how many of each word. Of full names
that `evals.identity` makes 0.95 meet; of 20,000 names in two scripts each meets five others."""
_UNHEARD = re.compile(r"j|gh|g(?=n)|ll|(?<=ie)r$|[dstxz]$")
"""Latin letters that stand for a vowel, or for nothing, in some languages."""


Spelling: TypeAlias = tuple[str, str, str, tuple[tuple[str, str], ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LocalName:
    """One named thing of one document: its name there, and what gazetteers call it."""

    document: DocumentId
    entity: str  # the reading's local id
    type: EntityType
    name: str  # the fullest form in the text
    language: str
    known: tuple[tuple[str, str], ...] = ()  # (language, name), from gazetteers
    short: tuple[str, ...] = ()  # of a body: the abbreviations that the text gives for it

    @property
    def place(self) -> tuple[DocumentId, str]:
        """Document and local id: what a link or a participant of a claim points to."""
        return self.document, self.entity

    @property
    def spelling(self) -> Spelling:
        """All that `same_entity` looks at but the document.

        Of many documents with one spelling it is enough to test one that is another document.
        """
        return self.type.value, self.name, self.language, self.known, self.short


def local_names(document: DocumentId, reading: Reading, text: str = "") -> tuple[LocalName, ...]:
    """Return the named things of one reading in the reading's order.

    Args:
        document: Whose they are.
        reading: Of its text.
        text: The text; without it no abbreviations are known.
    """
    return tuple(
        LocalName(
            document, e.id, e.type, e.name, reading.language, e.names, _abbreviations(e, text)
        )
        for e in reading.entities
    )


def _abbreviations(entity: LocalEntity, text: str) -> tuple[str, ...]:
    """Return in which capitals, or in which one word in brackets, a text names a body as well."""
    if entity.type is not EntityType.ORGANISATION or len(_words(entity.name)) < 2:
        return ()
    found = {
        span.of(text)
        for span in entity.mentions
        if _CAPITALS.fullmatch(span.of(text)) or _bracketed(span, text)
    }
    return tuple(sorted(found))


def _bracketed(span: Span, text: str) -> bool:
    """Return whether a name is one word that stands alone in brackets."""
    around = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    return around == "()" and len(span) >= _LEAST_SHORT and not any(map(str.isspace, span.of(text)))


def name_keys(name: str, type: EntityType) -> frozenset[str]:  # noqa: A002 - the field's word
    """Return the keys under which two spellings of one name meet; empty for a name of no letters.

    A person's name of one word has a key all the same, for search; `same_entity` refuses it.
    """
    kind, words = _KINDS[type], _words(name)
    if not words:
        return frozenset()
    keys = {f"{kind}f {' '.join(words)}", f"{kind}f {''.join(words)}"}
    if kind == "o":
        keys.add(f"of {_own_name(words)[1]}")
    return frozenset(keys | {f"{kind}s {sound}" for sound in _meeting(name, kind)})


def entity_keys(local: LocalName) -> frozenset[str]:
    """Return the blocking keys of one local entity, its gazetteer names included.

    A name that can merge with nothing by itself (a person's single word, a body of whichever
    state) has none but the gazetteer's.
    """
    english = {_joined(_words(name)) for language, name in local.known if language == "en"}
    kind = _KINDS[local.type]
    known = frozenset(f"{kind}g {name}" for name in english if name)
    if kind == "o":
        short = {*local.short, *([local.name] if _CAPITALS.fullmatch(local.name) else ())}
        known |= frozenset(f"oa {_joined(_words(each))}" for each in short)
        return known if _generic(local.name) else known | name_keys(local.name, local.type)
    if kind == "p" and len(_own_words(local.name)) < 2:
        return known
    return known | name_keys(local.name, local.type)


def name_code(name: str, type: EntityType) -> str:  # noqa: A002 - the field's word
    """Return one coarse code that every spelling of a name shares; other names may share it too.

    For keys that must be few: classes that a skeleton keeps apart are one here.
    """
    return _code(name, _KINDS[type])


class Forms:
    """Words of names in Arabic letters, in which those that spell a Latin word are looked up."""

    def __init__(self, words: Iterable[str]) -> None:
        """Hold ``words``, folded."""
        self._by_code: dict[str, list[str]] = {}
        for word in words:
            self._by_code.setdefault(_word_code(word), []).append(word)

    def nearest(self, latin: str, count: int) -> tuple[str, ...]:
        """Return the words that best spell a folded Latin one, best first, at most ``count``."""
        code = _word_code(latin)
        near = [
            word
            for other, words in self._by_code.items()
            if Levenshtein.distance(code, other, score_cutoff=1) <= 1
            for word in words
        ]
        return tuple(sorted(near, key=lambda word: (-spelling(word, latin), word))[:count])


def same_name(a: str, b: str, type: EntityType) -> bool:  # noqa: A002 - the field's word
    """Return whether two spellings are one name, for names that already stand in one context.

    So one-word names of people may match, and shorter ones than `same_entity` accepts.
    """
    kind = _KINDS[type]
    return _name_reason(a, b, kind, LEAST_IN_CONTEXT[kind]) is not None


def name_within(a: str, b: str) -> bool:
    """Return whether ``a`` may be a shorter form of ``b``: each of its words sounds in ``b``."""
    words_a, words_b = _words(a), _words(b)
    return bool(words_a) and all(
        any(x == y or _sounds(x) & _sounds(y) for y in words_b) for x in words_a
    )


@lru_cache(maxsize=20_000)
def name_sounds(name: str) -> frozenset[str]:
    """Return words and sounds of which a name shares one with each that it may be a form of."""
    return frozenset(sound for word in _words(name) for sound in (word, *_sounds(word)))


def same_entity(a: LocalName, b: LocalName) -> Reason | None:
    """Return why two named things of two documents are one, or None."""
    kind = _KINDS[a.type]
    if a.document == b.document or _KINDS[b.type] != kind:
        return None
    known = _english(a) & _english(b)
    if known:
        return Reason(_GAZETTEER, (min(known),))
    if kind == "p" and min(len(_own_words(a.name)), len(_own_words(b.name))) < 2:
        return None
    if _english(a) and _english(b):
        return None  # two known things that the gazetteer keeps apart
    if kind == "o" and (_generic(a.name) or _generic(b.name)):
        return _abbreviation(a, b)
    return _name_reason(a.name, b.name, kind, LEAST_CONSONANTS[kind]) or _abbreviation(a, b)


def abbreviates(a: LocalName, b: LocalName) -> bool:
    """Return whether the text of ``b`` gives the name ``a`` as short for its own."""
    return plain_name(a.name) in map(plain_name, b.short)


def _abbreviation(a: LocalName, b: LocalName) -> Reason | None:
    for short, full in ((a, b), (b, a)):
        if abbreviates(short, full):
            return Reason(ABBREVIATION, (short.name, full.name))
    return None


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, leading titles and all articles off."""
    words = fold_words(name.replace("-", " ").replace("'", " ").replace("’", " ")).split()
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return tuple(_bare(_SERVANT.sub(r"\1\2", word)) for word in _glued(words))


def _bare(word: str) -> str:
    """Return a word without an article that is written in one with it.

    Some names only begin like one (Alexandre); they do so in both scripts.
    """
    return word[2:] if word.startswith(("ال", "al", "el")) and len(word) > 4 else word


def _glued(words: list[str]) -> list[str]:
    """Drop articles that stand alone, and join what writers sometimes part.

    Servant-of names (abd el kader), a father's byname (abou zeid), and second halves of a first
    name (nour eddine).
    """
    out: list[str] = []
    for word in [w for w in words if w not in _LATIN_ARTICLES] or words:
        before = out[-1] if out else ""
        if before in ("عبد", "abd", "abdel", "abdul", "abdal"):
            out[-1] = ("عبد" if before == "عبد" else "abd") + _bare(word)
        elif before in _FATHER_OF:
            out[-1] = _FATHER_OF[before] + _bare(word)
        elif before and word in _OF_FAITH:
            out[-1] = before + _bare(word)
        else:
            out.append(word)
    return out


@lru_cache(maxsize=20_000)
def _own_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name without those that say "son of", if two are left."""
    words = _words(name)
    own = tuple(word for word in words if word not in _CHILD_OF)
    return own if len(own) > 1 else words


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """Return a name folded, without leading titles and articles; empty if it has no letters."""
    return " ".join(_words(name))


def _generic(name: str) -> bool:
    """Return whether a body's name says what it is and not whose."""
    return all(w.removeprefix("ال") in _INSTITUTIONS or w in _OF for w in _words(name))


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)


def _english(local: LocalName) -> frozenset[str]:
    return frozenset(name for language, name in local.known if language == "en")


def _name_reason(a: str, b: str, kind: str, least: int) -> Reason | None:
    """Return why two spellings are one name, or None."""
    first, second = sorted((a, b))
    words_a, words_b = _words(first), _words(second)
    if not words_a or not words_b:
        return None
    if "".join(words_a) == "".join(words_b):
        return Reason(_ONE_NAME, (first,))
    if kind == "p":
        words_a, words_b = _own_words(first), _own_words(second)
        if sorted(words_a) == sorted(words_b):
            return Reason(_OTHER_ORDER, (first, second))
    if kind == "o" and _one_body(words_a, words_b):
        return Reason(_KIND_OF_BODY, (first, second))
    shared = _meeting(first, kind) & _meeting(second, kind)
    if not shared or min(_sounding(words_a), _sounding(words_b)) < least:
        return None
    if not (_answered if kind == "p" else _in_a_row)(words_a, words_b):
        return None
    return Reason(_SPELLINGS, (first, second))


def _one_body(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether two names of bodies differ in a word for the kind that only one of them has.

    Two such words tell bodies apart: a people has a movement and an organisation for one cause.
    """
    (kind_a, own_a), (kind_b, own_b) = _own_name(a), _own_name(b)
    return own_a == own_b and len(own_a) >= LEAST_OWN and "" in (kind_a, kind_b)


def _own_name(words: tuple[str, ...]) -> tuple[str, str]:
    """Return the word for its kind in a body's name, empty if there is none, and what is left."""
    if len(words) > 1 and words[0] in _BODIES:
        rest = words[2:] if words[1] in _OF else words[1:]
        return words[0], "".join(rest)
    if len(words) > 1 and words[-1] in _BODIES:
        return words[-1], "".join(words[:-1])
    return "", "".join(words)


def _sounding(words: Sequence[str]) -> int:
    """Return how many consonants are heard in a name."""
    return sum(len(_word_skeletons(word)[-1]) for word in words)


def _answered(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether each word of ``a`` is one of ``b``, in any order, and none is left over."""
    if not a or len(a) != len(b) or len(a) > MOST_WORDS:
        return a == b
    return any(
        _one_word(a[0], word) and _answered(a[1:], (*b[:at], *b[at + 1 :]))
        for at, word in enumerate(b)
        if b.index(word) == at
    )


def _in_a_row(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether two names of things other than people, equal in skeleton, are one."""
    if _arabic(a[0]) == _arabic(b[0]):
        return ratio("".join(a), "".join(b)) >= SAME_SCRIPT_LIKENESS
    return _same_ends(a, b)


def _same_ends(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Return whether words end alike, in vowel or consonant, as far as spelling tells."""
    pairs = zip(a, b, strict=True) if len(a) == len(b) else ((a[-1], b[-1]),)
    return all(None in (ends := (_open(x), _open(y))) or ends[0] == ends[1] for x, y in pairs)


def _open(word: str) -> bool | None:
    """Return whether a word ends in a vowel; None where the letter may be silent."""
    bare = word[:-1] if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou" else word
    if bare[-1] in "eهsdtx":  # silent e and consonants of French, ta marbuta or a full h
        return None
    return bare[-1] in "aiouyاويئء"


@lru_cache(maxsize=50_000)
def _one_word(a: str, b: str) -> bool:
    """Return whether two words of names are spellings of one.

    In short Arabic words the long vowel tells names apart (Hasan, Husayn); in long ones,
    most of them foreign, writers put it or leave it out.
    """
    if a == b:
        return True
    meet = not set(_word_skeletons(a)).isdisjoint(_word_skeletons(b))
    if _arabic(a) != _arabic(b):
        arabic, latin = (a, b) if _arabic(a) else (b, a)
        told = 0.0 if not meet else AGREE if _vowels_agree(arabic, latin) else -AGREE
        return spelling(arabic, latin) + told >= SPELLS
    if not meet:
        return False
    if _arabic(a):
        return min(len(a), len(b)) >= LONG_WORD and Levenshtein.distance(a, b) <= 1
    return ratio(a, b) >= SAME_SCRIPT_LIKENESS


def _vowels_agree(arabic: str, latin: str) -> bool:
    """Return whether the long vowels of two words are both written, as far as scripts tell.

    Of two Arabic names with the same consonants they are all that differs (Hasan, Husayn).
    """
    long = any(letter in arabic[1:] for letter in "اوي")
    return (
        ("ي" not in arabic[1:] or not _FRONT.isdisjoint(latin))
        and ("و" not in arabic[1:] or not _BACK.isdisjoint(latin))
        and (long or not _LONG_VOWEL.search(latin))
    )


@lru_cache(maxsize=20_000)
def _sounds(word: str) -> frozenset[str]:
    """Return the skeletons of a word that are long enough to tell it from another."""
    return frozenset(s for s in _word_skeletons(word) if len(s) > 1)


def _arabic(name: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in name)


@lru_cache(maxsize=20_000)
def _meeting(name: str, kind: str) -> frozenset[str]:
    """Return the sounds under which spellings of a name meet.

    The skeletons of its words run together; of a person's, whose words stand in any order,
    the opening of each.
    """
    person = kind == "p"
    ways = map(_openings, _own_words(name)) if person else map(_word_skeletons, _words(name))
    out: set[str] = set()
    for choice in product(*ways):
        out.add(" ".join(sorted(choice)) if person else "".join(choice))
        if len(out) >= _MOST_SKELETONS:
            break
    return frozenset(out - {""})


@lru_cache(maxsize=60_000)
def _openings(word: str) -> tuple[str, ...]:
    """Return the first sounds of a word, in classes that hold whatever may answer one another.

    A Latin word has them with the letters that some languages do not sound, and without.
    """
    ways = {word, _UNHEARD.sub("", word) or word}
    heard = {
        _undoubled("".join(choice))[:_OPENING]
        for way in ways
        for skeleton in _word_skeletons(way)
        # Of some sounds more than the opening, since two may fall into one class.
        for choice in product(
            *[_CLASSES[sound] for sound in skeleton if sound in _CLASSES][: 2 * _OPENING]
        )
    }
    return tuple(sorted(heard))


@lru_cache(maxsize=20_000)
def _code(name: str, kind: str) -> str:
    codes = [_word_code(word) for word in _words(name)]
    return kind + " " + (" ".join(sorted(codes)) if kind == "p" else "".join(codes))


def _word_code(word: str) -> str:
    return _undoubled(min(s.translate(_COARSE) for s in _word_skeletons(word)))


@lru_cache(maxsize=60_000)
def _word_skeletons(word: str) -> tuple[str, ...]:
    """Return the possible skeletons of one folded word, sorted, at most sixteen."""
    classes = _arabic_classes(word) if _arabic(word) else _latin_classes(word)
    out: set[str] = set()
    for choice in product(*classes):
        out.add(_undoubled("".join(choice)))
        if len(out) >= _MOST_SKELETONS:
            break
    return tuple(sorted(out))


def _undoubled(skeleton: str) -> str:
    return re.sub(r"(.)\1+", r"\1", skeleton)


def _arabic_classes(word: str) -> list[Sequence[str]]:
    """Return the classes of each letter; an opening vowel is kept, others are not."""
    classes: list[Sequence[str]] = []
    if word[0] in "اعءئ":
        classes.append(("A",))
    elif word[0] in "وي":
        classes.append(("", "A"))
    at = 0
    while at < len(word):
        if word.startswith("تش", at):
            classes.append("C")
            at += 2
            continue
        letter = word[at]
        if letter == "ه" and at == len(word) - 1 and at:
            classes.append(("",))
        elif letter in _ARABIC:
            classes.append(_ARABIC[letter])
        at += 1
    return classes


def _latin_classes(word: str) -> list[Sequence[str]]:
    """Return the classes of each letter or group of letters; an opening vowel is kept."""
    classes: list[Sequence[str]] = []
    if word[0] in "aeiou":
        classes.append(("A",) if not word.startswith("ou") else ("A", ""))
    at = 0
    while at < len(word):
        group = next(((g, c) for g, c in _LATIN_GROUPS if word.startswith(g, at)), None)
        if group is not None and group[0] == "x":
            classes.append(("KS",))
            at += 1
        elif group is not None:
            classes.append(group[1])
            at += len(group[0])
        else:
            letter, after = word[at], word[at + 1 : at + 2]
            soft = bool(after) and after in "eiy"
            last = at == len(word) - 1
            if letter == "c" and soft:
                classes.append("S")
            elif letter == "g" and soft:
                classes.append("JG")
            elif letter == "h" and (last or at == 0):
                classes.append(("",) if last else ("H", ""))
            elif letter in _LATIN:
                classes.append(_LATIN[letter])
            at += 1
    return classes
