"""What is shared with whom, for the tests of pages: two partners, a community, three letters."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from tawatur.errors import Message, NotReleasableError, UnknownIdError, UsageError
from tawatur.model.community import Act, Change, Charter, Epoch, Participation, Standing
from tawatur.model.entry import Kind
from tawatur.model.ids import CommunityId, EntryId, NodeId, ReleaseId
from tawatur.model.label import Activity, Label, Terms, Tier, Tlp
from tawatur.node.indexing.post import Piece
from tawatur.node.sharing.communities import Community
from tawatur.node.sharing.disclosures import Disclosure
from tawatur.node.sharing.outgoing import Recalled, Waiting
from tawatur.node.sharing.partners import Partner, PartnerState
from tawatur.sharing import Card, ReceiptStatus

HERE, HARBOUR, HILLS = (NodeId(f"n-000000000000000{n}") for n in (1, 2, 3))
ITEM = "k-0000000000000001"
_TIME = datetime(2031, 3, 1, 9, 30, tzinfo=UTC)
_LABEL = Label.of(Terms(HERE, Tlp.AMBER, frozenset({HARBOUR}), expires=_TIME.replace(year=2032)))
_CHARTER = Charter("إغاثة النهر", frozenset({HERE, HARBOUR}), frozenset({HERE}), 1, _TIME)


def _piece(number: int, kind: Kind, party: NodeId, **body: object) -> Piece:
    id_ = f"z-000000000000000{number}"
    entry = EntryId(f"i-000000000000000{number}")
    return Piece(entry, kind, id_, party, None, ITEM, ITEM, False, _TIME, body)


def _waiting() -> list[Waiting]:
    proposal, notice = Kind.PROPOSAL, Kind.NOTICE
    agreed = Message("a second person has to agree")
    recalled = Message("they have it, and it is recalled")
    return [
        Waiting(_piece(1, proposal, HARBOUR), True, Message("this node decides who has it")),
        Waiting(_piece(2, proposal, HILLS), False, agreed, agrees=True),
        Waiting(_piece(3, notice, HARBOUR, label=None), True, recalled),
    ]


@dataclass
class SimulatedOutgoing:
    """What waits."""

    second: bool = True
    held: list[Waiting] = field(default_factory=_waiting)
    done: list[tuple[str, ...]] = field(default_factory=list)

    def waiting(self, to: NodeId | None = None) -> tuple[Waiting, ...]:
        """Return it."""
        return tuple(each for each in self.held if to in (None, each.piece.party))

    def described(self, waiting: Waiting) -> Waiting:
        """Return it with a name in Arabic."""
        return replace(waiting, called="إرسال شاحنات", label=_LABEL)

    def propose(self, item: str, to: str, replaces: ReleaseId | None = None) -> Waiting:
        """Note it; to the Hills nothing goes."""
        if to == HILLS:
            raise NotReleasableError("nothing goes to {0}: {1}", to, Message("suspended"))
        self.done.append(("propose", item, to))
        return self.held[0]

    def agree(self, given: str) -> Waiting:
        """Note that somebody agrees."""
        self.done.append(("agree", self._one(given).piece.id))
        return self._one(given)

    def take_back(self, given: str, why: str) -> Piece:
        """Let it wait no more."""
        if not why.strip():
            raise UsageError("give a reason, for the record")
        found = self._one(given)
        self.held.remove(found)
        return found.piece

    def recall(self, item: str, why: str, *, from_: NodeId | None = None) -> Recalled:
        """Reach nobody for sure."""
        if not why.strip():
            raise UsageError("give a reason, for the record")
        (given, *_) = SimulatedDisclosures().of(item)
        self.done.append(("recall", item, from_ or "", why))
        unheard = Message("no receipt; it may never have been taken in")
        return Recalled((given,), ((given, unheard),))

    def _one(self, given: str) -> Waiting:
        found = next((each for each in self.held if each.piece.id == given), None)
        if found is None:
            raise UnknownIdError("release", given)
        return found


class SimulatedDisclosures:
    """Who has what: one item, given to one partner, and recalled from another in a brief."""

    def of(self, item: str) -> tuple[Disclosure, ...]:
        """Return it."""
        if item != ITEM:
            raise UnknownIdError("item", item)
        given = Disclosure(
            "z-0000000000000009", ITEM, HARBOUR, _TIME, _LABEL, ReceiptStatus.ACCEPTED, _TIME
        )
        taken = replace(given, to=HILLS, label=None, receipt=None, told="t-1", recalled=True)
        return given, taken, replace(given, label=None, receipt=None, person=True)

    def to(
        self, party: NodeId | CommunityId, since: datetime | None = None
    ) -> tuple[Disclosure, ...]:
        """Return what a party was given."""
        found = (each for each in self.of(ITEM) if each.to == party)
        return tuple(each for each in found if since is None or each.time >= since)

    def called(self, item: str) -> str | None:
        """Return its name, in Arabic."""
        return "إرسال شاحنات" if item == ITEM else None


def _partners() -> dict[NodeId, Partner]:
    harbour = Partner(HARBOUR, "Harbour", "00" * 32, since=_TIME)
    hills = Partner(HILLS, "التلال", "11" * 32, since=_TIME, why="a leak")
    invited = Partner(NodeId("n-0000000000000004"), "Ford", "22" * 32, state=PartnerState.INVITED)
    suspended = replace(hills, state=PartnerState.SUSPENDED)
    return {each.id: each for each in (harbour, suspended, invited)}


@dataclass
class SimulatedPartners:
    """Three partners: one in force, one suspended, one to be confirmed."""

    held: dict[NodeId, Partner] = field(default_factory=_partners)
    card: Card = field(default_factory=lambda: Card(HERE, "مرصد السهل", "33" * 32))

    def known(self) -> dict[NodeId, Partner]:
        """Return all of them."""
        return self.held

    def all(self) -> dict[NodeId, Card]:
        """Return the cards of those confirmed."""
        held = self.held.values()
        return {each.id: each.card for each in held if each.state is not PartnerState.INVITED}

    def in_force(self) -> dict[NodeId, Card]:
        """Return the cards of those in force."""
        held = self.held.values()
        return {each.id: each.card for each in held if each.state is PartnerState.PARTNER}

    def put(self, given: str, state: PartnerState, why: str) -> Partner:
        """Change how one stands."""
        if given not in self.held:
            raise UnknownIdError("partner", given)
        if not why.strip():
            raise UsageError("give a reason, for the record")
        self.held[NodeId(given)] = replace(self.held[NodeId(given)], state=state, why=why)
        return self.held[NodeId(given)]

    @staticmethod
    def fingerprint(card: Card) -> str:
        """Return the key's beginning."""
        return card.key[:8]


def _community() -> Community:
    dated = Participation(date(2031, 5, 1), frozenset({Activity.REQUESTS}))
    change = Change(frozenset(), Act.ADMIT, HILLS, "asked for in May", _TIME, Tier.OBSERVER)
    members = (
        Standing(HERE, Tier.MEMBER),
        Standing(HARBOUR, Tier.MEMBER, Message("suspended"), (dated,)),
        Standing(HILLS, Tier.OBSERVER),
    )
    epoch = Epoch(1, (change.digest,), members)
    return Community(_CHARTER, epoch, _TIME, True, True, ((change, (HERE,)),))


class SimulatedCommunities:
    """One community, whose list is too old."""

    def all(self) -> tuple[Community, ...]:
        """Return it."""
        return (_community(),)

    def one(self, given: str) -> Community:
        """Return it by its id."""
        if given != _CHARTER.id:
            raise UnknownIdError("community", given)
        return _community()

    def seen(self, community: Community) -> Community:
        """Return all of it."""
        return community
