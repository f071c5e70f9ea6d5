"""Briefs that people compose: claims and events in an order of theirs, words between them.

A composition is kept as a ruling: an entry under a label as strict as that of any report in it,
not seen by whoever may not see one of those, and gone with a report that is erased. Each change
is one more entry. The brief itself is worked out when it is asked for, from what then holds: a
claim that was corrected stands corrected in it, one that was rejected is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.errors import UnknownIdError, UsageError
from tawatur.i18n import LANGUAGES
from tawatur.model.claim import Claim, Status
from tawatur.model.ids import DocumentId, NodeId
from tawatur.model.label import Activity, Label, Leave, Viewer, join, may_receive, may_release
from tawatur.model.picture import Conflict, Event
from tawatur.model.ruling import Composition, Part, Place
from tawatur.node.judging.rulings import Rulings
from tawatur.node.seeing.sight import Sight
from tawatur.node.sharing.partners import Partners

if TYPE_CHECKING:
    from tawatur.briefs import Brief, Passage, Section

LONGEST = 20_000
"""Characters of one passage at most."""
MOST = 500
"""Parts of one composition at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a composition as it stands now: words, a claim, or an event; or nothing more."""

    part: Part
    claim: Claim | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whether a partner may have a composed brief: not with the parts of these numbers."""

    name: str
    withheld: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compositions:
    """The composed briefs of one node; `Node.compositions` is where the doors find them."""

    rulings: Rulings
    sight: Callable[[Viewer | None], Sight]
    partners: Partners
    viewer_of: Callable[[NodeId], Viewer]
    now: Callable[[], datetime]

    def all(self, *, viewer: Viewer | None = None) -> tuple[Composition, ...]:
        """Return them, that with the latest change last."""
        return self.rulings.all(Composition, viewer=viewer)

    def one(self, given: str, *, viewer: Viewer | None = None) -> Composition:
        """Return one; the id may be shortened.

        Raises:
            UnknownIdError: There is none that may be seen.
        """
        found = self.sight(viewer).decided.ruling(given)
        if not isinstance(found, Composition):
            raise UnknownIdError("ruling", given)
        return found

    def lines(self, given: str, *, viewer: Viewer | None = None) -> tuple[Line, ...]:
        """Return the parts of one as they stand now, in order."""
        sight = self.sight(viewer)
        return tuple(_line(part, sight) for part in self.one(given, viewer=viewer).parts)

    def recipients(self, given: str) -> tuple[Recipient, ...]:
        """Return for each partner, by name, which parts keep it from having the brief now."""
        lines = self.lines(given)
        labels: dict[DocumentId, Label] = {}
        for line in lines:
            for document in _documents(line):
                labels.setdefault(document, self.rulings.label_of(document))
        found = []
        for card in self.partners.all().values():
            viewer, now = self.viewer_of(card.id).taking_part(Activity.CLAIMS), self.now()
            allowed = {
                document
                for document, label in labels.items()
                if may_receive(viewer, label, now).leave is Leave.YES
                and may_release(self.rulings.drafter.node, label, now).leave is Leave.YES
            }
            withheld = (n for n, line in enumerate(lines, 1) if not allowed >= _documents(line))
            found.append(Recipient(card.name, tuple(withheld)))
        return tuple(sorted(found, key=lambda each: each.name))

    # ------------------------------------------------------------ changes

    def start(self, title: str, language: str = "en") -> Composition:
        """Record a new one without parts, and return it.

        Raises:
            UsageError: It has no title, or the language is none of ours.
        """
        if not title.strip():
            raise UsageError("a brief has a title")
        if language not in LANGUAGES:
            raise UsageError("{0} is none of: {1}", repr(language), ", ".join(LANGUAGES))
        return self.rulings.record(
            Composition, title.strip(), title=title.strip(), language=language
        )

    def add(self, given: str, items: Sequence[str], at: int | None = None) -> Composition:
        """Put claims and events in, before part number ``at`` or at the end.

        Args:
            given: The composition.
            items: Ids of claims and of events, or the beginnings of them.
            at: From 1.

        Raises:
            UnknownIdError: One of them is none that may be seen.
            UsageError: Nothing is chosen, there is no such place, or it would hold too much.
        """
        if not items:
            raise UsageError("choose what is to be put in")
        sight = self.sight(None)
        return self._put(given, [_cited(item, sight) for item in items], at)

    def write(self, given: str, text: str, at: int | None = None) -> Composition:
        """Put words of one's own in; as `add`.

        Raises:
            UsageError: They are none, or too many.
        """
        if not text.strip():
            raise UsageError("write something")
        if len(text) > LONGEST:
            raise UsageError("a passage has {0} characters at most", LONGEST)
        return self._put(given, [Part(text=text.strip())], at)

    def rewrite(self, given: str, number: int, text: str) -> Composition:
        """Put other words in the place of a passage.

        Raises:
            UsageError: There is no such part, or it is no passage.
        """
        held = self.one(given)
        if self._at(held, number).place is not None:
            raise UsageError("part {0} is somebody’s word; it is cited as it stands", number)
        if not text.strip():
            raise UsageError("write something")
        changed = Part(text=text.strip()[:LONGEST])
        parts = (*held.parts[: number - 1], changed, *held.parts[number:])
        return self.rulings.amend(held, parts=parts)

    def move(self, given: str, number: int, to: int) -> Composition:
        """Move a part to another place; numbers are from 1.

        Raises:
            UsageError: There is no such part or place.
        """
        held = self.one(given)
        part = self._at(held, number)
        self._at(held, to)
        rest = [*held.parts[: number - 1], *held.parts[number:]]
        rest.insert(to - 1, part)
        return self.rulings.amend(held, parts=tuple(rest))

    def drop(self, given: str, number: int) -> Composition:
        """Take a part out.

        Raises:
            UsageError: There is no such part.
        """
        held = self.one(given)
        self._at(held, number)
        return self.rulings.amend(held, parts=(*held.parts[: number - 1], *held.parts[number:]))

    def _put(self, given: str, parts: Sequence[Part], at: int | None) -> Composition:
        held = self.one(given)
        if at is not None and not 1 <= at <= len(held.parts) + 1:
            raise UsageError("there is no place {0}; there are {1} parts", at, len(held.parts))
        if len(held.parts) + len(parts) > MOST:
            raise UsageError("a brief has {0} parts at most", MOST)
        put = list(held.parts)
        place = len(put) if at is None else at - 1
        put[place:place] = parts
        return self.rulings.amend(held, parts=tuple(put))

    def _at(self, held: Composition, number: int) -> Part:
        if not 1 <= number <= len(held.parts):
            raise UsageError("there is no part {0}; there are {1} parts", number, len(held.parts))
        return held.parts[number - 1]

    # ------------------------------------------------------------ the brief

    def label(self, given: str) -> Label:
        """Return the label of one, as strict as that of any part."""
        return self.sight(None).decided.label_of_ruling(self.one(given).id)

    def file(self, given: str, form: str) -> bytes:
        """Return one as a file by itself: ``html``, ``pdf`` or ``docx``; ``zip`` holds Markdown.

        Raises:
            UsageError: Another form, or a brief too long for paper.
        """
        from tawatur.node.briefs import brief_files  # noqa: PLC0415 - listings write none

        if form == "zip":
            return brief_files.brief_archive(self.brief(given), "brief")
        return brief_files.brief_bytes(self.brief(given), Path(f"brief.{form}"))

    def brief(self, given: str, *, viewer: Viewer | None = None) -> "Brief":
        """Return one as a brief, as it stands now, under the label of all its parts."""
        from tawatur import briefs  # noqa: PLC0415 - listings write none
        from tawatur.node.briefs import briefing  # noqa: PLC0415 - likewise

        sight, held = self.sight(viewer), self.one(given, viewer=viewer)
        lines = self.lines(given, viewer=viewer)
        events = {line.event.id: line.event for line in lines if line.event is not None}
        wanted = dict.fromkeys(c for event in events.values() for c in event.claims)
        wanted |= {line.claim.id: None for line in lines if line.claim is not None}
        told = [sight.claim(claim) for claim in wanted]
        claims = [claim for claim in told if claim.status is not Status.REJECTED]
        texts = sorted({(claim.document, claim.rendition) for claim in claims})
        views = [sight.document(document, rendition) for document, rendition in texts]
        labels = [*briefing.labels(views, claims), sight.decided.label_of_ruling(held.id)]
        made = briefs.compose(
            claims=briefing.as_cited(claims, views),
            events=tuple(events.values()),
            conflicts=tuple(c for c in sight.pictures.all(Conflict) if {c.a, c.b} <= wanted.keys()),
            documents=briefing.sources(views),
            label=join(self.rulings.drafter.node, tuple(labels)),
            made=self.now(),
            language=held.language,
        )
        author = sight.actors().get(held.by, held.by)
        return replace(
            made,
            title=held.title,
            voiced=(),
            gaps=(),
            written=tuple(_written(lines, made.sections, author)),
        )


def _cited(item: str, sight: Sight) -> Part:
    """Return the part that names a claim, or the event of which a claim is the first."""
    if item.startswith("v-"):
        first = sight.pictures.like(Event, item).claims[0]
        return Part(place=Place.of(sight.claim(first)), event=True)
    return Part(place=Place.of(sight.claim(item)))


def _line(part: Part, sight: Sight) -> Line:
    claim = sight.decided.claim_at(part.place) if part.place else None
    if claim is None or not part.event:
        return Line(part, claim)
    found = sight.pictures.events_of([claim.id])
    return Line(part, claim, found[0] if found else None)


def _documents(line: Line) -> frozenset[DocumentId]:
    """Return the reports that a part tells of."""
    if line.event is not None:
        return frozenset(line.event.documents)
    return frozenset({line.claim.document} if line.claim is not None else ())


def _written(
    lines: Iterable[Line], sections: Sequence["Section"], author: str
) -> "Iterator[Passage | Section]":
    """Yield passages and sections in the order of a composition, each section once."""
    from tawatur import briefs  # noqa: PLC0415 - listings write none

    by_event = {section.event: section for section in sections if section.event is not None}
    by_claim = {
        place.claim: (section, sentence)
        for section in sections
        for sentence in section.sentences
        for place in (sentence.place, *sentence.also)
    }
    for line in lines:
        if line.part.place is None:
            yield briefs.Passage(line.part.text, author)
        elif line.event is not None and line.event.id in by_event:
            yield by_event[line.event.id]
        elif line.claim is not None and line.claim.id in by_claim:
            section, sentence = by_claim[line.claim.id]
            yield replace(section, sentences=(sentence,))
