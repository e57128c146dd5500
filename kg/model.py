"""The plain data that moves through the house: Document → Extraction → claims → deals → edges.

Everything here is a frozen dataclass without behaviour beyond small derived values. Character offsets count Unicode
code points in ``Document.text``, end exclusive: ``document.text[e.start:e.end] == e.quote`` for all evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True)
class Document:
    """One article, as text.

    ``source`` says where the article is from (a URL, a path, or what its metadata names); ``origin`` is the path or URL
    that was actually read (a later reading of the same origin replaces the earlier one). ``published`` is ISO 8601, as
    precise as known: ``2015``, ``2015-03`` or ``2015-03-12``.
    """

    text: str
    source: str
    origin: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None

    @cached_property
    def id(self) -> str:
        """Identity of the document: the first 16 hexadecimal digits of SHA-256 over source and text."""
        digest = hashlib.sha256(self.source.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
        digest.update(self.text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words that stand for an entity: a name, a short form, or a nominal such as "the company"."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that one document names; ``name`` is the fullest form, ``aliases`` other proper names."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money: ``value`` in whole units of ``currency`` (ISO 4217), not in millions."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact words that state a fact, and where they stand in the document's text."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, order=True)
class Support:
    """What made the extractor believe a fact: one component, and the words from ``start`` to ``end`` that it read.

    ``component`` names it: "network", "verb: acquire", "words: stake in", or a language model. ``confidence`` is what
    it said by itself, before all that speaks for the fact was weighed together.
    """

    start: int
    end: int
    component: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Fact:
    """What one document says about the relation of two or more of its entities.

    ``roles`` maps a role's name to the ids of the document's entities that fill it, in the order of the text. ``stake``
    is a fraction of 1. ``title`` is the plain-text job title of a Role. ``confidence`` lies between 0 and 1;
    ``support`` explains it, in the order of the text, as far as the extractor tells.
    """

    type: str
    roles: Mapping[str, tuple[str, ...]]
    status: str
    evidence: tuple[Evidence, ...]
    amount: Money | None = None
    stake: float | None = None
    date: str | None = None
    title: str | None = None
    confidence: float = 1.0
    support: tuple[Support, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """All that was found in one document. ``extractor`` names the code and model that found it."""

    document: Document
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    extractor: str = ""

    def entity(self, entity_id: str) -> Entity:
        """Return the entity with this id; raises ``KeyError`` when the document has none."""
        return self._by_id[entity_id]

    @cached_property
    def _by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}


@dataclass(frozen=True, slots=True)
class Identity:
    """One company, person, product, place or organization, known by all its names across documents.

    ``id`` is the local part of its IRI (``company/saic-motor``); ``members`` are the ids of the document entities that
    it unites, each ``DOCUMENT_ID#ENTITY_ID``.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact of one document with its fillers identified: what the deals are consolidated from.

    ``id`` is ``DOCUMENT_ID#claim-N``; ``roles`` maps role names to identity ids; ``published`` is the document's date.
    """

    id: str
    document: str
    fact: Fact
    roles: Mapping[str, tuple[str, ...]]
    published: str | None = None


@dataclass(frozen=True, slots=True)
class StatusStep:
    """A step of a deal's history: from ``date`` on (as precise as known) it had ``status``, as ``claims`` say."""

    status: str
    date: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """A real-world deal (or standing state) that all its claims together tell.

    ``id`` is the local part of its IRI (``deal/…`` for deal types, ``state/…`` for state types). ``status`` is the
    latest one of ``history``; ``amounts`` holds each distinct amount that a claim states, ``amount`` the one preferred.
    """

    id: str
    type: str
    label: str
    status: str
    roles: Mapping[str, tuple[str, ...]]
    claims: tuple[str, ...]
    history: tuple[StatusStep, ...]
    documents: tuple[str, ...]
    amount: Money | None = None
    amounts: tuple[Money, ...] = ()
    stake: float | None = None
    date: str | None = None
    title: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A shortcut between two identities, derived from deals; ``predicate`` is the local name of the edge property."""

    subject: str
    predicate: str
    object: str
    deals: tuple[str, ...] = field(default=(), compare=False)
