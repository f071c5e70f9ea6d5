"""Who is one, kept as documents come and as people rule.

A graph over the spellings of names, and beside it what people ruled of single named things.
A change works out again the components that it touches: of spellings that are joined by
their letters, or by a ruling that two are one. Names meet by their spelling, not one by
one, so that a country which every document names is one node.

The tables are ``spellings``, ``named`` (their words and sounds, for search), ``locals`` (the
named things of each document), ``samenesses`` (rulings, with the named things that they are on
today), ``entity_nodes`` (the entity of each spelling, and of each thing ruled on) and those of
the graph ``names``.

What a viewer sees is worked out without the spellings that stand in hidden documents only,
and without rulings that this viewer may not see.

Known cost: all rulings on names are looked at with each document; they are as many as
people made.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import msgspec

from tawatur.ledger import Store
from tawatur.model.ids import DocumentId, EntityId, RulingId, keyed_id
from tawatur.model.picture import Entity, Reason
from tawatur.model.reading import EntityType
from tawatur.node.indexing.derived import NameRow
from tawatur.node.indexing.graph import Graph, Tie, schema
from tawatur.node.indexing.rows import rows_of
from tawatur.weighing import (
    Called,
    Group,
    LocalName,
    Node,
    Ruled,
    entity_of,
    groups,
    same_entity,
    whose,
)

LocalId: TypeAlias = tuple[DocumentId, str]
"""Document and local id of one named thing."""
Speaking: TypeAlias = tuple[dict[LocalId, EntityId], dict[EntityId, Called]]
"""The entity of each named thing that speaks, and what these entities are called."""
Seen: TypeAlias = dict[str, dict[Node, str]]
"""By spelling, the entities of all nodes of its component, as they are behind one veil."""

TABLES = """
;
CREATE TABLE spellings(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL)
    STRICT;
CREATE TABLE locals(document TEXT NOT NULL, local TEXT NOT NULL, spelling TEXT NOT NULL,
                    speaks INTEGER NOT NULL, PRIMARY KEY(document, local)) STRICT, WITHOUT ROWID;
CREATE INDEX locals_by_spelling ON locals(spelling, document);
CREATE TABLE samenesses(ruling TEXT PRIMARY KEY, same INTEGER NOT NULL, a_document TEXT NOT NULL,
                        a_local TEXT NOT NULL, b_document TEXT NOT NULL, b_local TEXT NOT NULL)
    STRICT;
CREATE TABLE entity_nodes(spelling TEXT NOT NULL, document TEXT NOT NULL, local TEXT NOT NULL,
                          entity TEXT NOT NULL, PRIMARY KEY(spelling, document, local))
    STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE named USING fts5(words, sounds, tokenize="unicode61 remove_diacritics 0")
""" + schema("names")

_MOST_FOUND = 100
"""Spellings that a search looks at."""

_WHO = """
SELECT l.spelling, l.local, coalesce(own.entity, whole.entity) FROM locals l
LEFT JOIN entity_nodes own
    ON (own.spelling, own.document, own.local) = (l.spelling, l.document, l.local)
LEFT JOIN entity_nodes whole
    ON (whole.spelling, whole.document, whole.local) = (l.spelling, '', '')
WHERE l.document = ? AND l.speaks = 1 ORDER BY l.local
"""
_SPEAKING = """
SELECT DISTINCT document FROM locals WHERE spelling = ?1 AND speaks = 1
AND (?2 IS NULL OR (document, local) = (?2, ?3))
"""
_HIDDEN_ALONE = """
SELECT DISTINCT spelling FROM locals l WHERE document IN (SELECT value FROM json_each(?1))
AND NOT EXISTS (SELECT 1 FROM locals o WHERE o.spelling = l.spelling
                AND o.document NOT IN (SELECT value FROM json_each(?1)))
"""


@dataclass(frozen=True, slots=True)
class Veil:
    """What a viewer may not see: whole documents, and rulings."""

    documents: frozenset[str] = frozenset()
    rulings: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Return whether anything is hidden."""
        return bool(self.documents or self.rulings)


OPEN = Veil()


@dataclass(frozen=True, slots=True)
class Placed:
    """A ruling on two named things, where its words stand in the newest texts."""

    ruling: RulingId
    same: bool
    a: LocalId
    b: LocalId

    @property
    def row(self) -> tuple[str | bool, ...]:
        """How the table holds it."""
        return (self.ruling, self.same, *self.a, *self.b)


@dataclass(frozen=True, slots=True)
class Known:
    """An entity with the named things of documents that are it, by document and local id."""

    entity: Entity
    members: tuple[LocalName, ...]


class Identities:
    """The entities in an open database; the caller holds the transaction."""

    def __init__(self, db: Store, key: bytes) -> None:
        """Return the entities in ``db``, in which `TABLES` were made; ``key`` is for ids."""
        self._db, self._key = db, key
        self.names: Graph[LocalName] = Graph(db, "names", self._spelled, _one_name)
        self._made: dict[frozenset[str], tuple[object, tuple[Known, ...]]] = {}

    def show(self, document: DocumentId, names: Sequence[NameRow], ruled: Iterable[Placed]) -> bool:
        """Put the named things of ``document``, and the rulings on them, in place of older ones.

        Args:
            document: Whose they are.
            names: Its named things, in order of their local ids.
            ruled: What people ruled of them.

        Returns:
            Whether anything is another; then spellings are fresh, and `settle` has to follow.
        """
        rows = [(document, each.local, each.spelling, each.speaks) for each in names]
        rulings = sorted({each.ruling: each for each in ruled}.values(), key=lambda e: e.ruling)
        held = self._db.execute(
            "SELECT document, local, spelling, speaks FROM locals WHERE document = ? ORDER BY 2",
            (document,),
        ).fetchall()
        if held == rows and [each.row for each in rulings] == self._rulings_on(document):
            return False
        touched = self._ruled_with(document)
        self._db.execute("DELETE FROM locals WHERE document = ?", (document,))
        self._db.executemany("INSERT INTO locals VALUES (?, ?, ?, ?)", rows)
        self._db.execute("DELETE FROM samenesses WHERE ? IN (a_document, b_document)", (document,))
        self._db.executemany(
            "INSERT OR REPLACE INTO samenesses VALUES (?, ?, ?, ?, ?, ?)",
            [each.row for each in rulings],
        )
        touched |= self._respelled(
            {row[2] for row in held}, {each.spelling: each for each in names}
        )
        touched |= self._ruled_with(document)
        self.names.renew(self._held(touched))
        return True

    def spellings(self, documents: Iterable[str]) -> set[str]:
        """Return how the named things of documents are spelled."""
        rows = rows_of(self._db, "SELECT DISTINCT spelling FROM locals WHERE document", documents)
        return {row[0] for row in rows}

    def _rulings_on(self, document: DocumentId) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._db.execute(
            "SELECT * FROM samenesses WHERE ? IN (a_document, b_document) ORDER BY ruling",
            (document,),
        ).fetchall()
        return found

    def _ruled_with(self, document: DocumentId) -> set[str]:
        """Return the spellings of both sides of every ruling on ``document``."""
        return {
            node[0]
            for each in self._ruled(OPEN)
            if document in (each.a[1], each.b[1])
            for node in each.pair
        }

    def _respelled(self, before: set[str], now: Mapping[str, NameRow]) -> set[str]:
        """Bring the graph up to date where a document has other spellings.

        Returns:
            The spellings that lost a neighbour.
        """
        held = set(self._held(before | set(now)))
        left = {
            spelling
            for (spelling,) in self._db.execute(
                "SELECT spelling FROM locals WHERE spelling IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(before - set(now))),),
            )
        }
        gone = sorted(before - set(now) - left)
        rows = [(each,) for each in gone]
        self._db.executemany(
            "DELETE FROM named WHERE rowid = (SELECT number FROM spellings WHERE id = ?)", rows
        )
        self._db.executemany("DELETE FROM spellings WHERE id = ?", rows)
        self._db.executemany("DELETE FROM entity_nodes WHERE spelling = ?", rows)
        new = {spelling: row for spelling, row in now.items() if spelling not in held}
        self._db.executemany(
            "INSERT INTO spellings(id, body) VALUES (?, ?)",
            [(each, row.body) for each, row in new.items()],
        )
        self._db.executemany(
            "INSERT INTO named(rowid, words, sounds) "
            "SELECT number, ?, ? FROM spellings WHERE id = ?",
            [(row.words, row.sounds, each) for each, row in new.items()],
        )
        return self.names.change(gone, {each: row.keys for each, row in new.items()}).ends

    def _held(self, spellings: Iterable[str]) -> list[str]:
        """Return those of ``spellings`` that a document has."""
        rows = self._db.execute(
            "SELECT id FROM spellings WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(spellings)),),
        )
        return [row[0] for row in rows]

    def settle(self, seeds: Iterable[str]) -> set[str]:
        """Give the components of spellings that hold ``seeds`` their entities.

        Returns:
            Documents of which one speaks wherever two were one before, or one is two: what an
            entity is called changes no count of roots. Of those that became one all but the
            largest, of one that came apart all parts but the largest.
        """
        everything = self._ruled(OPEN)
        held = self._held(seeds)
        now: dict[Node, str] = {}
        before: dict[Node, str] = {}
        for component in self._components(held, everything):
            for group in self._groups(component, everything):
                now |= dict.fromkeys(group.nodes, group.id(self._key))
            before |= self._entity_nodes(component)
        changed = {node for node in {*now, *before} if now.get(node) != before.get(node)}
        self._db.executemany(
            "DELETE FROM entity_nodes WHERE (spelling, document, local) = (?, ?, ?)",
            map(_row, changed),
        )
        self._db.executemany(
            "INSERT INTO entity_nodes VALUES (?, ?, ?, ?)",
            [(*_row(node), now[node]) for node in changed & set(now)],
        )
        return {
            row[0]
            for node in _moved(before, now)
            for row in self._db.execute(_SPEAKING, (*node, *(None, None))[:3])
        }

    def _entity_nodes(self, component: Iterable[str]) -> dict[Node, str]:
        query = "SELECT document, local, entity FROM entity_nodes WHERE spelling = ?"
        return {
            (spelling, document, local) if document else (spelling,): entity
            for spelling in component
            for document, local, entity in self._db.execute(query, (spelling,))
        }

    def known(self, veil: Veil = OPEN) -> tuple[Known, ...]:
        """Return who and what documents name that are not hidden, in order of id."""
        held: dict[str, list[LocalId]] = defaultdict(list)
        unseen: set[str] = set()
        for spelling, document, local in self._db.execute(
            "SELECT spelling, document, local FROM locals ORDER BY document, local"
        ):
            if document in veil.documents:
                unseen.add(spelling)
            else:
                held[spelling].append((document, local))
        ruled = self._ruled(veil)
        components = self._components(held, ruled, frozenset(unseen - set(held)))
        made, self._made = self._made, {}
        found: list[Known] = []
        for component in map(frozenset, components):
            of = (
                [(spelling, *held[spelling]) for spelling in sorted(component)],
                self.names.reasons(component),
                [each for each in ruled if each.a[0] in component or each.b[0] in component],
            )
            last, entities = made.get(component, (None, ()))
            if last != of:  # else nothing has come to it or gone since the last time
                entities = tuple(self._entities(component, held, ruled))
            self._made[component] = of, entities
            found += entities
        return tuple(sorted(found, key=lambda known: known.entity.id))

    def _entities(
        self,
        component: Collection[str],
        held: Mapping[str, Iterable[LocalId]],
        ruled: Iterable[Ruled],
    ) -> Iterator[Known]:
        """Yield the entities of one component."""
        nodes: list[Node] = [(spelling, *each) for spelling in component for each in held[spelling]]
        spelled = self._spelled(component)
        members: dict[Group, list[LocalName]] = defaultdict(list)
        for node, group in zip(nodes, whose(nodes, self._groups(component, ruled)), strict=True):
            it = spelled[node[0]]
            place = DocumentId(node[1]), node[2]
            members[group].append(
                LocalName(*place, it.type, it.name, it.language, it.known, it.short)
            )
        for group, names in members.items():
            names.sort(key=lambda name: name.place)
            yield Known(entity_of(group.id(self._key), names, group.why), tuple(names))

    def found(self, query: str, veil: Veil = OPEN) -> tuple[Known, ...]:
        """Return those of `known` of whose names one has all words of ``query``, in order of id.

        A word may be the beginning of one of the name, or sound like it in another script.
        """
        fitting = self._db.execute(
            "SELECT s.id FROM named n JOIN spellings s ON s.number = n.rowid "
            "WHERE named MATCH ? ORDER BY s.number",
            (query,),
        )
        # The first that may be seen: what is hidden takes nobody's place.
        seen = (id_ for (id_,) in fitting if not veil.documents or self._places(id_, veil))
        spellings = set(islice(seen, _MOST_FOUND))
        ruled = self._ruled(veil)
        around = {s for part in self._components(spellings, ruled) for s in part}
        held = {spelling: self._places(spelling, veil) for spelling in around}
        unseen = frozenset(spelling for spelling, places in held.items() if not places)
        components = self._components(around - unseen, ruled, unseen)
        of_spellings = {
            known.entity.id: known
            for each in components
            if spellings & each
            for known in self._entities(each, held, ruled)
        }
        return tuple(of_spellings[id_] for id_ in sorted(of_spellings))

    def _places(self, spelling: str, veil: Veil) -> list[tuple[DocumentId, str]]:
        """Return where a spelling stands that may be seen: document and local id, in order."""
        rows = self._db.execute(
            "SELECT document, local FROM locals WHERE spelling = ? ORDER BY 1, 2", (spelling,)
        )
        return [(DocumentId(d), local) for d, local in rows if d not in veil.documents]

    def rulings(self, veil: Veil = OPEN) -> tuple[Placed, ...]:
        """Return what people ruled of names, where the words stand today, in order of id."""
        found = (
            Placed(each.ruling, each.same, _place(each.a), _place(each.b))
            for each in self._ruled(veil)
        )
        return tuple(sorted(found, key=lambda placed: placed.ruling))

    def who(
        self, documents: Iterable[str], veil: Veil = OPEN, seen: Seen | None = None
    ) -> dict[str, dict[str, str]]:
        """Return who the names are that speak in ``documents``, by document and local id.

        An entity goes by the first place here that names it, so that documents elsewhere, which
        may give it another id, change nothing here.

        Args:
            documents: Whose names.
            veil: What counts for nothing.
            seen: What was found behind this veil already, to which more is added.
        """
        seen = {} if seen is None else seen
        first: dict[str, str] = {}
        who: dict[str, dict[str, str]] = {}
        for document in sorted(documents):
            rows = self._db.execute(_WHO, (document,)).fetchall()
            if veil:
                self._see({row[0] for row in rows} - set(seen), veil, seen)
            for spelling, local, known in rows:
                place = f"{document} {local}"
                at: dict[Node, str] = seen[spelling] if veil else {(spelling,): known}
                entity = at.get((spelling, document, local)) or at.get((spelling,)) or place
                who.setdefault(document, {})[local] = first.setdefault(entity, place)
        return who

    def speaking(self, veil: Veil = OPEN) -> Speaking:
        """Return the entity of each named thing that speaks, and what these entities are called.

        An entity is called as it is most often, and is what it is most often taken for.
        """
        nodes, held = self._nodes(veil), self._counts(veil)
        who: dict[LocalId, EntityId] = {}
        spelled: dict[str, Counter[str]] = defaultdict(Counter)
        for spelling, at in nodes.items():
            for node, entity in at.items():
                # Named things that are ruled on are nodes of their own.
                alone = len(node) > 1
                spelled[entity][spelling] += 1 if alone else held[spelling] - len(at) + 1
        for document, local, spelling in self._db.execute(
            "SELECT document, local, spelling FROM locals WHERE speaks = 1"
        ):
            if document not in veil.documents:
                place = DocumentId(document), local
                at = nodes.get(spelling, {})
                found = at.get((spelling, *place)) or at.get((spelling,))
                if found is None:  # its spelling joins no two documents
                    found = keyed_id("e", self._key, *place)
                    spelled[found][spelling] += 1
                who[place] = EntityId(found)
        return who, {entity: _called(spelled[entity]) for entity in set(who.values())}

    def _nodes(self, veil: Veil) -> Seen:
        """Return the entities of all nodes by spelling, as they are behind ``veil``."""
        found: Seen = {}
        for spelling, document, local, entity in self._db.execute("SELECT * FROM entity_nodes"):
            node = (spelling, document, local) if document else (spelling,)
            found.setdefault(spelling, {})[node] = entity
        seen: Seen = {}
        self._see(set[str]().union(*self._otherwise(veil)), veil, seen)
        return found | {
            spelling: {node: entity for node, entity in at.items() if node[0] == spelling}
            for spelling, at in seen.items()
        }

    def _counts(self, veil: Veil) -> Counter[str]:
        """Return how many named things have each spelling, those of hidden documents left out."""
        counts = "SELECT spelling, count(*) FROM locals"
        held = Counter(dict(self._db.execute(f"{counts} GROUP BY spelling")))
        hidden = json.dumps(sorted(veil.documents))
        within = "WHERE document IN (SELECT value FROM json_each(?))"
        held.subtract(dict(self._db.execute(f"{counts} {within} GROUP BY spelling", (hidden,))))
        return held

    def _otherwise(self, veil: Veil) -> list[set[str]]:
        """Return the components of spellings that may be other ones behind ``veil``.

        Those with a spelling that stands in hidden documents alone, or with a hidden ruling.
        """
        if not veil:
            return []
        rows = self._db.execute(_HIDDEN_ALONE, (json.dumps(sorted(veil.documents)),))
        everything, ruled = self._ruled(OPEN), self._ruled(veil)
        without = {node[0] for each in set(everything) - set(ruled) for node in each.pair}
        return self._components({row[0] for row in rows} | without, everything)

    def _see(self, spellings: set[str], veil: Veil, seen: Seen) -> None:
        """Add the entities of the components that hold ``spellings``, as far as may be seen."""
        if not spellings:
            return
        ruled = self._ruled(veil)
        for part in self._seen(spellings, veil):
            found: dict[Node, str] = {}
            for group in self._groups(part, ruled):
                found |= dict.fromkeys(group.nodes, group.id(self._key))
            seen |= dict.fromkeys(part, found)
        for each in spellings:
            seen.setdefault(each, {})

    def seen_otherwise(self, veil: Veil) -> set[str]:
        """Return the documents whose named things are other entities behind ``veil``.

        A hidden document, or a ruling that may not be seen, joins what is two for this viewer,
        or parts what is one.
        """
        found: set[str] = set()
        everything, ruled = self._ruled(OPEN), self._ruled(veil)
        for component in self._otherwise(veil):
            whole = len(self._groups(component, everything))
            seen = self._seen(component, veil)
            if seen and whole + sum(len(self._groups(part, ruled)) for part in seen) > 2:
                found |= self._documents(component)
        return found - veil.documents

    def _seen(self, spellings: Iterable[str], veil: Veil) -> list[set[str]]:
        """Return the components that hold ``spellings``, as far as they may be seen."""
        around = {s for part in self._components(spellings, self._ruled(OPEN)) for s in part}
        unseen = {spelling for spelling in around if self._documents([spelling]) <= veil.documents}
        return self._components(around - unseen, self._ruled(veil), frozenset(unseen))

    # ------------------------------------------------------------ components of spellings

    def _components(
        self, seeds: Iterable[str], ruled: Iterable[Ruled], without: frozenset[str] = frozenset()
    ) -> list[set[str]]:
        """Return the components of spellings that hold ``seeds``, each once.

        No path goes through a spelling in ``without``.
        """
        linked: dict[str, set[str]] = defaultdict(set)
        for each in ruled:
            if each.same:
                linked[each.a[0]].add(each.b[0])
                linked[each.b[0]].add(each.a[0])
        found: list[set[str]] = []
        seen: set[str] = set()
        for seed in sorted(seeds):
            if seed not in seen:
                component, todo = {seed}, [seed]
                while todo:
                    node = todo.pop()
                    fresh = (self.names.neighbours(node) | linked[node]) - component - without
                    component |= fresh
                    todo.extend(fresh)
                seen |= component
                found.append(component)
        return found

    def _groups(self, component: Collection[str], ruled: Iterable[Ruled]) -> tuple[Group, ...]:
        edges = [
            (a, b, msgspec.json.decode(why, type=Reason))
            for a, b, why in self.names.reasons(component)
        ]
        return groups(self._spelled(component), edges, ruled)

    def _ruled(self, veil: Veil) -> list[Ruled]:
        """Return the rulings that may be seen, on documents that may be, with the spellings."""
        rows = self._db.execute(
            "SELECT s.ruling, s.same, a.spelling, a.document, a.local, b.spelling, b.document, "
            "b.local FROM samenesses s "
            "JOIN locals a ON (a.document, a.local) = (s.a_document, s.a_local) "
            "JOIN locals b ON (b.document, b.local) = (s.b_document, s.b_local)"
        )
        return [
            Ruled(RulingId(row[0]), row[2:5], row[5:8], bool(row[1]))
            for row in rows
            if row[0] not in veil.rulings and veil.documents.isdisjoint((row[3], row[6]))
        ]

    def _documents(self, spellings: Iterable[str]) -> set[str]:
        query = "SELECT DISTINCT document FROM locals WHERE spelling = ?"
        return {row[0] for spelling in spellings for row in self._db.execute(query, (spelling,))}

    def _spelled(self, spellings: Collection[str]) -> dict[str, LocalName]:
        found = {}
        for spelling in sorted(spellings):
            body = self._one("SELECT body FROM spellings WHERE id = ?", spelling)
            if body is not None:
                found[spelling] = msgspec.msgpack.decode(body, type=LocalName)
        return found

    def _one(self, query: str, *parameters: Any) -> Any:
        row = self._db.execute(query, parameters).fetchone()
        return row[0] if row else None


def _called(spelled: Mapping[str, int]) -> Called:
    """Return what an entity is called that is spelled so, and so often."""
    names: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for spelling, count in spelled.items():
        type_, name, *_ = msgspec.json.decode(spelling)
        names[name] += count
        types[type_] += count
    name = min(names, key=lambda each: (-names[each], -len(each), each))
    return Called(name, min(types, key=lambda each: (-types[each], each)) == EntityType.PERSON)


def _place(node: Node) -> LocalId:
    return DocumentId(node[1]), node[2]


def _row(node: Node) -> Node:
    """Return how the table names a node: a spelling as a whole has no document."""
    return node if len(node) > 1 else (*node, "", "")


def _moved(before: Mapping[Node, str], now: Mapping[Node, str]) -> set[Node]:
    """Return the nodes that are with others now than they were with; of each group not all.

    One of a spelling was with the spelling as a whole until it was ruled on, if that joins.
    """

    def entity(node: Node, of: Mapping[Node, str]) -> str:
        return of.get(node) or of.get(node[:1]) or " ".join(node)

    went = {
        node: (entity(node, before), entity(node, now))
        for node in {*before, *now}
        if node in before or len(node) > 1
    }
    largest = sorted((count, pair) for pair, count in Counter(went.values()).items())
    main_part = {old: new for _, (old, new) in largest}
    main_source = {new: old for _, (old, new) in largest}
    return {
        node
        for node, (old, new) in went.items()
        if main_part[old] != new or main_source[new] != old
    }


def _one_name(a: LocalName, b: LocalName) -> Tie | None:
    why = same_entity(*sorted((a, b), key=lambda name: name.document))
    return None if why is None else Tie(1.0, msgspec.json.encode(why).decode())
