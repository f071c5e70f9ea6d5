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


ARABIC = re.compile("[\u0621-\u064a]")

GAVE_NONE = _any("لم ي", "لم ت", "did not", "gave no", "made no", "n'a (?:pas|jamais|pris aucun)")
"""That nothing was promised."""

UNWILLING = _any(
    "[وف]?غير مستعد",
    "(?:not|un)(?: ready| willing|willing)",
    "(?:pas|peu) (?:pret|disposee?)",
)
"""That nothing is promised, but refused."""

TRIES = _any(
    "[وف]?(?:ي|ت|ن)سعي",
    "[وف]?(?:ي|ت)سعون",
    "[وف]?(?:ي|ت|ن)حاول",
    "[وف]?(?:ي|ت|ن)درس\\b",
    "[وف]?(?:ي|ت)تجه\\b",
    "[وف]?(?:ي|ت)خشي",
    "seeks?\\b",
    "seeking\\b",
    "tr(?:y|ies|ying) to",
    "consider(?:s|ing)?\\b",
    "fears?\\b",
    "cherchent?\\b",
    "tentent? de",
    "envisagent?\\b",
    "etudient?\\b",
    "redoutent?\\b",
    "craint\\b",
    "craignent\\b",
)
"""That somebody wishes, weighs or fears it, which holds nobody to anything."""

GOVERNED = re.compile(
    r"(?:\b(?:[وف]?(?:في|من|الي|على|علي|عن|مع|لدي|بين|نحو|عبر)"
    r"|in|at|to|on|onto|from|with|for|into|near|than|between|against"
    r"|a|au|aux|en|dans|avec|pour|chez|vers|sur|entre|contre)"
    r"(?:\s+(?:the|la|le|les))?\s+(?:l'\s?)?|\b[وف]?(?:ب|ل))$"
)
"""What stands before a name that a preposition governs: it is not the one who acts."""

REVIEWS = _any(
    "[وفبل]{0,2}(?:ال)?(?:تقييم|تقويم|مراجعه|متابعه|اعاده النظر)\\b",
    "[وفل]{0,2}س?[نتي](?:قيم|راجع|تابع)(?:ان|ون|ا|وا)?\\b",
    "(?:to )?(?:review|assess|evaluate|re-?examine)\\b",
    "tak(?:e|ing) stock",
    "follow-?up meeting",
    "(?:(?:re)?examin|evalu)er(?:a|ont|ait|aient)?\\b",
    "f(?:aire|era|erait|eront|eraient|ont) le point",
    "(?:dress|f)\\w+ (?:un|le) bilan",
    "reunion de suivi",
)
"""That a matter is to be looked at again."""

MADE_BY = re.compile(r"\b(?:by|par)(?:\s+(?:the|la|le|les))?\s*(?:l'\s?)?$")
"""What stands before the name of whoever did what is told in the passive."""

DEALT_WITH = re.compile(
    r"(?:\b[وف]?(?:من|الي|لدي|مع)|\b(?:from|of|to|with|de|d'|a|au|aux|aupres d[eu']s?|avec))"
    r"(?:\s+(?:the|la|le|les))?\s*(?:l'\s?)?$"
)
"""What stands before the name of whom one buys of, turns to or deals with."""

SAME_ONE = re.compile(
    r"^\W*(?:(?:he|she|they|it|il|elle|ils|elles|celui-ci|celle-ci|ceux-ci|celles-ci)\b|(?:his|her|their|its|son|sa|leur)\s"
    r"(?:government|gouvernement|country|pays|ministry|ministere|organi[sz]ation)\b)"
)
"""That whoever speaks is meant by a pronoun, or what is theirs."""

TERMS = _any(
    "بموجب(?:ه|ها|هما)\\b",
    "بمقتضا(?:ه|ها)\\b",
    "under which \\w",
    "whereby \\w",
    "aux termes (?:duquel|de laquelle)",
    "en vertu (?:duquel|de laquelle)",
)
"""That an agreement holds somebody to it."""

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

A_REQUEST = _any(
    "[وفبل]?(?:ال)?طلب\\w{0,2}\\b",
    "[وف]?مسعي\\b",
    "requests?\\b",
    "bid (?:to|for)\\b",
    "demandes?\\b",
    "demarches?\\b",
)
"""A request by its name."""

A_WISH = _any(
    "[وف]?رغبت(?:ها|ه|هم) في", "wish(?:es)? (?:for|that)", "souhait(?:e|ent)? (?:que|de voir)"
)
"""A wish, which is a request where another is to fulfil it."""

FALLS_TO = _any(
    "[وف]?متروك ل",
    "[وف]?(?:يقع )?علي عاتق",
    "[وف]?علي (?:\\w+ ){1,4}ان [يت]",
    "up to (?:\\w+ ){1,6}to\\b",
    "it is for (?:\\w+ ){1,6}to\\b",
    "il appartient (?:a|au|aux)\\b",
    "il revient (?:a|au|aux)\\b",
    "incombe (?:a|au|aux)\\b",
)
"""That it is another's to do, in the word of whoever speaks."""

IMPORTANCE = re.compile(
    r"^\W*(?:[وف]?(?:علي )?(?:اهميه|ضروره)|the (?:importance of|need (?:to|for))"
    r"|l'importance de|la necessite (?:de|d'))"
)
"""That the words say what whoever speaks holds to be important."""

NO_REQUEST = _any(
    "asked (?:whether|if|about|why|how|not to be (?:named|identified))",
    "plead\\w* (?:not )?guilty",
    "se reclam",
    "sought to (?:clarify|explain)",
)
"""A word for asking that asks for nothing."""

ASKS = _any(
    "\\w{0,3}طلب",
    "\\w{0,2}(?:دعا|دعت|يدعو|تدعو)\\b",
    "\\w{0,2}ناشد",
    "\\w{0,2}حث",
    "\\w{0,2}مسعي",
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
    "[وف]?مسعي\\b",
    "[وف]?رغبت(?:ها|ه|هم) في",
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
