"""``Example``: one text as training sees it: its windows, its entities, and which links a careful reader signs."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.extraction.links import PairLink
from kg.extraction.windows import Window


@dataclass(frozen=True, slots=True)
class Example:
    """One text: ``types`` and ``names`` of its entities, what is true of them, and what is neither true nor false.

    ``linked`` maps each true link to its status (``None`` for a state or when unknown); ``free`` links are not
    learned, either way. All other links are false.
    """

    name: str
    source: str
    windows: tuple[Window, ...]
    types: tuple[str, ...]
    names: tuple[str, ...]
    linked: Mapping[PairLink, str | None]
    free: frozenset[PairLink] = field(default_factory=frozenset)

    @property
    def size(self) -> int:
        """How many word pieces the encoder reads."""
        return sum(len(pieces) for window in self.windows for pieces in window.pieces)


NamePool = Mapping[str, Sequence[Sequence[Sequence[int]]]]
"""For entity types, names to put in the place of others: each a list of words, each a list of word pieces."""

_SWAPPED = 0.8  # of the texts


def swaps(example: Example, pool: NamePool, rate: float, rng: random.Random) -> dict[int, Sequence[Sequence[int]]]:
    """Choose other names for some of the entities, so that the words around names are learned and not the names."""
    if rng.random() >= _SWAPPED:
        return {}
    return {
        number: rng.choice(pool[kind])
        for number, kind in enumerate(example.types)
        if pool.get(kind) and rng.random() < rate
    }
