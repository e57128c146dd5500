"""Swapping names in an example: seldom enough, for entities of the pool only, and the same for the same seed."""

from __future__ import annotations

import random

import pytest

from kg.learning.examples import Example, swaps

POOL = {"Company": [[[1]], [[2], [3]]], "Person": [[[4]]]}
EXAMPLE = Example("a", "s", (), ("Company", "Place", "Person", "Company"), ("A", "B", "C", "D"), {})


def test_only_entities_of_the_pool_are_swapped() -> None:
    found = [swaps(EXAMPLE, POOL, 1.0, random.Random(seed)) for seed in range(50)]
    assert {frozenset(swapped) for swapped in found} == {frozenset(), frozenset({0, 2, 3})}
    for swapped in filter(None, found):
        assert all(name in POOL[EXAMPLE.types[number]] for number, name in swapped.items())


@pytest.mark.parametrize(("rate", "low", "high"), [(0.0, 0, 0), (0.5, 80, 160), (1.0, 190, 270)])
def test_the_rate_decides_how_many(rate: float, low: int, high: int) -> None:
    rng = random.Random(3)
    assert low <= sum(len(swaps(EXAMPLE, POOL, rate, rng)) for _ in range(100)) <= high


def test_the_same_seed_swaps_the_same() -> None:
    one, other = ([swaps(EXAMPLE, POOL, 0.5, rng) for _ in range(9)] for rng in (random.Random(1), random.Random(1)))
    assert one == other
