"""Measure intake: main text of web pages, asides of plain text, and speed.

Finds its data through TAWATUR_EVAL_DATA. For each page of news/trafilatura_eval
there are strings that the main text must hold and strings that it must not; the
same is asked of the page's rendition taken in as plain text, which is what
somebody gets who copies the whole page. Trafilatura alone stands beside them, since
the main text of pages rests on it where a page is not clear by itself; so does intake
with every page taken for unclear. Prints precision, recall and F1 over the strings,
which share of the pages was clear, what went wrong with ``--misses``, and pages per second.

The same three read the invented pages of ``gold/pages`` (see ``evals.pages``): 01 to 08 of
each language, and 09 to 12, held out.

Then plain pages are put together from Arabic news: one article, headlines of
others, menus, share bars and comment forms in five shapes, and the bare article as
the sixth. Prints precision and recall over characters that are not content, and how
often the title is found; for the bare article the share of it wrongly marked.
"""

import argparse
import gzip
import html
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import trafilatura

from evals import pages
from tawatur.errors import TawaturError
from tawatur.intake import extract, report

_SEED = 11
_ARTICLES = 600  # of each collection
_PAGES = 150
_NEWS = (
    ("ant_jawhara_tunisia.jsonl.gz", "text"),
    ("ant_multisource_2018.jsonl.gz", "text"),
    ("saudinewsnet_2015.jsonl.gz", "content"),
)
_UNCLEAR = "pages, none taken for clear"
_SHAPES = (
    "glued headlines",
    "headlines on lines",
    "menus",
    "page title",
    "three headlines",
    "bare article",
)


def main() -> int:
    """Print the figures; exit status 2 if the data are not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list the strings gone wrong")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    args = parser.parse_args()
    data = os.environ.get("TAWATUR_EVAL_DATA")
    folder = Path(data or "", "news", "trafilatura_eval")
    if data and not folder.exists():
        folder = Path(data, "data", "news", "trafilatura_eval")
    if not data or not folder.exists():
        print("set TAWATUR_EVAL_DATA to the folder that holds the data", file=sys.stderr)
        return 2
    cases = json.loads((folder / "evaldata_ar_fr.json").read_text("utf-8"))
    cases = {k: c for k, c in cases.items() if (folder / c["file"]).exists()}
    figures = {}
    for way in ("trafilatura", "pages", _UNCLEAR, "as plain text"):
        with _clear(ask=way != _UNCLEAR) as clear:
            figures[way] = _measure(folder, cases, way, misses=args.misses)
        if way == "pages":
            figures[way]["clear"] = round(sum(clear) / len(cases), 3)
    figures |= _measure_invented(misses=args.misses)
    figures |= _measure_shapes(Path(folder).parent)
    if args.json:
        print(json.dumps(figures))
    else:
        for way, found in figures.items():
            print(f"{way:32}" + "  ".join(f"{name} {value}" for name, value in found.items()))
    return 0


def _measure(
    folder: Path, cases: dict[str, dict[str, list[str]]], way: str, *, misses: bool
) -> dict[str, float]:
    held = missed = wrong = refused = 0
    seconds = 0.0
    for case in cases.values():
        name = str(case["file"])
        content = (folder / name).read_bytes()
        try:
            if way == "as plain text":
                name, content = name + ".txt", extract(name, content).text.encode()
            begun = time.perf_counter()
            if way == "trafilatura":
                main = _trafilatura(name, content)
            else:
                main = pages.main_text(name, content)
            seconds += time.perf_counter() - begun
        except TawaturError as error:
            refused += 1
            print(f"refused: {error}")
            continue
        kept = _squeezed(main)
        for wanted in case["with"]:
            there = _squeezed(wanted) in kept
            held, missed = held + there, missed + (not there)
            if misses and not there:
                print(f"  {way}: {name}: missing: {wanted!r}")
        for unwanted in [*case["without"], *case.get("comments", ())]:
            there = _squeezed(unwanted) in kept
            wrong += there
            if misses and there:
                print(f"  {way}: {name}: not content: {unwanted!r}")
    precision, recall = held / max(1, held + wrong), held / max(1, held + missed)
    return {
        "pages": len(cases),
        "refused": refused,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "F1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "per second": round(len(cases) / seconds, 1) if seconds else 0.0,
    }


def _trafilatura(_name: str, content: bytes) -> str:
    return trafilatura.extract(content, include_comments=False) or ""


@contextmanager
def _clear(*, ask: bool) -> Iterator[list[bool]]:
    """Note for each page whether it is clear by itself; where not to be asked, none is."""
    noted: list[bool] = []
    clear_report = report.clear_report

    def noting(page: report.Page) -> set[int] | None:
        found = clear_report(page) if ask else None
        noted.append(found is not None)
        return found

    with mock.patch.object(report, "clear_report", noting):
        yield noted


def _measure_invented(*, misses: bool) -> dict[str, dict[str, float]]:
    """Return the figures of the invented pages, by set and way."""
    figures: dict[str, dict[str, float]] = {}
    names = [language + held for held in ("", f"-{pages.HELD}") for language in pages.LANGUAGES]
    for name in names:
        marked = [pages.marked(path) for path in pages.corpus(name=name)]
        for way in ("trafilatura", "pages", _UNCLEAR):
            reader = _trafilatura if way == "trafilatura" else pages.main_text
            with _clear(ask=way == "pages") as clear:
                scores = [pages.score(page, reader) for page in marked]
            means = [round(sum(column) / len(scores), 3) for column in zip(*scores, strict=True)]
            row = dict(zip(("precision", "recall", "F1"), means, strict=True))
            if way == "pages":
                row["clear"] = round(sum(clear) / len(marked), 3)
            figures[f"{name}, {way}"] = row
        if misses and not name.endswith(pages.HELD):
            for page in marked:
                for line in pages.misses(page, pages.main_text):
                    print(f"  {page.name}: {line}")
    return figures


def _measure_shapes(news: Path) -> dict[str, dict[str, float]]:
    """Return the figures of plain pages put together from articles, by shape."""
    articles = []
    chance = random.Random(_SEED)  # noqa: S311 # a sample to measure on, the same each time
    for name, key in _NEWS:
        with gzip.open(news / name, "rt", encoding="utf-8") as lines:
            for line in chance.sample(list(lines), _ARTICLES):
                article = json.loads(line)
                title, body = str(article["title"]).strip(), str(article[key] or "").strip()
                if len(body) > 500 and len(title.split()) >= 4:
                    articles.append((title, body))
    figures = {}
    for shape in _SHAPES:
        hit = wanted_size = said_size = titles = size = 0
        pages = chance.sample(articles, _PAGES)
        for title, body in pages:
            others = [t for t, _ in chance.sample(articles, 30) if t != title]
            head, foot = _frame(shape, title, others)
            text = f"{head}{title}\n\n{body}{foot}"
            taken = extract("page.txt", text.encode())
            ends = len(text) - len(foot)
            wanted = {i for i in (*range(len(head)), *range(ends, len(text))) if text[i].strip()}
            spans = [aside.span for aside in taken.asides]
            said = {i for span in spans for i in range(span.start, span.end) if text[i].strip()}
            hit, size = hit + len(wanted & said), size + len(text)
            wanted_size, said_size = wanted_size + len(wanted), said_size + len(said)
            titles += taken.title is not None and taken.title.of(text) == title
        found = {"title": round(titles / len(pages), 3)}
        if wanted_size:
            found["precision"] = round(hit / max(1, said_size), 3)
            found["recall"] = round(hit / wanted_size, 3)
        else:
            found["wrongly marked"] = round(said_size / size, 5)
        figures[shape] = found
    return figures


def _frame(shape: str, title: str, others: list[str]) -> tuple[str, str]:
    """Return what stands above and below an article in a page of this shape."""
    form = (
        "\n\nأضف تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *\n"
        "الاسم *\nالبريد الإلكتروني *\nإرسال التعليق"
    )
    if shape == "glued headlines":
        return "\u00a0\u00a0\u00a0\u00a0".join(others[:20]) + "\n\n\n", form
    if shape == "headlines on lines":
        return "\n".join(others[:12]) + "\n\n", "\n\nمقالات ذات صلة\n" + "\n".join(others[12:16])
    if shape == "menus":
        head = f"الرئيسية\nسياسة\nاقتصاد\nرياضة\nثقافة\n\nالرئيسية / سياسة / {title}\n\n"
        return head, "\n\nشارك\nFacebook\nواتساب\n\nقد يعجبك أيضا\n" + "\n".join(others[:3]) + form
    if shape == "page title":
        return f"{title} – صدى الحوض\n\n", "\n\nالأكثر قراءة\n" + "\n".join(others[:5])
    if shape == "three headlines":
        return "\n".join(others[:3]) + "\n\n\n", "\n\nالتعليقات (1)\nسمير\nمنذ ساعة\nلا أتفق.\nرد"
    return "", ""


def _squeezed(text: str) -> str:
    """Return the text without differences of white space and of entities."""
    return " ".join(html.unescape(text).split())


if __name__ == "__main__":
    sys.exit(main())
