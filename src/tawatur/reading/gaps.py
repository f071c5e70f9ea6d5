"""What does a text say is not known, and what does it say of a report?

Two things that are easily lost among claims about the world. "Its contents were not
disclosed" is a claim about what nobody knows: the gap. What is then supposed about
the same thing, hedged or as an opinion or a question, speculates on the gap and never
fills it. And "the letter is a forgery" is a claim about a report: that it is
authentic, forged or planted, and by whom.

Phrases and nouns are tables (``gaps``, ``matters``, ``authenticity``, ``reports``);
the grammar is only what stands how near. Cost grows with the words of the claims.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tawatur.model.reading import (
    AboutReport,
    Authenticity,
    EntityType,
    LocalEntity,
    Modality,
    Polarity,
    Proposal,
)
from tawatur.model.span import Span
from tawatur.reading.clauses import phrase_at
from tawatur.reading.cues import Naming, Range, bare_forms, phrases, word_set
from tawatur.reading.text import WORD, Tokens

_DENIED_WITHIN = 4
"""Words before a verb of telling in which its negation stands."""
_MATTER_WITHIN = 8
"""Words on either side in which what is not told stands."""
_REPORT_WITHIN = 5
"""Words between a report and the word for what it is."""
_MAKER_WITHIN = 3
"""Words between that word and whoever made the report."""
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_SUPPOSED = {Modality.HEDGED, Modality.OPINION, Modality.CONDITIONAL}
_MAKERS = {EntityType.PERSON, EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY}


def with_gaps(
    claims: Sequence[Proposal],
    tokens: Tokens,
    language: str,
    naming: Naming,
    entities: Sequence[LocalEntity],
) -> tuple[Proposal, ...]:
    """Return the claims with ``gap`` and ``report`` set where the text says so.

    A gap's own place is its ``gap``; a claim that supposes something directly after it,
    in the same paragraph and with nothing stated between, has that place as well.
    """
    types = {entity.id: entity.type for entity in entities}
    found = []
    open_gap: Span | None = None
    before: Span | None = None
    for claim in claims:
        within = tokens.within(claim.span)
        about = _about_report(tokens, within, language, naming, types)
        if not_known(tokens, within, language):
            open_gap, about = claim.span, None  # of what could not be checked, nothing is said
        elif before and not (_supposes(claim) and _together(tokens, before, claim.span)):
            open_gap = None
        before = claim.span
        changed = open_gap is not None or about is not None
        found.append(replace(claim, gap=open_gap, report=about) if changed else claim)
    return tuple(found)


def _supposes(claim: Proposal) -> bool:
    return claim.modality in _SUPPOSED or claim.polarity is Polarity.QUESTIONED


def _together(tokens: Tokens, gap: Span, other: Span) -> bool:
    """Return whether no empty line stands between two places."""
    return _EMPTY_LINE.search(tokens.text, gap.end, other.start) is None


def not_known(tokens: Tokens, within: Range, language: str) -> bool:
    """Return whether a statement says that something is not known or was not told."""
    first, end = within
    for at in range(first, end):
        if tokens.kinds[at] != WORD:
            continue
        entry = phrase_at(tokens, at, end, language, "gaps")
        if entry is None:
            continue
        stop, row = entry
        needs = row["needs"].split("+")
        if "denial" in needs and not _denied(tokens, (first, end), at, language):
            continue
        if "matter" in needs and not _near(
            tokens, (max(first, at - _MATTER_WITHIN), min(end, stop + _MATTER_WITHIN)), language
        ):
            continue
        return True
    return False


def _denied(tokens: Tokens, within: Range, verb: int, language: str) -> bool:
    """Return whether a negation stands before the verb, or a "no" just after ("n'a … aucun")."""
    for at in range(max(within[0], verb - _DENIED_WITHIN), min(within[1], verb + 2)):
        if at == verb or tokens.kinds[at] != WORD:
            continue
        if phrase_at(tokens, at, within[1], language, "negation"):
            return True
        if phrase_at(tokens, at, within[1], language, "without"):
            return True
    return False


def _near(tokens: Tokens, within: Range, language: str) -> bool:
    matters = word_set(language, "matters")
    return any(
        tokens.kinds[at] == WORD and _one_of(tokens.words[at], matters, language)
        for at in range(*within)
    )


def _one_of(word: str, table: frozenset[str], language: str) -> bool:
    if language == "ar":
        return any(form in table for form in bare_forms(word))
    return word in table


def _about_report(
    tokens: Tokens, within: Range, language: str, naming: Naming, types: dict[str, EntityType]
) -> AboutReport | None:
    first, end = within
    reports, papers = word_set(language, "reports"), word_set(language, "papers")
    for at in range(first, end):
        if tokens.kinds[at] != WORD:
            continue
        entry = phrase_at(tokens, at, end, language, "authenticity")
        if entry is None and language == "ar":
            entry = _bare_entry(tokens, at)
        if entry is None:
            continue
        stop, row = entry
        near = [
            k
            for k in range(max(first, at - _REPORT_WITHIN), min(end, stop + _REPORT_WITHIN))
            if not at <= k < stop
            and tokens.kinds[k] == WORD
            and _one_of(tokens.words[k], reports, language)
            and papers.isdisjoint(tokens.words[max(first, k - 1) : k + 3])
        ]
        if not near:
            continue
        verdict = Authenticity(row["verdict"])
        if _denied(tokens, within, at, language):
            genuine = verdict is Authenticity.AUTHENTIC
            verdict = Authenticity.FORGED if genuine else Authenticity.AUTHENTIC
        word = min(near, key=lambda k: abs(k - at))
        maker = None if verdict is Authenticity.AUTHENTIC else _maker(naming, types, stop, end)
        span = tokens.span(word, word + 1)
        return AboutReport(verdict, span.of(tokens.text), span, maker)
    return None


def _bare_entry(tokens: Tokens, at: int) -> tuple[int, dict[str, str]] | None:
    """Return the entry of an Arabic word that carries an article or a pronoun."""
    known = _authenticity_words()
    for form in bare_forms(tokens.words[at]):
        if form in known:
            return at + 1, {"verdict": known[form]}
    return None


@cache
def _authenticity_words() -> dict[str, str]:
    single = ((words, row) for words, row in phrases("ar", "authenticity") if len(words) == 1)
    return {words[0]: row["verdict"] for words, row in single}


def _maker(naming: Naming, types: dict[str, EntityType], after: int, end: int) -> str | None:
    """Return who is named right after the word for a forgery: "planted by the ministry"."""
    for at in range(after, min(end, after + _MAKER_WITHIN)):
        mention = naming.starts.get(at)
        if mention and types.get(mention[1]) in _MAKERS:
            return mention[1]
    return None
