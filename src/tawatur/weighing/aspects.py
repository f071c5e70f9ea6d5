"""In what do the claims about one event agree and differ: time, place, actors, figures?

Each aspect lists what is said of it and by how many, whichever words and languages say so. That
they differ is no conflict yet: `conflicts` says which of it cannot be. Times agree that
can be one, the vaguer holding the narrower; places and actors where one of them stands in every
claim that names any; figures of one thing where all can be right, or risen with the days.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from tawatur.figures import measure, number
from tawatur.model.claim import Claim, Named
from tawatur.model.ids import ClaimId
from tawatur.model.picture import Aspect, AspectKind, Said
from tawatur.model.reading import Quantity
from tawatur.weighing.events import moment
from tawatur.weighing.names import name_code
from tawatur.weighing.tolls import bounds, risen, tolls
from tawatur.weighing.words import content_stems

_Value = TypeVar("_Value")
_Key = TypeVar("_Key")
_Figure = tuple[str, str | None, str | None]
"""Its value, bound and unit of measure."""
_Held = dict[str, list[tuple[ClaimId, _Value]]]


def aspects(claims: Iterable[Claim]) -> tuple[Aspect, ...]:
    """Return what is said of each aspect that any of ``claims`` tells, in one fixed order.

    Args:
        claims: Those of one event, in order of publication.
    """
    claims = tuple(claims)
    return (
        *_times(claims),
        *_named(AspectKind.PLACE, claims, lambda claim: claim.content.where),
        *_named(AspectKind.ACTOR, claims, lambda claim: claim.content.who),
        *_figures(claims),
    )


def _times(claims: Iterable[Claim]) -> Iterator[Aspect]:
    held: _Held[str] = {}
    for claim in claims:
        if claim.content.when and moment(claim.content.when):
            held.setdefault(claim.content.when, []).append((claim.id, claim.content.when))
    if held:
        times = [time for value in held if (time := moment(value)) is not None]
        agree = all(a.meets(b) for a, b in combinations(times, 2))
        yield Aspect(AspectKind.TIME, None, _said(held), agree)


def _named(
    kind: AspectKind, claims: Iterable[Claim], named: Callable[[Claim], Iterable[Named]]
) -> Iterator[Aspect]:
    """Yield the aspect of names, one spelling for all that sound as one."""
    held: _Held[str] = {}
    tellers: set[ClaimId] = set()
    for claim in claims:
        for code, name in {name_code(n.name, n.type): n.name for n in named(claim)}.items():
            held.setdefault(code, []).append((claim.id, name))
            tellers.add(claim.id)
    if held:
        agree = any(len(told) == len(tellers) for told in held.values())
        yield Aspect(kind, None, _said(held), agree)


def _figures(claims: Iterable[Claim]) -> Iterator[Aspect]:
    """Yield one aspect for each thing that is counted."""
    counted: dict[str, list[tuple[Claim, Quantity]]] = {}
    for claim in claims:
        for what, figure in _counted(claim):
            counted.setdefault(what, []).append((claim, figure))
    for told in counted.values():
        held: dict[_Figure, list[tuple[ClaimId, str]]] = {}
        for claim, figure in told:
            value = number(figure.value or 0.0) + (f"-{number(figure.high)}" if figure.high else "")
            unit = measure(figure.unit)
            held.setdefault((value, figure.bound, unit), []).append((claim.id, value))
        pairs = combinations([figure for _, figure in told], 2)
        agree = all(_both_right(a, b) for a, b in pairs)
        of = next((figure.of for _, figure in told if figure.of), None)
        yield Aspect(AspectKind.FIGURE, of, _said(held, lambda key: key[1:]), agree)


def _counted(claim: Claim) -> Iterator[tuple[str, Quantity]]:
    """Yield each figure with a key of what it counts, the fate of victims in any language."""
    fates = {
        toll.figure: f"{toll.fate} {toll.who}"
        for toll in tolls(claim.quote, claim.span.start, claim.content.quantities)
    }
    for figure in claim.content.quantities:
        if figure.value is not None:
            stems = " ".join(sorted(content_stems(figure.of or "")))
            yield fates.get(figure, f"{figure.unit} {stems}"), figure


def _both_right(a: Quantity, b: Quantity) -> bool:
    (low, high), (other_low, other_high) = _bounds(a), _bounds(b)
    return (low <= other_high and other_low <= high) or risen(a, b) is True


def _bounds(figure: Quantity) -> tuple[float, float]:
    low, high = bounds(figure)
    return low, max(high, figure.high or high)


def _said(
    held: Mapping[_Key, list[tuple[ClaimId, str]]],
    figure: Callable[[_Key], tuple[str | None, str | None]] = lambda _: (None, None),
) -> tuple[Said, ...]:
    """Return what is said, what most claims say first, then what was said first."""
    said = (
        Said(told[0][1], _once(claim for claim, _ in told), *figure(key))
        for key, told in held.items()
    )
    return tuple(sorted(said, key=lambda each: -len(each.claims)))


def _once(claims: Iterable[ClaimId]) -> tuple[ClaimId, ...]:
    return tuple(dict.fromkeys(claims))
