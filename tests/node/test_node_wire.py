"""Partners' nodes exchange over the network; whatever else comes is refused, and on record."""

import hashlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pyrage
import pytest
import trustme
from nacl.signing import SigningKey
from tests.sharing.support_taxii import MEDIA, listening, stix
from tests.simulators.door import House, raw, sent, signed

from tawatur import settings
from tawatur.errors import Message, NotAllowedError, NotNowError, SharingError, UsageError
from tawatur.node import PartnerState
from tawatur.node.sharing.far import Far
from tawatur.node.sharing.keys import certificate_digest
from tawatur.sharing.taxii.pace import pause_before
from tawatur.web.listening import Prompt


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Three nodes, verified when the story ends."""
    made = House(tmp_path)
    yield made
    for node in made.nodes.values():
        node.verify()
        node.close()


# ------------------------------------------------------------ what goes


def test_one_command_gives_and_takes_all_that_waits(house: House) -> None:
    """Items both ways, receipts with them; a second exchange brings nothing."""
    house.give("Observatory", "Harbour", "from here")
    house.give("Harbour", "Observatory", "from there")
    with house.serving():
        done = house.nodes["Harbour"].wire.exchange("Observatory")
        assert (done.sent, done.bundles) == (2, 1)
        again = house.nodes["Harbour"].wire.exchange("Observatory")
        assert (again.sent, again.bundles, again.came) == (0, 0, [])
    assert house.held("Harbour") == house.held("Observatory") == ["from here", "from there"]
    assert house.held("Hills") == []
    assert not any(node.outgoing.waiting() for node in house.nodes.values())


def test_what_is_recalled_before_it_arrived_does_not_go(house: House) -> None:
    """It lay encrypted on its way; the bundle is written anew without it."""
    item = house.give("Harbour", "Observatory", "a driver is named")
    house.give("Harbour", "Observatory", "send lorries")
    harbour = house.nodes["Harbour"]
    house.tell("Observatory", "http://127.0.0.1:9")  # where nothing answers
    with pytest.raises(SharingError, match="gives no answer"):
        harbour.wire.exchange("Observatory")
    harbour.outgoing.recall(item, "it named a driver")
    with house.serving():
        harbour.wire.exchange("Observatory")
    observatory = house.nodes["Observatory"]
    assert house.held("Observatory") == ["send lorries"]
    bodies = [dict(e.payload.body) for e in observatory.ledger.entries() if e.payload]
    assert "a driver is named" not in json.dumps(bodies, default=str)
    assert observatory.bundles.missing(harbour.id) == ()


def test_a_suspended_partner_is_answered_and_given_recalls_alone(house: House) -> None:
    """What waits for it stays; what it brings that is new is not taken."""
    given = house.give("Observatory", "Harbour", "given before")
    with house.serving():
        harbour, observatory = house.nodes["Harbour"], house.nodes["Observatory"]
        harbour.wire.exchange("Observatory")
        house.give("Observatory", "Harbour", "proposed before")
        observatory.partners.put("Harbour", PartnerState.SUSPENDED, "an open question")
        observatory.outgoing.recall(given, "an open question")
        house.give("Harbour", "Observatory", "from a suspended one")
        done = harbour.wire.exchange("Observatory")
        assert [each.status for each in done.came if not isinstance(each, SharingError)]
    assert house.held("Harbour") == ["from a suspended one"]
    assert "from a suspended one" not in house.held("Observatory")


def test_a_partner_whose_key_is_new_is_known_by_the_chain_of_its_keys(house: House) -> None:
    """Cards are shown once, in both directions, and the exchange goes on."""
    with house.serving():
        harbour = house.nodes.pop("Harbour")
        harbour.keys.succeed("a year has passed")
        harbour.close()
        house.nodes["Harbour"] = house.opened("Harbour")
        house.give("Harbour", "Observatory", "by the new key")
        house.nodes["Harbour"].wire.exchange("Observatory")
        assert house.held("Observatory") == ["by the new key"]
    observatory = house.nodes.pop("Observatory")
    observatory.keys.succeed("a year has passed")
    observatory.close()
    house.nodes["Observatory"] = house.opened("Observatory")
    house.give("Observatory", "Harbour", "by another new key")
    with listening(house.nodes["Observatory"].wire.door(), log_level="critical") as url:
        known = house.nodes["Harbour"].partners.by_name("Observatory")
        assert known.at is not None
        moved = replace(known, at=replace(known.at, url=url))
        house.nodes["Harbour"].partners._record(moved)  # it moved; its card is not seen yet
        house.nodes["Harbour"].wire.exchange("Observatory")
    assert "by another new key" in house.held("Harbour")


def test_an_address_comes_with_the_invitation_and_an_older_one_replaces_nothing(
    house: House,
) -> None:
    """As a file and read aloud; a card that was written before changes nothing."""
    observatory = house.nodes["Observatory"]
    house.tell("Observatory", "https://old.example")
    old = observatory.partners.sealed_card()
    house.tell("Observatory", "https://observatory.example")
    for name, way in (("Harbour", 0), ("Hills", 1)):
        written = observatory.partners.invite()[way]
        house.nodes[name].partners.accept(
            written if isinstance(written, bytes) else written.encode()
        )
        house.nodes[name].partners.add(old)
        at = house.nodes[name].partners.by_name("Observatory").at
        assert at is not None
        assert at.place == ("https://observatory.example", None)


def test_who_has_told_no_address_is_not_called(house: House) -> None:
    """Nor anybody where the settings allow no network."""
    with pytest.raises(UsageError, match="has not told where"):
        house.nodes["Harbour"].wire.exchange("Observatory")
    house.tell("Observatory", "https://observatory.example")
    node = house.nodes["Harbour"]
    node.wire.network = settings.Network()
    with pytest.raises(UsageError, match="fetches nothing"):
        node.wire.exchange("Observatory")


def test_a_partner_cannot_lead_this_node_to_machines_inside(house: House) -> None:
    """Its address is its own word; what is no public machine has to be named here."""
    house.tell("Observatory", "https://127.0.0.2:1")
    with pytest.raises(NotAllowedError, match="no machine of the public internet"):
        house.nodes["Harbour"].wire.exchange("Observatory")


def test_the_signature_opens_the_collections(house: House) -> None:
    """TAXII without an account, for the partner's node alone."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    server = observatory.taxii.server(observatory.wire.guard())
    house.give("Observatory", "Harbour")
    item = observatory.desk.commitments()[0].id
    observatory.taxii.offer(item, "Harbour")
    with listening(observatory.wire.door(server), log_level="critical") as url:
        house.tell("Observatory", url)
        shelf = f"{url}/tawatur/collections/released/"
        assert harbour.taxii.pull(shelf, "Observatory").objects
        assert house.held("Harbour") == ["send lorries"]
        posted = harbour.taxii.post(
            b'{"objects":[' + stix(1) + b"]}", f"{url}/tawatur/collections/inbox/"
        )
        assert posted.taken == 1
        assert sent(httpx.Request("GET", shelf, headers={"accept": MEDIA})).status_code == 401
        house.nodes["Hills"].taxii.pull(shelf, "Observatory")
    assert house.held("Hills") == []


# ------------------------------------------------------------ certificates


@pytest.fixture
def certificates(tmp_path: Path) -> dict[str, tuple[str, str]]:
    """Two certificates for this machine that no authority of it signed, each with its key."""
    found = {}
    for name in ("first", "second"):
        made = trustme.CA().issue_cert("127.0.0.1")
        files = tmp_path / f"{name}.pem", tmp_path / f"{name}.key"
        made.cert_chain_pems[0].write_to_path(str(files[0]))
        made.private_key_pem.write_to_path(str(files[1]))
        found[name] = str(files[0]), str(files[1])
    return found


def test_the_certificate_that_a_partner_told_is_believed_and_no_other(
    house: House, certificates: dict[str, tuple[str, str]]
) -> None:
    """Another is refused with the reason, on record, and nothing goes; the new card mends it."""
    house.give("Harbour", "Observatory")
    first, second = certificates["first"], certificates["second"]
    with house.serving(ssl_certfile=first[0], ssl_keyfile=first[1]):
        house.nodes["Harbour"].wire.exchange("Observatory")
    assert house.held("Observatory") == ["send lorries"]
    house.give("Harbour", "Observatory", "more lorries")
    door = house.nodes["Observatory"].wire.door()
    with listening(
        door, log_level="critical", ssl_certfile=second[0], ssl_keyfile=second[1]
    ) as url:
        house.tell("Observatory", url, first[0])
        with pytest.raises(NotAllowedError, match="another certificate than it told"):
            house.nodes["Harbour"].wire.exchange("Observatory")
        (why,) = house.refused("Harbour")
        assert why.endswith("shows another certificate than it told; ask for its new card")
        assert house.held("Observatory") == ["send lorries"]
        house.tell("Observatory", url, second[0])
        house.nodes["Harbour"].wire.exchange("Observatory")
    assert house.held("Observatory") == ["more lorries", "send lorries"]


def test_a_certificate_that_nobody_vouches_for_is_refused_where_none_was_told(
    house: House, certificates: dict[str, tuple[str, str]]
) -> None:
    """Then the machine's own trust decides, and no other is tried again and again."""
    first = certificates["first"]
    door = house.nodes["Observatory"].wire.door()
    with listening(door, log_level="critical", ssl_certfile=first[0], ssl_keyfile=first[1]) as url:
        house.tell("Observatory", url)
        with pytest.raises(NotAllowedError, match="does not hold"):
            house.nodes["Harbour"].wire.exchange("Observatory")


def test_where_nobody_listens_the_system_s_own_words_are_told() -> None:
    """They have a translation, which what the libraries make of them has not."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # and does not listen
        port = held.getsockname()[1]
        far = Far(settings.Network(allowed=True, private=("127.0.0.1",)))
        with pytest.raises(NotNowError) as refusal:
            far("GET", f"http://127.0.0.1:{port}/", {}, b"")
        far.close()
    assert refusal.value.message.args[1] == Message("Connection refused")


def test_a_certificate_is_known_by_its_digest(certificates: dict[str, tuple[str, str]]) -> None:
    """The first in the file; a file without one is named."""
    der = ssl.PEM_cert_to_DER_cert(Path(certificates["first"][0]).read_text())
    assert certificate_digest(Path(certificates["first"][0])) == hashlib.sha256(der).hexdigest()
    with pytest.raises(UsageError, match="holds no certificate"):
        certificate_digest(Path(certificates["first"][1]))


# ------------------------------------------------------------ bad input


def test_whatever_is_forged_late_or_again_is_refused_and_on_record(house: House) -> None:
    """Nothing of it is taken in, and partners are answered as before."""
    hour = timedelta(hours=1)
    now = house.clocks["Observatory"].now
    with house.serving() as url:
        once = signed(house, "Harbour", url=url)
        assert sent(once).status_code == 200
        assert sent(once).status_code == 409
        forged = signed(house, "Harbour", url=url, key=SigningKey(bytes(32)), nonce="1" * 32)
        assert sent(forged).status_code == 401
        early = signed(house, "Harbour", url=url, at=now + 8766 * hour, nonce="2" * 32)
        late = signed(house, "Harbour", url=url, at=now - 8766 * hour, nonce="3" * 32)
        assert [sent(each).status_code for each in (early, late)] == [401, 401]
        swapped = signed(house, "Harbour", b"one", url=url, nonce="4" * 32)
        other = httpx.Request("POST", swapped.url, content=b"two", headers=swapped.headers)
        assert sent(other).status_code == 400
        unsigned = httpx.Request("POST", f"{url}/exchange?first=1&taken=", content=b"")
        assert sent(unsigned).status_code == 401
        astray = signed(house, "Harbour", url=url, query="first=2", nonce="5" * 32)
        assert sent(astray).status_code == 422
        house.give("Hills", "Observatory")
        house.nodes["Hills"].wire.exchange("Observatory")
    assert house.held("Observatory") == ["send lorries"]
    told = house.refused()
    assert told[:2] == ["it came before", "the signature does not hold"]
    assert any("clocks is wrong" in each for each in told)


def test_a_bundle_of_a_hundred_megabytes_is_refused_before_it_is_read(house: House) -> None:
    """By its length, on record, with the limit; the sender is told."""
    with house.serving() as url:
        request = signed(house, "Harbour", url=url)
        request.headers["content-length"] = str(100 * 1024 * 1024)
        answer = raw(url, request)
        assert b" 413 " in answer.splitlines()[0] + b" "
    assert house.refused() == ["it is too large: at most 67108864 bytes are opened"]


@pytest.mark.parametrize("what", ["altered", "cut short", "for another", "nonsense"])
def test_a_bundle_that_is_not_what_it_says_is_refused_with_the_reason(
    house: House, what: str
) -> None:
    """Signed by the partner, and yet: the partner is told why, and it is on record."""
    harbour = house.nodes["Harbour"]
    house.give("Harbour", "Observatory")
    house.give("Harbour", "Hills")
    written = harbour.bundles.write("Hills" if what == "for another" else "Observatory")
    assert written is not None
    body = {
        "altered": written.file[:-1] + bytes([written.file[-1] ^ 1]),
        "cut short": written.file[:300],
        "for another": written.file,
        "nonsense": b"lorries",
    }[what]
    with house.serving() as url:
        answer = sent(signed(house, "Harbour", body, url=url))
    assert answer.status_code == 422
    assert answer.json()["why"]
    assert len(house.refused()) == 1
    assert house.held("Observatory") == []


def test_what_a_partner_refuses_is_written_anew_the_next_time(house: House) -> None:
    """A bundle that its receiver cannot open does not stand in the way for ever."""
    harbour, observatory = house.nodes["Harbour"], house.nodes["Observatory"]
    house.give("Harbour", "Observatory")
    recipients = observatory.folder / "keys" / "recipients"
    kept = recipients.read_bytes()
    recipients.unlink()
    observatory.keys.recipient()  # another, which the card at Harbour does not name
    own = recipients.read_bytes()
    with house.serving() as url:
        recipients.write_bytes(own)
        house.nodes["Harbour"].partners._record(
            replace(
                harbour.partners.by_name("Observatory"),
                recipient=_recipient_of(kept),
            )
        )
        with pytest.raises(SharingError, match="refuses it: it is encrypted for another node"):
            harbour.wire.exchange("Observatory")
        house.tell("Observatory", url)
        harbour.wire.exchange("Observatory")
    assert house.held("Observatory") == ["send lorries"]
    assert observatory.bundles.missing(harbour.id) == ()


def test_an_answer_that_somebody_else_gives_is_not_believed(house: House) -> None:
    """A machine in between, or in the partner's place: nothing of it is taken in."""
    house.give("Observatory", "Harbour")
    hills = house.nodes["Hills"]
    with listening(hills.wire.door(), log_level="critical") as url:
        house.tell("Observatory", url)
        with pytest.raises(SharingError, match="refuses to answer: it is for another node"):
            house.nodes["Harbour"].wire.exchange("Observatory")
    assert house.held("Harbour") == []


# ------------------------------------------------------------ slow and hostile


def test_a_head_that_does_not_come_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is closed; so is one that sends the head byte by byte, and a later one."""
    monkeypatch.setattr("tawatur.web.listening._HEAD_S", 0.3)
    door = house.nodes["Observatory"].wire.door()
    with listening(door, log_level="critical", http=Prompt) as url:
        port = int(url.rpartition(":")[2])
        for said in (b"", b"POST /exchange", b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGET /"):
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(said)
                began = time.monotonic()
                while line.recv(4096):
                    pass
                assert time.monotonic() - began < 10


def test_a_body_that_drips_ends_with_the_time(house: House) -> None:
    """The partner that sends it slowly is told, it is on record, and its turn is free again."""
    observatory = house.nodes["Observatory"]
    observatory.wire.settings = settings.Wire(seconds=0.3)
    with house.serving() as url:
        request = signed(house, "Harbour", b"x" * 1000, url=url)
        del request.headers["content-length"]
        request.headers["content-length"] = "1000"
        answer = raw(url, request, body=b"x")
        assert b" 408 " in answer.splitlines()[0] + b" "
        assert house.refused() == ["the rest of it did not come within 0.3 s"]
        house.nodes["Harbour"].wire.exchange("Observatory")


def test_a_partner_that_floods_waits_for_itself_alone(house: House) -> None:
    """One turn at a time, and so many in a minute; another partner is answered meanwhile."""
    observatory = house.nodes["Observatory"]
    observatory.wire.settings = settings.Wire(requests_per_minute=60)
    house.give("Observatory", "Hills")
    codes: list[int] = []

    def flood(start: int, url: str) -> None:
        asked = (signed(house, "Harbour", url=url, nonce=f"{start + n:032x}") for n in range(40))
        codes.extend(sent(each).status_code for each in asked)

    with house.serving() as url:
        threads = [threading.Thread(target=flood, args=(1000 * n, url)) for n in range(4)]
        for thread in threads:
            thread.start()
        began = time.monotonic()
        house.nodes["Hills"].wire.exchange("Observatory")
        took = time.monotonic() - began
        for thread in threads:
            thread.join()
    assert house.held("Hills") == ["send lorries"]
    assert set(codes) <= {200, 429}
    assert codes.count(429) > 100
    assert took < 10


def test_pauses_of_many_callers_are_spread() -> None:
    """Half to one and a half times the usual, which doubles; what the other names is kept to."""
    assert [pause_before(n, 1.0, lambda: 0.5) for n in (1, 2, 3)] == [1.0, 2.0, 4.0]
    assert pause_before(1, 1.0, lambda: 0.0) == 0.5
    assert pause_before(1, 1.0, lambda: 0.999) < 1.5


def _recipient_of(file: bytes) -> str:
    """Return for which key others encrypt, of a file of secret ones."""
    return str(pyrage.x25519.Identity.from_str(file.decode().split()[0]).to_public())


# ------------------------------------------------------------ TAXII


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status", "why"),
    [
        ("GET", "objects/?limit=0", {}, b"", 400, "limit is no number above 0"),
        ("GET", "objects/?limit=a&limit=b", {}, b"", 400, "a parameter is given twice"),
        ("GET", "objects/?added_after=now", {}, b"", 400, "added_after is no time"),
        ("GET", "objects/?next=forged", {}, b"", 400, "next"),
        ("GET", "objects/?match[size]=1", {}, b"", 400, "no such match filter"),
        ("GET", "objects/", {"accept": "text/html"}, b"", 406, "this server speaks"),
        ("PUT", "objects/", {}, b"", 405, "does not do that"),
        ("POST", "objects/", {"content-type": "text/plain"}, b"{}", 415, "this server takes"),
        ("POST", "objects/", {}, b'{"objects":[', 422, "no envelope"),
        ("POST", "objects/", {}, b"\xff" * 99, 422, "no envelope"),
        ("POST", "objects/", {}, b"x" * (11 * 1024 * 1024), 413, "it is too large"),
    ],
)
def test_a_malformed_taxii_request_is_refused_and_on_record(
    house: House,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes,
    status: int,
    why: str,
) -> None:
    """With the reason, once however often it comes; partners are answered as before."""
    observatory, harbour = house.nodes["Observatory"], house.nodes["Harbour"]
    server = observatory.taxii.server(observatory.wire.guard())
    with listening(observatory.wire.door(server), log_level="critical") as url:
        house.tell("Observatory", url)
        way = f"{url}/tawatur/collections/inbox/"
        for _ in range(2):
            with harbour.wire.way_to(way) as send:
                given = {"accept": MEDIA, "content-type": MEDIA, **headers}
                reply = send(method, f"{way}{path}", given, body)
            assert reply.status == status
            assert why in json.loads(reply.body)["description"]
        house.give("Harbour", "Observatory")
        harbour.wire.exchange("Observatory")
    (refused,) = observatory.partners.refused()
    assert refused.sender == harbour.id
    assert why in str(refused.why)
    assert house.held("Observatory") == ["send lorries"]
