"""Confidences and whether they were right → a calibration: in each bin of confidence, the share that came true.

The expected calibration error is that of Naeini, Cooper and Hauskrecht (2015, "Obtaining well calibrated probabilities
using Bayesian binning"): the mean distance of confidence and share right over the bins, weighted by their sizes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.evaluation.comparison import Guess

BINS = 10
"""How many bins of equal width the confidences from 0 to 1 fall into."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Guesses of about the same confidence: from ``low`` to below ``high`` (the highest bin holds 1 too)."""

    low: float
    high: float
    confidence: float
    right: float
    count: int

    def to_json(self) -> dict[str, Any]:
        """Return the bounds, the mean confidence, the share right and the number of guesses."""
        return {
            "from": self.low,
            "to": self.high,
            "confidence": self.confidence,
            "right": self.right,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold guesses, from low to high; ``error`` is the expected calibration error (0 is perfect)."""

    bins: tuple[Bin, ...]
    error: float

    def to_json(self) -> dict[str, Any]:
        """Return the expected calibration error and the bins."""
        return {"error": self.error, "bins": [each.to_json() for each in self.bins]}


def calibration(guesses: Iterable[Guess]) -> Calibration:
    """Return the calibration of guesses whose confidences lie between 0 and 1 (others go into the nearest bin)."""
    held: dict[int, list[Guess]] = {}
    for guess in guesses:
        held.setdefault(_bin(guess.confidence), []).append(guess)
    bins = tuple(_summary(number, held[number]) for number in sorted(held))
    total = sum(each.count for each in bins)
    error = sum(each.count * abs(each.confidence - each.right) for each in bins) / total if total else 0.0
    return Calibration(bins, error)


def _bin(confidence: float) -> int:
    if not confidence > 0:  # not a number, too
        return 0
    return min(int(min(confidence, 1.0) * BINS), BINS - 1)


def _summary(number: int, guesses: list[Guess]) -> Bin:
    count = len(guesses)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        confidence=sum(guess.confidence for guess in guesses) / count,
        right=sum(guess.right for guess in guesses) / count,
        count=count,
    )
