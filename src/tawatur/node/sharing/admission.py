"""May an item go to a party now: by what, under which label, and may the party keep it?

The label decides; where it gives an item to communities, a list of their members that is new
enough does. Where no more may be given than that there is something, a pointer goes in the
place of the item.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tawatur import sharing
from tawatur.errors import Message, NotReleasableError
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import (
    Activity,
    Decision,
    Label,
    Leave,
    Viewer,
    may_receive,
    may_release,
)
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.index import Index
from tawatur.node.sharing.communities import Communities, Community
from tawatur.node.sharing.disclosures import Disclosure, Disclosures
from tawatur.node.sharing.exchange import Items, travelling
from tawatur.node.sharing.partners import Partners
from tawatur.sharing import Pointer, Whom


@dataclass(frozen=True, slots=True)
class Admission:
    """What decides on one node what may go; it writes nothing."""

    drafter: Drafter
    index: Callable[[], Index]
    partners: Partners
    communities: Communities
    disclosures: Disclosures
    items: Items

    def admitted(
        self, item: str, party: NodeId, label: Label, replaces: str | None
    ) -> tuple[tuple[Community, ...], Pointer | None]:
        """Return the communities by which an item may go to a party, none where it is named.

        With the pointer that goes in its place where no more is given than that it exists.

        Raises:
            NotReleasableError: It may not go, or nothing may go there; or the party was told
                already that there is something, and would learn that there is more.
        """
        self.partners.verify_receiving(party)
        self.items.verify_stands(item)
        self.items.verify_between(item, party, self.partners.one(party).name)
        label = travelling(item, label)
        may = self._may_release(label, party)
        if may.leave is Leave.NO:
            raise NotReleasableError("{0} may not be released: {1}", item, Message(may.reason))
        open_ = self._without_met(label)
        used = self.communities.admitting(party, open_, Activity.of(item), Leave.EXISTENCE)
        given = may_receive(Viewer(party), open_.given_to(party), self.drafter.now())
        if given.leave is Leave.NO:
            raise NotReleasableError("{0} may not be released: {1}", item, Message(given.reason))
        pointing = [each for each in (may, given) if not (each.allowed or each.acknowledge)]
        if not pointing:
            return used, None
        subjects = {each.subject for each in pointing}
        pointer = Pointer(subjects.pop() if len(subjects) == 1 else None, self.to_ask(label))
        self._verify_untold(party, pointer, replaces)
        return used, pointer

    def as_given(self, label: Label, party: NodeId, *, existence: bool) -> Label:
        """Return the label under which a party is given an item, or a pointer to it.

        Conditions that are met here are not in it: the party could not have them confirmed.
        """
        label = self._without_met(label)
        if existence:
            return sharing.pointing(label, self.drafter.node, party)
        return label.given_to(party)

    def stays(self, given: Disclosure, before: Label, label: Label) -> bool:
        """Return whether who has an item may keep it under another label."""
        party = NodeId(given.to)
        viewer = self.communities.viewer(party).taking_part(Activity.of(given.item))
        theirs = self.index().heads.circumstances(party, self.drafter.now())
        named = may_receive(viewer, before, theirs).leave
        if named is not Leave.NO and may_receive(viewer, label, theirs).leave is Leave.NO:
            return False
        kept = may_receive(viewer, label.given_to(party), theirs)
        may, whole = self._may_release(label).leave, bool(kept.acknowledge)
        leave = may if whole else min(may, kept.leave)
        return leave is Leave.YES or (given.existence and leave is Leave.EXISTENCE)

    def to_ask(self, label: Label) -> tuple[Whom, ...]:
        """Return whose word is in a label, and what they are called."""
        names = {id_: card.name for id_, card in self.partners.all().items()}
        names[self.drafter.node] = self.partners.card.name
        return tuple(Whom(each, names.get(each, each)) for each in label.originators)

    def _verify_untold(self, party: NodeId, pointer: Pointer, replaces: str | None) -> None:
        """Raise NotReleasableError if a party has the same pointer: how many there are is not told.

        But for the one in whose place it comes.
        """
        told = sharing.pointer_body(pointer)
        for each in self.index().post.of(Kind.RELEASE, party=party):
            same = each.body.get("pointer") == told and each.id != replaces
            if same and self.disclosures.release(each.id).live:
                raise NotReleasableError("{0} was told already that there is something", party)

    def _without_met(self, label: Label) -> Label:
        """Return a label without the conditions of this node's own that are met."""
        me = self.drafter.node
        met = self.index().heads.circumstances(me, self.drafter.now()).confirmed
        return Label.of(
            *(replace(t, after=t.after - met) if t.originator == me else t for t in label.terms)
        )

    def _may_release(self, label: Label, to: NodeId | None = None) -> Decision:
        """Return how much of an item under a label this node may give now, to one or to others."""
        me = self.drafter.node
        at = self.index().heads.circumstances(me, self.drafter.now())
        return may_release(me, label, at, to)
