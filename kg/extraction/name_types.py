"""The features of each form → its type, by weights that were fitted on annotated news (``weights/names``).

For each type the weights of a form's features are summed; the type with the largest sum wins, "none" among them. There
are two tables of weights: one for the recognizer that has learned what a company is, one for any other model's labels.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.extraction.lexicon import countries, words
from kg.extraction.name_features import Features
from kg.extraction.name_forms import Form
from kg.extraction.reading import Reading
from kg.extraction.spans import LEGAL

KINDS = ("Company", "Person", "Product", "Place", "Organization", "none")
MOST_DOUBT = 3.0  # the largest lead over "Person" that a person's full name outweighs
MOST = 2.0  # the largest value of a feature that counts, so that repetition alone never decides


Weights = Mapping[str, tuple[float, ...]]


@cache
def read_weights(path: Path) -> Weights:
    """Return how much each feature speaks for each of ``KINDS``, from a file of weights."""
    return {feature: tuple(row) for feature, row in tomllib.loads(path.read_text("utf-8"))["weights"].items()}


def scores(features: Mapping[str, float], weights: Weights) -> list[float]:
    """Return how much the features speak for each of ``KINDS``."""
    total = [0.0] * len(KINDS)
    for feature, value in features.items():
        row = weights.get(feature)
        if row:
            value = min(value, MOST)
            for k, weight in enumerate(row):
                total[k] += weight * value
    return total


def by_list(text: str) -> str | None:
    """Return the type of a name that the word lists settle: a place, a public body, a common word (``none``)."""
    if text in words("names", "organization", "names"):
        return "Organization"
    if text in countries()[0] or text in countries()[1]:
        return "Place"
    return "none" if text in words("names", "generic", "words") else None


def types(reading: Reading, found: Mapping[str, Form], weights: Weights) -> dict[str, str]:
    """Return the type of each form that is a name."""
    features = Features(reading, found)
    told: dict[str, str] = {}
    open_forms: dict[str, list[float]] = {}
    for text, form in found.items():
        kind = by_list(text)
        if kind is None:
            open_forms[text] = scores(features.of(form), weights)
        elif kind != "none":
            told[text] = kind
    for text, total in open_forms.items():
        kind = _best(total)
        if kind == "none" and any(span.source == LEGAL for span in found[text].spans):
            kind = "Company"  # however seldom the weights have seen its legal form
        if kind != "none":
            told[text] = kind
    _hear_full_names(found, told, open_forms)
    return {text: told[text] for text in found if text in told}


def _best(total: list[float]) -> str:
    return KINDS[max(range(len(KINDS)), key=total.__getitem__)]


def _hear_full_names(found: Mapping[str, Form], told: dict[str, str], totals: Mapping[str, list[float]]) -> None:
    """Make a lone word the surname that it is in a person's full name, unless much speaks for something else."""
    several = [(found[text].pieces, kind) for text, kind in told.items() if len(found[text].pieces) > 1]
    people = {pieces[-1] for pieces, kind in several if kind == "Person"}
    others = {piece for pieces, kind in several if kind != "Person" for piece in pieces}
    for text in people - others:
        total = totals.get(text)
        if total and max(total) - total[KINDS.index("Person")] < MOST_DOUBT:
            told[text] = "Person"
