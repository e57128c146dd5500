"""A store's consolidated content as Python data: documents, identities, deals, edges, claims and quotes.

A ``Reading`` remembers what it has read; it belongs to one state of the store, and a new one is made after each change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.errors import UnknownNameError
from kg.model import Claim, Deal, Edge, Evidence, Extraction, Identity
from kg.resolution.deals import edges
from kg.store import claims as words
from kg.store.derived import read_deals, read_identities
from kg.store.description import describe
from kg.store.embedded import EmbeddedStore
from kg.store.terms import DEALS_GRAPH, ENTITIES_GRAPH, document_id, document_iri

_REMEMBERED_DOCUMENTS = 500


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document that a graph holds, without its text; ``origins`` is every path or URL that it was read from."""

    id: str
    source: str
    origins: tuple[str, ...]
    title: str | None
    published: str | None
    url: str | None
    publisher: str | None
    author: str | None
    extractor: str
    entities: int
    claims: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document that state a deal, with the status that they give it; ``claim`` is the id of the claim."""

    claim: str
    document: str
    source: str
    title: str | None
    published: str | None
    status: str
    evidence: Evidence


class Reading:
    """What a store holds at one moment."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._extraction = lru_cache(maxsize=_REMEMBERED_DOCUMENTS)(self._read_extraction)

    @cached_property
    def documents(self) -> tuple[DocumentInfo, ...]:
        """All documents, in the order of publication date (undated first), source and id."""
        found = (self._document(i) for graph in self._store.graphs() if (i := document_id(graph)) is not None)
        return tuple(sorted(found, key=lambda info: (info.published or "", info.source, info.id)))

    @cached_property
    def document_by_id(self) -> Mapping[str, DocumentInfo]:
        """All documents by id."""
        return {info.id: info for info in self.documents}

    def _document(self, identifier: str) -> DocumentInfo:
        graph = document_iri(identifier)
        quads = (q for q in self._store.quads(graph, graph=graph) if q.predicate != words.BODY)
        node = describe(quads)[graph]
        return DocumentInfo(
            id=identifier,
            source=node.one(words.SOURCE),
            origins=tuple(sorted(node.values(words.ORIGIN))),
            published=node.maybe(words.PUBLISHED),
            extractor=node.one(words.EXTRACTOR),
            entities=sum(1 for _ in self._store.quads(None, words.ENTITY_TYPE, None, graph)),
            claims=sum(1 for _ in self._store.quads(None, words.CLAIM_TYPE, None, graph)),
            **{field: node.maybe(predicate) for field, predicate in words.METADATA.items()},
        )

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """All identities, in the order of their ids."""
        return tuple(read_identities(self._store.quads(graph=ENTITIES_GRAPH)))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each identity by its id."""
        return {identity.id: identity.name for identity in self.identities}

    @cached_property
    def facts(self) -> tuple[Deal, ...]:
        """All deals and states: those with the latest news first, undated ones last, then in the order of their ids."""
        found = read_deals(self._store.quads(graph=DEALS_GRAPH))
        return tuple(sorted(found, key=lambda fact: fact.history[-1].date or fact.date or "", reverse=True))

    @cached_property
    def fact_by_id(self) -> Mapping[str, Deal]:
        """All deals and states by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, with the deals that each follows from."""
        return edges(self.facts)

    def claims_of(self, fact: Deal) -> list[Claim]:
        """Return the claims that a deal or state was made from, with the words that state it."""
        return [self._claim(claim) for claim in fact.claims]

    def quotes_of(self, fact: Deal) -> list[Quote]:
        """Return the words that state a deal or state, in the order of its claims."""
        found = []
        for claim in self.claims_of(fact):
            info = self.document_by_id[claim.document]
            found += [
                Quote(claim.id, info.id, info.source, info.title, info.published, claim.fact.status, evidence)
                for evidence in claim.fact.evidence
            ]
        return found

    def first_quote(self, fact: Deal) -> str:
        """Return the first words that state a deal or state; nothing when there are none."""
        return next((quote.evidence.quote for quote in self.quotes_of(fact)), "")

    def _claim(self, claim: str) -> Claim:
        document, _, number = claim.rpartition("#claim-")
        extraction = self.extraction(document)
        fact = extraction.facts[int(number) - 1]
        roles = {
            role: tuple(dict.fromkeys(self._identity_of[f"{document}#{filler}"] for filler in fillers))
            for role, fillers in fact.roles.items()
        }
        return Claim(claim, document, fact, roles, extraction.document.published)

    @cached_property
    def _identity_of(self) -> Mapping[str, str]:
        return {member: identity.id for identity in self.identities for member in identity.members}

    def extraction(self, identifier: str) -> Extraction:
        """Return what was found in a document; raises ``UnknownNameError`` when the graph does not hold it."""
        return self._extraction(identifier)

    def _read_extraction(self, identifier: str) -> Extraction:
        graph = document_iri(identifier)
        if not self._store.holds(graph):
            raise UnknownNameError(f"The graph holds no document {identifier!r}; list them with: kg documents")
        return words.read_extraction(self._store.quads(graph=graph))
