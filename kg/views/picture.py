"""Facts as lines between names: which nodes and lines the picture has, and which of them are seen at first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

from kg.model import Deal, Identity
from kg.views.content import Content, fillers
from kg.vocabulary import fact_type

FIRST_SIGHT = 300
"""The most nodes that the picture shows before the reader asks for more."""

_CROWDED = 40
"""From so many nodes on, places are left out at first: they tie everything to everything."""


@dataclass(frozen=True, slots=True)
class Node:
    """A name in the picture; ``deals`` and ``facts`` count those it takes part in, ``first``: it is seen at first."""

    identity: Identity
    deals: int
    facts: int
    first: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One relation of two names that a fact states; ``bend`` sets parallel lines apart (0: straight, ±1, ±2 …).

    ``minor`` names a side relation of the fact ("bought from" for an acquirer and the seller), and is ``None`` for what
    the fact's type itself says. Without ``arrow`` the relation is mutual.
    """

    fact: Deal
    start: str
    end: str
    arrow: bool
    minor: str | None = None
    bend: float = 0.0


@dataclass(frozen=True)
class Picture:
    """All nodes, best connected first, and all lines; ``crowded`` when places are left out at first."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    crowded: bool


def draw(content: Content) -> Picture:
    """Return the picture of a graph's content; names without any fact are not in it."""
    deals: Counter[str] = Counter()
    facts: Counter[str] = Counter()
    for fact in content.facts:
        for name in fillers(fact):
            facts[name] += 1
            deals[name] += fact_type(fact.type).is_deal
    named = [identity for identity in content.identities if identity.id in facts]
    named.sort(key=lambda identity: (-deals[identity.id], -facts[identity.id], identity.id))
    nodes = tuple(
        Node(identity, deals[identity.id], facts[identity.id], first=place < FIRST_SIGHT)
        for place, identity in enumerate(named)
    )
    known = {identity.id for identity in named}
    lines = [line for fact in content.facts for line in _lines(fact) if line.start in known and line.end in known]
    return Picture(nodes, _set_apart(lines), crowded=len(nodes) > _CROWDED)


def _lines(fact: Deal) -> Iterator[Line]:
    """The lines of one fact, by the edge rules of its type; a pair that two rules link gets the first rule's line."""
    linked: set[frozenset[str]] = set()
    for place, rule in enumerate(fact_type(fact.type).edges):
        starts, ends = fact.roles.get(rule.subject_role, ()), fact.roles.get(rule.object_role, ())
        pairs = combinations(starts, 2) if rule.subject_role == rule.object_role else product(starts, ends)
        for start, end in pairs:
            if start != end and frozenset((start, end)) not in linked:
                linked.add(frozenset((start, end)))
                yield Line(fact, start, end, not rule.symmetric, in_words(rule.property) if place else None)


def in_words(name: str) -> str:
    """Return a property's name as words: ``boughtFrom`` → ``bought from``."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _set_apart(lines: list[Line]) -> tuple[Line, ...]:
    """Give lines between the same two names different bends, symmetric about the straight way."""
    together: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        together.setdefault((min(line.start, line.end), max(line.start, line.end)), []).append(line)
    bent = []
    for (low, _), group in sorted(together.items()):
        for place, line in enumerate(group):
            bend = place - (len(group) - 1) / 2
            bent.append(replace(line, bend=bend if line.start == low else -bend))
    return tuple(bent)
