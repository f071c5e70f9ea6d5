"""When is what a statement tells, where it names no time itself?

A text has times of its own. It speaks from a day: that of its publication, or that of
the conversation which a record reports. It may report one event, a meeting, an attack
or what fell into the period of a bulletin. And paragraph by paragraph it stands at the
time last told. Which of these a statement takes follows from how it is told: what lies
ahead begins with the day spoken from; what is still so, and what is not known, is of
that day; what the author tells in the past belongs to the meeting or the period, what
witnesses tell to the attack, what Arabic tells on to the time last told. Opinions, what
happens again and again, and all else have no time.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import islice, zip_longest

from tawatur.model.document import Extraction
from tawatur.model.reading import (
    EventType,
    Manner,
    Modality,
    Polarity,
    Proposal,
    Publication,
    TimeExpression,
    TimeType,
)
from tawatur.model.span import Span
from tawatur.reading.clauses import has_verb
from tawatur.reading.cues import Range, group, phrases
from tawatur.reading.gaps import not_known
from tawatur.reading.happenings import has_past, tells_future, tells_past
from tawatur.reading.text import WORD, Sentence, Tokens, fold_word
from tawatur.reading.times.values import moved
from tawatur.reading.verbs import bare_word, verb_at

_DAY = len("2009-10-19")
_MONTH = len("2009-10")
_OPENING = 5  # claims; a report of the day names one within them
_AT_FIRST_HAND = 2  # links: the author, and who said it
_LEAD = 3  # claims in which a report names its event
_STRUCK = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST})
_MET = frozenset({EventType.CONSULT})


@dataclass(frozen=True, slots=True)
class Telling:
    """What a text says of the times it is told from and of."""

    said_on: str | None  # the day, or the month, from which it speaks
    meeting: str | None  # when the meeting was that it reports
    period: str | None  # what span of days a bulletin covers
    record: bool  # whether it is a record of a conversation
    language: str
    spoken: frozenset[str]  # claims which are themselves that somebody said or asked something

    def by_author(self, claim: Proposal) -> bool:
        """Return whether the author tells it: what was done, or that somebody said or asked."""
        return len(claim.chain) == 1 or (
            len(claim.chain) == _AT_FIRST_HAND and claim.id in self.spoken
        )

    def to_come(self, when: str) -> bool:
        """Return whether a time lies after the day that the text speaks from."""
        return self.said_on is not None and when[: len(self.said_on)] > self.said_on


def telling(
    extraction: Extraction,
    times: tuple[TimeExpression, ...],
    published: Publication,
    claims: tuple[Proposal, ...],
    spoken: frozenset[str],
    tokens: Tokens,
) -> Telling:
    """Return the times that a text is told from and of, as far as it gives them."""
    record = extraction.header is not None and bool(extraction.paragraphs)
    said_on = _published(published)
    if record:
        body = extraction.paragraphs[0].start
        days = (
            t.value for t in times if t.span.start >= body and t.type is TimeType.DATE and t.value
        )
        said_on = next((day for day in days if len(day) == _DAY), published.value)
    period = None if record else _period(times, tokens, extraction.language)
    if period and not said_on:
        opened = (published.bounds or "").split("/")[0]
        said_on = opened if len(opened) == _DAY else None
    if said_on and not record and not _names_day(claims[:_OPENING], times, said_on):
        said_on = said_on[:_MONTH]
    first = [c for c in claims[:_LEAD] if c.when and len(c.when) >= _DAY and "/.." not in c.when]
    struck = any(c.event_type in _STRUCK for c in first)
    met = next((c.when for c in first if c.event_type in _MET and len(c.chain) == 1), None)
    return Telling(
        said_on,
        said_on if record else None if struck else met,
        period,
        record,
        extraction.language,
        spoken,
    )


def _period(times: tuple[TimeExpression, ...], tokens: Tokens, language: str) -> str | None:
    """Return the span of days that a bulletin says at its head to cover."""
    for number, time in enumerate(times[:_HEAD]):
        first = tokens.within(time.span)[0]
        near = {tokens.words[k] for k in range(max(0, first - _FEW), first)}
        if time.value and near & group(language, "periods"):
            days = [time.value.split("/")[0], time.value.split("/")[-1]]
            if days[0] == days[1] and number + 1 < len(times):
                days[1] = times[number + 1].value or ""
            if all(len(day) == _DAY for day in days) and days[0] < days[1]:
                return "/".join(days)
    return None


_HEAD = 4  # time expressions


def _names_day(
    opening: tuple[Proposal, ...], times: tuple[TimeExpression, ...], said_on: str
) -> bool:
    """Return whether the first statements tell of a day; "now" and "until now" name none."""
    return any(
        len(part) >= _DAY
        for claim in opening
        for time in _held(claim.span, times)
        if time.type is TimeType.DATE and time.anchor != _NOW
        for part in (time.value or "").removesuffix(f"/{said_on}").split("/")
    )


_NOW = "present"  # anchor of what counts from the moment of writing


def _published(published: Publication) -> str | None:
    """Return the day or month of publication, if it is known as closely as that."""
    value = (published.value or published.bounds or "").rstrip("~?%")
    return value if len(value) in (_DAY, _MONTH) and "/" not in value else None


def timed(
    claims: tuple[Proposal, ...],
    sentence_spans: tuple[Span, ...],
    times: tuple[TimeExpression, ...],
    told: Telling,
    tokens: Tokens,
) -> tuple[Proposal, ...]:
    """Return the claims with the time that governs them where they hold none themselves.

    The time that opens the sentence governs what its author tells in it; in somebody
    else's mouth it is the time of saying.
    """
    found = []
    dates_of: dict[Span | None, tuple[TimeExpression, ...]] = {None: ()}  # by sentence
    for claim, behind in zip_longest(claims, claims[1:]):
        if claim.when is not None:
            found.append(_as_coarse(claim, told, times))
            continue
        within = tokens.within(claim.span)
        tense = tense_of(tokens, within, told.language)
        sentence = _sentence_of(claim, sentence_spans)
        if sentence is not None and sentence not in dates_of:
            dates_of[sentence] = _beside(sentence, claims, times, tokens, told.language)
        beside = dates_of[sentence]
        when = None
        # An Arabic clause of state or present is only joined to what its sentence opens with.
        if told.by_author(claim) and not (told.language == "ar" and tense is Tense.PRESENT):
            opening = (t for t in beside if t.span.end <= claim.span.start)
            when = next((t.value for t in opening), None)
        if when is None and tense is Tense.PAST and behind is not None:
            when = _at_that_time(claim, behind, tokens, told.language)
        here = told if when is not None else _from_day(claim, told, beside)
        if when is None and here.said_on:
            held = _held(claim.span, times)
            when = _ahead(claim, here, here.said_on, tokens, held)
            if when is None and all(t.type is not TimeType.SET for t in held):
                when = _as_told(claim, here, tokens, tense)
        found.append(replace(claim, when=when))
    return tuple(found)


def _at_that_time(claim: Proposal, behind: Proposal, tokens: Tokens, language: str) -> str | None:
    """Return the time of the clause that goes on with "when", if it has one of its own."""
    end, first = tokens.within(claim.span)[1], tokens.within(behind.span)[0]
    joined = first <= end + 1 and tokens.words[first] in group(language, "at_that_time")
    return behind.when if joined and len(claim.chain) == len(behind.chain) else None


def _as_coarse(claim: Proposal, told: Telling, times: tuple[TimeExpression, ...]) -> Proposal:
    """Return a claim of "now" as of the month, where the text speaks from no day."""
    if told.said_on is None or len(told.said_on) != _MONTH or "/" in (claim.when or ""):
        return claim
    now = any(t.anchor == _NOW and t.value == claim.when for t in _held(claim.span, times))
    return replace(claim, when=told.said_on) if now and claim.when != told.said_on else claim


def _from_day(claim: Proposal, told: Telling, beside: tuple[TimeExpression, ...]) -> Telling:
    """Return the telling of one claim: from the day on which its sentence says that it was said."""
    if told.by_author(claim) or told.record:
        return told
    days = (t.value for t in beside if t.value and len(t.value) == _DAY and "/" not in t.value)
    return replace(told, said_on=next(days, told.said_on))


def _as_told(claim: Proposal, told: Telling, tokens: Tokens, tense: "Tense") -> str | None:
    """Return the time of a statement that does not lie ahead, by how it is told."""
    within = tokens.within(claim.span)
    if _as_yet(tokens, within, told.language):
        return told.said_on
    happened = tense is Tense.PAST and claim.modality in _HAPPENED
    if happened and told.meeting and told.by_author(claim):
        opening = set(tokens.words[within[0] : min(within[1], within[0] + 2)])
        # What the author says of himself is no part of the meeting.
        return None if opening & group(told.language, "first_person") else told.meeting
    words = set(tokens.words[within[0] : within[1]])
    perfect = tense is Tense.PAST if told.language != "en" else bool(words & _PERFECT)
    if perfect and claim.modality is Modality.FACT and words & group(told.language, "ever"):
        return f"../{told.said_on}"  # at some time until now, or never
    covered = told.period and tense is Tense.PAST and claim.modality is Modality.FACT
    if covered and _goes_on(claim, told):
        return told.period
    if len(claim.chain) == 1:
        gap = not told.record and not_known(tokens, within, told.language)
        return told.said_on if gap or _of_the_day(claim, told, tense) else None
    if happened and told.by_author(claim):
        return told.said_on
    asked = claim.modality is Modality.REQUESTED and told.language == "ar"
    asked = asked and (not told.record or _asks_how(claim, tokens))
    if asked and len(told.said_on or "") == _DAY:
        return told.said_on
    # Arabic tells what is so by no verb; French and English by the same as what always is.
    plain = told.record or (told.language == "ar" and claim.modality is Modality.FACT)
    if plain and tense in _NOW_SO and claim.modality not in _VIEWS:
        return told.said_on
    reached = tense is Tense.RESULT and claim.modality is Modality.FACT
    return told.said_on if reached and len(told.said_on or "") == _DAY else None


def _as_yet(tokens: Tokens, within: Range, language: str) -> bool:
    """Return whether a statement says what is still, or not yet, so.

    Arabic has one word for "yet" and "after": it is "yet" behind a negated past where no
    definite noun follows.
    """
    if not group(language, "as_yet").isdisjoint(tokens.words[within[0] : within[1]]):
        return True
    if language != "ar":
        return False
    for k in range(within[0] + 2, within[1]):
        negated = "لم" in map(bare_word, tokens.words[max(within[0], k - _FEW) : k - 1])
        if tokens.words[k] == "بعد" and negated:
            after = tokens.words[k + 1] if k + 1 < within[1] else ""
            return not after.startswith(("ال", "ان"))
    return False


def _of_the_day(claim: Proposal, told: Telling, tense: "Tense") -> bool:
    """Return whether a report tells what is so on the day, or in the month, that it is of."""
    if told.record or told.language == "ar" or tense is Tense.PAST:
        return False
    return claim.modality is Modality.FACT and bool(told.said_on)


_PERFECT = frozenset(("has", "have", "hasn't", "haven't"))


def _ahead(
    claim: Proposal, told: Telling, said_on: str, tokens: Tokens, held: list[TimeExpression]
) -> str | None:
    """Return the open time of what lies ahead of the day spoken from, or up to its term."""
    if claim.modality in _TO_COME and len(said_on) == _DAY:
        for time in held:
            end = _term(said_on, time, tokens, told.language)
            if end is not None:
                return f"{said_on}/{end}"
    return f"{said_on}/.." if _lies_ahead(claim, told, tokens) else None


_TO_COME = (Modality.PLANNED, Modality.PROMISED, Modality.REQUESTED, Modality.CONDITIONAL)
_HAPPENED = (Modality.FACT, Modality.REQUESTED, Modality.OPINION)
_VIEWS = (Modality.OPINION, Modality.REQUESTED, Modality.HEDGED)
_LENGTH = re.compile(r"PT(?P<hours>\d{1,3})H|P(?P<count>\d{1,3})(?P<unit>[DWMY])")


def _held(span: Span, times: tuple[TimeExpression, ...]) -> list[TimeExpression]:
    """Return the time expressions within the span; they are in text order."""
    first = bisect_left(times, span.start, key=lambda t: t.span.start)
    end = bisect_left(times, span.end, key=lambda t: t.span.start)
    return [t for t in times[first:end] if span.holds(t.span)]


def _term(day: str, time: TimeExpression, tokens: Tokens, language: str) -> str | None:
    """Return the day at the end of a span of time that is set for something: within a month."""
    length = _LENGTH.fullmatch(time.value or "")
    if time.type is not TimeType.DURATION or length is None:
        return None
    at = tokens.within(time.span)[0]
    if not group(language, "terms") & set(tokens.words[max(0, at - 2) : at + 2]):
        return None
    if length["hours"]:
        return moved(date.fromisoformat(day), "D", int(length["hours"]) // 24).isoformat()
    return moved(date.fromisoformat(day), length["unit"], int(length["count"])).isoformat()


class Tense(Enum):
    """How the verb of a statement tells."""

    PAST = "past"
    PRESENT = "present"
    RESULT = "result"  # by what was done and is so still
    NONE = "none"  # by no finite verb that is known


_NOW_SO = (Tense.PRESENT, Tense.RESULT)


def tense_of(tokens: Tokens, within: Range, language: str) -> Tense:
    """Return how a statement tells, by its first verb.

    French tells a past by auxiliary and participle, or by an ending; English by a past
    form. What Arabic tells by no verb of the past, or by none, it tells as what is.
    """
    if language == "ar":
        return Tense.PAST if tells_past(tokens, within, "ar") else Tense.PRESENT
    present, past = group(language, "present"), group(language, "past")
    perfect = group(language, "perfect")
    for k in range(*within):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            continue
        if word in perfect:
            return _composed(tokens, k, within[1], language)
        if word in present:
            return Tense.PRESENT
        if word in past or (word.endswith(_PAST[language]) and verb_at(tokens, k, language)):
            return Tense.PAST
    return Tense.NONE


def _composed(tokens: Tokens, at: int, end: int, language: str) -> Tense:
    """Return how an auxiliary at ``at`` tells with the participle after it, if there is one.

    What "is closed" is so still: with "is" only verbs of motion, and those of doing something
    to oneself, tell a past.
    """
    done = next(
        (
            j
            for j in range(at + 1, min(at + _FEW, end))
            if tokens.text[tokens.starts[j] : tokens.ends[j]].endswith(_PARTICIPLES)
        ),
        None,
    )
    if done is None:
        return Tense.PRESENT
    if tokens.words[at] not in group(language, "being"):
        return Tense.PAST
    own = at > 0 and tokens.words[at - 1] in group(language, "reflexive")
    return Tense.PAST if own or tokens.words[done] in group(language, "moved") else Tense.RESULT


_FEW = 5  # words between an auxiliary and its participle
_PARTICIPLES = (
    *("é", "i", "ée", "és", "ées", "is", "ise", "ises"),
    *("it", "ite", "u", "ue", "us", "ues", "ert"),
)
_PAST = {"en": ("ed",), "fr": ("aient", "ait", "erent", "irent", "urent")}


def _lies_ahead(claim: Proposal, told: Telling, tokens: Tokens) -> bool:
    """Return whether a statement tells of what may or will be, from the day of speaking on."""
    said = len(claim.chain) > 1
    planned = said and claim.modality in (Modality.PLANNED, Modality.PROMISED)
    within = tokens.within(claim.span)
    if told.record and said and not _asks_how(claim, tokens) and claim.modality in _WANTED:
        tense = tense_of(tokens, within, told.language)
        past = claim.modality is Modality.REQUESTED and tense is Tense.PAST
        if tense in _NOW_SO or (past and not told.by_author(claim)):
            return True
    if told.language == "ar":
        if claim.modality is Modality.HEDGED and not tells_past(tokens, within, "ar"):
            return True
        return planned or (claim.modality in _MAY_COME and tells_future(tokens, within))
    if told.record:
        return planned
    direct = claim.chain[-1].manner is not Manner.INDIRECT
    return planned and claim.modality is Modality.PROMISED and direct


_WANTED = (Modality.REQUESTED, Modality.HEDGED)


def _asks_how(claim: Proposal, tokens: Tokens) -> bool:
    """Return whether it is asked how something may be done: that is of the day of asking."""
    first, end = tokens.within(claim.span)
    return "كيف" in tokens.words[first:end]


_MAY_COME = (Modality.PLANNED, Modality.PROMISED, Modality.HEDGED, Modality.CONDITIONAL)


_PREPOSITION = 8  # characters: "between", "pendant"


def _sentence_of(claim: Proposal, sentence_spans: tuple[Span, ...]) -> Span | None:
    at = bisect_right(sentence_spans, claim.span, key=lambda s: s) - 1
    near = sentence_spans[max(0, at - 1) : at + 2]
    return next((sentence for sentence in near if sentence.holds(claim.span)), None)


def _beside(
    sentence: Span,
    claims: tuple[Proposal, ...],
    times: tuple[TimeExpression, ...],
    tokens: Tokens,
    language: str,
) -> tuple[TimeExpression, ...]:
    """Return the first dates of a sentence that are part of no claim, in text order."""
    free = (
        time
        for time in _held(sentence, times)
        if time.type is TimeType.DATE
        and time.value
        and not _claimed(time, claims, tokens, language)
    )
    return tuple(islice(free, _DATES))


_DATES = 8  # of one sentence; what is a list of dates says nothing of each statement
_PHRASE = 24  # tokens


def _claimed(
    time: TimeExpression, claims: tuple[Proposal, ...], tokens: Tokens, language: str
) -> bool:
    """Return whether a time is part of what a claim states."""
    before = bisect_right(claims, time.span.start, key=lambda c: c.span.start) - 1
    if before < 0 or not claims[before].span.holds(time.span):
        return False
    # A piece that is hardly more than the time, or has no verb, states nothing of its own.
    first, end = tokens.within(claims[before].span)
    states = end - first > _PHRASE or has_verb(tokens, (first, end), language)
    return states and len(claims[before].span) > len(time.span) + _PREPOSITION


def followed(
    claims: tuple[Proposal, ...],
    tokens: Tokens,
    found: tuple[Sentence, ...],
    told: Telling,
    times: tuple[TimeExpression, ...],
) -> tuple[Proposal, ...]:
    """Return the claims that are told in the past with the time of what they tell on.

    What Arabic tells in the past with no time of its own happened at the time last told in
    the paragraph or in the two before it; what French and English do, in the paragraph. A
    paragraph that tells of a past day in the present goes on so. A news report tells of the
    attack or protest with which it opens; what is of no scene is of the day of the report,
    or before the conversation.
    """
    paragraph_of = {t: s.paragraph for s in found for t in range(s.first, s.end)}
    scene: tuple[int, str] | None = None
    opening = next((c for c in claims[:_LEAD] if c.when and c.event_type in _STRUCK), None)
    main = opening.when if opening and len(opening.when or "") >= _DAY else None
    if told.record or told.period:
        main = None
    far = _FAR.get(told.language, 0)
    out: list[Proposal] = []
    denied: tuple[int, str] | None = None  # what was told last, of which somebody denies it
    lived: tuple[int, str] | None = None  # the day that a paragraph tells in the present
    for plain in claims:
        claim = plain
        within = tokens.within(claim.span)
        paragraph = paragraph_of.get(within[0], -1)
        tense = tense_of(tokens, within, told.language)
        if tense is not Tense.PAST and told.language != "ar" and len(claim.chain) == 1:
            dated = any(t.type is TimeType.DATE for t in _held(claim.span, times))
            if dated and claim.when and _bygone(claim, told):
                lived = (paragraph, claim.when)
            elif not dated and lived is not None and lived[0] == paragraph:
                claim = replace(claim, when=lived[1])
        acted = tense is Tense.PAST and claim.modality is Modality.FACT
        covered = claim.when is not None and claim.when == told.period
        if claim.when is not None and not (covered and acted and scene and scene[0] == paragraph):
            # What was done in the conversation is no scene of what is recounted there.
            apart = told.record and claim.when == told.said_on
            if acted or told.language == "ar":
                settled = acted and _goes_on(claim, told) and not apart and ".." not in claim.when
                scene = (paragraph, claim.when) if settled else None
        elif _goes_on(claim, told) and acted and scene is not None and paragraph <= scene[0] + far:
            claim = replace(claim, when=scene[1])
        elif main is not None and _of_the_attack(claim, opening, tokens, within, told):
            claim = replace(claim, when=main)
        elif acted and told.language == "ar":
            claim = replace(claim, when=_before(claim, told))
        if _denied(plain, told) and denied is not None and denied[0] == paragraph:
            claim = replace(plain, when=denied[1])
        elif claim.when and _is_over(claim.when, told):
            denied = (paragraph, claim.when)
        out.append(claim)
    return tuple(out)


def _is_over(when: str, told: Telling) -> bool:
    """Return whether a time ended before the day that the text speaks from."""
    last = when.rsplit("/", maxsplit=1)[-1]
    return ".." not in when and told.said_on is not None and last < told.said_on


def _denied(claim: Proposal, told: Telling) -> bool:
    """Return whether a statement is that somebody denies what was told: it has the time of that."""
    denies = claim.polarity is Polarity.DENIED and len(claim.chain) == _AT_FIRST_HAND
    plain = told.language != "ar" and not told.record and claim.when in (None, told.said_on)
    return denies and plain and claim.id in told.spoken


def _bygone(claim: Proposal, told: Telling) -> bool:
    """Return whether a statement of fact is of one day before that from which the text speaks."""
    day, said_on = claim.when or "", told.said_on or ""
    whole = len(day) == _DAY == len(said_on)
    return whole and day < said_on and claim.modality is Modality.FACT


_FAR = {"ar": 2}  # paragraphs; Arabic desks write many of one sentence


def _goes_on(claim: Proposal, told: Telling) -> bool:
    """Return whether a statement goes on with what was told before it.

    Indirect speech in French and English puts the present into the past; what stands beside
    "according to" keeps the tense of its author.
    """
    return told.language == "ar" or len(claim.chain) == 1 or _beside_source(claim, told.language)


def _beside_source(claim: Proposal, language: str) -> bool:
    """Return whether its source is only named beside the statement: "selon les gendarmes"."""
    cue = fold_word((claim.chain[-1].cue or "").replace(" ", ""))
    return any(cue.startswith("".join(words)) for words, _ in phrases(language, "adverbial_cues"))


def _before(claim: Proposal, told: Telling) -> str | None:
    """Return the time of what Arabic tells in the past and of no scene.

    What somebody recounts in a conversation lies before it; what a reporter tells is of the
    day of the report. Indirect speech in French and English puts the present into the past.
    """
    said = len(claim.chain) > 1
    if told.record and told.said_on and said:
        return f"../{told.said_on}"
    named = len(told.said_on or "") == _DAY  # what somebody says in a report that names no day
    return None if told.record or (said and not named) else told.said_on


def _of_the_attack(
    claim: Proposal, opening: Proposal | None, tokens: Tokens, within: Range, told: Telling
) -> bool:
    """Return whether a statement tells of the attack or protest with which a report opens.

    Violence told of later is; and what is told in the past, in French or English, of an attack.
    """
    tells = claim.modality in (Modality.FACT, Modality.HEDGED)
    tells = tells and claim.polarity is not Polarity.QUESTIONED
    if told.language == "ar" and claim.event_type in _STRUCK:
        return tells and has_past(tokens, within)
    return (
        tells
        and opening is not None
        and opening.event_type is EventType.ASSAULT
        and claim.id not in told.spoken
        and tense_of(tokens, within, told.language) is Tense.PAST
    )
