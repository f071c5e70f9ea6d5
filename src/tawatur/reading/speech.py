"""Who says it, through whom? Chains of attribution for every stretch of a text.

`listen` walks the sentences in order, with a memory of who spoke last, and
returns stretches of content, each with its chain, outermost link first. What no
one is said to say is the author's. A pronoun or an unexpressed subject stands for
the last speaker of that gender; an open quotation goes on over full stops; "the
source" is the source named before. In a cable, sentences without a cue go on
with the speaker of their paragraph, since it reports a conversation.

Known cost: one memory, no parse; a subject far from its verb is cut at the first pause.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace

from tawatur.model.reading import AUTHOR, Channel, EntityType, Link, LocalEntity, Manner, SourceKind
from tawatur.model.span import Span
from tawatur.reading import arabic, latin
from tawatur.reading.clauses import ends_nested, last_clause, verb_at, word_count
from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    phrase_heads,
    source_nouns,
    word_set,
)
from tawatur.reading.text import (
    CLOSE,
    COLON,
    COMMA,
    OPEN,
    OTHER,
    STOP,
    WORD,
    Sentence,
    Tokens,
    fold_words,
)

Chain = tuple[Link, ...]

_ALONE: Chain = (AUTHOR,)
_NO_PERSONS = frozenset((SourceKind.BODY, SourceKind.OUTLET, SourceKind.DOCUMENT))
_REMEMBERED = 12
_DEEPEST = 6  # links: nobody passes on through more in one breath
_NEAR_START = 8  # tokens: a name that opens a sentence begins within
_TURNS = frozenset({"لكن", "ولكن", "بينما", "فيما", "وفيما", "وبينما", "لكنه", "لكنها"})
_RESUMES = 12  # words: more than what a source was issued by, and when
_TITLE_WITHIN = 6  # tokens between a title's head and the name
_NEAR = 3  # tokens between the start of a content and a frame nested in it
_UNDER_HEADING = -2  # in place of a paragraph: until the next heading
_COMMENT_WITHIN = 5  # tokens
_LONGEST_QUOTATION = 12  # stretches
_ROLE = 5  # words of a role before or after its noun
_ROLE_REACH = 10  # words between a role and the name in apposition to it
_TITLED = 4  # words of "the foreign minister"
_DOCUMENT_WITHIN = 12  # words
_DEFINITE = frozenset(("the", "le", "la", "l'", "this", "ce", "cette", "cet"))
_NESTING_WHOLE = frozenset({"request", "tell"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens that one chain covers; ``kinds`` are those of the verbs of saying, outermost first."""

    within: Range
    chain: Chain
    kinds: tuple[str, ...] = ()
    whole: bool = False
    opened: bool = False  # whether a verb of saying opened it


@dataclass(slots=True)
class _Memory:
    """Who spoke last, in all and per gender, and with what chain."""

    last: Chain = _ALONE
    by_gender: dict[str, Chain] = field(default_factory=dict)
    genders: dict[str, Counter[str]] = field(
        default_factory=dict
    )  # entity id or text to genders shown
    recent: list[Chain] = field(default_factory=list)
    quoting: Chain | None = None
    quoting_within: int = -1  # the paragraph that a speaker's label opens; -1 for a quotation
    paragraph: int = -1
    spoke_at: int = -1
    roles: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    roles_ready: bool = False
    document: Chain | None = None  # who issued the document last spoken of
    unspoken: list[int] = field(default_factory=list)  # see `listen`: a quotation's earlier part

    def hear(self, chain: Chain, gender: str) -> None:
        """Remember that ``chain`` has just spoken."""
        self.last = chain
        self.recent = [chain, *self.recent[: _REMEMBERED - 1]]
        if gender and chain[-1].kind is SourceKind.PERSON:
            self.by_gender[gender] = chain


def listen(
    tokens: Tokens,
    sentences: tuple[Sentence, ...],
    language: str,
    naming: Naming,
    entities: dict[str, LocalEntity],
    *,
    conversation: bool,
) -> tuple[Stretch, ...]:
    """Return the content of the sentences in order, each stretch with its chain.

    Args:
        tokens: The whole text's tokens.
        sentences: As `tawatur.reading.text.sentences` returns them; headings are left out.
        language: ``ar``, ``fr`` or ``en``.
        naming: Names and times by token.
        entities: The text's entities by local id.
        conversation: Whether sentences without a cue go on with the last speaker.
    """
    listener = _Listener(tokens, language, naming, entities, conversation)
    found: list[Stretch] = []
    if language == "ar" and sentences:
        listener.people = sorted(k for k, m in naming.starts.items() if m[2] in PEOPLE)
        listener.note_titles((0, sentences[0].first))
    for sentence in sentences:
        if sentence.heading:
            if language != "ar":
                listener.heading(sentence)
            continue
        made = listener.sentence(sentence)
        if language != "ar":
            found = listener.spoken_before(sentence, found, made)
        if language == "fr":
            found = listener.said_just_before(sentence, found)
        found += made
    return tuple(found)


@dataclass(slots=True)
class _Listener:
    tokens: Tokens
    language: str
    naming: Naming
    entities: dict[str, LocalEntity]
    conversation: bool
    memory: _Memory = field(default_factory=_Memory)
    previous: Range = (0, 0)  # the sentence before this one
    current: Range = (0, 0)
    people: list[int] = field(default_factory=list)  # tokens at which persons are named
    titled: dict[str, int] = field(default_factory=dict)  # title to the last name that bore it
    tail: Chain = _ALONE  # whose words ended the sentence before
    comment: int = -1  # the paragraph in which the author comments

    def sentence(self, sentence: Sentence) -> list[Stretch]:
        """Return the stretches of one sentence."""
        memory, tokens = self.memory, self.tokens
        within = (sentence.first, sentence.end)
        self.previous, self.current = self.current, within
        grammar = arabic if self.language == "ar" else latin
        if self.language == "ar":
            frames = grammar.frames(tokens, within, self.naming)
        else:
            frames = latin.frames(tokens, within, self.naming, self.language)
        if self._opens_comment(within):
            self.comment = sentence.paragraph
        base = self._base(sentence, frames)
        memory.paragraph = sentence.paragraph
        if self.language == "ar":
            self.note_titles(within)
        made = self._stretches(within, base, frames)
        self.tail = made[-1].chain if made else base
        return made

    def heading(self, sentence: Sentence) -> None:
        """Take notice of a heading: under "Comment" the author speaks."""
        marks = group(self.language, "comments")
        words = self.tokens.words[sentence.first : sentence.end]
        self.comment = _UNDER_HEADING if any(word in marks for word in words) else -1

    def _tells(self, sentence: Sentence) -> bool:
        """Return whether the author of a record tells the sentence himself.

        So it is in his comments, where he speaks of "us", and where somebody else than the
        last speaker is what the sentence is about.
        """
        tokens = self.tokens
        words = tokens.words[sentence.first : min(sentence.end, sentence.first + _COMMENT_WITHIN)]
        marks = group(self.language, "comments")
        if any(word in marks for word in words) and "end" not in words and "fin" not in words:
            self.comment = sentence.paragraph
        if self.comment in (sentence.paragraph, _UNDER_HEADING):
            return True
        if OPEN not in tokens.kinds[sentence.first : sentence.end] and any(
            tokens.words[k] in group(self.language, "ourselves")
            for k in range(sentence.first, sentence.end)
        ):
            return True
        found = self.naming.starts.get(sentence.first)
        if found is not None and found[2] in SPEAKERS:
            return found[1] != self.memory.last[-1].entity
        first = tokens.span(sentence.first, sentence.first + 1).of(tokens.text)
        return first.isupper() and len(first) > 1

    def spoken_before(
        self, sentence: Sentence, found: list[Stretch], made: list[Stretch]
    ) -> list[Stretch]:
        """Give the stretches of a quotation, in place, to the speaker at its end; return all.

        "We were promised it. Nothing came," she said: the first sentence opens a quotation
        that the second closes.
        """
        memory, tokens = self.memory, self.tokens
        depth = 1 if memory.unspoken else 0
        closed = False
        for k in range(sentence.first, sentence.end):
            kind = tokens.kinds[k]
            depth += (kind == OPEN) - (kind == CLOSE)
            if depth <= 0 and kind == CLOSE:
                closed, depth = True, max(depth, 0)
        if memory.unspoken and closed:
            chain = next((m.chain for m in made if len(m.chain) > 1 and m.chain[-1].cue), None)
            if chain:
                for number in memory.unspoken:
                    found[number] = replace(found[number], chain=chain, kinds=("say",), opened=True)
            memory.unspoken = []
        opens = tokens.kinds[sentence.first] == OPEN and depth > 0 and not memory.quoting
        alone = all(len(m.chain) == 1 or m.chain[-1].cue is None for m in made) or not closed
        if (opens or (memory.unspoken and depth > 0)) and alone:
            numbers = range(len(found), len(found) + len(made))
            memory.unspoken = [*memory.unspoken, *numbers]
            if len(memory.unspoken) > _LONGEST_QUOTATION:
                memory.unspoken = []
        else:
            memory.unspoken = []
        return found

    def _opens_comment(self, within: Range) -> bool:
        """Return whether a label before the sentence says that its author comments."""
        first = within[0]
        label = self.tokens.words[first - 2] if first > 1 else ""
        return (
            self.language == "ar"
            and self.tokens.kinds[first - 1] == COLON
            and label in group("ar", "comments")
        )

    def said_just_before(self, sentence: Sentence, found: list[Stretch]) -> list[Stretch]:
        """Give the last sentence's stretches, in place, to whom this one says it is from."""
        frame = latin.said_before_that(
            self.tokens, (sentence.first, sentence.end), self.naming, self.language
        )
        if frame is None or frame.source is None:
            return found
        chain = (AUTHOR, self._link(frame.source, frame))
        self.memory.hear(chain, "")
        for number in range(len(found) - 1, -1, -1):
            if found[number].within[0] < self.previous[0]:
                break
            if len(found[number].chain) == 1:
                found[number] = replace(found[number], chain=chain)
        return found

    def _base(self, sentence: Sentence, frames: tuple[Frame, ...]) -> Chain:
        """Return whose words the sentence holds before any cue in it."""
        memory, tokens = self.memory, self.tokens
        if memory.quoting_within not in (-1, sentence.paragraph):
            memory.quoting, memory.quoting_within = None, -1  # an answer ends with its paragraph
        if memory.quoting:
            return _implied(memory.quoting)
        if memory.unspoken:  # whose quotation it is comes at its end, if not from before
            return _implied(self.tail)
        starts_quoted = tokens.kinds[sentence.first] == OPEN
        if starts_quoted and len(memory.last) > 1 and not frames and _all_quoted(tokens, sentence):
            return _implied(memory.last)
        same = sentence.paragraph == memory.paragraph
        if self.language != "ar":
            before = tokens.words[sentence.first - 1] if sentence.first else ""
            if before == ";" and len(self.tail) > 1:
                return _implied(self.tail)
            if self.conversation and self._tells(sentence):
                return _ALONE
        elif self.comment == sentence.paragraph:
            same = False
        if same and self.conversation and len(memory.last) > 1:
            return _implied(memory.last)
        word = tokens.words[sentence.first]
        if self.language == "ar" and word.startswith("وان") and arabic.is_complementiser(word):
            return _implied(memory.last)
        return _ALONE

    def _stretches(self, within: Range, base: Chain, frames: tuple[Frame, ...]) -> list[Stretch]:
        """Return what the sentence says, piece by piece, each with its chain.

        A frame inside another's content is nested in it when it opens that content or
        stands in its quotation; one joined by a conjunction or after a pause is its equal.
        """
        memory, tokens = self.memory, self.tokens
        at, end = within
        found: list[Stretch] = []
        closes = self._quote_left(within)
        ground = base if memory.quoting else _ALONE  # whose words a new speaker's stand in
        if closes is not None:
            memory.quoting, memory.quoting_within = None, -1
        kinds: tuple[str, ...] = ()
        current, opened = base, closes is not None or not frames
        content_at = -1  # where the innermost content began; -1 outside any
        whole = False
        heard: Chain | None = None

        def flush(upto: int) -> None:
            nonlocal at, current, kinds, opened, closes, content_at, whole, ground
            if closes is not None and closes < upto:
                if closes >= at:
                    found.append(Stretch((at, closes + 1), current, kinds, whole, opened))
                at = max(at, closes + 1)
                if content_at < 0:
                    ground = _ALONE
                current, kinds, opened, closes, content_at, whole = (
                    ground,
                    (),
                    False,
                    None,
                    -1,
                    False,
                )
            if upto > at:
                found.append(Stretch((at, upto), current, kinds, whole, opened))
                at = upto

        for frame in frames:
            before = frame.content[1] <= frame.cue[0] and not frame.same_speaker
            if frame.cue[0] < at:
                continue
            if before:  # the words stand before the verb
                flush(max(at, frame.content[0]))
                chain = self._chain(frame, ground)
                heard = chain
                found[:] = [
                    # Who was heard to say it within those words stands behind whoever tells it.
                    replace(last, chain=(*chain, *last.chain[len(ground) :]))
                    if last.within[0] >= frame.content[0] and len(last.chain) < _DEEPEST
                    else last
                    for last in found
                ]
                if frame.content[1] > at:
                    found.append(Stretch((at, frame.content[1]), chain, (frame.kind,), False, True))
                at = max(at, frame.end)
                current, kinds, opened, closes, content_at = ground, (), False, None, -1
                continue
            flush(max(at, frame.first))
            nested = self._nested(frame, content_at, closes) and len(current) < _DEEPEST
            vowed = self.language == "ar" and frame.kind == "promise"
            if nested and frame.whole and frame.kind not in _NESTING_WHOLE and not vowed:
                continue
            if nested and frame.pronoun and self._speaks_of_himself(frame, content_at):
                kinds = (*kinds, frame.kind)
                continue
            if frame.same_speaker and frame.source is None:
                if len(current) == 1:
                    teller = heard or self._subject_of(within, frame, ground)
                    if teller is None:
                        continue
                    current = teller if frame.cue[0] == frame.cue[1] else _implied(teller)
                chain = self._again(frame, current)
            elif nested and frame.source is None:
                chain = self._again(frame, current)
            else:
                chain = self._chain(frame, current if nested else ground, nested=nested)
            if not nested:
                heard = chain
            at = max(at, frame.content[0])
            outer = (current, kinds, True, False)
            current, whole, opened = chain, frame.whole, True
            kinds = (*kinds, frame.kind) if nested else (frame.kind,)
            if frame.beside:
                last = found[-1] if found else None
                outer_chain = self._passed_on(chain, outer[0], ground) if nested else None
                if outer_chain and self._ends_clause(frame, end):
                    passed = chain[-1]
                    found[:] = [
                        replace(s, chain=(*ground, passed, *s.chain[len(ground) :]))
                        if len(s.chain) > len(ground)
                        else s
                        for s in found
                    ]
                    chain = outer_chain
                    memory.last = heard = outer_chain
                    last = found[-1] if found else None
                stands = last and (self.language == "ar" or word_count(tokens, last.within))
                if last and stands and last.within[1] == frame.first and not frame.joined:
                    # Beside its clause, in the middle or at the end: the clause begins before it.
                    start = (
                        last_clause(tokens, last.within, self.language)
                        if self.language == "ar"
                        else self._covered(last, frame, end)
                    )
                    found.pop()
                    if start > last.within[0]:
                        found.append(replace(last, within=(last.within[0], start)))
                    if self._all_told(frame, end):
                        self._reattribute(found, ground, chain)
                    if self._goes_on(frame, end):
                        at = start
                    else:
                        inner = last.chain[len(ground) :] if self.language != "ar" else ()
                        found.append(
                            replace(last, within=(start, last.within[1]), chain=(*chain, *inner))
                        )
                elif not nested:
                    ground = chain
                continue
            content_at = frame.content[0]
            if frame.direct:
                closes = self._closing(frame.content[0], end)
                if closes is None:
                    memory.quoting = chain
                    opened_here = tokens.kinds[frame.content[0]] == OPEN
                    memory.quoting_within = -1 if opened_here else memory.paragraph
            reach = frame.content[1]
            if (nested or frame.whole) and not frame.direct:
                reach = self._nested_reach(content_at, min(reach, closes or reach), frame)
            if reach < end and (not closes or reach < closes):
                flush(reach)
                if nested:
                    current, kinds, opened, whole = outer
                else:
                    current, kinds, opened, closes = ground, (), False, None
                    content_at, whole = -1, False
        flush(end)
        if heard is not None:
            memory.last, memory.spoke_at = heard, within[0]
        return [s for s in found if word_count(self.tokens, s.within) >= 2]

    def _all_told(self, frame: Frame, end: int) -> bool:
        """Return whether an Arabic source named at the very end vouches for the whole sentence."""
        rest = word_count(self.tokens, (frame.end, end))
        return self.language == "ar" and rest == 0 and frame.source is not None

    def _reattribute(self, found: list[Stretch], ground: Chain, chain: Chain) -> None:
        """Give ``chain`` to what nobody else was said to say, back to the last "but"."""
        for number in range(len(found) - 1, -1, -1):
            stretch = found[number]
            if stretch.chain != ground or len(chain) <= len(ground):
                return
            first, last = stretch.within
            turn = next(
                (k for k in range(last - 1, first, -1) if self.tokens.words[k] in _TURNS), None
            )
            if turn is not None:
                found[number] = replace(stretch, within=(first, turn))
                found.insert(number + 1, replace(stretch, within=(turn, last), chain=chain))
                return
            found[number] = replace(stretch, chain=chain)

    def _goes_on(self, frame: Frame, end: int) -> bool:
        """Return whether a clause goes on after the phrase that names a source beside it."""
        tokens, at = self.tokens, frame.end
        if self.language != "ar" and at + 1 < end and tokens.kinds[at] == COMMA:
            heads = phrase_heads(self.language, "relatives")
            if tokens.words[at + 1] in heads:
                return False  # …, according to X, who gave no name
        rest = (frame.end, end)
        words = word_count(tokens, rest)
        if self.language != "ar" or not words:
            return words > 0
        following = next(k for k in range(*rest) if tokens.kinds[k] == WORD)
        of_source = self.tokens.words[following] in ("عن", "صادر", "صادره") or (
            following in self.naming.times
        )
        return not of_source or words >= _RESUMES

    def _passed_on(self, chain: Chain, outer: Chain, ground: Chain) -> Chain | None:
        """Return the chain in which an outlet named last passes on what the speaker said."""
        if self.language != "ar" or chain[-1].kind is not SourceKind.OUTLET:
            return None
        if len(outer) <= len(ground) or chain[: len(outer)] != outer:
            return None
        return (*ground, chain[-1], *outer[len(ground) :])

    def _ends_clause(self, frame: Frame, end: int) -> bool:
        """Return whether nothing but a mark follows the phrase that names a source."""
        return frame.end >= end or self.tokens.kinds[frame.end] != WORD

    def _covered(self, last: Stretch, frame: Frame, end: int) -> int:
        """Return where what a source named beside it covers begins.

        At the end of a sentence it stands behind all of it; in the middle, behind its clause.
        """
        tokens = self.tokens
        clause = last_clause(tokens, last.within, self.language)
        goes_on = self._goes_on(frame, end)
        if goes_on or tokens.words[clause] in phrase_heads(self.language, "relatives"):
            return clause
        return last.within[0]

    def _speaks_of_himself(self, frame: Frame, content_at: int) -> bool:
        """Return whether a speaker only says what he himself thinks: he said he hopes."""
        near = frame.first - content_at <= _NEAR
        return self.language != "ar" and near and frame.kind in ("think", "guess", "promise")

    def _nested_reach(self, first: int, end: int, frame: Frame) -> int:
        """Return where a nested content ends: at a pause before a clause, or at "whereas"."""
        whole = frame.whole and self.language != "ar"
        if whole:
            first = max(first, frame.cue[1])
        for k in range(first + (1 if whole else 3), end):
            if self.tokens.kinds[k] == WORD and (
                ends_nested(self.tokens, k, (first, end), self.language)
                or (whole and self._next_verb(k, end))
            ):
                return k
        return end

    def _next_verb(self, at: int, end: int) -> bool:
        """Return whether "and" with a verb of the same subject, or a relative clause, begins."""
        tokens = self.tokens
        if tokens.words[at] in ("and", "et", "but", "mais"):
            return any(verb_at(tokens, k, self.language) for k in range(at + 1, min(end, at + 3)))
        return tokens.kinds[at - 1] == COMMA and tokens.words[at] in phrase_heads(
            self.language, "relatives"
        )

    def _nested(self, frame: Frame, content_at: int, closes: int | None) -> bool:
        """Return whether a frame stands within the content of the one before."""
        if content_at < 0:
            return False
        if frame.beside:
            if self.language == "ar":
                return not (frame.joined and closes is None)
            trails = not any(
                self.tokens.kinds[k] == WORD for k in range(frame.end, self.current[1])
            )
            return closes is not None or not trails
        if closes is None and self._adversative(frame.first):
            return False
        if closes is not None and frame.cue[0] < closes:
            return not (frame.joined and frame.source is None)
        if frame.joined:
            return False
        if frame.first - content_at <= _NEAR:
            return True
        return self.tokens.kinds[frame.first - 1] != COMMA

    def _adversative(self, at: int) -> bool:
        """Return whether "but" or "while" stands before, so that somebody else's turn begins."""
        if self.language != "ar" or at < 2:
            return False
        before, further = self.tokens.words[at - 1], self.tokens.words[at - 2]
        if before in ("ان", "حين"):
            return further in ("الا", "غير", "بيد", "في", "وفي")
        return before in ("لكن", "ولكن", "بينما", "فيما", "وفيما", "وبينما")

    def _subject_of(self, within: Range, frame: Frame, ground: Chain) -> Chain | None:
        """Return the chain of whoever the sentence is about, for "…, saying that"."""
        first = within[0]
        if self.language != "ar" and self.tokens.words[first] in latin.PRONOUNS:
            gender = latin.PRONOUNS[self.tokens.words[first]]
            chain = self._resolve(replace(frame, gender=gender), ground)
            return chain if len(chain) > len(ground) else None
        if self.language != "ar":
            subject = latin.subject_of(
                self.tokens, (first, frame.first), self.naming, self.language
            )
            if subject is not None:
                return (*ground, self._link(subject, frame))
        end = min(frame.first, first + _NEAR_START)
        found = self.naming.first_in((first, end), SPEAKERS) if end > first else None
        if found is None:
            return None
        return (*ground, self._link((found[0], found[1]), frame))

    def _quote_left(self, within: Range) -> int | None:
        """Return where a quotation left open by an earlier sentence closes, if it does here."""
        if not self.memory.quoting:
            return None
        depth = 1
        for k in range(*within):
            if self.tokens.kinds[k] == OPEN:
                depth += 1
            elif self.tokens.kinds[k] == CLOSE:
                depth -= 1
                if depth == 0:
                    return k
        return None

    def _closing(self, opening: int, end: int) -> int | None:
        depth = 0
        for k in range(opening, end):
            if self.tokens.kinds[k] == OPEN:
                depth += 1
            elif self.tokens.kinds[k] == CLOSE:
                depth -= 1
                if depth <= 0:
                    return k
        return None

    # ------------------------------------------------------------ links

    def _chain(self, frame: Frame, parent: Chain, *, nested: bool = False) -> Chain:
        """Return the chain of what a frame opens, and remember who spoke."""
        memory, parent = self.memory, parent[:_DEEPEST]
        if frame.impersonal:
            return _ALONE
        if frame.rumour:
            return (*parent, self._cued(self._rumour(frame), frame))
        if frame.source is None:
            return self._resolve(frame, parent)
        link = self._link(frame.source, frame)
        if self.language == "ar":
            link = self._pointed_to(link, frame)
        if self.language != "ar" and frame.beside and memory.document and _is_document(link):
            return (*_implied(memory.document[:-1]), self._cued(memory.document[-1], frame))
        gender = frame.gender
        if frame.gender and len(memory.last) > 1 and self._conflicts(link, frame):
            return self._resolve(replace(frame, source=None), parent, to=link.source_text)
        known = self._known(link)
        if nested and self.language == "ar" and known is not None and len(parent) > 1:
            same = known[-1].source_text == parent[-1].source_text
            if same and _generic(link, parent[-1]):
                return self._again(frame, parent)  # he says, by the same source's word
        if known is not None and len(parent) == 1:
            chain = (
                *(_implied(known[:-1])),
                self._cued(replace(known[-1], entity=known[-1].entity or link.entity), frame),
            )
            if not _generic(link, known[-1]):
                chain = (*chain[:-1], link)
        else:
            chain = (*parent, link)
        if frame.relayed is not None:
            chain = (*parent, link, self._link(frame.relayed, frame))
        if not frame.beside and gender and link.kind is SourceKind.PERSON:
            memory.genders.setdefault(_key(link), Counter())[gender] += 1
        if not nested:
            memory.hear(chain, gender)
        if self.language != "ar" and self._issues_document(frame):
            memory.document = chain
        return chain

    def _pointed_to(self, link: Link, frame: Frame) -> Link:
        """Return the link of the person that a title with article points back to, or ``link``.

        "The minister" is the last person named with that title before; "the same speaker" is
        whoever spoke last.
        """
        if link.entity or link.span is None or frame.source is None:
            return link
        words = fold_words(link.source_text or "").split()
        if not words or len(words) > 3 or not (words[0].startswith("ال") or words[0] in _POINTING):
            return link
        kept = [w for w in words if w not in _SELF and w not in _POINTING]
        if not kept:
            return link
        head = kept[0].removeprefix("ال")
        same = len(kept) < len(words)
        last = self.memory.last[-1]
        if same and last.kind is SourceKind.PERSON and head in group("ar", "any_speaker"):
            return self._cued(last, frame)
        if arabic_noun_key(head) != head or source_nouns("ar").get(head) != "named person":
            return link
        at = self.titled.get(head)
        mention = self.naming.starts.get(at) if at is not None else None
        if at is None or mention is None or len(kept) > 2:
            return link
        span = self.tokens.span(at, mention[0])
        known = Link(SourceKind.PERSON, span.of(self.tokens.text), span, mention[1])
        return self._cued(known, frame)

    def note_titles(self, within: Range) -> None:
        """Remember the persons of a sentence by the head of the title before their names."""
        nouns = source_nouns("ar")
        people = self.people
        for k in people[bisect_left(people, within[0]) : bisect_left(people, within[1])]:
            for j in range(k - 1, max(within[0], k - _TITLE_WITHIN) - 1, -1):
                if self.tokens.kinds[j] != WORD or j in self.naming.times:
                    break
                word = self.tokens.words[j]
                key = arabic_noun_key(word)
                # After a title with article the name may be its object: the envoy met X.
                known = word.startswith("ال") and key in self.titled
                if key and nouns[key] == "named person" and not known:
                    self.titled[key] = k

    def _issues_document(self, frame: Frame) -> bool:
        """Return whether the speaker of a frame speaks by a document: in a statement."""
        tokens, nouns = self.tokens, source_nouns(self.language)
        for k in range(frame.cue[1], min(self.current[1], frame.cue[1] + _DOCUMENT_WITHIN)):
            if tokens.kinds[k] == STOP:
                return False
            key = latin.noun_key(tokens.words[k], self.language)
            if key and nouns[key] == "document":
                before = tokens.words[max(0, k - 3) : k]
                return any(w in ("in", "dans", "by", "par") for w in before)
        return False

    def _gender(self, link: Link) -> str:
        """Return the gender that most verbs gave the speaker so far, or nothing."""
        shown = self.memory.genders.get(_key(link))
        return max(("m", "f"), key=shown.__getitem__) if shown else ""

    def _conflicts(self, link: Link, frame: Frame) -> bool:
        """Return whether the name after the verb is not its subject.

        He told Mali: a country is feminine. She told him: only verbs with an
        addressee leave the choice.
        """
        if link.kind is SourceKind.BODY and self._is_feminine_place(frame):
            return frame.gender == "m"
        if link.kind is not SourceKind.PERSON or frame.kind not in ("tell", "request"):
            return False
        known = self._gender(link)
        return bool(known) and known != frame.gender

    def _is_feminine_place(self, frame: Frame) -> bool:
        if self.language != "ar" or frame.source is None or frame.source[0] < frame.cue[0]:
            return False
        mention = self.naming.starts.get(frame.source[0])
        word = self.tokens.words[frame.source[0]]
        if mention is None or mention[2] != EntityType.COUNTRY_OR_CITY:
            return False
        return word not in word_set("ar", "masculine_places")

    def _resolve(self, frame: Frame, parent: Chain, to: str | None = None) -> Chain:
        """Return the chain of a speaker who is not named: the last one whom the verb fits."""
        memory = self.memory
        subject = self._clause_before(frame) if len(parent) == 1 else None
        if subject:
            chain = (*parent, subject)
            memory.hear(chain, frame.gender)
            return chain
        chain = memory.last
        if frame.gender and self.language == "en" and chain[-1].kind in _NO_PERSONS:
            # He is no ministry: whoever spoke last and is a person. French il may be one.
            chain = next((c for c in memory.recent if c[-1].kind not in _NO_PERSONS), _ALONE)
        if frame.gender:
            fitting = memory.by_gender.get(frame.gender)
            last_gender = self._gender(chain[-1])
            if last_gender and last_gender != frame.gender and fitting:
                chain = fitting
        if len(parent) > 1 and len(chain) == 1:
            chain = parent
        named = self._person_before(frame) if self._newly_named(frame, chain) else None
        if named:
            chain = (*parent, named)
        if len(chain) == 1 and frame.pronoun is not None:
            # Nobody fits: still it is not the author who says it.
            span = self.tokens.span(*frame.pronoun)
            kind = SourceKind.PERSON if frame.gender else SourceKind.GROUP
            return (*parent, self._cued(Link(kind, span.of(self.tokens.text), span), frame))
        if len(chain) == 1:
            return parent
        chain = self._again(frame, _implied(chain))
        if to:
            chain = (*chain[:-1], replace(chain[-1], to=to))
        memory.hear(chain, frame.gender if not frame.beside else "")
        return chain

    def _clause_before(self, frame: Frame) -> Link | None:
        """Return the body or person of whom the clause before tells, after "for": إذ دعت."""
        first = self.current[0]
        if self.language != "ar" or frame.first - first < 2 or self.memory.spoke_at >= first:
            return None
        if self.tokens.words[frame.first - 1] not in ("اذ", "حيث"):
            return None
        for k in range(frame.first - 2, first - 1, -1):
            mention = self.naming.starts.get(k)
            if mention and mention[2] in ("ORG", "PER") and mention[0] < frame.first:
                return self._link((k, mention[0]), frame)
        return None

    def _newly_named(self, frame: Frame, chain: Chain) -> bool:
        """Return whether a pronoun stands for somebody named since the last speaker spoke."""
        if len(chain) == 1:
            return bool(frame.gender)
        return (
            bool(frame.gender) and self.language != "ar" and self.memory.spoke_at < self.previous[0]
        )

    def _person_before(self, frame: Frame) -> Link | None:
        """Return the person whose name opens the sentence before."""
        first, end = self.previous
        reach = end if self.language != "ar" else min(end, first + _NEAR_START)
        found = self.naming.first_in((first, reach), PEOPLE)
        if not found:
            return self._role_in(self.previous) if self.language != "ar" else None
        span = self.tokens.span(found[0], found[1])
        return Link(SourceKind.PERSON, span.of(self.tokens.text), span, found[2])

    def _role_in(self, sentence: Range) -> Link | None:
        """Return the person whom the subject of a sentence names by a role: the ambassador."""
        tokens, nouns = self.tokens, source_nouns(self.language)
        first, end = sentence
        for k in range(first, min(end, first + 2 * _NEAR_START)):
            word = tokens.words[k]
            if verb_at(tokens, k, self.language):
                return None
            key = latin.noun_key(word, self.language)
            if key and nouns[key] in ("named person", "anonymous source"):
                start = k
                while start > first and tokens.kinds[start - 1] == WORD and k - start < _ROLE:
                    start -= 1
                span = tokens.span(start, k + 1)
                return Link(SourceKind(nouns[key]), span.of(tokens.text), span)
        return None

    def _titled(self, phrase: Range) -> tuple[int, int, str] | None:
        """Return the mention of whom "the minister" means: the last who was called so before.

        The role stands before the name (Minister X) or beside it (X, the minister).
        """
        tokens = self.tokens
        words = [tokens.words[k] for k in range(*phrase) if tokens.kinds[k] == WORD]
        if not 2 <= len(words) <= _TITLED or words[0] not in _DEFINITE:
            return None
        role = words[-1] if self.language == "en" else words[1]
        if source_nouns(self.language).get(latin.noun_key(role, self.language)) != "named person":
            return None
        return self._roles_before(role, phrase[0])

    def _roles_before(self, role: str, at: int) -> tuple[int, int, str] | None:
        if not self.memory.roles_ready:
            self._note_roles()
        mentions = self.memory.roles.get(role, [])
        before = bisect_left(mentions, (at, 0, ""))
        return mentions[before - 1] if before else None

    def _note_roles(self) -> None:
        """Remember each person's mentions by the role nouns that stand beside them."""
        tokens, memory, nouns = self.tokens, self.memory, source_nouns(self.language)
        memory.roles_ready = True
        for k in sorted(self.naming.starts):
            end, entity, kind = self.naming.starts[k]
            if kind != EntityType.PERSON:
                continue
            near = [*self._before_name(k), *self._after_name(end)]
            for j in near:
                key = latin.noun_key(tokens.words[j], self.language)
                if key and nouns[key] == "named person":
                    memory.roles.setdefault(tokens.words[j], []).append((k, end, entity))

    def _before_name(self, at: int) -> range:
        first, commas = at, 0
        while first > 0 and at - first < _ROLE_REACH:
            kind = self.tokens.kinds[first - 1]
            commas += kind == COMMA
            if kind not in (WORD, COMMA, OTHER) or commas > 1:
                break
            if verb_at(self.tokens, first - 1, self.language):
                break
            first -= 1
        return range(first, at)

    def _after_name(self, end: int) -> range:
        tokens = self.tokens
        if end + 1 >= len(tokens) or tokens.kinds[end] != COMMA:
            return range(end, end)
        stop = end + 1
        while stop < len(tokens) and stop - end < _ROLE and tokens.kinds[stop] == WORD:
            if verb_at(tokens, stop, self.language):
                break
            stop += 1
        return range(end + 1, stop)

    def _again(self, frame: Frame, chain: Chain) -> Chain:
        """Return ``chain`` with the frame's cue on its last link."""
        if len(chain) == 1:
            return chain
        return (*chain[:-1], self._cued(chain[-1], frame))

    def _cued(self, link: Link, frame: Frame) -> Link:
        if frame.cue[0] == frame.cue[1]:  # a quotation goes on: the cue stands in an earlier link
            return link
        cue = self.tokens.span(*frame.cue)
        manner = Manner.DIRECT if frame.direct else Manner.INDIRECT
        channel = self._channel(frame)
        to = self._addressed(frame.to) if frame.to else link.to
        return replace(
            link,
            cue=cue.of(self.tokens.text),
            cue_span=cue,
            manner=manner,
            to=to,
            channel=channel or link.channel,
        )

    def _addressed(self, phrase: Range) -> str:
        """Return whom words are said to, without the Arabic preposition written into the name."""
        said = self.tokens.span(*phrase).of(self.tokens.text)
        word = self.tokens.words[phrase[0]]
        joined = self.language == "ar" and word[0] == "ل" and said[0] == "ل"
        if not joined or arabic_noun_key(word) in ("", word):
            return said
        return said[2:] if word.startswith("لل") else said[1:]

    def _channel(self, frame: Frame) -> Channel | None:
        """Return the way by which the words went, if the frame names it."""
        heads = phrase_heads(self.language, "channels")
        for k in range(
            frame.first,
            min(
                frame.content[0] if frame.content[0] > frame.first else frame.end, frame.first + 40
            ),
        ):
            for words, row in heads.get(self.tokens.words[k], ()):
                if self.tokens.words[k : k + len(words)] == words:
                    return Channel(row["channel"])
        return None

    def _rumour(self, frame: Frame) -> Link:
        span = self.tokens.span(*frame.cue)
        return Link(SourceKind.RUMOUR, span.of(self.tokens.text), span)

    def _link(self, phrase: Range, frame: Frame) -> Link:
        """Return the link that a source phrase names, with the frame's cue."""
        titled = None
        if self.language != "ar":
            titled = self._titled(phrase)
            phrase = titled[:2] if titled else phrase
        span = self.tokens.span(*phrase)
        mention = self._mention(phrase)
        if self.language == "ar":
            span = Span(span.start + self._joined_letters(phrase, frame), span.end)
        kind = self._kind(phrase, mention)
        link = Link(kind, span.of(self.tokens.text), span, mention[0] if mention else None)
        return self._cued(link, frame)

    def _joined_letters(self, phrase: Range, frame: Frame) -> int:
        """Return how many letters joined to a source's first word are no part of its name."""
        word, start = self.tokens.words[phrase[0]], self.tokens.starts[phrase[0]]
        if word[:3] in ("وال", "فال") and arabic_noun_key(word) != word and word[:4] != "والد":
            return 1
        mention = self.naming.starts.get(phrase[0])
        entity = self.entities.get(mention[1]) if mention else None
        if entity and any(m.start == start + 1 for m in entity.mentions):
            return 1
        governed = frame.beside and frame.cue[1] == phrase[0]
        before = self.tokens.words[phrase[0] - 1] if phrase[0] else ""
        return int(
            governed and word[0] == "ل" and word[:2] != "لل" and before in ("وفقا", "طبقا", "ووفقا")
        )

    def _mention(self, phrase: Range) -> tuple[str, str] | None:
        """Return id and type of the name that a source phrase is about: a person before a body."""
        found = self.naming.first_in(phrase, PEOPLE)
        if not found:
            head = self._head(phrase)
            if head in ("anonymous source", "document", "rumour"):
                return None
            found = self.naming.first_in(phrase, SPEAKERS)
            if found and found[3] == "GPE" and found[0] > phrase[0]:
                return None  # "the presidency of X" is not X
        return (found[2], found[3]) if found else None

    def _head(self, phrase: Range) -> str | None:
        """Return the kind of source that the phrase's head noun makes.

        An English head stands last before a preposition (state television), a French or
        Arabic one first.
        """
        nouns = source_nouns(self.language)
        found: str | None = None
        for k in range(phrase[0], min(phrase[1], phrase[0] + 5)):
            word = self.tokens.words[k]
            if found and word in group(self.language, "head_ends"):
                break
            key = (
                arabic_noun_key(word)
                if self.language == "ar"
                else latin.noun_key(word, self.language)
            )
            if key:
                found = nouns[key]
                if self.language != "en":
                    break
        return found

    def _kind(self, phrase: Range, mention: tuple[str, str] | None) -> SourceKind:
        head = self._head(phrase)
        if mention and mention[1] == EntityType.PERSON:
            return SourceKind.PERSON
        if head:
            return SourceKind(head)
        if mention:
            return SourceKind.BODY
        return SourceKind.GROUP

    def _known(self, link: Link) -> Chain | None:
        """Return the chain up to the speaker that ``link`` names again, if it spoke lately."""
        for chain in self.memory.recent[:6]:
            for at in range(len(chain) - 1, 0, -1):
                known = chain[at]
                if link.entity and known.entity == link.entity and link.kind == known.kind:
                    return chain[: at + 1]
                if not link.entity and _generic(link, known, self.language):
                    return chain[: at + 1]
        return None


def _key(link: Link) -> str:
    return link.entity or link.source_text or ""


def _generic(link: Link, known: Link, language: str = "ar") -> bool:
    """Return whether ``link`` only names ``known`` again by a noun with article ("the source")."""
    if not link.source_text or not known.source_text:
        return False
    words, told = fold_words(link.source_text).split(), fold_words(known.source_text).split()
    if not words or not told or len(words) > 3:
        return False
    if language == "ar":
        if words[0] in _POINTING:  # this official, the same source
            words = words[1:]
        elif not words[0].startswith("ال") and not words[0].endswith("نا"):  # "our source"
            return False
        words = [w.removesuffix("نا") if len(w) > 4 else w for w in words]
        bare = [w.removeprefix("ال") for w in words if w not in _SELF]
        heads = [w.removeprefix("لل").removeprefix("ال").removesuffix("ا") for w in told]
        return bool(bare) and heads[0] == bare[0] and all(w in heads for w in bare)
    if words[0] not in ("the", "le", "la", "les", "this", "that", "ce", "cette", "cet", "l"):
        return False
    return words[-1] in told and len(told) >= len(words)


_POINTING = frozenset(("هذا", "هذه", "ذات", "نفس", "ذلك", "تلك"))
_SELF = frozenset(("نفسه", "نفسها", "نفسهم", "ذاته", "ذاتها", "ذاتهم", "عينه", "عينها"))


def _is_document(link: Link) -> bool:
    """Return whether a link only points to a document told of before: the text, the statement."""
    words = fold_words(link.source_text or "").split()
    return link.kind is SourceKind.DOCUMENT and len(words) == 2 and words[0] in _DEFINITE


def _implied(chain: Chain) -> Chain:
    """Return ``chain`` as it goes on without being named again."""
    return tuple(
        link
        if link.kind is SourceKind.AUTHOR
        else replace(link, cue=None, cue_span=None, manner=Manner.IMPLIED)
        for link in chain
    )


def _all_quoted(tokens: Tokens, sentence: Sentence) -> bool:
    """Return whether nothing but the quotation stands in the sentence."""
    depth, outside = 0, 0
    for k in range(sentence.first, sentence.end):
        kind = tokens.kinds[k]
        depth += (kind == OPEN) - (kind == CLOSE)
        outside += kind == WORD and depth == 0
    return outside <= 2
