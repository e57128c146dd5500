"""Every format holds what it promises, reads back in the tools that it is for, and is the same bytes each time."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from samples import sample_extractions, sample_graph

from kg.check import check_quads
from kg.errors import ExportError
from kg.export import FORMATS, exported, write
from kg.export.rdf import ARTICLE_BODY, triples_of, write_rdf
from kg.graph import Graph
from kg.model import Extraction
from kg.store.terms import BASE, DEALS_GRAPH, own, term
from kg.vocabulary import DEAL_TYPES

NORVIK = "company/norvik-marine"


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with sample_graph() as graph:
        yield graph


def _bytes(graph: Graph, format_: str, *, deals_only: bool = False) -> bytes:
    return b"".join(exported(graph, format_, deals_only=deals_only))


def _quoted(graph: Graph) -> set[str]:
    return {quad.object.value for quad in graph.quads() if quad.predicate == term("oa:exact")}


@pytest.mark.parametrize("format_", FORMATS)
def test_equal_graphs_give_equal_bytes(graph: Graph, format_: str) -> None:
    with Graph.open() as other:
        for extraction in reversed(sample_extractions()):
            other.add(extraction)
        for deals_only in (False, True):
            assert _bytes(graph, format_, deals_only=deals_only) == _bytes(other, format_, deals_only=deals_only)


@pytest.mark.parametrize(("format_", "syntax"), [("trig", RdfFormat.TRIG), ("nq", RdfFormat.N_QUADS)])
def test_formats_of_quads_keep_everything(graph: Graph, format_: str, syntax: RdfFormat) -> None:
    assert set(parse(_bytes(graph, format_), syntax)) == set(graph.quads())


@pytest.mark.parametrize(
    ("format_", "syntax"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES), ("jsonld", RdfFormat.JSON_LD)]
)
def test_formats_of_triples_keep_all_but_the_texts(graph: Graph, format_: str, syntax: RdfFormat) -> None:
    found = {quad.triple for quad in parse(_bytes(graph, format_), syntax)}
    assert found == {quad.triple for quad in graph.quads() if quad.predicate != ARTICLE_BODY}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD reader uses it
@pytest.mark.parametrize(
    ("format_", "syntax"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdf", "xml")]
)
def test_rdflib_reads_every_quote(graph: Graph, format_: str, syntax: str) -> None:
    read = rdflib.Graph().parse(data=_bytes(graph, format_), format=syntax)
    assert len(read) == len(triples_of(graph.quads()))
    exact = rdflib.URIRef(term("oa:exact").value)
    assert {str(value) for value in read.objects(predicate=exact)} == _quoted(graph)


def test_a_claim_is_whole_in_turtle(graph: Graph) -> None:
    read = rdflib.Graph().parse(data=_bytes(graph, "ttl"), format="turtle")
    answer = read.query(
        """
        PREFIX ckg: <https://w3id.org/corporate-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX schema: <https://schema.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?quote ?start ?source ?date ?publisher WHERE {
          ?deal a ckg:JointVenture ; rdfs:label ?label ; prov:wasDerivedFrom ?claim .
          ?claim ckg:claimStatus ckg:announced ; oa:hasSelector [ oa:exact ?quote ; oa:start ?start ] ;
            prov:wasQuotedFrom ?document .
          ?document dcterms:source ?source ; schema:datePublished ?date ; schema:publisher ?publisher .
        } ORDER BY ?start"""
    )
    rows = [tuple(str(value) for value in row) for row in answer]
    source = "https://news.example/2021/ferries?id=1&lang=en"
    assert rows[0] == (
        "Norvik and Talbria to build electric ferries",
        "0",
        source,
        "2021-03-04",
        "The Example Gazette",
    )
    assert rows[1][1] == "46"


def test_turtle_begins_with_the_companies(graph: Graph) -> None:
    text = _bytes(graph, "ttl").decode()
    headings = [line for line in text.splitlines() if line.startswith("# ")]
    assert headings[:7] == [
        "# Companies",
        "# People",
        "# Organizations",
        "# Products",
        "# Places",
        "# Deals",
        "# States",
    ]
    assert '\ncompany:norvik-marine a ckg:Company ;\n    rdfs:label "Norvik Marine" ;\n' in text
    assert "ckg:jointVentureWith company:talbria-energy" in text


@pytest.mark.parametrize("deals_only", [False, True])
def test_turtle_keeps_to_the_shapes(graph: Graph, deals_only: bool) -> None:
    report = check_quads(parse(_bytes(graph, "ttl", deals_only=deals_only), RdfFormat.TURTLE))
    assert report.conforms, report.text()


def test_json_ld_names_no_context(graph: Graph) -> None:
    nodes = json.loads(_bytes(graph, "jsonld"))
    assert isinstance(nodes, list)
    assert not any("@context" in node for node in nodes)


def test_deals_only_keeps_deals_their_parties_and_their_edges(graph: Graph) -> None:
    quads = set(parse(_bytes(graph, "nq", deals_only=True), RdfFormat.N_QUADS))
    assert quads < set(graph.quads())
    subjects = {quad.subject.value.removeprefix(BASE) for quad in quads if isinstance(quad.subject, NamedNode)}
    assert {deal.id for deal in graph.deals()} <= subjects
    assert not any(subject.startswith(("state/", "document/", "graph/", "person/")) for subject in subjects)
    assert NORVIK in subjects
    predicates = {quad.predicate for quad in quads}
    assert {own("jointVentureWith"), own("mergedWithReported"), own("history")} <= predicates
    assert not {own("owns"), own("competesWith"), own("identity"), own("participation")} & predicates


def test_rdf_xml_holds_characters_that_xml_forbids() -> None:
    deal = NamedNode(BASE + "deal/x")
    quads = [
        Quad(deal, term("rdfs:label"), Literal("a\x00b\r\n\t<&>\ufffe"), DEALS_GRAPH),
        Quad(deal, term("rdfs:comment"), Literal("\x0bc", language="en"), DEALS_GRAPH),
    ]
    read = rdflib.Graph().parse(data=b"".join(write_rdf(quads, "rdf")), format="xml")
    assert {str(value) for value in read.objects()} == {"a\ufffdb\r\n\t<&>\ufffd", "\ufffdc"}


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_networkx_reads_its_formats(graph: Graph, format_: str) -> None:
    data = io.BytesIO(_bytes(graph, format_))
    network = graph.to_networkx()
    if format_ == "graphml":
        read, kind = networkx.read_graphml(data, force_multigraph=True), "type"
    else:
        read, kind = networkx.read_gexf(data), "fact_type"
    assert set(read) == set(network)
    assert read.nodes[NORVIK]["name"] == "Norvik Marine"
    assert read.nodes[NORVIK]["deals"] == 4
    found = {(a, b, edge["deal"], edge[kind], edge["status"], edge["quote"]) for a, b, edge in read.edges(data=True)}
    assert found == {
        (a, b, k, e["type"], e["status"], e["quote"]) for a, b, k, e in network.edges(keys=True, data=True)
    }
    assert len(found) == len(read.edges)


@pytest.mark.parametrize(("format_", "path"), [("graphml", "key"), ("graphml", "edge"), ("gexf", "edge")])
def test_ids_in_xml_are_unique(graph: Graph, format_: str, path: str) -> None:
    elements = ElementTree.fromstring(_bytes(graph, format_)).iterfind(f".//{{*}}{path}")
    ids = [element.attrib["id"] for element in elements]
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_graph_formats_with_deals_only_have_no_states(graph: Graph, format_: str) -> None:
    data = _bytes(graph, format_, deals_only=True)
    assert b"state/" not in data
    assert b"place/norwegian" not in data
    assert b"deal/" in data


def test_csv_has_a_row_a_deal(graph: Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(_bytes(graph, "csv").decode(), newline="")))
    assert [row["id"] for row in rows] == sorted(fact.id for fact in [*graph.deals(), *graph.states()])
    venture = next(row for row in rows if row["type"] == "JointVenture")
    assert venture == {
        "id": venture["id"],
        "type": "JointVenture",
        "label": "Norvik Marine and Talbria Energy → Fjordlink: joint venture",
        "status": "in_effect",
        "date": "2021-03-04",
        "amount": "500000000",
        "currency": "EUR",
        "stake": "0.5",
        "title": "",
        "parties": "partner=Norvik Marine; partner=Talbria Energy; vehicle=Fjordlink",
        "confidence": "0.93",
        "documents": "articles/launch.html; https://news.example/2021/ferries?id=1&lang=en",
        "quote": "Fjordlink, the joint venture of Norvik Marine and Talbria Energy, began operating on 10 June 2021.",
    }
    only = csv.DictReader(io.StringIO(_bytes(graph, "csv", deals_only=True).decode(), newline=""))
    assert {row["type"] for row in only} <= set(DEAL_TYPES)


def test_csv_holds_no_formula(graph: Graph) -> None:
    rows = list(csv.reader(io.StringIO(_bytes(graph, "csv").decode(), newline="")))
    assert any(cell.startswith("'= Pelagia Capital may invest") for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows for cell in row)


def _with_control_characters(extraction: Extraction) -> Extraction:
    """Put characters into the text, without moving anything, that XML cannot hold."""

    def changed(text: str) -> str:
        return text.replace(" ", "\x0b")

    facts = tuple(
        dataclasses.replace(fact, evidence=tuple(dataclasses.replace(e, quote=changed(e.quote)) for e in fact.evidence))
        for fact in extraction.facts
    )
    entities = tuple(dataclasses.replace(entity, mentions=()) for entity in extraction.entities)
    document = dataclasses.replace(extraction.document, text=changed(extraction.document.text))
    return dataclasses.replace(extraction, document=document, entities=entities, facts=facts)


def test_control_characters_reach_every_format_and_break_none() -> None:
    with Graph.open() as graph:
        graph.add(_with_control_characters(sample_extractions()[0]))
        networkx.read_graphml(io.BytesIO(_bytes(graph, "graphml")))
        networkx.read_gexf(io.BytesIO(_bytes(graph, "gexf")))
        rdflib.Graph().parse(data=_bytes(graph, "rdf"), format="xml")
        assert "\\u000B" in _bytes(graph, "ttl").decode()


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_graph_can_be_written(tmp_path: Path, format_: str) -> None:
    with Graph.open() as graph:
        graph.write(tmp_path / f"empty.{format_}")
    assert (tmp_path / f"empty.{format_}").stat().st_size > 0 or format_ in ("nt", "nq")


@pytest.mark.parametrize("format_", FORMATS)
def test_suffix_format_and_stream_agree(graph: Graph, tmp_path: Path, format_: str) -> None:
    graph.write(tmp_path / f"a.{format_.upper()}")
    graph.write(str(tmp_path / "b"), format_)
    stream = io.BytesIO()
    graph.write(stream, format_)
    assert (tmp_path / f"a.{format_.upper()}").read_bytes() == (tmp_path / "b").read_bytes() == stream.getvalue()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.{format_.upper()}", "b"]


@pytest.mark.parametrize(
    ("name", "format_", "message"),
    [
        ("a.docx", None, r"a\.docx has the unknown format '\.docx'; choose one of ttl, trig, nt, nq, jsonld, rdf"),
        ("a", None, "a needs a format; choose one of .*graphml, gexf, csv"),
        ("a.ttl", "excel", "unknown format 'excel'"),
        ("no/such/folder/a.ttl", None, "cannot be written .*No such file"),
    ],
)
def test_what_cannot_be_written_is_explained(
    graph: Graph, tmp_path: Path, name: str, format_: str | None, message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        write(graph, tmp_path / name, format=format_)
    assert not list(tmp_path.iterdir())


def test_a_stream_needs_a_format(graph: Graph) -> None:
    with pytest.raises(ExportError, match="this stream needs a format"):
        write(graph, io.BytesIO())
