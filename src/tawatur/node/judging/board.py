"""Explanations that compete for an event or for a document's origin: written, weighed, ordered.

A hypothesis is a ruling on the words of the event's first claim or on the head of the
document; that a claim speaks for it, against it or neither is a ruling on that claim. Both are
found again after a later reading, and seen by those who may see these words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Claim, Status
from tawatur.model.hypothesis import Bears, Board, Explanation
from tawatur.model.ids import ClaimId, DocumentId, EventId, RulingId
from tawatur.model.label import Viewer
from tawatur.model.picture import Event
from tawatur.model.ruling import Bearing, Hypothesis, Place
from tawatur.model.span import Span
from tawatur.node.judging.rulings import Rulings
from tawatur.node.seeing.sight import Sight
from tawatur.weighing import evidence, explanations, offers

_HEAD = 80
"""Characters of a document that a hypothesis on its origin names, its first line at most."""


@dataclass(frozen=True, slots=True)
class Boards:
    """The boards of one node; `Node.boards` is where the doors find it."""

    rulings: Rulings
    sight: Callable[[Viewer | None], Sight]

    def add(self, about: str, text: str, why: str = "") -> Hypothesis:
        """Record an explanation and return the ruling.

        Args:
            about: The id of the event or document that it explains, or the beginning of it.
            text: The explanation, in a sentence.
            why: The reason to consider it, for the record; the sentence itself unless told.

        Raises:
            UnknownIdError: There is no such thing that may be seen.
            UsageError: The text is empty, or ``about`` is neither.
        """
        if not text.strip():
            raise UsageError("an explanation says something")
        place = _place_of(self.sight(None), about)
        return self.rulings.record(
            Hypothesis, why or text, place=place, origin=about.startswith("d-"), text=text.strip()
        )

    def weigh(self, hypothesis: str, claim: str, bears: Bears, why: str) -> Bearing:
        """Record how a claim bears on an explanation; the latest word that holds counts.

        Raises:
            UnknownIdError: There is no such hypothesis or claim that may be seen.
            UsageError: No reason is given.
        """
        sight = self.sight(None)
        ruling = sight.decided.ruling(hypothesis)
        if not isinstance(ruling, Hypothesis):
            raise UnknownIdError("hypothesis", hypothesis)
        place = Place.of(sight.claim(claim))
        return self.rulings.record(Bearing, why, on=ruling.id, place=place, bears=bears)

    def all(self, *, viewer: Viewer | None = None) -> tuple[Board, ...]:
        """Return the boards on which there is an explanation, that with the latest one first."""
        sight = self.sight(viewer)
        subjects = _Subjects(sight)
        found: dict[EventId | DocumentId, list[Hypothesis]] = {}
        for ruling in reversed(sight.decided.rulings(Hypothesis)):
            about = subjects.of(ruling)
            if about is not None:
                found.setdefault(about, []).insert(0, ruling)
        weighed = _weighed(sight)
        return tuple(_board(sight, about, held, weighed) for about, held in found.items())

    def of(self, about: str, *, viewer: Viewer | None = None) -> Board:
        """Return the board of one event or document, whether or not it has explanations."""
        sight = self.sight(viewer)
        subjects = _Subjects(sight)
        wanted = subjects.of_place(_place_of(sight, about), origin=about.startswith("d-"))
        held = [
            ruling for ruling in sight.decided.rulings(Hypothesis) if subjects.of(ruling) == wanted
        ]
        if wanted is None:
            raise UnknownIdError("event", about)
        return _board(sight, wanted, held, _weighed(sight))

    def holding(self, hypothesis: Hypothesis, *, viewer: Viewer | None = None) -> Board | None:
        """Return the board on which an explanation stands.

        None where a later reading finds no such claim as it explains.
        """
        about = _Subjects(self.sight(viewer)).of(hypothesis)
        return self.of(about, viewer=viewer) if about is not None else None


class _Subjects:
    """What hypotheses are about, now: the event of a claim, or the document of a place."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def of(self, ruling: Hypothesis) -> EventId | DocumentId | None:
        """Return it, None where a later reading finds no such claim."""
        return self.of_place(ruling.place, origin=ruling.origin)

    def of_place(self, place: Place, *, origin: bool) -> EventId | DocumentId | None:
        """Return what stands at a place: a document's origin, or an event."""
        if origin:
            return self._sight.decided.document_at(place)
        claim = self._sight.decided.claim_at(place)
        event = self._sight.pictures.beside(claim.id)[0] if claim is not None else None
        return event.id if event is not None else None


def _place_of(sight: Sight, about: str) -> Place:
    """Return the words by which an event or a document is known again."""
    if about.startswith("v-"):
        return Place.of(sight.claim(sight.pictures.like(Event, about).claims[0]))
    if about.startswith("d-"):
        view = sight.document(about)
        head = view.extraction.text[:_HEAD].lstrip()
        start = view.extraction.text.index(head)
        return Place(view.rendition, Span(start, start + len(head.partition("\n")[0]) or 1))
    raise UsageError("{0}: events and documents are explained", about)


def _weighed(sight: Sight) -> dict[tuple[RulingId, ClaimId], Bears]:
    """Return how claims bear on hypotheses; the latest word that holds counts."""
    found = {}
    for ruling in sight.decided.rulings(Bearing):
        claim = sight.decided.claim_at(ruling.place)
        if claim is not None and claim.status is not Status.REJECTED:
            found[ruling.on, claim.id] = ruling.bears
    return found


def _board(
    sight: Sight,
    about: EventId | DocumentId,
    hypotheses: Iterable[Hypothesis],
    weighed: Mapping[tuple[RulingId, ClaimId], Bears],
) -> Board:
    written = [Explanation(each.id, each.text, each.why) for each in hypotheses]
    claims = {claim: sight.claim(claim) for _, claim in weighed}
    families, who = sight.pictures.around(claims.values())
    headline, told = _told(sight, about)
    return Board(
        about=about,
        headline=headline,
        claims=tuple(claim.id for claim in told if claim.status is not Status.REJECTED),
        explanations=explanations(written, weighed, claims, families, who),
        evidence=evidence((each.id for each in written), weighed),
        offers=offers(told),
    )


def _told(sight: Sight, about: EventId | DocumentId) -> tuple[str, list[Claim]]:
    """Return the words by which people know a subject, and the claims about it."""
    if about.startswith("d-"):
        return sight.line(DocumentId(about)).title, list(sight.claims(document=about))
    event = sight.pictures.like(Event, about)
    return event.headline, [sight.claim(claim) for claim in event.claims]
