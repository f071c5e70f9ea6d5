"""How may words that are looked for stand in a claim: as they are, or as a name is elsewhere?

Who looks for Huddleston means هدلستون as well, in whatever is narrowed by words. Only names that
the viewer may see lend their spellings.
"""

from collections.abc import Collection, Iterable

from tawatur.model.picture import Entity
from tawatur.model.reading import EntityType
from tawatur.node.indexing.words import Query, stems
from tawatur.weighing.names import same_name


def spellings(query: Query, known: Iterable[Entity]) -> tuple[tuple[str, ...], ...]:
    """Return the stems that one term of a query may stand for, its own first, each once.

    Args:
        query: One term, of one word or of several in a row.
        known: Who and what has a name that is like it.
    """
    names = (name.text for entity in known for name in entity.names)
    spelled = filter(None, (_spelled(query.spoken, name) for name in names))
    return tuple(dict.fromkeys((*query.terms, *spelled)))


def _spelled(words: Collection[str], name: str) -> tuple[str, ...]:
    """Return the stems that a name has for words, in whichever script; none if it lacks one."""
    # As strictly as people are told apart: by fewer consonants, common words would be names.
    if same_name(" ".join(words), name, EntityType.PERSON):
        return stems(name)
    met = {
        part: {word for word in words if same_name(word, part, EntityType.PERSON)}
        for part in name.split()
    }
    if set(words) - set().union(*met.values()):
        return ()
    return stems(" ".join(part for part, of in met.items() if of))
