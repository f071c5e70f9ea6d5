"""Who says the words that stand before the verb: "…", said the minister?

Also lines that open with their speaker's name, and sentences that say whose words the
sentence before was.
"""

from tawatur.reading.clauses import phrase_at
from tawatur.reading.cues import SPEAKERS, Frame, Naming, Range, forms, group
from tawatur.reading.latin.citing import cited_in
from tawatur.reading.latin.contents import BARE_KINDS, words_before
from tawatur.reading.latin.phrases import (
    LONGEST_SOURCE,
    can_speak,
    in_full,
    looks_like_a_name,
    source_in,
    with_name,
)
from tawatur.reading.latin.subjects import after_addressee
from tawatur.reading.latin.words import PRONOUNS, hung_pronoun, without_hung
from tawatur.reading.text import (
    BREAK,
    CLOSE,
    COLON,
    COMMA,
    END_PAREN,
    OPEN,
    OTHER,
    PAREN,
    STOP,
    WORD,
    Tokens,
)
from tawatur.reading.verbs import is_verb, verb_at

NEVER_INVERTED = ("act", "deny", "request")
_SPEAKING = {"fr": ("e", "t", "it"), "en": ("ed", "s")}
_NO_SUBJECT = frozenset({"of", "to", "in", "about", "on", "at", "from", "after", "de", "d'", "du"})
_LEAST_NAME = 2  # words
_LABEL = 5  # tokens of a line within which its speaker is named


def quotation_frame(at: int, end: int, kind: str) -> Frame:
    """Return the frame of a quotation by whoever the sentence is about: … : "…"."""
    return Frame(
        at, at, (at, at), kind, (at, end), None, direct=True, joined=True, same_speaker=True
    )


def unknown_verb_frame(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of a verb in no table between a quotation and its speaker: "…", sighs X."""
    before = tokens.kinds[at - 2 : at] if at >= 2 else ()
    if before != (CLOSE, COMMA) and before[1:] != (CLOSE,):
        return None
    if not tokens.text[tokens.starts[at]].islower() or tokens.words[at] in forms(language):
        return None
    here = at
    while here < within[1] and tokens.words[here] in group(language, "auxiliaries"):
        here += 1
    word = tokens.words[min(here, within[1] - 1)]
    hung = any(map(hung_pronoun, tokens.words[at : here + 1]))
    if not hung and not (is_verb(word, language) or word.endswith(_SPEAKING[language])):
        return None
    if word in group(language, "after_subject") or word in group(language, "before_nouns"):
        return None
    return inverted_frame(tokens, here, at, within, naming, language)


def quotation_goes_on(tokens: Tokens, frame: Frame, within: Range) -> Frame | None:
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


def labelled_frame(tokens: Tokens, within: Range, naming: Naming, language: str) -> Frame | None:
    """Return the frame of a line that opens with its speaker and a colon, as in an interview."""
    first, end = within
    opening = tokens.kinds[first : max(first, min(end - 1, first + _LABEL))]
    if COLON not in opening[1:]:
        return None
    colon = first + opening.index(COLON, 1)
    if tokens.kinds[first] != WORD or any(
        tokens.words[k] in group(language, "labels") for k in range(first, colon)
    ):
        return None
    if tokens.ends[colon - 1] - tokens.starts[first] == 1:
        return None  # Q: and A: name nobody
    named = naming.starts.get(first)
    capitals = tokens.text[tokens.starts[first] : tokens.ends[colon - 1]].isupper()
    known = named and named[0] == colon and named[2] in SPEAKERS
    if not capitals and not known and not _answers(tokens, (first, colon), language):
        return None
    if named and named[2] == "GPE" and tokens.kinds[colon + 1] != OPEN:
        return None  # what the line is about: "Spain: talks with the rebels"
    return Frame(
        first, colon + 1, (colon, colon + 1), "say", (colon + 1, end), (first, colon), direct=True
    )


def _answers(tokens: Tokens, label: Range, language: str) -> bool:
    """Return whether a label that looks like a person's name stands after a question."""
    asked = "?" in tokens.words[max(0, label[0] - _LEAST_NAME) : label[0]]
    named = label[1] - label[0] >= _LEAST_NAME and looks_like_a_name(tokens, label, language)
    return asked and named


def said_before_that(tokens: Tokens, within: Range, naming: Naming, language: str) -> Frame | None:
    """Return the frame of "C'est ce qu'a reconnu X": X says what the sentence before says."""
    first = within[0]
    if tokens.words[first : first + 4] not in (
        ("c'", "est", "ce", "qu'"),
        ("c'", "est", "ce", "que"),
    ):
        return None
    for at in range(first + 4, min(within[1], first + 8)):
        cue = forms(language).get(tokens.words[at])
        if cue is None or cue.kind not in BARE_KINDS:
            continue
        begin = after_addressee(tokens, at + 1, within[1], naming, language)
        end = begin
        while end < within[1] and tokens.kinds[end] == WORD and end - begin < LONGEST_SOURCE:
            if end > begin and tokens.words[end] in group(language, "after_subject"):
                break
            end += 1
        source = source_in(tokens, (begin, end), naming, language) if end > begin else None
        if source and (can_speak(tokens, source, naming, language)):
            return Frame(first, end, (first + 4, at + 1), cue.kind, (first, first), source)
    return None


def inverted_frame(
    tokens: Tokens,
    at: int,
    start: int,
    within: Range,
    naming: Naming,
    language: str,
    *,
    subjectless: bool = False,
) -> Frame | None:
    """Return the frame of words that come first, then verb, then subject.

    ``subjectless`` says that nobody stands before the verb who could be its subject: then a
    French verb of any kind may be inverted (…, déplore le maire).
    """
    spoken = forms(language).get(tokens.words[at])
    quoted = CLOSE in tokens.kinds[max(within[0], start - 2) : start]
    never = () if language == "fr" and (quoted or subjectless) else NEVER_INVERTED
    if spoken and (spoken.kind in never or (spoken.kind == "tell" and language == "en")):
        return None
    hung = next(filter(None, map(hung_pronoun, tokens.words[start : at + 1])), "")
    if start <= within[0] or tokens.kinds[start - 1] not in (COMMA, CLOSE):
        return None
    first = at + 1 if hung else after_addressee(tokens, at + 1, within[1], naming, language)
    end = first
    while end < within[1] and end - first < LONGEST_SOURCE:
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
            source = source_in(tokens, (first, end), naming, language)
            if source is None or not (
                can_speak(tokens, source, naming, language)
                or (
                    tokens.kinds[start - 2] == CLOSE
                    and tokens.words[source[0]] in group(language, "before_nouns")
                )
            ):
                return None
            source = with_name(tokens, source, end, within[1], naming, language)
            source = in_full(tokens, source, within[1], language)
    elif not hung:
        return None
    said = words_before(tokens, start, within)
    if said is None:
        return None
    cue = spoken or forms(language).get(without_hung(tokens.words[at]))
    stop = _apposition_end(tokens, end, within[1], language)
    if not quoted and not any(verb_at(tokens, k, language) for k in range(*said)):
        # "X, the minister, accused": no words stand before; but they may follow.
        if source is None or source[1] != end:
            return None
        verb = cue.kind if cue else "say"
        reach = (said[0], within[1])
        return _words_after(tokens, (start, at + 1), verb, reach, source, language)
    return Frame(
        said[0],
        stop,
        (start, at + 1),
        cue.kind if cue else "say",
        said,
        source,
        None,
        gender,
        tokens.kinds[said[0]] == OPEN,
        relayed=cited_in(tokens, (end, stop), naming, language) if source else None,
        pronoun=(first, first + 1) if not hung and tokens.words[first] in PRONOUNS else None,
    )


def _words_after(
    tokens: Tokens, cue: Range, kind: str, within: Range, source: Range, language: str
) -> Frame | None:
    """Return the frame of French words that follow verb and speaker: "D'ici là, prévient X, …".

    ``within`` goes from what stands before the verb to the end, ``source`` to the mark after it.
    """
    content = (source[1] + 1, within[1])
    if language != "fr" or content[0] >= content[1]:
        return None
    goes_on = tokens.kinds[source[1]] == COMMA and any(
        verb_at(tokens, k, language) for k in range(*content)
    )
    if not goes_on and tokens.kinds[source[1]] != COLON:
        return None
    return Frame(within[0], content[0], cue, kind, content, source)


def _opens_clause(tokens: Tokens, at: int, end: int, language: str) -> bool:
    """Return whether what never belongs to an apposition opens at ``at``: alors que, whereas."""
    opener = phrase_at(tokens, at, end, language, "clause_openers")
    return opener is not None and opener[1]["how"] == "any"


def _apposition_end(tokens: Tokens, at: int, end: int, language: str) -> int:
    """Return where the apposition to a subject after its verb ends: said Amina, a teacher."""
    here = at
    while here < end and tokens.kinds[here] not in (STOP, BREAK, OPEN, COLON):
        cue = forms(language).get(tokens.words[here])
        if (
            here > at
            and tokens.kinds[here - 1] == COMMA
            and (
                (cue and cue.participle)
                or tokens.words[here] in group(language, "boundaries")
                or _opens_clause(tokens, here, end, language)
            )
        ):
            return here - 1
        if (
            here > at
            and tokens.kinds[here - 1] == COMMA
            and tokens.words[here] in group(language, "persons_relative")
            and any(tokens.words[k] in forms(language) for k in range(here + 1, min(end, here + 5)))
        ):
            return here - 1  # said X, who added that
        here += 1
    return here if here == end or tokens.kinds[here] != OPEN else here - 1
