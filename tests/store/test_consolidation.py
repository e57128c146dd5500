"""The derived graphs: a pure function of the claims, written when they differ, mended when they are out of date."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hostile import extractions
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import Said, Told
from samples import sample_extractions

from kg.graph import Graph
from kg.model import Extraction
from kg.store.consolidation import MARK, Consolidation
from kg.store.embedded import EmbeddedStore
from kg.store.terms import DERIVED_GRAPHS
from kg.vocabulary import FACT_TYPES

NAMES = ["Veltrano Motors", "Veltrano", "Quorvia", "Quorvia Group", "Sarrow Bank", "Dunmore"]


@st.composite
def told(draw: st.DrawFn) -> list[Extraction]:
    """Several articles about the same few companies."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        facts = []
        for _ in range(draw(st.integers(0, 4))):
            pair = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True))
            roles = draw(st.sampled_from([{"partner": pair}, {"acquirer": pair[:1], "target": pair[1:]}]))
            facts.append(
                Said(
                    "JointVenture" if "partner" in roles else "Acquisition",
                    roles,
                    draw(st.sampled_from(["rumoured", "announced", "in_effect", "terminated", "denied"])),
                    amount=draw(st.sampled_from([None, (5, "USD"), ("1.50", "EUR"), ("1E+9", "CNY")])),
                    date=draw(st.sampled_from([None, "2015", "2015-03-12"])),
                    confidence=draw(st.sampled_from([0.3, 0.9])),
                )
            )
        aliases = {"Veltrano Motors": ["VM"]}
        names = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
        published = draw(st.sampled_from([None, "2015-03-12", "2016-01"]))
        found.append(Told(f"a{number}", facts, published, names, aliases=aliases).extraction())
    return found


def dump(extractions: list[Extraction]) -> bytes:
    graph = Graph.open()
    for extraction in extractions:
        graph.add(extraction)
    graph.consolidate()
    return graph.store.dump()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(told(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_same_bytes_in_any_order_and_after_forgetting(
    articles: list[Extraction], shuffle: random.Random, other: int
) -> None:
    expected = dump(articles)
    shuffled = list(articles)
    shuffle.shuffle(shuffled)
    graph = Graph.open()
    passing = Told("passing", [Said("JointVenture", {"partner": [NAMES[other], "Tansy"]})], names=NAMES).extraction()
    for extraction in (*shuffled[:2], passing, *shuffled[2:]):
        graph.add(extraction)
        if shuffle.random() < 0.5:
            graph.consolidate()
    graph.forget("passing")
    assert graph.store.dump() == expected


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(told())
def test_reading_the_claims_again_gives_the_same_as_remembering_them(articles: list[Extraction]) -> None:
    graph = Graph.open()
    for extraction in articles:
        graph.add(extraction)
    graph.consolidate()
    before = graph.store.dump()
    assert Consolidation(graph.store).run() is False
    graph.store.change(drop=DERIVED_GRAPHS)
    assert Consolidation(graph.store).run() is True
    assert graph.store.dump() == before


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(extractions())
def test_hostile_words_go_the_whole_way(extraction: Extraction) -> None:
    graph = Graph.open()
    graph.add(extraction)
    facts = graph.deals(types=FACT_TYPES)
    assert graph.extraction(extraction.document.id) == extraction
    assert sorted(m for i in graph.entities() for m in i.members) == sorted(
        f"{extraction.document.id}#{entity.id}" for entity in extraction.entities
    )
    for fact in facts:
        assert [quote.evidence for quote in graph.quotes_of(fact)] == [
            evidence for claim in graph.claims_of(fact) for evidence in claim.fact.evidence
        ]
    assert "<script>" not in facts._repr_html_()
    assert Consolidation(graph.store).run() is False
    graph.forget(extraction.document.origin)
    assert len(graph.store) == 0


def test_nothing_is_written_when_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = Graph.open()
    extractions = sample_extractions()
    assert all(graph.add(extraction) for extraction in extractions)
    assert graph.consolidate() is True

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the store was written to")

    monkeypatch.setattr(graph.store, "change", refuse)
    assert not any(graph.add(extraction) for extraction in reversed(extractions))
    assert graph.consolidate() is False
    assert all(graph.keep(extraction.document) is False for extraction in extractions)


def test_the_mark_goes_with_the_first_change_and_comes_back() -> None:
    graph = Graph.open()
    first, second, third = sample_extractions()
    for extraction in (first, second):
        graph.add(extraction)
        assert MARK not in set(graph.store.quads())
    graph.consolidate()
    assert MARK in set(graph.store.quads())
    graph.add(third)
    assert MARK not in set(graph.store.quads())
    assert len(graph.documents()) == 3
    assert MARK in set(graph.store.quads())


def interrupted(path: Path) -> bytes:
    """A store whose last document was added and never consolidated; returns what it must hold in the end."""
    store = EmbeddedStore(path, create=True)
    graph = Graph(store)
    *first, last = sample_extractions()
    for extraction in first:
        graph.add(extraction)
    graph.consolidate()
    graph.add(last)
    store.close()
    return dump(sample_extractions())


@pytest.mark.parametrize("writable", [False, True])
def test_opening_mends_what_an_interrupted_run_left(tmp_path: Path, writable: bool) -> None:
    expected = interrupted(tmp_path / "store")
    with Graph.open(tmp_path / "store", writable=writable) as graph:
        assert graph.store.writable is writable
        assert graph.store.dump() == expected
