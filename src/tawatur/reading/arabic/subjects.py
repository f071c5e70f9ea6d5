"""Who is the subject of an Arabic verb of saying, and who is spoken to?

The subject follows the verb or stands before it, alone, after a particle that wants a
noun, or as a topic (أما X فقال). Gender and article tell subject from object.
"""

from tawatur.model.text import without_marks
from tawatur.reading.arabic.phrases import (
    LONGEST_SOURCE,
    can_speak,
    closing_mark,
    phrase_before,
    source_in,
)
from tawatur.reading.arabic.words import (
    bare,
    is_complementiser,
    is_definite,
    is_relational,
    is_utterance,
    told_apart,
)
from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Cue,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    source_nouns,
)
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Tokens, fold_word
from tawatur.reading.verbs import names_action, verb_at

ASKING_FROM = frozenset({"طلب", "التمس"})  # verbs under which "من" is whom one asks
_HEADS_BEFORE_LAM = frozenset(
    map(fold_word, ("مدير", "رئيس", "مراسل", "تابع", "تابعه", "عام", "تحرير"))
)
_SHORT_SUBJECT = 4  # tokens
_TOPIC_WITHIN = 14  # tokens
# Particles after which Arabic wants a noun, so that the verb after it has its subject before it.
_NOUN_FOLLOWS = frozenset({"لكن", "ولكن", "لان", "ولان", "كان", "لعل"}) - {"كان"}
_RETOLD_WITHIN = 25  # tokens
PLURAL = 6  # letters of a plural with article, at least
_SOUND_PLURALS = ("ين", "ات")
_ASIDES = 3
OCCASION = 10  # tokens that say where and how something was said
_UNNAMED = frozenset(map(fold_word, ("اسمه", "اسمها", "هويته", "هويتها", "اسمائهم", "هوياتهم")))


def parted(tokens: Tokens, source: Range, cue: Cue, naming: Naming) -> tuple[Range, Range | None]:
    """Return the source, and whom it speaks to where ل or من opens that within the phrase.

    An outlet after ل is addressed (a source told the agency X); ل after another noun may
    be its genitive (the head of the agency) and then stays.
    """
    first, end = source
    told = naming.starts.get(first)
    if cue.kind in ("tell", "act", "request") and told and told[2] in SPEAKERS and told[0] < end:
        other = naming.starts.get(told[0])
        if other and other[2] in SPEAKERS and other[1] != told[1]:
            return (first, told[0]), (told[0], other[0])  # subject and object: X told Y
        after = tokens.words[told[0]]
        if after.startswith("ال") and after.endswith(_SOUND_PLURALS):
            return (first, told[0]), (told[0], end)  # X urged the parties
    for k in range(first + 1, end):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            continue
        if k > first + 1 and _second_noun(tokens, k, (first, end)):
            return (first, k), (k, end)
        if cue.kind in ("tell", "act", "request") and _object_noun(tokens, k, first):
            return (first, k), (k, end)
        if word == "من" and cue.lemma in ASKING_FROM and k + 1 < end:
            return (first, k), (k + 1, end)
        if word == "ل" and k + 1 < end and tokens.kinds[k + 1] == OPEN:
            return (first, k), (k + 2, closing_mark(tokens, k + 1, end) or end)
        genitive = word[:2] == "لل" and not (
            (k == first + 1 and told_apart(tokens, first))
            or (k > first + 1 and is_definite(tokens, k - 1) and k + 1 == end)
        )
        anonymous = told_apart(tokens, first) and k > first
        if (
            anonymous
            and word[0] == "ل"
            and len(word) > 3
            and (k in naming.starts or arabic_noun_key(word) == "مراسل")
            and arabic_noun_key(word) != word
            and tokens.text[tokens.starts[k]] == "ل"
        ):
            return (first, k), (k, end)
        if word[0] == "ل" and not genitive and tokens.words[k - 1] not in _HEADS_BEFORE_LAM:
            key = arabic_noun_key(word)
            if (
                key
                and key != word
                and source_nouns("ar")[key] == "outlet"
                and k not in naming.times
            ):
                return (first, k), (k, end)
    return source, None


def _object_noun(tokens: Tokens, at: int, first: int) -> bool:
    """Return whether a definite source right after a definite one is whom that speaks to."""
    word, before = tokens.words[at], tokens.words[at - 1]
    kind = source_nouns("ar").get(arabic_noun_key(word), "")
    if not word.startswith("ال") or tokens.kinds[at - 1] != WORD or not kind:
        return False
    subject = source_nouns("ar").get(arabic_noun_key(tokens.words[first]), "")
    relational = word.endswith(("ي", "يه")) and kind in ("anonymous source", "group")
    closed = before.startswith("ال") or (
        at == first + 2 and not tokens.words[first].startswith("ال") and is_relational(before)
    )
    return closed and bool(subject) and not relational and kind != "document"


def _second_noun(tokens: Tokens, at: int, phrase: Range) -> bool:
    """Return whether a new noun phrase begins at ``at``: a security source [told] the agency X.

    An outlet after an indefinite adjective can be no genitive; a plural in ات, ين or ون with
    the article cannot be an adjective of a man named before it.
    """
    word, before = tokens.words[at], tokens.words[at - 1]
    if tokens.kinds[at - 1] != WORD or before in ("في", "من", "عن", "علي", "باسم", "و", "الي"):
        return False
    if source_nouns("ar").get(word) == "outlet" or word in ("مراسل", "مراسله"):
        return before.endswith("ي") and not before.startswith("ال")
    head = source_nouns("ar").get(arabic_noun_key(tokens.words[phrase[0]]))
    titled = source_nouns("ar").get(arabic_noun_key(word)) == "named person"
    if titled and word.startswith("ال") and before.startswith("ال") and head == "official body":
        return True  # the body X | the president
    return (
        head == "named person"
        and word.startswith("ال")
        and before.startswith("ال")
        and len(word) > 5
        and word.endswith(("ات", "ين", "ون"))
        and at + 1 == phrase[1] - 1
        and tokens.words[at + 1].startswith("ال")
    )


def speaker_of(
    tokens: Tokens,
    at: int,
    subject_end: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    before: list[Frame],
) -> tuple[Range | None, Range | None, bool]:
    """Return source, addressee, and whether the source stands before the verb."""
    after = (at + 1, subject_end)
    here = at + 1
    while here < subject_end and (
        tokens.kinds[here] != WORD
        or here in naming.times
        or tokens.words[here] in group("ar", "own_saying")
        or tokens.words[here] in ("لي", "لنا")
    ):
        here = max(here + 1, min(subject_end, naming.time_ends.get(here, 0)))
    told_first = _told_first(tokens, here, subject_end, naming)
    if told_first is not None:
        source = source_in(tokens, (told_first[1], subject_end), naming)
        quoted = tokens.kinds[told_first[1] - 1] == CLOSE
        return source, (told_first[0], told_first[1] - quoted), False
    retold = _retold(tokens, at, within, naming)
    if retold and not joined:
        return retold, None, False
    leading = (
        leading_subject(tokens, at, within, naming, cue, before)
        if not joined or bare(tokens.words[within[0]]) == "اما"
        else None
    )
    if leading:
        to = None
        if here < subject_end and not cue.participle:
            to = _whom(tokens, (here, subject_end), naming, cue)
        return leading, to, True
    person = naming.first_in(after, PEOPLE)
    adverbial = (
        here >= subject_end
        or cue.plural  # a verb before its subject stands in the singular
        or tokens.words[here] in group("ar", "circumstances")
        or (
            tokens.words[here][:1] in ("ب", "ل")
            and not arabic_noun_key(tokens.words[here])
            and here not in naming.starts
        )
    )
    to = None
    if not adverbial or (person and cue.kind == "tell"):
        source = source_in(tokens, (here, subject_end), naming)
        if source and joined and disagrees(tokens, source, naming, cue):
            return None, source, False
        if source:
            source, to = parted(tokens, source, cue, naming)
            if to:
                return source, to, False
            second = naming.first_in(
                (source[1], subject_end), SPEAKERS if cue.kind == "tell" else PEOPLE
            )
            if second and (cue.kind == "tell" or cue.lemma == "ذكر"):
                to = (second[0], second[1])
        return source, to, False
    if joined or cue.participle:
        return None, None, False
    floor = max((f.content[0] for f in before if f.content[0] <= at), default=within[0])
    stretch = phrase_before(tokens, at, (max(floor, within[0]), within[1]))
    if stretch is None:
        return None, None, False
    source = source_in(tokens, stretch, naming)
    if (
        source is None
        or bare(tokens.words[source[0]]) in group("ar", "circumstances")
        or tokens.words[source[0]] in group("ar", "circumstances")
    ):
        return None, None, False
    if any(verb_at(tokens, k, "ar") for k in range(*source)):
        return None, None, False
    alone = naming.starts.get(source[0])
    if cue.plural and alone and alone[2] in PEOPLE:
        return None, None, False  # they said: one man is not "they"
    if not can_speak(tokens, source, naming):
        return None, None, False
    return source, None, True


def _told_first(tokens: Tokens, at: int, end: int, naming: Naming) -> Range | None:
    """Return the outlet that is told, where it stands before the subject: قال لـ«X» الوزير."""
    if at + 1 >= end:
        return None
    if tokens.words[at] == "ل" and tokens.kinds[at + 1] == OPEN:
        closing = closing_mark(tokens, at + 1, end)
        return (at + 2, closing + 1) if closing is not None and closing + 1 < end else None
    word = tokens.words[at]
    mention = naming.starts.get(at)
    if word[0] == "ل" and mention and mention[2] == "ORG" and mention[0] < end:
        return at, mention[0]
    return None


def leading_subject(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, before: list[Frame]
) -> Range | None:
    """Return the subject that must stand before the verb: a noun after أن and its like opens it.

    So does a name or a definite source right before the verb where the clause begins.
    """
    if cue.participle:
        return None
    floor = max((f.content[0] for f in before if f.content[0] <= at), default=within[0])
    topic = topic_before(tokens, at, within, naming)
    if topic:
        return topic
    start = at
    while start > floor and at - start < LONGEST_SOURCE:
        kind, word = tokens.kinds[start - 1], tokens.words[start - 1]
        if kind not in (WORD, OPEN, CLOSE) or is_complementiser(word) or word in _NOUN_FOLLOWS:
            break
        start -= 1
    opened = start > within[0] and (
        is_complementiser(tokens.words[start - 1]) or tokens.words[start - 1] in _NOUN_FOLLOWS
    )
    if not opened and start > floor and tokens.kinds[start - 1] == WORD:
        return None
    been = False
    while start < at and tokens.words[start] in ("كان", "كانت", "وكان", "وكانت", "وقد", "قد", "و"):
        been = been or tokens.words[start].endswith(("كان", "كانت"))
        start += 1
    end = at
    while end > start and tokens.words[end - 1] in ("قد", "كان", "كانت"):
        end -= 1
    if end <= start or any(verb_at(tokens, k, "ar") for k in range(start, end)):
        return None
    if not (
        opened
        or been
        or floor == start
        or tokens.words[start][:2] == "ال"
        or start in naming.starts
    ):
        return None
    if any(tokens.words[k] in group("ar", "circumstances") for k in (start, end - 1)):
        return None
    source = source_in(tokens, (start, end), naming)
    if source is None:
        return None
    people = tokens.words[source[0]].startswith("ال") and tokens.words[source[0]].endswith(
        ("ين", "ون")
    )
    first = start == within[0] and end - start <= _SHORT_SUBJECT and tokens.kinds[start] == WORD
    first = first or (been and end - start <= LONGEST_SOURCE)  # "X had said": X is subject
    sure = can_speak(tokens, source, naming) or (opened and (start in naming.starts or people))
    if not sure and not (first and tokens.words[start][0] not in "وفبلك"):
        return None
    return source


def topic_before(tokens: Tokens, at: int, within: Range, naming: Naming) -> Range | None:
    """Return the subject of "as for X, he said": أما X فقال."""
    first = within[0]
    if bare(tokens.words[first]) != "اما" or at - first > _TOPIC_WITHIN:
        return None
    end = at
    while end > first and (tokens.kinds[end - 1] != WORD or tokens.words[end - 1] in ("فقد", "قد")):
        end -= 1
    if end <= first + 1 or any(verb_at(tokens, k, "ar") for k in range(first + 1, end)):
        return None
    if tokens.words[first + 1] in group("ar", "circumstances"):
        return None
    source = source_in(tokens, (first + 1, end), naming)
    return source if source and can_speak(tokens, source, naming) else None


def _whom(tokens: Tokens, within: Range, naming: Naming, cue: Cue) -> Range | None:
    """Return whom a verb with its subject before it speaks to: the noun phrase right after it."""
    if cue.kind not in ("tell", "request"):
        return None
    found = naming.first_in(within, SPEAKERS)
    if found and found[0] <= within[0] + 1:
        return found[0], found[1]
    return None


def _retold(tokens: Tokens, at: int, within: Range, naming: Naming) -> Range | None:
    """Return the person before "he said in it": a speech made by X, in which he said."""
    if tokens.words[at + 1 : at + 2] not in (("فيها",), ("فيه",), ("خلالها",), ("خلاله",)):
        return None
    for k in range(at - 1, max(within[0], at - _RETOLD_WITHIN) - 1, -1):
        mention = naming.starts.get(k)
        if mention and mention[2] in PEOPLE and mention[0] <= at:
            return k, mention[0]
    for k in range(within[0], at):
        if tokens.kinds[k] == WORD and arabic_noun_key(tokens.words[k]):
            return source_in(tokens, (k, at), naming)
    return None


def disagrees(tokens: Tokens, source: Range, naming: Naming, cue: Cue) -> bool:
    """Return whether a masculine verb precedes a feminine noun, which then is its object."""
    first = source[0]
    mention = naming.starts.get(first)
    if mention and mention[2] in PEOPLE:
        return False
    if names_action(tokens.words[first], "ar") and not arabic_noun_key(tokens.words[first]):
        return True  # "confirmed the death of": what is confirmed
    word = tokens.words[first]
    if word.startswith("ال") and word.endswith("ين") and len(word) > PLURAL:
        # An accusative plural is no subject; nor is it the singular that only sounds like one.
        return arabic_noun_key(word) != word[2:] or word[2:-2] in source_nouns("ar")
    if cue.gender != "m":
        return False
    return without_marks(tokens.span(first, first + 1).of(tokens.text)).endswith("ة")


def subject_phrase(tokens: Tokens, at: int, end: int, naming: Naming) -> tuple[Range, int] | None:
    """Return the subject that begins at ``at`` and where its verb's plain object begins.

    The subject is a noun with its genitive, closed by an article or a name, and adjectives
    that agree with it; or, without an article, a noun with adjectives. An aside between
    two commas may follow. None where no object follows.
    """
    here = at + 1
    closed = tokens.words[at].startswith("ال") or at in naming.starts
    bare_head = not closed
    while here < end and here - at < LONGEST_SOURCE and tokens.kinds[here] == WORD:
        word = tokens.words[here]
        definite = word.startswith(("ال", "لل"))
        if here in naming.starts and not closed:
            here, closed = naming.starts[here][0], True
        elif word == "في" and here + 1 < end and is_utterance(tokens.words[here + 1]):
            stop = here
            here = next(
                (
                    k
                    for k in range(here + 2, min(end, here + OCCASION))
                    if tokens.words[k] in group("ar", "objects")
                ),
                end,
            )
            return ((at, stop), here) if here < end else None
        elif word in ("في", "باسم", "من", "ل", "لدي") and not (closed and word == "من"):
            here, closed = here + 1, False
        elif not closed and definite:
            here, closed = here + 1, True
        elif (is_relational(word) and (definite if closed else bare_head)) or (
            not closed and arabic_noun_key(word)
        ):
            here += 1
        elif closed and here in naming.starts and naming.starts[here][2] in PEOPLE:
            here = naming.starts[here][0]
        else:
            break
    stop = here
    if here < end and tokens.words[here] in ("طلب", "طلبت", "فضل", "فضلت", "رفض", "رفضت", "لم"):
        unnamed = (k + 1 for k in range(here, min(end, here + 8)) if tokens.words[k] in _UNNAMED)
        here = next(unnamed, here)
    for _ in range(_ASIDES):
        if here >= end or tokens.kinds[here] != COMMA:
            break
        pause = next(
            (k for k in range(here + 1, min(end, here + 15)) if tokens.kinds[k] == COMMA), None
        )
        if pause is None:
            return None
        here = pause + 1
    if here >= end - 1 or tokens.kinds[here] not in (WORD, OPEN):
        return None
    word = tokens.words[here]
    # A past form here is a noun of the same letters: a verb has its subject before it already.
    present = word[0] in "يت" and verb_at(tokens, here, "ar")
    if word in group("ar", "circumstances") or here in naming.times or present:
        return None
    return (at, stop), here
