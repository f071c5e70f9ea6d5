"""Subjects on nodes: what is new is new to whoever asks, and each claim has its speaker."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tawatur.errors import UnknownIdError
from tawatur.i18n import translator
from tawatur.model.account import AccountRole, Person
from tawatur.model.ids import ActorId, NodeId
from tawatur.model.label import Viewer
from tawatur.model.reading import EventType
from tawatur.model.subject import Look
from tawatur.node import Incoming, Node
from tawatur.node.desk.digests import lines, written

pytestmark = pytest.mark.usefixtures("each_store")

FIRST = "The minister said on 3 May 2031 that kidnappers had asked for 5 million euros.\n"
SECOND = "قال الوزير إن الفدية دفعت في غاو يوم 8 مايو 2031.\n"
STRANGER = Viewer(NodeId("n-0000000000000009"))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """One node with a report."""
    with Node.init(tmp_path / "node", name="Observatory") as made:
        made.add([Incoming("one.txt", "test", content=FIRST.encode())])
        yield made


def test_what_was_looked_at_is_not_new_again(node: Node) -> None:
    """Unless everything is asked for; a look that is not noted changes nothing."""
    subject = node.subjects.add("rançon")
    assert len(node.subjects.look("rançon", note=False).claims) == 1
    assert len(node.subjects.look(subject.id).claims) == 1
    assert node.subjects.look(subject.id).claims == ()
    node.add([Incoming("two.txt", "test", content=SECOND.encode())])
    look = node.subjects.look(subject.id[:6], note=False)
    assert [claim.language for claim in look.claims] == ["ar"]
    assert len(node.subjects.look(subject.id, everything=True).claims) == 2


def test_each_person_has_looked_for_themselves(node: Node) -> None:
    """A reader, who notes nothing, is told all again."""
    subject = node.subjects.add("ransom")
    node.subjects.look(subject.id)
    for role, again in ((AccountRole.ANALYST, 0), (AccountRole.READER, 1)):
        actor = ActorId(f"a-00000000000000{len(role):02}")
        person = Person(actor, role, node.id, frozenset({role}), frozenset())
        asked = node.asked_by(person)
        assert len(asked.subjects.look(subject.id).claims) == 1
        assert len(asked.subjects.look(subject.id).claims) == again


def test_whoever_may_not_see_a_subject_or_a_report_is_told_nothing(node: Node) -> None:
    """Neither that it is asked nor what came on it."""
    subject = node.subjects.add("ransom")
    assert node.subjects.all(viewer=STRANGER) == ()
    with pytest.raises(UnknownIdError):
        node.subjects.look(subject.id, viewer=STRANGER)
    node.labels.change(subject.id, {}, also=[STRANGER.party])
    assert node.subjects.all(viewer=STRANGER) == (subject,)
    assert node.subjects.look(subject.id, viewer=STRANGER, note=False).claims == ()


def test_each_kind_that_is_told_has_to_be_met(node: Node) -> None:
    """Words, places, actors and types."""
    made = [
        node.subjects.add("a", words=["euros"], actors=["minister"]),
        node.subjects.add("b", words=["euros"], places=["Kidal"]),
        node.subjects.add("c", types=[EventType.REQUEST], words=["kidnap"]),
        node.subjects.add("d", types=[EventType.AID], words=["kidnap"]),
    ]
    found = [len(node.subjects.look(each.id).claims) for each in made]
    assert found == [1, 0, 1, 0]


def test_what_passes_a_rebuild_is_as_before(node: Node) -> None:
    """A removed subject stays removed, a look stays one."""
    kept, gone = node.subjects.add("ransom"), node.subjects.add("oil")
    node.subjects.look(kept.id)
    node.subjects.remove(gone.id)
    node.rebuild()
    assert node.subjects.all() == (kept,)
    assert node.subjects.look(kept.id).claims == ()


def _shown(look: Look, language: str = "en") -> list[str]:
    return list(lines(look, translator(language)))


def test_a_digest_names_each_speaker_and_says_when_no_sum_is_stated(node: Node) -> None:
    """As lines, as a mail and as a feed."""
    node.add([Incoming("two.txt", "test", content=SECOND.encode())])
    look = node.subjects.look(node.subjects.add("ransom").id)
    said = _shown(look)
    assert any(line.startswith("* The minister: «") for line in said)
    assert any("5,000,000 EUR" in line for line in said)
    bare = _shown(replace(look, totals=()))
    assert bare[-1] == "no sum is stated"
    assert _shown(replace(look, totals=()), "ar")[-1] == "لم يُذكر أي مبلغ"
    feed = etree.fromstring(written(look, "x.atom", translator("en")))
    names = feed.findall(".//{*}entry/{*}author/{*}name")
    assert {name.text for name in names} == {"The minister", "الوزير"}
    mail = written(look, "x.eml", translator("fr"))
    assert b"Subject: " in mail
    assert written(look, "x.txt", translator("en")).decode().splitlines() == said


@pytest.mark.skipif(
    "TAWATUR_EVAL_DATA" not in os.environ, reason="TAWATUR_EVAL_DATA names no documents"
)
def test_ransom_lists_what_a_careful_reader_expects(tmp_path: Path) -> None:
    """Who is accused of easing payments, the drive at the United Nations, hostages, kidnappings."""
    reports = sorted((Path(os.environ["TAWATUR_EVAL_DATA"]) / "documents").glob("*.txt"))
    with Node.init(tmp_path / "node") as node:
        node.add(reports)
        found = {}
        for word in ("ransom", "فدية", "rançon"):
            look = node.subjects.look(node.subjects.add(word).id)
            found[word] = {claim.id for claim in look.claims}
            assert not look.stated
        assert len(set(map(frozenset, found.values()))) == 1
        told = [(claim.root.source_text or "", claim.quote) for claim in look.claims]
    for speaker, words in (
        ("الالي", "بتسهيل دفع الفدية"),
        ("الالي", "لتجريم دفع الفدية"),
        ("قنايزية", "وأخذ الرهائن"),
        ("مصادر", "اختطاف القنصل"),
        ("بلمختار", "اختطفت 4"),
    ):
        assert any(speaker in who and words in quote for who, quote in told), (speaker, words)
