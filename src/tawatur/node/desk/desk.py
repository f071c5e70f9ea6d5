"""One node's desk: what was promised and asked, entered by people, step by step.

Every step is an entry that names the steps it was taken in view of, under the labels of
these joined: it says again what they say, so whoever may not have one of them may not have
it. What all steps come to is for `tawatur.desk.cycles` to say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from tawatur import desk
from tawatur.desk.subjects import stated
from tawatur.errors import Message, UnknownIdError, UsageError
from tawatur.model.claim import Claim
from tawatur.model.desk import (
    Commitment,
    CommitmentStatus,
    Effects,
    Item,
    Living,
    Money,
    Priority,
    Request,
    RequestKind,
    RequestStatus,
    Review,
    Step,
    Told,
)
from tawatur.model.entry import Draft, Entry
from tawatur.model.ids import ClaimId, DeskId, DocumentId, NodeId, RenditionId, StepId
from tawatur.model.label import Activity, Label, Viewer, join, may_receive
from tawatur.model.meeting import Meeting
from tawatur.model.reading import EntityType, LocalEntity
from tawatur.model.ruling import PassedOver, Place
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.given import edtf, happened, said, told
from tawatur.node.indexing.books import KINDS, Wanted
from tawatur.node.indexing.index import Index, undamaged
from tawatur.node.indexing.words import stems
from tawatur.node.judging.rulings import Rulings
from tawatur.node.seeing.sight import Sight
from tawatur.weighing.names import same_name

_LETTERS = {Commitment: "k", Request: "q"}
_TO_COME = ("due", "needed_by")
_PAST = ("since", "on")
_SUMS = ("estimate", "cost")
_PARTIES = (EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY, EntityType.PERSON)


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one node; `Node.desk` is where the doors find it."""

    drafter: Drafter
    index: Callable[[], Index]
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    nodes: Callable[[], Mapping[str, NodeId]]
    viewer: Callable[[NodeId], Viewer]
    rulings: Rulings
    label_of: Callable[[DocumentId], Label]

    # ------------------------------------------------------------ listings

    @undamaged
    def commitments(
        self,
        *,
        by: str | None = None,
        to: str | None = None,
        said_at: str | None = None,
        overdue: bool = False,
        start: int = 0,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Commitment, ...]:
        """Return commitments, overdue ones first, then open ones by due date, then closed ones.

        Args:
            by: Only those of this party, in any spelling.
            to: Only those made to this party.
            said_at: Only those made at a meeting whose name holds these words.
            overdue: Only those past their last possible day.
            start: How many to pass over.
            limit: How many at most; all if None.
            viewer: Who asks; the node's own organisation if None.
        """
        wanted = Wanted(
            Commitment,
            open=True if overdue else None,
            before=self.drafter.now().date() if overdue else None,
            by=_meaning(by),
            to=_meaning(to),
        )
        if said_at is None:
            return tuple(islice(self.sight(viewer).desk(wanted, start), limit))
        words, found = set(stems(said_at)), self.sight(viewer).desk(wanted)
        there = (item for item in found if words <= set(stems(item.said_at or "")))
        return tuple(islice(there, start, None if limit is None else start + limit))

    @undamaged
    def requests(
        self,
        *,
        by: str | None = None,
        to: str | None = None,
        waiting: int | None = None,
        kind: RequestKind | None = None,
        start: int = 0,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Request, ...]:
        """Return requests, the longest waiting first, closed ones last.

        Args:
            by: Only those of this party, in any spelling.
            to: Only those made to this party.
            waiting: Only those open for so many days at least.
            kind: Only those for this kind of thing.
            start: How many to pass over.
            limit: How many at most; all if None.
            viewer: Who asks; the node's own organisation if None.
        """
        before = None
        if waiting is not None:
            before = self.drafter.now().date() - timedelta(days=waiting - 1)
        open_ = None if waiting is None else True
        wanted = Wanted(Request, open=open_, before=before, by=_meaning(by), to=_meaning(to))
        if kind is None:
            return tuple(islice(self.sight(viewer).desk(wanted, start), limit))
        found = (item for item in self.sight(viewer).desk(wanted) if item.kind is kind)
        return tuple(islice(found, start, None if limit is None else start + limit))

    @undamaged
    def soon(
        self, kind: type[Item], day: date, needed: date, *, viewer: Viewer | None = None
    ) -> tuple[Item, ...]:
        """Return open items whose day has come, those that are needed soon, and disputed ones.

        Args:
            kind: Which book.
            day: The last due day of commitments, or last first day of requests, that counts.
            needed: The last day by which a request is needed that counts.
            viewer: Who asks; the node's own organisation if None.
        """
        sight = self.sight(viewer)
        found = [*sight.desk(Wanted(kind, open=True, before=day + timedelta(days=1)))]
        found += sight.desk(Wanted(kind, rivals=True))
        found += sight.desk(Wanted(kind, open=True, needed=needed))
        return tuple({item.id: item for item in found}.values())

    def disputed(self) -> int:
        """Return of how many items steps taken at once say different things."""
        sight = self.sight(None)
        kinds = (Commitment, Request)
        return sum(sight.desk_count(Wanted(kind, rivals=True)) for kind in kinds)

    @undamaged
    def count(self, kind: type[Commitment] | type[Request], *, viewer: Viewer | None = None) -> int:
        """Return how many items of a kind may be seen."""
        return self.sight(viewer).desk_count(Wanted(kind))

    @undamaged
    def commitment(self, given: str, *, viewer: Viewer | None = None) -> Commitment:
        """Return one commitment by an unambiguous beginning of its id.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        return self.one(Commitment, given, viewer)

    @undamaged
    def request(self, given: str, *, viewer: Viewer | None = None) -> Request:
        """Return one request by an unambiguous beginning of its id.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        return self.one(Request, given, viewer)

    def id_of(self, given: str) -> DeskId:
        """Return the id of an item or a review by an unambiguous beginning of it."""
        return self.sight(None).desk_id(_named(given), given)

    def item(self, given: str) -> Commitment | Request:
        """Return one commitment or request by an unambiguous beginning of its id."""
        return self.commitment(given) if given.startswith("k-") else self.request(given)

    @undamaged
    def history(self, given: str, *, viewer: Viewer | None = None) -> tuple[Step[Any], ...]:
        """Return the steps of one commitment or request that may be seen, first recorded first."""
        sight = self.sight(viewer)
        return sight.steps(sight.desk_id(_named(given), given))

    def children(self, of: Request, *, viewer: Viewer | None = None) -> tuple[Request, ...]:
        """Return the requests that renew one or pass it on."""
        return tuple(each for each in self.requests(viewer=viewer) if each.parent == of.id)

    def alike(self, what: str, *, to: str | None = None) -> tuple[Request, ...]:
        """Return the open requests that ask for much the same, of the same party if one is told."""
        found = self.sight(None).desk(Wanted(Request, open=True, to=_meaning(to)))
        return tuple(each for each in found if desk.alike(each.what, what))

    # ------------------------------------------------------------ proposals

    @undamaged
    def proposed_commitments(
        self,
        *,
        by: str | None = None,
        to: str | None = None,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Commitment, ...]:
        """Return what reports tell of as promised and nobody has confirmed or passed over yet.

        The id of each is that of the claim that says it first. Arguments as `commitments`.
        """
        found = desk.proposed_commitments(self.untaken(viewer), _same, _Named(self.sight(viewer)))
        wanted = Wanted(Commitment, by=_meaning(by), to=_meaning(to))
        return tuple(islice(filter(wanted.holds, found), limit))

    @undamaged
    def proposed_requests(
        self,
        *,
        by: str | None = None,
        to: str | None = None,
        limit: int | None = None,
        viewer: Viewer | None = None,
    ) -> tuple[Request, ...]:
        """Return what reports tell of as asked and nobody has confirmed or passed over yet."""
        found = desk.proposed_requests(self.untaken(viewer), _same, _Named(self.sight(viewer)))
        wanted = Wanted(Request, by=_meaning(by), to=_meaning(to))
        return tuple(islice(filter(wanted.holds, found), limit))

    @undamaged
    def confirm_commitment(self, given: str, **otherwise: str | None) -> Commitment:
        """Record a proposed commitment and return it.

        Args:
            given: The claim by which it is proposed, or the beginning of its id.
            otherwise: Fields that are not as they were read.

        Raises:
            UsageError: Nothing is proposed by that claim.
        """
        item = self._proposal(given, self.proposed_commitments())
        read = {"to": item.to, "due": item.due, "condition": item.condition}
        said = {name: value for name, value in otherwise.items() if value is not None}
        fields: dict[str, Any] = {"by": item.by, "what": item.what, **read, **said}
        return self.commit(claims=item.claims, **fields)

    @undamaged
    def confirm_request(self, given: str, **otherwise: Any) -> Request:
        """Record a proposed request and return it; arguments as `confirm_commitment`."""
        item = self._proposal(given, self.proposed_requests())
        read = {"to": item.to, "since": item.since, "needed_by": item.needed_by}
        said = {name: value for name, value in otherwise.items() if value is not None}
        fields: dict[str, Any] = {"by": item.by, "what": item.what, **read, **said}
        return self.ask(claims=item.claims, **fields)

    @undamaged
    def reject(self, given: str, why: str) -> PassedOver:
        """Record that a claim is neither a commitment nor a request; `tawatur undo` takes it back.

        Raises:
            UnknownIdError: There is no such claim.
            UsageError: No reason is given.
        """
        place = Place.of(self.sight(None).claim(given))
        return self.rulings.record(PassedOver, why, place=place)

    def untaken(self, viewer: Viewer | None = None) -> list[Claim]:
        """Return the claims that are on no item or review of the desk and were not passed over."""
        sight = self.sight(viewer)
        taken = {claim for item in sight.desk(Wanted(Commitment)) for claim in item.claims}
        taken |= {claim for item in sight.desk(Wanted(Request)) for claim in item.claims}
        taken |= {c for each in sight.reviews() if isinstance(each, Review) for c in each.claims}
        for ruling in sight.decided.rulings(PassedOver):
            claim = sight.decided.claim_at(ruling.place)
            if claim is not None:
                taken.add(claim.id)
        return [claim for claim in sight.claims() if claim.id not in taken]

    def _proposal(self, given: str, proposed: Sequence[Told]) -> Told:
        claim = self.sight(None).claim(given).id
        found = next((item for item in proposed if claim in item.claims), None)
        if found is None:
            raise UsageError("nothing is proposed by {0}; add it by hand", given)
        return found

    # ------------------------------------------------------------ steps

    @undamaged
    def commit(
        self,
        *,
        by: str,
        what: str,
        to: str | None = None,
        due: str | None = None,
        claims: Sequence[str] = (),
        said_at: str | None = None,
        condition: str | None = None,
    ) -> Commitment:
        """Record a commitment and return it.

        Args:
            by: Who promised.
            what: What was promised.
            to: To whom.
            due: By when, EDTF.
            claims: Those that say so, one for each saying.
            said_at: The meeting or summit where it was made.
            condition: On what it depends: words, or the id of an event.

        Raises:
            UsageError: Who or what is empty, or the date is none.
            UnknownIdError: There is no such claim.
        """
        item = Commitment(
            id=DeskId(self.drafter.random_id("k")),
            by=said(by, Message("who promised")),
            what=said(what, Message("what was promised")),
            **self._kept(
                {"to": to, "due": due, "claims": claims, "said_at": said_at}
                | {"condition": condition}
            ),
        )
        return self.first(item)

    @undamaged
    def ask(self, *, by: str, to: str, what: str, **also: Any) -> Request:
        """Record a request and return it.

        Args:
            by: Who asks.
            to: Who is asked: one party, or a community.
            what: For what.
            also: Further fields of `Request`; dates are EDTF, ``since`` is today unless told,
                sums are written ``50000 USD``. The estimate of a collection is the sum that
                its claims state, unless told.

        Raises:
            UsageError: Something is empty, no date or no sum, the end lies before the start,
                it was asked on a day to come, or whoever is to take the next step may not
                see the request.
            UnknownIdError: There is no such claim, or no partner through whom it is asked.
        """
        fields = self._kept(also)
        if fields.get("kind") is RequestKind.COLLECTION and "estimate" not in fields:
            sight = self.sight(None)
            fields["estimate"] = stated(map(sight.claim, fields.get("claims", ())))
        item = Request(
            id=DeskId(self.drafter.random_id("q")),
            by=said(by, Message("who asks")),
            to=said(to, Message("who is asked")),
            what=said(what, Message("what is asked for")),
            **{**fields, "since": fields.get("since") or self.drafter.now().date().isoformat()},
        )
        _verify_order(item)
        self._verify_assignee(item, Label.by(self.drafter.party))
        return self.first(replace(item, next_step=item.next_step or item.to))

    @undamaged
    def change_commitment(
        self, given: str, status: CommitmentStatus, *, why: str, **also: Any
    ) -> Commitment:
        """Record what became of a commitment and return it.

        Args:
            given: Its id, or the beginning of it.
            status: What it comes to.
            why: The reason.
            also: ``evidence``, claims that say so, and ``on``, when it happened (EDTF).

        Raises:
            UsageError: This step does not follow, is another party's, or has no reason.
            UnknownIdError: There is no such commitment.
        """
        item = self.commitment(given)
        fields: dict[str, Any] = {"evidence": (), "on": None, **self._kept(also)}
        return self.step(item, desk.stepped(item, status, why, **fields), status)

    @undamaged
    def change_request(
        self, given: str, status: RequestStatus, *, why: str, **also: Any
    ) -> Request:
        """Record what became of a request and return it.

        Args:
            given: Its id, or the beginning of it.
            status: What it comes to.
            why: The reason.
            also: ``evidence``, ``on``, and of an answer ``answers`` (ids of items), ``terms``
                of use, ``cost`` and ``effects``.

        Raises:
            UsageError: This step does not follow, is another party's, or has no reason.
            UnknownIdError: There is no such request, claim or item.
        """
        item = self.request(given)
        fields: dict[str, Any] = {"evidence": (), "on": None, **self._kept(also)}
        return self.step(item, desk.stepped(item, status, why, **fields), status)

    @undamaged
    def restate(self, given: str, **fields: Any) -> Commitment | Request:
        """Record other particulars of an open commitment or request and return it.

        Raises:
            UsageError: It is closed, nothing is told, or what is told is wrong.
            UnknownIdError: There is no such item.
        """
        item = self.item(given)
        kept = self._kept(fields)
        unknown = sorted(set(kept) - set(type(item).__dataclass_fields__))
        if not kept or unknown:
            raise UsageError("say what is to change: {0}", ", ".join(unknown) or given)
        changed = desk.restated(item, **kept)
        if isinstance(changed, Request):
            _verify_order(changed)
            self._verify_assignee(changed, self.label(changed.id))
        return self.step(item, changed)

    @undamaged
    def pass_on(self, given: str, to: str, *, why: str) -> Request:
        """Record that a request was passed on by consent, and return the one it became.

        Args:
            given: The request.
            to: Who is asked now.
            why: Who consented, and when.

        Raises:
            UsageError: It is not open, no consent is told, or nobody is named.
        """
        to = said(to, Message("who is asked"))
        old = self.change_request(given, RequestStatus.PASSED_ON, why=why)
        return self._child(old, to)

    @undamaged
    def renew(self, given: str, to: str | None = None) -> Request:
        """Record a closed request anew, as the child of the old one, and return it.

        Args:
            given: The request.
            to: Who is asked now; of those to be asked next the first if None, else as before.

        Raises:
            UsageError: It is open.
        """
        old = self.request(given)
        if old.status is RequestStatus.OPEN:
            raise UsageError("{0} is open; there is nothing to renew", old.id)
        return self._child(old, said(to or next(iter(old.then), old.to), Message("who is asked")))

    @staticmethod
    def following(item: Commitment | Request | Meeting) -> tuple[desk.Status, ...]:
        """Return what may follow on the status of an item, and what settles its rivals."""
        settling = (item.status, *item.rivals) if item.rivals else ()
        return tuple(dict.fromkeys((*settling, *desk.following(item.status))))

    def label(self, item: DeskId) -> Label:
        """Return the label of an item: those of the steps that hold, joined."""
        return self.sight(None).desk_label(item)

    # ------------------------------------------------------------ within

    def one(self, kind: type[Living], given: str, viewer: Viewer | None = None) -> Living:
        """Return one item of a kind by an unambiguous beginning of its id.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        sight = self.sight(viewer)
        item = desk.standing(sight.steps(sight.desk_id(KINDS[kind].value, given)))
        if not isinstance(item, kind):
            raise UnknownIdError(KINDS[kind].value, given)
        return item

    def _child(self, old: Request, to: str) -> Request:
        child = replace(
            old,
            id=DeskId(self.drafter.random_id("q")),
            to=to,
            since=self.drafter.now().date().isoformat(),
            next_step=to,
            then=tuple(each for each in old.then if each != to),
            parent=old.id,
            answers=(),
            status=RequestStatus.OPEN,
            why=None,
            on=None,
            evidence=(),
        )
        return self.first(child, self.label(old.id))

    def first(self, item: Living, *also: Label) -> Living:
        """Record an item under a label as strict as that of any claim behind it, and return it.

        Args:
            item: As it stands at first.
            also: Labels that it has to be as strict as; without any it is for its party alone.
        """
        self.append([self.drafted(item, *(also or (Label.by(self.drafter.party),)))])
        return item

    def step(self, old: Living, new: Living, status: desk.Status | None = None) -> Living:
        """Record a step in view of all heads that may be seen, and return what it comes to."""
        if status is not None:
            desk.verify_whose(old, status, self.drafter.party, self.nodes())
        self.append([self.drafted(new)])
        return new

    def drafted(self, item: Living, *also: Label) -> Draft:
        """Return the entry of the next step of an item, in view of all heads that may be seen.

        Its label is as strict as that of the item before, or of any claim behind a new one.

        Args:
            item: As it stands after the step.
            also: Labels of whatever else is told in it.
        """
        sight, drafter = self.sight(None), self.drafter
        held = sight.steps(item.id)
        if held:
            labels = [self.label(item.id), *also]
        else:
            told_of = item.claims if isinstance(item, Commitment | Request) else item.evidence
            documents = {sight.claim(claim).document for claim in told_of}
            labels = [*map(self.label_of, sorted(documents)), *also]
        step = Step(
            StepId(drafter.random_id("m")),
            tuple(head.id for head in desk.heads(held)) if held else (),
            drafter.party,
            drafter.now(),
            item,
        )
        body = bodies.step_body(step)
        return drafter.entry(KINDS[type(item)], body, label=join(drafter.party, labels))

    def _kept(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields that are told, checked and as they are kept."""
        kept: dict[str, Any] = {}
        for name, value in fields.items():
            if value is None or value == ():
                continue
            if name in _TO_COME:
                kept[name] = edtf(value)
            elif name in _PAST:
                kept[name] = happened(value, self.drafter.now().date())
            elif name == "through":
                kept[name] = self._secretariat(value)
            elif name in _SUMS and not isinstance(value, Money):
                kept[name] = desk.money(value)
            elif name in ("claims", "evidence"):
                kept[name] = self.claims_of(value)
            elif name in ("then", "answers"):
                kept[name] = tuple(said(each, Message("who is asked")) for each in value)
            elif isinstance(value, RequestKind | Priority | Effects | Money):
                kept[name] = value
            else:
                kept[name] = told(value)
        return kept

    def name_of(self, party: NodeId) -> str:
        """Return what an organisation is called whose node is known here, its id of any other."""
        return next((name for name, id_ in self.nodes().items() if id_ == party), party)

    def claims_of(self, given: Sequence[str]) -> tuple[ClaimId, ...]:
        """Return the ids of claims by the beginnings of them, each once.

        Raises:
            UnknownIdError: There is no such claim that may be seen.
        """
        sight = self.sight(None)
        return tuple(dict.fromkeys(sight.claim(each).id for each in given))

    def _secretariat(self, given: str) -> str | None:
        """Return the name of a node known here that may ask for others, by its name or id."""
        name = told(given)
        if name is None or (name := self.name_of(NodeId(name))) in self.nodes():
            return name
        raise UnknownIdError("partner", name)

    def _verify_assignee(self, item: Request, label: Label) -> None:
        """Refuse a next step that is owed by a partner who may not see the request."""
        party = self.nodes().get(item.next_step or "")
        if party is None or party == self.drafter.party:
            return
        now = self.drafter.now()
        if not may_receive(self.viewer(party).taking_part(Activity.REQUESTS), label, now).allowed:
            raise UsageError(
                "{0} may not see this; label it for them before they owe a step", item.next_step
            )


class _Named:
    """Whom the words of claims name; the names of a document are looked up once."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._of: dict[DocumentId, tuple[RenditionId, tuple[LocalEntity, ...]]] = {}

    def __call__(self, claim: Claim) -> tuple[desk.Party, ...]:
        """Return the people, bodies and states that the words of a claim name, in their order."""
        if claim.document not in self._of:
            rendition, named = self._sight.named(claim.document)
            self._of[claim.document] = rendition.id, named
        rendition_id, entities = self._of[claim.document]
        if claim.rendition != rendition_id:
            return ()
        found = sorted(
            (mention.start, entity.name)
            for entity in entities
            if entity.type in _PARTIES
            for mention in entity.mentions
            if claim.span.holds(mention)
        )
        first: dict[str, int] = {}
        for start, name in found:
            first.setdefault(name, start - claim.span.start)
        return tuple(desk.Party(name, claim.quote[:start]) for name, start in first.items())


def _named(given: str) -> str:
    """Return what an id names, as people call it."""
    named = {"k-": "commitment", "l-": "review", "p-": "lesson", "f-": "border-notice"}
    return {**named, "mt": "meeting"}.get(given[:2], "request")


def _verify_order(item: Request) -> None:
    """Refuse what is needed before it was asked for."""
    if item.since is None or item.needed_by is None:
        return
    if desk.before(item.needed_by, item.since):
        raise UsageError(
            "it is needed by {0}, before it was asked: {1}", item.needed_by, item.since
        )


def _meaning(given: str | None) -> Callable[[str], bool] | None:
    """Return whether a name is one that a person gave: its words, or another spelling of them."""
    if given is None:
        return None
    words = set(stems(given))

    def means(name: str) -> bool:
        return words <= set(stems(name)) or _same(given, name)

    return means


def _same(a: str, b: str) -> bool:
    """Return whether two names of parties are one, in whatever spelling."""
    return a == b or any(same_name(a, b, kind) for kind in _PARTIES)
