"""Keys follow one another by their own signatures, and each counts for its own time."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey
from tests.sharing.support_sharing import NOW, SENDER

from tawatur.errors import AlteredFileError
from tawatur.ledger import Signer
from tawatur.sharing import (
    Card,
    Identity,
    open_identity,
    sealed_identity,
    succession,
)

HOUR = timedelta(hours=1)
RECIPIENT = "age1ta98skqy2fv720emgyqjj9qlgj67dfwrdjnwhwshcmxpy4wys5xqthmhds"


def _pair(number: int) -> tuple[str, SigningKey]:
    seed = bytes([number]) * 32
    return Signer.from_seed(f"tawatur.{SENDER}", seed).vkey, SigningKey(seed)


def _identity(
    length: int, *, revoked: datetime | None = None, lost: bool = False, first: int = 1
) -> Identity:
    """Return an identity after some changes; the last one is of the kind that is named."""
    chain = []
    for n in range(first, first + length):
        last = n == first + length - 1
        former = (_pair(n)[0], None) if lost and last else _pair(n)
        since = revoked if last else None
        chain.append(succession(SENDER, former, _pair(n + 1), NOW + n * HOUR, since))
    return Identity(Card(SENDER, "مرصد", _pair(first + length)[0]), tuple(chain), RECIPIENT)


@given(st.integers(0, 5))
def test_an_identity_comes_back_as_it_was_given(length: int) -> None:
    """With all its keys, the present one first."""
    identity = _identity(length)
    file = sealed_identity(identity, _pair(length + 1)[1])
    assert open_identity(file) == identity
    assert identity.keys == tuple(_pair(n)[0] for n in range(length + 1, 0, -1))


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_later_identity_continues_an_earlier_one_and_no_other(one: int, other: int) -> None:
    """Not the other way round, and not that of another first key."""
    assert _identity(one).continues(_identity(other)) == (one >= other)
    assert not _identity(one, first=9).continues(_identity(other))


def test_two_that_follow_one_key_do_not_continue_each_other() -> None:
    """Whoever has a key can name two after it; the first one heard of counts."""
    one = _identity(1)
    other_key = _pair(7)
    step = succession(SENDER, _pair(1), other_key, NOW)
    other = Identity(Card(SENDER, "مرصد", other_key[0]), (step,))
    other.verify()
    assert not one.continues(other)
    assert not other.continues(one)


def test_a_lost_key_is_followed_by_nobody_on_its_word() -> None:
    """The chain is whole, and people have to compare fingerprints."""
    identity = _identity(1, lost=True)
    identity.verify()
    assert not identity.continues(_identity(0))


@pytest.mark.parametrize(
    "change",
    [
        {"key": _pair(8)[0]},
        {"former": _pair(8)[0]},
        {"time": NOW - HOUR},
        {"revoked": NOW},
        {"node": "n-other"},
        {"by_key": ""},
        {"by_former": "AA=="},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_succession_that_was_altered_is_refused(change: dict[str, Any]) -> None:
    """In whichever part."""
    identity = _identity(2)
    altered = replace(identity.chain[0], **change)
    with pytest.raises(AlteredFileError):
        replace(identity, chain=(altered, identity.chain[1])).verify()


@pytest.mark.parametrize("left_out", [1, 2])
def test_a_chain_with_a_link_left_out_is_refused(left_out: int) -> None:
    """It does not lead from key to key any more."""
    identity = _identity(3)
    chain = identity.chain[:left_out] + identity.chain[left_out + 1 :]
    with pytest.raises(AlteredFileError):
        replace(identity, chain=chain).verify()


def test_a_chain_without_its_beginning_continues_nothing_known() -> None:
    """It is whole by itself, and history that was known is not in it."""
    identity = _identity(3)
    later = replace(identity, chain=identity.chain[1:])
    later.verify()
    assert not later.continues(_identity(1))


def test_what_a_key_signed_counts_for_its_time() -> None:
    """Until its successor, or until it may have been in other hands; and then not what comes."""
    rotated, revoked = _identity(1), _identity(1, revoked=NOW)
    now, old = _pair(2)[0], _pair(1)[0]
    end = NOW + HOUR
    assert rotated.keys_at(end) == rotated.keys_now(end) == (now, old)
    assert rotated.keys_at(end + HOUR) == rotated.keys_now(end + HOUR) == (now,)
    assert revoked.keys_at(NOW) == (now, old)
    assert revoked.keys_at(end) == (now,)
    assert revoked.keys_now(NOW - HOUR) == (now,)
