"""What a reader proposes about one rendition: names, times, figures, and claims with chains.

Everything here is a proposal with a place in the text. Local ids (``e1``, ``c1``)
hold within one reading; claims get lasting ids when readings are folded
(`tawatur.model.claim`). The words are those of the reading format that
``tawatur read`` writes.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawatur.errors import ReadingError
from tawatur.model.span import Span


class EntityType(StrEnum):
    """FollowTheMoney's kinds, as far as names in reports go."""

    PERSON = "PER"
    ORGANISATION = "ORG"
    COUNTRY_OR_CITY = "GPE"
    LOCATION = "LOC"
    FACILITY = "FAC"


class SourceKind(StrEnum):
    """What kind of speaker a link names."""

    AUTHOR = "author"
    OUTLET = "outlet"
    PERSON = "named person"
    BODY = "official body"
    ANONYMOUS = "anonymous source"
    DOCUMENT = "document"
    GROUP = "group"
    RUMOUR = "rumour"


class Manner(StrEnum):
    """How the words are given."""

    DIRECT = "direct quote"
    INDIRECT = "indirect"
    IMPLIED = "implied"


class Channel(StrEnum):
    """By which way the words went from one link to the next."""

    PUBLIC = "public"
    PRIVATE = "private"
    DIPLOMATIC = "diplomatic"
    LEAKED = "leaked"


class Polarity(StrEnum):
    """Whether the text says that it is so."""

    ASSERTED = "asserted"
    DENIED = "denied"
    QUESTIONED = "questioned"


class Modality(StrEnum):
    """As what it is said."""

    FACT = "fact"
    HEDGED = "hedged"
    PLANNED = "planned"
    PROMISED = "promised"
    REQUESTED = "requested"
    OPINION = "opinion"
    CONDITIONAL = "conditional"


class EventType(StrEnum):
    """PLOVER's sixteen, a state of affairs, and crime."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    STATE = "STATE"
    CRIME = "CRIME"


class Role(StrEnum):
    """What a participant does in the thing claimed."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    AFFECTED = "affected"
    INSTRUMENT = "instrument"


class Authenticity(StrEnum):
    """What a text says that a report is."""

    AUTHENTIC = "authentic"
    FORGED = "forged"
    PLANTED = "planted"


class TimeType(StrEnum):
    """TimeML's types of time expression, TIME folded into DATE."""

    DATE = "DATE"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One named thing of one text with all its mentions, first mention first."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[Span, ...]
    names: tuple[tuple[str, str], ...] = ()  # (language, name), from gazetteers


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression; ``value`` is EDTF or an ISO 8601 duration, None if it cannot be told."""

    span: Span
    value: str | None
    type: TimeType = TimeType.DATE
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and what it counts; ``bound`` is ``about``, ``at least``, ``at most`` or None.

    ``high`` is the upper end of "300 to 400", of which ``value`` is the lower. ``as_of`` is
    the EDTF moment up to which was counted, where the text says so.
    """

    span: Span
    value: float | None
    unit: str | None = None
    of: str | None = None
    bound: str | None = None
    high: float | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One who passed a claim on; ``source_text`` is None only for the document's own author."""

    kind: SourceKind
    source_text: str | None = None
    span: Span | None = None
    entity: str | None = None
    cue: str | None = None
    cue_span: Span | None = None
    manner: Manner | None = None
    to: str | None = None
    channel: Channel | None = None


AUTHOR = Link(SourceKind.AUTHOR)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part: ``entity`` is a local id."""

    entity: str
    role: Role


@dataclass(frozen=True, slots=True)
class AboutReport:
    """What a claim says of a report: ``words`` at ``span`` name it; ``by`` is a local id."""

    verdict: Authenticity
    words: str
    span: Span
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One claim as a reader sees it; ``chain`` is outermost first, the root last.

    ``gap`` is the place where the text says that this is not known: the claim's own
    place if it says so itself, that of another claim if it only supposes.
    """

    id: str
    span: Span
    chain: tuple[Link, ...]
    polarity: Polarity = Polarity.ASSERTED
    modality: Modality = Modality.FACT
    event_type: EventType = EventType.STATE
    when: str | None = None
    where: tuple[str, ...] = ()
    who: tuple[Participant, ...] = ()
    quantities: tuple[int, ...] = ()
    gist: str | None = None
    gap: Span | None = None
    report: AboutReport | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment proposed from a claim: who, to whom, by when."""

    claim: str
    by: str | None = None
    to: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A request proposed from a claim: who asks whom for what, since when."""

    claim: str
    by: str | None = None
    to: str | None = None
    what: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """When the text was published, as an EDTF value or bounds, with the reasons."""

    value: str | None
    bounds: str | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reader, in one version, proposes about one rendition."""

    reader: str
    language: str
    published: Publication
    entities: tuple[LocalEntity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Proposal, ...] = ()
    commitments: tuple[Promise, ...] = ()
    requests: tuple[Ask, ...] = ()


def verify_reading(reading: Reading, text: str) -> None:
    """Return if every part of ``reading`` stands in ``text``, character for character.

    Raises:
        ReadingError: A span lies outside the text, a chain is empty or does not begin
            with the author, a cue or source is not where it is said to be, or a local
            id is unknown.
    """
    entities = {entity.id for entity in reading.entities}
    claims = {claim.id for claim in reading.claims}
    spans = [s for e in reading.entities for s in e.mentions]
    spans += [t.span for t in reading.times] + [q.span for q in reading.quantities]
    spans += [c.span for c in reading.claims]
    links = [link for c in reading.claims for link in c.chain]
    spans += [s for link in links for s in (link.span, link.cue_span) if s is not None]
    if any(span.end > len(text) for span in spans):
        raise ReadingError(f"{reading.reader}: a span lies outside the text")
    for claim in reading.claims:
        if not claim.chain or claim.chain[0].kind is not SourceKind.AUTHOR:
            raise ReadingError(
                f"{reading.reader}: the chain of {claim.id} does not begin with the author"
            )
        for link in claim.chain:
            if link.span and link.source_text != link.span.of(text):
                raise ReadingError(
                    f"{reading.reader}: {link.source_text!r} does not stand at {link.span}"
                )
            if link.cue_span and link.cue != link.cue_span.of(text):
                raise ReadingError(
                    f"{reading.reader}: {link.cue!r} does not stand at {link.cue_span}"
                )
            if link.entity is not None and link.entity not in entities:
                raise ReadingError(f"{reading.reader}: no entity {link.entity}")
        if any(p.entity not in entities for p in claim.who) or not set(claim.where) <= entities:
            raise ReadingError(f"{reading.reader}: {claim.id} names an unknown entity")
        about = claim.report
        if about and (about.words != about.span.of(text) or about.by not in {None, *entities}):
            raise ReadingError(f"{reading.reader}: {claim.id} is about no report of the text")
        if claim.gap and claim.gap.end > len(text):
            raise ReadingError(f"{reading.reader}: the gap of {claim.id} lies outside the text")
        if any(not 0 <= q < len(reading.quantities) for q in claim.quantities):
            raise ReadingError(f"{reading.reader}: {claim.id} names an unknown quantity")
    named = {c.claim for c in reading.commitments} | {r.claim for r in reading.requests}
    if not named <= claims:
        raise ReadingError(f"{reading.reader}: a commitment or request names an unknown claim")
