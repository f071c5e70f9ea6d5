"""Translations: one text in two languages, and reports of one happening that are none."""

from dataclasses import replace
from itertools import combinations

import pytest

from tawatur.intake import extract
from tawatur.model.ids import DocumentId
from tawatur.model.picture import CopyKind
from tawatur.reading import read
from tawatur.samples import paths
from tawatur.weighing import FactPrint, fact_keys, fact_print, translation

ARABIC = """وكالة السهل للأنباء
مقتل 37 شخصا في فيضانات قرب بلدة كلموري

تنكاور – 14 آب/أغسطس 2021 – قال حاكم ولاية درسوفة رشيد بولمعزوز إن 37 شخصا لقوا مصرعهم وأصيب
112 آخرون في فيضانات اجتاحت وادي سغلوف يوم 12 آب/أغسطس 2021.

وأضاف بولمعزوز أن المياه جرفت 640 منزلا وقطعت الطريق بين درسوفة وكلموري على طول 85 كيلومترا.
وأكد أن 2350 عائلة نقلت إلى مخيم أقيم في بلدة تيمرسول.

وقالت الطبيبة سعاد القرمادي، مديرة المستشفى، إن المستشفى استقبل 94 جريحا، بينهم 18 طفلا. وتوقعت
أن ترتفع الحصيلة.

وكانت الفيضانات التي ضربت المنطقة في 3 أيلول/سبتمبر 2016 قد أودت بحياة 21 شخصا. ووعدت الحكومة
بصرف 5400000 دولار لإعادة البناء قبل 30 تشرين الثاني/نوفمبر 2021.
"""
FRENCH = """Agence de la Plaine
37 morts dans des inondations près de Kelmouri

TINKAOUER, 14 août 2021 - Le gouverneur de la province de Dersoufa, Rachid Boulmaazouz, a
déclaré que 37 personnes avaient trouvé la mort et que 112 autres avaient été blessées dans des
inondations qui ont balayé l'oued Seglouf le 12 août 2021.

M. Boulmaazouz a ajouté que les eaux avaient emporté 640 maisons et coupé la route entre
Dersoufa et Kelmouri sur 85 kilomètres. Il a affirmé que 2350 familles avaient été conduites
dans un camp installé à Timersoul.

La docteure Souad El Karmadi, directrice de l'hôpital, a indiqué que l'établissement avait reçu
94 blessés, dont 18 enfants. Elle s'attend à ce que le bilan s'alourdisse.

Les inondations qui avaient frappé la région le 3 septembre 2016 avaient coûté la vie à 21
personnes. Le gouvernement a promis de débloquer 5400000 dollars pour la reconstruction avant
le 30 novembre 2021.
"""
ENGLISH = """Plain News Agency
37 dead in floods near Kelmuri

TINKAWER, 14 August 2021 - The governor of Dersufa province, Rashid Boulmaazouz, said that 37
people had died and 112 others had been injured in floods that swept through Wadi Seglouf on 12
August 2021.

Boulmaazouz added that the water had carried off 640 houses and cut the road between Dersufa
and Kelmuri over 85 kilometres. He said that 2350 families had been taken to a camp set up in
Timersul.

Doctor Souad Al-Qarmadi, the hospital's director, said that it had received 94 wounded, among
them 18 children. She expects the toll to rise.

The floods that struck the region on 3 September 2016 had killed 21 people. The government
promised to pay out 5400000 dollars for reconstruction before 30 November 2021.
"""
OTHER_REPORT = """Le Courrier de Toulbara
Après la crue, la colère des sinistrés

Dans le camp de Timersoul, on ne décolère pas. « Nous avons tout perdu et personne n'est venu
», dit Hadda, mère de cinq enfants. Selon un premier bilan, 37 personnes sont mortes dans la
crue du 12 août 2021, mais plusieurs habitants parlent de 60 disparus.

Un ingénieur de la compagnie des eaux, Nadir Benkhaled, rappelle que la digue de 1987 n'avait
plus été entretenue depuis le 4 mars 2011. « Avec 210 millimètres de pluie en 48 heures, elle
ne pouvait pas tenir », explique-t-il. Son rapport du 17 juin 2019 chiffrait les travaux à
1250000 dollars.

Le gouverneur Rachid Boulmaazouz, interrogé le 15 août 2021, a promis une enquête. L'opposition
demande sa démission. Les pluies doivent reprendre le 19 août 2021, avertit la météo, qui
attend encore 75 millimètres sur les hauteurs de l'oued Seglouf, où 14 villages restent isolés.
"""


def facts(name: str, text: str) -> FactPrint:
    """Return what a translator of ``text`` would keep."""
    extraction = extract(f"{name}.txt", text.encode())
    reading = read(extraction)
    return fact_print(DocumentId(f"d-{name}"), extraction.text, extraction.main(), reading)


TEXTS = {"ar": ARABIC, "fr": FRENCH, "en": ENGLISH}


@pytest.mark.parametrize(("one", "other"), list(combinations(TEXTS, 2)))
def test_a_translation_is_found_by_what_a_translator_keeps(one: str, other: str) -> None:
    """Figures, days and names in one order: a translation, with what is in common told."""
    a, b = facts(one, TEXTS[one]), facts(other, TEXTS[other])
    found = translation(a, b)
    assert found is not None
    assert found.kind is CopyKind.TRANSLATION
    assert {"640", "2350", "2021-08-12"} <= set(found.common)
    assert "in the same order" in str(found.why)
    assert translation(b, a) == found
    assert set(fact_keys(a)) & set(fact_keys(b)), "keys would lead to it"


def test_another_report_of_the_same_happening_is_no_translation() -> None:
    """Toll, day, governor and places in common; the rest is its own."""
    assert translation(facts("ar", ARABIC), facts("fr", OTHER_REPORT)) is None
    assert translation(facts("en", ENGLISH), facts("fr", OTHER_REPORT)) is None


def test_the_same_facts_in_another_order_are_no_translation() -> None:
    """Who writes anew from the same facts begins elsewhere."""
    head, *parts = FRENCH.split("\n\n")
    turned = "\n\n".join([head, *reversed(parts)])
    assert translation(facts("ar", ARABIC), facts("fr", turned)) is None


def test_a_text_in_one_language_is_no_translation_of_itself() -> None:
    """Copies within a language are found by their words, not here."""
    assert translation(facts("ar", ARABIC), facts("copy", ARABIC)) is None


def test_a_text_much_longer_is_no_translation() -> None:
    """Length in proportion is part of the test."""
    a, b = facts("ar", ARABIC), facts("fr", FRENCH)
    assert translation(a, replace(b, words=5 * b.words)) is None


def test_the_samples_hold_no_whole_translation() -> None:
    """Twelve reports of one region in three languages, many of the same events: no pair."""
    prints = []
    for path in paths():
        extraction = extract(path.name, path.read_bytes())
        reading = read(extraction)
        prints.append(
            fact_print(DocumentId(path.name), extraction.text, extraction.main(), reading)
        )
    assert [c for a, b in combinations(prints, 2) if (c := translation(a, b))] == []
