"""What a receiver holds a release under follows from all notices, in whichever order they came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey
from tests.sharing.support_sharing import (
    CARD,
    KEY,
    LABEL,
    NOW,
    RECEIVER,
    SALT,
    SENDER,
    SIGNER,
    THIRD,
    verify_log,
)

from tawatur.errors import AlteredFileError, NotForUsError, SharingError, UnknownSenderError
from tawatur.ledger import leaf_hash
from tawatur.model.ids import NoticeId, ReleaseId
from tawatur.model.label import Label, Leave, Terms, Tlp, Viewer, may_receive
from tawatur.sharing import (
    Identity,
    LogProof,
    Notice,
    Receipt,
    ReceiptStatus,
    notice_leaf,
    open_bag,
    open_notice,
    open_receipt,
    sealed_bag,
    sealed_notice,
    sealed_receipt,
    standing,
)

START = datetime(2031, 3, 1, tzinfo=UTC)
NOTICE = Notice(
    NoticeId("t-0000000000000001"), CARD, RECEIVER, NOW, ReleaseId("z-1"), None, "by mistake"
)
RECEIPT = Receipt("z-1", "00" * 32, CARD, RECEIVER, NOW, ReceiptStatus.ACCEPTED)

parties = st.sampled_from([SENDER, RECEIVER, THIRD])
terms = st.builds(
    Terms,
    originator=st.sampled_from([SENDER, THIRD]),
    tlp=st.sampled_from(Tlp),
    audience=st.frozensets(parties),
    onward=st.sampled_from(Leave),
    expires=st.none() | st.integers(1, 9).map(lambda n: START + timedelta(days=n)),
)
labels = st.lists(terms, min_size=1, max_size=3).map(lambda found: Label.of(*found))
told = st.lists(labels | st.none(), max_size=4).map(lambda found: list(enumerate(found)))


def _file(notice: Notice = NOTICE, key: SigningKey = KEY) -> bytes:
    root = leaf_hash(notice_leaf(notice, SALT))
    checkpoint = SIGNER.release(RECEIVER).sign_checkpoint(1, root)
    return sealed_notice(notice, LogProof(SALT.hex(), 0, checkpoint, ()), key)


def _opened(content: bytes, now: datetime = NOW) -> Notice:
    return open_notice(content, RECEIVER, {SENDER: Identity(CARD)}, now, verify_log)[0]


@given(labels, told, st.data())
def test_notices_come_to_the_same_in_any_order(
    label: Label, notices: list[tuple[int, Label | None]], data: st.DataObject
) -> None:
    """And however often each comes."""
    shuffled = data.draw(st.permutations(notices))
    again = data.draw(st.lists(st.sampled_from(notices))) if notices else []
    assert standing(label, SENDER, [*shuffled, *again]) == standing(label, SENDER, notices)


@given(labels, told, parties, st.integers(0, 10))
def test_a_relay_widens_nothing(
    label: Label, notices: list[tuple[int, Label | None]], party: str, day: int
) -> None:
    """Whatever it tells, nobody has more by the others' terms than when the item came."""
    others = [each for each in label.terms if each.originator != SENDER]
    now = standing(label, SENDER, notices)
    if not others or now is None:
        return
    viewer, at = Viewer(party), START + timedelta(days=day)  # type: ignore[arg-type]  # an id
    left = Label.of(*(each for each in now.terms if each.originator != SENDER))
    assert may_receive(viewer, left, at).leave <= may_receive(viewer, Label.of(*others), at).leave


@given(labels, told)
def test_a_recall_is_final(label: Label, notices: list[tuple[int, Label | None]]) -> None:
    """No later notice brings an item back."""
    assert standing(label, SENDER, [*notices, (-1, None)]) is None


@given(labels, labels, labels)
def test_the_sender_has_the_last_word_on_its_own_terms(a: Label, b: Label, c: Label) -> None:
    """By the order of its log, not by that of arrival."""
    now = standing(a, SENDER, [(2, c), (1, b)])
    assert now is not None
    kept = {each for each in now.terms if each.originator == SENDER}
    assert kept <= {each for each in c.terms if each.originator == SENDER}


def test_a_notice_is_read_as_it_was_signed() -> None:
    """With and without a label."""
    assert _opened(_file()) == NOTICE
    relabelled = replace(NOTICE, label=LABEL)
    assert _opened(_file(relabelled)) == relabelled


@given(st.integers(0, len(_file()) - 1), st.integers(1, 255))
def test_an_altered_notice_is_refused(at: int, flip: int) -> None:
    """Whichever byte, to whichever other; and cut short there."""
    altered = bytearray(_file())
    altered[at] ^= flip
    with pytest.raises(SharingError):
        _opened(bytes(altered))
    with pytest.raises(SharingError):
        _opened(_file()[:at])


def test_a_letter_signed_by_another_key_or_for_another_node_is_refused() -> None:
    """Also one by a stranger."""
    with pytest.raises(AlteredFileError):
        _opened(_file(key=SigningKey(bytes(32))))
    with pytest.raises(NotForUsError):
        open_notice(_file(), THIRD, {SENDER: Identity(CARD)}, NOW, verify_log)
    with pytest.raises(UnknownSenderError):
        open_notice(_file(), RECEIVER, {}, NOW, verify_log)


def test_clocks_a_year_apart_are_noticed() -> None:
    """What is signed a year ahead is refused with both days; what is a year old is read."""
    year = timedelta(days=365)
    with pytest.raises(AlteredFileError, match="365 days ahead"):
        _opened(_file(), now=NOW - year)
    assert _opened(_file(), now=NOW + year) == NOTICE


def test_a_receipt_is_read_as_it_was_signed() -> None:
    """And only by whom it is for."""
    file = sealed_receipt(RECEIPT, KEY)
    assert open_receipt(file, RECEIVER, {SENDER: Identity(CARD)}, NOW) == RECEIPT
    with pytest.raises(NotForUsError):
        open_receipt(file, THIRD, {SENDER: Identity(CARD)}, NOW)
    with pytest.raises(AlteredFileError):
        open_receipt(file.replace(b"accepted", b"erased"), RECEIVER, {SENDER: Identity(CARD)}, NOW)


def test_letters_in_one_file_are_what_they_are_alone() -> None:
    """Byte for byte, in their order; one taken out is noticed."""
    letters = [_file(), sealed_receipt(RECEIPT, KEY)]
    file = sealed_bag(letters, CARD, RECEIVER, NOW, KEY)
    assert open_bag(file, RECEIVER, {SENDER: Identity(CARD)}, NOW) == tuple(letters)
    shorter = file.replace(letters[0].rstrip(b"\n") + b",", b"")
    assert shorter != file
    with pytest.raises(AlteredFileError):
        open_bag(shorter, RECEIVER, {SENDER: Identity(CARD)}, NOW)
