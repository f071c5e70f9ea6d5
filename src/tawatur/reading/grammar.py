"""What must be known of a language to tell who says what in it?

`Grammar` is all that `tawatur.reading.speech` asks of a language, over one text: where
sentences say that somebody speaks, how far what a source stands beside reaches, whom a
title or a pronoun points back to. Whoever adds a language writes one such class, with
its tables, and names it in `speech`.

A grammar only looks at the text: who spoke before is the engine's to remember. What it
keeps itself (titles by the names that bore them, comments of the author) it takes from
the sentences that it was shown by `note`, in order.
"""

from collections.abc import Mapping
from typing import Protocol

from tawatur.model.reading import EventType, Link, Modality
from tawatur.model.span import Span
from tawatur.reading.cues import Frame, Naming, Range
from tawatur.reading.memory import Chain
from tawatur.reading.text import Sentence, Tokens


class Grammar(Protocol):
    """The grammar of one language over one text; ranges are of its tokens."""

    @property
    def language(self) -> str:
        """Return whose tables hold: ``ar``, ``fr`` or ``en``."""
        ...  # a protocol has no body, here and below

    @property
    def pronouns(self) -> Mapping[str, str]:
        """Return the folded pronouns that can be a subject, with their gender or nothing."""
        ...

    @property
    def nests_whole(self) -> frozenset[str]:
        """Return the kinds of frames whose own clause may be what somebody else says."""
        ...

    @property
    def turns(self) -> frozenset[str]:
        """Return the words beyond which a source at the end of a sentence vouches for nothing."""
        ...

    @property
    def joining(self) -> frozenset[str]:
        """Return the words that join a clause to what somebody was just said to say."""
        ...

    @property
    def speaker_at_end(self) -> bool:
        """Return whether a quotation of several sentences may name its speaker at its end."""
        ...

    @property
    def outlet_passes_on(self) -> bool:
        """Return whether an outlet named last passes on what the speaker before it said."""
        ...

    @property
    def tells_of_speakers(self) -> bool:
        """Return whether who speaks within a clause is told of by the source beside it."""
        ...

    @property
    def pronoun_is_person(self) -> bool:
        """Return whether a pronoun with a gender always stands for a person."""
        ...

    @property
    def pronoun_of_newcomer(self) -> bool:
        """Return whether a pronoun may stand for whom the sentence before names, though silent."""
        ...

    @property
    def nouns_point_back(self) -> bool:
        """Return whether a noun that names a speaker again is read as that speaker's first name."""
        ...

    # ------------------------------------------------------------ the walk over sentences

    def note(self, sentence: Sentence) -> None:
        """Take notice of a sentence or heading, before anything else is asked of it."""

    def frames(self, within: Range) -> tuple[Frame, ...]:
        """Return the frames of one sentence in order of their cues."""
        ...

    def author_tells(self, sentence: Sentence, last: Link) -> bool:
        """Return whether the author of a record tells the sentence himself, not ``last``."""
        ...

    def carried_on(self, sentence: Sentence, tail: Chain, last: Chain) -> Chain | None:
        """Return whose words a sentence goes on with, if its opening shows that it does.

        ``tail`` is whose words ended the sentence before, ``last`` who spoke last.
        """
        ...

    def says_what_was_before(self, within: Range) -> Frame | None:
        """Return the frame of a sentence that only says whose words the one before was."""
        ...

    # ------------------------------------------------------------ how far words reach

    def covered_from(self, before: Range, frame: Frame, end: int) -> int | None:
        """Return where what a source named after it covers begins; None if it covers nothing."""
        ...

    def covers_sentence(self, frame: Frame, end: int) -> bool:
        """Return whether a source named at the end of a sentence vouches for all of it."""
        ...

    def resumes(self, frame: Frame, end: int) -> bool:
        """Return whether a clause goes on after the phrase that names a source beside it."""
        ...

    def nested_end(self, first: int, end: int, frame: Frame) -> int:
        """Return where a content nested in another, or a whole clause, ends."""
        ...

    def beside_is_nested(self, frame: Frame, end: int, *, quoted: bool) -> bool:
        """Return whether a source beside the clause stands within what another says."""
        ...

    def turns_at(self, at: int) -> bool:
        """Return whether "but" or "while" stands before ``at``: somebody else's turn begins."""
        ...

    # ------------------------------------------------------------ who it is

    def subject_of(self, within: Range) -> Range | None:
        """Return the subject of the first verb in a range, if it can speak."""
        ...

    def subject_before(self, frame: Frame, first: int) -> Range | None:
        """Return whom the clause before tells of, where the frame opens its reason: إذ دعت."""
        ...

    def group_before(self, frame: Frame, first: int) -> Range | None:
        """Return the last people who are named between ``first`` and a plural verb."""
        ...

    def person_in(self, sentence: Range) -> Link | None:
        """Return the person of whom a sentence tells, for a pronoun in the next."""
        ...

    def named(self, phrase: Range) -> Range:
        """Return the name for which a source phrase stands, or the phrase itself."""
        ...

    def pointed_to(self, link: Link, last: Link) -> Link:
        """Return the person to whom a title with article points back, or ``link``."""
        ...

    def names_again(self, link: Link, known: Link) -> bool:
        """Return whether ``link`` only names ``known`` again, by a noun with article."""
        ...

    def means_document(self, link: Link) -> bool:
        """Return whether a link only points to a document told of before: the statement."""
        ...

    def issues_document(self, frame: Frame, within: Range) -> bool:
        """Return whether the speaker of a frame speaks by a document: in a statement."""
        ...

    def feminine_place(self, frame: Frame) -> bool:
        """Return whether the source after its verb is a country that grammar makes feminine."""
        ...

    def head(self, phrase: Range) -> str | None:
        """Return the kind of source that the phrase's head noun makes."""
        ...

    def spelled(self, phrase: Range, frame: Frame) -> Span:
        """Return where a source is written, without the letters joined to it: و, or 's."""
        ...

    def addressed(self, phrase: Range) -> str:
        """Return whom words are said to, as written, without a preposition joined to it."""
        ...


class Moods(Protocol):
    """How one language says as what a thing is said; it keeps nothing of a text."""

    @property
    def promised(self) -> frozenset[Modality]:
        """Return what somebody promises where the verb of saying is one of promising."""
        ...

    @property
    def condition_closes(self) -> bool:
        """Return whether what stands after "if" says nothing of the whole statement."""
        ...

    def says_nothing(self, tokens: Tokens, at: int, end: int, claim: Range) -> bool:
        """Return whether a phrase of mood, ``at`` to ``end``, says nothing of the statement."""
        ...

    def of_form(self, tokens: Tokens, at: int, claim: Range) -> tuple[Modality, int] | None:
        """Return what the form of a word says, and with which strength, if it says anything."""
        ...

    def as_said(
        self,
        tokens: Tokens,
        claim: Range,
        naming: Naming,
        modality: Modality,
        event: EventType,
        *,
        counts: bool,
    ) -> Modality:
        """Return what a modality becomes in the mouth of somebody other than the author.

        ``counts`` says that the statement holds a count.
        """
        ...


class Negation(Protocol):
    """How one language denies; it keeps nothing of a text."""

    @property
    def after_verb(self) -> int:
        """Return within how many tokens from its verb on a negation denies the statement."""
        ...

    def denies_nothing(self, tokens: Tokens, at: int, claim: Range, verb: int | None) -> bool:
        """Return whether the negation at ``at`` denies nothing of the statement itself.

        ``verb`` is where its first verb stands.
        """
        ...

    def denied_behind(self, tokens: Tokens, within: Range) -> bool:
        """Return whether the predicate behind a relative clause is denied."""
        ...
