"""Turtle and TriG hold exactly what was written, however hostile, and equal graphs give equal text."""

from __future__ import annotations

import io
import random

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from samples import sample_extractions

from kg.export.turtle import trig, turtle
from kg.store.claims import extraction_quads
from kg.store.terms import BASE, PREFIXES

SAMPLE = [quad for extraction in sample_extractions() for quad in extraction_quads(extraction)]


def _named(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None


heads = st.sampled_from([*PREFIXES.values(), BASE, f"{BASE}document/00ff", "http://a.example/?q=", "urn:x:"])
tails = st.text(max_size=12) | st.from_regex(r"[a-z0-9.#%/:;=,_~!$&'()*+@-]{0,12}", fullmatch=True)
iris = st.builds(lambda head, tail: _named(head + tail), heads, tails).filter(lambda iri: iri is not None)
datatypes = st.sampled_from([NamedNode(PREFIXES["xsd"] + name) for name in ("integer", "decimal", "gYear", "boolean")])
texts = st.text(st.characters(exclude_categories=["Cs"]))
literals = st.one_of(
    texts.map(Literal),
    st.builds(lambda value, tag: Literal(value, language=tag), texts, st.sampled_from(["en", "zh-hant", "de-at"])),
    st.builds(lambda value, kind: Literal(value, datatype=kind), texts | st.from_regex(r"-?\d*\.?\d*\Z"), datatypes),
)
triples = st.builds(Triple, iris, iris, iris | literals)


def _rdflib_triples(graph: rdflib.Graph) -> set[str]:
    return {f"{s.n3()} {p.n3()} {_rdflib_text(o)}" for s, p, o in graph}


def _rdflib_text(node: rdflib.term.Node) -> str:
    if isinstance(node, rdflib.Literal):
        return f"{str(node)!r} {node.language or node.datatype or PREFIXES['xsd'] + 'string'}"
    return f"<{node}>"


def _triple_text(triple: Triple) -> str:
    value = triple.object
    if isinstance(value, Literal):
        return f"{triple.subject} {triple.predicate} {value.value!r} {value.language or value.datatype.value}"
    return f"{triple.subject} {triple.predicate} {value}"


@settings(deadline=None)
@given(st.lists(triples, max_size=8))
@example([Triple(NamedNode(f"{BASE}company/"), NamedNode(f"{PREFIXES['ckg']}a.b."), Literal("\x00\r\n\"'''\\u0041"))])
@example([Triple(NamedNode(f"{BASE}company/søren-ª"), NamedNode(f"{PREFIXES['ckg']}%41"), Literal("\ufffe\u2028"))])
@example([Triple(NamedNode(f"{BASE}document/00ff#x/../y"), NamedNode("urn:x:"), NamedNode(f"{BASE}document/../z"))])
def test_any_triples_survive(triples: list[Triple]) -> None:
    text = "".join(turtle(triples))
    again = {quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)}
    assert again == set(triples)


@settings(deadline=None)
@given(st.lists(triples, max_size=5))
def test_rdflib_reads_the_same_triples(triples: list[Triple]) -> None:
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph = rdflib.Graph().parse(data="".join(turtle(triples)).encode(), format="turtle")
    finally:
        rdflib.NORMALIZE_LITERALS = True
    assert _rdflib_triples(graph) == {_triple_text(triple) for triple in triples}


@settings(deadline=None)
@given(st.lists(st.builds(Quad, iris, iris, iris | literals, iris | st.just(DefaultGraph())), max_size=8))
def test_any_quads_survive_trig(quads: list[Quad]) -> None:
    text = "".join(trig(quads))
    assert set(parse(text.encode(), RdfFormat.TRIG)) == set(quads)


def test_samples_survive_in_both_forms() -> None:
    triples = {quad.triple for quad in SAMPLE}
    text = "".join(turtle(triples))
    assert {quad.triple for quad in parse(text.encode(), RdfFormat.TURTLE)} == triples
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(triples)
    assert set(parse("".join(trig(SAMPLE)).encode(), RdfFormat.TRIG)) == set(SAMPLE)


def test_order_does_not_matter() -> None:
    shuffled = SAMPLE[:]
    random.Random(7).shuffle(shuffled)
    assert "".join(trig(shuffled)) == "".join(trig(SAMPLE))
    assert "".join(turtle(q.triple for q in shuffled + SAMPLE)) == "".join(turtle(q.triple for q in SAMPLE))


def test_readable_form() -> None:
    company, person, document = (NamedNode(BASE + local) for local in ("company/b", "person/a", "document/0f"))
    label, source = NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["dcterms"] + "source")
    a, quote = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["oa"] + "start")
    triples = [
        Triple(NamedNode(f"{document.value}#char=10,12"), quote, Literal(10)),
        Triple(NamedNode(f"{document.value}#claim-1"), quote, Literal("0.5", datatype=Literal(0.5).datatype)),
        Triple(document, source, Literal("a\n# b")),
        Triple(person, label, Literal("A")),
        Triple(company, NamedNode(PREFIXES["ckg"] + "owns"), NamedNode(BASE + "company/x10")),
        Triple(company, NamedNode(PREFIXES["ckg"] + "owns"), NamedNode(BASE + "company/x9")),
        Triple(company, a, NamedNode(PREFIXES["ckg"] + "Company")),
        Triple(NamedNode("urn:other"), label, Literal("x")),
    ]
    body = "".join(turtle(triples)).partition("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n")[2]
    assert body == (
        "\n# Companies\n\ncompany:b a ckg:Company ;\n    ckg:owns company:x9, company:x10 .\n"
        '\n# People\n\nperson:a rdfs:label "A" .\n'
        '\n# Document: a # b\n\n<document/0f> dcterms:source "a\\n# b" .\n'
        '\n<document/0f#claim-1> oa:start "0.5"^^xsd:double .\n'
        "\n<document/0f#char=10,12> oa:start 10 .\n"
        '\n# Other\n\n<urn:other> rdfs:label "x" .\n'
    )


def test_long_lists_stand_one_a_line() -> None:
    subject, predicate = NamedNode("urn:s"), NamedNode("urn:p")
    text = "".join(turtle(Triple(subject, predicate, Literal("x" * 50 + str(n))) for n in range(3)))
    assert text.endswith(f'<urn:p> "{"x" * 50}0",\n        "{"x" * 50}1",\n        "{"x" * 50}2" .\n')


def test_nothing_gives_only_the_prefixes() -> None:
    assert not list(parse(io.BytesIO("".join(turtle([])).encode()), RdfFormat.TURTLE))
    assert not list(parse("".join(trig([])).encode(), RdfFormat.TRIG))


def test_triples_about_triples_are_refused() -> None:
    inner = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("x"))
    with pytest.raises(TypeError, match=r"RDF 1\.1"):
        list(turtle([Triple(BlankNode("b"), NamedNode("urn:p"), inner)]))
