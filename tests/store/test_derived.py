"""Identities, deals and edges come back from their quads equal."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import Said, Told
from samples import sample_graph

from kg.errors import StoreError
from kg.graph import Graph
from kg.resolution.deals import edges
from kg.store.derived import deal_quads, edge_quads, identity_quads, read_deals, read_identities
from kg.store.terms import EDGES_GRAPH, own, term
from kg.vocabulary import FACT_TYPES


def test_deals_come_back() -> None:
    with sample_graph() as graph:
        facts = sorted(graph.deals(types=FACT_TYPES), key=lambda fact: fact.id)
    quads = deal_quads(facts)
    random.Random(1).shuffle(quads)
    assert read_deals(quads) == facts


def test_identities_come_back() -> None:
    with sample_graph() as graph:
        identities = graph.entities()
    quads = identity_quads(identities)
    random.Random(1).shuffle(quads)
    assert read_identities(quads) == identities


def test_edges_are_one_quad_each() -> None:
    with sample_graph() as graph:
        found = edges(graph.deals(types=FACT_TYPES))
        stored = {quad for quad in graph.quads() if quad.graph_name == EDGES_GRAPH}
    assert set(edge_quads(found)) == stored
    assert len(found) == len(stored)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12), min_size=2, unique=True))
def test_any_names_come_back(names: list[str]) -> None:
    graph = Graph.open()
    graph.add(
        Told("x", [Said("Competition", {"competitor": names}, "in_effect")], aliases={names[0]: names}).extraction()
    )
    facts, identities = list(graph.deals(types=FACT_TYPES)), graph.entities()
    assert read_deals(deal_quads(facts)) == facts
    assert read_identities(identity_quads(identities)) == identities
    assert {name for i in identities for name in (i.name, *i.aliases)} >= set(names)


@pytest.mark.parametrize("missing", [own("status"), own("toStatus"), term("schema:currency"), own("confidence")])
def test_a_deal_that_lacks_something_is_a_broken_store(missing: object) -> None:
    with sample_graph() as graph:
        facts = list(graph.deals())
    with pytest.raises(StoreError, match=r"build (it|the store) again"):
        read_deals(quad for quad in deal_quads(facts) if quad.predicate != missing)
