"""Where does a French or English sentence say that somebody says something?

The subject stands before the verb (the minister said that …), after it where the
words come first ("…", said the minister), or beside it (according to …). What is
said follows a conjunction, a quotation mark or a colon; in English it may follow
the verb directly; or it stands before, up to a comma or a closing mark.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tawatur.reading.cues import Frame, Naming, Range, group, phrase_heads, source_nouns
from tawatur.reading.latin.addressees import outlet_told
from tawatur.reading.latin.beside import rumour_frame, source_beside, teller_between
from tawatur.reading.latin.citing import cited_in
from tawatur.reading.latin.documents import document_frame, is_written
from tawatur.reading.latin.phrases import with_reserve
from tawatur.reading.latin.quotations import (
    labelled_frame,
    quotation_frame,
    quotation_goes_on,
    unknown_verb_frame,
)
from tawatur.reading.latin.verbs import verb_frame
from tawatur.reading.latin.words import verbs_of_saying
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Tokens


def frames(tokens: Tokens, within: Range, naming: Naming, language: str) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    found: list[Frame] = []
    first, end = within
    free = taken = first  # the first token that no frame has taken, and that none is about
    words, kinds = tokens.words, tokens.kinds
    beside, cues = phrase_heads(language, "adverbial_cues"), verbs_of_saying(language)
    rumours = _rumours(language)
    labelled = labelled_frame(tokens, within, naming, language)
    if labelled:
        found.append(labelled)
        free = taken = labelled.end
    for at in _candidates(tokens, within, language):
        if at < free:
            continue
        word = words[at]
        if kinds[at] != WORD:
            if word == ":" and kinds[at + 1 : at + 2] == (OPEN,) and at + 1 > taken:
                found.append(quotation_frame(at + 1, end, "say"))
                taken = at + 1
            continue
        frame: Frame | None = None
        if word in beside:
            frame = source_beside(tokens, at, within, naming, language)
        if frame is None and (word in cues or "-" in word):
            frame = verb_frame(tokens, at, within, naming, language, taken)
        if frame is None and word in rumours and not found:
            frame = rumour_frame(tokens, at, within, language)
        if frame is None and is_written(word, language):
            frame = document_frame(tokens, at, (taken, end), naming, language)
        if frame is None and at > first and kinds[at - 1] in (CLOSE, COMMA):
            frame = unknown_verb_frame(tokens, at, (taken, end), naming, language)
        if frame is None:
            continue
        frame = _completed(tokens, frame, (free, end), naming, language)
        found.append(frame)
        if frame.content[1] <= frame.cue[0] and not frame.beside:
            more = quotation_goes_on(tokens, frame, within)
            if more:
                found.append(more)
            free = taken = more.content[0] if more else frame.end
            continue
        free = frame.end if frame.beside else frame.cue[1]
        if frame.content[1] == end:
            taken = max(taken, frame.content[0])
    return tuple(found)


def _completed(tokens: Tokens, frame: Frame, within: Range, naming: Naming, language: str) -> Frame:
    """Return a frame with all that tells who its speakers are, and to which outlet they speak."""
    source, cited = (
        phrase and with_reserve(tokens, phrase, within[1], language)
        for phrase in (frame.source, frame.relayed)
    )
    opens_citing = tokens.words[within[0]] in group(language, "citing")
    if source and not cited and opens_citing and not frame.beside:
        cited = cited_in(tokens, (within[0], max(within[0], source[0] - 1)), naming, language)
    teller = teller_between(tokens, frame, naming, language)
    told = outlet_told(tokens, frame, within, naming, language)
    frame = replace(frame, source=source, relayed=cited, teller=teller, via=told)
    end = max(phrase[1] for phrase in (source, cited) if phrase) if source else frame.end
    if not frame.beside or end <= frame.end:
        return frame
    return replace(frame, end=end, content=(end, frame.content[1]))


def _candidates(tokens: Tokens, within: Range, language: str) -> Sequence[int]:
    """Return the tokens at which a frame can be found; after a quotation, that is any."""
    first, end = within
    if CLOSE in tokens.kinds[max(0, first - 1) : end]:
        return range(first, end)
    openers, hangs = _openers(language), language == "fr"
    return [
        at
        for at, word in enumerate(tokens.words[first:end], first)
        if word in openers or (hangs and "-" in word)
    ]


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the words and marks at which a frame can be found."""
    heads = phrase_heads(language, "adverbial_cues")
    written = {word for word in source_nouns(language) if is_written(word, language)}
    return verbs_of_saying(language) | frozenset(heads) | _rumours(language) | written | {":"}


@cache
def _rumours(language: str) -> frozenset[str]:
    """Return the nouns for a rumour."""
    return frozenset(word for word, kind in source_nouns(language).items() if kind == "rumour")
