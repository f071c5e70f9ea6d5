"""The reader that goes by rules and tables: Extraction → Reading.

Names, moments and quantities are found first; sentences and their verbs of
saying give every stretch a chain; stretches are cut into statements; each
statement is described. Text of a language without tables gives names and
numeric dates alone (`tawatur.reading.other_languages`).
"""

from dataclasses import replace

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
from tawatur.model.text import Folded, fold
from tawatur.reading import moments, names, publication
from tawatur.reading import quantities as figures
from tawatur.reading.arabic import joined_cue
from tawatur.reading.as_of import as_of
from tawatur.reading.clauses import cut, has_verb, unlabelled
from tawatur.reading.cues import Naming, Range, forms
from tawatur.reading.gaps import with_gaps
from tawatur.reading.happenings import Happening, happening
from tawatur.reading.masthead import masthead
from tawatur.reading.other_languages import names_and_dates
from tawatur.reading.scenes import staged, with_sites
from tawatur.reading.seen import read_as_seen
from tawatur.reading.speech import Stretch, listen
from tawatur.reading.telling import followed, telling, timed
from tawatur.reading.text import (
    COLON,
    DASH,
    END_PAREN,
    OPEN,
    PAREN,
    STOP,
    WORD,
    Sentence,
    Tokens,
    sentences,
    tokens,
)

READER = "rules/0.7"
LANGUAGES = frozenset({"ar", "fr", "en"})


def read(extraction: Extraction) -> Reading:
    """Return what the rules propose about ``extraction``, claims in text order."""
    return read_as_seen(extraction, _read)


def _read(extraction: Extraction) -> Reading:
    language = extraction.language
    if language not in LANGUAGES:
        return names_and_dates(extraction, READER, _stated(extraction))
    spans = extraction.main()
    folded = fold(extraction.text)
    published, times = _dated_text(extraction, folded, spans)
    quantities = figures.quantities(extraction.text, folded, spans, language, times)
    moments.forget()
    cut_text = tokens(extraction.text, language)
    quantities = as_of(quantities, times, cut_text, language, _moment(published))
    entities = with_sites(
        cut_text, names.entities(extraction.text, folded, spans, language), spans, language
    )
    claims, commitments, requests = _claims(
        extraction, cut_text, spans, entities, times, quantities, published
    )
    return Reading(
        READER, language, published, entities, times, quantities, claims, commitments, requests
    )


def _dated_text(
    extraction: Extraction, folded: Folded, spans: tuple[Span, ...]
) -> tuple[Publication, tuple[TimeExpression, ...]]:
    """Return when the text was published and its time expressions.

    What a text says of times bounds its publication, and that in turn tells what
    "yesterday" is: hence two rounds where no date is stated.
    """
    times: tuple[TimeExpression, ...] = ()
    published = publication.publication(extraction, times)
    country = publication.outlet_country(extraction)
    for _ in range(2):
        # Who files a record speaks from the day of its date.
        anchor = moments.Anchor(_moment(published), extraction.header is not None, country)
        times = moments.time_expressions(
            extraction.text, folded, spans, extraction.language, anchor
        )
        bounded = publication.publication(extraction, times)
        if bounded == published:
            break
        published = bounded
    return published, times


def _stated(extraction: Extraction) -> Publication:
    stated = extraction.published
    where = (f"stated in {stated.found_in}",) if stated else ()
    return Publication(stated.value if stated else None, None, where)


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
    cut_text: Tokens,
    spans: tuple[Span, ...],
    entities: tuple[LocalEntity, ...],
    times: tuple[TimeExpression, ...],
    quantities: tuple[Quantity, ...],
    published: Publication,
) -> tuple[tuple[Proposal, ...], tuple[Promise, ...], tuple[Ask, ...]]:
    language = extraction.language
    naming = _naming(cut_text, language, entities, times)
    found = _sentences(extraction, cut_text, spans)
    stretches = listen(
        cut_text,
        found,
        language,
        naming,
        {entity.id: entity for entity in entities},
        conversation=extraction.header is not None,
        masthead=masthead(extraction, cut_text, found),
    )
    said = [
        (piece, stretch)
        for stretch in stretches
        for piece in cut(cut_text, stretch.within, language, opened=stretch.opened)
    ]
    claims = tuple(
        _proposal(
            f"c{number}",
            cut_text.span(*piece),
            stretch,
            happening(
                cut_text,
                piece,
                language,
                naming,
                times,
                quantities,
                stretch.kinds,
                whole=stretch.whole and piece[0] == stretch.within[0],
                first=piece[0] <= stretch.within[0] + 1,
                attributed=len(stretch.chain) > 1,
            ),
        )
        for number, (piece, stretch) in enumerate(said, 1)
    )
    whole = frozenset(f"c{number}" for number, (_, stretch) in enumerate(said, 1) if stretch.whole)
    spans_of = tuple(cut_text.span(s.first, s.end) for s in found)
    told = telling(extraction, times, published, claims, whole, cut_text)
    dated = staged(
        timed(claims, spans_of, times, told, cut_text),
        cut_text,
        found,
        extraction.title,
        told,
        naming,
        times,
        quantities,
    )
    dated = followed(dated, cut_text, found, told, times)
    dated = with_gaps(dated, cut_text, language, naming, entities)
    commitments = tuple(_promise(c) for c in dated if c.modality is Modality.PROMISED)
    requests = tuple(_ask(c, extraction.text) for c in dated if c.modality is Modality.REQUESTED)
    return dated, commitments, requests


def _sentences(
    extraction: Extraction, cut_text: Tokens, spans: tuple[Span, ...]
) -> tuple[Sentence, ...]:
    """Return the sentences that can hold claims: no title, no header."""
    breaks = tuple(paragraph.start for paragraph in extraction.paragraphs)
    found = _without_header(
        extraction,
        cut_text,
        sentences(cut_text, spans, extraction.language, breaks, _speaking(extraction.language)),
    )
    if extraction.language == "ar":
        found = tuple(unlabelled(cut_text, s) for s in found)
    if extraction.language != "ar":
        found = tuple(_without_dateline(cut_text, _without_mark(cut_text, s)) for s in found)
    dated = extraction.published.span if extraction.published else None
    if dated:
        found = tuple(s for s in found if not _is_dateline(cut_text, s, dated, extraction.language))
    title = extraction.title
    if title is None:
        return found
    return tuple(
        s for s in found if not title.overlap(cut_text.span(s.first, s.end)) * 2 > len(title)
    )


def _is_dateline(cut_text: Tokens, sentence: Sentence, dated: Span, language: str) -> bool:
    """Return whether a sentence is only a place and the date of publication, and states nothing."""
    within = (sentence.first, sentence.end)
    short = sentence.end - sentence.first <= _DATELINE
    return (
        short and cut_text.span(*within).holds(dated) and not has_verb(cut_text, within, language)
    )


def _without_mark(cut_text: Tokens, sentence: Sentence) -> Sentence:
    """Return the sentence without the classification that opens its paragraph: (C), (S/NF)."""
    first = sentence.first
    if cut_text.kinds[first] != PAREN:
        return sentence
    stop = next(
        (k for k in range(first + 1, sentence.end - 1) if cut_text.kinds[k] == END_PAREN), first
    )
    mark = cut_text.text[cut_text.ends[first] : cut_text.starts[stop]]
    known = stop - first <= _MARK and len(mark) <= _MARK and mark.isupper()
    return replace(sentence, first=stop + 1) if known else sentence


def _without_dateline(cut_text: Tokens, sentence: Sentence) -> Sentence:
    """Return the sentence without the place in capitals, and the date, from which it was filed."""
    first, end = sentence.first, sentence.end
    start, stop = cut_text.starts[first], cut_text.ends[first]
    place = cut_text.text[start:stop]
    if not place.isupper() or len(place) < _PLACE:
        return sentence
    for k in range(first + 1, min(first + _DATELINE, end - 1)):
        kind = cut_text.kinds[k]
        if (kind == DASH and cut_text.text[cut_text.starts[k] - 1].isspace()) or (
            kind == COLON and k - first <= _FEW
        ):
            return replace(sentence, first=k + 1)
        if kind in (STOP, OPEN):
            break
        if k - first <= 1 and kind == WORD and cut_text.text[cut_text.starts[k]].islower():
            break
    return sentence


_PLACE = 3  # letters
_MARK = 4  # letters: S/NF
_DATELINE = 18  # tokens
_FEW = 3  # tokens of a place before a colon


def _speaking(language: str) -> frozenset[str]:
    """Return the verbs that may follow a quotation; Arabic ones open a sentence of their own."""
    return frozenset() if language == "ar" else frozenset(forms(language))


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


def _proposal(id_: str, span: Span, stretch: Stretch, said: Happening) -> Proposal:
    return Proposal(
        id_,
        span,
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
    cut_text: Tokens,
    language: str,
    entities: tuple[LocalEntity, ...],
    times: tuple[TimeExpression, ...],
) -> Naming:
    """Return names and times by the tokens at which they begin."""
    starts: dict[int, tuple[int, str, str]] = {}
    for entity in entities:
        for mention in entity.mentions:
            first, end = _token_range(cut_text, mention)
            if language == "ar" and end - first > 1 and joined_cue(cut_text, first):
                first += 1  # "and X said": the verb is no part of the name
            if end > first and (first not in starts or starts[first][0] < end):
                starts[first] = (end, entity.id, entity.type)
    time_ends = dict(_token_range(cut_text, time.span) for time in times)
    return Naming(starts, frozenset(time_ends), time_ends)


def _token_range(cut_text: Tokens, span: Span) -> Range:
    """Return the tokens that a span touches; a name may begin after a letter joined to it."""
    first, end = cut_text.within(span)
    if first and cut_text.ends[first - 1] > span.start:
        first -= 1
    return first, max(end, first)
