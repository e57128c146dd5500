"""Examples → the numbers of one training step: flat windows, their pairs, and what is true of each pair of entities."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from kg import vocabulary
from kg.extraction.links import links, possible
from kg.extraction.windows import Flat, about, flatten
from kg.learning.examples import Example, NamePool, swaps
from kg.learning.network import PairTensors

_SIZE = 750  # word pieces of a step


@dataclass(slots=True)
class Batch:
    """Some examples together: ``pairs[n]`` are those of window ``n``; ``pair_of`` is the entity pair of each row.

    ``linked`` and ``counted`` (E, links): what is true of each pair of entities, and what counts; ``status`` (E,): the
    number of its deal's status, -1 for none.
    """

    windows: list[Flat] = field(default_factory=list)
    pairs: list[PairTensors] = field(default_factory=list)
    pair_of: Tensor = field(default_factory=lambda: torch.zeros(0, dtype=torch.long))
    keys: list[tuple[int, int, int]] = field(default_factory=list)
    linked: Tensor = field(default_factory=lambda: torch.zeros(0))
    counted: Tensor = field(default_factory=lambda: torch.zeros(0))
    status: Tensor = field(default_factory=lambda: torch.zeros(0))


def batches(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Yield the examples in groups of about the same number of word pieces, in their order."""
    group: list[Example] = []
    size = 0
    for example in examples:
        if group and size + example.size > _SIZE:
            yield group
            group, size = [], 0
        group.append(example)
        size += example.size
    if group:
        yield group


def batch(examples: Sequence[Example], pool: NamePool, rate: float, rng: random.Random) -> Batch:
    """Put examples into numbers, with names swapped at ``rate`` for others of ``pool``."""
    made = Batch()
    number: dict[tuple[int, int, int], int] = {}
    rows: list[int] = []
    for n, example in enumerate(examples):
        swapped = swaps(example, pool, rate, rng) if rate else {}
        for window in example.windows:
            pairs = window.pairs()
            if not pairs:
                continue
            flat = flatten(window, swapped)
            made.windows.append(flat)
            nodes = [(window.mentions[i].node, window.mentions[j].node) for i, j in pairs]
            numbers = about(window, flat, pairs, example.types)
            made.pairs.append(PairTensors(**{name: torch.tensor(rows) for name, rows in numbers.items()}))
            rows += [number.setdefault((n, a, b), len(number)) for a, b in nodes]
    made.pair_of = torch.tensor(rows, dtype=torch.long)
    made.keys = list(number)
    _truths(made, examples, number)
    return made


def _truths(made: Batch, examples: Sequence[Example], number: dict[tuple[int, int, int], int]) -> None:
    position = {link: n for n, link in enumerate(links())}
    made.linked = torch.zeros(len(number), len(position))
    made.status = torch.full((len(number),), -1)
    made.counted = torch.zeros(len(number), len(position), dtype=torch.bool)
    for (n, a, b), row in number.items():
        made.counted[row] = torch.tensor(possible(examples[n].types[a], examples[n].types[b]))
    for n, example in enumerate(examples):
        for link, a, b in example.free:
            if (n, a, b) in number:
                made.counted[number[n, a, b], position[link]] = False
        for (link, a, b), status in example.linked.items():
            if (n, a, b) in number:
                row = number[n, a, b]
                made.linked[row, position[link]] = 1.0
                made.counted[row, position[link]] = True
                if status in vocabulary.STATUSES and link.is_deal:
                    made.status[row] = vocabulary.STATUSES.index(status)
