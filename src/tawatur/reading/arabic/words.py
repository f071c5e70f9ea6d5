"""Which Arabic words say, and what is joined to them?

A word may carry a conjunction, a preposition or a pronoun; each question here is
about one folded word, or about one token where only the letters as written tell.
"""

from functools import cache, lru_cache

from tawatur.reading.cues import Cue, arabic_noun_key, forms, group, phrases, source_nouns
from tawatur.reading.text import BREAK, STOP, WORD, Tokens
from tawatur.reading.verbs import arabic_pasts

_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم", "ا", "ي", "نني")
COMPLEMENTISERS = frozenset("ان" + p for p in _PRONOUNS) | {"فغنه"}
_OBJECTS = ("هما", "هم", "ها", "نا", "ني", "ه")
_WITH_BA = frozenset("ب" + c for c in COMPLEMENTISERS)
TELLING = frozenset(
    {"document", "say", "add", "think", "claim", "warn", "tell", "publish", "guess"}
)


def bare(word: str) -> str:
    """Return a folded word without a joined conjunction (و، ف)."""
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def is_complementiser(word: str) -> bool:
    """Return whether the folded word opens a content clause; a joined و or ف may stand before."""
    if word in COMPLEMENTISERS or word in _WITH_BA:
        return True
    rest = word[1:]
    return word[:1] in ("و", "ف") and (rest in COMPLEMENTISERS or rest in _WITH_BA)


def cue_at(tokens: Tokens, at: int) -> tuple[Cue, bool] | None:
    """Return the verb of saying at a token, and whether a conjunction is joined to it."""
    found = cue_of(tokens.words[at])
    if found is None or tokens.words[at] in ("ردا", "وردا"):  # in answer to
        return None
    if found[0].participle and tokens.words[at][-1] == "ه":
        # "its seat" looks like a participle without the dots of its ending
        return found if tokens.text[tokens.ends[at] - 1] in "ة\u064b" else None
    if found[0].participle and found[0].lemma in ("امر", "امل", "اسف"):
        written = tokens.text[tokens.starts[at] : tokens.starts[at] + 2]
        return found if "آ" in written else None  # else: the noun
    if bare(tokens.words[at]) == "بين" and at:
        # "between", unless it opens the sentence
        return found if tokens.kinds[at - 1] in (BREAK, STOP) else None
    if found[0].lemma == "اطلع":
        start = tokens.starts[at] + (tokens.words[at][0] in "وف")
        return found if tokens.text[start] == "أ" else None  # else: who saw it, not who showed it
    apart = at > 0 and tokens.words[at - 1] == "و"  # a conjunction written apart from its verb
    return found[0], found[1] or apart


def joined_cue(tokens: Tokens, at: int) -> bool:
    """Return whether a finite verb of saying with a conjunction joined to it stands at a token."""
    found = cue_at(tokens, at)
    return found is not None and found[1] and not found[0].participle


def told_next(tokens: Tokens, at: int) -> bool:
    """Return whether "and" with a verb of telling in the past stands at a token: وقال، ونفى."""
    found = cue_at(tokens, at)
    return (
        found is not None
        and found[1]
        and found[0].kind in TELLING | {"deny"}
        and bare(tokens.words[at]) in arabic_pasts()
    )


@lru_cache(maxsize=20_000)
def cue_of(word: str) -> tuple[Cue, bool] | None:
    """Return the verb of saying that a word is, and whether a conjunction is joined to it."""
    known = forms("ar")
    if word in known:
        return known[word], False
    if word[:1] in ("و", "ف", "س") and len(word) > 3:
        rest = word[1:]
        if rest in known:
            return known[rest], word[0] != "س"
        if rest[:1] == "س" and rest[1:] in known:
            return known[rest[1:]], True
    return None


@lru_cache(maxsize=20_000)
def cue_with_object(word: str) -> tuple[Cue, bool] | None:
    """Return the verb of telling that a word is, if its addressee is a joined pronoun."""
    if not word.endswith(_OBJECTS):
        return None
    known = forms("ar")
    for suffix in _OBJECTS:
        if word.endswith(suffix) and len(word) > len(suffix) + 3:
            stem = word.removesuffix(suffix)
            for candidate, joined in ((stem, False), (stem[1:] if stem[0] in "وف" else "", True)):
                last = candidate[:-1] + "ي" if candidate.endswith("ا") else candidate
                for form in (candidate, last):
                    if form in known and known[form].kind in ("tell", "act"):
                        return known[form], joined
    return None


def is_outlet(tokens: Tokens, at: int) -> bool:
    """Return whether the token is a noun for an outlet: the paper, the agency."""
    return source_nouns("ar").get(arabic_noun_key(tokens.words[at])) == "outlet"


@lru_cache(maxsize=20_000)
def says(word: str) -> bool:
    """Return whether a word is a verb of saying, with or without a joined object pronoun."""
    known = forms("ar")
    for candidate in (word, word.removesuffix("ه"), word.removesuffix("ها")):
        cue = known.get(candidate)
        if cue and not cue.participle and cue.kind in TELLING:
            return True
    return False


@lru_cache(maxsize=20_000)
def is_utterance(word: str) -> bool:
    """Return whether a word names the occasion or the form of what is said: a statement, a talk."""
    nouns = group("ar", "utterances")
    return any(
        word.removesuffix(ending) in nouns or word.removesuffix(ending) + "ه" in nouns
        for ending in ("", "ات", "ين", "ه", "ها", "هم", "ته", "تها")
    )


def told_apart(tokens: Tokens, at: int) -> bool:
    """Return whether a noun is "the source", which no outlet has as its own."""
    return source_nouns("ar").get(arabic_noun_key(tokens.words[at])) == "anonymous source"


def is_relational(word: str) -> bool:
    """Return whether a word has the ending of an adjective made of a noun: امني، رسميه."""
    return len(word) > 3 and word.endswith(
        ("ي", "يه", "يين", "يون", "رفيع", "مطلع", "كبير", "مسوول", "بارز")
    )


def is_definite(tokens: Tokens, at: int) -> bool:
    """Return whether the token is a word with the article."""
    return tokens.kinds[at] == WORD and tokens.words[at].startswith("ال")


def noun_of_saying_in(word: str) -> tuple[str, str, bool] | None:
    """Return a noun of saying, its kind, and whether a pronoun is joined to it: تأكيده."""
    return nouns_of_saying().get(word)


@cache
def nouns_of_saying() -> dict[str, tuple[str, str, bool]]:
    """Return the nouns of saying by what they are with all that can be joined to them."""
    found: dict[str, tuple[str, str, bool]] = {}
    kinds = {words[0]: row["kind"] for words, row in phrases("ar", "masdars")}
    for prefix in ("", "ب", "ل", "و", "ف"):
        for pronoun in ("", "ه", "ها", "هم"):
            for noun, kind in kinds.items():
                found.setdefault(prefix + noun + pronoun, (noun, kind, bool(pronoun)))
    return found
