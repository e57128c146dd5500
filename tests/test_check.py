"""The check finds what breaks the shapes, says where, and finds nothing in what kg itself stores."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from samples import sample_graph

from kg.check import CheckReport, Violation, check, check_quads
from kg.graph import Graph
from kg.store.terms import DEALS_GRAPH, PREFIXES, own, term

STATUS, CONFIDENCE, LABEL = own("status"), own("confidence"), term("rdfs:label")


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    with sample_graph() as graph:
        return list(graph.quads())


def test_what_kg_stores_keeps_to_the_shapes() -> None:
    with sample_graph() as graph:
        report = check(graph)
    assert report.conforms, report.text()
    assert report.violations == ()
    assert report.text() == f"The graph of {report.triples} triples keeps to the shapes.\n"


def test_an_empty_graph_keeps_to_the_shapes() -> None:
    with Graph.open() as graph:
        assert graph.check().conforms


def _without(predicate: NamedNode) -> Callable[[Quad], Quad | None]:
    return lambda quad: None if quad.predicate == predicate else quad


def _with(predicate: NamedNode, value: Literal | NamedNode) -> Callable[[Quad], Quad | None]:
    def changed(quad: Quad) -> Quad | None:
        if quad.predicate != predicate or quad.graph_name != DEALS_GRAPH:
            return quad
        return Quad(quad.subject, predicate, value, quad.graph_name)

    return changed


@pytest.mark.parametrize(
    ("change", "shape", "path"),
    [
        (_without(term("oa:exact")), "Selector-exact", "oa:exact"),
        (_without(term("prov:wasQuotedFrom")), "Claim-wasQuotedFrom", "prov:wasQuotedFrom"),
        (_without(own("claimType")), "Claim-claimType", "ckg:claimType"),
        (_without(term("schema:currency")), "Money-currency", "schema:currency"),
    ],
)
def test_what_is_broken_is_named(
    quads: list[Quad], change: Callable[[Quad], Quad | None], shape: str, path: str
) -> None:
    report = check_quads(changed for quad in quads if (changed := change(quad)) is not None)
    assert not report.conforms
    assert (shape, path) in {(found.shape, found.path) for found in report.violations}
    assert f"({path})" in report.text()
    assert report.text().endswith((" time.\n", " times.\n"))


def test_a_violation_names_the_deal_by_its_label(quads: list[Quad]) -> None:
    changed = (_with(STATUS, own("unheard-of"))(quad) for quad in quads)
    report = check_quads(quad for quad in changed if quad is not None)
    labels = {quad.object.value for quad in quads if quad.predicate == LABEL and quad.graph_name == DEALS_GRAPH}
    assert {found.label for found in report.violations if found.path == "ckg:status"} == labels
    assert list(report.violations) == sorted(report.violations)


def test_a_node_without_a_label_is_named_by_its_short_iri(quads: list[Quad]) -> None:
    changed = (_with(CONFIDENCE, Literal("high"))(quad) for quad in quads if quad.predicate != LABEL)
    report = check_quads(quad for quad in changed if quad is not None)
    named = {found.label for found in report.violations if found.path == "ckg:confidence"}
    assert named
    assert all(name.startswith(("deal:", "state:")) for name in named)


def test_a_warning_alone_conforms() -> None:
    company = NamedNode(PREFIXES["company"] + "a")
    facts = [(term("rdf:type"), own("Company")), (LABEL, Literal("A")), (term("skos:altLabel"), Literal("A"))]
    report = check_quads(Quad(company, predicate, value, DEALS_GRAPH) for predicate, value in facts)
    assert report.conforms
    assert [found.severity for found in report.violations] == ["Warning"]
    assert "with 1 warning" in report.text()


def test_report_of_findings() -> None:
    found = (
        Violation("Violation", "S", "urn:x", "X", "", "Broken."),
        Violation("Warning", "S", "urn:x", "X", "p", "Odd."),
    )
    assert CheckReport(found, 5).text() == (
        "violation: X: Broken.\nwarning: X (p): Odd.\n"
        "The graph of 5 triples breaks the shapes 1 time, with 1 warning.\n"
    )
