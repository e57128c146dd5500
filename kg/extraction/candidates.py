"""``Candidate``: a fact that one pattern reads in one sentence, before its status, money and dates are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg import vocabulary
from kg.extraction.state import Node

NETWORK = "network"
"""The component that a reason names when the network read the fact."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One component's reading of tokens ``start`` to ``end``, and how sure that component is by itself."""

    component: str
    confidence: float
    start: int
    end: int


@dataclass(slots=True)
class Candidate:
    """One reading: ``roles`` maps role names to entity numbers, ``trigger`` is the token that the words hang on.

    ``start`` and ``end`` are the tokens of the sentence; ``status`` is given when the pattern itself tells it, ``weak``
    marks readings that give way to any other reading of the same pair. ``missing`` is a role that the sentence leaves
    to the reader ("has tabled a bid"), to be filled from the rest of the document. ``statuses`` are the shares that the
    network gives the statuses of the vocabulary, in its order. ``reasons`` stay as each component gave them, whatever
    becomes of ``confidence``.
    """

    type: str
    roles: dict[str, list[int]]
    trigger: int
    start: int
    end: int
    confidence: float
    status: str | None = None
    title: str | None = None
    weak: bool = False
    missing: str | None = None
    reasons: list[Reason] = field(default_factory=list)
    statuses: tuple[float, ...] | None = None


_FILLERS: Mapping[str, frozenset[str]] = {
    "target": frozenset({"Company", "Product"}),
    "acquirer": frozenset({"Company", "Person", "Organization"}),
    "seller": frozenset({"Company", "Person", "Organization"}),
    "investee": frozenset({"Company"}),
    "investor": frozenset({"Company", "Person", "Organization"}),
    "party": frozenset({"Company"}),
    "partner": frozenset({"Company", "Organization"}),
    "competitor": frozenset({"Company"}),
    "supplier": frozenset({"Company"}),
    "customer": frozenset({"Company", "Organization"}),
    "licensor": frozenset({"Company", "Organization"}),
    "licensee": frozenset({"Company"}),
    "lender": frozenset({"Company", "Organization", "Person"}),
    "borrower": frozenset({"Company", "Organization"}),
    "claimant": frozenset({"Company", "Person", "Organization"}),
    "defendant": frozenset({"Company", "Person", "Organization"}),
    "owner": frozenset({"Company", "Person", "Organization"}),
    "owned": frozenset({"Company"}),
    "exchange": frozenset({"Organization", "Company", "Place"}),
}


def fitting(type_name: str, roles: Mapping[str, Sequence[int]], nodes: Sequence[Node]) -> dict[str, list[int]] | None:
    """Return the roles with fillers that may fill them, each entity in one role only, or None when too few are left.

    A deal type whose target is missing still stands when another role gives it a second party.
    """
    kind = vocabulary.fact_type(type_name)
    taken: set[int] = set()
    kept: dict[str, list[int]] = {}
    for name in kind.roles:
        allowed = _FILLERS.get(name, kind.roles[name].fillers)
        numbers = [n for n in dict.fromkeys(roles.get(name, ())) if n not in taken and nodes[n].type in allowed]
        most = kind.roles[name].most
        numbers = numbers[:most] if most is not None else numbers
        if numbers:
            kept[name] = numbers
            taken.update(numbers)
    if any(len(kept.get(name, ())) < role.least for name, role in kind.roles.items() if not role.literal):
        return None
    links = len(kept) > 1 or (kind.symmetric_role is not None and len(taken) > 1)
    return kept if links or type_name == "Divestment" else None
