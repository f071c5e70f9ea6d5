"""Charts show what one viewer may see, as finely as texts say it, and rank nobody."""

import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import samples
from tawatur.errors import UsageError
from tawatur.model.claim import Verdict
from tawatur.model.ids import NodeId
from tawatur.model.label import Viewer
from tawatur.model.reading import EventType, Polarity
from tawatur.node import Node
from tawatur.node.indexing.bars import BarKind, edtf_of, minutes, moment_of
from tawatur.node.seeing import charts as charts_module
from tawatur.node.seeing.charts import Narrowed, Tie, TieKind
from tawatur.node.seeing.positions import Grain, key_of, position_of

TALKS = (
    "Bamako, 6 May 2021. The Nomaran army attacked the Desert Front on 3 May, the mayor said. "
    "The Desert Front denied that the Nomaran army attacked it on 3 May."
)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Give a node that holds the sample reports."""
    with Node.init(tmp_path_factory.mktemp("charts") / "node", command="test") as made:
        made.add(samples.paths())
        yield made


def test_every_event_is_a_bar_or_has_no_time(node: Node) -> None:
    """And a bar never begins after it ends."""
    bars = node.charts.bars()
    assert len(bars) + node.charts.undated() == len(node.events())
    assert all(b.start is None or b.end is None or b.start <= b.end for b in bars)
    known = [bar.start for bar in bars if bar.start is not None]
    assert known == sorted(known)
    assert {bar.kind for bar in bars} >= {BarKind.EVENT, BarKind.STATE}


def test_a_month_is_as_long_as_the_month() -> None:
    """Nothing becomes finer than the text has it, and an hour is read where there is one."""
    start, end = minutes("2021-07")
    assert start is not None
    assert end is not None
    assert (moment_of(start), moment_of(end)) == (
        datetime(2021, 7, 1),  # noqa: DTZ001 - dates of reports have no zone
        datetime(2021, 7, 31, 23, 59),  # noqa: DTZ001 - as above
    )
    assert minutes("../2021-07")[0] is None
    assert minutes("2021-07-20T14")[1] == minutes("2021-07-20T14:59")[1]


@given(st.integers(-900_000_000, 2_000_000_000))
def test_a_minute_is_written_as_it_is_read(minute: int) -> None:
    """So that an address leads to the window that it was made from."""
    assert minutes(edtf_of(minute))[0] == minute


def test_a_chart_is_narrowed_by_each_of_its_filters(node: Node) -> None:
    """Type, kind, times, words, a place in another script, an actor by id and by name."""
    every = {bar.id for bar in node.charts.bars()}
    by_type = node.charts.bars(Narrowed(type=EventType.ASSAULT))
    assert {bar.type for bar in by_type} == {EventType.ASSAULT}
    assert {b.kind for b in node.charts.bars(Narrowed(kind=BarKind.STATE))} == {BarKind.STATE}
    within = node.charts.bars(Narrowed(since="2021-07", until="2021-08"))
    assert 0 < len(within) < len(every)
    there = node.charts.bars(Narrowed(place="كلموري"))
    assert {"كلموري", "Kelmuri"} <= {name for bar in there for name in bar.where}
    tie = node.charts.ties()[0]
    name = node.charts.entities([tie.a])[tie.a].name
    mine = node.charts.bars(Narrowed(actor=tie.a))
    assert mine
    assert set(mine) <= set(node.charts.bars(Narrowed(actor=name)))
    assert node.charts.bars(Narrowed(words="nobody wrote this")) == ()
    with pytest.raises(UsageError):
        node.charts.bars(Narrowed(since="yesterday"))


def test_contradictions_join_bars_that_are_shown(node: Node) -> None:
    """Both ends hold a claim of the conflict."""
    bars = node.charts.bars()
    events = {event.id: event for event in node.events()}
    links = node.charts.links(bars)
    assert links
    for link in links:
        assert link.conflict.a in events[link.a].claims
        assert link.conflict.b in events[link.b].claims
    assert node.charts.links(()) == ()


def test_a_judgement_shows_in_the_next_chart(tmp_path: Path) -> None:
    """What was worked out is kept no longer than it is so."""
    (tmp_path / "a.txt").write_text(TALKS)
    with Node.init(tmp_path / "node", command="test") as node:
        node.add([tmp_path / "a.txt"])
        before = node.charts.bars()
        node.judge(node.claims()[0].id, Verdict.ACCEPT)
        assert {bar.status for bar in before} == {"proposed"}
        assert "accepted" in {bar.status for bar in node.charts.bars()}


def test_a_promise_of_the_desk_lasts_until_it_is_due(tmp_path: Path) -> None:
    """From the day on which it was said."""
    (tmp_path / "a.txt").write_text(TALKS)
    with Node.init(tmp_path / "node", command="test") as node:
        node.add([tmp_path / "a.txt"])
        claim = node.claims()[0].id
        promise = node.desk.commit(by="the army", what="to leave", due="2021-09", claims=(claim,))
        (bar,) = node.charts.bars(Narrowed(kind=BarKind.PROMISE))
        assert (bar.id, bar.end) == (promise.id, minutes("2021-09")[1])
        assert bar.start == minutes("2021-05-06")[0]


def test_what_a_viewer_may_not_see_is_in_no_chart(node: Node) -> None:
    """Neither as a bar nor as a tie, a spot or a count."""
    stranger = Viewer(NodeId("n-stranger"))
    assert node.charts.bars(viewer=stranger) == ()
    assert node.charts.ties(viewer=stranger) == ()
    assert node.charts.spots(viewer=stranger) == ()
    assert node.charts.undated(viewer=stranger) == 0
    assert node.charts.bars()


def test_a_tie_is_made_of_claims_that_say_so(node: Node) -> None:
    """With their roots, and both names stand in each."""
    views = node.charts.shown(node.charts.ties())
    assert {view.tie.kind for view in views} >= {TieKind.ASKED, TieKind.ACCUSED}
    for view in views:
        assert all(claim.content.polarity is not Polarity.DENIED for claim in view.claims)
        if view.tie.kind is TieKind.ACCUSED:
            types = {claim.content.event_type for claim in view.claims}
            assert types <= {EventType.ACCUSE, EventType.CRIME}
        assert (view.roots is not None) == bool(view.claims)
        assert len(node.charts.shown([view.tie])) == 1


def test_ties_are_in_the_order_of_names(node: Node) -> None:
    """No number stands in a tie, by which anybody could be ranked."""
    ties = node.charts.ties()
    entities = node.charts.entities([end for tie in ties for end in (tie.a, tie.b)])
    names = [(entities[tie.a].name, entities[tie.b].name) for tie in ties]
    assert names == sorted(names)
    assert not any(kind in {int, float} for kind in inspect.get_annotations(Tie).values())


def test_the_map_asks_for_no_actor(node: Node) -> None:
    """Where somebody has been is not to be had from it."""
    tie = node.charts.ties()[0]
    assert node.charts.spots(Narrowed(actor=tie.a)) == node.charts.spots()


@pytest.mark.parametrize(
    ("names", "grain", "country"),
    [
        (("تمنراست",), Grain.TOWN, "dz"),
        (("Idlib",), Grain.TOWN, "sy"),
        (("ولاية تمنراست",), Grain.PROVINCE, "dz"),
        (("محافظة إدلب",), Grain.PROVINCE, "sy"),
        (("مالي",), Grain.COUNTRY, "ml"),
        (("Mali", "Kidal"), Grain.PROVINCE, "ml"),
        (("طرابلس", "ليبيا"), Grain.TOWN, "ly"),
        (("Tripoli", "Lebanon"), Grain.TOWN, "lb"),
        (("البحر الأحمر",), Grain.REGION, ""),
    ],
)
def test_a_place_is_as_fine_as_its_name(names: tuple[str, ...], grain: Grain, country: str) -> None:
    """A province is no town, and a country in the same event tells which town is meant."""
    position = position_of(names)
    assert position is not None
    assert (position.grain, position.country) == (grain, country)
    assert position.km > 0


def test_a_name_of_several_places_is_not_guessed() -> None:
    """There is a Tripoli in Libya and one in Lebanon."""
    assert position_of(("طرابلس",)) is None
    assert position_of(("nowhere at all",)) is None
    assert position_of(()) is None


def test_the_table_was_written_for_this_way_of_finding_words() -> None:
    """A change to `stems` would leave its keys behind; see script/make-positions."""
    table = Path(charts_module.__file__).parent / "data/positions.tsv"
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[4:]]
    keys = [key for row in rows[::37] for key in row[-1].split("|")]
    assert keys
    wrong = [key for key in keys if not key_of(key)]
    assert wrong == []


def test_nothing_of_what_was_erased_is_kept(tmp_path: Path) -> None:
    """Not in memory either, once a chart was asked for again."""
    (tmp_path / "a.txt").write_text(TALKS)
    with Node.init(tmp_path / "node", command="test") as node:
        node.add([tmp_path / "a.txt"])
        assert node.charts.bars()
        node.erase(node.documents()[0].id, why="asked for")
        assert node.charts.bars() == ()
        assert len(node.charts.kept._seen) == 1
        assert node.charts.kept._read._read == {}


def test_the_clock_is_not_asked(node: Node) -> None:
    """A chart of the past is the same tomorrow."""
    assert node.now().tzinfo is UTC
    assert node.charts.bars() == node.charts.bars()
