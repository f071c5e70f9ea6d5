"""Who says it, through whom? Chains of attribution for every stretch of a text.

`listen` walks the sentences in order, with a memory of who spoke last, and
returns stretches of content, each with its chain, outermost link first. What no
one is said to say is the author's. A pronoun or an unexpressed subject stands for
the last speaker of that gender; an open quotation goes on over full stops; "the
source" is the source named before. In a cable, sentences without a cue go on
with the speaker of their paragraph, since it reports a conversation.

What differs between languages is asked of a `Grammar`; who stands behind a verb is
worked out by `Speakers`.

Known cost: one memory, no parse; a subject far from its verb is cut at the first pause.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from tawatur.model.reading import AUTHOR, LocalEntity, SourceKind
from tawatur.reading.arabic import ArabicGrammar
from tawatur.reading.clauses import has_verb, word_count
from tawatur.reading.cues import Frame, Naming, Range, word_set
from tawatur.reading.grammar import Grammar
from tawatur.reading.latin import LatinGrammar
from tawatur.reading.masthead import Masthead
from tawatur.reading.memory import ALONE, Chain, Memory, implied
from tawatur.reading.speakers import DEEPEST, Speakers
from tawatur.reading.tables import rows
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Sentence, Tokens, fold_word

_NEAR = 3  # tokens between the start of a content and a frame nested in it
_LONGEST_QUOTATION = 12  # stretches
_SHORTEST = 2  # words: one alone says nothing
_OF_HIMSELF = frozenset({"think", "guess", "promise"})
_LONGEST_FIGURE = 9  # tokens between two sources: "and at least thirty-one people,"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that one chain covers; ``kinds`` are those of the verbs of saying, outermost first."""

    within: Range
    chain: Chain
    kinds: tuple[str, ...] = ()
    whole: bool = False
    opened: bool = False  # whether a verb of saying opened it


def listen(
    tokens: Tokens,
    sentences: tuple[Sentence, ...],
    language: str,
    naming: Naming,
    entities: dict[str, LocalEntity],
    *,
    conversation: bool,
    masthead: Masthead,
) -> tuple[Stretch, ...]:
    """Return the content of the sentences in order, each stretch with its chain.

    Args:
        tokens: The whole text's tokens.
        sentences: As `tawatur.reading.text.sentences` returns them; headings are left out.
        language: ``ar``, ``fr`` or ``en``.
        naming: Names and times by token.
        entities: The text's entities by local id.
        conversation: Whether sentences without a cue go on with the last speaker.
        masthead: Whom the text names as its own outlet, or as its issuer.
    """
    grammar = _grammar(tokens, language, naming, entities)
    memory = Memory()
    speakers = Speakers(tokens, naming, grammar, memory, masthead)
    listener = _Listener(tokens, grammar, memory, speakers, conversation)
    for sentence in sentences:
        grammar.note(sentence)
        if not sentence.heading:
            listener.hear(sentence)
    return tuple(listener.found)


def _grammar(
    tokens: Tokens, language: str, naming: Naming, entities: dict[str, LocalEntity]
) -> Grammar:
    if language == "ar":
        return ArabicGrammar(tokens, naming, entities)
    return LatinGrammar(tokens, naming, language)


@dataclass(slots=True)
class _Said:
    """What a sentence has said up to a token, and in whose words the walk stands there."""

    at: int
    current: Chain
    ground: Chain  # whose words a new speaker's stand in
    closes: int | None  # where the quotation ends in which the walk stands
    opened: bool
    kinds: tuple[str, ...] = ()
    whole: bool = False
    content_at: int = -1  # where the innermost content began; -1 outside any
    heard: Chain | None = None  # who spoke last in the sentence
    found: list[Stretch] = field(default_factory=list)

    def flush(self, upto: int) -> None:
        """Put down what stands before ``upto``, a quotation that ends there apart."""
        if self.closes is not None and self.closes < upto:
            after = self.closes + 1
            if after > self.at:
                self._put(after)
            if self.content_at < 0:
                self.ground = ALONE
            self.leave()
        if upto > self.at:
            self._put(upto)

    def leave(self) -> None:
        """Go back to whose words the sentence stands in."""
        self.current, self.kinds, self.opened, self.closes = self.ground, (), False, None
        self.content_at, self.whole = -1, False

    def _put(self, upto: int) -> None:
        within = (self.at, upto)
        self.found.append(Stretch(within, self.current, self.kinds, self.whole, self.opened))
        self.at = upto


@dataclass(slots=True)
class _Listener:
    tokens: Tokens
    grammar: Grammar
    memory: Memory
    speakers: Speakers
    conversation: bool
    found: list[Stretch] = field(default_factory=list)
    quoting: Chain | None = None  # whose quotation the sentence before left open
    quoting_within: int = -1  # the paragraph that a speaker's label opens; -1 for a quotation
    unspoken: list[int] = field(default_factory=list)  # stretches of one whose speaker is to come
    paragraph: int = -1
    tail: Chain = ALONE  # whose words ended the sentence before
    other_figure: dict[int, int] = field(default_factory=dict)  # see `_only_a_figure`

    def hear(self, sentence: Sentence) -> None:
        """Add the stretches of one sentence to what was found."""
        within = (sentence.first, sentence.end)
        self.speakers.previous, self.speakers.current = self.speakers.current, within
        frames = self.grammar.frames(within)
        base = self._base(sentence, frames)
        self.paragraph = sentence.paragraph
        made = self._stretches(within, base, frames)
        self.tail = made[-1].chain if made else base
        if self.grammar.speaker_at_end:
            self._speak_for_earlier(within, made)
        self._attribute_sentence_before(within)
        self.found += made

    # ------------------------------------------------------------ over several sentences

    def _base(self, sentence: Sentence, frames: tuple[Frame, ...]) -> Chain:
        """Return whose words the sentence holds before any cue in it."""
        last = self.memory.last
        if self.quoting_within not in (-1, sentence.paragraph):
            self.quoting, self.quoting_within = None, -1  # an answer ends with its paragraph
        if self.quoting:
            return implied(self.quoting)
        if self.unspoken:  # whose quotation it is comes at its end, if not from before
            return implied(self.tail)
        starts_quoted = self.tokens.kinds[sentence.first] == OPEN
        if starts_quoted and len(last) > 1 and not frames and self._all_quoted(sentence):
            return implied(last)
        carried = self.grammar.carried_on(sentence, self.tail, last)
        if carried:
            return implied(carried)
        if not self.conversation or self.grammar.author_tells(sentence, last[-1]):
            return ALONE
        same = sentence.paragraph == self.paragraph
        return implied(last) if same and len(last) > 1 else ALONE

    def _speak_for_earlier(self, within: Range, made: list[Stretch]) -> None:
        """Give the stretches of a quotation to the speaker at its end.

        "We were promised it. Nothing came," she said: the first sentence opens a quotation
        that the second closes.
        """
        if not self.unspoken and self.tokens.kinds[within[0]] != OPEN:
            return
        kinds = self.tokens.kinds[within[0] : within[1]]
        depth, closed = (1 if self.unspoken else 0), False
        for kind in kinds:
            depth += (kind == OPEN) - (kind == CLOSE)
            if depth <= 0 and kind == CLOSE:
                closed, depth = True, 0
        if self.unspoken and closed:
            chain = next((m.chain for m in made if len(m.chain) > 1 and m.chain[-1].cue), None)
            if chain:
                for number in self.unspoken:
                    earlier = self.found[number]
                    self.found[number] = replace(earlier, chain=chain, kinds=("say",), opened=True)
            self.unspoken = []
        opens = kinds[0] == OPEN and depth > 0 and not self.quoting
        if not opens and not (self.unspoken and depth > 0):
            self.unspoken = []
            return
        alone = not closed or all(len(m.chain) == 1 or m.chain[-1].cue is None for m in made)
        numbers = range(len(self.found), len(self.found) + len(made))
        self.unspoken = [*self.unspoken, *numbers] if alone else []
        if len(self.unspoken) > _LONGEST_QUOTATION:
            self.unspoken = []

    def _attribute_sentence_before(self, within: Range) -> None:
        """Give the last sentence's stretches to whom this one says it is from."""
        frame = self.grammar.says_what_was_before(within)
        if frame is None or frame.source is None:
            return
        chain = (AUTHOR, self.speakers.link(frame.source, frame))
        self.memory.hear(chain, "")
        for number in range(len(self.found) - 1, -1, -1):
            stretch = self.found[number]
            if stretch.within[0] < self.speakers.previous[0]:
                break
            if len(stretch.chain) == 1:
                self.found[number] = replace(stretch, chain=chain)

    def _all_quoted(self, sentence: Sentence) -> bool:
        """Return whether nothing but the quotation stands in the sentence."""
        depth, outside = 0, 0
        for kind in self.tokens.kinds[sentence.first : sentence.end]:
            depth += (kind == OPEN) - (kind == CLOSE)
            outside += kind == WORD and depth == 0
        return outside <= _SHORTEST

    # ------------------------------------------------------------ within one sentence

    def _stretches(self, within: Range, base: Chain, frames: tuple[Frame, ...]) -> list[Stretch]:
        """Return what the sentence says, piece by piece, each with its chain."""
        if not frames and not self.quoting:
            enough = word_count(self.tokens, within) >= _SHORTEST
            return [Stretch(within, base, opened=True)] if enough else []
        closes = self._closing(within, 1) if self.quoting else None
        ground = base if self.quoting else ALONE
        if closes is not None:
            self.quoting, self.quoting_within = None, -1
        said = _Said(within[0], base, ground, closes, closes is not None or not frames)
        self.other_figure = {
            one.first: other.first
            for one, other in pairwise(frames)
            if self._only_a_figure(one, other)
        }
        for frame in frames:
            if frame.cue[0] < said.at:
                continue
            if frame.content[1] <= frame.cue[0] and not frame.same_speaker:
                self._words_before(frame, said)
            else:
                self._words_after(frame, said, within)
        said.flush(within[1])
        if said.heard is not None:
            self.memory.last, self.memory.spoke_at = said.heard, within[0]
        return [s for s in said.found if word_count(self.tokens, s.within) >= _SHORTEST]

    def _words_before(self, frame: Frame, said: _Said) -> None:
        """Take a frame whose words stand before its verb."""
        said.flush(max(said.at, frame.content[0]))
        said.heard = chain = self.speakers.chain(frame, said.ground)
        said.found[:] = [
            # Who was heard to say it within those words stands behind whoever tells it.
            replace(last, chain=(*chain, *last.chain[len(said.ground) :]))
            if last.within[0] >= frame.content[0] and len(last.chain) < DEEPEST
            else last
            for last in said.found
        ]
        if frame.content[1] > said.at:
            within = (said.at, frame.content[1])
            said.found.append(Stretch(within, chain, (frame.kind,), opened=True))
        said.at = max(said.at, frame.end)
        said.leave()
        if not frame.direct and self._goes_on(frame.end):
            said.current = implied(chain)

    def _goes_on(self, at: int) -> bool:
        """Return whether a clause joined by "and" or "but" goes on with what was said: , and."""
        tokens = self.tokens
        return tokens.kinds[at : at + 2] == (COMMA, WORD) and (
            tokens.words[at + 1] in self.grammar.joining
        )

    def _words_after(self, frame: Frame, said: _Said, within: Range) -> None:
        """Take a frame whose words follow it, or stand around it.

        A frame inside another's content is nested in it when it opens that content or
        stands in its quotation; one joined by a conjunction or after a pause is its equal.
        """
        said.flush(max(said.at, frame.first))
        nested = self._nested(frame, said, within[1]) and len(said.current) < DEEPEST
        if nested and frame.whole and frame.kind not in self.grammar.nests_whole:
            return
        near = frame.first - said.content_at <= _NEAR
        if nested and near and frame.pronoun and frame.kind in _OF_HIMSELF:
            said.kinds = (*said.kinds, frame.kind)  # he said he hopes: he speaks of himself
            return
        chain = self._speaking(frame, said, within, nested=nested)
        if chain is None:
            return
        if not nested:
            said.heard = chain
        said.at = max(said.at, frame.content[0])
        outer, kinds = said.current, said.kinds
        said.current, said.whole, said.opened = chain, frame.whole, True
        said.kinds = (*kinds, frame.kind) if nested else (frame.kind,)
        if frame.beside:
            self._source_beside(frame, said, outer, within[1], nested=nested)
            return
        said.content_at = frame.content[0]
        if frame.direct:
            self._quote(frame, said, within[1])
        reach = frame.content[1]
        if (nested or frame.whole) and not frame.direct:
            upto = min(reach, said.closes or reach)
            reach = self.grammar.nested_end(said.content_at, upto, frame)
        if reach < within[1] and (not said.closes or reach < said.closes):
            said.flush(reach)
            if nested:
                said.current, said.kinds, said.opened, said.whole = outer, kinds, True, False
            else:
                said.leave()

    def _speaking(self, frame: Frame, said: _Said, within: Range, *, nested: bool) -> Chain | None:
        """Return the chain of what a frame opens; None where nobody can be found who goes on."""
        if frame.same_speaker and frame.source is None:
            if len(said.current) == 1:
                teller = said.heard or self.speakers.subject_of(within, frame, said.ground)
                if teller is None:
                    return None
                said.current = teller if frame.cue[0] == frame.cue[1] else implied(teller)
            return self.speakers.again(frame, said.current)
        if nested and frame.source is None:
            them = self.speakers.those_named(frame, said.current)
            return (*said.current, them) if them else self.speakers.again(frame, said.current)
        if frame.plural and frame.source is None and said.found:
            before = said.found[-1].chain  # they think that …, and fear that …
            if before[-1].kind is SourceKind.GROUP:
                return self.speakers.again(frame, before)
        parent = said.current if nested else said.ground
        return self.speakers.chain(frame, parent, nested=nested)

    def _quote(self, frame: Frame, said: _Said, end: int) -> None:
        """Take notice of where a quotation closes, or that the next sentence goes on with it."""
        opening = frame.content[0]
        said.closes = self._closing((opening, end), 0)
        if said.closes is None:
            self.quoting = said.current
            opened_here = self.tokens.kinds[opening] == OPEN
            self.quoting_within = -1 if opened_here else self.paragraph

    def _source_beside(
        self, frame: Frame, said: _Said, outer: Chain, end: int, *, nested: bool
    ) -> None:
        """Take a source named beside its clause: before it, in its middle or at its end."""
        chain, found = said.current, said.found
        passed = self._passed_on(chain, outer, said.ground) if nested else None
        if passed and self._ends_clause(frame, end):
            size = len(said.ground)
            found[:] = [
                replace(s, chain=(*said.ground, chain[-1], *s.chain[size:]))
                if len(s.chain) > size
                else s
                for s in found
            ]
            chain = self.memory.last = said.heard = passed
        last = found[-1] if found else None
        start: int | None = None
        if last and last.within[1] == frame.first and not frame.joined:
            start = self.grammar.covered_from(last.within, frame, end)
        if last is None or start is None:
            if not nested:
                said.ground = chain
            return
        found.pop()
        if start > last.within[0]:
            found.append(replace(last, within=(last.within[0], start)))
        if self.grammar.covers_sentence(frame, end):
            self._reattribute(found, said.ground, chain)
        apart = frame.first in self.other_figure
        if self.grammar.resumes(frame, end) and not apart:
            said.at = start
            return
        inner = last.chain[len(said.ground) :] if self.grammar.tells_of_speakers else ()
        until = last.within[1]
        second = frame.first in self.other_figure.values()
        words = set(self.tokens.words[start:until]) - word_set(self.grammar.language, "joiners")
        if second and sum(word.isalnum() for word in words) < _SHORTEST:
            until = frame.end  # a number alone says nothing: "200 selon le syndicat"
        found.append(replace(last, within=(start, until), chain=(*chain, *inner)))
        if apart:
            said.leave()
            said.opened = True

    def _only_a_figure(self, one: Frame, other: Frame) -> bool:
        """Return whether a second source gives another figure: 14 selon A, plus de 30 selon B."""
        tokens, first, end = self.tokens, one.end, other.first
        if not (one.beside and other.beside) or not 1 < end - first <= _LONGEST_FIGURE:
            return False
        if any(tokens.kinds[k] in (OPEN, CLOSE) for k in range(first, end)):
            return False
        if has_verb(tokens, (first, end), self.grammar.language):
            return False
        numbers = _numbers(self.grammar.language)
        return any(w[0].isdecimal() or w in numbers for w in tokens.words[first:end])

    def _reattribute(self, found: list[Stretch], ground: Chain, chain: Chain) -> None:
        """Give ``chain`` to what nobody else was said to say, back to the last "but"."""
        words, turns = self.tokens.words, self.grammar.turns
        for number in range(len(found) - 1, -1, -1):
            stretch = found[number]
            if stretch.chain != ground or len(chain) <= len(ground):
                return
            first, last = stretch.within
            turn = next((k for k in range(last - 1, first, -1) if words[k] in turns), None)
            if turn is not None:
                found[number] = replace(stretch, within=(first, turn))
                found.insert(number + 1, replace(stretch, within=(turn, last), chain=chain))
                return
            found[number] = replace(stretch, chain=chain)

    def _passed_on(self, chain: Chain, outer: Chain, ground: Chain) -> Chain | None:
        """Return the chain in which an outlet named last passes on what the speaker said."""
        if not self.grammar.outlet_passes_on or chain[-1].kind is not SourceKind.OUTLET:
            return None
        if len(outer) <= len(ground) or chain[: len(outer)] != outer:
            return None
        return (*ground, chain[-1], *outer[len(ground) :])

    def _ends_clause(self, frame: Frame, end: int) -> bool:
        """Return whether nothing but a mark follows the phrase that names a source."""
        return frame.end >= end or self.tokens.kinds[frame.end] != WORD

    def _nested(self, frame: Frame, said: _Said, end: int) -> bool:
        """Return whether a frame stands within the content of the one before."""
        if said.content_at < 0:
            return False
        quoted = said.closes is not None
        if frame.beside:
            return self.grammar.beside_is_nested(frame, end, quoted=quoted)
        if not quoted and self.grammar.turns_at(frame.first):
            return False
        if said.closes is not None and frame.cue[0] < said.closes:
            return not (frame.joined and frame.source is None)
        if frame.joined:
            return False
        if frame.first - said.content_at <= _NEAR:
            return True
        return self.tokens.kinds[frame.first - 1] != COMMA

    def _closing(self, within: Range, depth: int) -> int | None:
        """Return where a quotation closes in a range, of which ``depth`` marks are open before."""
        kinds = self.tokens.kinds
        for k in range(*within):
            if kinds[k] == OPEN:
                depth += 1
            elif kinds[k] == CLOSE:
                depth -= 1
                if depth <= 0:
                    return k
        return None


@cache
def _numbers(language: str) -> frozenset[str]:
    """Return the folded number words of a language, "one" and articles apart."""
    kinds = ("unit", "teen", "ten", "hundred", "scale", "vague")
    found = (row for row in rows(language, "numerals") if row["kind"] in kinds)
    return frozenset(fold_word(row["word"]) for row in found if row["value"] != "1")
