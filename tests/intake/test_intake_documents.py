"""Word processors' files, mail and books: every visible word comes back, in reading order."""

# ruff: noqa: D103, E501, PT017 - either outcome is right, and a refusal has one line; the tests' names are their claims; sentences of a text stay on one line

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake import support_formats as make
from tests.intake.support_formats import ARABIC, FRENCH, TITLE

from tawatur.errors import EmptyFileError, IntakeError, UnreadableFileError
from tawatur.intake import extract
from tawatur.model.document import Extraction

_LETTERS = "abcdefgéàçابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآ0123456789()«»،؛.%"
WORD = st.text(st.sampled_from(_LETTERS), min_size=1, max_size=8)
PARAGRAPH = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
PARAGRAPHS = st.lists(PARAGRAPH, min_size=1, max_size=6).filter(
    lambda found: any(c.isalpha() for text in found for c in text)
)


def kept(found: Extraction) -> str:
    """Return the lines of content."""
    text = "\n".join(span.of(found.text) for span in found.main())
    return "\n".join(line for line in text.split("\n") if line)


def asides(found: Extraction) -> dict[str, str]:
    shown: dict[str, str] = {}
    for aside in found.asides:
        shown[aside.kind] = shown.get(aside.kind, "") + aside.span.of(found.text)
    return shown


@given(PARAGRAPHS)
@settings(deadline=None)
def test_what_is_written_into_a_document_comes_back_in_logical_order(texts: list[str]) -> None:
    files = {
        "a.docx": make.docx("".join(map(make.word_paragraph, texts))),
        "a.odt": make.odt(make.odt_paragraphs(texts)),
        "a.rtf": make.rtf(texts),
    }
    for name, content in files.items():
        assert extract(name, content).text.split("\n") == texts, name


@given(st.lists(PARAGRAPH, min_size=1, max_size=4))
@settings(deadline=None)
def test_what_is_mailed_comes_back(texts: list[str]) -> None:
    found = extract("a.eml", make.eml("\n".join(texts), subject="Rapport du jour"))
    assert found.text.split("\n")[4:] == texts
    assert found.title is not None
    assert found.title.of(found.text) == "Rapport du jour"


def test_arabic_of_old_rtf_is_read_in_its_code_page() -> None:
    assert extract("a.rtf", make.rtf(ARABIC, pages=True)).text.split("\n") == list(ARABIC)


def test_rtf_shows_what_fields_give_and_hides_what_is_deleted_or_a_picture() -> None:
    content = (
        b"{\\rtf1\\ansi{\\info{\\title Le sommet}{\\creatim\\yr2021\\mo3\\dy4}}{\\header Minist\\'e8re}"
        b"Un {\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt lien}} ici{\\footnote Une note.}, "
        b"{\\deleted ancien }{\\v cach\\'e9}{\\*\\unknown rien}{\\pict 0102}nouveau.\\par Le sommet\\par}"
    )
    found = extract("a.rtf", content)
    assert kept(found).split("\n")[0] == "Un lien ici, nouveau."
    assert asides(found) == {"page header": "Ministère", "footnote": "Une note."}
    assert found.published is not None
    assert (found.published.value, found.published.found_in) == (
        "2021-03-04",
        "document properties",
    )


def test_word_shows_lists_notes_and_insertions_and_hides_deletions() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        make.word_paragraph(TITLE, "Titre")
        + make.word_paragraph("Premier point.", before=numbered)
        + make.word_paragraph("Second point.", before=numbered)
        + "<w:p><w:r><w:t>Le ministre</w:t></w:r><w:del><w:r><w:delText>refuse</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t xml:space='preserve'> accepte</w:t></w:r></w:ins>"
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    parts = {
        "styles": '<w:X><w:style w:styleId="Titre"><w:name w:val="Title"/></w:style></w:X>',
        "numbering": '<w:X><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:X>',
        "footnotes": '<w:X><w:footnote w:id="2"><w:p><w:r><w:t>Selon lui.</w:t></w:r></w:p></w:footnote></w:X>',
        "comments": '<w:X><w:comment w:author="Ali"><w:p><w:r><w:t>Vérifier.</w:t></w:r></w:p></w:comment></w:X>',
        "header": "<w:X><w:p><w:r><w:t>Confidentiel</w:t></w:r></w:p></w:X>",
    }
    properties = "<dcterms:created>2021-03-01T10:00:00Z</dcterms:created><dcterms:modified>2021-03-04T08:00:00Z</dcterms:modified>"
    found = extract("note.docx", make.docx(body, parts, properties))
    assert kept(found).split("\n") == [
        TITLE,
        "3. Premier point.",
        "4. Second point.",
        "Le ministre accepte[2]",
    ]
    assert asides(found) == {
        "page header": "Confidentiel",
        "footnote": "[2] Selon lui.",
        "comment": "Ali: Vérifier.",
    }
    assert found.title is not None
    assert found.title.of(found.text) == TITLE
    assert found.published is not None
    assert found.published.value == "2021-03-04"


def test_cells_of_a_row_are_parted_by_tabs_and_full_cells_are_read_one_by_one() -> None:
    def cell(*texts: str) -> str:
        return "<w:tc>" + "".join(map(make.word_paragraph, texts)) + "</w:tc>"

    rows = f"<w:tr>{cell('مالي')}{cell('12')}</w:tr><w:tr>{cell('Un.', 'Deux.')}{cell('Trois.')}</w:tr>"
    assert extract("a.docx", make.docx(f"<w:tbl>{rows}</w:tbl>")).text.split("\n") == [
        "مالي\t12",
        "Un.",
        "Deux.",
        "Trois.",
    ]


def test_dates_of_a_file_far_apart_state_no_day() -> None:
    properties = "<dcterms:created>2009-03-01T10:00:00Z</dcterms:created><dcterms:modified>2021-03-04T08:00:00Z</dcterms:modified>"
    assert (
        extract("a.docx", make.docx(make.word_paragraph(FRENCH[0]), {}, properties)).published
        is None
    )


def test_opendocument_shows_notes_and_headers_as_asides_and_no_tracked_deletion() -> None:
    body = (
        "<text:tracked-changes><text:deletion><text:p>supprimé</text:p></text:deletion></text:tracked-changes>"
        '<text:p text:style-name="Title">Le sommet</text:p><text:p>Il<text:s text:c="2"/>a dit'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Hier.</text:p></text:note-body></text:note>"
        " oui<office:annotation><dc:creator>Ali</dc:creator><text:p>Non.</text:p></office:annotation>.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Mali</text:p></table:table-cell>"
        "<table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = "<office:master-styles><style:header><text:p>En-tête</text:p></style:header></office:master-styles>"
    found = extract("a.odt", make.odt(body, "<dc:date>2021-03-04T08:00:00</dc:date>", styles))
    assert found.text.split("\n") == [
        "En-tête",
        "Le sommet",
        "Il  a dit[1] oui.",
        "[1] Hier.",
        "Ali: Non.",
        "Mali\t12",
    ]
    assert asides(found) == {
        "page header": "En-tête",
        "footnote": "[1] Hier.",
        "comment": "Ali: Non.",
    }


def test_a_mail_states_sender_and_day_and_parts_quotation_and_signature() -> None:
    body = (
        f"{ARABIC[0]}\n\nLe 3 mars 2021 à 10:00, Jean <j@example.org> a écrit :\n> Avez-vous des nouvelles ?\n"
        "> Merci\n\nVoici la suite.\n-- \nDirection de la presse\n"
    )
    found = extract("a.eml", make.eml(body, attachments={"../../r.pdf": b"%PDF"}))
    assert kept(found).split("\n") == [TITLE, ARABIC[0], "Voici la suite."]
    parted = asides(found)
    assert "> Avez-vous" in parted["quoted mail"]
    assert "a écrit" in parted["quoted mail"]
    assert "Direction" in parted["signature"]
    assert "Attachment: ../../r.pdf" in parted["mail header"]
    assert found.publisher is not None
    assert (found.publisher.value, found.publisher.found_in) == ("وكالة الأنباء", "mail From")
    assert found.published is not None
    assert (found.published.value, found.published.found_in) == ("2021-03-04", "mail Date")


def test_a_quoted_mail_below_its_header_is_an_aside_to_the_end() -> None:
    body = (
        "Bonjour à tous.\n\nDe : Jean\nEnvoyé : lundi\nÀ : Ali\nObjet : Sommet\n\nTexte ancien.\n"
    )
    found = extract("a.eml", make.eml(body))
    assert kept(found).split("\n")[-1:] == ["Bonjour à tous."]
    assert asides(found)["quoted mail"].endswith("Texte ancien.")


def test_a_forwarded_text_is_content() -> None:
    body = "Pour information.\n\n---------- Forwarded message ---------\nFrom: Ali\nDate: lundi\nSubject: x\n\nLe sommet est reporté."
    assert "Le sommet est reporté." in kept(extract("a.eml", make.eml(body)))


def test_html_is_read_where_the_plain_text_is_a_notice() -> None:
    page = (
        "<html><body>"
        + "".join(f"<p>{t}</p>" for t in ARABIC)
        + '<div class="gmail_quote">Plus tôt</div></body></html>'
    )
    found = extract("a.eml", make.eml("Voir la version HTML.", html=page))
    assert all(text in kept(found) for text in ARABIC)
    assert asides(found)["quoted mail"] == "Plus tôt"


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    found = extract("a.epub", make.epub([TITLE, *ARABIC]))
    assert found.text.split("\n") == [TITLE, *ARABIC]
    assert found.title is not None
    assert found.title.of(found.text) == TITLE
    assert found.publisher is not None
    assert found.publisher.value == "دار الكتب"
    assert found.published is not None
    assert found.published.value == "2019-05-01"


def test_each_format_names_its_own_extractor() -> None:
    made = {name: extract(name, content).extractor.name for name, content in make.samples().items()
            if name.rpartition(".")[2] in ("docx", "odt", "rtf", "eml", "epub", "pdf", "html", "txt")}  # fmt: skip
    assert made == {
        "a.docx": "tawatur.docx",
        "a.odt": "tawatur.odt",
        "a.rtf": "tawatur.rtf",
        "b.rtf": "tawatur.rtf",
        "a.eml": "tawatur.mail",
        "a.epub": "tawatur.epub",
        "a.pdf": "tawatur.pdf",
        "a.html": "tawatur.page",
        "a.txt": "tawatur.plain",
    }


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.rtf", "a.pdf", "a.epub"])
def test_contents_overrule_a_name(name: str) -> None:
    content = make.samples()[name]
    assert extract("report.txt", content).extractor == extract(name, content).extractor


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.pdf", "a.rtf", "a.eml"])
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFileError, match="whatever its name says"):
        extract(name, b"only words, and none of a header")


def test_a_servers_error_page_saved_under_another_name_is_read_as_a_page() -> None:
    page = b"<!DOCTYPE html><html><body><p>Introuvable sur ce serveur.</p></body></html>"
    assert extract("report.pdf", page).media_type == "text/html"


def test_documents_without_a_letter_are_refused_as_empty() -> None:
    empty = {"a.docx": make.docx("<w:p/>"), "a.odt": make.odt("<text:p/>"), "a.rtf": make.rtf([])}
    for name, content in empty.items():
        with pytest.raises(EmptyFileError):
            extract(name, content)


def test_entities_of_a_documents_own_making_are_refused() -> None:
    bomb = make.zipped(
        {
            "word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
            "<document><body><p><r><t>&a;&f;</t></r></p></body></document>"
        }
    )
    with pytest.raises(UnreadableFileError, match="entities"):
        extract("a.docx", bomb)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.docx", make.docx("<w:p>" * 3000 + "</w:p>" * 3000), id="paragraphs"),
        pytest.param("a.rtf", b"{\\rtf1 " + b"{" * 50_000, id="groups"),
        pytest.param(
            "a.eml",
            b"Subject: x\nFrom: a\n"
            + b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i)
                for i in range(2000)
            ),
            id="parts",
        ),
    ],
)
def test_what_is_nested_without_end_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(IntakeError):
        extract(name, content)


def test_repeated_cells_and_spaces_fill_no_memory() -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="1000000"><text:p>'
        + "x" * 5000
        + "</text:p></table:table-cell>"
    )
    body = f'<table:table><table:table-row>{cell}</table:table-row></table:table><text:p>a<text:s text:c="999999"/>b</text:p>'
    assert len(extract("a.odt", make.odt(body)).text) < 20_000


@given(
    st.sampled_from(["a.docx", "a.odt", "a.rtf", "a.eml", "a.pdf", "a.epub", "a"]),
    st.binary(max_size=2000),
)
@settings(deadline=None)
def test_random_bytes_under_any_name_are_read_or_refused(name: str, content: bytes) -> None:
    for head in (b"", b"{\\rtf1 ", b"%PDF-1.4\n", b"PK\x03\x04", b"From: a\nSubject: b\n\n"):
        try:
            found = extract(name, head + content)
        except IntakeError as refusal:
            assert "\n" not in str(refusal)
        else:
            assert found.text.encode("utf-8").decode("utf-8") == found.text
