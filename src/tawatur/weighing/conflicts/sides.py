"""One claim as conflicts see it, and what can be asked of it alone.

Worked out at most once for each claim, so that pairs are cheap to compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tawatur.model.claim import Claim, same_source
from tawatur.model.picture import Reason
from tawatur.model.reading import EventType, Modality, Polarity, SourceKind
from tawatur.model.text import fold, fold_words
from tawatur.weighing.conflicts.kin import kin
from tawatur.weighing.events import ClaimPrint, claim_print, claim_stance
from tawatur.weighing.stances import Stance, plainly_so, stems_of, unjoined
from tawatur.weighing.tolls import Toll, tolls
from tawatur.weighing.words import content_stems, likeness, stem

SAID_AS_SO = frozenset({Modality.FACT, Modality.HEDGED})
"""What is planned and what has not happened yet do not exclude each other."""

_SAME = frozenset(fold("same meme نفسه نفسها ذاته ذاتها").text.split())
_SHARES = frozenset(
    fold(
        "percent per cent majority most some people pour majorite المئه المائه غالبيه"
    ).text.split()
)
_IN_PART = frozenset(
    map(
        stem,
        fold(
            """
            direct directly official officially formal final full complete direct directe directs
            officiel officielle formel final complet مباشر مباشره رسمي رسميه نهائي نهائيه
            """
        ).text.split(),
    )
)
"""Who denies a direct meeting does not deny that there was another."""
_SPOKEN_FOR = frozenset(fold("باسم for of de du لسان").text.split())
_ARTICLES = frozenset(fold("the its his le la l son sa").text.split())
_BODIES = frozenset(
    map(
        stem,
        fold(
            """
            ministry department government army company police union presidency embassy agency
            ministere gouvernement armee societe entreprise police syndicat presidence ambassade
            الوزاره الحكومه الجيش الشركه الشرطه النقابه الرئاسه السفاره الوكاله الهيئه الاداره
            correspondent reporter correspondant المراسل مراسل مراسلنا
            """
        ).text.split(),
    )
)
_ACCUSING = frozenset(
    map(
        stem,
        fold(
            "accuse accused accuses alleged alleges allege claimed accuse accusent اتهم اتهمت "
            "اتهموا يتهم تتهم متهما متهمه زعم زعمت اتهام"
        ).text.split(),
    )
)
_ALL = frozenset(
    fold("all every everyone whole tous toutes tout toute chaque كل جميع كافه كامل").text.split()
)
_TIMES = content_stems(
    """
    يوم ايام اسبوع شهر شهور اشهر عام اعوام سنه سنوات ساعه صباح مساء ليل الاحد الاثنين الثلاثاء
    الاربعاء الخميس الجمعه السبت اليوم امس غدا الان حاليا
    day days week weeks month months year years hour hours today yesterday tomorrow now recently
    monday tuesday wednesday thursday friday saturday sunday nothing something
    jour jours semaine semaines mois an ans annee annees heure heures aujourd hui hier demain
    lundi mardi mercredi jeudi vendredi samedi dimanche rien
    mr mrs ms dr mme السيد السيده الدكتور
    """
)
"""Words of time and of courtesy: that two claims hold them says nothing of their topics."""
QUOTED = 140
"""Characters of a claim that a reason quotes at most."""
_QUOTES = '«»“”"‘’ .,،؛;:'


@dataclass(frozen=True)  # no slots: what is asked of a claim is kept when it is first asked
class Side:
    """A claim with its root and the victims it counts; all else about it follows from these.

    Of a family of copies nobody asks more of most, so the rest is worked out when it is asked.
    """

    claim: Claim
    root: str  # stands for whose word it is
    tolls: tuple[Toll, ...]

    @cached_property
    def of(self) -> ClaimPrint:
        """What grouping looks at in it."""
        return claim_print(self.claim)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its folded words."""
        return tuple(fold_words(self.claim.quote).split())

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """Its folded words, without a conjunction that Arabic joins to one."""
        return frozenset(map(unjoined, self.words))

    @cached_property
    def word_stems(self) -> tuple[str, ...]:
        """The stems of all its words, in order."""
        return tuple(map(stem, self.words))

    @cached_property
    def _stance(self) -> Stance:
        return claim_stance(self.claim)

    @property
    def stances(self) -> Mapping[str, int]:
        """For each matter of the table of opposites on which side it stands."""
        return self._stance.sides

    @cached_property
    def said(self) -> Mapping[str, int]:
        """The same without what only names who speaks: "the candidate denied it"."""
        named = content_stems(self.speaker)
        if not named or not self.stances:
            return self.stances
        beside = self.of.stems - named
        return {m: side for m, side in self.stances.items() if beside & stems_of(m)}

    @cached_property
    def negated(self) -> frozenset[str]:
        """The stems that a negation reaches."""
        return self._stems_at(self._stance.negated)

    @cached_property
    def focus(self) -> frozenset[str]:
        """The stems that a negation denies."""
        return self._stems_at(self._stance.focus)

    @property
    def denies(self) -> bool:
        """Whether somebody denies outright in it."""
        return self._stance.outright

    @property
    def negates(self) -> bool:
        """Whether its words negate."""
        return self._stance.negates

    @cached_property
    def plain(self) -> bool:
        """Whether it says all that it says as of now."""
        return plainly_so(self.words)

    @cached_property
    def kin(self) -> frozenset[str]:
        """The roots of its topic, and of who speaks."""
        return frozenset(map(kin, self.of.stems - self.of.names - _TIMES))

    @cached_property
    def accuses(self) -> bool:
        """Whether somebody is accused of something."""
        cues = fold_words(" ".join(link.cue or "" for link in self.claim.content.chain)).split()
        accused = self.claim.content.event_type is EventType.ACCUSE
        return accused or not _ACCUSING.isdisjoint(map(stem, (*cues, *self.plain_words)))

    @cached_property
    def speaker(self) -> str:
        """Whose word it is, as the text names it; empty for the author."""
        return " ".join((self.claim.root.source_text or "").split())

    @property
    def gist(self) -> str:
        """Its words, as many as a sentence can quote."""
        words = " ".join(self.claim.quote.split()).strip(_QUOTES)
        if len(words) <= QUOTED:
            return words
        return words[: words.rfind(" ", 0, QUOTED)] + " …"

    @cached_property
    def topic(self) -> frozenset[str]:
        """The stems of its words that stand in no name and do not tell who speaks."""
        return self.of.stems - self.of.names - _TIMES - content_stems(self.speaker)

    def _stems_at(self, places: frozenset[int]) -> frozenset[str]:
        return content_stems(" ".join(self.words[at] for at in sorted(places)))


def side_of(claim: Claim, root: str) -> Side:
    """Return ``claim`` as conflicts see it; ``root`` stands for whose word it is."""
    return Side(claim, root, tolls(claim.quote, claim.span.start, claim.content.quantities))


def alike(a: Side, b: Side) -> float:
    """Return how alike the words of two claims are, 0.0 in two languages."""
    return likeness(a.of.stems, b.of.stems) if a.of.language == b.of.language else 0.0


def is_so(side: Side) -> bool:
    """Return whether a claim says of something that it is or was so."""
    content = side.claim.content
    return content.polarity is Polarity.ASSERTED and content.modality in SAID_AS_SO


def may_meet(a: Side, b: Side) -> bool:
    """Return whether both can be of one time, as far as they tell theirs."""
    return a.of.when is None or b.of.when is None or a.of.when.meets(b.of.when)


def both_so(denial: Side, assertion: Side, *, said: bool) -> Reason | None:
    """Return why an assertion and a denial of it can both be so, None if they cannot.

    Args:
        denial: The one.
        assertion: The other.
        said: Whether both tell of what is, and not of a plan or a wish.
    """
    one, other = denial.of.when, assertion.of.when
    dated = dates_itself(denial) and dates_itself(assertion)
    if one and other and dated and not may_meet(denial, assertion):
        return Reason(
            "This does not contradict, because they speak of two times: {0} and {1}.",
            (one.edtf, other.edtf),
        )
    if not said:
        return Reason(
            "This does not contradict, because one of them is a plan, a wish, a condition or an "
            "opinion."
        )
    if not (denial.plain and assertion.plain) or denial.focus & _IN_PART - assertion.of.stems:
        return Reason(
            "This does not contradict, because the denial is of a part only, of what could be or "
            "of what is so no longer."
        )
    return None


def dates_itself(side: Side) -> bool:
    """Return whether its own words hold a date: one that stands elsewhere may be another's."""
    return any(c.isdecimal() for c in side.claim.quote)


def two_voices(a: Side, b: Side) -> bool:
    """Return whether two claims of one text are the words of two sources.

    "The ministry" after "the ministry of defence", its spokesman and "the same source" are none
    of their own.
    """
    if same_source(a.claim.root, b.claim.root):
        return False
    if not (is_voice(a) and is_voice(b)):
        return True
    if _a_share(a) and _a_share(b):
        return False  # of one crowd some say this, some that
    first, second = sorted((a, b), key=lambda side: side.claim.span)
    words = _words(second.speaker)
    if not _SAME.isdisjoint(words):
        return False
    body = _body(words)
    return not body or body not in {stem(word) for word in _words(first.speaker)}


@lru_cache(maxsize=4_096)
def _words(speaker: str) -> tuple[str, ...]:
    """Return the folded words by which a text names a speaker, who is met in many pairs."""
    return tuple(fold_words(speaker).split())


def _a_share(side: Side) -> bool:
    """Return whether some of a crowd speak: "26 percent", "a majority"."""
    words = _words(side.speaker)
    return not _SHARES.isdisjoint(words) or any(word.isdecimal() for word in words)


def _body(words: tuple[str, ...]) -> str:
    """Return the stem of the body that "the spokesman of the ministry" speaks for.

    Empty where the body is named in full, or where there is none.
    """
    at = next((at + 1 for at, word in enumerate(words) if word in _SPOKEN_FOR), 0)
    rest = [word for word in words[at:] if word not in _ARTICLES]
    if not rest or stem(rest[0]) not in _BODIES:
        return ""
    whole = len(rest) == 1 or (bool(at) and rest[0].startswith("ال"))
    return stem(rest[0]) if whole else ""


def all_of_it(side: Side) -> bool:
    """Return whether a claim speaks of all of something: "all bills", "every one"."""
    return not _ALL.isdisjoint(side.plain_words)


def is_voice(side: Side) -> bool:
    """Return whether somebody else than the author of the text speaks."""
    return side.claim.root.kind is not SourceKind.AUTHOR


def characters_between(a: Side, b: Side) -> int:
    """Return how many code points of a text lie between two of its claims, 0 if they overlap."""
    one, other = a.claim.span, b.claim.span
    return max(0, max(one.start, other.start) - min(one.end, other.end))
