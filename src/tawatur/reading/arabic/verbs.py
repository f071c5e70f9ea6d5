"""What does an Arabic verb of saying open, and in which order of words?

A verb with neither content nor speaker after it opens nothing; many forms are nouns
as well, and what stands around them tells which.
"""

from dataclasses import replace

from tawatur.reading.arabic.beside import source_between
from tawatur.reading.arabic.contents import (
    first_pause,
    object_before,
    opening_after,
    reported_object,
)
from tawatur.reading.arabic.objects import bare_frame, whole_frame
from tawatur.reading.arabic.phrases import (
    can_speak,
    closing_mark,
    is_document,
    noun_phrase_end,
    source_in,
)
from tawatur.reading.arabic.relays import (
    denied_frame,
    dismissed_frame,
    document_frame,
    impersonal_frame,
    learned_frame,
    noun_frame,
    relayed_frame,
    rumour_frame,
)
from tawatur.reading.arabic.subjects import (
    PLURAL,
    speaker_of,
)
from tawatur.reading.arabic.words import (
    bare,
    cue_at,
    cue_with_object,
    is_complementiser,
)
from tawatur.reading.cues import (
    Cue,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    word_set,
)
from tawatur.reading.text import CLOSE, COLON, COMMA, OPEN, WORD, Tokens
from tawatur.reading.verbs import verb_at

_INVERTING = ("say", "add", "think", "warn", "claim", "ask")
_SNIPPET = 5  # tokens: so short a quotation is part of the clause that goes on after it
_FOLLOWING = frozenset({"تابع", "زاد", "مضي", "ختم", "اكمل"})
_CONDITIONS = frozenset({"اذا", "لو", "حال", "كلما", "ريثما", "ان", "لكي", "كي", "حتي"})
_POINTING = frozenset({"هذا", "هذه", "تلك", "ذلك"})
_ABOUT = frozenset({"عن", "حول", "التي", "بشان"})
_SUBJECT = 8  # tokens: "the spokesman for the movement in the north"
_WHOLE_KINDS = frozenset({"act", "request", "promise", "threat", "agree"})


def verb_frame(
    tokens: Tokens, at: int, within: Range, naming: Naming, before: list[Frame]
) -> Frame | None:
    """Return the frame that the verb at ``at`` opens, if it is one and does."""
    word = tokens.words[at]
    if word in group("ar", "rumours") or word[1:] in group("ar", "rumours"):
        return rumour_frame(tokens, at, within)
    opens = at <= within[0] + 1 or tokens.kinds[at - 1] == COMMA
    if opens and bare(word) in group("ar", "impersonal"):
        told = impersonal_frame(tokens, at, within)
        if told:
            return told
    which = denied_frame(tokens, at, within, naming)
    if which:
        return which
    found = cue_at(tokens, at) or cue_with_object(word) or _belies(tokens, at, within[1])
    if found and found[0].participle and tokens.words[at - 1] in ("بدا", "كان", "بات", "يبدو"):
        return None  # "it was striking that"
    if found and "\u064f" in tokens.text[tokens.starts[at] : tokens.starts[at] + 4]:
        return None  # written as a passive: it is thought
    if not found:
        return (
            learned_frame(tokens, at, within, naming)
            or noun_frame(tokens, at, within, naming)
            or document_frame(tokens, at, within, naming)
        )
    said = _as_it_stands(tokens, at, within, naming, *found)
    if said is None:
        return None
    cue, joined = said
    before_verb = _inverted(tokens, at, within, naming, cue, before)
    if before_verb:
        return before_verb
    if cue.kind == "relay":
        return relayed_frame(tokens, at, within, naming, cue, joined)
    denied = reported_object(tokens, at + 1, within[1]) if cue.kind == "deny" else None
    if denied is None and (
        dismissed := dismissed_frame(tokens, at, within, naming, cue, joined, before)
    ):
        return dismissed
    opening = denied or opening_after(tokens, at + 1, within[1], cue)
    if _means_something_else(tokens, cue, opening):
        return None
    if opening is None:
        return bare_frame(tokens, at, within, naming, cue, joined, before)
    if cue.lemma == "وصف" and opening[2] == "clause":
        news = _such_news(tokens, at + 1, opening[0])
        if news:  # he called the news false: وصف الناطق الخبر بأنه كاذب
            return whole_frame(tokens, at, within, naming, cue, joined, news)
    if opening[2] == "preposition" and cue.kind in ("act", "request", "threat", "promise"):
        return whole_frame(tokens, at, within, naming, cue, joined, opening[0])
    return _opened_frame(tokens, at, within, naming, cue, joined, opening, before)


def _belies(tokens: Tokens, at: int, end: int) -> tuple[Cue, bool] | None:
    """Return the verb of lying as one of denying, where what it denies is what others told."""
    verb = bare(tokens.words[at])
    if verb not in group("ar", "belying"):
        return None
    that = tokens.words[at + 1 : at + 2] == ("ذلك",) or _such_news(tokens, at + 1, end) > 0
    if not that and reported_object(tokens, at + 1, end) is None:
        return None
    gender = "f" if verb[0] == "ت" or verb[-1] == "ت" else "m"
    return Cue("كذب", "deny", gender=gender), verb != tokens.words[at]


def _such_news(tokens: Tokens, first: int, end: int) -> int:
    """Return where "the news", "those claims" stands behind a verb and its subject, or 0."""
    reach = range(first, min(end, first + _SUBJECT))
    at = next((k for k in reach if _is_news(tokens, k, end)), 0)
    return at - 1 if at > first and tokens.words[at - 1] in _POINTING else at


def _is_news(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether "that", or a noun for what others told, stands at ``at`` alone."""
    word = tokens.words[at]
    if word not in ("الخبر", "ذلك") and not (
        word.startswith("ال") and word in group("ar", "reported")
    ):
        return False
    return at + 1 >= end or tokens.kinds[at + 1] != WORD or tokens.words[at + 1] not in _ABOUT


def _as_it_stands(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool
) -> tuple[Cue, bool] | None:
    """Return a verb of saying as the word before it has it, or None where it says nothing.

    So it is after a negation or a condition, and where the form is a noun.
    """
    if at == within[0] or tokens.kinds[at - 1] != WORD:
        return cue, joined
    word, previous = tokens.words[at], tokens.words[at - 1]
    if cue.lemma == "استبعد" and bare(previous) in ("لم", "لا"):
        cue, joined = replace(cue, kind="guess"), joined or previous[0] == "و"
    elif previous in group("ar", "negations") or (
        previous[0] in "وف" and previous[1:] in group("ar", "negations")
    ):
        return None
    if previous in ("يمكن", "يجوز", "اكثر"):
        return None
    maybe_noun = not joined and word in group("ar", "nouns_too") and at not in naming.ends
    if maybe_noun and _is_noun_here(tokens, at):
        return None
    if cue.lemma == "طالب" and not _demands(tokens, at, within, naming):
        return None
    if bare(previous) in _CONDITIONS and cue.kind in _WHOLE_KINDS:
        return None
    goes_on = previous in group("ar", "before_equal") and previous != "قد"
    return cue, joined or goes_on


def _means_something_else(tokens: Tokens, cue: Cue, opening: tuple[int, int, str] | None) -> bool:
    """Return whether a verb has another sense: across, between, to go, to take prisoner."""
    how = opening[2] if opening else ""
    if cue.lemma == "عبر":
        return how != "preposition"
    if cue.lemma == "بين":  # between
        return how != "clause"
    if cue.lemma == "ذهب":
        return opening is None or how != "clause" or tokens.words[opening[0]] != "الي"
    return cue.lemma == "اسر" and how != "clause"


def _opened_frame(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    opening: tuple[int, int, str],
    before: list[Frame],
) -> Frame | None:
    """Return the frame of a verb whose content has an opening of its own."""
    subject_end, content_first, how = opening
    if how in ("preposition", "quote") and cue.kind in ("say", "deny", "think", "add"):
        whole_object = object_before(tokens, at, content_first, naming)
        if whole_object is not None:
            subject_end = content_first = whole_object
            how = "object"
    told_by = source_between(tokens, at, subject_end, naming)
    subject_end = min(subject_end, told_by[0]) if told_by else subject_end
    source, to, explicit_before = speaker_of(
        tokens, at, subject_end, within, naming, cue, joined, before
    )
    first = source[0] if source and explicit_before else at
    content_end = within[1]
    if source is not None and _is_evidence(tokens, source[0]):
        content_end = first_pause(tokens, content_first, content_end)
    if content_first >= content_end:
        return None
    if (
        source is None
        and not joined
        and not cue.participle
        and not _begins_clause(tokens, at, within)
    ):
        return None
    if (
        cue.lemma in _FOLLOWING
        and source is not None
        and not explicit_before
        and not can_speak(tokens, source, naming)
    ):
        return None  # to follow the matches
    if cue.kind == "document" and (source is None or not is_document(tokens, source)):
        return None
    if cue.kind == "agree" and how != "clause":
        return None
    return Frame(
        min(first, at),
        content_first,
        (at, at + 1),
        cue.kind,
        (content_first, content_end),
        source,
        to,
        cue.gender,
        _is_direct(tokens, (content_first, content_end), how),
        joined or cue.participle,
        cue.participle,
        relayed=told_by[1] if told_by and source else None,
    )


def _is_direct(tokens: Tokens, content: Range, how: str) -> bool:
    """Return whether a content is a quotation, and not only opens with a quoted word or two."""
    first, end = content
    if tokens.kinds[first] != OPEN or how != "clause":
        return tokens.kinds[first] == OPEN
    closing = closing_mark(tokens, first, end)
    if closing is None or closing - first > _SNIPPET:
        return True
    return closing + 1 >= end or tokens.kinds[closing + 1] != WORD


def _is_noun_here(tokens: Tokens, at: int) -> bool:
    """Return whether a word that is a verb or a noun stands where only a noun can."""
    previous = tokens.words[at - 1]
    if previous.startswith("ال") or previous in ("قد", "وقد", "ثم", "كما"):
        return False
    starts = tokens.kinds[at - 1] != WORD or previous in group("ar", "clause_starts")
    return previous not in word_set("ar", "relatives") and (
        verb_at(tokens, at - 1, "ar")
        or not (starts or is_complementiser(previous) or previous in group("ar", "before_equal"))
        or previous
        in ("في", "من", "عن", "علي", "الي", "بعد", "قبل", "اي", "كل", "هناك", "عقب", "اثر")
    )


def _demands(tokens: Tokens, at: int, within: Range, naming: Naming) -> bool:
    """Return whether what follows طالب lets it be "demanded", not "one who seeks asylum"."""
    if at + 1 >= within[1] or at + 1 in naming.starts or tokens.kinds[at + 1] != WORD:
        return True
    word = tokens.words[at + 1]
    return word.startswith(("ال", "ب")) or bool(arabic_noun_key(word)) or len(word) < PLURAL - 1


def _is_evidence(tokens: Tokens, at: int) -> bool:
    """Return whether a noun is no speaker but what a writer reasons from: the events show that."""
    word = tokens.words[at]
    return word.removeprefix("ال") in group("ar", "evidence")


def _inverted(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, before: list[Frame]
) -> Frame | None:
    """Return the frame of a quotation that comes first: «…»، يقول أحد السكان."""
    end = at - 1 if at > within[0] and tokens.kinds[at - 1] == COMMA else at
    if end - within[0] < 3 or tokens.kinds[end - 1] != CLOSE or cue.kind not in _INVERTING:
        return None
    first = next((k for k in range(end - 2, within[0] - 1, -1) if tokens.kinds[k] == OPEN), None)
    stop = noun_phrase_end(tokens, at + 1, within[1], naming)
    if first is None or stop <= at + 1:
        return None
    if any(frame.direct and frame.content[0] <= first for frame in before):
        return None  # those words have their verb before them
    if stop < within[1] and (
        tokens.kinds[stop] in (COLON, OPEN) or is_complementiser(tokens.words[stop])
    ):
        return None
    source = source_in(tokens, (at + 1, stop), naming)
    if source is None or not can_speak(tokens, source, naming):
        return None
    return Frame(
        first,
        stop,
        (at, at + 1),
        cue.kind,
        (first, end),
        source,
        gender=cue.gender,
        direct=True,
    )


def _begins_clause(tokens: Tokens, at: int, within: Range) -> bool:
    """Return whether a verb without subject begins a clause, so that somebody spoke."""
    return (
        at == within[0]
        or tokens.kinds[at - 1] != WORD
        or tokens.words[at - 1] in group("ar", "clause_starts")
        or is_complementiser(tokens.words[at - 1])
    )
