"""What a program that knows only STIX shows of a claim or a desk item: sentences, in its language.

Arabic, French and English items speak their own language, all others English.
"""

import re
from collections.abc import Iterator, Sequence

from tawatur.errors import Message
from tawatur.i18n import said, translator
from tawatur.sharing.stix.shapes import (
    ClaimShape,
    EventShape,
    FigureShape,
    LessonShape,
    LinkShape,
    MeetingShape,
    PromiseShape,
)

_SHORT = 120
"""Characters of a heading."""

_ARABIC = re.compile("[\u0621-\u064a]")


def claim_words(claim: ClaimShape) -> tuple[str, str]:
    """Return a heading and the sentences of a claim: who says it, its words, what it says."""
    heading = f"{_name(claim.chain[-1], claim)}: {shortened(claim.gist or claim.quote)}"
    return heading, "\n".join(_lines(claim))


def event_words(event: EventShape) -> str:
    """Return the sentences on an event: how many roots, and each claim with its chain."""
    roots = str(event.roots.at_least), str(event.roots.at_most)
    told = _filled(
        event.language,
        Message("Independent roots: at least {0}, at most {1}.", roots),
        Message("When: {0}", (event.when or "",)),
    )
    return "\n".join([*told, *(f"{_chain(c)}: «{c.quote}»" for c in event.claims)])


def commitment_words(promise: PromiseShape) -> tuple[str, str]:
    """Return a heading and the sentences of a commitment."""
    heading = Message("Promised by {0}: {1}", (promise.by, shortened(promise.what)))
    return _said(heading, _script(promise.what)), _promise(promise)


def request_words(promise: PromiseShape) -> tuple[str, str]:
    """Return a heading and the sentences of a request."""
    heading = Message("Asked by {0}: {1}", (promise.by, shortened(promise.what)))
    return _said(heading, _script(promise.what)), _promise(promise)


def lesson_words(lesson: LessonShape) -> tuple[str, str]:
    """Return a heading and the sentences of a lesson."""
    language = _script(lesson.what)
    lines = _filled(
        language,
        Message("What: {0}", (lesson.what,)),
        Message("By: {0}", (lesson.by,)),
        Message("When: {0}", (lesson.on or "",)),
        Message("Status: {0}", (Message(lesson.status),)),
    )
    heading = Message("Lesson: {0}", (shortened(lesson.what),))
    return _said(heading, language), "\n".join(lines)


def meeting_words(meeting: MeetingShape) -> tuple[str, str]:
    """Return a heading and the sentences of a meeting."""
    language = _script(meeting.name)
    lines = _filled(
        language,
        Message("When: {0}", (" ".join(filter(None, (meeting.when, meeting.hours))),)),
        Message("Where: {0}", (meeting.place or "",)),
        Message("Who takes part: {0}", ("; ".join(meeting.parties),)),
        Message("Status: {0}", (Message(meeting.status),)),
        *(
            Message("On the agenda: {0} ({1})", (each.what, each.decision or Message(each.status)))
            for each in meeting.agenda
        ),
    )
    heading = Message("Meeting: {0}", (shortened(meeting.name),))
    return _said(heading, language), "\n".join(lines)


def unknown_words(kind: str) -> str:
    """Return the sentence that stands for an item of a later version."""
    return str(Message("An item of kind {0}, which Tawatur opens.", (kind,)))


def heard_words(teller: str, origin: str, language: str) -> str:
    """Return the sentence on two neighbours in a chain."""
    return _said(Message("{0} passes on what {1} said.", (teller, origin)), language)


def judged_words(fields: Sequence[str], language: str) -> str:
    """Return the sentence on a person's judgement; ``fields`` are those that were corrected."""
    if fields:
        message = Message(
            "A person corrected how this was read ({0}); that is no word on whether it is so.",
            (", ".join(fields),),
        )
    else:
        message = Message("A person found this read rightly; that is no word on whether it is so.")
    return _said(message, language)


def shortened(text: str) -> str:
    """Return the first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rsplit(" ", 1)[0] + "…"


def _lines(claim: ClaimShape) -> Iterator[str]:
    yield f"«{claim.quote}»"
    yield _said(Message("Who passed it on, outermost first: {0}", (_chain(claim),)), claim.language)
    if claim.polarity != "asserted" or claim.modality != "fact":
        words = Message(claim.polarity), Message(claim.modality)
        yield _said(Message("Told as: {0}, {1}", words), claim.language)
    if claim.not_known:
        yield _said(Message("It says that this is not known."), claim.language)
    yield from _filled(
        claim.language,
        Message("When: {0}", (claim.when or "",)),
        Message("Where: {0}", ("; ".join(place.name for place in claim.where),)),
        Message("Who takes part: {0}", ("; ".join(who.name for who in claim.who),)),
        Message("Figures: {0}", ("; ".join(_figure(f, claim.language) for f in claim.figures),)),
        Message("Published: {0}", (claim.published or "",)),
    )


def _chain(claim: ClaimShape) -> str:
    return " ← ".join(_name(link, claim) for link in claim.chain)


def _name(link: LinkShape, claim: ClaimShape) -> str:
    return link.name or claim.publisher or _said(Message("the author of the text"), claim.language)


def _figure(figure: FigureShape, language: str) -> str:
    bound = _said(Message(figure.bound), language) if figure.bound else None
    value = None if figure.value is None else f"{figure.value:,.10g}"
    if value and figure.high is not None:
        value += f"-{figure.high:,.10g}"
    unit = None if figure.unit and figure.unit in (figure.of or "") else figure.unit
    return " ".join(each for each in (bound, value, unit, figure.of) if each)


def _script(words: str) -> str:
    """Return the language of a desk item as far as its script tells."""
    return "ar" if _ARABIC.search(words) else "en"


def _promise(promise: PromiseShape) -> str:
    owed_by = promise.next_step if promise.status == "open" else None
    lines = _filled(
        _script(promise.what),
        Message("What: {0}", (promise.what,)),
        Message("By: {0}", (promise.by,)),
        Message("To: {0}", (promise.to or "",)),
        Message("Due: {0}", (promise.due or "",)),
        Message("Since: {0}", (promise.since or "",)),
        Message("Owes the next step: {0}", (owed_by or "",)),
        Message("Status: {0}", (Message(promise.status),)),
    )
    return "\n".join(lines)


def _filled(language: str, *messages: Message) -> Iterator[str]:
    """Yield those of the sentences that are told something."""
    for message in messages:
        if message.args != ("",):
            yield _said(message, language)


def _said(message: Message, language: str) -> str:
    return said(message, translator(language if language in ("ar", "fr") else "en"))
