"""``kg query``: SPARQL of the person's own, from a file, or saved."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import wording
from kg.cli import options, output
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.store.results import QueryResult

_SYNONYMS = {"ntriples": "nt", "n-triples": "nt", "rdfxml": "rdf", "rdf/xml": "rdf", "json-ld": "jsonld"}


def query(
    sparql: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="A SPARQL query; - reads it from standard input.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE.rq", help="Read the query from this file."),
    ] = None,
    saved: Annotated[
        str | None, typer.Option("--saved", metavar="NAME", help="Run this saved query; --list names them.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Give a saved query a parameter; may be repeated."),
    ] = None,
    list_saved: Annotated[bool, typer.Option("--list", help="List the saved queries with their parameters.")] = False,
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            "--format",
            help="table, json, csv, tsv or xml for rows; turtle, ntriples, rdf or jsonld for CONSTRUCT and DESCRIBE.",
            show_default="table, or turtle for triples",
        ),
    ] = None,
    store: options.Store = options.DEFAULT_STORE,
) -> None:
    """Ask the graph in SPARQL; all prefixes are known, and queries only read.

    Give one of QUERY, --file, --saved or --list.
    """
    if sum((sparql is not None, file is not None, saved is not None, list_saved)) != 1:
        raise QueryError("Give exactly one of a query, --file, --saved or --list.")
    if settings and saved is None:
        raise QueryError("--set gives a parameter to a saved query: name one with --saved.")
    if list_saved:
        _print_list()
        return
    from kg.graph import Graph
    from kg.saved import run_saved

    with Graph.open(store) as graph:
        if saved is not None:
            result = run_saved(graph, saved, _parameters(settings or ()))
        else:
            result = graph.query(_text(sparql, file))
    _print(result, format)


def _print_list() -> None:
    from kg.saved import saved_queries

    output.table(
        ("Query", "What it answers", "Parameters"),
        [
            (
                query.name,
                query.description,
                ", ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters),
            )
            for query in saved_queries().values()
        ],
    )
    output.line("Parameters in [brackets] may be left out: kg query --saved deals-of-company --set company=Alibaba")


def _parameters(settings: Iterable[str]) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or not key.strip():
            raise QueryError(f"--set {setting!r} must have the form KEY=VALUE, such as company=Alibaba.")
        parameters[key.strip()] = value
    return parameters


def _text(sparql: str | None, file: Path | None) -> str:
    try:
        if file is not None:
            return file.read_text(encoding="utf-8")
        return sys.stdin.read() if sparql == "-" else sparql or ""
    except UnicodeDecodeError as error:
        raise QueryError(f"{file or 'standard input'}: this query is not UTF-8 text; save it as such.") from error
    except OSError as error:
        raise QueryError(f"{file}: this query cannot be read ({error.strerror}); check the path.") from error


def _print(result: QueryResult, format: str | None) -> None:  # noqa: A002
    if format in (None, "table") and result.kind == "select":
        _print_table(result)
    elif format in (None, "table") and result.kind == "ask":
        output.line("yes" if result.boolean else "no")
    elif format in (None, "table"):
        output.data(result.serialize("turtle").decode("utf-8"))
    else:
        output.data(result.serialize(_SYNONYMS.get(format or "", format)).decode("utf-8"))


def _print_table(result: QueryResult) -> None:
    from kg.store.results import shown
    from kg.store.terms import PREFIXES

    rows = [[shown(term, PREFIXES) for term in row.values()] for row in result.terms()]
    output.table(result.variables, rows)
    output.say(wording.count(len(rows), "row"))
