"""What do the minutes of a meeting say? Who met, what was decided or put off, who agreed.

Minutes are a brief without sections: passages in the brief's own language around the words
of whoever recorded the meeting, the commitments made there as every brief lists them, and
the reports that lay before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from tawatur.briefs.brief import Brief, Passage, SourceDocument
from tawatur.briefs.compose import desk_entry
from tawatur.briefs.words import isolated, marked, moment_in_words
from tawatur.i18n import Translate, translator
from tawatur.model.desk import Commitment
from tawatur.model.label import Label
from tawatur.model.meeting import Clearance, Matter, MatterStatus, Meeting, MeetingStatus, Paper

_STATUS = {
    MeetingStatus.PLANNED: marked("The meeting is planned."),
    MeetingStatus.HELD: marked("The meeting was held."),
    MeetingStatus.PUT_OFF: marked("The meeting was put off."),
    MeetingStatus.CANCELLED: marked("The meeting was cancelled."),
}
_CLEARANCE = {
    Clearance.AGREES: marked("{0} agrees"),
    Clearance.RESERVES: marked("{0} reserves its position"),
    Clearance.OBJECTS: marked("{0} objects"),
    Clearance.NOT_ASKED: marked("{0} was not asked"),
}


def minutes(
    meeting: Meeting,
    *,
    commitments: Iterable[Commitment],
    documents: Iterable[SourceDocument],
    names: Mapping[str, str],
    label: Label,
    made: datetime,
    language: str,
) -> Brief:
    """Return the minutes of a meeting as a brief.

    Args:
        meeting: As it stands.
        commitments: Those made there, in the order in which to list them.
        documents: Those that lay before it.
        names: Of other meetings that may be named, by their ids.
        label: Of the whole, joined of all parts.
        made: Now, UTC.
        language: Of the brief's own words: ``ar``, ``fr`` or ``en``.
    """
    say = translator(language)
    return Brief(
        title=say("Minutes: {0}").format(isolated(meeting.title)),
        language=language,
        made=made,
        label=label,
        about=None,
        since=None,
        until=None,
        sections=(),
        contradictions=(),
        commitments=tuple(desk_entry(each, made, language, {}) for each in commitments),
        requests=(),
        voiced=(),
        gaps=(),
        documents=tuple(documents),
        written=tuple(Passage(words, "") for words in _lines(meeting, names, language, say)),
    )


def _lines(
    meeting: Meeting, names: Mapping[str, str], language: str, say: Translate
) -> Iterator[str]:
    yield say(_STATUS[meeting.status])
    if meeting.when:
        when, held = moment_in_words(meeting.when, language), meeting.hours
        hours = f", {held.begins}{f'-{held.ends}' if held.ends else ''} {held.zone}" if held else ""
        yield say("When: {0}").format(f"{when}{isolated(hours) if hours else ''}")
    for message, told in (
        (marked("Where: {0}"), meeting.place),
        (marked("Who takes part: {0}"), "; ".join(map(isolated, meeting.parties))),
        (marked("Next review: {0}"), _moment(meeting.next_review, language)),
    ):
        if told:
            yield say(message).format(told)
    for number, matter in enumerate(meeting.matters, 1):
        yield f"{number}. {isolated(matter.what)}: {_became(matter, names, say)}"
    for paper in meeting.papers:
        yield from _paper(paper, meeting.parties, say)


def _moment(edtf: str | None, language: str) -> str:
    return moment_in_words(edtf, language) if edtf else ""


def _became(matter: Matter, names: Mapping[str, str], say: Translate) -> str:
    """Return in words what became of a matter."""
    if matter.status is MatterStatus.DECIDED:
        return say("decided: {0}").format(isolated(matter.decision or ""))
    if matter.status is MatterStatus.OPEN:
        return say("no decision")
    later = names.get(matter.later or "")
    return say("put off to {0}").format(isolated(later)) if later else say("put off")


def _paper(paper: Paper, parties: Iterable[str], say: Translate) -> Iterator[str]:
    yield say("Paper: {0}").format(isolated(paper.name))
    yield from filter(str.strip, paper.text.splitlines())
    for word in map(paper.word_of, parties):
        line = say(_CLEARANCE[word.clearance]).format(isolated(word.party))
        yield f"{line}: {isolated(word.why)}" if word.why else line
