"""``Schedule``: how to train; in a module of its own, as it needs no torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to train: passes over the examples, learning rates of encoder and head, share of names swapped, the seed."""

    epochs: int = 9
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    swap_rate: float = 0.5
    seed: int = 1
