"""A chain in words says who, through whom and as what, and takes no side."""

from typing import Any

import pytest
from tests.briefs.factory import DOCUMENTS

from tawatur.briefs import chain_in_words
from tawatur.briefs.chains import force_of
from tawatur.model.claim import Content
from tawatur.model.reading import (
    AUTHOR,
    Channel,
    Link,
    Manner,
    Modality,
    Polarity,
    SourceKind,
)
from tawatur.model.span import Span

SITE = DOCUMENTS[0].publisher
AGENCY = Link(SourceKind.OUTLET, "وكالة كذا", cue="نقلت")
SOURCE = Link(SourceKind.ANONYMOUS, "مصدر أمني", cue="قال", manner=Manner.INDIRECT)
SPOKESMAN = Link(SourceKind.PERSON, "المتحدث باسم الجيش", cue="ونفى", manner=Manner.INDIRECT)


def bare(words: str) -> str:
    """Return words without isolates."""
    return words.replace("\u2068", "").replace("\u2069", "")


def said(*links: Link, language: str, publisher: str | None = SITE, **content: Any) -> str:
    """Return the chain of the author and ``links`` in words, without isolates."""
    chain = (AUTHOR, *links)
    return bare(chain_in_words(chain, Content(chain, **content), publisher, language))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ar",
            f"{SITE}، نقلا عن وكالة كذا، نقلا عن مصدر أمني (لم يُذكر الاسم)، بالمعنى لا باللفظ",
        ),
        (
            "fr",
            f"{SITE}, citant وكالة كذا, citant مصدر أمني (nom non donné), qui dit, en substance",
        ),
        (
            "en",
            f"{SITE}, citing وكالة كذا, citing مصدر أمني (name not given) as saying, in substance",
        ),
    ],
)
def test_every_link_is_spoken_from_the_outside_in(language: str, words: str) -> None:
    """A site citing an agency citing an unnamed source, in three languages."""
    assert said(AGENCY, SOURCE, language=language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "كاتب التقرير، من غير نسبة إلى مصدر آخر"),
        ("fr", "L’auteur du document, sans citer d’autre source"),
        ("en", "The report’s author, naming no other source"),
    ],
)
def test_the_author_s_own_word_is_called_so(language: str, words: str) -> None:
    """Without a publisher it is the author of the report who speaks."""
    assert said(language=language, publisher=None) == words


@pytest.mark.parametrize(
    ("cue", "content", "words"),
    [
        ("ونفى", {"polarity": Polarity.DENIED}, "as denying what follows"),
        ("يستبعد", {"modality": Modality.HEDGED}, "as not excluding what follows"),
        ("ينف", {}, "on what follows"),
        ("وعد", {}, "on what follows"),
        ("طلب", {}, "on what follows"),
        ("قال", {"polarity": Polarity.DENIED}, "as saying, in the negative"),
        ("وعد", {"modality": Modality.PROMISED}, "as promising"),
        ("قال", {"modality": Modality.PROMISED}, "as saying, as a promise"),
        ("طالب", {"modality": Modality.REQUESTED}, "as asking for what follows"),
        ("محذرا", {}, "as warning"),
        ("a démenti", {"polarity": Polarity.DENIED}, "as denying what follows"),
        ("pledged", {"modality": Modality.PROMISED}, "as promising"),
        ("زعمت", {}, "as alleging"),
        ("رجح", {"modality": Modality.HEDGED}, "as supposing"),
        ("قال", {"modality": Modality.HEDGED}, "as saying, as possible, not as certain"),
        ("قال", {"polarity": Polarity.QUESTIONED}, "as saying, as a question"),
        (None, {"modality": Modality.CONDITIONAL}, "as saying, under a condition"),
    ],
)
def test_the_force_of_the_cue_is_spoken(
    cue: str | None, content: dict[str, Any], words: str
) -> None:
    """Denied, not excluded, promised, asked, warned; a negated denial takes no side."""
    link = Link(SourceKind.BODY, "الوزارة", cue=cue)
    assert said(link, language="en", **content).endswith(f"citing الوزارة {words}")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_no_denial_reads_like_an_assertion(language: str) -> None:
    """Whatever the cue, a denied claim has other words than the same claim asserted."""
    for link in (SPOKESMAN, SOURCE, AGENCY):
        asserted = said(link, language=language)
        assert said(link, language=language, polarity=Polarity.DENIED) != asserted


@pytest.mark.parametrize("modality", [m for m in Modality if m is not Modality.FACT])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_no_hedge_plan_promise_or_opinion_reads_like_a_fact(
    modality: Modality, language: str
) -> None:
    """Every modality has words of its own."""
    assert said(SOURCE, language=language, modality=modality) != said(SOURCE, language=language)


def test_a_quotation_that_holds_the_denial_is_not_denied_once_more() -> None:
    """A quotation "the ministry denied it" is told of it; "it happened" is what it denied."""
    link = Link(SourceKind.BODY, "le ministère", cue="a démenti", cue_span=Span(10, 19))
    content = Content((), polarity=Polarity.DENIED)
    within = chain_in_words((AUTHOR, link), content, "A", "en", Span(0, 40))
    before = chain_in_words((AUTHOR, link), content, "A", "en", Span(20, 40))
    assert bare(within) == "A, reporting the word of le ministère"
    assert bare(before) == "A, citing le ministère as denying what follows"


def test_to_whom_and_by_which_way_is_told() -> None:
    """Being written to is not saying: the one who was told stands beside, not in the chain."""
    link = Link(SourceKind.PERSON, "Sarel", cue="wrote", to="الوزيرة", channel=Channel.LEAKED)
    words = said(link, language="fr", publisher="Courrier")
    assert words == "Courrier, citant Sarel (à l’adresse de الوزيرة, par une fuite), qui écrit"


def test_names_are_isolated_and_cannot_turn_the_rest() -> None:
    """Direction marks in a hostile name are left out; ours are balanced."""
    name = "عنصر \u202e\u2069 evil\nline"
    words = chain_in_words((AUTHOR, Link(SourceKind.GROUP, name)), Content(()), "A", "en")
    assert "\u202e" not in words
    assert "\n" not in words
    assert words.count("\u2068") == words.count("\u2069") == 2


@pytest.mark.parametrize(
    ("cue", "force"),
    [
        ("وأضاف", "added"),
        ("على حد قول", "said"),
        ("بحسب", "said"),
        ("declined", "said"),
        ("", "said"),
    ],
)
def test_what_is_not_in_the_table_is_plain_saying(cue: str, force: str) -> None:
    """No force is made up."""
    assert force_of(cue) == force
