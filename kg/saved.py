"""The saved queries of ``kg/queries/*.rq``: names and values from people → SPARQL, run on a graph.

Each file begins with a comment: a line that says what it answers, and a line for each parameter, such as
``# company (company, required): whose deals to list``. The value of a parameter ``company`` goes into the clause
``VALUES ?given_company { UNDEF }`` as an RDF term, never as text; without a value the clause stays and matches
anything, so that every file also runs unchanged at any SPARQL endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.parameters import PARAMETER_TYPES, Parameter

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.store.results import QueryResult

_PARAMETER = re.compile(r"# (?P<name>\w+) \((?P<type>\w+), (?P<need>required|optional)\): (?P<says>.+)")


@dataclass(frozen=True)
class SavedQuery:
    """A query of ``kg/queries``: what it answers, what it takes, and its SPARQL as the file has it."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def saved_queries() -> Mapping[str, SavedQuery]:
    """Return all saved queries by name, in alphabetical order."""
    files = (entry for entry in resources.files("kg").joinpath("queries").iterdir() if entry.name.endswith(".rq"))
    read = (read_query(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files)
    return MappingProxyType({query.name: query for query in sorted(read, key=lambda query: query.name)})


def run_saved(graph: Graph, name: str, params: Mapping[str, str] | None = None) -> QueryResult:
    """Run a saved query on the graph with these parameter values.

    Raises ``QueryError`` for an unknown query, an unknown or missing parameter, or a value that does not fit it, and
    ``UnknownNameError`` for a company, person, deal or document that the graph does not hold.
    """
    return graph.query(bound(graph, saved_query(name), params or {}))


def saved_query(name: str) -> SavedQuery:
    """Return the saved query of this name; raises ``QueryError`` that lists all names when there is none."""
    queries = saved_queries()
    if name not in queries:
        near = get_close_matches(name, queries, n=1, cutoff=0.6)
        hint = f"did you mean {near[0]}? " if near else ""
        raise QueryError(f"There is no saved query {name!r}; {hint}there are: {', '.join(queries)}.")
    return queries[name]


def bound(graph: Graph, query: SavedQuery, params: Mapping[str, str]) -> str:
    """Return the query's SPARQL with its parameters' values in place; raises what ``run_saved`` raises."""
    _check_names(query, params)
    sparql = query.sparql
    for parameter in query.parameters:
        value = params.get(parameter.name, "").strip()
        if value:
            term = PARAMETER_TYPES[parameter.type](graph, parameter, value)
            sparql = sparql.replace(_slot(parameter.name, "UNDEF"), _slot(parameter.name, str(term)))
    return sparql


def read_query(name: str, text: str) -> SavedQuery:
    """Read a saved query from its file's text; raises ``QueryError`` when its heading or a clause is not in order."""
    heading = [line for line in text.partition("\n\n")[0].splitlines() if line.rstrip("# ")]
    matches = [_PARAMETER.fullmatch(line) for line in heading[1:]]
    if not heading or not heading[0].startswith("# ") or None in matches:
        raise QueryError(f"The saved query {name} must begin with a comment of what it answers and takes.")
    parameters = tuple(
        Parameter(match["name"], match["type"], match["says"], match["need"] == "required")
        for match in matches
        if match is not None
    )
    for parameter in parameters:
        if parameter.type not in PARAMETER_TYPES or _slot(parameter.name, "UNDEF") not in text:
            raise QueryError(f"The saved query {name} has no clause, or an unknown type, for {parameter.name!r}.")
    return SavedQuery(name, heading[0].removeprefix("# "), parameters, text)


def _slot(name: str, value: str) -> str:
    return f"VALUES ?given_{name} {{ {value} }}"


def _check_names(query: SavedQuery, params: Mapping[str, str]) -> None:
    known = {parameter.name for parameter in query.parameters}
    takes = "it takes " + ", ".join(map(_signature, query.parameters)) if known else "it takes no parameters"
    unknown = sorted(set(params) - known)
    if unknown:
        raise QueryError(f"The saved query {query.name} has no parameter {unknown[0]!r}; {takes}.")
    missing = [p.name for p in query.parameters if p.required and not params.get(p.name, "").strip()]
    if missing:
        raise QueryError(f"The saved query {query.name} needs the parameter {missing[0]!r}; {takes}.")


def _signature(parameter: Parameter) -> str:
    return f"{parameter.name} ({parameter.type}, {'required' if parameter.required else 'optional'})"
