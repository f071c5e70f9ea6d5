"""What do claims come to, weighed with those that they are connected with?

The claims of documents and the components that they make: a component is weighed again, whole,
when one of its claims or what is known around them changed. Its events, conflicts and near
misses stand under its name, the least id of its claims; what a text says against itself stands
under the document. Of a component with hidden claims a viewer is given what the visible ones
come to by themselves, which is worked out when it is asked for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Protocol

import msgspec

from tawatur.ledger import Store
from tawatur.model.claim import Claim, Status
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.picture import Picture
from tawatur.node.given import ANY_TIME, Period
from tawatur.node.indexing import orders
from tawatur.node.indexing.abreast import Abreast, Work
from tawatur.node.indexing.derived import Derived
from tawatur.node.indexing.families import Families
from tawatur.node.indexing.graph import Changes, Graph, Tie
from tawatur.node.indexing.identity import OPEN, Identities, Seen, Veil
from tawatur.node.indexing.material import Material, Rows, spoken, unpacked, weighed_rows
from tawatur.node.indexing.rows import rows_of, value
from tawatur.node.indexing.standings import Standings
from tawatur.node.indexing.veils import Otherwise, Veils
from tawatur.node.indexing.waiting import Waiting
from tawatur.weighing.events import ClaimPrint
from tawatur.weighing.oppositions import print_link

AT_ONCE = 16
"""Nodes of a graph that are compared in one go, and claims that are weighed: what is loaded for one
may serve another, and to hand a process its work costs what ten small components do."""
_WEIGHED = ("events", "bars", "conflicts", "near")
"""The tables of what components of claims come to."""
_NUMBER = "(SELECT number FROM claims WHERE id = ?)"
_NEXT_STEP = "(SELECT coalesce(max(value), 0) + 1 FROM meta WHERE key = 'worked')"
"""What the count of steps is when this transaction ends, at least."""


class Components:
    """The claims of an open index, and what they come to; the caller holds the transaction."""

    def __init__(
        self,
        db: Store,
        key: bytes,
        families: Families,
        identities: Identities,
        waiting: Waiting,
        standings: Standings,
        abreast: Abreast,
    ) -> None:
        """Read nothing yet.

        Args:
            db: The open index.
            key: The node's id key.
            families: Which documents hold one text.
            identities: Who the names of documents are.
            waiting: What waits for review, kept by component.
            standings: What sources are weighed by, kept by component.
            abreast: Where many components are weighed.
        """
        self._db, self._key = db, key
        self._families, self._identities = families, identities
        self._waiting, self._standings, self._abreast = waiting, standings, abreast
        self._veils = Veils()
        self.graph: Graph[ClaimPrint] = Graph(db, "events_of", self._claim_prints, _one_event)

    # ------------------------------------------------------------ claims

    def claims(self, claims: Collection[str]) -> dict[str, Claim]:
        """Return those of ``claims`` that there are."""
        rows = rows_of(self._db, "SELECT id, body FROM claims WHERE id", claims)
        return {i: msgspec.msgpack.decode(body, type=Claim) for i, body in rows}

    def in_document(self, document: DocumentId) -> Iterator[Claim]:
        """Yield the claims in force of a document, by place."""
        rows = self._db.execute(
            "SELECT body FROM claims WHERE document = ? ORDER BY start, id", (document,)
        ).fetchall()
        for (body,) in rows:
            yield msgspec.msgpack.decode(body, type=Claim)

    def told(
        self,
        words: Collection[Collection[tuple[str, ...]]],
        period: Period,
        status: Status | None = None,
    ) -> list[tuple[str, int, str]]:
        """Return document, place and id of the claims in force that fit, in no order.

        Args:
            words: What a claim, its names and its sources hold, all of them: of each word the
                stems of one of its spellings.
            period: When it may be set.
            status: Which status it has.
        """
        tests: list[str] = []
        values: list[object] = []
        if words:
            tests.append("number IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)")
            values.append(" AND ".join(map(_one_of, words)))
        if period != ANY_TIME:
            tests.append("last >= ? AND first <= ?")
            values += period.days
        if status is not None:
            tests.append("status = ?")
            values.append(status)
        query = f"SELECT document, start, id FROM claims WHERE {' AND '.join(tests)}"
        return list(self._db.execute(query, values).fetchall())

    def former(self, document: DocumentId) -> tuple[Claim, ...]:
        """Return the claims of a document that a newer text of it replaced, by place."""
        rows = self._db.execute("SELECT body FROM former WHERE document = ?", (document,))
        found = (msgspec.msgpack.decode(body, type=Claim) for (body,) in rows)
        return tuple(sorted(found, key=lambda claim: (claim.rendition, claim.span, claim.id)))

    def claim(self, id: ClaimId) -> Claim:  # noqa: A002 - the model's word
        """Return one claim, in force or replaced, by its whole id; KeyError if there is none."""
        body = value(self._db, "SELECT body FROM former WHERE id = ?", id)
        return msgspec.msgpack.decode(body, type=Claim) if body else self.claims([id])[id]

    def of_documents(self, documents: Iterable[str]) -> set[str]:
        """Return the ids of the claims in force of documents."""
        return {
            row[0]
            for document in documents
            for row in self._db.execute("SELECT id FROM claims WHERE document = ?", (document,))
        }

    def together_with(self, claims: Collection[str]) -> set[str]:
        """Return the claims that were weighed together with some of ``claims``."""
        query = "SELECT DISTINCT component FROM claims WHERE id"
        components = {row[0] for row in rows_of(self._db, query, claims)} - {None}
        return {
            row[0] for row in rows_of(self._db, "SELECT id FROM claims WHERE component", components)
        }

    def put(self, new: Derived) -> None:
        """Put the claims of a document, and what its text says against itself, in place."""
        document = new.document
        self._db.execute("DELETE FROM former WHERE document = ?", (document,))
        self._db.executemany(
            "INSERT INTO former VALUES (?, ?, ?)", [(i, document, body) for i, body in new.former]
        )
        rows = self._db.execute(
            "SELECT id, body, urgency FROM claims WHERE document = ?", (document,)
        )
        old = {id_: (body, urgency) for id_, body, urgency in rows}
        now = {claim.id: (claim.body, claim.urgency) for claim in new.claims}
        gone = [id_ for id_, held in old.items() if now.get(id_) != held]
        fresh = [claim for claim in new.claims if old.get(claim.id) != now[claim.id]]
        self._drop_components(gone)
        for statement in (
            f"DELETE FROM claim_prints WHERE number = {_NUMBER}",
            f"DELETE FROM claim_words WHERE rowid = {_NUMBER}",
            f"DELETE FROM unsettled WHERE number = {_NUMBER}",
            "DELETE FROM claims WHERE id = ?",
        ):
            self._db.executemany(statement, [(i,) for i in gone])
        self._db.executemany(
            "INSERT INTO claims(id, document, start, status, type, read, urgency, missing, "
            "first, last, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (c.id, document, c.start, c.status, c.type, c.read, c.urgency, c.missing)
                + (c.days or (None, None))
                + (c.body,)
                for c in fresh
            ],
        )
        self._db.executemany(
            f"INSERT INTO claim_words(rowid, stems) VALUES ({_NUMBER}, ?)",
            [(c.id, c.stems) for c in fresh],
        )
        self._db.executemany(
            f"INSERT INTO claim_prints VALUES ({_NUMBER}, ?)", [(c.id, c.print) for c in fresh]
        )
        # What a text says against itself stands under the document, as an event under a claim.
        for table in ("conflicts", "near"):
            self._db.execute(f"DELETE FROM {table} WHERE component = ?", (document,))
        self._keep([(document, {"conflicts": new.conflicts, "near": new.near})])
        self.link(set(), self.graph.change(gone, {c.id: c.keys for c in fresh}))

    # ------------------------------------------------------------ what has to be weighed again

    def mark(self, claims: Iterable[str]) -> None:
        """Note claims whose components have to be weighed again."""
        marked = "INSERT OR IGNORE INTO unsettled SELECT number FROM claims WHERE id = ?"
        self._db.executemany(marked, [(each,) for each in claims])

    def link(self, claims: Collection[str], changes: Changes) -> None:
        """Note the components of claims that were compared, and of those linked otherwise now."""
        self.mark({*claims, *changes.ends})

    def unsettled(self, most: int) -> list[str]:
        """Return the first of the claims that are marked: what came together lies together."""
        query = "SELECT id FROM unsettled JOIN claims USING (number) ORDER BY number LIMIT ?"
        return [row[0] for row in self._db.execute(query, (most,))]

    def unsettled_among(self, claims: Collection[str]) -> set[str]:
        """Return those of ``claims`` that are marked."""
        query = "SELECT id FROM unsettled JOIN claims USING (number) WHERE id"
        return {row[0] for row in rows_of(self._db, query, claims)}

    def weigh_again(self, seeds: Collection[str]) -> None:
        """Work the components of claims that hold ``seeds`` out again."""
        self.keep(self.weighing(seeds))

    def weighing(self, seeds: Collection[str]) -> Work[tuple[list[str], dict[str, Rows]]]:
        """Begin to weigh the components of claims that hold ``seeds``; nothing is written.

        Of each come its claims, in order, and what they come to.
        """
        held = {row[0] for row in rows_of(self._db, "SELECT id FROM claims WHERE id", seeds)}
        # The largest first: nobody waits at the end for one that was begun late.
        components = sorted(map(sorted, self.graph.components(held)), key=len, reverse=True)
        parts = list(_together(components))
        found = self._abreast.each(_weighed, parts, len(components))
        rows = (rows for part in found for rows in part)
        return Work({*seeds, *chain(*components)}, zip(components, rows, strict=True))

    def keep(self, work: Work[tuple[list[str], dict[str, Rows]]]) -> None:
        """Keep what components come to, in place of what their claims came to."""
        found = list(work.found)
        members = {claim: component[0] for component, _ in found for claim in component}
        self._drop_components(members)
        self._keep([(of[0], rows) for of, rows in found])
        for of, rows in found:
            self._waiting.keep(of[0], rows["waiting"])
            self._standings.keep(of[0], rows["standings"])
        self._db.executemany(
            "UPDATE claims SET component = ? WHERE id = ?",
            [(name, claim) for claim, name in members.items()],
        )
        self._db.executemany(
            f"DELETE FROM unsettled WHERE number = {_NUMBER}", [(i,) for i in work.settles]
        )

    def weighed(self, components: Iterable[Collection[str]]) -> list[dict[str, Rows]]:
        """Return what each of some components of claims comes to, as the tables hold it."""
        return [self.weighed_rows(self.material(claims)) for claims in components]

    def veiled(self, components: Iterable[Collection[str]], veil: Veil) -> Iterator[Picture]:
        """Return the pictures of several sets of claims, each alone; see `material`."""
        return map(unpacked, self.veiled_rows(components, veil))

    def veiled_rows(
        self, components: Iterable[Collection[str]], veil: Veil
    ) -> Iterator[Mapping[str, Rows]]:
        """Return them packed, by the table that would keep them."""
        seen: Seen = {}
        return self._renewed().pictures(
            map(frozenset, components),
            veil,
            lambda claims: self.material(claims, veil, seen),
            lambda materials: self._abreast.each(_weighed_rows, materials, len(materials)),
        )

    def otherwise(self, veil: Veil) -> Otherwise:
        """Return the components with hidden claims, and those seen otherwise for what is hidden.

        In these a name is another's, or a document is of another family. With each come its
        claims that may be seen.
        """
        return self._renewed().otherwise(veil, lambda: self._otherwise(veil))

    def _otherwise(self, veil: Veil) -> Otherwise:
        names = self._identities.seen_otherwise(veil)
        texts = self._families.seen_otherwise(veil.documents)
        documents = sorted(veil.documents | names | texts)
        return {
            component: frozenset(
                claim
                for claim, document in self._db.execute(
                    "SELECT id, document FROM claims WHERE component = ?", (component,)
                )
                if document not in veil.documents
            )
            for component in self.holding(documents)
        }

    def _renewed(self) -> Veils:
        """Return what is kept for viewers, without what no longer holds."""
        at = dict(self._db.execute("SELECT key, value FROM meta").fetchall())
        self._veils.renew((at.get("applied", 0), at.get("worked", 0)), at.get("erased", 0))
        return self._veils

    def holding(self, documents: Iterable[str]) -> dict[str, None]:
        """Return the components of the claims of documents, in the order in which they come."""
        query = "SELECT DISTINCT component FROM claims WHERE document = ?"
        return {
            component: None
            for document in documents
            for (component,) in self._db.execute(query, (document,)).fetchall()
            if component is not None
        }

    def material(
        self, claims: Collection[str], veil: Veil = OPEN, seen: Seen | None = None
    ) -> Material:
        """Return what weighing needs of ``claims`` alone, as if there were no others.

        Args:
            claims: Their ids.
            veil: Documents and rulings that count for nothing, a document not even as a copy
                between two others.
            seen: Who was found to be one behind this veil already; more is added.
        """
        hidden = veil.documents
        found = sorted(
            rows_of(self._db, "SELECT id, body, document, status FROM claims WHERE id", claims)
        )
        documents = {DocumentId(document) for _, _, document, _ in found}
        accepted = [i for i, _, _, status in found if status != Status.REJECTED]
        groups = self._groups(documents, hidden)
        return Material(
            claims=[body for _, body, _, _ in found],
            # Which pairs were compared may have turned on a hidden one.
            edges=[] if hidden else self.graph.edges({i for i, *_ in found}),
            prints=self._packed_prints(accepted) if len(accepted) > 1 else [],
            keys=[self.graph.keys(i) for i in accepted] if hidden and len(accepted) > 1 else [],
            families=groups,
            who=self._identities.who(documents, veil, seen),
            quotes=list(self._families.quotes(documents, groups, hidden)),
        )

    def beside(
        self, documents: Collection[DocumentId], veil: Veil = OPEN
    ) -> tuple[
        tuple[tuple[DocumentId, ...], ...],
        dict[tuple[DocumentId, str], EntityId],
        tuple[tuple[DocumentId, DocumentId], ...],
    ]:
        """Return what is weighed beside the claims of ``documents``, as seen behind ``veil``.

        Returns:
            The families that hold one of them, who each of their names stands for, and the
            pairs of them of which one quotes the other.
        """
        hidden = veil.documents
        groups = self._groups(documents, hidden)
        who = spoken(self._identities.who(documents, veil))
        return groups, who, self._families.quotes(documents, groups, hidden)

    def _groups(
        self, documents: Iterable[str], hidden: frozenset[str]
    ) -> tuple[tuple[DocumentId, ...], ...]:
        families = self._families.families(documents, hidden)
        return tuple(tuple(map(DocumentId, sorted(f))) for f in sorted(families, key=min))

    def _drop_components(self, claims: Iterable[str]) -> None:
        """Forget the events and conflicts of every component that ``claims`` were weighed in.

        Its other claims forget it too: of a component that came apart no part may drop what
        another part was given since, under the same name.
        """
        names = {
            row[0]
            for row in rows_of(self._db, "SELECT DISTINCT component FROM claims WHERE id", claims)
        }
        held = [(name,) for name in sorted(names - {None})]
        for table in _WEIGHED:
            self._db.executemany(f"DELETE FROM {table} WHERE component = ?", held)
        self._waiting.drop(held)
        self._standings.drop(held)
        self._db.executemany("UPDATE claims SET component = NULL WHERE component = ?", held)

    def _keep(
        self, found: Collection[tuple[str, Mapping[str, Iterable[tuple[str, bytes]]]]]
    ) -> None:
        """Keep rows by table, each under the name of what they were worked out from."""
        for table in _WEIGHED:
            kept = [(i, name, body) for name, rows in found for i, body in rows.get(table, ())]
            if table == "events":
                rows = [orders.row(*each) for each in kept]
                self._db.executemany(
                    "INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
                )
            else:
                values = f"?, ?, ?, {_NEXT_STEP}" if table == "bars" else "?, ?, ?"
                self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({values})", kept)

    def weighed_rows(self, material: Material) -> dict[str, Rows]:
        """Return the events and the conflicts of some claims, as the tables hold them."""
        return weighed_rows(material, self._key)

    def _packed_prints(self, claims: Collection[str]) -> Rows:
        """Return claims and their prints, in order of the ids."""
        query = "SELECT id, print FROM claims JOIN claim_prints USING (number) WHERE id"
        return sorted(rows_of(self._db, query, claims))

    def _claim_prints(self, claims: Collection[str]) -> Mapping[str, ClaimPrint]:
        return {i: _claim_print(body) for i, body in self._packed_prints(claims)}


class _Beside(Protocol):
    """The index of whichever process weighs."""

    components: Components


def _weighed(index: _Beside, components: Iterable[Collection[str]]) -> list[dict[str, Rows]]:
    return index.components.weighed(components)


def _weighed_rows(index: _Beside, material: Material) -> dict[str, Rows]:
    return index.components.weighed_rows(material)


def _together(components: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Yield components in their order, several in one go where they are small."""
    part: list[list[str]] = []
    for component in components:
        part.append(component)
        if sum(map(len, part)) >= AT_ONCE:
            yield part
            part = []
    if part:
        yield part


@lru_cache(maxsize=10_000)
def _claim_print(body: bytes) -> ClaimPrint:
    """Return a print as it was packed; what was told of late is compared with most often."""
    return msgspec.msgpack.decode(body, type=ClaimPrint)


def _one_event(a: ClaimPrint, b: ClaimPrint) -> Tie | None:
    edge = print_link(a, b)
    return None if edge is None else Tie(edge.strength)


def _one_of(spellings: Collection[tuple[str, ...]]) -> str:
    """Return what full-text search is asked for to find the stems of one of some spellings."""
    return "(" + " OR ".join(f"({_all_of(stems)})" for stems in spellings) + ")"


def _all_of(stems: Iterable[str]) -> str:
    return " AND ".join(f'"{stem}"' for stem in stems)
