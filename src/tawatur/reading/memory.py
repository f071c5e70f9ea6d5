"""Who spoke last, and as whom? What a reader keeps in mind of the speakers of a text.

A speaker is remembered with the whole chain that led to the words. A chain that goes
on without being named again is `implied`: the same links without their cues.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tawatur.model.reading import AUTHOR, Link, Manner, SourceKind
from tawatur.reading.text import fold_words

Chain = tuple[Link, ...]

ALONE: Chain = (AUTHOR,)
_REMEMBERED = 12


@lru_cache(maxsize=2_000)
def words_of(said: str) -> tuple[str, ...]:
    """Return the folded words of a source as it was named."""
    return tuple(fold_words(said).split())


def implied(chain: Chain) -> Chain:
    """Return ``chain`` as it goes on without being named again."""
    return tuple(
        link
        if link.kind is SourceKind.AUTHOR
        else replace(link, cue=None, cue_span=None, manner=Manner.IMPLIED)
        for link in chain
    )


@dataclass(slots=True)
class Memory:
    """Who spoke last, in all and per gender, and with what chain."""

    last: Chain = ALONE
    by_gender: dict[str, Chain] = field(default_factory=dict)
    genders: dict[str, Counter[str]] = field(default_factory=dict)  # by entity id or text
    recent: list[Chain] = field(default_factory=list)  # the last one first
    spoke_at: int = -1  # first token of the last sentence in which somebody was said to speak
    author_spoke: bool = False  # whether the issuer spoke last, who is the author
    document: Chain | None = None  # who issued the document last spoken of

    def hear(self, chain: Chain, gender: str) -> None:
        """Remember that ``chain`` has just spoken."""
        self.last, self.author_spoke = chain, False
        self.recent = [chain, *self.recent[: _REMEMBERED - 1]]
        if gender and chain[-1].kind is SourceKind.PERSON:
            self.by_gender[gender] = chain

    def note_gender(self, link: Link, gender: str) -> None:
        """Remember the gender that a verb gave a speaker."""
        self.genders.setdefault(_key(link), Counter())[gender] += 1

    def gender(self, link: Link) -> str:
        """Return the gender that most verbs gave the speaker so far, or nothing."""
        shown = self.genders.get(_key(link))
        return max(("m", "f"), key=shown.__getitem__) if shown else ""


def _key(link: Link) -> str:
    return link.entity or link.source_text or ""
