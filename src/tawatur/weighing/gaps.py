"""What is said not to be known, what was looked for and not found, and what is supposed about it?

A supposition stays beside its gap and never fills it: readers attach it where the text does
(`Content.gap`). What was looked for in vain is known by the words of a table. Nothing that
nobody spoke of is a gap.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from tawatur.model.claim import Claim, Status
from tawatur.model.ids import ClaimId
from tawatur.model.picture import Gap, Missing
from tawatur.model.text import fold_words


def gaps(claims: Iterable[Claim]) -> tuple[Gap, ...]:
    """Return the gaps among claims, in order of document and place; rejected claims are none."""
    held = sorted(
        (claim for claim in claims if claim.status is not Status.REJECTED),
        key=lambda claim: (claim.document, claim.rendition, claim.span, claim.id),
    )
    supposing: dict[str, list[Claim]] = {}
    for claim in held:
        if claim.content.gap is not None and not claim.not_known:
            supposing.setdefault(claim.rendition, []).append(claim)
    return tuple(
        Gap(claim.id, kind, _about(claim, supposing.get(claim.rendition, ())))
        for claim in held
        if (kind := missing_in(claim)) is not None
    )


def missing_in(claim: Claim) -> Missing | None:
    """Return what a claim says to be missing, None if nothing."""
    words = f" {fold_words(claim.quote)} "
    if any(phrase in words for phrase in _not_found(claim.language)):
        return Missing.NOT_FOUND
    return Missing.NOT_KNOWN if claim.not_known else None


def _about(gap: Claim, supposing: Sequence[Claim]) -> tuple[ClaimId, ...]:
    return tuple(c.id for c in supposing if c.content.gap and c.content.gap.overlap(gap.span))


@cache
def _not_found(language: str) -> tuple[str, ...]:
    """Return the phrases of one language, folded, with a space on either side.

    In Arabic a conjunction may be written with the first word.
    """
    table = files("tawatur.weighing").joinpath("tables/not_found.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and line[0] != "#")
    phrases = [fold_words(phrase) for code, phrase in rows if code == language]
    before = ("", "و", "ف") if language == "ar" else ("",)
    return tuple(f" {glued}{phrase} " for phrase in phrases for glued in before)
