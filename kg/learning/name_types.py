"""Parsed texts with their names → weights that type names: a logistic regression over the features of each form."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from kg.extraction.aliases import key
from kg.extraction.name_features import Features
from kg.extraction.name_forms import forms
from kg.extraction.name_types import KINDS, MOST, by_list
from kg.extraction.reading import Reading
from kg.extraction.spans import candidates
from kg.extraction.state import Name
from kg.learning.named_texts import NamedText

_HEAD = """\
# How much each feature of a name (left) speaks for each type, in the order of name_types.KINDS:
# Company, Person, Product, Place, Organization, none.
# Fitted by kg/learning on {count} annotated texts; words are kept only where they are common words of the language, so
# no weight is tied to the name of a company or a person. Do not edit by hand.
[weights]
"""
_LEAST_TEXTS = 4
_LEAST_COMMON = 10  # texts that hold a word in small letters
_LEAST_SPELLINGS = 4
_LEAST_WEIGHT = 0.05
_PENALTY = 1e-4
_STEPS = 250
_WEIGHT_OF_COMPOSED = 0.6
_LEXICAL = ("first=", "last=", "left=", "right=", "owns=")


@dataclass(frozen=True)
class Example:
    """One form of one text: its features, the index of its type in ``KINDS``, and how much it counts."""

    text: str
    features: dict[str, float]
    kind: int
    weight: float


@dataclass(frozen=True)
class TextForms:
    """The forms of a text and its words in small letters."""

    examples: tuple[Example, ...]
    small_words: frozenset[str]


def text_forms(doc: Doc, gold: NamedText) -> TextForms:
    """Return the candidates for names in a parsed document with the types that its gold names give them."""
    kinds: dict[str, str] = {}
    for form, kind in gold.types.items():
        kinds.setdefault(key(Name(0, 0, form, "")), kind)
    reading = Reading(doc)
    found = forms(reading, candidates(reading))
    features = Features(reading, found)
    weight = _WEIGHT_OF_COMPOSED if gold.composed else 1.0
    examples = (
        Example(form.text, features.of(form), _kind(kinds.get(key(Name(0, 0, form.text, "")))), weight)
        for form in found.values()
        if by_list(form.text) is None
    )
    return TextForms(
        tuple(example for example in examples if not _is_left_out_place(example)),
        frozenset(word for word in reading.vocabulary if word == word.lower()),
    )


def _kind(kind: str | None) -> int:
    return KINDS.index(kind if kind in KINDS else "none")


def _is_left_out_place(example: Example) -> bool:
    """Tell whether an example is a place that annotators passed over, since no fact of the article is about it."""
    return KINDS[example.kind] == "none" and "label GPE" in example.features


@dataclass(frozen=True)
class Fitted:
    """Features and their weights, a row for each feature, a column for each of ``KINDS``."""

    features: tuple[str, ...]
    weights: np.ndarray

    def share_right(self, texts: Iterable[TextForms]) -> tuple[int, int]:
        """Return how many forms of some texts get the right type, and how many there are."""
        chosen = list(texts)
        kinds = np.array([example.kind for text in chosen for example in text.examples], dtype=int)
        guesses = (_matrix(chosen, self.features) @ self.weights).argmax(axis=1)
        return int((guesses == kinds).sum()), len(kinds)

    def as_toml(self, count: int) -> str:
        """Return the content of a file of weights that were fitted on ``count`` texts."""
        lines = [_HEAD.format(count=count)]
        for feature, row in zip(self.features, self.weights, strict=True):
            if any(abs(weight) >= _LEAST_WEIGHT for weight in row):
                rounded = ", ".join(f"{weight + 0.0:.2f}" for weight in row)
                lines.append(f"{json.dumps(feature, ensure_ascii=False)} = [{rounded}]\n")
        return "".join(lines).replace("-0.00", "0.00")


def fit(texts: Sequence[TextForms]) -> Fitted:
    """Return weights of least cross-entropy with a square penalty, found by Adam's method without random numbers."""
    features = _vocabulary(texts)
    examples = [example for text in texts for example in text.examples]
    kinds = np.array([example.kind for example in examples], dtype=int)
    counts = np.array([example.weight for example in examples])
    return Fitted(features, _descend(_matrix(texts, features), kinds, counts))


def _vocabulary(texts: Sequence[TextForms]) -> tuple[str, ...]:
    """Return the features that are frequent enough, and whose words, if any, are common words."""
    in_texts: Counter[str] = Counter()
    small: Counter[str] = Counter()
    spellings: dict[str, set[str]] = {}
    for text in texts:
        in_texts.update({feature for example in text.examples for feature in example.features})
        small.update(text.small_words)
        for example in text.examples:
            for feature in example.features:
                spellings.setdefault(feature, set()).add(example.text)

    def keeps(feature: str) -> bool:
        prefix = next((prefix for prefix in _LEXICAL if feature.startswith(prefix)), None)
        if prefix is None:
            return True
        word = feature.removeprefix(prefix)
        common = small[word] >= _LEAST_COMMON or not any(c.isalpha() for c in word)
        return common and len(spellings[feature]) >= _LEAST_SPELLINGS

    return tuple(sorted(feature for feature, count in in_texts.items() if count >= _LEAST_TEXTS and keeps(feature)))


def _matrix(texts: Sequence[TextForms], features: Sequence[str]) -> np.ndarray:
    """Return the values of the features, a row for each example."""
    number = {feature: n for n, feature in enumerate(features)}
    examples = [example for text in texts for example in text.examples]
    values = np.zeros((len(examples), len(features)), dtype=np.float32)
    for row, example in enumerate(examples):
        for feature, value in example.features.items():
            if feature in number:
                values[row, number[feature]] = min(value, MOST)
    return values


def _descend(values: np.ndarray, kinds: np.ndarray, counts: np.ndarray) -> np.ndarray:
    wanted = np.eye(len(KINDS), dtype=np.float32)[kinds]
    share = (counts / counts.sum()).astype(np.float32)[:, None]
    weights = np.zeros((values.shape[1], len(KINDS)), dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        guess = values @ weights
        guess = np.exp(guess - guess.max(axis=1, keepdims=True))
        guess /= guess.sum(axis=1, keepdims=True)
        gradient = values.T @ ((guess - wanted) * share) + _PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        pace = 0.1 * min(1.0, (_STEPS - step) / (_STEPS * 0.5) + 0.05)
        weights -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights
