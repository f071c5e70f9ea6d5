"""Where does the Arabic noun phrase that names a source begin and end?

It is closed by a pause, by a particle or verb that only a clause can hold, and by
the circumstances of saying. Known cost: a long list of names is cut at its length.
"""

from tawatur.reading.arabic.words import bare, cue_at, is_complementiser, is_utterance
from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Naming,
    Range,
    arabic_noun_key,
    group,
    phrase_heads,
    source_nouns,
    word_set,
)
from tawatur.reading.text import (
    BOUNDS,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    END_PAREN,
    OPEN,
    PAREN,
    WORD,
    Tokens,
)
from tawatur.reading.verbs import names_action, verb_at

LONGEST_SOURCE = 12
_SHORT = 3  # letters
_CLOSED_BY = BOUNDS - {OPEN, PAREN}
_SENTENCE_BOUNDS = BOUNDS - {COMMA, CLOSE, PAREN, END_PAREN}
_VERBAL = frozenset(
    {"لم", "لن", "ليس", "ليست", "قد", "فقد", "لقد", "فان", "سوف", "لا", "كان", "كانت"}
)
_SELVES = frozenset({"نفسه", "نفسها", "نفسهم", "ذاته", "ذاتها", "ذاتهم", "عينه", "عينها"})
_NO_CLAUSE_AFTER = frozenset({"الذي", "التي", "الذين", "ما", "بما", "من", "و"})
ON_THE_OCCASION = frozenset(
    {("علي", "هامش"), ("علي", "خلفيه"), ("من", "خلال"), ("علي", "صفحته"), ("علي", "حسابه")}
)
# Words after which the circumstances of saying follow; so they do after "asked not to be named".
_WHILE = frozenset({"لدي", "خلال", "عقب", "اثناء", "عند", "عندما", "حين", "بدوره", "بدورها"})


def content_follows(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether what is said begins at ``at``, or a preposition that introduces it.

    After "according to what X said", فإن opens the sentence and not what X said.
    """
    return at < end and (
        tokens.kinds[at] in (COLON, OPEN)
        or (is_complementiser(tokens.words[at]) and tokens.words[at] != "فان")
        or tokens.words[at] in ("عن", "الي", "علي")
        or tokens.words[at - 1] in ("عن", "الي", "علي")
    )


def end_of_phrase(tokens: Tokens, at: int, end: int, words: tuple[str, ...]) -> int | None:
    """Return the token after the phrase; -1 if its last word is a letter joined to the next."""
    for offset, word in enumerate(words):
        here = at + offset
        if here >= end or tokens.kinds[here] != WORD:
            return None
        found = tokens.words[here]
        if offset == 0 and found != word:
            found = found[1:]
        if word == "ل" and offset == len(words) - 1 and found != "ل":
            return -1 if found.startswith("ل") and len(found) > 3 else None
        if found != word:
            return None
    return at + len(words)


def noun_phrase_end(tokens: Tokens, at: int, end: int, naming: Naming) -> int:
    """Return where the phrase that begins at ``at`` ends: comma, content, verb or bracket."""
    limit = min(end, at + 16)
    here = at
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if here > at and kind == WORD and _clause_begins(tokens, here, naming):
            break
        if here > at + 1 and kind == WORD and _new_phrase(tokens, here, naming):
            break
        if kind == PAREN and here > at:
            break
        if here > at and word == "صحه" and tokens.words[here - 1].startswith("ال"):
            break  # the movement denied the truth of: نفت الحركة صحة
        if here > at and word[:1] == "و" and _another_figure(tokens, here, limit):
            break
        if kind in _CLOSED_BY:
            break
        if kind == OPEN and here > at:
            closing = closing_mark(tokens, here, limit)
            if closing is None or closing - here > 6:
                break
            here = closing + 1
            continue
        if kind == WORD and here > at and (is_complementiser(word) or cue_at(tokens, here)):
            break
        if (
            here > at + 1
            and word[:1] in ("ي", "ت")
            and tokens.words[here - 1] not in word_set("ar", "relatives")
            and verb_at(tokens, here, "ar")
        ):
            break
        here += 1
    return here


def _another_figure(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether "and" opens a figure with its own source: حسب الشرطة و31 حسب الأطباء."""
    heads = phrase_heads("ar", "adverbial_cues")
    cue = next((k for k in range(at + 1, end) if tokens.words[k] in heads), at)
    return any(word.removeprefix("و")[:1].isdecimal() for word in tokens.words[at:cue])


def _clause_begins(tokens: Tokens, at: int, naming: Naming) -> bool:
    """Return whether a word cannot stand within a noun phrase: a particle, a verb in ت or وا."""
    word = tokens.words[at]
    if word in _VERBAL:
        return tokens.words[at - 1] not in _NO_CLAUSE_AFTER
    if at in naming.starts or word[-1] not in ("ت", "ا") or word[-2:] in ("ات", "يا"):
        return False
    return (
        (word[-1] == "ت" or word[-2:] == "وا")
        and tokens.words[at - 1] not in word_set("ar", "relatives")
        and verb_at(tokens, at, "ar")
    )


def _new_phrase(tokens: Tokens, at: int, naming: Naming) -> bool:
    """Return whether an indefinite noun after a closed phrase begins another one."""
    before = tokens.words[at - 1]
    if before in _SELVES:
        return True
    word = tokens.words[at]
    return (
        before.startswith("ال")
        and before not in word_set("ar", "relatives")
        and at not in naming.starts
        and not word.startswith(("ال", "و", "ل", "ب", "ف"))
        and names_action(word, "ar")
    )


def closing_mark(tokens: Tokens, at: int, end: int) -> int | None:
    """Return the token that closes the quotation mark or bracket at ``at``."""
    close = CLOSE if tokens.kinds[at] == OPEN else END_PAREN
    return next((k for k in range(at + 1, end) if tokens.kinds[k] == close), None)


def can_speak(tokens: Tokens, phrase: Range, naming: Naming) -> bool:
    """Return whether the phrase names somebody or something that can be a source."""
    first = phrase[0]
    while first + 1 < phrase[1] and (
        tokens.kinds[first] != WORD or tokens.words[first] in group("ar", "quantifiers")
    ):
        first += 1
    if naming.first_in((first, min(phrase[1], first + 1)), SPEAKERS):
        return True
    return tokens.kinds[first] == WORD and bool(arabic_noun_key(tokens.words[first]))


def is_document(tokens: Tokens, source: Range) -> bool:
    """Return whether a source phrase opens with something written: a statement, a report."""
    nouns = source_nouns("ar")
    return any(
        nouns.get(arabic_noun_key(tokens.words[k])) == "document"
        for k in range(source[0], min(source[1], source[0] + 2))
        if tokens.kinds[k] == WORD
    )


def phrase_before(tokens: Tokens, at: int, within: Range) -> Range | None:
    """Return the noun phrase before the verb at ``at``, back to where its clause begins."""
    here = at
    while here > within[0]:
        kind, word = tokens.kinds[here - 1], tokens.words[here - 1]
        if kind in _SENTENCE_BOUNDS:
            break
        if kind == WORD and here - 1 < at - 1 and is_complementiser(word):
            break
        here -= 1
    while here < at and (
        tokens.kinds[here] != WORD
        or tokens.words[here] in ("كان", "كانت", "وكان", "وكانت", "وقد", "قد", "و")
        or bare(tokens.words[here]) in ("لكن", "بينما", "فيما", "حيث", "اذ", "اما", "كما")
        or is_complementiser(tokens.words[here])
    ):
        here += 1
    end = at
    while end > here and (
        tokens.kinds[end - 1] != WORD or tokens.words[end - 1] in ("قد", "كان", "كانت")
    ):
        end -= 1
    return (here, end) if end > here else None


def source_in(tokens: Tokens, phrase: Range, naming: Naming) -> Range | None:
    """Return the part of a phrase that names its source: to the first name's end, or a pause."""
    first, end = phrase
    while first < end and (
        tokens.kinds[first] != WORD or tokens.words[first] in ("كل", "قد", "من", "وقد")
    ):
        first += 1
    end = _before_circumstances(tokens, (first, end), naming)
    person = naming.first_in((first, end), PEOPLE)
    if person:
        name_end = person[1]
        while name_end < end and naming.starts.get(name_end, (0, "", ""))[2] == "PER":
            name_end = naming.starts[name_end][0]  # one name that was found in two pieces
        if tokens.words[name_end - 1] == "فان":
            name_end -= 1  # it opens the sentence
        if (
            tokens.words[name_end - 1] == "علي"
            and tokens.text[tokens.ends[name_end - 1] - 1] == "ى"
        ):
            name_end -= 1  # the preposition, not the name
        elif name_end == end - 1 and _may_be_surname(tokens, name_end, naming):
            name_end = end
        return (first, name_end) if name_end - first <= LONGEST_SOURCE else (person[0], name_end)
    here = first
    while here < end and here - first < LONGEST_SOURCE:
        kind, word = tokens.kinds[here], tokens.words[here]
        if (
            kind in (COMMA, PAREN, COLON, DASH, CLOSE)
            or word in word_set("ar", "relatives")
            or here in naming.times
            or (here > first and kind == WORD and _clause_begins(tokens, here, naming))
            or (here > first and (word in _WHILE or tokens.words[here + 1 : here + 2] == ("عدم",)))
        ):
            break
        if kind == OPEN and here > first:
            closing = closing_mark(tokens, here, end)
            if not closing:
                break
            here = closing + 1  # a name in quotation marks stays whole
            continue
        here += 1
    if here < end and tokens.kinds[here] == CLOSE and OPEN in tokens.kinds[first:here]:
        here += 1
    ends = group("ar", "source_ends")
    while here > first and (
        (tokens.words[here - 1] in ends and tokens.kinds[here - 1] == WORD)
        or tokens.kinds[here - 1] == OPEN
    ):
        here -= 1
    alone = here == first + 1 and tokens.words[first] in word_set("ar", "joiners")
    if here <= first or alone or tokens.words[first] in group("ar", "no_speakers"):
        return None  # what only joins clauses says nothing
    return first, here


def _may_be_surname(tokens: Tokens, at: int, naming: Naming) -> bool:
    """Return whether the one word between a name and what is said can be no more than its end."""
    word = tokens.words[at]
    return (
        tokens.kinds[at] == WORD
        and len(word) > _SHORT
        and at not in naming.times
        and word[:1] not in ("و", "ف", "ل", "ا")
        and word not in group("ar", "circumstances") | group("ar", "source_ends") | _WHILE
        and not arabic_noun_key(word)
        and not names_action(word, "ar")
        and not verb_at(tokens, at, "ar")
    )


def _before_circumstances(tokens: Tokens, phrase: Range, naming: Naming) -> int:
    """Return where the circumstances of saying begin in a source phrase, or its end."""
    first, end = phrase
    quoted = 0
    for k in range(first + 1, end):
        quoted += (tokens.kinds[k] == OPEN) - (tokens.kinds[k] == CLOSE)
        if tokens.kinds[k] != WORD or k in naming.starts or quoted > 0:
            continue
        word = tokens.words[k]
        if word in group("ar", "source_closers"):
            return k
        after = tokens.words[k + 1] if k + 1 < end else ""
        if word in ("في", "علي", "من") and after:
            if (word, after) in ON_THE_OCCASION or k + 1 in naming.times:
                return k
            if word == "في" and is_utterance(after):
                return k
    return end
