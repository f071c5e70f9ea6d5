"""A page's rendition holds every visible word; the main part is told from the rest."""

# ruff: noqa: D103, E501 - the tests' names are their claims; sentences of a text stay on one line

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.intake import extract
from tawatur.intake.rendition import of_markup
from tawatur.intake.report import Page, clear_report
from tawatur.model.document import Extraction

PROSE = [
    "Le ministre des Affaires étrangères a annoncé mardi le report du sommet prévu dans la capitale, en indiquant que les consultations entre les États membres n'étaient pas achevées.",
    "Il a ajouté, lors d'une conférence de presse, qu'une nouvelle date serait fixée après consultation des chefs d'État, sans donner la raison de ce report.",
    "L'opposition a salué cette décision, estimant que la rencontre n'aurait pu aboutir à aucun résultat dans les circonstances actuelles, selon un communiqué.",
]
PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Le sommet est reporté au printemps | Le Courrier</title>
<meta property="og:site_name" content="Le Courrier du Bassin">
<meta property="article:published_time" content="2021-03-04T08:15:00+01:00">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-03T23:50:00Z"}</script>
<style>p { color: red }</style></head>
<body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/m">Météo marine</a></li></ul></nav>
<div style="display:none">caché par style</div><div hidden>caché par attribut</div>
<main><article><h1>Le sommet est reporté au printemps</h1><p class="byline">Par Amina Diallo</p>
<p>%s</p><p>%s</p><p>Il a quitté la salle.</p><p>%s</p></article></main>
<aside><h2>Les plus lus</h2><ul><li><a href="/1">Le pétrole recule à Londres</a></li></ul></aside>
<iframe src="https://ads.example/frame">cadre</iframe><noscript>sans script</noscript>
<footer><p>© 2021 Le Courrier du Bassin. Tous droits réservés.</p></footer>
<script>document.write("jamais vu")</script></body></html>""" % tuple(PROSE)  # noqa: UP031 # braces of JSON stand in it


def taken(page: str, name: str = "page.html") -> Extraction:
    return extract(name, page.encode())


def kept(found: Extraction) -> str:
    return "\n".join(span.of(found.text) for span in found.main())


def test_the_rendition_holds_what_is_seen_in_reading_order_and_nothing_hidden() -> None:
    text = taken(PAGE).text
    order = [
        "Accueil",
        "Météo marine",
        "Le sommet est reporté",
        "Amina Diallo",
        *PROSE,
        "Les plus lus",
        "©",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    for hidden in ("caché", "jamais vu", "color: red", "cadre", "sans script", "datePublished"):
        assert hidden not in text


def test_the_main_part_is_told_from_the_rest() -> None:
    found = taken(PAGE)
    content = kept(found)
    for words in (*PROSE, "Il a quitté la salle.", "Le sommet est reporté au printemps"):
        assert words in content
    for words in ("Accueil", "Les plus lus", "Le pétrole recule", "Tous droits"):
        assert words not in content


def test_title_publisher_and_date_come_from_the_page() -> None:
    found = taken(PAGE)
    assert found.title is not None
    assert found.title.of(found.text) == "Le sommet est reporté au printemps"
    assert found.publisher is not None
    assert (found.publisher.value, found.publisher.found_in) == (
        "Le Courrier du Bassin",
        "meta og:site_name",
    )
    assert found.published is not None
    assert (found.published.value, found.published.found_in) == (
        "2021-03-03",
        "json-ld datePublished",
    )
    assert (found.language, found.media_type) == ("fr", "text/html")


@pytest.mark.parametrize(
    ("markup", "value", "place"),
    [
        (
            '<meta property="article:published_time" content="2021-03-04T08:15:00+01:00">',
            "2021-03-04",
            "meta article:published_time",
        ),
        ('<meta name="DC.date.issued" content="04/03/2021">', "2021", "meta dc.date.issued"),
        ('<meta name="pubdate" content="March 4, 2021">', "2021-03-04", "meta pubdate"),
        ("", "2021-03-05", "time element"),
    ],
)
def test_a_date_is_found_where_pages_state_it(markup: str, value: str, place: str) -> None:
    page = (
        f"<html><head>{markup}</head><body><h1>Un titre de page ici</h1>"
        f'<time datetime="2021-03-05T10:00">hier</time><p>{PROSE[0]}</p><p>{PROSE[1]}</p></body></html>'
    )
    published = taken(page).published
    assert published is not None
    assert (published.value, published.found_in) == (value, place)


WORDS = st.text(st.sampled_from("abcdefgéاлبتسم"), min_size=1, max_size=9)
TAGS = st.sampled_from(
    ["p", "div", "li", "h2", "b", "i", "a", "td", "section", "blockquote", "nav", "pre"]
)


@given(st.lists(st.tuples(TAGS, WORDS, st.booleans()), min_size=1, max_size=25))
@settings(deadline=None)  # a library is loaded on the way
def test_the_rendition_holds_every_visible_word_once_and_no_hidden_one(
    parts: list[tuple[str, str, bool]],
) -> None:
    body = "".join(
        f"<{tag}{' hidden' if hidden else ''}> {word} </{tag}> " for tag, word, hidden in parts
    )
    page = f"<!doctype html><html><body><p>début</p>{body}</body></html>"
    found = taken(page).text.split()
    assert found == ["début", *[word for _, word, hidden in parts if not hidden]]


NAMES = st.sampled_from(
    ["", "related", "comments", "entry-content", "td-crumb", "no-sidebar", "cookieNotice", "author"]
)
TEXTS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="<&"), max_size=12)
LONG = st.sampled_from(PROSE)


def nested(inside: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """Markup and what it shows, of several pieces within one element."""
    return st.builds(
        lambda tag, name, parts: (
            f'<{tag} class="{name}">' + " ".join(m for m, _ in parts) + f"</{tag}>",
            "".join(shown for _, shown in parts),
        ),
        st.sampled_from(["div", "section", "article", "ul", "span", "b", "blockquote", "form"]),
        NAMES,
        st.lists(inside, max_size=6),
    )


MARKUP = st.recursive(
    st.one_of(
        st.builds(lambda text: (f"<p>{text}</p>", text), LONG),
        st.builds(lambda text: (f"<h2>{text}</h2>", text), TEXTS),
        st.builds(lambda text: (f'<a href="/">{text}</a>', text), TEXTS),
        st.builds(lambda text: (f"{text}<br>&eacute;&#1575;", text + "éا"), TEXTS),
        st.builds(lambda text: (f"<script>{text.replace('/', '')}</script>", ""), TEXTS),
    ),
    nested,
    max_leaves=25,
)


@given(MARKUP)
@settings(deadline=None)  # a library is loaded on the way
def test_every_visible_character_stands_in_the_rendition_in_order(made: tuple[str, str]) -> None:
    markup, shown = made
    found = taken(f"<!doctype html><html><body><p>début</p>{markup}</body></html>")
    assert "".join(found.text.split()) == "".join(("début" + shown).split())
    at = 0
    for aside in found.asides:
        assert at <= aside.span.start < aside.span.end <= len(found.text)
        at = aside.span.end
    if found.title is not None:
        assert 0 <= found.title.start < found.title.end <= len(found.text)


REPORT = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)


def test_where_one_element_holds_nearly_all_prose_its_lines_are_the_report() -> None:
    shown = of_markup(
        f"<ul><li><a>Accueil</a></li></ul><div><h1>Un titre</h1>{REPORT}<p>Il est parti.</p></div>"
        f'<div id="comments"><p>{PROSE[0]}</p></div><div class="related"><p>{PROSE[1]}</p></div>'
    )
    report = clear_report(Page(shown))
    assert report is not None
    assert [shown.lines[i].text for i in sorted(report)] == ["Un titre", *PROSE, "Il est parti."]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<article>{REPORT}</article><article><h2><a>Autre sujet</a></h2>{REPORT}</article>",
            id="two articles",
        ),
        pytest.param(f"<div>{REPORT}{'<p>Rubrique</p>' * 60}</div>", id="prose among labels"),
        pytest.param(f'<div class="comments">{REPORT}</div>', id="nothing but comments"),
        pytest.param(f"<div><p>{PROSE[0]}</p></div>", id="one paragraph"),
    ],
)
def test_a_page_is_in_doubt_where_its_prose_may_be_of_several_things(body: str) -> None:
    assert clear_report(Page(of_markup(f"<body>{body}</body>"))) is None


def test_classes_of_the_whole_page_hide_nothing_of_the_report() -> None:
    page = f'<html><body class="comments sidebar"><div class="has-sidebar">{REPORT}</div></body></html>'
    assert all(paragraph in kept(taken(page)) for paragraph in PROSE)


def test_an_entity_of_the_pages_own_making_is_never_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">'
        '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        "<html><body><p>Du texte &lol2; et &file; ici.</p></body></html>"
    )
    text = taken(bomb, "page.xhtml").text
    assert "lollol" not in text
    assert "root:" not in text
    assert "Du texte" in text


@pytest.mark.parametrize("depth", [300, 10_000, 100_000])
def test_a_page_nested_deeply_is_read_in_full_and_soon(depth: int) -> None:
    """As soon as one of as many tags that stand side by side."""
    words = "<p>au fond</p>{}<p>après tout</p>"
    nested = "<html><body>" + "<div>" * depth + words.format("</div>" * depth)
    beside = "<html><body>" + words.format("<div></div>" * depth)
    assert taken(nested).text.split("\n") == ["au fond", "après tout"]
    assert _cost(nested) < 3 * _cost(beside)


def _cost(page: str) -> float:
    """Return the seconds of a processor that a page costs, at best."""
    costs = []
    for _ in range(3):
        begun = time.process_time()
        taken(page)
        costs.append(time.process_time() - begun)
    return min(costs)


def test_tags_that_are_never_closed_lose_no_word() -> None:
    page = "<html><body>" + "<b><font>" * 400 + "<p>un</p><p>deux<p>trois</body></html>"
    assert taken(page).text.split() == ["un", "deux", "trois"]


def test_cells_of_a_row_are_parted_and_rows_are_lines() -> None:
    page = "<html><body><table><tr><td>Mali</td><td>12</td></tr><tr><td>Niger</td><td>7</td></tr></table>"
    assert taken(page).text == "Mali\t12\nNiger\t7"


def test_a_page_with_the_name_of_a_text_is_read_as_a_page() -> None:
    assert taken(PAGE, "page.txt").media_type == "text/html"
    assert (
        taken("Le signe <p> ouvre un paragraphe, </p> le ferme.", "note.txt").media_type
        == "text/plain"
    )


def test_a_page_carries_the_marking_of_its_report_and_none_of_its_menu() -> None:
    page = (
        "<html><body><nav><a href=/a>Secret</a></nav><article><p>TLP:AMBER</p>"
        + "<p>The ministry said that the road to the south is closed to all convoys.</p>" * 4
        + "</article></body></html>"
    )
    assert [mark.value for mark in taken(page).markings] == ["TLP:AMBER"]


def test_extraction_of_a_page_is_deterministic() -> None:
    assert taken(PAGE) == taken(PAGE)


@pytest.mark.skipif("TAWATUR_EVAL_DATA" not in os.environ, reason="TAWATUR_EVAL_DATA is not set")
def test_asides_of_real_pages_lie_within_the_text_and_never_overlap() -> None:
    folder = Path(os.environ["TAWATUR_EVAL_DATA"], "data", "news", "trafilatura_eval")
    pages = sorted(folder.glob("*.html"))
    assert pages
    titles = 0
    for path in pages:
        found = extract(path.name, path.read_bytes())
        at = 0
        for aside in found.asides:
            assert at <= aside.span.start < aside.span.end <= len(found.text)
            at = aside.span.end
        titles += found.title is not None
    assert titles >= 0.9 * len(pages)
