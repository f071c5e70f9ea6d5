"""Where does a French or English sentence say that somebody says something?

The subject stands before the verb (the minister said that …), after it where the
words come first ("…", said the minister), or beside it (according to …). What is
said follows a conjunction, a quotation mark or a colon; in English it may follow
the verb directly; or it stands before, up to a comma or a closing mark.
"""

import re
from functools import cache, lru_cache

from tawatur.model.text import composed
from tawatur.reading.clauses import verb_at
from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Cue,
    Frame,
    Naming,
    Range,
    forms,
    group,
    phrase_heads,
    source_nouns,
)
from tawatur.reading.text import (
    BREAK,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    END_PAREN,
    OPEN,
    OTHER,
    PAREN,
    STOP,
    WORD,
    Tokens,
)

_PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "",
    "it": "",
    "il": "m",
    "elle": "f",
    "ils": "",
    "elles": "f",
}
_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_HUNG = re.compile(
    r"-(?:t-)?(ils?|elles?)$"
)  # a-t-il déclaré, dit-il: the pronoun hangs on the verb
_FURTHEST = 22
_LONGEST_SOURCE = 14
_NEVER_INVERTED = ("act", "deny", "request")
_BARE_KINDS = ("say", "think", "claim", "guess", "add")
_SHORTEST_SAID = 2
_BARE_REACH = 24  # words within which a clause without conjunction shows its verb


@lru_cache(maxsize=20_000)
def noun_key(word: str, language: str) -> str:
    """Return the folded noun under which the table of source nouns holds the word, or nothing."""
    nouns = source_nouns(language)
    if word in nouns:
        return word
    single = word.removesuffix("'s").removesuffix("s")
    return single if single in nouns else ""


@cache
def _cues(language: str) -> dict[str, Cue]:
    return forms(language)


def frames(tokens: Tokens, within: Range, naming: Naming, language: str) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    found: list[Frame] = []
    at, end = within
    taken = at
    labelled = _labelled(tokens, within, naming, language)
    if labelled:
        found.append(labelled)
        at = taken = labelled.end
    while at < end:
        if tokens.kinds[at] == WORD:
            frame = _beside(tokens, at, within, naming, language) or _verb(
                tokens, at, within, naming, language, taken
            )
            if frame:
                found.append(frame)
                if frame.content[1] <= frame.cue[0] and not frame.beside:
                    more = _goes_on(tokens, frame, within)
                    if more:
                        found.append(more)
                        at = more.content[0]
                        taken = at
                        continue
                    taken = frame.end
                    at = max(at + 1, frame.end)
                    continue
                at = max(at + 1, frame.end if frame.beside else frame.cue[1])
                taken = max(taken, frame.content[0])
                continue
        at += 1
    return tuple(found)


def _goes_on(tokens: Tokens, frame: Frame, within: Range) -> Frame | None:
    """Return the frame of a quotation that goes on after its verb: "…", he said, "…"."""
    here = frame.end
    while here < within[1] and tokens.kinds[here] in (COMMA, STOP):
        here += 1
    if here < within[1] and here > frame.end and tokens.kinds[here] == OPEN:
        return Frame(
            here,
            here,
            (here, here),
            frame.kind,
            (here, within[1]),
            None,
            direct=True,
            joined=True,
            same_speaker=True,
        )
    return None


def _beside(tokens: Tokens, at: int, within: Range, naming: Naming, language: str) -> Frame | None:
    """Return the frame of a phrase such as "according to" that begins at ``at``."""
    for words, row in phrase_heads(language, "adverbial_cues").get(tokens.words[at], ()):
        stop = at + len(words)
        if tokens.words[at:stop] != words or stop >= within[1]:
            continue
        first = stop - 1 if words[-1] in ("source", "sources") else stop
        if tokens.words[stop] in group(language, "relative_speakers"):
            frame = _according_to_whom(tokens, (at, stop), within, naming, language)
            if frame:
                return frame
        phrase_end = _phrase_end(tokens, stop, within[1], language)
        phrase = _trim(tokens, (first, phrase_end), naming, language)
        if phrase is None or not _speaks(tokens, phrase, naming, language):
            continue
        relayed = None
        for k in range(phrase[0] + 1, phrase[1] - 1):
            if tokens.words[k : k + 2] in (
                ("cite", "par"),
                ("cites", "par"),
                ("citee", "par"),
                ("quoted", "by"),
                ("cited", "by"),
            ):
                relayed, phrase = (phrase[0], k), (k + 2, phrase[1])
                break
        end = _after_relative(tokens, phrase_end, within[1], language)
        if row["scope"] == "cited" and _cited_by_subject(tokens, at, end, within, language):
            continue
        return Frame(
            at,
            end,
            (at, first if first > at else stop),
            "say",
            (end, within[1]),
            phrase,
            beside=True,
            relayed=relayed,
        )
    return None


def _according_to_whom(
    tokens: Tokens, cue: Range, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of "X, according to whom …": what follows, up to the pause, is X's."""
    end = cue[0]
    while end > within[0] and tokens.kinds[end - 1] == COMMA:
        end -= 1
    first = end
    while (
        first > within[0]
        and end - first < _LONGEST_SOURCE
        and tokens.kinds[first - 1] == WORD
        and not verb_at(tokens, first - 1, language)
    ):
        first -= 1
    phrase = _trim(tokens, (first, end), naming, language) if first < end else None
    if phrase is None or not _speaks(tokens, phrase, naming, language):
        return None
    content = cue[1] + 1
    if content >= within[1]:
        return None
    return Frame(
        cue[0],
        content,
        (cue[0], content),
        "say",
        (content, min(within[1], _clause_end(tokens, content, within[1]))),
        phrase,
        joined=True,
    )


def _after_relative(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return the token after a relative clause between commas that follows a source, or ``at``."""
    if (
        at + 1 < end
        and tokens.kinds[at] == COMMA
        and tokens.words[at + 1] in group(language, "persons_relative")
    ):
        return next((k for k in range(at + 2, min(end, at + 25)) if tokens.kinds[k] == COMMA), at)
    return at


def _cited_by_subject(tokens: Tokens, at: int, stop: int, within: Range, language: str) -> bool:
    """Return whether "citing X" stands between subject and verb: Reuters, citing X, reported."""
    if at - 1 <= within[0] or tokens.kinds[at - 1] != COMMA or stop >= within[1]:
        return False
    return tokens.kinds[stop] == COMMA and any(
        tokens.words[k] in _cues(language) for k in range(stop + 1, min(within[1], stop + 4))
    )


def _phrase_end(tokens: Tokens, at: int, end: int, language: str) -> int:
    here = at
    while here < end and here - at < 16:
        kind = tokens.kinds[here]
        if kind in (COMMA, STOP, BREAK, COLON, DASH, PAREN, END_PAREN, OPEN, CLOSE):
            break
        if here > at and (
            tokens.words[here] in group(language, "persons_relative")
            or tokens.words[here] in group(language, "that")
        ):
            break
        here += 1
    return here


def _trim(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> Range | None:
    """Return the part of a phrase that names its source."""
    first, end = phrase
    while (
        first < end
        and (
            tokens.kinds[first] != WORD
            or tokens.words[first] in group(language, "leading")
            or first in naming.times
        )
        and first not in naming.starts
    ):
        first += 1
    person = naming.first_in((first, min(end, first + _LONGEST_SOURCE)), PEOPLE)
    if person and not (person[1] < end and tokens.words[person[1] - 1].endswith("'s")):
        return first, person[1]
    here = first
    while here < end and here - first < _LONGEST_SOURCE:
        kind = tokens.kinds[here]
        if kind in (COMMA, PAREN, COLON, DASH, OPEN) or tokens.words[here] in group(
            language, "persons_relative"
        ):
            break
        if here > first and here in naming.times:
            break
        here += 1
    if here == end and here > first and tokens.words[here - 1].endswith("'s"):
        return None  # a genitive: what follows is a noun
    return (first, here) if here > first else None


def _speaks(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> bool:
    """Return whether the phrase names somebody or something that can be a source."""
    if naming.first_in(phrase, SPEAKERS):
        return True
    if _looks_like_a_name(tokens, phrase, language):
        return True
    return any(
        tokens.kinds[k] == WORD and noun_key(tokens.words[k], language)
        for k in range(phrase[0], min(phrase[1], phrase[0] + 7))
    )


def _looks_like_a_name(tokens: Tokens, phrase: Range, language: str) -> bool:
    """Return whether every word has a capital and none is a word of grammar."""
    return all(
        tokens.kinds[k] == WORD
        and tokens.text[tokens.starts[k]].isupper()
        and tokens.words[k] not in group(language, "determiners")
        and tokens.words[k] not in group(language, "first_person")
        and tokens.words[k] not in _PRONOUNS
        for k in range(*phrase)
    )


def _labelled(tokens: Tokens, within: Range, naming: Naming, language: str) -> Frame | None:
    """Return the frame of a line that opens with its speaker and a colon, as in an interview."""
    first, end = within
    colon = next(
        (k for k in range(first + 1, min(end - 1, first + 5)) if tokens.kinds[k] == COLON), 0
    )
    if not colon:
        return None
    if tokens.kinds[first] != WORD or any(
        tokens.words[k] in group(language, "labels") for k in range(first, colon)
    ):
        return None
    named = naming.starts.get(first)
    capitals = tokens.text[tokens.starts[first] : tokens.ends[colon - 1]].isupper()
    if not capitals and not (named and named[0] == colon and named[2] in SPEAKERS):
        return None
    return Frame(
        first, colon + 1, (colon, colon + 1), "say", (colon + 1, end), (first, colon), direct=True
    )


def _verb(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str, taken: int
) -> Frame | None:
    """Return the frame that the verb at ``at`` opens, if it is one and does."""
    word = tokens.words[at]
    cue = _cues(language).get(word) or _cues(language).get(_HUNG.sub("", word))
    if cue is None or at in naming.starts:
        return None
    if at > within[0] and tokens.text[tokens.starts[at]].isupper():
        return None  # a name: the Post
    if language == "en" and at + 1 < within[1] and tokens.words[at + 1] in _PASSIVE:
        return None  # a noun: his tweets were
    if at > within[0] and tokens.kinds[at - 1] == WORD:
        before = {
            tokens.words[k] for k in range(max(within[0], at - 3), at) if tokens.kinds[k] == WORD
        }
        previous = tokens.words[at - 1]
        if before & group(language, "negated") or previous in group(language, "determiners"):
            return None
        if language == "en" and before & _PASSIVE and not cue.participle and previous != "been":
            return None
    if (
        language == "fr"
        and word.endswith(("e", "es"))
        and _accented(tokens, at)
        and not any(
            tokens.words[k] in group("fr", "participle_auxiliaries")
            for k in range(max(within[0], at - 4), at)
        )
    ):
        return None  # a bare participle is an adjective
    if cue.participle and not (at > within[0] and tokens.words[at - 1] in _PASSIVE):
        return _participle(tokens, at, within, cue, language)
    before_subject, gender, named = _subject_before(
        tokens, at, (max(within[0], taken), within[1]), naming, language
    )
    if before_subject is not None and tokens.words[before_subject[0]] in group(
        language, "first_person"
    ):
        return None
    opening = _opening(tokens, at + 1, within[1], cue, language)
    weak = cue.lemma in group(language, "needs_that")
    if weak and (opening is None or opening[1] == "colon"):
        return None
    inverted = _inverted(tokens, at, (max(within[0], taken), within[1]), naming, language)
    if inverted and (opening is None or opening[1] != "that"):
        return inverted
    if before_subject is None:
        return _joined_verb(tokens, at, within, cue, opening, language)
    joined = _joined(tokens, before_subject[0], within)
    source = before_subject if named else None
    start = before_subject[0]
    before_verb = _said_before(tokens, start, (max(within[0], taken), within[1]))
    if (
        before_verb
        and at + 1 < within[1]
        and tokens.kinds[at + 1] == COMMA
        and CLOSE
        in (
            tokens.kinds[start - 1],
            tokens.kinds[start - 2],
        )
    ):
        opening = None  # "…", he said, "…": the first words are the content
    if opening:
        content, how, to = opening
        if content >= within[1]:
            return None
        if how == "whole" and source is not None and not _speaks(tokens, source, naming, language):
            return None
        if how == "whole":
            return Frame(
                start,
                start,
                (at, at + 1),
                cue.kind,
                (start, within[1]),
                source,
                to,
                gender,
                joined=joined,
                whole=True,
            )
        return Frame(
            start,
            content,
            (at, at + 1),
            cue.kind,
            (content, within[1]),
            source,
            to,
            gender,
            tokens.kinds[content] == OPEN,
            joined,
            relayed=_relayed(tokens, start, at, naming, language),
        )
    if before_verb and (
        tokens.kinds[start - 1] == CLOSE
        or tokens.kinds[start - 2] == CLOSE
        or _ends_clause(tokens, at + 1, within[1], language)
    ):
        end = _clause_end(tokens, at + 1, within[1])
        return Frame(
            before_verb[0],
            end,
            (at, at + 1),
            cue.kind,
            before_verb,
            source,
            None,
            gender,
            tokens.kinds[before_verb[0]] == OPEN,
        )
    if source is not None and not _speaks(tokens, source, naming, language):
        return None
    if cue.kind in ("act", "deny", "request", "promise", "threat") and at + 1 < within[1]:
        return Frame(
            start,
            start,
            (at, at + 1),
            cue.kind,
            (start, within[1]),
            source,
            None,
            gender,
            joined=joined,
            whole=True,
        )
    if language == "en" and cue.kind in _BARE_KINDS and _bare_content(tokens, at + 1, within[1]):
        return Frame(
            start,
            at + 1,
            (at, at + 1),
            cue.kind,
            (at + 1, within[1]),
            source,
            None,
            gender,
            joined=joined,
        )
    return None


def _joined_verb(
    tokens: Tokens,
    at: int,
    within: Range,
    cue: Cue,
    opening: tuple[int, str, Range | None] | None,
    language: str,
) -> Frame | None:
    """Return the frame of "X left and said that": the subject of the clause before speaks."""
    here = at
    while here > within[0] and tokens.words[here - 1] in group(language, "auxiliaries"):
        here -= 1
    if here - 1 <= within[0] or tokens.words[here - 1] not in ("and", "et", "but", "mais"):
        return None
    if opening and opening[1] in ("that", "quote") and opening[0] < within[1]:
        content = opening[0]
    elif language == "en" and cue.kind in _BARE_KINDS and _bare_content(tokens, at + 1, within[1]):
        content = at + 1
    else:
        return None
    return Frame(
        at,
        content,
        (at, at + 1),
        cue.kind,
        (content, within[1]),
        None,
        opening[2] if opening else None,
        "",
        tokens.kinds[content] == OPEN,
        joined=True,
        same_speaker=True,
    )


def _relayed(tokens: Tokens, start: int, at: int, naming: Naming, language: str) -> Range | None:
    """Return whom the subject cites between itself and its verb."""
    for k in range(start, at):
        if tokens.words[k] in ("citing", "quoting", "citant"):
            phrase = _trim(
                tokens, (k + 1, _phrase_end(tokens, k + 1, at, language)), naming, language
            )
            if phrase and _speaks(tokens, phrase, naming, language):
                return phrase
    return None


def _accented(tokens: Tokens, at: int) -> bool:
    """Return whether the original French word ends like a past participle (é, ée, és, ées)."""
    word = composed(tokens.text[tokens.starts[at] : tokens.ends[at]]).lower()
    return word.rstrip("es").endswith("é") or word.endswith("é")


def _joined(tokens: Tokens, start: int, within: Range) -> bool:
    return start > within[0] and (
        tokens.words[start - 1] in ("and", "but", "et", "mais", "while", "tandis")
    )


def _participle(tokens: Tokens, at: int, within: Range, cue: Cue, language: str) -> Frame | None:
    """Return the frame of "…, adding that": the same speaker goes on."""
    if at == within[0] or tokens.kinds[at - 1] not in (COMMA, CLOSE, WORD):
        return None
    if tokens.kinds[at - 1] == WORD and tokens.words[at - 1] not in (
        "en",
        "tout",
        "while",
        "and",
        "et",
    ):
        return None
    opening = _opening(tokens, at + 1, min(within[1], at + 8), cue, language)
    if opening is None and language == "en" and cue.kind in _BARE_KINDS:
        opening = (at + 1, "bare", None) if _bare_content(tokens, at + 1, within[1]) else None
    if opening is None or opening[1] == "whole" or opening[0] >= within[1]:
        return None
    content = opening[0]
    return Frame(
        at,
        content,
        (at, at + 1),
        cue.kind,
        (content, within[1]),
        None,
        None,
        "",
        tokens.kinds[content] == OPEN,
        True,
        True,
    )


def _opening(
    tokens: Tokens, at: int, end: int, cue: Cue, language: str
) -> tuple[int, str, Range | None] | None:
    """Return where the content begins, by what it is opened, and the addressee."""
    commas, here = 0, at
    limit = min(end, at + _FURTHEST)
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if kind == WORD:
            if word in group(language, "that") and (
                here == at or tokens.words[here - 1] not in ("plus", "moins", "ce", "tel", "such")
            ):
                to = (at, here) if cue.kind == "tell" and 0 < here - at <= 8 else None
                return here + 1, "that", to
            if cue.kind == "ask" and word in group(language, "asking"):
                return here, "question", None
            if (
                cue.kind in ("request", "promise", "threat")
                and here > at
                and _to_infinitive(tokens, here, language)
            ):
                return here, "whole", None
            if (
                cue.kind in ("request", "promise", "threat")
                and here == at
                and word in ("to", "de", "d'", "for", "on", "a")
            ):
                return here, "whole", None
            if _cues(language).get(word) and here > at and cue.kind != "tell":
                return None
        elif kind == OPEN:
            if here - at > 14:
                return None
            return here, "quote", None
        elif kind == COLON:
            return here + 1, "colon", None
        elif kind in (STOP, BREAK, CLOSE):
            return None
        elif kind == COMMA:
            commas += 1
            if commas > 3:
                return None
        here += 1
    return None


def _to_infinitive(tokens: Tokens, at: int, language: str) -> bool:
    return tokens.words[at] in (
        ("to", "for", "on") if language == "en" else ("de", "d'", "a", "au", "aux")
    )


def _subject_before(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str
) -> tuple[Range | None, str, bool]:
    """Return the subject's tokens before the verb, its gender, and whether it is named."""
    here = at
    while (
        here > within[0]
        and tokens.kinds[here - 1] == WORD
        and (
            tokens.words[here - 1] in group(language, "auxiliaries")
            or _is_adverb(tokens.words[here - 1], language)
            or _HUNG.search(tokens.words[here - 1])
            or here - 1 in naming.times
        )
        and here - 1 not in naming.starts
    ):
        here -= 1
    if here > within[0] and tokens.kinds[here - 1] == END_PAREN:
        paren = [k for k in range(max(within[0], here - 8), here) if tokens.kinds[k] == PAREN]
        here = paren[-1] if paren else here  # Smith (R-IN) said
    verb_group = here
    if here <= within[0]:
        return None, "", False
    if tokens.kinds[here - 1] in (COMMA, END_PAREN):
        segment = _apposed(tokens, here - 1, within, naming, language)
        if segment is None:
            return None, "", False
        trimmed = _trim(tokens, segment, naming, language)
        return (
            (trimmed, "", True)
            if trimmed and _speaks(tokens, trimmed, naming, language)
            else (None, "", False)
        )
    while here > within[0]:
        kind, word = tokens.kinds[here - 1], tokens.words[here - 1]
        if kind in (COMMA, CLOSE, OPEN, STOP, COLON, DASH, BREAK, PAREN, END_PAREN):
            break
        if kind == WORD and word in group(language, "persons_relative"):
            return _before_relative(tokens, here - 1, within, naming, language)
        if (
            kind == WORD
            and word in group(language, "boundaries")
            and not (
                word in ("and", "et")
                and here - 1 not in naming.starts
                and _lists(tokens, here - 1, verb_group)
            )
        ):
            break
        here -= 1
    if here >= verb_group:
        return None, "", False
    pronoun = tokens.words[verb_group - 1]
    if pronoun in _ALWAYS_SUBJECT or (pronoun in _PRONOUNS and verb_group - here <= 3):
        return (verb_group - 1, verb_group), _PRONOUNS[pronoun], False
    if {tokens.words[here], tokens.words[verb_group - 1]} & group(language, "first_person"):
        return (verb_group - 1, verb_group), "", False
    trimmed = _trim(tokens, (here, verb_group), naming, language)
    if trimmed and all(
        tokens.words[k] in group(language, "counting") or tokens.words[k] in _ARTICLES
        for k in range(*trimmed)
    ):
        return (verb_group - 1, verb_group), "", False  # "the four": somebody named before
    if trimmed and _has_its_own_verb(tokens, trimmed, naming, language):
        return None, "", False
    return (trimmed, "", True) if trimmed else (None, "", False)


_ARTICLES = frozenset({"the", "all", "both", "les", "tous", "des", "ces", "these", "those"})


def _has_its_own_verb(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> bool:
    """Return whether a phrase holds an auxiliary of its own and so is a clause, not a subject."""
    return any(
        tokens.words[k] in group(language, "finite")
        and k not in naming.starts
        and not any(tokens.words[j] in group(language, "persons_relative") for j in (k - 1, k - 2))
        for k in range(phrase[0] + 1, phrase[1])
    )


def _is_adverb(word: str, language: str) -> bool:
    """Return whether a word before a verb only says how: "a seulement dit"."""
    return len(word) > _SHORTEST_ADVERB and word.endswith("ement" if language == "fr" else "ly")


_SHORTEST_ADVERB = 6
_ALWAYS_SUBJECT = frozenset({"he", "she", "they", "il", "elle", "ils", "elles"})


def _lists(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a conjunction joins two short noun phrases: Algeria and Mali said."""
    return 1 < end - at <= 4


def _apposed(tokens: Tokens, at: int, within: Range, naming: Naming, language: str) -> Range | None:
    """Return the noun phrase before an apposition that ends at the comma ``at``.

    Where the apposition is the person's name (the minister, X, said) both are returned.
    """
    here = at
    while here > within[0] and tokens.kinds[here - 1] not in (
        COMMA,
        CLOSE,
        OPEN,
        STOP,
        COLON,
        BREAK,
    ):
        here -= 1
    if here <= within[0] or tokens.kinds[here - 1] != COMMA:
        return None
    named = naming.first_in((here, at), PEOPLE)
    end = here - 1
    here = end
    while (
        here > within[0]
        and tokens.kinds[here - 1] not in (COMMA, CLOSE, OPEN, STOP, COLON, BREAK)
        and (tokens.words[here - 1] not in group(language, "boundaries"))
    ):
        here -= 1
    if named and here < end and named[1] - here <= _LONGEST_SOURCE:
        return here, named[1]
    return (here, end) if here < end and end - here <= _LONGEST_SOURCE else None


def _before_relative(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str
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
    trimmed = _trim(tokens, (here, end), naming, language) if end > here else None
    if trimmed and _speaks(tokens, trimmed, naming, language):
        return trimmed, "", True
    return None, "", False


def _inverted(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of words that come first, then verb, then subject."""
    here = at
    hung = ""
    spoken = _cues(language).get(tokens.words[at])
    if spoken and spoken.kind in _NEVER_INVERTED:
        return None
    while here > within[0] and tokens.kinds[here - 1] == WORD:
        pronoun = _HUNG.search(tokens.words[here - 1])
        if not pronoun and tokens.words[here - 1] not in group(language, "auxiliaries"):
            break
        hung = pronoun[1] if pronoun else hung
        here -= 1
    if here <= within[0] or tokens.kinds[here - 1] not in (COMMA, CLOSE):
        return None
    start = at + 1
    end = start
    while end < within[1] and end - start < _LONGEST_SOURCE:
        kind, word = tokens.kinds[end], tokens.words[end]
        if kind not in (WORD, END_PAREN, PAREN, OTHER):
            break
        if (
            word in group(language, "after_subject") and end not in naming.starts
        ) or end in naming.times:
            break
        end += 1
    source: Range | None = None
    hung = hung or (found[1] if (found := _HUNG.search(tokens.words[at])) else "")
    gender = _PRONOUNS.get(hung, "")
    if end > start and not hung:
        if tokens.words[start] in _PRONOUNS:
            gender = _PRONOUNS[tokens.words[start]]
        else:
            if any(verb_at(tokens, k, language) for k in range(start, end)):
                return None  # a clause with its own verb is no subject
            source = _trim(tokens, (start, end), naming, language)
            if source is None or not _speaks(tokens, source, naming, language):
                return None
    elif not hung:
        return None
    said = _said_before(tokens, here, within)
    if said is None:
        return None
    quoted = CLOSE in (tokens.kinds[here - 1], tokens.kinds[here - 2])
    if not quoted and not any(verb_at(tokens, k, language) for k in range(*said)):
        return None  # X, the minister, accused: no words stand before
    cue = _cues(language).get(tokens.words[at]) or _cues(language)[_HUNG.sub("", tokens.words[at])]
    return Frame(
        said[0],
        _apposition_end(tokens, end, within[1], language),
        (at, at + 1),
        cue.kind,
        said,
        source,
        None,
        gender,
        tokens.kinds[said[0]] == OPEN,
    )


def _apposition_end(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return where the apposition to a subject after its verb ends: said Amina, a teacher."""
    here = at
    while here < end and tokens.kinds[here] not in (STOP, BREAK, OPEN, COLON):
        cue = _cues(language).get(tokens.words[here])
        if (
            here > at
            and tokens.kinds[here - 1] == COMMA
            and ((cue and cue.participle) or tokens.words[here] in group(language, "boundaries"))
        ):
            return here - 1
        here += 1
    return here if here == end or tokens.kinds[here] != OPEN else here - 1


def _said_before(tokens: Tokens, start: int, within: Range) -> Range | None:
    """Return the words that stand before a comma or closing mark at ``start``."""
    if start <= within[0] or tokens.kinds[start - 1] not in (COMMA, CLOSE):
        return None
    first = within[0]
    end = start - 1 if tokens.kinds[start - 1] == COMMA else start
    if end - first < _SHORTEST_SAID or sum(tokens.kinds[k] == WORD for k in range(first, end)) < 2:
        return None
    return first, end


def _ends_clause(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether the verb has no content after it: a pause, an end, or circumstances only."""
    if at >= end:
        return True
    return tokens.kinds[at] in (COMMA, STOP, BREAK, COLON) or tokens.words[at] in group(
        language, "after_subject"
    )


def _clause_end(tokens: Tokens, at: int, end: int) -> int:
    """Return the next pause: what stands up to it belongs to the frame."""
    here = at
    while here < end and tokens.kinds[here] not in (COMMA, STOP, BREAK, OPEN, COLON):
        here += 1
    return here


def _bare_content(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether an English clause follows the verb without conjunction."""
    if at + 2 >= end or tokens.kinds[at] != WORD or tokens.words[at] in group("en", "not_content"):
        return False
    for k in range(at + 1, min(end, at + _BARE_REACH)):
        if tokens.kinds[k] in (STOP, BREAK):
            return False
        if tokens.kinds[k] == WORD and verb_at(tokens, k, "en"):
            return True
    return False
