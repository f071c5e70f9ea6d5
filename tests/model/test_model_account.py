"""Who may do what is said in one table, and an account decides by it."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from tawatur.errors import RoleNeededError
from tawatur.model.account import MAKES, OF_THE_NODE, Account, AccountRole, AccountState, Person
from tawatur.model.entry import Kind
from tawatur.model.ids import ActorId, NodeId
from tawatur.model.label import Label, Terms, may_receive

NODE, OTHER = NodeId("n-0000000000000001"), NodeId("n-0000000000000002")
NOW = datetime(2031, 3, 1, tzinfo=UTC)


def somebody(
    *roles: AccountRole, of: NodeId = NODE, compartments: frozenset[str] | None = None
) -> Person:
    """Return a person of an organisation, by an account."""
    words = frozenset[str]() if compartments is None else compartments
    return Person(ActorId("a-0000000000000001"), "Rim", of, frozenset(roles), words)


def may(person: Person, kind: Kind) -> bool:
    """Return whether a person makes entries of a kind."""
    try:
        person.verify_makes(kind, NODE)
    except RoleNeededError:
        return False
    return True


def test_every_kind_of_entry_is_some_role_s() -> None:
    """A kind that nobody thought of would be nobody's to write."""
    assert frozenset().union(*MAKES.values()) == frozenset(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_roles_add_up(kind: Kind) -> None:
    """Two roles may what either may, and nothing more."""
    for one, other in combinations(AccountRole, 2):
        assert may(somebody(one, other), kind) == (
            may(somebody(one), kind) or may(somebody(other), kind)
        )


def test_a_reader_writes_nothing() -> None:
    """Of no kind."""
    assert not any(may(somebody(AccountRole.READER), kind) for kind in Kind)


@pytest.mark.parametrize("kind", sorted(OF_THE_NODE))
def test_what_is_the_node_s_own_is_for_its_own_people(kind: Kind) -> None:
    """Whatever roles somebody of another organisation has."""
    assert may(somebody(*AccountRole), kind)
    assert not may(somebody(*AccountRole, of=OTHER), kind)


def test_liaison_officers_judge_and_note() -> None:
    """They work on the joint node; its post and its accounts are not theirs."""
    officer = somebody(AccountRole.ANALYST, of=OTHER)
    assert may(officer, Kind.JUDGEMENT)
    assert may(officer, Kind.COMMITMENT)
    assert not may(officer, Kind.RELEASE)
    assert not may(officer, Kind.ACCOUNT)


def test_a_refusal_names_the_role() -> None:
    """So that somebody knows whom to ask."""
    with pytest.raises(RoleNeededError, match="administrator"):
        somebody(AccountRole.ANALYST).verify_makes(Kind.ACCOUNT, NODE)
    with pytest.raises(RoleNeededError, match="own organisation"):
        somebody(*AccountRole, of=OTHER).verify_is(AccountRole.RELEASE_OFFICER, NODE)


def test_whoever_has_the_folder_needs_no_role() -> None:
    """One person on a laptop has no account."""
    operator = Person(ActorId("a-0000000000000001"), "operator", NODE, frozenset(), None)
    assert all(may(operator, kind) for kind in Kind)


def test_compartments_close_what_the_organisation_has() -> None:
    """An item of its own as well; a person let into all of them sees it."""
    label = Label.of(Terms(NODE, compartments=frozenset({"north", "south"})))
    for words, seen in ((set(), False), ({"north"}, False), ({"north", "south", "east"}, True)):
        person = somebody(AccountRole.READER, compartments=frozenset(words))
        assert may_receive(person.viewer(), label, NOW).allowed is seen


def test_an_account_ends_with_its_day_and_when_it_is_suspended() -> None:
    """And not before."""
    account = Account(ActorId("a-1"), "Rim", NODE, frozenset({AccountRole.READER}), until=NOW)
    assert account.open_at(NOW - timedelta(seconds=1))
    assert not account.open_at(NOW)
    for state in (AccountState.SUSPENDED, AccountState.REMOVED):
        closed = Account(ActorId("a-1"), "Rim", NODE, frozenset({AccountRole.READER}), state=state)
        assert not closed.open_at(NOW)
