"""What the command line shows of an entity: its row in the listing, and the whole entry."""

from collections.abc import Iterable, Iterator

from tawatur.cli.event_rows import cited
from tawatur.cli.rows import chain_names
from tawatur.cli.shapes import EntityShape, RelationShape, ToldShape, WholeEntityShape
from tawatur.i18n import Translate, said
from tawatur.model.claim import Claim
from tawatur.model.picture import Entity
from tawatur.model.reading import EntityType
from tawatur.node import Cited, EntityView, Node, RelationLine


def entity_row(found: Entity) -> EntityShape:
    """Return the row of one entity; how often a person is named is counted nowhere."""
    return {
        "id": found.id,
        "type": found.type,
        "documents": None if found.type is EntityType.PERSON else len(found.documents),
        "names": list(dict.fromkeys(name.text for name in found.names)),
    }


def entity_lines(node: Node, view: EntityView, language: str, _: Translate) -> Iterator[str]:
    """Yield the entry of one entity, a line for each thing."""
    yield f"{view.entity.id}  {view.entity.name} ({_(view.entity.type.value)})"
    yield from _part(
        _("names"),
        (
            f"{name.text}  [{_(name.script)}, {name.language}]  "
            + (_("seen {0}") if name.first == name.last else _("seen {0} to {1}")).format(
                name.first, name.last
            )
            for name in view.names
        ),
    )
    yield from _part(_("why these are one"), (said(reason, _) for reason in view.entity.why))
    yield from _part(
        _("functions"),
        (
            f"{function.when}  {function.words}  ({function.document})"
            for function in view.functions
        ),
    )
    yield from _part(
        _("relations, each by a claim"),
        (_relation(node, each, language, _) for each in view.relations),
    )
    yield from _part(
        _("done by others, and counted as its own through a claim"),
        (
            line
            for each in view.through
            for line in (
                _relation(node, each.relation, language, _),
                *("  " + _claim(node, deed.claim, language) for deed in each.deeds),
            )
        ),
    )
    yield from _part(_("claims by it"), (_claim(node, each, language) for each in view.by))
    yield from _part(_("claims about it"), (_claim(node, each, language) for each in view.about))
    yield from _part(
        _("documents"),
        (f"{line.id}  {line.published or ''}  {line.title}" for line in view.documents),
    )
    if view.unseen:
        yield _("{0} older documents were not looked into").format(view.unseen)
    yield from _part(
        _("what people ruled"),
        (
            f"{line.ruling.id}  {said(line.ruling.sentence(line.words), _)}  "
            f"[{line.by}: {line.ruling.why}]"
            for line in view.rulings
        ),
    )


def _relation(node: Node, line: RelationLine, language: str, _: Translate) -> str:
    """Return what ties two, since when, and by which claim."""
    told = line.claim
    since = f"{told.content.when}; " if told.content.when else ""
    said_on = _("said {0}").format(told.published) if told.published else ""
    tied = f"{line.a.name} {_(line.kind.value)} {line.b.name}"
    return f"{line.id}  {tied}  ({since}{said_on}; {told.id})  {node.in_words(told, language)}"


def _part(head: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a heading with what stands under it; of nothing, nothing."""
    found = list(lines)
    if found:
        yield head + ":"
        yield from (f"  {line}" for line in found)


def _claim(node: Node, found: Claim, language: str) -> str:
    words = " ".join(found.quote.split())
    return f"{found.id}  {found.published or ''}  {node.in_words(found, language)} «{words}»"


def whole_entity(view: EntityView) -> WholeEntityShape:
    """Return the entry of one entity as data, with every claim that it names by its id."""
    files = {line.id: line.name for line in view.documents}
    told = [*view.by, *view.about, *(each.claim for each in view.relations)]
    named = [
        *(Cited(each, files[each.document]) for each in told),
        *(deed for each in view.through for deed in each.deeds),
    ]
    return {
        "id": view.entity.id,
        "type": view.entity.type,
        "name": view.entity.name,
        "names": [
            {
                "text": name.text,
                "script": name.script,
                "language": name.language,
                "first": name.first,
                "last": name.last,
                "documents": list(name.documents),
            }
            for name in view.names
        ],
        "why": list(view.entity.why),
        "functions": [
            {
                "words": function.words,
                "when": function.when,
                "document": function.document,
                "file": files[function.document],
                "rendition": function.place.rendition,
                "start": function.place.span.start,
                "end": function.place.span.end,
            }
            for function in view.functions
        ],
        "relations": list(map(_tied, view.relations)),
        "through": [
            {"relation": each.relation.id, "claims": [deed.claim.id for deed in each.deeds]}
            for each in view.through
        ],
        "by": [each.id for each in view.by],
        "about": [each.id for each in view.about],
        "documents": [{"id": line.id, "file": line.name} for line in view.documents],
        "documents_not_looked_into": view.unseen,
        "rulings": [
            {
                "id": line.ruling.id,
                "ruling": line.ruling.sentence(line.words),
                "by": line.by,
                "why": line.ruling.why,
                "time": line.ruling.time.isoformat(timespec="seconds"),
            }
            for line in view.rulings
        ],
        "cited": list({each.claim.id: _told(each) for each in named}.values()),
    }


def _tied(line: RelationLine) -> RelationShape:
    return {
        "id": line.id,
        "kind": line.kind,
        "a": line.a.id,
        "b": line.b.id,
        "a_name": line.a.name,
        "b_name": line.b.name,
        "when": line.claim.content.when,
        "claim": line.claim.id,
    }


def _told(found: Cited) -> ToldShape:
    claim, content = found.claim, found.claim.content
    return {
        **cited(found),
        "status": claim.status,
        "polarity": content.polarity,
        "modality": content.modality,
        "type": content.event_type,
        "when": content.when,
        "chain": chain_names(claim),
    }
