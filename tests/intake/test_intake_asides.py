"""What is not the report is marked, and nothing of the report is."""

# ruff: noqa: D103, E501 - the tests' names are their claims; sentences of a text stay on one line

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.intake import extract
from tawatur.intake.asides import layout
from tawatur.intake.blocks import blocks
from tawatur.intake.lines import trailing
from tawatur.model.document import Extraction

TITLE = "وزير الخارجية يعلن تأجيل القمة إلى الربيع المقبل"
BODY = (
    "أعلن وزير الخارجية اليوم الثلاثاء تأجيل القمة التي كان مقررا عقدها في العاصمة، وقال إن "
    "المشاورات بين الدول الأعضاء لم تكتمل بعد.\n"
    "وأضاف في ندوة صحفية أن موعدا جديدا سيحدد بعد التشاور مع الرؤساء، دون أن يكشف عن سبب التأجيل.\n"
    "ردود الفعل\n"
    "ورحبت أحزاب المعارضة بالقرار، معتبرة أن القمة لم تكن لتخرج بأي نتيجة في الظروف الحالية.\n"
)


def taken(text: str) -> Extraction:
    return extract("report.txt", text.encode())


def marked(text: str) -> list[tuple[str, str]]:
    found = taken(text)
    return [(aside.kind, aside.span.of(text)) for aside in found.asides]


def kept(text: str) -> str:
    found = taken(text)
    return "\n".join(span.of(text) for span in found.main())


def test_a_bare_report_has_no_asides() -> None:
    text = TITLE + "\n\n" + BODY
    assert marked(text) == []
    assert taken(text).title is not None
    assert kept(text) == text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("الرئيسية / سياسة / دولي", "menu"),
        ("أخبارأخبار عاجلةدولي", "menu"),
        ("Accueil > Politique > Afrique", "menu"),
        ("Home » World » Africa", "menu"),
        ("أمن ودفاع", "menu"),
        ("Facebook Twitter WhatsApp Email", "widget"),
        ("انتقل إلى المحتوى", "widget"),
        ("نحن نستخدم ملفات تعريف الارتباط لتحسين تجربتك.", "notice"),
        ("This site uses cookies to improve your experience.", "notice"),
        ("© 2021 Le Journal du Bassin", "notice"),
    ],
)
def test_a_menu_or_notice_above_the_title_is_an_aside(line: str, kind: str) -> None:
    text = f"{line}\n\n{TITLE}\n\n{BODY}"
    assert marked(text) == [(kind, line)]
    assert taken(text).title is not None
    assert taken(text).title.of(text) == TITLE  # type: ignore[union-attr] # asserted just above


def test_unrelated_headlines_above_the_title_are_asides() -> None:
    headlines = [
        "ارتفاع أسعار الذهب في السوق العالمية",
        "المنتخب يتعادل في أول مباراة ودية له",
        "طقس غائم وأمطار متفرقة على السواحل",
        "افتتاح معرض الكتاب بمشاركة خمسين ناشرا",
        "وفاة الممثل القدير عن سن تناهز الثمانين",
        "إضراب عمال النقل يشل الحركة في المدينة",
        "دراسة جديدة حول فوائد القهوة للقلب",
    ]
    for between in ("\n", "\u00a0\u00a0\u00a0\u00a0"):
        text = between.join(headlines) + f"\n\n\n{TITLE}\n{BODY}"
        assert [kind for kind, _ in marked(text)] == ["headlines"]
        assert kept(text).strip() == f"{TITLE}\n{BODY}".strip()
        assert taken(text).title.of(text) == TITLE  # type: ignore[union-attr] # a missing title fails the test as well


@pytest.mark.parametrize(
    "foot",
    [
        "مواضيع ذات صلة\nالمنتخب يفوز بثلاثة أهداف\nأسعار النفط تتراجع\n",
        "أضف تعليقاً\nلن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *\nالاسم *\n",
        "التعليقات مغلقة.\n",
        "Sur le même sujet\nLe pétrole recule à Londres\nMétéo : de la pluie mardi\n",
        "Laisser un commentaire\nVotre adresse e-mail ne sera pas publiée.\nNom *\nSite web\n",
        "Leave a Reply\nYour email address will not be published. Required fields are marked *\n",
        "Related articles\nOil falls in London trading\n\nBack to top\n",
        "Thumbnail\n\nBack to top button\n",
        "انقر هنا لقراءة الخبر من مصدره.\n",
        "شارك هذا الموضوع\nFacebook\nX\n",
        "جميع الحقوق محفوظة © صحيفة الحوض 2021\n",
    ],
)
def test_what_follows_the_report_is_an_aside(foot: str) -> None:
    text = f"{TITLE}\n\n{BODY}\n{foot}"
    assert kept(text).strip() == f"{TITLE}\n\n{BODY}".strip()


@pytest.mark.parametrize(
    "line",
    [
        "Thumbnail",
        "Advertisement",
        "Publicité",
        "إعلان",
        "اقرأ أيضا: تراجع أسعار النفط",
        "(Suite en page 4)",
        "L'article continue après la publicité",
        "Photo : DR",
        "PHOTO L. MARTIN",
        "Retour à la page d'accueil",
        "Masquer les commentaires",
        "Back to the home page",
        "Mis à jour le 3 mars 2021 à 10h12",
    ],
)
def test_a_line_among_prose_is_an_aside_only_by_its_exact_words(line: str) -> None:
    first, second, rest = BODY.split("\n", 2)
    text = f"{TITLE}\n\n{first}\n{line}\n{second}\n{rest}"
    assert [found for _, found in marked(text)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "وهذا كل شيء.",
        "ردود الفعل",
        "سياسة",
        "Réactions",
        "Aller au marché",
        "Photo de famille",
        "Comment",
        "تعليق",
        "- أن تنسحب القوات قبل نهاية العام؛",
        "1. The withdrawal of all forces;",
        "قال لا أعرف.",
        "Tunis, 4 mars 2021",
    ],
)
def test_a_short_line_among_prose_is_content(line: str) -> None:
    first, second, rest = BODY.split("\n", 2)
    text = f"{TITLE}\n\n{first}\n{line}\n{second}\n{rest}"
    assert marked(text) == []


def test_the_time_of_the_last_change_at_the_end_of_a_byline_is_an_aside() -> None:
    line = "Par Awa Diop, publié le 12/03/2021 à 10h, mis à jour à 12h"
    prose = "Par ailleurs, le bilan a été corrigé mardi soir par le préfet, mis à jour mercredi."
    text = f"{TITLE}\n{line}\n\n{prose}\n{BODY}"
    assert [found for _, found in marked(text)] == [", mis à jour à 12h"]


def test_the_name_of_the_site_in_its_menu_is_no_content() -> None:
    menu = "Skip to content\nThe Harbour Meridian\nHome\nNews\nBusiness\nOpinion\n"
    text = f"{menu}\n{TITLE}\n\n{BODY}"
    assert kept(text).strip() == f"{TITLE}\n\n{BODY}".strip()


def test_a_list_that_ends_a_report_is_content() -> None:
    demands = "وطالب البيان بما يلي:\nوقف إطلاق النار\nفتح المعابر\nعودة النازحين\nلجنة تحقيق\nإطلاق الأسرى"
    assert marked(f"{TITLE}\n\n{BODY}{demands}\n") == []


def test_the_report_goes_on_behind_a_list_of_other_articles() -> None:
    text = (
        f"{TITLE}\n\n{BODY}\nاقرأ أيضا\nالمنتخب يفوز بثلاثة أهداف\nأسعار النفط تتراجع\n"
        "وختم الوزير بالقول إن بلاده لن تتخلى عن التزاماتها تجاه جيرانها.\n"
    )
    assert "وختم الوزير" in kept(text)
    assert "المنتخب يفوز" not in kept(text)


def test_short_paragraphs_and_lists_behind_read_also_are_content() -> None:
    report = (
        "Le Mali demande le départ de la force\n\nBamako a demandé mercredi le départ de la force "
        "européenne, selon une source diplomatique citée par l'agence.\n\n« Nous n'avons pas été "
        "consultés », a regretté un officier.\n\n{}Contexte\n\nDepuis 2013, la France est présente "
        "au Mali :\n- 5 100 soldats ;\n- trois bases ;\n- des drones.\n\nLe retrait prendra six "
        "mois.\n\nÀ lire aussi\nLe pétrole recule\nMétéo\n"
    )
    text = report.format("Lire aussi : La junte et ses alliés\n\n")
    foot = "À lire aussi\nLe pétrole recule\nMétéo"
    assert [found for _, found in marked(text)] == ["Lire aussi : La junte et ses alliés", foot]
    assert [found for _, found in marked(report.format("Publicité\n\n"))] == ["Publicité", foot]


def test_an_interview_of_short_questions_and_answers_is_content() -> None:
    talk = "\n".join(f"* ما رأيكم في القرار رقم {n}؟\n- لا رأي لي.\n- نعم." for n in range(8))
    assert marked(f"{TITLE}\n\n{talk}\n{BODY}") == []


def test_the_page_title_with_the_site_is_an_aside_and_names_the_publisher() -> None:
    text = f"{TITLE} – صدى الحوض\n\n{TITLE}\n\n{BODY}"
    found = taken(text)
    assert [aside.span.of(text) for aside in found.asides] == [f"{TITLE} – صدى الحوض"]
    assert found.publisher is not None
    assert found.publisher.value == "صدى الحوض"
    assert found.publisher.span is not None
    assert found.publisher.span.of(text) == "صدى الحوض"


def test_comments_after_a_report_are_asides() -> None:
    text = (
        f"{TITLE}\n\n{BODY}\n2 commentaires\nKarim\n12/03/2021 à 10:20\nTrès bon article, merci à la "
        "rédaction pour ce travail.\nRépondre\nSofia\nJe ne suis pas du tout d'accord avec vous.\n"
        "Répondre\n"
    )
    assert kept(text).strip() == f"{TITLE}\n\n{BODY}".strip()


def test_a_paragraph_wrapped_at_a_fixed_width_is_one_block() -> None:
    text = (
        "The Minister told the Ambassador on October 19 that the chiefs of staff\n"
        "had agreed in July on a mechanism, and that the summit in the capital\n"
        "would decide on its headquarters before the end of the year, though it\n"
        "was not clear when.\n\nA second paragraph.\n"
    )
    assert [block.words for block in blocks(text)] == [44, 3]


LINES = st.sampled_from(
    [*BODY.splitlines(), TITLE, "الرئيسية", "Menu", "أضف تعليقاً", "", "Thumbnail", "مواضيع ذات صلة", "12:30",
     "Facebook Twitter", "Le pétrole recule à Londres", "* * *", "2 commentaires", "Répondre", "\u00a0"]
)  # fmt: skip


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_asides_lie_within_the_text_in_order_and_never_overlap(lines: list[str], end: str) -> None:
    text = "x" + end.join(lines)
    found = taken(text)
    at = 0
    for aside in found.asides:
        assert aside.span.start >= at
        assert aside.span.end <= len(text)
        at = aside.span.end
    assert found == taken(text)


@given(st.text(max_size=400))
def test_layout_names_a_kind_for_every_block_or_none(text: str) -> None:
    found = blocks(text)
    plan = layout(text, found)
    assert len(plan.kinds) == len(found)
    assert plan.title is None or 0 <= plan.title < len(found)


@pytest.mark.skipif("TAWATUR_EVAL_DATA" not in os.environ, reason="TAWATUR_EVAL_DATA is not set")
def test_asides_of_the_gold_documents_reach_the_floor() -> None:
    folder = Path(os.environ["TAWATUR_EVAL_DATA"])
    hit = gold_size = said_size = 0
    for path in sorted((folder / "gold").glob("0*.json")):
        gold = json.loads(path.read_text("utf-8"))
        content = (folder / "documents" / gold["doc"]).read_bytes()
        found = extract(gold["doc"], content)
        wanted: set[int] = set()
        for item in gold["boilerplate"]:
            start = found.text.find(item if isinstance(item, str) else item["start"])
            if isinstance(item, str):
                end = start + len(item)
            else:
                end = found.text.rfind(item["end"]) + len(item["end"])
            wanted |= {i for i in range(start, end) if not found.text[i].isspace()}
        said = {
            i
            for aside in found.asides
            for i in range(aside.span.start, aside.span.end)
            if not found.text[i].isspace()
        }
        hit, gold_size, said_size = (
            hit + len(wanted & said),
            gold_size + len(wanted),
            said_size + len(said),
        )
    assert 2 * hit / (gold_size + said_size) >= 0.95


def test_a_list_of_headlines_ends_at_the_breadcrumb_of_the_article() -> None:
    lead = "Derniers articles\nLe blé recule à la bourse\nPluie attendue jeudi\n"
    text = f"{lead}Accueil > Économie > Énergie\n{TITLE}\n{BODY}"
    assert taken(text).title is not None
    assert TITLE in kept(text)


def test_sections_that_only_one_site_has_are_part_of_its_menu() -> None:
    text = f"Home\nNews\nBusiness\nPolo\nHarbour watch\n\n{TITLE}\n\n{BODY}"
    assert kept(text).strip() == f"{TITLE}\n\n{BODY}".strip()


@pytest.mark.parametrize(
    "line",
    [
        "(Reporting by Amina Sow; Editing by Paul Ferrand)",
        "abc-de/fgh/ij",
        "Envoyé de mon téléphone",
    ],
)
def test_what_a_desk_or_a_mailer_adds_is_no_content(line: str) -> None:
    assert kept(f"{TITLE}\n\n{BODY}\n\n{line}").strip() == f"{TITLE}\n\n{BODY}".strip()


def test_the_heading_of_a_note_is_no_list_of_headlines() -> None:
    head = (
        "NOTE DE SÉCURITÉ\nZone Est - Bureau de coordination\nDiffusion : chefs de mission\n"
        "Ne pas transférer hors de l'organisation"
    )
    points = (
        "1. Axe nord : deux véhicules de transport ont été arrêtés lundi à un barrage tenu par des "
        "hommes en tenue civile.\n\n2. Accès. L'administrateur affirme que la route sera rouverte "
        "avant la fin de la semaine."
    )
    assert marked(f"{head}\n\n{points}\n") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Imprimer cette page", "widget"),
        ("3 min de lecture", "widget"),
        ("Il vous reste 65 % de cet article à lire.", "notice"),
        ("Reproduction interdite sans autorisation", "notice"),
        ("Pour diffusion immédiate", "notice"),
        ("Vous êtes ici : Accueil / Afrique", "menu"),
        ("Commenter cet article", "comment form"),
        ("L'actu en continu", "headlines"),
        ("Contact : service de communication, Bamako", "notice"),
        ("For immediate release", "notice"),
        ("Media enquiries: press desk, Lilongwe", "notice"),
        ("Support our journalism", "widget"),
        ("للتواصل: قسم الإعلام", "notice"),
        ("انضم إلى قناتنا على واتساب", "widget"),
        ("شارك في النقاش", "comment form"),
    ],
)
def test_what_a_page_adds_below_a_report_is_an_aside(line: str, kind: str) -> None:
    assert marked(f"{TITLE}\n\n{BODY}\n{line}\n") == [(kind, line)]


def test_who_is_named_as_a_contact_is_content() -> None:
    text = f"{TITLE}\n\n{BODY}\nContact : Awa Diallo, coordinatrice de terrain\n"
    assert marked(text) == []


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("Par Nayla Haddad | Publié le 7 février 2025 | Mis à jour à 19h05 | 14 commentaires",
         " | Mis à jour à 19h05 | 14 commentaires"),
        ("By Ann Mora | 7 February 2025 | 3 min read | Share", " | 3 min read | Share"),
    ],
)  # fmt: skip
def test_the_end_of_a_byline_may_be_the_pages(line: str, end: str) -> None:
    """Who wrote it and when stays."""
    text = f"{TITLE}\n{line}\n\n{BODY}"
    assert [words.strip() for _, words in marked(text)] == [end.strip()]


@given(st.lists(st.sampled_from(["Le Caire", "Mis à jour", "3 min de lecture", "Tunis"])))
def test_a_line_never_ends_before_its_first_part(parts: list[str]) -> None:
    """What stands before the first bar is the line's own."""
    (block, *_) = blocks(" | ".join(["Gao", *parts]))
    end = trailing(block)
    assert end is None or end.span.start >= len("Gao")


FRENCH = (
    "Barrage de Koundéya : les villageois refusent de partir\n\nBoké, 12 juin 2024\n\n"
    "Les habitants de Tanfara ont empêché lundi les engins d'atteindre la berge du fleuve, selon "
    "le préfet de la région, qui demande une médiation rapide.\n\n"
)
FRENCH_END = (
    "Le directeur de la société a déclaré mardi que 412 familles avaient été indemnisées entre "
    "février et avril, et que les derniers paiements suivraient sous peu.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Accepter et fermer   Continuer sans accepter",
        "Offrir cet article   Ajouter à ma liste   Commenter (27)",
        "Qui sommes-nous ?   Publicité   Plan du site   Gestion des cookies",
        "À la une · International · Tunisie · Société · Sport · Culture",
        "Votre adresse e-mail   Je m'inscris",
        "Vous pouvez vous désinscrire à tout moment.",
        "Lire aussi Mines, ce que disent les contrats",
        "À LIRE. Mines : ce que disent les contrats",
        "[Publicité] Les Meubles du Fleuve",
        "CENTRAFRIQUE-SÉCURITÉ-MINES",
        "Note de sécurité n° 12 – page 1/2",
        "- 2 -",
        "00:00 / 04:12",
        "Ne pas rediffuser sans autorisation",
        "Les opinions exprimées n'engagent que leurs auteurs.",
        "Pour en savoir plus : www.medecinsdulac.example",
        "Numéro de permanence : 77 00 00 00",
        "Fin de la note",
        "#Boké #barrage",
        "Retrouvez notre diaporama sur notre site",
        "Partagez massivement svp",
    ],
)
def test_what_says_nothing_of_the_report_is_an_aside_wherever_it_stands(line: str) -> None:
    assert [found for _, found in marked(f"{FRENCH}{line}\n\n{FRENCH_END}")] == [line]
    assert [found for _, found in marked(f"{FRENCH}{FRENCH_END}\n{line}\n")] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Saint-Denis-Aulnay",
        "Bourg-la-Reine",
        "Coût du projet : 1 200 000 000",
        "Mines et énergie",
        "Lire aussi ne suffit pas, répond le ministre à la présidente du comité.",
        "Anne Rivière | Boké",
        "Prochaine réunion : 15 août",
    ],
)
def test_a_short_line_of_the_report_itself_is_content(line: str) -> None:
    assert marked(f"{FRENCH}{line}\n\n{FRENCH_END}") == []


def test_the_masthead_of_a_page_is_an_aside_and_the_day_of_its_report_is_not() -> None:
    head = (
        "Aller au contenu\nLe Phare de Boké\nMercredi 12 juin 2024\nMENU\nPolitique\nÉconomie\n"
        "Mines\nRégions\nEN DIRECT\nLa liste des joueurs retenus est tombée\nFil info\n"
        "07:12 Deux taxis-motos interpellés\n\nAccueil / Régions / Barrage\n\n"
    )
    found = taken(head + FRENCH + FRENCH_END)
    assert found.asides[0].span.of(found.text).startswith("Aller")
    assert kept(head + FRENCH + FRENCH_END).strip() == (FRENCH + FRENCH_END).strip()
    assert found.published is not None
    assert found.published.value == "2024-06-12"


def test_a_list_of_other_articles_ends_at_its_empty_line() -> None:
    other = "À lire aussi\nMines : ce que disent vraiment les contrats\nRoutes coupées : la carte"
    assert [found for _, found in marked(f"{FRENCH}{other}\n\n{FRENCH_END}")] == [other]
