"""Who says it, through whom: chains of attribution in three languages."""

import pytest

from tawatur.model.document import CableHeader, Extraction, Extractor, NumberedParagraph
from tawatur.model.reading import Channel, Manner, Proposal, Reading, SourceKind
from tawatur.reading import read


def reading_of(text: str, language: str = "ar", *, cable: bool = False) -> Reading:
    """Return the reading of a text that is all content."""
    header = CableHeader(number="1") if cable else None
    paragraphs = (NumberedParagraph(1, 0),) if cable else ()
    return read(
        Extraction(
            text,
            "text/plain",
            "utf-8",
            Extractor("test", "0"),
            language,
            header=header,
            paragraphs=paragraphs,
        )
    )


def claim_with(text: str, words: str, language: str = "ar", *, cable: bool = False) -> Proposal:
    """Return the first claim whose span holds ``words``."""
    found = [c for c in reading_of(text, language, cable=cable).claims if words in c.span.of(text)]
    assert found, f"no claim holds {words!r}"
    return found[0]


def sources(claim: Proposal) -> list[str | None]:
    """Return the sources of a claim's chain without the author."""
    return [link.source_text for link in claim.chain[1:]]


@pytest.mark.parametrize(
    ("text", "language", "words", "expected"),
    [
        pytest.param(
            "قال وزير الدفاع سالم الخطيب إن الهدنة صامدة في الشمال.",
            "ar",
            "الهدنة صامدة",
            ["وزير الدفاع سالم الخطيب"],
            id="verb first",
        ),
        pytest.param(
            "المصدر الأمني أشار إلى أن القوات غادرت المدينة فجرا.",
            "ar",
            "القوات غادرت",
            ["المصدر الأمني"],
            id="subject first",
        ),
        pytest.param(
            "بحسب مصادر مطلعة، غادرت القوات المدينة فجرا.",
            "ar",
            "غادرت القوات",
            ["مصادر مطلعة"],
            id="according to",
        ),
        pytest.param(
            "مصدر أمني، نقلت عنه وكالة أنباء محلية قوله إن الطريق مقطوع منذ أيام.",
            "ar",
            "الطريق مقطوع",
            ["وكالة أنباء محلية", "مصدر أمني"],
            id="relative relay",
        ),
        pytest.param(
            "نقلت صحيفة محلية عن دبلوماسي غربي قوله إن الاتفاق وشيك جدا.",
            "ar",
            "الاتفاق وشيك",
            ["صحيفة محلية", "دبلوماسي غربي"],
            id="relay",
        ),
        pytest.param(
            "تقول الرسالة: “بحسب مصدر شديد الحساسية، "
            "فإن أشخاصا مقربين صرحوا بأن الحكومة ارتبكت بعد الهجوم”.",
            "ar",
            "الحكومة ارتبكت",
            ["الرسالة", "مصدر شديد الحساسية", "أشخاصا مقربين"],
            id="nested",
        ),
        pytest.param(
            "Three soldiers were killed near Gao, the army said.",
            "en",
            "Three soldiers",
            ["the army"],
            id="content first",
        ),
        pytest.param(
            "Reuters, citing two diplomats, reported that the truce had collapsed.",
            "en",
            "the truce had collapsed",
            ["Reuters", "two diplomats"],
            id="citing",
        ),
        pytest.param(
            "« Nous partirons demain », a déclaré le général Diarra.",
            "fr",
            "Nous partirons",
            ["le général Diarra"],
            id="French inversion",
        ),
        pytest.param(
            "Selon une source sécuritaire, les assaillants venaient du nord.",
            "fr",
            "les assaillants",
            ["une source sécuritaire"],
            id="selon",
        ),
    ],
)
def test_a_chain_names_everyone_through_whom_a_claim_came(
    text: str, language: str, words: str, expected: list[str]
) -> None:
    """A chain names everyone through whom a claim came."""
    assert sources(claim_with(text, words, language)) == expected


def test_what_nobody_is_said_to_say_is_the_authors() -> None:
    """What nobody is said to say is the authors."""
    claim = claim_with("غادرت القوات المدينة فجرا بعد معركة طويلة.", "غادرت القوات")
    assert sources(claim) == []


def test_a_dropped_subject_stands_for_the_last_speaker() -> None:
    """A dropped subject stands for the last speaker."""
    text = "قال مصدر أمني إن الطريق مقطوع منذ أيام. وأضاف أن الجسر انهار ليلا."
    assert sources(claim_with(text, "الجسر انهار")) == ["مصدر أمني"]


def test_a_feminine_verb_without_subject_stands_for_the_woman() -> None:
    """A feminine verb without subject stands for the woman."""
    text = (
        "قالت الوزيرة ليلى حداد إن الوفد وصل أمس. وقال الجنرال سالم الخطيب إن الطريق آمن تماما. "
        "وأوضحت أن الزيارة قصيرة جدا."
    )
    assert "ليلى" in (sources(claim_with(text, "الزيارة قصيرة"))[-1] or "")


def test_the_source_with_the_article_is_the_one_named_before() -> None:
    """The source with the article is the one named before."""
    text = (
        "نقلت صحيفة محلية عن مصدر أمني قوله إن الاتفاق وشيك جدا. "
        "وتابع المصدر أن التوقيع سيكون غدا في العاصمة."
    )
    assert sources(claim_with(text, "التوقيع")) == ["صحيفة محلية", "مصدر أمني"]


def test_a_quotation_left_open_goes_on_over_the_full_stop() -> None:
    """A quotation left open goes on over the full stop."""
    text = "قال مصدر أمني: “الطريق مقطوع منذ أيام. والجسر انهار ليلا قرب القرية”."
    assert sources(claim_with(text, "والجسر انهار"[1:])) == ["مصدر أمني"]


def test_a_cables_sentence_without_cue_goes_on_with_the_speaker_a_reports_does_not() -> None:
    """A cables sentence without cue goes on with the speaker a reports does not."""
    text = "1. قال الجنرال سالم الخطيب إن الطريق آمن تماما. وقد انهار الجسر ليلا قرب القرية."
    claim = claim_with(text, "انهار الجسر", cable=True)
    assert claim.chain[-1].manner is Manner.IMPLIED
    assert "سالم الخطيب" in (sources(claim)[-1] or "")
    assert sources(claim_with(text[3:], "انهار الجسر")) == []


def test_a_verb_of_saying_that_is_negated_names_no_source() -> None:
    """A verb of saying that is negated names no source."""
    text = "لم يشر البيان إلى مضمون المباحثات التي جرت بين الطرفين."
    assert all(len(c.chain) == 1 for c in reading_of(text).claims)


def test_being_written_to_is_not_saying() -> None:
    """Being written to is not saying."""
    text = "وصلت رسالة سرية إلى وزيرة الخارجية ليلى حداد فجر أمس."
    assert all(len(c.chain) == 1 for c in reading_of(text).claims)


def test_kind_manner_and_channel_of_a_link_are_told() -> None:
    """Kind manner and channel of a link are told."""
    text = "أبلغ دبلوماسي غربي، عبر قنوات دبلوماسية، وزير الخارجية أن “الاتفاق وشيك جدا”."
    link = claim_with(text, "الاتفاق وشيك").chain[-1]
    assert (link.kind, link.manner, link.channel) == (
        SourceKind.ANONYMOUS,
        Manner.DIRECT,
        Channel.DIPLOMATIC,
    )


def test_a_rumour_is_a_link_of_its_own() -> None:
    """A rumour is a link of its own."""
    claim = claim_with("يقال إن الوزير استقال سرا قبل أسبوع.", "الوزير استقال")
    assert claim.chain[-1].kind is SourceKind.RUMOUR


def test_a_quotation_may_stand_before_its_verb() -> None:
    """A quotation may stand before its verb in Arabic too, and its speaker go on by participle."""
    text = "«الوضع خطير جدا»، يقول أحد السكان، مشيرا إلى أن مئات العائلات نزحت."
    assert sources(claim_with(text, "الوضع خطير")) == ["أحد السكان"]
    assert sources(claim_with(text, "العائلات نزحت")) == ["أحد السكان"]


def test_a_feminine_noun_after_a_masculine_verb_is_its_object() -> None:
    """A feminine noun after a masculine verb is its object: he accused the government."""
    text = (
        "نفى الناطق سالم الخطيب أن تكون القوات قد هاجمت القرية، واتهم الحكومة بالتستر على الحقيقة."
    )
    assert "سالم الخطيب" in (sources(claim_with(text, "التستر"))[-1] or "")


def test_a_participle_goes_on_with_the_subject_of_its_sentence() -> None:
    """A participle of saying goes on with the subject of its sentence, who said nothing before."""
    text = "استقبل سالم الخطيب الوفد صباح اليوم، مؤكدا أن الاتفاق وشيك جدا."
    assert sources(claim_with(text, "الاتفاق وشيك")) == ["سالم الخطيب"]
    assert sources(claim_with(text, "استقبل")) == []


@pytest.mark.parametrize(
    "text", ["“Does anybody know it?” Graham asked.", "“Nobody knows it!” said Salem."]
)
def test_a_question_in_quotation_marks_belongs_to_the_verb_after_it(text: str) -> None:
    """A question in quotation marks belongs to the verb after it."""
    assert sources(claim_with(text, "know", "en"))[-1] in {"Graham", "Salem"}
