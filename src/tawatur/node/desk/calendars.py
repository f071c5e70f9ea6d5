"""One node's calendars: what is on when, for whom, and the addresses under which others read it.

A calendar is a person's, with what they may see, or a community's, with what each of its
circle may have and this node may pass on. The address of one holds a random word that stands
in for a session. The ledger keeps its digest, whose calendar it is and whether it was revoked;
an address gives no more than its person could see now, and nothing once they are let in no more.
What a community's calendar tells is on record as given to it, when it first stands in a file.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

import msgspec

from tawatur.desk import calendars
from tawatur.errors import Message, UnknownIdError, UsageError
from tawatur.ledger import Ledger
from tawatur.model.account import AccountRole
from tawatur.model.calendar import CalendarAddress, Occasion
from tawatur.model.desk import Commitment, Request
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, CommunityId, NodeId
from tawatur.model.label import Circle, Leave, Membership, Viewer, join, may_release
from tawatur.node import bodies
from tawatur.node.accounts import Accounts
from tawatur.node.desk.followup import FollowUp
from tawatur.node.desk.meetings import Meetings
from tawatur.node.drafting import Drafter
from tawatur.node.given import begins, said
from tawatur.node.indexing.books import Wanted
from tawatur.node.indexing.index import undamaged
from tawatur.node.sharing.communities import Communities, epochs

BACK = 92
"""Days for which a file holds what is past."""
MOST = 2000
"""Occasions of one file: each takes 0.4 ms to write, while nobody else asks the node."""

_WORD = 20
"""Random bytes of an address."""

_NOBODY = NodeId("n-")
"""Who asks for what a circle as such may have: no organisation, which no audience names."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose calendar it is: what they are called, on whose behalf it is asked, and their circle."""

    name: str
    of: ActorId | CommunityId | None
    viewer: Viewer | None
    circle: Circle | None = None


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars of one node; `Node.calendars` is where the doors find them."""

    drafter: Drafter
    ledger: Ledger
    meetings: Meetings
    followup: FollowUp
    accounts: Accounts
    communities: Communities
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    # ------------------------------------------------------------ what is on

    @undamaged
    def occasions(self, given: str | None = None) -> tuple[Occasion, ...]:
        """Return what is on when, the earliest first, as far as somebody may see it.

        Args:
            given: A person's name or id, or a community (``COMMUNITY`` or ``COMMUNITY:tier``);
                whoever asks if None.

        Raises:
            UnknownIdError: There is neither.
            RoleNeededError: It is another's, and not for whoever asks to look at.
        """
        return self._of(self._reader(given))

    def ics(self, given: str | None = None, *, language: str = "en") -> bytes:
        """Return the calendar as an iCalendar file; arguments as `occasions`.

        It holds the first `MOST` of those that ended `BACK` days ago at the earliest.
        """
        return self._file(self._reader(given), language)

    def _file(self, reader: Reader, language: str) -> bytes:
        now = self.drafter.now()
        since = now.date() - timedelta(days=BACK)
        some = [*islice((each for each in self._of(reader) if each.last >= since), MOST)]
        self._disclosed(reader, (each.item for each in some))
        return calendars.ics(reader.name, some, now, language)

    def due(self, form: str, *, language: str = "en") -> bytes:
        """Return what needs whoever asks now, as a file.

        Args:
            form: ``atom``, or ``ics`` for the occasions among it.
            language: Of the words around.
        """
        return self._due(form, self._reader(None), language)

    def _due(self, form: str, reader: Reader, language: str) -> bytes:
        given, now = self._gives(reader), self.drafter.now()
        found = [each for each in self.followup.due(viewer=reader.viewer) if given(each.id)][:MOST]
        self._disclosed(reader, (each.id for each in found))
        if form == "atom":
            return calendars.atom(reader.name, found, now, language)
        needed = {line.id for line in found}
        some = (each for each in self._of(reader) if each.id in needed)
        return calendars.ics(reader.name, some, now, language)

    def _of(self, reader: Reader) -> tuple[Occasion, ...]:
        desk, viewer = self.meetings.desk, reader.viewer
        sight = desk.sight(viewer)
        found = calendars.occasions(
            self.meetings.all(viewer=viewer),
            sight.desk(Wanted(Commitment, open=True)),
            sight.desk(Wanted(Request, open=True)),
            self.followup.reviews(viewer=viewer),
        )
        given = self._gives(reader)
        return tuple(each for each in found if given(each.item))

    def _disclosed(self, reader: Reader, items: Iterable[str]) -> None:
        """Record what a community is given by its calendar, and was not given by it before."""
        if reader.circle is None:
            return
        circle, post = reader.circle, self.followup.index().post
        known = post.of(Kind.DISCLOSURE, party=circle.community)
        before = {
            item
            for each in known
            if each.body.get("calendar") == circle.tier
            for item in each.body["holds"]
        }
        new = [item for item in dict.fromkeys(items) if item not in before]
        if not new:
            return
        sight = self.meetings.desk.sight(None)
        body = {
            "id": self.drafter.random_id("b"),
            "to": circle.community,
            "rendering": None,
            "calendar": circle.tier,
            "holds": new,
            "epochs": epochs([self.communities.current(circle.community)]),
        }
        label = join(self.drafter.node, map(sight.desk_label, new))
        self.append([self.drafter.entry(Kind.DISCLOSURE, body, label=label)])

    def _gives(self, reader: Reader) -> Callable[[str], bool]:
        """Return whether an item that a reader may have may be passed on, if that is a circle."""
        if reader.circle is None:
            return lambda item: True
        sight = self.meetings.desk.sight(reader.viewer)
        now, node = self.drafter.now(), self.drafter.node
        return lambda item: may_release(node, sight.desk_label(item), now).leave is Leave.YES

    def _reader(self, given: str | None) -> Reader:
        """Return whose calendar is asked for, if it is for whoever asks to look at."""
        person = self.drafter.person
        if given is None or given in (person.name, person.actor):
            return Reader(person.name, person.actor if person.has_account else None, None)
        try:
            account = self.accounts.one(given)
        except UnknownIdError:
            circle = self.communities.circle(given)
            self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
            return self._circled(circle)
        self.drafter.verify_is(AccountRole.ADMINISTRATOR)
        return self._person(account.id)

    def _person(self, actor: ActorId) -> Reader:
        person = self.accounts.person(actor)
        home = person.organisation == self.drafter.node
        lists = frozenset[Membership]()
        if not home:
            lists = self.communities.viewer(person.organisation).memberships
        return Reader(person.name, actor, person.viewer(lists))

    def _circled(self, circle: Circle) -> Reader:
        community = self.communities.current(circle.community)
        member = Membership(circle.community, circle.tier, community.epoch.number)
        viewer = Viewer(_NOBODY, frozenset({member}), frozenset())
        return Reader(community.charter.name, circle.community, viewer, circle)

    # ------------------------------------------------------------ addresses

    @undamaged
    def give(self, given: str | None = None) -> tuple[CalendarAddress, str]:
        """Record a new address of a calendar; return it, and the word that stands in it.

        The word is kept nowhere as it is. Arguments as `occasions`.

        Raises:
            UsageError: Whoever asks has no account, and names nobody.
        """
        reader = self._reader(given)
        if reader.of is None:
            raise UsageError("say whose calendar it is; an address is somebody's")
        word = self.drafter.random_word(_WORD)
        tier = reader.circle.tier if reader.circle else None
        address = CalendarAddress(
            self.drafter.random_id("ca"), reader.of, reader.name, tier, _digest(word)
        )
        self._record(address)
        return address, word

    @undamaged
    def given(self) -> tuple[CalendarAddress, ...]:
        """Return the addresses that were given: one's own, and an administrator all of them."""
        person, found = self.drafter.person, tuple(self._addresses().values())
        if not person.has_account or AccountRole.ADMINISTRATOR in person.roles:
            return found
        return tuple(each for each in found if each.of == person.actor)

    @undamaged
    def revoke(self, given: str, why: str) -> CalendarAddress:
        """Record that an address leads to nothing any more, and return it.

        Raises:
            UnknownIdError: There is none that whoever asks has given.
            UsageError: No reason is given, or it is revoked already.
        """
        found = [each for each in self.given() if begins(each.id, given)]
        if len(found) != 1:
            raise UnknownIdError("calendar", given)
        if found[0].revoked is not None:
            raise UsageError("{0} was revoked already: {1}", found[0].id, found[0].revoked)
        address = replace(found[0], revoked=said(why, Message("the reason")))
        self._record(address)
        return address

    @undamaged
    def read(self, word: str, form: str, *, language: str = "en") -> bytes | None:
        """Return the file under an address, None where there never was one.

        Args:
            word: The one in it.
            form: ``ics`` for a calendar, ``atom`` for what is due.
            language: Of the words around.

        Raises:
            UsageError: It was revoked, or whose it is is let in no more.
        """
        digest = _digest(word)
        addresses = self._addresses().values()
        address = next(
            (each for each in addresses if hmac.compare_digest(each.digest, digest)), None
        )
        if address is None:
            return None
        if address.revoked is not None:
            raise UsageError("this calendar address was revoked; ask for another")
        if address.tier is None:
            reader = self._person(ActorId(address.of))
        else:
            reader = self._circled(Circle(CommunityId(address.of), address.tier))
        if form == "atom":
            return self._due(form, reader, language)
        return self._file(reader, language)

    def _addresses(self) -> Mapping[str, CalendarAddress]:
        """Return the addresses as they now are, by their ids."""
        found: dict[str, CalendarAddress] = {}
        for entry in self.ledger.entries(kinds=[Kind.CALENDAR]):
            if entry.payload is not None:
                address = msgspec.convert(entry.payload.body["address"], CalendarAddress)
                found[address.id] = address
        return found

    def _record(self, address: CalendarAddress) -> None:
        body = {"id": address.id, "address": bodies.body_of(address)}
        self.append([self.drafter.entry(Kind.CALENDAR, body)])


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
