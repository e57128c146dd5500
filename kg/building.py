"""Sources → graph: reads, extracts what is new or changed, stores it a document at a time, consolidates at the end.

What the graph already holds, as read by the same extractor, is not extracted again: building again is quick and changes
nothing, and a run that was interrupted goes on where it stopped.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kg.errors import ModelError, SourceError
from kg.graph import Graph
from kg.model import Document, Extraction
from kg.vocabulary import FACT_TYPES, STATUSES

if TYPE_CHECKING:
    from kg.extraction.protocol import DocumentExtractor

Found = Document | SourceError
PipelineName = Literal["default", "fast"]
Progress = Callable[[int, Found], None]
"""Told after each source how many are done, and the document or what was wrong with it."""


_Item = TypeVar("_Item")
_Outcome = tuple[Found, str, int]
"""The document or what was wrong with it, which count of the report it adds to, and how many words were extracted."""

_MOST_WAITING = 32
"""Documents that may wait to be stored before extraction waits for them."""


@dataclass
class BuildReport:
    """What a build did, and what the graph holds after it.

    ``new``, ``replaced`` and ``unchanged`` count the documents that were read, ``failures`` tells of the sources that
    could not be; ``words`` counts the words of the new and replaced ones. ``facts`` counts the graph's deals and states
    by type and status, in the vocabulary's order.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    failures: list[SourceError] = field(default_factory=list)
    words: int = 0
    companies: int = 0
    facts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    seconds: float = 0.0


def build(
    sources: Iterable[str | Path] | str | Path,
    store: str | Path | Graph | None = None,
    *,
    published: str | None = None,
    model: str | None = None,
    pipeline: PipelineName | None = None,
    min_confidence: float | None = None,
    weights: Path | None = None,
    extractor: DocumentExtractor | None = None,
    progress: Progress | None = None,
) -> Graph:
    """Build a graph from sources, or add them to the one in the folder ``store``; in memory without a folder.

    Sources are files, folders, globs, ``http(s)`` URLs or ``-``. What cannot be read is listed in the returned graph's
    ``report.failures``, and the others go on. ``published`` (ISO 8601) dates all documents. A graph in a folder comes
    back open for reading.

    ``model`` names the spaCy model to read with, ``pipeline`` one of ``kg``'s own, ``min_confidence`` how sure a
    fact must be, and ``weights`` a folder that ``kg train`` made. In their place ``extractor`` may be any object that
    is a ``kg.extraction.protocol.DocumentExtractor``, such as a ``kg.extraction.llm.LlmExtractor``.

    Raises ``StoreError``, and ``ModelError`` when the extractor cannot work.
    """
    from kg.documents import read

    extractor = chosen(extractor, model=model, pipeline=pipeline, min_confidence=min_confidence, weights=weights)
    found = read(sources, published=published)
    if isinstance(store, Graph):
        add_documents(store, found, extractor, progress)
        return store
    graph = Graph.open(store, create=store is not None)
    try:
        add_documents(graph, found, extractor, progress)
    except BaseException:
        graph.close()
        raise
    if store is None:
        return graph
    graph.close()
    reopened = Graph.open(store)
    reopened.report = graph.report
    return reopened


def chosen(
    extractor: DocumentExtractor | None = None,
    *,
    model: str | None = None,
    pipeline: PipelineName | None = None,
    min_confidence: float | None = None,
    weights: Path | None = None,
) -> DocumentExtractor:
    """Return the extractor that is given, or ``kg``'s own with these options, its defaults where they are ``None``.

    Raises ``ModelError`` for an extractor together with options of ``kg``'s own, and for a confidence that is none.
    """
    from kg.extraction import Extractor

    if min_confidence is not None and not 0 <= min_confidence <= 1:
        raise ModelError(f"a confidence lies between 0 and 1, not at {min_confidence}: give another min_confidence")

    options = {"pipeline": pipeline, "min_confidence": min_confidence, "weights": weights}
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    if extractor is None:
        return Extractor(model, **given)
    if model is not None or given:
        raise ModelError(
            "model, pipeline, min_confidence and weights are options of kg's own extractor: leave them out"
        )
    return extractor


def add_documents(
    graph: Graph, found: Iterable[Found], extractor: DocumentExtractor, progress: Progress | None = None
) -> BuildReport:
    """Extract documents and add them to a graph, each in one transaction; consolidate, and return what was done.

    The report also becomes the graph's ``report``. Errors among ``found`` are passed on to it, and so are documents
    that the extractor finds no extraction for.
    """
    started = time.monotonic()
    run = _Run(graph, extractor.signature, progress)
    with run:
        for extraction in extractor.extract_many(run.to_extract(found)):
            run.add(extraction)
    graph.consolidate()
    report = run.report
    report.companies = len(graph.companies())
    report.facts = _count(graph)
    report.seconds = time.monotonic() - started
    graph.report = report
    return report


class _Run:
    """One pass over sources: which documents are extracted, and what became of them.

    Documents are stored by a thread of their own, one after the other in the order of extraction, so that the database
    works while the next ones are parsed. Leaving the context, by an error too, waits until all are stored.
    """

    def __init__(self, graph: Graph, signature: str, progress: Progress | None) -> None:
        self.report = BuildReport()
        self._graph = graph
        self._signature = signature
        self._progress = progress
        self._done = 0
        self._seen: set[str] = set()
        self._again: list[Document] = []
        self._writer = ThreadPoolExecutor(max_workers=1)
        self._written: deque[Future[_Outcome]] = deque()

    def __enter__(self) -> _Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                for document in self._again:
                    self._write(self._keep, document)
                self._settle(0)
        finally:
            self._finish()

    def to_extract(self, found: Iterable[Found]) -> Iterator[Document]:
        """Yield the documents that the graph does not hold yet, each once."""
        for item in found:
            if isinstance(item, SourceError):
                self.report.failures.append(item)
                self._tell(item)
            elif item.id in self._seen:
                self._again.append(item)
            else:
                self._seen.add(item.id)
                if self._graph.holds(item, self._signature):
                    self._write(self._keep, item)
                else:
                    yield item

    def add(self, extraction: Extraction | SourceError) -> None:
        """Store one extraction; its absence, or that it does not fit its document, is a failure of its source."""
        self._write(self._add, extraction)

    def _write(self, work: Callable[[_Item], _Outcome], item: _Item) -> None:
        self._written.append(self._writer.submit(work, item))
        self._settle(_MOST_WAITING)

    def _settle(self, waiting: int) -> None:
        """Count what has been stored, until no more than so many documents wait for it."""
        while self._written and (len(self._written) > waiting or self._written[0].done()):
            item, field, words = self._written.popleft().result()
            if isinstance(item, SourceError):
                self.report.failures.append(item)
            else:
                setattr(self.report, field, getattr(self.report, field) + 1)
                self.report.words += words
            self._tell(item)

    def _finish(self) -> None:
        """Wait until all that is extracted is stored; Ctrl-C meanwhile gives up what still waits."""
        try:
            wait(self._written)
        finally:
            self._writer.shutdown(cancel_futures=True)

    def _add(self, extraction: Extraction | SourceError) -> _Outcome:
        if isinstance(extraction, SourceError):
            return extraction, "", 0
        document = extraction.document
        known = self._graph.knows(document)
        try:
            changed = self._graph.add(extraction)
        except SourceError as error:
            return error, "", 0
        words = len(document.text.split())
        return document, "unchanged" if not changed else "replaced" if known else "new", words

    def _keep(self, document: Document) -> _Outcome:
        if self._graph.knows(document):
            self._graph.keep(document)
        return document, "unchanged", 0

    def _tell(self, item: Found) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, item)


def _count(graph: Graph) -> dict[str, dict[str, int]]:
    counts = Counter((fact.type, fact.status) for fact in graph.deals(types=FACT_TYPES))
    return {
        kind: {status: counts[kind, status] for status in STATUSES if counts[kind, status]}
        for kind in FACT_TYPES
        if any(counts[kind, status] for status in STATUSES)
    }


def extract(
    sources: Iterable[str | Path] | str | Path,
    *,
    published: str | None = None,
    model: str | None = None,
    pipeline: PipelineName | None = None,
    min_confidence: float | None = None,
    weights: Path | None = None,
    extractor: DocumentExtractor | None = None,
) -> Iterator[Extraction | SourceError]:
    """Yield what is found in each source, or what was wrong with it, in the order of the sources.

    The options are those of ``build``. Raises ``ModelError`` when the extractor cannot work.
    """
    from kg.documents import read

    extractor = chosen(extractor, model=model, pipeline=pipeline, min_confidence=min_confidence, weights=weights)
    return extract_documents(read(sources, published=published), extractor)


def extract_documents(found: Iterable[Found], extractor: DocumentExtractor) -> Iterator[Extraction | SourceError]:
    """Yield the extraction of each document, and each error in its place among them."""
    errors: dict[int, list[SourceError]] = {}
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for item in found:
            if isinstance(item, SourceError):
                errors.setdefault(taken, []).append(item)
            else:
                taken += 1
                yield item

    given = 0
    for extraction in extractor.extract_many(documents()):
        yield from errors.pop(given, ())
        yield extraction
        given += 1
    yield from errors.pop(given, ())


def open(path: str | Path | None = None, *, create: bool = False, writable: bool = False) -> Graph:  # noqa: A001
    """Open the graph in a folder, as ``Graph.open`` does: ``kg.open("kg-store")``."""
    return Graph.open(path, create=create, writable=writable)
