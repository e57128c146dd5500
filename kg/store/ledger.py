"""Which documents a store holds: adds, replaces and drops their graphs, each change one transaction.

A document may have been read from several origins; a later reading of an origin replaces what was read there before,
unless the earlier document has another origin too. Each change takes the mark off the derived graphs.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.errors import UnknownNameError
from kg.model import Document, Extraction
from kg.store import claims as words
from kg.store.consolidation import MARK, Consolidation
from kg.store.embedded import EmbeddedStore
from kg.store.terms import document_id, document_iri, text


class Ledger:
    """The documents of a store."""

    def __init__(self, store: EmbeddedStore, consolidation: Consolidation) -> None:
        self._store = store
        self._consolidation = consolidation

    def knows(self, document: Document) -> bool:
        """Tell whether the store has this document or an earlier one of the same origin, whoever extracted it."""
        return self._store.holds(document_iri(document.id)) or bool(self._of_origin(document))

    def holds(self, document: Document, extractor: str) -> bool:
        """Tell whether the store has this document, with the same metadata, as read by this extractor."""
        graph = document_iri(document.id)
        if not self._store.holds(graph):
            return False
        told = {quad.predicate: quad.object for quad in self._store.quads(graph, graph=graph)}
        wanted = words.metadata(document, extractor)
        compared = {*wanted, *words.METADATA.values(), words.PUBLISHED}
        return all(told.get(predicate) == wanted.get(predicate) for predicate in compared)

    def add(self, extraction: Extraction) -> bool:
        """Store an extraction in place of what its origin held before; returns whether anything changed."""
        document = extraction.document
        graph = document_iri(document.id)
        wanted = words.extraction_quads(extraction)
        dropped, removed = self._replaced_by(document)
        if self._store.holds(graph):
            stored = set(self._store.quads(graph=graph))
            wanted = list({*wanted, *(quad for quad in stored if quad.predicate == words.ORIGIN)})
            if set(wanted) == stored and not dropped and not removed:
                return False
            dropped.append(graph)
        self._change(dropped, removed, wanted)
        self._consolidation.note(extraction)
        return True

    def keep(self, document: Document) -> bool:
        """Note that a document which the store holds was read again; returns whether its origin was new or changed."""
        graph = document_iri(document.id)
        if not self._store.holds(graph):
            raise UnknownNameError(f"The graph does not hold the document {document.source!r}; add it first.")
        origin = Quad(graph, words.ORIGIN, text(document.origin, document.source), graph)
        known = origin in self._of_origin(document)
        dropped, removed = self._replaced_by(document)
        if known and not dropped and not removed:
            return False
        self._change(dropped, removed, [origin])
        return True

    def drop(self, identifier: str) -> None:
        """Drop a document."""
        self._change([document_iri(identifier)], [], [])

    def _of_origin(self, document: Document) -> list[Quad]:
        return list(self._store.quads(None, words.ORIGIN, text(document.origin, document.source)))

    def _replaced_by(self, document: Document) -> tuple[list[NamedNode], list[Quad]]:
        """Return the graphs of older documents of this origin, and the origins to strike from those with others."""
        dropped: list[NamedNode] = []
        removed = []
        for quad in self._of_origin(document):
            graph = quad.graph_name
            if not isinstance(graph, NamedNode) or graph == document_iri(document.id):
                continue
            if sum(1 for _ in self._store.quads(graph, words.ORIGIN, None, graph)) > 1:
                removed.append(quad)
            else:
                dropped.append(graph)
        return dropped, removed

    def _change(self, drop: list[NamedNode], remove: list[Quad], insert: Iterable[Quad]) -> None:
        marked = [MARK] if self._consolidation.is_marked else []
        self._store.change(drop=drop, remove=[*remove, *marked], insert=insert)
        for graph in drop:
            self._consolidation.forget(document_id(graph) or "")
