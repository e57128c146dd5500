"""The networkx graph → GraphML and GEXF, for Gephi, Cytoscape, yEd and the like.

Values are the same as in ``Graph.to_networkx``, except for characters that XML cannot hold: they become U+FFFD. Each
edge has an id of its own and names its deal in ``deal``; in GEXF, whose edges have a ``type`` of another meaning, the
type of fact is called ``fact_type``.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree

import networkx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.rdf import xml_text


def write_graph(graph: networkx.MultiDiGraph[str], format: str) -> Iterator[bytes]:  # noqa: A002 - as in Graph.write
    """Yield the graph in one of ``GRAPH_FORMATS``; equal graphs give equal bytes."""
    yield GRAPH_FORMATS[format](graph)


def _graphml(graph: networkx.MultiDiGraph[str]) -> bytes:
    buffer = io.BytesIO()
    networkx.write_graphml_xml(_copy(graph), buffer)
    return buffer.getvalue() + b"\n"


def _gexf(graph: networkx.MultiDiGraph[str]) -> bytes:
    copy = _copy(graph)
    for _, data in copy.nodes(data=True):
        data["label"] = data["name"]
    for _, _, key, data in copy.edges(keys=True, data=True):
        data["id"] = key
        data["fact_type"] = data.pop("type")
    writer = GEXFWriter(copy)
    for meta in writer.xml.iter("meta"):
        meta.attrib.clear()  # the day of writing: the same graph must give the same bytes
    writer.indent(writer.xml)
    written: bytes = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _copy(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Return the graph with texts that XML can hold, and edges whose keys are unique, as ids in XML must be."""
    copy: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        copy.add_node(node, **_legal(data))
    seen: Counter[str] = Counter()
    for source, target, deal, data in graph.edges(keys=True, data=True):
        seen[deal] += 1
        key = deal if seen[deal] == 1 else f"{deal}-{seen[deal]}"
        copy.add_edge(source, target, key, deal=deal, **_legal(data))
    return copy


def _legal(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()}


GRAPH_FORMATS: Final[Mapping[str, Callable[[networkx.MultiDiGraph[str]], bytes]]] = {
    "graphml": _graphml,
    "gexf": _gexf,
}
"""How each format of graph tools is written, by its suffix."""
