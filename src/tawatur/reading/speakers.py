"""Who stands behind a verb of saying? From a frame to a chain of links.

A frame names its source by a name, by a title or a noun that points back, by a pronoun,
or not at all: then the last speaker whom the verb's gender fits goes on. A known speaker
keeps the chain in which he spoke. All that differs between languages is asked of the
text's `Grammar`.
"""

from dataclasses import dataclass, replace

from tawatur.model.reading import Channel, EntityType, Link, Manner, SourceKind
from tawatur.reading.cues import PEOPLE, SPEAKERS, Frame, Naming, Range, group, phrase_heads
from tawatur.reading.grammar import Grammar
from tawatur.reading.masthead import Masthead
from tawatur.reading.memory import ALONE, Chain, Memory, implied
from tawatur.reading.text import Tokens

DEEPEST = 6  # links: nobody passes on through more in one breath

_NO_PERSONS = frozenset((SourceKind.BODY, SourceKind.OUTLET, SourceKind.DOCUMENT))
_NEVER_NAMED = ("anonymous source", "document", "rumour")
_NEAR_START = 8  # tokens: a name that opens a sentence begins within
_LATELY = 6  # chains: a noun with article names again only who spoke lately
_CHANNEL_WITHIN = 40  # tokens


@dataclass(slots=True)
class Speakers:
    """The speakers of one text; ``previous`` and ``current`` are sentences, as token ranges."""

    tokens: Tokens
    naming: Naming
    grammar: Grammar
    memory: Memory
    masthead: Masthead
    previous: Range = (0, 0)
    current: Range = (0, 0)

    def chain(self, frame: Frame, parent: Chain, *, nested: bool = False) -> Chain:
        """Return the chain of what a frame opens, and remember who spoke."""
        memory, parent = self.memory, parent[:DEEPEST]
        if frame.impersonal:
            return ALONE
        if frame.rumour:
            return (*parent, self._cued(self._rumour(frame), frame))
        if frame.source is None:
            return self._resolve(frame, parent)
        link = self.link(frame.source, frame)
        issuer = self.masthead.is_issuer(link.source_text or "")
        if issuer and len(parent) == 1 and link.kind is not SourceKind.DOCUMENT:
            memory.author_spoke = True
            return ALONE  # the author speaks of himself
        pointed = self.grammar.pointed_to(link, memory.last[-1])
        if pointed is not link:
            link = self._cued(pointed, frame)
        if frame.beside and memory.document and self.grammar.means_document(link):
            return (*implied(memory.document[:-1]), self._cued(memory.document[-1], frame))
        if frame.gender and len(memory.last) > 1 and self._conflicts(link, frame):
            return self._resolve(replace(frame, source=None), parent, to=link.source_text)
        known = self._known(link)
        if nested and known and self._is_parent(link, known, parent):
            return self.again(frame, parent)  # he says, by the same source's word
        chain = self._as_known(link, known, frame) if known and len(parent) == 1 else None
        chain = chain or (*parent, link)
        if frame.relayed is not None:
            chain = (*parent, link, self.link(frame.relayed, frame))
        told = self.link(frame.teller, frame) if frame.teller else self._outlet_told(frame)
        if told is not None:
            chain = (*parent, told, link)
        if not frame.beside and frame.gender and link.kind is SourceKind.PERSON:
            memory.note_gender(link, frame.gender)
        if not nested:
            memory.hear(chain, frame.gender)
        if self.grammar.issues_document(frame, self.current):
            memory.document = chain
        return chain

    def again(self, frame: Frame, chain: Chain) -> Chain:
        """Return ``chain`` with the frame's cue on its last link."""
        if len(chain) == 1:
            return chain
        return (*chain[:-1], self._cued(chain[-1], frame))

    def subject_of(self, within: Range, frame: Frame, ground: Chain) -> Chain | None:
        """Return the chain of whoever a sentence is about, for "…, saying that"."""
        first = within[0]
        gender = self.grammar.pronouns.get(self.tokens.words[first])
        if gender is not None:
            chain = self._resolve(replace(frame, gender=gender), ground)
            return chain if len(chain) > len(ground) else None
        subject = self.grammar.subject_of((first, frame.first))
        if subject is not None:
            return (*ground, self.link(subject, frame))
        end = min(frame.first, first + _NEAR_START)
        found = self.naming.first_in((first, end), SPEAKERS) if end > first else None
        if found is None:
            return None
        return (*ground, self.link((found[0], found[1]), frame))

    def those_named(self, frame: Frame, speaking: Chain) -> Link | None:
        """Return those whom the sentence names before a plural verb, if one man or body speaks."""
        if not frame.plural or speaking[-1].kind is SourceKind.GROUP:
            return None
        phrase = self.grammar.group_before(frame, self.current[0])
        return self.link(phrase, frame) if phrase else None

    def link(self, phrase: Range, frame: Frame) -> Link:
        """Return the link that a source phrase names, with the frame's cue."""
        phrase = self.grammar.named(phrase)
        head = self.grammar.head(phrase)
        mention = self._mention(phrase, head)
        span = self.grammar.spelled(phrase, frame)
        kind = _kind(head, mention)
        link = Link(kind, span.of(self.tokens.text), span, mention[0] if mention else None)
        return self._cued(link, frame)

    # ------------------------------------------------------------ who is meant

    def _resolve(self, frame: Frame, parent: Chain, to: str | None = None) -> Chain:
        """Return the chain of a speaker who is not named: the last one whom the verb fits."""
        memory = self.memory
        of_person = self.grammar.pronoun_is_person and frame.gender
        if memory.author_spoke and len(parent) == 1 and not of_person:
            return ALONE
        subject = self._clause_before(frame) if len(parent) == 1 else None
        if subject:
            chain = (*parent, subject)
            memory.hear(chain, frame.gender)
            return chain
        chain = self._fitting(frame)
        if len(parent) > 1 and len(chain) == 1:
            chain = parent
        named = self.grammar.person_in(self.previous) if self._newly_named(frame, chain) else None
        if named:
            chain = (*parent, named)
        if len(chain) == 1 and frame.pronoun is not None:
            # Nobody fits: still it is not the author who says it.
            span = self.tokens.span(*frame.pronoun)
            kind = SourceKind.PERSON if frame.gender else SourceKind.GROUP
            return (*parent, self._cued(Link(kind, span.of(self.tokens.text), span), frame))
        if len(chain) == 1:
            return parent
        chain = self.again(frame, implied(chain))
        if to:
            chain = (*chain[:-1], replace(chain[-1], to=to))
        memory.hear(chain, frame.gender if not frame.beside else "")
        return chain

    def _fitting(self, frame: Frame) -> Chain:
        """Return the chain of the last speaker whom the gender of a verb fits."""
        memory, chain = self.memory, self.memory.last
        if frame.plural and chain[-1].kind is not SourceKind.GROUP:
            # They are no single man or body: whoever spoke last and is several.
            return next((c for c in memory.recent if c[-1].kind is SourceKind.GROUP), chain)
        if not frame.gender:
            return chain
        if self._is_several(chain[-1]):
            # He is not those who spoke together: whoever spoke last alone.
            alone = (c for c in memory.recent if len(c) > 1 and not self._is_several(c[-1]))
            chain = next(alone, chain)
        if self.grammar.pronoun_is_person and chain[-1].kind in _NO_PERSONS:
            # He is no ministry: whoever spoke last and is a person.
            chain = next((c for c in memory.recent if c[-1].kind not in _NO_PERSONS), ALONE)
        shown = memory.gender(chain[-1])
        if shown and shown != frame.gender:
            chain = memory.by_gender.get(frame.gender, chain)
        return chain

    def _is_several(self, link: Link) -> bool:
        """Return whether a source stands in the plural, by its first word: ses services."""
        first, _, _ = (link.source_text or "").casefold().partition(" ")
        return first in group(self.grammar.language, "several")

    def _clause_before(self, frame: Frame) -> Link | None:
        """Return the body or person of whom the clause before tells, if nobody spoke since."""
        first = self.current[0]
        if self.memory.spoke_at >= first:
            return None
        phrase = self.grammar.subject_before(frame, first)
        return self.link(phrase, frame) if phrase else None

    def _newly_named(self, frame: Frame, chain: Chain) -> bool:
        """Return whether a pronoun stands for somebody named since the last speaker spoke."""
        if not frame.gender:
            return False
        silent = self.memory.spoke_at < self.previous[0]
        return len(chain) == 1 or (self.grammar.pronoun_of_newcomer and silent)

    def _conflicts(self, link: Link, frame: Frame) -> bool:
        """Return whether the name after the verb is not its subject.

        He told Mali: a country is feminine. She told him: only verbs with an
        addressee leave the choice.
        """
        if link.kind is SourceKind.BODY and self.grammar.feminine_place(frame):
            return frame.gender == "m"
        if link.kind is not SourceKind.PERSON or frame.kind not in ("tell", "request"):
            return False
        known = self.memory.gender(link)
        return bool(known) and known != frame.gender

    def _known(self, link: Link) -> Chain | None:
        """Return the chain up to the speaker that ``link`` names again, if it spoke lately."""
        for chain in self.memory.recent[:_LATELY]:
            for at in range(len(chain) - 1, 0, -1):
                known = chain[at]
                if link.entity:
                    if known.entity == link.entity and link.kind == known.kind:
                        return chain[: at + 1]
                elif self.grammar.names_again(link, known):
                    return chain[: at + 1]
        return None

    def _is_parent(self, link: Link, known: Chain, parent: Chain) -> bool:
        """Return whether a nested source is the one in whose words it stands, named again."""
        return (
            self.grammar.nouns_point_back
            and len(parent) > 1
            and known[-1].source_text == parent[-1].source_text
            and self.grammar.names_again(link, parent[-1])
        )

    def _as_known(self, link: Link, known: Chain, frame: Frame) -> Chain:
        """Return the chain in which a known speaker spoke before, with what names him now."""
        before = implied(known[:-1])
        if not self.grammar.nouns_point_back or not self.grammar.names_again(link, known[-1]):
            return (*before, link)
        entity = known[-1].entity or link.entity
        return (*before, self._cued(replace(known[-1], entity=entity), frame))

    # ------------------------------------------------------------ links

    def _mention(self, phrase: Range, head: str | None) -> tuple[str, str] | None:
        """Return id and type of the name that a source phrase is about: a person before a body."""
        found = self.naming.first_in(phrase, PEOPLE)
        if not found:
            if head in _NEVER_NAMED:
                return None
            found = self.naming.first_in(phrase, SPEAKERS)
            if found and found[3] == EntityType.COUNTRY_OR_CITY and found[0] > phrase[0]:
                return None  # "the presidency of X" is not X
        return (found[2], found[3]) if found else None

    def _outlet_told(self, frame: Frame) -> Link | None:
        """Return the outlet to which a frame's source says it, unless it is the text's own."""
        if frame.via is None:
            return None
        link = replace(self.link(frame.via, frame), kind=SourceKind.OUTLET)
        return None if self.masthead.is_own_outlet(link.source_text or "") else link

    def _rumour(self, frame: Frame) -> Link:
        span = self.tokens.span(*frame.cue)
        return Link(SourceKind.RUMOUR, span.of(self.tokens.text), span)

    def _cued(self, link: Link, frame: Frame) -> Link:
        """Return the link with the words by which the frame says that it speaks, and how."""
        if frame.cue[0] == frame.cue[1]:  # a quotation goes on: the cue stands in an earlier link
            return link
        cue = self.tokens.span(*frame.cue)
        return Link(
            link.kind,
            link.source_text,
            link.span,
            link.entity,
            cue.of(self.tokens.text),
            cue,
            Manner.DIRECT if frame.direct else Manner.INDIRECT,
            self.grammar.addressed(frame.to) if frame.to else link.to,
            self._channel(frame) or link.channel,
        )

    def _channel(self, frame: Frame) -> Channel | None:
        """Return the way by which the words went, if the frame names it."""
        words, heads = self.tokens.words, phrase_heads(self.grammar.language, "channels")
        first = frame.first
        stop = frame.content[0] if frame.content[0] > first else frame.end
        for k in range(first, min(stop, first + _CHANNEL_WITHIN)):
            for phrase, row in heads.get(words[k], ()):
                if words[k : k + len(phrase)] == phrase:
                    return Channel(row["channel"])
        return None


def _kind(head: str | None, mention: tuple[str, str] | None) -> SourceKind:
    """Return what kind of source a phrase names, by its head noun and the name in it."""
    if mention and mention[1] == EntityType.PERSON and head != SourceKind.OUTLET:
        return SourceKind.PERSON
    if head:
        return SourceKind(head)
    return SourceKind.BODY if mention else SourceKind.GROUP
