"""Which small words join, open and place French and English names?

What one rule alone needs stands beside that rule; here is what several of them share.
"""

from functools import cache

from tawatur.model.reading import EntityType
from tawatur.reading.tables import rows

FEW = 2  # times up to which a word was seen there that is no name as a rule
OFTEN = 50  # times a word was seen in names of people from which it is a given name
NAME_LINKS = frozenset(
    {"de", "al", "el", "ben", "bin", "ibn", "van", "von"}
    | {"der", "ould", "da", "du", "la", "abu", "abou", "d"}
)
PLACES = (EntityType.COUNTRY_OR_CITY, EntityType.LOCATION)
ARTICLES = frozenset({"the", "le", "la", "les", "l"})
PLACE_OPENERS = {
    "en": frozenset({"port", "fort", "mount", "saint", "st", "san", "santa", "lower", "upper"})
    | {"greater", "deir", "beit", "kafr", "ain", "tell", "umm", "little"},
    "fr": frozenset({"port", "fort", "saint", "sainte", "mont", "grand", "petit", "haut", "bas"})
    | {"haute", "basse", "ain", "beni", "sidi", "oued", "ouled", "bir", "ksar"},
}
ACTS = frozenset({"declaration", "agreement", "accord", "accords", "treaty", "protocol"}) | {
    *("process", "summit", "statement", "communique", "charter", "pact", "plan", "talks"),
    *("convention", "roadmap", "principles", "sommet", "traite", "processus", "protocole"),
}
SANS = "sans"
OF = frozenset({"of", "de", "d", "du", "des"})
DIRECTIONS = frozenset({"west", "east", "north", "south", "ouest", "est", "nord", "sud"})
EMBASSIES = frozenset({"ambassade", "consulat", "embassy", "consulate"})


@cache
def words_of(language: str, table: str) -> frozenset[str]:
    """Return the words of a table that has a column of that name."""
    return frozenset(row["word"] for row in rows(language, table))
