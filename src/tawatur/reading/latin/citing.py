"""Whom does a French or English source cite: X, citing Y; Y, quoted by X; X quoted Y as saying?

Whoever is cited stands behind the source that cites him, one link further in.
"""

from tawatur.reading.clauses import phrase_at
from tawatur.reading.cues import Naming, Range, forms, group, phrase_heads
from tawatur.reading.latin.phrases import (
    LONGEST_SOURCE,
    can_speak,
    end_of_clause,
    end_of_phrase,
    source_in,
)
from tawatur.reading.text import COMMA, Tokens

_FINITE = frozenset(("cited", "quoted", "cite", "cites", "quotes"))
_QUOTED = frozenset(
    ("quoted", "cited", "cite", "cites", "citee", "citees", "relaye", "relayee", "relayes")
)


def cited_in(tokens: Tokens, within: Range, naming: Naming, language: str) -> Range | None:
    """Return whom a source cites in a range: X, citing Y, reported; according to X, which cites Y.

    The verb is a participle or stands in a relative clause.
    """
    participles, relatives = group(language, "citing"), phrase_heads(language, "relatives")
    for k in range(*within):
        word = tokens.words[k]
        first = _after_citing(tokens, k, within[1], language)
        if word in participles or (word in _FINITE and tokens.words[k - 1] in relatives):
            first = k + 1
        if first:
            end = end_of_phrase(tokens, first, within[1], language)
            phrase = source_in(tokens, (first, end), naming, language)
            if phrase and can_speak(tokens, phrase, naming, language):
                return phrase
    return None


def _after_citing(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return where a phrase by which somebody cites ends: sur la foi de; 0 if none begins."""
    cue = phrase_at(tokens, at, end, language, "adverbial_cues")
    return cue[0] if cue and cue[1]["scope"] == "cited" else 0


def cited_after(
    tokens: Tokens, at: int, end: int, naming: Naming, language: str
) -> tuple[int, Range | None]:
    """Return where a source that cites ends, from the pause ``at`` on, and whom it cites.

    "…, the agency reported, quoting the mayor": what follows the pause belongs to the agency.
    """
    citing = group(language, "citing")
    if at + 1 >= end or tokens.kinds[at] != COMMA or tokens.words[at + 1] not in citing:
        return at, None
    stop = end_of_clause(tokens, at + 1, end)
    return stop, cited_in(tokens, (at + 1, stop), naming, language)


def quoted_as(
    tokens: Tokens, at: int, end: int, naming: Naming, language: str
) -> tuple[int, Range] | None:
    """Return where "X quoted Y as saying", with the verb at ``at``, stops, and Y."""
    if tokens.words[at] not in _FINITE:
        return None
    for k in range(at + 2, min(end - 1, at + LONGEST_SOURCE)):
        cue = forms(language).get(tokens.words[k + 1])
        if tokens.words[k] == "as" and cue is not None and cue.participle:
            source = source_in(tokens, (at + 1, k), naming, language)
            return (k + 2, source) if source else None
    return None


def relayed_through(tokens: Tokens, phrase: Range) -> tuple[Range, Range | None]:
    """Return who passes words on and whom it quotes: "a source quoted by the agency"."""
    for k in range(phrase[0] + 1, phrase[1] - 2):
        if tokens.words[k] in _QUOTED and tokens.words[k + 1] in ("by", "par"):
            first, end = phrase
            quoted = k - (tokens.kinds[k - 1] == COMMA)
            return (k + 2, end - (tokens.kinds[end - 1] == COMMA)), (first, quoted)
    return phrase, None
