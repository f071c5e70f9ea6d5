"""Claims about names: what is a mention, where it begins and ends, and which are one entity."""

import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.model.reading import EntityType, LocalEntity
from tawatur.model.span import Span
from tawatur.model.text import fold
from tawatur.reading.mention import Mention, without_overlaps
from tawatur.reading.names import entities
from tawatur.reading.same_names import alike
from tawatur.reading.tagger import ALLOWED, best_labels, packed, repeats

REPORT = (
    "قال وزير الدفاع التونسي فرحات الحرشاني إن الجيش التونسي قتل مسلحين في جبل الشعانبي. "
    "وأضاف الحرشاني أن تنظيم «جند الخلافة» تبنى الهجوم، بينما نفت وزارة الداخلية الليبية ذلك. "
    "وتلقت الجزائر ومالي والنيجر رسالة من الأمم المتحدة (UNHCR) بعد لقاء في مدينة غدامس."
)


def read(text: str, language: str = "ar") -> tuple[LocalEntity, ...]:
    """Return the entities of a whole text."""
    return entities(text, fold(text), (Span(0, len(text)),) if text else (), language)


def mentions(text: str, language: str = "ar") -> dict[str, EntityType]:
    """Return every mention as it stands in the text, with its type."""
    found = read(text, language)
    return {span.of(text): entity.type for entity in found for span in entity.mentions}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param("وصل الوفد إلى ليبيا.", "ليبيا", "GPE", id="state"),
        pytest.param("سافر إلى موريتانيا وتشاد.", "تشاد", "GPE", id="conjunction stays outside"),
        pytest.param("اجتمعوا بباماكو أمس.", "باماكو", "GPE", id="preposition stays outside"),
        pytest.param("نفى الجيش المصري ذلك.", "الجيش المصري", "ORG", id="body and nationality"),
        pytest.param(
            "ذكرت وزارة الخارجية التركية ذلك.", "وزارة الخارجية التركية", "ORG", id="ministry"
        ),
        pytest.param("قصف سلاح الجو شمال مالي.", "شمال مالي", "LOC", id="direction and place"),
        pytest.param("هاجموا بلدات في الجنوب الليبي.", "الجنوب الليبي", "LOC", id="direction"),
        pytest.param("تبنته كتيبة «أهل الحق».", "كتيبة «أهل الحق»", "ORG", id="quoted group"),
        pytest.param("قال الجنرال ديميترسكو إنه راض.", "ديميترسكو", "PER", id="after a rank"),
        pytest.param(
            "اقتحموا السفارة الفرنسية في بغداد.", "السفارة الفرنسية في بغداد", "FAC", id="attacked"
        ),
        pytest.param("أعلنت السفارة الفرنسية ذلك.", "السفارة الفرنسية", "ORG", id="speaking"),
    ],
)
def test_an_arabic_name_is_found_without_what_is_glued_to_it(
    text: str, name: str, kind: str
) -> None:
    """The mention is the name itself, of the right type."""
    assert mentions(text).get(name) == EntityType(kind)


def test_an_office_is_no_body() -> None:
    """The minister of defence's portfolio is not the ministry."""
    assert not any("الدفاع" in name for name in mentions("التقى وزير الدفاع الفرنسي نظيره."))


def test_his_town_is_not_a_town() -> None:
    """Folding makes "بلده" (his country) look like "بلدة" (town); the original letter tells."""
    assert mentions("قال إن بلده «لن تتحمل ذلك».") == {}


def test_an_ordinary_word_is_a_place_only_where_the_text_says_so() -> None:
    """The same letters mean "financial" and "Mali"."""
    assert mentions("قدموا له دعم لوجستي ومالي كبير.") == {}
    assert "مالي" in mentions("وصلت القوات إلى مالي أمس.")


def test_a_surname_stands_for_who_was_introduced_in_full() -> None:
    """A later bare surname joins the full name."""
    person = next(e for e in read(REPORT) if "فرحات" in e.name)
    assert [span.of(REPORT) for span in person.mentions] == ["فرحات الحرشاني", "الحرشاني"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(
            "التقى السفير ريتشارد هولبروك الرئيس. وقال هولبرووك إنه راض.", "ar", id="spelling"
        ),
        pytest.param("Mr. John Kerry left Paris. Kerry returned.", "en", id="surname"),
        pytest.param("Le général Ahmed Salah parle. M. Salah insiste.", "fr", id="title"),
    ],
)
def test_short_and_varied_names_of_a_person_are_one(text: str, language: str) -> None:
    """Two mentions, one person."""
    people = [e for e in read(text, language) if e.type is EntityType.PERSON]
    assert [len(person.mentions) for person in people] == [2]


def test_the_names_of_a_state_are_one_entity_with_names_in_three_languages() -> None:
    """Spellings and long forms meet in the gazetteer."""
    found = read("زار أمريكا. وقالت الولايات المتحدة إنها راضية عن أميركا.")
    assert len(found) == 1
    assert dict(found[0].names)["fr"] == "États-Unis"


def test_a_capital_that_acts_is_its_state_and_one_that_is_visited_is_a_city() -> None:
    """Metonymy is read only where no word of place stands before the capital."""
    text = "رفضت فرنسا الطلب. وتفضل باريس الانتظار. وعاد الوفد إلى باريس."
    state, city = read(text)
    assert [span.of(text) for span in state.mentions] == ["فرنسا", "باريس"]
    assert [span.of(text) for span in city.mentions] == ["باريس"]


def test_an_acronym_in_parentheses_is_another_name_of_the_body_before_it() -> None:
    """The acronym joins, and its later mentions with it."""
    text = "The National Movement for Peace (NMFP) left. NMFP returned."
    found = read(text, "en")
    assert [len(e.mentions) for e in found] == [3]


@pytest.mark.parametrize(
    ("text", "language", "body", "kind", "inner"),
    [
        pytest.param(
            "دانت حكومة نوري المالكي الهجوم.",
            "ar",
            "حكومة نوري المالكي",
            "PER",
            "نوري المالكي",
            id="ar",
        ),
        pytest.param(
            "أعلنت إدارة بايدن عقوبات جديدة. ووصل جو بايدن إلى روما.",
            *("ar", "إدارة بايدن", "PER", "بايدن"),
            id="a genitive has no preposition",
        ),
        pytest.param(
            "The Maliki government fell. Nouri al-Maliki left.",
            *("en", "Maliki government", "PER", "Maliki"),
            id="en",
        ),
        pytest.param(
            "Gaddafi's regime fell in 2011.",
            "en",
            "Gaddafi's regime",
            "PER",
            "Gaddafi",
            id="of his",
        ),
        pytest.param(
            "Le gouvernement Sarkozy a refusé.",
            *("fr", "gouvernement Sarkozy", "PER", "Sarkozy"),
            id="fr",
        ),
        pytest.param(
            "L'administration Trump a parlé. Donald Trump aussi.",
            *("fr", "administration Trump", "PER", "Trump"),
            id="fr, a body of other words too",
        ),
        pytest.param(
            "أغلقت سفارات إيطاليا أبوابها.",
            "ar",
            "سفارات إيطاليا",
            "GPE",
            "إيطاليا",
            id="embassies",
        ),
        pytest.param(
            "Le consulat du Maroc à Oran a rouvert.",
            *("fr", "consulat du Maroc à Oran", "GPE", "Maroc"),
            id="consulate and its seat",
        ),
        pytest.param(
            "The Embassy of Japan in Nairobi closed.",
            *("en", "Embassy of Japan in Nairobi", "GPE", "Japan"),
            id="embassy and its seat",
        ),
    ],
)
def test_who_gives_a_body_its_name_is_named_too(
    text: str, language: str, body: str, kind: str, inner: str
) -> None:
    """The leader of a government and the state of an embassy stand beside the body."""
    found = mentions(text, language)
    assert body in found
    assert found[inner] == EntityType(kind)


def test_in_whose_memory_a_battalion_is_named_does_not_act() -> None:
    """A namesake is no leader."""
    assert set(mentions("تبنت كتيبة طارق بن زياد الهجوم.")) == {"كتيبة طارق بن زياد"}


def test_the_person_in_a_governments_name_is_who_is_named_in_full() -> None:
    """The inner mention joins the person, not the body."""
    text = "سقط نظام القذافي سنة 2011. وكان معمر القذافي يحكم ليبيا."
    person = next(e for e in read(text) if e.type is EntityType.PERSON)
    assert [span.of(text) for span in person.mentions] == ["القذافي", "معمر القذافي"]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("وصلت قوة الخليج إلى الميناء.", "ar", "قوة الخليج"),
        ("انسحبت قوة القرن الإفريقي المشتركة.", "ar", "قوة القرن الإفريقي المشتركة"),
        ("قال قائد قوة «تاكوبا» ذلك.", "ar", "قوة «تاكوبا»"),
        ("The Sahel joint force reached the town.", "en", "Sahel joint force"),
        ("Troops of the Lake Chad force left.", "en", "Lake Chad force"),
        ("La force conjointe du Sahel est arrivée.", "fr", "force conjointe du Sahel"),
    ],
)
def test_a_force_named_for_a_region_is_a_body(text: str, language: str, name: str) -> None:
    """It is not the region."""
    assert mentions(text, language) == {name: EntityType.ORGANISATION}


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("هاجم مقاتلو الجبهة الشمالية القرية.", "ar", "الجبهة الشمالية"),
        ("أعلنت القيادة العسكرية الشرقية ذلك.", "ar", "القيادة العسكرية الشرقية"),
        ("انتخب المجلس الجنوبي رئيسا.", "ar", "المجلس الجنوبي"),
        ("قال متحدث باسم حركة الجنوب ذلك.", "ar", "حركة الجنوب"),
        ("Fighters of the Northern Front attacked it.", "en", "Northern Front"),
        ("Eastern Council members left.", "en", "Eastern Council"),
        ("The Southern Military Command denied it.", "en", "Southern Military Command"),
        ("Des combattants du Front du Nord ont fui.", "fr", "Front du Nord"),
        ("Le Commandement militaire de l'Ouest a nié.", "fr", "Commandement militaire de l'Ouest"),
    ],
)
def test_a_body_named_for_a_side_of_the_world_is_one(text: str, language: str, name: str) -> None:
    """With the adjectives between the two."""
    assert mentions(text, language) == {name: EntityType.ORGANISATION}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قتل جنديان على الجبهة الشمالية.", "ar"),
        ("فتح الجيش جبهة شمالية.", "ar"),
        ("قال اللواء الشرقي ذلك.", "ar"),
        ("Two were killed on the Northern Front.", "en"),
        ("The army opened a northern front.", "en"),
        ("L'armée a ouvert un front au nord.", "fr"),
    ],
)
def test_a_line_where_they_fight_is_no_body(text: str, language: str) -> None:
    """Nor is the rank of a man with such a surname."""
    assert EntityType.ORGANISATION not in mentions(text, language).values()


@pytest.mark.parametrize(
    ("text", "language"),
    [("استعرض الوفد قوة فرنسا.", "ar"), ("Il craint la force de la France.", "fr")],
)
def test_the_strength_of_a_state_is_no_body(text: str, language: str) -> None:
    """The same word means strength."""
    assert set(mentions(text, language).values()) == {EntityType.COUNTRY_OR_CITY}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("رفضت حكومة عبد الحميد الدبيبة القرار.", "عبد الحميد الدبيبة", id="definite"),
        pytest.param("زار عبد المجيد تبون وهران.", "عبد المجيد تبون", id="like a woman's verb"),
        pytest.param("وصل عبد القادر بوصوف إلى فاس.", "عبد القادر بوصوف", id="Maghrebi"),
    ],
)
def test_a_given_name_of_two_words_takes_its_last_name(text: str, name: str) -> None:
    """It is "عبد" with the word after it."""
    assert mentions(text).get(name) is EntityType.PERSON


def test_a_state_for_which_its_capital_stands_stays_the_state() -> None:
    """Name and gazetteer entry are the state's, even if the capital comes first."""
    text = "رفضت روما الطلب، وقالت إيطاليا إنها مستعدة."
    state = read(text)[0]
    assert len(state.mentions) == 2
    assert (state.name, dict(state.names)["en"]) == ("إيطاليا", "Italy")


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        pytest.param("زار الوفد كازاخستان. ثم عاد من كازخستان.", "ar", 2, id="a vowel"),
        pytest.param("He left Kyrgyzstan. In Kirgyzstan it rained.", "en", 2, id="a letter"),
        pytest.param("He left Niger. In Nigera it rained.", "en", 1, id="too short to tell"),
    ],
)
def test_a_long_place_one_letter_from_a_named_one_is_misspelt(
    text: str, language: str, count: int
) -> None:
    """The gazetteer knows the one and not the other, and the text names both."""
    assert len(read(text, language)[0].mentions) == count


@pytest.mark.parametrize(
    ("text", "language", "name", "kind"),
    [
        ("Secretary of State John Kerry spoke.", "en", "John Kerry", "PER"),
        ("He met the Ministry of National Defence.", "en", "Ministry of National Defence", "ORG"),
        ("Troops left the U.S. on Monday.", "en", "U.S.", "GPE"),
        ("Selon l'armée algérienne, rien.", "fr", "armée algérienne", "ORG"),
        ("Il vit à Alger.", "fr", "Alger", "GPE"),
    ],
)
def test_french_and_english_names_are_found(text: str, language: str, name: str, kind: str) -> None:
    """Capitals, titles and head words tell the kind."""
    assert mentions(text, language).get(name) == EntityType(kind)


def test_a_capital_at_the_beginning_of_a_sentence_proves_nothing() -> None:
    """An ordinary first word is no name."""
    assert mentions("Talks failed. Nobody knew.", "en") == {}


def test_another_language_gives_nothing() -> None:
    """Not an error: the program reads three languages."""
    assert read("Der Minister sprach in Berlin.", "de") == ()


def test_names_outside_the_given_spans_are_not_read() -> None:
    """Menus name places too."""
    text = "ليبيا\nزار تونس\nمصر"
    found = entities(text, fold(text), (Span(6, 14),), "ar")
    assert [span.of(text) for e in found for span in e.mentions] == ["تونس"]


def test_alike_words_are_spellings_and_others_are_not() -> None:
    """A vowel or one letter of a long name may differ, the beginning may not."""
    assert alike("هولبروك", "هولبرووك")
    assert not alike("سالم", "سليم")
    assert not alike("بلعيد", "سلعيد")


def test_reading_is_fast_enough() -> None:
    """A text of 40,000 characters takes well under two seconds, tables loaded."""
    read(REPORT)
    text = REPORT * 120
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 10  # generous: shared machines


WORDS = st.sampled_from(
    [
        *REPORT.split(),
        "(",
        ")",
        "«",
        "»",
        "\n",
        "وبليبيا",
        "للجزائر",
        "١٢",
        "NATO",
        "عبد",
        "بن",
        ".",
        "لل",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=80))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["ar", "en", "fr"]), st.data())
def test_mentions_lie_within_the_spans_apart_or_within_one_another(
    text: str, language: str, data: st.DataObject
) -> None:
    """Whatever the text: inside, none cut by another, ids by first mention, the same again."""
    cut = data.draw(st.integers(0, len(text)))
    spans = tuple(Span(a, b) for a, b in ((0, cut), (cut + 1, len(text))) if a < b)
    found = entities(text, fold(text), spans, language)
    places = sorted(span for entity in found for span in entity.mentions)
    assert all(any(whole.holds(place) for whole in spans) for place in places)
    assert all(a.end <= b.start or a.holds(b) or b.holds(a) for a, b in combinations(places, 2))
    firsts = [entity.mentions[0].start for entity in found]
    assert firsts == sorted(firsts)
    assert [entity.id for entity in found] == [f"e{n}" for n in range(1, len(found) + 1)]
    assert entities(text, fold(text), spans, language) == found


@given(st.text(alphabet=" .,؛؟!()[]0123456789١٢٣\n\t-", max_size=60), st.sampled_from(["ar", "en"]))
def test_a_text_without_letters_names_nothing(text: str, language: str) -> None:
    """Digits and marks are no names."""
    assert read(text, language) == ()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=12))
def test_of_overlapping_mentions_the_earlier_given_stays(pairs: list[tuple[int, int]]) -> None:
    """The first of the list is always kept."""
    given_ones = [Mention(a, a + n, Span(a, a + n), EntityType.PERSON, "x") for a, n in pairs]
    kept = without_overlaps(given_ones)
    assert (given_ones[0] in kept) if given_ones else not kept
    assert all(a.last <= b.first for a, b in pairwise(kept))


VECTORS = st.lists(st.tuples(*[st.integers(-5000, 5000)] * 7), min_size=1, max_size=8)


STEPS = st.lists(st.tuples(*[st.integers(-900, 900)] * 7), min_size=7, max_size=7)


@given(VECTORS, STEPS)
def test_the_decoder_finds_a_sequence_of_the_greatest_worth(
    scores: list[tuple[int, ...]], steps: list[tuple[int, ...]]
) -> None:
    """Its short cuts change nothing: no allowed sequence is worth more."""
    best = [s if ALLOWED[0][label] else -(10**9) for label, s in enumerate(scores[0])]
    for score in scores[1:]:
        best = [
            max(best[a] + steps[a][b] for a in range(7) if ALLOWED[a][b]) + score[b]
            for b in range(7)
        ]
    found = best_labels(scores, tuple(steps))
    assert all(ALLOWED[a][b] for a, b in pairwise([0, *found]))
    on = sum(score[label] for score, label in zip(scores, found, strict=True))
    assert on + sum(steps[a][b] for a, b in pairwise(found)) == max(best)


def test_a_word_is_told_what_it_is_where_it_stands_again() -> None:
    """Its own label is not counted; a word that stands once is told nothing."""
    first = (("قال", "تامبوري"), ("", ""))
    second = (("وصل", "تامبوري", "امس"), ("", "", ""))
    cells = repeats([first, second], [["O", "B-PER"], ["O", "O", "O"]])
    assert cells == [["", "O"], ["", "B-PER", ""]]


def test_lanes_add_like_vectors() -> None:
    """Adding packed weights is adding each weight, negative ones included."""
    one, other = (5, -3, 0, 7, -900, 2, 1), (-6, 3, -1, 100, 901, -2, 0)
    assert packed(one) + packed(other) == packed([a + b for a, b in zip(one, other, strict=True)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("وقدمت فرنسا دعما للجزائر.", "الجزائر", id="article comes back"),
        pytest.param("منحت المساعدة للنيجر.", "النيجر", id="a state with article"),
    ],
)
def test_the_name_of_an_entity_has_no_preposition(text: str, name: str) -> None:
    """The mention keeps the characters of the text; the name is the plain one."""
    assert name in {entity.name for entity in read(text)}


def test_a_shorter_name_may_end_a_text_that_holds_a_longer_one() -> None:
    """The names of a text are looked for again up to its last word."""
    text = "Le colonel parle à Tamarine Presse. Le Courrier des Dunes confirme. Tamarine Presse"
    assert mentions(text, "fr").get("Tamarine Presse") == EntityType.ORGANISATION


def test_what_a_body_did_is_not_part_of_its_name() -> None:
    """The object stands behind the subject, both definite: "the Free Front claimed the attack"."""
    names = {entity.name for entity in read("وتبنت جبهة الواحات الحرة الهجوم.")}
    assert names == {"جبهة الواحات الحرة"}


def test_in_the_name_of_is_no_person() -> None:
    """After a spokesman the word is a preposition, before a surname a given name."""
    assert "باسم" not in " ".join(mentions("قال المتحدث باسم الجيش إن القوات وصلت."))
    assert mentions("ووصل باسم يوسف إلى باماكو.").get("باسم يوسف") == EntityType.PERSON


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("Who said the town fell?", "Who", id="a question"),
        pytest.param("Page 2 says that the town fell.", "Page", id="a page"),
        pytest.param("The text is old.\nDECL: 12/01/2019", "DECL", id="a header"),
        pytest.param(
            "REGIONAL SECURITY COOPERATION ADVANCES\nThe text follows.", "REGIONAL", id="a heading"
        ),
    ],
)
def test_a_capital_without_a_name_behind_it_names_nothing(text: str, word: str) -> None:
    """Headings, labels and questions have capitals too."""
    assert not any(found.startswith(word) for found in mentions(text, "en"))


def test_an_acronym_is_still_one_in_capitals() -> None:
    """The organisation keeps its name."""
    assert mentions("The WHO sent doctors.", "en").get("WHO") == EntityType.ORGANISATION


def test_a_run_of_capitals_is_a_person_only_with_a_reason() -> None:
    """A team has an article; a person a given name, an office, an age or a verb of saying."""
    assert mentions("The Golden Eagles won the cup.", "en").get("Golden Eagles") is (
        EntityType.ORGANISATION
    )
    said = mentions("It rained, and Zorvek Tamburi said that it would stop.", "en")
    assert said.get("Zorvek Tamburi") is EntityType.PERSON
    assert "Zorvek Tamburi" not in mentions("They walked to Zorvek Tamburi on foot.", "en")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        pytest.param("وقال في تصريح لـ«المنارة» إن القوات وصلت.", "المنارة", "ORG", id="told it"),
        pytest.param("وقد علمت «الشعلة» أن الوفد وصل.", "الشعلة", "ORG", id="learned"),
        pytest.param("وصرح الناطق لصدى نيوز بأن الهدوء عاد.", "صدى نيوز", "ORG", id="media word"),
        pytest.param("هاجموا بلدة تنغرزفت ليلا.", "بلدة تنغرزفت", "GPE", id="unknown village"),
        pytest.param("عبروا الحدود الليبية ليلا.", "الحدود الليبية", "LOC", id="border"),
        pytest.param(
            "على بعد 300 كلم شمال شرق باماكو.", "باماكو", "GPE", id="a distance has a direction"
        ),
        pytest.param(
            "ذكرت الشركة الاستشارية الكندية «نورثلاين» ذلك.",
            "الشركة الاستشارية الكندية «نورثلاين»",
            "ORG",
            id="described and quoted",
        ),
        pytest.param("أعلنت شركة مايكروسوفت ذلك.", "مايكروسوفت", "ORG", id="a name by itself"),
    ],
)
def test_what_stands_around_an_arabic_name_tells_its_kind(text: str, name: str, kind: str) -> None:
    """Unknown outlets and villages are found by their company."""
    assert mentions(text).get(name) == EntityType(kind)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        pytest.param("زار ليبيا ثم النيابة", "ar", "ليبيا", id="general body"),
        pytest.param("Il a quitté Tunis pour la place de", "fr", "Tunis", id="place"),
    ],
)
def test_a_text_may_break_off_after_any_word(text: str, language: str, name: str) -> None:
    """A head whose complement is missing opens no name, and the others are found."""
    assert set(mentions(text, language)) == {name}


def test_a_valley_after_two_names_joined_by_and_has_the_second() -> None:
    """What goes on over "and" is the name of a body, not that of a valley."""
    found = mentions("They crossed the Karo and Great Azel valley on foot.", "en")
    assert found["Great Azel valley"] is EntityType.LOCATION


def test_a_quotation_is_no_part_of_the_body_that_says_it() -> None:
    """Only names of companies and groups go on in quotation marks."""
    text = 'وقال الجيش المصري "إن القوات جاهزة".'
    assert mentions(text).get("الجيش المصري") == EntityType.ORGANISATION


def test_a_patronymic_stands_for_its_bearer_with_its_particle() -> None:
    """After the full name, "son of" and the father's name are enough."""
    person = next(
        e for e in read("وصل حمادي ولد السالك. وقال ولد السالك إنه راض.") if "حمادي" in e.name
    )
    assert len(person.mentions) == 2


@pytest.mark.parametrize(
    ("text", "language", "name", "kind"),
    [
        pytest.param("Il l'a dit au quotidien Zorvek.", "fr", "Zorvek", "ORG", id="le quotidien"),
        pytest.param(
            "Joint par Le Courrier du Lac, il se tait.",
            "fr",
            "Le Courrier du Lac",
            "ORG",
            id="article",
        ),
        pytest.param(
            "Il cite l'Observatoire des transitions côtières.",
            "fr",
            "Observatoire des transitions côtières",
            "ORG",
            id="one capital",
        ),
        pytest.param("Il est au port de Zorvek.", "fr", "port de Zorvek", "FAC", id="port"),
        pytest.param("Il signe : É. Vandelacroix.", "fr", "É. Vandelacroix", "PER", id="initial"),
        pytest.param(
            "Le maire de Zorvek, Souley Tamboura, part.", "fr", "Souley Tamboura", "PER", id="maire"
        ),
        pytest.param("They left the village of Zorvek.", "en", "Zorvek", "GPE", id="village of"),
        pytest.param(
            "A company called Blue Tamboura left.", "en", "Blue Tamboura", "ORG", id="called"
        ),
        pytest.param(
            "He told Sahel Press Service so.", "en", "Sahel Press Service", "ORG", id="longer name"
        ),
        pytest.param(
            "He met the Zambian finance ministry.",
            "en",
            "Zambian finance ministry",
            "ORG",
            id="ministry",
        ),
        pytest.param("Elders of the Zorvek valley met.", "en", "Zorvek valley", "LOC", id="valley"),
        pytest.param("In a Zorvek-based bank it lay.", "en", "Zorvek", "GPE", id="based"),
    ],
)
def test_what_stands_around_a_latin_name_tells_its_kind(
    text: str, language: str, name: str, kind: str
) -> None:
    """Nouns, articles, initials and offices beside a name that nobody has listed."""
    assert mentions(text, language).get(name) == EntityType(kind)


def test_places_that_no_gazetteer_knows_are_told_by_what_stands_around_them() -> None:
    """Residents have a place, a verb of taking a place, and "between … and …" two."""
    found = mentions("Rebels seized Tamroult and residents of Zerkoun fled.", "en")
    assert found.get("Tamroult") is EntityType.COUNTRY_OR_CITY
    assert found.get("Zerkoun") is EntityType.COUNTRY_OR_CITY
    found = mentions("Le fleuve déborde en aval de Drammou-la-Basse.", "fr")
    assert found.get("Drammou-la-Basse") is EntityType.COUNTRY_OR_CITY


def test_a_body_is_found_again_by_its_head_or_its_first_word() -> None:
    """After its full name "the Forum" is a body, and so is the first word of a company."""
    text = "He praised the Zerkoun Traders' Forum and Velmora Shipping. The Forum met Velmora."
    found = mentions(text, "en")
    assert found.get("Forum") is EntityType.ORGANISATION
    assert found.get("Velmora") is EntityType.ORGANISATION


def test_arabic_bodies_go_on_with_a_noun_without_article() -> None:
    """A committee of the people of a camp, a body with a name and a purpose."""
    found = mentions("وقالت لجنة أهالي المخيم إن هيئة بلسم للإغاثة غابت.", "ar")
    assert found.get("لجنة أهالي المخيم") is EntityType.ORGANISATION
    assert found.get("هيئة بلسم للإغاثة") is EntityType.ORGANISATION


def test_villages_named_in_pairs_are_two_places() -> None:
    """The second of a pair stands after "و" and is found again alone."""
    found = mentions("وصلت المياه إلى قريتي تل الورد وعين السنديان. ثم غرقت عين السنديان.", "ar")
    assert found.get("تل الورد") is EntityType.COUNTRY_OR_CITY
    assert found.get("عين السنديان") is EntityType.COUNTRY_OR_CITY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Desert Radio said that it rained.", "ORG", id="station"),
        pytest.param("Kolvar Bank said that it rained.", "ORG", id="bank"),
        pytest.param("Karim Radio said that it rained.", "PER", id="given name"),
        pytest.param("Desert Radio, 41, said that it rained.", "PER", id="age"),
    ],
)
def test_what_ends_as_bodies_do_is_one_though_it_speaks(text: str, kind: str) -> None:
    """A given name or an age tells that it is a person after all."""
    name = " ".join(text.split()[:2]).rstrip(",")
    assert mentions(text, "en") == {name: kind}
