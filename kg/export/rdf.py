"""The graph's quads → the RDF formats.

TriG and N-Quads hold every quad with its named graph, the articles' texts included. The formats of triples (Turtle,
N-Triples, JSON-LD, RDF/XML) hold the union of all graphs without ``schema:articleBody``: the text belongs to its
publisher, and every quote with its offsets is there. JSON-LD is written expanded, so no context is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.export.turtle import trig, turtle
from kg.store.terms import BASE, DEALS_GRAPH, EDGES_GRAPH, ENTITIES_GRAPH, PREFIXES, own, term
from kg.vocabulary import DEAL_TYPES, FACT_TYPES

ARTICLE_BODY: Final = term("schema:articleBody")
_DEAL_HEAD: Final = f"{BASE}deal/"
_DEAL_EDGES: Final = frozenset(
    own(name)
    for kind in DEAL_TYPES
    for rule in FACT_TYPES[kind].edges
    for name in (rule.property, rule.reported)
    if name
)
_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def only_deals(quads: Iterable[Quad]) -> list[Quad]:
    """Keep the deals (with their amounts and histories), the entities that take part in them, and their edges.

    States, documents and claims go; a deal's ``prov:wasDerivedFrom`` still names its claims, so that the whole export
    can be joined to this one.
    """
    quads = list(quads)
    deals = [quad for quad in quads if quad.graph_name == DEALS_GRAPH and _is_deal(quad.subject)]
    edges = [quad for quad in quads if quad.graph_name == EDGES_GRAPH and quad.predicate in _DEAL_EDGES]
    parties = {quad.object for quad in deals} | {node for quad in edges for node in (quad.subject, quad.object)}
    entities = [quad for quad in quads if quad.graph_name == ENTITIES_GRAPH and quad.subject in parties]
    return [*entities, *deals, *edges]


def triples_of(quads: Iterable[Quad]) -> set[Triple]:
    """Return the triples of all graphs together, without the articles' texts."""
    return {quad.triple for quad in quads if quad.predicate != ARTICLE_BODY}


def xml_text(text: str) -> str:
    """Return the text with each character that XML 1.0 cannot hold replaced by U+FFFD."""
    return _ILLEGAL_IN_XML.sub("\ufffd", text)


def write_rdf(quads: Iterable[Quad], format: str) -> Iterator[bytes]:  # noqa: A002 - the word of Graph.write
    """Yield the quads in one of ``RDF_FORMATS``; equal graphs give equal bytes."""
    return RDF_FORMATS[format](quads)


def _turtle(quads: Iterable[Quad]) -> Iterator[bytes]:
    return (piece.encode() for piece in turtle(triples_of(quads)))


def _trig(quads: Iterable[Quad]) -> Iterator[bytes]:
    return (piece.encode() for piece in trig(quads))


def _lines(statements: Iterable[Triple | Quad]) -> Iterator[bytes]:
    return (f"{line} .\n".encode() for line in sorted(map(str, statements)))


def _json_ld(quads: Iterable[Quad]) -> Iterator[bytes]:
    yield serialize(sorted(triples_of(quads), key=str), format=RdfFormat.JSON_LD) or b""
    yield b"\n"


def _rdf_xml(quads: Iterable[Quad]) -> Iterator[bytes]:
    triples = sorted((_legal_in_xml(triple) for triple in triples_of(quads)), key=str)
    written = serialize(triples, format=RdfFormat.RDF_XML, prefixes=dict(PREFIXES)) or b""
    # A parser reads a bare carriage return as a line feed, so it is written as a reference.
    yield written.replace(b"\r", b"&#13;")
    yield b"\n"


def _legal_in_xml(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or not _ILLEGAL_IN_XML.search(value.value):
        return triple
    if value.language is not None:
        legal = Literal(xml_text(value.value), language=value.language)
    else:
        legal = Literal(xml_text(value.value), datatype=value.datatype)
    return Triple(triple.subject, triple.predicate, legal)


def _is_deal(subject: object) -> bool:
    return isinstance(subject, NamedNode) and subject.value.startswith(_DEAL_HEAD)


RDF_FORMATS: Final[Mapping[str, Callable[[Iterable[Quad]], Iterator[bytes]]]] = {
    "ttl": _turtle,
    "trig": _trig,
    "nt": lambda quads: _lines(triples_of(quads)),
    "nq": lambda quads: _lines(set(quads)),
    "jsonld": _json_ld,
    "rdf": _rdf_xml,
}
"""How each RDF format is written, by its suffix."""
