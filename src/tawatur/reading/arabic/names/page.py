"""What does a page show before anything on it is taken for a name?

Its words as folded and as written, the phrases of the gazetteer among them, and how the
trained tagger labels each word. A page never changes: the rules ask it about words by
their number and answer with stretches of words, the first included, the last not.
"""

from dataclasses import dataclass

from tawatur.model.reading import EntityType
from tawatur.model.span import Span
from tawatur.model.text import Folded
from tawatur.reading.arabic.names.vocabulary import OPENING, PLACES, SELDOM, words_of
from tawatur.reading.lexicon import Entry, Lexicon, bare, stems
from tawatur.reading.mention import Mention
from tawatur.reading.stream import Covered, Stream, covered, phrase_marks, spelled
from tawatur.reading.tagger import tags

_LONGEST_QUOTE = 8  # words


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what is plain to see of each of its words; words go by their number."""

    text: str
    folded: Folded
    stream: Stream
    known: Lexicon
    words: tuple[str, ...]
    size: int  # words
    vocabulary: frozenset[str]  # the words, each once
    phrases: dict[int, Covered]  # of the gazetteer, by the word with which they begin
    labels: tuple[str, ...]  # the tagger's, one for each word

    def mention(
        self, first: int, last: int, skip: int, kind: EntityType, entry: Entry | None = None
    ) -> Mention:
        """Return words ``first`` to ``last`` (exclusive) as a mention.

        Its first ``skip`` letters come before the name: "ب", "ول".
        """
        start = self.folded.at(self.stream.at[first] + skip)
        head = self.words[first][skip:]
        if head.startswith("لل"):
            head = "ال" + head[2:]
        key = " ".join((head, *self.words[first + 1 : last]))
        return Mention(first, last, Span(start, self.stream.ends[last - 1]), kind, key, entry)

    def follows(self, i: int) -> bool:
        """Return whether word ``i`` is there and nothing but a space lies before it."""
        return i < self.size and not self.stream.opens[i]

    def shown(self, i: int) -> str:
        """Return word ``i`` as it stands in the text, with the mark after its last letter."""
        return self.text[self.stream.starts[i] : self.stream.ends[i] + 1]

    def quoted(self, i: int) -> int:
        """Return the word after a quotation that opens at word ``i``, or ``i`` if none does."""
        if not self.follows(i) or self.words[i] not in OPENING:
            return i
        start, end = self.stream.starts[i], self.stream.ends[i]
        before = self.text[start - 1 : start]
        glued = bool(before) and (before.isalnum() or before in ".!؟?،")
        if self.text[start] == '"' and glued and not self.text[end : end + 1].isalnum():
            return i  # one that closes
        closing = OPENING[self.words[i]]
        for j in range(i + 2, min(i + 2 + _LONGEST_QUOTE, self.size)):
            if self.words[j] == closing:
                return j + 1
        return i

    def place_at(self, i: int) -> Covered | None:
        """Return the place of the gazetteer that begins at word ``i``."""
        phrase = self.phrases.get(i) if self.follows(i) else None
        return phrase if phrase and phrase.entry.type in PLACES else None

    def nationality(self, i: int) -> bool:
        """Return whether word ``i`` is an adjective of nationality with the article."""
        word = self.words[i] if self.follows(i) else ""
        return word.startswith("ال") and word[2:] in self.known.nationalities

    def adjective(self, i: int) -> bool:
        """Return whether word ``i`` is a definite adjective of the kind bodies carry."""
        word = self.words[i] if self.follows(i) else ""
        return word.startswith("ال") and word[2:] in words_of("name_adjectives")

    def definite(self, i: int) -> bool:
        """Return whether word ``i`` is a definite noun or adjective that may complete a name."""
        if not self.follows(i):
            return False
        word = self.words[i]
        core = word[1:] if word.startswith("وال") and len(word) > 5 else word
        if not (
            (core.startswith("ال") and len(core) > 4) or (word.startswith("لل") and len(word) > 4)
        ):
            return False
        if core in words_of("name_stops") or core[2:] in self.known.titles:
            return False
        return not (core is not word and core[2:] in self.known.heads)

    def unknown(self, i: int) -> bool:
        """Return whether word ``i`` is neither an ordinary word nor anything the tables know."""
        if not self.follows(i) or not self.words[i][0].isalpha() or len(self.words[i]) < 3:
            return False
        habits = self.known.habits
        return not any(
            form in habits
            or bare(form) in habits
            or bare(form) in self.known.nationalities
            or bare(form) in self.known.heads
            or bare(form) in self.known.titles
            or form in words_of("name_stops")
            for _, form in stems(self.words[i])
        )

    def common(self, word: str) -> bool:
        """Return whether a word is an ordinary one of running text and no known name."""
        if word in words_of("name_stops"):
            return True
        if word.startswith("ال") or word in self.known.particles:
            return False
        if self.known.name_words.get(word, 0) > SELDOM:
            return False
        habits = self.known.habits.get(word, "")
        return "A" in habits or "S" in habits

    def conjunction(self, i: int) -> bool:
        """Return whether word ``i`` is "فإن", which folding makes the particle of Dutch names."""
        return self.words[i] == "فان" and "إ" in self.shown(i)

    def indefinite(self, i: int) -> bool:
        """Return whether word ``i`` ends as an indefinite accusative does: no name, as a rule."""
        if "\u064b" in self.shown(i)[-2:]:
            return True
        word = self.words[i]
        ordinary = word.endswith("ا") and word[:-1] in self.known.habits
        return ordinary and self.known.name_words.get(word, 0) <= SELDOM

    def office(self, i: int) -> bool:
        """Return whether the word before word ``i`` is an office: "وزير", "قائد"."""
        before = self.words[i - 1] if i and self.follows(i) else ""
        return any(form in self.known.titles for _, form in stems(before)) if before else False


def page_of(text: str, folded: Folded, words: Stream, known: Lexicon) -> Page:
    """Return the page on which ``words`` stand, every word labelled by the trained tagger.

    Args:
        text: The rendition.
        folded: The same text folded.
        words: Its words, within the content.
        known: What is known of Arabic names.
    """
    phrases = covered(words, known)
    return Page(
        text=text,
        folded=folded,
        stream=words,
        known=known,
        words=words.words,
        size=len(words.words),
        vocabulary=frozenset(words.words),
        phrases={phrase.first: phrase for phrase in phrases if not phrase.entry.hint},
        labels=_labels(text, words, phrases),
    )


def _labels(text: str, words: Stream, phrases: tuple[Covered, ...]) -> tuple[str, ...]:
    """Return the tagger's label for every word, sentence by sentence."""
    marks, written = phrase_marks(words, phrases), spelled(text, words)
    sentences = [(written[a:b], marks[a:b]) for a, b in words.sentences()]
    return tuple(label for labels in tags(sentences) for label in labels)
