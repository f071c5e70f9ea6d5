"""An invitation is the same by file and by voice, and nobody alters it on the way."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey
from tests.sharing.support_sharing import CARD, KEY, SENDER

from tawatur.errors import AlteredFileError
from tawatur.ledger import Signer
from tawatur.sharing import Card, Invitation, open_invitation, sealed_invitation, spoken

RECIPIENT = "age1ta98skqy2fv720emgyqjj9qlgj67dfwrdjnwhwshcmxpy4wys5xqthmhds"
INVITATION = Invitation(CARD, RECIPIENT, "00ff10a5b7", date(2031, 3, 15))

names = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40
).filter(str.strip)


@given(st.binary(min_size=32, max_size=32), names, st.binary(min_size=5, max_size=5), st.booleans())
def test_it_comes_back_the_same_by_file_and_by_voice(
    seed: bytes, name: str, code: bytes, answers: bool
) -> None:
    """Names in any script among it; letters as people hear and write them."""
    card = Card(SENDER, name, Signer.from_seed(f"tawatur.{SENDER}", seed).vkey)
    invitation = Invitation(card, RECIPIENT, code.hex(), date(2031, 3, 15), answers)
    key = SigningKey(seed)
    assert open_invitation(sealed_invitation(invitation, key)) == invitation
    lines = spoken(invitation, key)
    assert open_invitation(lines.encode()) == invitation
    heard = lines.lower().replace("0", "o").replace("1", "l").replace(" ", "-")
    assert open_invitation(heard.encode()) == invitation


@given(st.randoms(use_true_random=False))
def test_a_line_that_was_misheard_is_named(chance: random.Random) -> None:
    """Whichever character of whichever line."""
    lines = spoken(INVITATION, KEY).splitlines()
    number = chance.randrange(len(lines))
    at = chance.choice([i for i, char in enumerate(lines[number]) if char != " "])
    other = chance.choice([c for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if c != lines[number][at]])
    lines[number] = lines[number][:at] + other + lines[number][at + 1 :]
    with pytest.raises(AlteredFileError, match=f"line {number + 1} "):
        open_invitation("\n".join(lines).encode())


def test_lines_in_another_order_are_refused() -> None:
    """Each line knows its number."""
    first, second, *rest = spoken(INVITATION, KEY).splitlines()
    with pytest.raises(AlteredFileError, match="line 1 "):
        open_invitation("\n".join([second, first, *rest]).encode())


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_file_with_one_byte_altered_is_refused(at: int, flip: int) -> None:
    """Whichever byte, to whichever other."""
    altered = bytearray(sealed_invitation(INVITATION, KEY))
    altered[at % len(altered)] ^= flip
    with pytest.raises(AlteredFileError):
        open_invitation(bytes(altered))


def test_an_invitation_in_the_name_of_another_key_is_refused() -> None:
    """Neither by file nor by voice."""
    other = SigningKey(bytes(32))
    for content in (sealed_invitation(INVITATION, other), spoken(INVITATION, other).encode()):
        with pytest.raises(AlteredFileError):
            open_invitation(content)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_what_is_no_invitation_is_refused(content: bytes) -> None:
    """Noise, and any text."""
    with pytest.raises(AlteredFileError):
        open_invitation(content)


def test_it_is_ten_lines_of_eight_groups() -> None:
    """Which two people read out in a few minutes."""
    lines = spoken(INVITATION, KEY).splitlines()
    assert len(lines) == 10
    assert {tuple(map(len, line.split(" "))) for line in lines} == {(4,) * 8}
