"""What did this come from: which claims, whose words on them, and which rule?

Whatever is worked out can be asked: an event, one of its roots, a conflict, an entity, what ties
two, a source's record, and a claim, which a reader proposed, which has a number and may be a gap.
An explanation that a person wrote is asked why it stands where it does, and the weighing of a
claim for it what that tells. The answer names rules and tables with their versions, so that the
same question put to another version tells what changed. A table's version is the beginning of
the digest of its bytes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from tawatur import __version__, weighing
from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Claim
from tawatur.model.grade import Case, ClaimGrade
from tawatur.model.hypothesis import Bears, Board
from tawatur.model.ids import ClaimId, RulingId
from tawatur.model.label import Viewer
from tawatur.model.picture import Conflict, Event, Missing, Reason, Teller
from tawatur.model.reading import Polarity
from tawatur.model.ruling import Bearing, Hypothesis, Ruling
from tawatur.model.text import fold_words
from tawatur.node.indexing.identity import Known
from tawatur.node.judging.board import Boards
from tawatur.node.judging.entities import Entities, EntityView
from tawatur.node.judging.sources import Sources
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import Because, Ground, Rule, RulingLine, SourceView, WorkedOut
from tawatur.weighing import acts_for, copies, events, gaps, roots, translations
from tawatur.weighing.picture import all_edges

CLAIMS_SHOWN = 200
"""Claims that name one entity, or are of one source, of which no more are shown."""
_PART = "/"
"""Stands between an id and the number of a part: a root of an event, a relation of an entity."""
_SPEAKS = {
    Bears.FOR: Reason("It speaks for the explanation."),
    Bears.AGAINST: Reason("It speaks against the explanation."),
    Bears.NEITHER: Reason("It speaks neither for nor against the explanation."),
}
_APART = Reason("It speaks against some of the explanations that it was weighed for.")
_ALIKE = Reason("It speaks against all that it was weighed for, or against none.")
_MISSING = {
    Missing.NOT_KNOWN: Reason("It says that something is not known."),
    Missing.NOT_FOUND: Reason("It says that something was looked for and not found."),
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Whys:
    """What can be asked of one node; `Node.why` is where the doors find it."""

    sight: Callable[[Viewer | None], Sight]
    sources: Sources
    who: Entities
    boards: Boards

    def of(self, given: str, *, viewer: Viewer | None = None) -> Because:
        """Return what one thing worked out came from.

        Args:
            given: The id of an event, conflict, entity, source, claim, explanation or weighing of
                a claim for one, or the beginning of it; of a root the event's id, a stroke and its
                number from 1 as `roots` lists them; of a relation that of one of the two entities,
                a stroke and its number in that entry.
            viewer: Whose picture it is.

        Raises:
            UnknownIdError: None that may be seen.
            UsageError: It is the id of something that is not worked out.
        """
        sight = self.sight(viewer)
        match given[:2]:
            case "v-":
                return _why_root(sight, given) if _PART in given else _why_event(sight, given)
            case "x-":
                return _why_conflict(sight, given)
            case "e-" | "n-" if _PART in given:
                return _why_relation(sight, given, self.who.view(_whole(given), viewer=viewer))
            case "e-" | "n-":
                return _why_entity(sight, given)
            case "s-":
                return _why_source(sight, self.sources.one(given, viewer=viewer))
            case "c-":
                claim = sight.claim(given)
                return _why_claim(sight, claim, self.sources.of_claim(claim.id, viewer=viewer))
            case "j-":
                return self._why_ruling(sight, sight.decided.ruling(given), viewer)
        raise _not_worked_out(given)

    def _why_ruling(self, sight: Sight, ruling: Ruling, viewer: Viewer | None) -> Because:
        """Return why an explanation stands where it does, or what a weighing tells."""
        match ruling:
            case Hypothesis():
                board = self.boards.holding(ruling, viewer=viewer)
                return _why_hypothesis(sight, ruling, board)
            case Bearing():
                held = [each for each in sight.decided.rulings(Hypothesis) if each.id == ruling.on]
                board = self.boards.holding(held[0], viewer=viewer) if held else None
                return _why_bearing(sight, ruling, board)
        raise _not_worked_out(ruling.id)


def _not_worked_out(given: str) -> UsageError:
    return UsageError(
        "{0} is not worked out: it was taken in, somebody wrote it, or it is no id", given
    )


def _whole(given: str) -> str:
    """Return the id of what something is a part of."""
    return given.partition(_PART)[0]


def _part(kind: str, given: str, parts: Sequence[T]) -> tuple[str, T]:
    """Return the number, from 1, that the id of a part ends in, and which of ``parts`` it is.

    Raises:
        UnknownIdError: There are not so many.
    """
    number = given.partition(_PART)[2]
    if not (number.isascii() and number.isdigit()) or not 0 < int(number) <= len(parts):
        raise UnknownIdError(kind, given)
    return str(int(number)), parts[int(number) - 1]


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
        event.headline,
        WorkedOut.EVENT,
        [Rule("events", events.VERSION), _table("wide_places.txt")],
        [joined[each] for each in event.claims if each in joined],
        event.claims,
    )


def _why_root(sight: Sight, given: str) -> Because:
    """Return why one root of an event is one: who had it from there, and what shows it."""
    event = sight.pictures.like(Event, _whole(given))
    lineage = sight.pictures.lineage(event)
    trees: list[list[Teller]] = []
    for teller in lineage.tellers:
        if teller.depth == 0:
            trees.append([])
        trees[-1].append(teller)
    number, tree = _part("root", given, trees)
    shown = [Ground(each.why, next(iter(each.claims), None)) for each in tree if each.why]
    return _because(
        sight,
        f"{event.id}{_PART}{number}",
        next(iter(tree[0].names), event.headline),
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
        sight, conflict.id, "", WorkedOut.CONFLICT, rules, grounds, (conflict.a, conflict.b)
    )


def _why_entity(sight: Sight, given: str) -> Because:
    """Return why names are one: what each two of them have in common, and who ruled so."""
    known = sight.entity(given)
    entity = known.entity
    rules = [Rule("names", __version__), _table("spellings.tsv")]
    names = frozenset(fold_words(name.text) for name in entity.names)
    claims = islice(_naming(sight, known), CLAIMS_SHOWN)
    reasons = entity.why
    if not reasons and len(entity.documents) > 1:
        reasons = (
            Reason("The texts have the same name, {0}, and nothing parts them.", (entity.name,)),
        )
    grounds = map(Ground, reasons)
    return _because(
        sight, entity.id, entity.name, WorkedOut.ENTITY, rules, grounds, tuple(claims), names
    )


def _naming(sight: Sight, known: Known) -> Iterator[ClaimId]:
    """Yield the claims in which an entity takes part, or that it made or passed on."""
    mine = {name.place for name in known.members}
    for document in known.entity.documents:
        for claim in sight.claims(document=document):
            content = claim.content
            locals_ = [each.group for each in (*content.who, *content.where)]
            locals_ += (link.entity for link in content.chain if link.entity)
            if any((document, each) in mine for each in locals_):
                yield claim.id


def _why_relation(sight: Sight, given: str, view: EntityView) -> Because:
    """Return why two are tied: the words that say so, and what counts through them."""
    _, tie = _part("relation", given, view.relations)
    claim, a, b = tie.claim, tie.a, tie.b
    said = claim.quote[tie.words.start - claim.span.start : tie.words.end - claim.span.start]
    grounds = [Ground(Reason("“{0}” ties {1} to {2}.", (said, a.name, b.name)), claim.id)]
    if claim.content.polarity is Polarity.ASSERTED:
        counting = zip(acts_for(tie.kind), ((a, b), (b, a)), strict=True)
        grounds += (
            Ground(Reason("What {0} does counts as done by {1} too.", (one.name, other.name)))
            for counts, (one, other) in counting
            if counts
        )
    else:
        grounds.append(Ground(Reason("The claim does not assert it: nothing counts through it.")))
    rules = [Rule(f"relations, {tie.kind}", __version__), _table("relations.tsv")]
    names = frozenset(fold_words(name.text) for one in (a, b) for name in one.names)
    of = f"{a.name} – {b.name}"
    return _because(sight, tie.id, of, WorkedOut.RELATION, rules, grounds, (claim.id,), names)


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
        next(iter(record.source.names), ""),
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


def _why_claim(sight: Sight, claim: Claim, grade: ClaimGrade | None) -> Because:
    """Return who proposed a claim, its readers, why it has its number, and what it leaves open."""
    rules = [Rule(*reader.rpartition("/")[::2]) for reader in claim.readers]
    grounds: list[Ground] = []
    if grade is not None:
        rules.append(_table("credibility.tsv"))
        grounds += map(Ground, grade.why)
    gap = next(
        (g for g in gaps(sight.claims(document=claim.document)) if g.claim == claim.id), None
    )
    if gap is None:
        return _because(sight, claim.id, claim.quote, WorkedOut.CLAIM, rules, grounds, (claim.id,))
    rules += [Rule("gaps", __version__), _table("not_found.tsv")]
    grounds.append(Ground(_MISSING[gap.kind], claim.id))
    grounds += (Ground(Reason("This is supposed about it."), each) for each in gap.supposed)
    return _because(
        sight, claim.id, claim.quote, WorkedOut.GAP, rules, grounds, (claim.id, *gap.supposed)
    )


def _why_hypothesis(sight: Sight, hypothesis: Hypothesis, board: Board | None) -> Because:
    """Return why an explanation stands where it does: what was weighed, and by whom."""
    grounds: list[Ground] = []
    for each in board.explanations if board is not None else ():
        if each.id == hypothesis.id:
            against = Reason(
                "Independent roots against it, at least: {0}.", (str(each.contradicted),)
            )
            grounds += map(Ground, (against, *each.reasons))
            grounds += (Ground(_SPEAKS[bears], claim) for bears, claim in each.weighed)
    weighings = (each.id for each in sight.decided.rulings(Bearing) if each.on == hypothesis.id)
    return _because(
        sight,
        hypothesis.id,
        hypothesis.text,
        WorkedOut.HYPOTHESIS,
        [Rule("hypotheses", __version__), Rule("roots", roots.VERSION)],
        grounds,
        tuple(ground.claim for ground in grounds if ground.claim is not None),
        rulings=frozenset((hypothesis.id, *weighings)),
    )


def _why_bearing(sight: Sight, bearing: Bearing, board: Board | None) -> Because:
    """Return what comes of weighing a claim: whether it tells the explanations apart."""
    claim = sight.decided.claim_at(bearing.place)
    grounds: list[Ground] = []
    if claim is not None:
        grounds.append(Ground(_SPEAKS[bearing.bears], claim.id))
        on = [r for r in sight.decided.rulings(Bearing) if r.on == bearing.on]
        if [r for r in on if sight.decided.claim_at(r.place) == claim][-1].id != bearing.id:
            grounds.append(Ground(Reason("A later weighing of the same claim counts."), claim.id))
        grounds += (
            Ground(_APART if each.tells_apart else _ALIKE, claim.id)
            for each in (board.evidence if board is not None else ())
            if each.claim == claim.id
        )
    return _because(
        sight,
        bearing.id,
        claim.quote if claim else "",
        WorkedOut.BEARING,
        [Rule("hypotheses", __version__)],
        grounds,
        () if claim is None else (claim.id,),
        rulings=frozenset((bearing.id, bearing.on)),
    )


def _because(
    sight: Sight,
    id: str,  # noqa: A002 - what it is called throughout
    of: str,
    kind: WorkedOut,
    rules: Iterable[Rule],
    grounds: Iterable[Ground],
    claims: Iterable[ClaimId],
    names: frozenset[str] = frozenset(),
    rulings: frozenset[RulingId] = frozenset(),
) -> Because:
    """Return the answer, with what people said of its claims and names, and other rulings."""
    cited = sight.cited(claims)
    held = tuple(cited[each] for each in dict.fromkeys(claims) if each in cited)
    actors = sight.actors()
    return Because(
        id=id,
        of=of,
        kind=kind,
        rules=tuple(rules),
        grounds=tuple(grounds),
        claims=held,
        judgements=tuple(j for one in held for j in sight.decided.judgements_on(one.claim)),
        rulings=tuple(
            RulingLine(each, actors.get(each.by, each.by), words)
            for each in sight.decided.all_rulings()
            if (words := tuple(map(sight.decided.words_at, each.places)))
            if each.id in rulings
            or names & set(map(fold_words, words))
            or any(_on(each, one.claim) for one in held)
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
