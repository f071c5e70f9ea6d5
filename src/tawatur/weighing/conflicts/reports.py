"""Is a report genuine, and does what it tells stand against who calls it untrue?

* *judged*: two voices of one text judge a report, one that it is genuine, the other that it was
  forged or planted;
* *denied*: who calls a report untrue denies what it tells first, and each time that it is told
  again in other words;
* *vouched for*: who calls a letter a forgery is contradicted by who sent, received or signed it.

They need not stand close to each other: a report is one thing from first to last.
Known limit: reports of one word ("the letter") are taken for one.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from tawatur.model.picture import ConflictKind, Reason
from tawatur.model.reading import Authenticity, Modality, Polarity
from tawatur.weighing.conflicts.found import Found
from tawatur.weighing.conflicts.kin import REPORTS, kin
from tawatur.weighing.conflicts.sides import SAID_AS_SO, Side, is_voice, two_voices
from tawatur.weighing.stances import everyday, stems_of
from tawatur.weighing.words import content_stems

SAYS_LITTLE = 4
"""Stems at most outside names of a claim that a report is untrue."""
_TRUTH = "truth"
_VOUCHING = ("delivery", "signature")
_UNTRUE = "One tells what the report says, “{0}”; the other calls that untrue: “{1}”."


def judged_reports(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that a report is genuine with those that it is not."""
    judging = [side for side in sides if side.claim.content.report is not None]
    for a, b in combinations(judging, 2):
        one, other = a.claim.content.report, b.claim.content.report
        if one is None or other is None or not two_voices(a, b):
            continue
        genuine = Authenticity.AUTHENTIC
        if (one.verdict is genuine) == (other.verdict is genuine):
            continue
        if content_stems(one.report) & content_stems(other.report):
            why = Reason("One calls it genuine, the other does not: {0}.", (one.report,))
            yield Found(ConflictKind.POLARITY, a, b, why)


def denied_reports(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield what a report tells with the claims that it is untrue."""
    for denial in sides:
        first = first_told(denial, sides)
        if first is None:
            continue
        for s in (first, *(s for s in sides if _retells(s, first) and two_voices(denial, s))):
            why = Reason(_UNTRUE, (s.gist, denial.gist))
            yield Found(ConflictKind.POLARITY, denial, s, why)


def vouched_for(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that a report is untrue with those that it was sent, received or signed."""
    vouching = [s for s in sides if _vouches(s)]
    for denial in filter(_calls_untrue, sides):
        for s in vouching:
            if two_voices(denial, s) and _one_report(denial, s):
                why = Reason(
                    "One calls it untrue, “{0}”; the other vouches for it: “{1}”.",
                    (denial.gist, s.gist),
                )
                yield Found(ConflictKind.POLARITY, denial, s, why)


def first_told(denial: Side, sides: Sequence[Side]) -> Side | None:
    """Return what a report tells first that is called untrue, None where none is or tells."""
    if not _calls_untrue(denial):
        return None
    named = denial.of.stems & REPORTS
    told = (s for s in sides if _told_by(s, named) and two_voices(denial, s))
    return min(told, key=lambda s: s.claim.span, default=None)


def _retells(again: Side, first: Side) -> bool:
    """Return whether a claim tells in other words what another told first.

    Both tell of one type of event, stand on one side of a matter that is no everyday one, name
    one person or body, and share a word besides those in which the matter is spoken of.
    """
    if again.of.type is not first.of.type:
        return False
    if again.claim.content.modality not in SAID_AS_SO or again.claim.span <= first.claim.span:
        return False
    matters = [m for m, side in again.stances.items() if first.stances.get(m) == side]
    who = {code for *_, code in again.of.who} & {code for *_, code in first.of.who}
    telling = [m for m in matters if m not in everyday()]
    if not telling or not who:
        return False
    words = frozenset(kin(stem) for m in telling for stem in stems_of(m))
    return bool(again.kin & first.kin - words)


def _calls_untrue(side: Side) -> bool:
    content = side.claim.content
    denied = content.polarity is Polarity.DENIED and content.modality in SAID_AS_SO
    untrue = side.stances.get(_TRUTH) == -1
    return denied and untrue and bool(side.of.stems & REPORTS) and len(side.topic) <= SAYS_LITTLE


def _vouches(side: Side) -> bool:
    content = side.claim.content
    said = content.polarity is Polarity.ASSERTED and content.modality is Modality.FACT
    sent = any(side.stances.get(matter) == 1 for matter in _VOUCHING)
    return said and sent and is_voice(side)


def _one_report(a: Side, b: Side) -> bool:
    """Return whether two claims name a report by one word, or both by a word for a letter."""
    one, other = a.of.stems & REPORTS, b.of.stems & REPORTS
    letters = stems_of("writing")
    return bool(one & other or (one & letters and other & letters))


def _told_by(side: Side, reports: frozenset[str]) -> bool:
    """Return whether a claim is told as what some of ``reports`` say."""
    content = side.claim.content
    if content.polarity is not Polarity.ASSERTED or content.modality not in SAID_AS_SO:
        return False
    return any(content_stems(link.source_text or "") & reports for link in content.chain)
