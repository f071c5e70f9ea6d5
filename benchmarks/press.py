"""An invented press: reports that tell the same happenings, as many as are asked for.

Some thirty reports a day, ten claims each, in three languages. A happening is told for a few
days, a few of them by very many; one report in three is an edited copy of another; some
sentences are said again and again for years. Names and places are drawn from tables of which
the first are the commonest, as in Zipf's law, and words as often as the stems of Arabic news
occur in its sentences (of 24,740 sentences the commonest stem stands in 11 %, the tenth in
4.3 %, the hundredth in 1.5 %, the thousandth in 0.3 %). Readings are made straight from what
is told, so that an archive costs the reader nothing. Equal on every run.
"""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate

from tawatur.model.document import Extraction, Extractor, Stated
from tawatur.model.reading import (
    AUTHOR,
    EntityType,
    EventType,
    Link,
    LocalEntity,
    Participant,
    Polarity,
    Proposal,
    Publication,
    Quantity,
    Reading,
    Role,
    SourceKind,
)
from tawatur.model.span import Span

CLAIMS = 10
"""Claims of a report."""
REPORTS_A_DAY = 30
COPIES = 0.3
"""Reports that are edited copies of one of the last days."""
STOCK = 0.05
"""Claims that repeat a sentence which the press always has."""
ALONE = 0.35
"""Claims that no other report tells."""
SEED = 2021
_HAPPENINGS_A_DAY = 50
_TOLD_FOR = 150  # happenings, newest first, among which a report chooses
_LENGTH = 11  # words of a happening
_CHANGED = 0.15  # words of a happening that a telling says otherwise
_DENIED = 0.04
_FIRST = date(2012, 1, 1)

_FIRST_NAMES = (
    "Amadou Salif Karim Youssef Idriss Omar Bilal Hassan Nadir Samir Tariq Rachid Mounir Jamal "
    "Anwar Faris Hicham Khalil Lamine Mahdi Nabil Oumar Qasim Rafiq Sabri Tahar Walid Yacine "
    "Zaki Adel Brahim Chafik Driss Fouad Ghassan Hakim Ismail Jawad Kamel Louay"
)
_LAST_NAMES = (
    "Traore Keita Benali Haddad Mansour Cisse Diallo Sissoko Bouazza Chaoui Darwish Ezzine "
    "Farouki Ghali Hamdan Issaoui Jaziri Kettani Lahlou Mazouni Najjar Ouali Qadiri Rahmani "
    "Sabbagh Tazi Umari Wahbi Yamani Zidane Azzouz Berrada Chennoufi Djebbar Fassi Guessous "
    "Hilali Idrissi Jellouli Khattab Loukili Meziane Naciri Ouazzani Rifai Senhaji Tounsi Ziani"
)
_ONSETS = "B D G K L M N R S T Z Ch Dj Gh Kh Ou"
_PEOPLE = [f"{first} {last}" for last in _LAST_NAMES.split() for first in _FIRST_NAMES.split()]
_PLACES = [
    f"{start}{end}"
    for end in ("ara", "ouda", "imat", "essalit", "anza", "idal", "oro", "akal", "ena", "ifra")
    for start in _ONSETS.split()
]
_BODIES = [f"{kind} of {what}" for what in _PLACES[:40] for kind in ("Council", "Front", "Union")]
_OUTLETS = [f"{paper} {place}" for place in _PLACES[:40] for paper in ("Al-Akhbar", "Le Quotidien")]
_TYPES = (
    *(EventType.ASSAULT, EventType.CONSULT, EventType.AGREE, EventType.MOBILIZE),
    *(EventType.ACCUSE, EventType.PROTEST, EventType.AID, EventType.COERCE, EventType.REQUEST),
)
_LETTERS = {
    "ar": "ابتثجحدرزسشصطعغفقكلمنهوي",
    "fr": "aeioubcdfglmnprstv",
    "en": "aeioubdfghklmnprstw",
}
_KILLED = {
    "ar": "قتل {0} جنديا",
    "fr": "{0} soldats ont été tués",
    "en": "{0} soldiers were killed",
}
_LANGUAGES = ("ar", "ar", "ar", "ar", "ar", "fr", "fr", "en", "en", "en")
_WORDS, _STOCK_SENTENCES = 20_000, 300


@dataclass(frozen=True, slots=True)
class Report:
    """One report as intake and a reader would give it."""

    extraction: Extraction
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence of a report and what it claims."""

    words: tuple[str, ...]
    type: EventType
    when: str | None = None
    place: str | None = None
    who: str | None = None
    toll: int | None = None
    polarity: Polarity = Polarity.ASSERTED
    source: Link = AUTHOR


@dataclass(slots=True)
class _Table:
    """Things of which the first are drawn most."""

    things: Sequence[str]
    begins: int = 3
    falls: float = 1.0
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        ranks = range(self.begins, self.begins + len(self.things))
        self._weights = list(accumulate(rank**-self.falls for rank in ranks))

    def draw(self, chance: random.Random, count: int = 1) -> list[str]:
        return chance.choices(self.things, cum_weights=self._weights, k=count)


class Press:
    """The reports in order of publication."""

    def __init__(self, seed: int = SEED) -> None:
        """Begin; the same seed gives the same reports."""
        self._chance = random.Random(seed)
        self._words = {each: _Table(self._vocabulary(each), 9, 0.8) for each in _LETTERS}
        self._people, self._places = _Table(_PEOPLE), _Table(_PLACES)
        self._bodies, self._outlets = _Table(_BODIES), _Table(_OUTLETS)
        self._stock = {
            language: _Table(
                [" ".join(self._drawn(language, _LENGTH)) for _ in range(_STOCK_SENTENCES)]
            )
            for language in _LETTERS
        }
        self._happenings: dict[str, deque[_Told]] = {
            language: deque(maxlen=_TOLD_FOR) for language in _LETTERS
        }
        self._recent: deque[tuple[str, list[_Told]]] = deque(maxlen=3 * REPORTS_A_DAY)
        self._which = _Table(range(_TOLD_FOR))  # type: ignore[arg-type]  # numbers are things too
        self._number = 0

    def reports(self) -> Iterator[Report]:
        """Yield reports without end."""
        while True:
            day = _FIRST + timedelta(self._number // REPORTS_A_DAY)
            if self._number % REPORTS_A_DAY == 0:
                self._happen(day)
            yield self._next(day)

    def _next(self, day: date) -> Report:
        self._number += 1
        if self._recent and self._chance.random() < COPIES:
            language, told = self._chance.choice(self._recent)
            told = self._edited(language, told)
        else:
            language = self._chance.choice(_LANGUAGES)
            told = [self._telling(language) for _ in range(CLAIMS)]
        self._recent.append((language, told))
        (outlet,) = self._outlets.draw(self._chance)
        return report(told, language, f"{outlet} {self._number}", outlet, day)

    def chained(self) -> tuple[list[_Told], list[_Told], list[_Told]]:
        """Return what three reports tell: two of two events, the third of what joins them."""
        words = tuple(self._words["en"].things[1_000:1_013])
        told = [_Told(of, EventType.STATE) for of in (words[:9], words[4:], words[2:11])]
        return tuple([each, self._alone("en"), self._alone("en")] for each in told)  # type: ignore[return-value]  # three of three

    def copies(self, told: list[_Told], count: int) -> Iterator[Report]:
        """Yield ``count`` copies of one report, a word of its first sentence otherwise in each."""
        lead, *rest = told
        for _ in range(count):
            self._number += 1
            (outlet,) = self._outlets.draw(self._chance)
            own = replace(lead, words=(*lead.words, self._drawn("en", 1)[0]))
            yield report([own, *rest], "en", f"{outlet} {self._number}", outlet, _FIRST)

    def _vocabulary(self, language: str) -> list[str]:
        letters = _LETTERS[language]
        size = self._chance.randint
        return ["".join(self._chance.choices(letters, k=size(4, 8))) for _ in range(_WORDS)]

    def _drawn(self, language: str, count: int) -> list[str]:
        return self._words[language].draw(self._chance, count)

    def _happen(self, day: date) -> None:
        for _ in range(_HAPPENINGS_A_DAY):
            language = self._chance.choice(_LANGUAGES)
            self._happenings[language].appendleft(self._happening(language, day))

    def _happening(self, language: str, day: date) -> _Told:
        chance = self._chance
        kind = chance.choice(_TYPES)
        (place,), (person,) = self._places.draw(chance), self._people.draw(chance)
        return _Told(
            words=tuple(self._drawn(language, _LENGTH)),
            type=kind,
            when=str(day) if chance.random() < 0.6 else None,
            place=place if chance.random() < 0.8 else None,
            who=person if chance.random() < 0.5 else None,
            toll=chance.randint(2, 60) if kind is EventType.ASSAULT else None,
        )

    def _telling(self, language: str) -> _Told:
        """Return one claim: of a happening of these days, of its own, or what is always said."""
        chance, kind = self._chance, self._chance.random()
        source = self._source()
        happened = self._happenings[language]
        if kind < STOCK:
            (sentence,) = self._stock[language].draw(chance)
            return _Told(tuple(sentence.split()), EventType.STATE, source=source)
        if kind < STOCK + ALONE or not happened:
            return replace(self._alone(language), source=source)
        (which,) = self._which.draw(chance)
        told = happened[int(which) % len(happened)]
        toll = told.toll
        if toll is not None and chance.random() < 0.3:
            toll += chance.randint(1, 5)
        words = tuple(self._otherwise(language, told.words, _CHANGED))
        denied = Polarity.DENIED if chance.random() < _DENIED else Polarity.ASSERTED
        return replace(told, words=words, toll=toll, polarity=denied, source=source)

    def _alone(self, language: str) -> _Told:
        (place,) = self._places.draw(self._chance)
        words = tuple(self._drawn(language, self._chance.randint(8, 14)))
        return _Told(words, self._chance.choice(_TYPES), place=place)

    def _source(self) -> Link:
        chance = self._chance
        kind = chance.random()
        if kind < 0.4:
            return AUTHOR
        if kind < 0.6:
            return Link(SourceKind.PERSON, self._people.draw(chance)[0])
        if kind < 0.75:
            return Link(SourceKind.BODY, self._bodies.draw(chance)[0])
        if kind < 0.85:
            return Link(SourceKind.OUTLET, self._outlets.draw(chance)[0])
        return Link(SourceKind.ANONYMOUS, "a security source")

    def _otherwise(self, language: str, words: Sequence[str], share: float) -> Iterator[str]:
        for word in words:
            yield self._drawn(language, 1)[0] if self._chance.random() < share else word

    def _edited(self, language: str, told: list[_Told]) -> list[_Told]:
        """Return what a copy tells: the end cut off, a word here and there otherwise."""
        kept = told[: self._chance.randint(max(1, len(told) * 3 // 4), len(told))]
        return [replace(t, words=tuple(self._otherwise(language, t.words, 0.03))) for t in kept]


def report(told: Sequence[_Told], language: str, title: str, publisher: str, day: date) -> Report:
    """Return a report of sentences, with the reading that finds each of them."""
    text = title + "\n\n"
    entities: dict[str, LocalEntity] = {}
    figures: list[Quantity] = []
    claims: list[Proposal] = []

    def named(name: str, kind: EntityType, start: int) -> str:
        here = Span(start, start + len(name))
        held = entities.get(name) or LocalEntity(f"e{len(entities) + 1}", kind, name, ())
        entities[name] = replace(held, mentions=(*held.mentions, here))
        return held.id

    for sentence in told:
        begins = len(text)
        who, where, chain, counted = [], [], [AUTHOR], []
        source = sentence.source
        if source.source_text is not None:
            spoke = Span(len(text), len(text) + len(source.source_text))
            text += source.source_text + ": "
            entity = None
            if source.kind in (SourceKind.PERSON, SourceKind.BODY):
                kind = EntityType.PERSON if source.kind is SourceKind.PERSON else _ORG
                entity = named(source.source_text, kind, spoke.start)
            chain.append(replace(source, span=spoke, entity=entity))
        if sentence.who is not None:
            who.append(Participant(named(sentence.who, EntityType.PERSON, len(text)), Role.ACTOR))
            text += sentence.who + " "
        if sentence.toll is not None:
            phrase = _KILLED[language].format(sentence.toll)
            at = len(text) + phrase.index(str(sentence.toll))
            counted.append(len(figures))
            end = at + len(str(sentence.toll))
            of = _KILLED[language].split()[-1] if language == "ar" else "soldiers"
            figures.append(Quantity(Span(at, end), float(sentence.toll), "person", of))
            text += phrase + " "
        text += " ".join(sentence.words)
        if sentence.place is not None:
            where.append(named(sentence.place, EntityType.COUNTRY_OR_CITY, len(text) + 1))
            text += " " + sentence.place
        claims.append(
            Proposal(
                id=f"c{len(claims) + 1}",
                span=Span(begins, len(text)),
                chain=tuple(chain),
                polarity=sentence.polarity,
                event_type=sentence.type,
                when=sentence.when,
                where=tuple(where),
                who=tuple(who),
                quantities=tuple(counted),
            )
        )
        text += ".\n"
    extraction = Extraction(
        text=text,
        media_type="text/plain",
        encoding="utf-8",
        extractor=Extractor("press", "1"),
        language=language,
        title=Span(0, len(title)),
        publisher=Stated(publisher, "invented"),
        published=Stated(str(day), "invented"),
    )
    reading = Reading(
        reader="rules/1",
        language=language,
        published=Publication(str(day), None),
        entities=tuple(entities.values()),
        quantities=tuple(figures),
        claims=tuple(claims),
    )
    return Report(extraction, reading)


_ORG = EntityType.ORGANISATION
