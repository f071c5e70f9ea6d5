"""Where does an Arabic sentence say that somebody says something?

The verb may stand first (قال الوزير إن …) or after its subject (المصدر أشار إلى
أن …); the subject may be left out and shows only in the verb's gender; titles
and appositions stand between subject and content. One walk over the words asks of
each that can open a frame whether it does.
"""

from functools import lru_cache

from tawatur.reading.arabic.beside import AS, STANDS_IN, source_beside
from tawatur.reading.arabic.verbs import verb_frame
from tawatur.reading.arabic.words import bare, cue_of, cue_with_object, noun_of_saying_in
from tawatur.reading.cues import Frame, Naming, Range, group, phrase_heads
from tawatur.reading.text import WORD, Tokens


@lru_cache(maxsize=20_000)
def _may_open(word: str) -> bool:
    """Return whether a word can be the cue of a frame at all; most words cannot."""
    heads = phrase_heads("ar", "adverbial_cues")
    opening = group("ar", "rumours") | group("ar", "learning") | group("ar", "impersonal")
    if word.removeprefix("و") in AS or word in ("كما", "وكما"):
        return True
    if noun_of_saying_in(word) is not None or bare(word) in STANDS_IN:
        return True
    return (
        word in heads
        or word[1:] in heads
        or word in opening
        or word[1:] in opening
        or cue_of(word) is not None
        or cue_of(word.removesuffix("ها").removesuffix("ه")) is not None
        or word.startswith(("نفا", "اكد"))
        or cue_with_object(word) is not None
    )


def frames(tokens: Tokens, within: Range, naming: Naming) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    first, end = within
    found: list[Frame] = []
    at = first
    while at < end:
        frame = None
        if tokens.kinds[at] == WORD and _may_open(tokens.words[at]):
            frame = source_beside(tokens, at, within, naming) or verb_frame(
                tokens, at, within, naming, found
            )
        if frame:
            found.append(frame)
            at = max(at + 1, frame.cue[1] if not frame.beside else frame.end)
        else:
            at += 1
    return tuple(found)
