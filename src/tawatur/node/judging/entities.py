"""Who and what reports name: one entry each, what was found of it, and what people rule of it.

An entity is worked out; what a person says of two of them is a ruling on the words of two
texts, one mention of each (decision 16). Of a natural person nothing is counted: the entry
lists what others said of them and they of others, each with its chain.

Known cost: an entry looks into the texts that name it, the latest `MOST_DOCUMENTS` of them.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.model.claim import Claim, Status
from tawatur.model.ids import DocumentId, RulingId
from tawatur.model.label import Viewer
from tawatur.model.moment import Moment
from tawatur.model.picture import Entity, RelationKind
from tawatur.model.reading import EntityType, EventType, Polarity, Role
from tawatur.model.ruling import Place, Sameness
from tawatur.model.span import Span
from tawatur.node.indexing.identity import Known, LocalId, Placed
from tawatur.node.indexing.words import Query, stems
from tawatur.node.judging.rulings import Rulings
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import Cited, DocumentLine, RulingLine
from tawatur.weighing import LocalName, acts_for, components, relations
from tawatur.weighing.events import moment

FEW_DOCUMENTS = 3
"""Texts that are looked into for the functions of a candidate."""

MOST_DOCUMENTS = 200
"""Texts that an entry looks into for functions, claims and relations."""


@dataclass(frozen=True, slots=True)
class NameLine:
    """One form of a name: its script as Unicode calls it, and when it was first and last seen.

    Dates are EDTF, of publication where that is known.
    """

    text: str
    script: str
    language: str
    first: str
    last: str
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """What a text calls a person, where, and when that was published (EDTF)."""

    words: str
    when: str
    place: Place
    document: DocumentId


@dataclass(frozen=True, slots=True)
class RelationLine:
    """What a claim says that ties two entities; ``a`` does it to ``b``.

    The id is that of the entity whose entry it stands in, a stroke, and its number there;
    ``words`` are those that say so, in the claim's text.
    """

    id: str
    kind: RelationKind
    a: Entity
    b: Entity
    claim: Claim
    words: Span


@dataclass(frozen=True, slots=True)
class Through:
    """What another did, and what counts as done by the entity through one claim that ties them."""

    relation: RelationLine
    deeds: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity with all that was found of it; lists in order of publication.

    ``by`` are claims that it made or passed on, ``about`` those in which it takes part or
    which happen there. ``through`` is what others did for it; of a person there is none.
    ``unseen`` counts the documents that were not looked into.
    """

    entity: Entity
    names: tuple[NameLine, ...]
    documents: tuple[DocumentLine, ...]
    functions: tuple[FunctionLine, ...]
    by: tuple[Claim, ...]
    about: tuple[Claim, ...]
    relations: tuple[RelationLine, ...]
    through: tuple[Through, ...]
    rulings: tuple[RulingLine, ...]
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be one with an entity: names with script and language, and what texts call it.

    ``functions`` are those of its latest `FEW_DOCUMENTS` documents. ``apart`` is the ruling that
    the two are not one: while it holds they are not made one.
    """

    entity: Entity
    scripts: tuple[str, ...]
    functions: tuple[str, ...]
    apart: RulingLine | None


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of one node; `Node.who` is where the doors find it."""

    rulings: Rulings
    sight: Callable[[Viewer | None], Sight]

    def all(
        self,
        *,
        type: EntityType | None = None,  # noqa: A002 - the field's word
        about: str | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Entity, ...]:
        """Return who and what is named, by name: nobody is ranked.

        Args:
            type: Only of this kind.
            about: Words that one of the names must hold.
            viewer: Whose picture it is.
        """
        wanted = frozenset(stems(about or ""))
        return tuple(
            entity
            for entity in self.sight(viewer).entities()
            if type in (None, entity.type)
            and any(wanted <= set(stems(name.text)) for name in entity.names)
        )

    def view(self, given: str, *, viewer: Viewer | None = None) -> EntityView:
        """Return one entity with what was found of it, by its id or the beginning of it.

        Raises:
            UnknownIdError: None that may be seen.
            AmbiguousIdError: Several begin so.
        """
        sight = self.sight(viewer)
        everyone = sight.known()
        known = sight.entity(given)
        lines = sorted(map(sight.line, known.entity.documents), key=_when_of)
        seen = lines[-MOST_DOCUMENTS:]
        entity_at = {name.place: each.entity for each in everyone for name in each.members}
        places = {name.place for name in known.members}
        told = [claim for line in seen for claim in _in_force(sight, line.id)]
        about = tuple(claim for claim in told if places & set(_named_in(claim)))
        on = {ruling.ruling for ruling in sight.samenesses() if {ruling.a, ruling.b} & places}
        ties = enumerate(_relations(sight, told, places, entity_at), 1)
        tied = tuple(RelationLine(f"{known.entity.id}/{n}", *tie) for n, tie in ties)
        return EntityView(
            entity=known.entity,
            names=tuple(_names(sight, known, lines, seen)),
            documents=tuple(lines),
            functions=tuple(_functions(sight, known, seen)),
            by=tuple(claim for claim in told if places & set(_speakers(claim))),
            about=about,
            relations=tied,
            through=tuple(_through(sight, known.entity, tied, everyone)),
            rulings=tuple(r for r in self.rulings.lines(viewer=viewer) if r.ruling.id in on),
            unseen=len(lines) - len(seen),
        )

    def candidates(
        self, given: str, typed: str, *, limit: int = 8, viewer: Viewer | None = None
    ) -> tuple[Candidate, ...]:
        """Return who else has a name with the words typed, in whichever script, by name.

        Args:
            given: The id of the entity that they may be one with.
            typed: Words of a name, the last of them perhaps its beginning only; or an id.
            limit: How many at most.
            viewer: Whose picture it is.

        Raises:
            UnknownIdError: There is no such entity, or none that may be seen.
        """
        sight = self.sight(viewer)
        one = sight.entity(given)
        query = Query.parse(typed, typing=True)
        fits = [*_by_id(sight, typed), *(sight.named_like(query.names) if query.terms else ())]
        others = {each.entity.id: each for each in fits if each.entity.id != one.entity.id}
        if not others:
            return ()
        ruled = {line.ruling.id: line for line in self.rulings.lines(viewer=viewer)}
        rulings = sight.samenesses()
        listed = sorted(others.values(), key=lambda each: (each.entity.name, each.entity.id))
        return tuple(_candidate(sight, each, one, rulings, ruled) for each in listed[:limit])

    def at(self, place: Place, *, viewer: Viewer | None = None) -> Entity:
        """Return the entity whose name stands at a place.

        Raises:
            UnknownIdError: No name stands there, or none that may be seen.
        """
        sight = self.sight(viewer)
        return sight.entity_at(place).entity

    def same(self, a: str, b: str, why: str) -> Sameness:
        """Record that two entities are one, and return the ruling; as `not_same`.

        Raises:
            UsageError: Two of their names were ruled not to be one.
        """
        return self._rule(a, b, why, same=True)

    def not_same(self, a: str, b: str, why: str) -> Sameness:
        """Record that two entities are not one, whatever is found later; return the ruling.

        Args:
            a: The id of an entity or the beginning of it; with ``@DOCUMENT`` behind it as that
                document names it, which parts what was found to be one.
            b: The other.
            why: The reason, for the record.

        Raises:
            UsageError: They were ruled to be one, there is no reason, or both are one name of
                one text.
            UnknownIdError: One of them is none that may be seen.
        """
        return self._rule(a, b, why, same=False)

    def _rule(self, a: str, b: str, why: str, *, same: bool) -> Sameness:
        sight = self.sight(None)
        (one, first), (other, second) = _mention(sight, a), _mention(sight, b)
        if first.place == second.place:
            raise UsageError(
                "{0} and {1} are one name in one text; to part an entity, say in which document "
                "each stands: {2}@DOCUMENT",
                a,
                b,
                one.entity.id,
            )
        against = _against(sight.samenesses(), one, other, (first, second), same=same)
        if against is not None:
            raise UsageError(
                "{0} rules otherwise; take it back first: `tawatur undo {0} --why …`", against
            )
        places = (_place(sight, name) for name in (first, second))
        return self.rulings.record(
            Sameness, why, same=same, **dict(zip(("a", "b"), places, strict=True))
        )


def _mention(sight: Sight, given: str) -> tuple[Known, LocalName]:
    """Return an entity and the named thing that stands for it: its commonest name, first seen.

    Raises:
        UnknownIdError: There is none, or not in the document given.
    """
    id_, _, document = given.partition("@")
    known = sight.entity(id_)
    if document:
        view = sight.document(document)
        held = [name for name in known.members if name.document == view.line.id]
        if not held:
            raise UsageError("{0} is not named in {1}", known.entity.id, view.line.id)
        return known, held[0]
    return known, next(name for name in known.members if name.name == known.entity.name)


def _place(sight: Sight, name: LocalName) -> Place:
    """Return where a named thing stands first in its text."""
    rendition, named = sight.named(name.document)
    entity = next(each for each in named if each.id == name.entity)
    return Place(rendition.id, entity.mentions[0])


def _against(
    rulings: Sequence[Placed],
    one: Known,
    other: Known,
    mentions: tuple[LocalName, LocalName],
    *,
    same: bool,
) -> RulingId | None:
    """Return the ruling that stands against a new one.

    Two entities are not made one if any two of their names were ruled not to be; two names
    are not parted if rulings make them one.
    """
    if same:
        return _apart(rulings, one, other)
    joined = components((), ((r.a, r.b) for r in rulings if r.same))
    ends = {mentions[0].place, mentions[1].place}
    chain = next((set(group) for group in joined if ends <= set(group)), set())
    return next((r.ruling for r in rulings if r.same and r.a in chain), None)


def _apart(rulings: Iterable[Placed], one: Known, other: Known) -> RulingId | None:
    """Return a ruling by which a name of one entity and a name of the other are not one."""
    ours, theirs = ({name.place for name in known.members} for known in (one, other))
    return next(
        (
            r.ruling
            for r in rulings
            if not r.same
            if (r.a in ours and r.b in theirs) or (r.b in ours and r.a in theirs)
        ),
        None,
    )


# ------------------------------------------------------------ who else may be meant


def _by_id(sight: Sight, typed: str) -> Iterator[Known]:
    """Yield the entity of which an id, or the beginning of it, was typed."""
    if typed.strip().startswith("e-"):
        with suppress(UnknownIdError, AmbiguousIdError):
            yield sight.entity(typed.strip())


def _candidate(
    sight: Sight,
    known: Known,
    one: Known,
    rulings: Iterable[Placed],
    ruled: Mapping[RulingId, RulingLine],
) -> Candidate:
    lines = sorted(map(sight.line, known.entity.documents), key=_when_of)[-FEW_DOCUMENTS:]
    apart = _apart(rulings, one, known)
    return Candidate(
        known.entity,
        tuple(dict.fromkeys(_script(name.text) for name in known.entity.names)),
        tuple(dict.fromkeys(each.words for each in _functions(sight, known, lines))),
        ruled[apart] if apart else None,
    )


# ------------------------------------------------------------ what an entry shows


def _names(
    sight: Sight, known: Known, lines: Sequence[DocumentLine], seen: Iterable[DocumentLine]
) -> Iterator[NameLine]:
    """Yield the full spellings, that of most documents first, and then the other forms in texts."""
    held: dict[tuple[str, str], set[DocumentId]] = {
        (name.text, name.language): set() for name in known.entity.names
    }
    for name in known.members:
        held[name.name, name.language].add(name.document)
    mine = {name.place for name in known.members}
    for line in seen:
        rendition, named = sight.named(line.id)
        text, language = rendition.extraction.text, rendition.extraction.language
        for mention in (m for e in named if (line.id, e.id) in mine for m in e.mentions):
            held.setdefault((" ".join(mention.of(text).split()), language), set()).add(line.id)
    for (text, language), documents in held.items():
        inside = [line for line in lines if line.id in documents]
        first, last = _seen_on(inside[0]), _seen_on(inside[-1])
        ids = tuple(line.id for line in inside)
        yield NameLine(text, _script(text), language, first, last, ids)


def _script(text: str) -> str:
    """Return the script of the first letter, as Unicode calls it: Arabic, Latin."""
    letter = next((c for c in text if c.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0].capitalize()


def _seen_on(line: DocumentLine) -> str:
    """Return when a document appeared; where that is not known, when it was learnt."""
    return line.published or line.learnt.date().isoformat()


def _when_of(line: DocumentLine) -> tuple[date, str]:
    """Return by what documents are put in order of publication."""
    lower = Moment.parse(line.published).lower if line.published else None
    return lower or line.learnt.date(), line.id


def _functions(sight: Sight, known: Known, lines: Iterable[DocumentLine]) -> Iterator[FunctionLine]:
    """Yield what texts call a person, each wording once per text."""
    from tawatur.reading.functions import functions  # noqa: PLC0415 - a listing needs no reader

    if known.entity.type is not EntityType.PERSON:
        return
    mine = {name.place for name in known.members}
    for line in lines:
        rendition, named = sight.named(line.id)
        text, language = rendition.extraction.text, rendition.extraction.language
        people = [m for e in named if e.type is EntityType.PERSON for m in e.mentions]
        found: dict[str, Span] = {}
        for mention in (m for e in named if (line.id, e.id) in mine for m in e.mentions):
            for span in functions(text, language, mention, people):
                found.setdefault(" ".join(span.of(text).split()), span)
        for words, span in found.items():
            yield FunctionLine(words, _seen_on(line), Place(rendition.id, span), line.id)


def _in_force(sight: Sight, document: DocumentId) -> Iterator[Claim]:
    return (c for c in sight.claims(document=document) if c.status is not Status.REJECTED)


def _speakers(claim: Claim) -> Iterator[LocalId]:
    return ((claim.document, link.entity) for link in claim.content.chain if link.entity)


def _named_in(claim: Claim) -> Iterator[LocalId]:
    content = claim.content
    return ((claim.document, named.group) for named in (*content.who, *content.where))


def _relations(
    sight: Sight,
    claims: Iterable[Claim],
    places: set[LocalId],
    entity_at: dict[LocalId, Entity],
) -> Iterator[tuple[RelationKind, Entity, Entity, Claim, Span]]:
    """Yield what claims say ties this entity to others, or others to it, and in which words."""
    for document, held in groupby(claims, lambda claim: claim.document):
        rendition, named = sight.named(document)
        for claim in held:
            for each in relations(claim, named) if claim.rendition == rendition.id else ():
                a, b = (entity_at.get((document, local)) for local in (each.a, each.b))
                mine = places & {(document, each.a), (document, each.b)}
                if mine and a is not None and b is not None and a != b:
                    yield each.kind, a, b, claim, each.words


def _through(
    sight: Sight, entity: Entity, tied: Iterable[RelationLine], everyone: Iterable[Known]
) -> Iterator[Through]:
    """Yield what others did that counts as done by this entity, by each claim that says why.

    Nothing that a claim denies or asks ties them, nor what was surely done before they were tied.
    """
    if entity.type is EntityType.PERSON:
        return
    known = {each.entity.id: each for each in everyone}
    for line in tied:
        other = line.b if line.a == entity else line.a
        forward, back = acts_for(line.kind)
        counts = forward if line.b == entity else back
        if counts and line.claim.content.polarity is Polarity.ASSERTED:
            since = moment(line.claim.content.when)
            deeds = [claim.id for claim in _deeds(sight, known[other.id], since)]
            if deeds:
                cited = sight.cited(deeds)
                yield Through(line, tuple(cited[deed] for deed in deeds))


def _deeds(sight: Sight, known: Known, since: Moment | None) -> Iterator[Claim]:
    """Yield claims that somebody did something, not surely before a time."""
    mine = {name.place for name in known.members}
    for document in sorted({name.document for name in known.members})[-MOST_DOCUMENTS:]:
        for claim in _in_force(sight, document):
            acts = (n for n in claim.content.who if n.role is Role.ACTOR)
            done = claim.content.event_type is not EventType.STATE
            if done and any((document, named.group) in mine for named in acts):
                when = moment(claim.content.when)
                if since is None or when is None or when.before(since) is not True:
                    yield claim
