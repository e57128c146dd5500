"""Extractions as JSON: ``Extraction`` ⇄ the dictionary that ``kg/schema/extraction.schema.json`` describes.

Absent values are left out, so a key that is there has a value. The article's text is not part of the JSON (it is its
publisher's); reading back needs it, because a document's identity is the hash of its source and text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from typing import Any

from kg.errors import SourceError
from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Money, Support
from kg.vocabulary import FACT_TYPES

JSON = dict[str, Any]


def schema() -> JSON:
    """Return the JSON Schema (draft 2020-12) of what ``to_json`` makes, fact types of a user's own included."""
    text = resources.files("kg").joinpath("schema/extraction.schema.json").read_text(encoding="utf-8")
    loaded: JSON = json.loads(text)
    fact = loaded["$defs"]["fact"]["properties"]
    fact["type"]["enum"] = list(FACT_TYPES)
    roles = (role for kind in FACT_TYPES.values() for role in kind.roles.values() if not role.literal)
    fact["roles"]["propertyNames"]["enum"] = list(dict.fromkeys(role.name for role in roles))
    return loaded


def to_json(extraction: Extraction) -> JSON:
    """Return the extraction as a dictionary ready for ``json.dumps``; keys stand in the order of the schema."""
    document = extraction.document
    return {
        "document": _present(
            id=document.id, title=document.title, published=document.published, source=document.source
        ),
        "entities": [_entity(entity) for entity in extraction.entities],
        "facts": [_fact(fact) for fact in extraction.facts],
    }


def from_json(data: Mapping[str, Any], text: str, *, origin: str | None = None) -> Extraction:
    """Return the extraction that ``to_json`` wrote for a document with this text.

    ``origin`` is where the document was read from (by default its source). Raises ``SourceError`` when the dictionary
    does not follow the schema or was made from another text.
    """
    try:
        head = data["document"]
        source = str(head["source"])
    except (KeyError, TypeError) as problem:
        raise SourceError("JSON extraction", f"has no document with a source ({problem}); see the schema") from problem
    document = Document(
        text, source, origin if origin is not None else source, head.get("title"), head.get("published")
    )
    if head.get("id") != document.id:
        raise SourceError(source, "this extraction was made from another text; extract the document again")
    try:
        entities = tuple(_read_entity(item) for item in data["entities"])
        facts = tuple(_read_fact(item) for item in data["facts"])
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
        raise SourceError(source, f"is not an extraction as the JSON Schema describes it ({problem!r})") from problem
    return Extraction(document, entities, facts)


def _present(**values: Any) -> JSON:
    return {key: value for key, value in values.items() if value is not None}


def _entity(entity: Entity) -> JSON:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "mentions": [{"start": m.start, "end": m.end, "text": m.text} for m in entity.mentions],
    }


def _fact(fact: Fact) -> JSON:
    return _present(
        type=fact.type,
        roles={role: list(fillers) for role, fillers in fact.roles.items()},
        status=fact.status,
        amount=None if fact.amount is None else _money(fact.amount),
        stake=fact.stake,
        date=fact.date,
        title=fact.title,
        confidence=fact.confidence,
        evidence=[{"quote": e.quote, "start": e.start, "end": e.end} for e in fact.evidence],
        support=[support_record(support) for support in fact.support] or None,
    )


def support_record(support: Support) -> JSON:
    """Return one supporter of a fact as a dictionary."""
    return {
        "component": support.component,
        "confidence": support.confidence,
        "start": support.start,
        "end": support.end,
    }


def _money(money: Money) -> JSON:
    whole = money.value == money.value.to_integral_value()
    return {"value": int(money.value) if whole else float(money.value), "currency": money.currency}


def _read_entity(item: Mapping[str, Any]) -> Entity:
    mentions = tuple(Mention(m["start"], m["end"], m["text"]) for m in item["mentions"])
    return Entity(item["id"], item["name"], item["type"], tuple(item["aliases"]), mentions)


def _read_fact(item: Mapping[str, Any]) -> Fact:
    amount = item.get("amount")
    return Fact(
        type=item["type"],
        roles={role: tuple(fillers) for role, fillers in item["roles"].items()},
        status=item["status"],
        evidence=tuple(Evidence(e["start"], e["end"], e["quote"]) for e in item["evidence"]),
        amount=None if amount is None else Money(Decimal(str(amount["value"])), amount["currency"]),
        stake=item.get("stake"),
        date=item.get("date"),
        title=item.get("title"),
        confidence=item["confidence"],
        support=tuple(Support(s["start"], s["end"], s["component"], s["confidence"]) for s in item.get("support", ())),
    )
