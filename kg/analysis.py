"""A graph → a networkx graph, for analysis and for other tools' formats.

Its nodes are the companies, people, products, places and organizations; its edges the deals and states between them,
rumoured, terminated and denied ones too, so look at ``status`` before counting. Edges run as the edge rules of the
vocabulary do; what is mutual (partners, parties, competitors) is one edge, in alphabetical order of its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from kg.model import Deal, Support
from kg.store.support import read
from kg.store.terms import PREFIXES
from kg.vocabulary import DEAL_TYPES, FACT_TYPES, STATE_TYPES, EdgeRule

if TYPE_CHECKING:
    import networkx

    from kg.graph import Graph

_EVIDENCE = """
SELECT ?claim ?quote ?source WHERE {
  ?claim a ckg:Claim ; oa:hasSelector ?words ; prov:wasQuotedFrom ?document .
  ?words oa:exact ?quote ; oa:start ?start .
  ?document dcterms:source ?source .
} ORDER BY ?claim ?start
"""

_SUPPORT = "SELECT ?claim ?support WHERE { ?claim a ckg:Claim ; ckg:support ?support }"


@dataclass(frozen=True, slots=True)
class Proof:
    """The words of a claim, several passages joined by an ellipsis, and the source of its document."""

    quote: str
    source: str


def to_networkx(graph: Graph) -> networkx.MultiDiGraph[str]:
    """Return the graph as a networkx multigraph.

    A node's key is the identity's id (``company/saic-motor``); it has ``id``, ``name``, ``type`` and ``deals`` (how
    many it takes part in). An edge's key is the deal's id; it has ``type``, ``status``, ``roles``, ``label``,
    ``confidence``, ``quote``, ``source`` and, where known, ``date``, ``amount`` (a float), ``currency``, ``stake`` and
    ``title``.
    """
    import networkx  # lists of deals need the proofs alone, and not what takes longest to load

    facts = sorted(graph.deals(types=(*DEAL_TYPES, *STATE_TYPES)), key=lambda fact: fact.id)
    counts = _deals_of(facts)
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for identity in sorted(graph.entities(), key=lambda identity: identity.id):
        found.add_node(
            identity.id, id=identity.id, name=identity.name, type=identity.type, deals=counts.get(identity.id, 0)
        )
    proofs = evidence(graph)
    for fact in facts:
        attributes = _attributes(fact, proof_of(fact, proofs))
        for source, target, roles in _pairs(fact):
            if found.has_edge(source, target, fact.id):
                roles = f"{found.edges[source, target, fact.id]['roles']}; {roles}"
            found.add_edge(source, target, fact.id, **{**attributes, "roles": roles})
    return found


def evidence(graph: Graph) -> Mapping[str, Proof]:
    """Return the words that state each claim, by the claim's id."""
    proofs: dict[str, Proof] = {}
    for row in graph.query(_EVIDENCE):
        claim = row["claim"].removeprefix(PREFIXES["document"])
        known = proofs.get(claim)
        proofs[claim] = Proof(row["quote"] if known is None else f"{known.quote} … {row['quote']}", row["source"])
    return proofs


def supports(graph: Graph) -> Mapping[str, tuple[Support, ...]]:
    """Return what explains the confidence of each claim, by the claim's id, in the order of its text."""
    found: dict[str, list[Support]] = {}
    for row in graph.query(_SUPPORT):
        found.setdefault(row["claim"].removeprefix(PREFIXES["document"]), []).append(read(row["support"]))
    return {claim: tuple(sorted(support)) for claim, support in found.items()}


def proof_of(fact: Deal, proofs: Mapping[str, Proof]) -> Proof:
    """Return the words that best state a deal: those of the first claim of its latest status that has any."""
    claims = (*(fact.history[-1].claims if fact.history else ()), *fact.claims)
    return next((proofs[claim] for claim in claims if claim in proofs), Proof("", ""))


def _deals_of(facts: list[Deal]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for fact in facts:
        if FACT_TYPES[fact.type].is_deal:
            for party in {party for parties in fact.roles.values() for party in parties}:
                counts[party] = counts.get(party, 0) + 1
    return counts


def _pairs(fact: Deal) -> Iterator[tuple[str, str, str]]:
    for rule in FACT_TYPES[fact.type].edges:
        subjects, objects = fact.roles.get(rule.subject_role, ()), fact.roles.get(rule.object_role, ())
        for source, target in product(sorted(subjects), sorted(objects)):
            if source != target and not (rule.symmetric and source > target):
                yield source, target, _roles(rule)


def _roles(rule: EdgeRule) -> str:
    return f"{rule.subject_role} {'–' if rule.symmetric else '→'} {rule.object_role}"


def _attributes(fact: Deal, proof: Proof) -> dict[str, Any]:
    values = {
        "type": fact.type,
        "status": fact.status,
        "label": fact.label,
        "date": fact.date,
        "amount": None if fact.amount is None else float(fact.amount.value),
        "currency": None if fact.amount is None else fact.amount.currency,
        "stake": fact.stake,
        "title": fact.title,
        "confidence": fact.confidence,
        "quote": proof.quote,
        "source": proof.source,
    }
    return {name: value for name, value in values.items() if value is not None}
