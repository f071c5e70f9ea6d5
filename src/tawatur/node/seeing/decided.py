"""What did people judge and rule, as far as one viewer may see it?

Judgements are seen with the document that they are on. A ruling is seen under its own label,
and only where all documents may be seen whose words it names; it stands on those words, and
finds today's claim or name there, whatever its id is by now.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from tawatur.errors import UnknownIdError
from tawatur.model.claim import SAME_CLAIM, Claim, ClaimJudgement
from tawatur.model.ids import DocumentId, EntryId, RenditionId, RulingId
from tawatur.model.label import Label
from tawatur.model.ruling import Place, Ruling
from tawatur.node.given import begins, only
from tawatur.node.indexing.index import Index
from tawatur.node.seeing.allowed import Allowed
from tawatur.node.views import Judged

R = TypeVar("R", bound=Ruling)


class Decided:
    """The judgements and rulings that one viewer may see; `Sight.decided` is it."""

    def __init__(self, index: Index, allowed: Allowed) -> None:
        """Look nothing up yet."""
        self._index, self._db, self._allowed = index, index.db, allowed
        self._hidden = allowed.hidden

    # ------------------------------------------------------------ judgements

    def judgements_on(self, claim: Claim) -> tuple[Judged, ...]:
        """Return the judgements in force on a claim, in log order."""
        return tuple(judged for judged, _ in self.judgements_with(claim))

    def judgements_with(self, claim: Claim) -> tuple[tuple[Judged, ClaimJudgement], ...]:
        """Return them with what they say."""
        if not claim.judgements:
            return ()
        actors = self._index.actors()
        made = self._index.texts.judged(self._index.texts.bare(claim.rendition))
        return tuple(
            (
                Judged(entry, claim.id, given.verdict, actors.get(given.by, given.by), given.why),
                given,
            )
            for entry, given in made.items()
            if entry in claim.judgements
        )

    def judgement(self, entry: EntryId) -> tuple[EntryId, ClaimJudgement] | None:
        """Return a judgement that holds, with its entry; None where none may be seen."""
        row = self._db.execute(
            "SELECT rendition FROM steps WHERE entry = ? AND kind = 'judgement'", (entry,)
        ).fetchone()
        if row is None or self.document_of(RenditionId(row[0])) in self._hidden:
            return None
        found = self._index.texts.judged(self._index.texts.bare(RenditionId(row[0]))).get(entry)
        return (entry, found) if found else None

    def as_read(self, claim: Claim) -> Claim:
        """Return a claim as the readers propose it, whatever people said of it since.

        Raises:
            UnknownIdError: No reader proposes it.
        """
        for each in self._index.texts.as_read(claim.rendition):
            if each.id == claim.id:
                return each
        raise UnknownIdError("claim", claim.id)

    def judged_by_several(self) -> Iterator[Claim]:
        """Yield the claims in whose documents several people judged, and that were judged."""
        rows = self._db.execute(
            "SELECT DISTINCT document FROM renditions WHERE id IN (SELECT rendition FROM steps "
            "WHERE kind = 'judgement' GROUP BY rendition HAVING count(DISTINCT author) > 1) "
            "ORDER BY document"
        ).fetchall()
        for (document,) in rows:
            if document not in self._hidden:
                claims = self._index.components.in_document(document)
                yield from (claim for claim in claims if len(claim.judgements) > 1)

    def judged_counts(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield language, type, status and number of the proposals that people judged."""
        hidden = sorted(self._hidden)
        yield from self._db.execute(
            "SELECT d.language, c.type, c.status, count(*) FROM claims c "
            "JOIN documents d ON d.id = c.document WHERE c.read = 1 "
            "AND c.status IN ('accepted', 'corrected', 'rejected') "
            f"AND c.document NOT IN ({','.join('?' * len(hidden))}) GROUP BY 1, 2, 3",
            hidden,
        ).fetchall()

    def document_of(self, rendition: RenditionId) -> DocumentId:
        """Return whose text a rendition is."""
        return self._index.texts.bare(rendition).document

    # ------------------------------------------------------------ rulings

    def rulings(self, kind: type[R]) -> tuple[R, ...]:
        """Return the rulings of a kind that hold and may be seen, oldest first."""
        return tuple(ruling for ruling in self.all_rulings() if isinstance(ruling, kind))

    def all_rulings(self) -> tuple[Ruling, ...]:
        """Return the rulings of every kind that hold and may be seen, oldest first."""
        return tuple(
            ruling
            for label, ruling in self._index.rulings()
            if label in self._allowed.labels
            and (ruling.expires is None or self._allowed.now < ruling.expires)
            and not any(self._index.texts.document_at(p) in self._hidden for p in ruling.places)
        )

    def ruling(self, given: str) -> Ruling:
        """Return one ruling by its id, or by the beginning of it.

        Raises:
            UnknownIdError: None that holds and may be seen.
            AmbiguousIdError: Several begin so.
        """
        found = [each for each in self.all_rulings() if begins(each.id, given)]
        ruling: Ruling = only("ruling", given, found)
        return ruling

    def label_of_ruling(self, ruling: RulingId) -> Label:
        """Return the label under which this node holds a ruling."""
        (text,) = self._db.execute(
            "SELECT l.text FROM rulings r JOIN labels l ON l.id = r.label WHERE r.id = ?",
            (ruling,),
        ).fetchone()
        return msgspec.json.decode(text, type=Label)

    def entry_of_ruling(self, id: str) -> EntryId:  # noqa: A002
        """Return the last entry of one ruling.

        Raises:
            UnknownIdError: There is none of that id, or no more.
        """
        found = self._db.execute("SELECT entry FROM rulings WHERE id = ?", (id,)).fetchone()
        if found is None:
            raise UnknownIdError("ruling", id)
        return EntryId(found[0])

    # ------------------------------------------------------------ where their words stand

    def document_at(self, place: Place) -> DocumentId | None:
        """Return the document in whose text a place lies, None where none may be seen."""
        document = self._index.texts.document_at(place)
        return None if document in self._hidden else document

    def claim_at(self, place: Place) -> Claim | None:
        """Return the claim in force that stands where these words do, in whichever text it is."""
        document = self.document_at(place)
        if document is None:
            return None
        now = self._index.texts.now_at(place)
        spans = {each.rendition: each.span for each in (place, now) if each is not None}
        near = (
            (claim.span.likeness(spans[claim.rendition]), claim.id, claim)
            for claim in self._index.components.in_document(document)
            if claim.rendition in spans
        )
        found = max(near, default=None)
        return found[2] if found and found[0] >= SAME_CLAIM else None

    def words_at(self, place: Place) -> str:
        """Return the words at a place, on one line; none where no document may be seen."""
        if self.document_at(place) is None:
            return ""
        return " ".join(
            place.span.of(self._index.texts.bare(place.rendition).extraction.text).split()
        )
