"""Invented web pages of about 30 KB for benches: the report is known, everything else varies.

Eight shapes in three languages, as press sites have them: menus, cookie notices, "read
also" within the text, lists of related articles, comments, tags, structured data, scripts.
Sentences come from the sample reports, in another order and with other figures. Page
``n`` is the same on every run.
"""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tawatur.intake import extract
from tawatur.samples import paths

BYTES = 30_000
LANGUAGES = ("ar", "fr", "en")
_PARAGRAPHS = range(7, 14)
_SENTENCE = re.compile(r"(?<=[.؟!])\s+|\n+")
_FIGURE = re.compile(r"\d{2,}")

_LABELS = {
    "ar": (
        "الرئيسية|سياسة|اقتصاد|مجتمع|ثقافة|رياضة|آراء|تحقيقات|العالم|محليات|صحة|تكنولوجيا|فيديو",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك وقياس الزيارات. بمواصلة التصفح توافق على ذلك.",
        "اقرأ أيضا",
        "مقالات ذات صلة",
        "التعليقات",
        "أضف تعليقا",
        "جميع الحقوق محفوظة",
        "بوابة الضفاف",
        "الوسوم",
        "الأكثر قراءة",
    ),
    "fr": (
        "Accueil|Politique|Économie|Société|Culture|Sports|Opinions|Enquêtes|Monde|Régions|Santé",
        "Nous utilisons des cookies pour mesurer l'audience. En poursuivant, vous les acceptez.",
        "Lire aussi",
        "Sur le même sujet",
        "Commentaires",
        "Laisser un commentaire",
        "Tous droits réservés",
        "Le Courrier des Rives",
        "Mots-clés",
        "Les plus lus",
    ),
    "en": (
        "Home|Politics|Business|Society|Culture|Sport|Opinion|Investigations|World|Local|Health",
        "We use cookies to measure visits and to show advertisements. By going on you accept them.",
        "Read more",
        "Related articles",
        "Comments",
        "Leave a comment",
        "All rights reserved",
        "The Riverside Courier",
        "Tags",
        "Most read",
    ),
}


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page, and the paragraphs of the report in it, its title first."""

    name: str
    shape: str
    language: str
    content: bytes
    report: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the shapes arrange."""

    title: str
    body: str
    above: str
    below: str
    aside: str
    day: str
    next: str


def web_page(number: int, report: tuple[str, ...] | None = None) -> WebPage:
    """Return page ``number``, around this Arabic report (its title first) or one of its own."""
    chance = random.Random(number)
    shape, arrange = list(_SHAPES.items())[number % len(_SHAPES)]
    language = chance.choice(LANGUAGES) if report is None else "ar"
    told = _Told(language, chance)
    if report is None:
        report = (told.headline(), *(told.paragraph() for _ in range(chance.choice(_PARAGRAPHS))))
    day = f"20{chance.randint(10, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    parts = _Parts(
        title=report[0],
        body=told.body(report[1:]),
        above=told.above(),
        below=told.below(),
        aside=told.most_read(),
        day=day,
        next=told.following(),
    )
    direction = "rtl" if language == "ar" else "ltr"
    head, body = told.head(report[0], day), arrange(parts)
    filler = told.script(BYTES - len(head.encode()) - len(body.encode()) - 120)
    text = (
        f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head>{head}{filler}</head>'
        f"<body>{body}</body></html>"
    )
    return WebPage(f"{number:06}.html", shape, language, text.encode(), report)


@cache
def _sentences(language: str) -> tuple[str, ...]:
    """Return the sentences of the sample reports in one language."""
    found = []
    for path in paths():
        taken = extract(path.name, path.read_bytes())
        if taken.language == language:
            told = "\n".join(span.of(taken.text) for span in taken.main())
            found += [s.strip() for s in _SENTENCE.split(told) if 40 < len(s.strip()) < 400]
    return tuple(s for s in found if s.endswith("."))


class _Told:
    """Writes the pieces of one page."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self.sentences = _sentences(language)
        self.chance = chance
        (
            self.menu,
            self.cookies,
            self.also,
            self.related,
            self.comments,
            self.comment,
            self.rights,
            self.site,
            self.tags,
            self.read,
        ) = _LABELS[language]

    def sentence(self) -> str:
        return _FIGURE.sub(
            lambda found: str(self.chance.randint(10, 10 ** len(found[0]) - 1)),
            self.chance.choice(self.sentences),
        )

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def headline(self) -> str:
        words = self.sentence().rstrip(".").split()
        return " ".join(words[: self.chance.randint(6, 12)])

    def links(self, count: int, tag: str = "li") -> str:
        return "".join(
            f'<{tag} class="item item-{n}"><div class="card"><div class="card__media">'
            f'<a href="/news/{self.chance.randrange(10**6)}/"><img src="/i/{n}.jpg" alt=""></a>'
            f'</div><div class="card__text"><h4><a href="/news/{self.chance.randrange(10**6)}/" '
            f'class="card__link"><span>{self.headline()}</span></a></h4>'
            f'<span class="card__time">{self.chance.randint(1, 28)}/05</span></div></div></{tag}>'
            for n in range(count)
        )

    def body(self, paragraphs: tuple[str, ...]) -> str:
        """Return the report's paragraphs, what the site puts between them among them."""
        at = self.chance.randrange(1, len(paragraphs) + 1)
        told = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
        told.insert(
            at,
            f'<div class="also"><strong>{self.also}:</strong> '
            f'<a href="/x">{self.headline()}</a></div>',
        )
        return "\n".join(told)

    def following(self) -> str:
        """Return another article, as pages without an end put below the report."""
        told = "".join(f"<p>{self.paragraph()}</p>" for _ in range(4))
        return f'<article><h2><a href="/y">{self.headline()}</a></h2>{told}</article>'

    def above(self) -> str:
        menu = "".join(
            f'<li class="menu-item menu-item-{n}"><a href="/c/{n}">{word}</a></li>'
            for n, word in enumerate(self.menu.split("|"))
        )
        return (
            f'<div class="cookie-notice" role="dialog"><p>{self.cookies}</p>'
            f"<button>OK</button></div><header><a>{self.site}</a>"
            f'<nav class="main-nav"><ul>{menu}</ul></nav></header>'
        )

    def below(self) -> str:
        comments = "".join(
            f'<li class="comment"><b>{self.headline()[:14]}</b><p>{self.sentence()}</p></li>'
            for _ in range(self.chance.randrange(6))
        )
        return (
            f'<div class="tags">{self.tags} <a>{self.headline()[:12]}</a></div>'
            f'<section class="related"><h3>{self.related}</h3><ul>{self.links(8)}</ul></section>'
            f'<div id="comments"><h3>{self.comments}</h3><ol>{comments}</ol>'
            f"<form><h3>{self.comment}</h3><input><textarea></textarea></form></div>"
            f"<footer><p>© {self.site}. {self.rights}</p></footer>"
        )

    def most_read(self) -> str:
        return f'<div class="sidebar"><h3>{self.read}</h3><ul>{self.links(10)}</ul></div>'

    def head(self, title: str, day: str) -> str:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": f"{day}T08:00:00Z",
            "publisher": {"@type": "Organization", "name": self.site},
        }
        linked = json.dumps(data, ensure_ascii=False)
        return (
            f'<meta charset="utf-8"><title>{title} | {self.site}</title>'
            f'<meta property="og:title" content="{title}">'
            f'<meta property="og:site_name" content="{self.site}">'
            f'<script type="application/ld+json">{linked}</script>'
        )

    def script(self, size: int) -> str:
        """Return style and script to fill a page up, as sites have them."""
        rule = ".c%d{margin:%dpx;color:#%06x}"
        rules: list[str] = []
        while sum(map(len, rules)) < size:
            pick = self.chance.randrange
            rules.append(rule % (pick(10**4), pick(99), pick(16**6)))
        return f"<style>{''.join(rules)}</style>"


def _semantic(p: _Parts) -> str:
    return (
        f"{p.above}<main><article><h1>{p.title}</h1><time datetime='{p.day}'>{p.day}</time>"
        f"{p.body}</article>{p.aside}</main>{p.below}"
    )


def _wordpress(p: _Parts) -> str:
    return (
        f'<div id="page">{p.above}<div id="primary"><div class="post type-post">'
        f'<h1 class="entry-title">{p.title}</h1><div class="entry-meta">{p.day}</div>'
        f'<div class="entry-content">{p.body}</div></div>{p.below}</div>{p.aside}</div>'
    )


def _microdata(p: _Parts) -> str:
    return (
        f'{p.above}<div itemscope itemtype="http://schema.org/NewsArticle">'
        f'<h1 itemprop="headline">{p.title}</h1><div itemprop="articleBody">{p.body}</div></div>'
        f"{p.aside}{p.below}"
    )


def _hashed(p: _Parts) -> str:
    body = p.body.replace("<p>", '<div class="x7f">').replace("</p>", "</div>")
    return (
        f'<div id="root"><div class="a1">{p.above}</div><div class="b2"><div class="c3">'
        f'<h1 class="d4">{p.title}</h1><span class="e5">{p.day}</span>'
        f'<div class="f6">{body}</div></div><div class="g7">{p.aside}</div></div>{p.below}</div>'
    )


def _table(p: _Parts) -> str:
    body = p.body.replace("<p>", "").replace("</p>", "<br><br>")
    return (
        f"<center>{p.above}<table width=780><tr><td width=160 valign=top>{p.aside}</td>"
        f"<td><font size=5><b>{p.title}</b></font><br><font size=1>{p.day}</font><br>"
        f"<font size=3>{body}</font></td></tr></table>{p.below}</center>"
    )


def _blog(p: _Parts) -> str:
    return (
        f'{p.above}<div class="blog-posts hfeed"><div class="post hentry">'
        f'<h3 class="post-title entry-title">{p.title}</h3>'
        f'<div class="post-body entry-content">{p.body}</div>'
        f'<div class="post-footer">{p.day}</div></div></div>{p.aside}{p.below}'
    )


def _portal(p: _Parts) -> str:
    return (
        f'{p.above}<div class="region-content"><div class="node node-article">'
        f'<h1 class="title">{p.title}</h1><div class="field field-name-body">'
        f'<div class="field-items"><div class="field-item even">{p.body}</div></div></div></div>'
        f"</div>{p.aside}{p.below}"
    )


def _endless(p: _Parts) -> str:
    return (
        f"{p.above}<div class='stream'><article><h1>{p.title}</h1><div>{p.body}</div></article>"
        f"{p.next}</div>{p.aside}{p.below}"
    )


_SHAPES: dict[str, Callable[[_Parts], str]] = {
    "article element": _semantic,
    "blog engine": _wordpress,
    "microdata": _microdata,
    "nameless elements": _hashed,
    "tables": _table,
    "diary": _blog,
    "portal": _portal,
    "endless": _endless,
}
