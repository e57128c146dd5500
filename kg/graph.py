"""``Graph``: the one object a Python user holds: documents in, deals with their proof out.

Claims are added a document at a time; deals and edges follow from them when something is asked. A graph lives in a
folder, or in memory when it has no path.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, overload

from pyoxigraph import Quad

from kg import lookup
from kg.listing import DealList, table
from kg.model import Claim, Deal, Document, Edge, Extraction, Identity
from kg.store.consolidation import Consolidation
from kg.store.embedded import EmbeddedStore
from kg.store.ledger import Ledger
from kg.store.reading import DocumentInfo, Quote, Reading
from kg.store.results import QueryResult
from kg.vocabulary import DEAL_TYPES, STATE_TYPES

if TYPE_CHECKING:
    import networkx

    from kg.building import BuildReport
    from kg.check import CheckReport
    from kg.views import Page


class Graph:
    """A knowledge graph of who does business with whom, with the words that say so.

    Make one with ``Graph.open`` or ``kg.build``. It is a context manager; leaving it closes the store.
    """

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store
        self._consolidation = Consolidation(store)
        self._ledger = Ledger(store, self._consolidation)
        self._read: Reading | None = None
        self.report: BuildReport | None = None
        """What the last ``kg.build`` did; ``None`` when the graph was not built but opened."""

    @classmethod
    def open(cls, path: str | Path | None = None, *, create: bool = False, writable: bool = False) -> Graph:
        """Open the graph in a folder, for reading; ``None`` makes an empty one in memory.

        ``writable`` allows changes and keeps other processes out; ``create`` does too, and makes a graph where there
        is none. A store that an interrupted run left half done is put right. Raises ``StoreError``.
        """
        if path is None:
            return cls(EmbeddedStore())
        graph = cls(EmbeddedStore(Path(path), writable=writable, create=create))
        if not graph._consolidation.is_due:
            return graph
        if graph.store.writable:
            graph.consolidate()
            return graph
        graph.store.close()
        with cls(EmbeddedStore(Path(path), writable=True)) as interrupted:
            interrupted.consolidate()
        return cls(EmbeddedStore(Path(path)))

    def close(self) -> None:
        """Let go of the store, once what was added is consolidated; closing twice does nothing."""
        if self.store.is_open and self.store.writable:
            self.consolidate()
        self._read = None
        self.store.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path | None:
        """The folder of the store; ``None`` in memory."""
        return self.store.path

    # ---------- what changes it ----------

    def add(self, extraction: Extraction) -> bool:
        """Store what was found in a document, in one transaction; returns whether anything changed.

        An earlier document of the same origin is replaced. Raises ``SourceError`` when the extraction does not fit its
        document, ``StoreError`` when the store cannot be written.
        """
        self._read = None
        return self._ledger.add(extraction)

    def keep(self, document: Document) -> bool:
        """Note that a document which the graph holds was read again from its origin; returns whether that is news.

        An earlier document of the same origin is dropped, as by ``add``. Raises ``UnknownNameError`` when the graph
        does not hold the document.
        """
        self._read = None
        return self._ledger.keep(document)

    def forget(self, source: str) -> list[str]:
        """Drop the documents of a source, each in one transaction, and return their ids.

        ``source`` is a document's origin (the path or URL that it was read from), source, URL or id. Raises
        ``UnknownNameError`` when no document has it.
        """
        found = lookup.documents(self._reading.documents, source)
        for info in found:
            self._ledger.drop(info.id)
        self.consolidate()
        return [info.id for info in found]

    def consolidate(self) -> bool:
        """Make deals and edges anew from all claims, in one transaction; returns whether anything was written.

        Whatever reads the graph does this first when it is due. Raises ``StoreError``.
        """
        if not self._consolidation.is_due:
            return False
        self._read = None
        changed = self._consolidation.run()
        self.store.flush()
        return changed

    # ---------- what it holds ----------

    @property
    def _reading(self) -> Reading:
        self.consolidate()
        if self._read is None:
            self._read = Reading(self.store)
        return self._read

    def knows(self, document: Document) -> bool:
        """Tell whether the graph has this document or an earlier one of the same origin, whoever extracted it."""
        return self._ledger.knows(document)

    def holds(self, document: Document, extractor: str) -> bool:
        """Tell whether the graph has this document, with the same metadata, as read by this extractor."""
        return self._ledger.holds(document, extractor)

    def quads(self) -> Iterator[Quad]:
        """Yield everything as quads; each triple stands in a named graph."""
        self.consolidate()
        return self.store.quads()

    def query(self, sparql: str) -> QueryResult:
        """Answer a SPARQL query over all that the graph holds; all prefixes are known. Raises ``QueryError``."""
        self.consolidate()
        return self.store.query(sparql)

    def documents(self) -> list[DocumentInfo]:
        """Return all documents, in the order of publication (undated first) and source."""
        return list(self._reading.documents)

    def extraction(self, document: str) -> Extraction:
        """Return what was found in a document, given its id; raises ``UnknownNameError`` for an unknown one."""
        return self._reading.extraction(document)

    def entities(self, type: str | None = None) -> list[Identity]:  # noqa: A002 - the word that identities use
        """Return all identities, or those of one type, in the order of their ids; raises ``VocabularyError``."""
        lookup.check_entity_type(type)
        return [identity for identity in self._reading.identities if type in (None, identity.type)]

    def companies(self) -> list[Identity]:
        """Return all companies, in the order of their ids."""
        return self.entities("Company")

    def identity(self, name: str, type: str | None = None) -> Identity:  # noqa: A002 - the word that identities use
        """Return the identity of this name: exact, then written differently, then as an alias; ids and IRIs work too.

        Of several, companies come before other types, then who takes part in more documents. Raises
        ``UnknownNameError`` that names close matches, ``VocabularyError`` for an unknown type.
        """
        return lookup.identity(self.entities(type), name)

    def deals(
        self,
        company: str | None = None,
        *,
        type: str | None = None,  # noqa: A002 - the word that deals use
        types: Iterable[str] | None = None,
        status: str | None = None,
    ) -> DealList:
        """Return deals: of one company or person, of some types, of a status; the latest news first.

        Without a type, these are the ten deal types; ``states`` has the rest. Raises ``UnknownNameError``,
        ``VocabularyError``.
        """
        wanted = lookup.fact_types(type, types, DEAL_TYPES)
        lookup.check_status(status)
        party = None if company is None else self.identity(company).id
        reading = self._reading
        found = (
            fact
            for fact in reading.facts
            if fact.type in wanted
            and status in (None, fact.status)
            and (party is None or any(party in fillers for fillers in fact.roles.values()))
        )
        return DealList(found, reading.names, reading.first_quote)

    def states(
        self,
        company: str | None = None,
        *,
        type: str | None = None,  # noqa: A002 - the word that deals use
        status: str | None = None,
    ) -> DealList:
        """Return standing states (who owns, leads, makes, competes with what), like ``deals``."""
        return self.deals(company, types=STATE_TYPES if type is None else (type,), status=status)

    def deal(self, deal_id: str) -> Deal:
        """Return the deal or state of this id (or IRI); raises ``UnknownNameError``."""
        return lookup.deal(self._reading.fact_by_id, deal_id)

    def edges(self) -> list[Edge]:
        """Return all edges with the deals that each follows from."""
        return list(self._reading.edges)

    def claims_of(self, deal: Deal | str) -> list[Claim]:
        """Return the claims that a deal or state was made from; raises ``UnknownNameError`` for an unknown id."""
        return self._reading.claims_of(self.deal(deal) if isinstance(deal, str) else deal)

    def quotes_of(self, deal: Deal | str) -> list[Quote]:
        """Return the words that prove a deal or state, and where they stand; raises ``UnknownNameError``."""
        return self._reading.quotes_of(self.deal(deal) if isinstance(deal, str) else deal)

    # ---------- doors to the floor above, imported when they are opened ----------

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return companies, people and the rest as nodes and deals as edges of a networkx graph."""
        from kg.analysis import to_networkx

        return to_networkx(self)

    @overload
    def render(self, path: None = None, *, title: str | None = None, company: str | None = None) -> Page: ...
    @overload
    def render(self, path: str | os.PathLike[str], *, title: str | None = None, company: str | None = None) -> None: ...
    def render(
        self, path: str | os.PathLike[str] | None = None, *, title: str | None = None, company: str | None = None
    ) -> Page | None:
        """Write one self-contained interactive HTML page, of everything or around one company.

        Without a path the page is returned instead, and a notebook shows it in place. Raises ``UnknownNameError``,
        ``ExportError``.
        """
        from kg.views import page

        drawn = page(self, title=title, company=company)
        if path is None:
            return drawn
        drawn.write(path)
        return None

    def write(
        self,
        path: str | Path | IO[bytes],
        format: str | None = None,  # noqa: A002 - the word that rdflib uses
        *,
        deals_only: bool = False,
    ) -> None:
        """Write the graph to a file, in the format of its suffix or the one given; raises ``ExportError``."""
        from kg.export import write

        write(self, path, format=format, deals_only=deals_only)

    def check(self) -> CheckReport:
        """Check the graph against the shapes of the ontology."""
        from kg.check import check

        return check(self)

    # ---------- how it shows itself ----------

    def __repr__(self) -> str:
        where = "in memory" if self.path is None else f"at {self.path}"
        return f"<Graph {where}, closed>" if not self.store.is_open else f"<Graph {where}>"

    def _repr_html_(self) -> str:
        reading = self._reading
        deals = sum(fact.type in DEAL_TYPES for fact in reading.facts)
        counts = {
            "documents": len(reading.documents),
            "companies": len(self.companies()),
            "other entities": len(reading.identities) - len(self.companies()),
            "deals": deals,
            "states": len(reading.facts) - deals,
        }
        return table(tuple(counts), [[str(count) for count in counts.values()]])
