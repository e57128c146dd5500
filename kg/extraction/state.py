"""What the components of the pipeline hand to each other on a spaCy ``Doc``.

Every component reads and writes attributes of ``doc._`` that are registered here; ``doc._.kg`` is the result that a
spaCy user reads. Spans are token ranges, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc


@dataclass(slots=True)
class Name:
    """A proper name in the text: tokens ``start`` to ``end``, and its entity type."""

    start: int
    end: int
    text: str
    type: str
    adjective: bool = False


@dataclass(slots=True)
class Node:
    """An entity under construction: its names, and the nominals that were bound to it, in the order of the text."""

    number: int
    type: str
    name: str
    forms: list[str] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    nominals: list[tuple[int, int]] = field(default_factory=list)
    country: str | None = None


@dataclass(slots=True)
class Reference:
    """Tokens ``start`` to ``end`` stand for ``nodes`` (several for "the two companies")."""

    start: int
    end: int
    nodes: tuple[int, ...]
    nominal: bool = False
    adjective: bool = False


_ATTRIBUTES = (
    "kg",  # the Extraction
    "kg_document",  # the Document that the text is from
    "kg_prose",  # bytearray, a flag a token: 0 furniture, 1 body, 2 title or heading
    "kg_names",  # list[Name]
    "kg_nodes",  # list[Node]
    "kg_references",  # list[Reference], ordered by start
    "kg_money",  # list[MoneySpan]
    "kg_stakes",  # list[StakeSpan]
    "kg_dates",  # list[DateSpan]
    "kg_candidates",  # list[Candidate]
    "kg_least",  # Callable[[str], float]: the least confidence of facts of a type that are listed
    "kg_links",  # Links of kg.extraction.learned: what the network reads between entities
)


def register() -> None:
    """Register the extension attributes; safe to call again."""
    for name in _ATTRIBUTES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
