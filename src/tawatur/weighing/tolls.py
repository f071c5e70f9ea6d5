"""How many, of whom, does a claim say were killed, wounded, missing or taken, and where?

Counts of one fate at one place on one day speak of one happening, in whatever words and
languages; that is what frames of tolls are for. What befell those counted is told by the
counted word itself, or else by the nearest word that tells of a fate.

A place counts here only if it is narrow: two counts of the dead of one day in one state
are mostly two happenings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from pathlib import Path

from tawatur.model.moment import Moment
from tawatur.model.reading import Quantity
from tawatur.model.text import MARKS, fold, fold_words
from tawatur.weighing.words import stem

WINDOW = 60
"""Code points on either side of a figure in which the words stand that say what befell."""
ABOUT = 0.15
"""How far "about" reaches on either side, as a share of the figure."""
MORE = 2
"""How many times as much "at least" admits: who has counted 14 knows of no 31."""
APART = 5
"""Counts apart by this factor or more are of two happenings in one place."""
HARMED = "killed or wounded"

_FATES = {
    "killed": """
        قتل قتيل قتيلا قتلي قتلا مقتل قتلوا قتلت لقوا مصرع مصرعهم جثه جثث جثامين وفاه وفيات
        توفي شهيد شهيدا شهداء ضحيه ضحايا حصيله حصيلتهم سقط سقطوا استشهد استشهدوا
        tue tues tuees tuant mort morte morts mortes deces cadavres corps victimes bilan
        tombes abattu abattus neutralise neutralises
        killed killing kill kills dead deaths died die slain bodies victims toll
    """,
    "wounded": """
        جرح جريح جريحا جرحي جرحوا اصيب اصيبوا اصابه مصاب مصابا مصابين مصابون blesse blesses
        blessee blessees wounded injured hurt
    """,
    "missing": """
        مفقود مفقودا مفقودين مفقودون فقدان disparu disparus missing
    """,
    "held": """
        اعتقل اعتقال معتقل معتقلا اسير اسيرا اسري اوقف توقيف خطف اختطف رهينه رهائن arretes
        otages arrested detained captured kidnapped hostages hostage
    """,
    "displaced": """
        نازح نازحا نازحين نازحون نزوح لاجيء لاجئ لاجئا لاجئين deplaces refugies displaced
        refugees
    """,
}
_WHO = {
    "soldier": """
        جندي جنديا جنود جنديين عسكري عسكريا عسكريين عسكريون ضابط ضابطا ضباط soldat soldats
        militaire militaires soldier soldiers troops troop servicemen
    """,
    "fighter": """
        مسلح مسلحا مسلحين مسلحون مهاجم مهاجما مهاجمين مهاجمون ارهابي ارهابيا ارهابيين
        ارهابيون متمرد متمردا متمردين عنصر عنصرا عناصر مقاتل مقاتلا مقاتلين assaillant
        assaillants terroristes jihadistes djihadistes combattants rebelles militants
        militant fighters gunmen attackers insurgents rebels terrorists
    """,
    "civilian": """
        مدني مدنيا مدنيين مدنيون civil civils civilian civilians
    """,
    "child": """
        طفل طفلا اطفال enfant enfants child children
    """,
    "woman": """
        امراه نساء سيده femme femmes woman women
    """,
    "police": """
        شرطي شرطيا شرطه policier policiers gendarmes policeman policemen police
    """,
    "hostage": """
        رهينه رهائن otage otages hostage hostages
    """,
}
_ANYONE = frozenset(
    fold(
        """
        شخص شخصا اشخاص شخصين فرد فردا افراد نسمه انسان ابناء ابنائنا ابنائه ابن اخرين اخرون
        اخر منهم person persons people men others individuals personne personnes gens autres
        """
    ).text.split()
)
_PEOPLE = frozenset({"person", "soldier"})
_WORD = re.compile(rf"(?:[^\W\d_][{MARKS}]*)+")  # a vowel sign stands within a word
# What follows counts some of those counted before: both suffered the same.
_SOME_OF_THEM = frozenset(fold("dont including among بينهم بينها منهم منها").text.split())
_PREFIXES = ("وال", "بال", "فال", "لل", "ال", "و", "ب", "ل", "ف")


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of victims: ``low`` and ``high`` bound what it can mean; ``who`` is "" for all."""

    fate: str
    who: str
    low: float
    high: float
    figure: Quantity


@cache
def _groups() -> tuple[dict[str, str], dict[str, str]]:
    fates = {word: fate for fate, words in _FATES.items() for word in fold(words).text.split()}
    who = {word: kind for kind, words in _WHO.items() for word in fold(words).text.split()}
    return fates, who


@cache
def _wide() -> frozenset[str]:
    path = Path(__file__).with_name("wide_places.txt")
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


_PARTS = frozenset(
    fold(
        """
        شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي اقصي دوله جمهوريه مملكه حدود منطقه
        ريف مدينه قريه بلده محافظه ولايه عاصمه
        north south east west northern southern eastern western central northeastern
        northwestern southeastern southwestern the of state republic city capital
        nord sud est ouest centre du de la le d l etat republique ville capitale
        """
    ).text.split()
)
_SIDES = frozenset(
    fold(
        """
        شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي ريف
        north south east west northern southern eastern western central nord sud est ouest
        """
    ).text.split()
)
_UNIFORM = re.compile(
    r"(?:in (?:army |military )?uniform|en (?:uniforme|tenue)|ب?ال?زي ال?عسكري)\b"
)
_OF_THE = re.compile(r"\w+ (?:of the|of those|of them|des|من ال\w+|منهم)\b")
_LASTING = re.compile(
    r"\b(?:منذ|since|depuis)\b|(?:خلال|مدي|over|within|during|en|durant) (?:\w+ ){0,2}"
    r"(?:شهر|شهرين|اشهر|شهور|اسبوع|اسبوعين|اسابيع|ايام|عام|عامين|اعوام|سنه|سنوات"
    r"|months?|weeks?|years?|days|mois|semaines?|ans|jours)\b"
)


@lru_cache(maxsize=4_096)
def narrow(place: str) -> bool:
    """Return whether a name of a place is none of a state, region or sea, or a side of one."""
    name = fold_words(place)
    plain = [w.removeprefix("ال") for w in name.split()]
    words = [w for w in plain if w not in _PARTS]
    forms = {name.removeprefix("ال"), " ".join(words)}
    return bool(words) and plain[0] not in _SIDES and not forms & _wide()


def tolls(quote: str, start: int, quantities: Iterable[Quantity]) -> tuple[Toll, ...]:
    """Return the counts of victims among ``quantities``, in their order.

    Args:
        quote: The words of the claim.
        start: Where it stands in its text, as the figures' spans count.
        quantities: Its figures.
    """
    figures = [q for q in quantities if q.value is not None]
    if not figures or _LASTING.search(fold_words(quote)):
        return ()  # what befell people over months is no count of one happening
    words = [(m.start(), fold_words(m.group())) for m in _WORD.finditer(quote)]
    taken = [(q.span.start - start, q.span.end - start) for q in figures]
    found: list[Toll] = []
    for figure, (first, end) in zip(figures, taken, strict=True):
        of = fold_words(figure.of or "").split()
        if of and _some_of_known(of[0], quote[max(0, first) : end]):
            continue
        fate = _first(of, _groups()[0])
        if fate is None and figure.unit not in _PEOPLE:
            continue
        if fate is None or _joined(words, end, fate):
            fate = _nearest(words, first, end, taken)
        if fate is not None:
            low, high = bounds(figure)
            if (found and _is_part(words, first) and low < found[0].low) or _of_the(
                quote[max(0, first) :]
            ):
                high = inf  # of how many in all it does not say
            who = "soldier" if _UNIFORM.match(fold_words(quote[end:])) else _who(of)
            found.append(Toll(fate, who, low, high, figure))
    return tuple(found)


def bounds(figure: Quantity) -> tuple[float, float]:
    """Return the least and the greatest number that a figure can mean."""
    value = figure.value or 0.0
    spread = abs(value) * ABOUT
    return {
        "about": (value - spread, value + spread),
        "at least": (value, abs(value) * MORE),
        "at most": (-inf, value),
    }.get(figure.bound or "", (value, value))


def comparable(who: str, others: str) -> bool:
    """Return whether two counts can be of the same people: attackers count as nobody's victims."""
    return who == others or ("" in (who, others) and "fighter" not in (who, others))


def far_apart(one: float, other: float) -> bool:
    """Return whether two counts are too far apart to be of one happening."""
    return max(one, other) >= APART * min(one, other)


def differ(a: Toll, b: Toll) -> bool:
    """Return whether two counts of one happening cannot both be right.

    A count of some (soldiers) is part of one of all: only the part can be too great. A count
    that is higher as of a later day has risen.
    """
    if a.fate != b.fate or not comparable(a.who, b.who) or risen(a.figure, b.figure):
        return False
    if a.who == b.who:
        return not (a.low <= b.high and b.low <= a.high)
    part, whole = (a, b) if a.who else (b, a)
    return part.low > whole.high


def risen(x: Quantity, y: Quantity) -> bool | None:
    """Return whether the higher of two counts is surely as of the later day.

    None where the text of either does not say as of when it stands.
    """
    if x.as_of is None or y.as_of is None:
        return None
    higher, lower = (x, y) if (x.value or 0.0) > (y.value or 0.0) else (y, x)
    try:
        first, second = Moment.parse(lower.as_of or ""), Moment.parse(higher.as_of or "")
    except ValueError:
        return None  # another node's reader wrote it
    return first.before(second) is True


def _some_of_known(noun: str, said: str) -> bool:
    """Return whether a figure takes some of a known lot: "two of the wounded" died, or left."""
    known = noun.startswith("ال") and _first([noun], _groups()[0]) in ("wounded", "missing")
    return known and noun in fold_words(said)


def _who(of: list[str]) -> str:
    """Return of whom a figure is: "" for people of any kind, a kind, or the noun's stem."""
    kinds = _groups()[1]
    known = _first(of, kinds)
    if known or not of or _first(of[:1], _groups()[0]) or any(w in _ANYONE for w in _plain(of[0])):
        return known or ""
    return stem(of[0])


def _first(words: Iterable[str], known: dict[str, str]) -> str | None:
    return next((known[c] for word in words for c in _plain(word) if c in known), None)


def _plain(word: str) -> tuple[str, ...]:
    """Return a folded word and what is left without what Arabic joins to its front."""
    return (word, *(word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) > 4))


def _joined(words: list[tuple[int, str]], end: int, fate: str) -> bool:
    """Return whether another fate is joined to that of a figure: "dead and wounded"."""
    after = [word for at, word in words if at >= end][:3]
    return any(
        (other := _first([word], _groups()[0])) is not None and other != fate for word in after[:2]
    )


def _of_the(words: str) -> bool:
    """Return whether the figure that begins so takes some of a known lot: "87 of the dead"."""
    return _OF_THE.match(fold_words(words)) is not None


def _is_part(words: list[tuple[int, str]], at: int) -> bool:
    """Return whether what is counted at a place is some of those counted before it."""
    return any(word in _SOME_OF_THEM for start, word in words if start < at)


def _before(words: list[tuple[int, str]], at: int) -> set[str]:
    """Return the last two words before ``at``."""
    return set([word for start, word in words if start < at][-2:])


def _nearest(
    words: list[tuple[int, str]], first: int, end: int, figures: list[tuple[int, int]]
) -> str | None:
    """Return the fate told nearest to a figure with no other figure between."""
    best: tuple[int, str] | None = None
    fates: list[tuple[int, str]] = []
    parts = {x for x, _ in figures if x > end and _SOME_OF_THEM & _before(words, x)}
    for at, word in words:
        fate = _first([word], _groups()[0])
        if fate is None or (fate in ("wounded", "missing") and word.startswith("ال")):
            continue  # "two of the wounded" are counted among others
        gap = at - end if at >= end else first - at - len(word)
        between = any(
            (end <= x < at) if at >= end else (at < x < first)
            for x, _ in figures
            if x != first and x not in parts
        )
        if gap > WINDOW or between:
            continue
        fates.append((at, fate))
        if best is None or gap < best[0]:
            best = (gap, fate)
    if best is None:
        return None
    near = {fate for at, fate in fates if at >= end and at - end < WINDOW // 2}
    if near == {"killed", "wounded"} and best[1] in near:
        beyond = [x for x, _ in figures if x > end]
        last = max(at for at, _ in fates)
        if not any(x < last for x in beyond):
            return HARMED
    return best[1]
