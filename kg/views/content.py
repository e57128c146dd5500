"""A graph, or what it knows around one company, as the plain data that a view shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Claim, Deal, Identity
from kg.vocabulary import DEAL_TYPES, STATE_TYPES

if TYPE_CHECKING:
    from kg.graph import Graph


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document is from, as far as known: what stands under a quote."""

    id: str
    source: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class Content:
    """Identities, deals and states (``facts``), the claims of each by its id, and the documents that make them."""

    identities: tuple[Identity, ...]
    facts: tuple[Deal, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    sources: tuple[Source, ...]


def gather(graph: Graph, company: str | None = None) -> Content:
    """Return all that the graph holds, or the facts among a company and those it has facts with.

    Raises ``UnknownNameError`` when the graph holds no such company.
    """
    identities = tuple(sorted(graph.entities(), key=lambda identity: identity.id))
    facts = tuple(sorted(graph.deals(types=(*DEAL_TYPES, *STATE_TYPES)), key=lambda fact: fact.id))
    sources = {
        info.id: Source(info.id, info.source, info.title, info.published, info.url, info.publisher)
        for info in graph.documents()
    }
    if company is not None:
        identities, facts = around(graph.identity(company).id, identities, facts)
    claims = {fact.id: tuple(graph.claims_of(fact)) for fact in facts}
    used = {claim.document for group in claims.values() for claim in group}
    return Content(identities, facts, claims, tuple(sources[key] for key in sorted(used & sources.keys())))


def fillers(fact: Deal) -> tuple[str, ...]:
    """Return the ids of all who take part in a fact, each once, sorted."""
    return tuple(sorted({filler for group in fact.roles.values() for filler in group}))


def around(
    centre: str, identities: tuple[Identity, ...], facts: tuple[Deal, ...]
) -> tuple[tuple[Identity, ...], tuple[Deal, ...]]:
    """Return one identity with its partners in facts, and the facts that hold between these alone."""
    near = {centre}
    for fact in facts:
        if centre in (taking_part := fillers(fact)):
            near.update(taking_part)
    return (
        tuple(identity for identity in identities if identity.id in near),
        tuple(fact for fact in facts if near.issuperset(fillers(fact))),
    )
