"""A node's settings: ``tawatur.toml`` in its folder, every one with a default.

Written by ``tawatur init`` and edited by people; an unknown key or a wrong type
is refused with the line's name, so that a slip is never silently ignored. Two parts
open the network: ``[llm]``, and only to the address that it names; ``[network]``, for
addresses that somebody asks to be fetched. As they are written neither does. Without a
node the settings of the language model come from the environment.
"""

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

import msgspec

from tawatur.errors import NewerNodeError, NotANodeError, UsageError, system_message
from tawatur.model.label import Tlp
from tawatur.model.text import fold_words

FORMAT = 1
"""Version of the node folder; a newer one is refused, nothing in it touched."""

FILE = "tawatur.toml"

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""How this machine alone is called."""
_ID = re.compile(r"n-[0-9a-z]{16}")
_ACCOUNT = re.compile(
    r"[A-Za-z0-9]+ n-[0-9a-z]{16} (?:token\$[0-9a-f]{64}|scrypt\$[0-9a-f]{32}\$[0-9a-f]{64})"
)
_BASE = re.compile(r"https?://[^\s?#]+/")
_ORIGIN = re.compile(r"https?://[^\s/?#@]{1,200}/?")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?")


@dataclass(frozen=True, slots=True)
class Llm:
    """Which language model may be asked, and how; the ``help`` of each is its documentation."""

    address: str = field(
        default="",
        metadata={
            "help": "Address of an OpenAI-compatible server, up to and with /v1; empty: none is "
            "asked. Text of reports goes there; another machine is asked over https only."
        },
    )
    model: str = field(default="", metadata={"help": "The model, as its server calls it."})
    key_env: str = field(
        default="TAWATUR_LLM_KEY",
        metadata={"help": "Environment variable that holds the key, where the server wants one."},
    )
    key_file: str = field(
        default="",
        metadata={
            "help": "File that holds the key, in place of the variable; for its owner alone."
        },
    )
    window: int = field(
        default=6000, metadata={"help": "Characters of a report put before the model at a time."}
    )
    overlap: int = field(
        default=800, metadata={"help": "Characters that one window shares with the next."}
    )
    answer: int = field(default=12000, metadata={"help": "Tokens of one answer at most."})
    bounded: bool = field(
        default=False,
        metadata={
            "help": "Whether the schema limits lengths, for local servers with small models; some "
            "hosted servers refuse it."
        },
    )
    temperature: float = field(
        default=0.0, metadata={"help": "0 for the likeliest words; below 0 it is not sent."}
    )
    parallel: int = field(default=2, metadata={"help": "Requests under way at once at most."})
    requests_per_minute: float = field(
        default=0.0, metadata={"help": "Requests started in a minute at most; 0: no limit."}
    )
    timeout: float = field(default=300.0, metadata={"help": "Seconds to wait for one answer."})
    tries: int = field(
        default=5, metadata={"help": "How often a request is made before it has failed."}
    )
    price_in: float = field(
        default=0.0, metadata={"help": "Price of a million tokens that are sent."}
    )
    price_out: float = field(
        default=0.0, metadata={"help": "Price of a million tokens that are answered."}
    )
    currency: str = field(default="USD", metadata={"help": "Currency of the prices."})
    cache: bool = field(
        default=True,
        metadata={"help": "Whether answers are kept, so that a second reading costs nothing."},
    )


@dataclass(frozen=True, slots=True)
class Mail:
    """By which server the digest of what is due is sent, if anybody asks for it."""

    host: str = field(
        default="",
        metadata={
            "help": "Mail server to which `tawatur due --mail` hands the digest; empty: none."
        },
    )
    port: int = field(default=587, metadata={"help": "Its port."})
    security: str = field(
        default="starttls",
        metadata={"help": "starttls, tls, or none: that only to a server on this machine."},
    )
    user: str = field(default="", metadata={"help": "Name by which it is entered; empty: none."})
    password_file: str = field(
        default="", metadata={"help": "File that holds the password; for its owner alone."}
    )
    sender: str = field(default="", metadata={"help": "Address from which it comes."})
    to: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Addresses to which it goes: of people who may see all that is due."},
    )
    seconds: float = field(default=30.0, metadata={"help": "Seconds to wait for the server."})


@dataclass(frozen=True, slots=True)
class Network:
    """Whether addresses may be fetched, and with which manners."""

    allowed: bool = field(
        default=False,
        metadata={"help": "Whether addresses and feeds may be fetched when somebody asks for it."},
    )
    private: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Hosts, or hosts with ports, that may be asked though they stand on a private "
            "network or on this machine, as they are written in the address."
        },
    )
    size_mb: float = field(
        default=64.0, metadata={"help": "Megabytes of one answer at most, unpacked as well."}
    )
    seconds: float = field(
        default=60.0, metadata={"help": "Seconds that one answer may take, to its end."}
    )
    pause: float = field(
        default=2.0, metadata={"help": "Seconds between two requests to one host at least."}
    )
    patience: float = field(
        default=60.0,
        metadata={
            "help": "Seconds for which a site may ask to be left alone before it is given up."
        },
    )
    contact: str = field(
        default="",
        metadata={
            "help": "An address or mailbox that sites are told, for complaints; empty: none. It "
            "shows every site who reads it."
        },
    )


@dataclass(frozen=True, slots=True)
class Intake:
    """What one document may take of this machine; the ``help`` of each is its documentation."""

    seconds: int = field(
        default=180,
        metadata={"help": "Seconds of a processor for one document at most."},
    )
    wall_seconds: int = field(
        default=900,
        metadata={
            "help": "Seconds by the clock for one document at most, reading of pictures included."
        },
    )
    memory_mb: int = field(
        default=1024, metadata={"help": "Megabytes of memory for one document at most."}
    )
    characters: int = field(
        default=3_000_000, metadata={"help": "Characters of one document's text at most."}
    )
    archive_mb: int = field(
        default=2048,
        metadata={"help": "Megabytes of one archive, mailbox or file of rows at most."},
    )


@dataclass(frozen=True, slots=True)
class Taxii:
    """Whom `tawatur serve --taxii` answers, and what one request may take."""

    accounts: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Programs that may ask by name and password, or by token, as `tawatur taxii "
            "account` writes them; none: nobody may."
        },
    )
    port: int = field(default=8421, metadata={"help": "Port on the loopback address."})
    address: str = field(
        default="",
        metadata={
            "help": "Address under which partners reach it, with / at the end; empty: the one "
            "they asked."
        },
    )
    page: int = field(default=1000, metadata={"help": "Objects on one page at most."})
    body_mb: float = field(default=10.0, metadata={"help": "Megabytes of one request at most."})
    requests_per_minute: float = field(
        default=60_000.0,
        metadata={"help": "Requests of one organisation in a minute at most; 0: no limit."},
    )


@dataclass(frozen=True, slots=True)
class Wire:
    """Where `tawatur serve --partners` answers partners' nodes, and what one request may take."""

    address: str = field(
        default="",
        metadata={
            "help": "Address under which partners' nodes reach it, https://…; goes into cards and "
            "invitations; empty: they do not."
        },
    )
    certificate: str = field(
        default="",
        metadata={
            "help": "File of the certificate that it shows there, which partners then insist on; "
            "empty: a proxy on this machine speaks TLS."
        },
    )
    key: str = field(
        default="", metadata={"help": "File of the certificate's key, for its owner alone."}
    )
    host: str = field(
        default="127.0.0.1",
        metadata={
            "help": "Numeric address of this machine on which it answers; another than the "
            "loopback only with a certificate."
        },
    )
    port: int = field(default=8422, metadata={"help": "Port on it."})
    body_mb: float = field(default=64.0, metadata={"help": "Megabytes of one request at most."})
    seconds: float = field(
        default=60.0, metadata={"help": "Seconds until the last byte of a request."}
    )
    requests_per_minute: float = field(
        default=600.0,
        metadata={"help": "Requests of one partner in a minute at most; 0: no limit."},
    )


@dataclass(frozen=True, slots=True)
class LedgerPlace:
    """Where the ledger is kept."""

    store: str = field(
        default="sqlite",
        repr=False,  # it may hold a password
        metadata={
            "help": "sqlite, for a file in this folder, or the address of a PostgreSQL database, "
            "postgresql://…; set when the node is made."
        },
    )


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where everything that is worked out from the ledger is kept."""

    store: str = field(
        default="sqlite",
        repr=False,  # as for the ledger
        metadata={
            "help": "sqlite, for a file in this folder, or the address of a PostgreSQL database, "
            "postgresql://…; may be changed at any time: it is made again there."
        },
    )


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is worked out of what was read."""

    grades: bool = field(
        default=True,
        metadata={
            "help": "Whether sources and claims are graded by the Admiralty code; false turns "
            "grades off everywhere."
        },
    )


LONGEST_DAYS = 36_525
"""Days for which others may have a document by default at most: a century."""


@dataclass(frozen=True, slots=True)
class DefaultLabel:
    """What the label of a document says that is taken in; ``help`` is its documentation."""

    publisher: str = field(
        default="", metadata={"help": "Of whose documents; only in `[[labels.source]]`."}
    )
    tlp: Tlp = field(
        default=Tlp.AMBER_STRICT,
        metadata={"help": "What a person may do with it: a word of TLP 2.0, as `TLP:AMBER`."},
    )
    to: tuple[str, ...] = field(
        default=(), metadata={"help": "Partners who may have it, by name or id."}
    )
    circles: tuple[str, ...] = field(
        default=(),
        metadata={"help": "Communities that may have it, or their nearer tiers: `NAME:partner`."},
    )
    onward: bool = field(default=False, metadata={"help": "Whether they may pass it on."})
    days: int = field(
        default=0, metadata={"help": "Days after which others have it no more; 0: no end."}
    )
    purpose: str = field(default="", metadata={"help": "For what it may be used."})
    caveats: tuple[str, ...] = field(
        default=(), metadata={"help": "Words to be acknowledged before it is opened."}
    )


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of documents that are taken in here for the first time, and what labels name."""

    default: DefaultLabel = field(
        default_factory=DefaultLabel,
        metadata={"help": 'Of every other document, as `{ tlp = "TLP:AMBER", to = ["Harbour"] }`.'},
    )
    source: tuple[DefaultLabel, ...] = field(
        default=(),
        metadata={
            "help": "Of documents that name a publisher, each as a table `[[labels.source]]`, in "
            "place of the default.",
            "tables": True,
        },
    )
    purposes: tuple[str, ...] = field(
        default=(),
        metadata={"help": "The purposes that labels made here may name; any, where none is here."},
    )


@dataclass(frozen=True, slots=True)
class Review:
    """How proposals are reviewed."""

    blind: bool = field(
        default=False,
        metadata={
            "help": "Whether nobody is shown another's judgement of a claim in the queue before "
            "they gave their own."
        },
    )


@dataclass(frozen=True, slots=True)
class Release:
    """What handing items over takes."""

    second: bool = field(
        default=False,
        metadata={
            "help": "Whether a second person must agree to each release, and to each brief that is "
            "given away."
        },
    )


@dataclass(frozen=True, slots=True)
class Web:
    """The pages of a node that has accounts."""

    hosts: tuple[str, ...] = field(
        default=(),
        metadata={
            "help": "Names under which a proxy on this machine hands requests on, over https "
            "alone, as `desk.example.org`; none: only this machine is answered."
        },
    )
    idle_minutes: float = field(
        default=30.0, metadata={"help": "Minutes without a request after which a session ends."}
    )
    hours: float = field(default=12.0, metadata={"help": "Hours that a session lasts at most."})
    failures: int = field(
        default=5, metadata={"help": "Wrong passwords in a row that close an account for a while."}
    )
    closed_minutes: float = field(
        default=15.0, metadata={"help": "Minutes for which they close it."}
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """What a node may be told; the ``help`` of each field is its documentation."""

    id: str = field(metadata={"help": "The node's id, made by `tawatur init`; never changed."})
    name: str = field(metadata={"help": "The organisation's name, shown to partners."})
    format: int = field(default=FORMAT, metadata={"help": "Version of the folder's layout."})
    language: str = field(
        default="",
        metadata={"help": "Language of briefs, and of pages: ar, fr, en; empty: the person's own."},
    )
    hijri: bool = field(
        default=False,
        metadata={
            "help": "Whether pages and tables show the Hijri date (Umm al-Qura) beside each date."
        },
    )
    port: int = field(default=8420, metadata={"help": "Port of the pages on the loopback address."})
    workers: int = field(
        default=0,
        metadata={"help": "Processes that read documents; 0 for one per core, four at most."},
    )
    wait: float = field(
        default=30.0, metadata={"help": "Seconds to wait while another command writes to the node."}
    )
    intake: Intake = field(
        default_factory=Intake,
        metadata={"help": "What one document may take of this machine while it is read."},
    )
    ledger: LedgerPlace = field(
        default_factory=LedgerPlace,
        metadata={"help": "The database that keeps the ledger."},
    )
    index: IndexPlace = field(
        default_factory=IndexPlace,
        metadata={"help": "The database that keeps what is worked out from the ledger."},
    )
    llm: Llm = field(
        default_factory=Llm,
        metadata={"help": "The language model that may be asked, if any."},
    )
    network: Network = field(
        default_factory=Network,
        metadata={"help": "Addresses that may be fetched, if any."},
    )
    mail: Mail = field(
        default_factory=Mail,
        metadata={"help": "The mail server that sends the digest of what is due, if any."},
    )
    taxii: Taxii = field(
        default_factory=Taxii,
        metadata={"help": "What partners' programs may fetch and hand in over TAXII 2.1."},
    )
    weighing: Weighing = field(
        default_factory=Weighing,
        metadata={"help": "What is worked out of what was read."},
    )

    web: Web = field(
        default_factory=Web,
        metadata={"help": "The pages of a node that has accounts."},
    )
    wire: Wire = field(
        default_factory=Wire,
        metadata={"help": "Where partners' nodes are answered, if anywhere."},
    )

    release: Release = field(
        default_factory=Release,
        metadata={"help": "What handing items over takes."},
    )
    review: Review = field(
        default_factory=Review,
        metadata={"help": "How proposals are reviewed."},
    )
    labels: Labels = field(
        default_factory=Labels,
        metadata={"help": "The labels of documents that are taken in."},
    )

    @property
    def processes(self) -> int:
        """How many worker processes reading uses."""
        return self.workers or min(4, os.cpu_count() or 1)


_PARTS = {
    "intake": Intake,
    "labels": Labels,
    "ledger": LedgerPlace,
    "llm": Llm,
    "network": Network,
    "release": Release,
    "review": Review,
    "taxii": Taxii,
    "web": Web,
    "weighing": Weighing,
    "wire": Wire,
}


def load(folder: Path) -> Settings:
    """Return the settings of the node in ``folder``.

    Raises:
        NotANodeError: The folder holds no settings.
        NewerNodeError: They were written by a later version.
        UsageError: They cannot be understood.
    """
    path = folder / FILE
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as cause:
        raise NotANodeError(folder) from cause
    except OSError as cause:
        raise UsageError("{0} may not be read ({1})", path, system_message(cause)) from cause
    except ValueError as cause:  # no TOML, bytes that are no text, a NUL in the path
        raise UsageError("{0} is not TOML: {1}", path, cause) from cause
    found = raw.get("format", FORMAT)
    if isinstance(found, int) and found > FORMAT:
        raise NewerNodeError(folder, found, FORMAT)
    unknown = _unknown(raw, Settings)
    if unknown:
        raise UsageError("{0}: no setting is called {1}", path, repr(unknown[0]))
    if not _ID.fullmatch(str(raw.get("id", ""))):
        raise UsageError("{0}: the id is not one that `tawatur init` made", path)
    try:
        settings = msgspec.convert(raw, Settings)
    except msgspec.ValidationError as cause:
        raise UsageError(
            "{0}: a setting has a value that it cannot have: {1}", path, cause
        ) from cause
    for limit in fields(Intake):
        if getattr(settings.intake, limit.name) < 1:
            raise UsageError("{0}: intake.{1} must be at least 1", path, limit.name)
    verify_labels(settings.labels)
    return settings


def save(folder: Path, settings: Settings) -> None:
    """Write the settings, each under its help text; parts come last."""
    lines: list[str] = []
    parts = [f for f in fields(Settings) if is_dataclass(getattr(settings, f.name))]
    lines += _lines(settings, {f.name for f in parts})
    for part in parts:
        lines += [f"# {part.metadata['help']}", f"[{part.name}]"]
        lines += _lines(getattr(settings, part.name), set())
    (folder / FILE).write_text("\n".join(lines), "utf-8")


def _lines(values: Any, but: set[str]) -> list[str]:
    lines = []
    for f in fields(values):
        if f.name not in but:
            lines.append(f"# {f.metadata['help']}")
            value = getattr(values, f.name)
            # An empty list would forbid the tables that somebody writes below it.
            if value or not f.metadata.get("tables"):
                lines.append(f"{f.name} = {_toml(value)}")
            lines.append("")
    return lines


def _toml(value: Any) -> str:
    """Return a value on one line; of a part within a part what is not as usual."""
    if is_dataclass(value):
        said = [f for f in fields(value) if getattr(value, f.name) != f.default]
        return "{" + ", ".join(f"{f.name} = {_toml(getattr(value, f.name))}" for f in said) + "}"
    if isinstance(value, tuple):
        return "[" + ",".join(map(_toml, value)) + "]"
    # TOML's basic strings and numbers are JSON's
    return msgspec.json.encode(value).decode()


def _unknown(raw: Mapping[str, Any], kind: type[Any]) -> list[str]:
    """Return the names in ``raw`` that are no settings, with the part they stand in."""
    known = {f.name: f for f in fields(kind)}
    found = [name for name in raw if name not in known]
    for name, part in _PARTS.items() if kind is Settings else ():
        if isinstance(raw.get(name), dict):
            found += [f"{name}.{inner}" for inner in _unknown(raw[name], part)]
    if kind is Labels:
        given = raw.get("source")
        tables = [("default", raw.get("default"))]
        tables += [("source", each) for each in (given if isinstance(given, list) else ())]
        for name, table in tables:
            if isinstance(table, dict):
                found += [f"{name}.{inner}" for inner in _unknown(table, DefaultLabel)]
    return sorted(found)


ENVIRONMENT = "TAWATUR_LLM_"
"""Begins the names of the variables that say what `Llm` says, where there is no node."""


def llm_of_environment(environment: Mapping[str, str]) -> Llm:
    """Return what the environment says of a language model: TAWATUR_LLM_ADDRESS and so on.

    Raises:
        UsageError: A variable has a value that it cannot have.
    """
    given = {
        f.name: environment[name]
        for f in fields(Llm)
        if (name := ENVIRONMENT + f.name.upper()) in environment
    }
    try:
        return msgspec.convert(given, Llm, strict=False)  # words become numbers
    except msgspec.ValidationError as cause:
        raise UsageError(
            "{0}*: a setting has a value that it cannot have: {1}", ENVIRONMENT, cause
        ) from cause


def verify_llm(llm: Llm) -> None:
    """Return if a language model is named and the numbers can be.

    Raises:
        UsageError: None is, or they cannot.
    """
    if not llm.address or not llm.model.strip():
        raise UsageError(
            "no language model is named; set address and model in the [llm] part of {0}, or "
            "TAWATUR_LLM_ADDRESS and TAWATUR_LLM_MODEL where there is no node",
            FILE,
        )
    if not llm.model.isprintable() or len(llm.model) > 200:
        raise UsageError("llm.model is no name of a model")
    wrong = [
        name
        for name, well in (
            ("window", 500 <= llm.window <= 200_000),
            ("overlap", 0 <= llm.overlap <= llm.window // 2),
            ("answer", llm.answer >= 100),
            ("parallel", 1 <= llm.parallel <= 64),
            ("requests_per_minute", llm.requests_per_minute >= 0),
            ("timeout", llm.timeout > 0),
            ("tries", 1 <= llm.tries <= 20),
            ("price_in", llm.price_in >= 0),
            ("price_out", llm.price_out >= 0),
        )
        if not well
    ]
    if wrong:
        raise UsageError("llm.{0} has a value that it cannot have", wrong[0])


def verify_labels(labels: Labels) -> None:
    """Return if the labels of documents that are taken in can be.

    Raises:
        UsageError: They cannot.
    """
    publishers = [fold_words(each.publisher) for each in labels.source]
    if not all(map(_is_line, labels.purposes)):
        raise UsageError("labels.{0} has a value that it cannot have", "purposes")
    if labels.default.publisher:
        raise UsageError("labels.default is for every publisher; name one in [[labels.source]]")
    if not all(publishers):
        raise UsageError("labels.source: each names a publisher")
    if len(set(publishers)) < len(publishers):
        raise UsageError("labels.source: a publisher is named twice")
    for part, each in (("default", labels.default), *(("source", s) for s in labels.source)):
        wrong = [
            name
            for name, well in (
                ("to", all(map(_is_line, each.to))),
                ("circles", all(map(_is_line, each.circles))),
                ("days", 0 <= each.days <= LONGEST_DAYS),
                ("purpose", not each.purpose or _is_purpose(each.purpose, labels.purposes)),
                ("caveats", all(map(_is_line, each.caveats))),
            )
            if not well
        ]
        if wrong:
            raise UsageError("labels.{0} has a value that it cannot have", f"{part}.{wrong[0]}")


def _is_line(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()


def _is_purpose(text: str, listed: Collection[str]) -> bool:
    return text.strip() in listed if listed else _is_line(text)


def verify_network(network: Network) -> None:
    """Return if addresses may be fetched and the values can be.

    Raises:
        UsageError: They may not, or cannot.
    """
    if not network.allowed:
        raise UsageError(
            "this node fetches nothing; to allow it, set allowed = true in the [network] part of "
            "{0}",
            FILE,
        )
    wrong = [
        name
        for name, well in (
            ("private", all(map(_HOST.fullmatch, network.private))),
            ("size_mb", 0 < network.size_mb <= 1024),
            ("seconds", 0 < network.seconds <= 3600),
            ("pause", 0 <= network.pause <= 3600),
            ("patience", 0 <= network.patience <= 3600),
            ("contact", network.contact.isascii() and network.contact.isprintable()),
        )
        if not well
    ]
    if wrong:
        raise UsageError("network.{0} has a value that it cannot have", wrong[0])


def verify_taxii(taxii: Taxii, *, accounts: bool = True) -> None:
    """Return if somebody may ask over TAXII and the values can be.

    Args:
        taxii: The settings.
        accounts: Whether nobody may without an account.

    Raises:
        UsageError: Nobody may, or they cannot.
    """
    if accounts and not taxii.accounts:
        raise UsageError(
            "nobody may ask over TAXII; make an account with `tawatur taxii account` and name it "
            "in the [taxii] part of {0}",
            FILE,
        )
    wrong = [
        name
        for name, well in (
            ("accounts", all(map(_ACCOUNT.fullmatch, taxii.accounts))),
            ("port", 0 <= taxii.port <= 65535),
            ("address", not taxii.address or bool(_BASE.fullmatch(taxii.address))),
            ("page", 1 <= taxii.page <= 10_000),
            ("body_mb", 0 < taxii.body_mb <= 1024),
            ("requests_per_minute", taxii.requests_per_minute >= 0),
        )
        if not well
    ]
    if wrong:
        raise UsageError("taxii.{0} has a value that it cannot have", wrong[0])


def verify_wire(wire: Wire) -> None:
    """Return if partners' nodes can be answered so.

    Raises:
        UsageError: They cannot.
    """
    wrong = [
        name
        for name, well in (
            ("address", not wire.address or bool(_ORIGIN.fullmatch(wire.address))),
            ("certificate", bool(wire.certificate) == bool(wire.key)),
            ("host", wire.host in LOOPBACK or bool(wire.certificate)),
            ("port", 0 <= wire.port <= 65535),
            ("body_mb", 0 < wire.body_mb <= 512),
            ("seconds", 0 < wire.seconds <= 3600),
            ("requests_per_minute", wire.requests_per_minute >= 0),
        )
        if not well
    ]
    if wrong:
        raise UsageError("wire.{0} has a value that it cannot have", wrong[0])


def verify_web(web: Web) -> None:
    """Return if the pages can be served so.

    Raises:
        UsageError: They cannot.
    """
    wrong = [
        name
        for name, well in (
            ("hosts", all(map(_HOST.fullmatch, web.hosts))),
            ("idle_minutes", 0 < web.idle_minutes <= 24 * 60),
            ("hours", 0 < web.hours <= 7 * 24),
            ("failures", 1 <= web.failures <= 100),
            ("closed_minutes", 0 < web.closed_minutes <= 24 * 60),
        )
        if not well
    ]
    if wrong:
        raise UsageError("web.{0} has a value that it cannot have", wrong[0])


def key_of(llm: Llm, environment: Mapping[str, str], folder: Path | None = None) -> str | None:
    """Return the key of the language model's server, None if there is none.

    Args:
        llm: Says where it stands.
        environment: Variables by name.
        folder: What the path of the file is relative to; the current folder if None.

    Raises:
        UsageError: The file cannot be read, or can be by others than its owner.
    """
    if not llm.key_file:
        return environment.get(llm.key_env, "").strip() or None
    return secret_in((folder or Path()) / llm.key_file) or None


def secret_in(path: Path) -> str:
    """Return the secret that a file holds, which only its owner may read.

    Raises:
        UsageError: It cannot be read, or can be by others than its owner.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise UsageError("{0} can be read by others; run `chmod 600 {0}`", path)
        return path.read_text("utf-8").strip()
    except OSError as cause:
        raise UsageError("{0} may not be read ({1})", path, system_message(cause)) from cause
    except UnicodeDecodeError as cause:
        raise UsageError("{0} is not a key: {1}", path, cause.reason) from cause
