"""Which language model reads, if one is to, and what becomes of the answers it gave before?"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tawatur.node.views import Readers
from tawatur.settings import Llm, key_of

if TYPE_CHECKING:
    from tawatur.node.intake.asking import Asking


@dataclass(frozen=True, slots=True)
class Models:
    """The language model that the settings of one node name."""

    llm: Llm
    folder: Path
    answers: Path
    may_see: Callable[[str], bool]
    """Whether a document is held, and may be seen."""

    @contextmanager
    def asking(self, readers: Readers) -> "Iterator[Asking | None]":
        """Give the model if it is one of the readers; erase answers of documents gone after it.

        Raises:
            UsageError: The settings name none.
        """
        if readers is Readers.RULES:
            yield None
            return
        # What asks brings the way out with it, and few are asked for.
        from tawatur.node.intake.answers import Answers  # noqa: PLC0415
        from tawatur.node.intake.asking import Asking  # noqa: PLC0415

        key = key_of(self.llm, os.environ, self.folder)
        with closing(Asking(self.llm, key, self.answers)) as asking:
            try:
                yield asking
            finally:
                with suppress(OSError):  # somebody else erases the same
                    Answers(self.answers).forget_others(self.may_see)
