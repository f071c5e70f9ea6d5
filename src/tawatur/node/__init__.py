"""One organisation's installation: a folder, and the rooms tied together for the doors."""

from tawatur.node.node import Node, Progress, Spending
from tawatur.node.views import (
    AddSummary,
    Cited,
    DocumentLine,
    DocumentView,
    Erased,
    Finding,
    Hit,
    Incoming,
    Overview,
    Readers,
    Received,
    Refusal,
    RereadSummary,
    RulingLine,
    Spent,
    Traced,
)

__all__ = [
    "AddSummary",
    "Cited",
    "DocumentLine",
    "DocumentView",
    "Erased",
    "Finding",
    "Hit",
    "Incoming",
    "Node",
    "Overview",
    "Progress",
    "Readers",
    "Received",
    "Refusal",
    "RereadSummary",
    "RulingLine",
    "Spending",
    "Spent",
    "Traced",
]
