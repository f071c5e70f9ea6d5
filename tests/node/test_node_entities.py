"""Who is who in a node: what people rule of two entities lasts, and is seen by whom it may be."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tawatur.errors import UnknownIdError, UsageError
from tawatur.model.claim import Verdict
from tawatur.model.ids import DocumentId, EntityId
from tawatur.model.label import Viewer
from tawatur.model.picture import Entity, RelationKind
from tawatur.model.reading import EntityType
from tawatur.node import EntityView, Node

pytestmark = pytest.mark.usefixtures("each_store")

REPORTS = {
    "a.txt": (
        "Bamako, 3 March 2021\n\nColonel Demba Soukari, commander of the northern zone, said on "
        "Monday that 4 soldiers were killed near Tarsane. Soukari denied any retreat.\n"
    ),
    "b.txt": (
        "Bamako, 9 March 2021\n\nThe minister of defence Demba Soukari arrived in Tarsane on "
        "Friday. Demba Soukari said that the road was open.\n"
    ),
    "c.txt": (
        "باماكو، 12 مارس 2021\n\nقال العقيد ديمبا سوقاري إن الطريق إلى تارسان مفتوح. وأضاف سوقاري "
        "أن القوات باقية.\n"
    ),
    "d.txt": (
        "Tarsane, 20 March 2021\n\nThe Dune Patriots Movement, led by Ali Koné, split from the "
        "National Salvation Front on Sunday, said Ali Koné.\n"
    ),
}


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """Give a node that holds four reports, of which three name one man, or two of one name."""
    for name, text in REPORTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with Node.init(tmp_path / "node", command="test") as made:
        made.add([tmp_path / name for name in REPORTS])
        yield made


def _document(node: Node, name: str) -> DocumentId:
    return next(line.id for line in node.documents() if line.name == name)


def _soukaris(node: Node, viewer: Viewer | None = None) -> list[Entity]:
    people = node.who.all(type=EntityType.PERSON, viewer=viewer)
    return [e for e in people if any("Soukari" in n.text or "سوقاري" in n.text for n in e.names)]


def _picture(node: Node) -> tuple[object, ...]:
    return node.overview(), node.entities(), node.events(), node.conflicts(), node.claims()


def test_one_entry_holds_the_spellings_of_all_scripts(node: Node) -> None:
    """Each with its script, its language, and the days between which it was seen."""
    (entity,) = _soukaris(node)
    view = node.who.view(entity.id)
    seen = {(name.text, name.script): (name.first, name.last) for name in view.names}
    assert seen["Demba Soukari", "Latin"] == ("2021-03-03", "2021-03-09")
    assert seen["ديمبا سوقاري", "Arabic"] == ("2021-03-12", "2021-03-12")
    assert ("Soukari", "Latin") in seen
    assert {line.id for line in view.documents} == set(entity.documents)


def test_functions_stand_with_the_day_and_the_place_of_the_words(node: Node) -> None:
    """A commander on one day, a minister on another: both are shown, neither is taken for now."""
    (entity,) = _soukaris(node)
    functions = {f.when: f for f in node.who.view(entity.id).functions}
    assert "commander of the northern zone" in {f.words for f in node.who.view(entity.id).functions}
    assert "minister of defence" in functions["2021-03-09"].words
    place = functions["2021-03-09"].place
    view = node.document(functions["2021-03-09"].document)
    assert place.span.of(view.extraction.text) == functions["2021-03-09"].words


def test_what_is_one_can_be_parted_document_by_document(node: Node) -> None:
    """Two men of one name are two from then on, and the others stay with the first by id."""
    (entity,) = _soukaris(node)
    a, b = (f"{entity.id}@{_document(node, name)}" for name in ("a.txt", "b.txt"))
    ruling = node.who.not_same(a, b, "the minister is his cousin")
    found = _soukaris(node)
    assert len(found) == 2
    for each in found:
        assert any(ruling.id in str(reason) for reason in each.why)
    (line,) = node.who.view(found[0].id).rulings
    assert line.ruling.why == "the minister is his cousin"


def test_a_no_outlives_later_reports_and_a_rebuild(node: Node, tmp_path: Path) -> None:
    """Ten more reports that name both do not make them one again."""
    (entity,) = _soukaris(node)
    a, b = (_document(node, name) for name in ("a.txt", "b.txt"))
    node.who.not_same(f"{entity.id}@{a}", f"{entity.id}@{b}", "two men")
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text(f"{number} men saw Demba Soukari in Tarsane.\n")
    node.add([tmp_path / f"{number}.txt" for number in range(10)])
    for _ in range(2):
        assert not any({a, b} <= set(each.documents) for each in _soukaris(node))
        node.rebuild()


def test_a_ruling_taken_back_leaves_no_trace_in_the_picture(node: Node) -> None:
    """Whatever was ruled, in whatever order it is taken back."""
    before = _picture(node)
    chance = Random(7)
    people = [e.id for e in node.who.all() if e.type is EntityType.PERSON]
    bodies = [e.id for e in node.who.all() if e.type is EntityType.ORGANISATION]
    (soukari,) = _soukaris(node)
    a, b = (_document(node, name) for name in ("a.txt", "c.txt"))
    rulings = [
        node.who.not_same(f"{soukari.id}@{a}", f"{soukari.id}@{b}", "no"),
        node.who.same(bodies[0], bodies[1], "one body"),
    ]
    other = next(e for e in people if e != soukari.id and "Koné" in node.who.view(e).entity.name)
    rulings.append(node.who.not_same(other, bodies[0], "a man is no body"))
    assert _picture(node) != before
    chance.shuffle(rulings)
    for ruling in rulings:
        node.rulings.withdraw(ruling.id, "a mistake")
    assert _picture(node) == before


def test_what_is_kept_equals_a_rebuild(node: Node, tmp_path: Path) -> None:
    """Rulings, reports and erasures in between: the rows are those of a rebuild."""
    (entity,) = _soukaris(node)
    documents = [_document(node, name) for name in ("a.txt", "b.txt", "c.txt")]
    node.who.not_same(f"{entity.id}@{documents[0]}", f"{entity.id}@{documents[1]}", "two men")
    (tmp_path / "e.txt").write_text("Soukari Demba left Tarsane on 30 March 2021, he said.\n")
    node.add([tmp_path / "e.txt"])
    kept = _picture(node)
    node.rebuild()
    assert _picture(node) == kept
    node.erase(documents[1], why="taken in by mistake")
    assert node.rulings.lines() == ()
    kept = _picture(node)
    node.rebuild()
    assert _picture(node) == kept
    assert len(_soukaris(node)) == 1


def test_two_that_were_ruled_apart_are_not_ruled_one(node: Node) -> None:
    """The refusal names the ruling that stands against it; the other way round as well."""
    (entity,) = _soukaris(node)
    a, b = (f"{entity.id}@{_document(node, name)}" for name in ("a.txt", "b.txt"))
    apart = node.who.not_same(a, b, "two men")
    one, other = _soukaris(node)
    with pytest.raises(UsageError, match=apart.id):
        node.who.same(one.id, other.id, "surely one")
    node.rulings.withdraw(apart.id, "one man after all")
    joined = node.who.same(a, b, "one man")
    with pytest.raises(UsageError, match=joined.id):
        node.who.not_same(a, b, "two")


def test_a_name_is_not_ruled_on_against_itself(node: Node) -> None:
    """To part one entity each side has to say which document it means."""
    (entity,) = _soukaris(node)
    with pytest.raises(UsageError, match="@DOCUMENT"):
        node.who.not_same(entity.id, entity.id, "two men")
    elsewhere = _document(node, "d.txt")
    with pytest.raises(UsageError, match="not named"):
        node.who.not_same(f"{entity.id}@{elsewhere}", entity.id, "two men")
    with pytest.raises(UnknownIdError):
        node.who.same(entity.id, EntityId("e-0000000000000000"), "x")


def test_without_a_reason_nothing_is_ruled_of_entities(node: Node) -> None:
    """The reason is part of the record."""
    bodies = [e.id for e in node.who.all(type=EntityType.ORGANISATION)]
    with pytest.raises(UsageError, match="reason"):
        node.who.same(bodies[0], bodies[1], " ")


def _view_of(node: Node, name: str) -> EntityView:
    (found,) = (e for e in node.who.all() if e.name == name)
    return node.who.view(found.id)


def test_a_split_is_the_word_of_a_claim(node: Node) -> None:
    """Who split from whom, and who leads, each with the claim; neither side is the other."""
    view = _view_of(node, "Dune Patriots Movement")
    told = {(each.kind, each.a.name, each.b.name) for each in view.relations}
    assert (RelationKind.SPLIT, "Dune Patriots Movement", "National Salvation Front") in told
    assert {each.claim.document for each in view.relations} == set(view.entity.documents)
    assert len({e.id for e in node.who.all() if "Front" in e.name or "Patriots" in e.name}) == 2


def test_with_the_claim_rejected_the_relation_goes(node: Node) -> None:
    """Nothing rests on what a person says that the text does not say."""
    view = _view_of(node, "Dune Patriots Movement")
    for each in {each.claim.id for each in view.relations}:
        node.judge(each, Verdict.REJECT)
    assert _view_of(node, "Dune Patriots Movement").relations == ()


TIED = {
    "part.txt": (
        "Tarsane, 5 May 2021\n\nThe Security Bureau is part of the Ministry of Interior, the "
        "governor of Tarsane said.\n"
    ),
    "deed.txt": (
        "Tarsane, 9 May 2021\n\nThe Security Bureau arrested 4 traders in Tarsane on 8 May 2021, "
        "residents said.\n"
    ),
    "جزء.txt": (
        "ترسان، 6 أيار 2021\n\nوقال المحافظ إن مديرية الأمن تابعة لوزارة الداخلية. واعتقلت مديرية "
        "الأمن أربعة تجار في ترسان يوم 8 أيار 2021.\n"
    ),
    "partie.txt": (
        "Tarsane, 7 mai 2021\n\nLa Direction de la sécurité fait partie du ministère de "
        "l'Intérieur, a indiqué le gouverneur. La Direction de la sécurité a arrêté quatre "
        "commerçants à Tarsane le 8 mai 2021.\n"
    ),
}


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("Ministry of Interior", "Security Bureau"),
        ("وزارة الداخلية", "مديرية الأمن"),
        ("ministère de l'Intérieur", "Direction de la sécurité"),
    ],
)
def test_what_a_part_did_counts_for_the_whole_through_a_claim_alone(
    node: Node, tmp_path: Path, whole: str, part: str
) -> None:
    """The claim is shown with it, and rejected it takes along what rested on it."""
    for name, text in TIED.items():
        (tmp_path / name).write_text(text, "utf-8")
    node.add([tmp_path / name for name in TIED])
    assert not any("arrest" in c.quote for c in _view_of(node, whole).about)
    (through,) = _view_of(node, whole).through
    assert (through.relation.a.name, through.relation.kind) == (part, RelationKind.PART)
    assert all("8" in each.claim.quote for each in through.deeds)
    assert _view_of(node, part).through == ()
    node.judge(through.relation.claim.id, Verdict.REJECT)
    assert _view_of(node, whole).through == ()


def test_a_person_answers_for_nothing_that_others_did(node: Node) -> None:
    """What a body does counts for nobody who leads it."""
    view = _view_of(node, "Ali Koné")
    assert RelationKind.LEADS in {each.kind for each in view.relations}
    assert view.through == ()


def test_of_a_person_nothing_is_counted(node: Node) -> None:
    """The row of a listing has no number for people, and they come by name."""
    from tawatur.cli.entity_rows import entity_row

    found = node.who.all()
    assert [e.name for e in found] == sorted(e.name for e in found)
    rows = [entity_row(e) for e in found if e.type is EntityType.PERSON]
    assert {row["documents"] for row in rows} == {None}


def test_a_ruling_on_hidden_words_changes_nothing_for_who_may_not_see_them(
    tmp_path: Path,
) -> None:
    """What a partner sees of two documents turns on those two alone."""
    texts = {
        "a.txt": "Demba Soukari said on 3 March 2021 that the road to Tarsane was open.\n",
        "b.txt": "The spokesman Ali Koné said on 4 March 2021 that the road was closed.\n",
        "own.txt": "Demba Soukari is Ali Koné, said a witness called Mamadou Ba in Tarsane.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    with Node.init(tmp_path / "a", name="A") as a, Node.init(tmp_path / "b", name="B") as b:
        a.partners.add(b.partners.sealed_card())
        b.partners.add(a.partners.sealed_card())
        a.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        for line in a.documents():
            b.incoming.receive(a.outgoing.release(line.id, "B"))
        b.add([tmp_path / "own.txt"])
        viewer = Viewer(a.id)
        before = (b.who.all(viewer=viewer), b.events(viewer=viewer))
        people = [e.id for e in b.who.all(type=EntityType.PERSON) if "Ba" not in e.name]
        assert len(people) == 2
        b.who.same(people[0], people[1], "says the witness")
        assert len([e for e in b.who.all(type=EntityType.PERSON) if "Ba" not in e.name]) == 1
        assert (b.who.all(viewer=viewer), b.events(viewer=viewer)) == before


def test_candidates_are_found_across_scripts_and_by_id(node: Node) -> None:
    """While the name is typed; with what texts call them, and never the entity itself."""
    (man,) = _soukaris(node)
    (other,) = (e for e in node.who.all(type=EntityType.PERSON) if "Kon" in e.name)
    for typed in ("souk", "سوقاري", man.id):
        (found,) = node.who.candidates(other.id, typed)
        assert found.entity == man
        assert set(found.scripts) == {"Latin", "Arabic"}
        assert "commander of the northern zone" in found.functions
        assert found.apart is None
    assert node.who.candidates(man.id, "soukari") == ()
    assert node.who.candidates(man.id, " ") == ()


def test_a_candidate_that_was_ruled_to_be_another_comes_with_the_ruling(node: Node) -> None:
    """From either side, until it is taken back."""
    (man,) = _soukaris(node)
    (other,) = (e for e in node.who.all(type=EntityType.PERSON) if "Kon" in e.name)
    ruling = node.who.not_same(man.id, other.id, "two commanders")
    for one, typed in ((man, "Kon"), (other, "Soukari")):
        (found,) = node.who.candidates(one.id, typed)
        assert found.apart is not None
        assert (found.apart.ruling.id, found.apart.ruling.why) == (ruling.id, "two commanders")
    node.rulings.withdraw(ruling.id, "a slip")
    (found,) = node.who.candidates(man.id, "Kon")
    assert found.apart is None
