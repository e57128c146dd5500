"""Claims of the store → its three derived graphs, in one transaction that writes only what differs.

Adding or dropping a document takes a mark off the derived graphs in the same transaction; consolidating puts it back.
So a store whose writer was killed in between shows that its deals are out of date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Quad

from kg.model import Claim, Entity, Extraction, Fact
from kg.resolution.deals import consolidate, edges
from kg.resolution.identity import resolve
from kg.store import claims as words
from kg.store.derived import deal_quads, edge_quads, identity_quads
from kg.store.embedded import EmbeddedStore
from kg.store.terms import DEALS_GRAPH, DERIVED_GRAPHS, document_id, document_iri, term, text

_VERSION = "1"
"""Of the rules of resolution: a store consolidated by other rules is out of date."""

_MADE_BY: Final = term("schema:version")
MARK: Final = Quad(DEALS_GRAPH, _MADE_BY, text(_VERSION), DEALS_GRAPH)

_TOLD = (
    words.IDENTIFIER,
    words.PUBLISHED,
    words.ENTITY_TYPE,
    words.LABEL,
    words.ALIAS,
    words.CLAIM_TYPE,
    words.CLAIM_STATUS,
    words.CLAIM_STAKE,
    words.CLAIM_DATE,
    words.CLAIM_TITLE,
    words.CLAIM_AMOUNT,
    words.CONFIDENCE,
    words.PARTICIPATES,
    words.ROLE,
    words.POSITION,
    words.PARTICIPANT,
    words.VALUE,
    words.CURRENCY,
)
"""What consolidation reads of a document: all but its text, the words of mentions and evidence, and the support."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What one document tells, without the words that tell it."""

    published: str | None
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]


class Consolidation:
    """Keeps the derived graphs of a store true to its claims."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._told: dict[str, _Told] = {}

    @property
    def is_due(self) -> bool:
        """Whether the derived graphs may differ from what the claims tell."""
        return not self.is_marked and any(True for _ in self._store.quads())

    @property
    def is_marked(self) -> bool:
        """Whether the derived graphs carry the mark of having been made from these claims by these rules."""
        return any(True for _ in self._store.quads(DEALS_GRAPH, _MADE_BY, MARK.object, DEALS_GRAPH))

    def note(self, extraction: Extraction) -> None:
        """Remember what a document that was just added tells, so that it need not be read again."""
        self._told[extraction.document.id] = _Told(
            extraction.document.published,
            tuple(replace(entity, mentions=()) for entity in extraction.entities),
            tuple(replace(fact, evidence=(), support=()) for fact in extraction.facts),
        )

    def forget(self, document: str) -> None:
        """Forget what a document told."""
        self._told.pop(document, None)

    def run(self) -> bool:
        """Make the derived graphs anew from all claims; returns whether anything had to be written."""
        wanted = set(self._quads())
        stored = {quad for graph in DERIVED_GRAPHS for quad in self._store.quads(graph=graph)}
        if wanted == stored:
            return False
        self._store.change(remove=stored - wanted, insert=wanted - stored)
        return True

    def _quads(self) -> list[Quad]:
        documents = [found for graph in self._store.graphs() if (found := document_id(graph)) is not None]
        if not documents:
            return []
        told = {document: self._read(document) for document in documents}
        resolution = resolve((document, told[document].entities) for document in documents)
        claims = [
            Claim(
                id=f"{document}#claim-{number}",
                document=document,
                fact=fact,
                roles={
                    role: tuple(dict.fromkeys(resolution.identity_of(f"{document}#{filler}").id for filler in fillers))
                    for role, fillers in fact.roles.items()
                },
                published=told[document].published,
            )
            for document in documents
            for number, fact in enumerate(told[document].facts, start=1)
        ]
        deals = consolidate(claims, {identity.id: identity.name for identity in resolution.identities})
        return [*identity_quads(resolution.identities), *deal_quads(deals), *edge_quads(edges(deals)), MARK]

    def _read(self, document: str) -> _Told:
        if document not in self._told:
            graph = document_iri(document)
            quads = (quad for predicate in _TOLD for quad in self._store.quads(None, predicate, None, graph))
            self._told[document] = _Told(*words.read_told(quads))
        return self._told[document]
