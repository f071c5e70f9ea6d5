"""People of several organisations work on one node, each seeing and doing what is theirs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.simulators.clock import Clock

from tawatur.errors import (
    NodeError,
    RoleNeededError,
    SharingError,
    UnknownIdError,
    UsageError,
)
from tawatur.model.account import AccountRole, AccountState
from tawatur.model.claim import Verdict
from tawatur.model.entry import Kind
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Leave, Terms, Tlp
from tawatur.node import Node
from tawatur.node.briefs.brief_files import brief_text
from tawatur.node.sharing.partners import PartnerState
from tawatur.samples import REPORTS
from tawatur.settings import Release, Settings

REPORT = "The army said on Monday that two soldiers were killed near Widril."
CLOCK = Clock()


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a joint node with a report and four people, one of them of a neighbour."""
    with Node.init(tmp_path / "other", name="Neighbour") as other:
        card = other.partners.sealed_card()
    (tmp_path / "report.txt").write_text(REPORT)
    Node.init(tmp_path / "node", name="Joint staff").close()
    with Node.open(tmp_path / "node", clock=CLOCK) as made:
        made.partners.add(card)
        made.add([tmp_path / "report.txt"])
        for name, roles, of in (
            ("Salma", [AccountRole.ADMINISTRATOR], None),
            ("Rim", [AccountRole.ANALYST], None),
            ("Idris", [AccountRole.RELEASE_OFFICER], None),
            ("Hadi", [AccountRole.RELEASE_OFFICER], None),
            ("Omar", [AccountRole.ANALYST], "Neighbour"),
        ):
            made.accounts.add(name, roles=roles, organisation=of)
        yield made


def by(node: Node, name: str) -> Node:
    """Return the node as somebody asks it."""
    return node.asked_by(node.accounts.person(name))


def neighbour(node: Node) -> NodeId:
    """Return the neighbour's id."""
    return node.partners.one("Neighbour").id


def test_the_first_account_is_an_administrator_s(tmp_path: Path) -> None:
    """And one of them is always left, while there are others."""
    with Node.init(tmp_path / "node") as node:
        assert not node.accounts.exist()
        with pytest.raises(UsageError, match="first account"):
            node.accounts.add("Rim", roles=[AccountRole.ANALYST])
        with pytest.raises(UsageError, match="is past"):
            node.accounts.add("Salma", roles=[AccountRole.ADMINISTRATOR], until=node.now())
        node.accounts.add("Salma", roles=[AccountRole.ADMINISTRATOR])
        node.accounts.add("Rim", roles=[AccountRole.ANALYST])
        for changes in (
            {"state": AccountState.SUSPENDED},
            {"state": AccountState.REMOVED},
            {"roles": frozenset({AccountRole.READER})},
            {"until": node.now() + timedelta(days=1)},
        ):
            with pytest.raises(UsageError, match="administrator must be left"):
                node.accounts.change("Salma", **changes)
        node.accounts.change("Rim", state=AccountState.REMOVED)
        node.accounts.change("Salma", state=AccountState.REMOVED)
        assert not node.accounts.exist()


def test_an_organisation_s_people_see_what_it_may_see(node: Node) -> None:
    """The neighbour's officer sees nothing, then what is given to the neighbour, then nothing."""
    document = node.documents()[0].id
    assert by(node, "Omar").documents() == ()
    assert by(node, "Omar").overview().claims == 0
    node.labels.change(document, {}, also=[neighbour(node)])
    assert [line.id for line in by(node, "Omar").documents()] == [document]
    assert [hit.document.id for hit in by(node, "Omar").search("soldiers")] == [document]
    node.labels.change(document, {}, no_more=[neighbour(node)])
    with pytest.raises(UnknownIdError):
        by(node, "Omar").document(document)


def test_what_somebody_writes_is_their_organisation_s(node: Node) -> None:
    """The host does not see it until they say so; its author stands in the ledger."""
    item = by(node, "Omar").desk.commit(by="Banzura", what="send a battalion").id
    assert node.desk.commitments() == ()
    entry = list(node.ledger.entries(kinds=[Kind.COMMITMENT]))[-1]
    assert entry.header.author == node.accounts.one("Omar").id
    assert entry.payload is not None
    assert entry.payload.label == Label.by(neighbour(node))
    with pytest.raises(RoleNeededError, match="release officer"):
        by(node, "Omar").labels.change(item, {}, also=[node.id])
    node.accounts.change(
        "Omar", roles=frozenset({AccountRole.ANALYST, AccountRole.RELEASE_OFFICER})
    )
    by(node, "Omar").labels.change(item, {}, also=[node.id])
    assert [each.id for each in node.desk.commitments()] == [item]


def test_what_somebody_brings_is_theirs_even_if_it_is_here(node: Node, tmp_path: Path) -> None:
    """The same file from the same place: it is taken, and nothing tells that it was there."""
    officer = by(node, "Omar")
    assert len(officer.add([tmp_path / "report.txt"]).taken) == 1
    (line,) = officer.documents()
    (acquisition,) = officer.document(line.id).acquisitions
    assert acquisition.label == Label.by(neighbour(node))
    assert [each.id for each in node.documents()] != [line.id]
    assert len(officer.add([tmp_path / "report.txt"]).held) == 1


def test_what_two_organisations_judge_of_one_text_is_each_one_s_own(
    node: Node, tmp_path: Path
) -> None:
    """Until one of them shows the other its own: then both stand there, and rest on one root."""
    officer = by(node, "Omar")
    officer.add([tmp_path / "report.txt"])
    before = [repr(claim) for claim in officer.claims()]
    for claim in tuple(node.claims()):
        node.judge(claim.id, Verdict.REJECT, why="a slip of the reader")
    assert [repr(claim) for claim in officer.claims()] == before != []
    for claim in tuple(officer.claims()):
        officer.judge(claim.id, Verdict.ACCEPT)
    assert {claim.status.value for claim in node.claims()} == {"rejected"}
    held = node.documents()[0].id
    node.labels.change(held, {}, also=[neighbour(node)])
    assert len(officer.documents()) == 2
    assert len(officer.document(held).family) == 2


def test_only_those_whose_words_are_in_an_item_label_it(node: Node) -> None:
    """A guest cannot hide the host's item from the host."""
    document = node.documents()[0].id
    node.labels.change(document, {}, also=[neighbour(node)])
    with pytest.raises(UsageError, match="whose words"):
        by(node, "Omar").labels.change(document, {"tlp": Tlp.RED})


def test_a_guest_lets_the_host_have_what_they_brought(node: Node, tmp_path: Path) -> None:
    """The host is named as any partner is; it releases what the guest lets it pass on."""
    (tmp_path / "own.txt").write_text("The ministry said on Monday that the ford was closed.")
    node.accounts.change(
        "Omar", roles=frozenset({AccountRole.ANALYST, AccountRole.RELEASE_OFFICER})
    )
    omar = by(node, "Omar")
    omar.add([tmp_path / "own.txt"])
    (document,) = (each.id for each in omar.documents())
    host = omar.partners.party("Joint staff")
    omar.labels.change(document, {}, also=[host])
    assert document in {each.id for each in by(node, "Rim").documents()}
    for act in (omar.outgoing.release, omar.outgoing.propose):
        with pytest.raises(RoleNeededError, match="the node's own organisation"):
            act(document, "Neighbour")


def test_an_analyst_narrows_and_an_officer_widens(node: Node) -> None:
    """Every field of the terms, either way."""
    document = node.documents()[0].id
    wide = {"tlp": Tlp.GREEN, "onward": Leave.YES}
    with pytest.raises(RoleNeededError, match="release officer"):
        by(node, "Rim").labels.change(document, wide)
    with pytest.raises(RoleNeededError, match="release officer"):
        by(node, "Rim").labels.change(document, {}, also=[neighbour(node)])
    by(node, "Idris").labels.change(document, wide)
    by(node, "Rim").labels.change(document, {"tlp": Tlp.RED, "onward": Leave.NO})
    (label,) = node.labels.of(document)
    assert label == Label.of(Terms(node.id, Tlp.RED))


def test_a_compartment_hides_an_item_from_its_own_people(node: Node) -> None:
    """Whoever is not let in finds nothing, whatever their role; let in, they do."""
    document = node.documents()[0].id
    node.labels.change(document, {"compartments": frozenset({"north"})})
    for name in ("Salma", "Rim", "Idris"):
        asked = by(node, name)
        assert asked.documents() == ()
        assert asked.overview().claims == 0
        with pytest.raises(UnknownIdError):
            asked.document(document)
    node.accounts.change("Rim", compartments=frozenset({"north"}))
    assert len(by(node, "Rim").documents()) == 1
    node.rebuild()
    assert by(node, "Idris").documents() == ()


def test_the_outbox_shows_an_officer_only_what_they_may_see(node: Node) -> None:
    """A release of what lies in a compartment waits for one who is let in."""
    document = node.documents()[0].id
    node.labels.change(document, {}, also=[neighbour(node)])
    by(node, "Idris").outgoing.propose(document, "Neighbour")
    assert len(by(node, "Idris").outgoing.waiting()) == 1
    by(node, "Idris").outgoing.letters("Neighbour")
    assert len(by(node, "Idris").disclosures.to(neighbour(node))) == 1
    node.outgoing.propose(document, "Neighbour")
    node.labels.change(document, {"compartments": frozenset({"north"})})
    assert by(node, "Idris").disclosures.to(neighbour(node)) == ()
    assert all(each.piece.item is None for each in by(node, "Idris").outgoing.waiting())
    refused = []
    for each in (document, "d-0000000000000000"):
        with pytest.raises(UnknownIdError) as refusal:
            by(node, "Idris").disclosures.of(each)
        refused.append(refusal.value.message.template)
    assert refused[0] == refused[1]
    assert node.disclosures.of(document)


@pytest.mark.parametrize("name", ["Salma", "Rim", "Omar"])
def test_the_node_s_post_is_for_its_release_officers(node: Node, name: str) -> None:
    """To look at it as well."""
    asked, document = by(node, name), node.documents()[0].id
    for act in (
        asked.outgoing.waiting,
        lambda: asked.disclosures.of(document),
        lambda: asked.disclosures.to(neighbour(node)),
        lambda: asked.outgoing.recall(document, "by mistake"),
        lambda: asked.labels.confirm("the talks are over", "communiqué"),
        lambda: asked.tracing.trace("a text", why="leaked", second="Hadi"),
        lambda: asked.partners.add(node.partners.sealed_card()),
    ):
        with pytest.raises((RoleNeededError, UsageError)):
            act()


def test_accounts_are_an_administrator_s_and_so_is_verifying(node: Node) -> None:
    """An administrator reads by their own clearance, and judges nothing."""
    for name in ("Rim", "Idris", "Omar"):
        asked = by(node, name)
        for act in (
            asked.accounts.all,
            lambda asked=asked: asked.accounts.add("Nur"),
            lambda asked=asked: asked.accounts.change("Rim", state=AccountState.SUSPENDED),
            lambda asked=asked: asked.accounts.password("Salma"),
            asked.verify,
        ):
            with pytest.raises(RoleNeededError, match=r"administrator|own organisation"):
                act()
    salma = by(node, "Salma")
    assert [each.name for each in salma.accounts.all()] == ["Hadi", "Idris", "Omar", "Rim", "Salma"]
    assert salma.verify().size == node.ledger.size
    with pytest.raises(RoleNeededError, match="analyst"):
        salma.judge(salma.claims()[0].id, Verdict.ACCEPT)


def test_an_administrator_is_of_the_node_s_own_organisation(node: Node) -> None:
    """A guest does not keep the host's accounts."""
    with pytest.raises(UsageError, match="own organisation"):
        node.accounts.add("Nur", roles=[AccountRole.ADMINISTRATOR], organisation="Neighbour")
    with pytest.raises(UsageError, match="own organisation"):
        node.accounts.change("Omar", roles=frozenset({AccountRole.ADMINISTRATOR}))


def test_a_second_person_has_another_account(node: Node) -> None:
    """Nobody proposes without an account what they then agree to by one."""
    node.labels.change(node.documents()[0].id, {}, also=[neighbour(node)])
    document = node.documents()[0].id
    with Node.open(node.folder, clock=CLOCK) as again:
        again.settings = _with_second(again.settings)
        operator = again.asked_by(again.person)
        idris, hadi = by(again, "Idris"), by(again, "Hadi")
        with pytest.raises(UsageError, match="--as NAME"):
            operator.outgoing.propose(document, "Neighbour")
        waiting = idris.outgoing.propose(document, "Neighbour")
        assert not waiting.may
        with pytest.raises(UsageError, match="cannot be the second person"):
            idris.outgoing.agree(waiting.piece.id)
        with pytest.raises(UsageError, match="--as NAME"):
            operator.outgoing.agree(waiting.piece.id)
        with pytest.raises(RoleNeededError):
            by(again, "Rim").outgoing.agree(waiting.piece.id)
        assert hadi.outgoing.agree(waiting.piece.id).may


def _with_second(settings: Settings) -> Settings:
    return Settings(settings.id, settings.name, release=Release(second=True))


def test_a_trace_takes_two_officers_with_accounts(node: Node) -> None:
    """Of a role, and neither whoever has the folder nor one and the same."""
    trace = "a text that got out"
    with pytest.raises(UsageError, match="--as NAME"):
        node.tracing.trace(trace, why="published", second="Hadi")
    idris = by(node, "Idris").tracing
    with pytest.raises(UsageError, match="second person"):
        idris.trace(trace, why="published", second="Idris")
    with pytest.raises(RoleNeededError, match="release officer"):
        idris.trace(trace, why="published", second="Rim")
    with pytest.raises(UnknownIdError):
        idris.trace(trace, why="published", second="Nobody")
    idris.trace(trace, why="published", second="Hadi")
    (entry,) = node.ledger.entries(kinds=[Kind.TRACE])
    assert entry.payload is not None
    body = entry.payload.body
    assert (body["by"], body["second"]) == tuple(node.accounts.one(n).id for n in ("Idris", "Hadi"))


def test_a_trace_is_seen_by_officers_of_the_organisation_that_it_names(node: Node) -> None:
    """By no others of the guests, and by none who is no release officer."""
    node.add([REPORTS / "05-agency-diplomatic-channels.txt", REPORTS / "09-depeche-anzifat.txt"])
    brief = replace(node.brief(), marked=True)
    copy = node.tracing.marked(brief, brief_text(brief, Path("brief.md")), "Neighbour")
    node.accounts.change("Omar", roles=frozenset({AccountRole.RELEASE_OFFICER}))
    idris = by(node, "Idris").tracing
    idris.trace("words that nobody was given", why="published on 1 May", second="Hadi")
    assert by(node, "Omar").tracing.traces() == ()
    named = idris.trace(copy, why="published on 3 May", second="Hadi").accused
    every = node.tracing.traces()
    assert [each.why for each in every] == ["published on 1 May", "published on 3 May"]
    assert {each.officers for each in every} == {("Idris", "Hadi")}
    seen = by(node, "Omar").tracing.traces()
    assert [each.accused for each in seen] == [each.organisation for each in named] != []
    with pytest.raises(RoleNeededError):
        by(node, "Rim").tracing.traces()


def test_an_account_lets_nobody_in_when_it_is_over(node: Node) -> None:
    """Suspended, ended or removed; a name that is free again is another account."""
    before = node.accounts.one("Rim").id
    node.accounts.change("Rim", state=AccountState.SUSPENDED)
    with pytest.raises(UsageError, match="lets nobody in"):
        node.accounts.person("Rim")
    node.accounts.change("Rim", state=AccountState.ACTIVE, until=CLOCK.now)
    assert node.accounts.entering("Rim") is None
    node.accounts.change("Rim", state=AccountState.REMOVED)
    assert node.accounts.entering("Rim") is None
    node.accounts.add("Rim")
    assert node.accounts.one("rim").id != before


def test_names_are_one_s_own(node: Node) -> None:
    """Up to how they are typed."""
    for name in ("Rim", " RIM ", "Rím", ""):
        with pytest.raises(UsageError):
            node.accounts.add(name)


def test_a_node_is_opened_by_an_account(node: Node) -> None:
    """As the command line does it; by none that lets nobody in."""
    with Node.open(node.folder, account="Omar", clock=CLOCK) as asked:
        assert asked.documents() == ()
        assert asked.person.organisation == neighbour(node)
    with pytest.raises(UnknownIdError):
        Node.open(node.folder, account="Nobody")


def test_passwords_are_hashed_in_a_file_for_its_owner_alone(node: Node, tmp_path: Path) -> None:
    """And nowhere else; what one account has opens no other."""
    _, password = node.accounts.add("Nur")
    nur, rim = node.accounts.person("Nur"), node.accounts.person("Rim")
    held = tmp_path / "node" / "passwords"
    assert held.stat().st_mode & 0o777 == 0o600
    assert "$argon2id$" in held.read_text()
    node.rebuild()
    for path in (tmp_path / "node").rglob("*"):
        assert path.is_dir() or password.encode() not in path.read_bytes()
        assert path.is_dir() or path == held or b"$argon2id$" not in path.read_bytes()
    assert node.accounts.opens(nur, password)
    assert not node.accounts.opens(rim, password)
    assert not node.accounts.opens(None, password)
    held.chmod(0o640)
    with pytest.raises(NodeError, match="chmod 600"):
        node.accounts.opens(nur, password)


def test_a_password_that_is_replaced_opens_nothing(node: Node) -> None:
    """Whether somebody chose it, or an administrator gave it; removal leaves none."""
    _, first = node.accounts.add("Nur")
    nur = node.accounts.person("Nur")
    asked, stamp = by(node, "Nur"), node.accounts.stamp(nur.actor)
    for old, new in (("wrong", "a long new password"), (first, "short"), (first, " " * 40)):
        with pytest.raises(UsageError):
            asked.accounts.choose_password(old, new)
    asked.accounts.choose_password(first, "كلمة سر طويلة")
    assert not node.accounts.opens(nur, first)
    assert node.accounts.opens(nur, "كلمة سر طويلة")
    assert node.accounts.stamp(nur.actor) != stamp
    third = node.accounts.password("Nur")
    assert node.accounts.opens(nur, third)
    node.accounts.change("Nur", state=AccountState.REMOVED)
    assert not node.accounts.opens(nur, third)


def test_nobody_works_for_a_partner_that_is_none_any_more(node: Node) -> None:
    """Suspended or removed, its accounts let nobody in; restored, they do again."""
    for state in (PartnerState.SUSPENDED, PartnerState.REMOVED):
        node.partners.put("Neighbour", state, "passed things on")
        assert node.accounts.entering("Omar") is None
        with pytest.raises((UsageError, SharingError)):
            node.accounts.add("Nur", organisation="Neighbour")
        if state is PartnerState.SUSPENDED:
            node.partners.put("Neighbour", PartnerState.PARTNER, "settled")
            assert node.accounts.entering("Omar") is not None


def test_guests_erase_what_is_their_organisation_s_alone(node: Node, tmp_path: Path) -> None:
    """What the host holds of the same bytes stays with it, and they are not told that it does."""
    node.accounts.change(
        "Omar", roles=frozenset({AccountRole.ANALYST, AccountRole.RELEASE_OFFICER})
    )
    officer, document = by(node, "Omar"), node.documents()[0].id
    with pytest.raises(UnknownIdError):
        officer.erase(document, why="ours")
    (tmp_path / "other.txt").write_text("The ministry denied on Tuesday that a bridge fell.")
    for path in ("report.txt", "other.txt"):
        officer.add([tmp_path / path])
    item = officer.desk.commit(by="Banzura", what="send a battalion").id
    erased = [officer.erase(line.id, why="ours") for line in officer.documents()]
    assert [each.entries for each in erased] == [1, 1]
    officer.erase(item, why="ours")
    assert officer.documents() == ()
    assert officer.desk.commitments() == ()
    assert [line.id for line in node.documents()] == [document]
    assert node.claims()
    assert node.verify().erased
    node.labels.change(document, {}, also=[neighbour(node)])
    with pytest.raises(UsageError, match="organisation's alone"):
        officer.erase(document, why="not ours")


def test_erasing_takes_a_role_and_sight(node: Node) -> None:
    """An administrator who may not see an item, or an analyst who may, does not erase it."""
    document = node.documents()[0].id
    with pytest.raises(RoleNeededError):
        by(node, "Rim").erase(document, why="why not")
    ruling = node.boards.add(document, "it is a decoy", "seen").id
    node.labels.change(document, {"compartments": frozenset({"north"})})
    for id_ in (document, ruling):
        with pytest.raises(UnknownIdError):
            by(node, "Salma").erase(id_, why="why not")
    assert node.erase(document, why="asked for").entries > 1
