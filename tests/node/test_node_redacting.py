"""A claim with words left out: none of them stands in what is sealed, the rest as it was."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sharing.support_sharing import release, sealed

from tawatur.errors import UsageError
from tawatur.model.claim import Claim, Content, Named, Status
from tawatur.model.ids import ClaimId, DocumentId, RenditionId
from tawatur.model.label import Leave, Tlp
from tawatur.model.reading import (
    AUTHOR,
    EntityType,
    Link,
    LocalEntity,
    Publication,
    Quantity,
    Reading,
    SourceKind,
    TimeExpression,
)
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.node import Cuts, Incoming, Node
from tawatur.node.sharing.exchange import claim_body
from tawatur.sharing import Item, redacted

NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)
TEXT = (
    "The Zerhan Herald, 4 March 2030.\n\n"
    "A colonel of the border guard told the Zerhan Herald that the army would send "
    "350 soldiers to Taloumi on 12 March 2030.\n"
)


@dataclass(frozen=True)
class Told:
    """A claim whose words, and whose gist, name everything that can be left out."""

    claim: Claim
    reading: Reading
    text: str
    names: tuple[str, ...]  # publisher, outlet, person, unnamed source, place, day


def told(publisher: str, outlet: str, person: str, source: str, place: str) -> Told:
    """Return it; the day is 12 March 2030."""
    quote = f"{publisher}: {outlet} says {person} and {source} saw 40 men in {place} on 12 Mar."
    text = f"{publisher}\n{quote}\n"
    start = text.index(quote)

    def at(words: str) -> Span:
        found = text.index(words, start)
        return Span(found, found + len(words))

    names = (publisher, outlet, person, source, place, "12 Mar")
    kinds = {
        "e1": (EntityType.ORGANISATION, publisher),
        "e2": (EntityType.ORGANISATION, outlet),
        "e3": (EntityType.PERSON, person),
        "e4": (EntityType.LOCATION, place),
    }
    figure = Quantity(at("40"), 40.0, "men", of=f"men of {place}", as_of="2030-03-12")
    content = Content(
        chain=(
            AUTHOR,
            Link(SourceKind.OUTLET, outlet, at(outlet), "e2", "says", to=person),
            Link(SourceKind.PERSON, person, at(person), "e3"),
            Link(SourceKind.ANONYMOUS, source, at(source)),
        ),
        when="2030-03-12/2030-03-14",
        where=(Named(place, EntityType.LOCATION),),
        who=(Named(person, EntityType.PERSON), Named(f"{place} police", EntityType.ORGANISATION)),
        quantities=(figure,),
        gist=" ".join(names),
    )
    reading = Reading(
        reader="rules/1",
        language="en",
        published=Publication("2030-03-13", None),
        entities=tuple(LocalEntity(i, kind, n, (at(n),)) for i, (kind, n) in kinds.items()),
        times=(TimeExpression(at("12 Mar"), "2030-03-12"),),
        quantities=(figure,),
    )
    claim = Claim(
        id=ClaimId("c-0000000000000001"),
        document=DocumentId("d-0000000000000001"),
        rendition=RenditionId("r-0000000000000001"),
        span=Span(start, start + len(quote)),
        quote=quote,
        language="en",
        content=content,
        status=Status.PROPOSED,
        readers=("rules/1",),
        published="2030-03-13",
        learnt=NOW,
        publisher=publisher,
    )
    return Told(claim, reading, text, names)


def _sealed(given: Claim) -> str:
    item = Item("o-0000000000000001", "claim", claim_body(given, redacted=True))
    file = sealed(release(item=item))
    return json.dumps(json.loads(file)["release"]["item"], ensure_ascii=False)


_NAMES = st.lists(
    st.text("قصضظغخQZXKJÉ ", min_size=3, max_size=9).filter(lambda n: len(n.strip()) > 2),
    min_size=5,
    max_size=5,
    unique=True,
)


@given(
    names=_NAMES,
    originator=st.booleans(),
    chain=st.none() | st.integers(1, 3),
    sources=st.booleans(),
    place=st.none() | st.just("the north"),
    date=st.booleans(),
    words=st.booleans(),
)
def test_no_name_that_is_left_out_stands_in_what_is_sealed(
    names: list[str],
    originator: bool,
    chain: int | None,
    sources: bool,
    place: str | None,
    date: bool,
    words: bool,
) -> None:
    """Whatever the names are and whatever is left out, however it is written elsewhere."""
    made = told(*names)
    cuts = Cuts(originator, chain, sources, place, date, (made.names[2],) if words else ())
    file = _sealed(redacted(made.claim, made.reading, made.text, cuts, "an unnamed source"))
    publisher, outlet, person, source, where, day = made.names
    gone = {
        publisher: originator,
        outlet: chain == 1,
        person: words or chain in (1, 2),
        source: sources or chain is not None,
        where: place is not None,
        day: date,
        "2030-03-1": date,
    }
    for name, left_out in gone.items():
        if left_out:
            assert fold(name).text.strip() not in fold(file).text


def test_what_is_not_left_out_stays() -> None:
    """Figures move with their words, links keep their order, an unnamed source is the root."""
    made = told("Zerhan Herald", "Radio Kolvar", "Ida Brenn", "a colonel", "Taloumi")
    cuts = Cuts(chain=2, date=True, place="the north")
    cut = redacted(made.claim, made.reading, made.text, cuts, "an unnamed source")
    assert cut.quote == (
        "Zerhan Herald: Radio Kolvar says […] and […] saw 40 men in [the north] on [2030-03]."
    )
    assert [link.source_text for link in cut.content.chain] == [
        None,
        "Radio Kolvar",
        "an unnamed source",
    ]
    (figure,) = cut.content.quantities
    assert (figure.span.of(cut.quote), figure.value, figure.of) == ("40", 40.0, None)
    assert (cut.content.when, figure.as_of, cut.published) == (
        "2030-03/2030-03",
        "2030-03",
        "2030-03",
    )
    assert [each.name for each in cut.content.where] == ["the north"]
    assert cut.content.who == ()
    assert cut.publisher == "Zerhan Herald"


@pytest.mark.parametrize(
    "cuts",
    [Cuts(place="north of TALOUMI"), Cuts(place=" "), Cuts(words=("",))],
    ids=["names the place", "says nothing", "no words"],
)
def test_what_would_leave_a_name_in_is_refused(cuts: Cuts) -> None:
    """What stands for places cannot name one, and nothing is passed over in silence."""
    made = told("Zerhan Herald", "Radio Kolvar", "Ida Brenn", "a colonel", "Taloumi")
    with pytest.raises(UsageError, match="left out"):
        redacted(made.claim, made.reading, made.text, cuts, "an unnamed source")


# ------------------------------------------------------------ between nodes


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Node, Node]]:
    """An observatory and its neighbour."""
    for name in ("Observatory", "Neighbour"):
        Node.init(tmp_path / name, name=name).close()
    with Node.open(tmp_path / "Observatory") as here, Node.open(tmp_path / "Neighbour") as there:
        here.partners.add(there.partners.sealed_card())
        there.partners.add(here.partners.sealed_card())
        yield here, there


def _claim(node: Node) -> Claim:
    node.add([Incoming("note.txt", "desk", content=TEXT.encode())])
    return next(claim for claim in node.claims() if "soldiers" in claim.quote)


def test_a_redacted_version_says_so_wherever_it_goes_and_adds_nothing_here(
    pair: tuple[Node, Node],
) -> None:
    """It is no claim of the node that made it; the receiver's says it when passed on too."""
    here, there = pair
    claim = _claim(here)
    count = len(here.claims())
    made, said = here.outgoing.redact(claim.id, Cuts(words=("Taloumi",)), why="to protect")
    assert len(here.claims()) == count
    here.labels.change(made, {"onward": Leave.YES, "tlp": Tlp.AMBER})
    came = there.incoming.receive(here.outgoing.release(made, "Neighbour")).id or ""
    held = there.claim(came)
    assert (held.quote, held.content.chain) == (said.quote, said.content.chain)
    assert there.document(held.document).redacted
    body = json.loads(there.outgoing.release(came, "Observatory"))["release"]["item"]["body"]
    assert body["redacted"] is True
    assert claim.id not in json.dumps(body)


def test_what_others_say_of_the_claim_holds_for_the_redacted_version(
    pair: tuple[Node, Node],
) -> None:
    """A version made by a relay is narrowed and recalled with what it was made from."""
    here, there = pair
    claim = _claim(here)
    here.labels.change(claim.document, {"onward": Leave.YES, "tlp": Tlp.AMBER})
    came = there.incoming.receive(here.outgoing.release(claim.id, "Neighbour")).id or ""
    with pytest.raises(UsageError, match="others label"):
        there.outgoing.redact(came, Cuts(originator=True))
    made, _words = there.outgoing.redact(came, Cuts())
    there.outgoing.release(made, "Observatory")
    here.labels.change(claim.document, {"purpose": "relief"})
    for letter in here.outgoing.letters("Neighbour"):
        there.incoming.receive(letter)
    assert there.outgoing.items.label(made).purpose == "relief"
    here.outgoing.recall(claim.id, "given by mistake")
    for letter in here.outgoing.letters("Neighbour"):
        there.incoming.receive(letter)
    with pytest.raises(UsageError):
        there.outgoing.release(made, "Observatory")
    assert all(not each.live for each in there.disclosures.released(made))


def test_a_chain_that_would_not_be_shorter_is_refused(pair: tuple[Node, Node]) -> None:
    """Nobody is to believe that something was cut."""
    here, _there = pair
    claim = _claim(here)
    with pytest.raises(UsageError, match="keep fewer"):
        here.outgoing.redact(claim.id, Cuts(chain=0))
