"""Which outlet is told in French and English: told the Herald, a déclaré à la radio X?

It follows the verb, alone or after a preposition, or stands in the phrase that opens the
sentence: in an interview with X. An outlet that was told passes the words on.
"""

from tawatur.reading.cues import Frame, Naming, Range, forms, group
from tawatur.reading.latin.phrases import LONGEST_SOURCE, end_of_phrase, head_kind
from tawatur.reading.text import COMMA, WORD, Tokens
from tawatur.reading.verbs import is_grave

_DEFINITE = frozenset({"the", "le", "la", "l'", "this", "ce", "cette", "our", "notre", "nos"})


def outlet_told(
    tokens: Tokens, frame: Frame, within: Range, naming: Naming, language: str
) -> Range | None:
    """Return the outlet to which the speaker of a frame says it, if one stands beside its verb."""
    if frame.beside or frame.rumour or frame.impersonal:
        return None
    verb = frame.cue[1]
    stop = frame.content[0] if frame.content[0] >= verb else frame.end
    if frame.source and verb < frame.source[0] < stop:
        stop = frame.source[0]  # a dit à X Y
    tells = language == "en" and _tells(tokens, frame.cue)
    after = verb if tells else frame.cue[0]
    found = _named(tokens, (after, stop), naming, language, at_once=tells)
    opening = frame.source[0] if frame.source else frame.first
    if found is None and opening - within[0] > 1 and tokens.kinds[opening - 1] == COMMA:
        found = _named(tokens, (within[0], opening - 1), naming, language, at_once=False)
    return found


def _tells(tokens: Tokens, cue: Range) -> bool:
    known = (forms("en").get(word) for word in tokens.words[cue[0] : cue[1]])
    return any(one is not None and one.kind == "tell" for one in known)


def _named(
    tokens: Tokens, within: Range, naming: Naming, language: str, *, at_once: bool
) -> Range | None:
    """Return the first outlet with a name that a range addresses, at its beginning if so told."""
    end, before = within[1], group(language, "before_told")
    for k in range(within[0] + (not at_once), min(end, within[0] + 2 * LONGEST_SOURCE)):
        addressed = at_once and k == within[0]
        asked = tokens.words[k - 2] in group(language, "asked") if k > within[0] + 1 else False
        if k > within[0] and (
            tokens.words[k - 1] in before or (asked and tokens.words[k - 1] in ("by", "par"))
        ):
            addressed = language != "fr" or tokens.words[k - 1] != "a" or is_grave(tokens, k - 1)
        if not addressed or tokens.kinds[k] != WORD:
            continue
        named = k + 1 < end and tokens.text[tokens.starts[k + 1]].isupper()
        first = k + 1 if named and tokens.words[k] in _DEFINITE else k
        phrase = (first, _phrase_end(tokens, first, end, naming, language))
        if _is_named(tokens, phrase) and head_kind(tokens, phrase, language) == "outlet":
            return phrase
    return None


def _phrase_end(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> int:
    """Return where the addressee ends: before a time, a place, or whoever tells it."""
    stop = end_of_phrase(tokens, at, end, language)
    apart = group(language, "after_subject")
    return next(
        (k for k in range(at + 1, stop) if k in naming.times or tokens.words[k] in apart), stop
    )


def _is_named(tokens: Tokens, phrase: Range) -> bool:
    """Return whether a phrase is more than "the paper", which points back to some outlet."""
    first, end = phrase
    capital = any(tokens.text[tokens.starts[k]].isupper() for k in range(first, end))
    return capital or (end > first and tokens.words[first] not in _DEFINITE)
