"""What is wrong with a command line, in the language of whoever typed it?

typer finds it and says it in English, in one line. Each of its sentences is a message here,
with places for what was typed; what fills a place may be another of them. A line that is none
of them, or a page of help in the place of one, is left as it is.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Any

from tawatur.errors import Message

_SENTENCES = (
    Message("No such option: {0} (Possible options: {1})"),
    Message("No such option: {0}"),
    Message("No such command {0}. Did you mean {1}?"),
    Message("No such command {0}."),
    Message("Missing command."),
    Message("Missing argument {0}. Choose from: {1}"),
    Message("Missing argument {0}."),
    Message("Missing option {0}. Choose from: {1}"),
    Message("Missing option {0}."),
    Message("Got unexpected extra argument(s) ({0})"),
    Message("Option {0} requires an argument."),
    Message("Option {0} does not take a value."),
    Message("Invalid value for {0}: {1}"),
    Message("{0} is not one of {1}."),
    Message("{0} does not match the formats {1}."),
    Message("Input should be greater than or equal to {0}"),
    Message("Input should be less than or equal to {0}"),
    Message("Input should be a valid integer, unable to parse string as an integer"),
    Message("File {0} is not readable."),
)
"""What typer says, and pydantic for it; the longer of two with one beginning first."""


def wrong_with(error: Any) -> Message | None:
    """Return what typer's ``error`` says, None where it is no sentence that is known here."""
    found = _known(" ".join(error.format_message().split()))
    return found if isinstance(found, Message) else None


def _known(line: str) -> Message | str:
    line = line.removeprefix("Value error, ")
    for sentence in _SENTENCES:
        found = _pattern(sentence.template).fullmatch(line)
        if found is not None:
            return replace(sentence, args=tuple(map(_known, found.groups())))
    return line


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return what matches a sentence, and in it what fills its places."""
    return re.compile(re.sub(r"\\\{\d\\\}", "(.+)", re.escape(template)))
