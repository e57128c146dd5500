"""SPARQL text → ``QueryResult``: rows, a yes or no, or triples, in memory and ready for any W3C format.

A query sees the union of all graphs as its default graph, cannot change anything, and cannot reach outside the store:
``SERVICE`` is refused before the query runs.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
    serialize,
)

from kg.errors import ExportError, QueryError
from kg.store.sparql_text import explain, first_line, names_graphs, orders, refuse_services

Term = NamedNode | BlankNode | Literal | Triple

RESULT_FORMATS: Mapping[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
"""What rows and a yes or no can be written as."""

GRAPH_FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
"""What the triples of a CONSTRUCT or DESCRIBE can be written as."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {f"{_XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_FLOATS = {f"{_XSD}double", f"{_XSD}float"}


class QueryResult:
    """The answer to a query, held in memory.

    A SELECT has ``variables`` and rows; an ASK has ``boolean``; CONSTRUCT and DESCRIBE have ``triples``. Iterating
    gives the rows as dictionaries of Python values (numbers and truth values as such, everything else as text).
    """

    def __init__(
        self,
        variables: tuple[str, ...] = (),
        solutions: bytes | None = None,
        boolean: bool | None = None,
        triples: tuple[Triple, ...] | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        self.variables = variables
        self.boolean = boolean
        self.triples = triples
        self._solutions = solutions
        self._prefixes = dict(prefixes or {})
        self._terms: list[dict[str, Term | None]] | None = None

    @property
    def kind(self) -> str:
        """``select``, ``ask`` or ``graph``."""
        if self.boolean is not None:
            return "ask"
        return "select" if self.triples is None else "graph"

    def terms(self) -> list[dict[str, Term | None]]:
        """Return the rows of a SELECT as RDF terms by variable; ``None`` where a variable has no value."""
        if self._terms is None:
            self._terms = []
            parsed = self._parse()
            if isinstance(parsed, QuerySolutions):
                names = [(variable.value, variable) for variable in parsed.variables]
                self._terms = [{name: solution[variable] for name, variable in names} for solution in parsed]
        return self._terms

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of a SELECT as Python values by variable; ``None`` where a variable has no value."""
        return [{name: value_of(term) for name, term in row.items()} for row in self.terms()]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows())

    def __len__(self) -> int:
        return len(self.triples) if self.triples is not None else len(self.terms())

    def __bool__(self) -> bool:
        return self.boolean if self.boolean is not None else len(self) > 0

    def serialize(self, format: str | None = None) -> bytes:  # noqa: A002 - the word that rdflib and pyoxigraph use
        """Return the answer in a W3C format: ``json`` (the default), ``xml``, ``csv`` or ``tsv`` for rows and ASK;
        ``ttl`` (the default), ``nt``, ``rdf`` or ``jsonld`` for triples. Raises ``ExportError`` for another.
        """
        if self.triples is not None:
            rdf = _format(GRAPH_FORMATS, format or "ttl", "triples")
            return serialize(self.triples, format=rdf, prefixes=self._prefixes) or b""
        chosen = _format(RESULT_FORMATS, format or "json", "rows")
        if self.boolean is not None and chosen in (QueryResultsFormat.CSV, QueryResultsFormat.TSV):
            return b"true\n" if self.boolean else b"false\n"
        return self._parse().serialize(format=chosen) or b""

    def _parse(self) -> QuerySolutions | QueryBoolean:
        return parse_query_results(self._solutions or b"", format=QueryResultsFormat.JSON)

    def __repr__(self) -> str:
        if self.boolean is not None:
            return f"<QueryResult {str(self.boolean).lower()}>"
        return f"<QueryResult of {len(self)} {'triples' if self.triples is not None else 'rows'}>"

    def _repr_html_(self) -> str:
        if self.boolean is not None:
            return f"<p>{str(self.boolean).lower()}</p>"
        if self.triples is not None:
            return f"<pre>{html.escape(self.serialize('ttl').decode())}</pre>"
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.variables)
        rows = (
            "".join(f"<td>{html.escape(shown(term, self._prefixes))}</td>" for term in row.values())
            for row in self.terms()
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def run_query(store: Store, sparql: str, prefixes: Mapping[str, str]) -> QueryResult:
    """Run a query to its end and hold its answer; raises ``QueryError`` when it is malformed, refused or fails.

    What Oxigraph raises for a broken store passes through.
    """
    refuse_services(sparql)
    try:
        answer = store.query(sparql, prefixes=dict(prefixes), use_default_graph_as_union=not names_graphs(sparql))
        if isinstance(answer, QueryTriples):
            return QueryResult(triples=tuple(sorted(set(answer), key=str)), prefixes=prefixes)
        solutions = answer.serialize(format=QueryResultsFormat.JSON) or b""
    except SyntaxError as problem:
        raise QueryError(explain(sparql, str(problem))) from problem
    except (OSError, RuntimeError, ValueError) as problem:
        if "Corruption" in str(problem):
            raise
        raise QueryError(f"The query cannot be answered: {first_line(str(problem))}.") from problem
    if isinstance(answer, QueryBoolean):
        return QueryResult(boolean=bool(answer), solutions=solutions)
    variables = tuple(variable.value for variable in answer.variables)
    return QueryResult(variables, solutions if orders(sparql) else _sorted(variables, solutions), prefixes=prefixes)


def _sorted(variables: tuple[str, ...], solutions: bytes) -> bytes:
    """Put rows that the query leaves in any order into one order: two stores of the same documents answer alike."""
    answer = json.loads(solutions)
    rows = answer["results"]["bindings"]
    rows.sort(key=lambda row: [sorted(row.get(variable, {}).items()) for variable in variables])
    return json.dumps(answer, ensure_ascii=False).encode()


def value_of(term: Term | None) -> Any:
    """Return the Python value of an RDF term: a number or truth value as such, an IRI or other literal as text."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return str(term) if isinstance(term, Triple) else term.value
    datatype, lexical = term.datatype.value, term.value
    try:
        if datatype in _INTEGERS:
            return int(lexical)
        if datatype == f"{_XSD}decimal":
            return Decimal(lexical)
        if datatype in _FLOATS:
            return float(lexical)
    except (ValueError, ArithmeticError):
        return lexical
    return lexical == "true" if datatype == f"{_XSD}boolean" else lexical


def shown(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return a term as people read it: IRIs shortened by their prefix, literals without quotes, "" for no value."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        longest = max(((iri, p) for p, iri in prefixes.items() if term.value.startswith(iri)), default=None)
        return f"{longest[1]}:{term.value[len(longest[0]) :]}" if longest else term.value
    return term.value if isinstance(term, Literal) else str(term)


def _format(known: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in known:
        raise ExportError(f"There is no format {name!r} for {what}; choose one of {', '.join(known)}.")
    return known[name]
