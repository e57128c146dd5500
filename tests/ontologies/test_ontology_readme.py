"""ontologies/README.md stays true: Turtle that conforms, queries that answer as printed, whole tables."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pyshacl
import pytest
from pyoxigraph import DefaultGraph, Literal, QuerySolutions, RdfFormat, Store
from rdflib import Graph

from kg import vocabulary as v

README = v.ontology_path("README.md").read_text(encoding="utf-8")
TURTLE = re.findall(r"```turtle\n(.*?)```", README, re.S)
QUERIES = re.findall(r"```sparql\n(.*?)```\n\n((?:\|[^\n]*\n)+)", README, re.S)
MARKS = {(1, 1): "", (1, None): "+", (2, None): "++", (0, 1): "?", (0, None): "*"}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines() if line]


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for block in TURTLE:
        store.load(block, format=RdfFormat.TURTLE, to_graph=DefaultGraph())
    return store


@pytest.mark.parametrize(("query", "table"), QUERIES)
def test_each_query_answers_as_printed(query: str, table: str, store: Store) -> None:
    head, _line, *expected = rows(table)
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    assert [variable.value for variable in found.variables] == head
    assert [[value.value for value in row if isinstance(value, Literal)] for row in found] == expected


def test_the_example_conforms_to_the_shapes() -> None:
    assert len(QUERIES) == 2
    graph = Graph()
    for block in TURTLE:
        graph.parse(data=block, format="turtle")
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=Graph().parse(v.ontology_path("shapes.ttl")))
    assert conforms, text


def test_the_quotes_stand_where_the_offsets_say(store: Store) -> None:
    (sentence,) = re.findall(r"^> (.*)$", README, re.M)
    query = "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?q ?s ?e WHERE { ?x oa:exact ?q ; oa:start ?s ; oa:end ?e }"
    quotes = [[value.value for value in row] for row in store.query(query)]
    assert len(quotes) == 3
    assert all(sentence[int(start) : int(end)] == quote for quote, start, end in quotes)


@pytest.mark.parametrize("name", v.FACT_TYPES)
def test_the_row_of_each_type_is_that_of_the_ontology(name: str) -> None:
    type_ = v.fact_type(name)
    roles = ", ".join(role.name + MARKS[role.least, role.most] for role in type_.roles.values())
    edges = ", ".join(f"`{rule.property}`" for rule in type_.edges)
    assert f"| {name} | {roles} | {edges} | {type_.definition} |" in README.splitlines()


def test_every_role_and_status_has_its_row() -> None:
    roles = {role for type_ in v.FACT_TYPES.values() for role in type_.roles}
    for term in sorted(roles) + list(v.STATUSES):
        assert re.search(rf"^\| `{term}` \| .+ \|$", README, re.M), term


def test_the_count_of_terms_is_right() -> None:
    terms = re.findall(r"^ckg:\w+ a ", v.ontology_path("corporate.ttl").read_text(encoding="utf-8"), re.M)
    assert f"\n{len(terms)} terms are our own." in README


def test_the_picture_stands_alone() -> None:
    assert "(overview.svg)" in README
    picture = v.ontology_path("overview.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(picture)
    assert "prefers-color-scheme: dark" in picture
    assert set(re.findall(r"https?://[^\"\s]+", picture)) == {"http://www.w3.org/2000/svg"}
