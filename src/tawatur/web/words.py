"""How values read on a page: the words of enums, dates as people write them, whose text is whose.

The words stand in English as messages; `tawatur.i18n` has the other languages.
A name or quotation that goes into a sentence of another direction is wrapped in
Unicode isolates, so that neither disturbs the order of the other.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from tawatur.days import day_in_words, month_in_words
from tawatur.errors import Message, TawaturError
from tawatur.figures import bounded, grouped, number
from tawatur.hijri import in_words
from tawatur.i18n import Translate, direction, said
from tawatur.model.area import BorderStatus, Sighting
from tawatur.model.calendar import OccasionKind
from tawatur.model.claim import Status, Verdict
from tawatur.model.community import Act
from tawatur.model.desk import CommitmentStatus, LessonStatus, Priority, RequestKind, RequestStatus
from tawatur.model.hypothesis import Bears
from tawatur.model.label import Activity
from tawatur.model.meeting import Clearance, MatterStatus, MeetingStatus
from tawatur.model.moment import Moment
from tawatur.model.picture import (
    AspectKind,
    ConflictKind,
    CopyKind,
    Missing,
    Passing,
    Reason,
    RelationKind,
)
from tawatur.model.reading import (
    Authenticity,
    Channel,
    EntityType,
    EventType,
    Manner,
    Modality,
    Polarity,
    Quantity,
    Role,
    SourceKind,
)
from tawatur.model.ruling import Outcome
from tawatur.node import PartnerState, ReceiptStatus
from tawatur.node.indexing.bars import BarKind
from tawatur.node.seeing.charts import TieKind
from tawatur.node.seeing.positions import Grain
from tawatur.node.views import WorkedOut

LANGUAGE_NAMES: Final = {"ar": "العربية", "fr": "Français", "en": "English"}
"""Each in its own language: whoever needs the switch may not read the page's."""


def marked(message: str) -> str:
    """Return ``message``; the name says that it is translated where it is shown."""
    return message


_LABELS: tuple[tuple[StrEnum, str], ...] = (
    (Status.PROPOSED, marked("proposed")),
    (Status.ACCEPTED, marked("accepted")),
    (Status.CORRECTED, marked("corrected")),
    (Status.REJECTED, marked("rejected")),
    (Verdict.ACCEPT, marked("accepted")),
    (Verdict.CORRECT, marked("corrected")),
    (Verdict.REJECT, marked("rejected")),
    (Polarity.ASSERTED, marked("asserted")),
    (Polarity.DENIED, marked("denied")),
    (Polarity.QUESTIONED, marked("questioned")),
    (Modality.FACT, marked("as fact")),
    (Modality.HEDGED, marked("hedged")),
    (Modality.PLANNED, marked("planned")),
    (Modality.PROMISED, marked("promised")),
    (Modality.REQUESTED, marked("requested")),
    (Modality.OPINION, marked("opinion")),
    (Modality.CONDITIONAL, marked("conditional")),
    (EventType.AGREE, marked("agreement")),
    (EventType.CONSULT, marked("consultation")),
    (EventType.SUPPORT, marked("support")),
    (EventType.CONCEDE, marked("concession")),
    (EventType.COOPERATE, marked("cooperation")),
    (EventType.AID, marked("aid")),
    (EventType.RETREAT, marked("retreat")),
    (EventType.REQUEST, marked("request or demand")),
    (EventType.ACCUSE, marked("accusation")),
    (EventType.REJECT, marked("refusal")),
    (EventType.THREATEN, marked("threat")),
    (EventType.PROTEST, marked("protest")),
    (EventType.SANCTION, marked("sanction")),
    (EventType.MOBILIZE, marked("mobilisation")),
    (EventType.COERCE, marked("coercion")),
    (EventType.ASSAULT, marked("assault")),
    (EventType.STATE, marked("state of affairs")),
    (EventType.CRIME, marked("crime")),
    (SourceKind.AUTHOR, marked("author")),
    (SourceKind.OUTLET, marked("outlet")),
    (SourceKind.PERSON, marked("named person")),
    (SourceKind.BODY, marked("official body")),
    (SourceKind.ANONYMOUS, marked("anonymous source")),
    (SourceKind.DOCUMENT, marked("document as source")),
    (SourceKind.GROUP, marked("group")),
    (SourceKind.RUMOUR, marked("rumour")),
    (Manner.DIRECT, marked("direct quote")),
    (Manner.INDIRECT, marked("indirect")),
    (Manner.IMPLIED, marked("implied")),
    (Channel.PUBLIC, marked("in public")),
    (Channel.PRIVATE, marked("in private")),
    (Channel.DIPLOMATIC, marked("through diplomatic channels")),
    (Channel.LEAKED, marked("leaked")),
    (Authenticity.AUTHENTIC, marked("said to be authentic")),
    (Authenticity.FORGED, marked("said to be forged")),
    (Authenticity.PLANTED, marked("said to be planted")),
    (EntityType.PERSON, marked("person")),
    (EntityType.ORGANISATION, marked("organisation")),
    (EntityType.COUNTRY_OR_CITY, marked("country or city")),
    (EntityType.LOCATION, marked("place")),
    (EntityType.FACILITY, marked("facility")),
    (Role.ACTOR, marked("actor")),
    (Role.RECIPIENT, marked("recipient")),
    (Role.AFFECTED, marked("affected")),
    (Role.INSTRUMENT, marked("instrument")),
    (ConflictKind.POLARITY, marked("said and denied")),
    (ConflictKind.FIGURE, marked("different figures")),
    (ConflictKind.DATE, marked("different dates")),
    (ConflictKind.PLACE, marked("different places")),
    (ConflictKind.ACTOR, marked("different actors")),
    (ConflictKind.SPEAKER, marked("different speakers")),
    (ConflictKind.FUNCTION, marked("different functions of one person")),
    (ConflictKind.DEADLINE, marked("a time that passed")),
    (ConflictKind.CHRONOLOGY, marked("events that do not fit together")),
    (RelationKind.SPLIT, marked("split from")),
    (RelationKind.RENAMED, marked("was renamed to")),
    (RelationKind.MERGED, marked("merged with")),
    (RelationKind.LEADS, marked("leads")),
    (RelationKind.PLEDGED, marked("pledged allegiance to")),
    (RelationKind.PART, marked("is part of")),
    (Bears.FOR, marked("for")),
    (Bears.AGAINST, marked("against")),
    (Bears.NEITHER, marked("neither")),
    (LessonStatus.NOTED, marked("noted")),
    (LessonStatus.WITHDRAWN, marked("withdrawn")),
    (WorkedOut.EVENT, marked("event")),
    (WorkedOut.ROOT, marked("root")),
    (WorkedOut.CONFLICT, marked("conflict")),
    (WorkedOut.ENTITY, marked("entity")),
    (WorkedOut.RELATION, marked("relation")),
    (WorkedOut.SOURCE, marked("source")),
    (WorkedOut.CLAIM, marked("claim")),
    (WorkedOut.GAP, marked("gap")),
    (WorkedOut.HYPOTHESIS, marked("explanation")),
    (WorkedOut.BEARING, marked("weighing of a claim")),
    (Outcome.SETTLED, marked("settled")),
    (Outcome.DISMISSED, marked("dismissed")),
    (Outcome.OPEN, marked("kept open")),
    (BarKind.EVENT, marked("event")),
    (BarKind.STATE, marked("state of affairs")),
    (BarKind.PROMISE, marked("promise")),
    (Grain.TOWN, marked("town")),
    (Grain.DISTRICT, marked("district")),
    (Grain.PROVINCE, marked("province")),
    (Grain.COUNTRY, marked("country")),
    (Grain.REGION, marked("region")),
    (TieKind.MET, marked("met")),
    (TieKind.HELPED, marked("helped")),
    (TieKind.PROMISED, marked("made a promise to")),
    (TieKind.ASKED, marked("asked")),
    (TieKind.THREATENED, marked("threatened")),
    (TieKind.ACCUSED, marked("accused")),
    (TieKind.ATTACKED, marked("attacked")),
    (CopyKind.SAME_TEXT, marked("same text")),
    (CopyKind.EDITED, marked("edited copy")),
    (CopyKind.EXCERPT, marked("excerpt")),
    (CopyKind.QUOTATION, marked("long quotation")),
    (CopyKind.FORM, marked("same form")),
    (CopyKind.TRANSLATION, marked("translation")),
    (Passing.ROOT, marked("root")),
    (Passing.HEARD, marked("heard")),
    (Passing.COPIED, marked("copied")),
    (Passing.TRANSLATED, marked("translated")),
    (Passing.QUOTED, marked("quoted")),
    (Missing.NOT_KNOWN, marked("not known")),
    (Missing.NOT_FOUND, marked("looked for, not found")),
    (AspectKind.TIME, marked("when")),
    (AspectKind.PLACE, marked("where")),
    (AspectKind.ACTOR, marked("who")),
    (AspectKind.FIGURE, marked("figure")),
    (CommitmentStatus.OPEN, marked("open")),
    (CommitmentStatus.KEPT, marked("kept")),
    (CommitmentStatus.BROKEN, marked("broken")),
    (CommitmentStatus.WITHDRAWN, marked("withdrawn")),
    (BorderStatus.OPEN, marked("open")),
    (BorderStatus.WITHDRAWN, marked("withdrawn")),
    (Sighting.PLANNED, marked("planned")),
    (Sighting.SEEN, marked("seen")),
    (MeetingStatus.PLANNED, marked("planned")),
    (MeetingStatus.HELD, marked("held")),
    (MeetingStatus.PUT_OFF, marked("put off")),
    (MeetingStatus.CANCELLED, marked("cancelled")),
    (MatterStatus.OPEN, marked("open")),
    (MatterStatus.DECIDED, marked("decided")),
    (MatterStatus.PUT_OFF, marked("put off")),
    (Clearance.NOT_ASKED, marked("not asked")),
    (Clearance.AGREES, marked("agrees")),
    (Clearance.RESERVES, marked("reserves its position")),
    (Clearance.OBJECTS, marked("objects")),
    (OccasionKind.MEETING, marked("meeting")),
    (OccasionKind.COMMITMENT, marked("commitment")),
    (OccasionKind.REQUEST, marked("request")),
    (OccasionKind.REVIEW, marked("review")),
    (RequestStatus.OPEN, marked("open")),
    (RequestStatus.ANSWERED, marked("answered")),
    (RequestStatus.DECLINED, marked("declined")),
    (RequestStatus.PASSED_ON, marked("passed on")),
    (RequestStatus.WITHDRAWN, marked("withdrawn")),
    (RequestKind.INFORMATION, marked("information")),
    (RequestKind.EQUIPMENT, marked("equipment")),
    (RequestKind.SUPPORT, marked("support")),
    (RequestKind.COLLECTION, marked("collection")),
    (Activity.REPORTS, marked("reports")),
    (Activity.CLAIMS, marked("claims")),
    (Activity.COMMITMENTS, marked("commitments")),
    (Activity.REQUESTS, marked("requests")),
    (Activity.BORDER_NOTICES, marked("border notices")),
    (Activity.MEETINGS, marked("meetings")),
    (Act.ADMIT, marked("admit")),
    (Act.TIER, marked("tier")),
    (Act.TAKE_PART, marked("take part")),
    (Act.SUSPEND, marked("suspend")),
    (Act.RESTORE, marked("restore")),
    (Act.REMOVE, marked("remove")),
    (PartnerState.INVITED, marked("to be confirmed")),
    (PartnerState.PARTNER, marked("partner")),
    (PartnerState.SUSPENDED, marked("suspended")),
    (PartnerState.REMOVED, marked("removed")),
    (ReceiptStatus.ACCEPTED, marked("taken in")),
    (ReceiptStatus.REFUSED, marked("refused")),
    (ReceiptStatus.ERASED, marked("erased")),
    (ReceiptStatus.RELABELLED, marked("relabelled")),
    (Priority.ROUTINE, marked("routine")),
    (Priority.PRIORITY, marked("pressing")),
    (Priority.URGENT, marked("urgent")),
)
# Members of two StrEnums with one value ("actor") are equal: the kind stands in the key.
_LABEL = {(type(value), value): word for value, word in _LABELS}

TEXT_LANGUAGES: Mapping[str, str] = {
    "ar": marked("Arabic"),
    "fr": marked("French"),
    "en": marked("English"),
    "und": marked("language not known"),
}

_UP_TO = "[.."
"""How an EDTF value begins that names one unknown day, no later than another."""

_QUALIFIERS = {
    "~": marked("about {0}"),
    "?": marked("perhaps {0}"),
    "%": marked("perhaps about {0}"),
}


def label(value: StrEnum, _: Translate) -> str:
    """Return the word for ``value``."""
    return _(_LABEL[type(value), value])


def isolate(text: str) -> str:
    """Return ``text`` between first-strong isolate and its end (Unicode bidi, UAX 9)."""
    return f"\u2068{text}\u2069"


def sentence(reason: Reason | Message | TawaturError, _: Translate) -> str:
    """Return the reason or refusal in words, whatever fills it kept apart in direction."""
    return said(reason, _, isolate)


def coming(documents: int, _: Translate) -> str:
    """Return how many documents have still to be worked in, in words; nothing for none."""
    return _("Documents still being worked in: {0}.").format(documents) if documents else ""


def text_direction(language: str) -> str:
    """Return ``rtl``, ``ltr``, or ``auto`` where the language is not known."""
    return direction(language) if language in LANGUAGE_NAMES else "auto"


def when(edtf: str | None, language: str, _: Translate, *, hijri: bool = False) -> str:
    """Return an EDTF value as people write it; what cannot be read as one stays as it is.

    Args:
        edtf: The value.
        language: Of the words.
        _: Translates them.
        hijri: Whether the Hijri date stands beside each date.
    """
    if not edtf:
        return _("not told")
    try:
        moment = Moment.parse(edtf)
    except ValueError:
        return isolate(edtf)
    if edtf.startswith(_UP_TO):
        last = edtf.removeprefix(_UP_TO).removesuffix("]")
        latest = _date(last, Moment.parse(last), language, _, hijri=hijri)
        return _("not after {0}").format(latest)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(edtf, moment, language, _, hijri=hijri)
    if first in {"", ".."} and last in {"", ".."}:
        return _("not told")
    if first in {"", ".."}:
        return _("until {0}").format(_date(last, Moment.parse(last), language, _, hijri=hijri))
    if last in {"", ".."}:
        return _("from {0} on").format(_date(first, Moment.parse(first), language, _, hijri=hijri))
    return _("from {0} to {1}").format(
        *(_date(each, Moment.parse(each), language, _, hijri=hijri) for each in (first, last))
    )


def minute(value: datetime, language: str) -> str:
    """Return a moment of our own clock to the minute, with its zone."""
    return (
        f"{day_in_words(value, language)}، {value:%H:%M} UTC"
        if language == "ar"
        else (f"{day_in_words(value, language)}, {value:%H:%M} UTC")
    )


def figure(quantity: Quantity, text: str, _: Translate) -> str:
    """Return the figure as the text writes it; with a bound, by its value, so that it is said once.

    The text's own words hold the bound as well: "at least 31 people", "une quarantaine".
    """
    if quantity.bound is None or quantity.value is None or (quantity.unit and not quantity.of):
        return isolate(text)
    ends = (quantity.value, quantity.high) if quantity.high else (quantity.value,)
    told = "–".join(grouped(number(end)) for end in ends)
    counted = isolate(f"{told} {quantity.of}" if quantity.of else told)
    return bounded(counted, quantity.bound, _)


def _date(edtf: str, moment: Moment, language: str, _: Translate, *, hijri: bool) -> str:
    """Return one date of an EDTF value."""
    bare = edtf.rstrip("~?%")
    if moment.lower is None or moment.upper is None:
        return _of_no_year(edtf, bare, language, _)
    qualifier = _QUALIFIERS.get(edtf[len(bare) :])
    length = len(bare.partition("T")[0])
    if moment.lower == moment.upper:
        words = day_in_words(moment.lower, language)
    elif length == len("2021") and moment.lower.year != moment.upper.year:
        years = str(moment.lower.year), str(moment.upper.year)
        words = _("in one of the years from {0} to {1}").format(*years)
    elif length == len("2021") or "-XX-XX" in bare:
        words = str(moment.lower.year)
    elif moment.lower.month == moment.upper.month:
        words = f"{month_in_words(moment.lower, language)} {moment.lower.year}"
    else:  # a season
        words = _("from {0} to {1}").format(
            f"{month_in_words(moment.lower, language)} {moment.lower.year}",
            f"{month_in_words(moment.upper, language)} {moment.upper.year}",
        )
    found = in_words(moment.lower, moment.upper, language) if hijri else None
    if found is not None:
        words = f"{words} ({said(found, _)})"
    return _(qualifier).format(words) if qualifier else words


def _of_no_year(edtf: str, bare: str, language: str, _: Translate) -> str:
    """Return a day or a month of which no digit of the year is told; anything else as it is."""
    told = re.fullmatch(r"XXXX-(0[1-9]|1[0-2])(?:-(\d\d))?", bare)
    if told is None:
        return isolate(edtf)
    named = month_in_words(date(2000, int(told[1]), 1), language)
    words = f"{int(told[2])} {named}" if told[2] else named
    return _("{0}, of which year is not told").format(words)
