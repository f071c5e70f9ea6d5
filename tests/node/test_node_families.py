"""Copies in a node: families with their evidence, translations, and what a stranger sees."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.test_weighing_translations import ARABIC, FRENCH, OTHER_REPORT

from tawatur.ledger.stores import SqliteStore
from tawatur.model.ids import DocumentId
from tawatur.model.picture import CopyKind
from tawatur.node import Node
from tawatur.node.indexing.derived import packed
from tawatur.node.indexing.families import TABLES, Families
from tawatur.node.indexing.graph import key_numbers
from tawatur.weighing import families, quoting, shingle_keys, text_print
from tawatur.weighing.picture import all_copies

pytestmark = pytest.mark.usefixtures("each_store")

_WORDS = [f"كلمة{n}" for n in range(400)]


def _parts(numbers: list[int]) -> str:
    """Return a text put together from numbered parts of thirty words."""
    return " ".join(w for n in numbers for w in random.Random(n).choices(_WORDS, k=30))


def _show(kept: Families, document: DocumentId, text: str | None) -> set[str]:
    if text is None:
        touched = kept.show(document, None)
    else:
        body = packed(text_print(document, text))
        touched = kept.show(document, body, key_numbers(shingle_keys(text)))
    while fresh := kept.texts.fresh(100):
        touched |= kept.rejoined(kept.texts.join(kept.texts.compared(fresh)))
    return touched


def _made() -> Families:
    db = SqliteStore(":memory:", isolation_level=None)
    db.executescript(TABLES.strip().removeprefix(";"))
    return Families(db)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.none() | st.lists(st.integers(0, 6), min_size=1, max_size=5),
        ),
        max_size=14,
    )
)
def test_families_kept_equal_families_made_anew(steps: list[tuple[int, list[int] | None]]) -> None:
    """Texts put in, changed and taken out in any order leave the families of those left."""
    kept, texts = _made(), dict[DocumentId, str]()
    for number, parts in steps:
        document = DocumentId(f"d-{number}")
        text = None if parts is None else _parts(parts)
        _show(kept, document, text)
        if text is None:
            texts.pop(document, None)
        else:
            texts[document] = text
    copies = all_copies(texts)
    groups = {d: frozenset(group) for group in families(copies) for d in group}
    for document in texts:
        assert kept.family(document) == groups.get(document, frozenset({document}))
    assert kept.quotes(set(texts), families(copies)) == quoting(copies, families(copies))
    for gone in texts:
        hidden = frozenset({gone})
        left = families(c for c in copies if gone not in (c.a, c.b))
        seen = {d: frozenset(group) for group in left for d in group}
        for document in set(texts) - hidden:
            assert kept.family(document, hidden) == seen.get(document, frozenset({document}))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=5), min_size=2, max_size=7),
    st.sets(st.integers(0, 6)),
)
def test_who_makes_another_family_for_what_is_hidden_is_told(
    texts: list[list[int]], numbers: set[int]
) -> None:
    """Of the others the family is the same, but for what is hidden of it."""
    kept, every = _made(), {DocumentId(f"d-{n}") for n in range(len(texts))}
    for document, parts in zip(sorted(every), texts, strict=True):
        _show(kept, document, _parts(parts))
    hidden = frozenset(every & {f"d-{n}" for n in numbers})
    otherwise = kept.seen_otherwise(hidden)
    assert not otherwise & hidden
    for document in every - hidden - otherwise:
        assert kept.family(document) - hidden == kept.family(document, hidden)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=5), st.data())
def test_what_a_change_may_touch_is_told(parts: list[int], data: st.DataObject) -> None:
    """Every family that is another afterwards holds a document of those returned."""
    kept = _made()
    drawn = st.lists(st.integers(0, 6), min_size=1, max_size=5)
    for number in range(4):
        _show(kept, DocumentId(f"d-{number}"), _parts(data.draw(drawn)))
    before = {f"d-{n}": kept.family(f"d-{n}") for n in range(4)}
    touched = _show(kept, DocumentId("d-9"), _parts(parts))
    reached = frozenset[str]().union(*map(kept.family, touched))
    assert {d for d, family in before.items() if kept.family(d) != family} <= reached
    before |= {"d-9": kept.family("d-9")}
    touched = _show(kept, DocumentId("d-9"), None)
    reached = frozenset[str]().union(*map(kept.family, touched))
    assert {d for d, family in before.items() if d != "d-9" and kept.family(d) != family} <= reached


def test_a_translation_is_one_family_with_its_original(node: Node, tmp_path: Path) -> None:
    """Shown with what is in common; another report of the same happening stays alone."""
    for name, text in (("ar", ARABIC), ("fr", FRENCH), ("other", OTHER_REPORT)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    node.add([tmp_path / "ar.txt", tmp_path / "fr.txt", tmp_path / "other.txt"])
    by_name = {line.name: node.document(line.id) for line in node.documents()}
    (copy,) = by_name["fr.txt"].copies
    assert copy.kind is CopyKind.TRANSLATION
    assert set(by_name["ar.txt"].family) == {by_name["ar.txt"].line.id, by_name["fr.txt"].line.id}
    assert by_name["other.txt"].family == ()
    node.erase(by_name["ar.txt"].line.id, why="taken in by mistake")
    assert node.document(by_name["fr.txt"].line.id).copies == ()


def test_the_stretch_in_common_is_shown_where_it_stands(node: Node, tmp_path: Path) -> None:
    """Both documents show the same words, each in its own text."""
    body = ARABIC.split("\n\n", 1)[1]
    own = "افتتح المجلس البلدي في ودريل أمس سوقا جديدة بحضور عدد من أعيان البلدة وتجارها."
    (tmp_path / "one.txt").write_text(ARABIC, "utf-8")
    (tmp_path / "two.txt").write_text(f"صدى ودريل\n\n{own}\n\n{body}", "utf-8")
    node.add([tmp_path / "one.txt", tmp_path / "two.txt"])
    shown = []
    for line in node.documents():
        view = node.document(line.id)
        (copy,) = view.copies
        stretch = view.stretch(copy)
        assert stretch is not None
        shown.append(stretch.of(view.extraction.text).split())
    assert shown[0] == shown[1]
    assert len(shown[0]) > 60
