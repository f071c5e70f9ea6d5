"""Which phrases name a source beside the clause: according to, selon?

They hold no verb of the sentence; what they vouch for stands around them.
"""

from tawatur.reading.cues import Frame, Naming, Range, forms, group, phrase_heads
from tawatur.reading.latin.citing import cited_in, relayed_through
from tawatur.reading.latin.contents import ends_clause
from tawatur.reading.latin.phrases import (
    LONGEST_SOURCE,
    can_speak,
    end_of_clause,
    end_of_phrase,
    head_kind,
    in_full,
    source_in,
    with_name,
)
from tawatur.reading.latin.subjects import after_addressee, verb_group_start
from tawatur.reading.latin.words import PRONOUNS, hung_pronoun, is_accented, noun_key
from tawatur.reading.text import COLON, COMMA, OPEN, OTHER, STOP, WORD, Tokens
from tawatur.reading.verbs import verb_at

_VERB_AFTER = 4  # tokens from a pause to the verb of the subject before it
_SUBJECT_AND_VERB = 12  # tokens from a pause to the verb of the subject after it
_JOINING = frozenset({"and", "but", "et", "mais"})
_WORDS = frozenset({"words", "word", "account", "telling", "phrase"})  # in his words; not his view
_ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une", "des", "the", "a", "an"})
_IT = frozenset({"l'", "le"})
_OBJECTS = {"lui": "m", "elle": "f", "eux": "", "elles": "f", "him": "m", "her": "f", "them": ""}


def rumour_frame(tokens: Tokens, at: int, within: Range, language: str) -> Frame | None:
    """Return the frame of what a noun for a rumour at ``at`` says: rumours that he fled."""
    if at + 2 >= within[1] or tokens.words[at + 1] not in group(language, "that"):
        return None
    return Frame(at, at + 2, (at, at + 1), "guess", (at + 2, within[1]), (at, at + 1), rumour=True)


def source_beside(
    tokens: Tokens, at: int, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of a phrase such as "according to" that begins at ``at``."""
    for words, row in phrase_heads(language, "adverbial_cues").get(tokens.words[at], ()):
        stop = at + len(words)
        if tokens.words[at:stop] != words or stop >= within[1]:
            continue
        if row["scope"] in _WITH_MORE:
            told = _WITH_MORE[row["scope"]](tokens, (at, stop), within, naming, language)
            if told:
                return told
            continue
        if row["scope"] == "him":
            return Frame(at, stop, (at, stop), "say", (stop, within[1]), beside=True)
        first = stop - 1 if words[-1] in ("source", "sources") else stop
        if tokens.words[stop] in group(language, "relative_speakers"):
            return _according_to_whom(tokens, (at, stop), within, naming, language)
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
        phrase_end = end_of_phrase(tokens, stop, within[1], language)
        phrase = source_in(tokens, (first, phrase_end), naming, language)
        if phrase is None or not (
            row["scope"] == "any" or can_speak(tokens, phrase, naming, language)
        ):
            continue
        if row["scope"] == "source" and tokens.words[at - 2 : at - 1] == ("on",):
            return _learnt_from(tokens, at, (phrase[0], phrase_end), within, language)
        whole_phrase = phrase
        if phrase_end - first <= LONGEST_SOURCE:
            whole_phrase = (phrase[0], phrase_end)
        passed, relayed = relayed_through(tokens, whole_phrase)
        if relayed:
            phrase = source_in(tokens, passed, naming, language) or passed
        if not relayed and phrase[1] == phrase_end:
            phrase = with_name(tokens, phrase, phrase_end, within[1], naming, language)
            phrase_end = max(phrase_end, phrase[1])
        end, cited = _lead_end(tokens, at, phrase_end, within, naming, language)
        relayed = relayed or cited
        if not relayed:
            phrase = in_full(tokens, phrase, end, language)
        if _beside_subject(tokens, at, end, within, language, cited=row["scope"] == "cited"):
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


def _as_told(
    tokens: Tokens, opener: Range, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of "as X reported" and "comme l'a rapporté X", where a pause ends it."""
    at, first = opener
    if at > within[0] and tokens.kinds[at - 1] == WORD and tokens.words[at - 1] not in _JOINING:
        return None
    end = end_of_clause(tokens, first, within[1])
    verb = next((k for k in range(first + 1, end) if _tells(tokens, k, language)), None)
    if verb is None:
        return None
    begins = verb_group_start(tokens, verb, first, naming, language)
    subject, cue = (first, begins), (begins, verb + 1)
    if tokens.words[first] in _IT or first == begins:
        subject = (after_addressee(tokens, verb + 1, end, naming, language), end)
        cue = (at, verb + 1)
    elif not ends_clause(tokens, verb + 1, within[1], naming, language):
        return None
    if tokens.words[subject[0]] in PRONOUNS and subject[1] - subject[0] == 1:
        source, gender = None, PRONOUNS[tokens.words[subject[0]]]
    else:
        source, gender = source_in(tokens, subject, naming, language), ""
        if source is None or not can_speak(tokens, source, naming, language):
            return None
    return Frame(at, end, cue, "say", (end, within[1]), source, gender=gender, beside=True)


def _tells(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether a finite verb of plain saying stands at ``at``."""
    cue = forms(language).get(tokens.words[at])
    return cue is not None and not cue.participle and cue.kind in ("say", "tell", "add")


def _in_whose_words(
    tokens: Tokens, opener: Range, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of "in X's words"."""
    at, first = opener
    for k in range(first, min(within[1] - 1, first + LONGEST_SOURCE)):
        if tokens.kinds[k] not in (WORD, OTHER):
            return None
        if tokens.words[k].endswith("'s") and tokens.words[k + 1] in group(language, "wording"):
            source, end = (first, k + 1), k + 2
            if not can_speak(tokens, source, naming, language):
                return None
            kind = "say" if tokens.words[k + 1] in _WORDS else "think"
            return Frame(at, end, (k + 1, end), kind, (end, within[1]), source, beside=True)
    return None


def _in_whose_view(
    tokens: Tokens, opener: Range, within: Range, naming: Naming, language: str
) -> Frame | None:
    """Return the frame of a sentence that opens with "Pour le maire, …": it is his view."""
    at, first = opener
    if any(tokens.kinds[k] == WORD and tokens.words[k] != "mais" for k in range(within[0], at)):
        return None
    end = end_of_phrase(tokens, first, within[1], language)
    if end >= within[1] or tokens.kinds[end] != COMMA or verb_at(tokens, first, language):
        return None
    source = source_in(tokens, (first, end), naming, language)
    if source is None or head_kind(tokens, source, language) not in _HOLD_VIEWS:
        found = naming.first_in((first, end), _VIEWERS)
        if source is None or found is None:
            return None
    if not any(verb_at(tokens, k, language) for k in range(end + 1, within[1])):
        return None
    source = with_name(tokens, source, end, within[1], naming, language)
    end, _ = _lead_end(tokens, at, end, within, naming, language)
    return Frame(at, end, (at, first), "think", (end, within[1]), source, beside=True)


_VIEWERS = frozenset({"PER", "ORG"})
_HOLD_VIEWS = ("official body", "named person", "anonymous source")
_WITH_MORE = {"told": _as_told, "whose": _in_whose_words, "view": _in_whose_view}


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
        and end - first < LONGEST_SOURCE
        and tokens.kinds[first - 1] == WORD
        and not verb_at(tokens, first - 1, language)
    ):
        first -= 1
    first = next((k for k in range(first, end) if _opens_phrase(tokens, k, naming, language)), end)
    phrase = source_in(tokens, (first, end), naming, language) if first < end else None
    if phrase is None or not can_speak(tokens, phrase, naming, language):
        return None
    content = cue[1] + 1
    if content >= within[1]:
        return None
    return Frame(
        cue[0],
        content,
        (cue[0], content),
        "say",
        (content, min(within[1], end_of_clause(tokens, content, within[1]))),
        phrase,
        joined=True,
    )


def _learnt_from(
    tokens: Tokens, at: int, source: Range, within: Range, language: str
) -> Frame | None:
    """Return the frame of "on apprend de source judiciaire que …"."""
    content = source[1] + 1
    if content >= within[1] or tokens.words[source[1]] not in group(language, "that"):
        return None
    held = (content, within[1])
    return Frame(at - 2, content, (at - 1, at), "say", held, source, joined=at - 2 > within[0])


def _opens_phrase(tokens: Tokens, at: int, naming: Naming, language: str) -> bool:
    """Return whether a noun phrase can begin at ``at``: an article, a name, a noun of sources."""
    word = tokens.words[at]
    return word in _ARTICLES or at in naming.starts or noun_key(word, language) != ""


def _stands_apart(tokens: Tokens, at: int, stop: int, within: Range) -> bool:
    """Return whether "from a source" is not governed by a verb: it follows a pause or ends all."""
    if at == within[0] or tokens.kinds[at - 1] != WORD or tokens.words[at - 1] in ("on", "et"):
        return True
    if at - 2 >= within[0] and tokens.words[at - 2] == "on":
        return True  # on apprend de source militaire
    return hung_pronoun(tokens.words[at - 1]) != "" or tokens.words[at - 1].endswith("-on")


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
        cited = cited or cited_in(tokens, (here + 1, stop), naming, language)
        here = stop
    return here, cited


def _qualifies(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether what opens at ``at`` can be an apposition: dated May, joined by phone."""
    word = tokens.words[at]
    if word in group(language, "citing") or (language == "fr" and is_accented(tokens, at)):
        return True
    return language == "en" and word.endswith(("ed", "ing"))


def _beside_subject(
    tokens: Tokens, at: int, stop: int, within: Range, language: str, *, cited: bool
) -> bool:
    """Return whether a phrase belongs to the subject of a verb of saying that follows it.

    It stands between both (Reuters, citing X, reported), or "citing X" opens the sentence.
    """
    if stop >= within[1] or tokens.kinds[stop] != COMMA:
        return False
    if cited and at == within[0]:
        return any(
            tokens.words[k] in forms(language) and verb_at(tokens, k, language)
            for k in range(stop + 1, min(within[1], stop + _SUBJECT_AND_VERB))
        )
    if at - 1 <= within[0] or tokens.kinds[at - 1] != COMMA:
        return False
    verb = next(
        (k for k in range(stop + 1, within[1]) if tokens.words[k] in forms(language)), within[1]
    )
    helps = group(language, "auxiliaries")
    return verb < stop + _VERB_AFTER and (
        cited or all(tokens.words[k] in helps for k in range(stop + 1, verb))
    )


def teller_between(tokens: Tokens, frame: Frame, naming: Naming, language: str) -> Range | None:
    """Return who tells that a source says it: X, according to Y, said; X said, selon Y, que."""
    if frame.source is None or frame.beside or frame.source[1] > frame.content[0]:
        return None
    heads = phrase_heads(language, "adverbial_cues")
    for k in range(frame.source[1] + 1, frame.content[0] - 1):
        if tokens.kinds[k - 1] != COMMA:
            continue
        for words, row in heads.get(tokens.words[k], ()):
            stop = k + len(words)
            if row["scope"] not in ("any", "clause") or tokens.words[k:stop] != words:
                continue
            end = end_of_phrase(tokens, stop, frame.content[0], language)
            source = source_in(tokens, (stop, end), naming, language)
            if (
                source
                and tokens.kinds[end] == COMMA
                and can_speak(tokens, source, naming, language)
            ):
                return source
    return None
