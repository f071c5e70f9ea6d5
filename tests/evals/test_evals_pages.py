"""The figures of invented pages say what was found of a report, and what was taken wrongly."""

# ruff: noqa: D103 - the tests' names are their claims

from pathlib import Path

import pytest

from evals import pages

MARKED = """<!doctype html><html><head><title>Titre</title></head><body><nav>Accueil</nav>
<!--report--><h1>Le pont ferme</h1><!--either--><p>Par Awa</p>
<!--report--><p>La mairie a dit <b>non</b>.</p>
<!--rest--><p>Lire aussi autre chose</p></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> pages.Marked:
    path = tmp_path / "fr-01.html"
    path.write_text(MARKED, "utf-8")
    return pages.marked(path)


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        pytest.param("Le pont ferme\nLa mairie a dit non.", 1.0, 1.0, id="the report alone"),
        pytest.param("Le pont ferme Par Awa La mairie a dit non", 1.0, 1.0, id="byline taken too"),
        pytest.param("Le pont ferme", 1.0, 11 / 26, id="the title alone"),
        pytest.param("Le pont ferme La mairie a dit non Lire aussi", 26 / 35, 1.0, id="and more"),
        pytest.param("", 0.0, 0.0, id="nothing"),
    ],
)
def test_letters_found_and_taken_wrongly_are_counted(
    page: pages.Marked, found: str, precision: float, recall: float
) -> None:
    scored = pages.score(page, lambda _name, _content: found)
    assert scored[:2] == pytest.approx((precision, recall))


def test_the_program_never_sees_a_mark(page: pages.Marked) -> None:
    assert b"<!--" not in page.content


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_every_page_has_a_report_and_something_around_it(language: str) -> None:
    paths = [*pages.corpus(name=language), *pages.corpus(name=f"{language}-{pages.HELD}")]
    assert len(paths) == 12
    for path in paths:
        assert {"report", "rest"} <= set(pages.marked(path).marks), path.name
