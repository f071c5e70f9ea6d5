"""Which paragraphs does a text number itself, how is each classified, who signs below them?"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from tawatur.model.document import NumberedParagraph
from tawatur.model.span import Span

_NUMBER = re.compile(r"(?<![\w.,/:\-])¶?\s?(\d{1,3})(?:\.(?=\s|\(|$)|\s?[-–)](?=\s))")
_LINE_START = re.compile(r"(?:^|[\r\n])[ \t\u00a0\ufeff]*\Z")
_BREAK = re.compile(r"(?:^|[\r\n]|[.!?؟:؛»”\")])[ \t\u00a0\ufeff\r\n]*\Z")
# "(C)", "(S/NF)", "(C - Entire text)", "(س)"; no letters that count items, such as (a) or (ب).
_CLASSIFIED = re.compile(
    r"\d{1,3}\s?[.)–-]?\s*(?:\(\s*(?P<mark>"
    r"(?:TS|SBU|LOU|FOUO|OUO|CUI|S|C|U|R|DR|CD|SD|NP|NC)(?:\s?/{1,2}\s?[A-Z]+(?:,\s?[A-Z]+)*)*"
    r"|س(?:[ ./]?[سجغ])?|غ[ ./]?[سم]|خ|م"
    r")\s*(?:[-–]\s*(?i:entire text|texte entier|النص كاملا)\s*\.?\s*)?\)"
    r"|(?P<word>[A-Z]+(?: [A-Z]+){0,2})\s*[-–]\s*ENTIRE TEXT)"
)
_SENTENCE_END = re.compile(r"[.!?؟…][\"'”»)\]]*\s+")
_SIGNED_BY = re.compile(
    r"(?:SIGN[EÉ]|Sign[ée]|SIGNED|Signed|التوقيع|توقيع)\s*[:：]?\s*(?=\S)",
)
_SIGNATURE = re.compile(
    r"[A-ZÀ-Ý][\w.'’-]*(?:[ ,]{1,2}[A-ZÀ-Ý][\w.'’-]*){0,4}"
    r"|[\u0621-\u064a][\u0621-\u0652.-]*(?: [\u0621-\u064a][\u0621-\u0652.-]*){0,3}"
)
_AFTER = re.compile(r"[ \t]*(?:\./\.|\.?/\.|-{2,}|#+)?[ \t]*$")  # what closes a telegram
_NO_NAME = re.compile(  # "END COMMENT": headings and closing words of a part
    r"\b(?:END|FIN|COMMENT|COMMENTAIRE|SUMMARY|RESUME|RÉSUMÉ|NNNN|BT)\b|(?<!\w)(?:نهاية|انتهى|انتهت|تعليق)",
    re.IGNORECASE,
)


def numbered_paragraphs(text: str, start: int, *, inline: bool) -> tuple[NumberedParagraph, ...]:
    """Return the paragraphs numbered 1, 2, 3 … from ``start`` on, in order.

    ``inline`` numbers may stand within a line, as in cables that lost their line
    breaks: behind a full stop, or behind a heading that has none. One number in a
    row may be missing.
    """
    sure: dict[int, list[int]] = {}
    likely: dict[int, list[int]] = {}
    for found in _NUMBER.finditer(text, start):
        before = text[max(0, found.start() - 12) : found.start()]
        if (_BREAK if inline else _LINE_START).search(before):
            sure.setdefault(int(found[1]), []).append(found.start(1))
        elif inline:
            likely.setdefault(int(found[1]), []).append(found.start(1))
    chain: list[NumberedParagraph] = []
    at, number = start - 1, 1
    while True:
        place = _next_number(sure, likely, number, at)
        if place is None and chain:
            number += 1
            place = _next_number(sure, {}, number, at)
        if place is None:
            return tuple(chain) if len(chain) > 1 else ()
        chain.append(NumberedParagraph(number, place, _classification(text, place)))
        at, number = place, number + 1


def signature(content: Sequence[Span], text: str, last: int) -> str | None:
    """Return the name or the role that ends a message as it is written, None if none does.

    On a line of its own; or as the last word, where line breaks were lost, behind the
    last full stop.

    Args:
        content: The stretches of ``text`` that are content, in order.
        text: The rendition.
        last: Where its last numbered paragraph begins.
    """
    stretch = next((s for s in reversed(content) if s.of(text).strip()), None)
    if stretch is None:
        return None
    body = text[min(last, stretch.start) : stretch.end].rstrip()
    lines = body.splitlines()
    if not lines:
        return None
    ending = _AFTER.sub("", lines[-1].strip())
    if len(lines) == 1 or _SENTENCE_END.search(ending):
        *said, ending = _SENTENCE_END.split(ending)
        if not said:
            return None
    named = _SIGNED_BY.sub("", ending, count=1).strip()
    if _SIGNATURE.fullmatch(named) is None or _NO_NAME.search(named) is not None:
        return None
    return named


def _classification(text: str, place: int) -> str | None:
    """Return the classification that stands behind a paragraph's number."""
    found = _CLASSIFIED.match(text, place)
    return None if found is None else (found["mark"] or found["word"])


def _next_number(
    sure: dict[int, list[int]], likely: dict[int, list[int]], number: int, at: int
) -> int | None:
    """Return where paragraph ``number`` begins after ``at``; a likely place yields to a sure one.

    Unless the next number surely comes first: then the sure place is another thing.
    """
    best, second = _after(sure.get(number), at), _after(likely.get(number), at)
    following = _after(sure.get(number + 1), at)
    if best is None or (second is not None and following is not None and second < following < best):
        return second
    return best


def _after(places: list[int] | None, at: int) -> int | None:
    at_or_before = bisect_right(places, at) if places else 0
    return places[at_or_before] if places and at_or_before < len(places) else None
