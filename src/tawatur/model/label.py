"""Who may receive what: the label every entry carries, and the one decision on it.

A label names its originator and the audience to which the originator gave the
item. `may_receive` is the only place where the question is answered; every door
asks it (design, idea 3). Labels are joined for what a person composes from
several items, and the join is at least as restrictive as each part (a law under
test). TLP 2.0 words say what a person may do with it; the audience is enforced.

Known cost: conditions on events and tiers of members come with the sharing
issue; they will narrow, never widen, what is decided here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tawatur.model.ids import NodeId

_AND = "; "
"""Between purposes of what was joined."""


class Tlp(StrEnum):
    """FIRST Traffic Light Protocol 2.0, least restrictive first."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"

    @property
    def rank(self) -> int:
        """Position in the order of restriction, 0 for CLEAR."""
        return list(Tlp).index(self)


@dataclass(frozen=True, slots=True)
class Viewer:
    """On whose behalf the question is asked: an organisation, not a person."""

    party: NodeId


@dataclass(frozen=True, slots=True)
class Label:
    """The originator's word on an item.

    ``audience`` holds the nodes that the originator gave it to, itself apart;
    empty means this node only. ``onward`` says whether they may pass it on.
    ``expires`` is a UTC time after which nobody but the originator receives it.
    ``bound`` marks what was composed of items that others gave under terms: audience,
    expiry and the word on passing on then bind its originator, who composed it, too.
    """

    originator: NodeId
    tlp: Tlp = Tlp.AMBER_STRICT
    audience: frozenset[NodeId] = frozenset()
    onward: bool = False
    expires: datetime | None = None
    purpose: str | None = None
    bound: bool = False

    def given_to(self, party: NodeId) -> "Label":
        """Return this label with one more party in its audience."""
        return replace(self, audience=self.audience | {party})


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer and the reason for it, as a word that the doors translate."""

    allowed: bool
    reason: str


def may_receive(viewer: Viewer, label: Label, now: datetime) -> Decision:
    """Return whether ``viewer`` may receive what carries ``label`` at UTC time ``now``."""
    if viewer.party == label.originator and not label.bound:
        return Decision(True, "originator")
    if label.expires is not None and now >= label.expires:
        return Decision(False, "expired")
    if viewer.party in label.audience:
        return Decision(True, "audience")
    return Decision(False, "not in the audience")


def may_release(holder: NodeId, label: Label, now: datetime) -> Decision:
    """Return whether ``holder`` may give the item to somebody else at UTC time ``now``."""
    if holder == label.originator and not label.bound:
        return Decision(True, "originator")
    received = may_receive(Viewer(holder), label, now)
    if not received.allowed:
        return received
    if label.onward and label.tlp is not Tlp.RED:
        return Decision(True, "onward allowed")
    return Decision(False, "the originator does not allow it to be passed on")


def join(composer: NodeId, labels: tuple[Label, ...]) -> Label:
    """Return the label of what ``composer`` makes out of items under ``labels``.

    The audience is the parties that every part names or was originated by; restriction,
    expiry and onward release are the strictest of the parts, purposes their sum. It binds
    the composer as well where one of the parts does; of nothing it is for the composer alone.
    """
    if not labels:
        return Label(composer)
    bound = any(_binds(composer, label) for label in labels)
    reach = frozenset.intersection(*map(_reach, labels))
    expiries = [label.expires for label in labels if label.expires is not None]
    # A joined label may be a part again, so that its purposes are taken apart.
    purposes = {p for label in labels for p in (label.purpose or "").split(_AND) if p}
    return Label(
        composer,
        max((label.tlp for label in labels), key=lambda tlp: tlp.rank),
        reach if bound else reach - {composer},
        all(label.onward for label in labels),
        min(expiries) if expiries else None,
        _AND.join(sorted(purposes)) or None,
        bound,
    )


def _reach(label: Label) -> frozenset[NodeId]:
    """Return all who may receive what carries ``label`` before it expires."""
    return label.audience if label.bound else label.audience | {label.originator}


def _binds(party: NodeId, label: Label) -> bool:
    """Return whether there is a time at which ``party`` may not receive or not pass on."""
    if label.bound:
        return True
    free = party in label.audience and label.onward and label.tlp is not Tlp.RED
    return party != label.originator and (not free or label.expires is not None)
