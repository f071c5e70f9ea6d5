"""What a statement claims: polarity, modality, type, when."""

import pytest
from tests.reading.support_reading import reading_of

from tawatur.model.reading import EventType, Modality, Polarity, Proposal


def only_claim(text: str, language: str) -> Proposal:
    """Return the first claim of a text that is all content."""
    return reading_of(text, language).claims[0]


@pytest.mark.parametrize(
    ("text", "language", "polarity"),
    [
        pytest.param("لم يهاجم المسلحون القرية أمس.", "ar", Polarity.DENIED, id="لم"),
        pytest.param(
            "لا يزال المسلحون في القرية حتى اليوم.", "ar", Polarity.ASSERTED, id="لا يزال"
        ),
        pytest.param("نفى الجيش أن القوات غادرت المدينة.", "ar", Polarity.DENIED, id="نفى"),
        pytest.param("هل غادرت القوات المدينة أمس؟", "ar", Polarity.QUESTIONED, id="question"),
        pytest.param("The army did not leave the town.", "en", Polarity.DENIED, id="did not"),
        pytest.param("L'armée n'a pas quitté la ville.", "fr", Polarity.DENIED, id="n'a pas"),
    ],
)
def test_polarity_follows_what_the_text_says_of_the_thing(
    text: str, language: str, polarity: Polarity
) -> None:
    """Polarity follows what the text says of the thing."""
    assert only_claim(text, language).polarity is polarity


@pytest.mark.parametrize(
    ("text", "language", "modality"),
    [
        pytest.param("غادرت القوات المدينة فجر أمس.", "ar", Modality.FACT, id="fact"),
        pytest.param(
            "لا يستبعد أن تكون القوات قد غادرت المدينة.", "ar", Modality.HEDGED, id="hedge"
        ),
        pytest.param("تعتزم الحكومة سحب القوات من المدينة.", "ar", Modality.PLANNED, id="plan"),
        pytest.param(
            "تعهدت الحكومة بسحب القوات من المدينة.", "ar", Modality.PROMISED, id="promise"
        ),
        pytest.param(
            "دعا الوزير سالم الخطيب إلى سحب القوات.", "ar", Modality.REQUESTED, id="request"
        ),
        pytest.param("يرى مراقبون أن الاتفاق خطوة كبيرة.", "ar", Modality.OPINION, id="opinion"),
        pytest.param("The truce may collapse within days.", "en", Modality.HEDGED, id="may"),
        pytest.param(
            "Le gouvernement prévoit de retirer ses troupes.", "fr", Modality.PLANNED, id="prévoit"
        ),
    ],
)
def test_modality_is_told_by_words_and_by_the_verb_of_saying(
    text: str, language: str, modality: Modality
) -> None:
    """Modality is told by words and by the verb of saying."""
    assert only_claim(text, language).modality is modality


@pytest.mark.parametrize(
    ("text", "language", "event"),
    [
        pytest.param("هاجم مسلحون ثكنة الجيش فجر أمس.", "ar", EventType.ASSAULT, id="attack"),
        pytest.param("التقى الوزير نظيره في العاصمة أمس.", "ar", EventType.CONSULT, id="meeting"),
        pytest.param("وقعت الدولتان اتفاقا جديدا في العاصمة.", "ar", EventType.AGREE, id="accord"),
        pytest.param("الوضع هادئ في كل المدينة منذ أيام.", "ar", EventType.STATE, id="state"),
        pytest.param("Gunmen kidnapped two engineers.", "en", EventType.ASSAULT, id="kidnapped"),
        pytest.param("Les deux pays ont signé un traité.", "fr", EventType.AGREE, id="signé"),
    ],
)
def test_the_type_is_that_of_the_statements_own_verb(
    text: str, language: str, event: EventType
) -> None:
    """The type is that of the statements own verb."""
    assert only_claim(text, language).event_type is event


def test_a_denied_claim_keeps_the_type_of_the_thing_denied() -> None:
    """A denied claim keeps the type of the thing denied."""
    claim = only_claim("لم تهاجم الجماعة القرية في عام 2012.", "ar")
    assert (claim.polarity, claim.event_type) == (Polarity.DENIED, EventType.ASSAULT)


def test_when_is_the_time_that_stands_in_the_statement() -> None:
    """When is the time that stands in the statement."""
    assert only_claim("هاجمت الجماعة القرية في عام 2012.", "ar").when == "2012"
    assert only_claim("هاجمت الجماعة القرية مرتين.", "ar").when is None


@pytest.mark.parametrize(
    ("text", "language", "polarity"),
    [
        pytest.param(
            "وقع البلدان أمس اتفاقا في مجال الأمن والدفاع لم تكشف الحكومة عن فحواه.",
            "ar",
            Polarity.ASSERTED,
            id="a relative clause without pronoun",
        ),
        pytest.param("بلغ عدد القتلى ستة وليس تسعة.", "ar", Polarity.ASSERTED, id="not that many"),
        pytest.param(
            "تجدد الوزارة نفيها القاطع لقصف موكب قرب الحدود.",
            "ar",
            Polarity.DENIED,
            id="its denial",
        ),
    ],
)
def test_only_what_negates_the_statement_denies_it(
    text: str, language: str, polarity: Polarity
) -> None:
    """A negation in a part of it does not; a noun of denial does."""
    assert only_claim(text, language).polarity is polarity


def test_a_denial_by_noun_is_of_the_thing_denied() -> None:
    """The event type is that of the strike, not of the refusal."""
    claim = only_claim("تجدد الوزارة نفيها القاطع لقصف موكب قرب الحدود.", "ar")
    assert claim.event_type is EventType.ASSAULT


def test_french_devrait_announces() -> None:
    """In a report it tells what is expected, and asks for nothing."""
    claim = only_claim("Le comité devrait se réunir dans les prochains jours.", "fr")
    assert claim.modality is Modality.PLANNED


class TestArabicStatements:
    """Type, polarity and modality as an Arabic predicate gives them."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("شن المسلحون هجوما على الثكنة.", EventType.ASSAULT, id="light verb"),
            pytest.param("نفذت النقابة إضرابا عاما.", EventType.PROTEST, id="its noun decides"),
            pytest.param("جرت محادثات بين الطرفين.", EventType.CONSULT, id="its subject decides"),
            pytest.param("المنظمة مستعدة لإرسال فريق من الأطباء.", EventType.AID, id="ready to do"),
            pytest.param("قررت الحكومة تجميد الأرصدة.", EventType.SANCTION, id="decided to do"),
            pytest.param(
                "عملية التفجير فاجأت الأهالي وتحدثوا عنها طويلا.",
                EventType.STATE,
                id="a noun that something is said of",
            ),
        ],
    )
    def test_the_predicate_gives_the_type(self, text: str, expected: EventType) -> None:
        """The predicate gives the type."""
        assert only_claim(text, "ar").event_type is expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("لا يملك الخفر سوى زورقين.", Polarity.ASSERTED, id="only"),
            pytest.param("وهو ما نفاه الجيش لاحقا.", Polarity.DENIED, id="which X denied"),
            pytest.param("من غير المرجح أن يمر القانون هذا العام.", Polarity.DENIED, id="unlikely"),
        ],
    )
    def test_what_a_negation_denies(self, text: str, expected: Polarity) -> None:
        """What a negation denies."""
        assert only_claim(text, "ar").polarity is expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("وقد تعقد الدول اجتماعا طارئا.", Modality.HEDGED, id="may"),
            pytest.param(
                "إذا قبلت العاصمة بالشرط، فإن الوفد سيعود غدا.",
                Modality.CONDITIONAL,
                id="condition and what follows from it",
            ),
            pytest.param(
                "كانت ثلاث سيارات رباعية الدفع أمام المبنى.", Modality.FACT, id="cars are no future"
            ),
            pytest.param(
                "لا يستبعد أن يكون القرار مؤجلا.", Modality.HEDGED, id="it is not ruled out"
            ),
        ],
    )
    def test_as_what_it_is_said(self, text: str, expected: Modality) -> None:
        """As what it is said."""
        assert only_claim(text, "ar").modality is expected

    def test_he_himself_will_is_a_promise(self) -> None:
        """He himself will is a promise."""
        text = "أجاب السفير بأنه سينقل الطلب إلى عاصمته."
        assert only_claim(text, "ar").modality is Modality.PROMISED


@pytest.mark.parametrize(
    ("text", "language", "modality"),
    [
        pytest.param(
            "لن يغادر الجنود الثكنة قبل وصول الوالي.", "ar", Modality.CONDITIONAL, id="قبل"
        ),
        pytest.param(
            "The crews will not sail until the wages are paid.",
            "en",
            Modality.CONDITIONAL,
            id="until",
        ),
        pytest.param(
            "The bridge gave way on 14 May last year.", "en", Modality.FACT, id="the month of May"
        ),
        pytest.param(
            "The pier was promised to nobody at all.", "en", Modality.FACT, id="was promised"
        ),
        pytest.param(
            "The minister said the offer was “an insult to sailors”.",
            "en",
            Modality.OPINION,
            id="words from a mouth",
        ),
    ],
)
def test_modality_is_told_by_the_grammar_around_a_word(
    text: str, language: str, modality: Modality
) -> None:
    """Modality is told by what stands around a word of mood."""
    assert only_claim(text, language).modality is modality


@pytest.mark.parametrize(
    ("text", "language", "event"),
    [
        pytest.param("The police opened fire near the port.", "en", EventType.ASSAULT, id="fire"),
        pytest.param("The levee gave way near the port.", "en", EventType.STATE, id="gave way"),
        pytest.param(
            "Les dockers ont bloqué la route du port.",
            "fr",
            EventType.PROTEST,
            id="bloqué la route",
        ),
        pytest.param("ألقت الشرطة القبض على تاجرين أمس.", "ar", EventType.COERCE, id="القبض على"),
        pytest.param(
            "دعا الوزير سالم الخطيب إلى سحب القوات.",
            "ar",
            EventType.REQUEST,
            id="what is asked for",
        ),
    ],
)
def test_idioms_and_requests_have_a_type_of_their_own(
    text: str, language: str, event: EventType
) -> None:
    """Idioms have a type of their own, and what somebody asks for is a request."""
    assert only_claim(text, language).event_type is event


@pytest.mark.parametrize(
    ("text", "language", "event"),
    [
        ("La police a arraisonné un chalutier au large.", "fr", EventType.COERCE),
        ("La vente de faux papiers se poursuit au marché.", "fr", EventType.CRIME),
        ("The two armies set up joint task force patrols.", "en", EventType.COOPERATE),
        ("Police apprehended three men near the port.", "en", EventType.COERCE),
        ("Les salaires ont été versés aux ouvriers.", "fr", EventType.STATE),
        ("توغلت قوات في القرية فجر أمس.", "ar", EventType.ASSAULT),
        ("ماطلت الحكومة في الملف أشهرا.", "ar", EventType.REJECT),
        ("تعهدت المنظمة بتوزيع الخيام على الأسر.", "ar", EventType.AID),
    ],
)
def test_the_words_of_the_trade_have_types(text: str, language: str, event: EventType) -> None:
    """Synonyms of a type are of it; a promise is of what is promised, wages are no aid."""
    assert only_claim(text, language).event_type is event
