"""Who says it, through whom: chains of attribution in three languages."""

import pytest
from tests.reading.support_reading import claim_with, reading_of

from tawatur.model.reading import Channel, Manner, Polarity, Proposal, SourceKind


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


@pytest.mark.parametrize(
    ("text", "source", "to"),
    [
        pytest.param(
            "وقال مصدر أمني مطلع لوكالة الواحة للأنباء إن الجيش دخل القرية أمس.",
            "مصدر أمني مطلع",
            "وكالة الواحة للأنباء",
            id="an agency",
        ),
        pytest.param(
            'وأكد ضابط في الجيش لـ"مرسال الواحة" أن المسلحين انسحبوا من المدينة.',
            "ضابط في الجيش",
            "مرسال الواحة",
            id="a quoted outlet",
        ),
        pytest.param(
            "وقال المصدر للوكالة إن الطريق إلى الشمال مفتوح.", "المصدر", "وكالة", id="the agency"
        ),
        pytest.param(
            "وصرح مسؤول حكومي لإذاعة محلية بأن المفاوضات ستبدأ الأسبوع المقبل.",
            "مسؤول حكومي",
            "إذاعة محلية",
            id="a radio station",
        ),
        pytest.param(
            "وطلبت الحكومة من البنك المركزي توضيحات حول القرض الجديد.",
            "الحكومة",
            "البنك المركزي",
            id="whom one asks does not speak",
        ),
    ],
)
def test_whom_one_speaks_to_is_no_part_of_the_source(text: str, source: str, to: str) -> None:
    """The outlet that is told and the body that is asked stand in ``to``."""
    (claim,) = reading_of(text).claims
    assert sources(claim)[-1] == source
    assert claim.chain[-1].to == to


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "ar",
            "وأكد الوزير في تصريح لإذاعة محلية أن الطريق إلى الشمال مفتوح.",
            ["إذاعة محلية", "الوزير"],
            id="a statement to a radio station",
        ),
        pytest.param(
            "ar",
            "وفي مقابلة مع قناة الواحة، قال الوزير إن الطريق إلى الشمال مفتوح.",
            ["قناة الواحة", "الوزير"],
            id="an interview before the verb",
        ),
        pytest.param(
            "ar",
            "وقال المصدر للوكالة إن الطريق إلى الشمال مفتوح.",
            ["المصدر"],
            id="the agency may be the author",
        ),
        pytest.param(
            "en",
            "The mayor told a local radio station that the bridge was closed.",
            ["a local radio station", "The mayor"],
            id="told a station",
        ),
        pytest.param(
            "en",
            "In an interview with the Rift Herald, the mayor said the bridge was closed.",
            ["Rift Herald", "the mayor"],
            id="in an interview with a paper",
        ),
        pytest.param(
            "en",
            "The mayor told reporters that the bridge was closed.",
            ["The mayor"],
            id="reporters are no outlet",
        ),
        pytest.param(
            "fr",
            "Le maire a déclaré à Fleuve Info que le pont était coupé.",
            ["Fleuve Info", "Le maire"],
            id="à and the outlet",
        ),
        pytest.param(
            "fr",
            "« Le pont est coupé », a prévenu mercredi sur Radio Lagune le maire.",
            ["Radio Lagune", "le maire"],
            id="on the air",
        ),
    ],
)
def test_an_outlet_that_is_told_passes_it_on(language: str, text: str, expected: list[str]) -> None:
    """An outlet with a name that is told stands before the speaker in the chain."""
    assert sources(reading_of(text, language).claims[0]) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "ووفقا لما قاله كريم بوعلام فإن الطريق إلى الشمال مغلق.",
            "مغلق",
            ["كريم بوعلام"],
            id="according to what somebody said",
        ),
        pytest.param(
            "ونسب إلى مصدر أمني قوله إن الطريق إلى الشمال مغلق.",
            "مغلق",
            ["مصدر أمني"],
            id="words ascribed to somebody",
        ),
        pytest.param("بين الوزير أن الطريق إلى الشمال مغلق.", "مغلق", ["الوزير"], id="made clear"),
        pytest.param(
            "بين الوزير والمحافظ خلاف لأن الطريق إلى الشمال مغلق.", "مغلق", [], id="between"
        ),
        pytest.param(
            "رحب القادة بالاتفاق. وقال الأمين العام إن العمل بدأ. واعتبروا أن الطريق آمن اليوم.",
            "الطريق آمن",
            ["القادة"],
            id="a plural verb goes back to several",
        ),
        pytest.param(
            "رحب القادة بالاتفاق، وطالبوا شركات النقل بالإفصاح عن حمولاتها.",
            "حمولاتها",
            ["القادة"],
            id="no subject follows a plural verb",
        ),
        pytest.param(
            "وأشارت الرسالة إلى قلق المسؤولين الليبيين، مؤكدة أنهم يعتقدون أن الطريق مغلق.",
            "مغلق",
            ["الرسالة", "المسؤولين الليبيين"],
            id="those whom the sentence names",
        ),
    ],
)
def test_whose_words_arabic_grammar_tells(text: str, words: str, expected: list[str]) -> None:
    """The form of an Arabic verb tells whose words follow."""
    assert sources(claim_with(text, words)) == expected


def test_the_issuer_of_a_bulletin_is_its_author() -> None:
    """Where the body whose name opens a bulletin is said to ask, the author asks."""
    asked = "Rift Relief appeals to donors to release the funds without delay."
    assert sources(claim_with(asked, "donors", "en")) == ["Rift Relief"]
    bulletin = f"RIFT RELIEF - SITUATION REPORT No. 7\nFloods in the north\n\n{asked}"
    assert sources(claim_with(bulletin, "donors", "en")) == []


def test_who_tells_the_texts_own_outlet_tells_the_author() -> None:
    """The outlet that the page around a text names is no link of its own."""
    told = "The mayor told the Rift Herald that the bridge was closed."
    assert sources(claim_with(told, "the bridge", "en")) == ["Rift Herald", "The mayor"]
    page = f"Rift Herald\n\n{told}\n\nThe market of the town opened again at noon on Monday."
    assert sources(claim_with(page, "the bridge", "en")) == ["The mayor"]


def test_circumstances_of_saying_are_no_part_of_the_source() -> None:
    """Neither when it was said nor that no name may be given."""
    when = "وقال وزير الدفاع لدى وصوله إلى الشمال إن الطريق مفتوح."
    assert sources(claim_with(when, "الطريق")) == ["وزير الدفاع"]
    unnamed = "وقال مصدر أمني طلب عدم الكشف عن هويته إن الطريق مفتوح."
    assert sources(claim_with(unnamed, "الطريق")) == ["مصدر أمني"]


def test_a_verb_of_telling_parts_the_two_people_after_it() -> None:
    """She told him: the text names each of them apart from the other."""
    text = (
        "التقت السفيرة جين هدسون الوزير كمال مسعود أمس. "
        "وأخبرت هدسون مسعود أن الحكومة ستدعم القوات المشتركة."
    )
    claim = claim_with(text, "ستدعم القوات")
    assert sources(claim) == ["هدسون"]
    assert claim.chain[-1].to == "مسعود"


def test_what_an_outlet_learned_from_a_source_has_both_in_its_chain() -> None:
    """The outlet passes on, the source is the root."""
    claim = claim_with("وعلمت صحيفة المرصد من مصدر موثوق أن اللقاء تم في العاصمة.", "اللقاء تم")
    assert sources(claim) == ["صحيفة المرصد", "مصدر موثوق"]


def test_a_cue_of_going_on_is_no_part_of_what_is_said() -> None:
    """The verb that goes on before a negation opens speech."""
    text = "وقال الوزير إن الوضع هادئ في الشمال. وتابع لا يوجد أي اتفاق مع المسلحين هناك."
    claim = claim_with(text, "لا يوجد")
    assert claim.span.of(text).startswith("لا يوجد")
    assert sources(claim) == ["الوزير"]


def test_to_say_that_somebody_lied_does_not_deny_what_he_said() -> None:
    """An accusation of lying has no content of its own to deny."""
    claims = reading_of("وكذب الوزير الذي قال إن الجيش دخل القرية.").claims
    assert [(c.polarity.value, len(c.chain)) for c in claims] == [("asserted", 1)]


@pytest.mark.parametrize("fragment", ["نهاية الموجز.", "وكان كونتوراي.", "قتل فيه."])
def test_a_phrase_without_predicate_is_no_claim(fragment: str) -> None:
    """A noun phrase, a copula alone and a verb with a pronoun state nothing."""
    text = f"وقال الوزير إن الوضع هادئ في الشمال. {fragment}"
    assert all("الوضع" in claim.span.of(text) for claim in reading_of(text).claims)


def test_a_pronoun_or_an_adjective_of_time_is_no_source() -> None:
    """Nobody is called "last" or "of it"."""
    for text in ("وقال منها إن الأوضاع مستقرة في المدينة.", "وذكر الماضي أن الحرب انتهت."):
        assert all(not sources(claim) for claim in reading_of(text).claims)


@pytest.mark.parametrize(
    ("text", "language", "words", "expected"),
    [
        pytest.param(
            "Un officier a seulement dit que les blessés sont soignés.",
            "fr",
            "les blessés",
            ["Un officier"],
            id="an adverb is no part of the source",
        ),
        pytest.param(
            "Le général Diarra, selon lequel les combats ont cessé, est parti.",
            "fr",
            "les combats",
            ["Le général Diarra"],
            id="selon lequel",
        ),
        pytest.param(
            "L'armée s'est retirée de Kidal, a indiqué M. Traoré.",
            "fr",
            "retirée",
            ["M. Traoré"],
            id="inverted",
        ),
        pytest.param(
            "Le ministre Amadou Traoré a parlé lundi. « Nous avons repris la ville », a-t-il dit.",
            "fr",
            "repris la ville",
            ["Amadou Traoré"],
            id="a-t-il dit",
        ),
        pytest.param(
            "Amina Diarra met the governor and said that the road is open.",
            "en",
            "road is open",
            ["Amina Diarra"],
            id="the subject of a joined verb",
        ),
    ],
)
def test_the_source_is_the_subject_and_no_more(
    text: str, language: str, words: str, expected: list[str]
) -> None:
    """Neither adverbs nor clauses before the verb belong to who says it."""
    assert sources(claim_with(text, words, language)) == expected


def test_a_clause_is_never_a_source() -> None:
    """What has a verb of its own is no subject of another."""
    text = "Le ministre s'est rendu à Gao où il a affirmé que la paix revenait."
    assert all("rendu" not in (s or "") for c in reading_of(text, "fr").claims for s in sources(c))


def test_a_note_in_capitals_is_no_speaker() -> None:
    """A note is a remark of the author, and what follows it has its own speakers."""
    text = "(NOTE: The minister left. END NOTE.) The road is open. The town is calm."
    assert all(len(claim.chain) == 1 for claim in reading_of(text, "en").claims)


class TestArabicSources:
    """Who speaks, in Arabic prose as newspapers write it."""

    @pytest.mark.parametrize(
        ("text", "words", "expected"),
        [
            pytest.param(
                "لكن مسؤولا عسكريا رجح أن تكون الجماعة وراء الحادث.",
                "تكون الجماعة",
                ["مسؤولا عسكريا"],
                id="subject before the verb after but",
            ),
            pytest.param(
                "غادرت القافلة فجرا، حسب ما أعلنت عنه إدارة الميناء.",
                "غادرت القافلة",
                ["إدارة الميناء"],
                id="according to what X announced",
            ),
            pytest.param(
                "أعلن اليوم الثلاثاء حزب الأمل أن المؤتمر تأجل.",
                "المؤتمر تأجل",
                ["حزب الأمل"],
                id="the day before the subject",
            ),
            pytest.param(
                "وأوضح الخبير في تصريح لإذاعة محلية أن السد امتلأ.",
                "السد امتلأ",
                ["إذاعة محلية", "الخبير"],
                id="the statement is no part of the speaker",
            ),
            pytest.param(
                "وقالت صحيفة «المدى»، الصادرة أمس، إن القرار سيلغى.",
                "القرار سيلغى",
                ["صحيفة «المدى»"],
                id="a name in quotation marks is no quotation",
            ),
            pytest.param(
                "وجاء في البيان أن القوات استعادت ثلاث قرى.",
                "القوات استعادت",
                ["البيان"],
                id="a document says",
            ),
            pytest.param(
                "ونسبت الصحيفة إلى مصدر حكومي قوله إن القرار صدر.",
                "القرار صدر",
                ["الصحيفة", "مصدر حكومي"],
                id="attributed to",
            ),
            pytest.param(
                "وينقل عن الراحل أنه كان يرفض التفاوض.",
                "يرفض التفاوض",
                ["الراحل"],
                id="it is told of X",
            ),
            pytest.param(
                "علم موقع «الضفة» أن وفدا زار المدينة سرا.",
                "وفدا زار",
                ["موقع «الضفة»"],
                id="an outlet has learned",
            ),
            pytest.param(
                "وذكرت صحيفة «الساحل»، نقلا عن دبلوماسيين، أن الاتفاق قريب.",
                "الاتفاق قريب",
                ["صحيفة «الساحل»", "دبلوماسيين"],
                id="quoting others between verb and content",
            ),
            pytest.param(
                "وأكد الوزير أن السد آمن، بحسب ما نقلته وكالة الأنباء الرسمية.",
                "السد آمن",
                ["وكالة الأنباء الرسمية", "الوزير"],
                id="who carried it stands outside",
            ),
            pytest.param(
                "وطالبت منظمات حقوقية السلطات بالإفراج عن الصحافي.",
                "بالإفراج عن",
                ["منظمات حقوقية"],
                id="whom one asks is not who asks",
            ),
            pytest.param(
                "وقال سكان إن الكهرباء مقطوعة، لكن شركة الكهرباء تقول إن العطل أصلح.",
                "العطل أصلح",
                ["شركة الكهرباء"],
                id="but opens another turn",
            ),
            pytest.param(
                "وأعرب النائب عن قلقه بعد نفي الوزير أن تكون الأسعار قد ارتفعت.",
                "الأسعار قد ارتفعت",
                ["النائب", "الوزير"],
                id="a noun of saying has a speaker",
            ),
        ],
    )
    def test_the_chain_is_the_one_a_reader_would_give(
        self, text: str, words: str, expected: list[str]
    ) -> None:
        """The chain is the one a reader would give."""
        assert sources(claim_with(text, words)) == expected

    def test_what_is_to_be_noted_is_the_authors_whoever_spoke_before(self) -> None:
        """What is to be noted is the authors whoever spoke before."""
        text = "قال الوزير إن الطريق مفتوح. يذكر أن النقابة نفذت إضرابا عاما."
        assert sources(claim_with(text, "إضرابا")) == []

    def test_in_his_words_names_nobody_new(self) -> None:
        """In his words names nobody new."""
        text = "قال الوزير إن الطريق مفتوح، على حد قوله."
        assert sources(claim_with(text, "الطريق مفتوح")) == ["الوزير"]

    def test_the_preposition_across_is_no_verb_of_saying(self) -> None:
        """The preposition across is no verb of saying."""
        text = "تلقت الشرطة نداء عبر الهاتف أفاد بأن الجسر انهار."
        assert all(
            "عبر" not in (link.cue or "") for c in reading_of(text).claims for link in c.chain
        )

    def test_a_title_points_back_to_the_person_named_with_it(self) -> None:
        """A title points back to the person named with it."""
        text = "التقى وزير الصيد سالم الخطيب وفدا. وقال الوزير إن الموسم جيد."
        assert sources(claim_with(text, "الموسم جيد")) == ["سالم الخطيب"]

    def test_a_comment_in_a_cable_is_its_authors(self) -> None:
        """A comment in a cable is its authors."""
        text = "قال الوزير إن القانون جاهز. وأضاف أنه سيعرض قريبا.\nتعليق: نفوذ الوزير محدود."
        assert sources(claim_with(text, "نفوذ", cable=True)) == []

    def test_the_dateline_is_no_part_of_the_first_claim(self) -> None:
        """The dateline is no part of the first claim."""
        text = "نيامي (وكالة الرواق) - قتل سبعة أشخاص في هجوم شمال البلاد."
        assert reading_of(text).claims[0].span.of(text).startswith("قتل")

    def test_a_source_at_the_end_vouches_for_the_whole_sentence(self) -> None:
        """A source at the end vouches for the whole sentence."""
        text = "قتل خمسة جنود في الكمين، وأصيب عشرة آخرون بجروح، بحسب مصدر طبي."
        assert {tuple(sources(c)) for c in reading_of(text).claims} == {("مصدر طبي",)}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            "نفت وزارة الصحة، اليوم الثلاثاء، ما تردد عن إغلاق المستشفى المركزي.",
            "إغلاق المستشفى المركزي",
            "وزارة الصحة",
            id="what was rumoured of",
        ),
        pytest.param(
            "نفى محافظ البنك المركزي صحة ما أشيع حول استقالته من منصبه.",
            "استقالته من منصبه",
            "محافظ البنك المركزي",
            id="that what was rumoured is true",
        ),
        pytest.param(
            "نفى مصدر في الرئاسة الأنباء التي تحدثت عن استقالة رئيس الوزراء.",
            "استقالة رئيس الوزراء",
            "مصدر في الرئاسة",
            id="reports that spoke of",
        ),
        pytest.param(
            "كذب الناطق باسم الجيش ما نشرته بعض المواقع عن مقتل قائد الفرقة في الكمين.",
            "مقتل قائد الفرقة في الكمين",
            "الناطق باسم الجيش",
            id="belies what was published",
        ),
        pytest.param(
            "قال سالم إن الطريق مغلق. غير أن الرزقي نفى ذلك قائلا إن الطريق مفتوح منذ الصباح.",
            "الرزقي نفى ذلك",
            "الرزقي",
            id="denied that",
        ),
        pytest.param(
            "وصف الناطق هذا الكلام بأنه غير صحيح جملة وتفصيلا.",
            "وصف الناطق هذا الكلام بأنه غير صحيح جملة وتفصيلا",
            "الناطق",
            id="called it untrue",
        ),
        pytest.param(
            "قال المعتمد ان الماء سيعود غدا و نفى ان تكون السلط قد تجاهلت مطالب الاهالي.",
            "تكون السلط قد تجاهلت مطالب الاهالي",
            "المعتمد",
            id="a conjunction written apart",
        ),
    ],
)
def test_a_denial_in_arabic_has_what_is_denied_and_who_denies(
    text: str, words: str, speaker: str
) -> None:
    """What others told stands behind the preposition; who only points denies with the clause."""
    (denied,) = [c for c in reading_of(text, "ar").claims if c.polarity is Polarity.DENIED]
    assert denied.span.of(text) == words
    assert sources(denied) == [speaker]


def test_even_opens_a_statement_of_its_own() -> None:
    """بل with a conjunction behind it; what it corrects stays one statement."""
    text = "قال مصدر مطلع إن التقرير غير صحيح بل ومن غير الممكن أن يكون منسوبا للوزارة."
    quotes = [c.span.of(text) for c in reading_of(text, "ar").claims]
    assert quotes == ["التقرير غير صحيح", "ومن غير الممكن أن يكون منسوبا للوزارة"]


def test_what_only_joins_clauses_is_never_who_speaks() -> None:
    """إذ before the verb of a clause is no subject of it."""
    text = "إذ تتحدث صحف غربية أن تشاد لم ترسل كتيبة، كما وعدت بذلك في يناير الماضي."
    said = {source for claim in reading_of(text, "ar").claims for source in sources(claim)}
    assert said
    assert "إذ" not in said
