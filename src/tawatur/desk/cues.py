"""By which words is a promise told from a hope, a request from a remark, in three languages?

All are looked for in folded text (`tawatur.model.text.fold`): no accents, no case, one form of
alef, ya and ta marbuta. What a reader has settled already, as what a claim is said, is not
asked again here.
"""

import re

from tawatur.model.text import fold


def folded(words: str) -> str:
    """Return words as the cues here are written."""
    return fold(words).text


def _any(*words: str) -> re.Pattern[str]:
    """Return what finds one of the folded words, each a pattern of its own."""
    return re.compile("|".join(rf"\b(?:{word})" for word in words))


GAVE_NONE = _any("لم ي", "لم ت", "did not", "gave no", "made no", "n'a (?:pas|jamais|pris aucun)")
"""That nothing was promised."""

AGREED = _any(
    "[وف]?(?:اتفق|وافق)", "agreed (?:to|on|that|not)", "(?:ont|a|sont) (?:accepte|convenus?)"
)
"""That parties agreed to do something, which holds them to it."""

WILL = _any(
    "[وف]?سوف",
    "[وف]?س[ينت]\\w{3}",
    "[وف]?[تي]عتزم",
    "will\\b",
    "would\\b",
    "shall\\b",
    "intends? to",
    "(?:is|are) to\\b",
    "compte(?:nt)?\\b",
    "va\\b",
    "entend(?:ent)?\\b",
    "\\w+(?:era|eront|rait|raient)\\b",
)
"""That somebody is to do it."""

FIRST_PERSON = _any(
    "نحن",
    "[وف]?اننا",
    "[وف]?سن\\w{3}",
    "[وف]?لن ن\\w+",
    "we\\b",
    "our\\b",
    "i\\b",
    "nous\\b",
    "notre\\b",
    "nos\\b",
    "je\\b",
    "j'",
)
"""That whoever speaks means themselves."""

MUST = _any(
    "[وف]?(?:يجب|ينبغي|يتعين|يتوجب)",
    "must\\b",
    "should\\b",
    "ought\\b",
    "doi(?:t|vent)\\b",
    "il faut\\b",
    "il convient\\b",
)
"""That something ought to be, by whomever."""

OURSELVES = _any(
    "بحاجه لل?بق", "علينا", "we (?:must|should|need to)", "nous devons", "nous devrions"
)
"""That those who speak ought to do it themselves."""

NEEDED = _any(
    "(?:ال)?(?:امر )?اساسي",
    "ضروري",
    "لا بد",
    "لا غنى",
    "essential\\b",
    "necessary\\b",
    "vital\\b",
    "crucial\\b",
    "indispensable\\b",
    "necessaire\\b",
    "essentiel",
)
"""That something cannot be done without."""

A_REQUEST = _any("[وفبل]?(?:ال)?طلب\\w{0,2}\\b", "requests?\\b", "demandes?\\b")
"""A request by its name."""

ASKS = _any(
    "\\w{0,3}طلب",
    "\\w{0,2}(?:دعا|دعت|يدعو|تدعو)\\b",
    "\\w{0,2}ناشد",
    "\\w{0,2}حث",
    "\\w{0,2}مسعى",
    "\\w{0,2}[اي]?قترح",
    "suggest",
    "propos",
    "ask",
    "request",
    "urge",
    "appeal",
    "demand",
    "plead",
    "sollicit",
    "reclam",
    "invit(?:e|ent|er|ant)\\b",
)
"""That somebody asks somebody."""

THEY_ASK = _any(
    "\\w{0,3}طلب",
    "[وف]?بحاجه",
    "[تي]حتاج",
    "needs?\\b",
    "asked",
    "requests?\\b",
    "requested",
    "appeals?\\b",
    "calls? on\\b",
    "urged?",
    "pressed",
    "demande\\b",
    "a besoin",
    "ont (?:invite|lance|demande)",
)
"""That the first who is named is the one who asks."""

_LENGTHS: tuple[tuple[str, int], ...] = (
    (r"(?:ال)?(?:عامين|سنتين|عامان|سنتان)|two years|deux ans", 24),
    (r"شهرين|شهران|two months|deux mois", 2),
    (r"(?:ال)?(?:عام|سنه)\b|(?:a|one) year\b|un an\b|une annee\b", 12),
    (r"شهر\b|(?:a|one) month\b|un mois\b", 1),
)
_FOR = re.compile(
    r"\b(?:منذ|for|since|depuis)\b.{0,24}?(?:" + "|".join(p for p, _ in _LENGTHS) + ")"
)
_COUNTED = re.compile(
    r"\b(?:منذ|for|depuis)\b.{0,24}?\b(\d{1,3}) "
    r"(?:(عاما?|سنوات|سنه|years?|ans)|(شهرا?|اشهر|months?|mois))"
)


def months_waited(words: str) -> int | None:
    """Return for how many months at least something has lasted, as folded words say; else None."""
    counted = _COUNTED.search(words)
    if counted:
        return int(counted[1]) * (12 if counted[2] else 1)
    found = _FOR.search(words)
    if found is None:
        return None
    return next(months for pattern, months in _LENGTHS if re.search(pattern, found.group()))
