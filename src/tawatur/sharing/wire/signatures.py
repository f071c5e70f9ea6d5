"""Who signed this HTTP message, for whom and when, and is it what was signed?

One fixed profile of HTTP Message Signatures (RFC 9421) with the Ed25519 key of a node: a
single signature, labelled ``tawatur``, with a time, a nonce and the node's id as ``keyid``.
Of a request it covers method, path, query, the digest of the body (RFC 9530) and the node
that is asked; of an answer the status, the digest and what it says of bundles, under the
nonce of the request: an answer fits one request and no other. Host and scheme are not
covered, so that a proxy may end TLS and call the node by another name.

Anything else than this profile is refused, not understood. Whether time and nonce are good
is asked apart (`tawatur.sharing.wire.guard`).
"""

import base64
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from tawatur.errors import AlteredFileError
from tawatur.model.ids import NodeId
from tawatur.sharing.cards import public_key
from tawatur.sharing.keys import Identity
from tawatur.sharing.taxii.line import digest_of

TO = "tawatur-to"
TAKEN = "tawatur-taken"

_LABEL = "tawatur"
_REQUEST = ("@method", "@path", "@query", "content-digest", TO)
_ANSWER = ("@status", "content-digest", TAKEN)
_PARAMS = re.compile(
    r'\((?P<names>[a-z@" -]*)\);created=(?P<created>[0-9]{1,10});nonce="(?P<nonce>[0-9a-f]{32})"'
    r';keyid="(?P<by>n-[0-9a-z]{1,32})";alg="ed25519";tag="tawatur-1"'
)
_GIVEN = re.compile(_LABEL + r"=:([A-Za-z0-9+/]{86}==):")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who signs, when (seconds since 1970), and a nonce of 32 hexadecimal digits."""

    by: NodeId
    created: int
    nonce: str

    def params(self, names: Sequence[str]) -> str:
        """Return the parameters of a signature that covers what is named."""
        covered = " ".join(f'"{name}"' for name in names)
        return (
            f'({covered});created={self.created};nonce="{self.nonce}";keyid="{self.by}"'
            ';alg="ed25519";tag="tawatur-1"'
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What is signed of a request; ``path`` has no escapes, ``query`` no question mark."""

    method: str
    path: str
    query: str
    to: NodeId

    def covered(self, digest: str) -> list[tuple[str, str]]:
        """Return the components in their order, of a request with that digest."""
        said = (self.method, self.path, f"?{self.query}", digest, self.to)
        return list(zip(_REQUEST, said, strict=True))


def signature_base(covered: Sequence[tuple[str, str]], params: str) -> bytes:
    """Return what is signed (RFC 9421, section 2.5)."""
    lines = [f'"{name}": {value}' for name, value in covered]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode()


def signed_request(
    question: Question, body: bytes, stamp: Stamp, key: SigningKey
) -> dict[str, str]:
    """Return the headers that make a request a signed one."""
    digest = digest_of(body).decode()
    told = {"content-digest": digest, TO: question.to}
    return {**told, **_signature(question.covered(digest), stamp, key)}


def signed_answer(
    status: int, body: bytes, taken: str, stamp: Stamp, key: SigningKey
) -> dict[str, str]:
    """Return the headers that make an answer a signed one; the stamp's nonce is the request's."""
    digest = digest_of(body).decode()
    covered = list(zip(_ANSWER, (str(status), digest, taken), strict=True))
    return {"content-digest": digest, TAKEN: taken, **_signature(covered, stamp, key)}


def stamp_of(headers: Mapping[str, str]) -> Stamp | None:
    """Return what a message says of its signature, None if it has none; nothing is verified.

    Raises:
        AlteredFileError: It is signed in another way.
    """
    given = headers.get("signature-input")
    if given is None:
        return None
    found = _PARAMS.fullmatch(given.removeprefix(f"{_LABEL}="))
    if found is None:
        raise AlteredFileError("it is not signed as nodes sign")
    return Stamp(NodeId(found["by"]), int(found["created"]), found["nonce"])


def verify_request(
    question: Question, headers: Mapping[str, str], stamp: Stamp, keys: Sequence[str]
) -> None:
    """Return if a request is signed by one of ``keys``; of its body the digest is.

    Raises:
        AlteredFileError: It is not.
    """
    covered = question.covered(headers.get("content-digest", ""))
    _verify(covered, headers, stamp, keys)


def verify_answer(
    status: int, headers: Mapping[str, str], body: bytes, signer: Identity, nonce: str
) -> None:
    """Return if an answer is signed by a node, under a nonce, and its body is what was signed.

    Args:
        status: Of the answer.
        headers: By lower-case name.
        body: Of the answer.
        signer: Who was asked.
        nonce: Of the request.

    Raises:
        AlteredFileError: It is not.
    """
    stamp = stamp_of(headers)
    if stamp is None or (stamp.by, stamp.nonce) != (signer.card.id, nonce):
        raise AlteredFileError("it is not signed as nodes sign")
    said = (str(status), headers.get("content-digest", ""), headers.get(TAKEN, ""))
    keys = signer.keys_now(datetime.fromtimestamp(stamp.created, UTC))
    _verify(list(zip(_ANSWER, said, strict=True)), headers, stamp, keys)
    if not hmac.compare_digest(said[1].encode(), digest_of(body)):
        raise AlteredFileError("the body is not the one that was signed")


def _signature(covered: Sequence[tuple[str, str]], stamp: Stamp, key: SigningKey) -> dict[str, str]:
    params = stamp.params([name for name, _ in covered])
    raw = key.sign(signature_base(covered, params)).signature
    return {
        "signature-input": f"{_LABEL}={params}",
        "signature": f"{_LABEL}=:{base64.b64encode(raw).decode('ascii')}:",
    }


def _verify(
    covered: Sequence[tuple[str, str]],
    headers: Mapping[str, str],
    stamp: Stamp,
    keys: Sequence[str],
) -> None:
    params = stamp.params([name for name, _ in covered])
    given = _GIVEN.fullmatch(headers.get("signature", ""))
    if given is None or headers.get("signature-input") != f"{_LABEL}={params}":
        raise AlteredFileError("it is not signed as nodes sign")
    signed, raw = signature_base(covered, params), base64.b64decode(given[1])
    if not any(_is_by(key, signed, raw) for key in keys):
        raise AlteredFileError("the signature does not hold")


def _is_by(key: str, signed: bytes, raw: bytes) -> bool:
    try:
        VerifyKey(public_key(key)).verify(signed, raw)
    except (BadSignatureError, ValueError, TypeError, IndexError):
        return False
    return True
