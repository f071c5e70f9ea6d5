"""Whom does a title mean in Arabic, once the name was given (الوزير)?

"The minister" is the last person named with that title before; "the same speaker" is
whoever spoke last.
"""

from bisect import bisect_left

from tawatur.model.reading import Link, SourceKind
from tawatur.reading.cues import PEOPLE, Naming, Range, arabic_noun_key, group, source_nouns
from tawatur.reading.memory import words_of
from tawatur.reading.text import WORD, Tokens

_POINTING = frozenset(("هذا", "هذه", "ذات", "نفس", "ذلك", "تلك"))
_SELF = frozenset(("نفسه", "نفسها", "نفسهم", "ذاته", "ذاتها", "ذاتهم", "عينه", "عينها"))
_TITLE_WITHIN = 6  # tokens between a title's head and the name
_SHORTEST_OWN = 4  # letters, beyond which نا is "our"
_LONGEST = 3  # words of a noun that points back


class Titles:
    """The titles of one text, each with the last name that bore it so far."""

    __slots__ = ("_bearers", "_naming", "_people", "_tokens")

    def __init__(self, tokens: Tokens, naming: Naming) -> None:
        """Begin with no titles noted."""
        self._tokens, self._naming = tokens, naming
        self._people = sorted(k for k, mention in naming.starts.items() if mention[2] in PEOPLE)
        self._bearers: dict[str, int] = {}

    def note(self, within: Range) -> None:
        """Remember the persons of a range by the head of the title before their names."""
        tokens, people, nouns = self._tokens, self._people, source_nouns("ar")
        for k in people[bisect_left(people, within[0]) : bisect_left(people, within[1])]:
            for j in range(k - 1, max(within[0], k - _TITLE_WITHIN) - 1, -1):
                if tokens.kinds[j] != WORD or j in self._naming.times:
                    break
                word = tokens.words[j]
                key = arabic_noun_key(word)
                # After a title with article the name may be its object: the envoy met X.
                known = word.startswith("ال") and key in self._bearers
                if key and nouns[key] == "named person" and not known:
                    self._bearers[key] = k

    def pointed_to(self, link: Link, last: Link) -> Link:
        """Return the link of the person to whom a title with article points back, or ``link``."""
        if link.entity or link.span is None:
            return link
        words = words_of(link.source_text or "")
        if not words or len(words) > _LONGEST:
            return link
        if not words[0].startswith("ال") and words[0] not in _POINTING:
            return link
        kept = [w for w in words if w not in _SELF and w not in _POINTING]
        if not kept:
            return link
        head = kept[0].removeprefix("ال")
        same = len(kept) < len(words)
        if same and last.kind is SourceKind.PERSON and head in group("ar", "any_speaker"):
            return last
        if len(kept) > 2 or source_nouns("ar").get(head) != "named person":
            return link
        at = self._bearers.get(head)
        mention = self._naming.starts.get(at) if at is not None else None
        if at is None or mention is None:
            return link
        span = self._tokens.span(at, mention[0])
        return Link(SourceKind.PERSON, span.of(self._tokens.text), span, mention[1])


def names_again(link: Link, known: Link) -> bool:
    """Return whether ``link`` only names ``known`` again by a noun with article: المصدر."""
    if not link.source_text or not known.source_text:
        return False
    words, told = words_of(link.source_text), words_of(known.source_text)
    if not words or not told or len(words) > _LONGEST:
        return False
    if words[0] in _POINTING:  # this official, the same source
        words = words[1:]
    elif not words[0].startswith("ال") and not words[0].endswith("نا"):  # "our source"
        return False
    own = [w.removesuffix("نا") if len(w) > _SHORTEST_OWN else w for w in words]
    bare = [w.removeprefix("ال") for w in own if w not in _SELF]
    heads = [w.removeprefix("لل").removeprefix("ال").removesuffix("ا") for w in told]
    return bool(bare) and heads[0] == bare[0] and all(w in heads for w in bare)
