"""Conflicts: the plainest, and what only looks like one."""

import pytest
from tests.weighing.factory import GPE, KEY, LOC, between, claim, killed, person, unnamed

from tawatur.model.claim import Claim
from tawatur.model.ids import DocumentId
from tawatur.model.picture import Conflict, ConflictKind
from tawatur.model.reading import EventType, Modality, Polarity, Quantity
from tawatur.model.span import Span
from tawatur.weighing import weigh_all
from tawatur.weighing.conflicts import conflicts_opposed

BASE = ("أنزيفات", LOC)
SPOKESMAN = person("العقيد ديمبا سوقاري")


def toll(value: float, document: str, **more: object) -> Claim:
    """Return a claim that counts the dead of one attack."""
    of = str(more.pop("of", "جندي"))
    bound = more.pop("bound", None)
    words = str(more.pop("words", "مقتل {} جنديا في هجوم على ثكنة أنزيفات")).format(int(value))
    figure = killed(value, of, bound, at=int(more.get("start", 0)) + 5)  # type: ignore[arg-type,call-overload]  # keyword tail of a test helper
    return claim(words, document, where=[BASE], when="2021-06-08", quantities=[figure], **more)  # type: ignore[arg-type]  # passed on to the factory


def kinds(*claims: Claim) -> list[ConflictKind]:
    """Return the kinds of conflict between claims of one event."""
    return [c.kind for c in between(claims).conflicts]


def test_two_tolls_of_one_day_are_a_conflict() -> None:
    """The sentence names both figures and what they count; the first published is ``a``."""
    (found,) = between([toll(31, "d-2", chain=[unnamed()]), toll(19, "d-1")]).conflicts
    assert found.kind is ConflictKind.FIGURE
    assert str(found.why) == "One counts 19, the other 31: جندي."
    assert (found.a, found.b) == ("c-d-1-0", "c-d-2-0")
    assert not found.same_root


NO_CONFLICT = [
    pytest.param(toll(11, "d-1"), toll(19, "d-2", published="2021-06-09"), id="a toll that rises"),
    pytest.param(toll(11, "d-1", bound="at least"), toll(19, "d-2"), id="at least"),
    pytest.param(toll(20, "d-1", bound="about"), toll(19, "d-2"), id="about"),
    pytest.param(toll(19, "d-1"), toll(30, "d-2", of="مهاجم"), id="soldiers and attackers"),
    pytest.param(
        toll(19, "d-1"),
        toll(23, "d-2", words="إصابة {} جنديا في هجوم على ثكنة أنزيفات"),
        id="killed and wounded",
    ),
    pytest.param(
        toll(19, "d-1"), toll(31, "d-2", polarity=Polarity.DENIED), id="a figure that is denied"
    ),
    pytest.param(
        toll(19, "d-1", chain=[SPOKESMAN]),
        toll(31, "d-1", chain=[SPOKESMAN], start=200),
        id="one voice goes on counting in one text",
    ),
    pytest.param(
        claim("تعتزم دلماسة إرسال قوات إلى أنزيفات", "d-1", modality=Modality.PLANNED),
        claim("لم ترسل دلماسة قوات إلى أنزيفات", "d-2", polarity=Polarity.DENIED),
        id="planned, and not happened yet",
    ),
    pytest.param(
        claim("تلقى الجيش إنذارا قبل الهجوم على الثكنة", "d-1", modality=Modality.OPINION),
        claim("لم يتلق الجيش إنذارا قبل الهجوم على الثكنة", "d-2", polarity=Polarity.DENIED),
        id="an opinion",
    ),
    pytest.param(
        claim("هجوم مسلحين على ثكنة أنزيفات", "d-1", when="2021-06-07~", where=[BASE]),
        claim("هجوم مسلحين على ثكنة أنزيفات", "d-2", when="2021-06-08", where=[BASE]),
        id="about that day",
    ),
    pytest.param(
        claim("شيعت أنزيفات اليوم 19 جنديا قتلوا", "d-1", when="2021-06-09", publisher="المنارة"),
        claim("شيعت أنزيفات 19 جنديا قتلوا", "d-2", when="2021-06-08", publisher="المنارة"),
        id="one outlet, two days",
    ),
    pytest.param(
        claim("هجوم مسلحين على ثكنة أنزيفات", "d-1", when="2021-06", where=[BASE]),
        claim("هجوم مسلحين على ثكنة أنزيفات", "d-2", when="2021-06-08", where=[BASE]),
        id="a month and one of its days",
    ),
]


@pytest.mark.parametrize(("a", "b"), NO_CONFLICT)
def test_what_only_looks_like_a_conflict_is_none(a: Claim, b: Claim) -> None:
    """A false conflict costs more trust than a missed one."""
    assert kinds(a, b) == []


def test_an_assertion_and_its_denial_are_a_conflict() -> None:
    """In like words, about one time."""
    told = claim("تلقى الجيش إنذارا قبل الهجوم على الثكنة", "d-1", type=EventType.CONSULT)
    denied = claim(
        "لم يتلق الجيش أي إنذار قبل الهجوم على الثكنة",
        "d-2",
        type=EventType.CONSULT,
        polarity=Polarity.DENIED,
        chain=[SPOKESMAN],
    )
    assert kinds(told, denied) == [ConflictKind.POLARITY]


def test_two_dates_of_one_thing_are_a_conflict() -> None:
    """The sentence names both."""
    words = "هجوم مسلحين على ثكنة أنزيفات شمال نومارة في {} حزيران"
    (found,) = between(
        [
            claim(words.format(7), "d-1", when="2021-06-07"),
            claim(words.format(8), "d-2", when="2021-06-08"),
        ]
    ).conflicts
    assert str(found.why) == "One dates it 2021-06-07, the other 2021-06-08."


def test_a_source_that_contradicts_itself_is_said_to() -> None:
    """The same spokesman gives fewer dead a day later."""
    first, later = (
        toll(31, "d-1", chain=[SPOKESMAN]),
        toll(19, "d-2", chain=[SPOKESMAN], published="2021-06-09"),
    )
    (found,) = between([first, later]).conflicts
    assert found.same_root


def test_copies_contradict_once() -> None:
    """A reprint of one side adds no second conflict."""
    claims = [
        toll(19, "d-1"),
        toll(19, "d-3", published="2021-06-10"),
        toll(31, "d-2", published="2021-06-08"),
    ]
    assert len(between(claims, [("d-1", "d-3")]).conflicts) == 1  # type: ignore[list-item]  # plain text as ids


def test_other_units_are_not_compared() -> None:
    """Kilometres are no soldiers, and a bare number counts nothing."""
    far = Quantity(Span(0, 2), 40.0, "km")
    bare = Quantity(Span(0, 2), 41.0)
    one = claim("هجوم على بعد 40 كيلومترا من أنزيفات", "d-1", quantities=[far])
    assert kinds(one, claim("هجوم على بعد 41 من أنزيفات", "d-2", quantities=[bare])) == []


def test_a_day_taken_from_elsewhere_dates_no_thing() -> None:
    """What the words themselves do not say may be the day of another thing."""
    words = "هجوم مسلحين على ثكنة أنزيفات شمال نومارة"
    one, other = (
        claim(words, d, when=w) for d, w in (("d-1", "2021-06-07"), ("d-2", "2021-06-08"))
    )
    assert kinds(one, other) == []


def test_a_denied_strike_contradicts_its_assertion_in_another_language() -> None:
    """At one place and day, where the denial is outright."""
    told = claim(
        "two aircraft bombed a convoy near Kelmuri",
        "d-1",
        language="en",
        when="2021-08-16",
        where=[("Kelmuri", LOC)],
    )
    denied = claim(
        "تجدد الوزارة نفيها لقصف موكب قرب كلموري",
        "d-2",
        when="2021-08-16",
        where=[("كلموري", LOC)],
        polarity=Polarity.DENIED,
    )
    assert kinds(told, denied) == [ConflictKind.POLARITY]


def test_the_second_and_the_third_of_something_are_two_things() -> None:
    """Their figures may differ."""
    words = "وصلت الدفعة {} من المعونة إلى أنزيفات على متن {} شاحنات"
    figures = [(2, 3), (3, 5)]
    one, other = (
        claim(
            words.format(nth, n),
            f"d-{nth}",
            quantities=[
                Quantity(Span(5, 9), nth, "ordinal"),
                Quantity(Span(30, 32), n, "vehicle", "شاحنات"),
            ],
        )
        for nth, n in figures
    )
    assert kinds(one, other) == []


SIGNED, NOT_SIGNED = "وقعت نومارة ودلماسة اتفاقا", "لم توقع نومارة ودلماسة أي اتفاق"
STATES = [("نومارة", GPE), ("دلماسة", GPE)]


def of_states(quote: str, document: str, **more: object) -> Claim:
    """Return what a text says of two states, in a few words."""
    polarity = Polarity.DENIED if quote.startswith("لم") else Polarity.ASSERTED
    return claim(quote, document, where=STATES, type=EventType.AGREE, polarity=polarity, **more)  # type: ignore[arg-type]  # passed on to the factory


def said_of_them(*claims: Claim) -> tuple[Conflict, ...]:
    """Return the conflicts of an archive that holds these claims only."""
    return weigh_all({}, claims, key=KEY).picture.conflicts


def test_two_texts_contradict_each_other_though_they_tell_of_two_happenings() -> None:
    """Two weeks apart, in other words; the first published is ``a``."""
    signed = of_states(SIGNED, "d-1")
    denied = of_states(NOT_SIGNED, "d-2", published="2021-06-20")
    (found,) = said_of_them(denied, signed)
    assert (found.kind, found.a, found.b) == (ConflictKind.POLARITY, signed.id, denied.id)
    assert SIGNED in str(found.why)
    assert NOT_SIGNED in str(found.why)


def test_positions_a_year_apart_and_of_other_states_are_no_conflict() -> None:
    """What changes with time, and what is said of others, contradicts nothing."""
    signed = of_states(SIGNED, "d-1")
    assert said_of_them(signed, of_states(NOT_SIGNED, "d-2", published="2022-06-20")) == ()
    other = claim(
        "لم توقع كلموري وودريل أي اتفاق",
        "d-2",
        where=[("كلموري", GPE), ("ودريل", GPE)],
        polarity=Polarity.DENIED,
    )
    assert said_of_them(signed, other) == ()


def test_who_mentions_an_agreement_beside_another_matter_takes_no_side_on_it() -> None:
    """What is denied is the welcome, and the sentence says much besides."""
    signed = of_states(SIGNED, "d-1")
    beside = of_states(
        "لم ترحب المعارضة في نومارة بالاتفاق مع دلماسة على نقل المياه من السد الجديد", "d-2"
    )
    assert said_of_them(signed, beside) == ()


@pytest.mark.parametrize("copies", [1, 3])
def test_a_report_reprinted_adds_no_conflict_to_those_of_two_happenings(copies: int) -> None:
    """Of copies the first stands for all."""
    reprints = [
        of_states(SIGNED, f"d-{n}", published=f"2021-06-{8 + n:02}") for n in range(1, 1 + copies)
    ]
    denied = of_states(NOT_SIGNED, "d-9", published="2021-06-20")
    family = tuple(DocumentId(f"d-{n}") for n in range(1, 1 + copies))
    pairs = [(reprint, denied) for reprint in reprints]
    (found,) = conflicts_opposed(pairs, KEY, [family]).conflicts
    assert found.a == reprints[0].id


def test_a_count_that_rose_is_told_as_a_near_miss() -> None:
    """With both counts, the earlier first."""
    found = between([toll(11, "d-1"), toll(19, "d-2", published="2021-06-09")])
    assert found.conflicts == ()
    (near,) = found.near
    assert "11, then 19" in str(near.why)
