"""What the pages on sharing have in common: who may open them, and how parties and items read."""

from collections.abc import Callable, Collection, Iterable, Mapping

from tawatur.errors import SharingError
from tawatur.model.account import AccountRole
from tawatur.model.ids import NodeId
from tawatur.model.label import Activity, Tier
from tawatur.web import rows, words
from tawatur.web.contexts import Choice
from tawatur.web.ports import ShownNode
from tawatur.web.visits import Visit
from tawatur.web.words import marked

_PAGES = {
    "d-": "documents",
    "c-": "claims",
    "k-": "commitments",
    "q-": "requests",
    "f-": "border-notices",
    "mt": "meetings",
}
"""Where items have pages of their own, by the beginning of their ids."""

_TIERS = {
    Tier.MEMBER: marked("member"),
    Tier.PARTNER: marked("partner"),
    Tier.OBSERVER: marked("observer"),
}


def verify_officer(visit: Visit, node: ShownNode) -> None:
    """Refuse whoever is no release officer of the node: its post and partners are not for them.

    Raises:
        RoleNeededError: They are not.
    """
    if visit.person is not None:
        visit.person.verify_is(AccountRole.RELEASE_OFFICER, node.id)


def refusal(visit: Visit, work: Callable[[ShownNode], object]) -> str:
    """Have a release officer's work done; return why it was not, in words, or nothing."""

    def allowed(node: ShownNode) -> None:
        verify_officer(visit, node)
        work(node)

    try:
        return visit.refusal(allowed)
    except SharingError as error:
        return words.sentence(error, visit.speech.translate)


def names(node: ShownNode) -> dict[str, str]:
    """Return what this node, its partners and the communities known to whoever asks are called."""
    found: dict[str, str] = {card.id: card.name for card in node.partners.all().values()}
    found |= {each.id: each.charter.name for each in node.communities.all()}
    return {**found, node.id: node.name}


def parties(node: ShownNode, chosen: str) -> tuple[Choice, ...]:
    """Return the partners that may be given something now, by name, to choose from."""
    cards = sorted(node.partners.in_force().values(), key=lambda card: (card.name, card.id))
    return tuple(Choice(card.id, card.name, card.id == chosen) for card in cards)


def page_of(item: str) -> str:
    """Return the address of the page of an item, empty where it has none."""
    page = _PAGES.get(item[:2])
    return rows.address(page, item) if page else ""


def tier(of: Tier | None, visit: Visit) -> str:
    """Return a tier in a word, nothing for none."""
    return visit(_TIERS[of]) if of is not None else ""


def activities(some: Collection[Activity], visit: Visit) -> str:
    """Return in what somebody takes part, in words."""
    return " · ".join(words.label(each, visit) for each in Activity if each in some)


def listed(some: Iterable[NodeId], called: Mapping[str, str]) -> str:
    """Return parties by their names, each kept apart in direction."""
    return " · ".join(words.isolate(name) for name in sorted(called.get(p, p) for p in some))
