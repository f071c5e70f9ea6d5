"""Which commitments and requests do the reports hold? Claims in, items to be confirmed out.

A claim is one where its words promise or ask; a plan is one where it is announced by
whoever carries it out, and an offer on a condition is one with that condition. Claims of
the same party to the same party in much the same words are one item with several sayings.
A person confirms an item or lets it be; nothing here is entered by itself.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tawatur.desk import cues
from tawatur.desk.alike import alike
from tawatur.desk.cues import folded
from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Commitment, ProposedReview, Request, Told
from tawatur.model.ids import ClaimId, DeskId
from tawatur.model.moment import Moment
from tawatur.model.reading import EntityType, EventType, Modality, Polarity, Role, SourceKind

Same = Callable[[str, str], bool]
"""Whether two names are one."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person, body or state that a claim's words name, and the words before its name."""

    name: str
    before: str

    @property
    def acts(self) -> bool:
        """Whether no preposition governs it: in Kigali nobody promises, of Bern it is asked."""
        return cues.GOVERNED.search(folded(self.before)) is None


Parties = Callable[[Claim], Sequence[Party]]
"""Whom a claim's words name, in the order in which they stand."""

_ACTS = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY})
_CONNECTIVE = 12
"""Characters of a comma and a conjunction between two clauses of a sentence."""
_GIVES = frozenset(
    {
        EventType.AGREE,
        EventType.AID,
        EventType.CONCEDE,
        EventType.CONSULT,
        EventType.COOPERATE,
        EventType.MOBILIZE,
        EventType.RETREAT,
        EventType.SUPPORT,
    }
)
"""What somebody is held to who announces it."""


def proposed_commitments(
    claims: Iterable[Claim], same: Same, parties: Parties
) -> tuple[Commitment, ...]:
    """Return the commitments that claims tell of, by the place of their first saying.

    The id of each is that of the claim that says it first.

    Args:
        claims: In the order in which they stand; rejected ones are left out.
        same: Whether two names are one.
        parties: Whom the words of a claim name.
    """
    told = ((claim, parties(claim)) for claim in claims)
    found = (_commitment(*each) for each in told if _promises(*each))
    return tuple(_grouped((item for item in found if item is not None), same))


def proposed_requests(claims: Iterable[Claim], same: Same, parties: Parties) -> tuple[Request, ...]:
    """Return the requests that claims tell of, as `proposed_commitments` does."""
    told = [(claim, parties(claim)) for claim in claims]
    found = (
        _addressed(item, claim, said, before, same)
        for before, (claim, said) in zip([None, *told], told, strict=False)
        if _asks(claim, said) and (item := _request(claim, said)) is not None
    )
    return tuple(_grouped(found, same))


def proposed_reviews(claims: Iterable[Claim]) -> tuple[ProposedReview, ...]:
    """Return what claims propose to look at again at a time to come, in their order.

    Args:
        claims: Rejected ones are left out.
    """
    found = []
    for claim in claims:
        when, said = _dated(claim.content.when), _dated(claim.said or claim.published)
        day = _to_come(when, said) if claim.content.modality is not Modality.FACT else None
        again = cues.REVIEWS.search(folded(claim.quote))
        if when and day and again and claim.status is not Status.REJECTED:
            words = " ".join(claim.quote.split())
            found.append(ProposedReview(claim.id, _speaker(claim), when, words, day))
    return tuple(found)


def _promises(claim: Claim, parties: Sequence[Party]) -> bool:
    content, words = claim.content, folded(claim.quote)
    if claim.status is Status.REJECTED or claim.not_known:
        return False
    if cues.UNWILLING.search(words) or cues.FALLS_TO.search(words):
        return False
    denied = content.polarity is not Polarity.ASSERTED
    if content.modality is Modality.PROMISED:
        return not (denied and cues.GAVE_NONE.search(words))
    if denied or content.modality is Modality.REQUESTED:
        return False
    if content.modality is Modality.FACT:
        agreed = content.event_type is EventType.AGREE and cues.AGREED.search(words)
        return bool(agreed or (cues.TERMS.search(words) and _actors(claim)))
    announced = content.modality in (Modality.PLANNED, Modality.CONDITIONAL)
    held = content.event_type in _GIVES or bool(cues.WILL.search(words))
    meant = cues.SAME_ONE.search(words) and (parties or _speaker(claim))
    hosts = content.event_type is EventType.CONSULT and parties  # where it is held, they have it
    told = any(each.acts for each in parties) or cues.FIRST_PERSON.search(words) or meant or hosts
    return announced and held and bool(told) and not cues.TRIES.search(words)


def _asks(claim: Claim, parties: Sequence[Party]) -> bool:
    content, words = claim.content, folded(claim.quote)
    if claim.status is Status.REJECTED or claim.not_known or cues.NO_REQUEST.search(words):
        return False
    if content.modality is Modality.REQUESTED:
        exhorts = cues.MUST.search(words) or cues.OURSELVES.search(words)
        return not exhorts or any(each.name != _speaker(claim) for each in parties)
    if cues.A_REQUEST.search(words) and parties:
        return True
    if cues.A_WISH.search(words) and len(parties) > 1:
        return True
    urged = cues.FALLS_TO.search(words) or cues.IMPORTANCE.search(words)
    if urged and not cues.OURSELVES.search(words) and _speaker(claim) is not None:
        return True
    if content.modality is Modality.OPINION:
        return bool(cues.NEEDED.search(words)) and _speaker(claim) is not None
    if content.polarity is not Polarity.ASSERTED:
        return False
    told = f"{words} {folded(claim.root.cue or '')}"
    return content.event_type is EventType.REQUEST and bool(cues.ASKS.search(told))


def _commitment(claim: Claim, parties: Sequence[Party]) -> Commitment | None:
    speaker, words = _speaker(claim), folded(claim.quote)
    own = cues.FIRST_PERSON.search(words) or cues.SAME_ONE.search(words)
    acts = (each.name for each in parties if each.acts)
    by = (speaker if own else None) or next(acts, None) or next(iter(_actors(claim)), None)
    by = by or next(iter(_names(parties)), None) or speaker or claim.publisher
    if by is None:
        return None
    return Commitment(
        id=DeskId(claim.id),
        by=by,
        what=" ".join(claim.quote.split()),
        to=next((name for name in (*_names(parties), *_named(claim)) if name != by), None),
        due=_dated(claim.content.when),
        claims=(claim.id,),
    )


def _request(claim: Claim, parties: Sequence[Party]) -> Request | None:
    speaker, words = _speaker(claim), folded(claim.quote)
    they_ask = cues.THEY_ASK.search(words) and not cues.FIRST_PERSON.search(words)
    theirs = next((each.name for each in parties if _may_ask(each)), None) if they_ask else None
    by = theirs or speaker or next(iter((*_names(parties), *_actors(claim))), None)
    by = by or claim.publisher
    if by is None:
        return None
    to = next((name for name in (*_names(parties), *_named(claim)) if name != by), None)
    when, said = _dated(claim.content.when), _dated(claim.said or claim.published)
    later = _after(when, said)
    return Request(
        id=DeskId(claim.id),
        by=by,
        to=to or "",
        what=" ".join(claim.quote.split()),
        since=_waiting_since(words, when, said) or (said if later or when is None else when),
        needed_by=when if later else None,
        next_step=to,
        claims=(claim.id,),
    )


def _addressed(
    item: Request,
    claim: Claim,
    parties: Sequence[Party],
    before: tuple[Claim, Sequence[Party]] | None,
    same: Same,
) -> Request:
    """Return a request that names only who asks, with the one of whom the clause before tells.

    That clause ends where this one begins, and has whoever asks deal with one other alone: what
    was to be bought of them was asked of them.
    """
    if item.to or before is None or any(not same(each.name, item.by) for each in parties):
        return item
    earlier, named = before
    gap = claim.span.start - earlier.span.end
    if earlier.rendition != claim.rendition or not 0 <= gap <= _CONNECTIVE:
        return item
    others = {each.name for each in named if not same(each.name, item.by)}
    asks = any(same(each.name, item.by) for each in named)
    dealt = [
        each
        for each in named
        if each.name in others and cues.DEALT_WITH.search(folded(each.before))
    ]
    if not asks or len(others) != 1 or not dealt:
        return item
    return replace(item, to=dealt[0].name, next_step=dealt[0].name)


def _grouped(items: Iterator[Told], same: Same) -> Iterator[Told]:
    """Yield the items, those that say the same as one before in its place."""
    kept: list[Told] = []
    for item in items:
        at = next((n for n, each in enumerate(kept) if _one(each, item, same)), None)
        if at is None:
            kept.append(item)
        else:
            kept[at] = replace(kept[at], claims=_more(kept[at].claims, item.claims))
    yield from kept


def _one(a: Told, b: Told, same: Same) -> bool:
    to = a.to is None or b.to is None or not a.to or not b.to or same(a.to, b.to)
    return to and same(a.by, b.by) and alike(a.what, b.what)


def _more(held: tuple[ClaimId, ...], also: tuple[ClaimId, ...]) -> tuple[ClaimId, ...]:
    return tuple(dict.fromkeys((*held, *also)))


def _speaker(claim: Claim) -> str | None:
    """Return whose word it is, as far as that is somebody with a name."""
    root = claim.root
    if root.kind is SourceKind.AUTHOR:
        return None
    return root.source_text


def _names(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(each.name for each in parties)


def _may_ask(party: Party) -> object:
    """Return whether somebody may be the one who asks: whoever stands behind a verb is asked.

    In Arabic, where the verb comes first, only a preposition tells; a request made by somebody is
    theirs.
    """
    before = folded(party.before)
    asks = cues.ARABIC.search(before) or cues.MADE_BY.search(before)
    return party.acts and (asks or not cues.THEY_ASK.search(before))


def _actors(claim: Claim) -> tuple[str, ...]:
    return tuple(
        each.name for each in claim.content.who if each.role is Role.ACTOR and each.type in _ACTS
    )


def _named(claim: Claim) -> tuple[str, ...]:
    return tuple(each.name for each in claim.content.who if each.type in _ACTS)


def _dated(value: str | None) -> str | None:
    """Return an EDTF value that is a place in time, None for a duration."""
    if value is None:
        return None
    try:
        return Moment.parse(value).edtf
    except ValueError:
        return None


def _waiting_since(words: str, when: str | None, said: str | None) -> str | None:
    """Return the last day on which a request that has waited so long can have been made."""
    months, known = cues.months_waited(words), when or said
    told = Moment.parse(known).upper if known else None
    if months is None or told is None:
        return None
    year, month = divmod(told.year * 12 + told.month - 1 - months, 12)
    day = min(told.day, monthrange(year, month + 1)[1])
    return f"../{date(year, month + 1, day).isoformat()}"


def _to_come(when: str | None, said: str | None) -> date | None:
    """Return the day on which something told of as to come is due, None where it is not to come.

    That is the first day that its date can mean, or the last of a term that runs from when it
    was said: "within two months", "before the end of the year".
    """
    if when is None:
        return None
    moment, told = Moment.parse(when), Moment.parse(said).upper if said else None
    if moment.lower and (told is None or moment.lower > told):
        return moment.lower
    return moment.upper if moment.upper and (told is None or moment.upper > told) else None


def _after(one: str | None, other: str | None) -> bool:
    """Return whether a date ends later than another begins to end."""
    if one is None or other is None:
        return False
    return (Moment.parse(one).lower or date.min) > (Moment.parse(other).upper or date.max)
