"""Where does an Arabic sentence say that somebody says something?

The verb may stand first (قال الوزير إن …) or after its subject (المصدر أشار إلى
أن …); the subject may be left out and shows only in the verb's gender; titles
and appositions stand between subject and content. What is said begins at a
complementiser (أن، إن، بأن …), a quotation mark, a colon, or the verb's own
preposition. A verb with none of these, and no name after it, opens nothing.
"""

from dataclasses import replace
from functools import cache, lru_cache

from tawatur.model.text import without_marks
from tawatur.reading.clauses import names_action, verb_at
from tawatur.reading.cues import (
    PEOPLE,
    SPEAKERS,
    Cue,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    forms,
    group,
    phrase_heads,
    phrases,
    source_nouns,
    word_set,
)
from tawatur.reading.text import (
    BREAK,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    END_PAREN,
    OPEN,
    PAREN,
    STOP,
    WORD,
    Tokens,
    fold_word,
)

_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم", "ا", "ي", "نني")
COMPLEMENTISERS = frozenset("ان" + p for p in _PRONOUNS) | {"فغنه"}
_WITH_BA = frozenset("ب" + c for c in COMPLEMENTISERS)
# Words between a verb and its complementiser, appositions included.
_FURTHEST = {"tell": 48, "say": 40, "warn": 30, "deny": 30, "claim": 30, "think": 30, "add": 36}
_FURTHEST_ELSE = 22
_LONGEST_SOURCE = 12
_ANNOUNCED_WITHIN = 6  # words between a speaker and the noun of action it announces
_SPOKEN = frozenset(
    {"قال", "قالت", "ذكر", "ذكرت", "افاد", "افادت", "اعلن", "اعلنت", "يقول", "تقول"}
)
_INVERTING = ("say", "add", "think", "warn", "claim", "ask")


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
    found = _cue_of(tokens.words[at])
    if tokens.words[at] in ("ردا", "وردا"):
        return None  # in answer to
    if found and found[0].participle and tokens.words[at][-1] == "ه":
        # "its seat" looks like a participle without the dots of its ending
        return found if tokens.text[tokens.ends[at] - 1] in "ة\u064b" else None
    if found and found[0].participle and found[0].lemma in ("امر", "امل", "اسف"):
        written = tokens.text[tokens.starts[at] : tokens.starts[at] + 2]
        return found if "آ" in written else None  # else: the noun
    if found and found[0].lemma == "اطلع":
        start = tokens.starts[at] + (tokens.words[at][0] in "وف")
        return found if tokens.text[start] == "أ" else None  # else: who saw it, not who showed it
    return found


def joined_cue(tokens: Tokens, at: int) -> bool:
    """Return whether a finite verb of saying with a conjunction joined to it stands at a token."""
    found = cue_at(tokens, at)
    return found is not None and found[1] and not found[0].participle


@lru_cache(maxsize=20_000)
def _cue_of(word: str) -> tuple[Cue, bool] | None:
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
def _with_object(word: str) -> tuple[Cue, bool] | None:
    """Return the verb of telling that a word is, if its addressee is a joined pronoun."""
    known = forms("ar")
    for suffix in ("هما", "هم", "ها", "نا", "ني", "ه"):
        if word.endswith(suffix) and len(word) > len(suffix) + 3:
            stem = word.removesuffix(suffix)
            for candidate, joined in ((stem, False), (stem[1:] if stem[0] in "وف" else "", True)):
                last = candidate[:-1] + "ي" if candidate.endswith("ا") else candidate
                for form in (candidate, last):
                    if form in known and known[form].kind in ("tell", "act"):
                        return known[form], joined
    return None


@lru_cache(maxsize=20_000)
def _may_open(word: str) -> bool:
    """Return whether a word can be the cue of a frame at all; most words cannot."""
    heads = phrase_heads("ar", "adverbial_cues")
    opening = group("ar", "rumours") | group("ar", "learning") | group("ar", "impersonal")
    if word.removeprefix("و") in _AS or word in ("كما", "وكما"):
        return True
    if _masdar(word) is not None or bare(word) in _STANDS_IN:
        return True
    return (
        word in heads
        or word[1:] in heads
        or word in opening
        or word[1:] in opening
        or _cue_of(word) is not None
        or _cue_of(word.removesuffix("ها").removesuffix("ه")) is not None
        or word.startswith(("نفا", "اكد"))
        or _with_object(word) is not None
    )


def frames(tokens: Tokens, within: Range, naming: Naming) -> tuple[Frame, ...]:
    """Return the frames of one sentence in order of their cues."""
    first, end = within
    found: list[Frame] = []
    at = first
    while at < end:
        frame = None
        if tokens.kinds[at] == WORD and _may_open(tokens.words[at]):
            frame = _beside(tokens, at, within, naming) or _verb(tokens, at, within, naming, found)
        if frame:
            found.append(frame)
            at = max(at + 1, frame.cue[1] if not frame.beside else frame.end)
        else:
            at += 1
    return tuple(found)


def _beside(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of a phrase such as بحسب that begins at ``at``."""
    word = tokens.words[at]
    as_told = _as_told(tokens, at, within, naming)
    if as_told:
        return as_told
    heads = phrase_heads("ar", "adverbial_cues")
    entries = heads.get(word) or (heads.get(word[1:]) if word[:1] in ("و", "ف") else None)
    opening = at == within[0] or (
        at == within[0] + 1 and tokens.words[within[0]] in ("و", "وقد", "كما")
    )
    for words, row in entries or ():
        if row["scope"] == "opening" and not opening:
            continue
        stop = _match(tokens, at, within[1], words)
        if stop is None:
            continue
        if stop < 0:  # a joined ل: the noun begins in this very word
            source_from = at + len(words) - 1
        else:
            # في بيان X: the statement itself is the source, unless a speaker is named after it.
            source_from = stop if row["scope"] == "clause" else stop - 1
        if row["scope"] == "clause" and stop > 0 and tokens.words[stop : stop + 1] != ():
            own = stop < within[1] and tokens.words[stop] in _OWN_WORDS
            if own or tokens.words[stop - 1] in _OWN_WORDS:
                end = stop + own
                return Frame(at, end, (at, end), "say", (end, within[1]), beside=True)
        phrase_end = _noun_phrase_end(tokens, source_from, within[1], naming)
        phrase_end = _past_relative(tokens, phrase_end, within[1])
        if words[-1] in _SPOKEN and _content_follows(tokens, phrase_end, within[1]):
            continue  # "as X said that": the verb itself opens the content
        person = naming.first_in((source_from, phrase_end), PEOPLE)
        spoken = (
            row["scope"] == "opening"
            and person
            and words[1][:4]
            in ("تصري", "مقاب", "حوار", "حديث", "كلمه", "خطاب", "تعلي", "تغري", "مقال")
        )
        if spoken and person:
            source = (person[0], person[1])
        elif row["scope"] == "opening":
            source = (min(source_from, phrase_end - 1), phrase_end)
            if source_from == stop - 1 and phrase_end == stop:
                return None  # "in a statement" and no more names nobody
        else:
            source = (source_from, phrase_end)
        cue_end = stop if row["scope"] == "opening" and stop > 0 else source_from
        if tokens.words[source[0]] in _WORDING and source[1] - source[0] > 1:
            source = (source[0] + 1, source[1])  # in the words of X
        while source[1] - source[0] > 1 and tokens.words[source[1] - 1] in group(
            "ar", "source_ends"
        ):
            source = (source[0], source[1] - 1)
        quoted = tokens.kinds[source[0]] == OPEN and row["scope"] == "clause"
        if source[0] >= source[1] or not (quoted or _speaks(tokens, source, naming)):
            continue
        if words[0] == "كما" and (
            at <= within[0] + 1
            or any(names_action(tokens.words[k], "ar") for k in range(source[0] + 1, source[1]))
        ):
            continue
        if arabic_noun_key(tokens.words[source[0]]) in group("ar", "norms"):
            continue  # in accordance with the law
        return Frame(
            at,
            phrase_end,
            (at, cue_end),
            "think" if {"راي", "براي", "نظر"} & set(words) else "say",
            (phrase_end, within[1]),
            source,
            joined=word not in heads or (at > within[0] and tokens.words[at - 1] == "و"),
            beside=True,
        )
    return None


def _past_relative(tokens: Tokens, at: int, end: int) -> int:
    """Return where a clause that describes a source ends: a copy that the agency has seen."""
    if at >= end or tokens.kinds[at] != WORD or not _DESCRIBES.get(tokens.words[at]):
        return at
    return next((k for k in range(at, min(end, at + 10)) if tokens.kinds[k] == COMMA), at)


_DESCRIBES = dict.fromkeys(
    ("اطلعت", "اطلع", "حصلت", "حصل", "تلقت", "تلقي", "تسلمت", "نشرته", "نشرتها", "بثته", "بثتها",
     "نشره", "نشرها", "بثه", "بثها", "اصدرته", "اصدرها", "اصدره", "وصلت", "وصل", "تحدثت"),
    True,
)  # fmt: skip
_WORDING = frozenset({"وصف", "قول", "تعبير", "كلام", "زعم", "تاكيد", "راي", "اعتقاد"})
_OWN_WORDS = frozenset(  # "in his words": whoever spoke last goes on
    noun + pronoun
    for noun in ("قول", "تعبير", "راي", "كلام", "وصف", "زعم", "تقدير", "رواي" + "ت")
    for pronoun in ("ه", "ها", "هم", "هما")
)
_AS = frozenset({"حسبما", "وفقما", "مثلما"})  # one word each for "according to what"
_AS_WHAT = frozenset({"حسب", "بحسب", "وفق", "علي", "وفقا", "طبقا"})  # followed by ما or لما
_STANDS_IN = frozenset({"جاء", "جاءت", "ورد", "وردت", "نشر", "تضمن"})  # followed by في
_ABOUT_IT = frozenset({"به", "بها", "عنه", "عنها", "اليه", "اليها", "عليه", "عليها", "له", "لها"})


def _as_told(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of "according to what X said": حسب ما أعلنت عنه X، كما أوردته X."""
    word = bare(tokens.words[at])
    verb = at + 1
    if word in _AS_WHAT and verb < within[1] and tokens.words[verb] in ("ما", "لما"):
        verb += 1
    elif word not in _AS and not (word == "كما" and at > within[0]):
        return None
    if verb >= within[1] or tokens.kinds[verb] != WORD:
        return None
    said = tokens.words[verb]
    stands = said in _STANDS_IN and tokens.words[verb + 1 : verb + 2] in (("في",), ("علي",))
    passing_on = said.startswith("نقل")
    learned = said in ("علم", "علمت", "علمه", "علمته") and word in _AS_WHAT | _AS
    if not stands and not passing_on and not learned and not _said_form(said):
        return None
    here = verb + 1
    while here < within[1] and tokens.words[here] in _ABOUT_IT:
        here += 1
    here += stands
    if here + 1 < within[1] and tokens.kinds[here] == COMMA:  # as X said, on the occasion,
        ends = (
            k + 1 for k in range(here + 1, min(within[1], here + 6)) if tokens.kinds[k] == COMMA
        )
        here = next(ends, here)
    if here >= within[1]:
        return None
    here = _past_addressee(tokens, here, within[1], naming)
    if stands and not _is_document(tokens, (here, min(here + 2, within[1]))):
        return None
    end = _noun_phrase_end(tokens, here, within[1], naming)
    if _content_follows(tokens, end, within[1]):
        return None  # the verb opens a content of its own
    if word == "كما" and end < within[1] and tokens.kinds[end] == WORD:
        return None  # more than a speaker follows: "he also stressed the need"
    via = "من" if learned else "عن"
    about = next((k for k in range(here, end) if tokens.words[k] == via), None)
    cited: Range | None = None
    if learned:
        if about is None:
            return None
        own = about <= here + 1 and _is_outlet(tokens, here)  # the paper itself
        cited = _trim(tokens, (about + 1, end), naming)
        if cited is None:
            return None
        if own or about == here:
            return Frame(at, end, (at, about + 1), "say", (end, within[1]), cited, beside=True)
    if passing_on:
        if about is None:
            if not said.endswith(("ه", "ها")) and here == verb + 1:
                return None
        else:
            cited = _trim(tokens, (about + 1, end), naming)
    source = _trim(tokens, (here, about if cited and about else end), naming)
    if source is None or tokens.words[source[0]] in group("ar", "circumstances"):
        return None
    source, to = _parted(tokens, source, Cue("قال", "say"), naming)
    return Frame(
        at,
        end,
        (at, here),
        "say",
        (end, within[1]),
        source,
        to,
        joined=tokens.words[at] != word and tokens.words[at][0] == "و",
        beside=True,
        relayed=cited,
    )


def _past_addressee(tokens: Tokens, at: int, end: int, naming: Naming) -> int:
    """Return where the subject begins after whom it told and when: وفق ما أكده لـX اليوم مصدر."""
    if tokens.words[at][0] != "ل" or arabic_noun_key(tokens.words[at]) == tokens.words[at]:
        return at
    for k in range(at + 1, min(end, at + _OCCASION)):
        if tokens.kinds[k] not in (WORD, OPEN, CLOSE):
            break
        kind = source_nouns("ar").get(tokens.words[k], "")
        if kind and kind != "outlet" and tokens.words[k - 1] not in ("من", "في"):
            return k
    return at


def _is_outlet(tokens: Tokens, at: int) -> bool:
    return source_nouns("ar").get(arabic_noun_key(tokens.words[at])) == "outlet"


@lru_cache(maxsize=20_000)
def _said_form(word: str) -> bool:
    """Return whether a word is a verb of saying, with or without a joined object pronoun."""
    known = forms("ar")
    for candidate in (word, word.removesuffix("ه"), word.removesuffix("ها")):
        cue = known.get(candidate)
        if cue and not cue.participle and cue.kind in _TELLING:
            return True
    return False


_TELLING = frozenset(
    {"document", "say", "add", "think", "claim", "warn", "tell", "publish", "guess"}
)


def _content_follows(tokens: Tokens, at: int, end: int) -> bool:
    return at < end and (
        tokens.kinds[at] in (COLON, OPEN)
        or is_complementiser(tokens.words[at])
        or tokens.words[at] in ("عن", "الي", "علي")
        or tokens.words[at - 1] in ("عن", "الي", "علي")
    )


def _match(tokens: Tokens, at: int, end: int, words: tuple[str, ...]) -> int | None:
    """Return the token after the phrase; -1 if its last word is a letter joined to the next."""
    for offset, word in enumerate(words):
        here = at + offset
        if here >= end or tokens.kinds[here] != WORD:
            return None
        found = tokens.words[here]
        if offset == 0 and found != word:
            found = found[1:]
        if word == "ل" and offset == len(words) - 1 and found != "ل":
            return -1 if found.startswith("ل") and len(found) > 3 else None
        if found != word:
            return None
    return at + len(words)


def _noun_phrase_end(tokens: Tokens, at: int, end: int, naming: Naming) -> int:
    """Return where the phrase that begins at ``at`` ends: comma, content, verb or bracket."""
    limit = min(end, at + 16)
    here = at
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if here > at and kind == WORD and _clause_begins(tokens, here, naming):
            break
        if here > at + 1 and kind == WORD and _new_phrase(tokens, here, naming):
            break
        if kind == PAREN and here > at:
            break
        if kind in (COMMA, COLON, STOP, BREAK, DASH, END_PAREN, CLOSE):
            break
        if kind == OPEN and here > at:
            closing = _closing(tokens, here, limit)
            if closing is None or closing - here > 6:
                break
            here = closing + 1
            continue
        if kind == WORD and here > at and (is_complementiser(word) or cue_at(tokens, here)):
            break
        if (
            here > at + 1
            and word[:1] in ("ي", "ت")
            and tokens.words[here - 1] not in word_set("ar", "relatives")
            and verb_at(tokens, here, "ar")
        ):
            break
        here += 1
    return here


_VERBAL = frozenset(
    {"لم", "لن", "ليس", "ليست", "قد", "فقد", "لقد", "فان", "سوف", "لا", "كان", "كانت"}
)


def _clause_begins(tokens: Tokens, at: int, naming: Naming) -> bool:
    """Return whether a word cannot stand within a noun phrase: a particle, a verb in ت or وا."""
    word = tokens.words[at]
    if word in _VERBAL:
        return tokens.words[at - 1] not in _NO_CLAUSE_AFTER
    if at in naming.starts or word[-1] not in ("ت", "ا") or word[-2:] in ("ات", "يا"):
        return False
    return (
        (word[-1] == "ت" or word[-2:] == "وا")
        and tokens.words[at - 1] not in word_set("ar", "relatives")
        and verb_at(tokens, at, "ar")
    )


def _new_phrase(tokens: Tokens, at: int, naming: Naming) -> bool:
    """Return whether an indefinite noun after a closed phrase begins another one."""
    before = tokens.words[at - 1]
    if before in _SELVES:
        return True
    word = tokens.words[at]
    return (
        before.startswith("ال")
        and before not in word_set("ar", "relatives")
        and at not in naming.starts
        and not word.startswith(("ال", "و", "ل", "ب", "ف"))
        and names_action(word, "ar")
    )


_SELVES = frozenset({"نفسه", "نفسها", "نفسهم", "ذاته", "ذاتها", "ذاتهم", "عينه", "عينها"})
_NO_CLAUSE_AFTER = frozenset({"الذي", "التي", "الذين", "ما", "بما", "من", "و"})


def _closing(tokens: Tokens, at: int, end: int) -> int | None:
    """Return the token that closes the quotation mark or bracket at ``at``."""
    close = CLOSE if tokens.kinds[at] == OPEN else END_PAREN
    return next((k for k in range(at + 1, end) if tokens.kinds[k] == close), None)


def _speaks(tokens: Tokens, phrase: Range, naming: Naming) -> bool:
    """Return whether the phrase names somebody or something that can be a source."""
    first = phrase[0]
    while first + 1 < phrase[1] and (
        tokens.kinds[first] != WORD or tokens.words[first] in group("ar", "quantifiers")
    ):
        first += 1
    if naming.first_in((first, min(phrase[1], first + 1)), SPEAKERS):
        return True
    return tokens.kinds[first] == WORD and bool(arabic_noun_key(tokens.words[first]))


def _verb(
    tokens: Tokens, at: int, within: Range, naming: Naming, before: list[Frame]
) -> Frame | None:
    """Return the frame that the verb at ``at`` opens, if it is one and does."""
    word = tokens.words[at]
    if word in group("ar", "rumours") or word[1:] in group("ar", "rumours"):
        return _rumour(tokens, at, within)
    opens = at <= within[0] + 1 or tokens.kinds[at - 1] == COMMA
    if opens and bare(word) in group("ar", "impersonal"):
        told = _impersonal(tokens, at, within)
        if told:
            return told
    which = _denied_before(tokens, at, within, naming)
    if which:
        return which
    found = cue_at(tokens, at) or _with_object(word)
    if found and found[0].participle and tokens.words[at - 1] in ("بدا", "كان", "بات", "يبدو"):
        return None  # "it was striking that"
    if found and "\u064f" in tokens.text[tokens.starts[at] : tokens.starts[at] + 4]:
        return None  # written as a passive: it is thought
    if not found:
        return (
            _learned(tokens, at, within, naming)
            or _noun_of_saying(tokens, at, within, naming)
            or _it_says(tokens, at, within, naming)
        )
    cue, joined = found
    if at > within[0] and tokens.kinds[at - 1] == WORD:
        previous = tokens.words[at - 1]
        open_to = cue.lemma == "استبعد" and bare(previous) in ("لم", "لا")
        if open_to:
            cue, joined = replace(cue, kind="guess"), joined or previous[0] == "و"
        elif previous in group("ar", "negations") or (
            previous[0] in "وف" and previous[1:] in group("ar", "negations")
        ):
            return None
        if previous in ("يمكن", "يجوز", "اكثر"):
            return None
        if (
            not joined
            and word in group("ar", "nouns_too")
            and _is_noun_here(tokens, at)
            and not any(m[0] == at for m in naming.starts.values())
        ):
            return None
        if cue.lemma == "طالب" and not _demands(tokens, at, within, naming):
            return None
        if bare(previous) in _CONDITIONS and cue.kind in _WHOLE_KINDS:
            return None
        if tokens.words[at - 1] in group("ar", "before_equal"):
            joined = joined or previous != "قد"
    before_verb = _inverted(tokens, at, within, naming, cue, before)
    if before_verb:
        return before_verb
    if cue.kind == "relay":
        return _relay(tokens, at, within, naming, cue, joined)
    opening = _opening(tokens, at + 1, within[1], cue)
    if cue.lemma == "عبر" and (opening is None or opening[2] != "preposition"):
        return None  # the preposition "across"
    if cue.lemma == "ذهب" and not (
        opening and opening[2] == "clause" and tokens.words[opening[0]] == "الي"
    ):
        return None  # to go
    if cue.lemma == "اسر" and (opening is None or opening[2] != "clause"):
        return None  # to take prisoner
    if opening is None:
        return _bare_verb(tokens, at, within, naming, cue, joined, before)
    subject_end, content_first, how = opening
    if how == "preposition" and cue.kind in ("act", "request", "threat", "promise"):
        return _whole(tokens, at, within, naming, cue, joined, subject_end)
    if how in ("preposition", "quote") and cue.kind in ("say", "deny", "think", "add"):
        whole_object = _object_before(tokens, at, content_first, naming)
        if whole_object is not None:
            subject_end = content_first = whole_object
            how = "object"
    told_by = _told_by(tokens, at, subject_end, naming)
    subject_end = min(subject_end, told_by[0]) if told_by else subject_end
    source, to, explicit_before = _subject(
        tokens, at, subject_end, within, naming, cue, joined, before
    )
    first = source[0] if source and explicit_before else at
    content_end = within[1]
    if source is not None and _is_evidence(tokens, source[0]):
        content_end = _first_pause(tokens, content_first, content_end)
    if content_first >= content_end:
        return None
    if (
        source is None
        and not joined
        and not cue.participle
        and not _begins_clause(tokens, at, within)
    ):
        return None
    direct = tokens.kinds[content_first] == OPEN
    if direct and how == "clause":
        closing = _closing(tokens, content_first, content_end)
        if closing is not None and closing - content_first <= _SNIPPET:
            direct = closing + 1 >= content_end or tokens.kinds[closing + 1] != WORD
    if (
        cue.lemma in _FOLLOWING
        and source is not None
        and not explicit_before
        and not _speaks(tokens, source, naming)
    ):
        return None  # to follow the matches
    if cue.kind == "document" and (source is None or not _is_document(tokens, source)):
        return None
    if cue.kind == "agree" and how != "clause":
        return None
    return Frame(
        min(first, at),
        content_first,
        (at, at + 1),
        cue.kind,
        (content_first, content_end),
        source,
        to,
        cue.gender,
        direct,
        joined or cue.participle,
        cue.participle,
        relayed=told_by[1] if told_by and source else None,
        rumour=False,
    )


def _object_before(tokens: Tokens, at: int, upto: int, naming: Naming) -> int | None:
    """Return the noun before a preposition with which the content begins: claimed its part in.

    It is a noun of action, or one with a joined pronoun, after a closed subject.
    """
    for k in range(at + 2, upto - 1):
        word, before = tokens.words[k], tokens.words[k - 1]
        if tokens.kinds[k] != WORD or tokens.kinds[k - 1] != WORD or k in naming.starts:
            continue
        ends_name = any(k - j <= 6 and naming.starts.get(j, (0,))[0] == k for j in range(at, k))
        if not (before.startswith("ال") or ends_name) or word.startswith(("ال", "و", "ل", "ب")):
            continue
        owned = word.endswith(("ته", "تها", "تهم")) and not arabic_noun_key(word)
        if names_action(word, "ar") or owned or word in group("ar", "objects"):
            return k
    return None


def _told_by(tokens: Tokens, at: int, end: int, naming: Naming) -> tuple[int, Range] | None:
    """Return where "according to Y" stands between a verb and its content, and Y."""
    heads = phrase_heads("ar", "adverbial_cues")
    for k in range(at + 1, end):
        if tokens.kinds[k] != WORD or tokens.words[k] not in heads:
            continue
        for words, row in heads[tokens.words[k]]:
            stop = _match(tokens, k, end, words)
            if row["scope"] != "clause" or stop is None:
                continue
            source_from = k + len(words) - 1 if stop < 0 else stop
            source = _trim(tokens, (source_from, end), naming)
            if source and _speaks(tokens, source, naming):
                return k, source
    return None


def _is_noun_here(tokens: Tokens, at: int) -> bool:
    """Return whether a word that is a verb or a noun stands where only a noun can."""
    previous = tokens.words[at - 1]
    if previous.startswith("ال") or previous in ("قد", "وقد", "ثم", "كما"):
        return False
    starts = tokens.kinds[at - 1] != WORD or previous in group("ar", "clause_starts")
    return previous not in word_set("ar", "relatives") and (
        verb_at(tokens, at - 1, "ar")
        or not (starts or is_complementiser(previous) or previous in group("ar", "before_equal"))
        or previous
        in ("في", "من", "عن", "علي", "الي", "بعد", "قبل", "اي", "كل", "هناك", "عقب", "اثر")
    )


_COMMENTING = frozenset({"علق", "تحدث", "عقب"})  # he said, commenting on Y, that


def _demands(tokens: Tokens, at: int, within: Range, naming: Naming) -> bool:
    """Return whether what follows طالب lets it be "demanded", not "one who seeks asylum"."""
    if at + 1 >= within[1] or at + 1 in naming.starts or tokens.kinds[at + 1] != WORD:
        return True
    word = tokens.words[at + 1]
    return word.startswith(("ال", "ب")) or bool(arabic_noun_key(word)) or len(word) < _PLURAL - 1


def _is_evidence(tokens: Tokens, at: int) -> bool:
    """Return whether a noun is no speaker but what a writer reasons from: the events show that."""
    word = tokens.words[at]
    return word.removeprefix("ال") in group("ar", "evidence")


def _first_pause(tokens: Tokens, at: int, end: int) -> int:
    """Return the first comma after a clause of some length; evidence says one thing only."""
    return next((k for k in range(at + _CLAUSE, end) if tokens.kinds[k] == COMMA), end)


_SNIPPET = 5  # tokens: so short a quotation is part of the clause that goes on after it
_CLAUSE = 5  # tokens
_FOLLOWING = frozenset({"تابع", "زاد", "مضي", "ختم", "اكمل"})
_CONDITIONS = frozenset({"اذا", "لو", "حال", "كلما", "ريثما", "ان", "لكي", "كي", "حتي"})
_WHOLE_KINDS = frozenset({"act", "request", "promise", "threat", "agree"})


def _inverted(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, before: list[Frame]
) -> Frame | None:
    """Return the frame of a quotation that comes first: «…»، يقول أحد السكان."""
    end = at - 1 if at > within[0] and tokens.kinds[at - 1] == COMMA else at
    if end - within[0] < 3 or tokens.kinds[end - 1] != CLOSE or cue.kind not in _INVERTING:
        return None
    first = next((k for k in range(end - 2, within[0] - 1, -1) if tokens.kinds[k] == OPEN), None)
    stop = _noun_phrase_end(tokens, at + 1, within[1], naming)
    if first is None or stop <= at + 1:
        return None
    if any(frame.direct and frame.content[0] <= first for frame in before):
        return None  # those words have their verb before them
    if stop < within[1] and (
        tokens.kinds[stop] in (COLON, OPEN) or is_complementiser(tokens.words[stop])
    ):
        return None
    source = _trim(tokens, (at + 1, stop), naming)
    if source is None or not _speaks(tokens, source, naming):
        return None
    return Frame(
        first,
        stop,
        (at, at + 1),
        cue.kind,
        (first, end),
        source,
        gender=cue.gender,
        direct=True,
    )


def _begins_clause(tokens: Tokens, at: int, within: Range) -> bool:
    """Return whether a verb without subject begins a clause, so that somebody spoke."""
    return (
        at == within[0]
        or tokens.kinds[at - 1] != WORD
        or tokens.words[at - 1] in group("ar", "clause_starts")
        or is_complementiser(tokens.words[at - 1])
    )


def _is_document(tokens: Tokens, source: Range) -> bool:
    nouns = source_nouns("ar")
    return any(
        nouns.get(arabic_noun_key(tokens.words[k])) == "document"
        for k in range(source[0], min(source[1], source[0] + 2))
        if tokens.kinds[k] == WORD
    )


def _rumour(tokens: Tokens, at: int, within: Range) -> Frame | None:
    opening = _opening(tokens, at + 1, min(within[1], at + 10), Cue("قال", "claim"))
    if opening is None:
        return None
    return Frame(
        at, opening[1], (at, at + 1), "claim", (opening[1], within[1]), (at, at + 1), rumour=True
    )


def _impersonal(tokens: Tokens, at: int, within: Range) -> Frame | None:
    """Return the frame of "it should be noted that", by which the author goes on himself."""
    for k in range(at + 1, min(within[1] - 1, at + 5)):
        word = tokens.words[k]
        if tokens.kinds[k] == WORD and is_complementiser(word) and word[0] not in "وف":
            keep = word not in ("ان", "بان")
            content = k if keep else k + 1
            return Frame(
                at, content, (at, k), "say", (content, within[1]), joined=True, impersonal=True
            )
        if word not in group("ar", "impersonal_goes_on"):
            return None
    return None


def _opening(tokens: Tokens, at: int, end: int, cue: Cue) -> tuple[int, int, str] | None:
    """Return where the subject ends, where the content begins, and by what it is opened."""
    limit, commas, here = min(end, at + _FURTHEST.get(cue.kind, _FURTHEST_ELSE)), 0, at
    bare_phrase: tuple[int, int, str] | None = None
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
        if kind == WORD:
            if is_complementiser(word) and word[0] not in "وف":
                if bare_phrase and bare_phrase[1] < here - 3 and cue.kind != "tell":
                    return bare_phrase
                subject_end = here
                if here > at and tokens.words[here - 1] in ("الي", "علي", "عن", "من", "في"):
                    subject_end = here - 1
                keep = word not in ("ان", "بان", "انه", "بانه", "انها", "بانها")
                return subject_end, here if keep else here + 1, "clause"
            if cue.kind == "act" and word in ("ما", "بما", "لما"):
                return bare_phrase
            if cue.kind == "ask" and (word in group("ar", "questions") or word == "ما"):
                return here, here, "question"
            if (
                bare_phrase is None
                and cue.preposition
                and _introduces(word, cue.preposition)
                and (word != "علي" or tokens.text[tokens.ends[here] - 1] != "ي")  # the name
                and tokens.words[here + 1 : here + 2] != ("لسان",)
                and tokens.words[here : here + 2] not in _ON_THE_OCCASION
                and tokens.words[here : here + 2] != ("بما", "يلي")
            ):
                joined = cue.preposition == "ب"
                bare_phrase = (here, here if joined else here + 1, "preposition")
            other = cue_at(tokens, here)
            if other and other[1] and not bare_phrase:
                return None
            if other and other[0].participle and here > at and other[0].lemma not in _COMMENTING:
                return bare_phrase
        elif kind == OPEN:
            closing = _closing(tokens, here, min(end, here + 7))
            if (
                closing is not None
                and not bare_phrase
                and (
                    _goes_on(tokens, closing, end)
                    or _names_subject(tokens, at, here, limit, cue.preposition)
                )
            ):
                here = closing + 1
                continue
            if bare_phrase and here - bare_phrase[1] > 2:
                return bare_phrase
            return (bare_phrase[0] if bare_phrase else here), here, "quote"
        elif kind == COLON:
            return (bare_phrase or (here, here + 1, "colon")) if here - at < 25 else None
        elif kind == PAREN:
            closing = _closing(tokens, here, end)
            if closing is None:
                return bare_phrase
            here = closing
        elif kind in (STOP, BREAK):
            return bare_phrase
        elif kind == COMMA:
            commas += 1
            if commas > 5 or bare_phrase:
                return bare_phrase
        here += 1
    return bare_phrase


def _introduces(word: str, preposition: str) -> bool:
    if preposition == "ب":
        return word[0] == "ب" and len(word) > 3 and not _office(word)
    return word == preposition


@lru_cache(maxsize=20_000)
def _office(word: str) -> bool:
    """Return whether ب opens where somebody works: a source at the ministry."""
    key = arabic_noun_key(word)
    return key != word and source_nouns("ar").get(key) == "official body"


def _goes_on(tokens: Tokens, closing: int, end: int) -> bool:
    """Return whether a short quotation is a name inside the subject: more words follow it."""
    after = closing + 1
    return after < end and tokens.kinds[after] == WORD and tokens.words[after][0] != "و"


def _names_subject(
    tokens: Tokens, at: int, opening: int, limit: int, preposition: str = ""
) -> bool:
    """Return whether a quotation of a few words is a name in the subject: the content is to come.

    It follows the noun that it names (the paper "X", …, that), and no pause stands before it.
    """
    before = tokens.words[opening - 1]
    if opening == at or not (
        arabic_noun_key(before) or before == "ل" or (preposition and before.startswith("ال"))
    ):
        return False
    closing = _closing(tokens, opening, limit)
    if closing is None or closing - opening > _NAMED_WITHIN + 1:
        return False
    named = tokens.kinds[closing + 1 : closing + 2] == (COMMA,)
    return any(
        tokens.kinds[k] == WORD
        and (
            (is_complementiser(tokens.words[k]) and tokens.words[k][0] not in "وف")
            or (named and bool(preposition) and tokens.words[k] == preposition)
        )
        for k in range(closing, limit)
    )


_NAMED_WITHIN = 4


def _relay(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool
) -> Frame | None:
    """Return the frame of نقل عن: one who passes on, and from whom."""
    limit = min(within[1], at + 12)
    about = next(
        (
            k
            for k in range(at + 1, limit)
            if tokens.kinds[k] == WORD
            and tokens.words[k]
            in (("الي", "اليه", "اليها") if cue.lemma == "نسب" else ("عن", "عنه", "عنها", "عنهم"))
        ),
        None,
    )
    if about is None:
        return _verb_as(tokens, at, within, naming, cue, joined)
    before = _stretch_before(tokens, at, within)
    here = about + 1
    while here < within[1] and here - about < 20:
        word = tokens.words[here]
        if (
            tokens.kinds[here] in (OPEN, COLON)
            or is_complementiser(word)
            or bare(word) in ("قوله", "قولها", "قولهم")
            or word in ("قوله", "قولها", "قولهم")
        ):
            break
        if cue_at(tokens, here) and not cue_at(tokens, here)[0].participle:  # type: ignore[index]  # tested
            break
        if tokens.kinds[here] in (STOP, BREAK):
            return None
        here += 1
    phrase = (about + 1, here)
    after = at + 1
    while after < about and (after in naming.times or tokens.kinds[after] != WORD):
        after = max(after + 1, naming.time_ends.get(after, 0))
    teller: Range | None = (after, about) if about > after else before
    if tokens.words[about] in ("عن", "الي"):
        cited: Range | None = phrase
    else:
        cited, teller = before, (after, about) if about > after else (about + 1, here)
    if not teller and cited and cited[1] > cited[0] and tokens.words[about] == "عن":
        # It is told of X that: whoever tells it is not said.
        return _verb_as(tokens, about, within, naming, cue, joined, sure=True)
    if not teller or not cited or cited[0] >= cited[1] or teller[0] >= teller[1]:
        return None
    cue_first = here
    while here < within[1] and here - cue_first < 8:
        word = tokens.words[here]
        if is_complementiser(word):
            here += word in ("ان", "بان", "انه", "انها")
            break
        if tokens.kinds[here] == OPEN:
            break
        if tokens.kinds[here] == COLON:
            here += 1
            break
        here += 1
    if here >= within[1]:
        return None
    first = min(at, cited[0], teller[0])
    return Frame(
        first,
        here,
        (at, at + 1),
        "say",
        (here, within[1]),
        _trim(tokens, teller, naming),
        direct=tokens.kinds[here] == OPEN,
        joined=joined,
        relayed=_trim(tokens, cited, naming),
    )


def _verb_as(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    *,
    sure: bool = False,
) -> Frame | None:
    """Return the frame of "X passed on that", in which X is the only speaker.

    ``sure`` says that the grammar leaves no doubt that X speaks, whatever noun it is.
    """
    opening = _opening(tokens, at + 1, within[1], replace(cue, kind="say"))
    if opening is None or opening[2] != "clause" or opening[1] >= within[1]:
        return None
    source = _trim(tokens, (at + 1, opening[0]), naming) if opening[0] > at + 1 else None
    if source is None or not (sure or _speaks(tokens, source, naming)):
        return None
    content = (opening[1], within[1])
    return Frame(
        at,
        opening[1],
        (at, at + 1),
        "say",
        content,
        source,
        gender=cue.gender,
        direct=tokens.kinds[opening[1]] == OPEN,
        joined=joined,
    )


def _stretch_before(tokens: Tokens, at: int, within: Range) -> Range | None:
    """Return the noun phrase before the verb at ``at``, back to where its clause begins."""
    here = at
    while here > within[0]:
        kind, word = tokens.kinds[here - 1], tokens.words[here - 1]
        if kind in (STOP, BREAK, COLON, OPEN, DASH):
            break
        if kind == WORD and here - 1 < at - 1 and is_complementiser(word):
            break
        here -= 1
    while here < at and (
        tokens.kinds[here] != WORD
        or tokens.words[here] in ("كان", "كانت", "وكان", "وكانت", "وقد", "قد", "و")
        or bare(tokens.words[here]) in ("لكن", "بينما", "فيما", "حيث", "اذ", "اما", "كما")
        or is_complementiser(tokens.words[here])
    ):
        here += 1
    end = at
    while end > here and (
        tokens.kinds[end - 1] != WORD or tokens.words[end - 1] in ("قد", "كان", "كانت")
    ):
        end -= 1
    return (here, end) if end > here else None


def _trim(tokens: Tokens, phrase: Range, naming: Naming) -> Range | None:
    """Return the part of a phrase that names its source: to the first name's end, or a pause."""
    first, end = phrase
    while first < end and (
        tokens.kinds[first] != WORD or tokens.words[first] in ("كل", "قد", "من", "وقد")
    ):
        first += 1
    end = _before_circumstances(tokens, (first, end), naming)
    person = naming.first_in((first, end), PEOPLE)
    if person:
        name_end = person[1]
        while name_end < end and naming.starts.get(name_end, (0, "", ""))[2] == "PER":
            name_end = naming.starts[name_end][0]  # one name that was found in two pieces
        if (
            tokens.words[name_end - 1] == "علي"
            and tokens.text[tokens.ends[name_end - 1] - 1] == "ى"
        ):
            name_end -= 1  # the preposition, not the name
        return (first, name_end) if name_end - first <= _LONGEST_SOURCE else (person[0], name_end)
    here = first
    while here < end and here - first < _LONGEST_SOURCE:
        kind, word = tokens.kinds[here], tokens.words[here]
        if (
            kind in (COMMA, PAREN, COLON, DASH, CLOSE)
            or word in word_set("ar", "relatives")
            or here in naming.times
            or (here > first and kind == WORD and _clause_begins(tokens, here, naming))
            or (here > first and (word in _WHILE or tokens.words[here + 1 : here + 2] == ("عدم",)))
        ):
            break
        if kind == OPEN and here > first:
            closing = _closing(tokens, here, end)
            if not closing:
                break
            here = closing + 1  # a name in quotation marks stays whole
            continue
        here += 1
    if here < end and tokens.kinds[here] == CLOSE and OPEN in tokens.kinds[first:here]:
        here += 1
    ends = group("ar", "source_ends")
    while here > first and (
        (tokens.words[here - 1] in ends and tokens.kinds[here - 1] == WORD)
        or tokens.kinds[here - 1] == OPEN
    ):
        here -= 1
    if here <= first or tokens.words[first] in group("ar", "no_speakers"):
        return None
    return first, here


def _before_circumstances(tokens: Tokens, phrase: Range, naming: Naming) -> int:
    """Return where the circumstances of saying begin in a source phrase, or its end."""
    first, end = phrase
    quoted = 0
    for k in range(first + 1, end):
        quoted += (tokens.kinds[k] == OPEN) - (tokens.kinds[k] == CLOSE)
        if tokens.kinds[k] != WORD or k in naming.starts or quoted > 0:
            continue
        word = tokens.words[k]
        if word in group("ar", "source_closers"):
            return k
        after = tokens.words[k + 1] if k + 1 < end else ""
        if word in ("في", "علي", "من") and after:
            if (word, after) in _ON_THE_OCCASION or k + 1 in naming.times:
                return k
            if word == "في" and _utterance(after):
                return k
    return end


@lru_cache(maxsize=20_000)
def _utterance(word: str) -> bool:
    """Return whether a word names the occasion or the form of what is said: a statement, a talk."""
    nouns = group("ar", "utterances")
    return any(
        word.removesuffix(ending) in nouns or word.removesuffix(ending) + "ه" in nouns
        for ending in ("", "ات", "ين", "ه", "ها", "هم", "ته", "تها")
    )


_ON_THE_OCCASION = frozenset(
    {("علي", "هامش"), ("علي", "خلفيه"), ("من", "خلال"), ("علي", "صفحته"), ("علي", "حسابه")}
)
# Words after which the circumstances of saying follow; so they do after "asked not to be named".
_WHILE = frozenset({"لدي", "خلال", "عقب", "اثناء", "عند", "عندما", "حين", "بدوره", "بدورها"})
_ASKING_FROM = frozenset({"طلب", "التمس"})  # verbs under which "من" is whom one asks


def _parted(tokens: Tokens, source: Range, cue: Cue, naming: Naming) -> tuple[Range, Range | None]:
    """Return the source, and whom it speaks to where ل or من opens that within the phrase.

    An outlet after ل is addressed (a source told the agency X); ل after another noun may
    be its genitive (the head of the agency) and then stays.
    """
    first, end = source
    told = naming.starts.get(first)
    if cue.kind in ("tell", "act", "request") and told and told[2] in SPEAKERS and told[0] < end:
        other = naming.starts.get(told[0])
        if other and other[2] in SPEAKERS and other[1] != told[1]:
            return (first, told[0]), (told[0], other[0])  # subject and object: X told Y
    for k in range(first + 1, end):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            continue
        if k > first + 1 and _second_noun(tokens, k, (first, end)):
            return (first, k), (k, end)
        if cue.kind in ("tell", "act", "request") and _object_noun(tokens, k, first):
            return (first, k), (k, end)
        if word == "من" and cue.lemma in _ASKING_FROM and k + 1 < end:
            return (first, k), (k + 1, end)
        if word == "ل" and k + 1 < end and tokens.kinds[k + 1] == OPEN:
            return (first, k), (k + 2, _closing(tokens, k + 1, end) or end)
        genitive = word[:2] == "لل" and not (
            (k == first + 1 and _told_apart(tokens, first))
            or (k > first + 1 and _definite(tokens, k - 1) and k + 1 == end)
        )
        anonymous = _told_apart(tokens, first) and k > first
        if (
            anonymous
            and word[0] == "ل"
            and len(word) > 3
            and (k in naming.starts or arabic_noun_key(word) == "مراسل")
            and arabic_noun_key(word) != word
            and tokens.text[tokens.starts[k]] == "ل"
        ):
            return (first, k), (k, end)
        if word[0] == "ل" and not genitive and tokens.words[k - 1] not in _HEADS_BEFORE_LAM:
            key = arabic_noun_key(word)
            if (
                key
                and key != word
                and source_nouns("ar")[key] == "outlet"
                and k not in naming.times
            ):
                return (first, k), (k, end)
    return source, None


def _object_noun(tokens: Tokens, at: int, first: int) -> bool:
    """Return whether a definite source right after a definite one is whom that speaks to."""
    word, before = tokens.words[at], tokens.words[at - 1]
    kind = source_nouns("ar").get(arabic_noun_key(word), "")
    if not word.startswith("ال") or tokens.kinds[at - 1] != WORD or not kind:
        return False
    subject = source_nouns("ar").get(arabic_noun_key(tokens.words[first]), "")
    relational = word.endswith(("ي", "يه")) and kind in ("anonymous source", "group")
    closed = before.startswith("ال") or (
        at == first + 2 and not tokens.words[first].startswith("ال") and _relational(before)
    )
    return closed and bool(subject) and not relational and kind != "document"


def _second_noun(tokens: Tokens, at: int, phrase: Range) -> bool:
    """Return whether a new noun phrase begins at ``at``: a security source [told] the agency X.

    An outlet after an indefinite adjective can be no genitive; a plural in ات, ين or ون with
    the article cannot be an adjective of a man named before it.
    """
    word, before = tokens.words[at], tokens.words[at - 1]
    if tokens.kinds[at - 1] != WORD or before in ("في", "من", "عن", "علي", "باسم", "و", "الي"):
        return False
    if source_nouns("ar").get(word) == "outlet" or word in ("مراسل", "مراسله"):
        return before.endswith("ي") and not before.startswith("ال")
    head = source_nouns("ar").get(arabic_noun_key(tokens.words[phrase[0]]))
    titled = source_nouns("ar").get(arabic_noun_key(word)) == "named person"
    if titled and word.startswith("ال") and before.startswith("ال") and head == "official body":
        return True  # the body X | the president
    return (
        head == "named person"
        and word.startswith("ال")
        and before.startswith("ال")
        and len(word) > 5
        and word.endswith(("ات", "ين", "ون"))
        and at + 1 == phrase[1] - 1
        and tokens.words[at + 1].startswith("ال")
    )


def _told_apart(tokens: Tokens, at: int) -> bool:
    """Return whether a noun is "the source", which no outlet has as its own."""
    return source_nouns("ar").get(arabic_noun_key(tokens.words[at])) == "anonymous source"


_HEADS_BEFORE_LAM = frozenset(
    map(fold_word, ("مدير", "رئيس", "مراسل", "تابع", "تابعه", "عام", "تحرير"))
)


def _subject(
    tokens: Tokens,
    at: int,
    subject_end: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    before: list[Frame],
) -> tuple[Range | None, Range | None, bool]:
    """Return source, addressee, and whether the source stands before the verb."""
    after = (at + 1, subject_end)
    here = at + 1
    while here < subject_end and (
        tokens.kinds[here] != WORD
        or here in naming.times
        or tokens.words[here] in group("ar", "own_saying")
        or tokens.words[here] in ("لي", "لنا")
    ):
        here = max(here + 1, min(subject_end, naming.time_ends.get(here, 0)))
    told_first = _told_first(tokens, here, subject_end, naming)
    if told_first is not None:
        source = _trim(tokens, (told_first[1], subject_end), naming)
        quoted = tokens.kinds[told_first[1] - 1] == CLOSE
        return source, (told_first[0], told_first[1] - quoted), False
    retold = _retold(tokens, at, within, naming)
    if retold and not joined:
        return retold, None, False
    leading = (
        _leading_subject(tokens, at, within, naming, cue, before)
        if not joined or bare(tokens.words[within[0]]) == "اما"
        else None
    )
    if leading:
        to = None
        if here < subject_end and not cue.participle:
            to = _whom(tokens, (here, subject_end), naming, cue)
        return leading, to, True
    person = naming.first_in(after, PEOPLE)
    adverbial = (
        here >= subject_end
        or tokens.words[here] in group("ar", "circumstances")
        or (
            tokens.words[here][:1] in ("ب", "ل")
            and not arabic_noun_key(tokens.words[here])
            and here not in naming.starts
        )
    )
    to = None
    if not adverbial or (person and cue.kind == "tell"):
        source = _trim(tokens, (here, subject_end), naming)
        if source and joined and _disagrees(tokens, source, naming, cue):
            return None, source, False
        if source:
            source, to = _parted(tokens, source, cue, naming)
            if to:
                return source, to, False
            second = naming.first_in(
                (source[1], subject_end), SPEAKERS if cue.kind == "tell" else PEOPLE
            )
            if second and (cue.kind == "tell" or cue.lemma == "ذكر"):
                to = (second[0], second[1])
        return source, to, False
    if joined or cue.participle:
        return None, None, False
    floor = max((f.content[0] for f in before if f.content[0] <= at), default=within[0])
    stretch = _stretch_before(tokens, at, (max(floor, within[0]), within[1]))
    if stretch is None:
        return None, None, False
    source = _trim(tokens, stretch, naming)
    if (
        source is None
        or bare(tokens.words[source[0]]) in group("ar", "circumstances")
        or tokens.words[source[0]] in group("ar", "circumstances")
    ):
        return None, None, False
    if any(verb_at(tokens, k, "ar") for k in range(*source)):
        return None, None, False
    alone = naming.starts.get(source[0])
    if cue.plural and alone and alone[2] in PEOPLE:
        return None, None, False  # they said: one man is not "they"
    if not _speaks(tokens, source, naming):
        return None, None, False
    return source, None, True


def _told_first(tokens: Tokens, at: int, end: int, naming: Naming) -> Range | None:
    """Return the outlet that is told, where it stands before the subject: قال لـ«X» الوزير."""
    if at + 1 >= end:
        return None
    if tokens.words[at] == "ل" and tokens.kinds[at + 1] == OPEN:
        closing = _closing(tokens, at + 1, end)
        return (at + 2, closing + 1) if closing is not None and closing + 1 < end else None
    word = tokens.words[at]
    mention = naming.starts.get(at)
    if word[0] == "ل" and mention and mention[2] == "ORG" and mention[0] < end:
        return at, mention[0]
    return None


def _leading_subject(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, before: list[Frame]
) -> Range | None:
    """Return the subject that must stand before the verb: a noun after أن and its like opens it.

    So does a name or a definite source right before the verb where the clause begins.
    """
    if cue.participle:
        return None
    floor = max((f.content[0] for f in before if f.content[0] <= at), default=within[0])
    topic = _topic(tokens, at, within, naming)
    if topic:
        return topic
    start = at
    while start > floor and at - start < _LONGEST_SOURCE:
        kind, word = tokens.kinds[start - 1], tokens.words[start - 1]
        if kind not in (WORD, OPEN, CLOSE) or is_complementiser(word) or word in _NOUN_FOLLOWS:
            break
        start -= 1
    opened = start > within[0] and (
        is_complementiser(tokens.words[start - 1]) or tokens.words[start - 1] in _NOUN_FOLLOWS
    )
    if not opened and start > floor and tokens.kinds[start - 1] == WORD:
        return None
    been = False
    while start < at and tokens.words[start] in ("كان", "كانت", "وكان", "وكانت", "وقد", "قد", "و"):
        been = been or tokens.words[start].endswith(("كان", "كانت"))
        start += 1
    end = at
    while end > start and tokens.words[end - 1] in ("قد", "كان", "كانت"):
        end -= 1
    if end <= start or any(verb_at(tokens, k, "ar") for k in range(start, end)):
        return None
    if not (
        opened
        or been
        or floor == start
        or tokens.words[start][:2] == "ال"
        or start in naming.starts
    ):
        return None
    if any(tokens.words[k] in group("ar", "circumstances") for k in (start, end - 1)):
        return None
    source = _trim(tokens, (start, end), naming)
    if source is None:
        return None
    people = tokens.words[source[0]].startswith("ال") and tokens.words[source[0]].endswith(
        ("ين", "ون")
    )
    first = start == within[0] and end - start <= _SHORT_SUBJECT and tokens.kinds[start] == WORD
    first = first or (been and end - start <= _LONGEST_SOURCE)  # "X had said": X is subject
    sure = _speaks(tokens, source, naming) or (opened and (start in naming.starts or people))
    if not sure and not (first and tokens.words[start][0] not in "وفبلك"):
        return None
    return source


def _topic(tokens: Tokens, at: int, within: Range, naming: Naming) -> Range | None:
    """Return the subject of "as for X, he said": أما X فقال."""
    first = within[0]
    if bare(tokens.words[first]) != "اما" or at - first > _TOPIC_WITHIN:
        return None
    end = at
    while end > first and (tokens.kinds[end - 1] != WORD or tokens.words[end - 1] in ("فقد", "قد")):
        end -= 1
    if end <= first + 1 or any(verb_at(tokens, k, "ar") for k in range(first + 1, end)):
        return None
    if tokens.words[first + 1] in group("ar", "circumstances"):
        return None
    source = _trim(tokens, (first + 1, end), naming)
    return source if source and _speaks(tokens, source, naming) else None


_SHORT_SUBJECT = 4  # tokens
_TOPIC_WITHIN = 14  # tokens
# Particles after which Arabic wants a noun, so that the verb after it has its subject before it.
_NOUN_FOLLOWS = frozenset({"لكن", "ولكن", "لان", "ولان", "كان", "لعل"}) - {"كان"}


def _whom(tokens: Tokens, within: Range, naming: Naming, cue: Cue) -> Range | None:
    """Return whom a verb with its subject before it speaks to: the noun phrase right after it."""
    if cue.kind not in ("tell", "request"):
        return None
    found = naming.first_in(within, SPEAKERS)
    if found and found[0] <= within[0] + 1:
        return found[0], found[1]
    return None


def _denied_before(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of "which X denied": وهو ما نفاه X، الأمر الذي تنفيه X."""
    if at < within[0] + 2 or tokens.words[at - 1] not in ("ما", "الذي"):
        return None
    if bare(tokens.words[at - 2]) not in ("هو", "هي", "الامر", "وهو", "وهي"):
        return None
    known = forms("ar")
    stem = tokens.words[at].removesuffix("ها").removesuffix("ه")
    cue = known.get(stem) or known.get(stem[:-1] + "ي" if stem.endswith("ا") else stem)
    if cue is None or stem == tokens.words[at] or cue.kind not in ("deny", "say"):
        return None
    end = _noun_phrase_end(tokens, at + 1, within[1], naming)
    source = _trim(tokens, (at + 1, end), naming)
    if source is None or not _speaks(tokens, source, naming):
        return None
    first = at - 2
    content = (first, within[1])
    return Frame(first, first, (at, at + 1), cue.kind, content, source, joined=True, whole=True)


def _retold(tokens: Tokens, at: int, within: Range, naming: Naming) -> Range | None:
    """Return the person before "he said in it": a speech made by X, in which he said."""
    if tokens.words[at + 1 : at + 2] not in (("فيها",), ("فيه",), ("خلالها",), ("خلاله",)):
        return None
    for k in range(at - 1, max(within[0], at - _RETOLD_WITHIN) - 1, -1):
        mention = naming.starts.get(k)
        if mention and mention[2] in PEOPLE and mention[0] <= at:
            return k, mention[0]
    for k in range(within[0], at):
        if tokens.kinds[k] == WORD and arabic_noun_key(tokens.words[k]):
            return _trim(tokens, (k, at), naming)
    return None


_RETOLD_WITHIN = 25  # tokens


def _disagrees(tokens: Tokens, source: Range, naming: Naming, cue: Cue) -> bool:
    """Return whether a masculine verb precedes a feminine noun, which then is its object."""
    first = source[0]
    mention = naming.starts.get(first)
    if mention and mention[2] in PEOPLE:
        return False
    if names_action(tokens.words[first], "ar") and not arabic_noun_key(tokens.words[first]):
        return True  # "confirmed the death of": what is confirmed
    word = tokens.words[first]
    if word.startswith("ال") and word.endswith("ين") and len(word) > _PLURAL:
        # An accusative plural is no subject; nor is it the singular that only sounds like one.
        return arabic_noun_key(word) != word[2:] or word[2:-2] in source_nouns("ar")
    if cue.gender != "m":
        return False
    return without_marks(tokens.span(first, first + 1).of(tokens.text)).endswith("ة")


_TURN = 3  # tokens: a verb that stands later goes on from one before it in the sentence


def _spoken_before(tokens: Tokens, at: int, within: Range, cue: Cue) -> bool:
    """Return whether a verb of saying of the same gender stands before in the sentence."""
    return any(
        (other := cue_at(tokens, k)) is not None
        and not other[0].participle
        and other[0].gender == cue.gender
        and other[0].kind in _TELLING
        for k in range(within[0], at)
        if tokens.kinds[k] == WORD
    )


_PLURAL = 6  # letters of a plural with article, at least


def _whole(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool, subject_end: int
) -> Frame | None:
    """Return the frame of a verb that is itself what is claimed: a call, a welcome."""
    source, to, explicit_before = _subject(tokens, at, subject_end, within, naming, cue, joined, [])
    going_on = joined and cue.kind == "request" and at > within[0] + _TURN and not explicit_before
    if source is not None and going_on and _spoken_before(tokens, at, within, cue):
        source, to = None, to or source  # she said …, and called on X to
    if source is not None and _disagrees(tokens, source, naming, cue) and joined:
        source, to = None, source
    if source is not None and not _speaks(tokens, source, naming):
        return None
    if source is None and not joined and not cue.participle:
        return None
    if explicit_before and tokens.words[at] in group("ar", "nouns_too"):
        return None
    first = source[0] if source and explicit_before else at
    return Frame(
        first,
        first,
        (at, at + 1),
        cue.kind,
        (first, within[1]),
        source,
        to,
        cue.gender,
        joined=joined or cue.participle,
        same_speaker=cue.participle,
        whole=True,
    )


def _bare_verb(
    tokens: Tokens,
    at: int,
    within: Range,
    naming: Naming,
    cue: Cue,
    joined: bool,
    found: list[Frame],
) -> Frame | None:
    """Return the frame of a verb with a plain object, if a speaker stands right after it."""
    if cue.participle or cue.kind in ("relay", "publish", "ask"):
        return None
    if cue.kind == "guess" and _topic(tokens, at, within, naming) is None:
        return None
    noun = at + 1 < within[1] and arabic_noun_key(tokens.words[at + 1])
    speaker = naming.first_in((at + 1, min(within[1], at + (6 if noun else 2))), SPEAKERS)
    if tokens.words[at] in group("ar", "nouns_too") and not (speaker and speaker[0] == at + 1):
        asked_of = _asked_of(tokens, at, within, cue, noun)
        if asked_of is None:
            return None
    if tokens.words[at] in group("ar", "nouns_too") and at > within[0] and not joined:
        previous = at - 1
        if tokens.kinds[previous] == WORD and tokens.words[previous] != "قد":
            return None  # within a phrase it is the noun: the answer of X
    if cue.kind == "document" and (not noun or source_nouns("ar").get(noun) != "document"):
        return None
    source: Range | None
    asked = _asked_of(tokens, at, within, cue, noun)
    if asked is not None:
        return Frame(
            at,
            at,
            (at, at + 1),
            cue.kind,
            (at, within[1]),
            (at + 1, asked[0] - 1),
            asked,
            cue.gender,
            joined=joined,
            whole=True,
        )
    leading = (
        _leading_subject(tokens, at, within, naming, cue, found)
        if cue.kind in ("say", "deny", "act", "promise") and not joined
        else None
    )
    if leading and _object_follows(tokens, at, within):
        return Frame(
            leading[0],
            at + 1,
            (at, at + 1),
            cue.kind,
            (leading[0] if cue.kind in ("act", "promise") else at + 1, within[1]),
            leading,
            None,
            cue.gender,
            whole=cue.kind in ("act", "promise"),
        )
    if not joined or cue.kind == "guess":
        source, _, before = _subject(tokens, at, at + 1, within, naming, cue, joined, found)
        if (
            source
            and before
            and (cue.kind in ("tell", "request", "guess") or source[0] == within[0])
        ):
            to = (speaker[0], speaker[1]) if speaker else None
            return Frame(
                source[0],
                source[0],
                (at, at + 1),
                cue.kind,
                (source[0], within[1]),
                source,
                to,
                cue.gender,
                whole=True,
            )
    if speaker and cue.kind not in ("document", "agree") and cue.lemma not in ("عبر", "رد"):
        source = _trim(tokens, (at + 1, speaker[1]), naming) or (at + 1, speaker[1])
        if joined and _disagrees(tokens, source, naming, cue):
            source = None
        announced = _announced(tokens, speaker[1], within[1]) if cue.kind == "say" else None
        if announced:
            return Frame(
                at,
                announced,
                (at, at + 1),
                cue.kind,
                (announced, within[1]),
                source,
                None,
                cue.gender,
                joined=joined,
            )
    elif (
        noun
        and cue.kind in ("say", "deny")
        and (said := _subject_phrase(tokens, at + 1, within[1], naming))
    ):
        subject, content = said
        if tokens.words[at] in group("ar", "nouns_too") or _disagrees(tokens, subject, naming, cue):
            return None
        return Frame(
            at,
            content,
            (at, at + 1),
            cue.kind,
            (content, within[1]),
            subject,
            None,
            cue.gender,
            joined=joined,
        )
    elif noun and cue.kind in ("act", "request", "document", "stress", "think"):
        source = (at + 1, at + 2)
        if joined and _disagrees(tokens, source, naming, cue):
            source = None
    elif (
        joined
        and at + 1 < within[1]
        and (
            (cue.kind == "say" and tokens.words[at + 1] not in group("ar", "circumstances"))
            or (cue.kind == "add" and _opens_speech(tokens, at + 1))
        )
    ):
        return Frame(
            at,
            at + 1,
            (at, at + 1),
            cue.kind,
            (at + 1, within[1]),
            None,
            None,
            cue.gender,
            joined=True,
        )
    else:
        return None
    return Frame(
        at,
        at,
        (at, at + 1),
        cue.kind,
        (at, within[1]),
        source,
        None,
        cue.gender,
        joined=joined,
        whole=True,
    )


def _learned_that(
    tokens: Tokens, at: int, within: Range, naming: Naming, *, joined: bool
) -> Frame | None:
    """Return the frame of "X has learned that", where X says no more of how."""
    opening = _opening(tokens, at + 1, min(within[1], at + _LEARNER), Cue("علم", "say"))
    if opening is None or opening[2] != "clause" or opening[0] <= at + 1:
        return None
    source = _trim(tokens, (at + 1, opening[0]), naming)
    if source is None or not _is_outlet(tokens, source[0]):
        return None
    content = (opening[1], within[1])
    return Frame(at, opening[1], (at, at + 1), "say", content, source, joined=joined)


def _subject_phrase(tokens: Tokens, at: int, end: int, naming: Naming) -> tuple[Range, int] | None:
    """Return the subject that begins at ``at`` and where its verb's plain object begins.

    The subject is a noun with its genitive, closed by an article or a name, and adjectives
    that agree with it; or, without an article, a noun with adjectives. An aside between
    two commas may follow. None where no object follows.
    """
    here = at + 1
    closed = tokens.words[at].startswith("ال") or at in naming.starts
    bare_head = not closed
    while here < end and here - at < _LONGEST_SOURCE and tokens.kinds[here] == WORD:
        word = tokens.words[here]
        definite = word.startswith(("ال", "لل"))
        if here in naming.starts and not closed:
            here, closed = naming.starts[here][0], True
        elif word == "في" and here + 1 < end and _utterance(tokens.words[here + 1]):
            stop = here
            here = next(
                (
                    k
                    for k in range(here + 2, min(end, here + _OCCASION))
                    if tokens.words[k] in group("ar", "objects")
                ),
                end,
            )
            return ((at, stop), here) if here < end else None
        elif word in ("في", "باسم", "من", "ل", "لدي") and not (closed and word == "من"):
            here, closed = here + 1, False
        elif not closed and definite:
            here, closed = here + 1, True
        elif (_relational(word) and (definite if closed else bare_head)) or (
            not closed and arabic_noun_key(word)
        ):
            here += 1
        elif closed and here in naming.starts and naming.starts[here][2] in PEOPLE:
            here = naming.starts[here][0]
        else:
            break
    stop = here
    if here < end and tokens.words[here] in ("طلب", "طلبت", "فضل", "فضلت", "رفض", "رفضت", "لم"):
        unnamed = (k + 1 for k in range(here, min(end, here + 8)) if tokens.words[k] in _UNNAMED)
        here = next(unnamed, here)
    for _ in range(_ASIDES):
        if here >= end or tokens.kinds[here] != COMMA:
            break
        pause = next(
            (k for k in range(here + 1, min(end, here + 15)) if tokens.kinds[k] == COMMA), None
        )
        if pause is None:
            return None
        here = pause + 1
    if here >= end - 1 or tokens.kinds[here] not in (WORD, OPEN):
        return None
    word = tokens.words[here]
    # A past form here is a noun of the same letters: a verb has its subject before it already.
    present = word[0] in "يت" and verb_at(tokens, here, "ar")
    if word in group("ar", "circumstances") or here in naming.times or present:
        return None
    return (at, stop), here


_ASIDES = 3
_OCCASION = 10  # tokens that say where and how something was said
_UNNAMED = frozenset(map(fold_word, ("اسمه", "اسمها", "هويته", "هويتها", "اسمائهم", "هوياتهم")))


def _relational(word: str) -> bool:
    """Return whether a word has the ending of an adjective made of a noun: امني، رسميه."""
    return len(word) > 3 and word.endswith(
        ("ي", "يه", "يين", "يون", "رفيع", "مطلع", "كبير", "مسوول", "بارز")
    )


def _object_follows(tokens: Tokens, at: int, within: Range) -> bool:
    """Return whether a noun of action or of content stands right after a verb, times apart."""
    for k in range(at + 1, min(within[1] - 1, at + 5)):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            return False
        if names_action(word, "ar") or word in group("ar", "objects"):
            return True
        if word not in group("ar", "circumstances") and word[:2] != "ال":
            return False
    return False


def _asked_of(tokens: Tokens, at: int, within: Range, cue: Cue, noun: str | bool) -> Range | None:
    """Return whom the subject right after a verb asks: طلبت الحكومة من البنك."""
    if cue.lemma not in _ASKING_FROM or not noun:
        return None
    for k in range(at + 2, min(within[1] - 1, at + 8)):
        if tokens.kinds[k] != WORD or is_complementiser(tokens.words[k]):
            return None
        if tokens.words[k] == "من" and tokens.kinds[k + 1] == WORD:
            end = k + 2
            while end < within[1] and _definite(tokens, end):
                end += 1
            return k + 1, end
    return None


def _definite(tokens: Tokens, at: int) -> bool:
    return tokens.kinds[at] == WORD and tokens.words[at].startswith("ال")


def _opens_speech(tokens: Tokens, at: int) -> bool:
    """Return whether a clause begins at ``at``, so that "he went on" goes on speaking."""
    word = tokens.words[at]
    return tokens.kinds[at] == WORD and (
        word in group("ar", "negations") - {"دون", "غير"} or word in group("ar", "speech_opens")
    )


def _learned(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of علمت X من Y أن: X passes on what Y said."""
    word = tokens.words[at]
    joined = word not in group("ar", "learning")
    if joined and bare(word) not in group("ar", "learning"):
        return None
    limit = min(within[1], at + _FURTHEST["say"])
    about = next((k for k in range(at + 1, limit) if tokens.words[k] == "من"), None)
    that = next((k for k in range(at + 1, limit) if is_complementiser(tokens.words[k])), limit)
    if about is None or that < about:
        return _learned_that(tokens, at, within, naming, joined=joined)
    if about + 1 >= limit or about > at + _LEARNER:
        return None
    opening = _opening(tokens, about + 1, within[1], Cue("علم", "say"))
    if opening is None or opening[2] not in ("clause", "colon") or opening[1] >= within[1]:
        return None
    cited = _trim(tokens, (about + 1, opening[0]), naming)
    if cited is None or not _speaks(tokens, cited, naming):
        return None
    learner = _trim(tokens, (at + 1, about), naming) if about > at + 1 else None
    if learner is not None and not _speaks(tokens, learner, naming):
        learner = None
    return Frame(
        at,
        opening[1],
        (at, at + 1),
        "say",
        (opening[1], within[1]),
        learner or cited,
        direct=tokens.kinds[opening[1]] == OPEN,
        joined=joined,
        relayed=cited if learner else None,
    )


def _it_says(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of "in the statement it says that": جاء في البيان أن، ورد في التقرير."""
    word = tokens.words[at]
    if bare(word) not in _STANDS_IN or tokens.words[at + 1 : at + 2] != ("في",):
        return None
    opening = _opening(tokens, at + 2, min(within[1], at + 22), Cue("قال", "say"))
    if opening is None or opening[2] not in ("clause", "colon", "quote"):
        return None
    source = _trim(tokens, (at + 2, opening[0]), naming)
    if source is None or not _is_document(tokens, source) or opening[1] >= within[1]:
        return None
    direct = tokens.kinds[opening[1]] == OPEN
    content = (opening[1], within[1])
    return Frame(at, opening[1], (at, at + 2), "say", content, source, direct=direct)


@lru_cache(maxsize=20_000)
def _masdar(word: str) -> tuple[str, str, bool] | None:
    """Return a noun of saying, its kind, and whether a pronoun is joined to it: تأكيده."""
    kinds = _masdars()
    for prefix in ("", "ب", "ل", "و", "ف"):
        rest = word.removeprefix(prefix) if prefix and word.startswith(prefix) else word
        if rest in kinds:
            return rest, kinds[rest], False
        for pronoun in ("ه", "ها", "هم"):
            if rest.endswith(pronoun) and rest.removesuffix(pronoun) in kinds:
                return rest.removesuffix(pronoun), kinds[rest.removesuffix(pronoun)], True
    return None


@cache
def _masdars() -> dict[str, str]:
    return {words[0]: row["kind"] for words, row in phrases("ar", "masdars")}


def _noun_of_saying(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of a noun of saying with its speaker: تأكيد الوزير أن، نفيه أن."""
    made = _masdar(tokens.words[at])
    if made is None or at + 1 >= within[1]:
        return None
    _, kind, joined = made
    limit = min(within[1], at + _SPEAKER_OF_NOUN)
    opens = next(
        (
            k
            for k in range(at + 1, limit)
            if tokens.kinds[k] == WORD
            and is_complementiser(tokens.words[k])
            and tokens.words[k][0] not in "وف"
        ),
        None,
    )
    if opens is None or any(tokens.kinds[k] in (COMMA, STOP, COLON) for k in range(at, opens)):
        return None
    source: Range | None = None
    end = opens - (tokens.words[opens - 1] in ("علي", "الي", "عن", "من"))
    if not joined:
        if end == at + 1 or any(verb_at(tokens, k, "ar") for k in range(at + 1, end)):
            return None
        source = _trim(tokens, (at + 1, end), naming)
        if source is None or not _speaks(tokens, source, naming):
            return None
    elif end > at + 1:
        return None
    content = opens + (tokens.words[opens] in ("ان", "بان"))
    return Frame(at, content, (at, at + 1), kind, (content, within[1]), source, joined=joined)


_SPEAKER_OF_NOUN = 12  # tokens between a noun of saying and its content
_LEARNER = 8  # words between "learned" and "from"


def _announced(tokens: Tokens, at: int, end: int) -> int | None:
    """Return the noun of action that a speaker announces, as in: announced the death of."""
    for k in range(at, min(end, at + _ANNOUNCED_WITHIN)):
        if tokens.kinds[k] in (STOP, BREAK, COLON):
            return None
        word = tokens.words[k]
        if word in group("ar", "objects") or (
            names_action(word, "ar") and tokens.words[k - 1] not in _BEFORE_OCCASION
        ):
            return k
    return None


_BEFORE_OCCASION = frozenset({"في", "خلال", "عبر", "عقب", "بعد", "قبل", "علي", "من"})
