"""``kg export``, ``kg render`` and ``kg check``: a graph for other tools, for the eyes, and against the shapes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options, output


def export(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="File to write, its suffix names the format; - for standard output.")
    ],
    format: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            "--format",
            help="ttl, trig, nt, nq, jsonld, rdf, graphml, gexf or csv.",
            show_default="the suffix of FILE",
        ),
    ] = None,
    deals_only: Annotated[bool, typer.Option("--deals-only", help="Leave out the documents and their claims.")] = False,
    store: options.Store = options.DEFAULT_STORE,
) -> None:
    """Write the graph to a file for other tools."""
    from kg.graph import Graph

    with Graph.open(store) as graph:
        if file == "-":
            sys.stdout.flush()
            graph.write(sys.stdout.buffer, format, deals_only=deals_only)
            return
        graph.write(file, format, deals_only=deals_only)
    output.say(f"written to {file}")


def render(
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="Page to write.")],
    company: Annotated[
        str | None, typer.Option("--company", metavar="NAME", help="Show only what is around this company.")
    ] = None,
    store: options.Store = options.DEFAULT_STORE,
) -> None:
    """Draw the graph as one self-contained page to click through in a browser."""
    from kg.graph import Graph

    with Graph.open(store) as graph:
        graph.render(file, company=company)
    output.say(f"written to {file}: open it in a browser")


def check(store: options.Store = options.DEFAULT_STORE) -> None:
    """Check the graph against the shapes (SHACL) of the vocabulary."""
    from kg.graph import Graph

    with Graph.open(store) as graph:
        report = graph.check()
    output.data(report.text())
    if not report.conforms:
        raise typer.Exit(1)
