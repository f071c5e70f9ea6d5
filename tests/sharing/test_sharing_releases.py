"""A release is for one receiver, from one partner, under one label, in one log; or refused."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
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
    THIRD,
    base64_of,
    opened,
    proof,
    release,
    sealed,
)

from tawatur.errors import (
    AlteredFileError,
    NotForUsError,
    NotReleasableError,
    SharingError,
    UnknownSenderError,
)
from tawatur.ledger import Signer
from tawatur.model.claim import Content
from tawatur.model.ids import ReleaseId
from tawatur.model.label import Label, Leave, Terms, Tlp
from tawatur.model.reading import AUTHOR, Channel, Link, Manner, SourceKind
from tawatur.model.span import Span
from tawatur.sharing import Card, Identity, Item, coarsened, commitment, sealed_release
from tawatur.sharing.cards import sealed as sealed_body
from tawatur.sharing.releases import RELEASE

FILE = sealed(release())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_a_release_comes_back_as_it_was_given() -> None:
    """To its receiver, with item, label and sender."""
    assert opened(FILE) == release()


def test_the_file_shows_nothing_that_outlives_its_item() -> None:
    """Equal items released twice have unlike commitments: nobody tests a guess against a log."""
    assert commitment(release(), SALT) != commitment(release(), bytes(32))
    assert commitment(release(), SALT) != commitment(release(id=ReleaseId("z-2")), SALT)
    assert commitment(release(), SALT) == commitment(release(), SALT)


def test_another_node_is_not_its_receiver() -> None:
    """A file that reached the wrong hands is refused there, by name."""
    with pytest.raises(NotForUsError, match=RECEIVER):
        opened(FILE, me=THIRD)


def test_a_stranger_is_no_sender() -> None:
    """Nothing is trusted on first use."""
    with pytest.raises(UnknownSenderError, match=SENDER):
        opened(FILE, partners={})


def test_a_sender_whose_key_changed_is_refused() -> None:
    """The key on record decides, not the one in the file."""
    other = Signer.from_seed(f"tawatur.{SENDER}", bytes(32)).vkey
    with pytest.raises(AlteredFileError):
        opened(FILE, partners={SENDER: Identity(Card(SENDER, CARD.name, other))})
    own = release(sender=Card(SENDER, CARD.name, other))
    with pytest.raises(AlteredFileError):
        opened(sealed_release(own, proof(own), SigningKey(bytes(32))))


def test_the_name_on_record_is_the_one_shown() -> None:
    """A partner cannot call itself otherwise in a release."""
    posing = release(sender=Card(SENDER, "Ministry", CARD.key))
    assert opened(sealed(posing)).sender == CARD


def test_a_label_that_does_not_name_us_is_refused() -> None:
    """Signed and addressed to us is not enough."""
    with pytest.raises(NotForUsError, match="not in the audience"):
        opened(sealed(release(label=Label.by(SENDER))))


def _ending(time: datetime) -> Label:
    return Label.of(replace(LABEL.terms[0], expires=time))


def test_an_expired_label_is_refused() -> None:
    """From the very second on."""
    given_release = release(label=_ending(NOW))
    with pytest.raises(NotForUsError, match="expired"):
        opened(sealed(given_release), now=NOW)
    assert opened(sealed(given_release), now=NOW - timedelta(seconds=1)) == given_release


@pytest.mark.parametrize(
    "label",
    [
        Label.by(THIRD).given_to(RECEIVER),
        Label.by(THIRD).given_to(RECEIVER).given_to(SENDER),
        Label.of(Terms(THIRD, Tlp.RED, frozenset({RECEIVER, SENDER}), onward=Leave.YES)),
    ],
    ids=["never had it", "may not pass it on", "red"],
)
def test_what_its_sender_may_not_pass_on_is_refused(label: Label) -> None:
    """The originator's word holds at the receiving end too."""
    with pytest.raises(NotReleasableError):
        opened(sealed(release(label=label)))


def test_what_may_go_on_is_taken() -> None:
    """Under its originator's label."""
    label = Label.of(Terms(THIRD, audience=frozenset({RECEIVER, SENDER}), onward=Leave.YES))
    assert opened(sealed(release(label=label))).label == label


@pytest.mark.parametrize(
    "time",
    [datetime(2031, 3, 1), datetime(2031, 3, 1, tzinfo=timezone(timedelta(hours=1)))],  # noqa: DTZ001 - the fault under test
)
def test_a_time_that_is_not_utc_is_refused(time: datetime) -> None:
    """It could not be compared with now, or would be by one clock here and another there."""
    for given_release in (release(time=time), release(label=_ending(time))):
        with pytest.raises(AlteredFileError):
            opened(sealed(given_release))


def test_a_proof_from_the_log_of_another_audience_is_refused() -> None:
    """What was released to others proves nothing to us."""
    with pytest.raises(AlteredFileError):
        opened(sealed_release(release(), proof(release(), audience=THIRD), KEY))


@pytest.mark.parametrize("index", [-1, 1, 2**40])
def test_a_proof_of_another_index_is_refused(index: int) -> None:
    """The place is part of what is proven."""
    with pytest.raises(AlteredFileError):
        opened(sealed_release(release(), proof(release(), index=index), KEY))


def test_a_proof_of_another_release_is_refused() -> None:
    """So is a release that was never logged."""
    other = release(id=ReleaseId("z-0000000000000002"))
    with pytest.raises(AlteredFileError):
        opened(sealed_release(other, proof(release()), KEY))


@pytest.mark.parametrize("salt", ["", "00" * 32, "zz", "0", "é", SALT.hex()[:-2]])
def test_an_altered_salt_is_refused(salt: str) -> None:
    """Even where the sender signed it."""
    told = replace(proof(release()), salt=salt)
    with pytest.raises(AlteredFileError):
        opened(sealed_release(release(), told, KEY))


@pytest.mark.parametrize("hashes", [("00" * 32,), ("zz",), ("",)])
def test_a_path_that_leads_elsewhere_is_refused(hashes: tuple[str, ...]) -> None:
    """Hashes that are none among them."""
    told = replace(proof(release()), hashes=hashes)
    with pytest.raises(AlteredFileError):
        opened(sealed_release(release(), told, KEY))


def test_a_release_with_one_bit_altered_is_refused() -> None:
    """Every bit of the file."""
    for at in range(len(FILE)):
        altered = bytearray(FILE)
        altered[at] ^= 1 << (at % 8)
        with pytest.raises(SharingError):
            opened(bytes(altered))
    for at in range(FILE.index(b'"signature"'), len(FILE)):
        for bit in range(8):
            altered = bytearray(FILE)
            altered[at] ^= 1 << bit
            with pytest.raises(SharingError):
                opened(bytes(altered))


@settings(max_examples=300)
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_release_with_one_byte_altered_is_refused(at: int, flip: int) -> None:
    """Whichever byte, to whichever other."""
    altered = bytearray(FILE)
    altered[at] ^= flip
    with pytest.raises(SharingError):
        opened(bytes(altered))


@given(st.integers(0, len(FILE) - 1), st.binary(min_size=1, max_size=4))
def test_a_release_cut_short_or_with_more_in_it_is_refused(at: int, more: bytes) -> None:
    """A file is whole, and nothing but what was signed."""
    with pytest.raises(SharingError):
        opened(FILE[:at])
    with pytest.raises(SharingError):
        opened(FILE[:at] + more + FILE[at:])


def _refusal(content: bytes) -> SharingError | None:
    """Return why a file is refused, None if it is taken; any other error fails the test."""
    try:
        opened(content)
    except SharingError as refusal:
        return refusal
    return None


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of every value within JSON."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [at, *(place for key, each in inside for place in _places(each, (*at, key)))]


@settings(max_examples=500)
@given(st.sampled_from(_places(json.loads(FILE))[1:]), json_values)
def test_a_value_of_another_kind_is_refused_even_if_signed(
    place: tuple[Any, ...], value: Any
) -> None:
    """A partner's fault, well signed, is still a refusal and never another error.

    Within the item's body everything is allowed here: what it must hold is the node's to check.
    """
    body = json.loads(FILE)
    within = body
    for key in place[:-1]:
        within = within[key]
    within[place[-1]] = value
    try:
        signed = sealed_body({k: v for k, v in body.items() if k != "signature"}, KEY)
    except ValueError:
        return  # no signer can write it
    refusal = _refusal(signed)
    assert refusal is None or len(str(refusal).splitlines()) == 1


@given(st.binary(max_size=300) | json_values.map(lambda v: json.dumps(v).encode()))
def test_what_is_no_release_is_refused(content: bytes) -> None:
    """Noise and other JSON."""
    with pytest.raises(AlteredFileError):
        opened(content)


@pytest.mark.parametrize("depth", [50, 200, 300, 500, 900, 2_000, 100_000])
def test_a_deeply_nested_item_is_refused_or_taken_and_nothing_else(depth: int) -> None:
    """It neither overflows nor escapes as another error."""
    nested: Any = 0
    for _ in range(min(depth, 900)):
        nested = [nested]
    try:
        deep = sealed(release(item=Item("o-1", "document", {"a": nested})))
    except RecursionError:
        deep = FILE.replace(b'"body":{', b'"body":{"a":' + b"[" * depth + b"]" * depth + b",")
    _refusal(deep)
    with pytest.raises(SharingError):
        opened(FILE.replace(b'"body":{', b'"body":{"a":' + b"[" * depth + b"]" * depth + b","))


def test_one_release_has_one_file() -> None:
    """The same JSON written otherwise, and spare bits of the signature, are refused."""
    body = json.loads(FILE)
    spare = {**body, "signature": body["signature"].replace("==", "") + "="}
    for content in (
        json.dumps(body).encode(),
        json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode() + b"\n",
        FILE.rstrip(b"\n"),
        FILE.replace(b"\n", b"\r\n"),
        json.dumps(spare).encode(),
        FILE.replace(b'{"format"', b'{"format":"tawatur-card/1","format"', 1),
    ):
        with pytest.raises(SharingError):
            opened(content)


def test_a_card_is_no_release() -> None:
    """A file of another format says which was expected."""
    with pytest.raises(AlteredFileError, match=RELEASE.format):
        opened(sealed_body({"format": "tawatur-card/1", "card": {}}, KEY))


def test_a_signature_over_something_else_is_refused() -> None:
    """Well formed and by the right key."""
    body = json.loads(FILE)
    body["signature"] = base64_of(KEY.sign(b"something else").signature)
    with pytest.raises(AlteredFileError):
        opened(json.dumps(body, ensure_ascii=False, sort_keys=True).encode())


# ------------------------------------------------------------ anonymous sources

words = st.text(st.sampled_from("ابتثجحخ abc"), min_size=1, max_size=12)
spans = st.integers(0, 50).map(lambda start: Span(start, start + 5))
links = st.builds(
    Link,
    kind=st.sampled_from(SourceKind),
    source_text=words,
    span=st.none() | spans,
    entity=st.none() | st.just("e1"),
    cue=st.none() | words,
    cue_span=st.none() | spans,
    manner=st.none() | st.sampled_from(Manner),
    channel=st.none() | st.sampled_from(Channel),
)
chains = st.lists(links, max_size=4).map(lambda rest: Content((AUTHOR, *rest)))


@given(chains)
def test_of_anonymous_sources_only_the_general_word_is_left(content: Content) -> None:
    """Neither the words that describe them, nor the place or verb that would find them again."""
    for old, new in zip(content.chain, coarsened(content, "an unnamed source").chain, strict=True):
        assert (new.span, new.cue_span, new.entity) == (None, None, None)
        assert (new.kind, new.manner, new.channel) == (old.kind, old.manner, old.channel)
        if old.kind is SourceKind.ANONYMOUS:
            assert (new.source_text, new.cue) == ("an unnamed source", None)
        else:
            assert (new.source_text, new.cue) == (old.source_text, old.cue)


@given(chains)
def test_coarsening_changes_the_chain_only_and_once(content: Content) -> None:
    """What is said stays, and doing it twice is doing it once."""
    coarse = coarsened(content, "مصدر لم يُسمَّ")
    assert replace(coarse, chain=content.chain) == content
    assert coarsened(coarse, "مصدر لم يُسمَّ") == coarse
