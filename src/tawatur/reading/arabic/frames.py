"""Where does an Arabic sentence say that somebody says something?

The verb may stand first (قال الوزير إن …) or after its subject (المصدر أشار إلى
أن …); the subject may be left out and shows only in the verb's gender; titles
and appositions stand between subject and content. One walk over the words asks of
each that can open a frame whether it does.
"""

from dataclasses import replace
from functools import cache, lru_cache

from tawatur.reading.arabic.addressees import outlet_told
from tawatur.reading.arabic.beside import AS, STANDS_IN, source_beside
from tawatur.reading.arabic.verbs import verb_frame
from tawatur.reading.arabic.words import cue_of, cue_with_object, nouns_of_saying
from tawatur.reading.cues import Frame, Naming, Range, group, phrase_heads
from tawatur.reading.text import WORD, Tokens

_BARE = 3  # letters of a word from which a joined conjunction is told


@lru_cache(maxsize=40_000)
def _may_open(word: str) -> tuple[bool, bool]:
    """Return whether a word can name a source beside the clause, and whether it can say so.

    Most words can do neither.
    """
    heads = phrase_heads("ar", "adverbial_cues")
    beside = word in _one_word() or word in heads or word[1:] in heads
    saying = word in _nouns_and_places() or word in _openers() or word[1:] in _openers()
    saying = (
        saying
        or cue_of(word) is not None
        or cue_of(word.removesuffix("ها").removesuffix("ه")) is not None
        or word.startswith(("نفا", "اكد"))
        or cue_with_object(word) is not None
    )
    return beside, saying


@cache
def _openers() -> frozenset[str]:
    """Return the words that say so with whatever letter is joined to them."""
    groups = ("rumours", "learning", "impersonal", "belying")
    return frozenset().union(*(group("ar", name) for name in groups))


@cache
def _one_word() -> frozenset[str]:
    """Return the words for "according to what", with what is joined to them."""
    return frozenset({"كما", "وكما", *AS, *("و" + word for word in AS)})


@cache
def _nouns_and_places() -> frozenset[str]:
    """Return the nouns of saying, and the verbs of what stands in a document."""
    joined = {letter + word for letter in "وف" for word in STANDS_IN if len(word) >= _BARE}
    return frozenset({*STANDS_IN, *joined, *nouns_of_saying()})


def frames(tokens: Tokens, within: Range, naming: Naming) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    first, end = within
    kinds = tokens.kinds
    found: list[Frame] = []
    free = first  # the first token that no frame has taken
    for at, word in enumerate(tokens.words[first:end], first):
        beside, saying = _may_open(word)
        if not (beside or saying) or at < free or kinds[at] != WORD:
            continue
        frame = source_beside(tokens, at, within, naming) if beside else None
        if frame is None and saying:
            frame = verb_frame(tokens, at, within, naming, found)
        if frame:
            told = outlet_told(tokens, frame, (max(free, first), end), naming)
            cue = cue_of(tokens.words[frame.cue[0]])
            plural = cue is not None and cue[0].plural
            found.append(replace(frame, via=told, plural=plural))
            free = frame.end if frame.beside else frame.cue[1]
    return tuple(found)
