"""Quads → what they say of each subject: the look-ups that reading RDF back into dataclasses takes.

Whatever a stored graph lacks raises ``StoreError``, so that a store which something else has edited fails clearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import StoreError

_Found = TypeVar("_Found")
_DIGITS_AT_END = re.compile(r"[0-9]+\Z", re.ASCII)


class Description:
    """All that a set of quads says of one subject."""

    __slots__ = ("_objects", "iri")

    def __init__(self, iri: NamedNode) -> None:
        self.iri = iri
        self._objects: dict[NamedNode, list[NamedNode | BlankNode | Literal | Triple]] = {}

    def add(self, predicate: NamedNode, value: NamedNode | BlankNode | Literal | Triple) -> None:
        """Note one more statement about the subject."""
        self._objects.setdefault(predicate, []).append(value)

    def nodes(self, predicate: NamedNode) -> list[NamedNode]:
        """Return the IRIs that the property leads to, in no order."""
        return [value for value in self._objects.get(predicate, ()) if isinstance(value, NamedNode)]

    def values(self, predicate: NamedNode) -> list[str]:
        """Return the literals of the property, in no order."""
        return [value.value for value in self._objects.get(predicate, ()) if isinstance(value, Literal)]

    def node(self, predicate: NamedNode) -> NamedNode:
        """Return the one IRI that the property leads to; raises ``StoreError`` when there is not exactly one."""
        return self._only(self.nodes(predicate), predicate)

    def one(self, predicate: NamedNode) -> str:
        """Return the one literal of the property; raises ``StoreError`` when there is not exactly one."""
        return self._only(self.values(predicate), predicate)

    def maybe(self, predicate: NamedNode) -> str | None:
        """Return the literal of the property, or ``None``; raises ``StoreError`` when there are several."""
        values = self.values(predicate)
        return self._only(values, predicate) if values else None

    def _only(self, found: list[_Found], predicate: NamedNode) -> _Found:
        if len(found) != 1:
            raise StoreError(
                f"{self.iri.value} must have exactly one {predicate.value} and has {len(found)}: something else has "
                "edited the store; build it again."
            )
        return found[0]


def describe(quads: Iterable[Quad]) -> dict[NamedNode, Description]:
    """Group quads by their subjects; blank subjects, which ``kg`` never writes, are left out."""
    found: dict[NamedNode, Description] = {}
    for quad in quads:
        subject = quad.subject
        if not isinstance(subject, NamedNode):
            continue
        description = found.get(subject)
        if description is None:
            description = found[subject] = Description(subject)
        description.add(quad.predicate, quad.object)
    return found


def number_at_end(node: Description) -> int:
    """Return the number that the subject's IRI ends in (``…#claim-12``), 0 when it ends in none: the order of parts."""
    match = _DIGITS_AT_END.search(node.iri.value)
    return int(match.group()) if match else 0
