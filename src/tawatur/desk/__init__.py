"""What was promised and what was asked: life cycles of commitments and requests.

The values are in `tawatur.model.desk`; here is which change may follow which,
and how a listing is ordered: what needs a person first.
"""

from tawatur.desk.books import changed_commitment, changed_request, commitments, requests

__all__ = ["changed_commitment", "changed_request", "commitments", "requests"]
