"""The networkx graph holds every entity as a node and every deal and state as edges with their proof."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import networkx
import pytest
from samples import FERRIES, sample_extractions, sample_graph

from kg.analysis import evidence, proof_of, to_networkx
from kg.graph import Graph

NORVIK, TALBRIA, FJORDLINK = "company/norvik-marine", "company/talbria-energy", "company/fjordlink"


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with sample_graph() as graph:
        yield graph


@pytest.fixture(scope="module")
def network(graph: Graph) -> networkx.MultiDiGraph[str]:
    return to_networkx(graph)


def test_nodes_are_the_identities(graph: Graph, network: networkx.MultiDiGraph[str]) -> None:
    assert list(network) == [identity.id for identity in graph.entities()]
    assert network.nodes[NORVIK] == {"id": NORVIK, "name": "Norvik Marine", "type": "Company", "deals": 4}
    assert network.nodes["place/norwegian"]["deals"] == 0


def test_every_fact_with_two_sides_is_an_edge(graph: Graph, network: networkx.MultiDiGraph[str]) -> None:
    keys = {key for _, _, key in network.edges(keys=True)}
    assert keys == {fact.id for fact in [*graph.deals(), *graph.states()]}
    statuses = {data["status"] for _, _, data in network.edges(data=True)}
    assert statuses == {"rumoured", "in_talks", "announced", "in_effect", "terminated", "denied"}


def test_a_joint_venture_links_partners_once_and_each_with_the_vehicle(
    graph: Graph, network: networkx.MultiDiGraph[str]
) -> None:
    deal = graph.deals(type="JointVenture")[0].id
    found = {(a, b): data["roles"] for a, b, key, data in network.edges(keys=True, data=True) if key == deal}
    assert found == {
        (NORVIK, TALBRIA): "partner – partner",
        (NORVIK, FJORDLINK): "partner → vehicle",
        (TALBRIA, FJORDLINK): "partner → vehicle",
    }


def test_an_edge_tells_the_deal(graph: Graph, network: networkx.MultiDiGraph[str]) -> None:
    deal = graph.deals(type="JointVenture")[0]
    assert network.edges[NORVIK, TALBRIA, deal.id] == {
        "type": "JointVenture",
        "status": "in_effect",
        "roles": "partner – partner",
        "label": deal.label,
        "date": "2021-03-04",
        "amount": 500_000_000.0,
        "currency": "EUR",
        "stake": 0.5,
        "confidence": 0.93,
        "quote": "Fjordlink, the joint venture of Norvik Marine and Talbria Energy, began operating on 10 June 2021.",
        "source": "articles/launch.html",
    }


def test_absent_values_are_left_out(network: networkx.MultiDiGraph[str]) -> None:
    assert all(value is not None for _, _, data in network.edges(data=True) for value in data.values())
    merger = next(data for _, _, data in network.edges(data=True) if data["type"] == "Merger")
    assert not {"date", "amount", "currency", "stake", "title"} & set(merger)


def test_evidence_joins_the_passages_of_a_claim(graph: Graph) -> None:
    proofs = evidence(graph)
    assert len(proofs) == sum(len(extraction.facts) for extraction in sample_extractions())
    first = proofs[f"{FERRIES.id}#claim-1"]
    assert first.quote.startswith(
        "Norvik and Talbria to build electric ferries … Norvik Marine and Talbria Energy said"
    )
    assert first.source == FERRIES.source


def test_proof_is_of_the_latest_status(graph: Graph) -> None:
    bid = graph.deals(type="Acquisition", status="denied")[0]
    assert proof_of(bid, evidence(graph)).quote == "Quillan Robotics denied that it is for sale to Ostrava Shipworks."


def test_an_empty_graph_gives_an_empty_network() -> None:
    with Graph.open() as graph:
        assert not to_networkx(graph)


def test_a_fact_without_evidence_is_shown_without_words() -> None:
    bare = dataclasses.replace(sample_extractions()[2].facts[4], evidence=())
    with Graph.open() as graph:
        graph.add(dataclasses.replace(sample_extractions()[2], facts=(bare,)))
        assert [edge["quote"] for _, _, edge in to_networkx(graph).edges(data=True)] == [""]
