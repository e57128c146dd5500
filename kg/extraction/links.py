"""The links that a model can read between two entities: one for each two roles of each fact type of the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg import vocabulary


@dataclass(frozen=True, slots=True)
class Link:
    """A fact of ``type`` in which one entity fills the role ``head`` and another the role ``tail``."""

    type: str
    head: str
    tail: str

    @property
    def is_symmetric(self) -> bool:
        """Whether the two may change places (partners, parties, competitors)."""
        return self.head == self.tail

    @property
    def is_deal(self) -> bool:
        """Whether the fact is a deal, which has a status of its own."""
        return vocabulary.fact_type(self.type).is_deal


PairLink = tuple[Link, int, int]
"""A link, the number of the entity that is its head, and that of its tail."""


@cache
def links() -> tuple[Link, ...]:
    """Return every link that the vocabulary's facts can make, in the vocabulary's order."""
    found = []
    for kind in vocabulary.FACT_TYPES.values():
        roles = [role.name for role in kind.roles.values() if not role.literal]
        if kind.symmetric_role:
            found.append(Link(kind.name, kind.symmetric_role, kind.symmetric_role))
        found += [Link(kind.name, one, other) for n, one in enumerate(roles) for other in roles[n + 1 :]]
    return tuple(found)


@cache
def possible(head: str, tail: str) -> tuple[bool, ...]:
    """Return for each of ``links()`` whether entities of these types may fill its two roles."""
    return tuple(fits(link, head, tail) for link in links())


@cache
def fits(link: Link, head: str, tail: str) -> bool:
    """Whether entities of these types may fill the two roles."""
    roles = vocabulary.fact_type(link.type).roles
    return head in roles[link.head].fillers and tail in roles[link.tail].fillers
