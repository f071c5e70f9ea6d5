"""Entries to disk and back, provably: the log, its proofs, its erasures, its blobs."""

from tawatur.ledger.database import Format, statements, steps_between
from tawatur.ledger.forms import canonical, header_bytes, label_body
from tawatur.ledger.ledger import Entropy, Erased, Ledger, Proof, Release, Verified
from tawatur.ledger.memory import MemoryLedger
from tawatur.ledger.merkle import leaf_hash, roots_at, verify_consistency, verify_inclusion
from tawatur.ledger.notes import (
    Checkpoint,
    Signer,
    release_origin,
    release_vkey,
    verified_checkpoint,
    verify_note,
    vkey_of,
)
from tawatur.ledger.opening import database_of, verify_unused
from tawatur.ledger.stores import Store, store_of
from tawatur.ledger.tables import TableLedger

__all__ = [
    "Checkpoint",
    "Entropy",
    "Erased",
    "Format",
    "Ledger",
    "MemoryLedger",
    "Proof",
    "Release",
    "Signer",
    "Store",
    "TableLedger",
    "Verified",
    "canonical",
    "database_of",
    "header_bytes",
    "label_body",
    "leaf_hash",
    "release_origin",
    "release_vkey",
    "roots_at",
    "statements",
    "steps_between",
    "store_of",
    "verified_checkpoint",
    "verify_consistency",
    "verify_inclusion",
    "verify_note",
    "verify_unused",
    "vkey_of",
]
