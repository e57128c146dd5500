"""How long an extractor takes over articles, in seconds each and words a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds that each article took, in any order, and the words (between white space) of all together."""

    seconds: Sequence[float]
    words: int

    def percentile(self, share: float) -> float:
        """Return the time within which this share of the articles was read (nearest rank); 0 without articles."""
        if not self.seconds:
            return 0.0
        return sorted(self.seconds)[max(ceil(share * len(self.seconds)) - 1, 0)]

    @property
    def words_per_second(self) -> float:
        """The words of all articles over their time; 0 when there is none."""
        total = sum(self.seconds)
        return self.words / total if total else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the median and the 95th percentile in seconds, and the speed."""
        return {
            "p50": self.percentile(0.5),
            "p95": self.percentile(0.95),
            "words": self.words,
            "words_per_second": self.words_per_second,
        }
