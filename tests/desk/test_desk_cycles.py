"""Life cycles: what may follow is a table, and steps taken at once come to one state everywhere."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.desk import following, heads, restated, standing, stepped, verify_whose
from tawatur.errors import UsageError
from tawatur.model.desk import Commitment, CommitmentStatus, Request, RequestStatus, Step
from tawatur.model.ids import DeskId, NodeId, StepId

OURS, THEIRS = NodeId("n-0000000000000001"), NodeId("n-0000000000000002")
MADE = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)
WISH = Request(DeskId("q-0000000000000001"), "Jalmada", "Dalmasa", "jammers")
PROMISE = Commitment(DeskId("k-0000000000000001"), "بانزورا", "كتيبة", to="نومارة")
STATUSES = (*CommitmentStatus, *RequestStatus)


def _step(number: int, status: RequestStatus, *replaces: int) -> Step[Request]:
    item = Request(WISH.id, WISH.by, WISH.to, WISH.what, status=status, why=str(number))
    return Step(StepId(f"m-{number:016}"), tuple(map(_id, replaces)), OURS, MADE, item)


def _id(number: int) -> StepId:
    return StepId(f"m-{number:016}")


@st.composite
def lives(draw: st.DrawFn) -> list[Step[Request]]:
    """Give the steps of one request, each in view of some that were there before it."""
    steps = [_step(0, RequestStatus.OPEN)]
    for number in range(1, draw(st.integers(1, 8))):
        seen = draw(st.sets(st.integers(0, number - 1), min_size=1))
        steps.append(_step(number, draw(st.sampled_from(RequestStatus)), *seen))
    return steps


# ------------------------------------------------------------ what holds


@given(lives(), st.randoms(use_true_random=False))
def test_any_order_and_any_number_of_deliveries_come_to_the_same(
    steps: list[Step[Request]], chance: object
) -> None:
    """Two who hold the same steps hold the same item, each step once or several times."""
    mixed = [*steps, *steps[::2]]
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # of random.Random
    assert standing(mixed) == standing(steps)
    assert heads(mixed) == heads(steps)


@given(lives(), st.data())
def test_any_split_between_two_comes_to_the_same_once_joined(
    steps: list[Step[Request]], data: st.DataObject
) -> None:
    """However the steps were handed out, and in whichever order the halves are joined."""
    here = data.draw(st.lists(st.sampled_from(steps), unique=True))
    there = [step for step in steps if step not in here] + here[:1]
    assert standing([*here, *there]) == standing([*there, *here]) == standing(steps)


@given(lives(), st.data())
def test_who_may_not_see_a_step_has_what_the_others_come_to(
    steps: list[Step[Request]], data: st.DataObject
) -> None:
    """The state is that of one's own view, whatever is hidden, and hangs on nothing hidden."""
    seen = data.draw(st.lists(st.sampled_from(steps), min_size=1, unique=True))
    assert standing(seen) == standing(seen[::-1])
    assert standing(seen).why in {step.item.why for step in seen}


@given(lives())
def test_a_step_in_view_of_all_heads_settles_them(steps: list[Step[Request]]) -> None:
    """Until then the item says what else was written at once."""
    held = heads(steps)
    assert len(standing(steps).rivals) == len(held) - 1
    last = _step(99, RequestStatus.DECLINED)
    last = Step(last.id, tuple(step.id for step in held), OURS, MADE, last.item)
    assert standing([*steps, last]) == last.item
    assert standing([last, *steps]).rivals == ()


def test_withdrawn_comes_before_declined_before_answered_before_open() -> None:
    """By the table, ties by the id of the step, and never by a clock."""
    start = _step(0, RequestStatus.OPEN)
    order = [
        RequestStatus.WITHDRAWN,
        RequestStatus.DECLINED,
        RequestStatus.ANSWERED,
        RequestStatus.PASSED_ON,
        RequestStatus.OPEN,
    ]
    for first, second in itertools.combinations(order, 2):
        one, other = _step(8, first, 0), _step(1, second, 0)
        assert standing([start, other, one]).status is first
    twin, early = _step(2, RequestStatus.ANSWERED, 0), _step(1, RequestStatus.ANSWERED, 0)
    assert standing([start, twin, early]).why == "1"


def test_steps_that_name_one_another_in_a_circle_still_come_to_something() -> None:
    """Nobody honest writes them; nothing breaks."""
    assert standing([_step(1, RequestStatus.OPEN, 2), _step(2, RequestStatus.DECLINED, 1)])


# ------------------------------------------------------------ what may follow


@pytest.mark.parametrize("old", STATUSES, ids=lambda s: f"{type(s).__name__}-{s}")
def test_only_what_the_table_says_follows_and_a_refusal_says_what_would(
    old: CommitmentStatus | RequestStatus,
) -> None:
    """Every pair is tried."""
    for new in type(old):
        item = _with(old)
        if new in following(old):
            assert stepped(item, new, "seen in the report of May").status is new
            continue
        with pytest.raises(UsageError) as refusal:
            stepped(item, new, "seen in the report of May")
        said = str(refusal.value)
        assert new == old or not following(old) or all(s.value in said for s in following(old))


@given(st.sampled_from(STATUSES), st.text())
def test_no_step_goes_without_a_reason(status: CommitmentStatus | RequestStatus, why: str) -> None:
    """Not even one that follows."""
    for new in following(status):
        if why.strip():
            assert stepped(_with(status), new, why).why == why.strip()
        else:
            with pytest.raises(UsageError, match="--why"):
                stepped(_with(status), new, why)


def test_an_answer_to_a_withdrawn_request_is_refused() -> None:
    """It stays withdrawn; whoever needs it asks anew."""
    with pytest.raises(UsageError, match="q-0000000000000001 is withdrawn, and stays so"):
        stepped(_with(RequestStatus.WITHDRAWN), RequestStatus.ANSWERED, "their lists")


def test_a_step_is_its_partys_where_that_party_has_a_node() -> None:
    """Whoever is asked declines, whoever asked withdraws; of strangers anybody may write."""
    nodes = {"Jalmada": OURS, "Dalmasa": THEIRS}
    verify_whose(WISH, RequestStatus.WITHDRAWN, OURS, nodes)
    verify_whose(WISH, RequestStatus.DECLINED, THEIRS, nodes)
    verify_whose(WISH, RequestStatus.DECLINED, OURS, {"Jalmada": OURS})
    for status in (RequestStatus.DECLINED, RequestStatus.ANSWERED, RequestStatus.PASSED_ON):
        with pytest.raises(UsageError, match="only Dalmasa can say"):
            verify_whose(WISH, status, OURS, nodes)
    with pytest.raises(UsageError, match="only Jalmada can say"):
        verify_whose(WISH, RequestStatus.WITHDRAWN, THEIRS, nodes)


def test_particulars_change_while_an_item_is_open_and_not_after() -> None:
    """Its status stays as it is."""
    assert restated(PROMISE, due="2031-09").due == "2031-09"
    with pytest.raises(UsageError, match="open it again"):
        restated(_with(CommitmentStatus.KEPT), due="2031-09")


def _with(status: CommitmentStatus | RequestStatus) -> Commitment | Request:
    if isinstance(status, CommitmentStatus):
        return Commitment(PROMISE.id, PROMISE.by, PROMISE.what, status=status)
    return Request(WISH.id, WISH.by, WISH.to, WISH.what, status=status)
