"""Batches: groups of about the same size, and what counts in them as true, false or neither."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch")

import torch

from kg import vocabulary
from kg.extraction.links import Link, fits, links
from kg.extraction.windows import SHAPES, Window
from kg.learning.batches import batch, batches
from kg.learning.examples import Example

BOUGHT = Link("Acquisition", "acquirer", "target")
NUMBER = {link: n for n, link in enumerate(links())}


@given(st.lists(st.integers(1, 2500), max_size=30))
def test_groups_keep_the_order_and_are_of_bounded_size(sizes: list[int]) -> None:
    found = [Example(str(n), "s", (Window(pieces=[[0] * size]),), (), (), {}) for n, size in enumerate(sizes)]
    groups = list(batches(found))
    assert [example for group in groups for example in group] == found
    assert all(groups)
    assert all(len(group) == 1 or sum(example.size for example in group) <= 750 for group in groups)
    for group, after in pairwise(groups):
        assert sum(example.size for example in group) + after[0].size > 750


def test_every_pair_of_mentions_has_a_row_and_every_pair_of_entities_a_key(made: list[Example]) -> None:
    found = batch(made, {}, 0.0, random.Random(1))
    assert len(found.windows) == len(found.pairs) == sum(len(example.windows) for example in made)
    assert len(found.pair_of) == sum(len(pairs.pairs) for pairs in found.pairs)
    assert sorted(set(found.pair_of.tolist())) == list(range(len(found.keys)))
    assert len(set(found.keys)) == len(found.keys)
    assert found.linked.shape == found.counted.shape == (len(found.keys), len(links()))
    for flat, pairs in zip(found.windows, found.pairs, strict=True):
        assert pairs.spans.tolist() == [list(span) for span in flat.spans]
        assert int(pairs.pairs.max()) < len(flat.spans)
        assert int(pairs.shapes.max()) < SHAPES
        assert int(pairs.types.max()) < len(vocabulary.ENTITY_TYPES) ** 2


def test_truth_is_what_the_examples_say(made: list[Example]) -> None:
    found = batch(made, {}, 0.0, random.Random(1))
    for row, (n, a, b) in enumerate(found.keys):
        example = made[n]
        for link in links():
            is_true = (link, a, b) in example.linked
            is_free = (link, a, b) in example.free
            possible = fits(link, example.types[a], example.types[b])
            assert bool(found.linked[row, NUMBER[link]]) == is_true
            assert bool(found.counted[row, NUMBER[link]]) == (is_true or (possible and not is_free))
        statuses = {status for (_, x, y), status in example.linked.items() if (x, y) == (a, b)}
        assert found.status[row] == (vocabulary.STATUSES.index("announced") if statuses else -1)
    assert found.linked.sum() > 0
    assert (~found.counted).any()


def test_what_is_free_does_not_count(made: list[Example]) -> None:
    example = made[0]
    (link, a, b), *_ = example.linked
    free = replace(example, linked={}, free=frozenset({(link, a, b)}))
    found = batch([free], {}, 0.0, random.Random(1))
    row = found.keys.index((0, a, b))
    assert not found.counted[row, NUMBER[link]]
    assert found.linked.sum() == 0
    assert (found.status == -1).all()


def test_a_status_is_learned_for_deals_only(made: list[Example]) -> None:
    example = made[0]
    (_, a, b), *_ = example.linked
    owner = (Link("Ownership", "owner", "owned"), a, b)
    found = batch([replace(example, linked={owner: "in_effect"})], {}, 0.0, random.Random(1))
    assert (found.status == -1).all()
    for status in (None, "somehow"):
        unknown = batch([replace(example, linked={(BOUGHT, a, b): status})], {}, 0.0, random.Random(1))
        assert (unknown.status == -1).all()


def test_swapped_names_change_the_pieces_and_not_the_truth(made: list[Example]) -> None:
    plain = batch(made, {}, 0.0, random.Random(1))
    swapped = batch(made, {"Company": [[[5000], [6000]]]}, 1.0, random.Random(1))
    assert [flat.pieces for flat in plain.windows] != [flat.pieces for flat in swapped.windows]
    assert plain.keys == swapped.keys
    assert torch.equal(plain.linked, swapped.linked)
    assert torch.equal(plain.pair_of, swapped.pair_of)


def test_examples_without_pairs_make_an_empty_batch() -> None:
    found = batch([Example("a", "s", (Window(pieces=[[1]], kinds=[0]),), (), (), {})], {}, 0.5, random.Random(1))
    assert found.windows == []
    assert found.keys == []
