"""What is only known to exist: a page that tells on what and whom to ask, in every language."""

import pytest
from tests.simulators.node import SimulatedNode
from tests.web.support_web import Person, person

from tawatur.i18n import LANGUAGES


@pytest.fixture
def visitor() -> Person[SimulatedNode]:
    """Give somebody before a node that knows of two things."""
    return person(SimulatedNode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_on_what_there_is_something_and_whom_to_ask(
    visitor: Person[SimulatedNode], language: str
) -> None:
    """With a form to ask, or to acknowledge what stands before it."""
    page = visitor.get("/pointers", language).text
    for words in ("حركة على معبر ودريل", "مرصد السهل", "Harbour", "not for the press"):
        assert words in page
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert page.count('method="post" action="/pointers/') == 2


def test_a_form_asks_and_another_acknowledges(visitor: Person[SimulatedNode]) -> None:
    """What is not known, or not told, is refused in words."""
    first, second = (each.id for each in visitor.node.pointers.all())
    asked = visitor.post(f"/pointers/{first}/ask", what="who holds the crossing")
    assert (asked.status_code, asked.headers["location"]) == (303, "/requests")
    assert visitor.node.pointers.asked == [(first, "who holds the crossing")]
    assert visitor.post(f"/pointers/{second}/acknowledge").status_code == 303
    assert [each.id for each in visitor.node.pointers.all()] == [first]
    refused = visitor.post("/pointers/o-0000000000000009/ask", what="who")
    assert refused.status_code in (404, 422)
