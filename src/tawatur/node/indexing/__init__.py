"""The derived index: everything worked out from the ledger, kept as it changes."""
