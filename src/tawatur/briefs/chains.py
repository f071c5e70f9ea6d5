"""Whose word is it, through whom? A chain of attribution as words of a language.

`chain_in_words` says the whole way, from the report inwards, and as what it was said:
denied, promised, asked, hedged. Nobody's word becomes a fact on the way. Names of
sources stay as the text writes them, isolated where directions mix. Arabic says a
force by a noun (على سبيل النفي) and not by a verb: the gender of a source need not be known.

What a cue does is told by how its word begins (``tables/forces.tsv``). A cue of denial,
promise or request counts as one only where polarity or modality agree: a negation before
the cue ("did not rule out") turns it round, and a clause further on may no longer be what
was promised. The words are then introduced without taking sides.
"""

from functools import cache
from importlib.resources import files

from tawatur.briefs.words import isolated, listed, marked
from tawatur.i18n import Translate, translator
from tawatur.model.claim import Content
from tawatur.model.reading import Channel, Link, Manner, Modality, Polarity, SourceKind
from tawatur.model.span import Span
from tawatur.model.text import fold_words

_CITING = marked("citing {0}")
_NOT_EXCLUDING = marked("citing {0} as not excluding what follows")
_TOLD_OF = marked("reporting the word of {0}")
_UNDECIDED = marked("citing {0} on what follows")
_FORCES = {
    "said": marked("citing {0} as saying"),
    "added": marked("citing {0} as adding"),
    "affirmed": marked("citing {0} as affirming"),
    "announced": marked("citing {0} as announcing"),
    "acknowledged": marked("citing {0} as acknowledging"),
    "denied": marked("citing {0} as denying what follows"),
    "ruled_out": marked("citing {0} as ruling out what follows"),
    "doubted": marked("citing {0} as doubting what follows"),
    "alleged": marked("citing {0} as alleging"),
    "promised": marked("citing {0} as promising"),
    "requested": marked("citing {0} as asking for what follows"),
    "asked": marked("citing {0} as asking"),
    "warned": marked("citing {0} as warning"),
    "threatened": marked("citing {0} as threatening"),
    "accused": marked("citing {0} as accusing"),
    "criticised": marked("citing {0} as criticising"),
    "welcomed": marked("citing {0} as welcoming"),
    "hoped": marked("citing {0} as hoping"),
    "believed": marked("citing {0} as holding the view"),
    "expected": marked("citing {0} as supposing"),
    "agreed": marked("citing {0} as agreeing"),
    "wrote": marked("citing {0} as writing"),
}
_ONLY_AS = {"promised": Modality.PROMISED, "requested": Modality.REQUESTED}
_AGAINST = {"denied", "ruled_out"}
_KINDS = {
    SourceKind.ANONYMOUS: marked("name not given"),
    SourceKind.RUMOUR: marked("a rumour"),
}
_CHANNELS = {
    Channel.LEAKED: marked("by a leak"),
    Channel.DIPLOMATIC: marked("by diplomatic channels"),
    Channel.PRIVATE: marked("not in public"),
}
_MANNERS = {
    Manner.DIRECT: marked("word for word"),
    Manner.INDIRECT: marked("in substance"),
    Manner.IMPLIED: marked("by implication"),
}
_MODALITIES = {
    Modality.HEDGED: marked("as possible, not as certain"),
    Modality.PLANNED: marked("as a plan"),
    Modality.PROMISED: marked("as a promise"),
    Modality.REQUESTED: marked("as something asked for"),
    Modality.OPINION: marked("as an opinion"),
    Modality.CONDITIONAL: marked("under a condition"),
}
_SAID_BY_FORCE = {
    Modality.HEDGED: {"expected", "doubted"},
    Modality.PROMISED: {"promised"},
    Modality.REQUESTED: {"requested"},
    Modality.OPINION: {"believed"},
}


def chain_in_words(
    chain: tuple[Link, ...],
    content: Content,
    publisher: str | None,
    language: str,
    span: Span | None = None,
) -> str:
    """Return who says it, through whom and as what; without full stop or colon at the end.

    Args:
        chain: Outermost first, the root last; the first link is the report's author.
        content: Says polarity and modality.
        publisher: Who published the report, None if not known.
        language: ``ar``, ``fr`` or ``en``: that of the words around the names.
        span: Of the claim, where it is quoted below: a quotation that holds the reporting
            word itself ("the ministry denied …") is not introduced by that word again.
    """
    say = translator(language)
    told = [link for link in chain if link.kind is not SourceKind.AUTHOR]
    told = [link for link in told[:-1] if not _is(link, publisher)] + told[-1:]
    parts = [isolated(publisher) if publisher else say("The report’s author")]
    parts += [say(_CITING).format(_name(link, say, language)) for link in told[:-1]]
    force = "said"
    if told:
        force, introduction = _introduction(told[-1], content, span)
        parts.append(say(introduction).format(_name(told[-1], say, language)))
        if told[-1].manner in _MANNERS:
            parts.append(say(_MANNERS[told[-1].manner]))
    else:
        parts.append(say("naming no other source"))
    parts += [say(message) for message in _as_what(content, force)]
    return listed(parts, language)


def source_in_words(link: Link, publisher: str | None, language: str) -> str:
    """Return one link's name: the publisher for the author, the text's own words else."""
    say = translator(language)
    if link.kind is SourceKind.AUTHOR:
        return isolated(publisher) if publisher else say("the report’s author")
    return _name(link, say, language)


def force_of(cue: str | None) -> str:
    """Return what the reporting word does: a key such as ``denied``; ``said`` if not told."""
    for word in fold_words(cue or "").split():
        for form in (word, word[1:]) if word[0] in "وف" else (word,):
            for length in range(len(form), 1, -1):
                if force := _beginnings().get(form[:length]):
                    return force
    return "said"


def _is(link: Link, publisher: str | None) -> bool:
    """Return whether a link only names the publisher again."""
    return bool(publisher) and fold_words(link.source_text or "") == fold_words(publisher or "")


def _introduction(root: Link, content: Content, span: Span | None) -> tuple[str, str]:
    """Return the force of the root's cue and the message that introduces its words."""
    force = force_of(root.cue)
    if span and root.cue_span and span.holds(root.cue_span) and force != "said":
        return force, _TOLD_OF
    if force in _AGAINST and content.polarity is not Polarity.DENIED:
        if force == "ruled_out" and content.modality is Modality.HEDGED:
            return force, _NOT_EXCLUDING
        return "said", _UNDECIDED
    if force in _ONLY_AS and content.modality is not _ONLY_AS[force]:
        return "said", _UNDECIDED
    return force, _FORCES[force]


def _as_what(content: Content, force: str) -> list[str]:
    """Return the messages for polarity and modality, as far as the force has not said them."""
    found = []
    if content.polarity is Polarity.DENIED and force not in _AGAINST:
        found.append(marked("in the negative"))
    if content.polarity is Polarity.QUESTIONED and force not in {"asked", "doubted"}:
        found.append(marked("as a question"))
    if content.modality in _MODALITIES and force not in _SAID_BY_FORCE.get(content.modality, ()):
        excluded = force == "ruled_out" and content.modality is Modality.HEDGED
        if not excluded:
            found.append(_MODALITIES[content.modality])
    return found


def _name(link: Link, say: Translate, language: str) -> str:
    """Return a source as the text names it, with what the text says about the way."""
    name = isolated(link.source_text) if link.source_text else say("a source that is not described")
    notes = [say(_KINDS[link.kind])] if link.kind in _KINDS else []
    if link.to:
        notes.append(say("speaking to {0}").format(isolated(link.to)))
    if link.channel in _CHANNELS:
        notes.append(say(_CHANNELS[link.channel]))
    return f"{name} ({listed(notes, language)})" if notes else name


@cache
def _beginnings() -> dict[str, str]:
    """Return every beginning of a reporting word with its force."""
    table = files("tawatur.briefs") / "tables" / "forces.tsv"
    found: dict[str, str] = {}
    for line in table.read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "force\t")):
            force, _language, beginnings = line.split("\t")
            found |= dict.fromkeys(beginnings.split(), force)
    return found
