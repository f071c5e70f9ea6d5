"""Language, publisher and date are what the document states, and nothing more."""

# ruff: noqa: D103, E501 - the tests' names are their claims; sentences of a text stay on one line

import pytest
from tests.intake import support_formats as make

from tawatur.intake import extract
from tawatur.intake.dates import stated_date
from tawatur.intake.language import language_of
from tawatur.model.document import Level
from tawatur.model.label import Tlp

AR = "أعلن وزير الخارجية اليوم تأجيل القمة التي كان مقررا عقدها في العاصمة إلى موعد لاحق، وقال إن المشاورات مستمرة."
FR = "Le ministre a annoncé mardi le report du sommet prévu dans la capitale, après des consultations avec les pays voisins."
EN = "The minister announced on Tuesday that the summit planned for the capital was put off after talks with the neighbours."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (AR, "ar"),
        (FR, "fr"),
        (EN, "en"),
        (
            "El ministro anunció el martes que la cumbre prevista para la capital fue aplazada por los países.",
            "und",
        ),
        (
            "Der Minister hat am Dienstag gesagt, dass der Gipfel nicht in der Hauptstadt ist.",
            "und",
        ),
        (
            "وزیر امور خارجه گفت که این نشست در تهران برگزار می‌شود و با کشورهای همسایه گفتگو شده است.",
            "und",
        ),
        (
            "وزیر خارجہ نے کہا ہے کہ یہ اجلاس اب ملتوی کر دیا گیا ہے اور اس کی نئی تاریخ نہیں دی گئی۔",
            "und",
        ),
        ("Министр заявил о переносе саммита.", "und"),
        ("12 : 30 — 45", "und"),
        (AR + " CEMOC AFRICOM", "ar"),
        ("Sommet reporté dans la capitale", "fr"),
        ("قمة باماكو", "ar"),
    ],
)
def test_language_is_one_of_three_or_unknown(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("نشر في لكم يوم 11 - 01 - 2021", "ar", "2021-01-11"),
        ("الثلاثاء ٨ حزيران/يونيو ٢٠٢١", "ar", "2021-06-08"),
        ("15 جويلية 2019", "ar", "2019-07-15"),
        ("3 تشرين الأول/ أكتوبر 2013", "ar", "2013-10-03"),
        ("12 غشت 2020 - 10:30", "ar", "2020-08-12"),
        ("Publié le 1er février 2021 à 10h", "fr", "2021-02-01"),
        ("Mis en ligne le 03/02/2021", "fr", "2021-02-03"),
        ("Published March 4, 2021", "en", "2021-03-04"),
        ("Posted 03/04/2021", "en", "2021"),
        ("Posted 25/04/2021", "en", "2021-04-25"),
        ("2021-03-04T10:00", "en", "2021-03-04"),
        ("31/02/2021", "fr", None),
        ("version 1.2.2021.4 du 12 mars", "fr", None),
    ],
)
def test_a_stated_date_becomes_edtf(text: str, language: str, value: str | None) -> None:
    found = stated_date(text, language)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("lines", "publisher", "published"),
    [
        (f"عنوان الخبر الأول هنا\nنشر في المساء يوم 11 - 01 - 2021\n\n{AR}\n{AR}", "المساء", "2021-01-11"),
        (f"Un titre assez long ici\nPublié le 4 mars 2021 à 10:15\n\n{FR}\n{FR}", None, "2021-03-04"),
        (f"A fairly long headline here\nPublished: 4 March 2021\n\n{EN}\n{EN}", None, "2021-03-04"),
        (f"Un titre assez long ici\n\nALGER, 4 mars 2021 (APS) - {FR}\n{FR}", "APS", "2021-03-04"),
        (f"عنوان الخبر الأول هنا\n\nالجزائر (رويترز) - {AR}\n{AR}", "رويترز", None),
        (f"عنوان الخبر الأول هنا\n\nأنباء الحوض- {AR}\n{AR}", "أنباء الحوض", None),
        (f"عنوان الخبر الأول هنا\n\nالجزائر – {AR}\n{AR}", None, None),
        (f"عنوان الخبر الأول هنا\n\n{AR}\nووقع الاتفاق في 4 مارس 2019 بحضور الوزراء والسفراء وممثلي المنظمات.\n", None, None),
    ],
)  # fmt: skip
def test_publisher_and_date_are_taken_only_from_their_places(
    lines: str, publisher: str | None, published: str | None
) -> None:
    found = extract("report.txt", lines.encode())
    assert (found.publisher.value if found.publisher else None) == publisher
    assert (found.published.value if found.published else None) == published
    for stated in (found.publisher, found.published):
        if stated is not None:
            assert stated.span is not None
            assert stated.span.of(lines).strip()
    if found.publisher is not None and found.publisher.span is not None:
        assert found.publisher.span.of(lines) == found.publisher.value


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("NAIROBI, 9 May 2023 - ", "2023-05-09"),
        ("Niamey, le 14 mars 2022. ", "2022-03-14"),
        ("نواكشوط، الأربعاء 9 يونيو 2021 - ", "2021-06-09"),
        ("The ministry said in a letter, 9 May 2023 - ", None),
    ],
)
def test_a_place_and_a_date_that_open_a_report_date_it(opening: str, date: str | None) -> None:
    language = "ar" if opening[0] > "\u0600" else "fr" if "mars" in opening else "en"
    body = {
        "ar": "قال مصدر أمني إن الطريق الذي يربط المدينتين أغلق أمام الشاحنات منذ صباح اليوم بسبب السيول.",
        "fr": "Le ministre a reçu les délégués des éleveurs et des agriculteurs dans la capitale du pays.",
        "en": "The road between the two towns was closed to all lorries after the river burst its banks.",
    }[language]
    found = extract("report.txt", (opening + body + "\n\n" + body).encode())
    assert (found.published.value if found.published else None) == date


# ------------------------------------------------------------ markings


def _marked(text: str) -> list[tuple[str, Level | Tlp | None]]:
    found = extract("note.txt", text.encode()).markings
    return [(mark.value, mark.level or mark.tlp) for mark in found]


@pytest.mark.parametrize(
    ("line", "said", "amounts_to"),
    [
        ("TLP:AMBER+STRICT", "TLP:AMBER+STRICT", Tlp.AMBER_STRICT),
        ("[TLP: GREEN] Weekly note on the strait", "TLP: GREEN", Tlp.GREEN),
        ("Note hebdomadaire - TLP:RED", "TLP:RED", Tlp.RED),
        ("TLP:WHITE", "TLP:WHITE", Tlp.CLEAR),
        ("SECRET//NOFORN", "SECRET//NOFORN", Level.SECRET),
        ("TOP SECRET//SI//NOFORN//20301231", "TOP SECRET//SI//NOFORN//20301231", Level.TOP_SECRET),
        ("C O N F I D E N T I A L", "C O N F I D E N T I A L", Level.CONFIDENTIAL),
        ("UNCLASSIFIED//FOUO", "UNCLASSIFIED//FOUO", Level.OFFICIAL),
        ("For Official Use Only", "For Official Use Only", Level.OFFICIAL),
        ("RESTREINT UE/EU RESTRICTED", "RESTREINT UE/EU RESTRICTED", Level.RESTRICTED),
        ("Classification : Diffusion restreinte", "Diffusion restreinte", Level.RESTRICTED),
        ("*** Diffusion restreinte ***", "*** Diffusion restreinte ***", Level.RESTRICTED),
        ("(Confidentiel)", "(Confidentiel)", Level.CONFIDENTIAL),
        ("TRÈS SECRET - SPÉCIAL FRANCE", "TRÈS SECRET - SPÉCIAL FRANCE", Level.TOP_SECRET),
        ("سري للغاية", "سري للغاية", Level.TOP_SECRET),
        ("سِرّي", "سِرّي", Level.SECRET),
        ("للاستعمال الرسمي فقط", "للاستعمال الرسمي فقط", Level.OFFICIAL),
        ("درجة السرية: محدود", "محدود", Level.RESTRICTED),
    ],
)
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_marking_on_a_line_of_its_own_is_kept_as_written_with_its_level(
    line: str, said: str, amounts_to: Level | Tlp, place: str
) -> None:
    lines = [AR, FR, EN]
    lines.insert(0 if place == "first" else 3, line)
    found = extract("note.txt", "\n\n".join(lines).encode())
    assert [(m.value, m.level or m.tlp) for m in found.markings] == [(said, amounts_to)]
    span = found.markings[0].span
    assert span is not None
    assert span.of(found.text) == said


@pytest.mark.parametrize(
    "line",
    [
        "The paper was marked TLP:RED and should not have been quoted.",
        "He told the secret to two ministers.",
        "Secret",
        "SECRET TALKS IN GENEVA",
        "Confidentiel",
        "Confidentiel Afrique: les dessous du sommet",
        "Une diffusion restreinte était prévue",
        "وقال إن التقرير سري للغاية ولن ينشر.",
        "اجتماع سري للغاية",
        "التصنيف: غير مصنف",
        "التصنيف: خاص",
        "محدود",
    ],
)
def test_the_same_words_in_a_sentence_or_a_heading_mark_nothing(line: str) -> None:
    assert _marked(f"{line}\n\n{AR}\n\n{FR}\n\n{EN}") == []
    assert _marked(f"{AR}\n\n{FR}\n\n{EN}\n\n{line}") == []


def test_a_marking_in_the_midst_of_a_long_text_marks_nothing() -> None:
    many = [f"{i}. {FR}" for i in range(1, 30)]
    many[15] = "SECRET"
    assert _marked("\n\n".join(many)) == []


def test_each_level_and_word_is_told_once_in_order_of_place() -> None:
    text = f"TLP:AMBER\nCONFIDENTIEL\n\n{FR}\n\n{FR}\n\nCONFIDENTIEL\nTLP:AMBER"
    assert _marked(text) == [("TLP:AMBER", Tlp.AMBER), ("CONFIDENTIEL", Level.CONFIDENTIAL)]


def test_a_marking_is_no_title_and_no_content() -> None:
    found = extract("note.txt", f"DIFFUSION RESTREINTE\n\nLe sommet reporté\n\n{FR}\n".encode())
    assert found.title is not None
    assert found.title.of(found.text) == "Le sommet reporté"
    assert "DIFFUSION" not in "".join(span.of(found.text) for span in found.main())


@pytest.mark.parametrize(
    ("header", "said", "amounts_to"),
    [
        ("Sensitivity: Company-Confidential", "Company-Confidential", Level.CONFIDENTIAL),
        ("X-Classification: DIFFUSION RESTREINTE", "DIFFUSION RESTREINTE", Level.RESTRICTED),
        ("X-TLP: TLP:GREEN", "TLP:GREEN", Tlp.GREEN),
        (
            "X-Protective-Marking: VER=2018.4, NS=gov.example, SEC=OFFICIAL:Sensitive",
            "OFFICIAL:Sensitive",
            Level.OFFICIAL,
        ),
        ('SIO-Label: marking="NATO RESTRICTED"; type="x"', "NATO RESTRICTED", Level.RESTRICTED),
        ("X-Priority: 1", None, None),
        ("Sensitivity: Personal", None, None),
    ],
)
def test_a_mails_header_states_its_marking(
    header: str, said: str | None, amounts_to: Level | Tlp | None
) -> None:
    mail = f"From: a@example.org\nSubject: Note\nDate: Thu, 4 Mar 2021 08:15:00 +0000\n{header}\n\n{EN}\n"
    found = extract("note.eml", mail.encode()).markings
    wanted = [] if said is None else [(said, amounts_to)]
    assert [(m.value, m.level or m.tlp) for m in found] == wanted
    assert all(m.found_in == f"mail {header.partition(':')[0]}" for m in found)


def test_running_heads_state_a_marking_beside_other_words() -> None:
    body = "".join(map(make.word_paragraph, [FR, EN]))
    head = "<w:X>" + make.word_paragraph("CONFIDENTIEL\tNote n° 12\tAmbassade") + "</w:X>"
    found = extract("note.docx", make.docx(body, {"header": head})).markings
    assert [(m.value, m.level, m.found_in) for m in found] == [
        ("CONFIDENTIEL", Level.CONFIDENTIAL, "page header")
    ]
