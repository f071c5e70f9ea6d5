"""Do two claims tell of different origins of one report?

Whoever weighs a leak asks first where it comes from. Three forms of an answer exclude each other:

* *alternatives*: "either the ministry lied or the site did" leaves room for no third; another
  claim names one as the source;
* *origin*: two claims lay a report to two bodies of one kind: the intelligence of two states;
* *attributed*: one says that a report only bears somebody's name and comes from elsewhere, the
  other that it was published by just that one.

Known limit: a text is taken to tell of one report; that it tells of several is seen only where
they are called by other words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import EntityType, Polarity
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.kin import REPORTS
from tawatur.weighing.conflicts.sides import Side
from tawatur.weighing.words import content_stems, stem

_EITHER = re.compile(r"\beither\b.+\bor\b|\bsoit\b.+\bsoit\b|\bou bien\b.+\bou\b|\bاما\b.+\bاو\b")
_SOURCE = re.compile(
    r"\b(?:source (?:is|was|lies)|comes? from|came from|originat\w+|emanat\w+|planted by|leaked by"
    r"|fabricated by|forged by|(?:sa|la|leur) source (?:est|serait)|provien\w+|provenant|emane\w*"
    r"|(?:fabrique|forge)\w* par|مصدره|مصدرها|مصدرهما|صادر\w* عن|من صنع|من فبركه|سربته|سربها)\b"
)
_ATTRIBUTED = re.compile(
    r"\b(?:attributed to|ascribed to|purported\w*|so called|attribue\w* a|impute\w* a"
    r"|(?:ال)?منسوب\w*|المزعوم\w*)\b"
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|released|publie\w*|diffuse\w*|mis en ligne|نشر\w*|تنشر\w*|بث|بثت)\b"
)


def origins(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that tell of different origins of a report."""
    of_reports = [side for side in sides if _says_so(side)]
    for laid in (side for side in of_reports if _lays_it(side)):
        for other in sides:
            if other is laid or not _says_so(other):
                continue
            if _EITHER.search(fold_words(other.claim.quote)):
                third = _third(laid, other)
                if third:
                    why = Reason(
                        "One leaves room for two answers, “{0}”; the other names a third: {1}.",
                        (other.gist, third),
                    )
                    yield Found(ConflictKind.ACTOR, other, laid, why)
            elif _publishes(laid, other):
                why = Reason(
                    "One says that it comes from elsewhere, “{0}”; the other who published it: "
                    "“{1}”.",
                    (laid.gist, other.gist),
                )
                yield Found(ConflictKind.ACTOR, laid, other, why)
            elif pair := _of_one_kind(laid, other):
                why = Reason("One lays it to {0}, the other to {1}.", pair)
                yield Found(ConflictKind.ACTOR, laid, other, why)


def _says_so(side: Side) -> bool:
    return side.claim.content.polarity is Polarity.ASSERTED


def _lays_it(side: Side) -> bool:
    """Return whether a claim tells where a report comes from."""
    words = fold_words(side.claim.quote)
    return bool(_SOURCE.search(words)) and bool(_stems(words) & REPORTS)


def _third(laid: Side, either: Side) -> str:
    """Return who is named as the source beside two who share all blame, empty for nobody."""
    if not laid.of.names & either.of.stems:
        return ""  # they speak of two reports
    return next((name for name in _bodies(laid) if content_stems(name) - either.of.stems), "")


def _publishes(laid: Side, other: Side) -> bool:
    """Return whether one whose name a report only bears is said to have published it."""
    if not _ATTRIBUTED.search(fold_words(laid.claim.quote)):
        return False
    one_report = laid.of.stems & other.of.stems & REPORTS
    bearer = {name for name in _bodies(laid) if name in _bodies(other)}
    return bool(one_report and bearer and _PUBLISHED.search(fold_words(other.claim.quote)))


def _of_one_kind(laid: Side, other: Side) -> tuple[str, str] | None:
    """Return the two bodies of one kind that a report is laid to: those of two states."""
    words = [stem(word) for word in other.words]
    makers = {after for word, after in pairwise(words) if word in REPORTS}
    for name in _bodies(laid):
        for maker in _bodies(other):
            one, two = (fold_words(n).split() for n in (name, maker))
            kind = stem(one[0])
            if kind == stem(two[0]) and kind in makers and len(one) > 1 and one[1:] != two[1:]:
                return name, maker
    return None


def _bodies(side: Side) -> tuple[str, ...]:
    return tuple(name for name, kind, _ in side.of.who if kind is EntityType.ORGANISATION)


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))
