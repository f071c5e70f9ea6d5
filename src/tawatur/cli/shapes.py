"""What the data formats hold of everything worked out: the names, kinds and meaning of each field.

The schemas in ``docs/reference/schemas`` are made from these. Every claim names the file that
it stands in, its place there and its very words, so that another program can check it.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NotRequired, TypedDict

from msgspec import Meta

from tawatur.node.labelled import LabelShape

_STRING = {"type": "string"}
Text = Annotated[Any, Meta(description="A sentence in English.", extra_json_schema=_STRING)]
"""A reason or message: a table translates it, data have it in English."""

Edtf = Annotated[str | None, Meta(description="EDTF; null where it is not told.")]
Ids = Annotated[list[str], Meta(description="Ids of claims, first said first.")]


class LabelledShape(TypedDict):
    """Something with a label: of what is made of several items, theirs joined."""

    label: NotRequired[LabelShape | None]


class ClaimShape(TypedDict):
    """One claim, with where it stands."""

    id: str
    document: Annotated[str, Meta(description="The id of the document.")]
    file: Annotated[str, Meta(description="The file or address that the document came from.")]
    rendition: Annotated[str, Meta(description="The id of the text in which the places count.")]
    start: Annotated[int, Meta(description="First character, in code points from 0.")]
    end: Annotated[int, Meta(description="The character after the last.")]
    quote: Annotated[str, Meta(description="The characters from start to end.")]
    language: Annotated[str, Meta(description="BCP 47, und where it is not known.")]
    source: Annotated[str | None, Meta(description="Whose word it is, as the text names it.")]
    published: Edtf


class ToldShape(ClaimShape):
    """One claim, with what becomes of it and how it is said; its number stands in `claims`."""

    status: Annotated[str, Meta(description="proposed, accepted, corrected or rejected.")]
    polarity: Annotated[str, Meta(description="asserted, denied or questioned.")]
    modality: Annotated[str, Meta(description="fact, hedged, planned, promised, opinion …")]
    type: Annotated[str, Meta(description="PLOVER's word, STATE or CRIME.")]
    when: Edtf
    chain: Annotated[list[str], Meta(description="Who passed it on, outermost first, root last.")]


class SaidShape(TypedDict):
    """One value, and who says so."""

    value: str
    bound: Annotated[str | None, Meta(description="Of a figure: about, at least or at most that.")]
    unit: Annotated[str | None, Meta(description="Of a figure: in what it is measured, or None.")]
    claims: Ids


class AspectShape(TypedDict):
    """What the claims say of time, place, actors or one figure."""

    aspect: Annotated[str, Meta(description="time, place, actor or figure.")]
    of: Annotated[str | None, Meta(description="What a figure counts.")]
    agree: Annotated[bool, Meta(description="Whether all that is said can be so together.")]
    said: Annotated[list[SaidShape], Meta(description="What most claims say first.")]


class EventShape(LabelledShape):
    """One event: what several claims are about."""

    id: str
    type: Annotated[str, Meta(description="PLOVER's word, STATE or CRIME.")]
    when: Edtf
    where: list[str]
    who: list[str]
    roots: Annotated[Any, Meta(description="In words.", extra_json_schema=_STRING)]
    roots_at_least: int
    roots_at_most: int
    documents: Annotated[int, Meta(description="In how many documents.")]
    claims: Annotated[int, Meta(description="How many claims are about it.")]
    claim_ids: Ids
    headline: Annotated[str, Meta(description="The words of the claim that stands for it.")]
    cited: Annotated[list[ClaimShape], Meta(description="Its claims, first said first.")]


class WholeEventShape(EventShape):
    """One event with what its claims say."""

    reasons: Annotated[list[Text], Meta(description="Why so many roots and no more.")]
    aspects: list[AspectShape]


class TellerShape(TypedDict):
    """One who tells of the event, at a place in the tree of who had it from whom."""

    names: Annotated[list[str], Meta(description="None for one who is not named.")]
    kind: Annotated[str, Meta(description="What kind of source.")]
    depth: Annotated[int, Meta(description="0 for a root; one more than whom it was had from.")]
    passing: Annotated[str, Meta(description="root, heard, copied, translated or quoted.")]
    why: Annotated[Any, Meta(extra_json_schema={"type": ["string", "null"]})]
    may_be_another: Annotated[bool, Meta(description="A root that may be one with another.")]
    claims: Ids
    documents: list[str]


class RootsShape(LabelledShape):
    """Who had it from whom behind one event."""

    event: str
    headline: str
    as_of: Edtf
    at_least: Annotated[int, Meta(description="Independent roots, every doubt an identity.")]
    at_most: Annotated[int, Meta(description="Independent roots, every doubt a difference.")]
    reasons: list[Text]
    tellers: Annotated[
        list[TellerShape], Meta(description="Each before those who had it from there.")
    ]
    cited: Annotated[list[ClaimShape], Meta(description="The claims, first said first.")]


class RuleShape(TypedDict):
    """A rule, reader or table, by name and version."""

    name: str
    version: str


class GroundShape(TypedDict):
    """One reason."""

    why: Text
    claim: Annotated[str | None, Meta(description="The claim that it is about, if it is one.")]


class JudgementShape(TypedDict):
    """A person's judgement on one of the claims."""

    entry: Annotated[str, Meta(description="The entry of the log.")]
    claim: str
    verdict: str
    by: str
    why: str | None


class RulingShape(TypedDict):
    """A person's ruling on something worked out."""

    id: str
    by: str
    ruling: Text
    why: str


class WhyShape(TypedDict):
    """What something worked out came from."""

    id: str
    kind: Annotated[str, Meta(description="event, root, conflict, entity, relation, claim, gap …")]
    rules: list[RuleShape]
    grounds: list[GroundShape]
    judgements: list[JudgementShape]
    rulings: list[RulingShape]
    cited: list[ClaimShape]


class SidesShape(LabelledShape):
    """Two claims set against each other."""

    a: Annotated[str, Meta(description="The id of one claim.")]
    b: Annotated[str, Meta(description="The id of the other.")]
    why: Text
    a_quote: str
    b_quote: str
    cited: Annotated[list[ClaimShape], Meta(description="The two claims.")]


class ConflictShape(SidesShape):
    """Two claims that cannot both be so, or seem so."""

    id: str
    kind: Annotated[str, Meta(description="In what they differ.")]
    state: Annotated[Any, Meta(description="What a person made of it.", extra_json_schema=_STRING)]
    ruling: Annotated[str | None, Meta(description="The id of the ruling that says so.")]
    ruling_why: str | None
    same_root: Annotated[bool, Meta(description="Whether one source contradicts itself.")]


class NearMissShape(SidesShape):
    """Two claims that look contradictory and are not."""

    id: str
    kind: Annotated[str, Meta(description="In what they seem to differ.")]


class EntityShape(TypedDict):
    """Who or what is named."""

    id: str
    type: Annotated[str, Meta(description="PER, ORG, GPE, LOC or FAC.")]
    documents: Annotated[int | None, Meta(description="How many name it; null for a person.")]
    names: Annotated[list[str], Meta(description="All spellings.")]


class NameShape(TypedDict):
    """One form of a name."""

    text: str
    script: Annotated[str, Meta(description="As Unicode calls it: Arabic, Latin.")]
    language: Annotated[str, Meta(description="BCP 47, und where it is not known.")]
    first: Annotated[str, Meta(description="First seen, EDTF.")]
    last: Annotated[str, Meta(description="Last seen, EDTF.")]
    documents: Annotated[list[str], Meta(description="In which, by id.")]


class FunctionShape(TypedDict):
    """What a text calls a person, and where."""

    words: str
    when: Annotated[str, Meta(description="When that was published, EDTF.")]
    document: Annotated[str, Meta(description="The id of the document.")]
    file: Annotated[str, Meta(description="The file or address that the document came from.")]
    rendition: Annotated[str, Meta(description="The id of the text in which the places count.")]
    start: Annotated[int, Meta(description="First character, in code points from 0.")]
    end: Annotated[int, Meta(description="The character after the last.")]


class RelationShape(TypedDict):
    """What a claim says that ties two entities."""

    id: Annotated[str, Meta(description="By which `why` knows it.")]
    kind: Annotated[str, Meta(description="leads, is part of, split from …; a does it to b.")]
    a: Annotated[str, Meta(description="The id of one entity.")]
    b: Annotated[str, Meta(description="The id of the other.")]
    a_name: str
    b_name: str
    when: Edtf
    claim: Annotated[str, Meta(description="The id of the claim that says so.")]


class ThroughShape(TypedDict):
    """What another did that counts as done by the entity."""

    relation: Annotated[str, Meta(description="The id of the relation through which it counts.")]
    claims: Ids


class EntityRulingShape(TypedDict):
    """What a person ruled of the entity."""

    id: str
    ruling: Text
    by: str
    why: str
    time: Annotated[str, Meta(description="ISO 8601, UTC.")]


class EntityDocumentShape(TypedDict):
    """A document that names the entity."""

    id: str
    file: Annotated[str, Meta(description="The file or address that it came from.")]


class WholeEntityShape(TypedDict):
    """Who or what is named, with all that was found of it; of a person nothing is counted."""

    id: str
    type: Annotated[str, Meta(description="PER, ORG, GPE, LOC or FAC.")]
    name: Annotated[str, Meta(description="The spelling that most documents have.")]
    names: list[NameShape]
    why: Annotated[list[Text], Meta(description="Why these names are one.")]
    functions: list[FunctionShape]
    relations: list[RelationShape]
    through: list[ThroughShape]
    by: Annotated[list[str], Meta(description="Claims that it made or passed on, by id.")]
    about: Annotated[list[str], Meta(description="Claims in which it takes part, by id.")]
    documents: list[EntityDocumentShape]
    documents_not_looked_into: Annotated[int, Meta(description="Older ones, of a great many.")]
    rulings: list[EntityRulingShape]
    cited: Annotated[list[ToldShape], Meta(description="All claims that are named by their ids.")]


class GapShape(LabelledShape):
    """What is said not to be known, or not to have been found."""

    id: Annotated[str, Meta(description="The id of the claim that says so.")]
    document: Annotated[str, Meta(description="The id of the document.")]
    start: Annotated[int, Meta(description="First character of the claim, in code points from 0.")]
    end: Annotated[int, Meta(description="The character after the last.")]
    what: Annotated[str, Meta(description="not known, or looked for, not found.")]
    source: Annotated[str | None, Meta(description="Who says so.")]
    quote: Annotated[str, Meta(description="The claim's words on one line.")]
    supposed: Annotated[list[str], Meta(description="What is supposed about it, on one line each.")]
    supposed_ids: Annotated[list[str], Meta(description="The ids of these claims.")]
    cited: Annotated[list[ClaimShape], Meta(description="The claim, and what is supposed.")]


# "for" names no field of a class.
_ForShape = TypedDict(
    "_ForShape", {"for": Annotated[int, Meta(description="How many claims speak for it.")]}
)


class ExplanationShape(_ForShape, LabelledShape):
    """One of the explanations that compete, and the claims weighed for it."""

    about: Annotated[str, Meta(description="The id of the event or document that it explains.")]
    id: str
    contradicted: Annotated[int, Meta(description="Independent roots against it, at least.")]
    contradicted_why: Annotated[list[Text], Meta(description="Why these are so many.")]
    against: Annotated[int, Meta(description="How many claims speak against it.")]
    explanation: str
    why: Annotated[str, Meta(description="The reason to consider it.")]
    against_ids: Annotated[list[str], Meta(description="The claims that speak against it.")]
    for_ids: Annotated[list[str], Meta(description="Those that speak for it.")]
    neither_ids: Annotated[list[str], Meta(description="Those that do neither.")]
    cited: Annotated[list[ClaimShape], Meta(description="The claims weighed, by id.")]


class TallyShape(TypedDict):
    """Who speaks; of a person nothing is counted and no letter is worked out."""

    id: str
    kind: Annotated[str, Meta(description="outlet, official body, named person …")]
    grade: Annotated[str | None, Meta(description="A to F; null where none is given.")]
    claims: Annotated[int | None, Meta(description="How many came through it.")]
    root_of: Annotated[int | None, Meta(description="Of how many events it is a root.")]
    confirmed: Annotated[int | None, Meta(description="In how many of these it was confirmed.")]
    contradicted: Annotated[int | None, Meta(description="In how many it was contradicted.")]
    name: str


class SourceShape(TallyShape):
    """Who speaks, with what was said; of a person nothing is counted."""

    grade_why: Annotated[list[Text], Meta(description="Why it is worked out so.")]
    grade_table: Annotated[str | None, Meta(description="The table it is by, and its version.")]
    ruling: Annotated[str | None, Meta(description="The ruling by which a person gave it.")]
    ruling_why: Annotated[str | None, Meta(description="That person's reason.")]
    subjects: Annotated[dict[str, int] | None, Meta(description="How many of each type.")]
    claim_ids: Annotated[list[str], Meta(description="Claims that came through it.")]
    confirmed_ids: Annotated[list[str], Meta(description="Its claims that were confirmed.")]
    contradicted_ids: Annotated[list[str], Meta(description="Its claims that were contradicted.")]
    names: Annotated[list[str], Meta(description="As texts have it, the commonest first.")]
    cited: Annotated[list[ClaimShape], Meta(description="The claims, where they stand.")]


SHAPES: Mapping[str, Any] = {
    "sources": list[SourceShape],
    "events": list[EventShape],
    "event": list[WholeEventShape],
    "roots": list[RootsShape],
    "why": list[WhyShape],
    "conflicts": list[ConflictShape],
    "entities": list[EntityShape],
    "entity": list[WholeEntityShape],
    "gaps": list[GapShape],
    "hypotheses": list[ExplanationShape],
}
"""By the command whose ``--format json`` writes it."""
