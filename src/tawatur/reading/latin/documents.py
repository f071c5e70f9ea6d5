"""What does something written have in French and English: issued a statement saying that?

Whoever publishes it says it; where nobody does, it speaks for itself: reports that.
"""

from tawatur.reading.cues import Frame, Naming, Range, forms, group, source_nouns
from tawatur.reading.latin.phrases import can_speak
from tawatur.reading.latin.subjects import subject_before, verb_group_start
from tawatur.reading.latin.words import noun_key
from tawatur.reading.text import COMMA, OPEN, WORD, Tokens
from tawatur.reading.verbs import verb_at

_OPENED_WITHIN = 5  # tokens: a report in the media that
_PUBLISHED_WITHIN = 8  # tokens between the verb and what is published


def is_written(word: str, language: str) -> bool:
    """Return whether a word names something written: a statement, reports."""
    return source_nouns(language).get(noun_key(word, language)) == "document"


def document_frame(
    tokens: Tokens, at: int, reach: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of what the document at ``at`` says, by the word of who publishes it."""
    content = _opening(tokens, at, reach[1], language)
    if content is None or content >= reach[1]:
        return None
    published = _published(tokens, at, reach, naming, language)
    if published is None:
        return None
    verb, source = published
    held, direct = (content, reach[1]), tokens.kinds[content] == OPEN
    return Frame(source[0], content, (verb, verb + 1), "say", held, source, direct=direct)


def _opening(tokens: Tokens, at: int, end: int, language: str) -> int | None:
    """Return where what the document says begins: after "that", or "saying" with or without it."""
    that = group(language, "that")
    for k in range(at + 1, min(end - 1, at + 1 + _OPENED_WITHIN)):
        word = tokens.words[k]
        if tokens.kinds[k] not in (WORD, COMMA):
            return None
        if word in that:
            return k + 1 if k == at + 1 or language == "en" else None
        cue = forms(language).get(word)
        if cue is not None and cue.participle and cue.kind in ("say", "claim", "warn", "add"):
            return k + 2 if tokens.words[k + 1] in that else k + 1
        if verb_at(tokens, k, language):
            return None
    return None


def _published(
    tokens: Tokens, at: int, reach: Range, naming: Naming, language: str
) -> tuple[int, Range] | None:
    """Return the verb that publishes the document at ``at``, and its subject."""
    publishing = group(language, "publishing")
    for k in range(at - 1, max(reach[0], at - _PUBLISHED_WITHIN), -1):
        if tokens.kinds[k] != WORD:
            return None
        if tokens.words[k] in publishing and k not in naming.starts:
            start = verb_group_start(tokens, k, reach[0], naming, language)
            source, _, named = subject_before(tokens, start, reach, naming, language, sure=False)
            if source and named and can_speak(tokens, source, naming, language):
                return k, source
            return None
    return None
