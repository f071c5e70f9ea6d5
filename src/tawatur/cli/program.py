"""The commands of ``tawatur``: what each is called, what it is for, and which module does it.

A command's module is loaded when the command is called, and no other: a listing does not
wait for what reading needs. Help lists the commands from the table here. They translate
between people and a node, and hold no rules.

Exit status: 0 done; 1 refused or wrong, one line says why; 2 not asked rightly;
3 some files were refused, or not read by the language model asked for; the rest was taken.
"""

import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from tawatur import __version__
from tawatur.cli.helping import with_own_words
from tawatur.cli.shared import DONE, USAGE, WRONG, Before, complain
from tawatur.cli.shared import translate as _
from tawatur.cli.values import with_quick_values
from tawatur.errors import TawaturError, UsageError
from tawatur.i18n import said

_COMMANDS = {
    "init": (
        "taking.init",
        _(
            "Make a node in a new or empty folder.\n\nExample: tawatur init archive --name 'Joint committee'"
        ),
    ),
    "add": (
        "taking.add",
        _(
            "Take in reports: files, folders, addresses, or - for standard input.\n\nExample: tawatur add reports/ page.html --purpose 'border incidents' --expires 2030-12-31\n\nAddresses (https://…) are fetched where the settings allow the network."
        ),
    ),
    "watch": (
        "fetching.watch",
        _(
            "Follow a feed (RSS, Atom): the page of every new entry is fetched and taken in.\n\nExamples: tawatur watch https://news.example/feed --every 30m; in a crontab: tawatur watch https://news.example/ --once\n\nThe settings must allow the network. Ctrl-C ends it."
        ),
    ),
    "read": (
        "taking.read",
        _(
            "Read files without a node and write the reading format.\n\nExample: tawatur read *.txt --out readings\n\nA language model is named by TAWATUR_LLM_ADDRESS and TAWATUR_LLM_MODEL."
        ),
    ),
    "status": (
        "listings.status",
        _("How much the node holds, and what waits.\n\nExample: tawatur status"),
    ),
    "documents": (
        "listings.documents",
        _("List the documents, last taken in first.\n\nExample: tawatur documents --format csv"),
    ),
    "document": (
        "documents.document",
        _(
            "Show one document: how it came, what it is, what was left out and noted on it.\n\nExample: tawatur document d-9x2k"
        ),
    ),
    "evidence": (
        "fetching.evidence",
        _(
            "Write the record of how a document was fetched, as WARC.\n\nExample: tawatur evidence d-9x2k -o report.warc.gz"
        ),
    ),
    "claims": (
        "listings.claims",
        _(
            "List claims: what is said, by whom.\n\nExample: tawatur claims --about ransom --format jsonl"
        ),
    ),
    "chain": (
        "listings.chain",
        _(
            "Show through whom a claim came, link by link, and where it stands.\n\nExample: tawatur chain c-4r1k"
        ),
    ),
    "events": (
        "listings.events",
        _(
            "List events with how many independent roots stand behind each.\n\nExample: tawatur events --about battalion --since 2021-03"
        ),
    ),
    "event": (
        "listings.event",
        _(
            "Show one event: who said it first, in what the claims agree and differ, how many roots.\n\nExample: tawatur event v-8k2m"
        ),
    ),
    "roots": (
        "roots.roots",
        _(
            "Show who had it from whom behind an event or a claim, and how many independent roots that makes.\n\nExample: tawatur roots v-8k2m --as-of 2021-06-30"
        ),
    ),
    "why": (
        "why.why",
        _(
            "Show what something worked out came from: claims, people's words on them, rules.\n\nExample: tawatur why v-8k2m/2"
        ),
    ),
    "conflicts": (
        "listings.conflicts",
        _(
            "List claims that contradict each other, each pair with the reason.\n\nExample: tawatur conflicts --open"
        ),
    ),
    "entities": (
        "entities.entities",
        _(
            "List who and what is named, by name.\n\nExample: tawatur entities --type ORG --about front"
        ),
    ),
    "entity": (
        "entities.entity",
        _(
            "Show one of them: names and why they are one, functions, relations, claims by and about it.\n\nExample: tawatur entity e-7k2m"
        ),
    ),
    "same": (
        "entities.same",
        _(
            "Rule that two entities are one.\n\nExample: tawatur same e-7k2m e-9x4q --why 'the ministry says so'"
        ),
    ),
    "not-same": (
        "entities.not_same",
        _(
            "Rule that two entities are not one, whatever later reports say.\n\nExample: tawatur not-same e-7k2m@d-9x2k e-7k2m@d-4r1k --why 'two men of one name'"
        ),
    ),
    "search": (
        "listings.search",
        _("Find documents that hold all the words.\n\nExample: tawatur search الحدود المشتركة"),
    ),
    "brief": (
        "pages.brief",
        _(
            "Write a brief: what is told, by whom, through whom, with a link to the very words.\n\nExample: tawatur brief --about ransom --since 2021 -o brief.html"
        ),
    ),
    "compositions": (
        "composing.compositions",
        _(
            "List the briefs that people compose, that with the latest change last.\n\nExample: tawatur compositions"
        ),
    ),
    "trace": (
        "tracing.trace",
        _(
            "Compare a text that got out with the marked copies of briefs given out, and name the organisation that had it.\n\nExample: tawatur trace leaked.txt --why 'published on 3 May' --second 'Salma Idrissi'"
        ),
    ),
    "traces": (
        "tracing.traces",
        _(
            "List the traces on record: of what was published, why, by whom, and whom they name.\n\nExample: tawatur traces"
        ),
    ),
    "accept": (
        "judging.accept",
        _("Accept a claim as it was read.\n\nExample: tawatur accept c-4r1k"),
    ),
    "reject": (
        "judging.reject",
        _(
            "Reject a claim: it is not what the text says.\n\nExample: tawatur reject c-4r1k --why 'it is a question'"
        ),
    ),
    "correct": (
        "judging.correct",
        _(
            "Correct what was read of a claim.\n\nExample: tawatur correct c-4r1k --polarity denied --when 2021-03"
        ),
    ),
    "restore": (
        "documents.restore",
        _(
            "Bring back parts of a document that were left out as no content; they are read at once.\n\nExample: tawatur restore d-9x2k 3 4 --why 'a report of its own'"
        ),
    ),
    "leave-out": (
        "documents.leave_out",
        _(
            "Leave a stretch of a document out as no content.\n\nExample: tawatur leave-out d-9x2k 1200 1460 --why 'a caption'"
        ),
    ),
    "gloss": (
        "documents.gloss",
        _(
            "Put a note beside the very words of a document, or withdraw one; the text stays as it is.\n\nExample: tawatur gloss d-9x2k 'the little importance of Toulbara' --note 'handling: a word on urgency, mistranslated'"
        ),
    ),
    "mark": (
        "documents.mark",
        _(
            "Say that words of a document are a name or tell a time, which no reader found there.\n\nExample: tawatur mark d-9x2k 'the greyhound' --type PER --same-as 'Huddleston'"
        ),
    ),
    "unmark": (
        "documents.unmark",
        _(
            "Say that words of a document are no name or no time, though a reader took them for one.\n\nExample: tawatur unmark d-9x2k 'May' --as name --everywhere --why 'a month'"
        ),
    ),
    "hypotheses": (
        "board.hypotheses",
        _(
            "List explanations that compete, the least contradicted of each event or document first.\n\nExample: tawatur hypotheses"
        ),
    ),
    "gaps": (
        "board.gaps",
        _(
            "List what is said not to be known, or was looked for and not found, with what is supposed about it.\n\nExample: tawatur gaps --about ransom"
        ),
    ),
    "sources": (
        "sources.sources",
        _(
            "List who speaks, by name: what each said, what became of it, and its grade.\n\nExample: tawatur sources --format json"
        ),
    ),
    "source": (
        "sources.source",
        _(
            "Show one source: its grade with the reasons, what it said, what was confirmed or contradicted.\n\nExample: tawatur source s-2m7v"
        ),
    ),
    "grade": (
        "sources.grade",
        _(
            "Give a source a letter, in place of the one worked out.\n\nExample: tawatur grade s-2m7v B --why 'ten years of reliable figures'\n\nFor a person also --purpose and --expires."
        ),
    ),
    "settle": (
        "ruling.settle",
        _(
            "Note that a contradiction is settled.\n\nExample: tawatur settle x-8t3w --why 'the ministry corrected its figure on 12 June'"
        ),
    ),
    "dismiss": (
        "ruling.dismiss",
        _(
            "Note that two claims do not contradict each other.\n\nExample: tawatur dismiss x-8t3w --why 'two villages of one name'"
        ),
    ),
    "keep-open": (
        "ruling.keep_open",
        _(
            "Note that a contradiction was looked into and stays open.\n\nExample: tawatur keep-open x-8t3w --why 'both sides keep to it'"
        ),
    ),
    "rulings": (
        "ruling.rulings",
        _(
            "List what people ruled of things worked out: who is one, what a conflict comes to.\n\nExample: tawatur rulings"
        ),
    ),
    "undo": (
        "ruling.undo",
        _(
            "Take a ruling back; that it was made stays on record.\n\nExample: tawatur undo j-5x2k --why 'two men of one name'"
        ),
    ),
    "commitments": (
        "desk.commitments",
        _(
            "List commitments, overdue ones first.\n\nExample: tawatur commitments --by Banzura --overdue"
        ),
    ),
    "lessons": (
        "lessons.lessons",
        _(
            "List lessons, those of a request with --about.\n\nExample: tawatur lessons --about q-7m2d"
        ),
    ),
    "requests": (
        "desk.requests",
        _("List requests, the longest waiting first.\n\nExample: tawatur requests --waiting 90d"),
    ),
    "border-notices": (
        "areas.border_notices",
        _(
            "List what is planned or was seen near a border, the first days first.\n\nExample: tawatur border-notices --near 'Tessalit, Mali' --at 2031-06"
        ),
    ),
    "due": (
        "desk.due",
        _(
            "List what needs a person now, and why: overdue, needed soon, waiting, to be settled.\n\nExample: tawatur due -o due.ics"
        ),
    ),
    "meetings": (
        "meetings.meetings",
        _("List meetings, the next one first.\n\nExample: tawatur meetings --ahead"),
    ),
    "reviews": (
        "desk.reviews",
        _("List the reviews, the next one first.\n\nExample: tawatur reviews"),
    ),
    "subjects": ("subjects.subjects", _("List the subjects.\n\nExample: tawatur subjects")),
    "promised": (
        "meetings.promised",
        _(
            "List what was promised at a meeting or summit, and what became of it.\n\nExample: tawatur promised 'Bandira summit'"
        ),
    ),
    "calendar": (
        "meetings.calendar",
        _(
            "List what is on when, or write it as a file that calendars read.\n\nExample: tawatur calendar --for 'Salma Idrissi' -o salma.ics"
        ),
    ),
    "balance": (
        "desk.balance",
        _(
            "List what was given to a partner, received and owed, by month and kind.\n\nExample: tawatur balance 'Joint staff'"
        ),
    ),
    "state": (
        "desk.state",
        _(
            "Show how the mechanism stands: members, next review, what waits, dormant channels.\n\nExample: tawatur state"
        ),
    ),
    "partners": (
        "partners.partners",
        _(
            "List the partners, how this node stands to each, and since when.\n\nExample: tawatur partners"
        ),
    ),
    "collections": (
        "desk.collections",
        _(
            "Report on collections: what each cost, against what came of it.\n\nExample: tawatur collections --sums"
        ),
    ),
    "release": (
        "exchange.release",
        _(
            "Hand one item to one partner, as a signed file, or let it wait for the next hand-over.\n\nExamples: tawatur release d-9x2k --to 'Joint staff' -o item.release; tawatur release --waiting --to 'Joint staff' -o all.letters"
        ),
    ),
    "export": (
        "foreign.export",
        _(
            "Release one item to one partner in a form that other programs read.\n\nExample: tawatur export d-9x2k --as stix --to 'Joint staff' -o item.json"
        ),
    ),
    "outbox": (
        "exchange.outbox",
        _(
            "List what would leave, to whom, and why it may or may not.\n\nExample: tawatur outbox --to 'Joint staff'"
        ),
    ),
    "receive": (
        "exchange.receive",
        _(
            "Take in what a partner handed over (items, notices, receipts, bundles), or what another program wrote.\n\nExamples: tawatur receive item.release --receipt item.receipt; tawatur receive bundle.json --from 'CERT Timersul'"
        ),
    ),
    "redact": (
        "exchange.redact",
        _(
            "Make a version of a claim with words left out, to be released in its place.\n\nExample: tawatur redact c-9x2k --chain 2 --place 'the north' --date --why 'to protect a source'"
        ),
    ),
    "bundle": (
        "exchange.bundle",
        _(
            "Write all that waits for a partner as one file that it alone can open, for a memory stick.\n\nExample: tawatur bundle 'Joint staff' -o staff.bundle"
        ),
    ),
    "exchange": (
        "exchange.exchange",
        _(
            "Give partners' nodes all that waits for them over the network, and take in what they have.\n\nExample: tawatur exchange 'Joint staff'\n\nThe settings must allow the network; partners tell where they are asked on their cards."
        ),
    ),
    "recall": (
        "exchange.recall",
        _(
            "Recall an item from those who have it, and name the copies that cannot be reached.\n\nExample: tawatur recall d-9x2k --why 'given by mistake'"
        ),
    ),
    "disclosures": (
        "exchange.disclosures",
        _(
            "List who was given an item, or what a partner was given, with receipts.\n\nExample: tawatur disclosures --to 'Joint staff' --since 2031-03-01"
        ),
    ),
    "sweep": (
        "exchange.sweep",
        _(
            "Erase what partners gave until a day that is past; they get receipts.\n\nExample: tawatur sweep"
        ),
    ),
    "label": (
        "labels.label",
        _(
            "Show under which label an item is held, or put other terms of this node on it.\n\nExample: tawatur label d-9x2k --to Neighbour --until 2031-12-31 --purpose relief"
        ),
    ),
    "confirm": (
        "labels.confirm",
        _(
            "Record that a condition is met on which items were given.\n\nExample: tawatur confirm 'the talks are over' --why 'communiqué of 3 March'"
        ),
    ),
    "acknowledge": (
        "labels.acknowledge",
        _(
            "Acknowledge the caveats on an item that came; it is shown from then on.\n\nExample: tawatur acknowledge d-9x2k"
        ),
    ),
    "pointers": (
        "pointers.pointers",
        _(
            "List what is only known to exist: on what, whom to ask, what is to be acknowledged.\n\nExample: tawatur pointers"
        ),
    ),
    "communities": (
        "communities.communities",
        _("List the communities, and how new each list is.\n\nExample: tawatur communities"),
    ),
    "erase": (
        "care.erase",
        _(
            "Erase a document, an item of the desk or a ruling, everywhere in this node.\n\nExample: tawatur erase d-9x2k --why 'taken in by mistake'"
        ),
    ),
    "verify": (
        "care.verify",
        _(
            "Recompute everything that is signed.\n\nExamples: tawatur verify --against checkpoint.txt; tawatur verify --partner 'Joint staff'"
        ),
    ),
    "checkpoint": (
        "care.checkpoint",
        _(
            "Print the log's latest signed checkpoint, to be kept elsewhere.\n\nExample: tawatur checkpoint"
        ),
    ),
    "rebuild": (
        "care.rebuild",
        _("Throw everything derived away and work it out again.\n\nExample: tawatur rebuild"),
    ),
    "move": (
        "care.move",
        _(
            "Keep the ledger elsewhere: on a PostgreSQL server, or in a file of the node's folder again.\n\nExamples: tawatur move 'postgresql:///observatory?host=/run/postgresql'; tawatur move sqlite"
        ),
    ),
    "reread": (
        "taking.reread",
        _(
            "Read again what this version of a reader has not read; judgements stay.\n\nExample: tawatur reread --reader both"
        ),
    ),
    "doctor": ("care.doctor", _("Look whether the node is well.\n\nExample: tawatur doctor")),
    "eval": (
        "care.evaluate",
        _(
            "Show how well this version reads, on annotated data.\n\nExamples: tawatur eval; in a checkout, with the data: tawatur eval --measure --only fr"
        ),
    ),
    "serve": (
        "pages.serve",
        _("Serve the pages on this machine's loopback address.\n\nExample: tawatur serve"),
    ),
    "hypothesis add": (
        "board.add",
        _(
            "Note an explanation of an event, or of where a document comes from.\n\nExample: tawatur hypothesis add d-9x2k 'a staff officer wrote it'"
        ),
    ),
    "hypothesis weigh": (
        "board.weigh",
        _(
            "Note how a claim bears on an explanation.\n\nExample: tawatur hypothesis weigh j-5x2k c-4r1k --against --why 'he was abroad that day'"
        ),
    ),
    "hypothesis board": (
        "board.board",
        _(
            "Show the explanations of an event or a document, the claims weighed, and what the texts offer.\n\nExample: tawatur hypothesis board v-8t3w"
        ),
    ),
    "compose new": (
        "composing.new",
        _("Begin a brief of your own.\n\nExample: tawatur compose new 'The attack of June'"),
    ),
    "compose add": (
        "composing.add",
        _("Put claims and events in.\n\nExample: tawatur compose add j-5x2k v-8t3w c-4r1k --at 2"),
    ),
    "compose write": (
        "composing.write",
        _(
            "Put words of your own in.\n\nExample: tawatur compose write j-5x2k 'Of the dead we know from two houses alone.'"
        ),
    ),
    "compose move": (
        "composing.move",
        _("Move a part to another place.\n\nExample: tawatur compose move j-5x2k 3 --to 1"),
    ),
    "compose drop": (
        "composing.drop",
        _("Take a part out.\n\nExample: tawatur compose drop j-5x2k 3"),
    ),
    "compose show": (
        "composing.show",
        _(
            "Show the parts, numbered. `tawatur brief --composed` writes the brief.\n\nExample: tawatur compose show j-5x2k"
        ),
    ),
    "commitment add": (
        "desk.commitment_add",
        _(
            "Note who promised what.\n\nExample: tawatur commitment add 'send a battalion' --by Banzura --due 2021-03"
        ),
    ),
    "commitment close": (
        "desk.commitment_close",
        _(
            "Record what became of a commitment.\n\nExample: tawatur commitment close k-7d2m --as kept --why 'seen in the report of May'"
        ),
    ),
    "meeting add": (
        "meetings.add",
        _(
            "Note a meeting; what earlier sessions of its series put off is on its agenda.\n\nExample: tawatur meeting add 'Strategic dialogue' --series 'Strategic dialogue' --when 2031-06-14 --hours 10:00-12:30 --zone Africa/Bamako --with Nomara --with 'Banzura, chief of staff'"
        ),
    ),
    "meeting change": (
        "meetings.change",
        _(
            "Note other particulars of a meeting.\n\nExample: tawatur meeting change mt-5d2k --when 2031-06-15"
        ),
    ),
    "meeting close": (
        "meetings.close",
        _(
            "Record that a meeting was held, put off or cancelled.\n\nExample: tawatur meeting close mt-5d2k --as held --why 'all came'"
        ),
    ),
    "meeting agenda": (
        "meetings.agenda",
        _(
            "Put matters on the agenda of a meeting.\n\nExample: tawatur meeting agenda mt-5d2k 'jamming devices' 'fuel'"
        ),
    ),
    "meeting decide": (
        "meetings.decide",
        _(
            "Record what was decided.\n\nExample: tawatur meeting decide mt-5d2k 'ask Lusmara again' --on 1"
        ),
    ),
    "meeting put-off": (
        "meetings.put_off",
        _(
            "Put a matter off: it lands on the agenda of a later meeting.\n\nExample: tawatur meeting put-off mt-5d2k fuel"
        ),
    ),
    "meeting draft": (
        "meetings.draft",
        _(
            "Put a draft or minutes to the parties; what they said of another text no longer counts.\n\nExample: tawatur meeting draft mt-5d2k minutes minutes.txt"
        ),
    ),
    "meeting clear": (
        "meetings.clear",
        _(
            "Record what a party says of a paper.\n\nExample: tawatur meeting clear mt-5d2k minutes --party Nomara --as reserves --why 'the second line'"
        ),
    ),
    "meeting show": (
        "meetings.show",
        _(
            "Show a meeting: its agenda, papers, what was promised there, and its steps.\n\nExample: tawatur meeting show mt-3k9w"
        ),
    ),
    "meeting minutes": (
        "meetings.minutes",
        _(
            "Write the minutes of a meeting as a brief.\n\nExample: tawatur meeting minutes mt-5d2k -o minutes.docx"
        ),
    ),
    "calendar-address add": (
        "meetings.address_add",
        _(
            "Make an address under which a calendar is read without a session.\n\nExample: tawatur calendar-address add --for 'Salma Idrissi'"
        ),
    ),
    "calendar-address list": (
        "meetings.address_list",
        _("List the calendar addresses that were made.\n\nExample: tawatur calendar-address list"),
    ),
    "calendar-address revoke": (
        "meetings.address_revoke",
        _(
            "Revoke a calendar address: it leads to nothing any more.\n\nExample: tawatur calendar-address revoke ca-2f6s --why 'a telephone was lost'"
        ),
    ),
    "lesson add": (
        "lessons.add",
        _(
            "Note what was learnt, most often of a collection.\n\nExample: tawatur lesson add 'ask the host before, not after' --about q-2f6s"
        ),
    ),
    "lesson change": (
        "lessons.change",
        _(
            "Say a lesson in other words.\n\nExample: tawatur lesson change p-2f6s --what 'ask the host a week before'"
        ),
    ),
    "lesson withdraw": (
        "lessons.withdraw",
        _(
            "Take a lesson back.\n\nExample: tawatur lesson withdraw p-2f6s --why 'it was the weather'"
        ),
    ),
    "lesson show": (
        "lessons.show",
        _(
            "Show a lesson and what became of it, step by step.\n\nExample: tawatur lesson show p-8v5c"
        ),
    ),
    "review add": (
        "desk.review_add",
        _(
            "Plan a review.\n\nExample: tawatur review add 'Follow-up of Bandira' --every 4 --subject ransom"
        ),
    ),
    "review confirm": (
        "desk.review_confirm",
        _(
            "Plan a review that a report proposes.\n\nExample: tawatur review confirm c-4r1k --every 8"
        ),
    ),
    "review show": (
        "desk.review_show",
        _(
            "Show the agenda of a review, worked out now, and what came of it before.\n\nExample: tawatur review show l-2j6x"
        ),
    ),
    "review record": (
        "desk.review_record",
        _(
            "Record that a review was held, and what came of it.\n\nExample: tawatur review record l-3k7v 'ask Lusmara again by June'"
        ),
    ),
    "commitment confirm": (
        "desk.commitment_confirm",
        _(
            "Note a commitment that a report tells of.\n\nExample: tawatur commitment confirm c-4r1k --said-at 'Bandira summit'"
        ),
    ),
    "commitment reject": (
        "desk.reject",
        _(
            "Note that a claim promises nothing.\n\nExample: tawatur commitment reject c-4r1k --why 'a hope, no promise'"
        ),
    ),
    "commitment change": (
        "desk.commitment_change",
        _(
            "Note other particulars of a commitment.\n\nExample: tawatur commitment change k-7d2m --due 2021-06"
        ),
    ),
    "commitment show": (
        "desk.commitment_show",
        _(
            "Show a commitment: who says so, and what became of it, step by step.\n\nExample: tawatur commitment show k-3w8p"
        ),
    ),
    "request add": (
        "desk.request_add",
        _(
            "Note who asked whom for what.\n\nExample: tawatur request add 'jamming devices' --by Delmassa --to Lusmara --since 2019-09"
        ),
    ),
    "request confirm": (
        "desk.request_confirm",
        _(
            "Note a request that a report tells of.\n\nExample: tawatur request confirm c-4r1k --to Lusmara --kind equipment"
        ),
    ),
    "request reject": (
        "desk.reject",
        _(
            "Note that a claim asks for nothing.\n\nExample: tawatur request reject c-4r1k --why 'a remark, no request'"
        ),
    ),
    "request change": (
        "desk.request_change",
        _(
            "Note other particulars of a request.\n\nExample: tawatur request change q-2f6s --next Lusmara --needed-by 2031-06"
        ),
    ),
    "request close": (
        "desk.request_close",
        _(
            "Record what became of a request.\n\nExample: tawatur request close q-2f6s --as answered --with d-9x2k --why 'their lists of May'"
        ),
    ),
    "request pass-on": (
        "desk.request_pass_on",
        _(
            "Pass a request on to another party, by consent.\n\nExample: tawatur request pass-on q-2f6s --to Nomara --consent 'their letter of 3 May'"
        ),
    ),
    "request renew": (
        "desk.request_renew",
        _(
            "Ask again what was closed, of the next to be asked or another party.\n\nExample: tawatur request renew q-7m2d --to Lusmara"
        ),
    ),
    "request cost": (
        "desk.request_cost",
        _(
            "Take over the sum that a claim states as what a collection costs.\n\nExample: tawatur request cost q-2f6s c-4r1k"
        ),
    ),
    "request take-up": (
        "desk.request_take_up",
        _(
            "Ask in one's own name what somebody asks through this node.\n\nExample: tawatur request take-up q-2f6s --to Nomara"
        ),
    ),
    "request report-back": (
        "desk.request_report_back",
        _(
            "Tell whoever asks through this node what became of it.\n\nExample: tawatur request report-back q-2f6s"
        ),
    ),
    "request show": (
        "desk.request_show",
        _(
            "Show a request: who says so, and what became of it, step by step.\n\nExample: tawatur request show q-7m2d"
        ),
    ),
    "partner card": (
        "partners.card",
        _(
            "Write this node's card, to hand to a partner.\n\nExample: tawatur partner card -o ours.card"
        ),
    ),
    "partner add": (
        "partners.add",
        _(
            "Add the partner whose card this is, after comparing fingerprints.\n\nExample: tawatur partner add theirs.card"
        ),
    ),
    "partner invite": (
        "partners.invite",
        _(
            "Write an invitation that counts once, for fourteen days: a file, or lines to read aloud.\n\nExample: tawatur partner invite --for 'Joint staff' -o staff.invitation"
        ),
    ),
    "partner accept": (
        "partners.accept",
        _(
            "Take an invitation and write the answer, or take the answer.\n\nExample: tawatur partner accept staff.invitation -o staff.answer"
        ),
    ),
    "partner confirm": (
        "partners.confirm",
        _(
            "Confirm a partner by its fingerprint as it came over another channel.\n\nExample: tawatur partner confirm 'Joint staff' '4be1 0c9a 77d2 13f8 a5e0 66b4 921c 3d7f'"
        ),
    ),
    "partner unconfirm": (
        "partners.unconfirm",
        _(
            "Take back that a partner was confirmed: nothing goes or comes until it is confirmed again.\n\nExample: tawatur partner unconfirm 'Joint staff' --why 'it was not their voice'"
        ),
    ),
    "partner suspend": (
        "partners.suspend",
        _(
            "Suspend a partner: it is given nothing more until it is resumed.\n\nExample: tawatur partner suspend 'Joint staff' --why 'an open question'"
        ),
    ),
    "partner resume": (
        "partners.resume",
        _(
            "Take back that a partner was suspended or removed.\n\nExample: tawatur partner resume 'Joint staff' --why 'the question is answered'"
        ),
    ),
    "partner remove": (
        "partners.remove",
        _(
            "Remove a partner: it is given nothing more; recalls still reach it.\n\nExample: tawatur partner remove 'Joint staff' --why 'passed on what was not to be passed on'"
        ),
    ),
    "partner doubtful": (
        "partners.doubtful",
        _(
            "List what was taken in of a partner on the word of a key that it revoked later.\n\nExample: tawatur partner doubtful 'Joint staff'"
        ),
    ),
    "partner refused": (
        "partners.refused",
        _(
            "List the cards, invitations and bundles that were refused, and why.\n\nExample: tawatur partner refused"
        ),
    ),
    "key rotate": (
        "keys.rotate",
        _(
            "Sign by a new key from now on; the old one signs that it follows.\n\nExample: tawatur key rotate --why 'a year has passed'"
        ),
    ),
    "key revoke": (
        "keys.revoke",
        _(
            "Sign by a new key, and say since when the old one may be in other hands.\n\nExample: tawatur key revoke --since 2031-03-01 --why 'a laptop was stolen'"
        ),
    ),
    "key lost": (
        "keys.lost",
        _(
            "Sign by a new key where the old one is lost; partners have to confirm it.\n\nExample: tawatur key lost --why 'the disk broke'"
        ),
    ),
    "taxii account": (
        "taxii.account",
        _(
            "Make an account by which a partner's program asks over TAXII, and write the line for the settings.\n\nExample: tawatur taxii account collector --for Neighbour"
        ),
    ),
    "taxii collections": (
        "taxii.collections",
        _(
            "List the collections that partners may fetch or hand in over TAXII.\n\nExample: tawatur taxii collections"
        ),
    ),
    "taxii offer": (
        "taxii.offer",
        _(
            "Release one item to one partner, whose programs then find it over TAXII.\n\nExample: tawatur taxii offer d-9x2k --to Neighbour"
        ),
    ),
    "taxii pull": (
        "taxii.pull",
        _(
            "Fetch what is new in a collection of a partner's server, and take it in.\n\nExample: tawatur taxii pull https://taxii.neighbour.example/root/collections/…/ --from Neighbour --key-file neighbour.key\n\nThe settings must allow the network."
        ),
    ),
    "taxii post": (
        "taxii.post",
        _(
            "Hand a file of STIX objects, or of letters, in at a collection of a partner's server.\n\nExample: tawatur taxii post bundle.json https://taxii.neighbour.example/root/collections/…/ --key-file neighbour.key\n\nThe settings must allow the network."
        ),
    ),
    "taxii take": (
        "taxii.take",
        _(
            "Take in what a partner's program handed in at this node, as that partner's word.\n\nExample: tawatur taxii take Neighbour"
        ),
    ),
    "pointer ask": (
        "pointers.ask",
        _(
            "Ask for what a pointer tells of: a request that waits for whoever it is from.\n\nExample: tawatur pointer ask o-9x2k --what 'what you have on the ford'"
        ),
    ),
    "community found": (
        "communities.found",
        _(
            "Found a community, this node among those who decide.\n\nExample: tawatur community found Relief --decider Harbour --decider 'Red Hills' --member Neighbour --needed 2"
        ),
    ),
    "community sign": (
        "communities.sign",
        _(
            "Sign the charter of a community that others founded and where this node decides.\n\nExample: tawatur community sign Relief"
        ),
    ),
    "community admit": (
        "communities.admit",
        _(
            "Admit somebody to a community; whoever says the same as another decider signs the same change.\n\nExample: tawatur community admit Relief Neighbour --as partner --why 'asked for in May'"
        ),
    ),
    "community tier": (
        "communities.tier",
        _(
            "Put somebody on the list in another tier.\n\nExample: tawatur community tier Relief Neighbour --as partner --why 'decided on 3 March'"
        ),
    ),
    "community participation": (
        "communities.participation",
        _(
            "Say in what somebody on the list takes part from a day on: reports, claims, commitments, requests.\n\nExample: tawatur community participation Relief Neighbour --in commitments --in requests --since 2031-05-01 --why 'agreed in April'"
        ),
    ),
    "community suspend": (
        "communities.suspend",
        _(
            "Suspend somebody on the list: nothing for them until they are restored.\n\nExample: tawatur community suspend Relief Neighbour --why 'an open question'"
        ),
    ),
    "community restore": (
        "communities.restore",
        _(
            "Restore somebody who is suspended.\n\nExample: tawatur community restore Relief Neighbour --why 'the question is answered'"
        ),
    ),
    "community remove": (
        "communities.remove",
        _(
            "Remove somebody from the list.\n\nExample: tawatur community remove Relief Neighbour --why 'passed on what was not to be passed on'"
        ),
    ),
    "community show": (
        "communities.show",
        _(
            "Show who decides in a community, how new its list is, and who takes part in what.\n\nExample: tawatur community show Relief"
        ),
    ),
    "community members": (
        "communities.members",
        _("List who belongs to a community.\n\nExample: tawatur community members Relief"),
    ),
    "community changes": (
        "communities.changes",
        _(
            "List what was changed in a community, by whom, and what did not hold.\n\nExample: tawatur community changes Relief"
        ),
    ),
    "community write": (
        "communities.write",
        _(
            "Write what this node has of a community, for the others.\n\nExample: tawatur community write Relief -o relief.list"
        ),
    ),
    "community take": (
        "communities.take",
        _(
            "Take in what a partner wrote of a community; every signature is checked.\n\nExample: tawatur community take relief.community"
        ),
    ),
    "account add": (
        "accounts.add",
        _(
            "Add an account for somebody who works on this node; the first is an administrator's.\n\nExample: tawatur account add 'Salma Idrissi' --role analyst --role 'release officer' --of Neighbour"
        ),
    ),
    "account list": (
        "accounts.list_",
        _("List the accounts, by name.\n\nExample: tawatur account list"),
    ),
    "account change": (
        "accounts.change",
        _(
            "Give an account other roles, other compartments, or another last day.\n\nExample: tawatur account change Omar --until 2031-12-31"
        ),
    ),
    "account suspend": (
        "accounts.suspend",
        _(
            "Suspend an account: it lets nobody in until it is restored.\n\nExample: tawatur account suspend Omar"
        ),
    ),
    "border-notice add": (
        "areas.add",
        _(
            "Note what is planned or was seen near a border, and hold it against the others.\n\nExample: tawatur border-notice add 'a patrol by night' --near 'Tessalit, Mali' --from 2031-06-15 --contact '+223 20 00 00 00'"
        ),
    ),
    "border-notice show": (
        "areas.show",
        _(
            "Show a border notice: whom it reaches, what it overlaps, and its steps.\n\nExample: tawatur border-notice show f-2h9s"
        ),
    ),
    "border-notice change": (
        "areas.change",
        _(
            "Note other particulars of a border notice.\n\nExample: tawatur border-notice change f-2h9s --until 2031-06-20"
        ),
    ),
    "border-notice withdraw": (
        "areas.withdraw",
        _(
            "Note that a border notice does not hold any more.\n\nExample: tawatur border-notice withdraw f-2h9s --why 'the exercise was called off'"
        ),
    ),
    "border-notice check": (
        "areas.check",
        _(
            "Hold a border notice against the others again, on record.\n\nExample: tawatur border-notice check f-2h9s"
        ),
    ),
    "border-notice overlaps": (
        "areas.overlaps",
        _(
            "List where and when something else is near, and whom to call.\n\nExample: tawatur border-notice overlaps"
        ),
    ),
    "border-notice send": (
        "areas.send",
        _(
            "Propose a border notice to the partners whose areas of interest it touches.\n\nExample: tawatur border-notice send f-2h9s"
        ),
    ),
    "border-notice interest": (
        "areas.interest",
        _(
            "Note that an area concerns a partner.\n\nExample: tawatur border-notice interest 'Joint staff' --near 'Kidal, Mali'"
        ),
    ),
    "border-notice interests": (
        "areas.interests",
        _("List the areas of interest of partners.\n\nExample: tawatur border-notice interests"),
    ),
    "border-notice no-interest": (
        "areas.no_interest",
        _(
            "Note that an area does not concern a partner any more.\n\nExample: tawatur border-notice no-interest w-4d7v"
        ),
    ),
    "subject add": (
        "subjects.add",
        _(
            "Save a question, to be told what comes on it.\n\nExample: tawatur subject add ransom --place Mali"
        ),
    ),
    "subject look": (
        "subjects.look",
        _(
            "Show what came on a subject since you last looked: claims, events, who, when, sums.\n\nExample: tawatur subject look ransom -o ransom.eml"
        ),
    ),
    "subject remove": (
        "subjects.remove",
        _("Ask a subject no more.\n\nExample: tawatur subject remove u-6n4t"),
    ),
    "account restore": (
        "accounts.restore",
        _("Restore an account that is suspended.\n\nExample: tawatur account restore Omar"),
    ),
    "account remove": (
        "accounts.remove",
        _(
            "Remove an account for good; what was written by it stays under its name.\n\nExample: tawatur account remove Omar"
        ),
    ),
    "account password": (
        "accounts.password",
        _(
            "Give an account a new password; whoever is in by the old one is out.\n\nExample: tawatur account password Omar"
        ),
    ),
}
"""By its words, in the order of the help: which function does it, and its help."""

_GROUPS = {
    "hypothesis": _("Explanations that compete: note them, weigh claims, show the board."),
    "compose": _("Compose a brief: claims and events in your order, words between them."),
    "commitment": _("Note a commitment, or what became of one."),
    "request": _("Note a request, or what became of one."),
    "subject": _("Subjects: saved questions, and what came on them since you looked."),
    "border-notice": _("Border notices: add them, whom they reach, what they overlap."),
    "partner": _("Partners: invite, compare fingerprints, suspend, remove."),
    "key": _("The key by which this node signs: another, revoked, lost."),
    "meeting": _("Meetings: agenda, decisions, papers and who agrees to them."),
    "calendar-address": _("Calendar addresses: make, list, revoke."),
    "lesson": _("Lessons: note what was learnt, and share it."),
    "review": _("Reviews: plan them, show their agenda, record what came of them."),
    "taxii": _("TAXII 2.1: what partners' programs may fetch and hand in."),
    "pointer": _("Pointers: what is only known to exist, and whom to ask."),
    "community": _("Communities: who belongs to one, and who decides."),
    "account": _("Accounts: who works on this node, for whom, and what they may do."),
}


class _Command(TyperCommand):
    """A command known by its help alone, until it is called."""

    def __init__(self, name: str, function: str, help_: str) -> None:
        super().__init__(name, help=help_)
        self._function = function

    def whole(self) -> Any:
        """Return it with its options, its module loaded."""
        module, _dot, function = self._function.partition(".")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(self.name, help=self.help)(
            getattr(import_module(f"tawatur.cli.{module}"), function)
        )
        return with_own_words(with_quick_values(typer.main.get_command(alone)))

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Parse what stands after the command; whoever runs it finds the whole command there."""
        return self.whole().make_context(*args, **extra)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


_app = typer.Typer(
    help=_(
        "Who really said what, how many independent sources stand behind it, and what became of it."
    ),
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
)


@_app.callback()
def _options(
    node: Annotated[
        Path,
        typer.Option(
            "--node",
            "-n",
            envvar="TAWATUR_NODE",
            help=_("The node's folder; the current one unless told."),
        ),
    ] = Path(),
    account: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAME",
            envvar="TAWATUR_AS",
            help=_("By whose account: what is shown and allowed is theirs, and so is their word."),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=_("Show the version and end.")
        ),
    ] = False,
) -> None:
    Before.node, Before.account = node, account


def command_line() -> Any:
    """Return the command line as a group of commands, none of their modules loaded."""
    root = with_own_words(with_quick_values(typer.main.get_command(_app)))
    groups = {
        name: with_own_words(
            TyperGroup(name=name, help=help_, no_args_is_help=True, rich_markup_mode=None)
        )
        for name, help_ in _GROUPS.items()
    }
    for words, (function, help_) in _COMMANDS.items():
        *group, name = words.split()
        above = groups[group[0]] if group else root
        above.add_command(_Command(name, function, help_))
    for each in groups.values():
        root.add_command(each)
    return root


def commands() -> Iterator[tuple[str, Any]]:
    """Yield the words of every command and the whole command, in the order of the help."""
    for name, command in command_line().commands.items():
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command.whole()
        else:
            yield from ((f"{name} {each}", below[each].whole()) for each in below)


def main() -> NoReturn:
    """Run the command line; every refusal is one line on standard error."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `tawatur claims | head` ends quietly
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # text streams
    try:
        sys.exit(command_line()(standalone_mode=False) or DONE)
    except UsageError as error:
        complain(_("tawatur: {0}").format(said(error, _)))
        sys.exit(USAGE)
    except TawaturError as error:
        complain(_("tawatur: {0}").format(said(error, _)))
        sys.exit(WRONG)
    except typer.TyperException as error:
        _complain_of(error)
        sys.exit(error.exit_code)
    except typer.Abort:  # the answer to a question was no
        complain(_("Nothing was done."))
        sys.exit(WRONG)
    except KeyboardInterrupt:
        sys.exit(130)


def _complain_of(error: Any) -> None:
    """Write what is wrong with the command line, and where there is help."""
    from tawatur.cli.usage import wrong_with  # noqa: PLC0415 - most are asked rightly

    wrong = wrong_with(error)
    if wrong is None:
        error.show()
        return
    complain(_("tawatur: {0}").format(said(wrong, _)))
    asked = getattr(error, "ctx", None)
    if asked is not None:
        complain(_("`{0}` says how to ask.").format(f"{asked.command_path} -h"))
