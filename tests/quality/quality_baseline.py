"""The floors under the quality of extraction: measured, written down in ``baseline.json``, and held.

A figure may fall short of its floor by ``TOLERANCE``. Floors rise freely; lowering one takes a reason, which stays in
the file. The checksum of the gold files stands beside the floors, for figures on other gold say nothing about them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.evaluation import Evaluation, GoldFile, compare, evaluate, extract_articles, read_gold_folder
from kg.extraction import Extractor
from kg.model import Extraction

BASELINE = Path(__file__).with_name("baseline.json")
TOLERANCE = 0.01
PARTS = {"dev": "all articles", "train": "real articles"}
"""The parts of the evaluation data that have floors; what was written for training is left out of ``train``."""

_WRITTEN = "written"
_DIGITS = 4
_SLACK = 1e-9  # what adding and rounding may be off by

Floors = dict[str, float]
"""Figures by name: ``views deals f1``, ``types Merger p``, ``attributes status accuracy``."""


def extracted(folder: Path) -> tuple[list[GoldFile], dict[str, Extraction]]:
    """Return the gold articles of a part of the evaluation data, and what is extracted from them by their names."""
    articles = [article for article in read_gold_folder(folder) if article.source != _WRITTEN]
    found, _ = extract_articles(articles, Extractor())
    return articles, {name: extraction for name, extraction in found.items() if isinstance(extraction, Extraction)}


def judged(articles: Iterable[GoldFile], extractions: Mapping[str, Extraction]) -> Evaluation:
    """Compare what was extracted with gold."""
    return evaluate([compare(article.gold, extractions[article.name], article.name) for article in articles])


def floors(evaluation: Evaluation) -> Floors:
    """Return every figure that can be held: precision, recall and F1 of what gold has, accuracy of attributes."""
    told = evaluation.figures.to_json()
    found = {
        f"{kind} {name} {figure}": scores[figure]
        for kind in ("views", "types")
        for name, scores in told[kind].items()
        for figure in ("p", "r", "f1")
        if scores["wanted"]
    }
    found |= {f"attributes {name} accuracy": each["accuracy"] for name, each in told["attributes"].items()}
    return {name: round(value, _DIGITS) for name, value in found.items()}


def shortfalls(held: Mapping[str, float], measured: Mapping[str, float], tolerance: float = TOLERANCE) -> list[str]:
    """Say which figures fall more than the tolerance under their floors; one that is no longer measured counts as 0."""
    return [
        f"{name} is {measured.get(name, 0.0):.4f}, its floor {floor:.4f}"
        for name, floor in held.items()
        if measured.get(name, 0.0) < floor - tolerance - _SLACK
    ]


def checksum(folder: Path) -> dict[str, Any]:
    """Return how many gold files a folder holds, and SHA-256 over the names and digests of all its files, sorted."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return {"gold_files": len(list(folder.glob("*.json"))), "sha256": total.hexdigest()}


def load(path: Path = BASELINE) -> dict[str, Any]:
    """Return the baseline; an empty one before the first measurement."""
    empty: dict[str, Any] = {"corpus": {}, "floors": {}, "lowered": []}
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else empty


def save(baseline: Mapping[str, Any], path: Path = BASELINE) -> None:
    """Write the baseline, one figure a line."""
    path.write_text(json.dumps(baseline, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


class LoweredError(Exception):
    """Floors would be lowered, and no reason was given."""

    def __init__(self, lowered: Sequence[str]) -> None:
        self.lowered = lowered
        super().__init__("; ".join(lowered))


def renewed(
    old: Mapping[str, Any],
    corpus: Mapping[str, Mapping[str, Any]],
    measured: Mapping[str, Mapping[str, float]],
    reason: str | None = None,
) -> dict[str, Any]:
    """Return the baseline of a fresh measurement, by part; parts that were not measured stay as they are.

    Raises ``LoweredError`` when a floor would sink, or the gold be exchanged under it, and there is no reason.
    """
    lowered = [
        f"{part}: {shortfall}"
        for part, figures in measured.items()
        for shortfall in shortfalls(old["floors"].get(part, {}), figures, tolerance=0.0)
    ]
    lowered += [
        f"{part}: the gold files are others than those that the floors were measured on"
        for part, digest in corpus.items()
        if part in old["corpus"] and old["corpus"][part] != digest
    ]
    if lowered and not reason:
        raise LoweredError(lowered)
    return {
        "corpus": {**old["corpus"], **corpus},
        "floors": {**old["floors"], **measured},
        "lowered": [*old["lowered"], *([{"reason": reason, "floors": lowered}] if lowered else [])],
    }
