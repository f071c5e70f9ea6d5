"""Is the report told from the page around it? Invented pages, in three languages.

Each page of ``gold/pages`` carries marks in comments, which are taken out before it is
read: ``report`` begins what belongs to the report, ``rest`` what does not, ``either`` what
neither helps nor harms (bylines, dates, captions). What is found is aligned word by word
with what the page shows, and precision and recall are of the letters of those words; a
figure is the mean over pages, so that a long page counts no more than a short one.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tawatur.intake import extract

LANGUAGES = ("ar", "fr", "en")
HELD = "held"
_FOLDER = Path(__file__).parent / "gold" / "pages"
_OPEN = 8
"""Pages numbered higher are held out: nobody who changes the reader looks at them."""

_MARK = re.compile(r"<!--(report|rest|either)-->")
_UNSEEN = re.compile(
    r"<(head|script|style|textarea)\b.*?</\1>|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE
)
_WITHIN_WORDS = re.compile(r"</?(?:sup|b|strong|em|i)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A page, and each word that it shows with the mark over it."""

    name: str
    content: bytes
    words: tuple[str, ...]
    marks: tuple[str, ...]


def corpus(_data: Path | None = None, *, name: str) -> list[Path]:
    """Return the pages of ``ar``, ``fr`` or ``en``; those held out of ``ar-held`` and so on."""
    language, _, held = name.partition("-")
    found = sorted(_FOLDER.glob(f"{language}-*.html"))
    return [p for p in found if (int(p.stem[-2:]) > _OPEN) == (held == HELD)]


def figures(_data: Path | None = None, *, name: str) -> dict[str, float]:
    """Return F1 of the main text over the pages of one set, and that of the worst page."""
    found = [score(marked(path), main_text)[2] for path in corpus(name=name)]
    return {"main text": round(sum(found) / len(found), 3), "worst page": round(min(found), 3)}


def main_text(name: str, content: bytes) -> str:
    """Return what intake takes for the report."""
    taken = extract(name, content)
    return "\n".join(span.of(taken.text) for span in taken.main())


def marked(path: Path) -> Marked:
    """Return the page without its marks, and the words under each of them."""
    text = path.read_text("utf-8")
    pieces = _MARK.split(_UNSEEN.sub(" ", text))
    words: list[str] = []
    marks: list[str] = []
    for mark, piece in zip(["rest", *pieces[1::2]], pieces[::2], strict=True):
        shown = html.unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", piece)))
        under = _WORD.findall(shown)
        words += under
        marks += [mark] * len(under)
    return Marked(path.name, _MARK.sub("", text).encode(), tuple(words), tuple(marks))


def score(page: Marked, reader: Callable[[str, bytes], str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of what ``reader`` takes for the report."""
    found = _WORD.findall(reader(page.name, page.content))
    taken = _places(page.words, found)
    letters = {"report": 0, "rest": 0, "either": 0}
    missed = 0
    for place, (word, mark) in enumerate(zip(page.words, page.marks, strict=True)):
        if place in taken:
            letters[mark] += len(word)
        elif mark == "report":
            missed += len(word)
    hit = letters["report"]
    precision = hit / max(1, hit + letters["rest"])
    recall = hit / max(1, hit + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def misses(page: Marked, reader: Callable[[str, bytes], str]) -> list[str]:
    """Return the runs of words that were left out or taken wrongly."""
    taken = _places(page.words, _WORD.findall(reader(page.name, page.content)))
    runs: list[tuple[str, list[str]]] = []
    for place, (word, mark) in enumerate(zip(page.words, page.marks, strict=True)):
        wrong = {"report": "missing", "rest": "not content"}.get(mark, "")
        what = wrong if (place in taken) != (mark == "report") else ""
        if not runs or runs[-1][0] != what:
            runs.append((what, []))
        runs[-1][1].append(word)
    return [f"{what}: {' '.join(run)}" for what, run in runs if what]


def _places(shown: tuple[str, ...], found: list[str]) -> set[int]:
    """Return the places in what is shown of the words that were found."""
    matcher = SequenceMatcher(None, shown, found, autojunk=False)
    return {i for a, _, size in matcher.get_matching_blocks() for i in range(a, a + size)}
