"""The command line: every verb of a node as one command."""

from tawatur.cli.program import main

__all__ = ["main"]
