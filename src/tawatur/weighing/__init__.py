"""Claims → Picture: who is who, copies of one text, events, independent roots, conflicts.

Everything here is a pure function over frozen values, in one shape: keys find
candidates, a pair test decides, connected components become results. `weigh` works
out the components that a change touches, `weigh_all` the whole from nothing; both give
the same. No result depends on the order or the size of the archive.
"""

from tawatur.weighing.aspects import aspects
from tawatur.weighing.components import Edge, components
from tawatur.weighing.conflicts import conflicts, conflicts_within
from tawatur.weighing.copies import (
    TextPrint,
    binds,
    families,
    nearest,
    nearness,
    quoting,
    same_text,
    shingle_keys,
    text_print,
)
from tawatur.weighing.entities import (
    Group,
    Node,
    Ruled,
    entity_ids,
    entity_of,
    group_entities,
    groups,
    joins,
    node_of,
    spelling_of,
    whose,
)
from tawatur.weighing.events import (
    ClaimPrint,
    about_the_same,
    claim_components,
    claim_print,
    event_keys,
    print_edge,
    print_keys,
)
from tawatur.weighing.gaps import gaps, missing_in
from tawatur.weighing.hypotheses import evidence, explanations, offers
from tawatur.weighing.names import (
    LocalName,
    entity_keys,
    local_names,
    name_keys,
    name_sounds,
    same_entity,
)
from tawatur.weighing.picture import Whole, weigh, weigh_all
from tawatur.weighing.relations import Relation, acts_for, relations
from tawatur.weighing.roots import independent_roots, lineage
from tawatur.weighing.sources import (
    Against,
    Called,
    Heard,
    Voice,
    contradictions,
    credibility,
    graded,
    heard,
    records,
    voices,
)
from tawatur.weighing.standings import standings
from tawatur.weighing.translations import FactPrint, fact_keys, fact_print, translation

__all__ = [
    "Against",
    "Called",
    "ClaimPrint",
    "Edge",
    "FactPrint",
    "Group",
    "Heard",
    "LocalName",
    "Node",
    "Relation",
    "Ruled",
    "TextPrint",
    "Voice",
    "Whole",
    "about_the_same",
    "acts_for",
    "aspects",
    "binds",
    "claim_components",
    "claim_print",
    "components",
    "conflicts",
    "conflicts_within",
    "contradictions",
    "credibility",
    "entity_ids",
    "entity_keys",
    "entity_of",
    "event_keys",
    "evidence",
    "explanations",
    "fact_keys",
    "fact_print",
    "families",
    "gaps",
    "graded",
    "group_entities",
    "groups",
    "heard",
    "independent_roots",
    "joins",
    "lineage",
    "local_names",
    "missing_in",
    "name_keys",
    "name_sounds",
    "nearest",
    "nearness",
    "node_of",
    "offers",
    "print_edge",
    "print_keys",
    "quoting",
    "records",
    "relations",
    "same_entity",
    "same_text",
    "shingle_keys",
    "spelling_of",
    "standings",
    "text_print",
    "translation",
    "voices",
    "weigh",
    "weigh_all",
    "whose",
]
