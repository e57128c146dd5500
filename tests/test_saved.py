"""Saved queries: their files are in order, their parameters safe, their answers right on the samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal
from rdflib.plugins.sparql import prepareQuery
from samples import sample_graph

from kg.errors import KgError, QueryError, UnknownNameError
from kg.graph import Graph
from kg.parameters import PARAMETER_TYPES
from kg.saved import bound, read_query, run_saved, saved_queries, saved_query

ASKED_FOR = {
    "deals-of-company",
    "who-owns-whom",
    "unconfirmed-rumours",
    "joint-ventures-by-year",
    "partners-two-steps-away",
    "most-connected-companies",
    "deals-over-amount",
    "competitors-sharing-a-partner",
    "executives-of-company",
    "positions-of-person",
    "evidence-of-deal",
    "status-history-of-deal",
    "facts-of-document",
    "lawsuits-of-company",
    "newest-deals",
    "suppliers-and-customers",
}


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with sample_graph() as graph:
        yield graph


def test_every_query_is_there_in_alphabetical_order() -> None:
    assert set(saved_queries()) == ASKED_FOR
    assert list(saved_queries()) == sorted(ASKED_FOR)


@pytest.mark.parametrize("name", sorted(ASKED_FOR))
def test_files_are_in_order(name: str) -> None:
    query = saved_query(name)
    assert query.description.endswith(".")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert "ORDER BY" in query.sparql
    assert query.sparql == resources.files("kg").joinpath(f"queries/{name}.rq").read_text(encoding="utf-8")
    clauses = set(re.findall(r"VALUES \?given_(\w+) \{ UNDEF \}", query.sparql))
    assert clauses == {parameter.name for parameter in query.parameters}
    assert all(parameter.description for parameter in query.parameters)
    prepareQuery(query.sparql)  # another engine understands it, prefixes and all


def test_every_parameter_type_is_used_and_no_other() -> None:
    used = {parameter.type for query in saved_queries().values() for parameter in query.parameters}
    assert used == set(PARAMETER_TYPES)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("deals", {}, r"no saved query 'deals'; .*deals-of-company"),
        ("deals-of-compny", {"company": "x"}, "did you mean deals-of-company"),
        ("deals-of-company", {}, r"needs the parameter 'company'; it takes company \(company, required\), type"),
        ("deals-of-company", {"company": "  "}, "needs the parameter 'company'"),
        ("deals-of-company", {"company": "Norvik", "colour": "red"}, "no parameter 'colour'; it takes company"),
        ("most-connected-companies", {"company": "Norvik"}, "no parameter 'company'; it takes no parameters"),
        ("deals-of-company", {"company": "Norvik", "type": "Marriage"}, "'Marriage' is no type; choose one of Acqui"),
        ("deals-of-company", {"company": "Norvik", "status": "over"}, "'over' is no status; choose one of rumoured"),
        ("joint-ventures-by-year", {"year": "21"}, "'year' must be four digits"),
        ("deals-over-amount", {"amount": "lots"}, "'amount' must be a number"),
        ("deals-over-amount", {"amount": "NaN"}, "'amount' must be a number"),
        ("deals-over-amount", {"amount": "1e999999"}, "'amount' must be a number"),
        ("deals-over-amount", {"amount": "1", "currency": "dollars"}, "'currency' must be an ISO 4217 code"),
        ("newest-deals", {"since": "March"}, "'since' must be a year, month or day"),
        ("newest-deals", {"since": "2021-13"}, "'since' is no date of the calendar"),
    ],
)
def test_wrong_parameters_are_explained(graph: Graph, name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run_saved(graph, name, params)


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("deals-of-company", {"company": "Norvik Marin"}, "did you mean Norvik Marine"),
        ("positions-of-person", {"person": "Norvik Marine"}, "Norvik Marine"),
        ("evidence-of-deal", {"deal": "Norvik Marine and Zhōu: merger"}, "no deal.*did you mean deal/merger-norvik"),
        ("evidence-of-deal", {"deal": "?"}, "no deal.*see kg deals"),
        ("facts-of-document", {"document": "articles/lunch.html"}, r"no document.*did you mean articles/launch\.html"),
        ("facts-of-document", {"document": "?"}, "no document.*see kg documents"),
    ],
)
def test_unknown_names_are_explained(graph: Graph, name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        run_saved(graph, name, params)


def test_deals_and_documents_are_found_by_any_of_their_names(graph: Graph) -> None:
    deal = graph.deals(type="Merger")[0]
    ways = [deal.id, deal.id.partition("/")[2], deal.label, deal.label.upper(), f"deal:{deal.id.partition('/')[2]}"]
    query = saved_query("evidence-of-deal")
    assert len({bound(graph, query, {"deal": way}) for way in ways}) == 1
    document = next(info for info in graph.documents() if info.url)
    ways = [document.id, document.source, *document.origins, document.url, document.title]
    query = saved_query("facts-of-document")
    assert len({bound(graph, query, {"document": way or ""}) for way in ways}) == 1


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(ASKED_FOR)),
    st.text()
    | st.sampled_from(["} UNION { ?s ?p ?o", "Norvik Marine> . ?s ?p ?o", '" ) }', "1 } ?x ?y ?z {", "UNDEF", "$1"]),
)
def test_no_value_changes_a_query(graph: Graph, name: str, value: str) -> None:
    query = saved_query(name)
    try:
        sparql = bound(graph, query, {parameter.name: value for parameter in query.parameters})
    except KgError:
        return
    skeleton = re.sub(r"(VALUES \?given_\w+ \{) .* \}", r"\1 UNDEF }", sparql)
    assert skeleton == query.sparql


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "must begin with a comment"),
        ("# What\n# company: whose\n\nSELECT * {}", "must begin with a comment"),
        ("# What\n#\n# company (company, required): whose\n\nSELECT * {}", "no clause.*'company'"),
        ("# What\n#\n# a (colour, required): x\n\nSELECT * { VALUES ?given_a { UNDEF } }", "unknown type, for 'a'"),
    ],
)
def test_broken_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_query("mine", text)


def test_literal_parameters_are_terms(graph: Graph) -> None:
    sparql = bound(graph, saved_query("deals-over-amount"), {"amount": "1_000,000.5", "currency": "eur"})
    assert 'VALUES ?given_amount { "1000000.5"^^<http://www.w3.org/2001/XMLSchema#decimal> }' in sparql
    assert f"VALUES ?given_currency {{ {Literal('EUR')} }}" in sparql
