"""What does the ledger hold of one document: which texts, and what was said of each?

Texts, readings and people's words stay on the rendition that they are of; where they hold on
another one, `tawatur.model.carrying` tells. From that come the claims in force. Nothing here
is worked out ahead: the index has only where the entries stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import msgspec

from tawatur.errors import UnknownIdError
from tawatur.ledger import Store
from tawatur.model.carrying import Carrier
from tawatur.model.claim import (
    Claim,
    ClaimJudgement,
    entities_of,
    family_of,
    fold_claims,
    speaking,
    standing,
    ungrouped,
)
from tawatur.model.document import (
    Acquisition,
    Gloss,
    Part,
    Rendition,
    Sifting,
    sifted_parts,
)
from tawatur.model.entry import Entry, Kind, Payload
from tawatur.model.ids import (
    BlobDigest,
    ClaimId,
    DocumentId,
    EntryId,
    RenditionId,
    keyed_id,
)
from tawatur.model.label import Label
from tawatur.model.marking import Marking, with_marked, without_unmarked
from tawatur.model.reading import LocalEntity, Reading
from tawatur.model.ruling import Place, Sameness
from tawatur.model.span import Span
from tawatur.node import bodies
from tawatur.node.indexing.derived import Derived, derived
from tawatur.node.indexing.identity import Placed
from tawatur.node.indexing.rows import value


class Entries(Protocol):
    """What the index needs of the ledger."""

    def entry(self, id: EntryId) -> Entry:  # noqa: A002 - the ledger's word
        """Return one entry; its payload is None once erased."""
        ...

    def blob(self, digest: BlobDigest) -> bytes:
        """Return a blob's bytes."""
        ...


class Texts:
    """The texts of documents, by the rows of an open index and the entries of its ledger."""

    def __init__(
        self, db: Store, ledger: Entries, key: bytes, label_of: Callable[[EntryId], Label]
    ) -> None:
        """Read nothing yet.

        Args:
            db: The open index.
            ledger: Where payloads and blobs are.
            key: The node's id key.
            label_of: Gives the label that holds for an entry.
        """
        self._db, self._ledger, self._key, self._label_of = db, ledger, key, label_of

    def rendition(self, document: DocumentId) -> Rendition | None:
        """Return the newest rendition of ``document``, None if nothing of it is left.

        What is content in it is as people sifted it.
        """
        return next(self._renditions(document), None)

    def renditions(self, document: DocumentId) -> tuple[Rendition, ...]:
        """Return all renditions of ``document``, newest first, each as people sifted it."""
        return tuple(self._renditions(document))

    def _renditions(self, document: DocumentId) -> Iterator[Rendition]:
        for bare in self.bare_of(document):
            extraction = bare.extraction.sifted(self.siftings(bare))
            yield replace(bare, extraction=extraction)

    def bare_of(self, document: DocumentId) -> Iterator[Rendition]:
        """Yield the renditions of ``document``, newest first, as their extractors made them."""
        if not value(self._db, "SELECT 1 FROM acquisitions WHERE document = ?", document):
            return
        rows = self._db.execute(
            "SELECT entry FROM renditions WHERE document = ? ORDER BY seq DESC", (document,)
        ).fetchall()
        for (entry,) in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            if payload is not None:
                blob = self._ledger.blob(BlobDigest(payload.body["text_blob"]))
                yield bodies.rendition(payload, blob.decode("utf-8"))

    def bare(self, rendition: RenditionId) -> Rendition:
        """Return a rendition as its extractor made it.

        Raises:
            UnknownIdError: There is none.
        """
        document = value(self._db, "SELECT document FROM renditions WHERE id = ?", rendition)
        for bare in self.bare_of(DocumentId(document or "")):
            if bare.id == rendition:
                return bare
        raise UnknownIdError("rendition", rendition)

    def siftings(self, rendition: Rendition) -> tuple[Sifting, ...]:
        """Return people's words on what is content, as they hold for ``rendition``, oldest first.

        Args:
            rendition: Of a document that is held; it need not be held itself.
        """
        carriers = self._carriers(rendition)
        found = (bodies.sifting(payload) for _, payload in self._said(rendition, Kind.SIFTING))
        placed = ((each, carriers[each.rendition].place(each.span)) for each in found)
        return tuple(replace(sifting, span=span) for sifting, span in placed if span)

    def parts(self, rendition: Rendition) -> tuple[Part, ...]:
        """Return what is left out of a rendition or was brought back, in order of place."""
        return sifted_parts(self.bare(rendition.id).extraction.asides, self.siftings(rendition))

    def markings(self, rendition: Rendition) -> tuple[Marking, ...]:
        """Return the names and times that people marked, as they hold for ``rendition``.

        Args:
            rendition: Of a document that is held.

        Returns:
            Those not withdrawn whose words stand in it, oldest first.
        """
        found = (bodies.marking(payload) for _, payload in self._said(rendition, Kind.MARKING))
        newest = {marking.id: marking for marking in found}
        if not newest:
            return ()
        carriers = self._carriers(rendition)
        placed = (
            replace(
                each,
                rendition=rendition.id,
                span=place,
                like=carriers[each.rendition].place(each.like) if each.like else None,
            )
            for each in newest.values()
            if not each.withdrawn and (place := carriers[each.rendition].place(each.span))
        )
        return tuple(placed)

    def glosses(self, rendition: Rendition) -> tuple[tuple[Label, Gloss, str, Span | None], ...]:
        """Return the notes on a document, in order of place, each with its label.

        Returns:
            Label, note, the text that it was made on, and its place in ``rendition``; None
            where the words do not stand there. Those come last.
        """
        newest = {
            gloss.id: (self._label_of(entry), gloss)
            for entry, payload in self._said(rendition, Kind.GLOSS)
            for gloss in (bodies.gloss(payload),)
        }
        carriers = self._carriers(rendition)
        placed = []
        for label, gloss in newest.values():
            if not gloss.withdrawn:
                carrier = carriers[gloss.rendition]
                place = carrier.place(gloss.span)
                placed.append((label, gloss, carrier.old.extraction.text, place))
        placed.sort(key=lambda each: (each[3] is None, each[3] or each[1].span, each[1].id))
        return tuple(placed)

    def glossed(self, given: str) -> tuple[DocumentId, ...]:
        """Return the documents with a note whose id begins with ``given``."""
        rows = self._db.execute(
            "SELECT s.entry, r.document FROM steps s JOIN renditions r ON s.rendition = r.id "
            "WHERE s.kind = ? ORDER BY s.seq",
            (Kind.GLOSS,),
        ).fetchall()
        entries = (
            (self._ledger.entry(EntryId(entry)).payload, document) for entry, document in rows
        )
        found = (DocumentId(d) for p, d in entries if p and p.body["id"].startswith(given))
        return tuple(dict.fromkeys(found))

    def document_at(self, place: Place) -> DocumentId | None:
        """Return the document in whose text a place lies, None if this node does not hold it."""
        found = value(self._db, "SELECT document FROM renditions WHERE id = ?", place.rendition)
        return DocumentId(found) if found else None

    def now_at(self, place: Place) -> Place | None:
        """Return where the words of a place stand in the newest text of their document."""
        document = self.document_at(place)
        newest = next(self.bare_of(document), None) if document else None
        if newest is None or newest.id == place.rendition:
            return place if newest else None
        span = self._carriers(newest)[place.rendition].place(place.span)
        return Place(newest.id, span) if span else None

    def made(self, rendition: RenditionId) -> datetime:
        """Return when a rendition was recorded, UTC."""
        entry = value(self._db, "SELECT entry FROM renditions WHERE id = ?", rendition)
        return self._ledger.entry(EntryId(entry)).header.time

    def reading(self, rendition: Rendition) -> Reading | None:
        """Return the newest reading by the reader that speaks, with what people marked."""
        reading = speaking(self.readings(rendition.id))
        return self._marked(rendition, reading) if reading else None

    def _whole_reading(self, rendition: Rendition) -> Reading | None:
        """Return that reading with who and what any of the readers names."""
        whole = self._all_read(rendition.id)
        return self._marked(rendition, whole) if whole else None

    def _all_read(self, rendition: RenditionId) -> Reading | None:
        """Return the reading that speaks, naming what any of them does, whatever people marked."""
        readings = self.readings(rendition)
        first = speaking(readings)
        return replace(first, entities=entities_of(readings.values())) if first else None

    def _marked(self, rendition: Rendition, reading: Reading) -> Reading:
        return with_marked(reading, rendition.extraction.text, self.markings(rendition))

    def readings(self, rendition: RenditionId) -> dict[str, Reading]:
        """Return the newest reading of a rendition by each family of readers."""
        rows = self._db.execute(
            "SELECT entry FROM steps WHERE rendition = ? AND kind = 'reading' ORDER BY seq",
            (rendition,),
        ).fetchall()
        payloads = (self._ledger.entry(EntryId(row[0])).payload for row in rows)
        found = (bodies.reading(payload) for payload in payloads if payload)
        return {family_of(reading.reader): reading for reading in found}

    def acquisitions(self, document: DocumentId) -> list[tuple[int, Acquisition]]:
        """Return the acquisitions of ``document`` in log order, each with its label's number."""
        rows = self._db.execute(
            "SELECT label, body FROM acquisitions WHERE document = ? ORDER BY seq", (document,)
        )
        return [(label, msgspec.msgpack.decode(body, type=Acquisition)) for label, body in rows]

    def taken_in_by(self, document: DocumentId) -> list[EntryId]:
        """Return every entry by which a document came, in log order."""
        rows = self._db.execute(
            "SELECT entry FROM acquisitions WHERE document = ? ORDER BY seq", (document,)
        )
        return [EntryId(row[0]) for row in rows]

    def entries_of(self, document: DocumentId) -> list[EntryId]:
        """Return every entry that holds anything of ``document``, in log order."""
        rows = self._db.execute(
            "SELECT entry, seq FROM acquisitions WHERE document = ?1 "
            "UNION SELECT entry, seq FROM renditions WHERE document = ?1 "
            "UNION SELECT s.entry, s.seq FROM steps s JOIN renditions r ON s.rendition = r.id "
            "WHERE r.document = ?1 "
            "UNION SELECT entry, seq FROM ruled WHERE document = ?1 "
            "UNION SELECT l.entry, l.seq FROM labelled l JOIN acquisitions a "
            "ON a.entry = l.target WHERE a.document = ?1 "
            "UNION SELECT l.entry, l.seq FROM labelled l JOIN steps s ON s.entry = l.target "
            "JOIN renditions r ON s.rendition = r.id WHERE r.document = ?1 ORDER BY 2",
            (document,),
        )
        return [EntryId(row[0]) for row in rows]

    def derived(self, document: DocumentId) -> Derived:
        """Return what ``document`` comes to by itself, from what the ledger holds of it."""
        renditions = self.renditions(document)
        rendition = renditions[0] if renditions else None
        claims, former = self._in_force(renditions)
        reading = self._whole_reading(rendition) if rendition else None
        return derived(document, rendition, claims, former, reading, self._key)

    def _in_force(self, renditions: Sequence[Rendition]) -> tuple[list[Claim], list[Claim]]:
        """Return the claims in force of one document, and those that a newer text replaced.

        In force are the claims on the newest rendition, with the judgements on older ones
        whose words stand in it as well; and what people judged on an older one where they do
        not. So no claim counts twice, and no judgement is lost.

        Args:
            renditions: Of the document, newest first.
        """
        claims: list[Claim] = []
        former: list[Claim] = []
        for age, rendition in enumerate(renditions):
            counted = {judgement for claim in claims for judgement in claim.judgements}
            for claim in self._folded(rendition, self.judged(rendition)):
                if age == 0:
                    claims.append(claim)
                elif claim.judgements and not counted & set(claim.judgements):
                    claims.append(replace(claim, content=ungrouped(claim.content)))
                else:
                    former.append(claim)
        return claims, former

    def as_read(self, rendition: RenditionId) -> tuple[Claim, ...]:
        """Return what the readers of a text propose, as if nobody had judged it."""
        return self._folded(self.bare(rendition), {})

    def _folded(
        self, rendition: Rendition, judged: Mapping[EntryId, ClaimJudgement]
    ) -> tuple[Claim, ...]:
        steps: list[Reading | tuple[EntryId, ClaimJudgement]] = []
        carriers = self._carriers(rendition)
        for entry, payload in self._said(rendition, Kind.READING, Kind.JUDGEMENT):
            if entry in judged:
                judgement = judged[entry]
                carried = carriers[judgement.rendition].judgement(judgement)
                steps += [(entry, carried)] if carried else []
            elif "reading" not in payload.body:
                continue  # taken back, or left out
            elif payload.body["rendition"] == rendition.id:
                steps.append(bodies.reading(payload))
        acquired = [acquisition for _, acquisition in self.acquisitions(rendition.document)]
        expiries = [a.expires for a in acquired if a.expires is not None]
        claims = fold_claims(
            rendition,
            steps,
            id_of=lambda span: self._claim_id(rendition.id, span),
            learnt=min(a.time for a in acquired),
            purpose=next((a.purpose for a in acquired if a.purpose), None),
            # Held as long as one taking-in allows it.
            expires=max(expiries) if len(expiries) == len(acquired) else None,
        )
        if not any(marking.no for marking in self.markings(rendition)):
            return claims
        read = self._all_read(rendition.id)
        return without_unmarked(claims, read, self._marked(rendition, read)) if read else claims

    def judged(self, rendition: Rendition) -> dict[EntryId, ClaimJudgement]:
        """Return the judgements on a document that hold, on whichever text, in log order."""
        found = self._said(rendition, Kind.JUDGEMENT)
        return standing({entry: bodies.judgement(payload) for entry, payload in found})

    def judgements(self, rendition: RenditionId) -> dict[EntryId, ClaimJudgement]:
        """Return those of them that hold for one text, as they hold there, in log order."""
        new = self.bare(rendition)
        carriers = self._carriers(new)
        carried = (
            (entry, carriers[judgement.rendition].judgement(judgement))
            for entry, judgement in self.judged(new).items()
        )
        return {entry: judgement for entry, judgement in carried if judgement}

    def _said(self, rendition: Rendition, *kinds: Kind) -> Iterator[tuple[EntryId, Payload]]:
        """Yield what was read, judged or noted on any rendition of the same document."""
        marks = ",".join("?" * len(kinds))
        # From the renditions to the steps: the other way all readings would be looked at.
        rows = self._db.execute(
            "SELECT s.entry FROM renditions r CROSS JOIN steps s WHERE s.rendition = r.id "
            f"AND r.document = ? AND s.kind IN ({marks}) ORDER BY s.seq",
            (rendition.document, *kinds),
        ).fetchall()
        for (entry,) in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            if payload is not None:
                yield EntryId(entry), payload

    def _carriers(self, rendition: Rendition) -> "_Carriers":
        return _Carriers(rendition, self.bare)

    def _claim_id(self, rendition: RenditionId, span: Span) -> ClaimId:
        return ClaimId(keyed_id("c", self._key, rendition, span.start, span.end))

    def named(self, document: DocumentId) -> tuple[Rendition, tuple[LocalEntity, ...]]:
        """Return the newest text of a document that is held, with who and what it names."""
        rendition = next(self.bare_of(document))
        reading = self._whole_reading(rendition)
        return rendition, reading.entities if reading else ()

    def named_at(self, place: Place) -> tuple[DocumentId, str] | None:
        """Return the named thing whose name stands at a place, None where none does today."""
        document, now = self.document_at(place), self.now_at(place)
        if document is None or now is None:
            return None
        found = {
            entity.id: max((span.overlap(now.span) for span in entity.mentions), default=0)
            for entity in self.named(document)[1]
        }
        local = max(found, key=lambda id_: (found[id_], id_), default=None)
        return (document, local) if local is not None and found[local] else None

    def samenesses(self, document: DocumentId) -> Iterator[Placed]:
        """Yield what people ruled of names in ``document``, where the words are still names."""
        rows = self._db.execute(
            "SELECT r.entry FROM rulings r JOIN ruled d ON d.entry = r.entry WHERE d.document = ?",
            (document,),
        ).fetchall()
        for (entry,) in rows:
            payload = self._ledger.entry(EntryId(entry)).payload
            ruling = bodies.ruling(payload) if payload else None
            if isinstance(ruling, Sameness) and not ruling.withdrawn:
                a, b = self.named_at(ruling.a), self.named_at(ruling.b)
                if a is not None and b is not None and a != b:
                    yield Placed(ruling.id, ruling.same, a, b)


class _Carriers(dict[RenditionId, Carrier]):
    """The ways from the renditions of a document to one of them, each made when first asked."""

    def __init__(self, new: Rendition, bare: Callable[[RenditionId], Rendition]) -> None:
        super().__init__({new.id: Carrier(new, new)})
        self._new, self._bare = new, bare

    def __missing__(self, old: RenditionId) -> Carrier:
        self[old] = carrier = Carrier(self._bare(old), self._new)
        return carrier
