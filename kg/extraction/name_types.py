"""The features of each form → its type, by weights that were fitted on annotated news (``data/name_weights.toml``).

For each type the weights of a form's features are summed; the type with the largest sum wins, "none" among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.extraction.lexicon import countries, table, words
from kg.extraction.name_features import Features, Form
from kg.extraction.reading import Reading

KINDS = ("Company", "Person", "Product", "Place", "Organization", "none")
MOST = 2.0  # the largest value of a feature that counts, so that repetition alone never decides


@cache
def _weights() -> Mapping[str, tuple[float, ...]]:
    return {feature: tuple(row) for feature, row in table("name_weights")["weights"].items()}


def scores(features: Mapping[str, float]) -> list[float]:
    """Return how much the features speak for each of ``KINDS``."""
    weights = _weights()
    total = [0.0] * len(KINDS)
    for feature, value in features.items():
        row = weights.get(feature)
        if row:
            value = min(value, MOST)
            for k, weight in enumerate(row):
                total[k] += weight * value
    return total


def types(reading: Reading, found: Mapping[str, Form]) -> dict[str, str]:
    """Return the type of each form that is a name."""
    features = Features(reading, found)
    adjectives, places = countries()
    bodies = words("names", "organization", "names")
    told: dict[str, str] = {}
    open_forms: dict[str, list[float]] = {}
    for text, form in found.items():
        if text in bodies:
            told[text] = "Organization"
        elif text in adjectives or text in places:
            told[text] = "Place"
        else:
            open_forms[text] = scores(features.of(form))
    for text, total in open_forms.items():
        kind = _best(total)
        if kind != "none":
            told[text] = kind
    return {text: told[text] for text in found if text in told}


def _best(total: list[float]) -> str:
    return KINDS[max(range(len(KINDS)), key=total.__getitem__)]
