"""Where does an Arabic sentence say that somebody says something?

The verb may stand first (قال الوزير إن …) or after its subject (المصدر أشار إلى
أن …); the subject may be left out and shows only in the verb's gender; titles
and appositions stand between subject and content. One walk over the words asks of
each that can open a frame whether it does.
"""

from functools import cache, lru_cache

from tawatur.reading.arabic.beside import AS, STANDS_IN, source_beside
from tawatur.reading.arabic.verbs import verb_frame
from tawatur.reading.arabic.words import cue_of, cue_with_object, nouns_of_saying
from tawatur.reading.cues import Frame, Naming, Range, group, phrase_heads
from tawatur.reading.text import WORD, Tokens

_BARE = 3  # letters of a word from which a joined conjunction is told


@lru_cache(maxsize=40_000)
def _may_open(word: str) -> bool:
    """Return whether a word can be the cue of a frame at all; most words cannot."""
    heads = _heads()
    if word in heads or word[1:] in heads or word in _whole_words():
        return True
    return (
        cue_of(word) is not None
        or cue_of(word.removesuffix("ها").removesuffix("ه")) is not None
        or word.startswith(("نفا", "اكد"))
        or cue_with_object(word) is not None
    )


@cache
def _heads() -> frozenset[str]:
    """Return the words that open a frame with whatever letter is joined to them."""
    groups = (group("ar", name) for name in ("rumours", "learning", "impersonal"))
    return frozenset(phrase_heads("ar", "adverbial_cues")).union(*groups)


@cache
def _whole_words() -> frozenset[str]:
    """Return the words that open a frame as they are, with what is joined to them."""
    found = {"كما", "وكما", *AS, *STANDS_IN, *nouns_of_saying()}
    found |= {"و" + word for word in AS}
    found |= {letter + word for letter in "وف" for word in STANDS_IN if len(word) >= _BARE}
    return frozenset(found)


def frames(tokens: Tokens, within: Range, naming: Naming) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    first, end = within
    kinds = tokens.kinds
    found: list[Frame] = []
    free = first  # the first token that no frame has taken
    for at, word in enumerate(tokens.words[first:end], first):
        if at < free or not _may_open(word) or kinds[at] != WORD:
            continue
        frame = source_beside(tokens, at, within, naming) or verb_frame(
            tokens, at, within, naming, found
        )
        if frame:
            found.append(frame)
            free = frame.end if frame.beside else frame.cue[1]
    return tuple(found)
