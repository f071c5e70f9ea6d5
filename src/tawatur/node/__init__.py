"""One organisation's installation: a folder, and the rooms tied together for the doors."""

from tawatur.node.entities import EntityView, FunctionLine, NameLine, RelationLine
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
    Spent,
)

__all__ = [
    "AddSummary",
    "DocumentLine",
    "DocumentView",
    "EntityView",
    "Erased",
    "Finding",
    "FunctionLine",
    "Hit",
    "Incoming",
    "NameLine",
    "Node",
    "Overview",
    "Progress",
    "Readers",
    "Received",
    "Refusal",
    "RelationLine",
    "RereadSummary",
    "RulingLine",
    "Spending",
    "Spent",
]
