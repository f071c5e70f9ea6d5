"""The invented press is what its rules say, and the shares are counted as they are named."""

from collections import Counter

import pytest

from evals import press, roots
from tawatur.model.picture import RootInterval


def test_the_mix_of_classes_is_fixed() -> None:
    """Of any twenty cases in a row five are copies, five named, three circles and so on."""
    kinds = Counter(press.case(number).kind for number in range(40, 60))
    assert kinds == {"copies": 5, "named": 5, "circles": 3, "anonymous": 4, "translated": 3}


def test_equal_seed_and_number_give_the_equal_case() -> None:
    """And another seed another one."""
    assert press.case(7, seed=2) == press.case(7, seed=2)
    assert press.case(7, seed=2) != press.case(7, seed=3)


@pytest.mark.parametrize("language", press.LANGUAGES)
def test_each_language_has_forty_tellings(language: str) -> None:
    """Each with its clause in it; and the lists stand side by side in all languages."""
    words, english = press.table(language), press.table("en")
    frames = [key for key, held in words.items() if isinstance(held, dict) and "t" in held]
    tellings = [t for key in frames if key != "filler" for t in words[key]["t"]]
    assert len(set(tellings)) >= 40
    assert all("{clause}" in t.lower() for t in tellings)
    assert all(len(words[key]) == len(english[key]) for key in ("people", "bodies", "months"))
    assert len(words["filler"]["t"]) == len(english["filler"]["t"])


@pytest.mark.parametrize(("kind", "most"), [("copies", 1), ("circles", 2), ("translated", 2)])
def test_what_adds_nothing_adds_nothing_to_the_truth(kind: str, most: int) -> None:
    """Copies, circles and translations are one root, beside a named one at most two."""
    cases = [case for case in map(press.case, range(60)) if case.kind == kind]
    assert cases
    assert all(1 <= case.truth[0] <= case.truth[1] <= most for case in cases)


def test_shares_say_whether_the_truth_lies_inside_and_how_wide_ours_is() -> None:
    """Ours holds the truth of one case of two, equals it in none, and is too wide in one."""
    case = next(case for case in map(press.case, range(20)) if case.truth == (1, 1))
    wide, beside = RootInterval(1, 3, (), ()), RootInterval(2, 2, (), ())
    found = [roots.Counted(2, case, "by hand", each, ()) for each in (wide, beside)]
    shares = roots.shares(found)
    assert shares["by hand, inside"] == 0.5
    assert shares["by hand, both ends"] == 0.0
    assert shares["by hand, not wide"] == 0.5
