"""A form that is refused comes back as it was sent: whoever slips in one field types that again."""

import html as escaping
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.support_web import person

from tawatur import samples
from tawatur.node import Node
from tawatur.web.refill import refilled

PAGE = """<!doctype html>
<html lang="ar"><head><title>a &amp; b &#8207;</title><script>if (1 < 2) {}</script></head>
<body><!-- a note --><svg viewBox="0 0 9 9"><path d="M0 0"/></svg>
<form method="post" action="/other"><input name="why" value="as it was"></form>
<details><summary>One</summary>
<form method="post" action="/do"><input type="hidden" name="csrf" value="t">
<input name="cut"><button name="act" value="split">x</button></form></details>
<details class="correct"><summary>Two</summary><details><summary>Three</summary>
<form method="post" action="/do"><input type="hidden" name="csrf" value="t">
<input type="hidden" name="why_at" value=""><input name="why" value="before &amp; after">
<input type="password" name="secret"><textarea name="text" rows="2">old &lt;b&gt; words</textarea>
<select name="kind"><option value="">any</option><option value="a" selected>A</option>
<option value="b &amp; c">b</option></select>
<label><input type="checkbox" name="link" value="0" checked> one</label>
<label><input type="checkbox" name="link" value="1" checked> two</label>
<button name="act" value="correct">x</button></form></details></details>
<p>the end</p></body></html>
"""


def sent(**fields: str | list[str]) -> list[tuple[str, str]]:
    """Return the fields of the second form as a browser sends them."""
    pairs: list[tuple[str, str]] = [("csrf", "t")]
    for name, value in ({"act": "correct"} | fields).items():
        pairs += [(name, each) for each in ([value] if isinstance(value, str) else value)]
    return pairs


def values(page: str, act: str) -> dict[str, object]:
    """Return what a browser would send of the form with this button, and whether it is shown."""
    root: Any = lxml.html.document_fromstring(page)
    (form,) = (form for form in root.iter("form") if form.xpath(f".//button[@value='{act}']"))
    found: dict[str, Any] = {}
    for control in form.xpath(".//*[@name and not(self::button)]"):
        name = control.get("name")
        if control.tag == "textarea":
            found[name] = (control.text or "").removeprefix("\n")
        elif control.get("type") == "checkbox":
            kept = [control.get("value")] if control.get("checked") is not None else []
            found[name] = [*found.get(name, []), *kept]
        elif control.tag == "select":
            found[name] = control.value
        else:
            found[name] = control.get("value") or ""
    folded = form.xpath("ancestor::details")
    found["open"] = [each.get("open") is not None for each in folded]
    return found


def test_the_form_that_was_sent_is_filled_unfolded_and_in_focus() -> None:
    """The other forms, and all that stands around them, are the same to the letter."""
    typed = {"why": '5 > 4 & "so"', "why_at": "3-9", "text": "<i>\nnew</i>", "kind": "b & c"}
    fields = sent(secret="not shown again", link="1", **typed)  # noqa: S106 - no password
    page = refilled(PAGE, "/do", fields)
    assert values(page, "correct") == {
        "csrf": "t",
        **typed,
        "secret": "",
        "link": ["1"],
        "open": [True, True],
    }
    assert values(page, "split") == values(PAGE, "split")
    assert re.findall(r'name="(\w+)"[^>]* autofocus', page) == ["why"]
    before, after = PAGE.index("<details class"), PAGE.index("</form></details></details>")
    assert page.startswith(PAGE[:before])
    assert page.endswith(PAGE[after:])


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/elsewhere", sent(why="x")),
        ("/do", sent(why="x", act="join")),
        ("/do", sent(unknown="x")),
    ],
)
def test_a_page_without_that_form_is_as_it_was(path: str, fields: list[tuple[str, str]]) -> None:
    """To the letter: a form is another's if it has no place for a field, or no such button."""
    assert refilled(PAGE, path, fields) == PAGE


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=30)


@given(why=TEXT.map(lambda text: text.replace("\n", " ")), text=TEXT)
def test_any_words_come_back_and_do_nothing(why: str, text: str) -> None:
    """Markup among them is words."""
    page = refilled(PAGE, "/do", sent(why=why, text=text, kind=""))
    found = values(page, "correct")
    assert (found["why"], found["text"], found["link"]) == (why, text, [])
    assert page.count("<") == PAGE.count("<")


def test_a_refused_correction_keeps_what_was_typed(tmp_path: Path) -> None:
    """Speaker, kind, reason and what was unticked; the next try starts from there."""
    with Node.init(tmp_path / "node") as node:
        node.add(samples.paths()[6:9])
        someone = person(node)
        claim = next(c for c in node.claims() if len(c.content.chain) > 1 and c.content.where)
        page = someone.get(f"/review?claim={claim.id}").text
        assert "<details open" not in page
        typed = {"speaker": "nobody of this text", "why": 'it says "he" & no name', "when": "2021"}
        answer = someone.post(
            f"/review/{claim.id}",
            act="correct",
            polarity="denied",
            modality="fact",
            event_type=str(claim.content.event_type),
            speaker_kind="document",
            **typed,
        )
        assert answer.status_code == 422
        found = values(answer.text, "correct")
        assert {name: found[name] for name in typed} == typed
        assert (found["polarity"], found["link"], found["where"]) == ("denied", [], [])
        assert found["speaker_kind"] == "document"
        assert found["open"] == [True]
        assert values(answer.text, "split")["open"] == [False]
        assert escaping.escape(typed["why"]) in answer.text
        nothing = someone.post(f"/review/{claim.id}", act="perhaps")
        assert nothing.status_code == 422
