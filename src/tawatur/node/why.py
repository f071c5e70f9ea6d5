"""What did this come from: which claims, whose words on them, and which rule?

Whatever is worked out can be asked: an event, one of its roots, a conflict, an entity, a
source's record, and a claim, which a reader proposed and which has a number. The answer names
rules and tables with their versions, so that the same question put to another version tells what
changed. A table's version is the beginning of the digest of its bytes.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

from tawatur import __version__, weighing
from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Claim
from tawatur.model.grade import Case, ClaimGrade
from tawatur.model.ids import ClaimId, DocumentId
from tawatur.model.picture import Conflict, Event, Reason, Teller
from tawatur.model.ruling import Ruling
from tawatur.model.text import fold_words
from tawatur.node.sight import Sight
from tawatur.node.views import Because, Ground, Rule, RulingLine, SourceView, WorkedOut
from tawatur.weighing import copies, events, roots, translations
from tawatur.weighing.picture import all_edges

CLAIMS_SHOWN = 200
"""Claims that name one entity, or are of one source, of which no more are shown."""
_OF_ROOT = "/"
"""Stands between the id of an event and the number of one of its roots."""


def why(
    sight: Sight,
    given: str,
    source: Callable[[str], SourceView],
    number: Callable[[ClaimId], ClaimGrade | None],
) -> Because:
    """Return what one thing worked out came from.

    Args:
        sight: What may be seen.
        given: The id of an event, conflict, entity, source or claim, or the beginning of it; of
            a root the event's id, a stroke, and its number from 1 as `roots` lists them.
        source: What may be seen of the source that an id names.
        number: The number of a claim, if one is given.

    Raises:
        UnknownIdError: None that may be seen.
        UsageError: It is the id of something that is not worked out.
    """
    kinds: Mapping[str, Callable[[Sight, str], Because]] = {
        "v-": _why_root if _OF_ROOT in given else _why_event,
        "x-": _why_conflict,
        "e-": _why_entity,
        "n-": _why_entity,
        "s-": lambda sight, given: _why_source(sight, source(given)),
        "c-": lambda sight, given: _why_claim(sight, given, number),
    }
    if given[:2] not in kinds:
        raise UsageError("{0} is not worked out: it was taken in, or somebody wrote it", given)
    return kinds[given[:2]](sight, given)


def _why_event(sight: Sight, given: str) -> Because:
    """Return why claims are one event: what joins each to those before it."""
    event = sight.pictures.like(Event, given)
    cited = sight.cited(event.claims)
    alike = [e for e in all_edges(one.claim for one in cited.values()) if e.strength]
    edges = sorted(alike, key=lambda e: -e.strength)
    at = {claim: place for place, claim in enumerate(event.claims)}
    joined: dict[ClaimId, Ground] = {}
    for edge in edges:
        later = max(edge.a, edge.b, key=at.__getitem__)
        joined.setdefault(later, Ground(edge.why, later))
    return _because(
        sight,
        event.id,
        WorkedOut.EVENT,
        [Rule("events", events.VERSION), _table("wide_places.txt")],
        [joined[each] for each in event.claims if each in joined],
        event.claims,
    )


def _why_root(sight: Sight, given: str) -> Because:
    """Return why one root of an event is one: who had it from there, and what shows it."""
    whole, _, number = given.partition(_OF_ROOT)
    event = sight.pictures.like(Event, whole)
    lineage = sight.pictures.lineage(event)
    trees: list[list[Teller]] = []
    for teller in lineage.tellers:
        if teller.depth == 0:
            trees.append([])
        trees[-1].append(teller)
    if not number.isdigit() or not 0 < int(number) <= len(trees):
        raise UnknownIdError("root", given)
    tree = trees[int(number) - 1]
    shown = [Ground(each.why, next(iter(each.claims), None)) for each in tree if each.why]
    return _because(
        sight,
        f"{event.id}{_OF_ROOT}{number}",
        WorkedOut.ROOT,
        [
            Rule("roots", roots.VERSION),
            Rule("copies", copies.VERSION),
            Rule("translations", translations.VERSION),
            _table("stations.txt"),
        ],
        [*shown, *map(Ground, lineage.roots.reasons)],
        [claim for each in tree for claim in each.claims],
    )


def _why_conflict(sight: Sight, given: str) -> Because:
    """Return why two claims are said not to go together."""
    conflict = sight.pictures.like(Conflict, given)
    rules = [Rule(f"conflicts, {conflict.kind}", __version__), _table("opposites.txt")]
    grounds = [Ground(conflict.why)]
    return _because(
        sight, conflict.id, WorkedOut.CONFLICT, rules, grounds, (conflict.a, conflict.b)
    )


def _why_entity(sight: Sight, given: str) -> Because:
    """Return why names are one: what each two of them have in common, and who ruled so."""
    entity = sight.entity(given).entity
    rules = [Rule("names", __version__), _table("spellings.tsv")]
    names = frozenset(fold_words(name.text) for name in entity.names)
    claims = islice(_naming(sight, entity.documents, names), CLAIMS_SHOWN)
    grounds = map(Ground, entity.why)
    return _because(sight, entity.id, WorkedOut.ENTITY, rules, grounds, tuple(claims), names)


def _naming(
    sight: Sight, documents: Iterable[DocumentId], names: Collection[str]
) -> Iterator[ClaimId]:
    """Yield the claims in some documents that have one of ``names`` among those who take part."""
    for document in documents:
        for claim in sight.claims(document=document):
            content = claim.content
            sources = [link.source_text or "" for link in content.chain]
            named = [each.name for each in (*content.who, *content.where)]
            if any(fold_words(name) in names for name in (*named, *sources)):
                yield claim.id


def _why_source(sight: Sight, view: SourceView) -> Because:
    """Return why a source has its record: what others confirmed or contradicted, and its letter."""
    record, grade = view.record, view.line.grade
    reasons = grade.why if grade else ()
    grounds = [*map(Ground, reasons), *(ground for case in record.cases for ground in _case(case))]
    claims = [
        *(claim for case in record.cases for claim in (*case.claims, *_others(case))),
        *record.claims,
    ]
    return _because(
        sight,
        record.source.id,
        WorkedOut.SOURCE,
        [Rule("sources", __version__), _table("grades.tsv")],
        grounds,
        tuple(dict.fromkeys(claims))[:CLAIMS_SHOWN],
        frozenset(map(fold_words, record.source.names)),
    )


def _case(case: Case) -> Iterator[Ground]:
    """Yield what others made of what a source said in one event."""
    for claim in case.confirmed_by:
        yield Ground(Reason("An independent root asserts the same as it."), claim)
    for claim in case.contradicted_by:
        yield Ground(Reason("Another root contradicts it."), claim)


def _others(case: Case) -> tuple[ClaimId, ...]:
    return (*case.confirmed_by, *case.contradicted_by)


def _why_claim(sight: Sight, given: str, number: Callable[[ClaimId], ClaimGrade | None]) -> Because:
    """Return who proposed a claim, its readers, and why it has its number."""
    claim = sight.claim(given)
    rules = [Rule(*reader.rpartition("/")[::2]) for reader in claim.readers]
    grade = number(claim.id)
    if grade is not None:
        rules.append(_table("credibility.tsv"))
    grounds = map(Ground, grade.why if grade else ())
    return _because(sight, claim.id, WorkedOut.CLAIM, rules, grounds, (claim.id,))


def _because(
    sight: Sight,
    id: str,  # noqa: A002 - what it is called throughout
    kind: WorkedOut,
    rules: Iterable[Rule],
    grounds: Iterable[Ground],
    claims: Iterable[ClaimId],
    names: frozenset[str] = frozenset(),
) -> Because:
    """Return the answer, with what people said of its claims and names."""
    cited = sight.cited(claims)
    held = tuple(cited[each] for each in dict.fromkeys(claims) if each in cited)
    actors = sight.actors()
    return Because(
        id=id,
        kind=kind,
        rules=tuple(rules),
        grounds=tuple(grounds),
        claims=held,
        judgements=tuple(j for one in held for j in sight.decided.judgements_on(one.claim)),
        rulings=tuple(
            RulingLine(each, actors.get(each.by, each.by), words)
            for each in sight.decided.all_rulings()
            if (words := tuple(map(sight.decided.words_at, each.places)))
            if names & set(map(fold_words, words)) or any(_on(each, one.claim) for one in held)
        ),
    )


def _on(ruling: Ruling, claim: Claim) -> bool:
    """Return whether a ruling names words of a claim."""
    return any(
        place.rendition == claim.rendition and place.span.overlap(claim.span)
        for place in ruling.places
    )


@cache
def _table(name: str) -> Rule:
    """Return a table of the weighing room as a rule."""
    room = Path(weighing.__file__).parent
    path = next(room.rglob(name))
    return Rule(f"table {name}", hashlib.sha256(path.read_bytes()).hexdigest()[:12])
