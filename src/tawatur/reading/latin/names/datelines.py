"""Which place, in capitals and before a dash, opens a report: "PORT ALLARD -- …"?"""

import re

from tawatur.model.reading import EntityType
from tawatur.reading.latin.names.page import Page
from tawatur.reading.latin.names.vocabulary import PLACE_OPENERS
from tawatur.reading.mention import Mention

_DATELINE = re.compile(r"[ ]*(?:\([^()\n]{2,30}\)[ ]*)?(?:--|—|–|-)[ ]")
_LONGEST_DATELINE = 3  # words
_PLACE_OPENERS_ALL = PLACE_OPENERS["en"] | PLACE_OPENERS["fr"]


def datelines(page: Page) -> list[Mention]:
    """Return the places in capitals that open a report: "PORT ALLARD -- …"."""
    found = []
    for i in range(page.size):
        if not page.opens[i] or not page.text[page.stream.starts[i]].isupper():
            continue
        j = i
        while j < page.size and j < i + _LONGEST_DATELINE and (j == i or page.follows(j)):
            if not page.text[page.stream.starts[j] : page.stream.ends[j]].isupper():
                break
            j += 1
        words = page.words[i:j]
        if not words or len(words[0]) < 3 or any(word in page.stops for word in words):
            continue
        line = page.text.rfind("\n", 0, page.stream.starts[i]) + 1
        opening = not page.text[line : page.stream.starts[i]].strip(" []*")
        own = _DATELINE.match(page.text, page.stream.ends[j - 1]) or page.text.startswith(
            "]", page.stream.ends[j - 1]
        )
        heads = any(word in page.known.heads and word not in _PLACE_OPENERS_ALL for word in words)
        if opening and own and not heads and not page.ending(j):
            found.append(page.mention(i, j, EntityType.COUNTRY_OR_CITY))
    return found
