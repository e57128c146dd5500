"""The model's answer → entities and facts that stand up to the vocabulary and to the text; the rest is counted.

Nothing is taken over that cannot be checked: a name must stand in the text, a fact needs a quote from it and entities
that are found there, and must be possible in the vocabulary.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator

from kg import vocabulary
from kg.extraction.lexicon import countries
from kg.extraction.llm.grounding import Ground, fold
from kg.extraction.llm.prompt import entity_schema, fact_schema
from kg.model import Evidence, Fact, Money
from kg.vocabulary import FACT_TYPES

_LEAST_CONFIDENCE = 0.01
_KEYS = frozenset({"entities", "facts"})
_MOST_OPENINGS = 50  # braces of thoughts before the answer

REASONS: Mapping[str, str] = {
    "form": "not in the form asked for",
    "evidence": "without a quote that stands in the text",
    "unfound": "not in the text",
    "entities": "about names that do not stand in the text",
    "unlisted": "about names that the answer does not list in the form asked for",
    "impossible": "impossible in the vocabulary",
}
"""Why a name or a fact is refused, in the order of the checks."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of an answer: ``forms`` are those of its names that stand in the text.

    A country has its usual name even where that does not; ``adjectives`` of it ("German") are words for it, not names.
    """

    name: str
    type: str
    forms: tuple[str, ...]
    adjectives: tuple[str, ...] = ()


@dataclass
class Reading:
    """What could be taken over from answers about one text; the roles of its facts hold positions in ``entities``."""

    entities: list[Found] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    refused_names: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    given: int = 0


def parse(text: str) -> dict[str, Any] | None:
    """Return the JSON object in what a model wrote, with or without a fence or thoughts around it; or nothing."""
    decoder = json.JSONDecoder()
    for opening in islice(re.finditer("{", text), _MOST_OPENINGS):
        try:
            found, _ = decoder.raw_decode(text, opening.start())
        except (ValueError, RecursionError):
            continue
        if found.keys() & _KEYS and all(isinstance(found.get(key, []), list) for key in _KEYS):
            return dict(found)
    return None


def read(answer: Mapping[str, Any], ground: Ground) -> Reading:
    """Return what of an answer, as ``parse`` gives it, stands up to the checks against one window's text."""
    reading = Reading()
    names: dict[str, int] = {}
    for item in answer.get("entities", []):
        stated = _stated(item)
        if stated is None:
            reading.refused_names["form"] += 1
            continue
        given = [" ".join(form.split()) for form in (stated["name"], *stated["aliases"])]
        entity = _entity(stated["type"], given, ground)
        if entity is None:
            reading.refused_names["unfound"] += 1
            continue
        for form in (*given, *entity.forms):
            names.setdefault(fold(form), len(reading.entities))
        reading.entities.append(entity)
    for item in answer.get("facts", []):
        reading.given += 1
        fact = _fact(item, ground, names, reading.entities)
        if isinstance(fact, Fact):
            reading.facts.append(fact)
        else:
            reading.refused[fact] += 1
    return reading


def _stated(item: Any) -> dict[str, Any] | None:
    """Return an entity without what was not asked for, whose aliases may be left out or be one name; or nothing."""
    if not isinstance(item, dict):
        return None
    stated = {key: item.get(key) for key in entity_schema()["properties"]}
    aliases = stated["aliases"] or []
    stated["aliases"] = [aliases] if isinstance(aliases, str) else aliases
    return stated if _entity_check().is_valid(stated) else None


def _entity(kind: str, given: list[str], ground: Ground) -> Found | None:
    """Return an entity of the type with those of the given forms that stand in the text; or nothing."""
    forms = [form for form in dict.fromkeys(given) if ground.holds(form)]
    if kind == "Place":
        return _place(given, forms, ground)
    if not forms:
        return None
    name = forms[0] if given[0] == forms[0] else max(forms, key=lambda form: (len(form), form))
    return Found(name, kind, tuple(forms))


def _place(given: list[str], forms: list[str], ground: Ground) -> Found | None:
    """Return a place; a country by its usual name, also when the text has only its adjective ("German")."""
    adjectives, names = countries()
    usual = names.get(given[0]) or adjectives.get(given[0])
    if usual is None:
        return Found(forms[0], "Place", tuple(forms)) if forms else None
    named = tuple(form for form in forms if form not in adjectives)
    told = tuple(form for form in sorted(adjectives) if adjectives[form] == usual and ground.holds(form))
    return Found(usual, "Place", named, told) if named or told else None


def _fact(item: Any, ground: Ground, names: Mapping[str, int], entities: list[Found]) -> Fact | str:
    """Return the fact, or which of ``REASONS`` speaks against it."""
    complete = _complete(item)
    if complete is None or not _fact_check(complete["type"]).is_valid(complete) or not _is_sound(complete):
        return "form"
    evidence = ground.quote(complete["evidence"])
    if evidence is None:
        return "evidence"
    roles = {}
    for role, fillers in complete["roles"].items():
        numbers = [names.get(fold(filler)) for filler in fillers]
        if None in numbers:
            unknown = (filler for filler, number in zip(fillers, numbers, strict=True) if number is None)
            return "unlisted" if all(map(ground.holds, unknown)) else "entities"
        if numbers:
            roles[role] = tuple(str(number) for number in dict.fromkeys(numbers))
    types = {filler: entities[int(filler)].type for fillers in roles.values() for filler in fillers}
    if vocabulary.problems(complete["type"], roles, complete["status"], complete["stake"], types):
        return "impossible"
    return _made(complete, roles, evidence, ground)


def _made(item: Mapping[str, Any], roles: Mapping[str, tuple[str, ...]], evidence: Evidence, ground: Ground) -> Fact:
    amount, title = item["amount"], item.get("title")
    return Fact(
        type=item["type"],
        roles=roles,
        status=item["status"],
        evidence=(evidence,),
        amount=Money(Decimal(str(amount["value"])), amount["currency"]) if amount else None,
        stake=float(item["stake"]) if item["stake"] else None,
        date=item["date"],
        title=" ".join(title.split()) if title and ground.holds(title, any_case=True) else None,
        confidence=round(min(1.0, max(_LEAST_CONFIDENCE, float(item["confidence"]))), 4),
    )


def _complete(item: Any) -> dict[str, Any] | None:
    """Return a fact with what models without structured output leave out or write as one name; or nothing."""
    if not isinstance(item, dict) or not isinstance(item.get("type"), str) or item["type"] not in FACT_TYPES:
        return None
    kind = FACT_TYPES[item["type"]]
    stated = item.get("roles")
    if not isinstance(stated, dict):
        return None
    literal = {role.name: item.get(role.name, stated.get(role.name)) for role in kind.roles.values() if role.literal}
    roles: dict[str, Any] = {role.name: [] for role in kind.roles.values() if not role.literal}
    for role, fillers in stated.items():
        if role not in literal:
            roles[role] = [fillers] if isinstance(fillers, str) else [] if fillers is None else fillers
    stated = {"confidence": DEFAULT_CONFIDENCE, **item, **literal, "roles": roles}
    return {key: stated.get(key) for key in fact_schema(item["type"])["properties"]}


DEFAULT_CONFIDENCE = 0.5
"""What a fact is given when the model does not say how sure it is; a statement of ignorance, not a measurement."""


def _is_sound(item: Mapping[str, Any]) -> bool:
    """Whether numbers are finite and dates stand in the calendar, which the schema cannot say."""
    amount = item["amount"]
    numbers = [item["stake"] or 0, item["confidence"], amount["value"] if amount else 1]
    return all(_is_finite(number) for number in numbers) and numbers[2] > 0 and _is_date(item["date"])


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _is_date(date: str | None) -> bool:
    if date is None:
        return True
    try:
        datetime.date.fromisoformat(date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date)
    except ValueError:
        return False
    return True


@cache
def _entity_check() -> Draft202012Validator:
    return Draft202012Validator(entity_schema())


@cache
def _fact_check(name: str) -> Draft202012Validator:
    return Draft202012Validator(fact_schema(name))


def refusals(refused: Counter[str]) -> Iterator[str]:
    """Yield how many were refused for each reason, in words: ``3 without a quote that stands in the text``."""
    for reason, words in REASONS.items():
        if refused[reason]:
            yield f"{refused[reason]} {words}"
