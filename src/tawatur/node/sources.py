"""What became of what each source said, and the letters and numbers that are given for it.

Worked out anew at each question from what the viewer may see. What a person records takes
the place of a letter that is worked out, or stands where none is: with its reason, and of a
person with a purpose and an expiry too. The settings turn all grades off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.claim import Claim
from tawatur.model.grade import GRADED, ClaimGrade, Record, Reliability
from tawatur.model.ids import ClaimId, SourceId
from tawatur.model.label import Viewer
from tawatur.model.ruling import Grading, Outcome, Place
from tawatur.model.text import fold_words
from tawatur.node.rulings import Rulings
from tawatur.node.settling import Settling
from tawatur.node.sight import Sight
from tawatur.node.views import SourceView
from tawatur.weighing import Basis, credibility, graded, records


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of one node; `Node.sources` is where the doors find it."""

    rulings: Rulings
    settling: Settling
    sight: Callable[[Viewer | None], Sight]
    now: Callable[[], datetime]  # UTC
    key: bytes  # for keyed ids
    grades: bool  # as the settings have it

    def all(self, *, viewer: Viewer | None = None) -> tuple[SourceView, ...]:
        """Return the sources by name: no listing ranks them."""
        sight = self.sight(viewer)
        found = records(self._basis(sight, viewer), self.key)
        said = self._said(sight, found) if self.grades else {}
        views = (
            SourceView(record, graded(record) if self.grades else None, said.get(record.source.id))
            for record in found
        )
        return tuple(sorted(views, key=lambda v: (v.record.source.name, v.record.source.id)))

    def one(self, given: str, *, viewer: Viewer | None = None) -> SourceView:
        """Return one source, by its id or the beginning of it.

        Raises:
            UnknownIdError: There is none that may be seen.
            AmbiguousIdError: Several begin so.
        """
        found = [v for v in self.all(viewer=viewer) if v.record.source.id.startswith(given)]
        if not found:
            raise UnknownIdError("source", given)
        if len(found) > 1:
            raise AmbiguousIdError(given, [view.record.source.id for view in found])
        return found[0]

    def of_claims(self, *, viewer: Viewer | None = None) -> dict[ClaimId, ClaimGrade]:
        """Return the number of every claim that is not rejected; none where grades are off."""
        return credibility(self._basis(self.sight(viewer), viewer)) if self.grades else {}

    def of_claim(self, claim: ClaimId, *, viewer: Viewer | None = None) -> ClaimGrade | None:
        """Return the number of one claim; None where it is rejected, or grades are off."""
        if not self.grades:
            return None
        return credibility(self._basis(self.sight(viewer), viewer, claim)).get(claim)

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
        claim = min(map(sight.claim, record.claims), key=lambda c: (c.document, c.span, c.id))
        return self.rulings.record(
            Grading,
            why,
            place=Place.of(claim),
            source=min(_named_in(claim) & set(record.source.names)),
            letter=letter,
            purpose=purpose,
            expires=expires,
        )

    def _basis(self, sight: Sight, viewer: Viewer | None, claim: ClaimId | None = None) -> Basis:
        said = self.settling.of(sight.conflicts(), viewer=viewer)
        dismissed = {c for c, s in said.items() if s.outcome is Outcome.DISMISSED}
        return sight.basis(dismissed, claim)

    def _said(self, sight: Sight, found: tuple[Record, ...]) -> dict[SourceId, Grading]:
        """Return the letter that a person gave each source; the latest that holds counts."""
        through: dict[ClaimId, list[Record]] = {}
        for record in found:
            for claim in record.claims:
                through.setdefault(claim, []).append(record)
        said = {}
        for ruling in sight.rulings(Grading):
            claim_there = sight.claim_at(ruling.place)
            for record in through.get(claim_there.id, ()) if claim_there else ():
                names = {fold_words(name) for name in record.source.names}
                if fold_words(ruling.source) in names:
                    said[record.source.id] = ruling
        return said


def _named_in(claim: Claim) -> set[str]:
    """Return the names under which somebody speaks in a claim."""
    names = {claim.publisher, *(link.source_text for link in claim.content.chain)}
    return {name for name in names if name}
