"""The words of the RDF that ``kg`` writes: prefixes, IRIs of our data, and literals with their datatypes.

Every IRI and literal of a stored graph is made here, so that what is written and what is read back agree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from kg.errors import SourceError
from kg.ontology import NAMESPACE
from kg.vocabulary import ENTITY_CLASSES

BASE = "https://w3id.org/corporate-kg/id/"
"""Where the IRIs of documents, identities and deals begin."""

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "ckg": NAMESPACE,
        "company": f"{BASE}company/",
        "person": f"{BASE}person/",
        "product": f"{BASE}product/",
        "place": f"{BASE}place/",
        "organization": f"{BASE}organization/",
        "deal": f"{BASE}deal/",
        "state": f"{BASE}state/",
        "document": f"{BASE}document/",
        "graph": f"{BASE}graph/",
        "dcterms": "http://purl.org/dc/terms/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "time": "http://www.w3.org/2006/time#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefixes that every query knows without declaring them, and that exports use."""


def term(name: str) -> NamedNode:
    """Return the IRI of a prefixed name such as ``prov:wasQuotedFrom``."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


ENTITIES_GRAPH = term("graph:entities")
DEALS_GRAPH = term("graph:deals")
EDGES_GRAPH = term("graph:edges")
DERIVED_GRAPHS = (ENTITIES_GRAPH, DEALS_GRAPH, EDGES_GRAPH)
"""The graphs that consolidation makes from the claims of all documents."""

CLASSES: Mapping[str, NamedNode] = MappingProxyType({name: NamedNode(iri) for name, iri in ENTITY_CLASSES.items()})
TYPES: Mapping[NamedNode, str] = MappingProxyType({node: name for name, node in CLASSES.items()})

_XSD = PREFIXES["xsd"]
DECIMAL = NamedNode(f"{_XSD}decimal")
_DATES = (
    (re.compile(r"\d{4}", re.ASCII), NamedNode(f"{_XSD}gYear")),
    (re.compile(r"\d{4}-\d\d", re.ASCII), NamedNode(f"{_XSD}gYearMonth")),
    (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), NamedNode(f"{_XSD}date")),
)


def own(name: str) -> NamedNode:
    """Return the IRI of a term of our vocabulary: a fact type, role, status or property."""
    return NamedNode(NAMESPACE + name)


def document_iri(document_id: str) -> NamedNode:
    """Return the IRI of a document, which also names the graph of its claims."""
    return NamedNode(f"{BASE}document/{document_id}")


def document_id(iri: NamedNode) -> str | None:
    """Return the id of the document that an IRI names; ``None`` for the IRI of anything else."""
    head = f"{BASE}document/"
    value = iri.value
    return value[len(head) :] if value.startswith(head) and "#" not in value else None


def node(local: str) -> NamedNode:
    """Return the IRI of an identity (``company/saic-motor``), a deal (``deal/…``) or a state (``state/…``)."""
    return NamedNode(BASE + local)


def part(local: str) -> NamedNode:
    """Return the IRI of a part of a document from its id: ``DOCUMENT#e1`` or ``DOCUMENT#claim-1``."""
    return NamedNode(f"{BASE}document/{local}")


def local(iri: NamedNode, folder: str = "") -> str:
    """Return what follows our base (and a folder below it) in an IRI: the inverse of ``node`` and ``part``."""
    return iri.value.removeprefix(BASE + folder)


def own_name(iri: NamedNode) -> str:
    """Return the name of a term of our vocabulary: the inverse of ``own``."""
    return iri.value.removeprefix(NAMESPACE)


def text(value: str, source: str = "text") -> Literal:
    """Return a plain literal; raises ``SourceError`` for half characters (lone surrogates), which RDF cannot hold."""
    try:
        return Literal(value)
    except ValueError:
        raise SourceError(source, "its text is not valid Unicode (lone surrogates); save it as UTF-8") from None


def date(value: str) -> Literal:
    """Return an ISO 8601 date as precise as it is: year, month or day; anything else becomes a plain literal."""
    for pattern, datatype in _DATES:
        if pattern.fullmatch(value):
            return Literal(value, datatype=datatype)
    return text(value)


def decimal(value: Decimal | float) -> Literal:
    """Return an ``xsd:decimal`` in canonical form: every digit of the number, no exponent, no trailing zeros."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    lexical = f"{exact:f}" if exact else "0"
    return Literal(lexical.rstrip("0").rstrip(".") if "." in lexical else lexical, datatype=DECIMAL)
