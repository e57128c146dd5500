"""Comparisons of many articles → ``Evaluation``: all figures over all of them, by type and by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluation.attributes import ATTRIBUTES
from kg.evaluation.calibration import Calibration, calibration
from kg.evaluation.comparison import VIEWS, Comparison
from kg.evaluation.mistakes import CAUSES, KINDS, Cause, Kind, Mistake, NameMistake, worst_first
from kg.evaluation.scores import Accuracy, Score, total
from kg.evaluation.timing import Timing


@dataclass(frozen=True)
class Figures:
    """Micro averages over articles: by view (``VIEWS``), by fact type, by attribute of the deals that were found."""

    articles: int
    views: Mapping[str, Score]
    types: Mapping[str, Score]
    attributes: Mapping[str, Accuracy]

    def to_json(self) -> dict[str, Any]:
        """Return the figures in the order and with the names of ``score.py --json``."""
        return {
            "articles": self.articles,
            "views": {name: score.to_json() for name, score in self.views.items()},
            "attributes": {name: accuracy.to_json() for name, accuracy in self.attributes.items()},
            "types": {name: score.to_json() for name, score in self.types.items()},
        }


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found: ``figures`` over all articles and by ``sources``, and the mistakes, worst first.

    ``names`` are the companies and people that were missed or made up. ``timing`` is None when predictions came from
    files, ``extractor`` names what extracted.
    """

    figures: Figures
    sources: Mapping[str, Figures]
    calibration: Calibration
    mistakes: Sequence[Mistake]
    names: Sequence[NameMistake]
    timing: Timing | None = None
    extractor: str | None = None

    def causes(self) -> dict[Cause, dict[Kind, int]]:
        """Count the wrong and the missed edges by cause, in the order of ``mistakes.CAUSES``."""
        counts = Counter((mistake.kind, mistake.cause) for mistake in self.mistakes)
        return {cause: {kind: counts[kind, cause] for kind in KINDS} for cause in CAUSES}

    def to_json(self, errors: int | None = None) -> dict[str, Any]:
        """Return everything as plain data, with at most so many ``errors`` (all without a limit)."""
        return {
            **self.figures.to_json(),
            "sources": {source: figures.to_json() for source, figures in self.sources.items()},
            "calibration": self.calibration.to_json(),
            "causes": self.causes(),
            "errors": [mistake.to_json() for mistake in self.mistakes[:errors]],
            "names": [mistake.to_json() for mistake in self.names[:errors]],
            **({} if self.timing is None else {"seconds": self.timing.to_json()}),
            **({} if self.extractor is None else {"extractor": self.extractor}),
        }


def figures(comparisons: Iterable[Comparison]) -> Figures:
    """Sum comparisons up."""
    compared = list(comparisons)
    views = total(comparison.views for comparison in compared)
    types = total(comparison.types for comparison in compared)
    attributes = total(comparison.attributes for comparison in compared)
    return Figures(
        articles=len(compared),
        views={name: views.get(name, Score()) for name in VIEWS},
        types={name: types[name] for name in sorted(types)},
        attributes={name: attributes[name] for name in ATTRIBUTES if name in attributes},
    )


def evaluate(
    comparisons: Iterable[Comparison],
    sources: Mapping[str, str] | None = None,
    *,
    timing: Timing | None = None,
    extractor: str | None = None,
) -> Evaluation:
    """Put comparisons together; ``sources`` says by an article's name where it is from."""
    compared = list(comparisons)
    by_source: dict[str, list[Comparison]] = {}
    for comparison in compared if sources else ():
        by_source.setdefault((sources or {})[comparison.article], []).append(comparison)
    return Evaluation(
        figures=figures(compared),
        sources={source: figures(by_source[source]) for source in sorted(by_source)},
        calibration=calibration(guess for comparison in compared for guess in comparison.guesses),
        mistakes=tuple(worst_first(mistake for comparison in compared for mistake in comparison.mistakes)),
        names=tuple(name for comparison in compared for name in comparison.names),
        timing=timing,
        extractor=extractor,
    )
