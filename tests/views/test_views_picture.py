"""Which lines a picture has, how they look, and where the nodes stand."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from view_contents import content_of, fact_of, small_content

from kg.views.layout import positions
from kg.views.network import network
from kg.views.picture import FIRST_SIGHT, draw
from kg.views.style import KINDS, LINES, STATUSES, node_size
from kg.vocabulary import ENTITY_TYPES, FACT_TYPES
from kg.vocabulary import STATUSES as ALL_STATUSES


def test_every_kind_type_and_status_of_the_vocabulary_has_a_look() -> None:
    assert set(KINDS) == set(ENTITY_TYPES)
    assert list(LINES) == list(FACT_TYPES)
    assert set(STATUSES) == set(ALL_STATUSES)
    assert len({style.shape for style in KINDS.values()}) == len(KINDS)
    for shade in ("light", "dark"):
        assert len({getattr(style, shade) for style in LINES.values()}) == len(LINES)


def test_lines_follow_the_edge_rules() -> None:
    found = {(line.start, line.end, line.fact.type, line.arrow, line.minor) for line in draw(small_content()).lines}
    assert found == {
        ("company/alba", "company/birk", "JointVenture", False, None),
        ("company/alba", "company/corvo", "Acquisition", True, None),
        ("company/alba", "company/birk", "Acquisition", True, "bought from"),
        ("company/birk", "company/corvo", "Merger", False, None),
        ("person/ada", "company/alba", "Role", True, None),
        ("company/alba", "place/oslo", "BasedIn", True, None),
    }


@pytest.mark.parametrize(
    ("type_", "dashed", "faded"),
    [("JointVenture", False, False), ("Acquisition", True, False), ("Merger", True, True), ("Role", False, False)],
)
def test_unsure_lines_are_dashed_and_dead_ones_faded(type_: str, dashed: bool, faded: bool) -> None:
    edge = next(edge for edge in network(draw(small_content())).edges if edge["type"] == type_)
    assert bool(edge["dashes"]) is dashed
    assert (edge["color"]["opacity"] < 0.5) is faded


def test_parallel_lines_bend_apart() -> None:
    both = ("company/alba", "company/birk")
    single = [
        fact_of("Supply", {"supplier": (start,), "customer": (end,)}, key=str(number))
        for number, (start, end) in enumerate([both, both, both[::-1]])
    ]
    # The bend is told from the line's own start, so it is turned round for lines that run the other way.
    bends = [line.bend if line.start == both[0] else -line.bend for line in draw(content_of(*single)).lines]
    assert sorted(bends) == [-1.0, 0.0, 1.0]


def test_names_without_facts_are_not_drawn_and_the_best_connected_come_first() -> None:
    hub = "company/hub"
    facts = [fact_of("Supply", {"supplier": (hub,), "customer": (f"company/c{n}",)}, key=str(n)) for n in range(3)]
    assert draw(content_of(*facts)).nodes[0].identity.id == hub


def test_at_first_sight_there_are_no_more_than_the_best_connected() -> None:
    facts = [
        fact_of("Supply", {"supplier": (f"company/s{n:03}",), "customer": ("company/hub",)}, key=f"{n:03}")
        for n in range(FIRST_SIGHT + 20)
    ]
    drawn = network(draw(content_of(*facts)))
    first = [node for node in drawn.nodes if node["first"]]
    assert len(first) == FIRST_SIGHT
    assert len(drawn.nodes) == FIRST_SIGHT + 21
    assert all(("x" in node) is node["first"] for node in drawn.nodes)
    assert first[0]["id"] == "company/hub"


def test_nodes_grow_with_deals_up_to_a_limit() -> None:
    for most in (1, 30, 3000):
        sizes = [node_size(deals, most) for deals in (0, 1, most)]
        assert sizes == sorted(sizes)
        assert sizes[0] < sizes[-1] <= 30


names = st.lists(st.integers(0, 40), min_size=1, max_size=30, unique=True)


@settings(max_examples=25, deadline=None)
@given(names, st.data())
def test_every_node_has_a_place_of_its_own_whatever_the_order(numbers: list[int], data: st.DataObject) -> None:
    nodes = [f"n{number}" for number in numbers]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=40))
    lines = [(a, b, 1.0) for a, b in pairs if a != b]
    beside = frozenset(data.draw(st.lists(st.sampled_from(nodes), max_size=3)))
    found = positions(nodes, lines, beside)
    assert set(found) == set(nodes)
    assert found == positions(sorted(nodes, reverse=True), list(reversed(lines)), beside)
    for (ax, ay), (bx, by) in itertools.combinations(found.values(), 2):
        assert math.hypot(ax - bx, ay - by) > 15
