"""Through whom did each claim come, once copies, translations and citations are followed?

A *telling* is one claim with its chain in sources, each as far apart from others as it may
be. The root of a claim is the last link of its chain; of a claim that its author vouches for,
the publisher of the text, or the text itself where the publisher is not known. What a copy
repeats, in like words with a like root, is the claim of the text that had it first, chain
and all; so is what a text quotes at length of another; what an edited copy adds is its own.
Of a translation, which repeats no words, the first body, the second person and so on are
those of its original. Who only cites an outlet has it from that outlet's report, where one
that was out by then is among the texts: its root is theirs.

Known limits: what a translation leaves out shifts its sources; which of an outlet's reports
another cites is not known, the first is taken.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tawatur.model.claim import Claim
from tawatur.model.ids import ClaimId, DocumentId, EntityId
from tawatur.model.reading import Link, SourceKind
from tawatur.model.text import fold_words
from tawatur.weighing.events import moment
from tawatur.weighing.names import name_sounds, name_within, plain_name
from tawatur.weighing.words import content_stems, likeness

_VAGUE = {SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.RUMOUR}
_INDEFINITE = frozenset({"a", "an", "some", "un", "une", "احد", "احدي", "بعض"})
"""Words with which no name begins, only a description of somebody."""
REPEATED = 0.8
"""Least likeness of the words of two claims of which one repeats the other in a copy."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source as far apart from others as it may be; ``key`` is its identity at most."""

    key: str
    kind: str  # "person", "body", "text" or "unnamed"
    name: str | None  # as the text has it
    speaker: SourceKind
    known: bool = False  # would be the same in another text

    @property
    def outlet(self) -> bool:
        """Whether it is one that publishes reports."""
        return self.speaker is SourceKind.OUTLET


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim's chain in sources, outermost first; unnamed ones count only as the last."""

    claim: Claim
    sources: tuple[Source, ...]
    author: Source  # of the text that the claim stands in
    repeats: Claim | None = None  # the claim of another text that this one holds again
    own: tuple[Source, ...] = ()  # where it repeats one, whom it names itself, up to that root
    quotes: bool = False  # it is of a text that this one only quotes
    cites: bool = False  # has it from the report of an outlet that is among the texts
    maybe: Source | None = None  # in a translation, of whom in the original it may be the word

    @property
    def root(self) -> Source:
        """Whose word it is."""
        return self.sources[-1]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of the claim's words."""
        return content_stems(self.claim.quote)


def root_keys(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
) -> dict[ClaimId, str]:
    """Return for each claim a key of its root; equal keys are surely one root."""
    return {chain.claim.id: chain.root.key for chain in tellings(claims, families, who or {})}


def by_publication(claim: Claim) -> tuple[date, date, datetime, str, int, str]:
    """Return the sort key of who said it first: published, learnt, document, place.

    Published means surely out by then; a text of which only the earliest day is known comes last.
    """
    published = moment(claim.published)
    latest, earliest = (published.upper, published.lower) if published else (None, None)
    return (
        latest or date.max,
        earliest or date.max,
        claim.learnt,
        claim.document,
        claim.span.start,
        claim.id,
    )


def tellings(
    claims: Iterable[Claim],
    families: Iterable[tuple[DocumentId, ...]],
    who: Mapping[tuple[DocumentId, str], EntityId],
    quotes: Iterable[tuple[DocumentId, DocumentId]] = (),
) -> tuple[Telling, ...]:
    """Return the chains in sources, in order of publication."""
    group_of = {document: group[0] for group in families for document in group}
    quoted: dict[DocumentId, list[DocumentId]] = {}
    for a, b in sorted(quotes):
        quoted.setdefault(a, []).append(b)
        quoted.setdefault(b, []).append(a)
    claims = tuple(claims)
    several = group_of and len({claim.language for claim in claims}) > 1
    ranks = _ranks(claims, who) if several else {}
    of_text: dict[DocumentId, list[Telling]] = {}
    of_family: dict[DocumentId, list[Telling]] = {}  # in order of publication, as they come
    publishers = {author.key for c in claims if (author := author_of(c)).known}
    out: list[Telling] = []
    for claim in sorted(claims, key=by_publication):
        document = claim.document
        told = _own(claim, who, publishers)
        family = of_family.setdefault(group_of.get(document, document), [])
        of_quoted = [t for other in quoted.get(document, ()) for t in of_text.get(other, ())]
        of_quoted.sort(key=lambda t: by_publication(t.claim))
        for before, quoting in ((family, False), (of_quoted, True)):
            likely = (t for t in before if t.claim.document != document)
            first = next((t for t in likely if _repeats(told, t, {} if quoting else ranks)), None)
            if first is not None:
                told = replace(
                    told,
                    sources=first.sources,
                    own=(*told.sources[1:-1], first.root),
                    author=first.author,
                    repeats=first.repeats or first.claim,
                    quotes=quoting,
                )
                break
        else:
            other = next((t for t in family if t.claim.language != claim.language), None)
            told = told if other is None else replace(told, maybe=other.root)
        of_text.setdefault(document, []).append(told)
        family.append(told)
        out.append(told)
    return tuple(out)


def followed(told: Iterable[Telling]) -> tuple[Telling, ...]:
    """Return the chains, those that end in an outlet's word gone on with its own earlier report.

    An unnamed source that several have from one outlet is the one of its report, or one.
    """
    earlier: dict[str, list[Telling]] = {}
    out: list[Telling] = []
    for chain in told:
        followed = _at_its_source(chain, earlier)
        earlier.setdefault(author_of(chain.claim).key, []).append(followed)
        out.append(followed)
    return tuple(out)


def _at_its_source(chain: Telling, earlier: Mapping[str, list[Telling]]) -> Telling:
    """Return one chain gone on with that of the outlet that it cites; see `followed`."""
    *passing, root = chain.sources
    if not passing:
        return chain
    if root.kind != "unnamed":
        reports = earlier.get(root.key, ()) if root.key != chain.author.key else ()
        first = next((t for t in reports if t.claim.document != chain.claim.document), None)
        if first is None:
            return chain
        return replace(chain, sources=(*chain.sources, *first.sources), cites=True)
    outlet = passing[-1]
    if not outlet.outlet or outlet.key == chain.author.key:
        return chain
    for report in earlier.get(outlet.key, ()):
        other = report.root
        if other.kind == "unnamed" and may_be_one(root.name or "", other.name or ""):
            return replace(chain, sources=(*passing, *report.sources), cites=True)
    through = replace(root, key=f"u {outlet.key} {plain_name(root.name or '')}")
    return replace(chain, sources=(*passing, through))


def _own(
    claim: Claim,
    who: Mapping[tuple[DocumentId, str], EntityId],
    publishers: Collection[str] = (),
) -> Telling:
    """Return a claim's chain as its own text tells it."""
    author = author_of(claim)
    sources = tuple(
        _source(link, claim.document, author, who, publishers) for link in claim.content.chain
    )
    return Telling(claim, sources, author)


def _ranks(
    claims: Iterable[Claim], who: Mapping[tuple[DocumentId, str], EntityId]
) -> dict[ClaimId, tuple[SourceKind, int]]:
    """Return the kind of each claim's root, and which of that kind it is in its document.

    Counted from 0 in order of place.
    """
    keys: dict[tuple[DocumentId, SourceKind], list[str]] = {}
    ranks: dict[ClaimId, tuple[SourceKind, int]] = {}
    for claim in sorted(claims, key=lambda c: (c.document, c.span, c.id)):
        kind, key = claim.root.kind, _own(claim, who).root.key
        held = keys.setdefault((claim.document, kind), [])
        if key not in held:
            held.append(key)
        ranks[claim.id] = (kind, held.index(key))
    return ranks


def _repeats(
    later: Telling, first: Telling, ranks: Mapping[ClaimId, tuple[SourceKind, int]]
) -> bool:
    """Return whether a claim of a copy repeats one of an earlier text of its family.

    In a translation no words are alike: there the first body, the second person and so on are
    those of the earlier text, which comes in the same order.
    """
    kind, other_kind = later.claim.root.kind, first.claim.root.kind
    if later.claim.language != first.claim.language:
        rank = ranks.get(later.claim.id)
        return rank is not None and rank == ranks.get(first.claim.id)
    if later.claim.quote != first.claim.quote and likeness(later.stems, first.stems) < REPEATED:
        return False
    one, other = later.root, first.root
    if one.key == other.key or {kind, other_kind} == {SourceKind.AUTHOR}:
        return True
    if one.kind != other.kind:
        return False
    # One name in one text is one source, though names did not resolve it across texts.
    name, other_name = one.name or "", other.name or ""
    if plain_name(name) == plain_name(other_name):
        return True
    # A source of which the text tells too little to know it elsewhere, under a like description.
    return not (one.known or other.known) and may_be_one(name, other_name)


def _unnamed(link: Link) -> bool:
    """Return whether a link hides who it is: by its kind, or as "a rebel commander" does."""
    opening = fold_words(link.source_text or "").partition(" ")[0]
    return link.kind in _VAGUE or (link.kind is SourceKind.PERSON and opening in _INDEFINITE)


def may_be_one(a: str, b: str) -> bool:
    """Return whether two names may be of one source: one is the other, or a shorter form of it.

    Such names have one of their `alike_by` in common.
    """
    return name_within(a, b) or name_within(b, a) or plain_name(a) == plain_name(b)


def alike_by(name: str) -> frozenset[str]:
    """Return the keys by which a name meets all others for which `may_be_one` holds."""
    return name_sounds(name) | {plain_name(name)}


def author_of(claim: Claim) -> Source:
    """Return the author of the text that a claim stands in: its publisher, where that is known."""
    name = plain_name(claim.publisher) if claim.publisher else ""
    if name:
        return Source(f"o {name}", "body", claim.publisher, SourceKind.OUTLET, known=True)
    return Source(f"t {claim.document}", "text", None, SourceKind.AUTHOR)


def _source(
    link: Link,
    text: DocumentId,
    author: Source,
    who: Mapping[tuple[DocumentId, str], EntityId],
    publishers: Collection[str],
) -> Source:
    """Return who a link is, told apart from everybody whom it need not be.

    One of the ``publishers`` is known by its name, whoever a reader takes it for.
    """
    if link.kind is SourceKind.AUTHOR:
        return author
    name = link.source_text
    plain = plain_name(name) if name else ""
    if f"o {plain}" in publishers:
        return Source(f"o {plain}", "body", name, SourceKind.OUTLET, known=True)
    if not plain or link.kind is SourceKind.RUMOUR or (link.entity is None and _unnamed(link)):
        return Source(f"u {text} {plain}", "unnamed", name, link.kind)
    kind = "person" if link.kind is SourceKind.PERSON else "body"
    entity = who.get((text, link.entity)) if link.entity is not None else None
    if entity is not None:
        return Source(f"e {entity}", kind, name, link.kind, known=True)
    if kind == "person" and " " in plain:
        return Source(f"p {' '.join(sorted(plain.split()))}", kind, name, link.kind, known=True)
    if link.kind is SourceKind.OUTLET:
        return Source(f"o {plain}", kind, name, link.kind, known=True)
    return Source(f"s {text} {plain}", kind, name, link.kind)
