"""Checkpoints are signed notes that other implementations read, and no altered one passes."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.support_ledger import NEIGHBOUR, SIGNER

from tawatur.errors import VerificationError
from tawatur.ledger import (
    Checkpoint,
    Signer,
    release_vkey,
    verified_checkpoint,
    verify_note,
)

# The example with which the signed-note form was first published (Go's sumdb/note).
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZ"
    "SNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_example_is_signed_to_the_letter() -> None:
    """Key line, key id and signature are those published."""
    signer = Signer.from_seed("PeterNeumann", SEED)
    assert signer.vkey == VKEY
    assert signer.sign_note(TEXT) == f"{TEXT}\n{SIGNATURE}"


def test_the_published_example_is_accepted_beside_signatures_of_others() -> None:
    """Unknown signatures are ignored, as the form asks."""
    other = Signer.from_seed("witness.example", bytes(32)).sign_note(TEXT).rpartition("\n\n")[2]
    assert verify_note(f"{TEXT}\n{SIGNATURE}", VKEY) == TEXT
    assert verify_note(f"{TEXT}\n{other}{SIGNATURE}", VKEY) == TEXT


@given(st.text(st.characters(codec="utf-8")).map(lambda text: text + "\n"))
def test_any_text_comes_back_as_signed(text: str) -> None:
    """Empty lines within the text included."""
    assert verify_note(SIGNER.sign_note(text), SIGNER.vkey) == text


def test_every_changed_character_of_a_checkpoint_is_noticed() -> None:
    """Text and signature line, one character at a time."""
    note = SIGNER.sign_checkpoint(480, bytes(range(32)))
    assert verified_checkpoint(note, SIGNER.vkey).size == 480
    for place, character in enumerate(note):
        changed = note[:place] + ("x" if character != "x" else "y") + note[place + 1 :]
        with pytest.raises(VerificationError):
            verified_checkpoint(changed, SIGNER.vkey)
        with pytest.raises(VerificationError):
            verified_checkpoint(note[:place] + note[place + 1 :], SIGNER.vkey)


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "a\n1\n", "a\n01\n{root}\n", "a\n-1\n{root}\n", "\n1\n{root}\n", "a\n1\nAAAA\n"],
    ids=["nothing", "origin-only", "no-root", "leading-zero", "negative", "no-origin", "short"],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    """Three lines of the known form, or nothing."""
    with pytest.raises(VerificationError):
        Checkpoint.parse(text.format(root=base64.b64encode(bytes(32)).decode()))


@pytest.mark.parametrize(
    "vkey",
    ["", "name", VKEY.replace("c74f20a3", "c74f20a4"), VKEY.replace("+AR", "+AB"), VKEY[:-4]],
    ids=["nothing", "name-only", "other-id", "other-algorithm", "short"],
)
def test_a_malformed_key_is_refused(vkey: str) -> None:
    """A key whose parts do not fit each other checks nothing."""
    with pytest.raises(VerificationError):
        verify_note(f"{TEXT}\n{SIGNATURE}", vkey)


def test_a_checkpoint_of_one_log_is_not_one_of_another() -> None:
    """Same key, another name: the release log's note does not pass for the node log's."""
    release = SIGNER.release(NEIGHBOUR)
    note = release.sign_checkpoint(3, bytes(32))
    assert release_vkey(SIGNER.vkey, NEIGHBOUR) == release.vkey
    assert verified_checkpoint(note, release.vkey).origin == release.origin
    with pytest.raises(VerificationError):
        verified_checkpoint(note, SIGNER.vkey)
    renamed = SIGNER.sign_note(verify_note(note, release.vkey))
    with pytest.raises(VerificationError):
        verified_checkpoint(renamed, SIGNER.vkey)


def test_a_signer_does_not_show_its_key() -> None:
    """Neither in its text nor in that of what holds it."""
    assert "SigningKey" not in repr(SIGNER)
    assert bytes(range(32)).hex() not in repr(SIGNER)


def test_malformed_origins_seeds_and_texts_are_refused() -> None:
    """They would make notes that nobody can check."""
    for origin in ("", "two words", "a+b"):
        with pytest.raises(ValueError, match="origin"):
            Signer.from_seed(origin, bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        Signer.from_seed("a", bytes(31))
    with pytest.raises(ValueError, match="newline"):
        SIGNER.sign_note("no end")
