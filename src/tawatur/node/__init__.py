"""One organisation's installation: a folder, and the rooms tied together for the doors."""

from tawatur.node.asking import Readers, Spent
from tawatur.node.node import Node, Progress, Spending
from tawatur.node.taking import Incoming
from tawatur.node.views import (
    AddSummary,
    DocumentLine,
    DocumentView,
    Erased,
    Finding,
    Hit,
    Overview,
    Received,
    Refusal,
    RereadSummary,
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
    "Spending",
    "Spent",
]
