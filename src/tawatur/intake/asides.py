"""Which paragraphs of a copied press page are not the report?

Pages copied as text carry menus, other articles' headlines, comment forms, share
bars and notices. Each paragraph is judged by the phrases of ``tables/asides.tsv``,
by the words of ``tables/labels.tsv`` and by where it stands: before the first
paragraph of prose (the lead), among prose, or after the last of it (the tail).
What is in doubt is content: among prose only exact phrases are asides, and a
paragraph of prose is never one unless it begins with a form's own words.

Cost: folding each short line once; no pass over long paragraphs.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.intake.blocks import Block
from tawatur.intake.lines import BYLINE, made_of, opened, own_kind, phrases, trailing
from tawatur.model.document import Aside
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_LABEL_WORDS = 14
_MENU_LINE = 4  # words of one entry of a menu
_MENU_RUN = 5  # short lines in a row that make a menu
_SUBTITLES = 5  # title-like lines that one article may open with: outlet, slug, title, subtitles
_TITLE_WORDS = range(3, 36)
_KICKER_WORDS = 5
_NEAREST = 0.25  # what standing right above the report is worth beside repeated words
_STEM = 5  # letters
_UNRELATED = 0.25  # share of words repeated by chance
_STRANGERS = 3  # unrelated headlines: a kicker and a witty title may be two
_CLEARLY = 0.15  # by how much more a title behind a menu must be of the report than one before
_RELATED = 0.5  # share of words repeated, and of lines that do so: then they are one story's
_FORUM_PROSE = 0.5  # a heading of comments counts from this share of the prose on
_MID_LIST = 6  # other headlines between two paragraphs of one article
_SITE_WORDS = 5
_BAR_WORDS = 12
_SHORT_SENTENCE = 3
_HEADS = 100  # lines above a report among which its page title is looked for
_TITLE_LENGTH = 300  # code points
_BRIDGE = 5  # words that a paragraph which is no prose costs: a report bridges some, not a foot
_FOOT_SHARE = 0.5  # prose in a page's foot (teasers, imprint) as a share of the report's
_RESUMES = 6  # paragraphs after a report within which a last one of it may follow asides

_GLUED = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وفبلك](?=\w{4}))")
_BREADCRUMB = re.compile(r"\s[>›»/\\←→|]\s|\s*[›»]\s*")
_ARROW = re.compile(r"\s[>›→]\s")
_SITE = re.compile(r"^(?P<title>.{8,}?)\s+[|–—\-»·]\s+(?P<site>[^|–—»·]{2,40})$")
_REPLIES = frozenset(
    {"repondre", "reply", "رد", "الرد", "signaler", "report", "تبليغ", "repondre a ce message"}
)
_LIST_ITEM = re.compile(r"^\s*(?:[-–—*•▪■●✓]|\(?[\d٠-٩]{1,3}[).\-–]|[a-z]\))|[؟?!.:،؛;…]\W*$")
_NO_TITLE_BEGINS = ("*", "-", "•", "(", "http", "www.")
_NO_TITLE_ENDS = ("،", ",", "؛", ";", ":", "..", ".")  # verses and items of a list
_DATE_LINE = re.compile(r"\b(?:19|20)\d\d\b|[٠-٩]{4}|\d{1,2}[:h]\d\d")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the paragraphs are: the title's place, and a kind for each that is no content."""

    title: int | None
    kinds: tuple[str | None, ...]
    site: Span | None = None

    def is_content(self, place: int) -> bool:
        """Return whether the paragraph at ``place`` belongs to the report."""
        return self.kinds[place] is None


def layout(text: str, found: Sequence[Block], *, has_header: bool = False) -> Layout:
    """Return which of the paragraphs ``found`` are asides, and which is the title.

    ``has_header`` says that a cable's header was recognised: then the paragraphs
    before the first prose are its parts, and none is taken for a menu.
    """
    kinds = [own_kind(block) for block in found]
    sure = [i for i, block in enumerate(found) if _parts_page(block, kinds[i])]
    _lists_after_headings(found, kinds)
    _labelled(found, kinds)
    prose = [i for i, block in enumerate(found) if kinds[i] is None and block.is_prose]
    if not prose:
        return Layout(_first_title(found, kinds), tuple(kinds))
    _comments(found, kinds, prose)
    first, last = _body(found, kinds)
    first = _first_prose([i for i in prose if found[i].ends_sentence], sure, first)
    prose = [i for i in prose if kinds[i] is None and first <= i <= last]
    _labels_around(found, kinds, first, last)
    if has_header:
        return Layout(_first_title(found, kinds), tuple(kinds))
    title, site = _lead(text, found, kinds, prose)
    _site_name(found, kinds, first if title is None else title)
    if title is not None:
        _bars(found, kinds, [*range(title), *range(last + 1, len(found))])
        _masthead(found, kinds, title, first)
    _tail(found, kinds, last, {i for i in sure if i > last})
    return Layout(title, tuple(kinds), site)


def merged(asides: Iterable[Aside], text: str) -> tuple[Aside, ...]:
    """Return the asides in order without overlaps; neighbours of one kind are joined."""
    result: list[Aside] = []
    for aside in sorted(asides, key=lambda a: (a.span.start, -a.span.end)):
        if not result:
            result.append(aside)
            continue
        last = result[-1]
        start = max(aside.span.start, last.span.end)
        if not text[start : aside.span.end].strip():
            continue
        if aside.kind == last.kind and not text[last.span.end : start].strip():
            result[-1] = Aside(Span(last.span.start, aside.span.end), aside.kind)
        else:
            result.append(Aside(Span(start, aside.span.end), aside.kind))
    return tuple(result)


def _parts_page(block: Block, kind: str | None) -> bool:
    """Whether it is an aside that stands above or below a report, not within it.

    Advertisements, pictures and one "Read also: …" stand within reports as well.
    """
    if kind == "headlines":
        return block.key in phrases("heading") or opened(block.key) is not None
    return kind not in (None, "widget")


def _lists_after_headings(found: Sequence[Block], kinds: list[str | None]) -> None:
    """Mark the headlines that follow a heading such as "Related articles"."""
    last_prose = max((i for i, block in enumerate(found) if block.is_prose), default=-1)
    done = 0
    for place, block in enumerate(found):
        if place < done or kinds[place] != "headlines" or block.key not in phrases("heading"):
            continue
        done = place + 1
        while done < len(found) and not found[done].is_prose:
            if kinds[done] not in (None, "headlines") or _is_breadcrumb(found[done]):
                break
            done += 1
        ends = done
        if done <= last_prose:  # prose follows: the last line may be its own sub-heading
            ends = min(ends, place + 1 + _MID_LIST)
            if done < len(found) and _is_breadcrumb(found[done]):
                ends += 1  # which opens the article: no line of the list is the article's
            parted = ends < len(found) and found[ends - 1].blank_before >= found[ends].blank_before
            ends -= ends - place > 2 and parted
        for later in range(place + 1, ends):
            kinds[later] = kinds[later] or "headlines"


def _labelled(found: Sequence[Block], kinds: list[str | None]) -> None:
    """Mark the short line to which a label with a colon leads: "Advertisement:"."""
    for place, (label, block) in enumerate(pairwise(found), 1):
        short = block.words <= _LABEL_WORDS and not block.ends_sentence
        if short and kinds[place] is None and label.text.endswith(":"):
            kinds[place] = kinds[place - 1]


def _comments(found: Sequence[Block], kinds: list[str | None], prose: list[int]) -> None:
    """Mark a comment form, and comments, that end the page."""
    openings = [
        i
        for i, block in enumerate(found)
        if block.words <= _LABEL_WORDS
        and (block.key in phrases("form") or block.key in phrases("comments"))
    ]
    if not openings:
        return
    whole = sum(found[i].words for i in prose)
    replies = sum(map(_answers, found, kinds))
    before, past = 0, 0
    prose_places = set(prose)
    opening_places = set(openings)
    for place, block in enumerate(found):
        past += _answers(block, kinds[place])
        if place in prose_places:
            before += block.words
        if place not in opening_places:
            continue
        if before < whole * _FORUM_PROSE:  # at the head of an article: a link to the comments
            counted = block.key in phrases("comments") and re.search(r"\d", block.text)
            kinds[place] = kinds[place] or ("comment form" if counted else None)
            continue
        kinds[place] = "comment form"
        if before == whole or past < replies:
            for later in range(place, len(found)):
                kinds[later] = kinds[later] or "comment form"
            return


def _answers(block: Block, kind: str | None) -> bool:
    """Whether it is a line that only a form or a list of comments has."""
    return kind == "comment form" or (block.words <= _MENU_LINE and block.key in _REPLIES)


def _labels_around(found: Sequence[Block], kinds: list[str | None], first: int, last: int) -> None:
    """Mark menus, breadcrumbs and share bars before the first and after the last prose."""
    for place, block in enumerate(found):
        if kinds[place] is not None or len(block.text) > 600:
            continue
        key = block.key
        if made_of("share").fullmatch(key) and block.words > 1:
            kinds[place] = "widget"  # networks' names alone say nothing, wherever they stand
        elif place < first or place > last:
            if made_of("share").fullmatch(key):
                kinds[place] = "widget"
            elif made_of("section").fullmatch(key):
                kinds[place] = "menu"
            elif place > last and made_of("form").fullmatch(key):
                kinds[place] = "comment form"
            elif place < first and _is_breadcrumb(block):
                kinds[place] = "menu"


def _is_breadcrumb(block: Block) -> bool:
    parts = [fold_words(part) for part in _BREADCRUMB.split(block.text) if part.strip()]
    sections = [part for part in parts if made_of("section").fullmatch(part)]
    if len(sections) >= 2 or (len(parts) > 2 and len(sections) == 1 and sections[0] == parts[0]):
        return True
    # "Economy / Harvest begins" is an agency's way of writing a title: two parts are too few,
    # unless an arrow leads from one name of a menu to the other.
    short = all(len(part.split()) < _MENU_LINE for part in parts)
    return len(parts) > 1 and short and bool(sections) and _ARROW.search(block.text) is not None


def _lead(
    text: str, found: Sequence[Block], kinds: list[str | None], prose: list[int]
) -> tuple[int | None, Span | None]:
    """Find the title, and mark what stands before it and is not the report's."""
    first = prose[0]
    heads = [i for i in range(first) if kinds[i] is None and not found[i].is_prose]
    site = _page_title(found, kinds, heads)
    heads = [i for i in heads if kinds[i] is None]
    titles = [i for i in heads if _may_be_title(found[i])]
    if not titles:
        _menu_runs(found, kinds, heads)
        return (heads[0] if heads and kinds[heads[0]] is None else None), site
    title = _plain_title(found, titles[:_SUBTITLES])
    shares = _shares(found, titles, prose)
    related = sum(share >= _RELATED for share in shares.values())
    many = len(titles) > _SUBTITLES and related <= len(titles) * _RELATED
    best = _best_title(found, titles, shares)
    parted = any(kinds[i] == "menu" for i in range(title, best))
    strangers = sum(shares[i] <= _UNRELATED for i in titles if i < best)
    # Lines without an empty one between them are one heading: of a note, an address, a form.
    apart = any(found[i].blank_before for i in range(title + 1, best + 1))
    strange = apart and strangers >= max(_STRANGERS, _RELATED * titles.index(best))
    if many or (shares[best] > shares[title] + _CLEARLY and (parted or strange)):
        title = best
        for place in heads:
            if place < title and kinds[place] is None and not _is_dated(found[place]):
                kinds[place] = "headlines" if place in titles else "menu"
    else:
        _menu_runs(found, kinds, [i for i in heads if i < title])
    return title, site


def _page_title(found: Sequence[Block], kinds: list[str | None], heads: list[int]) -> Span | None:
    """Mark a browser's page title, "Title – Site", where the title itself follows."""
    for at, place in enumerate(heads[:_HEADS]):
        if len(found[place].text) > _TITLE_LENGTH:
            continue
        shape = _SITE.match(found[place].text)
        if shape is None or len(shape["site"].split()) > _SITE_WORDS:
            continue
        wanted = fold_words(shape["title"])
        if any(
            found[later].key and fold_words(found[later].text) == wanted
            for later in heads[at + 1 : _HEADS]
        ):
            kinds[place] = "menu"
            start = found[place].span.start + shape.start("site")
            return Span(start, start + len(shape["site"]))
    return None


def _site_name(found: Sequence[Block], kinds: list[str | None], end: int) -> None:
    """Mark the name of the page's site that stands between entries of its menu, or opens them."""
    for place in range(end - 1):
        above = kinds[place - 1] if place else "menu"
        short = found[place].words <= _SITE_WORDS and not _is_dated(found[place])
        if short and kinds[place] is None and above and kinds[place + 1] == "menu":
            kinds[place] = "menu"


def _bars(found: Sequence[Block], kinds: list[str | None], outside: Iterable[int]) -> None:
    """Mark what stands beside a button outside the report: "Our work | Authors | Subscribe"."""
    for place in outside:
        block = found[place]
        if kinds[place] is None and block.words <= _BAR_WORDS and not _is_dated(block):
            end = trailing(block)
            kinds[place] = end.kind if end is not None else None


def _masthead(found: Sequence[Block], kinds: list[str | None], title: int, first: int) -> None:
    """Mark what stands among many asides above the title: other headlines, the day of the page.

    The day is the report's where no other stands between title and text.
    """
    above = [place for place in range(title) if kinds[place] is not None]
    if len(above) < _MENU_RUN:
        return
    dated = any(_is_dated(found[i]) or BYLINE.match(found[i].text) for i in range(title + 1, first))
    for place in range(above[-1]):
        if kinds[place] is None and (dated or not _is_dated(found[place])):
            kinds[place] = "menu" if found[place].words <= _MENU_LINE else "headlines"


def _may_be_title(block: Block) -> bool:
    if block.words not in _TITLE_WORDS or block.is_prose or BYLINE.match(block.text):
        return False
    if block.text.startswith(_NO_TITLE_BEGINS) or block.text.endswith(_NO_TITLE_ENDS):
        return False
    if trailing(block) is not None:
        return False  # a caption with its credit
    return not _is_dated(block)


def _is_dated(block: Block) -> bool:
    """Whether it is a short line that holds a year or a time of day, as datelines do."""
    return block.words <= 8 and _DATE_LINE.search(block.text) is not None


def _plain_title(found: Sequence[Block], titles: list[int]) -> int:
    """Return the title among a few lines: the first, unless that only names outlet or subject.

    An outlet's name, an agency's slug or a kicker is a few words, and the title
    after it at least twice as long.
    """
    first = found[titles[0]]
    if first.words > _KICKER_WORDS:
        return titles[0]
    longest = max(titles, key=lambda i: found[i].words)
    return longest if found[longest].words >= 2 * first.words else titles[0]


def _shares(found: Sequence[Block], titles: list[int], prose: list[int]) -> dict[int, float]:
    """Return, for each title-like line, the share of its words that the report repeats."""
    body = set().union(*(_stems(fold_words(found[i].text[:1500])) for i in prose[:4]))
    shares = {}
    for place in titles:
        words = _stems(found[place].key)
        shares[place] = len(words & body) / max(2, len(words))
    return shares


def _stems(words: str) -> set[str]:
    """Return the beginnings of the longer words, glued particles and the article left out."""
    stripped = (_GLUED.sub("", word) for word in words.split() if len(word) > 3)
    return {word[:_STEM] for word in stripped}


def _best_title(found: Sequence[Block], titles: list[int], shares: dict[int, float]) -> int:
    """Return the headline whose words the report repeats most; the nearest to it if equal."""
    best = max(titles, key=lambda i: (shares[i] + _NEAREST * (i == titles[-1]), i))
    # A subtitle may echo the report better than its title, which is the line before it.
    before = titles[titles.index(best) - 1] if best != titles[0] else best
    close = found[best].blank_before == 0 and found[before].blank_before > 0
    return before if close and before == best - 1 else best


def _menu_runs(found: Sequence[Block], kinds: list[str | None], heads: list[int]) -> None:
    """Mark runs of many short lines, which a title and its subtitle never are.

    Lines known for a menu's by their words count in a run: where they are half of it, the
    rest are the sections that only this site has.
    """
    run: list[int] = []
    wanted = set(heads)
    reach = range(heads[-1] + 1) if heads else ()
    for place in [*(i for i in reach if i in wanted or kinds[i] == "menu"), None]:
        short = (
            place is not None
            and found[place].words <= _MENU_LINE
            and _LIST_ITEM.search(found[place].text) is None
            and not _is_dated(found[place])
            and not BYLINE.match(found[place].text)
        )
        if short and place is not None and (not run or place == run[-1] + 1):
            run.append(place)
            continue
        menu = sum(kinds[member] == "menu" for member in run)
        if len(run) >= _MENU_RUN or menu * 2 >= len(run) > menu:
            for member in run:
                kinds[member] = "menu"
        run = [place] if short and place is not None else []


def _body(found: Sequence[Block], kinds: Sequence[str | None]) -> tuple[int, int]:
    """Return the first and last paragraph of the stretch that holds the most prose.

    The stretch of the greatest sum, where a paragraph of prose counts its words and
    anything else costs a little: sub-headings are bridged, a page's foot is not.
    """
    best, first, last = 0, 0, 0
    total, begun = 0, 0
    for place, block in enumerate(found):
        sentence = kinds[place] is None and (block.is_prose or _is_sentence(block))
        if total <= 0:
            total, begun = 0, place
        total += block.words if sentence else -_cost(block)
        if sentence and total > best:
            best, first, last = total, begun, place
    while not (kinds[first] is None and found[first].is_prose) and first < last:
        first += 1
    return first, last


def _is_sentence(block: Block) -> bool:
    """Whether it is a short paragraph that ends with a full stop."""
    return block.words >= _SHORT_SENTENCE and block.text.rstrip(' »”")').endswith(".")


def _cost(block: Block) -> int:
    """Return what a paragraph that is no sentence costs the stretch it stands in."""
    return 1 if _LIST_ITEM.search(block.text) else _BRIDGE


def _first_prose(prose: list[int], sure: list[int], first: int) -> int:
    """Return the first sentence of all, unless a sure aside parts it from the body at ``first``."""
    barrier = max((aside for aside in sure if aside < first), default=-1)
    return min(first, next((place for place in prose if place > barrier), first))


def _tail(found: Sequence[Block], kinds: list[str | None], last: int, sure: set[int]) -> None:
    """Mark the page's foot: all that follows the first sure aside after the report.

    Without a sure one there is no foot: a list may end a report.
    """
    if not sure:
        return
    opens, ends = min(sure), range(last + 1, len(found))
    after = sum(found[i].words for i in ends if i > opens and found[i].is_prose)
    before = sum(
        b.words for i, b in enumerate(found[: last + 1]) if kinds[i] is None and b.is_prose
    )
    if after > before * _FOOT_SHARE:
        return  # as much prose again is another report, or the rest of this one
    only_headlines = True
    for place in range(opens, len(found)):
        if kinds[place] is not None:
            only_headlines = only_headlines and kinds[place] in ("headlines", "notice", "widget")
            continue
        block = found[place]
        near = place - last <= _RESUMES and only_headlines
        if near and block.is_prose and not block.text.endswith(("…", "...")):
            continue  # a last short paragraph behind "Read also"
        kinds[place] = "menu" if block.words <= _MENU_LINE else "headlines"


def _first_title(found: Sequence[Block], kinds: Sequence[str | None]) -> int | None:
    for place, block in enumerate(found):
        if kinds[place] is None and not block.is_prose and block.words >= 2:
            return place
    return None
