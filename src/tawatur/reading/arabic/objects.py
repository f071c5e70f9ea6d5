"""What does an Arabic verb open that has no content clause: a call, a welcome, a plain object?

The clause itself is then what is claimed (``whole``), or the object is, where a noun of
action or of content stands there. Without a speaker right beside it the verb opens
nothing.
"""

from dataclasses import replace

from tawatur.reading.arabic.contents import announced_action, object_follows, opens_speech
from tawatur.reading.arabic.phrases import can_speak, source_in
from tawatur.reading.arabic.subjects import (
    ASKING_FROM,
    disagrees,
    leading_subject,
    speaker_of,
    subject_phrase,
    topic_before,
)
from tawatur.reading.arabic.words import TELLING, cue_at, is_complementiser, is_definite
from tawatur.reading.cues import (
    SPEAKERS,
    Cue,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    source_nouns,
)
from tawatur.reading.text import WORD, Tokens

_TURN = 3  # tokens: a verb that stands later goes on from one before it in the sentence
_NO_PLAIN_OBJECT = ("relay", "publish", "ask")
_DEEDS = ("act", "promise")


def whole_frame(
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


def bare_frame(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    before: list[Frame],
) -> Frame | None:
    """Return the frame of a verb with a plain object, if a speaker stands right beside it."""
    if cue.participle:
        opens = cue.kind == "say" and opens_speech(tokens, min(at + 1, within[1] - 1))
        spoken = replace(_opened(at, at + 1, within, cue, None, joined=True), same_speaker=True)
        return spoken if opens else None  # saying: we have not …
    if cue.kind in _NO_PLAIN_OBJECT:
        return None
    if cue.kind == "guess" and topic_before(tokens, at, within, naming) is None:
        return None
    noun = arabic_noun_key(tokens.words[at + 1]) if at + 1 < within[1] else ""
    found = naming.first_in((at + 1, min(within[1], at + (6 if noun else 2))), SPEAKERS)
    speaker = (found[0], found[1]) if found else None
    if cue.plural:  # what follows is no subject: that verb would stand in the singular
        speaker, noun = None, ""
    asked = _asked_of(tokens, at, within, cue, noun)
    if tokens.words[at] in group("ar", "nouns_too"):
        if asked is None and not (speaker and speaker[0] == at + 1):
            return None
        phrase = at > within[0] and tokens.kinds[at - 1] == WORD and tokens.words[at - 1] != "قد"
        if phrase and not joined:
            return None  # within a phrase it is the noun: the answer of X
    if cue.kind == "document" and (not noun or source_nouns("ar").get(noun) != "document"):
        return None
    if asked is not None:
        subject = (at + 1, asked[0] - 1)
        return replace(_opened(at, at, within, cue, subject, joined), to=asked, whole=True)
    told = _after_subject(tokens, at, within, naming, cue, joined, before, speaker)
    return told or _before_subject(tokens, at, within, naming, cue, joined, speaker, noun)


def _opened(
    at: int, content: int, within: Range, cue: Cue, source: Range | None, joined: bool
) -> Frame:
    """Return the frame of a verb whose content begins at or after it."""
    reach = (content, within[1])
    return Frame(
        at, content, (at, at + 1), cue.kind, reach, source, gender=cue.gender, joined=joined
    )


def _after_subject(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    before: list[Frame],
    speaker: Range | None,
) -> Frame | None:
    """Return the frame of a verb whose subject stands before it."""
    cued, deed = (at, at + 1), cue.kind in _DEEDS
    if not joined and (deed or cue.kind in ("say", "deny")):
        leading = leading_subject(tokens, at, within, naming, cue, before)
        if leading and object_follows(tokens, at, within):
            content = (leading[0] if deed else at + 1, within[1])
            return Frame(
                leading[0], at + 1, cued, cue.kind, content, leading, gender=cue.gender, whole=deed
            )
    if joined and cue.kind != "guess":
        return None
    source, _, leads = speaker_of(tokens, at, at + 1, within, naming, cue, joined, before)
    if source is None or not leads:
        return None
    first = source[0]
    if cue.kind not in ("tell", "request", "guess") and first != within[0]:
        return None
    content = (first, within[1])
    return Frame(first, first, cued, cue.kind, content, source, speaker, cue.gender, whole=True)


def _before_subject(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    speaker: Range | None,
    noun: str,
) -> Frame | None:
    """Return the frame of a verb whose subject stands right after it, or is who spoke last."""
    source: Range | None
    if speaker and cue.kind not in ("document", "agree") and cue.lemma not in ("عبر", "رد"):
        source = source_in(tokens, (at + 1, speaker[1]), naming) or (at + 1, speaker[1])
        if joined and disagrees(tokens, source, naming, cue):
            source = None
        announced = announced_action(tokens, speaker[1], within[1]) if cue.kind == "say" else None
        if announced:
            return _opened(at, announced, within, cue, source, joined)
    elif (
        noun
        and cue.kind in ("say", "deny")
        and (said := subject_phrase(tokens, at + 1, within[1], naming))
    ):
        subject, content = said
        if tokens.words[at] in group("ar", "nouns_too") or disagrees(tokens, subject, naming, cue):
            return None
        return _opened(at, content, within, cue, subject, joined)
    elif noun and cue.kind in ("act", "request", "document", "stress", "think"):
        source = (at + 1, at + 2)
        if joined and disagrees(tokens, source, naming, cue):
            source = None
    elif joined and at + 1 < within[1] and _goes_on_speaking(tokens, at + 1, cue):
        return _opened(at, at + 1, within, cue, None, joined)
    else:
        return None
    return replace(_opened(at, at, within, cue, source, joined), whole=True)


def _goes_on_speaking(tokens: Tokens, at: int, cue: Cue) -> bool:
    """Return whether a joined verb with no subject after it says what follows: وقال لا."""
    if cue.kind == "say":
        return tokens.words[at] not in group("ar", "circumstances")
    return cue.kind == "add" and opens_speech(tokens, at)


def _asked_of(tokens: Tokens, at: int, within: Range, cue: Cue, noun: str) -> Range | None:
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
