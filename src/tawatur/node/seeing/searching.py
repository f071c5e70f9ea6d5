"""What holds these words: documents, claims, names?

Words are folded (hamzas, vowel marks, article, proclitics, accents, plural endings); words in
quotation marks stand next to each other; of a name any word may be spelled in another script.
While a person types the last word may be the beginning of one. Nothing is ranked by what
may not be seen: documents come last taken in first, claims with them, names by name.

Of what a brief may cite, too, a word that is of a name may be spelled as that name is elsewhere.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tawatur.model.claim import Claim, Status
from tawatur.model.label import Viewer
from tawatur.model.picture import Entity
from tawatur.model.reading import EventType
from tawatur.node.given import Period
from tawatur.node.indexing.words import Query, stems
from tawatur.node.seeing.narrowing import one_place
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import Hit

DOCUMENTS_OF_CLAIMS = 40
"""Documents that hold all words in whose claims they are looked for."""


@dataclass(frozen=True, slots=True)
class Searching:
    """The search of one node; `Node.searching` is where the doors find it."""

    sight: Callable[[Viewer | None], Sight]

    def documents(
        self,
        query: Query,
        *,
        language: str | None = None,
        limit: int = 20,
        viewer: Viewer | None = None,
    ) -> tuple[Hit, ...]:
        """Return the documents that hold all words, last taken in first."""
        found = self.sight(viewer).search(query, limit, language)
        return tuple(found)

    def claims(
        self,
        query: Query,
        *,
        language: str | None = None,
        limit: int = 20,
        viewer: Viewer | None = None,
    ) -> tuple[Claim, ...]:
        """Return claims that hold all words, names and sources among them, as documents come.

        They are looked for in the first `DOCUMENTS_OF_CLAIMS` documents that hold the words.
        """
        return tuple(islice(self._claims(query, language, viewer), limit))

    def _claims(self, query: Query, language: str | None, viewer: Viewer | None) -> Iterator[Claim]:
        sight = self.sight(viewer)
        for document in islice(sight.holding(query, language), DOCUMENTS_OF_CLAIMS):
            for claim in sight.claims(document=document):
                if claim.status is not Status.REJECTED and query.within(*_texts(claim)):
                    yield claim

    def citable(
        self,
        words: str,
        *,
        since: str = "",
        until: str = "",
        place: str = "",
        type: EventType | None = None,  # noqa: A002 - the model's word
        limit: int = 200,
        viewer: Viewer | None = None,
    ) -> tuple[Claim, ...]:
        """Return claims that a brief may cite: those in force that fit, as documents come.

        Args:
            words: What a claim must all hold, in quotation marks in a row; empty for any claim.
            since: An EDTF date; claims that surely happened before are left out.
            until: The same, after.
            place: A place that it names, in any spelling or script.
            type: What kind of happening it tells.
            limit: So many at most; what lies in documents behind them is not looked at.
            viewer: Whose picture it is.

        Raises:
            UsageError: One of the dates is none, or ``words`` are none.
        """
        sight, period = self.sight(viewer), Period.parse(since, until)
        rows = (each for each in Query.parse(words).each if len(each.spoken) > 1)
        in_rows = [sight.spelled(each) for each in rows]
        found = (
            claim
            for claim in sight.claims(about=words or None, period=period)
            if claim.status is not Status.REJECTED
            and type in (None, claim.content.event_type)
            and (not place or any(one_place(place, named.name) for named in claim.content.where))
            and _holds(claim, in_rows)
        )
        return tuple(islice(found, limit))

    def names(
        self, query: Query, *, limit: int = 20, viewer: Viewer | None = None
    ) -> tuple[Entity, ...]:
        """Return who and what has a name with all words, in whichever script, by name."""
        if not query.terms:
            return ()
        found = [known.entity for known in self.sight(viewer).named_like(query.names)]
        return tuple(sorted(found, key=lambda entity: (entity.name, entity.id))[:limit])


def _holds(claim: Claim, rows: Sequence[Collection[tuple[str, ...]]]) -> bool:
    """Return whether a claim holds words that stand in a row, each in one of its spellings."""
    held = [stems(text) for text in _texts(claim)] if rows else []
    return all(any(Query((row,), row).among(held) for row in each) for each in rows)


def _texts(claim: Claim) -> list[str]:
    """Return what a claim holds in words: its own, and names of whom it tells and who says so."""
    content = claim.content
    names = [named.name for named in (*content.who, *content.where)]
    names += [link.source_text for link in content.chain if link.source_text]
    return [claim.quote, *names]
