"""What the command line tells of events: rows for programs, lines for people.

The rows have the shapes of `shapes`, with the same names in every language; lines are translated.
"""

from collections.abc import Iterable, Iterator, Mapping

from tawatur.cli.shapes import (
    AspectShape,
    ClaimShape,
    EventShape,
    RootsShape,
    TellerShape,
    WholeEventShape,
)
from tawatur.errors import Message
from tawatur.figures import in_signs, in_words
from tawatur.i18n import Translate, said
from tawatur.model.ids import ClaimId
from tawatur.model.picture import Aspect, AspectKind, Event, Passing, RootInterval, Said, Teller
from tawatur.node import Cited, Node, Traced

_CLAIMS_SHOWN = 3
"""Ids of claims on the line of one teller; how many more there are stands behind them."""


def event(found: Event, claims: Mapping[ClaimId, Cited]) -> EventShape:
    """Return the row of one event; ``claims`` are those that data cite, none for a table."""
    roots = found.roots
    return {
        "id": found.id,
        "type": found.type,
        "when": found.when,
        "where": list(found.where),
        "who": list(found.who),
        "roots": Message("{0} to {1}", (str(roots.at_least), str(roots.at_most)))
        if roots.at_least != roots.at_most
        else str(roots.at_least),
        "roots_at_least": roots.at_least,
        "roots_at_most": roots.at_most,
        "documents": len(found.documents),
        "claims": len(found.claims),
        "claim_ids": list(found.claims),
        "headline": one_line(found.headline),
        "cited": [cited(claims[each]) for each in found.claims if each in claims],
    }


def whole_event(found: Traced) -> WholeEventShape:
    """Return one event with what its claims say."""
    return {
        **event(found.event, found.claims),
        "reasons": list(found.lineage.roots.reasons),
        "aspects": [_aspect(each) for each in found.aspects],
    }


def cited(found: Cited) -> ClaimShape:
    """Return one claim with where it stands."""
    claim = found.claim
    return {
        "id": claim.id,
        "document": claim.document,
        "file": found.file,
        "rendition": claim.rendition,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "language": claim.language,
        "source": claim.root.source_text or claim.publisher,
        "published": claim.published,
    }


def roots(found: Traced, as_of: str | None) -> RootsShape:
    """Return who had it from whom behind one event."""
    interval = found.lineage.roots
    return {
        "event": found.event.id,
        "headline": one_line(found.event.headline),
        "as_of": as_of,
        "at_least": interval.at_least,
        "at_most": interval.at_most,
        "reasons": list(interval.reasons),
        "tellers": [_teller(each) for each in found.lineage.tellers],
        "cited": [cited(found.claims[each]) for each in found.event.claims],
    }


def event_lines(node: Node, found: Traced, language: str, _: Translate) -> Iterator[str]:
    """Yield one event: who said it first, in what claims agree and differ, roots, claims."""
    held = [found.claims[each] for each in found.event.claims]
    first = held[0]
    yield f"{found.event.id}  {one_line(found.event.headline)}"
    yield _("first said by {0}, on {1}, in {2} (characters {3} to {4})").format(
        first.claim.root.source_text or first.claim.publisher or _("the author of the text"),
        first.claim.published or _("a day not told"),
        first.file,
        first.claim.span.start,
        first.claim.span.end,
    )
    for each in found.aspects:
        yield _aspect_line(each, _)
    yield from _interval_lines(found.lineage.roots, _)
    for told in held:
        quote = one_line(told.claim.quote)
        yield f"{told.claim.id}  {node.in_words(told.claim, language)} «{quote}»"


def roots_lines(found: Traced, as_of: str | None, _: Translate) -> Iterator[str]:
    """Yield the tree of who had it from whom behind one event, and how many roots that makes."""
    yield f"{found.event.id}  {one_line(found.event.headline)}"
    if as_of:
        yield _("as of {0}").format(as_of)
    for teller in found.lineage.tellers:
        yield "  " * teller.depth + ("└ " if teller.depth else "") + _teller_line(teller, found, _)
    yield from _interval_lines(found.lineage.roots, _)


def one_line(text: str) -> str:
    """Return words of a text on one line."""
    return " ".join(text.split())


def _aspect(found: Aspect) -> AspectShape:
    return {
        "aspect": found.kind,
        "of": found.of,
        "agree": found.agree,
        "said": [
            {
                "value": each.value,
                "bound": each.bound,
                "unit": each.unit,
                "claims": list(each.claims),
            }
            for each in found.said
        ],
    }


_ASPECTS: Mapping[AspectKind, str] = {
    AspectKind.TIME: "when",
    AspectKind.PLACE: "where",
    AspectKind.ACTOR: "who",
    AspectKind.FIGURE: "figure",
}
"""Of what the claims say something, as a question where there is one."""


def _aspect_line(found: Aspect, _: Translate) -> str:
    what = _(_ASPECTS[found.kind]) + (f" ({found.of})" if found.of else "")
    values = "; ".join(f"{_value(each, _)} ×{len(each.claims)}" for each in found.said)
    return f"{what}, {_('they agree') if found.agree else _('they differ')}: {values}"


def _value(said: Said, _: Translate) -> str:
    return in_words(in_signs(said.value, said.bound, said.unit), _)


def _interval_lines(found: RootInterval, _: Translate) -> Iterator[str]:
    yield _("at least {0}, at most {1} independent roots").format(found.at_least, found.at_most)
    for reason in found.reasons:
        yield "  " + said(reason, _)


def _teller(found: Teller) -> TellerShape:
    return {
        "names": list(found.names),
        "kind": found.kind,
        "depth": found.depth,
        "passing": found.passing,
        "why": found.why,
        "may_be_another": found.may_be_another,
        "claims": list(found.claims),
        "documents": list(found.documents),
    }


def _teller_line(found: Teller, of: Traced, _: Translate) -> str:
    parts = [f"{' = '.join(found.names) or _('not named')} ({_(found.kind.value)})"]
    if found.may_be_another:
        parts.append(_("possibly the same as another"))
    if found.claims:
        parts.append(_in_files(found.claims, of.claims))
    if found.why:
        how = "" if found.passing is Passing.HEARD else _(found.passing.value) + ": "
        parts.append(how + said(found.why, _))
    return "; ".join(parts)


def _in_files(claims: Iterable[ClaimId], held: Mapping[ClaimId, Cited]) -> str:
    """Return the first few claims with the files that they stand in, and how many more."""
    some = [f"{each} {held[each].file}" for each in claims]
    more = len(some) - _CLAIMS_SHOWN
    return ", ".join(some[:_CLAIMS_SHOWN]) + (f" +{more}" if more > 0 else "")
