"""What do French and English ask for where the chains of a text are worked out?

A quotation may name its speaker at its end, a pronoun may stand for whom the sentence
before names, and a source at the end of a sentence stands behind all of it. In a record,
the author tells what he comments or where he speaks of "us".
"""

from collections.abc import Mapping

from tawatur.model.reading import Link, SourceKind
from tawatur.model.span import Span
from tawatur.reading.clauses import ends_nested, last_clause, word_count
from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Frame,
    Naming,
    Range,
    group,
    phrase_heads,
    source_nouns,
)
from tawatur.reading.latin.frames import frames
from tawatur.reading.latin.phrases import head_kind
from tawatur.reading.latin.quotations import said_before_that
from tawatur.reading.latin.subjects import subject_of
from tawatur.reading.latin.titles import Roles, means_document, names_again
from tawatur.reading.latin.words import PRONOUNS, noun_key
from tawatur.reading.memory import Chain
from tawatur.reading.text import COMMA, OPEN, STOP, WORD, Sentence, Tokens
from tawatur.reading.verbs import verb_at

_UNDER_HEADING = -2  # in place of a paragraph: until the next heading
_COMMENT_WITHIN = 5  # tokens
_DOCUMENT_WITHIN = 12  # words
_SHORTEST_NESTED = 3  # tokens
_ENDS_COMMENT = ("end", "fin")
_BY_DOCUMENT = ("in", "dans", "by", "par")


class LatinGrammar:
    """The `tawatur.reading.grammar.Grammar` of French or English over one text."""

    pronouns: Mapping[str, str] = PRONOUNS
    turns: frozenset[str] = frozenset()
    joining = frozenset({"and", "but", "et", "mais"})
    speaker_at_end = True
    outlet_passes_on = False
    tells_of_speakers = True
    pronoun_of_newcomer = True
    nouns_point_back = False

    __slots__ = (
        "_comment",
        "_naming",
        "_roles",
        "_tokens",
        "language",
        "nests_whole",
        "pronoun_is_person",
    )

    def __init__(self, tokens: Tokens, naming: Naming, language: str) -> None:
        """Take a text with its names; ``language`` is ``fr`` or ``en``."""
        self._tokens, self._naming, self.language = tokens, naming, language
        self._roles = Roles(tokens, naming, language)
        self._comment = -1  # the paragraph in which the author comments
        self.pronoun_is_person = language == "en"  # French il may be a ministry
        # An English past of promising looks like its participle: pledged funds.
        nests = ("request", "tell", "promise") if language == "fr" else ("request", "tell")
        self.nests_whole = frozenset(nests)

    # ------------------------------------------------------------ the walk over sentences

    def note(self, sentence: Sentence) -> None:
        """Take notice of a heading: under "Comment" the author speaks."""
        if sentence.heading:
            marks = group(self.language, "comments")
            words = self._tokens.words[sentence.first : sentence.end]
            self._comment = -1 if marks.isdisjoint(words) else _UNDER_HEADING

    def frames(self, within: Range) -> tuple[Frame, ...]:
        """Return the frames of one sentence in order of their cues."""
        return frames(self._tokens, within, self._naming, self.language)

    def author_tells(self, sentence: Sentence, last: Link) -> bool:
        """Return whether the author of a record tells the sentence himself.

        So it is in his comments, where he speaks of "us", and where somebody else than the
        last speaker is what the sentence is about.
        """
        tokens, first, end = self._tokens, sentence.first, sentence.end
        opening = tokens.words[first : min(end, first + _COMMENT_WITHIN)]
        ends = any(word in opening for word in _ENDS_COMMENT)
        if not ends and not group(self.language, "comments").isdisjoint(opening):
            self._comment = sentence.paragraph
        if self._comment in (sentence.paragraph, _UNDER_HEADING):
            if ends:
                self._comment = -1
            return True
        ourselves = group(self.language, "ourselves")
        if OPEN not in tokens.kinds[first:end] and not ourselves.isdisjoint(
            tokens.words[first:end]
        ):
            return True
        found = self._naming.starts.get(first)
        if found is not None and found[2] in SPEAKERS:
            return found[1] != last.entity
        word = tokens.span(first, first + 1).of(tokens.text)
        return word.isupper() and len(word) > 1

    def carried_on(self, sentence: Sentence, tail: Chain, last: Chain) -> Chain | None:
        """Return who ended the clause before a semicolon for the one after it."""
        after = sentence.first > 0 and self._tokens.words[sentence.first - 1] == ";"
        return tail if after and len(tail) > 1 else None

    def says_what_was_before(self, within: Range) -> Frame | None:
        """Return the frame of "C'est ce qu'a reconnu X"."""
        return said_before_that(self._tokens, within, self._naming, self.language)

    # ------------------------------------------------------------ how far words reach

    def covered_from(self, before: Range, frame: Frame, end: int) -> int | None:
        """Return where what a source named after it covers begins.

        At the end of a sentence it stands behind all of it; in the middle, behind its clause.
        """
        tokens = self._tokens
        if not word_count(tokens, before):
            return None
        clause = last_clause(tokens, before, self.language)
        relative = tokens.words[clause] in phrase_heads(self.language, "relatives")
        return clause if relative or self.resumes(frame, end) else before[0]

    def covers_sentence(self, frame: Frame, end: int) -> bool:
        """Return False: `covered_from` reaches back to where another speaker ends."""
        return False

    def resumes(self, frame: Frame, end: int) -> bool:
        """Return whether more follows, and not only who the source is."""
        tokens, at = self._tokens, frame.end
        relatives = phrase_heads(self.language, "relatives")
        if at + 1 < end and tokens.kinds[at] == COMMA and tokens.words[at + 1] in relatives:
            return False  # …, according to X, who gave no name
        return word_count(tokens, (at, end)) > 0

    def nested_end(self, first: int, end: int, frame: Frame) -> int:
        """Return the pause before a clause, or the word such as "whereas", that ends a content.

        A whole clause ends before the next verb of the same subject, too.
        """
        tokens, whole = self._tokens, frame.whole
        first = max(first, frame.cue[1]) if whole else first
        for k in range(first + (1 if whole else _SHORTEST_NESTED), end):
            if tokens.kinds[k] == WORD and (
                ends_nested(tokens, k, (first, end), self.language)
                or (whole and self._next_verb(k, end))
            ):
                return k
        return end

    def _next_verb(self, at: int, end: int) -> bool:
        """Return whether "and" with a verb of the same subject, or a relative clause, begins."""
        tokens = self._tokens
        if tokens.words[at] in ("and", "et", "but", "mais"):
            return any(verb_at(tokens, k, self.language) for k in range(at + 1, min(end, at + 3)))
        relatives = phrase_heads(self.language, "relatives")
        return tokens.kinds[at - 1] == COMMA and tokens.words[at] in relatives

    def beside_is_nested(self, frame: Frame, end: int, *, quoted: bool) -> bool:
        """Return whether a quotation holds the source, or more of the sentence follows it."""
        return quoted or word_count(self._tokens, (frame.end, end)) > 0

    def turns_at(self, at: int) -> bool:
        """Return False: a pause before "but" says it already."""
        return False

    # ------------------------------------------------------------ who it is

    def subject_of(self, within: Range) -> Range | None:
        """Return the subject of the first verb in a range, if it can speak."""
        return subject_of(self._tokens, within, self._naming, self.language)

    def subject_before(self, frame: Frame, first: int) -> Range | None:
        """Return nothing: French and English verbs have their own subject."""
        return None

    def group_before(self, frame: Frame, first: int) -> Range | None:
        """Return nothing: no frame is plural, since they stands in the text."""
        return None

    def person_in(self, sentence: Range) -> Link | None:
        """Return the first person whom a sentence names, or its subject's role."""
        found = self._naming.first_in(sentence, PEOPLE)
        if found and self._tokens.words[found[1] - 1].endswith("'s"):
            later = self._naming.first_in((found[1], sentence[1]), PEOPLE)
            found = later or found  # Banda's successor, Zimba
        if not found:
            return self._roles.role_in(sentence)
        span = self._tokens.span(found[0], found[1])
        return Link(SourceKind.PERSON, span.of(self._tokens.text), span, found[2])

    def named(self, phrase: Range) -> Range:
        """Return the mention of whom "the minister" means, or the phrase itself."""
        return self._roles.named(phrase)

    def pointed_to(self, link: Link, last: Link) -> Link:
        """Return ``link``: `named` knows roles."""
        return link

    def names_again(self, link: Link, known: Link) -> bool:
        """Return whether ``link`` only names ``known`` again by a noun with article."""
        return names_again(link, known)

    def means_document(self, link: Link) -> bool:
        """Return whether a link only points to a document told of before: the statement."""
        return means_document(link)

    def issues_document(self, frame: Frame, within: Range) -> bool:
        """Return whether the speaker of a frame speaks by a document: in a statement."""
        opening = min(frame.first, frame.source[0] if frame.source else frame.first)
        verb = frame.cue[1]
        return self._by_document((within[0], opening)) or self._by_document(
            (verb, min(within[1], verb + _DOCUMENT_WITHIN))
        )

    def _by_document(self, within: Range) -> bool:
        """Return whether a range holds "in" or "by" and a document."""
        tokens, nouns = self._tokens, source_nouns(self.language)
        for k in range(*within):
            if tokens.kinds[k] == STOP:
                return False
            key = noun_key(tokens.words[k], self.language)
            if key and nouns[key] == "document":
                before = tokens.words[max(within[0], k - 3) : k]
                return any(word in before for word in _BY_DOCUMENT)
        return False

    def feminine_place(self, frame: Frame) -> bool:
        """Return False: the verb shows no gender of a country."""
        return False

    def head(self, phrase: Range) -> str | None:
        """Return the kind of source that the phrase's head noun makes."""
        return head_kind(self._tokens, phrase, self.language)

    def spelled(self, phrase: Range, frame: Frame) -> Span:
        """Return where a source is written, without an English genitive's ending."""
        span = self._tokens.span(*phrase)
        genitive = self._tokens.words[phrase[1] - 1].endswith("'s")
        return Span(span.start, span.end - 2) if genitive else span

    def addressed(self, phrase: Range) -> str:
        """Return whom words are said to, as written."""
        return self._tokens.span(*phrase).of(self._tokens.text)
