"""Makes extractions of invented articles from a few words: one sentence for each fact, offsets that always fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Money

Roles = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Said:
    """A fact as a test writes it: names in place of entity ids; ``amount`` as ``(20_000_000, "USD")``."""

    type: str
    roles: Roles
    status: str = "announced"
    amount: tuple[int | str, str] | None = None
    stake: float | None = None
    date: str | None = None
    title: str | None = None
    confidence: float = 0.8


@dataclass(frozen=True)
class Told:
    """An article as a test writes it; ``types`` and ``aliases`` are of entities by name, companies by default."""

    source: str
    facts: Sequence[Said] = ()
    published: str | None = None
    names: Sequence[str] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    origin: str | None = None
    extractor: str = "by hand"
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def extraction(self) -> Extraction:
        """Return the article's extraction."""
        names = list(self.names)
        for said in self.facts:
            names += [name for fillers in said.roles.values() for name in fillers if name not in names]
        names = list(dict.fromkeys(names))
        sentences = [f"{', '.join(names)}: {self.source}."]
        sentences += [f"{said.type} {n} is {said.status}: {said.roles}." for n, said in enumerate(self.facts)]
        text = "\n".join(sentences)
        ids = {name: f"e{number}" for number, name in enumerate(names, start=1)}
        entities = tuple(self._entity(ids[name], name, text) for name in names)
        facts = tuple(
            _fact(said, sentence, text, ids) for said, sentence in zip(self.facts, sentences[1:], strict=True)
        )
        origin = self.origin if self.origin is not None else f"{self.source}.txt"
        document = Document(text, self.source, origin, published=self.published, **self.metadata)
        return Extraction(document, entities, facts, self.extractor)

    def _entity(self, entity_id: str, name: str, text: str) -> Entity:
        start = text.index(name)
        aliases = tuple(sorted(self.aliases.get(name, ())))
        mentions = (Mention(start, start + len(name), name),)
        return Entity(entity_id, name, self.types.get(name, "Company"), aliases, mentions)


def _fact(said: Said, sentence: str, text: str, ids: Mapping[str, str]) -> Fact:
    start = text.index(sentence)
    return Fact(
        type=said.type,
        roles={role: tuple(ids[name] for name in fillers) for role, fillers in said.roles.items()},
        status=said.status,
        evidence=(Evidence(start, start + len(sentence), sentence),),
        amount=None if said.amount is None else Money(Decimal(said.amount[0]), said.amount[1]),
        stake=said.stake,
        date=said.date,
        title=said.title,
        confidence=said.confidence,
    )
