"""Which Arabic phrases name a source beside the clause (بحسب، وفق ما أعلنه)?

They hold no verb of the sentence; what they vouch for stands around them.
"""

from tawatur.reading.arabic.phrases import (
    can_speak,
    content_follows,
    end_of_phrase,
    is_document,
    noun_phrase_end,
    source_in,
)
from tawatur.reading.arabic.subjects import OCCASION, parted
from tawatur.reading.arabic.words import bare, is_outlet, says
from tawatur.reading.cues import (
    PEOPLE,
    Cue,
    Frame,
    Naming,
    Range,
    arabic_noun_key,
    group,
    phrase_heads,
    source_nouns,
)
from tawatur.reading.text import CLOSE, COMMA, OPEN, WORD, Tokens
from tawatur.reading.verbs import names_action

_SPOKEN = frozenset(
    {"قال", "قالت", "ذكر", "ذكرت", "افاد", "افادت", "اعلن", "اعلنت", "يقول", "تقول"}
)
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
AS = frozenset({"حسبما", "وفقما", "مثلما"})  # one word each for "according to what"
_AS_WHAT = frozenset({"حسب", "بحسب", "وفق", "علي", "وفقا", "طبقا"})  # followed by ما or لما
STANDS_IN = frozenset({"جاء", "جاءت", "ورد", "وردت", "نشر", "تضمن"})  # followed by في
_ABOUT_IT = frozenset({"به", "بها", "عنه", "عنها", "اليه", "اليها", "عليه", "عليها", "له", "لها"})


def source_beside(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
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
    after = tokens.words[at + 1] if entries and at + 1 < within[1] else ""
    for words, row in entries or ():
        if row["scope"] == "opening" and not opening:
            continue
        if len(words) > 1 and words[1] != after and words[1] != "ل":
            continue
        stop = end_of_phrase(tokens, at, within[1], words)
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
        phrase_end = noun_phrase_end(tokens, source_from, within[1], naming)
        phrase_end = _past_relative(tokens, phrase_end, within[1])
        if words[-1] in _SPOKEN and content_follows(tokens, phrase_end, within[1]):
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
        if source[0] >= source[1]:
            continue
        cue_end = stop if row["scope"] == "opening" and stop > 0 else source_from
        if source[1] - source[0] > 1 and tokens.words[source[0]] in _WORDING:
            source = (source[0] + 1, source[1])  # in the words of X
        while source[1] - source[0] > 1 and tokens.words[source[1] - 1] in group(
            "ar", "source_ends"
        ):
            source = (source[0], source[1] - 1)
        quoted = tokens.kinds[source[0]] == OPEN and row["scope"] == "clause"
        if not (quoted or can_speak(tokens, source, naming)):
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


def _as_told(tokens: Tokens, at: int, within: Range, naming: Naming) -> Frame | None:
    """Return the frame of "according to what X said": حسب ما أعلنت عنه X، كما أوردته X."""
    word = bare(tokens.words[at])
    verb = at + 1
    if word in _AS_WHAT and verb < within[1] and tokens.words[verb] in ("ما", "لما"):
        verb += 1
    elif word not in AS and not (word == "كما" and at > within[0]):
        return None
    if verb >= within[1] or tokens.kinds[verb] != WORD:
        return None
    said = tokens.words[verb]
    stands = said in STANDS_IN and tokens.words[verb + 1 : verb + 2] in (("في",), ("علي",))
    passing_on = said.startswith("نقل")
    learned = said in ("علم", "علمت", "علمه", "علمته") and word in _AS_WHAT | AS
    if not stands and not passing_on and not learned and not says(said):
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
    if stands and not is_document(tokens, (here, min(here + 2, within[1]))):
        return None
    end = noun_phrase_end(tokens, here, within[1], naming)
    if content_follows(tokens, end, within[1]):
        return None  # the verb opens a content of its own
    if word == "كما" and end < within[1] and tokens.kinds[end] == WORD:
        return None  # more than a speaker follows: "he also stressed the need"
    via = "من" if learned else "عن"
    about = next((k for k in range(here, end) if tokens.words[k] == via), None)
    cited: Range | None = None
    if learned:
        if about is None:
            return None
        own = about <= here + 1 and is_outlet(tokens, here)  # the paper itself
        cited = source_in(tokens, (about + 1, end), naming)
        if cited is None:
            return None
        if own or about == here:
            return Frame(at, end, (at, about + 1), "say", (end, within[1]), cited, beside=True)
    if passing_on:
        if about is None:
            if not said.endswith(("ه", "ها")) and here == verb + 1:
                return None
        else:
            cited = source_in(tokens, (about + 1, end), naming)
    source = source_in(tokens, (here, about if cited and about else end), naming)
    if source is None or tokens.words[source[0]] in group("ar", "circumstances"):
        return None
    source, to = parted(tokens, source, Cue("قال", "say"), naming)
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
    for k in range(at + 1, min(end, at + OCCASION)):
        if tokens.kinds[k] not in (WORD, OPEN, CLOSE):
            break
        kind = source_nouns("ar").get(tokens.words[k], "")
        if kind and kind != "outlet" and tokens.words[k - 1] not in ("من", "في"):
            return k
    return at


def source_between(tokens: Tokens, at: int, end: int, naming: Naming) -> tuple[int, Range] | None:
    """Return where "according to Y" stands between a verb and its content, and Y."""
    heads = phrase_heads("ar", "adverbial_cues")
    for k in range(at + 1, end):
        if tokens.kinds[k] != WORD or tokens.words[k] not in heads:
            continue
        for words, row in heads[tokens.words[k]]:
            stop = end_of_phrase(tokens, k, end, words)
            if row["scope"] != "clause" or stop is None:
                continue
            source_from = k + len(words) - 1 if stop < 0 else stop
            source = source_in(tokens, (source_from, end), naming)
            if source and can_speak(tokens, source, naming):
                return k, source
    return None
