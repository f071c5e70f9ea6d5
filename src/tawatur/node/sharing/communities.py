"""How a person founds communities, changes who belongs to them, and learns what others changed.

What is signed here becomes an entry of this node's own (`tawatur.node.indexing.lists`); what others
signed comes in files, each of which is also the word of whoever wrote it that there was
nothing else by then. Whether an item goes to somebody as one of a community is decided by
the list at hand, and by none that is too old (decision 20).
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from nacl.signing import SigningKey

from tawatur import sharing
from tawatur.errors import (
    AmbiguousIdError,
    Message,
    NotForUsError,
    NotReleasableError,
    UnknownIdError,
    UsageError,
)
from tawatur.model.community import (
    USUAL_DAYS,
    Act,
    Change,
    ChangeId,
    Charter,
    Epoch,
    Standing,
    confirmed,
    too_old,
)
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import CommunityId, NodeId
from tawatur.model.label import (
    Activity,
    Circle,
    Label,
    Leave,
    Membership,
    Tier,
    Viewer,
    may_receive,
)
from tawatur.node.drafting import Drafter
from tawatur.node.given import begins
from tawatur.node.indexing.index import Index
from tawatur.node.sharing.partners import Partners, PartnerState
from tawatur.sharing import Card, Identity, Papers


@dataclass(frozen=True, slots=True)
class Community:
    """A community as this node knows it at one time.

    ``confirmed`` is when its list was surely whole, ``too_old`` whether nothing may be given
    by it; ``changes`` are all that are known, oldest first, with those who signed each.
    """

    charter: Charter
    epoch: Epoch
    confirmed: datetime | None
    too_old: bool
    founded: bool
    changes: tuple[tuple[Change, tuple[NodeId, ...]], ...]

    @property
    def id(self) -> CommunityId:
        """Its id."""
        return self.charter.id

    @property
    def proposed(self) -> tuple[tuple[Change, tuple[NodeId, ...]], ...]:
        """The changes that lack signatures, with those who signed."""
        return tuple(each for each in self.changes if each[0].digest in self.epoch.proposed)

    def standing(self, party: NodeId) -> Standing | None:
        """Return where a party stands on the list."""
        return next((s for s in self.epoch.members if s.party == party), None)


@dataclass(frozen=True, slots=True)
class Communities:
    """The communities that one node knows; `Node.communities` is where the doors find it."""

    drafter: Drafter
    own: Callable[[], Identity]
    key: SigningKey
    index: Callable[[], Index]
    partners: Partners
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    @property
    def card(self) -> Card:
        """This node's own."""
        return self.partners.card

    def all(self) -> tuple[Community, ...]:
        """Return the communities that whoever asks may know, first heard of first.

        A confidential one is for organisations on its list.
        """
        return tuple(each for each in self._known() if self._open(each))

    def one(self, given: str) -> Community:
        """Return a community by its id, the beginning of it, or its name.

        Raises:
            UnknownIdError: There is none.
            AmbiguousIdError: It could be several.
        """
        return self._community(self._papers(given))

    def current(self, given: str) -> Community:
        """Return a community whose list is not too old to give by; arguments as `one`.

        Raises:
            NotReleasableError: It is too old.
        """
        found = self.one(given)
        if found.too_old:
            raise _old(found)
        return found

    def circle(self, given: str) -> Circle:
        """Return the circle that ``COMMUNITY`` or ``COMMUNITY:tier`` means.

        Raises:
            UnknownIdError: There is no such community.
            UsageError: There is no such tier.
            AmbiguousIdError: It could be several.
        """
        name, _colon, word = given.rpartition(":")
        tier = Tier.__members__.get(word.upper())
        if name and tier is None and any(name in (c.id, c.charter.name) for c in self.all()):
            tiers = ", ".join(tier.name.lower() for tier in reversed(Tier))
            raise UsageError("{0} is none of: {1}", repr(word), tiers)
        if tier is None:
            name, tier = given, Tier.MEMBER
        return Circle(self.one(name).id, tier)

    def party(self, community: str, given: str) -> NodeId:
        """Return whom a name or an id means: this node, a partner, or somebody on a list.

        Raises:
            UnknownIdError: Nobody there is called so.
        """
        if given in (self.card.id, self.card.name):
            return self.card.id
        listed = self.one(community).standing(NodeId(given))
        return self.partners.one(given).id if listed is None else listed.party

    def seen(self, community: Community) -> Community:
        """Return a community as whoever asks may list it: an observer finds itself alone there."""
        asks = self.drafter.party
        if community.epoch.tier_of(asks) is not Tier.OBSERVER:
            return community
        mine = tuple(each for each in community.epoch.members if each.party == asks)
        told = tuple(each for each in community.changes if each[0].party == asks)
        return replace(community, epoch=replace(community.epoch, members=mine), changes=told)

    # ------------------------------------------------------------ changes

    def found(
        self,
        name: str,
        *,
        members: Collection[NodeId] = (),
        deciders: Collection[NodeId] = (),
        needed: int = 1,
        days: int = USUAL_DAYS,
        confidential: bool = False,
    ) -> Community:
        """Sign the charter of a new community, this node among its deciders, and return it.

        It is founded once ``needed`` deciders have signed it (`sign`).

        Args:
            name: What people call it.
            members: Who belongs to it from the beginning.
            deciders: Who decides; they belong to it as well.
            needed: How many of them a change takes.
            days: After how many days a list is too old.
            confidential: Whether the list is for those on it alone.

        Raises:
            UsageError: Such a charter could not work, or there is one of that name here.
        """
        if any(each.charter.name == name.strip() for each in self.all()):
            raise UsageError("there is a community {0} here already; choose another name", name)
        own = {self.card.id}
        try:
            charter = Charter(
                name=name.strip(),
                founders=frozenset({*members, *deciders, *own}),
                deciders=frozenset({*deciders, *own}),
                needed=needed,
                time=self.drafter.now(),
                days=days,
                confidential=confidential,
            )
        except ValueError as cause:
            raise UsageError(str(cause)) from cause
        return self._record(Papers(charter, signatures=self._signed(charter)))

    def sign(self, given: str) -> Community:
        """Sign the charter of a community that others founded, and return it.

        Raises:
            UsageError: It is not this node's to sign.
        """
        charter = self._decided_here(given).charter
        return self._record(Papers(charter, signatures=self._signed(charter)))

    def decide(
        self,
        given: str,
        act: Act,
        party: NodeId,
        why: str,
        tier: Tier | None = None,
        *,
        activities: Collection[Activity] = (),
        since: date | None = None,
    ) -> Community:
        """Sign a change of the list and return the community as it then is.

        Whoever says what another decider has proposed signs that very change.

        Args:
            given: The community.
            act: What is done.
            party: To whom.
            why: The reason, for the record and for the party.
            tier: Where it admits or puts the party.
            activities: All in which the party is to take part.
            since: From which day on; from today if None.

        Raises:
            UsageError: No reason is given, or nothing to take part in; this node may not decide
                there, has signed it already, or it does not fit where the party stands.
        """
        papers = self._decided_here(given)
        community, me = self._community(papers), self.card.id
        if not why.strip():
            raise UsageError("give a reason, for the record")
        if me not in community.epoch.in_force({me}):
            raise UsageError("this node may not decide in {0} now", papers.charter.name)
        if act is Act.TAKE_PART:
            if not activities:
                raise UsageError("say in what: {0}", ", ".join(Activity))
            since = since or self.drafter.now().date()
        meant = act, party, tier, frozenset(activities), since
        same = [(change, by) for change, by in community.proposed if change.meaning == meant]
        unsigned = [change for change, by in same if me not in by]
        if unsigned:
            return self._record(Papers(papers.charter, signatures=self._signed(unsigned[0])))
        if same:
            raise UsageError("this node has signed that already; it waits for others who decide")
        _verify_fits(community, act, party, self._called(party))
        heads = frozenset(community.epoch.heads)
        now, parts = self.drafter.now(), frozenset(activities)
        change = Change(heads, act, party, why.strip(), now, tier, parts, since)
        return self._record(Papers(papers.charter, (change,), self._signed(change)))

    def written(self, given: str) -> bytes:
        """Return the file that tells others what this node has of a community."""
        papers = self._papers(given)
        return sharing.sealed_papers(papers, self.card.id, self.drafter.now(), self.key)

    def take(self, content: bytes) -> tuple[Community, frozenset[NodeId]]:
        """Take in what a partner wrote of a community; return it, and whose card is missing.

        What those signed is left out until their cards are known; then take the file again.

        Raises:
            SharingError: It is altered, from a stranger, or confidential and not for us.
        """
        identities = {**self.partners.identities(), self.card.id: self.own()}
        told, unchecked = sharing.open_papers(content, identities, self.drafter.now())
        charter, lists = told.charter, self.index().lists
        held = lists.of(charter.id) if charter.id in lists.communities() else Papers(charter)
        epoch = sharing.joined((held, told)).epoch
        on_it = {*charter.founders, *(standing.party for standing in epoch.members)}
        if charter.confidential and self.card.id not in on_it:
            raise NotForUsError("the list of {0} is for those who are on it", charter.name)
        return self._record(told.without(held)), unchecked

    # ------------------------------------------------------------ who has what

    def viewer(self, party: NodeId) -> Viewer:
        """Return an organisation as the lists have it that are not too old.

        Whom this node has suspended or removed is of no community for it.
        """
        if self.partners.state(party) not in (None, PartnerState.PARTNER):
            return Viewer(party)
        today = self.drafter.now().date()
        found = (
            Membership(each.id, tier, each.epoch.number, each.epoch.activities_of(party, today))
            for each in self._known()
            if not each.too_old and (tier := each.epoch.tier_of(party)) is not None
        )
        return Viewer(party, frozenset(found))

    def admitting(
        self, party: NodeId, label: Label, activity: Activity, least: Leave = Leave.YES
    ) -> tuple[Community, ...]:
        """Return the communities by which an item of an activity goes to ``party``.

        Where ``least`` says so, also those by which it only learns that the item exists.

        None where it is not for circles; the caller records their epochs.

        Raises:
            NotReleasableError: It is for circles that ``party`` is not in, or where it does not
                take part in the activity, or whose list is too old, or of which this node is
                an observer.
        """
        circled = [terms for terms in label.terms if terms.circles]
        if not circled:
            return ()
        named = {circle.community for terms in circled for circle in terms.circles}
        known = [each for each in self._known() if each.id in named]
        listed, now = self.viewer(party), self.drafter.now()
        viewer = listed.taking_part(activity)
        if may_receive(viewer, Label.of(*circled), now).leave >= least:
            used = {membership.community for membership in viewer.memberships}
            by = tuple(each for each in known if each.id in used)
            for each in by:
                if each.epoch.tier_of(self.card.id) is Tier.OBSERVER:
                    name = each.charter.name
                    raise NotReleasableError("this node observes {0}, and gives it nothing", name)
            return by
        for each in known:
            if each.too_old:
                raise _old(each)
        if may_receive(listed, Label.of(*circled), now).leave >= least:
            raise NotReleasableError(
                "in {0}, {1} does not take part in {2}",
                ", ".join(each.charter.name for each in known),
                self._name(party),
                Message(activity.value),
            )
        raise NotReleasableError("it is for a community, and {0} is not of it", self._name(party))

    # ------------------------------------------------------------ within

    def _name(self, party: NodeId) -> str:
        card = self.partners.all().get(party)
        return card.name if card else party

    def _known(self) -> Iterator[Community]:
        """Yield every community that the node knows, whoever asks."""
        lists = self.index().lists
        return (self._community(lists.of(each)) for each in lists.communities())

    def _open(self, known: Community | Papers) -> bool:
        """Return whether a community may be known to whoever asks."""
        charter, party = known.charter, self.drafter.party
        if party == self.drafter.node or not charter.confidential:
            return True
        return any(standing.party == party for standing in known.epoch.members)

    def _papers(self, given: str) -> Papers:
        lists = self.index().lists
        known = {each: lists.of(each) for each in lists.communities()}
        found = [
            papers
            for id_, papers in known.items()
            if (papers.charter.name == given or begins(id_, given)) and self._open(papers)
        ]
        if not found:
            raise UnknownIdError("community", given)
        if len(found) > 1:
            raise AmbiguousIdError(given, [papers.charter.id for papers in found])
        return found[0]

    def _community(self, papers: Papers) -> Community:
        charter, epoch, now = papers.charter, papers.epoch, self.drafter.now()
        changes = sorted(papers.changes, key=lambda change: (change.time, change.digest))
        signed = {c: tuple(sorted(papers.signatures.get(c.digest, ()))) for c in changes}
        against = [
            signed[change]
            for change in changes
            if change.digest in epoch.proposed and change.act in (Act.SUSPEND, Act.REMOVE)
        ]
        last = confirmed(charter, epoch, {**papers.heard, self.card.id: now}, against)
        return Community(
            charter=charter,
            epoch=epoch,
            confirmed=last,
            too_old=too_old(charter, last, now),
            founded=len(papers.signatures.get(charter.digest, ())) >= charter.needed,
            changes=tuple(signed.items()),
        )

    def _called(self, party: NodeId) -> str:
        """Return by what people know a party, its id for a stranger's."""
        if party == self.card.id:
            return self.card.name
        known = self.partners.all().get(party)
        return party if known is None else known.name

    def _decided_here(self, given: str) -> Papers:
        papers = self._papers(given)
        if self.card.id not in papers.charter.deciders:
            raise UsageError("in {0} others decide", papers.charter.name)
        return papers

    def _signed(self, value: Charter | Change) -> dict[ChangeId, dict[NodeId, str]]:
        return sharing.signed(value, self.card.id, self.key)

    def _record(self, papers: Papers) -> Community:
        if papers.changes or papers.signatures or papers.heard:
            self.append([self.drafter.entry(Kind.COMMUNITY, sharing.papers_body(papers))])
        return self.one(papers.charter.id)


def epochs(communities: Iterable[Community]) -> list[dict[str, object]]:
    """Return which lists were used, as a release names them."""
    return [
        {"community": each.id, "epoch": each.epoch.number, "heads": list(each.epoch.heads)}
        for each in communities
    ]


def _verify_fits(community: Community, act: Act, party: NodeId, called: str) -> None:
    """Raise UsageError unless a change fits where the party stands."""
    standing = community.standing(party)
    if act is Act.ADMIT and standing is not None:
        raise UsageError("{0} is on the list already", called)
    if act is not Act.ADMIT and standing is None:
        raise UsageError("{0} is not on the list", called)
    if act is Act.RESTORE and standing is not None and standing.suspended is None:
        raise UsageError("{0} is not suspended", called)


def _old(community: Community) -> NotReleasableError:
    last = community.confirmed
    return NotReleasableError(
        "the list of {0} was last confirmed {1}, and may be {2} days old; "
        "take a newer one from those who decide",
        community.charter.name,
        Message("never") if last is None else last.date().isoformat(),
        community.charter.days,
    )
