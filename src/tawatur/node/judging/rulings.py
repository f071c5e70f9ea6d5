"""What a person rules of things worked out: recorded, listed, taken back.

One way for every kind of ruling: it becomes an entry under the label of the documents
whose words it names, joined with this node's own, so that it goes nowhere by itself;
the index works it in; whoever may not see one of those documents does not see it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tawatur.errors import UsageError
from tawatur.model.entry import Draft, Entry, Kind
from tawatur.model.ids import DocumentId, RulingId
from tawatur.model.label import Label, Viewer, join
from tawatur.model.ruling import Place, Ruling
from tawatur.node import bodies
from tawatur.node.drafting import Drafter
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import RulingLine

R = TypeVar("R", bound=Ruling)


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings of one node; `Node.rulings` is where the doors find it."""

    drafter: Drafter
    sight: Callable[[Viewer | None], Sight]
    append: Callable[[Sequence[Draft]], tuple[Entry, ...]]
    label_of: Callable[[DocumentId], Label]

    def all(self, kind: type[R], *, viewer: Viewer | None = None) -> tuple[R, ...]:
        """Return the rulings of a kind that hold, oldest first."""
        return self.sight(viewer).decided.rulings(kind)

    def lines(self, *, viewer: Viewer | None = None) -> tuple[RulingLine, ...]:
        """Return all rulings that hold, oldest first, with the words that they name."""
        sight = self.sight(viewer)
        names, decided = sight.actors(), sight.decided
        return tuple(
            RulingLine(each, names.get(each.by, each.by), tuple(map(decided.words_at, each.places)))
            for each in decided.all_rulings()
        )

    def record(self, kind: type[R], why: str, /, **on: Any) -> R:
        """Record a ruling and return it.

        Args:
            kind: Which kind of ruling.
            why: The reason, for the record.
            on: The fields of that kind.

        Raises:
            UsageError: No reason is given.
        """
        made: Callable[..., R] = kind
        ruling = made(
            id=RulingId(self.drafter.random_id("j")),
            by=self.drafter.author,
            time=self.drafter.now(),
            why=_reason(why),
            **on,
        )
        self._append(ruling, self._label(ruling))
        return ruling

    def amend(self, ruling: R, /, **on: Any) -> R:
        """Record a ruling as it now is, in place of what it was, and return it.

        Args:
            ruling: As it was.
            on: The fields that are otherwise, new values.
        """
        now = replace(ruling, by=self.drafter.author, time=self.drafter.now(), **on)
        self._append(now, self._label(now))
        return now

    def withdraw(self, given: str, why: str) -> Ruling:
        """Take a ruling back and return it as it was; the entries of both stay.

        Raises:
            UnknownIdError: There is none that holds and may be seen.
            UsageError: No reason is given.
        """
        sight = self.sight(None)
        ruling = sight.decided.ruling(given)
        back = replace(
            ruling,
            by=self.drafter.author,
            time=self.drafter.now(),
            why=_reason(why),
            withdrawn=True,
        )
        self._append(back, sight.decided.label_of_ruling(ruling.id))
        return ruling

    def _label(self, ruling: Ruling) -> Label:
        """Return the label of a ruling: as strict as that of any document it names."""
        labels = [self.label_of(document) for document in self._documents(ruling.places)]
        own = Label.by(self.drafter.party)
        return join(self.drafter.node, (*labels, own)) if labels else own

    def _append(self, ruling: Ruling, label: Label) -> None:
        body = bodies.ruling_body(ruling)
        self.append([self.drafter.entry(Kind.RULING, body, label=label)])

    def _documents(self, places: Sequence[Place]) -> tuple[DocumentId, ...]:
        found = (self.sight(None).decided.document_at(place) for place in places)
        return tuple(dict.fromkeys(d for d in found if d is not None))


def _reason(why: str) -> str:
    if not why.strip():
        raise UsageError("give a reason, for the record")
    return why.strip()
