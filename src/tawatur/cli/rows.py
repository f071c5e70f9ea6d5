"""What the command line shows of each thing: one row in a listing, or a few lines."""

from collections.abc import Iterator, Mapping, Sequence

from tawatur.cli.event_rows import cited
from tawatur.cli.shapes import ConflictShape, NearMissShape, SidesShape
from tawatur.errors import Message
from tawatur.i18n import Translate, said
from tawatur.model.claim import Claim
from tawatur.model.grade import ClaimGrade
from tawatur.model.ids import ClaimId
from tawatur.model.picture import Conflict, NearMiss
from tawatur.model.reading import Link
from tawatur.model.ruling import Settlement
from tawatur.node import Cited, Compared, DocumentLine, Finding, Hit, Node, Spent
from tawatur.tables import Row


def overview(node: Node) -> list[Row]:
    """Return the node's counts."""
    seen = node.overview()
    counts = {
        Message("documents"): seen.documents,
        Message("claims"): seen.claims,
        Message("of them to be judged"): seen.proposed,
        Message("events"): seen.events,
        Message("conflicts"): seen.conflicts,
        Message("commitments"): seen.commitments,
        Message("requests"): seen.requests,
    }
    return [{"what": what, "count": count} for what, count in counts.items()]


def document(line: DocumentLine) -> Row:
    """Return the row of one document."""
    return {
        "id": line.id,
        "language": line.language,
        "published": line.published,
        "publisher": line.publisher,
        "claims": line.claims,
        "characters": line.characters,
        "learnt": line.learnt.isoformat(timespec="seconds"),
        "name": line.name,
        "title": line.title,
    }


def claim(found: Claim, grade: ClaimGrade | None = None) -> Row:
    """Return the row of one claim, with its number where it has one; the source is its root."""
    content = found.content
    return {
        "id": found.id,
        "document": found.document,
        "start": found.span.start,
        "end": found.span.end,
        "status": found.status,
        "polarity": content.polarity,
        "modality": content.modality,
        "type": content.event_type,
        "when": content.when,
        "published": found.published,
        "source": found.root.source_text or found.publisher,
        "chain": chain_names(found),
        "readers": list(found.readers),
        "agreement": found.agreement,
        "credibility": grade.credibility if grade else None,
        "credibility_why": [str(reason) for reason in grade.why] if grade else [],
        "who": [named.name for named in content.who],
        "where": [named.name for named in content.where],
        "gap": None if content.gap is None else ("not known" if found.not_known else "supposed"),
        "report": f"{content.report.report}: {content.report.verdict}" if content.report else None,
        "quote": " ".join(found.quote.split()),
    }


def chain_names(found: Claim) -> list[str]:
    """Return who passed a claim on, outermost first; the author is called so where not named."""
    return [link.source_text or found.publisher or "author" for link in found.content.chain]


def chain_lines(node: Node, found: Claim, language: str, _: Translate) -> Iterator[str]:
    """Yield the chain of one claim, outermost first, and where the claim stands."""
    yield found.quote
    yield ""
    for depth, link in enumerate(found.content.chain):
        yield "  " * depth + ("└ " if depth else "") + _link(link, found.publisher, _)
    yield ""
    yield node.in_words(found, language)
    yield _("{0}, characters {1} to {2}").format(found.document, found.span.start, found.span.end)
    document = node.document(found.document)
    if document.redacted:
        yield _("redacted: words were left out before it was handed over")
    if document.rendition != found.rendition:
        yield _("of an older text of the document, {0}").format(found.rendition)
    yield _("status: {0}").format(_(found.status.value))
    if grade := node.sources.of_claim(found.id):
        number, reasons = grade.credibility, " ".join(said(reason, _) for reason in grade.why)
        yield _("credibility {0}, {1}: {2}").format(number.value, _(number.meaning), reasons)
    if found.agreement:
        readers = ", ".join(found.readers)
        yield _("read by {0}: {1}").format(readers, _(found.agreement.value))


def redacted_lines(node: Node, made: Claim, language: str, _: Translate) -> Iterator[str]:
    """Yield what the receiver of a redacted version reads: whose word, the words, the rest."""
    yield node.in_words(made, language)
    yield made.quote
    if made.published:
        yield _("published: {0}").format(made.published)
    if made.content.when:
        yield _("when: {0}").format(made.content.when)
    for each in dict.fromkeys(n.name for n in (*made.content.where, *made.content.who)):
        yield _("named: {0}").format(each)


def _link(link: Link, publisher: str | None, _: Translate) -> str:
    name = link.source_text or publisher or _("the author of the text")
    details = [_(link.kind.value)]
    details += [f"«{link.cue}»"] if link.cue else []
    details += [_(link.manner.value)] if link.manner else []
    details += [_("to {0}").format(link.to)] if link.to else []
    details += [_(link.channel.value)] if link.channel else []
    return f"{name} ({', '.join(details)})"


def conflict(
    found: Conflict, claims: Mapping[ClaimId, Cited], said: Settlement | None
) -> ConflictShape:
    """Return the row of one conflict between two of the ``claims``, with what a person said."""
    return {
        "id": found.id,
        "kind": found.kind,
        "state": said.outcome if said else Message("undecided"),
        "ruling": said.id if said else None,
        "ruling_why": said.why if said else None,
        **_sides(found, claims),
        "same_root": found.same_root,
    }


def near_miss(found: NearMiss, claims: Mapping[ClaimId, Cited]) -> NearMissShape:
    """Return the row of two of the ``claims`` that look contradictory and are not."""
    return {"id": found.id, "kind": found.kind, **_sides(found, claims)}


def _sides(found: Conflict | NearMiss, claims: Mapping[ClaimId, Cited]) -> SidesShape:
    a, b = (claims[each].claim for each in (found.a, found.b))
    return {
        "a": found.a,
        "b": found.b,
        "why": found.why,
        "a_quote": " ".join(a.quote.split()),
        "b_quote": " ".join(b.quote.split()),
        "cited": [cited(claims[each]) for each in (found.a, found.b)],
    }


def hit(found: Hit) -> Row:
    """Return the row of one document found."""
    return {
        "document": found.document.id,
        "title": found.document.title,
        "start": found.place.start,
        "extract": " ".join(found.extract.split()),
    }


def tokens(spent: Spent, _: Translate) -> Iterator[str]:
    """Yield what a language model took, in few words: tokens, and the cost where prices are set."""
    yield _("{0} tokens sent, {1} answered").format(spent.tokens_in, spent.tokens_out)
    if spent.cost is not None:
        yield f"{spent.cost:.4f} {spent.currency}"


def spent_lines(spent: Spent, _: Translate) -> Iterator[str]:
    """Yield what a language model was asked and took, and what was dropped of its answers."""
    counts = _("{0}: {1} requests, {2} answers kept from before").format(
        spent.model, spent.requests, spent.kept
    )
    yield ", ".join((counts, *tokens(spent, _)))
    if spent.dropped:
        kinds = ", ".join(f"{_(kind)} {count}" for kind, count in spent.dropped)
        yield _("dropped, as the text does not hold it: {0}").format(kinds)


def finding(found: Finding) -> Row:
    """Return the row of one finding of the doctor."""
    return {"what": found.what, "well": found.well, "say": found.say}


def erased_lines(node: Node, verified: object, _: Translate) -> Iterator[str]:
    """Yield one line per erased content: by whom and why."""
    for erased in getattr(verified, "erased", ()):
        yield _("erased: entry {0} ({1}), by {2}: {3}").format(
            erased.seq, _(erased.kind), erased.authority, _(erased.reason)
        )


def history_lines(found: Sequence[Compared], _: Translate) -> Iterator[str]:
    """Yield what a partner has shown of its logs for communities, with the proof of a split."""
    if not found:
        yield _("it is in no community that this node knows")
    for each in found:
        shown = (each.community, ", ".join(each.by) or "-", each.heads)
        if each.split:
            yield _("{0}: two histories; both heads are signed by it:").format(each.community)
            yield from (note.rstrip() for note in each.split)
        elif not each.heads:
            yield _(
                "{0}: nothing to compare yet; bundles and `tawatur exchange` bring what it "
                "shows here, and what it shows the other members"
            ).format(each.community)
        else:
            yield _("{0}: one history explains the heads shown to {1}: {2}").format(*shown)
        if each.later:
            yield _("{0}: {1} heads are later than what it has shown here").format(
                each.community, each.later
            )
        if each.unlogged:
            yield _("{0}: given here, and not in what it shows: {1}").format(
                each.community, ", ".join(each.unlogged)
            )
