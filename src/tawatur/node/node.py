"""One organisation's installation: the rooms tied together for the three doors.

    bytes → intake → reading → entries in the ledger → index (weighing) → listings, briefs

A node is opened by as many commands and pages at once as there are. Writing goes
under one lock, held for a batch of less than half a second; whatever was reading
meanwhile catches up from the ledger at its next question. Nothing is kept in
memory that the ledger does not hold.

Every listing takes a viewer, the node's own organisation unless another is
given, and is asked through the label decision (`tawatur.node.seeing.sight`).
"""

import copy
import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from nacl.signing import SigningKey

from tawatur import sharing
from tawatur.errors import (
    Message,
    UsageError,
)
from tawatur.ledger import Entropy, Signer, TableLedger, Verified, database_of
from tawatur.model.account import AccountRole, Person
from tawatur.model.claim import (
    Claim,
    Status,
    Verdict,
)
from tawatur.model.document import Extraction
from tawatur.model.entry import Draft, Kind
from tawatur.model.ids import (
    ActorId,
    ClaimId,
    DocumentId,
    NodeId,
    RulingId,
    keyed_id,
)
from tawatur.model.label import Label, Viewer
from tawatur.model.picture import Conflict, Entity, Event, Gap, NearMiss
from tawatur.model.reading import EventType, Reading
from tawatur.node.accounts import Accounts
from tawatur.node.briefs.composing import Compositions
from tawatur.node.catching_up import CatchingUp
from tawatur.node.desk.areas import Areas
from tawatur.node.desk.calendars import Calendars
from tawatur.node.desk.collecting import Collecting
from tawatur.node.desk.desk import Desk
from tawatur.node.desk.followup import FollowUp
from tawatur.node.desk.lessons import Lessons
from tawatur.node.desk.meetings import Meetings
from tawatur.node.desk.secretariat import Secretariat
from tawatur.node.desk.subjects import Subjects
from tawatur.node.doctor import examined
from tawatur.node.drafting import Drafter, HeldFor
from tawatur.node.erasing import Erasing, Holdings
from tawatur.node.folder import Folder, keys_of, made
from tawatur.node.given import ANY_TIME, Period, said
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.orders import EventOrder
from tawatur.node.indexing.words import Query
from tawatur.node.intake.containers import Containers
from tawatur.node.intake.models import Models
from tawatur.node.intake.rereading import Rereading
from tawatur.node.judging.board import Boards
from tawatur.node.judging.entities import Entities
from tawatur.node.judging.markings import Markings
from tawatur.node.judging.notes import Notes
from tawatur.node.judging.reviewing import Reviewing
from tawatur.node.judging.rulings import Rulings
from tawatur.node.judging.settling import Settling
from tawatur.node.judging.sources import Sources
from tawatur.node.lock import held
from tawatur.node.passwords import Passwords
from tawatur.node.pointers import Pointers
from tawatur.node.seeing import narrowing
from tawatur.node.seeing.charts import Charts, Kept
from tawatur.node.seeing.lineage import traced
from tawatur.node.seeing.live import Live
from tawatur.node.seeing.recent import Recent
from tawatur.node.seeing.searching import Searching
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.admission import Admission
from tawatur.node.sharing.bundles import Bundles
from tawatur.node.sharing.communities import Communities
from tawatur.node.sharing.disclosures import Disclosures
from tawatur.node.sharing.exchange import Items
from tawatur.node.sharing.heads import Histories
from tawatur.node.sharing.incoming import Receiving
from tawatur.node.sharing.keys import Keys, changed, finish, replace_lost
from tawatur.node.sharing.labelling import Labels
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.node.sharing.partners import Partners
from tawatur.node.sharing.tracing import Tracing
from tawatur.node.sharing.vouching import Vouching
from tawatur.node.upkeep import Upkeep
from tawatur.node.views import (
    AddSummary,
    Because,
    Cited,
    DocumentLine,
    DocumentView,
    Erased,
    Finding,
    GlossLine,
    Hit,
    Incoming,
    Overview,
    Progress,
    Readers,
    Refusal,
    Renewed,
    RereadSummary,
    Spending,
    Traced,
)
from tawatur.node.why import Whys
from tawatur.settings import FILE, LedgerPlace, Settings, load, save

if TYPE_CHECKING:
    from tawatur.briefs import Brief
    from tawatur.fetching import Fetcher
    from tawatur.node.desk.mailing import Mailing
    from tawatur.node.intake.renewal import Extract
    from tawatur.node.intake.taking import Outcome
    from tawatur.node.intake.watching import Watch
    from tawatur.node.sharing.foreign import Foreign
    from tawatur.node.sharing.taxii import Taxii
    from tawatur.node.sharing.wire import Wire


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Node:
    """An open node. Used by one caller at a time, from whichever thread."""

    def __init__(
        self,
        folder: Folder,
        settings: Settings,
        *,
        command: str = "python",
        clock: Callable[[], datetime] = _utc_now,
        entropy: Entropy = os.urandom,
        say: Callable[[Message], None] = lambda line: None,
    ) -> None:
        """Open the node in ``folder``; `Node.open` finds and checks it.

        Args:
            folder: Where it lies.
            settings: Its settings.
            command: What others are told they wait for.
            clock: Gives the time, UTC.
            entropy: Gives random bytes.
            say: Receives the line that tells whom this command waits for.
        """
        keys = keys_of(folder)
        self.folder, self.settings = folder.path, settings
        self._told = changed(folder.path / FILE)
        self.id, self.name = NodeId(settings.id), settings.name
        self._paths, self._command, self._clock, self._say = folder, command, clock, say
        self._secrets = keys
        self._key = keys.ids
        signer = Signer.from_seed(_origin(self.id), keys.signing, keys.former)
        database = database_of(settings.ledger.store, folder.ledger)
        self.ledger = TableLedger(database, folder.blobs, signer, self.id, entropy=entropy)
        self._entropy = entropy
        self._upkeep = Upkeep(self.ledger, self._opened_index, self._writing)
        # By these the parts read and write.
        self._append, self._current = self._upkeep.append, self._upkeep.current
        self._charted = Kept()
        self._ask_for(self._operator())

    def _operator(self) -> Person:
        """Return whoever has the folder: all of this node is theirs to ask and to do."""
        me = ActorId(keyed_id("a", self._key, "operator"))
        return Person(me, "operator", self.id, frozenset(AccountRole), None)

    def asked_by(self, person: Person) -> Self:
        """Return this node as a person asks it and writes to it; it is closed with this one.

        What they see is decided for their organisation, as the lists of communities have it
        now, and for their compartments; what they write carries their id.
        """
        asked = copy.copy(self)
        for own in ("taxii", "foreign", "wire"):
            asked.__dict__.pop(own, None)
        asked._ask_for(person)  # noqa: SLF001 - of this class
        return asked

    def _ask_for(self, person: Person) -> None:
        """Make the parts by which somebody asks and writes."""
        self.person = person
        self._me = person.actor
        self._drafter = Drafter(self.id, person, self._key, self._clock, self._entropy)
        self.viewer = person.viewer()
        drafter, ledger, upkeep = self._drafter, self.ledger, self._upkeep
        append, current, sight = self._append, self._current, self._caught_up
        self.rulings = Rulings(drafter, sight, append, self._label_of)
        self.who = Entities(self.rulings, sight)
        key = SigningKey(self._secrets.signing)
        self.keys = Keys(
            drafter, self.card, self._paths, ledger, append, self.settings.wire, self._told
        )
        self.partners = Partners(
            drafter, self.keys.identity, self.card, key, ledger, current, append, self._believed
        )
        vouching = Vouching(drafter, ledger, current, self.partners, key)
        self.communities = Communities(
            drafter, self.keys.identity, key, current, self.partners, append
        )
        if person.organisation != self.id:
            self.viewer = person.viewer(self.communities.viewer(person.organisation).memberships)
        self.accounts = Accounts(
            drafter,
            upkeep.applied,
            append,
            self.partners,
            Passwords(self._paths.passwords),
            self._writing,
        )
        items = Items(drafter, ledger, sight, current)
        self.disclosures = Disclosures(drafter, ledger, current, items, self._hiding)
        self.desk = Desk(
            drafter,
            current,
            sight,
            append,
            self._nodes,
            self.communities.viewer,
            self.rulings,
            self._label_of,
        )
        admission = Admission(
            drafter, current, self.partners, self.communities, self.disclosures, items
        )
        self.outgoing = Outgoing(
            drafter,
            ledger,
            current,
            self.partners,
            self.disclosures,
            items,
            admission,
            vouching,
            self._writing,
            append,
            self.accounts,
            self._hiding,
            self.settings.release.second,
            self._shelves_follow,
        )
        self.tracing = Tracing(
            drafter,
            ledger,
            self.partners.receiving,
            self.communities,
            append,
            self.accounts,
            lambda: current().actors(),
            self.settings.release.second,
        )
        holdings = Holdings(
            drafter, upkeep, sight, self._sight, self.desk, self.outgoing.items, self.tracing
        )
        self.labels = Labels(
            drafter,
            current,
            holdings.labelled,
            append,
            self.outgoing,
            lambda given: self.event(given).id,
            self.settings.labels.purposes,
        )
        self._erasing = Erasing(
            drafter,
            upkeep,
            sight,
            self.accounts,
            holdings,
            self._paths.containers,
            self._paths.answers,
            self._shelves_follow,
        )
        self.histories = Histories(
            drafter, ledger, self.partners, self.communities, current, append
        )
        self.areas = Areas(
            drafter,
            self.desk,
            current,
            sight,
            append,
            self.partners,
            self.communities,
            self.outgoing,
        )
        self.subjects = Subjects(drafter, sight, append)
        self.incoming = Receiving(
            drafter,
            ledger,
            current,
            sight,
            self.partners,
            self.labels,
            self.outgoing,
            vouching,
            self.histories,
            append,
            self._erasing.erased,
            self.viewer,
            self.areas.check,
        )
        self.bundles = Bundles(
            drafter,
            ledger,
            self.keys,
            self.partners,
            self.communities,
            self.outgoing,
            self.incoming,
            self.histories,
            append,
            self._bundling,
        )
        self.pointers = Pointers(
            drafter, current, sight, append, self.viewer, self.outgoing, self.labels, self.desk
        )
        self.collecting = Collecting(self.desk, sight, append)
        self.lessons = Lessons(self.desk, sight)
        self.secretariat = Secretariat(drafter, self.desk, sight, append, self._nodes)
        self.meetings = Meetings(self.desk, sight, append)
        self.settling = Settling(self.rulings, sight)
        self.followup = FollowUp(
            drafter,
            self.desk,
            current,
            sight,
            append,
            self.partners,
            self.communities,
            self.settling,
            self.secretariat,
            self.areas,
            self._telling,
        )
        self.calendars = Calendars(
            drafter, ledger, self.meetings, self.followup, self.accounts, self.communities, append
        )
        self.reviewing = Reviewing(
            drafter, sight, append, self._label_of, self.settings.review.blind
        )
        self.markings = Markings(drafter, sight, append, self._label_of)
        self._models = Models(
            self.settings.llm,
            self.folder,
            self._paths.answers,
            lambda document: self._sight(None).may_see(document),
        )
        self._rereading = Rereading(
            drafter, upkeep, sight, self._sight, self.settings, self._models.asking
        )
        self._notes = Notes(drafter, sight, append, self._rereading.sifted)
        self.live = Live(
            lambda: (ledger.size, *self._index.state),
            self._at_once,
            lambda: self._index.unsettled,
            self._me,
            self.settings.review.blind,
        )
        self.searching = Searching(sight)
        self.recent = Recent(sight)
        self.boards = Boards(self.rulings, sight)
        self.charts = Charts(sight, self._charted)
        self.compositions = Compositions(
            self.rulings, sight, self.partners, self.communities.viewer, self._clock
        )
        self.sources = Sources(
            self.rulings,
            self.settling,
            sight,
            self._clock,
            self.settings.weighing.grades,
        )
        self._whys = Whys(self._caught_up, self.sources, self.who, self.boards)

    @classmethod
    def init(
        cls,
        path: Path,
        *,
        name: str | None = None,
        ledger: str = "sqlite",
        command: str = "init",
    ) -> Self:
        """Make a node in a new or empty folder and return it open.

        Args:
            path: The folder.
            name: The organisation's name; the folder's if None.
            ledger: Where the ledger is kept: ``sqlite``, or ``postgresql://…``.
            command: What others are told they wait for.

        Raises:
            UsageError: The folder is not empty.
            NodeError: It cannot be written.
            LedgerError: The database of the ledger holds one already, or cannot be used.
        """
        folder = made(Path(path), name, LedgerPlace(ledger))
        node = cls(folder, load(folder.path), command=command)
        operator = {"id": node._me, "name": "operator"}
        node.introduce(node._drafter.entry(Kind.ACTOR, operator))
        return node

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        account: str | None = None,
        command: str = "python",
        clock: Callable[[], datetime] = _utc_now,
        entropy: Entropy = os.urandom,
        say: Callable[[Message], None] = lambda line: None,
    ) -> Self:
        """Return the node in the folder ``path``, open.

        Args:
            path: The folder.
            account: By whose account it is asked; without one by whoever has the folder.
            command: What others are told they wait for.
            clock: Gives the time, UTC.
            entropy: Gives random bytes.
            say: Receives the line that tells whom this command waits for.

        Raises:
            NotANodeError: There is none.
            NewerNodeError: A later version wrote it.
            UsageError: There is no such account, or it lets nobody in now.
        """
        folder = Folder(Path(path))
        opened = functools.partial(
            cls, folder, command=command, clock=clock, entropy=entropy, say=say
        )
        node = opened(load(folder.path))
        if finish(folder, node.ledger):
            node.close()  # it signs by the key before
            node = opened(load(folder.path))
        if account is not None:
            try:
                node._ask_for(node.accounts.person(account))  # noqa: SLF001 - of this class
            except BaseException:
                node.close()
                raise
        return node

    def _opened_index(self) -> Index:
        beside = functools.partial(_index_in, self.folder)
        store = self.settings.index.store
        return Index(self._paths.index, self._key, self.ledger, beside, store)

    @property
    def _index(self) -> Index:
        """The index as it is, perhaps behind."""
        return self._upkeep.index

    @functools.cached_property
    def taxii(self) -> "Taxii":
        """What partners may fetch and hand in over TAXII, opened when it is first asked for."""
        from tawatur.node.sharing.taxii import Taxii  # noqa: PLC0415 - few commands need it

        return Taxii(
            self._drafter,
            self.partners,
            self.communities,
            lambda: self.foreign,
            self._append,
            self.ledger,
            self._current,
            self._paths.shelves,
            self.settings.taxii,
            self.wire.way_to,
        )

    @functools.cached_property
    def wire(self) -> "Wire":
        """What is exchanged with partners' nodes over the network."""
        from tawatur.node.sharing.wire import Wire  # noqa: PLC0415 - few commands need it

        return Wire(
            self._drafter,
            self.partners,
            self.bundles,
            self.outgoing,
            self._current,
            SigningKey(self._secrets.signing),
            self._paths.wire,
            self.settings.wire,
            self.settings.network,
        )

    @property
    def mailing(self) -> "Mailing":
        """The way out of the digest, by mail."""
        from tawatur.node.desk.mailing import Mailing  # noqa: PLC0415 - one command needs it

        return Mailing(self.name, self.folder, self.settings.mail)

    @functools.cached_property
    def foreign(self) -> "Foreign":
        """What other programs get of this node, and what they hand over."""
        from tawatur.node.sharing.foreign import Foreign  # noqa: PLC0415 - few exchange with others

        return Foreign(
            self._drafter,
            self.ledger,
            self.partners,
            self.outgoing,
            self.incoming,
            self._caught_up,
            self._append,
        )

    def _shelves_follow(self) -> None:
        """Let what lies on shelves, if there are any, follow what was told of releases."""
        if self._paths.shelves.exists():
            self.taxii.follow()

    def _believed(self, party: NodeId) -> None:
        """Settle what partners passed on as somebody's whose key is known now."""
        self.incoming.believe(party)

    def close(self) -> None:
        """Let go of the databases."""
        if "taxii" in self.__dict__:
            self.taxii.close()
        if "wire" in self.__dict__:
            self.wire.close()
        self._upkeep.close()
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    # ------------------------------------------------------------ taking in

    @undamaged
    def add(
        self,
        paths: Iterable[Path | Incoming | Refusal],
        *,
        purpose: str | None = None,
        expires: datetime | None = None,
        readers: Readers = Readers.RULES,
        columns: str | None = None,
        processes: int | None = None,
        progress: Progress | None = None,
        spending: Spending | None = None,
    ) -> AddSummary:
        """Take in files, folders and what archives hold, read it, and return what came of each.

        What is reported as taken is durable; a batch is taken whole or not at all.

        Args:
            paths: Files, folders (walked), or things already in hand; a refusal stays one.
            purpose: Why the personal data in them is held.
            expires: When it must be erased, UTC.
            readers: Who reads them. What a language model cannot read keeps the rules' reading.
            columns: Where rows of JSON Lines have their text, title, day, publisher and address:
                ``text=body,title=headline``; None for the names that such files use.
            processes: Worker processes at most; None for what the settings say.
            progress: Told after each.
            spending: Told what a language model took, after each.

        Raises:
            UsageError: A language model is to read, and the settings name none; or the columns
                are not named so.
            UnknownIdError: The settings label what comes for somebody whom this node does not know.
        """
        from tawatur.node.intake.adding import Adding  # noqa: PLC0415 - listings take nothing in

        self.sweep()
        self._upkeep.catch_up()  # so that what is held is known
        label_for = self.labels.defaults(self.settings.labels)
        with (
            self._models.asking(readers) as asking,
            closing(Containers(self._paths.containers)) as containers,
        ):

            def done(count: int, known: int, name: str) -> None:
                if progress:
                    progress(count, known, name)
                if spending and asking:
                    spending(asking.spent)

            def also(outcomes: "Iterable[Outcome]") -> "Iterable[Outcome]":
                if asking is None:
                    return outcomes
                from tawatur.node.intake.asking import with_model  # noqa: PLC0415 - loaded with it

                return with_model(outcomes, asking, readers, self._drafter.document_id)

            summary = Adding(
                self.ledger,
                self._index,
                containers,
                self._drafter,
                in_step=self._upkeep.in_step,
                may_see=lambda document: self._sight(None).may_see(document),
                held_for=HeldFor(purpose, expires),
                label_for=label_for,
            ).add(
                paths,
                processes=processes or self.settings.processes,
                limits=self.settings.intake,
                columns=columns,
                also=also,
                progress=done,
            )
            self._upkeep.catch_up()
        return summary

    def fetched(self, address: str) -> Incoming | Refusal:
        """Return what lies at an address of the web, for `add`, or why it is not fetched."""
        from tawatur.node.intake.fetched import fetched  # noqa: PLC0415 - as in `_fetcher`

        try:
            return fetched(self._fetcher, address)
        except UsageError as error:
            return Refusal(address, error.message)

    def watch(
        self, feed: str, *, purpose: str | None = None, expires: datetime | None = None
    ) -> "Watch":
        """Return what follows a feed, each of its rounds taking in what is new.

        Args:
            feed: Its address, or that of a page which names it.
            purpose: Why the personal data in what comes is held.
            expires: When it must be erased, UTC.

        Raises:
            UsageError: The settings allow nothing to be fetched.
        """
        from tawatur.node.intake.watching import Watch  # noqa: PLC0415 - as in `_fetcher`

        def take(thing: Incoming) -> AddSummary:
            return self.add([thing], purpose=purpose, expires=expires)

        return Watch(feed, self._fetcher, take, self._paths.feeds, self._key, self._clock)

    @functools.cached_property
    def _fetcher(self) -> "Fetcher":
        """What fetches addresses: it remembers what sites allow and when they were asked."""
        # a tenth of a second for the libraries, which only a node that fetches may cost
        from tawatur.node.intake.fetched import fetcher_of  # noqa: PLC0415

        return fetcher_of(self.settings.network)

    def read_again(
        self,
        reader: Callable[[Extraction], Reading] | None = None,
        *,
        documents: Sequence[str] | None = None,
    ) -> int:
        """Read documents again with another reader or version; return how many were read.

        People's judgements stay in force. A document whose newest reading is equal is left alone.
        The reader is the built-in one unless another is given.
        """
        from tawatur.reading import read  # noqa: PLC0415 - listings read nothing

        return self._rereading.by(reader or read, documents)

    def reread(
        self,
        readers: Readers = Readers.RULES,
        *,
        documents: Sequence[str] | None = None,
        everything: bool = False,
        extract: bool = False,
        processes: int | None = None,
        progress: Progress | None = None,
        spending: Spending | None = None,
    ) -> RereadSummary:
        """Read again what these readers, in this version, have not read, and return how much.

        People's judgements stay in force; readings of other readers stay beside the new ones.
        What a partner released without leave to pass it on is put before no language model on
        another machine.

        Args:
            readers: Who reads.
            documents: Only these, by id or the beginning of it.
            everything: Read what has been read by this version as well.
            extract: Make the texts again first, as `extract_again` does.
            processes: Worker processes that make them, at most; None for what the settings say.
            progress: Told after each text made again, and after each read.
            spending: Told what a language model took, after each.

        Raises:
            UsageError: A language model is to read, and the settings name none.
            UnknownIdError: One of the documents is none that is held.
        """
        return self._rereading.reread(
            readers,
            documents=documents,
            everything=everything,
            extract=extract,
            processes=processes,
            progress=progress,
            spending=spending,
        )

    def extract_again(
        self,
        extractor: "Extract | None" = None,
        *,
        documents: Sequence[str] | None = None,
        processes: int | None = None,
    ) -> Renewed:
        """Make the texts of documents again where the extractor is later than the one held.

        Each is read at once. Judgements, siftings and notes hold for the new text wherever
        their words stand in it, and so does what a language model proposed; what was cited
        from the old one stays there.

        Args:
            extractor: Makes the texts; this version's, in workers, unless another is given.
            documents: Only these, by id or the beginning of it.
            processes: Worker processes at most; None for what the settings say.

        Raises:
            UnknownIdError: One of the documents is none that is held.
        """
        return self._rereading.extract_again(extractor, documents=documents, processes=processes)

    # ------------------------------------------------------------ listings

    @undamaged
    def overview(self, *, viewer: Viewer | None = None) -> Overview:
        """Return counts of what the viewer may see."""
        return self._caught_up(viewer).overview()

    @undamaged
    def documents(
        self, *, limit: int = -1, offset: int = 0, viewer: Viewer | None = None
    ) -> tuple[DocumentLine, ...]:
        """Return the documents, last taken in first.

        Args:
            limit: So many at most; all below 0.
            offset: So many are passed over.
            viewer: Whose picture it is.
        """
        return self._caught_up(viewer).documents(limit, offset)

    @undamaged
    def lines(
        self, documents: Iterable[DocumentId], *, viewer: Viewer | None = None
    ) -> dict[DocumentId, DocumentLine]:
        """Return the lines of those of some documents that may be seen."""
        return self._caught_up(viewer).lines(documents)

    @undamaged
    def document(
        self,
        id: str,  # noqa: A002
        *,
        rendition: str | None = None,
        viewer: Viewer | None = None,
    ) -> DocumentView:
        """Return one document, by its id or an unambiguous beginning of it.

        Args:
            id: The document's.
            rendition: The id of one of its texts; the newest unless told.
            viewer: Whose picture it is.

        Raises:
            UnknownIdError: None that the viewer may see.
            AmbiguousIdError: Several begin so.
        """
        return self._caught_up(viewer).document(id, rendition)

    def evidence(self, id: str) -> bytes:  # noqa: A002
        """Return the records of how a document was fetched, each time it was, as ``.warc.gz``.

        Raises:
            UsageError: It was never fetched, but came as a file.
            UnknownIdError: None that this node holds.
        """
        view = self.document(id)
        # members of gzip, one behind the other: together they are one file again
        records = [self.ledger.blob(a.evidence) for a in view.acquisitions if a.evidence]
        if not records:
            raise UsageError("{0} was not fetched by this node; there is no record", view.line.id)
        return b"".join(records)

    @undamaged
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
        viewer: Viewer | None = None,
    ) -> tuple[Claim, ...]:
        """Return claims by document, last taken in first, and by place within.

        Args:
            about: Words that the claim, its names or its sources must all hold, names in any
                script.
            document: Only those of one document.
            status: Only those of one status.
            since: An EDTF date; claims that surely happened before are left out.
            until: The same, after.
            limit: So many at most; all for None.
            offset: So many are passed over.
            viewer: Whose picture it is.
        """
        sight, period = self._caught_up(viewer), Period.parse(since, until)
        found = sight.claims(about=about, document=document, status=status, period=period)
        return tuple(islice(found, offset, None if limit is None else offset + limit))

    @undamaged
    def claim_count(
        self,
        status: Status | None = None,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        viewer: Viewer | None = None,
    ) -> int:
        """Return how many claims there are of those that `claims` would return."""
        sight, period = self._caught_up(viewer), Period.parse(since, until)
        if about or period != ANY_TIME:
            return len(sight.told(about, period, status))
        return sight.claim_count(status)

    @undamaged
    def claim(self, id: str, *, viewer: Viewer | None = None) -> Claim:  # noqa: A002
        """Return one claim, by its id or an unambiguous beginning of it."""
        return self._caught_up(viewer).claim(id)

    @undamaged
    def events(
        self,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        place: str | None = None,
        type: EventType | None = None,  # noqa: A002 - the model's word
        contested: bool | None = None,
        order: EventOrder = EventOrder.DOCUMENTS,
        reverse: bool = False,
        limit: int | None = None,
        offset: int = 0,
        viewer: Viewer | None = None,
    ) -> tuple[Event, ...]:
        """Return events, unless told those in most documents first.

        Args:
            about: Words that a claim, its names or its sources must all hold, names in any script.
            since: An EDTF date; events that surely happened before are left out.
            until: The same, after.
            place: A place that a claim names, in any spelling or script.
            type: Only those of this type.
            contested: Only those of which a claim stands in a conflict that nobody settled or
                dismissed, or only the others.
            order: What they are ordered by: numbers and days from the greatest down, places up;
                those of which it is not told come last.
            reverse: The other way round.
            limit: Only so many; unless a place is given, no others are unpacked.
            offset: Only those behind so many.
            viewer: Whose picture it is.
        """
        end = None if limit is None else offset + limit
        period = Period.parse(since, until)
        asked = narrowing.Events(about, period, place, type, contested, order, reverse)
        sight = self._caught_up(viewer)
        return narrowing.events(sight, asked, self._contested(sight, asked, viewer), offset, end)

    @undamaged
    def event_count(
        self,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: EventType | None = None,  # noqa: A002 - the model's word
        contested: bool | None = None,
        viewer: Viewer | None = None,
    ) -> int:
        """Return how many events there are of those that `events` would return."""
        period = Period.parse(since, until)
        asked = narrowing.Events(about, period, type=type, contested=contested)
        sight = self._caught_up(viewer)
        return narrowing.event_count(sight, asked, self._contested(sight, asked, viewer))

    def _contested(
        self, sight: Sight, asked: narrowing.Events, viewer: Viewer | None
    ) -> Mapping[str, str]:
        """Return the types of the events that are contested, by id; none where none asks."""
        if asked.contested is None:
            return {}

        def found() -> dict[str, str]:
            pairs = self.settling.unsettled(sight.pictures.all(Conflict), viewer=viewer)
            sides = {side for pair in pairs for side in (pair.a, pair.b)}
            return sight.pictures.types_of(sides)

        # A page counts them, then shows a part.
        return self._index.kept(("contested", sight.key), found)

    @undamaged
    def event(self, id: str, *, viewer: Viewer | None = None) -> Event:  # noqa: A002
        """Return one event, by its id or an unambiguous beginning of it."""
        return self._caught_up(viewer).pictures.like(Event, id)

    @undamaged
    def roots(
        self,
        id: str,  # noqa: A002
        *,
        as_of: str | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Traced, ...]:
        """Return who had it from whom behind an event, or behind that of a claim.

        Args:
            id: The event's or the claim's, or an unambiguous beginning of it.
            as_of: An EDTF date: only documents that were out by then count, and everything is
                worked out again from those; what is one event today may then be several.
            viewer: Whose picture it is.

        Raises:
            UnknownIdError: None that the viewer may see.
            UsageError: Nothing of it was out by that day, or the claim was rejected.
        """
        return traced(self._caught_up(viewer), id, as_of)

    @undamaged
    def why(self, id: str, *, viewer: Viewer | None = None) -> Because:  # noqa: A002
        """Return what something worked out came from: claims, words on them, rules.

        Args:
            id: That of an event, conflict, entity, source, claim or explanation, or an unambiguous
                beginning of it; of a root the event's, a stroke and its number: ``v-8k2m/2``; of
                a relation the entity's in the same way: ``e-7k2m/1``.
            viewer: Whose picture it is.

        Raises:
            UnknownIdError: None that the viewer may see.
            UsageError: It is the id of something that is not worked out.
        """
        return self._whys.of(id, viewer=viewer)

    @undamaged
    def cited(
        self, claims: Iterable[ClaimId], *, viewer: Viewer | None = None
    ) -> dict[ClaimId, Cited]:
        """Return claims by id, each with the name of the file that it stands in."""
        return self._caught_up(viewer).cited(claims)

    @undamaged
    def conflicts(
        self,
        *,
        about: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        viewer: Viewer | None = None,
    ) -> tuple[Conflict, ...]:
        """Return conflicts in order of id, of claims about ``about`` where given.

        ``limit`` and ``offset`` are as for `events`.
        """
        end = None if limit is None else offset + limit
        return narrowing.conflicts(self._caught_up(viewer), about, offset, end)

    @undamaged
    def pair_counts(self, *, viewer: Viewer | None = None) -> tuple[int, int]:
        """Return how many conflicts there are, and how many near misses."""
        pictures = self._caught_up(viewer).pictures
        return pictures.count(Conflict), pictures.count(NearMiss)

    @undamaged
    def gaps(
        self,
        *,
        about: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        viewer: Viewer | None = None,
    ) -> tuple[Gap, ...]:
        """Return what is said not to be known, or not to have been found, by document and place.

        Args:
            about: Words that the gap, or what is supposed about it, must hold.
            limit: Only so many; without words no others are looked at.
            offset: Only those behind so many.
            viewer: Whose picture it is.
        """
        end = None if limit is None else offset + limit
        return narrowing.gaps(self._caught_up(viewer), about, offset, end)

    @undamaged
    def gap_count(self, *, viewer: Viewer | None = None) -> int:
        """Return how many gaps there are."""
        return len(self._caught_up(viewer).missing())

    @undamaged
    def near_misses(
        self, *, about: str | None = None, limit: int | None = None, viewer: Viewer | None = None
    ) -> tuple[NearMiss, ...]:
        """Return what looks contradictory and is not, in order of id, of claims about ``about``.

        ``limit`` is as for `events`.
        """
        return narrowing.near_misses(self._caught_up(viewer), about, limit)

    @undamaged
    def entities(self, *, viewer: Viewer | None = None) -> tuple[Entity, ...]:
        """Return who and what is named, by name: nobody is ranked."""
        return tuple(self._caught_up(viewer).entities())

    @undamaged
    def search(
        self, words: str, *, limit: int = 50, viewer: Viewer | None = None
    ) -> tuple[Hit, ...]:
        """Return the documents that hold all words, last taken in first, ``limit`` at most."""
        return tuple(self._caught_up(viewer).search(Query.parse(words), limit))

    @undamaged
    def brief(
        self,
        *,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        language: str = "en",
        viewer: Viewer | None = None,
    ) -> "Brief":
        """Return the brief of what is told about ``about`` within a period."""
        from tawatur.node.briefs import briefing  # noqa: PLC0415 - listings write none

        return briefing.brief(
            self._caught_up(viewer),
            self.desk,
            self._drafter,
            about=about,
            since=since,
            until=until,
            language=language,
            viewer=viewer,
        )

    def in_words(self, claim: Claim, language: str) -> str:
        """Return through whom a claim came, as a sentence in one of the three languages."""
        from tawatur.briefs import chain_in_words  # noqa: PLC0415 - most listings say none

        content = claim.content
        return chain_in_words(content.chain, content, claim.publisher, language, span=claim.span)

    # ------------------------------------------------------------ what people decide

    @undamaged
    def judge(
        self, claim: str, verdict: Verdict, *, why: str | None = None, **corrected: object
    ) -> Claim:
        """Record a person's judgement on a claim and return the claim as it then stands.

        Args:
            claim: Its id.
            verdict: Accept, correct or reject.
            why: The reason, for the record.
            corrected: With ``correct``: the fields of `Content` that are otherwise, new values.

        Raises:
            UsageError: A correction of nothing, of an unknown field, or to what cannot be.
        """
        act = self.reviewing.judge(claim, verdict, why=why, corrected=corrected)
        return act.claims[0]

    @undamaged
    def restore(
        self, document: str, parts: Sequence[int], *, why: str | None = None, undo: bool = False
    ) -> DocumentView:
        """Record that parts left out of a document are content, and return it, read again.

        Args:
            document: Its id.
            parts: Their numbers, as the document lists them.
            why: The reason, for the record.
            undo: They are no content after all.

        Raises:
            UsageError: There is no part with such a number.
        """
        return self._notes.restore(document, parts, why, undo=undo)

    @undamaged
    def leave_out(
        self, document: str, start: int, end: int, *, why: str | None = None
    ) -> DocumentView:
        """Record that characters of a document are no content, and return it, read again.

        Raises:
            UsageError: The text has no such characters.
        """
        return self._notes.leave_out(document, start, end, why)

    @undamaged
    def gloss(self, document: str, words: str, note: str, *, at: int | None = None) -> GlossLine:
        """Record a note beside the very words of a document and return it.

        Args:
            document: Its id.
            words: As they stand in the text.
            note: What is to be read beside them.
            at: The character at which they begin, where they stand in several places.

        Raises:
            UsageError: The words do not stand there, or in several places.
        """
        return self._notes.gloss(document, words, note, at=at)

    @undamaged
    def withdraw_gloss(self, id: str, *, why: str | None = None) -> GlossLine:  # noqa: A002
        """Record that a note is taken back and return it as it was.

        Raises:
            UnknownIdError: There is none, or it was withdrawn.
        """
        return self._notes.withdraw(id, why)

    @property
    def card(self) -> sharing.Card:
        """Who this node is, for its partners."""
        return sharing.Card(self.id, self.name, self.ledger.vkey)

    def change_key(self, why: str, *, revoked: datetime | None = None) -> sharing.Card:
        """Sign by a new key from now on, and return the card with it; open the node anew then.

        Args:
            why: The reason, for the record.
            revoked: Since when the present key may be in other hands, UTC; None if it is not.

        Raises:
            NodeBusyError: Pages are served.
            UsageError: No reason is given, or the time lies ahead.
        """
        with self.serving():
            self.keys.succeed(why, revoked)
            # Whoever still has the old key open finds the log continued by another, and stops.
            with Node.open(self.folder, command=self._command, clock=self._clock) as node:
                node.introduce()
                return node.card

    @classmethod
    def recover(cls, path: Path, why: str) -> sharing.Card:
        """Sign by a new key where the old one is lost, and return the card with it.

        Partners have to compare its fingerprint anew.

        Raises:
            UsageError: The key is there, or no reason is given.
            NotANodeError: There is no node.
        """
        reason = said(why, Message("the reason"))
        folder = Folder(Path(path))
        settings = load(folder.path)
        former = replace_lost(folder, NodeId(settings.id), settings.ledger.store)
        with cls.open(path, command="key lost") as node:
            node.keys.note_lost(former, reason)
            node.introduce()
            return node.card

    def introduce(self, *more: Draft) -> None:
        """Record who this node is and by which key it signs, and what goes with that."""
        who = {"id": self.id, "name": self.name, "key": self.card.key}
        self._append([self._drafter.entry(Kind.NODE, who), *more])

    # ------------------------------------------------------------ care

    @undamaged
    def erase(self, id: str, *, why: str) -> Erased:  # noqa: A002
        """Erase a document with all that was read and judged in it, or an item of the desk.

        Removes payloads, blobs, search rows and everything derived; the ledger keeps that
        there was something, who erased it and why. People of another organisation erase what
        is that organisation's alone; a document that came by others as well stays with those.

        Raises:
            UsageError: No reason is given, the id is one of words within a document, or nothing
                of it is the guest's.
        """
        return self._erasing.erase(id, why=why)

    def verify(self, *, against: str | None = None) -> Verified:
        """Recompute everything that is signed and return what was found.

        Args:
            against: A checkpoint noted earlier; a truncated or older copy is noticed by it.

        Raises:
            VerificationError: The first entry that is wrong, named.
            RoleNeededError: Whoever asks is no administrator: it counts what others may not see.
        """
        self._drafter.verify_is(AccountRole.ADMINISTRATOR)
        return self.ledger.verify(against)

    def rebuild(self, *, progress: Progress | None = None) -> None:
        """Throw the index away and work everything out again from the ledger."""
        self._upkeep.rebuild(progress)

    def move(self, store: str) -> None:
        """Keep the ledger elsewhere, entry for entry, and close the node.

        Args:
            store: ``sqlite``, for a file in the node's folder, or ``postgresql://…``.

        Raises:
            NodeBusyError: Pages are served, or others write.
            LedgerError: There is a ledger already, or the database cannot be used.
            VerificationError: What was copied is not whole; the ledger stays where it was.
            RoleNeededError: Whoever asks is no administrator.
        """
        self._drafter.verify_is(AccountRole.ADMINISTRATOR)
        moved = replace(self.settings, ledger=LedgerPlace(store))
        with self.serving(), self._writing():
            to = database_of(store, self._paths.ledger)
            self.ledger.move(to, lambda: save(self.folder, moved))
        self.close()

    def doctor(self) -> tuple[Finding, ...]:
        """Return what was looked at and what to do about what is not well."""
        return examined(self)

    @property
    def behind(self) -> int:
        """How many ledger entries the index has still to work in."""
        return self._upkeep.behind

    @undamaged
    def overdue_for_erasure(self) -> tuple[DocumentId | RulingId, ...]:
        """Return the documents all of whose acquisitions have expired, and rulings that have.

        In order of id.
        """
        return self._erasing.overdue()

    def sweep(self) -> int:
        """Remove what a command that was cut off left among the blobs; return how many files."""
        with self._writing():
            return self.ledger.sweep()

    # ------------------------------------------------------------ within

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with held(self._paths.write_lock, self._command, wait=self.settings.wait, say=self._say):
            yield

    @contextmanager
    def _bundling(self) -> Iterator[None]:
        """Hold the right to write a bundle."""
        with held(self._paths.bundle_lock, self._command, wait=self.settings.wait, say=self._say):
            yield

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Hold the right to serve pages; only one command has it.

        Raises:
            NodeBusyError: Another serves already.
        """
        with held(self._paths.serve_lock, "serve", wait=0.0):
            yield

    def answer_at_once(self) -> None:
        """Answer from what is worked in, from now on, and have the rest worked in beside.

        Erasures, labels, what people said: whatever is no intake counts at once all the same.
        """
        beside = functools.partial(_upkeep_in, self.folder)
        self._upkeep.answer_at_once(CatchingUp(beside))

    def still(self) -> AbstractContextManager[None]:
        """Hold what is read to one state, whoever writes meanwhile, until this node does."""
        self._upkeep.catch_up()
        return self._index.still()

    def _caught_up(self, viewer: Viewer | None) -> Sight:
        self._upkeep.catch_up()
        return self._sight(viewer)

    def _at_once(self) -> Sight:
        """Return what may be seen of what is worked out, with every label that holds."""
        self._upkeep.applied()
        return self._sight(None)

    def _sight(self, viewer: Viewer | None) -> Sight:
        return Sight(self._index, viewer or self.viewer, self._clock())

    def _hiding(self) -> Callable[[str], bool]:
        """Return what tells of an item whether the node may see it and whoever asks may not.

        Of one that is here no more it tells by the labels under which it went, or was to go: who
        is not let into a compartment of those, or of whom none is left, does not hear of it.
        """
        mine, whole = self._caught_up(None).allowed, self._sight(self._operator().viewer()).allowed
        rooms = mine.viewer.compartments
        if rooms is None:
            return lambda _: False

        def hides(item: str) -> bool:
            if mine.shows(item) or whole.shows(item):
                return not mine.shows(item)
            post = self._index.post
            went = (*post.holding(item), *post.of(Kind.PROPOSAL, item=item))
            kept = [self.ledger.entry(piece.entry).payload for piece in went]
            terms = [each for payload in kept if payload for each in payload.label.terms]
            return not terms or any(not each.compartments <= rooms for each in terms)

        return hides

    def _telling(self) -> Callable[[str], bool]:
        """Return what tells of an item whether whoever asks may hear what was done with it.

        Of one that is erased only the node's own organisation does: nobody knows any more whether
        somebody else might have seen it.
        """
        mine = self._caught_up(None).allowed
        return (lambda _: True) if mine.viewer == self._operator().viewer() else mine.shows

    def now(self) -> datetime:
        """Return the time by the node's clock, UTC."""
        return self._clock()

    def _label_of(self, document: DocumentId) -> Label:
        """Return the label of what is made out of one document as it may be seen here."""
        return self._sight(None).acquisitions(document)[0].label

    @undamaged
    def label_of(self, id: str) -> Label:  # noqa: A002
        """Return the label under which this node holds a document or an item of the desk."""
        if id.startswith("d-"):
            return self._label_of(self.document(id).line.id)
        return self.desk.label(self.desk.id_of(id))

    @undamaged
    def labels_of(self, items: Iterable[str]) -> dict[str, Label]:
        """Return the labels of those of some items that may be seen, looked up together.

        Args:
            items: Whole ids of documents, claims, items of the desk, reviews and rulings.
        """
        return self._caught_up(None).allowed.labels_of(items)

    def _nodes(self) -> dict[str, NodeId]:
        """Return the organisations whose nodes are known here, by name."""
        return {card.name: card.id for card in self.partners.all().values()} | {self.name: self.id}


def _index_in(folder: Path) -> Index:
    """Return the index of the node in ``folder``, open, in a process that has no other."""
    index = Node.open(folder)._index  # noqa: SLF001 - of this module
    index.db.map()
    return index


def _upkeep_in(folder: Path) -> Upkeep:
    """Return what works on the index of the node in ``folder``, in a process of its own."""
    return Node.open(folder, command="serve")._upkeep  # noqa: SLF001 - of this module


def _origin(node: NodeId) -> str:
    """Return the name of a node's log."""
    return f"tawatur.{node}"
