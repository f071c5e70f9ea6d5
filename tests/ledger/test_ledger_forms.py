"""The bytes that stand for an entry are RFC 8785's, to the letter, and hold no free text."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st
from tests.ledger.support_ledger import HOME, NEIGHBOUR, OFFICER, START, entry_id

from tawatur.errors import LedgerError, VerificationError
from tawatur.ledger.forms import (
    canonical,
    header_bytes,
    parse_header,
    parse_payload,
    payload_bytes,
)
from tawatur.model.entry import Header, Payload
from tawatur.model.ids import CommunityId, blob_digest
from tawatur.model.label import Circle, Label, Leave, Terms, Tier, Tlp

TEXT = st.text(st.characters(codec="utf-8"))
LARGEST = 2**53 - 1
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST, LARGEST)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)
HEADER = Header(entry_id(1), "claim", START, OFFICER, HOME, "sha256:" + "0" * 64)


class Word(StrEnum):
    """A word of the model, as bodies hold them."""

    CAN = "قد"


@given(JSON)
@example({"\ue000": 1, "\U00010000": 2, "a": 3})  # UTF-16 order is not code point order
@example([1e21, 1e16, 1.0, -0.0, 1e-7, 0.000001, 5e-324, 123456789012345680.0])
@example('\x00\x1f\x7f\b\t\n\f\r"\\/\u2028é😀')
def test_canonical_bytes_are_those_of_the_package(value: Any) -> None:
    """The fast form and rfc8785's own agree on everything that can be signed."""
    assert canonical(value) == rfc8785.dumps(value)


def test_values_of_the_model_are_written_as_their_words() -> None:
    """An enum is its word, a tuple is a list."""
    assert canonical({"w": (Word.CAN, Tlp.RED)}) == '{"w":["قد","TLP:RED"]}'.encode()


@pytest.mark.parametrize(
    "value",
    [2**53, -(2**53), float("nan"), float("inf"), {1: 2}, {"a": {1}}, b"x", object(), "\ud800"],
    ids=["large", "small", "nan", "inf", "int-key", "set", "bytes", "object", "surrogate"],
)
def test_what_json_cannot_hold_exactly_is_refused(value: Any) -> None:
    """Nothing is rounded, guessed at or turned into text."""
    with pytest.raises(ValueError):  # noqa: PT011 (whose words they are does not matter)
        canonical({"body": value})


def test_a_header_is_these_bytes() -> None:
    """The form of decision 2; were it to change, no old log could be verified."""
    assert header_bytes(HEADER) == (
        b'{"author":"a-2c5e8g1j4m7p0s3v","digest":"sha256:' + b"0" * 64 + b'",'
        b'"id":"' + entry_id(1).encode() + b'","kind":"claim","originator":"n-4t9x0a7c2m5k8q1w",'
        b'"time":"2026-11-21T18:30:00.000000Z","v":1}'
    )


@given(st.datetimes(), st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_a_header_comes_back(time: datetime, kind: str) -> None:
    """Years of three digits and kinds of later versions included."""
    header = replace(HEADER, kind=kind, time=time.replace(tzinfo=START.tzinfo))
    raw = header_bytes(header)
    assert parse_header(raw, 0) == header
    assert raw == canonical(json.loads(raw))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "a claim about somebody"},
        {"author": "somebody@example.org"},
        {"author": "الأمين"},
        {"id": ""},
        {"time": START.replace(tzinfo=None)},
        {"time": START.astimezone(timezone(timedelta(hours=1)))},
    ],
    ids=["sentence", "address", "name", "empty", "no-zone", "other-zone"],
)
def test_a_header_holds_no_free_text_and_no_local_time(change: dict[str, Any]) -> None:
    """What stands in a header can never be erased."""
    with pytest.raises(LedgerError):
        header_bytes(replace(HEADER, **change))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":1,"w":2'),
        (b'"v":1', b'"v": 1'),
        (b'"v":1', b'"v":true'),
        (b".000000Z", b"Z"),
        (b".000000Z", b".000000+00:00"),
        (b"sha256:0", b"sha256:A"),
        (b'"kind":"claim",', b""),
        (b'"kind":"claim"', b'"kind":7'),
        (b"{", b""),
        (b"claim", b"cl\xff"),
    ],
)
def test_any_other_form_of_a_header_is_refused(old: bytes, new: bytes) -> None:
    """One header has one form; another version's is refused, not guessed at."""
    with pytest.raises(VerificationError):
        parse_header(header_bytes(HEADER).replace(old, new), 0)


def test_a_payload_comes_back_with_its_label_and_blobs() -> None:
    """The blobs it names are under its digest."""
    label = Label.of(
        Terms(HOME, Tlp.RED, frozenset({NEIGHBOUR}), onward=Leave.YES, expires=START, purpose="x"),
        Terms(NEIGHBOUR, circles=frozenset({Circle(CommunityId("m-1"), Tier.OBSERVER)})),
    )
    payload, blobs = Payload(label, {"said": "نعم"}), (blob_digest(b"a"), blob_digest(b"b"))
    assert parse_payload(payload_bytes(payload, blobs), 0) == (payload, blobs)
    assert b"blobs" not in payload_bytes(payload)


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"body":{}}', b'{"body":1,"label":{}}', b"\xff"])
def test_what_is_no_payload_is_refused(raw: bytes) -> None:
    """As an error of the tree, whatever the bytes."""
    with pytest.raises(VerificationError):
        parse_payload(raw, 0)
