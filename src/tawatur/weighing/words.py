"""Which words of a claim carry what it is about, in a form that spellings share?

`content_stems` folds, drops words that stand in any sentence (grammar, reporting
words, negation, figures) and cuts the endings that grammar adds. Figures and
negation go because two claims that differ in them alone are about one thing and
contradict each other. The lists are part of the algorithm: a change of a line is
a change of what grouping gives, so they never come from the archive.

Known cost: a light stem, not a root; broken plurals and strong verbs stay apart,
which misses a likeness and never makes one up.
"""

import re
from functools import lru_cache
from math import sqrt

from tawatur.model.text import fold, fold_text

_WORD = re.compile(r"[^\W\d_]+")
# Prepositions, conjunctions, pronouns, auxiliaries, negation; then words that report.
_ARABIC = """
من في على عن الى مع بين بعد قبل عند لدى منذ حتي ضد نحو دون خلال حول تحت فوق امام وراء عبر ضمن
حسب وفق وفقا بسبب لاجل حيث اذا لو لولا كي لكي ان انه انها انهم بان لان لانه لكن ولكن غير سوي كما
مثل هذا هذه ذلك تلك هؤلاء اولئك الذي التي الذين اللذين اللتين اللواتي هو هي هم هما نحن انا انت
كان كانت كانوا يكون تكون سيكون ستكون ليس ليست ليسوا لم لن لا ما ماذا هل قد لقد سوف كل بعض اي
ايضا اخر اخري اخرين احد احدي ثم او ام بل الا انما فقط جدا اكثر اقل عدم نفس نفسه نفسها كذلك هناك
هنا فيه فيها منه منها عليه عليها به بها له لها لهم اليه اليها معه معها بينما حين عندما بما مما
فيما كلما لما وقد وكان وهو وهي وان ولم ولن ولا قال قالت قالوا يقول تقول وقال اكد اكدت يؤكد اعلن
اعلنت يعلن ذكر ذكرت افاد افادت اضاف اضافت اوضح اوضحت صرح صرحت نفي نفت ينفي زعم زعمت اشار اشارت
كشف كشفت نقل نقلت مصدر مصادر بيان تصريح تصريحات
"""
_FRENCH = """
le la les un une des du de au aux et ou ni mais donc car que qui quoi dont où ce cet cette ces
son sa ses leur leurs mon ma mes notre nos votre vos il elle ils elles on nous vous je tu en y
ne pas plus jamais rien aucun aucune sur sous dans par pour avec sans entre vers chez depuis
pendant selon apres avant contre comme si est sont etait etaient sera seront ete etre a ont
avait avaient aura avoir fait faire se lui tout tous toute toutes meme aussi deja encore tres
bien dit declare affirme annonce dement indique precise rapporte source sources communique
"""
_ENGLISH = """
the an of in on at to for from by with without and or nor but so that which who whom whose what
this these those its his her their our your my he she it they we you i is are was were be been
being has have had do does did will would shall should can could may might must not no never
none as if than then there here into onto over under between after before against during since
until about also very more most all any some each both such only own same said says say told
announced denied reported stated according statement
"""
_EMPTY = frozenset(fold(_ARABIC + _FRENCH + _ENGLISH).text.split())
_AR_PREFIXES = ("وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال")
# Longest first: the first that fits is cut.
_AR_SUFFIXES = (
    *("هما", "تين", "يون", "يين", "تها", "تهم"),
    *("ات", "ان", "ون", "ين", "ها", "هم", "يه", "وا", "تا"),
)
_LATIN_SUFFIXES = (
    *("ements", "ement", "ations", "ation", "ions", "ings"),
    *("ion", "ing", "ees", "ers", "er", "ee", "es", "ed", "s", "e"),
)
_LEAST = 3
"""Letters that must be left of a word when grammar is cut off it."""


@lru_cache(maxsize=4_096)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words of ``text`` that carry its content."""
    return frozenset(map(_content_stem, _WORD.findall(fold_text(text)))) - {""}


@lru_cache(maxsize=60_000)
def _content_stem(word: str) -> str:
    """Return the stem of one folded word, "" if any sentence could hold it."""
    # Some do with a conjunction glued to them.
    empty = len(word) < 2 or word in _EMPTY or (word[0] in "وف" and word[1:] in _EMPTY)
    return "" if empty else stem(word)


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """Return one folded word without what grammar glues to it."""
    if "\u0600" <= word[0] <= "\u06ff":
        return _arabic_stem(word)
    for suffix in _LATIN_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > _LEAST:
            return word[: -len(suffix)]
    return word


def _arabic_stem(word: str) -> str:
    for prefix in _AR_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _LEAST:
            word = word[len(prefix) :]
            break
    else:
        # A single letter is a conjunction or preposition only where much is left of the word.
        if word[0] in "وفبل" and len(word) > _LEAST + 1:
            word = word[1:]
    for suffix in _AR_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            return word[: -len(suffix)]
    if word[-1] in "هيا" and len(word) > _LEAST:
        return word[:-1]
    return word


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the cosine of two sets, 0.0 to 1.0; 0.0 if either is empty (Ochiai 1957)."""
    shared = len(a & b)
    return shared / sqrt(len(a) * len(b)) if shared else 0.0
