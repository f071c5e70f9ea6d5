"""A page that refuses a form → the same page with that form as it was sent.

Whoever is told that one field is wrong has the others still, and stands in the form again: it is
unfolded, and its first field has the focus. Nothing but the tags of that form's controls, and of
what it is folded into, is written anew. What a form carries out of sight stays as the page has
it, but for a field that is empty there: that one was filled by choosing words in the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_NEVER = frozenset({"password", "file", "submit", "button", "reset", "image"})
"""Kinds of input that are not filled in."""
_TICKED = frozenset({"checkbox", "radio"})


@dataclass(slots=True)
class _Tag:
    """The start of an element, as it stands in the page."""

    name: str
    attributes: dict[str, str | None]
    text: str
    changed: bool = False

    def has(self, name: str) -> str:
        """Return the value of an attribute, empty where there is none."""
        return self.attributes.get(name) or ""

    def give(self, name: str, value: str | None) -> None:
        """Set an attribute, one without a value for None."""
        self.attributes[name] = value
        self.changed = True

    def flag(self, name: str, *, on: bool) -> None:
        """Set an attribute that has no value, or take it away."""
        if on != (name in self.attributes):
            self.attributes.pop(name, None)
            if on:
                self.attributes[name] = None
            self.changed = True

    def __str__(self) -> str:
        """Return it as HTML."""
        if not self.changed:
            return self.text
        held = (
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in self.attributes.items()
        )
        return f"<{self.name}{''.join(held)}>"


@dataclass(slots=True)
class _Form:
    """A form of the page: where its pieces are, and what it is folded into."""

    tag: _Tag
    folds: tuple[_Tag, ...]
    start: int
    end: int = 0


@dataclass
class _Page(HTMLParser):
    """A page in pieces: tags, and all that stands between them."""

    pieces: list[_Tag | str] = field(default_factory=list)
    forms: list[_Form] = field(default_factory=list)
    folds: list[_Tag] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = _Tag(tag, dict(attrs), self.get_starttag_text() or "")
        if tag == "details":
            self.folds.append(found)
        elif tag == "form":
            self.forms.append(_Form(found, tuple(self.folds), len(self.pieces)))
        self.pieces.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(self.get_starttag_text() or "")  # of drawings alone

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self.folds:
            self.folds.pop()
        elif tag == "form" and self.forms:
            self.forms[-1].end = len(self.pieces)
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.pieces.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")


def refilled(html: str, path: str, sent: Sequence[tuple[str, str]]) -> str:
    """Return a page with what was sent filled in again.

    Args:
        html: The page, of which the form that was sent is a part; else it is returned as it is.
        path: Where the form was sent to.
        sent: The fields that were sent, in order, those of one name each for itself.
    """
    page = _Page()
    page.feed(html)
    page.close()
    form = next((each for each in page.forms if _is_of(each, page, path, sent)), None)
    if form is None:
        return html
    for fold in form.folds:
        fold.flag("open", on=True)
    _fill(page.pieces, form, sent)
    return "".join(map(str, page.pieces))


def _is_of(form: _Form, page: _Page, path: str, sent: Sequence[tuple[str, str]]) -> bool:
    """Return whether a form is the one that was sent: all it sends has a place there."""
    if form.tag.has("method").lower() != "post" or form.tag.has("action") != path:
        return False
    controls = list(_controls(page.pieces, form))
    names = {tag.has("name") for tag in controls}
    pressed = {(tag.has("name"), tag.has("value")) for tag in controls if tag.name == "button"}
    buttons = {name for name, _ in pressed}
    return all(
        (name, value) in pressed if name in buttons else name in names for name, value in sent
    )


def _controls(pieces: Sequence[_Tag | str], form: _Form) -> Iterator[_Tag]:
    for piece in pieces[form.start : form.end]:
        if isinstance(piece, _Tag) and "name" in piece.attributes:
            yield piece


def _fill(pieces: list[_Tag | str], form: _Form, sent: Sequence[tuple[str, str]]) -> None:
    """Put what was sent into the controls of a form, in their order."""
    left: dict[str, list[str]] = {}
    for name, value in sent:
        left.setdefault(name, []).append(value)
    focused, choosing = False, ""
    for at in range(form.start, form.end):
        tag = pieces[at]
        if not isinstance(tag, _Tag):
            continue
        name, kind = tag.has("name"), tag.has("type").lower()
        values = left.get(name, [])
        if tag.name == "select":
            choosing = name
        elif tag.name == "option":
            if wanted := left.get(choosing):
                tag.flag("selected", on=tag.has("value") in wanted)
        elif tag.name == "textarea" and values:
            _write(pieces, at, values.pop(0))
        elif tag.name == "input" and kind in _TICKED:
            tag.flag("checked", on=(tag.has("value") or "on") in values)
        elif tag.name == "input" and kind not in _NEVER and values:
            value = values.pop(0)
            if kind != "hidden" or not tag.has("value"):
                tag.give("value", value)
        if not focused and tag.name in {"input", "select", "textarea"} and kind != "hidden":
            tag.flag("autofocus", on=True)
            focused = True


def _write(pieces: list[_Tag | str], at: int, text: str) -> None:
    """Put a text between the tags of a field of several lines."""
    end = next(i for i in range(at + 1, len(pieces)) if pieces[i] == "</textarea>")
    pieces[at + 1 : end] = [""] * (end - at - 1)
    # A first line break would be taken for that of the page.
    pieces[end] = f"\n{escape(text)}</textarea>"
