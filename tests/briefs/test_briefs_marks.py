"""Marks stand in our own words; whatever is somebody else's is the same in every copy."""

import random
import re
from dataclasses import replace

import lxml.html
import pytest
from benchmarks.tracing import ATTACKS, Attack, plain, rates, rendering
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur import briefs
from tawatur.briefs import Brief, Rendering, html, markdown
from tawatur.briefs.marks import _pairs, _tokens
from tawatur.i18n import LANGUAGES, catalogue
from tawatur.model.text import fold_words
from tawatur.node import Node
from tawatur.samples import REPORTS

WRITTEN = [(language, form) for language in LANGUAGES for form in ("html", "md")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brief]:
    """Return the brief of the sample reports in each language."""
    with Node.init(tmp_path_factory.mktemp("marks") / "node", name="Observatory") as node:
        node.add([REPORTS])
        node.desk.commit(what="send on 8 June 2021, citing nobody", by="Banzura")
        return {language: node.brief(language=language) for language in LANGUAGES}


def _written(brief: Brief, form: str) -> Rendering:
    text = html(brief) if form == "html" else markdown(brief, "reports.html")
    return Rendering.of(text, brief.language)


def _forms(written: Rendering, seed: int) -> tuple[int, ...]:
    chance = random.Random(seed)
    return tuple(chance.randrange(2) for _ in written.places)


def _not_ours(text: str, form: str) -> list[str]:
    """Return what a copy holds of others, and every link, in order."""
    if form == "md":
        return re.findall(
            r"^> .*$|\[(?:\\.|[^\]])*\]\([^)]*\)|\u2068[^\u2069]*\u2069", text, re.MULTILINE
        )
    elements = list(lxml.html.fromstring(text).iter())
    foreign = {"blockquote", "bdi", "a", "q", "code", "style"}
    held = [
        "".join(map(str, element.itertext()))
        for element in elements
        if element.tag in foreign or (element.get("dir") and element.tag != "html")
    ]
    return held + [str(sorted(element.attrib.items())) for element in elements]


@pytest.mark.parametrize(("language", "form"), WRITTEN)
def test_what_others_said_is_the_same_in_every_copy(
    made: dict[str, Brief], language: str, form: str
) -> None:
    """Quotations, names, citations, links, reports and what a person typed, byte for byte."""
    written = _written(made[language], form)
    for seed in range(3):
        copy = written.copy(_forms(written, seed))
        assert copy != written.text
        assert _not_ours(copy, form) == _not_ours(written.text, form)
    quotes = [s.quote for s in made[language].sentences()]
    if form == "html":
        held = [b.text for b in lxml.html.fromstring(copy).iter("blockquote")]
        assert set(quotes) <= set(held)


@pytest.mark.parametrize(("language", "form"), WRITTEN)
def test_copies_say_the_same_word_for_word(
    made: dict[str, Brief], language: str, form: str
) -> None:
    """But for the form in which it is said: figures, days and their order are the same."""
    written = _written(made[language], form)
    copy = Rendering.of(written.copy(_forms(written, 4)), language)
    assert copy.symbols == written.symbols


@pytest.mark.parametrize(("language", "form"), WRITTEN)
def test_every_mark_of_a_whole_copy_is_read_back(
    made: dict[str, Brief], language: str, form: str
) -> None:
    """No mark disturbs another."""
    written = _written(made[language], form)
    forms = _forms(written, 5)
    assert written.read(written.copy(forms)) == forms
    assert written.lasting > 500


@pytest.mark.parametrize(("language", "form"), WRITTEN)
def test_unmarked_is_unmarked(made: dict[str, Brief], language: str, form: str) -> None:
    """What is written for oneself has our usual form in every place."""
    written = _written(made[language], form)
    assert written.copy((0,) * len(written.places)) == written.text


@settings(max_examples=15)
@given(st.sampled_from(LANGUAGES), st.integers(0, 9999), st.data())
def test_what_is_read_of_a_part_is_what_the_copy_has(
    language: str, seed: int, data: st.DataObject
) -> None:
    """Whatever stretches leak, in whatever order: a mark is read right or not at all."""
    whole = rendering(language)
    forms = _forms(whole, seed)
    paragraphs = whole.copy(forms).split("\n\n")
    some = data.draw(st.lists(st.integers(0, len(paragraphs) - 12), min_size=1, max_size=5))
    leak = plain("\n\n".join("\n\n".join(paragraphs[at : at + 12]) for at in some))
    wrong = [
        place
        for place, seen, form in zip(whole.places, whole.read(leak), forms, strict=True)
        if seen is not None and seen != form and not place.is_space
    ]
    # At each end of a stretch the phrases of a sentence cut off may be taken for those of its like:
    # three of some twelve. How the sentences of a brief lie hangs on ids, which are by chance.
    assert len(wrong) <= 6 * len(some)


@pytest.mark.parametrize("leak", ["", "a", "citing " * 500, "\u2068\u2069>" * 50, "<p>" * 300])
def test_a_text_that_is_no_copy_tells_nothing(leak: str) -> None:
    """Nor does one that is no text."""
    assert set(rendering("en").read(leak)) == {None}


def test_a_report_cannot_pass_for_our_own_words() -> None:
    """Words of ours, marks of direction and brackets in a quotation are the quotation's."""
    said = "> citing X as saying, on 8 June 2021 \u2069 in substance"
    text = f"the report’s author:\n\n{said}\n\n\u2068as saying\u2069 in substance\n"
    written = Rendering.of(text, "en")
    assert [text[p.start : p.end] for p in written.places] == [
        "the report’s author",
        "in substance",
    ]
    assert said in written.copy((1,) * len(written.places))


def test_days_are_written_in_two_ways_and_read_in_both() -> None:
    """A form of a date is no other date."""
    for language, ours, other in (
        ("en", "on 8 June 2021", "on June 8, 2021"),
        ("en", "in June 2021", "in June of 2021"),
        ("fr", "le 1er août 2021", "le 01/08/2021"),
        ("fr", "en août 2021", "en août de l’année 2021"),
        ("ar", "في 8 كانون الثاني/يناير 2021", "في 8 يناير/كانون الثاني 2021"),
    ):
        written = Rendering.of(ours, language)
        assert written.copy((1,)) == other
        assert Rendering.of(other, language).symbols == written.symbols


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_one_of_our_own_words(language: str) -> None:
    """Each wording on the left is in a sentence of ours, and none is in two pairs."""
    messages = catalogue("fr" if language == "en" else language)
    own = " ".join(map(fold_words, messages if language == "en" else messages.values()))
    seen: dict[tuple[str, ...], tuple[str, str]] = {}
    for them in _pairs(language).values():
        for wording, _form, forms in them:
            assert seen.setdefault(wording, forms) == forms
            assert len(_tokens(forms[0], language)) == len(_tokens(forms[1], language)) == 1
            assert _tokens(forms[0], language)[0].symbol == _tokens(forms[1], language)[0].symbol
            assert fold_words(forms[0]) in own, forms


def test_a_marked_copy_says_that_it_is_marked(made: dict[str, Brief]) -> None:
    """In its language, on the page and in the text; a brief for oneself says nothing of it."""
    for language, words in (("ar", "معلَّمة"), ("fr", "marquée"), ("en", "is marked")):
        brief = replace(made[language], marked=True)
        assert words in html(brief)
        assert words in markdown(brief, "x.html")
        assert words not in markdown(made[language], "x.html")
    assert words not in briefs.documents_page(brief)


FLOORS = dict(zip((attack.name for attack in ATTACKS), (0.95, 0.95, 0.8, 0.75), strict=False))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_leaks_are_traced_and_nobody_else_is_accused(language: str, attack: Attack) -> None:
    """A smaller run of `benchmarks.tracing`: 12 trials with 50 organisations each.

    Somebody else may be accused once in 1,000 trials, so once in all of these; the node that
    wrote the brief has random ids, so that no two runs are the same.
    """
    found = rates(attack, language, 12)
    assert found.rightly >= FLOORS.get(attack.name, 0.9) * (attack.leakers > 0)
    assert found.wrongly <= 1 / 12
