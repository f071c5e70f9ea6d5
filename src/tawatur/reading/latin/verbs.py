"""What does a French or English verb of saying open, and in which order of words?

A verb opens something if it is no noun, not negated and not passive, and if a content
stands after or before it.
"""

from dataclasses import replace

from tawatur.reading.clauses import verb_at
from tawatur.reading.cues import Cue, Frame, Naming, Range, forms, group
from tawatur.reading.latin.contents import (
    around_parenthesis,
    clause_after,
    ends_clause,
    has_object,
    opening_after,
    quotes_all,
    resumption,
    words_before,
)
from tawatur.reading.latin.phrases import (
    LONGEST_SOURCE,
    can_speak,
    cited_before_verb,
    end_of_clause,
    in_full,
    is_document,
    relayed_through,
)
from tawatur.reading.latin.quotations import NEVER_INVERTED, inverted_frame
from tawatur.reading.latin.subjects import subject_before, verb_group_start
from tawatur.reading.latin.words import (
    PRONOUNS,
    bare_participles,
    hung_pronoun,
    is_accented,
    is_adverb,
    noun_key,
    without_hung,
)
from tawatur.reading.text import CLOSE, COMMA, DASH, OPEN, WORD, Tokens

_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_OBJECT = 3  # tokens up to a mark: less holds no object
_POINTING = frozenset({"this", "that", "these", "those", "some", "any", "each", "all"})
_BE = frozenset({"est", "sont", "etait", "etaient", "ete", "fut", "furent", "sera", "seront"})
_REFLEXIVE = frozenset({"s'", "se", "s'est", "s'etait"})


def verb_frame(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str, taken: int
) -> Frame | None:
    """Return the frame that the verb at ``at`` opens, if it is one and does."""
    word = tokens.words[at]
    cue = forms(language).get(word)
    if cue is None and "-" in word:
        cue = forms(language).get(without_hung(word))
    if cue is None or at in naming.starts:
        return None
    if at > within[0] and tokens.text[tokens.starts[at]].isupper():
        return None  # a name: the Post
    floor = max(within[0], taken)
    start = verb_group_start(tokens, at, floor, naming, language)
    if not _is_verb_here(tokens, at, start, within, cue, language):
        return None
    reach = (floor, within[1])
    if cue.participle and not (at > start and set(tokens.words[start:at]) & _PASSIVE):
        if _quoted_as(tokens, at, floor):
            start = at - 2
            start = verb_group_start(tokens, start, floor, naming, language)
        else:
            return _participle(tokens, at, within, cue, naming, language)
    sure = cue.lemma in group(language, "sure")
    source, gender, named = subject_before(tokens, start, reach, naming, language, sure=sure)
    if source is not None and tokens.words[source[0]] in group(language, "first_person"):
        return None
    opening = opening_after(tokens, at + 1, within[1], cue, naming, language)
    if language == "fr" and opening and {"ne", "n'"} & set(tokens.words[start:at]):
        opening = None  # il n'en reconnaît que dix
    if _anonymous(tokens, at, within[1], language):
        return None
    if (
        opening
        and cue.kind in NEVER_INVERTED
        and opening[1] in ("colon", "quote")
        and has_object(tokens, at + 1, opening[0], naming, language)
        and not is_adverb(tokens.words[at + 1], language)
        and opening[0] - at > _OBJECT
    ):
        opening = None  # he denied any part in it: "…"
    if cue.lemma in group(language, "needs_that") and (
        opening is None
        or opening[1] == "colon"
        or (opening[1] == "quote" and opening[0] > at + 1 and tokens.kinds[opening[0] - 1] == WORD)
    ):
        nominal = cue.lemma in group(language, "nominal")
        shows = source is not None and is_document(tokens, source, language)
        if shows and opening is None and has_object(tokens, at + 1, within[1], naming, language):
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
        if not nominal and not words_before(tokens, source[0] if source else start, reach):
            return None
        opening = None
    inverted = inverted_frame(tokens, at, start, reach, naming, language)
    if inverted and (opening is None or opening[1] != "that"):
        return inverted
    if source is None:
        return _joined_verb(tokens, at, start, within, cue, opening, naming, language)
    first = source[0]
    phrase = source if named else None
    quoted: Range | None = None
    if phrase is not None and phrase[1] < start:
        phrase = in_full(tokens, phrase, start, language)
    if phrase is not None:
        longer = (phrase[0], start)
        passed, quoted = (
            relayed_through(tokens, longer)
            if start - phrase[0] <= LONGEST_SOURCE
            else (phrase, None)
        )
        phrase = passed if quoted else phrase
    spoken = words_before(tokens, first, reach)
    cue_range = (start, _cue_end(tokens, at, within[1], language))
    kind = _kind_here(tokens, at, cue, opening, within[1])
    relative = start > floor and tokens.words[start - 1] in (
        group(language, "persons_relative") | {"that", "which"}
    )
    opens, closes, said_until = first, within[1], within[1]
    if relative:
        said_until = resumption(tokens, at + 1, within[1], language)
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
        around = around_parenthesis(tokens, at, spoken, within[1], language)
        if around:
            return replace(frame, first=around[0], end=around[0], content=around, whole=True)
    if opening:
        content, how, to = opening
        if content >= within[1]:
            return None
        if how == "whole":
            if phrase is not None and not can_speak(tokens, phrase, naming, language):
                return None
            return replace(frame, to=to, whole=True)
        if (
            phrase is not None
            and word in group(language, "nounable")
            and not can_speak(tokens, phrase, naming, language)
        ):
            return None
        return replace(
            frame,
            end=content,
            content=(content, max(content + 1, said_until)),
            to=to,
            direct=quotes_all(tokens, content, within[1]),
            relayed=quoted or cited_before_verb(tokens, first, at, naming, language),
        )
    if spoken and (
        CLOSE in (tokens.kinds[first - 1], tokens.kinds[first - 2])
        or (
            cue.kind not in NEVER_INVERTED
            and (phrase is None or can_speak(tokens, phrase, naming, language))
            and ends_clause(tokens, at + 1, within[1], naming, language)
        )
    ):
        end = end_of_clause(tokens, at + 1, within[1])
        return replace(
            frame,
            first=spoken[0],
            end=end,
            content=spoken,
            direct=tokens.kinds[spoken[0]] == OPEN,
            joined=False,
        )
    if phrase is not None and not sure and not can_speak(tokens, phrase, naming, language):
        return None
    if kind in ("act", "deny", "request", "promise", "threat") and at + 1 < within[1]:
        return replace(frame, whole=True)
    bare = clause_after(tokens, at, within[1], cue, naming, language)
    if bare is not None:
        return replace(
            frame,
            end=bare,
            content=(bare, max(bare + 1, said_until)),
            to=(at + 1, bare) if bare > at + 1 and cue.kind == "tell" else None,
        )
    if cue.lemma in group(language, "nominal") and has_object(
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
        and (is_accented(tokens, at) or word in bare_participles())
        and not grouped & group("fr", "participle_auxiliaries")
        and not any(map(hung_pronoun, grouped))
        and previous not in group("fr", "phrase_heads")
    ):
        return False  # a bare participle is an adjective
    return not (
        language == "fr" and grouped & _BE and not grouped & _REFLEXIVE and cue.lemma != "venir"
    )


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
        content = clause_after(tokens, at, within[1], cue, naming, language)
        if (
            content is None
            and cue.lemma in group(language, "nominal")
            and has_object(tokens, at + 1, within[1], naming, language)
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
    opening = opening_after(tokens, at + 1, min(within[1], at + 8), cue, naming, language)
    if opening is None:
        bare = clause_after(tokens, at, within[1], cue, naming, language)
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
