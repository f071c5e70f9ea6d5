"""What the pages need of a node: its listings, its judgements, and nothing that writes a file.

`tawatur.node.Node` has all of it and more; tests bring a simulator. Every listing
is asked through the node's label decision, so that no page decides who may see
what. The pages call one method at a time, from whichever thread serves a request.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from tawatur.model.account import Account, AccountRole, Person
from tawatur.model.area import Area, BorderNotice, Overlap, Sighting
from tawatur.model.calendar import CalendarAddress, Occasion
from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Due,
    Lesson,
    ProposedReview,
    Request,
    RequestStatus,
    Review,
    Sitting,
    Step,
)
from tawatur.model.grade import ClaimGrade, Reliability
from tawatur.model.hypothesis import Bears, Board
from tawatur.model.ids import ActorId, ClaimId, ConflictId, DocumentId, EntityId, EntryId, NodeId
from tawatur.model.label import Label
from tawatur.model.marking import MarkedAs, Marking
from tawatur.model.meeting import Clearance, Meeting, MeetingStatus
from tawatur.model.picture import Conflict, Entity, Event, Gap, NearMiss
from tawatur.model.reading import AUTHOR, EntityType, EventType
from tawatur.model.reading import Link as ChainLink
from tawatur.model.ruling import (
    Bearing,
    Composition,
    Grading,
    Hypothesis,
    Outcome,
    Place,
    Ruling,
    Sameness,
    Settlement,
)
from tawatur.model.span import Span
from tawatur.model.subject import Look, Subject
from tawatur.node.briefs.composing import Line, Recipient
from tawatur.node.desk.areas import Noted, Reached
from tawatur.node.desk.collecting import ToldSum
from tawatur.node.desk.followup import Agenda, Channel, Exchanged, State
from tawatur.node.indexing.bars import Bar
from tawatur.node.indexing.orders import EventOrder
from tawatur.node.indexing.waiting import EVERYTHING, Turn, Which
from tawatur.node.indexing.words import Query
from tawatur.node.judging.asked_sources import EVERY_SOURCE, AskedSources
from tawatur.node.judging.entities import Candidate, EntityView
from tawatur.node.judging.reviewing import Act, Opinion, Pressing, Share
from tawatur.node.pointers import Pointed
from tawatur.node.seeing.charts import Link, Narrowed, Spot, Tie, TieView
from tawatur.node.seeing.live import Tally
from tawatur.node.seeing.recent import Held, Since
from tawatur.node.seeing.sight import Touch
from tawatur.node.views import (
    Because,
    Cited,
    DocumentLine,
    DocumentView,
    GlossLine,
    Hit,
    Overview,
    SourceLine,
    SourceView,
    Traced,
)
from tawatur.settings import Settings
from tawatur.web.sharing_ports import (
    ShownCommunities,
    ShownDisclosures,
    ShownOutgoing,
    ShownPartners,
)


class ErasedContent(Protocol):
    """A content that is gone, by whose word and why."""

    @property
    def entry(self) -> EntryId:
        """The entry whose content it was."""

    @property
    def by(self) -> ActorId:
        """By whom."""

    @property
    def reason(self) -> str:
        """Why."""


class Whole(Protocol):
    """What a verification found to be whole: what the head of the log says."""

    @property
    def size(self) -> int:
        """How many entries."""

    @property
    def root(self) -> bytes:
        """The root of the Merkle tree over them."""

    @property
    def checkpoints(self) -> int:
        """How many signed checkpoints were checked."""

    @property
    def blobs(self) -> int:
        """How many contents were checked."""

    @property
    def erased(self) -> Sequence[ErasedContent]:
        """What is gone, in order."""


class ShownRulings(Protocol):
    """What people decided of things worked out."""

    def withdraw(self, given: str, why: str) -> Ruling:
        """Take a ruling back and return it as it was."""


class ShownSettling(Protocol):
    """What contradictions come to."""

    def settle(self, conflict: str, outcome: Outcome, why: str) -> Settlement:
        """Record what a conflict comes to."""

    def of(self, conflicts: Sequence[Conflict]) -> Mapping[ConflictId, Settlement]:
        """Return what those come to of which a person has said so."""

    def unsettled(self, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
        """Return those that nobody settled or dismissed."""


class ShownEntities(Protocol):
    """Who and what reports name."""

    def all(
        self,
        *,
        type: EntityType | None = None,  # noqa: A002 - the node's own word
        about: str | None = None,
    ) -> tuple[Entity, ...]:
        """Return those of a kind whose names hold some words, by name."""

    def view(self, given: str) -> EntityView:
        """Return one with what was found of it; the id may be shortened."""

    def candidates(self, given: str, typed: str) -> tuple[Candidate, ...]:
        """Return who else has a name, or the id, that was typed."""

    def at(self, place: Place) -> Entity:
        """Return the one whose name stands at a place."""

    def same(self, a: str, b: str, why: str) -> Sameness:
        """Record that two are one."""

    def not_same(self, a: str, b: str, why: str) -> Sameness:
        """Record that two are not one."""


class ShownSources(Protocol):
    """Who speaks, and how far each is to be relied on."""

    @property
    def grades(self) -> bool:
        """Whether grades are given at all."""

    def lines(self, asked: AskedSources = EVERY_SOURCE) -> tuple[SourceLine, ...]:
        """Return the sources that are asked for, in order."""

    def one(self, given: str) -> SourceView:
        """Return one source; the id may be shortened."""

    def of_claim(self, claim: ClaimId) -> ClaimGrade | None:
        """Return the number of one claim, if it has one."""

    def grade(
        self,
        given: str,
        letter: Reliability,
        why: str,
        *,
        purpose: str | None = None,
        expires: datetime | None = None,
    ) -> Grading:
        """Record a person's letter for a source."""


class ShownBoards(Protocol):
    """Explanations that compete."""

    def all(self) -> tuple[Board, ...]:
        """Return the boards on which there is one."""

    def of(self, about: str) -> Board:
        """Return the board of an event or a document; the id may be shortened."""

    def add(self, about: str, text: str, why: str = "") -> Hypothesis:
        """Record an explanation."""

    def weigh(self, hypothesis: str, claim: str, bears: Bears, why: str) -> Bearing:
        """Record how a claim bears on an explanation."""


class ShownRecent(Protocol):
    """What is new, and what is held."""

    def since(self, look: datetime | None) -> Since:
        """Return what came since a look."""

    def held(self) -> Held:
        """Return how many claims there are by type, publisher and time."""


class ShownSearching(Protocol):
    """What holds some words."""

    def documents(
        self, query: Query, *, language: str | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Return documents that hold them."""

    def claims(
        self, query: Query, *, language: str | None = None, limit: int = 20
    ) -> tuple[Claim, ...]:
        """Return claims that hold them."""

    def citable(
        self,
        words: str,
        *,
        since: str = "",
        until: str = "",
        place: str = "",
        type: EventType | None = None,  # noqa: A002 - the model's word
        limit: int = 200,
    ) -> tuple[Claim, ...]:
        """Return claims that a brief may cite."""

    def names(self, query: Query, *, limit: int = 20) -> tuple[Entity, ...]:
        """Return who and what is named so."""


class ShownReviewing(Protocol):
    """The queue of proposals, and what can be made of them."""

    def languages(self) -> tuple[str, ...]:
        """Return the languages of documents."""

    def left(self) -> int:
        """Return how many wait."""

    def next(self, wanted: Which = EVERYTHING, after: Turn | None = None) -> Pressing | None:
        """Return the most pressing one behind a place in the queue."""

    def at(self, claim: str) -> Pressing:
        """Return one claim as the queue shows it."""

    def second(self) -> Pressing | None:
        """Return a claim that only others judged."""

    def shares(self) -> tuple[Share, ...]:
        """Return what became of judged proposals."""

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
        """Record a judgement."""

    def mark(
        self,
        document: str,
        span: Span,
        chain: Sequence[ChainLink] = (AUTHOR,),
        *,
        type: EventType = EventType.STATE,  # noqa: A002 - the model's word
        why: str | None = None,
    ) -> Act:
        """Record that words are a claim."""

    def join(self, claim: str, other: str, *, why: str | None = None) -> Act:
        """Record that two claims are one."""

    def split(self, claim: str, at: int, *, why: str | None = None) -> Act:
        """Record that a claim is two."""

    def undo(self, entries: Iterable[str]) -> Act:
        """Take judgements back."""

    def words_on(self, claim: str) -> tuple[Opinion, ...]:
        """Return the last word of each person on a claim."""

    def differing(self) -> tuple[tuple[Claim, tuple[Opinion, ...]], ...]:
        """Return the claims on which people's words part."""

    def settle(self, claim: str, keep: str, why: str) -> Act:
        """Record whose word holds."""


class ShownMarkings(Protocol):
    """Names and times marked by hand."""

    def name(
        self,
        document: str,
        span: Span,
        type: EntityType,  # noqa: A002 - the model's word
        *,
        like: Span | None = None,
    ) -> Marking:
        """Record that words are a name."""

    def time(self, document: str, span: Span, when: str = "") -> Marking:
        """Record that words tell a time."""

    def unmark(
        self,
        document: str,
        span: Span,
        *,
        marked_as: MarkedAs | None = None,
        everywhere: bool = False,
        why: str | None = None,
    ) -> Marking:
        """Record that words which are marked are no name or no time."""

    def withdraw(self, document: str, given: str, *, why: str | None = None) -> Marking:
        """Take a marking back."""


class ShownLive(Protocol):
    """What goes on while a page lies open."""

    def position(self) -> tuple[int, ...]:
        """Return what is equal twice only if nothing happened in between."""

    def tally(self) -> Tally:
        """Return how much is held."""

    def coming(self) -> int:
        """Return how many documents have still to be worked in."""

    def sees(self, thing: str) -> bool:
        """Return whether there is such a thing."""

    def last(self, thing: str) -> Touch | None:
        """Return what changed a thing last."""

    def since(self, thing: str, seen: str) -> tuple[Touch, ...]:
        """Return what changed a thing after an entry."""

    def verify_seen(self, thing: str, seen: str | None) -> None:
        """Refuse a word on a thing that changed since it was looked at."""


class ShownCharts(Protocol):
    """What charts show."""

    def bars(self, by: Narrowed) -> tuple[Bar, ...]:
        """Return what has a place in time, by its start."""

    def undated(self) -> int:
        """Return how many events have no time."""

    def links(self, bars: Iterable[Bar]) -> tuple[Link, ...]:
        """Return the contradictions that lie within these."""

    def spots(self, by: Narrowed) -> tuple[Spot, ...]:
        """Return the events that name a place, with its position."""

    def ties(self, by: Narrowed) -> tuple[Tie, ...]:
        """Return who did what to whom, by the names of both."""

    def shown(self, ties: Sequence[Tie]) -> tuple[TieView, ...]:
        """Return ties with their claims, denials and roots."""

    def entities(self, ids: Iterable[EntityId]) -> Mapping[EntityId, Entity]:
        """Return entities by id."""

    def conflict(self, given: str) -> Conflict:
        """Return one contradiction; the id may be shortened."""

    def events_of(self, claims: Collection[ClaimId]) -> tuple[Event, ...]:
        """Return the events that hold one of these claims."""


class ShownDesk(Protocol):
    """What was promised and asked.

    `tawatur.node.desk.desk.Desk` says what each takes and returns.
    """

    def commitments(
        self, *, overdue: bool = False, start: int = 0, limit: int | None = None
    ) -> tuple[Commitment, ...]:
        """Return what was promised, what needs a person first."""

    def requests(
        self, *, waiting: int | None = None, start: int = 0, limit: int | None = None
    ) -> tuple[Request, ...]:
        """Return what was asked, what has waited longest first."""

    def proposed_commitments(self, *, limit: int | None = None) -> tuple[Commitment, ...]:
        """Return what reports tell of as promised."""

    def proposed_requests(self, *, limit: int | None = None) -> tuple[Request, ...]:
        """Return what reports tell of as asked."""

    def commit(
        self,
        *,
        by: str,
        what: str,
        to: str | None = None,
        due: str | None = None,
        claims: Sequence[str] = (),
        said_at: str | None = None,
    ) -> Commitment:
        """Record a commitment."""

    def ask(self, *, by: str, to: str, what: str, **also: Any) -> Request:
        """Record a request."""

    def change_commitment(
        self, given: str, status: CommitmentStatus, *, why: str, **also: Any
    ) -> Commitment:
        """Record what became of a commitment."""

    def change_request(
        self, given: str, status: RequestStatus, *, why: str, **also: Any
    ) -> Request:
        """Record what became of a request."""

    def pass_on(self, given: str, to: str, *, why: str) -> Request:
        """Record that a request was passed on, and return the one it became."""

    def confirm_commitment(self, given: str) -> Commitment:
        """Record a commitment that a report tells of."""

    def confirm_request(self, given: str) -> Request:
        """Record a request that a report tells of."""

    def count(self, kind: type[Commitment] | type[Request]) -> int:
        """Return how many items of a kind there are."""

    def commitment(self, given: str) -> Commitment:
        """Return one commitment."""

    def request(self, given: str) -> Request:
        """Return one request."""

    def history(self, given: str) -> tuple[Step[Any], ...]:
        """Return the steps of one item."""

    def alike(self, what: str, *, to: str | None = None) -> tuple[Request, ...]:
        """Return the open requests for much the same."""

    def following(self, item: Commitment | Request | Meeting) -> tuple[StrEnum, ...]:
        """Return what may follow on the status of an item."""

    def reject(self, given: str, why: str) -> object:
        """Record that a claim neither promises nor asks."""


class ShownSecretariat(Protocol):
    """What goes through the node.

    `tawatur.node.desk.secretariat` says what each takes and returns.
    """

    def goes_through(self, item: Request) -> bool:
        """Return whether whoever asks has it asked by this node."""

    def taken_up_as(self, given: str) -> Request | None:
        """Return as which one a request was taken up."""

    def take_up(self, given: str, *, to: str | None = None, what: str | None = None) -> Request:
        """Ask it in the node's own name."""

    def report_back(self, given: str) -> Request:
        """Tell what became of it."""


class ShownLessons(Protocol):
    """What was learnt; `tawatur.node.desk.lessons` says what each takes and returns."""

    def all(self, *, about: str | None = None) -> tuple[Lesson, ...]:
        """Return lessons, those of a request."""

    def add(self, what: str, *, about: str | None = None) -> Lesson:
        """Record one."""

    def change(self, given: str, *, what: str | None = None) -> Lesson:
        """Record one in other words."""

    def withdraw(self, given: str, why: str) -> Lesson:
        """Record that one does not hold."""


class ShownCollecting(Protocol):
    """What collections cost; `tawatur.node.desk.collecting` says what each takes and returns."""

    def sums(self, given: str | None = None) -> tuple[ToldSum, ...]:
        """Return the sums that may be what a collection costs."""

    def take_over(self, given: str, claim: str, *, actual: bool = False) -> Request:
        """Record that one is."""


class ShownCompositions(Protocol):
    """Briefs that people compose.

    `tawatur.node.briefs.composing` says what each takes and returns.
    """

    def all(self) -> tuple[Composition, ...]:
        """Return them, that with the latest change last."""

    def one(self, given: str) -> Composition:
        """Return one."""

    def lines(self, given: str) -> tuple[Line, ...]:
        """Return the parts of one as they stand now."""

    def recipients(self, given: str) -> tuple[Recipient, ...]:
        """Return for each partner which parts keep it from having one."""

    def start(self, title: str, language: str = "en") -> Composition:
        """Begin one."""

    def add(self, given: str, items: Sequence[str], at: int | None = None) -> Composition:
        """Put claims and events in."""

    def write(self, given: str, text: str, at: int | None = None) -> Composition:
        """Put words in."""

    def rewrite(self, given: str, number: int, text: str) -> Composition:
        """Put other words in the place of some."""

    def move(self, given: str, number: int, to: int) -> Composition:
        """Move a part."""

    def drop(self, given: str, number: int) -> Composition:
        """Take a part out."""

    def label(self, given: str) -> Label:
        """Return the label of one."""

    def file(self, given: str, form: str) -> bytes:
        """Return one as a file: ``html``, ``pdf``, ``docx``, or ``zip`` with Markdown in it."""


class ShownAccounts(Protocol):
    """Who works on the node."""

    def all(self) -> tuple[Account, ...]:
        """Return the accounts by name; for an administrator."""

    def exist(self) -> bool:
        """Return whether there is any."""

    def entering(self, name: str) -> Person | None:
        """Return who may come in under a name or id, if their password is right."""

    def opens(self, person: Person | None, password: str) -> bool:
        """Return whether a password is right; may be asked while others ask the node."""

    def stamp(self, actor: ActorId) -> str:
        """Return what is another one once the password is."""

    def add(
        self,
        name: str,
        *,
        roles: Collection[AccountRole] = (),
        organisation: str | None = None,
        compartments: Collection[str] = (),
        until: datetime | None = None,
    ) -> tuple[Account, str]:
        """Add an account; return it and its password."""

    def change(self, given: str, **changes: Any) -> Account:
        """Record what is otherwise with an account."""

    def password(self, given: str) -> str:
        """Give an account a new password and return it."""

    def choose_password(self, old: str, new: str) -> None:
        """Give whoever asks the password that they chose."""

    def organisations(self) -> dict[NodeId, str]:
        """Return the organisations for which somebody may work here, by id."""


class ShownMeetings(Protocol):
    """Who meets whom; `tawatur.node.desk.meetings.Meetings` says what each takes and returns."""

    def all(self, *, start: int = 0, limit: int | None = None) -> tuple[Meeting, ...]:
        """Return meetings, the next one first."""

    def count(self) -> int:
        """Return how many there are."""

    def one(self, given: str) -> Meeting:
        """Return one meeting by its id."""

    def history(self, given: str) -> tuple[Step[Any], ...]:
        """Return the steps of one meeting."""

    def promised(self, at: str | Meeting) -> tuple[Commitment, ...]:
        """Return what was promised at a meeting or summit."""

    def places(self) -> tuple[tuple[str, int], ...]:
        """Return where something was promised, and how much."""

    def names(self, meeting: Meeting) -> dict[str, str]:
        """Return the names of the meetings that matters came from or went to."""

    def name_of(self, said_at: str | None) -> str | None:
        """Return the name of a meeting by its id; other words as they are."""

    def add(
        self, name: str, *, hours: str | None = None, zone: str = "UTC", **also: Any
    ) -> Meeting:
        """Record a meeting."""

    def close(self, given: str, status: MeetingStatus, *, why: str, **also: Any) -> Meeting:
        """Record what became of a meeting."""

    def put(self, given: str, *matters: str) -> Meeting:
        """Record further matters on an agenda."""

    def decide(self, given: str, decision: str, *, on: str | None = None) -> Meeting:
        """Record a decision."""

    def put_off(
        self, given: str, matter: str, to: str | None = None
    ) -> tuple[Meeting, Meeting | None]:
        """Record that a matter is put off."""

    def draft(self, given: str, name: str, text: str) -> Meeting:
        """Record a paper as it now reads."""

    def clear(
        self, given: str, name: str, party: str, clearance: Clearance, *, why: str | None = None
    ) -> Meeting:
        """Record what a party says of a paper."""


class ShownCalendars(Protocol):
    """What is on when; `tawatur.node.desk.calendars.Calendars` says what each takes and returns."""

    def occasions(self) -> tuple[Occasion, ...]:
        """Return what is on when, the earliest first."""

    def ics(self, *, language: str) -> bytes:
        """Return it as an iCalendar file."""

    def give(self, given: str | None = None) -> tuple[CalendarAddress, str]:
        """Record a new address, and return the word in it."""

    def given(self) -> tuple[CalendarAddress, ...]:
        """Return the addresses that were given."""

    def revoke(self, given: str, why: str) -> CalendarAddress:
        """Record that an address leads to nothing any more."""

    def read(self, word: str, form: str, *, language: str) -> bytes | None:
        """Return the file under an address."""


class ShownFollowUp(Protocol):
    """What is to be done, and how the mechanism stands."""

    def due(self) -> tuple[Due, ...]:
        """Return what needs a person now, each with the reason."""

    def reviews(self) -> tuple[tuple[Review, date], ...]:
        """Return the reviews with the day on which each is next held."""

    def sittings(self, given: str) -> tuple[Sitting, ...]:
        """Return the times a review was held, in the order in which they were recorded."""

    def proposed_reviews(self) -> tuple[ProposedReview, ...]:
        """Return what reports propose to look at again."""

    def confirm_review(self, given: str, *, weeks: int) -> Review:
        """Plan a proposed review."""

    def plan(
        self, name: str, *, weeks: int, start: date | None = None, subjects: Sequence[str] = ()
    ) -> Review:
        """Record a review that is held every so many weeks."""

    def agenda(self, given: str) -> Agenda:
        """Return what a review goes through, worked out now."""

    def record(self, given: str, outcome: str, *, day: date | None = None) -> Sitting:
        """Record that a review was held."""

    def state(self) -> State:
        """Return how the mechanism stands."""

    def channels(self) -> tuple[Channel, ...]:
        """Return the partners, each with when something last went either way."""

    def balance(self, partner: str) -> tuple[Exchanged, ...]:
        """Return what was given, received and is owed, by month and kind."""


class ShownIncoming(Protocol):
    """What partners handed over."""

    def unproven(self, item: str) -> tuple[tuple[str, str], ...]:
        """Return who says of an item that it is whose, where nothing proves it."""

    def unproven_among(self, items: Iterable[str]) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Return the same of those of some items of which nothing proves it."""


class ShownPointers(Protocol):
    """What is only known to exist."""

    def all(self) -> tuple[Pointed, ...]:
        """Return what whoever asks may know to exist, by subject."""

    def ask(self, given: str, what: str) -> Request:
        """Record a request to those whom a pointer names, and return it."""

    def acknowledge(self, given: str) -> tuple[str, ...]:
        """Record that caveats are read, and return them."""


class ShownAreas(Protocol):
    """Border notices; `tawatur.node.desk.areas.Areas` says what each takes and returns."""

    def area(self, places: Sequence[str] = (), geojson: str | bytes | None = None) -> Area:
        """Return the area that place names or GeoJSON tell."""

    def notices(
        self,
        *,
        near: Area | None = None,
        at: str | None = None,
        over: bool = False,
        limit: int | None = None,
    ) -> tuple[BorderNotice, ...]:
        """Return border notices, open ones first."""

    def notice(self, given: str) -> BorderNotice:
        """Return one of them."""

    def history(self, given: str) -> tuple[Step[BorderNotice], ...]:
        """Return its steps."""

    def add(
        self,
        what: str,
        *,
        contact: str,
        start: str,
        end: str | None = None,
        places: Sequence[str] = (),
        geojson: str | bytes | None = None,
        sighting: Sighting = Sighting.PLANNED,
        fine: bool = False,
        matcher: str | None = None,
    ) -> Noted:
        """Record a border notice."""

    def withdraw(self, given: str, why: str) -> BorderNotice:
        """Record that it does not hold any more."""

    def reached(self, given: str) -> tuple[Reached, ...]:
        """Return the partners whom it reaches."""

    def overlaps(self, given: str | None = None) -> tuple[Overlap, ...]:
        """Return what whoever asks may know of overlaps."""

    def geojson(self, notices: Sequence[BorderNotice]) -> dict[str, Any]:
        """Return notices as GeoJSON."""


class ShownSubjects(Protocol):
    """Saved questions; `tawatur.node.desk.subjects.Subjects` says what each takes and returns."""

    def all(self) -> tuple[Subject, ...]:
        """Return the subjects."""

    def add(
        self,
        name: str,
        *,
        words: Sequence[str] = (),
        places: Sequence[str] = (),
        actors: Sequence[str] = (),
        types: Sequence[EventType] = (),
    ) -> Subject:
        """Save a question."""

    def look(self, given: str, *, everything: bool = False, note: bool = True) -> Look:
        """Return what came on one since the last look."""

    def remove(self, given: str) -> Subject:
        """Ask one no more."""


class ShownNode(Protocol):
    """One organisation's node, as the pages see it."""

    @property
    def areas(self) -> ShownAreas:
        """What is near a border."""

    @property
    def subjects(self) -> ShownSubjects:
        """The saved questions."""

    @property
    def accounts(self) -> ShownAccounts:
        """Who works on it."""

    def still(self) -> AbstractContextManager[None]:
        """Hold what is read to one state, until something is written by this node."""

    def asked_by(self, person: Person) -> "ShownNode":
        """Return the node as a person asks it and writes to it."""

    @property
    def who(self) -> ShownEntities:
        """Who and what reports name."""

    @property
    def charts(self) -> ShownCharts:
        """What charts show."""

    @property
    def compositions(self) -> ShownCompositions:
        """The briefs that people compose."""

    @property
    def desk(self) -> ShownDesk:
        """What was promised and what was asked."""

    @property
    def meetings(self) -> ShownMeetings:
        """Who meets whom, and what came of it."""

    @property
    def calendars(self) -> ShownCalendars:
        """What is on when, and who reads it elsewhere."""

    @property
    def lessons(self) -> ShownLessons:
        """What was learnt."""

    @property
    def collecting(self) -> ShownCollecting:
        """What collections cost."""

    @property
    def secretariat(self) -> ShownSecretariat:
        """What goes through the node for others."""

    @property
    def followup(self) -> ShownFollowUp:
        """What is to be done, and how the mechanism stands."""

    @property
    def incoming(self) -> ShownIncoming:
        """What partners handed over."""

    @property
    def outgoing(self) -> ShownOutgoing:
        """What leaves it."""

    @property
    def disclosures(self) -> ShownDisclosures:
        """Who has what."""

    @property
    def partners(self) -> ShownPartners:
        """Whom it exchanges with."""

    @property
    def communities(self) -> ShownCommunities:
        """Who belongs to what."""

    @property
    def pointers(self) -> ShownPointers:
        """What is only known to exist."""

    @property
    def boards(self) -> ShownBoards:
        """Explanations that compete."""

    @property
    def sources(self) -> ShownSources:
        """Who speaks."""

    @property
    def rulings(self) -> ShownRulings:
        """What people decided."""

    @property
    def settling(self) -> ShownSettling:
        """What contradictions come to."""

    @property
    def recent(self) -> ShownRecent:
        """What is new, and what is held."""

    @property
    def searching(self) -> ShownSearching:
        """What holds some words."""

    @property
    def live(self) -> ShownLive:
        """What goes on."""

    @property
    def markings(self) -> ShownMarkings:
        """Names and times marked by hand."""

    @property
    def reviewing(self) -> ShownReviewing:
        """What people make of proposals."""

    @property
    def id(self) -> NodeId:
        """The node's id."""

    @property
    def name(self) -> str:
        """The organisation's name."""

    @property
    def settings(self) -> Settings:
        """Port and interface language among them."""

    def overview(self) -> Overview:
        """Return the counts."""

    def labels_of(self, items: Iterable[str]) -> Mapping[str, Label]:
        """Return the labels of those of some items that may be seen, looked up together."""

    def documents(self, *, limit: int = -1, offset: int = 0) -> tuple[DocumentLine, ...]:
        """Return documents, newest first."""

    def lines(self, documents: Iterable[DocumentId]) -> dict[DocumentId, DocumentLine]:
        """Return the lines of some documents."""

    def document(
        self,
        id: str,  # noqa: A002 - the node's own word
        *,
        rendition: str | None = None,
    ) -> DocumentView:
        """Return one document with one of its texts, the newest unless told."""

    def restore(
        self, document: str, parts: Sequence[int], *, why: str | None = None, undo: bool = False
    ) -> DocumentView:
        """Record that numbered parts are content, or none after all; return the document."""

    def leave_out(
        self, document: str, start: int, end: int, *, why: str | None = None
    ) -> DocumentView:
        """Record that characters of a document are no content; return the document."""

    def gloss(self, document: str, words: str, note: str, *, at: int | None = None) -> GlossLine:
        """Record a note beside the very words of a document and return it."""

    def withdraw_gloss(self, id: str, *, why: str | None = None) -> GlossLine:  # noqa: A002
        """Record that a note is taken back and return it as it was."""

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
        """Return the claims that fit."""

    def claim_count(
        self,
        status: Status | None = None,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        """Return how many claims fit."""

    def cited(self, claims: Iterable[ClaimId]) -> Mapping[ClaimId, Cited]:
        """Return claims by id, each with the name of the file that it stands in."""

    def claim(self, id: str) -> Claim:  # noqa: A002 - the node's own word
        """Return one claim; the id may be shortened."""

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
        """Return the events that fit."""

    def event_count(
        self,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: EventType | None = None,  # noqa: A002 - the node's own word
        contested: bool | None = None,
    ) -> int:
        """Return how many events fit."""

    def event(self, id: str) -> Event:  # noqa: A002 - the node's own word
        """Return one event; the id may be shortened."""

    def roots(
        self,
        id: str,  # noqa: A002 - the node's own word
        *,
        as_of: str | None = None,
    ) -> tuple[Traced, ...]:
        """Return who had it from whom behind an event; several only as of a day."""

    def conflicts(
        self, *, about: str | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[Conflict, ...]:
        """Return the conflicts that fit."""

    def near_misses(
        self, *, about: str | None = None, limit: int | None = None
    ) -> tuple[NearMiss, ...]:
        """Return what looks contradictory and is not, of what fits."""

    def pair_counts(self) -> tuple[int, int]:
        """Return how many conflicts and near misses there are."""

    def why(self, id: str) -> Because:  # noqa: A002 - the node's own word
        """Return what something worked out came from."""

    def gaps(
        self, *, about: str | None = None, limit: int | None = None, offset: int = 0
    ) -> tuple[Gap, ...]:
        """Return what is said not to be known or found, of what fits."""

    def gap_count(self) -> int:
        """Return how many gaps there are."""

    def judge(
        self, claim: str, verdict: Verdict, *, why: str | None = None, **corrected: object
    ) -> Claim:
        """Record a person's judgement and return the claim as it now stands."""

    def in_words(self, claim: Claim, language: str) -> str:
        """Return the chain of a claim in words."""

    def verify(self) -> Whole:
        """Recompute everything; raises `VerificationError` at the first thing that is wrong."""
