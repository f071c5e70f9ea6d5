"""Ids say nothing: keyed ones are equal for equal parts under one key, and only then."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.ids import blob_digest, id_of, keyed_id

FORM = re.compile(r"[a-z]-[0-9a-hjkmnp-tv-z]{16}")
kinds = st.sampled_from("acdeknqrz")
keys = st.binary(min_size=32, max_size=32)
parts = st.lists(st.text() | st.binary() | st.integers(), max_size=4).map(tuple)


def _plain(given_parts: tuple[str | bytes | int, ...]) -> tuple[bytes, ...]:
    return tuple(p if isinstance(p, bytes) else str(p).encode() for p in given_parts)


@given(kinds, keys, parts)
def test_equal_parts_have_equal_ids_of_the_known_form(
    kind: str, key: bytes, given_parts: tuple[str | bytes | int, ...]
) -> None:
    """A letter, a hyphen and sixteen characters that cannot be misread."""
    made = keyed_id(kind, key, *given_parts)
    assert made == keyed_id(kind, key, *given_parts)
    assert FORM.fullmatch(made)
    assert made[0] == kind


@given(kinds, keys, keys, parts)
def test_without_the_key_nobody_can_test_a_guess(
    kind: str, one: bytes, other: bytes, given_parts: tuple[str | bytes | int, ...]
) -> None:
    """Another key gives another id."""
    same = keyed_id(kind, one, *given_parts) == keyed_id(kind, other, *given_parts)
    assert same == (one == other)


@given(kinds, keys, parts, parts)
def test_other_parts_have_another_id(
    kind: str,
    key: bytes,
    one: tuple[str | bytes | int, ...],
    other: tuple[str | bytes | int, ...],
) -> None:
    """Text, its UTF-8 bytes and a number's digits are the same part; all else is another."""
    same = keyed_id(kind, key, *one) == keyed_id(kind, key, *other)
    assert same == (_plain(one) == _plain(other))


@given(keys, st.text(), st.text(min_size=1), st.text())
def test_where_one_part_ends_is_part_of_the_id(key: bytes, a: str, b: str, c: str) -> None:
    """Moving characters over a boundary, or merging two parts, is another thing."""
    assert keyed_id("d", key, a, b + c) != keyed_id("d", key, a + b, c)
    assert keyed_id("d", key, a, b) != keyed_id("d", key, a + b)
    assert keyed_id("d", key, a) != keyed_id("d", key, a, "")


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10), st.binary())
def test_an_id_is_eighty_bits_of_what_it_is_made_from(
    one: bytes, other: bytes, more: bytes
) -> None:
    """No two sets of ten bytes share one, and what follows them does not count."""
    assert (id_of("n", one) == id_of("n", other)) == (one == other)
    assert id_of("n", one + more) == id_of("n", one)


def test_too_few_bytes_make_no_id() -> None:
    """Nine are not enough."""
    with pytest.raises(ValueError, match="ten bytes"):
        id_of("n", bytes(9))


@given(st.binary(), st.binary())
def test_a_blob_has_the_digest_of_its_bytes(one: bytes, other: bytes) -> None:
    """By SHA-256, with the algorithm's name before it."""
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", blob_digest(one))
    assert (blob_digest(one) == blob_digest(other)) == (one == other)
