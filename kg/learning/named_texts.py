"""A text with the names that a careful reader found in it: what the recognizer and the weights for names learn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.learning.corpus import GoldText

COMPOSED = "written"
"""The source, in a folder's index, of articles that were composed for training."""


@dataclass(frozen=True)
class NamedText:
    """A text, and the type of the entity that each name in it is a form of.

    ``composed`` marks a text that was written for training, with invented names; it counts less than real news.
    """

    text: str
    types: Mapping[str, str]
    composed: bool = False


def named_texts(articles: Iterable[GoldText]) -> list[NamedText]:
    """Return gold articles as texts with names, in their order."""
    return [
        NamedText(article.document.text, _types(article), composed=article.source == COMPOSED) for article in articles
    ]


def _types(article: GoldText) -> dict[str, str]:
    """Return the type of each name; people's last words are added, which annotators do not always note as aliases."""
    types: dict[str, str] = {}
    for name in article.gold.names:
        for form in name.forms:
            if name.type is not None:
                types.setdefault(form, name.type)
    for form in [form for form, kind in types.items() if kind == "Person" and " " in form]:
        types.setdefault(form.split()[-1], "Person")
    return types
