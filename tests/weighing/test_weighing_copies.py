"""Copies: whole, edited, cut; and texts that only quote each other."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model.ids import DocumentId
from tawatur.model.picture import CopyKind, Stretch
from tawatur.weighing.copies import (
    SURE_RUN,
    binds,
    families,
    quoting,
    same_text,
    shingle_keys,
    text_print,
)
from tawatur.weighing.picture import all_copies

_WORDS = [
    "الهجوم",
    "على",
    "ثكنة",
    "أنزيفات",
    "أسفر",
    "عن",
    "مقتل",
    "تسعة",
    "عشر",
    "جنديا",
    "وقالت",
    "وزارة",
    "الدفاع",
    "إن",
    "القوات",
    "قتلت",
    "عددا",
    "من",
    "المهاجمين",
    "قرب",
    "الحدود",
    "مع",
    "دلماسة",
    "بينما",
    "قال",
    "مصدر",
    "طبي",
    "في",
    "مستشفى",
    "تيمرسول",
    "إن",
    "الجرحى",
    "نقلوا",
    "إلى",
    "العاصمة",
    "ودريل",
    "حيث",
    "التقى",
    "الوزير",
    "عائلات",
    "الضحايا",
    "ووعد",
    "بتحقيق",
    "تعلن",
    "نتائجه",
    "قريبا",
]


def report(seed: int, words: int) -> list[str]:
    """Return ``words`` words in an order that only this seed has."""
    draw = random.Random(seed)
    return [draw.choice(_WORDS) for _ in range(words)]


def pair(a: str, b: str) -> tuple[object, bool]:
    """Return what the pair test finds and whether keys would have led to it."""
    one, other = text_print(DocumentId("d-1"), a), text_print(DocumentId("d-2"), b)
    return same_text(one, other), bool(set(shingle_keys(a)) & set(shingle_keys(b)))


def kind_of(a: list[str], b: list[str]) -> CopyKind | None:
    """Return how two texts are copies; None if not, or if keys would not find them."""
    found = all_copies({DocumentId("d-1"): " ".join(a), DocumentId("d-2"): " ".join(b)})
    return found[0].kind if found else None


@pytest.mark.parametrize("words", [60, 300, 3_000, 25_000])
def test_the_same_text_is_found_in_other_typography(words: int) -> None:
    """Vowel marks, tatweel, line breaks and digits of another script change nothing."""
    text = report(1, words)
    other = [w.replace("جنديا", "جنــديًا").replace("على", "علي") for w in text]
    assert kind_of(text, [" \n ".join(other)]) is CopyKind.SAME_TEXT


@pytest.mark.parametrize("words", [300, 3_000])
@pytest.mark.parametrize("start", [0, 0.3, 0.66])
def test_a_text_cut_to_a_third_is_an_excerpt(words: int, start: float) -> None:
    """Whichever third is left, with no line breaks to go by."""
    text = report(2, words)
    cut = text[int(start * words) : int(start * words) + words // 3]
    assert kind_of(text, cut) is CopyKind.EXCERPT
    assert kind_of(cut, text) is CopyKind.EXCERPT


def test_an_edited_text_is_an_edited_copy() -> None:
    """One word in twenty changed, a new first paragraph: still a copy, and said to be edited."""
    text = report(3, 400)
    edited = report(4, 40) + ["آخر" if i % 20 == 0 else w for i, w in enumerate(text)]
    assert kind_of(text, edited) is CopyKind.EDITED


def test_two_reports_of_one_happening_are_no_copies() -> None:
    """The same vocabulary in other sentences, with one statement quoted in both."""
    statement = report(5, 50)
    assert kind_of(report(6, 200) + statement, report(7, 300) + statement) is None


def test_a_text_that_takes_over_paragraphs_quotes_at_length() -> None:
    """A third of an agency text between paragraphs of one's own: shown, and no family."""
    agency = report(11, 330)
    other = report(12, 40) + agency[60:180] + report(13, 170)
    (copy,) = all_copies({DocumentId("d-1"): " ".join(agency), DocumentId("d-2"): " ".join(other)})
    assert copy.kind is CopyKind.QUOTATION
    assert copy.stretch == Stretch(60, 120, 40, 120)
    assert not binds(copy)
    assert families([copy]) == ()
    assert str(copy.why) == "A stretch of 120 words stands in both."


@pytest.mark.parametrize("seed", range(20))
def test_a_copy_with_every_seventh_word_changed_is_found(seed: int) -> None:
    """Fifteen words in a hundred are others, the title is new, the last third is cut."""
    chance = random.Random(seed)
    text = report(seed, 240)
    edited = [f"كلمة{n}" if chance.random() < 0.15 else w for n, w in enumerate(text[:165])]
    found = all_copies(
        {DocumentId("d-1"): " ".join(text), DocumentId("d-2"): " ".join(report(99, 8) + edited)}
    )
    assert [binds(copy) for copy in found] == [True]


def test_the_evidence_says_what_differs() -> None:
    """How much of either text, the longest stretch and where it stands, the order, the title."""
    text = report(14, 200)
    turned = text[120:200] + report(15, 10) + text[:100]
    a = text_print(DocumentId("d-1"), " ".join(text), "مقتل 19 جنديا")
    b = text_print(DocumentId("d-2"), " ".join(turned), "هجوم أنزيفات: الحصيلة ترتفع")
    copy = same_text(a, b)
    assert copy is not None
    assert copy.kind is CopyKind.EDITED
    assert copy.stretch == Stretch(0, 100, 90, 100)
    assert (copy.of_a, copy.of_b) == (0.9, 0.947)
    assert [str(each) for each in copy.evidence] == [
        "That is 90 % of the longer text (200 words).",
        "The longest stretch in common has 100 words.",
        "The parts stand in another order.",
        "The title differs.",
    ]


def test_forms_filled_in_anew_do_not_chain_to_one_family() -> None:
    """Four texts of one form, each like the next: only the pairs that are nearest are families."""
    parts = [" ".join(report(20 + n, 20)) for n in range(16)]
    held = {
        "d-1": range(10),
        "d-2": range(1, 11),
        "d-3": [*range(4, 11), 11, 12, 13],
        "d-4": [*range(5, 11), 11, 12, 13, 14],
    }
    copies = all_copies({DocumentId(d): " ".join(parts[n] for n in of) for d, of in held.items()})
    assert len([copy for copy in copies if binds(copy)]) > 2
    assert families(copies) == (("d-1", "d-2"), ("d-3", "d-4"))


def test_a_form_filled_in_with_other_figures_is_no_copy() -> None:
    """The bulletin of two days: nine words in ten are the same, and all the figures others."""
    form = report(18, 120)
    days = [[w if i % 12 else str(day * 100 + i) for i, w in enumerate(form)] for day in (3, 5)]
    copies = all_copies({DocumentId(f"d-{n}"): " ".join(day) for n, day in enumerate(days)})
    assert [copy.kind for copy in copies] == [CopyKind.FORM]
    assert families(copies) == ()
    assert quoting(copies, ()) == ()
    assert "Most figures of one text are not in the other." in map(str, copies[0].evidence)


def test_long_texts_are_compared_by_a_sample() -> None:
    """A quotation of a page in a book is found, and its place told to within a few words."""
    book, own = report(16, 30_000), report(17, 400)
    page = own + book[9_000:9_400]
    (copy,) = all_copies({DocumentId("d-1"): " ".join(book), DocumentId("d-2"): " ".join(page)})
    assert copy.stretch is not None
    assert abs(copy.stretch.at_a - 9_000) < 60
    assert abs(copy.stretch.at_b - 400) < 60


def test_titles_are_copies_only_if_they_are_the_same() -> None:
    """A line is no report: half of its words in another line make no copy."""
    title = [
        "مقتل",
        "تسعة",
        "عشر",
        "جنديا",
        "في",
        "هجوم",
        "على",
        "ثكنة",
        "أنزيفات",
        "شمال",
        "نومارة",
    ]
    assert kind_of(title, title) is CopyKind.SAME_TEXT
    assert kind_of(title, [*title, "بحسب", "الوزارة", "أمس"]) is None


def test_the_share_is_of_the_shorter_text() -> None:
    """And the reason gives it in words."""
    text = report(8, 300)
    (copy,) = all_copies(
        {DocumentId("d-2"): " ".join(text), DocumentId("d-1"): " ".join(text[:90])}
    )
    assert (copy.a, copy.b, copy.share) == ("d-1", "d-2", 1.0)
    assert str(copy.why) == "100 % of the shorter text (90 words) stands in the other."


def test_copies_of_copies_are_one_family() -> None:
    """Families are closed: an agency text, its reprint, and an excerpt of the reprint."""
    text, other = report(9, 400), report(10, 400)
    texts = {"d-1": text, "d-2": text[:-30], "d-3": text[100:230], "d-4": other, "d-5": other}
    copies = all_copies({DocumentId(d): " ".join(t) for d, t in texts.items()})
    assert families(copies) == (("d-1", "d-2", "d-3"), ("d-4", "d-5"))


@given(st.integers(0, 10_000), st.integers(0, 200), st.integers(0, 200))
def test_a_shared_run_always_gives_a_common_key(seed: int, before: int, after: int) -> None:
    """The winnowed print keeps its promise wherever the run stands."""
    run = report(seed, SURE_RUN + 1)
    one = report(seed + 1, before) + run + report(seed + 2, after)
    other = report(seed + 3, after) + run + report(seed + 4, before)
    assert set(shingle_keys(" ".join(one))) & set(shingle_keys(" ".join(other)))


@given(st.integers(0, 1_000), st.integers(0, 120), st.integers(0, 120))
def test_the_pair_test_is_symmetric(seed: int, first: int, second: int) -> None:
    """Which document is named first never matters."""
    shared = report(seed, 60)
    a = text_print(DocumentId("d-1"), " ".join(shared + report(seed + 1, first)))
    b = text_print(DocumentId("d-2"), " ".join(report(seed + 2, second) + shared))
    assert same_text(a, b) == same_text(b, a)


def test_an_empty_text_is_nobodys_copy() -> None:
    """No words, no keys, no pair."""
    assert shingle_keys(" … ") == ()
    assert pair("", "") == (None, False)
