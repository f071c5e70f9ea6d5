"""Who and what is named in a text, where, and which names are the same one's?

Three sources of mentions, strongest first: names in the gazetteer and bodies put
together by rule from a head word and what completes it ("وزارة الدفاع الجزائرية",
"كتيبة «…»", "شمال مالي"); the trained tagger (Arabic) or runs of capitals (French,
English); and names learned within the text, so that a person introduced in full
is found again by the last name alone. Mentions then stand together as entities
(`tawatur.reading.same_names`).

Invariants: mentions lie within the given spans; two overlap only where one holds the
other (a person in the name of the government they lead, a state in that of its embassy);
ids are e1, e2 … in order of first mention; nothing depends on anything but the arguments.
"""

from tawatur.model.reading import LocalEntity
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.arabic.names import arabic_mentions
from tawatur.reading.latin.names import latin_mentions
from tawatur.reading.lexicon import LANGUAGES, lexicon
from tawatur.reading.mention import with_aliases
from tawatur.reading.same_names import grouped
from tawatur.reading.stream import stream


def entities(
    text: str, folded: Folded, spans: tuple[Span, ...], language: str
) -> tuple[LocalEntity, ...]:
    """Return the named entities of ``text`` within ``spans``, first mention first.

    Args:
        text: The rendition.
        folded: The same text folded.
        spans: Its content, in original offsets; names are looked for nowhere else.
        language: ``ar``, ``en`` or ``fr``; any other gives nothing.
    """
    if language not in LANGUAGES:
        return ()
    words = stream(text, folded, spans)
    known = lexicon(language)
    find = arabic_mentions if language == "ar" else latin_mentions
    mentions = with_aliases(text, words, find(text, folded, words, known))
    return grouped(text, language, words, mentions)
