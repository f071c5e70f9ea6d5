"""Where does somebody pass on, learn or spread what others say in Arabic?

نقل عن with its two speakers, علمت من, a noun of saying (تأكيد الوزير أن), what stands
in a document, what people whisper, and what the author himself wants noted.
"""

from dataclasses import replace

from tawatur.reading.arabic.beside import STANDS_IN
from tawatur.reading.arabic.contents import FURTHEST, opening_after
from tawatur.reading.arabic.phrases import (
    can_speak,
    is_document,
    noun_phrase_end,
    phrase_before,
    source_in,
)
from tawatur.reading.arabic.subjects import leading_subject
from tawatur.reading.arabic.words import (
    bare,
    cue_at,
    is_complementiser,
    is_outlet,
    noun_of_saying_in,
)
from tawatur.reading.cues import Cue, Frame, Naming, Range, forms, group
from tawatur.reading.text import BREAK, COLON, COMMA, OPEN, STOP, WORD, Tokens
from tawatur.reading.verbs import verb_at

_SPEAKER_OF_NOUN = 12  # tokens between a noun of saying and its content
_DISMISSED = 12  # tokens between "denied" and what it points at
_LEARNER = 8  # words between "learned" and "from"


def rumour_frame(tokens: Tokens, at: int, within: Range) -> Frame | None:
    """Return the frame of a word for rumours at ``at``, if it says what they have."""
    opening = opening_after(tokens, at + 1, min(within[1], at + 10), Cue("قال", "claim"))
    if opening is None:
        return None
    return Frame(
        at, opening[1], (at, at + 1), "claim", (opening[1], within[1]), (at, at + 1), rumour=True
    )


def impersonal_frame(tokens: Tokens, at: int, within: Range) -> Frame | None:
    """Return the frame of "it should be noted that", by which the author goes on himself."""
    for k in range(at + 1, min(within[1] - 1, at + 5)):
        word = tokens.words[k]
        if tokens.kinds[k] == WORD and is_complementiser(word) and word[0] not in "وف":
            keep = word not in ("ان", "بان")
            content = k if keep else k + 1
            return Frame(
                at, content, (at, k), "say", (content, within[1]), joined=True, impersonal=True
            )
        if word not in group("ar", "impersonal_goes_on"):
            return None
    return None


def relayed_frame(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool
) -> Frame | None:
    """Return the frame of نقل عن: one who passes on, and from whom."""
    limit = min(within[1], at + 12)
    about = next(
        (
            k
            for k in range(at + 1, limit)
            if tokens.kinds[k] == WORD
            and tokens.words[k]
            in (("الي", "اليه", "اليها") if cue.lemma == "نسب" else ("عن", "عنه", "عنها", "عنهم"))
        ),
        None,
    )
    if about is None:
        return _verb_as(tokens, at, within, naming, cue, joined)
    before = phrase_before(tokens, at, within)
    here = about + 1
    while here < within[1] and here - about < 20:
        word = tokens.words[here]
        if (
            tokens.kinds[here] in (OPEN, COLON)
            or is_complementiser(word)
            or bare(word) in ("قوله", "قولها", "قولهم")
            or word in ("قوله", "قولها", "قولهم")
        ):
            break
        if cue_at(tokens, here) and not cue_at(tokens, here)[0].participle:  # type: ignore[index]  # tested
            break
        if tokens.kinds[here] in (STOP, BREAK):
            return None
        here += 1
    phrase = (about + 1, here)
    after = at + 1
    while after < about and (after in naming.times or tokens.kinds[after] != WORD):
        after = max(after + 1, naming.time_ends.get(after, 0))
    teller: Range | None = (after, about) if about > after else before
    if tokens.words[about] in ("عن", "الي"):
        cited: Range | None = phrase
    else:
        cited, teller = before, (after, about) if about > after else (about + 1, here)
    if not teller and cited and cited[1] > cited[0] and tokens.words[about] in ("عن", "الي"):
        # It is told of X, or ascribed to X, that: whoever tells it is not said.
        return _verb_as(tokens, about, within, naming, cue, joined, sure=True)
    if not teller or not cited or cited[0] >= cited[1] or teller[0] >= teller[1]:
        return None
    cue_first = here
    while here < within[1] and here - cue_first < 8:
        word = tokens.words[here]
        if is_complementiser(word):
            here += word in ("ان", "بان", "انه", "انها")
            break
        if tokens.kinds[here] == OPEN:
            break
        if tokens.kinds[here] == COLON:
            here += 1
            break
        here += 1
    if here >= within[1]:
        return None
    first = min(at, cited[0], teller[0])
    return Frame(
        first,
        here,
        (at, at + 1),
        "say",
        (here, within[1]),
        source_in(tokens, teller, naming),
        direct=tokens.kinds[here] == OPEN,
        joined=joined,
        relayed=source_in(tokens, cited, naming),
    )


def _verb_as(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    *,
    sure: bool = False,
) -> Frame | None:
    """Return the frame of "X passed on that", in which X is the only speaker.

    ``sure`` says that the grammar leaves no doubt that X speaks, whatever noun it is.
    """
    opening = opening_after(tokens, at + 1, within[1], replace(cue, kind="say"))
    if opening is None or opening[2] != "clause" or opening[1] >= within[1]:
        return None
    saying = group("ar", "own_saying")
    end = next((k for k in range(at + 1, opening[0]) if tokens.words[k] in saying), opening[0])
    source = source_in(tokens, (at + 1, end), naming) if end > at + 1 else None
    if source is None or not (sure or can_speak(tokens, source, naming)):
        return None
    content = (opening[1], within[1])
    return Frame(
        at,
        opening[1],
        (at, at + 1),
        "say",
        content,
        source,
        gender=cue.gender,
        direct=tokens.kinds[opening[1]] == OPEN,
        joined=joined,
    )


def denied_frame(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of "which X denied": وهو ما نفاه X، الأمر الذي تنفيه X."""
    if at < within[0] + 2 or tokens.words[at - 1] not in ("ما", "الذي"):
        return None
    if bare(tokens.words[at - 2]) not in ("هو", "هي", "الامر", "وهو", "وهي"):
        return None
    known = forms("ar")
    stem = tokens.words[at].removesuffix("ها").removesuffix("ه")
    cue = known.get(stem) or known.get(stem[:-1] + "ي" if stem.endswith("ا") else stem)
    if cue is None or stem == tokens.words[at] or cue.kind not in ("deny", "say"):
        return None
    end = noun_phrase_end(tokens, at + 1, within[1], naming)
    source = source_in(tokens, (at + 1, end), naming)
    if source is None or not can_speak(tokens, source, naming):
        return None
    first = at - 2
    content = (first, within[1])
    return Frame(first, first, (at, at + 1), cue.kind, content, source, joined=True, whole=True)


def dismissed_frame(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    before: list[Frame],
) -> Frame | None:
    """Return the frame of "X denied this": the clause itself says so, نفى الوزير ذلك.

    So does who calls it untrue: وصف هذا الكلام بأنه ملفق.
    """
    points = _pointer(tokens, at + 1, within[1])
    if cue.participle or points is None:
        return None
    if cue.kind != "deny" and not (cue.lemma == "وصف" and _untrue(tokens, points, within[1])):
        return None
    source: Range | None
    if points > at + 1:
        source, first = source_in(tokens, (at + 1, points), naming), at
    else:
        source = leading_subject(tokens, at, within, naming, cue, before) or (
            None if joined else phrase_before(tokens, at, within)
        )
        first = source[0] if source else at
    if source is None and not joined:
        return None
    content = (first, within[1])
    return Frame(
        first,
        first,
        (at, at + 1),
        "deny",
        content,
        source,
        gender=cue.gender,
        joined=joined,
        whole=True,
    )


def _untrue(tokens: Tokens, first: int, end: int) -> bool:
    words = tokens.words[first : min(end, first + _DISMISSED)]
    return not group("ar", "untrue").isdisjoint(words)


def _pointer(tokens: Tokens, first: int, end: int) -> int | None:
    """Return the word by which a clause points at what was said: this, that, the accusations."""
    for k in range(first, min(end, first + _DISMISSED)):
        word = tokens.words[k]
        if tokens.kinds[k] in (STOP, BREAK, COLON, OPEN) or is_complementiser(word):
            return None
        if word in group("ar", "dismissed") and tokens.kinds[k] == WORD:
            return k
    return None


def _learned_that(
    tokens: Tokens, at: int, within: Range, naming: Naming, *, joined: bool
) -> Frame | None:
    """Return the frame of "X has learned that", where X says no more of how."""
    opening = opening_after(tokens, at + 1, min(within[1], at + _LEARNER), Cue("علم", "say"))
    if opening is None or opening[2] != "clause" or opening[0] <= at + 1:
        return None
    source = source_in(tokens, (at + 1, opening[0]), naming)
    if source is None or not is_outlet(tokens, source[0]):
        return None
    content = (opening[1], within[1])
    return Frame(at, opening[1], (at, at + 1), "say", content, source, joined=joined)


def learned_frame(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of علمت X من Y أن: X passes on what Y said."""
    word = tokens.words[at]
    joined = word not in group("ar", "learning")
    if joined and bare(word) not in group("ar", "learning"):
        return None
    limit = min(within[1], at + FURTHEST["say"])
    about = next((k for k in range(at + 1, limit) if tokens.words[k] == "من"), None)
    that = next((k for k in range(at + 1, limit) if is_complementiser(tokens.words[k])), limit)
    if about is None or that < about:
        return _learned_that(tokens, at, within, naming, joined=joined)
    if about + 1 >= limit or about > at + _LEARNER:
        return None
    opening = opening_after(tokens, about + 1, within[1], Cue("علم", "say"))
    if opening is None or opening[2] not in ("clause", "colon") or opening[1] >= within[1]:
        return None
    cited = source_in(tokens, (about + 1, opening[0]), naming)
    if cited is None or not can_speak(tokens, cited, naming):
        return None
    learner = source_in(tokens, (at + 1, about), naming) if about > at + 1 else None
    if learner is not None and not can_speak(tokens, learner, naming):
        learner = None
    return Frame(
        at,
        opening[1],
        (at, at + 1),
        "say",
        (opening[1], within[1]),
        learner or cited,
        direct=tokens.kinds[opening[1]] == OPEN,
        joined=joined,
        relayed=cited if learner else None,
    )


def document_frame(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of "in the statement it says that": جاء في البيان أن، ورد في التقرير."""
    word = tokens.words[at]
    if bare(word) not in STANDS_IN or tokens.words[at + 1 : at + 2] != ("في",):
        return None
    opening = opening_after(tokens, at + 2, min(within[1], at + 22), Cue("قال", "say"))
    if opening is None or opening[2] not in ("clause", "colon", "quote"):
        return None
    source = source_in(tokens, (at + 2, opening[0]), naming)
    if source is None or not is_document(tokens, source) or opening[1] >= within[1]:
        return None
    direct = tokens.kinds[opening[1]] == OPEN
    content = (opening[1], within[1])
    return Frame(at, opening[1], (at, at + 2), "say", content, source, direct=direct)


def noun_frame(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of a noun of saying with its speaker: تأكيد الوزير أن، نفيه أن."""
    made = noun_of_saying_in(tokens.words[at])
    if made is None or at + 1 >= within[1]:
        return None
    _, kind, joined = made
    limit = min(within[1], at + _SPEAKER_OF_NOUN)
    opens = next(
        (
            k
            for k in range(at + 1, limit)
            if tokens.kinds[k] == WORD
            and is_complementiser(tokens.words[k])
            and tokens.words[k][0] not in "وف"
        ),
        None,
    )
    if opens is None or any(tokens.kinds[k] in (COMMA, STOP, COLON) for k in range(at, opens)):
        return None
    source: Range | None = None
    end = opens - (tokens.words[opens - 1] in ("علي", "الي", "عن", "من"))
    if not joined:
        if end == at + 1 or any(verb_at(tokens, k, "ar") for k in range(at + 1, end)):
            return None
        source = source_in(tokens, (at + 1, end), naming)
        if source is None or not can_speak(tokens, source, naming):
            return None
    elif end > at + 1:
        return None
    content = opens + (tokens.words[opens] in ("ان", "بان"))
    return Frame(at, content, (at, at + 1), kind, (content, within[1]), source, joined=joined)
