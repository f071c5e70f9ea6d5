"""What holds these words: documents, claims, names?

Words are folded (hamzas, vowel marks, article, proclitics, accents, plural endings); words in
quotation marks stand next to each other; of a name any word may be spelled in another script.
While a person types the last word may be the beginning of one. Nothing is ranked by what
may not be seen: documents come last taken in first, claims with them, names by name.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from tawatur.model.claim import Claim, Status
from tawatur.model.label import Viewer
from tawatur.model.picture import Entity
from tawatur.node.indexing.words import Query
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
                content = claim.content
                names = [named.name for named in (*content.who, *content.where)]
                names += [link.source_text for link in content.chain if link.source_text]
                if claim.status is not Status.REJECTED and query.within(claim.quote, *names):
                    yield claim

    def names(
        self, query: Query, *, limit: int = 20, viewer: Viewer | None = None
    ) -> tuple[Entity, ...]:
        """Return who and what has a name with all words, in whichever script, by name."""
        if not query.terms:
            return ()
        found = [known.entity for known in self.sight(viewer).named_like(query.names)]
        return tuple(sorted(found, key=lambda entity: (entity.name, entity.id))[:limit])
