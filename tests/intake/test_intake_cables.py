"""A cable's header and paragraph numbers become data."""

# ruff: noqa: D103, E501 - the tests' names are their claims; sentences of a text stay on one line

import msgspec
import pytest

from tawatur.intake import extract
from tawatur.intake.cable import cable
from tawatur.intake.paragraphs import numbered_paragraphs
from tawatur.model.document import CableHeader, NumberedParagraph

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


# ------------------------------------------------------------ headers of other years and places

SEVENTIES = """CONFIDENTIAL

PAGE 01        LIBREVILLE  03012  121742Z

45
ACTION AF-06

INFO  OCT-01  EUR-08  ISO-00  SS-14  /036 W
                    --------------------- 046817
R 121530Z JUN 75
FM AMEMBASSY LIBREVILLE
TO SECSTATE WASHDC 2341
INFO AMEMBASSY BRAZZAVILLE
AMEMBASSY PARIS
C O N F I D E N T I A L LIBREVILLE 3012

E.O. 11652: GDS
TAGS: PFOR, EFIS, GB
SUBJECT: TRAWLERS HELD AT PORT-ORMEAU

REF: (A) STATE 134411; (B) LIBREVILLE 2977

1. SUMMARY: MINISTER OF FISHERIES TOLD CHARGE ON JUNE 11 THAT TWO
TRAWLERS HELD SINCE MAY WOULD BE RELEASED WITHIN A WEEK IF THEIR
OWNERS PAID A FINE OF 40,000 DOLLARS. END SUMMARY.

CONFIDENTIAL

PAGE 02        LIBREVILLE  03012  121742Z

2. CHARGE REPLIED THAT OWNERS DENY HAVING FISHED WITHIN LIMITS. MINISTER
SAID THAT HE HAD PHOTOGRAPHS AND WOULD SHOW THEM. EMBASSY HAS NOT SEEN
THEM.
OKONJO-REED

CONFIDENTIAL

NNNN
"""
NINETIES = """O P 091655B JUN 94
FM USMISSION VALMER
TO RUEHC/SECSTATE WASHDC IMMEDIATE 3350
INFO RUEHPA/AMEMBASSY PRAIA PRIORITY 0114
RUEHFR/AMEMBASSY PARIS
C O N F I D E N T I A L SECTION 01 OF 02 VALMER 001234

NODIS
DEPARTMENT FOR AF/W

E.O. 12356:  DECL: OADR
TAGS: PREL, PGOV, OVIP (LARUE, HENRY A.), TO
SUBJECT:  OPPOSITION ASKS FOR OBSERVERS

REF: (A) STATE 150000 (B) VALMER 1200

1.  CONFIDENTIAL - ENTIRE TEXT.

2.  Opposition leader Anne Mbarek asked the Charge on June 8 for
observers at the July poll, and said that she would boycott it without.

3.  COMMENT: She has said so before.  END COMMENT.

STANHOPE-VERE
"""
TWO_THOUSANDS = """R 251234Z OCT 09
FM AMEMBASSY SAINT-BRIEC
TO RUEHC/SECSTATE WASHDC 2871
INFO RUEHMR/AMEMBASSY PORT CERISE 0452
RHMFISS/HQ USAFRICOM STUTTGART GE
S E C R E T SECTION 01 OF 03 SAINT-BRIEC 000733

NOFORN
SIPDIS

E.O. 12958: DECL: 10/25/2019
TAGS: PREL PTER MARR XM
SUBJECT: (S/NF) NAVY CHIEF SAYS PATROLS WILL
RESUME IN MARCH
REF: A. SAINT-BRIEC 688
     B. 08 PORT CERISE 311
Classified By: DCM Ellen R. Tarrant for reasons 1.4 (b), (d).

¶1. (S/NF) SUMMARY: The chief of the navy told the DCM on October 22 that
joint patrols would resume in March 2010. END SUMMARY.

¶2. (C) He denied that licenses had been sold.

¶3. (U) The Ambassador thanked him.
ZUBAYRI
"""
FRENCH = """AMBASSADE DE FRANCE
TD ROCHEMAURE 345
CONFIDENTIEL DIPLOMATIE
DATE : 12/04/1994 18H40 TU
ORIGINE : AMBAFRANCE ROCHEMAURE
DESTINATAIRES : DIPLOMATIE PARIS (DAM, NUOI)
COPIE : BRUXELLES, NEW YORK DFRA
RÉF. : a) TD ROCHEMAURE 340 b) votre TD 12778
OBJET : SITUATION DANS LE NORD

1. (CD) Le ministre de l'Intérieur m'a indiqué ce matin que deux convois avaient quitté le port.

2. Il ignore leur destination et n'a pas souhaité en dire davantage.

LARQUIER-MONTAL./.
"""
ARABIC_LINES = """رقم البرقية: 07 بورت سيريز 312
التاريخ والتوقيت: 14/05/2007 الساعة 16:22 بتوقيت غرينتش
من: السفارة/ بورت سيريز
إلى: وزارة الخارجية، القيادة الأوروبية (شتوتغارت)
نسخة إلى: السفارة/ باريس
التصنيف: سري للغاية
الأمر التنفيذي 12958: رفع السرية: 14/05/2017
الوسوم: PREL, EFIS
المرجع: أ. بورت سيريز 288 ب. 06 باريس 4410
الموضوع: وزير الصيد يطلب زوارق دورية
القسم 01 من 02
تصنيف: القائم بالأعمال توماس هاربيل للأسباب 1.4 (ب) و(د)

1. (س) موجز: أبلغ وزير الصيد القائم بالأعمال في 10 أيار/ مايو أن حكومته تأمل في أربعة زوارق. نهاية الموجز.

2. (غ س) ونفى الوزير أن تكون الرخص قد بيعت.

هاربيل
"""
ARABIC_ONE_LINE = (
    "برقيات: طلب جديد\n"
    "معرف البرقية: 09SAINTBRIEC733 تاريخ الإنشاء: 25 تشرين الأول/ أكتوبر 2009 المصدر: السفارة الأمريكية في "
    "سان برييك التصنيف: سري//NOFORN E.O. 12958: DECL: 10/25/2019 TAGS: PREL, PTER المرجع: سان برييك 688 "
    "الموضوع: قائد البحرية يعلن عودة الدوريات صنفت من قبل: نائبة رئيس البعثة إلين تارانت، للأسباب 1.4 (ب) و (د). "
    "1. (س) قال قائد البحرية إن الدوريات ستعود في آذار/ مارس. 2. (خ) ونفى أن تكون الرخص قد بيعت. "
    "3. وشكره السفير على ذلك. الزبيري\n"
    "التعليقات مغلقة.\n"
)
FRENCH_TRANSLATION = """Référence : non communiquée
Numéro du télégramme : 09 SAINT-BRIEC 733
Date et heure : 25 octobre 2009, 12h34
Source : Ambassade à Saint-Briec
Classification : SECRET//NOFORN
E.O. 12958 : DECL : 10/25/2019
Objet : Le chef de la marine annonce la reprise des patrouilles
Classifié par : Ellen Tarrant, pour les motifs 1.4 (b) et (d)

1. (S) Résumé : le chef de la marine a annoncé la reprise des patrouilles en mars.

2. (C) Il a nié que des licences aient été vendues.

ZUBAYRI
"""


def _header(text: str) -> CableHeader:
    header = extract("cable.txt", text.encode()).header
    assert header is not None
    return header


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SEVENTIES,
            CableHeader(
                number="LIBREVILLE 3012",
                datetime="1975-06-12T15:30Z",
                source="AMEMBASSY LIBREVILLE",
                classification="CONFIDENTIAL",
                authority="E.O. 11652",
                declassify_on="GDS",
                subject="TRAWLERS HELD AT PORT-ORMEAU",
                to=("SECSTATE WASHDC",),
                info=("AMEMBASSY BRAZZAVILLE", "AMEMBASSY PARIS"),
                tags=("PFOR", "EFIS", "GB"),
                references=("STATE 134411", "LIBREVILLE 2977"),
                signature="OKONJO-REED",
            ),
            id="an English telegram of 1975",
        ),
        pytest.param(
            NINETIES,
            CableHeader(
                number="VALMER 001234",
                datetime="1994-06-09T14:55Z",
                source="USMISSION VALMER",
                classification="CONFIDENTIAL",
                authority="E.O. 12356",
                declassify_on="OADR",
                subject="OPPOSITION ASKS FOR OBSERVERS",
                to=("SECSTATE WASHDC",),
                info=("AMEMBASSY PRAIA", "AMEMBASSY PARIS"),
                tags=("PREL", "PGOV", "OVIP (LARUE, HENRY A.)", "TO"),
                references=("STATE 150000", "VALMER 1200"),
                captions=("NODIS",),
                section=1,
                sections=2,
                signature="STANHOPE-VERE",
            ),
            id="an English cable of 1994, its time two hours ahead of UTC",
        ),
        pytest.param(
            TWO_THOUSANDS,
            CableHeader(
                number="SAINT-BRIEC 000733",
                datetime="2009-10-25T12:34Z",
                source="AMEMBASSY SAINT-BRIEC",
                classification="SECRET",
                authority="E.O. 12958",
                declassify_on="2019-10-25",
                subject="(S/NF) NAVY CHIEF SAYS PATROLS WILL RESUME IN MARCH",
                classified_by="DCM Ellen R. Tarrant",
                reason="1.4 (b), (d)",
                to=("SECSTATE WASHDC",),
                info=("AMEMBASSY PORT CERISE", "HQ USAFRICOM STUTTGART GE"),
                tags=("PREL", "PTER", "MARR", "XM"),
                references=("SAINT-BRIEC 688", "08 PORT CERISE 311"),
                captions=("NOFORN", "SIPDIS"),
                section=1,
                sections=3,
                signature="ZUBAYRI",
            ),
            id="an English cable of 2009",
        ),
        pytest.param(
            FRENCH,
            CableHeader(
                number="TD ROCHEMAURE 345",
                datetime="1994-04-12T18:40Z",
                source="AMBAFRANCE ROCHEMAURE",
                classification="CONFIDENTIEL DIPLOMATIE",
                subject="SITUATION DANS LE NORD",
                to=("DIPLOMATIE PARIS (DAM, NUOI)",),
                info=("BRUXELLES", "NEW YORK DFRA"),
                references=("TD ROCHEMAURE 340", "votre TD 12778"),
                signature="LARQUIER-MONTAL",
            ),
            id="a French telegram of 1994",
        ),
        pytest.param(
            ARABIC_LINES,
            CableHeader(
                number="07 بورت سيريز 312",
                datetime="2007-05-14T16:22Z",
                source="السفارة/ بورت سيريز",
                classification="سري للغاية",
                authority="الأمر التنفيذي 12958",
                declassify_on="2017-05-14",
                subject="وزير الصيد يطلب زوارق دورية",
                classified_by="القائم بالأعمال توماس هاربيل",
                reason="1.4 (ب) و(د)",
                to=("وزارة الخارجية", "القيادة الأوروبية (شتوتغارت)"),
                info=("السفارة/ باريس",),
                tags=("PREL", "EFIS"),
                references=("بورت سيريز 288", "06 باريس 4410"),
                section=1,
                sections=2,
                signature="هاربيل",
            ),
            id="an Arabic translation, a field a line",
        ),
        pytest.param(
            ARABIC_ONE_LINE,
            CableHeader(
                number="09SAINTBRIEC733",
                datetime="2009-10-25",
                source="السفارة الأمريكية في سان برييك",
                classification="سري//NOFORN",
                authority="E.O. 12958",
                declassify_on="2019-10-25",
                subject="قائد البحرية يعلن عودة الدوريات",
                classified_by="نائبة رئيس البعثة إلين تارانت",
                reason="1.4 (ب) و (د)",
                tags=("PREL", "PTER"),
                references=("سان برييك 688",),
                captions=("NOFORN",),
                signature="الزبيري",
            ),
            id="an Arabic translation that lost its line breaks",
        ),
        pytest.param(
            FRENCH_TRANSLATION,
            CableHeader(
                number="09 SAINT-BRIEC 733",
                datetime="2009-10-25T12:34",
                source="Ambassade à Saint-Briec",
                classification="SECRET//NOFORN",
                authority="E.O. 12958",
                declassify_on="2019-10-25",
                subject="Le chef de la marine annonce la reprise des patrouilles",
                classified_by="Ellen Tarrant",
                reason="1.4 (b) et (d)",
                references=("non communiquée",),
                captions=("NOFORN",),
                signature="ZUBAYRI",
            ),
            id="a French translation",
        ),
    ],
)
def test_every_field_of_a_header_is_data(text: str, expected: CableHeader) -> None:
    assert _header(text) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "marks"),
    [
        (SEVENTIES, [1, 2], [None, None]),
        (NINETIES, [1, 2, 3], ["CONFIDENTIAL", None, None]),
        (TWO_THOUSANDS, [1, 2, 3], ["S/NF", "C", "U"]),
        (FRENCH, [1, 2], ["CD", None]),
        (ARABIC_LINES, [1, 2], ["س", "غ س"]),
        (ARABIC_ONE_LINE, [1, 2, 3], ["س", "خ", None]),
    ],
)
def test_paragraphs_carry_their_own_classification(
    text: str, numbers: list[int], marks: list[str | None]
) -> None:
    found = extract("cable.txt", text.encode()).paragraphs
    assert [p.number for p in found] == numbers
    assert [p.classification for p in found] == marks


def test_a_letter_that_counts_items_is_no_classification() -> None:
    text = "1. (a) First point.\n2. (b) Second point.\n3. (أ) الأولى.\n"
    found = numbered_paragraphs(text, 0, inline=False)
    assert [p.classification for p in found] == [None, None, None]


def test_distribution_and_page_marks_of_an_archive_are_asides() -> None:
    taken = extract("cable.txt", SEVENTIES.encode())
    content = "\n".join(span.of(SEVENTIES) for span in taken.main())
    for line in ("PAGE 02", "ACTION AF-06", "ISO-00", "NNNN"):
        assert line not in content
    assert "WOULD SHOW THEM" in content


@pytest.mark.parametrize(
    ("group", "utc"),
    [
        ("R 251234Z OCT 09", "2009-10-25T12:34Z"),
        ("O R 010030A JAN 2010", "2009-12-31T23:30Z"),
        ("311930R DEC 73", "1974-01-01T00:30Z"),
        ("P 290000Z FEB 09", None),
        ("P 252500Z OCT 09", None),
    ],
)
def test_a_date_time_group_is_told_in_utc(group: str, utc: str | None) -> None:
    assert _header(TWO_THOUSANDS.replace("R 251234Z OCT 09", group)).datetime == utc


@pytest.mark.parametrize(
    "ending", ["END COMMENT.", "He left on Tuesday for the capital", "2. (C) Nothing more."]
)
def test_what_is_no_name_is_no_signature(ending: str) -> None:
    assert _header(TWO_THOUSANDS.replace("ZUBAYRI", ending)).signature is None


def test_a_header_written_before_there_were_more_fields_is_still_read() -> None:
    old = {"number": "11 NOUAKCHOTT 73", "subject": "Fuel"}
    assert msgspec.convert(old, CableHeader) == CableHeader("11 NOUAKCHOTT 73", subject="Fuel")
    assert msgspec.convert({"number": 1, "start": 0}, NumberedParagraph) == NumberedParagraph(1, 0)
