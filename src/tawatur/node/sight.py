"""What a viewer may see of the index: every listing goes through here.

A document may be seen if one of its acquisitions may be received by the viewer,
and then only those acquisitions are shown. Claims are seen with their document,
desk items and glosses under their own label. Counts, events, conflicts and entities are
worked out from what is seen: rows stored for everybody serve components without
hidden claims, others are weighed again from the visible ones.

Known cost: with nothing hidden from the viewer no label is looked at twice; the
decision is asked once for each distinct label.
"""

import json
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice, takewhile
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.claim import SAME_CLAIM, Claim, ClaimJudgement, Status
from tawatur.model.desk import Commitment, Item, Request, Review, Sitting, Step
from tawatur.model.document import Acquisition, Rendition
from tawatur.model.entry import Kind
from tawatur.model.ids import (
    ActorId,
    ClaimId,
    DeskId,
    DocumentId,
    EntityId,
    EntryId,
    GlossId,
    RenditionId,
    RulingId,
)
from tawatur.model.label import Activity, Decision, Label, Leave, Viewer, may_receive
from tawatur.model.moment import Moment
from tawatur.model.picture import Conflict, Copy, Entity, Event, Lineage, NearMiss, Picture
from tawatur.model.reading import LocalEntity
from tawatur.model.ruling import Place, Ruling
from tawatur.model.span import Span
from tawatur.node.books import KINDS, Wanted
from tawatur.node.border_rows import Near
from tawatur.node.identity import Known, Placed, Veil
from tawatur.node.index import Index, Weight
from tawatur.node.material import unpacked_standings
from tawatur.node.standings import Grounds, Veiled
from tawatur.node.views import (
    Cited,
    DocumentLine,
    DocumentView,
    GlossLine,
    Hit,
    Judged,
    Overview,
    RenditionLine,
)
from tawatur.node.waiting import Turn, Which, shared_urgency
from tawatur.node.words import Query, stems
from tawatur.weighing import lineage
from tawatur.weighing.events import moment

T = TypeVar("T")
P = TypeVar("P", Conflict, NearMiss)
R = TypeVar("R", bound=Ruling)

_BOOKS: Mapping[Kind, Activity] = {
    Kind.COMMITMENT: Activity.COMMITMENTS,
    Kind.REQUEST: Activity.REQUESTS,
    Kind.LESSON: Activity.REQUESTS,
    Kind.BORDER_NOTICE: Activity.BORDER_NOTICES,
    Kind.MEETING: Activity.MEETINGS,
}
"""The activity that the items of a book are of."""
_LETTERS: Mapping[str, Kind] = {
    "k": Kind.COMMITMENT,
    "q": Kind.REQUEST,
    "p": Kind.LESSON,
    "f": Kind.BORDER_NOTICE,
    "m": Kind.MEETING,
}
"""The book of an id, by its first letter; reviews are kept with commitments."""
_BY_ID = attrgetter("id")

_AROUND = 90
"""Characters shown on either side of the first word found."""

_JUDGED = (Status.ACCEPTED, Status.CORRECTED, Status.REJECTED)

_ALL_CLAIMS = "(SELECT id, document FROM claims UNION ALL SELECT id, document FROM former)"

_COPIES_TOLD = 200
"""Documents of one event of which it is looked up how they share their texts."""

_CHARTED = 8
"""Publishers of which claims are counted, those of most."""

_LEAST_GIVEN = 3
"""Characters of an id, its letter and hyphen apart, that a shortened one must have."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of ``since`` to the last day of ``until``; either may be open."""

    since: Moment | None = None
    until: Moment | None = None

    @classmethod
    def parse(cls, since: str | None, until: str | None) -> "Period":
        """Return the period that two EDTF dates bound.

        Raises:
            UsageError: One of them is no date.
        """
        try:
            return cls(
                Moment.parse(since) if since else None, Moment.parse(until) if until else None
            )
        except ValueError as cause:
            raise UsageError(
                "{0} is not a date; write one as 2021, 2021-03 or 2021-03-31", repr(since or until)
            ) from cause

    def holds(self, *values: str | None) -> bool:
        """Return whether the first known of ``values`` (EDTF) could lie within."""
        if self.since is None and self.until is None:
            return True
        for value in values:
            try:
                moment = Moment.parse(value) if value else None
            except ValueError:
                continue  # a duration, which is no place in time
            if moment is not None:
                early = self.since is not None and moment.before(self.since) is True
                late = self.until is not None and self.until.before(moment) is True
                return not early and not late
        return False


@dataclass(frozen=True, slots=True)
class Touch:
    """The entry that changed something last, and by whom."""

    entry: EntryId
    by: str


class Sight:
    """The index as one viewer sees it at one time; made for one answer and thrown away."""

    def __init__(
        self,
        index: Index,
        viewer: Viewer,
        now: datetime,
        day: Moment | None = None,
        without: frozenset[str] = frozenset(),
    ) -> None:
        """Ask the decision for every distinct label, once.

        Args:
            index: What is seen.
            viewer: By whom.
            now: When, UTC.
            day: See `as_of`.
            without: See `without`.
        """
        self._index, self._db, self._viewer, self._now = index, index.db, viewer, now
        self._decided = self._decisions()
        self._labels = self._allowed(Activity.REPORTS)
        self._in = _as_sql(self._labels)
        self._books = {kind: _as_sql(self._allowed(activity)) for kind, activity in _BOOKS.items()}
        self._hidden: frozenset[str] = frozenset()
        self._some_hidden = any(
            not decision.allowed for each in self._decided.values() for decision in each.values()
        )
        if self._some_hidden:
            self._hidden = frozenset(
                row[0]
                for row in self._db.execute(
                    "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM acquisitions a "
                    f"WHERE a.document = d.id AND a.label IN {self._in})"
                )
            )

        if day is not None:
            rows = self._db.execute("SELECT id, published FROM documents").fetchall()
            self._hidden |= {
                document
                for document, published in rows
                if document not in self._hidden and not self._out_by(document, published, day)
            }

        self._hidden |= without
        unruled = self._db.execute(f"SELECT id FROM rulings WHERE label NOT IN {self._in}")
        self._veil = Veil(self._hidden, frozenset(row[0] for row in unruled))

    def _decisions(self) -> dict[Activity, dict[int, Decision]]:
        """Return the decision on every label, for items of each activity."""
        at = self._index.heads.circumstances(self._viewer.party, self._now)
        found = self._db.execute("SELECT id, text FROM labels").fetchall()
        labels = [(number, msgspec.json.decode(text, type=Label)) for number, text in found]
        by_viewer: dict[Viewer, dict[int, Decision]] = {}
        asked = {activity: self._viewer.taking_part(activity) for activity in Activity}
        for viewer in asked.values():
            if viewer not in by_viewer:
                by_viewer[viewer] = {n: may_receive(viewer, label, at) for n, label in labels}
        return {activity: by_viewer[viewer] for activity, viewer in asked.items()}

    def _allowed(self, activity: Activity) -> frozenset[int]:
        """Return the numbers of the labels under which items of an activity may be seen."""
        return frozenset(n for n, decision in self._decided[activity].items() if decision.allowed)

    def _among(self, item: str) -> str:
        """Return the labels under which an item of the desk or a review may be seen, as SQL."""
        return self._books[_LETTERS.get(item[:1], Kind.COMMITMENT)]

    def existing(self) -> frozenset[tuple[Label, Decision]]:
        """Return the labels of what is here of which no more may be known than that it exists.

        With the decision on each; not which, nor how many items are under one.
        """
        documents = (
            f"SELECT DISTINCT label FROM acquisitions a WHERE label NOT IN {self._in} AND NOT "
            "EXISTS (SELECT 1 FROM acquisitions b WHERE b.document = a.document "
            f"AND b.label IN {self._in})"
        )
        found = {(Activity.REPORTS, row[0]) for row in self._db.execute(documents)}
        for kind, activity in _BOOKS.items():
            among = self._books[kind]
            items = (
                f"SELECT DISTINCT label FROM desk d WHERE kind = ? AND label NOT IN {among} "
                f"AND NOT EXISTS (SELECT 1 FROM desk e WHERE e.id = d.id AND e.label IN {among})"
            )
            found |= {(activity, row[0]) for row in self._db.execute(items, (kind.value,))}
        texts = dict(self._db.execute("SELECT id, text FROM labels").fetchall())
        return frozenset(
            (msgspec.json.decode(texts[number], type=Label), decision)
            for activity, number in found
            if (decision := self._decided[activity][number]).leave is Leave.EXISTENCE
        )

    def as_of(self, day: Moment) -> "Sight":
        """Return this sight without the documents that were not surely out by ``day``.

        Out is what was published, or taken in, on its last day at the latest.
        """
        return Sight(self._index, self._viewer, self._now, day)

    def without(self, documents: frozenset[str]) -> "Sight":
        """Return this sight as if these documents had not come."""
        return Sight(self._index, self._viewer, self._now, without=self._hidden | documents)

    def _out_by(self, document: str, published: str | None, day: Moment) -> bool:
        """Return whether a document was out by the last day of ``day``, by any sign of it."""
        out = moment(published)
        if day.upper is None or (out and out.upper and out.upper <= day.upper):
            return True
        return self.acquisitions(DocumentId(document))[0].time.date() <= day.upper

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it is asked."""
        return self._viewer

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for two sights of one index that show the same; desk and rulings included."""
        return self._index.applied, self._viewer, self._labels, self._veil

    @property
    def shown(self) -> tuple[int, Veil]:
        """Equal for two sights of one index that show the same documents and names."""
        return self._index.applied, self._veil

    def may_see(self, document: str) -> bool:
        """Return whether there is such a document, and it may be seen."""
        known = self._db.execute("SELECT 1 FROM documents WHERE id = ?", (document,)).fetchone()
        return known is not None and document not in self._hidden

    def hides(self, item: str) -> bool:
        """Return whether a document, claim or item of the desk is here that may not be seen.

        What is erased is not here, and hidden from nobody.
        """
        held = f"SELECT id, document FROM {_ALL_CLAIMS} UNION ALL SELECT id, id FROM documents"
        within = self._db.execute(f"SELECT document FROM ({held}) WHERE id = ?", (item,)).fetchone()
        if within is not None:
            return within[0] in self._hidden
        books = self._index.books
        return bool(books.entries(item)) and not books.entries(item, self._among(item))

    # ------------------------------------------------------------ documents

    def documents(self, limit: int = -1, offset: int = 0) -> tuple[DocumentLine, ...]:
        """Return the documents, last taken in first, ``limit`` of them behind ``offset``."""
        return tuple(map(self.line, self._latest(limit, offset)))

    def _latest(self, limit: int = -1, offset: int = 0) -> list[DocumentId]:
        found = self._by_arrival()[offset : None if limit < 0 else offset + limit]
        return [document for _, document in found]

    def documents_since(self, time: datetime | None) -> list[DocumentId]:
        """Return the documents first taken in after ``time`` (UTC), the latest first; all if None.

        As far as they may be seen: what was taken in before under another label counts not.
        """
        rows = self._index.kept(
            ("first arrival", self._in),
            lambda: self._db.execute(
                "SELECT document, min(seq) AS first FROM acquisitions "
                f"WHERE label IN {self._in} GROUP BY document ORDER BY first DESC"
            ).fetchall(),
        )
        found = (DocumentId(row[0]) for row in rows if row[0] not in self._hidden)
        if time is None:
            return list(found)
        return list(takewhile(lambda each: self.acquisitions(each)[0].time > time, found))

    def claim_counts(self) -> tuple[list[tuple[str, int]], ...]:
        """Return how many claims there are by type, by publisher, and by month of publication."""
        hidden = sorted(self._hidden)
        seen = f"NOT IN ({','.join('?' * len(hidden))})"
        types = self._db.execute(
            "SELECT type, CAST(sum(count) AS INTEGER) FROM "
            f"(SELECT status, type, count(*) AS count FROM claims WHERE document {seen} "
            "GROUP BY status, type) WHERE status != 'rejected' GROUP BY type ORDER BY 2 DESC, 1",
            hidden,
        ).fetchall()
        publishers = self._db.execute(
            "SELECT publisher, sum(claims) FROM documents WHERE publisher IS NOT NULL "
            f"AND id {seen} GROUP BY publisher ORDER BY 2 DESC, 1 LIMIT {_CHARTED}",
            hidden,
        ).fetchall()
        months = self._db.execute(
            "SELECT substr(published, 1, 7), sum(claims) FROM documents "
            f"WHERE published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]*' AND id {seen} "
            "GROUP BY 1 ORDER BY 1",
            hidden,
        ).fetchall()
        return types, publishers, months

    def lines(self, documents: Iterable[DocumentId]) -> dict[DocumentId, DocumentLine]:
        """Return the lines of those of some documents that may be seen."""
        return {each: self.line(each) for each in set(documents) if self.may_see(each)}

    def line(self, document: DocumentId) -> DocumentLine:
        """Return one document's line, from the acquisitions that may be seen."""
        title, language, publisher, published, characters, claims = self._db.execute(
            "SELECT title, language, publisher, published, characters, claims "
            "FROM documents WHERE id = ?",
            (document,),
        ).fetchone()
        first = self.acquisitions(document)[0]
        return DocumentLine(
            id=document,
            title=title or first.name,
            language=language,
            publisher=publisher,
            published=published,
            learnt=first.time,
            claims=claims,
            characters=characters,
            name=first.name,
        )

    def acquisitions(self, document: DocumentId) -> tuple[Acquisition, ...]:
        """Return the acquisitions that may be seen, in log order."""
        found = self._index.acquisitions(document)
        return tuple(acquisition for label, acquisition in found if label in self._labels)

    def document(self, given: str, rendition: str | None = None) -> DocumentView:
        """Return one document by its id, or by the beginning of it.

        Args:
            given: The id.
            rendition: Which of its texts to show; the newest unless told.

        Raises:
            UnknownIdError: None that may be seen.
            AmbiguousIdError: Several begin so.
        """
        document = DocumentId(self._whole_id("document", "documents", given))
        renditions = self._index.renditions(document)
        shown = next((r for r in renditions if rendition in (None, r.id)), None)
        reading = self._index.reading(shown) if shown else None
        if shown is None or reading is None:
            raise UnknownIdError("document", given)
        in_force = tuple(self._claims_in(document))
        former = self._index.former(document)
        claims = in_force if shown is renditions[0] else (*in_force, *former)
        return DocumentView(
            line=self.line(document),
            rendition=shown.id,
            extraction=shown.extraction,
            reading=reading,
            acquisitions=self.acquisitions(document),
            claims=tuple(
                sorted(
                    (claim for claim in claims if claim.rendition == shown.id),
                    key=lambda claim: (claim.span.start, claim.id),
                )
            ),
            copies=self.copies(document),
            family=self.family(document),
            renditions=self._rendition_lines(renditions, in_force, former),
            elsewhere=tuple(claim for claim in in_force if claim.rendition != shown.id),
            parts=self._index.parts(shown),
            glosses=self._glosses(shown),
            markings=self._index.markings(shown),
            actors=self._index.actors(),
        )

    def _rendition_lines(
        self, renditions: Sequence[Rendition], claims: Sequence[Claim], former: Sequence[Claim]
    ) -> tuple[RenditionLine, ...]:
        """Return the texts of one document with what stands on each."""
        stands = Counter(claim.rendition for claim in claims)
        stood = Counter(claim.rendition for claim in former)
        made_on = Counter(j.rendition for j in self._index.judged(renditions[0]).values())
        of = {claim.id: claim.rendition for claim in (*claims, *former)}
        items: tuple[Commitment | Request, ...] = ()
        if len(renditions) > 1:  # of one text alone it is not asked: what else could they point to
            items = (*self.desk(Wanted(Commitment)), *self.desk(Wanted(Request)))
        return tuple(
            RenditionLine(
                rendition.id,
                rendition.extraction.extractor,
                self._index.made(rendition.id),
                len(rendition.extraction.text),
                current=rendition is renditions[0],
                claims=stands[rendition.id],
                former=stood[rendition.id],
                judgements=made_on[rendition.id],
                cited=tuple(
                    item.id for item in items if any(of.get(c) == rendition.id for c in item.claims)
                ),
            )
            for rendition in renditions
        )

    def _glosses(self, rendition: Rendition) -> tuple[GlossLine, ...]:
        """Return the notes that may be seen, in order of place."""
        return tuple(
            GlossLine(gloss, gloss.span.of(text), place, label)
            for label, gloss, text, place in self._index.glosses(rendition)
            if may_receive(self._viewer, label, self._now).allowed
        )

    def gloss(self, given: str) -> GlossLine:
        """Return one note by its id, or by the beginning of it.

        Raises:
            UnknownIdError: None that may be seen, or it was withdrawn.
            AmbiguousIdError: Several begin so.
        """
        lines = [
            line
            for document in self._index.glossed(given)
            if document not in self._hidden
            for line in self.document(document).glosses
        ]
        found = {line.gloss.id: line for line in lines if line.gloss.id.startswith(given)}
        return found[GlossId(_only("gloss", given, list(found)))]

    def copies(self, document: DocumentId) -> tuple[Copy, ...]:
        """Return the copies of a document that may be seen."""
        return self._index.copies(document, self._hidden)

    def family(self, document: DocumentId) -> tuple[DocumentId, ...]:
        """Return those that hold one text with a document, as far as may be seen; sorted.

        The document is among them; of one that is alone nothing is returned.
        """
        found = self._index.family(document, self._hidden)
        return found if len(found) > 1 else ()

    # ------------------------------------------------------------ claims

    def claims(
        self,
        *,
        about: str | None = None,
        document: str | None = None,
        status: Status | None = None,
        period: Period = Period(),
    ) -> Iterator[Claim]:
        """Yield claims by document, last taken in first, and by place within."""
        if document is not None:
            documents = [DocumentId(self._whole_id("document", "documents", document))]
        elif about:
            if not stems(about):
                raise UsageError("give at least one word to look for")
            any_word = " OR ".join(f'"{stem}"' for stem in stems(about))
            documents = [d for d in self._found(any_word) if d not in self._hidden]
        else:
            documents = self._latest()
        wanted = frozenset(stems(about)) if about else frozenset()
        for each in documents:
            for claim in self._claims_in(each):
                if status is not None and claim.status is not status:
                    continue
                if wanted and not wanted <= _claim_stems(claim):
                    continue
                if period.holds(claim.content.when, claim.published):
                    yield claim

    def claim(self, given: str) -> Claim:
        """Return one claim by its id, or by the beginning of it.

        One that a newer text of its document replaced is still found, where it stood.
        """
        return self._index.claim(ClaimId(self._whole_id("claim", _ALL_CLAIMS, given)))

    def _claims_in(self, document: DocumentId) -> Iterator[Claim]:
        rows = self._db.execute(
            "SELECT body FROM claims WHERE document = ? ORDER BY start, id", (document,)
        ).fetchall()
        for (body,) in rows:
            yield msgspec.msgpack.decode(body, type=Claim)

    def claims_as(self, shape: type[T]) -> Iterator[T]:
        """Yield all claims, in no order, with the fields alone that ``shape`` has."""
        for document, body in self._db.execute("SELECT document, body FROM claims").fetchall():
            if document not in self._hidden:
                yield msgspec.msgpack.decode(body, type=shape)

    def missing(self) -> list[tuple[ClaimId, DocumentId]]:
        """Return the claims that something is not known or was not found, by document and place.

        Each with its document.
        """
        rows = self._db.execute(
            "SELECT id, document FROM claims WHERE missing = 1 ORDER BY document, start, id"
        )
        return [(ClaimId(c), DocumentId(d)) for c, d in rows if d not in self._hidden]

    # ------------------------------------------------------------ what waits for review

    def waiting(self, wanted: Which, after: Turn | None) -> Iterator[Turn]:
        """Yield the proposals that nobody judged yet behind ``after``, the most pressing first.

        Of a component with hidden claims they are as pressing as what may be seen makes them.
        """
        veiled = self._veiled()
        turns = self._index.waiting.turns(wanted, after, self._hidden, veiled)
        if not veiled:
            return turns
        others = sorted(self._veiled_turns(veiled.values(), wanted, after), key=lambda t: t.key)
        return merge(turns, others, key=lambda turn: turn.key)

    def claim_count(self, status: Status | None = None) -> int:
        """Return how many claims of a status there are, of all without one."""
        if status is Status.PROPOSED:  # nearly all are, and the others are counted faster
            return self.claim_count() - sum(map(self.claim_count, _JUDGED))
        hidden = sorted(self._hidden)
        query = f"SELECT count(*) FROM claims WHERE document NOT IN ({','.join('?' * len(hidden))})"
        if status is not None:
            query, hidden = f"{query} AND status = ?", [*hidden, status]
        return int(self._db.execute(query, hidden).fetchone()[0])

    def _veiled_turns(
        self, pictures: Iterable[Picture], wanted: Which, after: Turn | None
    ) -> Iterator[Turn]:
        for picture in pictures:
            shared = shared_urgency(picture)
            rows = self._index.waiting.of(shared, wanted)
            for turn in (replace(row, urgency=row.urgency + shared[row.claim]) for row in rows):
                if after is None or turn.key > after.key:
                    yield turn

    def judged(self, wanted: Which, *, by_others_than: ActorId) -> Iterator[Claim]:
        """Yield the judged claims, rejected ones too, of documents in which others judged."""
        rows = self._db.execute(
            "SELECT DISTINCT r.document FROM steps s JOIN renditions r ON r.id = s.rendition "
            "WHERE s.kind = 'judgement' AND s.author != ?",
            (by_others_than,),
        )
        documents = {row[0] for row in rows} - self._hidden
        for claim in self._index.waiting.judged(wanted) if documents else ():
            if (found := self._index.claim(claim)).document in documents:
                yield found

    # ------------------------------------------------------------ events and conflicts

    def events(self) -> Iterator[Event]:
        """Yield all events, in order of id: which of them were worked out anew does not show."""
        veiled = self._veiled()
        anew = (event for picture in veiled.values() for event in picture.events)
        kept = self._compared("events", veiled, Event)
        yield from merge(kept, sorted(anew, key=_BY_ID), key=_BY_ID)

    def conflicts(self) -> Iterator[Conflict]:
        """Yield all conflicts, in order of id."""
        veiled = self._veiled()
        anew = (conflict for picture in veiled.values() for conflict in picture.conflicts)
        kept = self._compared("conflicts", veiled, Conflict)
        yield from merge(kept, sorted(anew, key=_BY_ID), key=_BY_ID)

    def near_misses(self) -> Iterator[NearMiss]:
        """Yield what looks contradictory and is not, in order of id."""
        veiled = self._veiled()
        anew = (near for picture in veiled.values() for near in picture.near)
        kept = self._compared("near", veiled, NearMiss)
        yield from merge(kept, sorted(anew, key=_BY_ID), key=_BY_ID)

    def pair_count(self, kind: type[P]) -> int:
        """Return how many contradictions there are, or things that look like one."""
        table, anew = self._pairs(kind)
        return self._count(table, {*self._veiled(), *self._hidden}) + len(anew)

    def pairs_by_id(self, kind: type[P], start: int, end: int) -> Iterator[P]:
        """Yield them in order of id, from the ``start``-th on, before the ``end``-th."""
        table, anew = self._pairs(kind)
        veiled = {*self._veiled(), *self._hidden}
        rows = self._db.execute(f"SELECT id, component FROM {table} ORDER BY id")
        kept = (id_ for id_, component in rows if component not in veiled)
        for id_ in islice(merge(kept, sorted(anew)), start, end):
            yield anew.get(id_) or self._row(table, id_, kind)

    def _pairs(self, kind: type[P]) -> tuple[str, dict[str, P]]:
        """Return the table of a kind of pair, and those of it that are weighed anew, by id."""
        table = "conflicts" if kind is Conflict else "near"
        pictures = self._veiled().values()
        return table, {each.id: each for p in pictures for each in getattr(p, table)}

    def about(self, found: Iterable[P], about: str | None) -> Iterator[P]:
        """Yield those of ``found`` of which a side holds the words, all if none are given."""
        wanted = {claim.id for claim in self.claims(about=about)} if about else None
        yield from (pair for pair in found if wanted is None or {pair.a, pair.b} & wanted)

    def _compared(self, table: str, veiled: Container[str], value: type[T]) -> Iterator[T]:
        for component, body in self._db.execute(
            f"SELECT component, body FROM {table} ORDER BY id"
        ).fetchall():
            # What a text says against itself stands under the document.
            if component not in veiled and component not in self._hidden:
                yield msgspec.msgpack.decode(body, type=value)

    def event_count(self) -> int:
        """Return how many events there are."""
        veiled = self._veiled()
        return self._count("events", veiled) + sum(len(p.events) for p in veiled.values())

    def events_by_weight(self, start: int, end: int) -> Iterator[Event]:
        """Yield the events from the ``start``-th on, before the ``end``-th, the weightiest first.

        Those in most documents come first, then those of most claims, the latest of these.
        """
        veiled = self._veiled()
        rows = self._db.execute(
            "SELECT documents, claims, happened, id, component FROM events "
            "ORDER BY documents DESC, claims DESC, happened DESC, id DESC"
        )
        kept = (tuple(row[:4]) for row in rows if row[4] not in veiled)
        anew = {Weight.of(e).key: e for picture in veiled.values() for e in picture.events}
        weights = merge(kept, sorted(anew, reverse=True), reverse=True)
        for weight in islice(weights, start, end):
            yield anew.get(weight) or self._row("events", weight[3], Event)

    def _row(self, table: str, id: str, value: type[T]) -> T:  # noqa: A002 - the model's word
        (body,) = self._db.execute(f"SELECT body FROM {table} WHERE id = ?", (id,)).fetchone()
        return msgspec.msgpack.decode(body, type=value)

    def _like(self, table: str, given: str, value: type[T], anew: Iterable[T]) -> T:
        """Return the one whose id begins with ``given``, among the rows and what is weighed anew.

        Raises:
            UnknownIdError: None that may be seen.
            AmbiguousIdError: Several begin so.
        """
        veiled = {*self._veiled(), *self._hidden}
        rows = self._db.execute(
            f"SELECT component, body FROM {table} WHERE id >= ? AND id < ?",
            (given, given + "\x7f"),
        ).fetchall()
        found = [msgspec.msgpack.decode(b, type=value) for c, b in rows if c not in veiled]
        found += [each for each in anew if _BY_ID(each).startswith(given)]
        one: T = _only(table[:-1], given, found)
        return one

    def event(self, given: str) -> Event:
        """Return one event by its id, or by the beginning of it."""
        anew = (event for picture in self._veiled().values() for event in picture.events)
        return self._like("events", given, Event, anew)

    def events_in(self, documents: Iterable[str]) -> Iterator[Event]:
        """Yield the events that documents tell of, those of most documents first."""
        components = {
            row[0]
            for document in documents
            for row in self._db.execute(
                "SELECT DISTINCT component FROM claims WHERE document = ?", (document,)
            )
        } - {None}
        veiled = self._veiled()
        found = [
            event
            for component in components
            for event in (
                veiled[component].events
                if component in veiled
                else self._of("events", component, Event)
            )
        ]
        yield from sorted(found, key=lambda event: (-len(event.documents), event.id))

    def told_in(self, claims: Iterable[ClaimId]) -> list[tuple[ClaimId, str]]:
        """Return the documents of claims."""
        query = "SELECT id, document FROM claims WHERE id IN (SELECT value FROM json_each(?))"
        return list(self._db.execute(query, (json.dumps(list(claims)),)))

    def conflicts_with(self, documents: Collection[str]) -> Iterator[Conflict]:
        """Yield the conflicts of which a side stands in one of some documents, by id."""
        rows = self._db.execute(
            "SELECT id, component FROM claims WHERE document IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(documents)),),
        ).fetchall()
        claims, veiled = {row[0] for row in rows}, self._veiled()
        # What a text says against itself stands under the document.
        under = {component for _, component in rows if component is not None} | set(documents)
        found = [
            conflict
            for component in under
            for conflict in (
                veiled[component].conflicts
                if component in veiled
                else self._of("conflicts", component, Conflict)
            )
            if conflict.a in claims or conflict.b in claims
        ]
        yield from sorted(found, key=_BY_ID)

    def beside(self, claim: ClaimId) -> tuple[Event | None, tuple[Conflict, ...]]:
        """Return the event that holds a claim, and the conflicts that it is a side of."""
        row = self._db.execute(
            "SELECT component, document FROM claims WHERE id = ?", (claim,)
        ).fetchone()
        if row is None:
            return None, ()
        component, document = row
        veiled = self._veiled()
        if component in veiled:
            events, between = veiled[component].events, veiled[component].conflicts
        else:
            events = tuple(self._of("events", component, Event))
            between = tuple(self._of("conflicts", component, Conflict))
        conflicts = (*between, *self._of("conflicts", document, Conflict))
        return (
            next((event for event in events if claim in event.claims), None),
            tuple(each for each in conflicts if claim in {each.a, each.b}),
        )

    def _of(self, table: str, component: str, value: type[T]) -> Iterator[T]:
        rows = self._db.execute(
            f"SELECT body FROM {table} WHERE component = ? ORDER BY id", (component,)
        )
        yield from (msgspec.msgpack.decode(body, type=value) for (body,) in rows)

    def conflict(self, given: str) -> Conflict:
        """Return one conflict by its id, or by the beginning of it."""
        anew = (conflict for p in self._veiled().values() for conflict in p.conflicts)
        return self._like("conflicts", given, Conflict, anew)

    def _veiled(self) -> dict[str, Picture]:
        """Return the components with hidden claims, each weighed from its visible ones."""
        components = self._otherwise()
        return dict(zip(components, self._weighed(components), strict=True))

    def _otherwise(self) -> list[str]:
        """Return the components with hidden claims, and those whose names are others for it."""
        components: dict[str, None] = {}  # in order
        for document in sorted(self._hidden | self._index.identities.seen_otherwise(self._veil)):
            for (component,) in self._db.execute(
                "SELECT DISTINCT component FROM claims WHERE document = ?", (document,)
            ).fetchall():
                components.setdefault(component)
        return list(components)

    def _weighed(self, components: Iterable[str]) -> Iterator[Picture]:
        """Yield components, each weighed from its visible claims."""
        return self._index.veiled(self._visible(components), self._veil)

    def _visible(self, components: Iterable[str]) -> Iterator[set[str]]:
        """Yield the visible claims of components."""
        for component in components:
            rows = self._db.execute(
                "SELECT id, document FROM claims WHERE component = ?", (component,)
            )
            yield {claim for claim, document in rows if document not in self._hidden}

    def events_of(self, claims: Iterable[ClaimId]) -> tuple[Event, ...]:
        """Return the events that hold one of ``claims``, in order of id, from what may be seen."""
        wanted = frozenset(claims)
        components = {
            component
            for claim in sorted(wanted)
            for (component,) in self._db.execute(
                "SELECT component FROM claims WHERE id = ?", (claim,)
            )
        }
        found = (event for p in self._weighed(sorted(components)) for event in p.events)
        return tuple(sorted((e for e in found if wanted & set(e.claims)), key=lambda e: e.id))

    def lineage(self, event: Event) -> Lineage:
        """Return who had what is told of an event from whom, as far as may be seen.

        Of more than `_COPIES_TOLD` documents the later ones are copies without their share.
        """
        documents = frozenset(event.documents)
        first = event.documents[:_COPIES_TOLD]
        shared = (each for document in first for each in self.copies(document))
        return lineage(
            self._index.claims_by_id(event.claims).values(),
            *self._index.beside(documents, self._veil),
            (each for each in shared if {each.a, each.b} <= documents),
        )

    def cited(self, claims: Iterable[ClaimId]) -> dict[ClaimId, Cited]:
        """Return claims that may be seen by id, in order of id, each with its file's name."""
        held = self._index.claims_by_id(frozenset(claims)).values()
        documents = {claim.document for claim in held} - self._hidden
        files = {each: self.line(each).name for each in documents}
        return {c.id: Cited(c, files[c.document]) for c in held if c.document in files}

    def entities(self) -> Iterator[Entity]:
        """Yield the entities that visible documents name, by name."""
        return (known.entity for known in self.known())

    def known(self) -> tuple[Known, ...]:
        """Return them with the named things that they are."""
        found = self._index.known(self._veil)
        # By name, and not by how often: no listing ranks people.
        return tuple(sorted(found, key=lambda known: (known.entity.name, known.entity.id)))

    def entity(self, given: str) -> Known:
        """Return one entity by its id, or by the beginning of it."""
        found = {k.entity.id: k for k in self.known() if k.entity.id.startswith(given)}
        return found[_only("entity", given, list(found))]

    def entity_at(self, place: Place) -> Known:
        """Return the entity whose name stands at a place.

        Raises:
            UnknownIdError: No name stands there, or none that may be seen.
        """
        named = self._index.named_at(place)
        for known in self.known():
            if any(name.place == named for name in known.members):
                return known
        raise UnknownIdError("entity", place.rendition)

    def samenesses(self) -> tuple[Placed, ...]:
        """Return what people ruled of names, where the words stand today, in order of id."""
        return self._index.identities.rulings(self._veil)

    def named(self, document: DocumentId) -> tuple[Rendition, tuple[LocalEntity, ...]]:
        """Return the newest text of a document, with who and what it names."""
        return self._index.named(document)

    def grounds(self) -> Grounds:
        """Return what sources are weighed by."""

        def veiled() -> Veiled:
            components = self._otherwise()
            rows = self._index.veiled_rows(self._visible(components), self._veil)
            return dict(zip(components, map(unpacked_standings, rows), strict=True))

        return Grounds(self._index.standings, self._index.identities, self._veil, veiled)

    def around(
        self, claims: Iterable[Claim]
    ) -> tuple[tuple[tuple[DocumentId, ...], ...], dict[tuple[DocumentId, str], EntityId]]:
        """Return the families of the documents of claims, and whom their names stand for."""
        documents = {claim.document for claim in claims}
        families, who, _ = self._index.beside(documents, self._veil)
        return families, who

    # ------------------------------------------------------------ what people decided

    def judgements_on(self, claim: Claim) -> tuple[Judged, ...]:
        """Return the judgements in force on a claim, in log order."""
        return tuple(judged for judged, _ in self.judgements_with(claim))

    def judgements_with(self, claim: Claim) -> tuple[tuple[Judged, ClaimJudgement], ...]:
        """Return them with what they say."""
        if not claim.judgements:
            return ()
        actors = self.actors()
        made = self._index.judged(self._index.bare(claim.rendition))
        return tuple(
            (
                Judged(entry, claim.id, given.verdict, actors.get(given.by, given.by), given.why),
                given,
            )
            for entry, given in made.items()
            if entry in claim.judgements
        )

    def as_read(self, claim: Claim) -> Claim:
        """Return a claim as the readers propose it, whatever people said of it since.

        Raises:
            UnknownIdError: No reader proposes it.
        """
        for each in self._index.as_read(claim.rendition):
            if each.id == claim.id:
                return each
        raise UnknownIdError("claim", claim.id)

    def judgement(self, entry: EntryId) -> tuple[EntryId, ClaimJudgement] | None:
        """Return a judgement that holds, with its entry; None where none may be seen."""
        row = self._db.execute(
            "SELECT rendition FROM steps WHERE entry = ? AND kind = 'judgement'", (entry,)
        ).fetchone()
        if row is None or self.document_of(RenditionId(row[0])) in self._hidden:
            return None
        found = self._index.judged(self._index.bare(RenditionId(row[0]))).get(entry)
        return (entry, found) if found else None

    def document_of(self, rendition: RenditionId) -> DocumentId:
        """Return whose text a rendition is."""
        return self._index.bare(rendition).document

    def last_step(self, document: str) -> Touch | None:
        """Return what was read, judged, sifted or marked last on a document that may be seen.

        Notes have labels of their own, and count for nothing here.
        """
        if not self.may_see(document):
            return None
        row = self._db.execute(
            "SELECT s.entry, s.author FROM renditions r JOIN steps s ON s.rendition = r.id "
            "WHERE r.document = ? AND s.kind NOT IN ('gloss', 'redaction') "
            "ORDER BY s.seq DESC LIMIT 1",
            (document,),
        ).fetchone()
        return self._touch(*row) if row else None

    def last_change(self, thing: str) -> Touch | None:
        """Return the last entry of a ruling, or of an item of the desk, that may be seen.

        Raises:
            UnknownIdError: There is no such ruling.
        """
        if thing.startswith("j-"):
            ruling = self.ruling(thing)
            return self._touch(self.entry_of_ruling(ruling.id), ruling.by)
        entries = self.desk_entries(thing)
        return self._touch(entries[-1], self._index.author(entries[-1])) if entries else None

    def _touch(self, entry: str, by: str) -> Touch:
        return Touch(EntryId(entry), self.actors().get(ActorId(by), by))

    def tally(self) -> tuple[int, int, int]:
        """Return how many documents and claims may be seen, and how many wait to be worked in."""
        (documents,) = self._db.execute(
            f"SELECT count(DISTINCT document) FROM acquisitions WHERE label IN {self._in}"
        ).fetchone()
        stale = [row[0] for row in self._db.execute("SELECT document FROM stale")]
        return documents, self.claim_count(), sum(map(self.may_see, stale))

    def judged_by_several(self) -> Iterator[Claim]:
        """Yield the claims in whose documents several people judged, and that were judged."""
        rows = self._db.execute(
            "SELECT DISTINCT document FROM renditions WHERE id IN (SELECT rendition FROM steps "
            "WHERE kind = 'judgement' GROUP BY rendition HAVING count(DISTINCT author) > 1) "
            "ORDER BY document"
        ).fetchall()
        for (document,) in rows:
            if document not in self._hidden:
                yield from (c for c in self._claims_in(document) if len(c.judgements) > 1)

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

    def rulings(self, kind: type[R]) -> tuple[R, ...]:
        """Return the rulings of a kind that hold and may be seen, oldest first."""
        return tuple(ruling for ruling in self.all_rulings() if isinstance(ruling, kind))

    def all_rulings(self) -> tuple[Ruling, ...]:
        """Return the rulings of every kind that hold and may be seen, oldest first."""
        return tuple(
            ruling
            for label, ruling in self._index.rulings()
            if label in self._labels
            and (ruling.expires is None or self._now < ruling.expires)
            and not any(self._index.document_at(p) in self._hidden for p in ruling.places)
        )

    def ruling(self, given: str) -> Ruling:
        """Return one ruling by its id, or by the beginning of it.

        Raises:
            UnknownIdError: None that holds and may be seen.
            AmbiguousIdError: Several begin so.
        """
        found = [each for each in self.all_rulings() if each.id.startswith(given)]
        ruling: Ruling = _only("ruling", given, found)
        return ruling

    def label_of_ruling(self, ruling: RulingId) -> Label:
        """Return the label under which this node holds a ruling."""
        (text,) = self._db.execute(
            "SELECT l.text FROM rulings r JOIN labels l ON l.id = r.label WHERE r.id = ?",
            (ruling,),
        ).fetchone()
        return msgspec.json.decode(text, type=Label)

    def taken_in_by(self, document: DocumentId) -> list[EntryId]:
        """Return the entries by which a document came, those that may be seen, in log order."""
        rows = self._db.execute(
            f"SELECT entry FROM acquisitions WHERE document = ? AND label IN {self._in} "
            "ORDER BY seq",
            (document,),
        )
        return [EntryId(row[0]) for row in rows]

    def entry_of_ruling(self, id: str) -> EntryId:  # noqa: A002
        """Return the last entry of one ruling.

        Raises:
            UnknownIdError: There is none of that id, or no more.
        """
        found = self._db.execute("SELECT entry FROM rulings WHERE id = ?", (id,)).fetchone()
        if found is None:
            raise UnknownIdError("ruling", id)
        return EntryId(found[0])

    def document_at(self, place: Place) -> DocumentId | None:
        """Return the document in whose text a place lies, None where none may be seen."""
        document = self._index.document_at(place)
        return None if document in self._hidden else document

    def claim_at(self, place: Place) -> Claim | None:
        """Return the claim in force that stands where these words do, in whichever text it is."""
        document = self.document_at(place)
        if document is None:
            return None
        now = self._index.now_at(place)
        spans = {each.rendition: each.span for each in (place, now) if each is not None}
        near = (
            (claim.span.likeness(spans[claim.rendition]), claim.id, claim)
            for claim in self._claims_in(document)
            if claim.rendition in spans
        )
        found = max(near, default=None)
        return found[2] if found and found[0] >= SAME_CLAIM else None

    def words_at(self, place: Place) -> str:
        """Return the words at a place, on one line; none where no document may be seen."""
        if self.document_at(place) is None:
            return ""
        return " ".join(place.span.of(self._index.bare(place.rendition).extraction.text).split())

    def actors(self) -> dict[ActorId, str]:
        """Return the names of those who work on this node, by id."""
        return self._index.actors()

    # ------------------------------------------------------------ words

    def search(self, query: Query, limit: int, language: str | None = None) -> Iterator[Hit]:
        """Yield the documents that hold all words, last taken in first.

        Order and extracts come from each document alone, so that nothing hidden shines
        through a ranking.
        """
        for document in islice(self.holding(query, language), limit):
            rendition = self._index.rendition(document)
            if rendition is not None:
                yield _hit(self.line(document), rendition.extraction.text, query)

    def holding(self, query: Query, language: str | None = None) -> Iterator[DocumentId]:
        """Yield the documents that hold all words, last taken in first.

        Raises:
            UsageError: There is no word to look for.
        """
        if not query.terms:
            raise UsageError("give at least one word to look for")
        for document in self._found(query.texts):
            if document not in self._hidden and language in (None, self._language(document)):
                yield document

    def _language(self, document: DocumentId) -> str:
        query = "SELECT language FROM documents WHERE id = ?"
        return str(self._db.execute(query, (document,)).fetchone()[0])

    def named_like(self, query: str) -> tuple[Known, ...]:
        """Return who and what has a name that fits a query of names, in order of id."""
        return self._index.identities.found(query, self._veil)

    def _found(self, match: str) -> list[DocumentId]:
        found = self._index.matching(match)
        return [document for number, document in self._by_arrival() if number in found]

    def _by_arrival(self) -> list[tuple[int, DocumentId]]:
        """Return the documents with their numbers, last taken in first."""
        return self._index.kept(
            ("arrival", self._in),
            lambda: self._db.execute(
                "SELECT d.number, d.id FROM (SELECT document, max(seq) AS last FROM acquisitions "
                f"WHERE label IN {self._in} GROUP BY document) a "
                "JOIN documents d ON d.id = a.document ORDER BY a.last DESC"
            ).fetchall(),
        )

    # ------------------------------------------------------------ the desk, and counts

    def desk(self, wanted: Wanted[Item], start: int = 0) -> Iterator[Item]:
        """Yield the items of one book that may be seen, what needs a person first."""
        among = self._books[KINDS[wanted.kind]]
        return self._index.books.listed(wanted, among, hidden=self._some_hidden, start=start)

    def desk_count(self, wanted: Wanted[Item]) -> int:
        """Return how many items `desk` yields."""
        among = self._books[KINDS[wanted.kind]]
        return self._index.books.count(wanted, among, hidden=self._some_hidden)

    def desk_id(self, kind: str, given: str) -> DeskId:
        """Return the id of an item of the desk or a review by an unambiguous beginning of it."""
        return DeskId(_only(kind, given, self._index.books.like(given, self._among(given))))

    def steps(self, item: DeskId) -> tuple[Step[Any], ...]:
        """Return the steps of an item that may be seen, in log order."""
        return self._index.books.steps(item, self._among(item))

    def desk_entries(self, item: str) -> list[EntryId]:
        """Return the entries of what has an id on the desk that may be seen, in log order."""
        kept = self._index.keeping.entries(item, self._in)
        return [*self._index.books.entries(item, self._among(item)), *kept]

    def near_border(self, wanted: Near) -> Iterator[DeskId]:
        """Yield the border notices that could be meant, of which a step may be seen."""
        yield from self._index.books.border.near(wanted)

    def kept(self, kind: Kind, about: str | None = None) -> Iterator[Mapping[str, Any]]:
        """Yield the bodies of what the desk keeps of a kind that may be seen, in log order."""
        return self._index.keeping.of(kind, self._in, about)

    def kept_id(self, kind: Kind, given: str) -> DeskId:
        """Return the id of one of them by an unambiguous beginning of it."""
        return DeskId(_only(kind, given, self._index.keeping.like(kind, given, self._in)))

    def desk_label(self, item: str) -> Label:
        """Return the label of an item of the desk: those of its heads, joined.

        Raises:
            UnknownIdError: There is none of that id, or no more.
        """
        return self._index.books.label(item, self._among(item), self._index.label_of)

    def reviews(self) -> tuple[Review | Sitting, ...]:
        """Return the reviews and their sittings that may be seen, in log order."""
        return tuple(self._index.books.reviews(self._books[Kind.COMMITMENT]))

    def languages(self) -> list[tuple[str, int]]:
        """Return how many documents there are in each language, the most first."""
        hidden = sorted(self._hidden)
        query = (
            "SELECT language, count(*) FROM documents "
            f"WHERE id NOT IN ({','.join('?' * len(hidden))}) GROUP BY language ORDER BY 2 DESC, 1"
        )
        return list(self._db.execute(query, hidden))

    def overview(self) -> Overview:
        """Return counts of what may be seen."""
        languages = self.languages()
        return Overview(
            documents=sum(count for _, count in languages),
            claims=self.claim_count() - self.claim_count(Status.REJECTED),
            proposed=self.claim_count(Status.PROPOSED),
            events=self.event_count(),
            conflicts=self.pair_count(Conflict),
            commitments=self.desk_count(Wanted(Commitment)),
            requests=self.desk_count(Wanted(Request)),
            languages=tuple(languages),
        )

    def _count(self, table: str, veiled: Iterable[str]) -> int:
        names = list(veiled)
        marks = ",".join("?" * len(names))
        query = f"SELECT count(*) FROM {table} WHERE component NOT IN ({marks})"
        return int(self._db.execute(query, names).fetchone()[0])

    def _whole_id(self, kind: str, table: str, given: str) -> str:
        """Return the one id in ``table`` that begins with ``given`` and may be seen."""
        column = "id" if table == "documents" else "document"
        rows = self._db.execute(
            f"SELECT id, {column} FROM {table} WHERE id >= ? AND id < ? ORDER BY id",
            (given, given + "\x7f"),
        ).fetchall()
        found = [i for i, document in rows if document not in self._hidden]
        if given in found:
            return given
        if len(given) < 2 + _LEAST_GIVEN:
            raise UnknownIdError(kind, given)
        return str(_only(kind, given, found))


def _as_sql(labels: Iterable[int]) -> str:
    return f"({','.join(map(str, labels))})"


def _only(kind: str, given: str, found: list[Any]) -> Any:
    if not found:
        raise UnknownIdError(kind, given)
    if len(found) > 1:
        raise AmbiguousIdError(given, [getattr(f, "id", f) for f in found])
    return found[0]


def _claim_stems(claim: Claim) -> frozenset[str]:
    """Return the words by which a claim is found: its own, and those of names and sources."""
    content = claim.content
    names = [named.name for named in (*content.who, *content.where)]
    sources = [link.source_text for link in content.chain if link.source_text]
    return frozenset(stems(" ".join([claim.quote, *names, *sources])))


def _hit(line: DocumentLine, text: str, query: Query) -> Hit:
    """Return where the words stand first, with the text around, as one extract."""
    first = next(query.places(text), Span(0, 1))
    start = max(0, first.start - _AROUND)
    place = Span(start, min(len(text), first.end + _AROUND))
    extract = place.of(text)
    return Hit(line, extract, tuple(query.places(extract)), place)
