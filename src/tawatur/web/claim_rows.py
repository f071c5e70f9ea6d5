"""Claims of several documents as rows of a page, each with the title of its document."""

from collections.abc import Sequence

from tawatur.model.claim import Claim
from tawatur.web import rows
from tawatur.web.contexts import ClaimRow
from tawatur.web.ports import ShownNode


def claim_rows(node: ShownNode, some: Sequence[Claim], speech: rows.Speech) -> tuple[ClaimRow, ...]:
    """Return the rows of claims in the language of one person, in the order given."""
    needed = {claim.document for claim in some}
    lines = {line.id: line for line in node.documents() if line.id in needed} if some else {}
    return tuple(
        rows.claim_row(
            claim, node.in_words(claim, speech.language), speech, line=lines.get(claim.document)
        )
        for claim in some
    )
