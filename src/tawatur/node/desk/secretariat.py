"""Who asks through this node without being named, and what comes back to them?

Whoever asks through a secretariat gives it their request, for it alone. The secretariat takes
it up as a request of its own, entered anew in its own name: nothing of that one, nor of what
follows on it, says that it was asked for anybody. Which request it was taken up as stands in
an entry of its own (`Mandate`), under the label of the first, and is never released. What
becomes of the second is told back as a step of the first (decision 38).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tawatur.desk import restated, stepped
from tawatur.errors import Message, UsageError
from tawatur.model.desk import Due, Request, RequestStatus
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DeskId, NodeId
from tawatur.model.label import Label, Terms, Viewer
from tawatur.node import bodies
from tawatur.node.desk.desk import Desk
from tawatur.node.drafting import Drafter
from tawatur.node.indexing.books import Wanted
from tawatur.node.indexing.index import undamaged
from tawatur.node.indexing.words import stems
from tawatur.node.seeing.sight import Sight

_TOLD = {
    RequestStatus.ANSWERED: RequestStatus.ANSWERED,
    RequestStatus.DECLINED: RequestStatus.DECLINED,
    RequestStatus.WITHDRAWN: RequestStatus.DECLINED,  # nobody will answer it any more
}
"""What a request comes to, by what the one comes to as which it was taken up."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """That a request was taken up: as which of the secretariat's own."""

    request: DeskId
    taken_up_as: DeskId


@dataclass(frozen=True, slots=True)
class Secretariat:
    """What goes through one node; `Node.secretariat` is where the doors find it."""

    drafter: Drafter
    desk: Desk
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    nodes: Callable[[], Mapping[str, NodeId]]

    @undamaged
    def asked(self, *, viewer: Viewer | None = None) -> tuple[Request, ...]:
        """Return the open requests that go through this node, the longest waiting first."""
        found = self.sight(viewer).desk(Wanted(Request, open=True, through=True))
        return tuple(each for each in found if self.goes_through(each))

    def goes_through(self, item: Request) -> bool:
        """Return whether whoever asks has it asked by this node."""
        return self.nodes().get(item.through or "") == self.drafter.node

    @undamaged
    def taken_up_as(self, given: str, *, viewer: Viewer | None = None) -> Request | None:
        """Return the request of this node's own as which another was taken up last, if it was.

        Raises:
            UnknownIdError: There is no such request that may be seen.
        """
        sight = self.sight(viewer)
        first = self.desk.request(given, viewer=viewer).id
        kept = [bodies.value_of(Mandate, b["mandate"]) for b in sight.kept(Kind.MANDATE, first)]
        return self.desk.request(kept[-1].taken_up_as, viewer=viewer) if kept else None

    @undamaged
    def take_up(self, given: str, *, to: str | None = None, what: str | None = None) -> Request:
        """Ask in this node's own name what it was asked to, and return the new request.

        It says what the first says but who asks, since when, and of which claims; it is this
        node's alone until it is labelled.

        Args:
            given: The request that goes through this node.
            to: Who is asked, if not as the first says.
            what: For what, in other words than the first says.

        Raises:
            UsageError: It does not go through this node, is not open, was taken up already,
                holds the word of others than whoever asks, or would name them.
        """
        first = self.desk.request(given)
        self._verify_ours(first)
        before = self.taken_up_as(first.id)
        if before is not None and before.status is RequestStatus.OPEN:
            raise UsageError("{0} was taken up already, as {1}", first.id, before.id)
        if first.status is not RequestStatus.OPEN:
            raise UsageError("{0} is {1}; there is nothing to ask", first.id, _word(first))
        label = self.desk.label(first.id)
        names = self._askers(first, label)
        me = self.drafter.party
        own = Request(
            id=DeskId(self.drafter.random_id("q")),
            by=self.desk.name_of(me),
            to=(to or first.to).strip(),
            what=(what or first.what).strip(),
            kind=first.kind,
            since=self.drafter.now().date().isoformat(),
            needed_by=first.needed_by,
            priority=first.priority,
            serves=first.serves,
            estimate=first.estimate,
            condition=first.condition,
            then=first.then,
        )
        _verify_unnamed(own, names)
        own = replace(own, next_step=own.to)
        terms = Label.of(Terms(me, expires=label.expires))
        mandate = bodies.body_of(Mandate(first.id, own.id))
        body = {"id": first.id, "about": first.id, "mandate": mandate}
        told = self.desk.drafted(replace(first, next_step=own.to))
        kept = self.drafter.entry(Kind.MANDATE, body, label=label)
        self.append([self.desk.drafted(own, terms), told, kept])
        return own

    @undamaged
    def report_back(self, given: str) -> Request:
        """Tell on a request what became of the one as which it was taken up, and return it.

        Terms that others put on what became of it hold for the step as well. The step is for
        whoever asked, and is handed over like any other.

        Raises:
            UsageError: It was not taken up, or there is nothing new to tell.
        """
        first = self.desk.request(given)
        own = self.taken_up_as(first.id)
        if own is None:
            raise UsageError("{0} was not taken up here", first.id)
        last = self._last(own)
        news = self._news(first, last)
        if not news:
            raise UsageError("{0} is {1}; there is nothing new to tell", last.id, _word(last))
        others = [t for t in self.desk.label(last.id).terms if t.originator != self.drafter.party]
        labels = [Label.of(*others)] if others else []
        status = news.pop("status", None)
        changed = stepped(first, status, **news) if status else restated(first, **news)
        self.append([self.desk.drafted(changed, *labels)])
        return changed

    @undamaged
    def due(self, *, viewer: Viewer | None = None) -> Iterator[Due]:
        """Yield what is to be done for those who ask through this node, each with the reason."""
        for first in self.asked(viewer=viewer):
            own = self.taken_up_as(first.id, viewer=viewer)
            if own is None:
                why = Message("asked through this node; take it up, or decline it")
                yield Due(first.id, why, first.what, self.desk.name_of(self.drafter.node))
            elif self._news(first, last := self._last(own)):
                why = Message("taken up as {0}, which is {1}; tell it back", (own.id, _word(last)))
                yield Due(first.id, why, first.what, self.desk.name_of(self.drafter.node))

    # ------------------------------------------------------------ within

    def _verify_ours(self, item: Request) -> None:
        if not self.goes_through(item):
            raise UsageError(
                "{0} does not go through {1}", item.id, self.desk.name_of(self.drafter.node)
            )

    def _askers(self, item: Request, label: Label) -> tuple[str, ...]:
        """Return the names of whoever asks.

        Raises:
            UsageError: The label holds the word of others, who never said that it may be asked.
        """
        steps = self.sight(None).steps(item.id)
        asking = {step.by for step in steps if not step.replaces}
        others = set(label.originators) - asking - {self.drafter.party}
        if others:
            raise UsageError(
                "{0} holds the word of {1}; only whoever asks can have it asked",
                item.id,
                ", ".join(map(self.desk.name_of, sorted(others))),
            )
        return (item.by, *(self.desk.name_of(each) for each in asking - {self.drafter.party}))

    def _last(self, own: Request) -> Request:
        """Return the last of those that a request was passed on as, as far as it is known here."""
        seen = {own.id}
        while own.status is RequestStatus.PASSED_ON:
            children = [each for each in self.desk.children(own) if each.id not in seen]
            if not children:
                break
            own = children[-1]
            seen.add(own.id)
        return own

    @staticmethod
    def _news(first: Request, last: Request) -> dict[str, Any]:
        """Return the fields of a request that are otherwise by what became of another."""
        fields: dict[str, Any] = {"next_step": last.next_step}
        if last.status in _TOLD:
            fields = {
                "status": _TOLD[last.status],
                "why": last.why,
                "on": last.on,
                "answers": last.answers,
                "terms": last.terms,
                "cost": last.cost,
                "effects": last.effects,
            }
        return fields if any(getattr(first, name) != new for name, new in fields.items()) else {}


def _verify_unnamed(item: Request, names: Sequence[str]) -> None:
    """Refuse a request whose words name whoever asks.

    Raises:
        UsageError: They do.
    """
    held = [set(stems(words)) for words in (item.what, item.serves, item.condition) if words]
    for name in names:
        words = set(stems(name))
        if name in (item.to, *item.then) or (words and any(words <= each for each in held)):
            raise UsageError("it names {0}, who asks; say it in other words", name)


def _word(item: Request) -> Message:
    return Message(item.status)
