"""Which words open what somebody says, thinks, asks or promises?

Tables hold one verb per line; the persons and genders are derived here, since
they follow from grammar. A `Frame` is one such opening found in a sentence: the
cue, whose words follow, to whom, and from where to where they run. Finding
frames is the business of the grammar of each language (`arabic`, `latin`);
who stands behind them is worked out in `tawatur.reading.speakers`.
"""

from dataclasses import dataclass, field
from functools import cache, lru_cache

from tawatur.reading.tables import rows
from tawatur.reading.text import fold_word

Range = tuple[int, int]  # first token and the one after the last

_NOUN_PREFIXES = ("وال", "فال", "بال", "كال", "لل", "ال", "ول", "وب", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a verb of saying; ``gender`` is that of its subject if the form shows it."""

    lemma: str
    kind: str
    preposition: str = ""
    gender: str = ""
    participle: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One opening: token ranges, all within one sentence.

    ``content`` ends where the grammar is sure that it does, else with the sentence.
    ``source`` is None where the subject is a pronoun or not expressed. ``whole`` says
    that the clause with its verb is the content: a request, a welcome.
    """

    first: int
    end: int
    cue: Range
    kind: str
    content: Range
    source: Range | None = None
    to: Range | None = None
    gender: str = ""
    direct: bool = False
    joined: bool = False  # goes on from the frame before: same level, not nested in it
    same_speaker: bool = False
    whole: bool = False
    beside: bool = False  # according to: names a source without being the verb
    relayed: Range | None = None  # whom the source cites: X quoted from Y
    teller: Range | None = None  # who tells that the source says it: X, according to Y, said
    via: Range | None = None  # the outlet to which the source says it, and which passes it on
    rumour: bool = False
    impersonal: bool = False  # it is to be noted that: the author goes on himself
    pronoun: Range | None = None  # the subject where it is a pronoun that stands in the text
    plural: bool = False  # an Arabic plural: its subject, if any, stands before it


@dataclass(frozen=True, slots=True)
class Naming:
    """What the grammar needs to know of the names and times of the text, by token."""

    starts: dict[int, tuple[int, str, str]]  # first token: token after the last, entity id, type
    times: frozenset[int]  # tokens at which a time expression begins
    time_ends: dict[int, int] = field(default_factory=dict)  # where each of them ends
    ends: frozenset[int] = field(init=False)  # tokens after the last of a name

    def __post_init__(self) -> None:
        """Find where the names end."""
        object.__setattr__(self, "ends", frozenset(end for end, _, _ in self.starts.values()))

    def first_in(self, within: Range, kinds: frozenset[str]) -> tuple[int, int, str, str] | None:
        """Return the first mention of one of ``kinds`` that begins in the range."""
        for at in range(*within):
            mention = self.starts.get(at)
            if mention and mention[2] in kinds:
                return at, *mention
        return None


PEOPLE = frozenset({"PER"})
SPEAKERS = frozenset({"PER", "ORG", "GPE"})


@cache
def forms(language: str) -> dict[str, Cue]:
    """Return every folded form of the language's verbs of saying."""
    found: dict[str, Cue] = {}
    for row in rows(language, "cues"):
        made = _arabic_forms(row) if language == "ar" else _latin_forms(row)
        for form, cue in made:
            found.setdefault(form, cue)
    return found


def arabic_past(past: str) -> dict[str, str]:
    """Return the third-person past forms of a verb, folded, each with its gender or plural."""
    stem = fold_word(past)
    short = stem[:-1] if past[-1] in "ىيا" and past[-1] != "ي" else stem
    return {stem: "m", short + "ت": "f", short + "وا": "p", short + "تا": "f"} | (
        {} if short != stem else {stem + "ا": "m"}
    )


def arabic_present(present: str) -> dict[str, str]:
    """Return the third-person present forms of a verb, folded, each with its gender or plural."""
    stem = fold_word(present)
    she = "ت" + stem[1:]
    short = stem[:-1] if stem[-1] in "يو" else stem
    return {
        stem: "m",
        she: "f",
        short + "ون": "p",
        short + "وا": "p",
        stem + "ان": "m",
        she + "ان": "f",
    } | ({short: "m", "ت" + short[1:]: "f"} if short != stem else {})


def _arabic_forms(row: dict[str, str]) -> list[tuple[str, Cue]]:
    kind, preposition = row["kind"], fold_word(row["preposition"]).strip("-")
    lemma = fold_word(next(row[c] for c in ("past", "present", "participle") if row[c] != "-"))
    made = []
    if row["past"] != "-":
        for form, person in arabic_past(row["past"]).items():
            made.append((form, _person(lemma, kind, preposition, person)))
    if row["present"] != "-":
        for form, person in arabic_present(row["present"]).items():
            made.append((form, _person(lemma, kind, preposition, person)))
    if row["participle"] != "-":
        stem = fold_word(row["participle"]).removesuffix("ا")
        made += [
            (stem + ending, Cue(lemma, kind, preposition, participle=True))
            for ending in ("ا", "ه", "ين", "ان")
        ]
    return made


def _person(lemma: str, kind: str, preposition: str, person: str) -> Cue:
    gender = "" if person == "p" else person
    return Cue(lemma, kind, preposition, gender, plural=person == "p")


def _latin_forms(row: dict[str, str]) -> list[tuple[str, Cue]]:
    lemma = fold_word(row["verb"])
    return [
        (fold_word(form), Cue(lemma, row["kind"], participle=False))
        for form in row["forms"].split("|")
    ] + [
        (fold_word(form), Cue(lemma, row["kind"], participle=True))
        for form in row["participle"].split("|")
        if form != "-"
    ]


@cache
def infinitives(language: str) -> dict[str, Cue]:
    """Return the folded French infinitives of the verbs of saying: a tenu à rappeler que.

    English has no form of its own for them.
    """
    made = [Cue(fold_word(row["verb"]), row["kind"]) for row in rows(language, "cues")]
    return {cue.lemma: cue for cue in made} if language == "fr" else {}


@cache
def source_nouns(language: str) -> dict[str, str]:
    """Return each folded noun that can head a source phrase with the kind of source it makes."""
    return {fold_word(row["noun"]): row["kind"] for row in rows(language, "sources")}


@cache
def word_set(language: str, name: str) -> frozenset[str]:
    """Return the first column of a table of single words, folded."""
    return frozenset(fold_word(next(iter(row.values()))) for row in rows(language, name))


@cache
def sided_heads(language: str) -> dict[str, frozenset[str]]:
    """Return the bodies that a side of the world may name, each with what must not stand before."""
    return {
        row["word"]: frozenset(row["not_after"].split()) for row in rows(language, "sided_heads")
    }


@cache
def phrases(language: str, name: str) -> tuple[tuple[tuple[str, ...], dict[str, str]], ...]:
    """Return the entries of a table of phrases as folded words, longest first."""
    made = [
        (tuple(fold_word(word) for word in next(iter(row.values())).split()), row)
        for row in rows(language, name)
    ]
    return tuple(sorted(made, key=lambda entry: -len(entry[0])))


@cache
def phrase_heads(
    language: str, name: str
) -> dict[str, list[tuple[tuple[str, ...], dict[str, str]]]]:
    """Return the phrases of a table by their first word."""
    heads: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
    for words, row in phrases(language, name):
        heads.setdefault(words[0], []).append((words, row))
    return heads


@lru_cache(maxsize=40_000)
def arabic_noun_key(word: str) -> str:
    """Return the source noun that a folded Arabic word holds, without what is joined to it."""
    nouns = source_nouns("ar")
    for candidate in bare_forms(word):
        if candidate in nouns:
            return candidate
    return ""


def bare_forms(word: str) -> tuple[str, ...]:
    """Return the word and what is left of it without what may be joined to its front and end."""
    found = [word]
    found += [
        word.removeprefix(prefix)
        for prefix in _NOUN_PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 3
    ]
    for candidate in tuple(found):
        for suffix in ("نا", "ها", "هم", "ه", "ا"):
            if candidate.endswith(suffix) and len(candidate) - len(suffix) >= 3:
                found.append(candidate.removesuffix(suffix))
                if suffix in ("ها", "هم", "نا") and found[-1].endswith("ت"):
                    found.append(found[-1][:-1] + "ه")
    return tuple(found)


@cache
def group(language: str, name: str) -> frozenset[str]:
    """Return the folded words of one group of the language's table of grammar words."""
    return frozenset(
        fold_word(row["word"]) for row in rows(language, "grammar") if row["group"] == name
    )
