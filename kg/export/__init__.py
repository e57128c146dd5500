"""A graph → a file in one of nine formats: RDF, GraphML and GEXF for graph tools, CSV for spreadsheets.

TriG and N-Quads keep the named graphs and every quad. Turtle and the other formats of triples hold everything but the
articles' texts. The same graph always gives the same bytes, and a file is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from kg.errors import ExportError
from kg.export.files import write_whole
from kg.export.rdf import RDF_FORMATS, only_deals, write_rdf
from kg.vocabulary import DEAL_TYPES, STATE_TYPES

if TYPE_CHECKING:
    from kg.graph import Graph

FORMATS: Final = (*RDF_FORMATS, "graphml", "gexf", "csv")
"""The formats' names, which are also the suffixes that stand for them."""


def write(
    graph: Graph,
    target: str | Path | IO[bytes],
    *,
    format: str | None = None,  # noqa: A002 - the word that rdflib and pandas use
    deals_only: bool = False,
) -> None:
    """Write the graph to a file, or to a stream open for bytes, which needs ``format``.

    Without ``format`` the file's suffix tells it. ``deals_only`` keeps the deals with their histories, the entities
    that take part in them and their edges, and leaves out states, documents and claims. Raises ``ExportError`` for an
    unknown format or a file that cannot be written.
    """
    if isinstance(target, (str, Path)):
        path = Path(target)
        write_whole(path, exported(graph, _format(format or path.suffix, str(path)), deals_only=deals_only))
        return
    for piece in exported(graph, _format(format or "", "this stream"), deals_only=deals_only):
        target.write(piece)


def exported(graph: Graph, format: str, *, deals_only: bool = False) -> Iterator[bytes]:  # noqa: A002 - as in write
    """Yield the graph's bytes in one of ``FORMATS``."""
    if format in RDF_FORMATS:
        quads = graph.quads()
        return write_rdf(only_deals(quads) if deals_only else quads, format)
    if format == "csv":
        return _table(graph, deals_only)
    return _network(graph, format, deals_only)


def _format(name: str, target: str) -> str:
    wanted = name.lower().removeprefix(".")
    if wanted not in FORMATS:
        problem = f"has the unknown format {name!r}" if wanted else "needs a format"
        raise ExportError(f"{target} {problem}; choose one of {', '.join(FORMATS)}.")
    return wanted


def _table(graph: Graph, deals_only: bool) -> Iterator[bytes]:
    from kg.analysis import evidence
    from kg.export.tables import write_table

    facts = graph.deals(types=DEAL_TYPES if deals_only else (*DEAL_TYPES, *STATE_TYPES))
    names = {identity.id: identity.name for identity in graph.entities()}
    return write_table(facts, names, evidence(graph))


def _network(graph: Graph, format: str, deals_only: bool) -> Iterator[bytes]:  # noqa: A002 - as in write
    from kg.analysis import to_networkx
    from kg.export.graphs import write_graph

    network = to_networkx(graph)
    if deals_only:
        states = [edge for edge in network.edges(keys=True) if edge[2].startswith("state/")]
        network.remove_edges_from(states)
        network.remove_nodes_from([node for node, deals in network.nodes(data="deals") if not deals])
    return write_graph(network, format)
