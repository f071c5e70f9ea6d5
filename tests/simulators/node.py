"""A node in memory with the methods that the pages ask for, filled with invented reports.

Every event, person and place in it is made up. It judges like a node (a judgement
changes the claim in force), keeps no ledger, and finds words by plain containment.
"""

# ruff: noqa: E501 - the reports stand as they would be written

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.simulators.areas import SimulatedAreas, SimulatedSubjects
from tests.simulators.composing import Composed
from tests.simulators.desk import (
    SimulatedCollecting,
    SimulatedDesk,
    SimulatedFollowUp,
    SimulatedLessons,
    SimulatedSecretariat,
)
from tests.simulators.meetings import SimulatedCalendars, SimulatedMeetings
from tests.simulators.pointers import SimulatedIncoming, SimulatedPointers
from tests.simulators.sharing import (
    SimulatedCommunities,
    SimulatedDisclosures,
    SimulatedOutgoing,
    SimulatedPartners,
)

from tawatur.errors import UnknownIdError, UsageError, VerificationError
from tawatur.model.account import Account, AccountRole, Person
from tawatur.model.claim import Claim, ClaimJudgement, Content, Named, Status, Verdict
from tawatur.model.document import (
    Acquisition,
    Aside,
    Extraction,
    Extractor,
    Sifting,
    Stated,
    sifted_parts,
)
from tawatur.model.grade import (
    Case,
    ClaimGrade,
    Credibility,
    Record,
    Reliability,
    Source,
    SourceGrade,
)
from tawatur.model.hypothesis import Bears, Board, Evidence, Explanation, Offer
from tawatur.model.ids import (
    ActorId,
    BlobDigest,
    ClaimId,
    ConflictId,
    DocumentId,
    EntityId,
    EntryId,
    EventId,
    GlossId,
    MarkingId,
    NodeId,
    RenditionId,
    RulingId,
    SourceId,
    keyed_id,
)
from tawatur.model.label import Label
from tawatur.model.marking import MarkedAs, Marking, with_marked
from tawatur.model.picture import (
    Conflict,
    ConflictKind,
    Copy,
    CopyKind,
    Entity,
    Event,
    Gap,
    Missing,
    Name,
    NearMiss,
    Reason,
    RelationKind,
    Root,
    RootInterval,
)
from tawatur.model.reading import (
    AUTHOR,
    Authenticity,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Manner,
    Modality,
    Polarity,
    Publication,
    Quantity,
    Reading,
    Role,
    SourceKind,
    TimeExpression,
)
from tawatur.model.ruling import (
    Bearing,
    Grading,
    Hypothesis,
    Outcome,
    Place,
    Ruling,
    Sameness,
    Settlement,
)
from tawatur.model.span import Span
from tawatur.node.given import edtf
from tawatur.node.indexing.bars import Bar, BarKind, minutes
from tawatur.node.indexing.orders import EventOrder, Weight
from tawatur.node.indexing.waiting import EVERYTHING, Turn, Which
from tawatur.node.indexing.words import Query
from tawatur.node.judging.asked_sources import EVERY_SOURCE, AskedSources
from tawatur.node.judging.entities import (
    Candidate,
    EntityView,
    FunctionLine,
    NameLine,
    RelationLine,
    Through,
)
from tawatur.node.judging.notes import glossed, left_out, sifted_again
from tawatur.node.judging.reviewing import Act, Opinion, Pressing, Share
from tawatur.node.seeing.charts import Link as ChartLink
from tawatur.node.seeing.charts import Narrowed, Spot, Tie, TieKind, TieView, window
from tawatur.node.seeing.live import Tally, verify_seen
from tawatur.node.seeing.positions import Grain, Position
from tawatur.node.seeing.recent import Held, Retold, Since
from tawatur.node.seeing.sight import Touch
from tawatur.node.views import (
    Because,
    Cited,
    DocumentLine,
    DocumentView,
    GlossLine,
    Ground,
    Hit,
    Judged,
    Overview,
    RenditionLine,
    Rule,
    RulingLine,
    SourceLine,
    SourceView,
    Traced,
    WorkedOut,
)
from tawatur.settings import Settings
from tawatur.weighing import aspects, lineage

NODE = NodeId("n-0000000000000001")
LEARNT = datetime(2021, 9, 1, 8, 30, tzinfo=UTC)

ARABIC = """الرئيسية | أخبار | رأي | رياضة
مقتل 12 مدنياً في غارة على سوق بلدة ودريل
وكالة أنباء السهل 21 تموز 2021

قال المتحدث باسم الصليب الأهلي سمير الحلواني إن غارة جوية استهدفت سوق بلدة ودريل يوم 20 تموز أسفرت عن مقتل 12 مدنياً، نقلاً عن مصدر طبي في المشفى الميداني.
ونفى مجلس بلدة ودريل أن يكون في السوق أي مقاتل، وقال رئيسه إن "القتلى كلهم باعة وزبائن".
وتعهدت قيادة المنطقة الشرقية بفتح طريق كلموري أمام القوافل قبل 1 أيلول.

اترك تعليقاً
الاسم * البريد الإلكتروني *
"""

FRENCH = """Frappe sur Wadril : au moins 20 morts selon une source locale
Le Courrier de la Plaine, 22 juillet 2021

Au moins 20 personnes ont été tuées mardi dans le marché de Wadril, a affirmé une source locale sous couvert d'anonymat.
Le commandement de la région Est dément toute frappe ce jour-là.
"""

ENGLISH = """Widril council asks for inquiry
Plain Observer

The town council of Widril asked the eastern command on 23 July to allow an independent inquiry. The command has not replied, a council member said.
"""

HOSTILE = """<script>alert("قف")</script> عاجل
قال ناطق إن <img src=x onerror=alert(1)> "الطريق مفتوح" & آمن.
"""


@dataclass(frozen=True, slots=True)
class Gone:
    """A content that was erased."""

    entry: EntryId
    by: ActorId
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a verification found to be whole."""

    size: int
    root: bytes
    checkpoints: int
    blobs: int
    erased: tuple[Gone, ...] = ()


@dataclass(slots=True)
class Settled:
    """What conflicts come to, by the conflict's id; taking back forgets it."""

    held: dict[str, Settlement] = field(default_factory=dict)

    def settle(self, conflict: str, outcome: Outcome, why: str) -> Settlement:
        """Keep what a conflict comes to."""
        place = Place(RenditionId("r-0000000000000001"), Span(0, 1))
        ruling = Settlement(
            id=RulingId(f"j-{len(self.held):016d}"),
            by=ActorId("a-0000000000000001"),
            time=LEARNT,
            why=why,
            a=place,
            b=place,
            kind=ConflictKind.FIGURE,
            outcome=outcome,
        )
        self.held[conflict] = ruling
        return ruling

    def of(self, conflicts: Sequence[Conflict]) -> dict[ConflictId, Settlement]:
        """Return what was kept of these."""
        return {c.id: self.held[c.id] for c in conflicts if c.id in self.held}

    def unsettled(self, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
        """Return those of which nothing was kept."""
        return tuple(c for c in conflicts if c.id not in self.held)

    def withdraw(self, given: str, why: str) -> Ruling:
        """Forget a ruling."""
        conflict = next((c for c, ruling in self.held.items() if ruling.id == given), None)
        if conflict is None:
            raise UnknownIdError("ruling", given)
        return self.held.pop(conflict)


@dataclass(slots=True)
class NamedOnes:
    """Who is named, one of each kind; what is ruled of them changes nothing."""

    found: dict[str, EntityView] = field(default_factory=dict)

    def all(
        self,
        *,
        type: EntityType | None = None,  # noqa: A002 - the node's own word
        about: str | None = None,
    ) -> tuple[Entity, ...]:
        """Return those of a kind with words in their names."""
        every = (view.entity for view in self.found.values())
        return tuple(e for e in every if type in (None, e.type) and (about or "") in e.name)

    def view(self, given: str) -> EntityView:
        """Return one by its id."""
        if given not in self.found:
            raise UnknownIdError("entity", given)
        return self.found[given]

    def candidates(self, given: str, typed: str) -> tuple[Candidate, ...]:
        """Return the others of whom a name holds what was typed, or whose id it is."""
        one, query = self.view(given), Query.parse(typed, typing=True)
        others = (v for v in self.found.values() if v is not one and typed.strip())
        return tuple(
            Candidate(
                v.entity,
                ("Arabic",),
                tuple(f.words for f in v.functions),
                next((r for r in one.rulings if not getattr(r.ruling, "same", True)), None),
            )
            for v in others
            if v.entity.id == typed or query.within(*(name.text for name in v.entity.names))
        )

    def at(self, place: Place) -> Entity:
        """Return the one of whom a text says a function there."""
        views = self.found.values()
        return next(v.entity for v in views if any(f.place == place for f in v.functions))

    def same(self, a: str, b: str, why: str) -> Sameness:
        """Return a ruling."""
        return self._ruled(a, b, why, same=True)

    def not_same(self, a: str, b: str, why: str) -> Sameness:
        """Return a ruling."""
        return self._ruled(a, b, why, same=False)

    def _ruled(self, a: str, b: str, why: str, *, same: bool) -> Sameness:
        if not why.strip():
            raise UsageError("give a reason, for the record")
        if a == b:
            raise UsageError("{0} and {1} are one name in one text", a, b)
        view = self.view(a.partition("@")[0])
        place = view.functions[0].place
        ruling = Sameness(
            id=RulingId("j-0000000000000042"),
            by=ActorId("a-0000000000000001"),
            time=LEARNT,
            why=why,
            a=place,
            b=place,
            same=same,
        )
        line = RulingLine(ruling, "operator", ("سمير الحلواني", "الحلواني"))
        self.found[view.entity.id] = replace(view, rulings=(*view.rulings, line))
        return ruling


@dataclass(slots=True)
class Known:
    """An outlet with a letter, and a person without one until somebody records it."""

    node: "SimulatedNode"
    letters: dict[str, Grading] = field(default_factory=dict)
    grades: bool = True

    def all(self) -> tuple[SourceView, ...]:
        """Return both, with what the first claims say."""
        claims = tuple(map(ClaimId, self.node.all_claims))[:3]
        event = self.node.all_events[:1]
        views = []
        for key, kind, name in (
            ("s-0000000000000001", SourceKind.OUTLET, "وكالة أنباء السهل"),
            ("s-0000000000000002", SourceKind.PERSON, 'Selma <i onclick="x()">'),
        ):
            source = Source(SourceId(key), kind, name, (name,))
            cases = tuple(Case(e.id, e.type, claims[:1], claims[1:2], claims[2:]) for e in event)
            reasons = (Reason("That is too little to judge it by."),)
            grade = None
            if kind is SourceKind.OUTLET:
                grade = SourceGrade(source, Reliability.UNJUDGED, reasons, "grades/1")
            record = Record(source, claims, cases)
            subjects = tuple(sorted({case.subject for case in cases}))
            line = SourceLine(source, record.tally, grade, self.letters.get(key), subjects)
            views.append(SourceView(line, record))
        return tuple(views) if claims else ()

    def lines(self, asked: AskedSources = EVERY_SOURCE) -> tuple[SourceLine, ...]:
        """Return those asked for as a listing has them."""
        return asked.among(view.line for view in self.all())

    def of_claim(self, claim: ClaimId) -> ClaimGrade | None:
        """Return that nothing can be said of any."""
        reasons = (Reason("No other root asserts the same."),)
        return ClaimGrade(claim, Credibility.UNJUDGED, reasons, "credibility/1")

    def one(self, given: str) -> SourceView:
        """Return one of them."""
        for view in self.all():
            if view.record.source.id == given:
                return view
        raise UnknownIdError("source", given)

    def grade(
        self,
        given: str,
        letter: Reliability,
        why: str,
        *,
        purpose: str | None = None,
        expires: datetime | None = None,
    ) -> Grading:
        """Keep a letter."""
        view = self.one(given)
        if view.line.grade is None and (purpose is None or expires is None):
            raise UsageError("a letter for a person needs a purpose and the day it expires")
        self.letters[given] = Grading(
            id=RulingId(f"j-{len(self.letters):016d}"),
            by=ActorId("a-0000000000000001"),
            time=LEARNT,
            why=why,
            expires=expires,
            place=Place(RenditionId("r-0000000000000001"), Span(0, 1)),
            source=view.record.source.name,
            letter=letter,
            purpose=purpose,
        )
        return self.letters[given]


@dataclass(slots=True)
class Told:
    """Explanations of the one event, as they were written; nothing is worked out."""

    node: "SimulatedNode"
    held: list[Explanation] = field(default_factory=list)

    def all(self) -> tuple[Board, ...]:
        """Return the board of the event, if it has an explanation."""
        return tuple(self.of(event.id) for event in self.node.all_events if self.held)

    def of(self, about: str) -> Board:
        """Return the board of the event."""
        event = self.node.event(about)
        claim, other = event.claims[:2]
        offer = Offer(other, "بيان", Authenticity.FORGED, "قيادة المنطقة الشرقية")
        telling = (Evidence(claim, tells_apart=False),) if self.held else ()
        return Board(event.id, event.headline, event.claims, tuple(self.held), telling, (offer,))

    def add(self, about: str, text: str, why: str = "") -> Hypothesis:
        """Keep an explanation."""
        if not text.strip():
            raise UsageError("an explanation says something")
        id_ = RulingId(f"j-{len(self.held):016d}")
        self.held.append(Explanation(id_, text, why))
        return Hypothesis(
            id=id_,
            by=ActorId("a-0000000000000001"),
            time=LEARNT,
            why=why,
            place=Place(RenditionId("r-0000000000000001"), Span(0, 1)),
            origin=False,
            text=text,
        )

    def weigh(self, hypothesis: str, claim: str, bears: Bears, why: str) -> Bearing:
        """Keep how a claim bears on the explanation, if it is against it."""
        at = next(n for n, each in enumerate(self.held) if each.id == hypothesis)
        against = (self.node.claim(claim).id,) if bears is Bears.AGAINST else ()
        self.held[at] = replace(self.held[at], speak_against=against)
        return Bearing(
            id=RulingId("j-0000000000000009"),
            by=ActorId("a-0000000000000001"),
            time=LEARNT,
            why=why,
            on=self.held[at].id,
            place=Place(RenditionId("r-0000000000000001"), Span(0, 1)),
            bears=bears,
        )


class Nobody:
    """The accounts of a node that has none: it is for the one person who started the pages."""

    def all(self) -> tuple[Account, ...]:
        """Return none."""
        return ()

    def exist(self) -> bool:
        """Return that there are none."""
        return False

    def entering(self, name: str) -> Person | None:
        """Let nobody in."""

    def opens(self, person: Person | None, password: str) -> bool:
        """Return that no password is right."""
        return False

    def stamp(self, actor: ActorId) -> str:
        """Return nothing."""
        return ""

    def add(
        self,
        name: str,
        *,
        roles: Collection[AccountRole] = (),
        organisation: str | None = None,
        compartments: Collection[str] = (),
        until: datetime | None = None,
    ) -> tuple[Account, str]:
        """Add none."""
        raise UsageError("an account has a name")

    def change(self, given: str, **changes: Any) -> Account:
        """Find none."""
        raise UnknownIdError("account", given)

    def password(self, given: str) -> str:
        """Find none."""
        raise UnknownIdError("account", given)

    def choose_password(self, old: str, new: str) -> None:
        """Find nobody who could."""
        raise UsageError("the old password is not right; nothing was changed")

    def organisations(self) -> dict[NodeId, str]:
        """Return this one."""
        return {NODE: "مرصد السهل"}


@dataclass(slots=True)
class Drawn:
    """What charts show: the events as bars, one promise, and a tie of two who are named."""

    node: "SimulatedNode"

    def bars(self, by: Narrowed) -> tuple[Bar, ...]:
        """Return the events of a type, whatever else is asked for."""
        first, last = window(by)
        found = [_bar(event) for event in self.node.all_events if by.type in (None, event.type)]
        return tuple(b for b in found if b.meets(first or -(10**9), last or 10**9))

    def undated(self) -> int:
        """Return that one has no time."""
        return 1

    def links(self, bars: Iterable[Bar]) -> tuple[ChartLink, ...]:
        """Return the first contradiction within the first event."""
        ids = [EventId(bar.id) for bar in bars]
        return tuple(ChartLink(c, ids[0], ids[0]) for c in self.node.all_conflicts[:1] if ids)

    def spots(self, by: Narrowed) -> tuple[Spot, ...]:
        """Return the events, the first in Aleppo and the rest nowhere."""
        aleppo = Position(Grain.TOWN, "sy", 36.2, 37.16, 6, 2_000_000)
        return tuple(
            Spot(replace(bar, where=bar.where or ('<b onclick="x()">',)), None if at else aleppo)
            for at, bar in enumerate(self.bars(by))
        )

    def ties(self, by: Narrowed) -> tuple[Tie, ...]:
        """Return one accusation between two who are named, with all who deny it."""
        ids = list(self.node.who.found)
        claims = tuple(ClaimId(each) for each in self.node.all_claims)
        if len(ids) < 2 or not claims:
            return ()
        return (Tie(EntityId(ids[0]), EntityId(ids[1]), TieKind.ACCUSED, claims[:1], claims[1:2]),)

    def shown(self, ties: Sequence[Tie]) -> tuple[TieView, ...]:
        """Return them with their claims and one root."""
        roots = RootInterval(1, 1, (), ())
        return tuple(
            TieView(
                tie,
                self.node.who.view(tie.a).entity,
                self.node.who.view(tie.b).entity,
                tuple(map(self.node.claim, tie.claims)),
                tuple(map(self.node.claim, tie.denied)),
                roots,
            )
            for tie in ties
        )

    def entities(self, ids: Iterable[EntityId]) -> dict[EntityId, Entity]:
        """Return those who are named."""
        return {each: self.node.who.view(each).entity for each in ids}

    def conflict(self, given: str) -> Conflict:
        """Return one contradiction by its id."""
        found = next((c for c in self.node.all_conflicts if c.id.startswith(given)), None)
        if found is None:
            raise UnknownIdError("conflict", given)
        return found

    def events_of(self, claims: Collection[ClaimId]) -> tuple[Event, ...]:
        """Return the events that hold one of these."""
        return tuple(e for e in self.node.all_events if set(claims) & set(e.claims))


def _bar(event: Event) -> Bar:
    start, end = minutes(event.when or "2021-07")
    return Bar(
        id=event.id,
        kind=BarKind.EVENT,
        type=event.type,
        words=event.headline,
        language=event.language,
        when=event.when or "2021-07",
        start=start,
        end=end,
        where=event.where,
        who=event.who,
        status=Status.PROPOSED,
        at_least=event.roots.at_least,
        at_most=event.roots.at_most,
    )


@dataclass(slots=True)
class Lately:
    """What is new on a simulated node: everything, always."""

    node: "SimulatedNode"

    def since(self, look: datetime | None) -> Since:
        """Return all documents, events and conflicts."""
        roots = RootInterval(0, 1, (), ())
        lines = self.node.documents()
        return Since(
            len(lines),
            lines[:8],
            tuple(Retold(event, roots, 1) for event in self.node.all_events),
            self.node.all_conflicts,
        )

    def held(self) -> Held:
        """Return invented counts."""
        return Held((("ASSAULT", 7), ("STATE", 3)), (("<b>وكالة</b>", 5),), (("2021-07", 4),))


@dataclass(slots=True)
class Lookup:
    """What is found in a simulated node: words as they are."""

    node: "SimulatedNode"

    def documents(
        self, query: Query, *, language: str | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Return the documents that hold the words in a row."""
        hits = []
        words = " ".join(query.spoken)
        for view in self.node.views.values():
            text = view.extraction.text
            at = text.find(words)
            if at >= 0:
                place = Span(max(0, at - 40), min(len(text), at + len(words) + 60))
                mark = Span(at - place.start, at - place.start + len(words))
                hits.append(Hit(view.line, place.of(text), (mark,), place))
        return tuple(hits[:limit])

    def claims(
        self, query: Query, *, language: str | None = None, limit: int = 20
    ) -> tuple[Claim, ...]:
        """Return the claims that hold the words."""
        return tuple(c for c in self.node.all_claims.values() if query.within(c.quote))[:limit]

    def citable(
        self,
        words: str,
        *,
        since: str = "",
        until: str = "",
        place: str = "",
        type: EventType | None = None,  # noqa: A002 - the node's own word
        limit: int = 200,
    ) -> tuple[Claim, ...]:
        """Return the claims that hold the words; times and places narrow nothing."""
        some = (c for c in self.node.claims(limit=limit) if type in (None, c.content.event_type))
        return tuple(c for c in some if Query.parse(words).within(c.quote))

    def names(self, query: Query, *, limit: int = 20) -> tuple[Entity, ...]:
        """Return those of whom a name holds the words."""
        named = (view.entity for view in self.node.who.found.values())
        return tuple(entity for entity in named if query.within(entity.name))[:limit]


@dataclass(slots=True)
class Queue:
    """The proposals of a simulated node, in the order of its claims; nothing is pressing."""

    node: "SimulatedNode"

    def languages(self) -> tuple[str, ...]:
        """Return the languages of the documents."""
        return tuple(code for code, _ in self.node.overview().languages)

    def left(self) -> int:
        """Return how many wait."""
        return len(self._turns())

    def _turns(self, wanted: Which = EVERYTHING) -> list[Turn]:
        found = [c for c in self.node.all_claims.values() if c.status is Status.PROPOSED]
        return sorted(
            (
                Turn(0, c.document, c.span.start, c.id)
                for c in found
                if wanted.language in (None, c.language)
                and wanted.type in (None, c.content.event_type)
                and wanted.document in (None, c.document)
            ),
            key=lambda turn: turn.key,
        )

    def next(self, wanted: Which = EVERYTHING, after: Turn | None = None) -> Pressing | None:
        """Return the first behind a place."""
        behind = (t for t in self._turns(wanted) if after is None or t.key > after.key)
        turn = next(behind, None)
        return self.at(turn.claim) if turn else None

    def at(self, claim: str) -> Pressing:
        """Return one claim."""
        found = self.node.claim(claim)
        turn = Turn(0, found.document, found.span.start, found.id)
        return Pressing(turn, found, None, ())

    def second(self) -> None:
        """Return none: there is one person."""

    def shares(self) -> tuple[Share, ...]:
        """Return what is invented."""
        return (Share("ar", EventType.ASSAULT, 7, 2, 1), Share("ar", EventType.STATE, 1, 0, 0))

    def judge(
        self,
        claim: str,
        verdict: Verdict,
        *,
        why: str | None = None,
        seen: str | None = None,
        span: Span | None = None,
        corrected: Mapping[str, object] | None = None,
    ) -> Act:
        """Judge as the node does."""
        judged = self.node.judge(claim, verdict, why=why, **(corrected or {}))
        return Act((judged,), judged.judgements[-1:])

    def mark(
        self,
        document: str,
        span: Span,
        chain: Sequence[Link] = (AUTHOR,),
        *,
        type: EventType = EventType.STATE,  # noqa: A002 - the model's word
        why: str | None = None,
    ) -> Act:
        """Refuse: no text is kept."""
        raise UsageError("these words are a claim already: {0}", document)

    def join(self, claim: str, other: str, *, why: str | None = None) -> Act:
        """Refuse."""
        raise UsageError("two claims of one text can be joined")

    def split(self, claim: str, at: int, *, why: str | None = None) -> Act:
        """Refuse."""
        raise UsageError("a claim is split between its characters {0} and {1}", at, at)

    def undo(self, entries: Iterable[str]) -> Act:
        """Refuse."""
        raise UsageError("only a judgement of one's own that holds can be taken back")

    def words_on(self, claim: str) -> tuple[Opinion, ...]:
        """Return what the two invented people said."""
        return next((said for found, said in self.differing() if found.id == claim), ())

    def differing(self) -> tuple[tuple[Claim, tuple[Opinion, ...]], ...]:
        """Return the first claim, on which two invented people differ."""
        claim = next(iter(self.node.all_claims.values()), None)
        if claim is None:
            return ()
        said = [(Verdict.ACCEPT, "ليلى"), (Verdict.REJECT, "سامي <b>")]
        opinions = []
        for n, (verdict, by) in enumerate(said):
            entry = EntryId(f"i-{n:016d}")
            who = ActorId(f"a-{n:016d}")
            judged = ClaimJudgement(claim.rendition, claim.span, verdict, claim.content, (), who)
            opinions.append(Opinion(Judged(entry, claim.id, verdict, by, "<i>لماذا</i>"), judged))
        return ((claim, tuple(opinions)),)

    def settle(self, claim: str, keep: str, why: str) -> Act:
        """Refuse."""
        raise UsageError("{0} is no judgement on {1}", keep, claim)


@dataclass(slots=True)
class Marked:
    """Names and times marked by hand, kept on the documents themselves."""

    node: "SimulatedNode"

    def name(
        self,
        document: str,
        span: Span,
        type: EntityType,  # noqa: A002 - the node's own word
        *,
        like: Span | None = None,
    ) -> Marking:
        """Keep a name."""
        return self._keep(document, span, type=type, like=like)

    def time(self, document: str, span: Span, when: str = "") -> Marking:
        """Keep a time."""
        text = self.node.document(document).extraction.text
        return self._keep(document, span, when=edtf(when or span.of(text)))

    def unmark(
        self,
        document: str,
        span: Span,
        *,
        marked_as: MarkedAs | None = None,
        everywhere: bool = False,
        why: str | None = None,
    ) -> Marking:
        """Keep that a name or time is none; what is neither is refused."""
        view = self.node.document(document)
        names = [span for entity in view.reading.entities for span in entity.mentions]
        kind = next((MarkedAs.NAME for at in names if at.overlap(span)), MarkedAs.TIME)
        if kind is MarkedAs.TIME and not any(t.span.overlap(span) for t in view.reading.times):
            raise UsageError("no name or time is marked at these words: {0}", "")
        return self._keep(document, span, no=marked_as or kind, everywhere=everywhere, why=why)

    def withdraw(self, document: str, given: str, *, why: str | None = None) -> Marking:
        """Drop one."""
        view = self.node.document(document)
        found = next((each for each in view.markings if each.id == given), None)
        if found is None:
            raise UnknownIdError("marking", given)
        left = tuple(each for each in view.markings if each is not found)
        self.node.views[document] = replace(view, markings=left)
        return found

    def _keep(self, document: str, span: Span, **said: Any) -> Marking:
        view = self.node.document(document)
        id_, by = MarkingId(f"m-{len(view.markings):016d}"), ActorId("a-0000000000000001")
        made = Marking(id=id_, rendition=view.rendition, span=span, by=by, time=LEARNT, **said)
        reading = with_marked(view.reading, view.extraction.text, [made])
        self.node.views[document] = replace(view, reading=reading, markings=(*view.markings, made))
        return made


@dataclass(slots=True)
class Going:
    """What goes on at a simulated node: what is judged."""

    node: "SimulatedNode"

    def position(self) -> tuple[int, ...]:
        """Return how much there is."""
        judged = sum(len(claim.judgements) for claim in self.node.all_claims.values())
        return len(self.node.views), judged

    def tally(self) -> Tally:
        """Return how many documents and claims there are."""
        return Tally(len(self.node.views), len(self.node.all_claims), 0)

    def coming(self) -> int:
        """Return 0: a simulated node is never behind."""
        return 0

    def sees(self, thing: str) -> bool:
        """Return whether there is such a claim or document."""
        return thing in self.node.all_claims or thing in self.node.views

    def last(self, thing: str) -> Touch | None:
        """Return the last judgement on a claim."""
        claim = self.node.all_claims.get(thing)
        return Touch(claim.judgements[-1], "ليلى") if claim and claim.judgements else None

    def since(self, thing: str, seen: str) -> tuple[Touch, ...]:
        """Return the last judgement, if it is another."""
        last = self.last(thing)
        return () if last is None or last.entry == seen else (last,)

    def verify_seen(self, thing: str, seen: str | None) -> None:
        """Refuse as a node does."""
        verify_seen(self.last(thing), seen)


@dataclass(slots=True)
class SimulatedNode:
    """What `tawatur.web` asks of a node, over values held in memory."""

    id: NodeId = NODE
    name: str = "مرصد السهل"
    settings: Settings = field(default_factory=lambda: Settings(NODE, "مرصد السهل"))
    views: dict[str, DocumentView] = field(default_factory=dict)
    all_claims: dict[str, Claim] = field(default_factory=dict)
    all_events: tuple[Event, ...] = ()
    all_conflicts: tuple[Conflict, ...] = ()
    all_near: tuple[NearMiss, ...] = ()
    all_gaps: tuple[Gap, ...] = ()
    desk: SimulatedDesk = field(default_factory=SimulatedDesk)
    collecting: SimulatedCollecting = field(default_factory=SimulatedCollecting)
    lessons: SimulatedLessons = field(default_factory=SimulatedLessons)
    secretariat: SimulatedSecretariat = field(default_factory=SimulatedSecretariat)
    followup: SimulatedFollowUp = field(default_factory=SimulatedFollowUp)
    areas: SimulatedAreas = field(default_factory=SimulatedAreas)
    subjects: SimulatedSubjects = field(default_factory=SimulatedSubjects)
    meetings: SimulatedMeetings = field(default_factory=SimulatedMeetings)
    calendars: SimulatedCalendars = field(default_factory=SimulatedCalendars)
    broken: bool = False
    accounts: Nobody = field(default_factory=Nobody)
    settling: Settled = field(default_factory=Settled)
    who: NamedOnes = field(default_factory=NamedOnes)
    sources: Known = field(init=False)
    boards: Told = field(init=False)
    charts: Drawn = field(init=False)
    compositions: Composed = field(init=False)
    pointers: SimulatedPointers = field(default_factory=SimulatedPointers)
    outgoing: SimulatedOutgoing = field(default_factory=SimulatedOutgoing)
    disclosures: SimulatedDisclosures = field(default_factory=SimulatedDisclosures)
    partners: SimulatedPartners = field(default_factory=SimulatedPartners)
    communities: SimulatedCommunities = field(default_factory=SimulatedCommunities)
    incoming: SimulatedIncoming = field(default_factory=SimulatedIncoming)
    reviewing: Queue = field(init=False)
    markings: Marked = field(init=False)
    live: Going = field(init=False)
    searching: Lookup = field(init=False)
    recent: Lately = field(init=False)

    def __post_init__(self) -> None:
        """Let what is asked by itself see the claims."""
        self.sources, self.boards, self.charts = Known(self), Told(self), Drawn(self)
        self.compositions = Composed(self)
        self.reviewing, self.searching = Queue(self), Lookup(self)
        self.recent, self.markings, self.live = Lately(self), Marked(self), Going(self)

    def still(self) -> AbstractContextManager[None]:
        """Return nothing: nobody writes beside."""
        return nullcontext()

    def asked_by(self, person: Person) -> "SimulatedNode":
        """Return it as it is: nobody has an account."""
        return self

    @property
    def rulings(self) -> Settled:
        """Return what can be taken back."""
        return self.settling

    def labels_of(self, items: Iterable[str]) -> dict[str, Label]:
        """Return the node's own label for whatever has an id."""
        return {item: Label.by(self.id) for item in items if item}

    def overview(self) -> Overview:
        """Return the counts."""
        claims = self.all_claims.values()
        languages: dict[str, int] = {}
        for view in self.views.values():
            languages[view.line.language] = languages.get(view.line.language, 0) + 1
        return Overview(
            documents=len(self.views),
            claims=len(self.all_claims),
            proposed=sum(claim.status is Status.PROPOSED for claim in claims),
            events=len(self.all_events),
            conflicts=len(self.all_conflicts),
            commitments=len(self.desk.commitments()),
            requests=len(self.desk.requests()),
            languages=tuple(languages.items()),
        )

    def documents(self, *, limit: int = -1, offset: int = 0) -> tuple[DocumentLine, ...]:
        """Return documents."""
        lines = tuple(view.line for view in self.views.values())[offset:]
        return lines if limit < 0 else lines[:limit]

    def lines(self, documents: Iterable[DocumentId]) -> dict[DocumentId, DocumentLine]:
        """Return the lines of some documents."""
        return {each: self.views[each].line for each in documents}

    def document(self, id: str, *, rendition: str | None = None) -> DocumentView:  # noqa: A002
        """Return one document; each has one text."""
        if id not in self.views or rendition not in {None, self.views[id].rendition}:
            raise UnknownIdError("document", id)
        view = self.views[id]
        return replace(view, claims=tuple(self.all_claims[c.id] for c in view.claims))

    def restore(
        self, document: str, parts: Sequence[int], *, why: str | None = None, undo: bool = False
    ) -> DocumentView:
        """Change which parts are content; nothing is read again."""
        view = self.document(document)
        by, content = ActorId("a-0000000000000001"), not undo
        return self._sifted(view, sifted_again(view, parts, by, why, content=content))

    def leave_out(
        self, document: str, start: int, end: int, *, why: str | None = None
    ) -> DocumentView:
        """Take characters for no content; nothing is read again."""
        view = self.document(document)
        return self._sifted(view, [left_out(view, start, end, ActorId("a-0000000000000001"), why)])

    def _sifted(self, view: DocumentView, said: Sequence[Sifting]) -> DocumentView:
        parts = sifted_parts(view.extraction.asides, said)
        changed = replace(view, extraction=view.extraction.sifted(said), parts=parts)
        self.views[view.line.id] = changed
        return changed

    def gloss(self, document: str, words: str, note: str, *, at: int | None = None) -> GlossLine:
        """Keep a note."""
        view = self.document(document)
        id_ = GlossId(f"g-{len(view.glosses):016d}")
        by = ActorId("a-0000000000000001")
        made = glossed(view, words, note, at=at, id=id_, by=by, time=LEARNT)
        line = GlossLine(made, words, made.span, Label.by(NODE))
        self.views[document] = replace(view, glosses=(*view.glosses, line))
        return line

    def withdraw_gloss(self, id: str, *, why: str | None = None) -> GlossLine:  # noqa: A002
        """Drop a note."""
        for key, view in self.views.items():
            for line in view.glosses:
                if line.gloss.id == id:
                    left = tuple(g for g in view.glosses if g is not line)
                    self.views[key] = replace(view, glosses=left)
                    return line
        raise UnknownIdError("gloss", id)

    def claims(
        self,
        *,
        about: str | None = None,
        document: str | None = None,
        status: Status | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Claim, ...]:
        """Return the claims whose words and status fit."""
        found = tuple(
            claim
            for claim in self.all_claims.values()
            if (not about or about in claim.quote)
            and (not document or claim.document == document)
            and (status is None or claim.status is status)
        )
        return found[offset:] if limit is None else found[offset : offset + limit]

    def claim_count(
        self,
        status: Status | None = None,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        """Return how many claims fit."""
        return len(self.claims(status=status, about=about, since=since, until=until))

    def claim(self, id: str) -> Claim:  # noqa: A002 - the node's own word
        """Return one claim."""
        if id not in self.all_claims:
            raise UnknownIdError("claim", id)
        return self.all_claims[id]

    def cited(self, claims: Iterable[ClaimId]) -> dict[ClaimId, Cited]:
        """Return claims by id, with the names of their files."""
        held = (self.all_claims[claim] for claim in claims)
        return {c.id: Cited(c, self.views[c.document].line.name) for c in held}

    def events(
        self,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: EventType | None = None,  # noqa: A002 - the node's own word
        contested: bool | None = None,
        order: EventOrder = EventOrder.DOCUMENTS,
        reverse: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Event, ...]:
        """Return the events whose headline holds the words; none is contested."""
        some = (
            e
            for e in self.all_events
            if (not about or about in e.headline) and type in (None, e.type) and not contested
        )
        found = tuple(_ordered(some, order, reverse=reverse))
        return found[offset:] if limit is None else found[offset : offset + limit]

    def event_count(
        self,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: EventType | None = None,  # noqa: A002 - the node's own word
        contested: bool | None = None,
    ) -> int:
        """Return how many there are."""
        some = self.events(about=about, since=since, until=until, type=type, contested=contested)
        return len(some)

    def event(self, id: str) -> Event:  # noqa: A002 - the node's own word
        """Return one event."""
        for event in self.all_events:
            if event.id == id:
                return event
        raise UnknownIdError("event", id)

    def roots(
        self,
        id: str,  # noqa: A002 - the node's own word
        *,
        as_of: str | None = None,
    ) -> tuple[Traced, ...]:
        """Return the tree of an event from the claims that were published by a day."""
        event = self.event(id)
        held = [self.all_claims[each] for each in event.claims]
        out = [c for c in held if as_of is None or (c.published or "9999") <= as_of]
        if not out:
            raise UsageError("nothing of {0} was out by {1}", id, as_of)
        cited = {c.id: Cited(c, self.views[c.document].line.name) for c in out}
        return (Traced(event, lineage(out), aspects(out), cited),)

    def conflicts(
        self, *, about: str | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[Conflict, ...]:
        """Return the conflicts of which a side holds the words."""
        found = tuple(
            c for c in self.all_conflicts if not about or about in self.all_claims[c.a].quote
        )
        return found[offset:] if limit is None else found[offset : offset + limit]

    def near_misses(
        self, *, about: str | None = None, limit: int | None = None
    ) -> tuple[NearMiss, ...]:
        """Return the near misses of which a side holds the words."""
        near = (n for n in self.all_near if not about or about in self.all_claims[n.a].quote)
        return tuple(near)[:limit]

    def pair_counts(self) -> tuple[int, int]:
        """Return how many there are of both."""
        return len(self.all_conflicts), len(self.all_near)

    def gaps(
        self, *, about: str | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[Gap, ...]:
        """Return the gaps that hold the words."""
        found = tuple(
            g for g in self.all_gaps if not about or about in self.all_claims[g.claim].quote
        )
        return found[offset:] if limit is None else found[offset : offset + limit]

    def why(self, id: str) -> Because:  # noqa: A002 - the node's own word
        """Return what a gap or an event came from."""
        whole = id.partition("/")[0]
        gap = next((each for each in self.all_gaps if each.claim == whole), None)
        claims = (gap.claim, *gap.supposed) if gap else self.event(whole).claims
        return Because(
            id=id,
            of=self.all_claims[claims[0]].quote,
            kind=WorkedOut.GAP if gap else WorkedOut.ROOT,
            rules=(Rule("roots", "2"),),
            grounds=(Ground(Reason("It names no source."), claims[0]),),
            claims=tuple(
                Cited(self.all_claims[c], self.views[self.all_claims[c].document].line.name)
                for c in claims
            ),
            judgements=(Judged(EntryId("1"), claims[0], Verdict.ACCEPT, "Salma", "read twice"),),
            rulings=(),
        )

    def gap_count(self) -> int:
        """Return how many there are."""
        return len(self.all_gaps)

    def judge(
        self, claim: str, verdict: Verdict, *, why: str | None = None, **corrected: Any
    ) -> Claim:
        """Change the claim in force."""
        old = self.claim(claim)
        status = {"accept": Status.ACCEPTED, "reject": Status.REJECTED}.get(
            verdict, Status.CORRECTED
        )
        entry = EntryId(f"e-{len(old.judgements):016d}")
        self.all_claims[claim] = replace(
            old,
            status=status,
            content=replace(old.content, **corrected),
            judgements=(*old.judgements, entry),
        )
        return self.all_claims[claim]

    def in_words(self, claim: Claim, language: str) -> str:
        """Return the sources one after the other."""
        return " ← ".join(
            link.source_text or claim.publisher or "—" for link in claim.content.chain
        )

    def verify(self) -> Found:
        """Return figures; raise for a node made broken."""
        if self.broken:
            raise VerificationError("entry 7", "the payload is not what was signed", seq=7)
        gone = Gone(EntryId("e-9"), ActorId("a-1"), "requested by the family")
        return Found(41, bytes(range(32)), 3, 8, (gone,))


def filled() -> SimulatedNode:
    """Return a node with four documents, their claims, two events, a conflict and a desk."""
    node = SimulatedNode()
    medic = ("مصدر طبي في المشفى الميداني", SourceKind.ANONYMOUS)
    red = ("المتحدث باسم الصليب الأهلي سمير الحلواني", SourceKind.PERSON)
    arabic = _add(
        node,
        "ar",
        ARABIC,
        title="مقتل 12 مدنياً في غارة على سوق بلدة ودريل",
        publisher="وكالة أنباء السهل",
        published="2021-07-21",
        asides=(("الرئيسية | أخبار | رأي | رياضة", "menu"), ("اترك تعليقاً", "comment form")),
        names=(
            ("سمير الحلواني", EntityType.PERSON),
            ("ودريل", EntityType.COUNTRY_OR_CITY),
            ("كلموري", EntityType.COUNTRY_OR_CITY),
        ),
        times=(("20 تموز", "2021-07-20"), ("1 أيلول", "2021-09-01")),
        claims=(
            (
                "غارة جوية استهدفت سوق بلدة ودريل يوم 20 تموز أسفرت عن مقتل 12 مدنياً",
                (red, medic),
                {
                    "event_type": EventType.ASSAULT,
                    "when": "2021-07-20",
                    "where": (Named("ودريل", EntityType.COUNTRY_OR_CITY),),
                    "figure": "12 مدنياً",
                },
            ),
            (
                "مقتل 12 مدنياً، نقلاً عن مصدر طبي",
                (red, medic),
                {"event_type": EventType.ASSAULT, "modality": Modality.HEDGED},
            ),
            (
                "أن يكون في السوق أي مقاتل",
                (("مجلس بلدة ودريل", SourceKind.BODY),),
                {"polarity": Polarity.DENIED},
            ),
            (
                "القتلى كلهم باعة وزبائن",
                (("مجلس بلدة ودريل", SourceKind.BODY), ("رئيسه", SourceKind.PERSON)),
                {},
            ),
            (
                "بفتح طريق كلموري أمام القوافل قبل 1 أيلول",
                (("قيادة المنطقة الشرقية", SourceKind.BODY),),
                {
                    "modality": Modality.PROMISED,
                    "event_type": EventType.CONCEDE,
                    "when": "../2021-09-01",
                },
            ),
        ),
    )
    french = _add(
        node,
        "fr",
        FRENCH,
        title="Frappe sur Wadril : au moins 20 morts selon une source locale",
        publisher="Le Courrier de la Plaine",
        published="2021-07-22",
        names=(("Wadril", EntityType.COUNTRY_OR_CITY),),
        times=(("mardi", "2021-07-20"),),
        claims=(
            (
                "Au moins 20 personnes ont été tuées mardi dans le marché de Wadril",
                (("une source locale", SourceKind.ANONYMOUS),),
                {
                    "event_type": EventType.ASSAULT,
                    "when": "2021-07-20",
                    "figure": "20 personnes",
                    "bound": "at least",
                },
            ),
            (
                "toute frappe ce jour-là",
                (("Le commandement de la région Est", SourceKind.BODY),),
                {"polarity": Polarity.DENIED, "event_type": EventType.ASSAULT},
            ),
        ),
    )
    _add(
        node,
        "en",
        ENGLISH,
        title="Widril council asks for inquiry",
        publisher="Plain Observer",
        published=None,
        names=(("Widril", EntityType.COUNTRY_OR_CITY),),
        times=(("23 July", "2021-07-23"),),
        claims=(
            (
                "The town council of Widril asked the eastern command on 23 July to allow an independent inquiry",
                (),
                {"event_type": EventType.REQUEST, "modality": Modality.REQUESTED},
            ),
            (
                "The command has not replied",
                (("a council member", SourceKind.ANONYMOUS),),
                {"polarity": Polarity.DENIED},
            ),
        ),
    )
    _add(
        node,
        "ar",
        HOSTILE,
        title='<script>alert("قف")</script> عاجل',
        publisher='صحيفة <b onmouseover="x()">',
        published="2021-07~",
        claims=(
            (
                '<img src=x onerror=alert(1)> "الطريق مفتوح" & آمن',
                (("ناطق", SourceKind.ANONYMOUS),),
                {},
            ),
        ),
    )
    strike, repeat = arabic[0], french[0]
    node.all_events = (
        Event(
            EventId("v-0000000000000001"),
            EventType.ASSAULT,
            node.all_claims[strike].quote,
            "ar",
            (strike, arabic[1], repeat, french[1]),
            tuple(dict.fromkeys(c.document for c in node.all_claims.values()))[:2],
            "2021-07-20",
            ("ودريل",),
            ("سمير الحلواني",),
            RootInterval(
                1,
                2,
                (
                    Root(("مصدر طبي في المشفى الميداني",), (strike, arabic[1]), named=False),
                    Root(("une source locale",), (repeat,), named=False),
                ),
                (Reason("{0} and {1} may be one and the same", ("مصدر طبي", "une source locale")),),
            ),
        ),
    )
    why = Reason("{0} counts {1}, {2} counts {3}", ("وكالة أنباء السهل", "12", "Le Courrier", "20"))
    node.all_conflicts = (
        Conflict(ConflictId("x-0000000000000001"), ConflictKind.FIGURE, strike, repeat, why),
    )
    rose = "This does not contradict, because the count rose: {0}, then {1} ({2})."
    one, other = (claim.id for claim in list(node.all_claims.values())[:2])
    node.all_gaps = (
        Gap(one, Missing.NOT_KNOWN, (other,)),
        Gap(other, Missing.NOT_FOUND, ()),
    )
    node.all_near = (
        NearMiss(
            ConflictId("x-0000000000000002"),
            ConflictKind.FIGURE,
            strike,
            arabic[1],
            Reason(rose, ("12", "20", "جريح")),
        ),
    )
    first, second = list(node.views)[:2]
    copy = Copy(
        DocumentId(first),
        DocumentId(second),
        CopyKind.EXCERPT,
        0.4,
        Reason("{0} of the shorter text is shared", ("40 %",)),
    )
    node.views[first] = replace(node.views[first], copies=(copy,))
    node.desk.commit(
        by="قيادة المنطقة الشرقية",
        what="فتح طريق كلموري أمام القوافل",
        to="مجلس بلدة ودريل",
        due="2021-09-01",
        claims=(arabic[4],),
    )
    node.desk.ask(
        by="Widril town council",
        to="eastern command",
        what="an independent inquiry into the market strike",
        since="2021-07-23",
        next_step="eastern command",
    )
    meeting = node.meetings.add(
        "حوار ودريل",
        when="2021-11-14",
        hours="10:00-12:00",
        zone="Africa/Bamako",
        parties=("مجلس بلدة ودريل", "eastern command"),
        agenda=("الطريق", "the inquiry"),
    )
    node.meetings.decide(meeting.id, "يفتح الطريق", on="1")
    node.meetings.draft(meeting.id, "minutes", "اتفق الطرفان على فتح الطريق.")
    node.who.found = _named(node, node.all_claims[strike])
    return node


def _named(node: SimulatedNode, claim: Claim) -> dict[str, EntityView]:
    """Return a person and a body that one claim ties."""
    lines = tuple(view.line for view in node.views.values())[:2]
    here = tuple(line.id for line in lines)
    person = Entity(
        EntityId("e-0000000000000001"),
        EntityType.PERSON,
        "سمير الحلواني",
        (Name("سمير الحلواني", "ar", 1), Name("Samir Helwani", "fr", 1)),
        here,
        (Reason("{0} and {1} are spellings of one name.", ("Samir Helwani", "سمير الحلواني")),),
    )
    body = Entity(
        EntityId("e-0000000000000002"),
        EntityType.ORGANISATION,
        "الصليب الأهلي",
        (Name("الصليب الأهلي", "ar", 1),),
        here[:1],
    )
    tie = RelationLine(f"{person.id}/1", RelationKind.LEADS, person, body, claim, claim.span)
    span = _at(ARABIC, "المتحدث باسم الصليب الأهلي")
    function = FunctionLine(span.of(ARABIC), "2021-07-21", Place(claim.rendition, span), here[0])
    return {
        entity.id: EntityView(
            entity,
            tuple(
                NameLine(each.text, script, each.language, "2021-07-21", "2021-07-22", here)
                for each, script in zip(entity.names, ("Arabic", "Latin"), strict=False)
            ),
            lines,
            (function,) if entity is person else (),
            (claim,) if entity is person else (),
            (claim,),
            (tie,),
            (Through(tie, (Cited(claim, lines[0].name),)),) if entity is body else (),
            (),
        )
        for entity in (person, body)
    }


def _add(
    node: SimulatedNode,
    language: str,
    text: str,
    *,
    title: str,
    publisher: str,
    published: str | None,
    asides: tuple[tuple[str, str], ...] = (),
    names: tuple[tuple[str, EntityType], ...] = (),
    times: tuple[tuple[str, str], ...] = (),
    claims: tuple[tuple[str, tuple[tuple[str, SourceKind], ...], dict[str, Any]], ...] = (),
) -> tuple[ClaimId, ...]:
    """Put one document with its claims on the node; return their ids."""
    document = DocumentId(keyed_id("d", b"simulated", text))
    rendition = RenditionId(keyed_id("r", b"simulated", text))
    made = []
    for quote, chain, says in claims:
        span = _at(text, quote)
        made.append(
            Claim(
                id=ClaimId(keyed_id("c", b"simulated", document, span.start, span.end)),
                document=document,
                rendition=rendition,
                span=span,
                quote=quote,
                language=language,
                content=_content(text, chain, says),
                status=Status.PROPOSED,
                readers=("rules/1",),
                published=published,
                learnt=LEARNT,
                said=published,
                publisher=publisher,
            )
        )
    entities = tuple(
        LocalEntity(f"e{n}", kind, name, _all(text, name)) for n, (name, kind) in enumerate(names)
    )
    reading = Reading(
        reader="rules/1",
        language=language,
        published=Publication(published, None if published else "2021-07-23/2021-09-01", ()),
        entities=entities,
        times=tuple(TimeExpression(_at(text, words), value) for words, value in times),
    )
    extraction = Extraction(
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        extractor=Extractor("plain", "1"),
        language=language,
        asides=tuple(
            Aside(Span(text.index(start), _aside_end(text, start, kind)), kind)
            for start, kind in asides
        ),
        publisher=Stated(publisher, "meta"),
        published=Stated(published, "meta") if published else None,
    )
    line = DocumentLine(
        document,
        title,
        language,
        publisher,
        published,
        LEARNT,
        len(made),
        len(text),
        f"{language}.txt",
        Label.by(NodeId("n-0000000000000001")),
    )
    came = Acquisition(
        document,
        BlobDigest("sha256:0"),
        f"{language}.txt",
        "file",
        LEARNT,
        ActorId("a-1"),
        Label.by(node.id),
    )
    text_line = RenditionLine(
        rendition, extraction.extractor, LEARNT, len(text), current=True, claims=len(made),
        former=0, judgements=0,
    )  # fmt: skip
    node.views[document] = DocumentView(
        line, rendition, extraction, reading, (came,), tuple(made), (),
        renditions=(text_line,),
        parts=sifted_parts(extraction.asides, ()),
    )  # fmt: skip
    node.all_claims |= {claim.id: claim for claim in made}
    return tuple(claim.id for claim in made)


def _content(text: str, chain: tuple[tuple[str, SourceKind], ...], says: dict[str, Any]) -> Content:
    says = dict(says)
    figure, bound = says.pop("figure", None), says.pop("bound", None)
    quantities = (Quantity(_at(text, figure), None, bound=bound),) if figure else ()
    links = tuple(
        Link(kind, source, _at(text, source), manner=Manner.INDIRECT) for source, kind in chain
    )
    who = (Named("سمير الحلواني", EntityType.PERSON, Role.ACTOR),) if figure and not bound else ()
    return Content(chain=(AUTHOR, *links), quantities=quantities, who=who, **says)


def _at(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def _all(text: str, words: str) -> tuple[Span, ...]:
    spans, at = [], text.find(words)
    while at >= 0:
        spans.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return tuple(spans)


def _aside_end(text: str, start: str, kind: str) -> int:
    return len(text) if kind == "comment form" else text.index(start) + len(start)


def _ordered(events: Iterable[Event], order: EventOrder, *, reverse: bool) -> list[Event]:
    """Return events in an order."""
    found = sorted(
        ((Weight.of(event).key(order), event) for event in events),
        key=lambda each: each[0],
        reverse=order.falls(reverse),
    )
    told = [event for key, event in found if key[0] != ""]
    return told + [event for key, event in found if key[0] == ""]
