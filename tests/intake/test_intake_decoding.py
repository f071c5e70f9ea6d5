"""The text itself decides its encoding; a wrong declaration is overruled."""

# ruff: noqa: D103 - the tests' names are their claims; sentences of a text stay on one line

import pytest

from tawatur.intake import extract
from tawatur.intake.decode import decode, score_as_text

ARABIC = (
    "قال مصدر أمني جزائري مطلع إن المشاورات بين البلدين حول أمن منطقة الساحل لم تنقطع منذ "
    "زيارة الوفد العسكري، وأضاف أن الاتفاق الذي وقع في شهر أبريل لم تكشف عن فحواه.\n"
    "وأكدت وزارة الخارجية في بيان أن المحادثات تمحورت حول تبادل المعلومات.\n"
)
FRENCH = (
    "Selon une source sécuritaire algérienne, les consultations « secrètes » n'ont pas été "
    "interrompues depuis la visite de la délégation. L'accord signé en août à Bamako, où siège "
    "le comité, n'a pas été rendu public : l'État-major s'y était opposé. À suivre.\n"
)
ENGLISH = "The minister said – “in private” – that the summit’s date was still open…\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(ARABIC, "windows-1256", id="Arabic in Windows-1256"),
        pytest.param(ARABIC.replace("«", ""), "iso8859-6", id="Arabic in ISO 8859-6"),
        pytest.param(FRENCH, "windows-1252", id="French in Windows-1252"),
        pytest.param(ENGLISH, "windows-1252", id="English with curved quotation marks"),
    ],
)
def test_undeclared_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    taken = extract("report.txt", text.encode(encoding))
    assert taken.text == text
    assert taken.encoding == encoding


def test_french_with_a_ligature_is_read_in_latin_9_or_the_same_characters() -> None:
    text = "Un cœur de métier : la sécurité des réseaux, des œuvres et des forêts.\n"
    assert extract("report.txt", text.encode("iso8859-15")).text == text


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "no-such"])
def test_windows_1256_arabic_is_read_whatever_a_page_declares(declared: str) -> None:
    page = (
        f"<html><head><meta charset='{declared}'><title>خبر</title></head>"
        f"<body><h1>المشاورات مستمرة بين البلدين</h1><p>{ARABIC}</p></body></html>"
    )
    taken = extract("report.html", page.encode("windows-1256"))
    assert taken.encoding == "windows-1256"
    assert "قال مصدر أمني جزائري مطلع" in taken.text
    assert taken.language == "ar"


def test_windows_1256_arabic_is_read_though_a_server_said_latin_1() -> None:
    content = ARABIC.encode("windows-1256")
    taken = extract("report.txt", content, media_type="text/plain; charset=iso-8859-1")
    assert taken.text == ARABIC


def test_valid_utf_8_is_utf_8_though_windows_1256_is_declared() -> None:
    page = f"<html><head><meta charset=windows-1256></head><body><p>{ARABIC}</p></body></html>"
    assert extract("report.html", page.encode()).encoding == "utf-8"


def test_a_declared_encoding_of_another_script_is_honoured() -> None:
    page = (
        '<html><head><meta charset="koi8-r"></head><body><p>Министр заявил журналистам о '
        "переговорах между двумя странами, сообщает агентство.</p></body></html>"
    )
    taken = extract("report.html", page.encode("koi8-r"))
    assert "Министр заявил" in taken.text
    assert taken.language == "und"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ARABIC, FRENCH, ENGLISH])
@pytest.mark.parametrize("marked", [True, False])
def test_utf_16_is_read_with_and_without_a_mark(encoding: str, text: str, marked: bool) -> None:
    text = ("\ufeff" if marked else "") + text
    taken = extract("report.txt", text.encode(encoding))
    assert taken.text == text
    assert taken.encoding == encoding


def test_a_byte_order_mark_is_kept_in_the_text() -> None:
    taken = extract("report.txt", ("\ufeff" + ARABIC).encode())
    assert taken.text == "\ufeff" + ARABIC
    assert taken.title is None or taken.title.start > 0


def test_no_newline_is_translated() -> None:
    text = "العنوان الأول للخبر\r\nقال الوزير إن القمة تأجلت.\rثم غادر.\u2028انتهى\v.\n"
    assert extract("report.txt", text.encode()).text == text


def test_utf_8_with_one_broken_byte_is_read_and_says_so() -> None:
    content = ARABIC.encode()[:-4] + b"\xff\n"
    taken = extract("report.txt", content)
    assert taken.text.startswith(ARABIC[:60])
    assert "\ufffd" in taken.text
    assert taken.extractor.settings == "damaged bytes replaced"


def test_a_text_cut_within_a_character_is_read() -> None:
    assert extract("report.txt", ARABIC.encode()[:201]).encoding == "utf-8"


def test_ascii_is_utf_8() -> None:
    assert decode("a.txt", b"Plain words.").encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (ARABIC, "windows-1256", "windows-1252"),
        (ARABIC, "windows-1256", "iso8859-6"),
        (ARABIC, "windows-1256", "cp720"),
        (FRENCH, "windows-1252", "windows-1256"),
        (FRENCH, "windows-1252", "cp850"),
    ],
)
def test_the_right_encoding_scores_above_a_wrong_one(text: str, right: str, wrong: str) -> None:
    content = text.encode(right)
    misread = content.decode(wrong, "replace")
    assert score_as_text(content.decode(right)) > score_as_text(misread)
