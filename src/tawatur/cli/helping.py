"""Which words of a page of help are typer's own, and how does the interface language say them?

typer writes the heads of the parts, what is required and what stands where nothing is told in
English. They are put into the page when it is shown; in English it stays as typer wrote it.
"""

import re
from collections.abc import Callable
from typing import Any

from tawatur.cli.shared import LANGUAGE
from tawatur.cli.shared import translate as _
from tawatur.errors import Message

_OWN = (
    Message("Usage:"),
    Message("Arguments:"),
    Message("Options:"),
    Message("Commands:"),
    Message("Show this message and exit."),
    Message("[required]"),
    Message("default:"),
    Message("env var:"),
)
_WHERE = re.compile("|".join(rf"(?<![^\s\[]){re.escape(words.template)}" for words in _OWN))


def with_own_words(command: Any) -> Any:
    """Return ``command``, its page of help in the interface language throughout."""
    if LANGUAGE != "en":
        written: Callable[[Any], str] = command.get_help
        command.get_help = lambda ctx: _WHERE.sub(lambda found: _(found[0]), written(ctx))
    return command
