"""Queries: what they see, what they may not do, and what they give back in every W3C format."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import ExportError, QueryError
from kg.store.embedded import EmbeddedStore
from kg.store.results import GRAPH_FORMATS, shown, value_of
from kg.store.terms import PREFIXES, term

ACME = NamedNode(f"{PREFIXES['company']}acme")
HOSTILE = "<b>\"Acme\" & 'sons'</b>\n,;\t"


@pytest.fixture
def store() -> EmbeddedStore:
    made = EmbeddedStore()
    made.change(
        insert=[
            Quad(ACME, term("rdfs:label"), Literal(HOSTILE), term("graph:entities")),
            Quad(ACME, term("ckg:stake"), Literal("0.5", datatype=term("xsd:decimal")), term("graph:deals")),
            Quad(ACME, term("schema:position"), Literal(3), term("document:d")),
        ]
    )
    return made


def parse_triples(data: bytes, format_: RdfFormat) -> list[Triple]:
    return [quad.triple for quad in parse(data, format=format_)]


def test_the_union_of_all_graphs_is_asked(store: EmbeddedStore) -> None:
    result = store.query("SELECT ?label ?stake ?n { ?c rdfs:label ?label ; ckg:stake ?stake ; schema:position ?n }")
    assert result.variables == ("label", "stake", "n")
    assert result.rows() == [{"label": HOSTILE, "stake": Decimal("0.5"), "n": 3}]
    assert list(result) == result.rows()
    assert len(result) == 1
    assert result.kind == "select"
    assert bool(result)


def test_graphs_can_be_named(store: EmbeddedStore) -> None:
    result = store.query("SELECT ?g { GRAPH ?g { ?c rdfs:label ?l } }")
    assert result.rows() == [{"g": PREFIXES["graph"] + "entities"}]


def test_ask(store: EmbeddedStore) -> None:
    yes, no = store.query("ASK { company:acme ?p ?o }"), store.query("ASK { company:other ?p ?o }")
    assert (yes.boolean, bool(yes), no.boolean, bool(no)) == (True, True, False, False)
    assert json.loads(yes.serialize("json"))["boolean"] is True
    assert b"true" in yes.serialize("xml")
    assert (yes.serialize("csv"), no.serialize("tsv")) == (b"true\n", b"false\n")
    assert (repr(yes), no._repr_html_(), yes.kind) == ("<QueryResult true>", "<p>false</p>", "ask")


def test_construct(store: EmbeddedStore) -> None:
    result = store.query("CONSTRUCT { ?c ?p ?o } WHERE { ?c ?p ?o }")
    assert result.kind == "graph"
    assert len(result) == len(result.triples or ()) == 3
    for name, format_ in GRAPH_FORMATS.items():
        assert set(parse_triples(result.serialize(name), format_)) == set(result.triples or ())
    assert b"company:acme" in result.serialize()
    assert "&lt;b&gt;" in result._repr_html_()
    with pytest.raises(ExportError, match="no format 'csv' for triples"):
        result.serialize("csv")


def test_describe(store: EmbeddedStore) -> None:
    assert len(store.query("DESCRIBE company:acme")) == 3


def test_w3c_formats_of_rows(store: EmbeddedStore) -> None:
    result = store.query("SELECT ?label ?nothing { ?c rdfs:label ?label }")
    bound = json.loads(result.serialize())["results"]["bindings"]
    assert bound == [{"label": {"type": "literal", "value": HOSTILE}}]
    assert result.serialize("csv").startswith(b"label,nothing\r\n")
    assert result.serialize("tsv").startswith(b"?label\t?nothing\n")
    assert b"<sparql" in result.serialize("xml")
    assert result.rows() == [{"label": HOSTILE, "nothing": None}]
    with pytest.raises(ExportError, match="no format 'pdf' for rows; choose one of json, xml, csv, tsv"):
        result.serialize("pdf")


def test_a_notebook_shows_hostile_words_escaped(store: EmbeddedStore) -> None:
    shown_html = store.query("SELECT ?c ?label { ?c rdfs:label ?label }")._repr_html_()
    assert "<b>" not in shown_html
    assert "<th>c</th>" in shown_html
    assert "<td>company:acme</td>" in shown_html


def test_rows_without_an_order_come_in_the_same_order_from_equal_stores() -> None:
    quads = [Quad(ACME, term("rdfs:label"), Literal(f"name {n}"), term(f"graph:g{n % 3}")) for n in range(40)]
    one, other = EmbeddedStore(), EmbeddedStore()
    for quad in quads:
        one.change(insert=[quad])
    other.change(insert=reversed(quads))
    for sparql in ("SELECT ?o ?none { ?s ?p ?o }", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
        assert one.query(sparql).serialize("csv") == other.query(sparql).serialize("csv")
    ordered = one.query("SELECT ?o { ?s ?p ?o } ORDER BY DESC(?o)").rows()
    assert ordered == sorted(ordered, key=lambda row: str(row["o"]), reverse=True)


def test_no_rows() -> None:
    result = EmbeddedStore().query("SELECT * { ?s ?p ?o }")
    assert (result.rows(), len(result), bool(result), repr(result)) == ([], 0, False, "<QueryResult of 0 rows>")


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELEC", "malformed at line 1, column 6, in 'SELEC'"),
        ("SELECT * WHERE {\n  ?x ?y }", "line 2, column"),
        ("", "malformed"),
        ("SELECT * { ?x foo:bar ?y }", "foo:bar.*prefix is unknown there: declare it with PREFIX"),
        ("INSERT DATA { <x:a> <x:b> 1 }", "INSERT would change the graph, and queries only read:"),
        ("drop all", "DROP would change"),
        ("LOAD <https://example.org/x.ttl>", "LOAD would change"),
        ("PREFIX x: <x:>\nDELETE WHERE { ?s ?p ?o }", "DELETE would change"),
        ("SELECT (<https://example.org/f>(1) AS ?x) {}", "cannot be answered: .*not supported"),
        ("SELECT * { SERVICE <http://192.0.2.1/sparql> { ?s ?p ?o } }", "asks another SERVICE \\(line 1\\)"),
        ("SELECT * {\n service silent ?where { ?s ?p ?o } }", "SERVICE \\(line 2\\)"),
        ("SELECT * {{SERVICE<http://192.0.2.1/>{}}}", "SERVICE"),
        ("SELECT * { BIND('a\\'b' AS ?x) SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ('SELECT * { BIND("""a"b\\"""" AS ?x) SERVICE <http://192.0.2.1/> {} }', "SERVICE"),
        ("SELECT * { FILTER(1 < 2 && 3 > 2) SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { ?s <http://x/\u00a0#> ?o . SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { ?s <http://x/\\u0041#> ?o . SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { ?s ckg:a\\#b ?o . SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { ?s ?p 1SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("PREFIX e: <http://192.0.2.1/> SELECT * { SERVICE e:x {} }", "SERVICE"),
        ("PREFIX : <http://192.0.2.1/> SELECT * { SERVICE:x{} }", "SERVICE"),
        ("SELECT * { SERVICESILENT <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { FILTER(1<2)#>\nSERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { # ' \n SERVICE <http://192.0.2.1/> {} }", "SERVICE"),
        ("SELECT * { ?s ?p ckg:a\\' . SERVICE <http://192.0.2.1/> {} . ?x ?y ckg:b\\' }", "SERVICE"),
    ],
)
def test_queries_that_are_refused(store: EmbeddedStore, sparql: str, says: str) -> None:
    before = store.dump()
    with pytest.raises(QueryError, match=says) as error:
        store.query(sparql)
    assert "\n" not in str(error.value)
    assert store.dump() == before


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s ckg:service ?o }",
        "SELECT * { ?s <https://example.org/SERVICE> ?o }",
        "SELECT * { ?s ?p 'SERVICE <http://192.0.2.1/>' }",
        'SELECT * { ?s ?p """x" SERVICE <http://192.0.2.1/> """ }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://192.0.2.1/> {}",
        "SELECT * { _:service ?p ckg:the-service }",
        "SELECT * { ?s ?p 'a'@service }",
    ],
)
def test_the_word_service_alone_is_harmless(store: EmbeddedStore, sparql: str) -> None:
    store.query(sparql)


def test_from_narrows_to_graphs_and_reads_no_file(store: EmbeddedStore) -> None:
    assert store.query("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }").rows() == []
    assert len(store.query("SELECT * FROM graph:deals { ?s ?p ?o }")) == 1
    assert len(store.query("SELECT * FROM NAMED graph:deals { GRAPH ?g { ?s ?p ?o } }")) == 1


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(text: str) -> None:
    store = EmbeddedStore()
    for sparql in (text, f"SELECT * {{ {text} }}", f"SELECT * {{ ?s ?p '{text}' }}"):
        with suppress(QueryError):
            store.query(sparql)


def test_terms_as_people_read_them() -> None:
    assert shown(ACME, PREFIXES) == "company:acme"
    assert shown(NamedNode("https://example.org/x"), PREFIXES) == "https://example.org/x"
    assert shown(None, PREFIXES) == ""
    assert shown(Literal("x", language="en"), PREFIXES) == "x"
    assert value_of(Literal(True)) is True
    assert value_of(Literal(1.5)) == 1.5
    assert value_of(Literal("oops", datatype=term("xsd:integer"))) == "oops"
    assert value_of(None) is None
