"""How a person sees and changes the label of an item: terms of this node's own, and no other's.

The change is an entry of its own, whose label is the new one (`tawatur.node.indexing.labels`). What
is taken in here for the first time has the label that the settings give it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tawatur.errors import UsageError
from tawatur.model.account import AccountRole
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import EntryId, EventId, NodeId
from tawatur.model.label import Circle, Label, Leave, Terms
from tawatur.model.text import fold_words
from tawatur.node.drafting import Drafter
from tawatur.node.given import begins, only
from tawatur.node.indexing.index import Index
from tawatur.node.sharing.outgoing import Outgoing
from tawatur.settings import DefaultLabel
from tawatur.settings import Labels as LabelSettings

_EVENT = re.compile(r"v-[0-9a-z]+")
"""What is typed like an event's id, or the beginning of one."""


@dataclass(frozen=True, slots=True)
class Given:
    """A label by the settings, and ``by`` whose publisher's; without one the node's own."""

    label: Label | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one node's items; `Node.labels` is where the doors find it."""

    drafter: Drafter
    index: Callable[[], Index]
    entries: Callable[[str], Sequence[EntryId]]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    outgoing: Outgoing
    event: Callable[[str], EventId]
    """Finds an event by the beginning of its id."""
    purposes: Sequence[str]
    """Those that a label may name; empty for any."""

    def of(self, item: str) -> tuple[Label, ...]:
        """Return the labels under which an item is held, one for each way in which it came.

        Args:
            item: The id of a document, of an item of the desk or of a ruling.
        """
        index = self.index()
        return tuple(dict.fromkeys(index.label_of(each) for each in self.entries(item)))

    def by_settings(self, item: str) -> tuple[str, ...]:
        """Return for whose publications the settings label an item so, empty for all, if they do.

        Nobody has labelled it otherwise since.
        """
        index = self.index()
        return tuple(
            payload.body["label_by"]
            for target in self.entries(item)
            if not index.heads.of(target)
            and (payload := self.outgoing.ledger.entry(target).payload)
            and payload.body.get("label_by") is not None
        )

    def defaults(self, settings: LabelSettings) -> Callable[[str | None], Given]:
        """Return what says under which label the documents of a publisher are taken in.

        Raises:
            UnknownIdError: The settings name a partner or a community that there is not.
            AmbiguousIdError: A name in them could be several.
        """
        if (settings.default, settings.source) == (DefaultLabel(), ()):
            return lambda publisher: Given()
        default = Given(self._by(settings.default), "")
        own = {
            fold_words(each.publisher): Given(self._by(each), each.publisher)
            for each in settings.source
        }
        return lambda publisher: own.get(fold_words(publisher or ""), default)

    def _by(self, said: DefaultLabel) -> Label:
        """Return the label that the settings write."""
        outgoing = self.outgoing
        return Label.of(
            Terms(
                self.drafter.node,
                said.tlp,
                frozenset(outgoing.partners.one(each).id for each in said.to),
                frozenset(map(outgoing.admission.communities.circle, said.circles)),
                onward=Leave.YES if said.onward else Leave.NO,
                expires=_last_of(self.drafter.now(), said.days) if said.days else None,
                purpose=said.purpose.strip() or None,
                caveats=frozenset(each.strip() for each in said.caveats),
            )
        )

    def change(
        self,
        item: str,
        changes: Mapping[str, Any],
        *,
        also: Collection[NodeId | Circle] = (),
        no_more: Collection[NodeId | Circle] = (),
        why: str | None = None,
    ) -> tuple[Label, ...]:
        """Record other terms of this node on an item, and return `of` it as it then is.

        Terms of other originators stay: who relays an item only narrows it. Notices wait then
        for those who have the item, where the change concerns them.

        Args:
            item: Its id.
            changes: Fields of `Terms`, new values; others stay as they are. A condition that is
                typed like the id of an event is one, and may be shortened.
            also: Partners, and circles of communities, who may have it too.
            no_more: Those who may not have it any more.
            why: The reason, for the record.

        Raises:
            UnknownIdError: There is no such item, or no such event, that may be seen.
            AmbiguousIdError: Several begin so.
            UsageError: A time to begin that is not before the one to end; one to end that is past;
                a purpose that the settings do not list; or others' words alone are in it, and the
                node is not the person's own.
            RoleNeededError: It would be wider, and the person is no release officer.
        """
        index, drafts, party = self.index(), [], self.drafter.party
        targets = self.entries(item)
        whole = item if item.startswith(("j-", "u-")) else self.outgoing.items.id_of(item)
        before = self.outgoing.labels(whole)
        purpose = changes.get("purpose")
        if purpose and self.purposes and purpose not in self.purposes:
            listed = "; ".join(self.purposes)
            raise UsageError("{0} is none of the purposes in the settings: {1}", purpose, listed)
        expires = changes.get("expires")
        if expires and expires <= self.drafter.now():
            raise UsageError(
                "{0} is past; name a day to come, or recall what others have", expires.date()
            )
        if "after" in changes:
            changes = {**changes, "after": self._conditions(changes["after"])}
        for target in targets:
            old = index.label_of(target)
            if party not in {self.drafter.node, *old.originators}:
                raise UsageError("only those whose words are in {0} label it", item)
            new = relabelled(
                old,
                party,
                lambda t: replace(
                    t,
                    audience=(t.audience | _parties(also)) - _parties(no_more),
                    circles=(t.circles | _circles(also)) - _circles(no_more),
                    **changes,
                ),
            )
            if not new.as_strict_as(old):
                self.drafter.person.verify_is(AccountRole.RELEASE_OFFICER)
            if new != old:
                drafts.append(self._draft(target, new, why))
        if drafts:
            self.append(drafts)
        self.outgoing.follow(whole, before, no_more=_parties(no_more), why=why)
        return self.of(item)

    def put(self, targets: Sequence[EntryId], label: Label, why: str) -> None:
        """Record what those who gave something say of it now; terms of this node's own stay."""
        index, drafts = self.index(), []
        for target in targets:
            old = index.label_of(target)
            own = [terms for terms in old.terms if terms.originator == self.drafter.node]
            new = Label.of(*own, *label.terms)
            if new != old:
                drafts.append(self._draft(target, new, why))
        if drafts:
            self.append(drafts)

    def confirm(self, condition: str, why: str) -> str:
        """Record that a condition is met on which items were given, and return it whole.

        Args:
            condition: The words, or the id of an event that a label names, which may be shortened.
            why: The reason, for the record.

        Raises:
            UsageError: No condition, or no reason, is given.
            AmbiguousIdError: Several of the events that labels name begin so.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        met = condition.strip()
        if not met or not why.strip():
            raise UsageError("give a condition, and a reason, for the record")
        named = [each for each in self.conditions() if begins(each, met)]
        if named and _EVENT.fullmatch(met):
            met = only("event", met, sorted(named))
        body = {"condition": met, "why": why.strip()}
        self.append([self.drafter.entry(Kind.CONFIRMATION, body)])
        return met

    def conditions(self) -> frozenset[str]:
        """Return the conditions that this organisation's own labels name, met or not."""
        rows = self.index().db.execute("SELECT text FROM labels")
        labels = (msgspec.json.decode(text, type=Label) for (text,) in rows)
        mine = (t for label in labels for t in label.terms if t.originator == self.drafter.party)
        return frozenset(words for terms in mine for words in terms.after)

    def _conditions(self, given: Iterable[str]) -> frozenset[str]:
        """Return conditions with the ids of events whole; one named already may be of the past."""
        named = self.conditions()
        return frozenset(
            self.event(each) if _EVENT.fullmatch(each) and each not in named else each
            for each in given
        )

    def _draft(self, target: EntryId, label: Label, why: str | None) -> Draft:
        """Return the entry that puts a label in the place of all that hold for another entry."""
        heads = list(self.index().heads.of(target))
        body = {"targets": [target], "replaces": heads, "why": why}
        return self.drafter.entry(Kind.LABEL, body, label=label)


def relabelled(old: Label, by: NodeId, change: Callable[[Terms], Terms]) -> Label:
    """Return ``old`` with other terms of one originator, who adds its own if it had none.

    Raises:
        UsageError: What they say cannot be.
    """
    mine = [terms for terms in old.terms if terms.originator == by]
    others = [terms for terms in old.terms if terms.originator != by]
    # A relay that says nothing else adds nothing: its terms let all through that came to it.
    base = mine or [_through(by, others)]
    changed = [change(terms) for terms in base]
    for terms in changed:
        if terms.opens and terms.expires and terms.opens >= terms.expires:
            raise UsageError("it would end before it begins")
    return Label.of(*others, *changed)


def _last_of(now: datetime, days: int) -> datetime:
    """Return the end of the last of so many days from now on."""
    return (now + timedelta(days)).replace(hour=23, minute=59, second=59, microsecond=0)


def _parties(named: Collection[NodeId | Circle]) -> set[NodeId]:
    return {each for each in named if not isinstance(each, Circle)}


def _circles(named: Collection[NodeId | Circle]) -> set[Circle]:
    return {each for each in named if isinstance(each, Circle)}


def _through(by: NodeId, others: Sequence[Terms]) -> Terms:
    """Return terms of a relay that narrow nothing of what its originators say."""
    return Terms(
        by,
        min((t.tlp for t in others), key=lambda tlp: tlp.rank),
        frozenset().union(*(t.audience | {t.originator} for t in others)),
        frozenset().union(*(t.circles for t in others)),
        max(t.onward for t in others),
    )
