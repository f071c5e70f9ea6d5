"""Subjects: saved questions on one node, and what came on each since somebody last looked.

What is new is decided for whoever asks, by what they may see and by their own last look. A
look by somebody whose role notes nothing is not noted. Known cost: the claims of all documents
that are new to whoever asks are gone through, at the first look those of all.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from tawatur.desk import subjects
from tawatur.errors import Message, RoleNeededError, UsageError
from tawatur.model.claim import Claim, Status
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import ClaimId, DeskId
from tawatur.model.label import Viewer
from tawatur.model.reading import EntityType, EventType
from tawatur.model.subject import Glance, Look, Subject
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.given import said
from tawatur.node.indexing.index import undamaged
from tawatur.node.indexing.words import stems
from tawatur.node.seeing.sight import Sight
from tawatur.weighing.names import same_name

_KINDS = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of one node; `Node.subjects` is where the doors find them."""

    drafter: Drafter
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]

    @undamaged
    def add(
        self,
        name: str,
        *,
        words: Sequence[str] = (),
        places: Sequence[str] = (),
        actors: Sequence[str] = (),
        types: Sequence[EventType] = (),
    ) -> Subject:
        """Record a subject and return it; its name is its word unless something else is told.

        Args:
            name: What it is called.
            words: Any of which a claim must hold, in any form of its family.
            places: One of which it must name.
            actors: One of whom it must name, or be the word of.
            types: Kinds of happening, one of which it must be of.

        Raises:
            UsageError: It has no name, or something that is told is empty.
        """
        called = said(name, Message("the name"))
        told = any((words, places, actors, types))
        subject = Subject(
            id=DeskId(self.drafter.random_id("u")),
            name=called,
            words=_each(words, Message("a word")) if told else (called,),
            places=_each(places, Message("a place")),
            actors=_each(actors, Message("an actor")),
            types=tuple(dict.fromkeys(types)),
        )
        return self._kept(subject)

    @undamaged
    def all(self, *, viewer: Viewer | None = None) -> tuple[Subject, ...]:
        """Return the subjects that may be seen, first recorded first."""
        found: dict[DeskId, Subject] = {}
        for body in self.sight(viewer).kept(Kind.SUBJECT, ""):
            subject = bodies.value_of(Subject, body["subject"])
            found[subject.id] = subject
        return tuple(each for each in found.values() if not each.withdrawn)

    @undamaged
    def one(self, given: str, *, viewer: Viewer | None = None) -> Subject:
        """Return one subject by an unambiguous beginning of its id, or by its name.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        known = self.all(viewer=viewer)
        named = [each.id for each in known if each.name == given]
        id_ = self.sight(viewer).kept_id(Kind.SUBJECT, named[0] if named else given)
        for each in known:
            if each.id == id_:
                return each
        raise UsageError("{0} was removed", id_)

    @undamaged
    def remove(self, given: str) -> Subject:
        """Record that a subject is not asked any more, and return what it was.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        return self._kept(replace(self.one(given), withdrawn=True))

    @undamaged
    def look(
        self,
        given: str,
        *,
        everything: bool = False,
        note: bool = True,
        rates: Sequence[str] = (),
        viewer: Viewer | None = None,
    ) -> Look:
        """Return what came on a subject since whoever asks last looked, and note this look.

        Args:
            given: Its id, the beginning of it, or its name.
            everything: All that there is, whatever was seen before.
            note: Whether what is shown counts as seen from now on.
            rates: By which sums in one currency are added to those in another:
                ``1 EUR = 1.08 USD, 2031-06-01``.
            viewer: Who asks; the node's own organisation if None.

        Raises:
            UnknownIdError: There is no such subject that may be seen.
            UsageError: A rate is none.
        """
        known = [subjects.rate(each) for each in rates]
        subject, sight = self.one(given, viewer=viewer), self.sight(viewer)
        now, since = self.drafter.now(), None if everything else self._last(subject, sight)
        claims = tuple(
            claim
            for document in sight.documents_since(since)
            for claim in sight.claims(document=document)
            if claim.status is not Status.REJECTED and _on(subject, claim)
        )
        if note:
            with suppress(RoleNeededError):
                self._noted(subject, now)
        events = sight.pictures.events_of(claim.id for claim in claims)
        event_of = {claim: event.id for event in events for claim in event.claims}
        who = Counter(
            name for claim in claims for name in {named.name for named in claim.content.who}
        )
        when = Counter(claim.content.when for claim in claims if claim.content.when)

        def event(claim: ClaimId) -> str:
            return event_of.get(claim, claim)

        return Look(
            subject=subject,
            since=since,
            time=now,
            claims=claims,
            events=events,
            actors=tuple(sorted(who.items(), key=lambda each: (-each[1], each[0]))),
            dates=tuple(sorted(when.items())),
            totals=subjects.totals(subjects.amounts(claims), event, known),
        )

    # ------------------------------------------------------------ within

    def _kept(self, subject: Subject) -> Subject:
        body = {"id": subject.id, "about": "", "subject": bodies.body_of(subject)}
        self.append([self.drafter.entry(Kind.SUBJECT, body)])
        return subject

    def _noted(self, subject: Subject, now: datetime) -> None:
        me = self.drafter.author
        glance = bodies.body_of(Glance(subject.id, me, now))
        body = {"id": subject.id, "about": f"{subject.id} {me}", "glance": glance}
        self.append([self.drafter.entry(Kind.SUBJECT, body)])

    def _last(self, subject: Subject, sight: Sight) -> datetime | None:
        """Return when whoever asks last looked, UTC."""
        about = f"{subject.id} {self.drafter.author}"
        found = (bodies.value_of(Glance, b["glance"]) for b in sight.kept(Kind.SUBJECT, about))
        return max((glance.time for glance in found), default=None)


def _each(given: Sequence[str], what: Message) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said(each, what) for each in given))


def _on(subject: Subject, claim: Claim) -> bool:
    """Return whether a claim has one of each kind that a subject tells."""
    content = claim.content
    named = [each.name for each in content.who]
    speakers = [link.source_text for link in content.chain if link.source_text]
    return (
        (not subject.types or content.event_type in subject.types)
        and (not subject.words or subjects.is_about(subjects.wording(subject.words), claim.quote))
        and _names(subject.places, [each.name for each in content.where], claim.quote)
        and _names(subject.actors, [*named, *speakers], claim.quote)
    )


def _names(wanted: Sequence[str], found: Sequence[str], quote: str) -> bool:
    """Return whether one of some names is among those found, or its words stand in a text."""
    held = set(stems(quote))
    return not wanted or any(
        set(stems(name)) <= held
        or any(same_name(name, other, kind) for other in found for kind in _KINDS)
        for name in wanted
    )
