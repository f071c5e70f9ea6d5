"""What does a French or English verb of saying open, and in which order of words?

A verb opens something if it is no noun, not negated and not passive, and if a content
stands after or before it.
"""

from dataclasses import dataclass, replace

from tawatur.reading.clauses import has_verb
from tawatur.reading.cues import Cue, Frame, Naming, Range, forms, group, infinitives
from tawatur.reading.latin.citing import cited_after, cited_in, quoted_as, relayed_through
from tawatur.reading.latin.contents import (
    Opening,
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
    end_of_clause,
    end_of_phrase,
    in_full,
    is_document,
    source_in,
)
from tawatur.reading.latin.quotations import NEVER_INVERTED, inverted_frame
from tawatur.reading.latin.subjects import before_governor, subject_before, verb_group_start
from tawatur.reading.latin.words import (
    PRONOUNS,
    bare_participles,
    hung_pronoun,
    is_accented,
    is_adverb,
    is_titled,
    noun_key,
    without_hung,
)
from tawatur.reading.text import CLOSE, COMMA, DASH, OPEN, WORD, Tokens
from tawatur.reading.verbs import verb_at

_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_AUXILIARIES_OF_PASSIVE = _PASSIVE | {"ete", "est", "sont", "etait", "etaient", "fut", "furent"}
_PASSIVE_KINDS = ("say", "deny", "claim")
_WHOLE_KINDS = ("act", "deny", "request", "promise", "threat")
_LONGEST_ADDRESSEE = 9  # tokens: "the Rift Herald in Lodwar on Monday"
_OBJECT = 3  # tokens up to a mark: less holds no object
_BEFORE_PARTICIPLE = frozenset({"en", "tout", "while", "and", "et", "by", "mais", "pour"})
_POINTING = frozenset({"this", "that", "these", "those", "some", "any", "each", "all"})
_BE = frozenset({"est", "sont", "etait", "etaient", "ete", "fut", "furent", "sera", "seront"})
_WHOM = frozenset({"whom", "que", "qu'"})
_NOT = frozenset({"ne", "n'"})
_REFLEXIVE = frozenset({"s'", "se", "s'est", "s'etait"})


def verb_frame(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str, taken: int
) -> Frame | None:
    """Return the frame that the verb at ``at`` opens, if it is one and does."""
    floor = max(within[0], taken)
    cue = _cue_at(tokens, at, floor, language)
    if cue is None or at in naming.starts:
        return None
    if at > within[0] and is_titled(tokens, at):
        return None  # a name: the Post
    start = verb_group_start(tokens, at, floor, naming, language)
    passive = _passive(tokens, at, start, (floor, within[1]), cue, naming, language)
    if passive:
        return passive
    cue = _as_it_stands(cue, tokens.words[start:at], language)
    if not _is_verb_here(tokens, at, start, within, cue, language):
        return None
    reach = (floor, within[1])
    if cue.participle and not (at > start and set(tokens.words[start:at]) & _PASSIVE):
        if _quoted_as(tokens, at, floor):
            start = at - 2
            start = verb_group_start(tokens, start, floor, naming, language)
        else:
            return _participle(tokens, at, within, cue, naming, language)
    if _anonymous(tokens, at, within[1], cue, language):
        return None
    sure = cue.lemma in group(language, "sure")
    source, gender, named = subject_before(tokens, start, reach, naming, language, sure=sure)
    if source is not None and tokens.words[source[0]] in group(language, "first_person"):
        return None
    if source is not None and _of_object(tokens, source):
        return None
    opening = _opening_here(tokens, at, start, within, cue, naming, language)
    verb = _Verb(tokens, at, start, within, reach, cue, naming, language, source, gender, opening)
    if cue.lemma in group(language, "needs_that") and not _has_that(tokens, at, opening):
        if _shows(verb):
            return _shown(verb)
        nominal = cue.lemma in group(language, "nominal")
        if not nominal and not words_before(tokens, source[0] if source else start, reach):
            return None
        verb = replace(verb, opening=None)
    inverted = inverted_frame(
        tokens, at, start, reach, naming, language, subjectless=source is None
    )
    if inverted and (verb.opening is None or verb.opening[1] != "that"):
        return inverted
    if source is None:
        return _joined_verb(tokens, at, start, within, cue, verb.opening, naming, language)
    return _with_subject(verb, source, named=named, sure=sure)


def _cue_at(tokens: Tokens, at: int, floor: int, language: str) -> Cue | None:
    """Return the verb of saying at ``at``; an infinitive that no verb governs is a participle.

    A tenu à rappeler que: he recalls; …, avant d'ajouter que: he goes on.
    """
    word = tokens.words[at]
    cue = forms(language).get(word)
    if cue is None and "-" in word:
        cue = forms(language).get(without_hung(word))
    if cue is not None:
        return cue
    infinitive = infinitives(language).get(word)
    if infinitive is None or before_governor(tokens, at, floor, language) < at:
        return infinitive
    return replace(infinitive, participle=True)


def _of_object(tokens: Tokens, source: Range) -> bool:
    """Return whether a subject opens a relative clause between commas: X, whom Y accuses, said."""
    first = source[0] - (tokens.words[source[0]] not in _WHOM)
    return tokens.words[first] in _WHOM and tokens.kinds[first - 1] == COMMA


def _as_it_stands(cue: Cue, grouped: tuple[str, ...], language: str) -> Cue:
    """Return a verb with what the words of its group make of it: il n'exclut pas, il se demande."""
    supposes = cue.lemma in group(language, "excluding") and not _NOT.isdisjoint(grouped)
    wonders = cue.lemma == "demander" and not _REFLEXIVE.isdisjoint(grouped)
    return replace(cue, kind="guess") if supposes or wonders else cue


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of saying where it stands: with its group, its subject, and what opens after it."""

    tokens: Tokens
    at: int
    start: int  # of the verb with its auxiliaries
    within: Range  # the sentence
    reach: Range  # what no frame before it has taken
    cue: Cue
    naming: Naming
    language: str
    source: Range | None
    gender: str
    opening: Opening | None

    def can_speak(self, phrase: Range) -> bool:
        """Return whether the phrase names somebody or something that can be a source."""
        return can_speak(self.tokens, phrase, self.naming, self.language)

    def has_object(self, end: int) -> bool:
        """Return whether a noun phrase follows the verb."""
        return has_object(self.tokens, self.at + 1, end, self.naming, self.language)


def _opening_here(
    tokens: Tokens, at: int, start: int, within: Range, cue: Cue, naming: Naming, language: str
) -> Opening | None:
    """Return what opens the content of a verb, if the verb is not negated nor has an object."""
    quoted = quoted_as(tokens, at, within[1], naming, language)
    after = quoted[0] if quoted else at + 1
    opening = opening_after(tokens, after, within[1], cue, naming, language)
    if opening is None:
        return (after, "bare", None) if quoted and after < within[1] else None
    if language == "fr" and cue.kind != "guess" and _NOT & set(tokens.words[start:at]):
        return None  # il n'en reconnaît que dix
    if (
        cue.kind in NEVER_INVERTED
        and opening[1] in ("colon", "quote")
        and opening[0] - at > _OBJECT
        and has_object(tokens, at + 1, opening[0], naming, language)
        and not is_adverb(tokens.words[at + 1], language)
    ):
        return None  # he denied any part in it: "…"
    return opening


def _has_that(tokens: Tokens, at: int, opening: Opening | None) -> bool:
    """Return whether a conjunction, or a quotation right after the verb, opens its content."""
    if opening is None or opening[1] == "colon":
        return False
    apart = opening[0] > at + 1 and tokens.kinds[opening[0] - 1] == WORD
    return opening[1] != "quote" or not apart


def _shows(verb: _Verb) -> bool:
    """Return whether something written tells by its plain object: a poll shows growing support."""
    if verb.source is None or verb.opening is not None:
        return False
    written = is_document(verb.tokens, verb.source, verb.language)
    return written and verb.has_object(verb.within[1])


def _shown(verb: _Verb) -> Frame:
    first, after = verb.source[0] if verb.source else verb.at, verb.at + 1
    return Frame(
        first,
        after,
        (verb.start, after),
        verb.cue.kind,
        (after, verb.within[1]),
        verb.source,
        gender=verb.gender,
        joined=_joined(verb.tokens, first, verb.within),
    )


def _with_subject(verb: _Verb, source: Range, *, named: bool, sure: bool) -> Frame | None:
    """Return the frame of a verb with its subject before it, whichever way its content stands."""
    tokens, at, end = verb.tokens, verb.at, verb.within[1]
    cue, language, opening = verb.cue, verb.language, verb.opening
    first = source[0]
    frame, said_until = _subject_first(verb, source, named=named)
    phrase = frame.source
    spoken = words_before(tokens, first, verb.reach)
    quoted = spoken is not None and CLOSE in (tokens.kinds[first - 1], tokens.kinds[first - 2])
    if (
        quoted
        and at + 1 < end
        and (tokens.kinds[at + 1] == COMMA or cue.kind != "tell")
        and not (opening and opening[1] == "that" and opening[0] <= at + 2)
    ):
        opening = None  # "…", he said, "…": the first words are the content
    if opening is None and spoken:
        around = around_parenthesis(tokens, at, spoken, end, language)
        if around:
            return replace(frame, first=around[0], end=around[0], content=around, whole=True)
    if opening:
        return _content_after(verb, frame, opening, first, said_until)
    if spoken and (
        quoted
        or _told_at_last(verb, spoken)
        or (
            cue.kind not in NEVER_INVERTED
            and (phrase is None or verb.can_speak(phrase))
            and ends_clause(tokens, at + 1, end, verb.naming, language)
        )
    ):
        stop, cited = end_of_clause(tokens, at + 1, end), frame.relayed
        if not cited:
            stop, cited = cited_after(tokens, stop, end, verb.naming, language)
        direct = tokens.kinds[spoken[0]] == OPEN
        return replace(
            frame,
            first=spoken[0],
            end=stop,
            content=spoken,
            direct=direct,
            joined=False,
            relayed=cited,
        )
    if phrase is not None and not sure and not verb.can_speak(phrase):
        return None
    if frame.kind in _WHOLE_KINDS and at + 1 < end:
        return replace(frame, whole=True)
    bare = clause_after(tokens, at, end, cue, verb.naming, language)
    if bare is not None:
        to = (at + 1, bare) if bare > at + 1 and cue.kind == "tell" else None
        return replace(frame, end=bare, content=(bare, max(bare + 1, said_until)), to=to)
    of_himself = cue.lemma == "dire" and not _REFLEXIVE.isdisjoint(tokens.words[verb.start : at])
    if (of_himself or cue.lemma in group(language, "nominal")) and verb.has_object(end):
        return replace(frame, whole=True)
    return None


def _told_at_last(verb: _Verb, spoken: Range) -> bool:
    """Return whether nothing but who is told, and when, follows: "…, a farmer told the Herald".

    What stands before must state something: "on Monday, he told parliament" does not.
    """
    tokens, at, end = verb.tokens, verb.at, verb.within[1]
    stop = end_of_clause(tokens, at + 1, end)
    told = range(at + 1, stop)
    return (
        verb.cue.kind == "tell"
        and verb.source is not None
        and verb.can_speak(verb.source)
        and 0 < len(told) <= _LONGEST_ADDRESSEE
        and not any(
            verb_at(tokens, k, verb.language) and tokens.text[tokens.starts[k]].islower()
            for k in told
        )
        and has_verb(tokens, spoken, verb.language)
    )


def _subject_first(verb: _Verb, source: Range, *, named: bool) -> tuple[Frame, int]:
    """Return the frame of subject and verb, and where what is said ends.

    In a relative clause both end with it: the minister, who said that he knew, left.
    """
    tokens, at, start, end = verb.tokens, verb.at, verb.start, verb.within[1]
    phrase, quoted = source if named else None, None
    if phrase is not None and phrase[1] < start:
        phrase = in_full(tokens, phrase, start, verb.language)
    if phrase is not None and start - phrase[0] <= LONGEST_SOURCE:
        passed, quoted = relayed_through(tokens, (phrase[0], start))
        phrase = passed if quoted else phrase
    opens, closes, said_until = source[0], end, end
    before = tokens.words[start - 1] if start > verb.reach[0] else ""
    if before in ("that", "which") or before in group(verb.language, "persons_relative"):
        said_until = resumption(tokens, at + 1, end, verb.language)
        opens = start
        closes = next((k for k in range(at + 1, end) if tokens.kinds[k] in (COMMA, DASH)), end)
    frame = Frame(
        opens,
        opens,
        (start, _cue_end(tokens, at, end, verb.language)),
        _kind_here(tokens, at, verb.cue, verb.opening, end),
        (opens, closes),
        phrase,
        gender=verb.gender,
        joined=_joined(tokens, source[0], verb.within),
        relayed=quoted,
        pronoun=source if tokens.words[source[0]] in PRONOUNS else None,
    )
    return frame, said_until


def _content_after(
    verb: _Verb, frame: Frame, opening: Opening, first: int, said_until: int
) -> Frame | None:
    """Return the frame with the content that an opening after the verb begins."""
    tokens, (content, how, to) = verb.tokens, opening
    if content >= verb.within[1]:
        return None
    doubtful = how == "whole" or tokens.words[verb.at] in group(verb.language, "nounable")
    if frame.source is not None and doubtful and not verb.can_speak(frame.source):
        return None
    if how == "whole":
        return replace(frame, to=to, whole=True)
    naming, language = verb.naming, verb.language
    if _is_subordinate(tokens, first, verb.within, language):
        said_until = min(said_until, _main_clause(tokens, content, verb.within[1]))
    quoted = quoted_as(tokens, verb.at, content, naming, language)
    cited = quoted[1] if quoted else cited_in(tokens, (first, content), naming, language)
    return replace(
        frame,
        end=content,
        content=(content, max(content + 1, said_until)),
        to=to,
        direct=quotes_all(tokens, content, verb.within[1]),
        relayed=frame.relayed or cited,
    )


def _is_subordinate(tokens: Tokens, first: int, within: Range, language: str) -> bool:
    """Return whether the clause whose subject begins at ``first`` opens a longer sentence.

    After the minister said that the road was closed, traders left: they did, says the author.
    """
    if first == within[0] or COMMA in tokens.kinds[within[0] : first]:
        return False
    opener = tokens.words[first - 1]
    after = opener in group(language, "that") and first - 2 >= within[0]
    before = tokens.words[first - 2] if after else ""
    return opener in group(language, "subordinators") or before in group(language, "before_que")


def _main_clause(tokens: Tokens, at: int, end: int) -> int:
    """Return the pause at which a clause that opens a sentence ends, quotations apart."""
    depth = 0
    for k in range(at, end):
        depth += (tokens.kinds[k] == OPEN) - (tokens.kinds[k] == CLOSE)
        if tokens.kinds[k] == COMMA and depth <= 0:
            return k
    return end


def _kind_here(tokens: Tokens, at: int, cue: Cue, opening: Opening | None, end: int) -> str:
    """Return what a verb does here: asking for help is a request, calling names is none."""
    if cue.lemma in ("reject", "rejeter") and opening and opening[1] == "that":
        return "deny"  # he rejected reports that …
    if cue.lemma == "call" and at + 1 < end and tokens.words[at + 1] not in ("for", "on", "upon"):
        return "act"
    if cue.kind == "ask" and cue.lemma == "ask" and (opening is None or opening[1] == "that"):
        return "request"
    return cue.kind


def _anonymous(tokens: Tokens, at: int, end: int, cue: Cue, language: str) -> bool:
    """Return whether somebody only asks not to be named, or speaks so: no claim of his."""
    if cue.kind not in ("ask", "request") and cue.lemma not in ("speak", "parler", "s'exprimer"):
        return False
    hidden = group(language, "anonymity")
    return any(tokens.words[k] in hidden for k in range(at, min(end, at + 7)))


def _passive(
    tokens: Tokens, at: int, start: int, reach: Range, cue: Cue, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of "ten deaths were confirmed by X": the clause as a whole is X's word."""
    helped = not _AUXILIARIES_OF_PASSIVE.isdisjoint(tokens.words[start:at])
    if cue.kind not in _PASSIVE_KINDS or not helped or start == reach[0]:
        return None
    if cue.kind != "deny" and not group(language, "negated").isdisjoint(tokens.words[start:at]):
        return None  # not confirmed by X
    if tokens.words[at + 1 : at + 2] not in (("by",), ("par",)):
        return None
    end = end_of_phrase(tokens, at + 2, reach[1], language)
    apart = group(language, "after_subject")
    end = next((k for k in range(at + 3, end) if tokens.words[k] in apart), end)
    source = source_in(tokens, (at + 2, end), naming, language)
    if source is None or not can_speak(tokens, source, naming, language):
        return None
    first = next(
        (k + 1 for k in range(start - 1, reach[0] - 1, -1) if tokens.kinds[k] != WORD), reach[0]
    )
    held = (first, reach[1])
    return Frame(first, first, (start, at + 2), cue.kind, held, source, whole=True)


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
    supposes = cue.lemma in group(language, "excluding")
    if cue.kind != "deny" and not supposes and grouped & group(language, "negated") - {"to"}:
        return language == "fr" and at + 1 < within[1] and tokens.words[at + 1] in ("que", "qu'")
    if previous == "to" and start == at:
        return False
    if cue.lemma == "exprimer" and grouped & _REFLEXIVE:
        return False  # to speak, at such a place
    if cue.lemma == "réclamer" and (previous in _REFLEXIVE or grouped & _REFLEXIVE):
        return False  # to claim to belong to: un groupe se réclamant du front
    helped = grouped & _PASSIVE and "to" not in tokens.words[at - 1 : at]  # was keen to say
    if language == "en" and not cue.participle and helped and " " not in cue.lemma:
        return "having" in grouped
    if (
        language == "fr"
        and (is_accented(tokens, at) or word in bare_participles())
        and not grouped & group("fr", "participle_auxiliaries")
        and not any(map(hung_pronoun, grouped))
        and previous not in group("fr", "phrase_heads")
    ):
        return False  # a bare participle is an adjective
    intransitive = cue.lemma == "venir" or " " in cue.lemma
    return not (
        language == "fr" and grouped & _BE and not grouped & _REFLEXIVE and not intransitive
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
    opening: Opening | None,
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
    elif (opening and opening[1] == "whole") or (cue.kind in _WHOLE_KINDS and at + 1 < within[1]):
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
    """Return the frame of "…, adding that" and "…, accusing X": the same speaker goes on."""
    if at == within[0] or tokens.kinds[at - 1] not in (COMMA, CLOSE, WORD):
        return None
    if tokens.kinds[at - 1] == WORD and not (
        tokens.words[at - 1] in _BEFORE_PARTICIPLE
        or (tokens.words[at - 2] == "avant" and tokens.words[at - 1] in ("de", "d'"))
    ):
        return None
    opening = opening_after(tokens, at + 1, min(within[1], at + 8), cue, naming, language)
    if opening is None:
        bare = clause_after(tokens, at, within[1], cue, naming, language)
        opening = (bare, "bare", None) if bare is not None else None
    whole = cue.kind in _WHOLE_KINDS and (opening is None or opening[1] == "whole")
    if whole and has_object(tokens, at + 1, within[1], naming, language):
        held = (at, within[1])
        kind = _kind_here(tokens, at, cue, opening, within[1])
        return Frame(at, at, (at, at + 1), kind, held, joined=True, same_speaker=True, whole=True)
    if opening is None or opening[1] == "whole" or opening[0] >= within[1]:
        return None
    content = opening[0]
    direct = tokens.kinds[content] == OPEN
    held = (content, within[1])
    return Frame(
        at, content, (at, at + 1), cue.kind, held, direct=direct, joined=True, same_speaker=True
    )
