"""What was promised and what was asked: life cycles, order, proposals, digests.

The values are in `tawatur.model.desk`; here is which change may follow which, what changes
made at once come to, and what needs a person first.
"""

from tawatur.desk.alike import alike
from tawatur.desk.books import Urgency, before, sides, urgency
from tawatur.desk.cycles import (
    Status,
    following,
    heads,
    restated,
    standing,
    stepped,
    verify_whose,
)
from tawatur.desk.digest import AGO, AHEAD, due, next_day
from tawatur.desk.money import money
from tawatur.desk.proposals import (
    Party,
    proposed_commitments,
    proposed_requests,
    proposed_reviews,
)

__all__ = [
    "AGO",
    "AHEAD",
    "Party",
    "Status",
    "Urgency",
    "alike",
    "before",
    "due",
    "following",
    "heads",
    "money",
    "next_day",
    "proposed_commitments",
    "proposed_requests",
    "proposed_reviews",
    "restated",
    "sides",
    "standing",
    "stepped",
    "urgency",
    "verify_whose",
]
