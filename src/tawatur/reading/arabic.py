"""Where does an Arabic sentence say that somebody says something?

The verb may stand first (قال الوزير إن …) or after its subject (المصدر أشار إلى
أن …); the subject may be left out and shows only in the verb's gender; titles
and appositions stand between subject and content. What is said begins at a
complementiser (أن، إن، بأن …), a quotation mark, a colon, or the verb's own
preposition. A verb with none of these, and no name after it, opens nothing.
"""

from functools import lru_cache

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
_FURTHEST = {"tell": 48, "say": 40, "warn": 30, "deny": 30, "claim": 30, "add": 15}
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
    return _cue_of(tokens.words[at])


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
    for suffix in ("هما", "هم", "ها", "ه"):
        if word.endswith(suffix) and len(word) > len(suffix) + 3:
            stem = word.removesuffix(suffix)
            for candidate, joined in ((stem, False), (stem[1:] if stem[0] in "وف" else "", True)):
                if candidate in known and known[candidate].kind == "tell":
                    return known[candidate], joined
    return None


@lru_cache(maxsize=20_000)
def _may_open(word: str) -> bool:
    """Return whether a word can be the cue of a frame at all; most words cannot."""
    heads = phrase_heads("ar", "adverbial_cues")
    opening = group("ar", "rumours") | group("ar", "learning")
    return (
        word in heads
        or word[1:] in heads
        or word in opening
        or word[1:] in opening
        or _cue_of(word) is not None
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
        phrase_end = _noun_phrase_end(tokens, source_from, within[1])
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
        if source[0] >= source[1] or not _speaks(tokens, source, naming):
            continue
        return Frame(
            at,
            phrase_end,
            (at, cue_end),
            "say",
            (phrase_end, within[1]),
            source,
            beside=True,
        )
    return None


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
        if word == "ل" and offset == len(words) - 1:
            return -1 if found.startswith("ل") and len(found) > 3 else None
        if found != word:
            return None
    return at + len(words)


def _noun_phrase_end(tokens: Tokens, at: int, end: int) -> int:
    """Return where the phrase that begins at ``at`` ends: comma, content, verb or bracket."""
    limit = min(end, at + 16)
    here = at
    while here < limit:
        kind, word = tokens.kinds[here], tokens.words[here]
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
    found = cue_at(tokens, at) or _with_object(word)
    if not found:
        return _learned(tokens, at, within, naming)
    cue, joined = found
    if at > within[0] and tokens.kinds[at - 1] == WORD:
        previous = tokens.words[at - 1]
        if previous in group("ar", "negations") or (
            previous[0] in "وف" and previous[1:] in group("ar", "negations")
        ):
            return None
        if previous in ("يمكن", "يجوز", "اكثر"):
            return None
        if tokens.words[at - 1] in group("ar", "before_equal"):
            joined = joined or previous != "قد"
    before_verb = _inverted(tokens, at, within, naming, cue, before)
    if before_verb:
        return before_verb
    if cue.kind == "relay":
        return _relay(tokens, at, within, naming, cue, joined)
    opening = _opening(tokens, at + 1, within[1], cue)
    if opening is None:
        return _bare_verb(tokens, at, within, naming, cue, joined, before)
    subject_end, content_first, how = opening
    if how == "preposition" and cue.kind in ("act", "request", "threat", "promise"):
        return _whole(tokens, at, within, naming, cue, joined, subject_end)
    source, to, explicit_before = _subject(
        tokens, at, subject_end, within, naming, cue, joined, before
    )
    first = source[0] if source and explicit_before else at
    content_end = within[1]
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
        rumour=False,
    )


def _inverted(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, before: list[Frame]
) -> Frame | None:
    """Return the frame of a quotation that comes first: «…»، يقول أحد السكان."""
    end = at - 1 if at > within[0] and tokens.kinds[at - 1] == COMMA else at
    if end - within[0] < 3 or tokens.kinds[end - 1] != CLOSE or cue.kind not in _INVERTING:
        return None
    first = next((k for k in range(end - 2, within[0] - 1, -1) if tokens.kinds[k] == OPEN), None)
    stop = _noun_phrase_end(tokens, at + 1, within[1])
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
            if cue.kind == "ask" and (word in group("ar", "questions") or word == "ما"):
                return here, here, "question"
            if bare_phrase is None and cue.preposition and _introduces(word, cue.preposition):
                joined = cue.preposition == "ب"
                bare_phrase = (here, here if joined else here + 1, "preposition")
            other = cue_at(tokens, here)
            if other and other[1] and not bare_phrase:
                return None
            if other and other[0].participle and here > at:
                return bare_phrase
        elif kind == OPEN:
            closing = _closing(tokens, here, min(end, here + 7))
            if closing is not None and _goes_on(tokens, closing, end) and not bare_phrase:
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
        return word[0] == "ب" and len(word) > 3
    return word == preposition


def _goes_on(tokens: Tokens, closing: int, end: int) -> bool:
    """Return whether a short quotation is a name inside the subject: more words follow it."""
    after = closing + 1
    return after < end and tokens.kinds[after] == WORD and tokens.words[after][0] != "و"


def _relay(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool
) -> Frame | None:
    """Return the frame of نقل عن: one who passes on, and from whom."""
    limit = min(within[1], at + 12)
    about = next(
        (
            k
            for k in range(at + 1, limit)
            if tokens.kinds[k] == WORD and tokens.words[k] in ("عن", "عنه", "عنها", "عنهم")
        ),
        None,
    )
    if about is None:
        return None
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
    teller: Range | None = (at + 1, about) if about > at + 1 else before
    if tokens.words[about] == "عن":
        cited: Range | None = phrase
    else:
        cited, teller = before, (at + 1, about) if about > at + 1 else (about + 1, here)
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
    person = naming.first_in((first, end), PEOPLE)
    if person:
        name_end = person[1]
        while name_end < end and naming.starts.get(name_end, (0, "", ""))[2] == "PER":
            name_end = naming.starts[name_end][0]  # one name that was found in two pieces
        return (first, name_end) if name_end - first <= _LONGEST_SOURCE else (person[0], name_end)
    here = first
    while here < end and here - first < _LONGEST_SOURCE:
        kind, word = tokens.kinds[here], tokens.words[here]
        if (
            kind in (COMMA, PAREN, COLON, DASH, CLOSE)
            or word in word_set("ar", "relatives")
            or here in naming.times
            or (here > first and (word in _WHILE or tokens.words[here + 1 : here + 2] == ("عدم",)))
        ):
            break
        if kind == OPEN and here > first and not _closing(tokens, here, end):
            break
        here += 1
    if here < end and tokens.kinds[here] == CLOSE and OPEN in tokens.kinds[first:here]:
        here += 1
    ends = group("ar", "source_ends")
    while here > first and (tokens.words[here - 1] in ends or tokens.kinds[here - 1] == OPEN):
        here -= 1
    if here <= first or tokens.words[first] in group("ar", "no_speakers"):
        return None
    return first, here


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
    if cue.kind == "tell" and told and told[2] in PEOPLE and told[0] < end:
        other = naming.starts.get(told[0])
        if other and other[2] in PEOPLE and other[1] != told[1]:
            return (first, told[0]), (told[0], other[0])  # subject and object: X told Y
    for k in range(first + 1, end):
        word = tokens.words[k]
        if tokens.kinds[k] != WORD:
            continue
        if word == "من" and cue.lemma in _ASKING_FROM and k + 1 < end:
            return (first, k), (k + 1, end)
        if word == "ل" and k + 1 < end and tokens.kinds[k + 1] == OPEN:
            return (first, k), (k + 2, _closing(tokens, k + 1, end) or end)
        genitive = word[:2] == "لل" and not (k == first + 1 and _told_apart(tokens, first))
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
    while here < subject_end and (tokens.kinds[here] != WORD or here in naming.times):
        here += 1
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
    if not _speaks(tokens, source, naming):
        return None, None, False
    return source, None, True


def _disagrees(tokens: Tokens, source: Range, naming: Naming, cue: Cue) -> bool:
    """Return whether a masculine verb precedes a feminine noun, which then is its object."""
    first = source[0]
    mention = naming.starts.get(first)
    if cue.gender != "m" or (mention and mention[2] in PEOPLE):
        return False
    return without_marks(tokens.span(first, first + 1).of(tokens.text)).endswith("ة")


def _whole(
    tokens: Tokens, at: int, within: Range, naming: Naming, cue: Cue, joined: bool, subject_end: int
) -> Frame | None:
    """Return the frame of a verb that is itself what is claimed: a call, a welcome."""
    source, to, explicit_before = _subject(tokens, at, subject_end, within, naming, cue, joined, [])
    if source is not None and not _speaks(tokens, source, naming):
        return None
    if source is None and not joined:
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
        joined=joined,
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
    if cue.participle or cue.kind in ("relay", "publish", "ask", "guess"):
        return None
    noun = at + 1 < within[1] and arabic_noun_key(tokens.words[at + 1])
    speaker = naming.first_in((at + 1, min(within[1], at + (6 if noun else 2))), SPEAKERS)
    if tokens.words[at] in group("ar", "nouns_too") and not (speaker and speaker[0] == at + 1):
        asked_of = _asked_of(tokens, at, within, cue, noun)
        if asked_of is None:
            return None
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
    if not joined:
        source, _, before = _subject(tokens, at, at + 1, within, naming, cue, joined, found)
        if source and before and (cue.kind in ("tell", "request") or source[0] == within[0]):
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
        source = (at + 1, speaker[1])
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
    if about is None or about + 1 >= limit or about > at + _LEARNER:
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


_LEARNER = 8  # words between "learned" and "from"


def _announced(tokens: Tokens, at: int, end: int) -> int | None:
    """Return the noun of action that a speaker announces, as in: announced the death of."""
    for k in range(at, min(end, at + _ANNOUNCED_WITHIN)):
        if tokens.kinds[k] in (STOP, BREAK, COLON):
            return None
        if names_action(tokens.words[k], "ar"):
            return k
    return None
