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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice, takewhile
from typing import Any, TypeVar

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Commitment, Item, Request, Review, Sitting, Step
from tawatur.model.document import Acquisition, Rendition
from tawatur.model.entry import Kind
from tawatur.model.ids import (
    ActorId,
    ClaimId,
    DeskId,
    DocumentId,
    EntryId,
    GlossId,
)
from tawatur.model.label import Label, Viewer
from tawatur.model.moment import Moment
from tawatur.model.picture import Conflict, Copy, Entity, Event, Picture
from tawatur.model.reading import LocalEntity
from tawatur.model.ruling import Place, Ruling
from tawatur.model.span import Span
from tawatur.node.given import ANY_TIME, Period, begins, long_enough, only
from tawatur.node.indexing.books import KINDS, Wanted
from tawatur.node.indexing.border_rows import Near
from tawatur.node.indexing.derived import claim_stems
from tawatur.node.indexing.identity import Known, Placed, Veil
from tawatur.node.indexing.index import Index
from tawatur.node.indexing.waiting import Turn, Which, shared_urgency
from tawatur.node.indexing.words import Query
from tawatur.node.seeing.allowed import ALL_CLAIMS, Allowed
from tawatur.node.seeing.decided import Decided
from tawatur.node.seeing.pictures import Pictures
from tawatur.node.seeing.spellings import spellings
from tawatur.node.views import (
    Cited,
    DocumentLine,
    DocumentView,
    GlossLine,
    Hit,
    Overview,
    RenditionLine,
)

T = TypeVar("T")
R = TypeVar("R", bound=Ruling)

_AROUND = 90
"""Characters shown on either side of the first word found."""

_SOME = 100
"""Claims that are unpacked at once; the first of many may be all that is asked for."""

_JUDGED = (Status.ACCEPTED, Status.CORRECTED, Status.REJECTED)

_COMING = (  # from those that wait to the documents: the other way all of these are looked at
    "SELECT d.id FROM stale s CROSS JOIN documents d WHERE d.id = s.document AND d.characters = 0"
)
"""The documents that came and are in no listing yet, since nothing of them was worked in."""

_CHARTED = 8
"""Publishers of which claims are counted, those of most."""


@dataclass(frozen=True, slots=True)
class Touch:
    """The entry that changed something last, and by whom."""

    entry: EntryId
    by: str


class Sight:
    """The index as one viewer sees it at one time; made for one answer and thrown away.

    Attributes:
        allowed: What may be seen.
        pictures: The events, conflicts and near misses that are worked out from it.
        decided: What people judged and ruled.
    """

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
        self._index, self._db = index, index.db
        self.allowed = Allowed(index, viewer, now, day, without)
        self.pictures = Pictures(index, self.allowed)
        self.decided = Decided(index, self.allowed)
        self._hidden, self._veil = self.allowed.hidden, self.allowed.veil

    def as_of(self, day: Moment) -> "Sight":
        """Return this sight without the documents that were not surely out by ``day``.

        Out is what was published, or taken in, on its last day at the latest.
        """
        return Sight(self._index, self.viewer, self.allowed.now, day)

    def without(self, documents: frozenset[str]) -> "Sight":
        """Return this sight as if these documents had not come."""
        without = self._hidden | documents
        return Sight(self._index, self.viewer, self.allowed.now, without=without)

    @property
    def viewer(self) -> Viewer:
        """On whose behalf it is asked."""
        return self.allowed.viewer

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for two sights of one index that show the same; desk and rulings included."""
        return self._index.state, self.viewer, self.allowed.labels, self._veil

    @property
    def shown(self) -> tuple[tuple[int, int], Veil]:
        """Equal for two sights of one index that show the same documents and names."""
        return self._index.state, self._veil

    def may_see(self, document: str) -> bool:
        """Return whether there is such a document, and it may be seen."""
        return self.allowed.may_see(document)

    # ------------------------------------------------------------ documents

    def documents(self, limit: int = -1, offset: int = 0) -> tuple[DocumentLine, ...]:
        """Return the documents, last taken in first, ``limit`` of them behind ``offset``."""
        return tuple(map(self.line, self.latest(limit, offset)))

    def latest(self, limit: int = -1, offset: int = 0) -> list[DocumentId]:
        """Return the documents that may be seen, last taken in first."""
        found = self._by_arrival()[offset : None if limit < 0 else offset + limit]
        return [document for _, document in found]

    def documents_since(self, time: datetime | None) -> list[DocumentId]:
        """Return the documents first taken in after ``time`` (UTC), the latest first; all if None.

        As far as they may be seen: what was taken in before under another label counts not.
        """
        rows = self._index.kept(
            ("first arrival", self.allowed.among),
            lambda: self._db.execute(
                "SELECT document, min(seq) AS first FROM acquisitions "
                f"WHERE label IN {self.allowed.among} AND document NOT IN ({_COMING}) "
                "GROUP BY document ORDER BY first DESC"
            ).fetchall(),
        )
        found = (DocumentId(row[0]) for row in rows if row[0] not in self._hidden)
        if time is None:
            return list(found)
        return list(takewhile(lambda each: self.acquisitions(each)[0].time > time, found))

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
            label=first.label,
        )

    def acquisitions(self, document: DocumentId) -> tuple[Acquisition, ...]:
        """Return the acquisitions that may be seen, in log order."""
        return self.allowed.acquisitions(document)

    def taken_in_by(self, document: DocumentId) -> list[EntryId]:
        """Return the entries by which a document came, those that may be seen, in log order."""
        rows = self._db.execute(
            f"SELECT entry FROM acquisitions WHERE document = ? AND label IN {self.allowed.among} "
            "ORDER BY seq",
            (document,),
        )
        return [EntryId(row[0]) for row in rows]

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
        renditions = self._index.texts.renditions(document)
        shown = next((r for r in renditions if rendition in (None, r.id)), None)
        reading = self._index.texts.reading(shown) if shown else None
        if shown is None or reading is None:
            raise UnknownIdError("document", given)
        in_force = tuple(self._index.components.in_document(document))
        former = self._index.components.former(document)
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
            parts=self._index.texts.parts(shown),
            glosses=self._glosses(shown),
            markings=self._index.texts.markings(shown),
            actors=self._index.actors(),
        )

    def _rendition_lines(
        self, renditions: Sequence[Rendition], claims: Sequence[Claim], former: Sequence[Claim]
    ) -> tuple[RenditionLine, ...]:
        """Return the texts of one document with what stands on each."""
        stands = Counter(claim.rendition for claim in claims)
        stood = Counter(claim.rendition for claim in former)
        made_on = Counter(j.rendition for j in self._index.texts.judged(renditions[0]).values())
        of = {claim.id: claim.rendition for claim in (*claims, *former)}
        items: tuple[Commitment | Request, ...] = ()
        if len(renditions) > 1:  # of one text alone it is not asked: what else could they point to
            items = (*self.desk(Wanted(Commitment)), *self.desk(Wanted(Request)))
        return tuple(
            RenditionLine(
                rendition.id,
                rendition.extraction.extractor,
                self._index.texts.made(rendition.id),
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
            for label, gloss, text, place in self._index.texts.glosses(rendition)
            if self.allowed.may_receive(label)
        )

    def gloss(self, given: str) -> GlossLine:
        """Return one note by its id, or by the beginning of it.

        Raises:
            UnknownIdError: None that may be seen, or it was withdrawn.
            AmbiguousIdError: Several begin so.
        """
        lines = [
            line
            for document in self._index.texts.glossed(given)
            if document not in self._hidden
            for line in self.document(document).glosses
        ]
        found = {line.gloss.id: line for line in lines if begins(line.gloss.id, given)}
        return found[GlossId(only("gloss", given, list(found)))]

    def copies(self, document: DocumentId) -> tuple[Copy, ...]:
        """Return the copies of a document that may be seen."""
        return self._index.families.copies(document, self._hidden)

    def family(self, document: DocumentId) -> tuple[DocumentId, ...]:
        """Return those that hold one text with a document, as far as may be seen; sorted.

        The document is among them; of one that is alone nothing is returned.
        """
        found = sorted(self._index.families.family(document, self._hidden))
        return tuple(map(DocumentId, found)) if len(found) > 1 else ()

    # ------------------------------------------------------------ claims

    def claims(
        self,
        *,
        about: str | None = None,
        document: str | None = None,
        status: Status | None = None,
        period: Period = ANY_TIME,
    ) -> Iterator[Claim]:
        """Return claims by document, last taken in first, and by place within.

        Raises:
            UsageError: ``about`` holds no word.
        """
        if document is None and (about or period != ANY_TIME):
            return self._each(self.told(about, period, status))
        if document is None:
            each = self._index.components.in_document
            found = (claim for held in self.latest() for claim in each(held))
        else:
            words = self._words(about)
            given = DocumentId(self._whole_id("document", "documents", document))
            found = (
                claim
                for claim in self._index.components.in_document(given)
                if _among(words, claim_stems(claim))
                and period.holds(claim.content.when, claim.published)
            )
        return (claim for claim in found if status in (None, claim.status))

    def told(
        self, about: str | None, period: Period = ANY_TIME, status: Status | None = None
    ) -> tuple[ClaimId, ...]:
        """Return the ids of claims, narrowed and in order as `claims`; none is unpacked.

        Raises:
            UsageError: ``about`` holds no word.
        """
        key = "told", self.key, about, period, status  # a page counts, then shows a part
        return self._index.kept(key, lambda: self._told(about, period, status))

    def _told(
        self, about: str | None, period: Period, status: Status | None
    ) -> tuple[ClaimId, ...]:
        order: dict[str, int] = {document: at for at, document in enumerate(self.latest())}
        told = self._index.components.told(self._words(about), period, status)
        places = sorted(
            (order[document], start, id_)
            for document, start, id_ in told
            if document in order and document not in self._hidden
        )
        return tuple(ClaimId(id_) for *_, id_ in places)

    def events_told(self, about: str | None, period: Period) -> Mapping[str, str]:
        """Return the types of the events of which `told` finds a claim, by id."""
        key = "events told", self.key, about, period
        return self._index.kept(key, lambda: self.pictures.types_of(self.told(about, period)))

    def spelled(self, query: Query) -> tuple[tuple[str, ...], ...]:
        """Return the stems that one term may stand for: its own, and names in any script."""
        return spellings(query, (known.entity for known in self.named_like(query.names)))

    def _words(self, about: str | None) -> list[tuple[tuple[str, ...], ...]]:
        """Return of each word what it may stand for.

        Raises:
            UsageError: ``about`` holds no word.
        """
        query = Query.parse(about or "")
        if about and not query.terms:
            raise UsageError("give at least one word to look for")
        return [self.spelled(each) for each in query.each]

    def _each(self, claims: Sequence[ClaimId]) -> Iterator[Claim]:
        for start in range(0, len(claims), _SOME):
            some = claims[start : start + _SOME]
            yield from map(self._index.components.claims(some).__getitem__, some)

    def claim(self, given: str) -> Claim:
        """Return one claim by its id, or by the beginning of it.

        One that a newer text of its document replaced is still found, where it stood.
        """
        return self._index.components.claim(ClaimId(self._whole_id("claim", ALL_CLAIMS, given)))

    def missing(self) -> list[tuple[ClaimId, DocumentId]]:
        """Return the claims that something is not known or was not found, by document and place.

        Each with its document.
        """
        rows = self._db.execute(
            "SELECT id, document FROM claims WHERE missing = 1 ORDER BY document, start, id"
        )
        return [(ClaimId(c), DocumentId(d)) for c, d in rows if d not in self._hidden]

    def cited(self, claims: Iterable[ClaimId]) -> dict[ClaimId, Cited]:
        """Return claims that may be seen by id, in order of id, each with its file's name."""
        held = self._index.components.claims(frozenset(claims)).values()
        documents = {claim.document for claim in held} - self._hidden
        files = {each: self.line(each).name for each in documents}
        return {c.id: Cited(c, files[c.document]) for c in held if c.document in files}

    # ------------------------------------------------------------ what waits for review

    def waiting(self, wanted: Which, after: Turn | None) -> Iterator[Turn]:
        """Yield the proposals that nobody judged yet behind ``after``, the most pressing first.

        Of a component with hidden claims they are as pressing as what may be seen makes them.
        """
        veiled = self.pictures.veiled()
        turns = self._index.waiting.turns(wanted, after, self._hidden, veiled)
        if not veiled:
            return turns
        others = sorted(self._veiled_turns(veiled.values(), wanted, after), key=lambda t: t.key)
        return merge(turns, others, key=lambda turn: turn.key)

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
            if (found := self._index.components.claim(claim)).document in documents:
                yield found

    # ------------------------------------------------------------ who and what is named

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
        found = {k.entity.id: k for k in self.known() if begins(k.entity.id, given)}
        return found[only("entity", given, list(found))]

    def entity_at(self, place: Place) -> Known:
        """Return the entity whose name stands at a place.

        Raises:
            UnknownIdError: No name stands there, or none that may be seen.
        """
        named = self._index.texts.named_at(place)
        for known in self.known():
            if any(name.place == named for name in known.members):
                return known
        raise UnknownIdError("entity", place.rendition)

    def samenesses(self) -> tuple[Placed, ...]:
        """Return what people ruled of names, where the words stand today, in order of id."""
        return self._index.identities.rulings(self._veil)

    def named(self, document: DocumentId) -> tuple[Rendition, tuple[LocalEntity, ...]]:
        """Return the newest text of a document, with who and what it names."""
        return self._index.texts.named(document)

    # ------------------------------------------------------------ words

    def search(self, query: Query, limit: int, language: str | None = None) -> Iterator[Hit]:
        """Yield the documents that hold all words, last taken in first.

        Order and extracts come from each document alone, so that nothing hidden shines
        through a ranking.
        """
        for document in islice(self.holding(query, language), limit):
            rendition = self._index.texts.rendition(document)
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
            ("arrival", self.allowed.among),
            lambda: self._db.execute(
                "SELECT d.number, d.id FROM (SELECT document, max(seq) AS last FROM acquisitions "
                f"WHERE label IN {self.allowed.among} GROUP BY document) a JOIN documents d "
                f"ON d.id = a.document WHERE d.id NOT IN ({_COMING}) ORDER BY a.last DESC"
            ).fetchall(),
        )

    # ------------------------------------------------------------ the desk

    def desk(self, wanted: Wanted[Item], start: int = 0) -> Iterator[Item]:
        """Yield the items of one book that may be seen, what needs a person first."""
        among = self.allowed.of_book(KINDS[wanted.kind])
        return self._index.books.listed(wanted, among, hidden=self.allowed.some_hidden, start=start)

    def desk_count(self, wanted: Wanted[Item]) -> int:
        """Return how many items `desk` yields."""
        among = self.allowed.of_book(KINDS[wanted.kind])
        return self._index.books.count(wanted, among, hidden=self.allowed.some_hidden)

    def desk_id(self, kind: str, given: str) -> DeskId:
        """Return the id of an item of the desk or a review by an unambiguous beginning of it."""
        return DeskId(only(kind, given, self._index.books.like(given, self.allowed.of_item(given))))

    def steps(self, item: DeskId) -> tuple[Step[Any], ...]:
        """Return the steps of an item that may be seen, in log order."""
        return self._index.books.steps(item, self.allowed.of_item(item))

    def desk_entries(self, item: str) -> list[EntryId]:
        """Return the entries of what has an id on the desk that may be seen, in log order."""
        rows = self._db.execute(
            f"SELECT entry, seq FROM desk WHERE id = ?1 AND label IN {self.allowed.of_item(item)} "
            f"UNION ALL SELECT entry, seq FROM reviews WHERE id = ?1 "
            f"AND label IN {self.allowed.of_item(item)} "
            f"UNION ALL SELECT entry, seq FROM kept WHERE id = ?1 "
            f"AND label IN {self.allowed.among} ORDER BY seq",
            (item,),
        )
        return [EntryId(row[0]) for row in rows]

    def near_border(self, wanted: Near) -> Iterator[DeskId]:
        """Yield the border notices that could be meant, of which a step may be seen."""
        yield from self._index.books.border.near(wanted)

    def kept(self, kind: Kind, about: str | None = None) -> Iterator[Mapping[str, Any]]:
        """Yield the bodies of what the desk keeps of a kind that may be seen, in log order."""
        return self._index.keeping.of(kind, self.allowed.among, about)

    def kept_id(self, kind: Kind, given: str) -> DeskId:
        """Return the id of one of them by an unambiguous beginning of it."""
        return DeskId(only(kind, given, self._index.keeping.like(kind, given, self.allowed.among)))

    def desk_label(self, item: str) -> Label:
        """Return the label of an item of the desk: those of its heads, joined.

        Raises:
            UnknownIdError: There is none of that id, or no more.
        """
        return self._index.books.label(item, self.allowed.of_item(item), self._index.label_of)

    def reviews(self) -> tuple[Review | Sitting, ...]:
        """Return the reviews and their sittings that may be seen, in log order."""
        return tuple(self._index.books.reviews(self.allowed.of_book(Kind.COMMITMENT)))

    # ------------------------------------------------------------ who did what last

    def actors(self) -> dict[ActorId, str]:
        """Return the names of those who work on this node, by id."""
        return self._index.actors()

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
            ruling = self.decided.ruling(thing)
            return self._touch(self.decided.entry_of_ruling(ruling.id), ruling.by)
        entries = self._steps(thing)
        return self._made(entries[-1]) if entries else None

    def changes(self, item: str) -> tuple[Touch, ...]:
        """Return the entries of an item of the desk that may be seen, in log order."""
        return tuple(map(self._made, self._steps(item)))

    def _steps(self, item: str) -> list[EntryId]:
        """Return the entries that changed an item; what a notice was held against is no change."""
        steps = self._index.books.entries(item, self.allowed.of_item(item))
        return steps or self.desk_entries(item)

    def _made(self, entry: EntryId) -> Touch:
        return self._touch(entry, self._index.author(entry))

    def _touch(self, entry: str, by: str) -> Touch:
        return Touch(EntryId(entry), self._index.actors().get(ActorId(by), by))

    # ------------------------------------------------------------ counts

    def claim_count(self, status: Status | None = None) -> int:
        """Return how many claims of a status there are, of all without one."""
        if status is Status.PROPOSED:  # nearly all are, and the others are counted faster
            return self.claim_count() - sum(map(self.claim_count, _JUDGED))
        query, given = "SELECT count(*) FROM claims", []
        if status is not None:
            query, given = f"{query} WHERE status = ?", [str(status)]
        held = int(self._db.execute(query, given).fetchone()[0])
        if not self._hidden:
            return held
        query += " AND" if given else " WHERE"
        given.append(json.dumps(sorted(self._hidden)))
        query += " document IN (SELECT value FROM json_each(?))"
        return held - int(self._db.execute(query, given).fetchone()[0])

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

    def languages(self) -> list[tuple[str, int]]:
        """Return how many documents there are in each language, the most first."""
        hidden = sorted(self._hidden)
        query = (
            "SELECT language, count(*) FROM documents "
            f"WHERE id NOT IN ({','.join('?' * len(hidden))}) AND id NOT IN ({_COMING}) "
            "GROUP BY language ORDER BY 2 DESC, 1"
        )
        return list(self._db.execute(query, hidden))

    def tally(self) -> tuple[int, int, int]:
        """Return how many documents and claims may be seen, and how many wait to be worked in."""
        (documents,) = self._db.execute(
            f"SELECT count(DISTINCT document) FROM acquisitions WHERE label IN {self.allowed.among}"
        ).fetchone()
        return documents, self.claim_count(), self.coming()

    def coming(self) -> int:
        """Return how many documents that may be seen have still to be worked in."""
        found = self._db.execute(
            "SELECT count(*) FROM (SELECT document FROM stale UNION SELECT c.document "
            "FROM unsettled JOIN claims c USING (number) UNION SELECT c.document "
            "FROM events_of_fresh f JOIN claims c ON c.id = f.node) w WHERE EXISTS (SELECT 1 FROM "
            f"acquisitions a WHERE a.document = w.document AND a.label IN {self.allowed.among})"
        )
        return int(found.fetchone()[0])

    def overview(self) -> Overview:
        """Return counts of what may be seen."""
        languages = self.languages()
        return Overview(
            documents=sum(count for _, count in languages),
            claims=self.claim_count() - self.claim_count(Status.REJECTED),
            proposed=self.claim_count(Status.PROPOSED),
            events=self.pictures.count(Event),
            conflicts=self.pictures.count(Conflict),
            commitments=self.desk_count(Wanted(Commitment)),
            requests=self.desk_count(Wanted(Request)),
            languages=tuple(languages),
        )

    # ------------------------------------------------------------ within

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
        if not long_enough(given):
            raise UnknownIdError(kind, given)
        return str(only(kind, given, found))


def _among(words: Iterable[Iterable[tuple[str, ...]]], held: frozenset[str]) -> bool:
    """Return whether of each word the stems of one spelling are held."""
    return all(any(held.issuperset(spelling) for spelling in word) for word in words)


def _hit(line: DocumentLine, text: str, query: Query) -> Hit:
    """Return where the words stand first, with the text around, as one extract."""
    first = next(query.places(text), Span(0, 1))
    start = max(0, first.start - _AROUND)
    place = Span(start, min(len(text), first.end + _AROUND))
    extract = place.of(text)
    return Hit(line, extract, tuple(query.places(extract)), place)
