"""Where does a French or English sentence say that somebody says something?

The subject stands before the verb (the minister said that …), after it where the
words come first ("…", said the minister), or beside it (according to …). What is
said follows a conjunction, a quotation mark or a colon; in English it may follow
the verb directly; or it stands before, up to a comma or a closing mark.
"""

import re
from dataclasses import replace
from functools import cache, lru_cache

from tawatur.model.text import composed
from tawatur.reading.clauses import is_grave, is_verb, verb_at
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
from tawatur.reading.tables import rows
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
    fold_word,
)

PRONOUNS = {
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
    openers = _openers(language)
    labelled = _labelled(tokens, within, naming, language)
    if labelled:
        found.append(labelled)
        at = taken = labelled.end
    while at < end:
        if tokens.kinds[at] == WORD:
            frame: Frame | None = None
            word = tokens.words[at]
            if word in openers or "-" in word:
                frame = _beside(tokens, at, within, naming, language) or _verb(
                    tokens, at, within, naming, language, taken
                )
            if frame is None and word in openers and not found:
                frame = _rumoured(tokens, at, within, language)
            if frame is None and at > within[0] and tokens.kinds[at - 1] in (CLOSE, COMMA):
                frame = _after_quotation(tokens, at, (taken, within[1]), naming, language)
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
                if frame.content[1] == within[1]:
                    taken = max(taken, frame.content[0])
                continue
        elif (
            tokens.kinds[at] == COLON
            and tokens.kinds[at + 1 : at + 2] == (OPEN,)
            and at + 1 > taken
        ):
            found.append(_quotation(at + 1, within[1], "say"))
            taken = at + 1
        at += 1
    return tuple(found)


@cache
def _openers(language: str) -> frozenset[str]:
    """Return the words at which a frame can be found."""
    return (
        frozenset(_cues(language))
        | frozenset(phrase_heads(language, "adverbial_cues"))
        | frozenset(word for word, kind in source_nouns(language).items() if kind == "rumour")
    )


def _rumoured(tokens: Tokens, at: int, within: Range, language: str) -> Frame | None:
    """Return the frame of what a rumour has: rumours that he fled."""
    if source_nouns(language).get(tokens.words[at]) != "rumour" or at + 2 >= within[1]:
        return None
    if tokens.words[at + 1] not in group(language, "that"):
        return None
    return Frame(at, at + 2, (at, at + 1), "guess", (at + 2, within[1]), (at, at + 1), rumour=True)


def _quotation(at: int, end: int, kind: str) -> Frame:
    """Return the frame of a quotation by whoever the sentence is about: … : "…"."""
    return Frame(
        at, at, (at, at), kind, (at, end), None, direct=True, joined=True, same_speaker=True
    )


def _after_quotation(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of a verb in no table between a quotation and its speaker: "…", sighs X."""
    before = tokens.kinds[at - 2 : at] if at >= 2 else ()
    if before != (CLOSE, COMMA) and before[1:] != (CLOSE,):
        return None
    if not tokens.text[tokens.starts[at]].islower() or tokens.words[at] in _cues(language):
        return None
    here = at
    while here < within[1] and tokens.words[here] in group(language, "auxiliaries"):
        here += 1
    word = tokens.words[min(here, within[1] - 1)]
    hung = any(_HUNG.search(w) for w in tokens.words[at : here + 1])
    if not hung and not (is_verb(word, language) or word.endswith(_SPEAKING[language])):
        return None
    if word in group(language, "after_subject") or word in group(language, "before_nouns"):
        return None
    return _inverted(tokens, here, at, within, naming, language)


_SPEAKING = {"fr": ("e", "t", "it"), "en": ("ed", "s")}


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
        if tokens.words[stop] in _OBJECTS:
            return Frame(
                at,
                stop + 1,
                (at, stop),
                "say",
                (stop + 1, within[1]),
                gender=_OBJECTS[tokens.words[stop]],
                beside=True,
            )
        if row["scope"] == "source" and not _stands_apart(tokens, at, stop, within):
            continue
        phrase_end = _phrase_end(tokens, stop, within[1], language)
        phrase = _trim(tokens, (first, phrase_end), naming, language)
        if phrase is None or not (
            row["scope"] == "any" or _speaks(tokens, phrase, naming, language)
        ):
            continue
        whole_phrase = phrase
        if phrase_end - first <= _LONGEST_SOURCE:
            whole_phrase = (phrase[0], phrase_end)
        passed, relayed = _through(tokens, whole_phrase)
        if relayed:
            phrase = _trim(tokens, passed, naming, language) or passed
        if not relayed and phrase[1] == phrase_end:
            phrase = _with_name(tokens, phrase, phrase_end, within[1], naming)
            phrase_end = max(phrase_end, phrase[1])
        end, cited = _lead_end(tokens, at, phrase_end, within, naming, language)
        relayed = relayed or cited
        if not relayed:
            phrase = _in_full(tokens, phrase, end, language)
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


_OBJECTS = {"lui": "m", "elle": "f", "eux": "", "elles": "f", "him": "m", "her": "f", "them": ""}


def _stands_apart(tokens: Tokens, at: int, stop: int, within: Range) -> bool:
    """Return whether "from a source" is not governed by a verb: it follows a pause or ends all."""
    if at == within[0] or tokens.kinds[at - 1] != WORD or tokens.words[at - 1] in ("on", "et"):
        return True
    return bool(_HUNG.search(tokens.words[at - 1])) or tokens.words[at - 1].endswith("-on")


def _lead_end(
    tokens: Tokens, at: int, end: int, within: Range, naming: Naming, language: str
) -> tuple[int, Range | None]:
    """Return where what qualifies a source ends, and whom it cites there.

    "According to the weekly, which cited two agents, prices rise": a relative clause and
    appositions between commas still belong to the source.
    """
    cited: Range | None = None
    here = end
    heads = phrase_heads(language, "relatives")
    leads = all(tokens.kinds[k] != WORD for k in range(within[0], at)) or (
        tokens.kinds[at - 1] in (COMMA, COLON, OPEN)
    )
    while leads and here + 1 < within[1] and tokens.kinds[here] == COMMA:
        stop = next(
            (k for k in range(here + 1, within[1]) if tokens.kinds[k] in (COMMA, STOP, OPEN)),
            within[1],
        )
        if stop >= within[1] or tokens.kinds[stop] != COMMA:
            break
        relative = any(tokens.words[k] in heads for k in range(here + 1, min(stop, here + 4)))
        if not relative and any(verb_at(tokens, k, language) for k in range(here + 1, stop)):
            break
        if not relative and not _qualifies(tokens, here + 1, language):
            break
        for k in range(here + 1, stop):
            if tokens.words[k] in _CITING and cited is None:
                cited = _trim(tokens, (k + 1, stop), naming, language)
        here = stop
    return here, cited


_CITING = frozenset(("citing", "quoting", "citant", "cited", "quoted", "cite", "cites", "quotes"))


def _qualifies(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether what opens at ``at`` can be an apposition: dated May, joined by phone."""
    word = tokens.words[at]
    if word in _CITING or (language == "fr" and _accented(tokens, at)):
        return True
    return language == "en" and word.endswith(("ed", "ing"))


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
        if here > first and here in naming.times and not noun_key(tokens.words[here], language):
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
        (tokens.kinds[k] == OTHER and k > phrase[0])
        or (
            tokens.kinds[k] == WORD
            and tokens.text[tokens.starts[k]].isupper()
            and tokens.words[k] not in group(language, "determiners")
            and tokens.words[k] not in group(language, "first_person")
            and tokens.words[k] not in PRONOUNS
        )
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
    if tokens.ends[colon - 1] - tokens.starts[first] == 1:
        return None  # Q: and A: name nobody
    named = naming.starts.get(first)
    capitals = tokens.text[tokens.starts[first] : tokens.ends[colon - 1]].isupper()
    if not capitals and not (named and named[0] == colon and named[2] in SPEAKERS):
        return None
    if named and named[2] == "GPE" and tokens.kinds[colon + 1] != OPEN:
        return None  # what the line is about: "Spain: talks with the rebels"
    return Frame(
        first, colon + 1, (colon, colon + 1), "say", (colon + 1, end), (first, colon), direct=True
    )


def _verb(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str, taken: int
) -> Frame | None:
    """Return the frame that the verb at ``at`` opens, if it is one and does."""
    word = tokens.words[at]
    cue = _cues(language).get(word)
    if cue is None and "-" in word:
        cue = _cues(language).get(_HUNG.sub("", word))
    if cue is None or at in naming.starts:
        return None
    if at > within[0] and tokens.text[tokens.starts[at]].isupper():
        return None  # a name: the Post
    floor = max(within[0], taken)
    start = _verb_group(tokens, at, floor, naming, language)
    if not _is_verb_here(tokens, at, start, within, cue, language):
        return None
    reach = (floor, within[1])
    if cue.participle and not (at > start and set(tokens.words[start:at]) & _PASSIVE):
        if _quoted_as(tokens, at, floor):
            start = at - 2
            start = _verb_group(tokens, start, floor, naming, language)
        else:
            return _participle(tokens, at, within, cue, naming, language)
    sure = cue.lemma in group(language, "sure")
    source, gender, named = _subject_before(tokens, start, reach, naming, language, sure=sure)
    if source is not None and tokens.words[source[0]] in group(language, "first_person"):
        return None
    opening = _opening(tokens, at + 1, within[1], cue, naming, language)
    if language == "fr" and opening and {"ne", "n'"} & set(tokens.words[start:at]):
        opening = None  # il n'en reconnaît que dix
    if _anonymous(tokens, at, within[1], language):
        return None
    if (
        opening
        and cue.kind in _NEVER_INVERTED
        and opening[1] in ("colon", "quote")
        and _has_object(tokens, at + 1, opening[0], naming, language)
        and not _is_adverb(tokens.words[at + 1], language)
        and opening[0] - at > _OBJECT
    ):
        opening = None  # he denied any part in it: "…"
    if cue.lemma in group(language, "needs_that") and (
        opening is None
        or opening[1] == "colon"
        or (opening[1] == "quote" and opening[0] > at + 1 and tokens.kinds[opening[0] - 1] == WORD)
    ):
        nominal = cue.lemma in group(language, "nominal")
        shows = source is not None and _is_document(tokens, source, language)
        if shows and opening is None and _has_object(tokens, at + 1, within[1], naming, language):
            return Frame(
                source[0] if source else at,
                at + 1,
                (start, at + 1),
                cue.kind,
                (at + 1, within[1]),
                source,
                gender=gender,
                joined=_joined(tokens, source[0] if source else at, within),
            )
        if not nominal and not _said_before(tokens, source[0] if source else start, reach):
            return None
        opening = None
    inverted = _inverted(tokens, at, start, reach, naming, language)
    if inverted and (opening is None or opening[1] != "that"):
        return inverted
    if source is None:
        return _joined_verb(tokens, at, start, within, cue, opening, naming, language)
    first = source[0]
    phrase = source if named else None
    quoted: Range | None = None
    if phrase is not None and phrase[1] < start:
        phrase = _in_full(tokens, phrase, start, language)
    if phrase is not None:
        longer = (phrase[0], start)
        passed, quoted = (
            _through(tokens, longer) if start - phrase[0] <= _LONGEST_SOURCE else (phrase, None)
        )
        phrase = passed if quoted else phrase
    spoken = _said_before(tokens, first, reach)
    cue_range = (start, _cue_end(tokens, at, within[1], language))
    kind = _kind_here(tokens, at, cue, opening, within[1])
    relative = start > floor and tokens.words[start - 1] in (
        group(language, "persons_relative") | {"that", "which"}
    )
    opens, closes, said_until = first, within[1], within[1]
    if relative:
        said_until = _resumption(tokens, at + 1, within[1], language)
        opens = start
        closes = next(
            (k for k in range(at + 1, within[1]) if tokens.kinds[k] in (COMMA, DASH)), closes
        )
    frame = Frame(
        opens,
        opens,
        cue_range,
        kind,
        (opens, closes),
        phrase,
        None,
        gender,
        joined=_joined(tokens, first, within),
        relayed=quoted,
        pronoun=source if tokens.words[source[0]] in PRONOUNS else None,
    )
    if (
        spoken
        and at + 1 < within[1]
        and (tokens.kinds[at + 1] == COMMA or cue.kind != "tell")
        and CLOSE in (tokens.kinds[first - 1], tokens.kinds[first - 2])
        and not (opening and opening[1] == "that" and opening[0] <= at + 2)
    ):
        opening = None  # "…", he said, "…": the first words are the content
    if opening is None and spoken:
        around = _parenthesis(tokens, at, spoken, within[1], language)
        if around:
            return replace(frame, first=around[0], end=around[0], content=around, whole=True)
    if opening:
        content, how, to = opening
        if content >= within[1]:
            return None
        if how == "whole":
            if phrase is not None and not _speaks(tokens, phrase, naming, language):
                return None
            return replace(frame, to=to, whole=True)
        if (
            phrase is not None
            and word in group(language, "nounable")
            and not _speaks(tokens, phrase, naming, language)
        ):
            return None
        return replace(
            frame,
            end=content,
            content=(content, max(content + 1, said_until)),
            to=to,
            direct=_quotes_all(tokens, content, within[1]),
            relayed=quoted or _relayed(tokens, first, at, naming, language),
        )
    if spoken and (
        CLOSE in (tokens.kinds[first - 1], tokens.kinds[first - 2])
        or (
            cue.kind not in _NEVER_INVERTED
            and (phrase is None or _speaks(tokens, phrase, naming, language))
            and _ends_clause(tokens, at + 1, within[1], naming, language)
        )
    ):
        end = _clause_end(tokens, at + 1, within[1])
        return replace(
            frame,
            first=spoken[0],
            end=end,
            content=spoken,
            direct=tokens.kinds[spoken[0]] == OPEN,
            joined=False,
        )
    if phrase is not None and not sure and not _speaks(tokens, phrase, naming, language):
        return None
    if kind in ("act", "deny", "request", "promise", "threat") and at + 1 < within[1]:
        return replace(frame, whole=True)
    bare = _bare(tokens, at, within[1], cue, naming, language)
    if bare is not None:
        return replace(
            frame,
            end=bare,
            content=(bare, max(bare + 1, said_until)),
            to=(at + 1, bare) if bare > at + 1 and cue.kind == "tell" else None,
        )
    if cue.lemma in group(language, "nominal") and _has_object(
        tokens, at + 1, within[1], naming, language
    ):
        return replace(frame, whole=True)
    return None


def _kind_here(
    tokens: Tokens, at: int, cue: Cue, opening: tuple[int, str, Range | None] | None, end: int
) -> str:
    """Return what a verb does here: asking for help is a request, calling names is none."""
    if cue.lemma in ("reject", "rejeter") and opening and opening[1] == "that":
        return "deny"  # he rejected reports that …
    if cue.lemma == "call" and at + 1 < end and tokens.words[at + 1] not in ("for", "on", "upon"):
        return "act"
    if cue.kind == "ask" and cue.lemma == "ask" and (opening is None or opening[1] == "that"):
        return "request"
    return cue.kind


def _is_document(tokens: Tokens, source: Range, language: str) -> bool:
    """Return whether a subject is something written or counted: a poll shows people content."""
    nouns = source_nouns(language)
    return any(
        nouns.get(noun_key(tokens.words[k], language)) == "document"
        for k in range(source[0], min(source[1], source[0] + 7))
    )


def _quotes_all(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether the content is a quotation: its mark closes at a pause or not here."""
    if tokens.kinds[at] != OPEN:
        return False
    close = next((k for k in range(at + 1, end) if tokens.kinds[k] == CLOSE), None)
    if close is None or close - at > _LONG_QUOTATION or close + 1 >= end:
        return True
    return tokens.kinds[close + 1] != WORD or tokens.kinds[close - 1] in (COMMA, STOP)


_LONG_QUOTATION = 20  # tokens


def _resumption(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return the comma before the main verb that follows a relative clause, or the end."""
    for k in range(at + 1, end - 1):
        if tokens.kinds[k] == COMMA and (
            tokens.words[k + 1] in group(language, "finite") or verb_at(tokens, k + 1, language)
        ):
            return k
    return end


def _anonymous(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether somebody only asks not to be named: no claim of his."""
    hidden = group(language, "anonymity")
    return any(tokens.words[k] in hidden for k in range(at, min(end, at + 7)))


def _is_verb_here(
    tokens: Tokens, at: int, start: int, within: Range, cue: Cue, language: str
) -> bool:
    """Return whether the word is a verb that somebody does: no noun, not negated, not passive."""
    word = tokens.words[at]
    grouped = set(tokens.words[start:at])
    previous = tokens.words[at - 1] if at > within[0] and tokens.kinds[at - 1] == WORD else ""
    if language == "en" and at + 1 < within[1] and tokens.words[at + 1] in _PASSIVE - {"being"}:
        return False  # a noun: his tweets were
    if " " in cue.lemma and previous not in group(language, "phrase_heads"):
        return False  # the end of a phrase: fait savoir, fait état
    if not cue.participle and " " not in cue.lemma and start == at:
        if previous in group(language, "before_nouns"):
            return False
        if word in group(language, "nounable") and _is_noun(tokens, at, within, language):
            return False
    if cue.kind != "deny" and grouped & group(language, "negated") - {"to"}:
        return language == "fr" and at + 1 < within[1] and tokens.words[at + 1] in ("que", "qu'")
    if previous == "to" and start == at:
        return False
    if language == "en" and not cue.participle and grouped & _PASSIVE:
        return "having" in grouped
    if (
        language == "fr"
        and (_accented(tokens, at) or word in _bare_participles())
        and not grouped & group("fr", "participle_auxiliaries")
        and not any(_HUNG.search(w) for w in grouped)
        and previous not in group("fr", "phrase_heads")
    ):
        return False  # a bare participle is an adjective
    return not (
        language == "fr" and grouped & _BE and not grouped & _REFLEXIVE and cue.lemma != "venir"
    )


@cache
def _bare_participles() -> frozenset[str]:
    """Return the folded French participles of verbs of saying that have no accent: admis, tenue."""
    found: set[str] = set()
    for row in rows("fr", "cues"):
        forms_of = set(row["forms"].split("|"))
        for form in forms_of:
            masculine = form.removesuffix("s").removesuffix("e")
            if form.endswith(("u", "us", "i", "is")) or (
                form != masculine and masculine[-1:] in "uist" and masculine in forms_of
            ):
                found.add(fold_word(form))
    return frozenset(found)


def _is_noun(tokens: Tokens, at: int, within: Range, language: str) -> bool:
    """Return whether a word that can be noun or verb is a noun here: this bleak view, X's report.

    It is one where an article or a genitive stands before it with adjectives only between,
    or where another verb follows.
    """
    for k in range(at - 1, max(within[0] - 1, at - 4), -1):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD or word in PRONOUNS or noun_key(word, language):
            break
        if word.endswith(("'s", "s'", "’s", "s’")):
            return True
        if word in _POINTING or (word in group(language, "before_nouns") and word != "to"):
            return True
        if tokens.text[tokens.starts[k]].isupper():
            break
    after = at + 1
    return after < within[1] and tokens.kinds[after] == WORD and verb_at(tokens, after, language)


_OBJECT = 3  # tokens up to a mark: less holds no object
_POINTING = frozenset({"this", "that", "these", "those", "some", "any", "each", "all"})
_BE = frozenset({"est", "sont", "etait", "etaient", "ete", "fut", "furent", "sera", "seront"})
_REFLEXIVE = frozenset({"s'", "se", "s'est", "s'etait"})


def _verb_group(tokens: Tokens, at: int, floor: int, naming: Naming, language: str) -> int:
    """Return the first token of the auxiliaries, clitics and adverbs that end in the verb."""
    here = at
    auxiliaries = group(language, "auxiliaries")
    while here > floor and tokens.kinds[here - 1] == WORD and here - 1 not in naming.starts:
        word = tokens.words[here - 1]
        if (
            word in auxiliaries or _is_adverb(word, language) or _HUNG.search(word)
        ) and not is_grave(tokens, here - 1):
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


def _is_time(tokens: Tokens, at: int, naming: Naming) -> bool:
    return at in naming.times


def _interposed(tokens: Tokens, at: int, floor: int, language: str) -> int:
    """Return where an adverbial phrase that ends before ``at`` begins: "en revanche"; or 0."""
    for words in _phrases_of(language):
        first = at - len(words)
        if first >= floor and tokens.words[first:at] == words:
            return first
    return 0


@cache
def _phrases_of(language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in sorted(group(language, "interposed")))


def _cue_end(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return the token after the cue, its particle included: pointed out, called for."""
    particles = group(language, "particles")
    return at + 2 if at + 1 < end and tokens.words[at + 1] in particles else at + 1


def _quoted_as(tokens: Tokens, at: int, floor: int) -> bool:
    """Return whether the participle stands in "was quoted as saying"."""
    return (
        at - 2 > floor
        and tokens.words[at - 1] == "as"
        and tokens.words[at - 2] in ("quoted", "cited", "reported", "described")
    )


def _parenthesis(tokens: Tokens, at: int, spoken: Range, end: int, language: str) -> Range | None:
    """Return the sentence around "…, he said, …" if only both sides together are one.

    They are where the first side has no verb of its own, or opens with "if".
    """
    after = at + 1
    if after + 1 >= end or tokens.kinds[after] != COMMA or tokens.kinds[after + 1] != WORD:
        return None
    cue = _cues(language).get(tokens.words[after + 1])
    if (cue and cue.participle) or tokens.words[after + 1] in group(language, "that"):
        return None
    if CLOSE in (tokens.kinds[spoken[1] - 1], tokens.kinds[spoken[1]]):
        return None
    opener = tokens.words[spoken[0]]
    if opener not in group(language, "conditions") and any(
        verb_at(tokens, k, language) for k in range(*spoken)
    ):
        return None
    stop = after + 1
    while stop < end and tokens.kinds[stop] not in (STOP, BREAK):
        stop += 1
    return spoken[0], stop


def _has_object(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> bool:
    """Return whether a noun phrase follows the verb."""
    while at < end and at in naming.times:
        at += 1
    if at >= end or tokens.kinds[at] not in (WORD, OPEN):
        return False
    return tokens.words[at] not in group(language, "after_subject") or tokens.words[at] in (
        "that", "this", "a", "ce", "cette", "en",
    )  # fmt: skip


def _bare(tokens: Tokens, at: int, end: int, cue: Cue, naming: Naming, language: str) -> int | None:
    """Return where a clause that follows the verb without conjunction begins, if one does.

    In French an infinitive does (affirme n'avoir rien reçu); in English a clause, perhaps
    after whom it is told to, a day or a place (told the paper he would go).
    """
    after = at + 1
    if language == "fr":
        return (
            after if cue.kind in _BARE_KINDS and _infinitive(tokens, after, end, naming) else None
        )
    if cue.kind in ("claim", "guess") and after < end and tokens.words[after] == "to":
        return after
    if cue.kind not in (*_BARE_KINDS, "tell", "warn"):
        return None
    if cue.kind != "tell" and _bare_content(tokens, after, end):
        return after
    limit = min(end, after + _BARE_START)
    if cue.kind == "tell" and after in naming.starts:
        named = naming.starts[after][0]
        if named < end and _bare_content(tokens, named, end):
            return named
    if cue.kind == "tell" and after < end and tokens.words[after] in group("en", "tell_whom"):
        return after + 1 if _bare_content(tokens, after + 1, end) else None
    for k in range(after + 1, limit):
        if tokens.kinds[k] not in (WORD, OTHER):
            return None
        if tokens.words[k] in group("en", "subjects") and any(
            j < end and verb_at(tokens, j, "en") for j in range(k, k + 4)
        ):
            return k
        if (
            cue.kind == "tell"
            and tokens.words[k] in _STARTING
            and tokens.text[tokens.starts[k - 1]].isupper()
            and _bare_content(tokens, k, end)
        ):
            return k
        if verb_at(tokens, k, "en"):
            return None
    return None


_BARE_START = 12
_STARTING = frozenset({"his", "her", "their", "its", "the", "a", "an", "there"})


def _infinitive(tokens: Tokens, at: int, end: int, naming: Naming) -> bool:
    """Return whether a French infinitive stands at ``at``, its negation and clitics apart."""
    here = at
    while here < end and here - at < 4 and tokens.words[here] in _BEFORE_INFINITIVE:
        here += 1
    if here >= end or tokens.kinds[here] != WORD or here in naming.starts or here in naming.times:
        return False
    return _is_infinitive(tokens.words[here])


@lru_cache(maxsize=5_000)
def _is_infinitive(word: str) -> bool:
    """Return whether a folded French word is the infinitive of a verb that the tables know."""
    if word in group("fr", "infinitives"):
        return True
    if word in group("fr", "not_infinitives"):
        return False
    if word.endswith("er"):
        return is_verb(word[:-2] + "e", "fr") or is_verb(word[:-2] + "ent", "fr")
    if word.endswith("ir"):
        return is_verb(word[:-1] + "t", "fr") or is_verb(word[:-2] + "ait", "fr")
    return False


_BEFORE_INFINITIVE = frozenset({"ne", "n'", "pas", "plus", "rien", "jamais", "l'", "se", "s'", "y"})


def _joined_verb(
    tokens: Tokens,
    at: int,
    start: int,
    within: Range,
    cue: Cue,
    opening: tuple[int, str, Range | None] | None,
    naming: Naming,
    language: str,
) -> Frame | None:
    """Return the frame of "X left and said that": the subject of the clause before speaks."""
    if start - 1 <= within[0] or (
        tokens.words[start - 1] not in ("and", "et", "but", "mais")
        and tokens.words[start - 1] not in group(language, "persons_relative")
    ):
        return None
    content: int | None = None
    whole = False
    if opening and opening[1] in ("that", "quote") and opening[0] < within[1]:
        content = opening[0]
    elif (opening and opening[1] == "whole") or (
        cue.kind in ("act", "deny", "request", "promise", "threat") and at + 1 < within[1]
    ):
        content, whole = start, True
    else:
        content = _bare(tokens, at, within[1], cue, naming, language)
        if (
            content is None
            and cue.lemma in group(language, "nominal")
            and _has_object(tokens, at + 1, within[1], naming, language)
        ):
            content, whole = start, True
    if content is None:
        return None
    return Frame(
        start,
        content,
        (start, at + 1),
        cue.kind,
        (content, within[1]),
        None,
        opening[2] if opening else None,
        "",
        tokens.kinds[content] == OPEN,
        joined=True,
        same_speaker=True,
        whole=whole,
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


def _through(tokens: Tokens, phrase: Range) -> tuple[Range, Range | None]:
    """Return who passes words on and whom it quotes: "a source quoted by the agency"."""
    for k in range(phrase[0] + 1, phrase[1] - 2):
        if tokens.words[k] in _QUOTED and tokens.words[k + 1] in ("by", "par"):
            return (k + 2, phrase[1]), (phrase[0], k)
    return phrase, None


_QUOTED = frozenset(
    ("quoted", "cited", "cite", "cites", "citee", "citees", "relaye", "relayee", "relayes")
)


def _accented(tokens: Tokens, at: int) -> bool:
    """Return whether the original French word ends like a past participle (é, ée, és, ées)."""
    word = composed(tokens.text[tokens.starts[at] : tokens.ends[at]]).lower()
    return word.rstrip("es").endswith("é") or word.endswith("é")


def _joined(tokens: Tokens, start: int, within: Range) -> bool:
    return start > within[0] and (
        tokens.words[start - 1] in ("and", "but", "et", "mais", "while", "tandis")
    )


def _participle(
    tokens: Tokens, at: int, within: Range, cue: Cue, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of "…, adding that": the same speaker goes on."""
    if at == within[0] or tokens.kinds[at - 1] not in (COMMA, CLOSE, WORD):
        return None
    if tokens.kinds[at - 1] == WORD and tokens.words[at - 1] not in (
        "en",
        "tout",
        "while",
        "and",
        "et",
        "by",
        "mais",
    ):
        return None
    opening = _opening(tokens, at + 1, min(within[1], at + 8), cue, naming, language)
    if opening is None:
        bare = _bare(tokens, at, within[1], cue, naming, language)
        opening = (bare, "bare", None) if bare is not None else None
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
    tokens: Tokens, at: int, end: int, cue: Cue, naming: Naming, language: str
) -> tuple[int, str, Range | None] | None:
    """Return where the content begins, by what it is opened, and the addressee."""
    commas, here = 0, at
    limit = min(end, at + _FURTHEST)
    that = group(language, "that")
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if kind == WORD:
            if word in that and (
                here == at or tokens.words[here - 1] not in ("plus", "moins", "ce", "tel", "such")
            ):
                if language == "en" and here > at and tokens.words[here - 1] in ("and", "but"):
                    return None  # he said X and that Y
                to = (at, here) if cue.kind == "tell" and 0 < here - at <= 8 else None
                return here + 1, "that", to
            if cue.kind == "ask" and word in group(language, "asking"):
                return here, "question", None
            if cue.kind in ("request", "promise", "threat") and (
                here == at or _to_infinitive(tokens, here, language)
            ):
                if here == at and word not in ("to", "de", "d'", "for", "on", "a", "au", "aux"):
                    here += 1
                    continue
                return here, "whole", None
            if (
                here > at
                and cue.kind != "tell"
                and _cues(language).get(word)
                and here not in naming.starts
                and tokens.words[here - 1] not in group(language, "before_nouns")
                and not (
                    word in group(language, "nounable")
                    and tokens.words[here - 2] in group(language, "before_nouns")
                )
                and (language != "fr" or not _accented(tokens, here))
            ):
                return None
        elif kind == OPEN:
            if here - at > 14 or _partial(tokens, here, at, end, language):
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


def _partial(tokens: Tokens, at: int, verb_end: int, end: int, language: str) -> bool:
    """Return whether the quotation that opens at ``at`` is only some words of a sentence."""
    if at == verb_end or tokens.kinds[at - 1] != WORD:
        return False
    if tokens.words[at - 1] in group(language, "before_nouns"):
        return True
    if any(verb_at(tokens, k, language) for k in range(verb_end, at)):
        return True
    words = 0
    for k in range(at + 1, end):
        if tokens.kinds[k] == CLOSE:
            break
        words += tokens.kinds[k] == WORD
        if tokens.kinds[k] == WORD and verb_at(tokens, k, language):
            return False
    return words < _PARTIAL


_PARTIAL = 6


def _to_infinitive(tokens: Tokens, at: int, language: str) -> bool:
    return tokens.words[at] in (
        ("to", "for", "on") if language == "en" else ("de", "d'", "a", "au", "aux")
    )


def _subject_before(
    tokens: Tokens, verb: int, within: Range, naming: Naming, language: str, *, sure: bool
) -> tuple[Range | None, str, bool]:
    """Return the subject's tokens before the verb group, its gender, and whether it is named."""
    for k in range(verb, min(within[1], verb + 4)):
        hung = _HUNG.search(tokens.words[k])
        if hung and tokens.words[k] in group(language, "auxiliaries"):
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
        trimmed = _trim(tokens, segment, naming, language)
        return (
            (trimmed, "", True)
            if trimmed and (sure or _speaks(tokens, trimmed, naming, language))
            else (None, "", False)
        )
    while here > within[0]:
        kind, word = tokens.kinds[here - 1], tokens.words[here - 1]
        if kind in (COMMA, CLOSE, OPEN, STOP, COLON, DASH, BREAK, PAREN, END_PAREN):
            break
        if here - 1 in naming.starts:
            here -= 1
            continue
        if kind == WORD and word in group(language, "persons_relative"):
            return _before_relative(tokens, here - 1, within, naming, language, sure=sure)
        if kind == WORD and word in group(language, "boundaries"):
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
    here = _after_preposition(tokens, here, end, naming, language)
    trimmed = _trim(tokens, (here, end), naming, language)
    if trimmed and all(
        tokens.words[k] in group(language, "counting") or tokens.words[k] in _ARTICLES
        for k in range(*trimmed)
    ):
        return (end - 1, end), "", False  # "the four": somebody named before
    if trimmed and _has_its_own_verb(tokens, trimmed, naming, language):
        return None, "", False
    return (trimmed, "", True) if trimmed else (None, "", False)


def said_before_that(tokens: Tokens, within: Range, naming: Naming, language: str) -> Frame | None:
    """Return the frame of "C'est ce qu'a reconnu X": X says what the sentence before says."""
    first = within[0]
    if tokens.words[first : first + 4] not in (
        ("c'", "est", "ce", "qu'"),
        ("c'", "est", "ce", "que"),
    ):
        return None
    for at in range(first + 4, min(within[1], first + 8)):
        cue = _cues(language).get(tokens.words[at])
        if cue is None or cue.kind not in _BARE_KINDS:
            continue
        begin = _after_addressee(tokens, at + 1, within[1], naming, language)
        end = begin
        while end < within[1] and tokens.kinds[end] == WORD and end - begin < _LONGEST_SOURCE:
            if end > begin and tokens.words[end] in group(language, "after_subject"):
                break
            end += 1
        source = _trim(tokens, (begin, end), naming, language) if end > begin else None
        if source and (_speaks(tokens, source, naming, language)):
            return Frame(first, end, (first + 4, at + 1), cue.kind, (first, first), source)
    return None


def subject_of(tokens: Tokens, within: Range, naming: Naming, language: str) -> Range | None:
    """Return the subject of the first verb of a sentence, if it can speak."""
    for k in range(within[0] + 1, min(within[1], within[0] + _FIRST_VERB)):
        if tokens.kinds[k] != WORD or not verb_at(tokens, k, language):
            continue
        start = _verb_group(tokens, k, within[0], naming, language)
        if start <= within[0]:
            return None
        source, _, named = _subject_before(tokens, start, within, naming, language, sure=False)
        if source is None or not named or not _speaks(tokens, source, naming, language):
            return None
        return source
    return None


_FIRST_VERB = 30  # tokens


def _relative_that(tokens: Tokens, at: int, end: int, within: Range, language: str) -> bool:
    """Return whether "that" opens a relative clause within a subject: people that came say."""
    if at <= within[0] or tokens.words[at - 1] in _cues(language):
        return False
    return any(verb_at(tokens, k, language) for k in range(at + 1, end))


def _after_preposition(tokens: Tokens, first: int, end: int, naming: Naming, language: str) -> int:
    """Return where the subject begins after a phrase of place or time: In Niamey, Smith."""
    if tokens.words[first] not in group(language, "aside_openers"):
        return first
    found = naming.first_in((first + 1, end), PEOPLE)
    return found[0] if found else first


_ARTICLES = frozenset({"the", "all", "both", "les", "tous", "des", "ces", "these", "those"})


def _has_its_own_verb(tokens: Tokens, phrase: Range, naming: Naming, language: str) -> bool:
    """Return whether a phrase holds an auxiliary of its own and so is a clause, not a subject."""
    return any(
        tokens.words[k] in group(language, "finite")
        and not is_grave(tokens, k)
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
        or not (sure or _speaks(tokens, parts[-1], naming, language))
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
    if naming.first_in((first, last), PEOPLE) is None:
        named = naming.first_in(parts[-2], PEOPLE)
        ends = named[1] if named and named[0] - parts[-2][0] <= _TITLE else 0
        ends = ends or _capitals(tokens, parts[-2][0], parts[-2][1] + 1)
        if ends and ends - first <= _LONGEST_SOURCE:
            return first, ends
    return (first, last) if last - first <= _LONGEST_SOURCE else None


_MOST_PARTS = 6
_TITLE = 3  # words of a title before a name


def _part_start(tokens: Tokens, end: int, floor: int) -> int:
    """Return where what stands between two commas before ``end`` begins, brackets apart."""
    here = end
    while here > floor and tokens.kinds[here - 1] not in _PART_BOUNDS:
        here -= 1
        if tokens.kinds[here] == END_PAREN:
            opens = [k for k in range(max(floor, here - 8), here) if tokens.kinds[k] == PAREN]
            here = opens[-1] if opens else here
    return here


_PART_BOUNDS = (COMMA, CLOSE, OPEN, STOP, COLON, BREAK, DASH)


def _has_clause(tokens: Tokens, part: Range, language: str) -> bool:
    """Return whether a part between commas is a clause of its own, and no relative one."""
    heads = phrase_heads(language, "relatives")
    for k in range(*part):
        if tokens.words[k] in heads or tokens.words[k] == "whose":
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
    trimmed = _trim(tokens, (here, end), naming, language) if end > here else None
    if trimmed and (sure or _speaks(tokens, trimmed, naming, language)):
        return trimmed, "", True
    return None, "", False


def _inverted(
    tokens: Tokens, at: int, start: int, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of words that come first, then verb, then subject."""
    spoken = _cues(language).get(tokens.words[at])
    if spoken and (spoken.kind in _NEVER_INVERTED or (spoken.kind == "tell" and language == "en")):
        return None
    hung = next((m[1] for k in range(start, at + 1) if (m := _HUNG.search(tokens.words[k]))), "")
    if start <= within[0] or tokens.kinds[start - 1] not in (COMMA, CLOSE):
        return None
    first = at + 1 if hung else _after_addressee(tokens, at + 1, within[1], naming, language)
    end = first
    while end < within[1] and end - first < _LONGEST_SOURCE:
        kind, word = tokens.kinds[end], tokens.words[end]
        if kind not in (WORD, END_PAREN, PAREN, OTHER):
            break
        if (
            word in group(language, "after_subject") and end not in naming.starts and end > first
        ) or end in naming.times:
            break
        end += 1
    source: Range | None = None
    gender = PRONOUNS.get(hung, "")
    if end > first and not hung:
        if tokens.words[first] in _NO_SUBJECT:
            return None
        if tokens.words[first] in PRONOUNS:
            gender = PRONOUNS[tokens.words[first]]
        else:
            if any(verb_at(tokens, k, language) for k in range(first, end)):
                return None  # a clause with its own verb is no subject
            source = _trim(tokens, (first, end), naming, language)
            if source is None or not (
                _speaks(tokens, source, naming, language)
                or (
                    tokens.kinds[start - 2] == CLOSE
                    and tokens.words[source[0]] in group(language, "before_nouns")
                )
            ):
                return None
            source = _with_name(tokens, source, end, within[1], naming)
            source = _in_full(tokens, source, within[1], language)
    elif not hung:
        return None
    said = _said_before(tokens, start, within)
    if said is None:
        return None
    quoted = CLOSE in (tokens.kinds[start - 1], tokens.kinds[start - 2])
    if not quoted and not any(verb_at(tokens, k, language) for k in range(*said)):
        return None  # X, the minister, accused: no words stand before
    cue = spoken or _cues(language).get(_HUNG.sub("", tokens.words[at]))
    return Frame(
        said[0],
        _apposition_end(tokens, end, within[1], language),
        (start, at + 1),
        cue.kind if cue else "say",
        said,
        source,
        None,
        gender,
        tokens.kinds[said[0]] == OPEN,
        pronoun=(first, first + 1) if not hung and tokens.words[first] in PRONOUNS else None,
    )


def _in_full(tokens: Tokens, source: Range, stop: int, language: str) -> Range:
    """Return a source with what tells who it is: (R-Ky.), of Showtime, the chief of police.

    Brackets, a phrase that depends on it, and an apposition of some words without a verb.
    """
    end = source[1]
    if end + 1 < stop and tokens.kinds[end] == PAREN:
        close = next(
            (k for k in range(end, min(stop, end + 8)) if tokens.kinds[k] == END_PAREN), end - 1
        )
        end = close + 1
    if end + 1 < stop and tokens.words[end] in ("of", "from", "de", "du", "d'"):
        here = end + 1
        while here < stop and here - end <= _DEPENDENT and tokens.kinds[here] == WORD:
            if tokens.words[here] in group(language, "after_subject") or verb_at(
                tokens, here, language
            ):
                break
            here += 1
        end = here
    if end + 1 < stop and tokens.kinds[end] == COMMA:
        here = end + 1
        while here < stop and here - end <= _APPOSED and tokens.kinds[here] in (WORD, OTHER):
            if verb_at(tokens, here, language):
                return source[0], end
            here += 1
        closed = here >= stop or tokens.kinds[here] in (COMMA, STOP, BREAK)
        first = tokens.words[end + 1] if end + 1 < here else ""
        if closed and here - end > 2 and first in _APPOSITION:
            return source[0], here
    return source[0], end


_DEPENDENT = 5  # words
_APPOSED = 14  # words
_APPOSITION = frozenset(
    ("the", "a", "an", "who", "president", "director", "chairman", "head", "chief", "spokesman",
     "spokeswoman", "professor", "executive", "senior", "editor", "founder", "co-founder",
     "including", "le", "la", "l'", "un", "une", "president", "directeur", "directrice", "chef",
     "porte-parole", "professeur", "chercheur", "chercheuse", "responsable", "secretaire")
)  # fmt: skip


def _with_name(tokens: Tokens, source: Range, end: int, stop: int, naming: Naming) -> Range:
    """Return a source with the name in apposition to it: said the mayor, X."""
    if naming.first_in(source, PEOPLE) or end + 1 >= stop or tokens.kinds[end] != COMMA:
        return source
    named = naming.first_in((end + 1, min(stop, end + 4)), PEOPLE)
    if named:
        return source[0], named[1]
    return source[0], _capitals(tokens, end + 1, stop) or source[1]


def _capitals(tokens: Tokens, at: int, stop: int) -> int:
    """Return the token after two to four capitalised words at ``at``, or 0."""
    here = at
    while here < stop and here - at < _LONGEST_NAME:
        if (
            (tokens.kinds[here] == WORD and tokens.text[tokens.starts[here]].isupper())
            or (tokens.kinds[here] == OTHER and here > at and tokens.words[here] == ".")
            or (tokens.words[here] in ("al", "el", "ag", "ould", "de", "ben", "bin") and here > at)
        ):
            here += 1
        else:
            break
    pause = here >= stop or tokens.kinds[here] != WORD
    return here if pause and here - at >= 2 else 0


_LONGEST_NAME = 6


def _after_addressee(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> int:
    """Return where the subject begins after the time or the addressee: a dit à X le maire."""
    here = at
    while here < end and here in naming.times:
        here += 1
        while (
            here < end
            and tokens.kinds[here] == WORD
            and tokens.text[tokens.starts[here] : tokens.ends[here]].isdigit()
        ):
            here += 1
    if language != "fr" or here >= end or tokens.words[here] not in _TO_WHOM:
        return here
    for k in range(here + 1, min(end, here + _LONGEST_SOURCE)):
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


_NO_SUBJECT = frozenset({"of", "to", "in", "about", "on", "at", "from", "after", "de", "d'", "du"})
_TO_WHOM = frozenset({"a", "au", "aux", "devant", "lors", "dans", "sur"})
_SUBJECT_ARTICLES = frozenset({"le", "la", "l'", "un", "une", "les", "des", "son", "sa", "leur"})


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
        if (
            here > at
            and tokens.kinds[here - 1] == COMMA
            and tokens.words[here] in group(language, "persons_relative")
            and any(tokens.words[k] in _cues(language) for k in range(here + 1, min(end, here + 5)))
        ):
            return here - 1  # said X, who added that
        here += 1
    return here if here == end or tokens.kinds[here] != OPEN else here - 1


def _said_before(tokens: Tokens, start: int, within: Range) -> Range | None:
    """Return the words that stand before a comma or closing mark at ``start``."""
    if start <= within[0] or tokens.kinds[start - 1] not in (COMMA, CLOSE):
        return None
    first = within[0]
    end = start - 1 if tokens.kinds[start - 1] == COMMA else start
    if not any(tokens.kinds[k] == WORD for k in range(first, end)):
        return None
    return first, end


def _ends_clause(tokens: Tokens, at: int, end: int, naming: Naming, language: str) -> bool:
    """Return whether the verb has no content after it: a pause, an end, or circumstances only."""
    if at >= end:
        return True
    return (
        tokens.kinds[at] in (COMMA, STOP, BREAK, COLON)
        or at in naming.times
        or tokens.words[at] in group(language, "after_subject")
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
    first = at if "'" in tokens.words[at] or "’" in tokens.words[at] else at + 1
    for k in range(first, min(end, at + _BARE_REACH)):
        if tokens.kinds[k] in (STOP, BREAK):
            return False
        if tokens.kinds[k] == WORD and verb_at(tokens, k, "en"):
            return True
    return False
