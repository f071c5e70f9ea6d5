"""The reader that goes by rules and tables: Extraction → Reading.

Names, moments and quantities are found first; sentences and their verbs of
saying give every stretch a chain; stretches are cut into statements; each
statement is described. Text of a language without tables gives no claims.
"""

from tawatur.model.document import Extraction
from tawatur.model.moment import Moment
from tawatur.model.reading import (
    Ask,
    LocalEntity,
    Modality,
    Promise,
    Proposal,
    Publication,
    Quantity,
    Reading,
    TimeExpression,
)
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading import moments, names, publication
from tawatur.reading import quantities as figures
from tawatur.reading.clauses import cut
from tawatur.reading.cues import Naming, Range
from tawatur.reading.happenings import Happening, happening
from tawatur.reading.speech import Stretch, listen
from tawatur.reading.text import Sentence, Tokens, sentences, tokens

READER = "rules/0.1"
LANGUAGES = frozenset({"ar", "fr", "en"})


def read(extraction: Extraction) -> Reading:
    """Return what the rules propose about ``extraction``, claims in text order."""
    language = extraction.language
    if language not in LANGUAGES:
        return Reading(READER, language, _stated(extraction))
    spans = extraction.main()
    folded = fold(extraction.text)
    first = publication.publication(extraction, ())
    anchor = moments.Anchor(_moment(first))
    times = moments.time_expressions(extraction.text, folded, spans, language, anchor)
    published = publication.publication(extraction, times)
    entities = names.entities(extraction.text, folded, spans, language)
    quantities = figures.quantities(extraction.text, folded, spans, language, times)
    claims, commitments, requests = _claims(extraction, spans, entities, times, quantities)
    return Reading(
        READER, language, published, entities, times, quantities, claims, commitments, requests
    )


def _stated(extraction: Extraction) -> Publication:
    stated = extraction.published
    return Publication(stated.value if stated else None, None, ())


def _moment(publication: Publication) -> Moment | None:
    value = publication.value or publication.bounds
    if not value:
        return None
    try:
        return Moment.parse(value)
    except ValueError:
        return None


def _claims(
    extraction: Extraction,
    spans: tuple[Span, ...],
    entities: tuple[LocalEntity, ...],
    times: tuple[TimeExpression, ...],
    quantities: tuple[Quantity, ...],
) -> tuple[tuple[Proposal, ...], tuple[Promise, ...], tuple[Ask, ...]]:
    language = extraction.language
    cut_text = tokens(extraction.text, language)
    naming = _naming(cut_text, entities, times)
    found = sentences(
        cut_text, spans, language, tuple(paragraph.start for paragraph in extraction.paragraphs)
    )
    found = _without_header(extraction, cut_text, found)
    title = extraction.title
    if title:
        found = tuple(
            s for s in found if not title.overlap(cut_text.span(s.first, s.end)) * 2 > len(title)
        )
    stretches = listen(
        cut_text,
        found,
        language,
        naming,
        {entity.id: entity for entity in entities},
        conversation=extraction.header is not None,
    )
    claims: list[Proposal] = []
    commitments: list[Promise] = []
    requests: list[Ask] = []
    for stretch in stretches:
        for piece in cut(cut_text, stretch.within, language, opened=stretch.opened):
            said = happening(
                cut_text,
                piece,
                language,
                naming,
                times,
                quantities,
                stretch.kinds,
                whole=stretch.whole and piece[0] == stretch.within[0],
                attributed=len(stretch.chain) > 1,
            )
            claim = _proposal(f"c{len(claims) + 1}", cut_text, piece, stretch, said)
            claims.append(claim)
            if said.modality is Modality.PROMISED:
                commitments.append(_promise(claim))
            elif said.modality is Modality.REQUESTED:
                requests.append(_ask(claim, extraction.text))
    return tuple(claims), tuple(commitments), tuple(requests)


def _without_header(
    extraction: Extraction, cut_text: Tokens, found: tuple[Sentence, ...]
) -> tuple[Sentence, ...]:
    """Return the sentences of a cable's body, and its subject line as one more, first."""
    if extraction.header is None or not extraction.paragraphs:
        return found
    body = extraction.paragraphs[0].start
    kept = tuple(s for s in found if cut_text.starts[s.first] >= body)
    subject = extraction.header.subject
    at = extraction.text.find(subject) if subject else -1
    if subject and 0 <= at < body:
        first, end = cut_text.within(Span(at, at + len(subject)))
        if end > first:
            return (Sentence(first, end, -1), *kept)
    return kept


def _proposal(
    id_: str, cut_text: Tokens, piece: Range, stretch: Stretch, said: Happening
) -> Proposal:
    return Proposal(
        id_,
        cut_text.span(*piece),
        stretch.chain,
        said.polarity,
        said.modality,
        said.event_type,
        said.when,
        said.where,
        said.who,
        said.quantities,
    )


def _promise(claim: Proposal) -> Promise:
    """Return the commitment of a claim: by its actor, or else by whoever says it."""
    by = claim.who[0].entity if claim.who else claim.chain[-1].entity
    to = claim.who[1].entity if len(claim.who) > 1 else None
    return Promise(claim.id, by, to, claim.when)


def _ask(claim: Proposal, text: str) -> Ask:
    """Return the request of a claim: by whoever says it, to the first other who is named."""
    by = claim.chain[-1].entity
    to = next((p.entity for p in claim.who if p.entity != by), None)
    return Ask(claim.id, by, to, claim.span.of(text))


def _naming(
    cut_text: Tokens, entities: tuple[LocalEntity, ...], times: tuple[TimeExpression, ...]
) -> Naming:
    """Return names and times by the tokens at which they begin."""
    starts: dict[int, tuple[int, str, str]] = {}
    for entity in entities:
        for mention in entity.mentions:
            first, end = _token_range(cut_text, mention)
            if end > first and (first not in starts or starts[first][0] < end):
                starts[first] = (end, entity.id, entity.type)
    beginnings = frozenset(_token_range(cut_text, time.span)[0] for time in times)
    return Naming(starts, beginnings)


def _token_range(cut_text: Tokens, span: Span) -> Range:
    """Return the tokens that a span touches; a name may begin after a letter joined to it."""
    first, end = cut_text.within(span)
    if first and cut_text.ends[first - 1] > span.start:
        first -= 1
    return first, max(end, first)
