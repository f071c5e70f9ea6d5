"""In which order do competing explanations stand, and which claims tell them apart?

The explanation against which the fewest independent roots speak leads (Heuer 1999): ten
reports of one spokesman speak once. What speaks for an explanation is shown and changes no
order. A claim tells explanations apart if it speaks against some of those that it was weighed
for and not against all; one that fits them all, or none, does not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tawatur.model.claim import Claim, Status
from tawatur.model.hypothesis import Bears, Evidence, Explanation, Offer
from tawatur.model.ids import ClaimId, DocumentId, EntityId, RulingId
from tawatur.weighing.roots import independent_roots

Weighed = Mapping[tuple[RulingId, ClaimId], Bears]
"""How each claim was found to bear on each hypothesis."""


def explanations(
    written: Iterable[Explanation],
    weighed: Weighed,
    claims: Mapping[ClaimId, Claim],
    families: Iterable[tuple[DocumentId, ...]] = (),
    who: Mapping[tuple[DocumentId, str], EntityId] | None = None,
) -> tuple[Explanation, ...]:
    """Return the hypotheses with what speaks for and against each, the least contradicted first.

    Args:
        written: The hypotheses as they were written, the first before others.
        weighed: How claims bear on them; what is on other hypotheses is left out.
        claims: The claims that were weighed.
        families: The groups of copies that hold a document of the claims.
        who: The entity of each local entity that a link names.
    """
    families = tuple(families)
    found = []
    for explanation in written:
        sides: dict[Bears, list[ClaimId]] = defaultdict(list)
        for (hypothesis, claim), bears in sorted(weighed.items()):
            if hypothesis == explanation.id:
                sides[bears].append(claim)
        against = independent_roots((claims[c] for c in sides[Bears.AGAINST]), families, who)
        found.append(
            replace(
                explanation,
                speak_for=tuple(sides[Bears.FOR]),
                speak_against=tuple(sides[Bears.AGAINST]),
                neither=tuple(sides[Bears.NEITHER]),
                contradicted=against.at_least,
                reasons=against.reasons,
            )
        )
    return tuple(sorted(found, key=lambda explanation: explanation.contradicted))


def evidence(hypotheses: Iterable[RulingId], weighed: Weighed) -> tuple[Evidence, ...]:
    """Return the claims that were weighed for ``hypotheses``, those that tell them apart first."""
    held = set(hypotheses)
    on: dict[ClaimId, list[bool]] = defaultdict(list)
    for (hypothesis, claim), bears in weighed.items():
        if hypothesis in held:
            on[claim].append(bears is Bears.AGAINST)
    found = (Evidence(claim, any(sides) and not all(sides)) for claim, sides in on.items())
    return tuple(sorted(found, key=lambda each: (not each.tells_apart, each.claim)))


def offers(claims: Iterable[Claim]) -> tuple[Offer, ...]:
    """Return what texts themselves say of reports, in order of document and place."""
    held = sorted(claims, key=lambda claim: (claim.document, claim.span, claim.id))
    return tuple(
        Offer(claim.id, said.report, said.verdict, said.by)
        for claim in held
        if (said := claim.content.report) is not None and claim.status is not Status.REJECTED
    )
