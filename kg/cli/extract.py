"""``kg extract`` and ``kg schema``: what documents say, before any graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import typer

from kg import wording
from kg.cli import options, output
from kg.cli.extractors import Choice
from kg.cli.interrupt import Patience, patience
from kg.errors import ExportError, SourceError

if TYPE_CHECKING:
    from kg.model import Extraction, Fact

ExtractFormat = Literal["table", "json", "jsonl"]


def extract(
    sources: options.Sources,
    format: Annotated[  # noqa: A002 - the option's name
        ExtractFormat | None,
        typer.Option("--format", help="table for people; json (one object, or a list of several); jsonl (one a line)."),
    ] = None,
    output_folder: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="DIR", help="Write one NAME.json for each document NAME.txt into this folder."
        ),
    ] = None,
    published: options.Published = None,
    model: options.Model = None,
    pipeline: options.Pipeline = None,
    min_confidence: options.MinConfidence = None,
    extractor: options.ExtractorName = "kg",
    llm_url: options.LlmUrl = None,
    llm_model: options.LlmModel = None,
    weights: options.Weights = None,
) -> None:
    """Print the entities and facts of documents, with the words that state them."""
    from kg.building import extract_documents
    from kg.documents import read

    if output_folder is not None and format not in (None, "json"):
        raise ExportError(f"--output writes JSON files, not {format}: leave --format out or say --format json.")
    reader = Choice(extractor, model, pipeline, min_confidence, llm_url, llm_model, weights).extractor()
    _ = reader.signature  # loads the model: that it is missing comes before all that is wrong with the sources
    found_in = extract_documents(read(sources, published=published), reader)
    problems: list[SourceError] = []
    with patience() as patient:
        found = _good(found_in, problems, patient)
        if output_folder is not None:
            _write_files(found, output_folder, problems)
        else:
            _print(found, format or "table")
    if problems:
        raise typer.Exit(2)


def schema() -> None:
    """Print the JSON Schema of what `kg extract --format json` writes."""
    from kg import jsonio

    output.data(output.as_json(jsonio.schema()))


def _good(
    found: Iterable[Extraction | SourceError], problems: list[SourceError], patient: Patience
) -> Iterator[Extraction]:
    """Yield what could be read; report the rest at once and remember it."""
    for item in found:
        if isinstance(item, SourceError):
            output.complain(item)
            problems.append(item)
        else:
            yield item
        patient.check()


def _print(extractions: Iterable[Extraction], format: ExtractFormat) -> None:  # noqa: A002
    from kg import jsonio

    if format == "jsonl":
        for extraction in extractions:
            output.data(json.dumps(jsonio.to_json(extraction), ensure_ascii=False))
    elif format == "json":
        found = [jsonio.to_json(extraction) for extraction in extractions]
        if found:
            output.data(output.as_json(found[0] if len(found) == 1 else found))
    else:
        for extraction in extractions:
            _print_tables(extraction)


def _print_tables(extraction: Extraction) -> None:
    document = extraction.document
    output.line(", ".join(part for part in (document.title or document.source, document.published) if part))
    output.line()
    output.table(
        ("Entity", "Type", "Also"),
        [(entity.name, entity.type, ", ".join(entity.aliases)) for entity in extraction.entities],
    )
    output.line()
    output.table(
        ("Fact", "Status", "Who", "Amount", "Stake", "Date", "Conf.", "Words, and what read them"),
        [
            (
                wording.type_name(fact.type),
                wording.status_name(fact.status),
                wording.who(fact.roles, lambda filler: extraction.entity(filler).name, fact.title),
                wording.money(fact.amount),
                wording.stake(fact.stake),
                fact.date or "",
                f"{fact.confidence:.2f}",
                _words(fact),
            )
            for fact in extraction.facts
        ],
    )
    output.line()


def _words(fact: Fact) -> str:
    """The words that state a fact, and in brackets what read it."""
    words = output.shortened(" … ".join(evidence.quote for evidence in fact.evidence))
    return f"{words} ({wording.read_by(fact.support)})" if fact.support else words


def _write_files(extractions: Iterable[Extraction], folder: Path, problems: list[SourceError]) -> None:
    from kg import jsonio
    from kg.export.files import write_whole

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{folder}: this folder cannot be made ({error.strerror}); name another.") from error
    written: set[Path] = set()
    for extraction in extractions:
        target = folder / f"{_stem(extraction.document.origin)}.json"
        try:
            _refuse_overwriting(target, extraction.document.origin, written)
        except SourceError as problem:
            output.complain(problem)
            problems.append(problem)
            continue
        write_whole(target, [(output.as_json(jsonio.to_json(extraction)) + "\n").encode("utf-8", "replace")])
        written.add(target)
    output.say(f"{wording.count(len(written), 'file')} written to {folder}")


def _stem(origin: str) -> str:
    """The name of an origin (a path, a URL, standard input) without folder and suffix."""
    if "://" in origin:
        origin = urlsplit(origin).path or "page"
    return Path(origin.replace(":", "-").rstrip("/")).stem or "document"


def _refuse_overwriting(target: Path, origin: str, written: set[Path]) -> None:
    if target in written:
        raise SourceError(
            origin, f"another document was already written to {target.name}; extract it to a folder apart"
        )
    if Path(origin).is_file() and Path(origin).resolve().parent == target.resolve().parent and target.exists():
        raise SourceError(origin, f"{target.name} beside it may hold its metadata; name another folder with --output")
