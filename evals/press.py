"""What would a perfect reader make of these reports? Invented press, with the answer known.

A *case* is a handful of reports on one happening, each with one sentence that tells of it
and others beside it, in Arabic, French or English, and the chain of that telling made by
hand. The wordings stand in ``gold/press``, more than forty tellings per language. Of twenty
cases five hold copies of one text only, five two or more named roots, three circles, four
anonymous sources, shared or not, three translations.

The answer is the interval that a perfect reader of the texts could justify, by these rules:

* a copy, a translation, and a citation of an outlet whose own earlier report is among the
  reports add nothing: their root is that of the report they repeat;
* outlets that cite one another in a circle are one root;
* named sources, and outlets that vouch for it themselves, are apart;
* at most: an anonymous source is another in each report that does not have it from a report
  already counted;
* at least: an anonymous source may be any other, or a named one, or whom an outlet heard,
  unless the descriptions rule it out: no shepherd is an officer, nor a minister. Nothing else
  does: a rebel commander may be a source close to the negotiators, a retired officer may keep
  sheep, and whose side a security official is on is not told.

An outlet writes in one language, and is cited by its name in that language. Seeded: equal
seed and number give the equal case.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tawatur.model.reading import SourceKind

TABLES = Path(__file__).parent / "gold" / "press"
LANGUAGES = ("ar", "fr", "en")
CLASSES = ("copies", "named", "circles", "anonymous", "translated")
_MIX = (0, 1, 2, 0, 1, 3, 4, 0, 1, 2, 3, 0, 1, 4, 3, 0, 1, 2, 3, 4)  # classes of twenty cases
_PLACES = {
    "ar": ("تالمست", "وركان", "تينزاغ", "كورفاجي", "أمزرو", "سيدي بركال", "بوقنادل", "مرزوكة"),
    "fr": (*("Talmest", "Ouargan", "Tinzagh", "Kourfadji", "Amezrou"),
           *("Sidi Barkal", "Bouknadel", "Merzouga")),
}  # fmt: skip
_PLACES["en"] = _PLACES["fr"]
NAMED = (SourceKind.PERSON, SourceKind.BODY)
"""Kinds of source that have a name of their own, beside outlets."""
SEED = 1
"""Of the cases whose floors are kept."""
_STATIONS = ("open", "official", "resident")
_HOW_OFTEN = (5, 3, 1)  # stations of anonymous sources


@dataclass(frozen=True, slots=True)
class Source:
    """Whose word it is; ``at`` is the place in the tables, and of an outlet its language too."""

    kind: SourceKind
    at: int
    station: str = "official"
    language: str = ""
    home: int = -1  # of an anonymous source, the report that had it first


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its text, and the chain of what it tells, outermost first, author left out.

    ``root`` is that of the perfect reader, ``text_of`` the number of the report whose text
    it holds, its own if it is nobody's copy; ``telling`` is the clause as it stands in the text.
    """

    language: str
    outlet: Source
    day: date
    title: str
    paragraphs: tuple[str, ...]
    telling: str
    chain: tuple[Source, ...]
    root: Source
    text_of: int

    def page(self) -> bytes:
        """Return the report as an outlet puts it on the web."""
        body = "".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{self.title}</title>"
            f'<meta property="og:site_name" content="{name(self.outlet, self.language)}">'
            f'<meta property="article:published_time" content="{self.day}T08:00:00Z">'
            f"</head><body><article><h1>{self.title}</h1>{body}</article></body></html>"
        ).encode()


@dataclass(frozen=True, slots=True)
class Case:
    """Reports on one happening, and at least and at most how many roots stand behind them."""

    kind: str
    reports: tuple[Report, ...]
    truth: tuple[int, int]


def case(number: int, seed: int = SEED) -> Case:
    """Return one case; of any twenty in a row the classes have their shares."""
    kind = CLASSES[_MIX[number % len(_MIX)]]
    desk = _Desk(Random(f"{seed}-{number}"))  # noqa: S311 - invented texts, no secrets
    getattr(desk, kind)()
    return Case(kind, tuple(desk.reports), truth(desk.reports))


def truth(reports: Sequence[Report]) -> tuple[int, int]:
    """Return at least and at most how many roots a perfect reader counts, by the rules above."""
    roots = {report.root for report in reports}
    unnamed = {root for root in roots if root.kind is SourceKind.ANONYMOUS}
    named = roots - unnamed
    outlets = sum(root.kind is SourceKind.OUTLET for root in named)
    to_host = {root.station for root in unnamed} - {"open"}
    if len(named) > outlets:
        to_host.discard("official")
    extra = max(0, len(to_host) - outlets)
    return len(named) + extra or 1, len(roots)


@cache
def table(language: str) -> dict[str, Any]:
    """Return the wordings of a language."""
    return tomllib.loads((TABLES / f"{language}.toml").read_text("utf-8"))


def name(source: Source, language: str) -> str:
    """Return what a report in ``language`` calls a source."""
    words = table(language)
    if source.kind is SourceKind.ANONYMOUS:
        return str(words["sources"][source.station][source.at])
    lists = {SourceKind.PERSON: "people", SourceKind.BODY: "bodies", SourceKind.OUTLET: "outlets"}
    return str(words[lists[source.kind]][source.at])


@dataclass(slots=True)
class _Desk:
    """One case under construction: what happened, and the reports so far."""

    rng: Random
    reports: list[Report] = field(default_factory=list)
    language: str = ""
    what: str = ""
    toll: int = 0
    place: int = 0
    day: date = date(2021, 1, 1)
    fresh: dict[str, list[int]] = field(default_factory=dict)
    drafts: list["_Draft"] = field(default_factory=list)  # of the reports of own words

    def __post_init__(self) -> None:
        rng = self.rng
        self.language = rng.choice(LANGUAGES)
        self.what = rng.choice(sorted(table("en")["clauses"]))
        self.toll, self.place = rng.randint(12, 98), rng.randrange(8)
        self.day += timedelta(days=rng.randrange(700))
        sizes = {"people": 8, "bodies": 4, **dict.fromkeys(LANGUAGES, 8)}
        self.fresh = {kind: rng.sample(range(size), size) for kind, size in sizes.items()}

    def copies(self) -> None:
        """One text, taken over whole or edited by one to four others."""
        self.tell(self.any_chain())
        for _ in range(self.rng.randint(1, 4)):
            self.copy(0)

    def named(self) -> None:
        """Two to four roots that are named, some of them heard twice, some cited."""
        for _ in range(self.rng.randint(2, 4)):
            self.tell(self.named_chain())
        first = self.reports[0]
        if first.chain:
            self.maybe(0.3, lambda: self.tell(first.chain[-1:], root=first.root))
        self.maybe(0.3, lambda: self.cite(self.rng.randrange(len(self.reports))))

    def circles(self) -> None:
        """Two or three outlets that cite one another, at times beside a named source."""
        ring = [self.outlet() for _ in range(self.rng.randint(2, 3))]
        for at, outlet in enumerate(ring):
            self.tell((ring[(at + 1) % len(ring)],), outlet=outlet, root=ring[0])
        self.maybe(0.4, lambda: self.tell(self.named_chain()))

    def anonymous(self) -> None:
        """One to three anonymous sources, at times one shared by citation, or a named one."""
        for _ in range(self.rng.randint(1, 3)):
            self.tell((self.unnamed(),))
        if len(self.reports) == 1 or self.rng.random() < 0.4:
            self.cite(0)
        self.maybe(0.4, lambda: self.tell(self.named_chain()))

    def translated(self) -> None:
        """One text and one or two translations, at times beside a named source."""
        self.tell(self.any_chain())
        others = [language for language in LANGUAGES if language != self.language]
        for language in self.rng.sample(others, self.rng.randint(1, 2)):
            self.translate(0, language)
        self.maybe(0.3, lambda: self.tell(self.named_chain()))

    def maybe(self, share: float, act: Callable[[], None]) -> None:
        """Do something in a share of cases."""
        if self.rng.random() < share:
            act()

    def outlet(self, language: str = "") -> Source:
        """Return an outlet that is not in the case yet."""
        language = language or self.language
        return Source(SourceKind.OUTLET, self.fresh[language].pop(), language=language)

    def official(self) -> Source:
        """Return a person or a body that is not in the case yet."""
        body = self.fresh["bodies"] and self.rng.random() < 0.25
        kind, words = (SourceKind.BODY, "bodies") if body else (SourceKind.PERSON, "people")
        return Source(kind, self.fresh[words].pop())

    def unnamed(self) -> Source:
        """Return an anonymous source that the next report is the first to have."""
        station = self.rng.choices(_STATIONS, _HOW_OFTEN)[0]
        at = self.rng.randrange(len(table("en")["sources"][station]))
        return Source(SourceKind.ANONYMOUS, at, station, home=len(self.reports))

    def named_chain(self) -> tuple[Source, ...]:
        """Return a chain to a named source, or none: the outlet vouches."""
        drawn = self.rng.random()
        if drawn < 0.25:
            return ()
        return (self.outlet(), self.official()) if drawn > 0.85 else (self.official(),)

    def any_chain(self) -> tuple[Source, ...]:
        """Return a chain of any length to any kind of root."""
        root = (self.unnamed(),) if self.rng.random() < 0.4 else self.named_chain()
        via = root and len(root) == 1 and self.rng.random() < 0.25
        return (self.outlet(), *root) if via else root

    def tell(
        self, chain: tuple[Source, ...], *, outlet: Source | None = None, root: Source | None = None
    ) -> None:
        """Add a report of its own words."""
        outlet = outlet or self.outlet()
        fillers = self.rng.sample(range(6), self.rng.randint(4, 5))
        facts = tuple(_Fact(at, *self._figures()) for at in fillers)
        first = _Draft(outlet, chain, facts, self.rng.randrange(len(facts)), len(self.reports))
        self.drafts.append(first)
        self._write(first, root or (chain or (outlet,))[-1])

    def cite(self, at: int) -> None:
        """Add a report that has it from an earlier one, with its source or without."""
        cited = self.reports[at]
        whole = len(cited.chain) == 1 and self.rng.random() < 0.6
        chain = (cited.outlet, *cited.chain) if whole else (cited.outlet,)
        self.tell(chain, root=cited.root)

    def copy(self, at: int) -> None:
        """Add a report that holds the text of another, whole or edited."""
        first = self.reports[at]
        paragraphs = list(first.paragraphs)
        if self.rng.random() < 0.5:
            paragraphs.remove(self.rng.choice([p for p in paragraphs if first.telling not in p]))
        if self.rng.random() < 0.5:
            paragraphs.append(self._credit("credit", first, first.language))
        copy = replace(
            first, outlet=self.outlet(), paragraphs=tuple(paragraphs), day=self._next_day()
        )
        self.reports.append(copy)

    def translate(self, at: int, language: str) -> None:
        """Add a translation of a report."""
        first = self.reports[at]
        draft = replace(self.drafts[at], outlet=self.outlet(language))
        self._write(draft, first.root)
        if self.rng.random() < 0.5:
            credit = self._credit("translated", first, language)
            last = self.reports[-1]
            self.reports[-1] = replace(last, paragraphs=(*last.paragraphs, credit))

    def _write(self, draft: "_Draft", root: Source) -> None:
        """Add the report that is made of a draft, in the language of its outlet."""
        language = draft.outlet.language
        words = table(language)
        sentence, clause = self._telling(draft.chain, language)
        paragraphs = [self._filled(fact, language) for fact in draft.facts]
        paragraphs.insert(draft.at, sentence)
        title = words["title"].format(place=_PLACES[language][self.place])
        self.reports.append(
            Report(
                language,
                draft.outlet,
                self._next_day(),
                title,
                tuple(paragraphs),
                clause,
                draft.chain,
                root,
                draft.text_of,
            )
        )

    def _telling(self, chain: tuple[Source, ...], language: str) -> tuple[str, str]:
        """Return a sentence that tells of the happening, and the clause in it that does."""
        words = table(language)
        clause = self.rng.choice(words["clauses"][self.what]).format(
            toll=self.toll,
            place=_PLACES[language][self.place],
            date=_day(self.day, language),
        )
        named = [name(source, language) for source in chain]
        slots = {"clause": clause, "source": named[-1] if named else ""}
        slots["outlet"] = named[0] if named else ""
        template = self.rng.choice(words[_frame(chain)]["t"])
        sentence = template.format(**slots, **{k.title(): _capital(v) for k, v in slots.items()})
        start = sentence.lower().index(clause.lower())
        return sentence, sentence[start : start + len(clause)]

    def _filled(self, fact: "_Fact", language: str) -> str:
        places = _PLACES[language]
        filler: str = table(language)["filler"]["t"][fact.filler]
        return filler.format(
            place=places[self.place],
            town=places[(self.place + fact.town) % len(places)],
            n=fact.n,
            date2=_day(fact.day, language),
        )

    def _figures(self) -> tuple[int, int, date]:
        """Return a number, how far down the list another place stands, and an earlier day."""
        day = self.day - timedelta(days=self.rng.randint(10, 300))
        return self.rng.randint(111, 989), self.rng.randint(1, 7), day

    def _credit(self, kind: str, of: Report, language: str) -> str:
        credit: str = self.rng.choice(table(language)[kind])
        return credit.format(outlet=name(of.outlet, of.language))

    def _next_day(self) -> date:
        last = self.reports[-1].day if self.reports else self.day
        return last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a sentence beside the telling says."""

    filler: int
    n: int
    town: int
    day: date


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a report says, in whatever language; ``at`` is where the telling stands in it."""

    outlet: Source
    chain: tuple[Source, ...]
    facts: tuple[_Fact, ...]
    at: int
    text_of: int


def _frame(chain: tuple[Source, ...]) -> str:
    """Return the name of the wordings in which such a chain is told."""
    if len(chain) > 1:
        return "outlet_outlet" if chain[1].kind is SourceKind.OUTLET else "outlet_source"
    frames = {
        SourceKind.PERSON: "named",
        SourceKind.BODY: "body",
        SourceKind.ANONYMOUS: "unnamed",
        SourceKind.OUTLET: "outlet",
    }
    return frames[chain[0].kind] if chain else "own"


def _day(day: date, language: str) -> str:
    words = table(language)
    month = words["months"][day.month - 1]
    return str(words["day"].format(day=day.day, month=month, year=day.year))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
