"""What is refused at the doors of partners' nodes and programs, on record, and once a day only.

Whoever sends the same thing again and again adds nothing to the ledger by it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from tawatur.errors import Message
from tawatur.model.ids import NodeId
from tawatur.node.sharing.partners import Partners, kind_of


@dataclass(slots=True)
class Refusals:
    """Puts refusals on record. Safe for threads.

    Args:
        partners: Who keeps them.
        now: The time, UTC.
        node: Held while the node is asked: it has one caller at a time.
    """

    partners: Partners
    now: Callable[[], datetime]
    node: threading.RLock
    _day: date = date.min
    _told: set[tuple[str, str | None, str]] = field(default_factory=set, repr=False)

    def put(self, what: str, sender: NodeId | None, why: Message) -> None:
        """Record that something is refused, unless a like reason was today for that sender.

        Args:
            what: What it was.
            sender: Who signed it, or proved to be; None where nobody did.
            why: The reason.
        """
        kind = kind_of(why)
        with self.node:
            today, told = self.now().date(), (what, sender, kind)
            if today != self._day:
                self._day = today
                self._told.clear()
            if told not in self._told:
                same = f"{what} {sender} {kind} {today}".encode()
                self.partners.refuse(what, same, why, sender)
                self._told.add(told)
