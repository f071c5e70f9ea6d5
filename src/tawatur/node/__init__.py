"""One organisation's installation: a folder, and the rooms tied together for the doors."""

from tawatur.node.indexing.post import Piece
from tawatur.node.judging.entities import EntityView, FunctionLine, NameLine, RelationLine, Through
from tawatur.node.node import Node
from tawatur.node.sharing.bundles import Bundles, Taken, Written
from tawatur.node.sharing.disclosures import Disclosure, Disclosures
from tawatur.node.sharing.heads import Compared
from tawatur.node.sharing.incoming import Receiving
from tawatur.node.sharing.outgoing import Outgoing, Recalled, Waiting
from tawatur.node.sharing.partners import Partner, Partners, PartnerState
from tawatur.node.views import (
    AddSummary,
    Because,
    Cited,
    DocumentLine,
    DocumentView,
    Erased,
    Finding,
    Hit,
    Incoming,
    Overview,
    Progress,
    Readers,
    Received,
    Refusal,
    RereadSummary,
    RulingLine,
    SourceLine,
    SourceView,
    Spending,
    Spent,
    Traced,
)
from tawatur.sharing import Card, Cuts, ReceiptStatus

__all__ = [
    "AddSummary",
    "Because",
    "Bundles",
    "Card",
    "Cited",
    "Compared",
    "Cuts",
    "Disclosure",
    "Disclosures",
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
    "Outgoing",
    "Overview",
    "Partner",
    "PartnerState",
    "Partners",
    "Piece",
    "Progress",
    "Readers",
    "Recalled",
    "ReceiptStatus",
    "Received",
    "Receiving",
    "Refusal",
    "RelationLine",
    "RereadSummary",
    "RulingLine",
    "SourceLine",
    "SourceView",
    "Spending",
    "Spent",
    "Taken",
    "Through",
    "Traced",
    "Waiting",
    "Written",
]
