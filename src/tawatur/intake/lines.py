"""What is a line of a copied page by its own words alone: a button, a notice, a menu?

Judged by the phrases of ``tables/asides.tsv``, the words of ``tables/labels.tsv`` and the
marks of a contact, a credit, a page's number. Where a line stands is `asides`' business.

Cost: folding each short line once; no pass over long paragraphs.
"""

import re
from functools import cache

from tawatur.intake.blocks import Block
from tawatur.intake.tables import rows
from tawatur.model.document import Aside
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_START_WORDS = 30
_WITHIN_WORDS = 25
_PIECES = 5  # headlines on one line, parted by wide gaps
_PIECE_WORDS = range(3, 31)
_BUTTON_WORDS = 8
_ROW = 3  # buttons side by side of which some may be this site's own
_ROW_WORDS = 4

_GAP = re.compile(r"[\s\u00a0]{3,}|\t+|\s[|•·▪■●►»]\s|\s{2,}(?=[-–—•])")
_BAR = re.compile(r"\s*[|•·]\s|\s[-–—]\s")
_SIDE_BY_SIDE = re.compile(rf"{_GAP.pattern}|{_BAR.pattern}")
# In a byline a comma or bracket may part the time of the last change as well.
_CHANGED = re.compile(
    r"(?:\s?[|•·,]\s|\s[-–—]\s|\s?\()(?=(?:mise? à jour|modifié|updated)\b)", re.IGNORECASE
)
_UPDATED = re.compile(
    r"(?:mis a jour|mise a jour|modifie (?:le|a)|updated|last updated|اخر تحديث|تم التحديث)\b"
)
_LETTER = re.compile(r"[^\W_]")
# The desk's initials under a dispatch: abc/def, ts-jb/lp/mr.
_INITIALS = re.compile(r"[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{2,4}(?:-[a-z]{2,4})?){1,5}")
_COPYRIGHT = re.compile(
    r"^\s*(?:\(?©|\(c\)\s|copyright\b|&copy;)|^[^.:]{3,50}\s©\s*\d{4}\W*$", re.IGNORECASE
)
# Whose a picture is: Photo : DR, (Photo d'archives), PHOTO L. MARTIN; a sentence on it is longer.
_CREDIT = re.compile(
    r"\W*(?:(?i:photos?|ph\.|visuel|infographie|dessin|crédits?|credit|image)\s*[:©/]"
    r"|(?i:photos?)\s(?=[A-ZÀ-Þ]|archives|d['’]archives|d['’]illustration)|Ph\.\s(?=[A-Z]))"
    r"(?:\s*\S+){1,6}\s*"
)
_CREDITED = re.compile(r"(?<=[.!?»”\w)])\s+©\s?[^.©]{2,60}$")
# Whom to ask, under a communiqué or bulletin: a desk or a number; who is named is content.
_CONTACT = re.compile(
    r"\W*(?:(?:media |press )?contacts?(?: (?:presse|press|médias?|media|us))?|renseignements"
    r"|(?:media |press )?(?:en|in)quiries|for (?:more|further) information(?: \S+){0,5}?"
    r"|pour (?:tout contact|tous? renseignements?|plus d['’]informations?)"
    r"|pour toute (?:information|question|demande)(?: \S+){0,5}?"
    r"|(?:service|bureau|relations|attachée?) (?:de |avec la )?(?:presse|la communication)"
    r"|service communication|(?:press|media) (?:office|desk|service|relations)"
    r"|courriel|e-?mail|t[ée]l(?:[ée]phone)?\.?|fax|phone"
    r"|هاتف|الهاتف|البريد الإلكتروني|المكتب الإعلامي|المكتب الصحفي"
    r"|للتواصل|للاتصال|للاستفسار|للاستعلام|للمزيد من المعلومات)\s*:"
    r"(?-i:(?!\s*[A-ZÀ-Þ][\w-]+ [A-ZÀ-Þ]))",
    re.IGNORECASE,
)
# A line that is an address, with or without a label; a text's last mark; the number of a page, or
# on which a matter goes on; how long a recording is.
_ADDRESS = re.compile(
    r"(?:[^.:]{1,60}:|pour [^.:]{1,60}?)?\W*(?:(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+)\W*",
    re.IGNORECASE,
)
_END_MARK = re.compile(
    r"[-–—*#=\s[(]+(?:fin|ends?|انتهى)(?: (?:de|du|of) (?:la |the |l['’])?\w+)?[-–—*#=\s)\]]+"
    r"|(?:fin|end) (?:de |du |of )(?:la |the )?(?:note|message|flash|document|text|texte|report"
    r"|rapport|transcript|transcription|extrait|enregistrement)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:[^.]{1,40}\s[-–—|•]\s)?\W*(?:page|p\.)\s*\d{1,3}(?:\s*(?:sur|de|of|/)\s*\d{1,3})?\W*"
    r"|\d{1,2}\s*/\s*\d{1,2}|[-–—]\s*\d{1,3}\s*[-–—]|\d\d?:\d\d\s*/\s*\d\d?:\d\d"
    r"|\W*(?:lire|voir|suite|see|read)\b[^.]{0,60}"
    r"\b(?:(?:pages?|p\.)\s*\d+(?: et \d+)?|(?:en )?dernière page|ci-(?:contre|dessous|après))\W*",
    re.IGNORECASE,
)
# Figures by twos are a number to call, an amount goes by threes.
_CALL = re.compile(
    r"[^.]{1,60}(?::|\bau|\ble|\btél\.?)\s*(?:\+\d{1,3}[ .]?)?\d\d(?:[ .-]\d\d){3,5}\W*",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"(?:articles?|notes?|bulletins?|numéros?|pages?|billets?|chapitres?|épisodes?)"
    r" (?:précédent|suivant)e?s?",
    re.IGNORECASE,
)
# When a periodical comes again; what is to happen next is content.
_NEXT_ISSUE = re.compile(
    r"prochaine? (?:note|bulletin|point(?: de situation)?|mise à jour|numéro|édition|livraison"
    r"|rapport de situation|flash|diffusion)\b[^.]*"
    r"|next (?:update|bulletin|issue|edition|sitrep|situation report)\b[^.]*",
    re.IGNORECASE,
)
# What a transcript says of sounds; who speaks is content.
_STAGE = re.compile(
    r"[\[(](?:sons?|musique|jingle|générique|applaudissements|rires|inaudible|silence"
    r"|extrait sonore|fin de citation|(?:début|fin) de l['’]enregistrement|music|applause"
    r"|laughter)[\])]",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"\W*(?:#\w+\s*)+")
_ELSEWHERE = re.compile(
    r"[^.]{1,60}\b(?:sur|dans) (?:notre|nos) (?:site|page|chaîne|édition|colonnes|application)"
    r"(?: (?:internet|web|papier|numérique|de demain|facebook|whatsapp|youtube))?\W*",
    re.IGNORECASE,
)
_READ_ALSO = re.compile(
    r"\W*(?i:(?:à )?(?:lire|voir|écouter|read|see) (?:aussi|également|also))\s+(?=[«“\"A-ZÀ-Þ])"
)
# An agency's keywords over a dispatch: CHAD-ELECTIONS-UN, Tchad-vote-sécurité; no town is
# hyphenated so unless by a saint or a little word.
_SLUG = re.compile(
    r"(?!SAINT)(?!.*-(?:EN|DE|DU|DES|LA|LE|LES|SUR|ET|AUX|UPON|ON|THE)-)"
    r"(?:[A-ZÀ-Þ]{3,}(?:-[A-ZÀ-Þ]{2,}){2,}|[A-ZÀ-Þ][a-zà-ÿ]{3,}(?:-[a-zà-ÿ]{4,}){2,})"
    r"(?:[ ,/]+(?:LEAD|URGENT|ALERTE|PREV))*/?"
)
_NOTICES = (
    _ADDRESS,
    _END_MARK,
    _PAGE_NUMBER,
    _CALL,
    _STEP,
    _NEXT_ISSUE,
    _STAGE,
    _HASHTAGS,
    _ELSEWHERE,
)
BYLINE = re.compile(
    r"^(?:by|par|de|بقلم|كتب|كتبت|إعداد|تحرير|ترجمة|المصدر|source|photo|crédit|نشر|نُشر|published|publié|updated|"
    r"mis à jour|آخر تحديث|تاريخ|posted)\b",
    re.IGNORECASE,
)


def own_kind(block: Block) -> str | None:
    """Return what the paragraph is by its own words alone."""
    if _LETTER.search(block.text) is None:
        return "widget"
    if _headline_run(block.text):
        return "headlines"
    if _INITIALS.fullmatch(block.text.strip()) or _SLUG.fullmatch(block.text.strip()):
        return "notice"
    if block.words > _START_WORDS:
        return None
    if _COPYRIGHT.match(block.text) or _CONTACT.match(block.text):
        return "notice"
    if _CREDIT.fullmatch(block.text):
        return "widget"
    if any(form.fullmatch(block.text) for form in _NOTICES):
        return "notice"
    key = block.key
    exact = phrases("line").get(key) or phrases("form").get(key)
    if exact is not None:
        return exact
    if key in phrases("heading"):
        return "headlines"
    begun = opened(key)
    if begun is not None:
        return begun
    if block.words <= _BUTTON_WORDS and _is_button(key):
        return "widget"
    if block.words <= _WITHIN_WORDS:
        within = _holding().search(key)
        if within is not None:
            return phrases("within")[within.group()]
    return "headlines" if _is_lead(block) else _row(block.text)


def _row(line: str) -> str | None:
    """Return what buttons side by side are: all known, or of three and more the half."""
    parts = [part for part in _SIDE_BY_SIDE.split(line) if part.strip()]
    if len(parts) < 2 or BYLINE.match(line):
        return None
    known = [_of_part(_key(part)) for part in parts]
    kinds = [kind for kind in known if kind is not None]
    if len(kinds) == len(parts) > 1:
        return kinds[0]
    sections = sum(made_of("section").fullmatch(_key(part)) is not None for part in parts)
    short = all(len(part.split()) <= _ROW_WORDS + 4 for part in parts)
    if len(parts) >= _ROW and short and 2 * (len(kinds) + sections) >= len(parts):
        return kinds[0] if kinds else "menu"
    return None


def _is_button(key: str) -> bool:
    """Whether the words tell only what to press: "show the comments", "back to the home page"."""
    verb, _, rest = key.partition(" ")
    return verb in _labels("press") and made_of("object").fullmatch(rest) is not None


def trailing(block: Block) -> Aside | None:
    """Return what a page adds to the end of a line of its own: "| Updated 7.05 pm | 14 comments".

    Parts are told apart by bars; the first of them is never one.
    """
    bars = (
        {match.start() for match in _BAR.finditer(block.text)}
        if block.words <= _START_WORDS
        else set()
    )
    if not block.ends_sentence and BYLINE.match(block.text):
        bars |= {match.start() for match in _CHANGED.finditer(block.text)}
    start, kind = len(block.text), None
    credited = _CREDITED.search(block.text)
    if credited is not None:
        start, kind = credited.start(), "widget"
    for bar in sorted(bars, reverse=True):
        of_part = _of_part(_key(block.text[bar:start]))
        if of_part is None:
            break
        start, kind = bar, of_part
    if kind is None:
        return None
    return Aside(Span(block.span.start + start, block.span.end), kind)


def _key(part: str) -> str:
    """Return the folded words of a part of a line, digits left out."""
    return " ".join(re.sub(r"\d+", " ", fold_words(part)).split())


def _of_part(key: str) -> str | None:
    """Return what a part of a line is by its words."""
    exact = phrases("line").get(key) or phrases("comments").get(key) or phrases("form").get(key)
    if exact is not None or made_of("share").fullmatch(key):
        return exact or "widget"
    return "notice" if opened(key) or _UPDATED.match(key) else None


def _is_lead(block: Block) -> bool:
    """Whether it names one other article: "Read also: …"."""
    if _READ_ALSO.match(block.text):
        return not block.ends_sentence
    head = block.text[:60]
    separator = re.search(r"(?<=\w)\s*[:|–—»›>\].]", head)
    return separator is not None and fold_words(head[: separator.start()]) in phrases("lead")


def _headline_run(line: str) -> bool:
    """Whether the line is many headlines parted by wide gaps, few of them sentences."""
    if len(line) < 150:
        return False
    pieces = [piece for piece in _GAP.split(line) if piece.strip()]
    if len(pieces) < _PIECES:
        return False
    sizes = sorted(len(piece.split()) for piece in pieces)
    stops = sum(piece.rstrip().endswith((".", "،", ",")) for piece in pieces)
    return sizes[len(sizes) // 2] in _PIECE_WORDS and sizes[-1] <= 40 and stops <= len(pieces) * 0.2


@cache
def phrases(how: str) -> dict[str, str]:
    """Return the folded phrases of one kind of match, with what they make of a line."""
    return {fold_words(row["phrase"]): row["kind"] for row in rows("asides") if row["how"] == how}


def opened(key: str) -> str | None:
    """Return what the phrase makes of a line that its folded words begin with, if one does."""
    begun = _starting().match(key)
    return phrases("start")[begun.group()] if begun is not None else None


@cache
def _starting() -> re.Pattern[str]:
    longest_first = sorted(phrases("start"), key=len, reverse=True)
    return re.compile("(?:" + "|".join(longest_first) + r")(?!\w)")


@cache
def _holding() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(phrases("within")) + r")\b")


@cache
def _labels(kind: str) -> frozenset[str]:
    """Return the folded words of one kind of labels."""
    return frozenset(
        fold_words(word)
        for row in rows("labels")
        if row["kind"] == kind
        for word in row["words"].split("|")
    )


@cache
def made_of(kind: str) -> re.Pattern[str]:
    """Return a pattern for a line of such words alone, apart or glued together."""
    longest_first = sorted(_labels(kind), key=lambda word: (-len(word), word))
    # Atomic: a label that is two others glued must not be tried in every combination.
    return re.compile(r"(?:(?>(?:و ?)?(?:" + "|".join(longest_first) + r"))(?: |(?=\S)|$))++")
