"""A graph → a report of what breaks the shapes of ``kg.shapes``.

The shapes are SHACL and are checked by pySHACL over the triples of all named graphs together, the union that queries
and Turtle show. A warning is worth a look; only violations make a graph not conform.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from pyshacl import validate
from rdflib.namespace import RDFS, SH

from kg.shapes import NAMESPACE_OF_SHAPES, shapes
from kg.store.results import shown
from kg.store.terms import PREFIXES

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, order=True)
class Violation:
    """A node that breaks a shape; ``path`` is the property at fault, empty when it is the node itself.

    ``severity`` is ``Violation``, ``Warning`` or ``Info``; ``subject`` is an IRI and ``label`` what people call it.
    """

    severity: str
    shape: str
    subject: str
    label: str
    path: str
    message: str


@dataclass(frozen=True)
class CheckReport:
    """What was found: ``violations`` in order, warnings among them, and how many triples were looked at."""

    violations: tuple[Violation, ...]
    triples: int

    @property
    def conforms(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return all(violation.severity != "Violation" for violation in self.violations)

    def text(self) -> str:
        """Return the report for people: a line for each finding, a summary at the end."""
        lines = [
            f"{found.severity.lower()}: {found.label}{f' ({found.path})' if found.path else ''}: {found.message}"
            for found in self.violations
        ]
        worst = sum(found.severity == "Violation" for found in self.violations)
        summary = "keeps to the shapes" if self.conforms else f"breaks the shapes {_times(worst, 'time')}"
        warnings = len(self.violations) - worst
        note = f", with {_times(warnings, 'warning')}" if warnings else ""
        return "\n".join([*lines, f"The graph of {self.triples} triples {summary}{note}."]) + "\n"


def _times(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def check(graph: Graph) -> CheckReport:
    """Check a graph against the shapes."""
    return check_quads(graph.quads())


def check_quads(quads: Iterable[Quad]) -> CheckReport:
    """Check the union of these quads' graphs against the shapes."""
    data = _to_rdflib(quad.triple for quad in quads)
    _, results, _ = validate(data, shacl_graph=shapes(), inference="none", inplace=True, allow_warnings=True)
    if not isinstance(results, rdflib.Graph):
        raise TypeError(f"pySHACL gave no report but: {results}")
    found = (_violation(results, result, data) for result in results.objects(predicate=SH.result))
    return CheckReport(tuple(sorted(set(found))), len(data))


def _to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """Copy the triples, each term made once: rdflib's own parsers take several times as long."""
    graph = rdflib.Graph()
    known: dict[object, rdflib.term.Node] = {}

    def converted(term: object) -> rdflib.term.Node:
        node = known.get(term)
        if node is None:
            node = known[term] = _rdflib_term(term)
        return node

    for triple in triples:
        graph.add((converted(triple.subject), converted(triple.predicate), converted(triple.object)))
    return graph


def _rdflib_term(term: object) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        if term.language is not None:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    raise TypeError(f"stored data stays within RDF 1.1, which has no {type(term).__name__} as a term")


def _violation(results: rdflib.Graph, result: rdflib.term.Node, data: rdflib.Graph) -> Violation:
    def value(predicate: rdflib.URIRef) -> rdflib.term.Node | None:
        return results.value(result, predicate)

    focus = value(SH.focusNode)
    label = data.value(focus, RDFS.label) if focus is not None else None
    path = value(SH.resultPath)
    return Violation(
        severity=str(value(SH.resultSeverity) or SH.Violation).rpartition("#")[2],
        shape=_shape_name(value(SH.sourceShape)),
        subject=str(focus),
        label=str(label) if label is not None else _short(focus),
        path=_short(path) if isinstance(path, rdflib.URIRef) else "",
        message=str(value(SH.resultMessage) or "breaks a shape"),
    )


def _shape_name(shape: rdflib.term.Node | None) -> str:
    if isinstance(shape, rdflib.BNode):
        shape = next((owner for owner in shapes().subjects(SH.property, shape)), None)
    return "" if shape is None or isinstance(shape, rdflib.BNode) else str(shape).removeprefix(NAMESPACE_OF_SHAPES)


def _short(node: rdflib.term.Node | None) -> str:
    return shown(NamedNode(str(node)), PREFIXES) if isinstance(node, rdflib.URIRef) else str(node)
