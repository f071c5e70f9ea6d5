"""Where does a French or English sentence say that somebody says something?

The subject stands before the verb (the minister said that …), after it where the
words come first ("…", said the minister), or beside it (according to …). What is
said follows a conjunction, a quotation mark or a colon; in English it may follow
the verb directly; or it stands before, up to a comma or a closing mark.
"""

from functools import cache

from tawatur.reading.cues import Frame, Naming, Range, forms, phrase_heads, source_nouns
from tawatur.reading.latin.beside import rumour_frame, source_beside
from tawatur.reading.latin.quotations import (
    labelled_frame,
    quotation_frame,
    quotation_goes_on,
    unknown_verb_frame,
)
from tawatur.reading.latin.verbs import verb_frame
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Tokens


def frames(tokens: Tokens, within: Range, naming: Naming, language: str) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    found: list[Frame] = []
    first, end = within
    free = taken = first  # the first token that no frame has taken, and that none is about
    openers, kinds = _openers(language), tokens.kinds
    labelled = labelled_frame(tokens, within, naming, language)
    if labelled:
        found.append(labelled)
        free = taken = labelled.end
    quoted = CLOSE in kinds[max(0, first - 1) : end]
    for at, word in enumerate(tokens.words[first:end], first):
        opens = word in openers
        if not (opens or quoted or word == ":" or "-" in word) or at < free:
            continue
        if kinds[at] != WORD:
            if word == ":" and kinds[at + 1 : at + 2] == (OPEN,) and at + 1 > taken:
                found.append(quotation_frame(at + 1, end, "say"))
                taken = at + 1
            continue
        frame: Frame | None = None
        if opens or "-" in word:
            frame = source_beside(tokens, at, within, naming, language) or verb_frame(
                tokens, at, within, naming, language, taken
            )
        if frame is None and opens and not found:
            frame = rumour_frame(tokens, at, within, language)
        if frame is None and at > first and kinds[at - 1] in (CLOSE, COMMA):
            frame = unknown_verb_frame(tokens, at, (taken, end), naming, language)
        if frame is None:
            continue
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


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the words at which a frame can be found."""
    return (
        frozenset(forms(language))
        | frozenset(phrase_heads(language, "adverbial_cues"))
        | frozenset(word for word, kind in source_nouns(language).items() if kind == "rumour")
    )
