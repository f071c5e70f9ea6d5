"""Templates show documented fields and decide nothing."""

from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, nodes
from tests.web.support_web import TEMPLATES

from tawatur.web.contexts import Site

OWN_CONTEXTS = (
    *("accounts", "actors", "briefs", "conflicts", "desk", "gaps", "map", "overview", "review"),
    *("areas", "basemap", "calendars", "late", "lessons", "meetings", "pointers", "reviews"),
    *("candidates", "costs", "entities", "search", "secretariat", "subjects", "timeline", "why"),
    *("outbox", "disclosures", "partners", "communities", "picking"),
)
"""Page modules that bring contexts of their own."""
ENVIRONMENT = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
CONTEXTS = sorted(
    {
        value
        for name in ("contexts", *OWN_CONTEXTS)
        for value in vars(import_module(f"tawatur.web.{name}")).values()
        if isinstance(value, type)
        and is_dataclass(value)
        and value.__module__ == f"tawatur.web.{name}"
        if not value.__name__.startswith("_")
    },
    key=lambda value: value.__name__,
)
PAGES = [context for context in CONTEXTS if hasattr(context, "template")]
# What Jinja itself offers: the loop, imported macros, format of a translated message.
OWN = {"first", "last", "index", "previtem", "format"} | {
    macro.name
    for path in TEMPLATES.glob("*parts.html")
    for macro in ENVIRONMENT.parse(path.read_text("utf-8")).find_all(nodes.Macro)
}


def used(path: Path) -> list[tuple[str | None, str]]:
    """Return each attribute that a template reads, with the name it is read from."""
    tree = ENVIRONMENT.parse(path.read_text("utf-8"))
    return [
        (node.node.name if isinstance(node.node, nodes.Name) else None, node.attr)
        for node in tree.find_all(nodes.Getattr)
    ]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda c: c.__name__)
def test_every_field_has_its_help(context: type) -> None:
    """A sentence."""
    for field in fields(context):
        assert field.metadata.get("help", "").endswith("."), field.name


@pytest.mark.parametrize("page", PAGES, ids=lambda c: c.__name__)
def test_a_template_uses_fields_of_its_page_only(page: type) -> None:
    """``page.x`` is a field of its context, and every field is used."""
    path = TEMPLATES / page.template  # type: ignore[attr-defined]  # every page has one
    frame = used(TEMPLATES / "frame.html")
    mine = {attr for name, attr in used(path) if name == "page"}
    framed = {attr for name, attr in frame if name == "page"}
    known = {field.name for field in fields(page)}
    assert mine <= known
    assert known <= mine | framed


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda p: p.name)
def test_a_template_uses_documented_fields_only(path: Path) -> None:
    """Every attribute anywhere is a field of some context."""
    documented = {field.name for context in CONTEXTS for field in fields(context)}
    site = {field.name for field in fields(Site)}
    for name, attr in used(path):
        assert attr in documented | OWN, attr
        if name == "site":
            assert attr in site, attr


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda p: p.name)
def test_a_template_never_switches_escaping_off(path: Path) -> None:
    """Neither by a filter nor by a block, and it writes no script of its own."""
    text = path.read_text("utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text
    assert "<style" not in text
    assert all('src="/static/' in line for line in text.splitlines() if "<script" in line)
