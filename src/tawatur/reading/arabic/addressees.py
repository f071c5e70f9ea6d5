"""Which outlet is told in Arabic (قال لصحيفة X، في تصريح لإذاعة X، في مقابلة مع قناة X)?

An outlet that was told passes the words on.
"""

from tawatur.reading.arabic.phrases import closing_mark, noun_phrase_end
from tawatur.reading.arabic.words import bare, is_outlet, is_utterance
from tawatur.reading.cues import Frame, Naming, Range, arabic_noun_key
from tawatur.reading.text import COMMA, OPEN, WORD, Tokens

_TO = frozenset({"مع", "الي", "علي", "عبر", "ل"})  # after an interview, a statement
_OCCASION = 3  # words of an interview before whom it is given to: في حديث خاص مع
_LONGEST = 24  # tokens between a verb and the outlet


def outlet_told(tokens: Tokens, frame: Frame, within: Range, naming: Naming) -> Range | None:
    """Return the outlet to which the speaker of a frame says it, if one stands beside its verb."""
    if frame.beside or frame.rumour or frame.impersonal or frame.relayed:
        return None
    if frame.to is not None and (
        _is_quoted(tokens, frame.to)
        or (is_outlet(tokens, frame.to[0]) and frame.to[1] - frame.to[0] > 1)
    ):
        return frame.to
    verb = frame.cue[1]
    opening = min(frame.first, frame.source[0] if frame.source else frame.first)
    stretches = [(verb, frame.content[0])]
    if opening - within[0] > 1 and (
        tokens.kinds[opening - 1] == COMMA or bare(tokens.words[within[0]]) == "في"
    ):
        stretches.append((within[0], opening))
    return next((told for s in stretches if (told := _told_in(tokens, s, naming))), None)


def _told_in(tokens: Tokens, within: Range, naming: Naming) -> Range | None:
    """Return the outlet with a name to which something in a range is addressed."""
    for k in range(within[0], min(within[1], within[0] + _LONGEST)):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            continue
        first: int | None = None
        if word[0] == "ل" and len(word) > 1 and is_outlet(tokens, k):
            first = k if arabic_noun_key(word) != word and not word.startswith("لل") else None
        elif word in _TO and k + 1 < within[1] and _is_occasion(tokens, within[0], k):
            named = tokens.kinds[k + 1] == OPEN or is_outlet(tokens, k + 1)
            first = k + 1 if named else None
        if first is not None:
            return _phrase(tokens, first, within[1], naming)
    return None


def _phrase(tokens: Tokens, at: int, end: int, naming: Naming) -> Range | None:
    """Return the outlet that begins at ``at`` with its name; None for "the paper" alone."""
    if tokens.kinds[at] == OPEN:
        closing = closing_mark(tokens, at, end)
        return (at + 1, closing) if closing else None
    stop = noun_phrase_end(tokens, at, end, naming)
    stop = next((k for k in range(at + 1, stop) if k in naming.times), stop)
    return (at, stop) if stop - at > 1 else None


def _is_occasion(tokens: Tokens, first: int, at: int) -> bool:
    """Return whether an interview or a statement stands right before a preposition."""
    return any(is_utterance(bare(tokens.words[k])) for k in range(max(first, at - _OCCASION), at))


def _is_quoted(tokens: Tokens, phrase: Range) -> bool:
    """Return whether a name in quotation marks is addressed, as outlets are: قال لـ«X»."""
    return tokens.kinds[phrase[0] - 1] == OPEN and tokens.words[phrase[0] - 2] == "ل"
