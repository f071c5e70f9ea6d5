"""A document's parts, notes and texts: nothing a person said is lost, and nothing counts twice."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tawatur.briefs import html, markdown
from tawatur.errors import AmbiguousIdError, UnknownIdError, UsageError
from tawatur.intake import extract
from tawatur.model.claim import Claim, Status, Verdict
from tawatur.model.document import Extraction
from tawatur.model.ids import NodeId
from tawatur.model.label import Label, Viewer
from tawatur.node import DocumentView, Incoming, Node
from tawatur.node.intake.renewal import Extract
from tawatur.samples import paths

PAGE = """الرئيسية | أخبار | رأي | رياضة
مجلس تنكور يعلن فتح الطريق

أعلن مجلس تنكور يوم 3 آذار 2021 فتح الطريق إلى ودريل أمام الشاحنات بعد شهر من الإغلاق.
وقال رئيس المجلس سالم الحمدي إن 12 شاحنة عبرت الطريق في اليوم الأول.

التعليقات (1)

أحمد
قال شاهد من كلموري إن ثلاث شاحنات احترقت على جسر كلموري يوم 4 آذار 2021.
رد

اترك تعليقاً
الاسم *
"""
SAID = "جسر كلموري"


@pytest.fixture
def page(node: Node, tmp_path: Path) -> DocumentView:
    """Return a page with a menu before its report and a comment behind it."""
    file = tmp_path / "page.txt"
    file.write_text(PAGE, "utf-8")
    return node.document(node.add([file]).taken[0])


def number_of(view: DocumentView, words: str) -> int:
    """Return the number of the part that holds ``words``."""
    held = [words in part.span.of(view.extraction.text) for part in view.parts]
    return held.index(True) + 1


def quotes(node: Node, view: DocumentView) -> list[str]:
    """Return what the claims of a document quote."""
    return [claim.quote for claim in node.claims(document=view.line.id)]


def later(name: str, content: bytes, media_type: str | None) -> Extraction:
    """Return what a later extractor could make of bytes: no blank lines, other offsets."""
    found = extract(name, content, media_type=media_type)
    text = "\n".join(line for line in found.text.split("\n") if line.strip())
    again = extract("later.txt", text.encode())
    return replace(again, extractor=replace(again.extractor, version="99.1"))


def without(words: str) -> Extract:
    """Return a later extractor that does not see a line with ``words``."""

    def extractor(name: str, content: bytes, media_type: str | None) -> Extraction:
        found = later(name, content, media_type)
        text = "\n".join(line for line in found.text.split("\n") if words not in line)
        return replace(extract("x.txt", text.encode()), extractor=found.extractor)

    return extractor


# ------------------------------------------------------------ parts


def test_a_part_brought_back_is_read(node: Node, page: DocumentView) -> None:
    """It is content, is found by its words, and has its claims, at once."""
    number = number_of(page, SAID)
    assert not any(SAID in quote for quote in quotes(node, page))
    assert not node.search("كلموري")
    view = node.restore(page.line.id, [number], why="a report of its own")
    assert not view.parts[number - 1].left_out
    assert any(SAID in quote for quote in quotes(node, page))
    assert [hit.document.id for hit in node.search("كلموري")] == [page.line.id]
    assert view.extraction.text == page.extraction.text
    node.rebuild()
    assert node.document(page.line.id).parts == view.parts


def test_what_was_brought_back_can_be_left_out_again(node: Node, page: DocumentView) -> None:
    """And the claims in it go, as nobody judged them."""
    number = number_of(page, SAID)
    before = quotes(node, page)
    node.restore(page.line.id, [number])
    view = node.restore(page.line.id, [number], undo=True)
    assert view.extraction.asides == page.extraction.asides
    assert quotes(node, page) == before


def test_a_stretch_can_be_left_out_by_hand(node: Node, page: DocumentView) -> None:
    """A second time it is content again, and no part any more."""
    claim = page.claims[0]
    view = node.leave_out(page.line.id, claim.span.start, claim.span.end, why="a caption")
    part = next(p for p in view.parts if p.span == claim.span)
    assert part.sifting is not None
    assert (part.kind, part.sifting.why) == ("by hand", "a caption")
    assert claim.quote not in quotes(node, page)
    view = node.restore(page.line.id, [view.parts.index(part) + 1])
    assert view.extraction.asides == page.extraction.asides
    assert len(view.parts) == len(page.parts)


def test_a_word_on_parts_survives_reading_again(node: Node, page: DocumentView) -> None:
    """Whatever version reads, it reads what a person says is content."""
    node.restore(page.line.id, [number_of(page, SAID)])
    found = quotes(node, page)
    node.reread(everything=True)
    assert quotes(node, page) == found


def test_numbers_and_characters_that_are_not_there_are_refused(
    node: Node, page: DocumentView
) -> None:
    """Nothing is recorded."""
    size = node.ledger.size
    with pytest.raises(UsageError, match="no part 9"):
        node.restore(page.line.id, [9])
    with pytest.raises(UsageError, match="no stretch"):
        node.leave_out(page.line.id, 5, len(PAGE) + 1)
    assert node.ledger.size == size


# ------------------------------------------------------------ notes


def test_a_note_stands_beside_the_very_words(node: Node, page: DocumentView) -> None:
    """The text is as it was, before and after a rebuild."""
    line = node.gloss(page.line.id, "مجلس تنكور", "the elected one", at=31)
    assert line.place is not None
    assert line.words == line.place.of(page.extraction.text) == "مجلس تنكور"
    node.rebuild()
    view = node.document(page.line.id)
    assert [g.gloss.note for g in view.glosses] == ["the elected one"]
    assert view.extraction == page.extraction
    assert view.actors[view.glosses[0].gloss.by] == "operator"


def test_words_in_several_places_need_one(node: Node, page: DocumentView) -> None:
    """And words that are not there have none."""
    with pytest.raises(UsageError, match=r"from the characters 31, \d+ on"):
        node.gloss(page.line.id, "مجلس تنكور", "which?")
    with pytest.raises(UsageError, match="do not stand"):
        node.gloss(page.line.id, "مجلس تنقور", "misspelt")
    with pytest.raises(UsageError, match="words of its own"):
        node.gloss(page.line.id, "ودريل", " ")


def test_a_note_that_is_withdrawn_is_gone_from_the_page(node: Node, page: DocumentView) -> None:
    """The ledger keeps that there was one; a second withdrawal finds none."""
    line = node.gloss(page.line.id, "ودريل", "a village")
    node.withdraw_gloss(line.gloss.id[:8], why="a town")
    assert node.document(page.line.id).glosses == ()
    with pytest.raises(UnknownIdError):
        node.withdraw_gloss(line.gloss.id)


def test_a_note_is_for_this_node_alone(node: Node, page: DocumentView) -> None:
    """A viewer who may see the document does not see what was noted on it here."""
    node.gloss(page.line.id, "ودريل", "a village")
    partner = NodeId("n-0000000000000001")
    label = page.acquisitions[0].label.given_to(partner)
    content = node.ledger.blob(page.acquisitions[0].blob)
    node._append([node._drafter.acquisition(Incoming("again", "desk"), content, label=label)])
    seen = node.document(page.line.id, viewer=Viewer(partner))
    assert seen.glosses == ()
    assert len(node.document(page.line.id).glosses) == 1


def test_what_people_said_of_a_document_is_erased_with_it(node: Node, page: DocumentView) -> None:
    """Siftings and notes hold words of the text, or about it."""
    node.restore(page.line.id, [number_of(page, SAID)], why="words about a person")
    node.gloss(page.line.id, "سالم الحمدي", "a name that must go")
    node.erase(page.line.id, why="taken in by mistake")
    node.verify()
    left = [e.payload.body for e in node.ledger.entries() if e.payload is not None]
    assert "must go" not in str(left)
    assert "words about a person" not in str(left)


# ------------------------------------------------------------ renditions


def _roots(node: Node) -> dict[frozenset[str], tuple[int, int]]:
    """Return the interval of roots of each event, by what its claims quote."""
    said = {c.id: " ".join(c.quote.split()) for c in node.claims()}
    return {
        frozenset(said[c] for c in e.claims): (e.roots.at_least, e.roots.at_most)
        for e in node.events()
    }


def _judged(claims: tuple[Claim, ...]) -> dict[str, tuple[Status, str]]:
    return {
        " ".join(c.quote.split()): (c.status, c.content.polarity) for c in claims if c.judgements
    }


def test_a_new_text_keeps_judgements_notes_and_parts(node: Node, page: DocumentView) -> None:
    """They hold where the same words stand; old citations stay where they were."""
    node.restore(page.line.id, [number_of(page, SAID)])
    first, second, *_ = node.claims(document=page.line.id)
    node.judge(first.id, Verdict.CORRECT, polarity="denied")
    node.judge(second.id, Verdict.REJECT, why="a caption")
    node.gloss(page.line.id, "ودريل", "a village")
    promise = node.desk.commit(by="مجلس تنكور", what="فتح الطريق", claims=[first.id])
    claims, roots, judged = quotes(node, page), _roots(node), _judged(node.claims())
    assert node.extract_again(later).documents == (page.line.id,)
    for _ in range(2):
        view = node.document(page.line.id)
        assert view.extraction.extractor.version == "99.1"
        assert view.rendition != page.rendition
        assert [" ".join(q.split()) for q in quotes(node, page)] == [
            " ".join(q.split()) for q in claims
        ]
        assert _judged(node.claims()) == judged
        assert _roots(node) == roots
        assert any(not p.left_out and SAID in p.span.of(view.extraction.text) for p in view.parts)
        assert [g.place.of(view.extraction.text) for g in view.glosses if g.place] == ["ودريل"]
        cited = node.claim(promise.claims[0])
        assert (cited.rendition, cited.span) == (page.rendition, first.span)
        assert cited.span.of(page.extraction.text) == cited.quote == first.quote
        new, old = view.renditions
        assert (new.current, new.claims, new.former) == (True, len(claims), 0)
        assert (old.current, old.claims, old.cited) == (False, 0, (promise.id,))
        assert old.former >= len(judged)
        assert old.judgements == 2
        node.rebuild()
    assert node.extract_again(later).documents == ()
    assert node.reread(extract=True).renewed.documents == ()  # this version is no later one
    node.verify()


def test_a_judged_claim_whose_words_are_gone_stays_on_the_old_text(
    node: Node, page: DocumentView
) -> None:
    """It is in force, said to stand elsewhere, and counts once."""
    gone = next(c for c in node.claims(document=page.line.id) if "12 شاحنة" in c.quote)
    node.judge(gone.id, Verdict.ACCEPT)
    before = len(node.claims())
    node.extract_again(without("12 شاحنة"))
    view = node.document(page.line.id)
    assert [c.id for c in view.elsewhere] == [gone.id]
    assert node.claim(gone.id).status is Status.ACCEPTED
    assert len(node.claims()) == before
    assert sum(gone.id in event.claims for event in node.events()) == 1
    assert [r.claims for r in view.renditions] == [before - 1, 1]
    old = node.document(page.line.id, rendition=page.rendition)
    assert gone.id in [c.id for c in old.claims]
    assert not old.current
    assert old.extraction.text == page.extraction.text


def test_a_judgement_comes_back_with_its_words(node: Node, page: DocumentView) -> None:
    """A third text that holds them again has the claim, and the old text no more."""
    gone = next(c for c in node.claims(document=page.line.id) if "12 شاحنة" in c.quote)
    node.judge(gone.id, Verdict.ACCEPT)
    node.extract_again(without("12 شاحنة"))

    def third(name: str, content: bytes, media_type: str | None) -> Extraction:
        found = later(name, content, media_type)
        return replace(found, extractor=replace(found.extractor, version="100.0"))

    assert node.extract_again(third).documents
    view = node.document(page.line.id)
    assert view.elsewhere == ()
    accepted = [c for c in view.claims if c.status is Status.ACCEPTED]
    assert [c.quote.strip() for c in accepted] == [gone.quote.strip()]
    assert len(view.renditions) == 3


def test_an_older_extractor_makes_no_new_text(node: Node, page: DocumentView) -> None:
    """What a partner with a later version sent is not replaced by what is made here."""

    def older(name: str, content: bytes, media_type: str | None) -> Extraction:
        found = later(name, content, media_type)
        return replace(found, extractor=replace(found.extractor, version="0.0.9"))

    assert node.extract_again(older).documents == ()
    assert node.document(page.line.id).rendition == page.rendition


@pytest.mark.parametrize("seed", range(4))
def test_an_archive_made_again_counts_nothing_twice(node: Node, seed: int) -> None:
    """Claims, events and roots of several reports, some of them judged, are as many as before."""
    chance = random.Random(seed)
    node.add(chance.sample(paths(), 3))
    for claim in chance.sample(node.claims(), 6):
        node.judge(claim.id, chance.choice([Verdict.ACCEPT, Verdict.REJECT]))
    judged, documents = _judged(node.claims()), len(node.documents())
    node.extract_again(later)
    assert _judged(node.claims()) == judged
    assert len(node.documents()) == documents
    entries = [j for c in node.claims() for j in c.judgements]
    assert len(entries) == len(set(entries)) == 6
    picture = (node.claims(), node.events(), node.conflicts(), node.entities())
    node.rebuild()
    assert (node.claims(), node.events(), node.conflicts(), node.entities()) == picture


def test_a_claim_of_an_old_text_is_found_by_a_short_id(node: Node, page: DocumentView) -> None:
    """As any other; one that could be two is refused."""
    first = page.claims[0]
    node.extract_again(later)
    assert node.claim(first.id[:9]).id == first.id
    with pytest.raises((AmbiguousIdError, UnknownIdError)):
        node.claim("c-")


# ------------------------------------------------------------ what is shown


def test_a_document_in_two_languages_shows_both(node: Node, tmp_path: Path) -> None:
    """By paragraph; menus are no paragraph of it."""
    file = tmp_path / "note.txt"
    file.write_text(
        "The road to Widril\n\n"
        "The council of Tinkawer said on 3 March 2021 that it had opened the road to Widril.\n\n"
        "قال المجلس إن الطريق إلى ودريل فتحت أمام الشاحنات بعد شهر من الإغلاق.\n",
        "utf-8",
    )
    view = node.document(node.add([file]).taken[0])
    assert [(p.language, p.first, p.last) for p in view.passages] == [("en", 1, 2), ("ar", 3, 3)]


# ------------------------------------------------------------ briefs


def test_a_note_is_a_foot_note_of_the_words_it_is_on(node: Node, page: DocumentView) -> None:
    """Under the quotation that holds them, in HTML and Markdown, and under no other."""
    node.gloss(page.line.id, "12 شاحنة", "lorries, <not> cars")
    brief = node.brief()
    noted = [s for s in brief.sentences() if s.notes]
    assert ["12 شاحنة" in s.quote for s in noted] == [True]
    assert html(brief).count("lorries, &lt;not&gt; cars") == 1
    assert "lorries" in markdown(brief, "brief.documents.html")
    assert brief.label == Label.by(node.id)


def test_a_claim_on_an_old_text_is_cited_from_it(node: Node, page: DocumentView) -> None:
    """At its very characters; the report is still one report."""
    gone = next(c for c in node.claims(document=page.line.id) if "12 شاحنة" in c.quote)
    node.judge(gone.id, Verdict.ACCEPT)
    node.extract_again(without("12 شاحنة"))
    brief = node.brief()
    texts = {document.id: document.text for document in brief.documents}
    for place in brief.places():
        quote = node.claim(place.claim).quote
        assert place.span.of(texts[place.document]) == quote
        assert place.report == page.line.id
    assert all(section.documents == (page.line.id,) for section in brief.sections)
    assert gone.quote in html(brief)
