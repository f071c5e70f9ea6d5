"""What the pages show: one frozen context per page, every field with its help.

Contexts that one page alone has may stand in its own module.

Templates see a context as ``page`` (one of the ``…Page`` classes below), the frame
around it as ``site``, and nothing else but ``_``, which translates. A test fails
for a template that uses a name which is not a field here. Addresses are local
paths, ready to stand in an attribute; words that need not be in the page's
language carry their own (`Words`).
"""

# ruff: noqa: RUF009 - shown() only makes a field, as field() does

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol


def shown(text: str, **given: Any) -> Any:
    """Return a field whose help is ``text``; ``given`` is what `field` takes besides."""
    return field(metadata={"help": text}, **given)


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text or a name, in a language of their own."""

    text: str = shown("The words, as the text has them.")
    language: str = shown("BCP 47 language, empty when it is not known.")
    direction: str = shown("rtl, ltr, or auto when the language is not known.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list to choose from."""

    value: str = shown("What the form sends.")
    label: str = shown("What the person reads.")
    chosen: bool = shown("Whether it is chosen now.")


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation or of the language switch."""

    label: str = shown("What the person reads.")
    href: str = shown("Where it leads.")
    current: bool = shown("Whether the page belongs to it.")
    language: str = shown("Language of the label; empty for the page's own.")


@dataclass(frozen=True, slots=True)
class Site:
    """The frame around every page."""

    language: str = shown("Language of the interface.")
    direction: str = shown("rtl or ltr.")
    node: str = shown("The organisation's name.")
    groups: tuple[Place, ...] = shown("The groups of the navigation.")
    places: tuple[Place, ...] = shown("The pages of the group that this page belongs to.")
    languages: tuple[Place, ...] = shown("The language switch.")
    person: str = shown("Who is logged in; empty where the pages are for one person alone.")
    roles: tuple[str, ...] = shown("What the person is trusted with here; nothing else is offered.")
    coming: str = shown("What is not in the page yet, in words; empty where nothing is.")
    csrf: str = shown("The token that every form sends back.")
    back: str = shown("Address of this page, for forms that return to it.")
    comfort: bool = shown("Whether the built script is there.")
    keys: bool = shown("Whether single-key shortcuts are on.")
    keys_switch: str = shown("Address that turns them on or off.")
    query: str = shown("What the search box holds.")


@dataclass(frozen=True, slots=True)
class Pager:
    """Which rows of a long list are shown."""

    first: int = shown("Number of the first row shown, from 1.")
    last: int = shown("Number of the last row shown.")
    total: int = shown("How many there are.")
    previous: str = shown("Address of the page before, empty on the first.")
    next: str = shown("Address of the page after, empty on the last.")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of one column of a list."""

    label: str = shown("What the person reads.")
    href: str = shown("The list sorted by it, or turned round; empty where it does not sort.")
    sorted: str = shown("ascending or descending; empty where the list is not sorted by it.")
    numeric: bool = shown("Whether the column holds numbers.")


@dataclass(frozen=True, slots=True)
class Pick:
    """A list to choose from, by which another list is narrowed."""

    name: str = shown("What the form calls it.")
    label: str = shown("What the person reads before it.")
    choices: tuple[Choice, ...] = shown("Its values, that of all first.")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a form sends along without showing it."""

    name: str = shown("What the form calls it.")
    value: str = shown("What it sends.")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to."""

    words: str = shown("Words that must occur.")
    since: str = shown("EDTF: nothing earlier.")
    until: str = shown("EDTF: nothing later.")
    statuses: tuple[Choice, ...] = shown("Statuses to choose from; empty where there are none.")
    picks: tuple[Pick, ...] = shown("What else it can be narrowed by.", default=())
    hidden: tuple[Hidden, ...] = shown("How the list is sorted, sent along.", default=())
    picked: bool = shown("Whether it is narrowed by one of these.", default=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain: who passed it on, and how."""

    who: Words = shown("The source as the text names it.")
    kind: str = shown("What kind of source it is.")
    cue: Words | None = shown("The verb or phrase that attributes, if the text has one.")
    manner: str = shown("Quoted, indirect or implied; empty when not told.")
    to: Words | None = shown("To whom it was said.")
    channel: str = shown("By which way; empty when not told.")
    root: bool = shown("Whether it is the last: whose word it is.")


@dataclass(frozen=True, slots=True)
class Badge:
    """One property of a claim in a word."""

    kind: str = shown("Which property: polarity, modality, type, when, gap, report.")
    value: str = shown("Its code, for style.")
    label: str = shown("Its word.")
    title: str = shown("The property's name, for those who ask.")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim in a list."""

    id: str = shown("The claim's id.")
    number: int = shown("Its number beside the text; 0 in other lists.")
    quote: Words = shown("The very characters.")
    words: str = shown("Chain and claim in words of the interface language.")
    chain: tuple[Step, ...] = shown("The chain, outermost first, the root last.")
    status: str = shown("Status code.")
    status_label: str = shown("Status in a word.")
    badges: tuple[Badge, ...] = shown("Polarity, modality, type and when.")
    who: tuple[Words, ...] = shown("Who or what takes part.")
    where: tuple[Words, ...] = shown("Where.")
    figures: tuple[str, ...] = shown("Figures with their bounds.")
    href: str = shown("The document at these very characters.")
    seen: str = shown("The last judgement on it, as forms send it; may be empty.")
    own: str = shown("The page of the claim itself.")
    origin: Words = shown("The document's title, or what else names it.")
    published: str = shown("When the document was published, in words.")
    tlp: str = shown("The TLP word of the report's label; empty where that is not told.")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in a list."""

    id: str = shown("The document's id.")
    href: str = shown("Its page.")
    title: Words = shown("Its title.")
    publisher: Words | None = shown("Who published it, if known.")
    published: str = shown("When it was published, in words.")
    learnt: str = shown("When it was first taken in.")
    language: str = shown("The name of its language.")
    claims: int = shown("How many claims it holds.")
    name: str = shown("The file or address it came from.")
    tlp: str = shown("The TLP word of its label.")


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event in a list."""

    id: str = shown("The event's id.")
    href: str = shown("Its page.")
    headline: Words = shown("The words of the claim that stands for it.")
    type: str = shown("Its type, in a word.")
    when: str = shown("When it happened, in words.")
    where: tuple[Words, ...] = shown("Where.")
    who: tuple[Words, ...] = shown("Who takes part.")
    at_least: int = shown("Least number of independent roots.")
    at_most: int = shown("Greatest number of independent roots.")
    claims: int = shown("How many claims are about it.")
    documents: int = shown("In how many documents.")
    tlp: str = shown("The strictest TLP word of these; empty where it was not looked up.")


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Two claims that cannot both be so, or seem so."""

    id: str = shown("The conflict's id.")
    kind: str = shown("In what they differ, in words.")
    why: str = shown("The sentence that explains it.")
    same_root: bool = shown("Whether one source contradicts itself.")
    sides: tuple[ClaimRow, ...] = shown("The two claims.")
    ruling: str = shown("Id of what a person said of it; empty where nobody did.")
    ruled: str = shown("What a person said it comes to, when and why, in words.")
    outcomes: tuple[Choice, ...] = shown("What it may come to, to choose from.")


@dataclass(frozen=True, slots=True)
class NearMissRow:
    """Two claims that look contradictory and are not."""

    kind: str = shown("In what they seem to differ, in words.")
    why: str = shown("The sentence that says why they do not contradict each other.")
    sides: tuple[ClaimRow, ...] = shown("The two claims.")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One commitment or request."""

    id: str = shown("Its id.")
    by: str = shown("Who promised or asked.")
    to: str = shown("To whom; empty when not told.")
    what: str = shown("What.")
    status: str = shown("Status code; overdue among them.")
    status_label: str = shown("Status in a word.")
    due: str = shown("When it is due or needed, in words; empty when not told.")
    since: str = shown("Since when it waits, in words; empty when not told.")
    waiting: str = shown("For how many days, in words; empty when not told or closed.")
    next_step: str = shown("Who owes the next step; empty when not told.")
    claims: tuple[str, ...] = shown("Ids of the claims that say so.")
    why: str = shown("Reason of the last step; empty where there is none.")
    href: str = shown("Address of its page.")
    disputed: str = shown("What steps taken at once say beside the status; empty otherwise.")
    statuses: tuple[Choice, ...] = shown("What may have become of it, to choose from.")
    seen: str = shown("What changed it last, as forms send it; empty for a proposal.")
    tlp: str = shown("The TLP word of its label; empty where it has none.")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a claim, or words with a note, begin in the text."""

    id: str = shown("The claim's or the note's id.")
    number: int = shown("Its number beside the text.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters under one set of marks."""

    text: str = shown("The characters.")
    claims: str = shown("Ids of the claims that hold them, outermost first, with spaces between.")
    depth: int = shown("How many claims hold them, 3 at most.")
    status: str = shown("Status code of the innermost claim.")
    begins: tuple[Anchor, ...] = shown("Claims that begin here.")
    id: str = shown("The element's id: that of the first claim that begins here, or empty.")
    glossed: tuple[Anchor, ...] = shown("People's notes on words that begin here.")
    kind: str = shown("name, time, figure, gloss, or empty.")
    note: str = shown("What kind of name, which time, or what a person noted.")
    lit: bool = shown("Whether they are what the address asks for.")


@dataclass(frozen=True, slots=True)
class PartRow:
    """One stretch that is left out, or was brought back."""

    number: int = shown("Its number in the document.")
    kind: str = shown("Which kind of aside, in words.")
    words: Words = shown("Its first words.")
    left_out: bool = shown("Whether it is left out.")
    who: str = shown("Whose word that is, and why; empty for the program's.")
    can_change: bool = shown("Whether the text shown is the one in force.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text shown."""

    place: str = shown("Its first character and the one behind its last, as ``120-180``.")
    pieces: tuple[Piece, ...] = shown("Its characters.")


@dataclass(frozen=True, slots=True)
class Block:
    """Content, or one aside."""

    aside: str = shown("Which kind of aside, in words; empty for content.")
    part: PartRow | None = shown("The aside as a part of the document, None for content.")
    open: bool = shown("Whether an aside is shown unfolded.")
    paragraphs: tuple[Paragraph, ...] = shown("Its paragraphs.")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a document or the node."""

    label: str = shown("What it is.")
    value: Words = shown("What it says.")
    note: str = shown("A reason or remark; may be empty.")


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One person's note beside words of the text."""

    id: str = shown("The note's id.")
    number: int = shown("Its number beside the text.")
    words: Words = shown("The very words.")
    note: Words = shown("The note.")
    who: str = shown("Whose it is, and when it was made.")
    href: str = shown("The words in the text; empty where they do not stand in it.")


@dataclass(frozen=True, slots=True)
class MarkingRow:
    """A name or a time that a person marked in the text."""

    id: str = shown("The marking's id.")
    words: Words = shown("The very words.")
    kind: str = shown("What kind of name it is, or the time, in words.")
    who: str = shown("By whom it was marked, and when.")
    href: str = shown("The words in the text.")


@dataclass(frozen=True, slots=True)
class RenditionRow:
    """One text of the document."""

    href: str = shown("The document with this text.")
    made_by: str = shown("The extractor and its version.")
    made: str = shown("When it was made, in words.")
    characters: int = shown("Its length.")
    claims: int = shown("How many claims in force stand on it.")
    former: int = shown("How many claims on it a newer text replaced.")
    judgements: int = shown("How many judgements were made on it.")
    cited: str = shown("Which commitments and requests point to it.")
    current: bool = shown("Whether it is the newest.")
    shown: bool = shown("Whether it is the one on this page.")


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Another document with the same text."""

    href: str = shown("Its page.")
    id: str = shown("Its id.")
    kind: str = shown("How they share it, in words.")
    why: str = shown("The reason, in words.")
    evidence: tuple[str, ...] = shown("What else shows it, in words.")
    stretch: str = shown("The longest stretch in common, shortened; may be empty.")
    family: bool = shown("Whether both are of one family.")


@dataclass(frozen=True, slots=True)
class HitRow:
    """One document found by words."""

    document: DocumentRow = shown("The document.")
    href: str = shown("The document at the place found.")
    direction: str = shown("Direction of the extract.")
    language: str = shown("Language of the extract.")
    extract: tuple[Piece, ...] = shown("The extract, cut at the words found.")


@dataclass(frozen=True, slots=True)
class TellerRow:
    """One who tells of the event, at a place in the tree of who had it from whom."""

    names: tuple[Words, ...] = shown("As the texts have them; none of one who is not named.")
    kind: str = shown("What kind of source.")
    depth: int = shown("0 for a root, one more than whom it was had from, 9 at most.")
    how: str = shown("What shows that it was had from there; empty of a root.")
    doubtful: bool = shown("Whether it may be one with another of the roots.")
    why: str = shown("Address of what shows that it is a root; empty of others.")
    places: tuple[Place, ...] = shown("Its first claims, in the documents that hold them.")
    more: int = shown("How many claims it has beside those.")


@dataclass(frozen=True, slots=True)
class DrawnTeller:
    """One who tells, in the drawing of a tree; places are pixels."""

    href: str = shown("The first claim in its text; may be empty.")
    x: int = shown("Where it stands.")
    y: int = shown("How high.")
    line: str = shown("The line from whom it was had, in SVG; empty of a root.")
    name: Words = shown("The name, cut short.")
    anchor: str = shown("start or end: from where the name is written.")
    label_x: int = shown("Where the name begins, or ends if it is written the other way.")
    title: str = shown("The whole name, the kind of source, and what shows the way.")
    root: bool = shown("Whether it is a root.")
    doubtful: bool = shown("Whether it may be one with another of the roots.")


@dataclass(frozen=True, slots=True)
class TreeDrawing:
    """A tree of who had it from whom, drawn."""

    width: int = shown("In pixels.")
    height: int = shown("In pixels.")
    tellers: tuple[DrawnTeller, ...] = shown("Each before those who had it from there.")


@dataclass(frozen=True, slots=True)
class TreeRow:
    """Who had it from whom behind one event, today or as of a day."""

    headline: Words = shown("The words of the claim that stands for the event.")
    at_least: int = shown("Least number of independent roots.")
    at_most: int = shown("Greatest number of independent roots.")
    tellers: tuple[TellerRow, ...] = shown("Each before those who had it from there.")
    reasons: tuple[str, ...] = shown("Why roots count as one, or may.")
    drawing: TreeDrawing = shown("The same, drawn.")


@dataclass(frozen=True, slots=True)
class AspectRow:
    """What the claims say of time, place, actors or one figure."""

    kind: str = shown("Of which.")
    of: Words | None = shown("What a figure counts.")
    agree: bool = shown("Whether all that is said can be so together.")
    said: tuple[tuple[Words, int], ...] = shown("Each value with how many claims say so.")


@dataclass(frozen=True, slots=True)
class Speaker:
    """The claims of one speaker about one event."""

    name: Words = shown("The speaker, as the first of the texts has it.")
    kind: str = shown("What kind of source.")
    claims: tuple[ClaimRow, ...] = shown("What the speaker said, first said first.")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Who speaks; of a person nothing is counted."""

    id: str = shown("The source's id.")
    href: str = shown("Its page.")
    name: Words = shown("Its name.")
    kind: str = shown("What kind of source.")
    letter: str = shown("Its letter with what it says; empty where none is given.")
    told: str = shown("Of how many events it is a root, confirmed, contradicted; may be empty.")
    numbers: tuple[int, ...] = shown("Its claims, and those three numbers; none of a person.")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An event of which the source is a root, and what other roots made of it."""

    href: str = shown("The event's page.")
    subject: str = shown("What kind of happening, in a word.")
    claims: tuple[ClaimRow, ...] = shown("What the source said.")
    confirmed_by: tuple[ClaimRow, ...] = shown("Independent roots that assert the same.")
    contradicted_by: tuple[ClaimRow, ...] = shown("Other roots that contradict it.")


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """One explanation on a board."""

    id: str = shown("The ruling's id.")
    text: str = shown("The explanation.")
    contradicted: str = shown("How many independent roots speak against it, in words.")
    why: str = shown("Why it is considered.")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One claim and how it bears on each explanation."""

    claim: ClaimRow = shown("The claim.")
    tells: str = shown("Whether it tells the explanations apart, in words.")
    sides: tuple[str, ...] = shown("How it bears on each, in their order; empty if not weighed.")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An explanation that a text itself gives."""

    claim: ClaimRow = shown("The claim that says so.")
    text: str = shown("What it says of a report, in words.")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One thing that is explained, in a list."""

    href: str = shown("Its board.")
    headline: Words = shown("The words by which it is known.")
    explanations: tuple[ExplanationRow, ...] = shown("The least contradicted first.")


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something."""

    label: str = shown("Of what.")
    count: int = shown("How many.")
    href: str = shown("The list of them; empty where there is none.")


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """All documents."""

    template: ClassVar[str] = "documents.html"
    title: str = shown("Title of the page.")
    rows: tuple[DocumentRow, ...] = shown("The documents of this page, newest first.")
    pager: Pager = shown("Which of all.")


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document: its text with marks, and its claims beside it."""

    template: ClassVar[str] = "document.html"
    title: str = shown("Title of the page.")
    heading: Words = shown("The document's own title.")
    tlp: str = shown("The TLP word of its label.")
    language: str = shown("Language of the text.")
    direction: str = shown("Direction of the text.")
    blocks: tuple[Block, ...] = shown("The text of this part.")
    claims: tuple[ClaimRow, ...] = shown("The claims of this part, in order of place.")
    pager: Pager = shown("Which part of a long text, counted in characters.")
    asked: str = shown("Id of the claim that the address asks for; may be empty.")
    facts: tuple[Fact, ...] = shown("Publisher, dates, header, encoding.")
    reasons: tuple[str, ...] = shown("Why it is dated as it is.")
    acquisitions: tuple[Fact, ...] = shown("How it came: each taking-in.")
    passages: tuple[Fact, ...] = shown("Its paragraphs by language, if there are several.")
    copies: tuple[CopyRow, ...] = shown("Other documents with the same text.")
    family: tuple[Place, ...] = shown("All documents that hold one text with it, itself too.")
    renditions: tuple[RenditionRow, ...] = shown("Its texts, newest first.")
    newest: str = shown("Address with the newest text; empty where that is the one shown.")
    elsewhere: tuple[ClaimRow, ...] = shown("Judged claims that stand in an older text only.")
    parts: tuple[PartRow, ...] = shown("What is left out, and what was brought back.")
    notes: tuple[NoteRow, ...] = shown("People's notes.")
    address: str = shown("Where forms about the document are sent.")
    board: str = shown("The board of explanations of where it comes from.")
    rendition: str = shown("Id of the text shown.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    types: tuple[Choice, ...] = shown("Types that words may be marked as a claim of.")
    kinds: tuple[Choice, ...] = shown("Kinds that words may be marked as a name of.")
    names: tuple[Choice, ...] = shown("What the text names, by the place of its first mention.")
    marked: tuple[MarkingRow, ...] = shown("Names and times that people marked.")
    id: str = shown("The document's id.")
    state: str = shown("The entry that changed it last.")
    form: str = shown("Which form was refused; empty for none.")
    words: str = shown("Form: the words chosen.")
    note: str = shown("Form: the note.")
    begins: str = shown("Form: the character at which the words begin.")


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """Claims, filtered."""

    template: ClassVar[str] = "claims.html"
    title: str = shown("Title of the page.")
    filter: Filter = shown("What they are narrowed to.")
    rows: tuple[ClaimRow, ...] = shown("The claims of this page.")
    pager: Pager = shown("Which of all.")


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One claim with what is known of it."""

    template: ClassVar[str] = "claim.html"
    title: str = shown("Title of the page.")
    row: ClaimRow = shown("The claim.")
    facts: tuple[Fact, ...] = shown("Its four dates, readers and judgements.")
    commitment: str = shown("Address of a commitment form filled from the claim.")
    request: str = shown("Address of a request form filled from the claim.")


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row alone, for a list that swaps it."""

    template: ClassVar[str] = "row.html"
    title: str = shown("Unused; every page has one.")
    row: ClaimRow = shown("The claim.")


@dataclass(frozen=True, slots=True)
class EventsPage:
    """Events, filtered and sorted."""

    template: ClassVar[str] = "events.html"
    title: str = shown("Title of the page.")
    filter: Filter = shown("What they are narrowed to.")
    headings: tuple[Heading, ...] = shown("The headings of the columns.")
    rows: tuple[EventRow, ...] = shown("The events of this page.")
    pager: Pager = shown("Which of all.")


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event: its roots with reasons, its claims by speaker."""

    template: ClassVar[str] = "event.html"
    title: str = shown("Title of the page.")
    row: EventRow = shown("The event.")
    first: ClaimRow = shown("The claim that was said first.")
    aspects: tuple[AspectRow, ...] = shown("In what the claims agree and differ.")
    trees: tuple[TreeRow, ...] = shown("Who had it from whom; several only as of a day.")
    as_of: str = shown("The day as of which, EDTF; empty for today.")
    problem: str = shown("Why there is no tree as of that day; empty otherwise.")
    speakers: tuple[Speaker, ...] = shown("The claims of this page by speaker.")
    pager: Pager = shown("Which of all its claims.")


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    """Conflicts, filtered."""

    template: ClassVar[str] = "conflicts.html"
    title: str = shown("Title of the page.")
    filter: Filter = shown("What they are narrowed to.")
    unsettled: Place = shown("Only those that nobody settled or dismissed, or all again.")
    rows: tuple[ConflictRow, ...] = shown("The conflicts of this page.")
    pager: Pager = shown("Which of all.")
    near: tuple[NearMissRow, ...] = shown("Some that look contradictory and are not.")
    near_total: int = shown("How many of those there are.")


@dataclass(frozen=True, slots=True)
class EntityRow:
    """Who or what is named, in a list."""

    id: str = shown("The entity's id.")
    href: str = shown("Its page.")
    type: str = shown("Its kind, in a word.")
    names: tuple[Words, ...] = shown("Its full names, that of most documents first.")
    documents: str = shown("In how many documents; of people it is not counted.")


@dataclass(frozen=True, slots=True)
class NameRow:
    """One form of a name."""

    name: Words = shown("The name.")
    script: str = shown("Its script.")
    language: str = shown("The language of the texts that have it.")
    first: str = shown("When it was first seen, in words.")
    last: str = shown("When it was last seen, in words.")


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """What a text calls a person."""

    words: Words = shown("The very words.")
    when: str = shown("When the text was published, in words.")
    href: str = shown("The text at these words.")


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What a claim says that ties two entities."""

    a: Place = shown("Who does it, or is it.")
    kind: str = shown("What, in words.")
    b: Place = shown("To whom.")
    when: str = shown("When, in words: of the happening, or of the report.")
    status: str = shown("Whether the claim asserts or denies it, in a word.")
    claim: str = shown("The claim in its text.")
    because: str = shown("The page of what it comes from.")


@dataclass(frozen=True, slots=True)
class ThroughRow:
    """What others did that counts as done by the entity, through one claim that ties them."""

    relation: RelationRow = shown("What ties them.")
    claims: tuple[ClaimRow, ...] = shown("What was done.")


@dataclass(frozen=True, slots=True)
class RulingRow:
    """What a person ruled."""

    id: str = shown("The ruling's id.")
    says: str = shown("What it says.")
    why: str = shown("The reason.")
    by: str = shown("By whom, and when.")


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """Who and what is named, filtered."""

    template: ClassVar[str] = "entities.html"
    title: str = shown("Title of the page.")
    query: str = shown("Words that a name must hold.")
    kinds: tuple[Choice, ...] = shown("Kinds to choose from.")
    rows: tuple[EntityRow, ...] = shown("The entities of this page, by name.")
    pager: Pager = shown("Which of all.")


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Who speaks, filtered and sorted."""

    template: ClassVar[str] = "sources.html"
    title: str = shown("Title of the page.")
    filter: Filter = shown("What they are narrowed to.")
    headings: tuple[Heading, ...] = shown("The headings of the columns.")
    rows: tuple[SourceRow, ...] = shown("The sources of this page.")
    pager: Pager = shown("Which of all.")


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source: what it said and what became of it, with the form that grades it."""

    template: ClassVar[str] = "source.html"
    title: str = shown("Title of the page.")
    row: SourceRow = shown("The source.")
    reasons: tuple[str, ...] = shown("Why it has the letter that is worked out.")
    ruling: str = shown("Id of the letter that a person gave; empty where nobody did.")
    ruled: str = shown("That letter with its reason, and its purpose and expiry.")
    cases: tuple[CaseRow, ...] = shown("The events of which it is a root.")
    passed_on: tuple[ClaimRow, ...] = shown("Claims that only came through it.")
    letters: tuple[Choice, ...] = shown("Letters to choose from; empty where grades are off.")
    held: bool = shown("Whether a letter needs a purpose and an expiry.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    why: str = shown("Form: the reason.")
    purpose: str = shown("Form: why it is held.")
    expires: str = shown("Form: until when.")


@dataclass(frozen=True, slots=True)
class BoardsPage:
    """What is explained in several ways."""

    template: ClassVar[str] = "boards.html"
    title: str = shown("Title of the page.")
    rows: tuple[BoardRow, ...] = shown("The boards of this page.")
    pager: Pager = shown("Which of all.")


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The explanations of an event or of a document's origin, and the claims weighed."""

    template: ClassVar[str] = "board.html"
    title: str = shown("Title of the page.")
    row: BoardRow = shown("The thing and its explanations.")
    above: str = shown("The page of the event or document.")
    evidence: tuple[EvidenceRow, ...] = shown("The claims weighed, those that tell apart first.")
    offers: tuple[OfferRow, ...] = shown("Explanations that texts give.")
    claims: tuple[ClaimRow, ...] = shown("Claims about it, to be weighed.")
    bearings: tuple[Choice, ...] = shown("How a claim may bear on an explanation.")
    problem: str = shown("What was wrong with the form sent; empty otherwise.")
    text: str = shown("Form: an explanation.")


@dataclass(frozen=True, slots=True)
class NodePage:
    """About this node."""

    template: ClassVar[str] = "node.html"
    title: str = shown("Title of the page.")
    facts: tuple[Fact, ...] = shown("Name, id and what it holds.")
    asked: bool = shown("Whether the ledger was just verified.")
    whole: bool = shown("Whether it was found whole.")
    result: tuple[Fact, ...] = shown("What the verification found.")


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What could not be done, and what to do instead."""

    template: ClassVar[str] = "problem.html"
    title: str = shown("Title of the page.")
    say: str = shown("What happened and what to do.")
    detail: Words | None = shown("The program's own line; None where there is none.")


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """The page for whoever has no session; it says nothing of the node."""

    template: ClassVar[str] = "closed.html"
    title: str = shown("Title of the page.")
    again: str = shown("Address of the page asked for, to be opened from here; may be empty.")


class Page(Protocol):
    """The context of a page, here or in a page's own module: its template, and its title."""

    template: ClassVar[str]

    @property
    def title(self) -> str:
        """The page's title."""
