"""The edges that a prediction has too many and too few, why, and which of them are the worst.

A link between the right parties under another type or in other roles is two mistakes: one wrong edge, one missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from kg.evaluation.annotation import Statement
from kg.evaluation.matching import Edge, Edges, Key, Matcher
from kg.vocabulary import DEAL_TYPES, FACT_TYPES

Kind = Literal["wrong", "missed"]
Cause = Literal["name", "roles", "type", "link"]

KINDS: tuple[Kind, ...] = ("wrong", "missed")

CAUSES: dict[Cause, str] = {
    "name": "one of the two is no entity on the other side",
    "roles": "the two are linked by the same type, in other roles",
    "type": "the two are linked by another type",
    "link": "the two are not linked on the other side",
}
"""What each cause means; the other side is gold for a wrong edge, the prediction for a missed one."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An edge that only one side has.

    ``ends`` are its two roles with the names that fill them, ``quotes`` the words that state it where it was found or
    where gold found it, ``confidence`` that of a wrong edge.
    """

    article: str
    kind: Kind
    cause: Cause
    type: str
    ends: tuple[tuple[str, str], tuple[str, str]]
    confidence: float | None
    quotes: tuple[str, ...]

    @property
    def edge(self) -> str:
        """The edge as people read it: ``Acquisition(acquirer=Nvidia, target=Arm)``."""
        return f"{self.type}({', '.join(f'{role}={name}' for role, name in self.ends)})"

    def to_json(self) -> dict[str, Any]:
        """Return the mistake as plain data."""
        return {
            "article": self.article,
            "kind": self.kind,
            "cause": self.cause,
            "edge": self.edge,
            "confidence": self.confidence,
            "quotes": list(self.quotes),
        }


@dataclass(frozen=True, slots=True)
class NameMistake:
    """A company or person that only one side has; ``kind`` says which."""

    article: str
    kind: Kind
    type: str
    name: str

    def to_json(self) -> dict[str, Any]:
        """Return the mistake as plain data."""
        return {"article": self.article, "kind": self.kind, "type": self.type, "name": self.name}


def wrong_edges(article: str, gold: Edges, guessed: Edges, matcher: Matcher) -> Iterator[Mistake]:
    """Yield the predicted edges that gold does not have."""
    links = _Links(gold)
    for edge, facts in guessed.items():
        if edge not in gold and edge.type in FACT_TYPES:
            cause = links.cause(edge) if edge.one.key.in_gold and edge.other.key.in_gold else "name"
            yield _mistake(article, "wrong", cause, edge, facts, matcher)


def missed_edges(
    article: str, gold: Edges, guessed: Edges, matcher: Matcher, known: Collection[Key]
) -> Iterator[Mistake]:
    """Yield the edges of gold that were not predicted; ``known`` are the parties that were."""
    links = _Links(guessed)
    for edge, facts in gold.items():
        if edge not in guessed and edge.type in FACT_TYPES:
            cause = links.cause(edge) if edge.one.key in known and edge.other.key in known else "name"
            yield _mistake(article, "missed", cause, edge, facts, matcher)


def worst_first(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Sort wrong edges before missed ones, what was most confident first, deals before states; then by article."""
    return sorted(
        mistakes,
        key=lambda mistake: (
            mistake.kind == "missed",
            -(mistake.confidence or 0.0),
            mistake.type not in DEAL_TYPES,
            mistake.article,
            mistake.edge,
        ),
    )


class _Links:
    """The pairs that one side links, each with the types that link them."""

    def __init__(self, found: Edges) -> None:
        self._types: dict[tuple[Key, Key], set[str]] = {}
        for edge in found:
            self._types.setdefault(edge.pair, set()).add(edge.type)

    def cause(self, edge: Edge) -> Cause:
        types = self._types.get(edge.pair)
        if not types:
            return "link"
        return "roles" if edge.type in types else "type"


def _mistake(
    article: str, kind: Kind, cause: Cause, edge: Edge, facts: tuple[Statement, ...], matcher: Matcher
) -> Mistake:
    surest = max(facts, key=lambda fact: fact.confidence or 0.0)
    return Mistake(
        article,
        kind,
        cause,
        edge.type,
        (_named(edge.one, matcher), _named(edge.other, matcher)),
        surest.confidence,
        surest.quotes,
    )


def _named(end: tuple[str, Key], matcher: Matcher) -> tuple[str, str]:
    role, key = end
    return role, matcher.label(key)
