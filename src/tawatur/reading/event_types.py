"""Of which of PLOVER's types is what a statement tells?

Tables give the types of verbs, of nouns of action and of idioms. The main verb tells
the type, unless it only carries a noun (launch an attack); a noun of action tells it
where it leads the statement. What nothing types is a state of affairs.

Known cost: what a word without a type stands for (to run out of patience) is not seen.
"""

from functools import cache, lru_cache

from tawatur.model.reading import EventType
from tawatur.reading.clauses import phrase_at
from tawatur.reading.cues import Range, arabic_past, arabic_present, forms, group, phrases, word_set
from tawatur.reading.polarity import denial_at
from tawatur.reading.tables import rows
from tawatur.reading.text import BREAK, STOP, WORD, Tokens, fold_word
from tawatur.reading.verbs import verb_at

_PREFIXES = (
    *("وال", "فال", "بال", "كال", "لل", "ال", "وس", "فس"),
    *("وب", "ول", "س", "و", "ف", "ب", "ل"),
)
_PRONOUNS = {"هما", "هم", "ها", "نا", "ه"}  # what may be joined to a noun in ta marbuta
_EVENT_OF_CUE = {
    "request": EventType.REQUEST,
    "threat": EventType.THREATEN,
    "agree": EventType.AGREE,
}


@cache
def _events(language: str) -> tuple[dict[str, EventType], dict[str, EventType]]:
    """Return folded verb forms and folded nouns with their types."""
    verbs: dict[str, EventType] = {}
    nouns: dict[str, EventType] = {}
    for row in rows(language, "events"):
        kind = EventType(row["type"])
        if language == "ar":
            if row["part"] == "noun":
                nouns.setdefault(fold_word(row["word"]), kind)
                continue
            made = set(arabic_past(row["word"]))
            if row["present"] != "-":
                made |= set(arabic_present(row["present"]))
        else:
            made = {fold_word(word) for word in row["forms"].split("|")}
            if row["part"] == "noun":
                for form in made:
                    nouns.setdefault(form, kind)
                continue
        for form in made:
            verbs.setdefault(form, kind)
    return verbs, nouns


@cache
def _idioms(language: str) -> dict[str, list[tuple[tuple[str, ...], EventType]]]:
    """Return the expressions of several words that have a type, by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], EventType]]] = {}
    for row in rows(language, "idioms"):
        for phrase in next(iter(row.values())).split("|"):
            words = tuple(fold_word(word) for word in phrase.split())
            for joined in ("", "و", "ف") if language == "ar" else ("",):
                found.setdefault(joined + words[0], []).append((words, EventType(row["type"])))
    return {head: sorted(entries, key=lambda e: -len(e[0])) for head, entries in found.items()}


def _idiom(tokens: Tokens, at: int, end: int, language: str) -> EventType | None:
    """Return the type of the expression of several words that begins at ``at``."""
    entries = _idioms(language).get(tokens.words[at])
    for words, kind in entries or ():
        stop = at + len(words)
        if stop <= end and tokens.words[at + 1 : stop] == words[1:]:
            return kind
    return None


@lru_cache(maxsize=40_000)
def event_of(word: str, language: str) -> tuple[EventType, bool] | None:
    """Return the type of one folded word and whether it is a verb."""
    verbs, nouns = _events(language)
    if language != "ar":
        if word in nouns:
            return nouns[word], False
        if word in verbs:
            return verbs[word], True
        return None
    for candidate in arabic_candidates(word):
        noun = nouns.get(candidate)
        if noun is not None:
            return noun, False
        if candidate in verbs:
            return verbs[candidate], True
    return None


def arabic_candidates(word: str) -> list[str]:
    """Return a folded word and what is left of it without what may be joined to it."""
    found = [word]
    found += [
        word.removeprefix(prefix)
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 3
    ]
    for candidate in tuple(found):
        for suffix in ("هما", "هم", "ها", "نا", "ه", "ين", "ان", "ات", "ا"):
            if candidate.endswith(suffix) and len(candidate) - len(suffix) >= 3:
                rest = candidate.removesuffix(suffix)
                found.append(rest)
                if suffix in _PRONOUNS and rest.endswith("ت"):
                    found.append(rest[:-1] + "ه")
                if suffix in ("ات", "ين", "ان"):
                    found.append(rest + "ه")
                if suffix in ("ين", "ان") and rest.endswith("ت"):
                    found.append(rest[:-1] + "ه")
    return found


@cache
def _carriers(language: str) -> frozenset[str]:
    """Return the forms of verbs that only carry a noun: to give support, donner son accord."""
    return group(language, "light")


def _latin_event(tokens: Tokens, claim: Range, language: str, cue: str) -> EventType:
    """Return the type of a French or English statement.

    Its main verb tells it, unless that only carries a noun; then what is done in the
    infinitive or by a noun of action, whichever stands first.
    """
    verbs, nouns = _events(language)
    relatives = word_set(language, "relatives")
    light, helpers = _carriers(language), group(language, "participle_auxiliaries")
    denial = denial_at(tokens, claim, language)
    spoken, idioms = forms(language), _idioms(language)
    first: EventType | None = None
    carried: EventType | None = None
    plain = False  # whether a verb without a type has stood before
    words = 0
    for k in range(claim[0] if denial is None else denial + 1, claim[1]):
        if tokens.kinds[k] != WORD:
            continue
        word = tokens.words[k]
        if word in relatives and words and (first or carried):
            break
        words += 1
        idiom = _idiom(tokens, k, claim[1], language) if word in idioms else None
        if idiom:
            return idiom
        verb, noun = verbs.get(word), nouns.get(word)
        if verb is None and noun is None:
            plain = plain or (
                verb_at(tokens, k, language)
                and word not in light
                and word not in helpers
                and word not in group(language, "finite")
                and word not in spoken
            )
            continue
        before = tokens.words[max(claim[0], k - 3) : k]
        main = verb is not None and (
            verb_at(tokens, k, language) or any(w in helpers for w in before)
        )
        if main and noun is not None and before and before[-1] in group(language, "before_nouns"):
            main = False
        if main and verb is not None:
            if word in light:
                carried = carried or verb
                continue
            return verb
        if plain:
            continue  # what an ordinary verb acts on is not what happens
        adjective = noun is None and (
            bool(before) and before[-1] in group(language, "before_nouns") - {"to", "de", "d'"}
        )
        if adjective or (noun is None and _apposed_participle(tokens, k, language)):
            continue
        kind = noun if noun is not None else verb
        if first is None and kind and not _fought(tokens, k, claim[0], language):
            first = kind
    return first or carried or _EVENT_OF_CUE.get(cue, EventType.STATE)


def _apposed_participle(tokens: Tokens, at: int, language: str) -> bool:
    """Return whether a French participle only qualifies what stands before: "arrivés la nuit"."""
    end = tokens.text[tokens.starts[at] : tokens.ends[at]]
    return language == "fr" and end.endswith(("é", "ée", "és", "ées"))


def event_type(tokens: Tokens, claim: Range, language: str, cue: str, *, whole: bool) -> EventType:
    """Return the type of a statement; ``whole`` says that its own verb is the verb of saying.

    ``cue`` is the kind of the innermost verb of saying above it, or empty.
    """
    if language == "ar":
        kind = _arabic_event(tokens, claim, cue, whole=whole)
    else:
        kind = _latin_event(tokens, claim, language, cue)
    if kind is EventType.AID and not group(language, "wages").isdisjoint(
        tokens.words[claim[0] : claim[1]]
    ):
        return EventType.STATE  # what is paid for work is no aid
    return kind


@cache
def _light() -> dict[str, str]:
    """Return the forms of Arabic verbs that leave the type to a noun, and how each does."""
    found: dict[str, str] = {}
    for row in rows("ar", "light_verbs"):
        for column, derive in (("past", arabic_past), ("present", arabic_present)):
            if row[column] != "-":
                found = dict.fromkeys(derive(row[column]), row["how"]) | found
    return found


@cache
def _hedging() -> frozenset[str]:
    """Return the words, conjunctions joined or not, with which a phrase of hedging begins."""
    found = {
        words[0]
        for words, row in phrases("ar", "modality")
        if row["modality"] == "hedged" and len(words) > 1
    }
    return frozenset(letter + word for word in found for letter in ("", "و", "ف"))


@lru_cache(maxsize=40_000)
def adjective_stem(word: str) -> str:
    """Return an adjective without conjunction, article and the endings of gender and number."""
    for prefix in ("وال", "ال", "و", "ف", "ل", "ب"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            word = word[len(prefix) :]
            break
    for ending in ("ون", "ين", "ه", "ا"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=40_000)
def _lightness(word: str) -> str:
    light = _light()
    for prefix in ("", "و", "ف", "س", "وس", "فس"):
        if word.startswith(prefix) and word[len(prefix) :] in light:
            return light[word[len(prefix) :]]
    return ""


_NOUN_WITHIN = 6  # words between a light verb and the noun that says what happened
_SUBJECT_HEAD = 3  # words in which the head of a sentence without verb stands


def _arabic_event(tokens: Tokens, claim: Range, cue: str, *, whole: bool) -> EventType:
    """Return the type of an Arabic statement: that of its predicate, else of its head noun.

    What stands after a relative pronoun, or after a verb that is the predicate already,
    says nothing of the type. What is denied has the type of the thing denied.
    """
    denial = denial_at(tokens, claim, "ar")
    first = claim[0] if denial is None else denial + 1
    relatives = word_set("ar", "relatives")
    hedging, ready, idioms = _hedging(), group("ar", "ready"), _idioms("ar")
    nouns: list[tuple[int, EventType]] = []
    words = 0
    how = ""  # what the verb before leaves open
    own: EventType | None = None  # the type of a light verb itself
    since = 0
    k = first
    while k < claim[1]:
        if tokens.kinds[k] != WORD:
            since += _NOUN_WITHIN * (tokens.kinds[k] in (STOP, BREAK))
            k += 1
            continue
        word = tokens.words[k]
        hedge = phrase_at(tokens, k, claim[1], "ar", "modality") if word in hedging else None
        if hedge and hedge[1]["modality"] == "hedged" and hedge[0] > k + 1:
            k, words = hedge[0], words + 1
            continue
        if word in relatives and words:
            break
        words += 1
        since += 1
        idiom = _idiom(tokens, k, claim[1], "ar") if word in idioms else None
        if idiom:
            return idiom
        found = event_of(word, "ar")
        if found and not found[1]:
            if denial is not None:
                return found[0]
            if not _fought(tokens, k, first, "ar"):
                nouns.append((words, found[0]))
                if how in ("light", "aspect") and since <= _NOUN_WITHIN:
                    return found[0]
                near = since <= _OBJECT_WITHIN
                if how in ("other", "copula") and near and tokens.words[k - 1] not in _CIRCUMSTANCE:
                    return found[0]
        elif adjective_stem(word) in ready:
            how, since = "aspect", 0
        elif verb_at(tokens, k, "ar") and not (k > first and word in group("ar", "nouns_too")):
            light = _lightness(word)
            if (
                not light
                and not found
                and not how
                and (word in forms("ar") or word[1:] in forms("ar"))
            ):
                light = "aspect"  # to vow, to deny: what it is that is vowed
            if cue == "deny" and whole and words <= 2:
                how, since = "aspect", 0
            elif how == "light" and own is not None:
                return own
            elif light in ("light", "happens"):
                before = [kind for at, kind in nouns if at <= _SUBJECT_HEAD + 2]
                if light == "happens" and before:
                    return before[-1]
                how, since = "light", 0
                own = found[0] if found else None
            elif light in ("aspect", "copula"):
                how, since = light, 0
            elif found:
                return found[0]
            elif not how and not _governed(tokens, k, first):
                how, since = "other", 0
        k += 1
    if own is not None:
        return own
    if any(kind is EventType.CRIME for _, kind in nouns):
        return EventType.CRIME  # trafficking is what it is about, whatever is said of it
    if nouns and nouns[0][0] <= _HEADS.get(how, _NOMINAL):
        return nouns[0][1]
    return _EVENT_OF_CUE.get(cue, EventType.STATE)


_HEADS = {"copula": _SUBJECT_HEAD, "other": 0}
_NOMINAL = 5  # words in which the noun that a sentence without verb is about stands
_OBJECT_WITHIN = 3  # words between an untyped verb and its object
_CIRCUMSTANCE = frozenset(("بعد", "قبل", "عقب", "اثر", "خلال", "منذ", "مع", "من", "رغم", "بسبب"))


def _governed(tokens: Tokens, at: int, first: int) -> bool:
    """Return whether a preposition stands before a word, which then is no verb."""
    return at > first and tokens.words[at - 1] in ("من", "في", "الي", "علي", "عن", "بعد", "قبل")


def _fought(tokens: Tokens, at: int, first: int, language: str) -> bool:
    """Return whether the noun is only what somebody works against or on: the fight against X."""
    against = word_set(language, "against")
    return at > first and tokens.words[at - 1] in against
