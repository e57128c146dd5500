"""A text with the names that a careful reader found in it: what the recognizer and the weights for names learn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluation.corpus import GoldArticle, read_documents

COMPOSED = "written"
"""The source, in a folder's index, of articles that were composed for training."""


@dataclass(frozen=True)
class GoldText:
    """A text, and the type of the entity that each name in it is a form of.

    ``composed`` marks a text that was written for training, with invented names; it counts less than real news.
    """

    text: str
    types: Mapping[str, str]
    composed: bool = False


def gold_texts(articles: Iterable[GoldArticle]) -> list[GoldText]:
    """Return annotated articles as gold texts, in their order; raises ``SourceError`` when a text cannot be read."""
    chosen = list(articles)
    texts = []
    for article, document in zip(chosen, read_documents(chosen), strict=True):
        types: dict[str, str] = {}
        for name in article.gold.names:
            for form in name.forms:
                if name.type is not None:
                    types.setdefault(form, name.type)
        _add_surnames(types)
        texts.append(GoldText(document.text, types, composed=article.source == COMPOSED))
    return texts


def _add_surnames(types: dict[str, str]) -> None:
    """Add the last words of people's names, which annotators do not always note as aliases."""
    for name in [name for name, kind in types.items() if kind == "Person" and " " in name]:
        types.setdefault(name.split()[-1], "Person")
