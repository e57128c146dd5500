"""Counts → precision, recall, F1 and accuracy, of one article or summed over many (micro averages)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Score:
    """How many were ``guessed``, how many gold has (``wanted``), and how many of the guesses are ``right``."""

    right: int = 0
    guessed: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.guessed + other.guessed, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of the guesses that are right; 0 without guesses."""
        return self.right / self.guessed if self.guessed else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was guessed; 0 when there is nothing to guess."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the figures and the counts behind them."""
        return {
            "p": self.precision,
            "r": self.recall,
            "f1": self.f1,
            "right": self.right,
            "guessed": self.guessed,
            "wanted": self.wanted,
        }


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of ``n`` attributes that gold gives, how many came out right."""

    right: int = 0
    n: int = 0

    def __add__(self, other: Accuracy) -> Accuracy:
        return Accuracy(self.right + other.right, self.n + other.n)

    @property
    def accuracy(self) -> float:
        """The share that is right; 0 when there is none."""
        return self.right / self.n if self.n else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the share and how many it is taken over."""
        return {"accuracy": self.accuracy, "n": self.n}


_Counted = TypeVar("_Counted", Score, Accuracy)


def total(parts: Iterable[Mapping[str, _Counted]]) -> dict[str, _Counted]:
    """Sum scores, or accuracies, that go by the same names."""
    summed: dict[str, _Counted] = {}
    for part in parts:
        for name, counted in part.items():
            summed[name] = summed[name] + counted if name in summed else counted
    return summed
