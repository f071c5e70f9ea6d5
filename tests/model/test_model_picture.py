"""Derived values: reasons fill their templates, and no value could rank a natural person."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import entry, picture
from tawatur.model.picture import Reason


@given(st.lists(st.text(), max_size=4))
def test_a_reason_says_all_that_fills_it_as_it_is(args: list[str]) -> None:
    """Braces in a name are a name's, not a template's."""
    template = " / ".join(f"{{{i}}}" for i in range(len(args)))
    assert str(Reason(template, tuple(args))) == " / ".join(args)


def test_an_entity_has_names_and_documents_and_nothing_that_weighs_it() -> None:
    """No grade, score, rank or centrality has a place to stand."""
    fields = {f.name for f in dataclasses.fields(picture.Entity)}
    assert fields == {"id", "type", "name", "names", "documents", "why"}
    assert {f.name for f in dataclasses.fields(picture.Name)} == {"text", "language", "documents"}


def test_a_header_holds_ids_and_times_and_no_text() -> None:
    """What outlives an erasure has no field for words or names."""
    fields = {f.name for f in dataclasses.fields(entry.Header)}
    assert fields == {"id", "kind", "time", "author", "originator", "digest", "v"}


def test_an_entry_keeps_its_header_when_its_payload_is_gone() -> None:
    """An erased entry is one whose payload is None."""
    by_name = {f.name: f for f in dataclasses.fields(entry.Entry)}
    assert "None" in str(by_name["payload"].type)
    assert set(by_name) == {"seq", "header", "payload"}
