"""A dictionary of entities and facts, gold or predicted → ``Annotation``: the same plain data for both, checked.

Gold facts name their fillers, predicted ones name them or give the ids of their entities. What the scoring does not
read (mentions, offsets, job titles) is left behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import SourceError

_TITLE = "title"  # the one role that is filled with plain text


@dataclass(frozen=True, slots=True)
class Name:
    """An entity: the reference that facts use for it (its id, or its name), its type, and all its names."""

    reference: str
    type: str | None
    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that goes before its aliases."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in whole units of a currency (ISO 4217)."""

    value: float
    currency: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact: ``fillers`` are pairs of role and reference, sorted by role; ``quotes`` the words that state it."""

    type: str
    fillers: tuple[tuple[str, str], ...]
    status: str | None
    amount: Amount | None
    stake: float | None
    date: str | None
    confidence: float | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an article says, as a reader or the extractor noted it; ``unscored`` counts neither for nor against."""

    names: tuple[Name, ...]
    facts: tuple[Statement, ...]
    unscored: tuple[Statement, ...]


def annotation(data: object, origin: str) -> Annotation:
    """Return the annotation in a dictionary; lists that it lacks are empty.

    Raises ``SourceError``, which names ``origin``, when the dictionary is not of the shape that gold files and
    ``kg extract --format json`` have.
    """
    reader = _Reader(origin)
    whole = reader.mapping(data, "the file")
    return Annotation(
        names=tuple(reader.name(item) for item in reader.items(whole, "entities")),
        facts=tuple(reader.statement(item) for item in reader.items(whole, "facts")),
        unscored=tuple(reader.statement(item) for item in reader.items(whole, "unscored")),
    )


class _Reader:
    """Takes dictionaries apart and says which file has the wrong kind of value, and where in it."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def name(self, item: object) -> Name:
        entity = self.mapping(item, "an entity")
        name = self._string(entity.get("name"), "the name of an entity")
        aliases = self._strings(entity.get("aliases", []), f"the aliases of {name!r}")
        kind = self._optional(entity.get("type"), f"the type of {name!r}")
        return Name(self._string(entity.get("id", name), f"the id of {name!r}"), kind, (name, *aliases))

    def statement(self, item: object) -> Statement:
        fact = self.mapping(item, "a fact")
        kind = self._string(fact.get("type"), "the type of a fact")
        return Statement(
            type=kind,
            fillers=self._fillers(fact.get("roles", {}), kind),
            status=self._optional(fact.get("status"), f"the status of {kind}"),
            amount=self._amount(fact.get("amount"), kind),
            stake=self._number(fact.get("stake"), f"the stake of {kind}"),
            date=self._optional(fact.get("date"), f"the date of {kind}") or None,
            confidence=self._number(fact.get("confidence"), f"the confidence of {kind}"),
            quotes=self._quotes(fact.get("evidence"), kind),
        )

    def items(self, data: Mapping[str, Any], key: str) -> Sequence[object]:
        found = data.get(key, [])
        if not isinstance(found, list | tuple):
            raise self._wrong(f"{key} must be a list", found)
        return found

    def mapping(self, item: object, what: str) -> Mapping[str, Any]:
        if not isinstance(item, Mapping):
            raise self._wrong(f"{what} must be an object", item)
        return item

    def _fillers(self, roles: object, kind: str) -> tuple[tuple[str, str], ...]:
        filled = self.mapping(roles, f"the roles of {kind}")
        fillers: list[tuple[str, str]] = []
        for role in sorted(role for role in filled if role != _TITLE):
            value = filled[role]
            names = [value] if isinstance(value, str) else value or []
            fillers += ((role, name) for name in self._strings(names, f"the {role} of {kind}"))
        return tuple(fillers)

    def _amount(self, item: object, kind: str) -> Amount | None:
        if not item:
            return None
        amount = self.mapping(item, f"the amount of {kind}")
        value = self._number(amount.get("value"), f"the amount of {kind}")
        currency = self._optional(amount.get("currency"), f"the currency of {kind}")
        return None if value is None else Amount(value, currency)

    def _quotes(self, evidence: object, kind: str) -> tuple[str, ...]:
        """Gold files give one quote as a string, extractions a list of quotes with their offsets."""
        if evidence is None or isinstance(evidence, str):
            return (evidence,) if evidence else ()
        if not isinstance(evidence, list | tuple):
            raise self._wrong(f"the evidence of {kind} must be a quote or a list of quotes", evidence)
        quotes = (self.mapping(item, f"the evidence of {kind}").get("quote") for item in evidence)
        return tuple(self._string(quote, f"the evidence of {kind}") for quote in quotes)

    def _strings(self, items: object, what: str) -> list[str]:
        if not isinstance(items, list | tuple):
            raise self._wrong(f"{what} must be a list of strings", items)
        return [self._string(item, what) for item in items]

    def _string(self, item: object, what: str) -> str:
        if not isinstance(item, str):
            raise self._wrong(f"{what} must be a string", item)
        return item

    def _optional(self, item: object, what: str) -> str | None:
        return None if item is None else self._string(item, what)

    def _number(self, item: object, what: str) -> float | None:
        if item is None:
            return None
        try:
            if isinstance(item, int | float):
                return float(item)
        except OverflowError:
            pass
        raise self._wrong(f"{what} must be a number", item)

    def _wrong(self, what: str, item: object) -> SourceError:
        shown = repr(item)
        found = shown if len(shown) <= 60 else f"{shown[:60]}…"
        return SourceError(self._origin, f"{what}, not {found}; correct the file")
