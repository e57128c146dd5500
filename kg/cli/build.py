"""``kg build``, ``kg forget`` and ``kg demo``: documents into a graph, and out of it again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import wording
from kg.cli import options, output
from kg.cli.extractors import Choice
from kg.cli.interrupt import patience
from kg.errors import ExportError, SourceError

if TYPE_CHECKING:
    from kg.building import BuildReport
    from kg.model import Document

_Advance = Callable[["Document | SourceError"], None]


def build(
    sources: options.Sources,
    store: options.Store = options.DEFAULT_STORE,
    published: options.Published = None,
    model: options.Model = None,
    pipeline: options.Pipeline = None,
    min_confidence: options.MinConfidence = None,
    extractor: options.ExtractorName = "kg",
    llm_url: options.LlmUrl = None,
    llm_model: options.LlmModel = None,
    weights: options.Weights = None,
) -> None:
    """Read documents and add what they say to the graph; what is there and unchanged is not read again."""
    choice = Choice(extractor, model, pipeline, min_confidence, llm_url, llm_model, weights)
    _print_summary(_build(sources, store, published, choice), store)


def forget(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A document's path or URL as it was read, its source, or its id.")
    ],
    store: options.Store = options.DEFAULT_STORE,
) -> None:
    """Take a document, and all that only it says, out of the graph."""
    from kg.graph import Graph

    with Graph.open(store, writable=True) as graph:
        gone = graph.forget(source)
    output.say(f"{wording.count(len(gone), 'document')} forgotten")


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Folder for the results.")] = Path("kg-demo"),
    model: options.Model = None,
) -> None:
    """Build a graph from the example articles, with a Turtle file and a page to look at."""
    from kg.graph import Graph

    articles, store = folder / "articles", folder / "store"
    _copy_examples(articles)
    report = _build([str(articles)], store, None, Choice(model=model))
    with Graph.open(store) as graph:
        graph.write(folder / "deals.ttl")
        graph.render(folder / "deals.html", title="Deals of the example articles")
    _print_summary(report, store)
    output.line()
    for result, what in (
        ("articles", "the articles, with what is known about them beside them"),
        ("store", "the graph's store"),
        ("deals.ttl", "the graph as Turtle"),
        ("deals.html", "the graph as a page: open it in a browser"),
    ):
        output.line(f"{folder / result}: {what}")
    output.line()
    output.line("Try next:")
    for command in ("kg show Nvidia", "kg deals --status terminated", "kg query --saved unconfirmed-rumours"):
        output.line(f"{command} --store {store}")


def _build(sources: list[str], store: Path, published: str | None, choice: Choice) -> BuildReport:
    """Add documents to the store with a progress bar; a store is only made once there is something to put into it."""
    from kg.building import add_documents
    from kg.documents import expand, read
    from kg.graph import Graph

    total = sum(1 for _ in expand(sources))
    documents = _with_a_good_one(read(sources, published=published))
    extractor = choice.extractor()
    _ = extractor.signature  # loads the model: that it is missing must be known before a store is made
    with Graph.open(store, create=True) as graph, patience() as patient, _progress(total) as advance:

        def progress(_done: int, item: Document | SourceError) -> None:
            advance(item)
            patient.check()

        return add_documents(graph, documents, extractor, progress)


def _with_a_good_one(found: Iterator[Document | SourceError]) -> Iterator[Document | SourceError]:
    """Return what was found, unchanged; when nothing of it can be read, say so and leave with status 2."""
    errors: list[Document | SourceError] = []
    for item in found:
        if not isinstance(item, SourceError):
            return chain(errors, [item], found)
        errors.append(item)
    for error in errors:
        output.complain(error)
    raise typer.Exit(2)


@contextmanager
def _progress(total: int) -> Iterator[_Advance]:
    """A bar on standard error when a person looks on; what cannot be read is reported above it at once."""
    with output.bar(total) as step:

        def advance(item: Document | SourceError) -> None:
            if isinstance(item, SourceError):
                output.complain(item)
            step()

        yield advance


def _print_summary(report: BuildReport, store: Path) -> None:
    """Say what was read and what the graph holds now; bad sources make the exit status 2."""
    from kg.vocabulary import DEAL_TYPES

    read = report.new + report.replaced + report.unchanged
    deals = {name: counts for name, counts in report.facts.items() if name in DEAL_TYPES}
    total = sum(sum(counts.values()) for counts in deals.values())
    output.line(
        f"{wording.count(read, 'document')} read in {report.seconds:.1f} seconds: {report.new} new, "
        f"{report.replaced} changed, {report.unchanged} as before; {len(report.failures)} could not be read"
    )
    output.line(
        f"{store} holds {wording.count(report.companies, 'company', 'companies')} and {wording.count(total, 'deal')}"
    )
    if deals:
        _print_counts(deals)
    if report.failures:
        raise typer.Exit(2)


def _print_counts(deals: Mapping[str, Mapping[str, int]]) -> None:
    from kg.vocabulary import STATUSES

    used = [status for status in STATUSES if any(counts.get(status) for counts in deals.values())]
    output.table(
        ("Deals", *(wording.status_name(status) for status in used)),
        [
            (wording.type_name(name), *(str(counts.get(status) or "") for status in used))
            for name, counts in deals.items()
        ],
    )


def _copy_examples(folder: Path) -> None:
    """Lay the articles and their metadata out where the person can read and change them."""
    from kg import examples

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(examples.folder().iterdir()):
            if path.suffix != ".py" and path.is_file():
                (folder / path.name).write_bytes(path.read_bytes())
    except OSError as error:
        raise ExportError(f"{folder}: the example articles cannot be laid out there ({error.strerror}).") from error
