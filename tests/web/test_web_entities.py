"""The pages of who is who: names, functions, relations, and the forms that rule on them."""

import re

import pytest
from tests.simulators.node import SimulatedNode, filled
from tests.web.support_web import Person, person

from tawatur.i18n import LANGUAGES, catalogue


@pytest.fixture
def someone() -> Person[SimulatedNode]:
    """Return somebody in front of a filled node."""
    return person(filled())


PERSON = "e-0000000000000001"
BODY = "e-0000000000000002"


def test_an_entry_shows_names_functions_and_relations(someone: Person[SimulatedNode]) -> None:
    """Each with where it stands: functions at the words, relations at the claim."""
    page = someone.get(f"/entities/{PERSON}").text
    view = someone.node.who.view(PERSON)
    place = view.functions[0].place.span
    for words in ("سمير الحلواني", "Samir Helwani", "Latin", "spellings of one name", "leads"):
        assert words in page
    assert f"/documents/{view.functions[0].document}?place={place.start}-{place.end}" in page
    assert f"/entities/{BODY}" in page
    assert f"claim={view.relations[0].claim.id}" in page


def test_documents_to_choose_from_are_called_by_title_and_day(
    someone: Person[SimulatedNode],
) -> None:
    """The id stands beside those alone that nothing else tells apart."""
    page = someone.get(f"/entities/{PERSON}").text
    shown = dict(re.findall(r'<option value="(d-[^"]+)">([^<]+)', page))
    bare = [name.removesuffix(f" ({id_})") for id_, name in shown.items()]
    assert len(shown) > 1
    for (id_, name), plain in zip(shown.items(), bare, strict=True):
        assert (id_ in name) == (bare.count(plain) > 1)
    assert len(set(shown.values())) == len(shown)


def test_of_a_person_no_number_is_shown(someone: Person[SimulatedNode]) -> None:
    """Neither in the list nor in the order of it."""
    page = someone.get("/entities?kind=PER").text
    row = page[page.index("<tbody>") : page.index("</tbody>")]
    assert '<td class="n"></td>' in row
    assert BODY not in row


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["?like={}", "/candidates?like={}"])
def test_who_is_meant_is_chosen_among_names_that_fit(
    someone: Person[SimulatedNode], address: str, language: str
) -> None:
    """On the page without script, alone while a person types; the entity itself is not there."""
    name = someone.node.who.view(BODY).entity.name
    page = someone.get(f"/entities/{PERSON}{address.format(name.split()[0])}", language).text
    assert re.findall(r'type="radio" name="other" value="([^"]+)"', page) == [BODY]
    row = page[page.index('type="radio"') : page.index("</label>", page.index('type="radio"'))]
    assert name in row
    assert catalogue(language).get("Arabic", "Arabic") in row
    assert f'action="/entities/{PERSON}/rule"' in page


def test_whom_nothing_fits_is_said_so(someone: Person[SimulatedNode]) -> None:
    """And nothing is offered before anything is typed."""
    assert (
        "Nobody else has a name like this."
        in someone.get(f"/entities/{PERSON}/candidates?like=zzz", "en").text
    )
    empty = someone.get(f"/entities/{PERSON}").text
    assert 'type="radio"' not in empty
    assert "Nobody else has a name like this." not in empty
    assert someone.get("/entities/e-none/candidates?like=a").status_code == 404


def test_whom_a_ruling_parts_is_refused_with_it(someone: Person[SimulatedNode]) -> None:
    """With whose it is and why, and a way to take it back on the same page."""
    someone.post(f"/entities/{PERSON}/rule", verdict="not same", other=BODY, why="an office")
    page = someone.get(f"/entities/{PERSON}?like={BODY}", "en").text
    assert 'type="radio"' not in page
    refused = page[page.index('class="refused"') :]
    assert "an office" in refused[: refused.index("</ul>")]
    ruling = re.search(r'href="#(j-\d+)"', refused)
    assert ruling
    assert f'<div class="ruled" id="{ruling[1]}">' in page
    assert f'action="/rulings/{ruling[1]}/withdraw"' in page


@pytest.mark.parametrize("verdict", ["same", "not same"])
def test_a_form_rules_on_two(someone: Person[SimulatedNode], verdict: str) -> None:
    """And the ruling stands on the page with who made it, why, and how to take it back."""
    answer = someone.post(
        f"/entities/{PERSON}/rule", verdict=verdict, other=BODY, why="says his office"
    )
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/entities/{PERSON}")
    page = someone.get(f"/entities/{PERSON}").text
    assert "says his office" in page
    assert 'action="/rulings/j-0000000000000042/withdraw"' in page


def test_an_entity_is_parted_by_documents(someone: Person[SimulatedNode]) -> None:
    """The second form names this entity twice, as two documents have it."""
    a, b = (line.id for line in someone.node.who.view(PERSON).documents)
    answer = someone.post(
        f"/entities/{PERSON}/rule", verdict="not same", mine=a, theirs=b, why="two men"
    )
    assert answer.status_code == 303
    assert len(someone.node.who.view(PERSON).rulings) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_cannot_be_comes_back_as_it_was(
    someone: Person[SimulatedNode], language: str
) -> None:
    """With what is wrong in words, and nothing is recorded."""
    someone.get("/", language)
    answer = someone.post(f"/entities/{PERSON}/rule", verdict="same", other=BODY, why=" ")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{BODY}"' in answer.text
    assert someone.node.who.view(PERSON).rulings == ()


def test_nobody_of_that_id_is_said_so(someone: Person[SimulatedNode]) -> None:
    """As with all other pages."""
    assert someone.get("/entities/e-none").status_code == 404
    assert someone.post("/entities/e-none/rule", verdict="same", why="x").status_code == 404


def test_what_somebody_promised_stands_with_them(someone: Person[SimulatedNode]) -> None:
    """Under any of their names; and the page leads to the charts of them, not to a map."""
    name = someone.node.who.view(BODY).entity.name
    someone.node.desk.commit(by=name, what="to open the road", due="2021-09")
    page = someone.get(f"/entities/{BODY}").text
    assert "to open the road" in page
    assert f'href="/timeline?actor={BODY}"' in page
    assert f'href="/actors?actor={BODY}"' in page
    assert "/map" not in page[page.index("<main") :]
    assert "to open the road" not in someone.get(f"/entities/{PERSON}").text
