"""A cable's header and paragraph numbers become data."""

# ruff: noqa: D103 - the tests' names are their claims; sentences of a text stay on one line

import pytest

from tawatur.intake import extract
from tawatur.intake.cable import cable, numbered_paragraphs

ARABIC = (
    "وثائق: لقاء في العاصمة\n"
    "رقم البرقية: 11 نواكشوط 73 التاريخ والتوقيت: 05/02/2011 المصدر: السفارة/ نواكشوط التصنيف: سري "
    "E.O. 12958: DECL: 02/03/2021 الموضوع: قائد الأركان يطلب دعما في مراقبة الحدود "
    "نواكشوط 000000073 001.2 من 003 تصنيف: السفيرة جو هوبر 1.\n"
    "موجز: قال قائد الأركان إن القوات تحتاج إلى 2.5 مليون لتر من الوقود. الخطوة التالية 2. استقبل "
    "القائد السفيرة في مكتبه. 3. وأشار إلى أن الطلب معروض منذ عام. 4. تم الأخذ بالحسبان التقليل من "
    "أهمية دكار. هوبر\n"
    "التعليقات مغلقة.\n"
)
ENGLISH = """VZCZCXRO1234
PP RUEHBZ RUEHDU
DE RUEHNK #0073/01 0361234
ZNY SSSSS ZZH
P 051234Z FEB 11
FM AMEMBASSY NOUAKCHOTT
TO RUEHC/SECSTATE WASHDC PRIORITY 8065
S E C R E T SECTION 01 OF 03 NOUAKCHOTT 000073

SIPDIS

E.O. 12958: DECL: 02/03/2021
TAGS: PREL PTER MR
SUBJECT: CHIEF OF STAFF ASKS FOR HELP WITH
BORDER SURVEILLANCE
REF: A. 10 NOUAKCHOTT 800

Classified By: Ambassador Jo Huber; reasons 1.4 (b) and (d).

1. (S) SUMMARY. The chief of staff said on February 3 that his forces need
fuel and that a request of last year has not been answered so far by us,
nor by anyone else in the region who had been asked. END SUMMARY.

2. (C) He received the Ambassador in his office.

3. (U) NOUAKCHOTT MINIMIZE CONSIDERED.
HUBER
"""


def test_the_header_of_an_arabic_translation_is_data() -> None:
    header = extract("cable.txt", ARABIC.encode()).header
    assert header is not None
    assert header.number == "11 نواكشوط 73"
    assert header.datetime == "2011-02-05", "the Arabic field counts the day first"
    assert header.source == "السفارة/ نواكشوط"
    assert header.classification == "سري"
    assert header.authority == "E.O. 12958"
    assert header.declassify_on == "2021-02-03", "the DECL line counts the month first"
    assert header.subject == "قائد الأركان يطلب دعما في مراقبة الحدود"
    assert header.classified_by == "السفيرة جو هوبر"


def test_the_header_on_lines_of_its_own_is_the_same() -> None:
    lines = ARABIC
    for label in ("التاريخ والتوقيت", "المصدر", "التصنيف", "E.O.", "الموضوع", "تصنيف:"):
        lines = lines.replace(f" {label}", f"\n{label}", 1)
    lines = lines.replace(" نواكشوط 000000073", "\nنواكشوط 000000073")
    assert (
        extract("cable.txt", lines.encode()).header == extract("cable.txt", ARABIC.encode()).header
    )


def test_the_header_of_an_english_original_is_data() -> None:
    taken = extract("cable.txt", ENGLISH.encode())
    header = taken.header
    assert header is not None
    assert header.number == "NOUAKCHOTT 000073"
    assert header.datetime == "2011-02-05T12:34Z"
    assert header.source == "AMEMBASSY NOUAKCHOTT"
    assert header.classification == "SECRET"
    assert header.declassify_on == "2021-02-03"
    assert header.subject == "CHIEF OF STAFF ASKS FOR HELP WITH BORDER SURVEILLANCE"
    assert header.classified_by == "Ambassador Jo Huber"
    assert taken.language == "en"
    assert taken.title is not None
    assert taken.title.of(taken.text).startswith("CHIEF OF STAFF")


def test_paragraph_numbers_are_found_and_decimals_are_not() -> None:
    for text in (ARABIC, ENGLISH):
        taken = extract("cable.txt", text.encode())
        numbers = [paragraph.number for paragraph in taken.paragraphs]
        assert numbers == [1, 2, 3, 4] if text is ARABIC else [1, 2, 3]
        for paragraph in taken.paragraphs:
            assert text.startswith(f"{paragraph.number}.", paragraph.start)


def test_lines_that_only_handled_the_traffic_are_asides() -> None:
    arabic = extract("cable.txt", ARABIC.encode())
    said = [aside.span.of(ARABIC) for aside in arabic.asides]
    assert said == [
        "نواكشوط 000000073 001.2 من 003",
        "4. تم الأخذ بالحسبان التقليل من أهمية دكار.",
        "التعليقات مغلقة.",
    ]
    english = extract("cable.txt", ENGLISH.encode())
    said = [aside.span.of(ENGLISH) for aside in english.asides]
    assert any("ZNY SSSSS ZZH" in stretch for stretch in said)
    assert "3. (U) NOUAKCHOTT MINIMIZE CONSIDERED." in said
    assert not any("SUMMARY" in stretch or "SUBJECT" in stretch for stretch in said)


@pytest.mark.parametrize(
    "text",
    [
        "المصدر: وكالة الأنباء\nالتاريخ: 5/2/2011\nقال الوزير إن القمة تأجلت.",
        "FM radio stations closed on Monday.\nSUBJECT to approval, they may open again.",
        "",
    ],
)
def test_a_press_text_is_no_cable(text: str) -> None:
    assert cable(text) is None


def test_headings_between_paragraphs_are_content() -> None:
    text = ENGLISH.replace("2. (C)", "COMMENT\n\n2. (C)")
    taken = extract("cable.txt", text.encode())
    assert not any("COMMENT" in aside.span.of(text) for aside in taken.asides)


def test_a_missing_number_does_not_end_the_count() -> None:
    text = "1. First matter.\n2. Second matter.\n4. Fourth matter.\n5. Fifth matter.\n"
    numbers = [p.number for p in numbered_paragraphs(text, 0, inline=False)]
    assert numbers == [1, 2, 4, 5]


def test_a_french_telegram_has_a_header_and_a_letter_has_none() -> None:
    fields = (
        "TD ROCHEMAURE 0102\nDate : 4 mars 2021, 9h05\nOrigine : Ambassade Rochemaure\n"
        "Destinataires : Paris\nClassification : DIFFUSION RESTREINTE\nObjet : Entretien\n\n"
    )
    body = "1. Le ministre a reçu l'ambassadeur mardi.\n\n2. Il a demandé une aide.\n"
    found = extract("td.txt", (fields + body).encode())
    assert found.header is not None
    assert found.header.number == "TD ROCHEMAURE 0102"
    assert found.header.datetime == "2021-03-04T09:05"
    assert found.header.classification == "DIFFUSION RESTREINTE"
    assert found.header.subject == "Entretien"
    assert [p.number for p in found.paragraphs] == [1, 2]
    letter = "Date : 4 mars 2021\nDestinataires : Paris\nRéf. : 12\nObjet : Entretien\n\n" + body
    assert extract("lettre.txt", letter.encode()).header is None
