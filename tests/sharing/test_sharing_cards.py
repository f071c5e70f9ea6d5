"""A partner's card is what its key signed, to the byte, or it is refused."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey
from tests.sharing.support_sharing import CARD, KEY, SENDER

from tawatur.errors import AlteredFileError, SharingError
from tawatur.ledger import Signer
from tawatur.model.ids import NodeId
from tawatur.sharing import Card, fingerprint, open_card, sealed_card
from tawatur.sharing.cards import FORMAT, sealed

FILE = sealed_card(CARD, KEY)
names = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40
).filter(str.strip)
seeds = st.binary(min_size=32, max_size=32)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def _card(seed: bytes, name: str = "Neighbour", node: str = SENDER) -> Card:
    return Card(NodeId(node), name, Signer.from_seed(f"tawatur.{node}", seed).vkey)


@given(seeds, names)
def test_a_card_comes_back_as_it_was_given(seed: bytes, name: str) -> None:
    """Names in any script among it, and every time in the same bytes."""
    card = _card(seed, name)
    content = sealed_card(card, SigningKey(seed))
    assert open_card(content) == card
    assert sealed_card(card, SigningKey(seed)) == content


@given(seeds, seeds, st.sampled_from(["n-one", "n-two"]), names)
def test_a_fingerprint_is_of_id_and_key(one: bytes, other: bytes, node: str, name: str) -> None:
    """Another key or another id is another fingerprint; a name may change."""
    same = one == other
    assert (fingerprint(_card(one)) == fingerprint(_card(other))) == same
    assert fingerprint(_card(one)) != fingerprint(_card(one, node=node))
    assert fingerprint(_card(one)) == fingerprint(_card(one, name))
    groups = fingerprint(_card(one)).split(" ")
    assert [len(group) for group in groups] == [4] * 8


def test_a_card_signed_by_another_key_is_refused() -> None:
    """Nobody hands over a card for somebody else."""
    with pytest.raises(AlteredFileError):
        open_card(sealed_card(CARD, SigningKey(bytes(32))))


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_card_with_one_byte_altered_is_refused(at: int, flip: int) -> None:
    """Whichever byte, to whichever other."""
    altered = bytearray(FILE)
    altered[at] ^= flip
    with pytest.raises(AlteredFileError):
        open_card(bytes(altered))


def test_a_card_with_one_bit_altered_is_refused() -> None:
    """Every bit of it."""
    for at in range(len(FILE)):
        for bit in range(8):
            altered = bytearray(FILE)
            altered[at] ^= 1 << bit
            with pytest.raises(AlteredFileError):
                open_card(bytes(altered))


@given(st.integers(0, len(FILE) - 1), st.binary(min_size=1, max_size=4))
def test_a_card_cut_short_or_with_more_in_it_is_refused(at: int, more: bytes) -> None:
    """A file is whole, and nothing but what was signed."""
    with pytest.raises(AlteredFileError):
        open_card(FILE[:at])
    with pytest.raises(AlteredFileError):
        open_card(FILE[:at] + more + FILE[at:])


@given(st.binary(max_size=200) | json_values.map(lambda v: json.dumps(v).encode()))
def test_what_is_no_card_is_refused(content: bytes) -> None:
    """Noise, and JSON of any other kind, with the error of a file that is not what it should be."""
    with pytest.raises(AlteredFileError):
        open_card(content)


@settings(max_examples=300)
@given(json_values, st.sampled_from(["card", "signature", "id", "name", "key", "more"]))
def test_a_card_with_a_field_of_another_kind_is_refused(value: Any, field: str) -> None:
    """Numbers beyond JSON's, lone surrogates, objects for strings."""
    body = json.loads(FILE)
    (body["card"] if field in body["card"] else body)[field] = value
    if body == json.loads(FILE):
        return
    with pytest.raises(AlteredFileError):
        open_card(json.dumps(body).encode())
    with pytest.raises(AlteredFileError):
        open_card(json.dumps(body, sort_keys=True, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize("depth", [50, 200, 500, 900, 2_000, 100_000])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused_like_anything_else(depth: int, left: str, right: str) -> None:
    """It neither overflows nor escapes as another error."""
    nested = left * depth + "0" + right * depth
    for content in (nested, f'{{"card":{nested},"format":"{FORMAT}","signature":"AA=="}}\n'):
        with pytest.raises(AlteredFileError):
            open_card(content.encode())


@pytest.mark.parametrize(
    "number", ["9" * 400, "9" * 5000, "1e999", "-1e999", "NaN", "Infinity", "9007199254740993"]
)
def test_numbers_that_json_does_not_hold_are_refused(number: str) -> None:
    """Huge ones, infinite ones, and what is none."""
    content = f'{{"card":{number},"format":"{FORMAT}","signature":"AA=="}}\n'
    with pytest.raises(AlteredFileError):
        open_card(content.encode())


@pytest.mark.parametrize(
    "field", [{"name": "a\nb"}, {"name": "\x1b[2J"}, {"name": " "}, {"id": "n-\r\n"}, {"id": ""}]
)
def test_a_card_that_cannot_be_shown_on_one_line_is_refused(field: dict[str, str]) -> None:
    """A name that could move a terminal's cursor is not put before people, well signed or not."""
    card = {"id": CARD.id, "name": CARD.name, "key": CARD.key, **field}
    with pytest.raises(AlteredFileError):
        open_card(sealed({"format": FORMAT, "card": card}, KEY))


@pytest.mark.parametrize(
    "key", ["", "a", "a+b", "a+b+", "a+b+AQ==", "a+b+!!!!", "é+é+é", "a+b+c+d"]
)
def test_a_card_without_a_key_is_refused(key: str) -> None:
    """Whatever stands in its place."""
    card = {"id": CARD.id, "name": CARD.name, "key": key}
    with pytest.raises(SharingError):
        open_card(sealed({"format": FORMAT, "card": card}, KEY))


def test_what_a_later_version_adds_is_kept_under_the_signature() -> None:
    """A card with more on it than is known here still verifies."""
    card = {"id": CARD.id, "name": CARD.name, "key": CARD.key, "since": "2031"}
    content = sealed({"format": FORMAT, "card": card, "more": [1, 2.5]}, KEY)
    assert open_card(content) == CARD
    assert content == rfc8785.dumps(json.loads(content)) + b"\n"
