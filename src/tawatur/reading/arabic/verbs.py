"""What does an Arabic verb of saying open, and in which order of words?

A verb with neither content nor speaker after it opens nothing; many forms are nouns
as well, and what stands around them tells which.
"""

from dataclasses import replace

from tawatur.reading.arabic.beside import source_between
from tawatur.reading.arabic.contents import (
    announced_action,
    first_pause,
    object_before,
    object_follows,
    opening_after,
    opens_speech,
)
from tawatur.reading.arabic.phrases import (
    can_speak,
    closing_mark,
    is_document,
    noun_phrase_end,
    source_in,
)
from tawatur.reading.arabic.relays import (
    denied_frame,
    document_frame,
    impersonal_frame,
    learned_frame,
    noun_frame,
    relayed_frame,
    rumour_frame,
)
from tawatur.reading.arabic.subjects import (
    ASKING_FROM,
    PLURAL,
    disagrees,
    leading_subject,
    speaker_of,
    subject_phrase,
    topic_before,
)
from tawatur.reading.arabic.words import (
    TELLING,
    bare,
    cue_at,
    cue_with_object,
    is_complementiser,
    is_definite,
)
from tawatur.reading.clauses import verb_at
from tawatur.reading.cues import (
    SPEAKERS,
    Cue,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    source_nouns,
    word_set,
)
from tawatur.reading.text import CLOSE, COLON, COMMA, OPEN, WORD, Tokens

_INVERTING = ("say", "add", "think", "warn", "claim", "ask")
_SNIPPET = 5  # tokens: so short a quotation is part of the clause that goes on after it
_FOLLOWING = frozenset({"تابع", "زاد", "مضي", "ختم", "اكمل"})
_CONDITIONS = frozenset({"اذا", "لو", "حال", "كلما", "ريثما", "ان", "لكي", "كي", "حتي"})
_WHOLE_KINDS = frozenset({"act", "request", "promise", "threat", "agree"})
_TURN = 3  # tokens: a verb that stands later goes on from one before it in the sentence


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
    found = cue_at(tokens, at) or cue_with_object(word)
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
    cue, joined = found
    if at > within[0] and tokens.kinds[at - 1] == WORD:
        previous = tokens.words[at - 1]
        open_to = cue.lemma == "استبعد" and bare(previous) in ("لم", "لا")
        if open_to:
            cue, joined = replace(cue, kind="guess"), joined or previous[0] == "و"
        elif previous in group("ar", "negations") or (
            previous[0] in "وف" and previous[1:] in group("ar", "negations")
        ):
            return None
        if previous in ("يمكن", "يجوز", "اكثر"):
            return None
        if (
            not joined
            and word in group("ar", "nouns_too")
            and _is_noun_here(tokens, at)
            and at not in naming.ends
        ):
            return None
        if cue.lemma == "طالب" and not _demands(tokens, at, within, naming):
            return None
        if bare(previous) in _CONDITIONS and cue.kind in _WHOLE_KINDS:
            return None
        if tokens.words[at - 1] in group("ar", "before_equal"):
            joined = joined or previous != "قد"
    before_verb = _inverted(tokens, at, within, naming, cue, before)
    if before_verb:
        return before_verb
    if cue.kind == "relay":
        return relayed_frame(tokens, at, within, naming, cue, joined)
    opening = opening_after(tokens, at + 1, within[1], cue)
    if cue.lemma == "عبر" and (opening is None or opening[2] != "preposition"):
        return None  # the preposition "across"
    if cue.lemma == "ذهب" and not (
        opening and opening[2] == "clause" and tokens.words[opening[0]] == "الي"
    ):
        return None  # to go
    if cue.lemma == "اسر" and (opening is None or opening[2] != "clause"):
        return None  # to take prisoner
    if opening is None:
        return _bare_verb(tokens, at, within, naming, cue, joined, before)
    subject_end, content_first, how = opening
    if how == "preposition" and cue.kind in ("act", "request", "threat", "promise"):
        return _whole(tokens, at, within, naming, cue, joined, subject_end)
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
    direct = tokens.kinds[content_first] == OPEN
    if direct and how == "clause":
        closing = closing_mark(tokens, content_first, content_end)
        if closing is not None and closing - content_first <= _SNIPPET:
            direct = closing + 1 >= content_end or tokens.kinds[closing + 1] != WORD
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
        direct,
        joined or cue.participle,
        cue.participle,
        relayed=told_by[1] if told_by and source else None,
        rumour=False,
    )


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


def _spoken_before(tokens: Tokens, at: int, within: Range, cue: Cue) -> bool:
    """Return whether a verb of saying of the same gender stands before in the sentence."""
    return any(
        (other := cue_at(tokens, k)) is not None
        and not other[0].participle
        and other[0].gender == cue.gender
        and other[0].kind in TELLING
        for k in range(within[0], at)
        if tokens.kinds[k] == WORD
    )


def _whole(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool, subject_end: int
) -> Frame | None:
    """Return the frame of a verb that is itself what is claimed: a call, a welcome."""
    source, to, explicit_before = speaker_of(
        tokens, at, subject_end, within, naming, cue, joined, []
    )
    going_on = joined and cue.kind == "request" and at > within[0] + _TURN and not explicit_before
    if source is not None and going_on and _spoken_before(tokens, at, within, cue):
        source, to = None, to or source  # she said …, and called on X to
    if source is not None and disagrees(tokens, source, naming, cue) and joined:
        source, to = None, source
    if source is not None and not can_speak(tokens, source, naming):
        return None
    if source is None and not joined and not cue.participle:
        return None
    if explicit_before and tokens.words[at] in group("ar", "nouns_too"):
        return None
    first = source[0] if source and explicit_before else at
    return Frame(
        first,
        first,
        (at, at + 1),
        cue.kind,
        (first, within[1]),
        source,
        to,
        cue.gender,
        joined=joined or cue.participle,
        same_speaker=cue.participle,
        whole=True,
    )


def _bare_verb(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    found: list[Frame],
) -> Frame | None:
    """Return the frame of a verb with a plain object, if a speaker stands right after it."""
    if cue.participle or cue.kind in ("relay", "publish", "ask"):
        return None
    if cue.kind == "guess" and topic_before(tokens, at, within, naming) is None:
        return None
    noun = at + 1 < within[1] and arabic_noun_key(tokens.words[at + 1])
    speaker = naming.first_in((at + 1, min(within[1], at + (6 if noun else 2))), SPEAKERS)
    if tokens.words[at] in group("ar", "nouns_too") and not (speaker and speaker[0] == at + 1):
        asked_of = _asked_of(tokens, at, within, cue, noun)
        if asked_of is None:
            return None
    if tokens.words[at] in group("ar", "nouns_too") and at > within[0] and not joined:
        previous = at - 1
        if tokens.kinds[previous] == WORD and tokens.words[previous] != "قد":
            return None  # within a phrase it is the noun: the answer of X
    if cue.kind == "document" and (not noun or source_nouns("ar").get(noun) != "document"):
        return None
    source: Range | None
    asked = _asked_of(tokens, at, within, cue, noun)
    if asked is not None:
        return Frame(
            at,
            at,
            (at, at + 1),
            cue.kind,
            (at, within[1]),
            (at + 1, asked[0] - 1),
            asked,
            cue.gender,
            joined=joined,
            whole=True,
        )
    leading = (
        leading_subject(tokens, at, within, naming, cue, found)
        if cue.kind in ("say", "deny", "act", "promise") and not joined
        else None
    )
    if leading and object_follows(tokens, at, within):
        return Frame(
            leading[0],
            at + 1,
            (at, at + 1),
            cue.kind,
            (leading[0] if cue.kind in ("act", "promise") else at + 1, within[1]),
            leading,
            None,
            cue.gender,
            whole=cue.kind in ("act", "promise"),
        )
    if not joined or cue.kind == "guess":
        source, _, before = speaker_of(tokens, at, at + 1, within, naming, cue, joined, found)
        if (
            source
            and before
            and (cue.kind in ("tell", "request", "guess") or source[0] == within[0])
        ):
            to = (speaker[0], speaker[1]) if speaker else None
            return Frame(
                source[0],
                source[0],
                (at, at + 1),
                cue.kind,
                (source[0], within[1]),
                source,
                to,
                cue.gender,
                whole=True,
            )
    if speaker and cue.kind not in ("document", "agree") and cue.lemma not in ("عبر", "رد"):
        source = source_in(tokens, (at + 1, speaker[1]), naming) or (at + 1, speaker[1])
        if joined and disagrees(tokens, source, naming, cue):
            source = None
        announced = announced_action(tokens, speaker[1], within[1]) if cue.kind == "say" else None
        if announced:
            return Frame(
                at,
                announced,
                (at, at + 1),
                cue.kind,
                (announced, within[1]),
                source,
                None,
                cue.gender,
                joined=joined,
            )
    elif (
        noun
        and cue.kind in ("say", "deny")
        and (said := subject_phrase(tokens, at + 1, within[1], naming))
    ):
        subject, content = said
        if tokens.words[at] in group("ar", "nouns_too") or disagrees(tokens, subject, naming, cue):
            return None
        return Frame(
            at,
            content,
            (at, at + 1),
            cue.kind,
            (content, within[1]),
            subject,
            None,
            cue.gender,
            joined=joined,
        )
    elif noun and cue.kind in ("act", "request", "document", "stress", "think"):
        source = (at + 1, at + 2)
        if joined and disagrees(tokens, source, naming, cue):
            source = None
    elif (
        joined
        and at + 1 < within[1]
        and (
            (cue.kind == "say" and tokens.words[at + 1] not in group("ar", "circumstances"))
            or (cue.kind == "add" and opens_speech(tokens, at + 1))
        )
    ):
        return Frame(
            at,
            at + 1,
            (at, at + 1),
            cue.kind,
            (at + 1, within[1]),
            None,
            None,
            cue.gender,
            joined=True,
        )
    else:
        return None
    return Frame(
        at,
        at,
        (at, at + 1),
        cue.kind,
        (at, within[1]),
        source,
        None,
        cue.gender,
        joined=joined,
        whole=True,
    )


def _asked_of(tokens: Tokens, at: int, within: Range, cue: Cue, noun: str | bool) -> Range | None:
    """Return whom the subject right after a verb asks: طلبت الحكومة من البنك."""
    if cue.lemma not in ASKING_FROM or not noun:
        return None
    for k in range(at + 2, min(within[1] - 1, at + 8)):
        if tokens.kinds[k] != WORD or is_complementiser(tokens.words[k]):
            return None
        if tokens.words[k] == "من" and tokens.kinds[k + 1] == WORD:
            end = k + 2
            while end < within[1] and is_definite(tokens, end):
                end += 1
            return k + 1, end
    return None
