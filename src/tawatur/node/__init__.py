"""One organisation's installation: a folder, and the rooms tied together for the doors."""

from tawatur.node.node import Node, Progress, Spending
from tawatur.node.views import (
    AddSummary,
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
    SourceView,
    Spent,
)

__all__ = [
    "AddSummary",
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
    "SourceView",
    "Spending",
    "Spent",
]
