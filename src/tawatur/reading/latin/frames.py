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
from tawatur.reading.text import CLOSE, COLON, COMMA, OPEN, WORD, Tokens


def frames(tokens: Tokens, within: Range, naming: Naming, language: str) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    found: list[Frame] = []
    at, end = within
    taken = at
    openers = _openers(language)
    labelled = labelled_frame(tokens, within, naming, language)
    if labelled:
        found.append(labelled)
        at = taken = labelled.end
    while at < end:
        if tokens.kinds[at] == WORD:
            frame: Frame | None = None
            word = tokens.words[at]
            if word in openers or "-" in word:
                frame = source_beside(tokens, at, within, naming, language) or verb_frame(
                    tokens, at, within, naming, language, taken
                )
            if frame is None and word in openers and not found:
                frame = rumour_frame(tokens, at, within, language)
            if frame is None and at > within[0] and tokens.kinds[at - 1] in (CLOSE, COMMA):
                frame = unknown_verb_frame(tokens, at, (taken, within[1]), naming, language)
            if frame:
                found.append(frame)
                if frame.content[1] <= frame.cue[0] and not frame.beside:
                    more = quotation_goes_on(tokens, frame, within)
                    if more:
                        found.append(more)
                        at = more.content[0]
                        taken = at
                        continue
                    taken = frame.end
                    at = max(at + 1, frame.end)
                    continue
                at = max(at + 1, frame.end if frame.beside else frame.cue[1])
                if frame.content[1] == within[1]:
                    taken = max(taken, frame.content[0])
                continue
        elif (
            tokens.kinds[at] == COLON
            and tokens.kinds[at + 1 : at + 2] == (OPEN,)
            and at + 1 > taken
        ):
            found.append(quotation_frame(at + 1, within[1], "say"))
            taken = at + 1
        at += 1
    return tuple(found)


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the words at which a frame can be found."""
    return (
        frozenset(forms(language))
        | frozenset(phrase_heads(language, "adverbial_cues"))
        | frozenset(word for word, kind in source_nouns(language).items() if kind == "rumour")
    )
