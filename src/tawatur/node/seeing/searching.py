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
from tawatur.model.ids import DocumentId
from tawatur.model.label import Viewer
from tawatur.model.picture import Entity
from tawatur.model.reading import EntityType, EventType
from tawatur.node.given import Period
from tawatur.node.indexing.words import Query, stems
from tawatur.node.seeing.narrowing import one_place
from tawatur.node.seeing.sight import Sight
from tawatur.node.views import Hit
from tawatur.weighing.names import same_name

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
        query: Query,
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
            query: Words that a claim must all hold; without any, every claim does.
            since: An EDTF date; claims that surely happened before are left out.
            until: The same, after.
            place: A place that it names, in any spelling or script.
            type: What kind of happening it tells.
            limit: So many at most; what lies in documents behind them is not looked at.
            viewer: Whose picture it is.

        Raises:
            UsageError: One of the dates is none.
        """
        sight, period = self.sight(viewer), Period.parse(since, until)
        words = [_Word.of(each, sight) for each in query.each]
        claims = sight.claims(period=period)
        if words:
            documents = [d for d in sight.latest() if all(d in word.documents for word in words)]
            claims = (c for d in documents for c in sight.claims(document=d, period=period))
        found = (
            claim
            for claim in claims
            if claim.status is not Status.REJECTED
            and type in (None, claim.content.event_type)
            and (not place or any(one_place(place, named.name) for named in claim.content.where))
            and _holds(claim, words)
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


@dataclass(frozen=True, slots=True)
class _Word:
    """One word that is looked for, or several in a row, in each spelling that names here have."""

    spellings: tuple[Query, ...]
    documents: frozenset[DocumentId]  # that hold one of them

    @classmethod
    def of(cls, query: Query, sight: Sight) -> "_Word":
        """Return a word with what somebody may see of it."""
        names = (n.text for each in sight.named_like(query.names) for n in each.entity.names)
        spelled = filter(None, (_spelled(query.spoken, name) for name in names))
        terms = dict.fromkeys((*query.terms, *spelled))
        spellings = tuple(Query((term,), query.spoken) for term in terms)
        return cls(spellings, frozenset(d for each in spellings for d in sight.holding(each)))

    def among(self, held: Sequence[Sequence[str]]) -> bool:
        """Return whether the stems of texts hold it."""
        return any(query.among(held) for query in self.spellings)


def _holds(claim: Claim, words: Sequence[_Word]) -> bool:
    """Return whether a claim holds all words."""
    held = [stems(text) for text in _texts(claim)] if words else []
    return all(word.among(held) for word in words)


def _spelled(words: Collection[str], name: str) -> tuple[str, ...]:
    """Return the stems that a name has for words, in whichever script; none if it lacks one."""
    # As strictly as people are told apart: by fewer consonants, common words would be names.
    if same_name(" ".join(words), name, EntityType.PERSON):
        return stems(name)
    met = {
        part: {word for word in words if same_name(word, part, EntityType.PERSON)}
        for part in name.split()
    }
    if set(words) - set().union(*met.values()):
        return ()
    return stems(" ".join(part for part, of in met.items() if of))


def _texts(claim: Claim) -> list[str]:
    """Return what a claim holds in words: its own, and names of whom it tells and who says so."""
    content = claim.content
    names = [named.name for named in (*content.who, *content.where)]
    names += [link.source_text for link in content.chain if link.source_text]
    return [claim.quote, *names]
