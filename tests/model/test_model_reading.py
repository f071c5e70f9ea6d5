"""A reading that the text does not hold is refused, whichever reader proposed it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tawatur.errors import ReadingError
from tawatur.model.reading import (
    AUTHOR,
    Ask,
    EntityType,
    Link,
    LocalEntity,
    Participant,
    Promise,
    Proposal,
    Publication,
    Quantity,
    Reading,
    Role,
    SourceKind,
    TimeExpression,
    verify_reading,
)
from tawatur.model.span import Span

TEXT = "قال مصدر أمني إن بانزورا سترسل 350 جنديا في مارس"
SOURCE, CUE = Span(4, 13), Span(0, 3)
LINK = Link(SourceKind.ANONYMOUS, "مصدر أمني", SOURCE, cue="قال", cue_span=CUE)
CLAIM = Proposal(
    id="c1",
    span=Span(17, len(TEXT)),
    chain=(AUTHOR, LINK),
    where=("e1",),
    who=(Participant("e1", Role.ACTOR),),
    quantities=(0,),
)
READING = Reading(
    reader="rules/1",
    language="ar",
    published=Publication(None, None),
    entities=(LocalEntity("e1", EntityType.COUNTRY_OR_CITY, "بانزورا", (Span(17, 24),)),),
    times=(TimeExpression(Span(44, 48), "XXXX-03"),),
    quantities=(Quantity(Span(31, 34), 350.0),),
    claims=(CLAIM,),
    commitments=(Promise("c1", by="بانزورا"),),
    requests=(Ask("c1"),),
)
OUTSIDE = Span(40, len(TEXT) + 1)


def _with_claim(**fields: object) -> Reading:
    return replace(READING, claims=(replace(CLAIM, **fields),))  # type: ignore[arg-type]  # its fields


def _with_link(**fields: object) -> Reading:
    return _with_claim(chain=(AUTHOR, replace(LINK, **fields)))  # type: ignore[arg-type]  # its fields


def test_what_stands_in_the_text_is_let_through() -> None:
    """Every part of it is where it is said to be."""
    verify_reading(READING, TEXT)
    verify_reading(Reading("rules/1", "ar", Publication(None, None)), "")


FAULTS: dict[str, Callable[[], Reading]] = {
    "a claim outside": lambda: _with_claim(span=OUTSIDE),
    "a mention outside": lambda: replace(
        READING, entities=(replace(READING.entities[0], mentions=(OUTSIDE,)),)
    ),
    "a time outside": lambda: replace(READING, times=(TimeExpression(OUTSIDE, None),)),
    "a figure outside": lambda: replace(READING, quantities=(Quantity(OUTSIDE, 1.0),)),
    "a source outside": lambda: _with_link(span=OUTSIDE, source_text=OUTSIDE.of(TEXT)),
    "a cue outside": lambda: _with_link(cue_span=OUTSIDE, cue=OUTSIDE.of(TEXT)),
    "an empty chain": lambda: _with_claim(chain=()),
    "a chain without the author": lambda: _with_claim(chain=(LINK,)),
    "another source there": lambda: _with_link(source_text="مصدر عسكري"),
    "another cue there": lambda: _with_link(cue="نفى"),
    "a source with an unknown entity": lambda: _with_link(entity="e9"),
    "an unknown participant": lambda: _with_claim(who=(Participant("e9", Role.ACTOR),)),
    "an unknown place": lambda: _with_claim(where=("e9",)),
    "an unknown figure": lambda: _with_claim(quantities=(1,)),
    "a figure counted from the end": lambda: _with_claim(quantities=(-1,)),
    "a promise of no claim": lambda: replace(READING, commitments=(Promise("c9"),)),
    "a request of no claim": lambda: replace(READING, requests=(Ask("c9"),)),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_text_does_not_hold_is_refused(fault: str) -> None:
    """One fault is enough, and the reader is named."""
    with pytest.raises(ReadingError, match="rules/1"):
        verify_reading(FAULTS[fault](), TEXT)
