"""A signed request says who asks, for whom, when and what; an answer fits that request alone."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey, VerifyKey

from tawatur.errors import (
    AlteredFileError,
    NotForUsError,
    SharingError,
    UnknownSenderError,
    UntimelyError,
)
from tawatur.ledger import Signer
from tawatur.model.ids import NodeId
from tawatur.sharing import Card, Identity
from tawatur.sharing.taxii import Asked
from tawatur.sharing.wire import (
    COUNTS_S,
    Guard,
    Question,
    Stamp,
    numbers,
    ranges,
    signature_base,
    signed_answer,
    signed_request,
    verify_answer,
)

ME, BERTA = NodeId("n-0000000000000001"), NodeId("n-0000000000000002")
SEED = bytes(range(32))
KEY = SigningKey(SEED)
VKEY = Signer.from_seed(f"tawatur.{BERTA}", SEED).vkey
PARTNER = Identity(Card(BERTA, "Berta", VKEY))
NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
QUESTION = Question("POST", "/exchange", "first=1&taken=", ME)


class Kept:
    """Nonces in memory."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def spend(self, nonce: str, until: int, now: int) -> bool:
        """Keep it; return whether it is new."""
        del until, now
        new = nonce not in self.seen
        self.seen.add(nonce)
        return new


def asked(at: datetime = NOW, body: bytes = b"bundle", nonce: str = "0" * 32) -> Asked:
    """Return a request that Berta signed."""
    stamp = Stamp(BERTA, int(at.timestamp()), nonce)
    headers = signed_request(QUESTION, body, stamp, KEY)
    return Asked(QUESTION.method, QUESTION.path, QUESTION.query, headers, "", body)


def guard(now: datetime = NOW) -> Guard:
    """Return one that knows Berta."""
    return Guard(ME, {BERTA: PARTNER}.get, Kept(), lambda: now, lambda _who, _why: None)


def test_the_base_is_that_of_the_specification() -> None:
    """RFC 9421, appendix B.2.6: the Ed25519 signature of its example holds over our base."""
    covered = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ]
    names = " ".join(f'"{name}"' for name, _ in covered)
    base = signature_base(covered, f'({names});created=1618884473;keyid="test-key-ed25519"')
    key = base64.b64decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
    signature = base64.b64decode(
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )
    VerifyKey(key).verify(base, signature)


def test_a_request_counts_once() -> None:
    """The same nonce again is refused, though it is signed well."""
    door = guard()
    assert door.signer(asked()) == Stamp(BERTA, int(NOW.timestamp()), "0" * 32)
    with pytest.raises(UntimelyError, match="it came before"):
        door.signer(asked())
    assert door.signer(asked(nonce="1" * 32))


@pytest.mark.parametrize("days", [-365, -1, 1, 365])
def test_clocks_that_are_far_apart_are_named(days: int) -> None:
    """Earlier and later: one of the two clocks is wrong."""
    with pytest.raises(UntimelyError, match="one of the two clocks is wrong"):
        guard().signer(asked(at=NOW + timedelta(days=days)))


@given(st.integers(-COUNTS_S, COUNTS_S))
def test_clocks_may_differ_by_five_minutes(seconds: int) -> None:
    """So much is allowed for clocks and the way."""
    assert guard().signer(asked(at=NOW + timedelta(seconds=seconds)))


def test_what_is_signed_cannot_be_another_request() -> None:
    """Method, path and query are covered."""
    given = asked()
    for other in (
        replace(given, method="GET"),
        replace(given, path="/exchange/card"),
        replace(given, query="first=1&taken=1-9"),
    ):
        with pytest.raises(AlteredFileError):
            guard().signer(other)


@pytest.mark.parametrize(
    ("header", "value", "why"),
    [
        ("content-digest", "sha-256=:AAAA:", AlteredFileError),
        ("content-digest", "", AlteredFileError),
        ("tawatur-to", "n-0000000000000003", NotForUsError),
        ("signature", "tawatur=:AAAA:", AlteredFileError),
        ("signature", "tawatur=:" + "A" * 86 + "==:", AlteredFileError),
        ("signature", "", AlteredFileError),
        ("signature-input", "sig1=()", AlteredFileError),
        ("signature-input", "", AlteredFileError),
    ],
)
def test_headers_that_were_changed_are_refused(
    header: str, value: str, why: type[SharingError]
) -> None:
    """Digest, receiver, parameters and the signature itself."""
    given = asked()
    with pytest.raises(why):
        guard().signer(replace(given, headers={**given.headers, header: value}))


def test_a_stranger_and_a_forger_are_refused() -> None:
    """Nobody of that id is a partner; or the key is another one."""
    nobody = Guard(ME, lambda _: None, Kept(), lambda: NOW, lambda _who, _why: None)
    with pytest.raises(UnknownSenderError):
        nobody.signer(asked())
    stamp = Stamp(BERTA, int(NOW.timestamp()), "0" * 32)
    forged = signed_request(QUESTION, b"", stamp, SigningKey(bytes(32)))
    with pytest.raises(AlteredFileError, match="does not hold"):
        guard().signer(replace(asked(), headers=forged))


def test_who_signs_nothing_is_nobody() -> None:
    """Whoever only has a token is another authority's to know."""
    assert guard().signer(Asked("GET", "/")) is None


@pytest.mark.parametrize("changed", ["status", "body", "taken", "nonce"])
def test_an_answer_fits_one_request(changed: str) -> None:
    """Status, body, what was taken and the request's nonce are covered."""
    stamp = Stamp(BERTA, int(NOW.timestamp()), "0" * 32)
    headers = signed_answer(200, b"given", "1-3", stamp, KEY)
    verify_answer(200, headers, b"given", PARTNER, "0" * 32)
    status, body, nonce = 200, b"given", "0" * 32
    if changed == "status":
        status = 422
    elif changed == "body":
        body = b"taken"
    elif changed == "nonce":
        nonce = "1" * 32
    else:
        headers = {**headers, "tawatur-taken": "1-4"}
    with pytest.raises(AlteredFileError):
        verify_answer(status, headers, body, PARTNER, nonce)


@given(st.frozensets(st.integers(1, 500)))
def test_numbers_are_read_as_they_are_written(found: frozenset[int]) -> None:
    """In few characters."""
    assert numbers(ranges(found)) == found


@pytest.mark.parametrize(
    "said", ["1-", "a", "1,,2", "1,", "9999999999", "1-999999999", "-1", "1 2"]
)
def test_numbers_that_nobody_writes_are_refused(said: str) -> None:
    """Nor are a thousand million of them made."""
    with pytest.raises(AlteredFileError):
        numbers(said)
