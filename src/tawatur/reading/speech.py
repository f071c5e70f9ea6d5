"""Who says it, through whom? Chains of attribution for every stretch of a text.

`listen` walks the sentences in order, with a memory of who spoke last, and
returns stretches of content, each with its chain, outermost link first. What no
one is said to say is the author's. A pronoun or an unexpressed subject stands for
the last speaker of that gender; an open quotation goes on over full stops; "the
source" is the source named before. In a cable, sentences without a cue go on
with the speaker of their paragraph, since it reports a conversation.

Known cost: one memory, no parse; a subject far from its verb is cut at the first pause.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from tawatur.model.reading import AUTHOR, Channel, EntityType, Link, LocalEntity, Manner, SourceKind
from tawatur.reading import arabic, latin
from tawatur.reading.clauses import ends_nested, last_clause, word_count
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
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Sentence, Tokens, fold_words

Chain = tuple[Link, ...]

_ALONE: Chain = (AUTHOR,)
_REMEMBERED = 12
_DEEPEST = 6  # links: nobody passes on through more in one breath
_NEAR_START = 8  # tokens: a name that opens a sentence begins within
_NEAR = 3  # tokens between the start of a content and a frame nested in it
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
    for sentence in sentences:
        if not sentence.heading:
            found += listener.sentence(sentence)
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
        base = self._base(sentence, frames)
        memory.paragraph = sentence.paragraph
        return self._stretches(within, base, frames)

    def _base(self, sentence: Sentence, frames: tuple[Frame, ...]) -> Chain:
        """Return whose words the sentence holds before any cue in it."""
        memory, tokens = self.memory, self.tokens
        if memory.quoting_within not in (-1, sentence.paragraph):
            memory.quoting, memory.quoting_within = None, -1  # an answer ends with its paragraph
        if memory.quoting:
            return _implied(memory.quoting)
        starts_quoted = tokens.kinds[sentence.first] == OPEN
        if starts_quoted and len(memory.last) > 1 and not frames and _all_quoted(tokens, sentence):
            return _implied(memory.last)
        same = sentence.paragraph == memory.paragraph
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
            if nested and frame.whole and frame.kind not in _NESTING_WHOLE:
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
                if last and last.within[1] == frame.first and not frame.joined:
                    # Beside its clause, in the middle or at the end: the clause begins before it.
                    start = last_clause(tokens, last.within, self.language)
                    found.pop()
                    if start > last.within[0]:
                        found.append(replace(last, within=(last.within[0], start)))
                    if any(tokens.kinds[k] == WORD for k in range(frame.end, end)):
                        at = start
                    else:
                        found.append(replace(last, within=(start, last.within[1]), chain=chain))
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
                reach = self._nested_reach(frame.content[0], min(reach, closes or reach))
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

    def _nested_reach(self, first: int, end: int) -> int:
        """Return where a nested content ends: at a pause before a clause, or at "whereas"."""
        for k in range(first + 3, end):
            if self.tokens.kinds[k] == WORD and ends_nested(
                self.tokens, k, (first, end), self.language
            ):
                return k
        return end

    def _nested(self, frame: Frame, content_at: int, closes: int | None) -> bool:
        """Return whether a frame stands within the content of the one before."""
        if content_at < 0:
            return False
        if frame.beside:
            return True
        if closes is not None and frame.cue[0] < closes:
            return not (frame.joined and frame.source is None)
        if frame.joined:
            return False
        if frame.first - content_at <= _NEAR:
            return True
        return self.tokens.kinds[frame.first - 1] != COMMA

    def _subject_of(self, within: Range, frame: Frame, ground: Chain) -> Chain | None:
        """Return the chain of whoever the sentence is about, for "…, saying that"."""
        first = within[0]
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
        if frame.rumour:
            return (*parent, self._cued(self._rumour(frame), frame))
        if frame.source is None:
            return self._resolve(frame, parent)
        link = self._link(frame.source, frame)
        gender = frame.gender
        if frame.gender and len(memory.last) > 1 and self._conflicts(link, frame):
            return self._resolve(replace(frame, source=None), parent, to=link.source_text)
        known = self._known(link)
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
        return chain

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
        chain = memory.last
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
        if len(chain) == 1:
            return parent
        chain = self._again(frame, _implied(chain))
        if to:
            chain = (*chain[:-1], replace(chain[-1], to=to))
        memory.hear(chain, frame.gender if not frame.beside else "")
        return chain

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
        found = self.naming.first_in((first, min(end, first + _NEAR_START)), PEOPLE)
        if not found:
            return None
        span = self.tokens.span(found[0], found[1])
        return Link(SourceKind.PERSON, span.of(self.tokens.text), span, found[2])

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
        span = self.tokens.span(*phrase)
        mention = self._mention(phrase)
        kind = self._kind(phrase, mention)
        link = Link(kind, span.of(self.tokens.text), span, mention[0] if mention else None)
        return self._cued(link, frame)

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
        if not words[0].startswith("ال"):
            return False
        bare = [w.removeprefix("ال") for w in words if w not in ("نفسه", "نفسها", "ذاته", "ذاتها")]
        heads = [w.removeprefix("لل").removeprefix("ال").removesuffix("ا") for w in told]
        return bool(bare) and heads[0] == bare[0] and all(w in heads for w in bare)
    if words[0] not in ("the", "le", "la", "les", "this", "that", "ce", "cette", "cet", "l"):
        return False
    return words[-1] in told and len(told) >= len(words)


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
