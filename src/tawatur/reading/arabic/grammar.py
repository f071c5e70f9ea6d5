"""What does Arabic ask for where the chains of a text are worked out?

A source at the end of a sentence vouches for all of it; an outlet named last passes
on what was said; the gender of the verb tells who goes on, and "the minister" whom it
means.
"""

from collections.abc import Mapping

from tawatur.model.reading import EntityType, Link, LocalEntity, SourceKind
from tawatur.model.span import Span
from tawatur.reading.arabic.frames import frames
from tawatur.reading.arabic.phrases import noun_phrase_end, source_in
from tawatur.reading.arabic.titles import Titles, names_again
from tawatur.reading.arabic.words import is_complementiser, told_next
from tawatur.reading.clauses import ends_nested, last_clause, word_count
from tawatur.reading.cues import (
    PEOPLE,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    source_nouns,
    word_set,
)
from tawatur.reading.memory import Chain
from tawatur.reading.text import COLON, WORD, Sentence, Tokens

_RESUMES = 12  # words: more than what a source was issued by, and when
_NEAR_START = 8  # tokens: a name that opens a sentence begins within
_SHORTEST_NESTED = 3  # tokens
_HEAD_WITHIN = 5  # tokens of a source phrase
_ISSUED = ("عن", "صادر", "صادره")
_REASONS = ("اذ", "حيث")
_ACCORDING = ("وفقا", "طبقا", "ووفقا")
_PLURAL = ("ين", "ون")  # of people
_ADVERSATIVE = frozenset({"لكن", "ولكن", "بينما", "فيما", "وفيما", "وبينما"})


class ArabicGrammar:
    """The `tawatur.reading.grammar.Grammar` of Arabic over one text."""

    language = "ar"
    pronouns: Mapping[str, str] = {}  # they are joined to the verb, which shows the gender
    nests_whole = frozenset({"request", "tell", "promise"})
    turns = _ADVERSATIVE | {"لكنه", "لكنها"}
    joining: frozenset[str] = frozenset()
    speaker_at_end = False
    outlet_passes_on = True
    tells_of_speakers = False
    pronoun_is_person = False
    pronoun_of_newcomer = False
    nouns_point_back = True

    __slots__ = ("_begun", "_comment", "_entities", "_naming", "_titles", "_tokens")

    def __init__(self, tokens: Tokens, naming: Naming, entities: Mapping[str, LocalEntity]) -> None:
        """Take a text with its names and its entities by local id."""
        self._tokens, self._naming, self._entities = tokens, naming, entities
        self._titles = Titles(tokens, naming)
        self._begun = False
        self._comment = -1  # the paragraph in which the author comments

    # ------------------------------------------------------------ the walk over sentences

    def note(self, sentence: Sentence) -> None:
        """Note titles, those of the text's head too, and a label that announces a comment."""
        if not self._begun:
            self._titles.note((0, sentence.first))
            self._begun = True
        if sentence.heading:
            return
        self._titles.note((sentence.first, sentence.end))
        first = sentence.first
        labelled = first > 1 and self._tokens.kinds[first - 1] == COLON
        if labelled and self._tokens.words[first - 2] in group("ar", "comments"):
            self._comment = sentence.paragraph

    def frames(self, within: Range) -> tuple[Frame, ...]:
        """Return the frames of one sentence in order of their cues."""
        return frames(self._tokens, within, self._naming)

    def author_tells(self, sentence: Sentence, last: Link) -> bool:
        """Return whether the sentence stands in a paragraph labelled as the author's comment."""
        return self._comment == sentence.paragraph

    def carried_on(self, sentence: Sentence, tail: Chain, last: Chain) -> Chain | None:
        """Return the last speaker's chain for a sentence that opens with "and that"."""
        word = self._tokens.words[sentence.first]
        return last if word.startswith("وان") and is_complementiser(word) else None

    def says_what_was_before(self, within: Range) -> Frame | None:
        """Return nothing: Arabic says so within the sentence, by "which X confirmed"."""
        return None

    # ------------------------------------------------------------ how far words reach

    def covered_from(self, before: Range, frame: Frame, end: int) -> int | None:
        """Return where the clause before the source begins."""
        return last_clause(self._tokens, before, "ar")

    def covers_sentence(self, frame: Frame, end: int) -> bool:
        """Return whether the source is named at the very end."""
        return frame.source is not None and word_count(self._tokens, (frame.end, end)) == 0

    def resumes(self, frame: Frame, end: int) -> bool:
        """Return whether more follows than by whom and when the source was issued."""
        tokens = self._tokens
        words = word_count(tokens, (frame.end, end))
        if not words or words >= _RESUMES:
            return words > 0
        following = next(k for k in range(frame.end, end) if tokens.kinds[k] == WORD)
        return tokens.words[following] not in _ISSUED and following not in self._naming.times

    def nested_end(self, first: int, end: int, frame: Frame) -> int:
        """Return the pause before a clause, or the word such as "whereas", that ends a content.

        What somebody promises or asks for ends where they, or others, say more: ونفى، وقال.
        """
        tokens = self._tokens
        for k in range(first + _SHORTEST_NESTED, end):
            if tokens.kinds[k] != WORD:
                continue
            if ends_nested(tokens, k, (first, end), "ar") or (frame.whole and told_next(tokens, k)):
                return k
        return end

    def beside_is_nested(self, frame: Frame, end: int, *, quoted: bool) -> bool:
        """Return whether a quotation holds the source, or no conjunction joins it."""
        return quoted or not frame.joined

    def turns_at(self, at: int) -> bool:
        """Return whether لكن، بينما، إلا أن or their like stand before ``at``."""
        if at < 2:
            return False
        before, further = self._tokens.words[at - 1], self._tokens.words[at - 2]
        if before in ("ان", "حين"):
            return further in ("الا", "غير", "بيد", "في", "وفي")
        return before in _ADVERSATIVE

    # ------------------------------------------------------------ who it is

    def subject_of(self, within: Range) -> Range | None:
        """Return nothing: what stands before a verb in Arabic is its subject already."""
        return None

    def subject_before(self, frame: Frame, first: int) -> Range | None:
        """Return the body or person of whom the clause before tells, after "for": إذ دعت."""
        if frame.first - first < 2 or self._tokens.words[frame.first - 1] not in _REASONS:
            return None
        for k in range(frame.first - 2, first - 1, -1):
            mention = self._naming.starts.get(k)
            if mention and mention[2] in ("ORG", "PER") and mention[0] < frame.first:
                return k, mention[0]
        return None

    def group_before(self, frame: Frame, first: int) -> Range | None:
        """Return the last people who are named between ``first`` and a plural verb."""
        words = self._tokens.words
        for k in range(frame.first - 1, first - 1, -1):
            key = arabic_noun_key(words[k])
            if key and source_nouns("ar")[key] == SourceKind.GROUP and words[k].endswith(_PLURAL):
                end = noun_phrase_end(self._tokens, k, frame.first, self._naming)
                return source_in(self._tokens, (k, end), self._naming)
        return None

    def person_in(self, sentence: Range) -> Link | None:
        """Return the person whose name opens the sentence."""
        first, end = sentence
        found = self._naming.first_in((first, min(end, first + _NEAR_START)), PEOPLE)
        if not found:
            return None
        span = self._tokens.span(found[0], found[1])
        return Link(SourceKind.PERSON, span.of(self._tokens.text), span, found[2])

    def named(self, phrase: Range) -> Range:
        """Return the phrase itself: `pointed_to` knows titles."""
        return phrase

    def pointed_to(self, link: Link, last: Link) -> Link:
        """Return the person to whom a title with article points back, or ``link``."""
        return self._titles.pointed_to(link, last)

    def names_again(self, link: Link, known: Link) -> bool:
        """Return whether ``link`` only names ``known`` again: المصدر، المسؤول نفسه."""
        return names_again(link, known)

    def means_document(self, link: Link) -> bool:
        """Return False: "the statement" is a source of its own."""
        return False

    def issues_document(self, frame: Frame, within: Range) -> bool:
        """Return False, as `means_document` does."""
        return False

    def feminine_place(self, frame: Frame) -> bool:
        """Return whether a country after its verb is feminine, as all but a few are."""
        if frame.source is None or frame.source[0] < frame.cue[0]:
            return False
        mention = self._naming.starts.get(frame.source[0])
        if mention is None or mention[2] != EntityType.COUNTRY_OR_CITY:
            return False
        return self._tokens.words[frame.source[0]] not in word_set("ar", "masculine_places")

    def head(self, phrase: Range) -> str | None:
        """Return the kind of source that the first noun of the table in the phrase makes."""
        for word in self._tokens.words[phrase[0] : min(phrase[1], phrase[0] + _HEAD_WITHIN)]:
            key = arabic_noun_key(word)
            if key:
                return source_nouns("ar")[key]
        return None

    def spelled(self, phrase: Range, frame: Frame) -> Span:
        """Return where a source is written, without what is joined to its first word."""
        span = self._tokens.span(*phrase)
        return Span(span.start + self._joined_letters(phrase, frame), span.end)

    def _joined_letters(self, phrase: Range, frame: Frame) -> int:
        """Return 1 where a conjunction or preposition is joined to the source's first word."""
        first = phrase[0]
        word = self._tokens.words[first]
        if word[:3] in ("وال", "فال") and arabic_noun_key(word) != word and word[:4] != "والد":
            return 1
        mention = self._naming.starts.get(first)
        entity = self._entities.get(mention[1]) if mention else None
        begins = self._tokens.starts[first] + 1
        if entity and any(m.start == begins for m in entity.mentions):
            return 1
        if phrase == frame.via and word[0] == "ل" and arabic_noun_key(word) not in ("", word):
            return 1
        governed = frame.beside and frame.cue[1] == first
        joined = governed and word[0] == "ل" and word[:2] != "لل"
        return int(joined and first > 0 and self._tokens.words[first - 1] in _ACCORDING)

    def addressed(self, phrase: Range) -> str:
        """Return whom words are said to, without the preposition written into the name."""
        said = self._tokens.span(*phrase).of(self._tokens.text)
        word = self._tokens.words[phrase[0]]
        joined = word[0] == "ل" and said[0] == "ل"
        if not joined or arabic_noun_key(word) in ("", word):
            return said
        return said[2:] if word.startswith("لل") else said[1:]
