"""Which predicted entity is which gold one, and the edges between entities that facts break into.

A predicted entity is the gold one that shares a folded name with it, one of the same type before others. An edge links
two fillers of a fact by their roles; fillers of one role are linked only where that role is symmetric (partners,
parties, competitors).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from kg.evaluation.annotation import Annotation, Name, Statement
from kg.evaluation.folding import folded
from kg.vocabulary import FACT_TYPES

_SYMMETRIC = frozenset(kind.symmetric_role for kind in FACT_TYPES.values())
_NOT_IN_GOLD = -1


class Key(NamedTuple):
    """One party, however it is named: the place of its gold entity, or its folded name when gold has none."""

    place: int
    name: str = ""

    @property
    def in_gold(self) -> bool:
        """Whether the gold annotation lists this party among its entities."""
        return self.place != _NOT_IN_GOLD


class End(NamedTuple):
    """One end of an edge: a party in its role."""

    role: str
    key: Key


class Edge(NamedTuple):
    """A link between two parties that a fact of some type states; its two ends stand in a fixed order."""

    type: str
    one: End
    other: End

    @property
    def pair(self) -> tuple[Key, Key]:
        """The two parties without their roles."""
        low, high = sorted((self.one.key, self.other.key))
        return low, high


Edges = Mapping[Edge, tuple[Statement, ...]]
"""The edges of an article, each with the facts that state it, in the order of the facts."""


class Matcher:
    """Finds the keys of names and references of one article."""

    def __init__(self, gold: Annotation, predicted: Annotation) -> None:
        self._places: dict[str, list[tuple[int, str | None]]] = {}
        for place, entity in enumerate(gold.names):
            for form in {folded(form) for form in entity.forms}:
                self._places.setdefault(form, []).append((place, entity.type))
        self._gold = gold.names
        self._predicted = {entity.reference: entity for entity in predicted.names}
        self._made_up: dict[Key, str] = {}

    def gold(self, name: str) -> Key:
        """Return the key of a filler of a gold fact."""
        form = folded(name)
        found = self._places.get(form)
        return Key(found[0][0]) if found else Key(_NOT_IN_GOLD, form)

    def predicted(self, reference: str) -> Key:
        """Return the key of a filler of a predicted fact: the id of an entity, or a name."""
        entity = self._predicted.get(reference) or Name(reference, None, (reference,))
        places = [found for form in entity.forms for found in self._places.get(folded(form), ())]
        same_type = (place for place, kind in places if kind == entity.type)
        best = next(same_type, places[0][0] if places else _NOT_IN_GOLD)
        if best != _NOT_IN_GOLD:
            return Key(best)
        key = Key(best, folded(entity.name))
        self._made_up.setdefault(key, entity.name)
        return key

    def label(self, key: Key) -> str:
        """Return what gold, or else the prediction, calls a party."""
        return self._gold[key.place].name if key.in_gold else self._made_up.get(key, key.name)


def edges(facts: Iterable[Statement], key: Callable[[str], Key]) -> Edges:
    """Return the edges that facts break into, in the order in which the facts first state them."""
    found: dict[Edge, tuple[Statement, ...]] = {}
    for fact in facts:
        ends = [End(role, key(filler)) for role, filler in fact.fillers]
        for edge in dict.fromkeys(_linked(fact.type, ends)):
            found[edge] = (*found.get(edge, ()), fact)
    return found


def _linked(kind: str, ends: list[End]) -> Iterable[Edge]:
    for first, second in combinations(ends, 2):
        if first.key != second.key and (first.role != second.role or first.role in _SYMMETRIC):
            yield Edge(kind, *sorted((first, second)))
