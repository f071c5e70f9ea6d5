"""How the list of a community travels: charter, changes and signatures in one sealed file.

What is in the file stands by the signatures of those who decide; its seal is the word of
whoever wrote it that this is all it had signed by that time. Opening checks, in this
order: form, writer among the partners, seal, each signature of a decider whose card is
known. A signature that cannot be checked for want of a card is left out and named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from nacl.signing import SigningKey

from tawatur.errors import AlteredFileError, UnknownSenderError
from tawatur.model.community import Change, ChangeId, Charter, Epoch, members
from tawatur.model.ids import NodeId
from tawatur.sharing.cards import parsed, sealed, signature
from tawatur.sharing.keys import Identity, verify_by_one

FORMAT = "tawatur-community/1"

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Papers:
    """What is at hand of one community; ``heard`` is when each decider last told all it had."""

    charter: Charter
    changes: tuple[Change, ...] = ()
    signatures: Mapping[ChangeId, Mapping[NodeId, str]] = field(default_factory=dict)
    heard: Mapping[NodeId, datetime] = field(default_factory=dict)  # UTC

    def __post_init__(self) -> None:
        if any(time.utcoffset() != timedelta(0) for time in self.heard.values()):
            raise ValueError("a time in UTC")

    def without(self, known: "Papers") -> "Papers":
        """Return what of this is not in ``known``, of the same charter."""
        held = {change.digest for change in known.changes}
        new = {
            what: {who: s for who, s in by.items() if who not in known.signatures.get(what, {})}
            for what, by in self.signatures.items()
        }
        return Papers(
            self.charter,
            tuple(change for change in self.changes if change.digest not in held),
            {what: by for what, by in new.items() if by},
            {who: t for who, t in self.heard.items() if t > known.heard.get(who, _NEVER)},
        )

    @property
    def epoch(self) -> Epoch:
        """The list that they make."""
        return members(self.charter, self.changes, self.signatures)


def joined(parts: Iterable[Papers]) -> Papers:
    """Return papers of one charter, at least one, together."""
    charters, changes, heard = [], {}, dict[NodeId, datetime]()
    signatures: dict[ChangeId, dict[NodeId, str]] = {}
    for part in parts:
        charters.append(part.charter)
        changes.update({change.digest: change for change in part.changes})
        for what, by in part.signatures.items():
            signatures[what] = {**by, **signatures.get(what, {})}
        heard.update({who: max(t, heard.get(who, t)) for who, t in part.heard.items()})
    return Papers(charters[0], tuple(changes.values()), signatures, heard)


def signed(
    value: Charter | Change, by: NodeId, key: SigningKey
) -> dict[ChangeId, dict[NodeId, str]]:
    """Return one node's signature on a charter or a change, as `Papers` holds it."""
    return {value.digest: {by: signature(value.content, key)}}


def papers_body(papers: Papers) -> dict[str, Any]:
    """Return the papers as JSON, in one order."""
    return {
        "charter": papers.charter.content,
        "changes": [change.content for change in papers.changes],
        "signatures": {what: dict(by) for what, by in papers.signatures.items()},
        "heard": {who: time.isoformat() for who, time in papers.heard.items()},
    }


def papers_of(body: Mapping[str, Any]) -> Papers:
    """Return the papers that ``body`` holds.

    Raises:
        msgspec.ValidationError: It holds something else.
    """
    return msgspec.convert(
        {name: body.get(name, {}) for name in ("charter", "changes", "signatures", "heard")}, Papers
    )


def sealed_papers(papers: Papers, sender: NodeId, time: datetime, key: SigningKey) -> bytes:
    """Return the file to hand on: what is at hand at ``time`` (UTC), less what was heard."""
    body = {name: part for name, part in papers_body(papers).items() if name != "heard"}
    return sealed({"format": FORMAT, "sender": sender, "time": time.isoformat(), **body}, key)


def open_papers(
    content: bytes, identities: Mapping[NodeId, Identity], now: datetime
) -> tuple[Papers, frozenset[NodeId]]:
    """Return what a file tells, and the deciders whose signatures could not be checked.

    Args:
        content: The file.
        identities: Of the partners, and this node's own.
        now: UTC; nobody is heard later than that.

    Raises:
        UnknownSenderError: Whoever wrote it is no partner.
        AlteredFileError: It, or something in it, is not what was signed.
    """
    body = parsed(content, FORMAT)
    sender = NodeId(str(body.get("sender")))
    if sender not in identities:
        raise UnknownSenderError(
            "it comes from {0}, which is no partner here; "
            "ask for its card and add it with `tawatur partner add CARD`",
            sender,
        )
    try:
        told = papers_of({**body, "heard": {sender: body["time"]}})
    except (KeyError, ValueError, TypeError, RecursionError) as cause:
        raise AlteredFileError(
            "the file does not hold what the list of a community holds: {0}", cause
        ) from cause
    verify_by_one(body, identities[sender].keys_now(told.heard[sender]))
    signatures, unchecked = {}, set[NodeId]()
    values: tuple[Charter | Change, ...] = (told.charter, *told.changes)
    for value in values:
        by = told.signatures.get(value.digest, {})
        unchecked |= (by.keys() & told.charter.deciders) - identities.keys()
        signatures[value.digest] = _checked(value, by, identities)
    heard = {sender: min(told.heard[sender], now)} if sender in told.charter.deciders else {}
    return Papers(told.charter, told.changes, signatures, heard), frozenset(unchecked)


def _checked(
    value: Charter | Change, by: Mapping[NodeId, str], identities: Mapping[NodeId, Identity]
) -> dict[NodeId, str]:
    """Return the signatures of those whose cards are known, each checked."""
    known = {who: text for who, text in by.items() if who in identities}
    for who, text in known.items():
        signed_by = identities[who].keys_at(value.time)
        verify_by_one({**value.content, "signature": text}, signed_by)
    return known
