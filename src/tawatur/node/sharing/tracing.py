"""To whom were briefs given, which copies are marked, and whose copy is it that leaked?

A brief that is given away is a disclosure, an entry. One for a partner is marked, and its
rendering is kept once for all who have it: as text, which goes when a report that it quotes
is erased. What goes to press, courts or oversight bodies is never marked; that a copy is not
is a choice, recorded with its reason. A trace compares one text with the copies given out, and
with nothing else. It takes a reason and two officers, says organisations and no readers, and
is recorded under a label that lets whoever it accuses see it (decision 23). The entry is an
item, and goes to that organisation's own node with the next hand-over (decision 41).
"""

import hmac
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tawatur import sharing
from tawatur.errors import Message, NotReleasableError, UnknownIdError, UsageError
from tawatur.ledger import Ledger
from tawatur.model.account import AccountRole
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ActorId, EntryId, NodeId, blob_digest, keyed_id
from tawatur.model.label import Activity, Label, Terms, may_receive, may_release
from tawatur.node.accounts import Accounts
from tawatur.node.drafting import Drafter
from tawatur.node.sharing.communities import Communities, epochs

if TYPE_CHECKING:
    from tawatur.briefs import Brief, Rendering

ALONE = 30
"""Lasting marks from which one organisation that leaks is named nine times in ten."""
TOGETHER = 500
"""Lasting marks from which one of three that mix their copies is (both: benchmarks/tracing.py)."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the marks of a brief bear: how many there are, and how many survive retyping.

    ``words`` is the shortest leak by which one organisation is told, None if the whole is not
    enough; ``together`` whether one of three that mix their copies is.
    """

    marks: int
    lasting: int
    words: int | None
    together: bool


@dataclass(frozen=True, slots=True)
class GivenBrief:
    """That a brief was given to somebody: a partner's id, or a name; the reason if unmarked."""

    entry: EntryId
    to: str
    time: datetime
    rendering: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class LeakTrace:
    """What a trace came to: whom it names, the surest first, of how many copies, by how many marks.

    Nobody is named where it cannot be told.
    """

    entries: tuple[EntryId, ...]
    accused: tuple[sharing.Accusation, ...]
    copies: int
    marks: int


@dataclass(frozen=True, slots=True)
class PastTrace:
    """That a text was traced: when, by which node, why, and whom it named, if anybody.

    ``wrongly`` is the probability that anybody at all would be named by chance. The two officers
    are known of what this node traced.
    """

    time: datetime  # UTC
    by: NodeId
    accused: NodeId | None
    wrongly: float | None
    why: str
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A rendering of which copies are out, and who has one."""

    id: str
    rendering: "Rendering"
    given_to: tuple[NodeId, ...]


@dataclass(frozen=True, slots=True)
class Tracing:
    """The copies that one node gave out; `Node.tracing` is where the doors find it."""

    drafter: Drafter
    ledger: Ledger
    partner: Callable[[str], sharing.Card]
    communities: Communities
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    accounts: Accounts
    actors: Callable[[], Mapping[ActorId, str]]  # their names
    two: bool = False  # whether a brief leaves only if a second person agreed

    def bearing(self, brief: "Brief", text: str) -> Bearing:
        """Return what marks in a brief's text bear; ``text`` is as it is written out."""
        rendering = _rendering(text, brief.language)
        lasting = rendering.lasting
        words = math.ceil(ALONE * rendering.words / lasting) if lasting >= ALONE else None
        return Bearing(len(rendering.places), lasting, words, lasting >= TOGETHER)

    def marked(self, brief: "Brief", text: str, to: str, *, second: str | None = None) -> str:
        """Record that a partner is given a brief, and return the text of its copy, marked.

        Args:
            brief: What is given; it says that it is marked.
            text: As it is written out.
            to: The partner's name or id.
            second: Who agreed to it, as `trace` has it, where the settings ask for two people.

        Raises:
            UnknownIdError: There is no such partner.
            NotReleasableError: Something in the brief may not go to it, or nobody agreed to it.
        """
        agreed, actors = self._agreed(second)
        partner, used = self._admitted(brief, to)
        rendering = _rendering(text, brief.language)
        id_, drafts = self._kept_as(brief, rendering.kept)
        body = self._disclosure(brief, partner, used, rendering=id_) | agreed
        self.append(
            [*drafts, *actors, self.drafter.entry(Kind.DISCLOSURE, body, label=brief.label)]
        )
        return rendering.copy(self._code(id_, len(rendering.places)).words([partner])[partner])

    def unmarked(self, brief: "Brief", to: str, why: str, *, second: str | None = None) -> None:
        """Record that somebody is given a brief without marks, and why without.

        Args:
            brief: What is given.
            to: A partner's name or id, or whatever somebody else is called.
            why: The reason, for the record.
            second: Who agreed to it, as `trace` has it, where the settings ask for two people.

        Raises:
            UsageError: No reason is given.
            NotReleasableError: Something in the brief may not go out, or nobody agreed to it.
        """
        if not why.strip():
            raise UsageError("give a reason, for the record")
        agreed, actors = self._agreed(second)
        party: str
        try:
            party, used = self._admitted(brief, to)
        except UnknownIdError:  # somebody without a node: a court, a newspaper
            _verify_may_leave(self.drafter, brief)
            if any(terms.circles for terms in brief.label.terms):
                raise NotReleasableError(
                    "the brief holds what is for a community, and {0} is not of it", to
                ) from None
            party, used = to.strip(), []
        body = self._disclosure(brief, party, used, rendering=None) | agreed
        body["why"] = why.strip()
        self.append([*actors, self.drafter.entry(Kind.DISCLOSURE, body, label=brief.label)])

    def given(self) -> tuple[GivenBrief, ...]:
        """Return to whom briefs were given, in the order in which they were."""
        return tuple(
            GivenBrief(
                entry.header.id,
                entry.payload.body["to"],
                entry.header.time,
                entry.payload.body["rendering"],
                entry.payload.body.get("why"),
            )
            for entry in self.ledger.entries(kinds=[Kind.DISCLOSURE])
            if entry.payload is not None and "calendar" not in entry.payload.body
        )

    def trace(self, leak: str, *, why: str, second: str) -> LeakTrace:
        """Compare one text with the copies given out, record that, and return what it comes to.

        Whoever it names is told with the next hand-over: when, why, and how surely.

        Args:
            leak: The text that got out, or part of it.
            why: The reason, for the record and for whoever is named.
            second: The second officer's name, who agreed to it; where there are accounts, that
                of another account.

        Raises:
            UsageError: There is no text, no reason, or no second officer.
            RoleNeededError: One of the two is no release officer.
        """
        self.drafter.verify_is(AccountRole.RELEASE_OFFICER)
        if not leak.strip():
            raise UsageError("there is no text to trace")
        if not why.strip():
            raise UsageError("give a reason, for the record")
        if len(why) > sharing.LONGEST_WHY:
            raise UsageError("give the reason in at most {0} characters", sharing.LONGEST_WHY)
        officer, drafts = self._officer(second)
        compared, copies, marks = [], 0, 0
        for kept in self._kept():
            code = self._code(kept.id, len(kept.rendering.places))
            seen = kept.rendering.read(leak)
            told = sum(form is not None for form in seen)
            if told:  # whether it is compared may depend on the leak, never on whose copy it is
                words = code.words(kept.given_to)
                compared.append(code.chances(seen, words))
                copies, marks = copies + len(words), marks + told
        accused = sharing.accused(compared)
        body = {
            "by": self.drafter.author,
            "second": officer,
            "why": why.strip(),
            "copies": copies,
            "marks": marks,
        }
        for each in accused:
            drafts += self._naming(each, body)
        if not accused:
            drafts.append(self.drafter.entry(Kind.TRACE, {**body, "accused": None}))
        entries = self.append(drafts)
        traces = tuple(e.header.id for e in entries if e.header.kind == Kind.TRACE)
        return LeakTrace(traces, accused, copies, marks)

    def traces(self) -> tuple[PastTrace, ...]:
        """Return the traces on record that whoever asks may see, first recorded first.

        Those that name an organisation are open to its own officers as well. Those in which
        partners named this node are among them.

        Raises:
            RoleNeededError: Whoever asks is no release officer.
        """
        self.drafter.person.verify_is(AccountRole.RELEASE_OFFICER)
        viewer, now = self.drafter.person.viewer(), self.drafter.now()
        return tuple(
            self._past(entry)
            for entry in self.ledger.entries(kinds=[Kind.TRACE])
            if entry.payload is not None and may_receive(viewer, entry.payload.label, now).allowed
        )

    def holding(self, id: str) -> list[EntryId]:  # noqa: A002 (as everywhere)
        """Return the entries of the renderings that quote a document or hold an item."""
        return [
            entry.header.id
            for entry in self.ledger.entries(kinds=[Kind.RENDERING])
            if entry.payload is not None and id in entry.payload.body["holds"]
        ]

    # ------------------------------------------------------------ within

    def _naming(self, accused: sharing.Accusation, body: Mapping[str, object]) -> list[Draft]:
        """Return the entry that names an organisation, and that by which it goes there."""
        party = NodeId(accused.organisation)
        label = Label.of(Terms(self.drafter.node, audience=frozenset({party})))
        named = {**body, "accused": party, "wrongly": accused.wrongly}
        trace = self.drafter.entry(Kind.TRACE, named, label=label)
        id_ = self.drafter.random_id("z")
        going = {"id": id_, "to": party, "item": trace.id, "about": None}
        return [trace, self.drafter.entry(Kind.PROPOSAL, going, label=label)]

    def _past(self, entry: Entry) -> PastTrace:
        """Return what an entry of a trace says."""
        me, names = self.drafter.node, self.actors()
        body = entry.payload.body if entry.payload else {}
        if "from" in body:
            time = datetime.fromisoformat(body["time"])
            return PastTrace(time, NodeId(body["from"]), me, body["wrongly"], body["why"], ())
        officers = tuple(names.get(ActorId(each), each) for each in (body["by"], body["second"]))
        accused = body["accused"] and NodeId(body["accused"])
        time, wrongly = entry.header.time, body.get("wrongly")
        return PastTrace(time, me, accused, wrongly, body["why"], officers)

    def _admitted(self, brief: "Brief", to: str) -> tuple[NodeId, list[dict[str, object]]]:
        """Return a partner who may have a brief, and the lists of communities by which it may."""
        partner = self.partner(to)
        _verify_may_leave(self.drafter, brief)
        used = self.communities.admitting(partner.id, brief.label, Activity.CLAIMS)
        return partner.id, epochs(used)

    def _kept_as(self, brief: "Brief", text: str) -> tuple[str, list[Draft]]:
        """Return the id of a rendering, and the entry by which it is kept if it is not yet."""
        content = text.encode()
        digest = blob_digest(content)
        for entry in self.ledger.entries(kinds=[Kind.RENDERING]):
            if entry.payload is not None and entry.payload.body["text"] == digest:
                return entry.payload.body["id"], []
        id_ = self.drafter.random_id("g")
        body = {"id": id_, "language": brief.language, "holds": _held_by(brief), "text": digest}
        draft = self.drafter.entry(Kind.RENDERING, body, label=brief.label, blobs=(content,))
        return id_, [draft]

    def _kept(self) -> Iterator[_Kept]:
        """Yield the renderings that are kept, with those who have a marked copy."""
        holders: dict[str, dict[NodeId, None]] = {}
        for each in self.given():
            if each.rendering is not None:
                holders.setdefault(each.rendering, {})[NodeId(each.to)] = None
        for entry in self.ledger.entries(kinds=[Kind.RENDERING]):
            if entry.payload is not None and (to := holders.get(entry.payload.body["id"])):
                body = entry.payload.body
                text = self.ledger.blob(body["text"]).decode()
                yield _Kept(body["id"], _rendering(text, body["language"]), tuple(to))

    def _disclosure(
        self, brief: "Brief", to: str, used: list[dict[str, object]], *, rendering: str | None
    ) -> dict[str, Any]:
        return {
            "id": self.drafter.random_id("b"),
            "to": to,
            "rendering": rendering,
            "holds": _held_by(brief),
            "epochs": used,
        }

    def _code(self, rendering: str, places: int) -> sharing.Code:
        key = hmac.digest(self.drafter.key, b"marks of copies", "sha256")
        return sharing.Code(key, rendering, places)

    def _agreed(self, second: str | None) -> tuple[dict[str, Any], list[Draft]]:
        """Return what is noted of who agreed to a brief that leaves, and entries that name them."""
        if second is None and not self.two:
            return {}, []
        if second is None:
            raise NotReleasableError("a second person has to agree; say who did: --second NAME")
        officer, drafts = self._officer(second)
        return {"second": officer}, drafts

    def _officer(self, name: str) -> tuple[ActorId, list[Draft]]:
        """Return the second officer's id, and the entry by which it is known if it is not yet."""
        if not name.strip():
            raise UsageError("name the second officer")
        known = self.accounts.second(name.strip(), AccountRole.RELEASE_OFFICER)
        if known is not None:
            return known, []
        id_ = ActorId(keyed_id("a", self.drafter.key, "officer", name.strip()))
        for entry in self.ledger.entries(kinds=[Kind.ACTOR]):
            if entry.payload is not None and entry.payload.body["name"] == name.strip():
                if entry.header.author == entry.payload.body["id"]:
                    raise UsageError("{0} is whoever asks; it takes a second officer", name)
                return ActorId(entry.payload.body["id"]), []
        return id_, [self.drafter.entry(Kind.ACTOR, {"id": id_, "name": name.strip()})]


def _rendering(text: str, language: str) -> "Rendering":
    from tawatur.briefs import Rendering  # noqa: PLC0415 - listings write no brief

    return Rendering.of(text, language)


def _held_by(brief: "Brief") -> list[str]:
    """Return the ids of what a brief quotes or holds."""
    return sorted(
        {
            *(document.report for document in brief.documents),
            *(item.id for item in (*brief.commitments, *brief.requests)),
        }
    )


def _verify_may_leave(drafter: Drafter, brief: "Brief") -> None:
    """Raise NotReleasableError unless all that a brief is made of may go out from here."""
    decision = may_release(drafter.node, brief.label, drafter.now())
    if not decision.allowed:
        raise NotReleasableError("the brief may not be given: {0}", Message(decision.reason))
