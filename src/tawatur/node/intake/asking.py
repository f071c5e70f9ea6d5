"""Documents → what a language model reads in them: asked for, waited for, checked, counted.

    document → windows → kept answers, or questions to the endpoint → grounded reading

Several requests are under way at once; documents come back in the order in which they
went in. A document one of whose windows has no usable answer has no reading by the model,
and a line that says why; the others go on. An answer that broke off is asked for again in
two halves. Where the server refuses whatever is asked, or is not there for three documents
one after the other, it is asked no more.

What is sent is the text of the windows, the fixed wording and the schema: no name of the
document, no id, nothing of other documents. What a model may look at is decided by who
calls: `Asking.leaves` tells whether text would leave this machine.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from tawatur.endpoint import Address, Answer, Endpoint, Pace
from tawatur.errors import EndpointError, EndpointRefusedError, Message, TawaturError
from tawatur.model.document import Extraction
from tawatur.model.reading import Reading, verify_reading
from tawatur.node.intake.answers import Answers, digest_of
from tawatur.node.intake.taking import Outcome, Taken
from tawatur.node.views import Readers, Spent
from tawatur.reading.llm import (
    Dropped,
    Malformed,
    Window,
    grounded,
    halves,
    question,
    reader_name,
    verify_answer,
    windows,
)
from tawatur.settings import Llm, verify_llm

T = TypeVar("T")

_HALVINGS = 3
"""An answer that broke off is asked for in pieces down to an eighth of a window."""

_SILENT = 3
"""After so many documents without any answer the server is taken to be away."""

_AHEAD = 2
"""Documents under way for each request that may be."""


@dataclass(slots=True)
class _Tally:
    requests: int = 0
    kept: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    failed: int = 0
    dropped: Counter[Dropped] = field(default_factory=Counter)


class Asking:
    """A language model, ready to read; used by one caller at a time, closed at the end."""

    def __init__(self, llm: Llm, key: str | None, answers: Path | None) -> None:
        """Name the model and where its answers are kept; nothing is contacted yet.

        Args:
            llm: Which model, where, and how it is asked.
            key: For its server, if it wants one.
            answers: The folder in which answers are kept, None for none.

        Raises:
            UsageError: No model is named, or the address is not one that may be asked.
        """
        verify_llm(llm)
        self._llm = llm
        self._halted = threading.Event()
        self._endpoint = Endpoint(
            Address.parse(llm.address),
            key,
            Pace(llm.timeout, llm.tries, llm.requests_per_minute),
            wait=self._halted.wait,
        )
        self._answers = Answers(answers if llm.cache else None)
        self._pool = ThreadPoolExecutor(llm.parallel, thread_name_prefix="asking")
        self._lock = threading.Lock()
        self._tally = _Tally()
        self._refused: EndpointError | None = None
        self._silent = 0

    @property
    def reader(self) -> str:
        """The name under which its readings are known."""
        return reader_name(self._llm.model)

    @property
    def leaves(self) -> bool:
        """Whether what it reads is sent to another machine."""
        return not self._endpoint.address.local

    @property
    def spent(self) -> Spent:
        """What was asked and took place so far."""
        llm, tally = self._llm, self._tally
        with self._lock:
            priced = llm.price_in or llm.price_out
            cost = (tally.tokens_in * llm.price_in + tally.tokens_out * llm.price_out) / 1e6
            return Spent(
                llm.model,
                tally.requests,
                tally.kept,
                tally.tokens_in,
                tally.tokens_out,
                cost if priced else None,
                llm.currency if priced else "",
                tuple(sorted(tally.dropped.items())),
                tally.failed,
            )

    def close(self) -> None:
        """Stop waiting, let go of the connections."""
        self._halted.set()
        self._pool.shutdown(cancel_futures=True)
        self._endpoint.close()

    def readings(
        self,
        items: Iterable[T],
        asked: Callable[[T], tuple[str, Extraction, Reading] | None],
    ) -> Iterator[tuple[T, Reading | Message | None]]:
        """Yield each item with the model's reading of it, or why there is none, in their order.

        Args:
            items: Whatever the caller has.
            asked: Gives the folder name of the item's answers, its text, and what the rules
                read in it; None for an item that is not to be read.
        """
        waiting: deque[tuple[T, Callable[[], Reading | Message | None]]] = deque()
        for item in items:
            given = asked(item)
            waiting.append((item, (lambda: None) if given is None else self._started(*given)))
            while len(waiting) > self._llm.parallel * _AHEAD:
                item_, result = waiting.popleft()
                yield item_, result()
        while waiting:
            item_, result = waiting.popleft()
            yield item_, result()

    # ------------------------------------------------------------ one document

    def _started(
        self, document: str, extraction: Extraction, base: Reading
    ) -> Callable[[], Reading | Message]:
        """Ask for every window of a document; return what waits for its reading."""
        parts = windows(extraction, self._llm.window, self._llm.overlap)
        text = extraction.text
        futures = [
            self._pool.submit(self._answered, document, text, part, _HALVINGS) for part in parts
        ]

        def finished() -> Reading | Message:
            try:
                return self._finished(futures, extraction, base)
            except TawaturError as error:
                for future in futures:
                    future.cancel()
                with self._lock:
                    self._tally.failed += 1
                return error.message

        return finished

    def _finished(
        self,
        futures: list[Future[list[tuple[Window, str]]]],
        extraction: Extraction,
        base: Reading,
    ) -> Reading:
        try:
            answers = [pair for future in futures for pair in future.result()]
        except EndpointError as error:
            self._silent += 1
            if isinstance(error, EndpointRefusedError) or self._silent >= _SILENT:
                self._refused = self._refused or error
            raise
        self._silent = 0
        reading, dropped = grounded(extraction, answers, base, self.reader)
        verify_reading(reading, extraction.text)
        with self._lock:
            self._tally.dropped.update(dropped)
        return reading

    def _answered(
        self, document: str, text: str, window: Window, halvings: int
    ) -> list[tuple[Window, str]]:
        """Return the answer to one window, or those to its parts; runs in a thread.

        Raises:
            EndpointError: There is none that can be used.
        """
        body = question(
            window.text(text),
            self._llm.model,
            bounded=self._llm.bounded,
            most_tokens=self._llm.answer,
            temperature=self._llm.temperature if self._llm.temperature >= 0 else None,
        )
        name = digest_of(body)
        answer = self._answers.kept(document, name)
        if answer is not None:
            with self._lock:
                self._tally.kept += 1
        else:
            if self._refused is not None:
                raise self._refused
            answer = self._endpoint.ask(body)
            with self._lock:
                self._tally.requests += 1
                self._tally.tokens_in += answer.tokens_in
                self._tally.tokens_out += answer.tokens_out
            self._silent = 0
        wrong = _wrong(answer)
        if wrong is None:
            self._answers.keep(document, name, answer)
            return [(window, answer.content)]
        parts = halves(window, text) if answer.finish == "length" and halvings else (window,)
        if len(parts) < 2:
            raise EndpointError("the language model's answer cannot be used: {0}", wrong)
        self._answers.keep(document, name, answer)  # asked again, it would break off again
        return [
            pair for part in parts for pair in self._answered(document, text, part, halvings - 1)
        ]


def _wrong(answer: Answer) -> Message | None:
    """Return what is wrong with an answer, None if nothing is."""
    if answer.finish == "length":
        return Message("it broke off")
    try:
        verify_answer(answer.content)
    except Malformed:
        return Message("it is not in the form asked for")
    return None


def with_model(
    outcomes: Iterable[Outcome],
    asking: Asking,
    readers: Readers,
    document_of: Callable[[bytes], str],
) -> Iterator[Outcome]:
    """Yield what was taken in with the model's reading in place of, or beside, the rules'.

    Args:
        outcomes: As `tawatur.node.intake.taking.Taking` gives them.
        asking: The model.
        readers: Whether its reading stands alone or beside the rules'.
        document_of: The folder name of the answers about a document of these bytes.
    """

    def asked(outcome: Outcome) -> tuple[str, Extraction, Reading] | None:
        if not isinstance(outcome, Taken):
            return None
        return document_of(outcome.content), outcome.extraction, outcome.reading

    for outcome, result in asking.readings(outcomes, asked):
        if not isinstance(outcome, Taken) or result is None:
            yield outcome
        elif isinstance(result, Message):
            yield replace(outcome, unread=result)
        elif readers is Readers.LLM:
            yield replace(outcome, reading=result)
        else:
            yield replace(outcome, also=result)
