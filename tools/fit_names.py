#!/usr/bin/env python3
"""Annotated articles → ``kg/extraction/data/name_weights.toml``: which features of a name speak for which type.

usage: python tools/fit_names.py FOLDER [--folds 5]

FOLDER holds pairs ``NNN.txt`` and ``NNN.json`` with the entities of each article. The candidates of every article are
found by the extraction code itself, and a multinomial logistic regression is fitted to the types that the annotation
gives them. With ``--folds`` nothing is written: the share of forms typed right on articles left out is printed instead.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extraction import load
from kg.extraction.aliases import key
from kg.extraction.name_features import Features, forms
from kg.extraction.name_types import KINDS, MOST, by_list
from kg.extraction.reading import Reading
from kg.extraction.spans import candidates
from kg.extraction.state import Name

TARGET = Path(__file__).resolve().parents[1] / "kg" / "extraction" / "data" / "name_weights.toml"
HEAD = """\
# How much each feature of a name (left) speaks for each type, in the order of name_types.KINDS:
# Company, Person, Product, Place, Organization, none.
# Fitted by tools/fit_names.py on {count} annotated news articles (eval/train); words are kept only where they are
# common words of the language, so no weight is tied to the name of a company or a person. Do not edit by hand.
[weights]
"""
LEAST_ARTICLES = 4
LEAST_COMMON = 10  # articles that hold a word in small letters
LEAST_SPELLINGS = 4
PENALTY = 1e-4
STEPS = 250
WEIGHT_OF_COMPOSED = 0.6  # articles composed for training (no headline of a real source) count less
LEXICAL = ("first=", "last=", "left=", "right=", "owns=")


@dataclass(frozen=True)
class Example:
    """One form of one article: its features, the index of its type in ``KINDS``, and how much it counts."""

    text: str
    features: dict[str, float]
    kind: int
    weight: float


@dataclass(frozen=True)
class Article:
    """The forms of an article and its words in small letters."""

    examples: tuple[Example, ...]
    small_words: frozenset[str]


def read(folder: Path) -> Iterator[Article]:
    """Yield the annotated articles of a folder, in the order of their names."""
    nlp = load()
    composed = _composed(folder)
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
        kinds: dict[str, str] = {}
        for entity in gold["entities"]:
            for form in (entity["name"], *entity.get("aliases", ())):
                kinds.setdefault(key(Name(0, 0, form, "")), entity["type"])
        reading = Reading(nlp(text))
        found = forms(reading, candidates(reading))
        features = Features(reading, found)
        weight = WEIGHT_OF_COMPOSED if path.name in composed else 1.0
        examples = (
            Example(form.text, features.of(form), _kind(kinds.get(key(Name(0, 0, form.text, "")))), weight)
            for form in found.values()
            if by_list(form.text) is None
        )
        yield Article(
            tuple(example for example in examples if not _is_left_out_place(example)),
            frozenset(word for word in reading.vocabulary if word == word.lower()),
        )


def _is_left_out_place(example: Example) -> bool:
    """Tell whether an example is a place that annotators passed over, since no fact of the article is about it."""
    return KINDS[example.kind] == "none" and "label GPE" in example.features


def _composed(folder: Path) -> frozenset[str]:
    index = folder / "index.tsv"
    if not index.is_file():
        return frozenset()
    rows = (line.split("\t") for line in index.read_text("utf-8").splitlines())
    return frozenset(row[0] for row in rows if len(row) > 1 and row[1] == "written")


def _kind(kind: str | None) -> int:
    return KINDS.index(kind if kind in KINDS else "none")


def vocabulary(articles: Sequence[Article]) -> list[str]:
    """Return the features that are frequent enough, and whose words, if any, are common words."""
    in_articles: Counter[str] = Counter()
    small: Counter[str] = Counter()
    spellings: dict[str, set[str]] = {}
    for article in articles:
        in_articles.update({feature for example in article.examples for feature in example.features})
        small.update(article.small_words)
        for example in article.examples:
            for feature in example.features:
                spellings.setdefault(feature, set()).add(example.text)

    def keeps(feature: str) -> bool:
        prefix = next((prefix for prefix in LEXICAL if feature.startswith(prefix)), None)
        if prefix is None:
            return True
        word = feature.removeprefix(prefix)
        common = small[word] >= LEAST_COMMON or not any(c.isalpha() for c in word)
        return common and len(spellings[feature]) >= LEAST_SPELLINGS

    return sorted(feature for feature, count in in_articles.items() if count >= LEAST_ARTICLES and keeps(feature))


def matrix(articles: Sequence[Article], features: Sequence[str]) -> np.ndarray:
    """Return the values of the features, a row for each example."""
    number = {feature: n for n, feature in enumerate(features)}
    examples = [example for article in articles for example in article.examples]
    values = np.zeros((len(examples), len(features)))
    for row, example in enumerate(examples):
        for feature, value in example.features.items():
            if feature in number:
                values[row, number[feature]] = min(value, MOST)
    return values


def fit(values: np.ndarray, kinds: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return weights (features by kinds) of least cross-entropy with a square penalty, found by Adam's method."""
    wanted = np.eye(len(KINDS))[kinds]
    share = (counts / counts.sum())[:, None]
    weights = np.zeros((values.shape[1], len(KINDS)))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        guess = values @ weights
        guess = np.exp(guess - guess.max(axis=1, keepdims=True))
        guess /= guess.sum(axis=1, keepdims=True)
        gradient = values.T @ ((guess - wanted) * share) + PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        pace = 0.1 * min(1.0, (STEPS - step) / (STEPS * 0.5) + 0.05)
        weights -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def fitted(articles: Sequence[Article]) -> tuple[list[str], np.ndarray]:
    """Return the features and their weights for some articles."""
    features = vocabulary(articles)
    examples = [example for article in articles for example in article.examples]
    kinds = np.array([example.kind for example in examples])
    counts = np.array([example.weight for example in examples])
    return features, fit(matrix(articles, features), kinds, counts)


def write(articles: Sequence[Article]) -> None:
    """Write the weights of all articles to their data file."""
    features, weights = fitted(articles)
    lines = [HEAD.format(count=len(articles))]
    for feature, row in zip(features, weights, strict=True):
        rounded = [f"{weight + 0.0:.2f}" for weight in row]
        if any(abs(weight) >= 0.05 for weight in row):
            lines.append(f"{json.dumps(feature, ensure_ascii=False)} = [{', '.join(rounded)}]\n")
    TARGET.write_text("".join(lines).replace("-0.00", "0.00"), "utf-8")


def left_out(articles: Sequence[Article], folds: int) -> float:
    """Return the share of forms that weights of the other articles type right."""
    right = total = 0
    for fold in range(folds):
        features, weights = fitted([article for n, article in enumerate(articles) if n % folds != fold])
        rest = articles[fold::folds]
        kinds = [example.kind for article in rest for example in article.examples]
        right += int(((matrix(rest, features) @ weights).argmax(axis=1) == np.array(kinds)).sum())
        total += len(kinds)
    return right / total


def main() -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    articles = list(read(arguments.folder))
    if arguments.folds:
        print(f"{left_out(articles, arguments.folds):.4f} of the forms of articles left out typed right")
    else:
        write(articles)


if __name__ == "__main__":
    main()
