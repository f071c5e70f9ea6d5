"""Which commitments and requests do the reports hold? Claims in, items to be confirmed out.

A claim is one where its words promise or ask; a plan is one where it is announced by
whoever carries it out, and an offer on a condition is one with that condition. Claims of
the same party to the same party in much the same words are one item with several sayings.
A person confirms an item or lets it be; nothing here is entered by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from tawatur.desk.alike import alike
from tawatur.model.claim import Claim, Status
from tawatur.model.desk import Commitment, Item, Request
from tawatur.model.ids import ClaimId, DeskId
from tawatur.model.moment import Moment
from tawatur.model.reading import EntityType, EventType, Modality, Polarity, Role, SourceKind

Same = Callable[[str, str], bool]
"""Whether two names are one."""

_ACTS = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.COUNTRY_OR_CITY})
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


def proposed_commitments(claims: Iterable[Claim], same: Same) -> tuple[Commitment, ...]:
    """Return the commitments that claims tell of, by the place of their first saying.

    The id of each is that of the claim that says it first.

    Args:
        claims: In the order in which they stand; rejected ones are left out.
        same: Whether two names are one.
    """
    found = (_commitment(claim) for claim in claims if _promises(claim))
    return tuple(_grouped((item for item in found if item is not None), same))


def proposed_requests(claims: Iterable[Claim], same: Same) -> tuple[Request, ...]:
    """Return the requests that claims tell of, as `proposed_commitments` does."""
    found = (_request(claim) for claim in claims if _asks(claim))
    return tuple(_grouped((item for item in found if item is not None), same))


def _promises(claim: Claim) -> bool:
    content = claim.content
    if claim.status is Status.REJECTED or claim.not_known:
        return False
    if content.modality is Modality.PROMISED:
        return True
    announced = content.modality in (Modality.PLANNED, Modality.CONDITIONAL)
    return (
        announced
        and content.event_type in _GIVES
        and content.polarity is Polarity.ASSERTED
        and bool(_actors(claim))
    )


def _asks(claim: Claim) -> bool:
    content = claim.content
    if claim.status is Status.REJECTED or claim.not_known:
        return False
    return content.modality is Modality.REQUESTED or content.event_type is EventType.REQUEST


def _commitment(claim: Claim) -> Commitment | None:
    by = next(iter(_actors(claim)), None) or _speaker(claim)
    if by is None:
        return None
    to = next((name for name in _named(claim) if name != by), None)
    return Commitment(
        id=DeskId(claim.id),
        by=by,
        what=" ".join(claim.quote.split()),
        to=to,
        due=_dated(claim.content.when),
        claims=(claim.id,),
    )


def _request(claim: Claim) -> Request | None:
    by = _speaker(claim) or next(iter(_actors(claim)), None)
    if by is None:
        return None
    to = next((name for name in _named(claim) if name != by), None)
    when, said = _dated(claim.content.when), _dated(claim.said or claim.published)
    later = _after(when, said)
    return Request(
        id=DeskId(claim.id),
        by=by,
        to=to or "",
        what=" ".join(claim.quote.split()),
        since=said if later or when is None else when,
        needed_by=when if later else None,
        next_step=to,
        claims=(claim.id,),
    )


def _grouped(items: Iterator[Item], same: Same) -> Iterator[Item]:
    """Yield the items, those that say the same as one before in its place."""
    kept: list[Item] = []
    for item in items:
        at = next((n for n, each in enumerate(kept) if _one(each, item, same)), None)
        if at is None:
            kept.append(item)
        else:
            kept[at] = replace(kept[at], claims=_more(kept[at].claims, item.claims))
    yield from kept


def _one(a: Item, b: Item, same: Same) -> bool:
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


def _after(one: str | None, other: str | None) -> bool:
    """Return whether a date ends later than another begins to end."""
    if one is None or other is None:
        return False
    return (Moment.parse(one).lower or date.min) > (Moment.parse(other).upper or date.max)
