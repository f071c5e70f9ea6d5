"""Which claims of one text cannot all be so, whatever they are about?

Within one text nobody has to be told apart by name and day: its voices speak of one matter,
mostly one after the other. So every pair may be compared, and each kind of reasoning has a
module of its own. A pair is told once, by the first that finds it.

Pure, and the same for claims in any order; a claim repeated word for word by one voice counts
once. Known cost: every pair of a text, about 20 microseconds each; so only the first
`MOST_CLAIMS` of a text are compared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from tawatur.model.claim import Claim, Status
from tawatur.model.picture import Compared
from tawatur.model.text import fold_words
from tawatur.weighing.conflicts.across import denied_in_like_words
from tawatur.weighing.conflicts.answers import denials, opposites
from tawatur.weighing.conflicts.courses import broken
from tawatur.weighing.conflicts.doers import blamed, doers, sayings
from tawatur.weighing.conflicts.figures import figures, standing
from tawatur.weighing.conflicts.found import Found, compared
from tawatur.weighing.conflicts.functions import functions
from tawatur.weighing.conflicts.motives import motives
from tawatur.weighing.conflicts.origins import origins
from tawatur.weighing.conflicts.promises import broken_promises, deadlines
from tawatur.weighing.conflicts.recounts import recounts
from tawatur.weighing.conflicts.reports import denied_reports, judged_reports, vouched_for
from tawatur.weighing.conflicts.settings import settings
from tawatur.weighing.conflicts.sides import Side, characters_between, side_of, two_voices
from tawatur.weighing.conflicts.wholes import firsts, wholes
from tawatur.weighing.tellings import root_keys

SIDE_BY_SIDE = 200
"""Code points within which one voice contradicts itself in like words on purpose."""
MOST_CLAIMS = 400
"""Claims of one text that are compared, the first ones: books argue with others, not themselves."""


def conflicts_within(claims: Iterable[Claim], key: bytes) -> Compared:
    """Return the conflicts and near misses between the claims of one text.

    ``a`` is the claim that stands first in the text.

    Args:
        claims: All claims of one document; rejected ones count for nothing.
        key: The node's id key.
    """
    sides = _sides([c for c in claims if c.status is not Status.REJECTED])
    found = (_in_order(each) for finder in _FINDERS for each in finder(sides))
    return compared(found, key, lambda a, b: not two_voices(a, b))


def _in_order(found: Found) -> Found:
    if found.a.claim.span <= found.b.claim.span:
        return found
    return replace(found, a=found.b, b=found.a)


def _in_like_words(sides: Sequence[Side]) -> Iterator[Found]:
    """Yield the claims that are denied elsewhere in the text in like words."""
    for a, b in combinations(sides, 2):
        if a.claim.content.polarity is b.claim.content.polarity:
            continue
        # "What falls is mine, what does not is yours": one voice sets two things side by side.
        apart = two_voices(a, b) or characters_between(a, b) > SIDE_BY_SIDE
        if apart and (found := denied_in_like_words(a, b)) is not None:
            yield found


_FINDERS = (
    figures,
    recounts,
    broken,
    sayings,
    doers,
    blamed,
    functions,
    judged_reports,
    denied_reports,
    vouched_for,
    origins,
    deadlines,
    broken_promises,
    firsts,
    settings,
    motives,
    _in_like_words,
    denials,
    opposites,
    wholes,
)


def _sides(claims: list[Claim]) -> list[Side]:
    """Return the claims in the order of the text, each wording once for each voice."""
    roots = root_keys(claims)
    first: dict[tuple[str, str], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.span, c.id)):
        first.setdefault((roots[claim.id], fold_words(claim.quote)), claim)
    told = list(first.values())[:MOST_CLAIMS]
    return standing(side_of(claim, roots[claim.id]) for claim in told)
