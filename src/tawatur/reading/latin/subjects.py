"""Who is the subject of a French or English verb of saying?

It ends where the verb group with its auxiliaries, clitics and adverbs begins; relative
clauses and appositions may stand between the two.
"""

from tawatur.reading.cues import PEOPLE, Naming, Range, forms, group, infinitives, phrase_heads
from tawatur.reading.latin.phrases import (
    LONGEST_SOURCE,
    can_speak,
    capitalised,
    head_kind,
    source_in,
)
from tawatur.reading.latin.words import (
    PRONOUNS,
    hung_pronoun,
    interposed_phrases,
    is_adverb,
    noun_key,
)
from tawatur.reading.text import (
    BOUNDS,
    COMMA,
    DASH,
    END_PAREN,
    PAREN,
    WORD,
    Tokens,
)
from tawatur.reading.verbs import is_grave, verb_at

_FIRST_VERB = 30  # tokens
_ARTICLES = frozenset({"the", "all", "both", "les", "tous", "des", "ces", "these", "those"})
_ALWAYS_SUBJECT = frozenset({"he", "she", "they", "il", "elle", "ils", "elles"})
_MOST_PARTS = 6
_CLEFT = (("it", "was"), ("it", "is"), ("c'", "est"), ("c'", "etait"), ("ce", "sont"))
_TITLE = 3  # words of a title before a name
# Of "le même", "les mêmes" the second word goes with the verb.
_THE_SAME = {"le": "m", "la": "f", "les": ""}
_IN = frozenset({"in", "dans"})
_WHERE_WRITTEN = ("document", None)
_BEFORE_INFINITIVE = frozenset({"a", "de", "d'", "par"})
_PART_BOUNDS = BOUNDS - {PAREN, END_PAREN}
_TO_WHOM = frozenset(
    {"a", "au", "aux", "devant", "lors", "dans", "sur", "par", "sous", "aupres", "en"}
)
_TIMED_FROM = frozenset({"after", "before", "following", "apres", "avant"})
_OF = frozenset({"of", "de", "d'", "du", "des"})
_SUBJECT_HEADS = frozenset({"the", "le", "la", "l'", "les", "un", "une", "a", "an"})
_OPENING = 6  # tokens: at a meeting on Monday
_DEMONSTRATED = frozenset(
    {"same", "day", "morning", "afternoon", "evening", "night", "week", "weekend", "month", "year"}
)
_OF_THE_DAY = frozenset({"matin", "midi", "apres-midi", "soir", "dernier", "prochain"})
_SUBJECT_ARTICLES = frozenset(
    {"le", "la", "l'", "un", "une", "les", "des", "son", "sa", "leur", "ses", "leurs", "plusieurs",
     "certains", "certaines", "quelques", "deux", "trois", "quatre"}
)  # fmt: skip


def verb_group_start(tokens: Tokens, at: int, floor: int, naming: Naming, language: str) -> int:
    """Return the first token of the auxiliaries, clitics and adverbs that end in the verb."""
    here = before_governor(tokens, at, floor, language)
    auxiliaries = group(language, "auxiliaries")
    while here > floor and tokens.kinds[here - 1] == WORD and here - 1 not in naming.starts:
        word = tokens.words[here - 1]
        helps = word in auxiliaries or is_adverb(word, language) or hung_pronoun(word)
        if helps and not is_grave(tokens, here - 1):
            here -= 1
            continue
        if language == "fr" and here == at and word in group("fr", "phrase_heads"):
            here -= 1
            continue
        if language == "en" and word == "to" and here - 2 >= floor:
            if tokens.words[here - 2] not in group("en", "catenatives"):
                break
            here -= 2
            if tokens.words[here] == "on" and here > floor:
                here -= 1  # went on to say
            continue
        if (
            language == "fr"
            and word in ("le", "la", "les")
            and tokens.words[here] in group("fr", "participle_auxiliaries")
            and not is_grave(tokens, here)
        ):
            here -= 1  # les a qualifiées
            continue
        skipped = _interposed(tokens, here, floor, language)
        if not skipped:
            break
        here = skipped
    while here < at and _is_time(tokens, here, naming):
        here += 1
    return here


def before_governor(tokens: Tokens, at: int, floor: int, language: str) -> int:
    """Return the verb that governs the French infinitive at ``at``: tient à, voulu; else ``at``."""
    if tokens.words[at] not in infinitives(language):
        return at
    governor = at - 1 - (tokens.words[at - 1] in _BEFORE_INFINITIVE)
    governs = governor >= floor and tokens.words[governor] in group(language, "catenatives")
    return governor if governs else at


def _is_time(tokens: Tokens, at: int, naming: Naming) -> bool:
    return at in naming.times


def _interposed(tokens: Tokens, at: int, floor: int, language: str) -> int:
    """Return where an adverbial phrase that ends before ``at`` begins: "en revanche"; or 0."""
    for words in interposed_phrases(language):
        first = at - len(words)
        if first >= floor and tokens.words[first:at] == words:
            return first
    return 0


def _after_interposed(tokens: Tokens, at: int, language: str) -> int:
    """Return where an adverbial phrase that begins at ``at`` ends: a dit de son côté le maire."""
    for words in interposed_phrases(language):
        stop = at + len(words)
        if tokens.words[at:stop] == words:
            return stop
    return at


def subject_before(
    tokens: Tokens, verb: int, within: Range, naming: Naming, language: str, *, sure: bool
) -> tuple[Range | None, str, bool]:
    """Return the subject's tokens before the verb group, its gender, and whether it is named."""
    for k in range(verb, min(within[1], verb + 4)):
        if hung_pronoun(tokens.words[k]) and tokens.words[k] in group(language, "auxiliaries"):
            return None, "", False
    here = verb
    if here > within[0] and tokens.kinds[here - 1] == END_PAREN:
        paren = [k for k in range(max(within[0], here - 8), here) if tokens.kinds[k] == PAREN]
        here = paren[-1] if paren else here  # Smith (R-IN) said
    end = here
    if here <= within[0]:
        return None, "", False
    if tokens.kinds[here - 1] in (COMMA, DASH, END_PAREN):
        segment = _apposed(tokens, here - 1, within, naming, language, sure=sure)
        if segment is None:
            return None, "", False
        if segment[1] - segment[0] == 1 and tokens.words[segment[0]] in PRONOUNS:
            return segment, PRONOUNS[tokens.words[segment[0]]], False
        if COMMA in tokens.kinds[segment[0] : segment[1]]:
            return segment, "", True  # the minister, X
        trimmed = source_in(tokens, segment, naming, language)
        return (
            (trimmed, "", True)
            if trimmed and (sure or can_speak(tokens, trimmed, naming, language))
            else (None, "", False)
        )
    relatives, boundaries = group(language, "persons_relative"), group(language, "boundaries")
    while here > within[0]:
        kind, word = tokens.kinds[here - 1], tokens.words[here - 1]
        if kind in BOUNDS:
            break
        if here - 1 in naming.starts:
            here -= 1
            continue
        if kind == WORD and word in relatives:
            return _before_relative(tokens, here - 1, within, naming, language, sure=sure)
        if kind == WORD and word in boundaries:
            if word == "that" and tokens.words[here] in _DEMONSTRATED:
                here -= 1  # that day the mayor
                continue
            if word == "that" and _relative_that(tokens, here - 1, end, within, language):
                return _before_relative(tokens, here - 1, within, naming, language, sure=sure)
            if not (word in ("and", "et") and _lists(tokens, here - 1, end)):
                break
        here -= 1
    if here >= end:
        return None, "", False
    pronoun = tokens.words[end - 1]
    if pronoun in _ALWAYS_SUBJECT or (pronoun in PRONOUNS and end - here <= 3):
        return (end - 1, end), PRONOUNS[pronoun], False
    for k in (here, end - 1):
        if tokens.words[k] in group(language, "first_person"):
            return (k, k + 1), "", False
    here = _after_interposed(tokens, here, language)
    here = _after_time(tokens, here, end, naming, language)
    here = _after_preposition(tokens, here, end, naming, language)
    if end - here == 1 and tokens.words[here] in _THE_SAME:
        return (here, end), _THE_SAME[tokens.words[here]], False
    if tokens.words[here] in _IN and head_kind(tokens, (here, end), language) in _WHERE_WRITTEN:
        return None, "", False  # in a note posted on Monday
    trimmed = source_in(tokens, (here, end), naming, language)
    counting = group(language, "counting")
    if trimmed and all(
        word in counting or word in _ARTICLES for word in tokens.words[trimmed[0] : trimmed[1]]
    ):
        return (end - 1, end), "", False  # "the four": somebody named before
    if trimmed and _has_its_own_verb(tokens, trimmed, naming, language):
        return None, "", False
    return (trimmed, "", True) if trimmed else (None, "", False)


def subject_of(tokens: Tokens, within: Range, naming: Naming, language: str) -> Range | None:
    """Return the subject of the first verb of a sentence, if it can speak."""
    for k in range(within[0] + 1, min(within[1], within[0] + _FIRST_VERB)):
        if tokens.kinds[k] != WORD or not verb_at(tokens, k, language):
            continue
        start = verb_group_start(tokens, k, within[0], naming, language)
        if start <= within[0]:
            return None
        source, _, named = subject_before(tokens, start, within, naming, language, sure=False)
        if source is None or not named or not can_speak(tokens, source, naming, language):
            return None
        return source
    return None


def _relative_that(tokens: Tokens, at: int, end: int, within: Range, language: str) -> bool:
    """Return whether "that" opens a relative clause within a subject: people that came say."""
    if at <= within[0] or tokens.words[at - 1] in forms(language):
        return False
    return any(verb_at(tokens, k, language) for k in range(at + 1, end))


def _after_time(tokens: Tokens, first: int, end: int, naming: Naming, language: str) -> int:
    """Return where the subject begins after what says when: A week later the group; or ``first``.

    What the time is told from may follow, or open the whole: a day after the attack the mayor.
    """
    words = tokens.words
    if words[first] in _TIMED_FROM or (first and words[first - 1] in _TIMED_FROM):
        return _second_head(tokens, first + 1, end, language) or first
    phrases = phrase_heads(language, "time_adverbials").get(words[first], ())
    listed = (first + len(said) for said, _ in phrases if words[first : first + len(said)] == said)
    opener = words[first] in group(language, "aside_openers")
    within = range(first, min(end, first + _OPENING)) if opener else (first,)
    told = (naming.time_ends[k] for k in within if k in naming.time_ends)
    stop = max(*listed, next(told, first), first, first)
    if stop - first < 2 or stop >= end or words[stop - 1].endswith("'s"):
        return first
    if words[stop] in _TIMED_FROM or words[stop] in _OF:
        return _second_head(tokens, stop + 1, end, language) or first
    begins = words[stop] in _SUBJECT_HEADS or stop in naming.starts
    return stop if begins or not opener or noun_key(words[stop], language) else first


def _second_head(tokens: Tokens, first: int, end: int, language: str) -> int:
    """Return where the last noun phrase begins that hangs on no preposition, 0 if the first."""
    determiners = group(language, "determiners")
    heads = (
        k
        for k in range(end - 1, first, -1)
        if tokens.words[k] in _SUBJECT_HEADS and tokens.words[k - 1] not in determiners
    )
    return next(heads, 0)


def _after_preposition(tokens: Tokens, first: int, end: int, naming: Naming, language: str) -> int:
    """Return where the subject begins after a phrase of place or time: In Niamey, Smith."""
    if tokens.words[first] not in group(language, "aside_openers"):
        return first
    found = naming.first_in((first + 1, end), PEOPLE)
    return found[0] if found else first


def _has_its_own_verb(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> bool:
    """Return whether a phrase holds an auxiliary of its own and so is a clause, not a subject."""
    return any(
        tokens.words[k] in group(language, "finite")
        and not is_grave(tokens, k)
        and k not in naming.starts
        and not tokens.words[k + 1].endswith("ant")  # se présentant comme
        and not any(tokens.words[j] in group(language, "persons_relative") for j in (k - 1, k - 2))
        for k in range(phrase[0] + 1, phrase[1])
    )


def _lists(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a conjunction joins two short noun phrases: Algeria and Mali said."""
    return 1 < end - at <= 4


def _apposed(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str, *, sure: bool
) -> Range | None:
    """Return the subject from which what ends at the comma ``at`` keeps the verb.

    Appositions and relative clauses may stand between, several in a row. Where the
    apposition is the person's name (the minister, X, said) both are returned.
    """
    parts: list[Range] = []
    end = at
    while end > within[0] and len(parts) < _MOST_PARTS:
        here = _part_start(tokens, end, within[0])
        if here < end:
            parts.append((here, end))
        if here <= within[0] or tokens.kinds[here - 1] not in (COMMA, DASH):
            break
        if here < end and _has_clause(tokens, (here, end), language):
            break
        end = here - 1
    if len(parts) < 2 or _has_clause(tokens, parts[0], language):
        return None
    if _has_clause(tokens, parts[-1], language):
        parts.pop()
    if len(parts) < 2:
        return None
    while len(parts) > 1 and (
        tokens.words[parts[-1][0]] in group(language, "aside_openers")
        or parts[-1][0] in naming.times
        or not (sure or can_speak(tokens, parts[-1], naming, language))
    ):
        parts.pop()
    first, last = parts[-1]
    opener = tokens.words[first]
    if opener in group(language, "that") or opener in group(language, "leading"):
        first += 1
    if opener in group(language, "persons_relative") or first >= last:
        return None
    if opener in group(language, "aside_openers") or len(parts) < 2:
        return None
    cites = tokens.words[parts[-2][0]] in group(language, "citing")
    if not cites and naming.first_in((first, last), PEOPLE) is None:
        named = naming.first_in(parts[-2], PEOPLE)
        ends = named[1] if named and named[0] - parts[-2][0] <= _TITLE else 0
        ends = ends or capitalised(tokens, parts[-2][0], parts[-2][1] + 1)
        if ends and ends - first <= LONGEST_SOURCE:
            return first, ends
    return (first, last) if last - first <= LONGEST_SOURCE else None


def _part_start(tokens: Tokens, end: int, floor: int) -> int:
    """Return where what stands between two commas before ``end`` begins, brackets apart."""
    here = end
    while here > floor and tokens.kinds[here - 1] not in _PART_BOUNDS:
        here -= 1
        if tokens.kinds[here] == END_PAREN:
            opens = [k for k in range(max(floor, here - 8), here) if tokens.kinds[k] == PAREN]
            here = opens[-1] if opens else here
    return here


def _has_clause(tokens: Tokens, part: Range, language: str) -> bool:
    """Return whether a part between commas is a clause of its own, and no relative one."""
    heads = phrase_heads(language, "relatives")
    for k in range(*part):
        if tokens.words[k] in heads or tokens.words[k] in ("whose", "whom"):
            return False
        if tokens.kinds[k] == WORD and verb_at(tokens, k, language):
            return k > part[0] or tokens.words[k] in group(language, "finite")
    return False


def _before_relative(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str, *, sure: bool
) -> tuple[Range | None, str, bool]:
    end = at - 1 if at > within[0] and tokens.kinds[at - 1] == COMMA else at
    here = end
    while (
        here > within[0]
        and tokens.kinds[here - 1] == WORD
        and tokens.words[here - 1] not in group(language, "boundaries")
        and end - here < 8
    ):
        here -= 1
    if tokens.words[here : here + 2] in _CLEFT:
        here += 2
    trimmed = source_in(tokens, (here, end), naming, language) if end > here else None
    if trimmed and (sure or can_speak(tokens, trimmed, naming, language)):
        return trimmed, "", True
    return None, "", False


def after_addressee(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> int:
    """Return where the subject begins after time, manner, addressee: a dit lundi à X le maire."""
    here = _after_interposed(tokens, at, language)
    while here < end and (
        here in naming.times
        or (language == "fr" and here > at and tokens.words[here] in _OF_THE_DAY)
    ):
        here += 1
        while (
            here < end
            and tokens.kinds[here] == WORD
            and tokens.text[tokens.starts[here] : tokens.ends[here]].isdigit()
        ):
            here += 1
    if language != "fr" or here >= end or tokens.words[here] not in _TO_WHOM:
        return here
    for k in range(here + 1, min(end, here + LONGEST_SOURCE)):
        if tokens.kinds[k] != WORD:
            break
        word, before = tokens.words[k], tokens.words[k - 1]
        if k == here + 1 or before in (
            "a",
            "de",
            "d'",
            "du",
            "l'",
            "la",
            "le",
            "les",
            "sur",
            "dans",
        ):
            continue
        if word in _SUBJECT_ARTICLES and any(
            noun_key(tokens.words[j], "fr") or (j in naming.starts and naming.starts[j][2] == "PER")
            for j in range(k + 1, min(end, k + 4))
        ):
            return k
        if k in naming.starts and naming.starts[k][2] == "PER":
            return k
    return here
