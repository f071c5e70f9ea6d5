"""What became of what each source said, and the letters and numbers that are given for it.

From what the viewer may see. Who the sources are, and how many of their cases became what, is
kept until an entry comes, for the last few from whom different things are hidden. What a person
records takes the place of a letter that is worked out, or stands where none is: with its reason,
and of a person with a purpose and an expiry too. The settings turn all grades off.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.claim import Claim
from tawatur.model.grade import GRADED, ClaimGrade, Reliability, Tally
from tawatur.model.ids import ClaimId, SourceId
from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict
from tawatur.model.reading import EventType
from tawatur.model.ruling import Grading, Outcome, Place
from tawatur.model.text import fold_words
from tawatur.node.given import begins
from tawatur.node.indexing.standings import Grounds
from tawatur.node.judging.asked_sources import EVERY_SOURCE, AskedSources
from tawatur.node.judging.rulings import Rulings
from tawatur.node.judging.settling import Settling
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import SourceLine, SourceView
from tawatur.weighing import Against, Heard, credibility, graded, records

_KEPT = 4
"""Viewers for whom what was worked out is kept."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The sources of one viewer, and how many of their cases became what."""

    grounds: Grounds
    heard: Heard
    tallies: dict[SourceId, Tally]
    subjects: dict[SourceId, tuple[EventType, ...]]
    against: Against


Kept: TypeAlias = dict[tuple[object, ...], _Weighed]


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of one node; `Node.sources` is where the doors find it."""

    rulings: Rulings
    settling: Settling
    sight: Callable[[Viewer | None], Sight]
    now: Callable[[], datetime]  # UTC
    grades: bool  # as the settings have it
    kept: Kept = field(default_factory=dict)
    """What was worked out; who sees the same shares it."""

    def lines(
        self, asked: AskedSources = EVERY_SOURCE, *, viewer: Viewer | None = None
    ) -> tuple[SourceLine, ...]:
        """Return the sources that are asked for, in the order asked for; by name unless told."""
        sight = self.sight(viewer)
        return asked.among(self._lines(sight, self._weighed(sight, viewer)))

    def all(
        self, asked: AskedSources = EVERY_SOURCE, *, viewer: Viewer | None = None
    ) -> tuple[SourceView, ...]:
        """Return the same with all that they said."""
        sight = self.sight(viewer)
        weighed = self._weighed(sight, viewer)
        found = records(weighed.heard, weighed.grounds.all(), weighed.against)
        of = {record.source.id: record for record in found}
        lines = asked.among(self._lines(sight, weighed))
        return tuple(SourceView(line, of[line.source.id]) for line in lines)

    def one(self, given: str, *, viewer: Viewer | None = None) -> SourceView:
        """Return one source, by its id or the beginning of it.

        Raises:
            UnknownIdError: There is none that may be seen.
            AmbiguousIdError: Several begin so.
        """
        sight = self.sight(viewer)
        weighed = self._weighed(sight, viewer)
        found = [line for line in self._lines(sight, weighed) if begins(line.source.id, given)]
        if not found:
            raise UnknownIdError("source", given)
        if len(found) > 1:
            raise AmbiguousIdError(given, [line.source.id for line in found])
        alone = weighed.heard.only(found[0].source.id)
        (record,) = records(alone, weighed.grounds.of(alone), weighed.against)
        return SourceView(found[0], record)

    def of_claims(self, *, viewer: Viewer | None = None) -> dict[ClaimId, ClaimGrade]:
        """Return the number of every claim that is not rejected; none where grades are off."""
        if not self.grades:
            return {}
        weighed = self._weighed(self.sight(viewer), viewer)
        return credibility(weighed.grounds.all(), weighed.against)

    def of_claim(self, claim: ClaimId, *, viewer: Viewer | None = None) -> ClaimGrade | None:
        """Return the number of one claim; None where it is rejected, or grades are off."""
        if not self.grades:
            return None
        sight = self.sight(viewer)
        grounds = sight.pictures.grounds()
        _, beside = sight.pictures.beside(claim)
        against, _ = grounds.contradictions(self._undismissed(beside, viewer))
        return credibility(grounds.beside([claim]), against).get(claim)

    def grade(
        self,
        given: str,
        letter: Reliability,
        why: str,
        *,
        purpose: str | None = None,
        expires: datetime | None = None,
    ) -> Grading:
        """Record a person's letter for a source and return the ruling.

        Args:
            given: The source's id, or the beginning of it.
            letter: A to F.
            why: The reason, for the record.
            purpose: Why it is held; needed where the source is a person or a group of people.
            expires: Until when, UTC; likewise.

        Raises:
            UnknownIdError: There is none that may be seen.
            UsageError: Grades are off, or purpose and expiry are missing.
        """
        if not self.grades:
            raise UsageError("grades are turned off in the settings of this node")
        record = self.one(given).record
        of_people = record.source.kind not in GRADED
        if of_people and (not (purpose or "").strip() or expires is None):
            raise UsageError("a letter for a person needs a purpose and the day it expires")
        if expires is not None and expires <= self.now():
            raise UsageError("the day it expires has passed")
        sight = self.sight(None)
        said = (cited.claim for cited in sight.cited(record.claims).values())
        claim = min(said, key=lambda c: (c.document, c.span, c.id))
        return self.rulings.record(
            Grading,
            why,
            place=Place.of(claim),
            source=min(_named_in(claim) & set(record.source.names)),
            letter=letter,
            purpose=purpose,
            expires=expires,
        )

    def _weighed(self, sight: Sight, viewer: Viewer | None) -> _Weighed:
        """Return what was worked out for whoever sees the same, or work it out."""
        conflicts = self._undismissed(sight.pictures.all(Conflict), viewer)
        key = (*sight.shown, frozenset(conflict.id for conflict in conflicts))
        if key not in self.kept:
            # What was worked out before a change may hold words that the change erased.
            stale = [each for each in self.kept if each[0] != key[0]]
            for each in stale or list(self.kept)[: max(0, len(self.kept) - _KEPT + 1)]:
                del self.kept[each]
            self.kept[key] = _weighed(sight.pictures.grounds(), conflicts)
        return self.kept[key]

    def _undismissed(
        self, conflicts: Iterable[Conflict], viewer: Viewer | None
    ) -> tuple[Conflict, ...]:
        found = tuple(conflicts)
        said = self.settling.of(found, viewer=viewer)
        return tuple(
            conflict
            for conflict in found
            if conflict.id not in said or said[conflict.id].outcome is not Outcome.DISMISSED
        )

    def _lines(self, sight: Sight, weighed: _Weighed) -> tuple[SourceLine, ...]:
        said = self._said(sight, weighed.heard) if self.grades else {}
        lines = (
            SourceLine(
                source,
                weighed.tallies[id_],
                graded(source, weighed.tallies[id_]) if self.grades else None,
                said.get(id_),
                weighed.subjects.get(id_, ()),
            )
            for id_, source in weighed.heard.sources.items()
        )
        return tuple(sorted(lines, key=lambda line: (line.source.name, line.source.id)))

    def _said(self, sight: Sight, heard: Heard) -> dict[SourceId, Grading]:
        """Return the letter that a person gave each source; the latest that holds counts."""
        said: dict[SourceId, Grading] = {}
        for ruling in sight.decided.rulings(Grading):
            claim = sight.decided.claim_at(ruling.place)
            if claim is not None:
                of = (s for s in heard.sources.values() if claim.id in heard.claims[s.id])
                name = fold_words(ruling.source)
                said |= {s.id: ruling for s in of if name in map(fold_words, s.names)}
        return said


def _weighed(grounds: Grounds, conflicts: tuple[Conflict, ...]) -> _Weighed:
    """Return the sources that a viewer sees, with what became of what they said in numbers."""
    heard = grounds.heard()
    against, sides = grounds.contradictions(conflicts)
    counts = grounds.counts(heard)
    contradicted = Counter(
        heard.of[standing.root]
        for standing in sides
        if standing.root in heard.of and not against.keys().isdisjoint(standing.claims)
    )
    tallies = {
        id_: Tally(
            len(heard.claims[id_]), counts.cases[id_], counts.confirmed[id_], contradicted[id_]
        )
        for id_ in heard.sources
    }
    subjects: dict[SourceId, set[EventType]] = {}
    for (id_, subject), count in counts.subjects.items():
        if count > 0:
            subjects.setdefault(id_, set()).add(subject)
    on = {id_: tuple(sorted(held)) for id_, held in subjects.items()}
    return _Weighed(grounds, heard, tallies, on, against)


def _named_in(claim: Claim) -> set[str]:
    """Return the names under which somebody speaks in a claim."""
    names = {claim.publisher, *(link.source_text for link in claim.content.chain)}
    return {name for name in names if name}
